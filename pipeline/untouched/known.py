"""What is known of a blank before its word is: whose it is, what it is about (floor 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Found(NamedTuple):
    """Words, and whether they are certain."""

    words: str
    sure: bool


Pen = Found("by hand", True)
"""What is written by hand: signatures, stamps, the place and date of others."""

NOT_UNDERSTOOD = "?"
"""What is noted of a blank of a block that was not understood."""

OUTCOMES = "units.title, units.knowledge, units.skills, units.competence, units.learning_outcomes"
OF_A_UNIT = OUTCOMES.replace("units.", "unit.")

PARTIES = frozenset({
    "home", "host", "intermediary", "workplace", "employer", "coordinator", "organisation", "learner", "guardian",
})  # fmt: skip
"""Whose a block is."""

ORGANISATIONS = PARTIES - {"learner", "guardian"}
PEOPLE = frozenset({"contact_person", "mentor", "signatory"})
"""Persons of an organisation, whose name, telephone and e-mail may stand in a group of their own."""

ITEMS: Mapping[str, str] = {
    "organisation": "partners", "qualification": "qualifications", "unit": "units", "outcome": "units",
}  # fmt: skip
"""What blocks are numbered by, and the list their items are of."""

TOPICS = frozenset({
    "qualification", "qualifications", "outcomes", "outcome", "unit", "activities", "assessment", "assessor", "both",
    "validation", "validator", "recording", "recognition", "recogniser", "monitoring", "duration", "additional",
    "annexes", "mobility", "project", "objectives", "organisations", "covered", "procedures", "validity", "review",
})  # fmt: skip
"""What a block or section is about."""

ABOUT_AS_FIELD: Mapping[str, str] = {
    "activities": "activities", "assessment": "assessment_method", "recognition": "recognition_method",
    "validation": "validation_method", "additional": "additional_information", "annexes": "annexes",
    "covered": "other_organisations", "outcomes": "outcomes", "outcome": "outcomes", "contact_person": "contact_person",
    "mentor": "mentor", "monitoring": "monitoring", "unit": "units",
}  # fmt: skip
"""What a blank right under a title asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a blank: the fields its label asks for, whose block it stands in, what was asked there before.

    `party` is whose block it is, `person` who of them, `topic` what else it is about; `item` the number of the block.
    """

    field: str
    label: str
    party: str
    person: str
    topic: str
    signing: bool
    item: int | None
    memorandum: bool
    party_sure: bool
    topic_sure: bool
    block: tuple[str, ...]
    asked: tuple[str, ...]
    label_sure: bool = False
    seen: tuple[str, ...] = ()

    @property
    def record(self) -> str:
        """The record of the party: a block with a number is one of partners."""
        return "partner" if self.party == "organisation" else self.party

    @property
    def is_organisation(self) -> bool:
        """Say whether the block is that of an organisation that can be named."""
        if self.memorandum or self.party == "organisation":  # a memorandum has several of each kind
            return self.party == "organisation" and self.item is not None
        return self.party in ORGANISATIONS

    def knows_whose(self, words: str) -> bool:
        """Say whether it is certain whose word this is, as far as the word depends on what the blank stands under."""
        root = words.partition(".")[0]
        if self.party == "coordinator" and root == "coordinator":
            return False  # often a person, where the word is an organisation's
        if self.party and (root == self.record or words.startswith("learner.guardian") or root == "learner"):
            return self.party_sure or self.field not in _OF_PARTY
        return self.topic_sure or not set(self.asked) & _OF_TOPIC

    @property
    def is_clear(self) -> bool:
        """Say whether all was understood that was asked for before in the block: else somebody may have been named."""
        return NOT_UNDERSTOOD not in self.seen

    def has(self, *keys: str) -> bool:
        """Say whether one of these keys of the party was asked for before in the block."""
        return any(words.endswith(f".{key}") for words in self.seen for key in keys)

    def named_last(self, *keys: str) -> str:
        """Say which of these keys was asked for last in the block; nothing where none was."""
        ends = [words.rpartition(".")[2] for words in self.seen]
        return next((end for end in reversed(ends) if end in keys), "")


_OF_PARTY = frozenset({
    "name", "organisation_name", "organisation", "family_name", "given_names", "address", "country", "telephone",
    "email", "website", "oid", "contact_person", "responsible_person", "position", "legal_representative", "place",
    "date", "date_of_birth", "sex", "nationality",
})  # fmt: skip
"""Fields whose word depends on whose block they stand in."""

_OF_TOPIC = frozenset({
    "name", "organisation", "organisation_name", "position", "date", "method", "country", "points", "units", "outcomes",
    "additional_information", "annexes", "enclosures",
})  # fmt: skip
"""Fields whose word depends on what their block is about."""
