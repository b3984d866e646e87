"""The page an officer reads after a run (floor 7): facts in, one self-contained page of HTML out. Pure.

What is said is decided here, in `duties.py` and in `timeline.py`; how it looks stands in `page.html.j2`. The page
needs no network and no program of its own, and everything that comes from a workbook is escaped by the template engine.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined, Template

from pipeline.jobs import Gap, Outcome, Status
from pipeline.model import Cohort, by_person
from pipeline.problem import Place, Problem, Severity
from pipeline.report import courses, timeline
from pipeline.report.duties import MISSING, SOME, Entry, Records, by_row, gather, is_empty, ranges
from pipeline.sentences import counted, day, listed

WORDS = {
    Status.WRITTEN: ("made", "was made", "were made", "would be made"),
    Status.UNCHANGED: ("not changed", "did not change", "did not change", "would not change"),
    Status.KEPT: (
        "left as you edited it", "was left as you edited it", "were left as you edited them",
        "would be left as you edited it",
    ),
    Status.HELD: ("not made", "was not made", "were not made", "cannot be made yet"),
    Status.FAILED: ("could not be written",) * 4,
}  # fmt: skip
"""What became of a paper: in a list, of one, of several, and where nothing was to be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a report tells: of which workbook, what became of every paper, and all there is to correct or to know.

    `workbook` is the file's name (or several), `cohort` None where it could not be read.
    """

    workbook: str
    cohort: Cohort | None
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    made_on: dt.date
    dry_run: bool
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A line in the list of papers; `cells` are those to fill or correct, each with where the page speaks of it."""

    subject: str
    row: str
    href: str
    status: Status
    words: str
    cells: tuple[tuple[str, str], ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A blank left for the pen: in how many papers, of which forms or for whom, and the cells that would fill it."""

    meaning: str
    papers: int
    where: str
    cells: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The papers of one form: their number by what became of them, and what heads the column of their rows."""

    name: str
    tally: str
    head: str
    papers: tuple[Paper, ...]


def to_html(page: Page) -> str:
    """Write the page."""
    cohort = page.cohort
    entries = gather(page.problems, page.outcomes, cohort)
    numbered = [(f"p{number}", entry) for number, entry in enumerate(entries, 1)]
    blanks = list(left_for_the_pen(page.outcomes))
    return _template().render(
        page=page,
        cohort=cohort,
        verdict=_verdict(page, entries),
        figures=list(_figures(page, entries, blanks)),
        entries={it.value: [pair for pair in numbered if pair[1].problem.severity is it] for it in Severity},
        amount={it.value: _amount([entry for entry in entries if entry.problem.severity is it]) for it in Severity},
        forms=list(_forms(page, {place: anchor for anchor, entry in reversed(numbered) for place in entry.places})),
        blanks=blanks,
        picture=timeline.draw(cohort) if cohort else None,
        courses=list(courses.lay_out(cohort)) if cohort else [],
        absent=[learner.name for learner in cohort.learners if not learner.has_papers] if cohort else [],
        some=SOME,
    ).lstrip()


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"day": day, "counted": counted}
    return environment.from_string(resources.files("pipeline.report").joinpath("page.html.j2").read_text("utf-8"))


# -- how it went -------------------------------------------------------------------------------------------------------


def _verdict(page: Page, entries: Sequence[Entry]) -> tuple[str, str]:
    """Say how it went, in a word for the eye (good, mixed, stop) and in a sentence."""
    numbers = Counter(outcome.status for outcome in page.outcomes)
    total, missing = numbers.total(), sum(numbers[status] for status in MISSING)
    amount = _amount(entry for entry in entries if entry.problem.holds)
    remedy = f": correct {amount}" if amount else ""
    if page.cohort is None:
        return "stop", "The workbook could not be read, so no paper was made."
    if not total:
        return ("stop", f"No paper was made{remedy}.") if remedy else ("good", "There is no paper to make yet.")
    if total == numbers[Status.UNCHANGED]:
        return "good", f"Nothing has changed: {f'all {total:,} papers are' if total > 1 else 'the paper is'} as before."
    if total == numbers[Status.WRITTEN]:
        kinds = _kinds(page.outcomes)
        every = "" if kinds.startswith("1 ") else "All "
        return "good", f"{every}{kinds} {_became(Status.WRITTEN, total, page)}."
    said = {
        status: f"{numbers[status]:,} {_became(status, numbers[status], page)}" for status in Status if numbers[status]
    }
    first = next(iter(said))
    said[first] = f"{counted(numbers[first], 'paper')} {_became(first, numbers[first], page)}"
    sentences = [listed([words for status, words in said.items() if status not in MISSING])]
    if Status.HELD in said:
        none = f"No paper {'can be' if page.dry_run else 'was'} made"
        sentences.append((none if missing == total else said[Status.HELD]) + remedy)
    sentences.append(said.get(Status.FAILED, ""))
    mood = "mixed" if 0 < missing < total else "stop" if missing else "good"
    return mood, ". ".join(filter(None, sentences)) + "."


def _became(status: Status, number: int, page: Page) -> str:
    """Choose the verb: of one paper or of several, done or only thought of."""
    return WORDS[status][3 if page.dry_run else 1 if number == 1 else 2]


def _amount(entries: Iterable[Entry]) -> str:
    """Count the places of what is to correct: 3 cells; nothing where there are none."""
    places = dict.fromkeys(place for entry in entries for place in entry.places)
    return counted(len(places), "cell" if all(place.cell for place in places) else "place") if places else ""


