"""What is different from an earlier run: in one paper, and in the whole cohort (floor 1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pipeline.problem import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One word of a paper that says something else now: what it means to an officer, then and now as printed, its cell.

    A word that was empty, or is empty now, is an empty text. `word` is the word as forms write it (“agreement.start”).
    """

    word: str
    meaning: str
    before: str
    now: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is different in the whole cohort since the last run, which was made on the day `on`.

    `arisen` and `solved` are the problems that came and went, notices apart; `came` and `left` the names of learners
    whose papers are asked for now and were not then, or the other way round. What became different in a paper stands in
    its outcome.
    """

    on: dt.date
    arisen: tuple[Problem, ...] = ()
    solved: tuple[Problem, ...] = ()
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
