"""The watch: what comes to rest in input/ is made, nothing ends it, and its log names nobody."""

from __future__ import annotations

import gc
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import desk
import pytest
from crowd import crowd

from pipeline import office, watch
from pipeline.daybook import MOST_KEPT, NOTES, Done, forget_old, open_log, read_notes
from pipeline.made import Wishes
from pipeline.problem import CannotContinue
from pipeline.starter import learner_register
from pipeline.turns import LOCK, alone
from pipeline.watch import Clock, Watch

MADE = "CZ-2027-Spring: 13 papers: 13 made."


class Day:
    """A day at the watch, on a clock that is moved by hand: `pass_by` lets seconds go by and looks go on."""

    def __init__(self, room, **wishes) -> None:
        self.room, self.seconds, self.lines = room, 0.0, []
        self.stop = False
        self.kept = self.anew(**wishes)

    def anew(self, **wishes) -> Watch:
        self.kept = Watch(room=self.room, wishes=Wishes(**wishes), tell=self.lines.append, ended=lambda: self.stop, clock=Clock(now=lambda: self.seconds))
        return self.kept

    def looks(self, number: int = 1) -> list[str]:
        """Look so many times, five seconds apart; gives the new lines of the log."""
        before = len(self.lines)
        for _ in range(number):
            self.kept.look()
            self.seconds += 5
        return self.lines[before:]


@pytest.fixture
def papers(tmp_path):
    return desk.room(tmp_path / "papers", official=False, forms={"Agreement": ["{{ learner.name }}", "{{ agreement.start }}", "{{ host.name }}"]})


@pytest.fixture
def put(papers):
    """Put the example cohort into input/, with cells changed."""

    def it(name: str = "spring", identifier: str = "CZ-2027-Spring", **cells) -> Path:
        return desk.workbook(papers.input / f"{name}.xlsx", {"Cohort / Templates": "mine", "Cohort / Cohort ID": identifier, **cells.pop("cells", {})}, **cells)

    return it


@pytest.fixture
def day(papers) -> Day:
    return Day(papers)


def docx(papers, cohort: str = "CZ-2027-Spring") -> int:
    return len(list((papers.output / cohort).rglob("*.docx")))


# -- coming to rest --------------------------------------------------------------------------------------------------------


def test_a_workbook_is_taken_when_two_looks_found_it_the_same(papers, put, day):
    put()
    assert day.looks() == []
    assert day.looks() == [MADE]
    assert docx(papers) == 13
    assert (papers.output / "CZ-2027-Spring" / "report.html").is_file()
    assert day.looks(10) == []


