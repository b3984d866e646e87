"""How the cells of each kind of column are read (floor 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pipeline import cells
from pipeline.columns import Column, Kind
from pipeline.model import OF_THE_HOST
from pipeline.raw import Raw, Unreadable, readable, shown
from pipeline.sheets import values
from pipeline.spelling import spellings


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


def reading(column: Column, date_order: str | None) -> Callable[[Raw], Any]:
    """Choose how the cells of a column are read; what it gives raises Unreadable.

    `date_order` says how dates such as 03/04/2027 are meant (see `cells.date`).
    """
    if column.kind is Kind.DATE:
        return partial(cells.date, order=date_order)
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
