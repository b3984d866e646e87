"""A learner and her stay: what was agreed, who travelled along, what came of it and what was recognised (floor 1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.programme import Partner, Qualification, Unit, UnitChoice
from pipeline.model.record import Record


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
    """What came of a unit, or of one of its outcomes, for one stay.

    `document` is the name of the file that a host sent and that the row is from. It is no evidence that anybody keeps.
    """

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
    document: str | None = None
