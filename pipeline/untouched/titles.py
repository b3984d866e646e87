"""What titles and labels of a form say, by their wordings and, where these are unknown, by their clues (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipeline.untouched import clues
from pipeline.untouched.hints import notes_in
from pipeline.untouched.known import ITEMS, PARTIES, PEOPLE, TOPICS
from pipeline.untouched.labels import ABOUT, FIELD, Labels, Match, fillers, tidied, without_brackets

_DASH = re.compile(r"\s[–—-]\s")

_OF_PERSONS = frozenset({"assessor", "validator", "recogniser"})
"""Topics whose titles speak of the learner too, whose block it is not."""

A_SENTENCE = 8
"""Words of a title that is a whole sentence: “If an intermediary organisation is involved, please give …”."""

MOST_WORDS_OF_A_PART = 3
"""Words of each part of a label that asks for several things; of longer ones the parts are wordings of one thing."""

_ONE_OF = {"outcomes": "outcome", "qualifications": "qualification", "organisations": "organisation"}
"""What a title with a number is about, where one and many have one word (“Acquis d’apprentissage n° 1”)."""

_NAMES = frozenset({"name", "family_name", "given_names"})
_PERSONS = frozenset({
    "contact_person", "responsible_person", "mentor", "legal_representative", "assessor", "validator", "recogniser",
    "emergency_contact",
})  # fmt: skip

_COUNTS = re.compile(r"(?i)[\s#]*(?:\b(?:no|nr|num|n)\b)?[.°º]*\s*\d+\s*[:.]?\s*$")


def title_number(text: str) -> int | None:
    """Find the number of a title: “Organisation 3 (remove table if not necessary)” is the third."""
    found = re.search(r"(\d{1,2})\s*\.?(?:\s*\([^()]*\))?$", without_notes(text).strip().rstrip(":"))
    return int(found[1]) if found else None


def bare_title(text: str) -> str:
    """Give a title without its notes on the form and without its number."""
    plain = tidied(without_notes(text))
    return _COUNTS.sub("", re.sub(r"(\d)\s*\([^()]*\)$", r"\1", plain))


def without_notes(text: str) -> str:
    """Take the notes on the form itself out of a text."""
    for note, _ in notes_in(text):
        text = text.replace(note, " ") if note != text else text
    return text.strip()


@dataclass(slots=True)
class Titles:
    """Reads titles and labels in the languages of a form. Kept: what was read before."""

    labels: Labels
    _known: dict[str, list[Match]] = field(default_factory=dict)

    def about(self, text: str) -> list[Match]:
        """Say what a title is about: whose block it is, which person's, which topic; at most one of each."""
        if text not in self._known:
            self._known[text] = self._in_two_languages(text) or self._about(text)
        return self._known[text]

    def _in_two_languages(self, text: str) -> list[Match]:
        """Read a title in two languages: both halves must say the same (“Unit 1 / Unité n° 1”)."""
        halves = re.split(r"\s+[/|]\s+", text)
        said = [self._about(half) for half in halves] if len(halves) > 1 else []
        keys = [[each.key for each in half] for half in said]
        return said[0] if said and keys[0] and all(each == keys[0] for each in keys) else []

    def first(self, text: str) -> Match | None:
        """Give the first thing a title is about."""
        return next(iter(self.about(text)), None)

    def named(self, text: str) -> str | None:
        """Give what a text names and nothing else: it is one of the wordings."""
        found = self.labels.match(ABOUT, bare_title(text))
        return found.key if found and found.sure else None

    def _about(self, text: str) -> list[Match]:
        plain = bare_title(text)
        worded = self.labels.match(ABOUT, plain)
        if worded and worded.sure:
            counted = title_number(text) is not None
            return [Match(_ONE_OF.get(worded.key, worded.key), True) if counted else worded]
        if several := self._by_parts(self.labels.parts(plain), said=":" in plain or bool(_DASH.search(plain))):
            return several
        hits = clues.hits(ABOUT, plain, self.labels.languages)
        found = [self._best(hits, keys) for keys in (TOPICS, PARTIES, PEOPLE, {"signatures"})]
        if found[1]:  # “Doctor of the participant” is about somebody else
            hit = next(each for each in hits if each.key == found[1].key)
            found[1] = Match(hit.key, self._is_all(hit, plain))
        if found[0] and found[0].key in _OF_PERSONS:
            found[1] = None
        said = [each for each in found if each]
        return said or ([worded] if worded else [])

    def _by_parts(self, parts: Sequence[str], *, said: bool) -> list[Match]:
        """Read a title whose parts name one party: “Home / sending organisation”, “Host organisation: contact person”.

        What the other parts say counts too: a person of theirs, or, where a part is `said` of another (with a colon or
        a dash), somebody nobody knows (“Host organisation: accountant”), whose name is not the party's.
        """
        found = [self.labels.match(ABOUT, part) for part in parts]
        keys = [each.key if each and each.sure else "" for each in found]
        named = set(keys) & PARTIES
        if len(parts) < 2 or len(named) != 1:
            return []
        party = named.pop()
        known = not said or all(key or self._asks(part) for key, part in zip(keys, parts, strict=True))
        return [Match(party, known), *(Match(key, True) for key in keys if key in PEOPLE)]

    def _asks(self, part: str) -> bool:
        """Say whether a part of a title is what a blank asks for: “Home organisation / country”."""
        found = self.labels.match(FIELD, part)
        return bool(found and found.sure)

    def _is_all(self, hit: clues.Hit, text: str) -> bool:
        """Say whether a clue tells all that a title says, small and empty words aside."""
        small = {word for language in self.labels.languages for word in fillers(language)}
        whose = self.labels.words_about(["learner"]) if hit.key == "guardian" else ()
        left = clues.left_over(hit, without_brackets(text), self.labels.languages, small, whose)
        return left == 0 or len(text.split()) >= A_SENTENCE

    def _best(self, hits: Sequence[clues.Hit], keys: Collection[str]) -> Match | None:
        best = clues.best_of(hits, set(keys) - (set(ITEMS) - {"qualification"}))
        return Match(best.key, True) if best else None

    # -- labels --------------------------------------------------------------------------------------------------------

    def asked(self, text: str, extra: frozenset[str]) -> list[Match]:
        """Say which fields a label asks for, one or several; words of `extra` may stand in it without saying more."""
        whole = self.labels.match(FIELD, text)
        pieces = self.labels.parts(text)
        several = self._asked_by_parts(text, extra)
        short = len(pieces) in (2, 3) and all(len(piece.split()) <= MOST_WORDS_OF_A_PART for piece in pieces)
        if short and len({each.key for each in several}) > 1:
            return several
        *heads, tail = _DASH.split(text) if _DASH.search(text) else pieces or [text]
        last = self.labels.match(FIELD, tail) if heads else None
        before = [self.labels.match(FIELD, piece) for piece in heads]
        ends = last and last.sure and not any(found and found.sure for found in before)
        worded = self.labels.match(FIELD, text, extra)
        by_clue = self._asked_by_clue(text, extra)
        # “Erasmus+ group mobility – Project code:” asks for what stands last
        ranked: list[Sequence[Match | None]] = [[whole], [last if ends else None], several, [worded], [by_clue]]
        sure = next((found for found in ranked if found and all(each and each.sure for each in found)), None)
        likely = worded or by_clue
        return [each for each in sure or [likely] if each]

    def _asked_by_parts(self, text: str, extra: frozenset[str]) -> list[Match]:
        """Understand a label that asks for several things: “Organisation, role”, “Home organisation/country”."""
        parts = self.labels.parts(text)
        found: list[Match] = []
        for part in parts if len(parts) > 1 else ():
            about, each = self.labels.match(ABOUT, part), self.labels.match(FIELD, part, extra)
            if each and each.sure:
                found.append(each)
            elif about and about.sure and about.key in PARTIES:
                found.append(Match("organisation", True))
            else:
                return []
        keys = {each.key for each in found}
        if keys and keys <= _NAMES:  # “Nom et prénom”
            return [Match("name", True)]
        if keys & _PERSONS:  # “Responsible person: name”
            found = [each for each in found if each.key not in _NAMES]
        return list(dict.fromkeys(found))

    def _asked_by_clue(self, text: str, extra: frozenset[str]) -> Match | None:
        plain = without_brackets(text)
        hit = clues.the_one(clues.hits(FIELD, plain, self.labels.languages))
        if hit is None:
            return None
        small = {word for language in self.labels.languages for word in fillers(language)}
        papers = self.labels.words_about(("memorandum", "agreement"))
        left = clues.left_over(hit, plain, self.labels.languages, small, extra | papers)
        return Match(hit.key, left <= (clues.FEW if hit.groups == 1 else clues.MANY))

    def party_in(self, label: str) -> tuple[str, list[Match]] | None:
        """Understand a label that names its party itself (“Name of the sending institution”): whose it is, and what."""
        for key, rest in self.labels.within(label):
            asked = self.labels.match(FIELD, rest) if key in PARTIES else None
            if asked and asked.sure:
                return key, [asked]
        hit = clues.best_of(clues.hits(ABOUT, label, self.labels.languages), PARTIES)
        if hit is None:
            return None
        asked_all = self.asked(label, self.labels.words_about([hit.key]) | hit.words)
        return (hit.key, asked_all) if asked_all else None
