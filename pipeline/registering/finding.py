"""What the results of the cohorts recognise, and the learner register does not hold yet (floor 8).

A row is entered only where nothing speaks against it: its learner's results are in order, it is clear who she is, and
the register does not tell it otherwise. Nothing that stands in the register is ever changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline import checks
from pipeline.achievements import each_achieved, excludes, same_unit
from pipeline.columns import ACHIEVEMENTS, RESULTS_SHEET
from pipeline.disk import checksum_of
from pipeline.folders import with_folders
from pipeline.holds import row_of, sheet_of
from pipeline.learner_register import LearnerRegister, read_learner_register
from pipeline.model import Achievement, Cohort
from pipeline.problem import CannotContinue, Place, Problem, Severity, fault
from pipeline.raw import readable
from pipeline.registering.checking import faults_of
from pipeline.registry import read_registry
from pipeline.returned.bringing import results_beside, with_collected
from pipeline.room import Room
from pipeline.sentences import still_to_come
from pipeline.spelling import bare, same_id
from pipeline.whose import People, named, with_file
from pipeline.workbook import Reading, read_cohort


@fault("S177", Severity.WARNING)
def told_otherwise(unit: str, name: str, place: str, differing: Sequence[tuple[str, str, str]]) -> tuple[str, str]:
    """The learner register tells a recognition otherwise than the results of its cohort.

    Nothing is entered, and nothing in the register is changed: nobody but the college knows which of the two is right.

    Advice: Correct it in Results, or in the learner register.
    Basis: data (what the college recognised is recorded once)
    """
    column, here, there = differing[0]
    more = f" (and {len(differing) - 1} more)" if len(differing) > 1 else ""
    what = f"{column} is “{readable(here)}” here and “{readable(there)}” in {place}{more}"
    return f"The unit “{readable(unit)}” of “{readable(name)}” stands in the register otherwise: {what}.", ""


@fault("S178", Severity.WARNING)
def recognised_before(unit: str, name: str, cohort: str, place: str) -> str:
    """A unit was recognised by another cohort already, and a unit is recognised once.

    Two parts of a unit may be recognised one after the other, and the whole unit after a part of it.

    Advice: Look which of the two is right, and correct the other. If a part was recognised, say so on Unit choices.
    Basis: form (Recommendation 2009/C 155/02, annex II: recognised units are accumulated, and not repeated; C14)
    """
    by = f" by the cohort “{readable(cohort)}”" if cohort else ""
    return f"The unit “{readable(unit)}” of “{readable(name)}” was recognised already{by}: {place}."


@fault("S179", Severity.WARNING)
def results_wait(name: str, place: str) -> str:
    """What a learner's results recognise is not entered into the learner register, because a cell of them is wrong.

    Advice: Correct the cell; `ecvet check` tells what is wrong with it.
    Basis: data (what is entered counts for years)
    """
    return f"The results of “{readable(name)}” are not entered yet: {place} is to be corrected first."


@fault("S180", Severity.WARNING)
def unknown_person(name: str) -> str:
    """It is not clear who a learner is, so what was recognised for her is not entered into the learner register.

    The register knows people for years by name, and by Learner ID or date of birth.

    Advice: Fill Family name, Given names and Date of birth on sheet Learners.
    Basis: data (a unit recognised for one learner must never count for another)
    """
    return f"It is not clear who “{readable(name)}” is, so nothing is entered for her."


@fault("S181", Severity.NOTICE)
def not_yet(day: dt.date) -> str:
    """A unit is to be recognised on a day that is still to come, so it is not entered into the learner register yet.

    Advice: It is entered from that day on. If the date is wrong, correct it.
    Basis: data (what the register holds was recognised)
    """
    return still_to_come("The day on which it is recognised", day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found: rows to enter, what speaks against others, and what is wrong in the register itself.

    `later` are recognitions whose day is still to come: nothing is wrong with them, and nothing is entered yet.

    `seen` is the checksum of the register as it was read (None where there is none yet), `there` the number of
    recognitions of these cohorts that it holds already. `unread` names cohorts that could not be read, with the reason.
    """

    path: Path
    seen: str | None
    register: LearnerRegister | None
    entries: tuple[Achievement, ...] = ()
    there: int = 0
    against: tuple[Problem, ...] = ()
    later: tuple[Problem, ...] = ()
    faults: tuple[Problem, ...] = ()
    unread: tuple[tuple[str, Problem], ...] = ()

    @property
    def in_order(self) -> bool:
        """Say whether nothing is to be looked at."""
        return not (self.against or self.faults or self.unread)


