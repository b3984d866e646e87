"""One spreadsheet value in, one plain value out, or Unreadable with a sentence (floor 1).

Nothing is guessed: a value with two readings is unreadable, and its advice names both.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from pipeline import languages
from pipeline.dates import BOTH_CENTURIES, WRITE_A_DATE, written_date
from pipeline.raw import (
    DAMAGED,
    EDGES,
    FORBIDDEN,
    LINE_BREAK,
    MARKS,
    TURNING,
    Broken,
    Number,
    Raw,
    Unreadable,
    readable,
    shown,
    why_broken,
)
from pipeline.sentences import listed
from pipeline.spelling import bare, nearest, spellings

LONGEST_TEXT = 10_000
"""Characters a cell may hold: two pages of print. A longer text is an accident of copying, and is never cut."""


def text(raw: Raw) -> str | None:
    """Read a text: trimmed, line breaks as LF, numbers as they were typed; None where the cell is empty.

    Raises Unreadable for characters no paper can hold, for more than 10,000 characters, for a date (Excel turns “3-4”
    into one by itself), and for a number of more than 15 digits, which has lost its last ones in Excel.
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        return _clean(raw)
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, Number):
        return _as_shown(raw)
    if isinstance(raw, Broken):
        raise why_broken(raw)
    if isinstance(raw, (dt.time, dt.timedelta)):
        raise Unreadable(
            "S204", f"“{shown(raw)}” is a time, but a text belongs here.",
            "Format the cell as text and type the value again.",
        )  # fmt: skip
    raise Unreadable(
        "S204",
        f"“{shown(raw)}” is a date, but a text belongs here; Excel turns entries such as 3-4 into dates by itself.",
        "Format the cell as text and type the value again.",
    )


def _clean(value: str) -> str | None:
    if len(value) <= LONGEST_TEXT and value.isprintable():
        return value.strip() or None
    value = LINE_BREAK.sub("\n", value).strip(EDGES)
    if found := FORBIDDEN.search(value):
        raise Unreadable(
            "S204", f"“{readable(value)}” holds a character that no paper can show (at ▯, number {found.start() + 1}).",
            "Type the text again without copying it.",
        )  # fmt: skip
    if TURNING.search(value):
        raise Unreadable(
            "S204", f"“{readable(value)}” holds an invisible character that turns the direction of reading (at ▯).",
            "Type the text again without copying it.",
        )  # fmt: skip
    if len(value) > LONGEST_TEXT:
        raise Unreadable(
            "S204", f"“{readable(value)}” is {len(value):,} characters long; a cell may hold {LONGEST_TEXT:,}.",
            "Shorten the text, or put it into an annex.",
        )  # fmt: skip
    return value or None


_PLUS = re.compile(r'(?:"\+"|\\?\+)[0#]')
"""The format of telephones that puts a + before the number, however long it is."""

_IN_PLACES = re.compile(r'(?:[0#?+/() -]|\\.|"[^"]*")+')


def _as_shown(raw: Number) -> str:
    """Write a number as it was typed: 3.0 is “3”, and the cell's format gives leading zeros, groups and % back.

    Raises Unreadable for more than 15 digits, and for the 0 of a formula that points to an empty cell.
    """
    value, form = _finite(raw), raw.format.partition(";")[0]
    if value == 0 and raw.calculated:
        raise Unreadable(
            "S106", "The cell's formula gives “0”, as formulas do that point to an empty cell.",
            "Fill the cell it points to, or type the value.",
        )  # fmt: skip
    if abs(value) >= 10**15:
        raise Unreadable(
            "S205",
            f"“{readable(f'{value:f}')}” is a number of more than 15 digits, and Excel has changed its last digits.",
            "Format the cell as text and type the number again.",
        )  # fmt: skip
    plain = format(value, "f")
    if re.fullmatch(r"[0#,]+(\.[0#]+)? ?%", form):
        return format(plain_number(raw.value * 100), "f") + "%"
    if value >= 0 and (decimals := re.fullmatch(r"(0+)\.(0+)", form)):
        exact = f"{value:.{len(decimals[2])}f}"
        return exact.zfill(len(form)) if Decimal(exact) == value else plain
    if value > 0 and plain.isdigit() and _PLUS.fullmatch(form):
        return f"+{plain}"
    if value >= 0 and plain.isdigit() and form.count("0") > 1 and _IN_PLACES.fullmatch(form):
        return _in_places(form, plain)
    return plain


