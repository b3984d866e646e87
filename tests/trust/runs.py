"""Runs again: the officer's edits stay, the same data give the same bytes anywhere, inputs stay, and nobody is called up.

Report, overview and the notes of the last run are apart from “the same bytes”: they tell the day of the run and what is new
since the one before, as they should.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pipeline.room import kit
from tests import desk
from tests.returning import a_sheet
from tests.trust import stage
from tests.trust.board import Row
from tests.trust.crashes import warm
from tests.trust.stage import COHORT, ecvet, forked, lasting, sums

SEED = 20270115


def rows(quick: bool) -> Iterator[Row]:
    warm()
    yield edits(30 if quick else 200)
    yield reruns(quick=quick)
    yield from doors(quick=quick)


# -- her edits -----------------------------------------------------------------------------------------------------------


def edits(number: int, *, seed: int = SEED) -> Row:
    """Edit papers at random in all ways people do, and run three times more, each time with other data."""
    chance = random.Random(seed)  # noqa: S311 - ways to edit, not secrets
    wrong: list[str] = []
    kinds: dict[str, int] = {}
    done = 0
    with tempfile.TemporaryDirectory(prefix="ecvet-trial-") as made:
        round_ = 0
        while done < number:
            round_ += 1
            room = desk.room(Path(made) / str(round_), official=False, forms=stage.FORMS)
            day = dt.date(2027, 1, 1)
            day = _run(room.folder, day)
            folder = room.output / COHORT
            must: dict[bytes, str] = {}
            for _ in range(min(10, number - done)):
                papers = sorted(path for path in folder.rglob("*.docx") if not path.name.startswith("~$") and path.is_file())
                kind = chance.choice(sorted(_WAYS))
                if kind == "edit the new one" and not any("(new" in path.name for path in papers):
                    paper = chance.choice(papers)
                    _append(paper, must, f"round {round_}: edit of {paper.name}", chance)
                    _forget_what_she_took_away(must, folder)
                    day = _run(room.folder, day)
                    papers = sorted(path for path in folder.rglob("*.docx") if path.is_file())
                paper = chance.choice([path for path in papers if "(new" in path.name] or papers) if kind == "edit the new one" else chance.choice(papers)
                _WAYS[kind](paper, must, f"round {round_}: {kind} of {paper.name}", chance)
                _forget_what_she_took_away(must, folder)
                kinds[kind] = kinds.get(kind, 0) + 1
                done += 1
                if chance.random() < 0.3:
                    day = _run(room.folder, day)
                    wrong += [f"{what} (seed {seed}): lost" for what in _lost(must, folder)]
            for _ in range(3):
                day = _run(room.folder, day)
            wrong += [f"{what} (seed {seed}): lost" for what in _lost(must, folder)]
            shutil.rmtree(room.folder)
    ways = ", ".join(f"{count} × {kind}" for kind, count in sorted(kinds.items()))
    return Row(what="the officer's edits lost after three further runs with changed data", target=f"0 of {number}",
               found=f"{len(wrong)} of {number} ({ways}; seed {seed})", wrong=tuple(wrong))  # fmt: skip


def _lost(must: dict[bytes, str], folder: Path) -> list[str]:
    there = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [what for data, what in must.items() if data not in there]


def _forget_what_she_took_away(must: dict[bytes, str], folder: Path) -> None:
    """What she herself wrote over, or deleted, no run can have lost."""
    there = {path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for data in [data for data in must if data not in there]:
        del must[data]


def _run(folder: Path, day: dt.date) -> dt.date:
    """Run with other data than before; gives the day that the papers bear."""
    day += dt.timedelta(days=1)
    cells = stage.FOREIGN | {"Cohort / Date of signature": day.isoformat(), "Learners / L01 / E-mail": f"e{day.toordinal()}@example.org"}
    desk.workbook(folder / "input" / "spring.xlsx", cells)
    ended = forked(folder, ("run",))
    if ended.code not in (0, 1):
        raise RuntimeError(f"the run ended with {ended.code}: {ended.said}")
    return day


Must = dict[bytes, str]


def _append(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    data = paper.read_bytes() + chance.randbytes(12)
    paper.write_bytes(data)
    must[data] = what


def _rewrite(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    """As Word saves: beside it, then in its place."""
    data = b"PK" + chance.randbytes(400)
    beside = paper.with_name(f"~WRD{chance.randrange(9999):04}.tmp")
    beside.write_bytes(data)
    beside.replace(paper)
    must[data] = what


def _rename(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    _append(paper, must, what, chance)
    paper.rename(paper.with_name(f"{paper.stem} {chance.randrange(9999)}.docx"))


def _swap(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    """Another paper's edited text under this one's name."""
    _append(paper, must, what, chance)
    others = [path for path in sorted(paper.parent.glob("*.docx")) if path != paper and path.is_file()]
    chance.choice(others).write_bytes(paper.read_bytes())


def _folder(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    _append(paper, must, what, chance)
    data = paper.read_bytes()
    paper.unlink()
    paper.mkdir()
    (paper / "inside.docx").write_bytes(data)


def _opened(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    data = chance.randbytes(162)
    paper.with_name(f"~${paper.name[2:]}").write_bytes(data)
    must[data] = what
    _append(paper, must, what, chance)


def _sign(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    data = b"%PDF-1.4 a scan " + chance.randbytes(20)
    paper.with_name(f"{paper.stem} signed.pdf").write_bytes(data)
    must[data] = what
    if " (new" not in paper.name and paper.name.startswith("Card"):
        must[paper.read_bytes()] = f"{what}: the paper that was signed"


def _touch(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    os.utime(paper, (chance.randrange(10**9), chance.randrange(10**9)))


def _delete(paper: Path, must: Must, what: str, chance: random.Random) -> None:
    paper.unlink()


_WAYS: dict[str, Callable[[Path, Must, str, random.Random], None]] = {
    "append": _append, "edit": _rewrite, "edit the new one": _append, "rename": _rename, "copy over another": _swap,
    "replace by a folder": _folder, "leave open in Word": _opened, "sign": _sign, "touch": _touch, "delete": _delete,
}  # fmt: skip


# -- the same bytes ------------------------------------------------------------------------------------------------------


DAY = """
import copyreg, datetime
class Same(type):
    def __instancecheck__(cls, one): return isinstance(one, cls.real)
    def __subclasscheck__(cls, one): return issubclass(one, cls.real)
