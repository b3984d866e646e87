"""Content controls: text, check boxes, lists, dates, repeating sections; and what is not theirs stays as it was."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from forms import W, faults, opened, p, part_of, printed, t, table, tc, text_of, texts_of
from lxml import etree

SPACES = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PROMPT = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Click here.</w:t></w:r>'
SHOWN = "<w:showingPlcHdr/>"
ANN: dict[str, Any] = {
    "learner": {"name": "Ann", "sex": "F", "date_of_birth": dt.date(2007, 3, 4), "is_minor": False, "address": "Lane 1\nBonn"},
    "agreement": {"enclosures_progress": ["Europass CV"]}, "today": dt.date(2027, 4, 3), "results": [],
    "units": [{"title": "Soups", "points": 2}, {"title": "Sauces & more", "points": 3}],
}  # fmt: skip
NOBODY: dict[str, Any] = {"learner": {}, "agreement": {}, "units": [], "results": []}


def sdt(name: str, content: str, *properties: str, title: str = "", number: int = 7) -> str:
    """A content control: its tag, what it holds, its properties, its title."""
    named = (f'<w:alias w:val="{title}"/>' if title else "") + (f'<w:tag w:val="{name}"/>' if name else "")
    inside = f'<w:sdtPr>{named}<w:id w:val="{number}"/>{"".join(properties)}</w:sdtPr><w:sdtContent>{content}</w:sdtContent>'
    return f"<w:sdt {SPACES}>{inside}</w:sdt>"


def box(name: str, glyph: str = t("☐"), checked: str = "2612 MS Gothic", unchecked: str = "2610 MS Gothic") -> str:
    """A check box: its name, what it shows, its two signs with their fonts."""
    signs = [each.partition(" ") for each in (checked, unchecked)]
    states = "".join(f'<w14:{kind}State w14:val="{sign}" w14:font="{font}"/>' for kind, (sign, _, font) in zip(("checked", "unchecked"), signs, strict=True))
    return sdt(name, glyph, f'<w14:checkbox><w14:checked w14:val="0"/>{states}</w14:checkbox>')


def section(*items: str, name: str = "") -> str:
    """A repeating section with its items."""
    return sdt(name, "".join(sdt("", each, "<w15:repeatingSectionItem/>", number=20 + at) for at, each in enumerate(items)), "<w15:repeatingSection/>")


def line(*inside: str) -> str:
    """A paragraph of runs and controls."""
    return f"<w:p>{''.join(inside)}</w:p>"


def rows(*inside: str) -> str:
    """A table of rows, or of controls around rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(inside)}</w:tbl>"


def body_of(data: bytes) -> str:
    """The document of a paper, without its namespaces."""
    return re.sub(r' xmlns:\w+="[^"]*"', "", part_of(data, "word/document.xml").decode()).replace(' xml:space="preserve"', "")


def filled(body: str, words: dict[str, Any] = ANN, language: str = "en") -> str:
    """The document of a paper of a form whose body is this."""
    return body_of(printed(opened(body), language, **words).data)


# -- text, at every level ----------------------------------------------------------------------------------------------


