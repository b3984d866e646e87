"""The facts of a cohort, frozen (floor 1). A value is plain; the cell it came from is one call away: `record.at(key)`.

Records compare by identity: they are rows of a workbook, and two rows with the same values are still two rows.
Dates are `datetime.date`, points are `Decimal`, an empty cell is None (an empty tuple for lists).
"""

from __future__ import annotations

from pipeline.model.cohort import NO_MATCH, OF_THE_HOST, Cohort, Requirement, by_person
from pipeline.model.programme import Partner, Qualification, Unit, UnitChoice
from pipeline.model.record import Origin, Record
from pipeline.model.stay import Achievement, Agreement, Companion, Learner, Result

__all__ = [
    "NO_MATCH", "OF_THE_HOST", "Achievement", "Agreement", "Cohort", "Companion", "Learner", "Origin", "Partner",
    "Qualification", "Record", "Requirement", "Result", "Unit", "UnitChoice", "by_person",
]  # fmt: skip
