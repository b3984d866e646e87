"""What a document that came back says, before it is held against the cohort (floor 6): facts alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.problem import Place, Problem
from pipeline.raw import Raw
from pipeline.returned.wordfiles import WordFile

BOXES: Mapping[str, str] = {"not_yet": "not achieved", "with_help": "partly", "alone": "achieved"}
"""The three boxes of a row, in their order on the sheet, and the result that a cross in each means."""

FROM_A_HOST = ("result", "not_shown_yet", "grade", "assessed_by", "assessed_on", "remarks")
"""The columns of Results that a host's document may fill: it assesses. To validate and to recognise is the college's
alone (Recommendation 2009/C 155/02), so those columns are never taken from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A row of a document that came back, as it stands there.

    `learner` is her ID, or her name where she has none; `name` is her name as the document shows it, empty where it
    does not. `unit` is its ID or, with `under`, the heading that it stands under. `outcome` is empty for the unit as a
    whole. `told` are values by the keys of columns of Results, not read yet; `places` tell where they stand, `place`
    where the row does. Rows without any mark are no facts.
    """

    place: Place
    learner: str
    name: str = ""
    mobility: Raw
    unit: str
    under: bool = False
    outcome: str
    told: Mapping[str, Raw]
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        """Find the place of a value."""
        return self.places.get(key, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper of ours that came back and is no sheet to mark: an agreement, or another one."""

    file: str
    word: WordFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that came back: a sheet or a workbook with marks, of which cohort, and what is wrong in it alone.

    `about` are the rows that say whose it is, also those without any mark: what a document of this name said before of
    somebody else is not its own.
    """

    file: str
    cohort: str
    rows: tuple[Marked, ...]
    about: tuple[Marked, ...] = ()
    problems: tuple[Problem, ...] = ()
