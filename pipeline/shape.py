"""Sheets known by their columns: lists with any name, and the flat sheet that stands for the others (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from pipeline.columns import (
    ACCOMPANYING,
    COHORT,
    JOB_PROFILES,
    LEARNERS,
    OPTIONAL,
    PARTNERS,
    QUALIFICATIONS,
    RESULTS_SHEET,
    SHEETS,
    UNIT_CHOICES,
    UNITS,
    Sheet,
)  # fmt: skip
from pipeline.flat import Flat
from pipeline.guard import Refused
from pipeline.head import head_of
from pipeline.header import find_header
from pipeline.misfits import known_by_its_columns
from pipeline.problem import Place
from pipeline.rows import Reader
from pipeline.spelling import bare
from pipeline.tables import Table
from pipeline.wide import Wide, understand_wide


def is_list_of_learners(table: Table, reader: Reader) -> bool:
    """Say whether a table is a flat sheet by its columns, whatever it is called."""
    header = _wide_header(table, [PARTNERS, QUALIFICATIONS, UNITS, COHORT], reader)
    return header is not None and {"family_name", "given_names", "date_of_birth"} <= header.keys


Keys = tuple[frozenset[str], ...]


def _keys(*columns: str) -> Keys:
    return tuple(frozenset(each.split()) for each in columns)


_TELLING: Mapping[str, Keys] = {
    COHORT.name: _keys("id project_code"),
    PARTNERS.name: _keys("id roles name country"),
    QUALIFICATIONS.name: _keys("id title eqf_level"),
    UNITS.name: _keys("id qualification title"),
    LEARNERS.name: _keys("family_name given_names date_of_birth"),
    UNIT_CHOICES.name: _keys("learner unit scope", "learner unit part"),
    ACCOMPANYING.name: _keys("name role home start end", "name role host start end"),
    RESULTS_SHEET.name: _keys("learner unit result", "learner unit validated", "learner unit recognised_as"),
    JOB_PROFILES.name: _keys("profile outcome employer", "profile outcome weight", "profile outcome matches"),
}
"""The columns by which a sheet with any name is known: those of no other list that colleges keep."""

_HINTING: Mapping[str, Keys] = {
    COHORT.name: _keys("id"),
    PARTNERS.name: _keys("id name country", "roles name country"),
    QUALIFICATIONS.name: _keys("title eqf_level"),
    UNITS.name: _keys("id title", "title knowledge", "title skills", "title competence", "title learning_outcomes"),
    LEARNERS.name: _keys("family_name given_names"),
    UNIT_CHOICES.name: _keys("learner unit"),
    ACCOMPANYING.name: _keys("name role home", "name role host", "name home start", "name host start"),
    RESULTS_SHEET.name: _keys("learner unit"),
    JOB_PROFILES.name: _keys("profile outcome"),
}  # fmt: skip
"""The columns by which it may be one of ours: too few to take it for that, and too many to pass it over."""

_NEARLY_ALL = 4
"""So many columns of one sheet, and most of the table: it may be that sheet also where one of its keys is renamed."""


def take_by_columns(
    found: dict[str, list[Table]], strangers: list[Table], needed: Iterable[Sheet], reader: Reader
) -> None:
    """Take a sheet with a name of the officer's own for a missing one, where it alone has the columns of that."""
    if not strangers or (not found and len(strangers) == 1):
        return
    for sheet in (each for each in needed if each.name not in found):
        likely = [table for table in strangers if _is_known_as(table, sheet, found, reader)]
        if len(likely) == 1 and not _is_settled(likely[0], reader):
            strangers.remove(likely[0])
            found[sheet.name] = likely
            place = Place(file=likely[0].file, sheet=likely[0].name)
            reader.problems.append(known_by_its_columns(place, likely[0].name, sheet.name))


def may_be(table: Table, found: Mapping[str, Sequence[Table]], reader: Reader) -> str | None:
    """Say which of the missing sheets an unknown one may be by its columns: that of which it names the most."""
    if _is_settled(table, reader):
        return None
    seen = {sheet.name: _seen(table, sheet, reader) for sheet in SHEETS if sheet.name not in found}
    likely = {
        name: len(keys) for name, (keys, share) in seen.items()
        if _has(keys, _HINTING[name]) or (name != COHORT.name and _is_nearly(keys, share, _TELLING[name]))
    }  # fmt: skip
    return max(likely, key=lambda name: likely[name]) if likely else None


