"""The stay: its dates, its place in project and memorandum, and who else is there."""

from __future__ import annotations

import pytest
from facts import AURORA, SOS, a_cohort, a_companion, a_home, a_learner, a_minor, a_partner, cell, found, said


def test_a_stay_that_ends_before_it_starts_is_one_error_and_its_length_is_not_looked_at():
    cohort = a_cohort(a_learner(row=7, start="2027-04-30", end="2027-04-05", weeks=4, assessment_date="2027-04-29"))
    assert found(cohort) == ["A101 Learners: End date, row 7"]
    assert said(cohort) == ["The end date “05.04.2027” lies before the start date “30.04.2027”."]


def test_actual_dates_are_compared_likewise():
    cohort = a_cohort(a_learner(row=7, actual_start="2027-04-30", actual_end="2027-04-05"))
    assert found(cohort) == ["A101 Learners: Actual end, row 7"]


@pytest.mark.parametrize("dates", [
    {"actual_start": "2027-04-05"}, {"actual_end": "2027-04-05"}, {"actual_start": "2027-04-05", "actual_end": "2027-04-05"},
    {"actual_start": "2027-04-06", "actual_end": "2027-04-29"}, {"start": "2027-04-05", "end": "2027-04-05", "units": ()},
])  # fmt: skip
def test_a_stay_of_one_day_or_of_which_only_one_end_is_known_does_not_end_before_it_starts(dates):
    assert not [one for one in found(a_cohort(a_learner(**dates))) if one.startswith("A101")]


@pytest.mark.parametrize(("facts", "once", "told"), [
    ({"start": "2027-04-30", "end": "2027-04-05"}, ["end"], "A101 Learners: Start date, row 7"),
    ({"actual_start": "2027-04-30", "actual_end": "2027-04-05"}, ["actual_end"], "A101 Learners: Actual start, row 7"),
    ({"weeks": 2}, ["weeks", "end"], "A102 Learners: Start date, row 7"),
    ({"signed": "2027-04-06"}, ["signed"], "A113 Learners: Start date, row 7"),
])  # fmt: skip
def test_where_one_of_two_dates_is_typed_once_for_all_her_own_is_to_be_corrected(facts, once, told):
    cohort = a_cohort(a_learner(row=7, **facts, inherited={key: cell("B33") for key in once}))
    assert found(cohort) == [told]


@pytest.mark.parametrize(("start", "end", "weeks"), [
    ("2027-04-05", "2027-05-02", 4),    # Monday to Sunday
    ("2027-04-05", "2027-04-30", 4),    # Monday to Friday
    ("2027-04-05", "2027-04-16", 2),    # five days from Monday to Friday, twice
    ("2027-04-05", "2027-04-16", 1.7),
    ("2027-04-04", "2027-05-02", 4),    # the day of arrival counted too
])  # fmt: skip
def test_weeks_that_people_count_otherwise_are_right(start, end, weeks):
    assert found(a_cohort(a_learner(start=start, end=end, weeks=weeks))) == []


def test_weeks_a_week_or_more_off_are_told():
    for weeks in (3, 5, 12):
        assert found(a_cohort(a_learner(row=7, end="2027-05-02", weeks=weeks))) == ["A102 Learners: Weeks, row 7"]
    assert said(a_cohort(a_learner(end="2027-05-02", weeks=5))) == [
        "“5” weeks are stated, but from “05.04.2027” to “02.05.2027” there are “28” days."
    ]


def test_where_weeks_are_a_default_the_dates_in_the_row_are_to_be_corrected():
    cohort = a_cohort(a_learner(row=7, weeks=2, inherited={"weeks": cell("B33")}))
    assert found(cohort) == ["A102 Learners: End date, row 7"]


