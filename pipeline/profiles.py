"""What employers look for, held against a cohort's units: covered, proposed for a person's yes, or a gap (floor 2).

Pure. What has the ID of a unit, or its title, or the very words of one of its outcomes, is covered: only letters,
figures and their order count. What is only worded alike is proposed and never counted as covered until a person says
so in column Matches of sheet Job profiles. Nothing here asks a dictionary or a network, so the same sheet always gets
the same proposals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from pipeline.alike import Alike
from pipeline.model import NO_MATCH, Cohort, Requirement, Unit
from pipeline.spelling import bare, nearest, same_id

ONE = Decimal(1)
_AROUND = re.compile(r"\s*:\s*|\s+[-–—|]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What covers a requirement, or may: a unit, or one of its outcomes (empty: the whole unit).

    `likeness` is 1 where there is no doubt; of a proposal, how much the wordings have in common (0 to 1).
    """

    unit: Unit
    outcome: str = ""
    likeness: float = 1.0

    @property
    def said(self) -> str:
        """What a person writes into column Matches to say yes to it."""
        return f"{self.unit.id}: {self.outcome}" if self.outcome else self.unit.id


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch:
    """An entry of column Matches that means nothing: whose unit it is, and what was meant.

    `unit` is None where there is no such unit, else the unit has no such outcome. `nearest` is empty where nothing is
    close.
    """

    unit: Unit | None
    nearest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """A requirement, with what covers it and what may. `rejected` says that a person decided that nothing does.

    Proposals stand, the most alike first, only where nothing covers it and nobody has decided.
    """

    requirement: Requirement
    covered: tuple[Match, ...] = ()
    proposals: tuple[Match, ...] = ()
    rejected: bool = False

    @property
    def weight(self) -> Decimal:
        """How much it counts: 1 where nothing is said, and never below 0 (a rule tells that)."""
        weight = self.requirement.weight
        return ONE if weight is None else max(weight, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProfile:
    """A job, and what is looked for in it, in the order of the sheet."""

    name: str
    employer: str
    needs: tuple[Need, ...]

    @property
    def covered_percent(self) -> int | None:
        """The weight of what is covered, of a hundred; None where nothing weighs anything."""
        whole = sum((need.weight for need in self.needs), Decimal(0))
        there = sum((need.weight for need in self.needs if need.covered), Decimal(0))
        return int((100 * there / whole).quantize(ONE, ROUND_HALF_UP)) if whole else None


def job_profiles(cohort: Cohort) -> tuple[JobProfile, ...]:
    """Hold what employers look for against the units of a cohort, a profile after the other.

    Units of its qualifications that only the register of all cohorts lists count too: they are taught as well.

    Rows belong together that have the same profile and employer; a row without an employer belongs to the first of its
    profile. Rows without an outcome are left out: they are told.
    """
    catalogue = Catalogue((*cohort.units, *cohort.further_units))
    profiles: dict[str, dict[str, list[Requirement]]] = {}
    for each in cohort.requirements:
        if each.profile and each.outcome:
            by_employer = profiles.setdefault(bare(each.profile), {})
            who = bare(each.employer or "")
            if not who and by_employer:
                who = next(iter(by_employer))
            by_employer.setdefault(who, []).append(each)
    return tuple(
        JobProfile(
            name=rows[0].profile or "", employer=rows[0].employer or "",
            needs=tuple(catalogue.need(row) for row in rows),
        )
        for by_employer in profiles.values() for rows in by_employer.values()
    )  # fmt: skip


@dataclass(slots=True)
class Catalogue:
    """The units of a cohort by ID and by wording. Kept: which texts are alike, once one was looked for."""

    units: Sequence[Unit]
    _by_id: dict[str, list[Unit]] = field(default_factory=dict)
    _by_text: dict[str, list[Match]] = field(default_factory=dict)
    _alike: Alike[Match] | None = None

    def __post_init__(self) -> None:
        for unit in self.units:
            self._by_id.setdefault(same_id(unit.id), []).append(unit)
        for text, match in self._wordings():
            self._by_text.setdefault(bare(text), []).append(match)

    def _wordings(self) -> Iterator[tuple[str, Match]]:
        """Give every title and outcome with what it stands for; a unit in two qualifications counts once."""
        for unit in (units[0] for units in self._by_id.values()):
            for title in dict.fromkeys((unit.title, *unit.titles.values())):
                if title and bare(title):
                    yield title, Match(unit=unit)
        for units in self._by_id.values():
            yield from ((text, Match(unit=units[0], outcome=text)) for text in _outcomes(units) if bare(text))

    def need(self, requirement: Requirement) -> Need:
        """Say what covers a requirement: what a person decided, else what is certain; else propose what is alike."""
        if requirement.matches == (NO_MATCH,):
            return Need(requirement=requirement, rejected=True)
        decided = [found for each in requirement.matches if (found := self.named(each))]
        wanted = requirement.outcome or ""
        if decided:
            return Need(requirement=requirement, covered=tuple(decided))
        named = self.named(wanted)
        certain = [named] if named else self._by_text.get(bare(wanted), [])
        if certain:
            return Need(requirement=requirement, covered=tuple(certain))
        if self._alike is None:
            self._alike = Alike(self._wordings())
        proposals = (
            Match(unit=match.unit, outcome=match.outcome, likeness=likeness)
            for match, likeness in self._alike.to(wanted)
        )
        return Need(requirement=requirement, proposals=tuple(proposals))

    def named(self, typed: str) -> Match | None:
        """Find what “U1”, “U1: prepares cold starters” or “U1 – Cold starters” names; None where it names nothing."""
        found = self._by_id.get(same_id(typed))
        if found:
            return Match(unit=found[0])
        units, text = self._halved(typed)
        if any(bare(text) == bare(title) for unit in units[:1] for title in (unit.title or "", *unit.titles.values())):
            return Match(unit=units[0])
        return next((Match(unit=units[0], outcome=each) for each in _outcomes(units) if bare(each) == bare(text)), None)

    def amiss(self, typed: str) -> NoMatch:
        """Say what is wrong with an entry that names nothing, and what was most likely meant."""
        units, text = self._halved(typed)
        if units:
            return NoMatch(unit=units[0], nearest=nearest(text, _outcomes(units), 0.6) or "")
        ids = [found[0].id for found in self._by_id.values()]
        meant = nearest(_AROUND.split(typed, maxsplit=1)[0], ids, 0.6, same_numbers=True)
        return NoMatch(unit=None, nearest=meant or "")

    def _halved(self, typed: str) -> tuple[Sequence[Unit], str]:
        """Cut “U1: prepares cold starters” into the rows of the unit and the text behind it."""
        halves = _AROUND.split(typed, maxsplit=1)
        return (self._by_id.get(same_id(halves[0]), ()), halves[1]) if len(halves) > 1 else ((), "")


def _outcomes(units: Sequence[Unit]) -> list[str]:
    """List the outcomes of a unit, each once, though it stands in several qualifications."""
    return list(dict.fromkeys(each for unit in units for each in unit.outcomes))
