"""Assessment sheets that came back: what is marked in them, and what belongs to nobody."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from returning import SDT, Sheet, a_sheet, example, tag, words

from pipeline.returned.sheets import read_sheet
from pipeline.returned.taking import Taken, Taker
from pipeline.returned.wordfiles import open_word
from pipeline.word.names import W

FIRST = "Explain how flour strength"
SECOND = "Describe the stages"


def taken(sheet: Sheet, folder: Path, order: str | None = None) -> tuple[list[Taken], list[str]]:
    """Read a sheet as it came back: its rows, and what is told of it, each with its place."""
    path = sheet.save(folder / "Sheet.docx")
    document = read_sheet(path.name, open_word(path))
    assert document is not None
    taker = Taker(example(), order)
    rows = taker.take(document)
    return rows, [f"{problem.code} {problem.place}: {problem.message} {problem.advice}" for problem in taker.problems]


def shown(rows: list[Taken]) -> list[tuple[Any, ...]]:
    """Rows as a person reads them: learner, unit, the first words of the outcome, and what is said."""
    return [(row.learner.id, row.unit.id, row.outcome[:20] or "*", dict(row.said)) for row in rows]


def results(rows: list[Taken]) -> list[tuple[str, str, str]]:
    return [(row.unit.id, row.outcome[:14] or "*", row.said.get("result", "")) for row in rows]


def test_each_mark_becomes_a_row_with_who_assessed_and_when(tmp_path):
    sheet = a_sheet().tick("U1", FIRST, "alone").tick("U1", "*", "with_help").tick("U2", "*", "not_yet")
    sheet.write("U1", FIRST, "context", "early shift").write("U1", FIRST, "remarks", "quick and careful")
    sheet.about("U1", grade="B", assessed_on="2027-04-29").about("U2", assessed_by="Ewen Le Bihan")
    rows, told = taken(sheet, tmp_path)
    by, on = {"assessed_by": "Solène Guéguen"}, "2027-04-29"
    assert told == []
    assert [(*row[:3], {**row[3], "assessed_on": str(row[3].get("assessed_on"))}) for row in shown(rows)] == [
        ("L05", "U1", "Explain how flour st", {"result": "achieved", "remarks": "early shift – quick and careful", **by, "assessed_on": on}),
        ("L05", "U1", "*", {"result": "partly", "grade": "B", **by, "assessed_on": on}),
        ("L05", "U2", "*", {"result": "not achieved", "assessed_by": "Ewen Le Bihan", "assessed_on": "None"}),
    ]  # fmt: skip


def test_a_sheet_that_nobody_filled_gives_no_rows(tmp_path):
    assert taken(a_sheet(), tmp_path) == ([], [])


@pytest.mark.parametrize("typed", ["☒", "☑", "✓", "x", "X", " x ", "✗", "☐ X", "Х"])
def test_a_sign_typed_in_the_place_of_the_box_marks_it(tmp_path, typed):
    rows, told = taken(a_sheet().type_over("U1", FIRST, "with_help", typed), tmp_path)
    assert (results(rows), told) == ([("U1", "Explain how fl", "partly")], [])


@pytest.mark.parametrize("typed", ["☐", "", "□"])
def test_an_empty_box_typed_in_its_place_marks_nothing(tmp_path, typed):
    assert taken(a_sheet().type_over("U1", FIRST, "with_help", typed), tmp_path) == ([], [])


def test_a_form_field_and_a_sign_of_a_symbol_font_mark_too(tmp_path):
    sheet = a_sheet()
    cells = [sheet.control("U1", FIRST, "alone").getparent(), sheet.control("U1", SECOND, "not_yet").getparent()]
    legacy = f'<w:r xmlns:w="{W[1:-1]}"><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
    symbol = f'<w:r xmlns:w="{W[1:-1]}"><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    for cell, run in zip(cells, (legacy, symbol), strict=True):
        cell.remove(cell.find(SDT))
        cell.append(etree.fromstring(run))
    rows, told = taken(sheet, tmp_path)
    assert results(rows) == [("U1", "Explain how fl", "achieved"), ("U1", "Describe the s", "not achieved")]
    assert told == []


def test_two_marks_in_a_row_are_told_with_their_place_and_none_of_them_counts(tmp_path):
    sheet = a_sheet().tick("U1", FIRST, "alone").tick("U1", FIRST, "with_help").write("U1", FIRST, "remarks", "well")
    rows, told = taken(sheet, tmp_path)
    assert rows == []
    assert len(told) == 1
    assert told[0].startswith("R508 Sheet.docx, table 2, row 2: More than one box is marked for “Explain how flour strength")


def test_a_word_in_a_box_is_no_mark(tmp_path):
    rows, told = taken(a_sheet().type_over("U1", FIRST, "alone", "see below"), tmp_path)
    assert rows == []
    assert [each[:52] for each in told] == ["R509 Sheet.docx, table 2, row 2: “see below” stands "]


def test_a_changed_outcome_is_told_with_the_nearest_and_gives_no_row(tmp_path):
    sheet = a_sheet().tick("U1", FIRST, "alone")
    control = next(each for each in sheet.root.iter(SDT) if words(each).startswith(FIRST))
    control.find(f".//{W}t").text = "Explain how flour strength and temperature act on a dough"
    rows, told = taken(sheet, tmp_path)
    assert rows == []
    assert len(told) == 1
    assert told[0].startswith("R507 Sheet.docx, table 2, row 2: “Explain how flour strength and temperature act on a dough” is no learning outcome of unit “U1”. The nearest is “Explain how flour strength, butter")


def test_an_unknown_learner_and_an_unknown_unit_are_told(tmp_path):
    rows, told = taken(a_sheet().head("learner", "L5").tick("U1", "*", "alone"), tmp_path)
    assert (rows, [each[:75] for each in told]) == ([], ["R504 Sheet.docx: No learner of the cohort has the ID or the name “L5”. Did "])
    sheet = a_sheet()
    sheet.tick("U1", "*", "alone").head("unit", "U77")
    rows, told = taken(sheet, tmp_path)
    assert (rows, [each[:70] for each in told]) == ([], ["R505 Sheet.docx, table 2, row 12: “U77” is no unit of the cohort. Writ"])


@pytest.mark.parametrize("number", ["L05", ""])
def test_a_sheet_that_was_used_for_somebody_else_counts_for_neither(tmp_path, number):
    """The host typed another learner's name over the one on the sheet, and left the number, or emptied it."""
    sheet = a_sheet().tick("U1", "*", "alone").head("learner", number)
    name = next(text for text in sheet.root.iter(f"{W}t") if text.text == "Žofie Kučerová")
    name.text = "Eliška Bartošová"
    rows, told = taken(sheet, tmp_path)
    assert (rows, [each.partition(". ")[0] for each in told]) == ([], ["R515 Sheet.docx: It was made for “L05”, but its text says “Eliška Bartošová”"])


