"""The trial of crashes finds what it is to find, and its quick part finds nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import disk
from tests.trust import crashes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cannot copy a process")


@pytest.mark.slow
def test_the_quick_part_finds_nothing():
    assert [(row.what, row.wrong) for row in crashes.rows(quick=True) if not row.holds] == []


@pytest.mark.slow
def test_a_program_that_saves_plainly_is_found_out(monkeypatch):
    """Papers written in their places, as most programs do: a full disk or a kill leaves half of one."""

    def plainly(folder: Path, file: str, data: bytes) -> str:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(folder / file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(data[:100])
            stream.write(data[100:])
        return str(folder / file)

    real, crashes_of = disk.write_part, crashes.Saboteur.begin

    def begin(self) -> None:
        disk.write_part = lambda folder, file, data: plainly(folder, file, data) if file.endswith(".docx") and isinstance(data, bytes) else real(folder, file, data)
        disk.move = lambda *_: None
        crashes_of(self)

    monkeypatch.setattr(crashes.Saboteur, "begin", begin)
    row, = crashes.faults(quick=True)
    assert any("and broken" in each for each in row.wrong)


@pytest.mark.slow
def test_a_program_that_says_nothing_is_found_out(monkeypatch):
    monkeypatch.setattr(crashes, "TOLD", ("a sentence that nobody says",))
    row, = crashes.faults(quick=True, most=10)
    assert any("not told" in each for each in row.wrong)
