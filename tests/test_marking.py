"""The marked copy is the officer's own workbook with every problem in its cell, and nothing of hers is lost in it."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import subprocess
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from crowd import crowd
from desk import EXAMPLE, at, workbook
from drawn import CLEAN, told, write_csv
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from packages import LEARNERS_ROWS, MAIN, OFFICE, book, pack, parts, sheet

from pipeline.guard import Refused
from pipeline.lettering import column_letter
from pipeline.marking import marked_copies, marked_copy
from pipeline.marking.styles import DOUBTFUL, WRONG
from pipeline.problem import Place, Problem, Severity
from pipeline.workbook import read_cohort

DAY = dt.date(2026, 11, 22)
ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


def problem(cell: str = "", file: str = "Autumn.xlsx", severity: Severity = ERROR, message: str = "“31.02.2006” is not a date.",
            *, row: int | None = None, code: str = "S201", spot: str | None = None) -> Problem:  # fmt: skip
    """A problem at “Learners!C7”, at a whole sheet (“Learners”), or at a whole file."""
    name, _, place = cell.partition("!")
    at_row = row or int("".join(filter(str.isdigit, place)) or 0) or None
    where = Place(file=file, sheet=name or None, cell=place or None, row=at_row, spot=spot)
    return Problem(code=code, place=where, message=message, advice="Write a date such as 2006-03-12.", severity=severity)


def marked(path: Path, *problems: Problem) -> Path:
    """The marked copy of a workbook, written beside it."""
    data = marked_copy(path, problems, made_on=DAY)
    target = path.parent / f"{path.stem} - to correct{'.xlsm' if path.suffix == '.xlsm' else '.xlsx'}"
    target.write_bytes(data)
    every_part_is_sound(target)
    return target


def every_part_is_sound(path: Path) -> None:
    """Every part is XML, is listed with its kind, and what a part leads to is there."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len({name.casefold() for name in names}) == len(names)
        types = etree.fromstring(package.read("[Content_Types].xml"))
        listed = [each.get("PartName").lstrip("/") for each in types.iter("{*}Override")]
        endings = {each.get("Extension").lower() for each in types.iter("{*}Default")}
        assert len(set(listed)) == len(listed)
        assert set(listed) <= set(names)
        for name in names:
            assert name in listed or name.rpartition(".")[2].lower() in endings or name == "[Content_Types].xml", name
            if name.endswith((".xml", ".rels", ".vml")):
                etree.fromstring(package.read(name))
            if name.endswith(".rels"):
                source = name.replace("_rels/", "").removesuffix(".rels")
                entries = list(etree.fromstring(package.read(name)))
                assert len({each.get("Id") for each in entries}) == len(entries)
                for each in entries:
                    target = each.get("Target")
                    found = target.lstrip("/") if target.startswith("/") else str(Path(source).parent / target)
                    if each.get("TargetMode") != "External":
                        assert Path("/", found).resolve().as_posix().lstrip("/") in names, (name, target)


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def changed(path: Path, copy: Path) -> set[str]:
    """The parts that are not byte for byte what they were."""
    before, after = members(path), members(copy)
    return {name for name in before if before[name] != after.get(name)}


def added(path: Path, copy: Path) -> set[str]:
    return set(members(copy)) - set(members(path))


def listed(copy: Path) -> list[tuple[str, ...]]:
    """The rows of sheet “To correct”, as they are read."""
    first = load_workbook(copy).worksheets[0]
    rows = ([str(each) for each in row if each is not None] for row in first.iter_rows(values_only=True))
    return [tuple(row) for row in rows if row]


# -- what is added -----------------------------------------------------------------------------------------------------


