"""A table of raw cells into rows of plain values, each with its cell (floor 3).

The one place where `cells.Unreadable` is caught: it becomes a problem at its cell, the value is None, and reading goes
on. Title rows, code rows, empty rows and notes are survived, and told where something was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pipeline import cells
from pipeline.cells import Broken, Raw, Unreadable
from pipeline.columns import Column, Kind, Sheet
from pipeline.model import OF_THE_HOST, Origin
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.sheets import (
    Headers,
    column_called,
    doubled_column,
    is_code_row,
    nearly_a_column,
    needs,
    understand,
    values,
)
from pipeline.spelling import bare, nearest, spellings
from pipeline.tables import Table, column_letter
from pipeline.unreadable import told

HEADER_WITHIN = 40
"""Rows with values, from the top, in which the header is looked for."""

EXAMPLE = "example"
"""The mark in the first cell of the grey example row of an empty workbook: “(example)”."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a sheet, read: values by key (only those that are there), titles by language, unknown columns."""

    origin: Origin
    values: Mapping[str, Any]
    titles: Mapping[str, str]
    more: Mapping[str, str]


@dataclass(slots=True, kw_only=True)
class Reader:
    """What is kept while one cohort is read: the problems found, and how dates such as 03/04/2027 are meant."""

    problems: list[Problem] = field(default_factory=list)
    date_order: str | None = None


@fault("S113", Severity.WARNING)
def row_left_out(row: int, shown: str) -> str:
    """A row of a table was left out, because it holds a single value and so looks like a note.

    Advice: Fill the other columns if it is a row of the cohort; else leave it.
    Basis: data (contract, section 2)
    """
    return f"Row {row} was left out: it holds only “{shown}”."


@fault("S115")
def no_header(sheet: str) -> str:
    """A sheet holds values, but no row of it names the columns.

    Advice: Write the names of the columns into the first row, as `ecvet new` makes it.
    Basis: data (contract, section 2)
    """
    return f"The sheet “{sheet}” has no row that names its columns."


def _yes_or_no(raw: Raw) -> bool | None:
    found = cells.choice(raw, values("yes", "no"), ("yes", "no"))
    return None if found is None else found == "yes"


def _sex(raw: Raw) -> str | None:
    found = cells.choice(raw, {**values("M", "F"), "x": "X"}, ("M", "F", "X"))
    return None if found == "X" else found


def _language(raw: Raw) -> str | None:
    if isinstance(raw, str) and any(spelling in values(OF_THE_HOST) for spelling in spellings(raw)):
        return OF_THE_HOST
    return cells.language(raw)


_PLAIN: Mapping[Kind, Callable[[Raw], Any]] = {
    Kind.TEXT: cells.text, Kind.EMAIL: cells.text, Kind.LIST: cells.several, Kind.INTEGER: cells.integer,
    Kind.DECIMAL: cells.number, Kind.PHONE: cells.code, Kind.ID: cells.code, Kind.REFERENCE: cells.code,
    Kind.REFERENCES: lambda raw: cells.several(cells.code(raw)), Kind.COUNTRY: cells.country,
    Kind.YES_NO: _yes_or_no, Kind.SEX: _sex, Kind.LANGUAGE: _language,
}  # fmt: skip


