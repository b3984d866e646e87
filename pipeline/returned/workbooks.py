"""Read a host's assessment workbook that came back: a row an outcome, and what was chosen there (floor 6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline import cells as read
from pipeline.columns import RESULTS_SHEET
from pipeline.lettering import blocks, column_letter
from pipeline.problem import Place, Problem
from pipeline.provenance import NOTE
from pipeline.raw import Raw, Unreadable, shown
from pipeline.returned.facts import FROM_A_HOST, Document, Marked
from pipeline.returned.sheets import labels
from pipeline.sheets import understand
from pipeline.spelling import bare
from pipeline.tables import Table, open_tables

_HEADER_WITHIN = 20
_ABOUT = ("learner", "mobility", "unit", "learning_outcome")
_CELL = re.compile(r"(sheet “.+”), cell ([A-Z]+)([0-9]+)")
_SAYS_SOMETHING = ("result", "not_shown_yet", "grade", "remarks")
"""What makes a row one with marks: who was to assess it stands there from the beginning."""


def read_workbook(path: Path) -> Document | None:
    """Read a workbook; None where it is none of ours. Raises guard.Refused and OSError where it cannot be opened."""
    with open_tables(path) as tables:
        noted = _noted(next((table for table in tables if table.name == NOTE), None))
        if noted.get("kind", "assessment") != "assessment":
            return None
        for table in tables:
            if table.name != NOTE and (found := _read(table, noted)):
                return found
    return None


def _noted(table: Table | None) -> Mapping[str, str]:
    """Read the hidden sheet, where it is still there."""
    if table is None:
        return {}
    return {_text(row.get(0)): _text(row.get(1)) for _, row in islice(table.rows(), 10) if row.get(0)}


def _text(raw: Raw) -> str:
    """Give a cell as a text, whatever it holds."""
    try:
        return read.text(raw) or ""
    except Unreadable:
        return shown(raw)


def _read(table: Table, noted: Mapping[str, str]) -> Document | None:
    above: list[Mapping[int, Raw]] = []
    rows = table.rows()
    for _, cells in islice(rows, _HEADER_WITHIN):
        width = max(cells, default=-1) + 1
        header = [_text(cells.get(at)) or None for at in range(width)]
        known = understand(RESULTS_SHEET, header).known
        if {"learner", "unit", "result"} <= set(known):
            cohort = noted.get("cohort") or _said_above(above)
            about = tuple(_rows(table, rows, known, _names_at(header)))
            marked = tuple(row for row in about if any(row.told.get(key) not in (None, "") for key in _SAYS_SOMETHING))
            return Document(file=table.file, cohort=cohort, rows=marked, about=about)
        above.append(cells)
    return None


def _said_above(rows: Sequence[Mapping[int, Raw]]) -> str:
    """Find the Cohort ID in the lines above the table, behind what it is called in one of ten languages."""
    called = {bare(table["cohort_id"]) for table in labels().values()}
    return next((_text(row.get(1)) for row in rows if bare(_text(row.get(0))) in called), "")


def _names_at(header: Sequence[str | None]) -> int:
    """Find the column of the learners' names, as it is called in one of ten languages; -1 where there is none."""
    called = {bare(table["name"]) for table in labels().values()}
    return next((at for at, name in enumerate(header) if bare(name or "") in called), -1)


def _rows(
    table: Table, rows: Iterator[tuple[int, Mapping[int, Raw]]], known: Mapping[str, int], names_at: int
) -> Iterator[Marked]:
    whole = {bare(each["whole_unit"]) for each in labels().values()}
    for number, cells in rows:
        told = {key: cells.get(known[key]) for key in FROM_A_HOST if key in known}

        def at(key: str, row: int = number) -> Place:
            spot = f"sheet “{table.name}”, {f'cell {column_letter(known[key])}{row}' if key in known else f'row {row}'}"
            return Place(file=table.file, spot=spot)

        texts = {key: _text(cells.get(known.get(key, -1))) for key in ("learner", "unit", "learning_outcome")}
        outcome = "" if bare(texts["learning_outcome"]) in whole else texts["learning_outcome"]
        yield Marked(
            place=at("result"), learner=texts["learner"], name=_text(cells.get(names_at)),
            mobility=cells.get(known.get("mobility", -1)), unit=texts["unit"], outcome=outcome,
            told=told, places={key: at(key) for key in (*told, *_ABOUT)},
        )  # fmt: skip


def together(problems: Iterable[Problem]) -> list[Problem]:
    """Put together what is said in the same words of several cells of a column: once, of all of them.

    A host fills a column from the top to the bottom. Cells below each other are a range (K104:K111).
    """
    found: dict[tuple[Problem, str, str], list[int]] = {}
    for problem in problems:
        cell = _CELL.fullmatch(problem.place.spot or "")
        sheet, letters, number = cell.groups() if cell else ("", "", "0")
        place = Place(file=problem.place.file) if cell else problem.place
        found.setdefault((replace(problem, place=place), sheet, letters), []).append(int(number))
    return [
        replace(one, place=replace(one.place, spot=f"{sheet}, {_cells(letters, numbers)}")) if sheet else one
        for (one, sheet, letters), numbers in found.items()
    ]


def _cells(letters: str, numbers: Sequence[int]) -> str:
    """Name cells of a column."""
    return f"{'cells' if len(set(numbers)) > 1 else 'cell'} {', '.join(blocks(letters, numbers))}"
