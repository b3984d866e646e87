"""Which paper for whom, and why not (floor 5). Pure: opens nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.columns import COHORT
from pipeline.contexts import Scope, companions_of
from pipeline.form import Form
from pipeline.model import OF_THE_HOST, Agreement, Cohort, Learner, Partner, Record
from pipeline.names import safe_name, told_apart
from pipeline.problem import Place, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One paper to make: of which form, for whom, into which file, and what holds it.

    `form` is the form's name without language and ending; `folder` the subfolder of the pack it stands in, which comes
    back in output/; `subject` tells whom it is for; `target` is the file, relative to the cohort's folder; `row` is the
    cell the paper goes back to; `key` is what stays the same over all runs (row key and form).
    """

    form: str
    folder: str
    subject: str
    target: str
    key: str
    row: Place
    learner: Learner | None
    held_by: tuple[Problem, ...]


class Status(StrEnum):
    """What became of a paper."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A blank left for the pen: the word, what it means to an officer, and the cell that would fill it."""

    word: str
    meaning: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one job. `file` is the file that was written, or left: relative to the cohort's folder."""

    job: Job
    status: Status
    file: str
    problems: tuple[Problem, ...] = ()
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A job with what it is printed from: the form in the paper's language, and what the paper may see."""

    job: Job
    form: Form
    scope: Scope
    language: str


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a paper is for: its scope, its name in the report and in the file, its key, and its row."""

    scope: Scope
    name: str
    file: str
    key: str
    row: Place
    host: Partner | None = None


def plan(cohort: Cohort, forms: Sequence[Form], problems: Iterable[Problem]) -> list[Order]:
    """Plan every paper of a cohort: of each form, for whom it is made, and what holds it.

    Forms with faults of their own make no papers; their problems say so.
    """
    held = _Held(problems)
    taken: set[str] = set()
    orders: list[Order] = []
    for (folder, name), variants in _by_name(forms).items():
        for subject in _subjects(cohort, next(iter(variants.values()))):
            language = _language(cohort, subject)
            form = variants.get(language) or variants.get(None) or next(iter(variants.values()))
            file = f"{safe_name(f'{name} - {subject.file}')}.docx"
            target = told_apart(f"{folder}/{file}" if folder else file, taken)
            job = Job(
                form=name, folder=folder, subject=subject.name, target=target, key=f"{subject.key}|{folder}/{name}",
                row=subject.row, learner=subject.scope.learner,
                held_by=held.of(_made_of(cohort, subject.scope, form.frequency), _taken_over(subject.scope)),
            )  # fmt: skip
            orders.append(Order(job=job, form=form, scope=subject.scope, language=language))
    return orders


def _by_name(forms: Sequence[Form]) -> Mapping[tuple[str, str], dict[str | None, Form]]:
    found: dict[tuple[str, str], dict[str | None, Form]] = {}
    for form in sorted(forms, key=lambda each: (each.folder, each.name, each.language or "")):
        if form.usable:
            found.setdefault((form.folder, form.name), {})[form.language] = form
    return found


def _language(cohort: Cohort, subject: _Subject) -> str:
    if cohort.language == OF_THE_HOST:
        return (subject.host.language if subject.host else None) or "en"
    return cohort.language or "en"


def _subjects(cohort: Cohort, form: Form) -> Iterator[_Subject]:
    if form.frequency == "learner":
        yield from _each_learner(cohort)
    elif form.frequency == "companion":
        yield from _each_companion(cohort)
    elif form.frequency == "partner":
        yield from _each_partner(cohort)
    elif form.frequency == "memorandum":
        yield from _memoranda(cohort)
    elif form.frequency == "pair":
        yield from _each_pair(cohort)
    else:
        everyone = cohort.travelling
        scope = Scope(
            partners=cohort.partners, qualifications=cohort.qualifications, units=cohort.units, learners=everyone,
            companions=cohort.companions, results=cohort.results,
        )  # fmt: skip
        yield _Subject(scope, cohort.title or cohort.id, cohort.id, "cohort", cohort.at("id"))


def _each_learner(cohort: Cohort) -> Iterator[_Subject]:
    for learner in cohort.travelling:
        stay = learner.agreement
        number = f"-{learner.mobility}" if learner.mobility > 1 else ""
        identity = f" ({learner.id}{number})" if learner.id else f" ({learner.mobility})" if number else ""
        name = f"{learner.family_name or ''} {learner.given_names or ''}".strip()
        scope = Scope(
            learner=learner, learners=(learner,), home=stay.home, host=stay.host, partners=stay.organisations,
            qualifications=(stay.qualification,) if stay.qualification else (),
            companions=companions_of(cohort, [stay.home], [stay.host, stay.workplace], [stay]),
        )  # fmt: skip
        row = learner.at("family_name")
        yield _Subject(scope, f"{name}{identity}", f"{name}{identity}", learner.key, row, stay.host)


def _each_companion(cohort: Cohort) -> Iterator[_Subject]:
    for companion in cohort.companions:
        partners = tuple(partner for partner in (companion.home, companion.host) if partner)
        scope = Scope(
            companion=companion, companions=(companion,), home=companion.home, host=companion.host, partners=partners,
        )  # fmt: skip
        name = companion.name or "without a name"
        yield _Subject(scope, name, name, f"companion {name}", companion.at("name"), companion.host)


def _each_partner(cohort: Cohort) -> Iterator[_Subject]:
    for partner in cohort.partners:
        learners = tuple(each for each in cohort.travelling if partner in each.agreement.organisations)
        if partner.roles and set(partner.roles) <= {"other"} and not learners:
            continue
        scope = _scope_of(cohort, learners, partner=partner, partners=(partner,))
        name = partner.name or partner.id
        host = partner if "host" in partner.roles else None
        yield _Subject(scope, name, name, f"partner {partner.id}", partner.at("name"), host)


def _each_pair(cohort: Cohort) -> Iterator[_Subject]:
    pairs: dict[tuple[int, int], list[Learner]] = {}
    for learner in cohort.travelling:
        if learner.agreement.home and learner.agreement.host:
            pairs.setdefault((id(learner.agreement.home), id(learner.agreement.host)), []).append(learner)
    homes = {home for home, _ in pairs}
    for learners in pairs.values():
        stay = learners[0].agreement
        home, host = stay.home, stay.host
        if home is None or host is None:
            continue
        scope = _scope_of(cohort, tuple(learners), home=home, host=host, partners=(home, host))
        name = host.name or host.id
        file = f"{home.name or home.id} - {name}" if len(homes) > 1 else name
        yield _Subject(scope, file, file, f"pair {home.id} {host.id}", host.at("name"), host)


def _scope_of(
    cohort: Cohort, learners: tuple[Learner, ...], *, partners: tuple[Partner, ...], partner: Partner | None = None,
    home: Partner | None = None, host: Partner | None = None,
) -> Scope:  # fmt: skip
    """Put together what a partner's or a pair's paper may see: only its own learners, and their units."""
    stays = [learner.agreement for learner in learners]
    rows = {id(learner) for learner in learners}
    return Scope(
        partners=partners, partner=partner, home=home, host=host, learners=learners,
        qualifications=tuple(dict.fromkeys(stay.qualification for stay in stays if stay.qualification)),
        units=tuple(dict.fromkeys(choice.unit for stay in stays for choice in stay.choices)),
        companions=companions_of(cohort, [stay.home for stay in stays], _places(stays), stays) if stays else (),
        results=tuple(result for result in cohort.results if id(result.learner) in rows),
    )  # fmt: skip


def _places(stays: Iterable[Agreement]) -> list[Partner | None]:
    return [place for stay in stays for place in (stay.host, stay.workplace)]


def _memoranda(cohort: Cohort) -> Iterator[_Subject]:
    if cohort.signed_elsewhere:
        return
    if cohort.memorandum == "one for all":
        yield _Subject(
            Scope(
                partners=tuple(partner for partner in cohort.partners if partner.signs),
                covered=tuple(partner for partner in cohort.partners if not partner.signs),
                qualifications=cohort.qualifications,
                units=tuple(unit for unit in cohort.units if unit.for_mobility is not False),
            ),
            "all partners", cohort.id, "memorandum", cohort.at("id"),
        )  # fmt: skip
        return
    for host in cohort.partners:
        stays = [learner.agreement for learner in cohort.travelling if learner.agreement.host is host]
        if not stays:
            continue
        involved = {id(partner) for stay in stays for partner in stay.organisations}
        ours = [partner for partner in cohort.partners if id(partner) in involved or "coordinator" in partner.roles]
        taken = tuple(one for one in cohort.qualifications if any(stay.qualification is one for stay in stays))
        abroad = (unit for one in taken for unit in cohort.units_abroad(one))
        units = tuple(unit for unit in abroad if not unit.hosts or host in unit.hosts)
        name = host.name or host.id
        scope = Scope(
            partners=tuple(partner for partner in ours if partner.signs), qualifications=taken, units=units,
            covered=tuple(partner for partner in ours if not partner.signs),
        )  # fmt: skip
        yield _Subject(scope, name, f"{cohort.id} - {name}", f"memorandum {host.id}", host.at("name"), host)


_FOR_MEMORANDUM = {column.key for column in COHORT.columns if column.record == "mou"} | {"memorandum"}
_FOR_ALL = {column.key for column in COHORT.columns} - _FOR_MEMORANDUM


def _made_of(cohort: Cohort, scope: Scope, frequency: str) -> set[RowKey]:
    """Collect the rows a paper is made of: a problem in one of them holds it.

    A learner's row belongs to her own papers alone. Of sheet Cohort, the fields of the memorandum belong to the
    memorandum, and the rest to every paper; defaults hold by their cells (`_taken_over`).
    """
    fields = _FOR_ALL | _FOR_MEMORANDUM if frequency == "memorandum" else _FOR_ALL
    rows = {row_of(cohort.at(key)) for key in fields if cohort.origin.columns.get(key)}
    rows.add((cohort.origin.file, cohort.origin.sheet, None))
    records: list[Record] = [*scope.partners, *scope.covered, *scope.qualifications]
    if frequency in ("memorandum", "cohort"):
        records += scope.units
    if scope.companion:
        records.append(scope.companion)
    if scope.learner:
        stay = scope.learner.agreement
        records += [scope.learner, *(choice.unit for choice in stay.choices), *stay.units_acquired]
        rows |= {row_of(choice.at()) for choice in stay.choices}
    return rows | {row_of(record.at()) for record in records}


def _taken_over(scope: Scope) -> set[Place]:
    """Collect the cells a learner's values were taken over from: a default of Cohort, a mentor of the host."""
    return set(scope.learner.origin.inherited.values()) if scope.learner else set()


