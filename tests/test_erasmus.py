"""The Erasmus pack: forms whose blanks are content controls, as Word has them, drawn by the workshop."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import desk
import pytest
from forms import W, parts_of, text_of
from lxml import etree

from pipeline.columns import ACTIVITIES, COHORT, UNIT_CHOICES
from pipeline.form import open_pack
from pipeline.marks.naming import find

PACK = desk.ROOT / "templates" / "erasmus"
WORKSHOP = desk.ROOT / ".workshop" / "draw_erasmus_pack.py"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
NAMES = ("Group Programme", "Learning Agreement")

# What the programme's learning agreement of 2021-2027 holds, section by section, and our words for it.
AGREEMENT = {
    "header": "cohort.activity agreement.mobility_id cohort.project_code",
    "1 mobility": "cohort.field cohort.mode agreement.start agreement.end",
    "2 participant": "learner.name learner.email learner.telephone qualification.title qualification.eqf_level",
    "2 guardian": "learner.guardian learner.guardian_address learner.guardian_email learner.guardian_telephone",
    "2 sending": "home.name home.address home.oid home.contact_person home.contact_position home.contact_email home.contact_telephone",
    "2 hosting": "host.name host.address host.oid host.contact_person host.contact_position host.contact_email host.contact_telephone",
    "2 mentor": "agreement.mentor agreement.mentor_email agreement.mentor_telephone",
    "3 outcomes": "unit.title",
    "4 programme": "agreement.activities",
    "5 support": "home.emergency_telephone host.emergency_telephone",
    "6 evaluation": "agreement.assessor agreement.assessor_role agreement.assessment_date agreement.assessment_recording "
                    "unit.assessment_method unit.assessment_criteria",
    "7 recognition": "agreement.validator agreement.validation_method agreement.recogniser agreement.recogniser_role "
                     "agreement.recognition_method unit.counts_at_home_as unit.if_not_achieved",
    "8 changes": "agreement.additional_information agreement.amendment agreement.reason_for_change",
    "9 signatures": "home.agreement_signatory home.agreement_signatory_role host.agreement_signatory host.agreement_signatory_role",
}  # fmt: skip
GROUP = {
    "mobility": "cohort.activity cohort.mode cohort.field cohort.project_code",
    "organisations": "home.name home.oid home.contact_person host.name host.oid host.contact_person",
    "participants": "learner.name learner.date_of_birth learner.is_minor",
    "companions": "companion.name companion.role companion.start companion.end companion.telephone companion.email",
    "programme": "unit.title unit.activities unit.assessment_method unit.counts_at_home_as",
    "contacts": "home.contact_telephone home.emergency_telephone host.mentor host.mentor_telephone host.emergency_telephone",
}


def form_file(name: str) -> Path:
    return PACK / "1 Before" / f"{name}.docx"


@cache
def stories(name: str) -> dict[str, Any]:
    """The parts of a form that hold text, parsed."""
    parts = parts_of(form_file(name).read_bytes())
    return {part: etree.fromstring(xml) for part, xml in parts.items() if re.match(r"word/(document|header|footer)", part)}


def controls(name: str) -> list[Any]:
    """The properties of every content control of a form."""
    return [properties for root in stories(name).values() for properties in root.iter(f"{W}sdtPr")]


def worth(properties: Any, child: str) -> str:
    found = properties.find(f"{W}{child}")
    return "" if found is None else str(found.get(f"{W}val"))


def words(name: str) -> set[str]:
    """The words that the controls of a form ask for; a box asks for the word before its “=”."""
    return {worth(each, "tag").partition("=")[0] for each in controls(name)}


# -- the forms -----------------------------------------------------------------------------------------------------------


def test_the_erasmus_pack_is_drawn_by_the_workshop(tmp_path):
    """What lies in templates/ is what .workshop draws: the same bytes."""
    subprocess.run([sys.executable, WORKSHOP, tmp_path], check=True, capture_output=True)
    drawn = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.docx")}
    assert drawn == {path.relative_to(PACK).as_posix(): path.read_bytes() for path in PACK.rglob("*.docx")}


def test_the_erasmus_pack_has_no_problem_and_is_made_for_each_learner_and_each_pair():
    forms = open_pack(PACK)
    assert [problem for form in forms for problem in form.problems] == []
    assert {form.name: form.frequency for form in forms} == {"Learning Agreement": "learner", "Group Programme": "pair"}
    assert {form.folder for form in forms} == {"1 Before"}


@pytest.mark.parametrize(("name", "section", "asked"), [
    (name, section, asked) for name, sections in (("Learning Agreement", AGREEMENT), ("Group Programme", GROUP))
    for section, asked in sections.items()
])  # fmt: skip
def test_the_form_asks_for_what_the_programme_wants(name, section, asked):
    assert set(asked.split()) <= words(name), section


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_word_and_a_title_that_Word_takes(name):
    """Word opens no document with a tag or title of more than 64 characters."""
    found = controls(name)
    assert len(found) > 50
    for each in found:
        tag, title = worth(each, "tag"), worth(each, "alias")
        assert find(tag.partition("=")[0]).word == tag.partition("=")[0], tag
        assert 0 < len(title) <= 64, tag
        assert len(tag) <= 64


@pytest.mark.parametrize("name", NAMES)
def test_no_two_controls_have_one_number(name):
    numbers = Counter(number for each in controls(name) if (number := worth(each, "id")))
    assert len(numbers) > 30
    assert not [number for number, times in numbers.items() if times > 1]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_typed_is_structure_and_what_has_no_word_of_its_own(name):
    """{{ outcome }} is an item of a list of texts; the stay of a learner in a row has no name a control could bear."""
    text = "\n".join("".join(root.itertext(f"{W}t")) for root in stories(name).values())
    typed = set(re.findall(r"\{\{ *(.*?) *\}\}", text))
    assert {each.partition(" |")[0] for each in typed} <= {
        "loop.index", "outcome", "entry", "change", "annex", "learner.agreement.start", "learner.agreement.end",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_dates_are_date_controls(name):
    dates = {worth(each, "tag") for each in controls(name) if each.find(f"{W}date") is not None}
    assert dates == {
        "Learning Agreement": {"agreement.start", "agreement.end", "learner.date_of_birth", "companion.start", "companion.end",
                               "agreement.assessment_date", "agreement.validation_date"},
        "Group Programme": {"learner.date_of_birth", "companion.start", "companion.end"},
    }[name]  # fmt: skip
    for each in controls(name):
        date = each.find(f"{W}date")
        if date is not None:
            assert worth(date, "dateFormat") == "dd/MM/yyyy"


@pytest.mark.parametrize(("name", "word", "choices"), [
    ("Learning Agreement", "cohort.activity", ACTIVITIES), ("Group Programme", "cohort.activity", ACTIVITIES),
    ("Learning Agreement", "unit.scope", UNIT_CHOICES.column("scope").choices),
])  # fmt: skip
def test_the_lists_have_an_entry_for_every_choice_of_the_workbook(name, word, choices):
    lists = [each.find(f"{W}dropDownList") for each in controls(name) if worth(each, "tag") == word]
    for each in lists:
        assert tuple(item.get(f"{W}value") for item in each) == choices
        assert len({item.get(f"{W}displayText") for item in each}) == len(choices)
    assert lists


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_box_for_each_mode_of_the_workbook(name):
    boxes = {worth(each, "tag") for each in controls(name) if each.find(f"{W14}checkbox") is not None}
    assert {f"cohort.mode={mode}" for mode in COHORT.column("mode").choices} <= boxes


@pytest.mark.parametrize("name", NAMES)
def test_lists_repeat_their_header_and_every_table_says_what_it_is(name):
    for table in stories(name)["word/document.xml"].iter(f"{W}tbl"):
        assert worth(table.find(f"{W}tblPr"), "tblCaption")
        if worth(table.find(f"{W}tblPr"), "tblStyle") in ("ListTable", "ListToSign"):
            assert table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


@pytest.mark.parametrize("name", NAMES)
def test_the_form_has_a_language_page_numbers_and_nobodys_name(name):
    parts = parts_of(form_file(name).read_bytes())
    styles, footer, core = (parts[part].decode() for part in ("word/styles.xml", "word/footer1.xml", "docProps/core.xml"))
    assert 'w:val="en-GB"' in styles
    assert 'w:styleId="PlaceholderText"' in styles
    assert " PAGE " in footer
    assert " NUMPAGES " in footer
    assert set(re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>(.*?)<", core)) == {"ecvet-pipeline"}


# -- the papers ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example cohort run with the Erasmus pack: its papers by name, and what became of them."""
    room = desk.room(tmp_path_factory.mktemp("erasmus"), official=False)
    (room.input.parent / "templates" / "erasmus").symlink_to(PACK, target_is_directory=True)
    shutil.copy(desk.EXAMPLE, room.input)
    made, = desk.make(room, templates="erasmus")
    return made, {path.stem: path.read_bytes() for path in room.output.rglob("*.docx")}


