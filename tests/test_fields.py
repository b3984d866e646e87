"""Merge fields of an old mail merge: what stands in a form's fields, and what comes into the papers."""

from __future__ import annotations

import datetime as dt
import re
import time
from typing import Any

import pytest
from facts import a_cohort, a_learner, a_minor
from forms import W, faults, opened, package_faults, part_of, parts_of, printed, t, table, tc, text_of
from lxml import etree

from pipeline.contexts import Contexts, Scope
from pipeline.form import Form, Printed
from pipeline.marks.options import in_quotes
from pipeline.marks.switches import named

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def code(text: str, look: str = "") -> str:
    """A run of a field's code, looking bold (b) or italic (i) if it says so."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r>{_look(look)}<w:instrText xml:space="preserve">{escaped}</w:instrText></w:r>'


def _look(look: str) -> str:
    return f"<w:rPr><w:{look}/></w:rPr>" if look else ""


def field(text: str, result: str = "«x»") -> str:
    """A field as Word shows it with Alt+F9; fields in its code in braces: { IF { MERGEFIELD a } = "b" "c" "d" }."""
    inside = re.split(r"([{}])", text)
    out, depth = [BEGIN], 0
    for piece in inside:
        if piece == "{":
            depth += 1
            out.append(BEGIN)
        elif piece == "}":
            depth -= 1
            out.append(SEPARATE + t("«y»") + END)
        elif piece:
            out.append(code(piece))
    assert not depth
    return "".join(out) + SEPARATE + (t(result) if "<w:" not in result else result) + END


def simple(text: str, look: str = "") -> str:
    """A field that is one element."""
    instr = text.replace('"', "&quot;")
    return f'<w:fldSimple w:instr="{instr}"><w:r>{_look(look)}<w:t>«x»</w:t></w:r></w:fldSimple>'


def para(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def form(*inside: str, **parts: Any) -> Form:
    """A form with one paragraph."""
    return opened(para(*inside), **parts)


LEARNER = a_learner(sex="F", nationality="CZ", guardian=None, telephone="+420 1", points=None)


def paper(made: Form, learner: Any = LEARNER, language: str = "en") -> Printed:
    """A learner's paper, with her real values."""
    stay = learner.agreement
    scope = Scope(learner=learner, learners=(learner,), home=stay.home, host=stay.host, partners=stay.organisations)
    return printed(made, language, **Contexts(a_cohort(learner)).values(scope, language, dt.date(2027, 1, 15)))


def said(made: Form, learner: Any = LEARNER, language: str = "en") -> str:
    """The text of a learner's paper; none of its fields of a mail merge is left."""
    data = paper(made, learner, language).data
    for name, content in parts_of(data).items():
        if name.endswith(".xml"):
            assert b"MERGEFIELD" not in content
    assert package_faults(data) == []
    return text_of(data)


def codes(made: Form) -> list[str]:
    return [problem.code for problem in made.problems]


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("xml", [
    simple(r" MERGEFIELD learner.family_name \* MERGEFORMAT "), simple("MERGEFIELD Learner_family_name"),
    simple(' MERGEFIELD "Learner family name" '), simple(" mergefield “Learner family name” "),
    simple(" MERGEFIELD Learner family name "), simple(" Mergefield LEARNER_FAMILY_NAME_2 "),
    field(" MERGEFIELD learner_family_name "), field(' MERGEFIELD "Learner family name" \\* MERGEFORMAT '),
    field(" MERGEFIELD learner_family_name \\m "), field("MERGEFIELD learner_family_name", ""),
    BEGIN + code("MERGEFIELD learner_family_name") + END,
    BEGIN + code(" MERGE") + '<w:proofErr w:type="spellStart"/>' + code("FIELD Lear") + '<w:bookmarkStart w:id="1" w:name="a"/>'
    + code('ner_family') + '<w:bookmarkEnd w:id="1"/>' + code("_name ") + SEPARATE + t("«Learner_¦family») ¦name»") + END,
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> MERGEFIELD learner_family_name </w:instrText><w:fldChar w:fldCharType="end"/></w:r>',
    "<w:r>" + re.sub("</?w:r>", "", field("MERGEFIELD learner_family_name")) + "</w:r>",
    '<w:hyperlink w:anchor="a">' + field("MERGEFIELD learner_family_name") + "</w:hyperlink>",
    "<w:sdt><w:sdtPr/><w:sdtContent>" + field("MERGEFIELD learner_family_name") + "</w:sdtContent></w:sdt>",
    '<w:ins w:id="3" w:author="A">' + field("MERGEFIELD learner_family_name") + "</w:ins>",
    '<w:smartTag w:element="name">' + simple("MERGEFIELD learner_family_name") + "</w:smartTag>",
])  # fmt: skip
def test_a_merge_field_prints_the_value_of_its_word(xml):
    made = form(t("Name: "), xml, t("."))
    assert said(made) == "Name: Nováková."
    assert b"fldChar" not in part_of(paper(made).data, "word/document.xml")