def test_a_control_in_a_line_holds_the_value_and_no_prompt():
    control = sdt("learner.name", PROMPT, '<w:lock w:val="sdtLocked"/>', "<w:placeholder><w:docPart w:val=\"A1\"/></w:placeholder>", SHOWN, "<w:text/>")
    assert (
        '<w:p><w:r><w:t>Name: </w:t></w:r><w:sdt><w:sdtPr><w:tag w:val="learner.name"/><w:id w:val="7"/><w:lock w:val="sdtLocked"/>'
        '<w:placeholder><w:docPart w:val="A1"/></w:placeholder><w:text w:multiLine="1"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>Ann</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    ) in filled(line(t("Name: "), control))


@pytest.mark.parametrize(("body", "texts"), [
    (line(t("Name: "), sdt("learner.name", PROMPT, SHOWN)), ["Name: Ann"]),
    (sdt("learner.name", p("Click") + p("here"), SHOWN), ["Ann"]),
    (rows(f'<w:tr>{tc("Name")}{sdt("learner.name", tc("Click", "here"), SHOWN)}</w:tr>'), ["[1] Name", "[1] Ann"]),
    (rows(sdt("learner.name", f'<w:tr>{tc("Click")}</w:tr>')), ["[1] Ann"]),
    (table(["Name", tc(sdt("learner.name", p("Click")))]), ["[1] Name", "Ann"]),
    (sdt("", sdt("", line(t("Name: "), sdt("", PROMPT, title="Learner name")))), ["Name: Ann"]),
    (sdt("Personal data", line(t("Name: "), sdt("learner_name_2", PROMPT))), ["Name: Ann"]),
])  # fmt: skip
def test_controls_are_filled_in_lines_paragraphs_cells_rows_and_in_one_another(body, texts):
    assert texts_of(printed(opened(body), **ANN).data) == texts


@pytest.mark.parametrize(("body", "texts"), [
    (sdt("agreement.annexes", p("Click", "Annex"), SHOWN), ["Map", "House rules"]),
    (rows(f'<w:tr>{tc("Annexes")}{sdt("agreement.annexes", tc("Click", "here"), SHOWN)}</w:tr>'), ["[1] Annexes", "[1] Map", "House rules"]),
    (table(["Annexes", tc(sdt("agreement.annexes", p("Click")))]), ["[1] Annexes", "Map", "House rules"]),
    (sdt("agreement.annexes", p("Click"), SHOWN, "<w:text/>"), ["Map⏎House rules"]),
    (line(t("With: "), sdt("agreement.annexes", PROMPT, SHOWN)), ["With: Map⏎House rules"]),
    (line(sdt("agreement.annexes", PROMPT, SHOWN, "<w:text/>")), ["Map⏎House rules"]),
    (rows(f"<w:tr>{tc(line(sdt('unit.knowledge', PROMPT)))}{tc(sdt('units.knowledge', p('x')))}</w:tr>"), ["[1] broth⏎stock", "broth", "stock", "[1] butter", "butter"]),
    (section(line(sdt("units.title", PROMPT)) + sdt("units.knowledge", p("x"), number=8)), ["Soups", "broth", "stock", "Sauces", "butter"]),
    (line(sdt("unit.title", PROMPT)), ["Soups", "Sauces"]), (sdt("units.title", p("x")), ["Soups", "Sauces"]),
])  # fmt: skip
def test_a_list_has_a_paragraph_an_entry_where_its_control_can_hold_them_and_else_a_line(body, texts):
    units = [{"title": "Soups", "knowledge": ["broth", "stock"]}, {"title": "Sauces", "knowledge": ["butter"]}]
    paper = printed(opened(body), agreement={"annexes": ["Map", "House rules"]}, units=units)
    assert texts_of(paper.data) == texts
    assert paper.empty == ()


def test_the_paragraphs_of_a_list_stand_in_one_control_and_look_as_the_form_wants_them():
    paper = filled(sdt("agreement.annexes", p("Click", "Annex"), SHOWN), {"agreement": {"annexes": ["Map", "Rules"]}})
    entries = "".join(f'<w:p><w:pPr><w:pStyle w:val="Annex"/></w:pPr><w:r><w:t>{entry}</w:t></w:r></w:p>' for entry in ("Map", "Rules"))
    assert f"<w:sdtContent>{entries}</w:sdtContent>" in paper
    assert paper.count("<w:sdt>") == 1


@pytest.mark.parametrize("body", [sdt("agreement.annexes", p("Click"), SHOWN), line(sdt("agreement.annexes", PROMPT, SHOWN, "<w:text/>"))])
def test_an_empty_list_leaves_an_empty_control_that_is_noted(body):
    paper = printed(opened(body), **NOBODY)
    assert texts_of(paper.data) == []
    assert body_of(paper.data).count("<w:p>") == 1
    assert [blank.word for blank, _ in paper.empty] == ["agreement.annexes"]


def test_headers_footers_notes_and_text_boxes_have_controls_too():
    control = line(sdt("learner.name", PROMPT, SHOWN))
    box = f'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{sdt("learner.name", p("Click"))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>'
    data = printed(opened(box, header=control, footer=control, footnotes=control), **ANN).data
    parts = ("document", "header1", "footer1", "footnotes")
    assert [text_of(data, f"word/{part}.xml") for part in parts] == ["Ann"] * 4


@pytest.mark.parametrize(("runs", "properties", "kept"), [
    ('<w:r><w:rPr><w:i/></w:rPr><w:t>Old</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t> text</w:t></w:r>', "<w:rPr><w:u/></w:rPr>", "<w:rPr><w:i/></w:rPr>"),
    (PROMPT + "<w:r><w:rPr><w:i/></w:rPr><w:t>Old</w:t></w:r>", "", "<w:rPr><w:i/></w:rPr>"),
    (PROMPT, "<w:rPr><w:u/></w:rPr>" + SHOWN, "<w:rPr><w:u/></w:rPr>"),
    (PROMPT, '<w:rPr><w:rStyle w:val="PlaceholderText"/><w:u/></w:rPr>' + SHOWN, "<w:rPr><w:u/></w:rPr>"),
    ('<w:r><w:rPr><w:rStyle w:val="Platzhaltertext"/><w:b/><w:color w:val="808080"/></w:rPr><w:t>Klick</w:t></w:r>', SHOWN, "<w:rPr><w:b/></w:rPr>"),
    ("", "", ""),
])  # fmt: skip
def test_the_value_looks_as_the_form_wants_it_and_never_like_a_prompt(runs, properties, kept):
    paper = filled(line(sdt("learner.name", runs, properties)))
    assert f"<w:sdtContent><w:r>{kept}<w:t>Ann</w:t></w:r></w:sdtContent>" in paper
    assert "Placeholder" not in paper


def test_a_control_around_paragraphs_keeps_the_look_of_the_first_and_line_breaks_of_the_value():
    first = f'<w:p><w:pPr><w:jc w:val="right"/><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr></w:pPr>{PROMPT}</w:p>'
    paper = filled(sdt("learner.address", first + p("second"), SHOWN, '<w:text w:multiLine="1"/>'))
    assert '<w:sdtContent><w:p><w:pPr><w:jc w:val="right"/><w:rPr/></w:pPr><w:r><w:t>Lane 1</w:t><w:br/><w:t>Bonn</w:t></w:r></w:p></w:sdtContent>' in paper


def test_a_bookmark_that_begins_in_a_control_and_ends_outside_stays_whole():
    start, end = '<w:bookmarkStart w:id="1" w:name="here"/>', '<w:bookmarkEnd w:id="1"/>'
    assert f"<w:sdtContent>{start}<w:r><w:t>Ann</w:t></w:r></w:sdtContent></w:sdt>{end}" in filled(line(sdt("learner.name", t("a") + start + t("b")), end))


def test_an_empty_value_leaves_an_empty_control_that_is_noted():
    paper = printed(opened(line(sdt("learner.name", PROMPT, SHOWN))), **NOBODY)
    assert "<w:sdtContent><w:r><w:t></w:t></w:r></w:sdtContent>" in body_of(paper.data)
    assert [blank.word for blank, _ in paper.empty] == ["learner.name"]


def test_a_filled_control_is_cut_off_from_the_data_it_was_bound_to_and_others_are_not():
    bound = '<w:dataBinding w:xpath="/a/b" w:storeItemID="{A}"/><w15:dataBinding w:xpath="/a/b" w:storeItemID="{A}"/>'
    other = sdt("", t("own"), bound)
    paper = filled(line(sdt("learner.name", PROMPT, bound, SHOWN), other))
    assert paper.count("dataBinding") == 2


# -- names -------------------------------------------------------------------------------------------------------------


def test_a_name_that_is_no_word_is_told_with_its_place():
    form = opened(line(t("Surname: "), sdt("learner.famly_name", PROMPT)))
    assert faults(form) == ["T221 paragraph “Surname: Click here.”: The content control “learner.famly_name” is not a word. Did you mean “learner.family_name”?"]


def test_a_name_in_braces_is_a_name():
    paper = filled(line(sdt("{{ learner.name }}", PROMPT)))
    assert '<w:tag w:val="learner.name"/>' in paper
    assert "<w:t>Ann</w:t>" in paper


@pytest.mark.parametrize("control", [
    f'<w:sdt><w:sdtPr><w:tag w:val="learner.name"/></w:sdtPr></w:sdt>{p("")}', sdt("learner.name", ""), box("learner.is_minor", ""), sdt("learner.is_minor", line(t("☐")), "<w14:checkbox/>"),
    f"<w:sdt><w:sdtContent>{p('own')}</w:sdtContent></w:sdt>",
])  # fmt: skip
def test_controls_without_content_or_properties_do_no_harm(control):
    paper = etree.fromstring(part_of(printed(opened(control + p("{{ today }}")), **ANN).data, "word/document.xml"))
    assert {text.getparent().getparent().tag for text in paper.iter(f"{W}t")} == {f"{W}p"}


def test_the_title_counts_where_the_tag_is_no_word():
    assert texts_of(printed(opened(line(sdt("Text1", PROMPT, title="learner.name"))), **ANN).data) == ["Ann"]


PROPERTIES = '<w:dataBinding w:xpath="/ns0:title" w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/>'


@pytest.mark.parametrize("control", [
    sdt("", PROMPT, SHOWN, '<w:dataBinding w:xpath="/a" w:storeItemID="{A}"/>'), sdt("goog_rdk_12", t("commented")),
    sdt("Logo", t("x"), "<w:picture/>"), sdt("All", t("x"), "<w:group/>"), sdt("Source", t("x"), "<w:citation/>"),
    sdt("Contents", t("x"), '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'),
    sdt("Formula", t("x"), "<w:equation/>"), sdt("", t("☐"), "<w14:checkbox><w14:checked w14:val=\"0\"/></w14:checkbox>"),
    sdt("", t("My form"), PROPERTIES, title="Title"), sdt("Frame", sdt("", t("x")) + t("{{ learner.name }}")),
])  # fmt: skip
def test_controls_that_are_no_blanks_stay_as_they_are(control):
    form = opened(line(t("{{ learner.name }}"), sdt("learner.name", PROMPT, SHOWN), control))
    waits = "showingPlcHdr" in control or "checkbox" in control
    assert [fault[:4] for fault in faults(form)] == (["T231"] if waits else []), "what stays empty is said"
    own = re.sub(r' xmlns:\w+="[^"]*"', "", control).replace(' xml:space="preserve"', "").replace("{{ learner.name }}", "Ann")
    assert own in body_of(printed(form, **ANN).data)


def test_a_control_around_several_cells_is_told():
    row = sdt("learner.name", f"<w:tr>{tc('a')}{tc('b')}</w:tr>")
    (told,) = faults(opened(rows(row) + p("{{ today }}")))
    assert told.startswith("T225 table 1, row 1, cell 1: The content control “learner.name” surrounds several cells of a table. Take the control away")


# -- check boxes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "words", "state"), [
    ("learner.is_minor", {"learner": {"is_minor": True}}, "1 ☒"), ("learner.is_minor", {"learner": {"is_minor": False}}, "0 ☐"),
    ("learner.is_minor", {"learner": {}}, "0 ☐"), ("learner.is_minor=no", {"learner": {"is_minor": False}}, "1 ☒"),
    ("learner.is_minor=no", {"learner": {"is_minor": True}}, "0 ☐"), ("learner.is_minor=no", {"learner": {}}, "0 ☐"),
    ("learner.is_minor = yes", {"learner": {"is_minor": True}}, "1 ☒"), ("learner.sex=F", {"learner": {"sex": "F"}}, "1 ☒"),
    ("learner.sex=M", {"learner": {"sex": "F"}}, "0 ☐"), ("agreement.enclosures_progress=Europass CV", ANN, "1 ☒"),
    ("agreement.enclosures_progress=Elève’s “book”", {"agreement": {"enclosures_progress": ["Elève’s “book”"]}}, "1 ☒"),
    ("agreement.enclosures_progress=Other", ANN, "0 ☐"),
])  # fmt: skip
def test_a_box_is_ticked_in_state_and_sign(name, words, state):
    for language in ("en", "de"):
        root = etree.fromstring(part_of(printed(opened(line(box(name))), language, **words).data, "word/document.xml"))
        assert f"{root.find(f'.//{W14}checked').get(f'{W14}val')} {root.findtext(f'.//{W}t')}" == state


