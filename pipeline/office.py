"""The way of one cohort, on one page: read, check, open the forms, plan, make, report (floor 8)."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from pipeline import __version__, checks
from pipeline.batch import Batch, carry_out
from pipeline.checks import afterwards
from pipeline.contexts import Contexts
from pipeline.distant import DistantOutbox
from pipeline.extras import Extras, forget_notes
from pipeline.folders import with_folders
from pipeline.form import Form, open_pack
from pipeline.holds import row_of
from pipeline.jobs import Outcome
from pipeline.lastrun import JOURNAL, LastRun, keep_last, outputs_of, read_last, since
from pipeline.laying import Laid, checksums_of, clear_away, lay_extras
from pipeline.learner_register import read_learner_register
from pipeline.ledger import MANIFEST, readable_or_stop
from pipeline.made import REPORT, Made, Wishes
from pipeline.misfits import nearly_a_sheet
from pipeline.notices import paper_not_written, paper_without_row
from pipeline.outbox import Outbox
from pipeline.plan import plan, usable
from pipeline.problem import Place, Problem
from pipeline.registry import read_registry
from pipeline.report import Page, pieces
from pipeline.returned.bringing import bring, results_beside
from pipeline.returned.gathering import Gathered, gather, of_other_kinds
from pipeline.room import Room
from pipeline.second import Lost, Second
from pipeline.sets import OFFICIAL, find_set, forms_of
from pipeline.turns import alone
from pipeline.workbook import Reading, read_cohort

Progress = Callable[[Reading, int], Callable[[int], None]]
"""Is told, for each cohort, how many papers are planned; what it gives back is told each one made."""


def make_all(
    room: Room, workbooks: Iterable[Path], wishes: Wishes, progress: Progress,
    done: Callable[[Made], object] = lambda _: None, second: Second | None = None, inputs: str = "",
) -> list[Made]:  # fmt: skip
    """Make the papers of every cohort; what cannot be read, or stands twice, does not stop the others.

    `done` is told each cohort as it is ready; `second` is the second process, where there is one; `inputs` stands for
    all that this run is made from (see `lastrun`). Raises CannotContinue where the surroundings stop the work.
    """
    if wishes.templates:
        find_set(room, wishes.templates)
    made = []
    with nullcontext() if wishes.dry_run else alone(room.output, second.processes if second else ()):
        packs: dict[str, list[Form]] = {}
        if second and (likely := wishes.templates or OFFICIAL) in room.packs():
            packs[likely] = open_pack(room.templates / likely, ())  # while the second process opens the workbook
        paths = list(workbooks)
        read = partial(
            read_cohort, register=read_registry(room.register), collected=results_beside(room.output),
            achieved=read_learner_register(room.learner_register),
        )  # fmt: skip
        returned = gather(room.returned())
        found = list(with_folders([_read(path, second, read) for path in paths]))
        astray = returned.assign(found, room.output)
        if set(room.cohorts()) <= set(paths):
            returned.problems += [*astray, *of_other_kinds(room.passed_over())]
        for path, (reading, folder) in zip(paths, found, strict=True):
            before = read_last(room.output / folder)
            made.append(make_papers(room, path, reading, folder, wishes, packs, progress, second, before, returned))
            if not wishes.dry_run:
                clear_away(room.output, reading, folder)
                _remember(room.output / folder, path, made[-1], inputs, wishes)
            done(made[-1])
    return made


def _remember(folder: Path, workbook: Path, made: Made, inputs: str, wishes: Wishes) -> None:
    """Keep what a run found; where something may be another time (a file that was open), the next one works anew.

    So does the first one on a day on which the rules may find something else, unless the officer said which day counts.
    """
    today = dt.date.today()
    again = made.cohort is None or _ANOTHER_TIME & {problem.code for problem in made.problems}
    last = LastRun(
        on=today, due=None if wishes.date or not made.cohort else afterwards.next_day(made.cohort, today),
        inputs="" if again else inputs, outputs=outputs_of(folder), name=made.name,
        workbook=made.workbook, files=made.files, outcomes=made.outcomes, problems=made.problems,
        extras=made.extras, read=made.read,
    )  # fmt: skip
    keep_last(folder, workbook, last)
    forget_notes(folder)


_ANOTHER_TIME = frozenset({"R501", "S101", "S170", "T101", "T403", "T420", "T421"})
"""What nothing in the folders tells that it is over: a file that could not be opened, or LibreOffice was not there."""


def _read(path: Path, second: Second | None, read: Callable[..., Reading]) -> Reading:
    """Read a cohort, by the second process where there is one; where that is lost on the way, all over again here."""
    if second:
        with suppress(Lost):
            return read(path, second.tables)
    return read(path)


def _outbox(folder: Path, wishes: Wishes, second: Second | None) -> Outbox | DistantOutbox:
    """Open the outbox of a cohort: kept by the second process, unless nothing, or nothing yet, is to be written.

    Raises CannotContinue where its notes cannot be read.
    """
    readable_or_stop(folder)
    if second and not (wishes.dry_run or wishes.strict):
        with suppress(Lost):
            return DistantOutbox.open(folder, second)
    return Outbox(folder, dry_run=wishes.dry_run)


def make_papers(
    room: Room, path: Path, reading: Reading, folder: str, wishes: Wishes, packs: dict[str, list[Form]],
    progress: Progress, second: Second | None = None, before: LastRun | None = None, returned: Gathered | None = None,
) -> Made:  # fmt: skip
    """Make the papers of one cohort into a folder of output/: the whole way, from what was read to the report."""
    day = wishes.date or dt.date.today()
    read = checksums_of(path, reading.files, before)
    extras = Extras(folder=room.output / folder, known=before.extras if before else {}, read=read)
    returned = returned or Gathered()
    brought = bring(reading, returned, extras)
    if brought:
        reading = replace(reading, cohort=brought.cohort, problems=(*reading.problems, *brought.problems))
    problems, forms = list(reading.problems), list[Form]()
    cohort = reading.cohort
    if second:
        gc.freeze()  # a large cohort stays as it is: to look through it for garbage again and again takes time
    # Without a cohort there is nothing to wait for, and the second process would tidy up while the report is written.
    outbox = _outbox(room.output / folder, wishes, second if cohort else None)
    outcomes: list[Outcome] = []
    if cohort:
        problems += checks.run(cohort, day)
        forms = forms_of(room, cohort, wishes, packs, problems)
        orders = plan(cohort, forms, problems)
        troubled = frozenset(row_of(problem.place) for problem in problems if problem.holds)
        batch = Batch(cohort=cohort, outbox=outbox, date=wishes.date, troubled=troubled, contexts=Contexts(cohort))
        held = any(problem.holds for problem in problems)
        told = progress(reading, len(orders))
        outcomes = carry_out(orders, batch, strict=wishes.strict, held_by_any=held, progress=told)
        problems += _of_papers(problems, outcomes)
        if not wishes.dry_run and (outbox.folder / JOURNAL).exists():  # it goes when the manifest is written
            problems.append(paper_not_written(Place(file=MANIFEST), MANIFEST, "disk"))
        if not wishes.dry_run:
            problems += _pdfs(outbox.folder, reading, outcomes, progress if wishes.pdf else None)
        problems += _left_over(outbox, outcomes, forms, reading)
    laid, collected = Laid(), ""
    if not wishes.dry_run:
        collected = extras.lay(brought.name, brought.data, hers=True) if brought and brought.name else ""
        collected = collected or (brought.kept if brought else "")
        during = next((form.folder for form in forms if form.comes_back), None)
        laid = lay_extras(extras, path, reading, outcomes, problems, day, during)
    problems += extras.problems
    workbook = reading.name if len(reading.files) != 1 else reading.files[0]
    page = Page(
        workbook=workbook, cohort=cohort, outcomes=tuple(outcomes), problems=tuple(problems),
        made_on=day, dry_run=wishes.dry_run, version=__version__, since=since(before, outcomes, problems),
        copies=laid.copies, overview=laid.overview, collected=collected, gone=brought.gone if brought else 0,
        came_back=brought.documents if brought else (), marked=brought.marked if brought else (),
        contradictions=brought.contradictions if brought else (),
        changes=brought.changes if brought else (),
    )  # fmt: skip
    unwritten = None if wishes.dry_run else outbox.write(REPORT, pieces(page))
    return Made(
        name=cohort.id if cohort and cohort.id else reading.name, workbook=workbook, files=reading.files,
        cohort=cohort, problems=(*problems, unwritten) if unwritten else page.problems, outcomes=page.outcomes,
        report=None if wishes.dry_run or unwritten else outbox.folder / REPORT, extras=extras.laid,
        copies=laid.copies, read=read, collected=collected, gone=page.gone,
    )  # fmt: skip


def _left_over(
    outbox: Outbox | DistantOutbox, outcomes: Sequence[Outcome], forms: Sequence[Form], reading: Reading
) -> list[Problem]:
    """Tell papers that no row asks for; not where a sheet was perhaps not read that asks for them: they may be good."""
    told = outbox.left_over({it.job.key: it.job.target for it in outcomes}, usable(forms))
    if all(problem.code != nearly_a_sheet.meaning.code for problem in reading.problems):
        return told
    return [each for each in told if each.code != paper_without_row.meaning.code]


def _pdfs(folder: Path, reading: Reading, outcomes: Sequence[Outcome], progress: Progress | None) -> list[Problem]:
    """Put PDFs beside the papers, where they are asked for; else tell those of ours that show older papers.

    Only runs that have to do with PDFs load what makes them.
    """
    if progress is None and not any((folder / it.job.target).with_suffix(".pdf").exists() for it in outcomes):
        return []
    from pipeline.pdf import make_pdfs, older_pdfs, papers_to_show

    shown = papers_to_show(outcomes)
    if progress is None:
        return older_pdfs(folder, shown)
    return make_pdfs(folder, shown, progress(reading, len(shown))) if shown else []


def _of_papers(known: Sequence[Problem], outcomes: Sequence[Outcome]) -> list[Problem]:
    """Collect what was found while papers were made, each once."""
    told = set(known)
    found = []
    for problem in (problem for outcome in outcomes for problem in outcome.problems):
        if problem not in told:
            told.add(problem)
            found.append(problem)
    return found
