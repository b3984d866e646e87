"""Workbooks that something happened to, thousands of them: read, or told in plain sentences; never a fault, never slow.

The seed is printed; ECVET_SEED sets another one. A workbook's number and the seed give the same workbook again:
`mutated(number, seed, whole, target)`.
"""

from __future__ import annotations

import os
import random
import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline import checks
from pipeline.made import Wishes
from pipeline.office import make_all
from pipeline.problem import CODES, CannotContinue, Problem
from pipeline.room import Room
from pipeline.workbook import read_cohort
from tests.drawn import sheets, write
from tests.mutations import WHOLE, mutated_bytes, with_hostile_cells, with_mutated_part
from tests.packages import pack
from tests.trust.board import Row
from tests.trust.cases import FORM
from tests.trust.fuzz_forms import templates

SEED = 20270405
QUICK, MANY = 300, 10_000
MOST_SECONDS = 5.0
LEARNERS = ["Novák", "Nováková"]
"""The family names of the whole cohort: in whatever order rows stand, they are read, or it is told that they are not."""

EVERY_WHOLE_RUN = 20
"""Every so many workbooks the papers are made too, and not only the workbook read and checked."""

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NEVER_SAID = re.compile(r"Traceback|\w+Error\b|object at 0x|<class")


def rows(quick: bool) -> Iterator[Row]:
    """Try mutated workbooks, and mutated forms."""
    seed = int(os.environ.get("ECVET_SEED", SEED))
    yield workbooks(QUICK if quick else MANY, seed)
    yield templates(quick)


def workbooks(number: int, seed: int, judge: Callable[[Path, int], str] | None = None) -> Row:
    """Try so many mutated workbooks and count what came out of them."""
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="ecvet-fuzz-") as name:
        room = _room(Path(name))
        whole = write(WHOLE, Path(name) / "whole.xlsx")
        for at in range(number):
            target = room.input / "cohort.xlsx"
            kind = mutated(at, seed, whole, target)
            start = time.process_time()
            try:
                outcome = judge(target, at) if judge else _tried(room, target, at, kind)
            except Exception as fault:  # whatever it is, it is what is looked for
                outcome = "a fault of the program"
                wrong.append(f"workbook {at} of seed {seed} ({kind}): {type(fault).__name__}: {fault}"[:300])
            took = time.process_time() - start
            slowest = max(slowest, took)
            if took > MOST_SECONDS:
                wrong.append(f"workbook {at} of seed {seed} ({kind}): took {took:.1f} s")
            outcomes[outcome] += 1
    listed = ", ".join(f"{many:,} {what}" for what, many in outcomes.most_common())
    found = f"{number:,} tried (seed {seed}): {listed}; the slowest took {slowest:.1f} s"
    return Row(what="Mutated workbooks: faults of the program", target="0, and none over 5 s", found=found, wrong=tuple(wrong))


def mutated(number: int, seed: int, whole: Path, target: Path) -> str:
    """Write the workbook with this number; gives what was done to it, in words."""
    chance = random.Random(seed * 1_000_003 + number)  # noqa: S311 - no secret
    kinds = ("bytes", "parts", "parts", "parts taken out", "cells", "cells", "rows shuffled")
    kind = kinds[number % len(kinds)]
    if kind == "bytes":
        target.write_bytes(mutated_bytes(whole.read_bytes(), chance))
    elif kind == "parts":
        with_mutated_part(whole, target, chance)
    elif kind == "parts taken out":
        _without_parts(whole, target, chance)
    else:
        write(with_hostile_cells(chance) if kind == "cells" else _shuffled(chance), target)
    return kind


def _without_parts(whole: Path, target: Path, chance: random.Random) -> None:
    with zipfile.ZipFile(whole) as package:
        members: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    for name in chance.sample(sorted(members), chance.choice((1, 1, 2, 3))):
        if chance.random() < 0.3:
            members[name + "x"] = members[name]
        del members[name]
    pack(target, members)


def _shuffled(chance: random.Random) -> str:
    """Draw the whole cohort with rows, columns and sheets in another order, headers too now and then."""
    drawings = sheets(WHOLE)
    for drawing in chance.sample(drawings, chance.randrange(1, len(drawings) + 1)):
        first = chance.choice((0, 1, 1, 1))
        body = drawing.rows[first:]
        chance.shuffle(body)
        drawing.rows[first:] = body
        if chance.random() < 0.3 and drawing.rows:
            width = max(map(len, drawing.rows))
            order = chance.sample(range(width), width)
            drawing.rows = [[row[at] if at < len(row) else "" for at in order] for row in drawing.rows]
    if chance.random() < 0.3:
        chance.shuffle(drawings)
    if chance.random() < 0.2:
        one, other = chance.sample(drawings, 2)
        one.rows, other.rows = other.rows, one.rows
    lines = []
    for drawing in drawings:
        lines += [drawing.name, *(f"| {' | '.join(row)} |" if row else "" for row in drawing.rows), ""]
    return "\n".join(lines)


def _room(folder: Path) -> Room:
    room = Room(folder)
    for each in (room.input, room.templates / "mine", room.templates / "official"):
        each.mkdir(parents=True)
    for pack_of in ("mine", "official"):
        (room.templates / pack_of / "Paper.docx").write_bytes(FORM)
    return room


def _tried(room: Room, path: Path, number: int, kind: str) -> str:
    """Read a workbook and check it, every so often make its papers too; gives the kind of outcome."""
    if number % EVERY_WHOLE_RUN == 0:
        try:
            [made] = make_all(room, [path], Wishes(), lambda *_: lambda _: None)
        except CannotContinue as stopped:
            _plain(str(stopped))
            return "stopped with a sentence"
        problems, cohort = list(made.problems), made.cohort
    else:
        reading = read_cohort(path)
        problems, cohort = list(reading.problems), reading.cohort
        problems += checks.run(cohort) if cohort else []
    for problem in problems:
        _well_told(problem)
    learners = sorted(str(learner.family_name) for learner in cohort.learners) if cohort else []
    if kind == "rows shuffled" and cohort and learners != LEARNERS and not any(each.severity != "notice" for each in problems):
        raise ValueError(f"{len(learners)} learners were read, and nothing was told")
    if cohort is None:
        if not problems:
            raise ValueError("nothing was read, and nothing told")
        return "refused"
    return "read, with errors told" if any(problem.holds for problem in problems) else "read without an error"


def _well_told(problem: Problem) -> None:
    """Look at a message; raises ValueError where it is none that an officer should read."""
    if problem.code not in CODES or not problem.place.file:
        raise ValueError(f"{problem.code} names no place")
    _plain(problem.message)
    _plain(problem.advice)


def _plain(sentence: str) -> None:
    if UNPRINTABLE.search(sentence) or NEVER_SAID.search(sentence) or not 0 < len(sentence) < 600:
        raise ValueError(f"a message is no plain sentence: {ascii(sentence)[:200]}")
