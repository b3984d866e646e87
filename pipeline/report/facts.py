"""What a report is told of a run (floor 7): facts alone, and the words for what became of a paper. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.changes import Since
from pipeline.jobs import Outcome, Status
from pipeline.model import Cohort
from pipeline.problem import Problem
from pipeline.returned.merging import Contradiction
from pipeline.returned.papers import Change

WORDS = {
    Status.WRITTEN: ("made", "was made", "were made", "would be made"),
    Status.UNCHANGED: ("not changed", "did not change", "did not change", "would not change"),
    Status.KEPT: (
        "left as you edited it", "was left as you edited it", "were left as you edited them", "would be left as edited",
    ),
    Status.SIGNED: ("signed, left as it is", "is signed and was left as it is", "are signed and were left as they are",
                    "would stay as signed"),
    Status.HELD: ("not made", "was not made", "were not made", "cannot be made yet"),
    Status.FAILED: ("could not be written",) * 4,
}  # fmt: skip
"""What became of a paper: in a list, of one, of several, and where nothing was to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a report tells: of which workbook, what became of every paper, and all there is to correct or to know.

    `workbook` is the file's name (or several), `cohort` None where it could not be read; `since` tells what is
    different from the run before, None where there was none. `copies` are the marked workbooks (“… - to correct.xlsx”)
    and `overview` the list of stays (“Overview - ….xlsx”), where they lie there: names of files in the cohort's folder.
    `came_back` are the sheets and workbooks of hosts that were read, `marked` those of them that hold marks,
    `collected` the workbook that the marks stand in, `gone` the number of those that stood there before and do no more;
    `contradictions` tell where that is not what was typed, and `changes` what other papers say that came back.
    """

    workbook: str
    cohort: Cohort | None
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    made_on: dt.date
    dry_run: bool
    version: str
    since: Since | None = None
    copies: tuple[str, ...] = ()
    overview: str = ""
    collected: str = ""
    gone: int = 0
    came_back: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    changes: tuple[Change, ...] = ()

    def said(self, status: Status) -> str:
        """Say what became of a paper, in a list."""
        return WORDS[status][3 if self.dry_run else 0]

    def became(self, status: Status, number: int) -> str:
        """Choose the verb: of one paper or of several, done or only thought of."""
        return WORDS[status][3 if self.dry_run else 1 if number == 1 else 2]
