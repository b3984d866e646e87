"""Rows of sheet Learners into learners and their agreements, with what was typed once elsewhere (floor 3).

A row is one mobility. Rows of one person are put together (by Learner ID, else by name and date of birth), mobilities
are counted by start date where no number is given, and every empty field of the agreement takes the nearest value:
Unit choices, Learners, Units, the workplace's or host's row, Cohort.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from pipeline.columns import DEFAULTS, LEARNERS
from pipeline.links import Level, Register, settle
from pipeline.model import Agreement, Learner, Origin, Partner, Qualification, Unit, UnitChoice
from pipeline.people import Choices, Person, Stay, choices_by_stay, mobility_of, people_of, register_of
from pipeline.problem import Place, Problem, fault
from pipeline.raw import readable
from pipeline.records import Row
from pipeline.sheets import missing_column, needs
from pipeline.spelling import bare
from pipeline.unreadable import blank_cell, no_number


@fault("S214")
def same_mobility_twice(name: str, first: str) -> str:
    """Two rows stand for the same mobility of one learner.

    A learner who goes twice has two rows with different start dates, or with numbers in column Mobility.

    Advice: Delete one of the rows, or number them in column Mobility.
    Basis: data (contract, section 2; domain check C25)
    """
    return f"This row and {first} are the same mobility of “{readable(name)}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a row of Learners may point to, and the defaults of sheet Cohort.

    What organisations say of their mentors, and units of their activities, is kept: many learners share it.
    """

    partners: Register[Partner]
    qualifications: Register[Qualification]
    units: Register[Unit]
    coordinator: Partner | None
    defaults: Level
    _levels: dict[int, Level] = field(default_factory=dict)
    _of_units: dict[tuple[int, ...], Level] = field(default_factory=dict)

    def level_of(self, partner: Partner) -> Level:
        """Give what an organisation says of its mentor and assessor."""
        if id(partner) not in self._levels:
            there = {key: getattr(partner, key) for key in _FROM_HOST if getattr(partner, key) is not None}
            level = Level(there, _FROM_HOST & partner.origin.unreadable, cache(partner.at))
            self._levels[id(partner)] = level
        return self._levels[id(partner)]

    def level_of_units(self, units: Sequence[Unit]) -> Level:
        """Put together what units say of activities and assessment, each text once, a line each."""
        key = tuple(map(id, units))
        if key not in self._of_units:
            texts: dict[str, str] = {}
            places: dict[str, Place] = {}
            for name in _FROM_UNITS:
                said = {text: unit for unit in reversed(units) if (text := getattr(unit, name))}
                if said:
                    texts[name] = "\n".join(reversed(said))
                    places[name] = next(reversed(said.values())).at(name)
            self._of_units[key] = Level(texts, (), places.__getitem__)
        return self._of_units[key]


PERSON = ("id", "family_name", "given_names", "date_of_birth", "sex", "nationality", "address", "telephone", "email",
          "emergency_contact", "guardian", "guardian_address", "guardian_telephone", "guardian_email", "guardian2",
          "guardian2_telephone", "guardian2_email")  # fmt: skip
"""The columns that belong to the person: rows of one person agree in them, and later rows may leave them blank."""

_TERMS = tuple(
    term.name for term in fields(Agreement)
    if term.name in {column.key for column in LEARNERS.columns if column.record == "agreement"} - {"units_acquired"}
)  # fmt: skip
_STATED = {"weeks": "stated_weeks", "points": "stated_points"}
_FROM_HOST = frozenset({"mentor", "mentor_telephone", "mentor_email", "assessor", "assessor_role"})
_FROM_UNITS = frozenset({"activities", "assessment_method"})
_PARTNERS = ("home", "host", "workplace", "employer", "intermediary")


def defaults_of(cohort: Row) -> Level:
    """Take from sheet Cohort the fields that are columns of Learners."""
    keys = {column.key for column in DEFAULTS}
    given = {key: value for key, value in cohort.values.items() if key in keys}
    return Level(given, keys & cohort.origin.unreadable, cache(cohort.origin.at))


