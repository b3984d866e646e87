"""Partners, qualifications and units: the rows that learners point to (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pipeline.links import Register, doubled_id, register
from pipeline.model import Origin, Partner, Qualification, Unit
from pipeline.problem import Problem
from pipeline.rows import Row
from pipeline.spelling import same_id
from pipeline.unreadable import blank_cell


def partners_of(rows: Iterable[Row], problems: list[Problem]) -> tuple[list[Partner], Register[Partner]]:
    """Make the partners; an ID that stands twice goes to `problems`."""
    made = [Partner(**{"id": "", **row.values}, origin=row.origin, more=row.more) for row in rows]
    return made, _register("Partners", made, [partner.name for partner in made], problems)


def qualifications_of(
    rows: Iterable[Row], problems: list[Problem]
) -> tuple[list[Qualification], Register[Qualification]]:
    """Make the qualifications; an ID that stands twice goes to `problems`."""
    made = [
        Qualification(**{"id": "", **row.values}, titles=row.titles, origin=row.origin, more=row.more) for row in rows
    ]
    return made, _register("Qualifications", made, [one.title for one in made], problems)


def _register(
    sheet: str, records: Sequence[Any], names: Sequence[str | None], problems: list[Problem]
) -> Register[Any]:
    first: dict[str, Any] = {}
    for record in records:
        spelled = same_id(record.id)
        if spelled and first.setdefault(spelled, record) is not record:
            problems.append(doubled_id(record.at("id"), record.id, str(first[spelled].at("id"))))
    return register(sheet, records, [(name,) for name in names], proposed=True)


def units_of(
    rows: Iterable[Row], qualifications: Register[Qualification], partners: Register[Partner], problems: list[Problem]
) -> tuple[list[Unit], Register[Unit]]:
    """Make the units: the second row of a unit takes blank cells from the first, apart from points.

    A unit that stands twice in one qualification, or without a title, goes to `problems`.
    """
    first: dict[str, Row] = {}
    pairs: dict[tuple[str, int], Unit] = {}
    units: list[Unit] = []
    for row in rows:
        spelled = same_id(str(row.values.get("id", "")))
        before = first.setdefault(spelled, row) if spelled else row
        unit = _unit(row, before, qualifications, partners, problems)
        if unit.title is None and "title" in row.origin.columns and unit.blank("title"):
            problems.append(blank_cell(unit.at("title"), "Title"))
        pair = (spelled, id(unit.qualification))
        if spelled and unit.qualification and pairs.setdefault(pair, unit) is not unit:
            problems.append(doubled_id(unit.at("id"), unit.id, str(pairs[pair].at("id"))))
        units.append(unit)
    titles = [(unit.title, *unit.titles.values()) for unit in units]
    return units, register("Units", units, titles, proposed=True)


def _unit(
    row: Row, before: Row, qualifications: Register[Qualification], partners: Register[Partner], problems: list[Problem]
) -> Unit:
    repeated = {
        key: value for key, value in before.values.items()
        if key not in ("points", "qualification") and key not in row.values and key not in row.origin.unreadable
    }  # fmt: skip
    values = {**repeated, **row.values}
    titles = {key: title for key, title in before.titles.items() if f"title {key}" not in row.origin.unreadable}
    origin = Origin(
        file=row.origin.file, sheet=row.origin.sheet, row=row.origin.row, columns=row.origin.columns,
        inherited={key: before.origin.at(key) for key in repeated}, unreadable=row.origin.unreadable,
    )  # fmt: skip
    named = values.pop("qualification", None)
    found = qualifications.find(named, origin.at("qualification"), problems) if named else ()
    hosts = [host for name in values.pop("hosts", ()) for host in partners.find(name, origin.at("hosts"), problems)[:1]]
    return Unit(
        **{"id": "", **values}, titles={**titles, **row.titles}, qualification=next(iter(found), None),
        hosts=tuple(dict.fromkeys(hosts)), origin=origin, more={**before.more, **row.more},
    )  # fmt: skip
