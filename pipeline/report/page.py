"""The page an officer reads after a run (floor 7): facts in, one self-contained page of HTML out. Pure.

What is said is decided here, in `duties.py` and in `timeline.py`; how it looks stands in `page.html.j2`. The page
needs no network and no program of its own, and everything that comes from a workbook is escaped by the template engine.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote

from jinja2 import Environment, StrictUndefined, Template

from pipeline.changes import Since
from pipeline.jobs import Outcome, Status
from pipeline.model import Cohort
from pipeline.problem import Place, Problem, Severity
from pipeline.report import courses, duties, timeline
from pipeline.report.duties import MISSING, SOME, Entry, Records, amount, by_row, gather, ranges
from pipeline.sentences import counted, day, listed

WORDS = {
    Status.WRITTEN: ("made", "was made", "were made", "would be made"),
    Status.UNCHANGED: ("not changed", "did not change", "did not change", "would not change"),
    Status.KEPT: (
        "left as you edited it", "was left as you edited it", "were left as you edited them",
        "would be left as you edited it",
    ),
    Status.SIGNED: ("signed, left as it is", "is signed and was left as it is", "are signed and were left as they are",
                    "is signed and stays as it is"),
    Status.HELD: ("not made", "was not made", "were not made", "cannot be made yet"),
    Status.FAILED: ("could not be written",) * 4,
}  # fmt: skip
"""What became of a paper: in a list, of one, of several, and where nothing was to be written."""

CALM = (Status.WRITTEN, Status.UNCHANGED, Status.SIGNED)
SHORT, FEW = 60, 12
"""Up to so many papers, or so many of a form, stand in one list; of more, the calm ones are folded."""
CELLS = 3
"""So many cells are named that a paper waits for."""
PIECE = 32_000
"""How long a piece of the page is at least, in letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a report tells: of which workbook, what became of every paper, and all there is to correct or to know.

    `workbook` is the file's name (or several), `cohort` None where it could not be read; `since` tells what is
    different from the run before, None where there was none.
    """

    workbook: str
    cohort: Cohort | None
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    made_on: dt.date
    dry_run: bool
    version: str
    since: Since | None = None


class Paper(NamedTuple):
    """A line in the list of papers; `cells` are those to fill or correct, each with where the page speaks of it.

    Only the first `CELLS` are named; `more` counts the others.
    """

    subject: str
    row: str
    href: str
    status: str
    words: str
    cells: Sequence[tuple[str, str]]
    more: int
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
    """The papers of one form: their number by what became of them, and what heads the column of their rows.

    They stand in one list (“all”), or those to look at (“odd”) before the “rest”, each part with its number of papers:
    the rest is folded, and so are very many to look at. The papers are worded as they are asked for, once.
    """

    name: str
    number: int
    tally: str
    head: str
    parts: tuple[tuple[str, int, Iterator[Paper]], ...]


def pieces(page: Page) -> Iterator[bytes]:
    """Write the page piece by piece, in UTF-8: thousands of papers need hardly more memory than a few."""
    words, said, length = _template().generate(_facts(page)), [], 0
    while some := list(islice(words, 100)):  # the template speaks in hundreds of thousands of words, most of them short
        said.append("".join(some))
        length += len(said[-1])
        if length >= PIECE:
            yield "".join(said).encode()
            said, length = [], 0
    yield "".join(said).encode()


def to_html(page: Page) -> str:
    """Write the page whole."""
    return b"".join(pieces(page)).decode()


def _facts(page: Page) -> dict[str, object]:
    """Decide what is said. Lists that may be long are worded while they are written."""
    cohort = page.cohort
    records = by_row(cohort)
    entries = gather(page.problems, page.outcomes, records)
    weighed = {it: [entry for entry in entries if entry.problem.severity is it] for it in Severity}
    anchors = {place: entry.number for entry in reversed(entries) for place in entry.places}
    blanks = list(left_for_the_pen(page.outcomes))
    return {
        "page": page,
        "cohort": cohort,
        "verdict": _verdict(page, entries),
        "figures": list(_figures(page, entries, blanks)),
        "entries": {it.value: alike for it, alike in weighed.items()},
        "amount": {it.value: amount(alike) for it, alike in weighed.items()},
        "forms": _forms(page, records, anchors),
        "blanks": blanks,
        "picture": timeline.draw(cohort) if cohort else None,
        "courses": list(courses.lay_out(cohort)) if cohort else [],
        "absent": [learner.name for learner in cohort.learners if not learner.has_papers] if cohort else [],
        "some": SOME,
        "once": lru_cache(courses.ALIKE)(lambda macro, *values: macro(*values)),
    }


class _Quoted(dict[int, str]):
    """A table for `str.translate` that quotes as `urllib` does, and remembers each letter: paths have the same few."""

    def __missing__(self, letter: int) -> str:
        self[letter] = quoted = quote(chr(letter))
        return quoted


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
    to_correct = amount(entry for entry in entries if entry.problem.holds)
    remedy = f": correct {to_correct}" if to_correct else ""
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
    if to_correct := amount(entry for entry in entries if entry.problem.holds):
        number, _, noun = to_correct.partition(" ")
        yield number, f"{noun} to correct", f"{counted(missing, 'paper')} waiting" if missing else ""
    if page.cohort and (stays := page.cohort.travelling):
        hosts = dict.fromkeys(learner.agreement.host for learner in stays if learner.agreement.host)
        countries = dict.fromkeys(host.country for host in hosts if host.country)
        people, far = counted(len({stay.person for stay in stays}), "learner"), counted(len(hosts), "host")
        yield people.partition(" ")[0], people.partition(" ")[2], counted(len(stays), "stay")
        yield far.partition(" ")[0], far.partition(" ")[2], f"in {counted(len(countries), 'country', 'countries')}"
    if blanks:
        yield f"{len(blanks):,}", "for the pen", f"{'blank' if len(blanks) == 1 else 'blanks'} to complete by hand"


# -- the papers --------------------------------------------------------------------------------------------------------


def _forms(page: Page, records: Records, anchors: Mapping[Place, int]) -> Iterator[Form]:
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
            parts = {"odd": [it for it in outcomes if it.status not in CALM]}
            parts["rest"] = [it for it in outcomes if it.status in CALM]
        yield Form(
            name=name, number=len(outcomes), head=f"Row of {sheet}" if sheet else "From",
            tally=", ".join(f"{numbers[it]:,} {_said(it, page)}" for it in Status if numbers[it]),
            parts=tuple(
                (part, len(its), _papers(its, page, records, anchors, one_sheet=bool(sheet)))
                for part, its in parts.items() if its
            ),
        )  # fmt: skip


def _said(status: Status, page: Page) -> str:
    """Say what became of a paper, in a list."""
    return WORDS[status][3 if page.dry_run else 0]


def _papers(
    outcomes: Iterable[Outcome], page: Page, records: Records, anchors: Mapping[Place, int], *, one_sheet: bool
) -> Iterator[Paper]:
    """Say what became of each paper, where it lies, and what it waits for."""
    quoted = _Quoted()
    for outcome in outcomes:
        status, job = outcome.status, outcome.job
        there = status not in MISSING and not (page.dry_run and status is Status.WRITTEN)
        words, places = _said(status, page), duties.waits_for(outcome)
        note = "" if status is Status.HELD else " ".join([problem.message for problem in outcome.problems])
        if places:
            words += ": fill" if all(duties.is_empty(place, records) for place in places) else ": correct"
        elif status is Status.HELD:
            note = "All papers are made together, or none."
        elif there and outcome.file != job.target:
            lies = "would lie" if page.dry_run else "lies"
            note = f"The new one {lies} beside it: {outcome.file.rpartition('/')[2]} {note}".strip()
        yield Paper(
            subject=job.subject, row=str(job.row.row if one_sheet else job.row), status=status.value, words=words,
            note=note, href=outcome.file.lstrip("/").translate(quoted) if there else "", more=len(places[CELLS:]),
            cells=[(str(place), duties.anchor(anchors.get(place, 0))) for place in places[:CELLS]],
        )  # fmt: skip


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
