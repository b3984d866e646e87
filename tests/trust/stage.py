"""A stage for trials of runs: a working folder with papers of an earlier run, work of the officer's, and changed data."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.lastrun import BEGUN, FILE, JOURNAL
from pipeline.ledger import MANIFEST
from pipeline.room import Room
from pipeline.turns import LOCK
from tests import desk

COHORT = "CZ-2027-Spring"
FORMS = {
    "Card": ["{{ learner.name }}, {{ learner.date_of_birth }}", "{{ host.name }}", "{{ today }}"],
    "List": ["{{ partner.name }}", "{% for learner in learners %}{{ learner.name }} {% endfor %}", "{{ today }}"],
}
TELLS_OF_ITS_RUN = ("report.html", FILE)
"""What may differ after a run that was cut short: it tells what the last run did, and what is new since the one before."""

FOREIGN = {"Cohort / Date of signature": "2027-01-15", "Cohort / Templates": "mine"}
CHANGED = FOREIGN | {"Cohort / Date of signature": "2027-02-20"}
HERS = b"typed by the officer"


def ecvet(folder: Path, *words: str, env: Mapping[str, str] | None = None, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run the program as an officer does."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *words], cwd=folder, capture_output=True, text=True, check=False, timeout=timeout,
        env=environment(env), stdin=subprocess.DEVNULL,
    )  # fmt: skip


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(desk.ROOT), "PYTHONDONTWRITEBYTECODE": "1", **(more or {})}


def sums(folder: Path) -> dict[str, str]:
    """Give the checksum of every file of a folder, links by where they lead."""
    found = {}
    for above, _, files in os.walk(folder):
        for name in files:
            path = Path(above, name)
            with contextlib.suppress(FileNotFoundError):  # the second process of a killed run may still be putting away
                data = f"link to {path.readlink()}".encode() if path.is_symlink() else path.read_bytes()
                found[path.relative_to(folder).as_posix()] = hashlib.sha256(data).hexdigest()
    return found


def stamps(*folders: Path) -> dict[str, tuple[int, int, str]]:
    """Give size, time and checksum of every file of these folders."""
    return {
        str(path): (path.stat().st_size, path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()
    }  # fmt: skip


def leftovers(folder: Path) -> list[str]:
    """Name what a run must never leave behind."""
    return [
        path.relative_to(folder).as_posix() for path in folder.rglob("*")
        if path.name.endswith(".part") or path.name in (JOURNAL, LOCK, BEGUN)
    ]  # fmt: skip


def lasting(found: Mapping[str, str]) -> dict[str, str]:
    """Leave of the files of output/ those that are the same whatever happened to the run before."""
    return {name: its for name, its in found.items() if name.rpartition("/")[2] not in TELLS_OF_ITS_RUN and "Overview" not in name}


def under_their_names(found: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """Call a paper “(new)” again that had to be laid as “(new 2)”; says whether there was one.

    Where nobody can find out whose file lies under a name, the next free one is taken, and nothing is lost.
    """
    plain = {name: re.sub(r" \(new \d+\)(?=\.docx$)", " (new)", name) for name in found}
    moved = {name: at for name, at in plain.items() if at != name and at not in found}
    return {moved.get(name, name): its for name, its in found.items()}, bool(moved)


def is_whole(path: Path) -> bool:
    """Say whether a package can be read to its end."""
    try:
        with zipfile.ZipFile(path) as package:
            return package.testzip() is None and "[Content_Types].xml" in package.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A working folder to copy: papers of January, some edited, and a workbook of February.

    `hers` are the files of output/ that the officer worked in; `before` all that lay there, `after` what lies there when
    a run over the changed workbook was not disturbed.
    """

    folder: Path
    hers: tuple[str, ...]
    before: Mapping[str, str]
    after: Mapping[str, str]

    def copied(self, target: Path) -> Room:
        shutil.copytree(self.folder, target, symlinks=True)
        return Room(target)

    def harmed(self, output: Path) -> list[str]:
        """Name what was broken, lost or written over in output/, after a run that may have been cut short."""
        now, _ = under_their_names(sums(output))
        wrong = [f"{name}: her work is lost" for name in self.hers if now.get(name) != self.before[name]]
        for name, its in now.items():
            if name.endswith(".docx") and name not in self.hers and its not in (self.before.get(name), self.after.get(name)):
                wrong.append(f"{name}: neither the old nor the new one{'' if is_whole(output / name) else ', and broken'}")
        wrong += [f"{name}: lost" for name in self.before if name.endswith(".docx") and name not in now]
        return wrong

    def unlike(self, output: Path) -> list[str]:
        """Name what differs from what an undisturbed run leaves, and what was left behind."""
        found, moved = under_their_names(sums(output))
        now, expected = lasting(found), lasting(self.after)
        if moved:  # the notes name the papers as they are called now
            now[f"{COHORT}/{MANIFEST}"] = expected[f"{COHORT}/{MANIFEST}"]
        wrong = [f"{name}: left behind" for name in leftovers(output)]
        names = {name for name in (*now, *expected) if now.get(name) != expected.get(name)} - set(leftovers(output))
        wrong += [f"{name}: {'missing' if name not in now else 'too much' if name not in expected else 'different'}" for name in sorted(names)]
        whole = {name for name in self.after if name.endswith(TELLS_OF_ITS_RUN) or "Overview" in name}
        return wrong + [f"{name}: missing" for name in whole if not (output / name).exists()]


