"""The learner register: what was recognised over the years, read from `input/learner register.xlsx` (floor 3).

It is the officer's own workbook. A row counts for a learner where it says clearly that it is hers; what is unclear
counts for nobody and is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pipeline.achievements import with_achievements
from pipeline.columns import ACHIEVEMENTS
from pipeline.guard import Refused
from pipeline.header import find_header
from pipeline.lettering import column_letter
from pipeline.links import Register
from pipeline.misfits import missing_column
from pipeline.model import Achievement, Learner, Unit
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.raw import readable
from pipeline.records import count_faults, data_of, tell_beyond
from pipeline.rows import RawRow, Reader, Row, row_of_cells
from pipeline.settled import settled_for
from pipeline.sheets import needs
from pipeline.spelling import bare, same_id
from pipeline.tables import MOST_ROWS, Table, open_tables

Born = dt.date | None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRegister:
    """What the learner register holds.

    `problems` are those of the whole file or sheet, `notes` warnings of it, `of_rows` those of cells by row.
    `achievements` are all its rows, also those that count for nobody (`unclear`). `sheet`, `columns` (letters by key),
    `header` and `last` (the last row that holds anything) say where a further row goes.
    """

    file: str
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    header: int = 0
    last: int = 0
    achievements: tuple[Achievement, ...] = ()
    unclear: tuple[Achievement, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    of_rows: Mapping[int, Sequence[Problem]] = field(default_factory=dict)
    _by_id: Mapping[str, Sequence[Achievement]] = field(default_factory=dict)
    _by_person: Mapping[tuple[str, Born], Sequence[Achievement]] = field(default_factory=dict)

    def of(self, person: Learner | Achievement) -> tuple[tuple[Achievement, ...], list[Problem]]:
        """Find the rows that are a person's, and tell what may be hers and is unclear."""
        identifier = person.id if isinstance(person, Learner) else person.learner_id
        key, name, born = same_id(identifier) if identifier else "", named(person), person.date_of_birth
        if not name:  # her name is blank or unreadable, which is told already
            return (), []
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
        doubts = [_other_person(person, identifier or "", one) for one in others.values()]
        doubts += [_other_number(person, identifier, one) for one in strangers]
        doubts += [unclear(one) for one in self.unclear if _may_be(one, key, name)]
        return tuple(hers.values()), doubts


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


def _other_person(person: Learner | Achievement, identifier: str, one: Achievement) -> Problem:
    days = person.date_of_birth, one.date_of_birth
    surely = named(one) != named(person) and all(days) and days[0] != days[1]
    word = number_given_anew if surely else same_number_other_person
    return word(_cell(person), identifier, _person(person), _person(one), str(one.at("learner_id")))


def _other_number(person: Learner | Achievement, identifier: str | None, one: Achievement) -> Problem:
    here = f"“{readable(identifier)}”" if identifier else "without a Learner ID"
    place = str(one.at("learner_id"))
    return other_number_same_person(_cell(person), person.name, here, one.learner_id or "", place)


def _person(person: Learner | Achievement) -> str:
    born = f", born “{person.date_of_birth:%d.%m.%Y}”" if person.date_of_birth else ""
    return f"“{readable(person.name)}”{born}"


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
    wrong = [missing_column(place, column.name, table.name) for column in lacking]
    wrong += [problem for problem in reader.problems if problem.holds]
    found = [_achievement(row) for row in rows] if not wrong else []
    return LearnerRegister(
        file=file, sheet=table.name, columns=letters, header=header.number if header else 0, last=counted.last,
        achievements=tuple(found), unclear=tuple(one for one in found if not _is_clear(one)), problems=tuple(wrong),
        notes=tuple(problem for problem in reader.problems if problem.severity is Severity.WARNING),
        of_rows={row.origin.row or 0: row.problems for row in rows if row.problems},
        _by_id=_grouped(found, lambda one: same_id(one.learner_id) if one.learner_id else ""),
        _by_person=_grouped(found, lambda one: (named(one), one.date_of_birth)),
    )  # fmt: skip


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


def _is_clear(one: Achievement) -> bool:
    return bool(named(one) and (one.learner_id or one.date_of_birth))


K = TypeVar("K")


def _grouped(found: Iterable[Achievement], key: Callable[[Achievement], K]) -> dict[K, list[Achievement]]:
    """Put together the rows that are clear, by what they are found by."""
    groups: dict[K, list[Achievement]] = {}
    for one in found:
        if _is_clear(one):
            groups.setdefault(key(one), []).append(one)
    return groups


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
            known[learner.person], doubts[learner.person] = register.of(learner)
        hers = known[learner.person]
        if learner.has_papers and (told := doubts.pop(learner.person, None)) is not None:
            problems += told
            problems += [each for one in hers for each in register.of_rows.get(one.origin.row or 0, ())]
        found.append(with_achievements(learner, hers, cohort, every) if hers else learner)
    return found
