"""Read a cohort: `read_cohort(path) -> Reading(cohort, problems)` (floor 3).

A workbook is a cohort; so is a folder of files, each with one sheet or more. Sheets are read in the order in which they
need each other: what a row points to is there before the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

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
from pipeline.guard import Refused
from pipeline.links import Register, doubled_id, register, unknown_reference
from pipeline.mobilities import Surroundings, defaults_of, learners_of
from pipeline.model import Cohort, Companion, Learner, Origin, Partner, Qualification, Result, Unit
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.records import Reader, Row, fields_of, rows_of
from pipeline.sheets import missing_column, missing_sheet, needs, sheet_called, unknown_sheet
from pipeline.spelling import bare, nearest
from pipeline.tables import Table, open_tables
from pipeline.unreadable import blank_cell

NEEDED = (COHORT, PARTNERS, QUALIFICATIONS, UNITS, LEARNERS)
"""Sheets without which there is no cohort."""

OWN_SHEETS = frozenset({"lists"})
"""Sheets of the empty workbook that hold only its drop-down lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read: the cohort (None where nothing could be), and all that was wrong on the way.

    `name` is the name of the file or folder, without its ending, for what is made when there is no readable Cohort ID.
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


@fault("S105", Severity.NOTICE)
def hidden(what: str) -> str:
    """Hidden rows or sheets were read like all others.

    A filter hides rows without deleting them, so hidden learners get papers too.

    Advice: Delete the hidden rows if they do not belong to the cohort, or set their Status to withdrawn.
    Basis: data (contract, section 2)
    """
    return f"{what}, and read like all others."


def read_cohort(path: Path) -> Reading:
    """Read a workbook, a .csv file, or a folder of such files as one cohort; collects problems and raises nothing."""
    files = _files_of(path)
    reader = Reader()
    name = path.name if path.is_dir() else path.stem
    with ExitStack() as stack:
        tables = list(chain.from_iterable(_open(file, stack, reader) for file in files))
        by_sheet = _assign(tables, reader) if tables else {}
        cohort = _read(by_sheet, reader, files[0].name if files else path.name) if by_sheet else None
    if not files:
        advice = "Put the files of the cohort into it, or delete it."
        sentence = f"The folder {path.name} holds no workbook."
        reader.problems.append(unreadable_file(Place(file=path.name), sentence, advice))
    return Reading(name=name, files=tuple(file.name for file in files), cohort=cohort, problems=tuple(reader.problems))


def is_workbook(path: Path) -> bool:
    """Say whether a file may hold a cohort by its name; lock files of Excel and LibreOffice do not."""
    return path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods", ".csv") and not path.name.startswith(("~$", "."))


def _files_of(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if is_workbook(file) and " - to correct" not in file.stem)


def _open(file: Path, stack: ExitStack, reader: Reader) -> list[Table]:
    try:
        return stack.enter_context(open_tables(file))
    except Refused as why:
        sentence, advice = why.sentence, why.advice
    except PermissionError:
        sentence, advice = "The file is open in another program or may not be read.", "Close it there and try again."
    except OSError:
        sentence, advice = "The file could not be read from the disk.", "Look whether it is there, and try again."
    reader.problems.append(unreadable_file(Place(file=file.name), sentence, advice))
    return []


def _assign(tables: Sequence[Table], reader: Reader) -> dict[str, list[Table]]:
    """Find out which sheet of the contract each table is; what is missing or unknown is told."""
    found: dict[str, list[Table]] = {}
    strangers: list[Table] = []
    for table in tables:
        sheet = sheet_called(table.name)
        if sheet is None and table.alone:
            sheet = sheet_called(Path(table.file).stem)
        if sheet:
            found.setdefault(sheet.name, []).append(table)
            _tell_hidden(table, reader)
        elif bare(table.name) not in OWN_SHEETS:
            strangers.append(table)
    missing = [sheet.name for sheet in NEEDED if sheet.name not in found]
    names = [table.name for table in tables]
    for name in missing:
        reader.problems.append(missing_sheet(Place(file=tables[0].file), name, names))
    known = [sheet.name for sheet in SHEETS if sheet.name not in found]
    for table in strangers:
        reader.problems.append(unknown_sheet(Place(file=table.file, sheet=table.name), table.name, known))
    return found


