"""What should be there after a stay: results of all that was agreed, and then the Europass."""

from __future__ import annotations

import datetime as dt

import pytest
from facts import SOUPS, STARTERS, a_choice, a_cohort, a_learner, cell, found, marked, said

from pipeline import checks
from pipeline.checks.afterwards import next_day
from pipeline.checks.rule import check_by_day
from pipeline.problem import Severity

IVO = a_learner("L02", row=3, given_names="Ivo", units=(STARTERS, SOUPS))
ONE_ASSESSED = "| Learner ID | Result |\n| L01 | achieved |"


# -- agreed and never assessed -----------------------------------------------------------------------------------------


def test_four_weeks_after_the_end_an_agreed_unit_without_a_result_warns_once_for_the_stay():
    cohort = marked(ONE_ASSESSED, a_learner(), IVO)
    assert found(cohort, day="2027-05-28") == []
    assert found(cohort, day="2027-05-29") == ["R140 Learners: Units, row 3"]
    assert checks.run(cohort, dt.date(2027, 5, 29))[0].message == (
        "The stay of Ivo Nováková ended on “30.04.2027”, and there is no result for “U1” and “U2”. (This is good practice, "
        "not a rule.)"
    )


def test_one_unit_of_two_without_a_result_is_named():
    cohort = marked(ONE_ASSESSED + "\n| L02 | achieved |", a_learner(), IVO)
    assert found(cohort, day="2027-06-01") == ["R140 Learners: Units, row 3"]
    assert "no result for “U2”." in checks.run(cohort, dt.date(2027, 6, 1))[0].message


@pytest.mark.parametrize("result", ["not assessed", "not achieved", "partly", "?"])
def test_any_result_is_a_result(result):
    assert found(marked(f"| Result |\n| {result} |"), day="2027-12-01") == []


def test_the_result_of_one_outcome_is_enough():
    cohort = marked("| Learning outcome | Result |\n| prepares three cold starters | partly |")
    assert found(cohort, day="2027-12-01") == []


def test_a_row_that_says_nothing_yet_is_no_result():
    cohort = marked(ONE_ASSESSED + "\n| L02 | |", a_learner(), a_learner("L02", row=3, given_names="Ivo"))
    assert found(cohort, day="2027-12-01") == ["R140 Learners: Units, row 3"]


def test_what_is_validated_without_a_result_is_told_as_that_and_not_waited_for():
    cohort = marked(ONE_ASSESSED.replace("Result |", "Result | Validated |").replace("achieved |", "achieved | |")
                    + "\n| L02 | | yes |", a_learner(), a_learner("L02", row=3, given_names="Ivo"))  # fmt: skip
    assert found(cohort, day="2027-12-01") == ["R101 Results: Validated, row 3"]


def test_a_stay_of_one_day_is_waited_for_too():
    visit = a_learner("L02", row=3, given_names="Ivo", start="2027-04-05", end="2027-04-05")
    before, after = (found(marked(ONE_ASSESSED, a_learner(), visit), day=day) for day in ("2027-05-03", "2027-05-04"))
    assert [each for each in after if each not in before] == ["R140 Learners: Units, row 3"]


def test_a_cohort_whose_results_are_kept_elsewhere_is_left_alone():
    assert found(a_cohort(), day="2030-01-01") == []


def test_without_a_day_nobody_knows_how_long_ago_a_stay_was():
    assert found(marked(ONE_ASSESSED, a_learner(), IVO)) == []


def test_the_actual_end_counts_and_who_returned_early_is_told_once():
    early = a_learner("L02", row=3, given_names="Ivo", status="returned early", actual_end="2027-04-10", units=(STARTERS, SOUPS))
    cohort = marked(ONE_ASSESSED, a_learner(), early)
    assert found(cohort, day="2027-05-08") == []
    assert found(cohort, day="2027-05-09") == ["R140 Learners: Units, row 3"]
    assert found(cohort, day="2028-05-09") == ["R140 Learners: Units, row 3"]


