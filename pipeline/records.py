"""A table of raw cells into rows of plain values, each with its cell (floor 3).

The one place where `Unreadable` is caught: it becomes a problem at its cell, the value is None, and reading goes on.
Title rows, code rows, empty rows and notes are survived, and told where something was left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Any

from pipeline import cells
from pipeline.columns import Column, Kind, Sheet
from pipeline.guard import Refused
from pipeline.header import Header, again, find_header
from pipeline.header import told as repeated_header
from pipeline.model import OF_THE_HOST, Origin
from pipeline.problem import Place, Problem, Severity, fault, quoted
from pipeline.raw import Raw, Unreadable, readable, shown
from pipeline.samples import columns_at, is_marked, leftovers, own_data, still_marked, telling
from pipeline.sheets import is_code_row, missing_column, needs, values
from pipeline.spelling import spellings
from pipeline.tables import Table
from pipeline.unreadable import blank_cell, told
from pipeline.worksheet import MOST_COLUMNS, column_letter

MOST_FAULTS = 10_000
"""Cells that cannot be read, in all sheets of a cohort, before the reading ends: more than anybody corrects at once."""

RawRow = Mapping[int, Raw]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a sheet, read: values by key (only those that are there), titles by language, unknown columns.

    `problems` are those of its cells: who takes the row decides whether they are told (a learner who has withdrawn
    stays without problems).
    """

    origin: Origin
    values: Mapping[str, Any]
    titles: Mapping[str, str]
    more: Mapping[str, str]
    problems: Sequence[Problem] = ()


@dataclass(slots=True, kw_only=True)
class Reader:
    """What is kept while one cohort is read: the problems found, and how dates such as 03/04/2027 are meant.

    `faults` counts cells that cannot be read, so that a sheet full of them ends somewhere.
    """

    problems: list[Problem] = field(default_factory=list)
    date_order: str | None = None
    faults: int = 0


@fault("S113", Severity.WARNING)
def row_left_out(row: int, value: str) -> str:
    """A row of a table was left out, because it holds a single value and so looks like a note.

    Advice: Fill the other columns if it is a row of the cohort; else leave it.
    Basis: data (contract, section 2)
    """
    return f"Row {row} was left out: it holds only “{value}”."


@fault("S122", Severity.NOTICE)
def own_columns(names: Sequence[str]) -> str:
    """A sheet has columns that the program does not know; they are kept for forms of your own.

    Advice: Nothing, if they are yours; else give them the names that `ecvet new` uses, or their names in your language.
    Basis: data (contract, section 2)
    """
    return f"Not known to the program, and in no official form: {quoted(names[:8])}{' …' if len(names) > 8 else ''}."


@fault("S116", Severity.WARNING)
def own_value_unread(name: str, sentence: str) -> str:
    """A value in a column of your own cannot be read, so forms that use it find it blank.

    Advice: Correct the cell if one of your forms uses the column; else leave it.
    Basis: data (contract, section 2)
    """
    return f"“{readable(name)}” is left blank: {sentence[0].lower()}{sentence[1:]}"


@fault("S117", Severity.NOTICE)
def column_without_a_name(column: str, value: str) -> str:
    """A column of a table holds values, but its header is blank, so nobody knows what they are.

    Advice: Write the name of the column into the header, or leave it if it is for your own use.
    Basis: data (contract, section 2)
    """
    return f"Column {column} has no name; “{value}” and what stands below were not read."


@fault("S118", Severity.WARNING)
def columns_left_out(last: str) -> str:
    """A sheet is wider than any the program reads, and what stands right of that was left out.

    Advice: Move the columns to the left, or delete those that are not needed.
    Basis: data (contract, section 2)
    """
    return f"Columns to the right of {last} were not read."


def _yes_or_no(raw: Raw) -> bool | None:
    found = cells.choice(raw, values("yes", "no"), ("yes", "no"))
    return None if found is None else found == "yes"


def _sex(raw: Raw) -> str | None:
    found = cells.choice(raw, {**values("M", "F"), "x": "X"}, ("M", "F", "X"))
    return None if found == "X" else found


