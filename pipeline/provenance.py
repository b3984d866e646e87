"""Known again: workbooks and papers of ours that come back into the folder input (floor 2).

Our workbooks have a hidden sheet that tells what they are; our papers bear a mark among their properties, and sheets to
mark the names of their controls. Only as much of a file is looked at as is needed, and each state of it once.
"""

from __future__ import annotations

import re
from contextlib import suppress
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pipeline.guard import MEGABYTE, Limits, Refused, open_package, read_part
from pipeline.looks import Look
from pipeline.names import is_put_away
from pipeline.spreadsheet import Cell, Sheet

NOTE = "ecvet"
"""The name of the hidden sheet by which our workbooks are known again."""

ASSESSMENT = "Assessment - "
"""How the name of a host's workbook begins."""

WORD_FILES = frozenset({".docx", ".docm", ".dotx", ".dotm"})
TO_SAVE_ANEW = frozenset({".odt", ".fodt", ".ott", ".rtf", ".doc", ".dot"})
"""Endings of texts that a host may send and that are not read, but can be saved as .docx."""

NOT_TO_READ = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic"})
"""Endings of what shows a text as it looks: nothing is read from it."""

_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_SMALL = Limits(file=2 * MEGABYTE, part=16 * MEGABYTE, total=20 * MEGABYTE)
"""A host's workbook is small: what is larger is not looked into, and known by its name alone."""
_PAPERS = Limits(file=25 * MEGABYTE, part=20 * MEGABYTE, total=60 * MEGABYTE)

_NOTED = re.compile(rb'<(?:\w+:)?sheet\s[^>]*name="' + NOTE.encode() + rb'"')
_SHEETS = re.compile(rb"<(?:\w+:)?sheet\s")
_OURS = re.compile(rb"made by ecvet-pipeline|ecvet-pipeline: assessment sheet")
_CONTROLS = b'"ecvet.cohort"'


class Kind(StrEnum):
    """What a file of ours is."""

    NONE = ""
    WORKBOOK = "workbook"
    PAPER = "paper"
    UNREADABLE = "unreadable"


def remedy(name: str) -> tuple[str, str] | None:
    """Say why a file that a host may have sent is not read, and what to do; None of other kinds of files."""
    ending = Path(name).suffix.lower()
    if ending in TO_SAVE_ANEW:
        advice = "Open it in Word or LibreOffice and save it as a Word document (.docx)."
        return f"A file of the kind {ending} cannot be read here.", advice
    if ending in NOT_TO_READ:
        return "Nothing can be read from a PDF or a picture.", "Type what it says into sheet Results."
    return None


def note(kind: str, cohort: str, host: str = "") -> Sheet:
    """Write the hidden sheet of a workbook of ours: “assessment” or “results”, and of which cohort."""
    facts = (("kind", kind), ("cohort", cohort), ("host", host))
    rows = [[Cell(name, Look.GIVEN), Cell(value, Look.GIVEN)] for name, value in facts]
    return Sheet(name=NOTE, above=[], headers=["ecvet-pipeline", ""], rows=rows, widths=[20, 40], frozen=1, hidden=True)


def kind_of(path: Path) -> Kind:
    """Say what a file is, if it is one of ours; raises nothing.

    A Word file that cannot be opened, or is a workbook, is told apart: nobody knows what it was meant to be. A workbook
    that cannot be opened is none of ours, unless its name says so.
    """
    if is_put_away(path.name):
        return Kind.NONE
    try:
        seen = path.stat()
        return _kind_of(str(path), seen.st_size, seen.st_mtime_ns)
    except FileNotFoundError:
        return Kind.NONE
    except OSError:  # another time it may be read
        ending = path.suffix.lower()
        named = ending in _WORKBOOKS and path.name.startswith(ASSESSMENT)
        return Kind.WORKBOOK if named else Kind.UNREADABLE if ending in WORD_FILES else Kind.NONE


@lru_cache(maxsize=2_000)
def _kind_of(name: str, size: int, changed: int) -> Kind:
    path = Path(name)
    ending = path.suffix.lower()
    if ending in _WORKBOOKS and path.is_file():
        sheets = 1
        if size <= _SMALL.file:
            with suppress(Refused), open_package(path, _SMALL, kind="workbook") as package:
                book = read_part(package, "xl/workbook.xml")
                sheets = len(_SHEETS.findall(book))
                if _NOTED.search(book):
                    return Kind.WORKBOOK
        return Kind.WORKBOOK if sheets == 1 and path.name.startswith(ASSESSMENT) else Kind.NONE
    if ending in WORD_FILES and path.is_file():
        try:
            with open_package(path, _PAPERS, kind="document") as package:
                names = package.namelist()
                core = [read_part(package, part) for part in names if part.lower().startswith("docprops/core")]
                text = [read_part(package, part) for part in names if part.lower() == "word/document.xml"]
        except Refused:
            return Kind.UNREADABLE
        if "xl/workbook.xml" in names:
            return Kind.UNREADABLE
        ours = any(map(_OURS.search, core)) or any(_CONTROLS in part for part in text)
        return Kind.PAPER if ours else Kind.NONE
    return Kind.NONE
