"""What employers look for against units and outcomes: covered, proposed, or a gap (floor 7). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.model import Cohort
from pipeline.profiles import Match, Need, job_profiles
from pipeline.report.courses import written
from pipeline.sentences import counted

COVERED, PROPOSED, GAP = "covered", "proposed", "gap"
SURE = ((0.6, "very alike"), (0.45, "alike"), (0.0, "a little alike"))
"""How a proposal's likeness is said; one reads the wording anyway before one says yes."""
LONG = 100
"""Profiles with more requirements are folded."""


class Answer(NamedTuple):
    """What covers a requirement, or may: what a person writes to say yes, a remark, and how alike the wordings are."""

    said: str
    remark: str
    sure: str


class Line(NamedTuple):
    """A requirement: its words, its weight, what became of it, the answers, and the cell to decide it in."""

    wanted: str
    weight: str
    state: str
    answers: tuple[Answer, ...]
    cell: str
    rejected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A job: its name and employer, how much of it is covered, and its requirements.

    `weighed` says that weights differ; `folded` is what a table says that is too long to stand open.
    """

    name: str
    employer: str
    told: str
    weighed: bool
    folded: str
    lines: tuple[Line, ...]


def lay_out(cohort: Cohort) -> Iterator[Profile]:
    """Lay the requirements of each job profile against units and outcomes, in the order of the sheet."""
    for profile in job_profiles(cohort) if cohort.requirements else ():
        lines = tuple(map(_line, profile.needs))
        states = [line.state for line in lines]
        percent = profile.covered_percent
        told = [f"{percent} % covered"] if percent is not None else []
        told += [f"{states.count(PROPOSED)} to decide"] if PROPOSED in states else []
        told += [f"{states.count(GAP)} {'gap' if states.count(GAP) == 1 else 'gaps'}"] if GAP in states else []
        yield Profile(
            name=profile.name, employer=profile.employer, told=", ".join(told),
            weighed=len({need.weight for need in profile.needs}) > 1, lines=lines,
            folded=f"Table of {counted(len(lines), 'requirement')}" if len(lines) > LONG else "",
        )  # fmt: skip


def _line(need: Need) -> Line:
    row = need.requirement
    state = COVERED if need.covered else PROPOSED if need.proposals else GAP
    answers = tuple(map(_answer, need.covered or need.proposals))
    return Line(row.outcome or "", written(need.weight), state, answers, str(row.at("matches")), need.rejected)


def _answer(match: Match) -> Answer:
    unit = match.unit
    remark = "" if match.outcome else unit.title or ""
    if unit.for_mobility is False:
        remark = f"{remark} (taught at home)".strip()
    sure = next(words for least, words in SURE if match.likeness >= least)
    return Answer(match.said, remark, sure)
