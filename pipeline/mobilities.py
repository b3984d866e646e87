"""Rows of sheet Learners into learners and their agreements, with what was typed once elsewhere (floor 3).

A row is one mobility. Rows of one person are put together (by Learner ID, else by name and date of birth), mobilities
are counted by start date where no number is given, and every empty field of the agreement takes the nearest value:
Unit choices, Learners, Units, the workplace's or host's row, Cohort.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.columns import LEARNERS
from pipeline.likely import one_each, told
from pipeline.links import Level, Register, settle
from pipeline.misfits import missing_column
from pipeline.model import Agreement, Learner, Origin, Qualification, Unit, UnitChoice
from pipeline.people import Choices, Person, Stay, choices_by_stay, mobility_of, people_of, register_of
from pipeline.problem import Place, Problem, fault
from pipeline.raw import readable
from pipeline.rows import Row
from pipeline.sheets import needs
from pipeline.spelling import bare
from pipeline.terms import FROM_UNITS, PARTNERS, PERSON, STATED, TERMS, Cells, Surroundings, Taken
from pipeline.unreadable import blank_cell, no_number


@fault("S214")
def same_mobility_twice(name: str, first: str) -> str:
    """Two rows stand for the same mobility of one learner.

    A learner who goes twice has two rows with different start dates, or with numbers in column Mobility.

    Advice: Delete one of the rows, or number them in column Mobility.
    Basis: data (contract, section 2; domain check C25)
    """
    return f"This row and {first} are the same mobility of “{readable(name)}”."


def learners_of(
    rows: list[Row], choices: list[Row], around: Surroundings, problems: list[Problem]
) -> tuple[list[Learner], Register[Person]]:
    """Make the learners of a cohort from the rows of Learners and Unit choices; what is wrong goes to `problems`.

    Of a learner who gets no papers nothing is told, apart from what her other rows take over. Both lists are used up:
    rows and learners of a large cohort together would take twice the room.
    """
    people = people_of(rows, around.defaults)
    register = register_of(people.values())
    choices_of = choices_by_stay(choices, register, problems)
    missing = _columns_missing(rows, choices, around.defaults, problems)
    choices.clear()
    learners: dict[int, Learner] = {}
    told: dict[int, Sequence[Problem]] = {}
    for person in people.values():
        some_travel = 0 < len(person.travelling) < len(person.stays)
        hers = [rows[stay.index] for stay in person.stays]
        shared = {hers[0].origin.at(key) for key in PERSON if some_travel}
        seen: dict[int, Row] = {}
        for stay, row in zip(person.stays, hers, strict=True):
            found = [] if mobility_of(row) or "mobility" not in row.values else [_no_mobility(row)]
            first_row = hers[0] if row is not hers[0] else None
            chosen = choices_of.pop(stay.index, _NO_CHOICES)
            learner = _learner(row, first_row, person.key, stay, chosen, around, found, missing)
            if seen.setdefault(stay.number, row) is not row:
                first = seen[stay.number].origin.at("family_name")
                found.append(same_mobility_twice(row.origin.at("family_name"), learner.name, str(first)))
            every = [*row.problems, *found]
            learners[stay.index] = learner
            if not learner.has_papers:
                every = [each for each in every if each.place in shared]
            if every:
                told[stay.index] = every
            rows[stay.index] = _USED
    for index in sorted(told):
        problems += told[index]
    rows.clear()
    return [learners[index] for index in sorted(learners)], register


_NO_CHOICES = Choices()
_USED = Row(origin=Origin(file="", sheet="", row=None, columns={}, inherited={}), values={}, titles={}, more={})
"""What stands in the list for a row whose learner is made."""


def _no_mobility(row: Row) -> Problem:
    sentence = f"“{row.values['mobility']}” is no number of a mobility."
    return no_number(row.origin.at("mobility"), sentence, "Write 1, 2 …, or leave the cell blank.")


def _columns_missing(
    rows: Sequence[Row], choices: Sequence[Row], defaults: Level, problems: list[Problem]
) -> frozenset[tuple[str, str, str]]:
    """Tell, once a table and not in every row, which needed columns are missing as a whole."""
    missing = []
    for row in {(row.origin.file, row.origin.sheet): row for row in rows}.values():
        file, sheet = row.origin.file, row.origin.sheet
        lacking = [
            column for column in needs(LEARNERS)
            if column.key not in row.origin.columns
            and not (defaults.has(column.key) or (column.key == "units" and choices))
        ]  # fmt: skip
        own = _own_columns(rows, file, sheet) if lacking else {}
        meant = one_each(lacking, own)
        for column in lacking:
            advice = told(column, own, meant.get(column.key, ""), file)
            if not advice and column.key not in PERSON:
                advice = "Add the column, or type it once for all learners as a field of sheet Cohort."
            problems.append(missing_column(Place(file=file, sheet=sheet), column.name, sheet, advice))
            missing.append((file, sheet, column.key))
    return frozenset(missing)


_LOOKED_AT = 40
"""Rows whose own columns are looked at, to see what they hold."""


def _own_columns(rows: Sequence[Row], file: str, sheet: str) -> dict[str, list[str]]:
    """Gather what stands in the officer's own columns of a table."""
    own: dict[str, list[str]] = {}
    for row in [row for row in rows if (row.origin.file, row.origin.sheet) == (file, sheet)][:_LOOKED_AT]:
        for name, value in row.more.items():
            own.setdefault(name, []).append(value)
    return own


