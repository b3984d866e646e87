"""What the empty workbook says to the officer: the drop-down lists, and the notes on the headers (floor 7).

Words only, made from the contract; `starter` puts them into cells. Every list stands on the hidden sheet `Lists`, a
column a list; the IDs of partners, qualifications, units and learners are taken from their own sheets instead.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from openpyxl.utils import get_column_letter

from pipeline import languages
from pipeline.columns import DEFAULTS, SHEETS, Column, Kind
from pipeline.model import OF_THE_HOST

LISTS_SHEET = "Lists"
"""The hidden sheet of the drop-down lists; it holds no data of a cohort."""

LAST_ROW = 1000
"""Drop-down lists are offered down to this row, and IDs are looked for down to it."""

EUROPE = frozenset((
    "AL", "AD", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FO", "FR", "GB", "GE",
    "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT",
    "RO", "RS", "SE", "SI", "SK", "SM", "TR", "UA", "VA", "XK",
))  # fmt: skip
NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
"""Codes that Unicode's CLDR names although they are no countries of ISO 3166; Kosovo, XK, stays in the list."""

LANGUAGES = frozenset((*languages.EUROPEAN, "bs", "ca", "eu", "gl", "ka", "lb", "nn", "ru", "sq", "uk"))
"""Languages that are offered: those understood in a workbook, and more of Europe's."""

HOW = {
    Kind.TEXT: "as text",
    Kind.LIST: "one entry a line (Alt+Enter starts a line), or separated by ;",
    Kind.DATE: "as a date: year-month-day, or as your spreadsheet writes dates",
    Kind.INTEGER: "as a whole number",
    Kind.DECIMAL: "as a number",
    Kind.PHONE: "with + and the country code; zeros are kept",
    Kind.EMAIL: "as one e-mail address",
    Kind.YES_NO: "yes or no",
    Kind.SEX: "M, F or X",
    Kind.COUNTRY: "choose from the list",
    Kind.LANGUAGE: "choose from the list",
    Kind.CHOICE: "one of: {choices}",
    Kind.CHOICES: "one or more of: {choices}; separated by ;",
    Kind.ID: "a short name or number of your own",
    Kind.REFERENCE: "an ID of sheet {refers} (choose from the list), or the full name",
    Kind.REFERENCES: "IDs of sheet {refers}, separated by ; or each on its own line",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A drop-down list: where its entries stand, and what is said of an entry that is not among them.

    Nothing is ever refused, for the reader knows full names and the words of ten languages too; `warns` says whether
    the officer is asked at all (not where a cell may hold several).
    """

    source: str
    warns: bool
    sentence: str


@cache
def drop_down_lists() -> dict[str, tuple[str, ...]]:
    """Give every list by its heading on sheet Lists, in the order of the columns there."""
    lists: dict[str, tuple[str, ...]] = {}
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.choices and column.choices not in lists.values():
                lists[column.name] = column.choices
    lists["Yes or no"] = ("yes", "no")
    lists["Sex"] = ("M", "F", "X")
    lists["Country"] = _countries()
    lists["Language"] = (OF_THE_HOST, *_languages())
    lists["Default for all learners"] = tuple(column.name for column in DEFAULTS)
    return lists


def _countries() -> tuple[str, ...]:
    """Europe first, then the rest of the world, each in alphabetical order."""
    from babel import Locale  # on first use, as in `languages`

    names = {
        code: name
        for code, name in Locale("en").territories.items()
        if re.fullmatch("[A-Z]{2}", code) and code not in NO_COUNTRIES
    }
    near = [names[code] for code in EUROPE]
    return (*sorted(near, key=_alphabet), *sorted(set(names.values()) - set(near), key=_alphabet))


def _languages() -> tuple[str, ...]:
    return tuple(sorted((f"{languages.language_name(code)} ({code})" for code in LANGUAGES), key=_alphabet))


def _alphabet(name: str) -> str:
    """Sort Åland and Türkiye where a reader of English looks for them."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()


def list_range(heading: str, *, skip: int = 0) -> str:
    """Write the cells of a list as a formula of Excel; `skip` leaves out its first entries."""
    lists = drop_down_lists()
    letter = get_column_letter(list(lists).index(heading) + 1)
    return f"{LISTS_SHEET}!${letter}${2 + skip}:${letter}${1 + len(lists[heading])}"


def offer(column: Column, *, of_the_host: bool = False) -> Offer | None:
    """Find the drop-down list of a column, or None where people write freely.

    `of_the_host` adds that entry to the languages (field Language of sheet Cohort).
    """
    match column.kind:
        case Kind.CHOICE | Kind.CHOICES:
            heading = next(name for name, values in drop_down_lists().items() if values == column.choices)
            source, sentence = list_range(heading), f"Meant is one of: {', '.join(column.choices)}. Keep yours?"
        case Kind.YES_NO:
            source, sentence = list_range("Yes or no"), "Meant is yes or no. Keep what you wrote?"
        case Kind.SEX:
            source, sentence = list_range("Sex"), "Meant is M or F (X: no box is ticked). Keep what you wrote?"
        case Kind.COUNTRY:
            source, sentence = list_range("Country"), "This country is not in the list. Keep what you wrote?"
        case Kind.LANGUAGE:
            source = list_range("Language", skip=0 if of_the_host else 1)
            sentence = "This language is not in the list. Keep what you wrote?"
        case Kind.REFERENCE | Kind.REFERENCES:
            source = f"{column.refers}!$A$2:$A${LAST_ROW}"
            sentence = f"This is no ID of sheet {column.refers} yet. Keep what you wrote (a full name is fine too)?"
        case _:
            return None
    return Offer(source=source, warns=column.kind not in {Kind.CHOICES, Kind.REFERENCES}, sentence=sentence)


def offer_of_defaults() -> Offer:
    """Offer the columns of Learners that may stand as a field of sheet Cohort."""
    sentence = "This is no column of sheet Learners. Keep it as a field of your own?"
    return Offer(source=list_range("Default for all learners"), warns=True, sentence=sentence)


_ONE_OF_FOUR = "in one of Knowledge, Skills, Competence and Learning outcomes: papers wait for a unit without any"
NEEDED_AT_TIMES = {
    **dict.fromkeys(("knowledge", "skills", "competence", "learning_outcomes"), _ONE_OF_FOUR),
    "guardian": "for a learner under age: her papers wait for it",
}
"""Columns without a * that papers wait for all the same, by their keys (checks A201 and L110)."""


def note(column: Column, *, needed: str) -> str:
    """Write what a header means: the meaning, how to write it, whether it is needed, and an example.

    What the contract says in brackets to authors of templates (with words in ` `) is left out.
    """
    meaning = re.sub(r" \([^()]*`[^()]*\)", "", column.meaning).replace("`", "")
    how = HOW[column.kind].format(choices=", ".join(column.choices), refers=column.refers)
    lines = [f"{meaning[:1].upper()}{meaning[1:]}", f"Write: {how}"]
    at_times = NEEDED_AT_TIMES.get(column.key, "no, it may stay blank")
    lines.append(f"Needed: {needed if column.required else at_times}")
    if column.example:
        lines.append(f"Example: {column.example}")
    return "\n".join(lines)
