"""What was recognised over the years, and what remains to a qualification (floor 2). Pure.

Achievements come from two places: the learner register, and a cohort's own sheet Results. What a cohort has recognised
itself never counts as known before it: else its signed agreements would change as soon as its results are registered.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from pipeline.model import Achievement, Agreement, Cohort, Learner, Qualification, Result, Unit
from pipeline.spelling import bare, same_id

RECOGNISED = frozenset({"yes", "partly"})
"""What Validated says of a unit that may be recognised (Recommendation 2009/C 155/02: validation goes before)."""


_IN_RESULTS = {
    "points": "points_credited", "unit_id": "unit", "title": "unit", "scope": "validated", "part": "validated",
    "learner_id": "learner", "family_name": "learner", "given_names": "learner", "date_of_birth": "learner",
}  # fmt: skip
"""Where sheet Results says what the learner register has other columns for."""


def is_recognised(result: Result) -> bool:
    """Say whether the home college recognised what a row of Results speaks of: by whom, and on which day.

    What it did not validate is not recognised (Recommendation 2009/C 155/02, annex II), and what nobody signed for, or
    on no day, is not recognised yet.
    """
    return result.validated in RECOGNISED and bool(result.recognised_by and result.recognised_on)


def achieved(result: Result, cohort: Cohort, at: int = 0) -> Achievement | None:
    """Give what a row of Results recognises, as the learner register would hold it; None where it recognises nothing.

    A unit of which a part was agreed, or that was validated partly, is recognised in part: what she did not show yet
    remains to be learned. Of several agreed parts of a unit the rows stand in their order: this one is number `at`.
    """
    learner, unit = result.learner, result.unit
    if learner is None or unit is None or result.learning_outcome or not is_recognised(result):
        return None
    stay = learner.agreement
    qualification = unit.qualification or stay.qualification
    choices = [choice for choice in stay.choices if choice.unit is unit]
    agreed = choices[min(at, len(choices) - 1)] if choices else None
    part = agreed is not None and agreed.scope == "part"
    columns = result.origin.columns
    there = {own: columns[key] for own, key in _IN_RESULTS.items() if key in columns}
    return Achievement(
        origin=replace(result.origin, columns=MappingProxyType({**columns, **there})), more={},
        learner_id=learner.id, family_name=learner.family_name, given_names=learner.given_names,
        date_of_birth=learner.date_of_birth,
        qualification_id=qualification.id if qualification else None,
        qualification=qualification.title if qualification else None, unit_id=unit.id, title=unit.title,
        scope="part" if part or result.validated == "partly" else "whole",
        part=agreed.part if agreed and part else None, points=result.points_credited,
        recognised_as=result.recognised_as, recognised_by=result.recognised_by,
        recognised_on=result.recognised_on, host=(stay.host.name or stay.host.id) if stay.host else None,
        cohort=cohort.id or None, mobility=learner.mobility, evidence=result.evidence,
    )  # fmt: skip


def each_achieved(cohort: Cohort) -> Iterator[tuple[Learner, Achievement]]:
    """Give what the results of a cohort recognise, with whose it is, in the order of the sheet."""
    rows = Counter[tuple[int, int]]()
    for result in cohort.results:
        row = id(result.learner), id(result.unit)
        if result.learner and (one := achieved(result, cohort, rows[row])):
            rows[row] += 1
            yield result.learner, one


def of_cohort(cohort: Cohort) -> dict[str, list[Achievement]]:
    """Give what the results of a cohort recognise, by person (all her stays together), in the order of the sheet."""
    found: dict[str, list[Achievement]] = {}
    for learner, one in each_achieved(cohort):
        found.setdefault(learner.person, []).append(one)
    return found


def counts_towards(one: Achievement, qualification: Qualification | None) -> bool:
    """Say whether an achievement is one of this qualification: by its ID, and by its title where no ID is given."""
    if qualification is None:
        return False
    if one.qualification_id:
        return same_id(one.qualification_id) == same_id(qualification.id)
    return bool(one.qualification) and bare(one.qualification or "") == bare(qualification.title or "")


def of_same_cohort(one: Achievement, cohort: str) -> bool:
    """Say whether an achievement was recognised by the cohort with this ID."""
    return bool(one.cohort) and same_id(one.cohort or "") == same_id(cohort)


def before(learner: Learner, cohort: str) -> tuple[Achievement, ...]:
    """Choose what counted towards the learner's qualification when this stay began.

    That is what other cohorts recognised, up to its first day. Their rows without a date count; nothing of this very
    cohort does, so that its papers stay as they are when its own results come into the register.
    """
    stay = learner.agreement
    return tuple(
        one for one in learner.achievements
        if counts_towards(one, stay.qualification) and not of_same_cohort(one, cohort)
        and (one.recognised_on or dt.date.min) <= (stay.start or dt.date.max)
    )  # fmt: skip


def with_achievements(learner: Learner, achievements: Sequence[Achievement], cohort: str,
                      units: Iterable[Unit]) -> Learner:  # fmt: skip
    """Give a learner what the learner register holds of her.

    Whole units that count for this stay join those of the cell Units already acquired. `units` are those of the cohort;
    of one that it does not list the register's row tells the title.
    """
    learner = replace(learner, achievements=tuple(achievements))
    known = before(learner, cohort)
    stay = learner.agreement
    acquired = {same_id(unit.id): unit for unit in stay.units_acquired}
    own = {same_id(unit.id): unit for unit in units if unit.qualification is stay.qualification}
    for one in known:
        if one.scope == "whole" and one.unit_id:
            key = same_id(one.unit_id)
            acquired.setdefault(key, own.get(key) or _unit_of(one, stay.qualification))
    held = (*stay.units_acquired, *(unit for unit in acquired.values() if unit not in stay.units_acquired))
    return replace(learner, agreement=replace(stay, recognised_before=known, units_acquired=held))


def _unit_of(one: Achievement, qualification: Qualification | None) -> Unit:
    return Unit(
        id=one.unit_id or "", qualification=qualification, title=one.title, titles={}, points=one.points,
        origin=one.origin, more={},
    )  # fmt: skip


def is_of(one: Achievement, unit: Unit) -> bool:
    """Say whether an achievement is of this unit, the qualification being the same."""
    return bool(one.unit_id) and same_id(one.unit_id or "") == same_id(unit.id)


def points_held(stay: Agreement) -> list[Decimal]:
    """List the points of what is held before a stay, each unit's once.

    A whole unit counts with the points that were credited for it, and where none are written with its own; parts count
    where the whole unit is not held.
    """
    return points_of(stay.units_acquired, stay.recognised_before)


def points_of(acquired: Iterable[Unit], recognised: Sequence[Achievement]) -> list[Decimal]:
    """List the points of whole units that are held and of what was recognised, each unit's once (`points_held`)."""
    credited: dict[str, dict[str, Decimal]] = {}
    for scope in ("whole", "part"):
        for one in recognised:
            if one.scope == scope and one.unit_id and one.points is not None:
                credited.setdefault(f"{scope} {same_id(one.unit_id)}", {}).setdefault(bare(one.part or ""), one.points)
    whole = {same_id(unit.id): unit for unit in acquired}
    found = [next(iter(credited.get(f"whole {key}", {"": unit.points}).values())) for key, unit in whole.items()]
    parts = (points.values() for key, points in credited.items() if key[:5] == "part " and key[5:] not in whole)
    return [each for each in (*found, *(each for points in parts for each in points)) if each is not None]


