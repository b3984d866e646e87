"""What the last run found, kept in the file .lastrun.json of a cohort's folder (floor 2).

It says what is new since then, what stands where (`ecvet status`), and, where nothing at all is different, spares a run
all its work: neither the workbook nor the forms, nor anything in the cohort's folder, nor the program itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.changes import Since
from pipeline.disk import write_whole
from pipeline.jobs import Gap, Job, Outcome, Status
from pipeline.lineage import ENDING
from pipeline.made import REPORT, Made, Wishes
from pipeline.names import LAID_WHILE_OPEN
from pipeline.problem import CannotContinue, Place, Problem, Severity, is_of_results
from pipeline.turns import LOCK

FILE = ".lastrun.json"
BEGUN = ".ecvet.laid.journal"
"""What a run is about to lay beside its papers (see `extras`); it is there only while a run is at work."""

JOURNAL = "manifest.journal"
"""What the ledger was told since its manifest was written (see `ledger`)."""

_NOT_LOOKED_AT = (FILE, LOCK, BEGUN)

_LARGEST = 50_000_000
"""Bytes of the largest workbook that is read (see `guard`); what else lies in the folder input may be larger."""

_VERSION = 2

REMEMBERED = 30
"""Checksums of workbooks that are kept: of a cohort in a dozen files, those of the last runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """What the last run of a cohort found.

    `on` is its day, `due` the day from which on something else may be found in the same data (None: never); `inputs`
    stands for all it was made from, `outputs` for all that lay in the folder afterwards; `extras` are the checksums of
    our files that are no papers, by name; `read` those of workbooks that were read, by this run and some before.
    """

    on: dt.date
    due: dt.date | None = None
    inputs: str = ""
    outputs: str = ""
    name: str = ""
    workbook: str = ""
    files: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()
    extras: Mapping[str, str] = field(default_factory=dict)
    read: tuple[str, ...] = ()


# -- what a run is made from, and what it leaves -----------------------------------------------------------------------


def inputs_of(workbooks: Sequence[Path], input_folder: Path, templates: Path, wishes: Wishes) -> str:
    """Give a checksum of all that a run is made from: workbooks, shared files, forms, wishes, and the program itself.

    Workbooks, and all files beside them, count by what is in them, forms and the program by name, size and time.
    Nothing where one of them cannot be read now.
    """
    try:
        return _inputs_of(workbooks, input_folder, templates, wishes)
    except OSError:
        return ""


def _inputs_of(workbooks: Sequence[Path], input_folder: Path, templates: Path, wishes: Wishes) -> str:
    found = hashlib.sha256(repr((_VERSION, wishes)).encode())
    around = {path.parent for path in workbooks} | {input_folder}  # the register, what was settled, corrected copies
    shared = [path for folder in sorted(around) for path in folder.glob("*") if path.is_file()]
    for path in sorted({*workbooks, *shared}):
        for file in sorted(path.iterdir()) if path.is_dir() else [path]:
            if file.is_file() and not file.name.startswith(LAID_WHILE_OPEN):
                found.update(f"{path.name}/{file.name}\0{_content(file)}\0".encode())
    for folder in (templates, Path(__file__).parent):
        found.update(_listing(folder).encode())
    return found.hexdigest()


def _content(file: Path) -> str:
    """Give what a file counts by: what is in it; of one that is larger than any workbook, its size and time."""
    seen = file.stat()
    if seen.st_size > _LARGEST:
        return f"{seen.st_size} {seen.st_mtime_ns}"
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def outputs_of(folder: Path) -> str:
    """Give a checksum of what lies in a cohort's folder: names, sizes and times."""
    return hashlib.sha256(_listing(folder).encode()).hexdigest()


def _listing(folder: Path) -> str:
    lines = []
    for above, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(files):
            if name not in _NOT_LOOKED_AT and not name.startswith(LAID_WHILE_OPEN):
                seen = Path(above, name).lstat()
                lines.append(f"{above}/{name} {seen.st_size} {seen.st_mtime_ns}")
    return "\n".join(lines)


