"""The header of a flat sheet: which column belongs to the learner, which to a partner, a unit, the cohort (floor 2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.columns import COHORT, LEARNERS, PARTNERS, QUALIFICATIONS, UNITS, Column, Sheet
from pipeline.parties import (
    ORGANISATIONS,
    address_field,
    cohort_field,
    from_and_to,
    in_export,
    names_in_one,
    organisation_field,
    person_field,
    qualification_field,
    unit_field,
)
from pipeline.raw import FORBIDDEN
from pipeline.sheets import NOT_RENAMED, OWN, Headers, as_settled, column_called, in_several_columns, is_private
from pipeline.spelling import LONGEST_HEADER, bare, folded

Part = tuple[str, str]
"""Whose a column is: the sheet it would stand on, and there the party (“host”) or the number of the unit (“1”)."""

EVERY_PART = frozenset({PARTNERS.name, QUALIFICATIONS.name, UNITS.name, COHORT.name})
"""The sheets that a flat sheet may stand for, besides Learners."""

REF = "ref"
"""The key of a column that names a unit, by its ID or its title: “Unit 1”."""

DATA_TYPE = frozenset(map(bare, ("Data type", "Type of data", "Row type")))
"""Names of the column by which the EU's reporting tool tells a mobility from what belongs to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wide(Headers):
    """The header of a flat sheet: besides the learner's columns, those of each part (key and position)."""

    parts: Mapping[Part, Mapping[str, int]] = field(default_factory=dict)
    kind_of_row: int = -1
    addresses: Mapping[Part, Sequence[int]] = field(default_factory=dict)

    def has(self, sheet: Sheet) -> bool:
        """Say whether there are columns that only this sheet has."""
        return any(part[0] == sheet.name for part in self.parts)


def understand_wide(
    cells: Sequence[str | None], parts: Collection[str] = EVERY_PART, renamed: Mapping[str, str] = NOT_RENAMED
) -> Wide:
    """Understand a row of cells as the header of sheet Learners that also stands for the sheets `parts`."""
    places: dict[int, tuple[Part, str]] = {}
    unknown: dict[str, int] = {}
    by_words: dict[int, str] = {}
    kind_of_row = -1
    private: list[tuple[str, int]] = []
    for index, header in enumerate(cells):
        if not header or not folded(header[:LONGEST_HEADER]):
            continue
        meant = as_settled(header, renamed)
        if is_private(header, meant):
            private.append((header, index))
            continue
        shown = " ".join(FORBIDDEN.sub("", header[:LONGEST_HEADER]).split())
        found = None if meant == OWN != header else place_of(meant, parts)
        if found:
            places[index] = found
            if found[0] == _LEARNER and column_called(LEARNERS, in_export(meant)) is None:
                by_words[index] = shown
            continue
        unknown.setdefault(shown, index)
        if bare(header[:LONGEST_HEADER]) in DATA_TYPE:
            kind_of_row = index
    _home_beside_her_own(places, cells, parts)
    for index, name in by_words.items():  # “Student phone” is a column of her own where there is a column “Phone”
        if any(place == places[index] and at not in by_words for at, place in places.items() if at != index):
            del places[index]
            unknown.setdefault(name, index)
    free = {name: index for name, index in unknown.items() if renamed.get(bare(name)) != OWN}
    addresses = _addresses(places, free, parts)
    wide = replace(_with_names(_sorted_out(places, unknown, kind_of_row, addresses)), private=private)
    if {"start", "end"} & set(wide.known) or renamed.keys() & {bare(name) for name in wide.unknown}:
        return wide
    return replace(wide, from_to=from_and_to(wide.unknown))


def _with_names(wide: Wide) -> Wide:
    """Take column “Name” for the half of the name that has no column, or for the whole where neither has one."""
    lacking = [key for key in ("family_name", "given_names") if key not in wide.known]
    plain = [name for name in wide.unknown if bare(name) in _PLAIN_NAME]
    if len(lacking) == 1 and len(plain) == 1:
        others = {name: at for name, at in wide.unknown.items() if name != plain[0]}
        return replace(wide, known={**wide.known, lacking[0]: wide.unknown[plain[0]]}, unknown=others)
    if len(lacking) < 2:
        return wide
    named = [(name, index, first) for name, index in wide.unknown.items() if (first := names_in_one(name))]
    if len(named) != 1:
        return wide
    name, index, first = named[0]
    others = {other: at for other, at in wide.unknown.items() if other != name}
    return replace(wide, unknown=others, whole_name=(index, first))