def learners_of(
    rows: Sequence[Row], choices: Sequence[Row], around: Surroundings, problems: list[Problem]
) -> tuple[list[Learner], Register[Person]]:
    """Make the learners of a cohort from the rows of Learners and Unit choices; what is wrong goes to `problems`.

    Of a learner who gets no papers nothing is told, apart from what her other rows take over.
    """
    people = people_of(rows, around.defaults)
    register = register_of(people.values())
    choices_of = choices_by_stay(choices, register, problems)
    missing = _columns_missing(rows, choices, around.defaults, problems)
    learners: dict[int, Learner] = {}
    told: dict[int, Sequence[Problem]] = {}
    for person in people.values():
        some_travel = 0 < len(person.travelling) < len(person.stays)
        shared = {person.first.origin.at(key) for key in PERSON if some_travel}
        seen: dict[int, Row] = {}
        for stay in person.stays:
            row = rows[stay.index]
            found = [] if mobility_of(row) or "mobility" not in row.values else [_no_mobility(row)]
            learner = _learner(row, person, stay, choices_of[stay.index], around, found, missing)
            if seen.setdefault(stay.number, row) is not row:
                first = seen[stay.number].origin.at("family_name")
                found.append(same_mobility_twice(row.origin.at("family_name"), learner.name, str(first)))
            every = [*row.problems, *found]
            learners[stay.index] = learner
            told[stay.index] = every if learner.has_papers else [each for each in every if each.place in shared]
    for index in range(len(rows)):
        problems += told[index]
    return [learners[index] for index in range(len(rows))], register


def _no_mobility(row: Row) -> Problem:
    sentence = f"“{row.values['mobility']}” is no number of a mobility."
    return no_number(row.origin.at("mobility"), sentence, "Write 1, 2 …, or leave the cell blank.")


def _columns_missing(
    rows: Sequence[Row], choices: Sequence[Row], defaults: Level, problems: list[Problem]
) -> frozenset[tuple[str, str, str]]:
    """Tell, once a table and not in every row, which needed columns are missing as a whole."""
    missing = []
    for row in {(row.origin.file, row.origin.sheet): row for row in rows}.values():
        for column in needs(LEARNERS):
            elsewhere = defaults.has(column.key) or (column.key == "units" and choices)
            if column.key not in row.origin.columns and not elsewhere:
                place = Place(file=row.origin.file, sheet=row.origin.sheet)
                problems.append(missing_column(place, column.name, row.origin.sheet))
                missing.append((row.origin.file, row.origin.sheet, column.key))
    return frozenset(missing)


def _learner(
    row: Row, person: Person, stay: Stay, choices: Choices, around: Surroundings, problems: list[Problem],
    missing: frozenset[tuple[str, str, str]],
) -> Learner:  # fmt: skip
    own = _level(row)
    levels = [own, around.defaults]
    inherited = {f"choice astray {number}": place for number, place in enumerate(choices.astray)}

    def settled(key: str, nearer: Sequence[Level] = levels) -> Any:
        if key in own.values:
            return own.values[key]
        value, level = settle(key, nearer)
        if level is not None and level is not own:
            inherited[key] = level.at(key)
        return value

    origin = Origin(
        file=row.origin.file, sheet=row.origin.sheet, row=row.origin.row, columns=row.origin.columns,
        inherited=inherited, unreadable=row.origin.unreadable,
    )  # fmt: skip
    hers = levels if row is person.first else [own, _level(person.first), around.defaults]
    who = {key: settled(key, hers) for key in PERSON}
    partners = {key: _one(around.partners, key, settled(key), origin, problems) for key in _PARTNERS}
    qualification = _one(around.qualifications, "qualification", settled("qualification"), origin, problems)
    agreed = _agreed(settled("units") or (), choices.rows, qualification, around.units, origin, problems)
    made = {id(choice) for _, choice in agreed}
    inherited |= {  # a unit that is chosen and cannot be found holds the papers it is missing from
        f"choice {choice.origin.row}": choice.origin.at("unit") for choice in choices.rows if id(choice) not in made
    }  # fmt: skip
    hosts = [around.level_of(partner) for partner in (partners["workplace"], partners["host"]) if partner]
    from_host = [own, *hosts, around.defaults]
    from_units = [own, around.level_of_units([unit for unit, _ in agreed]), around.defaults]
    terms: dict[str, Any] = {}
    for key in (*_TERMS, *_STATED):
        value = settled(key, from_host if key in _FROM_HOST else from_units if key in _FROM_UNITS else levels)
        if value is not None:
            terms[_STATED.get(key, key)] = value
    terms.setdefault("status", "confirmed")
    held = [
        found for typed in settled("units_acquired") or ()
        for found in _unit(around.units, typed, qualification, (origin, "units_acquired"), problems)
    ]  # fmt: skip
    agreement = Agreement(
        **terms, **partners, coordinator=around.coordinator, qualification=qualification,
        choices=tuple(_choice(unit, choice, terms, origin, own, around) for unit, choice in agreed),
        units_acquired=tuple(held),
    )  # fmt: skip
    told = {"units": agreed or None, "qualification": qualification, **who, **terms, **partners}
    _tell_blanks(own, told, origin, missing, problems)
    return Learner(**who, origin=origin, more=row.more, mobility=stay.number, agreement=agreement, person=person.key)


