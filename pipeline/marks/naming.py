"""Which word the name of a blank means: as it is written in fields, controls and bookmarks (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.marks.language import meant_by
from pipeline.spelling import bare, nearest
from pipeline.vocabulary import RECORDS, TOP

_COUNTED = re.compile(r"_\d{1,3}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a name means: the word as a tag writes it (None where it is no word), or else what was probably meant.

    A word that begins with a list (`units.title`) stands for that word of each item.
    """

    word: str | None
    meant: str | None = None


@cache
def find(name: str) -> Found:
    """Find the word that a name means, as it is written in fields, controls and bookmarks.

    A number at the end, as names need that must be unique, is passed over.
    """
    typed = name.strip()
    for spelled in (typed, _COUNTED.sub("", typed)):
        if word := known().get(bare(spelled)):
            return Found(word=word)
    near = nearest(_COUNTED.sub("", typed), known(), 0.7)
    return Found(word=None, meant=known()[near] if near else meant_by(typed.lower().replace(" ", "_")))


@cache
def known() -> Mapping[str, str]:
    """Give every name of a word, folded, and the word."""
    found: dict[str, str] = {}
    for root, kind in TOP.items():
        if kind == "date":
            found[bare(root)] = root
        for key in RECORDS.get(kind.removeprefix("list of "), ()):
            found.setdefault(bare(f"{root} {key}"), f"{root}.{key}")
    return found
