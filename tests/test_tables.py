"""Files become tables of raw cells: what Excel, LibreOffice and other programs write, and what went wrong on the way."""

from __future__ import annotations

import datetime as dt
import re
import time
from pathlib import Path

import pytest
from drawn import cohort, learner, said, sheets, told, write
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from packages import LEARNERS_ROWS, book, pack, parts, sheet

from pipeline.cells import number as read_number
from pipeline.cells import text as read_text
from pipeline.guard import Refused
from pipeline.lettering import column_letter, column_number
from pipeline.raw import DAMAGED, NOT_CALCULATED, Broken, Number, Raw, Unreadable
from pipeline.tables import MOST_ROWS, open_tables
from pipeline.workbook import read_cohort

DATES = '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>'
STYLES = f'{DATES}<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="49"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs>'


def rows(path: Path) -> dict[int, dict[int, Raw]]:
    """Read the only sheet of a file."""
    with open_tables(path) as [table]:
        return {number: dict(cells) for number, cells in table.rows()}


def cells(folder: Path, xml: str, **more: object) -> list[Raw]:
    """Read cells given as XML, from the first row."""
    return list(rows(book(folder / "cohort.xlsx", f'<row r="1">{xml}</row>', **more)).get(1, {}).values())



# -- cells -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("xml", "value"), [
    ('<c t="s"><v>0</v></c>', "Nováková"), ('<c t="s"><v>1</v></c>', "rich text"), ('<c t="s"><v>2</v></c>', "東京"),
    ('<c t="inlineStr"><is><t>Jan</t></is></c>', "Jan"), ('<c t="inlineStr"><is><r><t>J</t></r><r><t>an</t></r></is></c>', "Jan"),
    ('<c t="inlineStr"><is><t xml:space="preserve"> Jan </t></is></c>', " Jan "), ('<c t="inlineStr"><is><t>007</t></is></c>', "007"),
    ('<c t="inlineStr" s="3"><is><t>46482</t></is></c>', "46482"), ('<c t="inlineStr"><is><t>#REF!</t></is></c>', "#REF!"),
    ('<c t="inlineStr"><is><t>Jan</t><phoneticPr fontId="1"/></is></c>', "Jan"),
    ('<c t="inlineStr"><is><t>Jan</t><rPh sb="0" eb="3"><t>yan</t></rPh></is></c>', "Jan"),
    ('<c t="str"><f>A2</f><v>Jan</v></c>', "Jan"), ('<c t="b"><v>1</v></c>', True), ('<c t="b"><v>0</v></c>', False),
    ("<c><v>3</v></c>", Number(3)), ('<c t="n"><v>2.50</v></c>', Number(2.5)), ("<c><v>4.20700000001E+11</v></c>", Number(420700000001.0)),
    ('<c s="1"><v>46482</v></c>', dt.datetime(2027, 4, 5)), ('<c s="3"><v>46482</v></c>', dt.datetime(2027, 4, 5)),
    ('<c s="4"><v>1.5</v></c>', dt.timedelta(days=1, hours=12)), ('<c s="5"><v>0.5</v></c>', dt.time(12)),
    ('<c t="d"><v>2027-04-05</v></c>', dt.date(2027, 4, 5)), ('<c t="d"><v>2027-04-05T10:30:00</v></c>', dt.datetime(2027, 4, 5, 10, 30)),
    ('<c s="2"><v>7</v></c>', Number(7, "@")), ('<c t="e"><v>#REF!</v></c>', Broken("#REF!")), ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', Broken("#DIV/0!")),
    ('<c t="inlineStr"><is><t>a_x000B_b</t></is></c>', "a\x0bb"), ('<c t="inlineStr"><is><t>_x005F_x000B_</t></is></c>', "_x000B_"),
    ("<c><f>SUM(A2)</f><v>5</v></c>", Number(5)), ('<c r="A1"><f>A2</f><v>0</v></c>', Number(0, calculated=True)),
])  # fmt: skip
def test_every_kind_of_cell_is_read(tmp_path, xml, value):
    strings = [
        "<si><t>Nováková</t></si>", "<si><r><rPr><b/></rPr><t>rich </t></r><r><t>text</t></r></si>",
        "<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>",
    ]  # fmt: skip
    assert cells(tmp_path, xml, strings=strings, styles=STYLES) == [value]


