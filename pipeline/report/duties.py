"""Who has to do what before every paper can be made (floor 7): problems gathered, most pressing first. Pure.

A workbook of a thousand learners has the same gap in a thousand rows, and an officer has one letter to write about it:
what is wrong in the same way, for the same party, is one entry with many cells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.columns import SHEETS
from pipeline.jobs import Job, Outcome, Status
from pipeline.lettering import blocks, column_of
from pipeline.model import Cohort, Learner, Partner, Record, Result
from pipeline.problem import Place, Problem, Severity
from pipeline.sentences import counted, listed

OWN_KEYS = {"id", "roles", "signs_memorandum"}
"""Columns of a partner's row that the officer decides; the partner is asked for the others."""
HOST_KEYS = {"mentor", "mentor_telephone", "mentor_email", "assessor", "assessor_role"}
"""Columns of a learner's row that the host is asked for."""
FAMILY_KEYS = {"address", "telephone", "email", "emergency_contact"}
"""Columns of a learner's row that the family is asked for, with all that begin with “guardian”."""

SOME = 6
"""So many places or people are named in a line; more are counted, or written as a range of cells."""
MANY = 12
"""So many ranges of one column are written out."""
MISSING = (Status.HELD, Status.FAILED)
SHEET_ORDER = {sheet.name: number for number, sheet in enumerate(SHEETS)}


class Records:
    """The records of a cohort by their rows, and the keys of their columns by letter, found once for a sheet."""

    def __init__(self, every: Iterable[Record] = ()) -> None:
        self._rows = {(it.origin.file, it.origin.sheet, it.origin.row): it for it in every if it.origin.row}
        self._keys: dict[int, dict[str, str]] = {}

    def at(self, place: Place) -> Record | None:
        """Find the record in whose row a place is."""
        return self._rows.get((place.file, place.sheet or "", place.row or 0))

    def behind(self, place: Place) -> tuple[Record | None, str]:
        """Find the record and the key of the value that stands in a cell."""
        record, letters = self.at(place), column_of(place.cell)
        if record is None or not letters:
            return record, ""
        columns = record.origin.columns
        keys = self._keys.get(id(columns))
        if keys is None:  # of two keys with one column the first counts
            keys = self._keys[id(columns)] = {column: key for key, column in reversed(list(columns.items()))}
        return record, keys.get(letters, "")


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Who must act: 0 the officer, 1 a partner (with its contact), 2 the learner's family."""

    rank: int
    name: str = ""
    contact: str = ""
    email: str = ""

    @property
    def can_be_mailed(self) -> bool:
        """Say whether the e-mail is an address that a mail program can write to."""
        return is_address(self.email)


OFFICER, FAMILY = Party(0), Party(2)
OWN_CODES = {"T405", "S172", "S173", "S174"}
"""What only the officer can decide, whoever knows what stands in the cell: a change of what was signed, who is who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing to correct or to know: the problems that say the same, and the papers that wait for them.

    What is said of it is worded as it is asked for: a workbook may have ten thousand of them.
    """

    number: int
    party: Party
    alike: Sequence[Problem]
    waiting: Mapping[Problem, Sequence[Job]]
    records: Records

    @property
    def anchor(self) -> str:
        """Where the page speaks of it."""
        return anchor(self.number)

    @property
    def problem(self) -> Problem:
        """The problem that stands for all."""
        return self.alike[0]

    @property
    def places(self) -> Iterable[Place]:
        """Its places, each once."""
        return dict.fromkeys(problem.place for problem in self.alike)

    @property
    def shown(self) -> Sequence[tuple[str, str]]:
        """Its places as they are written, each with whom it concerns; where there are many, ranges of cells."""
        places = list(self.places)
        if len(places) > SOME:
            return [(cells, "") for cells in ranges(places)]
        return [(str(place) or "The workbook", _whom(place, self.records)) for place in places]

    @property
    def is_waited_for(self) -> bool:
        """Say whether a paper waits for it."""
        return any(self.waiting.get(problem) for problem in self.alike)

    @property
    def stops(self) -> str:
        """Name the papers that wait for it, or count them."""
        return papers_named(job for problem in self.alike for job in self.waiting.get(problem, ()))


def is_address(mail: str) -> bool:
    """Say whether a text is one address that a mail program can write to."""
    return re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", mail) is not None


def anchor(number: int) -> str:
    """Name the place where the page speaks of an entry."""
    return f"p{number}" if number else ""


def gather(problems: Iterable[Problem], outcomes: Sequence[Outcome], records: Records) -> list[Entry]:
    """Gather problems by weight, by who must act and by what is wrong, from the top of the workbook down.

    The problems that papers bring with them count too, each once.
    """
    waiting: dict[Problem, list[Job]] = {}
    for outcome in outcomes:
        for problem in dict.fromkeys((*outcome.job.held_by, *outcome.problems)):
            jobs = waiting.setdefault(problem, [])
            jobs += [outcome.job] if outcome.status in MISSING else []
    weights = list(Severity)
    groups: dict[tuple[int, Party, str, str, str], list[Problem]] = {}
    for problem in sorted(dict.fromkeys((*problems, *waiting)), key=_top_down):
        party = OFFICER if problem.code in OWN_CODES else _party(problem.place, records)
        key = (weights.index(problem.severity), party, problem.code, problem.message, problem.advice)
        groups.setdefault(key, []).append(problem)
    return [
        Entry(number=number, party=key[1], alike=alike, waiting=waiting, records=records)
        for number, (key, alike) in enumerate(sorted(groups.items(), key=lambda group: group[0][:2]), 1)
    ]


