"""What is laid into a cohort's folder besides its papers: the overview, and marked workbooks (floor 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline import disk
from pipeline.assessing import hosts_workbooks
from pipeline.extras import Extras
from pipeline.jobs import Outcome
from pipeline.lastrun import FILE, REMEMBERED, LastRun, read_last
from pipeline.ledger import MANIFEST
from pipeline.made import REPORT
from pipeline.names import LONGEST_FOLDER, safe_name
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


def clear_away(output: Path, reading: Reading, folder: str) -> None:
    """Take away the folder of a workbook that could not be read earlier, now that its cohort has one of its own.

    Only what we laid there goes; where anything else lies there, all of it stays.
    """
    former = output / safe_name(reading.name, longest=LONGEST_FOLDER)
    if reading.cohort is None or former.name == folder or (former / MANIFEST).exists():
        return
    last = read_last(former)
    if last is None or last.name != reading.name:
        return
    for name, checksum in last.extras.items():
        with suppress(OSError):
            if disk.checksum_of(former / name) == checksum:
                disk.remove(former / name)
    with suppress(OSError):
        if {path.name for path in former.iterdir()} <= {REPORT, FILE}:
            for name in (REPORT, FILE):
                disk.remove(former / name)
            former.rmdir()


def lay_extras(
    extras: Extras, path: Path, reading: Reading, outcomes: Sequence[Outcome], problems: Sequence[Problem],
    day: dt.date, during: str | None = None,
) -> Laid:  # fmt: skip
    """Lay the overview of a cohort that could be read, and marked copies of its files in which something is wrong.

    `path` is the workbook or folder that was read. With `during`, the folder of the papers that hosts fill in, each
    host gets a workbook there. What earlier runs laid and is of no use any more goes.
    """
    cohort, name = reading.cohort, ""
    if cohort and cohort.id:
        name = extras.lay(file_name(cohort), overview(cohort, outcomes, on=day))
        for each in hosts_workbooks(cohort) if during is not None else ():
            extras.lay(f"{during}/{each.name}".lstrip("/"), each.data, still=True)
    copies = []
    if any(problem.severity is not Severity.NOTICE for problem in problems):
        from pipeline.marking import marked_copies  # most runs have nothing to mark, and need not load it

        marked = marked_copies(path, reading.files, problems, made_on=day)
        copies = [extras.lay(each.name, each.data) for each in marked]
    extras.tidy()
    return Laid(overview=name, copies=tuple(filter(None, copies)))
