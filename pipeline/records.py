"""A table of raw cells into rows of plain values, each with its cell (floor 3).

The one place where `Unreadable` is caught: it becomes a problem at its cell, the value is None, and reading goes on.
Title rows, code rows, empty rows and notes are survived, and told where something was left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Any

from pipeline.cells import text
from pipeline.columns import LEARNERS, Column, Sheet
from pipeline.confidential import left_unread, without_values
from pipeline.guard import Refused
from pipeline.header import Header, Reading, again, column_problems, find_header
from pipeline.kinds import own_text, reading
from pipeline.model import Origin
from pipeline.problem import Place, Problem, Severity, fault, quoted
from pipeline.raw import Raw, Unreadable, readable, shown
from pipeline.samples import columns_at, is_marked, leftovers, own_data, still_marked, telling
from pipeline.settled import NOTHING_SETTLED, Settled
from pipeline.sheets import in_language, is_code_row, missing_column, needs, understand
from pipeline.tables import Table
from pipeline.together import shared_letters, together
from pipeline.unreadable import blank_cell, none_of_the_choices, told
from pipeline.wide import understand_wide
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
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Reader:
    """What is kept while one cohort is read: the problems found, and how dates such as 03/04/2027 are meant.

    `settled` is what the officer has said about her sheets and columns, `name` what the file or folder is called.
    `faults` counts cells that cannot be read, so that a sheet full of them ends somewhere.
    """

    problems: list[Problem] = field(default_factory=list)
    date_order: str | None = None
    faults: int = 0
    settled: Settled = NOTHING_SETTLED
    name: str = ""

    def reading(self, sheet: Sheet) -> Reading:
        """Say how a row of cells is understood as the header of a sheet, with what was settled of it."""
        if sheet is LEARNERS:
            return partial(understand_wide, parts=frozenset(), renamed=self.settled.of(sheet))
        return partial(understand, sheet, renamed=self.settled.of(sheet))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one table: how each position is read and into which group, and the letters of all keys.

    `sex` is the position of column Sex (-1 where there is none), `dutch` says that its header is Dutch; `nameless`
    keeps the columns without a name that were told already; `address` are the columns of an address in several,
    `whole_name` is that of family and given names together, and `together` says that there is one of these. Each column
    keeps what it has read before: most cells hold what the rows above them hold.
    """

    reads: Mapping[int, tuple[str, str, Callable[[Raw], Any], dict[Raw, Any]]]
    letters: Mapping[str, str]
    named: frozenset[int]
    doubled: frozenset[str]
    sex: int
    dutch: bool
    contract: Mapping[int, Column]
    address: Sequence[int]
    whole_name: tuple[int, str]
    together: bool
    telling: Mapping[int, Column]
    nameless: set[int] = field(default_factory=set)


def rows_of(table: Table, sheet: Sheet, reader: Reader) -> Iterator[Row]:
    """Read the rows of a table as rows of a sheet; problems of the table go to the reader, those of a row to the row.

    Raises guard.Refused where the sheet is damaged, or has more faults than anybody would read.
    """
    rows = table.rows()
    header = find_header(table, sheet, rows, reader.problems, reader.reading(sheet))
    if header is None:
        return
    letters: dict[str, list[Row]] = {}
    dutch = False
    for number, raw, columns, _ in data_of(table, sheet, header, rows, reader, reader.reading(sheet)):
        row = row_of_cells(table, number, raw, columns)
        count_faults(table, row, reader)
        sex = raw.get(columns.sex)
        if isinstance(sex, str) and len(sex.strip()) == 1:
            letters.setdefault(sex.strip().upper(), []).append(row)
            dutch = columns.dutch
        yield row
    doubt_letters(letters, dutch=dutch)
    tell_beyond(table, reader)


def tell_beyond(table: Table, reader: Reader) -> None:
    """Tell where a table is wider than any that is read; its rows have been read before."""
    if table.beyond is not None:
        place = Place(file=table.file, sheet=table.name)
        reader.problems.append(columns_left_out(place, column_letter(MOST_COLUMNS - 1)))


