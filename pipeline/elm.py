"""Recognised results as data of the European Learning Model: an unsigned European Digital Credential (floor 2). Pure.

What is said is what the home college recognised, for one learner; what host and college only noted stays with them.
A credential counts when the college has sealed it, which no program of this kind can do.

Source: European Commission, European Learning Model 3.2, application profile EDC; names of properties and what is
needed are those of its JSON schema (`tests/elm`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.achievements import is_recognised
from pipeline.concepts import SNB, Node, Words, concept, language, moment
from pipeline.model import Cohort, Learner, Partner, Qualification, Result, Unit
from pipeline.spelling import bare

VERSION = "3.2"
"""The European Learning Model that is written."""

ENDING = ".jsonld"

_CONTEXT = ("https://www.w3.org/2018/credentials/v1", f"{SNB}/model/context/edc-ap")
_TYPES = ("VerifiableCredential", "VerifiableAttestation", "EuropeanDigitalCredential")
_PROFILE = "Generic", f"{SNB}/credential/e34929035b", f"{SNB}/credential/25831c2"
_TITLE = "Learning outcomes recognised after a stay abroad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A row of a learner with what came of it: `results` are all her results of this stay, recognised or not."""

    learner: Learner
    home: Partner
    results: Sequence[Result]


def stays_of(rows: Iterable[Learner], results: Iterable[Result]) -> list[Stay]:
    """Find the stays of one person in which something was recognised; `results` are those of the cohort."""
    every = list(results)
    found = []
    for learner in rows:
        hers = [result for result in every if result.learner is learner and result.unit]
        home = learner.agreement.home
        if home and any(map(is_recognised, hers)):
            found.append(Stay(learner=learner, home=home, results=hers))
    return found


def credential(cohort: Cohort, stays: Sequence[Stay]) -> Node:
    """Write the credential of one person from her stays (at least one, see `stays_of`).

    Dates are those of the recognition, so that the same data give the same credential on any day. Identifiers are made
    of the row's key and tell nothing of the person.
    """
    words = Words(cohort, stays[0].home)
    claims = [claim for stay in stays for claim in _claims(stay, words)]
    last = moment(max(_recognised_on(result) for stay in stays for result in stay.results if is_recognised(result)))
    own = stays[0].learner.person
    return {
        "@context": list(_CONTEXT),
        "id": words.id("credential", cohort.id, own),
        "type": list(_TYPES),
        "credentialSchema": [{"id": f"{SNB}/model/ap/edc-generic-full", "type": "ShaclValidator2017"}],
        "credentialProfiles": [concept(*_PROFILE)],
        "issuer": words.organisation(stays[0].home),
        "issuanceDate": last, "issued": last, "validFrom": last,
        "displayParameter": {
            "id": words.id("display", cohort.id, own), "type": "DisplayParameter", "title": {"en": _TITLE},
            "language": [language(tag) for tag in dict.fromkeys((words.main, "en"))],
            "primaryLanguage": language(words.main),
            "individualDisplay": [],  # the picture of the page is made by whoever seals
        },
        "credentialSubject": _person(stays[0].learner, claims, words),
    }  # fmt: skip


def to_bytes(node: Node) -> bytes:
    """Write a credential as a file: UTF-8, in the order in which it was put together."""
    return f"{json.dumps(node, ensure_ascii=False, indent=2)}\n".encode("utf-8", "replace")


# -- the learner and what she achieved ---------------------------------------------------------------------------------


def _person(learner: Learner, claims: Sequence[Node], words: Words) -> Node:
    born = learner.date_of_birth
    return {
        "id": words.id("person", words.cohort, learner.person), "type": "Person",
        "fullName": words.tagged(learner.name),
        "givenName": words.tagged(learner.given_names or ""),
        "familyName": words.tagged(learner.family_name or ""),
        **({"dateOfBirth": moment(born)} if born else {}),
        "hasClaim": list(claims),
    }  # fmt: skip


def _claims(stay: Stay, words: Words) -> Iterator[Node]:
    """Write an achievement for each unit of which something was recognised, in the order of the sheet."""
    by_unit: dict[int, list[Result]] = {}
    for result in stay.results:
        by_unit.setdefault(id(result.unit), []).append(result)
    for results in by_unit.values():
        unit = results[0].unit
        counting = [result for result in results if is_recognised(result)]
        if unit and counting:
            whole = [result for result in counting if not result.learning_outcome]
            parts = sum(choice.unit is unit and choice.scope == "part" for choice in stay.learner.agreement.choices)
            yield _achievement(stay, unit, results, (whole if parts > 1 else whole[:1]) or counting, words)


def _achievement(stay: Stay, unit: Unit, results: Sequence[Result], counting: Sequence[Result], words: Words) -> Node:
    """Write a unit, or what was recognised of it: `counting` is the row of the whole unit, or those of outcomes."""
    taught = (unit.qualification.id if unit.qualification else "", unit.id)
    key = (words.cohort, stay.learner.key, *taught)
    said = " ".join(_said(stay, unit, counting))
    points = sum((result.points_credited for result in counting if result.points_credited is not None), Decimal(0))
    title = words.titles(unit.title or unit.id, unit.titles)
    return {
        "id": words.id("achievement", *key), "type": "LearningAchievement", "title": title,
        **({"description": {"en": said}} if said else {}),
        "awardedBy": _award(stay.home, max(map(_recognised_on, counting)), words, "achievement", *key),
        **({"creditReceived": [_credit(points, words, *key)]} if points else {}),
        "provenBy": [
            each for number, result in enumerate(counting) for each in _assessment(stay, unit, result, words, number)
        ],
        "influencedBy": [_activity(stay, words)],
        "specifiedBy": {
            "id": words.id("unit", *taught), "type": "LearningAchievementSpecification", "title": title,
            "learningOutcome": [
                {"id": words.id("outcome", *taught, text), "type": "LearningOutcome", "title": words.tagged(text)}
                for text in _outcomes(stay, unit, results, counting)
            ],
            **({"isPartOf": [_qualification(unit.qualification, words)]} if unit.qualification else {}),
        },
    }  # fmt: skip


