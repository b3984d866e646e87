"""The values of the words, for one paper (floor 3). Whose data a paper sees is decided here: it is privacy.

A learner's paper sees her own data alone; a partner's or a pair's only its own learners and their units; a memorandum
no learners at all; a paper made once a cohort sees everything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from operator import attrgetter
from typing import Any

from pipeline.achievements import held_by, of_cohort, points_so_far, remaining, so_far
from pipeline.languages import country_name
from pipeline.many import made
from pipeline.model import (
    Achievement,
    Agreement,
    Cohort,
    Companion,
    Learner,
    Partner,
    Qualification,
    Record,
    Result,
    Unit,
    UnitChoice,
    by_person,
)
from pipeline.problem import Place
from pipeline.reckoning import counted_twice, credit, weeks
from pipeline.tally import Outcome, Tally, by_learner, outcomes_of, tallies, together, whole_unit
from pipeline.vocabulary import RECORDS, TAG

Values = dict[str, Any]
Rows = dict[int, tuple[Record | None, str]]
"""The way back from a record's number to its row, and what the record is."""

AGREED = "agreed unit"
_NO_ROW: tuple[Record | None, str] = None, ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scope:
    """For whom one paper is made: the records it may see.

    `partners` are its organisations (for a memorandum those who sign, the rest in `covered`), `learners` the rows it
    may name; the single records are None where the paper is for several.
    """

    partners: tuple[Partner, ...] = ()
    covered: tuple[Partner, ...] = ()
    qualifications: tuple[Qualification, ...] = ()
    units: tuple[Unit, ...] = ()
    learners: tuple[Learner, ...] = ()
    companions: tuple[Companion, ...] = ()
    results: tuple[Result, ...] = ()
    home: Partner | None = None
    host: Partner | None = None
    partner: Partner | None = None
    learner: Learner | None = None
    companion: Companion | None = None
    qualification: Qualification | None = None
    result: Result | None = None


