"""Who is who: the rows of one person, and which stay a row of another sheet means (floor 3)."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from pipeline.links import Level, Register, ambiguous_reference, register
from pipeline.problem import Place, Problem, Severity, fault, is_of_results
from pipeline.raw import readable
from pipeline.rows import Row
from pipeline.spelling import bare, same_id


@fault("S215", Severity.WARNING)
def choice_without_learner(learner: str, meant: str | None) -> tuple[str, str]:
    """A row of sheet Unit choices belongs to nobody.

    Advice: Correct the Learner ID, or delete the row.
    Basis: data (domain check C37)
    """
    advice = f"Did you mean “{meant}”?" if meant else "Correct the Learner ID, or delete the row."
    return f"No row of sheet Learners has the ID or the name “{readable(learner)}”.", advice


@fault("S217")
def no_such_stay(learner: str, mobility: int) -> str:
    """A row speaks of a mobility that a learner does not have.

    Advice: Correct the number in column Mobility; it counts the rows of the learner on sheet Learners.
    Basis: data (contract, section 2)
    """
    return f"“{readable(learner)}” has no mobility “{mobility}” on sheet Learners."


@fault("S218")
def which_stay(learner: str) -> str:
    """A learner goes twice, and a row does not say which of the stays it speaks of.

    Where the unit is agreed for one of the stays only, that one is meant.

    Advice: Write the number of the stay (1, 2 …) into column Mobility.
    Basis: data (contract, section 2)
    """
    return f"“{readable(learner)}” goes more than once, and the row does not say for which stay it counts."


@fault("S219", Severity.WARNING)
def result_of_nobody(learner: str, meant: str | None) -> tuple[str, str]:
    """A row of a workbook of collected results belongs to nobody of the cohort; it counts for nobody.

    Most often she was forgotten (`ecvet forget`), and somebody worked in that workbook, so it was left as it is.

    Advice: If she was forgotten, delete these rows; else add her to sheet Learners.
    Basis: data (domain check C37)
    """
    advice = f"Did you mean “{meant}”? If she was forgotten, delete these rows." if meant else ""
    return f"“{readable(learner)}” is not on sheet Learners, so her results count for nobody.", advice


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A row of sheet Learners, before it is read in full: where it stands in the order, and the number of the mobility.

    `travels` is False for reserve and withdrawn, `units` are the entries of column Units, folded.
    """

    index: int
    number: int
    travels: bool
    units: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A learner with all her stays; `key` is the same over all runs, `id` is empty where she has none.

    `names` are her given names and her family name, both empty where one is missing; `by_number` finds a stay by its
    mobility, `travelling` are the stays that get papers.
    """

    id: str
    key: str
    names: tuple[str, str]
    stays: Sequence[Stay]
    by_number: Mapping[int, Stay]
    travelling: Sequence[Stay]


def people_of(rows: Sequence[Row], defaults: Level) -> dict[str, Person]:
    """Put together the rows of each person, by Learner ID or else by name and date of birth, and number her stays."""
    indices: dict[str, list[int]] = {}
    for index, row in enumerate(rows):
        indices.setdefault(key_of(row), []).append(index)
    people: dict[str, Person] = {}
    for key, hers in indices.items():
        numbers = _numbers([rows[index] for index in hers], defaults)
        stays = [_stay(index, number, rows[index], defaults) for index, number in zip(hers, numbers, strict=True)]
        first = rows[hers[0]]
        people[key] = Person(
            id=str(first.values.get("id", "")), key=key, names=_names(first), stays=stays,
            by_number={stay.number: stay for stay in reversed(stays)},
            travelling=[stay for stay in stays if stay.travels],
        )  # fmt: skip
    return people


def _names(row: Row) -> tuple[str, str]:
    given, family = (str(row.values.get(key, "")) for key in ("given_names", "family_name"))
    return (given, family) if given and family else ("", "")


def key_of(row: Row) -> str:
    """Say whose row it is: the same key, the same person."""
    if "id" in row.values:
        return same_id(str(row.values["id"]))
    born = row.values.get("date_of_birth")
    name = bare(f"{row.values.get('family_name', '')} {row.values.get('given_names', '')}")
    return f"{name}*{born.isoformat()}" if isinstance(born, dt.date) else f"{name}*"


def _numbers(rows: Sequence[Row], defaults: Level) -> list[int]:
    """Number the stays of a person: as column Mobility says, the others by start date."""
    numbers = [mobility_of(row) or 0 for row in rows]
    taken = set(numbers)
    free = iter(number for number in range(1, len(rows) + len(taken) + 1) if number not in taken)
    for index in sorted(range(len(rows)), key=lambda at: _start(rows[at], defaults)):
        numbers[index] = numbers[index] or next(free)
    return numbers


def mobility_of(row: Row) -> int | None:
    """Give the number in column Mobility; None where there is none, or one that counts nothing (0)."""
    number = row.values.get("mobility")
    return number if isinstance(number, int) and number > 0 else None


def _start(row: Row, defaults: Level) -> dt.date:
    start = row.values.get("start", defaults.values.get("start"))
    return start if isinstance(start, dt.date) else dt.date.max


def _stay(index: int, number: int, row: Row, defaults: Level) -> Stay:
    status = row.values.get("status", defaults.values.get("status"))
    units = row.values.get("units", defaults.values.get("units")) or ()
    return Stay(
        index=index, number=number, travels=status not in ("reserve", "withdrawn"),
        units=frozenset(map(same_id, units)),
    )  # fmt: skip


def register_of(people: Iterable[Person]) -> Register[Person]:
    """Enter people under their IDs and their names, in both orders."""
    everybody = list(people)
    both_ways = [
        (f"{given} {family}", f"{family} {given}") if given else () for given, family in (it.names for it in everybody)
    ]
    return register("Learners", everybody, both_ways)


def person_of(row: Row, people: Register[Person], problems: list[Problem]) -> Person | None:
    """Find the person a row of Results speaks of; None where there is none, or it could be several."""
    typed = row.values.get("learner")
    if not typed:
        return None
    place = row.origin.at("learner")
    if is_of_results(place.file) and not any(people.meant(typed)):
        problems.append(result_of_nobody(place, typed, people.nearly(typed)))
        return None
    found = people.find(typed, place, problems)
    return found[0] if found else None


_MOST_STAYS = 20
"""Stays of one learner that are looked through; nobody goes more often."""


def stay_of(
    person: Person, row: Row, agreed: Callable[[Stay], bool], problems: list[Problem]
) -> Stay | None:
    """Find the stay that a row of Unit choices or Results means.

    `agreed` says of a stay whether the unit of the row is agreed for it. None where there is no such stay, or where it
    could be several: that is a problem of the row.
    """
    if "mobility" in row.origin.unreadable:
        return None
    name = person.id or row.values["learner"]
    if "mobility" in row.values:
        found = person.by_number.get(row.values["mobility"])
        if found is None:
            problems.append(no_such_stay(row.origin.at("mobility"), name, row.values["mobility"]))
        return found
    likely = (person.travelling or person.stays)[:_MOST_STAYS]
    for stays in (person.stays, person.travelling, [stay for stay in likely if agreed(stay)]):
        if len(stays) == 1:
            return stays[0]
    problems.append(which_stay(row.origin.at("learner"), name))
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """The rows of Unit choices for one stay; `astray` are cells of rows that may belong to it, and its papers wait."""

    rows: list[Row] = field(default_factory=list)
    astray: list[Place] = field(default_factory=list)


def choices_by_stay(
    choices: Sequence[Row], people: Register[Person], problems: list[Problem]
) -> defaultdict[int, Choices]:
    """Give each row of Unit choices to the stay it means, by its place in the order; what cannot be given is told."""
    found: defaultdict[int, Choices] = defaultdict(Choices)
    for row in choices:
        typed = row.values.get("learner")
        if typed is None:
            continue
        persons, named = people.meant(typed)
        if not persons:
            place = row.origin.at("learner")
            told = ambiguous_reference(place, typed, named) if named else None
            problems.append(told or choice_without_learner(place, typed, people.nearly(typed)))
            continue
        stay = stay_of(persons[0], row, partial(_agreed, row), problems)
        if stay:
            found[stay.index].rows.append(row)
        else:
            for each in persons[0].stays[:_MOST_STAYS]:
                found[each.index].astray.extend([row.origin.at("learner"), row.origin.at("mobility")])
    return found


def _agreed(choice: Row, stay: Stay) -> bool:
    return same_id(choice.values.get("unit", "")) in stay.units
