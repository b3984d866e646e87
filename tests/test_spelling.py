"""Words are compared as a person would, and never more loosely."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.spelling import bare, folded, nearest, same_id, spellings


@pytest.mark.parametrize(("one", "other"), [
    ("Date of birth", "DATE OF  BIRTH"), ("E-mail", "email"), ("Learner\u00a0ID", "Learner ID"), ("“Title”", "Title"),
    ("Ｎａｍｅ", "name"), ("Straße", "STRASSE"), ("Learner ID *", "learner_id"), ("ﬁrst name", "first name"),
])  # fmt: skip
def test_case_spaces_punctuation_quotes_and_width_do_not_count(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [
    ("Příjmení", "prijmeni"), ("Nome próprio", "nome proprio"), ("Łódź", "lodz"), ("Ñandú", "nandu"), ("Číslo", "cislo"),
    ("Øster", "oster"), ("Đorđević", "dordevic"), ("Sørlandet æ", "sorlandet ae"), ("ΌΝΟΜΑ", "ονομα"),
])  # fmt: skip
def test_accents_do_not_count_where_a_name_is_looked_for(one, other):
    assert bare(one) == bare(other)
    assert folded(one) != folded(other)


def test_an_umlaut_may_be_typed_in_three_ways():
    for typed in ("Schüler", "Schueler", "Schuler"):
        assert set(spellings(typed)) & set(spellings("Schüler"))


@pytest.mark.parametrize(("one", "other"), [
    ("Telephone", "Telephone (mother)"), ("Guardian", "Guardian 2"), ("Name", "Names"), ("U1", "U2"),
])  # fmt: skip
def test_words_with_another_meaning_stay_apart(one, other):
    assert not set(spellings(one)) & set(spellings(other))


@given(st.text())
@example("Æ´")
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
    assert same_id(same_id(text)) == same_id(text)


@pytest.mark.parametrize(("one", "other"), [
    ("L-01", "l 01"), ("AURORA", "Aurora"), ("1. 1", "1.1"), ("1–1", "1-1"), ("12 345", "12345"), ("Ú.1", "u1"), ("U_1", "U1"),
])  # fmt: skip
def test_an_id_is_known_again_in_the_ways_people_type_it(one, other):
    assert same_id(one) == same_id(other)


@pytest.mark.parametrize(("one", "other"), [
    ("1.1", "11"), ("1.10", "1.1"), ("1-1", "11"), ("2/3", "23"), ("01", "1"), ("-", ""), ("+", "-"), ("U1.2", "U12"),
])  # fmt: skip
def test_ids_that_are_two_are_never_taken_for_one(one, other):
    assert same_id(one) != same_id(other)


def test_the_nearest_word_is_one_a_person_may_have_meant():
    known = ("Learners", "Partners", "Units", "Qualifications", "Guardian 2")
    assert nearest("Lerners", known) == "Learners"
    assert nearest("Qualificatons", known) == "Qualifications"
    assert nearest("Notes", known) is None
    assert nearest("", known) is None
    assert nearest("Learners", ()) is None


def test_words_with_other_numbers_are_not_near_where_numbers_count():
    assert nearest("Guardian 3", ["Guardian 2"]) == "Guardian 2"
    assert nearest("Guardian 3", ["Guardian 2"], same_numbers=True) is None
    assert nearest("LO1", ["L01", "L02"], 0.6, same_numbers=True) == "L01"


@pytest.mark.slow
def test_a_thousand_unknown_words_among_ten_thousand_take_little_time():
    known = [f"L{number:05}" for number in range(10_000)]
    start = time.perf_counter()
    for number in range(100):
        nearest(f"X-{number}", known, 0.6, same_numbers=True)
    assert time.perf_counter() - start < 5
