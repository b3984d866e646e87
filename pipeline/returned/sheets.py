"""Read an assessment sheet that came back: whose it is, and what is marked in which row (floor 6).

Word keeps the names of the sheet's controls, so every row says what it is. Other programs lose these names; then the
sheet is read as a person reads it: a heading names the unit, under it stands a table with three columns of boxes.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.marks.controls import FOR_WHO_MARKS
from pipeline.problem import Place, Problem
from pipeline.raw import Raw
from pipeline.returned.facts import BOXES, Document, Marked
from pipeline.returned.faults import (
    grade_without_a_mark,
    named_twice,
    several_marks,
    unclear_mark,
    which_column,
)
from pipeline.returned.ticks import Box, box_in
from pipeline.returned.wordfiles import WordFile, blocks, named, rows_of, tag_of, text_of
from pipeline.spelling import bare
from pipeline.word.names import W

SUBJECT = "ecvet-pipeline: assessment sheet"
"""What the subject of a sheet begins with; cohort, learner and mobility follow, each after a stroke."""

_FOR_THE_UNIT = ("grade", "assessed_by", "assessed_on")
_BESIDE = ("context", "remarks")
_ID_IN_HEAD = (2, 1)
"""The rows of the head that show the Cohort ID and the Learner ID."""


@cache
def labels() -> Mapping[str, Mapping[str, str]]:
    """Load what a sheet says, a table a language."""
    return tomllib.loads(files("pipeline.returned").joinpath("labels.toml").read_text("utf-8"))


@cache
def _whole_units() -> frozenset[str]:
    return frozenset(bare(table["whole_unit"]) for table in labels().values())


@cache
def _outcome_heads() -> frozenset[str]:
    return frozenset(bare(table["outcome"]) for table in labels().values())


def _begins(text: str, name: str) -> bool:
    """Say whether a line begins with a word of the sheet, in one of ten languages: “Unit U2 …”, “Agreed part: …”."""
    said = text.split()
    called = (table[name] for table in labels().values())
    return any(bare(" ".join(said[: len(each.split())])) == bare(each) for each in called)


@dataclass(slots=True)
class _Unit:
    """A unit of a sheet: its ID or the heading over it. Kept: its rows, and what is said of all of them.

    `tabled` says that its table of boxes was there, whether something is marked in it or not.
    """

    name: str
    under: bool
    tabled: bool = False
    rows: list[_Line] = field(default_factory=list)
    told: dict[str, Raw] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of boxes: the outcome (empty: the unit as a whole), its result, and what is written beside it."""

    outcome: str
    result: str | None
    remarks: str
    place: Place


def read_sheet(file: str, word: WordFile) -> Document | None:
    """Read a sheet; None where the document is none of ours."""
    cohort, learner, mobility = _whose(word)
    if not cohort and not word.subject.startswith(SUBJECT):
        return None
    problems: list[Problem] = []
    if wrong := _named_otherwise(file, word):
        return Document(file=file, cohort=cohort, rows=(), problems=(wrong,))
    units = list(_units(file, word.root, problems))
    name = next(iter(_head(word)), "")
    rows = [
        Marked(
            place=line.place, learner=learner, name=name, mobility=mobility or None, unit=unit.name, under=unit.under,
            outcome=line.outcome, told=_told(unit, line), places=unit.places,
        )
        for unit in units for line in _with_grade(file, unit, problems)
    ]  # fmt: skip
    about = [
        Marked(
            place=Place(file=file), learner=learner, name=name, mobility=mobility or None, unit=unit.name,
            under=unit.under, outcome="", told={},
        )
        for unit in units or [_Unit(name="", under=True)]
    ]  # fmt: skip
    return Document(file=file, cohort=cohort, rows=tuple(rows), about=tuple(about), problems=tuple(problems))


def _whose(word: WordFile) -> tuple[str, str, str]:
    """Give cohort, learner and mobility: as the controls say or, where these have no names, the properties."""
    shown = [named(word.root, f"{FOR_WHO_MARKS}{name}") for name in ("cohort", "learner", "mobility")]
    said = [part.strip() for part in word.subject.split("|")[1:]] if word.subject.startswith(SUBJECT) else []
    said += [""] * (3 - len(said))
    if shown[0] is None:
        return said[0], said[1], said[2]
    cohort, learner, mobility = ("" if each is None else text_of(each) for each in shown)
    return cohort, learner or said[1], mobility or (said[2] if not learner or learner == said[1] else "")


def _head(word: WordFile) -> list[str]:
    """Give what the head of a sheet shows: the learner's name, her ID, the cohort's, and what follows."""
    head = next((block for block in blocks(word.root[0]) if block.tag == f"{W}tbl"), None)
    return [] if head is None else [text_of(cell) for row in rows_of(head) for cell in row[1:]]


