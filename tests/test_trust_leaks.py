"""The trial of what gets to whom finds what it is to find, and its quick part finds nothing."""

from __future__ import annotations

import os
import shutil

import pytest

from tests import desk
from tests.trust import leaks


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_the_quick_part_finds_nothing():
    assert [(row.what, row.wrong) for row in leaks.rows(quick=True) if not row.holds] == []


HERS, ANOTHERS = leaks.letters(0), leaks.letters(1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nobody", set()),
        (f"{HERS} House", {HERS}),
        (f"{HERS.upper()}.9@example.org", {HERS}),
        (f"+420 {leaks.digits(1)}09", {ANOTHERS}),
        (f"+420 {' '.join(leaks.digits(1))}", {ANOTHERS}),
        (f"{leaks.letters(2, 'y')} and +49 {leaks.digits(2, partner=True)}", {leaks.letters(2, "y")}),
    ],
)
def test_letters_and_digits_are_found_however_they_are_written(text, found):
    assert leaks.said_in(text) == found


def test_a_paper_that_bears_anothers_letters_is_found_out(tmp_path):
    """Even where a tag stands between them, or they stand in a name of a file."""
    shutil.copy(desk.form(tmp_path / "mine.docx", f"{HERS}"), tmp_path / "Card - x (L01).docx")
    (tmp_path / "mine.docx").unlink()
    learners, stays = {"L01": HERS, "L02": ANOTHERS}, {HERS: set(), ANOTHERS: set()}
    row, = leaks.papers(tmp_path, learners, stays, {})
    assert row.wrong == ("not every kind of paper came out: {'a learner': 1, 'a place': 0, 'memoranda and the like': 0, 'the officer': 0}, 0 amendments",)
    desk.form(tmp_path / "Card - y (L02).docx", HERS)
    row, = leaks.papers(tmp_path, learners, stays, {})
    assert any("bears" in each and ANOTHERS in each for each in row.wrong)