@pytest.mark.parametrize(("glyph", "signs", "ticked", "unticked"), [
    (t("☐"), ("2611 Segoe UI", "2610 Segoe UI"), "<w:t>☑</w:t>", "<w:t>☐</w:t>"),
    ('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>', ("00FE Wingdings", "00A8 Wingdings"), '<w:sym w:font="Wingdings" w:char="F0FE"/>', '<w:sym w:font="Wingdings" w:char="F0A8"/>'),
    ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', ("00FE Wingdings", "2610 MS Gothic"), '<w:sym w:font="Wingdings" w:char="F0FE"/>', '<w:sym w:font="MS Gothic" w:char="2610"/>'),
    ('<w:r><w:rPr><w:rFonts w:ascii="MS Gothic"/><w:b/></w:rPr><w:t>☐</w:t></w:r>', ("00FE Wingdings", "2610 MS Gothic"), '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:eastAsia="Wingdings" w:cs="Wingdings"/><w:b/></w:rPr><w:t>\uf0fe</w:t>', '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:cs="MS Gothic"/><w:b/></w:rPr><w:t>☐</w:t>'),
    ("", ("zz MS Gothic", "2610 MS Gothic"), "<w:t>☒</w:t>", "<w:t>☐</w:t>"),
])  # fmt: skip
def test_a_box_shows_the_signs_and_fonts_of_its_states(glyph, signs, ticked, unticked):
    form = opened(line(box("learner.is_minor", glyph, *signs)))
    assert ticked in body_of(printed(form, learner={"is_minor": True}).data)
    assert unticked in body_of(printed(form, learner={"is_minor": False}).data)


