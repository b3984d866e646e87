"""What is recognised and credited: not more points than agreed, and every unit once (R codes, floor 3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pipeline.checks.credit import named, recognised_already
from pipeline.checks.learners import are_different_people
from pipeline.checks.rule import Finding, check, number
from pipeline.checks.transcript import PARTLY, Transcript, recognised_in, transcripts
from pipeline.model import Cohort, Result
from pipeline.problem import Severity
from pipeline.spelling import bare


@check("R103", Severity.ERROR)
def more_points_than_agreed(cohort: Cohort) -> Iterator[Finding]:
    """More points are credited for a unit than were agreed for it.

    A unit is worth the points that the agreement says, else those of sheet Units; a part agreed without points of its
    own has at most those. The rows of a unit's outcomes are added up.

    Advice: Correct Points credited, or the points of the unit.
    Basis: form (Recommendation 2009/C 155/02, annex II: points belong to a unit in a qualification; C17)
    """
    for units in _of_one_person(cohort):
        told = [finding for unit in units if (finding := _too_many(unit))]
        yield from told
        if not told and len(units) > 1 and not any(_repeated(units)):
            yield from _too_many_together(units)


def _too_many(unit: Transcript) -> Finding | None:
    """Compare the points of one stay with those agreed."""
    agreed, credited = _agreed_points(unit), _credited(unit)
    if agreed is None or credited is None or credited[0] <= agreed:
        return None
    points, row, several = credited
    source = unit.choices[0].at("points") if unit.choices else unit.unit.at("points")
    return row.at("points_credited"), (
        f"“{number(points)}” points are credited for the unit {named(unit.unit)}{' in its rows together' * several}, "
        f"but “{number(agreed)}” are {'agreed' if unit.choices else 'all it has'} ({source})."
    )


def _too_many_together(units: list[Transcript]) -> Iterator[Finding]:
    """Compare the points of several stays with those of the whole unit."""
    whole = units[-1].unit.points
    credited = [found for unit in units if (found := _credited(unit))]
    points = sum((found[0] for found in credited), Decimal(0))
    if whole is not None and points > whole:
        yield credited[-1][1].at("points_credited"), (
            f"“{number(points)}” points are credited for the unit {named(units[-1].unit)} in several stays together, "
            f"but “{number(whole)}” are all it has ({units[-1].unit.at('points')})."
        )


def _credited(unit: Transcript) -> tuple[Decimal, Result, bool] | None:
    """Count the points of one stay: of its whole rows or of its outcomes, whichever have more.

    With them the row to correct, and whether several rows were added up. Two rows of one whole unit say the same twice,
    unless two parts of it are agreed.
    """
    whole, single = _with_points(unit.whole), _with_points(unit.outcomes)
    if len(unit.parts) < 2:
        whole = sorted(whole, key=lambda found: found[0])[-1:]
    sums = [
        (sum((points for points, _ in rows), Decimal(0)), rows[-1][1], len(rows) > 1)
        for rows in (whole, single) if rows
    ]  # fmt: skip
    return max(sums, key=lambda found: found[0], default=None)


def _with_points(rows: list[Result]) -> list[tuple[Decimal, Result]]:
    return [(row.points_credited, row) for row in rows if row.points_credited is not None]


def _agreed_points(unit: Transcript) -> Decimal | None:
    """Give the points agreed for a unit; for a part without points, and where nothing is agreed, those of the unit."""
    whole, choices = unit.unit.points, unit.choices
    own = [choice.points for choice in choices if choice.points is not None]
    return sum(own, Decimal(0)) if choices and len(own) == len(choices) else whole


# -- recognised once ---------------------------------------------------------------------------------------------------


def _of_one_person(cohort: Cohort) -> Iterator[list[Transcript]]:
    """Put together what all stays of a person say of one unit of one qualification, in the order of her stays."""
    found: dict[tuple[str, str, int], list[Transcript]] = {}
    for unit in transcripts(cohort):
        found.setdefault((unit.learner.person, unit.unit.id, id(unit.unit.qualification)), []).append(unit)
    for units in found.values():
        yield sorted(units, key=lambda unit: unit.learner.mobility) if len(units) > 1 else units


def _repeated(units: list[Transcript]) -> Iterator[tuple[Result, Result]]:
    """List rows that recognise what another one recognised already, each with that other one.

    After a whole unit nothing of it is left to recognise. Where the row of a whole unit is told, its outcomes are not.
    """
    before: list[tuple[Transcript, Result, str]] = []
    for unit in units:
        is_told = False
        for row, part in _recognised_parts(unit):
            again = next((it for it in before if _is_again(part, unit, it)), None)
            if again and not (is_told and row.learning_outcome):
                is_told = True
                yield row, again[1]
            before.append((unit, row, part))


def _is_again(part: str, unit: Transcript, before: tuple[Transcript, Result, str]) -> bool:
    other, _, of_it = before
    if other is unit:
        return part == of_it
    return of_it in ("", part) and not are_different_people(other.learner, unit.learner)


def _recognised_parts(unit: Transcript) -> Iterator[tuple[Result, str]]:
    """List the rows of one stay that recognise, each with what it recognises of the unit: “” is all of it.

    Where something is recognised in part, or a part is not described, nobody can say whether another stay adds the
    rest. Outcomes in the same stay are the details of a unit that is recognised as a whole.
    """
    this_stay = f" in stay {unit.learner.mobility}"
    parts = [bare(choice.part or "") or this_stay for choice in unit.parts] or [""]
    for at, row in enumerate(row for row in unit.whole if recognised_in(row)):
        in_part = PARTLY in (unit.validated(row), unit.assessed(row))
        yield row, parts[min(at, len(parts) - 1)] + this_stay * in_part
    for row in unit.outcomes:
        if recognised_in(row):
            yield row, bare(row.learning_outcome or "") + this_stay * (PARTLY in (row.validated, row.result))


@check("R104", Severity.ERROR)
def unit_is_recognised_twice(cohort: Cohort) -> Iterator[Finding]:
    """A unit, or the same part or outcome of it, is recognised twice for one learner.

    All her stays count, in one qualification. Different parts of a unit may be recognised one after the other, and what
    was recognised in part may be completed; once the whole unit is recognised, nothing of it is left.

    Advice: Empty Recognised as, by and on and Points credited in one of the two rows.
    Basis: form (Recommendation 2009/C 155/02: a learner's credit is accumulated, a unit counts once; C14, C15)
    """
    for units in _of_one_person(cohort):
        for row, earlier in _repeated(units):
            what = f"The outcome “{row.learning_outcome}” of the unit" if row.learning_outcome else "The unit"
            yield row.at(recognised_in(row) or ""), (
                f"{what} {named(units[0].unit)} is recognised here, and already in "
                f"{earlier.at(recognised_in(earlier) or '')}."
            )


_EMPTY_IT = "Empty Recognised as, by and on and Points credited."


@check("R105", Severity.ERROR)
def acquired_unit_is_recognised(cohort: Cohort) -> Iterator[Finding]:
    """A whole unit is recognised that the learner held already before the stay.

    What she holds stands in Units already acquired of the same row, or in the learner register. A part of it may be
    deepened abroad.

    Advice: Empty Recognised as, by and on and Points credited, or correct Units already acquired.
    Basis: form (Learning Agreement form, section 3: what is acquired; Recommendation 2009/C 155/02; C14)
    """
    for unit in transcripts(cohort):
        learner = unit.learner
        held = {(each.id, each.qualification) for each in learner.agreement.units_acquired}
        if (unit.unit.id, unit.unit.qualification) in held:
            earlier = recognised_already(learner, unit.unit)
            source = earlier.at("unit_id") if earlier else learner.at("units_acquired")
            said = f"The unit {named(unit.unit)} is recognised here, but the learner held it before the stay"
            advice = (_EMPTY_IT,) if earlier else ()
            for row, part in _recognised_parts(unit):
                if not part:
                    yield row.at(recognised_in(row) or ""), f"{said} ({source}).", *advice
