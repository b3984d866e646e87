"""The programme that pays: activity and its length, project code, groups, countries."""

from __future__ import annotations

import pytest
from facts import a_cohort, a_home, a_learner, a_partner, advised, cell, found, said

DAYS = {1: "2027-04-05", 2: "2027-04-06", 9: "2027-04-13", 10: "2027-04-14", 30: "2027-05-04", 31: "2027-05-05",
        89: "2027-07-02", 90: "2027-07-03", 365: "2028-04-03", 366: "2028-04-04"}  # fmt: skip
"""A stay of so many days from 5 April 2027 ends on this day."""


def a_stay(activity: str | None, days: int, *, learners: int = 1):
    rows = [a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", end=DAYS[days]) for row in range(2, 2 + learners)]
    return a_cohort(*rows, activity=activity, project_end="2028-11-30")


@pytest.mark.parametrize(("activity", "days"), [
    ("short", 1), ("short", 90), ("long", 89), ("long", 366), ("ErasmusPro", 89), ("ErasmusPro", 366),
])  # fmt: skip
def test_a_stay_too_short_or_too_long_for_its_activity_is_an_error(activity, days):
    assert found(a_stay(activity, days)) == ["A150 Learners: End date, row 2"]


@pytest.mark.parametrize(("activity", "days"), [
    ("short", 10), ("short", 89), ("long", 90), ("long", 365), ("ErasmusPro", 90), ("ErasmusPro", 365), ("other", 1),
    ("other", 365), (None, 2), (None, 365),
])  # fmt: skip
def test_a_stay_that_fits_its_activity_is_no_problem(activity, days):
    assert found(a_stay(activity, days)) == []


def test_the_advice_names_the_activities_that_would_fit():
    assert said(a_stay("short", 90)) == ["The stay lasts “90” days, but activity “short” lasts 10 to 89."]
    assert advised(a_stay("short", 90)) == [
        "Correct the dates, or the Activity on sheet Cohort (“long” and “ErasmusPro” would fit)."
    ]
    assert advised(a_stay("short", 366)) == ["Correct the dates, or the Activity on sheet Cohort."]
    assert advised(a_stay("long", 30)) == [
        "Correct the dates, or the Activity on sheet Cohort (“short” and “group” would fit)."
    ]


@pytest.mark.parametrize(("activity", "days", "code"), [("long", 30, "A150"), ("short", 9, "A151"), (None, 366, "A152")])
def test_where_the_end_is_typed_once_for_all_her_own_start_is_to_be_corrected(activity, days, code):
    learner = a_learner(row=7, end=DAYS[days], inherited={"end": cell("B33")})
    assert found(a_cohort(learner, activity=activity, project_end="2028-11-30")) == [f"{code} Learners: Start date, row 7"]


def test_a_short_stay_of_less_than_ten_days_only_warns():
    for days in (2, 9):
        assert found(a_stay("short", days)) == ["A151 Learners: End date, row 2"]


def test_without_an_activity_only_an_unusual_length_warns():
    assert found(a_stay(None, 1)) == ["A152 Learners: End date, row 2"]
    assert found(a_stay(None, 366)) == found(a_stay("other", 366)) == ["A152 Learners: End date, row 2"]
    assert said(a_stay(None, 1)) == ["The stay lasts “1” day."]
    assert said(a_stay(None, 366)) == ["The stay lasts “366” days."]


def test_a_group_needs_no_single_agreements_which_is_noted_once():
    cohort = a_stay("group", 30, learners=3)
    assert found(cohort) == ["A155 Cohort: Activity"]
    assert said(cohort) == ["For activity “group” one learning programme for the whole group is enough."]
    assert found(a_stay("group", 31, learners=2)) == [
        "A150 Learners: End date, row 2", "A150 Learners: End date, row 3", "A155 Cohort: Activity"
    ]  # fmt: skip


def test_a_group_has_two_learners_at_least():
    assert found(a_stay("group", 10)) == ["A153 Learners: Host, row 2", "A155 Cohort: Activity"]


def test_the_learners_of_a_group_are_counted_for_each_host():
    baltic = a_partner("BALTIC", row=9)
    rows = [
        a_learner("L01", row=2), a_learner("L02", row=3, given_names="Eva"), a_learner("L03", row=4, given_names="Ivo", host=baltic),
    ]  # fmt: skip
    assert found(a_cohort(*rows, activity="group")) == ["A153 Learners: Host, row 4", "A155 Cohort: Activity"]


@pytest.mark.parametrize("title", [
    "Bakers' Competition in Tampere", "WorldSkills Shanghai", "Preparatory visit to Oulu", "euroskills",
])  # fmt: skip
def test_competitions_and_preparatory_visits_are_known_by_the_title(title):
    cohort = a_cohort(activity="other", title=title)
    assert said(cohort) == [f"For an activity such as “{title}” no Learning Agreement is needed."]


def test_a_competition_needs_no_agreement():
    facts = {"activity": "other", "title": "EuroSkills 2027"}
    assert found(a_cohort(**facts)) == ["A155 Cohort: Activity"]
    assert found(a_cohort(**{**facts, "activity": "short"})) == []
    assert found(a_cohort(activity="other")) == []


@pytest.mark.parametrize(("facts", "cell"), [
    ({"project_code": "2026-1-CZ01-KA122-VET-000123456"}, "Project code"),
    ({"project_code": None, "programme": "Erasmus+ KA122-VET"}, "Programme"),
])  # fmt: skip
def test_a_short_term_project_has_at_most_30_participants(facts, cell):
    rows = [a_learner(f"L{row}", row=row, given_names=f"Ivo{row}") for row in range(2, 33)]
    again = a_learner("L2", row=40, given_names="Ivo2", mobility=2, start="2027-09-06", end="2027-10-01")
    assert found(a_cohort(*rows[:30], again, **facts)) == []
    assert found(a_cohort(*rows, **facts)) == [f"A154 Cohort: {cell}"]
    assert found(a_cohort(*rows)) == []


@pytest.mark.parametrize("code", [
    "2026-1-CZ01-KA121-VET-123456", "2026-1-CZ01-KA121-VET", "CZ01-KA121-VET-000123456", "2026-1-CZ01-KA120-VET-000194364",
    "2026–1–CZ01–KA121–VET–000123456", "project 7",
])  # fmt: skip
def test_a_project_code_of_another_form_warns(code):
    assert found(a_cohort(project_code=code)) == ["A160 Cohort: Project code"]


@pytest.mark.parametrize("code", ["2026-1-CZ01-KA121-VET-000123456", "2020-1-PT01-KA101-078285", None])
def test_a_project_code_as_it_is_written_does_not(code):
    assert found(a_cohort(project_code=code)) == []


def test_a_code_of_another_programme_is_not_looked_at():
    assert found(a_cohort(project_code="CZ.02.3.68/0.0", programme="National fund")) == []


def test_call_year_project_code_and_project_start_agree():
    assert found(a_cohort(call_year=2025)) == ["A161 Cohort: Call year"]
    assert found(a_cohort(call_year=2026)) == []
    assert found(a_cohort(project_start="2025-12-31")) == ["A161 Cohort: Project start"]
    assert found(a_cohort(project_code=None, call_year=2027)) == ["A161 Cohort: Project start"]
    assert found(a_cohort(project_start="2027-01-15")) == []


def test_a_project_of_another_field_warns():
    assert found(a_cohort(project_code="2026-1-CZ01-KA121-SCH-000123456")) == ["A162 Cohort: Project code"]
    for field in ("SCH", "ADU", "HED", "YOU", "SPO", " you "):
        assert found(a_cohort(field=field)) == ["A162 Cohort: Field"]
    assert found(a_cohort(field="Vocational education and training")) == []


def test_a_home_outside_the_programme_warns_once():
    home = a_home("LONDON", row=9, country="GB")
    cohort = a_cohort(a_learner("L01", row=2, home=home), a_learner("L02", row=3, given_names="Eva", home=home))
    assert found(cohort) == ["A163 Partners: Country, row 9"]


def test_a_host_outside_the_programme_is_noted():
    host = a_partner("LONDON", row=9, country="GB")
    assert found(a_cohort(a_learner(host=host))) == ["A164 Partners: Country, row 9"]
    assert found(a_cohort(a_learner(host=a_partner("OSLO", row=9, country="NO")))) == []


def test_switzerland_is_noted_before_call_2027():
    learner = a_learner(host=a_partner("BERN", row=9, country="CH"))
    assert found(a_cohort(learner)) == ["A164 Partners: Country, row 9"]
    assert found(a_cohort(learner, call_year=2027, project_code=None, project_start="2027-01-15")) == []


def test_countries_matter_to_erasmus_alone():
    learner = a_learner(home=a_home("LONDON", row=9, country="GB"))
    assert found(a_cohort(learner, project_code=None, programme="Turing Scheme")) == []
    for facts in (
        {"programme": "ERASMUS+"}, {"programme": "erasmus plus"}, {"programme": "ka122 of 2026"},
        {"project_code": "2026-1-CZ01-KA121-VET-000123456", "programme": None},
    ):
        assert "A163 Partners: Country, row 9" in found(a_cohort(learner, **{"project_code": None, **facts})), facts
