"""What the rows of a flat sheet say of organisations, qualifications, units and the cohort, gathered (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from pipeline.columns import COHORT, PARTNERS, QUALIFICATIONS, UNITS, Sheet
from pipeline.lettering import column_number, column_of
from pipeline.model import Origin
from pipeline.parties import ORGANISATIONS
from pipeline.problem import Place, Problem
from pipeline.raw import shown
from pipeline.repeated import AGAIN, Record, of_which_unit, several_activities
from pipeline.rows import RawRow, Reader, Row
from pipeline.spelling import bare, same_id
from pipeline.wide import Part, name_of


@dataclass(slots=True, kw_only=True)
class Gathered:
    """The records that rows repeat, by sheet and by every spelling that means them.

    `open` are the sheets that the flat sheet stands for, `default` the qualification of the cohort, where sheet Cohort
    says one; `raw` are the cells of the row that is being read.
    """

    reader: Reader
    open: Collection[str]
    default: str | None = None
    cohort: Record | None = None
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    raw: RawRow = field(default_factory=dict)
    _activity: bool = False

    def typed_in(self, place: Place) -> str | None:
        """Say what stands in a cell of the row that is being read."""
        letters = column_of(place.cell)
        found = self.raw.get(column_number(letters)) if letters else None
        return None if found is None else shown(found)

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

    def organisation_of(self, party: str, row: Row, part: Row | None) -> tuple[str, str] | None:
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

        record = self.record(PARTNERS, spelled, row.origin)
        record.parties.add(party)
        values["roles"] = tuple(dict.fromkeys((*record.values.get("roles", ()), ORGANISATIONS[party])))
        record.values["roles"] = values["roles"]
        if "id" in record.values and "id" not in given:
            del values["id"]
        if "name" in record.values and "name" not in given and bare(record.values["name"]) != bare(named or ""):
            del values["name"]
        self.tell(record.add(values, at, _unreadable(part), partial(_party_name, party), self.typed_in))
        return record.values["id"], column_of(at("id" if "id" in given else "name").cell)

    def qualification_of(self, row: Row, part: Row | None) -> tuple[str, str] | None:
        """Put together what a row says of its qualification: gives its ID, and the column that names it."""
        named = row.values.get("qualification")
        given = dict(part.values) if part else {}
        texts = [given.get("id"), named, given.get("title")]
        spelled = [f"name {same_id(text)}" for text in texts if text]
        if not spelled:
            return None

        def at(key: str) -> Place:
            if part and key in part.values:
                return part.origin.at(key)
            if named or part is None:
                return row.origin.at("qualification")
            return part.origin.at("title" if "title" in given else "id")

        values = {**given, "title": given.get("title") or named or given.get("id")}
        values["id"] = given.get("id") or named or values["title"]
        record = self.record(QUALIFICATIONS, spelled, row.origin)
        if "id" in record.values and "id" not in given:
            del values["id"]
        self.tell(record.add(values, at, _unreadable(part), partial(name_of, (QUALIFICATIONS.name, "")), self.typed_in))
        return record.values["id"], column_of(at("id" if "id" in given else "title").cell)

    def units_of(self, row: Row, parts: Mapping[Part, Row], taken: str | None) -> list[tuple[str, str]]:
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
            identifier, title = id_and_title(text if text is not None else str(named))

        def at(key: str) -> Place:
            for each in (part, more):
                if each and key in each.values:
                    return each.origin.at(key)
            if text is None and part:
                return part.origin.at("id" if "id" in part.values else "title")
            return row.origin.at("units")

        spelled = [f"{same_id(each)} in {same_id(taken or '')}" for each in (identifier, title) if each]
        record = self.record(UNITS, spelled, row.origin)
        values = {**given, "id": identifier, "title": title or identifier}
        if taken:
            values["qualification"] = taken
        for key in ("id", "title"):  # a row that names it by one of both says nothing of the other
            if key in record.values and key not in given:
                del values[key]
        self.tell(record.add(values, at, _unreadable(part), partial(name_of, (UNITS.name, "0")), self.typed_in))
        return record.values["id"], column_of(at("id").cell)

    def add_cohort(self, part: Row) -> None:
        """Put together what a row says of the cohort; different kinds of mobility are told, and are no fault."""
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
        called = partial(name_of, (COHORT.name, ""))
        self.tell(self.cohort.add(values, part.origin.at, _unreadable(part), called, self.typed_in))

    def finish(self) -> None:
        """Drop what the rows disagree in without being wrong: kinds of mobility."""
        if self.cohort and self._activity:
            self.cohort.values.pop("activity", None)

    def record(self, sheet: Sheet, spelled: Sequence[str], first: Origin) -> Record:
        """Find the record that one of these spellings means, or begin it; all of them mean it from now on."""
        known = self.records.setdefault(sheet.name, {})
        record = next((known[each] for each in spelled if each in known), None) or Record(sheet=sheet, first=first)
        for each in spelled:
            known.setdefault(each, record)
        return record

    def tell(self, problems: Iterator[Problem]) -> None:
        """Let the reader tell problems."""
        self.reader.problems += problems


_IN_FRONT = re.compile(r"(\S*\d\S*)\s*(?:[-–—:|]\s+|\s[-–—:|]\s*)(\S.*)", re.DOTALL)


def id_and_title(text: str) -> tuple[str, str]:
    """Cut “U1 – Cold starters” into ID and title; what has no ID in front is both."""
    found = _IN_FRONT.fullmatch(text.strip())
    return (found[1].rstrip(":"), found[2].strip()) if found else (text, text)


def _unreadable(part: Row | None) -> dict[str, Place]:
    return {key: part.origin.at(key) for key in part.origin.unreadable} if part else {}


def _party_name(party: str, key: str) -> str:
    return name_of((PARTNERS.name, party), key)
