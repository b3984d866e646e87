"""An untouched form is filled by its map: every kind of blank, every kind of box, blocks that repeat; the rest is its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pipeline.adoption import adopt
from pipeline.form import Form, open_form
from pipeline.names import map_beside
from pipeline.untouched.formmap import as_text, read_map
from tests.forms import a_form, faults, p, parts_of, printed, shelved, t, table, tc, text_of, texts_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = Path(__file__).parent / "forms"
LEARNER = {"learner": {"name": "Žofie Kučerová", "sex": "F", "address": "Skořicová 3\n784 01 Litovel", "telephone": "+420 1"}}


def adopted(body: str, name: str = "Form.docx", *, change: Any = None, **parts: Any) -> Form:
    """A form with this body, adopted; `change` changes the text of its map, as a person would."""
    path = shelved(a_form(body, **parts), name)
    beside = map_beside(path)
    beside.unlink(missing_ok=True)
    adopt(path)
    if change:
        beside.write_text(change(beside.read_text("utf-8")), "utf-8")
    return open_form(path)


def rows(*pairs: tuple[str, str], title: str = "Contact details of the learner") -> str:
    """A block as official forms have them: a title over two columns, labels and blanks."""
    return table(
        [f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>{p(title)}</w:tc>'], *pairs
    )


def said(form: Form, **context: Any) -> list[str]:
    """The lines of a paper."""
    return texts_of(printed(form, **context).data)


# -- texts -------------------------------------------------------------------------------------------------------------


def test_an_empty_cell_beside_a_label_gets_the_value():
    form = adopted(rows(("Name", ""), ("Telephone/fax", "")))
    assert said(form, **LEARNER) == ["[1] Contact details of the learner", "[1] Name", "[2] Žofie Kučerová",
                                     "[1] Telephone/fax", "[2] +420 1"]  # fmt: skip
    assert form.frequency == "learner"


def test_a_line_of_underscores_gives_way_to_a_value_and_stays_for_the_pen():
    body = p("Learner", "berschrift1") + p("Name: ______________") + p("Address: ____________________") + p("____________")
    form = adopted(body)
    assert said(form, learner={"name": "Eva", "address": "Ulice 1"}) == ["Learner", "Name: Eva", "Address: Ulice 1"]
    assert said(form, learner={"name": "Eva", "address": None})[2:] == ["Address: ____________________", "____________"]


@pytest.mark.parametrize("ruled", ["……………", "..........", "_ _ _ _ __/__/____"])
def test_dots_and_lines_of_all_sorts_are_lines_to_write_on(ruled):
    form = adopted(p("Learner", "berschrift1") + p(f"Name: {ruled}"))
    assert said(form, learner={"name": "Eva"})[1] == "Name: Eva"


def test_a_tab_with_a_leader_is_a_line_to_write_on():
    line = ('<w:p><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs></w:pPr>'
            '<w:r><w:t>Name:</w:t></w:r><w:r><w:tab/></w:r></w:p>')  # fmt: skip
    form = adopted(p("Learner", "berschrift1") + line)
    assert said(form, learner={"name": "Eva"})[1] == "Name: Eva"
    assert said(form, learner={"name": None})[1].endswith("→")


def test_a_prompt_in_square_brackets_gives_way_and_vanishes_where_there_is_no_value():
    form = adopted(rows(("Name", "[Full name]"), ("Address", "[Address]")))
    assert said(form, learner={"name": "Eva", "address": None})[1:] == ["[1] Name", "[2] Eva", "[1] Address", "[2] "]


def test_a_date_hint_gives_the_format_and_vanishes():
    import datetime as dt

    body = rows(("Name", ""), ("Geburtsdatum", "(TT.MM.JJJJ)"), title="Angaben zum Teilnehmer")
    form = adopted(body)
    assert said(form, learner={"name": "Eva", "date_of_birth": dt.date(2009, 6, 4)})[-1] == "[2] 04.06.2009"


def test_behind_a_colon_the_value_stands_in_plain_letters():
    line = '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Name:</w:t></w:r></w:p>'
    data = printed(adopted(p("Learner", "berschrift1") + line), learner={"name": "Eva"}).data
    runs = etree.fromstring(parts_of(data)["word/document.xml"]).findall(f".//{W}r")
    assert [("".join(run.itertext()), run.find(f"{W}rPr/{W}b") is not None) for run in runs[1:]] == [
        ("Name:", True), (" Eva", False)
    ]


def test_a_list_in_one_cell_gets_a_paragraph_an_item():
    body = p("4. Learning outcomes to be achieved", "berschrift1") + table(["Title of unit(s) to be acquired", ""])
    units = [{"title": "Doughs"}, {"title": "Tarts"}]
    assert said(adopted(body), units=units)[1:] == ["[1] Title of unit(s) to be acquired", "[2] Doughs", "Tarts"]


def test_unnamed_controls_and_form_fields_are_filled_and_stay_what_they_are():
    control = ('<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle '
               'w:val="PlaceholderText"/></w:rPr><w:t>Click or tap here to enter text.</w:t></w:r></w:sdtContent></w:sdt></w:p>')  # fmt: skip
    field = ('<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Text1"/><w:enabled/><w:textInput/>'
             '</w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMTEXT</w:instrText></w:r><w:r><w:fldChar '
             'w:fldCharType="separate"/></w:r><w:r><w:t>     </w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')  # fmt: skip
    form = adopted(rows(("Name", tc(control)), ("Telephone", tc(field))))
    data = printed(form, **LEARNER).data
    assert texts_of(data)[1:] == ["[1] Name", "[2] Žofie Kučerová", "[1] Telephone", "[2] +420 1"]
    xml = parts_of(data)["word/document.xml"].decode()
    assert "showingPlcHdr" not in xml
    assert xml.count("<w:ffData>") == 1


def test_a_column_of_ones_own_that_the_map_names_is_printed():
    body = rows(("Name", ""), ("Student card number", ""))
    form = adopted(body, change=lambda told: told.replace(""", perhaps = 'learner""", """, word = 'learner"""))
    assert said(form, learner={"name": "Eva", "more": {"Student card number": "77"}})[-1] == "[2] 77"


# -- boxes -------------------------------------------------------------------------------------------------------------

GLYPH = "<w:r><w:t>☐</w:t></w:r>"
CONTROL = ('<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
           '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t>'
           '</w:r></w:sdtContent></w:sdt>')  # fmt: skip
LEGACY = ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Check1"/><w:enabled/><w:checkBox><w:sizeAuto/>'
          '<w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>'
          '<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
SYMBOL = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'


def boxed(box: str, label: str) -> str:
    return f"<w:p>{box}{t(f' {label}')}</w:p>"


@pytest.mark.parametrize(("box", "states"), [
    (GLYPH, r"☒|☐"), (CONTROL, r'w14:checked w14:val="[01]"'), (LEGACY, r'w:checked w:val="[01]"'),
    (SYMBOL, r'w:char="F0[0-9A-F]{2}"'),
])  # fmt: skip
def test_boxes_of_all_four_kinds_are_ticked_by_meaning_and_unticked(box, states):
    body = rows(("Name", ""), ("Please tick", tc(boxed(box, "Male"), boxed(box, "Female"))))
    form = adopted(body)
    drawn = {
        sex: re.findall(states, parts_of(printed(form, learner={"name": "Eva", "sex": sex}).data)["word/document.xml"].decode())
        for sex in ("M", "F", None)
    }
    one, other = drawn["F"]
    assert one != other
    assert drawn["M"] == [other, one]
    assert drawn[None] == [one, one]


def enclosed(*entries: str, language: str = "en") -> list[str]:
    """The boxes of section 3 of an agreement whose workbook encloses these."""
    labels = {
        "en": ("3. The qualification being taken by the learner", "Enclosures in annex - please tick as appropriate",
               "Europass CV", "Europass Mobility", "Other: please specify"),
        "de": ("3. Angestrebte Qualifikation der/des Lernenden", "Anlagen im Anhang – bitte ankreuzen",
               "Europass Lebenslauf", "Europass Mobilität", "Sonstiges: bitte angeben"),
    }[language]  # fmt: skip
    boxes = tc(*(boxed(GLYPH, label) for label in labels[2:]))
    form = adopted(p(labels[0], "berschrift1") + table([labels[1], boxes]), change=lambda told: told.replace("perhaps", "word"))
    return said(form, agreement={"enclosures_progress": list(entries)})[2:]


def test_enclosures_are_ticked_by_their_label_and_the_others_are_specified():
    assert enclosed("Europass CV") == ["[2] ☒ Europass CV", "☐ Europass Mobility", "☐ Other: please specify"]
    assert enclosed("Europass CV", "Insurance card", "Photo") == [
        "[2] ☒ Europass CV", "☐ Europass Mobility", "☒ Other: Insurance card; Photo"
    ]


def test_an_enclosure_is_the_same_in_every_language():
    """The workbook names it in English, the form in German."""
    assert enclosed("Europass CV", language="de") == [
        "[2] ☒ Europass Lebenslauf", "☐ Europass Mobilität", "☐ Sonstiges: bitte angeben"
    ]


# -- blocks ------------------------------------------------------------------------------------------------------------


def organisation(number: int, note: str = "") -> str:
    block = rows(("Country", ""), ("Name of organisation", ""), title=f"Organisation {number}{note}")
    return block + "<w:p/>"


MEMORANDUM = (
    p("2. Organisations signing the Memorandum of Understanding", "berschrift1")
    + organisation(1) + organisation(2) + organisation(3, " (remove table if not necessary)")
    + p("(add more tables if necessary - remove page if not necessary)")
    + p("6. Validity of this Memorandum of Understanding", "berschrift1") + table(["Valid until", ""])
)  # fmt: skip


def partners(count: int) -> list[dict[str, str]]:
    return [{"name": f"School {at}", "country_name": f"Land {at}"} for at in range(1, count + 1)]


def test_blocks_are_filled_in_order_and_left_over_ones_go_with_their_hints():
    lines = said(adopted(MEMORANDUM), partners=partners(2), mou={})
    assert lines[1:11] == [
        "[1] Organisation 1", "[1] Country", "[2] Land 1", "[1] Name of organisation", "[2] School 1",
        "[1] Organisation 2", "[1] Country", "[2] Land 2", "[1] Name of organisation", "[2] School 2",
    ]  # fmt: skip
    assert not [line for line in lines if "Organisation 3" in line or "remove" in line]


def test_more_items_than_blocks_copy_the_last_block_numbered_on():
    lines = said(adopted(MEMORANDUM), partners=partners(5), mou={})
    assert [line for line in lines if "Organisation " in line] == [f"[1] Organisation {at}" for at in range(1, 6)]
    assert [line for line in lines if "School" in line] == [f"[2] School {at}" for at in range(1, 6)]
    assert not [line for line in lines if "remove" in line]


def test_blocks_of_which_the_form_does_not_say_so_stay_empty():
    """Two blocks are fixed: with one partner the second stays, as it is in the form."""
    lines = said(adopted(MEMORANDUM), partners=partners(1), mou={})
    assert lines[6:11] == ["[1] Organisation 2", "[1] Country", "[2] ", "[1] Name of organisation", "[2] "]


def test_prompts_of_blocks_that_stay_empty_vanish():
    body = p("3. Learning outcomes", "berschrift1") + "".join(
        f'<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Learning outcome {at}</w:t></w:r></w:p>' + p("[Describe the learning outcome]")
        for at in (1, 2)
    )
    units = [{"title": "Doughs", "skills": ["Scale and mix", "Laminate"]}]
    assert said(adopted(body), units=units, learner={})[1:] == [
        "Learning outcome 1", "Doughs", "– Scale and mix", "– Laminate", "Learning outcome 2"
    ]


INFORMATION = (
    p("Learner", "berschrift1") + p("!! This page is not part of the template. Please remove it before signing the agreement. !!")
    + p("What is this template?") + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' + p("Name: ____________")
)  # fmt: skip


def test_the_information_page_goes_unless_the_map_says_that_it_stays():
    assert said(adopted(INFORMATION), learner={"name": "Eva"}) == ["Learner", "Name: Eva"]
    form = adopted(INFORMATION, change=lambda told: told.replace("remove = true", "remove = false"))
    assert "What is this template?" in said(form, learner={"name": "Eva"})


# -- precision first ---------------------------------------------------------------------------------------------------


def test_a_proposal_is_not_filled_before_a_person_looked_and_is_listed():
    body = p("5. Monitoring, mentoring and support", "berschrift1") + p("[Describe the monitoring]") + rows(("Name", ""))
    form = adopted(body)
    assert said(form, agreement={"mentor": "Ewen"}, **LEARNER)[1] == "[Describe the monitoring]"
    (open_,) = [problem for problem in form.problems if problem.code == "T244"]
    assert "5. Monitoring, mentoring and support" in open_.message
    form = adopted(body, change=lambda told: told.replace("perhaps", "word"))
    assert said(form, agreement={"mentor": "Ewen"}, **LEARNER)[1] == "Ewen"


def test_a_label_that_is_not_known_is_left_and_told():
    form = adopted(rows(("Name", ""), ("Shoe size of the horse", "")))
    assert said(form, **LEARNER)[-1] == "[2] "
    assert [problem.code for problem in form.problems] == ["T244"]


def test_after_a_label_that_is_not_known_nobody_guesses_whose_telephone_it_is():
    body = rows(("Name of organisation", ""), ("Grand master", ""), ("Telephone/fax", ""), title="Home organisation")
    assert 'perhaps = "home.telephone"' in _map_of(body)


def test_required_in_a_map_holds_papers():
    form = adopted(rows(("Telephone/fax", "")), change=lambda told: told.replace('"learner.telephone"', '"learner.telephone", required = true'))  # fmt: skip
    assert printed(form, learner={"telephone": None}).empty


def _map_of(body: str) -> str:
    adopted(body)
    return map_beside(shelved(a_form(body))).read_text("utf-8")


# -- the form's own ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["ecvet-learning-agreement", "ecvet-memorandum", "erasmus-learning-agreement-2021"])
def test_nothing_is_filled_where_every_word_is_by_hand_and_the_document_is_the_forms_own(name):
    """Outside filled blanks and removed parts the XML is the form's: with none of either it is all of it."""
    path = shelved((FORMS / f"{name}.docx").read_bytes(), f"{name}.docx")
    map_beside(path).unlink(missing_ok=True)
    made = adopt(path).made
    from dataclasses import replace

    entries = tuple(replace(entry, word="by hand", perhaps="") for entry in made.entries[:-1])
    notes = tuple(replace(note, remove=False) for note in made.removals)
    map_beside(path).write_text(as_text(replace(made, entries=(*entries, made.entries[-1]), removals=notes), "x"), "utf-8")
    assert read_map(map_beside(path)).entries[0].word == "by hand"
    data = printed(open_form(path), agreement={}, mou={}).data
    assert _canonical(parts_of(data)["word/document.xml"]) == _canonical(parts_of(path.read_bytes())["word/document.xml"])


