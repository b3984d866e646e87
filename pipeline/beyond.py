"""What the program remembers of the credentials it laid into a cohort's folder (floor 5).

A file there is ours as long as it is as we laid it; whose it is must be known when a learner is to be forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline import disk
from pipeline.problem import CannotContinue

BEYOND = "4 Beyond paper"
"""The folder beside the papers, after 1 Before, 2 During and 3 After."""

NOTES = ".credentials.json"
"""What is remembered, in that folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidCredential:
    """A file we laid: its checksum as we laid it, and whose it is (the key of her first row, see `Learner.key`)."""

    checksum: str
    whose: str


def read_credentials(folder: Path) -> dict[str, LaidCredential]:
    """Read what was laid into a cohort's folder, by the name of the file; nothing where that makes no sense.

    Raises CannotContinue where the disk does not let us read it just now: what is ours would be taken for hers.
    """
    path = folder / BEYOND / NOTES
    try:
        given = json.loads(path.read_text("utf-8"))
        found = {str(name): LaidCredential(checksum=str(of[0]), whose=str(of[1])) for name, of in given.items()}
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return {}
    except OSError as wrong:
        told = f"“{path}” cannot be read just now. Look whether its drive is there and it may be opened"
        raise CannotContinue(f"{told}, and try again.") from wrong
    except (ValueError, AttributeError, TypeError, LookupError, RecursionError):
        return {}
    return {name: one for name, one in found.items() if name == Path(name).name}


def keep_credentials(folder: Path, laid: Mapping[str, LaidCredential]) -> str:
    """Write down what was laid; says what hindered it, empty where nothing did."""
    told = {name: [one.checksum, one.whose] for name, one in sorted(laid.items())}
    return disk.write_whole(folder, f"{BEYOND}/{NOTES}", f"{json.dumps(told, ensure_ascii=False, indent=0)}\n".encode())
