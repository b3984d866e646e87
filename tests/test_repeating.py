"""Rows and paragraphs that repeat: each test shows the form as a person sees it, a blank of Word's own as ‹its name›.

The blanks are bookmarks here; any other kind of blank becomes the same tags.
"""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest
from forms import SPACES, W, faults, opened, p, part_of, printed, t, table, tc, texts_of
from lxml import etree

from pipeline.marks import repeating
from pipeline.marks.ground import Ground
from pipeline.problem import Problem
from pipeline.word import Story

NUMBER = count(1)
PAPER: dict[str, Any] = {
    "units": [{"title": "Soups", "points": 2, "knowledge": ["broth", "stock"], "skills": []}, {"title": "Tea", "points": 1, "knowledge": [], "skills": ["pour"]}],
    "learners": [{"name": "Ann"}, {"name": "Bob"}], "people": [{"name": "Ann"}], "partners": [{"name": "SOS"}, {"name": "Aurora"}],
    "qualifications": [{"title": "Cook", "enclosures": ["A", "B"]}], "companions": [{"name": "Eve"}], "learner": {"name": "Ann"},
    "results": [{"result": "good", "unit": {"title": "Tea"}}], "agreement": {"enclosures_progress": ["CV", "Letter"], "annexes": None},
    "qualification": {"title": "Cook"}, "mou": {"file_code": "X"},
}  # fmt: skip
MERGED, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def blank(text: str) -> str:
    """A paragraph in which every ‹name› is a blank."""
    return f"<w:p>{''.join(map(_run, re.split('(‹.*?›)', text)))}</w:p>"


def _run(piece: str) -> str:
    if not piece.startswith("‹"):
        return t(piece)
    number = next(NUMBER)
    return f'<w:bookmarkStart w:id="{number}" w:name="{piece[1:-1]}"/>{t("__")}<w:bookmarkEnd w:id="{number}"/>'


def cell(*texts: str, **more: str) -> str:
    """A cell, in whose paragraphs every ‹name› is a blank; a text that is XML stands as it is."""
    return tc(*(text if text.startswith("<w:") else blank(text) for text in texts), **more)


def row(*texts: str) -> list[str]:
    """A row of such cells."""
    return [cell(text) for text in texts]


def printed_of(body: str, **changes: Any) -> list[str]:
    """What a paper says, a line a paragraph."""
    return texts_of(printed(opened(body), **PAPER | changes).data)


# -- rows --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [("unit_title", "unit_points"), ("units_title", "unit_points"), ("units_title", "units_points")])
def test_a_row_with_words_of_a_unit_stands_once_for_each(names):
    body = table(["Unit", "Points"], row(f"‹{names[0]}›", f"‹{names[1]}›"), row("of ‹learner_name›", ""))
    assert printed_of(body) == [
        "[1] Unit", "[2] Points", "[1] Soups", "[2] 2", "[1] Tea", "[2] 1", "[1] of Ann", "[2] ",
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "printed"), [
    ("learners_name", ["Ann", "Bob"]), ("people_name", ["Ann"]), ("partners_name", ["SOS", "Aurora"]), ("qualifications_title", ["Cook"]),
    ("companions_name", ["Eve"]), ("results_result", ["good"]),
])  # fmt: skip
def test_every_list_repeats_its_row_by_the_plural_word(name, printed):
    assert printed_of(table(row(f"‹{name}›"))) == [f"[1] {each}" for each in printed]


def test_a_single_word_is_one_record_and_does_not_repeat():
    assert printed_of(table(row("‹learner_name›", "‹qualification_title›"))) == ["[1] Ann", "[2] Cook"]


def test_a_single_and_a_plural_word_in_one_row_are_the_paper_s_own_record_and_each_of_the_list():
    assert printed_of(table(row("‹learners_name›", "with ‹learner_name›"))) == ["[1] Ann", "[2] with Ann", "[1] Bob", "[2] with Ann"]


def test_no_items_give_no_rows():
    assert printed_of(table(["Unit"], row("‹unit_title›")), units=[]) == ["[1] Unit"]


def test_rows_repeat_each_by_itself():
    assert printed_of(table(row("‹unit_title›"), row("‹unit_points›"))) == ["[1] Soups", "[1] Tea", "[1] 2", "[1] 1"]


