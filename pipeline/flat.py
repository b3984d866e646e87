"""A flat sheet: partners, qualifications and units that are repeated on every learner's row (floor 3).

What the rows repeat is put together into one record for each organisation, qualification and unit (`repeated`), and the
learner's row names them as in a workbook of several sheets. Where there is no ID, the name is the ID.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

from pipeline.columns import COHORT, LEARNERS, PARTNERS, QUALIFICATIONS, UNITS, Column, Sheet
from pipeline.gathered import Gathered, id_and_title
from pipeline.header import Header, find_header
from pipeline.kinds import reading
from pipeline.lettering import column_letter, column_of
from pipeline.misfits import missing_column
from pipeline.parties import ORGANISATIONS, organisation_field
from pipeline.problem import Place, Problem
from pipeline.raw import Unreadable, shown
from pipeline.records import count_faults, data_of, tell_beyond
from pipeline.repeated import Record, belongs_to_the_row_above, counts_for_all, unknown_activity
from pipeline.rows import Columns, RawRow, Row, columns_for, doubt_letters, row_of_cells
from pipeline.sheets import Headers
from pipeline.spelling import bare, same_id
from pipeline.tables import Table
from pipeline.unreadable import blank_cell, told
from pipeline.wide import REF, Part, Wide, parties_named, understand_wide

_NEEDED_BY_EACH = ("home", "qualification", "start", "end")
"""Columns that every row needs and that are mostly the same for all: typed once, they count for all rows.

