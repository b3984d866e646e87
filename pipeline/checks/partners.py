"""The organisations: their details on the papers, who signs for them, doubles (M codes, floor 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.rule import Finding, called, check
from pipeline.model import Cohort, Partner
from pipeline.problem import Severity
from pipeline.spelling import bare

REACHED_BY = ("telephone", "email", "contact_telephone", "contact_email")


def on_the_papers(cohort: Cohort) -> list[Partner]:
    """List the organisations whose details stand on papers to be made, in the order of the sheet.

    They are those who sign the memorandum, unless it is signed already, and homes, hosts and intermediaries of stays.
    """
    of_stays = {
        partner
        for learner in cohort.travelling
        for partner in (learner.agreement.home, learner.agreement.host, learner.agreement.intermediary)
    }
    return [
        partner
        for partner in cohort.partners
        if partner in of_stays or (partner.signs and not cohort.signed_elsewhere)
    ]


@check("M101", Severity.WARNING)
def address_is_missing(cohort: Cohort) -> Iterator[Finding]:
    """An organisation on the papers has no address.

    Both forms ask for it. The paper is made all the same, with an empty line for the pen.

    Advice: Fill Address.
    Basis: form (Memorandum of Understanding form, section 2; Learning Agreement form, section 1; C09)
    """
    for partner in on_the_papers(cohort):
        if partner.blank("address"):
            yield partner.at("address"), f"{called(partner)} has no address."


@check("M102", Severity.WARNING)
def contact_is_missing(cohort: Cohort) -> Iterator[Finding]:
    """An organisation on the papers has no contact person, or no telephone and no e-mail.

    Both forms ask for a contact person and how to reach the organisation. One telephone or e-mail is enough here, the
    person's or the organisation's.

    Advice: Fill Contact person, and Telephone or E-mail (of the organisation or of the person).
    Basis: form (Memorandum of Understanding form, section 2; Learning Agreement form, section 1; C09)
    """
    for partner in on_the_papers(cohort):
        if partner.blank("contact_person"):
            yield partner.at("contact_person"), f"{called(partner)} has no contact person."
        if all(partner.blank(key) for key in REACHED_BY):
            yield partner.at("email"), f"{called(partner)} has neither telephone nor e-mail."


def _signs(cohort: Cohort, partner: Partner) -> tuple[str, ...]:
    """List the columns that may say who signs for a partner, the first that counts first."""
    if partner.signs and not cohort.signed_elsewhere:
        return ("signatory",)
    return ("signatory", "agreement_signatory")


@check("M103", Severity.WARNING)
def signatory_is_missing(cohort: Cohort) -> Iterator[Finding]:
    """Nobody is named who signs for an organisation.

    The memorandum is signed by a legal representative of each organisation that signs. For a company that only signs
    Learning Agreements, Agreement signatory is enough.

    Advice: Fill Signatory and Signatory role.
    Basis: form (Memorandum of Understanding form, section 8; Learning Agreement form, section 7; C09)
    """
    for partner in on_the_papers(cohort):
        if all(partner.blank(name) for name in _signs(cohort, partner)):
            yield partner.at("signatory"), f"Nobody is named who signs for {called(partner)}."


@check("M104", Severity.WARNING)
def signatory_has_no_role(cohort: Cohort) -> Iterator[Finding]:
    """The person who signs has no role.

    Beside the signature the forms ask for name and role, because the role is the authority to sign.

    Advice: Fill Signatory role (or Agreement signatory role).
    Basis: form (Memorandum of Understanding form, section 8; Learning Agreement form, section 7; C09, C29)
    """
    for partner in on_the_papers(cohort):
        for name, role in (("signatory", "signatory_role"), ("agreement_signatory", "agreement_signatory_role")):
            person = getattr(partner, name)
            same = role == "agreement_signatory_role" and person == partner.signatory
            if person and partner.blank(role) and not same:
                yield partner.at(role), f"It is not said as what “{person}” signs for {called(partner)}."


@check("M105", Severity.WARNING)
def one_person_with_two_roles(cohort: Cohort) -> Iterator[Finding]:
    """One person is contact person and signatory, with two different roles.

    The legal representative and the contact person are often mixed up. One person may be both, but then with one role.

    Advice: Correct Signatory, Contact person or one of the two roles.
    Basis: convention (legal representative and contact person are kept apart; C29)
    """
    for partner in on_the_papers(cohort):
        position, role = partner.contact_position, partner.signatory_role
        same = partner.signatory and bare(partner.signatory) == bare(partner.contact_person or "")
        if same and position and role and bare(position) != bare(role):
            yield partner.at("signatory_role"), (
                f"“{partner.signatory}” signs as “{role}” and is the contact person as “{position}”."
            )


@check("M110", Severity.WARNING)
def organisation_is_entered_twice(cohort: Cohort) -> Iterator[Finding]:
    """One organisation stands on the sheet twice.

    Two rows have the same name in the same country (capitals, accents and punctuation apart) or the same OID. It would
    sign the memorandum twice, and a correction in one row leaves the other as it was.

    Advice: Keep one row and use its Partner ID everywhere; if these are two organisations, make their names differ.
    Basis: data (two rows describe the same organisation; C38)
    """
    names: dict[tuple[str, str], Partner] = {}
    oids: dict[str, Partner] = {}
    for partner in cohort.partners:
        if partner.name:
            first = names.setdefault((bare(partner.name), partner.country or ""), partner)
            if first is not partner:
                yield partner.at("name"), (
                    f"{called(partner)} ({partner.id}) stands in {first.at('name')} as {called(first)} ({first.id})."
                )
                continue
        if partner.oid:
            first = oids.setdefault(bare(partner.oid), partner)
            if first is not partner:
                yield partner.at("oid"), f"The OID “{partner.oid}” is that of {called(first)} too ({first.at('oid')})."


@check("M111", Severity.WARNING)
def oid_has_another_form(cohort: Cohort) -> Iterator[Finding]:
    """An OID is not written as one.

    The EU's organisation ID is the letter E and eight digits. The nine digits of a PIC were used until 2020.

    Advice: Copy the OID from the EU's organisation registration system.
    Basis: programme (form of organisation IDs in Erasmus+; C32)
    """
    for partner in cohort.partners:
        if partner.oid and not re.fullmatch(r"E\d{8}", partner.oid.strip(), re.IGNORECASE | re.ASCII):
            yield partner.at("oid"), f"“{partner.oid}” is not an OID such as E10000001."
