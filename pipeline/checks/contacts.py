"""Whether people can be reached: e-mail, telephone, guardian, mentor (L, A and M codes, floor 3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.checks.learners import under_age_on
from pipeline.checks.rule import Finding, called, check
from pipeline.columns import PARTNERS, Kind
from pipeline.model import Cohort, Learner, Partner, by_person
from pipeline.problem import Place, Severity
from pipeline.sentences import counted
from pipeline.spelling import bare

GUARDIAN_CONTACTS = (
    ("guardian_telephone", "telephone"), ("guardian_email", "email"),
    ("guardian2_telephone", "telephone"), ("guardian2_email", "email"),
)  # fmt: skip
"""Where a guardian is reached, and the same of the learner."""

_NUMBER = re.compile(r"\+\s*\(?[1-9][\d\s().\-/‑–]*(?:[^\W\d_].*)?")


def is_email(text: str) -> bool:
    """Say whether it can be one e-mail address: one @, a dot after it, no spaces, commas or brackets."""
    return bool(re.fullmatch(r"[^@\s,;:<>()\[\]]+@[^@\s,;:<>()\[\]]+\.[^@\s,;:<>()\[\].]{2,}", text.strip()))


def is_international(text: str) -> bool:
    """Say whether each number in a cell begins with + and a country code; a word may follow it (“+420 700 … (mother)”).

    Several numbers stand apart by ; or a line break. Seven digits are the shortest number in use, 15 the longest (and
    a few more for an extension).
    """
    numbers = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    return bool(numbers) and all(
        _NUMBER.fullmatch(part) and 7 <= len(re.findall(r"\d", part)) <= 20 for part in numbers
    )  # fmt: skip


def _no_telephone(text: str) -> tuple[str, str]:
    """Say what is wrong with a telephone, and what to do where that is not to add the country code (else nothing)."""
    numbers = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    wrong = next((part for part in numbers if not is_international(part)), text)
    if not _NUMBER.fullmatch(wrong):
        return f"“{text}” is not a telephone number with a country code.", ""
    digits = len(re.findall(r"\d", wrong))
    whole = f"“{wrong}”" if wrong == text.strip() else f"“{wrong}” in “{text}”"
    told = f"for a telephone number: it has {counted(digits, 'digit')}."
    if digits < 7:
        return f"{whole} is too short {told}", "Look which digits are missing."
    return f"{whole} is too long {told}", "Write one number, or several with ; between them."


def _of_people(cohort: Cohort, keys: tuple[str, ...]) -> Iterator[tuple[Place, str]]:
    """List contacts on sheets Learners, Cohort and Accompanying; what came from a partner's row is told there."""
    for learner in cohort.travelling:
        for key in keys:
            value = getattr(learner.agreement if key.startswith("mentor") else learner, key)
            if value and not _from_partner(learner, key):
                yield learner.at(key), value
    for companion in cohort.companions:
        value = getattr(companion, keys[0])
        if value:
            yield companion.at(keys[0]), value


def _from_partner(learner: Learner, key: str) -> Partner | None:
    """Find the organisation whose row a mentor's value came from: the workplace or the host."""
    sites = (learner.agreement.workplace, learner.agreement.host) if key in learner.origin.inherited else ()
    return next((site for site in sites if site and key.startswith("mentor") and learner.at(key) == site.at(key)), None)


def _of_partners(cohort: Cohort, kind: Kind) -> Iterator[tuple[Place, str]]:
    """List contacts on sheet Partners."""
    keys = [column.key for column in PARTNERS.columns if column.kind is kind]
    for partner in cohort.partners:
        for key in keys:
            value = getattr(partner, key)
            if value:
                yield partner.at(key), value


def _why(value: str) -> str:
    """Say what a person easily overlooks in an address."""
    return "; it holds a space" if " " in value.strip() else "; it holds a comma" if "," in value else ""


@check("L140", Severity.WARNING)
def email_of_a_person(cohort: Cohort) -> Iterator[Finding]:
    """An e-mail address of a learner, guardian, mentor or accompanying person cannot be right.

    It needs one @, a dot in the part after it, and neither spaces nor commas. Whether somebody reads it is not tried.

    Advice: Write one address, such as name@school.example.
    Basis: data (how e-mail addresses are written; C31)
    """
    for place, value in _of_people(cohort, ("email", "guardian_email", "guardian2_email", "mentor_email")):
        if not is_email(value):
            yield place, f"“{value}” is not an e-mail address{_why(value)}."


@check("L141", Severity.WARNING)
def telephone_of_a_person(cohort: Cohort) -> Iterator[Finding]:
    """A telephone of a learner, guardian, mentor or accompanying person lacks its country code.

    Somebody abroad will dial it, perhaps at night: it begins with + and the country code.

    Advice: Write it with + and the country code, such as +420 700 000 001.
    Basis: data (international form of telephone numbers; C31)
    """
    keys = ("telephone", "guardian_telephone", "guardian2_telephone", "mentor_telephone")
    for place, value in _of_people(cohort, keys):
        if not is_international(value):
            yield place, *_no_telephone(value)


@check("M140", Severity.WARNING)
def email_of_an_organisation(cohort: Cohort) -> Iterator[Finding]:
    """An e-mail address of an organisation, its contact person or mentor cannot be right.

    It needs one @, a dot in the part after it, and neither spaces nor commas. Whether somebody reads it is not tried.

    Advice: Write one address, such as office@school.example.
    Basis: data (how e-mail addresses are written; C31)
    """
    for place, value in _of_partners(cohort, Kind.EMAIL):
        if not is_email(value):
            yield place, f"“{value}” is not an e-mail address{_why(value)}."


