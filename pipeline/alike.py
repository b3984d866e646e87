"""Which texts are worded alike: by the words they have in common, and by their letters (floor 1).

Words count by their beginnings, so that “prepares” and “preparing” are one, and the more the fewer texts they stand in,
so that “the” and “und” hardly count in any language. Of the few best the letters are compared too (difflib). The same
texts always give the same answer.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Hashable, Iterable
from math import log
from typing import Generic, TypeVar

from pipeline.spelling import bare

T = TypeVar("T", bound=Hashable)

LEAST = 0.33
"""From this likeness on (0 to 1) a text is proposed: below, it was mostly chance in the examples that were tried."""

MOST = 3
"""So many texts are proposed at most."""

_BEGINNING = 5
_LONGEST = 250
_LOOKED_AT = 6
_COMMON = 200
_MOST_ASKED = 1_000
_WORDS = re.compile(r"[^\W_]+")


class Alike(Generic[T]):
    """Texts, each with what it stands for. Kept: their words, and how many texts were looked for.

    After a thousand different ones nothing is looked for any more: nobody decides so many.
    """

    def __init__(self, texts: Iterable[tuple[str, T]]) -> None:
        self._texts = [(text[:_LONGEST], stands_for) for text, stands_for in texts]
        self._words = [_words(text) for text, _ in self._texts]
        self._in: dict[str, list[int]] = {}
        for number, words in enumerate(self._words):
            for word in words:
                self._in.setdefault(word, []).append(number)
        self._weights = {word: log(1 + (len(self._texts) + 1) / (len(there) + 1)) for word, there in self._in.items()}
        self._whole = [sum(self._weight(word) for word in sorted(words)) for words in self._words]
        self._asked: dict[str, list[tuple[T, float]]] = {}

    def to(self, text: str) -> list[tuple[T, float]]:
        """Find the texts that are most like this one, the most alike first, each with its likeness."""
        text = text[:_LONGEST]
        if text not in self._asked:
            if len(self._asked) >= _MOST_ASKED:
                return []
            self._asked[text] = self._look(text)
        return self._asked[text]

    def _look(self, text: str) -> list[tuple[T, float]]:
        words = _words(text)
        common: dict[int, float] = {}
        for word in sorted(words):
            there = self._in.get(word, ())
            if len(there) <= _COMMON:
                for number in there:
                    common[number] = common.get(number, 0.0) + self._weight(word)
        whole = sum(self._weight(word) for word in sorted(words))
        best = sorted(common, key=lambda number: (-self._share(number, common[number], whole), number))[:_LOOKED_AT]
        measured = [(number, round(self._likeness(number, common[number], whole, text), 3)) for number in best]
        found: dict[T, float] = {}
        for number, likeness in sorted(measured, key=lambda each: (-each[1], each[0])):
            if likeness >= LEAST:
                found.setdefault(self._texts[number][1], likeness)  # a title in two languages counts once
        return list(found.items())[:MOST]

    def _weight(self, word: str) -> float:
        """Weigh a word: one that stands in many texts says little."""
        return self._weights.get(word) or log(2 + len(self._texts))

    def _share(self, number: int, common: float, whole: float) -> float:
        """Say how much of both texts is common, that of what is looked for counting twice: an outcome may say more."""
        other = self._whole[number]
        return (2 * common / whole + common / other) / 3 if whole and other else 0.0

    def _likeness(self, number: int, common: float, whole: float, text: str) -> float:
        letters = difflib.SequenceMatcher(None, bare(text), bare(self._texts[number][0]), autojunk=False).ratio()
        return 0.7 * self._share(number, common, whole) + 0.3 * letters


def _words(text: str) -> frozenset[str]:
    """Take the beginnings of a text's words, in plain letters."""
    return frozenset(bare(word)[:_BEGINNING] for word in _WORDS.findall(text))
