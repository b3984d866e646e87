"""Nothing is lost: runs are killed, their every step on the disk fails, the disk is full, and things are planted in output/.

What must hold each time: every paper is the old one or the new one, whole; nothing of the officer's is written over; where
something was not written a sentence says so; and the next run makes what a run makes that was not disturbed.
"""

from __future__ import annotations

import builtins
import errno
import io
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.room import Room
from pipeline.turns import LOCK
from tests import desk
from tests.crowd import crowd
from tests.trust import stage
from tests.trust.board import Row
from tests.trust.stage import COHORT, Ended, Scene, ecvet, environment, forked, scene, sums

SEED = 20270115
TOLD = ("T403", "T421", "could not be", "cannot be", "Nothing can be written", "was not written", "Another run", "is not as this program made it")
"""Pieces of the sentences that tell of what was not written."""
Found = tuple[str, list[str]]
"""What an attempt met (empty where there was nothing to meet), and what is wrong."""


def rows(quick: bool) -> Iterator[Row]:
    warm()
    yield from kills(20 if quick else 440)
    if not quick:
        yield from kills(60, large=True)
    yield from faults(quick=quick, most=16 if quick else 0)
    yield full_disk(quick=quick)
    yield planted()
    yield collisions(1 if quick else 20)
    yield stale()


def warm() -> None:
    """Load the program, so that a copy of this process is at work at once."""
    import pipeline.cli
    import pipeline.counter
    import pipeline.marking
    import pipeline.pdf
    import pipeline.watch  # noqa: F401 - to be loaded is all

    with tempfile.TemporaryDirectory() as made:
        room = desk.room(Path(made), official=False, forms=stage.FORMS)
        desk.workbook(room.input / "spring.xlsx", stage.FOREIGN | {"Learners / L03 / E-mail": "nobody"})
        desk.make(room)
        desk.make(room)


# -- kill -9 -------------------------------------------------------------------------------------------------------------


