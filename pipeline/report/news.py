"""What is different since the last run (floor 7): what papers say now, whose were left, who came and left. Pure.

A cohort's date of signature stands in a thousand papers: what became different in the same way is one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.changes import Difference
from pipeline.jobs import Job, Outcome, Status
from pipeline.problem import Place, Problem
from pipeline.report.duties import anchor, papers_named, ranges
from pipeline.report.facts import Page
from pipeline.report.papers import linked
from pipeline.sentences import counted, listed

LONG, LEAD = 160, 40
"""Up to so many letters a value is written whole; of a longer one, as many from a little before it differs."""


class Change(NamedTuple):
    """A word that says something else: its meaning, then and now, its cells, and the papers it stands in."""

    meaning: str
    before: str
    now: str
    cells: str
    papers: str


class Left(NamedTuple):
    """A paper that was left as it is: its name, its file, and the new one beside it (empty texts: none)."""

    name: str
    href: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is different: `told` in a few sentences, then the changes of the papers that were made again.

    `edited` and `signed` are papers that were left as they are, with what the workbook says now: those that differ in
    the same way together. `arisen` and `solved` are problems: cells, sentence, and where the page speaks of it.
    """

    told: str
    changes: Sequence[Change]
    edited: Sequence[tuple[Sequence[Left], Sequence[Change]]]
    signed: Sequence[tuple[Sequence[Left], Sequence[Change]]]
    came: Sequence[str]
    left: Sequence[str]
    arisen: Sequence[tuple[str, str, str]]
    solved: Sequence[tuple[str, str, str]]

    @property
    def nothing(self) -> bool:
        """Say that there is nothing to list."""
        lists = (self.changes, self.edited, self.signed, self.came, self.left, self.arisen, self.solved)
        return not any(lists)


@dataclass(slots=True)
class _Same:
    """A change, and where it happened."""

    difference: Difference
    places: dict[Place, None] = field(default_factory=dict)
    jobs: list[Job] = field(default_factory=list)


def tell(page: Page, anchors: Mapping[Place, int]) -> News | None:
    """Tell what is different; None where there was no run before, or its papers are not known."""
    since = page.since
    left = [it for it in page.outcomes if it.differences and it.status in (Status.KEPT, Status.SIGNED)]
    again = [it for it in page.outcomes if it.status is Status.WRITTEN and it.remade]
    if since is None and not left and not any(it.differences for it in again):
        return None
    return News(
        told=_told(page, again),
        changes=_gathered(again),
        edited=_left(page, [it for it in left if it.status is Status.KEPT]),
        signed=_left(page, [it for it in left if it.status is Status.SIGNED]),
        came=since.came if since else (),
        left=since.left if since else (),
        arisen=_problems(since.arisen, anchors) if since else (),
        solved=_problems(since.solved, {}) if since else (),
    )


def _told(page: Page, again: Sequence[Outcome]) -> str:
    """Count what was made: papers that are new, papers made again, and those that no cell made different."""
    fresh = sum(it.status is Status.WRITTEN and not it.remade for it in page.outcomes)
    formal = sum(not it.differences for it in again)
    would = page.dry_run
    said = []
    if fresh:
        said.append(f"{counted(fresh, 'paper')} {'would be' if would else 'is' if fresh == 1 else 'are'} new.")
    if again:
        were = "would be" if would else "was" if len(again) == 1 else "were"
        said.append(f"{counted(len(again), 'paper')} {were} made again.")
    if formal:
        which = f"{formal:,} of them" if formal < len(again) else "it" if formal == 1 else "them"
        its, of = ("its", "it") if formal == 1 else ("their", "them")
        said.append(f"In {which} every cell stands as before: {its} form, or a number counted in {of}, is another.")
    return " ".join(said)


def _gathered(outcomes: Iterable[Outcome]) -> list[Change]:
    """Gather equal differences over all papers, the most frequent first."""
    same: dict[tuple[str, str, str], _Same] = {}
    for outcome in outcomes:
        for it in outcome.differences:
            one = same.setdefault((it.meaning, it.before, it.now), _Same(it))
            one.places[it.place] = None
            one.jobs.append(outcome.job)
    return [
        _change(it.difference, it.places, papers_named(it.jobs))
        for it in sorted(same.values(), key=lambda it: -len(it.jobs))
    ]


def _left(page: Page, outcomes: Iterable[Outcome]) -> list[tuple[list[Left], list[Change]]]:
    """Gather papers that were left and differ in the same way; the page leads to each, and to the new one beside it."""
    alike: dict[tuple[tuple[str, str, str], ...], list[Outcome]] = {}
    for it in outcomes:
        alike.setdefault(tuple([(one.meaning, one.before, one.now) for one in it.differences]), []).append(it)
    found = []
    for its in alike.values():
        papers = []
        for it in its:
            new = it.status is Status.KEPT and it.file != it.job.target and not page.dry_run
            name = f"{it.job.form} for {it.job.subject}"
            papers.append(Left(name, linked(it.job.target), linked(it.file) if new else ""))
        changes = [
            _change(one, dict.fromkeys(it.differences[at].place for it in its))
            for at, one in enumerate(its[0].differences)
        ]
        found.append((papers, changes))
    return found


def _change(it: Difference, places: Iterable[Place], papers: str = "") -> Change:
    before, now = _apart(it.before, it.now)
    meaning = it.meaning[:1].upper() + it.meaning[1:]
    return Change(meaning, before, now, ", ".join(filter(None, ranges(places))), papers)


def _apart(before: str, now: str) -> tuple[str, str]:
    """Write two values so that one sees what differs: of long ones the stretch where they begin to."""
    if max(len(before), len(now)) <= LONG:
        return before, now
    same = next((at for at, (one, other) in enumerate(zip(before, now, strict=False)) if one != other), None)
    start = max(0, (min(len(before), len(now)) if same is None else same) - LEAD)
    return _cut(before, start), _cut(now, start)


def _cut(text: str, start: int) -> str:
    end = start + LONG
    return ("… " if start and text else "") + text[start:end].strip() + (" …" if len(text) > end else "")


def _problems(problems: Iterable[Problem], anchors: Mapping[Place, int]) -> list[tuple[str, str, str]]:
    """Gather problems that say the same: their cells, the sentence, and where the page speaks of it."""
    same: dict[str, list[Place]] = {}
    for problem in problems:
        same.setdefault(problem.message, []).append(problem.place)
    return [
        (listed(list(filter(None, ranges(places)))), message, anchor(anchors.get(places[0], 0)))
        for message, places in same.items()
    ]
