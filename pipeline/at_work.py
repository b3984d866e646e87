"""Which processes of this computer are still at work (floor 0).

A number alone does not tell: systems give the number of a process that has ended to another one. So a process is known
by its number and the moment it began, where the system says when that was (Linux does).
"""

from __future__ import annotations

import os
import platform
from contextlib import suppress
from pathlib import Path

_SINCE = 19
"""Where, behind the name of a process, the moment stands at which it began (proc(5): field 22)."""


def computer() -> str:
    """Give the name of this computer in its network."""
    return platform.node() or "this computer"


def began(process: int) -> str:
    """Say when a process began, in a number that only the system understands; empty where it does not tell."""
    state, since = _seen(process)
    return "" if state == "Z" else since


def is_at_work(process: int, since: str = "") -> bool:
    """Say whether a process is at work that has this number and, where that is known, began then.

    What has ended and only waits for somebody to take note of it (a zombie) is not. Where the system gives no answer,
    it counts as at work.
    """
    if process <= 0:
        return False
    if os.name != "nt":  # on Windows this call would end the process
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except OSError:  # it is somebody else's
            pass
    state, now = _seen(process)
    return state != "Z" and (not since or not now or since == now)


def _seen(process: int) -> tuple[str, str]:
    """Read the state of a process and when it began; two empty texts where the system does not tell."""
    with suppress(OSError, IndexError):
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return told[0], told[_SINCE]
    return "", ""
