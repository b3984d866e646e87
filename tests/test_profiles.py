"""What employers look for: covered by an ID or the same words, proposed where it is worded alike, else a gap."""

from __future__ import annotations

from decimal import Decimal

import pytest
from drawn import cohort, said, told, with_changes, write
from facts import STARTERS, a_cohort, a_qualification, a_requirement, a_unit

from pipeline.profiles import job_profiles
from pipeline.registry import read_registry
from pipeline.workbook import read_cohort

SOUPS = a_unit("U2", row=3, title="Soups", skills=("cooks two soups", "checks own work for hygiene"))
HOME = a_unit("H1", row=4, title="Calculating", skills=("calculates prices",), for_mobility=False)
UNITS = (STARTERS, SOUPS, HOME)


def profile(*rows, units=UNITS):
    """One profile with these requirements: outcome, and what stands in Matches."""
    facts = [a_requirement(outcome, row=at, matches=matches) for at, (outcome, *matches) in enumerate(rows, 2)]
    (one,) = job_profiles(a_cohort(units=units, requirements=tuple(facts)))
    return one


def covered(*rows, units=UNITS):
    return [[match.said for match in need.covered] for need in profile(*rows, units=units).needs]


# -- what is certain -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", ["U2", "u-2", " U2 ", "Soups", "SOUPS.", "U2: Soups", "U2 – Soups"])
def test_the_id_or_the_title_of_a_unit_is_covered_by_the_whole_unit(wanted):
    assert covered((wanted,)) == [["U2"]]


@pytest.mark.parametrize("wanted", ["cooks two soups", "Cooks two soups!", "U2: cooks two soups"])
def test_the_very_words_of_an_outcome_are_covered_by_it(wanted):
    assert covered((wanted,)) == [["U2: cooks two soups"]]


def test_an_outcome_that_stands_in_two_units_is_covered_by_both():
    sauces = a_unit("U3", row=5, title="Sauces", skills=("checks own work for hygiene",))
    assert covered(("checks own work for hygiene",), units=(*UNITS, sauces)) == [["U2: checks own work for hygiene", "U3: checks own work for hygiene"]]


def test_a_unit_that_stands_in_two_qualifications_is_one():
    again = a_unit("U2", row=6, title="Soups", skills=("cooks two soups",), qualification=a_qualification("WAITER", row=3))
    assert covered(("cooks two soups",), ("U2",), units=(*UNITS, again)) == [["U2: cooks two soups"], ["U2"]]


def test_ids_are_not_guessed():
    (need,) = profile(("U22",)).needs
    assert (need.covered, need.proposals) == ((), ())


# -- what is proposed, and a person's yes ----------------------------------------------------------------------------------


def test_what_is_worded_alike_is_proposed_and_does_not_count():
    one = profile(("Cooking soups",))
    (need,) = one.needs
    assert need.covered == ()
    assert "U2: cooks two soups" in [match.said for match in need.proposals]
    assert one.covered_percent == 0


@pytest.mark.parametrize("yes", ["U2", "U2: cooks two soups", "U2 - Cooks two soups"])
def test_a_yes_in_matches_counts(yes):
    one = profile(("Cooking soups", yes))
    assert [match.unit.id for match in one.needs[0].covered] == ["U2"]
    assert one.needs[0].proposals == ()
    assert one.covered_percent == 100


def test_several_units_may_cover_one_requirement():
    assert covered(("Works as a cook", "U1", "U2: cooks two soups")) == [["U1", "U2: cooks two soups"]]


def test_a_no_goes_before_what_seems_certain():
    (need,) = profile(("cooks two soups", "none")).needs
    assert need.rejected
    assert (need.covered, need.proposals) == ((), ())


def test_an_entry_of_matches_that_means_nothing_is_told_and_leaves_the_proposal_open(tmp_path):
    """A slip in the ID, one in the outcome, something else altogether; “none” and a unit contradict each other."""
    reading = cohort("""
        Job profiles
        | Profile | Outcome       | Matches                   |
        | Cook    | Cooking soups | U02                       |
        | Cook    | Soups         | U2: prepares too soups    |
        | Cook    | Driving       | perhaps                   |
        | Cook    | Eggs          | none; U1                  |
        | Cook    | Bread         | None                      |
    """, tmp_path)  # fmt: skip
    assert told(reading) == [f"S240 Job profiles!C{row}" for row in (2, 3, 4, 5)]
    assert said(reading)[:3] == [
        "“U02” names no unit of sheet Units. Did you mean “U2”?",
        "“U2: prepares too soups” names no outcome of the unit “U2”. Did you mean “U2: prepares two soups”?",
        "“perhaps” names no unit of sheet Units. Write a Unit ID such as U1, or “U1: ” with one of its outcomes, or none; or leave the cell blank.",
    ]  # fmt: skip
    assert not any(problem.holds for problem in reading.problems), "no paper waits for it"
    (one,) = job_profiles(reading.cohort)
    assert one.needs[0].proposals
    assert [bool(need.covered) for need in one.needs] == [False, True, False, True, False]


