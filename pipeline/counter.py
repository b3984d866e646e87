"""What is said over the counter: the result of a run in words, and as one object for other programs (floor 9)."""

from __future__ import annotations

import platform
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__
from pipeline.jobs import Outcome, Status
from pipeline.lineage import copy_name
from pipeline.made import Made, Wishes
from pipeline.problem import Place, Problem, Severity, is_of_results, problem_as_object
from pipeline.report.duties import by_file, in_same_words
from pipeline.sentences import counted, day, listed
from pipeline.standing import WORDS, Stand, Standing

if TYPE_CHECKING:
    from pipeline.collecting import Collecting
    from pipeline.credentials import Exported
    from pipeline.returned.bringing import Brought

MOST_SHOWN, MOST_KEPT = 25, 5
"""Sentences, and papers left as edited, shown in the terminal; the report shows all."""


def show(made: Made, wishes: Wishes, folder: Path) -> str:
    """Tell what became of a cohort, as an officer reads it."""
    return "\n".join([f"{made.name} ({made.workbook}): {_summary(made, wishes)}", *_details(made, folder)])


def _details(made: Made, folder: Path) -> Iterator[str]:
    kept = [outcome for outcome in made.outcomes if outcome.status is Status.KEPT]
    for outcome in kept[:MOST_KEPT] if made.report else kept:
        yield f"  left as you edited it: {outcome.job.target}{_beside(outcome, made)}"
    if made.report and len(kept) > MOST_KEPT:
        yield f"  … and {len(kept) - MOST_KEPT:,} more left as you edited them, all in the report."
    told = in_same_words(problem for problem in made.problems if problem.severity is not Severity.NOTICE)
    shown = told[:MOST_SHOWN] if made.report else told
    for problem, places in shown:
        mark = "" if problem.holds else "(please look) "
        where = "; ".join(_where(places, several=len(made.files) > 1))
        where = "" if problem.message.startswith(f"“{where}”") else where
        yield f"  {mark}{where}{'  ' if where else ''}{problem.message} {problem.advice} [{problem.code}]"
    if len(told) > len(shown):
        yield f"  … and {len(told) - len(shown):,} more, all in the report."
    if made.report:
        notices = sum(problem.severity is Severity.NOTICE for problem in made.problems)
        tail = f" ({counted(notices, 'notice')} in it)" if notices else ""
        near = _near(made.report, folder)
        cells = [it.place for it in made.problems if it.severity is not Severity.NOTICE and it.place.cell]
        yield from (f"  To correct it in its cells: {near.parent / name}" for name in _marked(made.copies, cells))
        theirs = dict.fromkeys(place.file for place in cells if is_of_results(place.file))
        there = "What is wrong in the collected results is corrected there"
        yield from (f"  {there}: {near.parent / name}" for name in theirs)
        if made.collected:
            gone = f" ({counted(made.gone, 'result')} gone that stood there before)" if made.gone else ""
            yield f"  What hosts marked: {near.parent / made.collected}{gone}"
        yield f"  Report: {near}{tail}"


def _marked(copies: Sequence[str], cells: Sequence[Place]) -> list[str]:
    """Choose the copies in which a cell is marked; what has no cell in the workbook is listed in them alone."""
    stems = {Path(copy_name(place.file)).stem for place in cells if not is_of_results(place.file)}
    return [name for name in copies if any(name.startswith(stem) for stem in stems)]


def _beside(outcome: Outcome, made: Made) -> str:
    if outcome.file == outcome.job.target:
        return ""
    lies = "lies" if made.report else "goes"
    return f"; the new one {lies} beside it as “{outcome.file.rpartition('/')[2]}”"


def _where(places: Sequence[Place], *, several: bool) -> Iterator[str]:
    """Name the places a sentence is about, cells of a column together; the file too where the cohort has several."""
    return by_file(places, lambda place: f"{place.file} " if several and place.sheet and not place.of_file else "")