RowKey = tuple[str, str, int | None]
"""File, sheet and row: what a problem and a paper have in common."""


def row_of(place: Place) -> RowKey:
    """Give the row a place stands in."""
    return place.file, place.sheet or "", place.row


class _Held:
    """The problems that hold papers, by row, by sheet, and for the whole workbook."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._by_row: dict[RowKey, list[Problem]] = {}
        self._all: list[Problem] = []
        for problem in problems:
            if not problem.holds or problem.place.spot:
                continue
            if problem.place.sheet is None:
                self._all.append(problem)
            else:
                self._by_row.setdefault(row_of(problem.place), []).append(problem)

    def of(self, rows: set[RowKey], cells: set[Place]) -> tuple[Problem, ...]:
        """Give what holds a paper made of these rows, and of these single cells of other rows."""
        found = dict.fromkeys(self._all)
        for row in rows | {(file, sheet, None) for file, sheet, _ in rows}:
            found.update(dict.fromkeys(self._by_row.get(row, ())))
        for cell in cells:
            found.update(dict.fromkeys(each for each in self._by_row.get(row_of(cell), ()) if each.place == cell))
        return tuple(sorted(found, key=_reading_order))


def _reading_order(problem: Problem) -> tuple[str, int, str]:
    return problem.place.sheet or "", problem.place.row or 0, problem.place.cell or ""
