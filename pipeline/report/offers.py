"""Units against hosts: which host offers which unit, and how many learners chose it there (floor 7). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import Cohort, Partner, Qualification, Unit
from pipeline.sentences import counted

ABREAST = 8
"""So many hosts stand side by side in one table; of more there are several tables, so that each fits on paper."""
LONG = 25
"""Of so many units, or of more hosts than fit side by side, the tables are folded."""


class Row(NamedTuple):
    """A unit: its ID and title, a remark, and for each host whether it is offered there and how often chosen."""

    id: str
    title: str
    remark: str
    cells: tuple[tuple[bool, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The units of one qualification that can be agreed for a stay, and the hosts that have to do with them.

    A part is (hosts, rows); of several, each holds only the units with which its hosts have to do. A host is (ID, name,
    its stays for this qualification). `told` sums up; `at_home` are the IDs of the units that are not for mobility,
    which stand in no part.
    """

    title: str
    told: str
    parts: tuple[tuple[tuple[tuple[str, str, int], ...], tuple[Row, ...]], ...]
    folded: str
    at_home: tuple[str, ...]


NOBODY, ANY = "nobody offers it", "any host"


def lay_out(cohort: Cohort) -> Iterator[Offer]:
    """Lay the units of each qualification against hosts: those that its learners go to, or that a unit names.

    A unit without a host in column Hosts is offered by any. Nobody offers a unit whose hosts are no hosts of the
    cohort: they have not that role, and no learner goes there.
    """
    going = {where for stay in cohort.travelling for where in (stay.agreement.host, stay.agreement.workplace)}
    here = {partner for partner in cohort.partners if "host" in partner.roles} | going - {None}
    for qualification in cohort.qualifications:
        units = cohort.units_abroad(qualification)
        stays, chosen = _count(cohort, qualification)
        named = {host for unit in units for host in unit.hosts}
        hosts = [partner for partner in cohort.partners if partner in stays or partner in named]
        if not units or not hosts:
            continue
        remarks = {unit: _remark(unit, here) for unit in units}
        some_of = [hosts[at : at + ABREAST] for at in range(0, len(hosts), ABREAST)]
        rows = [tuple(_row(unit, remarks[unit], some, chosen) for unit in units) for some in some_of]
        abroad = {id(unit) for unit in units}
        yield Offer(
            title=qualification.title or qualification.id,
            told=_told(units, remarks, {unit for unit, _ in chosen}),
            parts=tuple(
                (tuple((host.id, host.name or "", stays[host]) for host in some), its)
                for some, its in zip(some_of, _without_idle(rows), strict=True)
            ),
            folded=f"Table of {counted(len(units), 'unit')} and {counted(len(hosts), 'host')}"
            if len(units) > LONG or len(hosts) > ABREAST else "",
            at_home=tuple(unit.id for unit in cohort.units_of(qualification) if id(unit) not in abroad),
        )  # fmt: skip


def _count(cohort: Cohort, qualification: Qualification) -> tuple[Counter[Partner], Counter[tuple[Unit, Partner]]]:
    """Count the stays at each host, and how often each unit was chosen there."""
    stays: Counter[Partner] = Counter()
    chosen: Counter[tuple[Unit, Partner]] = Counter()
    for what in (stay.agreement for stay in cohort.travelling if stay.agreement.qualification is qualification):
        if what.host:
            stays[what.host] += 1
            chosen.update({(choice.unit, what.host) for choice in what.choices})
    return stays, chosen


def _remark(unit: Unit, here: set[Partner | None]) -> str:
    """Say what holds for a unit as a whole: any host offers it, or nobody does."""
    if not here.intersection(unit.hosts or here):
        return NOBODY
    return "" if unit.hosts else ANY


def _row(unit: Unit, remark: str, hosts: Sequence[Partner], chosen: Counter[tuple[Unit, Partner]]) -> Row:
    cells = tuple((host in unit.hosts, chosen[unit, host]) for host in hosts)
    return Row(unit.id, unit.title or "", remark, cells)


def _without_idle(parts: Sequence[tuple[Row, ...]]) -> Iterator[tuple[Row, ...]]:
    """Leave out of each of several parts the units with which its hosts have nothing to do.

    A unit with which no host at all has to do stands in the first part.
    """
    busy = [{row.id for row in rows if any(map(any, row.cells))} for rows in parts]
    nowhere = {row.id for row in parts[0]} - set().union(*busy)
    for number, rows in enumerate(parts):
        wanted = busy[number] | (nowhere if number == 0 else set())
        yield tuple(row for row in rows if len(parts) == 1 or row.id in wanted)


def _told(units: Sequence[Unit], remarks: dict[Unit, str], chosen: set[Unit]) -> str:
    """Sum up: how many units there are, how many nobody offers, and how many no learner chose."""
    nobody = sum(remark == NOBODY for remark in remarks.values())
    idle = sum(unit not in chosen for unit in units)
    said = [counted(len(units), "unit")]
    said += [f"{nobody} offered by nobody"] if nobody else []
    said += [f"{idle} chosen by no learner"] if idle else []
    return ", ".join(said)
