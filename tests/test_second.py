"""The second process: the same papers with it and without it, and nothing lost where it ends before its time."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import desk
import pytest
from crowd import crowd
from desk import make, statuses
from packages import book, parts, sheet
from packages import pack as bind

from pipeline import batch, office, second
from pipeline.distant import DistantOutbox
from pipeline.guard import Refused
from pipeline.jobs import Status
from pipeline.second import Lost, Second, beside
from pipeline.tables import open_tables

pytestmark = pytest.mark.slow

DAY = dt.date(2027, 1, 20)


@pytest.fixture
def always(monkeypatch):
    """Let the second process help with workbooks of any size."""
    monkeypatch.setattr(second, "LARGE", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture
def beside_us():
    with_it = Second.start()
    assert with_it is not None
    yield with_it
    with_it.end()


def room_of(folder: Path, learners: int = 40) -> office.Room:
    """A working folder with a crowd and one quick form."""
    room = desk.room(folder, official=False, forms={"Card": ["{{ learner.name }} {{ host.name }} {{ today }}"]})
    crowd(room.input / "crowd.xlsx", learners)
    return room


def papers(room: office.Room) -> dict[str, bytes]:
    """Everything in the cohort's folder, by name."""
    folder = room.output / "CZ-2027-Spring"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.name != ".lastrun.json"}


def made_of(room: office.Room, **wishes) -> office.Made:
    one, = make(room, templates="mine", **wishes)
    return one


# -- the same --------------------------------------------------------------------------------------------------------------


def test_papers_report_and_notes_are_the_same_bytes_with_it_and_without_it(tmp_path, always, monkeypatch):
    there = made_of(room := room_of(tmp_path / "with"), date=DAY)
    monkeypatch.setattr(second, "LARGE", 10**9)
    alone = made_of(other := room_of(tmp_path / "without"), date=DAY)
    assert statuses(there) == statuses(alone) == {"written": 43}
    assert papers(room) == papers(other)
    assert len(papers(room)) == 46


def test_a_second_run_finds_everything_unchanged_and_an_edited_paper_is_left(tmp_path, always):
    room = room_of(tmp_path)
    made_of(room, date=DAY)
    edited = next((room.output / "CZ-2027-Spring").glob("Card - *L0007).docx"))
    edited.write_bytes(b"typed by hand")
    again = made_of(room, date=DAY)
    assert statuses(again) == {"unchanged": 42, "kept": 1}
    later = made_of(room, date=DAY.replace(month=2))
    assert statuses(later) == {"written": 42, "kept": 1}
    assert edited.read_bytes() == b"typed by hand"
    assert edited.with_name(f"{edited.stem} (new).docx").exists()
    assert [it.file for it in later.outcomes if it.status is Status.KEPT] == [f"{edited.stem} (new).docx"]


def test_it_knows_the_day_a_paper_was_first_made(tmp_path, always, beside_us):
    room = room_of(tmp_path, 12)
    made = made_of(room, date=DAY)
    outbox = DistantOutbox.open(room.output / "CZ-2027-Spring", beside_us)
    assert outbox.first_made(made.outcomes[0].job.key) == DAY
    assert outbox.first_made("nobody") is None
    outbox.close()


def test_papers_that_lie_there_from_earlier_are_told_by_it_too(tmp_path, always):
    room = room_of(tmp_path, 14)
    made_of(room, date=DAY)
    crowd(room.input / "crowd.xlsx", 12)
    told = [problem.message for problem in made_of(room, date=DAY).problems if problem.code == "T402"]
    assert len(told) == 2
    assert all("L0013" in sentence or "L0014" in sentence for sentence in told)


def test_small_workbooks_are_made_without_it(tmp_path):
    with beside([crowd(tmp_path / "crowd.xlsx", 30)]) as there:
        assert there is None


def test_a_computer_with_one_processor_gains_nothing_by_it(tmp_path, always, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with beside([crowd(tmp_path / "crowd.xlsx", 12)]) as there:
        assert there is None


def test_a_dry_run_and_all_or_nothing_are_the_same_with_it(tmp_path, always):
    room = room_of(tmp_path, 12)
    assert statuses(made_of(room, date=DAY, dry_run=True)) == {"written": 13}
    assert not room.output.exists()
    assert statuses(made_of(room, date=DAY, strict=True)) == {"written": 13}


WORKBOOKS: dict[str, Callable[[Path], Path]] = {
    "a crowd": lambda folder: crowd(folder / "crowd.xlsx", 250),
    "hidden and struck rows, formulas, numbers, dates": lambda folder: book(
        folder / "odd.xlsx",
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Learner ID</t></is></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>7</v></c><c r="B2" t="b"><v>1</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="C3"><f>A2</f></c></row>'
        '<row r="5"><c r="KZ5"><v>1</v></c></row>',
    ),
    "rows out of order": lambda folder: book(
        folder / "wild.xlsx", '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>'
    ),
    "a sheet that breaks off": lambda folder: bind(
        folder / "torn.xlsx",
        {**parts({"Learners": ""}), "xl/worksheets/sheet1.xml": sheet("".join(
            f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 400)
        )).replace("</sheetData>", "<row r='400'><c r='A400'><v>x</v></c>", 1)},
    ),
    "no workbook at all": lambda folder: (folder / "letter.xlsx").write_bytes(b"PK\x03\x04 nothing") and folder / "letter.xlsx",
    "nothing there": lambda folder: folder / "nobody.xlsx",
}