# -- lists -------------------------------------------------------------------------------------------------------------


def choice(kind: str, *entries: str, last: str = "") -> str:
    """A list with its entries, `F=female`; `Choose.` without a value is its prompt."""
    pairs = [each.partition("=") for each in entries]
    items = "".join(f'<w:listItem w:displayText="{shown}" w:value="{value}"/>' for value, _, shown in pairs)
    return f"<w:{kind}{last}>{items}</w:{kind}>"


SEXES = ("=Choose.", "F=female", "M=male", "X=l’autre “&lt;{x}”")


@pytest.mark.parametrize(("kind", "value", "shown"), [
    ("dropDownList", "F", "female"), ("dropDownList", "Male", "male"), ("dropDownList", "X", "l’autre “<{x}”"), ("dropDownList", None, ""),
    ("comboBox", "F", "female"), ("comboBox", "male", "male"), ("comboBox", "none of these", "none of these"), ("comboBox", None, ""),
])  # fmt: skip
def test_a_list_shows_the_entry_that_stands_for_the_value(kind, value, shown):
    paper = printed(opened(line(sdt("learner.sex", PROMPT, SHOWN, choice(kind, *SEXES)))), learner={"sex": value})
    assert texts_of(paper.data) == [shown] * bool(shown)
    assert [blank.word for blank, _ in paper.empty] == ["learner.sex"] * (not shown)


