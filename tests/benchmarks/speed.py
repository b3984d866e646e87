"""How fast papers are made, measured side by side in one run.

    python -m tests.benchmarks.speed [--json] [--quick]

Five things in turn, again and again, so that a machine that slows down slows all of them: the usual loop of docxtpl, our
engine with each compressor there is, and the limit: the same bytes through the same compressor into the same zip, and
nothing else. Then whole runs of the program on cohorts of 1,000 and 10,000 learners, each a process of its own, against
a script that loads the same workbook with openpyxl and loops docxtpl over the same forms; the script's loop is measured
on a sample of papers and scaled, and the output says so. Prints medians; never a timed test.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import ChainableUndefined, Environment
from openpyxl import load_workbook

from pipeline import word
from pipeline.contexts import Contexts
from pipeline.form import open_form, open_pack
from pipeline.plan import Order, plan
from pipeline.printing import Printer
from pipeline.workbook import read_cohort
from tests.crowd import crowd

ROOT = Path(__file__).parent.parent.parent
AGREEMENT = ROOT / "templates" / "official" / "1 Before" / "Learning Agreement.docx"
DAY = dt.date(2027, 1, 20)
SAMPLE = 500
"""Papers on which the script's loop over docxtpl is measured before it is scaled."""


def docxtpl_environment() -> Environment:
    """Give plain docxtpl the filters of the forms, so that it prints the same papers."""
    environment = Environment(autoescape=True, undefined=ChainableUndefined, finalize=lambda v: "" if v is None else v)
    environment.filters.update(Printer().filters)
    return environment