def _level(row: Row) -> Level:
    return Level(row.values, row.origin.unreadable, row.origin.at)


def _one(register: Register[Any], key: str, typed: str | None, origin: Origin, problems: list[Problem]) -> Any:
    if typed is None:
        return None
    found = register.meant(typed)[0] or register.find(typed, origin.at(key), problems)
    return found[0] if found else None


def _unit(
    units: Register[Unit], typed: str, qualification: Qualification | None, at: tuple[Origin, str],
    problems: list[Problem],
) -> Sequence[Unit]:  # fmt: skip
    """Find a unit, in the learner's own qualification where it stands in several; `at` says where it is named."""
    found = units.meant(typed)[0] or units.find(typed, at[0].at(at[1]), problems)
    own = [unit for unit in found if unit.qualification is qualification]
    return (own or list(found))[:1]


def _agreed(
    typed: Sequence[str], choices: Sequence[Row], qualification: Qualification | None, units: Register[Unit],
    origin: Origin, problems: list[Problem],
) -> list[tuple[Unit, Row | None]]:  # fmt: skip
    """Put together column Units and the rows of Unit choices: a unit named in both is one unit."""
    agreed: list[tuple[Unit, Row | None]] = [
        (unit, None) for name in typed for unit in _unit(units, name, qualification, (origin, "units"), problems)
    ]
    waiting = {id(unit): at for at, (unit, _) in reversed(list(enumerate(agreed)))}
    for choice in choices:
        if "unit" not in choice.values:
            continue
        for unit in _unit(units, choice.values["unit"], qualification, (choice.origin, "unit"), problems):
            at = waiting.pop(id(unit), None)
            if at is None:
                agreed.append((unit, choice))
            else:
                agreed[at] = (unit, choice)
    return agreed


def _choice(
    unit: Unit, row: Row | None, terms: Mapping[str, Any], origin: Origin, hers: Level, around: Surroundings
) -> UnitChoice:
    own = _level(row) if row else Level({}, (), origin.at)
    described = [hers, around.level_of_units([unit]), around.defaults]
    places = {"": own.at("unit" if row else "units")}
    places["scope"] = places["part"] = places[""]

    def settled(key: str, otherwise: Any, place: Callable[[str], Place]) -> Any:
        places[key] = own.at(key) if own.has(key) else place(key)
        return own.values.get(key) if own.has(key) else otherwise

    def told(key: str) -> Any:
        value, level = settle(key, described)
        places[key] = level.at(key) if level else unit.at(key)
        return value

    scope = settled("scope", "part" if own.has("part") else "whole", lambda _: places[""])
    assessor = settled("assessor", terms.get("assessor"), origin.at)
    same = assessor is not None and bare(assessor) == bare(terms.get("assessor", ""))  # the assessor of the whole stay
    role = terms.get("assessor_role") if same or not own.has("assessor") else None
    return UnitChoice(
        unit=unit, scope=scope or "whole", part=settled("part", None, lambda _: places[""]),
        points=settled("points", unit.points if scope == "whole" else None, unit.at), assessor=assessor,
        assessor_role=settled("assessor_role", role, origin.at),
        assessment_date=settled("assessment_date", terms.get("assessment_date"), origin.at),
        activities=told("activities"), assessment_method=told("assessment_method"), places=places,
    )  # fmt: skip


def _tell_blanks(
    own: Level, settled: Mapping[str, Any], origin: Origin, missing: frozenset[tuple[str, str, str]],
    problems: list[Problem],
) -> None:  # fmt: skip
    for column in needs(LEARNERS):
        told = own.has(column.key) or column.key in origin.inherited
        if settled.get(column.key) is None and not told and (origin.file, origin.sheet, column.key) not in missing:
            problems.append(blank_cell(origin.at(column.key), column.name))
