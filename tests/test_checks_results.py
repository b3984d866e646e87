"""From assessment to recognition: nothing left out, in this order, and by the right side."""

from __future__ import annotations

import pytest
from facts import (
    AURORA,
    RESULTS_SHEET,
    STARTERS,
    a_choice,
    a_cohort,
    a_home,
    a_learner,
    a_partner,
    a_unit,
    found,
    marked,
    origin,
    said,
)

from pipeline.model import Result

MENU = a_unit("U9", row=9, title="Menus", skills=("plans a menu", "costs a menu", "writes a menu"))

CLEAN = """
    | Unit ID | Result   | Assessed by | Assessed on | Validated | Validated by   | Validated on | Recognised as | Recognised by | Recognised on | Points credited |
    | U1      | achieved | Mikko Salo  | 2027-04-29  | yes       | Hana Dvořáková | 2027-05-14   | Module 6      | Karel Beneš   | 2027-05-20    | 2.5             |
"""


def test_a_unit_assessed_validated_and_recognised_in_order_has_no_problem():
    assert found(marked(CLEAN), day="2028-01-01") == []


def test_a_result_that_home_has_not_looked_at_yet_has_no_problem():
    for result in ("achieved", "partly", "not achieved", "not assessed"):
        assert found(marked(f"| Result |\n| {result} |")) == []


# -- no validation without a positive assessment -----------------------------------------------------------------------


@pytest.mark.parametrize(("result", "validated"), [
    ("not achieved", "yes"), ("not achieved", "partly"), ("not assessed", "yes"), ("not assessed", "partly"), ("partly", "yes"),
])  # fmt: skip
def test_more_is_not_validated_than_the_host_assessed(result, validated):
    cohort = marked(f"""
        | Unit ID | Result   | Validated   |
        | U1      | {result} | {validated} |
    """)
    assert found(cohort) == ["R101 Results: Validated, row 2"]
    assert said(cohort) == [f"“{validated}” stands in Validated, but the host's result is “{result}”."]


@pytest.mark.parametrize(("result", "validated"), [
    ("achieved", "yes"), ("achieved", "partly"), ("partly", "partly"), ("not achieved", "no"), ("partly", "no"), ("", "no"),
])  # fmt: skip
def test_as_much_as_was_assessed_may_be_validated_or_less(result, validated):
    assert found(marked(f"| Result | Validated |\n| {result} | {validated} |")) == []


def test_what_was_never_assessed_cannot_be_validated():
    cohort = marked("| Unit ID | Validated |\n| U1 | yes |")
    assert found(cohort) == ["R101 Results: Validated, row 2"]
    assert said(cohort) == ["“yes” stands in Validated, but there is no result of the host."]


def test_a_result_that_cannot_be_read_is_told_where_it_was_read_and_not_again():
    assert found(marked("| Result | Validated | Recognised as |\n| ? | yes | Module 6 |")) == []


def test_the_whole_unit_may_be_validated_when_all_its_outcomes_are_achieved():
    cohort = marked("""
        | Unit ID | Learning outcome | Result   | Validated |
        | U9      |                  |          | yes       |
        | U9      | plans a menu     | achieved |           |
        | U9      | costs a menu     | achieved |           |
        | U9      | Writes a menu.   | achieved |           |
    """, a_learner(units=(MENU,)), units=(MENU,))  # fmt: skip
    assert found(cohort) == ["R141 Results: Result, row 2"]


def test_the_whole_unit_is_not_validated_when_an_outcome_is_missing():
    table = """
        | Unit ID | Learning outcome | Result   | Validated |
        | U9      |                  |          | yes       |
        | U9      | plans a menu     | achieved |           |
        | U9      | costs a menu     | {}       |           |
    """
    tereza = a_learner(units=(MENU,))
    for mark, number in (("achieved", "2 of 3 outcomes are"), ("partly", "1 of 3 outcomes is"), ("not assessed", "1 of 3 outcomes is")):
        cohort = marked(table.format(mark), tereza, units=(MENU,))
        assert found(cohort) == ["R101 Results: Validated, row 2"]
        assert said(cohort) == [
            f"“yes” stands in Validated, but the result of the whole unit is blank, and {number} achieved."
        ]
        assert found(marked(table.format(mark).replace("yes", "partly"), tereza, units=(MENU,))) == []


