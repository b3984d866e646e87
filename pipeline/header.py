"""The header of a table: the row that names its columns, found among titles and groups (floor 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.columns import Column, Sheet
from pipeline.problem import Place, Problem, fault
from pipeline.raw import Number, Raw, readable, shown
from pipeline.sheets import Headers, doubled_column, half_called, nearly_a_column, understand
from pipeline.spelling import nearest
from pipeline.tables import Table
from pipeline.worksheet import column_letter

HEADER_WITHIN = 40
"""Rows with values, from the top, in which the header is looked for."""

RawRow = Mapping[int, Raw]


@fault("S115")
def no_header(sheet: str) -> str:
    """A sheet holds values, but no row of it names the columns.

    Advice: Write the names of the columns into the first row, as `ecvet new` makes it.
    Basis: data (contract, section 2)
    """
    return f"The sheet “{readable(sheet)}” has no row that names its columns."


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a table: its row, its cells, what they mean, and the rows that were looked at already."""

    number: int
    cells: RawRow
    headers: Headers
    after: Sequence[tuple[int, RawRow]]
    words: frozenset[Raw] = frozenset()

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", frozenset(cell for cell in self.cells.values() if isinstance(cell, str)))


def again(sheet: Sheet, header: Header, number: int, cells: RawRow) -> Header | None:
    """See whether a row is a header again, as on a printed page or over a second block of rows; None where it is none.

    It names two columns in the very words of the header above, and three of four of its cells name columns.
    """
    if header.words.isdisjoint(cells.values()):  # nearly every row: the quickest way to see it
        return None
    if len(header.words.intersection(cells.values())) < 2:
        return None
    headers = _understood(sheet, cells)
    if headers is None or len(headers.known) + len(headers.titles) < 0.75 * len(cells):
        return None
    return Header(number=number, cells=cells, headers=headers, after=[])


def find_header(
    table: Table, sheet: Sheet, rows: Iterator[tuple[int, RawRow]], problems: list[Problem]
) -> Header | None:
    """Find the first row that names columns: two of its cells, or more, do.

    Where a row of groups (“Learner”, “Guardian”, “Stay”) stands over it, the lower row counts. None where there is no
    header; that, doubled columns and columns named almost right go to `problems`.
    """
    number = 0
    for number, cells in islice(rows, HEADER_WITHIN):
        if headers := _understood(sheet, cells):
            found = _with_lower(sheet, Header(number=number, cells=cells, headers=headers, after=[]), rows)
            problems += column_problems(table, sheet, found)
            return found
    if number:
        problems.append(no_header(Place(file=table.file, sheet=table.name), table.name))
    return None


def _understood(sheet: Sheet, cells: RawRow) -> Headers | None:
    names = [_name(cells.get(index)) for index in range(max(cells) + 1)]
    headers = understand(sheet, names)
    return headers if len(headers.known) + len(headers.titles) >= 2 else None


def _name(raw: Raw) -> str | None:
    """Give the name of a column; that of an own column may be a number (a year)."""
    return raw if isinstance(raw, str) else shown(raw) if isinstance(raw, Number) else None


def _with_lower(sheet: Sheet, upper: Header, rows: Iterator[tuple[int, RawRow]]) -> Header:
    """Put a row of groups and the header under it together, where the lower one names more, or nothing but columns."""
    number, below = next(rows, (0, {}))
    if not number:
        return upper
    as_data = Header(number=upper.number, cells=upper.cells, headers=upper.headers, after=[(number, below)])
    lower = _understood(sheet, below) if all(isinstance(cell, str) for cell in below.values()) else None
    if lower is None:
        return as_data
    named, over = (len(each.known) + len(each.titles) for each in (lower, upper.headers))
    if named <= over and named < 0.75 * len(below):
        return as_data
    together = {index: below.get(index, upper.cells.get(index)) for index in sorted({*upper.cells, *below})}
    return Header(number=number, cells=below, headers=_understood(sheet, together) or lower, after=[])


def column_problems(table: Table, sheet: Sheet, header: Header) -> Iterator[Problem]:
    """Tell which columns of a header stand twice, and which are named almost right."""

    def place(index: int) -> Place:
        return Place(file=table.file, sheet=table.name, cell=f"{column_letter(index)}{header.number}")

    for name, first, second in header.headers.doubled:
        yield doubled_column(place(second), name, column_letter(first), column_letter(second))
    missing = [column for column in sheet.columns if column.key not in header.headers.known]
    for name, index in header.headers.unknown.items():
        if meant := nearly_named(sheet, name, missing):
            yield nearly_a_column(place(index), name, meant)


def nearly_named(sheet: Sheet, name: str, missing: Sequence[Column]) -> str | None:
    """Find the missing column that a name means almost, or with one of its halves."""
    half, names = half_called(sheet, name), [column.name for column in missing]
    return half.name if half in missing and half else nearest(name, names, 0.8, same_numbers=True)
