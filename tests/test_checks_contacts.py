"""Whether people can be reached: e-mail, telephone, guardian, mentor."""

from __future__ import annotations

import pytest
from facts import AURORA, a_cohort, a_companion, a_learner, a_minor, a_partner, advised, cell, found, said

from pipeline.checks.contacts import is_email, is_international


@pytest.mark.parametrize(
    "text", ["a@b.cz", "tereza.novakova+eu@skola.example.org", "ana@müller.de", "o'brien@college.ie"]
)
def test_these_are_email_addresses(text):
    assert is_email(text)


@pytest.mark.parametrize(
    "text", ["tereza", "tereza@", "tereza@skola", "te reza@skola.cz", "a@b.cz, c@d.cz", "a@b.cz;c@d.cz", "a@@b.cz",
             "a@b@c.cz", "tereza@skola.c", "Tereza <t@skola.cz>", "tereza@skola..", "@skola.cz"]
)  # fmt: skip
def test_these_are_not(text):
    assert not is_email(text)


@pytest.mark.parametrize(
    "text", ["+420 700 000 001", "+358401234567", "+49 (0)30 1234-567", "+34\u00a0912\u00a0345\u00a0678", "+420 700 000 001 (mother)",
             "+353 1 234 5678 ext. 12", "+420 700 000 001; +420 700 000 002", "+420 700 000 001\n+420 700 000 002",
             "+ 420 700 000 001", "+298 4000", "+4207000000010000000 1"]
)  # fmt: skip
def test_these_telephones_can_be_dialled_from_abroad(text):
    assert is_international(text)


@pytest.mark.parametrize(
    "text", ["700 000 001", "00420 700 000 001", "+", "+420", "+0700 000 001", "ask the school", "+420 700 000 001; 700 000 002",
             "call +420 700 000 001", ";", "+298 400", "+4207000000010000000 12"]
)  # fmt: skip
def test_these_cannot(text):
    assert not is_international(text)


def test_a_wrong_email_is_told_in_its_cell_for_learner_guardian_mentor_and_companion():
    cohort = a_cohort(
        a_minor(row=7, email="tereza", guardian_email="jana@", guardian2_email="petr", mentor="Eva", mentor_email="eva"),
        companions=(a_companion(row=4, email="ivana"),),
    )
    assert found(cohort) == [
        "L140 Learners: E-mail, row 7",
        "L140 Learners: Guardian e-mail, row 7",
        "L140 Learners: Guardian 2 e-mail, row 7",
        "L140 Learners: Mentor e-mail, row 7",
        "L140 Accompanying: E-mail, row 4",
    ]
    assert said(cohort)[0] == "“tereza” is not an e-mail address."


def test_a_telephone_without_country_code_is_told_in_its_cell():
    cohort = a_cohort(
        a_minor(row=7, telephone="700 000 001", guardian_telephone="700 000 002", guardian2_telephone="x",
                mentor="Eva", mentor_telephone="040 555"),
        companions=(a_companion(row=4, telephone="700"),),
    )  # fmt: skip
    assert found(cohort) == [
        "L141 Learners: Telephone, row 7",
        "L141 Learners: Guardian telephone, row 7",
        "L141 Learners: Guardian 2 telephone, row 7",
        "L141 Learners: Mentor telephone, row 7",
        "L141 Accompanying: Telephone, row 4",
    ]


def test_a_telephone_with_a_country_code_that_is_too_short_or_too_long_is_said_to_be_so():
    cohort = a_cohort(a_minor(telephone="+49 511 1", guardian_telephone="+420 700 000 001; +420 7", guardian2_telephone="+4207000000010000000001"))
    assert said(cohort) == [
        "“+49 511 1” is too short for a telephone number: it has 6 digits.",
        "“+420 7” in “+420 700 000 001; +420 7” is too short for a telephone number: it has 4 digits.",
        "“+4207000000010000000001” is too long for a telephone number: it has 22 digits.",
    ]


    assert advised(cohort) == [
        "Look which digits are missing.", "Look which digits are missing.", "Write one number, or several with ; between them.",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["12345", "700 000 001", "0042070000000112345678", ";", "ask the school"])