def _kinds(outcomes: Sequence[Outcome]) -> str:
    """Count papers by what they are: 13 agreements, 1 memorandum and 15 other papers."""
    numbers = Counter(outcome.job.form for outcome in outcomes)
    agreements, memoranda = numbers.pop("Learning Agreement", 0), numbers.pop("Memorandum of Understanding", 0)
    said = [counted(agreements, "agreement")] if agreements else []
    said += [counted(memoranda, "memorandum", "memoranda")] if memoranda else []
    said += [counted(numbers.total(), "other paper" if said else "paper")] if numbers.total() else []
    return listed(said)


def _figures(page: Page, entries: Sequence[Entry], blanks: Sequence[Blank]) -> Iterator[tuple[str, str, str]]:
    """Give the key figures: the number, what it counts, and what belongs to it."""
    missing = sum(outcome.status in MISSING for outcome in page.outcomes)
    if total := len(page.outcomes):
        yield f"{total - missing:,}", "papers to make" if page.dry_run else "papers in place", f"of {total:,}"
    if amount := _amount(entry for entry in entries if entry.problem.holds):
        number, _, noun = amount.partition(" ")
        yield number, f"{noun} to correct", f"{counted(missing, 'paper')} waiting" if missing else ""
    if page.cohort and (stays := page.cohort.travelling):
        hosts = dict.fromkeys(learner.agreement.host for learner in stays if learner.agreement.host)
        countries = dict.fromkeys(host.country for host in hosts if host.country)
        people, far = counted(len(by_person(stays)), "learner"), counted(len(hosts), "host")
        yield people.partition(" ")[0], people.partition(" ")[2], counted(len(stays), "stay")
        yield far.partition(" ")[0], far.partition(" ")[2], f"in {counted(len(countries), 'country', 'countries')}"
    if blanks:
        yield f"{len(blanks):,}", "for the pen", f"{'blank' if len(blanks) == 1 else 'blanks'} to complete by hand"


# -- the papers --------------------------------------------------------------------------------------------------------


def _forms(page: Page, anchors: Mapping[Place, str]) -> Iterator[Form]:
    """List the papers by form; where all of a form go back to one sheet, it heads the column of their rows."""
    records = by_row(page.cohort)
    forms: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in page.outcomes:
        forms.setdefault((outcome.job.folder, outcome.job.form), []).append(outcome)
    for (_, name), outcomes in forms.items():
        numbers = Counter(outcome.status for outcome in outcomes)
        sheets = {outcome.job.row.sheet if outcome.job.row.row else None for outcome in outcomes}
        sheet = sheets.pop() if len(sheets) == 1 else None
        yield Form(
            name=name, head=f"Row of {sheet}" if sheet else "From",
            tally=", ".join(f"{numbers[it]:,} {WORDS[it][3 if page.dry_run else 0]}" for it in Status if numbers[it]),
            papers=tuple(
                _paper(it, page, records, anchors, str(it.job.row.row) if sheet else str(it.job.row)) for it in outcomes
            ),
        )  # fmt: skip


def _paper(outcome: Outcome, page: Page, records: Records, anchors: Mapping[Place, str], row: str) -> Paper:
    """Say what became of one paper, where it lies, and what it waits for."""
    status, job = outcome.status, outcome.job
    there = status not in MISSING and not (page.dry_run and status is Status.WRITTEN)
    words = WORDS[status][3 if page.dry_run else 0]
    places = list(dict.fromkeys(problem.place for problem in (*job.held_by, *outcome.problems) if problem.holds))
    note = "" if status is Status.HELD else " ".join(problem.message for problem in outcome.problems)
    if status is Status.HELD and places:
        words += ": fill" if all(is_empty(place, records) for place in places) else ": correct"
    elif status is Status.HELD:
        note = "All papers are made together, or none."
    elif there and outcome.file != job.target:
        lies = "would lie" if page.dry_run else "lies"
        note = f"The new one {lies} beside it: {outcome.file.rpartition('/')[2]} {note}".strip()
    return Paper(
        subject=job.subject, row=row, status=status, words=words, note=note,
        href=quote(outcome.file.lstrip("/")) if there else "",
        cells=tuple((str(place), anchors.get(place, "")) for place in places) if status is Status.HELD else (),
    )  # fmt: skip


def left_for_the_pen(outcomes: Sequence[Outcome]) -> Iterator[Blank]:
    """Gather what is left for the pen by its meaning, the most frequent first."""
    found: dict[str, list[tuple[Outcome, Gap]]] = {}
    for outcome in outcomes:
        if outcome.status not in MISSING:
            for gap in outcome.gaps:
                found.setdefault(gap.meaning, []).append((outcome, gap))
    for meaning, gaps in sorted(found.items(), key=lambda item: -len(item[1])):
        subjects = list(dict.fromkeys(outcome.job.subject for outcome, _ in gaps))
        forms = list(dict.fromkeys(outcome.job.form for outcome, _ in gaps))
        yield Blank(
            meaning=meaning[:1].upper() + meaning[1:], papers=len({outcome.job.key for outcome, _ in gaps}),
            where=listed(forms) + (f" for {listed(subjects)}" if len(subjects) <= SOME // 2 else ""),
            cells=", ".join(filter(None, ranges(gap.place for _, gap in gaps))),
        )  # fmt: skip
