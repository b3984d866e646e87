"""Names of blanks: the words as they are written, their short forms, and what is meant by a wrong one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.marks.language import PRINTABLE
from pipeline.marks.naming import ROOTS, find, known, short_names, short_of
from pipeline.spelling import bare
from pipeline.vocabulary import RECORDS

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ROOT / "tests" / "golden" / "short names.csv"
EVERY = [
    f"{root}.{key}" for root, kind in ROOTS.items() for key, word in RECORDS.get(kind.removeprefix("list of "), {}).items()
    if word.type in PRINTABLE
] + [root for root, kind in ROOTS.items() if kind == "date"]  # fmt: skip

LONGEST_SHORT = 18
"""Letters of a short form: Word cuts the name of an old form field at 20, and `_2` may follow."""


# -- names as people write them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "learner.family_name", "learner_family_name", "Learner family name", "LEARNER FAMILY NAME", "learnerFamilyName",
    "Learner-family-name", " learner_family_name ", "learner_family_name_2", "learner.family_name_17", "lrn_family_name",
    "lrn_family_name_3", "Learner family name_2",
])  # fmt: skip
def test_a_name_may_be_written_in_many_ways(name):
    assert find(name).word == "learner.family_name"


@pytest.mark.parametrize(("name", "word"), [
    ("today", "today"), ("Today_2", "today"), ("units.title", "units.title"), ("unit_title", "unit.title"),
    ("agr_assess_method", "agreement.assessment_method"), ("Guardian", None), ("learner", None), ("units", None),
    ("Text1", None), ("", None), ("_2", None), ("results_unit_title", "results.unit.title"), ("Result grade", "result.grade"),
    ("Companion host name", "companion.host.name"), ("learners_agreement_start_2", "learners.agreement.start"),
])  # fmt: skip
def test_a_name_is_a_whole_word_or_none(name, word):
    assert find(name).word == word


def test_a_number_at_the_end_is_passed_over_where_it_is_not_the_words_own():
    assert find("learner_guardian2").word == "learner.guardian2"
    assert find("Learner guardian 2").word == "learner.guardian2"
    assert find("learner_guardian2_2").word == "learner.guardian2"
    assert find("learner_guardian_3").word == "learner.guardian"


def test_the_guardian_once_more_and_the_second_guardian_are_never_guessed():
    assert find("learner_guardian_2").word is None
    assert find("learner_guardian_2").meant == "learner_guardian2"


@pytest.mark.parametrize(("name", "meant"), [
    ("learner.famly_name", "learner.family_name"), ("learner_famly_name", "learner_family_name"),
    ("Lerner family name", "learner family name"), ("learner_famly_name_2", "learner_family_name"),
    ("agr_asess_method", "agr_assess_method"), ("Surname", "learner.family_name"), ("Family name", "learner family name"),
    ("qwertz", None), ("Text1", None),
])  # fmt: skip
def test_what_was_meant_is_named_as_people_write_it(name, meant):
    assert find(name).meant == meant


def test_every_word_is_found_by_each_of_its_names():
    for word in EVERY:
        for name in (word, word.replace(".", "_"), word.replace(".", " ").replace("_", " "), short_of(word)):
            assert find(name).word == word, name


# -- short forms ------------------------------------------------------------------------------------------------------


def test_every_word_has_a_short_form():
    missing = [word for word in EVERY if word not in short_names()]
    assert not missing, "python .workshop/draw_short_names.py"


def test_a_short_form_fits_into_an_old_form_field_even_with_a_number_behind_it():
    assert [short for short in short_names().values() if len(short) > LONGEST_SHORT] == []
    assert [short for short in short_names().values() if not re.fullmatch("[a-z][a-z0-9_]*[a-z0-9]", short)] == []
    assert [short for short in short_names().values() if re.search(r"_\d+$", short)] == []


def test_where_the_word_itself_is_short_it_is_its_own_short_form():
    for word, short in short_names().items():
        own = word.replace(".", "_")
        assert (short == own) is (len(own) <= LONGEST_SHORT), word


def test_no_short_form_is_the_name_of_another_word():
    assert len({bare(short) for short in short_names().values()}) == len(short_names())
    for word, short in short_names().items():
        assert known()[bare(short)] == word


def test_no_short_form_that_was_published_ever_changes_and_a_new_word_adds_a_line():
    published = dict(line.split(",") for line in PUBLISHED.read_text("utf-8").splitlines())
    assert {word: short_of(word) for word in published} == published
    assert sorted(short_names()) == sorted(published), "add the new lines to tests/golden/short names.csv"


def test_drawing_them_again_keeps_every_line(tmp_path):
    drawn = tmp_path / "short_names.json"
    kept = (ROOT / "pipeline" / "marks" / "short_names.json").read_bytes()
    drawn.write_bytes(kept)
    subprocess.run([sys.executable, ROOT / ".workshop" / "draw_short_names.py", drawn], check=True, capture_output=True)
    assert drawn.read_bytes() == kept