def everything(path: Path, opener) -> object:
    """All sheets of a workbook with all their rows, or what is raised instead."""
    found: list[object] = []
    try:
        with opener(path) as tables:
            for table in tables:
                try:
                    found.extend(table.rows())
                except Refused as why:
                    found.append((why.sentence, why.advice))
                found.append((table.file, table.name, table.hidden, table.alone, table.hidden_rows, table.struck_rows, table.beyond))
    except Refused as why:
        found.append((why.sentence, why.advice))
    except OSError as wrong:
        found.append(isinstance(wrong, PermissionError))
    return found


@pytest.mark.parametrize("name", WORKBOOKS)
def test_it_reads_what_would_be_read_here(tmp_path, beside_us, name):
    path = WORKBOOKS[name](tmp_path)
    here = everything(path, open_tables)
    assert everything(path, beside_us.tables) == here
    assert here


def test_two_sheets_read_in_turns_lose_no_row(tmp_path, beside_us):
    path = crowd(tmp_path / "crowd.xlsx", 450)
    with beside_us.tables(path) as tables:
        learners, choices = (next(table for table in tables if table.name == name) for name in ("Learners", "Unit choices"))
        first, other = learners.rows(), choices.rows()
        in_turns = [next(first), next(other), *first, *other]
    with open_tables(path) as tables:
        at_once = [row for table in tables if table.name in ("Learners", "Unit choices") for row in table.rows()]
    assert sorted(map(repr, in_turns)) == sorted(map(repr, at_once))
    assert len(in_turns) > 600


def test_several_workbooks_are_open_at_once_as_those_of_a_folder_are(tmp_path, beside_us):
    one, two = crowd(tmp_path / "one.xlsx", 12), crowd(tmp_path / "two.xlsx", 24)
    with beside_us.tables(one) as of_one, beside_us.tables(two) as of_two:
        numbers = [sum(1 for _ in next(it for it in tables if it.name == "Learners").rows()) for tables in (of_one, of_two)]
    assert numbers == [14, 27]


def test_what_it_was_told_to_open_early_is_there_when_it_is_asked_for_whatever_comes_before(tmp_path, beside_us):
    one, two = crowd(tmp_path / "one.xlsx", 12), crowd(tmp_path / "two.xlsx", 24)
    beside_us.expect(two)
    assert everything(one, beside_us.tables) == everything(one, open_tables)
    assert everything(two, beside_us.tables) == everything(two, open_tables)
    beside_us.expect(one)
    assert everything(one, beside_us.tables) == everything(one, open_tables)


# -- it ends before its time -----------------------------------------------------------------------------------------------


def killed(process: Second) -> None:
    """Kill it, as a computer does that is short of memory."""
    process._process.kill()
    process._process.wait()


def test_killed_while_it_reads_the_workbook_is_read_again_without_it(tmp_path, always, monkeypatch):
    room = room_of(tmp_path)
    reads = Second._read

    def dies(self, number):
        rows = reads(self, number)
        yield next(rows)
        killed(self)
        yield from rows

    monkeypatch.setattr(Second, "_read", dies)
    assert statuses(made_of(room, date=DAY)) == {"written": 43}


@pytest.mark.parametrize("when", [1, 9, 10, 11, 25, 43])
def test_killed_while_it_writes_its_papers_are_told_and_the_next_run_makes_them(tmp_path, always, monkeypatch, when):
    """Batches of ten papers; it is killed before the paper with this number is sent."""
    room = room_of(tmp_path)
    monkeypatch.setattr(batch, "TOGETHER", 10)
    delivers, sent = DistantOutbox.deliver, []

    def dies(self, job, data, today, said):
        sent.append(job)
        if len(sent) == when:
            killed(self.second)
        return delivers(self, job, data, today, said)

    monkeypatch.setattr(DistantOutbox, "deliver", dies)
    made = made_of(room, date=DAY)
    failed = [outcome for outcome in made.outcomes if outcome.status is Status.FAILED]
    assert 1 <= len(failed) <= 20
    assert statuses(made) == {"written": 43 - len(failed), "failed": len(failed)}
    assert {problem.message for outcome in failed for problem in outcome.problems} == {
        f"“{outcome.job.target}” could not be written: a part of the program was stopped by the computer." for outcome in failed
    }  # fmt: skip
    assert not made.all_made
    assert not list(room.output.rglob("*.part"))
    for outcome in made.outcomes:
        if outcome.status is Status.WRITTEN:
            assert (room.output / "CZ-2027-Spring" / outcome.file).exists()
    monkeypatch.setattr(DistantOutbox, "deliver", delivers)
    again = made_of(room, date=DAY)
    assert set(statuses(again)) <= {"written", "unchanged"}
    assert sum(statuses(again).values()) == 43
    assert [path for path in papers(room) if "(new)" in path] == [], "no paper of ours is taken for somebody's work"


