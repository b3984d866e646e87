"""The trial of runs done again finds what it is to find, and its quick part finds nothing."""

from __future__ import annotations

import os

import pytest

from pipeline.ledger import Ledger
from tests.trust import runs

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot copy a process")


@pytest.mark.slow
def test_the_quick_part_finds_nothing():
    assert [(row.what, row.wrong) for row in runs.rows(quick=True) if not row.holds] == []


@pytest.mark.slow
def test_a_program_that_takes_every_file_for_its_own_is_found_out(monkeypatch):
    monkeypatch.setattr(Ledger, "wrote", lambda *_: True)
    row = runs.edits(12)
    assert row.wrong
    assert "lost" in row.wrong[0]