def test_stays_of_one_person_must_not_overlap():
    cohort = a_cohort(
        a_learner("L01", row=3, mobility=2, start="2027-04-30", end="2027-05-21"),
        a_learner("L01", row=2, mobility=1, start="2027-04-05", end="2027-04-30"),
    )
    assert found(cohort) == ["A103 Learners: Start date, row 3"]
    assert said(cohort) == [
        "This stay of Tereza Nováková starts on “30.04.2027”, while another ends on “30.04.2027” (Learners!AC2)."
    ]


def test_a_stay_entered_twice_overlaps_with_itself():
    rows = [a_learner("L01", row=row, mobility=row - 1, inherited={"start": cell("B33")}) for row in (2, 3)]
    assert found(a_cohort(*rows)) == ["A103 Learners: End date, row 3"], "Start date is typed once for all"


def test_two_rows_of_one_mobility_do_not_overlap_because_that_is_told_when_they_are_read():
    assert found(a_cohort(a_learner("L01", row=2, mobility=1), a_learner("L01", row=3, mobility=1))) == []


def test_a_stay_without_an_end_is_not_held_against_another():
    rows = [a_learner("L01", row=2, mobility=1, end=None), a_learner("L01", row=3, mobility=2, start=None)]
    assert not [one for one in found(a_cohort(*rows)) if one.startswith("A103")]


def test_a_long_stay_is_held_against_every_shorter_one_inside_it():
    cohort = a_cohort(
        a_learner("L01", row=2, mobility=1, start="2027-03-01", end="2027-05-20"),
        a_learner("L01", row=3, mobility=2, start="2027-03-08", end="2027-03-26"),
        a_learner("L01", row=4, mobility=3, start="2027-04-05", end="2027-04-30"),
        a_learner("L01", row=5, mobility=4, start="2027-05-21", end="2027-06-18"),
    )
    assert found(cohort) == ["A103 Learners: Start date, row 3", "A103 Learners: Start date, row 4"]


def test_stays_of_two_people_may_overlap_and_so_may_one_given_up():
    assert found(a_cohort(a_learner("L01", row=2), a_learner("L02", row=3, given_names="Eva"))) == []
    assert found(a_cohort(a_learner("L01", row=2), a_learner("L01", row=3, mobility=2, status="withdrawn"))) == []


def test_an_accompanying_person_cannot_leave_before_arriving():
    cohort = a_cohort(companions=(a_companion(row=4, start="2027-04-16", end="2027-04-05"),))
    assert found(cohort) == ["A104 Accompanying: End date, row 4"]
    assert found(a_cohort(companions=(a_companion(start="2027-04-05", end="2027-04-05"),))) == []


def test_a_stay_outside_the_project_is_told_at_the_date_that_is_outside():
    project = {"project_start": "2027-04-12", "project_end": "2027-04-23"}
    assert found(a_cohort(a_learner(row=7), **project)) == [
        "A110 Learners: Start date, row 7", "A110 Learners: End date, row 7"
    ]  # fmt: skip
    assert said(a_cohort(**project)) == [
        "The stay starts on “05.04.2027”, before the project does on “12.04.2027” (Cohort!B6).",
        "The stay ends on “30.04.2027”, after the project does on “23.04.2027” (Cohort!B7).",
    ]


def test_a_stay_may_begin_and_end_with_the_project():
    assert found(a_cohort(project_start="2027-04-05", project_end="2027-04-30")) == []


def test_a_stay_of_one_day_after_a_project_of_one_day_is_outside_it():
    cohort = a_cohort(
        a_learner(row=7, start="2027-04-06", end="2027-04-06"), project_start="2027-04-05", project_end="2027-04-05",
        activity="other",
    )  # fmt: skip
    assert found(cohort) == ["A110 Learners: End date, row 7"]


def test_beside_a_stay_that_ends_before_it_starts_the_others_are_held_against_the_project():
    rows = [
        a_learner("L01", row=2, start="2027-04-30", end="2027-04-05"), a_learner("L02", row=3, given_names="Eva"),
    ]  # fmt: skip
    assert found(a_cohort(*rows, project_end="2027-04-23")) == [
        "A101 Learners: End date, row 2", "A110 Learners: End date, row 3"
    ]  # fmt: skip


