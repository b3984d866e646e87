"""Which paper for whom, and why not (floor 5). Pure: opens nothing, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.addressees import Addressee, addressees, how_many, is_assessed
from pipeline.contexts import Scope
from pipeline.form import Form
from pipeline.form.opening import paper_as_form, unusable_form
from pipeline.holds import Holds
from pipeline.jobs import Job
from pipeline.model import OF_THE_HOST, Cohort
from pipeline.names import Taken, safe_name, told_apart
from pipeline.notices import no_form_for_amendments
from pipeline.problem import Problem

_NO_FORM = {unusable_form.meaning.code, paper_as_form.meaning.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A job with what it is printed from: the form in the paper's language, and what the paper may see.

    `amends` is the order of the agreement that an amendment changes, `earlier` the keys of what may have changed it
    before, the last amendment first, the agreement itself at the end.
    """

    job: Job
    form: Form
    scope: Scope
    language: str
    amends: Order | None = None
    earlier: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Plan:
    """Every paper of a cohort, each worked out when it is asked for: all at once would take more room than the cohort.

    All papers for one learner (or host, or companion) come together, in the order of their forms. The papers of a form
    with faults wait for the form; where only its variant for one language has faults, the papers in that language wait.
    What is no form at all has no papers. A learner's agreement that is amended has its amendment beside it.
    """

    cohort: Cohort
    holds: Holds
    groups: Mapping[str, Sequence[_Variants]]
    amending: Sequence[_Variants]
    assessed: Collection[int]
    """The learners, by `id`, of whom there are results."""

    def __len__(self) -> int:
        """Count the papers."""
        papers = 0
        for frequency, named in self.groups.items():
            after = sum(one.asks_results for one in named)
            papers += (len(named) - after) * how_many(self.cohort, frequency)
            papers += after * how_many(self.cohort, frequency, self.assessed) if after and self.assessed else 0
        amended = sum(bool(learner.agreement.amendment) for learner in self.cohort.travelling)
        return papers + amended * sum(one.is_agreement for one in self.groups.get("learner", ()))

    def __iter__(self) -> Iterator[Order]:
        """Give each paper's order."""
        taken = Taken()
        for frequency, named in self.groups.items():
            keys = Taken()
            for addressee in addressees(self.cohort, frequency):
                key, assessed = told_apart(addressee.key, keys), is_assessed(addressee.scope, self.assessed)
                for one in named:
                    if one.asks_results and not assessed:
                        continue
                    order = self._order(addressee, key, one, taken)
                    yield order
                    learner = addressee.scope.learner
                    if learner and learner.agreement.amendment and one.is_agreement:
                        yield self._amendment(order, addressee, one, learner.agreement.amendment, taken)

    def _order(self, addressee: Addressee, key: str, one: _Variants, taken: Taken) -> Order:
        language = one.language(self.cohort, addressee)
        form, learner = one.form_in(language), addressee.scope.learner
        file = f"{safe_name(f'{one.name} - {addressee.file or addressee.name}', addressee.end)}.docx"
        job = Job(
            form=one.name, folder=one.folder, subject=addressee.subject,
            target=told_apart(f"{one.folder}/{file}" if one.folder else file, taken),
            whose=key, row=addressee.row,
            learner=addressee.scope.learner,
            held_by=self.holds.of(addressee.scope, form) if form.usable else _faults(form),
            signed=bool(learner and (learner.agreement.signed or learner.agreement.amendment) and one.is_agreement),
        )  # fmt: skip
        return Order(job=job, form=form, scope=addressee.scope, language=language)

    def _amendment(self, of: Order, addressee: Addressee, one: _Variants, typed: str, taken: Taken) -> Order:
        """Order the amendment of an agreement, by the form that is nearest to the agreement's.

        It is the set's own form for amendments, else the agreement's own form, if it tells what is changed.
        """
        number = _number(typed)
        near = sorted(self.amending, key=lambda it: (it.folder != one.folder, not it.name.startswith(one.name)))
        tells = near[0] if near else one if one.forms and of.form.tells_changes else None
        form = tells.form_in(of.language) if tells else of.form
        name, row = f"{one.name} - amendment", of.scope.learner.at("amendment") if of.scope.learner else of.job.row
        end = f"{addressee.end} - amendment {number}".strip()
        file = f"{safe_name(f'{one.name} - {addressee.file or addressee.name}', end)}.docx"
        held = _faults(form) if not form.usable else self.holds.of(of.scope, form)
        job = Job(
            form=f"{name} {number}", folder=one.folder, subject=of.job.subject, whose=of.job.whose, row=row,
            target=told_apart(f"{one.folder}/{file}" if one.folder else file, taken), learner=of.job.learner,
            held_by=held if tells else (no_form_for_amendments(row, one.name),),
        )  # fmt: skip
        before = range(int(number) - 1, 0, -1) if number.isdecimal() else ()
        earlier = (*(f"{of.job.whose}|{one.folder}/{name} {each}" for each in before), of.job.key)
        return Order(job=job, form=form, scope=of.scope, language=of.language, amends=of, earlier=earlier)


