"""The Record of Achievement: what is recognised over the years, where and when, and what remains to the qualification."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.addressees import addressees
from pipeline.contexts import Contexts
from pipeline.form import open_form
from pipeline.model import Cohort, Learner
from tests.facts import (
    SOUPS,
    STARTERS,
    a_choice,
    a_cohort,
    a_learner,
    a_recognised,
    a_result,
    a_unit,
    an_achievement,
    registered,
)
from tests.forms import texts_of

FORM = open_form(Path(__file__).parent.parent / "templates" / "official" / "3 After" / "Record of Achievement.docx")
SAUCES = a_unit("U3", row=4, title="Sauces", points=3)


def record(learner: Learner, *results, **changes) -> str:
    """The record of the first learner as a person reads it."""
    facts = {"units": (STARTERS, SOUPS, SAUCES), "results": results, **changes}
    cohort: Cohort = a_cohort(learner, **facts)
    (who,) = addressees(cohort, FORM.frequency)
    lines = texts_of(FORM.print(Contexts(cohort).values(who.scope, "en", dt.date(2027, 6, 1)), "en").data)
    return "\n".join(line.strip() for line in lines)


def test_it_is_made_for_each_learner_once_there_are_results():
    assert FORM.problems == ()
    assert FORM.made == "once for each row of Learners, once there are results"
    assert not FORM.is_agreement


def test_its_stay_is_from_the_first_to_the_last_day_as_they_were():
    tereza = a_learner(units=(SOUPS,), status="returned early", actual_start="2027-04-06", actual_end="2027-04-20")
    assert "[2] Hotel Aurora Oy, 06/04/2027 – 20/04/2027" in record(tereza, a_recognised(tereza, SOUPS)).splitlines()
    late = a_learner(units=(SOUPS,), actual_end="2027-04-20")
    assert "[2] Hotel Aurora Oy, 05/04/2027 – 20/04/2027" in record(late, a_recognised(late, SOUPS)).splitlines()


def test_it_lists_what_was_recognised_over_the_years_and_what_remains():
    tereza = a_learner(units=(SOUPS,))
    known = registered(tereza, an_achievement(host="Bistro Sol", evidence="Folder 7"))
    assert record(known, a_recognised(known, SOUPS)) == """\
Record of Achievement
what is recognised so far, and what remains to the qualification
[1] Learner
[2] Tereza Nováková, born on 12/05/2006
[1] Qualification
[2] Cook, EQF level 3
[1] Stay
[2] Hotel Aurora Oy, 05/04/2027 – 30/04/2027
[1] Held before the stay
[2] Cold starters
[1] Credited for the stay
[2] 2.5 ECVET points
[1] Held by now
[2] 4.5 of 180 ECVET points
[1] Remains to the qualification
[2] 175.5 ECVET points
Recognised so far
[1] Unit
[2] Recognised as
[3] When, by whom
[4] Learned at
[1] Cold starters
ECVET points: 2
[2] Module 6
Evidence: Folder 7
[3] 20/05/2026
Karel Beneš
[4] Bistro Sol
CZ-2026
[1] Soups
ECVET points: 2.5
[2] Module 6
[3] 20/05/2027
Karel Beneš
[4] Hotel Aurora Oy
CZ-2027-Spring
What remains to the qualification
These units are listed for the qualification and are not held yet:
Sauces (3 ECVET points)
Points that remain beyond these units belong to what is not listed.
The home organisation, SOŠ gastronomie Brno, Czechia, confirms that this record agrees with its own. The record does not award the qualification.
[1] Name, role, place and date
[2] Signature and stamp
[1] Name: Karel Beneš
Role: Principal
Place, date: →
[2]"""


def test_of_a_unit_recognised_in_part_the_rest_remains():
    agreed = a_learner(units=(a_choice(SOUPS, scope="part", part="Two cold soups", points=1),))
    text = record(agreed, a_recognised(agreed, SOUPS, points_credited=1), units=(STARTERS, SOUPS))
    assert "A part of the unit: Two cold soups\nECVET points: 1" in text
    assert "Cold starters (2.5 ECVET points)\nSoups (2.5 ECVET points)\nOf a unit that is recognised in part, the rest remains." in text


def test_what_counts_towards_another_qualification_says_so_and_gives_no_points_here():
    tereza = registered(a_learner(), an_achievement(qualification_id="WAITER", qualification="Waiter", unit_id="W1", title="Service"))
    text = record(tereza, a_recognised(tereza, STARTERS))
    assert "Service\nECVET points: 2\nFor the qualification: Waiter" in text
    assert "2.5 of 180 ECVET points" in text


@pytest.mark.parametrize("result", ["achieved", "not achieved"])
def test_what_the_host_assessed_is_not_recognised_before_home_says_so(result):
    tereza = a_learner()
    text = record(tereza, a_result(tereza, STARTERS, result=result))
    assert "Nothing is recognised yet." in text
    assert "Cold starters (2.5 ECVET points)" in text
    assert "Held by now" not in text


def test_where_nothing_remains_that_is_said_and_the_qualification_is_not_awarded_by_it():
    tereza = a_learner(units=(STARTERS,))
    text = record(tereza, a_recognised(tereza, STARTERS), units=(STARTERS,))
    assert "All units that are listed for the qualification are held. The points that remain belong to what is not listed." in text
    assert "The record does not award the qualification." in text


def test_a_draft_is_not_signed():
    tereza = a_learner()
    text = record(tereza, a_recognised(tereza, STARTERS), draft=True)
    assert "This is a draft. It is not to be signed." in text
    assert "Signature and stamp" not in text
