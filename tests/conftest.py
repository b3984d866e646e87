"""Programs that some tests need and that not every machine has: LibreOffice, Chromium, Node, poppler.

A test that needs one asks for it: `soffice = needs("soffice")`. Where it is missing, the test is skipped with a word. Where
the environment variable ECVET_NO_SKIPS is set (`.ci/run` sets it), it fails instead, so that nothing is skipped unseen.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

# `from facts import …` works whether `tests` is run as a package (python -m tests.tables) or as a folder.
sys.path.insert(0, str(Path(__file__).resolve().parent))

PROGRAMS = {
    "soffice": ("LibreOffice", ("soffice", "libreoffice")),
    "chromium": ("Chromium", ("chromium", "chromium-browser", "google-chrome")),
    "node": ("Node", ("node", "nodejs")),
    "pdftoppm": ("poppler", ("pdftoppm",)),
    "pdftotext": ("poppler", ("pdftotext",)),
}
MARKERS = ("libreoffice", "chromium")
"""Markers of tests that need a program, whatever way they skip."""


@pytest.fixture(scope="session")
def needs() -> Callable[[str], str]:
    """Find a program, or skip the test with a word; fail it where ECVET_NO_SKIPS is set."""

    def find(program: str) -> str:
        called, names = PROGRAMS[program]
        found = next(filter(None, map(shutil.which, names)), None)
        if found is None:
            _missing(f"{called} is not installed ({' or '.join(names)})")
        return str(found)

    return find


def _missing(sentence: str) -> None:
    if os.environ.get("ECVET_NO_SKIPS"):
        pytest.fail(f"{sentence}, and ECVET_NO_SKIPS is set", pytrace=False)
    pytest.skip(sentence)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, Any]:
    """Turn a skip of a test that needs a program into a failure where ECVET_NO_SKIPS is set."""
    report = yield
    marked = any(item.get_closest_marker(name) for name in MARKERS)
    if report.skipped and marked and os.environ.get("ECVET_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.name} was skipped, and ECVET_NO_SKIPS is set: {call.excinfo and call.excinfo.value}"
    return report
