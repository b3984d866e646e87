"""What the watch keeps: the log it writes, and what it has done, so that nothing is made again after a break (floor 9).

The log names cohorts by their Cohort ID, never learners, and never a file: names of workbooks can be names of people
(“Nováková Anna.xlsx”).
"""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

from pipeline import disk
from pipeline.jobs import Status
from pipeline.made import Made
from pipeline.problem import CannotContinue
from pipeline.sentences import counted

NOTES = ".ecvet.watch.json"
"""The file in output/ in which the watch notes what it has done."""

MOST_KEPT = 2_000
"""Cohorts that are remembered; of more, those that are no longer there are forgotten first."""

LARGEST_LOG = 1_000_000
"""Bytes of a log; then a new one is begun, and the last few are kept as FILE.1, FILE.2 …"""

OLD_LOGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A cohort whose papers were made: how its files looked then, and all that it shares with others (see `resting`).

    `together` are the names of all workbooks that had its Cohort ID.
    """

    trace: str
    shared: str
    together: tuple[str, ...]


def read_notes(output: Path) -> dict[str, Done]:
    """Read what was done, by names in input/; where that makes no sense, nothing was, and all is made again."""
    try:
        kept = json.loads((output / NOTES).read_text("utf-8"))["done"]
        return {str(name): _done(**each) for name, each in kept.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _done(*, trace: str, shared: str, together: list[str]) -> Done:
    return Done(trace=str(trace), shared=str(shared), together=tuple(map(str, together)))


def write_notes(output: Path, done: Mapping[str, Done]) -> None:
    """Write down what was done. Where that cannot be, it is only made once more after a break."""
    kept = {name: asdict(done[name]) for name in sorted(done)}
    disk.write_whole(output, NOTES, json.dumps({"version": 1, "done": kept}).encode())


def forget_old(done: dict[str, Done], there: Collection[str]) -> None:
    """Forget cohorts that are no longer there, the first first, until few enough are kept."""
    for name in [name for name in done if name not in there][: max(0, len(done) - MOST_KEPT)]:
        del done[name]


class _Quiet(logging.Handler):
    """Where a line cannot be written (disk full, nobody reads any more), the work goes on without it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging gave it
        pass


class _Screen(_Quiet, logging.StreamHandler[TextIO]):
    pass


class _File(_Quiet, RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        """Open it for its owner alone: it says who worked with papers, and when."""
        whole = Path(self.baseFilename)

        def alone(path: str, flags: int) -> int:
            return os.open(path, flags, 0o600)

        return open(whole, "a", encoding=self.encoding, errors=self.errors, opener=alone)


def open_log(file: Path | None) -> Callable[[str], None]:
    """Open the log: standard output, and a file if one is named; what it gives writes a line with day and time.

    Raises CannotContinue where the file cannot be written.
    """
    log = logging.Logger("ecvet watch")
    handlers: list[logging.Handler] = [_Screen(sys.stdout)] if sys.stdout else []  # there is none without a console
    if file:
        try:
            handlers.append(_File(
                file, maxBytes=LARGEST_LOG, backupCount=OLD_LOGS, encoding="utf-8", errors="replace",
            ))  # fmt: skip
        except OSError as wrong:
            raise CannotContinue(f"The log {file} cannot be written. Name another file: --log FILE") from wrong
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%Y-%m-%d %H:%M:%S"))
        log.addHandler(handler)
    return lambda line: log.info(" ".join(line.split()))


# -- how things are said -----------------------------------------------------------------------------------------------

MOST_CODES = 5
"""Codes of problems that a line of the log names."""

_VERBS = {
    Status.WRITTEN: "made", Status.UNCHANGED: "unchanged", Status.KEPT: "left as edited", Status.SIGNED: "signed",
    Status.HELD: "not made", Status.FAILED: "could not be written",
}  # fmt: skip


def summary(made: Made) -> str:
    """Say what became of a cohort: counts, and codes of what is wrong; nothing that names a person."""
    counts = Counter(outcome.status for outcome in made.outcomes)
    parts = [f"{counts[status]:,} {verb}" for status, verb in _VERBS.items() if counts[status]]
    papers = f"{counted(len(made.outcomes), 'paper')}: {', '.join(parts)}" if parts else "no paper was made"
    wrong = Counter(problem.code for problem in made.problems if problem.holds)
    if not wrong:
        return f"{papers}."
    codes = [code for code, _ in wrong.most_common(MOST_CODES)]
    return f"{papers}; {counted(wrong.total(), 'thing')} to correct ({', '.join(codes)}), see the report."


def spot_of(fault: BaseException) -> str:
    """Say what kind of fault it was, and where in the program: no values, so no personal data."""
    frames = traceback.extract_tb(fault.__traceback__)
    spot = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(fault).__name__}{spot}"
