"""Pictures of dates and numbers, as forms show how something is to be written."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from forms import faults, form_of

from pipeline.pictures import is_date, is_number, pictured, written_date

DAY = dt.date(2027, 4, 5)

# -- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", [
    "dd/MM/yyyy", "d.M.yyyy", "yyyy-mm-dd", "TT.MM.JJJJ", "pp.kk.vvvv", "zz.ll.aaaa", "full", "d. M. yy", "d MMMM yyyy", "ddd", "MMMM yyyy",
])  # fmt: skip
def test_pictures_of_dates_are_those_of_forms(pattern):
    assert is_date(pattern)


@pytest.mark.parametrize("pattern", ["%d/%m/%Y", "EEE", "", "yyy", "12/04/2027", "day", "YYYYY", "dd/MM/yyyy HH:mm", "h:mm am/pm", "dd'MM", "дд.ММ.гггг", "ddddd"])
def test_a_picture_that_would_print_nonsense_is_told(pattern):
    assert not is_date(pattern)
    assert "is no way to write a date" in faults(form_of(f'{{{{ agreement.start | date("{pattern}") }}}}'))[0]


@pytest.mark.parametrize(("picture", "language", "shown"), [
    ("d. MMMM yyyy", "en", "5. April 2027"), ("dd MMM yyyy", "en", "05 Apr 2027"), ("dddd, d MMMM yyyy", "en", "Monday, 5 April 2027"),
    ("MMMM d, yyyy", "en", "April 5, 2027"), ("ddd d MMM yy", "en", "Mon 5 Apr 27"), ("MMMM yyyy", "en", "April 2027"), ("yyyy", "en", "2027"),
    ("d. MMMM yyyy", "de", "5. April 2027"), ("TTTT, T. MMMM JJJJ", "de", "Montag, 5. April 2027"), ("dddd, 'den' d. MMMM yyyy", "de", "Montag, den 5. April 2027"),
    ("d' de 'MMMM' de 'yyyy", "es", "5 de abril de 2027"), ("jjjj j MMMM aaaa", "fr", "lundi 5 avril 2027"), ("gggg g MMMM aaaa", "it", "lunedì 5 aprile 2027"),
    ("d MMMM yyyy", "pl", "5 kwietnia 2027"), ("MMMM yyyy", "pl", "kwiecień 2027"), ("d. MMMM yyyy", "cs", "5. dubna 2027"), ("MMMM yyyy 'г.'", "bg", "април 2027 г."),
    ("pp.kk.vvvv", "fi", "05.04.2027"), ("d MMMM yyyy", "xx", "5 April 2027"), ("d-MMM.-yy", "nl", "5-apr.-27"),
])  # fmt: skip
def test_a_date_is_written_in_the_order_of_its_picture_and_the_language_of_the_paper(picture, language, shown):
    assert written_date(DAY, picture, language) == shown


def test_a_shortened_month_has_one_point_where_the_picture_has_one_too():
    assert written_date(dt.date(2027, 9, 5), "d. MMM. yyyy", "de") == "5. Sept. 2027"
    assert written_date(dt.date(2027, 9, 5), "d. MMM yyyy", "de") == "5. Sept. 2027"


# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("picture", "value", "shown"), [
    ("0", "2.5", "3"), ("00", "2.4", "02"), ("0,00", "2.5", "2,50"), ("0.00", "2.5", "2.50"), ("0.00", "2.005", "2.01"), ("0.##", "2.5", "2.5"), ("0.##", "2", "2"),
    ("0.0#", "2", "2.0"), ("#.##0,00", "1234.5", "1.234,50"), ("#,##0.00", "1234567.891", "1,234,567.89"), ("#,##0", "1234", "1,234"), ("#.###", "1234", "1.234"),
    ("# ##0,00", "1234.5", "1 234,50"), ("#\u202f##0", "12345", "12\u202f345"), (",0.00", "1234.5", "1,234.50"), (",0", "1234", "1,234"), ("#,###,###", "2456800", "2,456,800"),
    ("0.###", "1.23456", "1.235"), ("0,000", "2.5", "2,500"), (".00", "0.5", ".50"), ("#", "0", "0"), ("#.##0,00", "5", "5,00"), ("#,##0.00", "-1234.5", "-1,234.50"),
    ("0.00", "-0.001", "0.00"), ("#,##0.00 €", "1234.5", "1,234.50 €"), ("$#,##0.00", "15", "$15.00"), ("##%", "33", "33%"), ("0,0 'x 0 ECVET-Punkte'", "2.5", "2,5 x 0 ECVET-Punkte"),
])  # fmt: skip
def test_a_number_is_written_as_its_picture_says_in_every_language(picture, value, shown):
    assert is_number(picture)
    assert [pictured(Decimal(value), picture, language) for language in ("en", "de")] == [shown, shown]


@pytest.mark.parametrize("picture", ["", "x##", "0.00;-0.00", "+0", "-0", "0.0000000", "0,0.0,0", "a", "0 `table`", "0.", "1", "#.##0 00,0", "0..0"])
def test_a_picture_that_papers_cannot_follow_is_none(picture):
    assert not is_number(picture)
    assert pictured(Decimal("2.50"), picture, "de") == "2,5"


def test_a_number_too_long_for_any_picture_is_written_without():
    assert pictured(Decimal("1e40"), "0.00", "en") == "1" + "0" * 40


@pytest.mark.parametrize("given", ["", "'0;0'", "2"])
def test_a_wrong_picture_in_a_tag_is_told(given):
    told, = faults(form_of(f"{{{{ agreement.points | number({given}) }}}}"))
    assert told.startswith(("T202", "T203"))
