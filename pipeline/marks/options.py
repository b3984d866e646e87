"""What the options of tick boxes and the entries of lists mean, where a column knows only certain values (floor 3).

A form says “male” or “Mann”, the workbook keeps M: both are read as a cell of the column would be. An option that no
cell can ever hold would leave its box empty for everybody, so it is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from pipeline.columns import SHEETS, Column, Kind
from pipeline.kinds import reading
from pipeline.marks.ground import Ground
from pipeline.problem import fault, quoted
from pipeline.raw import Unreadable
from pipeline.vocabulary import type_of, word_of

_COUNTED = re.compile(r"_\d{1,3}$")
_OFFERED = {Kind.SEX: ("M", "F")}


@fault("T232")
def unknown_option(name: str, option: str, offered: Sequence[str]) -> tuple[str, str]:
    """A tick box of a form stands for a value that its column never holds, so it would stay empty in every paper.

    Advice: Write one of the column's values behind the = in the name of the box.
    Basis: data (contract, section 2)
    """
    advice = f"Write {quoted(offered)} behind the =, one for each box."
    return f"The tick box “{name}={option}” asks for “{option}”.", advice


@cache
def column_of(word: str) -> Column | None:
    """Find the column behind a word, where it holds only certain values; None for all others."""
    known = word_of(word)
    if known is None or not known.column:
        return None
    sheet, _, name = known.column.partition(": ")
    columns = (column for each in SHEETS if each.name == sheet for column in each.columns if column.name == name)
    found = next(columns, None)
    return found if found and found.kind in (Kind.CHOICE, Kind.CHOICES, Kind.SEX) else None


def meaning(word: str, text: str) -> str | None:
    """Say which value of its column a text of a form stands for; None where it stands for none."""
    column = column_of(word)
    if column is None:
        return None
    try:
        value: Any = reading(column, None)(text)
    except Unreadable:
        return None
    return value if isinstance(value, str) else next(iter(value or ()), None)


def fitted(ground: Ground, element: Any, word: str, option: str) -> str | None:
    """Give the value a tick box stands for; None, and told, where its column never holds such a one."""
    column = column_of(word)
    if column is None or (column.key == "sex" and option.strip().upper() == "X"):
        return option
    found = meaning(word, option) or meaning(word, _COUNTED.sub("", option))
    if found is None:
        ground.tell(unknown_option, element, word, option, column.choices or _OFFERED.get(column.kind, ()))
    return found


def ticked(word: str, option: str) -> str:
    """Write for a tag whether a box is ticked (☒ or ☐): its word holds the option, or anything where there is none.

    Of a yes/no word there may be a box for each answer; the one for no stays empty where nothing is said.
    """
    if type_of(word) == "yes/no":
        return f"({word} == false) | tick" if option.casefold() in ("no", "false", "0") else f"{word} | tick"
    return f"{word} | tick({in_quotes(option)})" if option else f"{word} | tick"


def in_quotes(text: str) -> str:
    """Write a text into a tag, in single quotes; what a tag or Word would change in it is written as a number."""
    return "'" + "".join(sign if sign.isalnum() or sign in _PLAIN else _number(sign) for sign in text) + "'"


_PLAIN = " .,;:/()-_=+!?#☒☐"


def _number(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08x}"
