"""Desks: what LibreOffice is given to work with never stays."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile

import pytest

from pipeline.desks import clear_desks, desk
from pipeline.problem import CannotContinue


@pytest.fixture(autouse=True)
def thrown_away(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_desk_is_for_its_owner_alone_and_cleared_in_the_end(thrown_away):
    with desk("pdf") as here:
        (here / "paper.docx").write_bytes(b"personal")
        assert os.name == "nt" or stat.S_IMODE(here.stat().st_mode) == 0o700
    assert list(thrown_away.iterdir()) == []


def test_the_desk_of_a_run_that_was_killed_is_cleared_by_the_next_one(thrown_away):
    script = "import os\nfrom pipeline.desks import desk\nwith desk('pdf') as here:\n    (here / 'paper.docx').write_bytes(b'personal')\n    os._exit(9)"
    subprocess.run([sys.executable, "-c", script], check=False, env={**os.environ, "TMPDIR": str(thrown_away)})
    assert len(list(thrown_away.iterdir())) == 1
    clear_desks()
    assert list(thrown_away.iterdir()) == []


def test_the_desk_of_a_run_at_work_and_what_is_no_desk_stay(thrown_away):
    (thrown_away / "ecvet-pdf-mine").mkdir()
    (thrown_away / f"ecvet-pdf-{2**22 + 1}-x").symlink_to(thrown_away / "ecvet-pdf-mine")
    with desk("pdf") as here:
        clear_desks()
        assert here.is_dir()
    assert len(list(thrown_away.iterdir())) == 2


def test_where_no_desk_can_be_made_a_sentence_says_so(monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(CannotContinue, match="Nothing can be written to"), desk("pdf"):
        pass


def test_a_desk_that_cannot_be_cleared_is_left_to_the_next_run(monkeypatch):
    """To close a folder may fail too, on a disk with faults: the papers are made, and so the run goes on."""
    def hindered(self):
        raise OSError("the disk has a fault")

    with monkeypatch.context() as disk:
        disk.setattr("tempfile.TemporaryDirectory.cleanup", hindered)
        with desk("pdf") as folder:
            assert folder.is_dir()
