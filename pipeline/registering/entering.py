"""Writing into the learner register: rows below hers, and nothing else of it is touched (floor 8).

It is written whole or not at all, over exactly what was read. The version before stays beside it, under its day.
"""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline import disk
from pipeline.columns import ACHIEVEMENTS
from pipeline.guard import Refused
from pipeline.marking.appending import Value, appended
from pipeline.model import Achievement
from pipeline.names import EXCEL, LIBREOFFICE
from pipeline.problem import CannotContinue
from pipeline.registering.finding import Finding
from pipeline.room import FORMER, Room
from pipeline.turns import alone

_HINDERED = {
    "open": "another program seems to have it open. Close it there",
    "link": "a link lies in its place. Put the file itself there",
    "folder": "a folder of its name lies in its place. Rename the folder",
    "long": "its path is too long for Windows. Move the folder nearer to the drive",
    "letters": "its name has letters that this computer's settings do not know. Move the folder elsewhere",
    "full": "the disk is full. Make room on it",
    "disk": "the disk refuses. Look whether the folder input may be written to",
}


def enter(room: Room, found: Finding, today: dt.date) -> str:
    """Write what was found into the learner register; gives the name of the version before, empty for a new one.

    Raises CannotContinue where it is open, was changed since it was read, or cannot be written; then it is as it was.
    """
    path = found.path
    _look_whether_open(path)
    with alone(room.output):
        try:
            if disk.checksum_of(path) != found.seen:
                raise CannotContinue(f"“{path.name}” was changed meanwhile, so nothing was written. Run it again.")
            if found.seen is None:
                from pipeline.starter import learner_register

                _write(path, learner_register([_by_name(one) for one in found.entries]), None)
                return ""
            before, mode = path.read_bytes(), stat.S_IMODE(path.stat().st_mode)
            data = _with_rows(path, found)
            former = _free_name(path, today, found.seen)
        except OSError as wrong:
            raise _cannot(path, "disk") from wrong
        is_kept = former.exists()
        if not is_kept:
            _write(former, before, mode)
        try:
            _write(path, data, mode)
        except CannotContinue:
            if not is_kept:
                disk.remove(former)
            raise
    return former.name


def _look_whether_open(path: Path) -> None:
    beside = {each.name.casefold() for each in path.parent.iterdir()} if path.parent.is_dir() else set()
    name = path.name.casefold()
    if f"{EXCEL}{name}" in beside or f"{LIBREOFFICE}{name}#" in beside:
        raise CannotContinue(
            f"“{path.name}” is open in Excel or LibreOffice, so nothing was written. Close it there, and run it again."
        )


def _with_rows(path: Path, found: Finding) -> bytes:
    register = found.register
    if register is None:
        raise CannotContinue(f"“{path.name}” was changed meanwhile, so nothing was written. Run it again.")
    missing = _missing(register.columns, found.entries)
    if missing:
        raise CannotContinue(
            f"“{path.name}” has no column {missing}, so nothing was written. Add it to sheet “{register.sheet}”, "
            "and run it again."
        )
    rows: list[Mapping[str, Value]] = [
        {column.key: getattr(one, column.key) for column in ACHIEVEMENTS.columns} for one in found.entries
    ]
    like = max((one.origin.row or 0 for one in register.achievements), default=0)
    last = max(register.last, register.header)
    try:
        return appended(path, register.sheet, register.columns, rows, last=last, like=like)
    except Refused as why:
        raise CannotContinue(f"Nothing was written into “{path.name}”. {why.sentence} {why.advice}") from why


def _missing(columns: Mapping[str, str], entries: Sequence[Achievement]) -> str:
    """Name the first column that the register lacks and that something would be lost without."""
    for column in ACHIEVEMENTS.columns:
        if column.key not in columns and any(getattr(one, column.key) is not None for one in entries):
            only_the_first = column.key == "mobility" and all(one.mobility == 1 for one in entries)
            if not only_the_first:
                return f"“{column.name}”"
    return ""


def _by_name(one: Achievement) -> dict[str, object]:
    return {column.name: getattr(one, column.key) for column in ACHIEVEMENTS.columns}


def _free_name(path: Path, today: dt.date, seen: str) -> Path:
    """Name the version before by the day; no earlier one is ever written over, and what is kept already is it."""
    stem = f"{FORMER}{today:%Y-%m-%d}"
    number, name = 1, path.with_name(f"{stem}).xlsx")
    while name.exists() and disk.checksum_of(name) != seen:
        number += 1
        name = path.with_name(f"{stem} {number}).xlsx")
    return name


def _write(path: Path, data: bytes, mode: int | None) -> None:
    if hindered := disk.write_whole(path.parent, path.name, data, mode):
        raise _cannot(path, hindered)


def _cannot(path: Path, why: str) -> CannotContinue:
    reason = _HINDERED.get(why, _HINDERED["disk"])
    return CannotContinue(f"“{path.name}” could not be written: {reason}, and run it again.")