def _outcomes(stay: Stay, unit: Unit, results: Sequence[Result], counting: Sequence[Result]) -> list[str]:
    """List the outcomes that were recognised, and no other.

    Where a whole unit was, these are all of its outcomes but those that the host did not find achieved. Where a part
    of it was agreed or validated, only outcomes that have a row of their own and were achieved are known to be meant.
    """
    if counting[0].learning_outcome:
        return [result.learning_outcome for result in counting if result.learning_outcome]
    own = {bare(result.learning_outcome): result for result in results if result.learning_outcome}
    if counting[0].validated == "yes" and not _part(stay, unit):
        return [text for text in unit.outcomes if bare(text) not in own or own[bare(text)].result == "achieved"]
    return [result.learning_outcome or "" for result in own.values() if result.result == "achieved"]


def _part(stay: Stay, unit: Unit) -> str:
    """Say which part of a unit was agreed; empty where it was the whole one."""
    return "; ".join(
        choice.part or "as agreed" for choice in stay.learner.agreement.choices
        if choice.unit is unit and choice.scope == "part"
    )  # fmt: skip


def _said(stay: Stay, unit: Unit, counting: Sequence[Result]) -> Iterator[str]:
    if part := _part(stay, unit):
        yield f"Part of the unit: {part}."
    if any(result.validated == "partly" for result in counting):
        yield "Validated in part."
    for text in dict.fromkeys(result.recognised_as for result in counting if result.recognised_as):
        yield f"Recognised as: {text}."


def _assessment(stay: Stay, unit: Unit, result: Result, words: Words, number: int) -> Iterator[Node]:
    """Write how the host found it: grade, or what was assessed. Who assessed is not her own data, and stays away."""
    host, grade = stay.learner.agreement.host, result.grade or result.result
    if host is None or not (host.name and host.country and grade):
        return
    text, on = result.learning_outcome, result.assessed_on
    taught = (unit.qualification.id if unit.qualification else "", unit.id)
    key = (words.cohort, stay.learner.key, *taught, text or (str(number) if number else ""))
    yield {
        "id": words.id("assessment", *key), "type": "LearningAssessment",
        "title": words.tagged(text) if text else words.titles(unit.title or unit.id, unit.titles),
        **({"dateIssued": moment(on)} if on else {}),
        "grade": {"id": words.id("grade", *key), "type": "Note", "noteLiteral": {"en": grade}},
        "awardedBy": _award(host, on, words, "assessment", *key),
        "assessedBy": [words.organisation(host)],
    }  # fmt: skip


def _activity(stay: Stay, words: Words) -> Node:
    """Write the stay itself: where, and from when to when; as it was, else as it was agreed."""
    agreed, key = stay.learner.agreement, (words.cohort, stay.learner.key)
    start, end = agreed.actual_start or agreed.start, agreed.actual_end or agreed.end
    host = agreed.host if agreed.host and agreed.host.name and agreed.host.country else None
    when = {name: moment(day) for name, day in (("startDate", start), ("endDate", end)) if day}
    return {
        "id": words.id("activity", *key), "type": "LearningActivity",
        "title": {"en": f"Stay at {host.name}" if host else "Stay abroad"},
        **({"temporal": [{"id": words.id("period", *key), "type": "PeriodOfTime", **when}]} if when else {}),
        **({"location": [words.location(host)], "directedBy": [words.organisation(host)]} if host else {}),
        "awardedBy": _award(stay.home, None, words, "activity", *key),
    }  # fmt: skip


def _award(by: Partner, on: dt.date | None, words: Words, *key: str) -> Node:
    return {
        "id": words.id("award", *key), "type": "AwardingProcess", "awardingBody": [words.organisation(by)],
        "location": words.location(by), **({"awardingDate": moment(on)} if on else {}),
    }  # fmt: skip


def _credit(points: Decimal, words: Words, *key: str) -> Node:
    """Write ECVET points; the list of credit systems is not asked, so the framework is named and not pointed to."""
    framework = {
        "type": "Concept", "notation": "ECVET",
        "prefLabel": {"en": "European Credit system for Vocational Education and Training"},
    }  # fmt: skip
    point = f"{points.normalize():f}"
    return {"id": words.id("credit", *key), "type": "CreditPoint", "framework": framework, "point": point}


def _qualification(one: Qualification, words: Words) -> Node:
    level = one.eqf_level
    eqf = concept(f"Level {level}", f"{SNB}/eqf/{level}", f"{SNB}/eqf/25831c2")
    return {
        "id": words.id("qualification", one.id), "type": "Qualification",
        "title": words.titles(one.title or one.id, one.titles), **({"eqfLevel": eqf} if level else {}),
    }  # fmt: skip


def _recognised_on(result: Result) -> dt.date:
    return result.recognised_on or dt.date.min
