"""The styles of a workbook with ours added behind hers: a fill for a cell that keeps all else it has (floor 3)."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.guard import Refused
from pipeline.marking.names import MAIN, STYLES_KIND, STYLES_ORDER, TO_STYLES, XF_ORDER, M, made, put_in_order, root_of
from pipeline.marking.package import Package

WRONG = "FFF6ADA4"
"""The colour of a cell with an error: red, and pale enough to read what stands in it."""

DOUBTFUL = "FFFFD27A"
"""The colour of a cell with a warning: amber."""

OURS = frozenset({WRONG, DOUBTFUL})

_FIRST = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
"""What a style sheet begins with where a program wrote none."""

MOST_STYLES = 64_000
"""Styles of cells that Excel takes."""


class Styles:
    """The style sheet of a workbook. Kept: its parsed part, and which styles were made of which."""

    def __init__(self, package: Package, book: str) -> None:
        """Open the style sheet of a workbook, or begin one; raises guard.Refused where it is damaged."""
        self._package = package
        self._book = book
        self._part = package.leads_to(book, TO_STYLES)
        self._root = package.tree(self._part) if self._part else root_of("styleSheet")
        if self._root.tag != f"{M}styleSheet":
            raise Refused("The styles of the workbook are damaged.", "Open it in Excel and save it again.")
        self._lists = {name: self._list(name) for name in _FIRST}
        self._fills: dict[str, int] = {}
        self._made: dict[tuple[int, str], int] = {}

    def filled(self, base: int, colour: str) -> int:
        """Give the style that is like another, with a fill of this colour (ARGB), or with none for an empty one.

        Raises guard.Refused where the workbook has no room for another style.
        """
        xfs = self._lists["cellXfs"]
        base = base if 0 <= base < len(xfs) else 0
        if (base, colour) not in self._made:
            xf = deepcopy(xfs[base])
            xf.set("fillId", str(self._fill(colour) if colour else 0))
            xf.set("applyFill", "1")
            self._made[base, colour] = self._append("cellXfs", xf)
        return self._made[base, colour]

    def ours(self, style: int) -> bool:
        """Say whether a style has a fill that an earlier marked copy gave it."""
        xfs, fills = self._lists["cellXfs"], self._lists["fills"]
        if not 0 <= style < len(xfs):
            return False
        fill = _number(xfs[style].get("fillId"))
        if not 0 <= fill < len(fills):
            return False
        colour = fills[fill].find(f"{M}patternFill/{M}fgColor")
        return colour is not None and colour.get("rgb", "").upper() in OURS

    def style(
        self, *, font: str, fill: str = "", line: bool = False, wrap: bool = False, middle: bool = False
    ) -> int:  # fmt: skip
        """Make a style of ours: what stands in its font, its colour (ARGB), a line under it, wrapped, in the middle."""
        chosen = {
            "numFmtId": "0",
            "fontId": str(self._append_xml("fonts", f"<font>{font}<name val='Calibri'/><family val='2'/></font>")),
            "fillId": str(self._fill(fill)) if fill else "0",
            "borderId": str(self._append_xml("borders", _LINE)) if line else "0",
            "xfId": "0",
        }  # fmt: skip
        xfs = self._lists["cellXfs"]
        xf = made(xfs, "xf", chosen)
        for name in ("Font", "Fill", "Border", "Alignment"):
            xf.set(f"apply{name}", "1")
        stands = {"vertical": "center" if middle else "top", **({"wrapText": "1"} if wrap else {})}
        put_in_order(xf, made(xf, "alignment", stands), XF_ORDER)
        return self._append("cellXfs", xf)

    def close(self) -> None:
        """Put the style sheet back into the package."""
        for listed in self._lists.values():
            if len(listed) or listed.getparent() is not None:
                listed.set("count", str(len(listed)))
            if listed.getparent() is None:
                put_in_order(self._root, listed, STYLES_ORDER)
        if self._part:
            self._package.put(self._part, self._root)
        else:
            folder = self._book.rpartition("/")[0]
            stem = f"{folder}/styles" if folder else "styles"
            self._part = self._package.add(stem, "xml", STYLES_KIND, self._root)
            self._package.link(self._book, TO_STYLES, self._part)

    def _list(self, name: str) -> Any:
        found = self._root.find(f"{M}{name}")
        if found is None:
            found = made(self._root, name)
        if not len(found):
            for each in _parsed(_FIRST[name]):
                found.append(each)
        return found

    def _fill(self, colour: str) -> int:
        if colour not in self._fills:
            inside = f"<fgColor rgb='{colour}'/><bgColor indexed='64'/>"
            xml = f"<fill><patternFill patternType='solid'>{inside}</patternFill></fill>"
            self._fills[colour] = self._append_xml("fills", xml)
        return self._fills[colour]

    def _append_xml(self, name: str, xml: str) -> int:
        return self._append(name, _parsed(xml)[0])

    def _append(self, name: str, element: Any) -> int:
        listed = self._lists[name]
        if len(listed) >= MOST_STYLES:
            raise Refused("The workbook has too many styles.", "Copy its sheets into a new workbook.")
        listed.append(element)
        return len(listed) - 1


_LINE = "<border><left/><right/><top/><bottom style='hair'><color rgb='FF9AA5B1'/></bottom><diagonal/></border>"


def _parsed(xml: str) -> list[Any]:
    return list(etree.fromstring(f"<all xmlns='{MAIN}'>{xml}</all>"))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1
