"""The header of a table: the row that names its columns, found among titles and groups (floor 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from pipeline.cells import date
from pipeline.columns import Column, Sheet
from pipeline.lettering import column_letter
from pipeline.misfits import doubled_column, nearly_a_column
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.raw import Number, Raw, Unreadable, readable, shown
from pipeline.sheets import Headers, half_called, is_code_row
from pipeline.spelling import nearest
from pipeline.tables import Table

HEADER_WITHIN = 40
"""Rows with values, from the top, in which the header is looked for."""

RawRow = Mapping[int, Raw]
Reading = Callable[[Sequence[str | None]], Headers]
"""How a row of cells is understood as the header of a sheet: `sheets.understand`, or with columns of other sheets."""


@fault("S115")
def no_header(sheet: str) -> str:
    """A sheet holds values, but no row of it names the columns.

    Advice: Write the names of the columns into the first row, as `ecvet new` makes it.
    Basis: data (contract, section 2)
    """
    return f"The sheet “{readable(sheet)}” has no row that names its columns."


@fault("S142", Severity.WARNING)
def rows_above_the_header(rows: Sequence[int], header: int) -> str:
    """Rows that look like rows of the table stand above the names of the columns, and were left out.

    That happens where a sheet was sorted together with the row of its names.

    Advice: Move the row with the names of the columns above them; if they are titles, leave them.
    Basis: data (contract, section 2)
    """
    listed, above = ", ".join(map(str, rows[:8])), f"above the names of the columns (row {header})"
    if len(rows) == 1:
        return f"Row {listed} stands {above}, and so was left out."
    return f"Rows {listed}{' …' if len(rows) > 8 else ''} stand {above}, and so were left out."


def _looks_like_data(table: Table, number: int, raw: RawRow, header: RawRow) -> bool:
    """Say whether a row above the header fills most of its columns, as titles and groups of columns do not."""
    filled = len(raw.keys() & header.keys())
    groups = table.across.get(number) or is_code_row(list(raw.values()))
    return filled > 2 and filled >= 0.6 * len(header) and not groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a table: its row, its cells, what they mean, and the rows that were looked at already.

    `codes` is the row of codes and formats under it, where there is one.
    """

    number: int
    cells: RawRow
    headers: Headers
    after: Sequence[tuple[int, RawRow]]
    words: frozenset[Raw] = frozenset()
    codes: RawRow = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", frozenset(cell for cell in self.cells.values() if isinstance(cell, str)))


def again(reading: Reading, header: Header, number: int, cells: RawRow) -> Header | None:
    """See whether a row is a header again, as on a printed page or over a second block of rows; None where it is none.

    It names two columns in the very words of the header above, and three of four of its cells name columns.
    """
    if header.words.isdisjoint(cells.values()):  # nearly every row: the quickest way to see it
        return None
    if len(header.words.intersection(cells.values())) < 2:
        return None
    headers = _understood(reading, cells)
    if headers is None or headers.named + len(headers.private) < 0.75 * len(cells):
        return None
    return Header(number=number, cells=cells, headers=headers, after=[])


def find_header(
    table: Table, sheet: Sheet, rows: Iterator[tuple[int, RawRow]], problems: list[Problem], reading: Reading
) -> Header | None:
    """Find the first row that names columns: two of its cells, or more, do.

    Where a row of groups (“Learner”, “Guardian”, “Stay”) stands over it, the lower row counts. None where there is no
    header; that, doubled columns and columns named almost right go to `problems`.
    """
    number = 0
    above: tuple[int, RawRow] = (0, {})
    passed: list[tuple[int, RawRow]] = []
    for number, cells in islice(rows, HEADER_WITHIN):
        grouped = _under_groups(reading, table, above, number, cells)
        if headers := grouped or _understood(reading, cells):
            titles = passed[:-1] if grouped else passed
            if over := [row for row, raw in titles if _looks_like_data(table, row, raw, cells)]:
                problems.append(rows_above_the_header(Place(file=table.file, sheet=table.name), over, number))
            found = _with_lower(reading, table, Header(number=number, cells=cells, headers=headers, after=[]), rows)
            found = _as_wide_as_merged(found, table)
            found = _with_dates(found, rows)
            problems += column_problems(table, sheet, found)
            return found
        above = (number, cells)
        passed.append(above)
    if number:
        problems.append(no_header(Place(file=table.file, sheet=table.name), table.name))
    return None


def _as_wide_as_merged(header: Header, table: Table) -> Header:
    """Let a column that is not read (“Bank”, merged over three) be as wide as its name."""
    private, ends = {at: name for name, at in header.headers.private}, dict(table.across.get(header.number, ()))
    wide = [(name, each) for at, name in private.items() for each in range(at, ends.get(at, at) + 1)]
    if len(wide) == len(private):
        return header
    return replace(header, headers=replace(header.headers, private=wide))


LOOKED_AT = 10
"""Rows under a header whose values are looked at, to see what columns are that names alone do not tell."""


