"""A flat sheet: partners, qualifications and units that are repeated on every learner's row (floor 3).

What the rows repeat is put together into one record for each organisation, qualification and unit (`repeated`), and the
learner's row names them as in a workbook of several sheets. Where there is no ID, the name is the ID.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.columns import COHORT, LEARNERS, PARTNERS, QUALIFICATIONS, UNITS, Column, Sheet
from pipeline.header import Header, find_header
from pipeline.model import Origin
from pipeline.kinds import reading
from pipeline.parties import ORGANISATIONS, organisation_field
from pipeline.problem import Place, Problem
from pipeline.raw import Unreadable
from pipeline.records import (
    Columns,
    RawRow,
    Reader,
    Row,
    columns_for,
    count_faults,
    data_of,
    doubt_letters,
    row_of_cells,
    tell_beyond,
)
from pipeline.repeated import (
    AGAIN,
    Record,
    belongs_to_the_row_above,
    of_which_unit,
    several_activities,
    unknown_activity,
)
from pipeline.sheets import Headers, missing_column
from pipeline.spelling import bare, same_id
from pipeline.tables import Table
from pipeline.unreadable import blank_cell, told
from pipeline.wide import REF, Part, Wide, name_of, parties_named, understand_wide


@dataclass(slots=True, kw_only=True)
class Flat:
    """What was made of the flat sheets of a cohort, and what is still being put together.

    `open` are the sheets that they stand for, `default` the qualification of the cohort, where sheet Cohort says one.
    """

    reader: Reader
    open: Collection[str]
    default: str | None = None
    learners: list[Row] = field(default_factory=list)
    cohort: Record | None = None
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    _said: set[tuple[str, str, str]] = field(default_factory=set)
    _activity: bool = False

    def of(self, sheet: Sheet) -> list[Record]:
        """List the records of a sheet, each once."""
        return self.records_of(sheet.name)

    def records_of(self, name: str) -> list[Record]:
        """List the records of the sheet with this name, each once."""
        return list({id(one): one for one in self.records.get(name, {}).values()}.values())

    def head(self) -> Row | None:
        """Give what the columns of the cohort say, as the one row of sheet Cohort; the cells are whole (“B7”)."""
        found = self.cohort
        if found is None:
            return None
        columns = {key: place.cell or "" for key, place in found.cells.items()}
        columns |= {f"{AGAIN}{number}": place.cell or "" for number, place in enumerate(found.more)}
        origin = Origin(
            file=found.first.file, sheet=found.first.sheet, row=None, columns=columns, inherited={},
            unreadable=frozenset(found.unreadable - set(found.values)),
        )  # fmt: skip
        return Row(origin=origin, values=dict(found.values), titles={}, more={})

    def read(self, table: Table) -> None:
        """Read a flat table; raises guard.Refused where it is damaged or has too many faults."""
        understand = partial(understand_wide, parts=self.open, renamed=self.reader.settled.of(LEARNERS))
        rows = table.rows()
        header = find_header(table, LEARNERS, rows, self.reader.problems, understand)
        if header is None:
            return
        letters: dict[str, list[Row]] = {}
        left_out: list[int] = []
        views: dict[Part, Columns] = {}
        over: Header | None = None
        for number, raw, columns, above in data_of(table, LEARNERS, header, rows, self.reader, understand):
            if over is not above:
                views, over = self._views(above), above
            row = row_of_cells(table, number, raw, columns)
            if _names_nobody(row, above, raw):
                left_out.append(number)
                continue
            count_faults(table, row, self.reader)
            sex = raw.get(columns.sex)
            if isinstance(sex, str) and len(sex.strip()) == 1:
                letters.setdefault(sex.strip().upper(), []).append(row)
            self.learners.append(self._settled_row(table, row, raw, views, above))
        doubt_letters(letters, dutch=False)
        tell_beyond(table, self.reader)
        place = Place(file=table.file, sheet=table.name)
        if left_out:
            self.reader.problems.append(belongs_to_the_row_above(place, left_out))
        if over:
            self._tell_missing(place, over)

    def _views(self, header: Header) -> dict[Part, Columns]:
        """Choose how the columns of each part are read: as those of the sheet where they would stand."""
        sheets = {sheet.name: sheet for sheet in (PARTNERS, QUALIFICATIONS, UNITS, COHORT)}
        wide = _wide(header)
        views = {}
        for part, keys in wide.parts.items():
            known = {key: at for key, at in keys.items() if key != REF}
            if REF in keys:
                known.setdefault("id" if "title" in keys else "title", keys[REF])
            alone = Headers(known=known, titles={}, unknown={}, doubled=())
            under = Header(number=header.number, cells=header.cells, headers=alone, after=[], codes=header.codes)
            views[part] = columns_for(under, sheets[part[0]], self.reader)
        return views

    def _settled_row(
        self, table: Table, row: Row, raw: RawRow, views: Mapping[Part, Columns], header: Header
    ) -> Row:
        """Put what a row says of others into their records, and let the learner's row name them."""
        if row.values.get("status") in ("reserve", "withdrawn"):
            return row
        parts = {part: row_of_cells(table, row.origin.row or 0, raw, columns) for part, columns in views.items()}
        for part, read in parts.items():
            self._tell_once(part, read)
        values, columns = dict(row.values), dict(row.origin.columns)
        for party in parties_named(_wide(header)) if PARTNERS.name in self.open else ():
            found = self._organisation(party, row, parts.get((PARTNERS.name, party)))
            if found and party != "coordinator":
                values[party], place = found
                columns.setdefault(party, place)
        taken = values.get("qualification") or self.default
        of_part = parts.get((QUALIFICATIONS.name, ""))
        if QUALIFICATIONS.name in self.open and (found := self._qualification(row, of_part)):
            taken, place = found
            values["qualification"] = taken
            columns.setdefault("qualification", place)
        if UNITS.name in self.open:
            units = self._units(row, parts, taken)
            if units:
                values["units"] = tuple(dict.fromkeys(each for each, _ in units))
                columns.setdefault("units", units[0][1])
        if (COHORT.name, "") in parts:
            self._of_cohort(parts[COHORT.name, ""])
        return replace(row, values=values, origin=replace(row.origin, columns=columns))

    def _tell_once(self, part: Part, row: Row) -> None:
        """Tell what cannot be read in a part of a row: the same in every row is told at the first."""
        for found in row.problems:
            kind = part[0] == COHORT.name and found.place == row.origin.at("activity")
            problem = unknown_activity(found.place, found.message) if kind else found
            letters = "".join(filter(str.isalpha, problem.place.cell or ""))
            if (letters, problem.code, problem.message) not in self._said:
                self._said.add((letters, problem.code, problem.message))
                self.reader.problems.append(problem)
                self.reader.faults += 1

    def _organisation(self, party: str, row: Row, part: Row | None) -> tuple[str, str] | None:
        """Put together what a row says of an organisation: gives its ID, and the column that names it."""
        named = row.values.get(party)
        given = dict(part.values) if part else {}
        keys = [("id", given.get("id")), ("name", named), ("name", given.get("name")), ("oid", given.get("oid"))]
        spelled = [f"{kind} {same_id(text) if kind != 'name' else bare(text)}" for kind, text in keys if text]
        if not spelled or (party in row.origin.unreadable):
            return None
        values = {**given, "name": given.get("name") or named or given.get("id") or given.get("oid")}
        values["id"] = given.get("id") or named or values["name"]

        def at(key: str) -> Place:
            if part and key in part.values:
                return part.origin.at(key)
            whose = row.origin.at(party) if named else None
            return whose or (part or row).origin.at(next(each for each in ("name", "id", "oid") if each in given))

        record = self._record(PARTNERS, spelled, row.origin)
        record.parties.add(party)
        values["roles"] = tuple(dict.fromkeys((*record.values.get("roles", ()), ORGANISATIONS[party])))
        record.values["roles"] = values["roles"]
        if "id" in record.values and "id" not in given:
            del values["id"]
        if "name" in record.values and "name" not in given and bare(record.values["name"]) != bare(named or ""):
            del values["name"]
        self._tell(record.add(values, at, _unreadable(part), partial(_party_name, party)))
        cell = at("id" if "id" in given else "name").cell or ""
        return record.values["id"], "".join(filter(str.isalpha, cell))

    def _qualification(self, row: Row, part: Row | None) -> tuple[str, str] | None:
        named = row.values.get("qualification")
        given = dict(part.values) if part else {}
        texts = [given.get("id"), named, given.get("title")]
        spelled = [f"name {same_id(text)}" for text in texts if text]
        if not spelled:
            return None

        def at(key: str) -> Place:
            if part and key in part.values:
                return part.origin.at(key)
            return row.origin.at("qualification") if named else part.origin.at("title" if "title" in given else "id")  # type: ignore[union-attr]

        values = {**given, "title": given.get("title") or named or given.get("id")}
        values["id"] = given.get("id") or named or values["title"]
        record = self._record(QUALIFICATIONS, spelled, row.origin)
        if "id" in record.values and "id" not in given:
            del values["id"]
        self._tell(record.add(values, at, _unreadable(part), partial(name_of, (QUALIFICATIONS.name, ""))))
        cell = at("id" if "id" in given else "title").cell or ""
        return record.values["id"], "".join(filter(str.isalpha, cell))

    def _units(self, row: Row, parts: Mapping[Part, Row], taken: str | None) -> list[tuple[str, str]]:
        """Put together what a row says of its units: gives the ID of each, and the column that names it."""
        listed = list(row.values.get("units") or ())
        numbers = sorted((int(of), part) for (sheet, of), part in parts.items() if sheet == UNITS.name)
        loose = next((part for number, part in numbers if number == 0), None)
        if loose and len(listed) == 1 and "id" in loose.values and "title" not in loose.values:
            loose = replace(loose, values={**loose.values, "title": listed.pop()})  # “Unit code” beside “Unit”
        named_loose = loose is not None and bool({"id", "title"} & set(loose.values))
        named = [part for number, part in numbers if number and {"id", "title"} & set(part.values)]
        several = len(listed) + len(named) + named_loose
        alone = loose if several == 1 else None
        found = [self._unit(row, text, alone, taken) for text in listed]
        for part in ([loose] if named_loose and loose else []) + named:
            found += [self._unit(row, None, part, taken, alone if part is not loose else None)]
        if several > 1 and loose is not None:
            for key in sorted(set(loose.values) - {"id", "title"}):
                problem = of_which_unit(loose.origin.at(key), name_of((UNITS.name, "0"), key), several)
                self.reader.problems.append(problem)
        return found

    def _unit(
        self, row: Row, text: str | None, part: Row | None, taken: str | None, more: Row | None = None
    ) -> tuple[str, str]:
        given = {**(more.values if more else {}), **(part.values if part else {})}
        if "id" in given:
            identifier, title = given["id"], given.get("title")
        else:  # “Unit 1” may hold the ID alone, the title alone, or both
            named = given.pop("title", None)
            identifier, title = _id_and_title(text if text is not None else str(named))

        def at(key: str) -> Place:
            for each in (part, more):
                if each and key in each.values:
                    return each.origin.at(key)
            if text is None and part:
                return part.origin.at("id" if "id" in part.values else "title")
            return row.origin.at("units")

        spelled = [f"{same_id(each)} in {same_id(taken or '')}" for each in (identifier, title) if each]
        record = self._record(UNITS, spelled, row.origin)
        values = {**given, "id": identifier, "title": title or identifier}
        if taken:
            values["qualification"] = taken
        for key in ("id", "title"):  # a row that names it by one of both says nothing of the other
            if key in record.values and key not in given:
                del values[key]
        self._tell(record.add(values, at, _unreadable(part), partial(name_of, (UNITS.name, "0"))))
        return record.values["id"], "".join(filter(str.isalpha, at("id").cell or ""))

    def _of_cohort(self, part: Row) -> None:
        if self.cohort is None:
            self.cohort = Record(sheet=COHORT, first=part.origin)
        values = dict(part.values)
        part = replace(part, origin=replace(part.origin, unreadable=part.origin.unreadable - {"activity"}))
        first = self.cohort.values.get("activity")
        if first and "activity" in values and values["activity"] != first:
            if not self._activity:
                self._activity = True
                at = self.cohort.cells["activity"]
                place = part.origin.at("activity")
                self.reader.problems.append(several_activities(place, first, values["activity"], str(at)))
            del values["activity"]
        self._tell(self.cohort.add(values, part.origin.at, _unreadable(part), partial(name_of, (COHORT.name, ""))))

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
            identifier, title = _id_and_title(text_of)
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
        record = self._record(sheet, spelled, replace(head.origin, row=place.row))
        if sheet is PARTNERS:
            record.parties.add(key)
            record.values["roles"] = tuple(dict.fromkeys((*record.values.get("roles", ()), ORGANISATIONS[key])))
        news = {name: value for name, value in values.items() if not (known and name in ("id", "name", "title"))}
        self._tell(record.add(news, lambda name: self._cells.get((key, name), place), {}, str))

    def finish(self) -> None:
        """Drop what the rows disagree in without being wrong: kinds of mobility."""
        if self.cohort and self._activity:
            self.cohort.values.pop("activity", None)

    def _record(self, sheet: Sheet, spelled: Sequence[str], first: Origin) -> Record:
        """Find the record that one of these spellings means, or begin it; all of them mean it from now on."""
        known = self.records.setdefault(sheet.name, {})
        record = next((known[each] for each in spelled if each in known), None) or Record(sheet=sheet, first=first)
        for each in spelled:
            known.setdefault(each, record)
        return record

    def _tell(self, problems: Iterator[Problem]) -> None:
        self.reader.problems += problems

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
                yield missing_column(place, name, place.sheet or "")
                for one in theirs:
                    lacking.pop(id(one), None)
        for one in lacking.values():
            if "country" not in one.unreadable:
                yield blank_cell(one.row().origin.at("country"), "Country")


def _wide(header: Header) -> Wide:
    if not isinstance(header.headers, Wide):
        raise TypeError("the header of a flat sheet was not understood as one")
    return header.headers


def _names_nobody(row: Row, header: Header, raw: RawRow) -> bool:
    """Say whether a row of an export belongs to the mobility above it: it has a type of data, and nobody's name."""
    named = {"family_name", "given_names"} & set(row.values)
    return _wide(header).kind_of_row in raw and not named and not {"family_name", "given_names"} & row.origin.unreadable


_IN_FRONT = re.compile(r"(\S*\d\S*)\s*(?:[-–—:|]\s+|\s[-–—:|]\s*)(\S.*)", re.DOTALL)


def _id_and_title(text: str) -> tuple[str, str]:
    """Cut “U1 – Cold starters” into ID and title; what has no ID in front is both."""
    found = _IN_FRONT.fullmatch(text.strip())
    return (found[1].rstrip(":"), found[2].strip()) if found else (text, text)


def _unreadable(part: Row | None) -> dict[str, Place]:
    return {key: part.origin.at(key) for key in part.origin.unreadable} if part else {}


def _party_name(party: str, key: str) -> str:
    return name_of((PARTNERS.name, party), key)
