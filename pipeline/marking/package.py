"""A workbook's package, opened to have parts added and changed; the others stay byte for byte (floor 3)."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import ZipFile

from lxml import etree

from pipeline.guard import read_part
from pipeline.word import pack, packed
from pipeline.word.parts import KINDS, parsed, written

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relationship of a part: its name there, its kind, and the part it leads to (empty where it leads outside)."""

    id: str
    kind: str
    target: str


class Package:
    """A package and what is changed in it. Kept: the open zip, its list of content types, the parts that changed."""

    def __init__(self, package: ZipFile) -> None:
        self._package = package
        self._types = parsed(read_part(package, KINDS), KINDS)
        self._types_changed = False
        self._names = {name.casefold(): name for name in package.namelist()}
        self._changed: dict[str, bytes] = {}
        self._gone: set[str] = set()

    def read(self, name: str) -> bytes:
        """Read a part as it is now; raises guard.Refused where it is missing or damaged."""
        return self._changed[name] if name in self._changed else read_part(self._package, name)

    def tree(self, name: str) -> Any:
        """Read a part, parsed; raises guard.Refused where it is missing or damaged."""
        return parsed(self.read(name), name)

    def put(self, name: str, data: bytes | Any) -> None:
        """Change a part; a parsed one is written as Excel does."""
        self._changed[name] = data if isinstance(data, bytes) else written(data)

    def add(self, stem: str, ending: str, kind: str, data: bytes | Any) -> str:
        """Add a part of a content type under a name that is free; gives the name."""
        number, name = 1, f"{stem}.{ending}"
        while name.casefold() in self._names:
            number, name = number + 1, f"{stem}{number + 1}.{ending}"
        self._names[name.casefold()] = name
        self._list_kind(name, ending, kind)
        self.put(name, data)
        return name

    def links(self, source: str) -> list[Link]:
        """Give the relationships of a part, those of the package itself for an empty name."""
        listed = self._names.get(_list_of(source).casefold())
        if listed is None or listed in self._gone:
            return []
        return [
            Link(id=entry.get("Id", ""), kind=entry.get("Type", ""), target=self._target(source, entry))
            for entry in self.tree(listed).iterchildren(f"{{{_RELATIONS}}}Relationship")
        ]

    def leads_to(self, source: str, kind: str) -> str:
        """Give the first part of a kind that a part leads to, empty where there is none."""
        return next((link.target for link in self.links(source) if link.kind == kind and link.target), "")

    def link(self, source: str, kind: str, target: str) -> str:
        """Let a part lead to another; gives the name of the relationship there."""
        listed = _list_of(source)
        known = self._names.get(listed.casefold())
        root = self.tree(known) if known else etree.fromstring(f'<Relationships xmlns="{_RELATIONS}"/>')
        taken = {entry.get("Id") for entry in root if isinstance(entry.tag, str)}
        number = 1
        while f"ecvet{number}" in taken:
            number += 1
        entry = {"Id": f"ecvet{number}", "Type": kind, "Target": f"/{target}"}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", entry)
        self._names.setdefault(listed.casefold(), listed)
        self.put(known or listed, root)
        return entry["Id"]

    def unlink_all(self, source: str) -> None:
        """Let a part lead nowhere any more."""
        listed = self._names.get(_list_of(source).casefold())
        if listed:
            self._gone.add(listed)

    def data(self) -> bytes:
        """Write the package with what was changed in it: its members in their order, what is new behind them."""
        if self._types_changed:
            self.put(KINDS, self._types)
        old = [info.filename for info in self._package.infolist() if not info.is_dir()]
        new = [name for name in self._changed if name not in set(old)]
        return packed([pack(name, self.read(name)) for name in (*old, *new) if name not in self._gone])

    def _list_kind(self, name: str, ending: str, kind: str) -> None:
        """List what kind of part a new one is: by its ending, as Office does it for drawings, or by its name."""
        namespace = self._types.tag.rpartition("}")[0] + "}"
        known = {each.get("Extension", "").lower(): each.get("ContentType") for each in self._types
                 if isinstance(each.tag, str) and each.tag == f"{namespace}Default"}  # fmt: skip
        if known.get(ending) == kind:
            return
        if ending in known or ending == "xml":
            etree.SubElement(self._types, f"{namespace}Override", {"PartName": f"/{name}", "ContentType": kind})
        else:
            entry = self._types.makeelement(f"{namespace}Default", {"Extension": ending, "ContentType": kind})
            self._types.insert(0, entry)
        self._types_changed = True

    def _target(self, source: str, entry: Any) -> str:
        target = entry.get("Target", "")
        if entry.get("TargetMode") == "External" or not target:
            return ""
        name = normpath(join("/", dirname(source), target)).lstrip("/")
        return self._names.get(name.casefold(), "")


def _list_of(source: str) -> str:
    """Name the part that lists the relationships of another (Open Packaging Conventions, 9.3.4)."""
    folder, _, file = source.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