@pytest.mark.parametrize("xml", [
    "<c/>", '<c r="A1" s="1"/>', "<c><v></v></c>", "<c><v/></c>", '<c t="inlineStr"><is><t>  </t></is></c>', '<c t="inlineStr"><is><t/></is></c>',
    '<c t="inlineStr"><is/></c>', '<c t="s"><v>0</v></c>',
    '<c t="str"><f>IF(A2="","",A2)</f><v></v></c>', '<c t="inlineStr"/>',
])  # fmt: skip
def test_an_empty_cell_is_nothing(tmp_path, xml):
    assert cells(tmp_path, xml, strings=["<si><t> </t></si>"], styles=STYLES) == []


@pytest.mark.parametrize("xml", [
    '<c r="A1"><f>A2+1</f></c>', '<c r="A1"><f>A2+1</f><v/></c>', '<c r="A1"><f>A2+1</f><v></v></c>', '<c r="A1" t="str"><f>A2</f></c>',
    '<c r="A1">\n  <f>A2</f>\n</c>', '<c r="A1"><f t="shared" si="0"/></c>',
    '<x:c xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="A1"><x:f>A2</x:f></x:c>',
])  # fmt: skip
def test_a_formula_that_no_program_has_calculated_is_no_silent_blank(tmp_path, xml):
    assert cells(tmp_path, xml) == [Broken(NOT_CALCULATED)]


@pytest.mark.parametrize("xml", [
    "<c><v>abc</v></c>", "<c><v>nan</v></c>", '<c t="s"><v>99</v></c>', '<c t="s"><v>x</v></c>', '<c t="d"><v>soon</v></c>',
    '<c s="x"><v>5</v></c>', f"<c><v>{'9' * 5_000}</v></c>", '<c t="zzz"><v>5</v></c>', '<c r="1A"><v>5</v></c>', '<c r="1A" t="zzz"><v>5</v></c>',
])  # fmt: skip
def test_a_damaged_cell_that_does_not_say_where_it_stands_is_told_by_its_row_and_not_by_its_value(tmp_path, xml):
    with pytest.raises(Refused, match=r"Sheet “\w+” cannot be read( below row 1)?\."):
        cells(tmp_path, xml, strings=["<si><t>a</t></si>"], styles=STYLES)


@pytest.mark.parametrize("damaged", [
    "<v>abc</v>", 't="s"><v>99</v>', 't="s"><v>x</v>', 't="b"><v>maybe</v>', 't="d"><v>soon</v>', 's="999"><v>5</v>', 's="x"><v>5</v>', 't="zzz"><v>5</v>', f"<v>{'9' * 5_000}</v>",
])  # fmt: skip
def test_a_damaged_cell_is_one_cell_and_what_stands_beside_it_is_read(tmp_path, damaged):
    xml = f'<c r="A1"><v>1</v></c><c r="B1" {damaged.removeprefix("<v>") if damaged[0] != "<" else ">" + damaged}</c><c r="C1"><v>3</v></c><c><v>4</v></c>'
    assert cells(tmp_path, xml, strings=["<si><t>a</t></si>"], styles=STYLES) == [Number(1), Broken(DAMAGED), Number(3), Number(4)]


def test_a_number_beyond_all_numbers_is_told_by_its_cell(tmp_path):
    assert cells(tmp_path, "<c><v>1e999</v></c>", strings=["<si><t>a</t></si>"], styles=STYLES) == [Broken(DAMAGED)]


@pytest.mark.parametrize(("serial", "value"), [(3_000_000, Broken("#VALUE!")), (-1, dt.datetime(1899, 12, 29)), (0, dt.time(0))])
def test_a_serial_number_that_is_no_day_is_not_taken_for_one(tmp_path, serial, value):
    assert cells(tmp_path, f'<c s="1"><v>{serial}</v></c>', styles=STYLES) == [value]


def test_dates_count_from_1904_where_the_workbook_says_so(tmp_path):
    xml = '<c s="1"><v>45020</v></c>'
    assert cells(tmp_path, xml, styles=STYLES, book='<workbookPr date1904="1"/>') == [dt.datetime(2027, 4, 5)]


