"""Units of learning outcomes, their points and levels, and the qualification they belong to (A codes, floor 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from pipeline.achievements import is_of
from pipeline.checks.rule import Finding, called, check, dated, number
from pipeline.model import Achievement, Agreement, Cohort, Learner, Qualification, Record, Unit, UnitChoice
from pipeline.problem import Severity
from pipeline.spelling import bare

OUTCOMES = ("knowledge", "skills", "competence", "learning_outcomes")


def agreed(cohort: Cohort) -> Iterator[tuple[Learner, UnitChoice]]:
    """List every unit agreed with a learner who gets papers."""
    for learner in cohort.travelling:
        for choice in learner.agreement.choices:
            yield learner, choice


def named(unit: Unit) -> str:
    """Name a unit as it is found on the sheet: “U2 Cold starters”."""
    return f"“{unit.id} {unit.title}”" if unit.title and unit.title != unit.id else f"“{unit.id}”"


@check("A201", Severity.ERROR)
def unit_has_no_outcomes(cohort: Cohort) -> Iterator[Finding]:
    """An agreed unit has no learning outcomes.

    A unit is its outcomes: what the learner will know, can do and takes responsibility for. The host cannot assess, and
    the home cannot recognise, a title.

    Advice: Fill Knowledge, Skills or Competence of the unit (or Learning outcomes, where they are not split).
    Basis: form (Recommendation 2009/C 155/02, annex II; Learning Agreement form, section 4; C01, C45)
    """
    for unit in dict.fromkeys(choice.unit for _, choice in agreed(cohort)):
        if not unit.outcomes and not unit.origin.unreadable.intersection(OUTCOMES):
            column = next((key for key in OUTCOMES if unit.at(key).cell), OUTCOMES[0])
            yield unit.at(column), f"The unit {named(unit)} has no learning outcomes."


@check("A202", Severity.WARNING)
def outcome_repeats_the_title(cohort: Cohort) -> Iterator[Finding]:
    """A learning outcome only repeats the title of its unit.

    An outcome says what the learner can do at the end; a title copied into it says nothing to assess.

    Advice: Write what the learner knows, can do or takes responsibility for at the end.
    Basis: convention (ECVET guides: outcomes are written with verbs and can be assessed; C45)
    """
    for unit in cohort.units:
        for key in OUTCOMES:
            for outcome in getattr(unit, key):
                if unit.title and bare(outcome) == bare(unit.title):
                    yield unit.at(key), f"The learning outcome “{outcome}” only repeats the title of the unit."


@check("A203", Severity.WARNING)
def part_is_not_described(cohort: Cohort) -> Iterator[Finding]:
    """A part of a unit is agreed without saying which, or a part is described and the whole unit agreed.

    An agreement may aim at a part of a unit, but then it says so, and which part.

    Advice: Fill Part with the outcomes meant and write part as the Scope, or empty Part and write whole.
    Basis: form (Learning Agreement form, section 4: units, groups of outcomes or parts of units; C33)
    """
    for _, choice in agreed(cohort):
        if choice.scope == "part" and not choice.part:
            yield choice.at("part"), f"Only “part” of the unit {named(choice.unit)} is agreed, and not said which."
        elif choice.scope == "whole" and choice.part:
            yield choice.at("scope"), (
                f"The “whole” unit {named(choice.unit)} is agreed, but a part of it described: “{choice.part}”."
            )


@check("A210", Severity.ERROR)
def unit_of_another_qualification(cohort: Cohort) -> Iterator[Finding]:
    """An agreed unit is not listed under the learner's qualification.

    The memorandum lists units under their qualification, and only these can count towards it. A unit that belongs to
    two qualifications has a row for each on sheet Units.

    Advice: Correct Units or Qualification of the learner, or give the unit a row for this qualification on sheet Units.
    Basis: form (Memorandum of Understanding form, section 4; Recommendation 2009/C 155/02, annex II; C11, C12)
    """
    for learner, choice in agreed(cohort):
        meant, listed = learner.agreement.qualification, choice.unit.qualification
        if meant and listed and meant is not listed:
            own = choice.at() not in learner.origin.inherited.values() or "qualification" in learner.origin.inherited
            yield choice.at() if own else learner.at("qualification"), (
                f"The unit {named(choice.unit)} belongs to {called(listed)}, but the learner is "
                f"working towards {called(meant)}."
            )


@check("A211", Severity.ERROR)
def unit_is_not_for_mobility(cohort: Cohort) -> Iterator[Finding]:
    """A unit that is taught at home only is agreed for a stay.

    Column For mobility says no, so the memorandum does not list the unit, and no agreement can be made on it.

    Advice: Choose another unit, or correct For mobility on sheet Units.
    Basis: form (Memorandum of Understanding form, section 4: units for the mobility phases; C12)
    """
    for learner, choice in agreed(cohort):
        if choice.unit.for_mobility is False and _is_listed(learner.agreement, choice):
            yield choice.at(), f"The unit {named(choice.unit)} is agreed, but it is not for mobility."


def _is_listed(stay: Agreement, choice: UnitChoice) -> bool:
    """Say whether the unit is one of the learner's qualification; if not, A210 tells."""
    return choice.unit.qualification is stay.qualification or not (choice.unit.qualification and stay.qualification)


