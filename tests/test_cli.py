"""The doors: every command and every exit code, as an officer meets them."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import desk
import pytest
from crowd import crowd
from desk import at
from openpyxl import load_workbook

from pipeline import __version__, cli, office
from pipeline.counter import show
from pipeline.made import Wishes
from pipeline.turns import alone

AGREEMENT = ["{{ learner.name }}", "{{ agreement.start }}", "{{ home.name }}", "{{ host.name }}", "{{ today }}"]
SUMMARY = "CZ-2027-Spring (spring.xlsx): 13 papers: 13 made (13 × Agreement)."


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def ecvet(monkeypatch, capsys) -> Callable[..., Said]:
    """Type a command and give what it said; whatever happens, nobody is shown a traceback."""

    def type_it(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["ecvet", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = Said(int(ended.value.code or 0), *capsys.readouterr())
        assert "Traceback" not in said.out + said.err
        return said

    return type_it


@pytest.fixture
def papers(tmp_path, monkeypatch):
    """A working folder with the quick form Agreement; it is the current folder."""
    room = desk.room(tmp_path / "papers", official=False, forms={"Agreement": AGREEMENT})
    monkeypatch.chdir(room.folder)
    return room


@pytest.fixture
def spring(papers):
    """Put the example cohort into it, with cells changed."""

    def put(cells=None, name: str = "spring", **more) -> Path:
        return desk.workbook(papers.input / f"{name}.xlsx", {"Cohort / Templates": "mine", **(cells or {})}, **more)

    return put


def process(*words: object, cwd: Path, **environment: str) -> Said:
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "pipeline", *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, env={**os.environ, **environment}, check=False, timeout=60)
    said = Said(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert "Traceback" not in said.out + said.err
    return said


# -- run -------------------------------------------------------------------------------------------------------------------


def test_run_makes_the_papers_says_so_in_a_line_and_ends_with_0(ecvet, papers, spring):
    spring()
    said = ecvet("run")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"{SUMMARY}\n  Report: {Path('output', 'CZ-2027-Spring', 'report.html')}")
    assert said.out.count("\n") == 2
    assert len(list(papers.output.rglob("*.docx"))) == 13
    assert ecvet("run").out.startswith("CZ-2027-Spring (spring.xlsx): 13 papers: 13 unchanged.\n")


def test_a_paper_that_waits_is_told_with_its_cell_and_ends_with_1(ecvet, papers, spring):
    spring({"Learners / L03 / Date of birth": "31.02.2008"})
    said = ecvet("run")
    assert said.code == 1
    first, second, *_ = said.out.splitlines()
    assert first == "CZ-2027-Spring (spring.xlsx): 13 papers: 12 made (12 × Agreement), 1 not made."
    assert second.startswith("  Learners!F4  “31.02.2008” is not a date")
    assert second.endswith(" [S201]")
    assert len(list(papers.output.rglob("*.docx"))) == 12


def test_a_workbook_that_cannot_be_read_ends_with_1_and_the_others_are_made(ecvet, papers, spring):
    (papers.input / "broken.xlsx").write_bytes(b"no workbook")
    spring()
    said = ecvet("run")
    assert said.code == 1
    assert "broken (broken.xlsx): no paper was made.\n  broken.xlsx  The file is no Excel file, whatever its name says." in said.out
    assert SUMMARY in said.out


def test_a_form_with_a_fault_ends_with_1_and_says_where_in_the_form(ecvet, papers, spring):
    desk.form(papers.templates / "mine" / "Diary.docx", "Of {{ learner.nam }}")
    spring()
    said = ecvet("run")
    assert said.code == 1
    assert "26 papers: 13 made (13 × Agreement), 13 not made.\n" in said.out
    assert "  Diary.docx, paragraph “Of {{ learner.nam }}”  “{{ learner.nam }}”: “learner.nam” is not a word. Did you mean " in said.out


def test_a_paper_left_as_edited_ends_with_0(ecvet, papers, spring):
    spring()
    ecvet("run")
    for name, words in (("(L04)", "1 left as you edited it"), ("(L05)", "2 left as you edited them")):
        paper = next(papers.output.rglob(f"*{name}.docx"))
        paper.write_bytes(paper.read_bytes() + b"edited")
        said = ecvet("run")
        assert said.code == 0
        assert f" unchanged, {words}.\n" in said.out
    assert "\n  left as you edited it: Agreement - Jíra Šimon (L04).docx\n" in said.out


def test_the_new_paper_beside_an_edited_one_is_told_as_long_as_it_waits_there(ecvet, papers, spring):
    spring()
    ecvet("run")
    paper = next(papers.output.rglob("*(L04).docx"))
    paper.write_bytes(paper.read_bytes() + b"edited")
    spring({"Learners / L04 / Given names": "Šimon Petr"}, name="spring")
    paper.rename(edited := paper.with_name("Agreement - Jíra Šimon Petr (L04).docx"))
    told = ("\n  left as you edited it: Agreement - Jíra Šimon Petr (L04).docx; the new one lies beside it as "
            "“Agreement - Jíra Šimon Petr (L04) (new).docx”\n")  # fmt: skip
    report = papers.output / "CZ-2027-Spring" / "report.html"
    for _ in range(2):
        said = ecvet("run")
        assert said.code == 0
        assert told in said.out
        assert "The new one lies beside it: Agreement - Jíra Šimon Petr (L04) (new).docx" in report.read_text("utf-8")
    edited.with_name("Agreement - Jíra Šimon Petr (L04) (new).docx").unlink()
    assert "\n  left as you edited it: Agreement - Jíra Šimon Petr (L04).docx\n" in ecvet("run").out


def test_of_many_papers_left_as_edited_five_are_named(ecvet, papers, spring):
    spring()
    ecvet("run")
    for paper in papers.output.rglob("*.docx"):
        paper.write_bytes(paper.read_bytes() + b"edited")
    said = ecvet("run").out
    assert said.count("  left as you edited it: ") == 5
    assert "\n  … and 8 more left as you edited them, all in the report.\n" in said


def test_an_old_paper_is_told_in_the_terminal_with_what_to_do(ecvet, papers, spring):
    spring()
    ecvet("run")
    spring(without=["Learners / L04"])
    said = ecvet("run")
    assert said.code == 0
    assert ("\n  (please look) “Agreement - Jíra Šimon (L04).docx” was made earlier and no longer belongs to the cohort. "
            "Keep it, or delete it so that nobody prints it. [T402]\n") in said.out  # fmt: skip


def test_a_paper_that_cannot_be_written_ends_with_1(ecvet, papers, spring):
    spring()
    (papers.output / "CZ-2027-Spring" / "Agreement - Jíra Šimon (L04).docx").mkdir(parents=True)
    said = ecvet("run")
    assert said.code == 1
    assert "12 made (12 × Agreement), 1 could not be written." in said.out
    assert "because a folder of this name lies in its place. Rename the folder and run again. [T403]" in said.out


def test_blanks_for_the_pen_are_counted_as_in_the_report(ecvet, papers, spring):
    """The same blank in many papers is one to think of."""
    desk.form(papers.templates / "mine" / "Agreement.docx", "{{ learner.name }} {{ learner.guardian }}")
    spring()
    assert "; 1 blank left for the pen.\n" in ecvet("run").out


def test_what_is_wrong_in_the_same_way_in_many_cells_is_one_line(ecvet, papers):
    crowd(papers.input / "crowd.xlsx", 40, name=lambda number: (None if number > 1 else "Novák", f"Ann{number}"))
    said = ecvet("run", "--templates", "mine")
    assert said.code == 1
    assert said.out.splitlines()[1] == "  Learners!D4:D44  “Family name” is blank. Fill the cell. [S210]"


def test_many_problems_are_cut_short_in_the_terminal_and_complete_in_the_report(ecvet, spring):
    """Forty unknown partners in a row, each with a name of its own."""
    rows = [desk.learner("L01", Learner_ID=f"M{number}", Host=f"Host no. {number}") for number in range(40)]
    spring(more={"Learners": rows})
    said = ecvet("run")
    assert said.code == 1
    assert said.out.count("[S211]") == 25
    assert " more, all in the report.\n" in said.out
    assert ecvet("check").out.count("[S211]") == 40, "check writes no report, so it shows all of them"


def test_a_cohort_in_several_files_names_the_file_of_a_cell(ecvet, papers):
    desk.workbook(papers.input / "spring" / "rest.xlsx", {"Cohort / Templates": "mine"}, without=["Learners"])
    desk.workbook(
        papers.input / "spring" / "learners.xlsx", {"Learners / L03 / Date of birth": "31.02.2008"},
        without=["Cohort", "Partners", "Qualifications", "Units", "Unit choices", "Accompanying"],
    )  # fmt: skip
    said = ecvet("run")
    assert said.out.startswith("CZ-2027-Spring (spring): 13 papers: 12 made (12 × Agreement), 1 not made.\n  learners.xlsx Learners!F4  ")


def test_a_workbook_may_be_named_by_path_by_name_or_without_its_ending(ecvet, papers, spring, tmp_path):
    spring()
    spring({"Cohort / Cohort ID": "Other"}, name="other")
    assert ecvet("run", "spring.xlsx").out.startswith(SUMMARY)
    assert ecvet("run", "spring").out.startswith("CZ-2027-Spring (spring.xlsx): 13 papers: 13 unchanged")
    assert ecvet("run", papers.input / "other.xlsx").out.startswith("Other (other.xlsx): 13 papers: 13 made")
    desk.workbook(tmp_path / "desktop" / "dropped.xlsx", {"Cohort / Cohort ID": "Dropped", "Cohort / Templates": "mine"})
    assert ecvet("run", tmp_path / "desktop" / "dropped.xlsx").code == 0
    assert (papers.output / "Dropped" / "report.html").is_file()
    assert [path.name for path in (tmp_path / "desktop").iterdir()] == ["dropped.xlsx"]


def test_a_word_or_pdf_file_in_input_is_told_in_one_line_and_not_passed_over(ecvet, papers, spring):
    spring()
    for name in ("letter.odt", "~$letter.odt", ".hidden.pdf", "desktop.ini"):
        (papers.input / name).write_bytes(b"")
    told = "“letter.odt” in input is no workbook and was not read. What a host sent as .odt: open it in Word or LibreOffice and save it as a Word document (.docx)."
    for command in ("check", "run", "status"):
        assert ecvet(command).out.splitlines()[-1] == told
    assert told not in ecvet("run", "spring").out, "she named what she wants to be read"
    assert json.loads(ecvet("run", "--json").out)["cohorts"]
    (papers.input / "scan.PDF").write_bytes(b"")
    said = ecvet("run").out.splitlines()[-1]
    assert said.startswith("“letter.odt” and “scan.PDF” in input are no workbooks and were not read. What a host sent as .odt: open it")
    assert said.endswith("What a host sent as .pdf: type what it says into sheet Results.")
    assert "What a host sent as .odt: open it" in ecvet("collect").err
    (papers.input / "spring.xlsx").unlink()
    assert "“letter.odt” and “scan.PDF” in input" in ecvet("run").err


def test_a_csv_file_is_found_without_its_ending_too(ecvet, papers):
    (papers.input / "Grupa jesień.csv").write_text("Nazwisko,Imię,Data urodzenia\nNowak,Jan,2008-05-12\n", "utf-8")
    said = ecvet("columns", "Grupa jesień", "--no-ask")
    assert "Sheet “Grupa jesień”: read as Learners" in said.out + said.err


def test_several_workbooks_are_made_one_after_the_other_a_line_each(ecvet, spring):
    spring()
    spring({"Cohort / Cohort ID": "Other"}, name="other")
    lines = [line for line in ecvet("run", "spring", "other").out.splitlines() if not line.startswith(" ")]
    assert [line.partition(" ")[0] for line in lines] == ["CZ-2027-Spring", "Other"]


def test_a_date_asked_for_is_printed_on_the_papers(ecvet, papers, spring):
    spring()
    assert ecvet("run", "--date", "2027-03-09").code == 0
    assert desk.shown(next(papers.output.rglob("*(L04).docx"))).endswith("9 March 2027")


@pytest.mark.parametrize("day", ["03/04/2027", "tomorrow", "2027-02-30"])
def test_a_date_that_is_none_or_has_two_readings_is_wrong_usage(ecvet, spring, day):
    spring()
    said = ecvet("run", "--date", day)
    assert said.code == 2
    assert f"Error: Invalid value for --date: “{day}”" in said.err


def test_strict_makes_all_or_nothing(ecvet, papers, spring):
    spring({"Learners / L03 / Date of birth": "31.02.2008"})
    said = ecvet("run", "--strict")
    assert said.code == 1
    assert said.out.startswith("CZ-2027-Spring (spring.xlsx): 13 papers: 13 not made.\n  Learners!F4  ")
    assert not list(papers.output.rglob("*.docx"))


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(ecvet, papers, spring):
    spring({"Learners / L03 / Date of birth": "31.02.2008"})
    said = ecvet("run", "--dry-run")
    assert said.code == 1
    assert said.out.startswith("CZ-2027-Spring (spring.xlsx): 13 papers: 12 would be made (12 × Agreement), 1 cannot be made yet.\n")
    assert "Report" not in said.out
    assert not papers.output.exists()


def test_a_set_of_forms_may_be_named(ecvet, papers):
    desk.workbook(papers.input / "spring.xlsx")
    assert ecvet("run", "--templates", "mine").out.startswith(SUMMARY)


# -- --json ------------------------------------------------------------------------------------------------------------------


def test_json_is_one_object_with_the_words_of_the_contract(ecvet, spring):
    spring({"Learners / L03 / Date of birth": "31.02.2008"})
    said = ecvet("run", "--json")
    assert said.code == 1
    assert said.err == ""
    whole = json.loads(said.out)
    assert list(whole) == ["cohorts"]
    cohort, = whole["cohorts"]
    assert list(cohort) == ["id", "workbook", "papers", "problems"]
    assert (cohort["id"], cohort["workbook"]) == ("CZ-2027-Spring", "spring.xlsx")
    assert cohort["papers"][0] == {
        "file": "Agreement - Bartošová Eliška (L01).docx", "status": "written", "subject": "Bartošová Eliška (L01)",
        "row": at("Learners / L01 / Family name"),
    }  # fmt: skip
    assert {paper["status"] for paper in cohort["papers"]} == {"written", "held"}
    problem = next(each for each in cohort["problems"] if each["severity"] == "error")
    assert list(problem) == ["code", "severity", "file", "sheet", "cell", "spot", "message", "advice"]
    assert problem | {"message": "", "advice": ""} == {
        "code": "S201", "severity": "error", "file": "spring.xlsx", "sheet": "Learners", "cell": "F4", "spot": None,
        "message": "", "advice": "",
    }  # fmt: skip


def test_json_of_a_check_is_the_same_object(ecvet, papers, spring):
    spring()
    said = ecvet("check", "--json")
    assert said.code == 0
    assert len(json.loads(said.out)["cohorts"][0]["papers"]) == 13
    assert not papers.output.exists()


def test_json_is_an_object_even_where_nothing_could_be_started(ecvet, papers):
    said = ecvet("run", "--json")
    assert said.code == 3
    assert json.loads(said.out) == {"cohorts": []}
    assert said.err.startswith("There is no workbook in ")


# -- check -------------------------------------------------------------------------------------------------------------------


def test_check_writes_nothing_and_ends_like_run(ecvet, papers, spring):
    spring()
    said = ecvet("check")
    assert (said.code, said.out) == (0, "CZ-2027-Spring (spring.xlsx): 13 papers: 13 would be made (13 × Agreement).\n")
    spring({"Learners / L03 / Date of birth": "31.02.2008"})
    assert ecvet("check", "spring").code == 1
    assert not papers.output.exists()


# -- could not start -----------------------------------------------------------------------------------------------------------


def one_sentence(said: Said) -> str:
    assert (said.code, said.out) == (3, "")
    assert said.err.count("\n") == 1
    return said.err.strip()


def test_nothing_in_input_ends_with_3_and_one_sentence(ecvet, papers):
    assert one_sentence(ecvet("run")) == f"There is no workbook in {papers.input}. Put the cohort's .xlsx there and run again."


def test_no_folder_input_ends_with_3_and_says_where_to_go(ecvet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert one_sentence(ecvet("run")).startswith(f"There is no folder “input” in {tmp_path}. Go to the folder of your papers first")
    assert "ecvet init FOLDER" in one_sentence(ecvet("check"))


def test_a_workbook_that_is_not_there_ends_with_3(ecvet, spring):
    spring()
    assert one_sentence(ecvet("run", "sping.xlsx")) == "There is no workbook “sping.xlsx”. Did you mean “spring.xlsx”?"


def test_a_set_of_forms_that_is_not_there_ends_with_3(ecvet, papers, spring):
    spring()
    assert one_sentence(ecvet("run", "--templates", "ours")) == f"There is no set of forms “ours” in {papers.templates} (there: mine)."


def test_a_place_that_cannot_be_written_to_ends_with_3(ecvet, papers, spring):
    spring()
    papers.output.write_text("a file")
    assert one_sentence(ecvet("run")).startswith(f"Nothing can be written to {papers.output}.")


def test_a_second_run_beside_the_first_ends_with_3(ecvet, papers, spring):
    spring()
    with alone(papers.output):
        assert one_sentence(ecvet("run")).startswith("Another run is making papers")


# -- wrong usage -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("run", "--fast"), ("rum",), ("new",), ("init",), ("run", "--date"), ("--quiet",)])
def test_wrong_usage_ends_with_2_and_says_how_it_goes(ecvet, words):
    said = ecvet(*words)
    assert said.code == 2
    assert said.err.startswith(("Usage: ecvet", "Error: "))


def test_help_and_version_end_with_0(ecvet):
    for words in (("--help",), ("-h",), ("run", "--help"), ("explain", "--help")):
        said = ecvet(*words)
        assert said.code == 0
        assert said.out.startswith("Usage: ecvet")
    assert ecvet("--version").out == f"ecvet, version {__version__}\n"


# -- a fault of ours -------------------------------------------------------------------------------------------------------------


def test_a_fault_of_ours_ends_with_70_one_sentence_and_a_log_without_personal_data(ecvet, spring, monkeypatch, tmp_path):
    """The exception names a learner in its message, as openpyxl's and Jinja's do; so does a local variable."""
    spring()

    def crash(*_):
        learner = "Canary Tereza"
        raise ValueError(f"could not convert string to float: {learner!r}")

    monkeypatch.setattr(office.checks, "run", crash)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = ecvet("run")
    assert (said.code, said.out) == (70, "")
    assert said.err.count("\n") == 1
    log = Path(said.err.strip().rpartition(": ")[2])
    told = log.read_text("utf-8")
    assert "Canary" not in told + said.err
    assert "ValueError" in told
    assert "test_cli.py:" in told
    assert "office.py:" in told
    assert f"ecvet {__version__}" in told


def test_a_fault_of_ours_where_not_even_a_log_can_be_written_ends_with_70_too(ecvet, spring, monkeypatch):
    spring()
    monkeypatch.setattr(office.checks, "run", lambda *_: 1 / 0)
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    said = ecvet("run")
    assert said.code == 70
    assert "ZeroDivisionError" in said.err
    assert said.err.count("\n") == 1


# -- Ctrl-C ----------------------------------------------------------------------------------------------------------------------


INTERRUPTED = """
import os, signal, sys
from pipeline import batch, cli
made, make = [], batch.Batch.make
def interrupted(self, order):
    make(self, order)
    made.append(order)
    if len(made) == 5:
        os.kill(os.getpid(), signal.SIGINT)
