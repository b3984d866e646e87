"""The shape of a workbook: which sheet and which column is meant by a name (floor 2).

Names are compared as the contract says: without regard to case, spaces, punctuation, quotes, accents, a trailing `*` or
`:` and hints in brackets, in ten languages (`headers.toml`). What is only nearly a known name is not taken for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from pipeline.columns import ACHIEVEMENTS, COHORT, DEFAULTS, SHEETS, Column, Sheet
from pipeline.confidential import is_confidential
from pipeline.languages import EUROPEAN, languages
from pipeline.raw import FORBIDDEN
from pipeline.spelling import LONGEST_HEADER, bare, folded, spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """A header row, understood: the position of each known key, of titles by language, and of unknown columns.

    `elsewhere` are positions whose values belong to another sheet of the contract (a host's address beside a learner).
    `address` are the positions of an address in several columns: street, postcode, city; `whole_name` is the column
    that holds family and given names together (-1 where none does), and which of them comes first. `private` are the
    names and positions of columns about health, religion or a bank account: they are not read.
    that holds family and given names together (-1 where none does), and which of them comes first. `from_to` are two
    columns that are only called “von” and “bis”, where nothing else is the stay's first and last day (-1
    where there are none).
    """

    known: Mapping[str, int]
    titles: Mapping[str, int]
    unknown: Mapping[str, int]
    doubled: Sequence[tuple[str, int, int]]
    elsewhere: frozenset[int] = frozenset()
    address: Sequence[int] = ()
    whole_name: tuple[int, str] = (-1, "")
    private: Sequence[tuple[str, int]] = ()
    from_to: tuple[int, int] = (-1, -1)

    @property
    def named(self) -> int:
        """How many columns are understood."""
        return len(self.known) + len(self.titles) + len(self.elsewhere) + (self.whole_name[0] >= 0)

    @property
    def keys(self) -> frozenset[str]:
        """The keys that have a column, also the names that share one."""
        return frozenset(self.known) | ({"family_name", "given_names"} if self.whole_name[0] >= 0 else frozenset())


OWN = "own"
"""What settles that a column is the officer's own."""

NOT_RENAMED: Mapping[str, str] = MappingProxyType({})
"""Where nothing was settled: what a header means follows from its words alone."""


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
            for name in language.get("values", {}).get(word, ()):
                for spelling in spellings(str(name)):
                    found.setdefault(spelling, word)
    return found


@cache
def _hints() -> frozenset[str]:
    hints = (hint for language in book().values() for hint in language.get("hints", {}).get("hints", ()))
    return frozenset(bare(str(hint)) for hint in hints)


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
    if sheet is ACHIEVEMENTS:
        return _columns_of_the_learner_register()
    found: dict[str, Column] = {}
    borrowed = [("Learners", column) for column in DEFAULTS] if sheet is COHORT else []
    for columns in ([(sheet.name, column) for column in sheet.columns], borrowed):
        for _, column in columns:
            for spelling in spellings(column.name):
                found.setdefault(spelling, column)
        for belongs, column in columns:
            for alias in _aliases(belongs, column):
                for spelling in spellings(alias):
                    found.setdefault(spelling, column)
    return found


def _aliases(sheet: str, column: Column) -> Iterator[str]:
    for language in book().values():
        yield from language.get("columns", {}).get(sheet, {}).get(column.name, ())


_CALLED_AS = {
    "learner_id": ("Learners", "id"), "family_name": ("Learners", "family_name"),
    "given_names": ("Learners", "given_names"), "date_of_birth": ("Learners", "date_of_birth"),
    "qualification_id": ("Learners", "qualification"), "qualification": ("Qualifications", "title"),
    "unit_id": ("Unit choices", "unit"), "title": ("Units", "title"), "scope": ("Unit choices", "scope"),
    "part": ("Unit choices", "part"), "points": ("Results", "points_credited"),
    "recognised_as": ("Results", "recognised_as"), "recognised_by": ("Results", "recognised_by"),
    "recognised_on": ("Results", "recognised_on"), "host": ("Learners", "host"), "cohort": ("Cohort", "id"),
    "mobility": ("Learners", "mobility"), "evidence": ("Results", "evidence"),
}  # fmt: skip
"""The columns of the learner register, and the columns of a cohort that hold the same and are called the same."""


