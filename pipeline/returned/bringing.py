"""Bring what came back into a cohort: its results are those that were typed and those that documents say (floor 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.columns import RESULTS_SHEET
from pipeline.extras import Extras
from pipeline.filing import not_readable_now, unreadable_file, unreadable_sheet
from pipeline.lastrun import read_last
from pipeline.model import Cohort
from pipeline.names import LONGEST_FOLDER, safe_name
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.returned.gathering import Gathered
from pipeline.returned.keeping import file_name, kept_in, results_workbook
from pipeline.returned.merging import Contradiction, Together, collect, earlier_rows, put_together, with_documents
from pipeline.returned.papers import Change, compare
from pipeline.returned.taking import Taker
from pipeline.returned.withdrawing import withdrawn
from pipeline.returned.workbooks import together
from pipeline.workbook import Reading


@fault("R519", Severity.NOTICE)
def worked_in(file: str, new: str) -> tuple[str, str]:
    """Somebody worked in the workbook of collected results, so it stays as it is. It is read, and what it says counts.

    What documents say and it does not stands in a second workbook beside it, which is read too.

    Advice: Nothing has to be done. To have one workbook again, copy the rows of the second into the first.
    Basis: data (nothing that was typed is overwritten)
    """
    return (f"“{file}” is yours now and stays as it is; what it does not say yet stands in “{new}” beside it.",
            "Both are read. To have one again, copy the rows of the second into the first.")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came back to a cohort: the cohort with all its results, the workbook of collected results to be laid.

    `name` and `data` are empty where there is nothing to lay; `kept` is the workbook that lies there and stays as it
    is, because somebody worked in it. `new` counts rows that no earlier run collected, `rows` all of them, and `gone`
    those that stood there before and that their documents do not say any more. `documents` are those that were read,
    `marked` those of them that hold marks. `compared` are other papers that came back, and `changes` what they say.
    `unread` tells of workbooks of collected results that lie there and could not be read: then none is laid, for it
    would lack what stands in them.
    """

    cohort: Cohort
    name: str = ""
    data: bytes = b""
    kept: str = ""
    documents: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    rows: int = 0
    new: int = 0
    gone: int = 0
    contradictions: tuple[Contradiction, ...] = ()
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[Problem, ...] = ()


_UNREAD = frozenset({unreadable_file.meaning.code, unreadable_sheet.meaning.code})


def results_beside(output: Path) -> Callable[[str], Sequence[Path]]:
    """Give what finds the workbooks of collected results of a cohort by its ID, for `workbook.read_cohort`."""

    def find(cohort: str) -> Sequence[Path]:
        folder = output / safe_name(cohort, longest=LONGEST_FOLDER)
        return kept_in(folder, file_name(cohort)) if cohort else ()

    return find


def with_collected(reading: Reading, folder: Path) -> Reading:
    """Put together what was typed and what earlier runs collected, for what makes no papers (`register`, `export`).

    `folder` is the cohort's in output/; documents in input/ that no run has read yet are not looked at.
    """
    last = read_last(folder)
    brought = bring(reading, Gathered(), Extras(folder=folder, known=last.extras if last else {}))
    return replace(reading, cohort=brought.cohort) if brought else reading


def bring(reading: Reading, returned: Gathered, extras: Extras) -> Brought | None:
    """Put what came back beside what was typed; None where the cohort could not be read. Writes nothing."""
    if reading.cohort is None or not reading.cohort.id:
        return None
    documents = returned.of(reading.cohort.id)
    beside = {path.name for path in kept_in(extras.folder, file_name(reading.cohort.id))}
    told = with_documents(reading.cohort.results, beside, {document.file for document in documents})
    cohort = replace(reading.cohort, results=told)
    unread = tuple(each for each in reading.problems if each.place.file in beside and each.code in _UNREAD)
    unsure = list[Problem]()
    lost = {row.origin.file for row in cohort.results if not (row.learner and row.unit)}
    ours = set(_ours(sorted(beside - lost), extras, unsure))
    taker = Taker(cohort, reading.date_order)
    found = [(document, taker.take(document)) for document in documents]
    taken = [row for _, rows in found for row in rows]
    for document in documents:
        taker.tell_unmarked(document)
    earlier = earlier_rows(row for row in cohort.results if row.origin.file in ours)
    read = {(document.file, stay) for document in documents for stay in taker.stays(document)}
    read |= {(row.file, row.learner.key) for row in taken}
    collected = collect(taken, earlier, read)
    name = extras.place_for(file_name(cohort.id), ours)
    made: Together = put_together(cohort.results, collected, name, ours, beside)
    known = {row.key for row in earlier}
    papers = returned.known.get(extras.folder, ())
    changes, of_papers = compare(extras.folder, papers, cohort)
    hers = earlier_rows(row for row in cohort.results if row.origin.file in beside - ours)
    gone_or_left = withdrawn(earlier, hers, taken, read)
    problems = [*returned.problems, *together(taker.problems), *made.problems, *gone_or_left, *of_papers, *unsure]
    if unread or unsure:
        extras.keep(beside)
    elif made.rows and file_name(cohort.id) in beside - ours:
        problems.append(worked_in(Place(file=file_name(cohort.id)), file_name(cohort.id), name))
    gone = len(known - {row.key for row in collected.rows})
    lays = bool(made.rows or gone) and not (unread or unsure)
    return Brought(
        cohort=replace(cohort, results=made.results), name=name if lays else "",
        data=results_workbook(cohort, made.rows) if lays else b"",
        kept=file_name(cohort.id) if file_name(cohort.id) in beside - ours and not unread else "",
        documents=tuple(document.file for document in documents),
        marked=tuple(document.file for document, rows in found if rows),
        compared=tuple(each.paper.file for each in papers), rows=len(made.rows) if lays else 0,
        new=sum(row.key not in known for row in made.rows) if lays else 0,
        gone=gone if lays else 0, contradictions=made.contradictions, changes=tuple(changes),
        problems=tuple(problems), unread=unread,
    )  # fmt: skip


def _ours(names: Iterable[str], extras: Extras, unsure: list[Problem]) -> Iterator[str]:
    """Give the workbooks of collected results that nobody worked in; tells those of which nobody can say it now."""
    for name in names:
        try:
            if extras.is_ours(name):
                yield name
        except OSError:
            unsure.append(not_readable_now(Place(file=name, sheet=RESULTS_SHEET.name)))
