"""No file makes the reading fall over: mutated bytes, mutated XML and hostile cells give a cohort or plain sentences."""

from __future__ import annotations

import re

import pytest
from drawn import write
from mutations import WHOLE, mutated_bytes, seeded, with_hostile_cells, with_mutated_part

from pipeline.workbook import Reading, read_cohort

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(reading: Reading) -> None:
    """Everything that is told is a plain sentence on one printable line."""
    for problem in reading.problems:
        line = problem.message + problem.advice
        assert not UNPRINTABLE.search(line), ascii(line)
        assert len(problem.message) < 400
        assert re.fullmatch(r"S\d{3}", problem.code)
    assert reading.cohort is not None or reading.problems


@pytest.mark.slow
def test_300_workbooks_with_changed_bytes_or_xml_are_read_or_told(tmp_path):
    whole = write(WHOLE, tmp_path / "whole.xlsx")
    data = whole.read_bytes()
    for number in range(300):
        chance = seeded(number)
        path = tmp_path / "cohort.xlsx"
        if number % 3 == 0:
            path.write_bytes(mutated_bytes(data, chance))
        else:
            with_mutated_part(whole, path, chance)
        try:
            plain(read_cohort(path))
        except Exception as fault:
            raise AssertionError(f"workbook {number}") from fault


@pytest.mark.slow
def test_300_workbooks_with_hostile_cells_are_read_or_told(tmp_path):
    for number in range(300):
        path = write(with_hostile_cells(seeded(number)), tmp_path / "cohort.xlsx")
        try:
            plain(read_cohort(path))
        except Exception as fault:
            raise AssertionError(f"workbook {number}") from fault


@pytest.mark.slow
def test_300_csv_files_with_changed_bytes_are_read_or_told(tmp_path):
    text = "Learner ID;Family name;Given names;Date of birth\nL01;Nováková;\"Tereza; Anna\";2009-05-12\nL02;Novák;Jan;12.05.2009\n"
    path = tmp_path / "learners.csv"
    for number in range(300):
        encoding = ("utf-8", "utf-8-sig", "utf-16")[number % 3]
        path.write_bytes(mutated_bytes(text.encode(encoding), seeded(number)))
        plain(read_cohort(path))
