"""What should be there after a stay: results of all that was agreed, its real end, the Europass (R codes, floor 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.checks.assessment import WEEKS_AFTER
from pipeline.checks.results import stay_as_it_was
from pipeline.checks.rule import Finding, check, check_by_day, dated
from pipeline.model import Cohort, Learner, Result, UnitChoice
from pipeline.problem import Place, Severity, quoted

EARLY = "returned early"
"""The Status of who came back before the agreed end."""

WEEKS_TO_ASSESS = dt.timedelta(weeks=4)
"""How long after the stay the host's results are waited for without a word."""


def _never_assessed(cohort: Cohort) -> Iterator[tuple[Learner, list[UnitChoice], dt.date]]:
    """List who has agreed units without any result, with the last day on which nothing is said of it.

    Only in a cohort that has results: a college may keep them elsewhere.
    """
    if not cohort.results:
        return
    found = {(id(row.learner), row.unit.id) for row in cohort.results if row.unit and _says_something(row)}
    for learner in cohort.travelling:
        start, end = stay_as_it_was(learner)
        lacking = [choice for choice in learner.agreement.choices if (id(learner), choice.unit.id) not in found]
        if lacking and end and not (start and end < start):
            yield learner, lacking, end + WEEKS_TO_ASSESS


def _says_something(row: Result) -> bool:
    return bool(row.validated) or not row.blank("result")


@check_by_day("R140", Severity.WARNING)
def agreed_but_never_assessed(cohort: Cohort, day: dt.date) -> Iterator[Finding]:
    """Four weeks after the end of a stay, an agreed unit has no result.

    The host assesses what was agreed; “not assessed” is a result too, and says that it did not. It is told once for
    each stay, only in a cohort in which some results are entered, and no paper waits for it.

    Advice: Ask the host for the assessment, and enter Result on sheet Results; “not assessed” where there was none.
    Basis: convention (partners agree when results are sent; four weeks are usual; C27)
    """
    for learner, lacking, last in _never_assessed(cohort):
        if day > last:
            units = quoted(dict.fromkeys(choice.unit.id for choice in lacking))
            yield _own_cell(learner, lacking[0]), (
                f"The stay of {learner.name} ended on {dated(last - WEEKS_TO_ASSESS)}, and there is no result for "
                f"{units}."
            )


def _own_cell(learner: Learner, choice: UnitChoice) -> Place:
    """Find the cell that agrees on a unit; where it was typed for several learners at once, the learner's own row."""
    place = choice.at()
    return learner.at("family_name") if place in learner.origin.inherited.values() else place


def next_day(cohort: Cohort, day: dt.date) -> dt.date | None:
    """Give the first day after this one on which the rules may find something else, although nothing was changed."""
    days = [last for _, _, last in _never_assessed(cohort) if last >= day]
    return min(days) + dt.timedelta(days=1) if days else None


@check("R160", Severity.ERROR)
def europass_is_issued_before_the_end(cohort: Cohort) -> Iterator[Finding]:
    """The Europass Mobility is issued before the stay has ended.

    It tells what was done until the last day. The actual end counts, where it is filled; of a learner who returned
    early and has none, nothing is compared.

    Advice: Correct Europass issued on, or the end of the stay.
    Basis: form (Europass Mobility, guidelines: no date of issue before the end of the learning period; C47)
    """
    for learner in cohort.travelling:
        issued, (start, end) = learner.agreement.europass_issued_on, stay_as_it_was(learner)
        is_open = learner.agreement.status == EARLY and not learner.agreement.actual_end
        if issued and end and issued < end and not is_open and not (start and end < start):
            yield learner.at("europass_issued_on"), (
                f"The Europass Mobility is issued on {dated(issued)}, but the stay ends on {dated(end)}."
            )


