"""What hosts marked comes back: sheets and workbooks dropped into input/ become results, and nothing is typed twice."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import desk
import pytest
from openpyxl import Workbook, load_workbook
from returning import Sheet, a_sheet, bound, example, parts

from pipeline import disk, workbook
from pipeline.achievements import each_achieved
from pipeline.cli import main
from pipeline.counter import show
from pipeline.made import Made, Wishes
from pipeline.model import Cohort
from pipeline.office import make_all
from pipeline.problem import Place, Problem, Severity
from pipeline.room import Room

FIRST = "Explain how flour strength"
SECOND = "Describe the stages"
NAME = "Results - CZ-2027-Spring.xlsx"
TRANSCRIPT = ["{{ learner.name }}", "{%p for each in results %}", "{{ each.unit.id }} {{ each.learning_outcome }}: {{ each.result }} {{ each.grade }} {{ each.validated }} {{ each.recognised_as }}", "{%p endfor %}"]


@pytest.fixture
def room(tmp_path) -> Room:
    """A working folder with the example cohort, whose set `mine` has one form: a transcript."""
    made = desk.room(tmp_path, official=False, forms={"Transcript": TRANSCRIPT})
    cohort(made)
    return made


def cohort(room: Room, *results: Mapping[str, object]) -> None:
    """Write the example cohort with these rows on its sheet Results, each by the names of its columns."""
    rows = [desk.result(row) for row in results]
    desk.workbook(room.input / "Example cohort.xlsx", {"Cohort / Templates": "mine"}, more={"Results": rows} if rows else None)


def header(sheet: str) -> list[str]:
    book = load_workbook(desk.EXAMPLE, read_only=True)
    return [str(cell.value).removesuffix(" *") for cell in next(book[sheet].iter_rows())]


def filled(learner: str = "L05") -> Sheet:
    return a_sheet(learner).tick("U1", FIRST, "alone").tick("U1", "*", "alone").about("U1", grade="B", assessed_on="2027-04-29")


def dropped(room: Room, sheet: Sheet, name: str = "Sheet of L05.docx") -> Path:
    return sheet.save(room.input / name)


def make(room: Room, **wishes: Any) -> Made:
    made, = desk.make(room, **wishes)
    return made


def collected(room: Room, name: str = NAME) -> list[tuple[Any, ...]]:
    """The rows of the workbook of collected results as a person reads them: learner, unit, outcome, and what is filled."""
    sheet = load_workbook(room.output / "CZ-2027-Spring" / name)["Results"]
    names, *rows = sheet.iter_rows(values_only=True)
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [
        (row["Learner ID"], row["Unit ID"], (row["Learning outcome"] or "*")[:14], row["Result"], row["Grade"], row["Evidence"])
        for row in found
    ]  # fmt: skip


def type_into(room: Room, cells: Mapping[tuple[int, str], object], name: str = NAME) -> None:
    """Type into the workbook of collected results, as an officer does in Excel: row and name of the column."""
    path = room.output / "CZ-2027-Spring" / name
    book = load_workbook(path)
    sheet = book["Results"]
    names = [cell.value for cell in sheet[1]]
    for (row, column), value in cells.items():
        sheet.cell(row, names.index(column) + 1, value)
    book.save(path)


def transcript(room: Room) -> str:
    found, = (room.output / "CZ-2027-Spring").glob("Transcript - *(L05).docx")
    return desk.shown(found)


def told(made: Made) -> list[str]:
    return [f"{it.code} {it.place}: {it.message}" for it in made.problems if it.severity != "notice"]


# -- sheets --------------------------------------------------------------------------------------------------------------


def test_a_filled_sheet_in_input_becomes_results_and_papers_that_tell_them(room):
    dropped(room, filled())
    made = make(room)
    assert told(made) == []
    assert collected(room) == [
        ("L05", "U1", "Explain how fl", "achieved", None, "Sheet of L05.docx"),
        ("L05", "U1", "*", "achieved", "B", "Sheet of L05.docx"),
    ]  # fmt: skip
    assert "U1 : achieved B" in transcript(room)
    assert [it.job.subject for it in made.outcomes] == ["Kučerová Žofie (L05)"], "nobody else has results"


def test_without_documents_there_is_no_workbook_of_results(room):
    make(room)
    assert not (room.output / "CZ-2027-Spring" / NAME).exists()


def test_the_files_in_input_stay_as_they_are_and_a_second_run_finds_nothing_new(room):
    dropped(room, filled())
    before = desk.snapshot(room.input)
    make(room)
    results = (room.output / "CZ-2027-Spring" / NAME).read_bytes()
    again = make(room)
    assert desk.statuses(again) == {"unchanged": 1}
    assert (room.output / "CZ-2027-Spring" / NAME).read_bytes() == results
    assert desk.snapshot(room.input) == before


def test_what_was_collected_stays_when_the_sheet_is_taken_away(room):
    path = dropped(room, filled())
    make(room)
    path.unlink()
    make(room)
    assert len(collected(room)) == 2
    assert "achieved B" in transcript(room)


def test_a_sheet_that_comes_again_corrected_counts_as_it_is_now(room):
    dropped(room, filled())
    make(room)
    dropped(room, a_sheet().tick("U1", "*", "with_help"))
    make(room)
    assert collected(room) == [("L05", "U1", "*", "partly", None, "Sheet of L05.docx")]


def of_l10() -> Sheet:
    return a_sheet("L10").tick("U1", "*", "with_help")


def learners(room: Room) -> list[str]:
    return [row[0] for row in collected(room)]


def test_a_sheet_takes_nothing_away_from_another_learner_whose_sheet_had_the_same_name(room):
    """A host sends every sheet as “Assessment.docx”, and she drops one over the other."""
    dropped(room, filled(), "Assessment.docx")
    make(room)
    dropped(room, of_l10(), "Assessment.docx")
    made = make(room)
    assert learners(room) == ["L05", "L05", "L10"]
    assert "U1 : achieved B" in transcript(room)
    assert "gone" not in show(made, Wishes(), room.folder) + report(made)
    dropped(room, a_sheet("L10"), "Assessment.docx")
    made = make(room)
    assert learners(room) == ["L05", "L05"], "of hers nothing is marked any more"
    assert f"  What hosts marked: output/CZ-2027-Spring/{NAME} (1 result gone that stood there before)" in show(made, Wishes(), room.folder).splitlines()
    assert "1 result is gone that stood there before: the documents do not say so any more." in report(made)


def test_sheets_of_one_name_in_several_folders_are_collected_one_after_the_other(room, tmp_path, monkeypatch):
    for folder, sheet in (("a", filled()), ("b", of_l10()), ("c", a_sheet().tick("U1", "*", "alone").tick("U2", "*", "alone")), ("d", a_sheet("L10"))):
        sheet.save(tmp_path / folder / "sheet.docx")
    said = [collect(room, monkeypatch, tmp_path / folder / "sheet.docx")[0] for folder in "abc"]
    assert said == [
        "CZ-2027-Spring: 1 document read, 2 results collected.",
        "CZ-2027-Spring: 1 document read, 3 results collected (1 new).",
        "CZ-2027-Spring: 1 document read, 3 results collected (1 new, 1 gone).",
    ]  # fmt: skip
    assert learners(room) == ["L05", "L05", "L10"]
    assert collect(room, monkeypatch, tmp_path / "d" / "sheet.docx")[0] == "CZ-2027-Spring: 1 document read, none with marks, 2 results collected (0 new, 1 gone)."
    a_sheet().save(tmp_path / "e" / "sheet.docx")
    assert collect(room, monkeypatch, tmp_path / "e" / "sheet.docx")[0] == "CZ-2027-Spring: 1 document read, none with marks, 0 results collected (2 gone)."
    assert learners(room) == []
    make(room)
    assert not (room.output / "CZ-2027-Spring" / NAME).exists()


def test_a_check_writes_nothing_and_tells_what_is_wrong(room):
    dropped(room, filled().tick("U1", FIRST, "not_yet"))
    made = make(room, dry_run=True)
    assert [each[:41] for each in told(made)] == ["R508 Sheet of L05.docx, table 2, row 2: M"]
    assert not room.output.exists() or not list(room.output.rglob("*.xlsx"))


def test_a_sheet_of_another_cohort_is_told(room):
    dropped(room, filled().head("cohort", "CZ-2020"))
    assert told(make(room)) == [
        "R503 Sheet of L05.docx: The document is of the cohort “CZ-2020”, whose workbook is not in the folder input."
    ]


def hostile_files(room: Room) -> None:
    from bombs import deflated

    whole = filled().data
    files = {
        "Cut.docx": whole[: len(whole) // 2],
        "Locked.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "Declares.docx": bound(parts(whole) | {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]>' + parts(whole)["word/document.xml"]}),
        "Workbook.docx": desk.EXAMPLE.read_bytes(),
        "Bomb.docx": bound({"word/document.xml": deflated(65_000_000)}),
        "Assessment - Cut.xlsx": desk.EXAMPLE.read_bytes()[:9_000],
        "Empty.docx": b"",
    }
    for name, data in files.items():
        (room.input / name).write_bytes(data)


def test_what_cannot_be_opened_is_told_in_one_sentence_each_and_the_rest_is_made(room):
    """Cut off, locked, made to harm, or another kind of file than its name says."""
    hostile_files(room)
    dropped(room, filled())
    made = make(room)
    assert told(made) == [
        "R501 Assessment - Cut.xlsx: The file is damaged or was not copied to its end.",
        "R501 Bomb.docx: The file is too large when it is unpacked (65 MB).",
        "R501 Cut.docx: The file is damaged or was not copied to its end.",
        "R501 Declares.docx: Part word/document.xml of the file holds a document type declaration, which no Office program writes.",
        "R501 Empty.docx: The file is empty.",
        "R501 Locked.docx: The file is protected by a password, or of the old kind from before 2007.",
        "R501 Workbook.docx: The file is no Word file, whatever its name says.",
    ]  # fmt: skip
    assert "U1 : achieved B" in transcript(room)
    assert room.passed_over() == []


def test_a_file_of_a_kind_that_is_not_read_is_told_with_what_to_do_in_the_report_and_when_it_is_named(room, monkeypatch):
    """A host saved the sheet as .odt, another one printed it and sent a scan."""
    for name in ("L02.odt", "L03.PDF", "notes.txt"):
        (room.input / name).write_bytes(name.encode())
    made = make(room)
    assert [f"{it.code} {it.place}: {it.message} {it.advice}" for it in made.problems if it.code == "R522"] == [
        "R522 L02.odt: A file of the kind .odt cannot be read here. Open it in Word or LibreOffice and save it as a Word document (.docx).",
        "R522 L03.PDF: Nothing can be read from a PDF or a picture. Type what it says into sheet Results.",
    ]  # fmt: skip
    assert "save it as a Word document (.docx)" in report(made)
    assert collect(room, monkeypatch, Path("L02.odt"), Path("L03.PDF")) == [
        "  (please look) L02.odt  A file of the kind .odt cannot be read here. Open it in Word or LibreOffice and save it as a Word document (.docx). [R501]",
        "  (please look) L03.PDF  Nothing can be read from a PDF or a picture. Type what it says into sheet Results. [R501]",
    ]


# -- what was typed, and what came back --------------------------------------------------------------------------------


def test_what_is_typed_on_sheet_results_completes_what_the_document_says(room):
    """She types only what is hers: validated and recognised. Nobody types the tick again."""
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Validated": "yes", "Recognised as": "Module 6"})
    dropped(room, filled())
    assert told(make(room)) == []
    assert "U1 : achieved B yes Module 6" in transcript(room)


def test_where_both_say_something_else_the_typed_value_counts_and_both_are_shown(room):
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Result": "partly", "Grade": "B"})
    dropped(room, filled())
    made = make(room)
    assert told(made) == [
        "R513 Results!E3: Žofie Kučerová (L05), unit U1, the whole unit, Result: here stands “partly”, and “achieved” in “Sheet of L05.docx”."
    ]
    assert "U1 : partly B" in transcript(room)


def evidence(room: Room) -> str:
    """What papers print as evidence: of the outcome and of the whole unit, a line each."""
    return "".join(re.findall(r"“.*?”", transcript(room)))


def test_the_name_of_a_document_is_where_a_row_is_from_and_no_evidence_that_papers_print(tmp_path):
    form = ["{{ learner.name }}", "{%p for each in results %}", "“{{ each.evidence }}”", "{%p endfor %}"]
    room = desk.room(tmp_path, official=False, forms={"Transcript": form})
    cohort(room)
    sheet = dropped(room, filled())
    make(room)
    assert evidence(room) == "“”“”"
    assert [row[5] for row in collected(room)] == [sheet.name] * 2, "the workbook says it"
    sheet.unlink()
    make(room)
    assert evidence(room) == "“”“”", "an earlier run collected it"
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Evidence": "Folder 7"})
    make(room)
    assert evidence(room) == "“Folder 7”“”", "typed on sheet Results"
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Result": "partly", "Evidence": sheet.name})
    made = make(room)
    assert evidence(room) == "“”“”", "the name of the document is none there either"
    assert [one.document for one in example_of(made).results] == [sheet.name] * 2
    assert told(made) == ["R513 Results!E3: Žofie Kučerová (L05), unit U1, the whole unit, Result: here stands “partly”, and “achieved” in “Sheet of L05.docx”."]
    cohort(room)
    make(room)
    type_into(room, {(2, "Validated"): "yes"})
    make(room)
    assert evidence(room) == "“”“”", "the workbook is hers, and says still which document it is from"
    type_into(room, {(3, "Evidence"): "Folder 8"})
    make(room)
    assert evidence(room) == "“”“Folder 8”"


def example_of(made: Made) -> Cohort:
    assert made.cohort is not None
    return made.cohort


def test_the_name_of_a_document_is_no_evidence_for_the_learner_register(room):
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Validated": "yes", "Recognised as": "Module P3", "Recognised by": "Marta Dvořáková", "Recognised on": date(2027, 5, 20)})
    dropped(room, filled())
    made = make(room)
    assert [(one.unit_id, one.evidence) for _, one in each_achieved(example_of(made))] == [("U1", None)]


def test_a_host_never_validates_nor_recognises(room):
    """Whatever a host writes into its workbook, these columns are the college's."""
    hosts_workbook(room, {("L05", "U1", "*"): {"Result": "alone"}}, more={"Validated": "yes", "Recognised as": "All of it", "Points credited": 9})
    make(room)
    assert "U1 : achieved" in transcript(room)
    assert "yes" not in transcript(room)
    assert "All of it" not in transcript(room)


