"""The trials of forms: they hold, and each of them can fail."""

from __future__ import annotations

import pytest

from tests.forms import a_form, p
from tests.trust import drill, forms, fuzz_forms
from tests.trust.papers import outputs

KNOWN: frozenset[str] = frozenset()
"""Cases that are not right yet; one that comes or goes fails."""


@pytest.mark.slow
def test_every_form_is_right_or_refused_in_a_clear_sentence():
    assert {each for row in forms.rows(quick=True) for each in row.wrong} == KNOWN


@pytest.mark.slow
def test_200_spoiled_forms_are_refused_or_printed_whole():
    assert fuzz_forms.templates(quick=True).wrong == ()


@pytest.mark.slow
def test_no_paper_has_a_fault_that_its_form_does_not_have():
    assert outputs(quick=True).wrong == ()


@pytest.mark.parametrize("kind", drill.CORRUPTIONS)
def test_a_corruption_of_a_good_paper_is_noticed(kind):
    assert drill.noticed(kind)


def test_nothing_is_said_of_the_good_paper():
    assert drill.paper_flaws(drill.good_paper()) == []


def test_a_trial_of_forms_notices_a_form_that_is_taken_and_one_that_is_filled_wrong():
    good = a_form(p("{{ learner.name }}"))
    assert forms.refused(good, "anything")() == ("wrong", "it was taken without a word")
    assert forms.filled(good, forms.says("Bob"))() == ("wrong", "it does not say what it should")
    assert forms.refused(a_form(p("{{ learner.nam e }}")), "a word that it does not say")()[0] == "wrong"


def test_a_child_that_takes_too_much_time_or_memory_or_a_connection_is_noticed():
    assert forms.alone(lambda: "x" * (1 << 31)) == "wrong: MemoryError"
    assert forms.alone(lambda: [None for _ in iter(int, 1)] and "", memory=1 << 40, seconds=1) == "wrong: took longer than 10 s"
    assert forms.alone(forms.no_connection) == "wrong: AssertionError"


def test_a_secret_in_a_paper_is_noticed(monkeypatch):
    monkeypatch.setattr("pipeline.printing._escaped", lambda text: text.replace("Ann", forms.CANARY).replace("&", "").replace("<", "").encode())
    paper = forms.open_form(forms.shelved(a_form(p("Dear {{ learner.name }}"))))
    assert forms.leaking(paper.print({"learner": {"name": "Ann"}}, "en").data, ()) == "the secret stands in word/document.xml"


def test_a_traceback_of_a_spoiled_form_is_noticed():
    def falls(_: object) -> tuple[str, str]:
        raise KeyError("w")

    row = fuzz_forms.templates(quick=True, judge=falls)
    assert len(row.wrong) == 200
    assert "KeyError" in row.wrong[0]