def test_of_a_part_of_a_unit_only_the_outcomes_that_are_marked_count():
    tereza = a_learner(units=(a_choice(MENU, scope="part", part="Planning and costing", points=1),))
    cohort = marked("""
        | Unit ID | Learning outcome | Result   | Validated |
        | U9      |                  |          | yes       |
        | U9      | plans a menu     | achieved |           |
        | U9      | costs a menu     | achieved |           |
    """, tereza, units=(MENU,))  # fmt: skip
    assert found(cohort) == []


def test_an_outcome_may_be_validated_when_the_whole_unit_is_achieved_but_not_when_it_is_in_part():
    table = """
        | Unit ID | Learning outcome | Result | Validated |
        | U9      |                  | {}     |           |
        | U9      | plans a menu     |        | yes       |
    """
    tereza = a_learner(units=(MENU,))
    assert found(marked(table.format("achieved"), tereza, units=(MENU,))) == []
    assert found(marked(table.format("partly"), tereza, units=(MENU,))) == ["R101 Results: Validated, row 3"]


def test_the_result_of_the_host_may_stand_in_one_row_and_the_decision_of_home_in_another():
    cohort = marked("""
        | Unit ID | Learning outcome             | Result   | Validated | Recognised as |
        | U1      | prepares three cold starters | achieved |           |               |
        | U1      | prepares three cold starters |          | yes       |               |
        | U1      |                              | achieved |           | Module 6      |
        | U1      |                              |          | yes       |               |
    """)
    assert found(cohort) == []


def test_every_row_of_a_unit_is_looked_at_also_after_one_that_is_right():
    table = """
        | Unit ID | Learning outcome | Result   | Validated | Recognised as |
        | U9      | plans a menu     | achieved | yes       |               |
        | U9      | costs a menu     | {}       | {}        | {}            |
    """
    tereza = a_learner(units=(MENU,))
    for cells, problem in (
        (("not achieved", "yes", ""), "R101 Results: Validated, row 3"),
        (("achieved", "", "Module 6"), "R102 Results: Recognised as, row 3"),
    ):
        assert found(marked(table.format(*cells), tereza, units=(MENU,))) == [problem]


def test_outcomes_of_which_some_are_achieved_are_partly_achieved_whichever_comes_first():
    table = """
        | Unit ID | Learning outcome | Result   | Validated |
        | U9      |                  |          | partly    |
        | U9      | plans a menu     | {}       |           |
        | U9      | costs a menu     | {}       |           |
    """
    tereza = a_learner(units=(MENU,))
    assert found(marked(table.format("not achieved", "achieved"), tereza, units=(MENU,))) == []
    assert found(marked(table.format("not assessed", "partly"), tereza, units=(MENU,))) == []
    assert found(marked(table.format("not achieved", "not achieved"), tereza, units=(MENU,))) == ["R101 Results: Validated, row 2"]


def test_the_result_of_an_outcome_may_stand_in_another_row_of_it_but_not_in_that_of_another_outcome():
    table = """
        | Unit ID | Learning outcome | Result   | Validated |
        | U9      | plans a menu     | achieved |           |
        | U9      | {}               |          | yes       |
    """
    tereza = a_learner(units=(MENU,))
    assert found(marked(table.format("Plans a menu."), tereza, units=(MENU,))) == []
    assert found(marked(table.format("costs a menu"), tereza, units=(MENU,))) == ["R101 Results: Validated, row 3"]


