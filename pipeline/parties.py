"""Headers that name a party and what is meant of it: “Host address”, “Adresse der Gasteinrichtung” (floor 2).

A flat sheet holds on a learner's row what belongs to organisations, to a qualification and to units. The words for the
parties are those of the columns Home, Host … in ten languages, and those of `parties.toml`; the words for what is meant
are the names of the columns of the sheet where it would stand.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from pipeline.columns import COHORT, LEARNERS, PARTNERS, QUALIFICATIONS, UNITS, Column, Sheet
from pipeline.sheets import address_part, book, column_called, columns_of, without_hints
from pipeline.spelling import LONGEST_HEADER, bare, spellings

ORGANISATIONS: Mapping[str, str] = {
    "home": "home", "host": "host", "workplace": "company", "employer": "employer", "intermediary": "intermediary",
    "coordinator": "coordinator",
}  # fmt: skip
"""The organisations that may stand on a learner's row, and the role each has by standing there."""

_PERSONS: Mapping[str, Mapping[str, str]] = {
    "guardian": {"name": "guardian", "address": "guardian_address", "telephone": "guardian_telephone",
                 "email": "guardian_email"},
    "mentor": {"name": "mentor", "telephone": "mentor_telephone", "email": "mentor_email"},
}  # fmt: skip

_MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")
_HALVES = re.compile(r"\s*[/|\n]\s*")
_NUMBER = re.compile(r"(?<!\d)([1-9]\d?)(?!\d)")

_OF_A_UNIT = frozenset({
    "points", "eqf_level", "knowledge", "skills", "competence", "learning_outcomes", "assessment_criteria",
    "counts_at_home_as", "if_not_achieved",
})  # fmt: skip
_OF_A_QUALIFICATION = frozenset({"eqf_level", "nqf_level", "awarding_body"})


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads(files("pipeline").joinpath("parties.toml").read_text("utf-8"))


@cache
def _parties() -> Mapping[str, str]:
    """Give every spelling of a party's word, without spaces."""
    found: dict[str, str] = {}
    named = {"home", "host", "workplace", "employer", "intermediary"}
    for column in (column for column in LEARNERS.columns if column.key in named):
        for name in (column.name, *_aliases(column)):
            found |= dict.fromkeys(spellings(name), column.key)
    for language in _words().values():
        for party, words in language["parties"].items():
            for spelling in (spelling for word in words for spelling in spellings(word)):
                found.setdefault(spelling, party)
    return found


def _aliases(column: Column) -> Iterator[str]:
    for language in book().values():
        yield from language.get("columns", {}).get("Learners", {}).get(column.name, ())


@cache
def _links() -> frozenset[str]:
    return frozenset(bare(word) for language in _words().values() for link in language["links"]["words"]
                     for word in link.split())  # fmt: skip


@cache
def _fields() -> Mapping[str, str]:
    return {
        spelling: key for language in _words().values() for key, names in language.get("fields", {}).items()
        for name in names for spelling in spellings(name)
    }  # fmt: skip


@cache
def _export() -> Mapping[str, str]:
    named: dict[str, str] = {}
    for language in tomllib.loads(files("pipeline").joinpath("parties.toml").read_text("utf-8")).values():
        named |= {bare(name): str(meant) for name, meant in language.get("export", {}).items()}
    return named


def in_export(header: str) -> str:
    """Give the contract's name for a column of the EU's reporting tool; any other header stays what it is."""
    return _export().get(bare(header), header) if len(header) <= LONGEST_HEADER else header


def _field(sheet: Sheet, text: str) -> Column | None:
    known = columns_of(sheet)
    for spelling in spellings(text):
        if spelling in known:
            return known[spelling]
        if sheet is PARTNERS and spelling in _fields():
            return PARTNERS.column(_fields()[spelling])
    return None