def _in_places(form: str, digits: str) -> str:
    """Put digits into a format of zeros and signs, from the right: “000 000” makes 12345 “012 345”."""
    left, shown_as = digits, ""
    signs = re.findall(r'"[^"]*"|\\.|.', form)
    places = sum(sign in "0#?" for sign in signs)
    for sign in reversed(signs):
        if sign in "0#?":
            places -= 1
            digit = left[-1:] or ("0" if sign == "0" else "")
            shown_as, left = (left or digit if places == 0 else digit) + shown_as, left[:-1]
        else:
            shown_as = sign.strip("\\\"") + shown_as
    return " ".join(shown_as.split())


def plain_number(value: int | float) -> Decimal:
    """Turn a spreadsheet number into a decimal: 12 significant digits, so 0.1 + 0.2 is 0.3, and no trailing zeros."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 10**15):
        return Decimal(int(value))
    number = Decimal(format(value, ".12g"))
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()


def _finite(raw: Number) -> Decimal:
    if not math.isfinite(raw.value):
        raise why_broken(Broken(DAMAGED))
    return plain_number(raw.value)


def code(raw: Raw) -> str | None:
    """Read an ID: a text on one line; raises Unreadable as `text`."""
    found = text(raw)
    return None if found is None else " ".join(found.split())


def phone(raw: Raw) -> str | None:
    """Read a telephone: as `code`, without the invisible marks that come along when a number is copied.

    Raises Unreadable as `text`.
    """
    return code(MARKS.sub("", raw) if isinstance(raw, str) else raw)


_BUT_SMALL_FIGURES = re.compile("[^\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u215f\u2189]+")
"""All but fractions and raised or lowered figures: “2½” is not 21/2, and “4²” (a footnote's mark) not 42."""


def _typed(raw: Raw) -> str | None:
    """Read what a person typed for a number, a date or a choice: on one line, without width and invisible marks."""
    found = text(MARKS.sub("", raw) if isinstance(raw, str) else raw)
    if found is None:
        return None
    return " ".join(_BUT_SMALL_FIGURES.sub(lambda part: unicodedata.normalize("NFKC", part[0]), found).split())


def several(raw: Raw) -> tuple[str, ...]:
    """Read several values of one cell, separated by a semicolon or a line break, never by a comma."""
    parts = re.split(r"[;\n]", text(raw) or "")
    return tuple(part for part in (re.sub(r"^\s*[•‣·–*-]\s+", "", piece).strip() for piece in parts) if part)


LARGEST_NUMBER = 10**9
"""No number of a cohort (points, weeks, places, years) comes near it."""


def number(raw: Raw) -> Decimal | None:
    """Read a number; a decimal comma is understood, “1,234” and “1.234” as text are not (a thousand, or one?).

    Raises Unreadable where the value is no number, has two readings, or is larger than any number of a cohort.
    """
    if isinstance(raw, Number):
        found = _finite(raw)
        return _fitting(found, readable(format(found, "f")))
    if isinstance(raw, (bool, dt.date, dt.time, dt.timedelta)):
        raise Unreadable("S202", f"“{shown(raw)}” is not a number.", "Write a number such as 2.5.")
    typed = _typed(raw)
    if typed is None:
        return None
    compact = typed.replace(" ", "").replace("\u2212", "-")
    if re.fullmatch(r"[-+]?[1-9]\d{0,2}[.,]\d{3}", compact):
        whole, part = re.split(r"[.,]", compact.lstrip("+"))
        raise Unreadable(
            "S202", f"“{readable(typed)}” can mean {whole}{part} or {whole}.{part}.",
            f"Write {whole}{part} without a point, or {whole}.{part.rstrip('0') or '0'}.",
        )  # fmt: skip
    if not re.fullmatch(r"[-+]?\d{1,15}([.,]\d{1,15})?", compact):
        raise Unreadable("S202", f"“{readable(typed)}” is not a number.", "Write a number such as 2.5.")
    found = Decimal(compact.replace(",", "."))
    whole_number = found == found.to_integral_value()
    return _fitting(found.to_integral_value() if whole_number else found.normalize(), readable(typed))


def _fitting(found: Decimal, typed: str) -> Decimal:
    if abs(found) >= LARGEST_NUMBER:
        raise Unreadable("S202", f"“{typed}” is too large a number.", "Write a number such as 2.5.")
    return found


def integer(raw: Raw) -> int | None:
    """Read a whole number; raises Unreadable as `number`, and for 2.5."""
    found = number(raw)
    if found is None:
        return None
    if found != found.to_integral_value():
        raise Unreadable("S202", f"“{format(found, 'f')}” is not a whole number.", "Write a whole number such as 4.")
    return int(found)


def date(raw: Raw, order: str | None = None, centuries: tuple[str, ...] = BOTH_CENTURIES) -> dt.date | None:
    """Read a date: a real date of the spreadsheet, an ISO date, or an unambiguous written one.

    `order` is what field Date order says of dates such as 03/04/2027 (“day first”, “month first”); without it they are
    unreadable. Dots mean day first everywhere. `centuries` are those a year of two digits may be of.

    Raises Unreadable with both readings where there are two, for two-digit years, and for years outside 1900 to 2150.
    """
    if isinstance(raw, dt.datetime):
        return _plausible(raw.date(), shown(raw))
    if isinstance(raw, dt.date):
        return _plausible(raw, shown(raw))
    if isinstance(raw, Number):
        told = readable(format(_finite(raw), "f"))
        raise Unreadable(
            "S201", f"“{told}” is a number, not a date.", "Format the cell as a date and type the date again.",
        )  # fmt: skip
    if isinstance(raw, (bool, dt.time, dt.timedelta)):
        raise Unreadable("S201", f"“{shown(raw)}” is not a date.", WRITE_A_DATE)
    typed = _typed(raw)
    return None if typed is None else _plausible(written_date(typed, order, centuries), readable(typed))


def _plausible(day: dt.date, typed: str) -> dt.date:
    if not 1900 <= day.year <= 2150:
        raise Unreadable("S201", f"“{typed}” is not a date of our time.", WRITE_A_DATE)
    return day


LONGEST_NAME = 100
"""Characters of a name that are looked at to find what was meant; longer ones are no slip."""


def _is_doubted(typed: str) -> bool:
    """Say whether a person put a question mark to what she typed: then it is hers to settle, and not taken."""
    return any(mark in typed for mark in "?¿？")


def choice(raw: Raw, known: Mapping[str, str], offered: tuple[str, ...]) -> str | None:
    """Read one of a list, in any of the ten languages.

    `known` maps folded spellings to the contract's word, `offered` are the words to name where nothing fits.

    Raises Unreadable naming the choices, and the nearest one where there is one.
    """
    typed = _typed(raw)
    if typed is None:
        return None
    for spelling in spellings(typed[:LONGEST_NAME]):
        if spelling in known and not _is_doubted(typed):
            return known[spelling]
    meant = nearest(typed[:LONGEST_NAME], offered)
    advice = f"Did you mean “{meant}”? " if meant else ""
    offer = listed(offered, "or")
    raise Unreadable("S206", f"“{readable(typed)}” is none of the entries for this column.", f"{advice}Write {offer}.")


def country(raw: Raw) -> str | None:
    """Read a country as its ISO 3166 code: from the code, or its name in any of the ten languages or its own.

    Raises Unreadable with the nearest country where there is one.
    """
    typed = _typed(raw)
    if typed is None:
        return None
    known, name = languages.countries(), typed[:LONGEST_NAME]
    for spelling in (bare(name), bare(re.sub(r"\(.*\)", "", name))):
        if spelling in known and not _is_doubted(typed):
            return known[spelling]
    english = {languages.country_name(code, "en"): code for code in dict.fromkeys(known.values())}
    names = {**known, **english}
    meant = names.get(nearest(name, english) or nearest(name, (each for each in known if len(each) > 2)) or "")
    told = f"Did you mean {languages.country_name(meant, 'en')}? " if meant else ""
    raise Unreadable(
        "S207", f"“{readable(typed)}” is not a country.", f"{told}Write a name such as Finland, or its code FI.",
    )  # fmt: skip


def language(raw: Raw) -> str | None:
    """Read a language as its ISO 639 code: “English (en)”, “en” or “English” in ten languages or its own.

    Raises Unreadable where the language is not known, or where name and code are two languages: the “uk” of
    “English (uk)” is the code of Ukrainian.
    """
    typed = _typed(raw)
    if typed is None:
        return None
    known, name = languages.languages(), typed[:LONGEST_NAME]
    bracket = re.search(r"\(([A-Za-z]{2})\)", name)
    named = known.get(bare(re.sub(r"\(.*\)|[-_][A-Z]{2}$", "", name)))
    coded = known.get(bracket[1].lower()) if bracket else None
    if named and coded and named != coded and not {named, coded} <= {"no", "nb", "nn"}:
        one, other = (f"{languages.language_name(each)} ({each})" for each in (named, coded))
        raise Unreadable("S207", f"“{readable(typed)}” can mean {one} or {other}.", f"Write “{one}” or “{other}”.")
    if (found := coded or named or known.get(bare(name))) and not _is_doubted(typed):
        return found
    raise Unreadable(
        "S207", f"“{readable(typed)}” is not a language.", "Write it as “English (en)”, with its code in brackets.",
    )  # fmt: skip


