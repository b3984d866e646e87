"""The empty workbook, and the example cohort poured into it."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
import zipfile
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import desk
import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from pipeline import cells
from pipeline.checks.credit import OUTCOMES
from pipeline.columns import DEFAULTS, LEARNERS, SHEETS, Column, Kind, Sheet
from pipeline.form import open_form
from pipeline.marks.naming import short_names
from pipeline.problem import CannotContinue
from pipeline.starter import EXAMPLE_MARK, empty_workbook
from pipeline.starter.lists import drop_down_lists
from pipeline.starter.samples import samples, write_samples
from pipeline.starter.wanted import open_forms, sheets_for
from pipeline.workbook import read_cohort

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

TABLES = [sheet for sheet in SHEETS if not sheet.fields]
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("starter") / "cohort.xlsx"
    empty_workbook(target)
    return target


@pytest.fixture(scope="module")
def workbook(empty: Path) -> Workbook:
    return load_workbook(empty)


@pytest.fixture
def pour(tmp_path: Path):
    """Pour rows into a workbook and open it."""

    def poured(**rows: list[dict[str, object]]) -> Workbook:
        target = tmp_path / "poured.xlsx"
        empty_workbook(target, rows=rows)
        return load_workbook(target)

    return poured


def letter(sheet: Sheet, name: str) -> str:
    return get_column_letter([column.name for column in sheet.columns].index(name) + 1)


def rule(worksheet: Worksheet, cell: str) -> DataValidation | None:
    return next((rule for rule in worksheet.data_validations.dataValidation if cell in rule.sqref), None)


def offered(workbook: Workbook, rule: DataValidation) -> list[object]:
    sheet, cells_of_list = rule.formula1.split("!")
    return [cell.value for (cell,) in workbook[sheet][cells_of_list.replace("$", "")]]


def names_of(worksheet: Worksheet) -> list[str]:
    return [str(cell.value).removesuffix(" *") for cell in worksheet[1]]


# --- what is there ---------------------------------------------------------------------------------------------------


def test_it_holds_every_sheet_of_the_contract_in_order_and_the_hidden_lists(workbook):
    assert workbook.sheetnames == [sheet.name for sheet in SHEETS] + ["Lists"]
    assert [sheet.title for sheet in workbook if sheet.sheet_state != "visible"] == ["Lists"]


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_every_column_of_the_contract_is_there_in_order(workbook, sheet):
    assert names_of(workbook[sheet.name]) == [column.name for column in sheet.columns]


def test_every_field_of_sheet_cohort_is_there_in_order_with_an_example_beside_it(workbook):
    sheet, worksheet = SHEETS[0], workbook["Cohort"]
    assert [cell.value for cell in worksheet[1]] == ["Field", "Value", "Example"]
    fields = [str(cell.value).removesuffix(" *") for cell in worksheet["A"][1:] if cell.value]
    assert fields == [column.name for column in sheet.columns]
    assert worksheet["C2"].value == sheet.columns[0].example
    assert worksheet["C2"].font.italic
    assert [cell.value for cell in worksheet["B"][1:]] == [None] * (worksheet.max_row - 1)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_required_headers_carry_a_star_and_a_stronger_fill(workbook, sheet):
    worksheet = workbook[sheet.name]
    headers = [row[0] for row in worksheet.iter_rows(min_row=2, max_col=1)] if sheet.fields else worksheet[1]
    for column, cell in zip(sheet.columns, headers, strict=False):
        assert cell.value.endswith(" *") is column.required
        assert (cell.font.color.rgb == "00FFFFFF") is column.required


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_note_on_every_header_says_what_it_means_and_whether_it_is_needed(workbook, sheet):
    worksheet = workbook[sheet.name]
    headers = [row[0] for row in worksheet.iter_rows(min_row=2, max_col=1)] if sheet.fields else worksheet[1]
    for column, cell in zip(sheet.columns, headers, strict=False):
        note = cell.comment.text
        assert note.startswith(column.meaning[0].upper())
        assert ("Needed: yes" in note) is column.required
        holds = column.key in (*OUTCOMES, "guardian")
        assert ("Needed: no" in note) is (not column.required and not holds), "what papers wait for is not said to stay blank"
        assert f"Example: {column.example}" in note or not column.example
        assert "`" not in note
        assert cell.comment.height >= 18 * note.count("\n")


def test_words_for_authors_of_templates_are_left_out_of_the_notes(workbook):
    assert "country_name" not in workbook["Partners"]["D1"].comment.text


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_the_example_row_is_grey_and_marked_in_its_first_cell(workbook, sheet):
    row = workbook[sheet.name][2]
    assert row[0].value == EXAMPLE_MARK
    assert all(cell.font.italic and cell.font.color.rgb == "00808080" for cell in row)
    assert [bool(cell.value) for cell in row[1:]] == [
        bool(column.example) and not column.rare for column in sheet.columns[1:]
    ]
    assert workbook[sheet.name].max_row == 2


def test_the_reader_finds_nothing_in_it_but_the_missing_cohort_id(empty):
    reading = read_cohort(empty)
    assert [problem.code for problem in reading.problems if problem.place.cell == "B2"] == ["S210"]
    assert {problem.code for problem in reading.problems} == {"S210", "S123", "S124"}
    assert not reading.cohort or not (reading.cohort.partners or reading.cohort.units or reading.cohort.learners)


# --- formats ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_whole_columns_have_the_format_of_what_they_hold(workbook, sheet):
    formats = {Kind.DATE: "yyyy-mm-dd", Kind.INTEGER: "General", Kind.DECIMAL: "General"}
    for at, column in enumerate(sheet.columns, start=1):
        whole = workbook[sheet.name].column_dimensions[get_column_letter(at)]
        assert whole.number_format == formats.get(column.kind, "@"), column.name
        assert whole.alignment.vertical == "top"
        assert whole.alignment.wrap_text


def test_telephones_and_ids_are_texts_so_that_zeros_and_plus_stay(workbook):
    partners = workbook["Partners"]
    assert partners.column_dimensions["F"].number_format == "@"
    assert partners["F2"].value == "+358 3 555 0100"
    assert partners.column_dimensions["A"].number_format == "@"


def test_headers_and_names_stay_in_sight_and_are_repeated_on_paper(workbook):
    learners = workbook["Learners"]
    assert learners.freeze_panes == "F2"
    assert learners.print_title_rows == "$1:$1"
    assert learners.print_title_cols == "$A:$E"
    assert learners.page_setup.orientation == "landscape"
    assert learners.sheet_properties.pageSetUpPr.fitToPage
    assert workbook["Cohort"].page_setup.fitToWidth == 1


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_rare_columns_are_folded_away_in_groups_that_a_click_opens(workbook, sheet):
    dimensions = workbook[sheet.name].column_dimensions
    shape = [dimensions[get_column_letter(at)] for at in range(1, len(sheet.columns) + 2)]
    folded = [bool(dimension.hidden and dimension.outlineLevel) for dimension in shape]
    assert folded == [column.rare for column in sheet.columns] + [False]
    assert [bool(dimension.collapsed) for dimension in shape[1:]] == [
        before and not now for before, now in pairwise(folded)
    ]


def test_rare_fields_of_sheet_cohort_are_folded_away_too(workbook):
    rows = workbook["Cohort"].row_dimensions
    for row, column in enumerate(SHEETS[0].columns, start=2):
        assert bool(rows[row].hidden and rows[row].outlineLevel) is column.rare, column.name


def test_no_row_has_a_fixed_height_so_that_it_grows_with_its_text(empty):
    with zipfile.ZipFile(empty) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == len(SHEETS) + 1
    assert not any(b"customHeight" in sheet for sheet in sheets)


# --- drop-down lists -------------------------------------------------------------------------------------------------


def with_a_list(column: Column) -> bool:
    free = {Kind.TEXT, Kind.LIST, Kind.DATE, Kind.INTEGER, Kind.DECIMAL, Kind.PHONE, Kind.EMAIL, Kind.ID}
    return column.kind not in free


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_every_column_with_choices_has_a_drop_down_list_and_no_other(workbook, sheet):
    for at, column in enumerate(sheet.columns, start=1):
        for row in (2, 1000):
            found = rule(workbook[sheet.name], f"{get_column_letter(at)}{row}")
            assert (found is not None) is with_a_list(column), column.name
        if column.choices:
            assert offered(workbook, found) == list(column.choices)


@pytest.mark.parametrize("sheet", TABLES, ids=lambda sheet: sheet.name)
def test_ids_are_chosen_from_the_id_column_of_the_sheet_they_refer_to(workbook, sheet):
    for at, column in enumerate(sheet.columns, start=1):
        if column.refers:
            found = rule(workbook[sheet.name], f"{get_column_letter(at)}5")
            assert found.formula1 == f"{column.refers}!$A$2:$A$1000"
            assert names_of(workbook[column.refers])[0].endswith(" ID")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_drop_down_list_never_refuses_what_the_reader_may_know(workbook, sheet):
    for found in workbook[sheet.name].data_validations.dataValidation:
        assert found.errorStyle == "information"
        assert len(found.error) <= 255


def test_a_cell_that_may_hold_several_is_not_complained_of(workbook):
    for sheet in TABLES:
        for at, column in enumerate(sheet.columns, start=1):
            found = rule(workbook[sheet.name], f"{get_column_letter(at)}3")
            if found:
                assert found.showErrorMessage is (column.kind not in {Kind.CHOICES, Kind.REFERENCES}), column.name


def test_fields_of_sheet_cohort_have_their_lists(workbook):
    worksheet, names = workbook["Cohort"], [column.name for column in SHEETS[0].columns]
    assert offered(workbook, rule(worksheet, f"B{names.index('Draft') + 2}")) == ["yes", "no"]
    assert offered(workbook, rule(worksheet, f"B{names.index('Language') + 2}"))[0] == "of the host"
    assert rule(worksheet, f"B{names.index('Title') + 2}") is None


def test_only_sheet_cohort_offers_the_language_of_the_host(workbook):
    language = rule(workbook["Partners"], f"{letter(SHEETS[1], 'Language')}3")
    assert "of the host" not in offered(workbook, language)
    assert "English (en)" in offered(workbook, language)


def test_below_the_fields_any_column_of_learners_is_offered_as_a_default(workbook):
    found = rule(workbook["Cohort"], f"A{len(SHEETS[0].columns) + 2}")
    assert offered(workbook, found) == [column.name for column in DEFAULTS]


def test_countries_are_europe_first_and_then_the_world_each_once():
    countries = drop_down_lists()["Country"]
    assert countries[0] == "Albania"
    assert countries.index("Vatican City") < countries.index("Afghanistan")
    assert countries.index("Türkiye") < countries.index("Ukraine")
    assert len(countries) == len(set(countries)) == 250  # ISO 3166 and Kosovo


def test_the_reader_understands_every_country_and_language_of_the_lists():
    assert len({cells.country(name) for name in drop_down_lists()["Country"]}) == 250
    for name in drop_down_lists()["Language"][1:]:
        assert f"({cells.language(name)})" in name


# --- the same bytes; nobody's file is touched --------------------------------------------------------------------------


def test_the_same_call_writes_the_same_bytes_in_another_process(empty, tmp_path):
    again = tmp_path / "again.xlsx"
    script = (
        "import sys; from pathlib import Path; from pipeline.starter import empty_workbook as e; e(Path(sys.argv[1]))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "12345", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", script, again], check=True, env=environment)
    assert again.read_bytes() == empty.read_bytes()


def test_no_clock_and_no_person_stands_in_it(empty):
    with zipfile.ZipFile(empty) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = package.read("docProps/core.xml").decode()
    assert properties.count("2026-01-01T00:00:00Z") == 2
    assert ">ecvet-pipeline</dc:creator>" in properties
    assert "lastModifiedBy" not in properties


def test_a_file_that_is_there_is_not_overwritten(tmp_path):
    target = tmp_path / "cohort.xlsx"
    target.write_bytes(b"mine")
    with pytest.raises(CannotContinue, match=r"exists already"):
        empty_workbook(target)
    assert target.read_bytes() == b"mine"


def test_a_missing_folder_is_told_in_one_sentence(tmp_path):
    with pytest.raises(
        CannotContinue, match=r"^There is no folder “.*nowhere”: make it first, or choose another one\.$"
    ):
        empty_workbook(tmp_path / "nowhere" / "cohort.xlsx")


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left_there(tmp_path, monkeypatch):
    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotContinue, match=r"could not be written: No space left on device\.$"):
        empty_workbook(tmp_path / "cohort.xlsx")
    assert list(tmp_path.iterdir()) == []


# --- a cohort poured in ----------------------------------------------------------------------------------------------


def test_poured_rows_take_the_place_of_the_example(pour):
    workbook = pour(Partners=[{"Partner ID": "0012", "Role": ["host", "company"], "Telephone": "+358 03 555 0100"}])
    partners = workbook["Partners"]
    assert [cell.value for cell in partners[2]][:2] == ["0012", "host; company"]
    telephone = partners[f"{letter(SHEETS[1], 'Telephone')}2"]
    assert (telephone.value, telephone.data_type, telephone.number_format) == ("+358 03 555 0100", "s", "@")
    assert workbook["Learners"].max_row == 1
    assert not any(cell.value == EXAMPLE_MARK for sheet in workbook for row in sheet for cell in row)


def test_dates_numbers_and_several_lines_keep_their_kind(pour):
    birth, outcomes = dt.date(2009, 5, 12), ["explains the cold chain", "names four faults"]
    workbook = pour(
        Learners=[{"Date of birth": birth, "Points": Decimal("2.5"), "Learner ID": 7}],
        Units=[{"Unit ID": "U1", "Knowledge": outcomes, "For mobility": True}],
    )
    learners, units = workbook["Learners"], workbook["Units"]
    assert learners[f"{letter(LEARNERS, 'Date of birth')}2"].value.date() == birth
    assert learners[f"{letter(LEARNERS, 'Points')}2"].value == 2.5
    assert learners["A2"].value == "7"
    assert units["F2"].value == "\n".join(outcomes)
    assert units[f"{letter(SHEETS[3], 'For mobility')}2"].value == "yes"
    assert units.row_dimensions[2].height >= 26


@pytest.mark.parametrize("text", ["=1+1", "@SUM(1)", "+420 600", "-", "#N/A", "TRUE", "007", "<&>", "ř’“"])
def test_a_text_stays_the_text_it_is(pour, text):
    cell = pour(Learners=[{"Family name": text}])["Learners"]["D2"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix is text.startswith("=")


def test_rare_columns_that_hold_something_are_shown(pour):
    workbook = pour(
        Learners=[{"Nationality": "Czech", "Mobility": None}], Cohort=[{"Field": "Mode", "Value": "physical"}]
    )
    columns = workbook["Learners"].column_dimensions
    assert not columns[letter(LEARNERS, "Nationality")].hidden
    assert columns[letter(LEARNERS, "Mobility")].hidden
    rows = {str(row[0].value): row[0].row for row in workbook["Cohort"].iter_rows(max_col=1)}
    assert not workbook["Cohort"].row_dimensions[rows["Mode"]].hidden
    assert workbook["Cohort"].row_dimensions[rows["Adult age"]].hidden


def test_columns_of_ones_own_are_added_beside_their_kin_or_at_the_end(pour):
    workbook = pour(
        Units=[{"Title": "Bread", "Title de": "Brot", "Title es": "Pan", "Oven": 3, "Since": dt.date(2026, 9, 1)}]
    )
    units = workbook["Units"]
    assert names_of(units)[2:5] == ["Title", "Title de", "Title es"]
    assert names_of(units)[-2:] == ["Oven", "Since"]
    assert [cell.value for cell in units[2]][2:5] == ["Bread", "Brot", "Pan"]
    assert units[2][-1].number_format == "yyyy-mm-dd"


def test_defaults_stand_below_the_fields_of_sheet_cohort_with_their_lists(pour):
    workbook = pour(
        Cohort=[
            {"Field": "Home", "Value": "SOS"},
            {"Field": "Cohort ID", "Value": "CZ"},
            {"Field": "Bus", "Value": "no"},
        ]
    )
    cohort = workbook["Cohort"]
    below = len(SHEETS[0].columns) + 2
    assert [cell.value for cell in cohort[1]] == ["Field", "Value"]
    assert (cohort["A2"].value, cohort["B2"].value) == ("Cohort ID *", "CZ")
    assert [cell.value for cell in cohort[below]] == ["Home", "SOS"]
    assert [cell.value for cell in cohort[below + 1]] == ["Bus", "no"]
    assert rule(cohort, f"B{below}").formula1 == "Partners!$A$2:$A$1000"


def test_a_field_typed_twice_is_kept_twice(pour):
    cohort = pour(Cohort=[{"Field": "Title", "Value": "one"}, {"Field": "Title", "Value": "two"}])["Cohort"]
    assert [row[1].value for row in cohort.iter_rows(max_col=2) if row[0].value == "Title"] == ["one", "two"]


def test_a_sheet_that_is_not_in_the_contract_is_our_own_fault(tmp_path):
    with pytest.raises(ValueError, match="Pupils"):
        empty_workbook(tmp_path / "cohort.xlsx", rows={"Pupils": []})
    assert list(tmp_path.iterdir()) == []


def test_what_is_poured_in_is_read_again(tmp_path):
    target = tmp_path / "cohort.xlsx"
    rows = {
        "Cohort": [{"Field": "Cohort ID", "Value": "CZ-2027"}, {"Field": "Home", "Value": "SOS"}],
        "Partners": [
            {"Partner ID": "SOS", "Role": "home", "Name": "Střední škola", "Country": "Czechia", "Telephone": "+420 0600"},
            {"Partner ID": "AURORA", "Role": "host", "Name": "Hotel Aurora", "Country": "Finland"},
        ],
        "Qualifications": [{"Qualification ID": "COOK", "Title": "Cook"}],
        "Units": [{"Unit ID": "U1", "Qualification": "COOK", "Title": "Starters", "Knowledge": "a\nb"}],
        "Learners": [
            {
                "Learner ID": "007", "Family name": "O’Neill", "Given names": "=1+1", "Date of birth": dt.date(2009, 5, 12),
                "Host": "AURORA", "Start date": dt.date(2027, 4, 5), "End date": dt.date(2027, 4, 30),
                "Qualification": "COOK", "Units": "U1",
            }
        ],
    }  # fmt: skip
    empty_workbook(target, rows=rows)
    reading = read_cohort(target)
    assert [str(problem.place) for problem in reading.problems] == []
    learner = reading.cohort.learners[0]
    assert (learner.id, learner.name, learner.agreement.home.telephone) == ("007", "=1+1 O’Neill", "+420 0600")


# --- LibreOffice -----------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_saves_it_with_all_its_lists_and_notes(empty, workbook, tmp_path, needs):
    """Opened, saved as .ods, and from there as .xlsx again."""
    soffice = needs("soffice")
    for source, ending in ((empty, "ods"), (tmp_path / "cohort.ods", "xlsx")):
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        subprocess.run(
            [soffice, profile, "--headless", "--convert-to", ending, "--outdir", tmp_path, source],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    saved = load_workbook(tmp_path / "cohort.xlsx")
    assert saved.sheetnames == workbook.sheetnames
    assert saved["Lists"].sheet_state == "hidden"
    for sheet in TABLES:
        before, after = workbook[sheet.name], saved[sheet.name]
        for at, column in enumerate(sheet.columns, start=1):
            cell = f"{get_column_letter(at)}3"
            sources = [found and found.formula1.replace("'", "") for found in (rule(before, cell), rule(after, cell))]
            assert sources[0] == sources[1], f"{sheet.name}, {column.name}"
            assert after.cell(1, at).comment.text == before.cell(1, at).comment.text
            assert after.cell(2, at).value == before.cell(2, at).value


# --- for certain forms -----------------------------------------------------------------------------------------------

OFFICIAL = ROOT / "templates" / "official"
ASKING = {
    "agreement": [OFFICIAL / "1 Before" / "Learning Agreement.docx"],
    "memorandum": [OFFICIAL / "1 Before" / "Memorandum of Understanding.docx"],
    "all": [OFFICIAL],
}


@pytest.fixture(params=ASKING)
def narrowed(request, tmp_path) -> tuple[tuple[Sheet, ...], Workbook]:
    """The empty workbook for some of the official forms."""
    sheets = sheets_for(open_forms([str(form) for form in ASKING[request.param]]))
    empty_workbook(tmp_path / "narrowed.xlsx", sheets=sheets)
    return sheets, load_workbook(tmp_path / "narrowed.xlsx")


def test_what_every_row_needs_and_the_ids_are_in_every_workbook(narrowed):
    for sheet in narrowed[0]:
        whole = next(each for each in SHEETS if each.name == sheet.name)
        assert sheet.columns[0].name == whole.columns[0].name
        assert {column.name for column in whole.columns if column.required} <= {column.name for column in sheet.columns}


def test_with_fewer_columns_lists_examples_notes_and_colours_are_the_same(narrowed, workbook):
    sheets, book = narrowed
    for sheet in sheets:
        if sheet.fields:
            continue
        whole = next(each for each in SHEETS if each.name == sheet.name)
        for at, column in enumerate(sheet.columns, start=1):
            here, there = book[sheet.name].cell(1, at), workbook[sheet.name][f"{letter(whole, column.name)}1"]
            assert (here.value, here.fill.start_color.rgb, here.comment.text) == (
                there.value, there.fill.start_color.rgb, there.comment.text
            )  # fmt: skip
            found = rule(book[sheet.name], f"{get_column_letter(at)}5")
            assert (found is not None) is with_a_list(column), column.name
            if column.choices:
                assert offered(book, found) == list(column.choices)
            if column.refers:
                assert names_of(book[column.refers])[0].endswith(" ID")
        assert book[sheet.name]["A2"].value == EXAMPLE_MARK


def test_a_column_that_a_form_asks_for_is_not_folded_away(narrowed):
    for sheet in narrowed[0]:
        if sheet.name == "Units":
            column = next(each for each in sheet.columns if each.key == "learning_outcomes")
            assert not column.rare


@pytest.mark.parametrize(("lines", "column"), [
    (["{{ learner.age_at_start }}"], "Learners: Date of birth"),
    (["{{ agreement.points_after }}"], "Learners: Units already acquired"),
    (["{{ agreement.assessor }}"], "Partners: Assessor"),
    (["{% if employer %}{{ employer.name }}{% endif %}{{ learner.name }}"], "Learners: Employer"),
    (["{{ learner.employer.name }}"], "Learners: Employer"),
    (["{%p for u in units %}", "{{ u.part }}", "{%p endfor %}"], "Unit choices: Part"),
    (["{%p for u in learner.units %}", "{{ u.knowledge | lines }}", "{%p endfor %}"], "Units: Knowledge"),
    (["{{ companion.email }}"], "Accompanying: E-mail"),
    (["{{ mou.annexes | tick('A') }}"], "Cohort: Annexes"),
    (["{{ learner.name }}"], "Units: Learning outcomes"),
    (['{{ learner.more["Shoe size"] }}'], "Learners: Shoe size"),
    (["{{ learner.more.shoesize }}"], "Learners: shoesize"),
    (["{% for each in learners %}{{ each.more.Halal | default('no') | upper }}{% endfor %}"], "Learners: Halal"),
    (["{{ host.more['Bus stop'] }}"], "Partners: Bus stop"),
])  # fmt: skip
def test_a_form_keeps_the_columns_its_words_are_made_of(lines, column):
    kept = {f"{sheet.name}: {each.name}" for sheet in sheets_for([desk.opened("Form", *lines)]) for each in sheet.columns}
    assert column in kept


def test_words_of_one_record_do_not_keep_the_columns_of_another():
    kept = {sheet.name: {each.key for each in sheet.columns} for sheet in sheets_for([desk.opened("Form", "{{ host.oid }}", "{{ learner.sex }}")])}
    assert "oid" in kept["Partners"]
    assert "sex" in kept["Learners"]
    assert "telephone" not in kept["Learners"]
    assert kept.keys() == {"Cohort", "Partners", "Qualifications", "Units", "Learners"}


# --- the Word file of ready-made blanks ------------------------------------------------------------------------------


def test_the_word_file_holds_a_blank_of_every_kind_for_every_word(tmp_path):
    write_samples(tmp_path / "Words.docx")
    with zipfile.ZipFile(tmp_path / "Words.docx") as package:
        xml = package.read("word/document.xml").decode()
    for root in ("learner", "agreement", "home", "host", "qualification", "unit", "result", "cohort", "mou", "partner", "companion"):
        for word, short in short_names().items():
            if word.startswith(f"{root}."):
                assert f'<w:tag w:val="{word}"/>' in xml
                assert f'<w:ffData><w:name w:val="{short}"/>' in xml
                assert f" MERGEFIELD {word.replace('.', '_')} " in xml
                assert f"{{{{ {word} }}}}" in xml or f"{{{{ {word} | tick }}}}" in xml


def test_controls_and_fields_fit_what_a_word_holds():
    with zipfile.ZipFile(BytesIO(samples())) as package:
        xml = package.read("word/document.xml").decode()
    controls = dict(re.findall(r'<w:tag w:val="([^"]+)"/><w:id w:val="\d+"/>(?:<w:showingPlcHdr/>)?<([\w:]+)', xml))
    assert controls["learner.is_minor"] == "w14:checkbox"
    assert controls["agreement.start"] == controls["today"] == "w:date"
    assert controls["learner.sex"] == controls["result.result"] == "w:dropDownList"
    assert controls["learner.name"] == controls["agreement.annexes"] == "w:text"
    assert len(re.findall('w:bookmarkStart w:id="([^"]+)"', xml)) == len(set(re.findall('w:bookmarkStart w:id="([^"]+)"', xml)))
    assert len(re.findall('w:bookmarkStart [^>]*w:name="([^"]+)"', xml)) == len(set(re.findall('w:bookmarkStart [^>]*w:name="([^"]+)"', xml)))


def test_every_name_in_the_word_file_is_a_word(tmp_path):
    (tmp_path / "Words.docx").write_bytes(samples())
    problems = open_form(tmp_path / "Words.docx").problems
    assert [problem.message for problem in problems if problem.code in {"T101", "T206", "T214", "T221"}] == []


def test_the_word_file_is_well_formed_and_the_same_every_time():
    with zipfile.ZipFile(BytesIO(samples())) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))
    assert samples() == samples()