def test_who_returned_early_and_achieved_everything_is_no_problem():
    early = a_learner(status="returned early", actual_end="2027-04-10")
    assert found(marked("| Result | Assessed on |\n| achieved | 2027-04-09 |", early), day="2028-01-01") == []


def test_learners_in_reserve_and_withdrawn_ones_are_not_waited_for():
    for status in ("reserve", "withdrawn"):
        cohort = marked(ONE_ASSESSED, a_learner(), a_learner("L02", row=3, given_names="Ivo", status=status))
        assert found(cohort, day="2028-01-01") == []


def test_it_is_told_in_the_cell_that_agrees_on_the_unit_and_where_that_is_everybodys_in_her_own_row():
    chosen = a_learner("L02", row=3, given_names="Ivo", units=(a_choice(SOUPS, row=4),))
    assert found(marked(ONE_ASSESSED, a_learner(), chosen), day="2028-01-01") == ["R140 Unit choices: Unit ID, row 4"]
    shared = a_learner("L02", row=3, given_names="Ivo", inherited={"units": cell("B40")})
    assert found(marked(ONE_ASSESSED, a_learner(), shared), day="2028-01-01") == ["R140 Learners: Family name, row 3"]


def test_the_next_day_on_which_something_is_due_is_known():
    later = a_learner("L03", row=4, given_names="Eva", start="2027-09-06", end="2027-10-01")
    cohort = marked(ONE_ASSESSED, a_learner(), IVO, later)
    due = dt.date(2027, 5, 29)
    assert next_day(cohort, dt.date(2027, 4, 1)) == next_day(cohort, dt.date(2027, 5, 28)) == due
    assert next_day(cohort, due) == dt.date(2027, 10, 30)
    assert next_day(cohort, dt.date(2027, 10, 30)) is None
    assert next_day(a_cohort(), dt.date(2027, 4, 1)) is None


def test_between_these_days_the_rules_find_the_same():
    cohort = marked(ONE_ASSESSED, a_learner(), IVO)
    day = dt.date(2027, 4, 1)
    due = next_day(cohort, day)
    before = {tuple(checks.run(cohort, day + dt.timedelta(days=more))) for more in range((due - day).days)}
    assert len(before) == 1
    assert tuple(checks.run(cohort, due)) not in before


def test_a_rule_that_asks_for_the_day_may_hold_no_paper():
    with pytest.raises(ValueError, match="hold no papers"):
        check_by_day("R199", Severity.ERROR)


# -- Europass ----------------------------------------------------------------------------------------------------------


def test_a_europass_issued_before_the_end_of_the_stay_is_an_error():
    cohort = a_cohort(a_learner(row=7, europass_issued_on="2027-04-29"))
    assert found(cohort) == ["R160 Learners: Europass issued on, row 7"]
    assert said(cohort) == ["The Europass Mobility is issued on “29.04.2027”, but the stay ends on “30.04.2027”."]


@pytest.mark.parametrize("changes", [
    {"europass_issued_on": "2027-04-30"}, {"europass_issued_on": "2027-06-01"},
    {"europass_issued_on": "2027-04-20", "actual_end": "2027-04-20", "status": "returned early"},
    {"europass_issued_on": "2027-04-20", "unreadable": ("actual_end",)},
])  # fmt: skip
def test_a_europass_issued_on_the_last_day_or_later_is_right(changes):
    assert found(a_cohort(a_learner(**changes))) == []


def test_a_europass_is_not_compared_with_the_end_of_who_returned_early_while_nobody_says_when():
    cohort = a_cohort(a_learner(row=7, europass_issued_on="2027-04-20", status="returned early"))
    assert found(cohort) == ["R163 Learners: Actual end, row 7"]


def test_the_day_before_a_stay_of_one_day_is_too_early_for_its_europass():
    issued = "R160 Learners: Europass issued on, row 7"
    for day, is_early in (("2027-04-04", True), ("2027-04-05", False)):
        cohort = a_cohort(a_learner(row=7, start="2027-04-05", end="2027-04-05", europass_issued_on=day))
        assert (issued in found(cohort)) is is_early


