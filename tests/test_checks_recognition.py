"""What is recognised and credited: not more points than agreed, and every unit once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from facts import (
    SOUPS,
    STARTERS,
    a_choice,
    a_learner,
    a_qualification,
    a_unit,
    advised,
    an_achievement,
    found,
    marked,
    registered,
    said,
)

CREDITED = "| Result | Validated | Points credited |\n| achieved | yes | {} |"
WAITER = a_qualification("WAITER", row=3, title="Waiter")


def twice(first=(STARTERS,), second=(STARTERS,), **changes):
    """Tereza's two stays, in April and in September, with what is agreed for each."""
    again = {"mobility": 2, "start": "2027-09-06", "end": "2027-10-01", "units": second}
    return a_learner(row=2, units=first), a_learner(row=3, **{**again, **changes})


def part(text, *, row=2, points=None):
    return a_choice(STARTERS, row=row, scope="part", part=text, points=points)


# -- points ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("points", ["2.5", "2.50", "1", "0"])
def test_as_many_points_as_agreed_may_be_credited_or_fewer(points):
    assert found(marked(CREDITED.format(points))) == []


def test_more_points_than_the_unit_has_are_an_error():
    cohort = marked(CREDITED.format("2.6"))
    assert found(cohort) == ["R103 Results: Points credited, row 2"]
    assert said(cohort) == [
        "“2.6” points are credited for the unit “U1 Cold starters”, but “2.5” are agreed (Units!E2)."
    ]


def test_the_points_agreed_with_this_learner_go_before_those_of_the_unit():
    agreed = a_learner(units=(part("Salads", row=4, points=1),))
    assert found(marked(CREDITED.format("1"), agreed)) == []
    cohort = marked(CREDITED.format("1.5"), agreed)
    assert said(cohort) == [
        "“1.5” points are credited for the unit “U1 Cold starters”, but “1” are agreed (Unit choices!F4)."
    ]


def test_a_part_without_points_of_its_own_has_at_most_those_of_the_unit():
    agreed = a_learner(units=(part("Salads"),))
    assert found(marked(CREDITED.format("2.5"), agreed)) == []
    assert found(marked(CREDITED.format("3"), agreed)) == ["R103 Results: Points credited, row 2"]


def test_where_nobody_uses_points_nothing_is_compared():
    plain = a_unit("U9", row=9, points=None)
    assert found(marked("| Unit ID | Result | Validated | Points credited |\n| U9 | achieved | yes | 7 |",
                        a_learner(units=(plain,)), units=(plain,))) == []  # fmt: skip


def test_the_points_of_outcomes_are_added_up_and_those_of_the_whole_unit_are_not_added_to_them():
    table = """
        | Learning outcome             | Result   | Validated | Points credited |
        |                              | achieved | yes       | 2.5             |
        | prepares three cold starters | achieved | yes       | 1.5             |
        | Plates them                  | achieved | yes       | {}              |
    """
    unit = a_unit("U1", row=2, title="Cold starters", skills=("prepares three cold starters", "plates them"))
    tereza = a_learner(units=(unit,))
    drawn = {"units": (unit,)}
    assert found(marked(table.format("1"), tereza, **drawn)) == []
    cohort = marked(table.format("1.25"), tereza, **drawn)
    assert found(cohort) == ["R103 Results: Points credited, row 4"]
    assert said(cohort) == [
        "“2.75” points are credited for the unit “U1 Cold starters” in its rows together, but “2.5” are agreed (Units!E2)."
    ]


def test_a_unit_that_is_not_agreed_has_no_more_points_than_sheet_units_says():
    cohort = marked("| Unit ID | Result | Points credited | Validated |\n| U2 | achieved | 3 | yes |")
    assert found(cohort) == ["R131 Results: Unit ID, row 2", "R103 Results: Points credited, row 2"]
    assert said(cohort)[1].endswith("but “2.5” are all it has (Units!E3).")


def test_several_stays_together_have_no_more_points_than_the_whole_unit():
    table = """
        | Mobility | Result   | Validated | Points credited |
        | 1        | achieved | yes       | 1.5             |
        | 2        | achieved | yes       | {}              |
    """
    stays = twice((part("Salads"),), (part("Soups", row=3),))
    assert found(marked(table.format("1"), *stays)) == []
    cohort = marked(table.format("1.25"), *stays)
    assert found(cohort) == ["R103 Results: Points credited, row 3"]
    assert said(cohort) == [
        "“2.75” points are credited for the unit “U1 Cold starters” in several stays together, but “2.5” are all it has (Units!E2)."
    ]


def test_in_three_stays_the_last_that_credits_points_is_told():
    table = """
        | Mobility | Result   | Validated | Points credited |
        | 1        | achieved | yes       | 1               |
        | 2        | achieved | yes       | 1               |
        | 3        | achieved | yes       | 1               |
    """
    third = a_learner(row=4, mobility=3, start="2027-10-11", end="2027-11-05", units=(part("Sauces", row=4),))
    cohort = marked(table, *twice((part("Salads"),), (part("Soups", row=3),)), third)
    assert found(cohort) == ["R103 Results: Points credited, row 4"]


