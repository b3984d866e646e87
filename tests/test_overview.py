"""The overview for the project's file: a row a mobility, real dates, links that lead to papers, and never a formula."""

from __future__ import annotations

import datetime as dt
import subprocess
import time
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import desk
import pytest
from crowd import crowd
from lxml import etree
from openpyxl import load_workbook

from pipeline.changes import Difference
from pipeline.jobs import Status
from pipeline.lettering import column_letter
from pipeline.overview import file_name, overview
from pipeline.problem import Place
from pipeline.spreadsheet import Cell, Sheet, workbook

DAY = dt.date(2027, 2, 1)
FORMS = {"Contact Card": ["{{ learner.name }}"], "Learning Agreement": ["{{ learner.name }}", "{{ agreement.start }}"],
         "List": ["{{ cohort.id }}"], "Card of partner": ["{{ partner.name }}"]}  # fmt: skip


@pytest.fixture
def made(tmp_path):
    """Make the example cohort with cells changed; gives the room and what was made."""

    def it(cells=None, **more):
        room = desk.room(tmp_path / "papers", official=False, forms=FORMS)
        desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine", **(cells or {})}, **more)
        (told,) = desk.make(room)
        return room, told

    return it


def opened(data: bytes):
    return load_workbook(BytesIO(data))


def table(sheet) -> list[dict[str, object]]:
    """Read a sheet as records: the header is the row that begins the filter."""
    head = int("".join(letter for letter in sheet.auto_filter.ref.split(":")[0] if letter.isdigit()))
    headers, *rows = sheet.iter_rows(min_row=head)
    names = [cell.value for cell in headers]
    return [dict(zip(names, row, strict=True)) for row in rows]


def values(record) -> dict[str, object]:
    return {name: cell.value for name, cell in record.items() if cell.value is not None}


def test_each_mobility_has_a_row_with_what_was_agreed_and_what_became_of_its_papers(made):
    _, told = made({"Learners / L02 / Signed": dt.date(2027, 1, 20), "Learners / L02 / Actual start": dt.date(2027, 3, 2), "Learners / L02 / Mobility ID": "CZ01-0042"})
    rows = [values(row) for row in table(opened(overview(told.cohort, told.outcomes, on=DAY))["Mobilities"])]
    assert len(rows) == 13
    assert rows[1] == {
        "Learner ID": "L02", "Mobility": 1, "Family name": "Dvořák", "Given names": "Matěj", "Status": "confirmed", "Mobility ID": "CZ01-0042",
        "Home": "Střední škola pekařská a cukrářská U Mlýna", "Host": "Berufliche Schule für Backhandwerk & Konditorei Am Speicherfleet",
        "Planned start": dt.datetime(2027, 3, 1), "Planned end": dt.datetime(2027, 3, 19), "Days": 19, "Actual start": dt.datetime(2027, 3, 2),
        "Units": "U4; U5", "Points": 4.5, "Agreement signed on": dt.datetime(2027, 1, 20), "Contact Card": "made", "Learning Agreement": "made",
    }  # fmt: skip
    assert [(row["Learner ID"], row["Mobility"]) for row in rows[5:7]] == [("L06", 1), ("L06", 2)]


def test_reserve_and_withdrawn_learners_stand_there_and_nothing_of_theirs_is_missing(made):
    _, told = made({"Learners / L03 / Status": "withdrawn", "Learners / L04 / Status": "reserve", "Learners / L05 / Status": "planned"})
    rows = [values(row) for row in table(opened(overview(told.cohort, told.outcomes, on=DAY))["Mobilities"])]
    assert [(row["Status"], row["Learning Agreement"]) for row in rows[2:5]] == [("withdrawn", "–"), ("reserve", "–"), ("planned", "made")]


