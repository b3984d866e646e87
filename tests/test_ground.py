"""What every kind of blank stands on: names that are told, and states that are kept in attributes."""

from __future__ import annotations

from typing import Any

import pytest
from forms import W, faults, opened, p, part_of, printed, t, table
from lxml import etree

from pipeline import marks
from pipeline.marks.ground import Ground

ANN: dict[str, Any] = {"learner": {"name": "Ann", "sex": "F", "email": None}, "units": [], "learners": []}
LIGHT = '<w:p><w:r><w:rPr><w:highlight w:val="none"/></w:rPr><w:t>Name</w:t></w:r></w:p>'


@pytest.fixture
def shining(monkeypatch):
    """A kind of blank made up for these tests: a colour behind a text that shows a word."""

    def kind(expression: str, name: str = "") -> None:
        def turn(ground: Ground) -> None:
            for element in ground.root.iter(f"{W}highlight"):
                if not name or ground.expression("coloured text", name, element):
                    ground.put(element, f"{W}val", expression)

        monkeypatch.setattr(marks, "MARKS", ((("<w:highlight",), turn),))

    return kind


def colours(data: bytes) -> list[str]:
    """The colours behind the texts of a paper."""
    root = etree.fromstring(part_of(data, "word/document.xml"))
    return [element.get(f"{W}val") for element in root.iter(f"{W}highlight")]


def test_a_state_is_kept_in_an_attribute(shining):
    shining("learner.sex | entry('F=yellow', 'M=green')")
    form = opened(p("{{ learner.name }}") + LIGHT + p("{{ learner.name }} {# a remark #}") + LIGHT)
    assert faults(form) == []
    assert colours(printed(form, **ANN).data) == ["yellow", "yellow"]
    assert colours(printed(form, **{**ANN, "learner": {"name": "Bo", "sex": "M"}}).data) == ["green", "green"]


def test_what_is_printed_into_an_attribute_is_escaped(shining):
    shining("learner.name")
    hostile = {**ANN, "learner": {"name": 'a" b=\'c\' <d> & e\nf'}}
    assert colours(printed(opened(LIGHT), **hostile).data) == ['a" b=\'c\' <d> & e f']


def test_a_blank_whose_name_is_no_word_is_told_with_its_place_and_what_was_meant(shining):
    shining("learner.name", "Learner surnme")
    form = opened(table([LIGHT.join(["<w:tc><w:tcPr/>", "</w:tc>"])]))
    assert [(problem.code, problem.place.spot, problem.message) for problem in form.problems] == [
        ("T221", "table 1, row 1, cell 1", "The coloured text “Learner surnme” is not a word."),
    ]  # fmt: skip
    assert form.problems[0].advice.startswith("Did you mean “")


def test_a_typed_tag_in_an_attribute_is_refused_all_the_same(shining):
    shining("learner.name")
    wrong = '<w:p><w:pPr><w:shd w:val="{{ learner.name }}"/></w:pPr></w:p>'
    assert faults(opened(wrong + LIGHT)) != []


def test_a_fault_in_an_attribute_is_told_at_its_place(shining):
    shining("learner.surnme")
    form = opened(t("").join(["<w:p>", "</w:p>"]) + LIGHT)
    assert [(problem.code, problem.place.spot) for problem in form.problems] == [("T206", "paragraph “Name”")]


@pytest.mark.parametrize(("value", "colour"), [
    ("F", "yellow"), ("f", "yellow"), ("Yellow", "yellow"), ("M", "green"), (True, "red"), (None, ""), ("", ""),
])  # fmt: skip
def test_an_entry_is_found_by_its_value_and_by_what_it_shows(shining, value, colour):
    shining("learner.sex | entry('F=yellow', 'M=green', 'yes=red')")
    assert colours(printed(opened(LIGHT), **{**ANN, "learner": {"sex": value}}).data) == [colour]


def test_an_entry_to_the_letter_goes_before_one_that_only_looks_alike(shining):
    shining("learner.sex | entry('B1=red', 'B1+=green', 'b 2=white')")
    said = [colours(printed(opened(LIGHT), **{**ANN, "learner": {"sex": level}}).data) for level in ("B1", "B1+", "B2")]
    assert said == [["red"], ["green"], ["white"]]


def test_a_tick_that_is_not_set_is_not_the_same_as_one_that_is(shining):
    """Neither sign has a letter, so nothing would be left of them where case and accents do not count."""
    shining("learner.sex | tick('M') | entry('☒=green', '☐=white')")
    assert colours(printed(opened(LIGHT), **ANN).data) == ["white"]
    assert colours(printed(opened(LIGHT), **{**ANN, "learner": {"sex": "M"}}).data) == ["green"]


@pytest.mark.parametrize("wrong", ["entry", "entry()", "entry('F')", "entry(7)", "entry(learner.sex)", "entry('F=a', 'M')"])
def test_entries_are_texts_with_an_equals_sign(wrong):
    assert [fault[:4] for fault in faults(opened(p(f"{{{{ learner.sex | {wrong} }}}}")))] == ["T203"]