def _named_otherwise(file: str, word: WordFile) -> Problem | None:
    """Tell a sheet whose properties name somebody whom its text does not: it was used for somebody else."""
    if named(word.root, f"{FOR_WHO_MARKS}cohort") is not None:
        return None
    said = [part.strip() for part in word.subject.split("|")[1:3]]
    shown = _head(word)
    rows = dict(zip(said, _ID_IN_HEAD, strict=False))
    name = next((each for each in rows if each and bare(each) not in map(bare, shown)), None)
    if name is None:
        return None
    at = rows[name]
    instead = "; ".join(filter(None, shown[1:3])) if any(shown[at : at + 1]) else ""
    return named_twice(Place(file=file), name, instead)


# -- units -------------------------------------------------------------------------------------------------------------


def _units(file: str, root: Any, problems: list[Problem]) -> Iterator[_Unit]:
    """Give the units of a sheet, each with its rows.

    The heading of a table is the line over it that begins with “Unit”, in one of ten languages, whatever stands between
    them: the agreed part, or what a host wrote there. Where there is no such line since the last table of boxes, it is
    the last one.
    """
    unit: _Unit | None = None
    heading, number, is_unit = "", 0, False
    known: Mapping[int, str] = {}
    width = 0
    for block in blocks(root[0]):
        control = named(block, f"{FOR_WHO_MARKS}unit")
        if control is not None:
            yield from [unit] if unit else []
            unit = _Unit(name=text_of(control), under=False)
        if block.tag == f"{W}p":
            text = text_of(block)
            begins = _begins(text, "unit")
            if text and (begins or not (is_unit or _begins(text, "part"))):
                heading, is_unit = text, begins
            continue
        number += 1
        rows = rows_of(block)
        columns = _columns_of_boxes(rows, known, width)
        if not columns and _is_to_mark(rows):
            about = unit.name if unit and not unit.under else heading
            problems.append(which_column(Place(file=file, spot=f"table {number}"), about))
            continue
        if columns and (unit is None or (unit.under and unit.name != heading)):
            yield from [unit] if unit else []
            unit = _Unit(name=heading, under=True)
        is_unit = is_unit and not columns
        if unit and columns:
            known, width, unit.tabled = columns, _width(rows), True
            unit.rows += _lines(Place(file=file), number, rows, columns, problems)
        elif unit:
            _of_the_unit(unit, file, number, rows)
    yield from [unit] if unit else []


def _columns_of_boxes(rows: Sequence[Sequence[Any]], known: Mapping[int, str], width: int) -> Mapping[int, str]:
    """Find the three columns of boxes, and which is which; nothing where that is not certain.

    The names of their controls say so, else the heads of the columns, else their order. Where somebody typed over boxes
    or took them away, so that there are fewer than three, they stand where they stood in the table before, if that was
    as wide: `known`, `width`.
    """
    names: dict[int, str] = {}
    there, used = Counter[int](), Counter[int]()
    for row in rows:
        for at, cell in enumerate(row):
            box = box_in(cell)
            there[at] += box.there
            used[at] += box.there or box.marked
            names.update((at, name) for name in BOXES if named(cell, f"{FOR_WHO_MARKS}{name}") is not None)
    if len(names) == len(set(names.values())) == len(BOXES):
        return names
    boxed = {at for at, number in there.items() if number}
    if headed := next(filter(None, map(_heads, rows)), None):
        return headed if boxed <= set(headed) or boxed >= set(headed) else {}
    found = sorted(at for at, number in (there if len(boxed) >= len(BOXES) else used).most_common(len(BOXES)) if number)
    if len(found) < len(BOXES):
        as_before = _is_to_mark(rows) and _width(rows) == width and set(found) <= set(known)
        found = sorted(known) if as_before else []
    columns = known if found == sorted(known) else dict(zip(found, BOXES, strict=False))
    return columns if all(columns.get(at) == name for at, name in names.items()) else {}


def _width(rows: Sequence[Sequence[Any]]) -> int:
    return max(map(len, rows), default=0)


def _heads(row: Sequence[Any]) -> Mapping[int, str] | None:
    """Read the heads of the columns of boxes, in one of ten languages; None where the row is not the head."""
    said = [bare(text_of(cell)) for cell in row]
    for table in labels().values():
        heads = [bare(table[name]) for name in BOXES]
        if all(said.count(head) == 1 for head in heads):
            return {said.index(head): name for head, name in zip(heads, BOXES, strict=True)}
    return None