def _summary(made: Made, wishes: Wishes) -> str:
    counts = Counter(outcome.status for outcome in made.outcomes)
    if not made.outcomes:
        if not any(problem.holds for problem in made.problems):
            return "there is no paper to make yet."
        return "no paper can be made." if wishes.dry_run else "no paper was made."
    one_kept = counts[Status.KEPT] == 1
    verbs = {
        Status.WRITTEN: "would be made" if wishes.dry_run else "made",
        Status.UNCHANGED: "unchanged",
        Status.KEPT: "left as you edited it" if one_kept else "left as you edited them",
        Status.SIGNED: "signed and left as they are" if counts[Status.SIGNED] > 1 else "signed and left as it is",
        Status.HELD: "cannot be made yet" if wishes.dry_run else "not made",
        Status.FAILED: "cannot be written" if wishes.dry_run else "could not be written",
    }
    forms = Counter(outcome.job.form for outcome in made.outcomes if outcome.status is Status.WRITTEN)
    named = ", ".join(f"{number:,} × {form}" for form, number in sorted(forms.items()))
    verbs[Status.WRITTEN] += f" ({named})"
    parts = ", ".join(f"{counts[status]:,} {verb}" for status, verb in verbs.items() if counts[status])
    missing = (Status.HELD, Status.FAILED)
    by_hand = len({gap.meaning for it in made.outcomes if it.status not in missing for gap in it.gaps})
    pen = f"; {counted(by_hand, 'blank')} left for the pen" if by_hand else ""
    return f"{counted(len(made.outcomes), 'paper')}: {parts}{pen}."


def collected_as_text(found: Sequence[Collecting], strangers: Sequence[Problem], folder: Path) -> str:
    """Tell what was collected from documents that came back."""
    lines = []
    for each in found:
        brought = each.brought
        lines.append(f"{each.name}: {'; '.join(_came_back(brought))}.")
        lines += _problems(brought.problems)
        told = {*(problem.place.file for problem in brought.problems), *(one.file for one in brought.changes)}
        same = (file for file in brought.compared if file not in told)
        lines += [f"  {file}  It says what the paper that was made says." for file in same]
        for one in brought.changes:
            ours, theirs = (f"“{text}”" if text else "nothing" for text in (one.ours, one.theirs))
            lines.append(f"    {one.where}: we wrote {ours}, it says {theirs}{f' ({one.cell})' if one.cell else ''}")
        lines += [f"  Results: {_near(each.workbook, folder)}"] if each.workbook else []
    return "\n".join([*lines, *_problems(strangers)]) or "Nothing was collected."


def _came_back(brought: Brought) -> Iterator[str]:
    """Say what came back to a cohort: sheets and workbooks, and other papers, which carry no marks."""
    if number := len(brought.documents):
        marked = f"{len(brought.marked):,}" if brought.marked else "none"
        of = f", {marked} with marks" if len(brought.marked) < number else ""
        gone = f"{brought.gone:,} gone" if brought.gone else ""
        fresh = f"{brought.new:,} new" if brought.new != brought.rows or (gone and brought.new) else ""
        different = f" ({', '.join(filter(None, (fresh, gone)))})" if fresh or gone else ""
        results = f"{counted(brought.rows, 'result')} collected{different}"
        known = brought.marked and brought.kept and not brought.rows
        yield f"{counted(number, 'document')} read{of}, {'no new results' if known else results}"
    if number := len(brought.compared):
        which = "paper that carries no marks was" if number == 1 else "papers that carry no marks were"
        yield f"{number:,} {which} compared with what was made"


def _problems(problems: Iterable[Problem]) -> Iterator[str]:
    for problem, places in in_same_words(problems):
        mark = "(please look) " if problem.severity is not Severity.NOTICE else ""
        where = "; ".join(dict.fromkeys(map(str, places)))
        yield f"  {mark}{where}  {problem.message} {problem.advice} [{problem.code}]"


def _near(path: Path, folder: Path) -> Path:
    return path.relative_to(folder) if path.is_relative_to(folder) else path


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
                "problems": [problem_as_object(problem) for problem in each.problems],
            }
            for each in made
        ]
    }  # fmt: skip


