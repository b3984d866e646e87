"""Results held against what was agreed, and against each other (R codes, floor 3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.credit import named
from pipeline.checks.rule import Finding, check
from pipeline.checks.transcript import ACHIEVED, PARTLY, YES, Transcript, transcripts
from pipeline.model import Cohort, Learner, Result
from pipeline.problem import Severity, quoted
from pipeline.spelling import bare, nearest

_NOT_SHOWN = ("not achieved", "not assessed")


# -- what was agreed ---------------------------------------------------------------------------------------------------


def _units_are_known(learner: Learner) -> bool:
    """Say whether all that is agreed with a learner could be read: else nobody knows what was not agreed."""
    origin = learner.origin
    astray = any(key.startswith("choice ") for key in origin.inherited)
    return bool(learner.agreement.choices) and "units" not in origin.unreadable and not astray


def _not_agreed(cohort: Cohort) -> Iterator[tuple[Transcript, Result | None]]:
    """List results for units that are not agreed, each with the row that validates it."""
    for unit in transcripts(cohort):
        if not unit.choices and _units_are_known(unit.learner):
            yield unit, next((row for row in unit.rows if row.validated in (YES, PARTLY)), None)


@check("R130", Severity.WARNING)
def result_of_a_unit_not_agreed(cohort: Cohort) -> Iterator[Finding]:
    """A result is entered for a unit that is not agreed with this learner.

    What the host assessed beyond the agreement can be written into Remarks; home has not agreed to count it. Where it
    is validated all the same, R131 tells.

    Advice: Correct Unit ID, or add the unit to the agreement, with an amendment where it is signed.
    Basis: form (Learning Agreement form, section 4: the units to be achieved are agreed before the stay; C12)
    """
    for unit, validated in _not_agreed(cohort):
        if not validated:
            yield unit.rows[0].at("unit"), _said_of(unit)


@check("R131", Severity.ERROR)
def unit_not_agreed_is_validated(cohort: Cohort) -> Iterator[Finding]:
    """A unit is validated that was not agreed with this learner.

    Validated and recognised is what the agreement says; a unit that came up during the stay is added to it, and all
    sign that, before home can count it.

    Advice: Correct Unit ID, add the unit to the agreement with an amendment, or empty Validated.
    Basis: form (Recommendation 2009/C 155/02, annex II: home recognises what the Learning Agreement says; C12)
    """
    for unit, validated in _not_agreed(cohort):
        if validated:
            yield validated.at("unit"), f"{_said_of(unit)} It is validated all the same."


def _said_of(unit: Transcript) -> str:
    agreed = quoted(dict.fromkeys(choice.unit.id for choice in unit.learner.agreement.choices))
    return f"The unit {named(unit.unit)} is not agreed for this stay of {unit.learner.name}, only {agreed}."


@check("R132", Severity.WARNING)
def outcome_is_unknown(cohort: Cohort) -> Iterator[Finding]:
    """A result is entered for an outcome that the unit does not have.

    Case, spaces and punctuation do not matter. An outcome whose wording was changed at the host is not the one that was
    agreed.

    Advice: Copy the outcome from sheet Units, or leave Learning outcome blank for the whole unit.
    Basis: data (the text names no outcome of the unit; C37)
    """
    for unit in transcripts(cohort):
        known = {bare(outcome) for outcome in unit.unit.outcomes}
        parts = {bare(choice.part) for choice in unit.choices if choice.part}
        for row in unit.outcomes if known else ():
            text = row.learning_outcome or ""
            if bare(text) not in known and bare(text) not in parts:
                meant = _meant(text, unit.unit.outcomes)
                said = f"“{text}” is not an outcome of the unit {named(unit.unit)}."
                yield (row.at("learning_outcome"), said, f"Did you mean “{meant}”?") if meant else (
                    row.at("learning_outcome"), said
                )


@lru_cache(maxsize=500)
def _meant(text: str, outcomes: tuple[str, ...]) -> str | None:
    """Find the outcome that was most likely meant: many learners have the same slip."""
    return nearest(text, outcomes, 0.7)


@check("R141", Severity.NOTICE)
def whole_unit_has_no_result(cohort: Cohort) -> Iterator[Finding]:
    """All outcomes of a unit are achieved, and nobody says that the unit is.

    Papers that print a unit in one line take its result from the row without an outcome.

    Advice: Enter achieved as the Result of the whole unit (Learning outcome blank), if it is.
    Basis: convention (a unit is assessed as a whole, also outcome by outcome; C45)
    """
    for unit in transcripts(cohort):
        if _all_achieved(unit) and all(row.blank("result") for row in unit.whole):
            place = unit.whole[0].at("result") if unit.whole else unit.outcomes[0].at("unit")
            yield place, f"All outcomes of the unit {named(unit.unit)} are achieved, and the whole unit has no result."


def _all_achieved(unit: Transcript) -> bool:
    """Say whether every outcome of a unit that is agreed as a whole is marked as achieved."""
    outcomes = unit.unit.outcomes
    if not outcomes or not unit.outcomes or unit.parts:
        return False
    return unit.marked(ACHIEVED) == unit.to_mark and {bare(text) for text in outcomes} <= unit.different


# -- what contradicts itself -------------------------------------------------------------------------------------------


def _marked_again(cohort: Cohort) -> Iterator[tuple[Result, Result]]:
    """List rows that give a result for what an earlier row of the stay gives one, each with that first row.

    Where several parts of a unit are agreed, each may have a row that names no outcome.
    """
    for unit in transcripts(cohort):
        first: dict[str, Result] = {}
        parts = max(len(unit.parts), 1)
        for at, row in enumerate(unit.rows):
            if row.result:
                meant = bare(row.learning_outcome) if row.learning_outcome else f"part {min(at, parts - 1)}"
                earlier = first.setdefault(meant, row)
                if earlier is not row:
                    yield row, earlier


@check("R150", Severity.ERROR)
def marked_twice(cohort: Cohort) -> Iterator[Finding]:
    """One outcome, or one whole unit, has two different results for the same stay.

    Nobody can know which of them the host meant. A later assessment replaces the earlier one: keep one row.

    Advice: Keep the result that counts and delete the other row.
    Basis: data (the two rows contradict each other; C15)
    """
    for row, earlier in _marked_again(cohort):
        if row.result != earlier.result:
            yield row.at("result"), (
                f"The result of {_what(row)} is “{row.result}” here and “{earlier.result}” in {earlier.at('result')}."
            )


@check("R151", Severity.NOTICE)
def marked_the_same_twice(cohort: Cohort) -> Iterator[Finding]:
    """One outcome, or one whole unit, stands twice with the same result for the same stay.

    Papers that list results print both rows.

    Advice: Delete one of the two rows.
    Basis: data (the same is said twice; C15)
    """
    for row, earlier in _marked_again(cohort):
        if row.result == earlier.result:
            yield row.at("result"), f"The result of {_what(row)} is “{row.result}” here and in {earlier.at('result')}."


def _what(row: Result) -> str:
    return f"the outcome “{row.learning_outcome}”" if row.learning_outcome else "the whole unit"


@check("R152", Severity.WARNING)
def unit_is_achieved_without_an_outcome(cohort: Cohort) -> Iterator[Finding]:
    """A whole unit is achieved, though one of its outcomes is achieved partly only, not achieved or not assessed.

    A unit is its outcomes. Where only a part of the unit is agreed, outcomes may lie outside it, or reach beyond it:
    only those that are not achieved speak against it.

    Advice: Correct one of the results: where an outcome is missing, the unit is partly achieved.
    Basis: form (Recommendation 2009/C 155/02: a unit is a coherent set of learning outcomes; C45)
    """
    for unit in transcripts(cohort):
        whole = next((row for row in unit.whole if row.result == ACHIEVED), None)
        missing = _NOT_SHOWN[:1] if unit.parts else (*_NOT_SHOWN, PARTLY)
        against = [row for row in unit.outcomes if row.result in missing]
        if whole and against:
            row, others = against[0], len(against) - 1
            more = f", and so {'is' if others == 1 else 'are'} {others} more" if others else ""
            yield whole.at("result"), (
                f"The whole unit {named(unit.unit)} is “{whole.result}”, but its outcome “{row.learning_outcome}” is "
                f"“{row.result}” ({row.at('result')}){more}."
            )


@check("R153", Severity.WARNING)
def unit_is_not_achieved_with_all_its_outcomes(cohort: Cohort) -> Iterator[Finding]:
    """A whole unit is not achieved, or not assessed, though all of its outcomes are achieved.

    A unit is its outcomes: who has achieved all of them has achieved it. Where only a part of the unit is agreed,
    nothing is said.

    Advice: Correct one of the results: the unit is achieved, or one of its outcomes is not.
    Basis: form (Recommendation 2009/C 155/02: a unit is a coherent set of learning outcomes; C45)
    """
    for unit in transcripts(cohort):
        against = next((row for row in unit.whole if row.result in _NOT_SHOWN), None)
        if against and _all_achieved(unit):
            yield against.at("result"), (
                f"The whole unit {named(unit.unit)} is “{against.result}”, but all its outcomes are “{ACHIEVED}”."
            )
