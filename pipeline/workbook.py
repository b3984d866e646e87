"""Read a cohort: `read_cohort(path) -> Reading(cohort, problems)` (floor 3).

A workbook is a cohort; so is a folder of files, each with one sheet or more. Sheets are read in the order in which they
need each other: what a row points to is there before the row.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from pipeline.appearance import appearance
from pipeline.columns import (
    ACCOMPANYING,
    COHORT,
    LEARNERS,
    PARTNERS,
    QUALIFICATIONS,
    RESULTS_SHEET,
    SHEETS,
    UNIT_CHOICES,
    UNITS,
    Sheet,
)
from pipeline.copies import choice_of, choices
from pipeline.flat import Flat
from pipeline.guard import Refused
from pipeline.head import head_of
from pipeline.lineage import is_sheet_of_copy, original_name, original_stem
from pipeline.links import Register
from pipeline.mobilities import learners_of
from pipeline.model import Cohort, Companion, Learner, Origin, Partner, Result, Unit
from pipeline.organisations import partners_of, qualifications_of, units_of
from pipeline.people import Person, Stay, stay_of
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.raw import readable
from pipeline.records import Reader, Row, complete, rows_of
from pipeline.registry import SHARED, Registry, borrow, fill_flat
from pipeline.repeated import named_after_the_file
from pipeline.settled import settled_for
from pipeline.shape import flat_sheet, is_list_of_learners, take_by_columns
from pipeline.sheets import doubled_sheet, missing_sheet, unknown_sheet
from pipeline.spelling import bare
from pipeline.tables import Table, open_tables
from pipeline.terms import Surroundings, defaults_of
from pipeline.unreadable import blank_cell

NEEDED = (COHORT, PARTNERS, QUALIFICATIONS, UNITS, LEARNERS)
"""Sheets without which there is no cohort."""

OWN_SHEETS = frozenset({"lists"})
"""Sheets of the empty workbook that hold only its drop-down lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: the cohort (None where nothing could be), and all that was wrong on the way.

    `name` is the name of the file or folder, without its ending, for what is made when there is no readable Cohort ID;
    of a corrected copy, the name of what it is a copy of. `files` are those that were really read.
    """

    name: str
    files: tuple[str, ...]
    cohort: Cohort | None
    problems: tuple[Problem, ...]


@fault("S101")
def unreadable_file(sentence: str, advice: str) -> tuple[str, str]:
    """A file cannot be opened as a workbook.

    It may be protected by a password, of the old kind (.xls), damaged, only half copied, or no workbook at all.

    Advice: Open the file in Excel or LibreOffice and save it as .xlsx, without a password.
    Basis: data (contract, section 2)
    """
    return sentence, advice


@fault("S102")
def unreadable_sheet(sentence: str, advice: str) -> tuple[str, str]:
    """A sheet of a workbook is damaged or too large, and was read only in part.

    Advice: Open the workbook in Excel or LibreOffice, look at the sheet and save it again.
    Basis: data (contract, section 2)
    """
    return sentence, advice


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


Opener = Callable[[Path], AbstractContextManager[list[Table]]]
"""What opens a file as tables: `tables.open_tables`, or another process that does it."""


def read_cohort(path: Path, opener: Opener = open_tables, register: Registry | None = None) -> Reading:
    """Read a workbook, a .csv file, or a folder of such files as one cohort; collects problems and raises nothing.

    Where a corrected copy of a file lies beside it, the one that counts is read (`copies`). `register` is what cohorts
    share (`registry.read_registry`): it counts where the cohort does not define what it names.
    """
    with _undisturbed(), open_cohort(path, opener, register) as opened:
        reader, by_sheet = opened.reader, opened.by_sheet
        cohort = _read(by_sheet, reader, opened.files[0], opened.flat, register) if by_sheet else None
        idle = {learner.at() for learner in cohort.learners if not learner.has_papers} if cohort else set()
        for table in chain.from_iterable(by_sheet.values()):
            reader.problems += appearance(table, idle)
    problems = tuple(dict.fromkeys(reader.problems))
    return Reading(name=reader.name, files=opened.files, cohort=cohort, problems=problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A cohort's files, open: their tables, those that mean a sheet, the flat sheet, and what is wrong so far."""

    files: tuple[str, ...]
    tables: Sequence[Table]
    by_sheet: Mapping[str, Sequence[Table]]
    flat: Flat | None
    reader: Reader


