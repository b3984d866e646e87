"""What lies beside the papers: laid anew as long as it is ours, and never over what a person typed into it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import desk
from openpyxl import load_workbook

from pipeline.disk import checksum
from pipeline.extras import Extras
from pipeline.lastrun import BEGUN

NAME = "Overview - CZ-2027-Spring.xlsx"


def lay(folder, data: bytes, known=None, name: str = NAME) -> Extras:
    """One run: lay this file, then tidy up."""
    extras = Extras(folder=folder, known=known or {})
    if data:
        extras.lay(name, data)
    extras.tidy()
    return extras


def test_a_file_of_ours_is_laid_anew_in_its_place(tmp_path):
    first = lay(tmp_path, b"one")
    second = lay(tmp_path, b"two", first.laid)
    assert (tmp_path / NAME).read_bytes() == b"two"
    assert second.laid == {NAME: checksum(b"two")}
    assert second.problems == []


def test_one_she_worked_in_stays_and_the_new_one_lies_beside_it(tmp_path):
    known = lay(tmp_path, b"one").laid
    (tmp_path / NAME).write_bytes(b"hers")
    for data in (b"two", b"three"):
        extras = lay(tmp_path, data, known)
        known = extras.laid
        assert (tmp_path / NAME).read_bytes() == b"hers"
        assert (tmp_path / "Overview - CZ-2027-Spring (new).xlsx").read_bytes() == data
        assert [problem.code for problem in extras.problems] == ["T411"]
        assert f"“{NAME}” was changed by hand" in extras.problems[0].message
    assert len(list(tmp_path.glob("*.xlsx"))) == 2


def test_the_one_beside_stays_too_once_she_worked_in_it(tmp_path):
    known = lay(tmp_path, b"one").laid
    (tmp_path / NAME).write_bytes(b"hers")
    known = lay(tmp_path, b"two", known).laid
    (tmp_path / "Overview - CZ-2027-Spring (new).xlsx").write_bytes(b"hers too")
    lay(tmp_path, b"three", known)
    assert sorted(path.read_bytes() for path in tmp_path.glob("*.xlsx")) == [b"hers", b"hers too", b"three"]


def test_what_is_of_no_use_any_more_goes_unless_she_worked_in_it(tmp_path):
    known = lay(tmp_path, b"marked", name="Autumn - to correct.xlsx").laid
    assert lay(tmp_path, b"", known).laid == {}
    assert list(tmp_path.glob("*.xlsx")) == []
    known = lay(tmp_path, b"marked", name="Autumn - to correct.xlsx").laid
    (tmp_path / "Autumn - to correct.xlsx").write_bytes(b"hers")
    assert lay(tmp_path, b"", known).problems == []
    assert [path.read_bytes() for path in tmp_path.glob("*.xlsx")] == [b"hers"]


def test_a_file_of_somebody_else_is_never_written_over(tmp_path):
    (tmp_path / NAME).write_bytes(b"somebody's")
    extras = lay(tmp_path, b"one")
    assert (tmp_path / NAME).read_bytes() == b"somebody's"
    assert list(extras.laid) == ["Overview - CZ-2027-Spring (new).xlsx"]


def test_what_cannot_be_written_is_told_and_the_rest_goes_on(tmp_path):
    (tmp_path / "there").write_bytes(b"")
    extras = Extras(folder=tmp_path / "there", known={})
    assert extras.lay(NAME, b"one") == ""
    assert [problem.code for problem in extras.problems] == ["T403"]


def test_where_the_new_one_cannot_be_written_the_old_one_stays_and_is_still_known(tmp_path, monkeypatch):
    """A full disk is no reason to take away what lies there."""
    known = lay(tmp_path, b"one").laid
    monkeypatch.setattr("pipeline.disk.write_whole", lambda *_: "full")
    second = lay(tmp_path, b"two", known)
    assert [problem.code for problem in second.problems] == ["T403"]
    assert (tmp_path / NAME).read_bytes() == b"one"
    monkeypatch.undo()
    assert lay(tmp_path, b"two", second.laid).problems == []
    assert (tmp_path / NAME).read_bytes() == b"two"


def test_where_the_notes_cannot_be_read_nobody_knows_whose_a_file_is(tmp_path, monkeypatch):
    """A run was killed after it laid the first one; its notes are locked by another program for a moment."""
    lay(tmp_path, b"one")
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: real(path) if path.name != BEGUN else locked())
    second = lay(tmp_path, b"two")
    assert [problem.code for problem in second.problems] == ["T403"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [BEGUN, NAME]
    monkeypatch.undo()
    lay(tmp_path, b"two")
    assert (tmp_path / NAME).read_bytes() == b"two"


def locked() -> bytes:
    raise PermissionError(13, "Permission denied")


def test_what_a_run_laid_that_was_killed_before_its_end_is_still_ours(tmp_path):
    """Nobody remembers what it laid but the notes that lie there while a run is at work."""
    lay(tmp_path, b"one")
    second = lay(tmp_path, b"two")
    assert (tmp_path / NAME).read_bytes() == b"two"
    assert second.problems == []
    lay(tmp_path, b"marked", name="Autumn - to correct.xlsx")
    lay(tmp_path, b"two")
    assert sorted(path.name for path in tmp_path.iterdir()) == [BEGUN, NAME], "and goes where it is of no use"


def test_notes_that_make_no_sense_or_lead_elsewhere_cost_nothing(tmp_path):
    (tmp_path / "mine.docx").write_bytes(b"mine")
    folder = tmp_path / "CZ"
    folder.mkdir()
    told = [b"{", b"[1]", b"[" * 9_000, json.dumps(["../mine.docx", checksum(b"mine")]).encode(), b"\xff"]
    (folder / BEGUN).write_bytes(b"\n".join(told))
    lay(folder, b"one")
    assert (tmp_path / "mine.docx").read_bytes() == b"mine"


def test_where_all_that_lie_beside_it_were_worked_in_none_is_replaced(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.extras.MOST_BESIDE", 1)
    (tmp_path / NAME).write_bytes(b"hers")
    extras = Extras(folder=tmp_path, known={})
    assert extras.lay(NAME, b"one") == ""
    assert [problem.code for problem in extras.problems] == ["T411", "T403"]
    assert (tmp_path / NAME).read_bytes() == b"hers"


def test_every_run_lays_the_overview_of_its_cohort(tmp_path):
    room = desk.room(tmp_path, official=False, forms={"Card": ("{{ learner.name }}",)})
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine", "Learners / L01 / Signed": dt.date(2027, 1, 20)})
    made, = desk.make(room)
    sheet = load_workbook(made.report.parent / NAME)["Mobilities"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if row[0] == "Learner ID")
    eliska = dict(zip(head, next(row for row in rows if row[0] == "L01"), strict=True))
    assert (eliska["Family name"], eliska["Card"], eliska["Agreement signed on"]) == ("Bartošová", "made", dt.datetime(2027, 1, 20))
    assert sum(row[0] is not None and str(row[0]).startswith("L") for row in rows) >= 13


def test_where_a_hundred_edited_versions_lie_none_is_written_over(tmp_path):
    stem = NAME.removesuffix(".xlsx")
    names = [NAME, f"{stem} (new).xlsx", *(f"{stem} (new {n}).xlsx" for n in range(2, 100))]
    for name in names:
        (tmp_path / name).write_bytes(name.encode())
    extras = lay(tmp_path, b"one")
    assert "T403" in [problem.code for problem in extras.problems]
    assert all((tmp_path / name).read_bytes() == name.encode() for name in names)


def test_a_marked_copy_that_was_taken_over_into_input_is_no_work_that_would_be_lost(tmp_path):
    """She corrected the copy in output/, copied it into input/, and ran: nothing is to be told, and the next one has its place."""
    room = desk.room(tmp_path, official=False, forms={"Card": ("{{ learner.name }}, {{ learner.date_of_birth }}",)})
    wrong = {"Cohort / Templates": "mine", "Learners / L03 / Date of birth": "31.02.2008", "Learners / L04 / Date of birth": "31.02.2008"}
    desk.workbook(room.input / "spring.xlsx", wrong)
    made, = desk.make(room)
    copy = made.report.parent / "spring - to correct.xlsx"
    book = load_workbook(copy)
    book["Learners"][desk.at("Learners / L03 / Date of birth").partition("!")[2]] = "2008-02-28"
    book.save(copy)
    (room.input / copy.name).write_bytes(copy.read_bytes())
    made, = desk.make(room)
    assert "T411" not in [problem.code for problem in made.problems]
    assert sorted(path.name for path in copy.parent.glob("*.xlsx")) == [NAME, copy.name]
    book = load_workbook(room.input / copy.name)
    book["Learners"][desk.at("Learners / L04 / Date of birth").partition("!")[2]] = "2008-02-28"
    book.save(room.input / copy.name)
    made, = desk.make(room)
    assert made.all_made
    assert sorted(path.name for path in copy.parent.glob("*.xlsx")) == [NAME]


def test_the_folder_of_a_workbook_that_could_not_be_read_goes_once_it_can(tmp_path):
    room = desk.room(tmp_path, official=False, forms={"Card": ("{{ learner.name }}",)})
    (room.input / "spring.xlsx").write_bytes(b"PK, half copied")
    desk.make(room)
    assert (room.output / "spring" / "report.html").exists()
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    desk.make(room)
    assert sorted(path.name for path in room.output.iterdir()) == ["CZ-2027-Spring"]


def test_it_stays_where_anything_of_hers_lies_in_it(tmp_path):
    room = desk.room(tmp_path, official=False, forms={"Card": ("{{ learner.name }}",)})
    (room.input / "spring.xlsx").write_bytes(b"PK, half copied")
    desk.make(room)
    (room.output / "spring" / "my notes.txt").write_text("hers")
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    desk.make(room)
    assert (room.output / "spring" / "my notes.txt").read_text() == "hers"
