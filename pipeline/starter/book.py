"""The empty workbook, made from the contract, and the same workbook with a cohort poured into it (floor 7).

For the reader: the example row has `(example)` in its first column, the example column of sheet Cohort is headed
`Example`, and sheet `Lists` is hidden and holds the drop-down lists. None of the three is data of a cohort.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.properties import CalcProperties

from pipeline.columns import ACHIEVEMENTS, DEFAULTS, SHEETS, Column, Kind, Sheet, own_column
from pipeline.starter import dress as look
from pipeline.starter.fresh import write_fresh
from pipeline.starter.lists import LAST_ROW, LISTS_SHEET, drop_down_lists, offer, offer_of_defaults

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

EXAMPLE_MARK = "(example)"
"""What the first cell of the example row reads; a row that begins so is no data."""

FIELD, VALUE, EXAMPLE = "Field", "Value", "Example"
TEMPLATES = "Templates"
FIELD_HEADS = ((FIELD, 26), (VALUE, 80), (EXAMPLE, 42))
"""The headers of sheet Cohort, and how many characters wide they are."""

ROOM_FOR_DEFAULTS = 8
"""Blank lines under the fields of sheet Cohort, for columns of Learners that hold for everyone."""

HEADER_HEIGHT = 33
"""Room for two lines, in points."""

NEEDED_IN_LEARNERS = "yes, in every row (or once for all, as a field of sheet Cohort)"
DEFAULTS_NOTE = (
    "What is to be said of the whole cohort.\n"
    "Any column of sheet Learners may stand here as a field too, on the lines below: its value then holds for every "
    "learner whose own cell is blank, and is typed once."
)
DEFAULTS_HINT = "Here any column of Learners that is the same for everyone, such as Home or Start date"

FIXED_DATE = "2026-01-01T00:00:00Z"
"""No workbook tells when it was made."""

FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip

Row = Mapping[str, object]


def empty_workbook(
    target: Path, *, rows: Mapping[str, Sequence[Row]] | None = None, sheets: Sequence[Sheet] = SHEETS,
    templates: str = "",
) -> None:  # fmt: skip
    """Write the empty workbook, or with `rows` the same workbook with this cohort in it (no example then).

    `rows` holds, by name of sheet, a mapping a row from the name of a column to its value; for sheet Cohort these are
    `Field` and `Value`. A column the contract does not know is added: beside the column whose name begins it
    (`Title es` beside `Title`), else at the end. `sheets` are those of the contract, or fewer with fewer columns
    (`wanted.sheets_for`); `templates` names the set of forms in the empty workbook. The same call writes the same
    bytes.

    Raises CannotContinue where the file exists already, or cannot be written.
    """
    write_fresh(target, lambda: _sealed(_workbook(rows, sheets, templates)))


def learner_register(rows: Sequence[Row]) -> bytes:
    """Make a learner register with these rows, dressed as the other workbooks are."""
    return _sealed(_workbook({ACHIEVEMENTS.name: rows}, (ACHIEVEMENTS,), ""))


def _workbook(rows: Mapping[str, Sequence[Row]] | None, sheets: Sequence[Sheet], templates: str) -> Workbook:
    known = {sheet.name for sheet in sheets}
    if strange := [name for name in rows or () if name not in known]:
        raise ValueError(f"no such sheet in the contract: {', '.join(strange)}")
    workbook = Workbook()
    workbook.properties.creator = "ecvet-pipeline"
    workbook.properties.created = dt.datetime.fromisoformat(FIXED_DATE)
    workbook.calculation = CalcProperties(fullCalcOnLoad=False)
    del workbook["Sheet"]
    for sheet in sheets:
        worksheet = workbook.create_sheet(sheet.name)
        poured = None if rows is None else rows.get(sheet.name, ())
        dress = look.DRESSES[sheet.name]
        if sheet.fields:
            _fields(worksheet, sheet, poured, templates)
        else:
            _table(worksheet, sheet, dress, poured)
        worksheet.sheet_properties.tabColor = dress.tab
    _lists(workbook.create_sheet(LISTS_SHEET))
    return workbook


def _columns(sheet: Sheet, poured: Sequence[Row] | None) -> list[Column]:
    """List the columns of a sheet as they stand in this workbook: the contract's, and those that the rows add."""
    columns = list(sheet.columns)
    own = {column.name for column in columns}
    for name in dict.fromkeys(name for row in poured or () for name in row if name not in own):
        kin = [column for column in sheet.columns if name.startswith(f"{column.name} ")]
        if not kin:
            columns.append(own_column(name))
            continue
        nearest = max(kin, key=lambda column: len(column.name))
        behind = 1 + max(at for at, column in enumerate(columns) if column.key == nearest.key)
        columns.insert(behind, replace(nearest, name=name, required=False, rare=False, example=""))
    return columns


