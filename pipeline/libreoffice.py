"""LibreOffice, where it is installed: Word files go in, pages come out (floor 1).

It works with settings of its own in a folder that is thrown away, so that it minds no LibreOffice at work, and its
processes are stopped with it: the command `soffice` only starts the real program.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

FIRST_WAIT = 120.0
"""Seconds that LibreOffice may take to start and show its first file: its very first start is slow."""

NEXT_WAIT = 60.0
"""Seconds it may take for each file after that; a paper takes about one."""

_OFFICES = ("soffice", "libreoffice")
_PROGRAMS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")
_USUAL_PLACES = (
    *(f"{os.environ.get(name, '')}\\LibreOffice\\program\\soffice.com" for name in _PROGRAMS),
    f"{os.environ.get('LOCALAPPDATA', '')}\\Programs\\LibreOffice\\program\\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    f"{os.environ.get('HOME', '')}/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where LibreOffice lies on Windows and on a Mac, where commands do not find it by its name."""

_GLANCE = 0.2
"""Seconds between two looks whether it is ready."""


def find_libreoffice() -> str | None:
    """Find LibreOffice: by its command, or where it usually lies; None where it is not installed."""
    commands = (shutil.which(name) for name in _OFFICES)
    return next(filter(None, commands), None) or next((path for path in _USUAL_PLACES if Path(path).is_file()), None)


def convert(
    office: str, kind: str, files: Sequence[str], folder: Path, *, ready: Callable[[int], object] = lambda _: None,
    waits: tuple[float, float] = (FIRST_WAIT, NEXT_WAIT),
) -> str:  # fmt: skip
    """Turn files of a folder into another kind (“pdf”, “png”), beside them, by one process for all of them.

    `files` are plain names, short ones: together they must fit on a command line. The results have the same names with
    the ending of `kind`; whoever calls looks which of them are there. `ready` is told now and then how many more are.
    `waits` are the seconds it may take until the first result, and from each to the next, so that the time it gets
    grows with the number of files; then it is stopped. Says what hindered it: “failed” or “slow”, empty where it
    came to its end by itself. Whatever is raised meanwhile (Ctrl-C, or by `ready`), nothing of it stays at work.
    What it lays away for itself lies in `folder` too, and stays there where it is stopped.
    """
    own = (folder / "settings").resolve().as_uri()
    words = [f"-env:UserInstallation={own}", "--headless", "--norestore", "--convert-to", kind, "--outdir", ".", *files]
    waiting = [folder / f"{Path(name).stem}.{kind}" for name in files]
    try:
        process = subprocess.Popen(  # noqa: S603 - a program that was found, with words of ours
            [office, *words], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, env=_environment(folder), **_apart(),
        )  # fmt: skip
    except OSError:
        return "failed"
    try:
        until = time.monotonic() + waits[0]
        while True:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GLANCE)
            here = [path for path in waiting if path.exists()]
            if here:
                waiting = [path for path in waiting if path not in set(here)]
                until = max(until, time.monotonic() + waits[1])
            ready(len(here))
            if process.returncode is not None:
                return "failed" if process.returncode else ""
            if time.monotonic() > until:
                return "slow"
    finally:
        _end(process)


def _environment(folder: Path) -> dict[str, str]:
    """Let it lay away its own files in a folder of ours, whichever of these names it asks for."""
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder.resolve()))}


def _apart() -> dict[str, Any]:
    """Start it so that it can be stopped with all that it starts, and Ctrl-C does not reach it before us."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _end(process: subprocess.Popen[bytes]) -> None:
    """Stop it and whatever it has started; of one that has ended, what it left at work."""
    if sys.platform == "win32":
        if process.poll() is None:
            ender = Path(os.environ.get("SYSTEMROOT", "C:\\Windows")) / "System32" / "taskkill.exe"
            with suppress(OSError):
                subprocess.run([str(ender), "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603 - Windows' own
            process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