def _columns_of_the_learner_register() -> Mapping[str, Column]:
    """Give every spelling of its columns; a name that could be two of them (“Titel”), or anybody's, is none."""
    found = {spelling: column for column in ACHIEVEMENTS.columns for spelling in spellings(column.name)}
    by_name = {sheet.name: sheet for sheet in SHEETS}
    others: dict[str, set[Column]] = {}
    for column in ACHIEVEMENTS.columns:
        sheet, key = _CALLED_AS[column.key]
        for alias in _aliases(sheet, by_name[sheet].column(key)):
            for spelling in spellings(alias):
                if column.key not in ("qualification", "title") or spelling not in columns_of(by_name["Partners"]):
                    others.setdefault(spelling, set()).add(column)
    return {**{spelling: next(iter(meant)) for spelling, meant in others.items() if len(meant) == 1}, **found}


def in_language(language: str, sheet: Sheet, column: Column, header: str) -> bool:
    """Say whether a header names a column in this language."""
    names = book().get(language, {}).get("columns", {}).get(sheet.name, {}).get(column.name, ())
    meant = set(spellings(without_hints(header[:LONGEST_HEADER])))
    return any(meant & set(spellings(str(name))) for name in names)


def column_called(sheet: Sheet, header: str) -> Column | None:
    """Find the column that a header means, or None.

    Of a header in two languages (“Name / Nom”, “Family name (Nachname)”) both halves must mean the same column.
    """
    if len(header) > LONGEST_HEADER:
        return None
    known = columns_of(sheet)
    meant = without_hints(header)
    for spelling in spellings(meant):
        if spelling in known:
            return known[spelling]
    halves = [half for half in _HALVES_IN_BRACKETS.split(meant) if folded(half)]
    found = {column_called(sheet, half) for half in halves} if len(halves) > 1 else set()
    return found.pop() if len(found) == 1 else None


_HALVES = re.compile(r"\s*[/|\n]\s*|\s+[-–—]\s+")
_HALVES_IN_BRACKETS = re.compile(rf"{_HALVES.pattern}|\s*[(\[]|[)\]]\s*")


def half_called(sheet: Sheet, header: str) -> Column | None:
    """Find the column that one half of a header in two languages means, where the other half is not understood."""
    halves = _HALVES.split(header) if len(header) <= LONGEST_HEADER else []
    found = {column for half in halves if len(halves) > 1 and folded(half) and (column := column_called(sheet, half))}
    return found.pop() if len(found) == 1 else None


def _title_language(sheet: Sheet, header: str) -> str | None:
    """Read the language of a header such as `Title es`, `Title (es)`, `Titel DE` or `Title in Spanish`."""
    if sheet.name not in ("Qualifications", "Units") or len(header) > LONGEST_HEADER:
        return None
    if any(spelling in columns_of(sheet) for spelling in spellings(header)):
        return None
    found = re.fullmatch(r"(\S.*?)[\s_(\[-]+(?:in )?([^\W\d_]+)[)\]]?", header.strip())
    column = column_called(sheet, found[1]) if found else None
    if not found or not column or column.key != "title":
        return None
    code = found[2].lower() if len(found[2]) == 2 else languages().get(bare(found[2]))
    return code if code in EUROPEAN else None


def as_settled(header: str, renamed: Mapping[str, str]) -> str:
    """Give the name that was settled for a header (`own` where the column is the officer's own), else the header."""
    return renamed.get(bare(header), header) if renamed and len(header) <= LONGEST_HEADER else header


