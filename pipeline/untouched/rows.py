"""Tables of units: a row of headings with several empty rows under it, a row a unit (floor 4).

A row of such a table is for one unit: its title, its points, who assesses it. Rows under other headings (a list of
participants, of appointments) are for nobody a paper knows of, and nothing is filled into them without a person's look.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.untouched.formmap import Repeat
from pipeline.untouched.known import OF_A_UNIT, OUTCOMES
from pipeline.untouched.meaning import Meaning

_OF_ITS_UNIT: Mapping[str, str] = {
    OUTCOMES: OF_A_UNIT.removeprefix("unit.title, "), "agreement.points": "unit.points",
    "agreement.assessor": "unit.assessor", "agreement.assessor_role": "unit.assessor_role",
    "agreement.assessment_date": "unit.assessment_date",
    "agreement.activities or units.activities": "unit.activities",
}  # fmt: skip
"""What a word of the agreement is in a row of one unit."""

Rows = dict[int, list[Meaning]]


def in_rows(found: Sequence[Meaning]) -> list[Meaning]:
    """Understand blanks under headings row by row."""
    changed: dict[int, Meaning] = {}
    for rows in _tables(found).values():
        if len(rows) < 2:
            continue
        of_units = any(each.words == "units.title" for row in rows.values() for each in row)
        for item, row in enumerate((rows[number] for number in sorted(rows)), start=1):
            for each in row:
                changed[id(each)] = _of_item(each, item) if of_units else replace(each, sure=False)
    return [changed.get(id(each), each) for each in found]


def _of_item(meaning: Meaning, item: int) -> Meaning:
    """Let a blank be that of one unit; what is no word of a unit is not certain."""
    words = _OF_ITS_UNIT.get(meaning.words)
    if words is None and meaning.words.startswith("units.") and "," not in meaning.words:
        words = f"unit.{meaning.words.partition('.')[2]}"
    if words is None:
        return replace(meaning, sure=False)
    return replace(meaning, words=words, item=item, sure=meaning.sure or meaning.blank.again > 0)


def _tables(found: Sequence[Meaning]) -> Mapping[tuple[str, int], Rows]:
    """Sort the blanks under headings by their table and its row of headings, and then by their rows."""
    tables: dict[tuple[str, int], Rows] = defaultdict(dict)
    for each in found:
        table, _, rest = each.blank.place.rpartition(", row ")
        if each.blank.headed and table:
            row = int(rest.partition(",")[0])
            tables[table, row - 1 - each.blank.again].setdefault(row, []).append(each)
    return tables


def rows_that_repeat(found: Sequence[Meaning]) -> Iterator[Repeat]:
    """Give the rows of tables of units as blocks that repeat: more units than rows get further rows."""
    for (table, _), rows in _tables(found).items():
        if len(rows) > 1 and all(any(each.item for each in row) for row in rows.values()):
            title = " | ".join(each.blank.label for each in rows[min(rows)])
            for item, row in enumerate(sorted(rows), start=1):
                place = f"{table}, row {row}"
                yield Repeat(title=title, list="units", item=item, start=place, end=place, left_over="leave")
