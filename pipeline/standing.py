"""What stands where: of each cohort, which papers are made, left as edited, signed, not made, or gone (floor 6).

Nothing is read of the workbooks: what was made is in the ledger, what became of it lies in the folder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline import disk
from pipeline.jobs import AMENDMENT, Status
from pipeline.lastrun import FILE, LastRun, read_last
from pipeline.ledger import MANIFEST, Entry, Ledger, read_ledger
from pipeline.names import LONGEST_FOLDER, safe_name
from pipeline.scans import scan_of, scans_in


class Stand(StrEnum):
    """How a paper stands."""

    MADE = "made"
    EDITED = "left as edited"
    SIGNED = "signed"
    HELD = "not made"
    GONE = "missing"
    EARLIER = "earlier amendments"
    OTHER = "of another set of forms"
    OLD = "no longer asked for"


WORDS: Mapping[Stand, tuple[str, str]] = {
    Stand.MADE: ("as it was made", "as they were made"),
    Stand.EDITED: ("left as you edited it", "left as you edited them"),
    Stand.SIGNED: ("signed", "signed"),
    Stand.HELD: ("not made, or not made anew", "not made, or not made anew"),
    Stand.GONE: ("was made, and is not there any more", "were made, and are not there any more"),
    Stand.EARLIER: ("an earlier amendment, to be kept", "earlier amendments, to be kept"),
    Stand.OTHER: ("made with another set of forms", "made with another set of forms"),
    Stand.OLD: ("belongs to nobody any more", "belong to nobody any more"),
}
"""How papers stand, in words: of one, and of several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a cohort stands: its papers by how they stand, each by its file; the day of its last run, and its workbook.

    `beside` are the new papers that wait beside edited ones; `newer` says that the workbook was changed since. `folder`
    is the folder's name where it is not called as the cohort is.
    """

    name: str
    folder: str
    workbook: str
    on: dt.date | None
    papers: Mapping[Stand, Sequence[str]]
    beside: Sequence[str]
    newer: bool


def standings(output: Path, workbooks: Iterable[Path]) -> Iterator[Standing]:
    """Tell how each cohort with a folder in output/ stands, in the order of their names."""
    by_name = {path.name: path for path in workbooks}
    for folder in sorted(output.iterdir()) if output.is_dir() else ():
        if (folder / MANIFEST).is_file() or (folder / FILE).is_file():
            yield _standing(folder, by_name)


def not_run(output: Path, workbooks: Iterable[Path]) -> list[str]:
    """Name the workbooks in input/ of which no run is known."""
    known = {last.workbook for folder in output.glob("*") if (last := read_last(folder))}
    return [path.name for path in workbooks if path.name not in known]


def _standing(folder: Path, workbooks: Mapping[str, Path]) -> Standing:
    ledger, last = read_ledger(folder), read_last(folder)
    found: dict[Stand, list[str]] = {stand: [] for stand in Stand}
    beside = []
    seen, scans = set(), scans_in(folder)
    for key, file, stand in _papers(folder, ledger, last, scans):
        seen.add(key)
        found[stand].append(file)
        entry = ledger.papers.get(key)
        if entry and entry.beside and (folder / entry.beside).exists():
            beside.append(entry.beside)
    whose = {key.partition("|")[0] for key in seen}
    for key, entry in ledger.papers.items():
        if key not in seen and (folder / entry.file).exists():
            found[_unasked(key, entry, whose, scans)].append(entry.file)
    name = (last and last.name) or folder.name
    usual = safe_name(name, longest=LONGEST_FOLDER)
    return Standing(
        name=name, folder="" if folder.name == usual else folder.name,
        workbook=last.workbook if last else "", on=last.on if last else None,
        papers={stand: sorted(files) for stand, files in found.items()}, beside=sorted(beside),
        newer=_is_newer(workbooks.get(last.workbook) if last else None, folder / FILE),
    )  # fmt: skip


def _unasked(key: str, entry: Entry, whose: Collection[str], scans: Mapping[str, str]) -> Stand:
    """Say how a paper stands that the last run did not ask for: one before the amendment of now, or of another set."""
    if key.partition("|")[0] not in whose:
        return Stand.OLD
    if not AMENDMENT.search(key):
        return Stand.OTHER
    return Stand.SIGNED if scan_of(entry.file, scans) else Stand.EARLIER


def _papers(
    folder: Path, ledger: Ledger, last: LastRun | None, scans: Mapping[str, str]
) -> Iterator[tuple[str, str, Stand]]:
    """Give the papers that the last run asked for; where it is not known, all that were ever made."""
    if last is None:
        for key, entry in ledger.papers.items():
            yield key, entry.file, _lies(folder, entry, ledger, scans)
        return
    for outcome in last.outcomes:
        job, known = outcome.job, ledger.papers.get(outcome.job.key)
        if outcome.status in (Status.HELD, Status.FAILED):
            yield job.key, job.target, Stand.HELD
        elif known is None:
            yield job.key, job.target, Stand.SIGNED if outcome.status is Status.SIGNED else Stand.GONE
        else:
            stand = _lies(folder, known, ledger, scans)
            signed = outcome.status is Status.SIGNED and stand is not Stand.GONE
            yield job.key, known.file, Stand.SIGNED if signed else stand


def _lies(folder: Path, entry: Entry, ledger: Ledger, scans: Mapping[str, str]) -> Stand:
    there = None
    with suppress(OSError):
        there = disk.checksum_of(folder / entry.file)
    if there is None:
        return Stand.GONE
    if scan_of(entry.file, scans):
        return Stand.SIGNED
    return Stand.MADE if ledger.wrote(there) else Stand.EDITED


def _is_newer(workbook: Path | None, than: Path) -> bool:
    """Say whether a workbook, or a file of a cohort kept in several, was changed after the last run."""
    with suppress(OSError):
        since = than.stat().st_mtime
        files = workbook.iterdir() if workbook and workbook.is_dir() else filter(None, [workbook])
        return any(file.stat().st_mtime > since for file in files)
    return False
