"""What is typed and what came back, put together: what a person typed goes first, and what differs is told (floor 6).

Of one stay, unit and outcome there may be a row on sheet Results of the cohort's workbook, one in the workbook of
collected results that somebody worked in, and one that documents say. The first that says something counts; what it
leaves blank is taken from the next. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.columns import RESULTS_SHEET
from pipeline.filing import KINDS
from pipeline.lettering import column_letter
from pipeline.model import Learner, Origin, Result, Unit
from pipeline.problem import Place, Problem
from pipeline.provenance import WORD_FILES
from pipeline.returned.facts import FROM_A_HOST
from pipeline.returned.faults import documents_contradict, result_contradicted, says_otherwise_now
from pipeline.returned.taking import Key, Taken, key_of
from pipeline.spelling import bare

COLUMNS: Mapping[str, str] = {column.key: column.name for column in RESULTS_SHEET.columns}
"""The columns of sheet Results, by their keys."""

LETTERS: Mapping[str, str] = {key: column_letter(at) for at, key in enumerate(COLUMNS)}
"""Where they stand in the workbook of collected results."""

FIRST_ROW = 2
_FILLED = tuple(key for key in COLUMNS if key not in ("learner", "mobility", "unit", "learning_outcome"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A row of the workbook of collected results: what it is about, what documents say of it, and which.

    `place` is where it stands in the document or, where that was collected by an earlier run, in the workbook.
    """

    learner: Learner
    unit: Unit
    outcome: str
    said: Mapping[str, Any]
    source: str
    place: Place

    @property
    def key(self) -> Key:
        """What the row is about."""
        return key_of(self.learner, self.unit, self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Something that was typed and that a document says otherwise: what it is about, and both values and places."""

    what: str
    column: str
    typed: str
    at: Place
    says: str
    document: str


@dataclass(slots=True)
class Together:
    """The results of a cohort, put together. `rows` are those of the workbook to be laid, `results` all that count."""

    rows: tuple[Collected, ...] = ()
    results: tuple[Result, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    problems: list[Problem] = field(default_factory=list)


def with_documents(results: Iterable[Result], beside: Collection[str], read: Collection[str]) -> tuple[Result, ...]:
    """Tell the documents that rows are from, and that stand in column Evidence of collected results, from evidence.

    `beside` are the names of all workbooks of collected results, `read` those of the documents that were read now. What
    somebody typed in that column is evidence, unless it is the name of a document.
    """
    every = list(results)
    known = {*read, *(row.evidence for row in every if row.origin.file in beside and _is_document(row.evidence))}
    return tuple(replace(row, evidence=None, document=row.evidence) if row.evidence in known else row for row in every)


def _is_document(name: str | None) -> bool:
    """Say whether this is the name of a file of the kinds that are collected."""
    return Path(name or "").suffix.lower() in {*WORD_FILES, *KINDS}


def earlier_rows(results: Iterable[Result]) -> list[Collected]:
    """Give rows that stand in workbooks of collected results as what documents said of them."""
    return [
        Collected(
            learner=row.learner, unit=row.unit, outcome=row.learning_outcome or "", source=row.document or "",
            place=row.at(), said={key: value for key in FROM_A_HOST if (value := getattr(row, key)) not in (None, "")},
        )
        for row in results if row.learner and row.unit
    ]  # fmt: skip


def collect(taken: Sequence[Taken], earlier: Iterable[Collected], read: Collection[tuple[str, str]]) -> Together:
    """Gather what documents say, those read now and those that earlier runs collected.

    `read` are the names of those read now, each with the key of a stay that it speaks of: hosts give the sheets of
    several learners one name, and what a sheet says takes nothing away from anybody else. Where two documents
    contradict each other, neither counts; against one that is no longer there, the one that is counts. What an earlier
    run took from one that is no longer there, and no other speaks of, stays as it was.
    """
    made = Together()
    found = {row.key: row for row in earlier if (row.source, row.learner.key) not in read}
    split: set[Key] = set()
    unlike: dict[tuple[str, str, bool, str], list[tuple[Taken, Any]]] = {}  # by both documents and the column
    for one in taken:
        known = found.get(one.key)
        fresh = Collected(
            learner=one.learner, unit=one.unit, outcome=one.outcome, said=one.said, source=one.file, place=one.place
        )
        if known is None:
            found[one.key] = fresh
            continue
        against = [key for key in one.said if key in known.said and not same(known.said[key], one.said[key])]
        is_there = (known.source, known.learner.key) in read
        for key in against:
            about_both = (one.file, known.source or f"{known.place}", is_there, key)
            unlike.setdefault(about_both, []).append((one, known.said[key]))
        if not against:
            found[one.key] = replace(known, said={**one.said, **known.said})
        elif is_there:
            split.add(one.key)
        else:
            found[one.key] = replace(fresh, said={**known.said, **one.said})
    made.problems += _unlike(unlike)
    made.rows = tuple(sorted((row for key, row in found.items() if key not in split), key=_order))
    return made


def _unlike(unlike: Mapping[tuple[str, str, bool, str], Sequence[tuple[Taken, Any]]]) -> Iterator[Problem]:
    """Tell where two documents differ: a line a column, the results first, with the first row and how many more."""
    files = list(dict.fromkeys(file for file, *_ in unlike))
    for both in sorted(unlike, key=lambda each: (files.index(each[0]), FROM_A_HOST.index(each[-1]))):
        _, other, is_there, key = both
        (one, there), *more = unlike[both]
        what = f"{about(one.learner, one.unit, one.outcome)}, {COLUMNS[key]}"
        tell = documents_contradict if is_there else says_otherwise_now
        yield tell(one.place, what, shown(one.said[key]), shown(there), other, len(more))


def put_together(
    results: Sequence[Result], collected: Together, target: str, laid_by_us: Collection[str], beside: Collection[str]
) -> Together:
    """Put what documents say beside what was typed. `beside` are the names of all workbooks of collected results.

    Rows of those that nobody worked in (`laid_by_us`) are what documents say, and stand in `collected` already; those
    of the others were typed. `target` is the workbook that the collected rows will stand in.
    """
    typed = [row for row in results if row.origin.file not in laid_by_us]
    typed.sort(key=lambda row: row.origin.file in beside)  # the cohort's own sheet goes first
    first: dict[Key, dict[str, Result]] = {}  # of each file the first row
    for row in typed:
        if row.learner and row.unit:
            by_file = first.setdefault(key_of(row.learner, row.unit, row.learning_outcome), {})
            by_file.setdefault(row.origin.file, row)
    by_key = {row.key: row for row in collected.rows}
    rows = tuple(
        one for key, one in by_key.items()
        if not any(_says_all(row, one, beside) for row in first.get(key, {}).values())
    )  # fmt: skip
    against: list[Contradiction] = []
    numbers = {row.key: number for number, row in enumerate(rows, start=FIRST_ROW)}
    whole: list[Result] = []
    for row in typed:
        key = key_of(row.learner, row.unit, row.learning_outcome) if row.learner and row.unit else None
        goes_first, *others = first[key].values() if key else [row]
        if key is None or (goes_first is not row and goes_first.origin.file == row.origin.file):
            whole.append(row)  # nobody knows whose it is, or the sheet says it twice, which a rule tells
        elif goes_first is row:
            said = [_as_result(by_key[key], numbers.get(key, 0), target)] if key in by_key else []
            whole.append(_filled(row, [*others, *said], against))
    whole += [_as_result(by_key[key], number, target) for key, number in numbers.items() if key not in first]
    return Together(
        rows=rows, results=tuple(whole), contradictions=tuple(against),
        problems=[*collected.problems, *map(_told, against)],
    )  # fmt: skip


def _says_all(row: Result, one: Collected, beside: Collection[str]) -> bool:
    """Say whether a row that was typed into a workbook of collected results says all that documents say."""
    return row.origin.file in beside and all(same(getattr(row, key), value) for key, value in one.said.items())


def _as_result(row: Collected, number: int, target: str) -> Result:
    """Make a row of sheet Results of what documents say; its cells are those of the workbook it is laid into."""
    origin = Origin(file=target, sheet=RESULTS_SHEET.name, row=number or None, columns=LETTERS, inherited={})
    if not number:  # it is in no workbook of ours, because one that was worked in says the same
        origin = replace(origin, columns={}, inherited=dict.fromkeys(("", *COLUMNS), row.place))
    return Result(
        origin=origin, more={}, learner=row.learner, unit=row.unit, mobility=row.learner.mobility,
        learning_outcome=row.outcome or None, document=row.source or None, **row.said,
    )  # fmt: skip


def _filled(row: Result, others: Sequence[Result], against: list[Contradiction]) -> Result:
    """Complete a row by others that speak of the same; where they say something else, that is noted once."""
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    noted = dict[str, list[Any]]()
    for other in others:
        for key in _FILLED:
            there = getattr(other, key)
            if there in (None, "", ()):
                continue
            here = values.get(key) or getattr(row, key)
            if here in (None, "", ()):
                if row.blank(key):
                    values[key], places[key] = there, other.at(key)
            elif key in FROM_A_HOST and not any(same(each, there) for each in (here, *noted.get(key, ()))):
                noted.setdefault(key, []).append(there)
                against.append(_against(row, key, here, other, there))
    if not values:
        return row
    return replace(row, **values, origin=replace(row.origin, inherited={**row.origin.inherited, **places}))


def _against(row: Result, key: str, here: Any, other: Result, there: Any) -> Contradiction:
    what = about(row.learner, row.unit, row.learning_outcome)
    document = other.document or other.origin.file
    return Contradiction(
        what=what, column=COLUMNS[key], typed=shown(here), at=row.at(key), says=shown(there), document=document
    )


def _told(one: Contradiction) -> Problem:
    return result_contradicted(one.at, f"{one.what}, {one.column}", one.typed, f"“{one.document}”", one.says)


def same(one: Any, other: Any) -> bool:
    """Say whether two values of a cell are the same to a person."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or (bare(one) == bare(other) != "")
    return bool(one == other)


def shown(value: Any) -> str:
    """Show a value as a cell does."""
    return str(value)


def about(learner: Learner | None, unit: Unit | None, outcome: str | None) -> str:
    """Name what a row of Results is about."""
    who = f"{learner.name}{f' ({learner.id})' if learner.id else ''}" if learner else ""
    return ", ".join(filter(None, (who, f"unit {unit.id}" if unit else "", outcome or "the whole unit")))


def _order(row: Collected) -> tuple[Any, ...]:
    """Sort rows as the sheets stand: by learner, unit and outcome, the unit as a whole last."""
    outcomes = [bare(text) for text in row.unit.outcomes]
    spelled = bare(row.outcome)
    at = outcomes.index(spelled) if spelled in outcomes else len(outcomes)
    return row.learner.origin.row or 0, row.learner.key, row.unit.origin.row or 0, row.unit.id, at


