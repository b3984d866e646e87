"""The papers by form, what became of each, and the blanks left for the pen (floor 7). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from pipeline.jobs import Job, Outcome, Status
from pipeline.model import Cohort, Partner, Record
from pipeline.problem import Place
from pipeline.report import duties
from pipeline.report.duties import MISSING, SOME, Records, ranges
from pipeline.report.facts import Page
from pipeline.sentences import listed

CALM = (Status.WRITTEN, Status.UNCHANGED, Status.SIGNED)
SHORT, FEW = 60, 12
"""Up to so many papers, or so many of a form, stand in one list; of more, the calm ones are folded."""
CELLS = 3
"""So many cells are named that a paper waits for."""


class Paper(NamedTuple):
    """A line in the list of papers; `cells` are those to fill or correct, each with where the page speaks of it.

    Only the first `CELLS` are named; `more` counts the others. `host` is the number of the host in `hosts_of`.
    """

    subject: str
    row: str
    href: str
    status: str
    words: str
    cells: Sequence[tuple[str, str]]
    more: int
    note: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A blank left for the pen: in how many papers, of which forms or for whom, and the cells that would fill it."""

    meaning: str
    papers: int
    where: str
    cells: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The papers of one form: their number by what became of them, and what heads the column of their rows.

    They stand in one list (“all”), or those to look at (“odd”) before the “rest”, each part with its number of papers:
    the rest is folded, and so are very many to look at. The papers are worded as they are asked for, once.
    """

    name: str
    number: int
    tally: str
    head: str
    parts: tuple[tuple[str, int, Iterator[Paper]], ...]


class _Quoted(dict[int, str]):
    """A table for `str.translate` that quotes as `urllib` does, and remembers each letter: paths have the same few."""

    def __missing__(self, letter: int) -> str:
        self[letter] = quoted = quote(chr(letter))
        return quoted


_QUOTED = _Quoted()


def linked(file: str) -> str:
    """Write a file of the cohort's folder as a link: never one that leads elsewhere."""
    return file.lstrip("/").translate(_QUOTED)


def hosts_of(cohort: Cohort | None) -> dict[Partner, str]:
    """Number the hosts of a cohort in the order of the workbook, from 1: the page shows the learners of one of them."""
    if cohort is None:
        return {}
    there = {learner.agreement.host for learner in cohort.travelling}
    return {host: str(number) for number, host in enumerate([it for it in cohort.partners if it in there], 1)}


def states(page: Page) -> list[tuple[str, str]]:
    """Give what became of papers, of whatever form: each state there is, and its words."""
    there = {outcome.status for outcome in page.outcomes}
    return [(status.value, page.said(status)) for status in Status if status in there]


def by_form(
    page: Page, records: Records, anchors: Mapping[Place, int], hosts: Mapping[Partner, str]
) -> Iterator[Form]:
    """List the papers by form; where all of a form go back to one sheet, it heads the column of their rows."""
    forms: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in page.outcomes:
        forms.setdefault((outcome.job.folder, outcome.job.form), []).append(outcome)
    for (_, name), outcomes in sorted(forms.items()):
        numbers = Counter(outcome.status for outcome in outcomes)
        sheets = {outcome.job.row.sheet if outcome.job.row.row else None for outcome in outcomes}
        sheet = sheets.pop() if len(sheets) == 1 else None
        parts = {"all": outcomes}
        if len(page.outcomes) > SHORT and len(outcomes) > FEW:
            parts = {"odd": [it for it in outcomes if not _is_calm(it)]}
            parts["rest"] = [it for it in outcomes if _is_calm(it)]
        yield Form(
            name=name, number=len(outcomes), head=f"Row of {sheet}" if sheet else "From",
            tally=", ".join(f"{numbers[it]:,} {page.said(it)}" for it in Status if numbers[it]),
            parts=tuple(
                (part, len(its), _papers(its, page, records, anchors, hosts, one_sheet=bool(sheet)))
                for part, its in parts.items() if its
            ),
        )  # fmt: skip


def _is_calm(outcome: Outcome) -> bool:
    """Say whether nobody needs to look at a paper: a signed one whose data changed is to look at."""
    return outcome.status in CALM and not (outcome.status is Status.SIGNED and outcome.differences)


def _papers(
    outcomes: Iterable[Outcome], page: Page, records: Records, anchors: Mapping[Place, int],
    hosts: Mapping[Partner, str], *, one_sheet: bool,
) -> Iterator[Paper]:  # fmt: skip
    """Say what became of each paper, where it lies, and what it waits for."""
    said = {status: (status.value, page.said(status)) for status in Status}
    gone = (*MISSING, Status.WRITTEN) if page.dry_run else MISSING
    for outcome in outcomes:
        status, job = outcome.status, outcome.job
        (state, words), there = said[status], status not in gone
        cells: Sequence[tuple[str, str]] = ()
        more, note = 0, ""
        if status is Status.HELD:
            if places := duties.waits_for(outcome):
                words += ": fill" if duties.only_to_fill(outcome, records) else ": correct"
                cells = [(str(place), duties.anchor(anchors.get(place, 0))) for place in places[:CELLS]]
                more = len(places[CELLS:])
            else:
                note = "All papers are made together, or none."
        else:
            if outcome.problems:
                note = " ".join([problem.message for problem in outcome.problems])
            if there and outcome.file != job.target:
                lies = "would lie" if page.dry_run else "lies"
                note = f"The new one {lies} beside it: {outcome.file.rpartition('/')[2]} {note}".strip()
        elsewhere = job.row.of_file.removesuffix(" › ")
        row = f"{job.row.row}{f' in {elsewhere}' if elsewhere else ''}" if one_sheet else str(job.row)
        href, host = linked(outcome.file) if there else "", _host(job, records, hosts)
        yield Paper(job.subject, row, href, state, words, cells, more, note, host)


def _host(job: Job, records: Records, hosts: Mapping[Partner, str]) -> str:
    """Find the number of the host of whom a paper speaks; nothing where it speaks of several, or of none."""
    host: Record | None = job.learner.agreement.host if job.learner else records.at(job.row)
    return hosts.get(host, "") if isinstance(host, Partner) else ""


def left_for_the_pen(outcomes: Sequence[Outcome]) -> Iterator[Blank]:
    """Gather what is left for the pen by its meaning, the most frequent first."""
    papers: dict[str, list[Outcome]] = {}
    places: dict[str, list[Place]] = {}
    for outcome in outcomes:
        if outcome.status not in MISSING:
            for gap in outcome.gaps:
                papers.setdefault(gap.meaning, []).append(outcome)
                places.setdefault(gap.meaning, []).append(gap.place)
    for meaning, its in sorted(papers.items(), key=lambda item: -len(item[1])):
        subjects = list(dict.fromkeys(outcome.job.subject for outcome in its))
        forms = sorted({outcome.job.form for outcome in its})
        yield Blank(
            meaning=meaning[:1].upper() + meaning[1:], papers=len({outcome.job.key for outcome in its}),
            where=listed(forms) + (f" for {listed(subjects)}" if len(subjects) <= SOME // 2 else ""),
            cells=", ".join(filter(None, ranges(places[meaning]))),
        )  # fmt: skip
