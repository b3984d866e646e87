"""From assessment to recognition: nothing left out, in this order, and by the right side (R codes, floor 3).

What the host assessed, home may validate, and what it validated it may recognise (Recommendation 2009/C 155/02, annex
II). An error here holds the papers that print results, and no agreement: that was signed before the stay.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.assessment import WEEKS_AFTER, of_the_wrong_side
from pipeline.checks.rule import Finding, called, check, dated, number
from pipeline.checks.transcript import ACHIEVED, NO, PARTLY, YES, Transcript, recognised_in, transcripts
from pipeline.model import Cohort, Learner, Partner, Result
from pipeline.problem import Severity
from pipeline.sentences import counted
from pipeline.spelling import bare


@check("R101", Severity.ERROR)
def more_is_validated_than_assessed(cohort: Cohort) -> Iterator[Finding]:
    """Something is validated that the host did not assess, or not as achieved.

    Home validates what the host assessed: without a positive assessment there is nothing to validate, and what was
    achieved in part is validated in part. Where the result of the whole unit is blank, the results of its outcomes
    count, and all of them must be achieved; an outcome without a result is achieved where the whole unit is.

    Advice: Fill or correct Result with what the host assessed, or correct Validated.
    Basis: form (Recommendation 2009/C 155/02, annex II: home validates what was assessed as achieved; C27)
    """
    for unit in transcripts(cohort):
        for row in unit.rows:
            if row.validated not in (YES, PARTLY) or not (row.result or row.blank("result")):
                continue
            assessed = unit.assessed(row)
            if assessed == ACHIEVED or (assessed == PARTLY and row.validated == PARTLY):
                continue
            why = f"the host's result is “{assessed}”"
            if not row.result and not row.learning_outcome and unit.outcomes:
                is_or_are = "is" if unit.marked(ACHIEVED) == 1 else "are"
                marked = f"{unit.marked(ACHIEVED)} of {counted(unit.to_mark, 'outcome')} {is_or_are} achieved"
                why = f"the result of the whole unit is blank, and {marked}"
            elif assessed is None:
                why = "there is no result of the host"
            yield row.at("validated"), f"“{row.validated}” stands in Validated, but {why}."


@check("R102", Severity.ERROR)
def recognised_without_validation(cohort: Cohort) -> Iterator[Finding]:
    """Something is recognised, or points are credited, that home has not validated.

    First home validates: it holds what the host assessed against what the unit asks for. Then it recognises the unit
    and credits its points. Where Validated of the whole unit is blank, that of its outcomes counts.

    Advice: Fill Validated with yes or partly, or empty Recognised as, by and on and Points credited.
    Basis: form (Recommendation 2009/C 155/02, annex II: recognition follows validation; C27)
    """
    for unit in transcripts(cohort):
        for row in unit.rows:
            key = recognised_in(row)
            if not key or not (row.validated or row.blank("validated")):
                continue
            validated = unit.validated(row)
            if validated in (None, NO):
                said = "blank" if validated is None else "“no”"
                yield row.at(key), f"{_recognised(row, key)}, but Validated is {said}."


def _recognised(row: Result, key: str) -> str:
    """Say that something is recognised, in the words of the cell that says so."""
    said = getattr(row, key)
    if key == "points_credited":
        return f"“{number(said)}” points are credited"
    if key == "recognised_on":
        return f"It is recognised on {dated(said)}"
    return f"It is recognised {'as' if key == 'recognised_as' else 'by'} “{said}”"


# -- in this order -----------------------------------------------------------------------------------------------------


@check("R110", Severity.WARNING)
def result_is_outside_the_stay(cohort: Cohort) -> Iterator[Finding]:
    """Something is assessed, validated or recognised before the stay began, or assessed more than six weeks after it.

    The host assesses what was learned during the stay, at its end or shortly after. The actual dates of the stay count,
    where they are filled.

    Advice: Correct the date, or the dates of the stay.
    Basis: form (Recommendation 2009/C 155/02: the outcomes achieved abroad are assessed by the host; C27)
    """
    for unit in transcripts(cohort):
        start, end = stay_as_it_was(unit.learner)
        if start and end and end < start:
            continue
        for row in unit.rows:
            key = next((key for key in _STEPS if getattr(row, key)), "")
            day = getattr(row, key) if key else None
            if day and start and day < start:
                yield row.at(key), f"It was {_STEPS[key]} on {dated(day)}, but the stay began on {dated(start)}."
            elif row.assessed_on and end and row.assessed_on > end + WEEKS_AFTER and not _too_early(unit, row):
                yield row.at("assessed_on"), (
                    f"It was assessed on {dated(row.assessed_on)}, more than six weeks after the end of the stay, "
                    f"{dated(end)}."
                )


_STEPS = {"assessed_on": "assessed", "validated_on": "validated", "recognised_on": "recognised"}


def stay_as_it_was(learner: Learner) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and the last day of a stay: the actual ones, else those agreed; None where one is unreadable."""
    stay, unreadable = learner.agreement, learner.origin.unreadable
    start = None if "actual_start" in unreadable else stay.actual_start or stay.start
    end = None if "actual_end" in unreadable else stay.actual_end or stay.end
    return start, end


