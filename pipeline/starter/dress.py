"""How the empty workbook looks: colours and widths, formats of cells, notes, folds and printing (floor 7)."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from pipeline.columns import EVERY_SHEET, Column, Kind
from pipeline.starter.lists import Offer, note

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension
    from openpyxl.worksheet.worksheet import Worksheet

FONT, SIZE = "Arial", 10
"""Arial, because a font of the same widths stands on every computer (Liberation Sans); Calibri does not."""

WIDEST_WORD = 44
"""A longer word (a web address) is broken into two lines."""

LINE = 13
"""Height of a line of this font, in points."""

LETTERS = 1.15
"""Letters of running text to a character of width (which is a digit's)."""

LEFT = Alignment(horizontal="left", vertical="top", wrap_text=True)
MIDDLE = Alignment(horizontal="center", vertical="top", wrap_text=True)
PLAIN = Font(name=FONT, size=SIZE)
GREY = Font(name=FONT, size=SIZE, italic=True, color="808080")
SIDE = Side(style="thin", color="BFBFBF")
FRAME = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)

DATE = "yyyy-mm-dd"

PAGE = 240
"""Characters that can still be read on one page across; a wider sheet is printed on more."""

COLOURS = {
    "blue": ("1F4E79", "DCE6F1"),
    "purple": ("5F497A", "E4DFEC"),
    "teal": ("1D6B6B", "D5EBEA"),
    "green": ("4F6228", "E5EDD4"),
    "gold": ("7F6000", "FFF2CC"),
    "orange": ("974806", "FDE4D0"),
    "rose": ("7B1E48", "F6DCE6"),
    "grey": ("404040", "E7E6E6"),
}
"""A strong tint, for the headers of required columns (white on it), and a light one for the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dress:
    """How one sheet looks.

    `tab` is the colour of its tab: the darker, the more it matters. `frozen` is the key of the last column that stays
    in sight; `groups` gives the colour from a column (by its key) on to the next one named.
    """

    tab: str
    frozen: str
    groups: Mapping[str, str]


DRESSES = {
    "Cohort": Dress(tab="1F4E79", frozen="", groups={
        "id": "blue", "project_start": "blue", "activity": "green", "language": "teal", "place": "purple",
        "memorandum": "rose",
    }),
    "Partners": Dress(tab="5B8DB8", frozen="name", groups={
        "id": "teal", "contact_person": "blue", "mentor": "orange", "signs_memorandum": "rose",
    }),
    "Qualifications": Dress(tab="5B8DB8", frozen="title", groups={"id": "gold"}),
    "Units": Dress(tab="5B8DB8", frozen="title", groups={
        "id": "gold", "knowledge": "green", "assessment_method": "orange", "hosts": "teal", "valid_until": "gold",
        "counts_at_home_as": "rose",
    }),
    "Learners": Dress(tab="1F4E79", frozen="given_names", groups={
        "id": "blue", "guardian": "purple", "home": "teal", "start": "green", "qualification": "gold",
        "assessor": "orange", "validator": "rose", "enclosures_progress": "grey", "actual_start": "green",
        "europass_number": "grey",
    }),
    "Unit choices": Dress(tab="BDD0E3", frozen="unit", groups={
        "learner": "blue", "unit": "gold", "assessor": "orange",
    }),
    "Accompanying": Dress(tab="BDD0E3", frozen="name", groups={
        "name": "blue", "home": "teal", "start": "green", "telephone": "blue",
    }),
    "Results": Dress(tab="A6A6A6", frozen="unit", groups={
        "learner": "blue", "unit": "gold", "result": "orange", "validated": "purple", "recognised_as": "rose",
        "evidence": "grey",
    }),
    "Achievements": Dress(tab="1F4E79", frozen="given_names", groups={
        "learner_id": "blue", "qualification_id": "gold", "points": "rose", "host": "teal", "cohort": "green",
        "evidence": "grey",
    }),
    "Job profiles": Dress(tab="A6A6A6", frozen="employer", groups={"profile": "blue", "outcome": "gold"}),
}  # fmt: skip
"""Persons are blue, guardians purple, places teal, the stay green, units gold, assessment orange, recognition rose."""

WIDTHS = {
    Kind.TEXT: 24, Kind.LIST: 34, Kind.DATE: 13, Kind.INTEGER: 10, Kind.DECIMAL: 10, Kind.PHONE: 19, Kind.EMAIL: 29,
    Kind.YES_NO: 14, Kind.SEX: 7, Kind.COUNTRY: 16, Kind.LANGUAGE: 18, Kind.CHOICE: 14, Kind.CHOICES: 16,
    Kind.REFERENCE: 16, Kind.REFERENCES: 18,
}  # fmt: skip
"""Width of a column in characters, by what it holds; `KEY_WIDTHS` for those that hold more or less."""

KEY_WIDTHS = {
    **dict.fromkeys(("knowledge", "skills", "competence", "learning_outcomes"), 60),
    **dict.fromkeys((
        "activities", "additional_information", "assessment_criteria", "assessment_method", "assessment_recording",
        "counts_at_home_as", "evidence", "if_not_achieved", "learning_outcome", "matches", "not_shown_yet", "progress",
        "outcome", "recognition_method", "remarks", "validation_method", "validation_recording",
    ), 56),
    **dict.fromkeys(("address", "guardian_address", "emergency_contact", "assessor_role", "validator_role"), 30),
    **dict.fromkeys(("recogniser_role", "title", "awarding_body", "website", "reason_for_change", "part"), 30),
    **dict.fromkeys(("family_name", "given_names", "nationality", "grade", "nqf_level"), 16),
    "amendment": 12,
}  # fmt: skip


def width(column: Column, values: Iterable[object] = ()) -> int:
    """Choose a width, in characters, in which what people write here can be read and no word of `values` is broken."""
    usual = len(column.name) + 5 if column.kind is Kind.ID else KEY_WIDTHS.get(column.key, WIDTHS[column.kind])
    words = (len(word) for value in values if isinstance(value, str) for word in value.split())
    return max(usual, min(max(words, default=0) + 1, WIDEST_WORD))


def tints(columns: Sequence[Column], sheet: str) -> Iterable[tuple[str, str]]:
    """Give each column the two tints of its group, the strong one and the light one, whichever columns are left out."""
    colour, colours = "grey", dict[str, str]()
    for known in next(each for each in EVERY_SHEET if each.name == sheet).columns:
        colour = colours[known.key] = DRESSES[sheet].groups.get(known.key, colour)
    return [COLOURS[colours.get(column.key, "grey")] for column in columns]


def head(cell: Cell | MergedCell, column: Column, tint: tuple[str, str], *, needed: str) -> None:
    """Write the header of a column, or a field of sheet Cohort, with the note that explains it."""
    label(cell, f"{column.name} *" if column.required else column.name, tint, strong=column.required)
    remark(cell, note(column, needed=needed))


def label(cell: Cell | MergedCell, text: str | None, tint: tuple[str, str], *, strong: bool) -> None:
    """Dress a cell as a header: white on the strong tint, dark on the light one."""
    cell.value = text
    cell.font = Font(name=FONT, size=SIZE, bold=True, color="FFFFFF" if strong else "262626")
    cell.fill = PatternFill("solid", start_color=tint[0] if strong else tint[1])
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    cell.border = FRAME


def remark(cell: Cell | MergedCell, text: str) -> None:
    """Put a note on a cell, as large as its text needs it."""
    lines = sum(max(1, math.ceil(len(line) / 44)) for line in text.split("\n"))
    cell.comment = Comment(text, "ecvet-pipeline", width=320, height=18 * lines + 16)


def cell_format(column: Column) -> str:
    """Choose the number format: dates as dates, numbers as numbers, all else as text, so that zeros and + stay."""
    formats = {Kind.DATE: DATE, Kind.INTEGER: "General", Kind.DECIMAL: "General"}
    return formats.get(column.kind, "@")


def alignment(column: Column) -> Alignment:
    """Set dates and numbers in the middle, texts at the left, all of it at the top."""
    return LEFT if cell_format(column) == "@" else MIDDLE


def fill(cell: Cell | MergedCell, column: Column, value: object, *, font: Font = PLAIN) -> None:
    """Write a value in the format of its column; a text stays the text it is, whatever it begins with."""
    wanted = cell_format(column)
    match value:
        case bool():
            value = "yes" if value else "no"
        case list() | tuple():
            value = ("\n" if column.kind is Kind.LIST else "; ").join(map(str, value))
        case int() | float() | Decimal() if wanted == "@":
            value = str(value)
        case dt.date():
            wanted = DATE
    cell.number_format, cell.alignment, cell.font = wanted, alignment(column), font
    cell.value = value  # type: ignore[assignment]  # the stubs know fewer kinds than openpyxl takes
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith("=")


def heighten(worksheet: Worksheet) -> None:
    """Give the rows under the header the height of their fullest cell (LibreOffice does not find it itself)."""
    for number, cells in enumerate(worksheet.iter_rows(min_row=2), start=2):
        lines = 1
        for at, cell in enumerate(cells, start=1):
            column = worksheet.column_dimensions[get_column_letter(at)]
            if not column.hidden:
                wrapped = [wrap(line, int(column.width * LETTERS)) for line in str(cell.value or "").split("\n")]
                lines = max(lines, sum(len(line) or 1 for line in wrapped))
        worksheet.row_dimensions[number].height = min(LINE * lines + 3, 400)


class Offers:
    """The drop-down lists of one sheet; cells that offer the same share one rule."""

    def __init__(self, worksheet: Worksheet) -> None:
        self._worksheet = worksheet
        self._rules: dict[Offer, DataValidation] = {}

    def add(self, offered: Offer | None, cells: str) -> None:
        """Offer this list in these cells."""
        if offered is None:
            return
        if offered not in self._rules:
            rule = self._rules[offered] = DataValidation(
                type="list", formula1=offered.source, allow_blank=True, showErrorMessage=offered.warns,
                errorStyle="information", errorTitle="Please look again", error=offered.sentence,
            )  # fmt: skip
            self._worksheet.add_data_validation(rule)
        self._rules[offered].add(cells)


def fold(dimensions: Sequence[ColumnDimension | RowDimension], shown: Sequence[bool]) -> None:
    """Fold away what is not shown, in outline groups; the plus sign stands at the one behind (the last dimension)."""
    before = True
    for dimension, seen in zip(dimensions, (*shown, True), strict=True):
        if not seen:
            dimension.outlineLevel, dimension.hidden = 1, True
        elif not before:
            dimension.collapsed = True
        before = seen


def set_up_printing(worksheet: Worksheet, widths: Sequence[int], frozen: int) -> None:
    """Set up printing: landscape, no more pages wide than can be read, headers and the first columns repeated."""
    names = sum(widths[:frozen])
    pages = math.ceil((sum(widths) - names) / (PAGE - names))
    worksheet.page_setup.orientation, worksheet.page_setup.paperSize = "landscape", 9
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = pages, 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    worksheet.print_title_rows = "1:1"
    if pages > 1:
        worksheet.print_title_cols = f"A:{get_column_letter(frozen)}"
    if (footer := worksheet.oddFooter) is not None:  # an empty one is false
        footer.left.text, footer.right.text = "&A", "Page &P of &N"
