"""How the cells of each kind of column are read (floor 3)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pipeline import cells
from pipeline.columns import Column, Kind
from pipeline.dates import BOTH_CENTURIES, THIS_CENTURY
from pipeline.model import OF_THE_HOST
from pipeline.raw import Raw, Unreadable, readable, shown
from pipeline.sheets import values
from pipeline.spelling import spellings


def _yes_or_no(raw: Raw) -> bool | None:
    found = cells.choice(raw, values("yes", "no"), ("yes", "no"))
    return None if found is None else found == "yes"


def _sex(raw: Raw) -> str | None:
    found = cells.choice(raw, values("M", "F", "X"), ("M", "F", "X"))
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


def reading(column: Column, date_order: str | None, *, coded: bool = False) -> Callable[[Raw], Any]:
    """Choose how the cells of a column are read; what it gives raises Unreadable.

    `date_order` says how dates such as 03/04/2027 are meant (see `cells.date`); `coded` that the column holds codes
    with their labels, “AT - Austria”, as the EU's reporting tool writes them.
    """
    plain = _plain(column, date_order)
    return partial(_coded, read=plain, both=not coded) if coded or column.kind in _CODED else plain


_CODED = frozenset({Kind.COUNTRY, Kind.LANGUAGE})
_CODE_AND_LABEL = re.compile(r"\s+[-–—]\s+|\s*:\s+")


def _coded(raw: Raw, read: Callable[[Raw], Any], *, both: bool) -> Any:
    """Read a value, or else a code with its label; with `both`, both must mean the same, else one of them is enough."""
    try:
        return read(raw)
    except Unreadable as wrong:
        halves = _CODE_AND_LABEL.split(raw, maxsplit=1) if isinstance(raw, str) and len(raw) < _LONGEST_CODED else []
        found = set()
        for half in halves if len(halves) > 1 else ():
            try:
                found.add(read(half))
            except Unreadable:
                if both:
                    raise wrong from None
        if len(found) == 1:
            return found.pop()
        raise


_LONGEST_CODED = 200


def _plain(column: Column, date_order: str | None) -> Callable[[Raw], Any]:
    if column.kind is Kind.DATE:
        born = column.key == "date_of_birth"
        return partial(cells.date, order=date_order, centuries=BOTH_CENTURIES if born else THIS_CENTURY)
    if column.kind is Kind.CHOICE:
        return partial(cells.choice, known=values(*column.choices), offered=column.choices)
    if column.kind is Kind.CHOICES:
        return partial(_choices, column=column)
    return _PLAIN[column.kind]


def own_text(raw: Raw) -> str | None:
    """Read a value of a column of the officer's own: any kind of value, as a text; raises Unreadable as `text`."""
    if isinstance(raw, dt.date | dt.time | dt.timedelta):
        return shown(raw)
    return cells.text(raw)
