"""A learner is forgotten: her papers, and what the program noted of them, are taken out of output/ (floor 6).

This is the one command that deletes papers. It says what it will take away, and does so only when it is told to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline import disk
from pipeline.beyond import BEYOND, NOTES, keep_credentials, read_credentials
from pipeline.guard import Refused
from pipeline.lastrun import BEGUN, FILE, JOURNAL, LastRun, read_last
from pipeline.learner_register import read_learner_register
from pipeline.ledger import MANIFEST, Ledger, read_ledger
from pipeline.made import REPORT
from pipeline.model import Achievement
from pipeline.names import same_file
from pipeline.problem import CannotContinue, is_of_results
from pipeline.returned.keeping import without
from pipeline.room import FORMER, Room
from pipeline.scans import scans_in
from pipeline.sentences import listed
from pipeline.spelling import bare, same_id

_OF_A_PAPER = re.compile(r"( \(new( \d+)?\))?([ _-]+signed( ?\(\d+\))?)?\.(docx|pdf)", re.IGNORECASE)
"""What may follow the name of a paper: the one beside it, its PDF, its scan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What is known of a learner in one cohort: the keys of her papers, and the files that will be taken away.

    `shared` are files that name others too, and come again with the next run: the report, the overview, marked copies.
    `remarks` say of a file what she may want to keep it for. `credentials` are the names under which hers are noted.
    `rows` are workbooks of collected results as they will be without her rows; in those of `theirs` somebody worked, so
    that they are left as they are.
    """

    folder: Path
    keys: Sequence[str]
    files: Sequence[str]
    shared: Sequence[str]
    remarks: Mapping[str, str]
    credentials: Sequence[str] = ()
    rows: Mapping[str, bytes] = field(default_factory=dict)
    theirs: Sequence[str] = ()


def traces(output: Path, learner: str) -> list[Traces]:
    """Find what is known of a learner, by Learner ID or by name, in every cohort's folder."""
    return [
        found for folder in sorted(output.iterdir() if output.is_dir() else ())
        if _is_a_cohorts(folder) and (found := _traces(folder, learner))
    ]  # fmt: skip