def kills(number: int, *, large: bool = False, seed: int = SEED) -> Iterator[Row]:
    """Kill real runs over changed data at random moments; some from the moment they begin to write."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    harmed: list[str] = []
    unlike: list[str] = []
    writing = done = 0

    few = tuple(f"Learners / L{at:02}" for at in range(6, 13)) if number < 100 else ()

    def write(path: Path, cells: Any) -> Path:
        day = cells["Cohort / Date of signature"]
        return crowd(path, 400, name=lambda at: (f"{day} {at}", "Ann")) if large else desk.workbook(path, cells, without=few)

    words = ("run", "--templates", "mine")
    with scene(write=write, words=words) as set_up:
        room = set_up.copied(set_up.folder.parent / "timed")
        started = time.perf_counter()
        ecvet(room.folder, *words)
        takes = time.perf_counter() - started
        for count in range(number):
            room = set_up.copied(set_up.folder.parent / "killed")
            after = chance.uniform(0, takes) if count % 2 else None
            was_writing, ended = _killed(room, words, after, chance.uniform(0, takes / 2))
            writing, done = writing + was_writing, done + ended
            what = f"kill {count + 1} of {number} (seed {seed})"
            harmed += [f"{what}: {each}" for each in set_up.harmed(room.output)]
            again = forked(room.folder, words) if count % 5 or large or number < 100 else _as_ended(ecvet(room.folder, *words))
            if again.code not in (0, 1):  # 1: a signed paper would say something else now
                unlike.append(f"{what}: the next run ended with {again.code}: {again.said[:200]}")
            unlike += [f"{what}: {each}" for each in (*set_up.harmed(room.output), *set_up.unlike(room.output))]
            shutil.rmtree(room.folder)
    who = "large runs, which have a second process" if large else "runs"
    target = f"0 of {number} (plain saving: 36 of 100)"
    tried = f"{number} ({writing} while they wrote, {done} after the end)"
    yield Row(what=f"kill -9 of {who}: papers broken, lost or written over", target=target,
              found=f"{len(harmed)} in {tried}", wrong=tuple(harmed))  # fmt: skip
    yield Row(what=f"kill -9 of {who}: different from an undisturbed run, or left behind, after the next run",
              target=f"0 of {number}", found=f"{len(unlike)} in {number}", wrong=tuple(unlike))  # fmt: skip


def _as_ended(done: subprocess.CompletedProcess[str]) -> Ended:
    return Ended(code=done.returncode, said=done.stdout + done.stderr)


def _killed(room: Room, words: tuple[str, ...], after: float | None, more: float) -> tuple[bool, bool]:
    """Kill a run after so many seconds, or so many after it has taken its turn; says whether it was writing, or done."""
    lock = room.output / LOCK
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words], cwd=room.folder, env=environment(), stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        if after is None:
            until = time.monotonic() + 30
            while not lock.exists() and process.poll() is None and time.monotonic() < until:
                time.sleep(0.001)
            time.sleep(more)
        else:
            time.sleep(after)
    finally:
        writing, done = lock.exists(), process.poll() is not None
        process.kill()
        process.wait()
    return writing, done


# -- a fault at every step -----------------------------------------------------------------------------------------------


ERRORS = {"no space": errno.ENOSPC, "no right": errno.EACCES, "a fault of the disk": errno.EIO, "quota used up": errno.EDQUOT}
KILL = "a kill"
FROM_THEN_ON = "no space from then on"


@dataclass
class Saboteur:
    """Counts every step on files below some folders, and lets one fail. Kept: the steps so far, and what is open."""

    folders: tuple[Path, ...]
    at: int
    how: str
    steps: int = 0
    _handles: dict[int, str] = field(default_factory=dict)
    _real_kill: Callable[[int, int], None] = os.kill

    def step(self, what: str, about: object) -> None:
        self.steps += 1
        if self.at == 0:
            with open_really(self.folders[0].parent / "steps", "a") as told:
                told.write(f"{what} of {self._called(about)}\n")
            return
        if self.steps < self.at or (self.steps > self.at and self.how != FROM_THEN_ON):
            return
        if self.steps == self.at:
            with open_really(self.folders[0].parent / "hit", "w") as told:
                told.write(f"{what} of {self._called(about)}")
        if self.how == KILL:
            self._real_kill(os.getpid(), signal.SIGKILL)
        if self.how != FROM_THEN_ON or what in ("open to write", "write", "mkdir", "fsync"):
            number = ERRORS.get(self.how, errno.ENOSPC)
            raise OSError(number, os.strerror(number))

    def _called(self, about: Any) -> str:
        return self._handles.get(about, "a file") if isinstance(about, int) else Path(os.fsdecode(about)).name

    def ours(self, path: object) -> bool:
        if isinstance(path, int):
            return path in self._handles
        try:
            whole = os.path.abspath(os.fspath(path))  # noqa: PTH100 - links are not to be followed
        except TypeError:
            return False
        return any(whole.startswith(f"{folder}{os.sep}") or whole == str(folder) for folder in self.folders)

    def begin(self) -> None:  # noqa: C901 - one after the other
        """Stand before every call by which this program changes the world."""
        def before(module: Any, name: str, what: str = "") -> None:
            real = getattr(module, name)

            def call(*given: Any, **more: Any) -> Any:
                if self.ours(given[0]):
                    self.step(what or name, given[0])
                return real(*given, **more)

            setattr(module, name, call)

        for name in ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir", "ftruncate", "write", "chmod", "chown", "link"):
            before(os, name)
        os_open, os_close, fdopen, real_open = os.open, os.close, os.fdopen, io.open

        def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
            mine = self.ours(path)
            if mine:
                self.step("open to write" if flags & (os.O_WRONLY | os.O_RDWR) else "open to read", path)
            handle = os_open(path, flags, *rest, **more)
            if mine:
                self._handles[handle] = Path(path).name
            return handle

        def closed(handle: int) -> None:
            mine = self._handles.pop(handle, "")
            os_close(handle)
            if mine:
                self.step("close", mine)

        def from_handle(handle: int, *rest: Any, **more: Any) -> Any:
            stream = fdopen(handle, *rest, **more)
            return Stream(stream, self, self._handles[handle]) if handle in self._handles else stream

        def plainly(path: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
            if not self.ours(path):
                return real_open(path, mode, *rest, **more)
            writes = any(letter in mode for letter in "wax+")
            self.step("open to write" if writes else "open to read", path)
            stream = real_open(path, mode, *rest, **more)
            return Stream(stream, self, path) if writes else stream

        os.open, os.close, os.fdopen = opened, closed, from_handle
        io.open = builtins.open = plainly  # type: ignore[assignment]  # it passes on what it is given


open_really = io.open


class Stream:
    """A stream whose writing and closing are steps."""

    def __init__(self, stream: Any, by: Saboteur, about: object) -> None:
        self._stream, self._by, self._about = stream, by, about

    def write(self, data: Any) -> Any:
        self._by.step("write", self._about)
        return self._stream.write(data)

    def close(self) -> None:
        was_open = not self._stream.closed
        self._stream.close()
        if was_open:
            self._by.step("close", self._about)

    def __enter__(self) -> Stream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def printed_elsewhere() -> None:
    """Stand in for LibreOffice: its own work is its own matter, what this program does before and after is tried."""
    import pipeline.pdf

    def convert(_: str, kind: str, files: list[str], folder: Path, **__: Any) -> str:
        for name in files:
            target = os.fspath(folder / f"{Path(name).stem}.{kind}")
            with open_really(target, "wb") as made:
                made.write(b"%PDF-1.4\n" + open_really(os.fspath(folder / name), "rb").read()[:40].hex().encode() + b"\nstartxref\n9\n%%EOF\n")
        return ""

    pipeline.pdf.find_libreoffice = lambda: "office"  # type: ignore[attr-defined]  # in the place of the real one
    pipeline.pdf.convert = convert  # type: ignore[assignment, attr-defined]  # in the place of the real one


PDF = ("run", "--pdf")
WATCH = ("watch", "--once", "--every", "0.1")


def faults(*, quick: bool, words: tuple[str, ...] = PDF, most: int = 0) -> Iterator[Row]:
    """Let each step of a run fail in turn, once with each error, and once by a kill.

    The quick part tries each kind of step on each file once, with a full disk or a kill in turns.
    """
    kinds = (*ERRORS, FROM_THEN_ON, KILL)
    wrong: list[str] = []
    tried = steps = 0
    error = {"Learners / L03 / E-mail": "nobody"}  # so that a marked copy is laid
    without = tuple(f"Learners / L{number:02}" for number in range(4, 13))
    for every in ((words,) if quick else (words, WATCH)):
        with scene(before=error, after=error, without=without, runs=lambda where, every=every: forked(where, every, printed_elsewhere)) as set_up:
            names = steps_of(set_up, every)
            steps += len(names)
            cases = [(how, at) for how in kinds for at in telling(names)]
            if quick:
                first = {(name.partition(" of ")[0], _kind_of(name)): at for at, name in reversed(list(enumerate(names, start=1)))}
                chosen = sorted(first.values())[:: max(1, round(len(first) / most)) if most else 1]
                cases = [(("no space", KILL)[count % 2], at) for count, at in enumerate(chosen)]
            tries = side_by_side(_with_fault, [(set_up, every, how, at) for how, at in cases])
            for (how, at), (what, found) in zip(cases, tries, strict=True):
                tried += bool(what)
                wrong += [f"{every[0]}, {how} at step {at} ({what}): {each}" for each in found]
    yield Row(what="a fault at every write step: papers broken, hers written over, not told, or not mended by the next run",
              target="0", found=f"{len(wrong)} in {tried} ({steps} steps, {2 if quick else len(kinds)} kinds of fault)", wrong=tuple(wrong))  # fmt: skip


def side_by_side(attempt: Callable[..., Found], cases: Iterable[tuple[object, ...]]) -> Iterator[Found]:
    """Make attempts, as many at once as there are processors, and give what they found in the order of their cases.

    Each is told besides its case the name of a place of its own.
    """
    with multiprocessing.get_context("fork").Pool() as pool:
        yield from pool.imap(partial(_in_its_place, attempt), cases)


def _in_its_place(attempt: Callable[..., Found], case: tuple[object, ...]) -> Found:
    return attempt(*case, str(os.getpid()))


def telling(names: Sequence[str]) -> list[int]:
    """Number the steps to try: all, but of many pieces of one file written in a row the first two and the last."""
    return [
        at for at, name in enumerate(names, start=1)
        if not (name.startswith("write of") and names[max(at - 3, 0):at + 1].count(name) == 4)
    ]  # fmt: skip


def _kind_of(step: str) -> str:
    """Say of what kind the file of a step is: papers are all alike."""
    name = step.partition(" of ")[2]
    for each in (".docx.part", ".docx", ".pdf.part", ".pdf"):
        if name.endswith(each):
            return each
    return name


def steps_of(set_up: Scene, words: tuple[str, ...]) -> list[str]:
    """List the steps of a run that nothing disturbs."""
    room, scratch = set_up.copied(set_up.folder.parent / "fault"), set_up.folder.parent / "scratch"
    scratch.mkdir()
    try:
        forked(room.folder, words, lambda: _sabotage(room, scratch, 0, ""))
        return (room.folder / "steps").read_text().splitlines()
    finally:
        shutil.rmtree(room.folder)
        shutil.rmtree(scratch)


def _sabotage(room: Room, scratch: Path, at: int, how: str) -> None:
    printed_elsewhere()
    tempfile.tempdir = str(scratch)
    Saboteur(folders=(room.output, scratch), at=at, how=how).begin()


def _with_fault(set_up: Scene, words: tuple[str, ...], how: str, at: int, lay: str) -> tuple[str, list[str]]:
    """Run with one step failing, then once more; gives which step it was, empty where there were fewer, and what is wrong."""
    room = set_up.copied(set_up.folder.parent / f"fault{lay}")
    inputs = stage.stamps(room.input, room.templates)
    scratch = room.folder.parent / f"scratch{lay}"
    scratch.mkdir()

    wrong: list[str] = []
    try:
        ended = forked(room.folder, words, lambda: _sabotage(room, scratch, at, how))
        hit = room.folder / "hit"
        if not hit.exists():
            return "", []
        what = hit.read_text()
        wrong += set_up.harmed(room.output)
        if how != KILL:
            differs = sums(room.output) != set_up.after and [each for each in set_up.unlike(room.output)
                                                                  if not any(piece in each for piece in ("manifest", "left behind", ".ecvet.watch"))]
            wrong += [f"not told: {each}" for each in differs or () if not any(piece in ended.said for piece in TOLD)]
            if ended.code not in (0, 1, 3):
                wrong.append(f"it ended with {ended.code}: {ended.said.strip()[-300:]}")
            if "Traceback" in ended.said:
                wrong.append(f"a traceback: {ended.said.strip()[-300:]}")
        again = forked(room.folder, words, printed_elsewhere)
        if again.code not in (0, 1) or "Traceback" in again.said:
            wrong.append(f"the next run ended with {again.code}: {again.said.strip()[-200:]}")
        # A watch that finds nothing new makes nothing: it puts such files away when it makes papers the next time.
        unlike = [each for each in set_up.unlike(room.output) if words != WATCH or "left behind" not in each]
        wrong += [f"after the next run {each}" for each in (*set_up.harmed(room.output), *unlike)]
        if stage.stamps(room.input, room.templates) != inputs:
            wrong.append("input/ or templates/ were changed")
    finally:
        shutil.rmtree(room.folder)
        shutil.rmtree(scratch, ignore_errors=True)
    return what, wrong


# -- a full disk ---------------------------------------------------------------------------------------------------------


FULL = """set -e
mv output kept; mkdir output; mount -t tmpfs -o size={size}k none output; cp -a kept/. output/
{python} -m pipeline run > said 2>&1 || echo $? > code
mkdir first; cp -a output/. first/
mount -o remount,size=20m output
{python} -m pipeline run > said2 2>&1
mkdir second; cp -a output/. second/
umount output
"""
QUOTA = """import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({size} * 1024, {size} * 1024))
sys.argv = ["ecvet", "run"]
from pipeline.cli import main
main()
"""


def full_disk(*, quick: bool) -> Row:
    """Let runs meet disks of too few kilobytes, and files that may not grow."""
    wrong: list[str] = []
    tried = short = 0
    mounts = subprocess.run(["unshare", "-m", "true"], capture_output=True, check=False).returncode == 0 if shutil.which("unshare") else False
    with scene() as set_up:
        page = 4
        used = sum(page * -(-path.stat().st_size // 4096) for path in (set_up.folder / "output").rglob("*")) + 8
        sizes = range(used, used + 260, 200 if quick else 12) if mounts else ()
        for size in sizes:
            room = set_up.copied(set_up.folder.parent / "full")
            script = FULL.format(size=size, python=sys.executable)
            done = subprocess.run(["unshare", "-m", "sh", "-c", script], cwd=room.folder, env=environment(), capture_output=True, text=True, check=False)
            tried += 1
            if done.returncode:
                wrong.append(f"a disk with {size} kB: {done.stderr[-200:]} {_said(room, 'said2')[-300:]}")
            else:
                told = _said(room, "said")
                differs = set_up.unlike(room.folder / "first")
                short += bool(differs)
                found = [*set_up.harmed(room.folder / "first"), *(f"not told: {each}" for each in differs if not any(one in told for one in TOLD))]
                found += [f"after the next run {each}" for each in (*set_up.harmed(room.folder / "second"), *set_up.unlike(room.folder / "second"))]
                found += [f"said: {told[-300:]}"] if "Traceback" in told or "mistake" in told else []
                wrong += [f"a disk with {size} kB: {each}" for each in found]
            shutil.rmtree(room.folder)
        for size in (8,) if quick else (1, 2, 4, 8, 16, 24):
            room = set_up.copied(set_up.folder.parent / "quota")
            done = subprocess.run([sys.executable, "-c", QUOTA.format(size=size)], cwd=room.folder, env=environment(), capture_output=True, text=True, check=False)
            tried += 1
            told = done.stdout + done.stderr
            differs = set_up.unlike(room.output)
            short += bool(differs)
            found = [*set_up.harmed(room.output), *(f"not told: {each}" for each in differs if not any(one in told for one in TOLD))]
            ecvet(room.folder, "run")
            found += [f"after the next run {each}" for each in (*set_up.harmed(room.output), *set_up.unlike(room.output))]
            wrong += [f"files of at most {size} kB: {each}" for each in (*found, *([told[-300:]] if done.returncode not in (0, 1, 3) else []))]
            shutil.rmtree(room.folder)
    how = "" if mounts else "; no disk could be mounted here"
    return Row(what="disks that are full, files that may not grow", target="0 lost, all told",
               found=f"{len(wrong)} in {tried} ({short} too small){how}", wrong=tuple(wrong))  # fmt: skip


def _said(room: Room, name: str) -> str:
    with suppress(OSError):
        return (room.folder / name).read_text("utf-8")
    return ""


# -- what lies in the way ------------------------------------------------------------------------------------------------


def planted() -> Row:
    """Plant links and folders in output/, take rights away, and let names meet."""
    wrong: list[str] = []
    cases = {
        "a link in place of a paper": lambda folder, away: _instead(_card(folder), lambda path: path.symlink_to(away / "secret.docx")),
        "a hard link in place of a paper": lambda folder, away: _instead(_card(folder), lambda path: path.hardlink_to(away / "secret.docx")),
        "a dangling link in place of a paper": lambda folder, away: _instead(_card(folder), lambda path: path.symlink_to(away / "nobody.docx")),
        "a folder in place of a paper": lambda folder, away: _instead(_card(folder), Path.mkdir),
        "a link in place of the cohort's folder": lambda folder, away: (shutil.rmtree(folder), folder.symlink_to(away)),
        "a link in place of the report": lambda folder, away: _instead(folder / "report.html", lambda path: path.symlink_to(away / "secret.docx")),
        "a folder in place of the report": lambda folder, away: _instead(folder / "report.html", Path.mkdir),
        "a link in place of the overview": lambda folder, away: _instead(folder / f"Overview - {COHORT}.xlsx", lambda path: path.symlink_to(away / "secret.docx")),
        "a link in place of the manifest": lambda folder, away: _instead(folder / "manifest.json", lambda path: path.symlink_to(away / "secret.docx")),
        "a link in place of the journal": lambda folder, away: (folder / "manifest.journal").symlink_to(away / "secret.docx"),
        "a link in place of the notes of what is laid": lambda folder, away: (folder / ".ecvet.laid.journal").symlink_to(away / "secret.docx"),
        "a link in place of the last run's notes": lambda folder, away: _instead(folder / ".lastrun.json", lambda path: path.symlink_to(away / "secret.docx")),
        "a link in place of the lock": lambda folder, away: (folder.parent / LOCK).symlink_to(away / "secret.docx"),
        "a link in place of a part file": lambda folder, away: Path(f"{_card(folder)}.part").symlink_to(away / "secret.docx"),
        "a folder in place of a part file": lambda folder, away: Path(f"{_card(folder)}.part").mkdir(),
        "a linked folder with part files that are hers": lambda folder, away: (folder / "more").symlink_to(away),
        "a link that leads to itself": lambda folder, away: (folder / "loop").symlink_to(folder),
    }
    with scene() as set_up:
        for what, plant in cases.items():
            room = set_up.copied(set_up.folder.parent / "planted")
            away = room.folder.parent / "away"
            away.mkdir()
            (away / "secret.docx").write_bytes(b"mine")
            (away / "hers.docx.part").write_bytes(b"mine too")
            plant(room.output / COHORT, away)
            ended = forked(room.folder, ("run",))
            if {path.name: path.read_bytes() for path in away.iterdir()} != {"secret.docx": b"mine", "hers.docx.part": b"mine too"}:
                wrong.append(f"{what}: something was written through it, or taken away")
            if ended.code not in (0, 1, 3) or "Traceback" in ended.said:
                wrong.append(f"{what}: it ended with {ended.code}: {ended.said.strip()[-300:]}")
            if ended.code != 0 and not any(piece in ended.said for piece in TOLD) and "is damaged" not in ended.said:
                wrong.append(f"{what}: no sentence tells of it: {ended.said[-300:]}")
            others = [each for each in set_up.harmed(room.output) if _card(Path(COHORT)).stem not in each]
            wrong += [f"{what}: {each}" for each in others if "cohort's folder" not in what]
            shutil.rmtree(room.folder)
            shutil.rmtree(away)
        wrong += _without_rights(set_up)
    wrong += _names_that_meet()
    number = len(cases) + 3
    return Row(what="links, folders and rights in the way; names that meet", target="0 written through, all told",
               found=f"{len(wrong)} in {number}", wrong=tuple(wrong))  # fmt: skip


def _card(folder: Path) -> Path:
    return folder / "Card - Kučerová Žofie (L05).docx"


def _instead(path: Path, plant: Callable[[Path], object]) -> None:
    path.unlink()
    plant(path)


def _without_rights(set_up: Scene) -> Iterator[str]:
    """Run as somebody who may not write: into output/ at all, or into the cohort's folder."""
    for what, folder in (("output/ may not be written to", ""), ("the cohort's folder may not be written to", COHORT)):
        room = set_up.copied(set_up.folder.parent / "closed")
        closed = room.output / folder
        if os.geteuid() == 0:  # who may write everywhere: let it be somebody who owns nothing here
            for path in (room.folder.parent, room.folder, *room.folder.rglob("*")):
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
            if folder:
                os.chown(room.output, 65534, 65534)
        closed.chmod(0o555)
        before = sums(room.output)
        ended = forked(room.folder, ("run",), _become_nobody)
        if ended.code not in (1, 3) or not any(piece in ended.said for piece in TOLD) or "mistake" in ended.said:
            yield f"{what}: it ended with {ended.code}: {ended.said[-400:]}"
        if sums(room.output) != before:
            yield f"{what}: and something was"
        closed.chmod(0o700)
        shutil.rmtree(room.folder)