def test_rows_with_a_merged_cell_over_them_repeat_together():
    body = table(
        [tc("Units", properties=MERGED), tc("Title")],
        [tc("", properties=GOES_ON), cell("‹unit_title›", properties=MERGED), cell("Points")],
        [cell("‹unit_title›", properties=MERGED), cell("‹unit_points›")], [tc("", properties=GOES_ON), cell("‹unit_points› points")],
    )  # fmt: skip
    assert [line for line in printed_of(body)[2:] if line not in ("[1] ", "[2] ")] == [
        "[2] Soups", "[3] Points", "[2] Tea", "[3] Points", "[1] Soups", "[2] 2", "[2] 2 points", "[1] Tea", "[2] 1", "[2] 1 points",
    ]  # fmt: skip


def test_the_innermost_row_that_holds_all_of_them_repeats():
    inner = table(row("‹unit_points›"), ["x"])
    alone, both = table([cell("Here"), tc(inner, p(""))]), table([cell("‹unit_title›"), tc(inner, p(""))])
    assert [line for line in printed_of(alone) if line != "[2] "] == ["[1] Here", "[1] 2", "[1] 1", "[1] x"]
    assert [line for line in printed_of(both) if line != "[2] "] == ["[1] Soups", "[1] 2", "[1] x", "[1] Tea", "[1] 1", "[1] x"]


def test_words_of_two_lists_in_a_row_are_told_once():
    assert faults(opened(table(["x"], row("‹unit_title›", "‹learners_name›")))) == [
        ("T228 table 1, row 2, cell 2: “{{ unit.title }}” and “{{ learners.name }}” stand together, so nobody knows what repeats. "
        "Give the blanks of each list a row of their own, or a paragraph.")
    ]
    assert [problem[:4] for problem in faults(opened(blank("‹unit_title› ‹partners_name›")))] == ["T228"]
    inner = table(row("‹partners_name›"))
    assert [problem[:4] for problem in faults(opened(table([cell("‹unit_title›"), tc(inner, p(""))])))] == ["T228"]


# -- paragraphs --------------------------------------------------------------------------------------------------------


def test_outside_of_tables_the_paragraph_repeats():
    assert printed_of(p("Units:") + blank("- ‹unit_title› (‹unit_points›)")) == ["Units:", "- Soups (2)", "- Tea (1)"]


def test_in_a_text_box_inside_of_a_row_the_paragraph_repeats():
    box = f"<w:p><w:r><w:pict><w:txbxContent>{blank('‹unit_title›')}</w:txbxContent></w:pict></w:r></w:p>"
    assert printed_of(table([tc("x", box)])) == ["[1] x", "Soups", "Tea"]


def test_a_content_control_repeats_with_the_paragraph_that_it_is_all_of():
    control = f'<w:sdt><w:sdtPr><w:id w:val="7"/><w:dataBinding w:xpath="/a" w:storeItemID="x"/></w:sdtPr><w:sdtContent>{blank("‹unit_title›")}</w:sdtContent></w:sdt>'
    data = printed(opened(control), **PAPER).data
    assert texts_of(data) == ["Soups", "Tea"]
    assert part_of(data, "word/document.xml").count(b"<w:sdt>") == 2
    assert not any(each in part_of(data, "word/document.xml") for each in (b'w:val="7"', b"dataBinding"))


# -- what loops already, and what was typed ----------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "blanks"), [("unit", "‹unit_title›"), ("unit", "‹units_title›"), ("each", "‹unit_title›"), ("each", "‹units_title›")])
def test_what_a_loop_of_the_form_gives_already_does_not_repeat_again(name, blanks):
    body = table([f"{{%tr for {name} in units %}}"], row(blanks), ["{%tr endfor %}"])
    assert printed_of(body) == ["[1] Soups", "[1] Tea"]


def test_after_the_loop_of_the_form_it_repeats():
    body = table(["{%tr for unit in units %}"], ["{{ unit.title }}"], ["{%tr endfor %}"], row("‹unit_points›"))
    assert printed_of(body) == ["[1] Soups", "[1] Tea", "[1] 2", "[1] 1"]


def test_a_typed_tag_says_itself_what_repeats():
    assert [problem[:4] for problem in faults(opened(table(["{{ unit.title }}"]) + blank("‹learner_name›")))] == ["T210"]
    body = table(row("{{ unit.points }}: ‹unit_title›")) + p("{% for unit in units %}{{ unit.title }} {% endfor %}")
    assert printed_of(body) == ["[1] 2: Soups", "[1] 1: Tea", "Soups Tea "]


