"""The facts of a cohort, frozen (floor 1). A value is plain; the cell it came from is one call away: `record.at(key)`.

Records compare by identity: they are rows of a workbook, and two rows with the same values are still two rows.
Dates are `datetime.date`, points are `Decimal`, an empty cell is None (an empty tuple for lists).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as later
from decimal import Decimal

from pipeline.problem import Place

OF_THE_HOST = "of the host"
"""What field Language of sheet Cohort says where each paper is in its host's language."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Origin:
    """Where a record was read: its row, the column letter of each key, and what it inherited from elsewhere.

    `columns` is shared by all records of a sheet (for sheet Cohort it holds whole cells: “B7”). `inherited` holds the
    cells of values that the record took over by “type once”; `unreadable` the keys whose own cell holds something that
    could not be read, so that no rule complains of the same cell again.
    """

    file: str
    sheet: str
    row: int | None
    columns: Mapping[str, str]
    inherited: Mapping[str, Place]
    unreadable: frozenset[str] = frozenset()

    def at(self, key: str = "") -> Place:
        """Find the cell a value came from, or the row where there is no such column."""
        if key in self.inherited:
            return self.inherited[key]
        column = self.columns.get(key)
        if self.row is None:
            row = int("".join(filter(str.isdigit, column))) if column else None
            return Place(file=self.file, sheet=self.sheet, cell=column, row=row)
        cell = f"{column}{self.row}" if column else None
        return Place(file=self.file, sheet=self.sheet, cell=cell, row=self.row)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """What every record has: its origin and the columns the contract does not know (`more`)."""

    origin: Origin
    more: Mapping[str, str]

    def at(self, key: str = "") -> Place:
        """Find the cell of a value: `learner.at("date_of_birth")`."""
        return self.origin.at(key)

    def blank(self, key: str) -> bool:
        """Say whether a value is missing, and not only unreadable (which is told already)."""
        return getattr(self, key) in (None, "", ()) and key not in self.origin.unreadable


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Achievement(Record):
    """A unit that was recognised for a person, or a part of one: a row of the learner register, or of Results.

    `title` is the unit's, `qualification` the title of the qualification, `points` are those credited, `cohort` is the
    ID of the cohort. It keeps what was written when it was recognised: units and hosts may be called otherwise since.
    """

    learner_id: str | None = None
    family_name: str | None = None
    given_names: str | None = None
    date_of_birth: dt.date | None = None
    qualification_id: str | None = None
    qualification: str | None = None
    unit_id: str | None = None
    title: str | None = None
    scope: str = "whole"
    part: str | None = None
    points: Decimal | None = None
    recognised_as: str | None = None
    recognised_by: str | None = None
    recognised_on: dt.date | None = None
    host: str | None = None
    cohort: str | None = None
    mobility: int | None = None
    evidence: str | None = None

    @property
    def name(self) -> str:
        """Given names and family name, as they stand on a paper."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agreement:
    """What is agreed for one stay. Empty fields are already filled from where they were typed once.

    `recognised_before` is what the learner register held towards this qualification when the stay began; whole units
    of it stand among `units_acquired` too.
    """

    status: str
    home: Partner | None
    host: Partner | None
    workplace: Partner | None
    employer: Partner | None
    intermediary: Partner | None
    coordinator: Partner | None
    qualification: Qualification | None
    choices: tuple[UnitChoice, ...]
    units_acquired: tuple[Unit, ...]
    recognised_before: tuple[Achievement, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    stated_weeks: Decimal | None = None
    stated_points: Decimal | None = None
    progress: str | None = None
    activities: str | None = None
    mentor: str | None = None
    mentor_telephone: str | None = None
    mentor_email: str | None = None
    assessor: str | None = None
    assessor_role: str | None = None
    assessment_date: dt.date | None = None
    assessment_method: str | None = None
    assessment_recording: str | None = None
    validator: str | None = None
    validator_role: str | None = None
    validation_method: str | None = None
    validation_date: dt.date | None = None
    validation_recording: str | None = None
    recogniser: str | None = None
    recogniser_role: str | None = None
    recognition_method: str | None = None
    enclosures_progress: tuple[str, ...] = ()
    enclosures_programme: tuple[str, ...] = ()
    enclosures_assessment: tuple[str, ...] = ()
    additional_information: str | None = None
    annexes: tuple[str, ...] = ()
    mobility_id: str | None = None
    signed: dt.date | None = None
    amendment: str | None = None
    reason_for_change: str | None = None
    actual_start: dt.date | None = None
    actual_end: dt.date | None = None
    europass_number: str | None = None
    europass_issued_on: dt.date | None = None

    @property
    def days(self) -> int | None:
        """Calendar days of the stay, both ends counted."""
        return (self.end - self.start).days + 1 if self.start and self.end and self.end >= self.start else None

    @property
    def organisations(self) -> tuple[Partner, ...]:
        """The organisations of this stay, each once: home, host, workplace, employer, intermediary, coordinator."""
        every = (self.home, self.host, self.workplace, self.employer, self.intermediary, self.coordinator)
        return tuple(dict.fromkeys(partner for partner in every if partner))

    @property
    def points(self) -> Decimal | None:
        """The stated points, else the sum of the agreed units' points; None where nobody uses points."""
        if self.stated_points is not None:
            return self.stated_points
        known = [choice.points for choice in self.choices if choice.points is not None]
        return sum(known, Decimal(0)) if known else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Learner(Record):
    """A row of sheet Learners: a learner and one stay. `person` is the same for all rows of one person.

    `achievements` is all that the learner register holds of her, towards whatever qualification and by whatever cohort.
    """

    id: str | None = None
    mobility: int
    family_name: str | None = None
    given_names: str | None = None
    date_of_birth: dt.date | None = None
    sex: str | None = None
    nationality: str | None = None
    address: str | None = None
    telephone: str | None = None
    email: str | None = None
    emergency_contact: str | None = None
    guardian: str | None = None
    guardian_address: str | None = None
    guardian_telephone: str | None = None
    guardian_email: str | None = None
    guardian2: str | None = None
    guardian2_telephone: str | None = None
    guardian2_email: str | None = None
    agreement: Agreement
    person: str
    achievements: tuple[Achievement, ...] = ()

    @property
    def name(self) -> str:
        """Given names and family name, as they stand on a paper."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)

    @property
    def key(self) -> str:
        """What stays the same for this row over all runs: the person and the number of the mobility."""
        return f"{self.person}#{self.mobility}"

    @property
    def has_papers(self) -> bool:
        """Reserve and withdrawn learners stay without papers and problems (contract, section 2)."""
        return self.agreement.status not in ("reserve", "withdrawn")

    def age_on(self, day: dt.date | None) -> int | None:
        """Completed years of age on a day."""
        if not self.date_of_birth or not day:
            return None
        had_birthday = (day.month, day.day) >= (self.date_of_birth.month, self.date_of_birth.day)
        return day.year - self.date_of_birth.year - (not had_birthday)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Companion(Record):
    """A person who travels with the learners."""

    name: str | None = None
    role: str | None = None
    home: Partner | None = None
    host: Partner | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    telephone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result(Record):
    """What came of a unit, or of one of its outcomes, for one stay."""

    learner: Learner | None = None
    unit: Unit | None = None
    mobility: int | None = None
    learning_outcome: str | None = None
    result: str | None = None
    not_shown_yet: str | None = None
    grade: str | None = None
    assessed_by: str | None = None
    assessed_on: dt.date | None = None
    remarks: str | None = None
    validated: str | None = None
    validated_by: str | None = None
    validated_on: dt.date | None = None
    recognised_as: str | None = None
    recognised_by: str | None = None
    recognised_on: dt.date | None = None
    points_credited: Decimal | None = None
    evidence: str | None = None


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
    one names: they only count for what remains to a qualification.
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
