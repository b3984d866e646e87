"""Files into tables of raw cells: workbooks, read by openpyxl, and .csv files (floor 2).

openpyxl reads in its read-only mode, which holds against bombs; what it does not tell in that mode, `worksheet` finds.
"""

from __future__ import annotations

import csv
import io
import math
import re
import stat
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.guard import MEGABYTE, WORKBOOK_LIMITS, Refused, open_package, read_part
from pipeline.letters import letters_of
from pipeline.lineage import is_sheet_of_copy
from pipeline.raw import DAMAGED, Broken, Number, Raw, is_error, readable, unescaped
from pipeline.scales import weigh
from pipeline.worksheet import MOST_COLUMNS, SAVE_AGAIN, Aside, SheetRow, aside, spread, with_formulas

MOST_ROWS = 20_000
"""Rows of a sheet that are read: far above a consortium's year (1,000), below what would never be a cohort."""

_SAVE_ORDINARY = "Open it and save it as ordinary “Excel workbook (.xlsx)”."
LARGEST_CSV = 16 * MEGABYTE
LONGEST_LINE = MEGABYTE


@dataclass(slots=True, kw_only=True)
class Table:
    """A sheet of a workbook, or a .csv file.

    `alone` says that the file holds only this sheet (a marked copy its list too), so that the file's name may stand for
    the sheet's. While its rows are read, the table keeps which of them are hidden or struck through, and the first one
    that holds more columns than are read. `filtered_rows` are those a filter hides, `veiled` the hidden columns,
    `across` the cells merged over columns in the first rows; `letters` are words by which the letters of a .csv file
    were found out.
    """

    file: str
    name: str
    hidden: bool
    alone: bool
    letters: Sequence[str] = ()
    hidden_rows: list[int] = field(default_factory=list)
    struck_rows: list[int] = field(default_factory=list)
    filtered_rows: list[int] = field(default_factory=list)
    veiled: Sequence[int] = ()
    across: dict[int, Sequence[tuple[int, int]]] = field(default_factory=dict)
    beyond: int | None = None
    read: Callable[[], Iterator[SheetRow]]

    def anew(self) -> Table:
        """Give the table as it was before its rows were read, so that one may look at them first."""
        return Table(file=self.file, name=self.name, hidden=self.hidden, alone=self.alone, read=self.read)

    def rows(self) -> Iterator[tuple[int, Mapping[int, Raw]]]:
        """Give the rows that hold anything, with their numbers: their cells by position, 0 for column A.

        Raises Refused, naming the row, where the sheet is damaged or has more than 20,000 rows with values.
        """
        for found, row in enumerate(self.read(), start=1):
            if found > MOST_ROWS:
                raise Refused(f"Sheet “{readable(self.name)}” has more than {MOST_ROWS:,} rows.", "Split the cohort.")
            if row.hidden:
                (self.filtered_rows if row.filtered else self.hidden_rows).append(row.number)
            if row.struck:
                self.struck_rows.append(row.number)
            if row.beyond and self.beyond is None:
                self.beyond = row.number
            if row.across:
                self.across[row.number] = row.across
            if row.veiled:
                self.veiled = row.veiled
            if row.cells:
                yield row.number, row.cells


@contextmanager
def open_tables(path: Path) -> Iterator[list[Table]]:
    """Open a workbook or a .csv file as tables; their rows can be read as long as it is open.

    Raises Refused with a sentence where the file cannot be read, and OSError where it cannot be opened.
    """
    kind = path.suffix.lower()
    if kind == ".csv":
        yield [_csv_table(path)]
        return
    if kind not in (".xlsx", ".xlsm"):
        raise Refused(f"Files of the kind {readable(kind)} cannot be read.", "Open the file and save it as .xlsx.")
    with open_package(path, WORKBOOK_LIMITS, kind="workbook") as package:
        _look_at_kind(package)
        with closing(_opened(package)) as book:
            sheets = book.worksheets
            _look_at_sheets(package, [*book.sheetnames])
            hers = sum(not is_sheet_of_copy(sheet.title) for sheet in sheets)
            yield [
                Table(
                    file=path.name, name=sheet.title, hidden=sheet.sheet_state != "visible", alone=hers == 1,
                    read=partial(_sheet_rows, package, sheet),
                )
                for sheet in sheets
            ]  # fmt: skip