def test_outside_the_blanks_a_filled_agreement_is_the_forms_own():
    path = shelved((FORMS / "ecvet-learning-agreement.docx").read_bytes(), "agreement.docx")
    map_beside(path).unlink(missing_ok=True)
    adopt(path)
    data = printed(open_form(path), **LEARNER, home={"name": "Home"}, units=[{"title": "A"}, {"title": "B"}]).data
    own, paper = (etree.fromstring(parts_of(each)["word/document.xml"]) for each in (path.read_bytes(), data))
    labels = set(texts_of(path.read_bytes()))
    assert _without_texts(own, labels) == _without_texts(paper, labels)


def _canonical(xml: bytes) -> bytes:
    """The XML, without the runs a last blank may have got and the spaces between elements."""
    root = etree.fromstring(xml)
    for run in list(root.iter(f"{W}r")):
        if not "".join(run.itertext()).strip() and all(child.tag in (f"{W}t", f"{W}rPr") for child in run):
            run.getparent().remove(run)
    return etree.tostring(root, method="c14n")


def _without_texts(root: Any, labels: set[str]) -> list[str]:
    """The tables, rows, cells with their properties, and every paragraph that is a text of the form, in order."""
    found = []
    for element in root.iter(f"{W}tblPr", f"{W}tblGrid", f"{W}trPr", f"{W}tcPr", f"{W}p", f"{W}sectPr"):
        if element.tag == f"{W}p":
            text = "".join(element.itertext(f"{W}t"))
            found += [f"paragraph {text}"] if text in labels and "☐" not in text and ":" not in text else []
        else:
            found.append(etree.tostring(element, method="c14n").decode())
    return found


