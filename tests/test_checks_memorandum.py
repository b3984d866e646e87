"""The memorandum and its partners: details, who signs, how long it holds, what it covers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from facts import (
    AURORA,
    COOK,
    SOS,
    STARTERS,
    a_cohort,
    a_home,
    a_learner,
    a_partner,
    a_qualification,
    a_unit,
    found,
    said,
)


def of_host(**changes):
    """A cohort whose host stands in row 9 and is called Hotel Baltic Oy."""
    host = a_partner("BALTIC", row=9, **changes)
    return a_cohort(a_learner(host=host), partners=(SOS, host))


def test_an_organisation_on_the_papers_has_an_address():
    assert found(of_host(address=None)) == ["M101 Partners: Address, row 9"]
    assert said(of_host(address=None)) == ["“Hotel Baltic Oy” has no address."]


def test_an_organisation_on_the_papers_has_a_contact_person_who_can_be_reached():
    assert found(of_host(contact_person=None)) == ["M102 Partners: Contact person, row 9"]
    assert found(of_host(telephone=None, email=None)) == ["M102 Partners: E-mail, row 9"]
    assert found(of_host(telephone=None, email=None, contact_email="aino@baltic.example")) == []


def test_somebody_signs_for_an_organisation():
    assert found(of_host(signatory=None, signatory_role=None)) == ["M103 Partners: Signatory, row 9"]
    assert said(of_host(signatory=None)) == ["Nobody is named who signs for “Hotel Baltic Oy”."]


def test_a_signatory_of_agreements_is_enough_only_where_no_memorandum_is_signed():
    facts = {"signatory": None, "signatory_role": None, "agreement_signatory": "Aino", "agreement_signatory_role": "Chef"}
    assert found(of_host(**facts)) == ["M103 Partners: Signatory, row 9"]
    host = a_partner("BALTIC", row=9, **facts)
    assert found(a_cohort(a_learner(host=host), partners=(SOS, host), memorandum="already signed")) == []


def test_a_signatory_has_a_role():
    assert found(of_host(signatory_role=None)) == ["M104 Partners: Signatory role, row 9"]
    assert found(of_host(agreement_signatory="Aino Lehtinen")) == ["M104 Partners: Agreement signatory role, row 9"]
    assert found(of_host(agreement_signatory="Eeva Korhonen")) == []


def test_an_organisation_that_is_on_no_paper_may_have_gaps():
    firm = a_partner("FIRM", row=9, roles=("company",), address=None, contact_person=None, signatory=None, email=None)
    assert found(a_cohort(partners=(SOS, AURORA, firm))) == []


def test_one_person_with_two_roles_warns():
    facts = {"contact_person": "Eeva Korhonen", "contact_position": "Training manager"}
    assert found(of_host(**facts)) == ["M105 Partners: Signatory role, row 9"]
    assert found(of_host(**{**facts, "contact_position": "Managing Director"})) == []
    assert found(of_host(contact_position="Training manager")) == []


def test_an_organisation_entered_twice_is_told_in_the_later_row():
    twin = a_partner("AUR2", row=9, roles=("company",), name="HOTEL AURORA, Oy.")
    cohort = a_cohort(partners=(SOS, AURORA, twin))
    assert found(cohort) == ["M110 Partners: Name, row 9"]
    assert said(cohort) == ["“HOTEL AURORA, Oy.” (AUR2) stands in Partners!C3 as “Hotel Aurora Oy” (AURORA)."]


def test_one_name_in_two_countries_is_two_organisations():
    twin = a_partner("AUR2", row=9, roles=("company",), name="Hotel Aurora Oy", country="SE")
    assert found(a_cohort(partners=(SOS, AURORA, twin))) == []


def test_one_oid_in_two_rows_warns():
    partners = (SOS, a_partner("AURORA", row=3, oid="E10000001"), a_partner("BALTIC", row=9, oid="e10000001"))
    assert found(a_cohort(a_learner(host=partners[1]), partners=partners)) == ["M110 Partners: OID, row 9"]


@pytest.mark.parametrize("oid", ["10000001", "E1000001", "E100000011", "949000000", "E1000000 1"])
def test_an_oid_of_another_form_warns(oid):
    assert found(of_host(oid=oid)) == ["M111 Partners: OID, row 9"]


def test_an_oid_as_it_is_written_does_not():
    assert found(of_host(oid="E10000001")) == []


COORDINATOR = a_home("CZC", row=5, name="Konsorcium", roles=("coordinator",))


def test_a_home_that_does_not_sign_is_an_error_on_its_row():
    home = a_home("SCHOOL", row=9, name="SOŠ", signs_memorandum=False)
    cohort = a_cohort(a_learner("L01", row=2, home=home), a_learner("L02", row=3, given_names="Eva", home=home))
    assert found(cohort) == ["M120 Partners: Signs memorandum, row 9"]
    assert said(cohort) == ["The home “SOŠ” does not sign the memorandum."]
    assert found(a_cohort(a_learner(home=home), memorandum="already signed")) == found(cohort)


def test_a_home_that_only_has_another_role_does_not_sign_either():
    home = a_home("SCHOOL", row=9, name="SOŠ", roles=("other",))
    assert found(a_cohort(a_learner(home=home))) == ["M120 Partners: Role, row 9"]


def test_the_coordinator_of_a_consortium_may_sign_for_home():
    home = a_home("SCHOOL", row=9, name="SOŠ", signs_memorandum=False)
    assert found(a_cohort(a_learner(home=home, coordinator=COORDINATOR))) == []
    foreign = a_home("CZC", row=5, name="Konsorcium", roles=("coordinator",), country="SK")
    assert found(a_cohort(a_learner(home=home, coordinator=foreign))) == ["M120 Partners: Signs memorandum, row 9"]


def test_a_host_for_which_nobody_signs_warns_once():
    assert found(of_host(signs_memorandum=False)) == ["M121 Partners: Signs memorandum, row 9"]
    assert found(of_host(roles=("company",))) == ["M121 Partners: Role, row 9"]


@pytest.mark.parametrize("as_what", ["workplace", "intermediary", "coordinator"])
def test_somebody_in_the_hosts_country_may_sign_for_it(as_what):
    host = a_partner("BALTIC", row=9, signs_memorandum=False)
    helper = a_partner("HELP", row=10, name="Helsinki Agency", signs_memorandum=True)
    assert found(a_cohort(a_learner(host=host, **{as_what: helper}))) == []


@pytest.mark.parametrize("helper", [{"country": "SE"}, {"signs_memorandum": False}])
def test_somebody_in_another_country_or_who_signs_nothing_cannot_sign_for_the_host(helper):
    host = a_partner("BALTIC", row=9, signs_memorandum=False)
    agency = a_partner("HELP", row=10, name="Agency", **{"signs_memorandum": True, **helper})
    assert found(a_cohort(a_learner(host=host, intermediary=agency))) == ["M121 Partners: Signs memorandum, row 9"]


def test_a_memorandum_has_two_organisations():
    assert found(a_cohort(nobody=True, partners=(SOS,))) == ["M122 Cohort: Memorandum"]
    assert said(a_cohort(nobody=True, partners=(SOS,))) == ["The memorandum is signed by “1” organisation."]
    assert found(a_cohort(nobody=True)) == []
    company = a_partner("FIRM", row=3, roles=("company",))
    assert said(a_cohort(nobody=True, partners=(company,))) == ["The memorandum is signed by “0” organisations."]


@pytest.mark.parametrize("partners", [
    (), (SOS, a_partner("X", row=4, roles=(), unreadable=("roles",), signatory="Eva", signatory_role="Head")),
    (a_home(country=None, unreadable=("country",)),),
], ids=["no partners", "a role that cannot be read", "a country that cannot be read"])  # fmt: skip
def test_a_memorandum_is_not_said_to_be_signed_by_one_where_partners_are_missing_or_cannot_be_read(partners):
    assert not [one for one in found(a_cohort(nobody=True, partners=partners)) if one.startswith("M122")]


def test_a_memorandum_is_signed_in_two_countries():
    other = a_home("SECOND", row=5, name="Second school")
    assert said(a_cohort(nobody=True, partners=(SOS, other))) == ["The memorandum is signed in “CZ” alone."]
    assert found(a_cohort(nobody=True, partners=(SOS, other))) == ["M122 Cohort: Memorandum"]


def test_that_home_and_host_lie_in_one_country_is_told_once():
    assert found(of_host(country="CZ")) == ["A120 Partners: Country, row 9"]


def test_a_memorandum_is_not_signed_after_its_last_day():
    signed = {"valid_until": "2026-12-31"}
    assert found(a_cohort(nobody=True, **signed)) == ["M130 Cohort: Valid until"]
    assert said(a_cohort(nobody=True, **signed)) == [
        "Valid until “31.12.2026” lies before the signature on “15.01.2027”."
    ]
    assert found(a_cohort(nobody=True, valid_until="2027-01-15")) == [], "on its last day it may be"
    elsewhere = {**signed, "memorandum": "already signed"}
    assert found(a_cohort(nobody=True, **elsewhere)) == []
    assert found(a_cohort(nobody=True, **elsewhere, signed_on="2027-01-01")) == ["M130 Cohort: Valid until"]


def test_the_partnership_is_reviewed_before_the_memorandum_ends():
    assert found(a_cohort(review_date="2029-01-01")) == ["M131 Cohort: Review date"]
    assert found(a_cohort(review_date="2028-12-31")) == []


def test_a_memorandum_signed_after_the_first_start_is_told_once():
    rows = [a_learner("L01", row=2), a_learner("L02", row=3, given_names="Eva")]
    facts = {"memorandum": "already signed"}
    assert found(a_cohort(*rows, **facts, signed_on="2027-04-06")) == ["M132 Cohort: Memorandum signed on"]
    assert found(a_cohort(*rows, **facts, signed_on="2027-04-05")) == []


def test_a_partner_that_signs_after_its_own_first_stay_is_told_on_its_row():
    assert found(of_host(signed_on="2027-04-06")) == ["M132 Partners: Signed on, row 9"]
    assert said(of_host(signed_on="2027-04-06")) == [
        "The memorandum is signed on “06.04.2027”, but the stay of Tereza Nováková starts on “05.04.2027”."
    ]
    assert found(of_host(roles=("company",), signed_on="2027-04-06")) == ["M121 Partners: Role, row 9"], "a company does not sign"
    late = a_partner("BALTIC", row=9, signed_on="2027-08-01")
    autumn = a_learner("L02", row=3, given_names="Eva", host=late, start="2027-09-06", end="2027-10-01")
    assert found(a_cohort(a_learner("L01", row=2), autumn)) == []


def test_a_qualification_has_units_for_mobility():
    waiter = a_qualification("WAITER", row=5, title="Waiter")
    at_home = a_unit("W1", row=9, qualification=waiter, for_mobility=False)
    assert found(a_cohort(qualifications=(COOK, waiter), units=(STARTERS, at_home))) == [
        "M150 Qualifications: Qualification ID, row 5"
    ]


def test_where_sheet_units_itself_is_missing_no_qualification_is_blamed():
    waiter = a_qualification("WAITER", row=5, title="Waiter")
    assert found(replace(a_cohort(qualifications=(COOK, waiter), units=(STARTERS,)), units_missing=True)) == []


def test_papers_in_the_hosts_language_want_the_title_in_it():
    cohort = a_cohort(a_learner(row=7), language="of the host")
    assert found(cohort) == ["M151 Qualifications: Title, row 2"]
    assert said(cohort) == ["“Cook” has no title in “fi”, the language of “Hotel Aurora Oy”."]


def test_a_title_in_the_language_or_a_host_that_reads_homes_language_is_enough():
    finnish = a_qualification(titles={"fi": "Kokki"})
    unit = a_unit("U1", row=2, qualification=finnish)
    learner = a_learner(qualification=finnish, units=(unit,))
    assert found(a_cohort(learner, language="of the host", qualifications=(finnish,), units=(unit,))) == []
    assert found(a_cohort(a_learner(host=a_partner("BRATISLAVA", row=9, language="cs")), language="of the host")) == []


def test_papers_in_the_hosts_language_want_to_know_it():
    host = a_partner("BALTIC", row=9, language=None)
    assert found(a_cohort(a_learner(host=host), language="of the host")) == ["M152 Partners: Language, row 9"]
    assert found(a_cohort(a_learner(host=host))) == []


@pytest.mark.parametrize("text", ["No", "yes", "-", "–", "None", "ne", "Não", "kyllä"])
def test_other_objectives_that_only_say_yes_or_no_warn(text):
    assert found(a_cohort(other_objectives=text)) == ["M153 Cohort: Other objectives"]


def test_other_objectives_in_words_are_right():
    assert found(a_cohort(other_objectives="Joint teaching materials")) == []


# -- whose details stand on papers -----------------------------------------------------------------------------------------


def test_details_are_asked_of_who_signs_the_memorandum_and_of_who_has_a_part_in_a_stay():
    signing = a_home("SECOND", row=5, name="Second school", address=None)
    assert found(a_cohort(partners=(SOS, AURORA, signing))) == ["M101 Partners: Address, row 5"]
    assert found(a_cohort(partners=(SOS, AURORA, signing), memorandum="already signed")) == []
    company = a_partner("FIRM", row=9, roles=("company",), address=None)
    assert found(a_cohort(partners=(SOS, AURORA, company))) == []
    assert "M101 Partners: Address, row 9" in found(a_cohort(a_learner(host=company)))


def test_below_a_double_further_doubles_are_told():
    rows = (SOS, AURORA, a_partner("TWO", row=4, name=AURORA.name), a_partner("THREE", row=5, name=AURORA.name))
    assert found(a_cohort(partners=rows)) == ["M110 Partners: Name, row 4", "M110 Partners: Name, row 5"]


def test_each_organisation_has_an_oid_of_its_own_and_a_double_names_the_cell_of_the_other():
    one, other = a_partner("AURORA", row=3, oid="E10000001"), a_partner("BALTIC", row=9, oid="E10000002")
    assert found(a_cohort(a_learner(host=one), partners=(SOS, one, other))) == []
    double = a_partner("BALTIC", row=9, oid="e10000001")
    assert said(a_cohort(a_learner(host=one), partners=(SOS, one, double))) == [
        f"The OID “e10000001” is that of “Hotel Aurora Oy” too ({one.at('oid')})."
    ]
