"""Which paper for whom, and why not (floor 5). Pure: opens nothing, writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.addressees import Addressee, addressees, how_many
from pipeline.contexts import Scope
from pipeline.form import Form
from pipeline.form.opening import paper_as_form, unusable_form
from pipeline.holds import Holds
from pipeline.jobs import Job
from pipeline.model import OF_THE_HOST, Cohort
from pipeline.names import Taken, safe_name, told_apart
from pipeline.problem import Problem

_NO_FORM = {unusable_form.meaning.code, paper_as_form.meaning.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A job with what it is printed from: the form in the paper's language, and what the paper may see."""

    job: Job
    form: Form
    scope: Scope
    language: str


@dataclass(slots=True, kw_only=True)
class Plan:
    """Every paper of a cohort, each worked out when it is asked for: all at once would take more room than the cohort.

    All papers for one learner (or host, or companion) come together, in the order of their forms. The papers of a form
    with faults wait for the form; where only its variant for one language has faults, the papers in that language wait.
    What is no form at all has no papers.
    """

    cohort: Cohort
    holds: Holds
    groups: Mapping[str, Sequence[_Variants]]

    def __len__(self) -> int:
        """Count the papers."""
        return sum(len(named) * how_many(self.cohort, frequency) for frequency, named in self.groups.items())

    def __iter__(self) -> Iterator[Order]:
        """Give each paper's order."""
        taken = Taken()
        for frequency, named in self.groups.items():
            keys = Taken()
            for addressee in addressees(self.cohort, frequency):
                key = told_apart(addressee.key, keys)
                for one in named:
                    yield self._order(addressee, key, one, taken)

    def _order(self, addressee: Addressee, key: str, one: _Variants, taken: Taken) -> Order:
        language = _language(self.cohort, addressee)
        form = one.forms.get(language) or one.forms.get(None) or next(iter(one.forms.values()))
        file = f"{safe_name(f'{one.name} - {addressee.file or addressee.name}', addressee.end)}.docx"
        job = Job(
            form=one.name, folder=one.folder, subject=addressee.subject,
            target=told_apart(f"{one.folder}/{file}" if one.folder else file, taken),
            whose=key, row=addressee.row,
            learner=addressee.scope.learner,
            held_by=self.holds.of(addressee.scope, form) if form.usable else _faults(form),
        )  # fmt: skip
        return Order(job=job, form=form, scope=addressee.scope, language=language)


def plan(cohort: Cohort, forms: Sequence[Form], problems: Iterable[Problem]) -> Plan:
    """Plan every paper of a cohort: of each form, for whom it is made, and what holds it."""
    groups: dict[str, list[_Variants]] = {}
    for one in _by_name(forms):
        if frequency := _frequency(one.forms):
            groups.setdefault(frequency, []).append(one)
    return Plan(cohort=cohort, holds=Holds(cohort, problems, forms), groups=groups)


def usable(forms: Sequence[Form]) -> set[str]:
    """Name the forms papers can be made of, as `form_of` reads them from the key of a job."""
    return {f"{form.folder}/{form.name}" for form in forms if form.usable}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variants:
    """The forms of one name, by their language (None: for all others)."""

    folder: str
    name: str
    forms: dict[str | None, Form]


def _by_name(forms: Sequence[Form]) -> list[_Variants]:
    """Put the variants of a form together."""
    found: dict[tuple[str, str], _Variants] = {}
    for form in sorted(forms, key=lambda each: (each.folder, each.name, each.language or "")):
        named = (form.folder, form.name)
        one = found.setdefault(named, _Variants(folder=form.folder, name=form.name, forms={}))
        one.forms[form.language] = form
    return list(found.values())


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
