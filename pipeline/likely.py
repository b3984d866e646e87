"""Which of an officer's own columns may be one that is missing, by what stands in it (floor 3).

It is only said, with the command that settles it, and never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.cells import date
from pipeline.columns import Column, Kind
from pipeline.raw import Raw, Unreadable, readable
from pipeline.sentences import listed

MOST = 4
"""So many columns are named that may be the one that is missing: of more, nobody knows anything."""

BORN_BEFORE = 2016
"""Nobody who goes abroad was born later, and no stay of a cohort is earlier."""

_WORDS = re.compile(r"[^\W\d_][^\d@=]*")


def likely(column: Column, own: Mapping[str, Sequence[Raw]]) -> list[str]:
    """Name the columns of one's own, in their order, whose values are of the kind of a column of sheet Learners.

    `own` are these columns with some of their values. Dates are told apart by their years; names and organisations are
    plain words, of which there may be too many columns to name any.
    """
    if column.kind is Kind.DATE:
        born = column.key == "date_of_birth"
        return [name for name, values in own.items() if values and all(_is_day(value, born=born) for value in values)]
    if column.kind not in (Kind.TEXT, Kind.REFERENCE, Kind.REFERENCES):
        return []
    found = [name for name, values in own.items() if values and all(_is_words(value) for value in values)]
    return found if len(found) <= MOST else []


def settle_with(workbook: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Write the command that settles what columns mean: ecvet columns "Autumn.xlsx" --is "von=Start date"."""
    wishes = " ".join(f'--is "{readable(name)}={meant}"' for name, meant in pairs)
    return f'ecvet columns "{workbook}" {wishes}'


def one_each(missing: Sequence[Column], own: Mapping[str, Sequence[Raw]]) -> dict[str, str]:
    """Give each missing date a column of its own, in their order: of two, the first is the start, the second the end.

    A column of words is given only where it is the only one.
    """
    found: dict[str, str] = {}
    for column in missing:
        names = [name for name in likely(column, own) if name not in found.values()]
        if names and (column.kind is Kind.DATE or len(names) == 1):
            found[column.key] = names[0]
    return found


def told(column: Column, own: Mapping[str, Sequence[Raw]], meant: str, workbook: str) -> str:
    """Say which columns may be the missing one, and how that is settled; nothing where none may be."""
    names = likely(column, own)
    if not names:
        return ""
    named = listed([f"“{readable(name)}”" for name in names])
    what = "dates" if column.kind is Kind.DATE else "words"
    holds = f"{named} {'holds' if len(names) == 1 else 'hold'} {what}"
    command = settle_with(workbook, [(meant or names[0], column.name)])
    which = "that is" if len(names) == 1 else "one of them is"
    return f"{holds}. Add a column {column.name}, or if {which} it, settle that: {command}"


def _is_day(value: Raw, *, born: bool) -> bool:
    if isinstance(value, str) and not any(map(str.isdigit, value)):
        return False
    try:
        found = date(value)
    except Unreadable as wrong:
        return wrong.code == "S203"
    return found is not None and (found.year < BORN_BEFORE) is born


def _is_words(value: Raw) -> bool:
    return isinstance(value, str) and _WORDS.fullmatch(value.strip()) is not None
