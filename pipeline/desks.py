"""Desks: folders for LibreOffice to work in, which are cleared whatever happens (floor 1).

A desk lies where this computer keeps what is thrown away, and nobody else may enter it: it holds papers. Where a run is
killed, its desk stays; the next run clears it, which it knows by the number of the process in the name.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.at_work import is_at_work
from pipeline.problem import CannotContinue

_NAME = re.compile(r"ecvet-(?:pdf|preview)-(\d+)-\w+")
_LONGEST = 24 * 60 * 60
"""Seconds after which a desk was left behind, also where its process seems to be at work: nothing takes a day."""


@contextmanager
def desk(purpose: str) -> Iterator[Path]:
    """Give an empty folder for a purpose (“pdf”, “preview”), and clear it in the end.

    Raises CannotContinue where none can be made.
    """
    clear_desks()
    try:
        made = tempfile.TemporaryDirectory(prefix=f"ecvet-{purpose}-{os.getpid()}-", ignore_cleanup_errors=True)
    except OSError as wrong:
        why = f"Nothing can be written to {tempfile.gettempdir()}, where LibreOffice is to work."
        raise CannotContinue(f"{why} Look whether the disk is full.") from wrong
    try:
        yield Path(made.name)
    finally:
        with suppress(OSError):  # what cannot be cleared now is cleared by the next run
            made.cleanup()


def clear_desks() -> None:
    """Clear the desks of runs that were killed; those of other people are theirs to clear."""
    with suppress(OSError):
        for entry in os.scandir(tempfile.gettempdir()):
            if (name := _NAME.fullmatch(entry.name)) and _is_left(entry, int(name[1])):
                shutil.rmtree(entry.path, ignore_errors=True)


def _is_left(entry: os.DirEntry[str], process: int) -> bool:
    """Say whether a desk is ours, and nobody works at it any more."""
    with suppress(OSError):
        found = entry.stat(follow_symlinks=False)
        ours = entry.is_dir(follow_symlinks=False) and (os.name == "nt" or found.st_uid == os.getuid())
        return ours and (not is_at_work(process) or time.time() - found.st_mtime > _LONGEST)
    return False