def with_docxtpl(path: Path, values: Mapping[str, Any], environment: Environment) -> bytes:
    """Make a paper as everyone does: open, render, save into memory."""
    template = DocxTemplate(path)
    template.render(dict(values), environment, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def timed(work: Callable[[Any], object], items: list[Any]) -> tuple[float, float]:
    """Measure seconds of the clock and of the processor for each of these items."""
    clock, processor = time.perf_counter(), time.process_time()
    for item in items:
        work(item)
    return (time.perf_counter() - clock) / len(items), (time.process_time() - processor) / len(items)


def engine(folder: Path, rounds: int) -> dict[str, Any]:
    """Measure docxtpl, our engine and the limit on the official Learning Agreement, in turn."""
    reading = read_cohort(crowd(folder / "engine.xlsx", 1000))
    assert reading.cohort is not None
    cohort, form = reading.cohort, open_form(AGREEMENT)
    orders = list(plan(cohort, [form], reading.problems))
    environment = docxtpl_environment()
    compressors = list(word.compressors())
    measured: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        contexts = Contexts(cohort)  # new records each round, so that nothing kept from the last one is of use
        values = [contexts.values(order.scope, "en", DAY) for order in orders]
        measured.setdefault("docxtpl", []).append(timed(lambda each: with_docxtpl(AGREEMENT, each, environment), values[:8]))
        for name in compressors:
            with word.compressing(name):
                contexts = Contexts(cohort)
                values = [contexts.values(order.scope, "en", DAY) for order in orders]
                measured.setdefault(f"engine {name}", []).append(timed(lambda each: form.print(each, "en"), values))
                parts = [form.parts(each, "en") for each in values[:300]]
                measured.setdefault(f"limit {name}", []).append(timed(form.bound, parts))
    clock = {name: statistics.median(each[0] for each in found) for name, found in measured.items()}
    cpu = {name: statistics.median(each[1] for each in found) for name, found in measured.items()}
    return {"clock": clock, "cpu": cpu, "fastest": compressors[0]}


def whole_run(folder: Path, learners: int, *, after: bool = False) -> dict[str, float]:
    """Run the whole program on a cohort of so many learners, in a folder of its own and a process of its own.

    With `after` it is a cohort after the stay, so that transcripts, records and certificates are made too.
    """
    room = folder / f"room {learners} {time.time_ns()}"
    shutil.copytree(ROOT / "templates", room / "templates")
    (room / "input").mkdir()
    crowd(room / "input" / "crowd.xlsx", learners, after=after)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED], cwd=room, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    seconds = time.perf_counter() - clock
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"the run did not end well: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    papers = sum(1 for _ in room.glob("output/*/*/*.docx"))
    shutil.rmtree(room / "output")
    return {"seconds": seconds, "papers": papers, "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            "peak_mb": max(map(float, done.stderr.strip().splitlines()[-1].split()))}  # fmt: skip


_MEASURED = """
import resource, sys
from pipeline.cli import ecvet
code = ecvet.main(["run", "--date", "2027-01-20"], standalone_mode=False)
peak = int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
print(peak / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, file=sys.stderr)
sys.exit(code)
"""
"""The whole program, and the peak memory in MB of it and of its second process on the last line of standard error.

Linux: the peak of a process is read from /proc, because ru_maxrss counts what its parent held when it was started.
"""


def script(folder: Path, learners: int, most: int) -> dict[str, float]:
    """Measure what a script does: openpyxl loads the workbook, docxtpl makes each paper.

    The loop is measured on a sample of the papers of each form (so many in all), and scaled to their number.
    """
    path = folder / f"script {learners}.xlsx"
    if not path.exists():
        crowd(path, learners)
    clock = time.perf_counter()
    book = load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
    loading = time.perf_counter() - clock
    reading = read_cohort(path)
    assert reading.cohort is not None
    forms = open_pack(ROOT / "templates" / "official")
    orders = list(plan(reading.cohort, forms, reading.problems))
    paths = {form.name: ROOT / "templates" / "official" / form.folder / form.file for form in forms}
    contexts, environment = Contexts(reading.cohort), docxtpl_environment()
    target = folder / "script.docx"
    seconds, measured = loading, 0
    for name, path in paths.items():
        ours = [order for order in orders if order.form.name == name]
        if not ours:  # a form for amendments, or for what comes after the stay
            continue
        sample = _spread(ours, max(1, most * len(ours) // len(orders)))
        values = [contexts.values(order.scope, "en", DAY) for order in sample]
        each, _ = timed(lambda one, path=path: target.write_bytes(with_docxtpl(path, one, environment)), values)
        seconds += each * len(ours)
        measured += len(sample)
    return {"seconds": seconds, "papers": len(orders), "sample": measured}


def _spread(orders: list[Order], most: int) -> list[Order]:
    """Take a sample from all over a list, one paper at least."""
    return orders[:: max(1, len(orders) // most)][:most]


_READS = """
import sys, time
from pathlib import Path
clock = time.perf_counter
path = Path(sys.argv[1])
def by_openpyxl():
    from openpyxl import load_workbook
    for sheet in load_workbook(path, read_only=True, data_only=True).worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass
def by_us():
    from pipeline.workbook import read_cohort
    read_cohort(path)
def by_both():
    from pipeline.second import Second
    from pipeline.workbook import read_cohort
    second = Second.start()
    read_cohort(path, second.tables)
    second.end()
begun = clock()
{"openpyxl": by_openpyxl, "alone": by_us, "both": by_both}[sys.argv[2]]()
print(clock() - begun)
"""
"""Read a workbook as openpyxl does in its read-only mode, as one process of ours does, and as two do; with imports."""


def reading(folder: Path, learners: int, rounds: int) -> dict[str, float]:
    """Measure reading alone, each way in a process of its own, in turn."""
    path = crowd(folder / "reading.xlsx", learners)
    took: dict[str, list[float]] = {"openpyxl": [], "alone": [], "both": []}
    for _ in range(rounds):
        for how, several in took.items():
            done = subprocess.run(
                [sys.executable, "-c", _READS, path, how], capture_output=True, text=True, check=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            several.append(float(done.stdout))
    middle = {how: statistics.median(several) for how, several in took.items()}
    return {
        f"read_{learners}_openpyxl_seconds": round(middle["openpyxl"], 3),
        f"read_{learners}_vs_openpyxl": round(middle["both"] / middle["openpyxl"], 3),
        f"read_{learners}_alone_vs_openpyxl": round(middle["alone"] / middle["openpyxl"], 3),
    }


def measure(quick: bool) -> dict[str, Any]:
    """Measure everything and give the figures by name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = engine(folder, 3 if quick else 9)
        clock, fastest = found["clock"], found["fastest"]
        result: dict[str, Any] = {
            "machine": f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
            "compressor": fastest,
            "engine_vs_docxtpl": round(clock["docxtpl"] / clock[f"engine {fastest}"], 1),
            "fraction_of_limit": round(clock[f"limit {fastest}"] / clock[f"engine {fastest}"], 3),
            "papers_per_second": {each: round(1 / seconds, 1) for each, seconds in clock.items()},
            "cpu_ms_a_paper": {each: round(seconds * 1000, 4) for each, seconds in found["cpu"].items()},
            "by_compressor": {
                each.removeprefix("engine "): round(clock["docxtpl"] / seconds, 1)
                for each, seconds in clock.items() if each.startswith("engine ")
            },
        }  # fmt: skip
        sizes = (30, 1000) if quick else (30, 1000, 10000)
        rounds = 1 if quick else 3
        runs: dict[int, list[dict[str, float]]] = {number: [] for number in sizes}
        scripts: dict[int, list[dict[str, float]]] = {number: [] for number in sizes if number >= 1000}
        for _ in range(rounds):
            for number in sizes:
                runs[number].append(whole_run(folder, number))
                if number in scripts:
                    scripts[number].append(script(folder, number, SAMPLE // rounds))
        after = [whole_run(folder, 1000, after=True) for _ in range(rounds)]
        result["run_1000_after_seconds"] = round(statistics.median(each["seconds"] for each in after), 3)
        result["peak_mb_1000_after"] = round(max(each["peak_mb"] for each in after), 1)
        result["papers_1000_after"] = after[0]["papers"]
        for number, several in runs.items():
            result[f"run_{number}_seconds"] = round(statistics.median(each["seconds"] for each in several), 3)
            result[f"peak_mb_{number}"] = round(max(each["peak_mb"] for each in several), 1)
            result[f"papers_{number}"] = several[0]["papers"]
        for number, slow in scripts.items():
            seconds = statistics.median(each["seconds"] for each in slow)
            result[f"script_{number}_seconds"] = round(seconds, 1)
            result[f"run_{number}_vs_script"] = round(seconds / result[f"run_{number}_seconds"], 1)
            result["script_scaled_from_papers"] = sum(each["sample"] for each in slow)
        result |= reading(folder, 1000 if quick else 10000, 3)
        if 10000 in runs:
            a_paper = {number: result[f"run_{number}_seconds"] / result[f"papers_{number}"] for number in (1000, 10000)}
            result["growth_10000_vs_1000"] = round(a_paper[10000] / a_paper[1000], 3)
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, and no run of 10,000 learners")
    wishes = parser.parse_args()
    result = measure(wishes.quick)
    for name, value in result.items():
        print(f"{name:28} {value}")
    if wishes.json:
        print(json.dumps(result))


if __name__ == "__main__":
    main()
