"""Which sheet and which column a name means, in ten languages, and what is only nearly a name."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.columns import COHORT, DEFAULTS, LEARNERS, PARTNERS, QUALIFICATIONS, SHEETS, UNITS, Column, Kind, Sheet
from pipeline.header import nearly_named
from pipeline.misfits import missing_sheet, unknown_sheet
from pipeline.problem import Place
from pipeline.sheets import (
    book,
    column_called,
    columns_of,
    is_code_row,
    sheet_called,
    understand,
    values,
    without_hints,
)
from pipeline.spelling import spellings

LANGUAGES_WRITTEN = [language for language, tables in book().items() if tables.get("columns")]


def name(sheet: Sheet, header: str) -> str | None:
    column = column_called(sheet, header)
    return column.name if column else None


def every_alias() -> list[tuple[str, Sheet, Column, str]]:
    return [
        (language, sheet, column, str(alias))
        for language in LANGUAGES_WRITTEN for sheet in SHEETS for column in sheet.columns
        for alias in book()[language]["columns"].get(sheet.name, {}).get(column.name, ())
    ]  # fmt: skip


# -- headers.toml ------------------------------------------------------------------------------------------------------


def test_every_canonical_name_means_its_own_column():
    for sheet in SHEETS:
        for column in sheet.columns:
            assert column_called(sheet, column.name) is column
            assert column_called(sheet, f" {column.name.upper()}\u00a0* ") is column
    for column in DEFAULTS:
        assert column_called(COHORT, column.name) is column


def test_every_alias_means_its_own_column():
    wrong = [
        f"{language} {sheet.name}: {alias} means {name(sheet, alias)} and not {column.name}"
        for language, sheet, column, alias in every_alias() if column_called(sheet, alias) is not column
    ]  # fmt: skip
    assert wrong == []


def test_no_alias_means_two_columns_of_a_sheet():
    meanings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for _, sheet, column, alias in every_alias():
        for spelling in spellings(without_hints(alias)):
            meanings[sheet.name, spelling].add(column.name)
    assert {key: names for key, names in meanings.items() if len(names) > 1} == {}


def test_a_name_of_learners_stands_on_cohort_unless_cohort_has_its_own_meaning_for_it():
    own = {spelling for column in COHORT.columns for spelling in spellings(column.name)}
    for language, sheet, column, alias in every_alias():
        if sheet is LEARNERS and column in DEFAULTS:
            meant = column_called(COHORT, alias)
            assert meant is column or meant in COHORT.columns, (language, alias, meant)
            assert meant is column or set(spellings(alias)) & (own | set(columns_of(COHORT))), (language, alias)


def test_every_name_of_a_sheet_means_that_sheet_and_no_other():
    for language, tables in book().items():
        for sheet in SHEETS:
            assert sheet_called(sheet.name) is sheet
            for alias in tables.get("sheets", {}).get(sheet.name, ()):
                assert sheet_called(str(alias)) is sheet, (language, alias)


def test_the_tables_name_only_sheets_and_columns_that_there_are():
    for tables in book().values():
        assert set(tables.get("sheets", {})) <= {sheet.name for sheet in SHEETS}
        for sheet in SHEETS:
            known = {column.name for column in sheet.columns}
            assert set(tables.get("columns", {}).get(sheet.name, {})) <= known


def test_no_value_means_two_choices_of_a_column():
    lists = [column.choices for sheet in SHEETS for column in sheet.columns if column.choices]
    for words in (*lists, ("yes", "no"), ("M", "F")):
        meanings: dict[str, set[str]] = defaultdict(set)
        for word in words:
            for spelling in spellings(word):
                meanings[spelling].add(word)
            for tables in book().values():
                for alias in tables.get("values", {}).get(word, ()):
                    for spelling in spellings(str(alias)):
                        meanings[spelling].add(word)
        assert {spelling: found for spelling, found in meanings.items() if len(found) > 1} == {}
        assert set(values(*words).values()) == set(words)


def test_no_hint_is_the_name_of_a_column():
    for sheet in SHEETS:
        for header in ("(optional)", "(dd/mm/yyyy)", "(if applicable)"):
            assert name(sheet, header) is None


# -- headers as people write them --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("header", "column"), [
    ("Date of birth (dd/mm/yyyy)", "Date of birth"), ("Telephone (optional)", "Telephone"), ("Guardian (if applicable):", "Guardian"),
    ("FAMILY\u00a0NAME *", "Family name"), ("family-name", "Family name"), ("Family name\n(optional)", "Family name"),
    ("Date of birth [DD.MM.YYYY]*", "Date of birth"), ("“Units”", "Units"), ("Start date:", "Start date"),
    ("Telephone (mother)", None), ("Guardian (Mentor)", None), ("Address of the moon", None), ("(optional)", None), ("", None),
])  # fmt: skip
def test_hints_in_brackets_do_not_count_and_other_brackets_do(header, column):
    assert name(LEARNERS, header) == column


@pytest.mark.parametrize(("header", "column"), [
    ("Family name / Nachname", "Family name"), ("Family name (Nachname)", "Family name"), ("Nachname | Nom", "Family name"),
    ("Family name\nNom", "Family name"), ("Family name – Nom", "Family name"), ("Mentor / Guardian", None), ("Home / Moon", None),
    ("Family name / Surname / Nachname", "Family name"),
])  # fmt: skip
def test_a_header_in_two_languages_counts_where_both_halves_mean_the_same(header, column):
    assert name(LEARNERS, header) == column


@pytest.mark.parametrize(("header", "language"), [
    ("Title es", "es"), ("Title (es)", "es"), ("Title ES", "es"), ("Titel DE", "de"), ("Title_fi", "fi"), ("Title - pl", "pl"),
    ("Title in Spanish", "es"), ("Title (Deutsch)", "de"), ("Title (français)", "fr"), ("Unit title cs", "cs"),
    ("Title of", None), ("Title page", None), ("Title xx", None), ("Points es", None),
])  # fmt: skip
def test_titles_in_other_languages_are_columns_of_their_own(header, language):
    assert list(understand(UNITS, ["Unit ID", header]).titles) == ([language] if language else [])


def test_titles_by_language_are_only_known_where_there_are_titles():
    assert understand(LEARNERS, ["Title es"]).unknown == {"Title es": 0}
    assert understand(QUALIFICATIONS, ["Title", "Title es", "Title de"]).titles == {"es": 1, "de": 2}


def test_a_header_is_understood_with_the_positions_of_its_columns():
    found = understand(LEARNERS, ["Learner ID", None, "Surname", "Shoe\n size ", "Familienname", "  ", "Shoe size"])
    assert found.known == {"id": 0, "family_name": 2}
    assert found.unknown == {"Shoe size": 3}
    assert found.doubled == [("Family name", 2, 4), ("Shoe size", 3, 6)]


def test_a_header_that_holds_a_page_of_text_is_no_column_and_takes_no_time():
    for text in ("Name (" * 5_000, "a " * 20_000, "(((" * 10_000, "Title " + "x" * 30_000, "/" * 20_000):
        assert understand(UNITS, [text]).known == {}


@given(st.text())
def test_any_header_is_known_or_unknown_or_nothing(header):
    for sheet in (COHORT, UNITS, LEARNERS):
        found = understand(sheet, [header])
        assert len(found.known) + len(found.titles) + len(found.unknown) <= 1


# -- rows of codes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [
    ["*", None, "DICT"], ["DD-MM-YYYY", "text"], ["TT.MM.JJJJ", "*"], ["decimals", "YES/NO"], ["optional", "(dd/mm/yyyy)"], ["jj/mm/aaaa"],
])  # fmt: skip
def test_a_row_of_codes_or_formats_is_known(row):
    assert is_code_row(row)


@pytest.mark.parametrize("row", [[], [None], ["*", 12], ["L01", "*"], ["Date", "Nováková"], ["x" * 400]])
def test_a_row_with_anything_else_is_no_row_of_codes(row):
    assert not is_code_row(row)


# -- did you mean ------------------------------------------------------------------------------------------------------


def test_a_sheet_named_nearly_right_is_asked_for():
    told = missing_sheet(Place(), "Learners", ["Lerners", "Notes"], ["Lerners", "Notes"])
    assert told.message == "There is no sheet “Learners” (sheets found: Lerners, Notes)."
    assert told.advice == "Did you mean “Lerners”? Call it Learners."
    told = unknown_sheet(Place(), "Lerners", "Learners")
    assert (told.message, told.advice) == ("The sheet “Lerners” was not read.", "Did you mean “Learners”? Then call it so.")


def test_a_sheet_of_another_kind_is_left_in_peace():
    assert unknown_sheet(Place(), "Budget", None).advice == "Leave it as it is if it is for your own use."


def test_many_sheets_are_not_all_listed():
    names = [f"Sheet {number}" for number in range(500)]
    told = missing_sheet(Place(), "Learners", names, names)
    assert len(told.message) < 300


@pytest.mark.parametrize(("header", "meant"), [
    ("Famly name", "Family name"), ("Date of brith", "Date of birth"), ("Family name / Příjmení", "Family name"),
    ("Guardian 3", None), ("Telephone (mother)", None), ("Shoe size", None), ("Mentor 2", None),
])  # fmt: skip
def test_a_column_named_nearly_right_is_asked_for(header, meant):
    assert nearly_named(LEARNERS, header, LEARNERS.columns) == meant


def test_a_kind_of_every_column_is_one_that_is_read():
    assert {column.kind for sheet in SHEETS for column in sheet.columns} <= set(Kind)
    assert PARTNERS.column("roles").kind is Kind.CHOICES
