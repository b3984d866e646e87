"""Which row an ID or a name means, and what a row takes over from where it was typed once (floor 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pipeline.problem import Place, Problem, fault, quoted
from pipeline.spelling import bare, nearest


class Named(Protocol):
    """A record with an ID."""

    @property
    def id(self) -> str: ...  # noqa: D102 - said by the class


N = TypeVar("N", bound=Named)


@fault("S211")
def unknown_reference(typed: str, sheet: str, meant: str | None, commas: bool) -> tuple[str, str]:
    """A row is named that is not there: an ID or a name without a row on its sheet.

    IDs are compared without regard to case, spaces and accents; where it is unambiguous, the name may stand for the ID.

    Advice: Correct the ID, or add its row to the other sheet.
    Basis: data (domain check C37)
    """
    if commas:
        return f"“{typed}” is not on sheet {sheet}.", "Separate several entries with ; and not with commas."
    advice = f"Did you mean “{meant}”?" if meant else f"Add a row for it to sheet {sheet}, or correct it."
    return f"“{typed}” is not on sheet {sheet}.", advice


@fault("S212")
def ambiguous_reference(typed: str, ids: Sequence[str]) -> str:
    """A name is used that several rows have.

    Advice: Write the ID instead of the name.
    Basis: data (contract, section 2)
    """
    return f"“{typed}” can mean {quoted(ids)}."


@fault("S213")
def doubled_id(identifier: str, first: str) -> str:
    """Two rows of a sheet have one ID, and nobody can know which one is meant.

    Advice: Give one of the rows another ID, or delete it.
    Basis: data (contract, section 2)
    """
    return f"“{identifier}” is the ID of an earlier row too ({first})."


@dataclass(frozen=True, slots=True)
class Register(Generic[N]):
    """The rows of a sheet by ID and by name, spelled as people spell."""

    sheet: str
    by_id: Mapping[str, Sequence[N]]
    by_name: Mapping[str, Sequence[N]]

    def find(self, typed: str, place: Place, problems: list[Problem]) -> Sequence[N]:
        """Find the rows that an ID or a name means (a unit may stand in two qualifications: all its rows).

        What is unknown or ambiguous becomes a problem at the place, and nothing is found.
        """
        spelled = bare(typed)
        if spelled in self.by_id:
            return self.by_id[spelled]
        named = self.by_name.get(spelled, ())
        ids = list(dict.fromkeys(record.id for record in named))
        if len(ids) == 1:
            return named
        if ids:
            problems.append(ambiguous_reference(place, typed, ids))
            return ()
        known = [record.id for records in self.by_id.values() for record in records[:1]]
        parts = [part for part in typed.split(",") if part.strip()]
        commas = len(parts) > 1 and all(bare(part) in self.by_id for part in parts)
        meant = None if commas else nearest(typed, known, 0.6)
        problems.append(unknown_reference(place, typed, self.sheet, meant, commas))
        return ()


def register(sheet: str, records: Iterable[N], names: Iterable[str | None]) -> Register[N]:
    """Enter records under their IDs and names."""
    by_id: dict[str, list[N]] = {}
    by_name: dict[str, list[N]] = {}
    for record, name in zip(records, names, strict=True):
        by_id.setdefault(bare(record.id), []).append(record)
        if name:
            by_name.setdefault(bare(name), []).append(record)
    return Register(sheet, by_id, by_name)


@dataclass(frozen=True, slots=True)
class Level:
    """One place a value may have been typed: values and the cells they stand in."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]


TOGETHER: tuple[tuple[str, ...], ...] = (
    ("mentor", "mentor_telephone", "mentor_email"),
    ("assessor", "assessor_role"),
    ("validator", "validator_role"),
    ("recogniser", "recogniser_role"),
    ("guardian", "guardian_address", "guardian_telephone", "guardian_email"),
    ("guardian2", "guardian2_telephone", "guardian2_email"),
)
"""Values that belong to one person, the name first: they are never mixed from two places, so that no paper shows one
person's name with another's telephone."""

_HEADS = {key: group[0] for group in TOGETHER for key in group[1:]}


def settle(key: str, levels: Sequence[Level]) -> tuple[Any, Place | None]:
    """Find the nearest value of a key, and its cell; levels are given nearest first.

    A value that belongs to a person is only taken from where that person's name stands, or nearer.
    """
    head = _HEADS.get(key)
    for level in levels:
        if key in level.values:
            return level.values[key], level.places.get(key)
        if key in level.places or (head and head in level.values):
            return None, level.places.get(key)
    return None, None