def test_what_stands_beside_a_field_in_its_run_stays():
    run = ('<w:r><w:rPr><w:b/></w:rPr><w:t>Mr </w:t><w:fldChar w:fldCharType="begin"/><w:instrText>MERGEFIELD learner_family_name</w:instrText>'
           '<w:fldChar w:fldCharType="end"/><w:tab/><w:t>end</w:t></w:r>')  # fmt: skip
    assert said(form(run)) == "Mr Nováková→end"


def test_a_name_that_is_no_word_is_told_and_its_field_stays():
    made = form(field(" MERGEFIELD Learner_famly_name "))
    (fault,) = faults(made)
    assert fault.startswith("T221 paragraph “«x»”: The merge field “Learner_famly_name” is not a word. Did you mean “learner")
    assert not made.usable


def test_a_field_without_a_name_is_told():
    assert faults(form(field(" MERGEFIELD "))) == [
        "T224 paragraph “«x»”: “{ MERGEFIELD }” cannot be filled: it has no name. Write it more simply (Alt+F9 shows the code of fields), or as tags such as {% if learner.is_minor %}."
    ]
    assert codes(form(field(" MERGEFIELD {MERGEFIELD learner_name} "))) == ["T224"]


@pytest.mark.parametrize(("text", "read"), [
    (' MERGEFIELD "A \\"b\\" c" \\b "x y" \\f z', ('A "b" c', [("b", "x y"), ("f", "z")])),
    ("MERGEFIELD a \\* Upper\\*MERGEFORMAT", ("a", [("*", "Upper"), ("*", "MERGEFORMAT")])),
    ("MERGEFIELD a\\@dd.MM.yyyy \\v", ("a", [("@", "dd.MM.yyyy"), ("v", "")])),
    ('MERGEFIELD "never closed', ("never closed", [])), ("MERGEFIELD a \\*", ("a", [("*", "")])), ("MERGEFIELD a \\", ("a", [])),
])  # fmt: skip
def test_a_code_is_read_as_word_reads_it(text, read):
    assert named(text) == read


# -- looks -------------------------------------------------------------------------------------------------------------


def look_of(made: Form) -> list[str]:
    """How each text of a paper looks."""
    root = etree.fromstring(part_of(paper(made).data, "word/document.xml"))
    return [
        "".join(each.tag.removeprefix(W) for each in run.findall(f"{W}rPr/*")) + ":" + run.findtext(f"{W}t", "")
        for run in root.iter(f"{W}r") if run.findtext(f"{W}t")
    ]  # fmt: skip


def test_with_mergeformat_a_value_looks_like_the_last_result_and_else_like_the_code():
    whole = BEGIN + code(" MERGEFIELD learner_name{} ", "b") + SEPARATE + '<w:r><w:rPr><w:i/></w:rPr><w:t>«x»</w:t></w:r>' + END
    assert look_of(form(whole.replace("{}", r" \* MERGEFORMAT")))[0].startswith("i:")
    assert look_of(form(whole.replace("{}", "")))[0].startswith("b:")
    assert look_of(form(simple("MERGEFIELD learner_name", "b")))[0].startswith("b:")
    assert look_of(form(field("MERGEFIELD learner_name")))[0].startswith(":")