def _become_nobody() -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def _names_that_meet() -> Iterator[str]:
    """Two learners without IDs whose names differ in case, or in how the accent is stored."""
    with tempfile.TemporaryDirectory() as made:
        room = desk.room(Path(made), official=False, forms={"Card": stage.FORMS["Card"]})
        names = ("Žák", "ŽÁK", "Z\u030ca\u0301k")  # composed, capitals, decomposed
        more = {"Learners": [desk.learner("L05", Learner_ID=f"X{at}", Family_name=name, Given_names="Ann") for at, name in enumerate(names)]}
        desk.workbook(room.input / "spring.xlsx", stage.FOREIGN, more=more)
        one, = desk.make(room)
        from pipeline.names import same_file

        files = [same_file(outcome.file) for outcome in one.outcomes]
        if len(set(files)) != len(files) or sum("ann" in name for name in files) != 3:
            yield f"names that meet: {sorted(files)}"


# -- two runs at once ----------------------------------------------------------------------------------------------------


def collisions(number: int) -> Row:
    """Start two runs in one folder at the same moment."""
    wrong: list[str] = []
    waited = 0
    with scene() as set_up:
        for count in range(number):
            room = set_up.copied(set_up.folder.parent / "two")
            both = [subprocess.Popen([sys.executable, "-m", "pipeline", "run"], cwd=room.folder, env=environment(), stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, text=True) for _ in range(2)]  # fmt: skip
            ends = [(one.returncode, said + told) for one in both for said, told in [one.communicate(timeout=120)]]
            codes = sorted(code for code, _ in ends)
            waited += codes == [0, 3]
            if codes not in ([0, 0], [0, 3]) or any(code == 3 and "Another run is making papers" not in said for code, said in ends):
                wrong.append(f"collision {count + 1}: they ended with {ends}")
            wrong += [f"collision {count + 1}: {each}" for each in (*set_up.harmed(room.output), *set_up.unlike(room.output))]
            shutil.rmtree(room.folder)
    return Row(what="two runs at once: papers harmed, or two at work", target=f"0 of {number}",
               found=f"{len(wrong)} in {number} (in {waited} the second stopped with a sentence)", wrong=tuple(wrong))  # fmt: skip


