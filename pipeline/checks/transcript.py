"""What sheet Results says of a unit of one stay, put together: the whole unit, and its outcomes (floor 3).

Who assesses outcome by outcome and who assesses the unit as a whole says the same in different rows. So a blank cell of
the row of the whole unit is read from the rows of its outcomes, and the other way round, before a rule complains of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.model import Cohort, Learner, Result, Unit, UnitChoice
from pipeline.spelling import bare

ACHIEVED, PARTLY = "achieved", "partly"
YES, NO = "yes", "no"

_RECOGNITION = ("recognised_as", "recognised_by", "recognised_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The rows of sheet Results for one unit of one stay, in the order of the sheet.

    `whole` speak of the whole unit (or of the part that is agreed of it), `outcomes` of one outcome each.
    """

    learner: Learner
    unit: Unit
    whole: list[Result] = field(default_factory=list)
    outcomes: list[Result] = field(default_factory=list)

    @property
    def rows(self) -> list[Result]:
        """All rows: the unit first, then its outcomes."""
        return [*self.whole, *self.outcomes]

    @property
    def choices(self) -> list[UnitChoice]:
        """What is agreed of the unit for this stay; two where two parts of it are."""
        return [choice for choice in self.learner.agreement.choices if choice.unit.id == self.unit.id]

    @property
    def parts(self) -> list[UnitChoice]:
        """What is agreed of the unit, where only parts of it are."""
        choices = self.choices
        return choices if all(choice.scope == "part" for choice in choices) else []

    def assessed(self, row: Result) -> str | None:
        """Say what the host found of what a row speaks of: achieved, partly, not achieved, not assessed, or None.

        The row's own word, else that of the row that says the same, else of the outcomes (all must be achieved, and
        marked) or of the whole unit.
        """
        said = row.result or _together(row.result for row in self._beside(row))
        if said:
            return said
        if row.learning_outcome:
            return ACHIEVED if any(each.result == ACHIEVED for each in self.whole) else None
        found = _together(each.result for each in self.outcomes)
        return PARTLY if found == ACHIEVED and self.marked(ACHIEVED) < self.to_mark else found

    @property
    def to_mark(self) -> int:
        """Count the outcomes that are to be assessed: the unit's, or where a part is agreed those that are marked."""
        return max(0 if self.parts else len(self.unit.outcomes), len(self.different))

    @property
    def different(self) -> set[str]:
        """Name the outcomes that have a row, as they are compared."""
        return _different(self.outcomes)

    def marked(self, word: str) -> int:
        """Count the outcomes with this result."""
        return len(_different(each for each in self.outcomes if each.result == word))

    def validated(self, row: Result) -> str | None:
        """Say what home decided of what a row speaks of: yes, partly, no, or None; read as `assessed` is."""
        said = row.validated or _together((row.validated for row in self._beside(row)), YES)
        if said:
            return said
        if row.learning_outcome:
            return YES if any(each.validated == YES for each in self.whole) else None
        return _together((each.validated for each in self.outcomes), YES)

    def day(self, row: Result, key: str, *, first: bool) -> dt.date | None:
        """Give the day (`assessed_on`, `validated_on`) of what a row speaks of: its own, else the last of those beside.

        With `first` the first of those: where only a part is decided, the rest may be assessed later.
        """
        own: dt.date | None = getattr(row, key)
        if own or not row.blank(key):
            return own
        days = [day for each in self._dating(row) if (day := getattr(each, key))]
        return (min if first else max)(days) if days else None

    def cell_of(self, row: Result, key: str, day: dt.date) -> Result:
        """Find the row whose cell holds the day that `day` gave."""
        return next((each for each in (row, *self._dating(row)) if getattr(each, key) == day), row)

    def _dating(self, row: Result) -> list[Result]:
        """List the rows from which a day that is blank is read.

        Where two parts of the unit are agreed, nobody knows which of them a row or an outcome belongs to.
        """
        beside = self._beside(row)
        if len(self.parts) > 1:
            return beside if row.learning_outcome else []
        return [*beside, *(self.whole if row.learning_outcome else self.outcomes)]

    def _beside(self, row: Result) -> list[Result]:
        """List the other rows that speak of the same: the whole unit, or the same outcome."""
        if not row.learning_outcome:
            return [each for each in self.whole if each is not row] if len(self.whole) > 1 else []
        meant = bare(row.learning_outcome)
        return [each for each in self.outcomes if each is not row and bare(each.learning_outcome or "") == meant]


def _different(rows: Iterable[Result]) -> set[str]:
    return {bare(row.learning_outcome or "") for row in rows}


def _together(said: Iterable[str | None], full: str = ACHIEVED) -> str | None:
    """Put several words together: all achieved is achieved, some is partly; else the first."""
    words = [word for word in said if word]
    if not words or all(word == full for word in words):
        return words[0] if words else None
    return PARTLY if any(word in (full, PARTLY) for word in words) else words[0]


@lru_cache(maxsize=1)
def transcripts(cohort: Cohort) -> tuple[Transcript, ...]:
    """Put the rows of Results together for each stay and unit, in the order of the sheet.

    Rows of learners who get no papers are left out, and those whose learner or unit could not be found: that is told.
    Kept for the next rule; `checks.run` lets go of it in the end.
    """
    found: dict[tuple[int, int], Transcript] = {}
    for row in cohort.results:
        learner, unit = row.learner, row.unit
        if learner and unit and learner.has_papers:
            key = id(learner), id(unit)
            of_unit = found.get(key)
            if of_unit is None:
                of_unit = found[key] = Transcript(learner=learner, unit=unit)
            (of_unit.outcomes if row.learning_outcome else of_unit.whole).append(row)
    return tuple(found.values())


def recognised_in(row: Result) -> str | None:
    """Find the cell (its key) in which a row recognises something; None where it recognises nothing.

    A dash is nothing, and so are no points.
    """
    for key in _RECOGNITION:
        said = getattr(row, key)
        if said and (not isinstance(said, str) or bare(said)):
            return key
    return "points_credited" if row.points_credited else None
