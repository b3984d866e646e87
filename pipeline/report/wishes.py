"""What each partner and each family may be asked for: what is missing, in words they understand (floor 7). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.columns import LEARNERS, PARTNERS, Sheet
from pipeline.jobs import Outcome
from pipeline.model import Learner, Partner, Record
from pipeline.problem import Place, Severity
from pipeline.report.duties import MISSING, Entry, Records, value_of, who_knows

TURNED = (
    ("the organisation", "your organisation"), ("learners it can take", "how many learners you can take"),
    ("it signed", "you signed"), ("that person", "the person who signs Learning Agreements"),
    (" there", " at your organisation"), ("role of the signatory", "role of the person who signs the memorandum"),
)  # fmt: skip
"""How the meaning of a column is turned to whom it is about."""

INSTEAD = {"agreement_signatory": "signatory", "agreement_signatory_role": "signatory_role"}
"""Values that another one stands for: where that is asked for, they are not."""


def _meanings(sheet: Sheet) -> dict[str, str]:
    """Word what the columns of a sheet mean for whom they are about, without the remarks for the officer."""
    found = {}
    for column in sheet.columns:
        meaning = re.split(r",| \(|;", column.meaning)[0]
        for theirs, yours in TURNED:
            meaning = meaning.replace(theirs, yours)
        found[column.key] = meaning
    return found


_OF_PARTNERS, _OF_LEARNERS = _meanings(PARTNERS), _meanings(LEARNERS)


class Wish(NamedTuple):
    """What is asked for: the key of the value, what it means, what we have of it, and whether there is nothing."""

    key: str
    meaning: str
    value: str = ""
    empty: bool = False


@dataclass(slots=True)
class Asked:
    """What one party is asked for: what must be known, what may be, and for which learners."""

    needed: dict[Wish, dict[Learner | None, None]] = field(default_factory=dict)
    optional: dict[Wish, dict[Learner | None, None]] = field(default_factory=dict)

    def settle(self) -> None:
        """Ask for nothing that is asked for already: for all learners at once, or by what stands for it."""
        whole = {wish.key for wishes in (self.needed, self.optional) for wish, whose in wishes.items() if None in whose}
        pressing = {wish.key for wish in self.needed}
        self.optional = {
            wish: whose for wish, whose in self.optional.items()
            if wish.key not in pressing and (None in whose or wish.key not in whole)
            and INSTEAD.get(wish.key) not in whole
        }  # fmt: skip


def gather_wishes(
    entries: Iterable[Entry], outcomes: Iterable[Outcome], records: Records
) -> dict[Partner | Learner, Asked]:
    """Find what everybody is asked for who knows what is missing: partners, and learners (each person once)."""
    asked: dict[Partner | Learner, Asked] = {}
    learners: dict[str, Learner] = {}
    for place, pressing in _places(entries, outcomes):
        record, key = records.behind(place)
        knows = who_knows(record, key)
        wish = _wish(record, key) if record and knows else None
        if not knows or not wish or not (pressing or wish.empty):
            continue
        if isinstance(knows, Learner):
            knows = learners.setdefault(knows.person, knows)
        its = asked.setdefault(knows, Asked())
        wishes = its.needed if pressing else its.optional
        wishes.setdefault(wish, {})[record if isinstance(record, Learner) else None] = None
    for its in asked.values():
        its.settle()
    return asked


def _places(entries: Iterable[Entry], outcomes: Iterable[Outcome]) -> Iterator[tuple[Place, bool]]:
    """Give the cells that somebody may know of, each once, and whether it presses: what only left a blank does not."""
    told: dict[Place, bool] = {}
    for entry in entries:
        if entry.party.rank:
            for place in entry.places:
                told[place] = told.get(place, False) or entry.problem.severity is not Severity.NOTICE
    for outcome in outcomes:
        if outcome.status not in MISSING:
            for gap in outcome.gaps:
                told.setdefault(gap.place, False)
    return iter(told.items())


def _wish(record: Record, key: str) -> Wish | None:
    """Say what is asked for, as the column means it, and what we have of it."""
    if not isinstance(record, (Partner, Learner)):
        return None
    meaning = (_OF_PARTNERS if isinstance(record, Partner) else _OF_LEARNERS).get(key)
    if not meaning:
        return None
    if key in record.origin.unreadable:
        return Wish(key, meaning)
    value = value_of(record, key)
    said = " ".join(str(value).split()) if isinstance(value, (str, int)) else ""
    return Wish(key, meaning, said, value in (None, "", ()))
