"""Open a Word form safely, know every place in it, and write a package reproducibly (floor 2).

A form stays what it is: only the parts that hold tags are written anew, every other member goes into the paper as the
compressed bytes it already is. Times in the package are fixed and the order is kept, so the same values give the same
bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.guard import FORM_LIMITS, Refused, open_package, read_part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_STORIES = {
    "document.main+xml": "", "template.main+xml": "", "header+xml": "page header", "footer+xml": "page footer",
    "footnotes+xml": "footnote", "endnotes+xml": "endnote", "comments+xml": "comment",
}  # fmt: skip
"""The parts that hold text, by the end of their content type, and what a person calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the package, as it lies in the zip: name, method, checksum, sizes and compressed bytes."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A part that holds text: the document itself, a header, a footer, notes, comments.

    `where` is what a person calls it (empty for the document itself), `xml` its text, parsed and written again.
    """

    part: str
    where: str
    xml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An opened form: its members in order, and its stories."""

    file: str
    members: tuple[Member, ...]
    stories: tuple[Story, ...]
    properties: Story | None


def open_form_package(path: Path) -> Package:
    """Open a .docx form; raises guard.Refused where it is none, and OSError where it cannot be opened."""
    with open_package(path, FORM_LIMITS, kind="form") as package:
        names = package.namelist()
        if "[Content_Types].xml" not in names:
            raise Refused("The file is no Word file.", "Open it in Word and save it as .docx.")
        types = _content_types(parsed(read_part(package, "[Content_Types].xml"), "[Content_Types].xml"), names)
        if DOCUMENT_TYPE not in types.values():
            kind = _kind(set(types.values()))
            raise Refused(f"The file is {kind}.", "Open it in Word and save it as “Word document (.docx)”.")
        stories, members = [], []
        for info in package.infolist():
            if info.is_dir():
                continue
            data = read_part(package, info.filename)
            members.append(pack(info.filename, data))
            ending = types.get(info.filename, "").rpartition("wordprocessingml.")[2]
            if ending in _STORIES:
                stories.append(_story(info.filename, _STORIES[ending], data))
            elif info.filename == "docProps/core.xml":
                properties = _story(info.filename, "document properties", data)
        core = properties if "docProps/core.xml" in names else None
    return Package(file=path.name, members=tuple(members), stories=tuple(stories), properties=core)


def _kind(types: set[str]) -> str:
    if any("template" in found for found in types):
        return "a Word template (.dotx)"
    if any("macroEnabled" in found for found in types):
        return "a Word file with macros (.docm)"
    if any("spreadsheetml" in found for found in types):
        return "a workbook"
    return "no Word file"


def _content_types(root: Any, names: list[str]) -> Mapping[str, str]:
    defaults: dict[str, str] = {}
    found: dict[str, str] = {}
    for entry in root:
        if entry.tag.endswith("}Default"):
            defaults[entry.get("Extension", "").lower()] = entry.get("ContentType", "")
        elif entry.tag.endswith("}Override"):
            found[entry.get("PartName", "").lstrip("/")] = entry.get("ContentType", "")
    for name in names:
        found.setdefault(name, defaults.get(name.rpartition(".")[2].lower(), ""))
    return found


def parsed(data: bytes, part: str) -> Any:
    """Parse a part strictly: no entities, no network, nothing repaired; raises guard.Refused where it is damaged."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as broken:
        raise Refused(f"Part {part} of the file is damaged.", "Open it in Word and save it again.") from broken


def _story(part: str, where: str, data: bytes) -> Story:
    root = parsed(data, part)
    return Story(part=part, where=where, xml=etree.tostring(root, encoding="unicode"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text in a story, in the order of the story: its paragraph and where that stands, for a person."""

    text: str
    paragraph: int
    spot: str


def pieces(story: Story) -> Iterator[Piece]:
    """Walk the texts of a story in their order, each with the place of its paragraph.

    A place reads as a person finds it: “table 2, row 3, cell 1”, “page header, paragraph 1”, and under which heading.
    """
    spots = _Spots(story.where)
    root = etree.fromstring(story.xml)
    numbers: dict[Any, int] = {}
    for text in root.iter(f"{W}t"):
        paragraph = next((above for above in text.iterancestors(f"{W}p")), None)
        if paragraph is None:
            continue
        number = numbers.setdefault(paragraph, len(numbers))
        yield Piece(text.text or "", number, spots.of(paragraph))


class _Spots:
    """Names the places of paragraphs; keeps the counts of tables and the last heading met."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._tables: dict[Any, int] = {}
        self._named: dict[Any, str] = {}

    def of(self, paragraph: Any) -> str:
        """Name the place of a paragraph."""
        if paragraph not in self._named:
            self._named[paragraph] = self._name(paragraph)
        return self._named[paragraph]

    def _name(self, paragraph: Any) -> str:
        parts = [self._where] if self._where else []
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        if cell is None:
            shown = _shown(paragraph)
            parts.append(f"paragraph “{shown}”" if shown else "an empty paragraph")
            return ", ".join(parts)
        row = next(cell.iterancestors(f"{W}tr"), None)
        table = next(cell.iterancestors(f"{W}tbl"), None)
        if not self._tables:
            for number, found in enumerate(paragraph.getroottree().getroot().iter(f"{W}tbl"), start=1):
                self._tables[found] = number
        rows = list(table.iter(f"{W}tr")) if table is not None else []
        cells = list(row.iterchildren(f"{W}tc")) if row is not None else []
        parts.append(f"table {self._tables.get(table, 1)}")
        parts.append(f"row {rows.index(row) + 1}" if row in rows else "a row")
        parts.append(f"cell {cells.index(cell) + 1}" if cell in cells else "a cell")
        return ", ".join(parts)


def _shown(paragraph: Any) -> str:
    text = " ".join("".join(piece.text or "" for piece in paragraph.iter(f"{W}t")).split())
    return text if len(text) <= 40 else text[:37] + "…"


def pack(name: str, data: bytes, level: int = 6) -> Member:
    """Compress a member; what does not get smaller is stored."""
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -15)
    squeezed = squeezer.compress(data) + squeezer.flush()
    if len(squeezed) < len(data):
        return Member(name=name, method=8, crc=zlib.crc32(data), size=len(data), data=squeezed)
    return Member(name=name, method=0, crc=zlib.crc32(data), size=len(data), data=data)


_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DAY = (0 << 9) | (1 << 5) | 1
"""1 January 1980, midnight: the fixed time of every member."""


def packed(members: tuple[Member, ...] | list[Member]) -> bytes:
    """Write a zip of these members, in this order, with fixed times (APPNOTE.TXT, 4.3)."""
    body = bytearray()
    directory = bytearray()
    for member in members:
        name = member.name.encode()
        flags = 0x800 if len(name) != len(member.name) else 0
        sizes = (member.crc, len(member.data), member.size)
        directory += _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, flags, member.method, 0, _DAY, *sizes, len(name), 0, 0, 0, 0, 0, len(body)
        )
        directory += name
        body += _LOCAL.pack(b"PK\x03\x04", 20, flags, member.method, 0, _DAY, *sizes, len(name), 0)
        body += name
        body += member.data
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory + end)