def _look_at_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "word/document.xml" in names:
        raise Refused("This is a Word file, not a workbook.", "Put the cohort's workbook (.xlsx) here.")
    if "mimetype" in names and "content.xml" in names:
        raise Refused("This is a LibreOffice file, not an .xlsx workbook.", "Open it there and save it as .xlsx.")
    if "xl/workbook.bin" in names:
        raise Refused("This is a binary workbook (.xlsb), whatever its name says.", "Open it and save it as .xlsx.")
    if "xl/workbook.xml" in names and b"purl.oclc.org/ooxml" in read_part(package, "xl/workbook.xml"):
        raise Refused("The workbook is of the kind “Strict Open XML”.", _SAVE_ORDINARY)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("The file is no workbook.", "Open it in Excel or LibreOffice and save it as .xlsx.")


def _look_at_sheets(package: zipfile.ZipFile, found: Sequence[str]) -> None:
    """Look that every sheet the workbook lists is there: openpyxl leaves out those that are not, without a word."""
    if not found:
        raise Refused("The workbook has no sheets.", SAVE_AGAIN)
    listed = re.findall(rb"<(?:\w+:)?sheet\s", read_part(package, "xl/workbook.xml"))
    if len(found) < len(listed):
        raise Refused("A sheet is not in the file, though the workbook lists it.", SAVE_AGAIN)


def _opened(package: Any) -> Any:
    """Open a workbook with openpyxl, from the same open file; whatever it stumbles over becomes one sentence.

    Raises Refused.
    """
    from openpyxl import load_workbook

    # It prints what it thinks of some styles.
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), _shortened():
        warnings.simplefilter("ignore")
        try:
            weigh(package)
            return load_workbook(package.fp, read_only=True, data_only=True, keep_links=False)
        except Refused:
            raise
        except Exception as broken:
            raise Refused("The workbook is damaged.", SAVE_AGAIN) from broken


@contextmanager
def _shortened() -> Iterator[None]:
    """Spare openpyxl two detours while it opens a workbook and its sheets: together half of the time of reading.

    Where a sheet does not tell its size, openpyxl looks through all of it to find it, and nobody asks for it here. And
    of a plain text that stands in its cell (as programs write it that make workbooks), it makes several objects before
    it takes the text out again; the cell is changed into one whose text it takes at once.
    """
    from openpyxl.worksheet import _read_only

    reading: Any = _read_only
    sheets, parser = reading.ReadOnlyWorksheet, reading.WorkSheetParser
    asking = sheets._get_size
    sheets._get_size = lambda _: None
    if parser.parse_cell is not _plainly:
        _openpyxls_own.append(parser.parse_cell)
        parser.parse_cell = _plainly
    try:
        yield
    finally:
        sheets._get_size = asking


_openpyxls_own: list[Callable[[Any, Any], Any]] = []


def _plainly(parser: Any, cell: Any) -> Any:
    """Let openpyxl take a cell, and a plain text in it as it takes the text that a formula gives.

    What openpyxl cannot take (a number “abc”, a text that is not in the list) is one damaged cell, and no reason to
    read nothing more. Raises ValueError where not even its place can be read.
    """
    kind = cell.get("t")
    if kind == "inlineStr" and len(cell) == 1 and len(cell[0]) == 1 and cell[0][0].tag == f"{_MAIN}t":
        text = cell[0]
        text.text, text.tag = text[0].text, f"{_MAIN}v"
        cell.set("t", "str")
    try:
        if kind in _CELL_KINDS:
            return _openpyxls_own[0](parser, cell)
    except (ValueError, IndexError, KeyError, TypeError, OverflowError):
        if not cell.get("r"):
            raise
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(cell.get("r") or "")
    parser.col_counter = column
    return {"row": row, "column": column, "value": DAMAGED, "data_type": "e", "style_id": 0}


