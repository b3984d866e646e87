"""What a title or label cannot do without, however it is worded: its clues, in ten languages (floor 4).

A clue is written as groups of stems, `bewert|beurteil person|zustandig !validier`: a word of the text must begin with a
stem of each group, and none with one of a group that begins with `!`. Stems of five letters and more may stand anywhere
in a word, because German, Dutch and Finnish write several words as one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.untouched.labels import alike, split_words

FEW, MANY = 1, 6
"""Words that may be left over in a label that one clue word was found in, and in one with several."""

_LONG = 5


@dataclass(frozen=True, slots=True)
class Clue:
    """A clue of a key: groups of stems that must be met, and stems that must not (None: there are none)."""

    key: str
    groups: tuple[re.Pattern[str], ...]
    without: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A key whose clue was met: by how many groups, and in which words."""

    key: str
    groups: int
    words: frozenset[str]


@cache
def _clues(language: str) -> Mapping[str, Sequence[Clue]]:
    text = files("pipeline.untouched").joinpath(f"clues/{language}.toml").read_text("utf-8")
    tables: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(text)
    return {
        table: [_clue(key, written) for key, clues in keys.items() for written in clues]
        for table, keys in tables.items() if table != "words"
    }  # fmt: skip


def _clue(key: str, written: str) -> Clue:
    groups = written.split()
    without = [stem for group in groups if group.startswith("!") for stem in group[1:].split("|")]
    wanted = tuple(_pattern(group.split("|")) for group in groups if not group.startswith("!"))
    return Clue(key, wanted, _pattern(without) if without else None)


def _pattern(stems: Sequence[str]) -> re.Pattern[str]:
    """Make a pattern of stems: short ones begin a word, long ones stand anywhere in it."""
    short = "|".join(re.escape(stem) for stem in stems if len(stem) < _LONG)
    anywhere = [re.escape(stem) for stem in stems if len(stem) >= _LONG]
    return re.compile("|".join([*([rf"\b(?:{short})"] if short else []), *anywhere]))


@cache
def empty_stems(language: str) -> tuple[str, ...]:
    """Give the stems of words that say nothing in a title: details, information, please."""
    text = files("pipeline.untouched").joinpath(f"clues/{language}.toml").read_text("utf-8")
    found: Sequence[str] = tomllib.loads(text).get("words", {}).get("empty", ())
    return tuple(found)


@lru_cache(maxsize=5_000)
def hits(table: str, text: str, languages: tuple[str, ...]) -> Sequence[Hit]:
    """Find the keys whose clues a text meets, those with most groups first."""
    words = split_words(text)
    whole = " ".join(words)
    found: dict[str, Hit] = {}
    for clue in (clue for language in languages for clue in _clues(language).get(table, ())):
        if not all(group.search(whole) for group in clue.groups) or (clue.without and clue.without.search(whole)):
            continue
        met = [{word for word in words if group.search(word)} for group in clue.groups]
        if met and all(met):
            hit = Hit(clue.key, len(met), frozenset().union(*met))
            if clue.key not in found or found[clue.key].groups < hit.groups:
                found[clue.key] = hit
    return sorted(found.values(), key=lambda hit: -hit.groups)


def the_one(found: Sequence[Hit]) -> Hit | None:
    """Give the key that says most: the others' words are all among its own; None where several say as much."""
    if not found:
        return None
    first, *others = found
    fits = all(other.words <= first.words and other.groups < first.groups for other in others)
    return first if fits else None


def best_of(found: Iterable[Hit], keys: Collection[str]) -> Hit | None:
    """Give the key of some that says most; None where two say as much."""
    among = [hit for hit in found if hit.key in keys]
    if not among or (len(among) > 1 and among[1].groups == among[0].groups):
        return None
    return among[0]


def left_over(hit: Hit, text: str, languages: Sequence[str], small: Collection[str], extra: Iterable[str]) -> int:
    """Count the words of a text that its clue says nothing of; small words and those of `extra` are not counted."""
    known = tuple(extra)
    stems = tuple(stem for language in languages for stem in empty_stems(language))
    rest = {word for word in split_words(text) if word not in hit.words and word not in small and len(word) > 2}
    return sum(not word.startswith(stems) and not any(alike(word, other) for other in known) for word in rest)
