"""One run at a time: whose turn it is in a folder (floor 2).

Who is at work locks the file .ecvet.lock, and writes into it on which computer, since when, and by which processes. The
system gives a lock back when its process ends, however it ends. On network drives that know no locks, or keep those of
each computer apart, what is written in the file counts: a run of this computer whose processes have ended keeps nobody
out; one of another computer does, until its file is taken away, because nobody can see from here whether it has ended.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline import at_work, disk
from pipeline.problem import CannotContinue

LOCK = ".ecvet.lock"

PATIENCE = 20.0
"""Seconds that a run waits for the second process of one that was killed: it is putting away what it had begun."""

LONG_ENOUGH = "an hour"
"""After which nobody need believe any more that a run of another computer is at work: the largest take minutes."""

_SETTLES = 0.1
"""Seconds after which, without locks, the file is read once more: two runs may have begun at once."""

_FAR = 1 << 30
"""The byte that Windows locks: it lets nobody read what is locked, and what the file holds is to be read."""

_GLANCE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Whose turn it is: the computer, when it began (by its clock), and its processes, each with when it began."""

    computer: str
    since: str
    processes: tuple[tuple[int, str], ...]

    @property
    def here(self) -> bool:
        """Say whether it is a run of this computer."""
        return self.computer == at_work.computer()

    @property
    def goes_on(self) -> bool:
        """Say whether one of its processes is at work; of another computer's nobody knows, so it counts as at work."""
        return not self.here or any(at_work.is_at_work(*process) for process in self.processes)

    def as_line(self) -> bytes:
        """Write it down as it stands in the file."""
        told = {"computer": self.computer, "since": self.since, "processes": self.processes}
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"


def _read(handle: int) -> Turn | None:
    """Read whose turn a file tells; None where it tells none."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        given = json.loads(os.read(handle, 10_000))
        found = tuple((int(number), str(since)) for number, since in given["processes"])
        return Turn(computer=str(given["computer"]), since=str(given["since"]), processes=found)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


@contextlib.contextmanager
def alone(folder: Path, others: Sequence[int] = ()) -> Iterator[None]:
    """Keep other runs out of a folder as long as this one is at work; a run that was killed keeps nobody out.

    `others` are processes that work for this one. Raises CannotContinue where another run is at work, or nothing can be
    written there.
    """
    numbers = (os.getpid(), *others)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    mine = Turn(
        computer=at_work.computer(), since=now, processes=tuple((number, at_work.began(number)) for number in numbers)
    )
    handle = _taken(folder, mine)
    try:
        yield
    finally:
        if os.name != "nt":  # while it is still ours
            _give_back(folder, handle)
        with contextlib.suppress(OSError):
            os.close(handle)
        if os.name == "nt":  # which takes no file away that is open
            disk.remove(folder / LOCK)


def _give_back(folder: Path, handle: int) -> None:
    with contextlib.suppress(OSError):
        if _is_there(folder / LOCK, handle):  # else somebody took it away, and it may be another run's now
            (folder / LOCK).unlink()


def _taken(folder: Path, mine: Turn) -> int:
    """Take one's turn; gives the open file."""
    until = time.monotonic() + PATIENCE
    while True:
        handle = _opened(folder)
        try:
            why, soon = _hindered(folder, handle, mine)
        except BaseException:
            os.close(handle)
            raise
        if not why:
            return handle
        os.close(handle)
        if not soon or time.monotonic() > until:
            raise CannotContinue(why)
        time.sleep(_GLANCE)


def _hindered(folder: Path, handle: int, mine: Turn) -> tuple[str, bool]:
    """Write down whose turn it is, or say why it is another's; and whether that is over soon."""
    locked = _locked(handle)
    found = _read(handle)
    if locked is False or (found and (not found.here or (not locked and found.goes_on))):
        return _busy(folder, found), False
    if not _is_there(folder / LOCK, handle):  # the run that had it ended this moment, and took it away
        return _busy(folder, found), True
    if found and found.goes_on:  # it was killed; its second process is putting away what it had begun
        return _busy(folder, found), True
    _write(handle, folder, mine)
    if not locked:
        time.sleep(_SETTLES)
        if (found := _read(handle)) != mine or not _is_there(folder / LOCK, handle):
            return _busy(folder, found), False
    return "", False


def _opened(folder: Path) -> int:
    lock = folder / LOCK
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError as wrong:
        if disk.obstacle(folder, LOCK):
            why = f"“{lock}” is not as this program made it. Delete it, and run again."
        elif wrong.errno in (errno.ENOSPC, errno.EDQUOT):
            why = f"Nothing can be written to {folder}: the disk is full. Make room on it, and run again."
        else:
            look = "Look whether the disk is full, or the folder may not be written to."
            why = f"Nothing can be written to {folder}. {look}"
        raise CannotContinue(why) from wrong
    if not stat.S_ISREG(os.fstat(handle).st_mode) or os.fstat(handle).st_nlink > 1:
        os.close(handle)
        raise CannotContinue(f"“{lock}” is not as this program made it. Delete it, and run again.")
    return handle


def _write(handle: int, folder: Path, mine: Turn) -> None:
    """Write whose turn it is; where there is no room even for that, nothing else has any."""
    try:
        disk.share(handle, folder)
        os.lseek(handle, 0, os.SEEK_SET)
        os.ftruncate(handle, 0)
        os.write(handle, mine.as_line())
    except OSError as wrong:
        full = disk.reason(wrong) == "full"
        why = "the disk is full. Make room on it" if full else "the disk refuses. Look whether it is whole"
        with contextlib.suppress(OSError):
            (folder / LOCK).unlink()
        raise CannotContinue(f"Nothing can be written to {folder}: {why}, and run again.") from wrong


def _is_there(lock: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.lstat(lock), os.fstat(handle))
    except OSError:
        return False


def _busy(folder: Path, found: Turn | None) -> str:
    """Say who is at work, since when, and what to do."""
    if found is None or found.here:
        since = f" since {found.since[11:16]}" if found else ""
        return f"Another run is making papers in {folder}{since}. Wait until it is ready, then run again."
    since = found.since[:16].replace("T", " ")
    return (
        f"A run on the computer “{found.computer}” is making papers in {folder} since {since}. Wait until it is ready, "
        f"then run again. If that computer is not at work on them after {LONG_ENOUGH}, it was broken off: delete the "
        f"file {LOCK} there."
    )


def _locked(handle: int) -> bool | None:
    """Lock a file if nobody has it: False where somebody has, None where the disk knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as wrong:
        return False if wrong.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK) else None
    return True
