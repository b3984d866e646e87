"""Values: escaped always, written as a person expects them, and every empty one noticed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from forms import a_form, form_of, opened, p, part_of, printed, shelved, table, text_of, texts_of, title_of
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.form import open_form
from pipeline.languages import EUROPEAN
from pipeline.printing import DOTS

EVERYWHERE = open_form(shelved(a_form(
    p("Body: {{ learner.address }}.") + table(["{{ learner.address }}"]),
    header=p("{{ learner.address }}"), footer=p("{{ learner.address }}"), footnotes=p("{{ learner.address }}"),
    endnotes=p("{{ learner.address }}"), comments=p("{{ learner.address }}"), title="{{ learner.address }}",
    core="<dc:subject>{{ learner.address }}</dc:subject>",
)))  # fmt: skip
STORIES = ("document", "header1", "footer1", "footnotes", "endnotes", "comments")


def everywhere(value: object) -> dict[str, str]:
    """What a value looks like in every part of a paper."""
    data = EVERYWHERE.print({"learner": {"address": value}}, "en").data
    found = {name: text_of(data, f"word/{name}.xml") for name in STORIES}
    core = etree.fromstring(part_of(data, "docProps/core.xml"))
    return found | {"title": title_of(data) or "", "subject": core.findtext("{*}subject") or ""}


# -- any text, everywhere ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [
    "AT&T", "Smith & Sons", "1 < 2 > 0", '"Sons" and \'more\'', "IBAN <GB29> ok", "&amp; &lt; &#38;", "</w:t></w:r></w:p>",
    '<w:fldSimple w:instr="INCLUDEPICTURE http://x"/>', "<!-- x -->", "]]>", "<?x?>", "{{ 7*7 }}", "{% set x = 1 %}", "{# x #}",
    "{_{ x }_}", "{{ learner.name }}", "\\n", "100 %", "שלום עולם", "مرحبا", "e\u0301 ñ ß ł ő", "👩🏽‍🍳🧁", "日本語", "\u200f\u200e", "a\u00a0b",
])  # fmt: skip
def test_a_value_stands_in_every_part_as_it_was_typed(value):
    for part, shown in everywhere(value).items():
        assert value in shown, part


def test_a_line_break_is_one_in_texts_and_a_space_in_properties():
    for value in ("a\nb", "a\r\nb", "a\rb", "a\x0bb", "a\u2028b", "a\x85b"):
        found = everywhere(value)
        assert found.pop("title") == found.pop("subject") == "a b"
        assert found.pop("document") == "Body: a⏎b.\n[1] a⏎b"
        assert set(found.values()) == {"a⏎b"}


def test_a_tab_is_one_in_texts_and_a_space_in_properties():
    found = everywhere("a\tb")
    assert found.pop("title") == found.pop("subject") == "a b"
    assert found.pop("document") == "Body: a→b.\n[1] a→b"
    assert set(found.values()) == {"a→b"}


@pytest.mark.parametrize("value", ["a\x00b", "a\x07b", "a\x0cb", "a\x1fb", "a\ud800b", "a\ufffeb", "a\uffffb", "a\ufdd3b"])
def test_what_xml_cannot_hold_is_seen_and_breaks_nothing(value):
    """It never comes from a cell: reading tells it there."""
    found = everywhere(value)
    assert found.pop("document") == "Body: a\ufffdb.\n[1] a\ufffdb"
    assert set(found.values()) == {"a\ufffdb"}


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).filter(lambda text: text.strip()))
def test_any_text_gives_a_whole_paper_whose_text_contains_it(value):
    allowed = "".join(each if each in "\n\t" or ord(each) >= 32 else "\ufffd" for each in _one_kind_of_line(value))
    allowed = "".join("\ufffd" if 0xFDD0 <= ord(each) < 0xFDF0 or ord(each) in (0xFFFE, 0xFFFF) else each for each in allowed)
    for part, shown in everywhere(value).items():
        if part in ("title", "subject"):
            assert allowed.replace("\n", " ").replace("\t", " ") in shown
        else:
            assert allowed.replace("\n", "⏎").replace("\t", "→") in shown


def _one_kind_of_line(text: str) -> str:
    for line in ("\r\n", "\r", "\x0b", "\x85", "\u2028", "\u2029"):
        text = text.replace(line, "\n")
    return text


@settings(max_examples=60, deadline=None)
@given(st.text("{}%#_ \n\t<>&\"'x", min_size=1, max_size=40).filter(lambda text: text.strip()))
def test_what_looks_like_a_tag_in_a_value_is_text(value):
    data = printed(form_of("[{{ learner.name }}]"), learner={"name": value}).data
    assert text_of(data) == f"[{value}]".replace("\n", "⏎").replace("\t", "→")


def test_a_paper_with_tags_in_its_values_is_not_taken_for_a_form():
    """Trust: a filled file used as template again would be executed."""
    data = printed(opened(p("{{ learner.name }}"), title="x"), learner={"name": "{{ host.name }}"}).data
    again = open_form(shelved(data, "Paper.docx"))
    assert not again.usable
    assert [problem.code for problem in again.problems] == ["T102"]


# -- kinds of values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("value", "language", "shown"), [
    (None, "en", ""), ("", "en", ""), ([], "en", ""), ("  ", "en", "  "), (0, "en", "0"), (3, "en", "3"), (447700900123, "en", "447700900123"),
    (Decimal("3.0"), "en", "3"), (Decimal("2.50"), "en", "2.5"), (Decimal("1E+3"), "en", "1000"), (Decimal("0.30"), "en", "0.3"),
    (Decimal("2.5"), "de", "2,5"), (Decimal("2.5"), "fr", "2,5"), (Decimal("2.5"), "cs", "2,5"), (Decimal("2.5"), "ga", "2.5"),
    (Decimal("1234.5"), "de", "1234,5"), (Decimal("-2.5"), "pl", "-2,5"), (0.1 + 0.2, "en", "0.3"), (0.1 + 0.2, "de", "0,3"),
    (1e21, "en", "1000000000000000000000"), (dt.date(2025, 4, 3), "en", "3 April 2025"), (dt.date(2025, 4, 3), "de", "3. April 2025"),
    (dt.date(2025, 4, 3), "es", "3 de abril de 2025"), (dt.date(2025, 4, 3), "fi", "3. huhtikuuta 2025"),
    (dt.date(2025, 4, 3), "xx", "3 April 2025"), (True, "en", "yes"), (False, "en", "no"), (True, "de", "ja"), (False, "cs", "ne"),
    (True, "xx", "yes"), (["a", "b"], "en", "a; b"), ([Decimal("1.5"), dt.date(2025, 4, 3)], "de", "1,5; 3. April 2025"),
    ({"a": 1}, "en", ""),
])  # fmt: skip
def test_each_kind_of_value_is_written_as_a_person_writes_it(value, language, shown):
    data = printed(form_of("[{{ learner.name }}]"), language, learner={"name": value}).data
    assert text_of(data) == f"[{shown.strip()}]"


@pytest.mark.parametrize("language", EUROPEAN)
def test_every_language_of_the_programme_writes_dates_numbers_and_yes(language):
    line = "{{ agreement.start }} | {{ agreement.points }} | {{ learner.is_minor }} | {{ agreement.start | date('dd/MM/yyyy') }}"
    shown = text_of(printed(form_of(line), language, agreement={"start": dt.date(2025, 4, 3), "points": Decimal("2.5")}, learner={"is_minor": True}).data)
    date, number, yes, short = shown.split(" | ")
    assert "2025" in date
    assert number in ("2.5", "2,5")
    assert yes != "True"
    assert short == "03/04/2025"


def test_the_language_of_one_paper_does_not_stay_for_the_next():
    form = form_of("{{ agreement.points }}")
    shown = [text_of(form.print({"agreement": {"points": Decimal("2.5")}}, language).data) for language in ("de", "en", "de")]
    assert shown == ["2,5", "2.5", "2,5"]


# -- empty words -------------------------------------------------------------------------------------------------------


def empty(tag: str, **context: Any) -> list[tuple[str, bool]]:
    """The words a tag leaves empty, and whether they hold the paper."""
    return [(blank.word, blank.required) for blank, _ in printed(form_of(tag), **context).empty]


LEARNER = {"name": "Ann", "email": None, "family_name": None, "address": None, "more": {}, "agreement": {"mentor": None}, "workplace": None}


@pytest.mark.parametrize(("tag", "told"), [
    ("{{ learner.name }}", []), ("{{ learner.email }}", [("learner.email", False)]), ("{{ learner.family_name }}", [("learner.family_name", True)]),
    ("{{ learner.email | required }}", [("learner.email", True)]), ("{{ learner.email | required | upper }}", [("learner.email", True), ("learner.email", False)]),
    ("{{ learner.address | lines }}", [("learner.address", False)]), ("{{ learner.email | default('–') }}", []),
    ("{{ learner.email | dotted }}", [("learner.email", False)]), ("{{ learner['email'] }}", [("learner.email", False)]),
    ("{{ learner.email | tick }}", []), ("{{ learner.email | required | tick }}", [("learner.email", True)]),
    ("{{ learner.name ~ ' ' ~ learner.email }}", [("learner.email", False)]), ("{{ learner.email or learner.name }}", []),
    ("{{ learner.email or learner.address }}", [("learner.email", False)]), ("{{ learner.agreement.mentor }}", [("agreement.mentor", False)]),
    ("{% if learner.email %}{{ learner.email }}{% endif %}", []), ("{{ learner.more['Shoe size'] }}", [("learner.more[“Shoe size”]", False)]),
    ("{% for row in learners %}{{ row.email }}{% endfor %}", [("learner.email", False)]), ("{{ learner.email | default('') }}", [("learner.email", False)]),
    ("{% for row in learners %}{{ row.more.Size }}{% endfor %}", [("learner.more.Size", False)]),
    ("{{ learner.workplace.name }}", [("workplace", False)]), ("{{ learner.workplace.name | required }}", [("workplace", True)]),
    ("{{ learner.email | upper | required | lower }}", [("learner.email", True), ("learner.email", False)]), ("{{ learner.name ~ (learner.email | upper) }}", [("learner.email", False)]),
    ("{{ intermediary.name }}{{ learner.name }}", [("intermediary", False)]), ("{{ qualification.titles.es }}{{ learner.name }}", [("qualification.titles.es", False)]),
])  # fmt: skip
def test_an_empty_word_is_told_once_where_it_would_have_been_printed(tag, told):
    context = {"learner": LEARNER, "learners": [LEARNER], "intermediary": None, "qualification": {"titles": {}}}
    assert empty(tag, **context) == told


@pytest.mark.parametrize("tag", ["{{ learner.name | entry('A=a') }}", "{{ learner.name | upper | entry('A=a') }}", "{{ learner.name | trim | lower | entry('A=a') }}"])
def test_a_list_speaks_of_its_word_whatever_was_done_to_the_value_before(tag):
    blanks = form_of(tag).understood.blanks
    assert {blank.word for blank in blanks} == {"learner.name"}
    assert ("A",) in [blank.entries for blank in blanks]


def test_an_empty_word_carries_the_record_whose_cell_it_is():
    form = form_of("{{ learner.email }}{{ learner.agreement.mentor }}{{ learner.workplace.name }}{{ learner.more['x'] }}{{ intermediary.name }}")
    paper = printed(form, learner=LEARNER, intermediary=None)
    assert [(blank.key, owner) for blank, owner in paper.empty] == [
        ("email", LEARNER), ("mentor", LEARNER["agreement"]), ("workplace", LEARNER), ("x", LEARNER), ("intermediary", None),
    ]  # fmt: skip


def test_an_empty_word_in_the_title_is_told_too():
    form = opened(p("x"), title="{{ learner.email }}")
    assert [blank.word for blank, _ in printed(form, learner=LEARNER).empty] == ["learner.email"]


def test_a_dotted_word_draws_a_line_only_when_it_is_empty():
    form = form_of("{{ learner.email | dotted }}", "{{ learner.name | dotted }}", "{{ learner.address | dotted | lines }}")
    assert texts_of(printed(form, learner=LEARNER).data) == [DOTS, "Ann", DOTS]


def test_a_paper_does_not_remember_the_empty_words_of_the_one_before():
    form = form_of("{{ learner.email }}")
    assert len(printed(form, learner=LEARNER).empty) == len(printed(form, learner=LEARNER).empty) == 1
    assert printed(form, learner={"email": "a@b.c"}).empty == ()


def test_a_blank_knows_its_meaning_its_column_and_its_tag():
    (blank, _), = printed(form_of("Call {{ learner.telephone | dotted }}"), learner={"telephone": None}).empty
    assert (blank.word, blank.column, blank.meaning) == ("learner.telephone", "Learners: Telephone", "telephone of the learner")
    assert (blank.tag.text, blank.tag.spot, blank.dotted) == (
        "{{ learner.telephone | dotted }}", "paragraph “Call {{ learner.telephone | dotted }}”", True,
    )  # fmt: skip


def test_the_blank_of_a_missing_record_asks_for_its_column():
    (blank, _), = printed(form_of("{{ learner.name }}{{ intermediary.telephone }}"), learner=LEARNER, intermediary=None).empty
    assert (blank.word, blank.column) == ("intermediary", "Learners: Intermediary")