def count_faults(table: Table, row: Row, reader: Reader) -> None:
    """Count what is wrong in a row; raises guard.Refused where there is more than anybody would read."""
    reader.faults += len(row.problems)
    if reader.faults > MOST_FAULTS:
        where = f"From row {row.origin.row} on, sheet “{readable(table.name)}”"
        sentence = f"{where} was not read: there are too many faults."
        raise Refused(sentence, "Correct those that are told, and run again.")


def data_of(
    table: Table, sheet: Sheet, header: Header, rows: Iterator[tuple[int, RawRow]], reader: Reader, reading: Reading
) -> Iterator[tuple[int, RawRow, Columns, Header]]:
    """Give the rows that hold data, with the columns they are read by; codes, headers, examples and notes do not.

    A row of codes under the header (`*`, `DICT`, `DD-MM-YYYY`) says how the columns are read; with each row comes the
    header that stands over it.
    """
    columns = columns_for(header, sheet, reader)
    _tell_own_columns(table, header, reader)
    just_after, last_note = True, ""
    for number, whole in chain(header.after, rows):
        raw = _without_private(whole, header)
        if just_after and is_code_row(list(raw.values())):
            header = replace(header, codes=raw)
            columns = columns_for(header, sheet, reader)
            continue
        if _is_example(table, number, raw, columns, reader):
            continue
        just_after = False
        if anew := again(reading, header, number, whole):
            if anew.cells != header.cells:
                header, columns = anew, columns_for(anew, sheet, reader)
                reader.problems += column_problems(table, sheet, anew)
                _tell_own_columns(table, anew, reader)
        elif len(raw) == 1 and len(needs(sheet)) > 1:
            note = shown(next(iter(raw.values())))
            if note != last_note:  # of a note merged over several rows one is enough
                place = Place(file=table.file, sheet=table.name, row=number)
                reader.problems.append(row_left_out(place, number, note))
            last_note = note
        elif raw:
            _tell_nameless(table, number, raw, columns, reader)
            yield number, raw, columns, header


def _without_private(raw: RawRow, header: Header) -> RawRow:
    """Take out of a row what stands in columns about health, religion or a bank account, before anything is read."""
    private = {index for _, index in header.headers.private}
    return {index: cell for index, cell in raw.items() if index not in private} if private else raw


def _tell_nameless(table: Table, number: int, raw: RawRow, columns: Columns, reader: Reader) -> None:
    for index in raw.keys() - columns.named - columns.nameless:
        columns.nameless.add(index)
        place = Place(file=table.file, sheet=table.name, cell=f"{column_letter(index)}{number}")
        reader.problems.append(column_without_a_name(place, column_letter(index), shown(raw[index])))


def _tell_own_columns(table: Table, header: Header, reader: Reader) -> None:
    place = Place(file=table.file, sheet=table.name)
    if header.headers.private:
        reader.problems.append(left_unread(place, without_values([name for name, _ in header.headers.private])))
    if header.headers.unknown:
        reader.problems.append(own_columns(place, [readable(name) for name in header.headers.unknown]))


def _is_example(table: Table, number: int, raw: RawRow, columns: Columns, reader: Reader) -> bool:
    """Say whether a row is the example row, and tell where somebody typed over it."""
    if not raw or not is_marked(raw):
        return False
    if own_data(raw, columns.contract):
        reader.problems.append(still_marked(Place(file=table.file, sheet=table.name), number))
    return True


def columns_for(header: Header, sheet: Sheet, reader: Reader) -> Columns:
    """Choose how the columns under a header are read as those of a sheet."""
    by_key = {column.key: column for column in sheet.columns}
    found = header.headers
    sex = found.known.get("sex", -1)
    doubled = {index for _, first, second in found.doubled for index in (first, second)}
    reads: dict[int, tuple[str, str, Callable[[Raw], Any]]] = {
        **{
            index: ("values", key, reading(by_key[key], _order(header, index) or reader.date_order,
                                           coded=_is_coded(header, index)))
            for key, index in found.known.items()
        },
        **{index: ("titles", language, text) for language, index in found.titles.items()},
        **{index: ("more", name, own_text) for name, index in found.unknown.items()},
    }
    contract = columns_at(sheet, found.known)
    if found.address:
        reads.pop(found.address[0], None)
    return Columns(
        reads={index: (*read, {}) for index, read in reads.items() if index not in doubled},
        letters={
            (f"title {key}" if group == "titles" else key): column_letter(index)
            for index, (group, key, _) in reads.items()
        } | shared_letters(found),
        named=frozenset((*reads, *doubled, *found.elsewhere, *found.address, found.whole_name[0])),
        doubled=frozenset(key for index, (_, key, _) in reads.items() if index in doubled),
        sex=sex, dutch=sex >= 0 and in_language("nl", sheet, by_key["sex"], shown(header.cells[sex])),
        contract=contract, address=found.address, whole_name=found.whole_name,
        together=bool(found.address) or found.whole_name[0] >= 0, telling=telling(contract),
    )


