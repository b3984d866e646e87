"""The Assessment Sheet: it prints for every stay, in the host's language, and stays a paper to fill in Word."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from facts import a_cohort, a_learner, a_partner
from forms import a_form, parts_of, shelved
from lxml import etree

from pipeline.addressees import addressees
from pipeline.contexts import Contexts
from pipeline.form import Form, open_form, open_pack
from pipeline.plan import plan
from pipeline.word.names import W
from pipeline.workbook import read_cohort

ROOT = Path(__file__).resolve().parent.parent
DURING = ROOT / "templates" / "official" / "2 During"
BOXES = ("ecvet.not_yet", "ecvet.with_help", "ecvet.alone")
LANGUAGES = sorted(path.name.removeprefix("Assessment Sheet").removesuffix(".docx") for path in DURING.iterdir())


@cache
def sheet(ending: str = "") -> Form:
    return open_form(DURING / f"Assessment Sheet{ending}.docx", "2 During")


@cache
def story(learner: str, ending: str = "") -> bytes:
    """The text part of the sheet of a learner of the example."""
    cohort = read_cohort(ROOT / "input" / "Example cohort.xlsx").cohort
    assert cohort is not None
    who = next(each for each in addressees(cohort, "learner") if each.end == f"({learner})")
    data = sheet(ending).print(Contexts(cohort).values(who.scope, "en", dt.date(2027, 1, 15)), "en").data
    return parts_of(data)["word/document.xml"]


def tags(xml: bytes) -> list[str]:
    return [each.get(f"{W}val") for each in etree.fromstring(xml).iter(f"{W}tag")]


def test_there_is_a_sheet_in_ten_languages():
    assert sorted(["", ".de", ".es", ".fi", ".fr", ".it", ".nl", ".pl", ".pt", ".ro"]) == LANGUAGES


def test_each_outcome_of_each_agreed_unit_is_a_row_with_three_boxes():
    """L05 takes U1 (ten outcomes) and U2 (ten): with the units as a whole twenty-two rows."""
    found = tags(story("L05"))
    assert [found.count(name) for name in ("ecvet.unit", "ecvet.outcome", "ecvet.whole")] == [2, 20, 2]
    assert [found.count(name) for name in BOXES] == [22, 22, 22]
    assert [found.count(f"ecvet.{name}") for name in ("context", "remarks", "grade", "assessed_by", "assessed_on")] == [22, 22, 2, 2, 2]


def test_the_sheet_names_the_learner_and_the_cohort_in_controls_and_in_its_properties():
    assert tags(story("L05"))[:2] == ["ecvet.learner", "ecvet.cohort"]
    assert "ecvet.mobility" in tags(story("L06-2")), "a second stay says so"
    assert "ecvet.mobility" not in tags(story("L05"))


def test_rows_are_never_torn_and_heads_come_again_on_every_page():
    root = etree.fromstring(story("L05"))
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in root.iter(f"{W}tr"))
    marked = [table for table in root.iter(f"{W}tbl") if b"checkbox" in etree.tostring(table)]
    assert [table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in marked] == [True, True]


def test_the_signatures_stay_with_the_table_before_them():
    """Each paragraph from the last table of grades to the last person who signs stays with the next; others may part."""
    tables = list(etree.fromstring(story("L05")).iter(f"{W}tbl"))
    first, last, signed = tables[-4], tables[-2], tables[-1]
    assert [[style.get(f"{W}val") for style in table.iter(f"{W}pStyle")][3:] for table in (first, last)] == [["FieldValue"] * 3, ["KeptValue"] * 3]
    assert [style.get(f"{W}val") for style in signed.iter(f"{W}pStyle") if style.get(f"{W}val").startswith("Signatory")] == ["SignatoryKept", "Signatory"]


def test_no_two_controls_of_a_sheet_share_a_number():
    assert etree.fromstring(story("L05")).find(f".//{W}sdtPr/{W}id") is None, "Word numbers them itself"


@pytest.mark.parametrize("ending", LANGUAGES)
def test_every_language_has_the_same_controls_and_no_fault(ending):
    assert sheet(ending).problems == ()
    assert tags(story("L05", ending)) == tags(story("L05"))


def test_a_control_for_whoever_marks_is_no_blank_of_the_program_and_no_fault():
    control = '<w:sdt><w:sdtPr><w:alias w:val="Remarks"/><w:tag w:val="ecvet.remarks"/><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>…</w:t></w:r></w:sdtContent></w:sdt>'
    form = open_form(shelved(a_form(f"<w:p>{control}<w:r><w:t>{{{{ learner.name }}}}</w:t></w:r></w:p>")))
    assert form.problems == ()
    assert form.comes_back
    assert [blank.word for blank in form.understood.blanks] == ["learner.name"]


@pytest.mark.parametrize(("cohorts", "hosts", "papers"), [("en", "de", "de"), ("en", "fr", "fr"), ("en", "lt", "en"), ("de", "lt", "de"), ("of the host", "fi", "fi"), (None, None, "en"), ("de", None, "de")])
def test_a_sheet_is_in_the_language_of_the_host_who_marks_it(cohorts, hosts, papers):
    """Where there is no variant for it, it is in the cohort's language, as all other papers are."""
    ann = a_learner("L01", host=a_partner("AURORA", row=3, language=hosts))
    card = open_form(ROOT / "templates" / "official" / "1 Before" / "Contact Card.docx", "1 Before")
    orders = list(plan(a_cohort(ann, language=cohorts), [card, *(sheet(each) for each in LANGUAGES)], []))
    languages = {order.job.form: order.language for order in orders}
    assert languages["Assessment Sheet"] == papers
    assert languages["Contact Card"] == (hosts if cohorts == "of the host" else cohorts or "en")


def test_a_set_opens_only_the_variants_that_a_cohort_can_need():
    folder = ROOT / "templates" / "official"
    without = open_pack(folder, ())
    assert [form.language for form in without] == [None] * len(without)
    assert [form.file for form in open_pack(folder, {"fr", "en"}, without)] == ["Assessment Sheet.fr.docx"]


def test_only_the_language_of_labels_differs_and_no_label_is_left_out():
    import tomllib

    labels = tomllib.loads((ROOT / "pipeline" / "returned" / "labels.toml").read_text("utf-8"))
    assert {language: sorted(table) for language, table in labels.items()} == dict.fromkeys(labels, sorted(labels["en"]))
    texts = re.sub(rb"<[^>]+>", b" ", story("L05", ".de")).decode()
    assert all(labels["de"][name] in texts for name in ("not_yet", "with_help", "alone", "whole_unit", "assessed_on"))


