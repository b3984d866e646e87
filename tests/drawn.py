"""A workbook drawn as tables in a string, as an officer sees it, and written as .xlsx or as a folder of .csv files.

    Learners
    | Learner ID | Family name | Date of birth |
    | L01        | Nováková    | 31.02.2006    |

A cell is typed as in Excel: `2027-04-05` becomes a real date, `12` and `2.5` numbers, `12 {0000}` a number with that format,
`'0012` a text, `TRUE` a truth value, `=A1+1` a formula that was never calculated, `#REF!` an error value, `^` a cell
merged with the one above, `<` one merged with that to its left, `↵` a line break, and nothing is nothing. An empty line in a table is an empty row, and a
line without strokes that follows one names the next sheet. `[hidden]` at the end of a line hides the row, or the sheet.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from pipeline.model import Learner
from pipeline.workbook import Reading, read_cohort

CLEAN = """
    Cohort
    | Cohort ID     | CZ-2027    |
    | Home          | SOS        |
    | Host          | AURORA     |
    | Start date    | 2027-04-05 |
    | End date      | 2027-04-30 |
    | Qualification | COOK       |
    | Units         | U1; U2     |

    Partners
    | Partner ID | Role | Name            | Country | Mentor     | Mentor telephone |
    | SOS        | home | SOŠ Brno        | Czechia |            |                  |
    | AURORA     | host | Hotel Aurora Oy | Finland | Mikko Salo | +358 40 555 0103 |

    Qualifications
    | Qualification ID | Title |
    | COOK             | Cook  |

    Units
    | Unit ID | Qualification | Title         | Points | Skills                       |
    | U1      | COOK          | Cold starters | 2.5    | prepares three cold starters |
    | U2      | COOK          | Soups         | 2      | prepares two soups           |

    Learners
    | Learner ID | Family name | Given names | Date of birth |
    | L01        | Nováková    | Tereza      | 2009-05-12    |
    | L02        | Novák       | Jan         | 2008-11-30    |
"""
"""A small cohort without a fault: two partners, a qualification, two units, two learners."""


@dataclass
class Drawing:
    """A sheet as it is drawn: rows of cells as they are typed."""

    name: str
    hidden: bool = False
    rows: list[list[str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)


def sheets(picture: str) -> list[Drawing]:
    """Read a drawing."""
    found: list[Drawing] = []
    for line in picture.strip("\n").splitlines():
        shown = line.strip()
        hides = shown.endswith("[hidden]")
        shown = shown.removesuffix("[hidden]").strip()
        if shown.startswith("|"):
            found[-1].rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", shown)[1:-1]])
            if hides:
                found[-1].hidden_rows.append(len(found[-1].rows))
        elif shown:
            if found:
                _without_empty_end(found[-1])
            found.append(Drawing(name=shown, hidden=hides))
        elif found:
            found[-1].rows.append([])
    if found:
        _without_empty_end(found[-1])
    return found


def _without_empty_end(drawing: Drawing) -> None:
    while drawing.rows and not any(drawing.rows[-1]):
        drawing.rows.pop()


def typed(shown: str) -> tuple[Any, str | None]:
    """Give the value of a drawn cell, and the number format it has."""
    form = None
    if found := re.fullmatch(r"(.*\S)\s+\{(.+)\}", shown):
        shown, form = found[1], found[2]
    if not shown:
        return None, form
    if shown.startswith("'"):
        return shown[1:].replace("↵", "\n"), form
    if re.fullmatch(r"\d{4}-\d\d-\d\d", shown):
        return dt.datetime.fromisoformat(shown), form or "yyyy-mm-dd"
    if re.fullmatch(r"-?\d{1,20}", shown):
        return int(shown), form
    if re.fullmatch(r"-?\d+\.\d+", shown):
        return float(shown), form
    return {"TRUE": True, "FALSE": False}.get(shown, shown.replace("↵", "\n").replace("\\|", "|")), form


def write(picture: str, target: Path) -> Path:
    """Write a drawing as a workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for drawing in sheets(picture):
        sheet = book.create_sheet(drawing.name)
        sheet.sheet_state = "hidden" if drawing.hidden else "visible"
        merged: dict[int, tuple[int, int]] = {}
        wide: dict[int, tuple[int, ...]] = {}
        for number, row in enumerate(drawing.rows, start=1):
            for column, shown in enumerate(row, start=1):
                if shown == "<":
                    wide[number] = (*wide.get(number, ()), column)
                    continue
                if shown == "^":
                    first = merged.get(column, (number - 1, 0))[0]
                    merged[column] = (first, number)
                    continue
                value, form = typed(shown)
                if value is None:
                    continue
                cell = sheet.cell(number, column, value)
                if isinstance(value, str) and not value.startswith(("=", "#")):
                    cell.data_type = "s"
                if form:
                    cell.number_format = form
        _merge(sheet, merged, wide)
        for number in drawing.hidden_rows:
            sheet.row_dimensions[number].hidden = True
    book.save(target)
    return target