def test_each_text_of_an_if_keeps_its_look_and_its_tabs():
    whole = (BEGIN + code("IF ") + field("MERGEFIELD learner_sex") + code(' = "F" "') + code("she", "b")
             + "<w:r><w:tab/></w:r>" + code(" who", "i") + code('" "he"') + SEPARATE + t("he") + END)  # fmt: skip
    assert look_of(form(whole)) == ["b:she", "i: who"]
    assert said(form(whole)) == "she→ who"


def test_an_if_with_mergeformat_looks_like_its_last_result():
    whole = field('IF { MERGEFIELD learner_sex } = "F" "she" "he" \\* MERGEFORMAT', "<w:r><w:rPr><w:b/></w:rPr><w:t>he</w:t></w:r>")
    assert look_of(form(whole)) == ["b:she"]
    assert look_of(form(whole.replace("\\* MERGEFORMAT", ""))) == [":she"]


# -- switches ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "value"), [
    (r"learner_family_name \* Upper", "NOVÁKOVÁ"), (r"learner_family_name \* lower \* MERGEFORMAT", "nováková"),
    (r"learner_address \* Caps", "Lipová 3, 602 00 Brno"), (r'agreement_start \@ "dd/MM/yyyy"', "05/04/2027"),
    (r"agreement_start \@ d.M.yy", "5.4.27"), (r'agreement_start \@ "d MMMM yyyy"', "5 April 2027"),
    (r'agreement_start \@ "MMMM d, yyyy"', "April 5, 2027"), (r'agreement_start \@ "dd MMM yyyy" \* Upper', "05 APR 2027"),
    (r"""agreement_start \@ "dddd d 'de' MMMM" """, "Monday 5 de April"), (r'unit_points \# "#,##0.00 €"', "2.50 €"), (r"unit_points \# 00", "03"), (r"learner_id \# 0.00", "L01"),
    (r'agreement_start \@ "yyyy"', "2027"), (r"unit_points \# 0,00", "2,50"), (r"unit_points \# 0", "3"), (r"unit_points \# 0.0", "2.5"),
    (r'learner_telephone \b "Tel. " \f ", "', "Tel. +420 1, "), (r'learner_guardian \b "Parent: " \f "!"', ""),
])  # fmt: skip
def test_a_switch_changes_what_is_printed(text, value):
    made = form(t("["), field(f" MERGEFIELD {text} "), t("]"))
    assert (codes(made), said(made)) == ([], f"[{value}]")


@pytest.mark.parametrize(("text", "left", "value"), [
    (r'agreement_start \@ "d MMMM yyyy h:mm am/pm"', r"\@ d MMMM yyyy h:mm am/pm", "5 April 2027"), (r"learner_name \* FirstCap", r"\* FirstCap", None),
    (r"learner_mobility \* Roman", r"\* Roman", "1"), (r'unit_points \# "0.00;-0.00"', r"\# 0.00;-0.00", "2.5"), (r"unit_points \x", r"\x", "2.5"),
])  # fmt: skip
def test_a_switch_that_papers_cannot_follow_is_told_once_and_the_value_printed(text, left, value):
    made = form(field(f"MERGEFIELD {text}"), field(f"MERGEFIELD {text}"))
    assert codes(made) == ["T222"]
    assert f"“{left}” cannot be carried out, so it is left out." in faults(made)[0]
    assert value is None or said(made) == value * 2


