"""Rows put below the table of a workbook that is somebody's own: all else in it stays as it is (floor 3).

What is not touched is taken over byte for byte; a new row looks like the last row above it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.guard import WORKBOOK_LIMITS, Refused, open_package
from pipeline.lettering import column_letter, column_number
from pipeline.marking.book import Book
from pipeline.marking.grid import Grid, place_of
from pipeline.marking.names import OFFICE, M, made
from pipeline.marking.package import Package
from pipeline.marking.styles import Styles
from pipeline.marking.texts import LONGEST_TEXT, clean

Value = str | int | Decimal | dt.date | None

_TO_TABLE = f"{OFFICE}/table"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_DAY_ZERO, _DAY_ZERO_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)
"""The days that workbooks count from (18.17.4.1); those of old Macs begin in 1904."""

MOST_ROWS = 1_048_576
"""Rows of a sheet (Excel's specifications and limits)."""


def appended(
    path: Path, sheet: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Value]], *, last: int, like: int
) -> bytes:
    """Give a workbook with rows put below row `last` of a sheet; the file itself is not touched.

    `columns` are letters by key, a row holds values by key. The new rows look like row `like`; 0 where there is none
    yet, then like their columns. Raises guard.Refused where the file cannot be read or is damaged, OSError where it
    cannot be opened.
    """
    with open_package(path, WORKBOOK_LIMITS, kind="workbook") as opened:
        try:
            return _appended(Package(opened), sheet, columns, rows, last, like)
        except (ValueError, KeyError, IndexError, ArithmeticError) as odd:  # numbers that are none, and the like
            raise Refused("Nothing can be added to the workbook.", "Open it in Excel and save it again.") from odd


def _appended(
    package: Package, sheet: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Value]], last: int, like: int
) -> bytes:
    book = Book(package)
    part = next((each.part for each in book.sheets if each.name == sheet and each.part), "")
    if not part or last + len(rows) > MOST_ROWS:
        raise Refused("There is no room for further rows in the workbook.", "Open it in Excel and look at its sheets.")
    root = package.tree(part)
    grid = Grid(root)
    styles = Styles(package, book.part, {})
    zero = _day_zero(package.tree(book.part))
    looks = {column: cell.get("s") for (row, column), cell in grid.every() if row == like and cell.get("s")}
    there = {spot for spot, _ in grid.every() if spot[0] > last}
    for number, row in enumerate(rows, start=last + 1):
        wanted = {column_number(columns[key]): value for key, value in row.items() if key in columns}
        for column in sorted({*wanted, *looks}):
            cell = grid.cell((number, column))
            if column in looks and (number, column) not in there:
                cell.set("s", looks[column])
            _fill(cell, wanted.get(column), zero, styles)
    end = last + len(rows)
    letters = {column_number(letter) for letter in columns.values()}
    _widen(root.find(f"{M}dimension"), end, max(letters))
    for link in package.links(part):
        if link.kind == _TO_TABLE and link.target:
            _lengthen(package, link.target, last, end, min(letters))
    if styles.added:
        styles.close()
    package.put(part, root)
    return package.data()


def _fill(cell: Any, value: Value, zero: dt.date, styles: Styles) -> None:
    """Write a value into a cell that holds none yet; a text stays the text it is, whatever it begins with."""
    if value is None:
        return
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = made(cell, "t")
        text.text = clean(value[:LONGEST_TEXT])
        text.set(_SPACE, "preserve")
        inside = made(cell, "is")
        inside.append(text)
        cell.append(inside)
        return
    number = made(cell, "v")
    if isinstance(value, dt.date):
        cell.set("s", str(styles.dated(int(cell.get("s", 0)))))
        number.text = str((value - zero).days)
    else:
        number.text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    cell.append(number)


def _day_zero(book: Any) -> dt.date:
    told = book.find(f"{M}workbookPr")
    return _DAY_ZERO_1904 if told is not None and told.get("date1904") in ("1", "true") else _DAY_ZERO


_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)")


def _widen(dimension: Any, end: int, right: int) -> None:
    """Let the size that a sheet tells of itself take in what was added."""
    found = _RANGE.fullmatch(dimension.get("ref", "")) if dimension is not None else None
    if found:
        corner = place_of((max(end, int(found[4])), max(right, column_number(found[3]))))
        dimension.set("ref", f"{found[1]}{found[2]}:{corner}")


def _lengthen(package: Package, part: str, last: int, end: int, column: int) -> None:
    """Let a table of Excel's own that ended with the last row end with the new one; one with a row of sums stays."""
    table = package.tree(part)
    found = _RANGE.fullmatch(table.get("ref", ""))
    if not found or int(found[4]) != last or table.get("totalsRowCount", "0") != "0":
        return
    if not column_number(found[1]) <= column <= column_number(found[3]):
        return
    longer = f"{found[1]}{found[2]}:{column_letter(column_number(found[3]))}{end}"
    for each in (table, table.find(f"{M}autoFilter")):
        if each is not None and each.get("ref") == found[0]:
            each.set("ref", longer)
    package.put(part, table)
