"""The shape of a workbook: which sheet and which column is meant by a name (floor 2).

Names are compared as the contract says: without regard to case, spaces, punctuation, quotes, accents, a trailing `*` or
`:` and hints in brackets, in ten languages (`headers.toml`). What is only nearly a known name is not taken for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pipeline.columns import COHORT, DEFAULTS, SHEETS, Column, Kind, Sheet
from pipeline.languages import EUROPEAN
from pipeline.problem import Severity, fault
from pipeline.spelling import bare, folded, nearest, spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """A header row, understood: the position of each known key, of titles by language, and of unknown columns."""

    known: Mapping[str, int]
    titles: Mapping[str, int]
    unknown: Mapping[str, int]
    doubled: Sequence[tuple[str, int, int]]


@fault("S103")
def missing_sheet(name: str, found: Sequence[str]) -> tuple[str, str]:
    """A sheet is missing.

    Cohort, Partners, Qualifications, Units and Learners are needed; the other sheets are not. Names are understood in
    ten languages and without regard to case, spaces and accents.

    Advice: Add the sheet, or give the sheet that holds these data this name.
    Basis: data (contract, section 2)
    """
    meant = nearest(name, found, 0.6)
    listed = ", ".join(found) or "none"
    advice = f"Did you mean “{meant}”? Call it {name}." if meant else f"Add a sheet {name}, as `ecvet new` makes it."
    return f"There is no sheet “{name}” (sheets found: {listed}).", advice


@fault("S104", Severity.NOTICE)
def unknown_sheet(name: str, known: Sequence[str]) -> tuple[str, str]:
    """A sheet was not read, because its name is none of the contract's.

    Advice: If it belongs to the cohort, give it one of the names of the contract; else leave it.
    Basis: data (contract, section 2)
    """
    meant = nearest(name, known, 0.7)
    advice = f"Did you mean “{meant}”? Then call it so." if meant else "Leave it as it is if it is for your own use."
    return f"The sheet “{name}” was not read.", advice


@fault("S110")
def doubled_column(name: str, first: str, second: str) -> str:
    """Two columns have one meaning, and nobody can know which one counts.

    Advice: Delete or rename one of the two columns.
    Basis: data (contract, section 2)
    """
    return f"Columns {first} and {second} both mean “{name}”."


@fault("S111", Severity.WARNING)
def nearly_a_column(header: str, meant: str) -> tuple[str, str]:
    """A column is named almost like one of the contract, so perhaps its values are missing from the papers.

    Advice: Correct the name of the column, or rename it if it is your own.
    Basis: data (contract, section 2)
    """
    return f"The column “{header}” is not one the program knows.", f"Did you mean “{meant}”? Then call it so."


@fault("S112")
def missing_column(name: str, sheet: str) -> str:
    """A column that every row needs is missing from a sheet.

    Columns of Learners may stand as a field of sheet Cohort instead, once for all learners.

    Advice: Add the column, as `ecvet new` makes it.
    Basis: form (official forms; contract, section 2)
    """
    return f"The sheet “{sheet}” has no column “{name}”."


@cache
def book() -> Mapping[str, Mapping[str, Mapping[str, Mapping[str, list[str]]]]]:
    """Load `headers.toml`: what people call sheets, columns and values, a table a language."""
    return tomllib.loads(files("pipeline").joinpath("headers.toml").read_text("utf-8"))


@cache
def values(*words: str) -> Mapping[str, str]:
    """Give the spellings, in ten languages, of these words of the contract: folded spelling to word."""
    found = {spelling: word for word in words for spelling in spellings(word)}
    for language in book().values():
        for word in words:
            for name in language["values"].get(word, ()):
                for spelling in spellings(str(name)):
                    found.setdefault(spelling, word)
    return found


@cache
def _hints() -> frozenset[str]:
    return frozenset(bare(str(hint)) for language in book().values() for hint in language["hints"]["hints"])


def without_hints(header: str) -> str:
    """Cut hints in brackets that say nothing about the meaning: “(dd/mm/yyyy)”, “(optional)”; other brackets count."""
    kept = re.sub(r"[(\[]([^)\]]*)[)\]]", lambda found: "" if bare(found[1]) in _hints() else found[0], header)
    return kept.strip(" \t\n\u00a0*:") or header


@cache
def sheet_names() -> Mapping[str, Sheet]:
    """Give every spelling of a sheet's name in the ten languages."""
    found = {spelling: sheet for sheet in SHEETS for spelling in spellings(sheet.name)}
    for language in book().values():
        for sheet in SHEETS:
            for name in language.get("sheets", {}).get(sheet.name, ()):
                for spelling in spellings(str(name)):
                    found.setdefault(spelling, sheet)
    return found


