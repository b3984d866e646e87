"""The rows of a table: which hold data, what each says, and what is missing (floor 3).

Title rows, code rows, empty rows and notes are survived, and told where something was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from pipeline.columns import Sheet
from pipeline.confidential import left_unread, without_values
from pipeline.guard import Refused
from pipeline.header import Header, Reading, again, column_problems, find_header
from pipeline.lettering import column_letter
from pipeline.misfits import missing_column
from pipeline.problem import Place, Severity, fault, quoted
from pipeline.raw import readable, shown
from pipeline.rows import Columns, RawRow, Reader, Row, columns_for, doubt_letters, row_of_cells
from pipeline.samples import is_marked, own_data, still_marked
from pipeline.sheets import is_code_row, needs
from pipeline.tables import Table
from pipeline.unreadable import blank_cell
from pipeline.worksheet import MOST_COLUMNS

MOST_FAULTS = 10_000
"""Cells that cannot be read, in all sheets of a cohort, before the reading ends: more than anybody corrects at once."""


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


def rows_of(table: Table, sheet: Sheet, reader: Reader) -> Iterator[Row]:
    """Read the rows of a table as rows of a sheet; problems of the table go to the reader, those of a row to the row.

    Raises guard.Refused where the sheet is damaged, or has more faults than anybody would read.
    """
    rows = table.rows()
    header = find_header(table, sheet, rows, reader.problems, reader.reading(sheet))
    if header is None:
        return
    letters: dict[str, list[Row]] = {}
    tongue = ""
    for number, raw, columns, _ in data_of(table, sheet, header, rows, reader, reader.reading(sheet)):
        row = row_of_cells(table, number, raw, columns)
        count_faults(table, row, reader)
        sex = raw.get(columns.sex)
        if isinstance(sex, str) and len(sex.strip()) == 1:
            letters.setdefault(sex.strip().upper(), []).append(row)
            tongue = columns.tongue
        yield row
    doubt_letters(letters, tongue)
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
