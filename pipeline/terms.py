"""What a stay takes over from where it was typed once, worked out once for all rows that are alike (floor 3).

Of a thousand learners most leave the same cells blank and go to the same few hosts: what they take over, and from which
cells, is the same. It is kept under what it depends on, and shared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any

from pipeline.columns import DEFAULTS, LEARNERS
from pipeline.links import HEADS, Level, Register, settle
from pipeline.model import Agreement, Origin, Partner, Qualification, Unit
from pipeline.problem import Place
from pipeline.rows import Row

PERSON = ("id", "family_name", "given_names", "date_of_birth", "sex", "nationality", "address", "telephone", "email",
          "emergency_contact", "guardian", "guardian_address", "guardian_telephone", "guardian_email", "guardian2",
          "guardian2_telephone", "guardian2_email")  # fmt: skip
"""The columns that belong to the person: rows of one person agree in them, and later rows may leave them blank."""

PARTNERS = ("home", "host", "workplace", "employer", "intermediary")

STATED = {"weeks": "stated_weeks", "points": "stated_points"}
"""Columns whose words are counted where nothing is typed: the model keeps what was typed under these names."""

TERMS = (
    *(
        term.name for term in fields(Agreement)
        if term.name in {column.key for column in LEARNERS.columns if column.record == "agreement"} - {"units_acquired"}
    ),
    *STATED,
)  # fmt: skip
"""The columns of sheet Learners that are taken over from the stay's organisations and units, too."""

FROM_HOST = frozenset({"mentor", "mentor_telephone", "mentor_email", "assessor", "assessor_role"})
FROM_UNITS = frozenset({"activities", "assessment_method"})