def test_a_problem_cell_is_red_or_amber_and_its_comment_says_what_is_wrong_and_what_to_do(tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx")
    doubt = problem("Learners!K4", severity=WARNING, message="“no mail” is no address.", code="L140")
    copy = load_workbook(marked(path, problem("Learners!F3"), doubt, problem("Learners!F5", severity=NOTICE)))
    learners = copy["Learners"]
    assert (learners["F3"].fill.fgColor.rgb, learners["K4"].fill.fgColor.rgb) == (WRONG, DOUBTFUL)
    assert learners["F3"].comment.text == (
        "ecvet: to correct\n“31.02.2006” is not a date.\nWrite a date such as 2006-03-12. [S201]"
    )
    assert learners["K4"].comment.text.startswith("ecvet: please look\n“no mail” is no address.")
    assert learners["F3"].comment.author == "ecvet"
    assert learners["F5"].comment is None, "a notice colours nothing"
    assert learners["F5"].fill.fill_type is None


def test_the_first_sheet_lists_every_problem_with_a_link_to_its_cell(tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx")
    copy = marked(
        path, problem("Learners!F3"), problem("Partners!C3", message="“Name” is blank."), problem("Units"),
        problem(message="The file has a fault."), problem(file="My form.docx", spot="table 2", message="A form has a fault."),
        problem("Learners!K4", severity=WARNING), problem("Learners!A9", severity=NOTICE, message="Good."), problem("Learners", row=7),
    )  # fmt: skip
    rows = listed(copy)
    assert rows[0] == ("To correct",)
    assert rows[1] == ("“Autumn.xlsx”: 6 places to correct, 1 to look at.",)
    assert rows[3] == ("Where", "What is wrong", "What to do", "Code")
    assert [row[0] for row in rows[4:-1]] == [
        "To correct: Papers wait for these.", "Partners!C3", "Units", "Learners!F3", "Learners, row 7", "Autumn.xlsx",
        "My form.docx, table 2", "Please look: No paper waits for these, but something may be wrong.", "Learners!K4",
        "Good to know: Nothing has to be done.", "Learners!A9",
    ]  # fmt: skip
    assert rows[5][1:] == ("“Name” is blank.", "Write a date such as 2006-03-12.", "S201")
    assert rows[-1][0].startswith("Copy of “Autumn.xlsx”, made on 22 November 2026. Mark: ")
    first = load_workbook(copy).worksheets[0]
    links = {cell.value: cell.hyperlink.location for row in first.iter_rows(max_col=1) for cell in row if cell.hyperlink}
    assert links == {
        "Partners!C3": "'Partners'!C3", "Units": "'Units'!A1", "Learners!F3": "'Learners'!F3",
        "Learners, row 7": "'Learners'!A7", "Learners!K4": "'Learners'!K4", "Learners!A9": "'Learners'!A9",
    }  # fmt: skip
    assert (first.page_setup.orientation, first.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    assert first.print_title_rows == "$4:$4"


def test_the_copy_opens_on_its_first_sheet_and_no_other_is_selected_with_it(tmp_path):
    path = tmp_path / "Autumn.xlsx"
    made = load_workbook(EXAMPLE)
    made.active = 4
    for each in made.worksheets:
        each.sheet_view.tabSelected = each.title in {"Learners", "Units"}
    made.save(path)
    copy = load_workbook(marked(path, problem("Learners!F3")))
    assert copy.active.title == "To correct"
    assert [each.title for each in copy.worksheets if each.sheet_view.tabSelected] == ["To correct"]


def test_several_problems_of_one_cell_stand_in_one_comment_and_the_worst_gives_the_colour(tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx")
    copy = load_workbook(marked(path, problem("Learners!F3", severity=WARNING, message="Late."), problem("Learners!F3")))
    text = copy["Learners"]["F3"].comment.text
    assert text.index("“31.02.2006”") < text.index("Late.")
    assert copy["Learners"]["F3"].fill.fgColor.rgb == WRONG


def test_a_cell_keeps_its_format_its_font_and_its_protection_under_the_colour(tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx")
    made = load_workbook(path)
    cell = made["Learners"]["F3"]
    cell.value, cell.number_format, cell.font = dt.date(2006, 3, 1), "dd/mm/yyyy", Font(bold=True, name="Arial", sz=14)
    cell.protection, cell.fill = Protection(locked=False), PatternFill("solid", start_color="FF00FF00")
    made.save(path)
    after = load_workbook(marked(path, problem("Learners!F3")))["Learners"]["F3"]
    assert (after.number_format, after.font.b, after.font.name, after.font.sz) == ("dd/mm/yyyy", True, "Arial", 14)
    assert (after.protection.locked, after.fill.fgColor.rgb[:6], after.value) == (False, WRONG[:6], dt.datetime(2006, 3, 1))


def test_cells_and_rows_that_are_not_there_yet_are_put_in_where_they_belong_and_look_like_their_column(tmp_path):
    path = tmp_path / "Autumn.xlsx"
    made = Workbook()
    made.active.title = "Learners"
    made.active.append(["Learner ID", None, "Family name"])
    made.active["A5"] = "L05"
    made.active.column_dimensions["B"].number_format = "@"
    made.save(path)
    copy = marked(path, *(problem(f"Learners!{cell}") for cell in ("B1", "B3", "B5", "A9", "D1")))
    learners = load_workbook(copy)["Learners"]
    assert all(learners[cell].fill.fgColor.rgb == WRONG for cell in ("B1", "B3", "B5", "A9", "D1"))
    assert {learners[cell].number_format for cell in ("B3", "B5")} == {"@"}
    assert (learners["A5"].value, learners["C1"].value) == ("L05", "Family name")
    root = etree.fromstring(members(copy)["xl/worksheets/sheet1.xml"])
    assert [row.get("r") for row in root.iter("{*}row")] == ["1", "3", "5", "9"]
    assert [cell.get("r") for cell in root.iter("{*}c")] == ["A1", "B1", "C1", "D1", "B3", "A5", "B5", "A9"]


def test_of_merged_cells_the_one_is_marked_that_is_seen(tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx")
    made = load_workbook(path)
    made["Learners"].merge_cells("U3:U6")
    made.save(path)
    learners = load_workbook(marked(path, problem("Learners!U5")))["Learners"]
    assert learners["U3"].comment.text.startswith("ecvet")
    assert learners["U3"].fill.fgColor.rgb == WRONG


# -- what stays --------------------------------------------------------------------------------------------------------


def rich(path: Path) -> Path:
    """A workbook with what offices put into theirs."""
    made = load_workbook(EXAMPLE)
    learners = made["Learners"]
    learners["F3"] = "31.02.2006"
    learners["F3"].comment = Comment("Ask the mother\nfor the passport.", "Ms Malá", width=200, height=80)
    learners["A30"] = "=COUNTA(A2:A14)"
    learners.conditional_formatting.add("F2:F20", CellIsRule(operator="equal", formula=["1"], fill=PatternFill("solid", start_color="FFFF0000")))
    learners.auto_filter.ref = "A1:AB14"
    learners.print_area = "A1:K20"
    units = made["Units"]
    units.add_data_validation(check := DataValidation(type="list", formula1='"a,b"'))
    check.add("J2:J9")
    drawn = made.create_sheet("Points")
    for row in (["Unit", "Points"], ["U1", 3], ["U2", 4]):
        drawn.append(row)
    drawn.add_table(Table(displayName="PointsTable", ref="A1:B3"))
    chart = BarChart()
    chart.add_data(Reference(drawn, min_col=2, min_row=1, max_row=3), titles_from_data=True)
    drawn.add_chart(chart, "D2")
    drawn.sheet_state = "hidden"
    drawn.defined_names["own"] = DefinedName("own", attr_text="Points!$A$1")
    made.defined_names["everywhere"] = DefinedName("everywhere", attr_text="Points!$B$1")
    alone = made.create_chartsheet("Chart", 2)
    alone.add_chart(BarChart())
    made.save(path)
    return path


def test_every_part_that_is_not_marked_is_the_same_byte_for_byte(tmp_path):
    path = rich(tmp_path / "Autumn.xlsx")
    copy = marked(path, problem("Learners!F3"), problem("Points!B3"))
    names = {each.title: number for number, each in enumerate(load_workbook(path).worksheets, start=1)}
    touched = {f"xl/worksheets/sheet{names[name]}.xml" for name in ("Learners", "Points")}
    drawing = next(name for name in changed(path, copy) if name.endswith(".vml"))
    comments = next(name for name in changed(path, copy) if name.startswith("xl/comments/"))
    assert changed(path, copy) == {
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", drawing, comments,
        f"xl/worksheets/_rels/sheet{names['Points']}.xml.rels", *touched,
    }  # fmt: skip
    assert added(path, copy) == {
        "docProps/custom.xml", "xl/worksheets/ecvet.xml", "xl/comments/ecvet.xml", "xl/drawings/ecvet.vml",
    }  # fmt: skip
    root = etree.fromstring(members(copy)[f"xl/worksheets/sheet{names['Points']}.xml"])
    order = [etree.QName(each).localname for each in root]
    assert order[-4:] == ["pageMargins", "drawing", "legacyDrawing", "tableParts"]


def test_drop_downs_conditional_formats_filters_names_and_formulas_are_what_they_were(tmp_path):
    path = rich(tmp_path / "Autumn.xlsx")
    before, after = load_workbook(path), load_workbook(marked(path, problem("Learners!F3"), problem("Units!J3")))
    assert after.sheetnames == ["To correct", *before.sheetnames]
    assert list(after.defined_names) == list(before.defined_names)
    for old in before.worksheets:
        new = after[old.title]
        assert old.sheet_state == new.sheet_state
        assert {name: each.attr_text for name, each in new.defined_names.items()} == {name: each.attr_text for name, each in old.defined_names.items()}
        assert (new.print_area, new.print_title_rows, new.auto_filter.ref) == (old.print_area, old.print_title_rows, old.auto_filter.ref)
        assert [str(each.sqref) + str(each.formula1) for each in new.data_validations.dataValidation] == \
               [str(each.sqref) + str(each.formula1) for each in old.data_validations.dataValidation]
        assert [str(each.sqref) for each in new.conditional_formatting] == [str(each.sqref) for each in old.conditional_formatting]
        assert list(new.tables) == list(old.tables)
        assert (len(new._charts), list(new.merged_cells.ranges)) == (len(old._charts), list(old.merged_cells.ranges))
        for row in old.iter_rows():
            for cell in row:
                twin = new[cell.coordinate]
                for look in ("value", "number_format", "font", "border", "alignment", "protection"):
                    assert repr(getattr(twin, look)) == repr(getattr(cell, look)), cell
                if (old.title, cell.coordinate) not in {("Learners", "F3"), ("Units", "J3")}:
                    assert repr(twin.fill) == repr(cell.fill)
                    assert (twin.comment.text if twin.comment else None) == (cell.comment.text if cell.comment else None)


def test_her_comment_stays_and_ours_stands_below_it(tmp_path):
    path = rich(tmp_path / "Autumn.xlsx")
    copy = marked(path, problem("Learners!F3"))
    learners = load_workbook(copy)["Learners"]
    text = learners["F3"].comment.text
    assert text.startswith("Ask the mother\nfor the passport.\n―――――――――――――――\necvet: to correct\n“31.02.2006”")
    assert learners["F3"].comment.author == "Ms Malá"
    drawing = b"".join(members(copy)[name] for name in changed(path, copy) if name.endswith(".vml")).decode()
    assert re.findall(r"width:247.5pt;height:(\d+)", drawing) == ["84"], "the box has grown with the text: six lines"
    assert learners["A1"].comment.text == load_workbook(path)["Learners"]["A1"].comment.text


def test_a_discussion_of_newer_excel_is_left_as_it_is(tmp_path):
    path = workbook(tmp_path / "plain.xlsx")
    made = load_workbook(path)
    made["Learners"]["F3"].comment = Comment("[Threaded comment]", "tc={0A1B}")
    made.save(path)
    found = members(path)
    thread = b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>'
    found["xl/threadedComments/threadedComment1.xml"] = thread
    rels = next(name for name in found if name.startswith("xl/worksheets/_rels/"))
    found[rels] = found[rels].replace(b"</Relationships>", b'<Relationship Id="t1" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="/xl/threadedComments/threadedComment1.xml"/></Relationships>')
    copy = marked(pack(tmp_path / "Autumn.xlsx", found), problem("Learners!F3"), problem("Learners!F4"))
    assert members(copy)["xl/threadedComments/threadedComment1.xml"] == thread
    learners = load_workbook(copy)["Learners"]
    assert learners["F3"].comment.text == "[Threaded comment]"
    assert learners["F3"].fill.fgColor.rgb == WRONG
    assert learners["F4"].comment.text.startswith("ecvet")


def test_macros_stay_and_so_does_the_ending(tmp_path):
    found = members(workbook(tmp_path / "plain.xlsx"))
    found["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 macros"
    found["[Content_Types].xml"] = found["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ).replace(b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')  # fmt: skip
    found["xl/_rels/workbook.xml.rels"] = found["xl/_rels/workbook.xml.rels"].replace(b"</Relationships>", b'<Relationship Id="vba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>')
    path = pack(tmp_path / "Autumn.xlsm", found)
    [made] = marked_copies(path, [path.name], [problem("Learners!F3", file=path.name)], made_on=DAY)
    assert made.name == "Autumn - to correct.xlsm"
    copy = tmp_path / made.name
    copy.write_bytes(made.data)
    every_part_is_sound(copy)
    assert members(copy)["xl/vbaProject.bin"] == found["xl/vbaProject.bin"]
    assert b"macroEnabled" in members(copy)["[Content_Types].xml"]


def test_the_same_workbook_gives_the_same_copy_byte_for_byte(tmp_path):
    path = rich(tmp_path / "Autumn.xlsx")
    one = marked_copy(path, [problem("Learners!F3"), problem("Units!J3")], made_on=DAY)
    time.sleep(0.01)
    assert one == marked_copy(path, [problem("Learners!F3"), problem("Units!J3")], made_on=DAY)
    with zipfile.ZipFile(io.BytesIO(one)) as package:
        assert {each.date_time for each in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# -- workbooks of other programs ---------------------------------------------------------------------------------------


def test_rows_and_cells_without_a_place_of_their_own_are_counted(tmp_path):
    rows = "<row>" + '<c t="str"><v>x</v></c>' * 3 + '</row><row><c/><c t="str"><v>y</v></c></row>'
    copy = marked(book(tmp_path / "Autumn.xlsx", rows), problem("Learners!B2"), problem("Learners!D1"), problem("Learners!C2"))
    root = etree.fromstring(members(copy)["xl/worksheets/sheet1.xml"])
    first, second = root.iter("{*}row")
    assert [("s" in cell.attrib) for cell in first] == [False, False, False, True]
    assert [("s" in cell.attrib) for cell in second] == [False, True, True]


@pytest.mark.parametrize("styles", [
    "", "<cellXfs/>", '<fonts><font/></fonts><cellXfs><xf numFmtId="14"/></cellXfs><dxfs/>',
    '<numFmts><numFmt numFmtId="170" formatCode="0"/></numFmts><cellStyles/>',
])  # fmt: skip
def test_a_workbook_with_hardly_any_styles_gets_those_it_needs(tmp_path, styles):
    copy = marked(book(tmp_path / "Autumn.xlsx", LEARNERS_ROWS, styles=styles), problem("Learners!B1"), problem("Learners!B9"))
    learners = load_workbook(copy)["Learners"]
    assert (learners["B1"].fill.fgColor.rgb, learners["B9"].fill.fgColor.rgb) == (WRONG, WRONG)
    assert learners["A1"].fill.fill_type is None


def test_a_program_that_writes_prefixes_before_every_name_is_understood(tmp_path):
    def prefixed(data: str | bytes) -> str | bytes:
        if isinstance(data, bytes) or MAIN not in data:
            return data
        root = etree.fromstring(data)
        again = etree.Element(root.tag, root.attrib, nsmap={"x": MAIN, "rel": OFFICE})
        again.extend(list(root))
        return etree.tostring(again, encoding="unicode")

    found = parts({"Learners": sheet(LEARNERS_ROWS, before="<sheetViews><sheetView tabSelected='1' workbookViewId='0'/></sheetViews>")}, styles="<cellXfs><xf/></cellXfs>")
    copy = marked(pack(tmp_path / "Autumn.xlsx", {name: prefixed(data) for name, data in found.items()}), problem("Learners!B1"), problem("Learners!C4"))
    written = members(copy)["xl/worksheets/sheet1.xml"].decode()
    assert "<x:sheetData>" in written
    assert "<x:legacyDrawing" in written
    assert "tabSelected" not in written
    assert load_workbook(copy)["Learners"]["C4"].comment.text.startswith("ecvet")


def test_a_copy_is_the_same_whatever_else_the_program_has_loaded(tmp_path, request):
    """Lxml writes the prefix that somebody registered for a name, openpyxl for one; a run may be without openpyxl."""
    request.addfinalizer(lambda: etree.register_namespace("r", OFFICE))
    bare = pack(tmp_path / "Autumn.xlsx", parts({"Learners": sheet(LEARNERS_ROWS).replace(f' xmlns:r="{OFFICE}"', "")}, styles="<cellXfs><xf/></cellXfs>"))
    found = []
    for prefix in ("r", "other"):
        etree.register_namespace(prefix, OFFICE)
        found.append(members(marked(bare, problem("Learners!B1"))))
    assert found[0] == found[1]
    assert b"<legacyDrawing" in found[0]["xl/worksheets/sheet1.xml"]


def test_a_sheet_in_letters_of_two_bytes_is_marked(tmp_path):
    found = parts({"Learners": sheet(LEARNERS_ROWS)}, styles="<cellXfs><xf/></cellXfs>")
    found["xl/worksheets/sheet1.xml"] = f'<?xml version="1.0" encoding="UTF-16"?>{sheet(LEARNERS_ROWS)}'.encode("utf-16")
    copy = marked(pack(tmp_path / "Autumn.xlsx", found), problem("Learners!B1"))
    assert load_workbook(copy)["Learners"]["B1"].value == "Family name"


def test_a_sheet_of_hers_called_to_correct_stays_hers(tmp_path):
    path = tmp_path / "Autumn.xlsx"
    made = load_workbook(workbook(path))
    made.create_sheet("To Correct")["A1"] = "my own list"
    made.save(path)
    copy = load_workbook(marked(path, problem("Learners!F3")))
    assert copy.sheetnames[0] == "To correct (2)"
    assert copy["To Correct"]["A1"].value == "my own list"


def test_what_is_no_workbook_gets_no_copy(tmp_path):
    wrong = tmp_path / "Autumn.xlsx"
    wrong.write_bytes(b"not a workbook")
    with pytest.raises(Refused):
        marked_copy(wrong, [problem()], made_on=DAY)
    assert marked_copies(wrong, [wrong.name], [problem()], made_on=DAY) == []
    strict = parts({"Learners": sheet(LEARNERS_ROWS).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")})
    with pytest.raises(Refused):
        marked_copy(pack(wrong, strict), [problem("Learners!B1")], made_on=DAY)


def test_a_workbook_in_which_there_is_only_good_to_know_gets_no_copy(tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx")
    form = problem(file="My form.docx", spot="table 2")
    assert marked_copies(path, [path.name], [problem("Learners!F3", severity=NOTICE), form], made_on=DAY) == []


# -- a table of text ---------------------------------------------------------------------------------------------------


ODD = CLEAN.replace("+358 40 555 0103", "'00358 405550103") + """
    Results
    | Learner ID | Unit ID | Result   | Remarks                         | Assessed on |
    | L01        | U1      | achieved | _x0041_ & <b> “quoted”↵two lines | 03/04/2027  |
"""


def test_a_csv_comes_back_as_a_workbook_that_reads_exactly_as_it_did(tmp_path):
    folder = write_csv(ODD, tmp_path / "spring")
    learners = folder / "Learners.csv"
    learners.write_text(learners.read_text("utf-8-sig").replace("Jan;", " Jan ;").replace("2008-11-30", "#BEZUG!"), "utf-8-sig")
    before = read_cohort(folder)
    assert sorted(told(before)) == ["S106 Learners!D3", "S203 Results!E2"]
    copies = marked_copies(folder, before.files, before.problems, made_on=DAY)
    assert [(each.original, each.name) for each in copies] == [
        ("Learners.csv", "Learners - to correct.xlsx"), ("Results.csv", "Results - to correct.xlsx"),
    ]  # fmt: skip
    for each in copies:
        (folder / each.name).write_bytes(each.data)
        every_part_is_sound(folder / each.name)
        (folder / each.original).unlink()
    after = read_cohort(folder)
    assert told(after) == told(before)
    assert facts(after) == facts(before)
    cell = load_workbook(folder / "Results - to correct.xlsx")["Results"]["E2"]
    assert (cell.value, cell.number_format, cell.fill.fgColor.rgb) == ("03/04/2027", "@", WRONG)


def facts(reading) -> str:
    """All that was read, without where it stands."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(reading.cohort).replace(" - to correct.xlsx", ".csv"))


def test_a_csv_whose_name_no_sheet_may_have_is_read_as_before(tmp_path):
    folder = write_csv(CLEAN, tmp_path / "spring")
    (folder / "Learners.csv").rename(folder / "[Learners].csv")
    before = read_cohort(folder)
    wrong = problem("Learners!B2", file="[Learners].csv")
    copies = marked_copies(folder, before.files, [wrong], made_on=DAY)
    for each in copies:
        (folder / each.name).write_bytes(each.data)
    (folder / "[Learners].csv").unlink()
    assert len(copies) == 1
    assert told(read_cohort(folder)) == told(before)


# -- whatever cells, whatever damage -----------------------------------------------------------------------------------


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.sets(st.tuples(st.sampled_from(["Cohort", "Learners", "Units", "Results"]), st.integers(1, 60), st.integers(0, 80)), min_size=1, max_size=25))
def test_whatever_cells_are_marked_every_value_stays_and_no_other_part_changes(tmp_path, cells):
    path = tmp_path / "Example cohort.xlsx"
    path.write_bytes(EXAMPLE.read_bytes())
    copy = marked(path, *(problem(f"{name}!{column_letter(column)}{row}", file=path.name) for name, row, column in cells))
    sheets = {name for name, *_ in cells}
    before, after = load_workbook(path), load_workbook(copy)
    touched = {f"xl/worksheets/sheet{before.sheetnames.index(name) + 1}.xml" for name in sheets}
    assert {name for name in changed(path, copy) if name.startswith("xl/worksheets/sheet")} == touched
    for name in sheets:
        marks = {(row, column) for sheet, row, column in cells if sheet == name}
        values = {(row, column): after[name].cell(row, column + 1).value for row in range(1, 62) for column in range(82)}
        assert values == {(row, column): before[name].cell(row, column + 1).value for row in range(1, 62) for column in range(82)}
        red = {(row, column) for row, column in values if after[name].cell(row, column + 1).fill.fgColor.rgb[:6] == WRONG[:6]}
        assert red == marks
        assert {place for place in values if "ecvet: " in str(getattr(after[name].cell(place[0], place[1] + 1).comment, "text", ""))} == marks


@pytest.mark.slow
def test_a_damaged_workbook_gets_a_copy_or_is_refused_and_nothing_else_happens(tmp_path):
    whole = members(marked(rich(tmp_path / "Autumn.xlsx"), problem("Learners!F3")))
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    for _ in range(150):
        found = dict(whole)
        name = chance.choice([each for each in found if each.endswith((".xml", ".rels", ".vml")) and "theme" not in each])
        values = list(re.finditer(rb'="([^"]*)"', found[name]))
        for each in reversed(chance.sample(values, min(3, len(values)))):
            odd = chance.choice([b"", b"-1", b"99999999999", b"abc", b"1e999", b"XFE0", b"true"])
            found[name] = found[name][: each.start(1)] + odd + found[name][each.end(1) :]
        with suppress(Refused):
            marked_copy(pack(tmp_path / "Autumn.xlsx", found), [problem("Learners!F3"), problem("Units!J3")], made_on=DAY)


# -- large, and with other programs ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_two_hundred_problems_among_a_thousand_learners_are_marked_in_well_under_a_second(tmp_path):
    path = crowd(tmp_path / "crowd.xlsx", 1_000)
    problems = [problem(f"Learners!F{row}", file=path.name) for row in range(2, 1002, 5)]
    start = time.perf_counter()
    data = marked_copy(path, problems, made_on=DAY)
    assert time.perf_counter() - start < 1
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.read("xl/comments/ecvet.xml").count(b"<comment ") == 200


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_the_copy_and_keeps_its_marks_when_it_saves(tmp_path, needs):
    path = workbook(tmp_path / "Autumn.xlsx", {"Learners / L02 / Date of birth": "31.02.2006"})
    before = read_cohort(path)
    copy = marked(path, *before.problems)
    subprocess.run([needs("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
                    "--outdir", str(tmp_path / "saved"), str(copy)], check=True, capture_output=True, timeout=120)  # fmt: skip
    saved = load_workbook(tmp_path / "saved" / copy.name)
    cell = saved["Learners"][at("Learners / L02 / Date of birth").partition("!")[2]]
    assert cell.comment.text.startswith("ecvet: to correct")
    assert cell.fill.fgColor.rgb == WRONG
    assert saved.active.title == "To correct"
    reading = read_cohort(tmp_path / "saved" / copy.name)
    assert (reading.name, told(reading)) == ("Autumn", told(before))


def test_a_file_that_was_refused_has_no_copy_and_is_not_opened_for_one_again(tmp_path, monkeypatch):
    """The report tells what is wrong with it; a bomb would go off where it is copied."""
    monkeypatch.setattr("pipeline.marking.copying.open_package", lambda *_, **__: pytest.fail("opened"))
    path = workbook(tmp_path / "Autumn.xlsx")
    refused = problem(message="The file is too large when it is unpacked (600 MB).", code="S101")
    assert marked_copies(path, [path.name], [refused], made_on=DAY) == []


# -- what stands in a workbook already ---------------------------------------------------------------------------------------


def with_her_comment(tmp_path: Path) -> dict[str, bytes]:
    """The parts of the example with a comment of hers at Learners!F3, and the name of the drawing of its box."""
    path = workbook(tmp_path / "plain.xlsx")
    made = load_workbook(path)
    made["Learners"]["F3"].comment = Comment("Ask the mother.", "Ms Malá")
    made.save(path)
    return members(path)


def drawing_in(found: dict[str, bytes]) -> str:
    return next(name for name in found if name.endswith(".vml"))


def test_her_own_properties_of_the_workbook_stay_beside_ours(tmp_path):
    path = workbook(tmp_path / "Autumn.xlsx")
    made = load_workbook(path)
    made.custom_doc_props.append(StringProperty(name="Department", value="Mobility"))
    made.save(path)
    again = tmp_path / "again"
    again.mkdir()
    once = marked(path, problem("Learners!F3")).rename(again / path.name)
    copy = marked(once, problem("Learners!F3"))
    found = {each.get("name"): (each.get("pid"), "".join(each.itertext())) for each in etree.fromstring(members(copy)["docProps/custom.xml"])}
    assert found["Department"] == ("2", "Mobility")
    assert set(found) == {"Department", "ecvet mark"}
    assert found["ecvet mark"][0] == "3"


@pytest.mark.parametrize("drawing", [
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="a"><v:textbox/></v:shape></xml>',
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>',
])  # fmt: skip
def test_boxes_are_drawn_beside_those_of_a_program_that_draws_them_in_its_own_way(tmp_path, drawing):
    found = with_her_comment(tmp_path)
    found[drawing_in(found)] = drawing.encode()
    copy = marked(pack(tmp_path / "Autumn.xlsx", found), problem("Learners!F4"))
    drawn = etree.fromstring(members(copy)[drawing_in(found)])
    new = [each for each in drawn.iter("{*}shape") if each.get("type") == "#_x0000_t202"]
    assert [each.findtext(".//{*}Row") for each in new] == ["3"]
    assert [each.get("id") for each in drawn.iter("{*}shapetype")] == ["_x0000_t202"]
    assert load_workbook(copy)["Learners"]["F4"].comment.text.startswith("ecvet")


@pytest.mark.parametrize("drawing", [
    b"<v:xml xmlns:v='urn:schemas-microsoft-com:vml'></v:xml>",
    "<?xml version='1.0' encoding='UTF-16'?><xml></xml>".encode("utf-16"),
])  # fmt: skip
def test_where_nobody_can_draw_a_box_the_cell_is_red_and_listed_all_the_same(tmp_path, drawing):
    found = with_her_comment(tmp_path)
    found[drawing_in(found)] = drawing
    path = pack(tmp_path / "Autumn.xlsx", found)
    copy = marked(path, problem("Learners!F4"))
    assert not {name for name in changed(path, copy) if "comments" in name or name.endswith(".vml")}
    assert load_workbook(copy)["Learners"]["F4"].fill.fgColor.rgb == WRONG
    assert "Learners!F4" in [row[0] for row in listed(copy)]


def test_comments_of_a_sheet_without_a_problem_stay_byte_for_byte_when_a_copy_is_marked_again(tmp_path):
    path = rich(tmp_path / "Autumn.xlsx")
    again = tmp_path / "again"
    again.mkdir()
    once = marked(path, problem("Units!J3")).rename(again / path.name)
    hers = next(name for name, data in members(once).items() if name.startswith("xl/comments/") and b"Ask the mother" in data)
    assert hers not in changed(once, marked(once, problem("Partners!C3")))


def test_a_comment_without_a_text_gets_ours(tmp_path):
    found = with_her_comment(tmp_path)
    comments = next(name for name in found if name.startswith("xl/comments/"))
    found[comments] = re.sub(rb"<text>.*?</text>", b"", found[comments], flags=re.DOTALL)
    copy = marked(pack(tmp_path / "Autumn.xlsx", found), problem("Learners!F3"))
    assert "ecvet: to correct" in load_workbook(copy)["Learners"]["F3"].comment.text


def test_a_box_beside_rows_that_are_all_hidden_has_an_end(tmp_path):
    rows = "".join(f'<row r="{number}" hidden="1"/>' for number in range(1, 600))
    copy = marked(book(tmp_path / "Autumn.xlsx", rows, styles="<cellXfs><xf/></cellXfs>"), problem("Learners!B5"))
    anchor = next(etree.fromstring(members(copy)["xl/drawings/ecvet.vml"]).iter("{*}Anchor")).text
    assert [int(each) for each in anchor.split(",")][-2:] == [403, 0]


def test_what_newer_excel_wraps_for_older_ones_stands_behind_our_box_where_it_belongs(tmp_path):
    wrapped = (
        '<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/><!-- a remark -->'
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    )
    copy = marked(book(tmp_path / "Autumn.xlsx", LEARNERS_ROWS, after=wrapped, styles="<cellXfs><xf/></cellXfs>"), problem("Learners!B1"))
    root = etree.fromstring(members(copy)["xl/worksheets/sheet1.xml"])
    names = [etree.QName(each).localname for each in root if isinstance(each.tag, str)]
    assert names == ["sheetData", "pageMargins", "legacyDrawing", "AlternateContent"]


def test_a_merged_range_that_is_none_is_passed_over(tmp_path):
    after = '<mergeCells count="2"><mergeCell ref="everything"/><mergeCell ref="A1:B1"/></mergeCells>'
    copy = marked(book(tmp_path / "Autumn.xlsx", LEARNERS_ROWS, after=after, styles="<cellXfs><xf/></cellXfs>"), problem("Learners!B1"))
    root = etree.fromstring(members(copy)["xl/worksheets/sheet1.xml"])
    assert [cell.get("r") for cell in root.iter("{*}c") if cell.get("s")] == ["A1"]


def test_a_list_longer_than_anybody_reads_is_cut_and_says_how_many_more_there_are(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.marking.listing.MOST_LISTED", 2)
    copy = marked(workbook(tmp_path / "Autumn.xlsx"), *(problem(f"Learners!F{row}") for row in range(2, 7)))
    rows = listed(copy)
    assert [row[0] for row in rows[5:8]] == ["Learners!F2", "Learners!F3", "And 3 more, which are coloured in their cells."]
    assert load_workbook(copy)["Learners"]["F6"].fill.fgColor.rgb == WRONG


@pytest.mark.parametrize(("part", "old", "new", "told"), [
    ("xl/styles.xml", "styleSheet", "somethingElse", "The styles of the workbook are damaged."),
    ("xl/workbook.xml", "sheets>", "leaves>", "The list of the workbook's sheets is damaged."),
    ("_rels/.rels", "officeDocument", "picture", "The file is no workbook."),
    ("xl/worksheets/sheet1.xml", 'r="1"', 'r="first"', "The workbook cannot be marked."),
])  # fmt: skip
def test_a_damaged_workbook_gets_no_copy_and_one_sentence_says_what_is_damaged(tmp_path, part, old, new, told):
    found = parts({"Learners": sheet(LEARNERS_ROWS)}, styles="<cellXfs><xf/></cellXfs>")
    found[part] = str(found[part]).replace(old, new)
    with pytest.raises(Refused) as refused:
        marked_copy(pack(tmp_path / "Autumn.xlsx", found), [problem("Learners!B1")], made_on=DAY)
    assert told in str(refused.value)


def test_a_workbook_that_has_as_many_styles_as_excel_takes_gets_no_copy(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.marking.styles.MOST_STYLES", 3)
    with pytest.raises(Refused, match="too many styles"):
        marked_copy(workbook(tmp_path / "Autumn.xlsx"), [problem("Learners!F3")], made_on=DAY)


def test_a_colour_of_hers_that_no_property_can_keep_is_not_given_back(tmp_path):
    """A fill of many colours takes more letters than Excel keeps in a property: the cell is plain when it is right."""
    stops = "".join(f'<stop position="0.{at}"><color rgb="FF00{at}0FF"/></stop>' for at in range(1, 9))
    styles = f'<fills><fill><patternFill/></fill><fill><patternFill/></fill><fill><gradientFill degree="90">{stops}</gradientFill></fill></fills><cellXfs><xf/><xf fillId="2"/></cellXfs>'
    rows = '<row r="1"><c r="A1" s="1" t="str"><v>x</v></c></row>'
    path = book(tmp_path / "Autumn.xlsx", rows, styles=styles)
    again = tmp_path / "again"
    again.mkdir()
    once = marked(path, problem("Learners!A1")).rename(again / path.name)
    assert load_workbook(once)["Learners"]["A1"].fill.fgColor.rgb == WRONG
    assert load_workbook(marked(once, problem("Learners!B1")))["Learners"]["A1"].fill.fill_type is None


def test_a_csv_with_more_columns_than_are_read_gets_no_copy_that_would_lose_them(tmp_path):
    path = tmp_path / "Learners.csv"
    path.write_text(",".join(f"Column {at}" for at in range(17_000)) + "\n", "utf-8")
    with pytest.raises(Refused, match="too many columns"):
        marked_copy(path, [problem("Learners!B1", file=path.name)], made_on=DAY)
