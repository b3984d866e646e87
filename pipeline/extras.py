"""What lies in a cohort's folder besides its papers: marked workbooks and the overview (floor 5).

They are ours as long as they are as we wrote them. One that a person worked in stays as it is, and the new one is laid
beside it; one that is of no use any more, and untouched, is taken away.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import disk
from pipeline.names import MOST_BESIDE, name_beside, same_file
from pipeline.notices import edited_copy, paper_not_written
from pipeline.problem import Place, Problem


@dataclass(slots=True, kw_only=True)
class Extras:
    """The folder, and the checksums of what we laid there. Kept: those of this run, and what is to be told.

    `read` are checksums of workbooks that were read, by this run and the last ones: a marked copy with one of these was
    taken over into input/, and holds nothing of hers that would be lost.
    """

    folder: Path
    known: Mapping[str, str]
    read: Collection[str] = ()
    laid: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def lay(self, name: str, data: bytes, *, keep: bool = True) -> str:
        """Lay a file there and give the name under which it lies; nothing where that cannot be done.

        With `keep`, a file of this name that a person worked in is told.
        """
        new = disk.checksum(data)
        for number in range(MOST_BESIDE):
            target = name if number == 0 else name_beside(name, number)
            there = self._checksum(target)
            if there is None or there == new or there in self._ours:
                break
            if keep and number == 0:
                self.problems.append(edited_copy(Place(file=target), target, name_beside(name, 1)))
        else:
            self.problems.append(paper_not_written(Place(file=name), name, "many"))
            return ""
        if there != new and (hindered := disk.write_whole(self.folder, target, data)):
            self.problems.append(paper_not_written(Place(file=target), target, hindered))
            return ""
        self.laid[target] = new
        return target

    def tidy(self) -> None:
        """Take away what was laid there by earlier runs, is as it was, and was not laid again."""
        again = {same_file(name) for name in self.laid}
        for name, checksum in self.known.items():
            if same_file(name) in again:
                continue
            if self._checksum(name) in (checksum, *self.read):
                disk.remove(self.folder / name)
            elif (self.folder / name).exists():
                self.laid[name] = checksum  # somebody worked in it, and it is remembered as it was laid there

    @property
    def _ours(self) -> set[str]:
        return {*self.known.values(), *self.laid.values(), *self.read}

    def _checksum(self, name: str) -> str | None:
        with suppress(OSError):
            return disk.checksum_of(self.folder / name)
        return "unreadable"
