"""The workbook of collected results: “Results - CZ-2027-Spring.xlsx” in the cohort's folder (floor 6).

It has the columns of sheet Results. What documents say stands in it; what the college decides (validated, recognised)
is left for her to fill, there or on sheet Results of her own workbook.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from pipeline.columns import RESULTS, RESULTS_SHEET, Column
from pipeline.looks import Look
from pipeline.model import Cohort
from pipeline.names import LONGEST_FOLDER, MOST_BESIDE, name_beside, safe_name
from pipeline.problem import RESULTS_FILE
from pipeline.provenance import NOTE, note
from pipeline.raw import Number, Raw
from pipeline.returned.facts import FROM_A_HOST
from pipeline.returned.merging import Collected
from pipeline.spelling import bare, same_id
from pipeline.spreadsheet import Cell, Sheet, workbook
from pipeline.tables import open_tables

_WIDTHS = {"learning_outcome": 48, "remarks": 36, "not_shown_yet": 24, "evidence": 44, "recognised_as": 24}
_GIVEN = ("learner", "mobility", "unit", "learning_outcome", "evidence")
_ABOUT = (
    "What hosts marked in assessment sheets and workbooks that came back. It is read with the cohort, in every run.",
    "Grey cells are what documents say. White ones are the college's: type there what was validated and recognised.",
    "You may also type that on sheet Results of your own workbook, with Learner ID and Unit ID, and nothing twice:",
    "what one of the two leaves blank is taken from the other, and where they differ, the report shows both.",
    "Once you worked in this file it is yours and never written over; what comes back later stands in one beside it.",
)


def file_name(cohort: str) -> str:
    """Name the workbook of the collected results of the cohort with this ID."""
    return f"{safe_name(f'{RESULTS_FILE}{cohort}', longest=LONGEST_FOLDER + len(RESULTS_FILE))}.xlsx"


def kept_in(folder: Path, name: str) -> list[Path]:
    """List the workbooks of collected results that lie in a folder: the first one, and those laid beside it."""
    names = [name, *(name_beside(name, number) for number in range(1, MOST_BESIDE + 1))]
    found = []
    for each in names:
        if (folder / each).is_file():
            found.append(folder / each)
        elif each != name:
            break
    return found


def results_workbook(cohort: Cohort, rows: Sequence[Collected]) -> bytes:
    """Write the workbook; the same rows are the same bytes."""
    cells = [[_cell(row, column) for column in RESULTS_SHEET.columns] for row in rows]
    return _bound(cohort.id, cells, [row.source for row in rows])


def _bound(cohort: str, rows: Sequence[Sequence[Cell]], sources: Sequence[str]) -> bytes:
    columns = RESULTS_SHEET.columns
    sheet = Sheet(
        name=RESULTS_SHEET.name, above=[], headers=[column.name for column in columns], rows=rows,
        widths=[_WIDTHS.get(column.key, 14) for column in columns], frozen=3, choices=_choices(columns),
    )  # fmt: skip
    title = [[Cell(f"Results of {cohort}", Look.TITLE)]]
    about = Sheet(
        name="About", above=[*title, *([Cell(line, Look.FACT)] for line in _ABOUT)], headers=["Document"],
        rows=[[Cell(name)] for name in dict.fromkeys(filter(None, sources))], widths=[110], frozen=1,
    )  # fmt: skip
    return workbook([sheet, about, note("results", cohort)])


def without(path: Path, learner: str) -> bytes | None:
    """Write the workbook of collected results anew without the rows of a learner, by ID or name; None: none are hers.

    Raises guard.Refused and OSError where it cannot be read.
    """
    with open_tables(path) as tables:
        found = {table.name: list(table.rows()) for table in tables}
    rows = found.get(RESULTS_SHEET.name, [])
    whose = {same_id(learner), bare(learner)}
    kept = [cells for _, cells in rows[1:] if not {same_id(_plain(cells.get(0))), bare(_plain(cells.get(0)))} & whose]
    if len(kept) == len(rows[1:]):
        return None
    columns = RESULTS_SHEET.columns
    noted = {_plain(cells.get(0)): _plain(cells.get(1)) for _, cells in found.get(NOTE, ())}
    looks = [Look.GIVEN if column.key in (*FROM_A_HOST, *_GIVEN) else Look.PLAIN for column in columns]
    written = [[Cell(_value(cells.get(at)), look) for at, look in enumerate(looks)] for cells in kept]
    return _bound(noted.get("cohort", ""), written, [_plain(cells.get(len(columns) - 1)) for cells in kept])


def _plain(raw: Raw) -> str:
    return "" if raw is None else str(raw.value if isinstance(raw, Number) else raw)


def _value(raw: Raw) -> str | int | Decimal | dt.date | None:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, Number):
        return raw.value if isinstance(raw.value, int) else Decimal(str(raw.value))
    return raw if isinstance(raw, (str, dt.date)) else None


def _choices(columns: Sequence[Column]) -> dict[int, Sequence[str]]:
    return {at: RESULTS if column.key == "result" else column.choices for at, column in enumerate(columns)
            if column.choices}  # fmt: skip


def _cell(row: Collected, column: Column) -> Cell:
    given: dict[str, str | int | None] = {
        "learner": row.learner.id or row.learner.name, "mobility": row.learner.mobility, "unit": row.unit.id,
        "learning_outcome": row.outcome, "evidence": row.source,
    }  # fmt: skip
    if column.key in given:
        return Cell(given[column.key], Look.GIVEN)
    if column.key in FROM_A_HOST:
        return Cell(row.said.get(column.key), Look.GIVEN)
    return Cell()
