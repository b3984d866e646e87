"""For whom a form is made, and what each paper may see (floor 5). Pure.

Whose data a paper sees is privacy: a learner's paper her own; a partner's or a pair's only its own learners and their
units; a memorandum no learners; a paper made once a cohort all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as later

from pipeline.contexts import Scope
from pipeline.model import Agreement, Cohort, Learner, Partner, Result
from pipeline.problem import Place
from pipeline.reckoning import companions_of
from pipeline.tally import by_learner


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom one paper is for. Every form that is made as often shares these, so that many forms take little room.

    `name` is how a person calls it; `end` is the learner's number, which no file name loses; `file` is what the file
    name says instead of the name; `key` stays the same over all runs; `row` is the cell the paper goes back to; `host`
    decides the language where papers are in the language of the host.
    """

    scope: Scope
    name: str
    key: str
    row: Place
    end: str = ""
    file: str = ""
    host: Partner | None = None
    subject: str = later(init=False)
    """How the report calls whom the paper is for: the name with its end."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "subject", f"{self.name} {self.end}".strip())


def addressees(cohort: Cohort, frequency: str) -> Iterator[Addressee]:
    """List for whom a form of this frequency is made, in the order of the sheets."""
    return _EACH[frequency](cohort)


def how_many(cohort: Cohort, frequency: str, assessed: Container[int] | None = None) -> int:
    """Count for whom a form of this frequency is made.

    With `assessed`, the learners (by `id`) of whom there are results, only papers that name one of these are counted.
    """
    if assessed is not None and frequency != "learner":
        return sum(1 for one in addressees(cohort, frequency) if is_assessed(one.scope, assessed))
    if assessed is not None:
        return sum(id(learner) in assessed for learner in cohort.travelling)
    if frequency in ("learner", "companion"):
        return len(cohort.travelling if frequency == "learner" else cohort.companions)
    return sum(1 for _ in addressees(cohort, frequency))


def is_assessed(scope: Scope, assessed: Container[int]) -> bool:
    """Say whether there are results of a learner whom a paper may name."""
    return any(id(learner) in assessed for learner in scope.learners)


def _everyone(cohort: Cohort) -> Iterator[Addressee]:
    rows = {id(learner) for learner in cohort.travelling}
    scope = Scope(
        partners=cohort.partners, qualifications=cohort.qualifications, units=cohort.units,
        learners=cohort.travelling, companions=cohort.companions,
        results=tuple(result for result in cohort.results if id(result.learner) in rows),
    )  # fmt: skip
    yield Addressee(
        scope=scope, name=cohort.title or cohort.id, file=cohort.id, key="cohort", row=cohort.at("id"),
    )  # fmt: skip


def _each_learner(cohort: Cohort) -> Iterator[Addressee]:
    results = by_learner(cohort.results)
    for learner in cohort.travelling:
        yield Addressee(
            scope=_hers(cohort, learner, results), name=_name(learner), end=_end(learner), key=learner.key,
            row=learner.at("family_name"), host=learner.agreement.host,
        )  # fmt: skip


def _each_result(cohort: Cohort) -> Iterator[Addressee]:
    """One for each unit that was achieved as a whole; what was achieved in part has no paper of its own."""
    travelling, results = {id(learner) for learner in cohort.travelling}, by_learner(cohort.results)
    for result in cohort.results:
        learner, unit = result.learner, result.unit
        if learner is None or unit is None or id(learner) not in travelling:
            continue
        if result.result == "achieved" and not result.learning_outcome:
            yield Addressee(
                scope=replace(_hers(cohort, learner, results), result=result, units=(unit,)), name=_name(learner),
                end=f"{_end(learner)} {unit.id}".strip(), key=f"{learner.key} {unit.id}", row=result.at("unit"),
                host=learner.agreement.host,
            )  # fmt: skip


def _hers(cohort: Cohort, learner: Learner, results: Mapping[int, Sequence[Result]]) -> Scope:
    """Put together what a paper for one learner may see: her own data."""
    stay = learner.agreement
    return Scope(
        learner=learner, learners=(learner,), home=stay.home, host=stay.host, partners=stay.organisations,
        qualifications=(stay.qualification,) if stay.qualification else (),
        companions=companions_of(cohort, [stay.home], [stay.host, stay.workplace], [stay]),
        results=tuple(results.get(id(learner), ())),
    )  # fmt: skip


def _name(learner: Learner) -> str:
    return f"{learner.family_name or ''} {learner.given_names or ''}".strip()


def _end(learner: Learner) -> str:
    number = f"-{learner.mobility}" if learner.mobility > 1 else ""
    return f"({learner.id}{number})" if learner.id else f"({learner.mobility})" if number else ""


def _each_qualification(cohort: Cohort) -> Iterator[Addressee]:
    for one in cohort.qualifications:
        units = cohort.units_of(one)
        hosts = dict.fromkeys(host for unit in units for host in unit.hosts)
        yield Addressee(
            scope=Scope(qualification=one, qualifications=(one,), units=units, partners=tuple(hosts)),
            name=one.title or one.id, key=f"qualification {one.id}", row=one.at("title"),
        )  # fmt: skip


def _each_companion(cohort: Cohort) -> Iterator[Addressee]:
    for companion in cohort.companions:
        partners = tuple(partner for partner in (companion.home, companion.host) if partner)
        scope = Scope(
            companion=companion, companions=(companion,), home=companion.home, host=companion.host, partners=partners,
        )  # fmt: skip
        name = companion.name or "without a name"
        yield Addressee(
            scope=scope, name=name, key=f"companion {name}", row=companion.at("name"), host=companion.host,
        )  # fmt: skip


def _each_partner(cohort: Cohort) -> Iterator[Addressee]:
    for partner in cohort.partners:
        learners = tuple(each for each in cohort.travelling if partner in each.agreement.organisations)
        if partner.roles and set(partner.roles) <= {"other"} and not learners:
            continue
        yield Addressee(
            scope=_scope_of(cohort, learners, partner=partner, partners=(partner,)), name=partner.name or partner.id,
            key=f"partner {partner.id}", row=partner.at("name"), host=partner if "host" in partner.roles else None,
        )  # fmt: skip


def _each_pair(cohort: Cohort) -> Iterator[Addressee]:
    pairs: dict[tuple[int, int], tuple[Partner, Partner, list[Learner]]] = {}
    for learner in cohort.travelling:
        home, host = learner.agreement.home, learner.agreement.host
        if home and host:
            pairs.setdefault((id(home), id(host)), (home, host, []))[2].append(learner)
    homes = {home for home, _ in pairs}
    for home, host, learners in pairs.values():
        name = host.name or host.id
        yield Addressee(
            scope=_scope_of(cohort, tuple(learners), home=home, host=host, partners=(home, host)),
            name=f"{home.name or home.id} - {name}" if len(homes) > 1 else name,
            key=f"pair {home.id} {host.id}", row=host.at("name"), host=host,
        )  # fmt: skip


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


def _memoranda(cohort: Cohort) -> Iterator[Addressee]:
    """One memorandum for all, or one for each host that learners go to; none where it is signed already."""
    if cohort.signed_elsewhere:
        return
    if cohort.memorandum == "one for all":
        scope = Scope(
            partners=tuple(partner for partner in cohort.partners if partner.signs),
            covered=tuple(partner for partner in cohort.partners if not partner.signs),
            qualifications=cohort.qualifications,
            units=tuple(unit for unit in cohort.units if unit.for_mobility is not False),
        )  # fmt: skip
        yield Addressee(scope=scope, name="all partners", file=cohort.id, key="memorandum", row=cohort.at("id"))
        return
    for host in cohort.partners:
        stays = [learner.agreement for learner in cohort.travelling if learner.agreement.host is host]
        if stays:
            name = host.name or host.id
            yield Addressee(
                scope=_with_host(cohort, host, stays), name=name, file=f"{cohort.id} - {name}",
                key=f"memorandum {host.id}", row=host.at("name"), host=host,
            )  # fmt: skip


def _with_host(cohort: Cohort, host: Partner, stays: list[Agreement]) -> Scope:
    """Put together what the memorandum with one host may see: the organisations of its stays, and what it offers."""
    involved = {id(partner) for stay in stays for partner in stay.organisations}
    ours = [partner for partner in cohort.partners if id(partner) in involved or "coordinator" in partner.roles]
    taken = tuple(one for one in cohort.qualifications if any(stay.qualification is one for stay in stays))
    abroad = (unit for one in taken for unit in cohort.units_abroad(one))
    return Scope(
        partners=tuple(partner for partner in ours if partner.signs), qualifications=taken,
        units=tuple(unit for unit in abroad if not unit.hosts or host in unit.hosts),
        covered=tuple(partner for partner in ours if not partner.signs),
    )  # fmt: skip


_EACH: Mapping[str, Callable[[Cohort], Iterator[Addressee]]] = {
    "result": _each_result, "qualification": _each_qualification,
    "learner": _each_learner, "companion": _each_companion, "partner": _each_partner, "memorandum": _memoranda,
    "pair": _each_pair, "cohort": _everyone,
}  # fmt: skip