def test_many_wrong_entries_are_told_up_to_a_point(tmp_path):
    rows = "\n".join(f"| Cook | Soups | wrong {number} |" for number in range(300))
    assert len(told(cohort(f"Job profiles\n| Profile | Outcome | Matches |\n{rows}", tmp_path))) == 200


def test_proposals_are_no_problem_of_the_workbook(tmp_path):
    reading = cohort("Job profiles\n| Profile | Outcome |\n| Cook | Cooking soups |", tmp_path)
    assert reading.problems == ()
    assert job_profiles(reading.cohort)[0].needs[0].proposals


# -- profiles and weights ---------------------------------------------------------------------------------------------------


def test_what_is_covered_is_counted_by_weight():
    rows = (a_requirement("U1", row=2, weight=3), a_requirement("U2", row=3), a_requirement("Driving", row=4, weight=4))
    (one,) = job_profiles(a_cohort(units=UNITS, requirements=rows))
    assert [need.weight for need in one.needs] == [3, 1, 4]
    assert one.covered_percent == 50


def test_a_weight_below_zero_is_told_and_counts_as_none(tmp_path):
    reading = cohort("Job profiles\n| Profile | Outcome | Weight |\n| Cook | U1 | -2.50 |", tmp_path)
    assert told(reading) == ["S241 Job profiles!C2"]
    assert said(reading)[0].startswith("“-2.5” is less than nothing, and counts as 0.")
    rows = (a_requirement("U1", row=2), a_requirement("Driving", row=3, weight=-2), a_requirement("Flying", row=4, weight=0))
    (one,) = job_profiles(a_cohort(units=UNITS, requirements=rows))
    assert one.covered_percent == 100
    (idle,) = job_profiles(a_cohort(units=UNITS, requirements=rows[1:]))
    assert idle.covered_percent is None


def test_rows_belong_together_by_profile_and_employer():
    rows = [("Cook", "Aurora"), ("cook", None), ("Cook", "Luna"), ("Cook", "Aurora"), ("Waiter", None), (None, "Luna")]
    facts = tuple(a_requirement("U1", row=at, profile=name, employer=who) for at, (name, who) in enumerate(rows, 2))
    shown = [(one.name, one.employer, len(one.needs)) for one in job_profiles(a_cohort(requirements=facts))]
    assert shown == [("Cook", "Aurora", 3), ("Cook", "Luna", 1), ("Waiter", "", 1)]


# -- the sheet --------------------------------------------------------------------------------------------------------------


def test_the_sheet_is_read_with_employers_by_id_or_name_and_a_no_in_any_language(tmp_path):
    reading = cohort("""
        Anforderungsprofile
        | Berufsprofil | Betrieb   | Anforderung       | Gewichtung | Zuordnung                    |
        | Koch         | aurora    | U1                | 2          |                              |
        | Koch         | Luna GmbH | kocht zwei Suppen |            | keine                        |
        | Koch         |           | schält Kartoffeln | 0,5        | U1; U2: prepares two soups   |
    """, tmp_path)  # fmt: skip
    assert reading.problems == ()
    shown = [(each.employer, each.outcome, each.weight, each.matches) for each in reading.cohort.requirements]
    assert shown == [
        ("Hotel Aurora Oy", "U1", Decimal(2), ()), ("Luna GmbH", "kocht zwei Suppen", None, ("none",)),
        (None, "schält Kartoffeln", Decimal("0.5"), ("U1", "U2: prepares two soups")),
    ]  # fmt: skip


def test_a_row_needs_its_profile_and_its_outcome(tmp_path):
    reading = cohort("""
        Job profiles
        | Profile | Employer | Outcome | Weight |
        | Cook    | AURORA   |         | 1      |
        |         | AURORA   | U1      | x      |
    """, tmp_path)  # fmt: skip
    assert sorted(told(reading)) == ["S202 Job profiles!D3", "S210 Job profiles!A3", "S210 Job profiles!C2"]
    assert job_profiles(reading.cohort) == ()


def test_what_employers_look_for_brings_no_unit_and_no_employer_into_the_papers(tmp_path):
    """Units and partners stand in the memorandum; a job profile must not change it, though the register knows both."""
    register = read_registry(write("""
        Partners
        | Partner ID | Role     | Name      | Country |
        | LUNA       | employer | Luna GmbH | Germany |

        Units
        | Unit ID | Qualification | Title  | Skills        |
        | U99     | COOK          | Sauces | makes a sauce |
    """, tmp_path / "register.xlsx"))  # fmt: skip
    picture = """
        Job profiles
        | Profile | Employer | Outcome |
        | Cook    | LUNA     | U99     |
    """
    reading = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx"), register=register)
    assert reading.problems == ()
    assert "LUNA" not in [partner.id for partner in reading.cohort.partners]
    assert "U99" not in [unit.id for unit in reading.cohort.units]
