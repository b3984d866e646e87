"""Consoles of old code pages: what they cannot show is replaced, and no command ever stops because of it."""

from __future__ import annotations

import os
import subprocess
import sys

import desk
import pytest

COMMANDS = [
    ("run",), ("run", "--dry-run"), ("check",), ("watch", "--once", "--every", "0.1"), ("explain",), ("explain", "S203"), ("fields",),
    ("template", "check"), ("--help",), ("watch", "--help"), ("check", "Žižka"), ("explain", "Ž"), ("new", "Žižka.xlsx"), ("init", "Žižka"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("console", ["ascii", "cp437", "cp852"])
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_all_it_has_to_say_on_an_old_console(tmp_path, words, console):
    """The workbook has a mistake, names in Czech and Vietnamese, and sentences hold “ ”, … and ☒."""
    room = desk.room(tmp_path / "papers", official=False, forms={"Žádost": ["{{ learner.name }}", "{{ learner.nme }}"]})
    desk.workbook(room.input / "Žáci.xlsx", {"Cohort / Templates": "mine", "Cohort / Cohort ID": "Žižkov-27", "Learners / L03 / Date of birth": "31.02.2008"})
    said = subprocess.run(
        [sys.executable, "-m", "pipeline", *words], cwd=room.folder, capture_output=True, check=False, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": console, "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert said.returncode in (0, 1, 2, 3), said.stderr
    assert said.stdout + said.stderr
    assert b"Traceback" not in said.stderr
    assert b"UnicodeEncodeError" not in said.stderr + said.stdout
    # click takes a console that calls itself ascii for one that was set up badly, and writes UTF-8 to it
    assert (said.stdout + said.stderr).decode(console if console != "ascii" else "utf-8")
