"""What was recognised before need not be achieved again (A216, floor 3)."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.credit import agreed, named, recognised_already
from pipeline.checks.rule import Finding, check, dated
from pipeline.model import Achievement, Cohort
from pipeline.problem import Severity


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


def _where(earlier: Achievement) -> str:
    """Say by which cohort and when a unit was recognised, as far as it is known."""
    by = f" by the cohort “{earlier.cohort}”" if earlier.cohort else ""
    return f"{by}, on {dated(earlier.recognised_on)}" if earlier.recognised_on else by