def sheet_called(name: str) -> Sheet | None:
    """Find the sheet of the contract that a name means, or None."""
    return next((sheet_names()[spelling] for spelling in spellings(name) if spelling in sheet_names()), None)


@cache
def columns_of(sheet: Sheet) -> Mapping[str, Column]:
    """Give every spelling of the columns of a sheet; sheet Cohort also knows the columns of Learners (“type once”).

    A sheet's own names go before borrowed ones, and the contract's own names before those of the ten languages.
    """
    found: dict[str, Column] = {}
    borrowed = [("Learners", column) for column in DEFAULTS] if sheet is COHORT else []
    for belongs, column in [(sheet.name, column) for column in sheet.columns] + borrowed:
        for spelling in spellings(column.name):
            found.setdefault(spelling, column)
        for language in book().values():
            for alias in language.get("columns", {}).get(belongs, {}).get(column.name, ()):
                for spelling in spellings(str(alias)):
                    found.setdefault(spelling, column)
    return found


def column_called(sheet: Sheet, header: str) -> Column | None:
    """Find the column that a header means, or None; of a bilingual header (“Name / Nom”) both halves must agree."""
    known = columns_of(sheet)
    meant = without_hints(header)
    for spelling in spellings(meant):
        if spelling in known:
            return known[spelling]
    halves = [half for half in re.split(r"\s*[/|\n]\s*", meant) if folded(half)]
    if len(halves) > 1:
        found = {column_called(sheet, half) for half in halves}
        if len(found) == 1:
            return found.pop()
    return None


def _title_language(sheet: Sheet, header: str) -> str | None:
    """Read the language of a header such as `Title es`, `Title (es)` or `Titel DE`; None for other headers."""
    found = re.fullmatch(r"(.+?)[\s_\-(\[]+([A-Za-z]{2})[)\]]?", header.strip())
    if not found or found[2].lower() not in EUROPEAN or sheet.name not in ("Qualifications", "Units"):
        return None
    column = column_called(sheet, found[1])
    return found[2].lower() if column and column.key == "title" else None


def understand(sheet: Sheet, cells: Sequence[str | None]) -> Headers:
    """Understand a row of cells as the header of a sheet."""
    known: dict[str, int] = {}
    titles: dict[str, int] = {}
    unknown: dict[str, int] = {}
    doubled: list[tuple[str, int, int]] = []
    for index, header in enumerate(cells):
        if not header or not folded(header):
            continue
        language = _title_language(sheet, header)
        column = None if language else column_called(sheet, header)
        if language:
            target, name = titles, language
        elif column:
            target, name = known, column.key
        else:
            target, name = unknown, header.strip()
        if name in target:
            doubled.append((column.name if column else header.strip(), target[name], index))
        else:
            target[name] = index
    return Headers(known=known, titles=titles, unknown=unknown, doubled=doubled)


_CODE = re.compile(
    r"\*|dict|texte?|string|number|decimals?|integer|date|yes/no|y/n"
    r"|[dmyjtaprkvzl]{1,4}([-./ ][dmyjtaprkvzl]{1,4}){1,2}",
    re.IGNORECASE,
)


def is_code_row(cells: Sequence[str | None]) -> bool:
    """Say whether a row under the header holds only codes or formats (`*`, `DICT`, `DD-MM-YYYY`), as EU exports do."""
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    return bool(filled) and all(_CODE.fullmatch(cell) for cell in filled)


def needs(sheet: Sheet) -> tuple[Column, ...]:
    """The columns every row of a sheet must have."""
    return tuple(column for column in sheet.columns if column.required)


def takes_several(column: Column) -> bool:
    """Say whether a cell of the column may hold several values."""
    return column.kind in (Kind.LIST, Kind.CHOICES, Kind.REFERENCES)