def _language(raw: Raw) -> str | None:
    typed = raw[: cells.LONGEST_NAME] if isinstance(raw, str) else ""
    if any(spelling in values(OF_THE_HOST) for spelling in spellings(typed)):
        return OF_THE_HOST
    return cells.language(raw)


def _choices(raw: Raw, column: Column) -> tuple[str, ...]:
    known = values(*column.choices)
    found = []
    for part in cells.several(raw):
        pieces = [spellings(piece) for piece in part.split(",")]
        if len(pieces) > 1 and all(any(spelling in known for spelling in piece) for piece in pieces):
            sentence = f"“{readable(part)}” is none of the entries for this column."
            raise Unreadable("S206", sentence, "Separate several entries with ; and not with commas.")
        found.append(cells.choice(part, known, column.choices))
    return tuple(dict.fromkeys(each for each in found if each))


_PLAIN: Mapping[Kind, Callable[[Raw], Any]] = {
    Kind.TEXT: cells.text, Kind.EMAIL: cells.text, Kind.LIST: cells.several, Kind.INTEGER: cells.integer,
    Kind.DECIMAL: cells.number, Kind.PHONE: cells.phone, Kind.ID: cells.code, Kind.REFERENCE: cells.code,
    Kind.REFERENCES: cells.several, Kind.COUNTRY: cells.country, Kind.YES_NO: _yes_or_no, Kind.SEX: _sex,
    Kind.LANGUAGE: _language,
}  # fmt: skip


