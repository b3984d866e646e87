"""What a copy for correcting is called, and the mark by which it knows what it is a copy of (floor 2).

A copy carries the checksums of the file it was made of, and of those that one was made of: in a line of its sheet “To
correct”, and among the workbook's properties. Both stay when Excel or LibreOffice saves it.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.disk import checksum_of
from pipeline.guard import read_part
from pipeline.sentences import day
from pipeline.spelling import bare

ENDING = " - to correct"
COPY_SHEET = "To correct"
"""The sheet that a copy has more than its original."""

_COPY = re.compile(rf"(?P<base>.+?){ENDING}(?P<rest>\b.*)?", re.IGNORECASE | re.DOTALL)
_MARK = re.compile(rb"\. Mark:((?: [0-9a-f]{32})+)")
_DIGITS = 32
"""Digits of a checksum (SHA-256) that a mark has: enough that no two files ever have the same."""

_MOST_GENERATIONS = 24
"""How many files, each made of the other, a mark names: the latest."""

_IN_A_PROPERTY = 7
"""How many of them a property names: Excel keeps 255 letters."""

_HOLDS_A_MARK = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml|docProps/custom\.xml", re.IGNORECASE)


# -- names -------------------------------------------------------------------------------------------------------------


def is_copy(path: Path) -> bool:
    """Say whether a file is a copy for correcting by its name, also with “(1)” or the like behind it."""
    return _COPY.fullmatch(path.stem) is not None


def original_stem(stem: str) -> str:
    """Give the name, without an ending, of what a file is a copy of; its own where it is none."""
    found = _COPY.fullmatch(stem)
    return found["base"] if found else stem


def original_name(file: str) -> str:
    """Give the name of what a file is a copy of: “Autumn - to correct (1).xlsx” is one of “Autumn.xlsx”."""
    path = Path(file)
    return f"{original_stem(path.stem)}{path.suffix}"


def copy_name(file: str) -> str:
    """Name the copy for correcting: of “Autumn.xlsx”, and of a copy of it, “Autumn - to correct.xlsx”.

    A .csv comes back as a workbook. A workbook with macros keeps them, and so its ending: Excel opens none under .xlsx.
    """
    path = Path(file)
    ending = ".xlsm" if path.suffix.lower() == ".xlsm" else ".xlsx"
    return f"{original_stem(path.stem)}{ENDING}{ending}"


def is_sheet_of_copy(name: str) -> bool:
    """Say whether a sheet is the one that a copy has more than its original."""
    return re.fullmatch(bare(COPY_SHEET) + r"\d*", bare(name[:40])) is not None


# -- the mark ----------------------------------------------------------------------------------------------------------


def mark_line(original: str, lineage: Sequence[str], made_on: dt.date) -> str:
    """Word the line of sheet “To correct” that carries the mark."""
    return f"Copy of “{original}”, made on {day(made_on)}. Mark: {' '.join(lineage[:_MOST_GENERATIONS])}"


def short_mark(lineage: Sequence[str]) -> str:
    """Word the mark as a property of the workbook carries it: the latest checksums, as many as Excel keeps there."""
    return f"A copy. Mark: {' '.join(lineage[:_IN_A_PROPERTY])}"


def lineage_of(path: Path, marks: Sequence[str]) -> list[str]:
    """Give what a copy of a file carries: the file's checksum, and those the file carries itself.

    Raises OSError where the file cannot be read.
    """
    return list(dict.fromkeys([checksum_in_mark(path), *marks]))


def marks_of(package: zipfile.ZipFile) -> tuple[str, ...]:
    """Give the checksums that a workbook carries, of what it was made of; none where it is no copy, or lost them.

    Raises guard.Refused where a part is damaged.
    """
    found: dict[str, None] = {}
    for name in filter(_HOLDS_A_MARK.fullmatch, package.namelist()):
        for mark in _MARK.finditer(read_part(package, name).replace(b"\0", b"")):
            found |= dict.fromkeys(mark[1].decode().split())
    return tuple(found)


def checksum_in_mark(path: Path) -> str:
    """Give the checksum of a file as a mark names it; raises OSError where it cannot be read."""
    found = checksum_of(path)
    if found is None:
        raise FileNotFoundError(path)
    return found[:_DIGITS]
