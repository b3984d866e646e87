"""What a real spreadsheet has besides its values: filters, hidden columns, group headings, letters of another system."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.guard import Refused
from pipeline.letters import letters_of
from pipeline.second import Second
from pipeline.workbook import Reading, read_cohort
from tests.drawn import said, with_changes, write

MANY = """
    Learners
    | Learner ID | Family name | Given names | Date of birth | Class |
    | L01        | Nováková    | Tereza      | 2005-05-12    | 3a    |
    | L02        | Novák       | Jan         | 2005-11-30    | 3b    |
    | L03        | Malá        | Eva         | 2005-01-31    | 3b    |
"""


def changed(folder: Path, change: Callable[[Any], None], picture: str = MANY) -> Path:
    path = write(with_changes(picture), folder / "cohort.xlsx")
    book = load_workbook(path)
    change(book["Learners"])
    book.save(path)
    return path


def filtered(sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "A1:E4"
    sheet.auto_filter.add_filter_column(4, ["3a"])
    for row in (3, 4):
        sheet.row_dimensions[row].hidden = True


def test_rows_that_a_filter_hides_are_read_and_the_filter_is_told(tmp_path):
    reading = read_cohort(changed(tmp_path, filtered))
    assert reading.cohort is not None
    assert len(reading.cohort.learners) == 3
    [sentence] = [each for each in said(reading) if "hidden" in each]
    assert sentence.startswith("2 rows are hidden by a filter (3, 4), and read like all others. Delete the hidden rows")


def test_rows_hidden_by_hand_under_a_filter_that_shows_all_are_told_as_hidden(tmp_path):
    def by_hand(sheet: Worksheet) -> None:
        sheet.auto_filter.ref = "A1:E4"
        sheet.row_dimensions[3].hidden = True

    [sentence] = [each for each in said(read_cohort(changed(tmp_path, by_hand))) if "hidden" in each]
    assert sentence.startswith("1 row is hidden (3), and read like all others.")


def test_hidden_columns_are_read_and_told(tmp_path):
    def veil(sheet: Worksheet) -> None:
        sheet.column_dimensions["D"].hidden = True

    reading = read_cohort(changed(tmp_path, veil))
    assert any(sentence.startswith("1 column is hidden (D), and read like all others.") for sentence in said(reading))


def test_the_second_process_tells_filters_and_hidden_columns_too(tmp_path):
    def both(sheet: Worksheet) -> None:
        filtered(sheet)
        sheet.column_dimensions["D"].hidden = True

    path = changed(tmp_path, both)
    second = Second.start()
    assert second is not None
    try:
        assert said(read_cohort(path, second.tables)) == said(read_cohort(path))
    finally:
        second.end()


def test_a_group_heading_merged_over_its_columns_says_whose_they_are(tmp_path):
    picture = """
        Learners
        | Learner    | <           | <           | <             | <         | Parent      | <            | Stay       | <          |
        | Learner ID | Family name | Given names | Date of birth | Telephone | Name        | Telephone    | Start date | End date   |
        | L01        | Nováková    | Tereza      | 2009-05-12    | '+420 1   | Jana        | '+420 2      | 2027-04-05 | 2027-04-30 |
    """
    cohort = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx")).cohort
    assert cohort is not None
    [tereza] = cohort.learners
    assert (tereza.telephone, tereza.guardian, tereza.guardian_telephone) == ("+420 1", "Jana", "+420 2")


def test_a_heading_counts_only_as_far_as_it_is_merged(tmp_path):
    picture = """
        Learners
        |             |             |               | Parent | <           |         |
        | Family name | Given names | Date of birth | Name   | Telephone   | E-mail  |
        | Nováková    | Tereza      | 2009-05-12    | Jana   | '+420 2     | t@x.cz  |
    """
    cohort = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx")).cohort
    assert cohort is not None
    assert (cohort.learners[0].email, cohort.learners[0].guardian_email) == ("t@x.cz", None)


def test_a_cell_merged_over_rows_counts_for_each_of_them(tmp_path):
    picture = """
        Learners
        | Learner ID | Family name | Given names | Date of birth | Host   | Start date |
        | L01        | Nováková    | Tereza      | 2005-05-12    | AURORA | 2027-04-05 |
        | L02        | Novák       | Jan         | 2005-11-30    | ^      | ^          |
    """
    cohort = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx")).cohort
    assert cohort is not None
    assert [str(it.agreement.start) for it in cohort.learners] == ["2027-04-05", "2027-04-05"]


@pytest.mark.parametrize("text", ["Müller;Straße", "José;née;Günther", "plain letters"])
@pytest.mark.parametrize("page", ["cp1252", "cp1250"])
def test_letters_that_mean_the_same_on_every_windows_are_read(text, page):
    found = letters_of(text.encode(page))
    assert text.encode(page).decode(found.encoding) == text


@pytest.mark.parametrize(("text", "page"), [
    ("Łukasz;Żuk", "cp1250"), ("Novák;Dvořák", "cp1250"), ("François;Hélène", "cp1252"), ("Иванова;Мария", "cp1251"),
    ("Γεωργία", "cp1253"), ("Müller", "cp850"), ("Müller", "mac-roman"), ("Čeh;Žižka", "cp1252"), ("Peña", "cp1252"),
])  # fmt: skip
def test_letters_that_could_be_read_in_two_ways_are_refused(text, page):
    with pytest.raises(Refused, match="The letters of the file cannot be read") as why:
        letters_of(text.encode(page, errors="replace"))
    assert why.value.advice == "Save it from Excel as “CSV UTF-8”, or as .xlsx."


def test_a_csv_in_letters_of_windows_is_read_and_the_words_are_told(tmp_path):
    path = tmp_path / "Learners.csv"
    path.write_bytes("Family name;Given names;Date of birth\nMüller;Jörg;2005-01-31\n".encode("cp1252"))
    reading = read_cohort(path)
    assert reading.cohort is not None
    assert reading.cohort.learners[0].name == "Jörg Müller"
    assert any("it was read so: “Müller” and “Jörg”." in sentence for sentence in said(reading))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_csv_in_utf_16_without_a_mark_is_read(tmp_path, encoding):
    path = tmp_path / "Learners.csv"
    path.write_bytes("Family name\tGiven names\tDate of birth\nŻuk\tŁucja\t2005-01-31\n".encode(encoding))
    reading = read_cohort(path)
    assert reading.cohort is not None
    assert reading.cohort.learners[0].family_name == "Żuk"


def test_an_address_in_several_columns_is_written_on_one_line(tmp_path):
    picture = """
        Partners
        | Partner ID | Role | Name            | Country | Straße      | PLZ   | Ort     |
        | SOS        | home | SOŠ Brno        | Czechia | Lipová 1    | 60200 | Brno    |
        | AURORA     | host | Hotel Aurora Oy | Finland | Rantakatu 4 |       | Tampere |

        Learners
        | Learner ID | Family name | Given names | Date of birth | Ulica i numer | Kod pocztowy | Miasto |
        | L01        | Nováková    | Tereza      | 2005-05-12    | Dlouhá 9      | '602 00      | Brno   |
    """
    reading = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx"))
    cohort = reading.cohort
    assert cohort is not None
    assert [one.address for one in cohort.partners] == ["Lipová 1, 60200 Brno", "Rantakatu 4, Tampere"]
    assert cohort.learners[0].address == "Dlouhá 9, 602 00 Brno"
    assert str(cohort.learners[0].at("address")) == "Learners!E2"


def test_a_city_alone_is_nobody_s_address(tmp_path):
    picture = """
        Learners
        | Learner ID | Family name | Given names | Date of birth | Address  | City   |
        | L01        | Nováková    | Tereza      | 2005-05-12    | Dlouhá 9 | Málaga |
    """
    cohort = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx")).cohort
    assert cohort is not None
    assert (cohort.learners[0].address, cohort.learners[0].more) == ("Dlouhá 9", {"City": "Málaga"})


def test_a_city_that_only_begins_like_the_street_is_written(tmp_path):
    picture = """
        Learners
        | Learner ID | Family name | Given names | Date of birth | Straße           | PLZ   | Ort    |
        | L01        | Nováková    | Tereza      | 2005-05-12    | Ulmenweg 3       | 89073 | Ulm    |
        | L02        | Novák       | Jan         | 2005-11-30    | Weg 1, 28195 Bremen | 28195 | Bremen |
    """
    cohort = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx")).cohort
    assert cohort is not None
    assert [it.address for it in cohort.learners] == ["Ulmenweg 3, 89073 Ulm", "Weg 1, 28195 Bremen"]


def test_a_second_telephone_in_other_words_is_a_column_of_her_own_and_no_fault(tmp_path):
    picture = """
        Learners
        | Learner ID | Family name | Given names | Date of birth | Telephone | Student phone |
        | L01        | Nováková    | Tereza      | 2005-05-12    | '+420 1   | room 12       |
    """
    reading = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx"))
    assert not [it for it in reading.problems if it.holds]
    assert reading.cohort is not None
    assert reading.cohort.learners[0].more == {"Student phone": "room 12"}


def in_one_column(folder: Path, header: str, cell: str) -> Reading:
    """Read a sheet with the whole name of its one learner in one column."""
    picture = f"""
        Learners
        | Learner ID | {header} | Date of birth |
        | L01        | {cell}   | 2005-05-12    |
    """
    return read_cohort(write(with_changes(picture), folder / "cohort.xlsx"))


@pytest.mark.parametrize(("header", "cell"), [
    ("Imię i nazwisko", "Jan Nowak"), ("Nachname, Vorname", "Nowak, Jan"), ("Nachname, Vorname", "Nowak Jan"),
    ("Etu- ja sukunimi", "Jan Nowak"), ("Surname / First name", "Nowak Jan"), ("Full name", "Nowak, Jan"),
    ("Name, Vorname", "Nowak Jan"), ("Prenume, nume", "Jan Nowak"), ("Imię i nazwisko", "Nowak, Jan"),
])  # fmt: skip
def test_a_whole_name_in_one_column_is_cut_where_that_is_certain(tmp_path, header, cell):
    reading = in_one_column(tmp_path, header, cell)
    assert not [it for it in reading.problems if it.holds]
    assert reading.cohort is not None
    [jan] = reading.cohort.learners
    assert (jan.family_name, jan.given_names, str(jan.at("family_name"))) == ("Nowak", "Jan", "Learners!B2")


@pytest.mark.parametrize(("header", "cell"), [
    ("Nombre y apellidos", "Ana María Ruiz"), ("Full name", "Jan Nowak"), ("Imię i nazwisko", "Jan Maria Nowak"),
    ("Name", "Nowak"),
])  # fmt: skip
def test_a_whole_name_that_could_be_cut_in_two_ways_is_a_problem_at_its_cell(tmp_path, header, cell):
    reading = in_one_column(tmp_path, header, cell)
    [sentence] = [f"{it.place} {it.message} {it.advice}" for it in reading.problems if it.holds]
    assert sentence == (
        f"Learners!B2 “{cell}” does not say which part of it is the family name. "
        "Write the names into two columns, or with a comma: Ruiz Gil, Ana María."
    )


@pytest.mark.parametrize(("headers", "cells"), [("Name | Vorname", "Nowak | Jan"), ("Name | Surname", "Jan | Nowak")])
def test_a_column_name_is_the_half_of_the_name_that_has_no_other(tmp_path, headers, cells):
    picture = f"""
        Learners
        | Learner ID | {headers} | Date of birth |
        | L01        | {cells}   | 2005-05-12    |
    """
    cohort = read_cohort(write(with_changes(picture), tmp_path / "cohort.xlsx")).cohort
    assert cohort is not None
    assert (cohort.learners[0].family_name, cohort.learners[0].given_names) == ("Nowak", "Jan")
