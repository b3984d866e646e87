"""The person: birth, guardian, and whether the rows of one learner hold together."""

from __future__ import annotations

import pytest
from facts import a_cohort, a_learner, a_minor, found, said

from pipeline.checks.learners import are_different_people


def test_a_birth_after_the_start_is_one_error_and_nothing_is_said_of_the_age():
    cohort = a_cohort(a_learner(row=7, date_of_birth="2027-05-12"))
    assert found(cohort) == ["L101 Learners: Date of birth, row 7"]
    assert said(cohort) == ["The date of birth “12.05.2027” is not before the start of the stay, “05.04.2027”."]


def test_a_birth_on_the_day_of_the_start_is_an_error():
    assert found(a_cohort(a_learner(date_of_birth="2027-04-05"))) == ["L101 Learners: Date of birth, row 2"]


@pytest.mark.parametrize(("born", "age"), [("2013-04-06", 13), ("2026-05-12", 0), ("1956-04-05", 71), ("1906-05-12", 120)])
def test_an_age_below_14_or_above_70_is_an_error_and_no_guardian_is_asked_for(born, age):
    cohort = a_cohort(a_learner(row=7, date_of_birth=born))
    assert found(cohort) == ["L102 Learners: Date of birth, row 7"]
    assert f"would be “{age}” years old" in said(cohort)[0]


def test_14_and_70_are_plausible_ages():
    assert found(a_cohort(a_minor(date_of_birth="2013-04-05"))) == []
    assert found(a_cohort(a_learner(date_of_birth="1956-04-06"))) == []


def test_a_learner_under_age_at_the_start_needs_a_guardian():
    cohort = a_cohort(a_minor(row=7, guardian=None, guardian_telephone=None))
    assert found(cohort) == ["L110 Learners: Guardian, row 7"]
    assert said(cohort) == [
        "The learner is “16” years old on “05.04.2027”, younger than “18”, and no guardian is named."
    ]


def test_a_learner_who_is_of_age_at_the_start_but_not_when_the_papers_are_signed_needs_a_guardian():
    facts = {"date_of_birth": "2009-03-01"}
    assert found(a_cohort(a_learner(**facts))) == ["L110 Learners: Guardian, row 2"]
    assert found(a_cohort(a_learner(**facts, signed="2027-03-02"))) == []
    assert found(a_cohort(a_learner(**facts), date=None)) == []


@pytest.mark.parametrize(("signed", "told"), [
    ("2026-04-04", ["L110 Learners: Guardian, row 2"]), ("2026-04-03", []), ("2027-04-05", []), ("2027-04-06", []),
])  # fmt: skip
def test_a_date_of_signature_counts_up_to_a_year_before_the_start(signed, told):
    """She is 18 on the day it starts; what is more than a year before is a slip."""
    assert [one for one in found(a_cohort(a_learner(date_of_birth="2009-04-05"), date=signed)) if one.startswith("L")] == told


@pytest.mark.parametrize("blank", [{"date_of_birth": None}, {"start": None}, {"date_of_birth": None, "start": None}])
def test_nobody_asks_for_a_guardian_where_her_age_cannot_be_told(blank):
    assert not [one for one in found(a_cohort(a_learner(**blank))) if one.startswith("L")]


def test_14_is_an_age_at_which_a_guardian_is_asked_for():
    assert found(a_cohort(a_learner(date_of_birth="2013-04-05"))) == ["L110 Learners: Guardian, row 2"]


def test_a_date_of_signature_years_ago_does_not_make_anybody_a_child():
    assert found(a_cohort(date="2007-01-15")) == []


def test_the_age_of_majority_is_the_cohorts():
    learner = a_learner(date_of_birth="2010-05-01")
    assert found(a_cohort(learner, adult_age=17)) == ["L110 Learners: Guardian, row 2"]
    assert found(a_cohort(learner, adult_age=16)) == []


