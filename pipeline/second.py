"""A second process beside this one: it reads sheets and writes papers while this one thinks and prints (floor 6).

It helps where a workbook is large; ordinary cohorts are made without it. What it does is the same code in the same
order, so papers have the same bytes with it and without it. Where it is lost (killed, or out of memory), the papers it
had in hand count as failed, the rest is made without it, and the next run makes them (`distant`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

from pipeline.errands import hear, tell
from pipeline.guard import Refused
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
