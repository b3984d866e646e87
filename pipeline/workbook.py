"""Read a cohort: `read_cohort(path) -> Reading(cohort, problems)` (floor 3).

A workbook is a cohort; so is a folder of files, each with one sheet or more. Sheets are read in the order in which they
need each other: what a row points to is there before the row.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.appearance import appearance
from pipeline.columns import (
    ACCOMPANYING,
    COHORT,
    JOB_PROFILES,
    LEARNERS,
    PARTNERS,
    QUALIFICATIONS,
    RESULTS_SHEET,
    UNIT_CHOICES,
    UNITS,
    Sheet,
)
from pipeline.filing import Opener, not_readable_now, open_cohort, unreadable_file, unreadable_sheet
from pipeline.flat import Flat
from pipeline.guard import Refused
from pipeline.head import head_of
from pipeline.learner_register import LearnerRegister, with_register
from pipeline.links import Register
from pipeline.misfits import missing_sheet
from pipeline.mobilities import learners_of
from pipeline.model import Cohort, Companion, Learner, Origin, Partner, Result, Unit
from pipeline.organisations import partners_of, qualifications_of, units_of
from pipeline.people import Person, Stay, person_of, stay_of
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.records import complete, rows_of
from pipeline.registry import SHARED, Registry, borrow, fill_flat, further_units
from pipeline.repeated import named_after_the_file
from pipeline.requirements import requirements_of
from pipeline.rows import Reader, Row
from pipeline.sheets import sheet_called
from pipeline.tables import Table, open_tables
from pipeline.terms import Surroundings, defaults_of
from pipeline.unreadable import blank_cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: the cohort (None where nothing could be), and all that was wrong on the way.

    `name` is the name of the file or folder, without its ending, for what is made when there is no readable Cohort ID;
    of a corrected copy, the name of what it is a copy of. `files` are those that were really read; `date_order` says
    how it means dates such as 03/04/2027.
    """

    name: str
    files: tuple[str, ...]
    cohort: Cohort | None
    problems: tuple[Problem, ...]
    date_order: str | None = None


Collected = Callable[[str], Sequence[Path]]
"""What finds the workbooks of collected results by a Cohort ID."""


@fault("S123")
def empty_sheet(sheet: str) -> str:
    """A sheet without which no paper can be made holds no row.

    Advice: Fill the sheet.
    Basis: form (official forms: organisations, qualifications, units)
    """
    return f"The sheet “{sheet}” holds no row yet."


@fault("S124", Severity.WARNING)
def no_learners() -> str:
    """Sheet Learners holds no row, so no agreement can be made; a memorandum can.

    Advice: Fill the sheet when the learners are known.
    Basis: data (contract, section 2)
    """
    return "The sheet of learners holds no row yet."


def read_cohort(
    path: Path, opener: Opener = open_tables, register: Registry | None = None,
    achieved: LearnerRegister | None = None, collected: Collected = lambda _: (),
) -> Reading:  # fmt: skip
    """Read a workbook, a .csv file, or a folder of such files as one cohort; collects problems and raises nothing.

    Where a corrected copy of a file lies beside it, the one that counts is read (`copies`). `register` is what cohorts
    share (`registry.read_registry`): it counts where the cohort does not define what it names. `achieved` is the
    learner register: what it holds of a learner counts for her. `collected` finds, by the Cohort ID, workbooks with
    more rows of sheet Results.
    """
    with _undisturbed(), open_cohort(path, opener, register) as opened:
        reader, by_sheet = opened.reader, opened.by_sheet
        first = opened.files[0] if opened.files else ""
        sources = _Sources(file=first, flat=opened.flat, register=register, achieved=achieved, collected=collected)
        cohort = _read(by_sheet, reader, sources) if by_sheet else None
        idle = {learner.at() for learner in cohort.learners if not learner.has_papers} if cohort else set()
        for table in chain.from_iterable(by_sheet.values()):
            reader.problems += appearance(table, idle)
    problems = tuple(dict.fromkeys(reader.problems))
    return Reading(
        name=reader.name, files=opened.files, cohort=cohort, problems=problems, date_order=reader.date_order
    )  # fmt: skip


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Put off the search for garbage while facts are made that all stay: it would cost a fifth of the time."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _rows(sheet: Sheet, tables: Mapping[str, Sequence[Table]], reader: Reader) -> Iterator[Row]:
    for table in tables.get(sheet.name, ()):
        try:
            yield from rows_of(table, sheet, reader)
        except Refused as why:
            reader.problems.append(unreadable_sheet(Place(file=table.file, sheet=table.name), why.sentence, why.advice))


