"""What stands where, what a run finds that finds nothing different, and a learner who is forgotten."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import desk
import pytest
from click.testing import CliRunner

from pipeline.cli import ecvet
from pipeline.lastrun import read_last
from pipeline.ledger import read_ledger
from pipeline.room import Room

CARD = ("{{ learner.name }}, {{ agreement.start }}, {{ host.name }}",)
LIST = ("{{ host.name }}", "{% for row in learners %}{{ row.name }}; {% endfor %}")
ELISKA = "Card - Bartošová Eliška (L01).docx"


@pytest.fixture
def room(tmp_path, monkeypatch) -> Room:
    """A folder with one cohort, a card for each learner and a list for each host."""
    made = desk.room(tmp_path, official=False, forms={"Card": CARD, "List": LIST})
    desk.workbook(made.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    monkeypatch.chdir(tmp_path)
    return made


def ecvet_says(*words: str, answer: str = "") -> str:
    found = CliRunner().invoke(ecvet, list(words), input=answer, standalone_mode=False)
    assert found.exception is None, found.exception
    return found.output


def folder(room: Room) -> Path:
    return room.output / "CZ-2027-Spring"


# -- nothing is different ---------------------------------------------------------------------------------------------------


def test_a_run_that_finds_nothing_different_writes_nothing_and_says_how_it_stands(room):
    first = ecvet_says("run")
    before = {path: path.stat().st_mtime_ns for path in room.output.rglob("*")}
    again = ecvet_says("run")
    assert {path: path.stat().st_mtime_ns for path in room.output.rglob("*")} == before
    assert "15 made" in first
    assert again.splitlines()[0] == "CZ-2027-Spring (spring.xlsx): 15 papers: 15 unchanged."
    assert again.splitlines()[1:] == first.splitlines()[1:], "what is to be known is said again"


def test_it_does_not_even_load_what_reads_workbooks_and_forms(room):
    ecvet_says("run")
    told = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pipeline", "run"], cwd=room.folder, check=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(desk.ROOT)},
    ).stdout  # fmt: skip
    assert "15 unchanged" in told
    assert "openpyxl" not in told
    assert "docxtpl" not in told


def spoil_cell(room):
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine", "Learners / L03 / Date of birth": "31.02.2008"})


def edit_paper(room):
    path = next(folder(room).glob("Card*"))
    path.write_bytes(path.read_bytes() + b"mine")


def lose_paper(room):
    next(folder(room).glob("Card*")).unlink()


def change_form(room):
    desk.form(room.templates / "mine" / "Card.docx", "Anew: ", *CARD)


def add_workbook(room):
    desk.workbook(room.input / "autumn.xlsx", {"Cohort / Templates": "mine", "Cohort / Cohort ID": "CZ-2027-Autumn"})


def lay_scan(room):
    (folder(room) / ELISKA.replace(".docx", " signed.pdf")).write_bytes(b"%PDF-")


def lose_report(room):
    (folder(room) / "report.html").unlink()


def add_register(room):
    desk.workbook(room.input / "register.xlsx", without=["Cohort / ", "Learners / "])


@pytest.mark.parametrize(
    "change", [spoil_cell, edit_paper, lose_paper, change_form, add_workbook, lay_scan, lose_report, add_register]
)
def test_whatever_is_different_is_seen(room, change):
    ecvet_says("run")
    before = (folder(room) / ".lastrun.json").read_bytes()
    change(room)
    ecvet_says("run")
    assert (folder(room) / ".lastrun.json").read_bytes() != before, "the run did its work"


@pytest.mark.parametrize("wish", [("--date", "2027-01-20"), ("--strict",), ("--templates", "mine")])
def test_another_wish_is_another_run(room, wish):
    ecvet_says("run")
    before = (folder(room) / ".lastrun.json").read_bytes()
    ecvet_says("run", *wish)
    assert (folder(room) / ".lastrun.json").read_bytes() != before


def test_what_waits_for_a_cell_is_said_again_too(room):
    spoil_cell(room)
    first, again = ecvet_says("run"), ecvet_says("run")
    assert "“31.02.2008” is not a date" in first
    assert again.splitlines()[1:] == first.splitlines()[1:]
    assert "1 not made" in again


@pytest.mark.parametrize("damage", [b"", b"{", b'{"head": {"version": 1}}', b"\xff\xfe", b"[]"])
def test_notes_on_the_last_run_that_make_no_sense_count_as_none(room, damage):
    ecvet_says("run")
    (folder(room) / ".lastrun.json").write_bytes(damage)
    assert read_last(folder(room)) is None
    assert "15 unchanged" in ecvet_says("run")


def test_a_day_on_which_something_falls_due_is_another_run_and_no_paper_changes(room, monkeypatch):
    """L02 was assessed in U4 only, L01 not at all: their stays ended on 19 March and on 30 April."""
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"},
                  more={"Results": [["L02", None, "U4", None, "achieved"]]})  # fmt: skip
    papers = {}

    def due(day: str) -> set[str | None]:
        on = dt.date.fromisoformat(day)
        later = type("Later", (dt.date,), {"today": classmethod(lambda cls: cls(on.year, on.month, on.day))})
        for module in ("office", "lastrun"):
            monkeypatch.setattr(f"pipeline.{module}.dt", SimpleNamespace(date=later))
        ecvet_says("run")
        papers[day] = {path.name: path.stat().st_mtime_ns for path in folder(room).glob("*.docx")}
        last = read_last(folder(room))
        return {problem.place.cell for problem in last.problems if problem.code == "R140"}

    l01, l02 = (desk.at(f"Learners / {key} / Units").removeprefix("Learners!") for key in ("L01", "L02"))
    assert due("2027-04-16").isdisjoint({l01, l02})
    assert l02 in due("2027-04-17")
    noted = (folder(room) / ".lastrun.json").read_bytes()
    assert l01 not in due("2027-05-27")
    assert l01 in due("2027-05-29")
    assert (folder(room) / ".lastrun.json").read_bytes() != noted
    assert len(set(map(str, papers.values()))) == 1, "no paper follows from the day"


# -- what is new ------------------------------------------------------------------------------------------------------------


def test_what_is_new_since_the_last_run_is_known_to_the_report(room):
    """L03's date is spoiled, L04 leaves; then L03 is corrected."""
    from pipeline.lastrun import since

    desk.make(room)
    spoilt = {"Cohort / Templates": "mine", "Learners / L03 / Date of birth": "31.02.2008"}
    desk.workbook(room.input / "spring.xlsx", spoilt, without=["Learners / L04"])
    last = read_last(folder(room))
    made, = desk.make(room)
    found = since(last, made.outcomes, made.problems)
    assert [problem.code for problem in found.arisen] == ["S201", "T402"]
    assert (found.solved, found.came, found.left) == ((), (), ("Jíra Šimon (L04)",))
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    last = read_last(folder(room))
    made, = desk.make(room)
    found = since(last, made.outcomes, made.problems)
    assert [problem.code for problem in found.solved] == ["S201", "T402"]
    assert found.came == ("Jíra Šimon (L04)",)


