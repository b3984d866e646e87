"""What counts over the years: whose it is, what is held before a stay, what remains, and how the points are counted."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.achievements import achieved, held_by, of_cohort, points_so_far, remaining, so_far
from pipeline.addressees import addressees
from pipeline.afterwards import after_the_stay
from pipeline.columns import ACHIEVEMENTS, RESULTS_SHEET
from pipeline.learner_register import read_learner_register
from pipeline.model import Achievement, Cohort, Learner, Result
from pipeline.problem import Severity
from pipeline.reckoning import credit
from pipeline.registry import read_registry
from pipeline.sheets import column_called
from pipeline.workbook import read_cohort
from tests import desk
from tests.drawn import CLEAN, told, write
from tests.facts import (
    COHORT_ID,
    COOK,
    SOUPS,
    STARTERS,
    a_choice,
    a_cohort,
    a_learner,
    a_qualification,
    a_unit,
    an_achievement,
    origin,
    read,
    registered,
)


def a_result(learner: Learner, **changes: Any) -> Result:
    facts = {
        "unit": SOUPS, "result": "achieved", "validated": "yes", "recognised_as": "Module 7", "recognised_by": "Karel Beneš",
        "recognised_on": "2027-05-20", "points_credited": 2.5, **changes,
    }  # fmt: skip
    return Result(**read(RESULTS_SHEET, facts), learner=learner, origin=origin(RESULTS_SHEET, 2), more={})


def held(learner: Learner) -> list[str]:
    return [unit.id for unit in learner.agreement.units_acquired]


# -- before the stay ---------------------------------------------------------------------------------------------------


def test_what_another_cohort_recognised_joins_what_the_cell_says():
    tereza = registered(a_learner(units_acquired=(SOUPS,)), an_achievement())
    assert held(tereza) == ["U2", "U1"]
    assert tereza.agreement.units_acquired[1] is STARTERS


@pytest.mark.parametrize("changes", [
    {"cohort": COHORT_ID}, {"cohort": "cz 2027 spring"}, {"recognised_on": "2027-05-20"}, {"qualification_id": "WAITER"},
    {"scope": "part"}, {"unit_id": None},
], ids=["the same cohort", "the same cohort, spelled otherwise", "after the stay began", "another qualification", "a part", "no unit"])  # fmt: skip
def test_it_does_not_where_it_is_none_of_this_stays(changes):
    assert held(registered(a_learner(), an_achievement(**changes))) == []


@pytest.mark.parametrize("changes", [
    {"recognised_on": "2027-04-05"}, {"recognised_on": None}, {"cohort": None}, {"qualification_id": None}, {"qualification_id": "cook"},
], ids=["on the first day", "on a day nobody knows", "by a cohort nobody knows", "known by the qualification's title", "spelled otherwise"])  # fmt: skip
def test_it_does_where_nothing_speaks_against_it(changes):
    assert held(registered(a_learner(), an_achievement(**changes))) == ["U1"]


def test_of_a_unit_that_the_cohort_does_not_list_the_register_tells_the_title_and_the_points():
    tereza = registered(a_learner(), an_achievement(unit_id="OLD", title="Old unit"))
    (unit,) = tereza.agreement.units_acquired
    assert (unit.id, unit.title, unit.points, unit.qualification) == ("OLD", "Old unit", 2, COOK)
    assert str(unit.at("points")) == "Achievements!K2"


# -- points ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("acquired", "register", "before"), [
    ((), [], "0"),
    ((STARTERS,), [], "2.5"),
    ((), [{}], "2"),
    ((STARTERS,), [{}], "2"),
    ((), [{"points": None}], "2.5"),
    ((STARTERS,), [{"points": None}], "2.5"),
    ((), [{"points": 0}], "0"),
    ((), [{"scope": "part", "points": 1}], "1"),
    ((), [{"scope": "part", "part": "A", "points": 1}, {"scope": "part", "part": "B", "points": 0.5}], "1.5"),
    ((), [{"scope": "part", "part": "A", "points": 1}, {"scope": "part", "part": "a", "points": 1}], "1"),
    ((), [{"scope": "part", "points": 1}, {}], "2"),
    ((STARTERS,), [{"scope": "part", "points": 1}], "2.5"),
    ((), [{}, {}], "2"),
    ((SOUPS,), [{}], "4.5"),
    ((), [{"cohort": COHORT_ID}], "0"),
], ids=["nothing", "the cell", "the register", "both: once, as credited", "no points written: the unit's own", "the same, in the cell too",
        "credited with none", "a part", "two parts", "one part twice", "a part, then the whole", "a part of what the cell has whole", "entered twice",
        "another unit", "the cohort's own"])  # fmt: skip
def test_points_of_what_is_held_count_once(acquired, register, before):
    tereza = registered(a_learner(units=(a_unit("U9", row=9),), units_acquired=acquired), *(an_achievement(**one) for one in register))
    assert credit(tereza.agreement)[0] == Decimal(before)
    assert credit(tereza.agreement) == (Decimal(before), Decimal(before) + Decimal("2.5"), 180 - Decimal(before) - Decimal("2.5"))


PART = {"scope": "part", "part": "outcome 1", "points": 1}


@pytest.mark.parametrize(("units", "acquired", "register", "counted"), [
    ((STARTERS,), (), [PART], "1 2.5 177.5"),
    ((STARTERS, SOUPS), (), [PART], "1 5 175"),
    ((STARTERS,), (), [PART, {**PART, "part": "outcome 2"}], "2 2.5 177.5"),
    ((a_choice(STARTERS, points=1.5),), (), [PART], "1 2.5 177.5"),
    ((a_choice(STARTERS, scope="part", part="outcome 2", points=1.5),), (), [PART], "1 2.5 177.5"),
    ((a_choice(STARTERS, scope="part", part="outcome 2", points=2),), (), [PART], "1 2.5 177.5"),
    ((a_choice(STARTERS, scope="part", part="Outcome 1", points=1),), (), [PART], "1 1 179"),
    ((a_choice(STARTERS, scope="part", part="outcome 2", points=1),), (STARTERS,), [], "2.5 2.5 177.5"),
    ((STARTERS,), (STARTERS,), [], "2.5 2.5 177.5"),
    ((a_unit("U1", row=2, points=None),), (), [PART], "1 1 179"),
    ((STARTERS,), (), [{**PART, "points": 0}], "0 2.5 177.5"),
    ((STARTERS,), (), [{**PART, "unit_id": "U2"}], "1 3.5 176.5"),
], ids=["the rest of a unit", "of the two only one", "two parts of it", "only its rest has points", "another part", "more than its rest", "the same part",
        "a part of what is held whole", "the whole once more", "no points agreed", "credited with none", "a part of another unit"])  # fmt: skip
def test_what_is_held_of_an_agreed_unit_counts_once(units, acquired, register, counted):
    tereza = registered(a_learner(units=units, units_acquired=acquired), *(an_achievement(**one) for one in register))
    assert credit(tereza.agreement) == tuple(map(Decimal, counted.split()))


def test_points_stated_for_the_stay_count_the_same_way():
    assert credit(registered(a_learner(points=2.5), an_achievement(**PART)).agreement) == (1, Decimal("2.5"), Decimal("177.5"))


@pytest.mark.parametrize(("acquired", "recognised", "held"), [
    ((), [], None),
    ((SOUPS,), [], "2.5"),
    ((), [{"cohort": COHORT_ID}], "2"),
    ((), [{"cohort": COHORT_ID, "points": None}], "2.5"),
    ((SOUPS,), [{}, {"unit_id": "U3", "points": 1, "scope": "part"}], "5.5"),
    ((), [{}, {"scope": "part", "points": 1}], "2"),
    ((), [{"qualification_id": "WAITER"}], None),
], ids=["nothing", "the cell", "the cohort's own counts now", "no points written: the unit's own", "all together", "a part of what is held whole",
        "another qualification"])  # fmt: skip
def test_points_so_far_are_those_of_all_that_is_held_by_now(acquired, recognised, held):
    tereza = a_learner(units=(STARTERS,), units_acquired=acquired)
    points = points_so_far(tereza, [an_achievement(**one) for one in recognised])
    assert points == ((None, None) if held is None else (Decimal(held), 180 - Decimal(held)))


# -- results of the cohort ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("changes", "recognised"), [
    ({}, True), ({"validated": "partly"}, True), ({"validated": "no"}, False), ({"validated": None}, False), ({"recognised_by": None}, False),
    ({"recognised_on": None}, False), ({"learning_outcome": "makes soups"}, False), ({"unit": None}, False), ({"recognised_as": None}, True),
])  # fmt: skip
def test_a_result_recognises_a_unit_where_it_is_validated_and_recognised_by_somebody_on_some_day(changes, recognised):
    tereza = a_learner()
    assert (achieved(a_result(tereza, **changes), a_cohort(tereza)) is not None) is recognised


def test_a_result_becomes_what_the_register_would_hold():
    tereza = a_learner(units=(SOUPS,), mobility=2)
    one = achieved(a_result(tereza, evidence="file"), a_cohort(tereza))
    assert one is not None
    assert (one.learner_id, one.name, one.qualification_id, one.qualification, one.unit_id, one.title, one.scope, one.points) == (
        "L01", "Tereza Nováková", "COOK", "Cook", "U2", "Soups", "whole", Decimal("2.5"))
    assert (one.recognised_as, one.recognised_on, one.host, one.cohort, one.mobility, one.evidence) == (
        "Module 7", dt.date(2027, 5, 20), "Hotel Aurora Oy", COHORT_ID, 2, "file")
    assert str(one.at("points")) == str(a_result(tereza).at("points_credited")), "its cells are those of Results"


@pytest.mark.parametrize(("choice", "validated", "scope", "part"), [
    ({}, "yes", "whole", None), ({}, "partly", "part", None), ({"scope": "part", "part": "outcome 1"}, "yes", "part", "outcome 1"),
])  # fmt: skip
def test_what_was_agreed_or_validated_in_part_is_recognised_in_part(choice, validated, scope, part):
    tereza = a_learner(units=(a_choice(SOUPS, **choice),))
    one = achieved(a_result(tereza, validated=validated), a_cohort(tereza))
    assert one is not None
    assert (one.scope, one.part) == (scope, part)


def test_all_that_was_recognised_so_far_stands_in_the_order_of_its_days_and_once():
    tereza = registered(a_learner(units=(SOUPS,)), an_achievement(row=3, unit_id="U2", cohort=COHORT_ID, recognised_on="2027-05-20"),
                        an_achievement(), an_achievement(row=4, unit_id="U9", recognised_on="2028-01-01"))  # fmt: skip
    cohort = a_cohort(tereza, results=(a_result(tereza),))
    listed = so_far(tereza, of_cohort(cohort)[tereza.person])
    assert [(one.unit_id, one.origin.sheet) for one in listed] == [("U1", "Achievements"), ("U2", "Results"), ("U9", "Achievements")]


def left(cohort: Cohort, learner: Learner) -> list[str]:
    own = of_cohort(cohort).get(learner.person, ())
    return [unit.id for unit in remaining(cohort, COOK, held_by(learner, so_far(learner, own)))]


def test_what_remains_is_what_is_neither_acquired_nor_recognised_as_a_whole():
    home, waiting = a_unit("HOME", row=9, for_mobility=False), a_unit("W1", row=8, qualification=a_qualification("WAITER", row=3))
    units = {"units": (STARTERS, SOUPS, home, waiting)}
    assert left(a_cohort(**units), a_learner()) == ["U1", "U2", "HOME"]
    tereza = registered(a_learner(units_acquired=(home,)), an_achievement())
    assert left(a_cohort(tereza, **units), tereza) == ["U2"]
    assert left(a_cohort(tereza, **units, results=(a_result(tereza),)), tereza) == []
    assert left(a_cohort(tereza, **units, results=(a_result(tereza, validated="partly"),)), tereza) == ["U2"]
    later = registered(a_learner(), an_achievement(recognised_on="2029-01-01"), an_achievement(unit_id="U2", scope="part"))
    assert left(a_cohort(later, **units), later) == ["U2", "HOME"], "so far, whenever that was; a part leaves a rest"


def test_both_stays_of_a_learner_count_together():
    first = a_learner(units=(STARTERS,), person="l01")
    second = a_learner(units=(SOUPS,), row=3, mobility=2, person="l01", start="2027-09-06", end="2027-09-30")
    cohort = a_cohort(first, second, results=(a_result(first, unit=STARTERS), a_result(second)))
    assert left(cohort, first) == left(cohort, second) == []


def test_units_of_the_shared_register_remain_too_though_nobody_here_names_them(tmp_path):
    shared = read_registry(write("""
        Qualifications
        | Qualification ID | Title |
        | COOK             | Cook  |

        Units
        | Unit ID | Qualification | Title      | Points | Hosts  |
        | U1      | COOK          | Another U1 | 1      |        |
        | U7      | Cook          | Fish       | 4      | NOBODY |
        | U8      | WAITER        | Service    | 4      |        |
    """, tmp_path / "register.xlsx"))  # fmt: skip
    reading = read_cohort(write(CLEAN, tmp_path / "cohort.xlsx"), register=shared)
    assert told(reading) == []
    assert reading.cohort is not None
    (cook,) = reading.cohort.qualifications
    assert [unit.title for unit in remaining(reading.cohort, cook, frozenset({"u2"}))] == ["Cold starters", "Fish"]
    assert [unit.id for unit in reading.cohort.units] == ["U1", "U2"], "a memorandum does not list it"


# -- whose it is -------------------------------------------------------------------------------------------------------

HEAD = "| Learner ID | Family name | Given names | Date of birth | Qualification ID | Unit ID | Recognised by | Recognised on |"
OF_AGE = CLEAN.replace("2009-05-12", "2005-05-12").replace("2008-11-30", "2006-11-30")
TEREZA = "| L01 | Nováková | Tereza | 2005-05-12 |"


def reading_of(folder: Path, *people: str, cohort: str = OF_AGE, head: str = HEAD):
    """Read the clean cohort beside a learner register in which each of these people has U1."""
    drawn = "\n".join(["Achievements", head, *(f"{person} COOK | U1 | Beneš | 2026-05-20 |" for person in people)])
    register = read_learner_register(write(drawn, folder / "learner register.xlsx"))
    return read_cohort(write(cohort, folder / "cohort.xlsx"), achieved=register)


def who_holds(reading: Any) -> list[str]:
    assert reading.cohort is not None
    return [one.given_names for one in reading.cohort.learners if one.agreement.units_acquired]


@pytest.mark.parametrize("person", [
    TEREZA, "| | Nováková | Tereza | 2005-05-12 |", "| l-01 | novakova | TEREZA | 2005-05-12 |", "| L01 | Nováková | Tereza | |",
], ids=["all alike", "no ID in the register", "spelled as people spell", "no date of birth"])  # fmt: skip
def test_a_row_that_is_clearly_hers_counts(tmp_path, person):
    reading = reading_of(tmp_path, person)
    assert (who_holds(reading), told(reading)) == (["Tereza"], [])


def test_without_an_id_in_the_cohort_name_and_birthday_say_who_it_is(tmp_path):
    reading = reading_of(tmp_path, TEREZA, cohort=OF_AGE.replace("| L01        |", "|            |"))
    assert (who_holds(reading), told(reading)) == (["Tereza"], [])


@pytest.mark.parametrize(("person", "code", "sentence"), [
    ("| L01 | Malá | Tereza | 2005-05-12 |", "S172 Learners!A2",
     "“L01” is “Tereza Nováková”, born “12.05.2005” here, and “Tereza Malá”, born “12.05.2005” in learner register.xlsx › Achievements!A2: what stands there is not counted."),
    ("| L01 | Nováková | Tereza | 2004-05-12 |", "S172 Learners!A2",
     "“L01” is “Tereza Nováková”, born “12.05.2005” here, and “Tereza Nováková”, born “12.05.2004” in learner register.xlsx › Achievements!A2: what stands there is not counted."),
    ("| L01 | Malá | Eva | 2004-01-02 |", "S173 Learners!A2",
     "“L01” is “Tereza Nováková”, born “12.05.2005” here, and somebody else in learner register.xlsx › Achievements!A2: “Eva Malá”, born “02.01.2004”."),
    ("| L77 | Nováková | Tereza | 2005-05-12 |", "S174 Learners!A2",
     "“Tereza Nováková” is “L01” here and “L77” in learner register.xlsx › Achievements!A2: that is not counted."),
    ("| | Nováková | Tereza | |", "S171 learner register.xlsx › Achievements!D2",
     "The row counts for nobody: it has neither a Learner ID nor a date of birth."),
    ("| L01 | | Tereza | 2005-05-12 |", "S171 learner register.xlsx › Achievements!B2", "The row counts for nobody: “Family name” is blank."),
], ids=["another name", "another birthday", "somebody else", "another ID", "nothing but a name", "no family name"])  # fmt: skip
def test_a_row_that_is_not_clearly_hers_counts_for_nobody_and_is_told(tmp_path, person, code, sentence):
    reading = reading_of(tmp_path, person)
    assert (who_holds(reading), told(reading)) == ([], [code])
    problem = reading.problems[-1]
    assert problem.message == sentence
    assert problem.severity is (Severity.NOTICE if code.startswith("S173") else Severity.WARNING), "no paper waits for it"


def test_two_people_of_one_name_and_birthday_are_told_apart_by_their_ids_or_not_at_all(tmp_path):
    twins = (TEREZA, "| L77 | Nováková | Tereza | 2005-05-12 |", "| | Nováková | Tereza | 2005-05-12 |")
    reading = reading_of(tmp_path, *twins, cohort=OF_AGE.replace("| L01        |", "|            |"))
    assert (who_holds(reading), told(reading)) == ([], ["S174 Learners!A2", "S174 Learners!A2"])


def test_rows_of_others_are_never_complained_of(tmp_path):
    reading = reading_of(tmp_path, "| L55 | Cizí | Petr | 31.02.2001 |", "| | Cizí | | |")
    assert told(reading) == []


def test_a_cell_that_cannot_be_read_is_told_where_it_is_hers_and_holds_her_agreement(tmp_path):
    folder = desk.room(tmp_path, official=False, forms={"Agreement": ["{{ learner.name }} {{ agreement.units_acquired | join }}"],
                                                       "Card": ["{{ learner.name }} {{ learner.telephone }}"]})  # fmt: skip
    desk.workbook(folder.input / "spring.xlsx")
    write(f"Achievements\n{HEAD}\n| L01 | Bartošová | Eliška | 2008-09-17 | CONF | CONF-2 | Beneš | 31.02.2026 |", folder.learner_register)
    (made,) = desk.make(folder, templates="mine")
    assert [str(problem.place) for problem in made.problems if problem.holds] == ["learner register.xlsx › Achievements!H2"]
    assert [it.job.target for it in made.outcomes if it.status.value == "held"] == ["Agreement - Bartošová Eliška (L01).docx"]


# -- the file ----------------------------------------------------------------------------------------------------------


def test_its_columns_may_be_called_as_in_a_cohorts_workbook_in_ten_languages(tmp_path):
    head = "| Teilnehmernummer | Nachname | Prénom | Data urodzenia | Qualifikation | Einheit | Anerkannt von | Reconocido el |"
    assert who_holds(reading_of(tmp_path, TEREZA, head=head)) == ["Tereza"]


@pytest.mark.parametrize("header", ["Name", "Titel", "ID", "Points", "Code"])
def test_a_name_that_could_be_anybodys_is_none_of_its_columns(header):
    assert column_called(ACHIEVEMENTS, header) in (None, ACHIEVEMENTS.column("learner_id"))


def test_its_sheet_is_known_by_its_columns_whatever_it_is_called(tmp_path):
    drawn = f"Notes\n| nothing |\n\nUznání\n| Náš rejstřík |\n\n{HEAD}\n{TEREZA} COOK | U1 | Beneš | 2026-05-20 |"
    register = read_learner_register(write(drawn, tmp_path / "learner register.xlsx"))
    assert register is not None
    assert (register.sheet, register.header, register.last, len(register.achievements)) == ("Uznání", 3, 4, 1)


def test_there_need_be_none(tmp_path):
    assert read_learner_register(tmp_path / "learner register.xlsx") is None


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04 half a file", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"])
def test_a_register_that_cannot_be_read_is_told_once_and_only_papers_that_tell_what_is_held_wait(tmp_path, data):
    folder = desk.room(tmp_path, official=False, forms={"Agreement": ["{{ learner.name }} {{ agreement.points_before }}"],
                                                       "Card": ["{{ learner.name }}"], "Memorandum": ["{{ mou.file_code }}"]})  # fmt: skip
    desk.workbook(folder.input / "spring.xlsx")
    folder.learner_register.write_bytes(data)
    (made,) = desk.make(folder, templates="mine")
    assert [(problem.code, str(problem.place)) for problem in made.problems if problem.holds] == [("S170", "learner register.xlsx")]
    assert {it.job.form for it in made.outcomes if it.status.value == "held"} == {"Agreement"}
    assert {it.job.form for it in made.outcomes if it.status.value == "written"} == {"Card", "Memorandum"}


@pytest.mark.parametrize(("picture", "code"), [
    ("Sheet\n| a | b |\n| 1 | 2 |", "S170"), ("Achievements\n| Learner ID | Family name | Given names | Date of birth |\n| L01 | a | b | c |", "S112"),
])  # fmt: skip
def test_a_workbook_that_is_no_learner_register_counts_for_nobody(tmp_path, picture, code):
    register = read_learner_register(write(picture, tmp_path / "learner register.xlsx"))
    assert register is not None
    assert [problem.code for problem in register.problems] == [code]
    assert register.achievements == ()


def test_more_rows_than_are_read_count_for_nobody_and_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.tables.MOST_ROWS", 3)
    monkeypatch.setattr("pipeline.learner_register.MOST_ROWS", 3)
    reading = reading_of(tmp_path, TEREZA, TEREZA, TEREZA, TEREZA)
    assert who_holds(reading) == []
    assert reading.problems[-1].advice == "Move the rows of people who left into another workbook."


FLAT = """
    Cohort 2027
    | Learner ID | Family name | Given names | Date of birth | Home     | Host         | Start date | End date   | Qualification | Unit 1 | Skills 1     |
    | L01        | Nováková    | Tereza      | 2005-05-12    | SOŠ Brno | Hotel Aurora | 2027-04-05 | 2027-04-30 | COOK          | U1     | makes soups  |
"""


def test_it_counts_for_a_flat_sheet_too(tmp_path):
    assert who_holds(reading_of(tmp_path, TEREZA, cohort=FLAT)) == ["Tereza"]


def test_the_rows_behind_what_was_recognised_are_of_two_parts_where_two_were_agreed():
    """A paper that changed names them, each with its own part."""
    parts = tuple(a_choice(STARTERS, row=row, scope="part", part=part, points=1) for row, part in ((2, "salads"), (3, "dips")))
    tereza = a_learner(units=parts)
    cohort = a_cohort(tereza, results=(a_result(tereza, unit=STARTERS), a_result(tereza, unit=STARTERS)))
    scope = next(each.scope for each in addressees(cohort, "learner"))
    behind = after_the_stay(("learner", "achievements", "part"), scope, cohort)
    assert [one.part for one in behind or () if isinstance(one, Achievement)] == ["salads", "dips"]