def exported_as_text(each: Exported, folder: Path) -> str:
    """Tell what became of a cohort's credentials, as an officer reads it."""
    parts = [
        f"{number:,} {word}" for number, word in (
            (len(each.written), "written"), (len(each.unchanged), "unchanged"), (len(each.held), "not written"),
        ) if number
    ]  # fmt: skip
    number = len(each.written) + len(each.unchanged) + len(each.held)
    told = f"{counted(number, 'credential')}: {', '.join(parts)}." if parts else "no credential was written."
    if each.without:
        told += f" Of {counted(each.without, 'learner')} nothing is recognised yet."
    lines = [f"{each.name} ({each.workbook}): {told}"]
    if each.held:
        lines.append(f"  Not written: {listed(each.held[:MOST_SHOWN])}{' and more' * (len(each.held) > MOST_SHOWN)}")
    for problem, places in in_same_words(each.problems)[:MOST_SHOWN]:
        where = "; ".join(_where(places, several=len(each.files) > 1))
        where = "" if problem.message.startswith(f"“{where}”") else f"{where}  "
        lines.append(f"  {where}{problem.message} {problem.advice} [{problem.code}]")
    if each.written or each.unchanged:
        near = _near(each.folder, folder)
        lines.append(f"  They lie in {near}. They are not sealed: that is for your college to do.")
    return "\n".join(lines)


MOST_NAMED = 5
"""Papers of one kind that `ecvet status` names; the others it counts."""


def standing_as_text(found: Sequence[Standing], not_run: Sequence[str]) -> str:
    """Tell how the cohorts stand, as an officer reads it."""
    lines = [line for each in found for line in _stands(each)]
    lost = any(not each.workbook for each in found)  # of what workbook these papers are, nobody knows any more
    what = "no run of it is known any more. Bring its papers up to date" if lost else "not run yet. Make its papers"
    lines += [f"{name}: {what} with: ecvet run" for name in not_run]
    return "\n".join(lines) or "There is no cohort yet. Put its workbook into the folder input, then: ecvet run"


def _stands(each: Standing) -> Iterator[str]:
    last = f"last run on {day(each.on)}" if each.on else ""
    number = sum(len(files) for stand, files in each.papers.items() if stand not in (Stand.OLD, Stand.OTHER))
    of = ", ".join(filter(None, (each.workbook, last, f"in output/{each.folder}" if each.folder else "")))
    yield f"{each.name}{f' ({of})' if of else ''}: {counted(number, 'paper')}"
    for stand, files in each.papers.items():
        if files:
            yield f"  {len(files):,} {WORDS[stand][len(files) > 1]}"
        if stand is not Stand.MADE:
            yield from (f"    {file}" for file in files[:MOST_NAMED])
            if len(files) > MOST_NAMED:
                yield f"    … and {len(files) - MOST_NAMED:,} more"
    if each.beside:
        yield f"  {len(each.beside):,} new beside those you edited: {'; '.join(each.beside[:MOST_NAMED])}"
    if each.newer:
        yield "  The workbook was changed since. Bring the papers up to date with: ecvet run"


def standing_as_object(found: Sequence[Standing], not_run: Sequence[str]) -> dict[str, Any]:
    """Give how the cohorts stand as one object."""
    return {
        "cohorts": [
            {
                "id": each.name, "workbook": each.workbook, "last_run": each.on.isoformat() if each.on else None,
                "workbook_changed_since": each.newer, "beside": list(each.beside),
                "papers": {stand.value: list(files) for stand, files in each.papers.items()},
            }
            for each in found
        ],
        "not_run": list(not_run),
    }  # fmt: skip


def log_of(fault: BaseException) -> str:
    """Write where in the program a fault happened, and its kind: no values, so no personal data; gives the file."""
    frames = traceback.extract_tb(fault.__traceback__)
    lines = [
        f"ecvet {__version__}, Python {platform.python_version()}, {platform.system()}",
        type(fault).__name__,
        *(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames),
    ]
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="ecvet-fault-", suffix=".log", delete=False, encoding="utf-8", errors="replace"
        ) as log:
            log.write("\n".join(lines) + "\n")
    except OSError:
        return "(it could not be written) " + " < ".join(reversed(lines))
    return log.name
