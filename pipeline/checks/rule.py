"""What a rule is: a code, a severity, a docstring that is its manual, and five lines (floor 3).

`@check` refuses a taken code and a docstring without advice or basis when the program starts. A rule stays silent on a
value that is missing or unreadable: that is told elsewhere, once. One cause is one problem: a rule stays silent where
another rule has told why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model import Cohort, Learner, Partner, Qualification
from pipeline.problem import Code, Place, Problem, Severity, register, word_problem

Finding = tuple[Place, str] | tuple[Place, str, str]
"""The cell, one sentence of what is wrong with the value in “ ”, and, where it can be said better than in the
docstring, one sentence of what to do."""

Rule = Callable[[Cohort], Iterator[Finding]]

DatedRule = Callable[[Cohort, dt.date], Iterator[Finding]]
"""A rule that asks which day it is: of something that should have happened by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule with the meaning of its code; `by_day` where it asks for the day."""

    meaning: Code
    rule: Callable[..., Iterator[Finding]]
    by_day: bool = False


CHECKS: list[Check] = []
"""Every rule, in the order in which the rooms of `checks` are imported."""


def check(code: str, severity: Severity = Severity.ERROR) -> Callable[[Rule], Rule]:
    """Enter a rule under its code.

    Raises ValueError at import where the code is taken or the docstring lacks “Advice:” or “Basis:”.
    """

    def enter(rule: Rule) -> Rule:
        CHECKS.append(Check(meaning=register(code, severity, rule), rule=rule))
        return rule

    return enter


def check_by_day(code: str, severity: Severity) -> Callable[[DatedRule], DatedRule]:
    """Enter a rule that is given the day of the run, as `check` does.

    A paper must not follow from the day, so such a rule may not hold any. Raises ValueError at import where it could.
    """
    if severity is Severity.ERROR:
        raise ValueError(f"{code}: what depends on the day of a run may warn, but hold no papers")

    def enter(rule: DatedRule) -> DatedRule:
        CHECKS.append(Check(meaning=register(code, severity, rule), rule=rule, by_day=True))
        return rule

    return enter


def findings(entry: Check, cohort: Cohort, day: dt.date | None = None) -> Iterator[Problem]:
    """Apply one rule to a cohort and word what it finds; one that asks for the day finds nothing without one."""
    if entry.by_day and day is None:
        return
    for place, *said in entry.rule(cohort, day) if entry.by_day else entry.rule(cohort):
        yield word_problem(entry.meaning, place, *said)


def typed_cell(learner: Learner, *keys: str) -> Place:
    """Find the cell that is most likely wrong: the first typed in her own row, else the first.

    Where two values contradict each other and one of them is a default of the whole cohort, her own is the exception,
    and an error belongs where it holds her papers alone.
    """
    return learner.at(next((key for key in keys if key not in learner.origin.inherited), keys[0]))


def called(record: Partner | Qualification) -> str:
    """Name an organisation or a qualification for a sentence; by its ID where it has no name."""
    name = record.name if isinstance(record, Partner) else record.title
    return f"“{name or record.id}”"


def dated(day: dt.date) -> str:
    """Write a date for a sentence: “05.04.2027”."""
    return f"“{day:%d.%m.%Y}”"


def number(value: Decimal) -> str:
    """Write a number as a person does: 2.50 is “2.5”, 180 stays “180”."""
    return f"{value.normalize():f}"
