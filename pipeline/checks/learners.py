"""The person: birth, guardian, and whether the rows of one learner hold together (L codes, floor 3)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.checks.rule import Finding, check, dated
from pipeline.columns import LEARNERS, Kind
from pipeline.model import Cohort, Learner, by_person
from pipeline.problem import Severity
from pipeline.spelling import bare

YOUNGEST, OLDEST = 14, 70

PERSONAL = tuple(
    column for column in LEARNERS.columns if column.record == "learner" and column.key not in ("id", "mobility")
)
"""The columns that describe the person and not the stay: all rows of one person must agree in them."""


@check("L101", Severity.ERROR)
def born_after_the_start(cohort: Cohort) -> Iterator[Finding]:
    """The date of birth is not before the stay.

    The date of birth is compared with the first day of the stay; mostly a day of this year was typed instead of the
    year of birth.

    Advice: Correct the date of birth.
    Basis: data (one of two dates must be wrong; C24)
    """
    for learner in cohort.travelling:
        born, start = learner.date_of_birth, learner.agreement.start
        if born and start and born >= start:
            yield learner.at("date_of_birth"), (
                f"The date of birth {dated(born)} is not before the start of the stay, {dated(start)}."
            )


@check("L102", Severity.ERROR)
def age_is_not_plausible(cohort: Cohort) -> Iterator[Finding]:
    """The learner would be younger than 14 or older than 70 at the start of the stay.

    Completed years on the first day. A learner in vocational education is hardly younger or older; a slip in a year
    of birth is common, and it stands on every paper.

    Advice: Correct the date of birth, or the start date if that is wrong.
    Basis: data (ages of learners in vocational education; C24)
    """
    for learner in cohort.travelling:
        born, start = learner.date_of_birth, learner.agreement.start
        age = learner.age_on(start)
        if born and start and age is not None and born < start and not YOUNGEST <= age <= OLDEST:
            yield learner.at("date_of_birth"), (
                f"Born on {dated(born)}, the learner would be “{age}” years old at the start of the stay."
            )


def under_age_on(cohort: Cohort, learner: Learner) -> dt.date | None:
    """Find the day on which a guardian has to sign for her: the first day of the stay, or the day of signature.

    The day of signature is her own, else the cohort's; one that lies more than a year before the start is a slip. None
    where she is of age, and where her age cannot be told or cannot be right.
    """
    start, signed = learner.agreement.start, learner.agreement.signed or cohort.date
    at_start = learner.age_on(start)
    if not start or at_start is None or not YOUNGEST <= at_start <= OLDEST:
        return None
    if cohort.is_minor(learner, start):
        return start
    is_likely = signed and start - dt.timedelta(days=366) <= signed <= start
    return signed if is_likely and cohort.is_minor(learner, signed) else None


@check("L110", Severity.ERROR)
def guardian_is_missing(cohort: Cohort) -> Iterator[Finding]:
    """A learner under age has no parent or guardian on the sheet.

    Under age means: younger than the cohort's Adult age (18 if nothing is said) on the first day of the stay, or on
    the day the papers are signed. Such an agreement is not signed without a parent or guardian.

    Advice: Fill Guardian with the name of a parent or legal guardian.
    Basis: form (official Learning Agreement form, sections 1 and 7: parents or legal guardian, if applicable; C21)
    """
    for learner in cohort.travelling:
        day = under_age_on(cohort, learner)
        if day and learner.blank("guardian"):
            yield learner.at("guardian"), (
                f"The learner is “{learner.age_on(day)}” years old on {dated(day)}, younger than "
                f"“{cohort.adult_age}”, and no guardian is named."
            )


@check("L111", Severity.NOTICE)
def guardian_of_an_adult(cohort: Cohort) -> Iterator[Finding]:
    """A guardian is named for a learner who is of age.

    She is of age on the first day of the stay and on the day the papers are signed, so no guardian signs. It may be
    meant as an emergency contact, which has its own column.

    Advice: Nothing has to be done; if the date of birth is wrong, correct it.
    Basis: data (official Learning Agreement form, section 1: guardian if applicable; C22)
    """
    for learner in cohort.travelling:
        age = learner.age_on(learner.agreement.start)
        named = learner.guardian or learner.guardian2
        of_age = age is not None and cohort.adult_age <= age <= OLDEST and not under_age_on(cohort, learner)
        if named and of_age:
            yield learner.at("guardian" if learner.guardian else "guardian2"), (
                f"“{named}” is named as guardian of {learner.name}, who is “{age}” at the start of the stay."
            )


def are_different_people(first: Learner, later: Learner) -> bool:
    """Say whether two rows under one ID must be two persons: two of family name, given names and birth differ."""
    differing = [
        bool(one and other) and one != other
        for one, other in (
            (bare(first.family_name or ""), bare(later.family_name or "")),
            (bare(first.given_names or ""), bare(later.given_names or "")),
            (first.date_of_birth, later.date_of_birth),
        )
    ]
    return sum(differing) >= 2


def _agree(kind: Kind, one: object, other: object) -> bool:
    """Compare two cells as a person does: spaces, capitals and the way a telephone is spaced do not matter."""
    if kind is Kind.PHONE:
        return re.sub(r"\D", "", str(one)) == re.sub(r"\D", "", str(other))
    if isinstance(one, str) and isinstance(other, str):
        return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
    return one == other


@check("L120", Severity.ERROR)
def rows_of_one_person_contradict(cohort: Cohort) -> Iterator[Finding]:
    """Two rows of one learner contradict each other.

    A learner who goes twice has a row for each stay. Name, birth, address, contacts and guardian are the person's: the
    second row may leave them blank, but not say something else.

    Advice: Correct the wrong one of the two cells, or empty this one.
    Basis: data (the two rows contradict each other; C25)
    """
    for rows in by_person(cohort.travelling).values():
        said: dict[str, Learner] = {}
        for learner in rows if len(rows) > 1 else ():
            if are_different_people(rows[0], learner):
                continue
            for column in PERSONAL:
                key, value = column.key, getattr(learner, column.key)
                if not value or key in learner.origin.inherited:
                    continue
                first = said.setdefault(key, learner)
                other = getattr(first, key)
                if not _agree(column.kind, value, other):
                    here, there = (f"{v:%d.%m.%Y}" if isinstance(v, dt.date) else v for v in (value, other))
                    yield learner.at(key), (
                        f"{column.name} is “{here}” here and “{there}” in another row of {first.name} "
                        f"({first.at(key)})."
                    )


@check("L121", Severity.ERROR)
def one_id_for_two_people(cohort: Cohort) -> Iterator[Finding]:
    """One Learner ID stands for two persons.

    Rows with one ID are stays of one person. Here two of family name, given names and date of birth differ, so it must
    be two persons, and results, points and papers of one would be taken for the other's.

    Advice: Give each learner an ID of her own.
    Basis: data (an ID names one person; C25, C49)
    """
    for rows in by_person(cohort.travelling).values():
        for learner in rows[1:]:
            if are_different_people(rows[0], learner):
                yield learner.at("id"), (
                    f"Learner ID “{learner.id}” stands here for {learner.name} and in {rows[0].at('id')} for "
                    f"{rows[0].name}."
                )


@check("L122", Severity.ERROR)
def one_person_under_two_ids(cohort: Cohort) -> Iterator[Finding]:
    """A learner stands on the sheet twice under different IDs.

    Name and date of birth are the same. Either a row was entered twice, or the learner goes twice: then both rows carry
    one ID.

    Advice: Delete one row, or give both rows the same Learner ID if it is one learner with two stays.
    Basis: data (two rows describe the same person; C25)
    """
    known: dict[tuple[str, dt.date], Learner] = {}
    for rows in by_person(cohort.travelling).values():
        learner = rows[0]
        if not (learner.name and learner.date_of_birth):
            continue
        first = known.setdefault((bare(learner.name), learner.date_of_birth), learner)
        if first is not learner:
            yield learner.at("id"), (
                f"{learner.name}, born on {dated(learner.date_of_birth)}, stands here as “{learner.id or 'no ID'}” and "
                f"in {first.at('id')} as “{first.id or 'no ID'}”."
            )


@check("L123", Severity.WARNING)
def namesakes_without_an_id(cohort: Cohort) -> Iterator[Finding]:
    """Two learners have the same name, and not both have an ID.

    Their papers differ in the date of birth alone, and in a folder their files can be told apart by the ID only.

    Advice: Give each of them a Learner ID.
    Basis: data (papers must be told apart; C49)
    """
    namesakes: dict[str, list[Learner]] = {}
    for rows in by_person(cohort.travelling).values():
        if rows[0].name:
            namesakes.setdefault(bare(rows[0].name), []).append(rows[0])
    for people in namesakes.values():
        if len({learner.date_of_birth for learner in people}) < 2:
            continue
        for learner in people:
            if learner.blank("id"):
                yield learner.at("id"), f"There are “{len(people)}” learners called {learner.name}, and this has no ID."