def _splits(header: str) -> Iterator[tuple[str, str]]:
    """Cut a header in two at every word, and leave out the links between: the first half and the second."""
    words = _WORD.findall(unicodedata.normalize("NFKC", header))[: _MOST_WORDS + 1]
    if len(words) > _MOST_WORDS:
        return
    for cut in range(1, len(words)):
        first, second = words[:cut], words[cut:]
        while len(second) > 1 and bare(second[0]) in _links():
            second = second[1:]
        while len(first) > 1 and bare(first[-1]) in _links():
            first = first[:-1]
        yield " ".join(first), " ".join(second)


def _party(text: str) -> str | None:
    return next((_parties()[spelling] for spelling in spellings("".join(text.split())) if spelling in _parties()), None)


def _named(header: str, parties: Mapping[str, Sheet]) -> tuple[str, Column] | None:
    """Find the party of a header and the column meant of it, whichever stands first; the longest word for it counts."""
    found: dict[tuple[str, Column], int] = {}
    for first, second in _splits(header):
        for party_text, field_text in ((first, second), (second, first)):
            party = _party(party_text)
            if party and party in parties and (column := _field(parties[party], field_text)):
                found.setdefault((party, column), len(party_text))
    return max(found, key=lambda each: found[each]) if found else None


def _of(header: str, parties: Mapping[str, Sheet]) -> tuple[str, Column] | None:
    if len(header) > LONGEST_HEADER:
        return None
    meant = in_export(without_hints(header))
    if found := _named(meant, parties):
        return found
    halves = [half for half in _HALVES.split(meant) if bare(half)]
    both = {_named(half, parties) for half in halves} if len(halves) > 1 else set()
    return both.pop() if len(both) == 1 else None


def organisation_field(header: str) -> tuple[str, Column] | None:
    """Find the organisation and the column of sheet Partners that a header means: “Host e-mail”."""
    return _of(header, dict.fromkeys(ORGANISATIONS, PARTNERS))


def address_field(header: str) -> tuple[str, str] | None:
    """Find whose address a header names a part of, and which: “Host city” is ("host", "city"), “City” the learner's."""
    if len(header) > LONGEST_HEADER:
        return None
    if part := address_part(header):
        return "learner", part
    for first, second in _splits(without_hints(header)):
        for party_text, part_text in ((first, second), (second, first)):
            party, part = _party(party_text), address_part(part_text)
            if part and party and (party in ORGANISATIONS or party == "learner"):
                return party, part
    return None


def from_and_to(headers: Mapping[str, int]) -> tuple[int, int]:
    """Find the two columns that are only called “von” and “bis”, “from” and “to”: their positions, (-1, -1) if none.

    Such a pair says that a time begins and ends; which time it is must follow from what stands below and beside it.
    """
    named = {bare(without_hints(name)): at for name, at in headers.items() if len(name) <= LONGEST_HEADER}
    pairs = [(bare(pair[0]), bare(pair[1])) for words in _words().values()
             for pair in words.get("from_to", {}).get("pairs", ())]  # fmt: skip
    found = {(named[first], named[last]) for first, last in pairs if first in named and last in named}
    return found.pop() if len(found) == 1 else (-1, -1)


_BETWEEN_NAMES = re.compile(r"\s*[,/&+|\n]\s*|\s+(?:and|und|et|y|e|i|oraz|en|ja|și|şi|si)\s+", re.IGNORECASE)


def names_in_one(header: str) -> str | None:
    """Say whether one column holds the whole name of a learner, and which comes first: family, given, or unsaid.

    “Nachname, Vorname” is family first, “Imię i nazwisko” given first; “Full name” does not say.
    """
    if len(header) > LONGEST_HEADER:
        return None
    header = without_hints(header)
    for language in _words().values():
        for kind, names in language.get("names", {}).items():
            if bare(header) in map(bare, names):
                return kind.removesuffix("_first")
    halves = [column_called(LEARNERS, half) for half in _BETWEEN_NAMES.split(header.strip())]
    keys = [half.key if half else "" for half in halves]
    return {"family_name given_names": "family", "given_names family_name": "given"}.get(" ".join(keys))