def test_a_value_that_is_no_entry_of_a_drop_down_list_is_noted_with_the_entries():
    paper = printed(opened(line(sdt("learner.sex", PROMPT, choice("dropDownList", *SEXES)))), learner={"sex": "other"})
    assert [(blank.entries, said) for blank, _, said in paper.refused] == [(("F", "M", "X"), "other")]


def test_a_list_remembers_the_value_of_the_entry():
    for value in ("F", "female"):
        paper = filled(line(sdt("learner.sex", PROMPT, choice("dropDownList", *SEXES, last=' w:lastValue="M"'))), {"learner": {"sex": value}})
        assert '<w:dropDownList w:lastValue="F"><w:listItem' in paper
    assert "<w:dropDownList><w:listItem" in filled(line(sdt("learner.sex", PROMPT, choice("dropDownList", *SEXES, last=' w:lastValue="M"'))), NOBODY)


def test_a_list_without_entries_or_with_too_many_is_told_but_a_combo_box_takes_any_text():
    endless = [f"Country {number}=Country {number}" for number in range(200)]
    drops = [sdt("learner.sex", PROMPT, choice("dropDownList")), sdt("learner.nationality", PROMPT, choice("dropDownList", *endless))]
    assert [told[:4] + told.partition(":")[2].partition(". ")[0] for told in faults(opened(line(*drops)))] == [
        "T227 The list “learner.sex” cannot be used: it has no entries",
        "T227 The list “learner.nationality” cannot be used: its 200 entries are too many",
    ]
    combo = sdt("learner.nationality", PROMPT, choice("comboBox", *endless))
    assert texts_of(printed(opened(line(combo)), learner={"nationality": "Finnish"}).data) == ["Finnish"]


