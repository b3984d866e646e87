"""What every record has: where it was read, and the columns nobody knows (floor 1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.problem import Place


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Origin:
    """Where a record was read: its row, the column letter of each key, and what it inherited from elsewhere.

    `columns` is shared by all records of a sheet (for sheet Cohort it holds whole cells: “B7”). `inherited` holds the
    cells of values that the record took over by “type once”; `unreadable` the keys whose own cell holds something that
    could not be read, so that no rule complains of the same cell again.
    """

    file: str
    sheet: str
    row: int | None
    columns: Mapping[str, str]
    inherited: Mapping[str, Place]
    unreadable: frozenset[str] = frozenset()

    def at(self, key: str = "") -> Place:
        """Find the cell a value came from, or the row where there is no such column."""
        if key in self.inherited:
            return self.inherited[key]
        column = self.columns.get(key)
        if self.row is None:
            row = int("".join(filter(str.isdigit, column))) if column else None
            return Place(file=self.file, sheet=self.sheet, cell=column, row=row)
        cell = f"{column}{self.row}" if column else None
        return Place(file=self.file, sheet=self.sheet, cell=cell, row=self.row)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Record:
    """What every record has: its origin and the columns the contract does not know (`more`)."""

    origin: Origin
    more: Mapping[str, str]

    def at(self, key: str = "") -> Place:
        """Find the cell of a value: `learner.at("date_of_birth")`."""
        return self.origin.at(key)

    def blank(self, key: str) -> bool:
        """Say whether a value is missing, and not only unreadable (which is told already)."""
        return getattr(self, key) in (None, "", ()) and key not in self.origin.unreadable
