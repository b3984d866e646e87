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

from pipeline import disk
from pipeline.delivery import Addressed, Delivery, failed
from pipeline.jobs import Status, form_of
from pipeline.lastrun import JOURNAL
from pipeline.ledger import MANIFEST, REMEMBERED, Entry, Ledger, read_ledger
from pipeline.names import MOST_BESIDE, name_beside, same_file
from pipeline.notices import no_memory_of_papers, old_paper_left, paper_not_written, paper_without_row
from pipeline.problem import CannotContinue, Place, Problem
from pipeline.sayings import NOTHING_SAID, Changed, Said, compared
from pipeline.scans import scan_of, scans_in


@dataclass(slots=True)
class Outbox:
    """The folder of one cohort. Kept: the ledger, and the papers written but not yet moved to their place."""

    folder: Path
    dry_run: bool = False
    _ledger: Ledger = field(default_factory=Ledger)
    _waiting: list[Delivery] = field(default_factory=list)
    _settled: list[Delivery] = field(default_factory=list)
    _noted: bool = False
    _scans: Mapping[str, str] | None = None

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

    def is_signed(self, job: Addressed) -> bool:
        """Say whether a paper was made and signed: the workbook says so, or its scan lies beside it."""
        return not self.is_lost(job) and (job.signed or bool(self.scan(job)))

    def is_lost(self, job: Addressed) -> bool:
        """Say whether nothing is known of a paper, and none lies there: it was never made, or was taken away."""
        return job.key not in self._ledger.papers and not (self.folder / job.target).exists()

    def scan(self, job: Addressed) -> str:
        """Give the file of a paper's scan, also under a former name; empty where there is none."""
        if self._scans is None:
            self._scans = scans_in(self.folder)
        if not self._scans:
            return ""
        known = self._ledger.papers.get(job.key)
        return scan_of(job.target, self._scans) or (scan_of(known.file, self._scans) if known else "")

    def said(self, key: str) -> Mapping[str, str]:
        """Give what a paper said when it was made, by word; nothing where that is not known."""
        known = self._ledger.papers.get(key)
        return self._ledger.sayings.tell(known.said) if known else {}

    def deliver(self, job: Addressed, data: bytes, today: dt.date, said: Said = NOTHING_SAID) -> Delivery:
        """Take a printed paper and what it says: write it beside its place, or find that nothing is to be written.

        What is moved to its place only by `settle`. A signed paper is never touched.
        """
        new, known = disk.checksum(data), self._ledger.papers.get(job.key)
        changed = self._changed(known, said)
        if self.is_signed(job) and (changed or (self.folder / (known.file if known else job.target)).exists()):
            file = known.file if known and (self.folder / known.file).exists() else job.target
            there = self._checksum(file)
            edited = there is not None and not self._ledger.wrote(there)
            signed = Delivery(job, Status.SIGNED, file, edited=edited, changed=changed, first=known, entry=known)
            return self._send(signed, data)
        if why := disk.obstacle(self.folder, job.target):
            return failed(job, why)
        try:
            seen = disk.seen(f"{self.folder}/{job.target}")
            there = disk.checksum_of(f"{self.folder}/{job.target}")
        except OSError:
            return failed(job, "open")
        entry = self._entry(job, known, new, today)
        if there == new or there is None or self._ledger.wrote(there):
            status = Status.UNCHANGED if there == new else Status.WRITTEN
            entry = replace(entry, said=self._ledger.sayings.keep(said))
            remade = status is Status.WRITTEN and known is not None and known.made != new
            return self._send(Delivery(job, status, job.target, remade=remade, changed=changed if remade else (),
                                       seen=seen, first=entry, entry=entry), data)  # fmt: skip
        if known and known.made == new and same_file(known.file) == same_file(job.target):
            waits = bool(known.beside) and self._checksum(known.beside) == new
            file = known.beside if waits else job.target
            kept = Delivery(job, Status.KEPT, file, waits=waits, changed=changed, first=known, entry=known)
            return self._send(kept, data)
        return self._lay_beside(job, data, known, entry, changed)

    def _lay_beside(
        self, job: Addressed, data: bytes, known: Entry | None, entry: Entry, changed: Sequence[Changed]
    ) -> Delivery:
        """Write the new paper beside the one that was edited."""
        beside, seen = self._beside(job.target)
        if not beside:
            return failed(job, "many")
        first = replace(entry, made=known.made if known else "", beside=known.beside if known else "")
        former = tuple(name for name in entry.former if name != beside)
        entry = replace(entry, beside=beside, former=former)
        kept = Delivery(job, Status.KEPT, beside, changed=changed, seen=seen, first=first, entry=entry)
        return self._send(kept, data)

    def _entry(self, job: Addressed, known: Entry | None, new: str, today: dt.date) -> Entry:
        """Word what is to be noted of a paper; what it said stays what the paper in its place said."""
        former = tuple(self._former(known, job.target)) if known else ()
        last = (*(one for one in (known.ours if known else ()) if one != new), new)[-REMEMBERED:]
        older = (self._checksum(name) for name in former)
        return Entry(
            file=job.target, row=str(job.row), first_made=(known and known.first_made) or today.isoformat(), made=new,
            ours=tuple(dict.fromkeys((*(one for one in older if one and self._ledger.wrote(one)), *last))),
            former=former, said=known.said if known else b"",
        )  # fmt: skip

    def _changed(self, known: Entry | None, said: Said) -> Sequence[Changed]:
        """Compare what a paper says now with what the one in its place said, where that is known."""
        if known is None or not known.said or known.said == self._ledger.sayings.keep(said):
            return ()
        return compared(self._ledger.sayings.tell(known.said), said)

    def _checksum(self, name: str) -> str | None:
        """Give the checksum of a file of the folder; none where it is not there or cannot be read."""
        with contextlib.suppress(OSError):
            return disk.checksum_of(self.folder / name)
        return None

    def _former(self, known: Entry, target: str) -> list[str]:
        """List the files of earlier names that still lie there, and the one that lay beside an edited paper."""
        names = dict.fromkeys(name for name in (*known.former, known.file, known.beside) if name)
        return [name for name in names if same_file(name) != same_file(target) and (self.folder / name).exists()]

    def _beside(self, target: str) -> tuple[str, tuple[int, ...] | None]:
        """Name the paper that goes beside an edited one: `… (new)`, replaced while untouched, else `… (new 2)`.

        Gives besides how what lies there looks; no name where a hundred edited ones lie there.
        """
        for number in range(1, MOST_BESIDE + 1):
            name = name_beside(target, number)
            with contextlib.suppress(OSError):
                seen = disk.seen(self.folder / name)
                there = disk.checksum_of(self.folder / name)
                if not disk.obstacle(self.folder, name) and (there is None or self._ledger.wrote(there)):
                    return name, seen
        return "", None

    def _send(self, delivery: Delivery, data: bytes) -> Delivery:
        if delivery.moves and not self.dry_run:
            try:
                delivery.part = disk.write_part(self.folder, delivery.file, data)
            except OSError as wrong:
                return failed(delivery.job, disk.reason(wrong))
        self._waiting.append(delivery)
        return delivery

    def settle(self) -> None:
        """Move every paper that waits to its place: all are safe on the disk, then noted, then moved."""
        waiting, self._waiting = self._waiting, []
        self._settled += waiting
        if self.dry_run:
            return
        parts = {one.part: one for one in waiting if one.part}
        try:
            self._move(waiting, parts)
        finally:
            for part, one in parts.items():
                if one.part:  # it was not moved
                    disk.remove(part)

    def settled(self, *, wait: bool = False) -> list[Delivery]:
        """Give what has been settled since this was asked last; with `wait`, all that was to be settled."""
        settled, self._settled = self._settled, []
        return settled

    def _move(self, waiting: Sequence[Delivery], parts: dict[str, Delivery]) -> None:
        before = {one.job.key: self._ledger.papers.get(one.job.key) for one in waiting}
        for part in disk.made_durable(parts):
            _fail(parts[part], "disk")
        if hindered := self._note((one.job.key, one.first) for one in waiting if one.status is not Status.FAILED):
            for one in waiting:
                self._ledger.note(one.job.key, before[one.job.key])
            for one in parts.values():
                _fail(one, "full" if hindered == "full" else "disk")
            return
        folders = set()
        for part, one in parts.items():
            if one.status is Status.FAILED:
                continue
            try:
                if disk.seen(f"{self.folder}/{one.file}") != one.seen:  # somebody saved it while papers were printed
                    _fail(one, "open")
                    continue
                disk.move(part, self.folder, one.file)
                one.part = None
                self._take_away_older(one, before[one.job.key])
                folders.add(f"{self.folder}/{one.file}".rpartition("/")[0])
            except OSError:
                _fail(one, "open")
        disk.made_durable(folders)
        self._note((one.job.key, before[one.job.key] if one.status is Status.FAILED else one.entry) for one in waiting)

    def _take_away_older(self, one: Delivery, before: Entry | None) -> None:
        """Take away the paper that lay beside an edited one, once she took hers away and the new one has its place."""
        if one.status is Status.WRITTEN and before and before.beside and before.beside != one.file:
            there = self._checksum(before.beside)
            if there is not None and self._ledger.wrote(there):
                disk.remove(self.folder / before.beside)

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
            disk.remove(one.part)
        self._waiting.clear()

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


def _fail(delivery: Delivery, why: str) -> None:
    lost = failed(delivery.job, why)
    delivery.status, delivery.file, delivery.problems = lost.status, lost.file, lost.problems


def write_into(folder: Path, name: str, data: Iterable[bytes]) -> Problem | None:
    """Write a file of our own (the report) into a folder, whole or not at all; tells why where it cannot be."""
    hindered = disk.write_whole(folder, name, data)
    return paper_not_written(Place(file=name), name, hindered) if hindered else None


def write_or_stop(target: Path, data: bytes) -> None:
    """Write a file that a command was asked for, whole or not at all; raises CannotContinue where it cannot be."""
    if problem := write_into(target.parent.resolve(), target.name, [data]):
        raise CannotContinue(f"{problem.message} {problem.advice}")
