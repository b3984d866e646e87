"""What holds for all rules; the rules themselves are tested in the files beside this, a file a room."""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from facts import (
    a_cohort,
    a_companion,
    a_home,
    a_learner,
    a_minor,
    a_partner,
    a_qualification,
    a_unit,
    cell,
    found,
    said,
)

from pipeline import checks
from pipeline.checks.rule import CHECKS, called
from pipeline.model import Cohort
from pipeline.problem import CODES, FAMILIES, Basis

RULES = sorted(entry.meaning.code for entry in CHECKS)


def test_a_clean_cohort_has_no_problem():
    assert said(a_cohort()) == []


def test_a_clean_cohort_of_several_learners_with_guardians_and_two_stays_has_no_problem():
    cohort = a_cohort(
        a_minor("L01", row=2),
        a_minor("L02", row=3, given_names="Petr", guardian="Petr Novák", guardian_telephone="+420 700 000 009"),
        a_learner("L03", row=4, given_names="Ivo"),
        a_learner("L03", row=5, given_names="Ivo", mobility=2, start="2027-09-06", end="2027-10-01"),
    )
    assert said(cohort) == []


def test_the_problem_stands_in_the_cell_to_correct():
    problem = checks.run(a_cohort(a_learner(row=7, start="2027-04-30", end="2027-04-05")))[0]
    assert (str(problem.place), problem.place.row, problem.place.file) == ("Learners!AC7", 7, "cohort.xlsx")
    assert problem.message == "The end date “05.04.2027” lies before the start date “30.04.2027”."
    assert problem.advice == "Correct the start date or the end date."
    assert problem.holds


def test_learners_in_reserve_and_withdrawn_ones_stay_without_problems():
    for status in ("reserve", "withdrawn"):
        assert found(a_cohort(a_learner(status=status, start="2027-04-30", end="2027-04-05", mentor=None))) == []


def test_a_planned_stay_and_one_that_ended_early_are_looked_at():
    for status, actual_end in (("planned", None), ("returned early", "2027-05-02")):
        cohort = a_cohort(a_learner(row=7, status=status, actual_end=actual_end, start="2027-04-30", end="2027-04-05"))
        assert found(cohort) == ["A101 Learners: End date, row 7"]


def test_one_wrong_default_of_the_cohort_is_one_problem_however_many_learners_take_it():
    typed = {"start": cell("B30"), "end": cell("B31")}
    rows = [
        a_learner(f"L{row}", row=row, given_names=f"Ivo{row}", start="2027-04-30", end="2027-04-05", inherited=typed)
        for row in range(2, 32)
    ]
    assert [str(problem.place) for problem in checks.run(a_cohort(*rows))] == ["Cohort!B31"]


def test_where_a_default_and_her_own_cell_contradict_her_own_is_to_be_corrected():
    cohort = a_cohort(a_learner(row=7, start="2027-05-30", inherited={"end": cell("B31")}))
    assert found(cohort) == ["A101 Learners: Start date, row 7"]


def test_nothing_is_said_of_values_that_are_blank():
    nothing = dict.fromkeys(
        ("family_name", "given_names", "date_of_birth", "address", "telephone", "email", "start", "end", "home", "host")
    )
    empty = a_learner(None, row=2, **nothing, qualification=None, units=(), person="*")
    bare_partner = dict.fromkeys(("name", "country", "language", "assessor"))
    cohort = replace(
        a_cohort(empty),
        **dict.fromkeys(("title", "programme", "project_code", "activity", "language", "date", "valid_until")),
        project_start=None, project_end=None, companions=(a_companion(name=None, start=None, end=None),),
        partners=(a_partner("X", row=4, roles=(), **bare_partner),),
        qualifications=(a_qualification("Q", title=None, eqf_level=None, points=None),),
        units=(a_unit("U", row=4, title=None, points=None, skills=()),),
    )  # fmt: skip
    assert found(cohort) == ["M150 Qualifications: Qualification ID, row 2"]


def test_a_cell_that_cannot_be_read_is_not_called_blank_too():
    home = a_home(address=None, contact_person=None, signatory=None, unreadable=("address", "contact_person", "signatory"))
    minor = a_minor(guardian=None, mentor=None, home=home, unreadable=("guardian", "mentor"))
    unit = a_unit("U1", row=2, skills=(), unreadable=("skills",))
    cohort = a_cohort(replace(minor, agreement=a_learner(units=(unit,), home=home).agreement), partners=(home, a_partner("AURORA", row=3)))
    assert found(cohort) == []


@pytest.mark.parametrize(("record", "name"), [
    (a_partner("AURORA", row=3, name="Hotel Aurora Oy"), "“Hotel Aurora Oy”"), (a_partner("AURORA", row=3, name=None), "“AURORA”"),
    (a_qualification("COOK", title="Cook"), "“Cook”"), (a_qualification("COOK", title=None), "“COOK”"),
])  # fmt: skip
def test_a_message_names_an_organisation_or_a_qualification_and_by_its_id_where_it_has_no_name(record, name):
    assert called(record) == name


def test_a_rule_that_crashes_is_not_hidden(monkeypatch):
    def crash(_: Cohort):
        raise ZeroDivisionError

    monkeypatch.setattr(checks, "CHECKS", [replace(CHECKS[0], rule=crash)])
    with pytest.raises(ZeroDivisionError):
        checks.run(a_cohort())


def test_every_code_of_the_rules_is_of_a_family_of_learner_agreement_memorandum_or_result():
    assert {code[0] for code in RULES} == {"L", "A", "M", "R"} <= set(FAMILIES)


@pytest.mark.parametrize("code", RULES)
def test_every_rule_tells_its_meaning_its_advice_and_its_source(code):
    meaning = CODES[code]
    assert meaning.title[0].isupper()
    assert "\n" not in meaning.title
    assert len(meaning.story) > 40
    assert meaning.advice.endswith(".")
    assert re.search(r"(^|; )C\d\d(, C\d\d)*$", meaning.source), "the number of the check stands last"
    assert not re.search(r"domain\.md|\.py\b|contract", f"{meaning.story} {meaning.source}")
    assert meaning.basis in Basis


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_test_in_which_it_fires_with_its_cell(code):
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_checks*.py"))
    assert f'"{code} ' in tests


def test_a_convention_is_called_one_in_its_message_and_a_rule_is_not():
    cohort = a_cohort(a_learner(signed="2027-04-06", weeks=9))
    assert [message.endswith("(This is good practice, not a rule.)") for message in said(cohort)] == [False, True]


@pytest.mark.slow
def test_ten_thousand_learners_are_looked_at_in_seconds():
    learners = [
        a_learner(f"L{n}", row=n + 2, given_names=f"Ivo{n}", guardian="Jana", guardian_telephone=f"+42070{n:07}")
        for n in range(10_000)
    ]
    cohort = a_cohort(*learners)
    began = time.perf_counter()
    checks.run(cohort)
    assert time.perf_counter() - began < 10
    assert cohort.date == dt.date(2027, 1, 15)
