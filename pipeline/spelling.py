"""How words are compared: as a person would, and never more loosely (floor 1)."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_A_LETTER = re.compile(r"[\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[^\w\s]+(?=\d)|(?<=\d)_+(?=\d)")
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
"""Dashes of all widths, to the hyphen of the keyboard."""
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

LONGEST_HEADER = 300
"""Characters of the longest name of a column, with room to spare: the official forms' longest has 75."""

_KEPT = 1_000
"""Spellings that are kept: the words of the workbook that stand in many cells, and not every learner's name."""


@lru_cache(maxsize=_KEPT)
def folded(text: str) -> str:
    """Fold what never carries meaning in a name: case, spaces, punctuation, quotes, width (NFKC), ß and ss."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=_KEPT)
def bare(text: str) -> str:
    """Fold accents too (“Číslo” is “cislo”), with the letters that Unicode does not decompose (ł, ø, đ)."""
    plain = folded(text)
    if plain.isascii():
        return plain
    letters = _ACCENTS.sub("", unicodedata.normalize("NFD", plain)).translate(_UNDECOMPOSED)  # ǽ is æ with an accent
    return letters if letters.isascii() else "".join(each for each in letters if not unicodedata.combining(each))


@lru_cache(maxsize=_KEPT)
def same_id(text: str) -> str:
    """Fold an ID as `bare` does, but keep what separates two digits: “L-01” is “l01”, and “1.1” is not “11”.

    A text without letters or digits (“-”, “?”) stays what it is.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().translate(DASHES).split())
    plain = re.sub(r"\s*([^\w\s]|_)\s*", r"\1", plain)
    parts = _BETWEEN_DIGITS.split(plain)
    marks = _BETWEEN_DIGITS.findall(plain)
    kept = "".join(bare(part) + mark for part, mark in zip(parts, [*marks, ""], strict=True))
    return kept or plain


def spellings(text: str) -> tuple[str, ...]:
    """Give the ways a name may be typed, the closest first: folded, without accents, with ae for ä."""
    return tuple(dict.fromkeys((folded(text), bare(text), bare(folded(text).translate(_UMLAUTS)))))


def nearest(word: str, known: Iterable[str], closeness: float = 0.75, *, same_numbers: bool = False) -> str | None:
    """Find the known word a person most likely meant, or None where nothing is close.

    `closeness` is the least ratio of difflib (0 to 1); 0.75 takes one wrong letter in a word of four. With
    `same_numbers`, words whose numbers differ are not close: nobody who types “Guardian 3” means “Guardian 2”.
    """
    numbers, meant = _numbers(word), bare(word)
    by_spelling = {
        spelled: name for name in known
        if (spelled := bare(name)) and _alike(spelled, meant) and not (same_numbers and _numbers(name) != numbers)
    }  # fmt: skip
    found = difflib.get_close_matches(meant, by_spelling, n=1, cutoff=closeness)
    return by_spelling[found[0]] if found else None


def _alike(one: str, other: str) -> bool:
    """Look in passing, before difflib looks closely: a slip seldom changes both the first and the last letter."""
    return one[0] == other[:1] or one[-1] == other[-1:]


@lru_cache(maxsize=_KEPT)
def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d{1,18}", text))
