"""What is wrong in the learner register itself (floor 8). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.achievements import excludes, same_unit
from pipeline.columns import ACHIEVEMENTS
from pipeline.learner_register import LearnerRegister
from pipeline.model import Achievement
from pipeline.problem import Problem, Severity, fault
from pipeline.raw import readable
from pipeline.sentences import still_to_come
from pipeline.sheets import needs
from pipeline.unreadable import blank_cell
from pipeline.whose import other_number, other_person, unclear, with_file

YOUNGEST = 10
"""Years of age below which nobody had a unit of vocational education recognised: the date is a slip."""


@fault("S175", Severity.WARNING)
def entered_twice(unit: str, name: str, place: str) -> str:
    """A unit stands twice in the learner register for one person, and a unit is recognised once.

    Its points are counted once.

    Advice: Delete one of the two rows; of two parts of a unit say in column Part which they are.
    Basis: data (a unit can be achieved once; C15)
    """
    return f"The unit “{readable(unit)}” of “{readable(name)}” stands in {place} too."


@fault("S176", Severity.WARNING)
def impossible_date(sentence: str) -> str:
    """A date in the learner register cannot be right.

    Advice: Correct the date.
    Basis: data (a unit is recognised once it was learned)
    """
    return sentence


def faults_of(register: LearnerRegister, today: dt.date) -> Iterator[Problem]:
    """Tell what is wrong in the register: cells, blanks, rows of nobody, people told apart badly, doubles, dates."""
    yield from register.problems
    yield from register.notes
    needed = [column for column in needs(ACHIEVEMENTS) if column.key in register.columns]
    for one in register.achievements:
        yield from register.of_rows.get(one.origin.row or 0, ())
        yield from (blank_cell(one.at(column.key), column.name) for column in needed if one.blank(column.key))
        yield from _dates(one, today)
    yield from _people(register)


def _dates(one: Achievement, today: dt.date) -> Iterator[Problem]:
    day, born = one.recognised_on, one.date_of_birth
    if day and day > today:
        yield impossible_date(one.at("recognised_on"), still_to_come("The day of the recognition", day))
    if born and born > today:
        yield impossible_date(one.at("date_of_birth"), still_to_come("The date of birth", born))
    elif day and born and day.year - born.year < YOUNGEST:
        told = f"The day of the recognition, “{day:%d.%m.%Y}”, does not fit the date of birth “{born:%d.%m.%Y}”."
        yield impossible_date(one.at("recognised_on"), told)


def _people(register: LearnerRegister) -> Iterator[Problem]:
    """Look at each person once: who stands there in two ways, and which of her units stands there twice."""
    yield from map(unclear, register.people.unclear)
    seen: set[int] = set()
    told: set[frozenset[int]] = set()
    for one in register.achievements:
        if id(one) in seen:
            continue
        looked = register.people.look(one)
        seen |= {id(each) for each in looked.hers}
        for word, others in ((other_person, looked.others), (other_number, looked.strangers)):
            for other in others:
                pair = frozenset((id(one), id(other)))
                if pair not in told and (problem := word(one, other)).severity is Severity.WARNING:
                    told.add(pair)
                    yield problem
        yield from _doubles(looked.hers)


def _doubles(hers: tuple[Achievement, ...]) -> Iterator[Problem]:
    earlier: list[Achievement] = []
    for one in sorted(hers, key=lambda each: each.recognised_on or dt.date.min) if len(hers) > 1 else ():
        same = (each for each in earlier if one.unit_id and same_unit(each, one) and excludes(each, one))
        if first := next(same, None):
            unit = " ".join(part for part in (one.unit_id, one.title) if part)
            yield entered_twice(one.at("unit_id"), unit, one.name, with_file(first.at("unit_id")))
        earlier.append(one)