# -- no recognition without validation ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("column", "value", "sentence"), [
    ("Recognised as", "Module 6", "It is recognised as “Module 6”"),
    ("Recognised by", "Karel Beneš", "It is recognised by “Karel Beneš”"),
    ("Recognised on", "2027-05-20", "It is recognised on “20.05.2027”"),
    ("Points credited", "2.5", "“2.5” points are credited"),
])  # fmt: skip
@pytest.mark.parametrize("validated", ["", "no"])
def test_nothing_is_recognised_or_credited_that_is_not_validated(column, value, sentence, validated):
    cohort = marked(f"""
        | Unit ID | Result   | Validated   | {column} |
        | U1      | achieved | {validated} | {value}  |
    """)
    assert found(cohort) == [f"R102 Results: {column}, row 2"]
    assert said(cohort) == [f"{sentence}, but Validated is {'“no”' if validated else 'blank'}."]


@pytest.mark.parametrize("validated", ["yes", "partly"])
def test_what_is_validated_may_be_recognised(validated):
    assert found(marked(f"| Result | Validated | Recognised as |\n| achieved | {validated} | Module 6 |")) == []


@pytest.mark.parametrize(("recognised", "points"), [("-", ""), ("–", "0"), ("", "0")])
def test_a_dash_and_no_points_are_no_recognition(recognised, points):
    table = f"| Result | Validated | Recognised as | Points credited |\n| not achieved | no | {recognised} | {points} |"
    assert found(marked(table)) == []


def test_an_unreadable_validation_is_not_called_blank():
    assert found(marked("| Result | Validated | Recognised as |\n| achieved | ? | Module 6 |")) == []


def test_a_unit_may_be_recognised_when_its_outcomes_are_validated():
    table = """
        | Unit ID | Learning outcome             | Result   | Validated | Recognised as |
        | U1      |                              | achieved |           | Module 6      |
        | U1      | prepares three cold starters | achieved | {}        |               |
    """
    assert found(marked(table.format("yes"))) == []
    assert found(marked(table.format("no"))) == ["R102 Results: Recognised as, row 2"]


@pytest.mark.parametrize(("first", "second"), [("no", "yes"), ("yes", "no"), ("no", "partly")])
def test_a_unit_of_which_some_is_validated_may_be_recognised_whichever_comes_first(first, second):
    outcomes = marked(f"""
        | Unit ID | Learning outcome | Result   | Validated | Recognised as |
        | U9      |                  | achieved |           | Module 6      |
        | U9      | plans a menu     |          | {first}   |               |
        | U9      | costs a menu     |          | {second}  |               |
    """, a_learner(units=(MENU,)), units=(MENU,))  # fmt: skip
    assert found(outcomes) == []
    parts = tuple(a_choice(STARTERS, row=row, scope="part", part=text) for row, text in ((2, "Salads"), (3, "Soups")))
    beside = marked(f"""
        | Unit ID | Result   | Validated | Recognised as |
        | U1      | achieved | {first}   |               |
        | U1      | achieved | {second}  |               |
        | U1      |          |           | Module 6      |
    """, a_learner(units=parts))  # fmt: skip
    assert found(beside) == []


@pytest.mark.parametrize(("whole", "problems"), [
    ("yes", []), ("partly", ["R102 Results: Recognised as, row 3"]), ("no", ["R102 Results: Recognised as, row 3"]),
])  # fmt: skip
def test_an_outcome_may_be_recognised_when_the_whole_unit_is_validated(whole, problems):
    cohort = marked(f"""
        | Unit ID | Learning outcome | Result   | Validated | Recognised as |
        | U9      |                  | achieved | {whole}   |               |
        | U9      | plans a menu     | achieved |           | Module 6      |
    """, a_learner(units=(MENU,)), units=(MENU,))  # fmt: skip
    assert found(cohort) == problems


def test_recognition_of_what_the_host_found_not_achieved_is_one_problem():
    assert found(marked("| Result | Validated | Recognised as |\n| not achieved | yes | Module 6 |")) == [
        "R101 Results: Validated, row 2"
    ]
    assert found(marked("| Result | Validated | Recognised as |\n| not achieved |  | Module 6 |")) == [
        "R102 Results: Recognised as, row 2"
    ]