def test_an_actual_end_later_than_agreed_counts_too():
    cohort = a_cohort(a_learner(row=7, europass_issued_on="2027-05-01", actual_end="2027-05-02"))
    assert found(cohort) == ["R160 Learners: Europass issued on, row 7"]


def test_a_europass_of_a_learner_without_any_result_is_a_notice():
    issued = a_learner("L02", row=3, given_names="Ivo", europass_number="CZ-1", europass_issued_on="2027-06-01")
    cohort = marked(ONE_ASSESSED, a_learner(), issued)
    assert found(cohort) == ["R161 Learners: Europass issued on, row 3"]
    assert said(cohort)[0].startswith("Ivo Nováková has a Europass Mobility (“01.06.2027”), and no result on sheet Results.")
    assert found(marked(ONE_ASSESSED + "\n| L02 | not achieved |", a_learner(), issued)) == []
    assert found(a_cohort(issued)) == []


def test_a_number_of_a_europass_may_be_asked_for_before_the_stay():
    numbered = a_learner("L02", row=3, given_names="Ivo", europass_number="CZ-1")
    assert found(marked(ONE_ASSESSED, a_learner(), numbered)) == []
    back = a_learner("L02", row=3, given_names="Ivo", europass_number="CZ-1", actual_end="2027-04-30")
    assert found(marked(ONE_ASSESSED, a_learner(), back)) == ["R161 Learners: Europass number, row 3"]


# -- who did not go ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["reserve", "withdrawn"])
def test_results_of_a_learner_who_did_not_go_are_a_notice_and_nothing_else(status):
    cohort = marked("""
        | Unit ID | Result       | Validated | Recognised as |
        | U1      | not achieved | yes       | Module 6      |
        | U2      | achieved     |           | Module 7      |
    """, a_learner(status=status))  # fmt: skip
    assert found(cohort, day="2028-01-01") == ["R162 Results: Learner ID, row 2"]
    assert said(cohort) == [f"There are results for Tereza Nováková, whose Status is “{status}” (Learners!C2)."]


def test_results_of_two_learners_who_did_not_go_are_told_of_each():
    ivo = a_learner("L02", row=3, given_names="Ivo", status="reserve")
    cohort = marked(ONE_ASSESSED + "\n| L02 | achieved |", a_learner(status="withdrawn"), ivo)
    assert found(cohort) == ["R162 Results: Learner ID, row 2", "R162 Results: Learner ID, row 3"]


# -- who returned early --------------------------------------------------------------------------------------------------


def test_who_returned_early_returned_on_a_day():
    cohort = a_cohort(a_learner(row=7, status="returned early"))
    assert found(cohort) == ["R163 Learners: Actual end, row 7"]
    assert checks.run(cohort)[0].holds
    status = a_learner(row=7).at("status")
    assert said(cohort) == [f"Status is “returned early” ({status}), but Actual end is blank."]


@pytest.mark.parametrize("changes", [
    {"status": "returned early", "actual_end": "2027-04-20"}, {"status": "returned early", "unreadable": ("actual_end",)},
    {"actual_end": "2027-04-30"}, {"actual_end": "2027-05-03"}, {"status": "confirmed", "actual_end": None},
    {"actual_end": "2027-04-20", "unreadable": ("status",)}, {"status": "withdrawn", "actual_end": "2027-04-20"},
])  # fmt: skip
def test_a_status_and_an_actual_end_that_say_the_same_are_right(changes):
    assert found(a_cohort(a_learner(**changes))) == []


