"""What the second process does: it reads the sheets of large workbooks and keeps the outbox (floor 6).

Requests and answers are pickled and go through pipes between two processes of this program; nothing else ever reaches
them. The second process lives as long as the pipe to it is open: where the first one ends, however it ends, this one
takes away what it had begun, and ends too.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from pipeline.delivery import Delivery
from pipeline.guard import Refused
from pipeline.outbox import Outbox
from pipeline.sayings import NOTHING_SAID, Said
from pipeline.tables import Table, open_tables

BETWEEN = "\0"
"""What stands between the words, and the texts, of a paper on their way: no text of a cell holds it."""

ROWS_TOGETHER = 100
"""Rows of a sheet in one message."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the outbox has to know of a job."""

    key: str
    target: str
    row: str
    signed: bool


def tell(stream: IO[bytes], message: object) -> None:
    """Send a message; raises OSError where nobody is there any more."""
    pickle.dump(message, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def hear(stream: IO[bytes]) -> Any:
    """Receive a message; raises EOFError or pickle.UnpicklingError where no whole one comes any more."""
    return pickle.load(stream)  # noqa: S301 - from a process of ours, through a pipe of its own


@dataclass(slots=True)
class Errands:
    """The second process at work. Kept: open workbooks by their first sheet, the outbox of a cohort, papers in hand."""

    answer: Callable[[object], None]
    _tables: list[Table] = field(default_factory=list)
    _open: dict[int, ExitStack] = field(default_factory=dict)
    _outbox: Outbox | None = None
    _waiting: list[Delivery] = field(default_factory=list)
    _settled: list[Delivery] = field(default_factory=list)

    def open_workbook(self, path: str) -> None:
        """Open a workbook and answer with its sheets and the number of the first, or why it cannot be opened."""
        first, stack = len(self._tables), ExitStack()
        try:
            self._tables += stack.enter_context(open_tables(Path(path)))
        except Refused as why:
            self.answer(("refused", why.sentence, why.advice))
        except OSError as wrong:
            self.answer(("closed", isinstance(wrong, PermissionError)))
        else:
            self._open[first] = stack
            sheets = [(one.file, one.name, one.hidden, one.alone, one.letters) for one in self._tables[first:]]
            self.answer(("tables", first, sheets))

    def read_rows(self, number: int) -> None:
        """Answer with the rows of a sheet, a hundred at a time, then with its end."""
        rows: list[tuple[object, ...]] = []
        ending: tuple[str, ...] = ("end",)
        try:
            for row in self._tables[number].read():
                seen = (row.hidden, row.struck, row.beyond, row.filtered, row.across, row.veiled)
                rows.append((row.number, row.cells, *seen))
                if len(rows) == ROWS_TOGETHER:
                    self.answer(("rows", rows))
                    rows.clear()
        except Refused as why:
            ending = ("refused", why.sentence, why.advice)
        self.answer(("rows", rows))
        self.answer(ending)

    def close_workbook(self, first: int) -> None:
        """Close a workbook, and begin to look for garbage again: reading makes none."""
        self._open.pop(first).close()
        gc.enable()

    def open_outbox(self, folder: str) -> None:
        """Keep the outbox of a cohort from now on."""
        self._outbox = Outbox(Path(folder))

    def deliver(self, parcel: tuple[str, str, str, bool], data: bytes, today: dt.date, words: str, texts: str) -> None:
        """Take a printed paper, and what it says, put together by `BETWEEN`."""
        said = Said(tuple(words.split(BETWEEN)), tuple(texts.split(BETWEEN))) if words else NOTHING_SAID
        self._waiting.append(self.outbox.deliver(Parcel(*parcel), data, today, said))

    def settle(self) -> None:
        """Move what waits to its place. There is no answer: who is still sending would not hear it."""
        self.outbox.settle()
        self.outbox.settled()
        self._settled += self._waiting
        self._waiting.clear()

    def results(self) -> None:
        """Answer with what became of the papers that are settled, in the order in which they came."""
        self.answer([
            (one.status.value, one.file if one.file != one.job.target else None, one.problems, one.remade, one.edited,
             one.changed)
            for one in self._settled
        ])  # fmt: skip
        self._settled.clear()

    def close_outbox(self) -> None:
        """Give up what waits, and write the manifest."""
        self.outbox.discard()
        self.outbox.close()
        self._waiting.clear()
        self.answer("closed")

    def left_over(self, targets: Mapping[str, str], forms: frozenset[str]) -> None:
        """Answer with what earlier runs left in the folder."""
        self.answer(self.outbox.left_over(targets, forms))

    @property
    def outbox(self) -> Outbox:
        """The outbox of the cohort; raises ValueError where none was opened."""
        if self._outbox is None:
            raise ValueError("no outbox is open")
        return self._outbox

    def end(self) -> None:
        """Take away what was begun and not finished."""
        for stack in self._open.values():
            stack.close()
        if self._outbox:
            self._outbox.discard()
            self._outbox.close()


def serve() -> None:
    """Do errands until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which then lets this one end
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints gets between the answers
    gc.disable()
    errands = Errands(lambda message: tell(answers, message))
    try:
        while True:
            name, *given = hear(requests)
            getattr(errands, name)(*given)
    except (EOFError, pickle.UnpicklingError, BrokenPipeError):  # the first process has ended, or was stopped
        pass
    except Exception as fault:  # a fault of ours: it is told where faults are told, without what was being read
        where = "".join(traceback.format_tb(fault.__traceback__))
        with suppress(OSError):
            tell(answers, RuntimeError(f"{type(fault).__name__} in the second process\n{where}"))
    finally:
        errands.end()
        with suppress(OSError):
            answers.close()
        os._exit(0)  # nothing is left to do, and to tidy up the memory of a large workbook takes a while
