"""Files into tables of raw cells; where openpyxl reads (floor 3).

One read-only pass of openpyxl, plus one look at the sheet's own XML for what openpyxl does not tell in that mode:
merged ranges, hidden rows, and formulas that were never calculated.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.cells import NOT_CALCULATED, Broken, Number, Raw, unescaped
from pipeline.guard import WORKBOOK_LIMITS, Refused, open_package, read_part

MOST_ROWS = 20_000
"""Rows of a sheet that are read: far above a consortium's year (1,000), below what would never be a cohort."""

MOST_COLUMNS = 300
MOST_BLANK_ROWS = 1_000
MOST_MERGED_CELLS = 10_000
_SAVE_AGAIN = "Open it in Excel or LibreOffice, look whether all is there, and save it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet of a workbook, or a .csv file: its rows as raw cells, and what is hidden in it.

    `alone` says that the file holds only this sheet, so that the file's name may stand for the sheet's.
    """

    file: str
    name: str
    hidden: bool
    hidden_rows: tuple[int, ...]
    alone: bool
    _rows: Any

    def rows(self) -> Iterator[tuple[int, tuple[Raw, ...]]]:
        """Give the rows that hold anything, with their numbers; stops after 1,000 blank rows in a row.

        Raises Refused, naming the row, where the sheet is damaged or has more than 20,000 rows with values.
        """
        blank = 0
        for found, (row, cells) in enumerate(self._rows()):
            if all(cell is None for cell in cells):
                blank += 1
                if blank > MOST_BLANK_ROWS:
                    return
                continue
            blank = 0
            if found > MOST_ROWS + MOST_BLANK_ROWS:
                sentence = f"Sheet “{self.name}” has more than {MOST_ROWS:,} rows."
                raise Refused(sentence, "Split the cohort into several.")
            yield row, cells


@contextmanager
def open_tables(path: Path) -> Iterator[list[Table]]:
    """Open a workbook or a .csv file as tables.

    Raises Refused with a sentence where the file cannot be read, and OSError where it cannot be opened.
    """
    if path.suffix.lower() == ".csv":
        yield [_csv_table(path)]
        return
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        raise Refused(f"Files of the kind {path.suffix} cannot be read.", "Open the file and save it as .xlsx.")
    with open_package(path, WORKBOOK_LIMITS, kind="workbook") as package:
        _look_at_kind(package)
        from openpyxl import load_workbook

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
            except Exception as broken:
                raise Refused("The workbook is damaged.", _SAVE_AGAIN) from broken
            alone = len(book.worksheets) == 1
            try:
                yield [_sheet_table(path.name, package, sheet, alone=alone) for sheet in book.worksheets]
            finally:
                book.close()


def _look_at_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "word/document.xml" in names:
        raise Refused("This is a Word file, not a workbook.", "Put the cohort's workbook (.xlsx) here.")
    if "mimetype" in names and "content.xml" in names:
        raise Refused("This is a LibreOffice file, not an .xlsx workbook.", "Open it there and save it as .xlsx.")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("The file is no workbook.", "Open it in Excel or LibreOffice and save it as .xlsx.")
    if "xl/workbook.xml" in names and b"purl.oclc.org/ooxml" in read_part(package, "xl/workbook.xml"):
        raise Refused("The workbook is of the kind “Strict Open XML”.", "Save it as ordinary “Excel workbook (.xlsx)”.")


def _sheet_table(file: str, package: zipfile.ZipFile, sheet: Any, *, alone: bool) -> Table:
    sheet.reset_dimensions()
    data = read_part(package, sheet._worksheet_path)
    merged, uncalculated = _merged(data), _uncalculated(data)
    hidden_rows = tuple(
        int(number[1]) for found in _HIDDEN_ROW.finditer(data)
        if b"outlineLevel" not in found[0]  # folded away by hand or by `ecvet new`, with the plus sign in sight
        and (number := re.search(rb'\br="(\d+)"', found[0]))
    )  # fmt: skip

    def rows() -> Iterator[tuple[int, tuple[Raw, ...]]]:
        held: dict[int, Raw] = {}
        number = 0
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
                    row = tuple(None if (value := cell.value) is None else _raw(cell, value) for cell in cells)
                    if number in merged or number in uncalculated:
                        row = _with_merged(row, number, merged, held, uncalculated)
                    yield number, row
        except Refused:
            raise
        except Exception as broken:
            raise Refused(f"Sheet “{sheet.title}” cannot be read at row {number + 1}.", _SAVE_AGAIN) from broken

    hidden = sheet.sheet_state != "visible"
    return Table(file=file, name=sheet.title, hidden=hidden, hidden_rows=hidden_rows, alone=alone, _rows=rows)


_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^>]*)><(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
    rb"(<(?:\w+:)?v\b[^>]*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?</(?:\w+:)?c>"
)


def _merged(data: bytes) -> dict[int, list[tuple[int, int]]]:
    """Find vertical merges: row → (column, first row) of each range over it; the value is in its first cell."""
    covered: dict[int, list[tuple[int, int]]] = {}
    total = 0
    for found in _MERGED.finditer(data):
        first, last = int(found[2]), int(found[4])
        column = _column_number(found[1].decode())
        if last <= first or column > MOST_COLUMNS:
            continue
        last = min(last, first + MOST_MERGED_CELLS)
        total += last - first
        if total > MOST_MERGED_CELLS * 10:
            break
        for row in range(first, last + 1):
            covered.setdefault(row, []).append((column - 1, first))
    return covered


def _uncalculated(data: bytes) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    if b"<f" not in data and b":f" not in data:
        return found
    for cell in _FORMULA.finditer(data):
        if cell[2] and b't="str"' in cell[1]:
            continue  # calculated, and its result is an empty text
        if place := re.search(rb'\br="([A-Z]{1,3})(\d{1,7})"', cell[1]):
            found.setdefault(int(place[2]), []).append(_column_number(place[1].decode()) - 1)
    return found


def _with_merged(
    row: tuple[Raw, ...], number: int, merged: Mapping[int, list[tuple[int, int]]], held: dict[int, Raw],
    uncalculated: Mapping[int, list[int]],
) -> tuple[Raw, ...]:  # fmt: skip
    cells = list(row)
    for column in uncalculated.get(number, ()):
        if column < len(cells):
            cells[column] = Broken(NOT_CALCULATED)
    for column, first in merged.get(number, ()):
        if column < len(cells):
            if number == first:
                held[column] = cells[column]
            else:
                cells[column] = held.get(column)
    return tuple(cells)


def _raw(cell: Any, value: Any) -> Raw:
    if isinstance(value, str):
        if cell.data_type == "e":
            return Broken(value)
        return unescaped(value) if value.strip() else None
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return Number(value, cell.number_format or "General")
    return value  # type: ignore[no-any-return]  # a date, a time or a duration, as openpyxl reads it


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letter(index: int) -> str:
    """Name a column by its position (0 is A, 26 is AA)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _csv_table(path: Path) -> Table:
    if path.stat().st_size > WORKBOOK_LIMITS.part:
        raise Refused("The file is too large.", "Split the cohort into several.")
    data = path.read_bytes()
    try:
        content = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused("The letters of the file cannot be read (it is not in UTF-8).",
                      "Save it from Excel as “CSV UTF-8”, or as .xlsx.") from wrong  # fmt: skip
    first = next((line for line in content.splitlines() if line.strip()), "")
    bare_line = re.sub(r'"[^"]*"', "", first)
    delimiter = max(";,\t", key=bare_line.count)

    def rows() -> Iterator[tuple[int, tuple[Raw, ...]]]:
        lines = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
        try:
            for number, cells in enumerate(lines, start=1):
                yield number, tuple(cell if cell.strip() else None for cell in islice(cells, MOST_COLUMNS))
        except csv.Error as wrong:
            raise Refused(f"The file cannot be read at line {lines.line_num}.", "Save it as .xlsx.") from wrong

    return Table(file=path.name, name=path.stem, hidden=False, hidden_rows=(), alone=True, _rows=rows)
