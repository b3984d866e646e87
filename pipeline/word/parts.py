"""The parts of a package: what each of them is, which lead to which, and the package without some of them (floor 2).

Open Packaging Conventions, ECMA-376 part 2: the kinds of the parts are listed in [Content_Types].xml, and a part leads
to others by relationships, which lie beside it in a .rels of their own. Names of parts are compared without regard to
case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Any
from zipfile import ZipFile

from lxml import etree

from pipeline.guard import Refused, read_part
from pipeline.raw import readable

KINDS = "[Content_Types].xml"
_PACKAGE = ""
"""The package itself, from which everything in it is reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """What is left of a package: members that are `gone`, and members that now read otherwise."""

    gone: frozenset[str]
    written: Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """One part leads to another: `kind` is the type of the relationship, `target` empty where it leads outside.

    `source` and `target` are folded names. `listed` is the member that lists the relationship, `entry` its line there.
    """

    source: str
    target: str
    kind: str
    listed: str
    entry: Any


def kinds_of(package: ZipFile) -> dict[str, str]:
    """Give the content type of every part, by its name.

    The list itself is no part. Where all that end in .xml are said to be documents, as the Open XML SDK likes to write,
    it is none.
    """
    defaults: dict[str, str] = {}
    found: dict[str, str] = {}
    for entry in _entries(parsed(read_part(package, KINDS), KINDS)):
        if entry.tag.endswith("}Default"):
            defaults[entry.get("Extension", "").lower()] = entry.get("ContentType", "")
        elif entry.tag.endswith("}Override"):
            found[entry.get("PartName", "").lstrip("/")] = entry.get("ContentType", "")
    for name in (name for name in package.namelist() if name != KINDS):
        found.setdefault(name, defaults.get(name.rpartition(".")[2].lower(), ""))
    return found


def relationships_of(package: ZipFile) -> list[Relationship]:
    """Give every relationship in a package, in the order of its members."""
    return [
        Relationship(
            source=source, target=_target(source, entry), kind=entry.get("Type", ""), listed=name, entry=entry,
        )
        for name in package.namelist() if (source := _source(name)) is not None
        for entry in _entries(parsed(read_part(package, name), name))
    ]  # fmt: skip


def without(
    package: ZipFile, kinds: Mapping[str, str], related: Iterable[Relationship], is_unwanted: Callable[[str], bool],
    renamed: Mapping[str, str],
) -> Rest:  # fmt: skip
    """Leave parts and relationships of unwanted kinds out of a package, with all that only they lead to.

    Nothing is left that leads to a part which is gone: no relationship, no content type. `renamed` gives content types
    that read otherwise now. `is_unwanted` is asked of content types and of types of relationships.
    """
    related = tuple(related)
    unwanted = {_folded(name) for name, kind in kinds.items() if is_unwanted(kind)}
    kept = [each for each in related if not is_unwanted(each.kind) and each.source not in unwanted]
    # What nothing led to before stays as it lies; what something led to, and now nothing does, is of no use any more.
    lost = unwanted | (_reached(related) - _reached(kept))
    kept = [each for each in kept if each.source not in lost and each.target not in lost]
    emptied = {each.listed for each in related} - {each.listed for each in kept}
    gone = {name for name in package.namelist() if _folded(name) in lost or _source(name) in lost} | emptied
    listed = _kinds(package, {_folded(name) for name in gone}, is_unwanted, renamed)
    return Rest(gone=frozenset(gone), written={**_relationships(related, kept, emptied), **listed})


def parsed(data: bytes, part: str) -> Any:
    """Parse a part strictly: no entities, no network, nothing repaired; raises guard.Refused where it is damaged."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as broken:
        raise damaged(part) from broken
    if any(told.type == etree.ErrorTypes.WAR_NS_URI for told in parser.error_log):  # read now, and perhaps not again
        raise damaged(part)
    return root


def damaged(part: str) -> Refused:
    """Word that a part cannot be read."""
    return Refused(f"Part {readable(part)} of the file is damaged.", "Open it in Word and save it again.")


def written(root: Any) -> bytes:
    """Write a parsed part as Word does: in UTF-8, with its declaration."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _relationships(
    related: Iterable[Relationship], kept: Iterable[Relationship], emptied: Iterable[str]
) -> Mapping[str, bytes]:
    staying = {id(each) for each in kept}
    changed: dict[str, Any] = {}
    for each in related:
        if id(each) not in staying and each.listed not in emptied:
            changed[each.listed] = each.entry.getparent()
            changed[each.listed].remove(each.entry)
    return {name: written(root) for name, root in changed.items()}


def _kinds(
    package: ZipFile, gone: Iterable[str], is_unwanted: Callable[[str], bool], renamed: Mapping[str, str]
) -> Mapping[str, bytes]:
    root = parsed(read_part(package, KINDS), KINDS)
    changed = False
    for entry in list(_entries(root)):
        kind = entry.get("ContentType", "")
        if is_unwanted(kind) or _folded(entry.get("PartName", "").lstrip("/")) in gone:
            root.remove(entry)
            changed = True
        elif kind in renamed:
            entry.set("ContentType", renamed[kind])
            changed = True
    return {KINDS: written(root)} if changed else {}


def _reached(related: Iterable[Relationship]) -> set[str]:
    """Give the names of all parts that the package leads to, from part to part."""
    leads: dict[str, list[str]] = {}
    for each in related:
        leads.setdefault(each.source, []).append(each.target)
    found: set[str] = set()
    coming = [_PACKAGE]
    while coming:
        for target in leads.get(coming.pop(), ()):
            if target and target not in found:
                found.add(target)
                coming.append(target)
    return found


def _entries(root: Any) -> Iterable[Any]:
    return (entry for entry in root if isinstance(entry.tag, str))


def _source(name: str) -> str | None:
    """Say whose relationships a member lists: word/_rels/document.xml.rels those of word/document.xml."""
    folder, listed, file = _folded(name).rpartition("_rels/")
    return folder + file.removesuffix(".rels") if listed and file.endswith(".rels") else None


def _target(source: str, entry: Any) -> str:
    target = entry.get("Target", "")
    if entry.get("TargetMode") == "External" or not target:
        return ""
    return _folded(normpath(join("/", dirname(source), target)).lstrip("/"))


def _folded(name: str) -> str:
    return name.casefold()