@check("A212", Severity.WARNING)
def host_does_not_offer_the_unit(cohort: Cohort) -> Iterator[Finding]:
    """The host does not offer an agreed unit.

    Column Hosts of sheet Units says where a unit can be learned; blank means everywhere. The workplace counts as well.

    Advice: Choose another unit or Host, or add the host to column Hosts on sheet Units.
    Basis: convention (partners agree which of them offers which unit; C13)
    """
    for learner, choice in agreed(cohort):
        stay = learner.agreement
        there = {stay.host, stay.workplace} - {None}
        if choice.unit.hosts and stay.host and not there.intersection(choice.unit.hosts):
            yield choice.at(), f"{called(stay.host)} is not among the hosts of the unit {named(choice.unit)}."


@check("A213", Severity.WARNING)
def unit_is_acquired_already(cohort: Cohort) -> Iterator[Finding]:
    """A whole unit is agreed that the learner holds already.

    What she holds stands in Units already acquired. A part of a unit may well be deepened abroad, so only whole units
    are compared. What the learner register holds is A216.

    Advice: Take the unit out of Units or out of Units already acquired, or agree on a part of it.
    Basis: form (Learning Agreement form, sections 3 and 4: what is acquired, and what is to be achieved; C14)
    """
    for learner, choice in agreed(cohort):
        held = {unit.id for unit in learner.agreement.units_acquired}
        if choice.scope == "whole" and choice.unit.id in held and not recognised_already(learner, choice.unit):
            yield choice.at(), f"The unit {named(choice.unit)} is agreed, but the learner holds it already."


def recognised_already(learner: Learner, unit: Unit) -> Achievement | None:
    """Find what the learner register holds of a unit: another cohort recognised the whole of it before."""
    before = learner.agreement.recognised_before
    return next((one for one in before if one.scope == "whole" and is_of(one, unit)), None)


@check("A214", Severity.WARNING)
def unit_is_agreed_twice(cohort: Cohort) -> Iterator[Finding]:
    """One unit stands twice in an agreement.

    Its points and outcomes would be counted twice. Two different parts of a unit may stand side by side.

    Advice: Delete one of the two, or say in Part which parts are meant.
    Basis: data (a unit can be achieved once; C15)
    """
    for learner in cohort.travelling:
        for choice in _doubled(learner.agreement):
            yield choice.at(), f"The unit {named(choice.unit)} is agreed twice."


def _doubled(stay: Agreement) -> Iterator[UnitChoice]:
    """List choices of a unit that was chosen before, whole or with the same part."""
    seen: dict[str, list[UnitChoice]] = {}
    for choice in stay.choices:
        before = seen.setdefault(choice.unit.id, [])
        if any("whole" in (choice.scope, other.scope) or choice.part == other.part for other in before):
            yield choice
        before.append(choice)


@check("A215", Severity.WARNING)
def unit_description_expires(cohort: Cohort) -> Iterator[Finding]:
    """The description of a unit is not valid until the end of a stay.

    The description of a unit is valid for a time. It is told once for each unit, with the last stay that aims at it.

    Advice: Ask for the new description of the unit, or correct Valid until on sheet Units.
    Basis: form (Recommendation 2009/C 155/02, annex II: a unit's description says how long it is valid; C16)
    """
    ends: dict[Unit, dt.date] = {}
    for learner, choice in agreed(cohort):
        end = learner.agreement.end
        if end and learner.agreement.days:
            ends[choice.unit] = max(end, ends.get(choice.unit, end))
    for unit, end in ends.items():
        if unit.valid_until and unit.valid_until < end:
            yield unit.at("valid_until"), (
                f"The unit {named(unit)} is valid until {dated(unit.valid_until)}, but a stay ends on {dated(end)}."
            )