def paper_of(papers: dict[str, bytes], part: str) -> Any:
    """The document of the one paper whose name holds this, parsed."""
    found, = [data for name, data in papers.items() if part in name]
    return etree.fromstring(parts_of(found)["word/document.xml"])


def filled(root: Any, tag: str) -> list[str]:
    """What the controls with this tag say; a line break is a new line."""
    said = []
    for control in root.iter(f"{W}sdt"):
        if worth(control.find(f"{W}sdtPr"), "tag") == tag:
            pieces = control.iterfind(f"{W}sdtContent//{W}r/*")
            said.append("".join("\n" if piece.tag == f"{W}br" else piece.text or "" for piece in pieces))
    return said


def test_the_example_gives_thirteen_agreements_and_two_group_programmes(example):
    made, _ = example
    assert Counter(it.job.form for it in made.outcomes) == {"Learning Agreement": 13, "Group Programme": 2}
    assert desk.statuses(made) == {"written": 15}
    assert [problem.code for problem in made.problems if problem.severity != "notice"] == []


def test_no_tag_and_no_prompt_is_left_in_a_paper(example):
    _, papers = example
    for name, data in papers.items():
        for part, content in parts_of(data).items():
            assert b"{{" not in content, (name, part)
            assert b"{%" not in content, (name, part)
            assert b"showingPlcHdr" not in content, (name, part)
        assert b'"PlaceholderText"' not in parts_of(data)["word/document.xml"], name


