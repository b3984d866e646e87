"""Which paper for whom, and why not (floor 5). Pure: opens nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.addressees import Addressee, addressees
from pipeline.contexts import Scope
from pipeline.form import Form
from pipeline.form.opening import paper_as_form, unusable_form
from pipeline.holds import Holds
from pipeline.jobs import Job
from pipeline.model import OF_THE_HOST, Cohort
from pipeline.names import safe_name, told_apart
from pipeline.problem import Problem

_NO_FORM = {unusable_form.meaning.code, paper_as_form.meaning.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A job with what it is printed from: the form in the paper's language, and what the paper may see."""

    job: Job
    form: Form
    scope: Scope
    language: str


def plan(cohort: Cohort, forms: Sequence[Form], problems: Iterable[Problem]) -> list[Order]:
    """Plan every paper of a cohort: of each form, for whom it is made, and what holds it.

    The papers of a form with faults wait for the form; where only its variant for one language has faults, the papers
    in that language wait. What is no form at all has no papers.
    """
    holds = Holds(cohort, problems, forms)
    taken: set[str] = set()
    keys: set[str] = set()
    orders: list[Order] = []
    whom: dict[str, list[Addressee]] = {}
    for (folder, name), variants in _by_name(forms).items():
        frequency = _frequency(variants)
        if frequency and frequency not in whom:
            whom[frequency] = list(addressees(cohort, frequency))
        for addressee in whom[frequency] if frequency else ():
            language = _language(cohort, addressee)
            form = variants.get(language) or variants.get(None) or next(iter(variants.values()))
            file = f"{safe_name(f'{name} - {addressee.file or addressee.name}', addressee.end)}.docx"
            job = Job(
                form=name, folder=folder, subject=addressee.subject,
                target=told_apart(f"{folder}/{file}" if folder else file, taken),
                key=f"{told_apart(addressee.key, keys)}|{folder}/{name}", row=addressee.row,
                learner=addressee.scope.learner,
                held_by=holds.of(addressee.scope, form) if form.usable else _faults(form),
            )  # fmt: skip
            orders.append(Order(job=job, form=form, scope=addressee.scope, language=language))
        keys.clear()
    return orders


def usable(forms: Sequence[Form]) -> set[str]:
    """Name the forms papers can be made of, as `form_of` reads them from the key of a job."""
    return {f"{form.folder}/{form.name}" for form in forms if form.usable}


def _by_name(forms: Sequence[Form]) -> Mapping[tuple[str, str], dict[str | None, Form]]:
    """Put the variants of a form together."""
    found: dict[tuple[str, str], dict[str | None, Form]] = {}
    for form in sorted(forms, key=lambda each: (each.folder, each.name, each.language or "")):
        found.setdefault((form.folder, form.name), {})[form.language] = form
    return found


def _frequency(variants: Mapping[str | None, Form]) -> str:
    """Say how often a form is made; where all its variants have faults, by the words that could be read, if any."""
    usable = [form.frequency for form in variants.values() if form.usable]
    return next(iter(usable or [form.frequency for form in variants.values() if _asks(form)]), "")


def _asks(form: Form) -> bool:
    return bool(form.understood.free) and not any(problem.code in _NO_FORM for problem in form.problems)


def _faults(form: Form) -> tuple[Problem, ...]:
    return tuple(problem for problem in form.problems if problem.holds)


def _language(cohort: Cohort, addressee: Addressee) -> str:
    if cohort.language == OF_THE_HOST:
        return (addressee.host.language if addressee.host else None) or "en"
    return cohort.language or "en"