def test_killed_before_the_notes_are_written_they_are_written_without_it(tmp_path, always, monkeypatch):
    room = room_of(tmp_path)
    closes = DistantOutbox.close
    monkeypatch.setattr(DistantOutbox, "close", lambda self: (killed(self.second), closes(self)))
    assert statuses(made_of(room, date=DAY)) == {"written": 43}
    monkeypatch.undo()
    assert statuses(made_of(room, date=DAY)) == {"unchanged": 43}
    assert "manifest.journal" not in papers(room)


def test_a_system_that_starts_no_process_makes_the_papers_all_the_same(tmp_path, always, monkeypatch):
    def refuse(*_, **__):
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert statuses(made_of(room_of(tmp_path), date=DAY)) == {"written": 43}


def test_a_fault_of_ours_over_there_is_told_here_without_what_was_read(beside_us):
    beside_us.ask("deliver", ("key", "Nováková.docx", "Learners!A2", False), b"data", DAY, "", "")
    with pytest.raises(RuntimeError, match="ValueError in the second process") as told:
        beside_us.answer()
    assert "errands.py" in str(told.value)
    assert "Nováková" not in str(told.value)


def test_a_fault_of_ours_is_told_too_where_papers_are_still_being_sent(beside_us):
    """Nobody listens while papers are sent; the pipe breaks, and what was said last is heard then."""

    def send() -> None:
        for _ in range(1_000):
            beside_us.ask("deliver", ("key", "Card.docx", "Learners!A2", False), b"data" * 20_000, DAY, "", "")

    with pytest.raises(RuntimeError, match="ValueError in the second process"):
        send()


def test_what_is_asked_of_a_process_that_is_gone_says_so(beside_us):
    killed(beside_us)
    with pytest.raises(Lost):
        beside_us.ask("open_workbook", "x" * 1_000_000)
    with pytest.raises(Lost):
        beside_us.answer()


# -- it is stopped ---------------------------------------------------------------------------------------------------------

STOPPED = """
import os, signal, sys
from pipeline import batch, cli, second
how = sys.argv.pop()
second.LARGE, os.cpu_count = 0, lambda: 2
batch.TOGETHER = 10
made, make = [], batch.Batch.make
def stopped(self, order):
    make(self, order)
    made.append(order)
    if len(made) == 25:
        print(self.outbox.second._process.pid, flush=True)
        os.kill(*{"group": (0, signal.SIGINT), "hard": (os.getpid(), signal.SIGKILL)}[how])
batch.Batch.make = stopped
sys.argv = ["ecvet", "run", "--templates", "mine", "--json"]
cli.main()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to consoles, not to processes")
@pytest.mark.parametrize(("how", "code"), [("group", 130), ("hard", -signal.SIGKILL)])
def test_stopped_by_ctrl_c_or_killed_nothing_half_is_left_and_nobody_goes_on(tmp_path, how, code):
    """Ctrl-C reaches every process of the console; a kill only the first one."""
    room = room_of(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", STOPPED, how], cwd=room.folder, capture_output=True, text=True, check=False, timeout=60,
        start_new_session=True,
    )  # fmt: skip
    assert done.returncode == code
    assert done.stderr.strip() == ("Stopped. Papers that were finished are whole; run again for the rest." if code == 130 else "")
    gone = time.monotonic() + 10
    while time.monotonic() < gone and alive(int(done.stdout.split()[0])):
        time.sleep(0.02)
    assert not alive(int(done.stdout.split()[0])), "the second process ended too"
    assert not list(room.output.rglob("*.part"))
    whole = [name for name in papers(room) if name.endswith(".docx")]
    assert len(whole) >= 10
    again = made_of(room, date=DAY)
    assert sum(statuses(again).values()) == 43
    assert [name for name in papers(room) if "(new)" in name] == []


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z" if Path("/proc").is_dir() else True


def test_a_large_workbook_that_cannot_be_read_has_its_report_all_the_same(tmp_path):
    """The second process opens its outbox late, and tidies up then: not what is just being written."""
    room = desk.room(tmp_path)
    (room.input / "broken.xlsx").write_bytes(b"PK" + b"broken" * 20_000)
    for _ in range(3):
        shutil.rmtree(room.output, ignore_errors=True)
        made, = desk.make(room)
        assert [problem.code for problem in made.problems] == ["S101"]
        assert made.report.is_file()