def _table(worksheet: Worksheet, sheet: Sheet, dress: look.Dress, poured: Sequence[Row] | None) -> None:
    """Write a sheet with a record a row: headers, drop-down lists, the example row or the poured rows."""
    columns = _columns(sheet, poured)
    needed = NEEDED_IN_LEARNERS if sheet.name == "Learners" else "yes, in every row"
    widths = [look.width(column, [row.get(column.name) for row in poured or ()]) for column in columns]
    offers = look.Offers(worksheet)
    for at, (column, tint) in enumerate(zip(columns, look.tints(columns, sheet.name), strict=True), start=1):
        letter = get_column_letter(at)
        look.head(worksheet.cell(1, at), column, tint, needed=needed)
        whole = worksheet.column_dimensions[letter]
        whole.width = widths[at - 1]
        whole.number_format, whole.alignment, whole.font = look.cell_format(column), look.alignment(column), look.PLAIN
        offers.add(offer(column), f"{letter}2:{letter}{LAST_ROW}")
        for number, row in enumerate(poured or (), start=2):
            look.fill(worksheet.cell(number, at), column, row.get(column.name))
        if poured is None:
            look.fill(worksheet.cell(2, at), column, EXAMPLE_MARK if at == 1 else _typed(column), font=look.GREY)
    worksheet.row_dimensions[1].height = HEADER_HEIGHT
    worksheet.print_options.gridLines = True
    shown = [not column.rare or any(_says(row.get(column.name)) for row in poured or ()) for column in columns]
    look.fold([worksheet.column_dimensions[get_column_letter(at)] for at in range(1, len(columns) + 2)], shown)
    frozen = next(at for at, column in enumerate(columns, start=1) if column.key == dress.frozen)
    worksheet.freeze_panes = worksheet.cell(2, frozen + 1).coordinate
    look.set_up_printing(worksheet, [wide * seen for wide, seen in zip(widths, shown, strict=True)], frozen)
    look.heighten(worksheet)


def _fields(worksheet: Worksheet, sheet: Sheet, poured: Sequence[Row] | None, templates: str) -> None:
    """Write sheet Cohort: a field a row, its value beside it, and a grey example beside that in the empty workbook."""
    heads = FIELD_HEADS if poured is None else FIELD_HEADS[:2]
    for at, (name, characters) in enumerate(heads, start=1):
        look.label(worksheet.cell(1, at), name, look.COLOURS["grey"], strong=True)
        worksheet.column_dimensions[get_column_letter(at)].width = characters
    look.remark(worksheet.cell(1, 1), DEFAULTS_NOTE)
    worksheet.column_dimensions["B"].number_format, worksheet.column_dimensions["B"].alignment = "@", look.LEFT
    known = [{FIELD: TEMPLATES, VALUE: templates}] if templates else ()
    lines = _lines(sheet, known if poured is None else poured)
    offers = look.Offers(worksheet)
    tinted = zip(lines, look.tints([column for column, _ in lines], sheet.name), strict=True)
    for row, ((column, value), tint) in enumerate(tinted, start=2):
        look.head(worksheet.cell(row, 1), column, tint, needed="yes")
        look.fill(worksheet.cell(row, 2), column, value)
        offers.add(offer(column, of_the_host=True), f"B{row}")
        if poured is None:
            look.fill(worksheet.cell(row, 3), column, _typed(column), font=look.GREY)
    below = len(lines) + 2
    for row in range(below, below + ROOM_FOR_DEFAULTS):
        look.label(worksheet.cell(row, 1), None, look.COLOURS["grey"], strong=False)
        look.fill(worksheet.cell(row, 2), own_column(""), None)
    offers.add(offer_of_defaults(), f"A{below}:A{below + ROOM_FOR_DEFAULTS - 1}")
    if poured is None:
        look.fill(worksheet.cell(below, 3), own_column(""), DEFAULTS_HINT, font=look.GREY)
    for cells in worksheet.iter_rows(min_row=2, min_col=2):
        for cell in cells:
            cell.alignment, cell.border = look.LEFT, look.FRAME
    shown = [not column.rare or _says(value) for column, value in lines]
    look.fold([worksheet.row_dimensions[row] for row in range(2, below + 1)], shown)
    worksheet.sheet_format.outlineLevelRow = 0 if all(shown) else 1
    worksheet.freeze_panes = "B2"
    look.heighten(worksheet)
    look.set_up_printing(worksheet, [characters for _, characters in heads], 1)