def test_a_unit_that_was_not_agreed_is_told_and_its_marks_are_kept(tmp_path):
    rows, told = taken(a_sheet("L06").tick("U3", "*", "alone").head("unit", "U2"), tmp_path)
    assert results(rows) == [("U2", "*", "achieved")]
    assert [each[:20] for each in told] == ["R506 Sheet.docx: Uni"]


def test_a_second_stay_is_known_by_its_number(tmp_path):
    unit = words(next(each for each in a_sheet("L06-2").root.iter(SDT) if words(each).startswith("U")))
    rows, _ = taken(a_sheet("L06-2").tick(unit, "*", "alone"), tmp_path)
    assert [(row.learner.id, row.learner.mobility) for row in rows] == [("L06", 2)]


def without_number(learner: str) -> Sheet:
    """A sheet whose number of the mobility somebody emptied, in a program that keeps no properties."""
    sheet = a_sheet(learner).head("mobility", "")
    sheet.parts["docProps/core.xml"] = sheet.parts["docProps/core.xml"].replace(b" | 2</dc:subject>", b"</dc:subject>")
    return sheet


def test_where_a_sheet_lost_its_number_a_stay_is_known_by_the_units_agreed_for_it(tmp_path):
    """L06's stay in Hamburg has U3 and U5, that in Nantes U1 and U2."""
    rows, told = taken(without_number("L06-2").tick("U1", "*", "alone"), tmp_path)
    assert ([row.learner.mobility for row in rows], told) == ([2], [])


def test_where_nothing_tells_the_stay_nobody_guesses_it(tmp_path):
    rows, told = taken(without_number("L06-2").tick("U1", "*", "alone").head("unit", "U4"), tmp_path)
    assert (rows, [each[:4] for each in told]) == ([], ["R518"])


@pytest.mark.parametrize(("written", "order", "said"), [("29.04.2027", None, "2027-04-29"), ("29 avril 2027", None, "2027-04-29"), ("04/05/2027", "day first", "2027-05-04")])
def test_a_day_is_read_as_the_cohort_writes_its_dates(tmp_path, written, order, said):
    rows, told = taken(a_sheet().tick("U1", "*", "alone").about("U1", assessed_on=written), tmp_path, order)
    assert (str(rows[0].said["assessed_on"]), told) == (said, [])


