"""Learners against units: who takes what, and how many points it is worth (floor 5). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Cohort, Learner, Unit
from pipeline.sentences import period


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The learners and units of one qualification: a row (learner, note, a cell a unit, points) for each stay.

    A cell is (“whole”, “part”, “before” or nothing; points; which part); `totals` holds learners and points of a unit.
    """

    title: str
    units: tuple[Unit, ...]
    rows: tuple[tuple[str, str, tuple[tuple[str, str, str], ...], str], ...]
    totals: tuple[tuple[int, str], ...]
    points: str


def lay_out(cohort: Cohort) -> Iterator[Course]:
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
            rows=tuple(
                (stay.name, _note(stay), tuple(_cells(stay, units)), _sum([stay.agreement.points])) for stay in stays
            ),
            totals=tuple((len(agreed[unit]), _sum(agreed[unit])) for unit in units),
            points=_sum([stay.agreement.points for stay in stays]),
        )  # fmt: skip


def _note(learner: Learner) -> str:
    """Write under a learner's name what tells the stay: ID, host, dates."""
    what = learner.agreement
    host = (what.host.name or what.host.id) if what.host else ""
    dates = period(what.start, what.end) if what.start and what.end else ""
    return " · ".join(filter(None, (learner.id, host, dates)))


def _cells(learner: Learner, units: Sequence[Unit]) -> Iterator[tuple[str, str, str]]:
    """Say of each unit whether this stay has it, in whole or in part, or whether it was acquired before."""
    agreed = {choice.unit: choice for choice in learner.agreement.choices}
    for unit in units:
        if choice := agreed.get(unit):
            yield choice.scope, _sum([choice.points]), choice.part or ""
        else:
            yield "before" if unit in learner.agreement.units_acquired else "", "", ""


def _sum(points: Sequence[Decimal | None]) -> str:
    """Add points and write them without idle zeros; nothing where nobody uses points."""
    known = [each for each in points if each is not None]
    return f"{sum(known, Decimal(0)).normalize():f}" if known else ""
