"""The scoreboard: a row a promise, with its target, what was found, and the cases that are not right yet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One promise: what was tried, what must come out, what came out, and the cases that are not right."""

    what: str
    target: str
    found: str
    wrong: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether the promise holds in every case."""
        return not self.wrong


Trial = Callable[[bool], Iterable[Row]]
"""Tries promises and gives their rows; asked for the quick part (True) it takes seconds."""


def tried(trials: dict[str, Trial], *, quick: bool) -> Iterator[tuple[str, Row, float]]:
    """Try everything in turn; gives each row with the trial's name and the seconds it took."""
    for name, trial in trials.items():
        begun = time.perf_counter()
        for row in trial(quick):
            yield name, row, time.perf_counter() - begun
            begun = time.perf_counter()


def as_table(rows: Iterable[Row]) -> str:
    """Write rows as a table for README."""
    lines = ["| Promise | Target | Found |", "| --- | --- | --- |"]
    lines += [f"| {row.what} | {row.target} | {row.found}{'' if row.holds else ' ✗'} |" for row in rows]
    return "\n".join(lines)