# -- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2027-04-05", "2027-04-30", "2027-06-11"])
def test_an_assessment_during_the_stay_or_some_weeks_after_is_right(day):
    assert found(marked(f"| Result | Assessed on |\n| achieved | {day} |")) == []


def test_an_assessment_before_the_stay_or_long_after_it_warns():
    early = marked("| Result | Assessed on |\n| achieved | 2027-04-04 |")
    assert found(early) == ["R110 Results: Assessed on, row 2"]
    assert said(early) == ["It was assessed on “04.04.2027”, but the stay began on “05.04.2027”."]
    late = marked("| Result | Assessed on |\n| achieved | 2027-06-12 |")
    assert found(late) == ["R110 Results: Assessed on, row 2"]
    assert said(late) == ["It was assessed on “12.06.2027”, more than six weeks after the end of the stay, “30.04.2027”."]


def test_the_actual_dates_of_the_stay_count_where_they_are_filled():
    tereza = a_learner(actual_start="2027-04-12", actual_end="2027-05-07")
    assert found(marked("| Result | Assessed on |\n| achieved | 2027-04-11 |", tereza)) == ["R110 Results: Assessed on, row 2"]
    assert found(marked("| Result | Assessed on |\n| achieved | 2027-06-18 |", tereza)) == []
    for day, unreadable in (("2027-03-01", "actual_start"), ("2027-07-01", "actual_end")):
        tereza = a_learner(unreadable=(unreadable,))
        assert found(marked(f"| Result | Assessed on |\n| achieved | {day} |", tereza)) == []


def test_the_day_before_a_stay_of_one_day_is_before_the_stay():
    visit = a_learner(start="2027-04-05", end="2027-04-05")
    table = "| Result | Assessed on |\n| achieved | {} |"
    assert found(marked(table.format("2027-04-05"), visit)) == ["A150 Learners: End date, row 2"]
    early = marked(table.format("2027-04-04"), visit)
    assert found(early) == ["R110 Results: Assessed on, row 2", "A150 Learners: End date, row 2"]


def test_a_validation_or_recognition_before_the_stay_warns_too():
    cohort = marked("""
        | Unit ID | Result   | Validated | Validated on | Recognised as | Recognised on |
        | U1      | achieved | yes       | 2026-05-14   |               |               |
        | U2      | achieved | yes       |              | Module 7      | 2026-05-20    |
    """, a_learner(units=(STARTERS, a_unit("U2", row=3))))  # fmt: skip
    assert found(cohort) == ["R110 Results: Validated on, row 2", "R110 Results: Recognised on, row 3"]


def test_a_stay_whose_dates_contradict_each_other_is_told_alone():
    tereza = a_learner(row=7, start="2027-04-30", end="2027-04-05")
    assert found(marked("| Result | Assessed on |\n| achieved | 2027-01-29 |", tereza)) == ["A101 Learners: End date, row 7"]


def test_a_stay_whose_dates_contradict_each_other_does_not_hide_the_next_learners_slip():
    cohort = marked("""
        | Learner ID | Unit ID | Result   | Assessed on |
        | L01        | U1      | achieved | 2027-01-29  |
        | L02        | U1      | achieved | 2027-01-29  |
    """, a_learner(row=7, start="2027-04-30", end="2027-04-05"), a_learner("L02", row=8, given_names="Ivo"))  # fmt: skip
    assert found(cohort) == ["R110 Results: Assessed on, row 3", "A101 Learners: End date, row 7"]


def test_a_validation_before_the_assessment_is_an_error_and_on_the_same_day_is_not():
    table = "| Result | Assessed on | Validated | Validated on |\n| achieved | 2027-04-29 | yes | {} |"
    assert found(marked(table.format("2027-04-29"))) == []
    cohort = marked(table.format("2027-04-28"))
    assert found(cohort) == ["R111 Results: Validated on, row 2"]
    assert said(cohort) == ["It was validated on “28.04.2027”, but assessed only on “29.04.2027” (Results!I2)."]