def _tell_hidden(table: Table, reader: Reader) -> None:
    if table.hidden:
        reader.problems.append(hidden(Place(file=table.file, sheet=table.name), f"The sheet “{table.name}” is hidden"))
    if table.hidden_rows:
        shown = ", ".join(map(str, table.hidden_rows[:8])) + (" …" if len(table.hidden_rows) > 8 else "")
        rows = f"{len(table.hidden_rows)} row{'s are' if len(table.hidden_rows) > 1 else ' is'} hidden ({shown})"
        reader.problems.append(hidden(Place(file=table.file, sheet=table.name), rows))


def _rows(sheet: Sheet, tables: Mapping[str, Sequence[Table]], reader: Reader) -> Iterable[Row]:
    for table in tables.get(sheet.name, ()):
        try:
            yield from rows_of(table, sheet, reader)
        except Refused as why:
            reader.problems.append(unreadable_sheet(Place(file=table.file, sheet=table.name), why.sentence, why.advice))


def _read(tables: Mapping[str, Sequence[Table]], reader: Reader, file: str) -> Cohort:
    head = _head(tables, reader, file)
    partners = [_partner(row) for row in _complete(PARTNERS, tables, reader)]
    known_partners = _register("Partners", partners, [partner.name for partner in partners], reader.problems)
    qualifications = [_qualification(row) for row in _complete(QUALIFICATIONS, tables, reader)]
    titles = [qualification.title for qualification in qualifications]
    known_qualifications = _register("Qualifications", qualifications, titles, reader.problems)
    unit_rows = _complete(UNITS, tables, reader, repeats=("title",))
    units = _units(unit_rows, known_qualifications, known_partners, reader.problems)
    known_units = register("Units", units, [unit.title for unit in units])
    coordinators = [partner for partner in partners if "coordinator" in partner.roles]
    around = Surroundings(
        partners=known_partners, qualifications=known_qualifications, units=known_units,
        coordinator=coordinators[0] if len(coordinators) == 1 else None, defaults=defaults_of(head),
    )  # fmt: skip
    choices = list(_complete(UNIT_CHOICES, tables, reader))
    learners = learners_of(list(_rows(LEARNERS, tables, reader)), choices, around, reader.problems)
    companions = [_companion(row, known_partners, reader.problems) for row in _complete(ACCOMPANYING, tables, reader)]
    results = _results(_complete(RESULTS_SHEET, tables, reader), learners, known_units, reader.problems)
    own = {column.key for column in COHORT.columns} - {"date_order"}
    given = {key: value for key, value in head.values.items() if key in own}
    return Cohort(
        **{"id": "", **given}, origin=head.origin, more=head.more, partners=tuple(partners),
        qualifications=tuple(qualifications), units=tuple(units), learners=tuple(learners),
        companions=tuple(companions), results=tuple(results),
    )  # fmt: skip


def _head(tables: Mapping[str, Sequence[Table]], reader: Reader, file: str) -> Row:
    for table in tables.get("Cohort", ())[:1]:
        try:
            head = fields_of(table, COHORT, reader)
        except Refused as why:
            reader.problems.append(unreadable_sheet(Place(file=table.file, sheet=table.name), why.sentence, why.advice))
            continue
        if not head.values.get("id") and "id" not in head.origin.unreadable:
            reader.problems.append(blank_cell(head.origin.at("id"), "Cohort ID"))
        return head
    origin = Origin(file=file, sheet="Cohort", row=None, columns={}, inherited={})
    return Row(origin=origin, values={}, titles={}, more={})


def _complete(
    sheet: Sheet, tables: Mapping[str, Sequence[Table]], reader: Reader, repeats: Sequence[str] = ()
) -> Iterable[Row]:
    """Read rows and tell which needed cells are blank; `repeats` are columns that a second row may leave blank."""
    told: set[tuple[str, str, str]] = set()
    for row in _rows(sheet, tables, reader):
        for column in needs(sheet):
            if column.key in row.values or column.key in row.origin.unreadable or column.key in repeats:
                continue
            if column.key in row.origin.columns:
                reader.problems.append(blank_cell(row.origin.at(column.key), column.name))
            elif (row.origin.file, row.origin.sheet, column.key) not in told:
                told.add((row.origin.file, row.origin.sheet, column.key))
                place = Place(file=row.origin.file, sheet=row.origin.sheet)
                reader.problems.append(missing_column(place, column.name, row.origin.sheet))
        yield row


