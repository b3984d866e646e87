"""A second process beside this one: it reads sheets and writes papers while this one thinks and prints (floor 6).

It helps where a workbook is large; ordinary cohorts are made without it. What it does is the same code in the same
order, so papers have the same bytes with it and without it. Where it is lost (killed, or
out of memory), the papers it had in hand count as failed, the rest is made without it, and the next run makes them.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from pipeline.errands import BETWEEN, hear, tell
from pipeline.guard import Refused
from pipeline.jobs import Status
from pipeline.notices import paper_not_written
from pipeline.outbox import Addressed, Delivery, Outbox, write_into
from pipeline.problem import Place, Problem
from pipeline.sayings import NOTHING_SAID, Said
from pipeline.tables import Table
from pipeline.worksheet import SheetRow

LARGE = 60_000
"""Bytes of the workbooks of a cohort from which on there is a second process: some 300 learners.

Measured on two processors it saves a tenth of a second with 12 learners and half of the time with 10,000. Ordinary
cohorts are made by one process: they are ready in half a second, and there is less that can go wrong.
"""

_PATIENCE = 20
"""Seconds in which the second process must have put away what it had begun, before it is stopped."""


class Lost(Exception):
    """The second process is no longer there."""


@dataclass(slots=True)
class _Stream:
    """Rows of a sheet on their way: those that came and nobody has taken yet, and how they end."""

    rows: deque[tuple[Any, ...]] = field(default_factory=deque)
    ended: bool = False
    refused: tuple[str, str] | None = None

    def fetch(self, answer: Callable[[], Any]) -> None:
        kind, *given = answer()
        if kind == "rows":
            self.rows.extend(given[0])
        else:
            self.ended = True
            self.refused = (given[0], given[1]) if kind == "refused" else None


@dataclass(slots=True)
class Second:
    """The second process, as the first one sees it."""

    _process: subprocess.Popen[bytes]
    _requests: IO[bytes]
    _answers: IO[bytes]
    _stream: _Stream | None = None
    _expected: Path | None = None
    _early: Any = None

    @property
    def processes(self) -> tuple[int, ...]:
        """Give the number of its process."""
        return (self._process.pid,)

    @classmethod
    def start(cls) -> Second | None:
        """Start it; None where the system does not let us."""
        if not sys.executable:
            return None
        code = f"import sys; sys.path[:] = {sys.path!r}; from pipeline.errands import serve; serve()"
        apart: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for the first process alone
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        try:
            process = subprocess.Popen(  # noqa: S603 - this very program
                [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                **apart,
            )  # fmt: skip
        except OSError:
            return None
        if process.stdin is None or process.stdout is None:
            return None
        for stream in (process.stdin, process.stdout):
            _widen(stream)
        return cls(process, process.stdin, process.stdout)

    def ask(self, name: str, *given: object) -> None:
        """Send a request: the name of an errand and what it needs. Raises Lost."""
        if self._expected and self._early is None:
            self._early = self.answer()
        while self._stream and not self._stream.ended:  # else the answer would not be the one that is waited for
            self._stream.fetch(self.answer)
        try:
            tell(self._requests, (name, *given))
        except (OSError, ValueError) as gone:
            self.answer()  # what it said last, if it was a fault of ours
            raise Lost from gone

    def answer(self) -> Any:
        """Wait for an answer. Raises Lost, and RuntimeError where the second process met a fault of ours."""
        try:
            found = hear(self._answers)
        except Exception as gone:  # half a pickle can be anything
            raise Lost from gone
        if isinstance(found, RuntimeError):
            raise found
        return found

    def expect(self, path: Path) -> None:
        """Let it open a workbook that `tables` will ask for first, while this process does something else."""
        with suppress(Lost):
            self.ask("open_workbook", os.fspath(path))
            self._expected = path

    def _opened(self, path: Path) -> Any:
        if self._expected != path:
            self.ask("open_workbook", os.fspath(path))
            return self.answer()
        found = self.answer() if self._early is None else self._early
        self._expected = self._early = None
        return found

    @contextmanager
    def tables(self, path: Path) -> Iterator[list[Table]]:
        """Open a workbook as `tables.open_tables` does, and raise what it raises; besides, raises Lost."""
        kind, *given = self._opened(path)
        if kind == "refused":
            raise Refused(*given)
        if kind == "closed":
            raise PermissionError if given[0] else OSError
        try:
            yield [
                Table(
                    file=file, name=name, hidden=hidden, alone=alone, letters=letters, read=partial(self._read, number)
                )
                for number, (file, name, hidden, alone, letters) in enumerate(given[1], start=given[0])
            ]
        finally:
            with suppress(Lost):
                self.ask("close_workbook", given[0])

    def _read(self, number: int) -> Iterator[SheetRow]:
        self.ask("read_rows", number)
        stream = self._stream = _Stream()
        while not stream.ended or stream.rows:
            while stream.rows:
                number, cells, hidden, struck, beyond, filtered, across, veiled = stream.rows.popleft()
                yield SheetRow(
                    number=number, cells=cells, hidden=hidden, struck=struck, beyond=beyond, filtered=filtered,
                    across=across, veiled=veiled,
                )  # fmt: skip
            if not stream.ended:
                stream.fetch(self.answer)
        if stream.refused:
            raise Refused(*stream.refused)

    def outbox(self, folder: Path) -> DistantOutbox:
        """Open the outbox of a cohort there. Raises Lost."""
        self.ask("open_outbox", os.fspath(folder))
        return DistantOutbox(folder, self)

    def end(self) -> None:
        """Let it end: it takes away what it had begun, and is waited for, but not for ever."""
        for stream in (self._requests, self._answers):
            with suppress(OSError, ValueError):
                stream.close()
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


@dataclass(slots=True)
class DistantOutbox:
    """The outbox of a cohort that the second process keeps: it looks like `outbox.Outbox`, and is asked the same.

    Kept: papers sent since the last were to be settled, papers that are being settled, and those whose results nobody
    has taken yet. `_near` is the outbox that takes over where the second process is lost, `_earlier` what the manifest
    of earlier runs says.
    """

    folder: Path
    second: Second
    _sent: list[Delivery] = field(default_factory=list)
    _asked: list[Delivery] = field(default_factory=list)
    _settled: list[Delivery] = field(default_factory=list)
    _near: Outbox | None = None
    _earlier: Outbox | None = None

    def first_made(self, key: str) -> dt.date | None:
        """Say when a paper was first made, as `Outbox` does."""
        return self._read_here().first_made(key)

    def _read_here(self) -> Outbox:
        """Read the manifest in this process too, as it was before this run; only where somebody asks."""
        if self._earlier is None:
            self._earlier = Outbox(self.folder, dry_run=True)
        return self._earlier

    def said(self, key: str) -> Mapping[str, str]:
        """Give what a paper said when it was made before this run, as `Outbox` does."""
        return self._read_here().said(key)

    def is_signed(self, job: Addressed) -> bool:
        """Say whether a paper was made before this run and signed, as `Outbox` does."""
        return self._read_here().is_signed(job)

    def deliver(self, job: Addressed, data: bytes, today: dt.date, said: Said = NOTHING_SAID) -> Delivery:
        """Send a printed paper; what becomes of it is known when it is settled."""
        if self._near:
            return self._near.deliver(job, data, today, said)
        delivery = Delivery(job, Status.WRITTEN, job.target)
        self._sent.append(delivery)
        try:
            parcel = job.key, job.target, str(job.row), job.signed
            self.second.ask("deliver", parcel, data, today, BETWEEN.join(said.words), BETWEEN.join(said.texts))
        except Lost:
            self._lose()
            self._settled.pop()  # it is told at once
        return delivery

    def settle(self) -> None:
        """Ask for every paper sent to be moved to its place, and go on while that is done."""
        if self._asked:
            self._take_results()
        if self._near:
            self._near.settle()
        elif self._sent:
            try:
                self.second.ask("settle")
            except Lost:
                self._lose()
            else:
                self._asked, self._sent = self._sent, []

    def settled(self, *, wait: bool = False) -> list[Delivery]:
        """Give what has been settled since this was asked last; with `wait`, all that was to be settled."""
        if wait and self._asked:
            self._take_results()
        settled, self._settled = self._settled, []
        return settled + (self._near.settled() if self._near else [])

    def _take_results(self) -> None:
        try:
            self.second.ask("results")
            results = self.second.answer()
        except Lost:
            self._lose()
            return
        for delivery, (status, file, problems, remade, changed) in zip(self._asked, results, strict=True):
            delivery.status, delivery.problems = Status(status), problems
            delivery.remade, delivery.changed = remade, changed
            delivery.file = file or delivery.job.target
        self._settled += self._asked
        self._asked = []

    def _lose(self) -> None:
        """Count what the second process had in hand as failed, and go on without it."""
        for delivery in (*self._asked, *self._sent):
            delivery.status = Status.FAILED
            place = Place(file=delivery.job.target)
            delivery.problems = [paper_not_written(place, delivery.job.target, "stopped")]
            self._settled.append(delivery)
        self._asked, self._sent = [], []
        self.second.end()
        self._near = Outbox(self.folder)

    def discard(self) -> None:
        """Give up what was sent and not settled: nothing of it stays."""
        if self._near:
            self._near.discard()
        elif self._sent or self._asked:
            self._sent, self._asked = [], []
            self.second.end()  # it has nothing else to do, and takes away what it had begun

    def close(self) -> None:
        """Write the manifest."""
        if self._near is None:
            with suppress(Lost):
                self.second.ask("close_outbox")
                self.second.answer()
                return
            self._near = Outbox(self.folder)
        self._near.close()

    def left_over(self, targets: Mapping[str, str], forms: Collection[str]) -> list[Problem]:
        """Tell what earlier runs left in the folder, as `Outbox` does."""
        if self._near is None:
            with suppress(Lost):
                self.second.ask("left_over", targets, frozenset(forms))
                found: list[Problem] = self.second.answer()
                return found
            self._near = Outbox(self.folder)
        return self._near.left_over(targets, forms)

    def write(self, name: str, data: Iterable[bytes]) -> Problem | None:
        """Write a file of our own (the report) into the folder, as `Outbox` does."""
        return write_into(self.folder, name, data)


def _widen(stream: IO[bytes]) -> None:
    """Let some fifty papers wait in a pipe instead of three, where the system can do it (Linux)."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(stream, fcntl.F_SETPIPE_SZ, 1 << 20)


@contextmanager
def beside(workbooks: Iterable[Path]) -> Iterator[Second | None]:
    """Keep a second process beside this one, where these workbooks are so large that it helps."""
    large = [path for path in workbooks if _size(path) >= LARGE] if (os.cpu_count() or 1) > 1 else []
    second = Second.start() if large else None
    try:
        if second and large[0].is_file():
            second.expect(large[0])
        yield second
    finally:
        if second:
            second.end()


def _size(path: Path) -> int:
    """Give the size of a workbook, or of all in a folder, in bytes; 0 where that cannot be found out."""
    with suppress(OSError):
        files = [path] if path.is_file() else path.iterdir() if path.is_dir() else ()
        return sum(file.stat().st_size for file in files if file.is_file())
    return 0