def find(room: Room, paths: Iterable[Path], today: dt.date) -> Finding:
    """Read the register and the cohorts, and find what is to be entered. Raises CannotContinue."""
    path = room.learner_register
    try:
        seen = checksum_of(path)
    except OSError as wrong:
        raise CannotContinue(f"“{path.name}” cannot be read. Look whether it is open elsewhere.") from wrong
    register = read_learner_register(path)
    if register and register.problems:
        return Finding(path=path, seen=seen, register=register, faults=register.problems)
    shared, beside = read_registry(room.register), results_beside(room.output)
    found = with_folders([read_cohort(each, register=shared, collected=beside) for each in paths])
    readings = [with_collected(reading, room.output / folder) for reading, folder in found]
    unread = tuple((reading.name, _reason(reading)) for reading in readings if reading.cohort is None)
    against: dict[Problem, None] = {}
    ready: list[Achievement] = []
    for reading in readings:
        if reading.cohort:
            ready += _ready(reading.cohort, reading, against)
    later: list[Problem] = []
    there, entries = _sorted_out(ready, register, against, later, today)
    return Finding(
        path=path, seen=seen, register=register, entries=tuple(entries), there=there, against=tuple(against),
        later=tuple(later),
        faults=tuple(faults_of(register, today)) if register else (), unread=unread,
    )  # fmt: skip


def _reason(reading: Reading) -> Problem:
    return next((problem for problem in reading.problems if problem.holds), reading.problems[0])


def _ready(cohort: Cohort, reading: Reading, against: dict[Problem, None]) -> Iterator[Achievement]:
    """Give what the results of a cohort recognise, where nothing is wrong with them."""
    wrong = [problem for problem in (*reading.problems, *checks.run(cohort)) if problem.holds]
    sheets = {result.origin.sheet for result in cohort.results}
    ours = {row_of(each.place): each for each in reversed(wrong) if _is_of_results(each.place, sheets, cohort)}
    whole = next((problem for (_, _, row), problem in ours.items() if row is None), None)
    hindered: dict[str, Place] = {}
    for result in cohort.results:
        problem = whole or ours.get(row_of(result.at()))
        if problem and result.learner:
            hindered.setdefault(result.learner.person, problem.place)
        elif problem and result.recognised_on:  # of whom it speaks, nobody knows
            against[problem] = None
    if whole:
        against[whole] = None
    for learner, one in each_achieved(cohort):
        if place := hindered.get(learner.person):
            against[results_wait(one.at("learner_id"), one.name, with_file(place))] = None
        elif not named(one) or _WHO & learner.origin.unreadable or not (one.learner_id or one.date_of_birth):
            against[unknown_person(one.at("learner_id"), one.name or one.learner_id or "")] = None
        else:
            yield one


_WHO = frozenset({"family_name", "given_names", "date_of_birth", "id"})


def _is_of_results(place: Place, sheets: Collection[str], cohort: Cohort) -> bool:
    return place.sheet in sheets or sheet_of(cohort, place) == RESULTS_SHEET.name


def _sorted_out(
    ready: Sequence[Achievement], register: LearnerRegister | None, against: dict[Problem, None], later: list[Problem],
    today: dt.date,
) -> tuple[int, list[Achievement]]:  # fmt: skip
    """Leave out what the register holds already, what speaks against it, and what is recognised after `today`.

    The earliest recognition counts.
    """
    known = People(register.achievements if register else ())
    there, entries = 0, []
    for one in sorted(ready, key=lambda each: each.recognised_on or dt.date.max):
        hers, doubts = known.of(one)
        same = [each for each in hers if same_unit(each, one)]
        if any(not (differing(one, each) or _is_another(one, each)) for each in same):
            there += 1
            continue
        found = [each for each in doubts if each.severity is Severity.WARNING] or _clash(one, same)
        if found:
            against.update(dict.fromkeys(found))
        elif one.recognised_on and one.recognised_on > today:
            later.append(not_yet(one.at("recognised_on"), one.recognised_on))
        else:
            entries.append(one)
            known.add(one)
    return there, entries


def _clash(one: Achievement, same: Sequence[Achievement]) -> list[Problem]:
    """Tell what the register holds of the same unit and what cannot stand beside it."""
    unit = _unit(one)
    for each in same:
        if same_id(each.cohort or "") == same_id(one.cohort or "") and not _is_another(one, each):
            place, what = with_file(each.at("unit_id")), differing(one, each)
            return [told_otherwise(one.at("unit_id"), unit, one.name, place, what)]
        if excludes(each, one):
            place = with_file(each.at("unit_id"))
            return [recognised_before(one.at("unit_id"), unit, one.name, each.cohort or "", place)]
    return []


def _is_another(one: Achievement, other: Achievement) -> bool:
    """Say whether a cohort recognised a unit twice: in two stays of hers, or two parts of it in one."""
    if same_id(one.cohort or "") != same_id(other.cohort or ""):
        return False
    parts = one.scope == other.scope == "part" and bare(one.part or "") != bare(other.part or "")
    return parts or (one.mobility or 1) != (other.mobility or 1)


def _unit(one: Achievement) -> str:
    return " ".join(part for part in (one.unit_id, one.title) if part)


def differing(one: Achievement, other: Achievement) -> list[tuple[str, str, str]]:
    """List in what two recognitions of one unit differ: name of the column, value here, value there."""
    found = []
    for key in ("scope", "recognised_on", "recognised_by", "recognised_as", "points"):
        here, there = getattr(one, key), getattr(other, key)
        alike = bare(here) == bare(there) if isinstance(here, str) and isinstance(there, str) else here == there
        if not alike:
            found.append((ACHIEVEMENTS.column(key).name, _shown(here), _shown(there)))
    return found


def _shown(value: object) -> str:
    return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else "nothing" if value is None else str(value)