def test_a_guardian_of_an_adult_is_only_noted():
    cohort = a_cohort(a_learner(row=7, guardian="Jana Nováková", guardian_telephone="+420 700 000 002"))
    assert found(cohort) == ["L111 Learners: Guardian, row 7"]
    assert said(cohort) == ["“Jana Nováková” is named as guardian of Tereza Nováková, who is “20” at the start of the stay."]


@pytest.mark.parametrize("born", ["2009-01-15", "1956-04-06"])
def test_a_guardian_of_somebody_who_has_just_come_of_age_or_is_70_is_noted_too(born):
    cohort = a_cohort(a_learner(date_of_birth=born, guardian="Jana", guardian_email="jana@example.org"))
    assert found(cohort) == ["L111 Learners: Guardian, row 2"]


def test_a_second_guardian_alone_of_an_adult_is_noted_at_her_own_cell():
    cohort = a_cohort(a_learner(row=7, guardian2="Petr Novák"))
    assert found(cohort) == ["L111 Learners: Guardian 2, row 7"]


def test_a_guardian_of_somebody_of_age_at_the_start_only_is_no_surprise():
    cohort = a_cohort(a_learner(date_of_birth="2009-03-01", guardian="Jana", guardian_email="jana@example.org"))
    assert found(cohort) == []


AUTUMN = {"start": "2027-09-06", "end": "2027-10-01", "mobility": 2}


def test_two_rows_of_one_person_that_contradict_are_an_error_in_each_contradicting_cell_of_the_later_row():
    cohort = a_cohort(
        a_learner("L01", row=2, nationality="Czech"),
        a_learner("L01", row=3, **AUTUMN, date_of_birth="2006-05-21", nationality="Slovak"),
    )
    assert found(cohort) == ["L120 Learners: Date of birth, row 3", "L120 Learners: Nationality, row 3"]
    assert said(cohort) == [
        "Date of birth is “21.05.2006” here and “12.05.2006” in another row of Tereza Nováková (Learners!F2).",
        "Nationality is “Slovak” here and “Czech” in another row of Tereza Nováková (Learners!H2).",
    ]


def test_rows_of_one_person_may_leave_cells_blank_and_space_them_differently():
    cohort = a_cohort(
        a_learner("L01", row=2),
        a_learner("L01", row=3, **AUTUMN, address=None, telephone="+420 700000001", email="Tereza@Example.org"),
    )
    assert found(cohort) == []


def test_a_third_row_is_held_against_the_first_that_says_something():
    cohort = a_cohort(
        a_learner("L01", row=2),
        a_learner("L01", row=3, **AUTUMN, sex="F"),
        a_learner("L01", row=4, start="2027-10-11", end="2027-10-29", mobility=3, sex="M"),
    )
    assert found(cohort) == ["L120 Learners: Sex, row 4"]


def test_a_row_of_another_person_under_the_same_id_hides_no_contradiction_below_it():
    cohort = a_cohort(
        a_learner("L01", row=2),
        a_learner("L01", row=3, **AUTUMN, family_name="Malý", given_names="Ivo", address="Dlouhá 1, Brno"),
        a_learner("L01", row=4, start="2027-10-11", end="2027-10-29", mobility=3, address="Krátká 2, Brno"),
    )
    assert found(cohort) == ["L120 Learners: Address, row 4", "L121 Learners: Learner ID, row 3"]


@pytest.mark.parametrize(("changes", "different"), [
    ({"family_name": "Malá", "given_names": "Eva"}, True),
    ({"family_name": "Malá", "date_of_birth": "2005-01-01"}, True),
    ({"given_names": "Eva", "date_of_birth": "2005-01-01"}, True),
    ({"family_name": "Malá"}, False), ({"given_names": "Eva"}, False), ({"date_of_birth": "2005-01-01"}, False),
    ({"family_name": "NOVAKOVA", "given_names": "tereza", "date_of_birth": "2005-01-01"}, False),
    ({"family_name": None, "given_names": None, "date_of_birth": None}, False),
    ({"family_name": "Malá", "given_names": None, "date_of_birth": None}, False), ({"family_name": None, "given_names": "Eva"}, False),
])  # fmt: skip
def test_rows_are_of_different_people_where_two_of_name_given_names_and_birth_differ(changes, different):
    one, other = a_learner("L01"), a_learner("L01", person="L01", **changes)
    assert are_different_people(one, other) is are_different_people(other, one) is different