def _learner(
    row: Row, first: Row | None, person: str, stay: Stay, choices: Choices, around: Surroundings,
    problems: list[Problem], missing: frozenset[tuple[str, str, str]],
) -> Learner:  # fmt: skip
    """Make a learner of a row; `first` is the first row of the same person, where this is a later one."""
    own = _level(row)
    general = around.from_cohort(own)
    if first:
        general = _of_person(own, general, _level(first), around.defaults)
    given = {**general.values, **row.values}
    origin = _origin(row, general.cells)
    partners = {key: _one(around.partners, key, given.get(key), origin, problems) for key in PARTNERS}
    qualification = _one(around.qualifications, "qualification", given.get("qualification"), origin, problems)
    agreed = _agreed(given.get("units") or (), choices.rows, qualification, around.units, origin, problems)
    hosts = [partner for partner in (partners["workplace"], partners["host"]) if partner]
    special = around.for_stay(own, hosts, [unit for unit, _ in agreed])
    given.update(special.values)
    held = [
        found for typed in given.get("units_acquired") or ()
        for found in _unit(around.units, typed, qualification, (origin, "units_acquired"), problems)
    ]  # fmt: skip
    cells = around.all_cells(general, special)
    astray = _astray(choices, agreed)
    origin = _origin(row, {**cells, **astray} if astray else cells)
    terms = {_KEPT_AS[key]: given[key] for key in TERMS if key in given}
    terms.setdefault("status", "confirmed")
    agreement = Agreement(
        **terms, **partners, coordinator=around.coordinator, qualification=qualification,
        choices=tuple([_choice(unit, choice, terms, origin, own, around) for unit, choice in agreed]),
        units_acquired=tuple(held),
    )  # fmt: skip
    who = {key: given[key] for key in PERSON if key in given}
    told = {**given, **partners, "units": agreed or None, "qualification": qualification}
    _tell_blanks(own, told, origin, missing, problems)
    return Learner(**who, origin=origin, more=row.more, mobility=stay.number, agreement=agreement, person=person)


_KEPT_AS = {key: STATED.get(key, key) for key in TERMS}


def _origin(row: Row, inherited: Mapping[str, Place]) -> Origin:
    read = row.origin
    return Origin(
        file=read.file, sheet=read.sheet, row=read.row, columns=read.columns, inherited=inherited,
        unreadable=read.unreadable,
    )  # fmt: skip


def _of_person(own: Level, general: Taken, first: Level, defaults: Level) -> Taken:
    """Take what belongs to the person from the first of her rows, where this one leaves it blank."""
    values, cells = dict(general.values), dict(general.cells)
    for key in PERSON:
        if key in own.values:
            continue
        value, level = settle(key, [own, first, defaults])
        values.pop(key, None)
        cells.pop(key, None)
        if value is not None:
            values[key] = value
        if level is not None and level is not own:
            cells[key] = level.at(key)
    return Taken(values, cells)


def _astray(choices: Choices, agreed: Sequence[tuple[Unit, Row | None]]) -> dict[str, Place]:
    """Give the cells of choices that a paper would miss: those that may be hers, and units that cannot be found."""
    made = {id(choice) for _, choice in agreed}
    lost = (choice.origin for choice in choices.rows if id(choice) not in made)
    return {
        **{f"choice astray {number}": place for number, place in enumerate(choices.astray)},
        **{f"choice {origin.row}": origin.at("unit") for origin in lost},
    }


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


_NOTHING: frozenset[str] = frozenset()


def _choice(
    unit: Unit, row: Row | None, terms: Mapping[str, Any], origin: Origin, hers: Level, around: Surroundings
) -> UnitChoice:
    given: Mapping[str, Any] = row.values if row else {}
    typed = around.same_keys((*given, *row.origin.unreadable)) if row else _NOTHING
    scope = given.get("scope") if "scope" in typed else "part" if "part" in typed else "whole"
    assessor = given.get("assessor") if "assessor" in typed else terms.get("assessor")
    role = given.get("assessor_role")
    if "assessor_role" not in typed:
        theirs = terms.get("assessor")  # the assessor of the whole stay
        same = "assessor" not in typed or (assessor and bare(assessor) == bare(theirs or ""))
        role = terms.get("assessor_role") if same else None
    described = around.of_unit(hers, unit)
    return UnitChoice(
        unit=unit, scope=scope or "whole", part=given.get("part"),
        points=given.get("points") if "points" in typed or scope != "whole" else unit.points, assessor=assessor,
        assessor_role=role,
        assessment_date=given.get("assessment_date") if "assessment_date" in typed else terms.get("assessment_date"),
        activities=described.values.get("activities") or hers.values.get("activities"),
        assessment_method=described.values.get("assessment_method") or hers.values.get("assessment_method"),
        places=Cells(unit, row.origin if row else None, typed, origin, around.same_keys(filter(hers.has, FROM_UNITS)),
                     described.cells),
    )  # fmt: skip


_NEEDED = needs(LEARNERS)


def _tell_blanks(
    own: Level, settled: Mapping[str, Any], origin: Origin, missing: frozenset[tuple[str, str, str]],
    problems: list[Problem],
) -> None:  # fmt: skip
    for column in _NEEDED:
        told = own.has(column.key) or column.key in origin.inherited
        if settled.get(column.key) is None and not told and (origin.file, origin.sheet, column.key) not in missing:
            problems.append(blank_cell(origin.at(column.key), column.name))
