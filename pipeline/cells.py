"""One spreadsheet value in, one plain value out, or Unreadable with a sentence (floor 1).

Nothing is guessed: a value with two readings is unreadable, and its advice names both.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from pipeline import languages
from pipeline.spelling import bare, nearest, spellings

LONGEST_TEXT = 10_000
"""Characters a cell may hold: two pages of print. A longer text is an accident of copying, and is never cut."""


NOT_CALCULATED = "?"
"""What `Broken` shows for a formula that no program has calculated yet."""


class Number(NamedTuple):
    """A number as a spreadsheet stores it, with the format that says how it was typed (“00000”)."""

    value: int | float
    format: str = "General"


class Broken(NamedTuple):
    """A cell without a value to trust: an error value (“#REF!”) or a formula that was never calculated."""

    shown: str


Raw = str | bool | Number | dt.datetime | dt.date | dt.time | dt.timedelta | Broken | None
"""What a cell of any kind of spreadsheet may hold."""


class Unreadable(ValueError):
    """A value that cannot be read: a sentence of what is wrong, one of what to write, and the code of the problem."""

    def __init__(self, code: str, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.advice = code, sentence, advice


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORBIDDEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u2060"


def unescaped(value: str) -> str:
    """Decode the `_x000B_` notation that Excel keeps control characters in (ECMA-376 part 1, 22.4.2.4)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value


def text(raw: Raw) -> str | None:
    """Read a text: trimmed, line breaks as LF, numbers as they were typed; None where the cell is empty.

    Raises Unreadable for characters no paper can hold, for more than 10,000 characters, and for a date (Excel
    turns “3-4” into one by itself).
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        return _clean(raw)
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, Number):
        return _digits(raw)
    if isinstance(raw, Broken):
        if raw.shown == NOT_CALCULATED:
            why = "The cell holds a formula that was never calculated."
            raise Unreadable("S106", why, "Open the workbook in Excel, save it and try again.")
        why = f"The cell shows “{raw.shown}” and no value."
        raise Unreadable("S106", why, "Correct the formula, or type the value.")
    shown = raw.date().isoformat() if isinstance(raw, dt.datetime) else str(raw)
    raise Unreadable(
        "S204", f"“{shown}” is a date, but a text belongs here; Excel turns entries such as 3-4 into dates by itself.",
        "Format the cell as text and type the value again.",
    )  # fmt: skip


def _clean(value: str) -> str | None:
    value = _LINE_BREAK.sub("\n", value)
    value = value.strip().strip(_INVISIBLE).strip()
    if found := _FORBIDDEN.search(value):
        readable = _FORBIDDEN.sub("▯", value)[:60]
        raise Unreadable(
            "S204", f"“{readable}” holds a character that no paper can show (at ▯, number {found.start() + 1}).",
            "Type the text again without copying it.",
        )  # fmt: skip
    if _TURNING.search(value):
        readable = _TURNING.sub("▯", value)[:60]
        raise Unreadable(
            "S204", f"“{readable}” holds an invisible character that turns the direction of reading (at ▯).",
            "Type the text again without copying it.",
        )  # fmt: skip
    if len(value) > LONGEST_TEXT:
        raise Unreadable(
            "S204",
            f"The text beginning “{value[:40]}…” is {len(value):,} characters long; a cell may hold {LONGEST_TEXT:,}.",
            "Shorten the text, or put it into an annex.",
        )  # fmt: skip
    return value or None


def _digits(raw: Number) -> str:
    """Write a number as it was typed: 3.0 is “3”, and the format “00000” gives leading zeros back."""
    value = plain_number(raw.value)
    shown = format(value, "f")
    zeros = raw.format.strip('"')
    if re.fullmatch(r"0{2,}", zeros) and value == value.to_integral_value() and value >= 0:
        return shown.zfill(len(zeros))
    return shown


def plain_number(value: int | float) -> Decimal:
    """Turn a spreadsheet number into a decimal: 12 significant digits, so 0.1 + 0.2 is 0.3, and no trailing zeros."""
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".12g"))
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