def test_a_telephone_without_a_country_code_is_told_so_however_long_it_is(typed):
    cohort = a_cohort(a_learner(telephone=typed))
    assert said(cohort) == [f"“{typed}” is not a telephone number with a country code."]
    assert advised(cohort) == ["Write it with + and the country code, such as +420 700 000 001."]


@pytest.mark.parametrize(("typed", "why"), [
    ("te reza@example.org", "; it holds a space"), ("tereza@example,org", "; it holds a comma"), (" tereza ", ""), ("tereza", ""),
])  # fmt: skip
def test_what_is_easily_overlooked_in_an_email_is_said(typed, why):
    assert said(a_cohort(a_learner(email=typed))) == [f"“{typed}” is not an e-mail address{why}."]


def test_a_contact_typed_once_for_all_is_told_once():
    default = {"mentor": "Eva", "mentor_email": "eva", "inherited": {"mentor": cell("B40"), "mentor_email": cell("B41")}}
    rows = [a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", **default) for row in (2, 3, 4)]
    assert said(a_cohort(*rows)) == ["“eva” is not an e-mail address."]


def test_contacts_of_an_organisation_are_told_on_its_row_only():
    host = a_partner("BALTIC", row=9, email="office", contact_email="x", mentor_email="m", telephone="03",
                     emergency_telephone="112", mentor_telephone="040 5")  # fmt: skip
    cohort = a_cohort(a_learner("L01", row=2, host=host), a_learner("L02", row=3, given_names="Eva", host=host))
    assert found(cohort) == [
        "M140 Partners: E-mail, row 9",
        "M140 Partners: Contact e-mail, row 9",
        "M140 Partners: Mentor e-mail, row 9",
        "M141 Partners: Telephone, row 9",
        "M141 Partners: Emergency telephone, row 9",
        "M141 Partners: Mentor telephone, row 9",
    ]


def test_the_guardian_of_a_minor_must_be_reachable_somehow():
    assert found(a_cohort(a_minor(row=7, guardian_telephone=None))) == ["L130 Learners: Guardian telephone, row 7"]
    assert found(a_cohort(a_minor(guardian_telephone=None, guardian_email="jana@example.org"))) == []
    assert found(a_cohort(a_minor(guardian_telephone=None, guardian2_telephone="+420 700 000 003"))) == []


def test_a_guardian_who_has_the_learners_own_contact_is_told():
    cohort = a_cohort(a_minor(row=7, guardian_telephone="+420700000001", guardian_email="Tereza@example.org"))
    assert found(cohort) == ["L131 Learners: Guardian telephone, row 7", "L131 Learners: Guardian e-mail, row 7"]


def test_a_number_with_00_in_front_is_the_same_as_with_a_plus():
    assert "L131 Learners: Guardian telephone, row 7" in found(a_cohort(a_minor(row=7, guardian_telephone="00420 700 000 001")))


def two_families(**facts) -> list[str]:
    """What is found of shared contacts in three families, of which the last two have these facts."""
    cohort = a_cohort(
        a_minor("L01", row=2, guardian_telephone="+420 700 000 009"),
        a_minor("L02", row=3, family_name="Malý", given_names="Ivo", address="Dlouhá 1, Brno", **facts),
        a_minor("L03", row=4, family_name="Král", given_names="Jan", address="Krátká 2, Brno", **facts),
    )
    return [one for one in found(cohort) if one.startswith("L132")]


def test_guardians_with_telephones_of_their_own_share_none():
    assert two_families() == ["L132 Learners: Guardian telephone, row 4"]
    assert two_families(guardian_telephone="+420 700 000 009") == [
        "L132 Learners: Guardian telephone, row 3", "L132 Learners: Guardian telephone, row 4"
    ]  # fmt: skip


def test_a_shared_telephone_is_found_below_a_learner_who_has_none():
    cohort = a_cohort(
        a_learner("L01", row=2),
        a_minor("L02", row=3, family_name="Malý", given_names="Ivo", address="Dlouhá 1, Brno"),
        a_minor("L03", row=4, family_name="Král", given_names="Jan", address="Krátká 2, Brno"),
    )
    assert found(cohort) == ["L132 Learners: Guardian telephone, row 4"]


def test_a_telephone_typed_once_for_all_and_words_without_a_digit_are_not_shared_by_mistake():
    assert two_families(inherited={"guardian_telephone": cell("B40")}) == []
    assert two_families(guardian_telephone="none") == []


def test_a_guardian_contact_filled_down_over_other_families_is_told():
    cohort = a_cohort(
        a_minor("L01", row=2),
        a_minor("L02", row=3, family_name="Malý", given_names="Ivo", address="Dlouhá 1, Brno"),
        a_minor("L03", row=4, family_name="Král", given_names="Jan", address="Krátká 2, Brno", guardian_telephone="+420 700000002"),
    )
    assert found(cohort) == ["L132 Learners: Guardian telephone, row 3", "L132 Learners: Guardian telephone, row 4"]
    assert said(cohort)[0] == "“+420 700 000 002” of Ivo Malý's guardian stands also at Tereza Nováková (Learners!O2)."


@pytest.mark.parametrize("same", [{"address": "Dlouhá 1, Brno"}, {"family_name": "Malý"}, {"family_name": "Malý", "address": None}])
def test_brothers_sisters_and_children_of_one_household_may_share_a_guardian(same):
    cohort = a_cohort(a_minor("L01", row=2), a_minor("L02", row=3, given_names="Ivo", **same))
    assert found(cohort) == []


def test_a_host_without_a_mentor_is_told_once_on_its_row():
    host = a_partner("BALTIC", row=9, mentor=None, mentor_telephone=None)
    cohort = a_cohort(a_learner("L01", row=2, host=host), a_learner("L02", row=3, given_names="Eva", host=host))
    assert found(cohort) == ["A130 Partners: Mentor, row 9"]
    assert said(cohort) == ["No mentor is named for the stay at “Hotel Baltic Oy”."]


def test_where_learners_have_their_own_mentors_the_missing_one_is_told_in_the_learners_row():
    host = a_partner("BALTIC", row=9, mentor=None, mentor_telephone=None)
    cohort = a_cohort(
        a_learner("L01", row=2, host=host, mentor="Eva Salo", mentor_email="eva@baltic.example"),
        a_learner("L02", row=3, given_names="Eva", host=host),
    )
    assert found(cohort) == ["A130 Learners: Mentor, row 3"]


def test_a_mentor_taken_over_from_the_host_is_no_mentor_of_her_own_at_the_workplace():
    firm = a_partner("FIRM", row=9, roles=("company",), mentor=None, mentor_telephone=None)
    cohort = a_cohort(
        a_learner("L01", row=2, workplace=firm),
        a_learner("L02", row=3, given_names="Eva", workplace=firm, mentor=None),
    )
    assert found(cohort) == ["A130 Partners: Mentor, row 9"]


def test_a_mentor_who_cannot_be_read_is_not_called_missing():
    host = a_partner("BALTIC", row=9, mentor=None, mentor_telephone=None)
    assert found(a_cohort(a_learner(host=host, unreadable=("mentor",)))) == []


def test_the_mentor_of_a_workplace_is_missing_on_the_workplaces_row():
    firm = a_partner("FIRM", row=9, roles=("company",), mentor=None, mentor_telephone=None)
    cohort = a_cohort(a_learner(workplace=firm, mentor=None))
    assert found(cohort) == ["A130 Partners: Mentor, row 9"]


def test_a_mentor_must_be_reachable():
    host = a_partner("BALTIC", row=9, mentor_telephone=None)
    assert found(a_cohort(a_learner("L01", host=host), a_learner("L02", row=3, given_names="Eva", host=host))) == [
        "A131 Partners: Mentor telephone, row 9"
    ]
    assert found(a_cohort(a_learner(row=7, mentor="Eva Salo"))) == ["A131 Learners: Mentor telephone, row 7"]
    assert found(a_cohort(a_learner(row=7, mentor="Eva Salo", unreadable=("mentor_email",)))) == []
    assert found(a_cohort(a_learner(row=7, mentor="Eva Salo", unreadable=("mentor_telephone",)))) == []
    assert found(a_cohort(a_learner(host=AURORA))) == []
