"""What is to be made, and what became of it (floor 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.changes import Difference
from pipeline.model import Learner
from pipeline.problem import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One paper to make: of which form, for whom, into which file, and what holds it.

    `form` is the form's name without language and ending; `folder` the subfolder of the pack it stands in, which comes
    back in output/; `subject` tells whom it is for; `target` is the file, relative to the cohort's folder; `row` is the
    cell the paper goes back to; `whose` is what stays the same over all runs of whom it is for; `signed` says that the
    workbook calls it signed, or amended, which only a signed paper is.
    """

    form: str
    folder: str
    subject: str
    target: str
    whose: str
    row: Place
    learner: Learner | None
    held_by: tuple[Problem, ...]
    signed: bool = False

    @property
    def key(self) -> str:
        """What stays the same over all runs: whom it is for, and the form."""
        return f"{self.whose}|{self.folder}/{self.form}"


class Status(StrEnum):
    """What became of a paper."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    SIGNED = "signed"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A blank left for the pen: the word, what it means to an officer, and the cell that would fill it."""

    word: str
    meaning: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one job. `file` is the file that was written, or left: relative to the cohort's folder.

    `remade` says that a paper that was written is the new version of one made earlier; `differences` are the words that
    say something else than in the version before (of a kept paper: than in the version that was edited; of a signed
    one: than what was signed).
    """

    job: Job
    status: Status
    file: str
    problems: tuple[Problem, ...] = ()
    gaps: tuple[Gap, ...] = ()
    remade: bool = False
    differences: tuple[Difference, ...] = ()


AMENDMENT = re.compile(r" - amendment [^|/]+$")
"""What the form of an amendment, and so the key of its job, ends with."""


def form_of(key: str) -> str:
    """Read from the key of a job of which form it is: its folder and name."""
    return key.rpartition("|")[2]
