"""What an officer asked for, and what became of a cohort (floor 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.jobs import Outcome, Status
from pipeline.model import Cohort
from pipeline.problem import Problem

REPORT = "report.html"
"""The page in a cohort's folder that tells what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the officer asked for on the command line."""

    templates: str | None = None
    date: dt.date | None = None
    strict: bool = False
    dry_run: bool = False
    pdf: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of one cohort. `report` is the page that tells it, None where nothing was to be written.

    `extras` are the checksums, by name, of what was laid beside the papers and is no paper; `copies` are the marked
    workbooks among them; `read` are the checksums of the workbooks that were read. `collected` is the workbook of
    collected results that was laid there, `gone` the number of results that stood there before and do no more.
    """

    name: str
    workbook: str
    files: tuple[str, ...]
    cohort: Cohort | None
    problems: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...]
    report: Path | None
    extras: Mapping[str, str] = field(default_factory=dict)
    copies: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    collected: str = ""
    gone: int = 0

    @property
    def all_made(self) -> bool:
        """Say whether everything was made: notices, warnings and papers left as edited do not count against it."""
        held = any(outcome.status in (Status.HELD, Status.FAILED) for outcome in self.outcomes)
        return not held and not any(problem.holds for problem in self.problems)
