"""Write a new file, and never over one that is there (floor 7)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from pipeline.problem import CannotContinue


def write_fresh(target: Path, make: Callable[[], bytes]) -> None:
    """Write what `make` gives into a new file; beside and then replaced, so that nobody ever sees half of it.

    Raises CannotContinue where the file exists already, or cannot be written.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists():
            raise CannotContinue(f"“{target}” exists already and was left as it is: choose another name.")
        if not target.parent.is_dir():
            raise CannotContinue(f"There is no folder “{target.parent}”: make it first, or choose another one.")
        content = make()
        try:
            beside.write_bytes(content)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise CannotContinue(f"“{target}” could not be written: {error.strerror or error}.") from error
