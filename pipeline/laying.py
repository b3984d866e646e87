"""What is laid into a cohort's folder besides its papers: the overview, and marked workbooks (floor 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline import disk
from pipeline.extras import Extras
from pipeline.jobs import Outcome
from pipeline.lastrun import REMEMBERED, LastRun
from pipeline.overview import file_name, overview
from pipeline.problem import Problem, Severity
from pipeline.workbook import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The names under which they lie in the cohort's folder; empty where there is none."""

    overview: str = ""
    copies: tuple[str, ...] = ()


def checksums_of(path: Path, files: Sequence[str], before: LastRun | None) -> tuple[str, ...]:
    """Give the checksums of the workbooks that were read now (`files` of `path`), and by the runs before."""
    folder = path if path.is_dir() else path.parent
    found = []
    for file in files:
        with suppress(OSError):
            found.append(disk.checksum_of(folder / file) or "")
    return tuple(dict.fromkeys((*filter(None, found), *(before.read if before else ()))))[:REMEMBERED]


def lay_extras(
    extras: Extras, path: Path, reading: Reading, outcomes: Sequence[Outcome], problems: Sequence[Problem], day: dt.date
) -> Laid:
    """Lay the overview of a cohort that could be read, and marked copies of its files in which something is wrong.

    `path` is the workbook or folder that was read. What earlier runs laid and is of no use any more goes.
    """
    cohort, name = reading.cohort, ""
    if cohort and cohort.id:
        name = extras.lay(file_name(cohort), overview(cohort, outcomes, on=day))
    copies = []
    if any(problem.severity is not Severity.NOTICE for problem in problems):
        from pipeline.marking import marked_copies  # most runs have nothing to mark, and need not load it

        marked = marked_copies(path, reading.files, problems, made_on=day)
        copies = [extras.lay(each.name, each.data) for each in marked]
    extras.tidy()
    return Laid(overview=name, copies=tuple(filter(None, copies)))