def _addresses(
    places: Mapping[int, tuple[Part, str]], unknown: Mapping[str, int], parts: Collection[str]
) -> dict[Part, tuple[int, ...]]:
    """Find addresses that stand in several columns (street, postcode, city), each whose it is."""
    found: dict[Part, dict[str, list[int]]] = {}
    for name, index in unknown.items():
        if whose := address_field(name):
            part = _LEARNER if whose[0] == "learner" else (PARTNERS.name, whose[0])
            if part == _LEARNER or PARTNERS.name in parts:
                found.setdefault(part, {}).setdefault(whose[1], []).append(index)
    whole = {part: index for index, (part, key) in places.items() if key == "address"}
    joined = {
        part: in_several_columns(there, whole.get(part), clear=part != _LEARNER) for part, there in found.items()
    }
    return {part: columns for part, columns in joined.items() if columns}


_PLAIN_NAME = frozenset(map(bare, ("Name", "Naam", "Names")))
"""Beside “Vorname” it is the family name, and beside “Surname” the given one: there is nothing else for it to be."""


def place_of(header: str, parts: Collection[str]) -> tuple[Part, str] | None:  # noqa: PLR0911 - an answer a party
    """Find whose column a header names, and the key of the column; None where nobody knows."""
    if len(header) > LONGEST_HEADER:
        return None
    if not parts and (own := column_called(LEARNERS, header)):
        return _LEARNER, own.key  # nearly every column: no other words have to be looked up
    header = in_export(header)
    if QUALIFICATIONS.name in parts and (key := qualification_field(header)):
        return (_LEARNER, "qualification") if key == REF else ((QUALIFICATIONS.name, ""), key)
    if UNITS.name in parts and (unit := unit_field(header)):
        return (UNITS.name, str(unit[0])), unit[1]
    if own := column_called(LEARNERS, header):
        return _LEARNER, own.key
    if PARTNERS.name in parts and (organisation := organisation_field(header)):
        return (PARTNERS.name, organisation[0]), organisation[1].key
    if person := person_field(header):
        return _LEARNER, person.key
    if COHORT.name in parts and (cohort := cohort_field(header)):
        return (COHORT.name, ""), cohort.key
    return None


_LEARNER: Part = (LEARNERS.name, "")


def _home_beside_her_own(
    places: dict[int, tuple[Part, str]], cells: Sequence[str | None], parts: Collection[str]
) -> None:
    """Take “Home address” for the organisation's where the learner has an address of her own; else it is hers."""
    if PARTNERS.name not in parts:
        return
    for index, (part, key) in list(places.items()):
        others = [at for at, place in places.items() if place == (part, key) and at != index]
        found = organisation_field(cells[index] or "") if part == _LEARNER and others else None
        if found and found[1].key == key:
            places[index] = ((PARTNERS.name, found[0]), key)


def _sorted_out(
    places: Mapping[int, tuple[Part, str]], unknown: Mapping[str, int], kind_of_row: int,
    addresses: Mapping[Part, tuple[int, ...]],
) -> Wide:  # fmt: skip
    known: dict[str, int] = {}
    others: dict[Part, dict[str, int]] = {}
    doubled: list[tuple[str, int, int]] = []
    for index, (part, key) in places.items():
        target = known if part == _LEARNER else others.setdefault(part, {})
        if key in target:
            doubled.append((name_of(part, key), target[key], index))
        else:
            target[key] = index
    twice = {index for _, first, second in doubled for index in (first, second)}
    taken = {index for columns in addresses.values() for index in columns}
    for part in addresses:
        others.setdefault(part, {}) if part != _LEARNER else None
    return Wide(
        known=known, titles={}, unknown={name: index for name, index in unknown.items() if index not in taken},
        doubled=doubled, address=addresses.get(_LEARNER, ()), addresses=addresses,
        elsewhere=frozenset(
            {index for index, (part, _) in places.items() if part != _LEARNER}
            | {index for part, columns in addresses.items() for index in columns if part != _LEARNER and index >= 0}
        ),
        parts={
            part: {key: index for key, index in keys.items() if index not in twice} for part, keys in others.items()
        },
        kind_of_row=kind_of_row,
    )  # fmt: skip


def name_of(part: Part, key: str) -> str:
    """Name a column of a flat sheet as a person would: “Host address”, “Unit 2 title”, “Project code”."""
    sheet, of = part
    if sheet == UNITS.name:
        number = f"Unit {of}" if of != "0" else "Unit"
        return number if key == REF else f"{number} {_lower(UNITS.column(key))}"
    if sheet == PARTNERS.name:
        return f"{of.capitalize()} {_lower(PARTNERS.column(key))}"
    if sheet == QUALIFICATIONS.name:
        return f"Qualification {_lower(QUALIFICATIONS.column(key))}"
    return (COHORT if sheet == COHORT.name else LEARNERS).column(key).name


def _lower(column: Column) -> str:
    name = column.name.removeprefix("Partner ").removeprefix("Qualification ").removeprefix("Unit ")
    return name if name[:2].isalpha() and name[:2].isupper() else name[0].lower() + name[1:]


def parties_named(header: Wide) -> list[str]:
    """List the organisations that stand on the rows: by a column of their own on Learners, or by others."""
    return [party for party in ORGANISATIONS if party in header.known or (PARTNERS.name, party) in header.parts]