def test_the_controls_stay_in_the_paper_and_hold_its_values(example):
    """So whoever gets it goes on typing in Word."""
    _, papers = example
    paper = paper_of(papers, "(L05)")
    assert filled(paper, "home.name")[0] == "Střední škola pekařská a cukrářská U Mlýna"
    assert filled(paper, "home.address") == ["U Starého mlýna 14\n779 00 Olomouc"]
    assert filled(paper, "agreement.start") == ["05/04/2027"]
    assert filled(paper, "cohort.activity") == ["Short-term learning mobility of VET learners"]
    assert filled(paper, "agreement.mobility_id") == [""], "left for the pen"


def test_a_box_is_ticked_where_it_holds_and_nowhere_else(example):
    """Matěj Dvořák and the others in Hamburg are of age; the stay is physical."""
    _, papers = example
    for part in ("Group Programme - Berufliche Schule", "(L05)"):
        paper = paper_of(papers, part)
        assert filled(paper, "cohort.mode=physical") == ["☒"]
        assert filled(paper, "cohort.mode=blended") == ["☐"]
        for control in paper.iter(f"{W}sdt"):
            state = control.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
            if state is not None:
                assert state.get(f"{W14}val") == {"☒": "1", "☐": "0"}["".join(control.itertext(f"{W}t"))]
    assert filled(paper_of(papers, "Group Programme - Berufliche Schule"), "learner.is_minor") == ["☐"] * 6
    assert "☒" in filled(paper_of(papers, "Group Programme - Lycée"), "learner.is_minor")


def test_only_a_learner_under_age_has_a_guardian_who_signs(example):
    _, papers = example
    texts = {part: text_of(next(data for name, data in papers.items() if part in name)) for part in ("(L05)", "(L01)")}
    assert "Markéta Kučerová" in texts["(L05)"]
    assert "agrees that the participant goes" in texts["(L05)"]
    assert "guardian" not in texts["(L01)"]


def test_a_group_programme_lists_its_own_participants_and_no_others(example):
    _, papers = example
    hamburg = filled(paper_of(papers, "Group Programme - Berufliche Schule"), "learner.name")
    assert len(hamburg) == 6
    assert "Matěj Dvořák" in hamburg
    assert "Eliška Bartošová" not in text_of(next(data for name, data in papers.items() if "Programme - Berufliche" in name))


def test_no_agreement_names_another_learner(example):
    _, papers = example
    agreements = {name: text_of(data) for name, data in papers.items() if name.startswith("Learning Agreement")}
    family = {name: re.sub(r"^Learning Agreement - (\S+) .*$", r"\1", name) for name in agreements}
    for name, text in agreements.items():
        assert family[name] in text
        assert not [other for other in family.values() if other != family[name] and other in text]


def test_no_two_controls_of_a_paper_have_one_number(example):
    _, papers = example
    for name, data in papers.items():
        numbers = Counter(
            worth(each, "id") for part, xml in parts_of(data).items() if re.match(r"word/(document|header)", part)
            for each in etree.fromstring(xml).iter(f"{W}sdtPr") if worth(each, "id")
        )  # fmt: skip
        assert not [number for number, times in numbers.items() if times > 1], name


def test_a_draft_has_no_rows_to_sign_in():
    for form in open_pack(PACK):
        draft, final = (text_of(form.print({"cohort": {"draft": yes}}, "en").data or b"") for yes in (True, False))
        assert "This is a draft. It is not to be signed." in draft
        assert "Signature and stamp" in final
        assert "Signature and stamp" not in draft


def test_a_unit_without_outcomes_has_a_blank_to_write_them_in():
    form, = [each for each in open_pack(PACK) if each.name == "Learning Agreement"]
    made = form.print({"units": [{"title": "Bread"}]}, "en")
    assert "Learning outcomes" in text_of(made.data or b"")
    assert "unit.learning_outcomes" in {blank.word for blank, _ in made.empty}
