r"""How forms want dates and numbers written: the pictures of Word's fields and controls (floor 1).

A picture shows what is printed: `dd/MM/yyyy`, `d. MMMM yyyy`, `#.##0,00`. Sources: ECMA-376 part 1, 17.16.4.1 (dates,
`\@`), 17.16.4.2 (numbers, `\#`), 17.5.2.8 (dateFormat). In quotes ('de') stand words that are printed as they are.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache

from pipeline.languages import decimal_sign, month_name, weekday_name, whole_date

IN_WORDS = ("full", "long", "medium", "short")
"""Ways to write a date that are the language's own, and no pictures."""

# -- dates -------------------------------------------------------------------------------------------------------------

_DATE = re.compile(r"'(?P<words>[^']*)'|(?P<letters>([a-z])\3*)|(?P<sign>.)", re.IGNORECASE | re.ASCII | re.DOTALL)
_LETTERS = str.maketrans("tpzgkljarv", "ddddmmyyyy")
"""Day, month and year as forms write them in German, Finnish, Romanian, Italian, Polish (TT.MM.JJJJ, pp.kk.vvvv …)."""

_LENGTHS = {"d": (1, 2, 3, 4), "m": (1, 2, 3, 4), "y": (2, 4)}


def is_date(picture: str) -> bool:
    """Say whether a date can be written so: dd/MM/yyyy, d.M.yy, TT.MM.JJJJ, dddd d MMMM yyyy, full."""
    return picture in IN_WORDS or _pieces(picture) is not None


@lru_cache(maxsize=2_000)
def written_date(day: dt.date, picture: str, language: str) -> str:
    """Write a date as a form asks for it.

    `picture` is “full” (3 April 2027, in the paper's language) or letters in the manner of the forms: dd/MM/yyyy,
    d.M.yyyy. `mm` means the month too, as on the official forms, and TT.MM.JJJJ or jj/mm/aaaa are understood. Names of
    months (MMM, MMMM) and of days (ddd, dddd) are those of the paper's language.
    """
    pieces = None if picture in IN_WORDS else _pieces(picture)
    if pieces is None:
        return whole_date(day, picture if picture in IN_WORDS else "full", language)
    dated = any(item in ("d", "dd") for item, _ in pieces)
    written = ""
    for item, text in pieces:
        shown = text if not item else _part(day, item, language, beside_a_day=dated)
        written += shown[1:] if shown.startswith(".") and written.endswith(".") and not item else shown
    return written


def _part(day: dt.date, item: str, language: str, *, beside_a_day: bool) -> str:
    if len(item) > 2 and item[0] == "m":
        return month_name(day.month, language, whole=len(item) == 4, beside_a_day=beside_a_day)
    if len(item) > 2 and item[0] == "d":
        return weekday_name(day.weekday(), language, whole=len(item) == 4)
    number = {"d": day.day, "m": day.month, "y": day.year % 100 if len(item) == 2 else day.year}[item[0]]
    return f"{number:0{len(item)}}"


@cache
def _pieces(picture: str) -> Sequence[tuple[str, str]] | None:
    """Cut a picture of a date into what it asks for (d, mm, yyyy) and texts; None where a date cannot be written so."""
    found = list(_DATE.finditer(picture))
    typed = [each["letters"].lower() for each in found if each["letters"]]
    if not typed:
        return None
    of_days = any(letters[0] == "a" for letters in typed)  # jj/mm/aaaa: the j of French is a day, that of German a year
    pieces: list[tuple[str, str]] = []
    for each in found:
        letters = (each["letters"] or "").lower()
        item = (letters.replace("j", "d") if of_days else letters).translate(_LETTERS)
        sign = each["sign"] or ""
        if (item and len(item) not in _LENGTHS.get(item[0], ())) or sign in tuple("%'0123456789"):
            return None
        pieces.append((item, "" if item else sign or each["words"]))
    return pieces


# -- numbers -----------------------------------------------------------------------------------------------------------

