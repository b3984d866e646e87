"""A workbook made of a .csv file: every cell a text, exactly as it was typed (floor 3).

The cells are formatted as text too, so that Excel leaves `03/04/2027`, leading zeros and `+358` alone when somebody
types there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipeline.guard import Refused
from pipeline.marking.grid import place_of
from pipeline.marking.names import MAIN, OFFICE, SHEET_KIND, STYLES_KIND, TO_BOOK, TO_SHEET, TO_STYLES
from pipeline.marking.texts import inline
from pipeline.raw import Broken, Raw
from pipeline.sheets import sheet_called
from pipeline.tables import open_tables
from pipeline.word import pack, packed
from pipeline.worksheet import MOST_COLUMNS

_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
"""The error values a spreadsheet's part may hold (18.18.11)."""

_BODY, _HEAD, _WRAPPED = 1, 2, 3
"""The styles of the sheet: of its cells, of the header, and of cells with several lines."""

_LONGEST_NAME = 31
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
_NARROWEST, _WIDEST = 10, 48
_LOOKED_AT = 200
_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def workbook_of(path: Path) -> bytes:
    """Make a workbook with one sheet of a .csv file; raises guard.Refused and OSError where it cannot be read.

    Raises guard.Refused too where the table has more columns than are read: the rest would be lost.
    """
    with open_tables(path) as tables:
        table = tables[0]
        rows = list(table.rows())
    if table.beyond:
        raise Refused("The table has too many columns.", f"Keep {MOST_COLUMNS} of them, and save it as .xlsx.")
    leads = [(TO_SHEET, "xl/worksheets/sheet1.xml"), (TO_STYLES, "xl/styles.xml")]
    parts = {
        "[Content_Types].xml": _types(), "_rels/.rels": _relations([(TO_BOOK, "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f'<sheets><sheet name={quoteattr(_sheet_name(path.stem))} sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(leads),
        "xl/styles.xml": _STYLES, "xl/worksheets/sheet1.xml": _sheet(rows),
    }  # fmt: skip
    return packed([pack(name, (_START + xml).encode()) for name, xml in parts.items()])


def _sheet_name(stem: str) -> str:
    """Name the sheet as the file is named; where Excel does not take that, as the sheet that it means."""
    plain = _NOT_IN_A_NAME.sub(" ", stem).strip(" '")
    if plain == stem and len(stem) <= _LONGEST_NAME:
        return stem
    meant = sheet_called(stem)
    return meant.name if meant else plain[:_LONGEST_NAME].strip(" '") or "Table"


def _sheet(rows: list[tuple[int, Mapping[int, Raw]]]) -> str:
    first = rows[0][0] if rows else 1
    widths: dict[int, int] = {}
    for _, cells in rows[:_LOOKED_AT]:
        for at, value in cells.items():
            widths[at] = max(widths.get(at, _NARROWEST), min(max(map(len, _text(value).split("\n"))) + 2, _WIDEST))
    columns = "".join(
        f'<col min="{at + 1}" max="{at + 1}" width="{widths.get(at, _NARROWEST)}" style="{_BODY}" customWidth="1"/>'
        for at in range(max(widths, default=-1) + 1)
    )
    frozen = (
        f'<pane ySplit="{first}" topLeftCell="A{first + 1}" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft"/>'
    )
    data = "".join(_row(number, cells, head=number == first) for number, cells in rows)
    return (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView tabSelected="1" workbookViewId="0">{frozen}</sheetView>'
        f"</sheetViews>{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{data}</sheetData></worksheet>"
    )


def _row(number: int, cells: Mapping[int, Raw], *, head: bool) -> str:
    return f'<row r="{number}">{"".join(_cells(number, cells, _HEAD if head else _BODY))}</row>'


def _cells(number: int, cells: Mapping[int, Raw], style: int) -> Iterator[str]:
    for at, value in cells.items():
        place = place_of((number, at))
        if isinstance(value, Broken):
            # Errors in other languages (“#BEZUG!”) are none in the file of a workbook; as texts they would be read.
            shown = value.shown.strip() if value.shown.strip() in _ERRORS else "#VALUE!"
            yield f'<c r="{place}" s="{style}" t="e"><v>{escape(shown)}</v></c>'
        else:
            text = _text(value)
            yield inline(place, text, _WRAPPED if "\n" in text and style == _BODY else style)


def _text(value: Raw) -> str:
    return value.shown if isinstance(value, Broken) else str(value)


_STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills>"
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _types() -> str:
    book = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    kinds = {"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": SHEET_KIND, "xl/styles.xml": STYLES_KIND}
    entries = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{entries}</Types>'
    )


def _relations(related: list[tuple[str, str]]) -> str:
    entries = "".join(f'<Relationship Id="rId{number}" Type="{kind}" Target="/{target}"/>'
                      for number, (kind, target) in enumerate(related, start=1))  # fmt: skip
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'