@pytest.mark.parametrize(("status", "differs", "word"), [
    (Status.WRITTEN, False, "made"), (Status.UNCHANGED, False, "unchanged"), (Status.KEPT, False, "left as edited"), (Status.SIGNED, False, "signed"),
    (Status.SIGNED, True, "changed since signing"), (Status.HELD, False, "not made"), (Status.FAILED, False, "could not be written"),
])  # fmt: skip
def test_the_state_of_a_paper_is_a_word_and_a_colour_and_leads_to_the_paper(made, status, differs, word):
    _, told = made()
    at, first = next((at, each) for at, each in enumerate(told.outcomes) if each.job.learner and each.job.form == "Learning Agreement")
    different = (Difference(word="agreement.start", meaning="Start date", before="1", now="2", place=Place()),) if differs else ()
    outcomes = [*told.outcomes[:at], replace(first, status=status, differences=different), *told.outcomes[at + 1 :]]
    cell = table(opened(overview(told.cohort, outcomes, on=DAY))["Mobilities"])[0]["Learning Agreement"]
    assert cell.value == word
    assert cell.fill.fill_type == "solid"
    leads = status not in (Status.HELD, Status.FAILED)
    assert (unquote(cell.hyperlink.target) if cell.hyperlink else None) == (first.file if leads else None)


def test_a_paper_that_nobody_made_is_missing(made):
    _, told = made()
    outcomes = [each for each in told.outcomes if not (each.job.learner and each.job.learner.id == "L03" and each.job.form == "Contact Card")]
    row = table(opened(overview(told.cohort, outcomes, on=DAY))["Mobilities"])[2]
    assert (row["Contact Card"].value, row["Learning Agreement"].value) == ("missing", "made")


def test_why_a_paper_was_not_made_is_told_in_its_row(made):
    _, told = made({"Learners / L03 / Date of birth": "31.02.2008"})
    row = table(opened(overview(told.cohort, told.outcomes, on=DAY))["Mobilities"])[2]
    assert row["Learning Agreement"].value == "not made"
    assert row["What is missing, or to be looked at"].value.startswith("Learners!F4: “31.02.2008” is not a date")


def test_of_an_edited_paper_the_link_leads_to_her_own(made):
    room, told = made()
    paper = next((room.output / told.name).glob("Learning Agreement*L03*"))
    paper.write_bytes(paper.read_bytes() + b" ")
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine", "Learners / L03 / Start date": dt.date(2027, 4, 6)})
    (told,) = desk.make(room)
    cell = table(opened(overview(told.cohort, told.outcomes, on=DAY))["Mobilities"])[2]["Learning Agreement"]
    assert (cell.value, unquote(cell.hyperlink.target)) == ("left as edited", paper.name)


