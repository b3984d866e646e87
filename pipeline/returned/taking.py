"""Hold what a document says against the cohort: whose marks they are, of which unit and outcome (floor 6).

Nothing is guessed. What belongs to nobody, or could mean two things, becomes a problem at its place in the document,
and no mark. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pipeline import cells
from pipeline.columns import RESULTS
from pipeline.dates import THIS_CENTURY
from pipeline.links import Register, register
from pipeline.model import Cohort, Learner, Unit
from pipeline.problem import Place, Problem, Severity
from pipeline.raw import Number, Raw, Unreadable, shown
from pipeline.returned.facts import BOXES, FROM_A_HOST, Document, Marked
from pipeline.returned.faults import (
    changed_outcome,
    named_twice,
    no_result,
    nobody_assessed,
    nothing_marked,
    unit_not_agreed,
    unknown_learner,
    unknown_unit,
    which_stay,
)
from pipeline.returned.sheets import labels
from pipeline.sheets import values
from pipeline.spelling import bare, nearest, spellings
from pipeline.unreadable import told

Key = tuple[str, str, str]
"""The stay, the unit and the outcome that a row of Results is about, folded; no outcome is the unit as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A row of Results as a document says it: values by the keys of its columns, each read; `place` in the document."""

    learner: Learner
    unit: Unit
    outcome: str
    said: Mapping[str, Any]
    file: str
    place: Place

    @property
    def key(self) -> Key:
        """What the row is about."""
        return key_of(self.learner, self.unit, self.outcome)


def key_of(learner: Learner, unit: Unit, outcome: str | None) -> Key:
    """Say what a row of Results is about."""
    return learner.key, f"{bare(unit.qualification.id) if unit.qualification else ''}|{unit.id}", bare(outcome or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    id: str
    stays: Sequence[Learner]


@dataclass(slots=True)
class Taker:
    """Takes the documents of one cohort. Kept: its people and units by their names, and the problems found."""

    cohort: Cohort
    date_order: str | None
    problems: list[Problem] = field(default_factory=list)
    _people: Register[_Person] | None = None
    _units: Register[Unit] | None = None

    def take(self, document: Document) -> list[Taken]:
        """Take the rows of a document; what belongs to nobody is told."""
        self.problems += document.problems
        found = [taken for row in document.rows for taken in self._row(document, row)]
        self._tell_nobody(found)
        return found

    def tell_unmarked(self, document: Document) -> None:
        """Tell a document that holds no mark, or, where nobody knows whose it is, that; nothing of all others."""
        if document.rows or document.problems:
            return
        named = [row for row in document.about if row.learner]
        known = [learner for row in named if (learner := self._learner(row))]
        if known or not named:
            self._tell(nothing_marked(Place(file=document.file)))

    def stays(self, document: Document) -> frozenset[str]:
        """Give the stays that a document speaks of, by their keys, also where it holds no mark; tells nothing."""
        quiet = replace(self, problems=[])  # what is known of people and units is not looked up again
        whose = {(row.learner, row.name, _number(row.mobility), row.unit): row for row in document.about}
        return frozenset(learner.key for learner in map(quiet._learner, whose.values()) if learner)

    def _row(self, document: Document, row: Marked) -> Iterator[Taken]:
        learner = self._learner(row)
        if learner is None:
            return
        unit = self._unit(row, learner)
        if unit is None:
            return
        if all(choice.unit is not unit for choice in learner.agreement.choices):
            self._tell(unit_not_agreed(Place(file=document.file), unit.id, learner.name))
        outcome = self._outcome(row, unit)
        said = self._said(row)
        if outcome is not None and said:
            yield Taken(learner=learner, unit=unit, outcome=outcome, said=said, file=document.file, place=row.place)

    # -- whose, and of what --------------------------------------------------------------------------------------------

    def _learner(self, row: Marked) -> Learner | None:
        if self._people is None:
            self._people = _people_of(self.cohort)
        persons, _ = self._people.meant(row.learner) if row.learner else ((), ())
        if len(persons) != 1:
            meant = self._people.nearly(row.learner) if row.learner else None
            self._tell(unknown_learner(_whom(row, "learner"), row.learner, meant))
            return None
        others, _ = self._people.meant(row.name) if row.name else ((), ())
        if len(others) == 1 and others[0] is not persons[0]:
            self._tell(named_twice(_whom(row, "learner"), row.learner, row.name))
            return None
        stays, number = persons[0].stays, _number(row.mobility)
        if number:
            stays = [each for each in stays if str(each.mobility) == number]
        for some in (stays, [each for each in stays if each.has_papers], self._agreed(row, stays)):
            if len(some) == 1:
                return some[0]
        self._tell(which_stay(_whom(row, "mobility"), persons[0].stays[0].name, number))
        return None

    def _agreed(self, row: Marked, stays: Sequence[Learner]) -> list[Learner]:
        found = {id(each) for each in (self._units_of().meant(row.unit)[0] if not row.under else ())}
        return [each for each in stays if any(id(choice.unit) in found for choice in each.agreement.choices)]

    def _units_of(self) -> Register[Unit]:
        if self._units is None:
            every = self.cohort.units
            self._units = register("Units", every, [(unit.title, *unit.titles.values()) for unit in every])
        return self._units

    def _unit(self, row: Marked, learner: Learner) -> Unit | None:
        units = self._units_of()
        found = self._under(row.unit, learner) if row.under else units.meant(row.unit)[0] if row.unit else ()
        if not found:
            self._tell(unknown_unit(row.at("unit"), row.unit, units.nearly(row.unit) if row.unit else None))
            return None
        hers = learner.agreement
        agreed = [unit for unit in found if any(choice.unit is unit for choice in hers.choices)]
        taken = [unit for unit in found if unit.qualification is hers.qualification]
        return next(iter((*agreed, *taken, *found)))

    def _under(self, heading: str, learner: Learner) -> Sequence[Unit]:
        """Find the unit that a heading names (“Unit U1 – Doughs”): the agreed ones first, the longest ID first."""
        head = heading.partition(" – ")[0]
        agreed = [choice.unit for choice in learner.agreement.choices]
        for units in (agreed, self.cohort.units):
            named = [unit for unit in units if unit.id and re.search(rf"(^|\s){re.escape(unit.id)}$", head)]
            if named:
                return [unit for unit in named if len(unit.id) == max(len(each.id) for each in named)]
        return self._units_of().meant(heading)[0]

    def _outcome(self, row: Marked, unit: Unit) -> str | None:
        """Find the outcome as the cohort words it; empty for the unit as a whole, None where there is no such."""
        if not row.outcome:
            return ""
        spelled = bare(row.outcome)
        found = next((text for text in unit.outcomes if bare(text) == spelled), None)
        if found is None:
            meant = nearest(row.outcome, unit.outcomes, 0.4)
            self._tell(changed_outcome(row.at("learning_outcome"), row.outcome, unit.id, meant))
        return found

    # -- what is said --------------------------------------------------------------------------------------------------

    def _said(self, row: Marked) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for key in FROM_A_HOST:
            raw = row.told.get(key)
            if raw in (None, ""):
                continue
            try:
                value = cells.date(raw, self.date_order, THIS_CENTURY) if key == "assessed_on" else cells.text(raw)
            except Unreadable as wrong:  # it is about one row of one document, and no paper waits for it
                self._tell(replace(told(wrong, row.at(key)), severity=Severity.WARNING))
                continue
            if key == "result" and value is not None:
                value = result_of(str(value))
                if value is None:
                    self._tell(no_result(row.at(key), shown(raw)))
                    return {}
            if value is not None:
                said[key] = value
        return said

    def _tell_nobody(self, found: Sequence[Taken]) -> None:
        for taken in found:
            if "assessed_by" not in taken.said and "result" in taken.said:
                self._tell(nobody_assessed(Place(file=taken.file), taken.unit.id))

    def _tell(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def _people_of(cohort: Cohort) -> Register[_Person]:
    by_person: dict[str, list[Learner]] = {}
    for learner in cohort.learners:
        by_person.setdefault(learner.person, []).append(learner)
    people = [_Person(id=stays[0].id or "", stays=stays) for stays in by_person.values()]
    names = [(first.name, f"{first.family_name} {first.given_names}") for first in (each.stays[0] for each in people)]
    return register("Learners", people, names)


def _whom(row: Marked, key: str) -> Place:
    """Find where it stands whom a row is about: its cell in a workbook; a sheet says it once for all."""
    return row.places.get(key) or Place(file=row.place.file)


def _number(mobility: Raw) -> str:
    """Give the number of a stay as it is written; empty where none is."""
    if isinstance(mobility, Number):
        return f"{mobility.value:g}"
    return str(mobility or "").strip()


@cache
def _results() -> Mapping[str, str]:
    found = dict(values(*RESULTS))
    for table in labels().values():
        for name, result in BOXES.items():
            for spelling in spellings(table[name]):
                found.setdefault(spelling, result)
    return found


def result_of(said: str) -> str | None:
    """Find the result that a word means: as sheet Results has it, or as the boxes of a sheet are called."""
    known = _results()
    return next((known[each] for each in spellings(said) if each in known), None)