# -- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "language", "shown"), [
    ("dd/MM/yyyy", "en", "04/03/2007"), ("d.M.yy", "en", "4.3.07"), ("yyyy-MM-dd", "en", "2007-03-04"), ("MM/yyyy", "en", "03/2007"),
    ("d. MMMM yyyy", "de", "4. März 2007"), ("dddd, d MMMM yyyy", "en", "Sunday, 4 March 2007"), ("d 'de' MMMM 'de' yyyy", "es", "4 de marzo de 2007"),
    ("dd MMM yyyy", "en", "04 Mar 2007"), ("d MMMM yyyy H:mm", "en", "4 March 2007"), ("MMM e", "en", "4 Mar 2007"), ("dd/MM/yyyy HH:mm", "en", "04/03/2007"), ("dddd, dd.MM.yyyy", "en", "Sunday, 04.03.2007"), ("", "en", "4 March 2007"),
])  # fmt: skip
def test_a_date_is_written_as_the_control_says_and_kept_as_a_date(written, language, shown):
    date = f'<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="{written}"/><w:lid w:val="en-GB"/></w:date>'
    paper = printed(opened(line(t("Born: "), sdt("learner.date_of_birth", PROMPT, SHOWN, date))), language, **ANN).data
    assert texts_of(paper) == [f"Born: {shown}"]
    assert f'<w:sdtPr><w:tag w:val="learner.date_of_birth"/><w:id w:val="7"/><w:date w:fullDate="2007-03-04T00:00:00Z"><w:dateFormat w:val="{written}"/>' in body_of(paper)


@pytest.mark.parametrize("around", [
    lambda date: line(sdt("learner.date_of_birth", PROMPT, SHOWN, date)), lambda date: sdt("learner.date_of_birth", line(PROMPT), SHOWN, date),
    lambda date: rows(f"<w:tr>{sdt('learner.date_of_birth', tc('x'), SHOWN, date)}{tc('y')}</w:tr>"),
    lambda date: rows(sdt("learner.date_of_birth", f"<w:tr>{tc('x')}</w:tr>", SHOWN, date)),
])  # fmt: skip
def test_a_date_at_any_level_is_none_where_the_word_is_empty(around):
    form = opened(around('<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="d.M.yyyy"/></w:date>'))
    assert faults(form) == []
    assert body_of(printed(form, **ANN).data).count('<w:date w:fullDate="2007-03-04T00:00:00Z">') == 1
    empty = printed(form, **NOBODY)
    assert '<w:id w:val="7"/><w:date><w:dateFormat w:val="d.M.yyyy"/></w:date></w:sdtPr>' in body_of(empty.data)
    assert [blank.word for blank, _ in empty.empty] == ["learner.date_of_birth"]


