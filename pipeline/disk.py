"""What is done to the disk: files written whole or not at all, which nobody else may read (floor 1).

What hinders a file is told in one word, which `outbox` turns into a sentence: open, link, folder, long, letters, full,
disk.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from pipeline.problem import CannotContinue

PART = ".part"
"""What the name of a file ends with until it is whole and stands in its place."""

PARTS = (f"*.docx{PART}", f"*.json{PART}", f"*.html{PART}")
"""What a run that was cut short may leave behind; nothing else is ever cleaned away."""

LONGEST_PATH = 259 if os.name == "nt" else 4_000
"""Characters of a whole path that Windows (and Word on it) takes."""

_JUNCTION = 0xA0000003
"""What marks a folder of Windows that leads elsewhere (IO_REPARSE_TAG_MOUNT_POINT)."""


def checksum(data: bytes) -> str:
    """Give the checksum by which a file of ours is known again."""
    return hashlib.sha256(data).hexdigest()


def checksum_of(path: Path) -> str | None:
    """Give the checksum of a file, None where there is none; raises OSError where it cannot be read."""
    try:
        return checksum(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None


def obstacle(folder: Path, file: str) -> str:
    """Say what lies in the way of a file: a link, a folder, a path too long; empty where nothing does."""
    path = folder / file
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return "letters"
    if len(str(path.absolute())) + len(f" (new 2){PART}") > LONGEST_PATH:
        return "long"
    if any(_is_link(part) for part in (path, *path.parents) if part.is_relative_to(folder)):
        return "link"
    return "folder" if path.is_dir() else ""


def _is_link(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def write_part(folder: Path, file: str, data: bytes) -> Path:
    """Write a file under the name it has until it is whole, in folders that nobody else may open (papers are personal).

    Raises OSError where it cannot be written; then nothing of it stays.
    """
    path = folder / file
    folder.parent.mkdir(parents=True, exist_ok=True)
    for above in reversed([above for above in path.parents if above.is_relative_to(folder)]):
        above.mkdir(mode=0o700, exist_ok=True)
    part = path.with_name(path.name + PART)
    part.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(part, flags, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            if os.name == "nt":  # elsewhere many files are brought to the disk together, which is much faster
                os.fsync(stream.fileno())
    except OSError:
        remove(part)
        raise
    return part


def made_durable(paths: Collection[Path]) -> list[Path]:
    """Bring files, or folders with the names in them, to the disk; gives those that could not be brought there."""
    failed = []
    for path in paths if os.name != "nt" else ():
        try:
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError:
            failed.append(path)
    return failed


def write_whole(folder: Path, name: str, data: bytes) -> str:
    """Write a file whole or not at all; says what hindered it, empty where nothing did."""
    if hindered := obstacle(folder, name):
        return hindered
    try:
        part = write_part(folder, name, data)
    except OSError as wrong:
        return reason(wrong)
    try:
        if made_durable([part]):
            return "disk"
        part.replace(folder / name)
    except OSError:
        return "open"
    finally:
        remove(part)
    return ""


def reason(wrong: OSError) -> str:
    """Say in a word why a file could not be written."""
    return "full" if wrong.errno in (errno.ENOSPC, errno.EDQUOT) else "disk"


def remove(part: Path | None) -> None:
    """Take a part file away, if it is there and lets itself be taken."""
    if part:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def clean(folder: Path) -> None:
    """Take away the part files of a run that was cut short."""
    for pattern in PARTS if not obstacle(folder, "part") else ():
        for part in folder.rglob(pattern):
            if part.is_file() and not _is_link(part):
                remove(part)


LOCK = ".ecvet.lock"


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder as long as this one is at work; a run that was killed keeps nobody out.

    Raises CannotContinue where another run is at work, or nothing can be written there.
    """
    lock = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as wrong:
        why = f"Nothing can be written to {folder}. Look whether the disk is full, or the folder may not be written to."
        raise CannotContinue(why) from wrong
    try:
        if not _taken(handle) or not lock.exists() or lock.stat().st_ino != os.fstat(handle).st_ino:
            raise CannotContinue(f"Another run is making papers in {folder}. Wait until it is ready, then run again.")
        try:
            yield
        finally:
            remove(lock)  # while it is still ours; Windows lets it be taken only after the next line
    finally:
        os.close(handle)
    remove(lock) if os.name == "nt" else None


def _taken(handle: int) -> bool:
    """Take a lock if nobody has it; where the disk knows no locks (some network drives), go on without."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as wrong:
        return wrong.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True