def _is_to_mark(rows: Sequence[Sequence[Any]]) -> bool:
    """Say whether a table is one of outcomes: by its controls, its last row, its head, or the boxes that it holds.

    Where people sign they may put a cross too.
    """
    signed = {bare(table["signature"]) for table in labels().values()}
    tags = {f"{FOR_WHO_MARKS}{name}" for name in ("outcome", "whole", *BOXES)}
    for row in rows:
        if row and bare(text_of(row[-1])) in signed:
            return False
        if any(tag_of(control) in tags for cell in row for control in cell.iter(f"{W}sdt")):
            return True
        if row and bare(text_of(row[0])) in _whole_units() | _outcome_heads():
            return True
    boxes = [box for row in rows for box in map(box_in, row)]
    return any(box.there for box in boxes) or sum(box.marked for box in boxes) > 1


def _lines(
    at: Place, table: int, rows: Sequence[Sequence[Any]], columns: Mapping[int, str], problems: list[Problem]
) -> Iterator[_Line]:
    for number, row in enumerate(rows, start=1):
        boxes = {name: box_in(row[column]) for column, name in columns.items() if column < len(row)}
        text, outcome = _outcome(row, columns)
        boxed = any(box.there or box.marked for box in boxes.values())
        beside = [box.besides for box in boxes.values() if box.besides]
        headed = _heads(row) or (number == 1 and len(beside) == len(BOXES))
        if text is None or (not outcome and not boxed and (headed or not beside)):
            continue  # the head of the table, or a row that somebody put in between
        place = Place(file=at.file, spot=f"table {table}, row {number}")
        told = len(problems)
        result = _result(boxes, text, place, problems)
        remarks = " – ".join(filter(None, _beside(row, columns)))
        whole = outcome == "whole" or (outcome != "outcome" and bare(text) in _whole_units())
        if (result or remarks) and len(problems) == told:
            yield _Line(outcome="" if whole else text, result=result, remarks=remarks, place=place)


def _outcome(row: Sequence[Any], columns: Mapping[int, str]) -> tuple[str | None, str]:
    """Give the text of what a row is about, and how its control is named: “outcome”, “whole”, or not at all."""
    for cell in row:
        for name in ("outcome", "whole"):
            control = named(cell, f"{FOR_WHO_MARKS}{name}")
            if control is not None:
                return text_of(control), name
    cell = next((cell for at, cell in enumerate(row) if at not in columns), None)
    return (None, "") if cell is None else (text_of(cell), "")


def _result(boxes: Mapping[str, Box], about: str, place: Place, problems: list[Problem]) -> str | None:
    marked = [name for name, box in boxes.items() if box.marked]
    strange = next((box.besides for box in boxes.values() if box.besides), "")
    if strange:
        problems.append(unclear_mark(place, strange, about))
    elif len(marked) > 1:
        problems.append(several_marks(place, about))
    elif marked:
        return BOXES[marked[0]]
    return None


def _beside(row: Sequence[Any], columns: Mapping[int, str]) -> list[str]:
    """Give what stands in the columns for the context and for remarks: by their names, else behind the boxes."""
    by_name = {tag_of(each): each for cell in row for each in cell.iter(f"{W}sdt")}
    found = [by_name.get(f"{FOR_WHO_MARKS}{name}") for name in _BESIDE]
    if all(each is not None for each in found):
        return [text_of(each) for each in found]
    return [text_of(cell) for at, cell in enumerate(row) if at > max(columns)]


def _of_the_unit(unit: _Unit, file: str, table: int, rows: Sequence[Sequence[Any]]) -> None:
    """Read the small table under a unit: grade, who assessed, on which day."""
    cells = {name: named(cell, f"{FOR_WHO_MARKS}{name}") for name in _FOR_THE_UNIT for row in rows for cell in row
             if named(cell, f"{FOR_WHO_MARKS}{name}") is not None}  # fmt: skip
    if not cells and not unit.told and unit.tabled and len(rows) == 2 and len(rows[-1]) == len(_FOR_THE_UNIT):
        cells = dict(zip(_FOR_THE_UNIT, rows[-1], strict=True))
    for name, cell in cells.items():
        if said := text_of(cell):
            unit.told[name] = said
            unit.places[name] = Place(file=file, spot=f"table {table}, row {len(rows)}")


def _with_grade(file: str, unit: _Unit, problems: list[Problem]) -> Iterator[_Line]:
    """Give the rows of a unit; a grade that has no row of the unit as a whole gets one, without a result."""
    yield from unit.rows
    if "grade" in unit.told and all(line.outcome for line in unit.rows):
        place = unit.places["grade"]
        problems.append(grade_without_a_mark(place, unit.name))
        yield _Line(outcome="", result=None, remarks="", place=place)


def _told(unit: _Unit, line: _Line) -> dict[str, Raw]:
    """Give what a row says by the columns of Results: a grade is that of the unit as a whole."""
    told: dict[str, Raw] = {"result": line.result, "remarks": line.remarks}
    told |= {name: said for name, said in unit.told.items() if name != "grade" or not line.outcome}
    return {name: said for name, said in told.items() if said}
