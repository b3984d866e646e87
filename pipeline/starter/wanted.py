"""What forms ask for, as the sheets and columns that a workbook for them needs (floor 7).

Kept besides: what every row needs, what says whom a paper is for, and what the checks ask for in any case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.asked import asked_of
from pipeline.columns import LEARNERS, SHEETS, Column, Sheet, own_column
from pipeline.form import Form, opened
from pipeline.form.paths import kind_of, paths_in
from pipeline.room import Room
from pipeline.vocabulary import RECORDS

ALWAYS: Mapping[str, frozenset[str]] = {
    "Cohort": frozenset({"title", "activity", "language", "templates", "date_order", "adult_age", "draft", "date",
                         "memorandum"}),
    "Partners": frozenset({"address", "telephone", "email", "language", "contact_person", "mentor", "mentor_telephone",
                           "mentor_email", "signatory", "signatory_role"}),
    "Qualifications": frozenset({"country"}),
    "Units": frozenset({"points"}),
    "Learners": frozenset({"id", "mobility", "status", "guardian", "guardian_telephone", "guardian_email"}),
    "Unit choices": frozenset({"mobility", "scope", "part", "points"}),
    "Accompanying": frozenset({"role", "home", "host", "start", "end"}),
    "Results": frozenset({"mobility", "learning_outcome", "result"}),
    "Job profiles": frozenset({"employer", "weight", "matches"}),
}  # fmt: skip
"""Columns that are kept although they may be blank: they say who, where and when, or the checks ask for them."""

ALSO: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("agreement", "mentor"): (("Partners", "mentor"),),
    ("agreement", "mentor_telephone"): (("Partners", "mentor_telephone"),),
    ("agreement", "mentor_email"): (("Partners", "mentor_email"),),
    ("agreement", "assessor"): (("Partners", "assessor"), ("Unit choices", "assessor")),
    ("agreement", "assessor_role"): (("Partners", "assessor_role"), ("Unit choices", "assessor_role")),
    ("agreement", "activities"): (("Units", "activities"),),
    ("agreement", "assessment_method"): (("Units", "assessment_method"),),
    ("unit", "assessor"): (("Learners", "assessor"), ("Partners", "assessor")),
    ("unit", "assessor_role"): (("Learners", "assessor_role"), ("Partners", "assessor_role")),
    ("unit", "assessment_date"): (("Learners", "assessment_date"),),
    ("agreement", "points_remaining"): (("Qualifications", "points"), ("Units", "for_mobility")),
}  # fmt: skip
"""Words that are fed by other columns too, where their own is blank."""

ONLY_IF: Mapping[str, tuple[frozenset[str], frozenset[tuple[str, str]]]] = {
    "Unit choices": (frozenset(), frozenset({
        ("unit", "scope"), ("unit", "part"), ("unit", "assessor"), ("unit", "assessor_role"),
        ("unit", "assessment_date"),
    })),
    "Accompanying": (frozenset({"companions", "companion"}), frozenset()),
    "Results": (frozenset({"results"}), frozenset({("unit", "result"), ("learner", "results")})),
    "Job profiles": (frozenset(), frozenset()),
}  # fmt: skip
"""Sheets that stand in a workbook only if a form begins with one of these, or asks for one of those words."""

OUTCOMES = ("learning_outcomes", "knowledge", "skills", "competence")
"""The columns of which every unit fills one; the first where no form asks for any."""

OF_RECORD: Mapping[str, str] = {
    "learner": "Learners", "agreement": "Learners", "partner": "Partners", "qualification": "Qualifications",
    "unit": "Units",
}  # fmt: skip
"""The sheet that a record's own columns stand in."""

Asked = frozenset[tuple[str, str]]
"""Words that forms ask for, printed or in a condition: record and key."""


def open_forms(given: Sequence[str]) -> list[Form]:
    """Open the forms named on the command line: files, folders of them, or sets of forms by their names.

    Raises CannotContinue where one is not there, or a folder holds no form.
    """
    room = Room(Path())
    return [form for name in given for form in opened(room.find_form(name))]


