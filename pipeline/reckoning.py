"""What is counted of a stay: its weeks, its points before, after and missing, and who travels along (floor 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from pipeline.achievements import points_held
from pipeline.model import Agreement, Cohort, Companion, Partner


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
    register credits, each unit once). What remains needs the points of the whole qualification and is never below zero.
    """
    held = points_held(stay)
    points = stay.points
    if points is None and not held:
        return None, None, None
    before = sum(held, Decimal(0))
    after = before + (points or Decimal(0))
    whole = stay.qualification.points if stay.qualification else None
    return before, after, max(whole - after, Decimal(0)) if whole is not None else None


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
