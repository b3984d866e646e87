"""Rows of sheet Learners into learners and their agreements, with what was typed once elsewhere (floor 3).

A row is one mobility. Rows of one person are put together (by Learner ID, else by name and date of birth), mobilities
are counted by start date where no number is given, and every empty field of the agreement takes the nearest value:
Unit choices, Learners, Units, the workplace's or host's row, Cohort.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from pipeline.columns import DEFAULTS, LEARNERS, UNIT_CHOICES
from pipeline.links import Level, Register, settle
from pipeline.model import Agreement, Learner, Origin, Partner, Qualification, Unit, UnitChoice
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.records import Row
from pipeline.sheets import missing_column, needs
from pipeline.spelling import bare
from pipeline.unreadable import blank_cell


@fault("S214")
def same_mobility_twice(name: str, first: str) -> str:
    """Two rows stand for the same mobility of one learner.

    A learner who goes twice has two rows with different start dates, or with numbers in column Mobility.

    Advice: Delete one of the rows, or number them in column Mobility.
    Basis: data (contract, section 2; domain check C25)
    """
    return f"This row and {first} are the same mobility of “{name}”."


@fault("S215", Severity.WARNING)
def choice_without_learner(learner: str) -> str:
    """A row of sheet Unit choices belongs to nobody.

    Advice: Correct the Learner ID, or delete the row.
    Basis: data (domain check C37)
    """
    return f"No row of sheet Learners has the ID “{learner}”."


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a row of Learners may point to, and the defaults of sheet Cohort."""

    partners: Register[Partner]
    qualifications: Register[Qualification]
    units: Register[Unit]
    coordinator: Partner | None
    defaults: Level


PERSON = ("id", "family_name", "given_names", "date_of_birth", "sex", "nationality", "address", "telephone", "email",
          "emergency_contact", "guardian", "guardian_address", "guardian_telephone", "guardian_email", "guardian2",
          "guardian2_telephone", "guardian2_email")  # fmt: skip
"""The columns that belong to the person: rows of one person agree in them, and later rows may leave them blank."""

_TERMS = tuple(
    field.name for field in fields(Agreement)
    if field.name in {column.key for column in LEARNERS.columns if column.record == "agreement"} - {"units_acquired"}
)  # fmt: skip
_STATED = {"weeks": "stated_weeks", "points": "stated_points"}
_FROM_HOST = frozenset({"mentor", "mentor_telephone", "mentor_email", "assessor", "assessor_role"})
_FROM_UNITS = frozenset({"activities", "assessment_method"})
_PARTNERS = ("home", "host", "workplace", "employer", "intermediary")


def defaults_of(cohort: Row) -> Level:
    """Take from sheet Cohort the fields that are columns of Learners."""
    keys = {column.key for column in DEFAULTS}
    there = keys & (set(cohort.values) | cohort.origin.unreadable)
    given = {key: cohort.values[key] for key in there if key in cohort.values}
    return Level(given, {key: cohort.origin.at(key) for key in there})


def learners_of(
    rows: Sequence[Row], choices: Sequence[Row], around: Surroundings, problems: list[Problem]
) -> list[Learner]:
    """Make the learners of a cohort from the rows of Learners and Unit choices; what is wrong goes to `problems`."""
    persons = [_person(row) for row in rows]
    first_of: dict[str, Row] = {}
    for person, row in zip(persons, rows, strict=True):
        first_of.setdefault(person, row)
    numbers = _mobilities(rows, persons, around.defaults)
    chosen = _choices_by_learner(choices)
    used: set[int] = set()
    seen: dict[tuple[str, int], Row] = {}
    learners: list[Learner] = []
    missing = _columns_missing(rows, around.defaults, problems)
    for row, person, number in zip(rows, persons, numbers, strict=True):
        hers = [
            choice for choice in chosen.get(bare(str(row.values.get("id", ""))), ())
            if choice.values.get("mobility") in (None, number)
        ]  # fmt: skip
        used.update(id(choice) for choice in hers)
        found: list[Problem] = []
        learner = _learner(row, first_of[person], person, number, hers, around, found, missing)
        if (person, number) in seen:
            first = seen[person, number].origin.at("family_name")
            found.append(same_mobility_twice(row.origin.at("family_name"), learner.name, str(first)))
        seen.setdefault((person, number), row)
        learners.append(learner)
        if learner.has_papers:
            problems.extend(found)
    problems.extend(
        choice_without_learner(choice.origin.at("learner"), str(choice.values["learner"]))
        for choice in choices if id(choice) not in used and "learner" in choice.values
    )  # fmt: skip
    return learners