def test_what_is_typed_into_the_collected_results_counts_and_is_never_written_over(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Validated"): "yes", (3, "Recognised as"): "Module 6"})
    mine = (room.output / "CZ-2027-Spring" / NAME).read_bytes()
    assert told(make(room)) == []
    assert "U1 : achieved B yes Module 6" in transcript(room)
    assert (room.output / "CZ-2027-Spring" / NAME).read_bytes() == mine
    assert not (room.output / "CZ-2027-Spring" / "Results - CZ-2027-Spring (new).xlsx").exists(), "it says all that documents say"


def test_what_comes_back_later_stands_beside_a_workbook_that_she_worked_in_and_both_are_read(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Validated"): "yes"})
    dropped(room, a_sheet("L10").tick("U1", "*", "with_help"), "Sheet of L10.docx")
    made = make(room)
    assert collected(room, "Results - CZ-2027-Spring (new).xlsx") == [("L10", "U1", "*", "partly", None, "Sheet of L10.docx")]
    assert [it.job.subject for it in made.outcomes] == ["Kučerová Žofie (L05)", "Sýkora Vojtěch (L10)"]
    assert [it.code for it in made.problems if it.code.startswith("R5")] == ["R519"]
    assert "achieved B yes" in transcript(room)
    assert make(room).problems == made.problems


def test_a_result_that_she_corrected_in_the_collected_results_counts_and_is_shown(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Result"): "partly"})
    assert told(make(room)) == [
        "R513 Results - CZ-2027-Spring.xlsx › Results!E3: Žofie Kučerová (L05), unit U1, the whole unit, Result: here stands “partly”, and “achieved” in “Sheet of L05.docx”."
    ]
    assert "U1 : partly B" in transcript(room)


def test_a_date_that_she_typed_wrongly_into_the_collected_results_is_told_with_its_cell(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Validated on"): "31.02.2027"})
    assert told(make(room)) == ["S201 Results - CZ-2027-Spring.xlsx › Results!M3: “31.02.2027” is not a date: February 2027 has no day 31."]


def test_what_was_typed_against_a_document_is_told_once_also_when_she_worked_in_the_collected_results(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Remarks"): "I asked them"})
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Result": "partly"})
    assert told(make(room)) == [
        "R513 Results!E3: Žofie Kučerová (L05), unit U1, the whole unit, Result: here stands “partly”, and “achieved” in “Sheet of L05.docx”."
    ]


def test_a_workbook_of_collected_results_is_named_also_when_it_is_hers(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Validated"): "yes"})
    made = make(room)
    assert f"  What hosts marked: output/CZ-2027-Spring/{NAME}" in show(made, Wishes(), room.folder).splitlines()
    assert f">{NAME}</a>." in report(made)
    (room.input / "Sheet of L05.docx").unlink()
    assert f"What hosts marked stands in <a href=\"Results%20-%20CZ-2027-Spring.xlsx\">{NAME}</a>." in report(make(room))


def report(made: Made) -> str:
    assert made.report is not None
    return made.report.read_text("utf-8")


def test_a_document_without_any_mark_is_told_and_not_counted_as_one_with_marks(room):
    dropped(room, filled())
    dropped(room, a_sheet("L10"), "Sheet of L10.docx")
    made = make(room)
    assert [f"{it.code} {it.place}: {it.message}" for it in made.problems if it.code == "R521"] == [
        "R521 Sheet of L10.docx: The document holds no mark that was read."
    ]
    assert "2 documents were read, 1 with marks; what hosts marked stands in" in report(made)
    (room.input / "Sheet of L05.docx").unlink()
    assert "1 document was read, none with marks; what hosts marked stands in" in report(make(room)), "an earlier run collected"


def test_that_a_document_holds_no_mark_is_told_only_where_its_learner_is_known_and_nothing_else_is_wrong(room):
    dropped(room, a_sheet().head("learner", "L77").tick("U1", "*", "alone"), "A stranger's.docx")
    dropped(room, a_sheet().head("learner", "L78"), "An empty stranger's.docx")
    dropped(room, a_sheet().tick("U1", "*", "alone").tick("U1", "*", "not_yet"), "Marked twice.docx")
    dropped(room, a_sheet().head("learner", "L10").nameless(), "Of two.docx")
    dropped(room, a_sheet("L10"), "Unmarked.docx")
    assert [f"{it.code} {it.place.file}" for it in make(room).problems if it.code.startswith("R5")] == [
        "R504 A stranger's.docx", "R508 Marked twice.docx", "R515 Of two.docx", "R504 An empty stranger's.docx", "R521 Unmarked.docx",
    ]  # fmt: skip


def test_the_screen_says_where_to_correct_what_is_wrong_in_the_collected_results(room):
    """Points credited, in the collected results: 40 of 3. In the cohort's own workbook nothing is wrong but its sheet of partners."""
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Points credited"): 40})
    made = make(room)
    told = show(made, Wishes(), room.folder)
    assert f"  What is wrong in the collected results is corrected there: output/CZ-2027-Spring/{NAME}" in told.splitlines()
    assert "To correct it in its cells" not in told

    sheet = Problem(
        code="S102", place=Place(file="Example cohort.xlsx", sheet="Partners"), message="The sheet cannot be read.",
        advice="Save it again.", severity=Severity.ERROR,
    )  # fmt: skip
    copied = replace(made, copies=("Example cohort - to correct.xlsx",), problems=(*made.problems, sheet))
    assert "To correct it in its cells" not in show(copied, Wishes(), room.folder), "no cell is marked in it"
    cell = replace(sheet, place=Place(file="Example cohort.xlsx", sheet="Learners", cell="F3", row=3))
    both = show(replace(copied, problems=(*made.problems, cell)), Wishes(), room.folder).splitlines()
    assert "  To correct it in its cells: output/CZ-2027-Spring/Example cohort - to correct.xlsx" in both
    assert f"  What is wrong in the collected results is corrected there: output/CZ-2027-Spring/{NAME}" in both


def test_two_documents_that_contradict_each_other_count_for_nothing_until_one_is_gone(room):
    dropped(room, filled(), "A.docx")
    other = dropped(room, a_sheet().tick("U1", "*", "with_help"), "B.docx")
    made = make(room)
    assert [each[:96] for each in told(made)] == ["R512 B.docx, table 2, row 12: Žofie Kučerová (L05), unit U1, the whole unit, Result: here it say"]
    assert collected(room) == [("L05", "U1", "Explain how fl", "achieved", None, "A.docx")]
    other.unlink()
    assert told(make(room)) == []
    assert len(collected(room)) == 2


def test_documents_that_differ_in_many_rows_are_told_once_for_each_column_the_results_first(room):
    """Her sheet comes again: another grade, another day of assessment in all rows, and one changed mark."""
    outcomes = [*next(unit for unit in example().units if unit.id == "U1").outcomes, "*"]
    first, again = a_sheet(), a_sheet()
    for outcome in outcomes:
        first.tick("U1", outcome, "alone")
        again.tick("U1", outcome, "with_help" if outcome == outcomes[2] else "alone")
    dropped(room, first.about("U1", grade="A", assessed_on="2027-04-29"), "A.docx")
    dropped(room, again.about("U1", grade="B", assessed_on="2027-05-03"), "B.docx")
    more = len(outcomes) - 1
    assert [each.split("unit U1, ")[1] for each in told(make(room))] == [
        f"{outcomes[2]}, Result: here it says “partly”, and “achieved” in A.docx.",
        "the whole unit, Grade: here it says “B”, and “A” in A.docx.",
        f"{outcomes[0]}, Assessed on: here it says “2027-05-03”, and “2027-04-29” in A.docx, and {more} more rows.",
    ]  # fmt: skip


def test_two_documents_that_complete_each_other_both_count(room):
    dropped(room, a_sheet().tick("U1", "*", "alone"), "A.docx")
    dropped(room, a_sheet().tick("U2", "*", "with_help"), "B.docx")
    dropped(room, a_sheet().tick("U2", "*", "with_help"), "C, a copy.docx")
    assert told(make(room)) == []
    assert [row[1:4:2] + row[5:] for row in collected(room)] == [("U1", "achieved", "A.docx"), ("U2", "partly", "B.docx")]


def test_a_damaged_workbook_of_results_holds_what_tells_results_and_nothing_else(room):
    dropped(room, filled())
    make(room)
    (room.output / "CZ-2027-Spring" / NAME).write_bytes(b"PK and no more")
    made = make(room)
    assert [each[:60] for each in told(made)] == ["S101 Results - CZ-2027-Spring.xlsx › Results: The file is da"]


# -- the host's workbook -------------------------------------------------------------------------------------------------


def hosts_workbook(
    room: Room, marks: Mapping[tuple[str, str, str], Mapping[str, object]], *, host: str = "Lycée", more: Mapping[str, object] | None = None,
    note: bool = True,
) -> Path:  # fmt: skip
    """Let the program make the workbook of a host, mark rows in it as the host does, and put it into input/."""
    from pipeline.assessing import hosts_workbooks

    made = next(each for each in hosts_workbooks(example()) if host in each.name)
    path = room.input / made.name
    path.write_bytes(made.data)
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row[0].row for row in sheet.iter_rows() if row[6].value)
    names = ["Learner ID", "Name", "Mobility", "Unit ID", "Unit title", "Learning outcome", "Result", "Not shown yet", "Grade", "Assessed by", "Assessed on", "Remarks"]
    for at, name in enumerate(more or {}):
        sheet.cell(head, len(names) + at + 1, name)
    for row in sheet.iter_rows(min_row=head + 1):
        whole = row[5].value == "L’unité dans son ensemble"
        key = next((key for key in marks if (row[0].value, row[3].value) == key[:2] and (whole if key[2] == "*" else str(row[5].value).startswith(key[2]))), None)
        if key:
            for name, value in marks[key].items():
                words = {"alone": "seul(e)", "with help": "avec aide", "not yet": "pas encore"}
                sheet.cell(row[0].row, names.index(name) + 1, words.get(str(value), value))
            for at, value in enumerate((more or {}).values()):
                sheet.cell(row[0].row, len(names) + at + 1, value)
    if not note:
        del book["ecvet"]
    book.save(path)
    return path


def test_a_hosts_workbook_that_came_back_becomes_results(room):
    hosts_workbook(room, {
        ("L05", "U1", FIRST): {"Result": "alone", "Not shown yet": "nothing", "Remarks": "quick"},
        ("L05", "U1", "*"): {"Result": "with help", "Grade": "15/20", "Assessed on": date(2027, 4, 29)},
    })  # fmt: skip
    made = make(room)
    assert told(made) == []
    assert [row[:5] for row in collected(room)] == [("L05", "U1", "Explain how fl", "achieved", None), ("L05", "U1", "*", "partly", "15/20")]
    assert "U1 : partly 15/20" in transcript(room)


def test_a_hosts_workbook_in_input_is_no_cohort(room):
    hosts_workbook(room, {})
    assert [path.name for path in room.cohorts()] == ["Example cohort.xlsx"]
    assert len(desk.make(room)) == 1


def test_a_hosts_workbook_that_lost_its_hidden_sheet_is_known_by_its_name_and_its_columns(room):
    hosts_workbook(room, {("L05", "U1", "*"): {"Result": "alone"}}, note=False)
    assert told(make(room)) == []
    assert [row[3] for row in collected(room)] == ["achieved"]


def test_what_a_hosts_workbook_does_not_say_any_more_is_gone_and_the_screen_says_it(room):
    hosts_workbook(room, {("L05", "U1", "*"): {"Result": "alone"}, ("L05", "U1", FIRST): {"Result": "alone"}})
    make(room)
    hosts_workbook(room, {("L05", "U1", "*"): {"Result": "alone"}})
    assert "(1 result gone that stood there before)" in show(make(room), Wishes(), room.folder)
    hosts_workbook(room, {})
    assert "(1 result gone that stood there before)" in show(make(room), Wishes(), room.folder)
    assert collected(room) == []


def test_a_word_that_is_no_result_is_told_with_its_cell(room):
    hosts_workbook(room, {("L05", "U1", "*"): {"Result": "bien"}})
    found = told(make(room))
    assert len(found) == 1
    assert "cell G" in found[0]
    assert found[0].endswith("“bien” is no result.")


def test_what_is_wrong_in_cells_of_a_column_is_told_once_for_the_range(room):
    """A host copies a day with two readings down the column."""
    rows = [("L05", "U1", text) for text in (*example().units[0].outcomes, "*")]
    path = hosts_workbook(room, {row: {"Result": "alone", "Assessed on": "04/05/2027"} for row in rows})
    first = next(row[0].row for row in load_workbook(path).worksheets[0].iter_rows() if row[0].value == "L05")
    found = [str(it.place) for it in make(room).problems if it.code == "S203"]
    assert [each.rpartition(", ")[2] for each in found] == [f"cells K{first}:K{first + len(rows) - 1}"]


def test_an_unknown_learner_of_a_hosts_workbook_is_told_with_sheet_and_cells(room):
    path = hosts_workbook(room, {("L05", "U1", FIRST): {"Result": "alone"}, ("L05", "U1", "*"): {"Result": "alone"}})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    rows = [row[0].row for row in sheet.iter_rows() if row[0].value == "L05" and row[6].value]
    for row in rows:
        sheet.cell(row, 1, "L55")
    book.save(path)
    cells = ", ".join(f"A{row}" for row in rows)
    assert [each.partition(": ")[0] for each in told(make(room))] == [f"R504 {path.name}, sheet “{sheet.title}”, cells {cells}"]


def test_a_hosts_workbook_names_only_its_own_learners_and_nothing_of_them_but_name_and_number():
    from pipeline.assessing import hosts_workbooks

    for learners, made in ((_of_host(each.name), each) for each in hosts_workbooks(example())):
        text = " ".join(_texts(made.data))
        others = [each for each in example().learners if each.id not in {one.id for one in learners}]
        assert all(each.name in text for each in learners)
        assert not any(each.name in text for each in others)
        for each in learners:
            secrets = (each.address, each.telephone, each.email, each.guardian, str(each.date_of_birth), each.nationality)
            assert not any(secret and secret in text for secret in secrets)


def _of_host(name: str) -> list[Any]:
    return [each for each in example().travelling if each.agreement.host and str(each.agreement.host.name)[:12] in name]


def _texts(data: bytes) -> list[str]:
    import io

    book = load_workbook(io.BytesIO(data))
    return [str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value is not None]


def test_a_hosts_workbook_offers_the_three_results_in_the_hosts_language():
    import io

    from pipeline.assessing import hosts_workbooks

    made = next(each for each in hosts_workbooks(example()) if "Lycée" in each.name)
    sheet = load_workbook(io.BytesIO(made.data)).worksheets[0]
    assert sheet["A4"].value == "pas encore / avec aide / seul(e)", "on paper too"
    lists = [(rule.formula1, str(rule.sqref)[:2]) for rule in sheet.data_validations.dataValidation]
    assert lists == [('"pas encore,avec aide,seul(e)"', "G6")]


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pl", "pt", "nl", "fi", "ro"])
def test_the_header_of_a_hosts_workbook_is_understood_in_every_language_when_it_comes_back(language):
    from pipeline.assessing import _COLUMNS, _header
    from pipeline.columns import RESULTS_SHEET
    from pipeline.returned.sheets import labels
    from pipeline.sheets import understand

    found = understand(RESULTS_SHEET, [_header(name, labels()[language], language) for name in _COLUMNS])
    assert found.doubled == []
    assert dict(found.known) == {"learner": 0, "mobility": 2, "unit": 3, "learning_outcome": 5, "result": 6, "not_shown_yet": 7,
                                 "grade": 8, "assessed_by": 9, "assessed_on": 10, "remarks": 11}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "pl", "pt", "nl", "fi", "ro"])
def test_a_host_reads_one_word_for_a_unit(language):
    from pipeline.assessing import _header
    from pipeline.returned.sheets import labels
    from pipeline.spelling import bare

    words = labels()[language]
    assert bare(words["unit"])[:6] in bare(_header("Unit ID", words, language))
    assert bare(words["unit"])[:6] in bare(words["whole_unit"])


@pytest.mark.slow
def test_a_run_lays_a_workbook_for_each_host_beside_the_sheets_and_never_over_one_that_was_worked_in(tmp_path):
    room = desk.room(tmp_path)
    shutil.copy(desk.EXAMPLE, room.input)
    make(room)
    folder = room.output / "CZ-2027-Spring" / "2 During"
    found = sorted(folder.glob("*.xlsx"))
    assert [path.name[:22] for path in found] == ["Assessment - Beruflich", "Assessment - Lycée des"]
    book = load_workbook(found[1])
    book.worksheets[0]["G6"] = "seul(e)"
    book.save(found[1])
    mine = found[1].read_bytes()
    made = make(room)
    assert found[1].read_bytes() == mine
    assert sorted(folder.glob("*.xlsx")) == found, "as long as its data are the same, none is laid beside it"
    assert made.all_made


def test_a_learner_who_is_forgotten_is_taken_out_of_the_collected_results_and_the_others_stay(room):
    from pipeline.forgetting import forget, traces

    dropped(room, filled())
    other = dropped(room, a_sheet("L10").tick("U1", "*", "with_help"), "Sheet of L10.docx")
    make(room)
    for path in (other, room.input / "Sheet of L05.docx"):
        path.unlink()
    for each in traces(room.output, "L05"):
        assert list(each.rows) == [NAME]
        forget(each)
    assert collected(room) == [("L10", "U1", "*", "partly", None, "Sheet of L10.docx")]
    desk.workbook(room.input / "Example cohort.xlsx", {"Cohort / Templates": "mine"}, without=["Learners / L05", "Unit choices / L05"])
    assert told(make(room)) == []
    assert collected(room) == [("L10", "U1", "*", "partly", None, "Sheet of L10.docx")], "it is still ours"


def test_collected_results_that_she_worked_in_are_not_deleted_when_a_learner_is_forgotten(room):
    from pipeline.forgetting import forget, traces

    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Validated"): "yes"})
    found, = traces(room.output, "L05")
    forget(found)
    assert found.theirs == [NAME]
    assert (room.output / "CZ-2027-Spring" / NAME).exists()
    desk.workbook(room.input / "Example cohort.xlsx", {"Cohort / Templates": "mine"}, without=["Learners / L05", "Unit choices / L05"])
    (room.input / "Sheet of L05.docx").unlink()
    made = make(room)
    (rest,) = {(it.code, it.severity, it.message, it.advice) for it in made.problems if it.severity != "notice"}
    assert rest == (
        "S219", "warning", "“L05” is not on sheet Learners, so her results count for nobody.",
        "If she was forgotten, delete these rows; else add her to sheet Learners.",
    )  # fmt: skip
    assert {it.place.file for it in made.problems if it.code == "S219"} == {NAME}
    assert made.all_made, "these rows hold no paper, and nothing is wrong with the others"


def test_a_learner_id_that_was_mistyped_in_the_collected_results_is_named(room):
    dropped(room, filled())
    make(room)
    (room.input / "Sheet of L05.docx").unlink()
    type_into(room, {(2, "Learner ID"): "L05x"})
    assert {it.advice for it in make(room).problems if it.code == "S219"} == {
        "Did you mean “L05”? If she was forgotten, delete these rows."
    }


# -- the command ---------------------------------------------------------------------------------------------------------


def test_documents_can_be_collected_from_anywhere_without_making_papers(room, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from pipeline.cli import ecvet

    filled().save(tmp_path / "Downloads" / "Sheet.docx")
    monkeypatch.chdir(room.folder)
    done = CliRunner().invoke(ecvet, ["collect", str(tmp_path / "Downloads" / "Sheet.docx")])
    assert done.output == (
        "CZ-2027-Spring: 1 document read, 2 results collected.\n"
        "  Results: output/CZ-2027-Spring/Results - CZ-2027-Spring.xlsx\n"
    )  # fmt: skip
    assert not list(room.output.rglob("*.docx"))
    assert told(make(room)) == []
    assert "U1 : achieved B" in transcript(room), "read with the cohort from then on"
    assert len(collected(room)) == 2
    make(room)
    assert len(collected(room)) == 2


def collect(room: Room, monkeypatch: pytest.MonkeyPatch, *paths: Path) -> list[str]:
    from click.testing import CliRunner

    from pipeline.cli import ecvet

    monkeypatch.chdir(room.folder)
    return CliRunner().invoke(ecvet, ["collect", *map(str, paths)]).output.splitlines()


def test_collecting_a_sheet_that_nobody_filled_says_so(room, tmp_path, monkeypatch):
    path = a_sheet("L05").save(tmp_path / "Downloads" / "Sheet.docx")
    assert [line[:75] for line in collect(room, monkeypatch, path)] == [
        "CZ-2027-Spring: 1 document read, none with marks, 0 results collected.",
        "  Sheet.docx  The document holds no mark that was read. Open it. If somethi",
    ]


def test_collecting_what_stands_in_her_workbook_already_names_it(room, monkeypatch):
    path = dropped(room, filled())
    make(room)
    type_into(room, {(3, "Validated"): "yes"})
    assert collect(room, monkeypatch, path) == [
        "CZ-2027-Spring: 1 document read, no new results.",
        f"  Results: output/CZ-2027-Spring/{NAME}",
    ]


def test_collecting_a_paper_that_carries_no_marks_says_what_was_done_with_it(room, tmp_path, monkeypatch):
    dropped(room, filled())
    make(room)
    paper, = (room.output / "CZ-2027-Spring").glob("Transcript - *(L05).docx")
    path = Path(shutil.copy(paper, tmp_path / paper.name))
    assert collect(room, monkeypatch, path)[:2] == [
        "CZ-2027-Spring: 1 document read, 2 results collected (0 new); 1 paper that carries no marks was compared with what was made.",
        f"  {paper.name}  It says what the paper that was made says.",
    ]


def test_collect_without_anything_says_what_to_do(room, monkeypatch):
    from click.testing import CliRunner

    from pipeline.cli import ecvet
    from pipeline.problem import CannotContinue

    monkeypatch.chdir(room.folder)
    done = CliRunner().invoke(ecvet, ["collect"])
    assert isinstance(done.exception, CannotContinue)
    assert "ecvet collect FILE" in str(done.exception)


def test_a_file_that_is_none_of_ours_is_told_by_its_name(room, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from pipeline.cli import ecvet

    Workbook().save(tmp_path / "Book.xlsx")
    monkeypatch.chdir(room.folder)
    done = CliRunner().invoke(ecvet, ["collect", str(tmp_path / "Book.xlsx")])
    assert done.output.startswith("  (please look) Book.xlsx  This is no assessment sheet, no assessment workbook")


def test_the_report_shows_what_was_typed_beside_what_the_document_says(room):
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Result": "partly"})
    dropped(room, filled())
    made = make(room)
    assert made.report is not None
    page = made.report.read_text("utf-8")
    assert '<th scope="col">The sheet says</th><th scope="col">The document says</th>' in page
    assert "<td>partly<small>Results!E3</small></td><td>achieved<small>Sheet of L05.docx</small></td>" in page
    assert "1 document with marks was read; what hosts marked stands in" in page


def test_a_report_without_documents_does_not_speak_of_them(room):
    made = make(room)
    assert made.report is not None
    assert "What came back" not in made.report.read_text("utf-8")



def test_what_she_typed_in_three_workbooks_of_one_result_all_counts(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Grade"): "A"})
    make(room)
    type_into(room, {(2, "Validated"): "yes"}, "Results - CZ-2027-Spring (new).xlsx")
    cohort(room, {"Learner ID": "L05", "Unit ID": "U1", "Recognised as": "Module 6"})
    make(room)
    assert "U1 : achieved A yes Module 6" in transcript(room)


def test_a_cohort_id_that_stands_twice_is_told_when_documents_are_collected(room, monkeypatch):
    path = dropped(room, filled())
    shutil.copy(room.input / "Example cohort.xlsx", room.input / "Other.xlsx")
    assert [line[-6:] for line in collect(room, monkeypatch, path)] == ["[S220]", "[S220]"]


def test_papers_of_cohorts_that_were_not_named_are_no_strangers(room, monkeypatch):
    desk.workbook(room.input / "B.xlsx", {"Cohort / Templates": "mine", "Cohort / Cohort ID": "CZ-B"})
    dropped(room, filled())
    desk.make(room)
    paper, = (room.output / "CZ-2027-Spring").glob("Transcript - *(L05).docx")
    shutil.copy(paper, room.input)
    made, = make_all(room, [room.input / "B.xlsx"], Wishes(dry_run=True), lambda *_: lambda _: None)
    assert told(made) == []


def test_the_screen_names_the_collected_results_also_where_nothing_is_new(room, monkeypatch, capsys):
    dropped(room, filled())
    monkeypatch.chdir(room.folder)
    said = []
    for _ in range(2):
        monkeypatch.setattr("sys.argv", ["ecvet", "run"])
        with pytest.raises(SystemExit):
            main()
        said.append(next(line.strip() for line in capsys.readouterr().out.splitlines() if "What hosts marked" in line))
    assert said[0] == said[1]


def test_results_that_she_copied_together_and_deleted_are_not_named_any_more(room):
    dropped(room, filled())
    make(room)
    type_into(room, {(3, "Grade"): "A"})
    dropped(room, a_sheet("L10").tick("U1", "*", "alone"), "Sheet of L10.docx")
    make(room)
    (room.output / "CZ-2027-Spring" / NAME).unlink()
    assert "R519" not in {each.code for each in make(room).problems}


def test_a_copy_of_collected_results_in_input_is_told_also_when_documents_are_collected(room, monkeypatch):
    dropped(room, filled())
    make(room)
    shutil.copy(room.output / "CZ-2027-Spring" / NAME, room.input)
    assert [line[-6:] for line in collect(room, monkeypatch) if "please look" in line] == ["[R502]"]


@pytest.mark.parametrize("fails", ["opened", "summed up"])
def test_results_that_cannot_be_read_for_a_moment_are_never_written_over(room, monkeypatch, fails):
    """The workbook of results is locked while a second sheet is collected: nothing is laid, and the next time all is there."""
    collect(room, monkeypatch, filled().save(room.folder / "L05.docx"))
    second = a_sheet("L10").tick("U1", "*", "alone").save(room.folder / "L10.docx")
    with monkeypatch.context() as locked:
        if fails == "opened":
            real = workbook.open_tables
            locked.setattr(workbook, "open_tables", lambda path: real(path) if path.name != NAME else cannot())
        else:
            sums = disk.checksum_of
            locked.setattr(disk, "checksum_of", lambda path: sums(path) if Path(path).name != NAME else cannot())
        said = collect(room, monkeypatch, second)
    assert [line for line in said if "The file could not be read." in line]
    assert [path.name for path in (room.output / "CZ-2027-Spring").glob("*.xlsx")] == [NAME]
    assert {row[0] for row in collected(room)} == {"L05"}
    collect(room, monkeypatch, second)
    assert {row[0] for row in collected(room)} == {"L05", "L10"}


def cannot() -> Any:
    raise PermissionError(13, "Permission denied")


def test_a_sheet_that_is_locked_is_told_and_read_the_next_time(room, monkeypatch):
    dropped(room, filled())
    with monkeypatch.context() as locked:
        locked.setattr("pipeline.provenance.open_package", lambda *_, **__: cannot())
        locked.setattr("pipeline.returned.wordfiles.open_package", lambda *_, **__: cannot())
        made = make(room)
    assert [each[:4] for each in told(made)] == ["R501"]


def test_where_a_workbook_could_not_be_read_it_is_told_and_no_document_is_called_a_strangers(room, monkeypatch):
    (room.input / "Example cohort.xlsx").write_bytes(b"PK and no more")
    said = collect(room, monkeypatch, filled().save(room.folder / "L05.docx"))
    assert [line[-6:] for line in said] == ["[S101]"]


@pytest.mark.parametrize("host", ["Lycée", "Berufliche"])
def test_the_hosts_workbook_is_printed_a_page_wide_with_its_header_on_each_and_no_word_of_ours_below(host):
    from pipeline.assessing import hosts_workbooks

    made = next(each for each in hosts_workbooks(example()) if host in each.name)
    sheet = load_workbook(BytesIO(made.data)).worksheets[0]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.print_title_cols is None
    assert (sheet.oddFooter.left.text, sheet.oddFooter.center.text, sheet.oddFooter.right.text) == ("&A", None, "&P / &N")


def test_an_outcome_of_the_hosts_workbook_is_printed_whole_however_long_it_is():
    from pipeline.assessing import hosts_workbooks

    cohort, long = example(), "Explains what the cold chain is for, and why nothing of it may be left out. " * 6
    first = cohort.learners[0]
    unit = replace(first.agreement.choices[0].unit, knowledge=(long,), skills=(), competence=(), learning_outcomes=())
    agreed = replace(first.agreement, choices=(replace(first.agreement.choices[0], unit=unit),))
    made = next(hosts_workbooks(replace(cohort, learners=(replace(first, agreement=agreed),))))
    sheet = load_workbook(BytesIO(made.data)).worksheets[0]
    assert sheet["F6"].value == long
    assert sheet.row_dimensions[6].height > 13 * len(long) / sheet.column_dimensions["F"].width


# -- what a host corrects, and withdraws ---------------------------------------------------------------------------------


def both_outcomes() -> Sheet:
    return filled().tick("U1", SECOND, "alone")


def test_a_correction_by_another_name_counts_where_the_first_is_gone(room):
    """The officer takes the host's first sheet out of input/, and puts the corrected one in."""
    dropped(room, filled(), "first.docx")
    make(room)
    (room.input / "first.docx").unlink()
    dropped(room, a_sheet().tick("U1", FIRST, "not_yet").tick("U1", "*", "with_help"), "second.docx")
    found = told(make(room))
    assert [row[2:4] for row in collected(room)] == [("Explain how fl", "not achieved"), ("*", "partly")]
    assert [each.partition(": ")[0] for each in found] == ["R523 second.docx, table 2, row 2"]
    assert found[0].endswith("Result: “not achieved” counts now instead of “achieved”, which stood in first.docx, and 1 more row.")


def test_two_sheets_that_lie_there_both_still_count_for_nothing_where_they_contradict_each_other(room, monkeypatch):
    """A sheet in input/ is read together with one that is named: else the older of the two would win the next time."""
    dropped(room, filled(), "first.docx")
    other = a_sheet().tick("U1", FIRST, "not_yet").save(room.folder / "second.docx")
    said = collect(room, monkeypatch, other)
    assert [line[-6:] for line in said if "please look" in line] == ["[R512]"]
    assert FIRST[:14] not in {row[2] for row in collected(room)}


def test_marks_that_a_sheet_does_not_hold_any_more_go_and_are_named(room):
    dropped(room, both_outcomes(), "sheet.docx")
    make(room)
    dropped(room, a_sheet().tick("U1", "*", "alone"), "sheet.docx")
    assert told(make(room)) == [
        "R524 sheet.docx: It does not mark 2 results of “Žofie Kučerová” (U1) any more, and what it said before was taken out."
    ]
    assert [row[2] for row in collected(room)] == ["*"]
    assert told(make(room)) == [], "it is told once"


def test_marks_that_a_sheet_of_another_name_leaves_out_stay_and_are_named(room):
    dropped(room, both_outcomes(), "sheet.docx")
    make(room)
    (room.input / "sheet.docx").unlink()
    dropped(room, a_sheet().tick("U1", "*", "alone"), "corrected.docx")
    assert told(make(room)) == [
        "R525 corrected.docx: It does not mark 2 results of “Žofie Kučerová” (U1) that the collected results hold from “sheet.docx”; they stay."
    ]
    assert len(collected(room)) == 3


def test_marks_that_go_are_named_where_she_worked_in_the_collected_results_and_stay_there(room):
    dropped(room, both_outcomes(), "sheet.docx")
    make(room)
    type_into(room, {(4, "Validated"): "yes"})
    make(room)
    dropped(room, a_sheet().tick("U1", "*", "alone"), "sheet.docx")
    found = [each for each in told(make(room)) if each.startswith("R52")]
    assert found == [
        "R525 sheet.docx: It does not mark 2 results of “Žofie Kučerová” (U1) that the collected results hold from an earlier version of it; they stay."
    ]


def test_another_assessors_sheet_of_another_unit_is_no_correction(room):
    dropped(room, filled(), "first.docx")
    make(room)
    (room.input / "first.docx").unlink()
    dropped(room, a_sheet().tick("U2", "*", "alone"), "second.docx")
    assert told(make(room)) == []
    assert {row[1] for row in collected(room)} == {"U1", "U2"}


def test_rows_of_a_hosts_workbook_whose_name_and_number_are_two_learners_count_for_nobody(room):
    """The host sorted the column of names without the others."""
    path = hosts_workbook(room, {("L05", "U1", "*"): {"Result": "alone"}})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == "L05" and row[6].value)
    sheet.cell(row, 2, "Eliška Bartošová")
    book.save(path)
    assert [each.partition(": ")[2] for each in told(make(room))] == ["It was made for “L05”, but its text says “Eliška Bartošová”."]
    assert not (room.output / "CZ-2027-Spring" / NAME).exists()