def _assessed_before(unit: Transcript, row: Result) -> dt.date | None:
    """Find the assessment after which a row is validated where it should not be."""
    day = unit.day(row, "assessed_on", first=row.validated == PARTLY)
    return day if day and row.validated_on and row.validated_on < day else None


def _too_early(unit: Transcript, row: Result) -> bool:
    """Say whether the row is validated, or recognised, before it is assessed: that is told as an error."""
    return bool(_assessed_before(unit, row) or _decided_before(unit, row))


def _decided_before(unit: Transcript, row: Result) -> tuple[str, dt.date] | None:
    """Find what comes after the recognition of a row and should not: the validation, else the assessment."""
    first = PARTLY in (row.validated, row.result)
    key = "validated_on" if (day := unit.day(row, "validated_on", first=first)) else "assessed_on"
    day = day or unit.day(row, "assessed_on", first=first)
    return (key, day) if day and row.recognised_on and row.recognised_on < day else None


@check("R111", Severity.ERROR)
def validated_before_assessed(cohort: Cohort) -> Iterator[Finding]:
    """Something is validated before it was assessed.

    First the host assesses, then home validates what was assessed. Both may be on one day.

    Advice: Correct Validated on or Assessed on.
    Basis: form (Recommendation 2009/C 155/02, annex II: assessment, validation, recognition; C27)
    """
    for unit in transcripts(cohort):
        for row in unit.rows:
            day = _assessed_before(unit, row)
            if day and row.validated_on:
                yield row.at("validated_on"), (
                    f"It was validated on {dated(row.validated_on)}, but assessed only on {dated(day)} "
                    f"({unit.cell_of(row, 'assessed_on', day).at('assessed_on')})."
                )


@check("R112", Severity.ERROR)
def recognised_before_validated(cohort: Cohort) -> Iterator[Finding]:
    """Something is recognised before it was validated, or before it was assessed.

    First home validates what the host assessed, then it recognises it. Both may be on one day.

    Advice: Correct Recognised on, or Validated on and Assessed on.
    Basis: form (Recommendation 2009/C 155/02, annex II: assessment, validation, recognition; C27)
    """
    for unit in transcripts(cohort):
        for row in unit.rows:
            found = _decided_before(unit, row)
            if found and row.recognised_on:
                key, day = found
                yield row.at("recognised_on"), (
                    f"It was recognised on {dated(row.recognised_on)}, but {_STEPS[key]} only on {dated(day)} "
                    f"({unit.cell_of(row, key, day).at(key)})."
                )


# -- by the right side -------------------------------------------------------------------------------------------------