def amount(entries: Iterable[Entry]) -> str:
    """Count the places of what is to correct: 3 cells; nothing where there are none."""
    places = dict.fromkeys(place for entry in entries for place in entry.places)
    return counted(len(places), "cell" if all(place.cell for place in places) else "place") if places else ""


def waits_for(outcome: Outcome) -> Sequence[Place]:
    """Give the cells that a paper waits for, each once."""
    if outcome.status is not Status.HELD:
        return ()
    problems = (*outcome.job.held_by, *outcome.problems)
    return list(dict.fromkeys(problem.place for problem in problems if problem.holds))


MEANS_NO_ROW = {"S211", "S212"}
"""Something stands in the cell, but it names no row, or several: the record has no value, and the cell is not empty."""


def only_to_fill(outcome: Outcome, records: Records) -> bool:
    """Say whether all cells that a paper waits for are empty, so that they are to fill and not to correct."""
    typed = {problem.place for problem in outcome.job.held_by if problem.code in MEANS_NO_ROW}
    return all(place not in typed and is_empty(place, records) for place in waits_for(outcome))


def by_row(cohort: Cohort | None) -> Records:
    """Find records by their row."""
    if cohort is None:
        return Records()
    return Records((*cohort.partners, *cohort.qualifications, *cohort.units, *cohort.learners, *cohort.results))


def is_empty(place: Place, records: Records) -> bool:
    """Say whether the cell has nothing in it, so that it is to fill; else it is to correct."""
    record, key = records.behind(place)
    if record is None or not key or key in record.origin.unreadable:
        return False
    return value_of(record, key) in (None, "", ())


def value_of(record: Record, key: str) -> object:
    """Give the value of a key, a learner's or her agreement's; “?” where there is no such value."""
    holder = record.agreement if isinstance(record, Learner) and not hasattr(record, key) else record
    return getattr(holder, "choices" if key == "units" else key, "?")


def in_same_words(problems: Iterable[Problem]) -> list[tuple[Problem, list[Place]]]:
    """Put together what is said of many cells in the same words; what papers wait for comes first."""
    found: dict[tuple[str, str, str], tuple[Problem, list[Place]]] = {}
    for problem in problems:
        _, places = found.setdefault((problem.code, problem.message, problem.advice), (problem, []))
        places.append(problem.place)
    return sorted(found.values(), key=lambda each: not each[0].holds)


def ranges(places: Iterable[Place]) -> Iterator[str]:
    """Write the cells of a column together, those below each other as a range: Learners!C3, C7:C12."""
    columns: dict[tuple[str, str], list[int]] = {}
    for place in dict.fromkeys(places):
        if place.sheet and place.cell and place.row:
            columns.setdefault((f"{place.of_file}{place.sheet}", column_of(place.cell)), []).append(place.row)
        else:
            yield str(place)
    for (sheet, letters), rows in columns.items():
        runs = blocks(letters, rows)
        more = f" and {len(runs) - MANY:,} more" if len(runs) > MANY else ""
        yield f"{sheet}!{', '.join(runs[:MANY])}{more}"


def by_file(places: Iterable[Place], before: Callable[[Place], str]) -> Iterator[str]:
    """Name cells as `ranges` does, those of one file after another; `before` says what stands before a place."""
    files: dict[str, list[Place]] = {}
    for place in places:
        files.setdefault(before(place), []).append(place)
    for said, ours in files.items():
        yield from (f"{said}{shown}".strip() for shown in ranges(ours) if shown)


def who_knows(record: Record | None, key: str) -> Partner | Learner | None:
    """Decide whom to ask for a value: a partner, a learner with her family, or (None) the officer, also in doubt."""
    learner = record if isinstance(record, Learner) else None
    if learner and key in HOST_KEYS:
        record = learner.agreement.host
    if isinstance(record, Partner) and set(record.roles) == {"home"}:
        return None  # the officer's own college
    if isinstance(record, Partner) and key not in OWN_KEYS:
        return record
    return learner if key in FAMILY_KEYS or key.startswith("guardian") else None


def _party(place: Place, records: Records) -> Party:
    """Name who must act."""
    knows = who_knows(*records.behind(place))
    if isinstance(knows, Partner):
        mail = knows.contact_email or knows.email or ""
        return Party(1, knows.name or knows.id, knows.contact_person or "", mail)
    return FAMILY if knows else OFFICER


def _top_down(problem: Problem) -> tuple[int, str, int, int, str]:
    """Sort as one walks through the workbook: what concerns a whole file first, Word forms last."""
    place = problem.place
    sheet = SHEET_ORDER.get(place.sheet, len(SHEET_ORDER)) if place.sheet else 99 if place.spot else -1
    return sheet, place.file, place.row or 0, len(column_of(place.cell)), column_of(place.cell)


def _whom(place: Place, records: Records) -> str:
    """Name the learner in whose row, or in the row of whose result, a place is."""
    record = records.at(place)
    record = record.learner if isinstance(record, Result) else record
    return record.name if isinstance(record, Learner) else ""


def papers_named(jobs: Iterable[Job]) -> str:
    """Name papers by whom they are for (Learning Agreement and Contact Card for Tereza Nováková), or count them."""
    subjects: dict[str, list[str]] = {}
    for job in {job.key: job for job in jobs}.values():
        subjects.setdefault(job.subject, []).append(job.form)
    if len(subjects) > SOME:
        numbers = Counter(form for forms in subjects.values() for form in forms)
        return f"{numbers.total():,} papers ({listed([f'{number:,} × {form}' for form, number in numbers.items()])})"
    alike: dict[str, list[str]] = {}
    for subject, forms in subjects.items():
        alike.setdefault(listed(forms), []).append(subject)
    return "; ".join(f"{forms} for {listed(names)}" for forms, names in alike.items())
