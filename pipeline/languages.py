"""What depends on a language: names of countries, languages and months, and written dates (floor 1).

The names are Unicode's (CLDR). Those that are understood lie in `spellings.json`, drawn from Babel by a script: to load
every language through Babel takes 38 MB and a tenth of a second. Those that are printed come from Babel itself, one
language at a time; it is loaded on first use, because `ecvet --help` needs none of it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "pt", "nl", "fi", "ro")
"""Languages whose words are understood in a workbook: those of `headers.toml`."""

EUROPEAN = (*LANGUAGES, "bg", "cs", "da", "el", "et", "ga", "hr", "hu", "is", "lt", "lv", "mk", "mt", "nb", "sk", "sl",
            "sr", "sv", "tr")  # fmt: skip
"""Languages of the programme's countries, whose own names for themselves and their countries are understood too.

After a change draw `spellings.json` anew: python .workshop/draw_spellings.py.
"""

_OTHER_NAMES = {
    "uk": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "greatbritain": "GB", "northernireland": "GB",
    "czechrepublic": "CZ", "ceskarepublika": "CZ", "holland": "NL", "macedonia": "MK", "turkey": "TR", "el": "GR",
    "eire": "IE", "slovakrepublic": "SK", "republicofireland": "IE", "usa": "US",
}  # fmt: skip
"""Names in daily use that CLDR does not list; “el” is the EU's own code for Greece."""


@cache
def countries() -> Mapping[str, str]:
    """Give the ISO 3166 code of every spelling of a country: code or name, folded as `bare` folds.

    A name that means two countries in two languages (“Kongo”) is not among them.
    """
    return _meanings("countries") | _OTHER_NAMES


@cache
def languages() -> Mapping[str, str]:
    """Give the ISO 639 code of every spelling of a language, folded as `bare` folds; none is guessed."""
    return _meanings("languages")


@cache
def months() -> Mapping[str, frozenset[int]]:
    """Give the numbers of every name of a month, whole and shortened, in the languages of the programme's countries.

    Mostly one; “listopad” is November in Polish and Czech, and October in Croatian.
    """
    names: dict[str, set[int]] = {}
    for number, spelled in _spellings()["months"].items():
        for name in spelled.split():
            names.setdefault(name, set()).add(int(number))
    return {name: frozenset(found) for name, found in names.items()}


def _meanings(table: str) -> dict[str, str]:
    return {spelling: code for code, spelled in _spellings()[table].items() for spelling in spelled.split()}


@cache
def _spellings() -> Mapping[str, Mapping[str, str]]:
    """Load `spellings.json`: a table each of countries, languages and months, with all spellings of a code."""
    tables: dict[str, dict[str, str]] = json.loads(files("pipeline").joinpath("spellings.json").read_text("utf-8"))
    return tables


@cache
def country_name(code: str, language: str) -> str:
    """Name a country in a language; the code itself where CLDR has no name."""
    return str(_locale(language).territories.get(code, code))


@cache
def language_name(code: str, language: str = "en") -> str:
    """Name a language in a language; the code itself where CLDR has no name."""
    return str(_locale(language).languages.get(code, code))


_LETTERS = str.maketrans("tpzgkljarv", "ddddmmyyyy")
"""Day, month and year as forms write them in German, Finnish, Romanian, Italian, Polish (TT.MM.JJJJ, pp.kk.vvvv …)."""


@lru_cache(maxsize=2_000)
def written_date(day: dt.date, pattern: str, language: str) -> str:
    """Write a date as a form asks for it.

    `pattern` is “full” (3 April 2027, in the paper's language) or letters in the manner of the forms: dd/MM/yyyy,
    d.M.yyyy. `mm` means the month too, as on the official forms, and TT.MM.JJJJ or jj/mm/aaaa are
    understood.
    """
    if pattern in ("full", "long", "medium", "short"):
        from babel.dates import format_date

        return str(format_date(day, "long" if pattern == "full" else pattern, locale=_locale(language)))
    letters = pattern.lower()
    if "a" in letters:  # jj/mm/aaaa: the j of French is a day, that of German a year
        letters = letters.replace("j", "d")
    letters = letters.translate(_LETTERS)
    numbers = {"dd": f"{day.day:02}", "d": str(day.day), "mm": f"{day.month:02}", "m": str(day.month),
               "yyyy": f"{day.year:04}", "yy": f"{day.year % 100:02}"}  # fmt: skip
    return re.sub(r"d{1,2}|m{1,2}|y{4}|y{2}", lambda found: numbers[found[0]], letters)


_OF_EUROPE = {"en": "en-GB", "pt": "pt-PT"}
"""Languages that CLDR writes as in America: April 5, 2027."""


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_OF_EUROPE.get(language, language), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
