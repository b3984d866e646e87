"""Which row an ID or a name means, and what a row takes over from where it was typed once (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pipeline.problem import Place, Problem, fault, quoted
from pipeline.raw import readable
from pipeline.spelling import bare, nearest, same_id


class Named(Protocol):
    """A record with an ID."""

    @property
    def id(self) -> str: ...  # noqa: D102 - said by the class


N = TypeVar("N", bound=Named)


_AROUND_DASH = re.compile(r"\s+[-–—|]\s+|\s*[:(]\s*")
_SEPARATORS = (
    (r",", "commas."), (r"[/|\\]", "strokes."), (r"[+&]|\s(?:and|und|et|y|e|i|en|ja|și)\s", "“and”."),
    (r"\s+", "spaces."),
)  # fmt: skip
_LONGEST_LIST = 300
_MOST_LOOKED_AT = 1_000_000
_LOOK_LATIN = str.maketrans("АВЕКМНОРСТУХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXaeopcyxijsABEZHIKMNOPTYXo")


@fault("S211")
def unknown_reference(typed: str, sheet: str, meant: str | None, separator: str = "") -> tuple[str, str]:
    """A row is named that is not there: an ID or a name without a row on its sheet.

    IDs are compared without regard to case, spaces and accents; where it is unambiguous, the name may stand for the ID.

    Advice: Correct the ID, or add its row to the other sheet.
    Basis: data (domain check C37)
    """
    sentence = f"“{readable(typed)}” is not on sheet {sheet}."
    if separator:
        return sentence, f"Separate several entries with ; and not with {separator}"
    if not re.search(r"\w", typed):
        return sentence, "Leave the cell blank if there is none."
    if not meant:
        return sentence, f"Add a row for it to sheet {sheet}, or correct it."
    if same_id(typed) != same_id(meant) == same_id(typed.translate(_LOOK_LATIN)):
        return sentence, f"Type “{readable(meant)}” anew: a letter of another alphabet only looks the same."
    return sentence, f"Did you mean “{readable(meant)}”?"


@fault("S212")
def ambiguous_reference(typed: str, ids: Sequence[str]) -> str:
    """A name is used that several rows have.

    Advice: Write the ID instead of the name.
    Basis: data (contract, section 2)
    """
    shown = [readable(each) or "a row without an ID" for each in ids]
    return f"“{readable(typed)}” can mean {quoted(shown[:5])}{' or others' if len(shown) > 5 else ''}."


@fault("S213")
def doubled_id(identifier: str, first: str) -> str:
    """Two rows of a sheet have one ID, and nobody can know which one is meant.

    Advice: Give one of the rows another ID, or delete it.
    Basis: data (contract, section 2)
    """
    return f"“{readable(identifier)}” is the ID of an earlier row too ({first})."


@dataclass(frozen=True, slots=True)
class Register(Generic[N]):
    """The rows of a sheet by ID and by name, spelled as people spell.

    `looked` counts how many IDs were looked at to find out what was meant by wrong ones. Where the sheet is `missing`,
    that is told once, and not again for every row that would stand on it. `names` are those, as they are written, that
    may be proposed for a wrong one, besides the IDs.
    """

    sheet: str
    by_id: Mapping[str, Sequence[N]]
    by_name: Mapping[str, Sequence[N]]
    looked: list[int] = field(default_factory=lambda: [0])
    missing: bool = False
    names: Sequence[str] = ()

    def find(self, typed: str, place: Place, problems: list[Problem]) -> Sequence[N]:
        """Find the rows that an ID or a name means (a unit may stand in two qualifications: all its rows).

        What is unknown or ambiguous becomes a problem at the place, and nothing is found.
        """
        found, named = self.meant(typed)
        if found:
            return found
        if named:
            problems.append(ambiguous_reference(place, typed, named))
        elif not self.missing:
            separator = self._separator(typed)
            problems.append(unknown_reference(place, typed, self.sheet, self.nearly(typed), separator))
        return ()

    def meant(self, typed: str) -> tuple[Sequence[N], Sequence[str]]:
        """Give the rows an ID or a name means, or else the IDs of all rows that have the name.

        ID and name may stand together, as drop-down lists have them (“U1 – Cold starters”), if they mean the same row.
        """
        found = self.by_id.get(same_id(typed))
        if found:
            return found, ()
        named = self.by_name.get(bare(typed), ()) if bare(typed) else ()
        ids = list(dict.fromkeys(same_id(record.id) for record in named))
        if len(ids) == 1 and (ids[0] or len(named) == 1):
            return named, ()
        return () if named else self._together(typed), [record.id for record in named]

    def _together(self, typed: str) -> Sequence[N]:
        for halves in (_AROUND_DASH.split(typed, maxsplit=1), typed.split(maxsplit=1)):
            if len(halves) < 2:
                continue
            one, other = halves
            for identifier, name in ((one, other), (other, one)):
                found = self.by_id.get(same_id(identifier), ())
                if any(record in found for record in self.by_name.get(bare(name), ())):
                    return found
        return ()

    def nearly(self, typed: str) -> str | None:
        """Find the ID or name that was most likely meant; not any more after many were looked for in a long list."""
        if alike := self.by_id.get(same_id(typed.translate(_LOOK_LATIN))):
            return alike[0].id
        self.looked[0] += len(self.by_id) + len(self.names)
        if self.looked[0] > _MOST_LOOKED_AT:
            return None
        code = nearest(typed, (records[0].id for records in self.by_id.values()), 0.6, same_numbers=True)
        name = nearest(typed, self.names, same_numbers=True) if len(typed) <= _LONGEST_LIST else None
        return nearest(typed, (each for each in (name, code) if each), 0)

    def _separator(self, typed: str) -> str:
        """Tell what separates several known entries that stand in one cell."""
        for pattern, told in _SEPARATORS:
            parts = [part for part in re.split(pattern, typed) if part.strip()] if len(typed) < _LONGEST_LIST else []
            known = [bool(self.meant(part)[0]) for part in parts]
            if len(parts) > 1 and (all(known) or (told == "commas." and any(known))):
                return told
        return ""


def register(
    sheet: str, records: Iterable[N], names: Iterable[Collection[str | None]], *, proposed: bool = False
) -> Register[N]:
    """Enter records under their IDs and under their names; what has neither is not entered.

    Names that are `proposed` may be asked about where something like them was typed.
    """
    written: dict[str, None] = {}
    by_id: dict[str, list[N]] = {}
    by_name: dict[str, list[N]] = {}
    for record, own_names in zip(records, names, strict=True):
        if record.id:
            by_id.setdefault(same_id(record.id), []).append(record)
        for spelled in dict.fromkeys(bare(name) for name in own_names if name):
            by_name.setdefault(spelled, []).append(record)
        if proposed:
            written.update(dict.fromkeys(name for name in own_names if name and len(name) <= _LONGEST_LIST))
    return Register(sheet, by_id, by_name, names=tuple(written))


@dataclass(frozen=True, slots=True)
class Level:
    """One place a value may have been typed: its values, the keys that cannot be read there, the way to the cells."""

    values: Mapping[str, Any]
    unreadable: Collection[str]
    at: Callable[[str], Place]

    def has(self, key: str) -> bool:
        """Say whether anything was typed for a key, readable or not."""
        return key in self.values or key in self.unreadable


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

HEADS = {key: group[0] for group in TOGETHER for key in group[1:]}


def settle(key: str, levels: Sequence[Level]) -> tuple[Any, Level | None]:
    """Find the nearest value of a key, and the level it was typed at; levels are given nearest first.

    What belongs to a person is taken from where that person's name stands, from the row itself, and from a farther
    place only where the same name stands there.
    """
    head = HEADS.get(key)
    if head is None:
        for level in levels:
            if level.has(key):
                return level.values.get(key), level
        return None, None
    whose = next((level for level in levels if level.has(head)), None)
    name = whose.values.get(head) if whose else None
    for level in levels:
        if not level.has(key):
            continue
        own = level is levels[0] and not level.has(head)
        if own or whose is None or level is whose or _same_person(level.values.get(head), name):
            return level.values.get(key), level
    return None, None


def _same_person(one: object, other: object) -> bool:
    return isinstance(one, str) and isinstance(other, str) and bare(one) == bare(other)
