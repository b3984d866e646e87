"""What was recognised before need not be achieved again (A216, A217, floor 3)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.achievements import is_of
from pipeline.checks.credit import agreed, named, recognised_already
from pipeline.checks.rule import Finding, check, dated, number
from pipeline.model import Achievement, Cohort, UnitChoice
from pipeline.problem import Severity
from pipeline.spelling import bare


@check("A216", Severity.ERROR)
def unit_is_recognised_already(cohort: Cohort) -> Iterator[Finding]:
    """A whole unit is agreed that another cohort's results have brought the learner already.

    It stands in the learner register as recognised before this stay: the unit counts, and credit is accumulated so that
    nobody has to repeat it. Her agreement waits until the unit is taken out, or a part of it is agreed.

    Advice: Take the unit out of Units, or agree on a part of it.
    Basis: form (Recommendation 2009/C 155/02: recognised outcomes are accumulated, not assessed again; C14)
    """
    for learner, choice in agreed(cohort):
        if choice.scope == "whole" and (earlier := recognised_already(learner, choice.unit)):
            told = f"The unit {named(choice.unit)} is agreed, but it was recognised already{_where(earlier)}."
            advice = f"Take the unit out, or agree on a part of it. It stands in {earlier.at('unit_id')}."
            yield choice.at(), told, advice


@check("A217", Severity.NOTICE)
def unit_is_recognised_in_part(cohort: Cohort) -> Iterator[Finding]:
    """A unit is agreed of which a part was recognised already: the whole of it, or the same part once more.

    The part stands in the learner register as recognised before this stay. Its points count once: the agreement says
    that they are held already, and when the unit is recognised only the rest of its points is added to them.

    Advice: Nothing, if the whole unit is to be assessed; else agree on the rest as a part.
    Basis: form (Recommendation 2009/C 155/02: recognised outcomes are accumulated, not assessed again; C14)
    """
    for learner, choice in agreed(cohort):
        known = [one for one in learner.agreement.recognised_before if is_of(one, choice.unit)]
        if any(one.scope == "whole" for one in known):
            continue
        earlier = next((one for one in known if choice.scope == "whole" or _is_same_part(one, choice)), None)
        if earlier:
            told = f"The unit {named(choice.unit)} is agreed, and a part of it was recognised already{_where(earlier)}"
            advice = "Nothing, if the whole unit is to be assessed; else agree on the rest as a part."
            yield choice.at(), f"{told}{_points(earlier, choice)}.", f"{advice} It stands in {earlier.at('unit_id')}."


def _is_same_part(one: Achievement, choice: UnitChoice) -> bool:
    return bool(choice.part) and bare(one.part or "") == bare(choice.part or "")


def _points(earlier: Achievement, choice: UnitChoice) -> str:
    """Say how many points of the unit are held, as far as it is known."""
    if not earlier.points:
        return ""
    whole = choice.unit.points
    return f": “{number(earlier.points)}”{f' of its “{number(whole)}”' if whole else ''} points, which count once"


def _where(earlier: Achievement) -> str:
    """Say by which cohort and when a unit was recognised, as far as it is known."""
    by = f" by the cohort “{earlier.cohort}”" if earlier.cohort else ""
    return f"{by}, on {dated(earlier.recognised_on)}" if earlier.recognised_on else by
