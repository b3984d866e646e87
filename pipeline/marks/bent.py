"""What Word does to a typed tag, undone: quotes, spaces, text cut into pieces (floor 3).

A tag is numbered where it stands. The number goes with it through docxtpl's preparation, so that every line of the
template leads back to one tag and its place in the form.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from pipeline.word.names import W

_QUOTES = str.maketrans({"„": '"', "“": '"', "”": '"', "‟": '"', "«": '"', "»": '"', "‚": "'", "‘": "'", "’": "'",
                         "‛": "'", "‹": "'", "›": "'"})  # fmt: skip
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\n\r\t", " "))
_FRENCH = re.compile("([«‹]) | ([»›])")
_NUMBER = re.compile("\ufdd0(\\d+)\ufdd1")
_LOST_WITHOUT_HARM = frozenset(
    f"{W}{name}" for name in ("r", "rPr", "t", "proofErr", "lastRenderedPageBreak", "noBreakHyphen", "softHyphen", "br",
                              "cr", "tab", "sym")
)  # fmt: skip
"""Elements that docxtpl may throw away where they stand inside of a tag."""


def straight(text: str) -> str:
    """Give a tag as it was meant: straight quotes, plain spaces; French quotes bring spaces of their own."""
    text = text.translate(_SPACES)
    return _FRENCH.sub(lambda found: found[1] or found[2], text).translate(_QUOTES)


def beginnings(texts: Sequence[Any]) -> list[int]:
    """Give where each of a paragraph's texts begins, and where the last one ends, in letters from its start."""
    return list(accumulate((len(text.text or "") for text in texts), initial=0))


def numbered(texts: Sequence[Any], bases: Sequence[int], start: int, end: int, number: int | None) -> None:
    """Mend the tag from `start` to `end` of a paragraph's texts, in place, and number it.

    Word's own elements inside of the tag (a bookmark, a link) stay: then the whole tag moves to where it begins.
    Tags of one paragraph are mended from the last to the first, so that `bases` (the beginnings before any was mended)
    hold for all that stands before.
    """
    first = bisect_right(bases, start) - 1
    touched = range(first, min(bisect_left(bases, end), len(texts)))
    pieces = "".join((texts[at].text or "") for at in touched)
    whole = pieces[start - bases[first] : end - bases[first]].translate(_SPACES)
    head = (texts[touched[0]].text or "")[: start - bases[touched[0]]]
    tail = (texts[touched[-1]].text or "")[end - bases[touched[-1]] :]
    if len(touched) == 1:
        texts[touched[0]].text = head + _with_number(whole, number) + tail
    elif _needs_gathering([texts[at] for at in touched]):
        for at in touched[1:-1]:
            texts[at].text = ""
        texts[touched[0]].text = head + _with_number(whole, number)
        texts[touched[-1]].text = tail
    else:
        _number_in_pieces([texts[at] for at in touched], [bases[at] for at in touched], start, end, number)


def _with_number(tag: str, number: int | None) -> str:
    if number is None:
        return tag
    closer = 3 if tag[-3] == "-" else 2
    return f"{tag[:-closer]}\ufdd0{number}\ufdd1{tag[-closer:]}"


def _number_in_pieces(texts: Sequence[Any], bases: Sequence[int], start: int, end: int, number: int | None) -> None:
    """Number a tag that docxtpl will put together: its pieces stay where they are."""
    whole = "".join(text.text or "" for text in texts)
    first = bases[0]
    closer = 3 if whole[end - first - 3] == "-" else 2
    at = end - closer
    for text, base in zip(reversed(texts), reversed(bases), strict=True):
        own = text.text or ""
        cut = [own[: max(start - base, 0)], own[max(start - base, 0) : end - base], own[end - base :]]
        if number is not None and base <= at < base + len(own):
            inside = at - base - len(cut[0])
            cut[1] = f"{cut[1][:inside]}\ufdd0{number}\ufdd1{cut[1][inside:]}"
        text.text = cut[0] + cut[1].translate(_SPACES) + cut[2]


def _needs_gathering(texts: Sequence[Any]) -> bool:
    if len({text.getparent().getparent() for text in texts}) > 1:
        return True
    inside = False
    for element in texts[0].getparent().getparent().iter():
        if element is texts[-1]:
            return False
        formats = next(element.iterancestors(f"{W}rPr"), None) is not None
        if inside and not formats and element.tag not in _LOST_WITHOUT_HARM:
            return True
        inside = inside or element is texts[0]
    return True


def number_of(tag: str) -> tuple[str, int | None]:
    """Take the number out of a tag, and give both; None where the tag never had one."""
    found = _NUMBER.search(tag)
    return (_NUMBER.sub("", tag), int(found[1])) if found else (tag, None)
