"""The way of a cohort, from the workbook to the report."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import desk
import pytest
from crowd import crowd
from desk import at, make, statuses
from openpyxl import load_workbook

from pipeline.problem import CannotContinue
from pipeline.turns import alone

AGREEMENT = ["{{ learner.name }}", "{{ agreement.start }}", "{{ home.name }}", "{{ host.name }}"]


@pytest.fixture
def room(tmp_path):
    """A working folder with one quick form of our own and no official pack."""
    return desk.room(tmp_path / "papers", official=False, forms={"Agreement": AGREEMENT, "Memorandum": ["{{ mou.file_code }} {{ cohort.id }}"]})


@pytest.fixture
def mine(room):
    """Put the example cohort into input, with cells changed, to be made with the forms of `mine`."""

    def put(name: str = "spring", cells=None, **more) -> Path:
        return desk.workbook(room.input / f"{name}.xlsx", {"Cohort / Templates": "mine", **(cells or {})}, **more)

    return put


def codes(made) -> list[str]:
    return [problem.code for problem in made.problems if problem.holds]


def report_of(made) -> str:
    return made.report.read_text("utf-8")


# -- the example -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example cohort run with the official pack, as in a fresh clone: the folder, and what became of it."""
    room = desk.room(tmp_path_factory.mktemp("example"))
    shutil.copy(desk.EXAMPLE, room.input)
    made, = make(room)
    return room, made


PAPERS = {
    "Learning Agreement": 13, "Memorandum of Understanding": 1, "Participant List": 2, "Contact Card": 13,
    "Learner Profile": 13, "Unit Catalogue": 2, "Assessment Sheet": 13,
}  # fmt: skip
"""What the first command of README makes of the example: nothing yet of what comes after the stay."""

ALL = sum(PAPERS.values())


def test_the_example_gives_all_papers_of_before_and_during_and_none_of_after(example):
    _, made = example
    assert Counter(it.job.form for it in made.outcomes) == PAPERS
    assert statuses(made) == {"written": ALL}
    assert made.all_made
    assert [problem for problem in made.problems if problem.severity != "notice"] == [], "the example is clean"


def test_every_paper_of_the_example_lies_where_the_pack_says(example):
    room, made = example
    folder = room.output / "CZ-2027-Spring"
    papers = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.docx"))
    assert papers == sorted(it.file for it in made.outcomes)
    assert "1 Before/Memorandum of Understanding - CZ-2027-Spring.docx" in papers
    assert "1 Before/Learning Agreement - Nguyễn Thị Mai (L06-2).docx" in papers
    assert sorted(path.name for path in folder.iterdir()) == [
        ".lastrun.json", "1 Before", "2 During", "Overview - CZ-2027-Spring.xlsx", "manifest.json", "report.html",
    ]  # fmt: skip


def test_every_link_of_the_report_leads_to_a_paper(example):
    _, made = example
    targets = [target for target in desk.links(report_of(made)) if not target.startswith("mailto:")]
    assert len(targets) == ALL + 1, "the papers and the overview"
    for target in targets:
        assert (made.report.parent / unquote(target)).is_file(), target