@contextlib.contextmanager
def scene(
    *, forms: Mapping[str, list[str]] | None = None, without: tuple[str, ...] = (), before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None, write: Callable[[Path, Mapping[str, object]], object] | None = None,
    words: tuple[str, ...] = ("run",), runs: Callable[[Path], object] | None = None,
) -> Iterator[Scene]:  # fmt: skip
    """Set a scene: a run in January, an edited paper, one that was taken away, one signed, and the workbook of February."""
    with tempfile.TemporaryDirectory(prefix="ecvet-trial-") as made:
        folder = Path(made) / "scene"
        room = desk.room(folder, official=False, forms=forms or FORMS)
        write = write or (lambda path, cells: desk.workbook(path, cells, without=without))
        run = runs or (lambda where: forked(where, words))
        write(room.input / "spring.xlsx", {**FOREIGN, **(before or {})})
        run(folder)
        papers = sorted(path for path in (room.output / COHORT).glob("Card - *.docx"))
        edited, gone, signed = papers[0], papers[1], papers[2] if len(papers) > 2 else papers[0]
        edited.write_bytes(edited.read_bytes() + HERS)
        gone.unlink()
        scan = signed.with_name(f"{signed.stem} signed.pdf")
        scan.write_bytes(b"%PDF-1.4 a scan")
        own = room.output / COHORT / "notes of hers.txt"
        own.write_bytes(HERS)
        write(room.input / "spring.xlsx", {**CHANGED, **(after or {})})
        lay = Path(made) / "undisturbed"
        shutil.copytree(folder, lay, symlinks=True)
        run(lay)
        hers = tuple(path.relative_to(room.output).as_posix() for path in {edited, signed, scan, own})
        yield Scene(folder=folder, hers=hers, before=sums(room.output), after=sums(lay / "output"))


# -- a run in a process of its own, from a program that is loaded already ------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How a run ended: its exit code (negative: the signal that killed it), and what it said."""

    code: int
    said: str


def forked(folder: Path, words: tuple[str, ...], first: Callable[[], object] = lambda: None) -> Ended:
    """Run a command in a copy of this very process, after `first` was called there: no program is to be loaded."""
    sys.stdout.flush()
    sys.stderr.flush()
    with tempfile.TemporaryFile() as heard:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                os.dup2(heard.fileno(), 1)
                os.dup2(heard.fileno(), 2)
                sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", buffering=0, closefd=False), "utf-8", write_through=True)
                sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", buffering=0, closefd=False), "utf-8", write_through=True)
                os.chdir(folder)
                first()
                code = _command(words)
            except BaseException as fault:  # told as the end of the run
                os.write(2, f"Traceback: {type(fault).__name__}: {fault}".encode())
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        heard.seek(0)
        return Ended(code=code, said=heard.read().decode("utf-8", "replace"))


def _command(words: tuple[str, ...]) -> int:
    from pipeline.cli import main

    sys.argv = ["ecvet", *words]
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0