@contextmanager
def open_cohort(
    path: Path, opener: Opener = open_tables, register: Registry | None = None
) -> Iterator[Opened]:
    """Open the files of a cohort and find out which sheet is which, without reading it; raises nothing."""
    reader = Reader()
    reader.name, files, clear = _files_of(path, reader)
    reader.settled = settled_for(path if path.is_dir() else path.with_name(original_name(path.name)))
    reader.problems += reader.settled.problems
    with ExitStack() as stack:
        tables = list(chain.from_iterable(_open(file, opener, stack, reader) for file in files if clear))
        by_sheet, flat = _assign(tables, reader, register) if tables else ({}, None)
        named = tuple(file.name for file in files)
        yield Opened(files=named, tables=tables, by_sheet=by_sheet, flat=flat, reader=reader)


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


def is_workbook(path: Path) -> bool:
    """Say whether a file may hold a cohort by its name; lock files of Excel and LibreOffice do not."""
    return path.suffix.lower() in _KINDS and not path.name.startswith(("~$", "."))


_KINDS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".xltx", ".ods", ".fods", ".numbers", ".csv"})
"""Endings of spreadsheets; those that cannot be read are told, and not passed over."""


def _files_of(path: Path, reader: Reader) -> tuple[str, list[Path], bool]:
    """Find the files of a cohort: its name, what to read, and whether it is clear which of several copies counts."""
    try:
        whole = path.is_dir()
        there = sorted(file for file in (path if whole else path.parent).iterdir() if is_workbook(file))
    except OSError:
        if not path.is_dir():
            return original_stem(path.stem), [path], True
        advice = "Look whether it is there and may be read, and try again."
        reader.problems.append(unreadable_file(Place(file=path.name), "The folder could not be read.", advice))
        return path.name, [], True
    if whole and not there:
        sentence = f"The folder {readable(path.name)} holds no workbook."
        advice = "Put the files of the cohort into it, or delete it."
        reader.problems.append(unreadable_file(Place(file=path.name), sentence, advice))
    chosen = choices(there) if whole else [choice_of(path, there)]
    reader.problems += chain.from_iterable(choice.problems for choice in chosen)
    name = path.name if whole else chosen[0].name
    return name, [choice.path for choice in chosen], all(choice.clear for choice in chosen)


def _open(file: Path, opener: Opener, stack: ExitStack, reader: Reader) -> list[Table]:
    try:
        return stack.enter_context(opener(file))
    except Refused as why:
        sentence, advice = why.sentence, why.advice
    except PermissionError:
        sentence, advice = "The file is open in another program or may not be read.", "Close it there and try again."
    except OSError:
        sentence, advice = "The file could not be read from the disk.", "Look whether it is there, and try again."
    reader.problems.append(unreadable_file(Place(file=file.name), sentence, advice))
    return []


def _assign(
    tables: Sequence[Table], reader: Reader, register: Registry | None = None
) -> tuple[dict[str, list[Table]], Flat | None]:
    """Find out which sheet of the contract each table is; what is missing, unknown or doubled is told.

    A sheet may be spread over the files of a folder, sheet Cohort may not. A table of learners that also holds what
    belongs to missing sheets stands for them; a table of that shape is known by its columns, whatever its name is.
    """
    found: dict[str, list[Table]] = {}
    strangers: list[Table] = []
    tables = [table for table in tables if not is_sheet_of_copy(table.name)] or tables
    for table in tables:
        sheet = _sheet_of(table, reader)
        if sheet is None:
            if bare(table.name[:40]) not in OWN_SHEETS:
                strangers.append(table)
            continue
        there = found.setdefault(sheet.name, [])
        twin = next((other for other in there if other.file == table.file or sheet is COHORT), None)
        if twin:
            place = Place(file=twin.file, sheet=twin.name)
            names = (twin.name, table.name) if twin.file == table.file else (twin.file, table.file)
            reader.problems.append(doubled_sheet(place, sheet.name, *names))
        else:
            there.append(table)
    take_by_columns(found, strangers, NEEDED, reader)
    flat = flat_sheet(found, strangers, reader)
    names_found = [table.name for table in tables]
    lends = {sheet.name for sheet in SHARED} if register else set()
    for sheet in NEEDED:
        if sheet.name not in found and not (flat and sheet.name in flat.open) and sheet.name not in lends:
            reader.problems.append(missing_sheet(Place(file=tables[0].file), sheet.name, names_found))
    known = [sheet.name for sheet in SHEETS if sheet.name not in found]
    for table in strangers:
        reader.problems.append(unknown_sheet(Place(file=table.file, sheet=table.name), table.name, known))
    return found, flat


