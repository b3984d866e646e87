"""Open a Word form safely (floor 2).

A form stays what it is: only the parts that hold tags are written anew for each paper, every other member goes into the
paper as it lies in the form, and so does its protection. What must not go into every paper is put right at once:
tracked changes are accepted, the names of the people who wrote the form are taken out of its properties, and macros,
signatures and the attached template are left out. Whether a form is a document, a template, or either with macros is
said by what is in it, whatever the ending of its name says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from pipeline.guard import FORM_LIMITS, Refused, open_package, read_part
from pipeline.names import is_marked_copy, is_put_away
from pipeline.raw import readable
from pipeline.word.names import APP_TYPE, CORE_TYPE, DOCUMENT_TYPE, ENDINGS, MAIN_TYPES, PROPERTIES, STORIES, W
from pipeline.word.omissions import Omissions, omissions, without_calls
from pipeline.word.parts import KINDS, kinds_of, parsed, written
from pipeline.word.properties import CORE_PART, is_paper, with_mark, without_firm, without_people
from pipeline.word.reaching import Reach
from pipeline.word.revisions import accept
from pipeline.word.stores import Store, stores_of
from pipeline.word.zipping import Member, pack

_TOP = "_rels/.rels"
"""The relationships of the package itself."""

_NEEDED = ("/header", "/footer", "/footnotes", "/endnotes", "/comments", "/styles", "/numbering", "/settings")
"""The ends of the kinds of relationships without whose parts Word does not open a file."""

_SAVE_AS = "Open it in Word and save it as “Word document (.docx)”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A part that holds text: the document itself, a header, a footer, notes, comments, the properties.

    `where` is what a person calls it (empty for the document itself), `xml` its text, parsed and written again,
    `headings` the styles of headings in it; `plain` says that it is text without paragraphs, as the properties are, and
    `echo` that it says again what stands in others, so that nobody needs to be told what is empty in it.
    """

    part: str
    where: str
    xml: str
    headings: frozenset[str] = frozenset()
    plain: bool = False
    echo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An opened form: its members in order, and its stories, the document first.

    `others` are parts that are no stories and yet hold braces, as a chart may; `stores` the data that its content
    controls can be bound to, where any is bound. `revised` says that tracked changes were
    accepted, `paper` that it is no form but a paper this program made. `macros` and `signed` say that its papers are
    made without its macros, and without its digital signature. `reaches` is what
    no form may bring along.
    """

    file: str
    members: tuple[Member, ...]
    stories: tuple[Story, ...]
    others: tuple[Story, ...]
    stores: tuple[Store, ...]
    revised: bool
    paper: bool
    macros: bool
    signed: bool
    reaches: tuple[Reach, ...] = ()


def forms_in(folder: Path) -> list[Path]:
    """List the forms of a folder, subfolders too, by their names: no lock files of Word, no copies with remarks."""
    return sorted(
        path for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS and not is_put_away(path.name) and not is_marked_copy(path.name)
    )  # fmt: skip


def open_form_package(path: Path) -> Package:
    """Open a Word form; raises guard.Refused where it is none, and OSError where it cannot be opened."""
    with open_package(path, FORM_LIMITS, kind="form") as package:
        left = _left_of(package)
        types = left.kinds
        headings = _headings(package, types)
        members, stories, others, revised, paper = [], [], [], False, False
        added = _mark(package, left)
        rest = {**left.rest.written, **added}
        for info in package.infolist():
            if info.is_dir() or info.filename in left.rest.gone:
                continue
            part, kind = info.filename, types.get(info.filename, "")
            data = rest.get(part) or read_part(package, part)
            ending = kind.rpartition("wordprocessingml.")[2]
            if ending in STORIES:
                root = parsed(data, part)
                if kind == DOCUMENT_TYPE and root.tag != f"{W}document":
                    raise Refused("The file is saved as “Strict Open XML”, which few programs read.", _SAVE_AS)
                changed = accept(root)
                revised = revised or changed
                if without_calls(root) or changed:
                    data = written(root)
                in_it = headings if kind == DOCUMENT_TYPE else frozenset[str]()
                stories.append(Story(part=part, where=STORIES[ending], xml=_text(root), headings=in_it))
            elif kind == CORE_TYPE:
                root = parsed(data, part)
                paper = is_paper(root)
                data = written(without_people(root))
                stories.append(Story(part=part, where=PROPERTIES, xml=_text(root), plain=True))
            elif kind == APP_TYPE:
                data = written(without_firm(parsed(data, part)))
            elif part.endswith((".xml", ".rels")):
                root = parsed(data, part)
                if without_calls(root):
                    data = written(root)
                if not part.startswith("customXml/") and (b"{{" in data or b"{%" in data):
                    others.append(Story(part=part, where=_called(part), xml=_text(root)))
            members.append(pack(part, data))
        if CORE_PART in added:
            members.append(pack(CORE_PART, added[CORE_PART]))
        stores = stores_of(package) if any("dataBinding" in story.xml for story in stories) else ()
    stories.sort(key=lambda story: story.where != "")
    return Package(
        file=path.name, members=tuple(members), stories=tuple(stories), others=tuple(others), stores=stores,
        revised=revised, paper=paper, macros=left.macros, signed=left.signed, reaches=left.reaches,
    )  # fmt: skip


def _left_of(package: ZipFile) -> Omissions:
    """Give what of a form goes into its papers; raises guard.Refused where it is no Word file or has no text."""
    if KINDS not in package.namelist():
        raise Refused("The file is no Word file.", "Open it in Word and save it as .docx.")
    kinds = kinds_of(package)
    if MAIN_TYPES.isdisjoint(kinds.values()):
        raise Refused(f"The file is {_kind(set(kinds.values()))}.", _SAVE_AS)
    left = omissions(package, kinds)
    if all(left.kinds.get(name) != DOCUMENT_TYPE for name in package.namelist() if name not in left.rest.gone):
        raise Refused("The file has no text: its main part is missing.", _SAVE_AS)
    there = {name.casefold() for name in package.namelist()}
    for each in left.related:
        if each.target and each.target not in there and each.kind.endswith(_NEEDED):
            raise Refused(f"Part {readable(each.target)} of the file is missing.", "Open it in Word and save it again.")
    return left


def _mark(package: ZipFile, left: Omissions) -> Mapping[str, bytes]:
    """Give the parts that a form without properties needs anew, so that its papers are known as papers."""
    names = package.namelist()
    if CORE_TYPE in left.kinds.values() or CORE_PART in names or _TOP not in names:
        return {}
    kinds, related = (parsed(left.rest.written.get(part) or read_part(package, part), part) for part in (KINDS, _TOP))
    return {**with_mark(kinds, related), KINDS: written(kinds), _TOP: written(related)}


def _called(part: str) -> str:
    """Say what a person calls a part that is no story."""
    known = {"word/charts/": "a chart", "word/diagrams/": "a diagram", "word/glossary/": "a building block"}
    return next((name for start, name in known.items() if part.startswith(start)), f"the part {part}")


def _kind(types: set[str]) -> str:
    """Say what a file is that is no Word file."""
    known = {"spreadsheetml": "a workbook", "ms-excel": "a workbook", "presentationml": "a presentation",
             "ms-powerpoint": "a presentation"}  # fmt: skip
    return next((called for mark, called in known.items() if any(mark in found for found in types)), "no Word file")


def _headings(package: ZipFile, types: Mapping[str, str]) -> frozenset[str]:
    """Find the styles that are headings: Word's own, whatever they are called here, and those made after them."""
    part = next((name for name, kind in types.items() if kind.endswith("wordprocessingml.styles+xml")), None)
    if part is None or part not in package.namelist():
        return frozenset()
    after: dict[str, str] = {}
    found: set[str] = set()
    for style in parsed(read_part(package, part), part).iter(f"{W}style"):
        identifier = style.get(f"{W}styleId", "")
        name, based = style.find(f"{W}name"), style.find(f"{W}basedOn")
        after[identifier] = based.get(f"{W}val", "") if based is not None else ""
        if name is not None and name.get(f"{W}val", "").lower().startswith("heading "):
            found.add(identifier)
    for style in after:
        line = [style]
        while line[-1] in after and after[line[-1]] not in line:
            line.append(after[line[-1]])
        if found.intersection(line):
            found.add(style)
    return frozenset(found)


def _text(root: Any) -> str:
    return etree.tostring(root, encoding="unicode")
