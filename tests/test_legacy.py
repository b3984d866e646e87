"""Form fields of older forms: text, tick box, list. Each test shows the field as Word writes it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

import pytest
from facts import a_cohort, a_learner
from forms import W, faults, opened, p, package_faults, part_of, printed, t, table, tc, text_of, texts_of
from lxml import etree

from pipeline.contexts import Contexts, Scope
from pipeline.form import Form

EN_SPACES = "\u2002" * 5
NUMBER = count(1)
ANN: dict[str, Any] = {
    "learner": {"name": "Ann <Anna>", "email": None, "sex": "F", "is_minor": True, "date_of_birth": dt.date(2009, 5, 2)},
    "agreement": {"enclosures_progress": ["Europass CV", "Other"]}, "units": [{"title": "Soups", "part": None}, {"title": "Tea", "part": "x"}],
}  # fmt: skip
QUOTES = {'"': "&quot;"}
TEXT, BOX = "<w:textInput/>", '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'


def begin(kind: str, name: str, hint: str = "") -> str:
    """The run a form field begins with."""
    told = f'<w:helpText w:type="text" w:val="{hint}"/>' if hint else ""
    data = f'<w:ffData><w:name w:val="{name}"/><w:enabled/><w:calcOnExit w:val="0"/>{told}{kind}</w:ffData>'
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'


def field(kind: str, name: str, hint: str = "", result: str = f"<w:r><w:rPr><w:b/></w:rPr><w:t>{EN_SPACES}</w:t></w:r>") -> str:
    """A form field as Word writes it: a bookmark around, what it is at its beginning, and its result if it has one."""
    number = next(NUMBER)
    shown = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}' if kind.startswith("<w:textInput") and result else ""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name or "x"}"/>{begin(kind, name, hint)}<w:r><w:instrText> FORM </w:instrText></w:r>'
        f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:bookmarkEnd w:id="{number}"/>'
    )


def drop_down(*entries: str, before: str = "") -> str:
    """A list of these entries, with what stands before them."""
    listed = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in entries)
    return f"<w:ddList>{before}{listed}</w:ddList>"


def a_field(kind: str, name: str, hint: str = "", **more: str) -> Form:
    """A form with one form field in a paragraph."""
    return opened(f"<w:p>{t('Here: ')}{field(kind, name, hint, **more)}</w:p>" + p("{{ learner.name }}"))


def xml_of(form: Form, **changes: Any) -> Any:
    """The document of a paper for Ann."""
    data = printed(form, **{**ANN, "learner": ANN["learner"] | changes}).data
    assert package_faults(data) == []
    return etree.fromstring(part_of(data, "word/document.xml"))


def state(form: Form, element: str, **changes: Any) -> list[str]:
    """The children of a box or of a list in a paper, as name=value."""
    (found,) = xml_of(form, **changes).iter(f"{W}{element}")
    return [f"{each.tag.removeprefix(W)}={each.get(f'{W}val')}" for each in found]


# -- text --------------------------------------------------------------------------------------------------------------


def test_a_text_field_holds_its_word_and_stays_a_field():
    xml = xml_of(a_field(TEXT, "learner_name"))
    assert [text.text for text in xml.iter(f"{W}t") if text.getparent().find(f"{W}rPr/{W}b") is not None] == ["Ann <Anna>"]
    assert [mark.get(f"{W}fldCharType") for mark in xml.iter(f"{W}fldChar")] == ["begin", "separate", "end"]
    assert len(list(xml.iter(f"{W}ffData"))) == len(list(xml.iter(f"{W}bookmarkStart"))) == 1


@pytest.mark.parametrize(("result", "printed_as"), [
    ("", "Here: Ann <Anna>"), (t("type¦here"), "Here: Ann <Anna>"),
    ("<w:r><w:t>one</w:t><w:tab/><w:br/></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>two</w:t></w:r>", "Here: Ann <Anna>"),
    ("<w:r><w:tab/></w:r>", "Here: Ann <Anna>"),
])  # fmt: skip
def test_whatever_stood_in_a_text_field_gives_way(result, printed_as):
    form = a_field(TEXT, "learner_name_2", result=result)
    assert texts_of(printed(form, **ANN).data)[0] == printed_as


def test_a_result_in_two_paragraphs_becomes_one_value():
    begins, _, ends = field(TEXT, "learner_name").partition(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{EN_SPACES}</w:t></w:r>")
    form = opened(f"<w:p>{begins}{t('one')}</w:p><w:p>{t('two')}{ends}</w:p>")
    assert texts_of(printed(form, **ANN).data) == ["Ann <Anna>"]


def test_an_empty_word_leaves_the_place_to_click_on_and_is_told():
    paper = printed(a_field(TEXT, "learner_email"), **ANN)
    assert texts_of(paper.data)[0] == f"Here: {EN_SPACES}"
    assert [blank.word for blank, _ in paper.empty] == ["learner.email"]


@pytest.mark.parametrize(("kind", "shown"), [
    ('<w:type w:val="date"/><w:format w:val="dd/MM/yyyy"/>', "02/05/2009"), ('<w:type w:val="date"/><w:format w:val="d.M.yyyy"/>', "2.5.2009"),
    ('<w:type w:val="date"/><w:format w:val="dddd, d MMMM yyyy"/>', "Saturday, 2 May 2009"), ('<w:type w:val="date"/>', "2 May 2009"),
    ('<w:type w:val="date"/><w:format w:val="HH:mm"/>', "2 May 2009"),
])  # fmt: skip
def test_a_date_is_written_as_the_field_says(kind, shown):
    form = a_field(f"<w:textInput>{kind}</w:textInput>", "learner_date_of_birth", result="<w:r><w:t>x</w:t></w:r>")
    assert texts_of(printed(form, **ANN).data)[0] == f"Here: {shown}"


@pytest.mark.parametrize(("kind", "shown"), [("0,00", "2,50"), ("#,##0.0", "2.5"), ("0", "3"), ("0%;(0%)", "2.5"), ("Uppercase", "2.5"), ("", "2.5")])
def test_a_number_is_written_as_the_field_says(kind, shown):
    form = a_field(f'<w:textInput><w:type w:val="number"/><w:format w:val="{kind}"/></w:textInput>', "agreement_points")
    assert texts_of(printed(form, agreement={"points": Decimal("2.5")}, learner={"name": "Ann"}).data)[0] == f"Here: {shown}"


@pytest.mark.parametrize(("kind", "shown"), [("", "Map⏎House rules"), ('<w:format w:val="Uppercase"/>', "MAP⏎HOUSE RULES")])
def test_a_list_has_an_entry_a_line(kind, shown):
    form = a_field(f"<w:textInput>{kind}</w:textInput>", "agreement_annexes")
    assert texts_of(printed(form, agreement={"annexes": ["Map", "House rules"]}, learner={}).data)[0] == f"Here: {shown}"
    empty = printed(form, agreement={}, learner={"name": "Ann"})
    assert texts_of(empty.data)[0] == f"Here: {EN_SPACES}"
    assert [blank.word for blank, _ in empty.empty] == ["agreement.annexes"]


def test_capitals_are_written_as_the_field_says():
    form = a_field('<w:textInput><w:format w:val="Uppercase"/></w:textInput>', "learner_name")
    assert "ANN <ANNA>" in text_of(printed(form, **ANN).data)


# -- tick boxes and lists ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "hint", "changes", "ticked"), [
    ("learner_is_minor", "", {}, 1), ("learner_is_minor", "", {"is_minor": False}, 0), ("learner_is_minor", "", {"is_minor": None}, 0),
    ("Check1", "learner.sex=F", {}, 1), ("Check2", "learner.sex=M", {}, 0), ("", "agreement.enclosures_progress=Europass CV", {}, 1),
    ("Kontrollkästchen3", "agreement.enclosures_progress = Letter", {}, 0), ("learner_sex", "learner.sex=M", {"sex": "M"}, 1),
])  # fmt: skip
def test_a_box_is_ticked_as_its_word_or_the_value_in_its_help_text_says(name, hint, changes, ticked):
    assert state(a_field(BOX, name, hint), "checkBox", **changes) == ["sizeAuto=None", "default=0", f"checked={ticked}"]


def test_a_box_that_is_ticked_in_the_form_is_not_ticked_for_who_is_of_age():
    box = BOX.replace("</w:checkBox>", "<w:checked/></w:checkBox>")
    assert state(a_field(box, "learner_is_minor"), "checkBox", is_minor=False)[-1] == "checked=0"


@pytest.mark.parametrize(("value", "chosen"), [("F", 1), ("M", 2), (None, 0)])
def test_a_list_shows_the_entry_of_its_word(value, chosen):
    form = a_field(drop_down("choose", "F", "M"), "learner_sex")
    assert state(form, "ddList", sex=value)[:2] == [f"result={chosen}", "listEntry=choose"]


@pytest.mark.parametrize(("value", "chosen"), [("1", 1), ("0", 2), ("2", 0), (None, 0)])
def test_entries_that_are_numbers_are_not_taken_for_the_places_of_others(value, chosen):
    form = a_field(drop_down("2", "1", "0"), "learner_sex")
    assert int(state(form, "ddList", sex=value)[0].removeprefix("result=")) == chosen


def test_a_value_that_is_no_entry_is_told_and_an_empty_one_holds_the_paper_where_the_list_would_say_something():
    """A list always shows one of its entries: “M” of a learner whose cell is blank would be wrong."""
    form = a_field(drop_down("F", "M", before='<w:default w:val="1"/>'), "learner_sex")
    assert state(form, "ddList", sex=None)[:2] == ["result=1", "default=1"]
    empty = printed(form, learner={"sex": None, "name": "Ann"}).empty
    assert {(blank.word, blank.required) for blank, _ in empty} == {("learner.sex", True), ("learner.sex", False)}
    harmless = a_field(drop_down("(choose)", "F", "M"), "learner_sex")
    assert [blank.required for blank, _ in printed(harmless, learner={"sex": None, "name": "Ann"}).empty] == [False]
    strange = printed(form, learner={"sex": "Q", "name": "Ann"})
    assert [(blank.entries, said) for blank, _, said in strange.refused] == [(("F", "M"), "Q")]


@pytest.mark.parametrize("value", ["A & B", "x < y", "“so”", "l'eau", "l’eau", "{y}", "100 %", "a=b", "it's a \\", 'say "x"', "ä – ö", "A|B"])
def test_values_hold_whatever_signs_people_write(value):
    box = a_field(BOX, "Check1", escape(f"learner.nationality={value}", QUOTES))
    listed = a_field(drop_down("x", escape(value, QUOTES)), "learner_nationality")
    assert (state(box, "checkBox", nationality=value)[-1], state(listed, "ddList", nationality=value)[0]) == ("checked=1", "result=1")
    assert (state(box, "checkBox", nationality="z")[-1], faults(box), faults(listed)) == ("checked=0", [], [])


@pytest.mark.parametrize(("option", "value"), [("male", "M"), ("Female", "F"), ("Mann", "M"), ("F", "F"), ("F_2", "F")])
def test_an_option_is_read_as_a_cell_of_its_column_is(option, value):
    box = a_field(BOX, "Check1", f"learner.sex={option}")
    assert [state(box, "checkBox", sex=sex)[-1] for sex in ("M", "F")] == [f"checked={int(sex == value)}" for sex in ("M", "F")]
    listed = a_field(drop_down("–", option.partition("_")[0]), "learner_sex")
    assert state(listed, "ddList", sex=value)[0] == "result=1"


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_yes_or_no_may_have_a_box_for_each_answer_in_any_language(language):
    """A paper in German says nein, and the box for no is ticked all the same."""
    boxes = [a_field(BOX, "Check1", f"learner.is_minor{end}") for end in ("", "=yes", "=no")]
    said = [
        [re.search(r'w:checked w:val="(\d)"', part_of(printed(box, language, learner={"is_minor": minor}).data, "word/document.xml").decode())[1] for box in boxes]
        for minor in (True, False, None)
    ]
    assert said == [["1", "1", "0"], ["0", "0", "1"], ["0", "0", "0"]]


def test_a_box_that_no_cell_could_ever_tick_is_told():
    (told,) = faults(a_field(BOX, "Check1", "learner.sex=Q"))
    assert told == (
        "T232 paragraph “Here:”: The tick box “learner.sex=Q” asks for “Q”. Write “M” and “F” behind the =, one for each box."
    )


@pytest.mark.parametrize("entries", [("A+", "A-"), ("B", "b"), ("-", "…")])
def test_entries_that_cannot_be_told_apart_are_told(entries):
    assert faults(a_field(drop_down(*entries), "learner_sex"))[0].startswith("T229 paragraph “Here:”")


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "hint"), [("", ""), ("Text1", ""), ("Kontrollkästchen12", "Tick it"), ("CaseACocher2", ""), ("__Fieldmark__7_1", "")])
def test_a_field_that_nobody_named_stays_as_it_is_and_that_is_said(name, hint):
    form = a_field(TEXT, name, hint)
    assert form.usable
    assert [fault.partition(".")[0] for fault in faults(form)] == [
        "T231 paragraph “Here:”: A form field without a name of its own stays as it is in the form",
    ]  # fmt: skip
    assert texts_of(printed(form, **ANN).data)[0] == f"Here: {EN_SPACES}"


@pytest.mark.parametrize(("name", "hint", "said"), [
    ("learner_nme", "", "T221 paragraph “Here:”: The form field “learner_nme” is not a word. Did you mean “learner"),
    ("Check1", "learner.sxe=F", "T221 paragraph “Here:”: The form field “learner.sxe” is not a word. Did you mean “learner"),
    ("Check1", "learner.sex=+", "T229 paragraph “Here:”: The form field “learner.sex” cannot tell what “+” means. Write it in letters"),
])  # fmt: skip
def test_a_wrong_name_is_told(name, hint, said):
    assert faults(a_field(BOX, name, hint))[0].startswith(said)


def test_fields_of_units_repeat_with_their_row_and_keep_their_states():
    box = field(BOX, "Check1", "unit.part=x")
    form = opened(table(["Unit", "Part"], [tc(f"<w:p>{field(TEXT, 'units_title')}</w:p>"), tc(f"<w:p>{box}</w:p>")]))
    data = printed(form, **ANN).data
    assert texts_of(data) == ["[1] Unit", "[2] Part", "[1] Soups", "[2] ", "[1] Tea", "[2] "]
    xml = etree.fromstring(part_of(data, "word/document.xml"))
    assert [each.get(f"{W}val") for each in xml.iter(f"{W}checked")] == ["0", "1"]
    assert not list(xml.iter(f"{W}bookmarkStart"))


def test_the_values_of_a_real_cohort_come_into_the_fields():
    learner = a_learner("L01", sex="F")
    form = opened(f"<w:p>{field(TEXT, 'learner_family_name')}{field(BOX, 'Check1', 'learner.sex=F')}</w:p>")
    scope = Scope(learner=learner, learners=(learner,), home=learner.agreement.home, host=learner.agreement.host, partners=())
    data = printed(form, **Contexts(a_cohort(learner)).values(scope, "en", dt.date(2027, 1, 15))).data
    assert texts_of(data) == [learner.family_name]
    assert b'<w:checked w:val="1"/>' in part_of(data, "word/document.xml")