def set_of(given: Sequence[str]) -> str:
    """Give the name of the set in templates/ that all these forms are of; empty where they are of none, or of several.

    Raises CannotContinue where one is not there.
    """
    room = Room(Path())
    templates = room.templates.resolve()
    paths = [room.find_form(name).resolve() for name in given]
    sets = {path.relative_to(templates).parts[:1] if path.is_relative_to(templates) else () for path in paths}
    name = "".join(sets.pop()) if len(sets) == 1 else ""
    return name if name in room.packs() else ""


def sheets_for(forms: Sequence[Form]) -> tuple[Sheet, ...]:
    """Give the sheets of the contract with the columns that these forms need; those asked for are not folded away."""
    words = frozenset(word for form in forms for word in _words(form))
    roots = frozenset(root for form in forms for root in form.understood.free)
    fed = {(sheet.name, column.key) for sheet in SHEETS for column in sheet.columns if _feeds(column, words, roots)}
    fed |= {also for word in words for also in ALSO.get(word, ())}
    if not any(("Units", key) in fed for key in OUTCOMES):
        fed.add(("Units", OUTCOMES[0]))
    if "mou" in roots:
        fed.add(("Partners", "signs_memorandum"))
    own = {(OF_RECORD[record], name) for form in forms for record, name in _own(form) if record in OF_RECORD}
    return tuple(
        replace(sheet, columns=(
            *_kept(sheet, frozenset(key for name, key in fed if name == sheet.name)),
            *(own_column(name) for of, name in sorted(own) if of == sheet.name),
        ))
        for sheet in SHEETS if _is_wanted(sheet, words, roots)
    )  # fmt: skip


def _own(form: Form) -> Iterator[tuple[str, str]]:
    """List the columns of one's own that a form asks for, or that the map of an untouched form proposes."""
    yield from form.wished
    for asked in asked_of(form):
        if asked.own:
            yield asked.record, asked.name


def _is_wanted(sheet: Sheet, words: Asked, roots: frozenset[str]) -> bool:
    if sheet.name not in ONLY_IF:
        return True
    beginnings, asking = ONLY_IF[sheet.name]
    return bool(beginnings & roots or asking & words)


def _kept(sheet: Sheet, fed: frozenset[str]) -> Iterator[Column]:
    for column in sheet.columns:
        if column.key in fed:
            yield replace(column, rare=False)
        elif column.required or column.key in ALWAYS[sheet.name]:
            yield column


def _feeds(column: Column, words: Asked, roots: frozenset[str]) -> bool:
    """Say whether a column feeds one of the words; a formula is fed by the column it counts with."""
    if column in LEARNERS.columns and column.record == column.key:  # a reference to an organisation: Employer
        return column.key in roots or ("learner", column.key) in words
    return any(
        record == column.record and column.key in (key, RECORDS[record][key].source) for record, key in words
    )  # fmt: skip


def _words(form: Form) -> Iterator[tuple[str, str]]:
    """List the words that a form prints, repeats or looks at, also those of a form that has faults."""
    for asked in asked_of(form):
        record, _, key = asked.word.partition(".")
        if key in RECORDS.get(record, {}):
            yield record, key
    for part in form.prepared:
        for way in paths_in(part.tree):
            for at in range(1, len(way) - 1):  # learner.employer.name asks for learner.employer too
                yield kind_of(way[:at], {}), way[at]


def faults_of(forms: Sequence[Form]) -> Iterator[str]:
    """Say of each form with faults that only what could be understood of it was used, and what is wrong."""
    for form in forms:
        faults = [problem for problem in form.problems if problem.holds]
        if faults:
            what = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
            yield (
                f"“{form.file}” has {what}, so columns may be missing for what could not be understood of it. "
                f"{faults[0].place}: {faults[0].message} {faults[0].advice}".rstrip()
            )
