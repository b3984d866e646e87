"""Try every promise and print the table: python -m tests.trust [--quick] [--only NAME]… [--list]."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
from importlib import import_module
from pathlib import Path

from tests.trust.board import Row, Trial, as_table, tried

TRIALS = ("inputs", "forms", "fuzz", "crashes", "homecoming", "runs", "leaks", "drill")
"""The modules of this folder that try promises, each with a function `rows(quick)`."""


def trials(wanted: list[str]) -> dict[str, Trial]:
    """Find the trials that are there; raises SystemExit for a name that is none."""
    here = Path(__file__).parent
    there = [name for name in TRIALS if (here / f"{name}.py").is_file()]
    unknown = set(wanted) - set(there)
    if unknown:
        raise SystemExit(f"There is no trial “{', '.join(sorted(unknown))}”. There are: {', '.join(there)}")
    return {name: import_module(f"tests.trust.{name}").rows for name in wanted or there}


def main(arguments: list[str]) -> int:
    """Print each row as it is found, then the table; 1 where a promise does not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the part that takes a minute or two")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this trial; may be repeated")
    wishes = parser.parse_args(arguments)
    rows: list[Row] = []
    for name, row, seconds in tried(trials(wishes.only), quick=wishes.quick):
        rows.append(row)
        print(f"{name:8} {'ok ' if row.holds else 'NOT'} {row.what}: {row.found} (target: {row.target}) [{seconds:.1f} s]", flush=True)
        for each in row.wrong:
            print(f"             {each}", flush=True)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    print(f"\n{dt.date.today().isoformat()}, {machine}{', quick part' if wishes.quick else ''}\n\n{as_table(rows)}")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