def test_every_link_leads_to_a_paper_from_the_folder_of_the_cohort(made):
    room, told = made({"Learners / L03 / Family name": "O'Réilly & Söhne 100 %"})
    book = opened(overview(told.cohort, told.outcomes, on=DAY))
    links = [cell.hyperlink.target for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(told.outcomes)
    assert all((room.output / told.name / unquote(link)).is_file() for link in links)


def test_papers_of_partners_and_of_the_whole_cohort_stand_on_the_second_sheet(made):
    _, told = made()
    rows = [values(row) for row in table(opened(overview(told.cohort, told.outcomes, on=DAY))["Other papers"])]
    assert len(rows) == len([each for each in told.outcomes if not each.job.learner]) > 3
    assert rows[-1]["Paper"] == "List"
    assert {row["State"] for row in rows} == {"made"}
    assert all(row["File"].endswith(".docx") for row in rows)


def test_the_head_tells_cohort_project_day_and_counts(made):
    _, told = made({"Learners / L04 / Status": "withdrawn"})
    sheet = opened(overview(told.cohort, told.outcomes, on=DAY))["Mobilities"]
    assert [sheet.cell(row, 1).value for row in range(1, 5)] == [
        "Overview of CZ-2027-Spring – Bakers and confectioners in Nantes and Hamburg, spring 2027",
        "Project 2026-1-CZ01-KA121-VET-000123456, as of 2027-02-01. Made anew with every run: do not type into it.",
        "13 mobilities: 12 confirmed, 1 withdrawn", f"{len(told.outcomes)} papers: {len(told.outcomes)} made",
    ]  # fmt: skip
    assert sheet.freeze_panes == "E7"
    assert sheet.auto_filter.ref.startswith("A6:")
    assert (sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    assert sheet.print_title_rows.replace("$", "") == "6:6"
    assert file_name(told.cohort) == "Overview - CZ-2027-Spring.xlsx"


@pytest.mark.parametrize("name", ["=HYPERLINK(\"http://x\")", "+49 170", "-1", "@SUM(A1)", "<b>&amp;", "_x0041_", "a\x07b", " spaced ", "two\nlines", "Ω" * 40_000])
def test_what_somebody_typed_is_shown_as_it_is_and_is_never_a_formula(name):
    data = workbook([Sheet(name="A & B", above=[], headers=["Name"], rows=[[Cell(name)]], widths=[20], frozen=1)])
    cell = opened(data)["A & B"]["A2"]
    assert cell.data_type == "s"
    assert b"<f>" not in ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert cell.quotePrefix is name.startswith(("=", "+", "-", "@"))
    shown = etree.fromstring(ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")).findall(".//{*}t")[-1].text
    assert shown == name.replace("\x07", "").replace("_x0041_", "_x005F_x0041_")[:32_000]


def test_dates_and_numbers_are_real_ones():
    row = [Cell(dt.date(2027, 2, 28)), Cell(dt.date(1900, 3, 1)), Cell(dt.date(1899, 5, 1)), Cell(3), Cell(Decimal("4.50")), Cell(None)]
    found = opened(workbook([Sheet(name="A", above=[], headers=["a"] * 6, rows=[row], widths=[9] * 6, frozen=1)]))["A"][2]
    assert [cell.value for cell in found] == [dt.datetime(2027, 2, 28), dt.datetime(1900, 3, 1), "1899-05-01", 3, 4.5, None]


def test_the_same_facts_are_the_same_bytes(made):
    _, told = made()
    assert overview(told.cohort, told.outcomes, on=DAY) == overview(told.cohort, told.outcomes, on=DAY)
    dates = {info.date_time for info in ZipFile(BytesIO(overview(told.cohort, told.outcomes, on=DAY))).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_a_cohort_without_learners_or_papers_has_an_overview_too(made):
    _, told = made()
    book = opened(overview(replace(told.cohort, learners=()), [], on=DAY))
    assert table(book["Mobilities"]) == []
    assert table(book["Other papers"]) == []


@pytest.mark.parametrize(("number", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (702, "ZZ"), (703, "AAA")])
def test_columns_are_named_by_letters(number, name):
    assert column_letter(number - 1) == name


@pytest.mark.slow
def test_the_overview_of_a_thousand_learners_is_written_in_half_a_second(tmp_path):
    room = desk.room(tmp_path, forms={"Card": ["{{ learner.name }}"]})
    crowd(room.input / "crowd.xlsx", 1000)
    (told,) = desk.make(room, dry_run=True)
    assert len(told.cohort.learners) > 1000
    began = time.perf_counter()
    data = overview(told.cohort, told.outcomes, on=DAY)
    assert time.perf_counter() - began < 0.5
    assert len(table(opened(data)["Mobilities"])) == len(told.cohort.learners)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_shows_words_dates_and_both_sheets(made, needs, tmp_path):
    _, told = made({"Learners / L03 / Date of birth": "31.02.2008"})
    (tmp_path / "Overview.xlsx").write_bytes(overview(told.cohort, told.outcomes, on=DAY))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run([needs("soffice"), profile, "--headless", "--convert-to", "pdf", "Overview.xlsx"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    text = subprocess.run([needs("pdftotext"), "-layout", "Overview.pdf", "-"], cwd=tmp_path, check=True, capture_output=True).stdout.decode()
    for word in ("Overview of CZ-2027-Spring", "Hrušková-Malá", "2027-04-05", "not made", "Learners!F4", "Card of partner"):
        assert word in text
