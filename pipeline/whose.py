"""Whose an achievement is: clearly one person's, or nobody's (floor 2). Pure.

A person is known by her Learner ID, name and date of birth, which have to agree; where one side has no ID, by name and
date of birth. What is unclear counts for nobody: a unit recognised for one learner must never count for another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.model import Achievement, Learner
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.raw import readable
from pipeline.spelling import bare, same_id

Born = dt.date | None


@fault("S171", Severity.WARNING)
def unclear_person(lacking: str) -> str:
    """A row of the learner register does not say clearly whose it is, and so counts for nobody.

    It needs a name, and a Learner ID or a date of birth.

    Advice: Fill Family name, Given names and Date of birth.
    Basis: data (a unit recognised for one learner must never count for another)
    """
    return f"The row counts for nobody: {lacking}."


@fault("S172", Severity.WARNING)
def same_number_other_person(identifier: str, here: str, there: str, place: str) -> str:
    """One Learner ID belongs to two people in the cohort and in the learner register: name or date of birth differ.

    A name may have changed, or be misspelled; or the ID was given twice. What the register holds under it is not
    counted until the two agree.

    Advice: Correct the name or the date of birth in one of the two; if they are two people, give one another ID.
    Basis: data (a unit recognised for one learner must never count for another)
    """
    return f"“{readable(identifier)}” is {here} here, and {there} in {place}: what stands there is not counted."


@fault("S173", Severity.NOTICE)
def number_given_anew(identifier: str, here: str, there: str, place: str) -> str:
    """A Learner ID belongs to another person in the learner register: both name and date of birth differ.

    Colleges that count anew each year use an ID again. Nothing of the other person is counted.

    Advice: Nothing, if they are two people. Learner IDs that stay the same over the years are clearer.
    Basis: data (a unit recognised for one learner must never count for another)
    """
    return f"“{readable(identifier)}” is {here} here, and somebody else in {place}: {there}."


@fault("S174", Severity.WARNING)
def other_number_same_person(name: str, here: str, there: str, place: str) -> str:
    """A learner stands in the learner register under another Learner ID: name and date of birth are the same.

    What the register holds of her is not counted, because two people may have one name and one birthday.

    Advice: Write the same Learner ID in both, or leave it blank in the register: name and birthday then say who it is.
    Basis: data (a unit recognised for one learner must never count for another)
    """
    return f"“{readable(name)}” is {here} here and “{readable(there)}” in {place}: that is not counted."


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of a person.

    `others` are under her Learner ID and of another name or birth, `strangers` of her name and birth and under another
    ID (one of each person); `perhaps` do not say whose they are, and may be hers.
    """

    hers: tuple[Achievement, ...] = ()
    others: tuple[Achievement, ...] = ()
    strangers: tuple[Achievement, ...] = ()
    perhaps: tuple[Achievement, ...] = ()


class People:
    """Achievements by whose they are. Kept: those that say it clearly, by Learner ID and by person; and the others."""

    def __init__(self, achievements: Iterable[Achievement] = ()) -> None:
        self._by_id: dict[str, list[Achievement]] = {}
        self._by_person: dict[tuple[str, Born], list[Achievement]] = {}
        self.unclear: list[Achievement] = []
        for one in achievements:
            self.add(one)

    def add(self, one: Achievement) -> None:
        """Enter an achievement."""
        if not named(one) or not (one.learner_id or one.date_of_birth):
            self.unclear.append(one)
            return
        self._by_person.setdefault((named(one), one.date_of_birth), []).append(one)
        if one.learner_id:
            self._by_id.setdefault(same_id(one.learner_id), []).append(one)

    def look(self, person: Learner | Achievement) -> Looked:
        """Look for a person among them."""
        identifier = _number(person)
        key, name, born = same_id(identifier) if identifier else "", named(person), person.date_of_birth
        if not name:  # her name is blank or unreadable, which is told already
            return Looked()
        hers: dict[int, Achievement] = {}
        others: dict[tuple[str, Born], Achievement] = {}
        for one in self._by_id.get(key, ()) if key else ():
            if named(one) == name and (born is None or one.date_of_birth in (born, None)):
                hers[id(one)] = one
            else:
                others.setdefault((named(one), one.date_of_birth), one)
        alike = self._by_person.get((name, born), ()) if born else ()
        numbers = {same_id(one.learner_id): one for one in alike if one.learner_id}
        strangers = [one for number, one in numbers.items() if number != key] if key or len(numbers) > 1 else []
        for one in alike if key or not strangers else ():
            if not (one.learner_id and key):
                hers[id(one)] = one
        perhaps = [one for one in self.unclear if _may_be(one, key, name)]
        return Looked(tuple(hers.values()), tuple(others.values()), tuple(strangers), tuple(perhaps))

    def of(self, person: Learner | Achievement) -> tuple[tuple[Achievement, ...], list[Problem]]:
        """Find what is a person's, and tell what may be hers and is unclear."""
        looked = self.look(person)
        doubts = [other_person(person, one) for one in looked.others]
        doubts += [other_number(person, one) for one in looked.strangers]
        return looked.hers, [*doubts, *map(unclear, looked.perhaps)]


def named(person: Learner | Achievement) -> str:
    """Fold the name of a person, so that two spellings of it meet; empty where a part of it is missing."""
    both = person.family_name and person.given_names
    return bare(f"{person.family_name} {person.given_names}") if both else ""


def _may_be(one: Achievement, key: str, name: str) -> bool:
    return bool(key and one.learner_id and same_id(one.learner_id) == key) or bool(name and named(one) == name)


def unclear(one: Achievement) -> Problem:
    """Word why a row of the register counts for nobody."""
    if not (one.family_name and one.given_names):
        blank = "Given names" if one.family_name else "Family name"
        return unclear_person(one.at("given_names" if one.family_name else "family_name"), f"“{blank}” is blank")
    return unclear_person(one.at("date_of_birth"), "it has neither a Learner ID nor a date of birth")


def _cell(person: Learner | Achievement) -> Place:
    return person.at("id" if isinstance(person, Learner) else "learner_id")


def _number(person: Learner | Achievement) -> str:
    return (person.id if isinstance(person, Learner) else person.learner_id) or ""


def other_person(person: Learner | Achievement, one: Achievement) -> Problem:
    """Word that somebody else stands under a person's Learner ID; a notice where it is somebody else for sure."""
    days = person.date_of_birth, one.date_of_birth
    surely = named(one) != named(person) and all(days) and days[0] != days[1]
    word = number_given_anew if surely else same_number_other_person
    return word(_cell(person), _number(person), _person(person), _person(one), with_file(one.at("learner_id")))


def other_number(person: Learner | Achievement, one: Achievement) -> Problem:
    """Word that a person stands under another Learner ID too."""
    here = f"“{readable(_number(person))}”" if _number(person) else "without a Learner ID"
    place = with_file(one.at("learner_id"))
    return other_number_same_person(_cell(person), person.name, here, one.learner_id or "", place)


def with_file(place: Place) -> str:
    """Name a place with its file, where a sentence speaks of several files."""
    return str(place) if place.of_file or not place.sheet else f"{place.file} › {place}"


def _person(person: Learner | Achievement) -> str:
    born = f", born “{person.date_of_birth:%d.%m.%Y}”" if person.date_of_birth else ""
    return f"“{readable(person.name)}”{born}"
