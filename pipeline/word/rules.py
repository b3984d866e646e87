"""What must hold in a part that holds text, so that Word opens it without a word (floor 2).

Sources: the tables of `grammar`; Microsoft's notes MS-OI29500 2.1.168 (a cell ends with a paragraph: else “Word will
fail to open the file”) and 2.1.178 (a row has cells), which no schema says; ECMA-376 part 1, 17.16.18 (a field is
closed where it was opened), 17.13.6 (bookmarks). A flaw is named without its place, so that those of a paper can be
told from those that its form has itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipeline.word.grammar import HOLDS, NUMBERS, ORDERS, RANGES, REFERENCES, ROOTS, TEXTLESS
from pipeline.word.names import STORIES, W

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P, _TC, _TR, _TBL, _SDT = f"{W}p", f"{W}tc", f"{W}tr", f"{W}tbl", f"{W}sdt"
_VAL, _ID = f"{W}val", f"{W}id"
_WRAPS = (_SDT, f"{W}customXml")
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_CHAR = f"{W}fldChar"
_FLOWS = tuple(f"{W}{name}" for name in ("txbxContent", "footnote", "endnote", "comment"))
_REFERRING = etree.XPath("//*[@r:*]", namespaces={"r": _R})


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Something a program may stumble over: the part it stands in, and what it is, in words. `at` is the element."""

    part: str
    what: str
    at: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a part may refer to: relationships of its own; styles, notes and comments of the document.

    A kind of thing that is not listed in `told` is not looked at.
    """

    relationships: frozenset[str] = frozenset()
    told: Mapping[str, frozenset[str]] = field(default_factory=dict)


def strict_root(data: bytes) -> Any:
    """Parse a part strictly; None where it is no whole XML, or has a document type declaration."""
    try:
        root: Any = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None
    return None if root.getroottree().docinfo.doctype else root


def story_flaws(
    part: str, kind: str, root: Any, known: Known, only: Collection[str] | None = None
) -> Iterator[Flaw]:  # fmt: skip
    """Find what is wrong in a part that holds text, of this content type.

    With `only`, no elements but these are looked at one by one.
    """
    wanted = ROOTS.get(kind.rpartition("wordprocessingml.")[2])
    if wanted and root.tag != W + wanted:
        yield Flaw(part=part, what="it is of another kind than the list of parts says", at=root)
    for element in root.iter(*(_LOOKS if only is None else only)):
        for look in _LOOKS.get(element.tag, ()):
            for what in look(element):
                yield Flaw(part=part, what=what, at=element)
    for element, what in (*_pairs(root), *_fields(root), *_drawings(root), *_strangers(root, known)):
        yield Flaw(part=part, what=what, at=element)


def is_story(kind: str) -> bool:
    """Say whether a content type is that of a part that holds text."""
    return kind.rpartition("wordprocessingml.")[2] in STORIES


def _called(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


# -- one element -------------------------------------------------------------------------------------------------------


def _children(element: Any) -> Iterator[str]:
    allowed = HOLDS[element.tag]
    bare = element.tag in TEXTLESS
    if bare and element.text and not element.text.isspace():
        yield f"text straight in “{_called(element)}”"
    for child in element:
        tag = child.tag
        if tag not in allowed and isinstance(tag, str) and tag.startswith(W):
            yield f"“{_called(child)}” straight in “{_called(element)}”"
        if bare and child.tail and not child.tail.isspace():
            yield f"text straight in “{_called(element)}”"


def _order(element: Any) -> Iterator[str]:
    ranks = ORDERS[element.tag]
    last = -1
    for child in element:
        rank = ranks.get(child.tag)
        if rank is not None:
            if rank < last:
                yield f"“{_called(child)}” too late in “{_called(element)}”"
            last = max(last, rank)


def _number(element: Any) -> Iterator[str]:
    value = element.get(_VAL, "")
    if not value.isdecimal() or int(value) < NUMBERS[element.tag]:
        yield f"“{_called(element)}” with a wrong number"


def _cell(cell: Any) -> Iterator[str]:
    blocks = [child.tag for child in cell if child.tag not in RANGES and child.tag != f"{W}tcPr"]
    if not blocks or blocks[-1] not in (_P, *_WRAPS):
        yield "a cell that does not end with a paragraph"


def _row(row: Any) -> Iterator[str]:
    if not any(child.tag == _TC or (child.tag in _WRAPS and child.find(f".//{_TC}") is not None) for child in row):
        yield "a row without cells"


def _table(table: Any) -> Iterator[str]:
    if not any(child.tag == _TR or (child.tag in _WRAPS and child.find(f".//{_TR}") is not None) for child in table):
        yield "a table without rows"
    if table.find(f"{W}tblGrid") is None:
        yield "a table without a grid"


def _holder(holder: Any) -> Iterator[str]:
    if not any(child.tag in (_P, _TBL, *_WRAPS, f"{W}altChunk") for child in holder):
        yield f"“{_called(holder)}” without a paragraph"


def _body(body: Any) -> Iterator[str]:
    found = body.find(f"{W}sectPr")
    if found is not None and any(isinstance(each.tag, str) for each in found.itersiblings()):
        yield "the page set-up is not at the end"


def _looks() -> Mapping[str, tuple[Callable[[Any], Iterator[str]], ...]]:
    found: dict[str, tuple[Callable[[Any], Iterator[str]], ...]] = {}
    special = {_TC: _cell, _TR: _row, _TBL: _table, f"{W}body": _body, **dict.fromkeys(_FLOWS, _holder),
               f"{W}hdr": _holder, f"{W}ftr": _holder}  # fmt: skip
    for tags, look in ((HOLDS, _children), (ORDERS, _order), (NUMBERS, _number)):
        for tag in tags:
            found[tag] = (*found.get(tag, ()), look)
    for tag, one in special.items():
        found[tag] = (*found.get(tag, ()), one)
    return found


_LOOKS = _looks()


# -- the whole part ----------------------------------------------------------------------------------------------------


def _pairs(root: Any) -> Iterator[tuple[Any, str]]:
    """Find bookmarks and comments' ranges that begin without an end, or end without a beginning."""
    for kind, what in (("bookmark", "a bookmark"), ("commentRange", "the range of a comment")):
        begun = Counter(element.get(_ID) for element in root.iter(f"{W}{kind}Start"))
        for end in root.iter(f"{W}{kind}End"):
            begun[end.get(_ID)] -= 1
            if begun[end.get(_ID)] < 0:
                yield end, f"{what} that ends and does not begin"
        if any(count > 0 for count in begun.values()):
            lost = next(each for each in root.iter(f"{W}{kind}Start") if begun[each.get(_ID)] > 0)
            yield lost, f"{what} that begins and does not end"


