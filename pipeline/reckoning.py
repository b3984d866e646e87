"""What is counted of a stay: its weeks, its points before, after and missing, and who travels along (floor 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from pipeline.achievements import is_of, points_held, points_of
from pipeline.model import Achievement, Agreement, Cohort, Companion, Partner, Unit, UnitChoice
from pipeline.spelling import bare, same_id


def weeks(stay: Agreement) -> Decimal | None:
    """Count the weeks of a stay: whole for whole weeks and for weeks of five or six working days, else one decimal.

    Monday to Friday, twice, are 2 weeks (12 calendar days); the exact days stand beside on every paper, so that nothing
    is rounded in silence.
    """
    days = stay.days
    if days is None or stay.start is None:
        return None
    whole, rest = divmod(days, 7)
    if rest == 0:
        return Decimal(whole)
    if rest in (5, 6) and stay.start.weekday() == 0:
        return Decimal(whole + 1)
    return (Decimal(days) / 7).quantize(Decimal("0.1"), ROUND_HALF_UP)


def credit(stay: Agreement) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Count the points a learner holds before the stay, after it, and what then remains to the qualification.

    All None where neither the stay nor what is already held has points (units already acquired, and what the learner
    register credits, each unit once). What is agreed of a unit of which something is held brings no more than the rest:
    credit for a unit is never more than the unit's points. What remains needs the points of the whole qualification and
    is never below zero.
    """
    held = points_held(stay)
    points = stay.points
    if points is None and not held:
        return None, None, None
    before = sum(held, _NONE)
    after = before + (points or _NONE) - counted_twice(stay)
    whole = stay.qualification.points if stay.qualification else None
    return before, after, max(whole - after, _NONE) if whole is not None else None


def counted_twice(stay: Agreement) -> Decimal:
    """Count the points of agreed units that are held before the stay already: they would count once more."""
    if not (stay.units_acquired or stay.recognised_before):
        return _NONE
    found = _NONE
    for unit in dict.fromkeys(choice.unit for choice in stay.choices):
        whole = [each for each in stay.units_acquired if same_id(each.id) == same_id(unit.id)]
        parts = [one for one in stay.recognised_before if is_of(one, unit)]
        if held := sum(points_of(whole, parts), _NONE):
            chosen = [choice for choice in stay.choices if choice.unit is unit]
            agreed = _points(chosen)
            most = _NONE if whole else min(held + agreed - _repeated(chosen, parts), _full(unit, chosen, held + agreed))
            found += held + agreed - max(held, agreed, most)
    return found


_NONE = Decimal(0)


def _full(unit: Unit, chosen: Sequence[UnitChoice], otherwise: Decimal) -> Decimal:
    """Give the points beyond which a unit is never credited: its own, else those agreed for the whole of it."""
    whole = [choice.points for choice in chosen if choice.scope == "whole" and choice.points is not None]
    return unit.points if unit.points is not None else max(whole, default=otherwise)


def _repeated(chosen: Sequence[UnitChoice], held: Sequence[Achievement]) -> Decimal:
    """Count the points of agreed parts of a unit that are held already, under the same words."""
    known = {bare(one.part): one.points or _NONE for one in reversed(held) if one.scope == "part" and one.part}
    return sum((
        min(choice.points or _NONE, known.get(bare(choice.part), _NONE))
        for choice in chosen if choice.scope == "part" and choice.part
    ), _NONE)  # fmt: skip


def _points(chosen: Iterable[UnitChoice]) -> Decimal:
    return sum((choice.points for choice in chosen if choice.points is not None), _NONE)


def companions_of(cohort: Cohort, homes: Iterable[Partner | None], hosts: Iterable[Partner | None],
                  stays: Sequence[Agreement]) -> tuple[Companion, ...]:  # fmt: skip
    """Find who travels with these stays: same home and host where they are given, and days that overlap."""
    if not cohort.companions:
        return ()
    home_ids, host_ids = {id(home) for home in homes}, {id(host) for host in hosts}
    found = []
    for companion in cohort.companions:
        if companion.home and id(companion.home) not in home_ids:
            continue
        if companion.host and id(companion.host) not in host_ids:
            continue
        if any(_overlap(companion, stay) for stay in stays):
            found.append(companion)
    return tuple(found)


def _overlap(companion: Companion, stay: Agreement) -> bool:
    begins_in_time = not (companion.start and stay.end) or companion.start <= stay.end
    ends_late_enough = not (companion.end and stay.start) or companion.end >= stay.start
    return begins_in_time and ends_late_enough
