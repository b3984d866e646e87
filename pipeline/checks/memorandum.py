"""The Memorandum of Understanding: who signs it, how long it holds, what it covers (M codes, floor 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.checks.rule import Finding, called, check, dated
from pipeline.checks.stays import home_and_host
from pipeline.model import OF_THE_HOST, Agreement, Cohort, Learner, Partner
from pipeline.problem import Severity
from pipeline.spelling import bare

YES_OR_NO = frozenset((
    "yes", "no", "none", "ja", "nein", "keine", "oui", "non", "si", "tak", "nie", "sim", "nao", "nee", "geen",
    "kylla", "ei", "da", "nu", "ano", "ne", "",
))  # fmt: skip
"""Answers to “are other objectives agreed on?” that name none, without accents; a dash alone is one too."""


def home_side_signs(stay: Agreement) -> bool:
    """Say whether home signs the memorandum, or who signs for it: coordinator or intermediary of its country."""
    home = stay.home
    helpers = [partner for partner in (stay.coordinator, stay.intermediary) if partner]
    return not home or home.signs or any(partner.signs and partner.country == home.country for partner in helpers)


def host_side_signs(stay: Agreement) -> bool:
    """Say whether host or workplace sign the memorandum, or intermediary or coordinator of the host's country."""
    host = stay.host
    helpers = [partner for partner in (stay.intermediary, stay.coordinator) if partner]
    return (
        not host
        or host.signs
        or bool(stay.workplace and stay.workplace.signs)
        or any(partner.signs and partner.country == host.country for partner in helpers)
    )


@check("M120", Severity.ERROR)
def home_does_not_sign(cohort: Cohort) -> Iterator[Finding]:
    """The home organisation does not sign the memorandum, nor anybody for it.

    A Learning Agreement stands on a memorandum to which home is a party: only so its validation and recognition are
    agreed. The coordinator of a consortium, or an intermediary, in the country of home may sign for it.

    Advice: Write yes into Signs memorandum, or correct Role, of the home organisation.
    Basis: form (Recommendation 2009/C 155/02, annex II: memoranda between competent institutions; C10)
    """
    for learner in cohort.travelling:
        home = learner.agreement.home
        if home and not home_side_signs(learner.agreement):
            key = "roles" if home.signs_memorandum is None else "signs_memorandum"
            yield home.at(key), f"The home {called(home)} does not sign the memorandum."


@check("M121", Severity.WARNING)
def host_side_does_not_sign(cohort: Cohort) -> Iterator[Finding]:
    """Nobody at the host's side signs the memorandum.

    Companies that only host learners need not sign, and are named in section 3. But somebody at their side should:
    the host, the workplace, or an intermediary or coordinator in the host's country.

    Advice: Write yes into Signs memorandum of the host, or enter the institution in its country that signs.
    Basis: form (Recommendation 2009/C 155/02, annex II: competent institutions; memorandum, sections 2 and 3; C10)
    """
    for learner in cohort.travelling:
        host = learner.agreement.host
        if host and not host_side_signs(learner.agreement):
            key = "roles" if host.signs_memorandum is None else "signs_memorandum"
            yield host.at(key), f"Neither the host {called(host)} nor anybody for it signs the memorandum."


@check("M122", Severity.WARNING)
def memorandum_of_one(cohort: Cohort) -> Iterator[Finding]:
    """The memorandum is signed by fewer than two organisations, or in one country only.

    It is an agreement between organisations of different countries. Looked at as long as no learner has a home and a
    host: then it is told for these whether their sides sign (M120, M121) and lie in two countries (A120).

    Advice: Enter the other organisations on sheet Partners, with their Role and Country.
    Basis: form (ECVET toolkit: a memorandum is made between organisations of several countries; C08)
    """
    signing = [partner for partner in cohort.partners if partner.signs]
    countries = {partner.country for partner in signing}
    unread = None in countries or not all(partner.roles for partner in cohort.partners)
    if not cohort.partners or unread or home_and_host(cohort):
        return
    if len(signing) < 2:
        number = f"“{len(signing)}” organisation{'' if len(signing) == 1 else 's'}"
        yield cohort.at("memorandum"), f"The memorandum is signed by {number}."
    elif len(countries) == 1:
        yield cohort.at("memorandum"), f"The memorandum is signed in “{signing[0].country}” alone."


@check("M130", Severity.WARNING)
def memorandum_ends_before_it_is_signed(cohort: Cohort) -> Iterator[Finding]:
    """The memorandum's last day lies before a date of its signature.

    It is compared with the last date known: Memorandum signed on, Signed on of a partner who signs, and Date of
    signature where the memorandum is still to be signed.

    Advice: Correct Valid until, or the date of signature.
    Basis: data (the two dates contradict each other; C07)
    """
    signed = [cohort.signed_on, *(partner.signed_on for partner in cohort.partners if partner.signs)]
    known = [day for day in (*signed, None if cohort.signed_elsewhere else cohort.date) if day]
    if cohort.valid_until and known and cohort.valid_until < max(known):
        yield cohort.at("valid_until"), (
            f"Valid until {dated(cohort.valid_until)} lies before the signature on {dated(max(known))}."
        )


