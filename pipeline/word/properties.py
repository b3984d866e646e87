"""The properties of a document, without the people who wrote the form (floor 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from pipeline.word.names import CORE_TYPE

PROGRAM = "ecvet-pipeline"
MADE = "made by ecvet-pipeline"
"""The status of every paper: by it a paper is told from a form, so that no learner's data become a form."""

_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_OF_THE_FIRM = ("Company", "Manager", "HyperlinkBase", "DigSig")
_DAY = "1980-01-01T00:00:00Z"


CORE_PART = "docProps/core.xml"
_CORE_RELATIONSHIP = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="'
    f'{_CORE[1:-1]}"><cp:contentStatus>{MADE}</cp:contentStatus></cp:coreProperties>'
)


def with_mark(kinds: Any, related: Any) -> Mapping[str, bytes]:
    """Add properties to a form that has none, so that its papers are known as papers; gives the part.

    `kinds` is the parsed list of parts, `related` the parsed relationships of the package; both are changed in place.
    """
    space = f"{{{etree.QName(kinds).namespace}}}"
    etree.SubElement(kinds, f"{space}Override", PartName=f"/{CORE_PART}", ContentType=CORE_TYPE)
    taken = {entry.get("Id") for entry in related}
    name = next(f"rIdProperties{number}" for number in range(len(taken) + 1) if f"rIdProperties{number}" not in taken)
    space = f"{{{etree.QName(related).namespace}}}"
    etree.SubElement(related, f"{space}Relationship", Id=name, Type=_CORE_RELATIONSHIP, Target=CORE_PART)
    return {CORE_PART: _EMPTY.encode()}


def is_paper(root: Any) -> bool:
    """Say whether these are the properties of a paper this program made."""
    return any(found.text == MADE for found in root.iter(f"{_CORE}contentStatus"))


def without_people(root: Any) -> Any:
    """Take people and times out of the core properties, and mark them as a paper's.

    An author that holds a tag stays: then the form wants it so.
    """
    for author in root.findall(f"{_DC}creator"):
        if "{{" not in (author.text or ""):
            author.text = PROGRAM
    for other in root.findall(f"{_CORE}lastModifiedBy"):
        other.text = PROGRAM
    for date in (*root.findall(f"{_TERMS}created"), *root.findall(f"{_TERMS}modified")):
        date.text = _DAY
    for told in (*root.findall(f"{_CORE}lastPrinted"), *root.findall(f"{_CORE}contentStatus")):
        root.remove(told)
    for revision in root.findall(f"{_CORE}revision"):
        revision.text = "1"
    etree.SubElement(root, f"{_CORE}contentStatus").text = MADE
    return root


def without_firm(root: Any) -> Any:
    """Take the firm, the manager, the paths and the signature of the form's author out of the extended properties."""
    for found in list(root):
        if isinstance(found.tag, str) and found.tag.rpartition("}")[2] in _OF_THE_FIRM:
            root.remove(found)
    return root
