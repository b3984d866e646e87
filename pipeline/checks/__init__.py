"""The rules of ECVET, of the programme and of good order, each a small function with its own code (floor 3).

A room for each trade; to import this package is to enter all their codes.
"""

from __future__ import annotations

import datetime as dt

from pipeline.checks import (  # noqa: F401 - each enters its rules
    afterwards,
    assessment,
    contacts,
    credit,
    learners,
    memorandum,
    outcomes,
    partners,
    programme,
    recognition,
    repeated,
    results,
    stays,
)
from pipeline.checks.rule import CHECKS, findings
from pipeline.checks.transcript import transcripts
from pipeline.checks.typed_flat import flat_sheets, in_flat_sheet
from pipeline.model import Cohort
from pipeline.problem import Problem


def run(cohort: Cohort, day: dt.date | None = None) -> list[Problem]:
    """Apply every rule to a cohort, one after the other, and list what they find.

    `day` is the day of the run, for the few rules that ask for it: they only warn, so that no paper follows from the
    day (`afterwards.next_day` says when they may find something else).

    Where many rows take one value from one cell (typed once for all), its problem is told once. A rule that crashes is
    a fault of ours: it is not caught here.
    """
    flat = flat_sheets(cohort)
    try:
        found = [problem for entry in CHECKS for problem in dict.fromkeys(findings(entry, cohort, day))]
    finally:
        transcripts.cache_clear()
    return [in_flat_sheet(problem, cohort, flat) for problem in found] if flat else found
