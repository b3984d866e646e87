"""The overview for the project's file: a row a mobility, and what became of each of its papers (floor 7).

It is what an auditor asks for: who went where and when, with which units, what was signed on which day, and where the
paper lies. It is made anew with every run, so nothing should be typed into it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.jobs import Outcome, Status
from pipeline.looks import Look
from pipeline.many import made
from pipeline.model import Cohort, Learner, Partner
from pipeline.names import LONGEST_FOLDER, safe_name
from pipeline.problem import Problem
from pipeline.sentences import counted
from pipeline.spreadsheet import Cell, Sheet, workbook

WIDEST, NARROWEST = 24, 6
"""Letters of width that a column may have."""

_STATES = {
    Status.WRITTEN: ("made", Look.GOOD),
    Status.UNCHANGED: ("unchanged", Look.GOOD),
    Status.KEPT: ("left as edited", Look.LOOK),
    Status.SIGNED: ("signed", Look.SIGNED),
    Status.HELD: ("not made", Look.WRONG),
    Status.FAILED: ("could not be written", Look.WRONG),
}
_CHANGED = ("changed since signing", Look.LOOK)
_MISSING = Cell("missing", Look.WRONG)
_NONE = Cell("–", Look.QUIET)
_REASON = "What is missing, or to be looked at"
_MOST_REASONS = 3

_HEADERS = (
    "Learner ID", "Mobility", "Family name", "Given names", "Status", "Mobility ID", "Home", "Host", "Workplace",
    "Planned start", "Planned end", "Days", "Actual start", "Actual end", "Units", "Points", "Agreement signed on",
    "Amendment",
)  # fmt: skip
_FROZEN = 4
_OTHER_HEADERS = ("Paper", "For", "State", "File")


def file_name(cohort: Cohort) -> str:
    """Name the overview of a cohort: “Overview - CZ-2027-Spring.xlsx”."""
    return f"{safe_name(f'Overview - {cohort.id}', longest=LONGEST_FOLDER + 11)}.xlsx"


def overview(cohort: Cohort, outcomes: Sequence[Outcome], *, on: dt.date) -> bytes:
    """Write the overview of a cohort as a workbook; `on` is the day that its head tells.

    The links lead to papers as seen from the cohort's folder, so that is where it belongs. The same facts give the same
    bytes.
    """
    papers: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.job.learner:
            papers.setdefault(outcome.job.learner.key, []).append(outcome)
    forms = list(dict.fromkeys(_form(outcome) for outcome in outcomes if outcome.job.learner))
    several = Counter(form for _, form in forms)
    heads = [f"{folder}: {form}" if several[form] > 1 else form for folder, form in forms]
    rows = made(cohort.learners, lambda learner: _mobility(learner, forms, papers.get(learner.key, ())))
    above = _head(cohort, outcomes, on)
    return workbook([
        _table("Mobilities", above, [*_HEADERS, *heads, _REASON], rows, frozen=_FROZEN),
        _table("Other papers", above[:1], [*_OTHER_HEADERS, _REASON], list(_others(outcomes)), frozen=1),
    ])  # fmt: skip


def _head(cohort: Cohort, outcomes: Sequence[Outcome], on: dt.date) -> list[list[Cell]]:
    counts = Counter(_state(outcome)[0] for outcome in outcomes)
    words = dict.fromkeys(word for word, _ in (*_STATES.values(), _CHANGED))
    told = ", ".join(f"{counts[word]:,} {word}" for word in words if counts[word])
    stays = Counter(learner.agreement.status or "confirmed" for learner in cohort.learners)
    statuses = ", ".join(f"{number:,} {status}" for status, number in stays.items())
    title = " – ".join(filter(None, (f"Overview of {cohort.id}", cohort.title)))
    project = f"Project {cohort.project_code}, " if cohort.project_code else ""
    facts = (
        f"{project}as of {on.isoformat()}. Made anew with every run: do not type into it.",
        f"{counted(len(cohort.learners), 'mobility', 'mobilities')}{f': {statuses}' if statuses else ''}",
        f"{counted(len(outcomes), 'paper')}{f': {told}' if told else ''}",
    )
    return [[Cell(title, Look.TITLE)], *([Cell(fact, Look.FACT)] for fact in facts)]


_Form = tuple[str, str]
"""The folder of the set of forms, and the form in it."""


def _form(outcome: Outcome) -> _Form:
    return outcome.job.folder, outcome.job.form


def _mobility(learner: Learner, forms: Sequence[_Form], papers: Sequence[Outcome]) -> list[Cell]:
    """Write the row of a mobility; one that gets no papers (reserve, withdrawn) has none missing."""
    agreed = learner.agreement
    none = _MISSING if learner.has_papers else _NONE
    units = "; ".join(choice.unit.id or choice.unit.title or "" for choice in agreed.choices)
    stay = [
        Cell(learner.id), Cell(learner.mobility, Look.MIDDLE), Cell(learner.family_name), Cell(learner.given_names),
        Cell(agreed.status or "confirmed"), Cell(agreed.mobility_id),
        *(Cell(_called(partner)) for partner in (agreed.home, agreed.host, agreed.workplace)),
        Cell(agreed.start), Cell(agreed.end), Cell(agreed.days, Look.MIDDLE), Cell(agreed.actual_start),
        Cell(agreed.actual_end), Cell(units), Cell(agreed.points, Look.MIDDLE), Cell(agreed.signed),
        Cell(agreed.amendment, Look.MIDDLE),
    ]  # fmt: skip
    shown = [_paper(its) if (its := [it for it in papers if _form(it) == form]) else none for form in forms]
    return [*stay, *shown, Cell(_reasons(papers))]


def _called(partner: Partner | None) -> str | None:
    return (partner.name or partner.id) if partner else None


def _paper(outcomes: Sequence[Outcome]) -> Cell:
    """Write what became of the papers of one form for one mobility (several after an amendment); the last is linked."""
    states = [_state(outcome) for outcome in outcomes]
    looks = [look for _, look in states]
    look = next((each for each in (Look.WRONG, Look.LOOK) if each in looks), looks[-1])
    return Cell("; ".join(dict.fromkeys(word for word, _ in states)), look, _lies(outcomes[-1]))


def _state(outcome: Outcome) -> tuple[str, Look]:
    changed = outcome.status is Status.SIGNED and outcome.differences
    return _CHANGED if changed else _STATES[outcome.status]


def _lies(outcome: Outcome) -> str:
    """Say where a paper lies; of an edited one that is her own, not the new one beside it."""
    if outcome.status in (Status.HELD, Status.FAILED):
        return ""
    return outcome.job.target if outcome.status is Status.KEPT else outcome.file


def _others(outcomes: Iterable[Outcome]) -> Iterable[list[Cell]]:
    """List the papers that belong to no single mobility: memoranda, lists, papers for partners."""
    for outcome in outcomes:
        if outcome.job.learner is None:
            (word, look), lies = _state(outcome), _lies(outcome)
            yield [
                Cell(outcome.job.form), Cell(outcome.job.subject), Cell(word, look), Cell(lies or None, link=lies),
                Cell(_reasons([outcome])),
            ]  # fmt: skip


def _reasons(outcomes: Iterable[Outcome]) -> str:
    """Tell why papers were not made, and what is to be looked at, each reason once."""
    problems: dict[tuple[str, str], Problem] = {}
    for outcome in outcomes:
        for problem in (*outcome.problems, *outcome.job.held_by):
            problems.setdefault((problem.code, str(problem.place)), problem)
    told = [f"{problem.place}: {problem.message}" for problem in problems.values()]
    more = f" … and {len(told) - _MOST_REASONS} more" if len(told) > _MOST_REASONS else ""
    return "; ".join(told[:_MOST_REASONS]) + more


def _table(name: str, above: list[list[Cell]], headers: list[str], rows: Sequence[list[Cell]], *, frozen: int) -> Sheet:
    longest = [0] * len(headers)
    for row in rows:
        longest = [max(known, _length(cell)) for known, cell in zip(longest, row, strict=True)]
    words = [max(map(len, header.split())) for header in headers]
    widths = [max(NARROWEST, min(WIDEST, far + 2), word + 4) for far, word in zip(longest, words, strict=True)]
    widths[-1] = WIDEST * 2
    if "File" in headers:
        widths[headers.index("File")] = WIDEST * 2
    return Sheet(name=name, above=[*above, []], headers=headers, rows=rows, widths=widths, frozen=frozen)


def _length(cell: Cell) -> int:
    return 10 if isinstance(cell.value, dt.date) else len(str(cell.value or ""))
