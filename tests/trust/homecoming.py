"""Nothing is lost on the way home: what lays results, the learner register and credentials fails at each of its steps.

Tried are a run that finds a sheet that came back, `ecvet collect`, `ecvet register` and `ecvet export --elm`, each over
what earlier ones laid and over what the officer worked in. What must hold is what holds of papers: every file is the old
one or the new one, whole; nothing of hers is written over; a sentence says what was not written; the next time makes
what is made when nothing was in the way.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from openpyxl import load_workbook

from pipeline.lastrun import BEGUN
from pipeline.room import Room
from pipeline.turns import LOCK
from tests import desk
from tests.returning import a_sheet
from tests.trust import crashes, stage
from tests.trust.board import Row
from tests.trust.crashes import ERRORS, FROM_THEN_ON, KILL, Saboteur, side_by_side, telling, warm
from tests.trust.stage import COHORT, HERS, forked, is_whole, leftovers

FORMS = {"Card": ["{{ learner.name }}"], "Transcript": ["{{ learner.name }}", "{% for each in results %}{{ each.unit.id }} {{ each.result }} {% endfor %}"]}
RESULTS = f"Results - {COHORT}.xlsx"
LASTING = (".docx", ".xlsx", ".jsonld")
"""What must be the old one or the new one; the rest are notes of the program's own, and the report."""

_TELLS = ("Overview", "to correct")
"""In the names of what tells of a run, and so of the fault in it."""

TOLD = (*crashes.TOLD, "may not be read")
"""Pieces of the sentences that tell of what was not read, or not written."""