class date(datetime.date, metaclass=Same):
    real = datetime.date
    def __new__(cls, *given): return cls.real(*given)
    @classmethod
    def today(cls): return cls.real(2031, 12, 31)
datetime.date = date
def of_day(number): return date.real.fromordinal(number)
copyreg.pickle(date.real, lambda day: (of_day, (day.toordinal(),)))  # on its way to the second process
"""
ORDER = """
import os
_listdir, _walk = os.listdir, os.walk
os.listdir = lambda *given: sorted(_listdir(*given), reverse=True)
import pathlib
_iterdir = pathlib.Path.iterdir
pathlib.Path.iterdir = lambda self: iter(sorted(_iterdir(self), reverse=True))
"""
SECOND = """
import os
os.cpu_count = lambda: {processors}
import pipeline.second
pipeline.second.LARGE = {large}
"""


def reruns(*, quick: bool) -> Row:
    """Make the same papers, those of after the stay among them, and the results that were collected, under other circumstances."""
    wrong: list[str] = []
    circumstances: dict[str, tuple[dict[str, str], str]] = {
        "in another time zone": ({"TZ": "Pacific/Kiritimati"}, ""),
        "in yet another": ({"TZ": "America/Anchorage"}, ""),
        "without a language": ({"LC_ALL": "C"}, ""),
        "in Turkish": ({"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}, ""),
        "on another day": ({}, DAY),
        "with other hashes": ({"PYTHONHASHSEED": "1"}, ""),
        "with yet other hashes": ({"PYTHONHASHSEED": "4294967295"}, ""),
        "with files in another order": ({}, ORDER),
        "on one processor": ({}, SECOND.format(processors=1, large=0)),
        "with a second process": ({}, SECOND.format(processors=2, large=0)),
        "all at once": ({"TZ": "Asia/Kathmandu", "LC_ALL": "C", "PYTHONHASHSEED": "7"}, DAY + ORDER + SECOND.format(processors=2, large=0)),
    }
    if quick:
        circumstances = {name: circumstances[name] for name in ("with a second process", "on another day", "all at once")}
    papers = 0
    with tempfile.TemporaryDirectory(prefix="ecvet-trial-") as made:
        first: dict[str, str] = {}
        for name, (env, code) in {"here": ({"TZ": "UTC", "PYTHONHASHSEED": "0"}, ""), **circumstances}.items():
            folder = Path(made) / "room"  # one place: the report names it
            room = desk.room(folder, official=True)
            shutil.copy(kit("after") / desk.EXAMPLE.name, room.input)
            a_sheet().tick("U1", "*", "alone").save(room.input / "Sheet of L05.docx")
            ended = ecvet(folder, "run", env={**env, **_with(Path(made), code)})
            found = lasting(sums(room.output))
            first = first or found
            papers = len([each for each in found if each.endswith(".docx")])
            if ended.returncode or not papers:
                wrong.append(f"{name}: it ended with {ended.returncode}: {(ended.stdout + ended.stderr)[-300:]}")
            different = {each for each in (*found, *first) if found.get(each) != first.get(each)} - {f"{COHORT}/manifest.json"}
            wrong += [f"{name}: {each} is different" for each in sorted(different)]
            shutil.rmtree(folder)
    return Row(what="the same bytes in another time zone, language, on another day, with other hashes, orders, processors",
               target="all papers", found=f"{papers} papers × {len(circumstances)} circumstances, {len(wrong)} different", wrong=tuple(wrong))  # fmt: skip


def _with(made: Path, code: str) -> dict[str, str]:
    """Let every Python that starts run this code first."""
    place = made / "first"
    place.mkdir(exist_ok=True)
    (place / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": os.pathsep.join((str(place), str(desk.ROOT)))}


# -- inputs, and the network ----------------------------------------------------------------------------------------------


WATCHED = """
import os, sys
def heard(event, given):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "socket.sendto", "socket.__new__"):
        with open(os.environ["HEARD"], "a") as told:
            told.write(event + " " + repr(given) + chr(10))
        raise ConnectionError("no network here")