@check("R161", Severity.NOTICE)
def europass_without_a_result(cohort: Cohort) -> Iterator[Finding]:
    """A Europass Mobility is issued, or has a number after the stay, for a learner without any result.

    It tells which skills were acquired, which is what the host assessed. A number alone may be asked for before the
    stay, so it counts when Actual end is filled. Where a cohort has no results at all, nothing is said.

    Advice: Enter what the host assessed on sheet Results, or check whose Europass it is.
    Basis: convention (Europass Mobility, section 5: skills acquired during the stay; C47)
    """
    if not cohort.results:
        return
    found = {id(row.learner) for row in cohort.results}
    for learner in cohort.travelling:
        stay = learner.agreement
        has_one = stay.europass_issued_on or (stay.europass_number and stay.actual_end)
        if has_one and id(learner) not in found:
            key = "europass_issued_on" if stay.europass_issued_on else "europass_number"
            told = dated(stay.europass_issued_on) if stay.europass_issued_on else f"“{stay.europass_number}”"
            yield learner.at(key), f"{learner.name} has a Europass Mobility ({told}), and no result on sheet Results."


@check("R162", Severity.NOTICE)
def results_of_who_did_not_go(cohort: Cohort) -> Iterator[Finding]:
    """Results are entered for a learner who is in reserve or withdrawn.

    She gets no papers, and her results stand on none. It is told once for each learner.

    Advice: Correct Status on sheet Learners if she went (“returned early” where she came back before the end).
    Basis: data (who did not go was not assessed abroad; C37)
    """
    told: dict[int, Result] = {}
    for row in cohort.results:
        learner = row.learner
        if learner and not learner.has_papers and told.setdefault(id(learner), row) is row:
            yield row.at("learner"), (
                f"There are results for {learner.name}, whose Status is “{learner.agreement.status}” "
                f"({learner.at('status')})."
            )


@check("R163", Severity.ERROR)
def early_return_without_its_day(cohort: Cohort) -> Iterator[Finding]:
    """A learner returned early, and it is not said when.

    The papers of after the stay would print the agreed end as the last day, which is not true, so they wait.

    Advice: Enter the last day she was there in Actual end (add the column where there is none), or correct Status.
    Basis: data (a paper must not say that a stay lasted longer than it did; C02)
    """
    for learner in cohort.travelling:
        stay = learner.agreement
        if stay.status == EARLY and not stay.actual_end and "actual_end" not in learner.origin.unreadable:
            yield learner.at("actual_end"), f"Status is “{EARLY}” ({learner.at('status')}), but Actual end is blank."


@check("R164", Severity.WARNING)
def status_and_actual_end_differ(cohort: Cohort) -> Iterator[Finding]:
    """Actual end lies before the agreed end, and Status does not say that she returned early; or the other way round.

    The papers of after the stay say the one in words and the other as a date.

    Advice: Correct Actual end, or Status: “returned early” is who came back before the agreed end.
    Basis: data (the two cells contradict each other; C02)
    """
    for learner in cohort.travelling:
        stay, (start, last) = learner.agreement, stay_as_it_was(learner)
        if not (stay.actual_end and stay.end) or "status" in learner.origin.unreadable:
            continue
        if (start and last and last < start) or (stay.start and stay.end < stay.start):
            continue  # that is A101
        ends = f"the actual end {dated(stay.actual_end)}"
        if stay.status == EARLY and stay.actual_end >= stay.end:
            yield learner.at("actual_end"), (
                f"Status is “{EARLY}” ({learner.at('status')}), but {ends} is not before the agreed end "
                f"{dated(stay.end)}."
            )
        elif stay.status != EARLY and stay.actual_end < stay.end:
            yield learner.at("actual_end"), (
                f"T{ends[1:]} lies before the agreed end {dated(stay.end)}, but Status is not “{EARLY}”."
            )


@check("R165", Severity.WARNING)
def assessed_after_an_early_return(cohort: Cohort) -> Iterator[Finding]:
    """Something is assessed on a day on which the learner had returned early already.

    The host assesses what was learned there while she is there, or soon after an agreed end; who has left before it is
    seldom assessed later. More than six weeks after it, that is told as R110.

    Advice: Correct Assessed on, or Actual end; if the host did assess it later, nothing has to be done.
    Basis: convention (the host assesses during the stay, at its end; C27)
    """
    for row in cohort.results:
        learner = row.learner
        if not (learner and learner.has_papers and learner.agreement.status == EARLY and row.assessed_on):
            continue
        start, end = learner.agreement.actual_start, learner.agreement.actual_end
        if end and end < row.assessed_on <= end + WEEKS_AFTER and not (start and end < start):
            yield row.at("assessed_on"), (
                f"It was assessed on {dated(row.assessed_on)}, but {learner.name} returned early, on {dated(end)} "
                f"({learner.at('actual_end')})."
            )