def test_a_day_with_two_readings_is_told_once_and_left_out(tmp_path):
    sheet = a_sheet().tick("U1", "*", "alone").tick("U1", FIRST, "alone").about("U1", assessed_on="04/05/2027")
    rows, told = taken(sheet, tmp_path)
    assert ["assessed_on" in row.said for row in rows] == [False, False]
    assert told == ["S203 Sheet.docx, table 3, row 2: “04/05/2027” can mean 4 May 2027 or 5 April 2027. Write 2027-05-04 or 2027-04-05."]


def test_a_grade_alone_is_kept_and_told(tmp_path):
    rows, told = taken(a_sheet().about("U1", grade="B"), tmp_path)
    assert shown(rows) == [("L05", "U1", "*", {"grade": "B", "assessed_by": "Solène Guéguen"})]
    assert [each[:4] for each in told] == ["R514"]


def test_outcomes_never_say_what_the_unit_as_a_whole_is(tmp_path):
    sheet = a_sheet()
    for row in list(sheet.root.iter(SDT)):
        if words(row) in example().units[0].outcomes:
            sheet.tick("U1", words(row), "alone")
    rows, _ = taken(sheet, tmp_path)
    assert len(rows) > 5
    assert all(row.outcome for row in rows)


def test_a_mark_by_nobody_is_a_notice(tmp_path):
    _, told = taken(a_sheet().tick("U1", "*", "alone").about("U1", assessed_by=" "), tmp_path)
    assert told == ["R511 Sheet.docx: Unit “U1” was assessed, and the document does not say by whom. Ask the host, and write the name into column Assessed by."]


# -- boxes that were typed over, or taken away ------------------------------------------------------------------------


def over_the_whole_column(sheet: Sheet, box: str, text: str, unit: str = "") -> Sheet:
    """Type a sign over the box of a column in every row, of one unit or of all."""
    now = ""
    for control in list(sheet.root.iter(SDT)):
        now = words(control) if tag(control) == "ecvet.unit" else now
        if tag(control) == f"ecvet.{box}" and unit in ("", now):
            cell = control.getparent()
            cell.remove(control)
            etree.SubElement(etree.SubElement(cell, f"{W}r"), f"{W}t").text = text
    return sheet


def table_of(sheet: Sheet, unit: str) -> Any:
    return next(sheet.row(unit, "*").iterancestors(f"{W}tbl"))


def all_rows(result: str, *units: str) -> list[tuple[str, str, str]]:
    known = {unit.id: unit for unit in example().units}
    return [(unit, text[:14] or "*", result) for unit in units for text in (*known[unit].outcomes, "")]


@pytest.mark.parametrize("lost", ["", "nameless", "without_controls"])
@pytest.mark.parametrize(("box", "result"), [("not_yet", "not achieved"), ("with_help", "partly"), ("alone", "achieved")])
def test_a_cross_typed_over_every_box_of_a_column_marks_every_row(tmp_path, lost, box, result):
    sheet = over_the_whole_column(a_sheet("L05", ".fr"), box, "X")
    rows, told = taken(getattr(sheet, lost)() if lost else sheet, tmp_path)
    assert (results(rows), told) == (all_rows(result, "U1", "U2"), [])


@pytest.mark.parametrize("lost", ["", "nameless", "without_controls"])
@pytest.mark.parametrize("ending", ["", ".fr", ".fi"])
def test_crosses_in_one_column_count_where_the_boxes_of_the_others_were_taken_away(tmp_path, lost, ending):
    """The heads of the columns still say which is which."""
    sheet = a_sheet("L05", ending)
    for box, text in (("not_yet", ""), ("with_help", "X"), ("alone", "")):
        over_the_whole_column(sheet, box, text)
    rows, told = taken(getattr(sheet, lost)() if lost else sheet, tmp_path)
    assert (results(rows), told) == (all_rows("partly", "U1", "U2"), [])


def without_head(sheet: Sheet, unit: str) -> Sheet:
    table = table_of(sheet, unit)
    table.remove(table.find(f"{W}tr"))
    return sheet


def crosses_alone(sheet: Sheet, unit: str) -> Sheet:
    for box, text in (("not_yet", ""), ("with_help", ""), ("alone", "X")):
        over_the_whole_column(sheet, box, text, unit)
    return sheet