def test_a_form_whose_tags_were_all_typed_stays_as_it_is():
    xml = document(table(["{{ unit.title }}"], ["{%tr for x in learners %}"]) + p("{{ unit.knowledge }}"))
    assert turned(xml, xml) == etree.tostring(etree.fromstring(xml), encoding="unicode")


# -- a list that is one value ------------------------------------------------------------------------------------------


def test_a_list_alone_in_its_paragraph_has_a_paragraph_an_entry():
    assert printed_of(blank("‹agreement_enclosures_progress›") + p("end")) == ["CV", "Letter", "end"]
    assert printed_of(blank("‹qualifications_enclosures›")) == ["A", "B"]


def test_in_a_row_that_repeats_too_and_an_empty_one_leaves_its_paragraph_and_is_told():
    paper = printed(opened(table([cell("‹unit_title›"), cell("Knowledge:", "‹unit_knowledge›"), cell("‹unit_skills›")])), **PAPER)
    assert texts_of(paper.data) == [
        "[1] Soups", "[2] Knowledge:", "broth", "stock", "[3] ", "[1] Tea", "[2] Knowledge:", "[3] pour",
    ]  # fmt: skip
    assert [found.word for found, _ in paper.empty] == ["unit.skills", "unit.knowledge"]
    cells = etree.fromstring(part_of(paper.data, "word/document.xml")).iter(f"{W}tc")
    assert [len(each.findall(f"{W}p")) for each in cells] == [1, 3, 1, 1, 2, 1]


@pytest.mark.parametrize("body", [
    blank("With ‹agreement_enclosures_progress›"), blank("{{ agreement.enclosures_progress }}") + blank("‹learner_name›"),
    f'<w:p><w:pPr><w:sectPr/></w:pPr>{blank("‹agreement_enclosures_progress›").removeprefix("<w:p>")}',
])  # fmt: skip
def test_beside_other_words_or_typed_it_stays_in_one_paragraph(body):
    assert printed_of(body)[0].endswith("CV; Letter")


# -- what other kinds of blank make ------------------------------------------------------------------------------------


def document(body: str) -> str:
    """A story."""
    return f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def turned(before: str, after: str) -> str:
    """What becomes of a story, given as it was and with its blanks as tags."""
    problems: list[Problem] = []
    ground = Ground(Story(part="x", where="", xml=before), etree.fromstring(after), "Form.docx", problems)
    repeating.turn(ground)
    assert problems == []
    return ground.finished()[0].xml


def lines(xml: str) -> list[str]:
    """The text of each paragraph."""
    return ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in etree.fromstring(xml).iter(f"{W}p")]


@pytest.mark.parametrize(("after", "becomes"), [
    (p("{%p if unit.part %}") + p("Part: {{ unit.part }}") + p("{%p endif %}"),
     ["{%p for unit in units %}", "{%p if unit.part %}", "Part: {{ unit.part }}", "{%p endif %}", "{%p endfor %}"]),
    (table(["{%tr if units.part %}"], ["{{ unit.part }}"], ["{%tr endif %}"]),
     ["{%tr for unit in units %}", "{%tr if unit.part %}", "{{ unit.part }}", "{%tr endif %}", "{%tr endfor %}"]),
    (p("{%p for unit in units %}") + p("{{ units.part }}") + p("{%p endfor %}"),
     ["{%p for unit in units %}", "{{ unit.part }}", "{%p endfor %}"]),
    (p("{{ learner.units | length }} {{ units | length }} {{ learner.name | default('unit.title') }}"),
     ["{{ learner.units | length }} {{ units | length }} {{ learner.name | default('unit.title') }}"]),
    (p("{{ learners.agreement.start | date('d.M.yyyy') }}"),
     ["{%p for learner_row in learners %}", "{{ learner_row.agreement.start | date('d.M.yyyy') }}", "{%p endfor %}"]),
])  # fmt: skip
def test_tags_of_other_kinds_of_blank(after, becomes):
    assert lines(turned(document(p("before")), document(after))) == becomes


def test_rows_that_are_put_in_are_not_counted_in_the_place_of_a_fault():
    """Row 2 repeats; the fault stands in the row that a person calls the third."""
    form = opened(table(row("Title"), row("‹unit_title›"), [tc("{{ learner.surnme }}")]))
    assert [(problem.code, problem.place.spot) for problem in form.problems] == [("T206", "table 1, row 3, cell 1")]