def stale() -> Row:
    """Leave locks of runs that are gone, with and without locks of the system, and of another computer."""
    import json

    from pipeline.at_work import computer

    def without_locks() -> None:
        import fcntl

        def unknown(*_: object) -> None:
            raise OSError(errno.ENOLCK, "No locks available")

        fcntl.flock = unknown

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    cases: dict[str, tuple[str, int, Callable[[], None], int]] = {
        "a run of this computer that is gone": (computer(), gone.pid, lambda: None, 0),
        "the same on a drive without locks": (computer(), gone.pid, without_locks, 0),
        "a run at work on a drive without locks": (computer(), os.getpid(), without_locks, 3),
        "a run of another computer": ("REGISTRY-PC", 4711, lambda: None, 3),
        "the same on a drive without locks ": ("REGISTRY-PC", 4711, without_locks, 3),
    }
    wrong = []
    with scene() as set_up:
        for what, (where, process, first, code) in cases.items():
            room = set_up.copied(set_up.folder.parent / "stale")
            told = {"computer": where, "since": "2026-11-20T09:12:00+01:00", "processes": [[process, ""]]}
            (room.output / LOCK).write_text(json.dumps(told))
            ended = forked(room.folder, ("run",), first)
            if ended.code != code or (code and "is making papers in" not in ended.said):
                wrong.append(f"{what}: it ended with {ended.code}: {ended.said[-200:]}")
            if "another" in what and not ("REGISTRY-PC" in ended.said and "2026-11-20 09:12" in ended.said and "an hour" in ended.said):
                wrong.append(f"{what}: it is not said who, since when and what to do: {ended.said[-200:]}")
            wrong += [f"{what}: {each}" for each in (set_up.unlike(room.output) if code == 0 else ())]
            shutil.rmtree(room.folder)
    return Row(what="locks of runs that are gone, or of another computer", target="the first taken over, the second respected",
               found=f"{len(wrong)} wrong in {len(cases)}", wrong=tuple(wrong))  # fmt: skip
