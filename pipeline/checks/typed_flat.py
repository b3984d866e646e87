"""What to do, where organisations, qualifications and units stand in a flat sheet and not on their own (floor 3).

The advice of most rules speaks of the sheets of the empty workbook. Who has one flat sheet is told which of its columns
to fill; where there is none of that name yet, she adds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.lettering import column_of
from pipeline.model import Cohort, Partner
from pipeline.problem import Place, Problem

_ADD = "add the column if there is none yet"

ADVICE: Mapping[str, str] = {
    "M101": f"Fill column “{{party}} address”; {_ADD}.",
    "M102": f"Fill “{{party}} contact person”, and “{{party}} telephone” or “{{party}} e-mail”; {_ADD}.",
    "M103": f"Fill “{{party}} signatory” and “{{party}} signatory role”; {_ADD}.",
    "M104": f"Fill “{{party}} signatory role”; {_ADD}.",
    "M150": "Name its units in columns “Unit 1”, “Unit 2” …, or enter them on a sheet Units, here or in the register.",
    "M152": f"Fill column “{{party}} language”; {_ADD}.",
    "A130": f"Fill column “Mentor” in the learner's row; {_ADD}.",
    "A201": "Fill “Skills 1” or “Learning outcomes 1” for the unit in “Unit 1” (add the column if there is none yet), "
            "or describe it on a sheet Units, here or in the register.",
    "A210": "Correct Units or Qualification of the learner, or enter the unit for this qualification on a sheet Units.",
}  # fmt: skip
"""What to do in a flat sheet, by the code of the rule."""

_PARTIES = {"company": "Workplace"}
"""Roles whose columns are called otherwise."""


def in_flat_sheet(problem: Problem, cohort: Cohort, flat: frozenset[tuple[str, str]]) -> Problem:
    """Word the advice for a cell of a flat sheet, where the rule's own speaks of other sheets; else leave it."""
    place = problem.place
    advice = ADVICE.get(problem.code)
    if not advice or (place.file, place.sheet or "") not in flat:
        return problem
    return replace(problem, advice=advice.format(party=_party(place, cohort)))


def flat_sheets(cohort: Cohort) -> frozenset[tuple[str, str]]:
    """Name the sheets, with their files, in which organisations, qualifications or units stand on learners' rows."""
    rows = {(each.origin.file, each.origin.sheet) for each in cohort.learners}
    others = (*cohort.partners, *cohort.qualifications, *cohort.units)
    return frozenset(rows & {(each.origin.file, each.origin.sheet) for each in others})


def _party(place: Place, cohort: Cohort) -> str:
    """Say what the columns of the organisation begin with whose name stands in a cell: Home, Host."""
    names = (partner for partner in cohort.partners if _is_named_in(partner, place))
    role = next((role for partner in names for role in partner.roles), "host")
    return _PARTIES.get(role, role.capitalize())


def _is_named_in(partner: Partner, place: Place) -> bool:
    here = (partner.origin.file, partner.origin.sheet, partner.origin.row) == (place.file, place.sheet, place.row)
    return here and column_of(place.cell) in partner.origin.columns.values()