def plan(cohort: Cohort, forms: Sequence[Form], problems: Iterable[Problem]) -> Plan:
    """Plan every paper of a cohort: of each form, for whom it is made, and what holds it."""
    groups: dict[str, list[_Variants]] = {}
    amending = []
    for one in _by_name(forms):
        if one.only_amends:
            amending.append(one)
        elif frequency := _frequency(one.forms):
            groups.setdefault(frequency, []).append(one)
    holds = Holds(cohort, problems, forms)
    assessed = {id(result.learner) for result in cohort.results}
    if holds.results_unknown:  # then what tells of results waits for everybody, and is not said to be nobody's
        assessed.update(map(id, cohort.travelling))
    return Plan(cohort=cohort, holds=holds, groups=groups, amending=amending, assessed=assessed)


def usable(forms: Sequence[Form]) -> set[str]:
    """Name the forms papers can be made of, as `form_of` reads them from the key of a job."""
    return {f"{form.folder}/{form.name}" for form in forms if form.usable}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Variants:
    """The forms of one name, by their language (None: for all others)."""

    folder: str
    name: str
    forms: dict[str | None, Form]

    def form_in(self, language: str) -> Form:
        """Find the form for a language: its variant, else the one for all."""
        return self.forms.get(language) or self.forms.get(None) or next(iter(self.forms.values()))

    def language(self, cohort: Cohort, addressee: Addressee) -> str:
        """Say in which language a paper is: the cohort's, or the host's where it says so.

        What a host fills in is in the host's language, where there is a variant for it: who cannot read it cannot mark.
        """
        host = addressee.host.language if addressee.host else None
        if host and host in self.forms and any(form.comes_back for form in self.forms.values()):
            return host
        return _language(cohort, addressee)

    @property
    def is_agreement(self) -> bool:
        """Say whether it is an agreement, which can be signed and amended."""
        return any(form.is_agreement for form in self.forms.values())

    @property
    def asks_results(self) -> bool:
        """Say whether it tells what came of the stay."""
        return any(form.asks_results for form in self.forms.values())

    @property
    def only_amends(self) -> bool:
        """Say whether it is made for nothing but amendments: it tells what is changed, and is no agreement itself."""
        return any(form.tells_changes for form in self.forms.values()) and not self.is_agreement


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


def _number(typed: str) -> str:
    """Read the number of an amendment: 1 of “1”, “No. 1” and “Amendment 1”; else what was typed."""
    found = re.search(r"[1-9]\d{0,2}", typed)
    return found[0] if found else typed


def _asks(form: Form) -> bool:
    return bool(form.understood.free) and not any(problem.code in _NO_FORM for problem in form.problems)


def _faults(form: Form) -> tuple[Problem, ...]:
    return tuple(problem for problem in form.problems if problem.holds)


def _language(cohort: Cohort, addressee: Addressee) -> str:
    if cohort.language == OF_THE_HOST:
        return (addressee.host.language if addressee.host else None) or "en"
    return cohort.language or "en"