def test_more_points_in_one_stay_than_agreed_are_not_told_of_all_stays_again():
    cohort = marked("""
        | Mobility | Result   | Validated | Points credited |
        | 1        | achieved | yes       | 3               |
        | 2        | achieved | yes       | 1               |
    """, *twice((part("Salads"),), (part("Soups", row=3),)))  # fmt: skip
    assert found(cohort) == ["R103 Results: Points credited, row 2"]


def test_where_more_points_were_agreed_than_the_unit_has_that_is_told_alone():
    agreed = a_learner(units=(part("Salads", row=4, points=3),))
    assert found(marked(CREDITED.format("3"), agreed)) == ["A221 Unit choices: Points, row 4"]


# -- once --------------------------------------------------------------------------------------------------------------

TWO_STAYS = """
    | Mobility | Result | Validated | Recognised as |
    | 1        | {}     | {}        | Module 6      |
    | 2        | {}     | {}        | Module 6      |
"""
WHOLE = ("achieved", "yes", "achieved", "yes")


def test_a_unit_recognised_after_each_of_two_stays_is_an_error_that_names_both_cells():
    cohort = marked(TWO_STAYS.format(*WHOLE), *twice())
    assert found(cohort) == ["R104 Results: Recognised as, row 3"]
    assert said(cohort) == ["The unit “U1 Cold starters” is recognised here, and already in Results!N2."]


def test_the_later_stay_is_told_in_whatever_order_the_rows_stand():
    cohort = marked("""
        | Mobility | Result   | Validated | Recognised as |
        | 2        | achieved | yes       | Module 6      |
        | 1        | achieved | yes       | Module 6      |
    """, *twice())  # fmt: skip
    assert found(cohort) == ["R104 Results: Recognised as, row 2"]
    assert said(cohort) == ["The unit “U1 Cold starters” is recognised here, and already in Results!N3."]


def test_a_unit_recognised_by_two_rows_of_one_stay_is_an_error():
    cohort = marked("""
        | Unit ID | Result   | Validated | Recognised as | Points credited |
        | U1      | achieved | yes       | Module 6      | 2.5             |
        | U1      |          |           |               | 2.5             |
    """)
    assert found(cohort) == ["R104 Results: Points credited, row 3"]


def test_two_learners_and_two_units_are_recognised_side_by_side():
    cohort = marked("""
        | Learner ID | Unit ID | Result   | Validated | Recognised as |
        | L01        | U1      | achieved | yes       | Module 6      |
        | L01        | U2      | achieved | yes       | Module 6      |
        | L02        | U1      | achieved | yes       | Module 6      |
    """, a_learner(units=(STARTERS, SOUPS)), a_learner("L02", row=3, given_names="Ivo"))  # fmt: skip
    assert found(cohort) == []


def test_a_unit_of_two_qualifications_is_recognised_in_each():
    served = a_unit("U1", row=10, title="Cold starters", qualification=WAITER)
    cohort = marked(TWO_STAYS.format(*WHOLE), *twice((STARTERS,), (served,), qualification=WAITER))
    first, second = cohort.results
    assert found(replace(cohort, results=(first, replace(second, unit=served)))) == []


def test_a_stay_that_is_not_recognised_leaves_the_next_one_free():
    assert found(marked("""
        | Mobility | Result       | Validated | Recognised as |
        | 1        | not achieved | no        |               |
        | 2        | achieved     | yes       | Module 6      |
    """, *twice())) == []  # fmt: skip


@pytest.mark.parametrize("marks", [("partly", "partly", "achieved", "yes"), ("achieved", "partly", "achieved", "partly")])
def test_what_was_recognised_in_part_may_be_completed(marks):
    assert found(marked(TWO_STAYS.format(*marks), *twice())) == []


def test_once_the_whole_unit_is_recognised_nothing_of_it_is_left():
    assert found(marked(TWO_STAYS.format("achieved", "yes", "partly", "partly"), *twice())) == ["R104 Results: Recognised as, row 3"]
    stays = twice((STARTERS,), (part("Salads"),))
    assert found(marked(TWO_STAYS.format(*WHOLE), *stays)) == ["R104 Results: Recognised as, row 3"]


def test_different_parts_are_recognised_one_after_the_other_and_each_once():
    assert found(marked(TWO_STAYS.format(*WHOLE), *twice((part("Salads"),), (part("Soups", row=3),)))) == []
    assert found(marked(TWO_STAYS.format(*WHOLE), *twice((part("Salads"),), (part("salads.", row=3),)))) == [
        "R104 Results: Recognised as, row 3"
    ]


def test_of_parts_that_are_not_described_nobody_knows_whether_they_are_the_same():
    cohort = marked(TWO_STAYS.format(*WHOLE), *twice((part(None),), (part(None, row=3),)))
    assert found(cohort) == ["A203 Unit choices: Part, row 2", "A203 Unit choices: Part, row 3"]


