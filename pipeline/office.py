"""The way of one cohort, on one page: read, check, open the forms, plan, make, report (floor 8)."""

from __future__ import annotations

import datetime as dt
import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import __version__, checks
from pipeline.batch import Batch, carry_out
from pipeline.contexts import Contexts
from pipeline.disk import alone
from pipeline.form import Form, open_pack
from pipeline.holds import row_of
from pipeline.jobs import Outcome, Status
from pipeline.model import Cohort
from pipeline.names import LONGEST_FOLDER, safe_name, same_file, told_apart
from pipeline.outbox import Outbox
from pipeline.plan import plan, usable
from pipeline.problem import CannotContinue, Problem, fault, quoted
from pipeline.registry import Registry, read_registry
from pipeline.report import Page, pieces
from pipeline.room import Room
from pipeline.second import DistantOutbox, Lost, Second
from pipeline.workbook import Reading, read_cohort

REPORT = "report.html"
OFFICIAL = "official"
"""The set of forms that comes with the program, for cohorts that name no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the officer asked for on the command line."""

    templates: str | None = None
    date: dt.date | None = None
    strict: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What became of one cohort. `report` is the page that tells it, None where nothing was to be written."""

    name: str
    workbook: str
    files: tuple[str, ...]
    cohort: Cohort | None
    problems: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...]
    report: Path | None

    @property
    def all_made(self) -> bool:
        """Say whether everything was made: notices, warnings and papers left as edited do not count against it."""
        held = any(outcome.status in (Status.HELD, Status.FAILED) for outcome in self.outcomes)
        return not held and not any(problem.holds for problem in self.problems)


@fault("S220")
def same_cohort_twice(identifier: str, others: Sequence[str]) -> str:
    """Two workbooks have one Cohort ID, so their papers would fall into one folder.

    Advice: Give one of them another Cohort ID, or take the older one out of the folder input.
    Basis: data (contract, section 4)
    """
    return f"“{identifier}” is the Cohort ID of {quoted(others)} too."


@fault("S221")
def no_such_pack(name: str, there: Sequence[str]) -> tuple[str, str]:
    """The set of forms that a cohort asks for is not there.

    Advice: Correct field Templates of sheet Cohort, or put the forms into templates/ under this name.
    Basis: data (contract, sections 1 and 2)
    """
    return f"There is no set of forms “{name}” in templates.", f"Name one that is there: {', '.join(there) or 'none'}."


@fault("S222")
def empty_pack(name: str) -> str:
    """The set of forms that a cohort asks for holds no form, so there is no paper to make.

    Advice: Put the forms (.docx) into its folder in templates/, or name another set in field Templates.
    Basis: data (contract, sections 1 and 2)
    """
    return f"The set of forms “{name}” holds no Word form."


Progress = Callable[[Reading, int], Callable[[int], None]]
"""Is told, for each cohort, how many papers are planned; what it gives back is told each one made."""


def make_all(
    room: Room, workbooks: Iterable[Path], wishes: Wishes, progress: Progress,
    done: Callable[[Made], object] = lambda _: None, second: Second | None = None,
) -> list[Made]:  # fmt: skip
    """Make the papers of every cohort; what cannot be read, or stands twice, does not stop the others.

    `done` is told each cohort as it is ready; `second` is the second process, where there is one. Raises CannotContinue
    where the surroundings stop the work.
    """
    if wishes.templates:
        _find_pack(room, wishes.templates)
    made = []
    with nullcontext() if wishes.dry_run else alone(room.output):
        packs: dict[str, list[Form]] = {}
        if second and (likely := wishes.templates or OFFICIAL) in room.packs():
            packs[likely] = open_pack(room.templates / likely)  # while the second process opens the workbook
        shared = read_registry(room.register)
        for reading, folder in _with_folders([_read(path, second, shared) for path in workbooks]):
            made.append(make_papers(room, reading, folder, wishes, packs, progress, second))
            done(made[-1])
    return made


def _read(path: Path, second: Second | None, shared: Registry | None) -> Reading:
    """Read a cohort, by the second process where there is one; where that is lost on the way, all over again here."""
    if second:
        with suppress(Lost):
            return read_cohort(path, second.tables, shared)
    return read_cohort(path, register=shared)


def _outbox(folder: Path, wishes: Wishes, second: Second | None) -> Outbox | DistantOutbox:
    """Open the outbox of a cohort: kept by the second process, unless nothing, or nothing yet, is to be written."""
    if second and not (wishes.dry_run or wishes.strict):
        with suppress(Lost):
            return second.outbox(folder)
    return Outbox(folder, dry_run=wishes.dry_run)


def make_papers(
    room: Room, reading: Reading, folder: str, wishes: Wishes, packs: dict[str, list[Form]], progress: Progress,
    second: Second | None = None,
) -> Made:  # fmt: skip
    """Make the papers of one cohort into a folder of output/: the whole way, from what was read to the report."""
    problems = list(reading.problems)
    cohort = reading.cohort
    if second:
        gc.freeze()  # a large cohort stays as it is: to look through it for garbage again and again takes time
    outbox = _outbox(room.output / folder, wishes, second)
    outcomes: list[Outcome] = []
    if cohort:
        problems += checks.run(cohort)
        forms = _pack(room, cohort, wishes, packs, problems)
        orders = plan(cohort, forms, problems)
        troubled = frozenset(row_of(problem.place) for problem in problems if problem.holds)
        batch = Batch(cohort=cohort, outbox=outbox, date=wishes.date, troubled=troubled, contexts=Contexts(cohort))
        held = any(problem.holds for problem in problems)
        told = progress(reading, len(orders))
        outcomes = carry_out(orders, batch, strict=wishes.strict, held_by_any=held, progress=told)
        problems += _of_papers(problems, outcomes)
        problems += outbox.left_over({it.job.key: it.job.target for it in outcomes}, usable(forms))
    workbook = reading.name if len(reading.files) != 1 else reading.files[0]
    page = Page(
        workbook=workbook, cohort=cohort, outcomes=tuple(outcomes), problems=tuple(problems),
        made_on=wishes.date or dt.date.today(), dry_run=wishes.dry_run, version=__version__,
    )  # fmt: skip
    unwritten = None if wishes.dry_run else outbox.write(REPORT, pieces(page))
    return Made(
        name=cohort.id if cohort and cohort.id else reading.name, workbook=workbook, files=reading.files,
        cohort=cohort, problems=(*problems, unwritten) if unwritten else page.problems, outcomes=page.outcomes,
        report=None if wishes.dry_run or unwritten else outbox.folder / REPORT,
    )  # fmt: skip


def _with_folders(readings: Sequence[Reading]) -> Iterator[tuple[Reading, str]]:
    """Give each cohort its folder in output/: its Cohort ID, or the name of the file where there is none to be read.

    Workbooks with one Cohort ID are told of each other, and no papers are made of them.
    """
    ids = [_identity(reading) for reading in readings]
    counts = Counter(filter(None, ids))
    taken = {identity for identity, number in counts.items() if number == 1}
    for reading, identity in zip(readings, ids, strict=True):
        cohort = reading.cohort
        if cohort and counts[identity] == 1:
            yield reading, safe_name(cohort.id, longest=LONGEST_FOLDER)
            continue
        others = [_shown(each) for each, its in zip(readings, ids, strict=True) if its == identity]
        yield (
            _refused(reading, cohort, others) if cohort and identity else reading,
            told_apart(safe_name(reading.name, longest=LONGEST_FOLDER), taken),
        )


def _refused(reading: Reading, cohort: Cohort, same: Sequence[str]) -> Reading:
    others = [each for each in same if each != _shown(reading)]
    told = same_cohort_twice(cohort.at("id"), cohort.id, others)
    return replace(reading, cohort=None, problems=(told, *reading.problems))


def _identity(reading: Reading) -> str:
    cohort = reading.cohort
    return same_file(safe_name(cohort.id, longest=LONGEST_FOLDER)) if cohort and cohort.id else ""


def _shown(reading: Reading) -> str:
    return reading.files[0] if len(reading.files) == 1 else reading.name


def _pack(
    room: Room, cohort: Cohort, wishes: Wishes, packs: dict[str, list[Form]], problems: list[Problem]
) -> list[Form]:
    name = wishes.templates or cohort.templates or OFFICIAL
    try:
        found = _find_pack(room, name)
    except CannotContinue:
        if wishes.templates or not room.packs():
            raise
        problems.append(no_such_pack(cohort.at("templates"), name, room.packs()))
        return []
    if found not in packs:
        packs[found] = open_pack(room.templates / found)
    if not packs[found]:
        problems.append(empty_pack(cohort.at("templates"), found))
    problems += [problem for form in packs[found] for problem in form.problems]
    return packs[found]


def _find_pack(room: Room, name: str) -> str:
    """Find a set of forms as people spell it; raises CannotContinue where there is none."""
    there = room.packs()
    for each in there:
        if same_file(each) == same_file(name):
            return each
    listed = ", ".join(there) or "none"
    raise CannotContinue(f"There is no set of forms “{name}” in {room.templates} (there: {listed}).")


def _of_papers(known: Sequence[Problem], outcomes: Sequence[Outcome]) -> list[Problem]:
    """Collect what was found while papers were made, each once."""
    told = set(known)
    found = []
    for problem in (problem for outcome in outcomes for problem in outcome.problems):
        if problem not in told:
            told.add(problem)
            found.append(problem)
    return found