def test_a_project_that_ends_before_it_starts_is_one_error_and_no_stay_is_held_against_it():
    cohort = a_cohort(project_start="2027-11-30", project_end="2026-09-01")
    assert found(cohort) == ["A111 Cohort: Project end"]


def test_a_stay_needs_the_memorandum_until_its_end():
    for memorandum in ("one for all", "already signed"):
        cohort = a_cohort(a_learner(row=7), valid_until="2027-04-29", memorandum=memorandum)
        assert found(cohort) == ["A112 Learners: End date, row 7"]
    assert said(a_cohort(valid_until="2027-04-29")) == [
        "The stay ends on “30.04.2027”, but the memorandum is valid until “29.04.2027” only (Cohort!B24)."
    ]
    assert found(a_cohort(valid_until="2027-04-30")) == []


def test_a_stay_of_one_day_needs_the_memorandum_too():
    cohort = a_cohort(a_learner(row=7, start="2027-04-30", end="2027-04-30"), valid_until="2027-04-29", activity="other")
    assert found(cohort) == ["A112 Learners: End date, row 7"]


def test_an_agreement_signed_after_the_start_is_told_but_not_an_amended_one():
    assert found(a_cohort(a_learner(row=7, signed="2027-04-06"))) == ["A113 Learners: Signed, row 7"]
    assert found(a_cohort(a_learner(signed="2027-04-05"))) == []
    assert found(a_cohort(a_learner(signed="2027-04-20", amendment="1"))) == []


def test_a_printed_date_of_signature_after_the_first_start_is_told_once():
    rows = [
        a_learner("L01", row=2),
        a_learner("L02", row=3, given_names="Eva", start="2027-03-29", end="2027-04-16"),
        a_learner("L03", row=4, given_names="Ivo", start="2027-03-01", end="2027-03-19", signed="2027-02-01"),
    ]
    assert found(a_cohort(*rows, date="2027-05-01")) == ["A114 Cohort: Date of signature"]
    assert said(a_cohort(*rows, date="2027-05-01")) == [(
        "The date of signature “01.05.2027” lies after the first start, “29.03.2027”. "
        "(This is good practice, not a rule.)"
    )]
    assert found(a_cohort(*rows, date="2027-03-29")) == []


def test_a_stay_inside_one_country_is_told_once_for_each_home_and_host():
    host = a_partner("HOTEL", row=9, country="CZ")
    cohort = a_cohort(a_learner("L01", row=2, host=host), a_learner("L02", row=3, given_names="Eva", host=host))
    assert found(cohort) == ["A120 Partners: Country, row 9"]
    assert said(cohort) == ["The host “Hotel Hotel Oy” lies in “CZ”, and so does the home “SOŠ gastronomie Brno”."]


def test_a_host_whose_country_is_unknown_is_not_said_to_lie_at_home():
    host = a_partner("HOTEL", row=9, country=None, unreadable=("country",))
    assert found(a_cohort(a_learner(host=host))) == []


def test_a_home_that_is_its_own_host_is_told_in_the_learners_row():
    school = a_home(mentor="Eva", mentor_email="eva@sos.example")
    cohort = a_cohort(a_learner(row=7, home=school, host=school), partners=(school, AURORA))
    assert found(cohort) == ["A120 Learners: Host, row 7"]


def test_more_learners_than_places_on_one_day_are_told_once_with_the_first_such_day():
    small = a_partner("SMALL", row=9, places=2)
    rows = [
        a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", host=small, start=start, end=end)
        for row, (start, end) in enumerate([
            ("2027-04-05", "2027-04-16"), ("2027-04-05", "2027-04-30"), ("2027-04-16", "2027-04-30"),
            ("2027-04-20", "2027-04-30"),
        ], start=2)
    ]  # fmt: skip
    assert found(a_cohort(*rows)) == ["A121 Partners: Places, row 9"]
    assert said(a_cohort(*rows)) == [(
        "“Hotel Small Oy” has “2” places, but “3” learners are there on “16.04.2027”. "
        "(This is good practice, not a rule.)"
    )]


