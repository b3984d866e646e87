"""Learners against units: who takes what, and how many points it is worth (floor 7). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial

from pipeline.model import Cohort, Learner, Partner, Unit
from pipeline.sentences import period

Cell = tuple[str, str, str]
Row = tuple[str, str, str, str, tuple[Cell, ...], str]
_Agreed = tuple[Unit, str, Decimal | None, str | None]

ALIKE = 256
"""So many different agreements (or dates) are remembered: most stays of a course have one of a few."""

_period = lru_cache(ALIKE)(period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The learners and units of one qualification: a row for each of its stays.

    A row is (given names, family name, number of the host, note, a cell a unit, points).

    A cell is (“whole”, “part”, “before” or nothing; points; which part); `totals` holds learners and points of a unit.
    `rows` are worded as they are asked for, once: there may be many thousands.
    """

    title: str
    units: tuple[Unit, ...]
    stays: int
    rows: Iterator[Row]
    totals: tuple[tuple[int, str], ...]
    points: str


def lay_out(cohort: Cohort, hosts: Mapping[Partner, str]) -> Iterator[Course]:
    """Lay learners against units, a table a qualification; stays without a qualification come last."""
    for qualification in (*cohort.qualifications, None):
        stays = [learner for learner in cohort.travelling if learner.agreement.qualification is qualification]
        if not stays:
            continue
        agreed: dict[Unit, list[Decimal | None]] = {}
        for what in (stay.agreement for stay in stays):
            for unit in what.units_acquired:
                agreed.setdefault(unit, [])
            for choice in what.choices:
                agreed.setdefault(choice.unit, []).append(choice.points)
        units = tuple(unit for unit in cohort.units if unit in agreed)
        yield Course(
            title=(qualification.title or qualification.id) if qualification else "No qualification given",
            units=units,
            stays=len(stays),
            rows=_rows(stays, units, hosts),
            totals=tuple((len(agreed[unit]), _sum(agreed[unit])) for unit in units),
            points=_sum([stay.agreement.points for stay in stays]),
        )  # fmt: skip


def _rows(stays: Sequence[Learner], units: Sequence[Unit], hosts: Mapping[Partner, str]) -> Iterator[Row]:
    """Word a row for each stay; where many agreed the same, their cells are worded once."""
    cells = lru_cache(ALIKE)(partial(_cells, units))
    for stay in stays:
        what = stay.agreement
        agreed = tuple([(choice.unit, choice.scope, choice.points, choice.part) for choice in what.choices])
        yield (
            stay.given_names or "", stay.family_name or "", hosts.get(what.host, "") if what.host else "", _note(stay),
            cells(agreed, what.units_acquired), written(what.points),
        )  # fmt: skip


def _note(learner: Learner) -> str:
    """Write under a learner's name what tells the stay: ID, host, dates."""
    host = learner.agreement.host
    named = (host.name or host.id) if host else ""
    return " · ".join([part for part in (learner.id, named, dates_of(learner)) if part])


def dates_of(learner: Learner) -> str:
    """Write the dates of a stay, where both are known."""
    what = learner.agreement
    return _period(what.start, what.end) if what.start and what.end else ""


def _cells(units: Sequence[Unit], agreed: Sequence[_Agreed], acquired: Sequence[Unit]) -> tuple[Cell, ...]:
    """Say of each unit whether a stay has it, in whole or in part, or whether it was acquired before."""
    cells = dict.fromkeys(acquired, ("before", "", ""))
    cells |= {unit: (scope, _sum([points]), part or "") for unit, scope, points, part in agreed}
    return tuple(cells.get(unit, ("", "", "")) for unit in units)


def _sum(points: Sequence[Decimal | None]) -> str:
    """Add points and write them without idle zeros; nothing where nobody uses points."""
    known = [each for each in points if each is not None]
    return written(sum(known, Decimal(0))) if known else ""


def written(points: Decimal | None) -> str:
    """Write points without idle zeros; nothing where there are none."""
    return f"{points.normalize():f}" if points is not None else ""
