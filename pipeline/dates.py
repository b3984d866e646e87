"""Dates as people write them: read where they have one reading, and nothing guessed (floor 1)."""

from __future__ import annotations

import datetime as dt
import re

from pipeline import languages
from pipeline.raw import Unreadable, readable
from pipeline.sentences import MONTHS, day
from pipeline.spelling import DASHES, bare

WRITE_A_DATE = "Write a date such as 2006-03-12 or 12.03.2006."

LONGEST_DATE = 60
"""Characters of the longest written date, with room to spare."""

_ORDINAL = r"(?:(?:st|nd|rd|th|er|o|a)\b|°)?"
_WORD = r"([^\W\d_][^\d/]*?)"
_DAY_FIRST = re.compile(rf"(\d{{1,2}}){_ORDINAL}[ ./-]*(?:de |of )?{_WORD}[ .,/-]*(?:\bdel? )?(\d{{4}}|\d{{2}})")
_MONTH_FIRST = re.compile(rf"{_WORD}[ ./-]*(\d{{1,2}}){_ORDINAL}(?:, ?|[ ./-])(\d{{4}})")
_YEAR_FIRST = re.compile(rf"(\d{{4}})[ .,-]*(?:m\.? )?{_WORD}[ .-]*(\d{{1,2}})(?: d)?")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


BOTH_CENTURIES, THIS_CENTURY = ("19", "20"), ("20",)


def written_date(typed: str, order: str | None, centuries: tuple[str, ...] = BOTH_CENTURIES) -> dt.date:
    """Read a written date, on one line; `order` is “day first”, “month first” or None (see `cells.date`).

    `centuries` are those that a year of two digits may be of: a stay is in ours, a learner may be born in the last.

    Raises Unreadable where it is no date, where it has two readings, and for a year of two digits.
    """
    if len(typed) > LONGEST_DATE:
        raise Unreadable("S201", f"“{readable(typed)}” is not a date.", WRITE_A_DATE)
    compact = re.sub(r"(?<=\d) ?([./-]) ?(?=\d)", r"\1", typed.translate(DASHES)).rstrip(". ")
    compact = re.sub(r"[T ]00:00(:00(\.0+)?)?Z?$| r(oku)?$", "", compact)
    if found := re.fullmatch(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", compact):
        return _date_of(typed, int(found[1]), int(found[3]), int(found[4]))
    if found := re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})", compact):
        return _numbered_date(typed, int(found[1]), int(found[3]), found[4], order=order, dots=found[2] == ".",
                              centuries=centuries)  # fmt: skip
    if found := _DAY_FIRST.fullmatch(compact):
        return _named_date(typed, found[3], found[2], found[1], centuries)
    if found := _MONTH_FIRST.fullmatch(compact):
        return _named_date(typed, found[3], found[1], found[2], centuries)
    if found := _YEAR_FIRST.fullmatch(compact):
        return _named_date(typed, found[1], found[2], found[3], centuries)
    raise Unreadable("S201", f"“{readable(typed)}” is not a date.", WRITE_A_DATE)


def _numbered_date(
    typed: str, first: int, second: int, year: str, *, order: str | None, dots: bool, centuries: tuple[str, ...]
) -> dt.date:
    _four_digits(typed, year, centuries)
    if not dots and order == "month first":
        first, second = second, first
    elif not dots and order != "day first":
        if first <= 12 and second <= 12 and first != second:
            _two_readings(typed, _date_of(typed, int(year), second, first), _date_of(typed, int(year), first, second))
        if second > 12:
            first, second = second, first
    return _date_of(typed, int(year), second, first)


def _named_date(typed: str, year: str, name: str, day: str, centuries: tuple[str, ...]) -> dt.date:
    spelled = bare(name)
    months = [_ROMAN.index(spelled) + 1] if spelled in _ROMAN else sorted(languages.months().get(spelled, ()))
    if not months:
        raise Unreadable("S201", f"“{readable(typed)}” is not a date: “{readable(name)}” is no month.", WRITE_A_DATE)
    _four_digits(typed, year, centuries)
    if len(months) > 1:
        _two_readings(typed, *(_date_of(typed, int(year), month, int(day)) for month in months))
    return _date_of(typed, int(year), months[0], int(day))


def _four_digits(typed: str, year: str, centuries: tuple[str, ...]) -> None:
    if len(year) == 2 and centuries == THIS_CENTURY:
        sentence = f"“{readable(typed)}” has a year of two digits."
        raise Unreadable("S203", sentence, f"Write the year with four digits: 20{year}.")
    if len(year) == 2:
        raise Unreadable(
            "S203", f"“{readable(typed)}” can mean the year 19{year} or 20{year}.",
            f"Write the year with four digits: 19{year} or 20{year}.",
        )  # fmt: skip


def _two_readings(typed: str, one: dt.date, other: dt.date) -> None:
    raise Unreadable(
        "S203", f"“{readable(typed)}” can mean {day(one)} or {day(other)}.",
        f"Write {one.isoformat()} or {other.isoformat()}.",
    )  # fmt: skip


def _date_of(typed: str, year: int, month: int, number: int) -> dt.date:
    try:
        return dt.date(year, month, number)
    except ValueError:
        known = 1 <= month <= 12 and year
        why = f"{MONTHS[month - 1]} {year} has no day {number}" if known else f"there is no month {month}"
        raise Unreadable("S201", f"“{readable(typed)}” is not a date: {why}.", WRITE_A_DATE) from None