def code(raw: Raw) -> str | None:
    """Read an ID or a telephone: as `text`, but a number of more than 15 digits has lost its last ones in Excel.

    Raises Unreadable as `text`, and for such a number.
    """
    if isinstance(raw, Number) and abs(raw.value) >= 10**15:
        raise Unreadable(
            "S205", f"“{raw.value:.0f}” is a number of more than 15 digits, and Excel has changed its last digits.",
            "Format the cell as text and type the number again.",
        )  # fmt: skip
    return text(raw)


def several(raw: Raw) -> tuple[str, ...]:
    """Read several values of one cell, separated by a semicolon or a line break, never by a comma."""
    parts = re.split(r"[;\n]", text(raw) or "")
    return tuple(part for part in (re.sub(r"^\s*[•‣·–*-]\s+", "", piece).strip() for piece in parts) if part)


def number(raw: Raw) -> Decimal | None:
    """Read a number; a decimal comma is understood, “1,234” and “1.234” as text are not (a thousand, or one?).

    Raises Unreadable where the value is no number or has two readings.
    """
    if isinstance(raw, Number):
        return plain_number(raw.value)
    if isinstance(raw, bool):
        raise Unreadable("S202", f"“{'TRUE' if raw else 'FALSE'}” is not a number.", "Write a number such as 2.5.")
    typed = text(raw)
    if typed is None:
        return None
    compact = typed.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if re.fullmatch(r"-?\d{1,3}[.,]\d{3}", compact) and not compact.lstrip("-").startswith("0"):
        whole, part = re.split(r"[.,]", compact)
        raise Unreadable(
            "S202", f"“{typed}” can mean {whole}{part} or {whole}.{part}.",
            f"Write {whole}{part} without a point, or {whole}.{part.rstrip('0') or '0'}.",
        )  # fmt: skip
    if not re.fullmatch(r"[-+]?\d{1,15}([.,]\d{1,15})?", compact):
        raise Unreadable("S202", f"“{typed}” is not a number.", "Write a number such as 2.5.")
    found = Decimal(compact.replace(",", "."))
    return found.to_integral_value() if found == found.to_integral_value() else found.normalize()


def integer(raw: Raw) -> int | None:
    """Read a whole number; raises Unreadable as `number`, and for 2.5."""
    found = number(raw)
    if found is None:
        return None
    if found != found.to_integral_value() or abs(found) > 10**9:
        raise Unreadable("S202", f"“{found}” is not a whole number.", "Write a whole number such as 4.")
    return int(found)


def date(raw: Raw, order: str | None = None) -> dt.date | None:
    """Read a date: a real date of the spreadsheet, an ISO date, or an unambiguous written one.

    `order` is what field Date order says of dates such as 03/04/2027 (“day first”, “month first”); without it they are
    unreadable. Dots mean day first everywhere.

    Raises Unreadable with both readings where there are two, for two-digit years, and for years outside 1900 to 2150.
    """
    if isinstance(raw, dt.datetime):
        return _plausible(raw.date(), raw.date().isoformat())
    if isinstance(raw, dt.date):
        return _plausible(raw, raw.isoformat())
    if isinstance(raw, Number):
        raise Unreadable(
            "S201", f"“{_digits(raw)}” is a number, not a date.", "Format the cell as a date and type the date again.",
        )  # fmt: skip
    if isinstance(raw, (bool, dt.time, dt.timedelta)):
        raise Unreadable("S201", f"“{raw}” is not a date.", _WRITE_A_DATE)
    typed = text(raw)
    return None if typed is None else _plausible(_written_date(typed, order), typed)


_WRITE_A_DATE = "Write a date such as 2006-03-12 or 12.03.2006."


def _plausible(day: dt.date, typed: str) -> dt.date:
    if not 1900 <= day.year <= 2150:
        raise Unreadable("S201", f"“{typed}” is not a date of our time.", _WRITE_A_DATE)
    return day


