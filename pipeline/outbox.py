"""What leaves the house: papers written whole or not at all, and never over what a person typed (floor 5).

A paper is written beside its place under the name `….part`, then moved over it, so a paper is always the old one or the
new one. The manifest remembers the checksum of what was last written: a file with another checksum was edited by hand
and is left alone; what is new goes beside it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.plan import Job, Status
from pipeline.problem import CannotContinue, Place, Problem, Severity, fault

MANIFEST = "manifest.json"
PART = ".part"


@fault("T401", Severity.NOTICE)
def old_paper_left(old: str, new: str) -> str:
    """A paper has a new name (a name was corrected, say), and the old one still lies there.

    Advice: Delete the old paper if nobody needs it.
    Basis: data (contract, section 4)
    """
    return f"“{old}” was made earlier for what is now “{new}”."


@fault("T402", Severity.NOTICE)
def paper_without_row(file: str) -> str:
    """A paper lies in the folder whose row is no longer in the workbook, or gets no papers any more.

    Advice: Keep it or delete it; nothing is deleted by itself.
    Basis: data (contract, section 4)
    """
    return f"“{file}” was made earlier and no longer belongs to the cohort."


@fault("T403")
def paper_not_written(file: str, why: str) -> tuple[str, str]:
    """A paper could not be written to the disk.

    Most often it is open in Word, which keeps others from changing it.

    Advice: Close the paper in Word, look whether the disk is full, and run again.
    Basis: data (contract, section 4)
    """
    if why == "open":
        return f"“{file}” could not be replaced; another program seems to have it open.", "Close it and run again."
    if why == "link":
        return f"In place of “{file}” lies a link, and nothing is written through links.", "Delete it and run again."
    return f"“{file}” could not be written.", "Look whether the disk is full or may not be written to, and run again."


@dataclass(slots=True)
class Delivery:
    """A paper on its way: where it goes, what will become of it, and the part file that waits to be moved."""

    job: Job
    status: Status
    file: str
    problems: list[Problem] = field(default_factory=list)
    _part: Path | None = None
    _entry: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Outbox:
    """The folder of one cohort. Kept: the manifest, and the papers written but not yet moved to their place."""

    folder: Path
    dry_run: bool = False
    _papers: dict[str, dict[str, Any]] = field(default_factory=dict)
    _waiting: list[Delivery] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._papers = _manifest(self.folder / MANIFEST)

    def first_made(self, key: str) -> dt.date | None:
        """Say when a paper was first made: the date that `today` keeps."""
        try:
            return dt.date.fromisoformat(str(self._papers[key]["first_made"]))
        except (KeyError, ValueError):
            return None

    def deliver(self, job: Job, data: bytes, today: dt.date) -> Delivery:
        """Take a printed paper: write it beside its place, or find that nothing needs to be written.

        What is moved to its place only by `settle`.
        """
        new = _checksum(data)
        entry = self._papers.get(job.key, {})
        first = entry.get("first_made") or today.isoformat()
        path = self.folder / job.target
        if _is_link(self.folder, path):
            return self._failed(job, "link")
        there = _checksum_of(path)
        ours = entry.get("written") if entry.get("file") == job.target else None
        if there in (None, ours, new):
            status = Status.UNCHANGED if there == new else Status.WRITTEN
            kept = {"file": job.target, "written": new, "made": new, "first_made": first}
            former = entry.get("file")
            if former and former != job.target and (self.folder / former).exists():
                kept["former"] = [*entry.get("former", []), former]
            elif entry.get("former"):
                kept["former"] = entry["former"]
            return self._send(job, status, job.target, data, kept)
        if entry.get("made") == new:
            return self._send(job, Status.KEPT, job.target, data, entry)
        beside = self._beside(job.target, entry.get("beside", {}))
        kept = {"written": "", **entry, "file": job.target, "made": new, "first_made": first}
        kept["beside"] = {"file": beside, "written": new}
        return self._send(job, Status.KEPT, beside, data, kept)

    def _beside(self, target: str, last: dict[str, str]) -> str:
        """Name the paper that goes beside an edited one: `… (new)`, replaced while untouched, else `… (new 2)`."""
        stem = target.removesuffix(".docx")
        number = 1
        while True:
            name = f"{stem} (new).docx" if number == 1 else f"{stem} (new {number}).docx"
            there = _checksum_of(self.folder / name)
            if there is None or (last.get("file") == name and last.get("written") == there):
                return name
            number += 1

    def _send(self, job: Job, status: Status, file: str, data: bytes, entry: dict[str, Any]) -> Delivery:
        delivery = Delivery(job, status, file, _entry=entry)
        if not self.dry_run and (status is Status.WRITTEN or (status is Status.KEPT and file != job.target)):
            try:
                delivery._part = _write_part(self.folder / file, data)
            except OSError:
                return self._failed(job, "disk")
        self._waiting.append(delivery)
        return delivery

    def _failed(self, job: Job, why: str) -> Delivery:
        place = Place(file=job.target, sheet=job.row.sheet, cell=job.row.cell, row=job.row.row)
        return Delivery(job, Status.FAILED, job.target, [paper_not_written(place, job.target, why)])

    def settle(self) -> None:
        """Move every paper that waits to its place: first all are safe on the disk, then they are moved, then noted."""
        if self.dry_run:
            self._waiting.clear()
            return
        for delivery in self._waiting:
            if delivery._part:
                _make_durable(delivery._part)
        for delivery in self._waiting:
            if delivery._part:
                try:
                    delivery._part.replace(self.folder / delivery.file)
                except OSError:
                    delivery._part.unlink(missing_ok=True)
                    failed = self._failed(delivery.job, "open")
                    delivery.status, delivery.problems = failed.status, failed.problems
                    continue
            self._papers[delivery.job.key] = delivery._entry
        if self._waiting:
            self._write_manifest()
        self._waiting.clear()

    def left_over(self, jobs: list[Job]) -> list[Problem]:
        """Tell papers of earlier runs that no row asks for any more, and those with an old name; none is deleted."""
        told = []
        keys = {job.key: job for job in jobs}
        for key, entry in self._papers.items():
            place = Place(file=str(entry.get("file", "")))
            if key not in keys and (self.folder / str(entry.get("file", "-"))).exists():
                told.append(paper_without_row(place, str(entry["file"])))
            told += [
                old_paper_left(Place(file=old), old, keys[key].target)
                for old in entry.get("former", []) if key in keys and (self.folder / old).exists()
            ]  # fmt: skip
        return told

    def write(self, name: str, text: str) -> Path:
        """Write a text of our own (the report) into the folder, whole or not at all.

        Raises CannotContinue where the folder cannot be written to.
        """
        path = self.folder / name
        try:
            part = _write_part(path, text.encode())
            _make_durable(part)
            part.replace(path)
        except OSError as wrong:
            raise CannotContinue(f"{path} could not be written. Close it where it is open, and run again.") from wrong
        return path

    def _write_manifest(self) -> None:
        papers = dict(sorted(self._papers.items()))
        self.write(MANIFEST, json.dumps({"version": 1, "papers": papers}, ensure_ascii=False, indent=1) + "\n")


def _manifest(path: Path) -> dict[str, dict[str, Any]]:
    """Read what was made earlier; a manifest that cannot be read counts as none, so that no file is taken for ours."""
    try:
        papers = json.loads(path.read_text("utf-8"))["papers"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    if not isinstance(papers, dict):
        return {}
    return {str(key): entry for key, entry in papers.items() if isinstance(entry, dict)}


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _checksum_of(path: Path) -> str | None:
    """Give the checksum of a file, None where there is none; a file that cannot be read counts as somebody's work."""
    try:
        return _checksum(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return "unreadable"


def _is_link(folder: Path, path: Path) -> bool:
    return any(part.is_symlink() for part in (path, *path.parents) if part.is_relative_to(folder))


def _write_part(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    part.unlink(missing_ok=True)
    with part.open("xb") as stream:
        stream.write(data)
    return part


def _make_durable(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno()) if os.name != "nt" else None