# -- together with other kinds -----------------------------------------------------------------------------------------


def test_a_form_may_hold_named_controls_beside_what_its_map_fills():
    named = '<w:p><w:sdt><w:sdtPr><w:tag w:val="learner.telephone"/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt></w:p>'
    form = adopted(rows(("Name", ""), ("Telephone", tc(named)), ("Address", "")))
    assert said(form, **LEARNER)[2::2] == ["[2] Žofie Kučerová", "[2] +420 1", "[2] Skořicová 3⏎784 01 Litovel"]


def test_headers_and_text_boxes_are_filled_too():
    box = ('<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
           f'{p("Mobility ID: ____________")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>')  # fmt: skip
    form = adopted(box + rows(("Name", "")), header=p("Project code: ____________"))
    data = printed(form, **LEARNER, cohort={"project_code": "2026-1"}, agreement={"mobility_id": "M7"}).data
    assert text_of(data, "word/header1.xml") == "Project code: 2026-1"
    assert "Mobility ID: M7" in text_of(data)


def test_values_that_look_like_tags_stay_texts():
    form = adopted(rows(("Name", "")))
    assert said(form, learner={"name": "{{ learner.telephone }}<w:p/>"})[-1] == "[2] {{ learner.telephone }}<w:p/>"
    assert faults(form) == []