# -- IF ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "shown"), [
    ('IF { MERGEFIELD learner_sex } = "F" "she" "he"', "she"), ('IF {MERGEFIELD learner_sex}="M""he""she" \\* MERGEFORMAT', "she"),
    ("if { mergefield learner_sex } = F she he", "she"), ('IF { MERGEFIELD learner_sex } <> "F" "he"', ""), ('IF "F" = { MERGEFIELD learner_sex } "she" "he"', "she"),
    ('IF { MERGEFIELD learner_guardian } = "" "none" "some"', "none"), ('IF { MERGEFIELD learner_guardian } <> "" "some" ""', ""),
    ('IF "{ MERGEFIELD learner_telephone }" <> "" "Tel. { MERGEFIELD learner_telephone }" "-"', "Tel. +420 1"),
    ("IF { MERGEFIELD learner_age_at_start } >= 18 yes no", "yes"), ('IF { MERGEFIELD learner_age_at_start } < "18" "minor" "of age"', "of age"),
    ('IF 18 <= { MERGEFIELD learner_age_at_start } "of age" "minor"', "of age"), ('IF { MERGEFIELD unit_points } = "2,5" "half" "whole"', "half"),
    ('IF { MERGEFIELD learner_is_minor } = "yes" "minor" "of age"', "of age"), ('IF { MERGEFIELD learner_is_minor } <> "Ja" "of age" "minor"', "of age"),
    ('IF { MERGEFIELD learner_age_at_start } = "" "?" "known"', "known"), ('IF { MERGEFIELD learner_age_at_start } <> "" "known" "?"', "known"),
    ('IF { MERGEFIELD agreement_start } > "31/03/2027" "late" "early"', "late"), ('IF { MERGEFIELD agreement_start } = 5.4.2027 "that day" "no"', "that day"),
    ('IF { MERGEFIELD unit_points \\# 0,00 } > 2 "{ MERGEFIELD unit_points \\# 0,00 }" "few"', "2,50"),
    ('IF { MERGEFIELD agreement_start \\@ "yyyy" } = "2027" "now" "then"', "now"), ('IF { MERGEFIELD learner_sex \\* lower } = "f" "she" "he"', "she"),
    ('IF { MERGEFIELD home_country } = { MERGEFIELD host_country } "home" "abroad"', "abroad"),
    ('IF { MERGEFIELD learner_sex } = "F" "{ IF { MERGEFIELD learner_age_at_start } < 18 "girl" "woman" }" "{ MERGEFIELD learner_id }"', "woman"),
    ('IF { MERGEFIELD learner_sex } = "F" { MERGEFIELD learner_family_name } ""', "Nováková"),
    ('IF { MERGEFIELD learner_sex } = "F" "says \\"yes\\" & 100 % < 5" ""', 'says "yes" & 100 % < 5'),
    ('QUOTE "Dear { MERGEFIELD learner_family_name }"', "Dear Nováková"),
])  # fmt: skip
def test_an_if_asks_for_the_value_of_a_word(text, shown):
    made = form(simple("MERGEFIELD learner_id"), t("["), field(text), t("]"))
    assert (faults(made), said(made)) == ([], f"L01[{shown}]")


@pytest.mark.parametrize("constant", ["O’Neil", 'a"b', "a\\b", "a\u00a0b", "Ž€𝄞", "<w:p>", "a & b", "a' b", "100 %", "x | y", "a, b; (c)"])
def test_a_text_is_compared_as_it_is_typed(constant):
    typed = constant.replace("\\", "\\\\").replace('"', '\\"')
    made = form(field(f'IF {{ MERGEFIELD learner_address }} = "{typed}" "same" "other"'))
    assert said(made, a_learner(address=constant)) == "same"
    assert said(made) == "other"


@pytest.mark.parametrize(("text", "written"), [
    ("{{ x }}", r"'\u007b\u007b x \u007d\u007d'"), ("“a”", r"'\u201ca\u201d'"), ("50 %}", r"'50 \u0025\u007d'"), ("👩", r"'\U0001f469'"),
    ("a\u00a0b", r"'a\u00a0b'"), ("#.##0,00", "'#.##0,00'"),
])  # fmt: skip
def test_what_a_tag_would_take_amiss_is_written_by_its_number(text, written):
    assert in_quotes(text) == written