def test_a_recognition_before_the_validation_is_an_error_and_on_the_same_day_is_not():
    table = "| Result | Validated | Validated on | Recognised on |\n| achieved | yes | 2027-05-14 | {} |"
    assert found(marked(table.format("2027-05-14"))) == []
    cohort = marked(table.format("2027-05-13"))
    assert found(cohort) == ["R112 Results: Recognised on, row 2"]
    assert said(cohort) == ["It was recognised on “13.05.2027”, but validated only on “14.05.2027” (Results!M2)."]


def test_a_recognition_is_held_against_the_assessment_where_no_day_of_validation_is_known():
    cohort = marked("| Result | Assessed on | Validated | Recognised on |\n| achieved | 2027-04-29 | yes | 2027-04-28 |")
    assert found(cohort) == ["R112 Results: Recognised on, row 2"]
    assert said(cohort) == ["It was recognised on “28.04.2027”, but assessed only on “29.04.2027” (Results!I2)."]
    assert found(marked("| Result | Assessed on | Validated | Validated on | Recognised on |\n"
                        "| achieved | 2027-04-29 | yes | ? | 2027-04-29 |")) == []  # fmt: skip


def test_one_slip_in_the_day_of_assessment_is_one_problem():
    cohort = marked("| Result | Assessed on | Validated | Validated on |\n| achieved | 2028-04-29 | yes | 2027-05-14 |")
    assert found(cohort) == ["R111 Results: Validated on, row 2"]


def test_the_validation_of_a_whole_unit_comes_after_the_last_of_its_outcomes():
    table = """
        | Unit ID | Learning outcome | Result   | Assessed on | Validated | Validated on |
        | U9      |                  | achieved |             | {}        | 2027-04-20   |
        | U9      | plans a menu     | achieved | 2027-04-16  |           |              |
        | U9      | costs a menu     | achieved | 2027-04-29  |           |              |
    """
    tereza = a_learner(units=(MENU,))
    cohort = marked(table.format("yes"), tereza, units=(MENU,))
    assert found(cohort) == ["R111 Results: Validated on, row 2"]
    assert said(cohort) == ["It was validated on “20.04.2027”, but assessed only on “29.04.2027” (Results!I4)."]
    assert found(marked(table.format("partly"), tereza, units=(MENU,))) == []  # the rest was assessed later


@pytest.mark.parametrize(("column", "cell", "done"), [("Validated on", "M4", "validated"), ("Assessed on", "I4", "assessed")])
def test_the_recognition_of_a_whole_unit_comes_after_the_last_of_its_outcomes(column, cell, done):
    table = f"""
        | Unit ID | Learning outcome | Result   | Validated | Recognised on | {column}   |
        | U9      |                  | {{}}     | {{}}      | 2027-05-18    |            |
        | U9      | plans a menu     | achieved | yes       |               | 2027-05-14 |
        | U9      | costs a menu     | achieved | yes       |               | 2027-05-21 |
    """
    tereza = a_learner(units=(MENU,))
    cohort = marked(table.format("achieved", "yes"), tereza, units=(MENU,))
    assert found(cohort) == ["R112 Results: Recognised on, row 2"]
    assert said(cohort) == [f"It was recognised on “18.05.2027”, but {done} only on “21.05.2027” (Results!{cell})."]
    for result, validated in (("achieved", "partly"), ("partly", "partly")):
        assert found(marked(table.format(result, validated), tereza, units=(MENU,))) == []  # the rest was decided later


def test_an_outcome_is_validated_after_the_assessment_of_the_whole_unit():
    cohort = marked("""
        | Unit ID | Learning outcome | Result   | Assessed on | Validated | Validated on |
        | U9      |                  | achieved | 2027-04-29  |           |              |
        | U9      | plans a menu     |          |             | yes       | 2027-04-28   |
    """, a_learner(units=(MENU,)), units=(MENU,))  # fmt: skip
    assert found(cohort) == ["R111 Results: Validated on, row 3"]
    assert said(cohort) == ["It was validated on “28.04.2027”, but assessed only on “29.04.2027” (Results!I2)."]


