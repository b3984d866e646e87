"""What lies in a cohort's folder besides its papers: marked workbooks and the overview (floor 5).

They are ours as long as they are as we wrote them. One that a person worked in stays as it is, and the new one is laid
beside it; one that is of no use any more, and untouched, is taken away.

What a run laid is remembered at its end (see `lastrun`). So that a run that is killed before leaves nothing that the
next one takes for somebody's work, what is about to be laid is noted first, in a file that goes at the end of the run.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pipeline import disk
from pipeline.lastrun import BEGUN
from pipeline.names import MOST_BESIDE, name_beside, same_file
from pipeline.notices import edited_copy, paper_not_written
from pipeline.problem import Place, Problem


@dataclass(slots=True, kw_only=True)
class Extras:
    """The folder, and the checksums of what we laid there. Kept: those of this run, and what is to be told.

    `read` are checksums of workbooks that were read, by this run and the last ones: a marked copy with one of these was
    taken over into input/, and holds nothing of hers that would be lost. `edited` words what is told of a file that a
    person worked in. `_begun` is what a run that was cut short had begun to lay.
    """

    folder: Path
    known: Mapping[str, str]
    read: Collection[str] = ()
    edited: Callable[[Place, str, str], Problem] = edited_copy
    laid: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _begun: list[tuple[str, str]] = field(default_factory=list)
    _is_sure: bool = True

    def __post_init__(self) -> None:
        try:
            self._begun = read_notes(self.folder)
        except OSError:
            self._is_sure = False

    def lay(self, name: str, data: bytes, *, hers: bool = False, still: bool = False) -> str:
        """Lay a file there and give the name under which it lies; nothing where that cannot be done.

        A file of this name that a person worked in is told, unless it is `hers` to work in. With `still`, none is laid
        beside it as long as it would be the same as the one that she worked in was.
        """
        try:
            if still and self.known.get(name) == disk.checksum(data) and (self.folder / name).is_file():
                self.laid[name] = self.known[name]
                return name
            return self._laid(name, data, hers=hers)
        except OSError:  # what lies there cannot be read just now, so nobody knows whose it is
            self.problems.append(paper_not_written(Place(file=name), name, "disk"))
            self.keep([name])
            return ""

    def _laid(self, name: str, data: bytes, *, hers: bool) -> str:
        new = disk.checksum(data)
        for number in range(MOST_BESIDE):
            target = name if number == 0 else name_beside(name, number)
            there = self._checksum(target)
            if there is None or there == new or self._knows(there):
                break
            if number == 0 and not hers:
                self.problems.append(self.edited(Place(file=target), target, name_beside(name, 1)))
        else:
            self.problems.append(paper_not_written(Place(file=name), name, "many"))
            return ""
        if there != new and (hindered := self._noted(target, new) or disk.write_whole(self.folder, target, data)):
            self.problems.append(paper_not_written(Place(file=target), target, hindered))
            self.keep([target])
            return ""
        self.laid[target] = new
        return target

    def keep(self, names: Collection[str]) -> None:
        """Leave these as they are, because none can be laid in their place now; the next run still knows them."""
        wanted = set(map(same_file, names))
        for name, checksum in (*self.known.items(), *self._begun):
            if same_file(name) in wanted and (name not in self.laid or self.seen(name) == checksum):
                self.laid[name] = checksum

    def is_ours(self, name: str) -> bool:
        """Say whether a file lies there as we wrote it, so that it may be replaced.

        Raises OSError where it cannot be read just now.
        """
        return self._knows(self._checksum(name))

    def place_for(self, name: str, replaced: Collection[str] = ()) -> str:
        """Give the name under which a file would be laid: in the place of one of these, or beside what lies there."""
        names = (name, *(name_beside(name, number) for number in range(1, MOST_BESIDE + 1)))
        free = (each for each in names if not (self.folder / each).exists())
        return next((each for each in names if each in replaced), None) or next(free, name)

    def tidy(self) -> None:
        """Take away what was laid there by earlier runs, is as it was, and was not laid again."""
        again = {same_file(name) for name in self.laid}
        for name, checksum in (*self.known.items(), *self._begun):
            if same_file(name) in again:
                continue
            ours = False
            with suppress(OSError):
                ours = self.is_ours(name)
            if ours:
                disk.remove(self.folder / name)
            elif (self.folder / name).exists():
                self.laid[name] = checksum  # somebody worked in it, and it is remembered as it was laid there

    def _noted(self, name: str, checksum: str) -> str:
        """Note what is about to be laid; says what hindered it."""
        return disk.add(self.folder, BEGUN, f"{json.dumps([name, checksum])}\n".encode())

    def seen(self, name: str) -> str:
        """Give the checksum of what lies under a name; empty where nothing does, or it cannot be read just now."""
        with suppress(OSError):
            return self._checksum(name) or ""
        return ""

    def _knows(self, checksum: str | None) -> bool:
        """Say whether a checksum is of a file of ours; raises OSError where what was noted of them cannot be read."""
        known = {*self.known.values(), *self.laid.values(), *(its for _, its in self._begun), *self.read}
        if checksum and checksum not in known and not self._is_sure:
            raise OSError(errno.EIO, "the notes cannot be read")
        return checksum in known

    def _checksum(self, name: str) -> str | None:
        """Give the checksum of a file that lies there; raises OSError where it is one and cannot be read."""
        if disk.obstacle(self.folder, name):
            return "no file"
        return disk.checksum_of(self.folder / name)


def read_notes(folder: Path) -> list[tuple[str, str]]:
    """Read what a run that was cut short had begun to lay, names and checksums; lines that make no sense are passed.

    Raises OSError where there are notes, and they cannot be read.
    """
    found = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for line in (folder / BEGUN).read_bytes().splitlines():
            with suppress(ValueError, RecursionError):
                name, checksum = json.loads(line)
                found.append((str(name), str(checksum)))
    return [(name, checksum) for name, checksum in found if not _leads_away(name)]


def _leads_away(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name


def forget_notes(folder: Path) -> None:
    """Take the notes away: what was laid is remembered elsewhere."""
    disk.remove(folder / BEGUN)
