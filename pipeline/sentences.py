"""How numbers, days and enumerations are written in a sentence for officers (floor 0)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
"""Written here and not by `strftime`, which follows the language of the computer: same facts, same bytes."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: 1 paper, 1,000 papers."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Write an enumeration: A, B and C; `last` is the word before the last one."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def day(date: dt.date) -> str:
    """Write a day out: 5 April 2027."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def still_to_come(what: str, date: dt.date) -> str:
    """Tell that a day lies in the future: The date of birth, “05.04.2027”, is still to come."""
    return f"{what}, “{date:%d.%m.%Y}”, is still to come."


def period(start: dt.date, end: dt.date) -> str:
    """Write two days as briefly as can be understood: 5–30 Apr 2027, 29 Mar – 9 Apr 2027."""
    first, last = (f"{date.day} {MONTHS[date.month - 1][:3]}" for date in (start, end))
    if start.year != end.year:
        return f"{first} {start.year} – {last} {end.year}"
    if start == end:
        return f"{last} {end.year}"
    in_one_month = start.month == end.month and start < end  # else the dates are the wrong way round
    return f"{start.day}–{last} {end.year}" if in_one_month else f"{first} – {last} {end.year}"
