"""A small workbook of our own: texts stay texts, dates are dates, and the same cells are the same bytes (floor 1).

Written as the parts it consists of, because that is four times as fast as a library that keeps a cell as an object,
and because nothing that somebody typed can become a formula: there is no way to write one here.
Source: ECMA-376 part 1, SpreadsheetML (sections 18.2 workbook, 18.3 worksheets, 18.8 styles).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.lettering import column_letter
from pipeline.looks import DATES, LINKS, MAIN, NUMBERS, STYLES, TEXTS, Look

MOST_LINKS = 65_000
"""Links that a sheet may have (Excel takes 65,530); further ones are left out, their texts stay."""

LONGEST_TEXT = 32_000
"""Letters in a cell; Excel takes 32,767."""

PAGE = 215
"""Letters of width that can still be read on one page across; a wider sheet is printed on more."""

LINE = 13
"""Height of a line, in points."""

MOST_LINES = 6
"""Lines of a cell that are shown without a click, if its sheet does not say otherwise."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Days before are counted in two ways (Excel believes that 1900 was a leap year), so they are written as texts."""

_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what stands in it, how it looks, and the file it leads to (relative to the workbook's own folder)."""

    value: str | int | Decimal | dt.date | None = None
    look: Look = Look.PLAIN
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: lines above the table, its headers, its rows, and the width of its columns in letters.

    As many columns as `frozen` stay in sight, and so do the lines above and the headers. `choices` are the entries that
    a column offers in its rows, by its place. Of a cell at most so many `lines` are shown; who prints a sheet cannot
    click. A `hidden` sheet is for programs.
    """

    name: str
    above: Sequence[Sequence[Cell]]
    headers: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    frozen: int
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    lines: int = MOST_LINES
    hidden: bool = False


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook of these sheets."""
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": "".join(_relations([("rId1", "officeDocument", "xl/workbook.xml", False)])),
        "xl/workbook.xml": _book(sheets),
        "xl/_rels/workbook.xml.rels": "".join(_relations(
            [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml", False) for at in numbers]
            + [("rIdStyles", "styles", "styles.xml", False)]
        )),
        "xl/styles.xml": STYLES,
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, text in parts.items():
            _write(package, name, [text])
        for at, sheet in enumerate(sheets, start=1):
            links: list[tuple[str, str]] = []
            _write(package, f"xl/worksheets/sheet{at}.xml", _sheet(sheet, links, first=at == 1))
            if links:
                found = ((f"rId{number}", "hyperlink", target, True) for number, (_, target) in enumerate(links, 1))
                _write(package, f"xl/worksheets/_rels/sheet{at}.xml.rels", _relations(found))
    return made.getvalue()


def _write(package: ZipFile, name: str, pieces: Iterable[str]) -> None:
    """Write a part piece by piece: a sheet of ten thousand rows takes hardly more memory than one of ten."""
    info = ZipInfo(name)  # its date is 1980, always
    info.compress_type, info.create_system = ZIP_DEFLATED, 0
    with package.open(info, "w") as stream:
        stream.write(_XML.encode())
        for some in batched(pieces, 500):
            stream.write("".join(some).encode())


def batched(pieces: Iterable[str], number: int) -> Iterator[list[str]]:
    """Give so many pieces at once."""
    every = iter(pieces)
    while some := list(islice(every, number)):
        yield some


# -- cells -------------------------------------------------------------------------------------------------------------

_UNSHOWN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = ("=", "+", "-", "@")


def _shown(text: str) -> str:
    """Write a text as it stands in a part: what no cell can hold is left out, `_x000D_` is written as these letters."""
    return escape(_CODED.sub("_x005F_", _UNSHOWN.sub("", text[:LONGEST_TEXT])))


def _cell(cell: Cell, place: str) -> str:
    look, value = NUMBERS[cell.look], cell.value
    if value is None or value == "":
        return f'<c r="{place}" s="{look}"/>'
    if isinstance(value, dt.date):
        if value >= _FIRST_DAY:
            return f'<c r="{place}" s="{look + DATES}"><v>{(value - _EPOCH).days}</v></c>'
        value = value.isoformat()
    if isinstance(value, str):
        style = look + (LINKS if cell.link else TEXTS if value.startswith(_RISKY) else 0)
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_shown(value)}</t></is></c>'
    return f'<c r="{place}" s="{look}"><v>{value}</v></c>'


def _sheet(sheet: Sheet, links: list[tuple[str, str]], *, first: bool) -> Iterator[str]:
    columns = [column_letter(at) for at in range(len(sheet.headers))]
    head = len(sheet.above) + 1
    last = head + len(sheet.rows)
    yield f'<worksheet xmlns="{MAIN}" xmlns:r="{_OFFICE}">'
    yield '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    corner = f"{column_letter(sheet.frozen)}{head + 1}"
    shown = ' tabSelected="1"' if first else ""
    yield f'<sheetViews><sheetView showGridLines="0"{shown} workbookViewId="0"><pane xSplit="{sheet.frozen}" '
    yield f'ySplit="{head}" topLeftCell="{corner}" activePane="bottomRight" state="frozen"/>'
    yield f'<selection pane="bottomRight" activeCell="{corner}" sqref="{corner}"/></sheetView></sheetViews>'
    yield '<sheetFormatPr defaultRowHeight="14"/><cols>'
    for at, width in enumerate(sheet.widths, start=1):
        yield f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
    yield "</cols><sheetData>"
    headers = [Cell(name, Look.HEADER) for name in sheet.headers]
    for number, row in enumerate(chain(sheet.above, [headers], sheet.rows), start=1):
        high = 22 if number == 1 else LINE * 2 + 7 if number == head else LINE * _lines(row, sheet, number > head) + 2
        yield f'<row r="{number}" ht="{high}" customHeight="1">'
        for column, cell in zip(columns, row, strict=False):
            yield _cell(cell, f"{column}{number}")
            if cell.link and cell.value and len(links) < MOST_LINKS:
                links.append((f"{column}{number}", _target(cell.link)))
        yield "</row>"
    yield f'</sheetData><autoFilter ref="A{head}:{columns[-1]}{last}"/>'
    if sheet.choices and sheet.rows:
        yield f'<dataValidations count="{len(sheet.choices)}">'
        for at, entries in sheet.choices.items():
            yield f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{columns[at]}{head + 1}:'
            yield f'{columns[at]}{last}"><formula1>{escape(_offered(entries))}</formula1></dataValidation>'
        yield "</dataValidations>"
    if links:
        yield "<hyperlinks>"
        for number, (place, _) in enumerate(links, start=1):
            yield f'<hyperlink ref="{place}" r:id="rId{number}"/>'
        yield "</hyperlinks>"
    yield '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
    yield f'<pageSetup paperSize="9" orientation="landscape" fitToWidth="{_pages(sheet)}" fitToHeight="0"/>'
    yield "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"


def _offered(entries: Sequence[str]) -> str:
    """Write the entries of a drop-down list: they are parted by commas, and quotes in them are doubled."""
    listed = ",".join(entry.replace(",", " ") for entry in entries).replace('"', '""')
    return f'"{listed}"'


def _lines(row: Sequence[Cell], sheet: Sheet, of_table: bool) -> int:
    """Guess how many lines the fullest cell of a row takes; programs that open the workbook do not all find it out."""
    if not of_table:
        return 1
    texts = ((cell.value, width) for cell, width in zip(row, sheet.widths, strict=False) if isinstance(cell.value, str))
    return min(max((-(-len(text) // max(width - 1, 1)) for text, width in texts), default=1), sheet.lines)


def _target(file: str) -> str:
    """Write the path of a file as a link: Excel wants letters of all languages as they are, and spaces escaped."""
    return re.sub(r'[\0- %#?"<>\\^`{|}]', lambda found: f"%{ord(found[0]):02X}", _UNSHOWN.sub("", file))


# -- parts -------------------------------------------------------------------------------------------------------------

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _pages(sheet: Sheet) -> int:
    """Say on how many pages a sheet is printed side by side, its first columns on each."""
    names = sum(sheet.widths[: sheet.frozen])
    return max(1, -(-(sum(sheet.widths) - names) // max(PAGE - names, 1)))


def _content_types(numbers: Sequence[int]) -> str:
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_KIND}.worksheet+xml"/>' for at in numbers
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/>{sheets}</Types>'
    )


def _relations(found: Iterable[tuple[str, str, str, bool]]) -> Iterator[str]:
    yield f'<Relationships xmlns="{_PACKAGE}/relationships">'
    for name, kind, target, outside in found:
        mode = _EXTERNAL if outside else ""
        yield f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target={quoteattr(target)}{mode}/>'
    yield "</Relationships>"


_EXTERNAL = ' TargetMode="External"'


def _book(sheets: Sequence[Sheet]) -> str:
    listed, names = "", ""
    for at, sheet in enumerate(sheets):
        state = ' state="hidden"' if sheet.hidden else ""
        listed += f'<sheet name={quoteattr(sheet.name)} sheetId="{at + 1}"{state} r:id="rId{at + 1}"/>'
        head, last = len(sheet.above) + 1, len(sheet.above) + 1 + len(sheet.rows)
        table = f"$A${head}:${column_letter(len(sheet.headers) - 1)}${last}"
        own, again = f"'{escape(sheet.name)}'!", f"${head}:${head}"
        if _pages(sheet) > 1:
            again = f"$A:${column_letter(sheet.frozen - 1)},{own}{again}"
        names += f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">{own}{table}</definedName>'
        names += f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">{own}{again}</definedName>'
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>"
    )
