"""Results held against what was agreed, and against each other."""

from __future__ import annotations

import pytest
from facts import SOUPS, STARTERS, a_choice, a_learner, a_unit, advised, cell, found, marked, said

MENU = a_unit("U9", row=9, title="Menus", skills=("plans a menu of five courses", "costs a menu", "writes a menu"))


def of_menus(table, **changes):
    """Tereza's results in the unit of menus."""
    changes = {"units": (MENU,), **changes}
    lines = [line.strip() for line in table.strip().splitlines()]
    drawn = "\n".join(f"| {'Unit ID' if not at else 'U9'} {line}" for at, line in enumerate(lines))
    return marked(drawn, a_learner(**changes), units=(MENU,))


# -- what was agreed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("validated", ["", "no"])
def test_a_result_of_a_unit_that_is_not_agreed_warns(validated):
    cohort = marked(f"""
        | Unit ID | Result   | Validated   |
        | U1      | achieved | yes         |
        | U2      | achieved | {validated} |
    """)
    assert found(cohort) == ["R130 Results: Unit ID, row 3"]
    assert said(cohort) == ["The unit “U2 Soups” is not agreed for this stay of Tereza Nováková, only “U1”."]


@pytest.mark.parametrize("validated", ["yes", "partly"])
def test_a_unit_that_is_not_agreed_cannot_be_validated(validated):
    cohort = marked(f"| Unit ID | Result | Validated |\n| U2 | achieved | {validated} |")
    assert found(cohort) == ["R131 Results: Unit ID, row 2"]
    assert said(cohort)[0].endswith("only “U1”. It is validated all the same.")


def test_a_unit_that_is_not_agreed_is_told_once_however_many_outcomes_have_a_row():
    cohort = marked("""
        | Unit ID | Learning outcome             | Result   | Validated |
        | U2      | prepares three cold starters | achieved |           |
        | U2      |                              | achieved |           |
    """)
    assert found(cohort) == ["R130 Results: Unit ID, row 3"]
    validated = marked("""
        | Unit ID | Learning outcome             | Result   | Validated |
        | U2      | prepares three cold starters | achieved | yes       |
        | U2      |                              | achieved |           |
    """)
    assert found(validated) == ["R131 Results: Unit ID, row 2"]


def test_a_unit_agreed_for_the_other_stay_is_not_agreed_for_this_one():
    second = a_learner(row=3, mobility=2, start="2027-09-06", end="2027-10-01", units=(SOUPS,))
    table = "| Mobility | Unit ID | Result |\n| {} | U2 | achieved |"
    assert found(marked(table.format(2), a_learner(), second)) == []
    assert found(marked(table.format(1), a_learner(), second)) == ["R130 Results: Unit ID, row 2"]


def test_where_the_agreed_units_could_not_be_read_nobody_knows_what_is_not_agreed():
    row = "| Unit ID | Result |\n| U2 | achieved |"
    assert "R130" not in " ".join(found(marked(row, a_learner(unreadable=("units",)))))
    assert "R130" not in " ".join(found(marked(row, a_learner(inherited={"choice 4": cell("C4", "Unit choices")}))))


def test_a_part_that_is_agreed_is_agreed():
    tereza = a_learner(units=(a_choice(STARTERS, scope="part", part="Salads"),))
    assert found(marked("| Result |\n| partly |", tereza)) == []


@pytest.mark.parametrize("text", ["plans a menu of five courses", "  Plans a menu,  of FIVE courses.", "• plans a menu of five courses"])
def test_an_outcome_is_known_whatever_its_case_spaces_and_punctuation(text):
    assert found(of_menus(f"| Learning outcome | Result |\n| {text} | partly |")) == []