def unchanged(output: Path, workbooks: Sequence[Path], inputs: str) -> list[Made]:
    """Give what a run over all these workbooks would find, where nothing is different since the last one.

    Nothing where anything is, or where the last run could not write something: then it is to be tried again.
    """
    if (output / LOCK).exists():  # one was cut short, or is at work
        return []
    heads = {str(head["at"]): file.parent for file in output.glob(f"*/{FILE}") if (head := _head(file, inputs))}
    found = []
    for path in workbooks if inputs else ():
        folder = heads.get(str(path.resolve()))
        last = read_last(folder) if folder else None
        if last is None or folder is None or _cut_short(folder) or last.outputs != outputs_of(folder):
            return []
        if any(outcome.status is Status.FAILED for outcome in last.outcomes):
            return []
        found.append(Made(
            name=last.name, workbook=last.workbook, files=last.files, cohort=None, problems=last.problems,
            outcomes=last.outcomes, report=folder / REPORT, extras=last.extras,
            copies=tuple(name for name in last.extras if ENDING in name and (folder / name).exists()),
            collected=next((name for name in last.extras if is_of_results(name)), ""),
        ))  # fmt: skip
    return found


def _cut_short(folder: Path) -> bool:
    """Say whether a run could not put its notes in order: then the next one does all its work."""
    return (folder / BEGUN).exists() or (folder / JOURNAL).exists()


# -- the file ----------------------------------------------------------------------------------------------------------


def keep_last(folder: Path, at: Path, last: LastRun) -> None:
    """Write down what a run found; where that cannot be done, the next run simply does all its work."""
    write_whole(folder, FILE, (text.encode() for text in _written(at, last)))


def _written(at: Path, last: LastRun) -> Iterator[str]:
    head = {"version": _VERSION, "at": str(at.resolve()), "on": last.on.isoformat(),
            "due": last.due.isoformat() if last.due else "", "inputs": last.inputs,
            "outputs": last.outputs, "name": last.name, "workbook": last.workbook, "files": last.files}  # fmt: skip
    yield f'{{"head": {_dumped(head)},\n"extras": {_dumped(dict(last.extras))},\n'
    yield f'"read": {_dumped(last.read)},\n"problems": ['
    numbers: dict[Problem, int] = {}
    every = dict.fromkeys((*last.problems, *(each for outcome in last.outcomes for each in outcome.problems)))
    for number, problem in enumerate(every):
        numbers[problem] = number
        place = problem.place
        row = [problem.code, problem.severity.value, place.file, place.sheet, place.cell, place.row, place.spot,
               problem.message, problem.advice]  # fmt: skip
        yield f"{',' if number else ''}\n{_dumped(row)}"
    yield f'\n],\n"own": {_dumped([numbers[problem] for problem in last.problems])},\n"papers": ['
    for number, outcome in enumerate(last.outcomes):
        job = outcome.job
        beside = outcome.file if outcome.file != job.target else ""
        paper: list[object] = [
            job.form, job.folder, job.subject, job.target, job.whose, str(job.row), _calm(outcome.status).value, beside,
            sorted({gap.meaning for gap in outcome.gaps}), [numbers[problem] for problem in outcome.problems],
        ]  # fmt: skip
        yield f"{',' if number else ''}\n{_dumped(paper)}"
    yield "\n]}\n"


def _calm(status: Status) -> Status:
    """Say what becomes of a paper when the run is done again at once."""
    return Status.UNCHANGED if status is Status.WRITTEN else status


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _head(file: Path, inputs: str) -> Mapping[str, Any]:
    """Read the first line of the file, all but what was found, where these inputs were taken and it still counts."""
    try:
        with file.open("rb") as stream:
            line = stream.readline(100_000)
        head = json.loads(line.removeprefix(b'{"head": ').rstrip(b",\n"))
    except (OSError, ValueError):
        return {}
    known = isinstance(head, dict) and head.get("version") == _VERSION and head.get("inputs") == inputs
    due = head.get("due") if known else ""
    if due and str(due) <= dt.date.today().isoformat():
        return {}
    return head if known and isinstance(head.get("at"), str) else {}


