"""What employers look for, read from sheet Job profiles, with what a person decided of it (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from pipeline.links import Register
from pipeline.model import NO_MATCH, Partner, Requirement, Unit
from pipeline.problem import Problem, Severity, fault
from pipeline.profiles import Catalogue
from pipeline.raw import readable
from pipeline.rows import Row
from pipeline.sheets import values as meanings
from pipeline.spelling import spellings

MOST = 200
"""So many wrong entries of column Matches are told: of more, the column was filled with something else."""


@fault("S240", Severity.WARNING)
def matched_with_nothing(typed: str, unit: str, nearest: str) -> str | tuple[str, str]:
    """An entry of column Matches names no unit of the cohort, or no outcome of the unit it names.

    It then counts for nothing. No paper waits for it: job profiles stand in the report alone.

    Advice: Write a Unit ID such as U1, or “U1: ” with one of its outcomes, or none; or leave the cell blank.
    Basis: data (column Matches of sheet Job profiles)
    """
    what = f"no outcome of the unit “{readable(unit)}”" if unit else "no unit of sheet Units"
    sentence = f"“{readable(typed)}” names {what}."
    return (sentence, f"Did you mean “{readable(nearest)}”?") if nearest else sentence


@fault("S241", Severity.WARNING)
def weight_below_zero(weight: str) -> str:
    """A requirement of a job profile weighs less than nothing. It is counted as 0.

    Advice: Write a weight such as 1 or 2, or leave the cell blank: it then is 1.
    Basis: data (column Weight of sheet Job profiles)
    """
    return f"“{weight}” is less than nothing, and counts as 0."


def requirements_of(
    rows: Iterable[Row], partners: Register[Partner], units: Sequence[Unit], problems: list[Problem]
) -> tuple[Requirement, ...]:
    """Read what employers look for; what was decided of it and means nothing is told, with what is nearest to it."""
    found = tuple(_requirement(row, partners) for row in rows)
    problems += [
        weight_below_zero(each.at("weight"), f"{each.weight.normalize():f}")
        for each in found if each.weight is not None and each.weight < 0
    ]  # fmt: skip
    if any(each.matches for each in found):
        problems += islice(_wrong_matches(found, Catalogue(units)), MOST)
    return found


def _requirement(row: Row, partners: Register[Partner]) -> Requirement:
    """Read one row; the employer may be an organisation of the cohort, or any other."""
    values = dict(row.values)
    found = partners.meant(values["employer"])[0] if "employer" in values else ()
    if found:
        values["employer"] = found[0].name or found[0].id
    decided = values.get("matches", ())
    if len(decided) == 1 and any(spelling in meanings(NO_MATCH) for spelling in spellings(decided[0])):
        values["matches"] = (NO_MATCH,)
    return Requirement(**values, origin=row.origin, more=row.more)


def _wrong_matches(requirements: Iterable[Requirement], catalogue: Catalogue) -> Iterable[Problem]:
    for each in requirements:
        for typed in each.matches if each.matches != (NO_MATCH,) else ():
            if catalogue.named(typed) is None:
                wrong = catalogue.amiss(typed)
                unit = wrong.unit.id if wrong.unit else ""
                nearest = f"{unit}: {wrong.nearest}" if unit and wrong.nearest else wrong.nearest
                yield matched_with_nothing(each.at("matches"), typed, unit, nearest)
