"""Which column of a workbook was understood as what, and why: `ecvet columns` (floor 9).

What is unsure comes first: a column named almost like one of the contract, two columns with one meaning, values that do
not fit their column. An officer settles it once for all, in a small file beside the workbook (`settled`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from pipeline.columns import COHORT, DEFAULTS, LEARNERS, PARTNERS, QUALIFICATIONS, SHEETS, UNITS, Column, Kind, Sheet
from pipeline.filing import Opened, open_cohort
from pipeline.guard import Refused
from pipeline.head import fields_of
from pipeline.header import Header, Reading, find_header, nearly_named
from pipeline.kinds import reading as reading_of
from pipeline.languages import LANGUAGES, language_name
from pipeline.lettering import column_letter, column_number, column_of
from pipeline.likely import likely, one_each
from pipeline.parties import in_export
from pipeline.problem import Problem
from pipeline.raw import Raw, Unreadable, shown
from pipeline.registry import Registry
from pipeline.rows import Reader
from pipeline.sheets import OWN, as_settled, column_called, in_language, is_code_row, is_private, needs
from pipeline.spelling import bare, folded, nearest
from pipeline.tables import Table
from pipeline.wide import EVERY_PART, REF, Part, Wide, name_of, place_of, understand_wide

LOOKED_AT = 40
"""Rows whose values are looked at, to see whether they fit their column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A column (or a field of sheet Cohort), the cell with its name, and what it is taken for.

    `means` is the contract's name, empty where the column is the officer's own; `guesses` are what else it may mean.
    """

    file: str
    sheet: str
    table: str
    cell: str
    header: str
    means: str
    sure: bool
    why: str
    guesses: Sequence[str] = ()


class Likely(NamedTuple):
    """A column that is missing, the officer's own columns that may be it, and the one to settle it with, or nothing."""

    name: str
    among: Sequence[str]
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """What was understood of a workbook: its sheets, its columns, what is missing, and what is wrong.

    `likely` are, by sheet, own columns that hold what a missing one would.
    """

    workbook: Path
    sheets: Sequence[tuple[str, str]]
    columns: Sequence[Meaning]
    missing: Mapping[str, Sequence[str]] = field(default_factory=dict)
    likely: Mapping[str, Sequence[Likely]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    @property
    def unsure(self) -> list[Meaning]:
        """The columns that a person should look at."""
        return [column for column in self.columns if not column.sure]

    @property
    def all_sure(self) -> bool:
        """Say whether nothing is unsure, and everything could be read."""
        return not self.unsure and not any(problem.code in UNREAD for problem in self.problems)


UNREAD = frozenset({"S101", "S102", "S115", "S130"})
"""Codes of what could not be read: a file, a sheet, a header, a line of what was settled."""


def legend(workbook: Path, register: Registry | None = None) -> Legend:
    """Find out what every column of a workbook, or of a folder of files, is taken for; raises nothing.

    `register` is what cohorts share: sheets that it holds are not missing.
    """
    columns: list[Meaning] = []
    missing: dict[str, Sequence[str]] = {}
    own: dict[str, dict[str, list[Raw]]] = {}
    with open_cohort(workbook, register=register) as opened:
        meant = {id(table): name for name, tables in opened.by_sheet.items() for table in tables}
        by_default: set[str] = set()
        for sheet in SHEETS:
            for table in opened.by_sheet.get(sheet.name, ()):
                try:
                    fields = sheet is COHORT
                    values = own.setdefault(table.name, {})
                    found, lacking = _fields(table, opened.reader) if fields else _columns(table, sheet, opened, values)
                except Refused:
                    continue
                if sheet is COHORT:
                    by_default = {each.means for each in found}
                columns += found
                missing[table.name] = [name for name in lacking if sheet is not LEARNERS or name not in by_default]
        problems = tuple(problem for problem in opened.reader.problems)
        sheets = [(table.name, meant.get(id(table), "")) for table in opened.tables]
    missing = {table: names for table, names in missing.items() if names}
    of_learners = [table for table, means in sheets if means == LEARNERS.name and table in missing]
    may_be = {table: every for table in of_learners if (every := _likely(missing[table], own.get(table, {})))}
    return Legend(
        workbook=workbook, sheets=sheets, columns=columns, missing=missing, likely=may_be, problems=problems
    )


def _likely(names: Sequence[str], own: Mapping[str, Sequence[Raw]]) -> list[Likely]:
    """Say which own columns may be those of sheet Learners that are missing."""
    lacking = [column for column in needs(LEARNERS) if column.name in names]
    first = one_each(lacking, own)
    found = [Likely(column.name, likely(column, own), first.get(column.key, "")) for column in lacking]
    return [each for each in found if each.among]


def _fields(table: Table, reader: Reader) -> tuple[list[Meaning], list[str]]:
    renamed = reader.settled.of(COHORT)
    fields = list(fields_of(list(table.rows()), renamed))
    known = {one.column for one in fields if one.column}
    absent = [column for column in (*COHORT.columns, *DEFAULTS) if column not in known]
    found = []
    for one in fields:
        cell = f"{column_letter(max(0, column_number(column_of(one.cell)) - 1))}{one.row}"
        common = {"file": table.file, "sheet": table.name, "table": COHORT.name, "cell": cell, "header": one.name}
        if one.column:
            fits = bare(one.name) in renamed or one.value is None or _fits([one.value], one.column, reader.date_order)
            why = _why(one.name, COHORT, one.column, renamed, reader) if fits else _misfit(one.column)
            found.append(Meaning(**common, means=one.column.name, sure=fits, why=why, guesses=() if fits else [OWN]))
        else:
            found.append(_own(common, COHORT, one.name, absent, renamed))
    lacking = [column.name for column in needs(COHORT) if column not in known]
    return found, lacking


def _columns(
    table: Table, sheet: Sheet, opened: Opened, own: dict[str, list[Raw]]
) -> tuple[list[Meaning], list[str]]:
    """Understand the columns of a table: what each means, and which needed ones are missing.

    What stands in the officer's own columns goes to `own`.
    """
    reader = opened.reader
    flat = opened.flat if sheet is LEARNERS else None
    renamed = reader.settled.of(sheet)
    understand: Reading = reader.reading(sheet)
    if flat:
        understand = _Wide(flat.open, renamed)
    rows = table.rows()
    header = find_header(table, sheet, rows, reader.problems, understand)
    if header is None:
        return [], []
    below = [cells for _, cells in (*header.after, *islice(rows, LOOKED_AT)) if not is_code_row(list(cells.values()))]
    headers = header.headers
    places: dict[int, tuple[Sheet, str, str]] = {at: (sheet, key, "") for key, at in headers.known.items()}
    places |= {at: (sheet, "title", language) for language, at in headers.titles.items()}
    if isinstance(headers, Wide):
        places |= _of_parts(headers.parts)
    in_parts = {at for at in headers.address if at >= 0}
    if isinstance(headers, Wide):
        in_parts |= {at for columns in headers.addresses.values() for at in columns if at >= 0}
    twice = {at: name for name, first, second in headers.doubled for at in (first, second)}
    absent = [column for column in sheet.columns if column.key not in headers.keys]
    found = []
    for index, typed in sorted(_names(header).items()):
        common = {"file": table.file, "sheet": table.name, "table": sheet.name,
                  "cell": f"{column_letter(index)}{header.number}", "header": typed}  # fmt: skip
        if index in in_parts and index not in places:
            found.append(Meaning(**common, means="Address", sure=True, why="a part of the address"))
        elif index == headers.whole_name[0]:
            order = {"family": "family name first", "given": "given names first"}
            why = f"both in one, {order.get(headers.whole_name[1], 'with a comma')}"
            found.append(Meaning(**common, means="Family name, Given names", sure=True, why=why))
        elif index in twice:
            pairs = [both for _, *both in headers.doubled if index in both]
            others = [column_letter(at) for both in pairs for at in both if at != index]
            why = f"column {' and '.join(dict.fromkeys(others))} means the same"
            found.append(Meaning(**common, means=twice[index], sure=False, why=why, guesses=[twice[index], OWN]))
        elif index in places:
            whose, key, special = places[index]
            column = whose.column("title" if key == REF else key)
            values = [cells[index] for cells in below if index in cells]
            fits = bare(typed) in renamed or _fits(values, column, reader.date_order)
            means = special if special and whose is not sheet else f"{column.name} {special}".strip()
            why = _why(typed, whose, column, renamed, reader) if fits else _misfit(column)
            if fits and index in headers.from_to:
                why = "one of a pair that holds dates"
            found.append(Meaning(**common, means=means, sure=fits, why=why, guesses=() if fits else [OWN]))
        else:
            found.append(_own(common, sheet, typed, absent, renamed))
            if renamed.get(bare(typed)) != OWN:
                own[typed] = [cells[index] for cells in below if index in cells]
    return found, _lacking(sheet, header, flat.open if flat else ())


class _Wide:
    """How the header of a flat sheet is understood."""

    def __init__(self, parts: Collection[str], renamed: Mapping[str, str]) -> None:
        self._parts, self._renamed = parts, renamed

    def __call__(self, cells: Sequence[str | None]) -> Wide:
        return understand_wide(cells, self._parts, self._renamed)


def _of_parts(parts: Mapping[Part, Mapping[str, int]]) -> Iterator[tuple[int, tuple[Sheet, str, str]]]:
    by_name = {sheet.name: sheet for sheet in (PARTNERS, QUALIFICATIONS, UNITS, COHORT)}
    for part, keys in parts.items():
        for key, at in keys.items():
            yield at, (by_name[part[0]], key, name_of(part, key))


def _names(header: Header) -> dict[int, str]:
    names = {index: shown(cell) for index, cell in header.cells.items()}
    headers = header.headers
    for index in {*headers.known.values(), *headers.titles.values(), *headers.elsewhere} - names.keys():
        names[index] = "(in the row above)"
    return {index: name for index, name in names.items() if folded(name)}


def _lacking(sheet: Sheet, header: Header, parts: object) -> list[str]:
    known = header.headers.keys
    lacking = [column.name for column in needs(sheet) if column.key not in known]
    if isinstance(header.headers, Wide):
        there = header.headers.parts
        named = {of for of_sheet, of in there if of_sheet == PARTNERS.name}
        named |= {"qualification"} if (QUALIFICATIONS.name, "") in there else set()
        named |= {"units"} if any(of_sheet == UNITS.name for of_sheet, _ in there) else set()
        lacking = [column.name for column in needs(sheet) if column.key not in {*known, *named}]
    return lacking


def _own(
    common: dict[str, str], sheet: Sheet, typed: str, absent: Sequence[Column], renamed: Mapping[str, str]
) -> Meaning:
    if is_private(typed, as_settled(typed, renamed)):
        return Meaning(**common, means="", sure=True, why="not read: health, religion or a bank account")
    if renamed.get(bare(typed)) == OWN:
        return Meaning(**common, means="", sure=True, why="settled: your own")
    if nearly := nearly_named(sheet, typed, absent):
        return Meaning(**common, means="", sure=False, why=f"named almost like “{nearly}”", guesses=[nearly, OWN])
    other = place_of(typed, EVERY_PART) if sheet is LEARNERS else None
    guess = name_of(*other) if other else nearest(typed, [column.name for column in absent], 0.6)
    why = f"your own (nearest: {guess})" if guess else "your own"
    return Meaning(**common, means="", sure=True, why=why, guesses=[guess] if guess else ())


def _fits(values: Sequence[Raw], column: Column, order: str | None) -> bool:
    """Say whether at least half of the values can be read as those of the column; nothing is said of blanks."""
    wrong = sum(not _reads(value, column, order) for value in values)
    return wrong * 2 <= len(values) if len(values) > 1 else not wrong


def _reads(value: Raw, column: Column, order: str | None) -> bool:
    try:
        found = reading_of(column, order, coded=True)(value)
    except Unreadable as wrong:
        return wrong.code in ("S203", "S106")  # a date that can be read in two ways is a date
    if found is None or column.kind is not Kind.EMAIL:
        return True
    return "@" in str(found)


def _misfit(column: Column) -> str:
    if column.kind in (Kind.CHOICE, Kind.CHOICES, Kind.SEX, Kind.YES_NO):
        return "most of its values are none of its entries"
    return f"most of its values are no {column.kind.value}"


def _why(typed: str, sheet: Sheet, column: Column, renamed: Mapping[str, str], reader: Reader) -> str:
    """Say how a name was understood."""
    if bare(typed) in renamed:
        where = next((file for (table, name), file in reader.settled.where.items() if name == bare(typed)
                      and table in ("", sheet.name, LEARNERS.name)), "")  # fmt: skip
        return f"settled in {where}"
    if bare(in_export(typed)) != bare(typed):
        return "its name in the EU's reporting tool"
    if column_called(sheet, typed) is column or folded(typed) == folded(column.name):
        if folded(typed) == folded(column.name):
            return "its own name"
        whose = LEARNERS if sheet is COHORT and column not in COHORT.columns else sheet
        tongues = [language_name(code) for code in LANGUAGES if in_language(code, whose, column, typed)]
        return f"its {tongues[0]} name" if tongues else "both halves of the name mean it"
    return "says whose it is, and what"