Host and units are each learner's own: who is first on the list may only be the first whose host is known.
"""

_FROM_SO_MANY = 3
"""Rows from which on a column that is filled in the first alone was hardly forgotten in the others."""


class _First(NamedTuple):
    """A value that was typed once, and its cell; None where it cannot be read."""

    value: Any
    place: Place


@dataclass(slots=True, kw_only=True)
class Flat(Gathered):
    """What was made of the flat sheets of a cohort: the learners' rows, besides what they repeat.

    `typed_elsewhere` are the keys that sheet Cohort says once for all.
    """

    typed_elsewhere: Collection[str] = ()
    learners: list[Row] = field(default_factory=list)
    _said: set[tuple[str, str, str]] = field(default_factory=set)

    def read(self, table: Table) -> None:
        """Read a flat table; raises guard.Refused where it is damaged or has too many faults."""
        understand = partial(understand_wide, parts=self.open, renamed=self.reader.settled.of(LEARNERS))
        rows = table.rows()
        header = find_header(table, LEARNERS, rows, self.reader.problems, understand)
        if header is None:
            return
        letters: dict[str, list[Row]] = {}
        tongue = ""
        left_out: list[int] = []
        views: dict[Part, Columns] = {}
        over: Header | None = None
        every = list(data_of(table, LEARNERS, header, rows, self.reader, understand))
        once = self._typed_once(table, every)
        for number, raw, columns, above in every:
            if over is not above:
                views, over = self._views(above), above
            row = _with_first(row_of_cells(table, number, raw, columns), once)
            if _names_nobody(row, above, raw):
                left_out.append(number)
                continue
            count_faults(table, row, self.reader)
            sex = raw.get(columns.sex)
            if isinstance(sex, str) and len(sex.strip()) == 1:
                letters.setdefault(sex.strip().upper(), []).append(row)
                tongue = columns.tongue
            self.learners.append(self._settled_row(table, row, raw, views, above))
        doubt_letters(letters, tongue)
        tell_beyond(table, self.reader)
        place = Place(file=table.file, sheet=table.name)
        if left_out:
            self.reader.problems.append(belongs_to_the_row_above(place, left_out))
        if over:
            self._tell_missing(place, over)

    def _typed_once(self, table: Table, every: Sequence[tuple[int, RawRow, Columns, Header]]) -> dict[str, _First]:
        """Find what was typed once for the whole sheet: in the first row, and in no other; it is told."""
        every = [each for each in every if not _belongs_above(each[1], each[3])]
        if len(every) < _FROM_SO_MANY:
            return {}
        (number, first, columns, header), *others = every
        if any(above is not header for _, _, _, above in others):
            return {}
        row, views = row_of_cells(table, number, first, columns), self._views(header)
        found: dict[str, _First] = {}
        for key in _NEEDED_BY_EACH:
            named = _named_in(_wide(header), key)
            if key in self.typed_elsewhere or any(at in raw for _, raw, _, _ in others for _, _, at in named):
                continue
            for part, its, at in named:
                if at not in first:
                    continue
                typed = row_of_cells(table, number, first, views[part]) if part in views else row
                place, value = typed.origin.at(its), typed.values.get(its)
                found[key] = _First(value, place)
                if value is not None:
                    name = LEARNERS.column(key).name
                    self.reader.problems.append(counts_for_all(place, name, shown(first[at]), len(every)))
                break
        return found

    def _views(self, header: Header) -> dict[Part, Columns]:
        """Choose how the columns of each part are read: as those of the sheet where they would stand."""
        sheets = {sheet.name: sheet for sheet in (PARTNERS, QUALIFICATIONS, UNITS, COHORT)}
        wide = _wide(header)
        views = {}
        for part, keys in wide.parts.items():
            known = {key: at for key, at in keys.items() if key != REF}
            if REF in keys:
                known.setdefault("id" if "title" in keys else "title", keys[REF])
            alone = Headers(known=known, titles={}, unknown={}, doubled=(), address=wide.addresses.get(part, ()))
            under = Header(number=header.number, cells=header.cells, headers=alone, after=[], codes=header.codes)
            views[part] = columns_for(under, sheets[part[0]], self.reader)
        return views

    def _settled_row(
        self, table: Table, row: Row, raw: RawRow, views: Mapping[Part, Columns], header: Header
    ) -> Row:
        """Put what a row says of others into their records, and let the learner's row name them."""
        self.raw = raw
        if row.values.get("status") in ("reserve", "withdrawn"):
            return row
        parts = {part: row_of_cells(table, row.origin.row or 0, raw, columns) for part, columns in views.items()}
        for part, read in parts.items():
            self._tell_once(part, read)
        values, columns = dict(row.values), dict(row.origin.columns)
        for party in parties_named(_wide(header)) if PARTNERS.name in self.open else ():
            found = self.organisation_of(party, row, parts.get((PARTNERS.name, party)))
            if found and party != "coordinator":
                values[party], place = found
                columns.setdefault(party, place)
        taken = values.get("qualification") or self.default
        of_part = parts.get((QUALIFICATIONS.name, ""))
        if QUALIFICATIONS.name in self.open and (found := self.qualification_of(row, of_part)):
            taken, place = found
            values["qualification"] = taken
            columns.setdefault("qualification", place)
        if UNITS.name in self.open:
            units = self.units_of(row, parts, taken)
            if units:
                values["units"] = tuple(dict.fromkeys(each for each, _ in units))
                columns.setdefault("units", units[0][1])
        if (COHORT.name, "") in parts:
            self.add_cohort(parts[COHORT.name, ""])
        for key in ("home", "host", "qualification", "units"):  # a column is there also where this row leaves it blank
            if named := _named_in(_wide(header), key):
                columns.setdefault(key, column_letter(named[0][2]))
        return replace(row, values=values, origin=replace(row.origin, columns=columns))

    def _tell_once(self, part: Part, row: Row) -> None:
        """Tell what cannot be read in a part of a row: the same in every row is told at the first."""
        for found in row.problems:
            kind = part[0] == COHORT.name and found.place == row.origin.at("activity")
            problem = unknown_activity(found.place, found.message) if kind else found
            letters = column_of(problem.place.cell)
            if (letters, problem.code, problem.message) not in self._said:
                self._said.add((letters, problem.code, problem.message))
                self.reader.problems.append(problem)
                self.reader.faults += 1

    def take_defaults(self, head: Row) -> None:
        """Make records of what sheet Cohort names once for all rows: “Home”, with “Home country” among its own fields.

        A field that says something of an organisation counts for the one that stands in that party's field.
        """
        said: dict[str, dict[str, Any]] = {}
        for name, text_of in head.more.items():
            if (found := organisation_field(name)) and head.values.get(found[0]):
                said.setdefault(found[0], {})[found[1].key] = self._read_field(found[1], text_of, head.origin.at(name))
                self._cells[found[0], found[1].key] = head.origin.at(name)
        for party in ORGANISATIONS if PARTNERS.name in self.open else ():
            if named := head.values.get(party):
                values = {"id": named, "name": named, **said.get(party, {})}
                self._default(PARTNERS, [f"name {bare(named)}"], values, party, head)
        if self.default and QUALIFICATIONS.name in self.open:
            values = {"id": self.default, "title": self.default}
            self._default(QUALIFICATIONS, [f"name {same_id(self.default)}"], values, "qualification", head)
        for text_of in head.values.get("units") or () if UNITS.name in self.open else ():
            identifier, title = id_and_title(text_of)
            spelled = [f"{same_id(each)} in {same_id(self.default or '')}" for each in (identifier, title)]
            values = {"id": identifier, "title": title, "qualification": self.default}
            self._default(UNITS, spelled, values, "units", head)

    _cells: dict[tuple[str, str], Place] = field(default_factory=dict)

    def _read_field(self, column: Column, text_of: str, place: Place) -> Any:
        try:
            return reading(column, self.reader.date_order)(text_of)
        except Unreadable as wrong:
            self.reader.problems.append(told(wrong, place))
            return None

    def _default(self, sheet: Sheet, spelled: Sequence[str], values: Mapping[str, Any], key: str, head: Row) -> None:
        known = any(each in self.records.get(sheet.name, {}) for each in spelled)
        place = head.origin.at(key)
        record = self.record(sheet, spelled, replace(head.origin, row=place.row))
        if sheet is PARTNERS:
            record.parties.add(key)
            record.values["roles"] = tuple(dict.fromkeys((*record.values.get("roles", ()), ORGANISATIONS[key])))
        news = {name: value for name, value in values.items() if not (known and name in ("id", "name", "title"))}
        self.tell(record.add(news, lambda name: self._cells.get((key, name), place), {}, str))

    def _tell_missing(self, place: Place, header: Header) -> None:
        """Tell, once, which columns are missing that every partner needs."""
        wide = _wide(header)
        for party in parties_named(wide) if PARTNERS.name in self.open else ():
            theirs = [one for one in self.of(PARTNERS) if party in one.parties and "country" not in one.values]
            if theirs and "country" not in wide.parts.get((PARTNERS.name, party), {}):
                self._missing.append((place, f"{party.capitalize()} country", theirs))

    _missing: list[tuple[Place, str, list[Record]]] = field(default_factory=list)

    def complete(self) -> Iterator[Problem]:
        """Tell what organisations still lack, after a shared register has filled what it could."""
        lacking = {id(one): one for one in self.of(PARTNERS) if "country" not in one.values}
        for place, name, theirs in self._missing:
            if any(id(one) in lacking for one in theirs):
                advice = f"Add a column {name}, or name the organisation as the register does, with its country there."
                yield missing_column(place, name, place.sheet or "", advice)
                for one in theirs:
                    lacking.pop(id(one), None)
        for one in lacking.values():
            if "country" not in one.unreadable:
                yield blank_cell(one.row().origin.at("country"), "Country")