def reading(column: Column, reader: Reader) -> Callable[[Raw], Any]:
    """Choose how the cells of a column are read; what it gives raises cells.Unreadable."""
    if column.kind is Kind.DATE:
        return partial(cells.date, order=reader.date_order)
    if column.kind in _PLAIN:
        return _PLAIN[column.kind]
    known = values(*column.choices)
    if column.kind is Kind.CHOICE:
        return partial(cells.choice, known=known, offered=column.choices)
    return lambda raw: tuple(cells.choice(part, known, column.choices) for part in cells.several(raw))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The columns of one table: how each position is read and into which group, and the letters of all keys."""

    reads: tuple[tuple[int, str, str, Callable[[Raw], Any]], ...]
    letters: Mapping[str, str]
    doubled: frozenset[str]


def rows_of(table: Table, sheet: Sheet, reader: Reader) -> Iterator[Row]:
    """Read the rows of a table as rows of a sheet; problems go to the reader.

    Raises guard.Refused where the sheet is damaged.
    """
    columns: _Columns | None = None
    looked_at, just_after = 0, False
    for number, raw in table.rows():
        if columns is None:
            looked_at += 1
            headers = _header(sheet, [cell if isinstance(cell, str) else None for cell in raw])
            if headers:
                columns, just_after = _columns(table, sheet, number, headers, reader), True
            elif looked_at > HEADER_WITHIN:
                break
            continue
        if just_after and is_code_row([cell if isinstance(cell, str) else None for cell in raw]):
            continue
        just_after = False
        row = _row(table, sheet, number, raw, columns, reader)
        if row is not None:
            yield row
    if columns is None and looked_at:
        reader.problems.append(no_header(Place(file=table.file, sheet=table.name), table.name))


def _header(sheet: Sheet, shown: Sequence[str | None]) -> Headers | None:
    """Take a row as the header where two cells of it name columns."""
    headers = understand(sheet, shown)
    return headers if len(headers.known) + len(headers.titles) >= 2 else None


def _columns(table: Table, sheet: Sheet, number: int, headers: Headers, reader: Reader) -> _Columns:
    def place(index: int) -> Place:
        return Place(file=table.file, sheet=table.name, cell=f"{column_letter(index)}{number}")

    for name, first, second in headers.doubled:
        reader.problems.append(doubled_column(place(second), name, column_letter(first), column_letter(second)))
    missing = [column.name for column in sheet.columns if column.key not in headers.known]
    for name, index in headers.unknown.items():
        if meant := nearest(name, missing, 0.8):
            reader.problems.append(nearly_a_column(place(index), name, meant))
    by_key = {column.key: column for column in sheet.columns}
    doubled = {index for _, first, second in headers.doubled for index in (first, second)}
    reads = [
        *((index, "values", key, reading(by_key[key], reader)) for key, index in headers.known.items()),
        *((index, "titles", language, cells.text) for language, index in headers.titles.items()),
        *((index, "more", name, cells.text) for name, index in headers.unknown.items()),
    ]
    return _Columns(
        reads=tuple(read for read in reads if read[0] not in doubled),
        letters={
            (f"title {key}" if group == "titles" else key): column_letter(index) for index, group, key, _ in reads
        },
        doubled=frozenset(key for index, _, key, _ in reads if index in doubled),
    )


def _row(table: Table, sheet: Sheet, number: int, raw: Sequence[Raw], columns: _Columns, reader: Reader) -> Row | None:
    filled = [cell for cell in raw if cell is not None]
    if isinstance(filled[0], str) and bare(filled[0]) == EXAMPLE:
        return None
    if len(filled) == 1 and len(needs(sheet)) > 1:
        shown = filled[0].shown if isinstance(filled[0], Broken) else cells.readable(_shown(filled[0]))
        place = Place(file=table.file, sheet=table.name, row=number)
        reader.problems.append(row_left_out(place, number, shown))
        return None
    found: dict[str, dict[str, Any]] = {"values": {}, "titles": {}, "more": {}}
    broken: set[str] = set()
    for index, group, key, read in columns.reads:
        if index >= len(raw) or raw[index] is None:
            continue
        try:
            value = read(raw[index])
        except Unreadable as wrong:
            if group == "more":
                continue
            broken.add(key)
            cell = f"{column_letter(index)}{number}"
            reader.problems.append(told(wrong, Place(file=table.file, sheet=table.name, cell=cell, row=number)))
            continue
        if value is not None and value != ():
            found[group][key] = value
    origin = Origin(
        file=table.file, sheet=table.name, row=number, columns=columns.letters, inherited={},
        unreadable=columns.doubled | broken,
    )  # fmt: skip
    return Row(origin=origin, values=found["values"], titles=found["titles"], more=found["more"])


def _shown(raw: Raw) -> str:
    try:
        return cells.text(raw) or ""
    except Unreadable:
        return str(raw)


def fields_of(table: Table, sheet: Sheet, reader: Reader) -> Row:
    """Read a table of fields and values (sheet Cohort) as one row; field Date order counts for the fields too.

    The name of a field stands in the first filled cell of a row, its value in the next cell; what stands to the right
    of that is for the person's eyes.

    Raises guard.Refused where the sheet is damaged.
    """
    found: dict[str, Any] = {}
    more: dict[str, str] = {}
    where: dict[str, str] = {}
    broken: set[str] = set()
    lines = [(number, raw) for number, raw in table.rows() if len([cell for cell in raw if cell is not None]) > 1]
    named = [(number, raw, *_field(sheet, raw)) for number, raw in lines]
    for _, raw, column, at in named:
        if column and column.key == "date_order" and at + 1 < len(raw):
            reader.date_order = _order(column, raw[at + 1], reader)
    for number, raw, column, at in named:
        name = _shown(raw[at])
        value = raw[at + 1] if at + 1 < len(raw) else None
        place = Place(file=table.file, sheet=table.name, cell=f"{column_letter(at + 1)}{number}", row=number)
        key = column.key if column else name
        if value is None or (isinstance(value, str) and bare(value) == "value"):
            continue
        if key in where:
            reader.problems.append(doubled_column(place, name, where[key], place.cell or ""))
            continue
        where[key] = place.cell or ""
        if column is None and (meant := nearest(name, [known.name for known in sheet.columns], 0.8)):
            reader.problems.append(nearly_a_column(place, name, meant))
        try:
            read = reading(column, reader)(value) if column else cells.text(value)
        except Unreadable as wrong:
            reader.problems.append(told(wrong, place))
            broken.add(key)
            continue
        if column:
            found[key] = read
        elif read:
            more[name] = read
    origin = Origin(
        file=table.file, sheet=table.name, row=None, columns=where, inherited={}, unreadable=frozenset(broken),
    )  # fmt: skip
    return Row(origin=origin, values=found, titles={}, more=more)


def _field(sheet: Sheet, raw: Sequence[Raw]) -> tuple[Column | None, int]:
    at = next(index for index, cell in enumerate(raw) if cell is not None)
    return column_called(sheet, _shown(raw[at])), at


def _order(column: Column, raw: Raw, reader: Reader) -> str | None:
    try:
        return str(found) if (found := reading(column, reader)(raw)) else None
    except Unreadable:
        return None
