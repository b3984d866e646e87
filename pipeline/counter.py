"""What is said over the counter: the result of a run in words, and as one object for other programs (floor 9)."""

from __future__ import annotations

import tempfile
import traceback
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.office import Made, Wishes
from pipeline.plan import Status
from pipeline.problem import Problem, Severity
from pipeline.sentences import counted

MOST_SHOWN = 25
"""Problems shown in the terminal; the report shows all."""


def show(made: Made, wishes: Wishes, folder: Path) -> str:
    """Tell what became of a cohort, as an officer reads it."""
    lines = [f"{made.name} ({made.workbook}): {_summary(made, wishes)}"]
    told = [problem for problem in made.problems if problem.severity is not Severity.NOTICE]
    told.sort(key=lambda problem: problem.severity is not Severity.ERROR)
    several = "," in made.workbook
    for problem in told[:MOST_SHOWN]:
        where = f"{problem.place.file} {problem.place}" if several and problem.place.sheet else str(problem.place)
        mark = "  " if problem.holds else "  (please look) "
        lines.append(f"{mark}{where}  {problem.message} {problem.advice} [{problem.code}]")
    if len(told) > MOST_SHOWN:
        lines.append(f"  … and {len(told) - MOST_SHOWN} more, all in the report.")
    if made.report:
        lines.append(f"  Report: {_near(made.report, folder)}")
    return "\n".join(lines)


def _near(path: Path, folder: Path) -> Path:
    return path.relative_to(folder) if path.is_relative_to(folder) else path


def _summary(made: Made, wishes: Wishes) -> str:
    counts = Counter(outcome.status for outcome in made.outcomes)
    if not made.outcomes:
        return "no papers were made."
    verbs = {
        Status.WRITTEN: "would be made" if wishes.dry_run else "made", Status.UNCHANGED: "unchanged",
        Status.KEPT: "left as you edited it" if counts[Status.KEPT] == 1 else "left as you edited them",
        Status.HELD: "not made", Status.FAILED: "could not be written",
    }  # fmt: skip
    parts = [f"{counts[status]} {verb}" for status, verb in verbs.items() if counts[status]]
    forms = Counter(outcome.job.form for outcome in made.outcomes if outcome.status not in (Status.HELD, Status.FAILED))
    named = ", ".join(f"{number} × {form}" for form, number in forms.items())
    by_hand = sum(len(outcome.gaps) for outcome in made.outcomes)
    tail = f"; {counted(by_hand, 'blank')} for the pen" if by_hand else ""
    return f"{counted(len(made.outcomes), 'paper')}, {', '.join(parts)}" + (f" ({named})" if named else "") + f"{tail}."


def as_object(made: Sequence[Made]) -> dict[str, Any]:
    """Give the result as one object (contract, section 5)."""
    return {
        "cohorts": [
            {
                "id": each.name,
                "workbook": each.workbook,
                "papers": [
                    {"file": outcome.file, "status": str(outcome.status), "subject": outcome.job.subject,
                     "row": str(outcome.job.row)}
                    for outcome in each.outcomes
                ],
                "problems": [_problem(problem) for problem in each.problems],
            }
            for each in made
        ]
    }  # fmt: skip


def _problem(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "code": problem.code, "severity": str(problem.severity), "file": place.file, "sheet": place.sheet,
        "cell": place.cell, "spot": place.spot, "message": problem.message, "advice": problem.advice,
    }  # fmt: skip


def log_of(fault: BaseException) -> Path:
    """Write where in the program a fault happened, and its kind: no values, so no personal data."""
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [type(fault).__name__, *(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)]
    with tempfile.NamedTemporaryFile("w", prefix="ecvet-fault-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write("\n".join(lines) + "\n")
    return Path(log.name)
