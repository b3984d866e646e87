"""What was recognised before need not be achieved again: the learner register holds an agreement that repeats it."""

from __future__ import annotations

from facts import (
    COHORT_ID,
    SOUPS,
    STARTERS,
    a_choice,
    a_cohort,
    a_learner,
    a_unit,
    advised,
    an_achievement,
    found,
    registered,
    said,
)


def test_a_unit_that_another_cohort_recognised_holds_the_agreement_that_repeats_it():
    tereza = registered(a_learner(row=7), an_achievement())
    assert found(a_cohort(tereza)) == ["A216 Learners: Units, row 7"]
    assert said(a_cohort(tereza)) == [
        "The unit “U1 Cold starters” is agreed, but it was recognised already by the cohort “CZ-2026”, on “20.05.2026”."
    ]
    assert advised(a_cohort(tereza)) == ["Take the unit out, or agree on a part of it. It stands in Achievements!G2."]


def test_where_the_register_does_not_say_by_whom_and_when_the_sentence_is_shorter():
    tereza = registered(a_learner(), an_achievement(cohort=None, recognised_on=None))
    assert said(a_cohort(tereza)) == ["The unit “U1 Cold starters” is agreed, but it was recognised already."]


def test_a_unit_of_the_cell_only_warns():
    assert said(a_cohort(a_learner(units_acquired=(STARTERS,)))) == [
        "The unit “U1 Cold starters” is agreed, but the learner holds it already."
    ]


def test_it_is_told_once_where_the_cell_and_the_register_hold_it():
    tereza = registered(a_learner(row=7, units_acquired=(STARTERS,)), an_achievement())
    assert found(a_cohort(tereza)) == ["A216 Learners: Units, row 7"]


def test_of_a_unit_that_was_recognised_in_part_it_is_told_that_the_rest_counts():
    tereza = registered(a_learner(row=7), an_achievement(scope="part", part="outcome 1", points=1))
    assert found(a_cohort(tereza)) == ["A217 Learners: Units, row 7"]
    assert said(a_cohort(tereza)) == [
        "The unit “U1 Cold starters” is agreed, and a part of it was recognised already by the cohort “CZ-2026”, on “20.05.2026”: “1” of its “2.5” points, which count once."
    ]
    assert advised(a_cohort(tereza)) == [
        "Nothing, if the whole unit is to be assessed; else agree on the rest as a part. It stands in Achievements!G2."
    ]


def test_where_points_are_not_known_the_sentence_is_shorter():
    part = {"scope": "part", "part": "outcome 1"}
    without = registered(a_learner(), an_achievement(**part, points=None))
    assert said(a_cohort(without))[0].endswith("was recognised already by the cohort “CZ-2026”, on “20.05.2026”.")
    unit = a_unit("U1", row=2, title="Cold starters", points=None)
    of_none = registered(a_learner(units=(unit,)), an_achievement(**part, points=1), units=(unit,))
    assert next(each for each in said(a_cohort(of_none)) if "a part of it" in each).endswith("“20.05.2026”: “1” points, which count once.")


def test_each_agreed_unit_is_looked_at_for_itself():
    """U1 is held whole, of U2 a part."""
    tereza = registered(a_learner(row=7, units=(STARTERS, SOUPS)), an_achievement(), an_achievement(unit_id="U2", title="Soups", scope="part", part="x", points=1))
    assert found(a_cohort(tereza)) == ["A216 Learners: Units, row 7", "A217 Learners: Units, row 7"]


def test_the_same_part_agreed_again_is_told_and_another_part_is_not():
    again, other = (a_choice(STARTERS, scope="part", part=part, points=1) for part in ("Outcome 1", "outcome 2"))
    held = an_achievement(scope="part", part="outcome 1", points=None)
    assert found(a_cohort(registered(a_learner(units=(again,)), held))) == ["A217 Unit choices: Unit ID, row 2"]
    assert found(a_cohort(registered(a_learner(units=(other,)), held))) == []


def test_a_part_of_what_is_held_whole_may_be_deepened():
    part = a_choice(STARTERS, scope="part", part="outcome 2")
    assert found(a_cohort(registered(a_learner(units=(part,)), an_achievement()))) == []


def test_what_the_cohort_recognised_itself_it_has_agreed_of_course():
    assert found(a_cohort(registered(a_learner(), an_achievement(cohort=COHORT_ID)))) == []