def test_an_outcome_that_the_unit_does_not_have_warns_and_the_nearest_is_named():
    cohort = of_menus("| Learning outcome | Result |\n| plans a menu of four courses | partly |")
    assert found(cohort) == ["R132 Results: Learning outcome, row 2"]
    assert said(cohort) == ["“plans a menu of four courses” is not an outcome of the unit “U9 Menus”."]
    assert advised(cohort) == ["Did you mean “plans a menu of five courses”?"]
    further = of_menus("| Learning outcome | Result |\n| plan menus with courses | partly |")
    assert advised(further) == ["Did you mean “plans a menu of five courses”?"]
    far = of_menus("| Learning outcome | Result |\n| sharpens knives | partly |")
    assert found(far) == ["R132 Results: Learning outcome, row 2"]
    assert advised(far) == ["Copy the outcome from sheet Units, or leave Learning outcome blank for the whole unit."]


def test_the_part_that_is_agreed_may_stand_as_an_outcome():
    part = a_choice(MENU, scope="part", part="Menus without wine")
    assert found(of_menus("| Learning outcome | Result |\n| menus without wine | achieved |", units=(part,))) == []


def test_of_a_unit_without_outcomes_none_is_unknown():
    bare = a_unit("U9", row=9, skills=())
    cohort = marked("| Unit ID | Learning outcome | Result |\n| U9 | plans | achieved |", a_learner(units=(bare,)), units=(bare,))
    assert found(cohort) == ["A201 Units: Knowledge, row 9"]


# -- what is missing ---------------------------------------------------------------------------------------------------

ALL_THREE = """
    | Learning outcome             | Result   |
    | plans a menu of five courses | achieved |
    | costs a menu                 | achieved |
    | writes a menu                | {}       |
"""


def test_all_outcomes_achieved_and_no_word_of_the_whole_unit_is_a_notice():
    cohort = of_menus(ALL_THREE.format("achieved"))
    assert found(cohort) == ["R141 Results: Unit ID, row 2"]
    assert said(cohort) == [
        "All outcomes of the unit “U9 Menus” are achieved, and the whole unit has no result. (This is good practice, not a rule.)"
    ]
    blank = of_menus(ALL_THREE.format("achieved") + "    | | |\n")
    assert found(blank) == ["R141 Results: Result, row 5"]


def test_a_unit_that_has_its_result_does_not_hide_the_next_one():
    cohort = marked("""
        | Unit ID | Learning outcome             | Result   |
        | U1      |                              | achieved |
        | U2      | prepares three cold starters | achieved |
    """, a_learner(units=(STARTERS, SOUPS)))  # fmt: skip
    assert found(cohort) == ["R141 Results: Unit ID, row 3"]


@pytest.mark.parametrize("last", ["partly", "not achieved", "not assessed", ""])
def test_an_outcome_that_is_not_achieved_leaves_the_unit_open(last):
    assert found(of_menus(ALL_THREE.format(last))) == []


def test_an_outcome_without_a_row_leaves_the_unit_open():
    assert found(of_menus("| Learning outcome | Result |\n| costs a menu | achieved |")) == []


@pytest.mark.parametrize("whole", ["achieved", "?"])
def test_a_whole_unit_that_has_its_result_is_complete(whole):
    assert found(of_menus(ALL_THREE.format("achieved") + f"    | | {whole} |\n")) == []


def test_of_a_part_nobody_knows_which_outcomes_are_all():
    part = a_choice(MENU, scope="part", part="Without costs")
    assert found(of_menus(ALL_THREE.format("achieved"), units=(part,))) == []


# -- what contradicts itself -------------------------------------------------------------------------------------------


def test_two_results_of_one_outcome_are_an_error_that_names_both_cells():
    cohort = of_menus("""
        | Learning outcome | Result       |
        | costs a menu     | achieved     |
        | Costs a menu.    | not achieved |
    """)
    assert found(cohort) == ["R150 Results: Result, row 3"]
    assert said(cohort) == ["The result of the outcome “Costs a menu.” is “not achieved” here and “achieved” in Results!E2."]


def test_two_results_of_one_unit_are_an_error():
    cohort = marked("| Result |\n| achieved |\n| partly |")
    assert found(cohort) == ["R150 Results: Result, row 3"]
    assert said(cohort) == ["The result of the whole unit is “partly” here and “achieved” in Results!E2."]