_MOST_KEPT = 2_000
"""So many kinds of rows are kept; a cohort has a few."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a row takes over: the values it does not hold itself, and the cells they came from.

    A key with a cell and without a value was typed there and could not be read.
    """

    values: Mapping[str, Any]
    cells: Mapping[str, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a row of Learners may point to, and the defaults of sheet Cohort.

    What organisations say of their mentors, and units of their activities, is kept: many learners share it; so is what
    rows take over that are alike.
    """

    partners: Register[Partner]
    qualifications: Register[Qualification]
    units: Register[Unit]
    coordinator: Partner | None
    defaults: Level
    _levels: dict[int, Level] = field(default_factory=dict)
    _of_units: dict[tuple[int, ...], Level] = field(default_factory=dict)
    _taken: dict[tuple[object, ...], Taken] = field(default_factory=dict)
    _cells: dict[tuple[int, int], tuple[Taken, Taken, Mapping[str, Place]]] = field(default_factory=dict)
    _keys: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)

    def level_of(self, partner: Partner) -> Level:
        """Give what an organisation says of its mentor and assessor."""
        if id(partner) not in self._levels:
            there = {key: getattr(partner, key) for key in FROM_HOST if getattr(partner, key) is not None}
            level = Level(there, FROM_HOST & partner.origin.unreadable, cache(partner.at))
            self._levels[id(partner)] = level
        return self._levels[id(partner)]

    def level_of_units(self, units: Sequence[Unit]) -> Level:
        """Put together what units say of activities and assessment, each text once, a line each."""
        key = tuple(map(id, units))
        if key not in self._of_units:
            texts: dict[str, str] = {}
            places: dict[str, Place] = {}
            for name in FROM_UNITS:
                said = {text: unit for unit in reversed(units) if (text := getattr(unit, name))}
                if said:
                    texts[name] = "\n".join(reversed(said))
                    places[name] = next(reversed(said.values())).at(name)
            self._of_units[key] = Level(texts, (), places.__getitem__)
        return self._of_units[key]

    def from_cohort(self, own: Level) -> Taken:
        """Give what a row takes over from sheet Cohort alone: the person, the organisations, the units."""
        return self._take(own, _WHO_AND_WHERE, (), ())

    def for_stay(self, own: Level, hosts: Sequence[Partner], units: Sequence[Unit]) -> Taken:
        """Give what a row takes over of the terms of its stay; of hosts the nearest first (the workplace)."""
        return self._take(own, TERMS, hosts, units)

    def of_unit(self, own: Level, unit: Unit) -> Taken:
        """Give how a unit is described for a learner, where her own row does not say it."""
        return self._take(own, _DESCRIBED, (), (unit,))

    def all_cells(self, general: Taken, special: Taken) -> Mapping[str, Place]:
        """Put the cells of both together; rows that are alike share them."""
        alike = (id(general), id(special))
        found = self._cells.get(alike)
        if found is None or found[0] is not general or found[1] is not special:
            if len(self._cells) >= _MOST_KEPT:
                self._cells.clear()
            found = self._cells[alike] = (general, special, {**general.cells, **special.cells})
        return found[2]

    def same_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Give one and the same set for the same keys: most rows hold the same."""
        found = frozenset(keys)
        return self._keys.setdefault(found, found)

    def _take(self, own: Level, keys: Sequence[str], hosts: Sequence[Partner], units: Sequence[Unit]) -> Taken:
        given = own.values
        alike = (
            keys, tuple(map(id, hosts)), tuple(map(id, units)), frozenset(given), own.unreadable,
            tuple([given.get(head) for head in _NAMES]),
        )  # fmt: skip
        found = self._taken.get(alike)
        if found is None:
            if len(self._taken) >= _MOST_KEPT:
                self._taken.clear()
            found = self._taken[alike] = self._worked_out(own, keys, hosts, units)
        return found

    def _worked_out(self, own: Level, keys: Sequence[str], hosts: Sequence[Partner], units: Sequence[Unit]) -> Taken:
        levels = [own, self.defaults]
        from_host = [own, *map(self.level_of, hosts), self.defaults]
        from_units = [own, self.level_of_units(units), self.defaults]
        values: dict[str, Any] = {}
        cells: dict[str, Place] = {}
        for key in keys:
            if key in own.values:
                continue
            nearer = from_host if key in FROM_HOST else from_units if key in FROM_UNITS else levels
            value, level = settle(key, nearer)
            if value is not None:
                values[key] = value
            if level is not None and level is not own:
                cells[key] = level.at(key)
        return Taken(values, cells)


_DESCRIBED = tuple(sorted(FROM_UNITS))
_WHO_AND_WHERE = (*PERSON, *PARTNERS, "qualification", "units", "units_acquired")
_NAMES = tuple(sorted(set(HEADS.values())))
"""Columns with the name of a person: what else is taken over of her depends on who it is."""


def defaults_of(cohort: Row) -> Level:
    """Take from sheet Cohort the fields that are columns of Learners."""
    keys = {column.key for column in DEFAULTS}
    given = {key: value for key, value in cohort.values.items() if key in keys}
    return Level(given, keys & cohort.origin.unreadable, cache(cohort.origin.at))


class Cells(Mapping[str, Place]):
    """The cells that decide on a unit agreed with a learner, found when they are asked for: few ever are.

    `row` is that of sheet Unit choices, if there is one, and `typed` the keys it holds; `stay` is the learner's own
    row, and `hers` says which descriptions of the unit are typed there; the others stand in the cells of `described`.
    """

    __slots__ = ("_described", "_hers", "_row", "_stay", "_typed", "_unit")

    def __init__(
        self, unit: Unit, row: Origin | None, typed: Collection[str], stay: Origin, hers: Collection[str],
        described: Mapping[str, Place],
    ) -> None:  # fmt: skip
        self._unit, self._row, self._typed, self._stay, self._hers = unit, row, typed, stay, hers
        self._described = described

    def __getitem__(self, key: str) -> Place:
        row = self._row
        if key not in _OF_A_CHOICE:
            raise KeyError(key)
        if key in FROM_UNITS:
            return self._described.get(key) or (self._stay if key in self._hers else self._unit).at(key)
        if row and key in self._typed:
            return row.at(key)
        if key in ("", "scope", "part"):
            return row.at("unit") if row else self._stay.at("units")
        return (self._unit if key == "points" else self._stay).at(key)

    def __iter__(self) -> Iterator[str]:
        return iter(_OF_A_CHOICE)

    def __len__(self) -> int:
        return len(_OF_A_CHOICE)


_OF_A_CHOICE = ("", "scope", "part", "points", "assessor", "assessor_role", "assessment_date", *sorted(FROM_UNITS))
