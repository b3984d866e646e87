"""Units of learning outcomes, their points and levels, and the qualification they belong to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from facts import (
    AURORA,
    SOUPS,
    STARTERS,
    a_choice,
    a_cohort,
    a_learner,
    a_partner,
    a_qualification,
    a_unit,
    cell,
    found,
    said,
)

from pipeline import checks

WAITER = a_qualification("WAITER", row=3, title="Waiter")
SERVICE = a_unit("W1", row=9, title="Service", qualification=WAITER)


def test_an_agreed_unit_without_outcomes_is_one_error_on_its_row():
    empty = a_unit("U9", row=9, title="Soups", skills=())
    cohort = a_cohort(a_learner("L01", row=2, units=(empty,)), a_learner("L02", row=3, given_names="Eva", units=(empty,)))
    assert found(cohort) == ["A201 Units: Knowledge, row 9"]
    assert said(cohort) == ["The unit “U9 Soups” has no learning outcomes."]


@pytest.mark.parametrize("kind", ["knowledge", "skills", "competence", "learning_outcomes"])
def test_outcomes_of_any_kind_are_enough(kind):
    unit = a_unit("U9", row=9, **{"skills": (), kind: ("prepares soups",)})
    assert found(a_cohort(a_learner(units=(unit,)))) == []


def test_a_unit_nobody_chose_may_wait_for_its_outcomes():
    assert found(a_cohort(units=(STARTERS, a_unit("U9", row=9, skills=())))) == []


def test_an_outcome_that_repeats_the_title_warns():
    unit = a_unit("U9", row=9, title="Cold starters", knowledge=("cold starters.",))
    assert found(a_cohort(a_learner(units=(unit,)))) == ["A202 Units: Knowledge, row 9"]
    assert found(a_cohort(a_learner(units=(a_unit("U9", row=9, title="Soups", knowledge=("explains soups",)),)))) == []


def test_a_part_says_which_part():
    assert found(a_cohort(a_learner(units=(a_choice(STARTERS, row=4, scope="part"),)))) == [
        "A203 Unit choices: Part, row 4"
    ]
    assert found(a_cohort(a_learner(units=(a_choice(STARTERS, scope="part", part="Salads"),)))) == []


def test_a_whole_unit_does_not_describe_a_part():
    cohort = a_cohort(a_learner(units=(a_choice(STARTERS, row=4, scope="whole", part="Salads"),)))
    assert found(cohort) == ["A203 Unit choices: Scope, row 4"]
    assert said(cohort) == ["The “whole” unit “U1 Cold starters” is agreed, but a part of it described: “Salads”."]


def test_a_unit_of_another_qualification_is_an_error():
    cohort = a_cohort(a_learner(row=7, units=(STARTERS, SERVICE)))
    assert found(cohort) == ["A210 Learners: Units, row 7"]
    assert said(cohort) == ["The unit “W1 Service” belongs to “Waiter”, but the learner is working towards “Cook”."]


def test_a_unit_of_another_qualification_is_told_in_the_row_of_unit_choices_that_names_it():
    cohort = a_cohort(a_learner(units=(a_choice(SERVICE, row=4),)))
    assert found(cohort) == ["A210 Unit choices: Unit ID, row 4"]


def test_where_units_are_a_default_her_own_qualification_is_to_be_corrected():
    cohort = a_cohort(a_learner(row=7, units=(SERVICE,), inherited={"units": cell("B35")}))
    assert found(cohort) == ["A210 Learners: Qualification, row 7"]


def test_a_unit_taught_at_home_only_cannot_be_agreed():
    at_home = a_unit("U9", row=9, title="Bookkeeping", for_mobility=False)
    cohort = a_cohort(a_learner(row=7, units=(STARTERS, at_home)))
    assert found(cohort) == ["A211 Learners: Units, row 7"]
    assert found(a_cohort(units=(STARTERS, at_home))) == []


def test_a_unit_of_another_qualification_and_not_for_mobility_is_one_error():
    other = a_unit("W9", row=9, qualification=WAITER, for_mobility=False)
    assert found(a_cohort(a_learner(row=7, units=(other,)), units=(STARTERS, SERVICE, other))) == [
        "A210 Learners: Units, row 7"
    ]


def test_a_host_that_does_not_offer_the_unit_warns():
    elsewhere = a_unit("U9", row=9, title="Fish", hosts=(a_partner("BALTIC", row=4),))
    cohort = a_cohort(a_learner(row=7, units=(elsewhere,)))
    assert found(cohort) == ["A212 Learners: Units, row 7"]
    assert said(cohort) == [
        "“Hotel Aurora Oy” is not among the hosts of the unit “U9 Fish”. (This is good practice, not a rule.)"
    ]


def test_a_unit_may_be_offered_by_the_host_by_the_workplace_or_anywhere():
    firm = a_partner("FIRM", row=4, roles=("company",))
    assert found(a_cohort(a_learner(units=(a_unit("U9", row=9, hosts=(AURORA,)),)))) == []
    assert found(a_cohort(a_learner(workplace=firm, units=(a_unit("U9", row=9, hosts=(firm,)),)))) == []


def test_a_unit_the_learner_holds_already_warns_but_a_part_of_it_does_not():
    assert found(a_cohort(a_learner(row=7, units_acquired=(STARTERS,)))) == ["A213 Learners: Units, row 7"]
    part = a_choice(STARTERS, scope="part", part="Salads")
    assert found(a_cohort(a_learner(units=(part,), units_acquired=(STARTERS,)))) == []
    assert found(a_cohort(a_learner(units_acquired=(SOUPS,)))) == []


def test_a_unit_agreed_twice_warns_once():
    assert found(a_cohort(a_learner(row=7, units=(STARTERS, SOUPS, STARTERS)))) == ["A214 Learners: Units, row 7"]
    part = a_choice(STARTERS, row=4, scope="part", part="Salads")
    assert found(a_cohort(a_learner(units=(STARTERS, part)))) == ["A214 Unit choices: Unit ID, row 4"]


def test_a_unit_agreed_twice_is_not_told_again_as_a_wrong_sum_of_points():
    cohort = a_cohort(a_learner(row=7, units=(STARTERS, STARTERS), points=2.5))
    assert found(cohort) == ["A214 Learners: Units, row 7"]


def test_two_different_parts_of_a_unit_stand_side_by_side():
    parts = [a_choice(STARTERS, row=row, scope="part", part=part) for row, part in ((4, "Salads"), (5, "Pâtés"))]
    assert found(a_cohort(a_learner(units=tuple(parts)))) == []


def test_a_unit_description_that_expires_during_a_stay_is_told_once_with_the_last_stay():
    old = a_unit("U9", row=9, title="Fish", valid_until="2027-04-20")
    rows = [
        a_learner("L01", row=2, units=(old,)),
        a_learner("L02", row=3, given_names="Eva", units=(old,), end="2027-05-07"),
    ]
    assert found(a_cohort(*rows)) == ["A215 Units: Valid until, row 9"]
    assert said(a_cohort(*rows)) == ["The unit “U9 Fish” is valid until “20.04.2027”, but a stay ends on “07.05.2027”."]
    assert found(a_cohort(a_learner(units=(a_unit("U9", row=9, valid_until="2027-04-30"),)))) == []


PART = a_choice(SOUPS, scope="part", part="Broths", points=1)
OPEN_PART = a_choice(SOUPS, scope="part", part="Broths")
UNWEIGHED = a_unit("U8", row=8, points=None)


@pytest.mark.parametrize(("units", "points"), [
    ((STARTERS, SOUPS), 5), ((STARTERS, PART), 2.5), ((STARTERS, PART), 3.5), ((STARTERS, OPEN_PART), 5),
    ((STARTERS, UNWEIGHED), 9), ((UNWEIGHED,), 9), ((STARTERS,), None),
])  # fmt: skip
def test_points_that_can_be_the_sum_are_right(units, points):
    assert found(a_cohort(a_learner(units=units, points=points))) == []


@pytest.mark.parametrize(("units", "points", "has"), [
    ((STARTERS, SOUPS), 6, "5"), ((STARTERS, SOUPS), 4.5, "5"), ((STARTERS, PART), 2, "at least 2.5"),
    ((STARTERS, PART), 4, "at most 3.5"), ((STARTERS, UNWEIGHED), 2, "at least 2.5"), ((STARTERS, OPEN_PART), 6, "at most 5"),
])  # fmt: skip
def test_points_that_cannot_be_the_sum_warn(units, points, has):
    cohort = a_cohort(a_learner(row=7, units=units, points=points))
    assert found(cohort) == ["A220 Learners: Points, row 7"]
    assert said(cohort) == [f"“{points}” points are stated, but the agreed units have “{has}”."]


def test_no_more_points_are_agreed_than_the_unit_has():
    part = a_choice(STARTERS, row=4, scope="part", part="Salads", points=3)
    assert found(a_cohort(a_learner(units=(part,)))) == ["A221 Unit choices: Points, row 4"]
    assert found(a_cohort(a_learner(units=(PART,)))) == []


def test_units_do_not_outweigh_their_qualification():
    small = a_qualification(row=5, points=4)
    units = (a_unit("U1", row=2, qualification=small), a_unit("U2", row=3, qualification=small))
    cohort = a_cohort(a_learner(qualification=small, units=units), qualifications=(small,), units=units)
    assert found(cohort) == ["A222 Qualifications: Points, row 5"]
    assert said(cohort) == ["“Cook” has “4” points, but its units have “5”."]


def test_points_of_one_unit_in_two_qualifications_are_not_added_up():
    one, other = a_qualification("Q1", points=2.5), a_qualification("Q2", row=3, points=2.5)
    units = (a_unit("U1", row=2, qualification=one), a_unit("U1", row=3, qualification=other))
    cohort = a_cohort(a_learner(qualification=one, units=units[:1]), qualifications=(one, other), units=units)
    assert found(cohort) == []


def test_an_eqf_level_lies_between_1_and_8():
    odd = a_qualification(row=5, eqf_level=9)
    unit = a_unit("U1", row=2, qualification=odd, eqf_level=0)
    cohort = a_cohort(a_learner(qualification=odd, units=(unit,)), qualifications=(odd,), units=(unit,))
    assert found(cohort) == ["A230 Qualifications: EQF level, row 5", "A230 Units: EQF level, row 2"]


@pytest.mark.parametrize(("level", "expected"), [(2, []), (4, []), (5, ["A231 Units: EQF level, row 9"]), (None, [])])
def test_a_unit_lies_at_most_one_level_above_its_qualification(level, expected):
    assert found(a_cohort(a_learner(units=(a_unit("U9", row=9, eqf_level=level),)))) == expected


# -- at the edges -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("title", ["U1", None])
def test_a_unit_that_is_called_by_its_id_is_named_once(title):
    unit = a_unit("U1", row=2, title=title, skills=())
    assert said(a_cohort(a_learner(units=(unit,)))) == ["The unit “U1” has no learning outcomes."]


def test_missing_outcomes_are_told_in_the_first_column_for_them_that_the_sheet_has():
    unit = a_unit("U1", row=2, skills=())
    lacks = replace(unit.origin, columns={key: at for key, at in unit.origin.columns.items() if key != "knowledge"})
    assert found(a_cohort(a_learner(units=(replace(unit, origin=lacks),)))) == ["A201 Units: Skills, row 2"]
    none = replace(unit.origin, columns={"id": "A"})
    assert found(a_cohort(a_learner(units=(replace(unit, origin=none),)))) == ["A201 Units: row 2"]


def test_where_unit_and_qualification_are_typed_once_for_all_the_unit_is_to_be_corrected():
    waiter = a_qualification("WAITER", row=3, title="Waiter")
    once = {"units": cell("B30"), "qualification": cell("B31")}
    cohort = a_cohort(a_learner(row=7, qualification=waiter, inherited=once), qualifications=(waiter,))
    assert next((problem.code, problem.place) for problem in checks.run(cohort)) == ("A210", cell("B30"))


def test_a_unit_taught_at_home_only_is_told_also_where_the_qualification_is_not_known_yet():
    unit = a_unit("U1", row=2, for_mobility=False)
    assert "A211 Learners: Units, row 7" in found(a_cohort(a_learner(row=7, qualification=None, units=(unit,))))


def test_a_unit_description_is_held_against_the_last_stay_whoever_stands_first():
    unit = a_unit("U1", row=2, valid_until="2027-05-15")
    rows = [
        a_learner("L01", row=2, units=(unit,), end="2027-05-30"), a_learner("L02", row=3, given_names="Eva", units=(unit,)),
    ]  # fmt: skip
    assert found(a_cohort(*rows)) == ["A215 Units: Valid until, row 2"]


def test_a_unit_description_is_not_held_against_a_stay_whose_dates_are_wrong():
    unit = a_unit("U1", row=2, valid_until="2027-04-01")
    assert found(a_cohort(a_learner(row=7, units=(unit,), start="2027-04-30", end="2027-04-05"))) == ["A101 Learners: End date, row 7"]
    assert found(a_cohort(a_learner(units=(unit,), start=None))) == found(a_cohort(a_learner(start=None)))


def test_points_are_looked_at_also_below_a_row_that_states_none():
    rows = [a_learner("L01", row=2), a_learner("L02", row=3, given_names="Eva", points=9)]
    assert found(a_cohort(*rows)) == ["A220 Learners: Points, row 3"]


def test_points_of_parts_alone_have_an_upper_end_and_no_lower_one():
    part = a_choice(STARTERS, scope="part", part="soups", points=2)
    assert said(a_cohort(a_learner(units=(part,), points=3))) == ["“3” points are stated, but the agreed units have “at most 2”."]


@pytest.mark.parametrize("level", [1, 8])
def test_the_first_and_the_last_level_of_the_eqf_are_levels(level):
    cook = a_qualification(row=5, eqf_level=level)
    assert not [one for one in found(a_cohort(a_learner(qualification=cook, units=(a_unit("U1", row=2, qualification=cook),)))) if one.startswith("A23")]


@pytest.mark.parametrize(("whole", "own", "told"), [
    (1, 3, "A231 Units: EQF level, row 9"), (5, 8, "A231 Units: EQF level, row 9"), (5, 9, "A230 Units: EQF level, row 9"),
    (0, 4, "A230 Qualifications: EQF level, row 5"),
])  # fmt: skip
def test_a_unit_is_held_against_its_qualification_where_both_levels_are_levels(whole, own, told):
    cook = a_qualification(row=5, eqf_level=whole)
    unit = a_unit("U1", row=9, qualification=cook, eqf_level=own)
    assert found(a_cohort(a_learner(qualification=cook, units=(unit,)))) == [told]


def test_the_level_of_a_unit_of_no_qualification_is_held_against_none():
    unit = replace(a_unit("U1", row=9, eqf_level=5), qualification=None)
    assert found(a_cohort(units=(STARTERS, unit))) == []
