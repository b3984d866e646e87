"""Bookmarks as blanks: what stands between their start and their end. Each test shows its XML in one line."""

from __future__ import annotations

from typing import Any

import pytest
from forms import W, faults, opened, p, part_of, printed, t, table, tc, text_of, texts_of
from lxml import etree

ANN: dict[str, Any] = {
    "learner": {"name": "Ann & Anna", "email": None}, "agreement": {"enclosures_progress": ["CV", "Other"]},
    "units": [{"title": "Soups"}, {"title": "Tea"}],
}  # fmt: skip
COLUMNS = ' w:colFirst="0" w:colLast="1"'
BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"


def start(name: str, number: int = 1, more: str = "") -> str:
    """The start of a bookmark."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"{more}/>'


def end(number: int = 1) -> str:
    """The end of a bookmark."""
    return f'<w:bookmarkEnd w:id="{number}"/>'


def marked(name: str, inside: str = "", number: int = 1) -> str:
    """A paragraph with a bookmark around something."""
    return f"<w:p>{t('Here: ')}{start(name, number)}{inside}{end(number)}{t('.')}</w:p>"


@pytest.mark.parametrize("inside", [
    "", t("______"), t("na¦me"), "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/></w:r>", "<w:proofErr/>" + t("x") + "<w:proofErr/>",
    '<w:hyperlink w:anchor="x">' + t("x") + "</w:hyperlink>", "<w:r><w:tab/></w:r>", "<w:r><w:rPr><w:b/></w:rPr></w:r>",
])  # fmt: skip
@pytest.mark.parametrize("name", ["learner_name", "Learner_name_2", "LEARNER_NAME"])
def test_the_text_of_a_bookmark_becomes_its_word(name, inside):
    data = printed(opened(marked(name, inside)), **ANN).data
    assert texts_of(data) == ["Here: Ann & Anna."]
    assert part_of(data, "word/document.xml").count(b"w:bookmark") == 2


def test_the_value_looks_like_the_first_run_or_the_run_before():
    before = f"<w:p>{BOLD.format('Here: ')}{start('learner_name')}{end()}</w:p>"
    for body in (marked("learner_name", BOLD.format("one") + t("two")), before):
        xml = etree.fromstring(part_of(printed(opened(body), **ANN).data, "word/document.xml"))
        (value,) = (text for text in xml.iter(f"{W}t") if text.text == "Ann & Anna")
        assert value.getparent().find(f"{W}rPr/{W}b") is not None


def test_an_empty_word_is_left_for_the_pen_and_told():
    paper = printed(opened(marked("learner_email", t("______"))), **ANN)
    assert texts_of(paper.data) == ["Here: ."]
    assert [blank.word for blank, _ in paper.empty] == ["learner.email"]


@pytest.mark.parametrize("name", ["_Toc123", "_GoBack", "OLE_LINK1", "Text1", "Introduction", "learner", "_learner_name", "host"])
def test_bookmarks_for_other_uses_stay_as_they_are_without_a_message(name):
    form = opened(marked(name, t("text")) + p("{{ learner.name }}"))
    assert faults(form) == []
    assert texts_of(printed(form, **ANN).data)[0] == "Here: text."


def test_a_bookmark_that_was_meant_to_be_a_word_is_told_because_its_old_text_would_stand_in_every_paper():
    (told,) = faults(opened(marked("learner_nme", t("NOVAK")) + p("{{ learner.name }}")))
    assert told == "T221 paragraph “Here: NOVAK.”: The bookmark “learner_nme” is not a word. Did you mean “learner_name”?"


@pytest.mark.parametrize("body", [
    f"<w:p>{start('learner_name', more=COLUMNS)}{t('text')}{end()}</w:p>",
    marked("learner_name", t("{{ learner.email }}text")),
    marked("learner_name", f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>{t("text")}'),
    marked("learner_name", f'<w:fldSimple w:instr="PAGE">{t("text")}</w:fldSimple>'),
    marked("learner_name", f"<w:sdt><w:sdtPr/><w:sdtContent>{t('text')}</w:sdtContent></w:sdt>"),
], ids=["columns", "tag", "field", "simple field", "control"])  # fmt: skip
def test_what_has_a_blank_of_its_own_is_left_to_it(body):
    form = opened(body + p("{{ learner.name }}"))
    assert faults(form) == []
    assert "text" in text_of(printed(form, **ANN).data)


@pytest.mark.parametrize("body", [
    f"<w:p>{start('learner_name')}{t('one')}</w:p><w:p>{t('two')}{end()}</w:p>", f"<w:p>{start('learner_name')}{t('one')}</w:p>",
    f"{start('learner_name')}{p('one')}{p('two')}{end()}",
])  # fmt: skip
def test_a_bookmark_over_several_paragraphs_is_told(body):
    assert faults(opened(body)) == [
        ("T230 paragraph “one”: The bookmark “learner_name” does not begin and end in one paragraph. "
        "Mark the place again, inside one paragraph, or rename it where it is not to be filled.")
    ]


@pytest.mark.parametrize("body", [
    f"<w:p>{start('learner_name')}{t('one')}</w:p><w:p>{end()}{t('two')}</w:p>", f"<w:p>{start('learner_name')}{t('one')}</w:p>{end()}{p('two')}",
    f"{start('learner_name')}{p('one')}{end()}{p('two')}",
])  # fmt: skip
def test_a_whole_paragraph_may_be_marked(body):
    assert texts_of(printed(opened(body), **ANN).data) == ["Ann & Anna", "two"]


def test_bookmarks_inside_one_another_fill_one_blank():
    body = marked("learner_name", f"{start('learner_email', 2)}{t('x')}{end(2)}")
    assert texts_of(printed(opened(body), **ANN).data) == ["Here: Ann & Anna."]


def test_bookmarks_of_units_repeat_with_their_row_and_a_list_alone_has_a_paragraph_an_entry():
    row = [tc(f"<w:p>{start('unit_title', 3)}{end(3)}</w:p>"), "x"]
    form = opened(table(["Unit", ""], row) + f"<w:p>{start('agreement_enclosures_progress', 4)}{t('___')}{end(4)}</w:p>")
    data = printed(form, **ANN).data
    assert texts_of(data) == ["[1] Unit", "[2] ", "[1] Soups", "[2] x", "[1] Tea", "[2] x", "CV", "Other"]
    assert b"bookmark" not in part_of(data, "word/document.xml")


def test_headers_and_text_boxes_hold_bookmarks_too():
    form = opened(p("{{ learner.name }}"), header=marked("learner_name"))
    assert texts_of(printed(form, **ANN).data, "word/header1.xml") == ["Here: Ann & Anna."]