batch.Batch.make = interrupted
batch.TOGETHER = 2
sys.argv = ["ecvet", "run", *sys.argv[1:]]
cli.main()
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("words", [(), ("--json",)])
def test_ctrl_c_ends_with_130_and_leaves_only_whole_papers(papers, spring, words):
    spring()
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, *words], cwd=papers.folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 130
    assert done.stdout == ""
    assert done.stderr.strip() == "Stopped. Papers that were finished are whole; run again for the rest."
    folder = papers.output / "CZ-2027-Spring"
    assert not list(papers.output.rglob("*.part"))
    assert len(list(folder.glob("*.docx"))) == 4
    assert sorted(path.name for path in papers.output.iterdir()) == ["CZ-2027-Spring"]
    assert words or process("run", cwd=papers.folder).out.startswith("CZ-2027-Spring (spring.xlsx): 13 papers: 9 made (9 × Agreement), 4 unchanged")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_while_the_program_is_still_starting_ends_quietly_too(papers, spring):
    spring()
    script = """
import os, signal, sys
from pipeline import cli, room
room.Room.workbooks = lambda self: os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["ecvet", "run"]
cli.main()
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=papers.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr.strip() == "Stopped. Papers that were finished are whole; run again for the rest."


# -- consoles ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("console", ["ascii", "cp437"])
def test_an_old_console_shows_a_question_mark_and_does_not_stop_the_work(papers, spring, console):
    """“ and ž are not in cp437; the names of the papers are whole all the same."""
    spring({"Learners / L03 / Date of birth": "31.02.2008"})
    said = process("run", cwd=papers.folder, PYTHONIOENCODING=console)
    assert said.code == 1
    assert said.out.startswith("CZ-2027-Spring (spring.xlsx): 13 papers: 12 made (12 ")
    assert console != "cp437" or "Learners!F4  ?31.02.2008? is not a date" in said.out
    assert (papers.output / "CZ-2027-Spring" / "Agreement - Žáčková Ludmila (L12).docx").is_file()
    told = json.loads(process("run", "--json", cwd=papers.folder, PYTHONIOENCODING=console).out)
    assert told["cohorts"][0]["papers"][-1]["subject"] == "Žáčková Ludmila (L12)", "JSON loses no letter"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are always Unicode")
def test_a_computer_whose_files_cannot_have_such_names_is_told_paper_by_paper(papers, spring):
    """LC_ALL=C without Python's own remedy: “Bartošová” fits into no name; the papers of L06, L07 and others do."""
    spring({"Learners / L07 / Given names": "Dominika"})
    said = process("run", cwd=papers.folder, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert said.code == 1
    assert "13 papers: 1 made (1 × Agreement), 12 could not be written" in said.out
    assert "Set its language to one with UTF-8" in said.out


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
@pytest.mark.parametrize(("learners", "bar"), [(12, False), (60, True)])
def test_a_bar_is_shown_in_a_terminal_for_many_papers_only_and_its_line_is_ended(papers, learners, bar):
    import pty

    crowd(papers.input / "crowd.xlsx", learners)
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", "--templates", "mine"], cwd=papers.folder, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    assert running.wait() == 0
    os.close(ours)
    text = shown.decode("utf-8")
    assert ("100%" in text) is bar
    assert "\nCZ-2027-Spring (crowd.xlsx):" in f"\n{text}".replace("\x1b[?25h", "")


def test_without_a_terminal_there_is_no_bar(papers):
    crowd(papers.input / "crowd.xlsx", 60)
    assert process("run", "--templates", "mine", cwd=papers.folder).err == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_reader_that_goes_away_causes_no_traceback(tmp_path):
    running = subprocess.Popen([sys.executable, "-m", "pipeline", "fields"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    assert running.stdout
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr
    assert running.stderr.read() == b""
    running.stderr.close()
    running.wait()


# -- new, init ---------------------------------------------------------------------------------------------------------------------


def test_new_makes_an_empty_workbook_and_reading_it_tells_only_that_it_is_empty(ecvet, papers):
    said = ecvet("new", "input/mine.xlsx")
    assert (said.code, said.out) == (0, f"{Path('input', 'mine.xlsx')} is ready: fill it, then run: ecvet run\n")
    checked = json.loads(ecvet("check", "--json").out)["cohorts"][0]
    told = [f"{each['sheet']}!{each['cell']} {each['message']}" for each in checked["problems"] if each["severity"] == "error"]
    assert "“Cohort ID” is blank." in told[0]
    assert all(line.endswith((" is blank.", " holds no row yet.")) or "no set of forms" in line for line in told)


def test_new_adds_the_ending_and_never_replaces_a_file(ecvet, papers):
    assert ecvet("new", "CZ-2027.1").out == "CZ-2027.1.xlsx is ready: fill it, put it into the folder input, then run: ecvet run\n"
    assert (papers.folder / "CZ-2027.1.xlsx").is_file()
    before = (papers.folder / "CZ-2027.1.xlsx").read_bytes()
    said = ecvet("new", "CZ-2027.1.xlsx")
    assert said.code == 3
    assert (papers.folder / "CZ-2027.1.xlsx").read_bytes() == before
    assert ecvet("new", "no/such/folder/a.xlsx").code == 3


def _columns(path: Path) -> dict[str, list[str]]:
    book = load_workbook(path)
    fields = [str(cell.value) for cell in book["Cohort"]["A"][1:] if cell.value]
    tables = {sheet.title: [str(cell.value) for cell in sheet[1]] for sheet in book if sheet.title != "Lists"}
    return {name: [head.removesuffix(" *") for head in heads] for name, heads in {**tables, "Cohort": fields}.items()}


def test_new_for_a_form_leaves_out_the_columns_that_it_does_not_ask_for(ecvet, papers):
    desk.form(papers.templates / "mine" / "Card.docx", "{{ learner.name }}, {{ learner.nationality }}", "{{ host.website }}")
    said = ecvet("new", "input/mine", "--for", "templates/mine/Card.docx")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{Path('input', 'mine.xlsx')} is ready: fill it, then run: ecvet run\n"
    columns = _columns(papers.input / "mine.xlsx")
    assert list(columns) == ["Cohort", "Partners", "Qualifications", "Units", "Learners"]
    assert {"Nationality", "Family name", "Learner ID", "Start date"} <= set(columns["Learners"])
    assert not {"Sex", "Progress", "Validator", "Annexes"} & set(columns["Learners"])
    assert "Website" in columns["Partners"]
    assert "OID" not in columns["Partners"]


def test_new_for_several_forms_or_a_set_asks_for_what_any_of_them_asks(ecvet, papers):
    desk.form(papers.templates / "mine" / "Card.docx", "{% if learner.sex == 'F' %}{{ learner.name }}{% endif %}")
    desk.form(papers.templates / "mine" / "List.docx", "{%p for each in results %}", "{{ each.grade }}", "{%p endfor %}")
    for words in (("--for", "templates/mine"), ("--for", "mine"),
                  ("--for", "templates/mine/Card", "--for", "templates/mine/List.docx")):  # fmt: skip
        (papers.input / "mine.xlsx").unlink(missing_ok=True)
        assert ecvet("new", "input/mine", *words).code == 0
        columns = _columns(papers.input / "mine.xlsx")
        assert "Sex" in columns["Learners"]
        assert columns["Results"] == ["Learner ID", "Mobility", "Unit ID", "Learning outcome", "Result", "Grade"]


@pytest.mark.parametrize(("given", "said"), [
    (["templates/mine/Card.docx"], "mine"), (["mine"], "mine"), (["templates/mine"], "mine"), (["Card", "mine/deep/List.docx"], "mine"),
    (["Card", "official/Agreement"], None), (["templates"], None), (["Alone.docx"], None), (["mine", "Alone.docx"], None),
])  # fmt: skip
def test_new_for_forms_of_one_set_names_the_set(ecvet, papers, given, said):
    """Without it, `ecvet run` would make the official forms of a workbook that was made for others."""
    for name in ("templates/mine/Card.docx", "templates/mine/deep/List.docx", "templates/official/Agreement.docx", "Alone.docx"):
        desk.form(papers.folder / name, "{{ learner.name }}")
    assert ecvet("new", "input/mine", *(word for form in given for word in ("--for", form))).code == 0
    values = {row[0].value: row[1].value for row in load_workbook(papers.input / "mine.xlsx")["Cohort"].iter_rows(min_row=2)}
    assert values["Templates"] == said


def test_new_for_a_form_with_faults_says_so_and_uses_what_can_be_understood(ecvet, papers):
    desk.form(papers.templates / "mine" / "Card.docx", "{{ learner.nationality }}", "{{ learner.shoesize }}")
    said = ecvet("new", "input/mine", "--for", "templates/mine/Card.docx")
    assert said.code == 0
    assert said.err.startswith("“Card.docx” has a fault, so columns may be missing for what could not be understood of it. ")
    assert "“learner.shoesize” is not a word." in said.err
    assert "Nationality" in _columns(papers.input / "mine.xlsx")["Learners"]


@pytest.mark.parametrize("name", ["Nothing.docx", "templates/nothing", "input"])
def test_new_for_a_form_that_is_not_there_ends_with_3_and_writes_nothing(ecvet, papers, name):
    said = ecvet("new", "mine", "--for", name)
    assert said.code == 3
    assert said.err.startswith(("There is no form ", "There is no Word form in "))
    assert not (papers.folder / "mine.xlsx").exists()


@pytest.mark.slow
def test_what_new_makes_for_the_official_agreement_lacks_no_column_that_check_asks_for(ecvet, papers):
    (papers.templates / "official").symlink_to(desk.ROOT / "templates" / "official", target_is_directory=True)
    form = "templates/official/1 Before/Learning Agreement.docx"
    assert ecvet("new", "input/full").code == 0
    full = ecvet("check", "full", "--templates", "official", "--json")
    assert ecvet("new", "input/mine", "--for", form).code == 0
    mine = ecvet("check", "mine", "--templates", "official", "--json")
    told = [sorted((each["code"], each["sheet"], each["message"]) for each in json.loads(said.out)["cohorts"][0]["problems"])
            for said in (mine, full)]  # fmt: skip
    assert told[0] == told[1]
    assert not {"S103", "S112"} & {code for code, *_ in told[0]}


@pytest.mark.slow
def test_init_makes_a_folder_and_run_makes_the_papers_of_the_example_in_it(ecvet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert ecvet("init", "Erasmus papers") == (0, "Erasmus papers is ready. Go there and run: ecvet run\n", "")
    folder = tmp_path / "Erasmus papers"
    assert sorted(path.name for path in folder.iterdir()) == ["Check only.cmd", "Make the papers.cmd", "Read me first.txt", "input", "output", "templates"]
    assert sorted(path.name for path in (folder / "templates").iterdir()) == ["erasmus", "official"]
    monkeypatch.chdir(folder)
    said = ecvet("run")
    assert said.code == 0
    assert "1 × Memorandum of Understanding, 2 × Participant List, 2 × Unit Catalogue)" in said.out
    assert ecvet("run").out.startswith("CZ-2027-Spring (Example cohort.xlsx): 57 papers: 57 unchanged")


def test_a_text_to_read_first_tells_the_steps_as_windows_writes_texts(ecvet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ecvet("init", "new")
    data = (tmp_path / "new" / "Read me first.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") <= 36, "one screen"
    told = data.decode("utf-8-sig")
    for each in ("ecvet new", "ecvet check", "ecvet run", "report.html", "personal data", "templates/official", "input", "output",
                 "Assessment Sheets that come back", "ecvet register", "ecvet export --elm"):  # fmt: skip
        assert each in told


def test_init_takes_only_the_official_forms_and_the_example_from_a_checkout(ecvet, tmp_path, monkeypatch):
    """A developer's own workbooks and packs stay where they are."""
    kit = tmp_path / "checkout"
    desk.workbook(kit / "input" / "Example cohort.xlsx")
    desk.workbook(kit / "input" / "private.xlsx")
    desk.form(kit / "templates" / "official" / "Form.docx", "{{ cohort.id }}")
    desk.form(kit / "templates" / "official" / "~$Form.docx", "")
    desk.form(kit / "templates" / "college" / "Form.docx", "{{ cohort.id }}")
    monkeypatch.setattr("pipeline.settle_in.kit", lambda part: kit / part)
    monkeypatch.chdir(tmp_path)
    ecvet("init", "new")
    made = sorted(path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*") if path.suffix in (".xlsx", ".docx"))
    assert made == ["input/Example cohort.xlsx", "templates/official/Form.docx"]


def test_init_never_touches_a_folder_with_something_in_it(ecvet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for name in ("there", "file"):
        assert one_sentence(ecvet("init", name)) == f"{name} is there already and not empty. Name a new folder."
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    assert ecvet("init", "empty").code == 0, "an empty folder is as good as a new one"


def test_the_files_to_double_click_are_such_as_windows_needs(ecvet, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ecvet("init", "new")
    for name, command in (("Make the papers.cmd", "run"), ("Check only.cmd", "check")):
        data = (tmp_path / "new" / name).read_bytes()
        assert data.isascii()
        assert data.count(b"\n") == data.count(b"\r\n")
        lines = data.decode("ascii").split("\r\n")
        assert lines[0] == "@echo off"
        assert 'pushd "%~dp0"' in lines, "it works in its own folder, on a network drive too"
        assert f"%ecvet% {command} %*" in lines
        assert lines[-2:] == ["pause", ""], "the window stays"
    assert "{" not in (tmp_path / "new" / "Make the papers.cmd").read_text("ascii")


# -- fields, explain -----------------------------------------------------------------------------------------------------------------


def test_fields_lists_the_words_with_column_and_example(ecvet):
    said = ecvet("fields")
    assert said.code == 0
    line = next(line for line in said.out.splitlines() if line.startswith("  learner.family_name "))
    assert line.endswith("family name *  [Learners: Family name]  e.g. Nováková")
    words = {each["word"]: each for each in json.loads(ecvet("fields", "--json").out)}
    assert words["learner.family_name"] == {
        "word": "learner.family_name", "type": "text", "meaning": "family name", "column": "Learners: Family name",
        "required": True, "example": "Nováková", "short": "lrn_family_name",
        "shorts": {"learners": "lrns_family_name", "people": "people_family_name"},
    }  # fmt: skip
    assert line.startswith("  learner.family_name                  lrn_family_name ")
    assert words["agreement.days"]["short"] == "agreement_days"
    assert words["partner.contact_person"]["shorts"]["host"] == "host_contact_pers"
    assert "  host.contact_person                        host_contact_pers" in said.out.splitlines()
    assert words["agreement.days"]["column"] is None


def test_fields_writes_a_word_file_of_blanks_to_copy_and_never_replaces_a_file(ecvet, papers):
    said = ecvet("fields", "--docx")
    assert said == (0, "Words for forms.docx is ready: open it in Word, and copy its blanks into your forms.\n", "")
    before = (papers.folder / "Words for forms.docx").read_bytes()
    assert ecvet("fields", "--docx") == (3, "", "“Words for forms.docx” exists already and was left as it is: choose another name.\n")
    assert (papers.folder / "Words for forms.docx").read_bytes() == before
    assert ecvet("fields", "--docx", "mine").code == 0
    assert (papers.folder / "mine.docx").read_bytes() == before
    assert ecvet("fields", "--docx", "no/folder/mine.docx").code == 3
    assert ecvet("fields", "--docx", "other.docx", "--json").code == 2
    assert not (papers.folder / "other.docx").exists()


def test_explain_tells_the_story_of_a_code_or_lists_all(ecvet):
    said = ecvet("explain", "s201")
    assert said.code == 0
    assert said.out.startswith("S201  A date cannot be read.\n")
    assert ecvet("explain", "[S201]").out == said.out, "as it is printed behind a message"
    assert "\nWhat to do: Write a date such as" in said.out
    every = ecvet("explain").out
    for code in ("S101", "L101", "A101", "M120", "T206", "T301", "T403", "T404", "S222"):
        assert f"\n  {code}  " in every


def test_explain_of_a_code_that_is_not_there_ends_with_3_and_a_suggestion(ecvet):
    assert one_sentence(ecvet("explain", "S20l")).startswith("There is no code “S20l”. Did you mean S2")
    assert one_sentence(ecvet("explain", "nonsense")) == "There is no code “nonsense”. All codes: ecvet explain"


def test_every_code_a_room_can_tell_is_explained(ecvet):
    """Read from the sources, so that no room is forgotten."""
    import re

    every = ecvet("explain").out
    package = Path(cli.__file__).parent
    found = {code for path in package.rglob("*.py") for code in re.findall(r'@(?:check|fault)\(\s*"([A-Z]\d{3})"', path.read_text("utf-8"))}
    assert len(found) > 80
    assert [code for code in sorted(found) if f"\n  {code}  " not in every] == []


# -- what is said of one, two and many -------------------------------------------------------------------------------------------------


def test_one_paper_is_one_paper(papers, spring, monkeypatch):
    desk.form(papers.templates / "other" / "Note.docx", "{{ cohort.id }}")
    spring()
    made, = desk.make(papers, templates="other")
    assert show(made, Wishes(), papers.folder).startswith("CZ-2027-Spring (spring.xlsx): 1 paper: 1 made (1 × Note).\n")


@pytest.mark.slow
def test_a_thousand_papers_are_written_with_a_comma(papers):
    crowd(papers.input / "crowd.xlsx", 1000)
    made, = desk.make(papers, templates="mine", dry_run=True)
    assert show(made, Wishes(dry_run=True), papers.folder).startswith(
        "CZ-2027-Spring (crowd.xlsx): 1,083 papers: 1,083 would be made (1,083 × Agreement)."
    )


@pytest.mark.parametrize("word", ["held", "render", "alias", "atomic", "manifest", "fingerprint", "JSON", "exit code", "Traceback"])
def test_officers_meet_none_of_our_words(ecvet, papers, spring, word):
    spring({"Learners / L03 / Date of birth": "31.02.2008"})
    (papers.input / "broken.xlsx").write_bytes(b"no workbook")
    said = "".join(ecvet(command).out for command in ("run", "run", "check"))
    assert word not in said


def test_a_command_works_where_its_words_go_to_a_program_and_not_to_a_console(monkeypatch):
    """A window of an editor takes the words as they are: nobody can tell it how to write letters it does not have."""
    told = io.StringIO()
    monkeypatch.setattr(sys, "stdout", told)
    monkeypatch.setattr(sys, "argv", ["ecvet", "--version"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code in (0, None)
    assert told.getvalue().startswith("ecvet, version ")
