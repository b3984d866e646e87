"""A corrected copy, put beside its original, is read in its place; where nobody can know which counts, nothing is read."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from desk import at, make, statuses, workbook
from desk import room as desk_room
from drawn import CLEAN, told, write, write_csv
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from test_marking import every_part_is_sound

from pipeline import checks
from pipeline.lineage import copy_name, is_sheet_of_copy, lineage_of, original_name
from pipeline.marking import marked_copies
from pipeline.marking.styles import WRONG as RED
from pipeline.problem import Severity
from pipeline.room import Room
from pipeline.workbook import Reading, read_cohort

DAY = dt.date(2026, 11, 22)
BIRTH, NAME = "Learners / L02 / Date of birth", "Learners / L04 / Family name"
WRONG = {BIRTH: "31.02.2006", NAME: None}


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return desk_room(tmp_path)


def problems(reading: Reading) -> list[str]:
    """Errors and warnings, with their places; the file where the place is the file."""
    return [f"{each.code} {each.place}" for each in reading.problems if each.severity is not Severity.NOTICE]


def said(reading: Reading) -> list[str]:
    """What is wrong, or to know, in the officer's words."""
    return [each.message for each in reading.problems]


def facts(reading: Reading) -> str:
    """All that was read, and from which cells."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(reading.cohort).replace(" - to correct", ""))


def copy_of(path: Path, target: Path | None = None) -> Path:
    """Make the marked copy of a workbook and put it beside it, as the officer does."""
    reading = read_cohort(path)
    found = [*reading.problems, *(checks.run(reading.cohort) if reading.cohort else ())]
    [made] = marked_copies(path, reading.files, found, made_on=DAY)
    target = target or path.parent / made.name
    target.write_bytes(made.data)
    return target


def corrected(path: Path, **cells: object) -> Path:
    """Correct cells of a copy and save it, as Excel would: every part is written anew."""
    book = load_workbook(path)
    for cell, value in (cells or {"F3": "2008-05-17", "D6": "Jirková"}).items():
        book["Learners"][cell].value = value
    book.save(path)
    return path


# -- the cycle ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_wrong_cells_are_corrected_in_the_copy_which_is_dropped_back_and_all_papers_are_made(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    assert [at(BIRTH), at(NAME)] == ["Learners!F3", "Learners!D5"]
    first, = make(room)
    assert statuses(first)["held"] >= 2
    copy = copy_of(path)
    corrected(copy, F3="2008-05-17", D5="Jirková")
    again, = make(room)
    assert statuses(again) == {"written": statuses(again)["written"], "unchanged": statuses(again)["unchanged"]}
    assert again.all_made
    assert again.files == ("Autumn - to correct.xlsx",)
    assert [each.message for each in again.problems if each.code == "S150"] == [
        "“Autumn - to correct.xlsx” was taken in place of “Autumn.xlsx”."
    ]
    assert {each.name for each in room.output.iterdir()} == {first.cohort.id}, "one cohort, one folder"


def test_the_original_may_stay_or_go(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    corrected(copy_of(path), F3="2008-05-17", D5="Jirková")
    both = read_cohort(room.workbooks()[0])
    assert (both.name, both.files, told(both)) == ("Autumn", ("Autumn - to correct.xlsx",), ["S150 Autumn - to correct.xlsx"])
    path.unlink()
    alone = read_cohort(room.workbooks()[0])
    assert (alone.name, alone.files, told(alone)) == ("Autumn", ("Autumn - to correct.xlsx",), [])
    assert facts(alone) == facts(both)


def test_whatever_of_the_two_is_named_the_copy_is_read(room, monkeypatch):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = copy_of(path)
    monkeypatch.chdir(room.folder)
    for given in ("Autumn", "Autumn.xlsx", "Autumn - to correct", "Autumn - to correct.xlsx", str(path), str(copy)):
        assert [each.resolve() for each in room.find([given])] == [copy.resolve()], given
    assert len(room.find(["Autumn", "Autumn - to correct"])) == 1
    assert read_cohort(path).files == (copy.name,)
    path.unlink()
    assert [each.resolve() for each in room.find(["Autumn"])] == [copy.resolve()]


def test_colours_comments_and_the_first_sheet_change_nothing_of_what_is_read(room, tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx", WRONG)
    before = read_cohort(path)
    after = read_cohort(copy_of(path, room.input / "Autumn - to correct.xlsx"))
    assert problems(after) == problems(before)
    assert facts(after) == facts(before)


def test_a_workbook_with_one_sheet_is_still_understood_by_the_name_of_its_file(tmp_path):
    """In a folder a file that holds one sheet may be named after it: learners.xlsx with a sheet “Sheet1”."""
    folder = tmp_path / "spring"
    folder.mkdir()
    general, _, learners = CLEAN.partition("Learners")
    write(general, folder / "general.xlsx")
    path = write("Sheet1\n" + learners.replace("2008-11-30", "'30.30.2008"), folder / "learners.xlsx")
    before = read_cohort(folder)
    assert told(before) == ["S201 Sheet1!D4"]
    [made] = marked_copies(folder, before.files, before.problems, made_on=DAY)
    (folder / made.name).write_bytes(made.data)
    after = read_cohort(folder)
    assert told(after) == ["S150 learners - to correct.xlsx", "S201 Sheet1!D4"]
    assert (after.name, after.files) == ("spring", ("general.xlsx", "learners - to correct.xlsx"))
    path.unlink()
    assert told(read_cohort(folder)) == ["S201 Sheet1!D4"]


def test_in_a_folder_the_copy_of_a_csv_is_taken_in_place_of_it(tmp_path):
    folder = write_csv(CLEAN.replace("2008-11-30", "03/04/2008"), tmp_path / "spring")
    before = read_cohort(folder)
    assert told(before) == ["S203 Learners!D3"]
    [made] = marked_copies(folder, before.files, before.problems, made_on=DAY)
    copy = folder / made.name
    copy.write_bytes(made.data)
    book = load_workbook(copy)
    book["Learners"]["D3"] = "2008-04-03"
    book.save(copy)
    after = read_cohort(folder)
    assert said(after) == ["“Learners - to correct.xlsx” was taken in place of “Learners.csv”."]
    assert after.cohort.learners[1].date_of_birth == dt.date(2008, 4, 3)


# -- a second round ----------------------------------------------------------------------------------------------------


def test_a_copy_with_something_left_to_correct_is_marked_anew_and_what_is_right_is_unmarked(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = corrected(copy_of(path), F3="2008-05-17")
    marked_anew_only_where_it_is_wrong(copy)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_so_is_one_that_was_saved_by_libreoffice(room, tmp_path, needs):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = corrected(copy_of(path), F3="2008-05-17")
    subprocess.run([needs("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
                    "--outdir", str(tmp_path / "saved"), str(copy)], check=True, capture_output=True, timeout=120)  # fmt: skip
    shutil.copy(tmp_path / "saved" / copy.name, copy)
    marked_anew_only_where_it_is_wrong(copy)


def marked_anew_only_where_it_is_wrong(copy: Path) -> None:
    reading = read_cohort(copy)
    assert problems(reading) == ["S210 Learners!D5"]
    assert said(reading)[0] == "“Autumn - to correct.xlsx” was taken in place of “Autumn.xlsx”."
    [made] = marked_copies(copy, reading.files, reading.problems, made_on=DAY)
    assert made.name == "Autumn - to correct.xlsx"
    copy.write_bytes(made.data)
    every_part_is_sound(copy)
    book = load_workbook(copy)
    assert [name for name in book.sheetnames if name.startswith("To correct")] == ["To correct"]
    assert book["To correct"]["A2"].value == "“Autumn.xlsx”: 1 place to correct."
    listed = {cell.value: cell.fill.fgColor.rgb for cell in book["To correct"]["A"] if cell.value}
    assert listed["Learners!D5"] == RED
    learners = book["Learners"]
    assert (learners["F3"].comment, learners["F3"].fill.fill_type) == (None, None)
    assert learners["D5"].comment.text.count("ecvet") == 1
    assert learners["D5"].fill.fgColor.rgb == RED
    assert said(read_cohort(copy))[0] == "“Autumn - to correct.xlsx” was taken in place of “Autumn.xlsx”."


def test_a_cell_that_is_right_gets_its_own_colour_back_wherever_it_stands_by_then(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    book = load_workbook(path)
    yellow, striped = PatternFill("solid", start_color="FFFFFF00"), PatternFill("lightUp", start_color="FF0000FF")
    book["Learners"]["F3"].fill, book["Learners"]["D5"].fill, book["Learners"]["A1"].fill = yellow, striped, yellow
    book.save(path)
    copy = copy_of(path)
    book = load_workbook(copy)
    book["Learners"].insert_rows(2)
    book.save(copy)
    assert problems(read_cohort(copy)) == ["S201 Learners!F4", "S210 Learners!D6"]
    corrected(copy, F4="2008-05-17")
    learners = load_workbook(copy_of(copy))["Learners"]
    assert (learners["F4"].fill.fill_type, learners["F4"].fill.fgColor.rgb) == ("solid", "FFFFFF00")
    assert learners["D6"].fill.fgColor.rgb[:6] == RED[:6], "it is still wrong"
    corrected(copy, D6="Jirková", K5="no mail")
    learners = load_workbook(copy_of(copy))["Learners"]
    assert (learners["D6"].fill.fill_type, learners["D6"].fill.fgColor.rgb) == ("lightUp", "FF0000FF")


def test_her_comment_below_which_ours_stood_is_hers_alone_when_the_cell_is_right(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    book = load_workbook(path)
    book["Learners"]["F3"].comment = Comment("Ask the mother.", "Ms Malá")
    book.save(path)
    copy = corrected(copy_of(path), F3="2008-05-17")
    assert "ecvet" in load_workbook(copy)["Learners"]["F3"].comment.text
    copy_of(copy)
    assert load_workbook(copy)["Learners"]["F3"].comment.text == "Ask the mother."


def test_a_copy_made_of_a_copy_counts_before_both(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = copy_of(path)
    second = copy_of(copy, room.input / "Autumn - to correct (1).xlsx")
    corrected(second, F3="2008-05-17")
    assert room.workbooks() == [second]
    reading = read_cohort(second)
    assert (reading.name, problems(reading)) == ("Autumn", ["S210 Learners!D5"])
    assert said(reading)[0] == (
        "“Autumn - to correct (1).xlsx” was taken in place of “Autumn - to correct.xlsx” and “Autumn.xlsx”."
    )


# -- when it is not clear ----------------------------------------------------------------------------------------------


def test_an_original_that_was_changed_too_is_told_and_no_papers_are_made(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    corrected(copy_of(path), F3="2008-05-17")
    workbook(path, {BIRTH: "2008-05-18"})
    made, = make(room)
    assert made.cohort is None
    assert not made.all_made
    assert [(each.code, each.message) for each in made.problems] == [(
        "S151", "Both “Autumn.xlsx” and “Autumn - to correct.xlsx” were changed, and nobody can know which of them counts.",
    )]  # fmt: skip
    assert not list(room.output.rglob("*.docx"))
    reading = read_cohort(path)
    assert marked_copies(path, reading.files, reading.problems, made_on=DAY) == []
    path.unlink()
    assert make(room)[0].cohort is not None


def test_two_different_copies_are_told_and_two_equal_ones_are_one(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = copy_of(path)
    other = room.input / "Autumn - to correct (1).xlsx"
    shutil.copy(copy, other)
    assert len(room.workbooks()) == 1
    assert problems(read_cohort(copy)) == ["S201 Learners!F3", "S210 Learners!D5"]
    corrected(other, F3="2008-05-17")
    assert len(room.workbooks()) == 1
    for one in (path, copy, other):
        reading = read_cohort(one)
        assert reading.cohort is None
        assert told(reading) == ["S153 Autumn - to correct (1).xlsx"]
        assert "“Autumn - to correct (1).xlsx” and “Autumn - to correct.xlsx” are different copies" in said(reading)[0]


def without_mark(path: Path) -> Path:
    """Take away what tells of what a file is a copy: the sheet, and the property."""
    book = load_workbook(path)
    del book["To correct"]
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    book.save(path)
    return path


def test_a_copy_whose_first_sheet_was_deleted_still_knows_what_it_is_a_copy_of(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = copy_of(path)
    book = load_workbook(copy)
    del book["To correct"]
    book.save(copy)
    os.utime(copy, (1, 1))
    assert said(read_cohort(path))[0] == "“Autumn - to correct.xlsx” was taken in place of “Autumn.xlsx”."


@pytest.mark.parametrize(("copy_is_newer", "taken", "left"), [
    (True, "Autumn - to correct.xlsx", "Autumn.xlsx"), (False, "Autumn.xlsx", "Autumn - to correct.xlsx"),
])  # fmt: skip
def test_of_a_copy_without_its_mark_and_its_original_the_newer_is_taken_and_that_is_told(room, copy_is_newer, taken, left):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = without_mark(copy_of(path))
    os.utime(path, (1_000, 1_000))
    os.utime(copy, (2_000, 2_000) if copy_is_newer else (500, 500))
    assert [each.name for each in room.workbooks()] == [taken]
    reading = read_cohort(room.workbooks()[0])
    assert (reading.name, reading.files) == ("Autumn", (taken,))
    assert said(reading)[0] == (
        "“Autumn - to correct.xlsx” no longer tells what it is a copy of, so the newer file was read: "
        f"“{taken}”, and not “{left}”."
    )


def test_a_copy_without_its_mark_of_another_cohort_is_a_cohort_of_its_own(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy = without_mark(copy_of(path))
    book = load_workbook(copy)
    book["Cohort"]["B2"] = "OTHER-2028"
    book.save(copy)
    assert {each.name for each in room.workbooks()} == {path.name, copy.name}
    assert {read_cohort(each).cohort.id for each in (path, copy)} == {read_cohort(path).cohort.id, "OTHER-2028"}


def test_a_copy_that_cannot_be_opened_is_told_and_its_original_is_not_read_instead(room):
    workbook(room.input / "Autumn.xlsx", WRONG)
    (room.input / "Autumn - to correct.xlsx").write_bytes(b"half a fi")
    [path] = room.workbooks()
    assert told(read_cohort(path)) == ["S101 Autumn - to correct.xlsx"]


def test_an_original_that_was_renamed_is_known_by_what_is_in_it(room):
    path = workbook(room.input / "Autumn.xlsx", WRONG)
    copy_of(path)
    path.rename(room.input / "Autumn, old.xlsx")
    assert [each.name for each in room.workbooks()] == ["Autumn - to correct.xlsx"]


def test_cohorts_without_a_copy_are_not_opened_to_find_one(room, monkeypatch: pytest.MonkeyPatch):
    workbook(room.input / "Autumn.xlsx")
    opened: list[Path] = []
    monkeypatch.setattr("pipeline.lineage.checksum_of", opened.append)
    assert len(room.workbooks()) == 1
    assert opened == []


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "name"), [
    ("Autumn.xlsx", "Autumn - to correct.xlsx"), ("Autumn - to correct.xlsx", "Autumn - to correct.xlsx"),
    ("Autumn - to correct (1).xlsx", "Autumn - to correct.xlsx"), ("Autumn - To Correct (new).xlsx", "Autumn - to correct.xlsx"),
    ("learners.csv", "learners - to correct.xlsx"), ("Autumn.xlsm", "Autumn - to correct.xlsm"), ("Autumn.XLSX", "Autumn - to correct.xlsx"),
    ("Autumn - to correctness.xlsx", "Autumn - to correctness - to correct.xlsx"), ("a.b.xlsx", "a.b - to correct.xlsx"),
])  # fmt: skip
def test_a_copy_is_named_after_the_first_of_its_line(file, name):
    assert copy_name(file) == name


@pytest.mark.parametrize(("rest", "is_one"), [
    (" - to correct", True), (" - to correct (1)", True), (" - to correct (new)", True), (" - to correct - Copy", True),
    (" - to correct v2", True), (" - TO CORRECT", True), (" to correct", False), ("", False),
])  # fmt: skip
def test_a_copy_is_known_by_its_name(rest, is_one):
    assert (original_name(f"Autumn{rest}.xlsx") == "Autumn.xlsx") is (is_one or not rest)


def test_our_sheet_is_known_by_its_name():
    assert [is_sheet_of_copy(name) for name in ("To correct", "to correct (2)", "To correct list", "Learners")] == [True, True, False, False]


def test_of_a_file_that_went_away_meanwhile_nobody_makes_a_mark(tmp_path):
    with pytest.raises(FileNotFoundError):
        lineage_of(tmp_path / "Autumn.xlsx", ())
