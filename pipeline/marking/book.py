"""The list of a workbook's sheets, and a sheet put before all others (floor 3).

What counts sheets by their number has to count one more then: names that belong to a sheet, and the tab that is open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pipeline.guard import Refused
from pipeline.lineage import COPY_SHEET, is_sheet_of_copy
from pipeline.marking.listing import HEAD_ROW
from pipeline.marking.names import BOOK_ORDER, OFFICE, SHEET_KIND, TO_BOOK, TO_SHEET, M, R, made, put_in_order
from pipeline.marking.package import Package
from pipeline.word.parts import written

_SELECTED = re.compile(rb"(<(?:\w+:)?sheetView\b[^>]*?)\s+tabSelected\s*=\s*[\"'](?:1|true)[\"']")
_DATA = re.compile(rb"<(?:\w+:)?sheetData\b")
MOST_SHEET_IDS = 65_534


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A sheet as the workbook lists it: its name, the part it stands in, whether it is hidden, its entry."""

    name: str
    part: str
    hidden: bool
    entry: Any


class Book:
    """The main part of a workbook. Kept: the part, parsed, and its sheets in their order."""

    def __init__(self, package: Package) -> None:
        """Find the sheets of a workbook; raises guard.Refused where that cannot be done."""
        self._package = package
        self.part = package.leads_to("", TO_BOOK)
        if not self.part:
            raise Refused("The file is no workbook.", "Open it in Excel and save it as .xlsx.")
        self._root = package.tree(self.part)
        listed = self._root.find(f"{M}sheets")
        if self._root.tag != f"{M}workbook" or listed is None:
            raise Refused("The list of the workbook's sheets is damaged.", "Open it in Excel and save it as .xlsx.")
        self._listed = listed
        parts = {link.id: link.target for link in package.links(self.part)}
        self.sheets = [
            Listed(
                name=each.get("name", ""), part=parts.get(each.get(f"{R}id", ""), ""),
                hidden=each.get("state", "visible") != "visible", entry=each,
            )
            for each in listed.iterchildren(f"{M}sheet")
        ]  # fmt: skip

    def put_first(self, sheet: bytes, *, again: bool) -> None:
        """Put our sheet before all others and open the workbook there; `again` says that an earlier one may be there.

        An earlier one is written anew where it stands, leads nowhere any more, and is none of her sheets.
        """
        self._select_none()
        earlier = next((at for at, each in enumerate(self.sheets) if again and is_sheet_of_copy(each.name)), None)
        if earlier is not None and self.sheets[earlier].part:
            self._package.put(self.sheets[earlier].part, sheet)
            self._package.unlink_all(self.sheets[earlier].part)
            self.sheets[earlier].entry.attrib.pop("state", None)
            self._open_at(earlier)
            del self.sheets[earlier]
        else:
            folder = self.part.rpartition("/")[0]
            stem = f"{folder}/worksheets/ecvet" if folder else "worksheets/ecvet"
            part = self._package.add(stem, "xml", SHEET_KIND, sheet)
            entry = self._listed.makeelement(f"{M}sheet", {}, nsmap={**self._listed.nsmap, "r": OFFICE})
            name = self._free_name()
            entry.set("name", name)
            entry.set("sheetId", str(self._free_number()))
            entry.set(f"{R}id", self._package.link(self.part, TO_SHEET, part))
            self._listed.insert(0, entry)
            for each in self._root.iterfind(f"{M}definedNames/{M}definedName"):
                if (at := each.get("localSheetId", "")).isdecimal():
                    each.set("localSheetId", str(int(at) + 1))
            self._repeat_head(name)
            self._open_at(0)
        self._package.put(self.part, self._root)

    def _repeat_head(self, name: str) -> None:
        """Let the header of our sheet, which is the first one, stand on every page that is printed of it."""
        names = self._root.find(f"{M}definedNames")
        if names is None:
            names = put_in_order(self._root, made(self._root, "definedNames"), BOOK_ORDER)
        title = made(names, "definedName", {"name": "_xlnm.Print_Titles", "localSheetId": "0"})
        title.text = f"'{name}'!${HEAD_ROW}:${HEAD_ROW}"
        names.insert(0, title)

    def _open_at(self, number: int) -> None:
        for view in self._root.iterfind(f"{M}bookViews/{M}workbookView"):
            view.attrib.pop("firstSheet", None)
            view.set("activeTab", str(number))

    def _select_none(self) -> None:
        """Leave no sheet selected: with ours, Excel would take them for a group and type into both at once."""
        for part in filter(None, (each.part for each in self.sheets)):
            data = self._package.read(part)
            if b"\0" in data[:4]:
                data = written(self._package.tree(part))
            if b"tabSelected" not in data:
                continue
            cells = _DATA.search(data)
            end = cells.start() if cells else len(data)
            head = _SELECTED.sub(rb"\1", data[:end])
            if len(head) != end:
                self._package.put(part, head + data[end:])

    def _free_name(self) -> str:
        taken = {each.name.casefold() for each in self.sheets}
        number, name = 1, COPY_SHEET
        while name.casefold() in taken:
            number += 1
            name = f"{COPY_SHEET} ({number})"
        return name

    def _free_number(self) -> int:
        taken = {int(each.entry.get("sheetId", 0)) for each in self.sheets}
        most = max(taken, default=0) + 1
        return most if most <= MOST_SHEET_IDS else next(each for each in range(1, most) if each not in taken)
