"""What lies in input/ and whether somebody is at work on it: looked at, never opened (floor 6).

Only names, sizes and times are looked at, because network drives tell of changes in no other way, and so that a look
costs next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pipeline.names import EXCEL, LAID_WHILE_OPEN, LIBREOFFICE, is_marked_copy
from pipeline.problem import CannotContinue
from pipeline.room import Room, is_shared
from pipeline.settled import ENDING as SETTLED
from pipeline.word import ENDINGS

_FORM_MAPS = ".toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look found.

    `cohorts` holds a short text for each workbook (or folder of them) that is another as soon as a size or a time is;
    `shared` is such a text for the forms, the registers and what was settled about columns, which all cohorts use;
    `open` are the workbooks that somebody has open.
    """

    cohorts: Mapping[Path, str]
    shared: str
    open: frozenset[Path]


def look(room: Room) -> Look:
    """Look at a working folder. Raises CannotContinue where input/ is not there, or cannot be read."""
    if not room.input.is_dir():
        raise CannotContinue(f"There is no folder “input” in {room.folder}.")
    paths = room.cohorts()
    try:
        beside = {path.name.casefold() for path in room.input.iterdir()}
        traces = {path: _mark(_files(path), room.folder) for path in paths}
        common = [*(path for path in room.input.iterdir() if _is_common(path)), *room.returned()]
        shared = _mark((*common, *_forms(room.templates)), room.folder)
    except OSError as wrong:
        raise CannotContinue(f"The folder {room.input} cannot be read.") from wrong
    return Look(
        cohorts={path: trace for path, trace in traces.items() if trace}, shared=shared,
        open=frozenset(path for path in paths if _is_open(path, beside)),
    )  # fmt: skip


def _is_common(path: Path) -> bool:
    return is_shared(path.stem) or f".{path.name}".casefold().endswith(f".{SETTLED}")


def _files(path: Path) -> list[Path]:
    """List the files of a cohort: the workbook itself, or all in its folder but what programs lay there."""
    try:
        return sorted(each for each in path.iterdir() if not each.name.startswith((".", "~")))
    except FileNotFoundError:
        return []
    except OSError:  # no folder, or one that may not be opened: that is told when its papers are to be made
        return [path]


def _is_open(path: Path, beside: Iterable[str]) -> bool:
    name = path.name.casefold()
    if f"{EXCEL}{name}" in beside or f"{LIBREOFFICE}{name}#" in beside:
        return True
    try:
        return path.is_dir() and any(each.name.startswith(LAID_WHILE_OPEN) for each in path.iterdir())
    except OSError:
        return False


def _forms(templates: Path) -> Iterator[Path]:
    """List all forms and form maps; a folder that is reached twice, by links, is walked once."""
    walked = set()
    for folder, below, names in os.walk(templates, followlinks=True):
        if (real := os.path.realpath(folder)) in walked:
            below.clear()
            continue
        walked.add(real)
        for name in names:
            form = name.lower().endswith(tuple(ENDINGS)) and not is_marked_copy(name)
            if (form or name.lower().endswith(_FORM_MAPS)) and not name.startswith((".", "~")):
                yield Path(folder, name)


def _mark(files: Iterable[Path], base: Path) -> str:
    """Put names (as seen from `base`), sizes and times into a short text; empty where none of the files is there."""
    marks = []
    for path in files:
        try:
            found = path.stat()
        except FileNotFoundError:
            continue
        except OSError:  # one file that is kept from us does not keep the others from being looked at
            marks.append(f"{path.relative_to(base).as_posix()}\0?")
            continue
        marks.append(f"{path.relative_to(base).as_posix()}\0{found.st_size}\0{found.st_mtime_ns}")
    if not marks:
        return ""
    return blake2b("\n".join(sorted(marks)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
