"""Whether a paper is sound: a whole zip, its parts listed, of known kinds and joined, its stories well made (floor 2).

Open Packaging Conventions (ECMA-376 part 2) and the rules of `rules`. Nothing here changes a paper. What is found is
compared with what the form has itself: a third of all real documents have a flaw that Word passes over.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Any

from pipeline.word.names import CORE_TYPE, DOCUMENT_TYPE, W
from pipeline.word.parts import KINDS
from pipeline.word.rules import Flaw, Known, is_story, story_flaws, strict_root

_CORE = "/metadata/core-properties"
_MAGIC: Mapping[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",), "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",), "gif": (b"GIF8",),
    "bmp": (b"BM",), "tif": (b"II*\0", b"MM\0*"), "tiff": (b"II*\0", b"MM\0*"), "emf": (b"\x01\0\0\0",),
}  # fmt: skip
"""How pictures begin, by the ending of their name."""

_STYLE_ID = re.compile(rb"<w:style\b[^>]*?\bw:styleId=\"([^\"]*)\"")
_NOTE_ID = re.compile(rb"<w:(?:footnote|endnote|comment)\b[^>]*?\bw:id=\"([^\"]*)\"")
_TOLD_BY = {"styles+xml": ("style", _STYLE_ID), "footnotes+xml": ("footnote", _NOTE_ID),
            "endnotes+xml": ("endnote", _NOTE_ID), "comments+xml": ("comment", _NOTE_ID)}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Joints:
    """How the parts of a package hang together: their kinds, the relationships of each, what is told in it; `flaws`."""

    kinds: dict[str, str] = field(default_factory=dict)
    relationships: dict[str, frozenset[str]] = field(default_factory=dict)
    told: dict[str, frozenset[str]] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def known(self, part: str) -> Known:
        """Give what a part may refer to."""
        return Known(relationships=self.relationships.get(part, frozenset()), told=self.told)


def paper_flaws(data: bytes) -> list[Flaw]:
    """Find everything that is wrong with a Word file, from its bytes alone."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            twice = sorted(name for name, count in Counter(name.casefold() for name in names).items() if count > 1)
            parts = {name: package.read(name) for name in names if not name.endswith("/")}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        return [Flaw(part="", what="the file is no whole zip")]
    found = [Flaw(part=name, what="a part that is there twice") for name in twice]
    joints = joined(parts)
    return [*found, *joints.flaws, *parts_flaws(parts, joints)]


def parts_flaws(parts: Mapping[str, bytes], joints: Joints) -> Iterator[Flaw]:
    """Find what is wrong inside of parts."""
    numbers: Counter[str] = Counter()
    for name, data in parts.items():
        kind = joints.kinds.get(name, "")
        ending = name.rpartition(".")[2].lower()
        if ending in _MAGIC and not data.startswith(_MAGIC[ending]):
            yield Flaw(part=name, what="a picture that is none")
        if name == KINDS or not (ending in ("xml", "rels") or kind.endswith("xml")):
            continue
        root = strict_root(data)
        if root is None:
            yield Flaw(part=name, what="it is no whole XML")
        elif is_story(kind):
            yield from story_flaws(name, kind, root, joints.known(name))
            numbers.update({element.get("id", "") for element in root.iter("{*}docPr")})
    if any(count > 1 for count in numbers.values()):
        yield Flaw(part="", what="two drawings with one number in different parts")


def joined(parts: Mapping[str, bytes]) -> Joints:
    """Find out how parts hang together, and what is wrong with that."""
    found = Joints()
    _list_kinds(parts, found)
    _list_relationships(parts, found)
    for name, kind in found.kinds.items():
        sort, pattern = _TOLD_BY.get(kind.rpartition("wordprocessingml.")[2], ("", _NOTE_ID))
        if sort and name in parts:
            ids = frozenset(each.decode("utf-8", "replace") for each in pattern.findall(parts[name]))
            if ids or f'xmlns:w="{W[1:-1]}"'.encode() in parts[name]:  # else it is written with other prefixes
                found.told[sort] = ids
    if "style" in found.told:
        found.told.update({sort: found.told.get(sort, frozenset()) for sort in ("footnote", "endnote", "comment")})
    return found


def _list_kinds(parts: Mapping[str, bytes], found: Joints) -> None:
    root = strict_root(parts.get(KINDS, b""))
    if root is None:
        found.flaws.append(Flaw(part=KINDS, what="the list of parts is missing or damaged"))
        return
    defaults: dict[str, str] = {}
    seen: set[str] = set()
    for entry in root:
        if not isinstance(entry.tag, str):
            continue
        extension, name = entry.get("Extension"), entry.get("PartName", "").lstrip("/")
        if extension is not None:
            defaults[extension.lower()] = entry.get("ContentType", "")
        else:
            if name.casefold() in seen:
                found.flaws.append(Flaw(part=name, what="a part that is listed twice"))
            seen.add(name.casefold())
            if name not in parts:
                found.flaws.append(Flaw(part=name, what="a part that is listed and not there"))
            found.kinds[name] = entry.get("ContentType", "")
    for name in parts:
        if name != KINDS and not found.kinds.setdefault(name, defaults.get(name.rpartition(".")[2].lower(), "")):
            found.flaws.append(Flaw(part=name, what="a part of no kind"))
    kinds = list(found.kinds.values())
    if kinds.count(DOCUMENT_TYPE) != 1:
        found.flaws.append(Flaw(part="", what="not exactly one main part"))
    if kinds.count(CORE_TYPE) > 1:
        found.flaws.append(Flaw(part="", what="the properties are there twice"))


def _list_relationships(parts: Mapping[str, bytes], found: Joints) -> None:
    for name in (name for name in parts if name.endswith(".rels")):
        folder, listed, file = name.rpartition("_rels/")
        source = folder + file.removesuffix(".rels") if listed else ""
        root = strict_root(parts[name])
        if root is None:
            continue  # told with the parts
        if source and source not in parts:
            found.flaws.append(Flaw(part=name, what="relationships of a part that is not there"))
        entries = [entry for entry in root if isinstance(entry.tag, str)]
        ids = [entry.get("Id", "") for entry in entries]
        if len(set(ids)) < len(ids):
            found.flaws.append(Flaw(part=name, what="two relationships with one name"))
        found.relationships[source] = frozenset(ids)
        if any(_lost(entry, source, parts) for entry in entries):
            found.flaws.append(Flaw(part=name, what="a relationship that leads to nothing"))
        if not source and sum(entry.get("Type", "").endswith(_CORE) for entry in entries) > 1:
            found.flaws.append(Flaw(part=name, what="the properties are there twice"))


def _lost(entry: Any, source: str, parts: Collection[str]) -> bool:
    target = entry.get("Target", "")
    if entry.get("TargetMode") == "External" or target.startswith("#"):
        return False
    return normpath(join("/", dirname(source), target.partition("#")[0])).lstrip("/") not in parts