def test_a_date_control_with_a_word_that_is_no_date_holds_its_text():
    paper = filled(line(sdt("learner.name", PROMPT, SHOWN, '<w:date w:fullDate="2020-01-01T00:00:00Z"/>')))
    assert "<w:date/></w:sdtPr><w:sdtContent><w:r><w:t>Ann</w:t>" in paper


# -- repeating sections ------------------------------------------------------------------------------------------------


UNIT = line(sdt("units.title", PROMPT, SHOWN), t(": "), sdt("unit.points", PROMPT))
ROW = f"<w:tr>{tc(line(sdt('unit.title', PROMPT)))}{sdt('unit_points', tc('x'))}</w:tr>"


def test_an_item_of_a_section_repeats_for_each_item_of_the_list_its_words_belong_to():
    paper = printed(opened(section(UNIT, UNIT) + p("{{ today }}")), **ANN).data
    assert texts_of(paper) == ["Soups: 2", "Sauces & more: 3", "3 April 2027"]
    assert body_of(paper).count("<w15:repeatingSectionItem/>") == 2
    assert re.findall(r'<w:id w:val="(\d+)"/>', body_of(paper)) == ["7"]


def test_rows_repeat_in_a_section_too_and_an_empty_list_leaves_none():
    form = opened(rows(f"<w:tr>{tc('Unit')}{tc('Points')}</w:tr>", section(ROW)))
    assert texts_of(printed(form, **ANN).data) == ["[1] Unit", "[2] Points", "[1] Soups", "[1] 2", "[1] Sauces & more", "[1] 3"]
    assert texts_of(printed(form, **NOBODY).data) == ["[1] Unit", "[2] Points"]
    assert "<w:sdt>" not in body_of(printed(form, **NOBODY).data)


@pytest.mark.parametrize(("body", "texts"), [
    (section(line(t("{{ unit.title }}"))), ["Soups", "Sauces & more"]), (section(p("{{ unit.title }}"), name="Units"), ["Soups", "Sauces & more"]),
    (section(p("- "), name="unit"), ["- ", "- "]), (section(line(sdt("learner.name", PROMPT), t(": "), sdt("unit.title", PROMPT))), ["Ann: Soups", "Ann: Sauces & more"]),
    (section(p("{{ units.title }}")), ["Soups", "Sauces & more"]),
])  # fmt: skip
def test_the_list_is_that_of_the_name_or_of_the_words(body, texts):
    assert texts_of(printed(opened(body), **ANN).data) == texts


def test_a_section_in_a_section_repeats_for_the_list_of_its_item():
    people = [{"name": "Ann", "units": [{"title": "Soups"}]}, {"name": "Ben", "units": [{"title": "Bread"}, {"title": "Cake"}]}]
    form = opened(section(line(sdt("learners.name", PROMPT)) + section(line(t("- "), sdt("units.title", PROMPT)))))
    assert texts_of(printed(form, learners=people, units=[]).data) == ["Ann", "- Soups", "Ben", "- Bread", "- Cake"]


def test_a_section_that_says_no_list_is_told_and_one_without_words_left_alone():
    (told,) = faults(opened(section(line(sdt("home.name", PROMPT)), name="Partners at home")))
    assert told.startswith("T226 paragraph “Click here.”: The repeating section “Partners at home” does not say for which list it repeats.")
    assert "<w15:repeatingSection/>" in filled(section(p("x"), p("y")) + p("{{ today }}"))


def test_a_control_that_tags_repeat_has_no_number_of_its_own():
    paper = filled(p("{%p for unit in units %}") + line(sdt("unit.title", PROMPT)) + p("{%p endfor %}") + line(sdt("learner.name", PROMPT)))
    assert re.findall(r'<w:id w:val="(\d+)"/>', paper) == ["7"]