def _fields(root: Any) -> Iterator[tuple[Any, str]]:
    """Find fields that are not closed where they were opened; text boxes and notes are flows of their own."""
    open_: dict[Any, list[Any]] = {}
    for char in root.iter(_CHAR):
        flow = open_.setdefault(next(char.iterancestors(*_FLOWS), root), [])
        kind = char.get(f"{W}fldCharType")
        if kind == "begin":
            flow.append(char)
        elif not flow:
            yield char, "a field that ends and does not begin"
        elif kind == "end":
            flow.pop()
    for flow in open_.values():
        if flow:
            yield flow[0], "a field that begins and does not end"


def _drawings(root: Any) -> Iterator[tuple[Any, str]]:
    seen: set[str | None] = set()
    for drawing in root.iter(_DOCPR):
        if drawing.get("id") in seen:
            yield drawing, "two drawings with one number"
        seen.add(drawing.get("id"))


def _strangers(root: Any, known: Known) -> Iterator[tuple[Any, str]]:
    """Find references to what is not there."""
    referring: Any = _REFERRING(root)
    for element in referring:
        for key, value in element.attrib.items():
            if key.startswith(f"{{{_R}}}") and value not in known.relationships:
                yield element, f"“{_called(element)}” leads to nothing"
    for element in root.iter(*REFERENCES):
        sort = REFERENCES[element.tag]
        told = known.told.get(sort)
        if told is not None and element.get(_VAL if sort == "style" else _ID) not in told:
            yield element, f"a {sort} that is not there"
