"""What a paper waits for: the problems in the cells it is made of (floor 5). Pure.

A learner's error holds that learner's papers alone. An organisation's row holds every paper with that organisation, a
field of the memorandum the memorandum, a default the papers of those who took it over, a problem of a whole sheet every
paper made of that sheet, and one of the whole workbook all of them. Where nobody knows where a learner goes, the lists
that she may belong on wait too: else they would be sent without her. What a rule says in her row of how the stay went
holds the papers of after the stay alone: what was agreed before it is not asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.columns import ACHIEVEMENTS, COHORT, SHEETS
from pipeline.contexts import Scope
from pipeline.form import Form
from pipeline.lettering import column_of
from pipeline.model import Cohort, Learner, Partner, Record
from pipeline.problem import LEARNERS_FILE, Place, Problem
from pipeline.repeated import AGAIN
from pipeline.sheets import sheet_called

RowKey = tuple[str, str, int | None]
"""File, sheet and row: what a problem and a paper have in common."""

_SHEETS = {sheet.name: number for number, sheet in enumerate(SHEETS)}
_FOR_MEMORANDUM = {column.key for column in COHORT.columns if column.record == "mou"} | {"memorandum"}
_FOR_ALL = {column.key for column in COHORT.columns} - _FOR_MEMORANDUM
"""The other fields of sheet Cohort are defaults, and fields of the officer's own."""

_OF_UNITS = {
    "agreement.points", "agreement.points_before", "agreement.points_already_held", "agreement.points_after",
    "agreement.points_remaining", "agreement.units_acquired", "agreement.activities", "agreement.assessment_method",
    "learner.points_held", "learner.points_remaining",
}  # fmt: skip
"""Words of a learner that may come from its units."""

_OF_THE_REGISTER = {
    "agreement.points_before", "agreement.points_already_held", "agreement.points_after", "agreement.points_remaining",
    "agreement.units_acquired", "learner.achievements", "learner.remaining", "learner.points_held",
    "learner.points_remaining",
}  # fmt: skip
"""Words of a learner that the learner register has a part in."""

_OF_RESULTS = {"learner.achievements", "learner.remaining", "learner.points_held", "learner.points_remaining"}
"""Words that count what her own cohort recognised too (an agreement's do not: they are of before the stay)."""

_NOBODYS = ("Unit choices", "Results", "Accompanying", ACHIEVEMENTS.name)
"""Sheets of which nobody knows whose rows are missing where one of them as a whole is not understood."""

_AFTERWARDS = "R"
"""With what letter the codes of the rules begin that look at what came of a stay."""

_PLACES = {"home": "home", "host": "host", "workplace": "company", "employer": "employer",
           "intermediary": "intermediary"}  # fmt: skip
"""The organisations of a stay, and the role of those that may be meant where a cell does not say which."""


def row_of(place: Place) -> RowKey:
    """Give the row a place stands in."""
    return place.file, place.sheet or "", place.row


def sheet_of(cohort: Cohort, place: Place) -> str | None:
    """Name the sheet of the contract that a place stands on, also where the officer calls it otherwise."""
    meant = sheet_called(place.sheet) if place.sheet else None
    return cohort.called.get((place.file, place.sheet)) or (meant.name if meant else None)