def test_an_option_may_have_two_wordings_in_the_map():
    body = p("3. The qualification being taken by the learner", "berschrift1") + table(
        ["Enclosures in annex - please tick as appropriate", tc(boxed(GLYPH, "Life story"), boxed(GLYPH, "Other: please specify"))]
    )
    form = adopted(body, change=lambda told: told.replace("=Life story", "=Life story | Europass CV"))
    for entry in ("Life story", "Europass CV"):
        assert said(form, agreement={"enclosures_progress": [entry]})[2:] == ["[2] ☒ Life story", "☐ Other: please specify"]
    assert said(form, agreement={"enclosures_progress": ["Photo"]})[2:] == ["[2] ☐ Life story", "☒ Other: Photo"]


# -- tables of units ---------------------------------------------------------------------------------------------------

UNITS = p("4. Learning outcomes to be achieved", "berschrift1") + table(
    ["Title of unit", "Learning outcomes to be achieved", "ECVET points"], ["", "", ""], ["", "", ""]
)


@pytest.mark.parametrize(("count", "lines"), [
    (1, ["[1] Unit 1", "[2] Do 1", "Know 1", "[3] 1", "[1] ", "[2] ", "[3] "]),
    (2, ["[1] Unit 1", "[2] Do 1", "Know 1", "[3] 1", "[1] Unit 2", "[2] Do 2", "Know 2", "[3] 2"]),
    (3, ["[1] Unit 1", "[2] Do 1", "Know 1", "[3] 1", "[1] Unit 2", "[2] Do 2", "Know 2", "[3] 2", "[1] Unit 3", "[2] Do 3",
         "Know 3", "[3] 3"]),
])  # fmt: skip
def test_rows_under_headings_are_for_a_unit_each_and_more_units_get_more_rows(count, lines):
    units = [{"title": f"Unit {at}", "knowledge": [f"Do {at}"], "skills": [f"Know {at}"], "points": at} for at in range(1, count + 1)]
    assert said(adopted(UNITS), units=units, learner={})[4:] == lines


