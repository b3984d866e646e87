"""Sheets known by their columns: lists with any name, and the flat sheet that stands for the others (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from pipeline.columns import COHORT, LEARNERS, PARTNERS, QUALIFICATIONS, UNITS, Sheet
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


_TELLING: Mapping[str, frozenset[str]] = {
    PARTNERS.name: frozenset({"id", "roles", "name", "country"}),
    QUALIFICATIONS.name: frozenset({"id", "title", "eqf_level"}),
    UNITS.name: frozenset({"id", "qualification", "title"}),
    LEARNERS.name: frozenset({"family_name", "given_names", "date_of_birth"}),
}  # fmt: skip
"""The columns by which a sheet with any name is known: those of no other list that colleges keep."""


def take_by_columns(
    found: dict[str, list[Table]], strangers: list[Table], needed: Iterable[Sheet], reader: Reader
) -> None:
    """Take a sheet with a name of the officer's own for a missing one, where it alone has the columns of that."""
    if not strangers or (not found and len(strangers) == 1):
        return
    for sheet in (each for each in needed if each.name not in found):
        likely = [table for table in strangers if _looks_like(table, sheet, reader)]
        if len(likely) == 1 and reader.settled.sheets.get(bare(likely[0].name)) is None:
            strangers.remove(likely[0])
            found[sheet.name] = likely
            place = Place(file=likely[0].file, sheet=likely[0].name)
            reader.problems.append(known_by_its_columns(place, likely[0].name, sheet.name))


def _looks_like(table: Table, sheet: Sheet, reader: Reader) -> bool:
    looked_at = table.anew()
    try:
        if sheet is COHORT:
            return {"id", "project_code"} <= head_of(looked_at, Reader(settled=reader.settled)).values.keys()
        header = find_header(looked_at, sheet, looked_at.rows(), [], reader.reading(sheet))
    except Refused:
        return False
    return header is not None and _TELLING[sheet.name] <= header.headers.keys


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
