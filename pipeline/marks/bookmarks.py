"""Bookmarks as blanks (floor 3).

Some colleges mark the blanks of a form with bookmarks, which macros or other programs filled. A bookmark whose name is
a word is such a blank: the text between its start and its end (ECMA-376 part 1, 17.13.6.2 and 17.13.6.1) becomes
the tag, and where there is none the tag stands between the two. Bookmarks have other uses (a table of contents, a
reference, the place where somebody worked last), so one whose name is no word is left alone without a message, and so
is one that marks columns of a table or belongs to a field.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.marks.ground import Ground
from pipeline.marks.naming import find
from pipeline.marks.pieces import Piece, put
from pipeline.problem import fault
from pipeline.vocabulary import TOP
from pipeline.word.names import W

SIGNS = ("w:bookmarkStart",)

_START, _END, _P, _RUN, _TEXT = (f"{W}{name}" for name in ("bookmarkStart", "bookmarkEnd", "p", "r", "t"))
_PROPERTIES = f"{W}rPr"
_ID = f"{W}id"
_NOT_OURS = frozenset(f"{W}{name}" for name in ("fldChar", "fldSimple", "instrText", "sdt"))
"""What has a blank of its own, or is filled by Word."""

_NO_TEXT = frozenset(f"{W}{name}" for name in (
    "rPr", "drawing", "pict", "object", "footnoteReference", "endnoteReference", "commentReference",
))  # fmt: skip
"""What is no text and stays in the paper, though it stands inside of a bookmark."""


@fault("T230")
def bookmark_too_long(name: str) -> tuple[str, str]:
    """A bookmark that is a blank reaches over several paragraphs, or its end is missing, so its text has no one place.

    Advice: Mark a place inside one paragraph: Insert, Bookmark. Or rename it, where it is not to be filled.
    Basis: data (contract, section 3)
    """
    sentence = f"The bookmark “{name}” does not begin and end in one paragraph."
    return sentence, "Mark the place again, inside one paragraph, or rename it where it is not to be filled."


_MEANS_A_WORD = re.compile(rf"({'|'.join(TOP)})[_.]\w")
"""How the name of a bookmark begins that was meant to be a word, even where it is misspelled."""


def turn(ground: Ground) -> None:
    """Turn bookmarks whose name is a word into tags."""
    ends = {end.get(_ID): end for end in reversed(list(ground.root.iter(_END)))}
    for start in list(ground.root.iter(_START)):
        name = start.get(f"{W}name") or ""
        word = find(name).word
        if word is None and _MEANS_A_WORD.match(name):
            ground.expression("bookmark", name, start)  # its old text would stand in every paper
        if word is None or start.get(f"{W}colFirst") is not None or name.startswith("_"):
            continue
        end = ends.get(start.get(_ID))
        inside = _between(ground.root, start, end)
        if any(element.tag in _NOT_OURS or _tagged(element) for element in inside):
            continue
        text = [each for each in inside if each.getparent().tag == _RUN and each.tag not in _NO_TEXT]
        places = {_paragraph(start), *map(_paragraph, text)} - {None}
        if end is None or len(places) != 1:
            ground.tell(bookmark_too_long, text[0] if text else start, name)
        elif text:
            put(text, [Piece(text[0].getparent().find(_PROPERTIES), _tag(word))])
        elif _paragraph(start) is not None:
            _insert(start, word)


def _between(root: Any, start: Any, end: Any) -> list[Any]:
    """Give the elements from the start of a bookmark to its end, in their order; none where it does not end."""
    inside: list[Any] = []
    if end is None:
        return inside
    walk = iter(root.iter())
    next((element for element in walk if element is start), None)
    for element in walk:
        if element is end:
            return inside
        inside.append(element)
    return []


def _tagged(element: Any) -> bool:
    return element.tag == _TEXT and "{" in (element.text or "")


def _paragraph(element: Any) -> Any:
    return next(element.iterancestors(_P), None)


def _insert(start: Any, word: str) -> None:
    """Put the tag into an empty bookmark, with the properties of the run beside it, the one before it first."""
    run = etree.Element(_RUN)
    for near in (start.getprevious(), start.getnext()):
        properties = near.find(_PROPERTIES) if near is not None and near.tag == _RUN else None
        if properties is not None:
            run.append(deepcopy(properties))
            break
    etree.SubElement(run, _TEXT).text = _tag(word)
    start.addnext(run)


def _tag(word: str) -> str:
    return f"{{{{ {word} }}}}"