@check("M131", Severity.WARNING)
def review_is_after_the_end(cohort: Cohort) -> Iterator[Finding]:
    """The partnership is reviewed after the memorandum has ended.

    The review is to improve the work of the partnership while the memorandum is valid.

    Advice: Correct Review date or Valid until.
    Basis: data (Memorandum of Understanding form, sections 6 and 7; C07)
    """
    if cohort.review_date and cohort.valid_until and cohort.review_date > cohort.valid_until:
        yield cohort.at("review_date"), (
            f"The review date {dated(cohort.review_date)} lies after the memorandum's last day, "
            f"{dated(cohort.valid_until)}."
        )


@check("M132", Severity.WARNING)
def memorandum_is_signed_after_a_start(cohort: Cohort) -> Iterator[Finding]:
    """The memorandum is signed after a stay has started.

    It holds from the last signature on. Memorandum signed on is compared with the first start of all; without it,
    Signed on of each partner who signs with the first start of the stays it has a part in.

    Advice: Correct the date of signature or the start date; if it was signed late, keep a note of the reason.
    Basis: form (Memorandum of Understanding, signed before the mobility starts; C06, C28)
    """
    starts: dict[Partner | None, Learner] = {}
    for learner in sorted(cohort.travelling, key=_start):
        if learner.agreement.start:
            for partner in (None, *learner.agreement.organisations):
                starts.setdefault(partner, learner)
    if cohort.signed_on:
        signatures = [(cohort.at("signed_on"), cohort.signed_on, starts.get(None))]
    else:
        signatures = [
            (partner.at("signed_on"), partner.signed_on, starts.get(partner))
            for partner in cohort.partners
            if partner.signs and partner.signed_on
        ]
    for place, signed, first in signatures:
        if first and signed and signed > _start(first):
            yield place, (
                f"The memorandum is signed on {dated(signed)}, but the stay of {first.name} starts on "
                f"{dated(_start(first))}."
            )


def _start(learner: Learner) -> dt.date:
    return learner.agreement.start or dt.date.max


@check("M150", Severity.WARNING)
def qualification_has_no_units(cohort: Cohort) -> Iterator[Finding]:
    """A qualification has no units for mobility.

    The memorandum lists every qualification of the sheet with the units that can be learned abroad. Where sheet Units
    itself is missing or empty, that is told alone.

    Advice: Enter its units on sheet Units, or delete the row of the qualification.
    Basis: form (Memorandum of Understanding form, section 4: units for the mobility phases; C12)
    """
    with_units = {unit.qualification for unit in cohort.units if unit.for_mobility is not False}
    for qualification in () if cohort.units_missing else cohort.qualifications:
        if qualification not in with_units:
            yield qualification.at("id"), f"{called(qualification)} has no units for mobility."


@check("M151", Severity.NOTICE)
def title_in_the_papers_language_is_missing(cohort: Cohort) -> Iterator[Finding]:
    """The title of a qualification is missing in the language of the papers.

    The papers are in the language of each host (Language on sheet Cohort), which is not that of home, and there is no
    column with the title in it. The papers then show the title as it stands in Title.

    Advice: Add a column such as “Title es” (language code) to sheet Qualifications.
    Basis: form (Learning Agreement form, section 3: the title in the language of the partnership; C48)
    """
    for learner in cohort.travelling if cohort.language == OF_THE_HOST else ():
        stay = learner.agreement
        if stay.host and stay.host.language and stay.qualification:
            language = stay.host.language
            foreign = not stay.home or language != stay.home.language
            if foreign and language not in stay.qualification.titles:
                yield stay.qualification.at("title"), (
                    f"{called(stay.qualification)} has no title in “{language}”, the language of {called(stay.host)}."
                )


@check("M152", Severity.NOTICE)
def language_of_a_host_is_unknown(cohort: Cohort) -> Iterator[Finding]:
    """The papers are in the language of each host, and a host has none.

    Its papers are made from the forms without a language.

    Advice: Fill Language on the host's row of sheet Partners.
    Basis: data (Language on sheet Cohort says “of the host”; C48)
    """
    hosts = dict.fromkeys(learner.agreement.host for learner in cohort.travelling)
    for host in hosts if cohort.language == OF_THE_HOST else ():
        if host and host.blank("language"):
            yield host.at("language"), f"The papers are in the language of {called(host)}, and it is not said which."


@check("M153", Severity.WARNING)
def other_objectives_say_nothing(cohort: Cohort) -> Iterator[Finding]:
    """Other objectives holds an answer and no objective.

    The memorandum ticks No where the field is blank, else Yes, and shows its text: “No” would read “Yes: No”.

    Advice: Leave Other objectives blank for No; for Yes write the objectives.
    Basis: form (Memorandum of Understanding form, section 1: other objectives, No or Yes with a text; C33)
    """
    if cohort.other_objectives and bare(cohort.other_objectives) in YES_OR_NO:
        yield cohort.at("other_objectives"), f"“{cohort.other_objectives}” names no objective."