@check("M141", Severity.WARNING)
def telephone_of_an_organisation(cohort: Cohort) -> Iterator[Finding]:
    """A telephone of an organisation, its contact person or mentor lacks its country code.

    Partners abroad and parents will dial it: it begins with + and the country code.

    Advice: Write it with + and the country code, such as +358 3 555 0100.
    Basis: data (international form of telephone numbers; C31)
    """
    for place, value in _of_partners(cohort, Kind.PHONE):
        if not is_international(value):
            yield place, *_no_telephone(value)


def _same_for(key: str) -> Callable[[str], str]:
    """Choose how contacts are compared: telephones by their digits, e-mails without regard to capitals."""
    if key.endswith("email"):
        return lambda text: text.strip().casefold()
    return lambda text: re.sub(r"\D", "", text).removeprefix("00")


@check("L130", Severity.WARNING)
def guardian_cannot_be_reached(cohort: Cohort) -> Iterator[Finding]:
    """The guardian of a learner under age has neither telephone nor e-mail.

    The form asks for the guardian's contact details; a second guardian's are good as well.

    Advice: Fill Guardian telephone or Guardian e-mail.
    Basis: form (official Learning Agreement form, section 1: contact details of parents or legal guardian; C21)
    """
    for learner in cohort.travelling:
        reachable = not all(learner.blank(key) for key, _ in GUARDIAN_CONTACTS)
        if learner.guardian and not reachable and under_age_on(cohort, learner):
            yield learner.at("guardian_telephone"), f"“{learner.guardian}” has neither telephone nor e-mail."


@check("L131", Severity.WARNING)
def guardian_contact_is_the_learners(cohort: Cohort) -> Iterator[Finding]:
    """A guardian's telephone or e-mail is the learner's own.

    In an emergency the guardian is called when the learner cannot be.

    Advice: Write the guardian's own telephone or e-mail.
    Basis: data (two persons share one contact; C23)
    """
    for rows in by_person(cohort.travelling).values():
        learner = rows[0]
        for key, own in GUARDIAN_CONTACTS:
            same = _same_for(key)
            hers, guardians = getattr(learner, own), getattr(learner, key)
            if hers and guardians and same(hers) == same(guardians):
                yield learner.at(key), f"“{guardians}” of the guardian is the learner's own too."


@check("L132", Severity.WARNING)
def guardian_contact_is_shared(cohort: Cohort) -> Iterator[Finding]:
    """Learners of different families share one guardian's telephone or e-mail.

    Family name and address differ, so they are hardly brothers and sisters; often a cell was filled down by mistake.

    Advice: Write the telephone or e-mail of this learner's own guardian.
    Basis: data (a contact was probably copied from another row; C23)
    """
    people = [rows[0] for rows in by_person(cohort.travelling).values()]
    for key, _ in GUARDIAN_CONTACTS:
        same = _same_for(key)
        firsts: dict[str, Learner] = {}
        for learner in people:
            value = getattr(learner, key)
            if not value or not same(value) or key in learner.origin.inherited:
                continue
            first = firsts.setdefault(same(value), learner)
            if first is not learner and _are_unrelated(first, learner):
                yield learner.at(key), (
                    f"“{value}” of {learner.name}'s guardian stands also at {first.name} ({first.at(key)})."
                )


def _are_unrelated(one: Learner, other: Learner) -> bool:
    """Say whether both family name and address are known and differ."""
    return all(
        bare(getattr(one, key) or "") != bare(getattr(other, key) or "") and getattr(one, key) and getattr(other, key)
        for key in ("family_name", "address")
    )


@check("A130", Severity.WARNING)
def mentor_is_missing(cohort: Cohort) -> Iterator[Finding]:
    """No mentor or tutor is named at the host.

    The mentor is the learner's person at the host (or at the workplace, where that is another). One name on its row
    serves all its learners; where some of them have their own, it is missing in the row of the others.

    Advice: Fill Mentor on the host's row of sheet Partners, or in the learner's row.
    Basis: form (official Learning Agreement form, section 1: tutor or mentor at the host; C44)
    """
    stays = [(learner, learner.agreement.workplace or learner.agreement.host) for learner in cohort.travelling]
    with_own: set[Partner | None] = {
        site for learner, site in stays if learner.agreement.mentor and "mentor" not in learner.origin.inherited
    }
    for learner, site in stays:
        if site and not learner.agreement.mentor and "mentor" not in learner.origin.unreadable:
            place = learner.at("mentor") if site in with_own else site.at("mentor")
            yield place, f"No mentor is named for the stay at {called(site)}."


@check("A131", Severity.WARNING)
def mentor_cannot_be_reached(cohort: Cohort) -> Iterator[Finding]:
    """The mentor at the host has neither telephone nor e-mail.

    The form asks for both beside the mentor's name, and learner and college need one of them.

    Advice: Fill Mentor telephone or Mentor e-mail beside the mentor's name.
    Basis: form (official Learning Agreement form, section 1: tutor or mentor at the host; C44)
    """
    for learner in cohort.travelling:
        stay = learner.agreement
        unread = {"mentor_telephone", "mentor_email"} & learner.origin.unreadable
        if stay.mentor and not (stay.mentor_telephone or stay.mentor_email or unread):
            row = _from_partner(learner, "mentor") or learner
            yield row.at("mentor_telephone"), f"The mentor “{stay.mentor}” has neither telephone nor e-mail."
