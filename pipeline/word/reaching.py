"""What a form may not bring along: what would be fetched, started or put in when somebody opens its papers (floor 2).

Everything outside of the file but links to click on, other documents put into the text, objects of other programs, and
fields that include or exchange data (ECMA-376 part 1, 17.16.5; 17.17.2 altChunk). What the attached template and the
data of a mail merge lead to is left out of papers by `omissions` and is no reason to refuse a form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.word.names import W
from pipeline.word.parts import Relationship

_FETCHING = ("INCLUDE", "INCLUDETEXT", "INCLUDEPICTURE", "IMPORT", "DDE", "DDEAUTO", "LINK", "RD")
_KEYWORD = re.compile(r"\s*([A-Za-z]+)")
_CHAR, _CODE, _SIMPLE = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"
_NESTED = "\ufdd6"
"""Stands in a field's code where another field stands."""

_INSIDE = {
    "/relationships/afchunk": "another document put into the text",
    "/relationships/oleobject": "an object of another program", "/relationships/subdocument": "a part document",
}  # fmt: skip
_PACKAGE = "/relationships/package"
"""An object too, where it is a file of Office (Excel.Sheet.12); the numbers of a chart, where a chart leads to it."""

_HARMLESS = ("/relationships/hyperlink",)
_OUTSIDE = {"/relationships/image": "a picture that lies outside of the file",
            "/relationships/video": "a film that lies outside of the file"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A relationship that a form may not have: the folded name of its part, its ID, and what it is, in words."""

    part: str
    identifier: str
    what: str


def reached_for(related: Iterable[Relationship]) -> Iterator[Reach]:
    """Give the relationships a form may not have."""
    for each in related:
        kind = each.kind.lower()
        outside = each.entry.get("TargetMode") == "External"
        inside = next((what for end, what in _INSIDE.items() if kind.endswith(end)), "")
        if kind.endswith(_PACKAGE) and "/charts/" not in each.source:
            inside = _INSIDE["/relationships/oleobject"]
        if inside or (outside and not kind.endswith(_HARMLESS)):
            told = next((what for end, what in _OUTSIDE.items() if kind.endswith(end)), "something outside of the file")
            yield Reach(part=each.source, identifier=each.entry.get("Id", ""), what=inside or told)


def fetching_fields(root: Any) -> list[tuple[Any, str]]:
    """Find the fields of a part that include or exchange data, and those that hide what they are."""
    found = [(simple, what) for simple in root.iter(_SIMPLE) if (what := _fetches(simple.get(f"{W}instr", "")))]
    opened: list[tuple[Any, list[str]]] = []
    for element in root.iter(_CHAR, _CODE):
        if element.tag == _CODE:
            if opened:
                opened[-1][1].append(element.text or "")
            continue
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            if opened:
                opened[-1][1].append(_NESTED)
            opened.append((element, []))
        elif kind == "end" and opened:
            begun, code = opened.pop()
            if what := _fetches("".join(code)):
                found.append((begun, what))
    return found


def _fetches(code: str) -> str:
    """Say what a field is that may not be in a form; empty for all others."""
    bare = code.strip()
    if bare.startswith(_NESTED) and bare.strip(_NESTED + " "):
        return "a field whose kind is hidden by another"
    word = _KEYWORD.match(code.replace(_NESTED, ""))
    return f"the field {word[1].upper()}" if word and word[1].upper() in _FETCHING else ""


def speaks_of(root: Any, identifier: str) -> Any:
    """Find the element of a part that speaks of a relationship; None where none does."""
    return next((element for element in root.iter() if _names(element, identifier)), None)


def _names(element: Any, identifier: str) -> bool:
    return any(value == identifier and "/relationships}" in key for key, value in element.attrib.items())
