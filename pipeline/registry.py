"""The register of partners, qualifications and units that all cohorts share: `input/register.xlsx` (floor 3).

A row of it counts where a cohort names an ID (or an unambiguous name) that it does not define itself. Rows that no
cohort names are never complained of, and become part of none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.columns import PARTNERS, QUALIFICATIONS, UNITS, Sheet
from pipeline.flat import Flat
from pipeline.guard import Refused
from pipeline.links import Register, register
from pipeline.problem import Place, Problem, fault
from pipeline.records import complete, rows_of
from pipeline.repeated import Record
from pipeline.rows import Reader, Row
from pipeline.settled import settled_for
from pipeline.spelling import same_id
from pipeline.tables import Table, open_tables

SHARED = (PARTNERS, QUALIFICATIONS, UNITS)
"""The sheets of the register that cohorts borrow from; other sheets of it are no business of this room."""


@fault("S136")
def unreadable_register(sentence: str, advice: str) -> tuple[str, str]:
    """The register that all cohorts share cannot be read, and a cohort names what it does not define itself.

    Advice: Open input/register.xlsx in Excel or LibreOffice, look at it and save it again.
    Basis: data (contract, section 1)
    """
    return sentence, advice


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the register, or of the cohort, with the ID and the names it is found by."""

    id: str
    row: Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Registry:
    """What the register holds, by sheet; `problems` are those of whole sheets (“” for the file)."""

    file: str
    entries: Mapping[str, Register[Entry]]
    problems: Mapping[str, Sequence[Problem]] = field(default_factory=dict)


def read_registry(
    path: Path, opener: Callable[[Path], AbstractContextManager[list[Table]]] = open_tables
) -> Registry | None:
    """Read the register, once for all cohorts; None where there is no such file. What is wrong is kept, not raised."""
    if not path.is_file():
        return None
    rows: dict[str, list[Row]] = {sheet.name: [] for sheet in SHARED}
    problems: dict[str, list[Problem]] = {}
    settled = settled_for(path)
    try:
        with opener(path) as tables:
            for table in tables:
                sheet = settled.sheet_called(table.name)
                if sheet not in SHARED or rows[sheet.name]:
                    continue
                reader = Reader(settled=settled)
                try:
                    rows[sheet.name] = list(rows_of(table, sheet, reader))
                except Refused as why:
                    place = Place(file=table.file, sheet=table.name)
                    reader.problems.append(unreadable_register(place, why.sentence, why.advice))
                problems[sheet.name] = [problem for problem in reader.problems if problem.holds]
    except Refused as why:
        problems[""] = [unreadable_register(Place(file=path.name), why.sentence, why.advice)]
    except OSError:
        sentence, advice = "The register could not be read from the disk.", "Look whether it is open elsewhere."
        problems[""] = [unreadable_register(Place(file=path.name), sentence, advice)]
    return Registry(file=path.name, entries={sheet.name: entered(sheet, rows[sheet.name]) for sheet in SHARED},
                    problems=problems)  # fmt: skip


def entered(sheet: Sheet, rows: Iterable[Row]) -> Register[Entry]:
    """Enter rows of a sheet under their IDs and names."""
    entries = [Entry(str(row.values.get("id", "")), row) for row in rows]
    key = "name" if sheet is PARTNERS else "title"
    return register(sheet.name, entries, [(one.row.values.get(key), *one.row.titles.values()) for one in entries])


_NAMES: Mapping[str, tuple[str, ...]] = {
    PARTNERS.name: ("home", "host", "workplace", "employer", "intermediary", "hosts"),
    QUALIFICATIONS.name: ("qualification",), UNITS.name: ("units", "units_acquired", "unit"),
}  # fmt: skip
"""The columns that name rows of other sheets."""


def borrow(registry: Registry, own: dict[str, list[Row]], rows: Sequence[Row], reader: Reader) -> set[str]:
    """Add to a cohort's rows (by sheet) those of the register that it names; gives the sheets that hold nothing now.

    `rows` are all other rows of the cohort: what they name is looked for.
    """
    every = [*rows, *own[UNITS.name]]
    named = {
        sheet: list(dict.fromkeys(
            each for row in every for key in keys if (typed := row.values.get(key))
            for each in ((typed,) if isinstance(typed, str) else typed)
        ))
        for sheet, keys in _NAMES.items()
    }  # fmt: skip
    for name, lent in _lent(registry, own, named, reader).items():
        own[name] += lent
    return {name for name, found in own.items() if not found}