def read_last(folder: Path) -> LastRun | None:
    """Read what the last run found; None where there is nothing, or nothing that makes sense.

    Raises CannotContinue where the disk does not let us read it just now: what it remembers as ours would be taken for
    somebody's work.
    """
    try:
        given = json.loads((folder / FILE).read_text("utf-8"))
        head = given["head"]
        if head["version"] != _VERSION:
            return None
        problems = [_problem(*row) for row in given["problems"]]
        return LastRun(
            on=dt.date.fromisoformat(head["on"]),
            due=dt.date.fromisoformat(head["due"]) if head.get("due") else None,
            inputs=head["inputs"], outputs=head["outputs"], name=head["name"],
            workbook=head["workbook"], files=tuple(head["files"]), extras=dict(given["extras"]),
            read=tuple(given["read"]),
            problems=tuple(problems[number] for number in given["own"]),
            outcomes=tuple(_outcome(row, problems) for row in given["papers"]),
        )  # fmt: skip
    except OSError as wrong:
        if isinstance(wrong, FileNotFoundError | NotADirectoryError | IsADirectoryError):
            return None
        told = f"“{folder / FILE}” cannot be read just now. Look whether its drive is there and it may be opened"
        raise CannotContinue(f"{told}, and run again.") from wrong
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        return None


def _problem(code: str, severity: str, file: str, sheet: Any, cell: Any, row: Any, spot: Any, message: str,
             advice: str) -> Problem:  # fmt: skip
    place = Place(file=file, sheet=sheet, cell=cell, row=row, spot=spot)
    return Problem(code=code, place=place, message=message, advice=advice, severity=Severity(severity))


def _outcome(row: Sequence[Any], problems: Sequence[Problem]) -> Outcome:
    form, folder, subject, target, whose, cell, status, beside, meanings, numbers = row
    sheet, _, at = cell.rpartition("!")
    place = Place(sheet=sheet or None, cell=at or None) if sheet else Place(file=cell)
    told = tuple(problems[number] for number in numbers)
    job = Job(
        form=form, folder=folder, subject=subject, target=target, whose=whose, row=place, learner=None, held_by=(),
    )  # fmt: skip
    gaps = tuple(Gap(word="", meaning=meaning, place=place) for meaning in meanings)
    return Outcome(job=job, status=Status(status), file=beside or target, problems=told, gaps=gaps)


# -- what is new -------------------------------------------------------------------------------------------------------


def since(last: LastRun | None, outcomes: Iterable[Outcome], problems: Iterable[Problem]) -> Since | None:
    """Compare a run with the one before: problems that came and went, people who came and left."""
    if last is None:
        return None
    then, now = _weighty(last.problems), _weighty(problems)
    before, after = _people(last.outcomes), _people(outcomes)
    return Since(
        on=last.on,
        arisen=tuple(problem for key, problem in now.items() if key not in then),
        solved=tuple(problem for key, problem in then.items() if key not in now),
        came=tuple(name for key, name in after.items() if key not in before),
        left=tuple(name for key, name in before.items() if key not in after),
    )  # fmt: skip


def _weighty(problems: Iterable[Problem]) -> dict[tuple[str, ...], Problem]:
    return {
        (problem.code, problem.place.file, str(problem.place), problem.message): problem
        for problem in problems if problem.severity is not Severity.NOTICE
    }  # fmt: skip


def _people(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """Name the people whose papers are asked for, by what stays the same over all runs."""
    return {
        outcome.job.whose: outcome.job.subject for outcome in outcomes
        if _A_STAY.search(outcome.job.whose) and not outcome.job.whose.startswith(_NOBODY)
    }  # fmt: skip


_NOBODY = ("partner ", "pair ", "companion ", "memorandum", "qualification ", "cohort")
"""What begins the key of a paper that is for no single learner."""

_A_STAY = re.compile(r"#\d+(?: - \d+)?$")
"""How the key of a learner's stay ends (“L01#1”); behind it stands the unit where a paper is for one unit of hers."""