# -- how it stands ----------------------------------------------------------------------------------------------------------


def test_status_says_what_is_made_edited_signed_not_made_and_gone(room):
    ecvet_says("run")
    spoil_cell(room)
    ecvet_says("run")
    cards = sorted(folder(room).glob("Card*"))
    cards[0].write_bytes(b"mine")
    cards[3].unlink()
    (folder(room) / f"{cards[4].stem} signed.pdf").write_bytes(b"%PDF-")
    desk.workbook(room.input / "autumn.xlsx", {"Cohort / Cohort ID": "CZ-2027-Autumn"})
    told = ecvet_says("status").splitlines()
    assert told[0].startswith("CZ-2027-Spring (spring.xlsx, last run on ")
    assert [line for line in told[1:] if not line.startswith("    ")] == [
        "  11 as they were made", "  1 left as you edited it", "  1 signed", "  1 not made, or not made anew",
        "  1 was made, and is not there any more", "autumn.xlsx: not run yet. Make its papers with: ecvet run",
    ]  # fmt: skip
    found = json.loads(ecvet_says("status", "--json"))
    assert found["cohorts"][0]["papers"]["left as edited"] == [ELISKA]
    assert found["not_run"] == ["autumn.xlsx"]


def test_status_after_a_learner_is_forgotten_does_not_call_the_workbook_never_run(room):
    ecvet_says("run")
    ecvet_says("forget", "L01", "--yes")
    assert ecvet_says("status").splitlines()[-1] == (
        "spring.xlsx: no run of it is known any more. Bring its papers up to date with: ecvet run"
    )


def test_status_says_that_the_workbook_was_changed_since(room):
    ecvet_says("run")
    assert "changed since" not in ecvet_says("status")
    later = (folder(room) / ".lastrun.json").stat().st_mtime + 10
    os.utime(room.input / "spring.xlsx", (later, later))
    assert "The workbook was changed since." in ecvet_says("status")


def test_status_tells_papers_that_belong_to_nobody_any_more(room):
    ecvet_says("run")
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"}, without=["Learners / L04"])
    ecvet_says("run")
    assert "  1 belongs to nobody any more\n    Card - Jíra Šimon (L04).docx" in ecvet_says("status")


def test_status_of_an_empty_folder_says_where_to_begin(room):
    (room.input / "spring.xlsx").unlink()
    assert ecvet_says("status") == "There is no cohort yet. Put its workbook into the folder input, then: ecvet run\n"


# -- forgotten --------------------------------------------------------------------------------------------------------------