def test_where_the_day_of_assessment_cannot_be_read_that_of_another_row_is_not_taken_for_it():
    cohort = marked("""
        | Unit ID | Learning outcome | Result   | Assessed on | Validated | Validated on |
        | U9      |                  | achieved | ?           | yes       | 2027-04-20   |
        | U9      | plans a menu     | achieved | 2027-04-29  |           |              |
    """, a_learner(units=(MENU,)), units=(MENU,))  # fmt: skip
    assert found(cohort) == []


def test_the_cell_that_is_named_is_one_of_the_same_outcome_also_where_another_has_the_same_day():
    cohort = marked("""
        | Unit ID | Learning outcome | Result   | Assessed on | Validated | Validated on |
        | U9      | plans a menu     | achieved | 2027-04-29  |           |              |
        | U9      | costs a menu     | achieved | 2027-04-29  |           |              |
        | U9      | costs a menu     |          |             | yes       | 2027-04-28   |
    """, a_learner(units=(MENU,)), units=(MENU,))  # fmt: skip
    assert found(cohort) == ["R111 Results: Validated on, row 4"]
    assert said(cohort) == ["It was validated on “28.04.2027”, but assessed only on “29.04.2027” (Results!I3)."]


def test_the_day_of_one_part_is_not_held_against_that_of_another():
    parts = tuple(a_choice(MENU, row=row, scope="part", part=text) for row, text in ((2, "Planning"), (3, "Costing")))
    table = """
        | Unit ID | Learning outcome | Result   | Assessed on | Validated | Validated on |
        | U9      | {}               | achieved | 2027-04-29  | yes       | 2027-05-14   |
        | U9      | {}               | achieved |             | yes       | 2027-04-16   |
    """
    for first, second in (("", ""), ("", "costs a menu"), ("plans a menu", "")):
        assert found(marked(table.format(first, second), a_learner(units=parts), units=(MENU,))) == []
    one_part = marked(table.format("", "costs a menu"), a_learner(units=parts[:1]), units=(MENU,))
    assert found(one_part) == ["R111 Results: Validated on, row 3"]


def test_the_day_of_an_outcome_may_stand_in_another_row_of_it_whatever_parts_are_agreed():
    parts = tuple(a_choice(MENU, row=row, scope="part", part=text) for row, text in ((2, "Planning"), (3, "Costing")))
    cohort = marked("""
        | Unit ID | Learning outcome | Result   | Assessed on | Validated | Validated on |
        | U9      | costs a menu     | achieved | 2027-04-29  |           |              |
        | U9      | Costs a menu.    |          |             | yes       | 2027-04-16   |
    """, a_learner(units=parts), units=(MENU,))  # fmt: skip
    assert found(cohort) == ["R111 Results: Validated on, row 3"]


# -- by the right side -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Hana Dvořáková", "Dvorakova Hana", "Ing. Hana Dvořáková, SOŠ", "teacher, SOŠ gastronomie Brno"])
def test_an_assessor_of_the_home_organisation_warns(name):
    cohort = marked(f"| Result | Assessed by |\n| achieved | {name} |")
    assert found(cohort) == ["R120 Results: Assessed by, row 2"]
    assert said(cohort) == [f"“{name}” stands in Assessed by, and belongs to “SOŠ gastronomie Brno”."]


@pytest.mark.parametrize("name", [
    "Mikko Salo", "Aino Lehtinen", "Somebody Unknown", "Dvořáková", "Hana", "Hotel Aurora Oy, head chef",
    "Mikko Salo with Hana Dvořáková", "",
])  # fmt: skip
def test_an_assessor_of_the_host_and_one_whom_nobody_knows_do_not(name):
    assert found(marked(f"| Result | Assessed by |\n| achieved | {name} |")) == []


def test_who_is_agreed_as_assessor_is_taken_for_one_of_the_host():
    agreed = a_learner(assessor="Hana Dvořáková", assessor_role="examiner")
    assert found(marked("| Result | Assessed by |\n| achieved | Hana Dvořáková |", agreed)) == []


