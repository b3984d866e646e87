"""What openpyxl keeps to itself about a sheet, read from the sheet's own XML (floor 2).

Hidden rows, merged ranges, formulas that no program has calculated, and what stands right of the columns that are read:
in its read-only mode, the only one that holds against bombs, openpyxl tells none of them. One look through the part, by
patterns, tells all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.guard import Refused
from pipeline.lettering import column_number
from pipeline.raw import NOT_CALCULATED, Broken, Number, Raw

MOST_COLUMNS = 300
"""Columns of a sheet that are read; the contract has 62."""

MOST_MERGED_RANGES = 100_000
_CALCULATE = "Open the workbook in Excel, save it and try again."
SAVE_AGAIN = "Open it in Excel or LibreOffice, look whether all is there, and save it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row that holds anything: its number, its cells by column (0 is A), whether it is hidden or struck through.

    `beyond` says that something stands right of the columns that are read, `filtered` that a filter hides the row.
    `across` are cells merged over several columns (first and last), as group headings are; `veiled` are the hidden
    columns of the sheet, told with its first row.
    """

    number: int
    cells: Mapping[int, Raw]
    hidden: bool = False
    struck: bool = False
    beyond: bool = False
    filtered: bool = False
    across: Sequence[tuple[int, int]] = ()
    veiled: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """What stands in a sheet beside its values: see the room's first lines.

    `last` is the last row; `formulas` gives, for rows that hold such, the column (0 is A) of each formula without a
    stored result (False), or with the result 0 (True). `filtered` are the first and the last row of a filter that hides
    rows, `across` the cells merged over columns in the first rows of the sheet, `veiled` the columns that are hidden.
    `filled` is the last row in which anything can stand: what follows are only colours and heights.
    """

    last: int
    hidden: frozenset[int]
    merged: tuple[tuple[int, int, int], ...]
    formulas: Mapping[int, Sequence[tuple[int, bool]]]
    beyond: frozenset[int]
    filtered: tuple[int, int] = (0, 0)
    across: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    veiled: Sequence[int] = ()
    filled: int = 1_048_576


_ALL_ROWS = 1_048_576
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])(?:[^>]*?\sr=[\"'](\d+)[\"'])?")
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*>")
_FOLDED = re.compile(rb"outlineLevel=[\"'][1-9]")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_CELL_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})[\"']"
)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\b[^>]*/>|<(?:\w+:)?v>\s*0?\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_FILTER = re.compile(
    rb"<(?:\w+:)?autoFilter\s[^>]*?\bref=[\"']\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})[\"'][^>]*?(?<!/)>"
)
_OVER_COLUMNS = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']\$?([A-Z]{1,3})\$?(\d{1,2}):\$?([A-Z]{1,3})\$?(\d{1,2})[\"']"
)
_MOST_VEILED = 50
"""Hidden columns that are looked at: a sheet whose whole right side is hidden says so in one range."""

_IS_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_FAR = re.compile(rb"r=[\"'](?:K[O-Z]|[L-Z][A-Z]|[A-Z]{3})\d")
_FAR_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*\br=[\"'](?:K[O-Z]|[L-Z][A-Z]|[A-Z]{3})(\d{1,7})[\"'][^>]*>[^<]*<")
"""A cell right of column KN, the last that is read, with anything in it."""


def aside(data: bytes, name: str) -> Aside:
    """Look through a sheet's XML for what openpyxl does not tell.

    Raises Refused where rows are out of order, and where there are more merged ranges than any cohort has.
    """
    if b"\0" in data[:200]:
        data = data.replace(b"\0", b"")  # UTF-16: what is looked for is written in plain letters
    return Aside(
        last=_last_row(data, name),
        hidden=frozenset(_hidden(data)), merged=tuple(_merged(data, name)), formulas=_formulas(data, name),
        beyond=frozenset(int(found[1]) for found in _FAR_CELL.finditer(data)) if _FAR.search(data) else frozenset(),
        filtered=_filtered(data), across=_across(data), veiled=tuple(_veiled(data)),
        filled=_last_filled(data),
    )  # fmt: skip


def _last_row(data: bytes, name: str) -> int:
    """Find the last row. openpyxl passes over rows that are out of order without a word, so they are looked for here.

    Raises Refused where there are any.
    """
    last = 0
    for found in _ROW.finditer(data):
        number = int(found[1]) if found[1] else last + 1
        if not last < number <= _ALL_ROWS:
            where = f" below row {last}" if last else ""
            raise Refused(f"Sheet “{name}” cannot be read{where}: its rows are out of order.", SAVE_AGAIN)
        last = number
    return last


def _last_filled(data: bytes) -> int:
    """Find the last row that can hold anything; sheets with a million coloured blank rows are common.

    Where that is not clear, every row can.
    """
    end = max(data.rfind(b"</sheetData"), data.rfind(b":sheetData"))
    if end < 0 or b"<!--" in data:
        return _ALL_ROWS
    at = max(data.rfind(tag, 0, end) for tag in (b"<v", b"<is", b"<f", b":v", b":is", b":f"))
    start = max(data.rfind(tag, 0, max(at, 0)) for tag in (b"<row", b":row"))
    found = _ROW.match(data, data.rfind(b"<", 0, start + 1)) if start >= 0 else None
    return int(found[1]) if found and found[1] else _ALL_ROWS