@pytest.mark.parametrize("around", [
    lambda date: rows(f"<w:tr>{tc(line(sdt('units.assessment_date', PROMPT, date)))}</w:tr>"), lambda date: line(sdt("unit.assessment_date", PROMPT, date)),
    lambda date: section(line(sdt("units.assessment_date", PROMPT, date))), lambda date: p("{%p for unit in units %}") + line(sdt("unit.assessment_date", PROMPT, date)) + p("{%p endfor %}"),
])  # fmt: skip
def test_a_date_of_each_item_is_kept_wherever_it_repeats(around):
    paper = filled(around('<w:date w:fullDate="2020-01-01T00:00:00Z"/>'), {"units": [{"assessment_date": dt.date(2027, 1, 2)}, {}]})
    assert re.findall(r"<w:date\b[^>]*>", paper) == ['<w:date w:fullDate="2027-01-02T00:00:00Z"/>', "<w:date/>"]


@pytest.mark.parametrize("around", [lambda date: sdt("unit.assessment_date", p("x"), date), lambda date: rows(sdt("unit.assessment_date", f"<w:tr>{tc('x')}</w:tr>", date))])
def test_a_control_around_what_repeats_shows_the_dates_and_keeps_none(around):
    paper = filled(around('<w:date w:fullDate="2020-01-01T00:00:00Z"/>'), {"units": [{"assessment_date": dt.date(2027, 1, 2)}, {}]})
    assert set(re.findall(r"<w:date\b[^>]*>", paper)) == {"<w:date/>"}
    assert paper.count("2 January 2027") == 1


SWAPPED = '<w:dropDownList><w:listItem w:displayText="Slovak" w:value="Czech"/><w:listItem w:displayText="Czech" w:value="A"/></w:dropDownList>'
SPOKEN = '<w:dropDownList><w:listItem w:displayText="female" w:value="1"/><w:listItem w:displayText="male" w:value="2"/></w:dropDownList>'


def test_an_entry_whose_value_shows_as_another_is_told_because_nobody_knows_which_is_meant():
    (told,) = faults(opened(line(sdt("learner.nationality", PROMPT, SWAPPED))))
    assert told.startswith("T227 ")
    assert "“Czech”" in told


def test_entries_are_read_as_a_cell_of_the_column_is():
    """The list says female and male, the workbook keeps F and M."""
    form = opened(line(sdt("learner.sex", PROMPT, SPOKEN)))
    assert [texts_of(printed(form, learner={"sex": sex}).data) for sex in ("F", "M")] == [["female"], ["male"]]


def test_a_box_that_no_cell_could_ever_tick_is_told():
    box = sdt("learner.sex=Q", t("☐"), '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>')
    assert [fault[:4] for fault in faults(opened(line(t("{{ learner.name }}"), box)))] == ["T232"]


@pytest.mark.parametrize(("glyph", "shown"), [
    (t("☐") + t("☐"), "☒"), ("<w:r><w:t>☐</w:t><w:tab/></w:r>", "☒"),
    ('<w:r><w:rPr><w:rStyle w:val="Box"/></w:rPr><w:t>☐</w:t></w:r>', "☒"),
])  # fmt: skip
def test_a_box_shows_one_sign_and_keeps_its_style(glyph, shown):
    """Of a box that was drawn twice, or with a tab behind it, one sign is left."""
    form = opened(line(box("learner.is_minor", glyph, "2612 Segoe UI", "2610 MS Gothic")))
    root = etree.fromstring(part_of(printed(form, learner={"is_minor": True}).data, "word/document.xml"))
    (content,) = root.iter(f"{W}sdtContent")
    assert "".join(map(str, content.itertext())) == shown
    assert [each.get(f"{W}ascii") for each in content.iter(f"{W}rFonts")] == ["Segoe UI"]
    formats = next(content.iter(f"{W}rPr"))
    assert [etree.QName(each).localname for each in formats] == (["rStyle", "rFonts"] if "rStyle" in glyph else ["rFonts"])