def _lent(
    registry: Registry, own: Mapping[str, Sequence[Row]], named: Mapping[str, Iterable[str]], reader: Reader
) -> dict[str, list[Row]]:
    """Give, by sheet, the rows of the register that a cohort names and does not define; their problems are told."""
    mine = {sheet.name: entered(sheet, own[sheet.name]) for sheet in SHARED}
    asked = {
        sheet.name: [typed for typed in dict.fromkeys(named[sheet.name]) if not any(mine[sheet.name].meant(typed))]
        for sheet in SHARED
    }
    if registry.problems.get("") and any(asked.values()):
        reader.problems += registry.problems[""]
    qualifications = _found(registry, QUALIFICATIONS, asked[QUALIFICATIONS.name])
    units: dict[int, Row] = {}
    used = [*named[QUALIFICATIONS.name], *(one.id for one in qualifications)]
    for typed in asked[UNITS.name]:
        for entry in _in_these(registry, registry.entries[UNITS.name].meant(typed)[0], used):
            units.setdefault(id(entry.row), entry.row)
            taken = entry.row.values.get("qualification")
            if taken and not any(mine[QUALIFICATIONS.name].meant(taken)):
                qualifications += _found(registry, QUALIFICATIONS, [taken])
    partners = _found(registry, PARTNERS, asked[PARTNERS.name])
    hosts = [entered(PARTNERS, [*own[PARTNERS.name], *(one.row for one in partners)]), registry.entries[PARTNERS.name]]
    lent = {
        PARTNERS.name: [one.row for one in partners],
        QUALIFICATIONS.name: list({id(one): one.row for one in qualifications}.values()),
        UNITS.name: [_with_known_hosts(_whole(registry, row), *hosts) for row in units.values()],
    }
    for sheet in SHARED:
        if rows := lent[sheet.name]:
            reader.problems += registry.problems.get(sheet.name, ())
            lent[sheet.name] = list(complete(sheet, iter(rows), reader))
    return lent


def further_units(registry: Registry, own: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Give the register's units of the cohort's qualifications that nobody in it names: they remain to be learned."""
    known = registry.entries[QUALIFICATIONS.name]

    def ids(typed: str) -> set[str]:
        return {same_id(typed), *(same_id(each.id) for each in known.meant(typed)[0])}

    used = {spelled for row in own[QUALIFICATIONS.name] if "id" in row.values for spelled in ids(row.values["id"])}
    there = {
        (same_id(str(row.values.get("id", ""))), spelled)
        for row in own[UNITS.name] for spelled in ids(str(row.values.get("qualification", "")))
    }  # fmt: skip
    return [
        _whole(registry, replace(entry.row, values={**entry.row.values, "hosts": ()}))
        for same in registry.entries[UNITS.name].by_id.values() for entry in same
        if (of := ids(str(entry.row.values.get("qualification", ""))) & used)
        and not any((same_id(entry.id), spelled) in there for spelled in of)
    ]  # fmt: skip


def _found(registry: Registry, sheet: Sheet, asked: Iterable[str]) -> list[Entry]:
    found = {id(one): one for typed in asked for one in registry.entries[sheet.name].meant(typed)[0]}
    return list(found.values())


def _in_these(registry: Registry, units: Sequence[Entry], used: Iterable[str]) -> Sequence[Entry]:
    """Choose a unit's row in the qualifications of the cohort, where it stands in several: others are not its own."""
    known = registry.entries[QUALIFICATIONS.name]
    wanted = {same_id(one) for typed in used for one in (typed, *(each.id for each in known.meant(typed)[0]))}
    fitting = [
        unit for unit in units if (taken := unit.row.values.get("qualification"))
        and ({same_id(taken)} | {same_id(each.id) for each in known.meant(taken)[0]}) & wanted
    ]  # fmt: skip
    return fitting or units


def _whole(registry: Registry, row: Row) -> Row:
    """Fill the cells that a unit's second row leaves blank from its first one, points apart."""
    first = registry.entries[UNITS.name].by_id.get(same_id(str(row.values.get("id", ""))), ())
    before = first[0].row if first else row
    if before is row:
        return row
    repeated = {
        key: value for key, value in before.values.items()
        if key not in ("points", "qualification") and key not in row.values and key not in row.origin.unreadable
    }  # fmt: skip
    origin = replace(row.origin, inherited={key: before.origin.at(key) for key in repeated})
    return replace(row, values={**repeated, **row.values}, titles={**before.titles, **row.titles}, origin=origin)


def _with_known_hosts(row: Row, cohort: Register[Entry], registry: Register[Entry]) -> Row:
    """Leave out hosts of a unit that the cohort has nothing to do with; what nobody knows stays, and is told."""
    hosts = row.values.get("hosts")
    if not hosts:
        return row
    kept = tuple(host for host in hosts if cohort.meant(host)[0] or not registry.meant(host)[0])
    return replace(row, values={**row.values, "hosts": kept})


_BARE = frozenset({"id", "name", "title", "roles", "qualification"})


def fill_flat(registry: Registry, flat: Flat) -> None:
    """Complete what a flat sheet says of partners, qualifications and units by the register: the sheet goes before.

    Where it says nothing but the name, the row of the register counts in its place.
    """
    for sheet in SHARED:
        known = registry.entries[sheet.name]
        for record in flat.of(sheet) if sheet.name in flat.open else ():
            found = next((each for each in (_meant(known, record, key) for key in ("id", "name", "title")) if each), ())
            if sheet is UNITS:
                found = _in_these(registry, found, [str(record.values.get("qualification", ""))])
            if not found:
                continue
            if set(record.values) <= _BARE and not record.unreadable:
                records = flat.records[sheet.name]
                flat.records[sheet.name] = {key: one for key, one in records.items() if one is not record}
            else:
                _fill(record, found[0].row)


def _meant(known: Register[Entry], record: Record, key: str) -> Sequence[Entry]:
    typed = record.values.get(key)
    return known.meant(typed)[0] if typed else ()


def _fill(record: Record, row: Row) -> None:
    for key, value in row.values.items():
        if key not in record.values and key not in ("id", "hosts", "qualification"):
            record.values[key], record.cells[key] = value, row.origin.at(key)


