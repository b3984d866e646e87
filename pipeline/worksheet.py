"""One sheet's XML into raw cells, row by row, whatever stands in it (floor 2).

What a reading library keeps to itself is told here: hidden rows, merged ranges, and formulas that no program
has calculated. What stands behind the cells (print settings, conditional formats, charts) is not looked at, and cannot
do harm.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO
from xml.parsers import expat

from pipeline.guard import Refused
from pipeline.raw import DAMAGED, NOT_CALCULATED, Broken, Number, Raw, unescaped
from pipeline.stream import CHUNK, MAIN, TEXT, Events

MOST_COLUMNS = 300
"""Columns of a sheet that are read; the contract has 62."""

MOST_CELLS = 3_000_000
MOST_MERGED_RANGES = 100_000
_ALL_ROWS, _ALL_COLUMNS = 1_048_576, 16_384
_LONGEST_NUMBER = 40
_ROW, _CELL, _VALUE, _FORMULA, _DATA = (MAIN + name for name in ("row", "c", "v", "f", "sheetData"))
SAVE_AGAIN = "Open it in Excel or LibreOffice, look whether all is there, and save it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What the style of a cell says of its number: its format, and what it is as a date or a duration."""

    format: str
    moment: Callable[[int | float], dt.datetime | dt.date | dt.time | dt.timedelta] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row that holds anything: its number, its cells by column (0 is A), and whether it is hidden.

    `beyond` says that something stands right of the columns that are read.
    """

    number: int
    cells: Mapping[int, Raw]
    hidden: bool = False
    beyond: bool = False


class _Cells(Events):
    """Reads rows and cells; rows that are complete wait in `ready`."""

    def __init__(self, strings: Sequence[str], style: Callable[[int], Style | None]) -> None:
        super().__init__()
        self.ready: list[SheetRow] = []
        self.done = False
        self.row = self._column = self._count = 0
        self._strings, self._style = strings, style
        self._styles: dict[str, Style | None] = {}
        self._columns: dict[str, int] = {}
        self._cells: dict[int, Raw] = {}
        self._hidden = self._beyond = self._formula = False
        self._kind = self._styled = ""
        self._value: str | None = None
        self._pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        if name == _CELL:
            self._begin_cell(attributes)
        elif name == _VALUE:
            self.text = []
        elif name == _FORMULA:
            self._formula = True
        elif name == _ROW:
            row = int(attributes.get("r", self.row + 1))
            if not self.row < row <= _ALL_ROWS:
                raise ValueError("rows out of order")
            self.row, self._column, self._cells, self._beyond = row, -1, {}, False
            folded_away = "outlineLevel" in attributes  # by hand or by `ecvet new`, with the plus sign in sight
            self._hidden = attributes.get("hidden") in ("1", "true") and not folded_away

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r", "")
        letters = place.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = column_number(letters) if letters else self._column + 1
            if letters:
                self._columns[letters] = column
        if not self._column < column < _ALL_COLUMNS:
            raise ValueError("cells out of order")
        self._count += 1
        if self._count > MOST_CELLS:
            raise OverflowError
        self._column, self._formula, self._value = column, False, None
        self._kind, self._styled = attributes.get("t", "n"), attributes.get("s", "0")
        if self._pieces:
            self._pieces = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == _VALUE:
            self._value = self.taken()
        elif name == TEXT and self.text is not None:
            self._pieces.append(self.taken())
        elif name == _CELL:
            value = self._read()
            if value is not None:
                if self._column < MOST_COLUMNS:
                    self._cells[self._column] = value
                else:
                    self._beyond = True
        elif name == _ROW:
            if self._cells or self._beyond:
                row = SheetRow(number=self.row, cells=self._cells, hidden=self._hidden, beyond=self._beyond)
                self.ready.append(row)
        elif name == _DATA:
            self.done = True
            self.parser.StartElementHandler = self.parser.EndElementHandler = self.parser.CharacterDataHandler = None

    def _read(self) -> Raw:
        value, kind = self._value, self._kind
        if kind == "inlineStr":
            return _text_of("".join(self._pieces))
        if value and kind == "str":
            return _text_of(value)
        if value:
            return Broken(value) if kind == "e" else self._decoded(value)
        calculated = kind == "str" and value is not None  # its result is an empty text
        return Broken(NOT_CALCULATED) if self._formula and not calculated else None

    def _decoded(self, value: str) -> Raw:
        try:
            if self._kind == "s":
                text = self._strings[int(value) if value.isdecimal() else len(self._strings)]
                return text if text.strip() else None
            if self._kind == "b":
                return {"1": True, "true": True, "0": False, "false": False}[value]
            return _moment_of(value) if self._kind == "d" else self._number(value)
        except (ValueError, LookupError):
            return Broken(DAMAGED)

    def _number(self, value: str) -> Raw:
        number = int(value) if value.lstrip("-").isdecimal() and len(value) < _LONGEST_NUMBER else float(value)
        if self._styled not in self._styles:
            self._styles[self._styled] = self._style(int(self._styled))
        style = self._styles[self._styled]
        if style is None or not math.isfinite(number):
            return Broken(DAMAGED)
        if style.moment is None:
            return Number(number, style.format)
        try:
            return style.moment(number)
        except (OverflowError, ValueError):
            return Broken("########")


def _text_of(value: str) -> str | None:
    return unescaped(value) if value.strip() else None


def _moment_of(value: str) -> dt.datetime | dt.date | dt.time:
    return dt.datetime.fromisoformat(value) if len(value) > 8 else dt.time.fromisoformat(value)


def sheet_rows(
    stream: IO[bytes], name: str, strings: Sequence[str], style: Callable[[int], Style | None]
) -> Iterator[SheetRow]:
    """Read the rows of a sheet that hold anything, in order.

    Raises Refused, naming the row, where the sheet is damaged or larger than any cohort.
    """
    cells = _Cells(strings, style)
    try:
        while not cells.done and (chunk := stream.read(CHUNK)):
            cells.parser.Parse(chunk)
            yield from cells.ready
            cells.ready.clear()
        if not cells.done:
            cells.parser.Parse(b"", True)
    except OverflowError:
        sentence = f"Sheet “{name}” has more than {MOST_CELLS:,} cells."
        raise Refused(sentence, "Delete empty rows and columns, and what is not needed.") from None
    except (expat.ExpatError, ValueError) as broken:
        yield from cells.ready
        if not cells.done:
            raise Refused(f"Sheet “{name}” cannot be read below row {cells.row}.", SAVE_AGAIN) from broken


_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})[\"']"
)


def merged_ranges(stream: IO[bytes], name: str) -> list[tuple[int, int, int]]:
    """Find the ranges merged over several rows: first row, column, last row; the value stands in the first cell.

    Raises Refused where there are more than any cohort has.
    """
    pieces: list[bytes] = []
    tail = b""
    while chunk := stream.read(CHUNK):
        letters = chunk.replace(b"\0", b"")  # UTF-16 too
        if pieces or b"mergeCell" in tail + letters:
            pieces.append(letters if pieces else tail + letters)
        tail = letters[-20:]
    found: list[tuple[int, int, int]] = []
    for each in _MERGED.finditer(b"".join(pieces)):
        first, column, last = int(each[2]), column_number(each[1].decode()), int(each[3])
        if first < last and column < MOST_COLUMNS:
            found.append((first, column, last))
        if len(found) > MOST_MERGED_RANGES:
            raise Refused(f"Sheet “{name}” has more than {MOST_MERGED_RANGES:,} merged cells.", SAVE_AGAIN)
    return sorted(found)


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
            yield SheetRow(number=row.number, cells=kept, hidden=row.hidden, beyond=row.beyond)
        else:
            yield row


def column_number(letters: str) -> int:
    """Give the position of a column (A is 0, AA is 26); raises ValueError for what names no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or len(letters) > 3:
            raise ValueError("no column")
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letter(index: int) -> str:
    """Name a column by its position (0 is A, 26 is AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name