class Holds:
    """The problems that hold papers: those of a row, of a whole sheet, of the memorandum, and of everything."""

    def __init__(self, cohort: Cohort, problems: Iterable[Problem], forms: Iterable[Form]) -> None:
        self._cohort = cohort
        self._by_row: dict[RowKey, list[Problem]] = {}
        self._all: list[Problem] = []
        self._memorandum: list[Problem] = []
        self._whole: dict[str, list[Problem]] = {name: [] for name in _NOBODYS}
        self._asked: dict[int, frozenset[str]] = {}
        fields = {cell: key for key, cell in cohort.origin.columns.items()}
        tables = {_table(one) for one in cohort.learners}
        self._flat = tables & {_table(one) for one in (*cohort.partners, *cohort.qualifications, *cohort.units)}
        of_forms = {problem for form in forms for problem in form.problems}
        for problem in problems:
            if problem.holds and problem not in of_forms:
                self._shelf(problem, fields).append(problem)
        self._nothing = not (self._all or self._memorandum or self._by_row or any(self._whole.values()))
        self._filled = {(key, id(getattr(one.agreement, key))) for one in cohort.travelling for key in _PLACES}
        self._astray = [(one, unknown) for one in cohort.travelling if (unknown := self._unknown(one))]

    @property
    def results_unknown(self) -> bool:
        """Say whether nobody knows of whom there are results: a sheet of them could not be understood."""
        return bool(self._all or self._whole["Results"])

    def _unknown(self, learner: Learner) -> frozenset[str]:
        """Name the organisations of a stay that its cells do not tell: unreadable, or nobody's name."""
        return frozenset(
            key for key in _PLACES if getattr(learner.agreement, key) is None and self._at(learner.at(key))
        )

    def _shelf(self, problem: Problem, fields: dict[str, str]) -> list[Problem]:
        """Find where a problem belongs; a field of sheet Cohort that stands twice is nobody's, and holds all."""
        place = problem.place
        registered = place.file.lower() == LEARNERS_FILE and place.row is None
        if registered or place.sheet is None:
            return self._whole[ACHIEVEMENTS.name] if registered else self._all
        if (place.file, place.sheet) == (self._cohort.origin.file, self._cohort.origin.sheet):
            key = fields.get(place.cell or "")
            if key in _FOR_MEMORANDUM:
                return self._memorandum
            if key is None:
                flat = (place.file, place.sheet) in self._flat and place.row is not None
                return self._by_row.setdefault(row_of(place), []) if flat else self._all
            if key in _FOR_ALL or key.startswith(AGAIN):
                return self._all
        sheet = sheet_of(self._cohort, place) if place.row is None else None
        if sheet in self._whole:
            return self._whole[sheet]
        return self._by_row.setdefault(row_of(place), [])

    def of(self, scope: Scope, form: Form) -> tuple[Problem, ...]:
        """Give what holds a paper of this form for these records: also the single cells its values were taken from."""
        if self._nothing:
            return ()
        found = dict.fromkeys(self._all)
        if form.frequency == "memorandum":
            found.update(dict.fromkeys(self._memorandum))
        asked = self._asked_by(form)
        if scope.learner:  # nobody knows whose rows are missing from a sheet that could not be understood
            found.update(dict.fromkeys(self._whole["Unit choices"]))
        if "achievement" in asked:  # nobody knows what anybody holds already
            found.update(dict.fromkeys(self._whole[ACHIEVEMENTS.name]))
        if "result" in asked:
            found.update(dict.fromkeys(self._whole["Results"]))
        if "companion" in asked or scope.companion:
            found.update(dict.fromkeys(self._whole["Accompanying"]))
        records = list(self._records(scope, form))
        if self._flat:  # rows hold several records: what is wrong with one of them holds no papers of the others
            for record in records:
                found.update(dict.fromkeys(self._of_flat(record)))
        rows = {_row(record) for record in records if _table(record) not in self._flat or record is scope.learner}
        if scope.learner:
            rows |= {row_of(choice.at()) for choice in scope.learner.agreement.choices}
        sheets = {
            (file, sheet, None)
            for file, sheet, _ in (*rows, *map(_row, records), *(row_of(one.at()) for one in scope.learners[:1]))
        }
        for row in rows | sheets:
            found.update(dict.fromkeys(self._by_row.get(row, ())))
        cells = scope.learner.origin.inherited.values() if scope.learner else self._of_the_missing(scope, form)
        for cell in cells:
            found.update(dict.fromkeys(self._at(cell)))
        return tuple(sorted((each for each in found if not _comes_later(each, scope, form)), key=_reading_order))

    def _of_flat(self, record: Record) -> Iterator[Problem]:
        """Give what is wrong with a record on learners' rows: in its own columns, and where it stands again."""
        letters = set(record.origin.columns.values())
        for problem in self._by_row.get(_row(record), ()) if _table(record) in self._flat else ():
            cell = problem.place.cell
            if cell and column_of(cell) in letters:
                yield problem
        for place in record.origin.inherited.values():
            yield from self._at(place)

    def _at(self, cell: Place) -> list[Problem]:
        """Give what is wrong with one cell; nothing where there is no such column."""
        return [] if cell.cell is None else [each for each in self._by_row.get(row_of(cell), ()) if each.place == cell]

    def _of_the_missing(self, scope: Scope, form: Form) -> Iterator[Place]:
        """Give the cells that do not say where a learner belongs who may be missing from this paper for several."""
        for learner, unknown in self._astray:
            home, host = learner.agreement.home, learner.agreement.host
            if form.frequency == "pair" and home in (None, scope.home) and host in (None, scope.host):
                yield from (learner.at(key) for key in ("home", "host") if key in unknown)
            elif form.frequency == "partner" and scope.partner:
                ours = {"host"} if home is scope.partner else set()
                ours |= {key for key in unknown if self._may_be(key, scope.partner)}
                yield from (learner.at(key) for key in sorted(unknown & ours))

    def _may_be(self, key: str, partner: Partner) -> bool:
        return _PLACES[key] in partner.roles or (key, id(partner)) in self._filled

    def _records(self, scope: Scope, form: Form) -> Iterator[Record]:
        """List the records a paper is made of; units, companions and results where the form asks for them.

        In a paper for several, a learner's own row is none of them: her error leaves her line blank.
        """
        asked = self._asked_by(form)
        yield from (*scope.partners, *scope.covered, *scope.qualifications)
        if scope.companion:
            yield scope.companion
        if scope.learner:
            stay = scope.learner.agreement
            yield scope.learner
            if "unit" in asked:  # a card with telephones does not wait for what a unit lacks
                yield from (*(choice.unit for choice in stay.choices), *stay.units_acquired)
            if "achievement" in asked:
                yield from scope.learner.achievements
        elif form.frequency == "memorandum" or "unit" in asked:
            yield from scope.units
        if "companion" in asked:
            yield from scope.companions
        if "result" in asked:
            yield from scope.results

    def _asked_by(self, form: Form) -> frozenset[str]:
        """Name the kinds of records whose words a form prints, wherever in it."""
        if id(form) not in self._asked:
            words = {blank.word for blank in form.understood.blanks}
            anywhere = words.union(form.wording.words)  # of a loop's word only what is printed in it is a blank
            kinds = {word.partition(".")[0] for word in words} | ({"result"} if form.asks_results else set())
            kinds |= {"unit"} if words & _OF_UNITS else set()
            kinds |= {"achievement"} if anywhere & _OF_THE_REGISTER else set()
            kinds |= {"result"} if anywhere & _OF_RESULTS else set()
            self._asked[id(form)] = frozenset(kinds)
        return self._asked[id(form)]


def _comes_later(problem: Problem, scope: Scope, form: Form) -> bool:
    """Say whether an error in a learner's row is of what came of the stay, which an agreement does not tell.

    What holds the papers of after the stay has a code with R.
    """
    if form.asks_results or scope.learner is None or not problem.code.startswith(_AFTERWARDS):
        return False
    return row_of(problem.place) == _row(scope.learner)


def _table(record: Record) -> tuple[str, str]:
    return record.origin.file, record.origin.sheet


def _row(record: Record) -> RowKey:
    return record.origin.file, record.origin.sheet, record.origin.row


def _reading_order(problem: Problem) -> tuple[int, int, int, str]:
    """Sort as one walks through the workbook: AC3 stands after F3."""
    place = problem.place
    return _SHEETS.get(place.sheet or "", -1), place.row or 0, len(place.cell or ""), place.cell or ""