def _is_a_cohorts(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() or (folder / BEYOND / NOTES).is_file()


def _traces(folder: Path, learner: str) -> Traces | None:
    ledger, noted = read_ledger(folder), read_credentials(folder)
    keys = [key for key in ledger.papers if _is_hers(key, learner)]
    credentials = {f"{BEYOND}/{name}": one for name, one in noted.items() if _is_hers(one.whose, learner)}
    if not keys and not credentials:
        return None
    files: dict[str, str] = {}
    for entry in (ledger.papers[key] for key in keys):
        for name in filter(None, (entry.file, entry.beside, *entry.former)):
            for file in _with_what_belongs(folder, name):
                files.setdefault(same_file(file), file)
    files |= {same_file(file): file for file in credentials if (folder / file).is_file()}
    last = read_last(folder)
    extras = sorted(last.extras) if last else []
    shared = [name for name in (REPORT, FILE, *extras) if (folder / name).is_file()]
    shared = [name for name in shared if not is_of_results(name)]
    remarks = {file: _remark(folder, file, ledger, last) for file in (*files.values(), *shared)}
    for file, one in credentials.items():
        with suppress(OSError):
            if file in remarks and disk.checksum_of(folder / file) != one.checksum:
                remarks[file] = "you worked in it"
    rows, theirs = _collected(folder, learner, last)
    return Traces(
        folder=folder, keys=keys, files=sorted(files.values()), shared=shared, remarks=remarks, rows=rows,
        theirs=theirs, credentials=tuple(file.partition("/")[2] for file in credentials),
    )  # fmt: skip


def _collected(folder: Path, learner: str, last: LastRun | None) -> tuple[dict[str, bytes], list[str]]:
    """Find her rows in workbooks of collected results: those to be written anew without them, and the officer's own."""
    anew: dict[str, bytes] = {}
    theirs = []
    for path in (each for each in sorted(folder.glob("*.xlsx")) if is_of_results(each.name)):
        with suppress(Refused, OSError):
            data = without(path, learner)
            if data and last and disk.checksum_of(path) == last.extras.get(path.name):
                anew[path.name] = data
            elif data:
                theirs.append(path.name)
    return anew, theirs


def _remark(folder: Path, file: str, ledger: Ledger, last: LastRun | None) -> str:
    """Say of a file that it is a scan, or that somebody worked in it."""
    if any(file == scan for scan in scans_in(folder).values()):
        return "a scan of what was signed"
    laid = last.extras.get(file) if last else None
    with suppress(OSError):
        there = disk.checksum_of(folder / file)
        worked_in = there != laid if laid else file.endswith(".docx") and not ledger.wrote(there or "")
        return "you worked in it" if worked_in else ""
    return ""


def _is_hers(key: str, learner: str) -> bool:
    """Say whether a paper is hers: the key begins with her ID, or with her name and date of birth."""
    whose = key.partition("|")[0]
    person, mobility, _ = whose.rpartition("#")
    if not mobility:
        return False
    name, _, _ = person.partition("*")
    words = learner.split()
    turned = [bare(" ".join((*words[at:], *words[:at]))) for at in range(len(words))]
    return person == same_id(learner) or ("*" in person and name in turned)


def _with_what_belongs(folder: Path, name: str) -> list[str]:
    """List a paper and what lies beside it and is of it: newer versions, its PDF, its scan."""
    path = folder / name
    stem = path.name.removesuffix(".docx")
    found = [
        each for each in (path.parent.iterdir() if path.parent.is_dir() else ())
        if same_file(each.name).startswith(same_file(stem)) and _OF_A_PAPER.fullmatch(each.name[len(stem):])
    ]  # fmt: skip
    return [each.relative_to(folder).as_posix() for each in found if each.is_file() and not each.is_symlink()]


def registered(room: Room, learner: str) -> str:
    """Say where a learner still stands in the learner register; empty where she does not, or there is none.

    It is the officer's own workbook, so nothing is taken out of it.
    """
    path = room.learner_register
    register = read_learner_register(path)
    if register and register.problems:
        return f"“{path.name}” could not be read. Look yourself whether “{learner}” stands in it."
    rows = [one.origin.row or 0 for one in register.achievements if _is_named(one, learner)] if register else []
    former = room.input.is_dir() and any(each.name.casefold().startswith(FORMER) for each in room.input.iterdir())
    versions = f", and of its former versions “{FORMER}…” too" if former else ""
    if register and rows:
        where = f"{'rows' if len(rows) > 1 else 'row'} {listed([str(row) for row in rows])}"
        return (
            f"“{learner}” still stands in “{path.name}”, sheet {register.sheet}, {where}. It is yours and is not "
            f"changed: take her out of it{versions}, if what she achieved is to be forgotten too."
        )
    return f"Former versions of “{path.name}” may still name “{learner}”: look there too." if former else ""


def _is_named(one: Achievement, learner: str) -> bool:
    """Say whether a row of the learner register is hers, by Learner ID or by name in either order."""
    names = {bare(f"{one.given_names} {one.family_name}"), bare(f"{one.family_name} {one.given_names}")}
    return bare(learner) in names or (bool(one.learner_id) and same_id(one.learner_id or "") == same_id(learner))


def forget(found: Traces) -> None:
    """Take away all traces of a learner in one cohort. Raises CannotContinue where a file cannot be taken away."""
    ledger = read_ledger(found.folder)
    names = {name for key in found.keys for name in _names(ledger, key)}
    for file in (*found.files, *found.shared):
        path = found.folder / file
        disk.remove(path)
        if path.exists():
            raise CannotContinue(f"“{path}” could not be deleted. Close it where it is open, and try again.")
    for name, data in found.rows.items():  # the note tells the next run that it is ours
        noted = disk.add(found.folder, BEGUN, f"{json.dumps([name, disk.checksum(data)])}\n".encode())
        if hindered := noted or disk.write_whole(found.folder, name, data):
            raise CannotContinue(f"“{found.folder / name}” could not be written ({hindered}). Try again.")
    if found.credentials:
        others = {name: one for name, one in read_credentials(found.folder).items() if name not in found.credentials}
        if hindered := keep_credentials(found.folder, others):
            raise CannotContinue(f"“{found.folder / BEYOND / NOTES}” could not be written ({hindered}). Try again.")
    if not found.keys:
        return
    for key in found.keys:
        ledger.papers.pop(key, None)
    for key, entry in ledger.papers.items():  # lists that name her are written anew by the next run
        if any(name in text for text in ledger.sayings.tell(entry.said).values() for name in names):
            ledger.papers[key] = replace(entry, said=b"")
    if hindered := disk.write_whole(found.folder, MANIFEST, map(str.encode, ledger.as_text())):
        raise CannotContinue(f"“{found.folder / MANIFEST}” could not be written ({hindered}). Try again.")
    with suppress(OSError):
        (found.folder / JOURNAL).unlink()


def _names(ledger: Ledger, key: str) -> list[str]:
    """Give the names by which her papers call her."""
    said = ledger.sayings.tell(ledger.papers[key].said)
    return [said[word] for word in ("learner.name", "learner.family_name") if said.get(word)]