def test_learners_who_follow_each_other_need_no_more_places():
    small = a_partner("SMALL", row=9, places=1)
    rows = [
        a_learner("L01", row=2, host=small, start="2027-04-05", end="2027-04-16"),
        a_learner("L02", row=3, given_names="Eva", host=small, start="2027-04-17", end="2027-04-30"),
    ]
    assert found(a_cohort(*rows)) == []


def test_who_left_earlier_makes_one_place_free_and_not_two():
    small = a_partner("SMALL", row=9, places=1)
    rows = [
        a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", host=small, start=start, end=end)
        for row, (start, end) in enumerate([
            ("2027-04-05", "2027-04-16"), ("2027-04-19", "2027-04-30"), ("2027-04-20", "2027-04-30"),
        ], start=2)
    ]  # fmt: skip
    assert found(a_cohort(*rows)) == ["A121 Partners: Places, row 9"]


def test_a_host_without_any_places_is_told_with_the_first_day_somebody_is_there():
    cohort = a_cohort(a_learner(host=a_partner("SMALL", row=9, places=0)))
    assert said(cohort)[0].startswith("“Hotel Small Oy” has “0” places, but “1” learners are there on “05.04.2027”.")


@pytest.mark.parametrize("dates", [
    {"start": "2027-04-30", "end": "2027-04-05"}, {"end": None}, {"start": None},
], ids=["the wrong way round", "no end", "no start"])  # fmt: skip
def test_a_learner_whose_dates_are_wrong_neither_takes_a_place_nor_gives_one(dates):
    small = a_partner("SMALL", row=9, places=1)
    rows = [
        a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", host=small, start="2027-04-12", end="2027-04-23")
        for row in (2, 3)
    ]  # fmt: skip
    strange = a_learner("L04", row=4, given_names="Eva", host=small, **dates)
    assert "A121 Partners: Places, row 9" not in found(a_cohort(rows[0], strange))
    assert "A121 Partners: Places, row 9" in found(a_cohort(*rows, strange))


def test_learners_at_a_workplace_take_its_places():
    firm = a_partner("FIRM", row=9, roles=("company",), places=1)
    rows = [a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", workplace=firm) for row in (2, 3)]
    assert found(a_cohort(*rows)) == ["A121 Partners: Places, row 9"]


def test_minors_who_travel_alone_are_noted_once_for_each_home_and_host():
    rows = [a_minor("L01", row=2), a_minor("L02", row=3, given_names="Eva"), a_learner("L03", row=4, given_names="Ivo")]
    assert found(a_cohort(*rows, companions=())) == ["A122 Learners: Host, row 2"]
    assert said(a_cohort(*rows, companions=())) == [(
        "2 learners under 18 go from “SOŠ gastronomie Brno” to “Hotel Aurora Oy”, and nobody is entered who travels "
        "along."
    )]


def test_a_minor_who_travels_alone_is_one_learner_who_goes():
    assert said(a_cohort(a_minor(), companions=()))[0].startswith("One learner under 18 goes from “SOŠ gastronomie Brno” to")


def test_a_minor_whose_host_is_not_known_yet_is_not_said_to_travel_alone():
    assert not [one for one in found(a_cohort(a_minor(host=None), companions=())) if one.startswith("A12")]


@pytest.mark.parametrize("goes_to", [{}, {"home": SOS}, {"host": AURORA}, {"home": SOS, "host": AURORA}])
def test_somebody_who_goes_with_them_is_enough(goes_to):
    assert found(a_cohort(a_minor(), companions=(a_companion(**goes_to),))) == []


def test_somebody_who_goes_to_another_host_is_not():
    elsewhere = a_companion(host=a_partner("BALTIC", row=9))
    assert found(a_cohort(a_minor(row=7), companions=(elsewhere,))) == ["A122 Learners: Host, row 7"]