def test_the_same_result_twice_is_a_notice():
    cohort = marked("| Result |\n| achieved |\n| achieved |")
    assert found(cohort) == ["R151 Results: Result, row 3"]
    assert said(cohort) == ["The result of the whole unit is “achieved” here and in Results!E2."]


@pytest.mark.parametrize("second", ["", "?"])
def test_a_second_row_without_a_result_of_its_own_is_no_second_mark(second):
    assert found(marked(f"| Result | Remarks |\n| achieved | quick |\n| {second} | careful |")) == []


def test_each_stay_and_each_part_has_results_of_its_own():
    second = a_learner(row=3, mobility=2, start="2027-09-06", end="2027-10-01")
    assert found(marked("| Mobility | Result |\n| 1 | not achieved |\n| 2 | achieved |", a_learner(), second)) == []
    parts = tuple(a_choice(STARTERS, row=row, scope="part", part=text) for row, text in ((2, "Salads"), (3, "Soups")))
    assert found(marked("| Result |\n| not achieved |\n| achieved |", a_learner(units=parts))) == []


@pytest.mark.parametrize("missing", ["not achieved", "not assessed", "partly"])
def test_a_unit_is_not_achieved_where_an_outcome_is_missing(missing):
    cohort = of_menus(f"""
        | Learning outcome | Result    |
        |                  | achieved  |
        | costs a menu     | {missing} |
    """)
    assert found(cohort) == ["R152 Results: Result, row 2"]
    assert said(cohort) == [f"The whole unit “U9 Menus” is “achieved”, but its outcome “costs a menu” is “{missing}” (Results!E3)."]


def test_several_missing_outcomes_are_told_at_once():
    one_more = ALL_THREE.format("not achieved").replace("costs a menu                 | achieved", "costs a menu | not assessed")
    assert said(of_menus(one_more + "    | | achieved |\n"))[0].endswith("(Results!E3), and so is 1 more.")
    two_more = one_more.replace("five courses | achieved", "five courses | not assessed")
    assert said(of_menus(two_more + "    | | achieved |\n"))[0].endswith("(Results!E2), and so are 2 more.")


@pytest.mark.parametrize(("whole", "outcome"), [("partly", "not achieved"), ("achieved", ""), ("not achieved", "achieved")])
def test_other_results_of_unit_and_outcome_go_together(whole, outcome):
    assert found(of_menus(f"| Learning outcome | Result |\n| | {whole} |\n| costs a menu | {outcome} |")) == []


def test_what_lies_outside_the_agreed_part_need_not_be_assessed():
    part = a_choice(MENU, scope="part", part="Without costs")
    table = "| Learning outcome | Result |\n| | achieved |\n| costs a menu | {} |"
    assert found(of_menus(table.format("not assessed"), units=(part,))) == []
    assert found(of_menus(table.format("partly"), units=(part,))) == []
    assert found(of_menus(table.format("not achieved"), units=(part,))) == ["R152 Results: Result, row 2"]


@pytest.mark.parametrize("whole", ["not achieved", "not assessed"])
def test_a_unit_of_which_all_outcomes_are_achieved_is_achieved(whole):
    cohort = of_menus(ALL_THREE.format("achieved") + f"    | | {whole} |\n")
    assert found(cohort) == ["R153 Results: Result, row 5"]
    assert said(cohort) == [f"The whole unit “U9 Menus” is “{whole}”, but all its outcomes are “achieved”."]
    part = a_choice(MENU, scope="part", part="Without wine")
    assert found(of_menus(ALL_THREE.format("achieved") + f"    | | {whole} |\n", units=(part,))) == []


@pytest.mark.parametrize(("last", "whole"), [("partly", "not achieved"), ("", "not assessed"), ("achieved", "partly"), ("achieved", "achieved")])
def test_a_unit_may_be_open_where_an_outcome_is(last, whole):
    assert found(of_menus(ALL_THREE.format(last) + f"    | | {whole} |\n")) == []
