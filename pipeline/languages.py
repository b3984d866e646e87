"""What depends on a language: names of countries, languages, months and days, and whole dates (floor 1).

The names are Unicode's (CLDR). Those that are understood lie in `spellings.json`, drawn from Babel by a script: to load
every language through Babel takes 38 MB and a tenth of a second. Those that are printed come from Babel itself, one
language at a time; it is loaded on first use, because `ecvet --help` needs none of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
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


def whole_date(day: dt.date, manner: str, language: str) -> str:
    """Write a date as a language does: “full” (3 April 2027), “medium”, “short”."""
    from babel.dates import format_date

    return str(format_date(day, "long" if manner == "full" else manner, locale=_locale(language)))


def month_name(month: int, language: str, *, whole: bool, beside_a_day: bool) -> str:
    """Name a month, as it is called alone (duben) or, in languages that tell these apart, beside a day (5. dubna)."""
    names = _locale(language).months["format" if beside_a_day else "stand-alone"]
    return str(names["wide" if whole else "abbreviated"][month])


def weekday_name(weekday: int, language: str, *, whole: bool) -> str:
    """Name a day of the week; Monday is 0."""
    return str(_locale(language).days["format"]["wide" if whole else "abbreviated"][weekday])


@cache
def decimal_sign(language: str) -> str:
    """Give what parts decimals from the whole in a language."""
    from babel.numbers import get_decimal_symbol

    try:
        return str(get_decimal_symbol(language.replace("-", "_")))
    except (LookupError, ValueError):
        return "."


ALPHA_3 = {
    "ar": "ara", "bg": "bul", "bs": "bos", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "et": "est", "eu": "eus", "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg", "hr": "hrv", "hu": "hun", "hy": "hye",
    "is": "isl", "it": "ita", "ka": "kat", "ca": "cat", "lb": "ltz", "lt": "lit", "lv": "lav", "mk": "mkd", "mt": "mlt",
    "nb": "nob", "nl": "nld", "nn": "nno", "no": "nor", "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk",
    "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe", "tr": "tur", "uk": "ukr",
}  # fmt: skip
"""Languages by their two letters (ISO 639-1), with the three that lists of the European Union call them (ISO 639-3)."""

_OF_TWO = {"CD": "COD", "DE": "DEU", "FR": "FRA", "MM": "MMR", "TL": "TLS", "XK": "XKX", "YE": "YEM"}
"""Countries for which CLDR knows three letters of the past too, or none."""


@cache
def country_code_3(code: str) -> str:
    """Give the three letters of a country (ISO 3166-1 alpha-3); the code itself where CLDR knows none."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return _OF_TWO.get(code) or next(
        (three for three, two in aliases.items() if two == [code] and len(three) == 3 and three.isalpha()), code
    )


_OF_EUROPE = {"en": "en-GB", "pt": "pt-PT"}
"""Languages that CLDR writes as in America: April 5, 2027."""


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_OF_EUROPE.get(language, language), sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