def _complete(
    sheet: Sheet, tables: Mapping[str, Sequence[Table]], reader: Reader, repeats: Sequence[str] = ()
) -> Iterator[Row]:
    return complete(sheet, _rows(sheet, tables, reader), reader, repeats)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What a cohort is read from besides its own sheets; `file` is the first of its files."""

    file: str
    flat: Flat | None
    register: Registry | None
    achieved: LearnerRegister | None
    collected: Collected


def _read(tables: Mapping[str, Sequence[Table]], reader: Reader, sources: _Sources) -> Cohort:
    problems = reader.problems
    file, flat, register, achieved = sources.file, sources.flat, sources.register, sources.achieved
    head = _head(tables, reader, file, flat)
    rows_by: dict[str, list[Row]] = {
        sheet.name: list(_complete(sheet, tables, reader, ("title",) if sheet is UNITS else ())) for sheet in SHARED
    }
    rows = list(_rows(LEARNERS, tables, reader)) if flat is None else flat.learners
    chosen = list(_complete(UNIT_CHOICES, tables, reader))
    others = [list(_complete(sheet, tables, reader)) for sheet in (ACCOMPANYING, RESULTS_SHEET)]
    others[1] += _collected(sources.collected(str(head.values.get("id", ""))), reader)
    if flat:
        if register:
            fill_flat(register, flat)
        problems += flat.complete()
        for name in flat.open & rows_by.keys():
            rows_by[name] = [record.row() for record in flat.records_of(name)]
    missing = {name for name, found in rows_by.items() if not found} - set(tables) - set(flat.open if flat else ())
    if register:
        every = [head, *rows, *chosen, *others[0], *others[1]]
        missing &= borrow(register, rows_by, every, reader)
        for name in sorted(missing):
            names_found = [table.name for found in tables.values() for table in found]
            problems.append(missing_sheet(Place(file=file), name, names_found, ()))
    if LEARNERS.name not in tables:  # that is told; whose these rows are follows from it
        chosen, others[1] = [], []
    partners, known_partners = partners_of(rows_by[PARTNERS.name], problems)
    known_partners = replace(known_partners, missing=PARTNERS.name in missing)
    qualifications, known_qualifications = qualifications_of(rows_by[QUALIFICATIONS.name], problems)
    known_qualifications = replace(known_qualifications, missing=QUALIFICATIONS.name in missing)
    units, known_units = units_of(rows_by[UNITS.name], known_qualifications, known_partners, problems)
    known_units = replace(known_units, missing=UNITS.name in missing)
    unnamed = further_units(register, rows_by) if register else []
    further = units_of(unnamed, known_qualifications, known_partners, [])[0]
    coordinators = [partner for partner in partners if "coordinator" in partner.roles]
    around = Surroundings(
        partners=known_partners, qualifications=known_qualifications, units=known_units,
        coordinator=coordinators[0] if len(coordinators) == 1 else None, defaults=defaults_of(head),
    )  # fmt: skip
    unread = {(problem.place.file, problem.place.sheet) for problem in problems if problem.code in ("S102", "S115")}
    if LEARNERS.name in tables and not rows and not _among(unread, tables[LEARNERS.name]):
        nobody = tables[LEARNERS.name][0]
        problems.append(no_learners(Place(file=nobody.file, sheet=nobody.name)))
    learners, people = learners_of(rows, chosen, around, problems)
    if achieved:
        learners = with_register(achieved, learners, head.values.get("id", ""), known_units, problems)
    companions = [_companion(row, known_partners, problems) for row in others[0]]
    results = [_result(row, learners, people, known_units, problems) for row in others[1]]
    wanted = _complete(JOB_PROFILES, tables, reader)
    requirements = requirements_of(wanted, known_partners, [*units, *further], problems)
    for sheet, records in ((PARTNERS, partners), (QUALIFICATIONS, qualifications), (UNITS, units)):
        if sheet.name in tables and not records and not _among(unread, tables[sheet.name]):
            problems.append(empty_sheet(Place(file=file), sheet.name))
    own = {column.key for column in COHORT.columns} - {"date_order"}
    given = {key: value for key, value in head.values.items() if key in own}
    return Cohort(
        **{"id": "", **given}, origin=head.origin, more=head.more, partners=tuple(partners),
        qualifications=tuple(qualifications), units=tuple(units), learners=tuple(learners),
        companions=tuple(companions), results=tuple(results), requirements=requirements,
        further_units=tuple(further), units_missing=not units and UNITS.name in {*missing, *tables},
        called={
            (table.file, table.name): name for name, found in tables.items() for table in found
            if sheet_called(table.name) is None
        },
    )  # fmt: skip


def _collected(paths: Iterable[Path], reader: Reader) -> Iterator[Row]:
    """Read sheet Results of workbooks of collected results, as if it were the cohort's own."""
    for path in paths:
        place = Place(file=path.name, sheet=RESULTS_SHEET.name)
        try:
            with open_tables(path) as tables:
                found = {RESULTS_SHEET.name: [each for each in tables if sheet_called(each.name) is RESULTS_SHEET]}
                yield from _complete(RESULTS_SHEET, found, reader)
        except Refused as why:
            reader.problems.append(unreadable_file(place, why.sentence, why.advice))
        except OSError:
            reader.problems.append(not_readable_now(place))