def test_an_actual_end_before_the_agreed_one_is_an_early_return_and_no_other_is():
    early = a_cohort(a_learner(row=7, actual_end="2027-04-29"))
    assert found(early) == ["R164 Learners: Actual end, row 7"]
    assert said(early) == ["The actual end “29.04.2027” lies before the agreed end “30.04.2027”, but Status is not “returned early”."]
    late = a_cohort(a_learner(row=7, actual_end="2027-04-30", status="returned early"))
    assert found(late) == ["R164 Learners: Actual end, row 7"]
    assert said(late)[0].endswith("but the actual end “30.04.2027” is not before the agreed end “30.04.2027”.")
    assert not checks.run(early)[0].holds


def test_actual_dates_that_contradict_each_other_are_told_alone():
    upside_down = a_learner(row=7, actual_start="2027-04-20", actual_end="2027-04-10")
    assert found(a_cohort(upside_down)) == ["A101 Learners: Actual end, row 7"]


def test_nobody_is_assessed_after_an_early_return():
    early = a_learner(status="returned early", actual_end="2027-04-20")
    for day, problems in (
        ("2027-04-20", []), ("2027-04-21", ["R165 Results: Assessed on, row 2"]),
        ("2027-06-01", ["R165 Results: Assessed on, row 2"]), ("2027-06-02", ["R110 Results: Assessed on, row 2"]),
    ):  # fmt: skip
        assert found(marked(f"| Result | Assessed on |\n| achieved | {day} |", early)) == problems
    (told,) = said(marked("| Result | Assessed on |\n| achieved | 2027-04-21 |", early))
    assert told.startswith(
        f"It was assessed on “21.04.2027”, but Tereza Nováková returned early, on “20.04.2027” ({early.at('actual_end')}). "
    )
    assert found(marked("| Result | Assessed on |\n| achieved | 2027-05-07 |")) == []


def test_each_early_return_is_looked_at_for_itself():
    """Ann came back when it was agreed, Ben's days are upside down, Cyril came back a day early."""
    ann, ben, cyril = (
        a_learner("L01", row=2, given_names="Ann"),
        a_learner("L02", row=3, given_names="Ben", actual_start="2027-04-20", actual_end="2027-04-10"),
        a_learner("L03", row=4, given_names="Cyril", actual_end="2027-04-29"),
    )  # fmt: skip
    told = [each for each in found(a_cohort(ann, ben, cyril)) if each.startswith(("A101", "R16"))]
    assert sorted(told) == ["A101 Learners: Actual end, row 3", "R164 Learners: Actual end, row 4"]


def test_who_came_back_on_the_first_day_returned_early_too():
    stayed_a_day = a_learner(row=7, actual_start="2027-04-05", actual_end="2027-04-05")
    assert "R164 Learners: Actual end, row 7" in found(a_cohort(stayed_a_day))
    agreed_for_a_day = a_learner(row=7, start="2027-04-05", end="2027-04-05", actual_end="2027-04-05", status="returned early")
    assert "R164 Learners: Actual end, row 7" in found(a_cohort(agreed_for_a_day))
    assert f"({agreed_for_a_day.at('status')})" in next(each for each in said(a_cohort(agreed_for_a_day)) if "Status is" in each)


def test_only_what_was_assessed_after_an_early_return_is_told_and_each_row_for_itself():
    early = a_learner(status="returned early", actual_end="2027-04-20")
    rows = "| Unit ID | Result | Assessed on |\n| U1 | achieved | |\n| U1 | partly | 2027-04-10 |\n| U2 | achieved | 2027-04-21 |"
    assert [each for each in found(marked(rows, early, units=(STARTERS, SOUPS))) if each.startswith("R165")] == ["R165 Results: Assessed on, row 4"]
    not_said = a_learner(actual_end="2027-04-20")
    assert "R165" not in " ".join(found(marked("| Result | Assessed on |\n| achieved | 2027-04-21 |", not_said)))
    nobody_asks = "| Result | Assessed on |\n| achieved | 2027-04-21 |"
    of_a_day = a_learner(status="returned early", actual_start="2027-04-20", actual_end="2027-04-20")
    assert "R165 Results: Assessed on, row 2" in found(marked(nobody_asks, of_a_day))
