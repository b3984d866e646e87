"""Carry out a plan: print, hand to the outbox, remember (floor 6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pipeline.contexts import Contexts, Scope, Values
from pipeline.delivery import Addressed, Delivery
from pipeline.differing import agreed, as_changes, differences
from pipeline.form import Printed
from pipeline.holds import RowKey, row_of
from pipeline.jobs import Gap, Outcome, Status
from pipeline.marks.language import Blank
from pipeline.model import Cohort
from pipeline.notices import (
    no_reason,
    nothing_to_amend,
    signed_after_editing,
    signed_paper_changed,
    signed_paper_gone,
    signed_text_unknown,
    taken_as_signed,
)
from pipeline.plan import Order
from pipeline.problem import Place, Problem, fault, quoted
from pipeline.raw import readable
from pipeline.sayings import Said, compared

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


@fault("T305")
def not_an_entry(value: str, form: str, entries: Sequence[str]) -> tuple[str, str]:
    """A form offers a list, and the value in the workbook is none of its entries, so the paper was not made.

    A list of Word (a drop-down list, say) can only show its own entries. The value may be written as the list shows it,
    or as the value that stands behind it.

    Advice: Correct the cell, or add the entry to the list in the form.
    Basis: form (contract, section 3)
    """
    offered = quoted(entries[:12]).replace("” and “", "” or “")
    advice = f"Write {offered}, or add the entry to the list in the form."
    return f"“{readable(value)}” is none of the entries of the list in “{form}”.", advice


class Carrier(Protocol):
    """Who takes papers to their places: the outbox itself, or one that another process keeps (see `outbox`)."""

    def first_made(self, key: str) -> dt.date | None: ...  # noqa: D102 - said by outbox.Outbox
    def said(self, key: str) -> Mapping[str, str]: ...  # noqa: D102 - said by outbox.Outbox
    def is_signed(self, job: Addressed) -> bool: ...  # noqa: D102 - said by outbox.Outbox
    def is_lost(self, job: Addressed) -> bool: ...  # noqa: D102 - said by outbox.Outbox
    def scan(self, job: Addressed) -> str: ...  # noqa: D102 - said by outbox.Outbox
    def deliver(self, job: Addressed, data: bytes, today: dt.date, said: Said) -> Delivery: ...  # noqa: D102 - said by outbox.Outbox
    def settle(self) -> None: ...  # noqa: D102 - said by outbox.Outbox
    def settled(self, *, wait: bool = False) -> list[Delivery]: ...  # noqa: D102 - said by outbox.Outbox
    def discard(self) -> None: ...  # noqa: D102 - said by outbox.Outbox
    def close(self) -> None: ...  # noqa: D102 - said by outbox.Outbox


@dataclass(slots=True, kw_only=True)
class Batch:
    """One cohort's papers in the making.

    Kept: what became of each so far, and, by the keys of their jobs, those that wait for their place, with their
    orders; `_unsettled` of them were delivered since the last were moved.
    """

    cohort: Cohort
    outbox: Carrier
    date: dt.date | None
    troubled: frozenset[RowKey]
    contexts: Contexts
    _outcomes: list[Outcome] = field(default_factory=list)
    _waiting: dict[str, tuple[int, Delivery, Order]] = field(default_factory=dict)
    _unsettled: int = 0

    def today(self, key: str) -> dt.date:
        """Give the date of a paper: as asked, else the cohort's, else the day the paper was first made."""
        return self.date or self.cohort.date or self.outbox.first_made(key) or dt.date.today()

    def print(self, order: Order, values: Values) -> tuple[Printed, tuple[Problem, ...], tuple[Gap, ...]]:
        """Print one paper, and tell which blanks stayed empty: those that hold it, and those for the pen."""
        printed = order.form.print(values, order.language)
        problems = list(printed.problems)
        gaps: dict[tuple[str, Place], Gap] = {}
        refused: set[tuple[str, Place]] = set()
        for blank, owner, said in printed.refused:
            place = self.contexts.place(owner, blank.key)
            refused.add((blank.word, place))
            problem = not_an_entry(place, said, order.job.form, blank.entries)
            if problem not in problems:
                problems.append(problem)
        for blank, owner in printed.empty:
            place = self.contexts.place(owner, blank.key)
            if (blank.word, place) in refused:  # there is a value, and what is wrong with it is told
                continue
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

    def make(self, order: Order) -> None:
        """Make one paper and take down what became of it; moved to its place it is only by `settle`."""
        job = order.job
        outcome = Outcome(job=job, status=Status.HELD, file=job.target, problems=job.held_by)
        if job.signed and self.outbox.is_lost(job) and (gone := self._gone(order)):
            outcome = gone
        elif not job.held_by:
            today = self.today(job.key)
            values = self.contexts.values(order.scope, order.language, today, results=order.form.asks_results)
            said = Said((wording := (order.amends or order).form.wording).words, wording.said(values))
            problems = self._amended(order, values, said)
            if not problems:
                printed, problems, gaps = self.print(order, values)
            if problems:
                outcome = replace(outcome, job=replace(job, held_by=problems), problems=problems)
            else:
                delivery = self.outbox.deliver(job, printed.data, today, said)
                told = tuple(delivery.problems)
                outcome = replace(outcome, status=delivery.status, file=delivery.file, problems=told, gaps=gaps)
                if delivery.status is not Status.FAILED:
                    self._waiting[job.key] = (len(self._outcomes), delivery, order)
                    self._unsettled += 1
        elif job.signed and self.outbox.is_signed(job):  # what is wrong is told; the paper was made and signed before
            outcome = replace(outcome, status=Status.SIGNED)
        self._outcomes.append(outcome)

    def _gone(self, order: Order) -> Outcome | None:
        """Say what becomes of an agreement that is signed, while its paper is not here: it is never made from new data.

        None where it is only called amended, and may have been made nowhere yet.
        """
        job, learner = order.job, order.scope.learner
        if scan := self.outbox.scan(job):
            return Outcome(job=job, status=Status.SIGNED, file=scan)
        if learner is None or learner.agreement.signed is None:
            return None
        problem = signed_paper_gone(learner.at("signed"), learner.agreement.signed, job.target)
        return Outcome(job=replace(job, held_by=(problem,)), status=Status.HELD, file=job.target, problems=(problem,))

    def _amended(self, order: Order, values: Values, said: Said) -> tuple[Problem, ...]:
        """Put into the values of an amendment what it changes, or tell why there is none."""
        if order.amends is None:
            return ()
        job, place = order.amends.job, order.job.row
        before = next(filter(None, map(self.outbox.said, order.earlier)), None)
        if before is None:
            return (signed_text_unknown(place, job.target),)
        changed = agreed(compared(before, said))
        found = differences(changed, order.scope, self.cohort, order.language, whole=True)
        if not found:
            return (nothing_to_amend(place, job.target),)
        if order.scope.learner and not order.scope.learner.agreement.reason_for_change:
            return (no_reason(order.scope.learner.at("reason_for_change")),)
        told = dict(zip(("changes", "changed"), as_changes(found), strict=True))
        values["agreement"] |= told
        return ()

    def _settled(self, one: Delivery, order: Order, outcome: Outcome) -> Outcome:
        """Take down what became of a paper; where a signed one would say something else now, that is told."""
        changed = agreed(one.changed) if one.status is Status.SIGNED else one.changed
        found = differences(changed, order.scope, self.cohort) if changed else []
        problems = list(one.problems)
        learner = order.scope.learner
        undated = learner and order.form.is_agreement and not order.amends and not learner.agreement.signed
        if one.status is Status.SIGNED and learner and undated and not self.outbox.scan(order.job):
            problems.append(taken_as_signed(learner.at("signed"), one.file))
        kind = "amendment" if order.amends else "agreement" if order.form.is_agreement else "paper"
        if one.status is Status.SIGNED and not (kind == "agreement" and _is_amended(order.scope)):
            problems += [
                signed_after_editing(each.place, each.meaning, each.before, each.now, one.file) if one.edited
                else signed_paper_changed(each.place, each.meaning, each.before, each.now, one.file, kind)
                for each in found
            ]  # fmt: skip
        return replace(
            outcome, status=one.status, file=one.file, problems=tuple(problems), remade=one.remade,
            differences=tuple(found),
        )  # fmt: skip

    def settle(self, *, at_least: int = 1, wait: bool = False) -> None:
        """Move what was printed to its place, once there is enough of it, and take down what became of it.

        With `wait`, everything is taken down, also what another process is still at work on.
        """
        if self._unsettled >= at_least:
            self.outbox.settle()
            self._unsettled = 0
        for one in self.outbox.settled(wait=wait):
            number, _, order = self._waiting.pop(one.job.key)
            self._outcomes[number] = self._settled(one, order, self._outcomes[number])

    def give_up(self) -> None:
        """Write nothing: what would have been written is not made, and what lies there already stays as it is."""
        self.outbox.discard()
        for number, one, _ in self._waiting.values():
            if one.moves:
                job = self._outcomes[number].job
                self._outcomes[number] = Outcome(job=job, status=Status.HELD, file=job.target)
        self._waiting.clear()
        self._unsettled = 0

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of the papers so far, in the order of the plan."""
        return self._outcomes


def _is_amended(scope: Scope) -> bool:
    """Say whether an amendment tells what is different from the agreement that was signed."""
    return bool(scope.learner and scope.learner.agreement.amendment)


def _officers_word(blank: Blank) -> str:
    return blank.column.partition(": ")[2] or blank.meaning


def carry_out(
    orders: Iterable[Order], batch: Batch, *, strict: bool = False, held_by_any: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> list[Outcome]:  # fmt: skip
    """Make every paper of a plan that nothing holds; the others are told. Outcomes stand in the order of the plan.

    With `strict` nothing is written unless everything can be: one paper that is held, or fails, holds all.
    """
    try:
        for order in orders:
            batch.make(order)
            if not strict:
                batch.settle(at_least=TOGETHER)
            progress(1)
        missing = (Status.HELD, Status.FAILED)
        if strict and (held_by_any or any(outcome.status in missing for outcome in batch.outcomes)):
            batch.give_up()
        batch.settle(wait=True)
    finally:
        batch.outbox.discard()
        batch.outbox.close()
    return batch.outcomes