def _with_dates(header: Header, rows: Iterator[tuple[int, RawRow]]) -> Header:
    """Take “von” and “bis” for the first and the last day of the stay, where both hold dates and nothing else."""
    first, last = header.headers.from_to
    if first < 0:
        return header
    after = [*header.after, *islice(rows, max(0, LOOKED_AT - len(header.after)))]
    header = replace(header, after=after)
    for at in (first, last):
        values = [row[at] for _, row in after if at in row]
        if sum(map(is_date, values)) * 2 <= len(values):
            return header
    known = {**header.headers.known, "start": first, "end": last}
    unknown = {name: at for name, at in header.headers.unknown.items() if at not in (first, last)}
    return replace(header, headers=replace(header.headers, known=known, unknown=unknown))


def is_date(value: Raw) -> bool:
    """Say whether a cell holds a date, be it one with two readings."""
    if isinstance(value, str) and not any(map(str.isdigit, value)):
        return False
    try:
        return date(value) is not None
    except Unreadable as wrong:
        return wrong.code == "S203"


def _understood(reading: Reading, cells: RawRow) -> Headers | None:
    names = [_name(cells.get(index)) for index in range(max(cells) + 1)]
    headers = reading(names)
    return headers if headers.named >= 2 else None


def _under_groups(
    reading: Reading, table: Table, above: tuple[int, RawRow], number: int, cells: RawRow
) -> Headers | None:
    """Understand a header as `_grouped` does, where the row of groups stands directly over it."""
    return _grouped(reading, table, above[1], number, cells) if above[0] == number - 1 else None


def _grouped(reading: Reading, table: Table, groups: RawRow, number: int, cells: RawRow) -> Headers | None:
    """Understand a header under a row of groups, each name together with its group (“Host” over “Address”).

    A group counts as far as its cells are merged; where none is merged, up to the next group. None where the groups
    add nothing to what the names alone say.
    """
    if len(groups) < 2 or not all(isinstance(cell, str) for cell in (*groups.values(), *cells.values())):
        return None
    alone = [_name(cells.get(index)) for index in range(max(cells) + 1)]
    over = _spread(groups, table.across.get(number - 1, ()), len(alone))
    mixed: list[str | None] = []
    for name, group in zip(alone, over, strict=True):
        whole = f"{group} {name}" if name and group else name
        understood = reading([whole]) if whole != name else None
        mixed.append(whole if understood and (understood.named or understood.private) else name)
    headers = reading(mixed)
    return headers if mixed != alone and headers.named >= 2 else None


def _spread(groups: RawRow, across: Sequence[tuple[int, int]], width: int) -> list[str]:
    """Give the group over each column."""
    ends = dict(across)
    found, over, last = [], "", -1
    for index in range(width):
        if isinstance(cell := groups.get(index), str):
            over, last = cell, ends.get(index, index) if ends else width
        found.append(over if index <= last else "")
    return found


def _name(raw: Raw) -> str | None:
    """Give the name of a column; that of an own column may be a number (a year)."""
    return raw if isinstance(raw, str) else shown(raw) if isinstance(raw, Number) else None


def _with_lower(reading: Reading, table: Table, upper: Header, rows: Iterator[tuple[int, RawRow]]) -> Header:
    """Put a row of groups and the header under it together, where the lower one names more, or nothing but columns."""
    number, below = next(rows, (0, {}))
    if not number:
        return upper
    as_data = Header(number=upper.number, cells=upper.cells, headers=upper.headers, after=[(number, below)])
    lower = _understood(reading, below) if all(isinstance(cell, str) for cell in below.values()) else None
    if lower is None:
        return as_data
    named, over = lower.named, upper.headers.named
    if named <= over and named < 0.75 * len(below):
        return as_data
    together = {index: below.get(index, upper.cells.get(index)) for index in sorted({*upper.cells, *below})}
    headers = _grouped(reading, table, upper.cells, number, together) or _understood(reading, together) or lower
    return Header(number=number, cells=below, headers=headers, after=[])


def column_problems(table: Table, sheet: Sheet, header: Header) -> Iterator[Problem]:
    """Tell which columns of a header stand twice, and which are named almost right."""

    def place(index: int) -> Place:
        return Place(file=table.file, sheet=table.name, cell=f"{column_letter(index)}{header.number}")

    for name, first, second in header.headers.doubled:
        yield doubled_column(place(second), name, column_letter(first), column_letter(second))
    missing = [column for column in sheet.columns if column.key not in header.headers.keys]
    for name, index in header.headers.unknown.items():
        if meant := nearly_named(sheet, name, missing):
            yield nearly_a_column(place(index), name, meant)


def nearly_named(sheet: Sheet, name: str, missing: Sequence[Column]) -> str | None:
    """Find the missing column that a name means almost, or with one of its halves."""
    half, names = half_called(sheet, name), [column.name for column in missing]
    return half.name if half in missing and half else nearest(name, names, 0.8, same_numbers=True)