def so_far(learner: Learner, own: Sequence[Achievement]) -> tuple[Achievement, ...]:
    """List all that was recognised for a learner so far, by the day it was: the register's rows and her cohort's.

    `own` is what the results of her cohort recognise (`of_cohort`). What of it stands in the register too is listed
    once, as the results say it.
    """
    others = [one for one in learner.achievements if not any(is_same(one, each) for each in own)]
    return tuple(sorted((*others, *own), key=lambda one: one.recognised_on or dt.date.min))


def is_same(one: Achievement, other: Achievement) -> bool:
    """Say whether two entries of one person are of the same unit, by the same cohort."""
    return same_unit(one, other) and same_id(one.cohort or "") == same_id(other.cohort or "")


def same_unit(one: Achievement, other: Achievement) -> bool:
    """Say whether two achievements are of the same unit of the same qualification."""
    return same_id(one.unit_id or "") == same_id(other.unit_id or "") and same_qualification(one, other)


def excludes(earlier: Achievement, later: Achievement) -> bool:
    """Say whether two recognitions of one unit cannot both stand: the whole was recognised, or the same part.

    Two parts may be recognised one after the other, and the whole unit after a part of it.
    """
    if earlier.scope == "whole":
        return True
    return later.scope == "part" and bare(earlier.part or "") == bare(later.part or "")


def same_qualification(one: Achievement, other: Achievement) -> bool:
    """Say whether two achievements count towards the same qualification."""
    if one.qualification_id and other.qualification_id:
        return same_id(one.qualification_id) == same_id(other.qualification_id)
    return bare(one.qualification or "") == bare(other.qualification or "")


def held_by(learner: Learner, achievements: Iterable[Achievement]) -> frozenset[str]:
    """Name the whole units of her qualification that a learner holds: acquired, or recognised so far (folded)."""
    stay = learner.agreement
    recognised = (
        one.unit_id for one in achievements
        if one.scope == "whole" and one.unit_id and counts_towards(one, stay.qualification)
    )  # fmt: skip
    return frozenset(map(same_id, (*(unit.id for unit in stay.units_acquired), *recognised)))


def points_so_far(learner: Learner, achievements: Sequence[Achievement]) -> tuple[Decimal | None, Decimal | None]:
    """Count the points of all that a learner holds by now towards her qualification, and what then remains to it.

    That is what was acquired before the stay and what is recognised so far, each unit once. Both None where nothing of
    it has points; what remains needs the points of the qualification and is never below zero.
    """
    stay = learner.agreement
    if not achievements and not stay.units_acquired:
        return None, None
    counting = tuple(one for one in achievements if counts_towards(one, stay.qualification))
    whole = {same_id(unit.id): unit for unit in stay.units_acquired}
    agreed = {same_id(choice.unit.id): choice.unit for choice in stay.choices} if counting else {}
    for one in counting:
        if one.scope == "whole" and one.unit_id:
            key = same_id(one.unit_id)
            whole.setdefault(key, agreed.get(key) or _unit_of(one, stay.qualification))
    points = points_of(whole.values(), counting)
    if not points:
        return None, None
    held = sum(points, Decimal(0))
    all_of_it = stay.qualification.points if stay.qualification else None
    return held, max(all_of_it - held, Decimal(0)) if all_of_it is not None else None


def remaining(cohort: Cohort, qualification: Qualification, held: frozenset[str]) -> Iterator[Unit]:
    """List the units of a qualification that are still to be learned: all that are known and not held yet.

    Known are those that the cohort lists, and those of the register that all cohorts share. Units that are taught at
    home only remain too; of a unit recognised in part the rest does.
    """
    shared = (unit for unit in cohort.further_units if unit.qualification is qualification)
    return (unit for unit in (*cohort.units_of(qualification), *shared) if same_id(unit.id) not in held)
