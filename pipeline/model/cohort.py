"""A cohort: the fields of its first sheet, and every record of the others (floor 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as later
from decimal import Decimal

from pipeline.model.programme import Partner, Qualification, Unit
from pipeline.model.record import Record
from pipeline.model.stay import Companion, Learner, Result

OF_THE_HOST = "of the host"
"""What field Language of sheet Cohort says where each paper is in its host's language."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Requirement(Record):
    """What an employer looks for in one job: a row of sheet Job profiles.

    `outcome` is a Unit ID, or a learning outcome in words; `matches` what a person decided of it: Unit IDs, with or
    without one of the unit's outcomes behind a colon, or `NO_MATCH` alone. `employer` is a name.
    """

    profile: str | None = None
    employer: str | None = None
    outcome: str | None = None
    weight: Decimal | None = None
    matches: tuple[str, ...] = ()


NO_MATCH = "none"
"""What column Matches of sheet Job profiles says where a person decided that nothing covers a requirement."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cohort(Record):
    """A cohort: the fields of sheet Cohort and every record of the other sheets, in the order of the sheets.

    `further_units` are those of its qualifications that stand in the register of all cohorts and that nobody in this
    one names: they only count for what remains to a qualification. `called` says by file and name which sheet of the
    contract a sheet is that has a name of the officer's own. `units_missing` says that there are no units because
    their sheet is missing, empty or unreadable, which is told of the sheet.
    """

    id: str
    title: str | None = None
    programme: str | None = None
    project_code: str | None = None
    project_start: dt.date | None = None
    project_end: dt.date | None = None
    call_year: int | None = None
    field: str | None = None
    mode: str | None = None
    activity: str | None = None
    language: str | None = None
    templates: str | None = None
    adult_age: int = 18
    draft: bool = False
    place: str | None = None
    date: dt.date | None = None
    memorandum: str = "one for all"
    signed_on: dt.date | None = None
    file_code: str | None = None
    other_objectives: str | None = None
    other_organisations: str | None = None
    valid_until: dt.date | None = None
    review_date: dt.date | None = None
    reviewed_by: str | None = None
    additional_information: str | None = None
    annexes: tuple[str, ...] = ()
    partners: tuple[Partner, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    units: tuple[Unit, ...] = ()
    further_units: tuple[Unit, ...] = ()
    learners: tuple[Learner, ...] = ()
    companions: tuple[Companion, ...] = ()
    results: tuple[Result, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    units_missing: bool = False
    called: Mapping[tuple[str, str | None], str] = later(default_factory=dict)
    travelling: tuple[Learner, ...] = later(init=False)
    """The rows that get papers, and that rules look at."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "travelling", tuple(learner for learner in self.learners if learner.has_papers))

    @property
    def signed_elsewhere(self) -> bool:
        """The memorandum is signed already: none is made, its rules still hold."""
        return self.memorandum == "already signed"

    def is_minor(self, learner: Learner, day: dt.date | None) -> bool:
        """Under the cohort's adult age on this day (Adult age, 18 where nothing is said)."""
        age = learner.age_on(day)
        return age is not None and age < self.adult_age

    def units_of(self, qualification: Qualification) -> tuple[Unit, ...]:
        """The units listed for a qualification, those for mobility and the others."""
        return tuple(unit for unit in self.units if unit.qualification is qualification)

    def units_abroad(self, qualification: Qualification) -> tuple[Unit, ...]:
        """The units of a qualification that can be agreed for a mobility (column For mobility is not no)."""
        return tuple(unit for unit in self.units_of(qualification) if unit.for_mobility is not False)


def by_person(learners: Iterable[Learner]) -> dict[str, list[Learner]]:
    """Group rows by the person they belong to, in the order of the sheet."""
    people: dict[str, list[Learner]] = {}
    for learner in learners:
        people.setdefault(learner.person, []).append(learner)
    return people