@check("A220", Severity.WARNING)
def points_do_not_add_up(cohort: Cohort) -> Iterator[Finding]:
    """The stated points are not the sum of the agreed units' points.

    Whole units count with all their points, a part with anything up to those agreed for it (else the unit's), a unit
    whose points are blank with anything. Where none of the units has points, or one stands twice (A214), nothing
    is compared.

    Advice: Correct Points of the learner or of the units, or leave Points of the learner blank: they are added up.
    Basis: form (Recommendation 2009/C 155/02, annex II: points belong to a unit in a qualification; C17)
    """
    for learner in cohort.travelling:
        stated, choices = learner.agreement.stated_points, learner.agreement.choices
        if stated is None or all(_points(choice) is None for choice in choices) or any(_doubled(learner.agreement)):
            continue
        least = sum((_points(choice) or Decimal(0) for choice in choices if choice.scope == "whole"), Decimal(0))
        most = sum((_points(choice) or Decimal(0) for choice in choices), Decimal(0))
        is_open = any(_points(choice) is None for choice in choices)
        if stated < least or (stated > most and not is_open):
            sums = number(least) if least == most and not is_open else f"at least {number(least)}"
            sums = f"at most {number(most)}" if stated > most and least != most else sums
            yield learner.at("points"), f"“{number(stated)}” points are stated, but the agreed units have “{sums}”."


def _points(choice: UnitChoice) -> Decimal | None:
    """Give the points of a choice: those agreed, else the unit's."""
    return choice.points if choice.points is not None else choice.unit.points


@check("A221", Severity.WARNING)
def more_points_than_the_unit_has(cohort: Cohort) -> Iterator[Finding]:
    """More points are agreed for a unit than it has.

    A learner may take a part of a unit for a part of its points, not for more.

    Advice: Correct Points on sheet Unit choices or on sheet Units.
    Basis: form (Recommendation 2009/C 155/02, annex II: points belong to a unit in a qualification; C17)
    """
    for _, choice in agreed(cohort):
        if choice.points is not None and choice.unit.points is not None and choice.points > choice.unit.points:
            yield choice.at("points"), (
                f"“{number(choice.points)}” points are agreed for the unit {named(choice.unit)}, which has "
                f"“{number(choice.unit.points)}”."
            )


@check("A222", Severity.WARNING)
def units_outweigh_the_qualification(cohort: Cohort) -> Iterator[Finding]:
    """The units of a qualification have more points than the qualification.

    The points of the qualification are set first and then shared out to its units. The sheet may list some of the units
    only, so a smaller sum says nothing.

    Advice: Correct Points on sheet Qualifications or on sheet Units.
    Basis: form (Recommendation 2009/C 155/02, annex II: points of a qualification and of its units; C18)
    """
    sums: dict[Qualification, Decimal] = {}
    for unit in cohort.units:
        if unit.qualification and unit.points is not None:
            sums[unit.qualification] = sums.get(unit.qualification, Decimal(0)) + unit.points
    for qualification, points in sums.items():
        if qualification.points is not None and points > qualification.points:
            yield qualification.at("points"), (
                f"{called(qualification)} has “{number(qualification.points)}” points, but its "
                f"units have “{number(points)}”."
            )


@check("A230", Severity.WARNING)
def eqf_level_is_none(cohort: Cohort) -> Iterator[Finding]:
    """An EQF level is not between 1 and 8.

    The European Qualifications Framework has eight levels; a national level belongs into NQF level.

    Advice: Correct EQF level, or leave it blank.
    Basis: form (Learning Agreement form, section 3: EQF level; C20)
    """
    levels: list[tuple[Record, int | None]] = [(record, record.eqf_level) for record in cohort.qualifications]
    levels += [(record, record.eqf_level) for record in cohort.units]
    for record, level in levels:
        if level is not None and not 1 <= level <= 8:
            yield record.at("eqf_level"), f"“{level}” is not a level of the EQF, which has levels 1 to 8."


@check("A231", Severity.WARNING)
def unit_is_far_above_its_qualification(cohort: Cohort) -> Iterator[Finding]:
    """The EQF level of a unit is more than one above its qualification's.

    A unit may lie a level above the qualification it belongs to; more is mostly a slip.

    Advice: Correct EQF level of the unit or of the qualification.
    Basis: convention (levels of units and qualifications in practice; C20)
    """
    for unit in cohort.units:
        own, whole = unit.eqf_level, unit.qualification.eqf_level if unit.qualification else None
        if own is not None and whole is not None and 1 <= whole < own - 1 <= 7:
            yield unit.at("eqf_level"), (
                f"The unit {named(unit)} is of EQF level “{own}”, its qualification of level “{whole}”."
            )