@pytest.mark.parametrize("column", ["Validated by", "Recognised by"])
@pytest.mark.parametrize("name", ["Mikko Salo", "Korhonen, Eeva", "HOTEL AURORA OY"])
def test_who_validates_or_recognises_for_the_host_warns(column, name):
    cohort = marked(f"| Result | Validated | {column} |\n| achieved | yes | {name} |")
    assert found(cohort) == [f"R121 Results: {column}, row 2"]
    assert said(cohort) == [f"“{name}” stands in {column}, and belongs to “Hotel Aurora Oy”."]


@pytest.mark.parametrize("name", ["Hana Dvořáková", "Karel Beneš", "The chamber of crafts", "SOŠ gastronomie Brno, Mikko Salo"])
def test_who_validates_for_home_or_for_nobody_known_does_not(name):
    assert found(marked(f"| Result | Validated | Validated by |\n| achieved | yes | {name} |")) == []


def test_people_of_the_workplace_belong_to_the_host_and_are_named_with_it():
    cafe = a_partner("CAFE", row=5, roles=("company",), name="Café Kaisla", mentor="Outi Virtanen")
    cohort = marked("| Result | Validated | Validated by |\n| achieved | yes | Outi Virtanen |", a_learner(workplace=cafe))
    assert said(cohort) == ["“Outi Virtanen” stands in Validated by, and belongs to “Café Kaisla”."]
    assert found(marked("| Result | Assessed by |\n| achieved | Outi Virtanen |", a_learner(workplace=cafe))) == []


def test_people_of_the_employer_belong_to_home_and_are_named_with_it():
    firm = a_partner("FIRM", row=5, roles=("company",), name="Pekárna Brno", country="CZ", mentor="Petr Novotný", assessor=None)
    cohort = marked("| Result | Assessed by |\n| achieved | Petr Novotný |", a_learner(employer=firm))
    assert found(cohort) == ["R120 Results: Assessed by, row 2"]
    assert said(cohort) == ["“Petr Novotný” stands in Assessed by, and belongs to “Pekárna Brno”."]


def test_a_title_on_sheet_partners_is_not_part_of_a_name():
    home = a_home(contact_person="Ing. Jana Malá")
    cohort = marked("| Result | Assessed by |\n| achieved | Jana Malá |", a_learner(home=home), partners=(home, AURORA))
    assert found(cohort) == ["R120 Results: Assessed by, row 2"]


def test_one_name_alone_on_sheet_partners_is_nobody_in_particular():
    home = a_home(contact_person="Jana")
    cohort = marked("| Result | Assessed by |\n| achieved | Jana Korhonen |", a_learner(home=home), partners=(home, AURORA))
    assert found(cohort) == []


def test_whom_the_agreement_names_as_validator_decides_also_where_home_is_missing():
    table = "| Result | Validated | Validated by |\n| achieved | yes | Mikko Salo |"
    assert found(marked(table, a_learner(home=None, validator="Mikko Salo"))) == []
    assert found(marked(table, a_learner(home=None))) == ["R121 Results: Validated by, row 2"]


def test_a_person_who_belongs_to_both_sides_is_not_questioned():
    home = a_home(contact_person="Mikko Salo")
    table = "| Result | Assessed by | Validated | Validated by |\n| achieved | Mikko Salo | yes | Mikko Salo |"
    assert found(marked(table, a_learner(home=home), partners=(home, AURORA))) == []


# -- before the stay ---------------------------------------------------------------------------------------------------


def test_a_cohort_before_the_stay_has_nothing_to_do_with_results():
    assert found(a_cohort(a_learner(actual_end="2027-04-30", europass_number="CZ-1")), day="2030-01-01") == []


def test_rows_whose_learner_or_unit_nobody_found_are_not_looked_at():
    lost = Result(origin=origin(RESULTS_SHEET, 2), more={}, result="not achieved", validated="yes", unit=STARTERS)
    astray = Result(origin=origin(RESULTS_SHEET, 3), more={}, result="not achieved", validated="yes", learner=a_learner())
    assert found(a_cohort(results=(lost, astray)), day="2027-05-01") == []
