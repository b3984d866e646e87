"""The trial of what comes back finds what it is to find, and its quick part finds nothing."""

from __future__ import annotations

import os

import pytest

from pipeline.extras import Extras
from tests.trust import homecoming

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot copy a process")


@pytest.mark.slow
def test_the_quick_part_finds_nothing():
    assert [(row.what, row.wrong) for row in homecoming.rows(quick=True) if not row.holds] == []


@pytest.mark.slow
def test_a_program_that_takes_away_what_it_cannot_lay_anew_is_found_out(monkeypatch):
    """It did: on a full disk the collected results were taken for something of no use any more."""
    monkeypatch.setattr(Extras, "keep", lambda *_: None)
    monkeypatch.setattr(homecoming, "ERRANDS", {"run": homecoming.ERRANDS["run"]})
    row, = homecoming.rows(quick=True)
    assert any("lost" in each for each in row.wrong)
