"""Carry out a plan: print, hand to the outbox, remember (floor 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.contexts import Contexts
from pipeline.form import Printed
from pipeline.marks.language import Blank
from pipeline.model import Cohort
from pipeline.outbox import Delivery, Outbox
from pipeline.plan import Gap, Order, Outcome, RowKey, Status, row_of
from pipeline.problem import Place, Problem, fault

TOGETHER = 200
"""Papers that are moved to their places together: one barrier for all of them is much cheaper than one each."""


@fault("T301")
def needed_word_empty(meaning: str, word: str, form: str) -> tuple[str, str]:
    """A form needs a word that has no value, so the paper was not made.

    Words fed by columns that every row needs hold a paper when they are empty, and so do words that a form marks as
    required.

    Advice: Fill the cell.
    Basis: form (contract, section 3)
    """
    return f"“{form}” needs {meaning} ({word}), and there is none.", "Fill the cell."


@dataclass(slots=True, kw_only=True)
class Batch:
    """One cohort's papers in the making. Kept: what has been printed and waits to be settled."""

    cohort: Cohort
    outbox: Outbox
    date: dt.date | None
    troubled: frozenset[RowKey]
    contexts: Contexts

    def today(self, key: str) -> dt.date:
        """Give the date of a paper: as asked, else the cohort's, else the day the paper was first made."""
        return self.date or self.cohort.date or self.outbox.first_made(key) or dt.date.today()

    def print(self, order: Order) -> tuple[Printed, tuple[Problem, ...], tuple[Gap, ...]]:
        """Print one paper, and tell which blanks stayed empty: those that hold it, and those for the pen."""
        today = self.today(order.job.key)
        printed = order.form.print(self.contexts.values(order.scope, order.language, today), order.language)
        problems = list(printed.problems)
        gaps: dict[tuple[str, Place], Gap] = {}
        for blank, owner in printed.empty:
            place = self.contexts.place(owner, blank.key)
            if blank.required and not self._told_elsewhere(order, place):
                problem = needed_word_empty(place, blank.meaning, blank.word, order.job.form)
                if problem not in problems:
                    problems.append(problem)
            elif blank.column or "more" in blank.word:
                gaps.setdefault((blank.word, place), Gap(word=blank.word, meaning=_officers_word(blank), place=place))
        return printed, tuple(problems), tuple(gaps.values())

    def _told_elsewhere(self, order: Order, place: Place) -> bool:
        """In a paper for several, one learner's error leaves her line blank: it holds her own papers alone."""
        return order.job.learner is None and row_of(place) in self.troubled


def _officers_word(blank: Blank) -> str:
    return blank.column.partition(": ")[2] or blank.meaning


def carry_out(
    orders: Sequence[Order], batch: Batch, *, strict: bool = False, held_by_any: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Outcome]:  # fmt: skip
    """Make every paper of a plan that nothing holds; the others are told. Outcomes stand in the order of the plan.

    With `strict` nothing is written unless everything can be: one paper that is held holds all.
    """
    if strict and (held_by_any or _any_held(orders, batch)):
        return [
            Outcome(job=order.job, status=Status.HELD, file=order.job.target, problems=order.job.held_by)
            for order in orders
        ]
    outcomes: list[Outcome] = []
    waiting: list[tuple[int, Delivery]] = []
    for number, order in enumerate(orders):
        outcomes.append(_carry_out_one(order, batch, waiting, number))
        if len(waiting) >= TOGETHER:
            _settle(batch.outbox, outcomes, waiting)
        progress(1)
    _settle(batch.outbox, outcomes, waiting)
    return outcomes


def _any_held(orders: Sequence[Order], batch: Batch) -> bool:
    return any(order.job.held_by or batch.print(order)[1] for order in orders)


def _carry_out_one(order: Order, batch: Batch, waiting: list[tuple[int, Delivery]], number: int) -> Outcome:
    job = order.job
    if job.held_by:
        return Outcome(job=job, status=Status.HELD, file=job.target, problems=job.held_by)
    printed, problems, gaps = batch.print(order)
    if problems:
        return Outcome(job=replace(job, held_by=problems), status=Status.HELD, file=job.target, problems=problems)
    delivery = batch.outbox.deliver(job, printed.data, batch.today(job.key))
    if delivery.status is not Status.FAILED:
        waiting.append((number, delivery))
    return Outcome(
        job=job, status=delivery.status, file=delivery.file, problems=tuple(delivery.problems), gaps=gaps
    )


def _settle(outbox: Outbox, outcomes: list[Outcome], waiting: list[tuple[int, Delivery]]) -> None:
    outbox.settle()
    for number, delivery in waiting:
        if delivery.status is Status.FAILED:
            outcomes[number] = replace(
                outcomes[number], status=Status.FAILED, file=delivery.file, problems=tuple(delivery.problems)
            )
    waiting.clear()