def test_without_boxes_and_heads_the_columns_are_where_they_were_in_the_table_before(tmp_path):
    rows, told = taken(without_head(crosses_alone(a_sheet(), "U2"), "U2"), tmp_path)
    assert (results(rows), told) == (all_rows("achieved", "U2"), [])


def test_a_table_whose_columns_nobody_can_tell_is_named_and_never_passed_over(tmp_path):
    rows, told = taken(without_head(crosses_alone(a_sheet(), "U1"), "U1").tick("U2", "*", "alone"), tmp_path)
    assert results(rows) == [("U2", "*", "achieved")]
    assert told == [
        "R520 Sheet.docx, table 2: Under “U1”, nobody can tell which columns of the table are the three to mark. Look into the sheet, and type what is marked there into sheet Results."
    ]


def test_where_a_column_was_taken_out_of_a_table_its_marks_are_not_guessed(tmp_path):
    """Without “not yet”, the second column is no longer “with help”."""
    sheet = crosses_alone(a_sheet(), "U2")
    for row in table_of(sheet, "U2").iter(f"{W}tr"):
        row.remove(row.findall(f"{W}tc")[1])
    rows, told = taken(sheet, tmp_path)
    assert (rows, [each[:40] for each in told]) == ([], ["R520 Sheet.docx, table 4: Under “U2”, no"])


def test_a_word_instead_of_every_box_is_told_also_where_the_controls_are_gone(tmp_path):
    sheet = a_sheet()
    for box, text in (("not_yet", ""), ("with_help", ""), ("alone", "oui")):
        over_the_whole_column(sheet, box, text, "U1")
    rows, told = taken(sheet.without_controls(), tmp_path)
    assert rows == []
    assert [each[:46] for each in told[:1]] == ["R509 Sheet.docx, table 2, row 2: “oui” stands "]
    assert len(told) == len(all_rows("", "U1"))


def test_a_cross_where_people_sign_is_no_mark(tmp_path):
    sheet = a_sheet()
    for row in list(sheet.root.iter(f"{W}tbl"))[-1].findall(f"{W}tr")[1:]:
        etree.SubElement(etree.SubElement(row.findall(f"{W}tc")[-1].find(f"{W}p"), f"{W}r"), f"{W}t").text = "X"
    assert taken(sheet, tmp_path) == ([], [])


def test_a_grade_alone_is_kept_where_the_controls_are_gone(tmp_path):
    rows, told = taken(a_sheet().about("U1", grade="B").without_controls(), tmp_path)
    assert (shown(rows), [each[:4] for each in told]) == ([("L05", "U1", "*", {"grade": "B", "assessed_by": "Solène Guéguen"})], ["R514"])


# -- other programs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["nameless", "without_controls"])
@pytest.mark.parametrize("ending", ["", ".de", ".fi", ".fr", ".pl"])
def test_a_sheet_whose_controls_lost_their_names_is_read_as_a_person_reads_it(tmp_path, lost, ending):
    sheet = a_sheet("L05", ending).tick("U1", FIRST, "alone").tick("U1", "*", "with_help").tick("U2", SECOND.replace("Describe the stages", "Describe how"), "not_yet")
    sheet.write("U1", FIRST, "context", "early shift").write("U1", FIRST, "remarks", "quick").about("U1", grade="B", assessed_on="2027-04-29")
    rows, told = taken(getattr(sheet, lost)(), tmp_path)
    assert told == []
    assert results(rows) == [("U1", "Explain how fl", "achieved"), ("U1", "*", "partly"), ("U2", "Describe how a", "not achieved")]
    assert (rows[0].said["remarks"], rows[1].said["grade"], str(rows[1].said["assessed_on"]), rows[2].said["assessed_by"]) == (
        "early shift – quick", "B", "2027-04-29", "Solène Guéguen",
    )  # fmt: skip


def test_a_nameless_sheet_whose_learner_number_was_emptied_is_refused_in_plain_words(tmp_path):
    rows, told = taken(a_sheet().head("learner", "").tick("U1", "*", "alone").nameless(), tmp_path)
    assert (rows, told[0][:80]) == ([], "R515 Sheet.docx: It was made for “L05”, but its text does not say so any more. A")


@pytest.mark.parametrize("lost", ["nameless", "without_controls"])
@pytest.mark.parametrize("ending", ["", ".de", ".es", ".fi", ".fr", ".it", ".nl", ".pl", ".pt", ".ro"])
def test_the_agreed_part_under_the_heading_of_a_unit_is_not_taken_for_the_heading(tmp_path, lost, ending):
    """“Unité U2 – Entremets …”, under it “Partie convenue: Tarts and plated desserts …”, then the table."""
    sheet = a_sheet("L10", ending).tick("U1", "*", "alone").tick("U2", "*", "with_help").about("U2", grade="B")
    rows, told = taken(getattr(sheet, lost)(), tmp_path)
    assert ([(row.unit.id, dict(row.said)["result"]) for row in rows], told) == ([("U1", "achieved"), ("U2", "partly")], [])
    assert rows[1].said["grade"] == "B"