def _lines(sheet: Sheet, poured: Sequence[Row]) -> list[tuple[Column, object]]:
    """List the fields of sheet Cohort with their values: its own, then what the rows say beyond them."""
    given = [(str(row[FIELD]), row.get(VALUE)) for row in poured]
    values = dict(reversed(given))
    own = [(column, values.get(column.name)) for column in sheet.columns]
    defaults = {column.name: column for column in DEFAULTS}
    seen = {column.name for column in sheet.columns} & values.keys()
    more: list[tuple[Column, object]] = []
    for name, value in given:
        if name in seen:
            seen.remove(name)
        elif name in defaults:
            more.append((replace(defaults[name], key="", required=False, rare=False), value))
        else:
            more.append((own_column(name), value))
    return own + more


def _typed(column: Column) -> object:
    """Give the example of a column as the cell would hold it: a date as a date, a number as a number."""
    if not column.example or column.rare:
        return None
    match column.kind:
        case Kind.DATE:
            return dt.date.fromisoformat(column.example)
        case Kind.INTEGER:
            return int(column.example)
        case Kind.DECIMAL:
            return Decimal(column.example)
        case _:
            return column.example


def _says(value: object) -> bool:
    return value not in (None, "", (), [])


def _lists(worksheet: Worksheet) -> None:
    """Write the hidden sheet that the drop-down lists are taken from."""
    for at, (heading, values) in enumerate(drop_down_lists().items(), start=1):
        look.label(worksheet.cell(1, at), heading, look.COLOURS["grey"], strong=False)
        worksheet.column_dimensions[get_column_letter(at)].width = 24
        for row, value in enumerate(values, start=2):
            worksheet.cell(row, at, value)
    worksheet.sheet_state = "hidden"


def _sealed(workbook: Workbook) -> bytes:
    """Save as a package that is the same, byte by byte, every time: no hour of the clock stands in it."""
    saved, sealed = BytesIO(), BytesIO()
    workbook.save(saved)
    with ZipFile(saved) as loose, ZipFile(sealed, "w") as package:
        for name in sorted(loose.namelist()):
            content = loose.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + FIXED_DATE.encode(), content)
            elif name == "xl/styles.xml":
                content = _with_our_fonts(content)
            elif name.startswith("xl/worksheets/"):
                content = content.replace(b' customHeight="1"', b"")  # a row grows with what is typed into it
            part = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type, part.create_system = ZIP_DEFLATED, 0
            package.writestr(part, content)
    return sealed.getvalue()


def _with_our_fonts(styles: bytes) -> bytes:
    """Make our font the workbook's own, and bring what a font says into the order of the standard.

    openpyxl writes its own font first and keeps another order.
    """
    root = etree.fromstring(styles)
    fonts = list(root.iter("{*}font"))
    for part in fonts[0]:
        match etree.QName(part).localname:
            case "name":
                part.set("val", look.FONT)
            case "sz":
                part.set("val", str(look.SIZE))
            case "scheme":
                fonts[0].remove(part)
    for font in fonts:
        font[:] = sorted(font, key=lambda part: FONT_ORDER.index(etree.QName(part).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
