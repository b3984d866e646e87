"""The names Excel gives to things: its elements and their order, kinds of parts and of relationships (floor 3).

The orders are those of ECMA-376 part 1: Excel calls a part damaged whose elements stand in another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lxml import etree

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = f"{{{MAIN}}}"
R = f"{{{OFFICE}}}"

SHEET_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
COMMENTS_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
VML_KIND = "application/vnd.openxmlformats-officedocument.vmlDrawing"
CUSTOM_KIND = "application/vnd.openxmlformats-officedocument.custom-properties+xml"

TO_BOOK = f"{OFFICE}/officeDocument"
TO_SHEET = f"{OFFICE}/worksheet"
TO_STYLES = f"{OFFICE}/styles"
TO_COMMENTS = f"{OFFICE}/comments"
TO_VML = f"{OFFICE}/vmlDrawing"
TO_CUSTOM = f"{OFFICE}/custom-properties"

WORKSHEET_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""CT_Worksheet (18.3.1.99)."""

STYLES_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors",
    "extLst",
)  # fmt: skip
"""CT_Stylesheet (18.8.39)."""

BOOK_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
    "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
"""CT_Workbook (18.2.27)."""

XF_ORDER = ("alignment", "protection", "extLst")
"""CT_Xf (18.8.45)."""


def put_in_order(parent: Any, child: Any, order: Sequence[str]) -> Any:
    """Put a new element into its parent where the order of its kind wants it; gives the element."""
    rank = {name: number for number, name in enumerate(order)}
    own = rank[child.tag.rpartition("}")[2]]
    for other in parent.iterchildren():
        if _rank(other, rank) > own:
            other.addprevious(child)
            return child
    parent.append(child)
    return child


def _rank(element: Any, rank: dict[str, int]) -> int:
    """Say where an element stands in the order; of one wrapped for newer programs, what it holds says so."""
    if not isinstance(element.tag, str):
        return -1
    name = element.tag.rpartition("}")[2]
    if name == "AlternateContent":
        return max((_rank(each, rank) for choice in element for each in choice), default=-1)
    return rank.get(name, -1) if element.tag.startswith(M) else -1


def root_of(name: str) -> Any:
    """Make the first element of a new part of a spreadsheet."""
    return etree.fromstring(f'<{name} xmlns="{MAIN}"/>')


def made(parent: Any, name: str, attributes: dict[str, str] | None = None) -> Any:
    """Make an element of a spreadsheet for a parent, whatever prefix its part uses; it does not stand there yet.

    For a relationship the prefix is `r` where the part has none: lxml would take one that depends on what else the
    process has loaded (openpyxl registers names), and the same data would give other bytes.
    """
    names = parent.nsmap
    if OFFICE not in names.values() and any(key.startswith(R) for key in attributes or {}):
        names = {**names, "r": OFFICE}
    return parent.makeelement(f"{M}{name}", attributes or {}, nsmap=names)