_CELL_KINDS = frozenset({None, "n", "s", "str", "inlineStr", "b", "e", "d"})
"""What the value of a cell may be (ECMA-376 part 1, 18.18.11)."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _sheet_rows(package: zipfile.ZipFile, sheet: Any) -> Iterator[SheetRow]:
    name = readable(sheet.title)
    beside = aside(read_part(package, sheet._worksheet_path), name)
    yield from spread(_cells(sheet, name, beside), beside.merged)


def _cells(sheet: Any, name: str, beside: Aside) -> Iterator[SheetRow]:
    """Read the rows of a sheet that hold anything, by openpyxl, which knows shared texts, dates and formats of numbers.

    Raises Refused, naming the row, where openpyxl cannot read on.
    """
    sheet.reset_dimensions()
    done = 0
    veiled = beside.veiled
    first_filtered, last_filtered = beside.filtered
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            for row, line in enumerate(sheet.iter_rows(), start=1):
                cells: dict[int, Raw] = {}
                for column, cell in enumerate(line[:MOST_COLUMNS] if line else ()):
                    value = cell.value
                    if value is not None and (read := _raw(value, cell)) is not None:
                        cells[column] = read
                if row in beside.formulas:
                    cells = with_formulas(cells, beside.formulas[row])
                done = row
                if cells or row in beside.beyond:
                    yield SheetRow(
                        number=row, cells=cells, hidden=row in beside.hidden, struck=_is_struck(line, cells),
                        beyond=row in beside.beyond, filtered=first_filtered <= row <= last_filtered,
                        across=beside.across.get(row, ()), veiled=veiled,
                    )  # fmt: skip
                    veiled = ()
                if row >= beside.filled:
                    return
        except Exception as broken:
            if done < beside.last:  # else what is wrong stands behind the cells, where nothing is read
                where = f" below row {done}" if done else ""
                raise Refused(f"Sheet “{name}” cannot be read{where}.", SAVE_AGAIN) from broken


def _is_struck(line: Sequence[Any], cells: Mapping[int, Raw]) -> bool:
    """Say whether everything in a row is struck through."""
    try:
        return bool(cells) and all(line[column].font.strike for column in cells if column < len(line))
    except IndexError:  # a style that the workbook does not have strikes nothing through
        return False


def _raw(value: Any, cell: Any) -> Raw:
    """Take a value as openpyxl gives it; a number with the format that says how it was typed."""
    kind = type(value)
    if kind is str:
        if cell.data_type == "e":
            return Broken(value)
        return unescaped(value) if value.strip() else None
    if kind is int or kind is float:
        try:
            return Number(value, cell.number_format or "General") if math.isfinite(value) else Broken(DAMAGED)
        except IndexError:  # a style that the workbook does not have: the number might be a date
            return Broken(DAMAGED)
    found: Raw = value  # yes or no, a date, a time or a duration
    return found


def _csv_table(path: Path) -> Table:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise Refused("This is not an ordinary file but a folder or a link.", "Put the file itself here.")
    if path.stat().st_size > LARGEST_CSV:
        raise Refused("The file is too large.", "Split the cohort into several.")
    data = path.read_bytes()
    if not data.strip():
        raise Refused("The file is empty.", "Save it again from where it comes.")
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Refused("The file is a workbook, though its name ends in .csv.", "Rename it to .xlsx.")
    letters = letters_of(data)
    head = data[:200_000].decode(letters.encoding, errors="ignore")[:20_000]
    if max(map(len, io.BytesIO(data))) > LONGEST_LINE:
        raise Refused("The file has a line longer than any table's.", "Open it in Excel, look at it, save it as .xlsx.")
    reading = partial(_csv_rows, data, letters.encoding, _delimiter(head))
    return Table(file=path.name, name=path.stem, hidden=False, alone=True, letters=letters.words, read=reading)


def _csv_rows(data: bytes, encoding: str, delimiter: str) -> Iterator[SheetRow]:
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    lines = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for number, line in enumerate(lines, start=1):
            cells: dict[int, Raw] = {
                at: Broken(cell) if is_error(cell) else cell
                for at, cell in enumerate(islice(line, MOST_COLUMNS)) if cell.strip()
            }  # fmt: skip
            beyond = any(cell.strip() for cell in line[MOST_COLUMNS:])
            if cells or beyond:
                yield SheetRow(number=number, cells=cells, beyond=beyond)
    except csv.Error as wrong:
        sentence = f"The file cannot be read at line {lines.line_num}: a quotation mark is missing, or one too many."
        raise Refused(sentence, "Correct it there, or save the table as .xlsx.") from wrong


def _delimiter(head: str) -> str:
    """Find out what separates the columns: what stands most often, outside of quotation marks, in the first lines."""
    if said := re.match(r'"?sep=([;,\t|])"?\r?\n', head):
        return said[1]
    plain = re.sub(r'"[^"]*"', "", head)
    return max(";,\t", key=lambda mark: sum(line.count(mark) for line in plain.splitlines()[:40]))
