"""Open a Word form safely (floor 2).

A form stays what it is: only the parts that hold tags are written anew for each paper, every other member goes into the
paper as it lies in the form. Two things are put right at once, because they would go into every paper: tracked changes
are accepted, and the names of the people who wrote the form are taken out of its properties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from pipeline.guard import FORM_LIMITS, Refused, open_package, read_part
from pipeline.word.names import APP_TYPE, CORE_TYPE, DOCUMENT_TYPE, PROPERTIES, STORIES, W
from pipeline.word.properties import is_paper, without_firm, without_people
from pipeline.word.revisions import accept
from pipeline.word.zipping import Member, pack

_SAVE_AS = "Open it in Word and save it as “Word document (.docx)”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A part that holds text: the document itself, a header, a footer, notes, comments, the properties.

    `where` is what a person calls it (empty for the document itself), `xml` its text, parsed and written again,
    `headings` the styles of headings in it; `plain` says that it is text without paragraphs, as the properties are.
    """

    part: str
    where: str
    xml: str
    headings: frozenset[str] = frozenset()
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An opened form: its members in order, and its stories, the document first.

    `others` are parts that are no stories and yet hold braces, as a chart may. `revised` says that tracked changes were
    accepted, `paper` that it is no form but a paper this program made.
    """

    file: str
    members: tuple[Member, ...]
    stories: tuple[Story, ...]
    others: tuple[Story, ...]
    revised: bool
    paper: bool


def open_form_package(path: Path) -> Package:
    """Open a .docx form; raises guard.Refused where it is none, and OSError where it cannot be opened."""
    with open_package(path, FORM_LIMITS, kind="form") as package:
        if "[Content_Types].xml" not in package.namelist():
            raise Refused("The file is no Word file.", "Open it in Word and save it as .docx.")
        types = _content_types(package)
        if DOCUMENT_TYPE not in types.values():
            raise Refused(f"The file is {_kind(set(types.values()))}.", _SAVE_AS)
        headings = _headings(package, types)
        members, stories, others, revised, paper = [], [], [], False, False
        for info in package.infolist():
            if info.is_dir():
                continue
            part, kind = info.filename, types.get(info.filename, "")
            data = read_part(package, part)
            ending = kind.rpartition("wordprocessingml.")[2]
            if ending in STORIES:
                root = _parsed(data, part)
                if kind == DOCUMENT_TYPE and root.tag != f"{W}document":
                    raise Refused("The file is saved as “Strict Open XML”, which few programs read.", _SAVE_AS)
                if accept(root):
                    data, revised = _written(root), True
                shown = headings if kind == DOCUMENT_TYPE else frozenset[str]()
                stories.append(Story(part=part, where=STORIES[ending], xml=_text(root), headings=shown))
            elif kind == CORE_TYPE:
                root = _parsed(data, part)
                paper = is_paper(root)
                data = _written(without_people(root))
                stories.append(Story(part=part, where=PROPERTIES, xml=_text(root), plain=True))
            elif kind == APP_TYPE:
                data = _written(without_firm(_parsed(data, part)))
            elif part.endswith((".xml", ".rels")):
                root = _parsed(data, part)
                if not part.startswith("customXml/") and (b"{{" in data or b"{%" in data):
                    others.append(Story(part=part, where=_called(part), xml=_text(root)))
            members.append(pack(part, data))
    stories.sort(key=lambda story: story.where != "")
    return Package(
        file=path.name, members=tuple(members), stories=tuple(stories), others=tuple(others), revised=revised,
        paper=paper,
    )  # fmt: skip


def _called(part: str) -> str:
    """Say what a person calls a part that is no story."""
    known = {"word/charts/": "a chart", "word/diagrams/": "a diagram", "word/glossary/": "a building block"}
    return next((name for start, name in known.items() if part.startswith(start)), f"the part {part}")


def _kind(types: set[str]) -> str:
    if any("macroEnabled" in found for found in types):
        return "a Word file with macros (.docm)"
    if any("template" in found for found in types):
        return "a Word template (.dotx)"
    if any("spreadsheetml" in found for found in types):
        return "a workbook"
    return "no Word file"


def _content_types(package: ZipFile) -> Mapping[str, str]:
    defaults: dict[str, str] = {}
    found: dict[str, str] = {}
    for entry in _parsed(read_part(package, "[Content_Types].xml"), "[Content_Types].xml"):
        if not isinstance(entry.tag, str):
            continue
        if entry.tag.endswith("}Default"):
            defaults[entry.get("Extension", "").lower()] = entry.get("ContentType", "")
        elif entry.tag.endswith("}Override"):
            found[entry.get("PartName", "").lstrip("/")] = entry.get("ContentType", "")
    for name in package.namelist():
        found.setdefault(name, defaults.get(name.rpartition(".")[2].lower(), ""))
    return found


def _headings(package: ZipFile, types: Mapping[str, str]) -> frozenset[str]:
    """Find the styles that are headings: Word's own, whatever they are called here, and those made after them."""
    part = next((name for name, kind in types.items() if kind.endswith("wordprocessingml.styles+xml")), None)
    if part is None or part not in package.namelist():
        return frozenset()
    after: dict[str, str] = {}
    found: set[str] = set()
    for style in _parsed(read_part(package, part), part).iter(f"{W}style"):
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


def _parsed(data: bytes, part: str) -> Any:
    """Parse a part strictly: no entities, no network, nothing repaired; raises guard.Refused where it is damaged."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as broken:
        raise Refused(f"Part {part} of the file is damaged.", "Open it in Word and save it again.") from broken


def _text(root: Any) -> str:
    return etree.tostring(root, encoding="unicode")


def _written(root: Any) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