def test_two_parts_of_one_stay_have_a_row_each():
    tereza = a_learner(units=(part("Salads", points=1), part("Soups", row=3, points=1)))
    table = """
        | Result   | Validated | Recognised as | Points credited |
        | achieved | yes       | Salads        | 1               |
        | achieved | yes       | Soups         | {}              |
    """
    assert found(marked(table.format(1), tereza)) == []
    assert found(marked(table.format(1.5), tereza)) == ["R103 Results: Points credited, row 3"]
    again = table.format(1) + "        | achieved | yes | Soups | |\n"
    assert found(marked(again, tereza)) == ["R151 Results: Result, row 4", "R104 Results: Recognised as, row 4"]


def test_outcomes_are_the_details_of_their_unit_and_recognised_once_too():
    table = """
        | Mobility | Learning outcome             | Result   | Validated | Recognised as |
        | 1        |                              | achieved | yes       | Module 6      |
        | 1        | prepares three cold starters | achieved | yes       | Module 6      |
    """
    assert found(marked(table, *twice())) == []
    again = table + "        | 2 | Prepares three cold starters! | achieved | yes | Module 6 |\n"
    cohort = marked(again, *twice())
    assert found(cohort) == ["R141 Results: Unit ID, row 4", "R104 Results: Recognised as, row 4"]
    assert said(cohort)[1] == (
        "The outcome “Prepares three cold starters!” of the unit “U1 Cold starters” is recognised here, and already in "
        "Results!N2."
    )


@pytest.mark.parametrize(("result", "validated", "problems"), [
    ("achieved", "yes", ["R104 Results: Recognised as, row 3"]), ("achieved", "partly", []), ("partly", "partly", []),
])  # fmt: skip
def test_an_outcome_recognised_in_part_may_be_completed_in_the_next_stay(result, validated, problems):
    menu = a_unit("U9", row=9, title="Menus", skills=("plans a menu", "costs a menu"))
    cohort = marked(f"""
        | Mobility | Unit ID | Learning outcome | Result   | Validated   | Recognised as |
        | 1        | U9      | plans a menu     | {result} | {validated} | Module 6      |
        | 2        | U9      | plans a menu     | achieved | yes         | Module 6      |
    """, *twice((menu,), (menu,)), units=(menu,))  # fmt: skip
    assert found(cohort) == problems


def test_a_unit_recognised_again_with_its_outcomes_is_told_once():
    cohort = marked(TWO_STAYS.format(*WHOLE).replace("| Result", "| Learning outcome | Result").replace("| achieved", "| | achieved")
                    + "    | 2 | prepares three cold starters | achieved | yes | Module 6 |\n", *twice())  # fmt: skip
    assert found(cohort) == ["R104 Results: Recognised as, row 3"]


def test_one_id_for_two_people_is_told_there_and_not_here():
    first, _ = twice()
    other = a_learner(row=3, mobility=2, family_name="Malá", given_names="Eva", start="2027-09-06", end="2027-10-01")
    assert found(marked(TWO_STAYS.format(*WHOLE), first, other)) == ["L121 Learners: Learner ID, row 3"]


def test_a_unit_acquired_before_the_stay_is_not_recognised_again():
    row = "| Result | Validated | Recognised as |\n| achieved | yes | Module 6 |"
    cohort = marked(row, a_learner(row=7, units_acquired=(STARTERS,)))
    assert found(cohort) == ["A213 Learners: Units, row 7", "R105 Results: Recognised as, row 2"]
    assert said(cohort)[1] == (
        "The unit “U1 Cold starters” is recognised here, but the learner held it before the stay (Learners!AG7)."
    )
    assert advised(cohort)[1].endswith("or correct Units already acquired.")
    assert found(marked(row, a_learner(units_acquired=(SOUPS,)))) == []


def test_a_unit_that_the_learner_register_holds_is_told_with_its_row_there():
    row = "| Result | Validated | Recognised as |\n| achieved | yes | Module 6 |"
    cohort = marked(row, registered(a_learner(row=7), an_achievement()))
    assert found(cohort) == ["R105 Results: Recognised as, row 2", "A216 Learners: Units, row 7"]
    assert said(cohort)[0].endswith("held it before the stay (Achievements!G2).")
    assert advised(cohort)[0] == "Empty Recognised as, by and on and Points credited."


def test_a_part_of_a_unit_that_she_holds_may_be_deepened():
    deepened = a_learner(units=(part("Salads"),), units_acquired=(STARTERS,))
    assert found(marked("| Result | Validated | Recognised as |\n| achieved | yes | Module 6 |", deepened)) == []


def test_what_she_acquired_in_the_first_stay_may_be_named_before_the_second():
    stays = twice((STARTERS,), (SOUPS,), units_acquired=(STARTERS,))
    assert found(marked("""
        | Mobility | Unit ID | Result   | Validated | Recognised as |
        | 1        | U1      | achieved | yes       | Module 6      |
        | 2        | U2      | achieved | yes       | Module 7      |
    """, *stays)) == []  # fmt: skip
