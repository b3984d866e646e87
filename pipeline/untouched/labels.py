"""What forms call things: labels, titles, options and hints in ten languages, and how they are compared (floor 4).

The wordings lie in `labels/`, a file a language. A wording is known for certain where its words are those of the list,
whatever their case, accents, endings and small words; where words are left over it is only likely, and a person looks.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.spelling import bare

LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "pt", "nl", "fi", "ro")
ABOUT, FIELD, OPTION, HINT = "about", "field", "option", "hint"

SHARE = 0.3
"""How many labels a language must know, of those that the best one knows, to be one of a form in two languages."""

LONGEST_ENDING = 3
"""Letters in which two forms of one word may differ at their end."""

MOST_OF_IT = 0.6
"""What share of the words must be known for a wording to be likely."""

_NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVX]{1,5}[.)]|[a-zA-Z][.)])\s+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SPLIT = re.compile(r"\s*[/|\n;,:]\s*|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """What a text was understood as: a key of its table, and whether that is certain."""

    key: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Wording:
    key: str
    language: str
    words: tuple[str, ...]


@cache
def _file(language: str) -> Mapping[str, Mapping[str, Sequence[str]]]:
    found: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
        files("pipeline.untouched").joinpath(f"labels/{language}.toml").read_text("utf-8")
    )
    return found


def wordings_by_text(table: str, language: str) -> Mapping[str, str]:
    """Give the keys of a table by their wordings, folded as `bare` does."""
    return _exact(table, language)


@cache
def _exact(table: str, language: str) -> Mapping[str, str]:
    """Give the keys of a table by their wordings, folded, with and without what stands in brackets."""
    found: dict[str, str] = {}
    for key, wordings in _file(language).get(table, {}).items():
        for wording in wordings:
            for spelled in _forms(wording):
                found.setdefault(bare(spelled), key)
    return found


@cache
def _wordings(table: str, language: str) -> tuple[_Wording, ...]:
    return tuple(
        _Wording(key, language, words_of(form, language))
        for key, wordings in _file(language).get(table, {}).items() for wording in wordings for form in _forms(wording)
    )  # fmt: skip


@cache
def fillers(language: str) -> frozenset[str]:
    """Give the small words of a language."""
    words = _file(language).get("words", {})
    return frozenset(bare(word) for kind in ("filler", "and") for word in words.get(kind, ()))


@lru_cache(maxsize=10_000)
def words_of(text: str, language: str) -> tuple[str, ...]:
    """Give the words of a text, folded, without the small ones of a language and without numbers."""
    folded = split_words(text)
    return tuple(word for word in folded if word not in fillers(language)) or folded


@lru_cache(maxsize=10_000)
def split_words(text: str) -> tuple[str, ...]:
    """Give all words of a text, folded; what an apostrophe cuts off (l’, d’) is none."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    found = re.findall(r"[^\W\d_]+(?![^\W\d_]*['’‘`´])|[^\W\d_]{3,}", plain)
    return tuple(folded for word in found if (folded := bare(word)))


def _forms(text: str) -> tuple[str, ...]:
    """Give the forms in which a wording is compared: tidied, and without what stands in brackets."""
    plain = tidied(text)
    short = without_brackets(plain)
    return tuple(dict.fromkeys(each for each in (plain, short) if bare(each)))


def without_brackets(text: str) -> str:
    """Take out what stands in brackets."""
    return tidied(_BRACKETED.sub(" ", tidied(text)))


def tidied(text: str) -> str:
    """Take off what a label wears: its number, stars, colons, dots to write on."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _NUMBER.sub("", plain)
    return re.sub(r"[\s:：*._…]+$", "", re.sub(r"^[\s*•·–-]+", "", plain))


def alike(one: str, other: str) -> bool:
    """Say whether two words are one with different endings: they share their beginning, two thirds of it at least.

    Long words put together (Praktikumsbetreuer, Praktikumsbetrieb) differ in more than an ending.
    """
    if one == other:
        return True
    if one[:3] != other[:3]:
        return False
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    longest = max(len(one), len(other))
    return shared >= 3 and shared >= 0.65 * longest and longest - shared <= LONGEST_ENDING


def _left_over(words: Iterable[str], known: Iterable[str]) -> tuple[list[str], list[str]]:
    """Give the words that have no like among the known ones, and the known ones that were not met."""
    left, rest = [], list(known)
    for word in words:
        met = next((other for other in rest if other == word), None)
        met = met or next((other for other in rest if alike(word, other)), None)
        if met is None:
            left.append(word)
        else:
            rest.remove(met)
    return left, rest


@dataclass(slots=True)
class Labels:
    """The wordings of the languages of a form. Kept: the languages, the one that knows most first."""

    languages: tuple[str, ...]
    _known: dict[tuple[str, str, frozenset[str]], Match | None] = field(default_factory=dict)

    def match(self, table: str, text: str, extra: frozenset[str] = frozenset()) -> Match | None:
        """Find the key that a text of a form means; words of `extra` may stand in it without telling anything."""
        asked = (table, text, extra)
        if asked not in self._known:
            self._known[asked] = self._match(table, text, extra)
        return self._known[asked]

    def _match(self, table: str, text: str, extra: frozenset[str]) -> Match | None:
        forms = _forms(text)
        for form in forms:
            for language in self.languages:
                if key := _exact(table, language).get(bare(form)):
                    return Match(key, True)
        for form in forms:
            found = self._by_words(table, form, extra)
            if found and found.sure:
                return found
        parts = [part for part in _SPLIT.split(forms[0]) if bare(part)] if forms else []
        if len(parts) > 1:
            keys = {found.key if (found := self.match(table, part, extra)) and found.sure else "" for part in parts}
            if len(keys) == 1 and "" not in keys:
                return Match(keys.pop(), True)
        return next((found for form in forms if (found := self._by_words(table, form, extra))), None)

    def _by_words(self, table: str, text: str, extra: frozenset[str]) -> Match | None:
        """Compare word by word; two keys that fit equally well are none."""
        best: dict[str, float] = {}
        sure: dict[str, int] = {}
        for language in self.languages:
            words = words_of(text, language)
            starts = {word[:3] for word in words}
            for wording in _wordings(table, language):
                if not starts.intersection(word[:3] for word in wording.words):
                    continue
                left, rest = _left_over(words, wording.words)
                left = [word for word in left if not any(alike(word, other) for other in extra)]
                met = len(wording.words) - len(rest)
                long_enough = met > 1 or max(map(len, wording.words), default=0) >= 5
                if not left and not rest and long_enough:
                    sure[wording.key] = max(met, sure.get(wording.key, 0))
                elif met:
                    share = met / max(len(words), len(wording.words))
                    if share >= MOST_OF_IT and (met > 1 or not left):
                        best[wording.key] = max(share, best.get(wording.key, 0))
        if sure:
            most = [key for key, met in sure.items() if met == max(sure.values())]
            return Match(most[0], len(most) == 1)
        ranked = sorted(best.items(), key=lambda each: -each[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return Match(ranked[0][0], False)

    def parts(self, text: str) -> list[str]:
        """Split a label that asks for several things at once: “Organisation, role”, “Name and function”."""
        plain = tidied(text)
        joined = {bare(word) for language in self.languages for word in _file(language).get("words", {}).get("and", ())}
        pieces: list[str] = []
        for part in _SPLIT.split(plain):
            current: list[str] = []
            for word in part.split():
                if bare(word) in joined and current:
                    pieces.append(" ".join(current))
                    current = []
                else:
                    current.append(word)
            pieces.append(" ".join(current))
        return [piece for piece in pieces if bare(piece)]

    def words_about(self, keys: Iterable[str]) -> frozenset[str]:
        """Give the words by which titles name these: what a label may add without saying more (“of the learner”)."""
        wanted = set(keys)
        return frozenset(
            word for language in self.languages for wording in _wordings(ABOUT, language)
            if wording.key in wanted for word in wording.words if len(word) > 3
        )  # fmt: skip

    def within(self, text: str) -> list[tuple[str, str]]:
        """Find whom a label itself names: each key of a party, and what is left of the label without its name.

        “Name of the sending institution” names home, and “Name” is left. The longest names come first.
        """
        found: list[tuple[int, str, str]] = []
        plain = tidied(text)
        for language in self.languages:
            spoken = re.findall(r"[^\W\d_]+", plain)
            folded = [bare(word) for word in spoken]
            starts = {word[:3] for word in folded}
            for wording in _wordings(ABOUT, language):
                if len(wording.words) >= len(folded) or not starts.issuperset(word[:3] for word in wording.words):
                    continue
                left, rest = _left_over(folded, wording.words)
                if not rest and left and wording.words:
                    kept = " ".join(word for word in spoken if bare(word) in left)
                    named = " ".join(word for word in spoken if bare(word) not in left)
                    if not ((field := self.match(FIELD, named)) and field.sure):  # “país” is a country, not parents
                        found.append((len(wording.words), wording.key, kept))
        return [(key, kept) for _, key, kept in sorted(found, key=lambda each: -each[0])]


def is_known(table: str, text: str) -> str | None:
    """Find the key of a text that must be worded as in one of the lists, whatever the language of the form."""
    return next((key for language in LANGUAGES for form in _forms(text) if (key := _exact(table, language).get(bare(form)))), None)  # noqa: E501 - one thought


def wording(table: str, key: str, language: str) -> str:
    """Give the first wording of a key in a language, the usual one; in English where the language is not known."""
    texts = _file(language if language in LANGUAGES else "en").get(table, {}).get(key, ())
    return next(iter(texts), key)


def spoken(texts: Iterable[str]) -> Labels:
    """Find out in which languages the labels of a form are worded, and give the wordings of these."""
    score = dict.fromkeys(LANGUAGES, 0)
    for text in set(texts):
        forms = _forms(text)
        pieces = {*forms, *(piece for form in forms for piece in _SPLIT.split(form) if bare(piece))}
        for language in LANGUAGES:
            known = (_exact(table, language) for table in (ABOUT, FIELD, OPTION))
            tables = list(known)
            score[language] += any(bare(piece) in table for table in tables for piece in pieces)
    best = max(score.values())
    if not best:
        return Labels(LANGUAGES)
    ranked = sorted(LANGUAGES, key=lambda language: -score[language])
    return Labels(tuple(language for language in ranked if score[language] >= SHARE * best))