def test_a_file_that_still_grows_is_not_taken(papers, put, day):
    whole = put().read_bytes()
    for share in range(1, 10):
        (papers.input / "spring.xlsx").write_bytes(whole[: len(whole) * share // 10])
        assert day.looks() == []
    (papers.input / "spring.xlsx").write_bytes(whole)
    assert day.looks(2) == [MADE]


def test_a_file_written_anew_with_the_same_size_is_seen_by_its_time(papers, put, day):
    path = put()
    day.looks(2)
    os.utime(path, ns=(1, path.stat().st_mtime_ns + 1_000_000))
    assert day.looks(2) == ["CZ-2027-Spring: 13 papers: 13 unchanged."]


def test_a_sheet_that_a_host_sent_back_makes_its_cohort_due(papers, put, day):
    """Dropped into input/ it is no cohort of its own; its marks are collected with the next look but one."""
    from returning import a_sheet

    put()
    day.looks(2)
    a_sheet().tick("U1", "*", "alone").save(papers.input / "Sheet.docx")
    day.looks(2)
    assert (papers.output / "CZ-2027-Spring" / "Results - CZ-2027-Spring.xlsx").is_file()
    assert day.looks(2) == []


@pytest.mark.parametrize("lock", ["~$spring.xlsx", ".~lock.spring.xlsx#"])
def test_a_workbook_that_is_open_waits_until_it_is_closed(papers, put, day, lock):
    put()
    (papers.input / lock).write_bytes(b"Eva")
    assert day.looks(5) == [f"CZ-2027-Spring {watch.OPEN}"]
    assert not papers.output.exists()
    (papers.input / lock).unlink()
    assert day.looks(2) == [MADE]


def test_a_workbook_that_is_opened_after_it_was_made_is_nothing_to_tell(papers, put, day):
    put()
    day.looks(2)
    (papers.input / "~$spring.xlsx").write_bytes(b"Eva")
    assert day.looks(5) == []


@pytest.mark.slow
def test_a_folder_is_one_cohort_and_rests_when_all_its_files_do(papers, put, day):
    folder = papers.input / "Spring"
    folder.mkdir()
    shutil.move(put(), folder / "all.xlsx")
    (folder / "~$all.xlsx").write_bytes(b"Eva")
    assert day.looks(3) == [f"CZ-2027-Spring {watch.OPEN}"]
    (folder / "~$all.xlsx").unlink()
    assert day.looks(2) == [MADE]
    (folder / "more.csv").write_text("Learner ID\n")
    assert len(day.looks(2)) == 1


def test_a_file_that_appears_and_vanishes_leaves_nothing(papers, put, day):
    path = put()
    day.looks()
    path.unlink()
    assert day.looks(5) == []
    assert not papers.output.exists()


def test_a_workbook_taken_away_takes_no_paper_with_it(papers, put, day):
    path = put()
    day.looks(2)
    path.unlink()
    assert day.looks(5) == []
    assert docx(papers) == 13


# -- what is due -----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_only_the_cohort_that_changed_is_made_so_the_other_report_still_tells_its_own_changes(papers, put, day):
    put("a", "A")
    put("b", "B")
    assert day.looks(2) == ["A: 13 papers: 13 made.", "B: 13 papers: 13 made."]
    before = desk.snapshot(papers.output / "A")
    put("b", "B", cells={"Learners / L03 / Given names": "Anna"})
    assert day.looks(2) == ["B: 13 papers: 1 made, 12 unchanged."]
    assert desk.snapshot(papers.output / "A") == before


@pytest.mark.slow
def test_a_changed_form_makes_all_cohorts_due(papers, put, day):
    put("a", "A")
    put("b", "B")
    day.looks(2)
    desk.form(papers.templates / "mine" / "Agreement.docx", "{{ learner.name }}, {{ home.name }}")
    assert day.looks(2) == ["A: 13 papers: 13 made.", "B: 13 papers: 13 made."]
    (papers.templates / "mine" / "~$reement.docx").write_bytes(b"Eva")
    assert day.looks(5) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["register.xlsx", "Register.csv", "Learner register.csv", "spring.columns.toml", "columns.toml"])
def test_what_all_cohorts_share_makes_them_due(papers, put, day, name):
    put()
    day.looks(2)
    (papers.input / name).write_bytes(b"")
    assert day.looks(2) == ["CZ-2027-Spring: 13 papers: 13 unchanged."]


@pytest.mark.slow
def test_a_changed_learner_register_makes_them_due(papers, put, day):
    put()
    day.looks(2)
    papers.learner_register.write_bytes(learner_register([]))
    assert day.looks(2) == ["CZ-2027-Spring: 13 papers: 13 unchanged."]
    assert day.looks(2) == []


@pytest.mark.slow
def test_two_workbooks_with_one_cohort_id_are_found_out_though_only_one_is_new(papers, put, day):
    put("a")
    day.looks(2)
    put("b", "cz-2027-SPRING")
    told = "no paper was made; 1 thing to correct (S220), see the report."
    assert day.looks(2) == [f"CZ-2027-Spring: {told}", f"cz-2027-SPRING: {told}"]
    assert docx(papers) == 13
    assert day.looks(5) == []
    (papers.input / "b.xlsx").unlink()
    assert day.looks(2) == ["CZ-2027-Spring: 13 papers: 13 unchanged."]


def test_two_workbooks_with_one_cohort_id_are_found_out_when_both_are_new(papers, put, day):
    put("a")
    put("b")
    assert len(day.looks(2)) == 2
    assert docx(papers) == 0


@pytest.mark.slow
def test_after_a_break_only_what_changed_meanwhile_is_made(papers, put, day):
    put("a", "A")
    put("b", "B")
    day.looks(2)
    put("b", "B", cells={"Learners / L03 / Given names": "Anna"})
    day.anew()
    assert day.looks(2) == ["B: 13 papers: 1 made, 12 unchanged."]
    day.anew(pdf=False, templates="mine")
    assert len(day.looks(2)) == 2, "with another set of forms everything is due"


@pytest.mark.slow
@pytest.mark.parametrize("notes", [b"", b"[]", b'{"done": {"spring.xlsx": 3}}', b'{"done": {"spring.xlsx": {"trace": "x"}}}', b"\xff", b"[" * 100_000])
def test_notes_that_make_no_sense_cost_one_run_more_and_no_paper(papers, put, day, notes):
    put()
    day.looks(2)
    (papers.output / NOTES).write_bytes(notes)
    assert read_notes(papers.output) == {}
    day.anew()
    assert day.looks(2) == ["CZ-2027-Spring: 13 papers: 13 unchanged."]


def test_cohorts_that_are_long_gone_are_forgotten_when_there_are_too_many():
    done = {f"{number}.xlsx": Done(trace="", shared="", together=()) for number in range(MOST_KEPT + 10)}
    forget_old(done, {"3.xlsx"})
    assert len(done) == MOST_KEPT
    assert "3.xlsx" in done
    assert "4.xlsx" not in done
    assert f"{MOST_KEPT}.xlsx" in done


# -- what goes wrong -------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("damage", [b"", b"no workbook", b"PK\x03\x04 half a workbook"])
def test_a_damaged_workbook_is_told_with_a_report_and_the_others_are_made(papers, put, day, damage):
    (papers.input / "Nováková Anna.xlsx").write_bytes(damage)
    put()
    first, second = sorted(day.looks(2))
    assert first == MADE
    assert re.fullmatch(r"The workbook without a Cohort ID, saved [-\d]+ [:\d]+: no paper was made; 1 thing to correct \(S101\), see the report\.", second)
    assert (papers.output / "Nováková Anna" / "report.html").is_file()
    assert day.looks(10) == []


@pytest.mark.slow
def test_a_workbook_that_breaks_the_program_is_told_in_one_line_and_tried_when_it_changes(papers, put, day, monkeypatch):
    put("a", "A")
    put("b", "B")
    true = watch.make_all

    def broken(room, paths, *rest, **more):
        if paths[0].stem == "a":
            raise KeyError("Nováková")
        return true(room, paths, *rest, **more)

    monkeypatch.setattr(watch, "make_all", broken)
    line, other = day.looks(2)
    assert re.fullmatch(r"A: the program made a mistake \(KeyError, test_watch.py:\d+\)\. The workbook is tried again when it changes\.", line)
    assert other == "B: 13 papers: 13 made."
    assert day.looks(100) == []
    monkeypatch.undo()
    put("a", "A", cells={"Learners / L03 / Given names": "Anna"})
    assert day.looks(2) == ["A: 13 papers: 13 made."]


def test_a_workbook_that_breaks_the_program_when_it_is_read_is_told_too(papers, put, day, monkeypatch):
    def broken(*_, **__):
        raise RecursionError

    monkeypatch.setattr(watch, "read_cohort", broken)
    monkeypatch.setattr(office, "read_cohort", broken)
    put()
    (line,) = day.looks(5)
    assert line.startswith("The workbook without a Cohort ID, saved ")
    assert "(RecursionError, test_watch.py:" in line


def test_a_workbook_is_read_with_the_register_as_when_its_papers_are_made(papers, put, day, monkeypatch):
    read, given = watch.read_cohort, []
    monkeypatch.setattr(watch, "read_cohort", lambda path, register=None: (given.append(register), read(path, register=register))[1])
    put()
    desk.workbook(papers.register)
    day.looks(2)
    assert [each.file for each in given] == ["register.xlsx"]


@pytest.mark.slow
def test_another_run_at_work_is_told_once_and_waited_for(papers, put, day):
    put()
    with alone(papers.output):
        told, = day.looks(20)
    assert re.fullmatch(r"Another run is making papers in output since \d\d:\d\d\. Wait until it is ready, then run again\.", told)
    day.seconds += watch.LONGEST_PAUSE
    assert day.looks() == [MADE]


@pytest.mark.slow
def test_what_is_hindered_is_tried_at_longer_and_longer_intervals(papers, put, day, monkeypatch):
    tried = []

    def hindered(*_, **__):
        tried.append(day.seconds)
        raise CannotContinue("The disk is full.")

    monkeypatch.setattr(watch, "make_all", hindered)
    put()
    assert day.looks(2000) == ["The disk is full."]
    gaps = [after - before for before, after in pairwise(tried)]
    assert gaps[:7] == [5, 10, 20, 40, 80, 160, 300]
    assert set(gaps[6:]) == {300}


def test_the_lock_is_there_only_while_papers_are_made(papers, put, day, monkeypatch):
    there = []
    true = office.make_papers
    monkeypatch.setattr(office, "make_papers", lambda *given: there.append((papers.output / LOCK).exists()) or true(*given))
    put()
    day.looks(5)
    assert there == [True]
    assert not (papers.output / LOCK).exists()


@pytest.mark.slow
def test_a_paper_that_is_open_in_word_is_written_when_it_is_closed(papers, put, day, monkeypatch):
    """Word keeps others from replacing a file (Windows); here the moving of one paper is refused."""
    put()
    true = os.replace

    def refused(source, target):
        if "L03" in str(target):
            raise PermissionError
        true(source, target)

    monkeypatch.setattr(os, "replace", refused)
    assert day.looks(20) == ["CZ-2027-Spring: 13 papers: 12 made, 1 could not be written; 1 thing to correct (T403), see the report.",
                             "CZ-2027-Spring: 13 papers: 12 unchanged, 1 could not be written; 1 thing to correct (T403), see the report."]  # fmt: skip
    monkeypatch.undo()
    day.seconds += watch.LONGEST_PAUSE
    assert day.looks() == ["CZ-2027-Spring: 13 papers: 1 made, 12 unchanged."]
    assert day.looks(100) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_workbook_that_may_not_be_read_yet_is_tried_again(papers, put, day):
    path = put()
    path.chmod(0)
    assert len(day.looks(20)) == 1
    path.chmod(0o600)
    day.seconds += watch.LONGEST_PAUSE
    assert day.looks(2) == [MADE]


@pytest.mark.slow
def test_a_folder_that_may_not_be_opened_does_not_keep_the_others_from_being_made(papers, put, day, monkeypatch):
    put()
    (papers.input / "Zuzana").mkdir()
    true = Path.iterdir

    def refused(path):
        if path.name == "Zuzana":
            raise PermissionError
        return true(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    other, made = day.looks(20)
    assert made == MADE
    assert re.fullmatch(r"The workbook without a Cohort ID, saved [-\d]+ [:\d]+: no paper was made; 1 thing to correct \(S101\), see the report\.", other)
    monkeypatch.undo()
    shutil.move(put("all", "Z"), papers.input / "Zuzana" / "all.xlsx")
    day.seconds += watch.LONGEST_PAUSE
    assert day.looks(2) == ["Z: 13 papers: 13 made."]


def test_forms_that_are_reached_in_a_circle_are_looked_at_once(papers, put, day):
    (papers.templates / "mine" / "again").symlink_to(papers.templates, target_is_directory=True)
    put()
    assert len(day.looks(3)) == 1


def test_a_csv_file_is_a_workbook_too(papers, day):
    (papers.input / "learners.csv").write_text("Learner ID,Family name\nL01,Nováková\n")
    (line,) = day.looks(3)
    assert line.startswith("learners: no paper was made"), "a flat sheet is called as its file is"
    assert (papers.output / "learners" / "report.html").is_file()


@pytest.mark.slow
def test_the_folder_input_may_go_and_come_back(papers, put, day):
    """A network drive does so; what was made is not made again."""
    put()
    day.looks(2)
    papers.input.rename(papers.folder / "away")
    assert day.looks(10) == ["There is no folder “input” in the working folder; the watch goes on looking."]
    (papers.folder / "away").rename(papers.input)
    assert day.looks(10) == ["The folder input can be looked at again."]
    put("autumn", "CZ-2027-Autumn")
    assert day.looks(2) == ["CZ-2027-Autumn: 13 papers: 13 made."]


def test_a_fault_in_the_looking_itself_is_told_once_and_the_watch_goes_on(papers, put, day, monkeypatch):
    def broken(_):
        raise ValueError("Nováková")

    monkeypatch.setattr(watch, "look", broken)
    day.kept.clock = Clock(now=lambda: day.seconds, sleep=lambda _: pass_by())

    def pass_by() -> None:
        day.seconds += 1
        if day.seconds == 30:
            put()
            monkeypatch.undo()
        day.stop = day.seconds > 60

    day.kept.keep()
    first, again, made, end = day.lines
    assert re.fullmatch(r"The program made a mistake while it looked \(ValueError, test_watch.py:\d+\); it goes on\.", first)
    assert (again, made, end) == ("The folder input can be looked at again.", MADE, "The watch has ended.")


@pytest.mark.slow
def test_asked_to_end_in_the_middle_of_a_run_it_ends_between_two_papers(papers, put, day, monkeypatch):
    put()
    counted = []
    monkeypatch.setattr(day.kept.__class__, "_progress", lambda *_: lambda _: counted.append(1) or (len(counted) == 5 and end()))

    def end() -> None:
        raise watch.Ended

    day.kept.clock = Clock(now=lambda: day.seconds, sleep=lambda left: setattr(day, "seconds", day.seconds + left))
    day.kept.keep()
    assert day.lines == ["The watch has ended."]
    assert not list(papers.output.rglob("*.part"))
    monkeypatch.undo()
    day.anew()
    (line,) = day.looks(2)
    assert "left as edited" not in line


@pytest.mark.slow
def test_without_forms_it_is_told_and_made_when_they_are_there(papers, put, day):
    put()
    papers.templates.rename(papers.folder / "away")
    assert day.looks(3) == ["There is no set of forms “mine” in templates (there: none)."]
    (papers.folder / "away").rename(papers.templates)
    day.seconds += watch.LONGEST_PAUSE
    assert day.looks(3) == [MADE]


# -- the log ---------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_log_holds_no_personal_data(papers, put, day):
    """Names of files are left out, because a workbook can be called like a learner."""
    shutil.move(put(), papers.input / "Nguyễn Thị Mai.xlsx")
    put("b", "B", cells={"Learners / L03 / Date of birth": "31.02.2008"})
    day.looks(2)
    (papers.input / "~$Nguyễn Thị Mai.xlsx").write_bytes(b"Eva")
    (papers.input / "Sýkora Vojtěch.xlsx").write_bytes(b"no workbook")
    papers.input.rename(papers.folder / "away")
    day.looks(3)
    (papers.folder / "away").rename(papers.input)
    day.looks(3)
    log = "\n".join(day.lines)
    assert len(day.lines) == 5
    for word in ("Nguy", "Mai", "Sýkora", "31.02", "L03", "Anežka", str(papers.folder)):
        assert word not in log
    notes = (papers.output / NOTES).read_text()
    assert (papers.output / NOTES).stat().st_mode & 0o077 == 0
    assert set(json.loads(notes)) == {"version", "done"}


def test_a_cohort_id_with_line_breaks_forges_no_line(tmp_path, capsys):
    tell = open_log(tmp_path / "log")
    tell("CZ\n2027-01-01 00:00:00  all is well")
    assert len((tmp_path / "log").read_text("utf-8").splitlines()) == 1
    assert capsys.readouterr().out == (tmp_path / "log").read_text("utf-8")


def test_the_log_is_added_to_and_begun_anew_when_it_is_large(tmp_path):
    for _ in range(3):
        tell = open_log(tmp_path / "log")
        for _ in range(9_000):
            tell("CZ-2027-Spring: 13 papers: 13 unchanged. " + "ž" * 40)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["log", "log.1", "log.2", "log.3"]
    assert all(path.stat().st_size <= 1_000_000 for path in tmp_path.iterdir())


def test_a_log_that_cannot_be_written_is_told_at_once_and_later_minded_by_nobody(tmp_path):
    with pytest.raises(CannotContinue, match="--log FILE"):
        open_log(tmp_path / "no" / "log")
    tell = open_log(None)
    true, sys.stdout = sys.stdout, None
    try:
        open_log(None)("nobody reads this")
    finally:
        sys.stdout = true
    tell("whatever")


# -- a long time -----------------------------------------------------------------------------------------------------------


def test_between_looks_no_workbook_is_opened_and_nothing_is_written(papers, put, day, monkeypatch):
    put()
    day.looks(2)
    before = desk.snapshot(papers.folder)
    opened = []
    monkeypatch.setattr(sys.modules["builtins"], "open", lambda *given, **_: opened.append(given))
    monkeypatch.setattr(watch, "read_cohort", opened.append)
    assert day.looks(50) == []
    monkeypatch.undo()
    assert opened == []
    assert desk.snapshot(papers.folder) == before


@pytest.mark.slow
def test_memory_does_not_grow_from_look_to_look(papers, put, day):
    put()
    day.looks(100)
    tracemalloc.start()
    try:
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        day.looks(2000)
        gc.collect()
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after - before < 20_000


@pytest.mark.slow
def test_memory_does_not_grow_from_run_to_run(papers, day):
    """A cohort of 700 learners, so that the second process helps and garbage is not looked for meanwhile."""
    path = crowd(papers.input / "crowd.xlsx", 700)
    desk.form(papers.templates / "official" / "Card.docx", "{{ learner.name }}")
    sizes = []
    for number in range(8):
        os.utime(path, (number + 1, number + 1))
        assert len(day.looks(2)) == 1
        sizes.append(int(re.search(r"VmRSS:\s+(\d+)", Path("/proc/self/status").read_text())[1]))
    assert gc.get_freeze_count() == 0
    assert sizes[-1] - sizes[3] < 12_000, sizes


# -- a process of its own --------------------------------------------------------------------------------------------------


@contextmanager
def running(papers, *words: str, **environment: str):
    """Run `ecvet watch` in the folder, and wait for lines of its log."""
    command = [sys.executable, "-u", "-m", "pipeline", "watch", "--every", "0.2", *words]
    log = papers.folder / "said"
    with log.open("w") as out, subprocess.Popen(command, cwd=papers.folder, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, **environment}) as process:

        def wait_for(words: str) -> str:
            for _ in range(600):
                if words in (said := log.read_text("utf-8")):
                    return said
                assert process.poll() is None, said
                time.sleep(0.05)
            raise AssertionError(f"{words} was never said, but: {said}")

        try:
            yield process, wait_for
        finally:
            process.kill()


def ends(process, how: signal.Signals) -> int:
    process.send_signal(how)
    return process.wait(20)


Waiting = Callable[[str], str]


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_makes_papers_and_stops_when_it_is_asked_to(papers, put, how, code):
    with running(papers, "--log", "watch.log") as (process, wait_for):
        wait_for("Watching the folder input: a look every 0.2 s.")
        put()
        wait_for(MADE)
        assert ends(process, how) == code
        said = (papers.folder / "said").read_text()
    assert "Traceback" not in said
    assert ("The watch has ended." in said) is (code == 0)
    assert MADE in (papers.folder / "watch.log").read_text()
    assert not (papers.output / LOCK).exists()


@pytest.mark.slow
@pytest.mark.parametrize(("how", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_stopped_in_the_middle_of_a_run_it_leaves_only_whole_papers_and_the_next_run_takes_none_for_edited(papers, how, code):
    crowd(papers.input / "crowd.xlsx", 1500)
    shutil.copytree(desk.ROOT / "templates" / "official", papers.templates / "official")
    with running(papers) as (process, _):
        for _ in range(1200):
            if len(list(papers.output.rglob("*.docx"))) > 100:
                break
            time.sleep(0.02)
        assert ends(process, how) == code
        said = (papers.folder / "said").read_text()
    assert "Traceback" not in said
    made = list(papers.output.rglob("*.docx"))
    assert 100 < len(made) < 3000, "it was stopped on the way"
    assert all(path.read_bytes()[-22:-18] == b"PK\x05\x06" for path in made), "every paper is whole"
    assert not list(papers.output.rglob("*.part"))
    (again,) = desk.make(papers)
    assert set(desk.statuses(again)) == {"written", "unchanged"}


@pytest.mark.slow
def test_a_file_that_grows_slowly_is_taken_only_when_it_is_whole(papers, put):
    whole = put().read_bytes()
    (papers.input / "spring.xlsx").unlink()
    with running(papers) as (_, wait_for):
        with (papers.input / "spring.xlsx").open("wb", buffering=0) as growing:
            for at in range(0, len(whole), len(whole) // 20):
                growing.write(whole[at : at + len(whole) // 20])
                time.sleep(0.1)
        said = wait_for(MADE)
    assert "no paper was made" not in said


@pytest.mark.slow
def test_once_makes_what_is_due_and_ends(papers, put):
    put()
    command = [sys.executable, "-m", "pipeline", "watch", "--once", "--every", "0.2"]

    def once() -> tuple[int, str]:
        done = subprocess.run(command, cwd=papers.folder, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60)
        return done.returncode, done.stdout[21:].strip()

    assert once() == (0, MADE)
    assert once() == (0, "")
    put(cells={"Learners / L03 / Date of birth": "31.02.2008"})
    assert once() == (1, "CZ-2027-Spring: 13 papers: 12 unchanged, 1 not made; 1 thing to correct (S201), see the report.")
    papers.input.rename(papers.folder / "away")
    assert once() == (3, "There is no folder “input” in the working folder.")


@pytest.mark.slow
def test_it_does_not_burn_the_processor(papers, put):
    put()
    with running(papers) as (process, wait_for):
        wait_for(MADE)
        ticks = sum(map(int, Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]))
        time.sleep(4)
        spent = sum(map(int, Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13])) - ticks
    assert spent / os.sysconf("SC_CLK_TCK") < 0.2, "20 looks in four seconds"


@pytest.mark.slow
@pytest.mark.parametrize("console", ["ascii", "cp437", "cp852"])
def test_an_old_console_never_stops_the_watch(papers, put, console):
    put(identifier="Žižkov-27")
    with running(papers, PYTHONIOENCODING=console, PYTHONUTF8="0") as (process, _):
        for _ in range(200):
            if b"13 papers" in (said := (papers.folder / "said").read_bytes()):
                break
            time.sleep(0.05)
        assert ends(process, signal.SIGTERM) == 0
    assert b"13 papers: 13 made." in said