def test_rows_of_a_list_of_participants_are_for_nobody():
    body = p("Participants", "berschrift1") + table(["Name", "Date of birth"], ["", ""], ["", ""])
    form = adopted(body)
    assert not form.understood.free
    assert 'word = "learner' not in _map_of(body).partition("[[part]]")[2]


# -- what a reader of the paper would miss -----------------------------------------------------------------------------


def test_a_part_of_a_unit_is_called_one():
    body = p("4. Learning outcomes to be achieved", "berschrift1") + table(["Title of unit(s) to be acquired", ""])
    units = [{"title": "Doughs"}, {"title": "Tarts", "scope": "part", "part": "Without glazing"}]
    assert said(adopted(body), units=units)[2:] == ["[2] Doughs", "Tarts – Without glazing"]


def test_weeks_keep_their_noun_where_the_hint_goes():
    body = p("2. Duration of the learning period abroad", "berschrift1") + table(["Length of time abroad", "(number of weeks)"])
    form = adopted(body)
    assert said(form, agreement={"weeks": "1"})[-1] == "[2] 1 week"
    assert said(form, agreement={"weeks": 4})[-1] == "[2] 4 weeks"
    assert said(form, agreement={"weeks": None})[-1] == "[2] "
    body = p("2. Czas trwania", "berschrift1") + table(["Data rozpoczęcia", ""], ["Długość pobytu za granicą", "(liczba tygodni)"])
    form = adopted(body, change=lambda told: told.replace("perhaps", "word"))
    assert said(form, agreement={"weeks": 5})[-1] == "[2] 5 tygodni"