_SPACES = " \u00a0\u2007\u202f’"
_BESIDE = r"(?:'[^']*'|[^\d#.,;`'+\-x])*"
_DIGITS = rf"[.,]?[#0](?:[.,{_SPACES}]?[#0])*"
_NUMBER = re.compile(rf"(?P<before>{_BESIDE})(?P<digits>{_DIGITS})(?P<after>{_BESIDE})", re.IGNORECASE)
_MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Picture:
    """How a number is written: the signs in it, the digits it has at least, and what stands around it."""

    before: str
    after: str
    decimal: str
    group: str
    digits: int
    decimals: tuple[int, int]


def is_number(picture: str) -> bool:
    """Say whether a number can be written so: 0,00, #.##0,00, 0.0 %, # ##0."""
    return _picture(picture) is not None


def decimals_of(picture: str) -> int:
    """Give the decimals a picture leaves a number."""
    found = _picture(picture)
    return found.decimals[1] if found else _MOST_DECIMALS


def pictured(value: Decimal | int, picture: str, language: str) -> str:
    """Write a number as a picture says: with its signs, wherever the paper's language has others.

    A # asks for a digit if there is one. Where there is none Word prints a space before a number, which papers leave
    out.
    """
    found = _picture(picture)
    try:
        rounded = Decimal(value).quantize(Decimal(1).scaleb(-found.decimals[1]), ROUND_HALF_UP) if found else None
    except InvalidOperation:
        rounded = None
    if found is None or rounded is None:
        return written_number(value, language)
    whole, _, rest = format(abs(rounded), "f").partition(".")
    least, _ = found.decimals
    rest = rest[:least] + rest[least:].rstrip("0")
    whole = whole.lstrip("0").zfill(found.digits) or ("" if rest else "0")
    if found.group:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", lambda _: found.group, whole)
    return f"{found.before}{'-' if rounded < 0 else ''}{whole}{found.decimal if rest else ''}{rest}{found.after}"


def written_number(value: Decimal | int, language: str) -> str:
    """Write a number without a picture: 2.5 (2,5 in German), and without idle zeros."""
    shown = format(value, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", decimal_sign(language)) if "." in shown and language != "en" else shown


@cache
def _picture(picture: str) -> _Picture | None:
    found = _NUMBER.fullmatch(picture.strip())
    at = _decimal_at(found["digits"]) if found else None
    if found is None or at is None:
        return None
    before, after, digits = (found[name] for name in ("before", "after", "digits"))
    whole, rest = digits[:at], digits[at + 1 :]
    signs = {sign for sign in whole if sign not in "#0"}
    places = [sign for sign in whole if sign in "#0"]
    if len(signs) > 1 or digits[at : at + 1] in signs or len(rest) > _MOST_DECIMALS or set(rest) - {"#", "0"}:
        return None
    return _Picture(
        before=before.replace("'", ""), after=after.replace("'", ""), decimal=digits[at : at + 1],
        group=next(iter(signs), ""), digits=len(places) - places.index("0") if "0" in places else 0,
        decimals=(rest.rfind("0") + 1, len(rest)),
    )  # fmt: skip


def _decimal_at(digits: str) -> int | None:
    """Say where the decimals of a picture begin: at its last point or comma, unless that parts thousands (#,##0).

    Which of the two signs parts decimals, Word leaves to the computer; a picture that has only one of them, once, means
    decimals, but for three digits with a # among them, behind a #.
    """
    marks = [at for at, sign in enumerate(digits) if sign in ".,"]
    if not marks:
        return len(digits)
    last = marks[-1]
    if len(marks) == 1 and not any(sign in _SPACES for sign in digits):
        thousands = digits[:last].strip("#") == "" and len(digits) - last == 4 and "#" in digits[last:] and last > 0
        return len(digits) if thousands or digits[1:] == "0" else last
    return len(digits) if len(marks) > 1 and len({digits[at] for at in marks}) == 1 else last
