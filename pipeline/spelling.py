"""How words are compared: as a person would, and never more loosely (floor 1)."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_NOT_A_LETTER = re.compile(r"[\W_]+")
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Fold what never carries meaning in a name: case, spaces, punctuation, quotes, width (NFKC), ß and ss."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """Fold accents too (“Číslo” is “cislo”), with the letters that Unicode does not decompose (ł, ø, đ)."""
    letters = unicodedata.normalize("NFD", folded(text).translate(_UNDECOMPOSED))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def spellings(text: str) -> tuple[str, ...]:
    """Give the ways a name may be typed, the closest first: folded, without accents, with ae for ä."""
    return tuple(dict.fromkeys((folded(text), bare(text), bare(folded(text).translate(_UMLAUTS)))))


def nearest(word: str, known: Iterable[str], closeness: float = 0.75) -> str | None:
    """Find the known word a person most likely meant, or None where nothing is close.

    `closeness` is the least ratio of difflib (0 to 1); 0.75 takes one wrong letter in a word of four.
    """
    by_spelling = {bare(name): name for name in known}
    found = difflib.get_close_matches(bare(word), by_spelling, n=1, cutoff=closeness)
    return by_spelling[found[0]] if found else None
