"""Which word the name of a blank means: as it is written in fields, controls and bookmarks (floor 3)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.marks.language import meant_by
from pipeline.spelling import bare, nearest
from pipeline.vocabulary import RECORDS, TOP

ROOTS: Mapping[str, str] = {**TOP, "result": "result"}
"""What a name may begin with, and what that is: also `result`, one of `results`, as `unit` is one of `units`."""

_ITEMS = {
    root: kind.removeprefix("list of ") for root, kind in ROOTS.items()
    if kind.startswith("list of ") or root in ("result", "companion")
}  # fmt: skip
"""The words that stand for items of a list, whose own records a form cannot name otherwise."""

_COUNTED = re.compile(r"(?:_Copy)?_\d{1,3}$")
"""A number that makes a name unique; LibreOffice writes `_Copy_1` behind names of bookmarks that it doubles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a name means: the word as a tag writes it (None where it is no word), or else what was probably meant.

    A word that begins with a list (`units.title`) stands for that word of each item. `meant` is spelled as the name
    was: with dots, underscores or spaces, or short.
    """

    word: str | None
    meant: str | None = None


@cache
def find(name: str) -> Found:
    """Find the word that a name means, as it is written in fields, controls and bookmarks.

    A number at the end, as names need that must be unique, is passed over. `learner_guardian_2` is not understood: it
    may be the guardian once more, or the second guardian.
    """
    typed = name.strip()
    alone = _COUNTED.sub("", typed)
    word, once_more = _word(typed), _word(alone)
    if word and once_more and word != once_more:
        return Found(word=None, meant=_spelled(word, typed))
    if word or once_more:
        return Found(word=word or once_more)
    near, meant = _near(alone)
    meant = meant or meant_by(alone.lower().replace(" ", "_"))
    return Found(word=None, meant=meant and _spelled(meant, alone, short=bool(near) and near != bare(meant)))


_FIRST = ("learner", "agreement", "home", "host", "qualification", "unit", "cohort", "mou", "partner")
"""What a name without a record is most likely about; lists of other people are thought of last."""


def _near(name: str) -> tuple[str | None, str | None]:
    """Find the name that is nearest to a wrong one, and its word; a word's own name without its record comes first."""
    for root in _FIRST:
        for key in RECORDS[ROOTS[root]]:
            if bare(key) == bare(name):
                return None, f"{root}.{key}"
    ours = [spelled for spelled, word in known().items() if word.partition(".")[0] in _FIRST]
    near = nearest(name, ours, 0.7) or nearest(name, known(), 0.7)
    return near, known()[near] if near else None


def _word(name: str) -> str | None:
    spelled = bare(name)
    return known().get(spelled) or _of_items().get(spelled)


def _spelled(word: str, like: str, *, short: bool = False) -> str:
    """Write a word as the officer writes names: learner.family_name, learner_family_name or learner family name."""
    if "." in like or not re.search(r"[\s_]", like):
        return word
    if short and not re.search(r"\s", like):
        return short_of(word) or word
    return re.sub(r"[._]", " " if re.search(r"\s", like) else "_", word)


@cache
def known() -> Mapping[str, str]:
    """Give every name of a word, folded, and the word."""
    found: dict[str, str] = {}
    for root, kind in ROOTS.items():
        if kind == "date":
            found[bare(root)] = root
        for key in RECORDS.get(kind.removeprefix("list of "), ()):
            found.setdefault(bare(f"{root} {key}"), f"{root}.{key}")
    for word, short in short_names().items():
        found.setdefault(bare(short), word)
    return found


@cache
def _of_items() -> Mapping[str, str]:
    """Give the names of what belongs to an item of a list: `results.unit.title`, `companion.host.name`."""
    found: dict[str, str] = {}
    for root, record in _ITEMS.items():
        for owner, word in RECORDS[record].items():
            for key in RECORDS.get(word.type, ()):
                found.setdefault(bare(f"{root} {owner} {key}"), f"{root}.{owner}.{key}")
    return found


@cache
def short_names() -> Mapping[str, str]:
    """Give the short form of every word that is one value; forms hold them, so none is ever changed."""
    names: dict[str, str] = json.loads(files("pipeline.marks").joinpath("short_names.json").read_text("utf-8"))
    return names


def short_of(word: str) -> str | None:
    """Give the short form of a word; None where the word is more than one value."""
    return short_names().get(word)