def _is_nearly(keys: frozenset[str], share: float, telling: Keys) -> bool:
    """Say whether a table lacks only one of the columns that tell a sheet, and mostly holds what that does.

    Columns that anybody's list has (name, host, first and last day) are not enough.
    """
    return len(keys) >= _NEARLY_ALL and share > 0.5 and any(len(each - keys) <= 1 for each in telling)


def _is_settled(table: Table, reader: Reader) -> bool:
    return bare(table.name) in reader.settled.sheets


def _is_known_as(table: Table, sheet: Sheet, found: Mapping[str, Sequence[Table]], reader: Reader) -> bool:
    """Say whether a table is surely this sheet.

    One that may be left out is taken only where it can be no other of them, and mostly holds what the sheet does: an
    extract of the learner register names learner, unit and scope too, and agrees nothing.
    """
    keys, share = _seen(table, sheet, reader)
    if not _has(keys, _TELLING[sheet.name]):
        return False
    if sheet not in OPTIONAL:
        return True
    others = (each for each in OPTIONAL if each is not sheet and each.name not in found)
    return share > 0.5 and not any(_has(_seen(table, each, reader)[0], _TELLING[each.name]) for each in others)


def _has(keys: frozenset[str], telling: Keys) -> bool:
    return any(each <= keys for each in telling)


def _seen(table: Table, sheet: Sheet, reader: Reader) -> tuple[frozenset[str], float]:
    """Give the columns of a sheet that a table has, and the share they are of all it has."""
    looked_at = table.anew()
    try:
        if sheet is COHORT:
            return frozenset(head_of(looked_at, Reader(settled=reader.settled)).values), 1
        header = find_header(looked_at, sheet, looked_at.rows(), [], reader.reading(sheet))
    except Refused:
        return frozenset(), 0
    if header is None:
        return frozenset(), 0
    return header.headers.keys, header.headers.named / max(1, len(header.cells))


def flat_sheet(found: dict[str, list[Table]], strangers: list[Table], reader: Reader) -> Flat | None:
    """Find the flat sheet of a cohort, if it has one, and which of the missing sheets it stands for."""
    missing = [sheet for sheet in (PARTNERS, QUALIFICATIONS, UNITS, COHORT) if sheet.name not in found]
    if not missing:
        return None
    named = found.get(LEARNERS.name)
    unsettled = [table for table in strangers if bare(table.name) not in reader.settled.sheets]
    likely = named or (unsettled if len(missing) > 1 else [])
    headers = [(table, header) for table in likely if (header := _wide_header(table, missing, reader))]
    if not named:
        headers = [each for each in headers if {"family_name", "given_names"} <= each[1].keys]
        if len({table.file for table, _ in headers}) < len(headers):
            return None
        for table, _ in headers:
            strangers.remove(table)
            found.setdefault(LEARNERS.name, []).append(table)
    if not headers:
        return None
    everything = not named or (PARTNERS in missing and any(
        header.has(PARTNERS) or (table.alone and len(found) == 1) for table, header in headers
    ))
    there = [sheet for sheet in (QUALIFICATIONS, UNITS) if any(header.has(sheet) for _, header in headers)]
    stands_for = missing if everything else [sheet for sheet in missing if sheet in there]
    return Flat(reader=reader, open=frozenset(sheet.name for sheet in stands_for)) if stands_for else None


def _wide_header(table: Table, missing: Iterable[Sheet], reader: Reader) -> Wide | None:
    """Look at the header of a table as that of a flat sheet; nothing of it is told yet."""
    understood = partial(
        understand_wide, parts=frozenset(sheet.name for sheet in missing), renamed=reader.settled.of(LEARNERS)
    )
    try:
        looked_at = table.anew()
        header = find_header(looked_at, LEARNERS, looked_at.rows(), [], understood)
    except Refused:
        return None
    return header.headers if header and isinstance(header.headers, Wide) else None