def _hidden(data: bytes) -> Iterator[int]:
    """Find hidden rows; those folded away by hand or by `ecvet new` have the plus sign in sight and are none."""
    for found in _HIDDEN.finditer(data) if b"hidden=" in data else ():
        number = _ROW_NUMBER.search(found[0])
        if number and not _FOLDED.search(found[0]):
            yield int(number[1])


def _filtered(data: bytes) -> tuple[int, int]:
    """Find the rows under a filter that is at work: it says what it looks for; nothing where it shows all."""
    found = _FILTER.search(data) if b"filterColumn" in data else None
    return (int(found[1]) + 1, int(found[2])) if found else (0, 0)


def _across(data: bytes) -> dict[int, list[tuple[int, int]]]:
    """Find cells merged over columns in the first rows of a sheet, where group headings stand."""
    found: dict[int, list[tuple[int, int]]] = {}
    for each in _OVER_COLUMNS.finditer(data, max(0, data.find(b"mergeCell") - 50)) if b"mergeCell" in data else ():
        first, last = column_number(each[1].decode()), column_number(each[3].decode())
        if first < last:
            found.setdefault(int(each[2]), []).append((first, last))
    return found


def _veiled(data: bytes) -> list[int]:
    """Find hidden columns; those folded away by hand or by `ecvet new` have the plus sign in sight and are none."""
    head = data[: data.find(b"sheetData")]
    found: list[int] = []
    for column in _COLUMN.finditer(head) if b"hidden=" in head else ():
        text = column[0]
        if re.search(rb"\bhidden=[\"'](?:1|true)", text) and not _FOLDED.search(text):
            ends = [re.search(rb"\b" + end + rb"=[\"'](\d{1,5})", text) for end in (b"min", b"max")]
            if ends[0] and ends[1]:
                found += range(int(ends[0][1]) - 1, min(int(ends[1][1]), MOST_COLUMNS))
    return found[:_MOST_VEILED]


def _merged(data: bytes, name: str) -> list[tuple[int, int, int]]:
    """Find the ranges merged over several rows: first row, column, last row; the value stands in the first cell."""
    found: list[tuple[int, int, int]] = []
    for each in _MERGED.finditer(data, max(0, data.find(b"mergeCell") - 50)) if b"mergeCell" in data else ():
        first, column, last = int(each[2]), column_number(each[1].decode()), int(each[3])
        if first < last and column < MOST_COLUMNS:
            found.append((first, column, last))
        if len(found) > MOST_MERGED_RANGES:
            raise Refused(f"Sheet “{name}” has more than {MOST_MERGED_RANGES:,} merged cells.", SAVE_AGAIN)
    return sorted(found)


def _formulas(data: bytes, name: str) -> dict[int, list[tuple[int, bool]]]:
    """Find formulas without a stored result, and those whose result is 0; an empty text is a result.

    Raises Refused where a formula without a result does not say in which cell it stands.
    """
    found: dict[int, list[tuple[int, bool]]] = {}
    for cell in _FORMULA.finditer(data) if b"<f" in data or b":f" in data else ():
        calculated = bool(cell[2]) and b">0<" in b"".join(cell[2].split())
        if not calculated and cell[2] and _IS_TEXT.search(cell[1]):
            continue
        place = _CELL_PLACE.search(cell[1])
        if place:
            row = int(place[2])
            found.setdefault(row, []).append((column_number(place[1].decode()), calculated))
        elif not calculated:
            raise Refused(f"Sheet “{name}” holds formulas that were never calculated.", _CALCULATE)
    return found


def with_formulas(cells: Mapping[int, Raw], formulas: Iterable[tuple[int, bool]]) -> dict[int, Raw]:
    """Say of the cells of a row which hold formulas without a result, and which a 0 that was calculated."""
    marked = dict(cells)
    for column, calculated in formulas:
        value = cells.get(column)
        if not calculated and column < MOST_COLUMNS:
            marked[column] = Broken(NOT_CALCULATED)
        elif isinstance(value, Number):
            marked[column] = value._replace(calculated=True)
    return {column: marked[column] for column in sorted(marked)}


def spread(rows: Iterable[SheetRow], merged: Sequence[tuple[int, int, int]]) -> Iterator[SheetRow]:
    """Give the value of a merged range to every row of it that holds anything of its own."""
    over: dict[int, tuple[int, Raw]] = {}
    at = 0
    for row in rows:
        over = {column: held for column, held in over.items() if held[0] >= row.number}
        while at < len(merged) and merged[at][0] <= row.number:
            first, column, last = merged[at]
            if last >= row.number:
                over[column] = (last, row.cells.get(column) if first == row.number else None)
            at += 1
        if over:
            cells = {**row.cells, **{column: value for column, (_, value) in over.items()}}
            kept = {column: cells[column] for column in sorted(cells) if cells[column] is not None}
            yield replace(row, cells=kept)
        else:
            yield row