def test_what_a_host_wrote_between_the_heading_and_the_table_is_not_taken_for_the_heading(tmp_path):
    sheet = a_sheet("L05", ".fr").tick("U1", "*", "alone").tick("U2", "*", "with_help").without_controls()
    for table in [each for each in sheet.root.iter(f"{W}tbl") if len(each.findall(f"{W}tr")) > 3]:
        line = etree.Element(f"{W}p")
        etree.SubElement(etree.SubElement(line, f"{W}r"), f"{W}t").text = "Vu avec le chef."
        table.addprevious(line)
    rows, told = taken(sheet, tmp_path)
    assert (results(rows), told) == ([("U1", "*", "achieved"), ("U2", "*", "partly")], [])


def test_marks_under_a_heading_that_nobody_knows_are_never_those_of_the_unit_before(tmp_path):
    sheet = a_sheet().tick("U1", "*", "alone").tick("U2", "*", "with_help").nameless()
    heading = next(each for each in sheet.root.iter(f"{W}p") if words(each).startswith("Unit U2"))
    first, *others = heading.iter(f"{W}t")
    first.text = "Tarts, as we call it"
    for other in others:
        other.text = ""
    rows, told = taken(sheet, tmp_path)
    assert (results(rows), [each[:70] for each in told]) == ([("U1", "*", "achieved")], ["R505 Sheet.docx, table 4, row 12: “Tarts, as we call it” is no unit of"])


def test_a_nameless_sheet_that_was_used_for_somebody_else_is_refused(tmp_path):
    sheet = a_sheet().head("learner", "L10").tick("U1", "*", "alone").nameless()
    rows, told = taken(sheet, tmp_path)
    assert (rows, told[0][:49]) == ([], "R515 Sheet.docx: It was made for “L05”, but its t")
    assert "but its text says “L10; CZ-2027-Spring”" in told[0]


def test_tracked_changes_count_as_a_person_sees_them(tmp_path):
    sheet = a_sheet().type_over("U1", FIRST, "alone", "X")
    run = next(each for each in sheet.row("U1", FIRST).iter(f"{W}t") if each.text == "X").getparent()
    around = etree.Element(f"{W}ins", {f"{W}id": "1", f"{W}author": "host"})
    run.addprevious(around)
    around.append(run)
    assert results(taken(sheet, tmp_path)[0]) == [("U1", "Explain how fl", "achieved")]


def test_a_word_file_of_somebody_elses_is_no_sheet(tmp_path):
    import docx

    document = docx.Document()
    document.add_paragraph("A letter")
    document.save(str(tmp_path / "Letter.docx"))
    assert read_sheet("Letter.docx", open_word(tmp_path / "Letter.docx")) is None


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_sheet_that_libreoffice_saved_says_the_same(tmp_path):
    """A host without Word opens the sheet in LibreOffice, marks it and saves it as .docx."""
    from pipeline.libreoffice import convert, find_libreoffice

    office = find_libreoffice()
    assert office is not None
    part = a_sheet("L10", ".es").tick("U2", "*", "with_help")
    part.save(tmp_path / "desk" / "part.docm")
    assert convert(office, "docx", ["part.docm"], tmp_path / "desk") == ""
    document = read_sheet("Sheet.docx", open_word(tmp_path / "desk" / "part.docx"))
    assert document is not None
    assert results(Taker(example(), None).take(document)) == [("U2", "*", "partly")], "its agreed part stands under its heading"
    sheet = a_sheet("L05", ".fr").tick("U1", FIRST, "alone").tick("U1", "*", "with_help").type_over("U2", "*", "not_yet", "x")
    sheet.write("U1", FIRST, "remarks", "très bien").about("U1", grade="15/20", assessed_on="2027-04-29")
    before, _ = taken(sheet, tmp_path)
    sheet.save(tmp_path / "desk" / "saved.docm")
    assert convert(office, "docx", ["saved.docm"], tmp_path / "desk") == ""
    path = tmp_path / "desk" / "saved.docx"
    document = read_sheet("Sheet.docx", open_word(path))
    assert document is not None
    taker = Taker(example(), None)
    assert shown(taker.take(document)) == shown(before)
    assert taker.problems == []