def _register(
    sheet: str, records: Sequence[Any], names: Sequence[str | None], problems: list[Problem]
) -> Register[Any]:
    first: dict[str, Any] = {}
    for record in records:
        if record.id and bare(record.id) in first:
            problems.append(doubled_id(record.at("id"), record.id, str(first[bare(record.id)].at("id"))))
        first.setdefault(bare(record.id), record)
    return register(sheet, records, names)


def _partner(row: Row) -> Partner:
    return Partner(**{"id": "", **row.values}, origin=row.origin, more=row.more)


def _qualification(row: Row) -> Qualification:
    return Qualification(**{"id": "", **row.values}, titles=row.titles, origin=row.origin, more=row.more)


def _units(
    rows: Iterable[Row], qualifications: Register[Qualification], partners: Register[Partner], problems: list[Problem]
) -> list[Unit]:
    """Make the units: the second row of a unit takes blank cells from the first, apart from points."""
    first: dict[str, Row] = {}
    pairs: dict[tuple[str, int], Unit] = {}
    units: list[Unit] = []
    for row in rows:
        spelled = bare(str(row.values.get("id", "")))
        before = first.setdefault(spelled, row)
        values = {**{key: value for key, value in before.values.items() if key != "points"}, **row.values}
        inherited = {key: before.origin.at(key) for key in values if key not in row.values}
        origin = Origin(
            file=row.origin.file, sheet=row.origin.sheet, row=row.origin.row, columns=row.origin.columns,
            inherited=inherited, unreadable=row.origin.unreadable,
        )  # fmt: skip
        if "title" not in values and "title" not in origin.unreadable:
            problems.append(blank_cell(origin.at("title"), "Title"))
        named = values.pop("qualification", None)
        found = qualifications.find(named, origin.at("qualification"), problems) if named else ()
        qualification = next(iter(found), None)
        names = values.pop("hosts", ())
        hosts = [host for name in names for host in partners.find(name, origin.at("hosts"), problems)[:1]]
        unit = Unit(
            **{"id": "", **values}, titles={**before.titles, **row.titles}, qualification=qualification,
            hosts=tuple(hosts), origin=origin, more={**before.more, **row.more},
        )  # fmt: skip
        if (spelled, id(qualification)) in pairs:
            problems.append(doubled_id(origin.at("id"), unit.id, str(pairs[spelled, id(qualification)].at("id"))))
        pairs.setdefault((spelled, id(qualification)), unit)
        units.append(unit)
    return units


def _companion(row: Row, partners: Register[Partner], problems: list[Problem]) -> Companion:
    values = dict(row.values)
    for key in ("home", "host"):
        if key in values:
            values[key] = next(iter(partners.find(values[key], row.origin.at(key), problems)), None)
    return Companion(**values, origin=row.origin, more=row.more)


def _results(
    rows: Iterable[Row], learners: Sequence[Learner], units: Register[Unit], problems: list[Problem]
) -> list[Result]:
    stays: dict[str, list[Learner]] = {}
    for learner in learners:
        if learner.id:
            stays.setdefault(bare(learner.id), []).append(learner)
    results = []
    for row in rows:
        values = dict(row.values)
        whose = values.pop("learner", None)
        hers = stays.get(bare(whose), ()) if whose else ()
        if whose and not hers:
            meant = nearest(whose, (learner.id or "" for learner in learners), 0.6)
            problems.append(unknown_reference(row.origin.at("learner"), whose, "Learners", meant, commas=False))
        stay = next((stay for stay in hers if values.get("mobility") in (None, stay.mobility)), None)
        named = values.pop("unit", None)
        found = units.find(named, row.origin.at("unit"), problems) if named else ()
        taken = stay.agreement.qualification if stay else None
        unit = next((unit for unit in found if unit.qualification is taken), next(iter(found), None))
        results.append(Result(**values, learner=stay, unit=unit, origin=row.origin, more=row.more))
    return results
