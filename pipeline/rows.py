"""A row of raw cells into plain values, each with its cell (floor 3).

The one place where `Unreadable` is caught: it becomes a problem at its cell, the value is None, and reading goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import Any

from pipeline.cells import text
from pipeline.columns import LEARNERS, Column, Sheet
from pipeline.header import Header, Reading
from pipeline.kinds import own_text, reading
from pipeline.lettering import column_letter
from pipeline.model import Origin
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.raw import Raw, Unreadable, readable, shown
from pipeline.samples import columns_at, leftovers, telling
from pipeline.settled import NOTHING_SETTLED, Settled
from pipeline.sheets import in_language, understand
from pipeline.tables import Table
from pipeline.together import shared_letters, together
from pipeline.unreadable import none_of_the_choices, told
from pipeline.wide import understand_wide

RawRow = Mapping[int, Raw]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a sheet, read: values by key (only those that are there), titles by language, unknown columns.

    `problems` are those of its cells: who takes the row decides whether they are told (a learner who has withdrawn
    stays without problems).
    """

    origin: Origin
    values: Mapping[str, Any]
    titles: Mapping[str, str]
    more: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Reader:
    """What is kept while one cohort is read: the problems found, and how dates such as 03/04/2027 are meant.

    `settled` is what the officer has said about her sheets and columns, `name` what the file or folder is called.
    `faults` counts cells that cannot be read, so that a sheet full of them ends somewhere.
    """

    problems: list[Problem] = field(default_factory=list)
    date_order: str | None = None
    faults: int = 0
    settled: Settled = NOTHING_SETTLED
    name: str = ""

    def reading(self, sheet: Sheet) -> Reading:
        """Say how a row of cells is understood as the header of a sheet, with what was settled of it."""
        if sheet is LEARNERS:
            return partial(understand_wide, parts=frozenset(), renamed=self.settled.of(sheet))
        return partial(understand, sheet, renamed=self.settled.of(sheet))