def test_one_id_for_two_people_is_one_error_at_the_id():
    cohort = a_cohort(
        a_learner("L01", row=2),
        a_learner("L01", row=3, mobility=2, family_name="Malý", given_names="Ivo", date_of_birth="2005-01-01"),
    )
    assert found(cohort) == ["L121 Learners: Learner ID, row 3"]
    assert said(cohort) == ["Learner ID “L01” stands here for Ivo Malý and in Learners!A2 for Tereza Nováková."]


def test_one_person_under_two_ids_is_an_error_however_the_name_is_spelled():
    cohort = a_cohort(a_learner("L01", row=2), a_learner("L17", row=18, family_name="NOVAKOVA"))
    assert found(cohort) == ["L122 Learners: Learner ID, row 18"]
    assert said(cohort) == [
        "Tereza NOVAKOVA, born on “12.05.2006”, stands here as “L17” and in Learners!A2 as “L01”."
    ]


def test_one_person_once_with_and_once_without_an_id_is_said_to_have_none_there():
    with_id, without = a_learner("L01", row=2), a_learner(None, row=3)
    assert said(a_cohort(with_id, without)) == [
        "Tereza Nováková, born on “12.05.2006”, stands here as “no ID” and in Learners!A2 as “L01”."
    ]
    assert said(a_cohort(without, with_id)) == [
        "Tereza Nováková, born on “12.05.2006”, stands here as “L01” and in Learners!A3 as “no ID”."
    ]


def test_namesakes_of_whom_no_birth_is_known_are_not_called_one_person_and_others_below_them_are():
    nobody = [a_learner(f"L0{row}", row=row, date_of_birth=None) for row in (2, 3)]
    assert not [one for one in found(a_cohort(*nobody)) if one.startswith("L122")]
    assert "L122 Learners: Learner ID, row 5" in found(a_cohort(*nobody, a_learner("L04", row=4), a_learner("L05", row=5)))


def test_brothers_and_sisters_are_not_one_person():
    cohort = a_cohort(a_learner("L01", row=2), a_learner("L02", row=3, given_names="Eva"))
    assert found(cohort) == []


def test_namesakes_need_ids():
    cohort = a_cohort(a_learner(None, row=2), a_learner("L02", row=3, date_of_birth="2005-01-01"))
    assert found(cohort) == ["L123 Learners: Learner ID, row 2"]
    assert said(cohort) == ["There are “2” learners called Tereza Nováková, and this has no ID."]


def test_namesakes_are_found_below_learners_who_have_none():
    rows = [
        a_learner("L01", row=2, given_names="Eva"), a_learner(None, row=3), a_learner("L02", row=4, date_of_birth="2005-01-01"),
    ]  # fmt: skip
    assert found(a_cohort(*rows)) == ["L123 Learners: Learner ID, row 3"]


def test_learners_of_different_names_and_births_are_no_namesakes():
    rows = [a_learner(None, row=2), a_learner("L02", row=3, given_names="Eva", date_of_birth="2005-01-01")]
    assert found(a_cohort(*rows)) == []


def test_namesakes_with_ids_and_learners_without_namesakes_are_no_problem():
    assert found(a_cohort(a_learner("L01", row=2), a_learner("L02", row=3, date_of_birth="2005-01-01"))) == []
    assert found(a_cohort(a_learner(None, row=2), a_learner(None, row=3, given_names="Eva"))) == []