FIRST = "Explain how flour strength"


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A command, and what lies there before: `furnish` lays it, and gives the files that the officer worked in."""

    words: tuple[str, ...]
    furnish: Callable[[Room], tuple[Path, ...]]


def rows(quick: bool) -> Iterator[Row]:
    warm()
    kinds = ("no space", KILL) if quick else (*ERRORS, FROM_THEN_ON, KILL)
    wrong: list[str] = []
    tried = steps = 0
    for name, errand in ERRANDS.items():
        with tempfile.TemporaryDirectory(prefix="ecvet-trial-") as made:
            set_up = _set_up(Path(made), errand)
            steps += len(set_up.steps)
            chosen = telling(set_up.steps)
            cases = [(set_up, how, at) for how in kinds for at in chosen[:: max(1, len(chosen) // 12) if quick else 1]]
            for (_, how, at), (what, found) in zip(cases, side_by_side(_with_fault, cases), strict=True):
                tried += bool(what)
                wrong += [f"{name}, {how} at step {at} ({what}): {each}" for each in found]
    yield Row(
        what="a fault at every write step of what comes back, of the learner register and of credentials: broken, hers written over, "
        "not told, or not mended by the next time", target="0",
        found=f"{len(wrong)} in {tried:,} ({steps} steps, {len(kinds)} kinds of fault)", wrong=tuple(wrong),
    )  # fmt: skip


# -- what lies there ---------------------------------------------------------------------------------------------------


def _cohort(room: Room, *results: Mapping[str, object]) -> None:
    more = {"Results": [desk.result(row) for row in results]} if results else None
    without = tuple(f"Learners / L{number:02}" for number in range(6, 13))
    desk.workbook(room.input / "spring.xlsx", stage.FOREIGN, without=without, more=more)


def _recognised(learner: str, unit: str) -> dict[str, object]:
    return {
        "Learner ID": learner, "Unit ID": unit, "Result": "achieved", "Assessed by": "Mikko Salo", "Assessed on": "2027-04-29",
        "Validated": "yes", "Validated by": "Hana Dvořáková", "Validated on": "2027-05-14", "Recognised as": f"Module {unit}",
        "Recognised by": "Karel Beneš", "Recognised on": "2027-05-20", "Points credited": 2.5,
    }  # fmt: skip


def _sent_back(path: Path, learner: str) -> Path:
    return a_sheet(learner).tick("U1", FIRST, "alone").tick("U1", "*", "alone").about("U1", grade="B", assessed_on="2027-04-29").save(path)


def _worked_in(path: Path) -> Path:
    """Type into a workbook, as she does: it is saved anew, with all that stood there."""
    book = load_workbook(path)
    book.worksheets[0].cell(1, 40, "a note of hers")
    book.save(path)
    return path


def _after_the_stay() -> None:
    """Let the day be after the recognition: what is to come is not entered, nor written."""
    from pipeline.doors import export, register

    for door in (export, register):
        door.dt = SimpleNamespace(date=SimpleNamespace(today=lambda: dt.date(2027, 6, 1)))  # type: ignore[assignment]  # all it asks


def _do(room: Room, words: Sequence[str], first: Callable[[], object] = _after_the_stay) -> None:
    ended = forked(room.folder, tuple(words), first)
    assert ended.code in (0, 1), ended.said
    assert "Traceback" not in ended.said, ended.said


def _a_run(room: Room, *, worked: bool) -> tuple[Path, ...]:
    _cohort(room)
    _sent_back(room.input / "Sheet of L01.docx", "L01")
    _do(room, ["run"])
    _sent_back(room.input / "Sheet of L05.docx", "L05")
    return (_worked_in(room.output / COHORT / RESULTS),) if worked else ()


def _a_collection(room: Room) -> tuple[Path, ...]:
    _cohort(room)
    _sent_back(room.folder / "mail" / "Sheet of L01.docx", "L01")
    _do(room, ["collect", "mail/Sheet of L01.docx"])
    _sent_back(room.folder / "mail" / "Sheet of L05.docx", "L05")
    return ()


def _an_entry(room: Room, *, there: bool) -> tuple[Path, ...]:
    _cohort(room, _recognised("L01", "U1"))
    if there:
        _do(room, ["register", "--yes"])
        _worked_in(room.learner_register)
        _cohort(room, _recognised("L01", "U1"), _recognised("L02", "U4"))
    return ()


def _an_export(room: Room) -> tuple[Path, ...]:
    _cohort(room, _recognised("L01", "U1"), _recognised("L02", "U4"))
    _do(room, ["export", "--elm"])
    one, *_ = sorted((room.output / COHORT).rglob("*.jsonld"))
    one.write_bytes(one.read_bytes() + HERS)
    _cohort(room, _recognised("L01", "U1"), _recognised("L01", "U2"), _recognised("L02", "U4"), _recognised("L02", "U1"))
    return (one,)


ERRANDS = {
    "run": Errand(words=("run",), furnish=lambda room: _a_run(room, worked=False)),
    "run over results that she worked in": Errand(words=("run",), furnish=lambda room: _a_run(room, worked=True)),
    "collect": Errand(words=("collect", "mail/Sheet of L05.docx"), furnish=_a_collection),
    "register, a new one": Errand(words=("register", "--yes"), furnish=lambda room: _an_entry(room, there=False)),
    "register": Errand(words=("register", "--yes"), furnish=lambda room: _an_entry(room, there=True)),
    "export": Errand(words=("export", "--elm"), furnish=_an_export),
}


# -- one fault ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class SetUp:
    """A folder to copy, the command, the checksums of its files before and after it, and its steps."""

    folder: Path
    words: tuple[str, ...]
    hers: frozenset[str]
    before: Mapping[str, str]
    after: Mapping[str, str]
    steps: Sequence[str]


def _set_up(made: Path, errand: Errand) -> SetUp:
    room = desk.room(made / "room", official=False, forms=FORMS)
    room.output.mkdir()
    hers = frozenset(path.relative_to(room.folder).as_posix() for path in errand.furnish(room))
    before = _lasting(room)
    whole = Room(Path(shutil.copytree(room.folder, made / "undisturbed", symlinks=True)))
    scratch = made / "scratch"
    scratch.mkdir()
    _do(whole, errand.words, lambda: _sabotage(whole, scratch, 0, ""))
    after, steps = _lasting(whole), (whole.folder / "steps").read_text().splitlines()
    assert after != before, errand.words
    return SetUp(folder=room.folder, words=errand.words, hers=hers, before=before, after=after, steps=steps)


def _lasting(room: Room) -> dict[str, str]:
    return {name: its for name, its in stage.sums(room.folder).items() if name.endswith(LASTING) and not any(it in name for it in _TELLS)}


def _sabotage(room: Room, scratch: Path, at: int, how: str) -> None:
    _after_the_stay()
    tempfile.tempdir = str(scratch)
    Saboteur(folders=(room.output, room.input, scratch), at=at, how=how).begin()


def _with_fault(set_up: SetUp, how: str, at: int, lay: str) -> tuple[str, list[str]]:
    """Do it with one step failing, then once more; gives which step it was, empty where there were fewer, and what is wrong."""
    room = Room(Path(shutil.copytree(set_up.folder, set_up.folder.parent / f"fault{lay}", symlinks=True)))
    scratch = room.folder.parent / f"scratch{lay}"
    scratch.mkdir(exist_ok=True)
    try:
        ended = forked(room.folder, set_up.words, lambda: _sabotage(room, scratch, at, how))
        hit = room.folder / "hit"
        if not hit.exists():
            return "", []
        wrong = _harmed(set_up, room)
        if how != KILL:
            if _lasting(room) != set_up.after and not any(piece in ended.said for piece in TOLD):
                wrong.append(f"not told: {ended.said.strip()[-200:]}")
            if ended.code not in (0, 1, 3) or "Traceback" in ended.said or "mistake" in ended.said:
                wrong.append(f"it ended with {ended.code}: {ended.said.strip()[-300:]}")
        again = forked(room.folder, set_up.words, _after_the_stay)
        if again.code not in (0, 1) or "Traceback" in again.said:
            wrong.append(f"the next time ended with {again.code}: {again.said.strip()[-200:]}")
        found = _lasting(room)
        names = sorted(name for name in (*found, *set_up.after) if found.get(name) != set_up.after.get(name))
        wrong += [f"after the next time {each}" for each in (*_harmed(set_up, room), *(f"{name}: different" for name in names))]
        wrong += [f"{name}: left behind" for folder in (room.output, room.input) for name in leftovers(folder) if not _may_stay(name, set_up.words)]
        return hit.read_text(), wrong
    finally:
        shutil.rmtree(room.folder)
        shutil.rmtree(scratch, ignore_errors=True)


def _harmed(set_up: SetUp, room: Room) -> list[str]:
    """Name what was broken, lost or written over."""
    now = _lasting(room)
    wrong = [f"{name}: her work is lost" for name in set_up.hers if now.get(name) != set_up.before[name]]
    for name, its in now.items():
        if its not in (set_up.before.get(name), set_up.after.get(name)):
            whole = name.endswith(".jsonld") or is_whole(room.folder / name)
            wrong.append(f"{name}: neither the old nor the new one{'' if whole else ', and broken'}")
    return wrong + [f"{name}: lost" for name in set_up.before if name not in now and name in set_up.after]


def _may_stay(name: str, words: Sequence[str]) -> bool:
    """Say whether a file may lie there: notes of what was collected, for the next run; a lock where no turn was to be taken.

    The next run knows a lock of one that is gone; entering what is entered already takes no turn.
    """
    return (words[0] == "collect" and name.endswith(BEGUN)) or (words[0] == "register" and name.endswith(LOCK))