def test_nobody_misses_the_guardian_of_an_adult():
    body = rows(("Name", ""), title="Parent or legal guardian")
    form = adopted(body)
    assert [len(printed(form, learner={"guardian": None, "is_minor": minor}).empty) for minor in (False, True)] == [0, 1]


@pytest.mark.parametrize("count", [2, 4, 5, 7])
def test_every_partner_has_a_place_to_sign(count):
    grid = table(["Organisation/country", "Organisation/country"], ["Name:", "Name:"], ["Role:", "Role:"], ["", ""])
    body = p("6. Validity of this Memorandum of Understanding", "berschrift1") + p("8. Signatures", "berschrift1") + grid + "<w:p/>" + grid
    form = adopted(body)
    people = [{"name": f"School {at}", "country_name": "Land", "signatory": f"Head {at}", "signatory_role": "head"} for at in range(1, count + 1)]
    lines = said(form, partners=people, mou={})
    assert [line[-1] for line in lines if line.partition("Name: ")[2]] == [str(at) for at in range(1, count + 1)]
    assert sum("Organisation/country" in line for line in lines) == max(4, count + count % 2)


# -- what real forms do besides ----------------------------------------------------------------------------------------------

WINGDING = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>{}</w:t></w:r>'


@pytest.mark.parametrize(("box", "empty", "ticked"), [
    (WINGDING.format("\uf0a8"), "\uf0a8", "\uf0fd"), (WINGDING.format("o"), "o", "ý"), ("<w:r><w:t>□</w:t></w:r>", "□", "☒"),
    ("<w:r><w:t>[ ]</w:t></w:r>", "[ ]", "[X]"), ("<w:r><w:t>( )</w:t></w:r>", "( )", "(X)"),
])  # fmt: skip
def test_a_box_that_is_a_sign_of_the_text_is_ticked_as_the_form_draws_it(box, empty, ticked):
    body = rows(("Name", ""), ("Please tick", tc(boxed(box, "Male"), boxed(box, "Female"))))
    assert said(adopted(body), learner={"name": "Eva", "sex": "F"})[3:] == ["[1] Please tick", f"[2] {empty} Male", f"{ticked} Female"]


@pytest.mark.parametrize(("other", "told"), [
    ("Other", "☒ Other (Insurance card)"), ("Other (please specify)", "☒ Other (Insurance card)"), ("Other:", "☒ Other: Insurance card"),
])  # fmt: skip
def test_what_no_box_stands_for_is_written_behind_other_where_there_is_room(other, told):
    boxes = tc(boxed(GLYPH, "Europass CV"), boxed(GLYPH, other))
    body = p("3. The qualification being taken by the learner", "berschrift1") + table(["Enclosures in annex - please tick as appropriate", boxes])
    form = adopted(body, change=lambda map_: map_.replace("perhaps", "word"))
    lines = said(form, agreement={"enclosures_progress": ["Insurance card"]})
    assert lines[-2:] == ["[2] ☐ Europass CV", told]


@pytest.mark.parametrize("around", [
    "<w:customXml>{}</w:customXml>", '<w:ins w:author="Jane">{}</w:ins>',
    "<w:sdt><w:sdtPr><w:id w:val=\"7\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
])  # fmt: skip
def test_blanks_in_what_word_puts_around_paragraphs_and_tables_are_found(around):
    form = adopted(p("Learner", "berschrift1") + around.format(rows(("Name", ""), title="The learner")))
    assert "[2] Eva" in said(form, learner={"name": "Eva"})


@pytest.mark.parametrize("around", ['<w:smartTag w:element="x">{}</w:smartTag>', '<w:hyperlink w:anchor="a">{}</w:hyperlink>'])
def test_a_label_in_a_link_or_a_smart_tag_is_read(around):
    body = p("Learner", "berschrift1") + f"<w:p>{around.format(t('Name: '))}{t('____________')}</w:p>"
    assert said(adopted(body), learner={"name": "Eva"}) == ["Learner", "Name: Eva"]


def test_a_label_that_a_field_of_word_shows_is_read():
    field = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
             f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t("Name: ")}<w:r><w:fldChar w:fldCharType="end"/></w:r>')  # fmt: skip
    body = p("Learner", "berschrift1") + f"<w:p>{field}{t('____________')}</w:p>"
    assert said(adopted(body), learner={"name": "Eva"}) == ["Learner", "Name: Eva"]


