"""A program run in a child process, under limits: what it says, how much time it takes, and its memory at the peak."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

# A small process stands between: what Linux counts as the peak of a child begins with that of the process that forks it.
_BETWEEN = """
import json, resource, subprocess, sys, time
folder, seconds, megabytes, *command = sys.argv[1:]
limit = int(megabytes) * 1_000_000
start = time.perf_counter()
try:
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=float(seconds), preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)))
    code, out, err = done.returncode, done.stdout, done.stderr
except subprocess.TimeoutExpired as late:
    code, out, err = -1, late.stdout or b"", late.stderr or b""
took = time.perf_counter() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak, worked = used.ru_maxrss // 1024, used.ru_utime + used.ru_stime
print(json.dumps([code, worked, took, peak, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")]))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a program did: its exit code (-1 where it did not end in time), what it took, and what it said.

    `seconds` are of processor time, of all its processes together: another program on the machine does not count.
    """

    code: int
    seconds: float
    waited: float
    megabytes: int
    out: str
    err: str


def measured(command: Sequence[str], folder: Path, *, seconds: float, megabytes: int, **settings: str) -> Measured:
    """Run a program in a folder; `megabytes` limits its addresses, which are always more than the memory it uses.

    `settings` are added to its environment. The peak is that of the largest of its processes (ru_maxrss).
    """
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _BETWEEN, str(folder), str(seconds), str(megabytes), *command],
        env={**os.environ, "PYTHONPATH": path, **settings}, capture_output=True, text=True, timeout=seconds + 30, check=True,
    )  # fmt: skip
    code, worked, took, peak, out, err = json.loads(done.stdout)
    return Measured(code=code, seconds=worked, waited=took, megabytes=peak, out=out, err=err)