@dataclass(slots=True)
class Contexts:
    """Makes contexts for the papers of one cohort; what several papers share is made once a language.

    Kept: the shared values, and the way from a record's number back to its row. The numbers of a learner's own records
    count until the next paper, so that memory does not grow with the cohort.
    """

    cohort: Cohort
    _rows: Rows = field(default_factory=dict)
    _own: Rows = field(default_factory=dict)
    _shared: dict[tuple[int, str], Values] = field(default_factory=dict)
    _memoranda: dict[tuple[object, ...], Values] = field(default_factory=dict)
    _agreed: dict[tuple[object, ...], Values] = field(default_factory=dict)
    _results: dict[int, list[Result]] = field(default_factory=dict)
    _recognised: dict[str, list[Achievement]] = field(default_factory=dict)
    _remaining: dict[tuple[object, ...], list[Values]] = field(default_factory=dict)
    _row: Record | None = None

    def __post_init__(self) -> None:
        self._recognised = of_cohort(self.cohort)
        self._results = by_learner(self.cohort.results)

    def place(self, record: object, key: str) -> Place:
        """Find the cell behind a word of a record, as a template prints it.

        Where there is no such record, `key` is its own word (“intermediary”): its cell is in the row the paper is for.
        """
        number = record.get(TAG) if isinstance(record, dict) else None
        row, name = (self._own.get(number) or self._rows.get(number, _NO_ROW)) if number else _NO_ROW
        if row is None:
            return (self._row or self.cohort).at(key)
        if isinstance(row, Unit) and name == AGREED:
            return self._place_of_agreed(row, key)
        words = RECORDS[name]
        return row.at(words[key].source or key if key in words else key)

    def values(self, scope: Scope, language: str, today: dt.date, *, results: bool = True) -> Values:
        """Give every word its value for one paper.

        A form that does not ask what came of the stays (`Form.asks_results`) needs no `results`: its units are then
        the ones that all learners share who agreed them alike, so that what they print is kept.
        """
        self._own.clear()
        self._row = scope.learner or scope.companion or scope.partner
        context: Values = {
            "cohort": self._shared.get((id(self.cohort), language)) or self._keep(self.cohort, "cohort", language),
            "mou": self._mou(scope, language),
            "partners": [self._partner(partner, language) for partner in scope.partners],
            "partner": self._partner(scope.partner, language),
            "home": self._partner(scope.home, language),
            "host": self._partner(scope.host, language),
            "qualifications": [self._qualification_of(scope, one, language) for one in scope.qualifications],
            "learners": made(scope.learners, partial(self._learner, language=language, assessed=results)),
            "companions": [self._companion(companion, language) for companion in scope.companions],
            "companion": self._companion(scope.companion, language) if scope.companion else None,
            "today": today,
            "people": [], "learner": None, "agreement": None, "workplace": None, "employer": None,
            "intermediary": None, "coordinator": None, "unit": None, "result": None,
            "qualification": self._qualification(scope.qualification, language),
            "figures": self._figures(scope, language) if results else None,
        }  # fmt: skip
        learner = scope.learner
        if learner:
            own = context["learners"][0]
            context["learner"], context["people"] = own, [own]
            for key in ("agreement", "qualification", "units", "results"):
                context[key] = own[key]
            stay = learner.agreement
            for key in ("workplace", "employer", "intermediary", "coordinator"):
                context[key] = self._partner(getattr(stay, key), language)
            if scope.result:
                context["result"] = self._result(scope.result, language, own)
                context["unit"] = next(
                    (one for choice, one in zip(stay.choices, own["units"], strict=True)
                     if choice.unit is scope.result.unit), context["result"]["unit"],
                )  # fmt: skip
        else:
            context["units"] = [self._unit(unit, language) for unit in scope.units]
            rows = {id(row): at for at, row in enumerate(scope.learners)}
            learners = context["learners"]

            def result_of(result: Result) -> Values:
                at = rows.get(id(result.learner))
                return self._result(result, language, None if at is None else learners[at])

            first = [rows[id(stays[0])] for stays in by_person(scope.learners).values()]
            context["results"] = made(scope.results if results else (), result_of)
            context["people"] = made(first, learners.__getitem__)
        return context

    def _keep(self, record: Record, name: str, language: str) -> Values:
        """Make the values of a record that several papers show, for all of them."""
        found = self._shared[id(record), language] = self._plain(record, record, name, self._rows)
        return found

    def _plain(self, record: Any, row: Record, name: str, rows: Rows) -> Values:
        """Take over the words that are fields of the record, lists as lists."""
        keys, fields, lists, absent = _fields(record.__class__, name)
        found: Values = dict(zip(keys, fields(record), strict=True))
        found.update(absent)
        for key in lists:
            found[key] = list(found[key])
        found[TAG] = _number(row, name, rows)
        found["more"] = dict(row.more)
        return found

    def _partner(self, partner: Partner | None, language: str) -> Values | None:
        if partner is None:
            return None
        found = self._shared.get((id(partner), language))
        if found is None:
            found = self._keep(partner, "partner", language)
            found["country_name"] = country_name(partner.country, language) if partner.country else None
            if not partner.agreement_signatory:
                found["agreement_signatory"] = partner.signatory
                found["agreement_signatory_role"] = partner.agreement_signatory_role or partner.signatory_role
        return found

    def _mou(self, scope: Scope, language: str) -> Values:
        key = (language, *map(id, scope.covered))
        found = self._memoranda.get(key)
        if found is None:
            found = self._memoranda[key] = self._plain(self.cohort, self.cohort, "mou", self._rows)
            found["covered"] = [self._partner(partner, language) for partner in scope.covered]
            if not self.cohort.signed_elsewhere:
                found["signed_on"] = None
        return found

    def _qualification(self, one: Qualification | None, language: str) -> Values | None:
        if one is None:
            return None
        found = self._shared.get((id(one), language))
        if found is None:
            found = self._keep(one, "qualification", language)
            found |= {
                "title": one.titles.get(language) or one.title, "titles": dict(one.titles), "original_title": one.title,
                "country_name": country_name(one.country, language) if one.country else None,
                "units": [self._unit(unit, language) for unit in self.cohort.units_abroad(one)],
            }  # fmt: skip
        return found

    def _qualification_of(self, scope: Scope, one: Qualification, language: str) -> Values | None:
        """Give a qualification; a memorandum with one host lists only the units this host offers."""
        found = self._qualification(one, language)
        if found is None or scope.learners or not scope.units:
            return found
        return found | {"units": [self._unit(unit, language) for unit in scope.units if unit.qualification is one]}

    def _unit(self, unit: Unit, language: str, choice: UnitChoice | None = None) -> Values:
        found = self._shared.get((id(unit), language))
        if found is None:
            owner = unit.qualification
            found = self._keep(unit, "unit", language)
            found |= {
                "title": unit.titles.get(language) or unit.title, "titles": dict(unit.titles), "scope": None,
                "part": None, "assessor": None, "assessor_role": None, "assessment_date": None, "result": None,
                "qualification_title": (owner.titles.get(language) or owner.title) if owner else None,
                "hosts": [host.name for host in unit.hosts if host.name], "whole": None,
                "outcomes": [self._outcome(each, unit, self._rows) for each in outcomes_of(unit)],
            }  # fmt: skip
        if choice is None:
            return found
        alike = (
            id(unit), language, choice.scope, choice.part, choice.points, choice.assessor, choice.assessor_role,
            choice.assessment_date, choice.activities, choice.assessment_method,
        )  # fmt: skip
        agreed = self._agreed.get(alike)
        if agreed is None:
            number = -len(self._agreed) - 1
            self._rows[number] = unit, AGREED
            agreed = self._agreed[alike] = found | {
                TAG: number, "scope": choice.scope, "part": choice.part, "points": choice.points,
                "assessor": choice.assessor, "assessor_role": choice.assessor_role,
                "assessment_date": choice.assessment_date,
                "activities": choice.activities or found["activities"],
                "assessment_method": choice.assessment_method or found["assessment_method"],
            }  # fmt: skip
        return agreed

    def _place_of_agreed(self, unit: Unit, key: str) -> Place:
        """Find the cell of an agreed unit: learners who agree a unit alike share its values, but not its cells."""
        stay = self._row.agreement if isinstance(self._row, Learner) else None
        for choice in stay.choices if stay else ():
            if choice.unit is unit and key in choice.places:
                return choice.at(key)
        return unit.at(key)

    def _learner(self, learner: Learner, language: str, assessed: bool) -> Values:
        stay = learner.agreement
        results = self._results.get(id(learner), []) if assessed else []
        found = self._plain(learner, learner, "learner", self._own)
        cohort = self.cohort
        found |= {
            "name": learner.name or None,
            "age_at_start": learner.age_on(stay.start),
            "is_minor": cohort.is_minor(learner, stay.start) or cohort.is_minor(learner, cohort.date),
            "agreement": self._agreement(learner, stay),
            "qualification": self._qualification(stay.qualification, language),
            "units": [self._unit(choice.unit, language, choice) for choice in stay.choices],
        }  # fmt: skip
        found["results"] = [self._result(result, language, found) for result in results]
        if results:
            found["units"] = [
                self._assessed(one, choice.unit, language, results, found)
                for one, choice in zip(found["units"], stay.choices, strict=True)
            ]
        own = self._recognised.get(learner.person, ())
        achievements = so_far(learner, own) if own or learner.achievements else ()
        found["achievements"] = [self._plain(one, one, "achievement", self._own) for one in achievements]
        found["remaining"] = self._remain(learner, achievements, language)
        found["points_held"], found["points_remaining"] = points_so_far(learner, achievements)
        for key in ("home", "host", "workplace", "employer", "intermediary"):
            found[key] = self._partner(getattr(stay, key), language)
        return found

    def _assessed(
        self, agreed: Values, unit: Unit, language: str, results: list[Result], learner: Values
    ) -> Values:
        """Add to an agreed unit what came of it and of each of its outcomes."""
        whole = whole_unit(unit, results)
        return agreed | {
            "result": whole.result if whole else None,
            "whole": self._result(whole, language, learner) if whole else None,
            "outcomes": [self._outcome(each, unit, self._own) for each in outcomes_of(unit, results)],
        }

    def _outcome(self, outcome: Outcome, unit: Unit, rows: Rows) -> Values:
        came = outcome.result
        found: Values = {"text": outcome.text, "kind": outcome.kind or None, "more": dict(came.more) if came else {}}
        found |= {key: getattr(came, key, None) for key in _OF_AN_OUTCOME}
        return found | {TAG: _number(came or unit, "outcome", rows)}

    def _figures(self, scope: Scope, language: str) -> Values | None:
        """Count what came of the stays a paper may see; nothing where no host has said anything yet."""
        if not any(id(learner) in self._results for learner in scope.learners):
            return None
        each = tallies(scope.learners, self._results)
        return {
            "learners": len(by_person(scope.learners)), "units": [_tally(one, language) for one in each],
            "total": _tally(together(each), language), "more": {}, TAG: 0,
        }  # fmt: skip

    def _agreement(self, learner: Learner, stay: Agreement) -> Values:
        found = self._plain(stay, learner, "agreement", self._own)
        before, after, remaining = credit(stay)
        found |= {
            "weeks": stay.stated_weeks if stay.stated_weeks is not None else weeks(stay), "days": stay.days,
            "points": stay.points, "points_before": before, "points_after": after, "points_remaining": remaining,
            "points_already_held": counted_twice(stay) or None,
            "units_acquired": [unit.title or unit.id for unit in stay.units_acquired], "changes": [],
            "changed": [],
        }  # fmt: skip
        return found

    def _remain(self, learner: Learner, achievements: Sequence[Achievement], language: str) -> list[Values]:
        """Give the units that remain to her; learners who hold the same units from before share them."""
        stay = learner.agreement
        key = id(stay.qualification), achievements, stay.units_acquired, language
        if stay.qualification and key not in self._remaining:
            units = remaining(self.cohort, stay.qualification, held_by(learner, achievements))
            self._remaining[key] = [self._unit(unit, language) for unit in units]
        return self._remaining.get(key, [])

    def _companion(self, companion: Companion, language: str) -> Values:
        found = self._shared.get((id(companion), language))
        if found is None:
            found = self._keep(companion, "companion", language)
            found["home"] = self._partner(companion.home, language)
            found["host"] = self._partner(companion.host, language)
        return found

    def _result(self, result: Result, language: str, learner: Values | None) -> Values:
        found = self._plain(result, result, "result", self._own)
        stay = result.learner.agreement if result.learner else None
        agreed = [choice for choice in stay.choices if choice.unit is result.unit] if stay else []
        found["unit"] = self._unit(result.unit, language) if result.unit else None
        found["learner"] = learner
        found["agreed_points"] = agreed[0].points if agreed else None
        return found