def test_a_sheet_in_utf_16_with_another_prefix_is_read_with_its_merged_cells(tmp_path):
    xml = (
        '<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row><x:row r="2"><x:c r="B2"><x:v>2</x:v></x:c></x:row>'
        '</x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells></x:worksheet>'
    )
    path = pack(tmp_path / "cohort.xlsx", parts({"Learners": xml.encode("utf-16")}))
    assert rows(path) == {1: {0: Number(1)}, 2: {0: Number(1), 1: Number(2)}}


@given(st.integers(0, 16_383))
def test_a_column_has_one_name(index):
    assert column_number(column_letter(index)) == index


# -- what a reading library keeps to itself ----------------------------------------------------------------------------


def test_a_merged_range_gives_its_value_to_every_row_of_it(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Host   | Mentor     |
        | L01        | Nováková    | Tereza      | 2009-05-12    | AURORA | Mikko Salo |
        | L02        | Novák       | Jan         | 2008-11-30    | ^      | ^          |
        |            |             |             |               | ^      |            |
        | L03        | Malá        | Eva         | 2008-01-30    | ^      |            |
    """, tmp_path)  # fmt: skip
    assert told(reading) == []
    assert [each.agreement.host and each.agreement.host.id for each in reading.cohort.learners] == ["AURORA"] * 3
    assert [each.agreement.mentor for each in reading.cohort.learners] == ["Mikko Salo"] * 3
    assert str(learner(reading, 1).at("host")) == "Learners!E3"


def test_a_merged_range_over_empty_rows_makes_no_learners(tmp_path):
    path = write("""
        Learners
        | Learner ID | Family name | Host   |
        | L01        | Nováková    | AURORA |
        |            |             | ^      |
        |            |             | ^      |
    """, tmp_path / "cohort.xlsx")  # fmt: skip
    assert list(rows(path)) == [1, 2]


def test_a_merged_cell_that_hides_an_old_value_shows_the_value_that_is_seen(tmp_path):
    after = '<mergeCells count="1"><mergeCell ref="B2:B4"/></mergeCells>'
    xml = '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>10</v></c></row><row r="3"><c r="A3"><v>2</v></c><c r="B3"><v>99</v></c></row><row r="5"><c r="B5"><v>7</v></c></row>'
    read = rows(book(tmp_path / "cohort.xlsx", xml, after=after))
    assert read == {2: {0: Number(1), 1: Number(10)}, 3: {0: Number(2), 1: Number(10)}, 5: {1: Number(7)}}


def test_a_huge_merged_range_costs_nothing(tmp_path):
    for reference in ("A1:ZZ10000", "A1:XFD1048576"):
        path = book(tmp_path / "cohort.xlsx", LEARNERS_ROWS, after=f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>')
        assert list(rows(path)) == [1]


@pytest.mark.parametrize("stray", ["A1048576", "XFD1048576", "XFD2"])
def test_a_stray_cell_far_away_is_told_and_costs_nothing(tmp_path, stray):
    row = int(stray.lstrip("XFDA"))
    xml = f'{LEARNERS_ROWS}<row r="{row}"><c r="{stray}" t="inlineStr"><is><t>x</t></is></c></row>'
    reading = read_cohort(book(tmp_path / "cohort.xlsx", xml))
    expected = "Row 1048576 was left out: it holds only “x”." if stray.startswith("A") else "Columns to the right of KN were not read."
    assert any(sentence.startswith(expected) for sentence in said(reading)), said(reading)


def test_a_lying_dimension_hides_no_rows(tmp_path):
    xml = sheet(LEARNERS_ROWS + '<row r="2"><c r="A2"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>', before='<dimension ref="A1:A1"/>')
    assert list(rows(pack(tmp_path / "cohort.xlsx", parts({"Learners": xml})))) == [1, 2, 3]


def test_rows_and_cells_without_addresses_are_counted(tmp_path):
    assert rows(book(tmp_path / "cohort.xlsx", "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>")) == {
        1: {0: Number(1), 2: Number(2)}, 3: {0: Number(3)},
    }  # fmt: skip


@pytest.mark.parametrize("xml", [
    '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
    '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>', '<row r="2"><c r="??"><v>1</v></c></row>',
    '<row r="0"/>', '<row r="x"><c><v>1</v></c></row>', '<row r="99999999"/>', '<row r="2"><c r="AAAA2"><v>1</v></c></row>',
])  # fmt: skip
def test_a_sheet_that_contradicts_itself_is_refused_and_never_read_in_part_silently(tmp_path, xml):
    reading = read_cohort(book(tmp_path / "cohort.xlsx", LEARNERS_ROWS + xml))
    assert "S102 Learners" in told(reading)
    assert any("Sheet “Learners” cannot be read below row" in sentence for sentence in said(reading))


def test_what_stands_behind_the_cells_does_no_harm(tmp_path):
    broken = '<conditionalFormatting sqref="??"><cfRule type="nonsense"/></conditionalFormatting><dataValidations><dataValidation type="no"/></dataValidations><pageSetup orientation="upside down"/>'
    assert list(rows(book(tmp_path / "cohort.xlsx", LEARNERS_ROWS, after=broken))) == [1]


def test_a_library_that_prints_something_is_not_heard(tmp_path, capsys):
    members = parts({"Learners": sheet(LEARNERS_ROWS)}, styles='<cellXfs><xf/></cellXfs><cellStyles><cellStyle name="a" xfId="99999"/></cellStyles>')
    read_cohort(pack(tmp_path / "cohort.xlsx", members))
    assert capsys.readouterr() == ("", "")


def test_hidden_rows_are_read_and_told_but_not_those_folded_away(tmp_path):
    xml = (
        f'{LEARNERS_ROWS}<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="3" hidden="true" outlineLevel="0"><c r="A3"><v>2</v></c></row>'
        '<row r="4" hidden="1" outlineLevel="1"><c r="A4"><v>3</v></c></row><row r="5" hidden="0"><c r="A5"><v>4</v></c></row><row r="6" hidden="1"/>'
    )
    with open_tables(book(tmp_path / "cohort.xlsx", xml)) as [table]:
        assert len(list(table.rows())) == 5
        assert table.hidden_rows == [2, 3]


def test_hidden_rows_and_sheets_are_told_to_the_officer(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth |
        | L01        | Nováková    | Tereza      | 2009-05-12    | [hidden]
        | L02        | Novák       | Jan         | 2008-11-30    |

        Partners [hidden]
        | Partner ID | Role | Name            | Country | Mentor     |
        | SOS        | home | SOŠ Brno        | Czechia |            |
        | AURORA     | host | Hotel Aurora Oy | Finland | Mikko Salo |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S105 Partners", "S105 Learners"]
    assert [sentence.split(". ")[0] for sentence in said(reading)] == [
        "The sheet “Partners” is hidden, and read like all others", "1 row is hidden (2), and read like all others",
    ]  # fmt: skip
    assert len(reading.cohort.learners) == 2


def test_rows_that_are_struck_through_are_read_and_told(tmp_path):
    fonts = '<fonts><font><b/></font><font><strike/></font><font><strike val="0"/></font></fonts>'
    styles = f'{fonts}<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs>'
    xml = LEARNERS_ROWS + "".join(
        f'<row r="{row}"><c r="A{row}" s="{one}"><v>{row}</v></c><c r="B{row}" s="{other}"><v>1</v></c></row>'
        for row, one, other in ((2, 1, 1), (3, 1, 0), (4, 0, 0), (5, 2, 2), (6, 1, 1))
    )
    path = book(tmp_path / "cohort.xlsx", xml, styles=styles)
    with open_tables(path) as [table]:
        assert len(list(table.rows())) == 6
        assert table.struck_rows == [2, 6]
    assert any(sentence.startswith("2 rows are struck through (2, 6), and read like all others.") for sentence in said(read_cohort(path)))


def test_the_zero_of_a_formula_that_points_to_an_empty_cell_gets_onto_no_paper(tmp_path):
    [value] = cells(tmp_path, "<c r=\"A1\"><f>Sheet2!A1</f><v>0</v></c>")
    with pytest.raises(Unreadable, match="formula gives “0”, as formulas do that point to an empty cell"):
        read_text(value)
    assert read_text(Number(0)) == "0"
    assert read_number(value) == 0


def test_more_rows_than_any_cohort_has_are_refused(tmp_path):
    many = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(2, MOST_ROWS + 3))
    with open_tables(book(tmp_path / "cohort.xlsx", LEARNERS_ROWS + many)) as [table], pytest.raises(Refused, match="more than 20,000 rows"):
        list(table.rows())


# -- values as an officer sees them ------------------------------------------------------------------------------------


def test_telephones_and_numbers_keep_their_zeros_by_the_format_of_the_cell(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Telephone                         |
        | 1 {000}    | Nováková    | Tereza      | 2009-05-12    | 420700000001 {"+"000 000 000 000} |
        | 2.0        | Novák       | Jan         | 2008-11-30    | 7700900123 {00000000000}          |
        | '003       | Malý        | Petr        | 2008-11-30    | '+420 700 000 003                 |
    """, tmp_path)  # fmt: skip
    assert told(reading) == []
    assert [(each.id, each.telephone) for each in reading.cohort.learners] == [
        ("001", "+420 700 000 001"), ("2", "07700900123"), ("003", "+420 700 000 003"),
    ]  # fmt: skip


