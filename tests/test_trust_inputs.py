"""The trial of bad input: what it promises holds, and it finds what is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.problem import Place, Problem, Severity
from tests.trust import bombing, inputs, values, workbooks
from tests.trust.cases import Case, Seen, Tally, counted, judged, one_learner, run, saved

KNOWN: set[str] = set()
"""Cases that are not right yet, as the trial names them; one that comes or goes is told."""


@pytest.mark.slow
def test_every_case_of_the_quick_part_is_right_or_clear():
    assert {wrong for row in inputs.rows(quick=True) for wrong in row.wrong} == KNOWN


def a_case(cases: object, name: str) -> Case:
    return next(case for case in cases if case.name == name)  # type: ignore[attr-defined]  # any of the lists of cases


def test_no_two_cases_have_one_name_and_the_quick_bombs_are_there():
    names = [(case.area, case.name) for case in (*values.cases(), *workbooks.data_cases(), *workbooks.broken_cases(), *bombing.cases())]
    assert len(set(names)) == len(names) > 230
    assert {name for _, name in names} >= bombing.QUICK | bombing.DECLARATIONS.keys()


def test_a_value_that_comes_out_otherwise_is_found(monkeypatch):
    case = a_case(values.cases(), "less than")
    assert judged(case, run(case)) == ""
    monkeypatch.setattr("pipeline.cells._clean", lambda value: value.replace("<", "") or None)
    assert judged(case, run(case)).startswith("no paper holds “Info: 1\\ <\\ 2")


def test_a_column_of_health_that_is_read_after_all_is_found(monkeypatch):
    case = a_case(workbooks.data_cases(), "columns of health, religion and bank")
    assert judged(case, run(case)) == ""
    monkeypatch.setattr("pipeline.sheets.is_confidential", lambda _: False)
    assert judged(case, run(case)).startswith("nothing told like “S141")


def test_a_fault_of_the_program_is_found_and_does_not_end_the_trial(monkeypatch):
    def falls_over(*_: object) -> None:
        raise KeyError("Jane Doe")

    monkeypatch.setattr("pipeline.workbook.partners_of", falls_over)
    areas: dict[str, Tally] = {}
    counted([a_case(workbooks.data_cases(), "a hidden row"), a_case(workbooks.broken_cases(), "an empty file")], areas, [])
    assert areas["workbook data"].wrong == ["a hidden row: KeyError: 'Jane Doe'"]
    assert (areas["broken workbooks"].clear, areas["broken workbooks"].wrong) == (1, [])


@pytest.mark.parametrize(("code", "place", "message"), [
    ("S201", Place(file="a.xlsx", sheet="Learners"), "“x” is not a date."), ("S201", Place(file="a.xlsx", sheet="Learners", cell="Q"), "“x” is not a date."),
    ("S102", Place(file="a.xlsx"), "The sheet is damaged."), ("S101", Place(), "The file is damaged."), ("S101", Place(file="a.xlsx"), "KeyError: 'x'."),
    ("S101", Place(file="input/a.xlsx"), "The file is damaged."), ("S101", Place(file="a.xlsx"), "The file is damaged"),
])  # fmt: skip
def test_a_message_without_a_place_or_in_other_words_is_found(code, place, message):
    assert not inputs.names_its_place(Problem(code=code, place=place, message=message, advice="Write it again.", severity=Severity.ERROR))


def test_a_message_that_names_its_cell_and_what_to_do_is_right():
    place = Place(file="a.xlsx", sheet="Learners", cell="D2", row=2)
    assert inputs.names_its_place(Problem(code="S201", place=place, message="“x” is not a date.", advice="Write it again.", severity=Severity.ERROR))


@pytest.mark.parametrize(("seen", "found"), [
    (Seen(fault="KeyError: x"), "KeyError: x"), (Seen(papers=["Anna"], seconds=6.0), "took 6.0 s"), (Seen(), "0 papers and not 1"), (Seen(papers=["Bob"]), "no paper holds “Anna”"),
    (Seen(papers=["Anna, secret"]), "“secret” stands in a paper or in a message"), (Seen(papers=["Anna"]), ""),
])  # fmt: skip
def test_what_came_out_is_judged_by_what_was_wanted(seen, found):
    case = Case(name="a", area="b", make=lambda _: None, papers=1, holding=["Anna"], never=["secret"])
    assert judged(case, seen).startswith(found)
    assert bool(judged(case, seen)) == bool(found)


@pytest.mark.slow
def test_memory_and_time_are_those_of_the_program_and_a_bomb_over_the_limit_is_found(tmp_path: Path):
    from sys import executable

    from tests.trust.measured import measured

    hungry = measured([executable, "-c", "x = bytearray(400_000_000)"], tmp_path, seconds=20, megabytes=1_500)
    assert hungry.code == 0
    assert 380 < hungry.megabytes < 500
    assert measured([executable, "-c", "x = bytearray(1_900_000_000)"], tmp_path, seconds=20, megabytes=1_500).code == 1
    assert measured([executable, "-c", "import time; time.sleep(9)"], tmp_path, seconds=0.5, megabytes=1_500).code == -1
    small = bombing.bombed(Case(name="a", area="b", make=lambda folder: saved(folder / "cohort.xlsx", learners=one_learner())))
    assert len(small[0].papers) == 1
    assert 20 < small[2] < 150