@pytest.mark.parametrize(("text", "why"), [
    ('IF { MERGEFIELD learner_name } = "No*" "a" "b"', "it compares with “No*”, and * and ? cannot stand for other letters"),
    ('IF { MERGEFIELD learner_sex } "a" "b"', 'it does not read { IF … = … "this" "that" }'), ("IF { MERGEFIELD learner_sex } = F", "it does not read"),
    ('IF { MERGEFIELD learner_age_at_start } > "old" "a" "b"', "it compares a number with “old”"), ('IF { MERGEFIELD learner_is_minor } = "maybe" "a" "b"', "yes or no with “maybe”"),
    ('IF { MERGEFIELD agreement_start } > "soon" "a" "b"', "a date with “soon”"), ('IF { MERGEFIELD agreement_start } = { MERGEFIELD learner_name } "a" "b"', "a date with a text"),
    ('IF { MERGEFIELD learner_sex } < "" "a" "b"', "< an empty text"), ('IF { MERGEFIELD unit_skills } = "x" "a" "b"', "a list or a record with “x”"),
    ('IF { MERGEFIELD unit_points } = "0.1" "a" "b"', "exactly 0.1"), ('IF "{ MERGEFIELD learner_name }!" = "x" "a" "b"', "something else than one merge field"),
    ('IF { PAGE } = "1" "{ MERGEFIELD learner_name }" "b"', "something else than one merge field"), ('IF 1 = 1 "{ MERGEFIELD learner_name }" "b"', "it compares no merge field"),
    ('IF { MERGEFIELD learner_sex } = "F" "{ PAGE }" "b"', "a field PAGE stands inside of it"), ("= { MERGEFIELD unit_points } * 2", "a field = cannot be given the value"),
    ('INCLUDEPICTURE "{ MERGEFIELD learner_id }.jpg"', "a field INCLUDEPICTURE cannot"), ('HYPERLINK "mailto:{ MERGEFIELD learner_email }"', "a field HYPERLINK cannot"),
    ('IF { MERGEFIELD learner_sex } = "F" "{ NEXT }" "b"', "a field NEXT stands"),
])  # fmt: skip
def test_an_if_that_says_more_than_a_tag_can_is_told_and_holds_the_form(text, why):
    made = form(field(text))
    assert codes(made) == (["T104", "T224"] if text.startswith("INCLUDE") else ["T224"])
    assert why in faults(made)[-1]
    assert not made.usable


def test_a_wrong_name_inside_of_an_if_is_told_once():
    assert codes(form(field('IF { MERGEFIELD lerner_sx } = "F" "she" "he"'))) == ["T221"]


# -- other fields ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["NEXT", 'NEXTIF { MERGEFIELD learner_sex } = "F"', "SKIPIF 1 = 1", "MERGEREC", "MERGESEQ", 'ASK a "What?"', 'FILLIN "What?"', "DATABASE \\d x", "ADDRESSBLOCK", "GREETINGLINE"])
def test_a_command_of_a_mail_merge_is_told_and_holds_the_form(command):
    made = form(t("{{ learner.name }} "), field(command))
    assert codes(made) == ["T223"]
    assert "is a command of a mail merge, which a paper cannot carry out. Take the field out of the form" in faults(made)[0]
    if "{" not in command:
        assert codes(form(simple(command))) == ["T223"]


def test_fields_that_are_no_merge_fields_stay_as_they_are():
    others = field("PAGE") + simple("NUMPAGES") + field('IF 1 = 1 "a" "b"') + field('DATE \\@ "d MMMM"') + field('HYPERLINK "http://a.example"')
    made = form(t("{{ learner.id }}"), others)
    assert codes(made) == []
    assert others.replace('xml:space="preserve"', "").encode() in part_of(paper(made).data, "word/document.xml").replace(b'xml:space="preserve"', b"")


def test_a_merge_field_in_the_result_of_another_field_is_filled():
    made = form(field('HYPERLINK "http://a.example"', field("MERGEFIELD learner_family_name")), t(" "), simple("MERGEFIELD learner_sex"))
    assert (codes(made), said(made)) == ([], "Nováková F")
    assert b"http://a.example" in part_of(paper(made).data, "word/document.xml")


def test_a_link_to_an_address_of_merge_fields_becomes_a_text():
    made = form(field('HYPERLINK "mailto:{ MERGEFIELD learner_email }"', t("Write to ") + field("MERGEFIELD learner_email")), t("."))
    assert codes(made) == ["T222"]
    assert said(made) == "Write to tereza@example.org."
    assert b"fldChar" not in part_of(paper(made).data, "word/document.xml")


# -- places ------------------------------------------------------------------------------------------------------------


NAME = field("MERGEFIELD learner_family_name")
BOX = f"<w:txbxContent>{para(NAME)}</w:txbxContent>"