def reading(column: Column, reader: Reader) -> Callable[[Raw], Any]:
    """Choose how the cells of a column are read; what it gives raises Unreadable."""
    if column.kind is Kind.DATE:
        return partial(cells.date, order=reader.date_order)
    if column.kind is Kind.CHOICE:
        return partial(cells.choice, known=values(*column.choices), offered=column.choices)
    if column.kind is Kind.CHOICES:
        return partial(_choices, column=column)
    return _PLAIN[column.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The columns of one table: how each position is read and into which group, and the letters of all keys."""

    reads: Mapping[int, tuple[str, str, Callable[[Raw], Any]]]
    letters: Mapping[str, str]
    named: frozenset[int]
    doubled: frozenset[str]
    contract: Mapping[int, Column]
    telling: Mapping[int, Column]


def rows_of(table: Table, sheet: Sheet, reader: Reader) -> Iterator[Row]:
    """Read the rows of a table as rows of a sheet; problems of the table go to the reader, those of a row to the row.

    Raises guard.Refused where the sheet is damaged, or has more faults than anybody would read.
    """
    rows = table.rows()
    header = find_header(table, sheet, rows, reader.problems)
    if header is None:
        return
    columns = _columns(header, sheet, reader)
    _tell_own_columns(table, header, reader)
    just_after = True
    nameless: set[int] = set()
    last_note = ""
    for number, raw in chain(header.after, rows):
        if (just_after and is_code_row(list(raw.values()))) or _is_example(table, number, raw, columns, reader):
            continue
        just_after = False
        if anew := again(sheet, header, number, raw):
            if anew.cells != header.cells:
                header, columns, nameless = anew, _columns(anew, sheet, reader), set()
                reader.problems += repeated_header(table, sheet, anew)
            continue
        if len(raw) == 1 and len(needs(sheet)) > 1:
            note = shown(next(iter(raw.values())))
            if note != last_note:  # of a note merged over several rows one is enough
                place = Place(file=table.file, sheet=table.name, row=number)
                reader.problems.append(row_left_out(place, number, note))
            last_note = note
            continue
        for index in raw.keys() - columns.named - nameless:
            nameless.add(index)
            place = Place(file=table.file, sheet=table.name, cell=f"{column_letter(index)}{number}")
            reader.problems.append(column_without_a_name(place, column_letter(index), shown(raw[index])))
        row = _row(table, number, raw, columns)
        if left := list(leftovers(raw, columns.telling, table.file, table.name, number)):
            row = replace(row, problems=[*row.problems, *left])
        reader.faults += len(row.problems)
        if reader.faults > MOST_FAULTS:
            sentence = f"From row {number} on, sheet “{readable(table.name)}” was not read: there are too many faults."
            raise Refused(sentence, "Correct those that are told, and run again.")
        yield row
    if table.beyond is not None:
        place = Place(file=table.file, sheet=table.name)
        reader.problems.append(columns_left_out(place, column_letter(MOST_COLUMNS - 1)))


def _tell_own_columns(table: Table, header: Header, reader: Reader) -> None:
    if header.headers.unknown:
        place = Place(file=table.file, sheet=table.name)
        reader.problems.append(own_columns(place, [readable(name) for name in header.headers.unknown]))


def _is_example(table: Table, number: int, raw: RawRow, columns: _Columns, reader: Reader) -> bool:
    """Say whether a row is the example row, and tell where somebody typed over it."""
    if not is_marked(raw):
        return False
    if own_data(raw, columns.contract):
        reader.problems.append(still_marked(Place(file=table.file, sheet=table.name), number))
    return True


def _columns(header: Header, sheet: Sheet, reader: Reader) -> _Columns:
    by_key = {column.key: column for column in sheet.columns}
    found = header.headers
    doubled = {index for _, first, second in found.doubled for index in (first, second)}
    reads: dict[int, tuple[str, str, Callable[[Raw], Any]]] = {
        **{index: ("values", key, reading(by_key[key], reader)) for key, index in found.known.items()},
        **{index: ("titles", language, cells.text) for language, index in found.titles.items()},
        **{index: ("more", name, own_text) for name, index in found.unknown.items()},
    }
    contract = columns_at(sheet, found.known)
    return _Columns(
        reads={index: read for index, read in reads.items() if index not in doubled},
        letters={
            (f"title {key}" if group == "titles" else key): column_letter(index)
            for index, (group, key, _) in reads.items()
        },
        named=frozenset(reads) | doubled,
        doubled=frozenset(key for index, (_, key, _) in reads.items() if index in doubled),
        contract=contract, telling=telling(contract),
    )


def own_text(raw: Raw) -> str | None:
    """Read a value of a column of the officer's own: any kind of value, as a text; raises Unreadable as `text`."""
    if isinstance(raw, dt.date | dt.time | dt.timedelta):
        return shown(raw)
    return cells.text(raw)


def _row(table: Table, number: int, raw: RawRow, columns: _Columns) -> Row:
    found: dict[str, dict[str, Any]] = {"values": {}, "titles": {}, "more": {}}
    broken: set[str] = set()
    problems: list[Problem] = []
    for index, cell in raw.items():
        if index not in columns.reads:
            continue
        group, key, read = columns.reads[index]
        try:
            value = read(cell)
        except Unreadable as wrong:
            place = Place(file=table.file, sheet=table.name, cell=f"{column_letter(index)}{number}", row=number)
            if group == "more":
                problems.append(own_value_unread(place, key, wrong.sentence))
            else:
                broken.add(f"title {key}" if group == "titles" else key)
                problems.append(told(wrong, place))
            continue
        if value is not None and value != ():
            found[group][key] = value
    origin = Origin(
        file=table.file, sheet=table.name, row=number, columns=columns.letters, inherited={},
        unreadable=columns.doubled | broken if broken else columns.doubled,
    )  # fmt: skip
    return Row(origin=origin, values=found["values"], titles=found["titles"], more=found["more"], problems=problems)


def complete(sheet: Sheet, rows: Iterator[Row], reader: Reader, repeats: Sequence[str] = ()) -> Iterator[Row]:
    """Tell what is wrong in rows, and which needed cells are blank; a column that is missing is told once.

    `repeats` are columns that a second row of the same thing may leave blank.
    """
    missing: set[tuple[str, str, str]] = set()
    for row in rows:
        reader.problems.extend(row.problems)
        for column in needs(sheet):
            if column.key in row.values or column.key in row.origin.unreadable:
                continue
            if column.key not in row.origin.columns:
                table = (row.origin.file, row.origin.sheet, column.key)
                if table not in missing:
                    place = Place(file=row.origin.file, sheet=row.origin.sheet)
                    reader.problems.append(missing_column(place, column.name, row.origin.sheet))
                missing.add(table)
            elif column.key not in repeats:
                reader.problems.append(blank_cell(row.origin.at(column.key), column.name))
        yield row
