"""Files into tables of raw cells: workbooks, and .csv files (floor 3)."""

from __future__ import annotations

import csv
import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from pipeline.binding import Binding, Leaf, binding_of
from pipeline.guard import MEGABYTE, WORKBOOK_LIMITS, Refused, open_package, open_part
from pipeline.raw import Broken, Raw, is_error, readable
from pipeline.worksheet import MOST_COLUMNS, SheetRow, merged_ranges, sheet_rows, spread

MOST_ROWS = 20_000
"""Rows of a sheet that are read: far above a consortium's year (1,000), below what would never be a cohort."""

LARGEST_CSV = 32 * MEGABYTE


@dataclass(slots=True, kw_only=True)
class Table:
    """A sheet of a workbook, or a .csv file.

    `alone` says that the file holds only this sheet, so that the file's name may stand for the sheet's. While its rows
    are read, the table keeps which of them are hidden, and the first one that holds more columns than are read.
    """

    file: str
    name: str
    hidden: bool
    alone: bool
    hidden_rows: list[int] = field(default_factory=list)
    beyond: int | None = None
    _read: Callable[[], Iterator[SheetRow]]

    def rows(self) -> Iterator[tuple[int, Mapping[int, Raw]]]:
        """Give the rows that hold anything, with their numbers: their cells by position, 0 for column A.

        Raises Refused, naming the row, where the sheet is damaged or has more than 20,000 rows with values.
        """
        for found, row in enumerate(self._read(), start=1):
            if found > MOST_ROWS:
                raise Refused(f"Sheet “{readable(self.name)}” has more than {MOST_ROWS:,} rows.", "Split the cohort.")
            if row.hidden:
                self.hidden_rows.append(row.number)
            if row.beyond and self.beyond is None:
                self.beyond = row.number
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
        binding = binding_of(package)
        yield [
            Table(
                file=path.name, name=leaf.name, hidden=leaf.hidden, alone=len(binding.leaves) == 1,
                _read=partial(_sheet_rows, package, leaf, binding),
            )
            for leaf in binding.leaves
        ]  # fmt: skip


def _look_at_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "word/document.xml" in names:
        raise Refused("This is a Word file, not a workbook.", "Put the cohort's workbook (.xlsx) here.")
    if "mimetype" in names and "content.xml" in names:
        raise Refused("This is a LibreOffice file, not an .xlsx workbook.", "Open it there and save it as .xlsx.")
    if "xl/workbook.bin" in names:
        raise Refused("This is a binary workbook (.xlsb), whatever its name says.", "Open it and save it as .xlsx.")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise Refused("The file is no workbook.", "Open it in Excel or LibreOffice and save it as .xlsx.")


def _sheet_rows(package: zipfile.ZipFile, leaf: Leaf, binding: Binding) -> Iterator[SheetRow]:
    name = readable(leaf.name)
    with open_part(package, leaf.part) as stream:
        merged = merged_ranges(stream, name)
    with open_part(package, leaf.part) as stream:
        yield from spread(sheet_rows(stream, name, binding.strings, binding.style), merged)


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
    try:
        content = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Refused("The letters of the file cannot be read (it is not in UTF-8).",
                      "Save it from Excel as “CSV UTF-8”, or as .xlsx.") from wrong  # fmt: skip
    return Table(file=path.name, name=path.stem, hidden=False, alone=True, _read=partial(_csv_rows, content))


def _csv_rows(content: str) -> Iterator[SheetRow]:
    lines = csv.reader(io.StringIO(content, newline=""), delimiter=_delimiter(content), strict=True)
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


def _delimiter(content: str) -> str:
    """Find out what separates the columns: what stands most often, outside of quotation marks, in the first lines."""
    head = content[:20_000]
    if said := re.match(r'"?sep=([;,\t|])"?\r?\n', head):
        return said[1]
    plain = re.sub(r'"[^"]*"', "", head)
    return max(";,\t", key=lambda mark: sum(line.count(mark) for line in plain.splitlines()[:40]))
