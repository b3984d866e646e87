"""What is done to the disk: files written whole or not at all, which nobody else may read (floor 1).

What is made belongs to its owner alone, and to the group of its folder where somebody opened that folder to a group;
to everybody, never: papers are personal.

What hinders a file is told in one word, which `notices` turns into a sentence: open, link, folder, long, letters, full,
disk.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

PART = ".part"
"""What the name of a file ends with until it is whole and stands in its place."""

PARTS = (f"*.docx{PART}", f"*.json{PART}", f"*.html{PART}", f"*.xlsx{PART}", f"*.pdf{PART}", f"*.jsonld{PART}")
"""What a run that was cut short may leave behind; nothing else is ever cleaned away."""

LONGEST_PATH = 259 if os.name == "nt" else 4_000
"""Characters of a whole path that Windows (and Word on it) takes."""

_JUNCTION = 0xA0000003
"""What marks a folder of Windows that leads elsewhere (IO_REPARSE_TAG_MOUNT_POINT)."""


def checksum(data: bytes) -> str:
    """Give the checksum by which a file of ours is known again."""
    return hashlib.sha256(data).hexdigest()


def checksum_of(path: str | Path) -> str | None:
    """Give the checksum of a file, None where there is none.

    Raises OSError where it cannot be read, or is no ordinary file: a pipe would keep us waiting for ever.
    """
    try:
        with open(path, "rb", opener=_without_waiting) as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                raise OSError(errno.EINVAL, "no ordinary file")
            return checksum(stream.read())
    except (FileNotFoundError, NotADirectoryError):
        return None


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def seen(path: str | Path) -> tuple[int, ...] | None:
    """Say how a file looks from outside, None where there is none: who changes it changes that.

    Raises OSError where it cannot be looked at.
    """
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def obstacle(folder: Path, file: str) -> str:
    """Say what lies in the way of a file: a link, a folder, a path too long; empty where nothing does."""
    base = os.fspath(folder)
    path = os.path.join(base, file)
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return "letters"
    if len(os.path.abspath(path)) + len(f" (new 2){PART}") > LONGEST_PATH:
        return "long"
    found: os.stat_result | None = None
    for above in accumulate((base, *file.split("/")), os.path.join):
        try:
            found = os.lstat(above)
        except OSError:
            return ""  # what is not there, or cannot be reached, is found out by whoever writes there
        if _is_link(found):
            return "link"
    return "folder" if found and stat.S_ISDIR(found.st_mode) else ""


def _is_link(found: os.stat_result) -> bool:
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_part(folder: Path, file: str, data: bytes | Iterable[bytes]) -> str:
    """Write a file under the name it has until it is whole, in folders that nobody else may open (see `share`).

    Gives its path. Raises OSError where it cannot be written; then nothing of it stays.
    """
    part = os.path.join(folder, f"{file}{PART}")
    try:
        handle = os.open(part, _NEW, 0o600)
    except (FileNotFoundError, FileExistsError):  # a new folder, or what is left of a run that was cut short
        _make_folders(folder, file)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)
        handle = os.open(part, _NEW, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            share(handle, os.path.dirname(part))
            for piece in (data,) if isinstance(data, bytes) else data:
                stream.write(piece)
            stream.flush()
            if os.name == "nt":  # elsewhere many files are brought to the disk together, which is much faster
                os.fsync(stream.fileno())
    except BaseException:  # also where what is to be written, worded on the way, fails: it is personal
        remove(part)
        raise
    return part


def _make_folders(folder: Path, file: str) -> None:
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for above in accumulate((os.fspath(folder), *file.split("/")[:-1]), os.path.join):
        with contextlib.suppress(FileExistsError):
            os.mkdir(above, 0o700)
            share(above, os.path.dirname(above))


def share(made: int | str, folder: str | Path) -> None:
    """Open what was made for its owner alone (a file by its handle, a folder by its path) to the group of its folder.

    That is done only where somebody opened the folder to that group. A folder that everybody may enter was opened to
    nobody in particular: systems make them so. Where what is new shall have the folder's group (setgid), it was.
    Where the group cannot be given, the owner stays alone. Source: trust, clarification 8.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        above, own = os.stat(folder), os.stat(made)
        if above.st_mode & stat.S_IRWXG and (above.st_mode & stat.S_ISGID or not above.st_mode & stat.S_IRWXO):
            if own.st_gid != above.st_gid:
                os.chown(made, -1, above.st_gid)
            may = stat.S_IRWXG if stat.S_ISDIR(own.st_mode) else stat.S_IRGRP | stat.S_IWGRP
            os.chmod(made, stat.S_IMODE(own.st_mode) | above.st_mode & may)


def add(folder: Path, name: str, data: bytes) -> str:
    """Add to the end of a file, all of it and durably; says what hindered it, and then nothing was added."""
    if hindered := obstacle(folder, name):
        return hindered
    path = os.path.join(folder, name)
    try:
        _make_folders(folder, name)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as wrong:
        return reason(wrong)
    before = os.fstat(handle).st_size
    share(handle, folder)
    try:
        with os.fdopen(handle, "ab", closefd=False) as stream:
            stream.write(data)
        os.fsync(handle)
    except OSError as wrong:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, before)
        return reason(wrong)
    finally:
        with contextlib.suppress(OSError):  # it is on the disk
            os.close(handle)
    return ""


def move(part: str, folder: Path, file: str) -> None:
    """Move what is whole to its place, over what lies there; raises OSError where something keeps its place."""
    os.replace(part, os.path.join(folder, file))


def made_durable(paths: Iterable[str]) -> list[str]:
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


def write_whole(folder: Path, name: str, data: bytes | Iterable[bytes], mode: int | None = None) -> str:
    """Write a file whole or not at all; says what hindered it, empty where nothing did.

    `mode` are the rights of a file of hers that it takes the place of: who could read that may read this.
    """
    if hindered := obstacle(folder, name):
        return hindered
    try:
        part = write_part(folder, name, data)
    except OSError as wrong:
        return reason(wrong)
    try:
        if made_durable([part]):
            return "disk"
        if mode is not None:
            os.chmod(part, mode)
        move(part, folder, name)
    except OSError:
        return "open"
    finally:
        remove(part)
    return ""


def reason(wrong: OSError) -> str:
    """Say in a word why a file could not be written."""
    return "full" if wrong.errno in (errno.ENOSPC, errno.EDQUOT) else "disk"


def remove(path: str | Path | None) -> None:
    """Take a file of ours away, if it is there and lets itself be taken."""
    if path:
        with contextlib.suppress(OSError):
            os.unlink(path)


def clean(folder: Path) -> None:
    """Take away the part files of a run that was cut short."""
    for pattern in PARTS if not obstacle(folder, "part") else ():
        for part in folder.rglob(pattern):
            if stat.S_ISREG(part.lstat().st_mode):
                remove(part)
