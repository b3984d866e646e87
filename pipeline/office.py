"""The way of one cohort, on one page: read, check, open the forms, plan, make, report (floor 8)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import __version__, checks
from pipeline.batch import Batch, carry_out
from pipeline.contexts import Contexts
from pipeline.form import Form, open_pack
from pipeline.model import Cohort
from pipeline.names import safe_name, same_file
from pipeline.outbox import Outbox
from pipeline.plan import Outcome, Status, plan, row_of
from pipeline.problem import CannotContinue, Place, Problem, fault
from pipeline.report import Page, to_html
from pipeline.room import Room
from pipeline.workbook import Reading, read_cohort

REPORT = "report.html"


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
def same_cohort_twice(identifier: str, other: str) -> str:
    """Two workbooks have one Cohort ID, so their papers would fall into one folder.

    Advice: Give one of them another Cohort ID, or take the older one out of the folder input.
    Basis: data (contract, section 4)
    """
    return f"“{identifier}” is the Cohort ID of “{other}” too."


@fault("S221")
def no_such_pack(name: str, there: Sequence[str]) -> tuple[str, str]:
    """The set of forms that a cohort asks for is not there.

    Advice: Correct field Templates of sheet Cohort, or put the forms into templates/ under this name.
    Basis: data (contract, sections 1 and 2)
    """
    listed = ", ".join(there) or "none"
    return f"There is no set of forms “{name}” in templates.", f"Name one that is there: {listed}."


def make_all(
    room: Room, workbooks: Iterable[Path], wishes: Wishes, progress: Callable[[Reading, int], Callable[[int], None]]
) -> list[Made]:
    """Make the papers of every cohort; what cannot be read, or stands twice, does not stop the others.

    `progress` is told, for each cohort, how many papers are planned; what it gives back is told each one made.

    Raises CannotContinue where the surroundings stop the work.
    """
    readings = _told_twice([read_cohort(path) for path in workbooks])
    packs: dict[str, list[Form]] = {}
    return [make_papers(room, reading, wishes, packs, progress) for reading in readings]


def make_papers(
    room: Room, reading: Reading, wishes: Wishes, packs: dict[str, list[Form]],
    progress: Callable[[Reading, int], Callable[[int], None]],
) -> Made:  # fmt: skip
    """Make the papers of one cohort: the whole way, from what was read to the report."""
    problems = list(reading.problems)
    cohort = reading.cohort
    outbox = Outbox(room.output / _folder_of(reading), dry_run=wishes.dry_run)
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
        problems += outbox.left_over([order.job for order in orders])
    page = Page(
        workbook=", ".join(reading.files) or reading.name, cohort=cohort, outcomes=tuple(outcomes),
        problems=tuple(problems), made_on=wishes.date or dt.date.today(), dry_run=wishes.dry_run, version=__version__,
    )  # fmt: skip
    report = None if wishes.dry_run else outbox.write(REPORT, to_html(page))
    return Made(
        name=cohort.id if cohort and cohort.id else reading.name, workbook=page.workbook, cohort=cohort,
        problems=tuple(problems), outcomes=tuple(outcomes), report=report,
    )  # fmt: skip


def _folder_of(reading: Reading) -> str:
    return safe_name(reading.cohort.id if reading.cohort and reading.cohort.id else reading.name)


def _told_twice(readings: list[Reading]) -> list[Reading]:
    """Tell both workbooks of one Cohort ID, and make papers of neither."""
    ids = [same_file(_folder_of(reading)) for reading in readings]
    counts = Counter(ids)
    found = []
    for reading, identifier in zip(readings, ids, strict=True):
        if counts[identifier] == 1:
            found.append(reading)
            continue
        other = next(each for each, its in zip(readings, ids, strict=True) if its == identifier and each is not reading)
        place = reading.cohort.at("id") if reading.cohort else Place(file=reading.name)
        named = reading.cohort.id if reading.cohort else reading.name
        told = same_cohort_twice(place, named, ", ".join(other.files) or other.name)
        found.append(replace(reading, cohort=None, problems=(*reading.problems, told), name=" ".join(reading.files)))
    return found


def _pack(
    room: Room, cohort: Cohort, wishes: Wishes, packs: dict[str, list[Form]], problems: list[Problem]
) -> list[Form]:
    name = wishes.templates or cohort.templates or "official"
    there = room.packs()
    found = next((each for each in there if same_file(each) == same_file(name)), None)
    if found is None:
        if wishes.templates or not there:
            listed = ", ".join(there) or "none"
            raise CannotContinue(f"There is no set of forms “{name}” in {room.templates} (there: {listed}).")
        problems.append(no_such_pack(cohort.at("templates"), name, there))
        return []
    if found not in packs:
        packs[found] = open_pack(room.templates / found)
    problems += [problem for form in packs[found] for problem in form.problems]
    return packs[found]


def _of_papers(known: Sequence[Problem], outcomes: Sequence[Outcome]) -> list[Problem]:
    """Collect what was found while papers were made, each once."""
    told = set(known)
    found = []
    for problem in (problem for outcome in outcomes for problem in outcome.problems):
        if problem not in told:
            told.add(problem)
            found.append(problem)
    return found