def test_a_table_in_a_cell_is_filled_too():
    inner = rows(("Name", ""), ("Telephone/fax", ""))
    body = p("Learner", "berschrift1") + f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    assert "[2] +420 1" in said(adopted(body), **LEARNER)


# -- blocks that are none, and blocks with something between -----------------------------------------------------------------

SIGNING = p("2. Organisations signing the Memorandum of Understanding", "berschrift1")
END = p("6. Validity of this Memorandum of Understanding", "berschrift1") + table(["Valid until", ""])


def schools(body: str, count: int, **options: Any) -> list[str]:
    """Which schools stand in a memorandum for so many partners."""
    return [line[-8:] for line in said(adopted(SIGNING + body + END, **options), partners=partners(count), mou={}) if "School" in line]


def test_a_text_between_two_blocks_belongs_to_none_of_them():
    between = p("Both organisations know each other for years and work together gladly.")
    body = organisation(1) + between + organisation(2)
    assert schools(body, 2) == ["School 1", "School 2"]
    lines = said(adopted(SIGNING + body + END), partners=partners(3), mou={})
    assert sum("know each other" in line for line in lines) == 1


def test_the_end_of_a_section_between_two_blocks_is_not_repeated():
    section = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>"
    data = printed(adopted(SIGNING + organisation(1) + section + organisation(2) + END), partners=partners(4), mou={}).data
    assert parts_of(data)["word/document.xml"].count(b"<w:pPr><w:sectPr") == 1
    assert sum("School" in line for line in texts_of(data)) == 4


def test_a_second_organisation_without_a_first_is_no_block_that_repeats():
    map_ = _map_of(SIGNING + organisation(2) + organisation(3) + END)
    assert "[repeats]" not in map_


def test_two_organisations_in_one_table_are_no_blocks_that_repeat():
    titles = (f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{p(f"Organisation {at}")}</w:tc>' for at in (1, 2))
    first, second = ([title] for title in titles)
    body = table(first, ("Country", ""), ("Name of organisation", ""), second, ("Country", ""), ("Name of organisation", ""))
    assert "[repeats]" not in _map_of(SIGNING + body + END)


def test_of_a_hint_that_ends_a_section_the_end_of_the_section_stays():
    hint = f'<w:p><w:pPr><w:sectPr/></w:pPr>{t("(add more tables if necessary - remove page if not necessary)")}</w:p>'
    data = printed(adopted(SIGNING + organisation(1) + organisation(2) + hint + END), partners=partners(2), mou={}).data
    assert "remove page" not in " ".join(texts_of(data))
    assert b"<w:pPr><w:sectPr" in parts_of(data)["word/document.xml"]


def test_a_block_whose_places_a_person_turned_round_or_mistyped_is_told():
    """Else the third school would be missing in a memorandum, and nobody would say so."""
    turned = re.compile(r'from = ("[^"]*"), to = ("[^"]*")')
    for new in (r"from = \2, to = \1", r'from = \1, to = "table 99"', r'from = "table 99", to = \2'):
        form = adopted(SIGNING + organisation(1) + organisation(2) + END, change=lambda map_, new=new: turned.sub(new, map_, count=1))
        (told,) = faults(form)
        assert told.startswith("T243")
        assert "names a blank “Organisation 1” at " in told


def test_values_behind_bold_labels_are_plain_and_what_follows_stays_bold():
    """Two labels in one run, with a line break between, as people type them."""
    run = "<w:r><w:rPr><w:b/></w:rPr><w:t>Name:</w:t><w:br/><w:t>Address:</w:t></w:r>"
    form = adopted(p("Contact details of the learner", "berschrift1") + f"<w:p>{run}</w:p>")
    data = printed(form, learner={"name": "Eva", "address": "Ulice 1"}).data
    assert texts_of(data)[1] == "Name: Eva⏎Address: Ulice 1"
    bold = [text for text in re.findall(r"<w:r>(.*?)</w:r>", parts_of(data)["word/document.xml"].decode()) if "<w:b/>" in text]
    assert ["Name:" in "".join(bold), "Address:" in "".join(bold), "Eva" in "".join(bold), "Ulice" in "".join(bold)] == [True, True, False, False]
