"""Put texts with tags in the place of what stood in runs: the rest of the paragraph stays as it was (floor 3).

And make the paragraphs and rows that hold a tag alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.word.names import MADE_ROW, W

_RUN, _LOOK, _TEXT = f"{W}r", f"{W}rPr", f"{W}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HOLDERS = frozenset(f"{W}{name}" for name in ("hyperlink", "smartTag", "sdtContent", "sdt", "customXml", "fldSimple"))
"""What goes when nothing of its own is left in it."""

_NOTHING = frozenset(f"{W}{name}" for name in ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "proofErr"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, or an element such as a tab or a picture, and the properties of the run it stands in (None: none)."""

    look: Any
    content: Any

    @property
    def key(self) -> bytes:
        """Says by being the same that two pieces look the same."""
        return b"" if self.look is None else etree.tostring(self.look, with_tail=False)


def put(old: Sequence[Any], pieces: Sequence[Piece]) -> None:
    """Put pieces where old contents of runs begin, and take these away, with their runs where nothing is left.

    Neighbours that look the same become one run.
    """
    first = old[0].getparent()
    runs = list(dict.fromkeys(child.getparent() for child in old))
    before = [child for child in old[0].itersiblings(preceding=True) if child.tag != _LOOK]
    if before:
        head = _run(first.find(_LOOK))
        for child in reversed(before):
            head.append(child)
        first.addprevious(head)
    last, key = None, b""
    for piece in pieces:
        if last is None or piece.key != key:
            last, key = _run(piece.look), piece.key
            first.addprevious(last)
        if not isinstance(piece.content, str):
            last.append(piece.content)
        elif len(last) and last[-1].tag == _TEXT:
            last[-1].text += piece.content
        else:
            text = etree.SubElement(last, _TEXT, {_SPACE: "preserve"})
            text.text = piece.content
    moved = {id(piece.content) for piece in pieces}
    for child in old:
        if id(child) not in moved:
            child.getparent().remove(child)
    for run in runs:
        if all(each.tag == _LOOK for each in run):
            _drop(run)


def tag_alone(tag: str) -> Any:
    """Make a paragraph that docxtpl takes away together with the tag in it (`{%p … %}`)."""
    paragraph = etree.Element(f"{W}p")
    etree.SubElement(etree.SubElement(paragraph, _RUN), _TEXT).text = tag
    return paragraph


def tag_in_a_row(tag: str) -> Any:
    """Make a row that docxtpl takes away together with the tag in it (`{%p` becomes `{%tr`)."""
    row = etree.Element(f"{W}tr", {f"{W}rsidTr": MADE_ROW})
    etree.SubElement(row, f"{W}tc").append(tag_alone(tag.replace("{%p", "{%tr", 1)))
    return row


def _run(look: Any) -> Any:
    run = etree.Element(_RUN)
    if look is not None:
        run.append(deepcopy(look))
    return run


def _drop(run: Any) -> None:
    """Take a run away, and what held nothing but it."""
    above = run.getparent()
    while above is not None:
        above.remove(run)
        if above.tag not in _HOLDERS or any(child.tag not in _NOTHING for child in above):
            return
        run, above = above, above.getparent()
