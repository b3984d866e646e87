"""What papers said when they were made, kept in little room (floor 1).

Most texts stand in many papers (the host, the dates, the units), so each is kept once and a paper keeps numbers. In
the manifest they are written in the order in which its papers first need them: same papers, same bytes.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Said(NamedTuple):
    """What a paper says: the words its form looks at, and a plain text for each (see `form.wording`)."""

    words: tuple[str, ...]
    texts: tuple[str, ...]


NOTHING_SAID = Said((), ())


Changed = tuple[str, str, str]
"""A word that says something else now: the word, what it said, and what it says."""


def compared(before: Mapping[str, str], said: Said) -> list[Changed]:
    """Compare what a paper said with what it says now; words that are new to its form are left out."""
    return [
        (word, before[word], text) for word, text in zip(said.words, said.texts, strict=True)
        if before.get(word, text) != text
    ]  # fmt: skip


class Sayings:
    """Keeps what papers said: lists of words, and texts, each once.

    What is kept of a paper is a row of numbers: of its list of words, then of its texts. Empty where nothing is known.
    """

    def __init__(self, words: Iterable[Sequence[str]] = (), texts: Iterable[str] = ()) -> None:
        self._words: list[tuple[str, ...]] = [tuple(each) for each in words]
        self._texts: list[str] = list(texts)
        self._lists = {each: number for number, each in enumerate(self._words)}
        self._numbers: dict[str, int] = {}

    def keep(self, said: Said) -> bytes:
        """Keep what a paper says, and give its row of numbers."""
        if not said.words:
            return b""
        if not self._numbers and self._texts:
            self._numbers = {text: number for number, text in enumerate(self._texts)}
        row = array("I", [_entered(said.words, self._words, self._lists)])
        row.extend(_entered(text, self._texts, self._numbers) for text in said.texts)
        return row.tobytes()

    def tell(self, kept: bytes) -> Mapping[str, str]:
        """Give back what a paper said, by word; nothing where nothing is known."""
        row = array("I", kept)
        if not row:
            return {}
        return dict(zip(self._words[row[0]], (self._texts[number] for number in row[1:]), strict=True))

    def read(self, given: Any) -> bytes:
        """Take a row of numbers as it stands in the manifest; nothing where it makes no sense."""
        if not isinstance(given, list) or not given or not all(isinstance(number, int) for number in given):
            return b""
        at, *texts = given
        if not 0 <= at < len(self._words) or len(texts) != len(self._words[at]):
            return b""
        return array("I", given).tobytes() if all(0 <= number < len(self._texts) for number in texts) else b""


class Numbered:
    """Numbers the lists of words and the texts of some rows anew, in the order in which they come."""

    def __init__(self, sayings: Sayings) -> None:
        self._of = sayings
        self._lists: dict[int, int] = {}
        self._numbers: dict[int, int] = {}

    def row(self, kept: bytes) -> list[int]:
        """Give the new numbers of a row."""
        old = array("I", kept)
        numbers = self._numbers
        return [
            self._lists.setdefault(old[0], len(self._lists)),
            *[numbers.setdefault(number, len(numbers)) for number in old[1:]],
        ]

    @property
    def words(self) -> list[tuple[str, ...]]:
        """The lists of words that were asked for, by their new numbers."""
        return [self._of._words[number] for number in self._lists]

    @property
    def texts(self) -> list[str]:
        """The texts that were asked for, by their new numbers."""
        return [self._of._texts[number] for number in self._numbers]


def _entered(what: Any, into: list[Any], numbers: dict[Any, int]) -> int:
    number = numbers.get(what)
    if number is None:
        number = numbers[what] = len(into)
        into.append(what)
    return number