_DAY_FIRST = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th|er|º|ª)?(?: de| of)?[ -]([^\d\s.,]+)\.?,?(?: de)?[ -](\d{4})")
_MONTH_FIRST = re.compile(r"([^\d\s.,]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


def _written_date(typed: str, order: str | None) -> dt.date:
    compact = re.sub(r"(?<=\d)\s*([./-])\s*(?=\d)", r"\1", typed.strip().rstrip("."))
    compact = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", compact)
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", compact):
        return _date_of(typed, int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})", compact):
        return _numbered_date(typed, int(found[1]), int(found[3]), found[4], order=order, dots=found[2] == ".")
    if found := _DAY_FIRST.fullmatch(compact):
        return _date_of(typed, int(found[3]), _month(typed, found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(compact):
        return _date_of(typed, int(found[3]), _month(typed, found[1]), int(found[2]))
    raise Unreadable("S201", f"“{typed}” is not a date.", _WRITE_A_DATE)


def _numbered_date(typed: str, first: int, second: int, year: str, *, order: str | None, dots: bool) -> dt.date:
    if len(year) == 2:
        raise Unreadable(
            "S203", f"“{typed}” can mean the year 19{year} or 20{year}.",
            f"Write the year with four digits: 19{year} or 20{year}.",
        )  # fmt: skip
    if not dots and order == "month first":
        first, second = second, first
    elif not dots and order != "day first":
        if first <= 12 and second <= 12 and first != second:
            one, other = _date_of(typed, int(year), second, first), _date_of(typed, int(year), first, second)
            raise Unreadable(
                "S203", f"“{typed}” can mean {english(one)} or {english(other)}.",
                f"Write {one.isoformat()} or {other.isoformat()}.",
            )  # fmt: skip
        if second > 12:
            first, second = second, first
    return _date_of(typed, int(year), second, first)


def english(day: dt.date) -> str:
    """Write a date for a message: 3 April 2027."""
    return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"


_ENGLISH_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                   "November", "December")  # fmt: skip


def _date_of(typed: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        known = 1 <= month <= 12
        why = f"{_ENGLISH_MONTHS[month - 1]} {year} has no day {day}" if known else f"there is no month {month}"
        raise Unreadable("S201", f"“{typed}” is not a date: {why}.", _WRITE_A_DATE) from None


def _month(typed: str, name: str) -> int:
    month = languages.months().get(bare(name))
    if month is None:
        raise Unreadable("S201", f"“{typed}” is not a date: “{name}” is no month.", _WRITE_A_DATE)
    return month


def choice(raw: Raw, known: Mapping[str, str], offered: tuple[str, ...]) -> str | None:
    """Read one of a list, in any of the ten languages.

    `known` maps folded spellings to the contract's word, `offered` are the words to name where nothing fits.

    Raises Unreadable naming the choices, and the nearest one where there is one.
    """
    typed = ("yes" if raw else "no") if isinstance(raw, bool) else text(raw)
    if typed is None:
        return None
    for spelling in spellings(typed):
        if spelling in known:
            return known[spelling]
    meant = nearest(typed, offered)
    advice = f"Did you mean “{meant}”? " if meant else ""
    offer = " or ".join(offered)
    raise Unreadable("S206", f"“{typed}” is none of the entries for this column.", f"{advice}Write {offer}.")


def country(raw: Raw) -> str | None:
    """Read a country as its ISO 3166 code: from the code, or its name in any of the ten languages or its own.

    Raises Unreadable with the nearest country where there is one.
    """
    typed = text(raw)
    if typed is None:
        return None
    known = languages.countries()
    for spelling in (bare(typed), bare(re.sub(r"\(.*\)", "", typed))):
        if spelling in known:
            return known[spelling]
    meant = nearest(typed, (name for name in known if len(name) > 2))
    told = f"Did you mean {languages.country_name(known[meant], 'en')}? " if meant else ""
    raise Unreadable("S207", f"“{typed}” is not a country.", f"{told}Write a name such as Finland, or its code FI.")


def language(raw: Raw) -> str | None:
    """Read a language as its ISO 639 code: “English (en)”, “en” or “English” in ten languages or its own.

    Raises Unreadable where the language is not known.
    """
    typed = text(raw)
    if typed is None:
        return None
    known = languages.languages()
    in_brackets = re.search(r"\(([A-Za-z]{2})\)", typed)
    for candidate in ((in_brackets[1] if in_brackets else typed), re.sub(r"\(.*\)", "", typed)):
        if bare(candidate) in known:
            return known[bare(candidate)]
    raise Unreadable("S207", f"“{typed}” is not a language.", "Write it as “English (en)”, with its code in brackets.")


def readable(value: str) -> str:
    """Give a value in a form that fits into a message: one line, at most 60 characters."""
    line = " ".join(unicodedata.normalize("NFC", value).split())
    return line if len(line) <= 60 else line[:57] + "…"