def _named_in(wide: Wide, key: str) -> list[tuple[Part, str, int]]:
    """List the columns that say what a row needs: whose they are, their keys and their positions.

    “Home” is the learner's own, “Home name” that of the organisation; either names it.
    """
    own = [((LEARNERS.name, ""), key, wide.known[key])] if key in wide.known else []
    of = {"qualification": (QUALIFICATIONS.name, "")}.get(key, (PARTNERS.name, key))
    parts = [each for each in wide.parts if each == of or (key == "units" and each[0] == UNITS.name)]
    its = [(part, each, wide.parts[part]) for part in parts for each in ("name", "title", "id", REF)]
    return [*own, *((part, each, where[each]) for part, each, where in its if each in where)]


def _with_first(row: Row, once: Mapping[str, _First]) -> Row:
    """Let a row take over what was typed once in the first row; its cell is named for it."""
    taken = {key: first for key, first in once.items() if key not in row.values and key not in row.origin.unreadable}
    if not taken:
        return row
    values = {**row.values, **{key: first.value for key, first in taken.items() if first.value is not None}}
    places = {key: first.place for key, first in taken.items()}
    unread = frozenset(key for key, first in taken.items() if first.value is None)
    origin = replace(
        row.origin, inherited={**row.origin.inherited, **places}, unreadable=row.origin.unreadable | unread
    )
    return replace(row, values=values, origin=origin)


def _wide(header: Header) -> Wide:
    if not isinstance(header.headers, Wide):
        raise TypeError("the header of a flat sheet was not understood as one")
    return header.headers


def _belongs_above(raw: RawRow, header: Header) -> bool:
    """Say of cells what `_names_nobody` says of a row."""
    wide = _wide(header)
    names = [wide.known.get("family_name", -1), wide.known.get("given_names", -1), wide.whole_name[0]]
    return wide.kind_of_row in raw and not any(at in raw for at in names)


def _names_nobody(row: Row, header: Header, raw: RawRow) -> bool:
    """Say whether a row of an export belongs to the mobility above it: it has a type of data, and nobody's name."""
    named = {"family_name", "given_names"} & set(row.values)
    return _wide(header).kind_of_row in raw and not named and not {"family_name", "given_names"} & row.origin.unreadable
