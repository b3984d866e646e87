"""The rows and cells of a sheet's part, found by their place; those that are not there yet are put in (floor 3).

Programs may leave out the numbers of rows and the places of cells: what has none follows what stands before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from lxml import etree

from pipeline.guard import Refused
from pipeline.lettering import column_letter, column_number
from pipeline.marking.names import WORKSHEET_ORDER, M, made, put_in_order

Spot = tuple[int, int]
"""Row (from 1) and column (from 0)."""

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_RANGE = re.compile(rf"{_PLACE.pattern}:{_PLACE.pattern}")
_DEFAULT_WIDTH = 64
_DEFAULT_HEIGHT = 20


def spot_of(place: str) -> Spot | None:
    """Read where a cell stands: C7 is (7, 2); None for what names no cell."""
    found = _PLACE.fullmatch(place)
    return (int(found[2]), column_number(found[1])) if found and int(found[2]) else None


def place_of(spot: Spot) -> str:
    """Write where a cell stands: (7, 2) is C7."""
    return f"{column_letter(spot[1])}{spot[0]}"


class Grid:
    """The cells of a sheet. Kept: its parsed part, its rows by number, and the cells of rows that were looked at."""

    def __init__(self, root: Any) -> None:
        """Look through the rows of a sheet; raises guard.Refused where it has no cells at all."""
        self.root = root
        data = root.find(f"{M}sheetData")
        if root.tag != f"{M}worksheet" or data is None:
            raise Refused("A sheet of the workbook is damaged.", "Open it in Excel and save it again.")
        self._data = data
        self._rows: dict[int, Any] = {}
        last = 0
        for row in data.iterchildren(f"{M}row"):
            last = int(row.get("r", last + 1))
            self._rows[last] = row
        self._numbers = sorted(self._rows)
        self._cells: dict[int, dict[int, Any]] = {}
        self._tops: list[int] = []
        self._widths: dict[int, int] = {}
        self._columns = [
            (int(each.get("min", 0)) - 1, int(each.get("max", 0)) - 1, each)
            for each in root.iterfind(f"{M}cols/{M}col")
        ]

    def cell(self, spot: Spot) -> Any:
        """Find a cell, or put an empty one in that looks like its row, else like its column."""
        number, column = spot
        row = self._row(number)
        cells = self._cells_of(number)
        if column not in cells:
            style = self._row_style(row) or self._column_style(column)
            cell = made(row, "c", {"r": place_of(spot), **({"s": style} if style else {})})
            before = [at for at in cells if at < column]
            if before:
                cells[max(before)].addnext(cell)
            else:
                row.insert(0, cell)
            row.attrib.pop("spans", None)  # it only says where cells may be looked for, and would now be wrong
            cells[column] = cell
        return cells[column]

    def every(self) -> Iterable[tuple[Spot, Any]]:
        """Give every cell that is there."""
        for number in self._numbers:
            yield from (((number, column), cell) for column, cell in self._cells_of(number).items())

    def anchors(self, spots: Iterable[Spot]) -> dict[Spot, Spot]:
        """Give, for cells inside merged ranges, the first cell of the range: only that one is seen."""
        wanted: dict[int, list[int]] = {}
        for row, at in spots:
            wanted.setdefault(row, []).append(at)
        rows = sorted(wanted)
        found: dict[Spot, Spot] = {}
        for each in self.root.iterfind(f"{M}mergeCells/{M}mergeCell"):
            ends = _RANGE.fullmatch(each.get("ref", ""))
            if not ends:
                continue
            top, bottom = int(ends[2]), int(ends[4])
            left, right = column_number(ends[1]), column_number(ends[3])
            for row in rows[bisect_left(rows, top) : bisect_right(rows, bottom)]:
                found |= {(row, at): (top, left) for at in wanted[row] if left <= at <= right}
        return found

    def put(self, name: str, attributes: dict[str, str]) -> None:
        """Put an element of the sheet where the order of a sheet's elements wants it."""
        put_in_order(self.root, made(self.root, name, attributes), WORKSHEET_ORDER)

    def width(self, column: int) -> int:
        """Say how wide a column is, in pixels (18.3.1.13: of Calibri 11, a digit has seven, and five go round it)."""
        if column not in self._widths:
            each = next((each for first, last, each in self._columns if first <= column <= last), None)
            if each is None:
                self._widths[column] = _DEFAULT_WIDTH
            else:
                hidden = each.get("hidden") in ("1", "true")
                self._widths[column] = 0 if hidden else int(float(each.get("width", 8.43)) * 7 + 5)
        return self._widths[column]

    def height(self, number: int) -> int:
        """Say how high a row is, in pixels."""
        row = self._rows.get(number)
        if row is None:
            return _DEFAULT_HEIGHT
        if row.get("hidden") in ("1", "true"):
            return 0
        return int(float(row.get("ht", _DEFAULT_HEIGHT * 0.75)) / 0.75)

    def top(self, number: int) -> int:
        """Say how far below the sheet's upper edge a row begins, in pixels."""
        if len(self._tops) <= len(self._numbers):
            self._tops = list(accumulate(map(self.height, self._numbers), initial=0))
        before = bisect_left(self._numbers, number)
        return _DEFAULT_HEIGHT * (number - 1 - before) + self._tops[before]

    def _row(self, number: int) -> Any:
        if number not in self._rows:
            row = made(self._data, "row", {"r": str(number)})
            after = bisect_right(self._numbers, number)
            if after < len(self._numbers):
                self._rows[self._numbers[after]].addprevious(row)
            else:
                self._data.append(row)
            self._rows[number] = row
            insort(self._numbers, number)
        return self._rows[number]

    def _cells_of(self, number: int) -> dict[int, Any]:
        if number not in self._cells:
            cells: dict[int, Any] = {}
            last = -1
            for cell in self._rows[number].iterchildren(f"{M}c"):
                spot = spot_of(cell.get("r", ""))
                last = spot[1] if spot else last + 1
                cells[last] = cell
            self._cells[number] = cells
        return self._cells[number]

    def _row_style(self, row: Any) -> str:
        return str(row.get("s", "")) if row.get("customFormat") in ("1", "true") else ""

    def _column_style(self, column: int) -> str:
        return next((each.get("style", "") for first, last, each in self._columns if first <= column <= last), "")


def has_cells(root: Any) -> bool:
    """Say whether a sheet is one with cells, and not one that holds only a chart."""
    return isinstance(root.tag, str) and etree.QName(root).localname == "worksheet"
