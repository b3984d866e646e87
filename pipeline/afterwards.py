"""Which rows tell what came of a stay: a word of a paper, and the rows behind its lines (floor 4). Pure."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.achievements import each_achieved, so_far
from pipeline.contexts import Scope
from pipeline.model import Cohort, Learner, Record, Result
from pipeline.tally import outcomes_of, whole_unit

_TOLD = frozenset({"result", "results", "whole", "outcomes", "achievements", "remaining"})
"""Words that lead to what came of a stay, whatever record they begin with."""


def after_the_stay(parts: Sequence[str], scope: Scope, cohort: Cohort) -> Sequence[Record | None] | None:
    """Give the rows behind a word that tells what came of a stay, one for each line it says; None for other words.

    `parts` are those of the word (“units”, “whole”, “grade”). The list is empty where nobody knows which rows they are:
    what remains to be learned stands in no row.
    """
    *around, _ = parts
    if not _TOLD.intersection(around):
        return None
    if scope.result and parts[0] in ("result", "unit"):
        return _led([scope.result], around[1:]) if around[-1] != "outcomes" else []
    if scope.learner:
        return _of_learner(scope, scope.learner, around[1:] if parts[0] == "learner" else around, cohort)
    return _led(scope.results, around[1:]) if parts[0] == "results" else []


def _of_learner(scope: Scope, learner: Learner, around: Sequence[str], cohort: Cohort) -> list[Record | None]:
    results = scope.results
    found: list[Record | None] = []
    if around[0] == "results":
        found = _led(results, around[1:])
    elif around == ["units", "whole"]:
        found = [whole_unit(choice.unit, results) for choice in learner.agreement.choices]
    elif around == ["units", "outcomes"]:
        found = _of_outcomes(learner, results)
    elif around == ["achievements"]:
        found = _recognised(learner, cohort)
    return found


def _led(rows: Sequence[Record], keys: Sequence[str]) -> list[Record | None]:
    """Go on from rows of Results to their unit or their learner; to nothing where that is no row."""
    found: list[Record | None] = list(rows)
    for key in keys:
        if key == "whole":
            continue
        found = [getattr(each, key, None) for each in found]
    return [each if isinstance(each, Record) else None for each in found]


def _of_outcomes(learner: Learner, results: Sequence[Result]) -> list[Record | None]:
    """Give the rows for the outcomes of each unit agreed; a unit without any says one empty line."""
    found: list[Record | None] = []
    for choice in learner.agreement.choices:
        found += [each.result for each in outcomes_of(choice.unit, results)] or [None]
    return found


def _recognised(learner: Learner, cohort: Cohort) -> list[Record | None]:
    """Give the rows of all that was recognised for a learner so far, of the learner register and of Results."""
    own = [one for whose, one in each_achieved(cohort) if whose.person == learner.person]
    return [*so_far(learner, own)]
