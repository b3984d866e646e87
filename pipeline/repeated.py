"""What the rows of a flat sheet repeat, put together into one record (floor 3).

A record stands in the row where it is named first; blanks are filled from later rows, and what a later row says
otherwise is a problem that names both cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.columns import COHORT, Kind, Sheet
from pipeline.lettering import column_of
from pipeline.model import Origin
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.raw import readable
from pipeline.rows import Row
from pipeline.spelling import bare

AGAIN = "again "
"""How the keys begin under which a record keeps cells that concern it besides those of its values."""


@fault("S131")
def said_otherwise(name: str, of: str, value: str, first: str, at: str) -> tuple[str, str]:
    """Two rows of a flat sheet say different things of one organisation, qualification or unit, or of the cohort.

    A flat sheet repeats on every learner's row what belongs to them. Blank cells are no contradiction; two different
    values are, and nobody can know which one counts.

    Advice: Write the same into both cells, or leave the later one blank.
    Basis: data (domain check C38; contract, section 2)
    """
    whose = f" of “{readable(of)}”" if of else ""
    sentence = f"“{name}”{whose} is “{readable(value)}” here, and “{readable(first)}” in {at}."
    return sentence, f"Correct this cell or {at}; if they are two different ones, give them different names."


@fault("S132")
def of_which_unit(name: str, units: int) -> tuple[str, str]:
    """A flat sheet has one column for what belongs to a unit, and a row that names several units.

    Advice: Give each unit its own columns (Unit 1, Unit 1 skills, Unit 2, Unit 2 skills), or use a sheet Units.
    Basis: data (contract, section 2)
    """
    return f"“{name}” stands once, and the row names {units} units, so nobody knows whose it is.", ""


@fault("S133", Severity.NOTICE)
def belongs_to_the_row_above(rows: Sequence[int]) -> str:
    """Rows of an export of the EU's reporting tool were left out: they name nobody and belong to the mobility above.

    Such rows hold itineraries, certificates or languages of a mobility.

    Advice: Nothing; write what the papers need into the row of the mobility itself.
    Basis: data (domain section 6.1)
    """
    shown = ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")
    several = "rows name nobody and were" if len(rows) > 1 else "row names nobody and was"
    return f"{len(rows)} {several} left out ({shown})."


@fault("S134", Severity.NOTICE)
def named_after_the_file(name: str) -> str:
    """A flat sheet or an export says nowhere what the cohort is called, so the name of the file stands for it.

    Advice: Nothing, if the name of the file may stay; else add a column Cohort ID, or a sheet Cohort with this field.
    Basis: data (contract, section 2)
    """
    return f"The cohort is called “{readable(name)}”, as the file is: no column says Cohort ID."


@fault("S135", Severity.WARNING)
def several_activities(first: str, other: str, at: str) -> str:
    """The rows of a flat sheet are of different kinds of mobility, so how long the stays last was not checked.

    Advice: Put each kind of mobility into a file of its own, if you want their lengths checked.
    Basis: data (contract, section 2)
    """
    return f"“{readable(other)}” stands here and “{readable(first)}” in {at}: the lengths of the stays are not checked."


@fault("S139", Severity.WARNING)
def unknown_activity(value: str) -> tuple[str, str]:
    """A flat sheet or an export names a kind of mobility by a word or a code that the program does not know.

    The reporting tool of the EU has codes of its own for each kind; how long the stays may last is then not checked.

    Advice: Write short, long, ErasmusPro, group or other, if you want the lengths checked.
    Basis: data (domain section 6.1)
    """
    return f"{value} The lengths of the stays are not checked.", ""


@fault("S144", Severity.WARNING)
def counts_for_all(name: str, value: str, rows: int) -> tuple[str, str]:
    """A column of a flat sheet is filled in its first row alone, and what stands there was taken for every row.

    That is done for Home, Qualification, Start date and End date, which every row needs, and from three rows on. Of a
    column that is filled in some rows and blank in others, blank cells stay blank.

    Advice: Nothing, if it is right; else fill the column in every row.
    Basis: data (contract, section 2)
    """
    return f"“{name}” stands in the first row only; “{readable(value)}” was taken for all {rows:,} rows.", ""


_READ_AS_ANOTHER = frozenset({Kind.COUNTRY, Kind.LANGUAGE, Kind.CHOICE, Kind.YES_NO, Kind.DATE})
"""Kinds of columns whose values are kept in another form than they are typed in."""


@dataclass(slots=True, kw_only=True)
class Record:
    """One organisation, qualification, unit or cohort as the rows tell it: its values, and the cell of each.

    `more` are cells that concern it besides those of its values: contradictions, and what could not be read. `typed` is
    what stands in the cell of a value that is kept in another form.
    """

    sheet: Sheet
    first: Origin
    values: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, Place] = field(default_factory=dict)
    more: list[Place] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return str(self.values.get("name") or self.values.get("title") or self.values.get("id") or "")

    def add(
        self, values: Mapping[str, Any], at: Callable[[str], Place], unreadable: Mapping[str, Place],
        called: Callable[[str], str], typed: Callable[[Place], str | None] = lambda _: None,
    ) -> Iterator[Problem]:  # fmt: skip
        """Add what a row says of it: blanks are filled, and what the rows before say otherwise is told.

        `at` finds the cell of a value, `called` says how its column is called, `typed` what stands in a cell (“Spain”
        where the value is ES), `unreadable` are cells without a value.
        """
        for key, value in values.items():
            if key == "roles" or value is None:
                continue
            if key not in self.values:
                self.values[key], self.cells[key] = value, at(key)
                if self._is_read(key) and (text := typed(at(key))):
                    self.typed[key] = text
            elif not _same(self.values[key], value) and (key, _spelled(value)) not in self.told:
                self.told.add((key, _spelled(value)))
                self.more.append(at(key))
                of = "" if self.sheet is COHORT else self.name
                there = self.typed.get(key) or _spelled(self.values[key]), str(self.cells[key])
                here = (typed(at(key)) if self._is_read(key) else None) or _spelled(value)
                yield said_otherwise(at(key), called(key), of, here, *there)
        self.unreadable |= unreadable.keys()
        self.more += unreadable.values()

    def _is_read(self, key: str) -> bool:
        """Say whether a value is another than what was typed: a country is kept as its code."""
        return any(column.key == key and column.kind in _READ_AS_ANOTHER for column in self.sheet.columns)

    def row(self) -> Row:
        """Give it as the row of its sheet that a workbook of several sheets would have."""
        own = (self.first.file, self.first.sheet, self.first.row)
        whole = self.cells.get("name") or self.cells.get("title") or self.cells.get("id")
        letter = column_of(whole.cell) if whole else ""
        there = {
            key: column_of(place.cell) for key, place in self.cells.items()
            if _row(place) == own and place.cell
        }  # fmt: skip
        blank = {column.key: letter for column in self.sheet.columns if letter and column.key not in there}
        columns = {**there, **blank}
        inherited = {key: place for key, place in self.cells.items() if _row(place) != own}
        inherited |= {f"{AGAIN}{number}": place for number, place in enumerate(self.more)}
        origin = Origin(
            file=self.first.file, sheet=self.first.sheet, row=self.first.row, columns=columns, inherited=inherited,
            unreadable=frozenset(self.unreadable - set(self.values)),
        )  # fmt: skip
        return Row(origin=origin, values=dict(self.values), titles={}, more={})


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one == other or (bare(one) == bare(other) != "")
    return bool(one == other)


def _spelled(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _row(place: Place) -> tuple[str, str | None, int | None]:
    return place.file, place.sheet, place.row
