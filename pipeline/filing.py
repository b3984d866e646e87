"""Finding the files of a cohort, opening them, and finding out which sheet is which (floor 3).

A cohort is a workbook, or a folder of files, each with one sheet or more. A sheet is known by its name, or by its
columns where its name is the officer's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.columns import COHORT, LEARNERS, NEEDED, OPTIONAL, SHEETS, Sheet
from pipeline.copies import choice_of, choices
from pipeline.flat import Flat
from pipeline.guard import Refused
from pipeline.lineage import is_sheet_of_copy, original_name, original_stem
from pipeline.misfits import doubled_sheet, missing_sheet, nearly_a_sheet, unknown_sheet
from pipeline.names import is_put_away
from pipeline.problem import Place, Problem, fault
from pipeline.raw import readable
from pipeline.registry import SHARED, Registry
from pipeline.rows import Reader
from pipeline.settled import settled_for
from pipeline.shape import flat_sheet, is_list_of_learners, may_be, take_by_columns
from pipeline.spelling import LONGEST_HEADER, bare, nearest
from pipeline.tables import Table, open_tables

OWN_SHEETS = frozenset({"lists"})
"""Sheets of the empty workbook that hold only its drop-down lists."""


@fault("S101")
def unreadable_file(sentence: str, advice: str) -> tuple[str, str]:
    """A file cannot be opened as a workbook.

    It may be protected by a password, of the old kind (.xls), damaged, only half copied, or no workbook at all.

    Advice: Open the file in Excel or LibreOffice and save it as .xlsx, without a password.
    Basis: data (contract, section 2)
    """
    return sentence, advice


def not_readable_now(place: Place) -> Problem:
    """Tell a file that is there and cannot be read just now."""
    return unreadable_file(place, "The file could not be read.", "Close it in the other program and try again.")


@fault("S102")
def unreadable_sheet(sentence: str, advice: str) -> tuple[str, str]:
    """A sheet of a workbook is damaged or too large, and was read only in part.

    Advice: Open the workbook in Excel or LibreOffice, look at the sheet and save it again.
    Basis: data (contract, section 2)
    """
    return sentence, advice


Opener = Callable[[Path], AbstractContextManager[list[Table]]]
"""What opens a file as tables: `tables.open_tables`, or another process that does it."""


def is_workbook(path: Path) -> bool:
    """Say whether a file may hold a cohort by its name; lock files of Excel and LibreOffice do not."""
    return path.suffix.lower() in KINDS and not is_put_away(path.name)


KINDS = (".xlsx", ".xlsm", ".csv", ".xlsb", ".xls", ".xltx", ".ods", ".fods", ".numbers")
"""Endings of spreadsheets, those that are read first; those that cannot be read are told, and not passed over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A cohort's files, open: their tables, those that mean a sheet, the flat sheet, and what is wrong so far."""

    files: tuple[str, ...]
    tables: Sequence[Table]
    by_sheet: Mapping[str, Sequence[Table]]
    flat: Flat | None
    reader: Reader


@contextmanager
def open_cohort(path: Path, opener: Opener = open_tables, register: Registry | None = None) -> Iterator[Opened]:
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
    if found:
        take_by_columns(found, strangers, OPTIONAL, reader)
    lends = {sheet.name for sheet in SHARED} if register else set()
    stood_for = {*found, *(flat.open if flat else ()), *lends}
    missing = [sheet.name for sheet in NEEDED if sheet.name not in stood_for]
    _tell_missing_and_unknown(tables, found, strangers, missing, reader)
    return found, flat


def _tell_missing_and_unknown(
    tables: Sequence[Table], found: Mapping[str, Sequence[Table]], strangers: Sequence[Table], missing: Sequence[str],
    reader: Reader,
) -> None:  # fmt: skip
    """Tell which sheets are missing, and which were not read; what one may be is told once, never folded."""
    likely = [(table, may_be(table, found, reader)) for table in strangers]
    names, unread = [table.name for table in tables], [table.name for table in strangers]
    for name in missing:
        perhaps = next((table.name for table, sheet in likely if sheet == name), None)
        reader.problems.append(missing_sheet(Place(file=tables[0].file), name, names, unread, perhaps))
    known = [sheet.name for sheet in SHEETS if sheet.name not in found]
    for table, by_columns in likely:
        own = bare(table.name) in reader.settled.sheets
        meant = None if own else nearest(table.name[:LONGEST_HEADER], known, 0.8) or by_columns
        place = Place(file=table.file, sheet=table.name)
        if meant is None or meant in missing:
            reader.problems.append(unknown_sheet(place, table.name, meant))
        else:
            reader.problems.append(nearly_a_sheet(place, table.name, meant))


def _sheet_of(table: Table, reader: Reader) -> Sheet | None:
    """Find the sheet that a table's name means; where the file holds no other, the file's name may stand for it."""
    sheet = reader.settled.sheet_called(table.name)
    if sheet is None and table.alone:
        sheet = reader.settled.sheet_called(original_stem(Path(table.file).stem))
    if sheet not in (None, LEARNERS) and table.alone and is_list_of_learners(table, reader):
        return None  # a flat sheet, in a file or on a sheet that is called “Cohort 2027” or “Project”
    return sheet
