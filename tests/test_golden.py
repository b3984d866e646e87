"""The text of the official papers for the example cohort is what tests/golden/ says."""

from __future__ import annotations

import pytest

from tests.golden import FOLDER, papers

AGAIN = "the paper says something else now; if that is meant: python -m tests.golden"
PAPERS = dict(papers())


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_the_example_says_what_it_said(name):
    assert (FOLDER / f"{name}.txt").read_text("utf-8") == PAPERS[name], AGAIN


def test_there_is_a_golden_file_for_each_paper_and_no_other():
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(PAPERS)


def test_golden_papers_show_what_the_example_is_there_for():
    """A minor with both guardians, a second stay with the same person's data, a part of a unit, an intermediary."""
    assert "Contact details of parents or legal guardian of the learner, if applicable" in PAPERS["Learning Agreement L05"]
    assert "Contact details of parents or legal guardian of the learner, if applicable" not in PAPERS["Learning Agreement L10"]
    assert "A part of the unit" in PAPERS["Learning Agreement L10"]
    assert "Nguyễn" in PAPERS["Learning Agreement L06-2"]
    assert "Passerelle des Deux-Estuaires" in PAPERS["Memorandum of Understanding"]
    assert "Agreed part of the unit" in PAPERS["Personal Transcript L10"]
    assert "partly achieved, grade 4 (ausreichend)" in PAPERS["Personal Transcript L09"]
    assert "What is agreed for units that were not achieved" in PAPERS["Validation and Recognition Record L08"]
    assert "The participant returned before the agreed end." in PAPERS["Learning Agreement Complement L07"]
    for name, text in PAPERS.items():
        assert "None\n" not in text, name
        assert "{{" not in text, name