def _merge(sheet: Any, down: dict[int, tuple[int, int]], across: dict[int, tuple[int, ...]]) -> None:
    for column, (first, last) in down.items():
        sheet.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)
    for number, columns in across.items():
        for last in (column for column in columns if column + 1 not in columns):
            first = max(each for each in range(1, last) if each not in columns)
            sheet.merge_cells(start_row=number, end_row=number, start_column=first, end_column=last)


def write_csv(picture: str, folder: Path, *, delimiter: str = ";", encoding: str = "utf-8-sig") -> Path:
    """Write a drawing as a folder of .csv files, one a sheet, as cells are shown."""
    folder.mkdir(exist_ok=True)
    for drawing in sheets(picture):
        with (folder / f"{drawing.name}.csv").open("w", encoding=encoding, newline="") as stream:
            rows = [[cell.removeprefix("'").replace("↵", "\n") for cell in row] for row in drawing.rows]
            csv.writer(stream, delimiter=delimiter).writerows(rows)
    return folder


def with_changes(picture: str) -> str:
    """Lay sheets over the clean cohort: a sheet that is drawn replaces that of the same name; `- Units` leaves one out."""
    drawn = {drawing.name.removeprefix("- "): drawing for drawing in sheets(picture)}
    clean = {drawing.name: drawing for drawing in sheets(CLEAN)}
    left_out = {drawing.name.removeprefix("- ") for drawing in sheets(picture) if drawing.name.startswith("- ")}
    every = {**clean, **drawn}
    return "\n\n".join(_redrawn(drawing) for name, drawing in every.items() if name not in left_out)


def _redrawn(drawing: Drawing) -> str:
    lines = [drawing.name + (" [hidden]" if drawing.hidden else "")]
    for number, row in enumerate(drawing.rows, start=1):
        end = " [hidden]" if number in drawing.hidden_rows else ""
        lines.append(f"| {' | '.join(row)} |{end}" if row else "")
    return "\n".join(lines)


def cohort(picture: str, folder: Path, name: str = "cohort.xlsx") -> Reading:
    """Read the clean cohort with these sheets laid over it."""
    return read_cohort(write(with_changes(picture), folder / name))


ASIDE = {"S122", "S124"}
"""What nearly every small drawing would be told: own columns, and no learners yet. Their tests ask for them by name."""


def told(reading: Reading) -> list[str]:
    """What is wrong, as an officer finds it: “S201 Learners!D2”."""
    return [f"{problem.code} {problem.place}" for problem in reading.problems if problem.code not in ASIDE]


def said(reading: Reading) -> list[str]:
    """What an officer reads: the sentence, and what to do."""
    return [f"{problem.message} {problem.advice}" for problem in reading.problems if problem.code not in ASIDE]


def aside(reading: Reading) -> list[str]:
    """What is told of own columns and missing learners."""
    return [f"{problem.code} {problem.place} {problem.message}" for problem in reading.problems if problem.code in ASIDE]


def learner(reading: Reading, number: int = 0) -> Learner:
    """A learner of a cohort that could be read."""
    assert reading.cohort is not None, said(reading)
    return reading.cohort.learners[number]
