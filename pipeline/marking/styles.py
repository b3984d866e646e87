"""The styles of a workbook with ours added behind hers: a fill, or a date, for a cell that keeps all else (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.guard import Refused
from pipeline.marking.names import MAIN, STYLES_KIND, STYLES_ORDER, TO_STYLES, XF_ORDER, M, made, put_in_order, root_of
from pipeline.marking.package import Package
from pipeline.marking.properties import LONGEST_VALUE

WRONG = "FFF6ADA0"
"""The colour of a cell with an error: red, and pale enough to read what stands in it."""

DOUBTFUL = "FFFFD280"
"""The colour of a cell with a warning: amber."""

_SHADES = 32
"""Shades of our two colours, which nobody tells apart: the last five bits say which colour of hers is under ours."""

_FIRST = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
"""What a style sheet begins with where a program wrote none."""

_AS_DATE = "14"
"""The number of the format for dates that every program has, in the manner of its country (18.8.30)."""

_DATES = frozenset((14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)))
"""Formats of dates that need not be described (18.8.30)."""

_HIDDEN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
"""What a format shows as it stands: in quotes, in brackets, behind a stroke."""

_DATE_LETTERS = re.compile("[dyDY]")

MOST_STYLES = 64_000
"""Styles of cells that Excel takes."""


class Styles:
    """The style sheet of a workbook. Kept: its parsed part, which styles were made of which, and fills under ours.

    A cell that is right again gets back the fill it had: each fill that is covered has a number, the shade of our
    colour says the number, and the fill itself goes into the workbook's properties. So it does not matter how often the
    workbook was saved, by which program, and where the cell stands by then.
    """

    def __init__(self, package: Package, book: str, covered: Mapping[str, str]) -> None:
        """Open the style sheet of a workbook, or begin one; `covered` are the fills under ours, as `covered` gave them.

        Raises guard.Refused where it is damaged.
        """
        self._package = package
        self._book = book
        self._part = package.leads_to(book, TO_STYLES)
        self._root = package.tree(self._part) if self._part else root_of("styleSheet")
        if self._root.tag != f"{M}styleSheet":
            raise Refused("The styles of the workbook are damaged.", "Open it in Excel and save it again.")
        self._lists = {name: self._list(name) for name in _FIRST}
        self._fills: dict[str, int] = {}
        self._made: dict[tuple[int, str], int] = {}
        self.added = False
        self._covered = {int(shade): xml for shade, xml in covered.items() if shade.isdecimal() and _is_fill(xml)}

    def filled(self, base: int, colour: str) -> int:
        """Give the style that is like another, with our colour (ARGB); for an empty one, with the fill under ours.

        Raises guard.Refused where the workbook has no room for another style.
        """
        xfs = self._lists["cellXfs"]
        base = base if 0 <= base < len(xfs) else 0
        if (base, colour) not in self._made:
            xf = deepcopy(xfs[base])
            xf.set("fillId", str(self._fill(_shaded(colour, self._shade(base))) if colour else self._uncovered(base)))
            xf.set("applyFill", "1")
            self._made[base, colour] = self._append("cellXfs", xf)
        return self._made[base, colour]

    def dated(self, base: int) -> int:
        """Give the style that is like another and shows a number as a date; the other itself, where it does so."""
        xfs = self._lists["cellXfs"]
        base = base if 0 <= base < len(xfs) else 0
        number = _number(xfs[base].get("numFmtId"))
        codes = {_number(each.get("numFmtId")): each.get("formatCode", "") for each in
                 self._root.iterfind(f"{M}numFmts/{M}numFmt")}  # fmt: skip
        if number in _DATES or _DATE_LETTERS.search(_HIDDEN.sub("", codes.get(number, ""))):
            return base
        if (base, _AS_DATE) not in self._made:
            xf = deepcopy(xfs[base])
            xf.set("numFmtId", _AS_DATE)
            xf.set("applyNumberFormat", "1")
            self._made[base, _AS_DATE] = self._append("cellXfs", xf)
        return self._made[base, _AS_DATE]

    def ours(self, style: int) -> int | None:
        """Say whether a style has a fill that a marked copy gave it, by its shade: the number of the fill under it."""
        fill = self._fill_of(style)
        colour = fill.find(f"{M}patternFill/{M}fgColor") if fill is not None else None
        shown = colour.get("rgb", "").upper() if colour is not None else ""
        for own in (WRONG, DOUBTFUL):
            if shown[:6] == own[:6] and 0 <= (shade := _hexadecimal(shown[6:]) - _hexadecimal(own[6:])) < _SHADES:
                return shade
        return None

    def covered(self) -> dict[str, str]:
        """Give the fills under ours, by the number of the shade."""
        return {str(shade): xml for shade, xml in sorted(self._covered.items())}

    def _fill_of(self, style: int) -> Any:
        xfs, fills = self._lists["cellXfs"], self._lists["fills"]
        number = _number(xfs[style].get("fillId")) if 0 <= style < len(xfs) else -1
        return fills[number] if 0 <= number < len(fills) else None

    def _shade(self, base: int) -> int:
        """Give the number of the fill that is covered now: 0 where there is none, or no number for it any more."""
        if (shade := self.ours(base)) is not None:
            return shade
        fill = self._fill_of(base)
        pattern = fill.find(f"{M}patternFill") if fill is not None else None
        if fill is None or (pattern is not None and pattern.get("patternType", "none") == "none"):
            return 0
        xml = _plain(fill)
        known = {each: shade for shade, each in self._covered.items()}
        free = next((shade for shade in range(1, _SHADES) if shade not in self._covered), 0)
        if xml not in known and (not free or len(xml) > LONGEST_VALUE):
            return 0
        shade = known.get(xml, free)
        self._covered[shade] = xml
        return shade

    def _uncovered(self, base: int) -> int:
        xml = self._covered.get(self.ours(base) or 0)
        return self._append_xml("fills", xml) if xml else 0

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
        self.added = True
        return len(listed) - 1


_LINE = "<border><left/><right/><top/><bottom style='hair'><color rgb='FF9AA5B1'/></bottom><diagonal/></border>"


def _parsed(xml: str) -> list[Any]:
    return list(etree.fromstring(f"<all xmlns='{MAIN}'>{xml}</all>"))


def _plain(fill: Any) -> str:
    """Write a fill without the name of its language, as it goes into a property."""
    told = "".join(etree.tostring(each, encoding="unicode", with_tail=False) for each in _unprefixed(fill))
    return f"<fill>{told}</fill>".replace(f' xmlns="{MAIN}"', "")


def _unprefixed(fill: Any) -> Any:
    again = etree.fromstring(f"<fill xmlns='{MAIN}'/>")
    again.extend(deepcopy(each) for each in fill)
    etree.cleanup_namespaces(again)
    return again


def _is_fill(xml: str) -> bool:
    """Say whether a text from a file is a fill, as we wrote it, and nothing else."""
    try:
        found = _parsed(xml)
    except etree.XMLSyntaxError:
        return False
    inside = {etree.QName(each).localname for fill in found for each in fill.iter() if isinstance(each.tag, str)}
    return len(found) == 1 and inside <= {"fill", "patternFill", "fgColor", "bgColor", "gradientFill", "stop", "color"}


def _shaded(colour: str, shade: int) -> str:
    return f"{colour[:6]}{_hexadecimal(colour[6:]) + shade:02X}"


def _hexadecimal(digits: str) -> int:
    return int(digits, 16) if len(digits) == 2 and all(each in "0123456789ABCDEF" for each in digits) else -1


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else -1