_OF_AN_OUTCOME = ("result", "not_shown_yet", "grade", "remarks")
_COUNTED = (
    "agreed", "assessed", "achieved", "partly", "not_achieved", "validated", "recognised", "recognised_partly",
    "achieved_percent", "recognised_percent", "points_agreed", "points_credited",
)  # fmt: skip


def _tally(tally: Tally, language: str) -> Values:
    unit = tally.unit
    owner = unit.qualification if unit else None
    found: Values = {key: getattr(tally, key) for key in _COUNTED} | {"more": {}, TAG: 0}
    return found | {
        "id": unit.id if unit else None, "title": unit.titles.get(language) or unit.title if unit else None,
        "qualification_title": owner.titles.get(language) or owner.title if owner else None,
    }  # fmt: skip


def _number(row: Record, name: str, rows: Rows) -> int:
    number = id(row) * 16 + len(name) % 16
    rows[number] = row, name
    return number


@cache
def _fields(
    kind: type[Any], name: str
) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[str, ...], Values]:
    """Find, once for a kind of record, which words are its fields, which of these are lists, and which are neither."""
    wanted = [key for key, word in RECORDS[name].items() if word.column and key != "more"]
    keys = tuple(key for key in wanted if hasattr(kind, key))
    lists = tuple(key for key in keys if RECORDS[name][key].type == "texts")
    return keys, attrgetter(*keys), lists, dict.fromkeys(key for key in wanted if key not in keys)