def papers_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything but what says what this run did, and when: the report, the overview and the notes on the run."""
    told = ("report.html", ".lastrun.json", "Overview - CZ-2027-Spring.xlsx")
    return {name: found for name, found in desk.snapshot(folder).items() if not name.endswith(told)}


def test_a_second_run_changes_no_byte_and_touches_nothing_but_the_report(example):
    room, _ = example
    before = papers_of(room.output)
    again, = make(room)
    assert statuses(again) == {"unchanged": ALL}
    assert papers_of(room.output) == before


def test_the_same_workbook_gives_the_same_bytes_anywhere(example, tmp_path):
    room, _ = example
    other = desk.room(tmp_path / "elsewhere")
    shutil.copy(desk.EXAMPLE, other.input)
    make(other)
    first, second = papers_of(room.output), papers_of(other.output)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name][0] != second[name][0]] == []


def test_nothing_in_input_or_templates_is_written_to(example):
    room, _ = example
    assert [path.name for path in room.input.iterdir()] == [desk.EXAMPLE.name]
    assert (room.input / desk.EXAMPLE.name).read_bytes() == desk.EXAMPLE.read_bytes()


def test_one_changed_cell_makes_only_the_papers_that_show_it_anew(room, mine):
    """L03 goes a day later: her agreement changes, and no other paper is touched."""
    mine()
    make(room)
    mine(cells={"Learners / L03 / Start date": "2027-04-06"})
    made, = make(room)
    assert statuses(made) == {"written": 1, "unchanged": 13}
    assert [it.job.subject for it in made.outcomes if it.status == "written"] == ["Hrušková-Malá Anežka (L03)"]


# -- what can be wrong -----------------------------------------------------------------------------------------------------


def test_a_learners_error_holds_hers_alone_and_the_report_says_which_cell(room, mine):
    mine(cells={"Learners / L03 / Date of birth": "31.02.2008"})
    made, = make(room)
    assert statuses(made) == {"written": 13, "held": 1}
    assert not made.all_made
    problem, = (problem for problem in made.problems if problem.holds)
    assert str(problem.place) == at("Learners / L03 / Date of birth") == "Learners!F4"
    assert "Learners!F4" in report_of(made)


def test_strict_makes_none_of_them(room, mine):
    mine(cells={"Learners / L03 / Date of birth": "31.02.2008"})
    made, = make(room, strict=True)
    assert statuses(made) == {"held": 14}
    assert sorted(path.name for path in (room.output / "CZ-2027-Spring").iterdir()) == [
        ".lastrun.json", "Overview - CZ-2027-Spring.xlsx", "report.html", "spring - to correct.xlsx",
    ]  # fmt: skip


def test_a_row_of_unit_choices_that_cannot_be_understood_holds_its_learner(room, mine):
    """L10 has two rows in Unit choices; one names a unit that is not there. Her agreement would lack it."""
    mine(cells={"Unit choices / L10 / Unit ID": "U99"})
    made, = make(room)
    assert [str(problem.place) for problem in made.problems if problem.holds] == [at("Unit choices / L10 / Unit ID")]
    assert [it.job.subject for it in made.outcomes if it.status == "held"] == ["Sýkora Vojtěch (L10)"]


def test_a_broken_form_stops_no_other_form(room, mine):
    """The papers of a form with a fault wait for it, a file that is no Word file has none, and all others are made."""
    desk.form(room.templates / "mine" / "Faulty.docx", "{{ learner.shoe_size }}")
    (room.templates / "mine" / "Broken.docx").write_bytes(b"PK no zip")
    mine()
    made, = make(room)
    assert statuses(made) == {"written": 14, "held": 13}
    assert {outcome.job.form for outcome in made.outcomes if outcome.job.held_by} == {"Faulty"}
    assert sorted(codes(made)) == ["T101", "T206"]
    assert not made.all_made, "and it is no success"


def test_papers_of_a_form_that_broke_today_are_not_called_gone(room, mine):
    mine()
    make(room)
    desk.form(room.templates / "mine" / "Agreement.docx", "{{ learner.shoe_size }}")
    made, = make(room)
    assert [problem.code for problem in made.problems if problem.code.startswith("T")] == ["T206"]


def test_an_old_paper_is_told_after_a_corrected_name(room, mine):
    mine()
    make(room)
    mine(cells={"Learners / L03 / Family name": "Hrušková"}, without=["Learners / L09"])
    made, = make(room)
    assert [problem.message for problem in made.problems if problem.code.startswith("T4")] == [
        "“Agreement - Hrušková-Malá Anežka (L03).docx” was made earlier for what is now “Agreement - Hrušková Anežka (L03).docx”.",
        "“Agreement - Řezníček Jáchym (L09).docx” was made earlier and no longer belongs to the cohort.",
    ]
    assert made.all_made
    assert len(list((room.output / "CZ-2027-Spring").glob("*.docx"))) == 15


def test_a_paper_edited_by_hand_is_left_and_counts_as_made(room, mine):
    mine()
    make(room)
    paper = room.output / "CZ-2027-Spring" / "Agreement - Jíra Šimon (L04).docx"
    paper.write_bytes(paper.read_bytes() + b"edited")
    made, = make(room)
    assert statuses(made) == {"unchanged": 13, "kept": 1}
    assert made.all_made
    mine(cells={"Learners / L04 / Start date": "2027-03-02"})
    made, = make(room)
    kept, = (it for it in made.outcomes if it.status == "kept")
    assert kept.file == "Agreement - Jíra Šimon (L04) (new).docx"
    assert made.all_made
    assert "Agreement%20-%20J%C3%ADra%20%C5%A0imon%20%28L04%29%20%28new%29.docx" in report_of(made)


def test_a_report_that_cannot_be_written_is_told_and_the_papers_are_made(room, mine):
    mine()
    (room.output / "CZ-2027-Spring" / "report.html").mkdir(parents=True)
    made, = make(room)
    assert statuses(made) == {"written": 14}
    assert made.report is None
    assert codes(made) == ["T403"]
    assert not made.all_made


# -- several workbooks -----------------------------------------------------------------------------------------------------


def test_two_workbooks_with_one_cohort_id_are_told_for_both_and_no_papers_are_made(room, mine):
    mine("spring")
    mine("spring, copy", {"Cohort / Cohort ID": "cz-2027-spring"})
    mine("autumn", {"Cohort / Cohort ID": "CZ-2027-Autumn"})
    made = {each.workbook: each for each in make(room)}
    assert statuses(made["autumn.xlsx"]) == {"written": 14}
    for name, other in (("spring", "spring, copy"), ("spring, copy", "spring")):
        each = made[f"{name}.xlsx"]
        assert not each.outcomes
        assert each.problems[0].code == "S220"
        assert f"is the Cohort ID of “{other}.xlsx” too." in each.problems[0].message
        assert str(each.problems[0].place) == at("Cohort / Cohort ID")
        assert each.report == room.output / name / "report.html"


def test_three_with_one_cohort_id_name_the_two_others(room, mine):
    for name in ("a", "b", "c"):
        mine(name)
    first = make(room)[0]
    assert first.problems[0].message == "“CZ-2027-Spring” is the Cohort ID of “b.xlsx” and “c.xlsx” too."


def test_ids_that_give_one_folder_are_one_id(room, mine):
    """“CZ/2027” and “CZ 2027” would fall into one folder."""
    mine("a", {"Cohort / Cohort ID": "CZ/2027"})
    mine("b", {"Cohort / Cohort ID": "CZ 2027"})
    assert [codes(each) for each in make(room)] == [["S220"], ["S220"]]


def test_one_that_cannot_be_read_does_not_stop_the_others(room, mine):
    (room.input / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (room.input / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    mine()
    made = {each.workbook: each for each in make(room)}
    assert statuses(made["spring.xlsx"]) == {"written": 14}
    assert codes(made["broken.xlsx"]) == codes(made["old.xls"]) == ["S101"]
    assert (room.output / "broken" / "report.html").is_file()
    assert (room.output / "old" / "report.html").is_file()


def test_an_unreadable_file_named_like_another_cohort_gets_a_folder_of_its_own(room, mine):
    """Its name says CZ-2027-Spring, and a good workbook has that Cohort ID: the good one is made."""
    (room.input / "CZ-2027-Spring.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    mine()
    made = {each.workbook: each for each in make(room)}
    assert statuses(made["spring.xlsx"]) == {"written": 14}
    assert codes(made["CZ-2027-Spring.xlsx"]) == ["S101"]
    assert made["CZ-2027-Spring.xlsx"].report == room.output / "CZ-2027-Spring - 2" / "report.html"


def test_two_unreadable_files_of_one_name_get_a_report_each(room):
    (room.input / "cohort.xlsx").write_bytes(b"no workbook")
    (room.input / "cohort.xls").write_bytes(b"no workbook")
    assert len({each.report for each in make(room)}) == 2


def test_without_a_sheet_cohort_the_report_lies_under_the_name_of_the_file(room, mine):
    mine("flow north", without=["Cohort"])
    made, = make(room)
    assert made.report == room.output / "flow north" / "report.html"
    assert "S103" in codes(made)
    assert not [it for it in made.outcomes if it.status != "held"]


def test_a_blank_cohort_id_holds_all_papers_and_the_report_lies_under_the_name_of_the_file(room, mine):
    mine("flow north", {"Cohort / Cohort ID": None})
    made, = make(room)
    assert made.report == room.output / "flow north" / "report.html"
    assert statuses(made) == {"held": 14}


def test_a_cohort_id_with_dangerous_letters_stays_inside_output(room, mine):
    mine("evil", {"Cohort / Cohort ID": "../../../etc: <CON>"})
    made, = make(room)
    assert made.report == room.output / "etc CON" / "report.html"
    assert statuses(made) == {"written": 14}


# -- a folder of files -----------------------------------------------------------------------------------------------------


def test_a_folder_of_files_is_one_cohort_and_a_problem_names_the_file(room):
    """learners.csv, the other sheets as workbooks of their own; the folder's name is the cohort's in messages."""
    folder = room.input / "spring"
    desk.workbook(folder / "all.xlsx", {"Cohort / Templates": "mine"}, without=["Learners"])
    rows = [*desk._example()["Learners"]]
    rows[3][4] = None
    with (folder / "learners.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(
            [["" if cell is None else cell.date() if hasattr(cell, "date") else cell for cell in row] for row in rows]
        )
    desk._example.cache_clear()
    made, = make(room)
    assert made.files == ("all.xlsx", "learners.csv")
    assert made.workbook == "spring"
    assert statuses(made) == {"written": 13, "held": 1}
    problem, = (problem for problem in made.problems if problem.holds)
    assert (problem.place.file, problem.place.cell) == ("learners.csv", "E4")


def test_an_empty_folder_is_told_and_does_not_stop_the_others(room, mine):
    (room.input / "later").mkdir()
    mine()
    made = {each.workbook: each for each in make(room)}
    assert codes(made["later"]) == ["S101"]
    assert statuses(made["spring.xlsx"]) == {"written": 14}


# -- sets of forms -----------------------------------------------------------------------------------------------------------


def test_a_college_uses_its_own_pack_with_its_subfolders(room, mine):
    desk.form(room.templates / "mine" / "2 Während" / "Tagebuch.docx", "{{ learner.name }}")
    mine()
    make(room)
    assert (room.output / "CZ-2027-Spring" / "2 Während" / "Tagebuch - Jíra Šimon (L04).docx").is_file()


def test_a_pack_that_is_not_there_is_told_with_those_that_are(room, mine):
    mine(cells={"Cohort / Templates": "ours"})
    made, = make(room)
    problem, = (problem for problem in made.problems if problem.holds)
    assert str(problem.place) == at("Cohort / Templates")
    assert (problem.message, problem.advice) == ("There is no set of forms “ours” in templates.", "Name one that is there: mine.")


def test_a_pack_without_forms_is_told(room, mine):
    (room.templates / "empty").mkdir()
    mine(cells={"Cohort / Templates": "empty"})
    made, = make(room)
    assert codes(made) == ["S222"]
    assert not made.all_made


def test_a_pack_is_found_whatever_its_case(room, mine):
    mine(cells={"Cohort / Templates": "MINE"})
    assert statuses(make(room)[0]) == {"written": 14}


def test_a_pack_asked_for_on_the_command_line_goes_before_the_workbooks(room, mine):
    desk.form(room.templates / "other" / "Note.docx", "{{ cohort.id }}")
    mine()
    assert [it.file for it in make(room, templates="other")[0].outcomes] == ["Note - CZ-2027-Spring.docx"]


def test_one_that_is_not_there_stops_the_run_before_anything_is_made(room, mine):
    mine()
    with pytest.raises(CannotContinue, match=r"There is no set of forms “ours” in .*templates \(there: mine\)\."):
        make(room, templates="ours")
    assert not room.output.exists()


def test_a_folder_without_templates_stops_the_run(tmp_path):
    room = desk.room(tmp_path, official=False)
    desk.workbook(room.input / "spring.xlsx")
    with pytest.raises(CannotContinue, match="There is no set of forms “official”"):
        make(room)


# -- dry runs and other runs -------------------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_at_all_not_even_the_folder(room, mine):
    mine()
    made, = make(room, dry_run=True)
    assert statuses(made) == {"written": 14}
    assert made.report is None
    assert not room.output.exists()


def test_a_dry_run_may_go_on_beside_another_run(room, mine):
    mine()
    with alone(room.output):
        assert statuses(make(room, dry_run=True)[0]) == {"written": 14}
        with pytest.raises(CannotContinue, match="Another run"):
            make(room)


# -- what lies in input ------------------------------------------------------------------------------------------------------


def test_lock_files_registers_and_other_files_are_no_cohorts(room, mine):
    mine()
    for name in ("~$spring.xlsx", ".~lock.spring.xlsx#", "register.xlsx", "Register.csv", "notes.txt", ".DS_Store", "register - to correct.xlsx",
                 "learner register.xlsx", "Learner Register.xlsx", "learner register (before 2027-06-01).xlsx"):
        (room.input / name).write_bytes(b"")
    assert [path.name for path in room.workbooks()] == ["spring.xlsx"]


def test_a_workbook_is_found_by_path_by_name_and_without_its_ending(room, mine, monkeypatch):
    path = mine("spring")
    monkeypatch.chdir(room.folder)
    for given in (str(path), "input/spring.xlsx", "spring.xlsx", "spring"):
        assert [each.resolve() for each in room.find([given])] == [path.resolve()]
    assert len(room.find(["spring", "spring.xlsx", str(path)])) == 1, "named three times, it is one workbook"
    assert [each.name for each in room.find(["input"])] == ["spring.xlsx"], "the folder input is what is in it"


def test_a_workbook_that_is_not_there_is_told_with_what_was_meant(room, mine):
    mine("spring")
    with pytest.raises(CannotContinue, match=r"There is no workbook “sprnig.xlsx”. Did you mean “spring.xlsx”\?"):
        room.find(["sprnig.xlsx"])
    with pytest.raises(CannotContinue, match=r"There is no workbook “2031”. In input: spring.xlsx\."):
        room.find(["2031"])


# -- the story -----------------------------------------------------------------------------------------------------


HOSTILE = ("<b>Ann</b>", "O'Neil & Søn", '"Quoted" Ünal', "Dvořák <script>", "Łęcka && Co", "’Apostrophe’ Ñandú", "{{ cohort.id }}",
           "{% raw %}", "Trần Thị ]]>", "&amp; &lt;", "Žluťoučký kůň", "Straße/Gasse \\ :*?|")  # fmt: skip


def hostile(number: int) -> tuple[str, str]:
    return f"{HOSTILE[number % len(HOSTILE)]} {number}", f"Tĕrẹzą “{number}” <{number}>"


@pytest.mark.slow
def test_thirty_learners_with_awkward_names_each_stand_unharmed_in_their_own_papers(tmp_path):
    """Names and organisations hold & < > " ' braces and diacritics; official pack, three papers each."""
    room = desk.room(tmp_path)
    crowd(room.input / "crowd.xlsx", 30, name=hostile, partner=lambda name: f"{name} & “Sons” <Ltd> \"{{{{x}}}}\" 'žø'")
    made, = make(room)
    assert desk.agreements(made) == 33, "three of them go twice"
    assert made.all_made
    for outcome in made.outcomes:
        said = desk.shown(room.output / "CZ-2027-Spring" / outcome.file)
        learner = outcome.job.learner
        if learner:
            assert str(learner.given_names) in said
            assert str(learner.family_name) in said
            assert learner.agreement.host.name in said
            number = int(learner.id[1:])
            others = [other for other in range(30) if other + 1 != number and f"“{other}” <{other}>" in said]
            assert others == [], "and in nobody else's"
    page = report_of(made)
    assert "<b>Ann</b>" not in page
    assert "&lt;b&gt;Ann&lt;/b&gt; 0" in page


