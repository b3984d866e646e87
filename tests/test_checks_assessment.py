"""Who assesses, validates and recognises, when, and with which annexes."""

from __future__ import annotations

import pytest
from facts import STARTERS, a_choice, a_cohort, a_home, a_learner, a_partner, a_qualification, cell, found, said


def test_an_assessor_of_the_home_organisation_warns():
    cohort = a_cohort(a_learner(row=7, assessor_role="teacher, SOS Gastronomie, Brno"))
    assert found(cohort) == ["A301 Learners: Assessor role, row 7"]
    assert said(cohort) == [
        "The assessor's role “teacher, SOS Gastronomie, Brno” names “SOŠ gastronomie Brno”, which sends the learner."
    ]


@pytest.mark.parametrize("role", [
    "Hotel Aurora Oy, head chef", "head chef", "Hotel Aurora Oy, with SOŠ gastronomie Brno", "SOŠ gastronomie Brnohrad", None,
])  # fmt: skip
def test_an_assessor_of_the_host_or_of_nowhere_does_not(role):
    assert found(a_cohort(a_learner(assessor_role=role))) == []


def test_the_assessor_of_one_unit_is_looked_at_too():
    own = a_choice(STARTERS, row=4, assessor="Hana", assessor_role="SOŠ gastronomie Brno, teacher")
    assert found(a_cohort(a_learner(units=(own,)))) == ["A301 Unit choices: Assessor role, row 4"]


def test_the_assessor_is_looked_at_also_where_no_unit_is_named_yet():
    assert "A301 Learners: Assessor role, row 7" in found(a_cohort(a_learner(row=7, units=(), assessor_role="SOŠ gastronomie Brno")))


def test_an_assessor_of_a_company_of_the_same_name_as_its_school_is_not_of_the_home():
    home, host = a_home("OMNIA", row=4, name="Omnia"), a_partner("OT", row=5, name="Omnia Tampere")
    learner = a_learner(home=home, host=host, assessor_role="Omnia Tampere, trainer", validator_role="Omnia, teacher")
    assert found(a_cohort(learner)) == []


def test_validator_and_recogniser_of_the_host_warn():
    cohort = a_cohort(a_learner(row=7, validator_role="Hotel Aurora Oy, chef", recogniser_role="director, HOTEL AURORA OY"))
    assert found(cohort) == ["A302 Learners: Validator role, row 7", "A302 Learners: Recogniser role, row 7"]
    assert said(cohort) == [
        "The validator's role “Hotel Aurora Oy, chef” names “Hotel Aurora Oy”, where the learner is a guest.",
        "The recogniser's role “director, HOTEL AURORA OY” names “Hotel Aurora Oy”, where the learner is a guest.",
    ]


def test_a_validator_of_home_or_of_the_employer_does_not():
    boss = a_partner("BOSS", row=6, roles=("employer",), name="Hotel Brno", country="CZ")
    learner = a_learner(employer=boss, validator_role="SOŠ gastronomie Brno, head", recogniser_role="Hotel Brno, director")
    assert found(a_cohort(learner)) == []


def test_a_role_typed_once_for_all_is_told_once():
    rows = [
        a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", validator_role="Hotel Aurora Oy",
                  inherited={"validator_role": cell("B50")})
        for row in (2, 3)
    ]  # fmt: skip
    assert len(found(a_cohort(*rows))) == 1


@pytest.mark.parametrize("day", ["2027-04-04", "2027-06-12", "2028-04-29"])
def test_an_assessment_before_the_stay_or_long_after_it_is_one_problem(day):
    cohort = a_cohort(a_learner(row=7, assessment_date=day, validation_date="2027-05-14"))
    assert found(cohort) == ["A310 Learners: Assessment date, row 7"]


@pytest.mark.parametrize("day", ["2027-04-05", "2027-04-30", "2027-06-11"])
def test_an_assessment_during_the_stay_or_some_weeks_after_is_right(day):
    assert found(a_cohort(a_learner(assessment_date=day))) == []


def test_the_assessment_of_a_stay_of_one_day_is_looked_at_too():
    cohort = a_cohort(a_learner(row=7, start="2027-04-05", end="2027-04-05", assessment_date="2027-04-04"))
    assert "A310 Learners: Assessment date, row 7" in found(cohort)


@pytest.mark.parametrize("dates", [
    {"start": "2027-04-30", "end": "2027-04-05"}, {"start": None}, {"end": None}, {"start": None, "end": None},
], ids=["the wrong way round", "no start", "no end", "no dates"])  # fmt: skip
def test_an_assessment_is_not_held_against_dates_of_a_stay_that_are_wrong_themselves(dates):
    cohort = a_cohort(a_learner(assessment_date="2026-01-01", **dates))
    assert not [one for one in found(cohort) if one.startswith("A310")]


def test_the_assessment_of_one_unit_is_looked_at_too():
    cohort = a_cohort(a_learner(units=(a_choice(STARTERS, row=4, assessment_date="2026-04-29"),)))
    assert found(cohort) == ["A310 Unit choices: Assessment date, row 4"]
    assert said(cohort) == ["The assessment date “29.04.2026” does not fit the stay from “05.04.2027” to “30.04.2027”."]


def test_a_validation_before_the_last_assessment_warns():
    late = a_choice(STARTERS, row=4, assessment_date="2027-05-15")
    learner = a_learner(row=7, units=(late,), assessment_date="2027-04-29", validation_date="2027-05-14")
    assert found(a_cohort(learner)) == ["A311 Learners: Validation date, row 7"]
    assert said(a_cohort(learner)) == ["The validation date “14.05.2027” lies before the assessment on “15.05.2027”."]


def test_a_validation_on_the_day_of_the_assessment_is_right():
    assert found(a_cohort(a_learner(assessment_date="2027-04-29", validation_date="2027-04-29"))) == []


@pytest.mark.parametrize("entry", ["Other", "Other: please specify", "Sonstiges", "autre, préciser", "otro", "Jiné"])
def test_an_annex_called_other_and_nothing_more_is_an_error(entry):
    assert found(a_cohort(a_learner(row=7, enclosures_progress=(entry,)))) == ["A320 Learners: Enclosures progress, row 7"]


def test_an_annex_called_other_is_found_in_every_list_of_annexes():
    cook = a_qualification(row=5, enclosures=("Other",))
    learner = a_learner(row=7, enclosures_programme=("Other",), enclosures_assessment=("Assessment grid", "Other"))
    assert found(a_cohort(learner)) == [
        "A320 Learners: Enclosures programme, row 7", "A320 Learners: Enclosures assessment, row 7"
    ]  # fmt: skip
    cohort = a_cohort(nobody=True, qualifications=(cook,), units=())
    assert "A320 Qualifications: Enclosures, row 5" in found(cohort)


def test_other_annexes_that_are_named_are_right():
    assert found(a_cohort(a_learner(enclosures_progress=("Other: Swimming badge", "Europass CV")))) == []