def _order(header: Header, index: int) -> str | None:
    """Read from the row of codes how the dates of a column are meant: DD-MM-YYYY, or MM/DD/YYYY."""
    code = header.codes.get(index)
    letters = "".join(filter(str.isalpha, code)).lower() if isinstance(code, str) else ""
    return {"d": "day first", "m": "month first"}.get(letters[:1]) if re.fullmatch("d+m+y+|m+d+y+", letters) else None


def _is_coded(header: Header, index: int) -> bool:
    code = header.codes.get(index)
    return isinstance(code, str) and "dict" in code.lower()


def doubt_letters(letters: Mapping[str, Sequence[Row]], *, dutch: bool) -> None:
    """Tell M and F in a column where another letter shows that they may be of a language with other letters.

    M is a man in most languages, but a woman beside a Spanish H or a Lithuanian V; F is a man beside a Hungarian N.
    """
    strange = sorted(set(letters) - set("MFXWKV" if dutch else "MFXWK"))
    if not strange:
        return
    for letter in sorted({"M", "F", "V"} & set(letters)):
        for row in letters[letter]:
            sentence = f"“{letter}” can mean a man or a woman: “{strange[0]}” stands in the column too."
            advice = "Write M for men and F for women in the whole column, or the words."
            row.problems.append(none_of_the_choices(row.origin.at("sex"), sentence, advice))


def row_of_cells(table: Table, number: int, raw: RawRow, columns: Columns) -> Row:
    """Read the cells of a row by these columns."""
    found: dict[str, dict[str, Any]] = {"values": {}, "titles": {}, "more": {}}
    broken: set[str] = set()
    problems: list[Problem] = []
    for index, cell in raw.items():
        if index not in columns.reads:
            continue
        group, key, read, known = columns.reads[index]
        try:
            value = known[cell] if cell in known else _read(cell, read, known)
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
    for at, keys, read_together in together(raw, columns.address, columns.whole_name) if columns.together else ():
        try:
            found["values"].update(read_together())
        except Unreadable as wrong:
            broken.update(keys)
            where = f"{column_letter(at)}{number}"
            problems.append(told(wrong, Place(file=table.file, sheet=table.name, cell=where, row=number)))
    problems += leftovers(raw, columns.telling, table.file, table.name, number)
    origin = Origin(
        file=table.file, sheet=table.name, row=number, columns=columns.letters, inherited={},
        unreadable=columns.doubled | broken if broken else columns.doubled,
    )  # fmt: skip
    titles, more = found["titles"] or _NONE, found["more"] or _NONE
    return Row(origin=origin, values=found["values"], titles=titles, more=more, problems=problems)


_NONE: Mapping[str, str] = MappingProxyType({})
"""One for all rows that have no titles, or no columns of their own."""


_MOST_KEPT = 500
"""Different values of a column that are kept; of names and addresses each is another, of most columns a few."""


def _read(cell: Raw, read: Callable[[Raw], Any], known: dict[Raw, Any]) -> Any:
    value = read(cell)
    if len(known) < _MOST_KEPT:
        known[cell] = value
    return value


def complete(sheet: Sheet, rows: Iterator[Row], reader: Reader, repeats: Sequence[str] = ()) -> Iterator[Row]:
    """Tell what is wrong in rows, and which needed cells are blank; a column that is missing is told once.

    `repeats` are columns that a second row of the same thing may leave blank.
    """
    missing: set[tuple[str, str, str]] = set()
    needed = needs(sheet)
    for row in rows:
        reader.problems.extend(row.problems)
        for column in needed:
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