@fault("S116", Severity.WARNING)
def own_value_unread(name: str, sentence: str) -> str:
    """A value in a column of your own cannot be read, so forms that use it find it blank.

    Advice: Correct the cell if one of your forms uses the column; else leave it.
    Basis: data (contract, section 2)
    """
    return f"“{readable(name)}” is left blank: {sentence[0].lower()}{sentence[1:]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The columns of one table: how each position is read and into which group, and the letters of all keys.

    `sex` is the position of column Sex (-1 where there is none), `tongue` is “nl” or “de” where its header is that;
    `nameless` keeps the columns without a name that were told already; `address` are the columns of an address in
    several, `whole_name` is that of family and given names together, and `together` says that there is one
    of these. Each column keeps what it has read before: most cells hold what the rows above them hold.
    """

    reads: Mapping[int, tuple[str, str, Callable[[Raw], Any], dict[Raw, Any]]]
    letters: Mapping[str, str]
    named: frozenset[int]
    doubled: frozenset[str]
    sex: int
    tongue: str
    contract: Mapping[int, Column]
    address: Sequence[int]
    whole_name: tuple[int, str]
    together: bool
    telling: Mapping[int, Column]
    nameless: set[int] = field(default_factory=set)


def columns_for(header: Header, sheet: Sheet, reader: Reader) -> Columns:
    """Choose how the columns under a header are read as those of a sheet."""
    by_key = {column.key: column for column in sheet.columns}
    found = header.headers
    sex = found.known.get("sex", -1)
    doubled = {index for _, first, second in found.doubled for index in (first, second)}
    reads: dict[int, tuple[str, str, Callable[[Raw], Any]]] = {
        **{
            index: ("values", key, reading(by_key[key], _order(header, index) or reader.date_order,
                                           coded=_is_coded(header, index)))
            for key, index in found.known.items()
        },
        **{index: ("titles", language, text) for language, index in found.titles.items()},
        **{index: ("more", name, own_text) for name, index in found.unknown.items()},
    }
    contract = columns_at(sheet, found.known)
    if found.address:
        reads.pop(found.address[0], None)
    return Columns(
        reads={index: (*read, {}) for index, read in reads.items() if index not in doubled},
        letters={
            (f"title {key}" if group == "titles" else key): column_letter(index)
            for index, (group, key, _) in reads.items()
        } | shared_letters(found),
        named=frozenset((*reads, *doubled, *found.elsewhere, *found.address, found.whole_name[0])),
        doubled=frozenset(key for index, (_, key, _) in reads.items() if index in doubled),
        sex=sex, tongue=_tongue(sheet, by_key["sex"], shown(header.cells[sex])) if sex >= 0 else "",
        contract=contract, address=found.address, whole_name=found.whole_name,
        together=bool(found.address) or found.whole_name[0] >= 0, telling=telling(contract),
    )


def _tongue(sheet: Sheet, column: Column, header: str) -> str:
    """Say in which language column Sex is named, where its letters are others than M and F."""
    return next((each for each in ("nl", "de") if in_language(each, sheet, column, header)), "")


def _order(header: Header, index: int) -> str | None:
    """Read from the row of codes how the dates of a column are meant: DD-MM-YYYY, or MM/DD/YYYY."""
    code = header.codes.get(index)
    letters = "".join(filter(str.isalpha, code)).lower() if isinstance(code, str) else ""
    return {"d": "day first", "m": "month first"}.get(letters[:1]) if re.fullmatch("d+m+y+|m+d+y+", letters) else None


def _is_coded(header: Header, index: int) -> bool:
    code = header.codes.get(index)
    return isinstance(code, str) and "dict" in code.lower()


def row_of_cells(table: Table, number: int, raw: RawRow, columns: Columns) -> Row:
    """Read the cells of a row by these columns."""
    found: dict[str, dict[str, Any]] = {"values": {}, "titles": {}, "more": {}}
    broken: set[str] = set()
    problems: list[Problem] = []
    for index, cell in raw.items():
        if index not in columns.reads:
            continue
        group, key, read, known = columns.reads[index]
        try:
            value = known[cell] if cell in known else _read(cell, read, known)
        except Unreadable as wrong:
            place = Place(file=table.file, sheet=table.name, cell=f"{column_letter(index)}{number}", row=number)
            if group == "more":
                problems.append(own_value_unread(place, key, wrong.sentence))
            else:
                broken.add(f"title {key}" if group == "titles" else key)
                problems.append(told(wrong, place))
            continue
        if value is not None and value != ():
            found[group][key] = value
    for at, keys, read_together in together(raw, columns.address, columns.whole_name) if columns.together else ():
        try:
            found["values"].update(read_together())
        except Unreadable as wrong:
            broken.update(keys)
            where = f"{column_letter(at)}{number}"
            problems.append(told(wrong, Place(file=table.file, sheet=table.name, cell=where, row=number)))
    problems += leftovers(raw, columns.telling, table.file, table.name, number)
    origin = Origin(
        file=table.file, sheet=table.name, row=number, columns=columns.letters, inherited={},
        unreadable=columns.doubled | broken if broken else columns.doubled,
    )  # fmt: skip
    titles, more = found["titles"] or _NONE, found["more"] or _NONE
    return Row(origin=origin, values=found["values"], titles=titles, more=more, problems=problems)


_NONE: Mapping[str, str] = MappingProxyType({})
"""One for all rows that have no titles, or no columns of their own."""


_MOST_KEPT = 500
"""Different values of a column that are kept; of names and addresses each is another, of most columns a few."""


def _read(cell: Raw, read: Callable[[Raw], Any], known: dict[Raw, Any]) -> Any:
    value = read(cell)
    if len(known) < _MOST_KEPT:
        known[cell] = value
    return value


def doubt_letters(letters: Mapping[str, Sequence[Row]], tongue: str) -> None:
    """Tell M and F in a column where another letter shows that they may be of a language with other letters.

    M is a man in most languages, but a woman beside a Spanish H or a Lithuanian V; F is a man beside a Hungarian N.
    D is neither where the column is German (a header such as “Geschlecht”, or a W in it); else it may be a lady.
    """
    known = {"nl": "MFXWKV", "de": "MFXWKD"}.get(tongue, "MFXWKD" if "W" in letters else "MFXWK")
    strange = sorted(set(letters) - set(known))
    if not strange:
        return
    for row in letters["D"] if "D" in strange else ():
        sentence = "“D” is none of the entries for this column."
        row.problems.append(none_of_the_choices(row.origin.at("sex"), sentence, "Write M, F or X."))
    for letter in sorted({"M", "F", "V"} & set(letters)):
        for row in letters[letter]:
            sentence = f"“{letter}” can mean a man or a woman: “{strange[0]}” stands in the column too."
            advice = "Write M for men and F for women in the whole column, or the words."
            row.problems.append(none_of_the_choices(row.origin.at("sex"), sentence, advice))