def person_field(header: str) -> Column | None:
    """Find the column of Learners that a header with a person's word means: “Pupil first name”, “Parent phone”."""
    found = _of(header, {"learner": LEARNERS, "guardian": LEARNERS, "mentor": LEARNERS})
    if found is None:
        named = _of(header, {"guardian": PARTNERS, "mentor": PARTNERS})
        key = _PERSONS[named[0]].get(named[1].key) if named else None
        return LEARNERS.column(key) if key else None
    party, column = found
    if party == "learner":
        return column
    key = _PERSONS[party].get({"guardian": "name", "family_name": "name"}.get(column.key, column.key))
    return LEARNERS.column(key) if key else None


def qualification_field(header: str) -> str | None:
    """Say what a header means of the qualification: a key of sheet Qualifications, or `ref` for its name or ID."""
    header = in_export(without_hints(header))
    on_row, own = column_called(LEARNERS, header), column_called(QUALIFICATIONS, header)
    if on_row is not None:
        if on_row.key != "qualification":
            return None
        return own.key if own and own.key in ("id", "title") else "ref"
    if own and own.key in _OF_A_QUALIFICATION:
        return own.key
    found = _of(header, {"qualification": QUALIFICATIONS})
    return found[1].key if found else None


def unit_field(header: str) -> tuple[int, str] | None:
    """Say what a header means of a unit: its number (0 where it has none) and a key of sheet Units, or `ref`.

    “Unit 2” is (2, "ref"), “Title of unit” (0, "title"), “Skills 1” (1, "skills").
    """
    if len(header) > LONGEST_HEADER:
        return None
    header = in_export(without_hints(header))
    numbers = _NUMBER.findall(header)
    number = int(numbers[0]) if len(numbers) == 1 else 0
    base = _NUMBER.sub(" ", header).strip(" .:#-–()") if number else header
    if not bare(base) or len(numbers) > 1:
        return None
    on_row, own = column_called(LEARNERS, base), column_called(UNITS, base)
    if on_row:
        return (number, "ref") if number and on_row.key == "units" else None
    key = own.key if own else ""
    if number and not own and _party(base) == "unit":  # “Lerneinheit 1”
        return number, "ref"
    if key in ("id", "title"):
        return (number, key) if any(word in bare(base) for word in _unit_words()) else None
    if key not in _OF_A_UNIT - {"points", "eqf_level"}:
        found = _of(base, {"unit": UNITS})
        key = found[1].key if found else ""
    return (number, key) if key in _OF_A_UNIT | {"id", "title"} else None


@cache
def _unit_words() -> frozenset[str]:
    """Words for a unit; “No.” and “Code” alone are names of a unit's ID on sheet Units, and nobody knows whose here."""
    return frozenset(bare(name)[:7] for language in _words().values() for name in language["parties"]["unit"])


def cohort_field(header: str) -> Column | None:
    """Find the field of sheet Cohort that a column of a flat sheet means; none whose name other sheets use as well."""
    header = in_export(without_hints(header))
    found = column_called(COHORT, header)
    if found is None or found not in COHORT.columns or bare(header) in _TOO_COMMON:
        return None
    others = (PARTNERS, QUALIFICATIONS, UNITS, LEARNERS)
    return None if any(column_called(sheet, header) for sheet in others) else found


_TOO_COMMON = frozenset(map(bare, (
    "Group", "Gruppe", "Groupe", "Grupo", "Gruppo", "Grupa", "Groep", "Ryhmä", "Grupă", "Flow", "Field", "Call", "Mode",
    "Template", "Draft", "Title", "Titel", "Titre", "Título", "Titolo", "Tytuł",
)))  # fmt: skip
"""Names that a college's own columns have too, such as the group within a class."""