def test_a_dozen_faults_of_different_kinds_are_each_named_by_their_cell_in_one_run(room, mine):
    faults = {
        "Learners / L01 / Date of birth": ("31.02.2008", "S201"),
        "Learners / L02 / Start date": ("03/04/2027", "S203"),
        "Learners / L03 / Host": ("NANTS", "S211"),
        "Learners / L04 / End date": ("2027-02-01", "A101"),
        "Learners / L05 / Family name": (None, "S210"),
        "Learners / L07 / Telephone": (420600000101000099, "S205"),
        "Learners / L08 / Units": ("U1; U4; U7", "S211"),
        "Learners / L09 / Sex": ("maybe", "S206"),
        "Partners / HAMBURG / Country": ("Germny", "S207"),
        "Units / U2 / Points": ("three", "S202"),
        "Qualifications / BAKE / Title": (None, "S210"),
        "Cohort / Valid until": ("soon", "S201"),
        "Accompanying / Bc. Radim Vaněk / Start date": ("in March", "S201"),
    }
    mine(cells={cell: value for cell, (value, _) in faults.items()})
    made, = make(room)
    told = {(problem.code, str(problem.place)) for problem in made.problems if problem.holds}
    for cell, (_, code) in faults.items():
        assert (code, at(cell)) in told, cell
    page = re.sub(r"<[^>]+>", " ", report_of(made))
    for cell in faults:
        sheet, address = at(cell).split("!")
        assert address in page, cell
        assert sheet in page