def _among(unread: Collection[tuple[str, str | None]], tables: Iterable[Table]) -> bool:
    """Say whether one of these tables could not be read: that it seems to hold nothing is no news then."""
    return any((table.file, table.name) in unread for table in tables)


def _head(tables: Mapping[str, Sequence[Table]], reader: Reader, file: str, flat: Flat | None) -> Row:
    """Read sheet Cohort; where a flat sheet stands for it, its columns, and the name of the file for a missing ID."""
    found = _head_sheet(tables, reader)
    if flat:
        flat.default = found.values.get("qualification") if found else None
        flat.typed_elsewhere = frozenset(found.values) if found else ()
        for table in tables.get(LEARNERS.name, ()):
            try:
                flat.read(table)
            except Refused as why:
                place = Place(file=table.file, sheet=table.name)
                reader.problems.append(unreadable_sheet(place, why.sentence, why.advice))
        flat.finish()
        if found:
            flat.take_defaults(found)
    if found:
        return found
    origin = Origin(file=file, sheet="Cohort", row=None, columns={}, inherited={})
    head = (flat and flat.head()) or Row(origin=origin, values={}, titles={}, more={})
    if flat and COHORT.name in flat.open and "id" not in head.values and "id" not in head.origin.unreadable:
        reader.problems.append(named_after_the_file(Place(file=file), reader.name))
        return replace(head, values={**head.values, "id": reader.name})
    return head


def _head_sheet(tables: Mapping[str, Sequence[Table]], reader: Reader) -> Row | None:
    for table in tables.get("Cohort", ()):
        try:
            head = head_of(table, reader)
        except Refused as why:
            reader.problems.append(unreadable_sheet(Place(file=table.file, sheet=table.name), why.sentence, why.advice))
            continue
        if not head.values.get("id") and "id" not in head.origin.unreadable:
            reader.problems.append(blank_cell(head.origin.at("id"), "Cohort ID"))
        return head
    return None


def _companion(row: Row, partners: Register[Partner], problems: list[Problem]) -> Companion:
    values = dict(row.values)
    for key in ("home", "host"):
        if key in values:
            values[key] = next(iter(partners.find(values[key], row.origin.at(key), problems)), None)
    return Companion(**values, origin=row.origin, more=row.more)


def _result(
    row: Row, learners: Sequence[Learner], people: Register[Person], units: Register[Unit], problems: list[Problem]
) -> Result:
    values = dict(row.values)
    values.pop("learner", None)
    named = values.pop("unit", None)
    found = units.find(named, row.origin.at("unit"), problems) if named else ()
    person = person_of(row, people, problems)
    stay = stay_of(person, row, partial(_agreed, learners, found), problems) if person else None
    learner = learners[stay.index] if stay else None
    taken = learner.agreement.qualification if learner else None
    unit = next((unit for unit in found if unit.qualification is taken), next(iter(found), None))
    return Result(**values, learner=learner, unit=unit, origin=row.origin, more=row.more)


def _agreed(learners: Sequence[Learner], units: Iterable[Unit], stay: Stay) -> bool:
    agreed = {id(choice.unit) for choice in learners[stay.index].agreement.choices}
    return any(id(unit) in agreed for unit in units)
