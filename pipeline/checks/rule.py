"""What a rule is: a code, a severity, a docstring that is its manual, and five lines (floor 3).

`@check` refuses a taken code and a docstring without advice or basis when the program starts. A rule stays silent on a
value that is missing or unreadable: that is told elsewhere, once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.model import Cohort
from pipeline.problem import Code, Place, Problem, Severity, register, word_problem

Finding = tuple[Place, str] | tuple[Place, str, str]
"""The cell, one sentence of what is wrong with the value in “ ”, and, where it can be said better than in the
docstring, one sentence of what to do."""

Rule = Callable[[Cohort], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A rule with the meaning of its code."""

    meaning: Code
    rule: Rule


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


def findings(entry: Check, cohort: Cohort) -> Iterator[Problem]:
    """Apply one rule to a cohort and word what it finds."""
    for place, *said in entry.rule(cohort):
        yield word_problem(entry.meaning, place, *said)