# -- in LibreOffice ----------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_turns_every_paper_of_the_example_into_pages(example, tmp_path, needs):
    soffice = needs("soffice")
    room, made = example
    papers = [room.output / "CZ-2027-Spring" / it.file for it in made.outcomes]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path / "pdf", *papers]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    pages = sorted((tmp_path / "pdf").glob("*.pdf"))
    assert [path.stem for path in pages] == sorted(path.stem for path in papers)
    for path in pages:
        data = path.read_bytes()
        assert data.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", data)) >= 1, path.name


# -- a crowd -----------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the peak is told by Linux")
@pytest.mark.parametrize(("after", "form"), [(False, "Learning Agreement"), (True, "Personal Transcript")])
def test_a_thousand_learners_need_little_memory_and_less_than_a_minute(tmp_path, after, form):
    """Before the stay, and after it, when each has a transcript, a record, certificates and more."""
    room = desk.room(tmp_path)
    crowd(room.input / "crowd.xlsx", 1000, after=after)
    script = """
import sys
from pipeline import cli
sys.argv = ["ecvet", "run"]
try:
    cli.main()
finally:  # the kernel's own peak: getrusage would count the memory of pytest before the fork too
    print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=room.folder, capture_output=True, text=True, check=True, timeout=60)
    assert f"1,083 × {form}" in done.stdout
    assert int(done.stdout.splitlines()[-1]) < 150_000, "kilobytes"


def test_where_a_sheet_was_perhaps_not_read_no_paper_is_called_superfluous(room, mine):
    """Sheet Accompanying got another name and lost a column: its teachers' papers may be as good as they were."""
    desk.form(room.templates / "mine" / "Travel.docx", "{{ companion.name }}, {{ companion.role }}")
    path = mine()
    made, = make(room)
    papers = [outcome.file for outcome in made.outcomes if outcome.file.startswith("Travel")]
    assert papers
    book = load_workbook(path)
    book["Accompanying"].title = "Staff"
    next(cell for cell in book["Staff"][1] if str(cell.value).startswith("Name")).value = "Who"
    book.save(path)
    made, = make(room)
    assert "S145" in {problem.code for problem in made.problems}
    assert "T402" not in {problem.code for problem in made.problems}
    del book["Staff"]
    book.save(path)
    made, = make(room)
    assert sum(problem.code == "T402" for problem in made.problems) == len(papers)
