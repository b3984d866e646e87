"""Organisations, qualifications and units, and what of a unit is agreed with a learner (floor 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.record import Record
from pipeline.problem import Place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Partner(Record):
    """An organisation. `country` is an ISO 3166 code; `signs` says whether it signs the memorandum."""

    id: str
    roles: tuple[str, ...] = ()
    name: str | None = None
    country: str | None = None
    address: str | None = None
    telephone: str | None = None
    email: str | None = None
    website: str | None = None
    oid: str | None = None
    language: str | None = None
    places: int | None = None
    emergency_telephone: str | None = None
    contact_person: str | None = None
    contact_position: str | None = None
    contact_telephone: str | None = None
    contact_email: str | None = None
    mentor: str | None = None
    mentor_telephone: str | None = None
    mentor_email: str | None = None
    assessor: str | None = None
    assessor_role: str | None = None
    signs_memorandum: bool | None = None
    signatory: str | None = None
    signatory_role: str | None = None
    agreement_signatory: str | None = None
    agreement_signatory_role: str | None = None
    signed_on: dt.date | None = None

    @property
    def signs(self) -> bool:
        """Signs the memorandum: as column Signs memorandum says, else by role (contract, section 2)."""
        if self.signs_memorandum is not None:
            return self.signs_memorandum
        return bool({"home", "host", "intermediary", "coordinator"} & set(self.roles))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Qualification(Record):
    """A qualification; `titles` holds its title by language code."""

    id: str
    title: str | None = None
    titles: Mapping[str, str]
    country: str | None = None
    eqf_level: int | None = None
    nqf_level: str | None = None
    points: Decimal | None = None
    awarding_body: str | None = None
    enclosures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unit(Record):
    """A unit in one qualification: points belong to the pair (Recommendation 2009/C 155/02, annex II)."""

    id: str
    qualification: Qualification | None = None
    title: str | None = None
    titles: Mapping[str, str]
    eqf_level: int | None = None
    points: Decimal | None = None
    knowledge: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    competence: tuple[str, ...] = ()
    learning_outcomes: tuple[str, ...] = ()
    activities: str | None = None
    assessment_method: str | None = None
    assessment_criteria: str | None = None
    hosts: tuple[Partner, ...] = ()
    valid_until: dt.date | None = None
    for_mobility: bool | None = None
    counts_at_home_as: str | None = None
    if_not_achieved: str | None = None

    @property
    def outcomes(self) -> tuple[str, ...]:
        """All outcomes of the unit, of whatever kind."""
        return self.knowledge + self.skills + self.competence + self.learning_outcomes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UnitChoice:
    """A unit agreed with one learner: whole or part, with what is special for her. `at` finds the deciding cell.

    `activities` and `assessment_method` are what holds for this unit and this learner: hers, else the unit's, else the
    cohort's.
    """

    unit: Unit
    scope: str
    part: str | None
    points: Decimal | None
    assessor: str | None
    assessor_role: str | None
    assessment_date: dt.date | None
    activities: str | None = None
    assessment_method: str | None = None
    places: Mapping[str, Place]

    def at(self, key: str = "") -> Place:
        """Find the cell of a value; without a key, the cell that names the unit."""
        return self.places.get(key, self.places[""])