def test_a_learner_is_forgotten_with_all_that_is_hers_after_asking(room):
    """Her card, the one beside it, its scan and its PDF; nothing of anybody else."""
    ecvet_says("run")
    hers = [ELISKA, ELISKA.replace(".docx", " (new).docx"), ELISKA.replace(".docx", " signed.pdf"), ELISKA.replace(".docx", ".pdf")]
    for name in hers[1:]:
        (folder(room) / name).write_bytes(b"hers")
    (folder(room) / "Card - Bartošová Eliška (L01) notes.docx").write_bytes(b"not made by the program")
    others = {path.name for path in folder(room).iterdir()} - set(hers) - {"report.html", ".lastrun.json", "Overview - CZ-2027-Spring.xlsx"}
    told = ecvet_says("forget", "l01", answer="n\n")
    assert all(name in told for name in hers)
    assert "Nothing was deleted." in told
    assert (folder(room) / ELISKA).exists()
    assert "take her row out of the workbook" in ecvet_says("forget", "l01", answer="y\n")
    assert {path.name for path in folder(room).iterdir()} == others
    assert "Bartošová" not in (folder(room) / "manifest.json").read_text("utf-8")
    assert len(read_ledger(folder(room)).papers) == 14


def test_a_learner_without_an_id_is_forgotten_by_her_name(room):
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine", "Learners / L04 / Learner ID": None})
    ecvet_says("run")
    assert (folder(room) / "Card - Jíra Šimon.docx").exists()
    ecvet_says("forget", "Šimon Jíra", "--yes")
    assert not (folder(room) / "Card - Jíra Šimon.docx").exists()
    assert len(list(folder(room).glob("Card*"))) == 12


def test_nobody_is_forgotten_by_a_part_of_a_name_or_of_an_id(room):
    ecvet_says("run")
    for name in ("L0", "Bartošová", "Eliška", "1", "#1", ""):
        with pytest.raises(AssertionError, match="are known in"):
            ecvet_says("forget", name, "--yes")
    assert len(list(folder(room).glob("Card*"))) == 13


# -- papers that the last run did not ask for --------------------------------------------------------------------------------


def stands() -> dict[str, list[str]]:
    """How the papers of the only cohort stand, without kinds of which there are none."""
    [cohort] = json.loads(ecvet_says("status", "--json"))["cohorts"]
    return {stand: files for stand, files in cohort["papers"].items() if files}


def test_status_names_the_new_papers_that_wait_beside_edited_ones(room):
    ecvet_says("run")
    (folder(room) / ELISKA).write_bytes((folder(room) / ELISKA).read_bytes() + b"mine")
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine", "Learners / L01 / Start date": "2027-04-06"})
    ecvet_says("run")
    beside = ELISKA.replace(".docx", " (new).docx")
    assert (folder(room) / beside).exists()
    assert f"  1 new beside those you edited: {beside}" in ecvet_says("status").splitlines()


def test_status_tells_papers_made_with_another_set_of_forms(room):
    ecvet_says("run")
    desk.form(room.folder / "templates" / "other" / "Badge.docx", "{{ learner.name }}")
    ecvet_says("run", "--templates", "other")
    found = stands()
    assert len(found["made"]) == 13
    assert ELISKA in found["of another set of forms"]
    told = ecvet_says("status")
    assert "  13 made with another set of forms\n" in told
    assert "    … and 8 more\n" in told


def test_status_tells_amendments_before_the_one_of_now(room):
    desk.form(room.folder / "templates" / "mine" / "Agreement.docx", "{{ learner.name }}, {{ agreement.start }}", "{% for unit in units %}{{ unit.title }}{% endfor %}")
    changes = "{{ learner.name }} {% for each in agreement.changed %}{{ each.now }}{% endfor %}"
    desk.form(room.folder / "templates" / "mine" / "Agreement - amendment.docx", changes)
    ecvet_says("run")
    hers = [f"Agreement - Bartošová Eliška (L01) - amendment {number}" for number in (1, 2, 3)]
    for number, name in enumerate(hers, start=1):
        of_one = {"Signed": "2027-02-01", "Amendment": str(number), "Reason for change": "Later.", "Start date": f"2027-04-0{number}"}
        cells = {f"Learners / L01 / {column}": value for column, value in of_one.items()}
        desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine", **cells})
        ecvet_says("run")
        if number > 1:
            (folder(room) / f"{name} signed.pdf").write_bytes(b"%PDF-")
    found = stands()
    assert found["earlier amendments"] == [f"{hers[0]}.docx"]
    assert set(found["signed"]) == {"Agreement - Bartošová Eliška (L01).docx", f"{hers[1]}.docx", f"{hers[2]}.docx"}


def test_without_the_notes_of_the_last_run_status_tells_all_papers_that_were_ever_made(room):
    ecvet_says("run")
    (folder(room) / ".lastrun.json").unlink()
    (folder(room) / ELISKA).unlink()
    assert ecvet_says("status").splitlines()[:4] == [
        "CZ-2027-Spring: 15 papers", "  14 as they were made", "  1 was made, and is not there any more", f"    {ELISKA}",
    ]  # fmt: skip


def test_without_the_manifest_status_tells_papers_as_missing_that_nobody_can_vouch_for(room):
    ecvet_says("run")
    (folder(room) / "manifest.json").unlink()
    assert len(stands()["missing"]) == 15


def test_a_folder_of_hers_in_output_is_no_cohort(room):
    ecvet_says("run")
    (room.output / "Letters").mkdir()
    (room.output / "Letters" / "Dear Ann.docx").write_bytes(b"mine")
    assert "Letters" not in ecvet_says("status")