def is_private(header: str, settled: str) -> bool:
    """Say whether a column must not be read, whatever it holds; one settled as a column of the contract may be.

    That the officer called it her own does not count: the papers would carry it all the same.
    """
    return settled in (header, OWN) and is_confidential(header)


def understand(sheet: Sheet, cells: Sequence[str | None], renamed: Mapping[str, str] = NOT_RENAMED) -> Headers:
    """Understand a row of cells as the header of a sheet; `renamed` is what was settled of its headers."""
    known: dict[str, int] = {}
    titles: dict[str, int] = {}
    unknown: dict[str, int] = {}
    doubled: list[tuple[str, int, int]] = []
    parts: dict[str, list[int]] = {}
    private: list[tuple[str, int]] = []
    for index, header in enumerate(cells):
        if not header or not folded(header[:LONGEST_HEADER]):
            continue
        name = as_settled(header, renamed)
        settled_own = name == OWN != header
        if is_private(header, name):
            private.append((header, index))
            continue
        language = None if settled_own else _title_language(sheet, name)
        column = None if language or settled_own else column_called(sheet, name)
        shown = " ".join(FORBIDDEN.sub("", header[:LONGEST_HEADER]).split())
        if not column and not settled_own and sheet.name == "Partners" and (part := address_part(name)):
            parts.setdefault(part, []).append(index)
        if column:
            target, name = known, column.key
        elif language:
            target, name = titles, language
        else:
            target, name = unknown, shown
        if name in target:
            doubled.append((column.name if column else shown, target[name], index))
        else:
            target[name] = index
    address = in_several_columns(parts, known.get("address"), clear=True)
    unknown = {name: index for name, index in unknown.items() if index not in address}
    return Headers(
        known=known, titles=titles, unknown=unknown, doubled=doubled, address=address, private=private
    )


ADDRESS = ("street", "postcode", "city")
"""The parts of an address that stands in several columns, as it is written on one line."""


def address_part(header: str) -> str | None:
    """Say which part of an address a header names: street, postcode or city."""
    known = values(*ADDRESS)
    return next((known[each] for each in spellings(without_hints(header)) if each in known), None)


def in_several_columns(parts: Mapping[str, Sequence[int]], whole: int | None, *, clear: bool) -> tuple[int, ...]:
    """Give the columns that make up one address, none where nobody can know that they do.

    `parts` are the positions of each part, `whole` that of column Address. “City” alone may be the host's: without a
    street there must be a postcode, unless it is `clear` whose they are.
    """
    street = parts.get("street", () if whole is None else (whole,))
    rest = [parts.get(part, ()) for part in ADDRESS[1:]]
    if len(street) != 1 or any(len(each) > 1 for each in rest) or not any(rest):
        return ()
    if whole is not None and ("street" in parts or not (clear or parts.get("postcode"))):
        return ()
    return (street[0], *(each[0] if each else -1 for each in rest))


_ONE_CODE = (
    r"(?:\*|dict(?:ionary)?|texte?|string|number|numeric|decimals?|integer|date|yes/no|y/n|boolean"
    r"|[dmyjtaprkvzl]{1,4}([-./ ][dmyjtaprkvzl]{1,4}){1,2})"
)
_CODE = re.compile(rf"{_ONE_CODE}(?:[\s,;/|+]*{_ONE_CODE}){{0,2}}", re.IGNORECASE)


def is_code_row(cells: Sequence[object]) -> bool:
    """Say whether a row under the header holds only codes, formats or hints (`*`, `DICT`, `DD-MM-YYYY`, “optional”)."""
    filled = [cell for cell in cells if cell is not None]
    return bool(filled) and all(isinstance(cell, str) and _is_code(cell) for cell in filled)


def _is_code(cell: str) -> bool:
    return len(cell) <= LONGEST_HEADER and (_CODE.fullmatch(cell.strip()) is not None or bare(cell) in _hints())


def needs(sheet: Sheet) -> tuple[Column, ...]:
    """The columns every row of a sheet must have."""
    return tuple(column for column in sheet.columns if column.required)