sys.addaudithook(heard)
"""
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run",), "run again": ("run",), "check": ("check",), "watch": ("watch", "--once", "--every", "0.1"), "status": ("status",),
    "columns": ("columns", "spring.xlsx", "--no-ask"), "fields": ("fields",), "explain": ("explain", "S201"),
    "template check": ("template", "check"), "strict": ("run", "--strict"), "json": ("run", "--json"),
    "collect": ("collect", "back.docx"), "export": ("export", "--elm"), "register": ("register", "--dry-run"), "forget": ("forget", "L02", "--yes"), "new": ("new", "empty.xlsx"), "init": ("init", "elsewhere"),
    "words": ("fields", "--docx", "words.docx"),
    "template preview": ("template", "preview", "Card.docx", "--into", "previews"),
    "template adopt": ("template", "adopt", "Untouched.docx"),
    "run with PDFs": ("run", "--pdf"),
}  # fmt: skip
SLOW = ("template preview", "run with PDFs")


def _recognised() -> list[Any]:
    """A row of Results: a unit of L01 was recognised yesterday, so that there is something to export and to enter."""
    row = {"Learner ID": "L01", "Unit ID": "U1", "Result": "achieved", "Assessed on": "2026-01-20", "Validated": "yes",
           "Validated on": "2026-01-21", "Recognised as": "Module 6", "Recognised by": "Karel Beneš", "Recognised on": "2026-01-22"}  # fmt: skip
    return desk.result(row)


def doors(*, quick: bool) -> Iterator[Row]:
    """Try every command: none changes what lies in input/ or templates/, none calls anybody up."""
    changed: list[str] = []
    called: list[str] = []
    ended_wrongly: list[str] = []
    tried = 0
    off = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0 if shutil.which("unshare") else False
    with tempfile.TemporaryDirectory(prefix="ecvet-trial-") as made:
        room = desk.room(Path(made) / "room", official=False, forms=stage.FORMS)
        shutil.copytree(desk.ROOT / "templates" / "official", room.templates / "official")
        shutil.copy(desk.ROOT / "tests" / "forms" / "ecvet-learning-agreement.docx", room.templates / "Untouched.docx")
        desk.workbook(room.input / "spring.xlsx", stage.FOREIGN | {"Learners / L03 / E-mail": "nobody"}, more={"Results": [_recognised()]})
        a_sheet().tick("U1", "*", "alone").save(room.folder / "back.docx")
        heard = Path(made) / "heard"
        env = {**_with(Path(made), WATCHED), "HEARD": str(heard)}
        if quick:
            env = {**env, "HOME": made}
        for name, words in COMMANDS.items():
            if quick and name in SLOW:
                continue
            tried += 1
            before = stage.stamps(room.input, room.templates)
            line = [*(("unshare", "-n") if off else ()), sys.executable, "-m", "pipeline", *words]
            ended = subprocess.run(line, cwd=room.folder, env=stage.environment(env), capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
            after = stage.stamps(room.input, room.templates)
            if ended.returncode not in (0, 1) or "Traceback" in ended.stdout + ended.stderr:
                ended_wrongly.append(f"{name}: it ended with {ended.returncode}: {(ended.stdout + ended.stderr)[-300:]}")
            changed += [f"{name}: {path} was changed" for path, its in before.items() if after.get(path) != its]
            new = {path for path in after if path not in before}
            changed += [f"{name}: {path} appeared" for path in new if name != "template adopt"]
            if heard.exists():
                called += [f"{name}: {line}" for line in heard.read_text().splitlines()]
                heard.unlink()
    yield Row(what="files in input/ and templates/ changed by any command (bytes and times)", target="0",
              found=f"{len(changed)} by {tried} commands", wrong=(*changed, *ended_wrongly))  # fmt: skip
    how = "watched, and without a network" if off else "watched"
    yield Row(what="connections to a network, by any command", target="0", found=f"{len(called)} by {tried} commands ({how})", wrong=tuple(called))
