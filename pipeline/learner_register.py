"""The learner register: what was recognised over the years, read from `input/learner register.xlsx` (floor 3).

It is the officer's own workbook. A row counts for a learner where it says clearly that it is hers; what is unclear
counts for nobody and is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.achievements import with_achievements
from pipeline.columns import ACHIEVEMENTS
from pipeline.guard import Refused
from pipeline.header import find_header
from pipeline.lettering import column_letter
from pipeline.links import Register
from pipeline.misfits import missing_column
from pipeline.model import Achievement, Learner, Unit
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.records import count_faults, data_of, tell_beyond
from pipeline.rows import RawRow, Reader, Row, row_of_cells
from pipeline.settled import settled_for
from pipeline.sheets import needs
from pipeline.spelling import bare
from pipeline.tables import MOST_ROWS, Table, open_tables
from pipeline.whose import People

_KNOWN_BY = 4
"""So many columns make a sheet one of achievements, whatever it is called."""


@fault("S170")
def unreadable_learner_register(sentence: str, advice: str) -> tuple[str, str]:
    """The learner register cannot be read, so nobody knows which units learners hold already.

    Papers that tell what a learner holds wait until it can be read again, so that none is sent that tells less.

    Advice: Open it in Excel or LibreOffice, look at it and save it again, or put its former version in its place.
    Basis: data (units already acquired are not repeated: Learning Agreement form, section 3; C14)
    """
    return sentence, advice


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRegister:
    """What the learner register holds.

    `problems` are those of the whole file or sheet, `notes` what else is to be said of it, `of_rows` what is wrong in
    cells, by row. `sheet`, `columns` (letters by key), `header` and `last` (the last row that holds anything) say where
    a further row goes.
    """

    file: str
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    header: int = 0
    last: int = 0
    achievements: tuple[Achievement, ...] = ()
    people: People = field(default_factory=People)
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    of_rows: Mapping[int, Sequence[Problem]] = field(default_factory=dict)


# -- reading -----------------------------------------------------------------------------------------------------------


def read_learner_register(
    path: Path, opener: Callable[[Path], AbstractContextManager[list[Table]]] = open_tables
) -> LearnerRegister | None:
    """Read the learner register, once for all cohorts; None where there is no such file.

    What is wrong is kept, not raised. Of a file that can be read only in part nothing counts: what is missing of it
    would look as if nobody had it.
    """
    if not path.exists():
        return None
    place = Place(file=path.name)
    reader = Reader(settled=settled_for(path))
    try:
        with opener(path) as tables:
            return _read(path.name, tables, reader)
    except Refused as why:
        rows = f"more than {MOST_ROWS:,} rows" in why.sentence
        advice = "Move the rows of people who left into another workbook." if rows else why.advice
        told = unreadable_learner_register(place, why.sentence, advice)
    except PermissionError:
        sentence, advice = "The file is open in another program or may not be read.", "Close it there and try again."
        told = unreadable_learner_register(place, sentence, advice)
    except OSError:
        sentence, advice = "The file could not be read from the disk.", "Look whether it is there, and try again."
        told = unreadable_learner_register(place, sentence, advice)
    return LearnerRegister(file=path.name, problems=(told,))


def _read(file: str, tables: Sequence[Table], reader: Reader) -> LearnerRegister:
    table = _sheet_of(tables, reader)
    if table is None:
        sentence = f"No sheet of it has the columns of “{ACHIEVEMENTS.name}”."
        advice = "Put the names of the columns into its first row, as `ecvet register` writes them."
        return LearnerRegister(file=file, problems=(unreadable_learner_register(Place(file=file), sentence, advice),))
    counted = _Counted(table)
    reading = reader.reading(ACHIEVEMENTS)
    header = find_header(table, ACHIEVEMENTS, iter(counted), reader.problems, reading)
    rows = []
    found_rows = data_of(table, ACHIEVEMENTS, header, iter(counted), reader, reading) if header else ()
    for number, raw, columns, _ in found_rows:
        rows.append(row_of_cells(table, number, raw, columns))
        count_faults(table, rows[-1], reader)
    tell_beyond(table, reader)
    letters = {key: column_letter(at) for key, at in header.headers.known.items()} if header else {}
    place = Place(file=file, sheet=table.name)
    lacking = [column for column in needs(ACHIEVEMENTS) if header and column.key not in letters]
    missing = {column.key: missing_column(place, column.name, table.name) for column in lacking}
    wrong = [problem for key, problem in missing.items() if key in _SAYS_WHAT]
    wrong += [problem for problem in reader.problems if problem.holds]
    found = [_achievement(row) for row in rows] if not wrong else []
    notes = [problem for key, problem in missing.items() if key not in _SAYS_WHAT]
    notes += [problem for problem in reader.problems if problem.severity is Severity.WARNING]
    return LearnerRegister(
        file=file, sheet=table.name, columns=letters, header=header.number if header else 0, last=counted.last,
        achievements=tuple(found), people=People(found), problems=tuple(wrong), notes=tuple(notes),
        of_rows={row.origin.row or 0: row.problems for row in rows if row.problems},
    )  # fmt: skip


_SAYS_WHAT = frozenset({"family_name", "given_names", "unit_id"})
"""Columns without which no row says anything."""


class _Counted:
    """The rows of a table. Kept: the number of the last one that holds anything."""

    def __init__(self, table: Table) -> None:
        self._rows = table.rows()
        self.last = 0

    def __iter__(self) -> Iterator[tuple[int, RawRow]]:
        return self

    def __next__(self) -> tuple[int, RawRow]:
        row = next(self._rows)
        self.last = row[0]
        return row


def _sheet_of(tables: Sequence[Table], reader: Reader) -> Table | None:
    """Find the sheet of the achievements: by its name, else by its columns."""
    if called := [table for table in tables if bare(table.name) == bare(ACHIEVEMENTS.name)]:
        return called[0]
    for table in tables:
        look = table.anew()
        header = find_header(look, ACHIEVEMENTS, look.rows(), [], reader.reading(ACHIEVEMENTS))
        if header and len(header.headers.known) >= _KNOWN_BY:
            return table
    return None


def _achievement(row: Row) -> Achievement:
    values = dict(row.values)
    values["scope"] = values.get("scope") or ("part" if "part" in values else "whole")
    return Achievement(**values, origin=row.origin, more=row.more)


# -- for a cohort ------------------------------------------------------------------------------------------------------


def with_register(
    register: LearnerRegister, learners: Sequence[Learner], cohort: str, units: Register[Unit], problems: list[Problem]
) -> list[Learner]:
    """Give the learners of a cohort what the register holds of them; what is unclear goes to `problems`.

    Of a learner who gets no papers nothing is told.
    """
    problems += register.problems
    if not register.achievements:
        return list(learners)
    every = [unit for same in units.by_id.values() for unit in same]
    known: dict[str, tuple[Achievement, ...]] = {}
    doubts: dict[str, list[Problem]] = {}
    found = []
    for learner in learners:
        if learner.person not in known:
            known[learner.person], doubts[learner.person] = register.people.of(learner)
        hers = known[learner.person]
        if learner.has_papers and (told := doubts.pop(learner.person, None)) is not None:
            problems += told
            problems += [each for one in hers for each in register.of_rows.get(one.origin.row or 0, ())]
        found.append(with_achievements(learner, hers, cohort, every) if hers else learner)
    return found
