"""Every part of a paper equals docxtpl's own result, with the docxtpl that is installed; its known faults apart."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from forms import (
    W,
    a_form,
    by_docxtpl,
    canonical,
    opened,
    p,
    part_of,
    printed,
    table,
    tc,
    text_of,
    texts_of,
    title_of,
)
from lxml import etree

CONTEXT: dict[str, Any] = {
    "learner": {"name": "Ann Lee", "family_name": "Lee", "email": "a@b.c", "address": "Street 1", "guardian": None, "sex": "F"},
    "units": [
        {"title": "Soup", "points": 2, "skills": ["boils", "stirs"]}, {"title": "Fish", "points": 3, "skills": []},
        {"title": "Cake", "points": 4, "skills": ["bakes"]},
    ],
    "cohort": {"title": "Taste of Europe", "draft": False, "call_year": 2027},
    "host": {"name": "Hotel Aurora", "roles": ["host", "company"]},
}  # fmt: skip
DRAWING = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="Logo"/></wp:inline></w:drawing></w:r></w:p>'
BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>'
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
PROOFED = (
    '<w:p><w:r><w:t>{{ learner.</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>name</w:t></w:r>'
    '<w:proofErr w:type="spellEnd"/><w:r><w:t xml:space="preserve"> }} signs.</w:t></w:r></w:p>'
)
BARE = {"properties": '<w:vAlign w:val="center"/>'}
"""Properties of a cell among which docxtpl writes in the right order."""
EACH_UNIT = ["{%tc for unit in units %}", "{{ unit.title }}", "{%tc endfor %}"]

FORMS = {
    "a word": p("Name: {{ learner.name }}."),
    "a word cut into runs": p("Name: {{ lear¦ner.na¦me }}¦."),
    "braces cut in two": p("{¦{ learner.name }¦} {¦% if learner.name %¦}x{%¦ endif ¦%}"),
    "a word with proofing marks": PROOFED,
    "curly quotes": p("{% if learner.sex == “F” %}she{% endif %}{% if learner.sex == ‘F’ %}!{% endif %}"),
    "a text without xml:space": "<w:p><w:r><w:t>a {{ learner.name }} b</w:t></w:r></w:p>",
    "paragraphs asked for": p("{%p if learner.email %}") + p("{{ learner.email }}") + p("{%p endif %}") + p("end"),
    "paragraphs left out": p("{%p if learner.guardian %}") + p("x") + p("{%p else %}") + p("y") + p("{%p endif %}"),
    "elif": p("{% if learner.guardian %}a{% elif learner.email %}b{% else %}c{% endif %}"),
    "paragraphs repeated": p("{%p for unit in units %}") + p("{{ loop.index }}. {{ unit.title }}") + p("{%p endfor %}"),
    "one for in another": p("{%p for unit in units %}")
    + p("{{ unit.title }}: {% for skill in unit.skills %}{{ skill }}{% if not loop.last %}, {% endif %}{% else %}–{% endfor %}")
    + p("{%p endfor %}"),
    "an if over two paragraphs": p("a {% if learner.email %}b") + p("c{% endif %} d"),
    "rows repeated": table(
        ["Unit", "Points"], ["{%tr for unit in units %}", ""], ["{{ unit.title }}", "{{ unit.points }}"], ["{%tr endfor %}", ""]
    ),
    "rows asked for": table(["a"], ["{%tr if learner.guardian %}"], ["b"], ["{%tr endif %}"]),
    "cells repeated": table(EACH_UNIT, ["{%tc for unit in units %}", "{{ unit.points }}", "{%tc endfor %}"]),
    "runs asked for": p("a ¦{%r if learner.email %}¦<{{ learner.email }}>¦{%r endif %}¦ z"),
    "a comment": p("a {# for the author #}b {{ learner.name }}"),
    "a comment with its paragraph": p("{#p for the author #}") + p("{{ learner.name }}"),
    "a comment with its row": table(["{#tr for the author #}"], ["{{ learner.name }}"]),
    "white space taken away": p("one") + p("{%- if learner.email %} two{% endif %}")
    + p("three {% if learner.email -%}") + p("four{% endif %}"),
    "colspan": table([tc("{% colspan units | length %}All units of {{ learner.name }}", **BARE)], EACH_UNIT),
    "colspan of a number": table([tc("{% colspan 2 %}wide", **BARE), "x"], ["{{ learner.name }}", "b", "c"]),
    "cellbg": table([tc('{% cellbg "FFCC00" %}{{ learner.name }}', **BARE), "x"]),
    "hm": table(["{%tc for unit in units %}", tc("{% hm %}{{ learner.name }}"), "{%tc endfor %}"], EACH_UNIT),
    "hm in a wide cell": table(
        ["{%tc for unit in units %}", tc("{% hm %}{{ learner.name }}", properties='<w:gridSpan w:val="2"/>'), "{%tc endfor %}"],
        ["{%tc for unit in units %}", "{{ unit.title }}", "x", "{%tc endfor %}"],
    ),
    "vm": table(["{%tr for unit in units %}", ""], [tc("{% vm %}{{ learner.name }}"), "{{ unit.title }}"], ["{%tr endfor %}", ""]),
    "filters of Jinja": p(
        "{{ learner.name | upper }} {{ learner.name | lower }} {{ \"o'brien lee-ann\" | title }} {{ ' a ' | trim }} "
        "{{ learner.guardian | default('–', true) }} {{ units | length }} {{ host.roles | first }} {{ host.roles | last }} "
        '{{ host.roles | sort | join(", ") }}'
    ),
    "questions": p("{% if cohort.call_year > 2020 and learner.name != 'x' and 'host' in host.roles %}yes{% endif %}"),
    "a test": p("{% if learner.guardian is none %}no{% endif %}{% if learner.email is defined %}yes{% endif %}"),
    "texts put together": p('{{ learner.name ~ " at " ~ host.name }}'),
    "brackets": p("{{ learner['name'] }}"),
    "braces as text": p("{_{ as text }_} {_% if %_} {{ learner.name }}"),
    "a drawing": DRAWING + p("{{ learner.name }}") + DRAWING,
    "a drawing repeated": p("{%p for unit in units %}") + DRAWING + p("{%p endfor %}"),
    "a text box": BOX.format(p("{{ learner.name }}")),
    "a tag in a link": f'<w:p><w:hyperlink>{p("{{ learner.email }}")[5:-6]}</w:hyperlink></w:p>',
}  # fmt: skip


@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS.keys())
def test_every_part_equals_docxtpls_own(body):
    parts = {
        "header": p("{{ cohort.title }}{% if cohort.draft %} DRAFT{% endif %}"), "footer": p("{{ host.name }}¦, {{ host.¦name }}"),
        "footnotes": p("{%p if learner.email %}") + p("See {{ learner.email }}") + p("{%p endif %}"),
        "title": "{{ learner.name }} at {{ host.name }}{% if cohort.draft %} (draft){% endif %}",
    }  # fmt: skip
    theirs = by_docxtpl(a_form(body, **parts), copy.deepcopy(CONTEXT))
    ours = printed(opened(body, **parts), **copy.deepcopy(CONTEXT)).data
    for part in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/footnotes.xml"):
        assert canonical(part_of(ours, part)) == canonical(part_of(theirs, part)), part
    assert title_of(ours) == title_of(theirs) == "Ann Lee at Hotel Aurora"


@pytest.mark.parametrize(("value", "seen"), [
    ("a\nb", "a⏎b"), ("a\tb", "a→b"), ("\ta\n\tb", "→a⏎→b"), ("AT&T <b> \"c\" 'd'", "AT&T <b> \"c\" 'd'"),
    ("{{ 7*7 }}", "{{ 7*7 }}"), ("{% if %}", "{% if %}"), ("{# x #}", "{# x #}"), ("שלום עולם", "שלום עולם"), ("🧁 café", "🧁 café"),
])  # fmt: skip
def test_a_value_becomes_what_docxtpl_makes_of_it(value, seen):
    body = '<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{{ learner.address }}</w:t></w:r></w:p>'
    context = {"learner": {"address": value}}
    theirs = by_docxtpl(a_form(body), context)
    ours = printed(opened(body), **context).data
    assert canonical(part_of(ours, "word/document.xml")) == canonical(part_of(theirs, "word/document.xml"))
    assert texts_of(ours) == [seen]


# -- known faults of docxtpl, each with what we do instead -------------------------------------------------------------


def test_fault_docxtpl_escapes_the_title_twice():
    form = {"title": "{{ host.name }}"}
    context = {"host": {"name": "Smith & Sons"}}
    assert title_of(by_docxtpl(a_form(p("x"), **form), context)) == "Smith &amp; Sons"
    assert title_of(printed(opened(p("x"), **form), **context).data) == "Smith & Sons"


def test_fault_docxtpl_turns_escaped_braces_in_a_value_into_braces():
    context = {"learner": {"name": "{_{ host.name }_}"}}
    assert text_of(by_docxtpl(a_form(p("{{ learner.name }}")), context)) == "{{ host.name }}"
    assert text_of(printed(opened(p("{{ learner.name }}")), **context).data) == "{_{ host.name }_}"


def test_fault_docxtpl_drops_every_ampersand_after_a_control_character():
    """Such a character never comes from a cell: reading tells it. If it came, it would be seen in the paper."""
    body = p("{{ learner.name }}, {{ host.name }}")
    context = {"learner": {"name": "Ann\x02"}, "host": {"name": "Smith & Sons"}}
    assert text_of(by_docxtpl(a_form(body), context)) == "Ann, Smith  Sons"
    assert text_of(printed(opened(body), **context).data) == "Ann\ufffd, Smith & Sons"


def test_fault_docxtpl_does_not_fill_endnotes_and_comments():
    parts = {"endnotes": p("{{ host.name }}"), "comments": p("{{ host.name }}")}
    context = {"host": {"name": "Hotel Aurora"}}
    for part in ("word/endnotes.xml", "word/comments.xml"):
        assert text_of(by_docxtpl(a_form(p("x"), **parts), context), part) == "{{ host.name }}"
        assert text_of(printed(opened(p("x"), **parts), **context).data, part) == "Hotel Aurora"


def test_fault_docxtpl_renders_a_footnote_once_a_section():
    """A value that holds braces is looked at again, and executed."""
    body = "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>" + p("x")
    context = {"host": {"name": "{{ 7*7 }}"}}
    parts = {"footnotes": p("{{ host.name }}")}
    assert text_of(by_docxtpl(a_form(body, **parts), context), "word/footnotes.xml") == "49"
    assert text_of(printed(opened(body, **parts), **context).data, "word/footnotes.xml") == "{{ 7*7 }}"


def test_fault_docxtpl_writes_the_properties_of_a_cell_in_an_order_that_words_schema_forbids():
    every = '<w:tcW w:w="2000" w:type="dxa"/><w:tcBorders><w:top w:val="single"/></w:tcBorders><w:vAlign w:val="center"/>'
    body = table([tc("{% colspan 2 %}{{ learner.name }}", properties=every), tc('{% cellbg "FFCC00" %}x', properties=every)], ["a", "b", "c"])
    body += table(["{%tr for unit in units %}"], [tc("{% vm %}x", properties=every)], ["{%tr endfor %}"])
    body += table(["{%tc for unit in units %}", tc("{% hm %}x", properties=every), "{%tc endfor %}"])
    context = copy.deepcopy(CONTEXT)

    def orders(data: bytes) -> list[list[str]]:
        cells = etree.fromstring(part_of(data, "word/document.xml")).iter(f"{W}tcPr")
        return [[node.tag.removeprefix(W) for node in cell] for cell in cells if len(cell) > 3]

    assert orders(by_docxtpl(a_form(body), context)) == [
        ["gridSpan", "tcW", "tcBorders", "vAlign"], ["shd", "tcW", "tcBorders", "vAlign"],
        *[["tcW", "tcBorders", "vAlign", "vMerge"]] * 3, ["tcW", "tcBorders", "vAlign", "gridSpan"],
    ]  # fmt: skip
    assert orders(printed(opened(body), **context).data) == [
        ["tcW", "gridSpan", "tcBorders", "vAlign"], ["tcW", "tcBorders", "shd", "vAlign"],
        *[["tcW", "vMerge", "tcBorders", "vAlign"]] * 3, ["tcW", "gridSpan", "tcBorders", "vAlign"],
    ]  # fmt: skip


def test_fault_docxtpl_writes_beside_empty_properties_of_a_cell():
    body = table([tc('{% cellbg "FFCC00" %}{{ learner.name }}', properties="")])
    context = copy.deepcopy(CONTEXT)
    theirs = part_of(by_docxtpl(a_form(body), context), "word/document.xml")
    ours = part_of(printed(opened(body), **context).data, "word/document.xml")
    assert b'<w:tcPr/><w:shd w:val="clear"' in theirs
    assert b'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="FFCC00"/></w:tcPr>' in ours


def test_fault_docxtpl_leaves_a_cell_without_paragraph_and_a_table_without_rows():
    """Word refuses both (MS-OI29500, 2.1.168 and 2.1.178)."""
    body = table([tc("{%p if learner.guardian %}", "{{ learner.guardian }}", "{%p endif %}"), "x"]) + p("y")
    body += table(["{%tr for unit in units %}"], ["{{ unit.title }}"], ["{%tr endfor %}"]) + p("z")
    context: dict[str, Any] = {"learner": {"guardian": None}, "units": []}
    theirs = part_of(by_docxtpl(a_form(body), context), "word/document.xml").decode()
    ours = part_of(printed(opened(body), **context).data, "word/document.xml").decode()
    assert "</w:tcPr></w:tc>" in theirs
    assert "</w:tblGrid></w:tbl>" in theirs or "<w:tblGrid/></w:tbl>" in theirs
    assert "</w:tcPr><w:p/></w:tc>" in ours
    assert ours.count("<w:tbl>") == 1


def test_fault_docxtpl_looks_a_word_with_an_ampersand_up_escaped():
    body = p('{{ learner.more["R&D"] }}')
    context = {"learner": {"more": {"R&D": "yes"}}}
    assert texts_of(by_docxtpl(a_form(body), context)) == []
    assert texts_of(printed(opened(body), **context).data) == ["yes"]


def test_fault_docxtpl_knows_only_four_curly_quotes_and_prints_none():
    body = p("{{ learner.sex | default(„x“) }}{% if learner.sex == «\u00a0F\u00a0» %}she{% endif %}")
    with pytest.raises(Exception, match="unexpected char"):
        by_docxtpl(a_form(body), {"learner": {"sex": "F"}})
    assert texts_of(printed(opened(body), learner={"sex": "F"}).data) == ["Fshe"]
    assert text_of(by_docxtpl(a_form(p("{{ learner.name }}")), {"learner": {"name": None}})) == "None"


def test_fault_docxtpl_loses_a_bookmark_that_begins_inside_of_a_tag():
    """Word puts one where you stopped typing: its end stays, without a beginning."""
    body = (
        '<w:p><w:r><w:t>{{ learner.</w:t></w:r><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:r><w:t>name }}</w:t></w:r>'
        '<w:r><w:t>.</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p>'
    )
    context = {"learner": {"name": "Ann Lee"}}
    theirs = part_of(by_docxtpl(a_form(body), context), "word/document.xml")
    ours = part_of(printed(opened(body), **context).data, "word/document.xml")
    assert (theirs.count(b"bookmarkStart"), theirs.count(b"bookmarkEnd")) == (0, 1)
    assert (ours.count(b"bookmarkStart"), ours.count(b"bookmarkEnd")) == (1, 1)
    assert texts_of(printed(opened(body), **context).data) == ["Ann Lee."]


def test_fault_docxtpl_changes_white_space_of_the_forms_own():
    """A line break in a form's XML is white space to Word; docxtpl makes a new line of it."""
    body = "<w:p><w:r><w:t>two\nwords {{ learner.name }}</w:t></w:r></w:p>"
    context = {"learner": {"name": "Ann\tLee"}}
    assert texts_of(by_docxtpl(a_form(body), context)) == ["two⏎words Ann→Lee"]
    assert texts_of(printed(opened(body), **context).data) == ["two\nwords Ann→Lee"]