def test_long_numbers_errors_formulas_and_dates_as_texts_are_told_by_their_cells(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID          | Family name | Given names | Date of birth | Telephone | Nationality |
        | 1234567890123456789 | #REF!       | Tereza      | =A2+1         | '0123     | 2027-03-04  |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S205 Learners!A2", "S106 Learners!B2", "S106 Learners!D2", "S204 Learners!F2"]
    assert said(reading)[1] == "The cell shows “#REF!” and no value. Correct the formula, or type the value."
    assert said(reading)[2] == "The cell holds a formula that was never calculated. Open the workbook in Excel, save it and try again."


# -- .csv --------------------------------------------------------------------------------------------------------------

CSV = "Learner ID;Family name;Units\r\nL01;Nováková;\"U1; U2\"\r\n\r\nL02;\"Novák\r\nml.\";U1\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_is_read_with_any_delimiter_and_as_excel_saves_it(tmp_path, encoding, delimiter):
    path = tmp_path / "learners.csv"
    path.write_bytes(CSV.replace("; ", "$ ").replace(";", delimiter).replace("$ ", "; ").encode(encoding))
    assert rows(path) == {
        1: {0: "Learner ID", 1: "Family name", 2: "Units"}, 2: {0: "L01", 1: "Nováková", 2: "U1; U2"},
        4: {0: "L02", 1: "Novák\r\nml.", 2: "U1"},
    }  # fmt: skip


def test_a_csv_with_a_title_or_a_line_for_excel_above_its_header_is_read(tmp_path):
    path = tmp_path / "learners.csv"
    path.write_text("Learners of spring 2027\n\nLearner ID,Family name\nL01,Nováková\n", "utf-8")
    assert rows(path)[4] == {0: "L01", 1: "Nováková"}
    path.write_text("sep=|\nLearner ID|Family name\nL01|Novák; Nováková\n", "utf-8")
    assert rows(path)[3] == {0: "L01", 1: "Novák; Nováková"}


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250"])
def test_a_csv_in_old_letters_is_refused_and_its_letters_not_guessed(tmp_path, encoding):
    path = tmp_path / "learners.csv"
    path.write_bytes("Learner ID;Name\nL01;Žižka\n".encode(encoding))
    [sentence] = said(read_cohort(path))
    assert sentence == "The letters of the file cannot be read (it is not in UTF-8). Save it from Excel as “CSV UTF-8”, or as .xlsx."


@pytest.mark.parametrize(("content", "told_as"), [
    (b"", "The file is empty."), (b"\n \n", "The file is empty."), (b"PK\x03\x04", "The file is a workbook, though its name ends in .csv."),
    (b'Learner ID;Name\nL01;"Nov\n' + b"L02;x\n" * 5, "a quotation mark is missing, or one too many."),
    (b'Learner ID;Name\nL01;"Jan" x\n', "The file cannot be read at line 2: a quotation mark is missing"),
    (b"," * 2_000_000, "The file has a line longer than any table's."),
    (b"a,b\n" + b"x" * 200_000 + b",y\n", "The file cannot be read at line 2"),
])  # fmt: skip
def test_a_csv_that_cannot_be_read_says_why(tmp_path, content, told_as):
    path = tmp_path / "learners.csv"
    path.write_bytes(content)
    assert any(told_as in sentence for sentence in said(read_cohort(path))), said(read_cohort(path))


def test_error_values_in_a_csv_do_not_get_onto_papers(tmp_path):
    path = tmp_path / "learners.csv"
    path.write_text("Learner ID;Name;Host\nL01;#REF!;#NV\nL02;#1;#####\n", "utf-8")
    assert rows(path) == {
        1: {0: "Learner ID", 1: "Name", 2: "Host"}, 2: {0: "L01", 1: Broken("#REF!"), 2: Broken("#NV")},
        3: {0: "L02", 1: "#1", 2: Broken("#####")},
    }  # fmt: skip


# -- held against openpyxl ---------------------------------------------------------------------------------------------


def test_what_is_read_is_what_openpyxl_reads(tmp_path):
    book_ = Workbook()
    worksheet = book_.active
    values = ["text", "", " x ", 5, 2.5, -3, 0.1 + 0.2, True, False, dt.datetime(2027, 4, 5), dt.date(1999, 1, 1), dt.time(9, 30),
              dt.datetime(2027, 4, 5, 9, 30, 15), "#N/A", "a\nb", "=1+1", "žluťoučký", 10**14, 1e-7, dt.timedelta(hours=30)]  # fmt: skip
    for number, value in enumerate(values, start=1):
        worksheet.cell(number * 2, number, value)
    book_.save(tmp_path / "cohort.xlsx")
    read = rows(tmp_path / "cohort.xlsx")
    for number, value in enumerate(load_workbook(tmp_path / "cohort.xlsx", data_only=True).active[at * 2][at - 1] for at in range(1, len(values) + 1)):
        mine = read.get((number + 1) * 2, {}).get(number)
        if isinstance(mine, Number):
            assert mine.value == value.value
        elif isinstance(mine, Broken):
            assert mine.shown in (NOT_CALCULATED, value.value)
        else:
            assert mine == value.value or not str(value.value).strip()


def test_the_example_cohort_is_read_as_openpyxl_reads_it():
    path = next((Path(__file__).parent.parent / "input").glob("*.xlsx"))
    theirs = load_workbook(path, data_only=True)
    with open_tables(path) as tables:
        assert [table.name for table in tables] == theirs.sheetnames
        for table in tables:
            for number, found in table.rows():
                for index, value in found.items():
                    cell = theirs[table.name].cell(number, index + 1).value
                    assert (value.value if isinstance(value, Number) else value) == cell


def test_a_drawing_is_read_as_it_is_drawn():
    [drawing] = sheets("Learners [hidden]\n| A | B |\n\n| 'x |  | [hidden]\n\n")
    assert (drawing.name, drawing.hidden, drawing.rows, drawing.hidden_rows) == ("Learners", True, [["A", "B"], [], ["'x", ""]], [3])


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_behind_the_last_row_that_holds_anything_no_row_is_looked_at(tmp_path, prefix):
    blank = "".join(f'<row r="{row}" ht="15"><c r="A{row}" s="0"/></row>' for row in range(4, 100_000))
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="B3" t="inlineStr"><is><t>b</t></is></c></row>{blank}'
    xml = re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", sheet(rows)).replace("xmlns=", f"xmlns{':x' if prefix else ''}=")
    start = time.process_time()
    with open_tables(pack(tmp_path / "cohort.xlsx", parts({"Learners": xml}))) as [table]:
        assert list(table.rows()) == [(1, {0: Number(1)}), (3, {1: "b"})]
    assert time.process_time() - start < 1


@pytest.mark.parametrize("last", [
    '<row r="90000"><c r="A90000"><v>9</v></c></row>', '<row r="90000"><c r="A90000"><f>A1</f></c></row>', '<row><c><v>9</v></c></row>',
    '<row r="90000"><c r="XFD90000"><v>9</v></c></row>',
])  # fmt: skip
def test_a_value_far_below_is_found(tmp_path, last):
    with open_tables(book(tmp_path / "cohort.xlsx", f'<row r="1"><c r="A1"><v>1</v></c></row>{last}<row r="90001"/>')) as [table]:
        found = list(table.rows())
    assert len(found) == (1 if "XFD" in last else 2)
    assert (table.beyond is not None) == ("XFD" in last)


@pytest.mark.parametrize("letters", ["Ä", "A1", "ABCD", "["])
def test_what_names_no_column_is_refused(letters):
    with pytest.raises(ValueError, match="no column"):
        column_number(letters)
