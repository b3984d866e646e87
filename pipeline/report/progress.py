"""Points by learner towards the qualification: held before, agreed now, and what then remains (floor 7). Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from typing import NamedTuple

from pipeline.model import Cohort, Learner, Partner, Qualification
from pipeline.reckoning import credit
from pipeline.report.courses import ALIKE, dates_of, written

NONE = Decimal(0)


class Credit(NamedTuple):
    """Points of a stay as they are written; `held` and `agreed` are the lengths of their bars too, in per cent."""

    before: str
    now: str
    after: str
    remains: str
    held: str
    agreed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The stays of one qualification of `whole` points (empty where nobody says): a row for each of its stays.

    A row is (given names, family name, number of the host, ID and dates, credit). `agreed` are the points of all stays;
    `reached` says of how many stays nothing remains. The rows are worded as they are asked for, once.
    """

    title: str
    whole: str
    stays: int
    agreed: str
    reached: int
    rows: Iterator[tuple[str, str, str, str, Credit]]


def measure(cohort: Cohort, hosts: Mapping[Partner, str]) -> Iterator[Ladder]:
    """Measure every stay that has points against its qualification; nothing where the cohort does not use points."""
    stays: dict[Qualification | None, list[tuple[Learner, _Points]]] = {}
    alike: dict[object, _Points] = {}  # many stays have the same points, which then are counted and kept once
    for stay in cohort.travelling:
        what = stay.agreement
        agreed = tuple([(choice.unit, choice.scope, choice.part, choice.points) for choice in what.choices])
        key = (what.units_acquired, what.recognised_before, agreed, what.points, what.qualification)
        points = alike.get(key) or alike.setdefault(key, credit(what))
        if points[0] is not None:
            stays.setdefault(stay.agreement.qualification, []).append((stay, points))
    for qualification in (*cohort.qualifications, None):
        its = stays.get(qualification)
        if its:
            whole = qualification.points if qualification else None
            yield Ladder(
                title=(qualification.title or qualification.id) if qualification else "No qualification given",
                whole=written(whole), stays=len(its),
                agreed=written(sum([(after or NONE) - (before or NONE) for _, (before, after, _) in its], NONE)),
                reached=sum([remains == 0 for _, (_, _, remains) in its]), rows=_rows(its, whole, hosts),
            )  # fmt: skip


_Points = tuple[Decimal | None, Decimal | None, Decimal | None]


def _rows(
    stays: Sequence[tuple[Learner, _Points]], whole: Decimal | None, hosts: Mapping[Partner, str]
) -> Iterator[tuple[str, str, str, str, Credit]]:
    """Word a row for each stay; where many have the same points, these are worded once."""
    worded = lru_cache(ALIKE)(partial(_worded, whole))
    for stay, points in stays:
        host = stay.agreement.host
        number = hosts.get(host, "") if host else ""
        which = " · ".join([part for part in (stay.id, dates_of(stay)) if part])
        yield stay.given_names or "", stay.family_name or "", number, which, worded(*points)


def _worded(whole: Decimal | None, before: Decimal | None, after: Decimal | None, remains: Decimal | None) -> Credit:
    """Write the points of a stay, and measure their bars: they never grow beyond the whole."""
    before, after = before or NONE, after or NONE
    held, agreed = (before, after - before) if whole else (NONE, NONE)
    length = max(whole or Decimal(1), after)
    return Credit(
        before=written(before), now=written(after - before), after=written(after), remains=written(remains),
        held=f"{written(round(held * 100 / length, 2))}%", agreed=f"{written(round(agreed * 100 / length, 2))}%",
    )  # fmt: skip