def _person(row: Row) -> str:
    if "id" in row.values:
        return bare(str(row.values["id"]))
    born = row.values.get("date_of_birth")
    name = bare(f"{row.values.get('family_name', '')} {row.values.get('given_names', '')}")
    return f"{name}*{born.isoformat()}" if isinstance(born, dt.date) else f"{name}*"


def _mobilities(rows: Sequence[Row], persons: Sequence[str], defaults: Level) -> list[int]:
    """Number the stays of each person: as column Mobility says, the others by start date."""
    numbers: list[int] = [0] * len(rows)
    stays: dict[str, list[int]] = {}
    for index, person in enumerate(persons):
        stays.setdefault(person, []).append(index)
    for indices in stays.values():
        taken = {rows[index].values["mobility"] for index in indices if "mobility" in rows[index].values}
        free = iter(number for number in range(1, len(indices) + len(taken) + 1) if number not in taken)
        for index in sorted(indices, key=lambda at: _start(rows[at], defaults)):
            numbers[index] = rows[index].values.get("mobility") or next(free)
    return numbers


def _start(row: Row, defaults: Level) -> dt.date:
    start = row.values.get("start", defaults.values.get("start"))
    return start if isinstance(start, dt.date) else dt.date.max


def _choices_by_learner(choices: Iterable[Row]) -> Mapping[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for choice in choices:
        found.setdefault(bare(str(choice.values.get("learner", ""))), []).append(choice)
    return found


def _columns_missing(rows: Sequence[Row], defaults: Level, problems: list[Problem]) -> frozenset[str]:
    """Tell, once and not in every row, which needed columns are missing as a whole."""
    if not rows:
        return frozenset()
    columns = rows[0].origin.columns
    missing = [
        column for column in needs(LEARNERS)
        if column.key not in columns and column.key not in defaults.places and column.key != "units"
    ]  # fmt: skip
    place = Place(file=rows[0].origin.file, sheet=rows[0].origin.sheet)
    problems.extend(missing_column(place, column.name, rows[0].origin.sheet) for column in missing)
    return frozenset(column.key for column in missing)


def _learner(
    row: Row, first: Row, person: str, number: int, choices: Sequence[Row], around: Surroundings,
    problems: list[Problem], missing: frozenset[str],
) -> Learner:  # fmt: skip
    own = _level(row)
    levels = [own, around.defaults]
    inherited: dict[str, Place] = {}

    def settled(key: str, nearer: Sequence[Level] = levels) -> Any:
        value, place = settle(key, nearer)
        if place and key not in own.places:
            inherited[key] = place
        return value

    who = {key: settled(key, [own, _level(first), around.defaults]) for key in PERSON}
    partners = {key: _one(around.partners, key, settled, row, inherited, problems) for key in _PARTNERS}
    qualification = _one(around.qualifications, "qualification", settled, row, inherited, problems)
    origin = Origin(
        file=row.origin.file, sheet=row.origin.sheet, row=row.origin.row, columns=row.origin.columns,
        inherited=inherited, unreadable=row.origin.unreadable,
    )  # fmt: skip
    agreed = _agreed(settled("units") or (), choices, qualification, around.units, origin, problems)
    hosts = [_partner_level(partner) for partner in (partners["workplace"], partners["host"]) if partner]
    terms: dict[str, Any] = {}
    for key in (*_TERMS, *_STATED):
        nearer = levels
        if key in _FROM_HOST:
            nearer = [own, *hosts, around.defaults]
        elif key in _FROM_UNITS:
            nearer = [own, _unit_level([unit for unit, _ in agreed]), around.defaults]
        value = settled(key, nearer)
        if value is not None:
            terms[_STATED.get(key, key)] = value
    terms.setdefault("status", "confirmed")
    held = [
        found for typed in settled("units_acquired") or ()
        for found in _unit(around.units, typed, qualification, origin.at("units_acquired"), problems)
    ]  # fmt: skip
    agreement = Agreement(
        **terms, **partners, coordinator=around.coordinator, qualification=qualification,
        choices=tuple(_choice(unit, choice, terms, origin) for unit, choice in agreed), units_acquired=tuple(held),
    )  # fmt: skip
    _tell_blanks(row, own, who, terms, partners, qualification, agreed, origin, missing, problems)
    return Learner(**who, origin=origin, more=row.more, mobility=number, agreement=agreement, person=person)


def _level(row: Row) -> Level:
    there = {*row.values, *row.origin.unreadable}
    return Level(row.values, {key: row.origin.at(key) for key in there})


def _partner_level(partner: Partner) -> Level:
    there = {key: getattr(partner, key) for key in _FROM_HOST if getattr(partner, key) is not None}
    return Level(there, {key: partner.at(key) for key in there})


def _unit_level(units: Sequence[Unit]) -> Level:
    """Put together what the units say, each text once, a line each."""
    texts: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for key in _FROM_UNITS:
        said = dict.fromkeys(text for unit in units if (text := getattr(unit, key)))
        if said:
            texts[key] = "\n".join(said)
            places[key] = next(unit.at(key) for unit in units if getattr(unit, key))
    return Level(texts, places)


def _one(
    register: Register[Any], key: str, settled: Callable[[str], Any], row: Row, inherited: Mapping[str, Place],
    problems: list[Problem],
) -> Any:  # fmt: skip
    typed = settled(key)
    if typed is None:
        return None
    found = register.find(typed, inherited.get(key) or row.origin.at(key), problems)
    return found[0] if found else None


def _unit(
    units: Register[Unit], typed: str, qualification: Qualification | None, place: Place, problems: list[Problem]
) -> Sequence[Unit]:
    """Find a unit, in the learner's own qualification where it stands in several."""
    found = units.find(typed, place, problems)
    own = [unit for unit in found if unit.qualification is qualification]
    return (own or list(found))[:1]


def _agreed(
    typed: Sequence[str], choices: Sequence[Row], qualification: Qualification | None, units: Register[Unit],
    origin: Origin, problems: list[Problem],
) -> list[tuple[Unit, Row | None]]:  # fmt: skip
    """Put together column Units and the rows of Unit choices: a unit named in both is one unit."""
    agreed: list[tuple[Unit, Row | None]] = [
        (unit, None) for name in typed for unit in _unit(units, name, qualification, origin.at("units"), problems)
    ]
    for choice in choices:
        if "unit" not in choice.values:
            continue
        for unit in _unit(units, choice.values["unit"], qualification, choice.origin.at("unit"), problems):
            at = next((i for i, (known, row) in enumerate(agreed) if known is unit and row is None), None)
            if at is None:
                agreed.append((unit, choice))
            else:
                agreed[at] = (unit, choice)
    return agreed


def _choice(unit: Unit, row: Row | None, terms: Mapping[str, Any], origin: Origin) -> UnitChoice:
    own = row.values if row else {}
    scope = own.get("scope") or ("part" if own.get("part") else "whole")
    points: Decimal | None = own.get("points")
    if points is None and scope == "whole":
        points = unit.points
    places = {"": row.origin.at("unit") if row else origin.at("units")}
    for column in UNIT_CHOICES.columns:
        if row and column.key in own:
            places[column.key] = row.origin.at(column.key)
    places.setdefault("points", unit.at("points"))
    for key in ("assessor", "assessor_role", "assessment_date"):
        places.setdefault(key, origin.at(key))
    mine = "assessor" in own
    return UnitChoice(
        unit=unit, scope=scope, part=own.get("part"), points=points,
        assessor=own["assessor"] if mine else terms.get("assessor"),
        assessor_role=own.get("assessor_role") if mine else own.get("assessor_role") or terms.get("assessor_role"),
        assessment_date=own.get("assessment_date") or terms.get("assessment_date"), places=places,
    )  # fmt: skip


def _tell_blanks(
    row: Row, own: Level, who: Mapping[str, Any], terms: Mapping[str, Any], partners: Mapping[str, Partner | None],
    qualification: Qualification | None, agreed: Sequence[object], origin: Origin, missing: frozenset[str],
    problems: list[Problem],
) -> None:  # fmt: skip
    settled: dict[str, Any] = {**who, **terms, **partners, "qualification": qualification, "units": agreed or None}
    for column in needs(LEARNERS):
        told = column.key in own.places or column.key in origin.inherited or column.key in missing
        if settled.get(column.key) is None and not told:
            problems.append(blank_cell(row.origin.at(column.key), column.name))
