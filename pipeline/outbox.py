"""What leaves the house: papers written whole or not at all, and never over what a person typed (floor 5).

A paper is written beside its place under the name `….part`, then moved over it, so a paper is always the old one or the
new one. What is about to be moved is noted first (in the ledger's journal): a run that is cut short at any moment
leaves no paper of ours that the next run takes for somebody's work.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from pipeline import disk
from pipeline.jobs import Status, form_of
from pipeline.ledger import JOURNAL, MANIFEST, REMEMBERED, Entry, Ledger, read_ledger
from pipeline.names import same_file
from pipeline.problem import CannotContinue, Place, Problem, Severity, fault

MOST_BESIDE = 99
"""So many papers beside one that was edited are told apart by a number."""

_EDITED = "It holds changes made by hand."
_KEEP = "Keep it, or delete it so that nobody prints it."


@fault("T401", Severity.WARNING)
def old_paper_left(old: str, new: str, *, edited: bool) -> tuple[str, str]:
    """A paper has a new name (a name was corrected, say), and the old one still lies there.

    Nothing is deleted by itself. Where the old paper was edited in Word, the message says so.

    Advice: Keep it, or delete it so that nobody prints it.
    Basis: data (contract, section 4)
    """
    sentence = f"“{old}” was made earlier for what is now “{new}”."
    return (f"{sentence} {_EDITED}", f"Copy them over into the paper of now. {_KEEP}") if edited else (sentence, _KEEP)


@fault("T402", Severity.WARNING)
def paper_without_row(file: str, *, edited: bool) -> tuple[str, str]:
    """A paper lies in the folder whose row is no longer in the workbook, or gets no papers any more.

    Nothing is deleted by itself. Where the paper was edited in Word, the message says so.

    Advice: Keep it, or delete it so that nobody prints it.
    Basis: data (contract, section 4)
    """
    sentence = f"“{file}” was made earlier and no longer belongs to the cohort."
    if edited:
        return f"{sentence} {_EDITED}", f"Copy them over if another paper needs them. {_KEEP}"
    return sentence, _KEEP


_WHY = {
    "open": ("could not be replaced; another program seems to have it open.", "Close it and run again."),
    "link": ("was not written, because a link lies in its place.", "Delete the link and run again."),
    "folder": ("was not written, because a folder of this name lies in its place.", "Rename the folder and run again."),
    "long": ("has a place with too long a name for Windows.",
             "Move the working folder nearer to the drive (C:\\Papers), or shorten the Cohort ID, and run again."),
    "letters": ("has letters that names of files cannot hold with the settings of this computer.",
                "Set its language to one with UTF-8 (such as LC_ALL=C.UTF-8), and run again."),
    "stopped": ("could not be written: a part of the program was stopped by the computer.", "Run again."),
    "full": ("could not be written: the disk is full.", "Make room on the disk and run again."),
    "disk": ("could not be written.", "Look whether its folder may be written to, and run again."),
}  # fmt: skip


@fault("T403")
def paper_not_written(file: str, why: str) -> tuple[str, str]:
    """A paper, or the report, could not be written to the disk.

    Most often it is open in Word, which keeps others from changing it. The other papers were made.

    Advice: Close the paper in Word, look whether the disk is full, and run again.
    Basis: data (contract, section 4)
    """
    sentence, advice = _WHY[why]
    return f"“{file}” {sentence}", advice


@fault("T404", Severity.NOTICE)
def no_memory_of_papers(file: str) -> str:
    """The program's own notes on what it made earlier are damaged.

    Papers that are as the workbook says are known again. Every other one is taken for edited by hand: it is left as it
    is, and the new one is put beside it.

    Advice: Look at the papers with “(new)” in their name, and delete the older ones.
    Basis: data (contract, section 4)
    """
    return f"“{file}” is damaged, so papers made earlier cannot be told from papers you edited."


class Addressed(Protocol):
    """What the outbox has to know of a job: what stays the same over all runs, the file, and the cell of its row."""

    @property
    def key(self) -> str: ...  # noqa: D102 - said by the class
    @property
    def target(self) -> str: ...  # noqa: D102 - said by the class
    @property
    def row(self) -> object: ...  # noqa: D102 - said by the class


@dataclass(slots=True)
class Delivery:
    """A paper on its way: where it goes, what will become of it, and the part file that waits to be moved.

    `first` is what is noted before it is moved, `entry` what is noted when it lies in its place. `waits` says that the
    new paper lies beside the edited one already, from an earlier run.
    """

    job: Addressed
    status: Status
    file: str
    problems: list[Problem] = field(default_factory=list)
    waits: bool = False
    _part: str | None = None
    _first: Entry | None = None
    _entry: Entry | None = None

    @property
    def moves(self) -> bool:
        """Say whether a file is to be moved to its place: a paper that is new, or one beside an edited paper."""
        beside = self.status is Status.KEPT and self.file != self.job.target
        return self.status is Status.WRITTEN or (beside and not self.waits)


@dataclass(slots=True)
class Outbox:
    """The folder of one cohort. Kept: the ledger, and the papers written but not yet moved to their place."""

    folder: Path
    dry_run: bool = False
    _ledger: Ledger = field(default_factory=Ledger)
    _waiting: list[Delivery] = field(default_factory=list)
    _settled: list[Delivery] = field(default_factory=list)
    _noted: bool = False

    def __post_init__(self) -> None:
        self._ledger = read_ledger(self.folder)
        if not self.dry_run:
            disk.clean(self.folder)
            self._noted = (self.folder / JOURNAL).exists()

    def first_made(self, key: str) -> dt.date | None:
        """Say when a paper was first made: the date that `today` keeps."""
        known = self._ledger.papers.get(key)
        try:
            return dt.date.fromisoformat(known.first_made) if known else None
        except ValueError:
            return None

    def deliver(self, job: Addressed, data: bytes, today: dt.date) -> Delivery:
        """Take a printed paper: write it beside its place, or find that nothing needs to be written.

        What is moved to its place only by `settle`.
        """
        new, known = disk.checksum(data), self._ledger.papers.get(job.key)
        if why := disk.obstacle(self.folder, job.target):
            return _failed(job, why)
        try:
            there = disk.checksum_of(f"{self.folder}/{job.target}")
        except OSError:
            return _failed(job, "open")
        former = tuple(self._former(known, job.target)) if known else ()
        last = (*(one for one in (known.ours if known else ()) if one != new), new)[-REMEMBERED:]
        older = (self._checksum(name) for name in former)
        entry = Entry(
            file=job.target, row=str(job.row), first_made=(known and known.first_made) or today.isoformat(), made=new,
            ours=tuple(dict.fromkeys((*(one for one in older if one and self._ledger.wrote(one)), *last))),
            former=former,
        )  # fmt: skip
        if there == new or there is None or self._ledger.wrote(there):
            status = Status.UNCHANGED if there == new else Status.WRITTEN
            return self._send(Delivery(job, status, job.target, _first=entry, _entry=entry), data)
        if known and known.made == new and same_file(known.file) == same_file(job.target):
            waits = bool(known.beside) and self._checksum(known.beside) == new
            file = known.beside if waits else job.target
            return self._send(Delivery(job, Status.KEPT, file, waits=waits, _first=known, _entry=known), data)
        beside = self._beside(job.target)
        first = replace(entry, made=known.made if known else "", beside=known.beside if known else "")
        former = tuple(name for name in entry.former if name != beside)
        entry = replace(entry, beside=beside, former=former)
        return self._send(Delivery(job, Status.KEPT, beside, _first=first, _entry=entry), data)

    def _checksum(self, name: str) -> str | None:
        """Give the checksum of a file of the folder; none where it is not there or cannot be read."""
        with contextlib.suppress(OSError):
            return disk.checksum_of(self.folder / name)
        return None

    def _former(self, known: Entry, target: str) -> list[str]:
        """List the files of earlier names that still lie there, and the one that lay beside an edited paper."""
        names = dict.fromkeys(name for name in (*known.former, known.file, known.beside) if name)
        return [name for name in names if same_file(name) != same_file(target) and (self.folder / name).exists()]

    def _beside(self, target: str) -> str:
        """Name the paper that goes beside an edited one: `… (new)`, replaced while untouched, else `… (new 2)`."""
        stem, name = target.removesuffix(".docx"), ""
        for number in range(1, MOST_BESIDE + 1):
            name = f"{stem} (new).docx" if number == 1 else f"{stem} (new {number}).docx"
            with contextlib.suppress(OSError):
                there = disk.checksum_of(self.folder / name)
                if not disk.obstacle(self.folder, name) and (there is None or self._ledger.wrote(there)):
                    break
        return name

    def _send(self, delivery: Delivery, data: bytes) -> Delivery:
        if delivery.moves and not self.dry_run:
            try:
                delivery._part = disk.write_part(self.folder, delivery.file, data)
            except OSError as wrong:
                return _failed(delivery.job, disk.reason(wrong))
        self._waiting.append(delivery)
        return delivery

    def settle(self) -> None:
        """Move every paper that waits to its place: all are safe on the disk, then noted, then moved."""
        waiting, self._waiting = self._waiting, []
        self._settled += waiting
        if self.dry_run:
            return
        parts = {one._part: one for one in waiting if one._part}
        try:
            self._move(waiting, parts)
        finally:
            for part, one in parts.items():
                if one._part:  # it was not moved
                    disk.remove(part)

    def settled(self, *, wait: bool = False) -> list[Delivery]:
        """Give what has been settled since this was asked last; with `wait`, all that was to be settled."""
        settled, self._settled = self._settled, []
        return settled

    def _move(self, waiting: Sequence[Delivery], parts: dict[str, Delivery]) -> None:
        before = {one.job.key: self._ledger.papers.get(one.job.key) for one in waiting}
        for part in disk.made_durable(parts):
            self._fail(parts[part], "disk", before)
        if hindered := self._note((one.job.key, one._first) for one in waiting if one.status is not Status.FAILED):
            for one in waiting:
                self._ledger.note(one.job.key, before[one.job.key])
            for one in parts.values():
                self._fail(one, "full" if hindered == "full" else "disk", before)
            return
        folders = set()
        for part, one in parts.items():
            if one.status is Status.FAILED:
                continue
            try:
                disk.move(part, self.folder, one.file)
                one._part = None
                folders.add(f"{self.folder}/{one.file}".rpartition("/")[0])
            except OSError:
                self._fail(one, "open", before)
        disk.made_durable(folders)
        self._note((one.job.key, before[one.job.key] if one.status is Status.FAILED else one._entry) for one in waiting)

    def _note(self, news: Iterable[tuple[str, Entry | None]]) -> str:
        """Enter what is new, and add it to the journal; says what hindered that."""
        keys = [key for key, entry in news if self._ledger.note(key, entry)]
        if not keys:
            return ""
        # Where the manifest has no place, a journal would be of no use.
        hindered = disk.obstacle(self.folder, MANIFEST) or disk.add(
            self.folder, JOURNAL, self._ledger.as_lines(keys).encode()
        )
        self._noted = self._noted or not hindered
        return hindered

    def close(self) -> None:
        """Write the manifest whole, if anything is new. Where that cannot be done, the journal stays and counts."""
        if not self._noted or self.dry_run:
            return
        if not disk.write_whole(self.folder, MANIFEST, map(str.encode, self._ledger.as_text())):
            disk.remove(self.folder / JOURNAL)
            self._noted = False

    def discard(self) -> None:
        """Give up what waits: nothing of it was moved, and no trace stays."""
        for one in self._waiting:
            disk.remove(one._part)
        self._waiting.clear()

    def _fail(self, delivery: Delivery, why: str, before: Mapping[str, Entry | None]) -> None:
        failed = _failed(delivery.job, why)
        delivery.status, delivery.file, delivery.problems = failed.status, failed.file, failed.problems

    def left_over(self, targets: Mapping[str, str], forms: Collection[str]) -> list[Problem]:
        """Tell papers of earlier runs that no row asks for any more, and those with an old name; none is deleted.

        `targets` are the files of all jobs by their keys, `forms` the forms (folder and name) that papers could be made
        of now: what was made of others is not told.
        """
        told = [no_memory_of_papers(Place(file=MANIFEST), MANIFEST)] if self._ledger.damaged else []
        besides = [entry.beside for key, entry in self._ledger.papers.items() if key in targets]
        taken = {same_file(name) for name in (*targets.values(), *besides)}
        for key, entry in self._ledger.papers.items():
            if key not in targets and form_of(key) not in forms:
                continue
            names = entry.former if key in targets else (*entry.former, entry.file, entry.beside)
            for old in names:
                if not old or same_file(old) in taken or not (self.folder / old).exists():
                    continue
                taken.add(same_file(old))
                found = self._checksum(old)
                edited = found is not None and not self._ledger.wrote(found)
                told.append(
                    old_paper_left(Place(file=old), old, targets[key], edited=edited) if key in targets
                    else paper_without_row(Place(file=old), old, edited=edited)
                )  # fmt: skip
        return told

    def write(self, name: str, data: Iterable[bytes]) -> Problem | None:
        """Write a file of our own into the folder: see `write_into`."""
        return write_into(self.folder, name, data)


def write_into(folder: Path, name: str, data: Iterable[bytes]) -> Problem | None:
    """Write a file of our own (the report) into a folder, whole or not at all; tells why where it cannot be."""
    hindered = disk.write_whole(folder, name, data)
    return paper_not_written(Place(file=name), name, hindered) if hindered else None


def write_or_stop(target: Path, data: bytes) -> None:
    """Write a file that a command was asked for, whole or not at all; raises CannotContinue where it cannot be."""
    if problem := write_into(target.parent.resolve(), target.name, [data]):
        raise CannotContinue(f"{problem.message} {problem.advice}")


def _failed(job: Addressed, why: str) -> Delivery:
    return Delivery(job, Status.FAILED, job.target, [paper_not_written(Place(file=job.target), job.target, why)])
