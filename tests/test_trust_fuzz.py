"""The trial of mutated workbooks: none makes the program fall over, and a fault that is planted is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from drawn import write
from mutations import WHOLE

from pipeline.problem import Place, Problem, Severity
from tests.trust import fuzz


@pytest.mark.slow
def test_no_mutated_workbook_of_the_quick_part_makes_the_program_fall_over():
    assert [wrong for row in fuzz.rows(quick=True) for wrong in row.wrong] == []


def test_a_fault_that_is_planted_is_found_with_the_number_of_the_workbook_and_the_seed():
    def falls_over(_: Path, number: int) -> str:
        if number == 3:
            raise KeyError("Jane")
        return "read"

    row = fuzz.workbooks(5, 7, falls_over)
    assert row.wrong == ("workbook 3 of seed 7 (parts taken out): KeyError: 'Jane'",)
    assert row.found.startswith("5 tried (seed 7): 4 read, 1 a fault of the program")


def test_a_message_that_no_officer_should_read_is_found(monkeypatch):
    problem = Problem(code="S101", place=Place(file="a.xlsx"), message="KeyError: x", advice="Try again.", severity=Severity.ERROR)
    with pytest.raises(ValueError, match="no plain sentence"):
        fuzz._well_told(problem)
    with pytest.raises(ValueError, match="names no place"):
        fuzz._well_told(Problem(code="S101", place=Place(), message="It is broken.", advice="Try again.", severity=Severity.ERROR))


def test_the_same_number_and_seed_are_the_same_workbook_and_others_are_others(tmp_path):
    whole = write(WHOLE, tmp_path / "whole.xlsx")

    def bytes_of(number: int, seed: int) -> bytes:
        fuzz.mutated(number, seed, whole, tmp_path / "a.xlsx")
        return (tmp_path / "a.xlsx").read_bytes()

    assert bytes_of(0, 1) == bytes_of(0, 1)
    assert len({bytes_of(number, seed) for number in (0, 7, 14) for seed in (1, 2)}) == 6
