"""One spreadsheet value in, one plain value out, or a sentence that says what to write: never a guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import cells
from pipeline.dates import THIS_CENTURY, written_date
from pipeline.languages import LANGUAGES, countries, country_name, language_name, languages, months
from pipeline.raw import DAMAGED, NOT_CALCULATED, Broken, Number, Raw, Unreadable, is_error, readable, shown, unescaped
from pipeline.sentences import MONTHS
from pipeline.sheets import values

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2150, 12, 31))
ORDERS = st.sampled_from([None, "day first", "month first"])


def refused(read: Callable[[Raw], Any], raw: Raw) -> tuple[str, str]:
    """Read what cannot be read: the code, and the sentence with what to do."""
    with pytest.raises(Unreadable) as wrong:
        read(raw)
    return wrong.value.code, f"{wrong.value.sentence} {wrong.value.advice}"


def attempt(read: Callable[[Raw], Any], raw: Raw) -> Any:
    """Read a value, or give back why it cannot be read."""
    try:
        return read(raw)
    except Unreadable as wrong:
        return wrong


# -- dates -------------------------------------------------------------------------------------------------------------


@given(DAYS, ORDERS)
def test_a_date_in_every_unambiguous_spelling_is_read_as_that_day(day, order):
    name, number = MONTHS[day.month - 1], day.day
    for written in (
        day.isoformat(), f"{day:%Y/%m/%d}", f"{day:%Y.%m.%d}.", f"{number}.{day.month}.{day.year}", f"{day:%d.%m.%Y}",
        f"{number}. {day.month}. {day.year}", f"{number} {name} {day.year}", f"{number}. {name} {day.year}",
        f"{name} {number}, {day.year}", f"{number}-{name[:3]}-{day.year}", f"{number} {name[:3].upper()}. {day.year}",
        f"\u200e{day:%d.%m.%Y}\u00a0", f"{day.isoformat()} 00:00:00", f"{day.isoformat()}T00:00:00Z",
        f"{day:%d.%m.%Y} r.", f"{day.year} {name} {number}",
    ):  # fmt: skip
        assert cells.date(written, order) == day, written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_written_out_in_each_of_the_ten_languages_is_read(language):
    from babel.dates import format_date

    for month in range(1, 11 if language == "pl" else 13):  # listopada has two readings
        day = dt.date(2027, month, 5)
        assert cells.date(format_date(day, "d MMMM y", locale=language)) == day
        assert cells.date(format_date(day, "long", locale=language)) == day


@given(DAYS)
def test_a_date_whose_day_may_be_the_month_is_never_guessed(day):
    for mark in "/-":
        written = f"{day.day:02}{mark}{day.month:02}{mark}{day.year}"
        if day.day > 12 or day.day == day.month:
            assert cells.date(written) == day
            continue
        code, told = refused(cells.date, written)
        assert code == "S203"
        assert f"“{written}” can mean {day.day} {MONTHS[day.month - 1]} {day.year} or " in told
        assert f" or {day.month} {MONTHS[day.day - 1]} {day.year}. Write {day.isoformat()} or " in told


@given(DAYS)
def test_date_order_settles_dates_that_have_two_readings(day):
    assert cells.date(f"{day.day}/{day.month}/{day.year}", "day first") == day
    assert cells.date(f"{day.month}/{day.day}/{day.year}", "month first") == day


@pytest.mark.parametrize("written", ["12.03.06", "12/03/06", "12-3-06", "12 March 06", "06-03-12"])
def test_a_year_of_two_digits_is_never_guessed(written):
    code, told = refused(cells.date, written)
    assert code == "S203"
    assert re.search(r"can mean the year 19(06|12) or 20(06|12)\. Write the year with four digits: ", told)


def test_a_year_of_two_digits_of_a_stay_is_one_of_ours():
    """Nobody goes abroad in 1927; of a birth both centuries are named."""
    told = "“05.04.27” has a year of two digits. Write the year with four digits: 2027."
    assert refused(lambda raw: cells.date(raw, None, THIS_CENTURY), "05.04.27") == ("S203", told)


def test_a_month_that_is_another_one_in_another_language_is_never_guessed():
    code, told = refused(cells.date, "12 listopad 2006")
    assert (code, told) == ("S203", ("“12 listopad 2006” can mean 12 October 2006 or 12 November 2006. "
                                    "Write 2006-10-12 or 2006-11-12."))  # fmt: skip


@pytest.mark.parametrize(("written", "why"), [
    ("31.02.2006", "February 2006 has no day 31"), ("2027-13-01", "there is no month 13"),
    ("29 February 2027", "February 2027 has no day 29"), ("13/14/2026", "there is no month 13"),
    ("5 Brumaire 2027", "“Brumaire” is no month"), ("00.00.0000", "there is no month 0"),
])  # fmt: skip
def test_a_day_that_no_calendar_has_is_refused_with_the_reason(written, why):
    told = f"“{written}” is not a date: {why}. Write a date such as 2006-03-12 or 12.03.2006."
    assert refused(cells.date, written) == ("S201", told)


@pytest.mark.parametrize(("raw", "seen"), [
    (Number(45000), "45000"), (Number(20060312), "20060312"), (True, "TRUE"), (dt.time(9), "09:00:00"),
    ("spring", "spring"), ("5.4.", "5.4."), ("April 2027", "April 2027"), ("2027", "2027"), ("x" * 500, "x" * 57 + "…"),
])  # fmt: skip
def test_what_is_no_date_is_refused_with_the_value_in_quotes(raw, seen):
    code, told = refused(cells.date, raw)
    assert code == "S201"
    assert told.startswith(f"“{seen}” is ")


@pytest.mark.parametrize(("raw", "seen"), [
    (dt.datetime(1899, 12, 29), "1899-12-29"), (dt.date(2151, 1, 1), "2151-01-01"), ("01.01.1850", "01.01.1850"), ("2206-03-12", "2206-03-12"),
])  # fmt: skip
def test_a_date_of_another_time_is_refused(raw, seen):
    told = f"“{seen}” is not a date of our time. Write a date such as 2006-03-12 or 12.03.2006."
    assert refused(cells.date, raw) == ("S201", told)


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(2150, 12, 31)])
def test_the_first_and_the_last_day_of_our_time_are_read(day):
    assert cells.date(day) == cells.date(day.isoformat()) == day


def test_a_number_where_a_date_belongs_says_how_to_make_it_one():
    told = "“45000” is a number, not a date. Format the cell as a date and type the date again."
    assert refused(cells.date, Number(45000)) == ("S201", told)


@pytest.mark.parametrize(("written", "day"), [
    ("5.IV.2027", 5), ("1º de abril de 2027", 1), ("1er avril 2027", 1), ("2 kwietnia 2027 r.", 2), ("3. huhtikuuta 2027", 3),
    ("4 d'abril 2027", None), ("2027. április 5.", 5), ("5. dubna 2027", 5), ("5–4–2027", None), ("５.４.２０２７", 5),
    ("5 april\n2027", 5), ("Monday 5 April 2027", None),
])  # fmt: skip
def test_dates_as_people_in_europe_write_them(written, day):
    if day:
        assert cells.date(written) == dt.date(2027, 4, day)
    else:
        assert refused(cells.date, written)[0] in ("S201", "S203")


def test_a_real_date_of_the_spreadsheet_is_read_without_its_time():
    assert cells.date(dt.datetime(2027, 4, 5, 23, 59, 59)) == dt.date(2027, 4, 5)


def test_a_long_text_for_a_date_takes_no_time():
    for text in ("1 a" + "." * 9_000, "a. " * 3_000, "1" * 9_000, "- " * 4_000):
        refused(cells.date, text)


# -- numbers -----------------------------------------------------------------------------------------------------------


@given(st.decimals(min_value=-10**8, max_value=10**8, places=2))
def test_a_number_with_a_point_or_a_comma_is_read_alike(number):
    plain = f"{number:f}"
    assert cells.number(plain) == cells.number(plain.replace(".", ",")) == number
    assert cells.number(Number(float(number))) == number


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([".", ","]), st.sampled_from(["", "-", "+"]))
def test_a_number_that_may_be_thousands_is_never_guessed(whole, part, mark, sign):
    written = f"{sign}{whole}{mark}{part:03}"
    code, told = refused(cells.number, written)
    assert code == "S202"
    assert f"“{written}” can mean {sign.strip('+')}{whole}{part:03} or {sign.strip('+')}{whole}.{part:03}." in told


@pytest.mark.parametrize(("typed", "advice"), [
    ("1.200", "Write 1200 without a point, or 1.2."), ("1,023", "Write 1023 without a point, or 1.023."),
    ("1.000", "Write 1000 without a point, or 1.0."),
])  # fmt: skip
def test_of_a_number_that_may_be_thousands_both_readings_are_written_out(typed, advice):
    assert refused(cells.number, typed)[1].endswith(advice)


@pytest.mark.parametrize(("raw", "number"), [
    (Number(3.0), "3"), (Number(0.1 + 0.2), "0.3"), (Number(29.999999999999996), "30"), ("1\u200e250", "1250"), ("1 250", "1250"), ("1\u202f250,5", "1250.5"), ("0,125", "0.125"),
    ("\u22122", "-2"), ("2,50", "2.5"), (" 4 ", "4"), ("٣", "3"), ("1000", "1000"),
])  # fmt: skip
def test_numbers_as_people_type_them(raw, number):
    assert str(cells.number(raw)) == number


@pytest.mark.parametrize(("raw", "seen"), [
    ("2½ weeks", "2½ weeks"), ("two", "two"), ("1.234,5", "1.234,5"), ("1'000", "1'000"), ("--2", "--2"), ("1e3", "1e3"), (True, "TRUE"),
    (dt.datetime(2027, 2, 3), "2027-02-03"), ("∞", "∞"),
])  # fmt: skip
def test_what_is_no_number_is_refused(raw, seen):
    assert refused(cells.number, raw) == ("S202", f"“{seen}” is not a number. Write a number such as 2.5.")


@pytest.mark.parametrize(("raw", "seen"), [
    (Number(10**9), "1000000000"), (Number(1e12), "1000000000000"), (Number(1234567890.5), "1234567890.5"), ("9999999999", "9999999999"),
    ("-9999999999", "-9999999999"),
])  # fmt: skip
def test_a_number_larger_than_any_of_a_cohort_is_refused(raw, seen):
    assert refused(cells.number, raw) == ("S202", f"“{seen}” is too large a number. Write a number such as 2.5.")


@pytest.mark.parametrize("typed", ["4²", "4¹", "30³", "2₁", "2½", "¼", "1⅓"])
def test_the_mark_of_a_footnote_and_a_fraction_are_never_read_as_further_digits(typed):
    """Copied from a table in Word, “4²” is 4 with a footnote; read by its digits alone it would be 42."""
    assert refused(cells.number, typed) == ("S202", f"“{typed}” is not a number. Write a number such as 2.5.")


def test_a_number_with_hundreds_of_digits_is_shown_by_its_first_ones():
    assert re.match(r"“10{56}…” is too large a number\.", refused(cells.number, Number(1e300))[1])


@pytest.mark.parametrize("read", [cells.text, cells.number, cells.date])
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_a_damaged_cell(read, value):
    assert refused(read, Number(value)) == ("S106", "The cell is damaged and cannot be read. Type the value again.")


def test_a_whole_number_is_no_decimal_one():
    assert cells.integer("4,0") == 4
    assert refused(cells.integer, Number(1e-7))[1].startswith("“0.0000001” is not a whole number.")
    assert refused(cells.integer, Number(2.5)) == ("S202", "“2.5” is not a whole number. Write a whole number such as 4.")


# -- texts, IDs, telephones --------------------------------------------------------------------------------------------


@given(st.text())
@example("\u200b \u200bx\u200b \u200b")
@example("a\r\nb\x0bc\u2028d")
def test_a_text_is_read_clean_or_refused_and_reading_it_again_changes_nothing(typed):
    read = attempt(cells.text, typed)
    if isinstance(read, Unreadable):
        assert read.code == "S204"
        return
    assert read is None or (read == read.strip() and read == cells.text(read))
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\r]", read or "")


@given(st.text(alphabet=st.characters(whitelist_categories=["L", "N", "P", "S"])))
def test_letters_numbers_and_signs_stay_as_they_are_typed(typed):
    assert (cells.text(typed) or "") == typed


@pytest.mark.parametrize("typed", ["AT&T <GB29>", "{{ 7*7 }}", "Ñandú\tx", "ab\u0301c", "👩🏽\u200d🍳 chef", "שלום", "=1+1", "NULL"])
def test_what_is_dangerous_elsewhere_is_a_text_here(typed):
    assert cells.text(typed) == typed


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x0c", "\x1b[31m", "\x85\x86", "\ud800", "\ufffe", "\x7f"])
def test_a_character_that_no_paper_can_show_is_named_with_its_place(hidden):
    code, told = refused(cells.text, f"Nov{hidden}ák")
    assert code == "S204"
    assert "Nov" in told
    assert "▯" in told
    assert hidden not in told
    assert told.isprintable()


def test_the_place_of_a_character_that_no_paper_can_show_is_counted_from_one():
    told = "“Nov▯ák” holds a character that no paper can show (at ▯, number 4). Type the text again without copying it."
    assert refused(cells.text, "Nov\x07ák") == ("S204", told)


def test_invisible_marks_around_a_text_are_cut_off_with_the_spaces():
    assert cells.text("\ufeff Nováková\u00a0\u200b") == "Nováková"


def test_a_character_that_turns_the_direction_of_reading_is_refused_in_a_name_and_cut_from_a_telephone():
    assert refused(cells.text, "Jan \u202eexe.fdp") == (
        "S204", ("“Jan ▯exe.fdp” holds an invisible character that turns the direction of reading (at ▯). "
                "Type the text again without copying it."),
    )  # fmt: skip
    assert cells.phone("\u202a+420 700 000 001\u202c") == "+420 700 000 001"


def test_a_text_too_long_for_any_paper_is_refused_and_never_cut():
    assert len(cells.text("x" * 10_000) or "") == 10_000
    assert len(cells.text("x" * 9_998 + "\ny") or "") == 10_000, "with a line break too"
    code, told = refused(cells.text, "x" * 10_001)
    assert code == "S204"
    assert "is 10,001 characters long; a cell may hold 10,000. Shorten the text" in told


@pytest.mark.parametrize(("raw", "read"), [
    (Number(3.0), "3"), (Number(447700900123.0), "447700900123"), (Number(4207000000019.0), "4207000000019"),
    (Number(7, "00000000000"), "00000000007"), (Number(12, "0000"), "0012"), (Number(1.1, "0.00"), "1.10"),
    (Number(420700000001, '"+"000 000 000 000'), "+420 700 000 001"), (Number(420700000001, r"\+000 000 000 000"), "+420 700 000 001"),
    (Number(420700000001, '"+"0'), "+420700000001"), (Number(420700000001, r"\+#"), "+420700000001"), (Number(420700000001, "+0"), "+420700000001"), (Number(0, "+0"), "0"),
    (Number(700000001, "000 000 000"), "700 000 001"), (Number(12345, "000-000"), "012-345"),
    (Number(5551234567, "(###) ###-####"), "5551234567"), (Number(1234567890, "(000) 000-0000"), "(123) 456-7890"),
    (Number(0.85, "0%"), "85%"), (Number(0.125, "0.0%"), "12.5%"), (Number(2.5, "0"), "2.5"), (Number(1.25, "0.0"), "1.25"),
    (Number(0, "0000"), "0000"), (Number(0, "0.00"), "0.00"), (Number(0.5, "0.00"), "0.50"), (Number(1, "00"), "01"), (Number(1, "+0"), "+1"),
    (Number(7, "0000;[Red]-0000"), "0007"), (Number(5551234, "(###) ###-0000"), "() 555-1234"), (Number(12, '"EX-"000'), "EX-012"), (Number(12, '"X"000'), "X012"),
    (Number(1e-7), "0.0000001"), (Number(1e-9, "0%"), "0.0000001%"), (Number(-5, "0000"), "-5"), (Number(12345678, "0000"), "12345678"), (Number(1e3, "#,##0"), "1000"),
    (True, "TRUE"), (False, "FALSE"), ("L\u00a001", "L 01"), ("L01\n", "L01"), (None, None), ("  ", None),
])  # fmt: skip
def test_an_id_is_read_as_it_was_typed(raw, read):
    assert cells.code(raw) == read


def test_a_formula_that_points_to_an_empty_cell_is_told_and_its_0_is_no_id():
    assert refused(cells.text, Number(0, calculated=True)) == (
        "S106", ("The cell's formula gives “0”, as formulas do that point to an empty cell. "
                "Fill the cell it points to, or type the value."),
    )  # fmt: skip
    assert cells.text(Number(1, calculated=True)) == "1"
    assert cells.text(Number(0)) == "0", "typed by a person"


@pytest.mark.parametrize("read", [cells.text, cells.code, cells.phone])
@pytest.mark.parametrize("value", [10**15, 1234567890123456789, 1.5e17, -(10**16)])
def test_a_number_of_more_than_15_digits_has_lost_its_last_ones(read, value):
    code, told = refused(read, Number(value))
    assert code == "S205"
    assert "Format the cell as text and type the number again." in told


def test_a_date_where_a_text_belongs_is_told_and_not_printed_as_a_number():
    assert refused(cells.text, dt.datetime(2027, 4, 3)) == (
        "S204", ("“2027-04-03” is a date, but a text belongs here; Excel turns entries such as 3-4 into dates by itself. "
                "Format the cell as text and type the value again."),
    )  # fmt: skip
    assert "“09:30:00” is a time" in refused(cells.text, dt.time(9, 30))[1]


def test_several_values_are_split_at_semicolons_and_line_breaks_and_never_at_commas():
    assert cells.several("U1; U2;;\n• Soups, hot and cold\n- Sauces\r\n") == ("U1", "U2", "Soups, hot and cold", "Sauces")
    assert cells.several(None) == ()
    assert cells.several(Number(3.0)) == ("3",)


@pytest.mark.parametrize(("broken", "told"), [
    (Broken("#REF!"), "The cell shows “#REF!” and no value. Correct the formula, or type the value."),
    (Broken(NOT_CALCULATED), "The cell holds a formula that was never calculated. Open the workbook in Excel, save it and try again."),
    (Broken(DAMAGED), "The cell is damaged and cannot be read. Type the value again."),
])  # fmt: skip
def test_a_cell_without_a_value_to_trust_is_told_by_every_kind_of_column(broken, told):
    for read in READERS:
        assert refused(read, broken) == ("S106", told)


@pytest.mark.parametrize("written", ["#REF!", "#N/A", "#NAME?", "#DIV/0!", "#BEZUG!", "#NV", "#¡REF!", "#¿NOMBRE?", "#######", "#SPILL!"])
def test_an_error_value_in_a_csv_is_known_in_the_languages_of_excel(written):
    assert is_error(written)


@pytest.mark.parametrize("written", ["#1", "# of places", "#ecvet", "N/A", "Wow!", "#", "##"])
def test_what_only_begins_like_an_error_value_is_a_text(written):
    assert not is_error(written)


def test_excels_notation_of_control_characters_is_decoded():
    assert unescaped("a_x000B_b_x005F_x000B_") == "a\x0bb_x000B_"
    assert cells.text(unescaped("a_x000B_b_x000D_")) == "a\nb"


# -- choices, countries, languages -------------------------------------------------------------------------------------


def choose(raw: Raw) -> str | None:
    return cells.choice(raw, values("achieved", "partly", "not achieved"), ("achieved", "partly", "not achieved"))


@pytest.mark.parametrize("typed", ["achieved", "ACHIEVED ", "Achieved.", "erreicht", "acquis"])
def test_a_choice_is_understood_in_several_languages(typed):
    assert choose(typed) == "achieved"


@pytest.mark.parametrize(("read", "typed", "told"), [
    (choose, "achieved?", "“achieved?” is none of the entries for this column. Did you mean “achieved”? "),
    (cells.country, "Finland (?)", "“Finland (?)” is not a country."), (cells.language, "Finnish?", "“Finnish?” is not a language."),
])  # fmt: skip
def test_what_a_person_put_a_question_mark_to_is_not_taken_for_it(read, typed, told):
    assert refused(read, typed)[1].startswith(told)


def test_a_choice_that_is_none_names_the_choices_and_the_nearest_one():
    assert refused(choose, "achievd") == (
        "S206", ("“achievd” is none of the entries for this column. Did you mean “achieved”? "
                "Write achieved, partly or not achieved."),
    )  # fmt: skip
    assert "“5” is none" in refused(choose, Number(5))[1]


def test_a_choice_near_to_none_of_them_names_the_choices_alone():
    told = "“soup” is none of the entries for this column. Write achieved, partly or not achieved."
    assert refused(choose, "soup") == ("S206", told)


@pytest.mark.parametrize(("offered", "advice"), [(("yes", "no"), "Write yes or no."), (("whole",), "Write whole.")])
def test_two_choices_are_named_with_or_and_a_single_one_alone(offered, advice):
    assert refused(lambda raw: cells.choice(raw, values(*offered), offered), "soup")[1].endswith(f"column. {advice}")


def test_true_and_false_of_the_spreadsheet_are_yes_and_no():
    assert [cells.choice(raw, values("yes", "no"), ("yes", "no")) for raw in (True, False)] == ["yes", "no"]
    assert refused(choose, True)[1].startswith("“TRUE” is none of the entries"), "as the cell shows it"


@pytest.mark.parametrize(("typed", "code"), [
    ("Finland", "FI"), ("FI", "FI"), ("fi", "FI"), ("Suomi", "FI"), ("Finnland", "FI"), ("Česko", "CZ"), ("Czech Republic", "CZ"),
    ("UK", "GB"), ("EL", "GR"), ("Ελλάδα", "GR"), ("Türkiye", "TR"), ("The Netherlands", None), ("Holland", "NL"), ("Belgium (FR)", "BE"),
])  # fmt: skip
def test_countries_as_people_write_them(typed, code):
    if code:
        assert cells.country(typed) == code
    else:
        assert refused(cells.country, typed)[0] == "S207"


def test_a_country_that_is_none_names_the_nearest_one():
    assert refused(cells.country, "Findland") == (
        "S207", "“Findland” is not a country. Did you mean Finland? Write a name such as Finland, or its code FI.",
    )  # fmt: skip


def test_the_country_that_was_meant_is_named_in_english_also_where_it_was_written_in_another_language():
    assert "Did you mean Germany?" in refused(cells.country, "Deutschlnd")[1]
    assert "Did you mean United States?" in refused(cells.country, "UUSA")[1]


@pytest.mark.parametrize("typed", ["Xanadu", "Fr1"])
def test_a_country_near_to_none_has_no_suggestion(typed):
    told = f"“{typed}” is not a country. Write a name such as Finland, or its code FI."
    assert refused(cells.country, typed) == ("S207", told)


def test_a_name_that_means_two_countries_in_two_languages_is_never_guessed():
    assert refused(cells.country, "Kongo")[0] == "S207"


@pytest.mark.parametrize(("typed", "code"), [
    ("English (en)", "en"), ("en", "en"), ("English", "en"), ("Deutsch", "de"), ("german (AT)", "de"), ("suomi", "fi"),
    ("en-GB", "en"), ("Norwegian (nb)", "nb"), ("English (US)", "en"), ("čeština", "cs"), ("Norwegian (nn)", "nn"), ("(English)", "en"),
])  # fmt: skip
def test_languages_as_people_write_them(typed, code):
    assert cells.language(typed) == code


def test_a_language_that_is_none_says_how_one_is_written():
    assert refused(cells.language, "Klingon") == (
        "S207", "“Klingon” is not a language. Write it as “English (en)”, with its code in brackets.",
    )  # fmt: skip


def test_a_country_in_brackets_is_not_taken_for_a_language():
    assert refused(cells.language, "English (UK)") == (
        "S207", "“English (UK)” can mean English (en) or Ukrainian (uk). Write “English (en)” or “Ukrainian (uk)”.",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_and_language_of_europe_is_understood_in_its_name_in_each_language(language):
    for code in ("CZ", "DE", "ES", "FI", "FR", "GB", "GR", "IE", "IT", "NL", "PL", "PT", "RO", "SE", "SK", "TR"):
        assert cells.country(country_name(code, language)) == code
    for code in LANGUAGES:
        assert cells.language(language_name(code, language)) == code


def test_codes_are_understood_whatever_a_name_in_some_language_says():
    for code in set(countries().values()):
        assert countries()[code.lower()] == ("GR" if code == "EL" else code)
    for code in set(languages().values()):
        assert languages()[code] == code


def test_few_months_have_two_readings():
    assert {name for name, numbers in months().items() if len(numbers) > 1} == {"listopad", "listopada", "lip", "lis", "srp"}


# -- whatever a cell holds ---------------------------------------------------------------------------------------------

READERS: tuple[Callable[[Raw], Any], ...] = (
    cells.text, cells.code, cells.phone, cells.several, cells.number, cells.integer, cells.date, cells.country,
    cells.language, choose,
)  # fmt: skip
KINDS = (str, Decimal, int, dt.date, tuple, type(None))

RAW = st.one_of(
    st.none(), st.text(), st.booleans(), st.datetimes(), st.dates(), st.times(), st.timedeltas(),
    st.builds(Number, st.one_of(st.integers(), st.floats()), st.sampled_from(["General", "0000", "0.00", "0%", "@", '"+"0 0', ""])),
    st.builds(Broken, st.text()), st.from_regex(r"[0-9A-Za-z ./,()\-]{0,25}"),
)  # fmt: skip


@settings(max_examples=300)
@given(RAW)
def test_every_kind_of_column_gives_a_value_or_a_plain_sentence_for_any_cell(raw):
    for read in READERS:
        value = attempt(read, raw)
        if not isinstance(value, Unreadable):
            assert type(value) in KINDS
            assert not (isinstance(value, Decimal) and not value.is_finite())
            continue
        said = f"{value.sentence} {value.advice}"
        assert re.fullmatch(r"S106|S20[1-7]", value.code)
        assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e\ud800-\udfff]", said)
        assert value.sentence.endswith(".")
        assert value.advice.endswith((".", "?"))
        assert len(said) < 400


@given(RAW)
def test_a_cell_with_a_value_is_never_read_as_a_silent_blank(raw):
    visible = isinstance(raw, (Number, Broken, bool, dt.date)) or (isinstance(raw, str) and any(each.isalnum() for each in raw))
    for read in READERS:
        assert not visible or attempt(read, raw) not in (None, "", ())


@given(st.text(min_size=1), ORDERS)
def test_a_written_date_is_a_date_or_a_sentence(typed, order):
    read = attempt(lambda _: written_date(typed, order), typed)
    assert isinstance(read, dt.date) or read.code in ("S201", "S203")


@given(RAW)
def test_a_message_shows_any_value_on_one_short_printable_line(raw):
    for line in (shown(raw), readable(str(raw))):
        assert len(line) <= 60
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\ud800-\udfff]", line)


def test_an_x_is_no_question_mark():
    assert (cells.country("MX"), cells.country("MEXICO")) == ("MX", "MX")


def test_a_huge_number_in_the_place_of_a_date_is_quoted_in_plain_digits():
    assert refused(cells.date, Number(1e20))[1].startswith("“100000000000000000000” is a number, not a date.")
