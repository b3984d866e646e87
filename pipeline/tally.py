"""What came of the stays: outcomes with their results, and the figures of a partnership (floor 2).

Pure. The host assesses; the home college validates and recognises. Here it is only put together and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from pipeline.achievements import is_recognised
from pipeline.model import Learner, Result, Unit
from pipeline.spelling import bare

KINDS = ("knowledge", "skills", "competence", "learning_outcomes")
"""The columns of sheet Units that hold outcomes, in the order of the forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One learning outcome of a unit: its text, the column it stands in (empty: only in Results), what came of it."""

    text: str
    kind: str
    result: Result | None = None


def outcomes_of(unit: Unit, results: Iterable[Result] = ()) -> tuple[Outcome, ...]:
    """List the outcomes of a unit in their order, each with the row of Results that speaks of it.

    `results` are those of one stay. A row whose outcome is none of the unit's stands at the end, so that nothing that
    was assessed is left out. Of two rows for one outcome the first counts (a rule tells the second).
    """
    by_text: dict[str, Result] = {}
    for each in results:
        if each.unit is unit and each.learning_outcome:
            by_text.setdefault(bare(each.learning_outcome), each)
    found = [
        Outcome(text=text, kind=kind, result=by_text.pop(bare(text), None))
        for kind in KINDS for text in getattr(unit, kind)
    ]  # fmt: skip
    others = [Outcome(text=each.learning_outcome or "", kind="", result=each) for each in by_text.values()]
    return (*found, *others)


def by_learner(results: Iterable[Result]) -> dict[int, list[Result]]:
    """Sort rows of Results by the identity of their learner (`id`), each learner's in the order of the sheet."""
    found: dict[int, list[Result]] = {}
    for each in results:
        if each.learner:
            found.setdefault(id(each.learner), []).append(each)
    return found


def whole_unit(unit: Unit, results: Iterable[Result]) -> Result | None:
    """Find the row of Results that speaks of a unit as a whole; the first, where there are several."""
    return next((each for each in results if each.unit is unit and not each.learning_outcome), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often a unit was agreed, and what came of it. `unit` is None for all units together."""

    unit: Unit | None
    agreed: int = 0
    assessed: int = 0
    achieved: int = 0
    partly: int = 0
    not_achieved: int = 0
    validated: int = 0
    recognised: int = 0
    recognised_partly: int = 0
    points_agreed: Decimal | None = None
    points_credited: Decimal | None = None

    @property
    def achieved_percent(self) -> int | None:
        """Units achieved of those agreed, in whole per cent; None where none was agreed."""
        return _percent(self.achieved, self.agreed)

    @property
    def recognised_percent(self) -> int | None:
        """Units recognised of those agreed, in whole per cent; None where none was agreed."""
        return _percent(self.recognised, self.agreed)


def _percent(part: int, whole: int) -> int | None:
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)) if whole else None


def tallies(learners: Sequence[Learner], results: Mapping[int, Sequence[Result]]) -> tuple[Tally, ...]:
    """Count for each unit agreed with these learners what came of it, in the order in which units come up.

    `results` are rows of Results by the identity of their learner (`id`). Only whole units are counted, and only where
    they were agreed. Assessed is every unit that has a result other than “not assessed”; validated and recognised is
    what was so as agreed, and what was recognised in part is counted by itself.
    """
    counts: dict[int, list[Result | None]] = {}
    units: dict[int, Unit] = {}
    points: dict[int, list[Decimal]] = {}
    for learner in learners:
        for choice in learner.agreement.choices:
            units[id(choice.unit)] = choice.unit
            counts.setdefault(id(choice.unit), []).append(whole_unit(choice.unit, results.get(id(learner), ())))
            if choice.points is not None:
                points.setdefault(id(choice.unit), []).append(choice.points)
    return tuple(_tally(units[each], found, points.get(each, [])) for each, found in counts.items())


def _tally(unit: Unit, found: Sequence[Result | None], points: Sequence[Decimal]) -> Tally:
    rows = [each for each in found if each is not None]
    credited = [each.points_credited for each in rows if each.points_credited is not None and is_recognised(each)]
    said = [each.result for each in rows]
    return Tally(
        unit=unit, agreed=len(found), assessed=sum(each not in (None, "not assessed") for each in said),
        achieved=said.count("achieved"), partly=said.count("partly"), not_achieved=said.count("not achieved"),
        validated=sum(each.validated == "yes" for each in rows),
        recognised=sum(is_recognised(each) and each.validated == "yes" for each in rows),
        recognised_partly=sum(is_recognised(each) and each.validated == "partly" for each in rows),
        points_agreed=sum(points, Decimal(0)) if points else None,
        points_credited=sum(credited, Decimal(0)) if credited else None,
    )  # fmt: skip


def together(each: Sequence[Tally]) -> Tally:
    """Add up the tallies of units."""
    agreed = [one.points_agreed for one in each if one.points_agreed is not None]
    credited = [one.points_credited for one in each if one.points_credited is not None]
    return Tally(
        unit=None, agreed=sum(one.agreed for one in each), assessed=sum(one.assessed for one in each),
        achieved=sum(one.achieved for one in each), partly=sum(one.partly for one in each),
        not_achieved=sum(one.not_achieved for one in each), validated=sum(one.validated for one in each),
        recognised=sum(one.recognised for one in each),
        recognised_partly=sum(one.recognised_partly for one in each),
        points_agreed=sum(agreed, Decimal(0)) if agreed else None,
        points_credited=sum(credited, Decimal(0)) if credited else None,
    )  # fmt: skip
