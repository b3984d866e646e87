"""The grey example row of an empty workbook, and what is left of it where somebody typed over it (floor 3).

Nothing invented may reach a paper: a row that is still marked is no data and is told where it holds any, and an
invented address or telephone is known again wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.columns import Column, Kind, Sheet
from pipeline.lettering import column_letter
from pipeline.problem import Place, Problem, fault
from pipeline.raw import Raw, shown
from pipeline.spelling import bare

EXAMPLE = "example"
"""The mark in the first cell of the grey example row of an empty workbook: “(example)”."""

_LONGEST_MARK = 40
_OWN_CELLS = 3
"""Cells of a marked row that differ from the example before it is taken for somebody's data."""

_PERSONAL = frozenset({"guardian2", "agreement_signatory", "mobility_id", "additional_information"})


@fault("S120")
def still_marked(row: int) -> str:
    """A row holds data, but its first cell still reads “(example)”, so it was not read.

    Advice: Write the ID into the first cell of the row, in place of “(example)”.
    Basis: data (contract, section 2)
    """
    return f"Row {row} was not read: its first cell still reads “(example)”, though the row holds values of your own."


@fault("S121")
def left_of_the_example(value: str, name: str) -> str:
    """A cell still holds the invented value of the grey example row.

    Whoever types over the example row may leave some of it, in folded columns too.

    Advice: Delete the value, or write the real one.
    Basis: data (contract, section 2)
    """
    return f"“{value}” in “{name}” is the invented value of the example row."


def is_marked(raw: Mapping[int, Raw]) -> bool:
    """Say whether a row is the example row, by its first cell."""
    first = raw[min(raw)]
    return isinstance(first, str) and len(first) < _LONGEST_MARK and bare(first) == EXAMPLE


def own_data(raw: Mapping[int, Raw], known: Mapping[int, Column]) -> bool:
    """Say whether a marked row holds more than the example: then somebody typed over it."""
    cells = [(cell, known[index]) for index, cell in raw.items() if index != min(raw) and index in known]
    return sum(not _same(cell, column) for cell, column in cells) >= _OWN_CELLS


def leftovers(
    raw: Mapping[int, Raw], known: Mapping[int, Column], file: str, sheet: str, row: int
) -> Iterator[Problem]:
    """Find cells of a row that still hold what was invented for the example: addresses, telephones, persons."""
    for index, column in known.items():
        if index in raw and _same(raw[index], column):
            place = Place(file=file, sheet=sheet, cell=f"{column_letter(index)}{row}", row=row)
            yield left_of_the_example(place, column.example, column.name)


def telling(columns: Mapping[int, Column]) -> dict[int, Column]:
    """Choose the columns whose example nobody has by chance."""
    return {index: column for index, column in columns.items() if _is_telling(column)}


def _is_telling(column: Column) -> bool:
    if column.kind is Kind.EMAIL:
        return True
    return column.rare and (column.kind is Kind.PHONE or column.key in _PERSONAL)


def _same(cell: Raw, column: Column) -> bool:
    return bool(column.example) and shown(cell).strip() == column.example


def columns_at(sheet: Sheet, known: Mapping[str, int]) -> dict[int, Column]:
    """Give the contract's columns by their positions in a table."""
    return {known[column.key]: column for column in sheet.columns if column.key in known}