def _people(*partners: Partner | None) -> dict[str, Partner]:
    """List the people that the rows of organisations name."""
    return {
        person: each for each in partners if each
        for person in (each.contact_person, each.mentor, each.assessor, each.signatory, each.agreement_signatory)
        if person
    }  # fmt: skip


def _known(learner: Learner, side: str) -> dict[str, Partner | None]:
    """List the people of one side of a stay, by their rows on sheet Partners and by the agreement.

    Whom the agreement names is of that side also where its organisation is missing.
    """
    stay = learner.agreement
    if side == "home":
        own, agreed = stay.home, [stay.validator, stay.recogniser]
        people = _people(own, stay.employer)
    else:
        own, agreed = stay.host, [stay.mentor, stay.assessor, *(choice.assessor for choice in stay.choices)]
        people = _people(own, stay.workplace)
    return {**{person: own for person in agreed if person}, **people}


def _named_by(unit: Transcript, key: str, *, right: str, wrong: str) -> Iterator[tuple[Result, str, Partner]]:
    """List the rows whose cell names somebody of the wrong side, with what it says and the organisation meant."""
    seen: dict[str, Partner | None] = {}  # the same few names stand in all rows of a stay
    for row in unit.rows:
        text: str = getattr(row, key) or ""
        if text not in seen:
            seen[text] = _of_the_wrong_side(unit.learner, text, right=right, wrong=wrong)
        if partner := seen[text]:
            yield row, text, partner


def _of_the_wrong_side(learner: Learner, text: str, *, right: str, wrong: str) -> Partner | None:
    """Find the organisation of the wrong side that a text names, by its name or its people; None in any doubt.

    Where it names somebody or something of the right side too, nothing is said.
    """
    if not text or any(is_named(text, person) for person in _known(learner, right)):
        return None
    partner = of_the_wrong_side(learner, text, right=right, wrong=wrong)
    if partner or of_the_wrong_side(learner, text, right=wrong, wrong=right):
        return partner
    return next((partner for person, partner in _known(learner, wrong).items() if is_named(text, person)), None)


def is_named(text: str, person: str) -> bool:
    """Say whether a text names a person: family and given name, in whatever order, titles and initials apart."""
    words = _words(person)
    return len(words) > 1 and words <= _words(text)


@lru_cache(maxsize=2_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(bare(word) for word in re.split(r"[\s,;/()]+", text) if bare(word) and not word.endswith("."))


@check("R120", Severity.WARNING)
def assessed_by_the_home(cohort: Cohort) -> Iterator[Finding]:
    """A person of the home organisation assessed.

    The host assesses what was learned there; home validates and recognises. People and organisations are known by
    their rows on sheet Partners and by the agreement; who is not known is not questioned.

    Advice: Correct Assessed by: name a person of the host or of the workplace.
    Basis: form (Recommendation 2009/C 155/02, annex II: the host assesses; C26)
    """
    for unit in transcripts(cohort):
        for row, name, home in _named_by(unit, "assessed_by", right="host", wrong="home"):
            yield row.at("assessed_by"), f"“{name}” stands in Assessed by, and belongs to {called(home)}."


@check("R121", Severity.WARNING)
def decided_by_the_host(cohort: Cohort) -> Iterator[Finding]:
    """A person of the host validated or recognised.

    The host assesses; home holds the result against the unit (validation) and counts it towards the qualification
    (recognition). People and organisations are known by their rows on sheet Partners and by the agreement.

    Advice: Correct the name: the home organisation decides.
    Basis: form (Recommendation 2009/C 155/02, annex II: home validates and recognises; C26)
    """
    for unit in transcripts(cohort):
        for key, column in (("validated_by", "Validated by"), ("recognised_by", "Recognised by")):
            for row, name, host in _named_by(unit, key, right="home", wrong="host"):
                yield row.at(key), f"“{name}” stands in {column}, and belongs to {called(host)}."