def test_fields_are_filled_in_every_part_of_a_form():
    parts = {"header": para(NAME), "footer": para(simple("MERGEFIELD learner_family_name")), "footnotes": para(NAME), "endnotes": para(NAME)}
    made = opened(table(["Name", tc(para(NAME))]), **parts)
    data = paper(made).data
    assert said(made) == "[1] Name\n[2] Nováková"
    for part in ("header1", "footer1", "footnotes", "endnotes"):
        assert "Nováková" in text_of(data, f"word/{part}.xml")


def test_fields_are_filled_in_both_shapes_of_a_text_box_even_inside_of_an_untouched_field():
    shape = (f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
             f'<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>')  # fmt: skip
    for xml in (shape, BEGIN + code("PAGE") + SEPARATE + shape + END):
        body = part_of(paper(opened(para(xml))).data, "word/document.xml").decode()
        assert body.count("Nováková") == 2
        assert "«" not in body


def test_a_field_of_a_list_is_a_tag_like_any_other():
    assert said(form(field("MERGEFIELD unit_skills"))) == "prepares three cold starters"


def test_a_field_that_spans_paragraphs_is_told():
    body = para(BEGIN, code("IF "), field("MERGEFIELD learner_sex"), code(' = "F" "she')) + para(code('and" "he"'), SEPARATE, t("she"), END)
    made = opened(body)
    assert codes(made) == ["T224"]
    assert "begins in one paragraph and ends in another" in faults(made)[0]
    contents = para(BEGIN, code("TOC"), SEPARATE, t("1")) + para(NAME) + para(END)
    assert said(opened(contents)) == "1\nNováková"


# -- damaged and hostile -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("xml", "why"), [
    (BEGIN + code("MERGEFIELD learner_name"), "begins and never ends"), (BEGIN + code("MERGEFIELD learner_name") + SEPARATE + t("«x»"), "begins and never ends"),
    (BEGIN + code("PAGE") + NAME, "begins and never ends"), (code("MERGEFIELD learner_name") + SEPARATE + t("«x»") + END, "its beginning is missing"),
])  # fmt: skip
def test_half_a_merge_field_is_told(xml, why):
    made = form(xml)
    assert codes(made) == ["T224"]
    assert why in faults(made)[0]


@pytest.mark.parametrize("xml", [END, SEPARATE, BEGIN, END + NAME, SEPARATE + END + NAME + BEGIN, BEGIN + SEPARATE + SEPARATE + END + NAME, BEGIN + END, '<w:r><w:fldChar/></w:r>', '<w:fldSimple/>', '<w:fldSimple w:instr=""/>'])
def test_other_half_fields_break_nothing(xml):
    assert said(form(t("{{ learner.id }} "), xml)).strip() in ("L01", "L01 Nováková")


@pytest.mark.parametrize("xml", [
    BEGIN * 10_000, BEGIN * 10_000 + NAME, (BEGIN + code("IF ")) * 10_000 + NAME + END * 10_000, END * 10_000 + NAME,
    (BEGIN + code("MERGEFIELD x ")) * 10_000 + END * 10_000, BEGIN + code("MERGEFIELD learner_id" + ' "' * 100_000) + END,
    BEGIN + code("IF ") + NAME + code(" = a ") * 20_000 + END, BEGIN + code("MERGEFIELD learner_id" + "\\* Upper " * 20_000) + END,
    BEGIN + code("IF ") + NAME + code(" = " + "a=" * 500_000) + END, (BEGIN + code("MERGEFIELD learner_id") + END) * 4_000,
])  # fmt: skip
def test_hostile_fields_end_quickly(xml):
    begun = time.process_time()
    form(xml)
    assert time.process_time() - begun < 5


def test_a_minor_is_told_from_one_of_age():
    made = form(field('IF { MERGEFIELD learner_is_minor } = "yes" "minor" "of age"'))
    assert (said(made, a_minor()), said(made)) == ("minor", "of age")


def test_a_month_by_its_name_is_in_the_language_of_the_paper():
    assert said(form(field('MERGEFIELD agreement_start \\@ "dddd, d. MMMM yyyy"')), language="de") == "Montag, 5. April 2027"


def test_a_field_without_a_value_stays_empty_and_is_noted():
    found = paper(form(field("MERGEFIELD learner_guardian \\b Parent:"), field("MERGEFIELD learner_name")))
    assert [blank.word for blank, _ in found.empty] == ["learner.guardian"]