def _sheet_of(table: Table, reader: Reader) -> Sheet | None:
    """Find the sheet that a table's name means; where the file holds no other, the file's name may stand for it."""
    sheet = reader.settled.sheet_called(table.name)
    if sheet is None and table.alone:
        sheet = reader.settled.sheet_called(original_stem(Path(table.file).stem))
    if sheet not in (None, LEARNERS) and table.alone and is_list_of_learners(table, reader):
        return None  # a flat sheet, in a file or on a sheet that is called “Cohort 2027” or “Project”
    return sheet


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


def _read(
    tables: Mapping[str, Sequence[Table]], reader: Reader, file: str, flat: Flat | None, register: Registry | None
) -> Cohort:
    problems = reader.problems
    head = _head(tables, reader, file, flat)
    rows_by: dict[str, list[Row]] = {
        sheet.name: list(_complete(sheet, tables, reader, ("title",) if sheet is UNITS else ())) for sheet in SHARED
    }
    rows = list(_rows(LEARNERS, tables, reader)) if flat is None else flat.learners
    chosen = list(_complete(UNIT_CHOICES, tables, reader))
    others = [list(_complete(sheet, tables, reader)) for sheet in (ACCOMPANYING, RESULTS_SHEET)]
    if flat:
        if register:
            fill_flat(register, flat)
        problems += flat.complete()
        for name in flat.open & rows_by.keys():
            rows_by[name] = [record.row() for record in flat.records_of(name)]
    if register:
        every = [head, *rows, *chosen, *others[0], *others[1]]
        without = borrow(register, rows_by, every, reader) - set(tables) - set(flat.open if flat else ())
        for name in sorted(without):
            names_found = [table.name for found in tables.values() for table in found]
            problems.append(missing_sheet(Place(file=file), name, names_found))
    partners, known_partners = partners_of(rows_by[PARTNERS.name], problems)
    qualifications, known_qualifications = qualifications_of(rows_by[QUALIFICATIONS.name], problems)
    units, known_units = units_of(rows_by[UNITS.name], known_qualifications, known_partners, problems)
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
    companions = [_companion(row, known_partners, problems) for row in others[0]]
    results = [_result(row, learners, people, known_units, problems) for row in others[1]]
    for sheet, records in ((PARTNERS, partners), (QUALIFICATIONS, qualifications), (UNITS, units)):
        if sheet.name in tables and not records and not _among(unread, tables[sheet.name]):
            problems.append(empty_sheet(Place(file=file), sheet.name))
    own = {column.key for column in COHORT.columns} - {"date_order"}
    given = {key: value for key, value in head.values.items() if key in own}
    return Cohort(
        **{"id": "", **given}, origin=head.origin, more=head.more, partners=tuple(partners),
        qualifications=tuple(qualifications), units=tuple(units), learners=tuple(learners),
        companions=tuple(companions), results=tuple(results),
    )  # fmt: skip


def _among(unread: Collection[tuple[str, str | None]], tables: Iterable[Table]) -> bool:
    """Say whether one of these tables could not be read: that it seems to hold nothing is no news then."""
    return any((table.file, table.name) in unread for table in tables)


def _head(tables: Mapping[str, Sequence[Table]], reader: Reader, file: str, flat: Flat | None) -> Row:
    """Read sheet Cohort; where a flat sheet stands for it, its columns, and the name of the file for a missing ID."""
    found = _head_sheet(tables, reader)
    if flat:
        flat.default = found.values.get("qualification") if found else None
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
    whose, named = values.pop("learner", None), values.pop("unit", None)
    found = units.find(named, row.origin.at("unit"), problems) if named else ()
    persons = people.find(whose, row.origin.at("learner"), problems) if whose else ()
    stay = stay_of(persons[0], row, partial(_agreed, learners, found), problems) if persons else None
    learner = learners[stay.index] if stay else None
    taken = learner.agreement.qualification if learner else None
    unit = next((unit for unit in found if unit.qualification is taken), next(iter(found), None))
    return Result(**values, learner=learner, unit=unit, origin=row.origin, more=row.more)


def _agreed(learners: Sequence[Learner], units: Iterable[Unit], stay: Stay) -> bool:
    agreed = {id(choice.unit) for choice in learners[stay.index].agreement.choices}
    return any(id(unit) in agreed for unit in units)
