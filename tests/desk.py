"""An officer's desk for tests: a working folder, the example cohort with cells changed, and forms typed as lines.

A cell is named as a person would say it: "Learners / L03 / E-mail" is the cell of column E-mail in the row of L03,
"Learners / L06-2 / Host" that of her second mobility, and "Cohort / Language" the value of a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from pipeline.form import Form, open_form
from pipeline.jobs import Status
from pipeline.made import Made, Wishes
from pipeline.office import make_all
from pipeline.room import Room

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "input" / "Example cohort.xlsx"
SHEETS = ("Cohort", "Partners", "Qualifications", "Units", "Learners", "Unit choices", "Accompanying", "Results")
Cells = list[list[Any]]


@cache
def _example() -> dict[str, Cells]:
    book = load_workbook(EXAMPLE, read_only=True)
    return {name: [list(row) for row in book[name].iter_rows(values_only=True)] for name in SHEETS}


def at(cell: str, sheets: Mapping[str, Cells] | None = None) -> str:
    """Give the address of a cell: “Learners / L03 / E-mail” is “Learners!K4”."""
    name, row, column = _found(cell, sheets or _example())
    return f"{name}!{get_column_letter(column + 1)}{row + 1}"


def _found(cell: str, sheets: Mapping[str, Cells]) -> tuple[str, int, int]:
    name, *rest = cell.split(" / ")
    rows = sheets[name]
    if name == "Cohort":
        return name, next(at for at, row in enumerate(rows) if _plain(row[0]) == rest[0]), 1
    column = next(at for at, head in enumerate(rows[0]) if _plain(head) == rest[1])
    key, _, number = rest[0].partition("-") if rest[0].startswith("L") else (rest[0], "", "")
    hits = [at for at, row in enumerate(rows) if row[0] == key]
    return name, hits[int(number or 1) - 1], column


def _plain(head: object) -> str:
    return str(head or "").removesuffix(" *")


def workbook(
    target: Path, cells: Mapping[str, object] | None = None, *, without: Iterable[str] = (),
    more: Mapping[str, Cells] | None = None,
) -> Path:  # fmt: skip
    """Write the example cohort with these cells changed, without these rows (“Learners / L03”) and with more rows.

    A key of `cells` without a row of its own is a new field of sheet Cohort.
    """
    sheets = {name: [list(row) for row in rows] for name, rows in _example().items()}
    for cell, value in (cells or {}).items():
        try:
            name, row, column = _found(cell, sheets)
            sheets[name][row][column] = value
        except StopIteration:
            sheets["Cohort"].append([cell.removeprefix("Cohort / "), value])
    for each in without:
        name, _, key = each.partition(" / ")
        sheets[name] = [row for row in sheets[name] if row[0] != key] if key else []
    for name, rows in (more or {}).items():
        sheets[name] += rows
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        if rows:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return target


def learner(key: str, **cells: object) -> list[Any]:
    """Copy the row of a learner of the example with cells changed, such as Learner_ID="L30"."""
    header, *rows = _example()["Learners"]
    row = list(next(row for row in rows if row[0] == key))
    for name, value in cells.items():
        row[[_plain(head) for head in header].index(name.replace("_", " "))] = value
    return row


def result(cells: Mapping[str, object]) -> list[Any]:
    """Write a row of sheet Results, each cell by the name of its column."""
    return [cells.get(_plain(head)) for head in _example()["Results"][0]]


def form(target: Path, *lines: str, table: Iterable[str] = ()) -> Path:
    """Write a Word form with a paragraph a line, and a table with a row for each line of `table`."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    rows = list(table)
    if rows:
        drawn = document.add_table(rows=0, cols=1)
        for line in rows:
            drawn.add_row().cells[0].text = line
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))
    return target


_FORMS = TemporaryDirectory(prefix="ecvet-forms-")


@cache
def opened(name: str, *lines: str, folder: str = "") -> Form:
    """Type a form, a paragraph a line, and open it; the same form is opened once for all tests."""
    place = Path(_FORMS.name) / str(opened.cache_info().misses) / folder
    return open_form(form(place / f"{name}.docx", *lines), folder)


def room(folder: Path, *, official: bool = True, forms: Mapping[str, Iterable[str]] | None = None) -> Room:
    """Make a working folder: the official pack by a link, or a pack `mine` with forms of these lines."""
    for name in ("input", "templates"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    if official:
        (folder / "templates" / "official").symlink_to(ROOT / "templates" / "official", target_is_directory=True)
    for name, lines in (forms or {}).items():
        form(folder / "templates" / "mine" / f"{name}.docx", *lines)
    return Room(folder)


def make(room: Room, **wishes: Any) -> list[Made]:
    """Make the papers of all cohorts of a folder, as `ecvet run` does."""
    from pipeline.second import beside

    paths = room.workbooks()
    with beside(paths) as second:
        return make_all(room, paths, Wishes(**wishes), lambda *_: lambda _: None, second=second)


def statuses(made: Made) -> dict[str, int]:
    """Count papers by what became of them."""
    return {str(status): number for status in Status if (number := sum(it.status is status for it in made.outcomes))}


def agreements(made: Made) -> int:
    """Count the Learning Agreements, where every paper of the set was written; what else is in the set is its affair."""
    assert statuses(made) == {"written": len(made.outcomes)}
    return sum(it.job.form == "Learning Agreement" for it in made.outcomes)


def shown(path: Path) -> str:
    """Read a paper as a person does: its text, a line a paragraph, tables too."""
    from lxml import etree

    from pipeline.word import open_form_package

    found = []
    for story in open_form_package(path).stories:
        root = etree.fromstring(story.xml)
        found += ["".join(piece.text or "" for piece in paragraph.iter("{*}t")) for paragraph in root.iter("{*}p")]
    return "\n".join(found)


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Take down every file of a folder: its bytes and when it was written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def links(page: str) -> list[str]:
    """List where the links of a report lead to."""
    return [target for target in re.findall(r'href="([^"]*)"', page) if not target.startswith("#")]
