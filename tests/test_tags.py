"""Tags: found however Word has bent them, and every fault of theirs told at its place, all at once."""

from __future__ import annotations

import time

import pytest
from forms import faults, form_of, opened, p, part_of, printed, t, table, tc, text_of, texts_of

from pipeline.marks.outline import Outline

LINK = '<w:hyperlink r:id="x">{}</w:hyperlink>'
BOX = "<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>"
HEADED = p("1. Participants", "berschrift1") + p("Hello {{ learner.x }}") + p("2. Duration", "Annex")


def where(form):
    """The places of what is wrong, in the order in which it is told."""
    return [problem.place.spot for problem in form.problems]


def only(form):
    """The one fault of a form, as an officer reads it."""
    (fault,) = faults(form)
    return fault


# -- bent tags ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("opening", "„“”‟«»\"")
@pytest.mark.parametrize("closing", "„“”«»\"")
def test_quotes_of_every_language_are_quotes_inside_of_a_tag(opening, closing):
    form = form_of(f"{{% if learner.sex == {opening}F{closing} %}}she said “yes” «oui»{{% endif %}}")
    assert texts_of(printed(form, learner={"sex": "F"}).data) == ["she said “yes” «oui»"]


@pytest.mark.parametrize("quote", ["‘F’", "‚F‘", "‹F›", "’F’", "«\u202fF\u202f»", "«\u00a0F\u00a0»", "'F'"])
def test_single_and_spaced_quotes_are_quotes_inside_of_a_tag(quote):
    assert texts_of(printed(form_of(f"{{% if learner.sex == {quote} %}}x{{% endif %}}"), learner={"sex": "F"}).data) == ["x"]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2007", "\u2009", "\n", "\t"])
def test_spaces_that_do_not_break_are_spaces_inside_of_a_tag_and_stay_outside(space):
    form = form_of(f"a{space}b {{{{{space}learner.name{space}|{space}upper }}}}", f"{{%p{space}if learner.name %}}", "x", "{%p endif %}")
    shown = text_of(printed(form, learner={"name": "Ann"}).data)
    assert shown == f"a{space}b ANN\nx"


def test_a_tag_may_be_cut_at_every_character():
    for at in range(1, len("{{ learner.name }}")):
        cut = "{{ learner.name }}"[:at] + "¦" + "{{ learner.name }}"[at:]
        assert texts_of(printed(form_of(f"a {cut} b"), learner={"name": "Ann"}).data) == ["a Ann b"], cut


def test_two_tags_may_share_their_pieces():
    form = form_of("{{ learner.na¦me }} {{ learner.¦email }}¦ {%¦ if learner.email %¦}yes{% end¦if %}")
    assert texts_of(printed(form, learner={"name": "Ann", "email": "a@b.c"}).data) == ["Ann a@b.c yes"]


@pytest.mark.parametrize("inside", [
    '<w:bookmarkStart w:id="1" w:name="x"/>', '<w:bookmarkEnd w:id="1"/>', '<w:commentRangeStart w:id="1"/>',
    '<w:permStart w:id="1" w:edGrp="everyone"/>', '<w:r><w:commentReference w:id="1"/></w:r>',
])  # fmt: skip
def test_what_word_puts_into_a_tag_is_not_lost(inside):
    body = f"<w:p>{t('{{ learner.')}{inside}{t('name }}')}{t('.')}</w:p>"
    data = printed(opened(body), learner={"name": "Ann"}).data
    assert texts_of(data) == ["Ann."]
    assert inside.split()[0].split(">")[0].encode() in part_of(data, "word/document.xml")


@pytest.mark.parametrize("body", [
    f"<w:p>{t('{{ ')}{LINK.format(t('learner.email'))}{t(' }}')}</w:p>",
    f"<w:p>{LINK.format(t('{{ learner.email'))}{t(' }}')}</w:p>",
    f"<w:p>{t('{{ learner.')}{LINK.format(t('email }}'))}</w:p>",
    f"<w:p>{LINK.format(t('{{ learner.email }}'))}</w:p>",
    f"<w:p>{t('{{ ')}<w:smartTag>{t('learner.email')}</w:smartTag>{t(' }}')}</w:p>",
    f"<w:p><w:sdt><w:sdtContent>{t('{{ learner')}</w:sdtContent></w:sdt>{t('.email }}')}</w:p>",
])  # fmt: skip
def test_a_tag_may_begin_or_end_in_a_link(body):
    """Word makes a link of whatever looks like an address while you type it."""
    data = printed(opened(body), learner={"email": "a@b.c"}).data
    assert texts_of(data) == ["a@b.c"]


def test_a_tag_in_an_insertion_is_filled_and_one_in_a_deletion_left_out():
    body = (
        f'<w:p>{t("Name: ")}<w:ins w:id="1" w:author="Jane Doe">{t("{{ learner.name }}")}</w:ins>'
        '<w:del w:id="2" w:author="Jane Doe"><w:r><w:delText>{{ learner.email }}</w:delText></w:r></w:del></w:p>'
    )
    form = opened(body)
    assert faults(form) == [
        ("T216 None: The form holds tracked changes; its papers are made as if they were accepted. "
        "Open the form in Word, look at the changes, and accept or reject them.")
    ]
    data = printed(form, learner={"name": "Ann", "email": "secret"}).data
    assert texts_of(data) == ["Name: Ann"]
    assert b"secret" not in part_of(data, "word/document.xml")
    assert b"Jane Doe" not in part_of(data, "word/document.xml")


def test_a_tag_half_inserted_is_whole():
    body = f'<w:p>{t("{{ learner.")}<w:ins w:id="1">{t("family_name")}</w:ins><w:del w:id="2"><w:r><w:delText>x</w:delText></w:r></w:del>{t(" }}")}</w:p>'
    assert texts_of(printed(opened(body), learner={"family_name": "Lee"}).data) == ["Lee"]


def test_a_tag_in_a_text_box_is_filled_in_both_its_copies():
    inside = f"<w:pict><w:txbxContent>{p('{{ learner.name }}')}</w:txbxContent></w:pict>"
    choice, fallback = f'<mc:Choice Requires="wps">{inside}</mc:Choice>', f"<mc:Fallback>{inside}</mc:Fallback>"
    box = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    data = printed(opened(f"<w:p><w:r>{box}</w:r></w:p>"), learner={"name": "Ann"}).data
    assert part_of(data, "word/document.xml").count(b"Ann") == 2


# -- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("parts", "spot"), [
    ({"body": p("Dear {{ x }}")}, "paragraph “Dear {{ x }}”"),
    ({"body": p("A long paragraph that goes on and on {{ x }} and on")}, "paragraph “A long paragraph that goes on and on …”"),
    ({"body": p("x") + p("{{ ¦x }}")}, "paragraph “{{ x }}”"),
    ({"body": table(["a"], ["b"]) + table(["a", "b"], ["c", "{{ x }}"])}, "table 2, row 2, cell 2"),
    ({"body": table(["a"]), "header": p("{{ x }}")}, "page header, paragraph “{{ x }}”"),
    ({"body": p("a"), "header": table(["a"], ["{{ x }}"])}, "page header, table 1, row 2, cell 1"),
    ({"body": p("a"), "footer": p("Page {{ x }}")}, "page footer, paragraph “Page {{ x }}”"),
    ({"body": p("a"), "footnotes": p("See {{ x }}")}, "footnote 1, paragraph “See {{ x }}”"),
    ({"body": p("a"), "endnotes": p("See {{ x }}")}, "endnote 1, paragraph “See {{ x }}”"),
    ({"body": p("a"), "comments": p("See {{ x }}")}, "comment 1, paragraph “See {{ x }}”"),
    ({"body": p("a"), "title": "{{ x }}"}, "document properties, title"),
    ({"body": p("a"), "core": "<dc:subject>{{ x }}</dc:subject>"}, "document properties, subject"),
    ({"body": BOX.format(p("{{ x }}"))}, "text box, paragraph “{{ x }}”"),
    ({"body": HEADED.replace("learner.x", "x")}, "under “1. Participants”, paragraph “Hello {{ x }}”"),
    ({"body": HEADED.replace("learner.x", "learner.name") + p("{{ x }}")}, "under “2. Duration”, paragraph “{{ x }}”"),
    ({"body": p("{{ x }}", "berschrift1")}, "paragraph “{{ x }}”"),
    ({"body": HEADED.replace("learner.x", "learner.name") + table(["{{ x }}"])}, "table 1, row 1, cell 1"),
])  # fmt: skip
def test_a_place_is_named_as_a_person_finds_it(parts, spot):
    form = opened(**parts)
    assert where(form) == [spot], faults(form)


def test_rows_after_a_table_inside_a_table_are_counted_right():
    inner = table(["x"], ["y"], ["z"]) + p("")
    body = table(["a"], [tc(inner)], ["{{ x }}"])
    assert where(opened(body)) == ["table 1, row 3, cell 1"]


def test_cells_and_rows_inside_content_controls_are_counted():
    body = table(["a", "b"], ["c", "{{ x }}"])
    wrapped = body.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
    assert where(opened(wrapped)) == ["table 1, row 2, cell 2"]


def test_places_stay_quick_in_a_long_form():
    """A thousand rows of five cells, a tag in each."""
    body = table(*[["{{ learner.name }}"] * 5 for _ in range(900)])
    begun = time.perf_counter()
    form = opened(body.replace("learner.name", "learner.nam", 1))
    assert where(form) == ["table 1, row 1, cell 1"]
    assert time.perf_counter() - begun < 5


# -- faults ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "shown"), [
    ("Dear {{ learner.name", "Dear {{ learner.name"), ("{% if learner.name", "{% if learner.name"),
    ("learner.name }} is here", "name }} is here"), ("100 %} of", "100 %} of"), ("{# never closed", "{# never closed"),
    ("{{ learner.name %}", "{{ learner.name %}"), ("{% if x }}", "{% if x }}"), ("{%5}", "{%5}"),
])  # fmt: skip
def test_half_a_tag_is_told_with_the_text_around_it(text, shown):
    assert only(form_of(text)) == (
        f"T201 paragraph “{text}”: “{shown}” is not a whole tag. Complete the tag in the form, or delete what is left of it."
    )


def test_a_tag_over_two_paragraphs_is_two_halves():
    assert [fault[:4] for fault in faults(form_of("{{ learner.", "name }}"))] == ["T201", "T201"]


@pytest.mark.parametrize(("lines", "said"), [
    (["{% if learner.name %}"], "“{% if learner.name %}” is never closed with {% endif %}."),
    (["{%p for unit in units %}", "x"], "“{%p for unit in units %}” is never closed with {% endfor %}."),
    (["{% endif %}"], "“{% endif %}” closes nothing."),
    (["{% else %}"], "“{% else %}” stands outside of an if."),
    (["{% if learner.name %}x{% endfor %}{% endif %}"], "“{% endfor %}” closes something else than “{% if learner.name %}”."),
])  # fmt: skip
def test_an_if_or_for_that_does_not_close_is_told(lines, said):
    assert said in only(form_of(*lines))


def test_an_if_from_one_cell_to_another_is_told_with_both_places():
    body = table(["{% if learner.name %}a", "b"], ["c", "d{% endif %}"])
    assert "opens in table 1, row 1, cell 1 and closes in table 1, row 2, cell 2" in only(opened(body))
    mixed = table(["{%tr if learner.name %}"], ["a"], ["{%p endif %}"])
    assert "T205 table 1, row 3, cell 1" in only(opened(mixed))


@pytest.mark.parametrize("lines", [
    ["{%p if learner.name %}", "a {% endif %} b"], ["a {% if learner.name %} b", "{%p endif %}"],
    ["{%p if learner.name %}", "x {% else %} y", "{%p endif %}"], ["{%p for unit in units %}", "x {% endfor %}"],
])  # fmt: skip
def test_two_tags_at_different_depths_do_not_belong_together(lines):
    """One takes its paragraph away, the other stands in the middle of one: papers would be torn."""
    assert "do not belong together" in only(form_of(*lines))


def test_an_if_that_begins_in_a_link_and_ends_outside_is_told():
    body = f"<w:p>{LINK.format(t('{% if learner.name %}x'))}{t('y{% endif %}')}</w:p>"
    assert "T213" in only(opened(body))


@pytest.mark.parametrize(("body", "lost"), [
    (p("{%p if learner.name %} {{ learner.email }}") + p("{%p endif %}"), "{{ learner.email }}"),
    (p("{%p if learner.name %}{%p for unit in units %}") + p("{%p endfor %}") + p("{%p endif %}"), "{%p if learner.name %}"),
    (table(["{%tr if learner.name %}", "{{ learner.email }}"], ["x", "y"], ["{%tr endif %}", ""]), "{{ learner.email }}"),
    (table(["{%tr for unit in units %}{{ unit.title }}", "{%tr endfor %}"]), "{%tr for unit in units %}"),
])  # fmt: skip
def test_a_tag_that_another_takes_away_is_told(body, lost):
    assert f"“{lost}” would get lost beside another tag." in " ".join(faults(opened(body)))


@pytest.mark.parametrize(("body", "words"), [
    (p("Name: {%p if learner.name %}") + p("x") + p("{%p endif %}"), "Name:"),
    (table(["{%tr for unit in units %}", "Units of the stay"], ["{{ unit.title }}", "x"], ["{%tr endfor %}", ""]), "Units of the stay"),
    (table(["{%tc for unit in units %}Unit", "{{ unit.title }}", "{%tc endfor %}"]), "Unit"),
    (p("{#p a note for the author #} and the words after it, which are many and go on") + p("{{ learner.name }}"), "and the words after it, which are many a…"),
])  # fmt: skip
def test_words_that_a_tag_takes_away_with_it_are_told_and_the_form_is_used(body, words):
    form = opened(body)
    assert form.usable
    assert f"“{words}” stands beside “" in only(form)
    assert "{" not in text_of(printed(form, learner={"name": "Ann"}, units=[{"title": "Soup"}]).data)


@pytest.mark.parametrize("body", [
    f'<w:p><w:r><w:instrText>HYPERLINK "mailto:{{{{ learner.email }}}}"</w:instrText></w:r>{t("{{ learner.name }}")}</w:p>',
    '<w:p><w:r><w:instrText>HYPERLINK "mailto:{{ learner.email }}"</w:instrText></w:r></w:p>',
    f'<w:p><w:r><w:drawing><wp:docPr id="1" name="{{{{ learner.email }}}}"/></w:drawing></w:r>{t("{{ learner.name }}")}</w:p>',
    p("{% colspan 2 %}"), p("{% hm %}"), p("{% vm %}"), p('{% cellbg "FFCC00" %}'),
])  # fmt: skip
def test_a_tag_where_there_is_no_text_is_told(body):
    assert "stands where a form cannot be filled" in only(opened(body))


@pytest.mark.parametrize(("part", "spot"), [
    ("word/charts/chart1.xml", "a chart"), ("word/diagrams/data1.xml", "a diagram"), ("word/glossary/document.xml", "a building block"),
    ("docProps/custom.xml", "the part docProps/custom.xml"),
])  # fmt: skip
def test_a_tag_in_a_chart_or_a_diagram_is_told(part, spot):
    """Nothing of a form comes into a paper as a bare tag."""
    form = opened(p("{{ learner.name }}"), more={part: ("application/xml", "<c><t>{{ learner.name }}</t><v>{%</v></c>")})
    assert only(form).startswith(f"T215 {spot}: “{{{{ learner.name }}}}” stands where a form cannot be filled.")


@pytest.mark.parametrize("tag", ["{{ {'a': 1} }}", "{{ '{0}'.format(learner) }}", "{{ learner.update({'name': 'x'}) }}"])
def test_a_tag_with_braces_of_its_own_is_told_too_where_no_form_can_be_filled(tag):
    form = opened(p("{{ learner.name }}"), more={"word/charts/chart1.xml": ("application/xml", f"<c><t>{tag}</t></c>")})
    assert only(form).startswith(f"T215 a chart: “{tag}” stands where a form cannot be filled.")


def test_braces_in_data_that_a_form_carries_along_are_no_tags():
    assert opened(p("{{ learner.name }}"), more={"customXml/item1.xml": ("application/xml", "<a>{{ x }}</a>")}).usable


@pytest.mark.parametrize("body", [p("{%tr if learner.name %}") + p("{%tr endif %}"), p("{%tc if learner.name %}") + p("{%tc endif %}")])
def test_a_row_tag_outside_of_a_table_is_told(body):
    assert "it stands in no paragraph, row or cell of its own" in faults(opened(body))[0]


def test_a_paragraph_tag_with_a_percent_sign_is_told():
    form = form_of("{%p if agreement.progress == '100%' %}", "x", "{%p endif %}")
    assert "holds a % or }" in faults(form)[0]


def test_hm_outside_of_a_for_is_told():
    assert "T204 table 1, row 1, cell 1: “{% hm %}” stands outside of a for." in only(opened(table([tc("{% hm %}x")])))


def test_what_docxtpl_writes_for_hm_is_admitted_there_and_nowhere_else():
    cells = ["{%tc for unit in units %}", tc("{% hm %}{{ learner.name }}"), "{%tc endfor %}"]
    assert opened(table(cells)).usable
    assert not opened(table(cells) + p("{% for unit in units %}{{ loop.length }}{% endfor %}")).usable
    assert not opened(table(cells) + p("{% for unit in units %}{{ 2 * loop.length }}{% endfor %}")).usable


def test_all_faults_are_told_at_once_each_with_its_place_and_a_suggestion():
    """Half a tag, an if without end, a wrong word, a call, a tag that cannot be read; in the header too."""
    form = opened(
        p("{{ learner.surname }}") + p("{% if learner.is_minor %}") + table(["{{ learner.name.upper() }}"], ["{{ learner nam }}"])
        + p("{% for skill in unit.skils %}{{ skill }}{% endfor %}") + p("half {{"),
        header=p("{{ host.nme }}"), title="{{ cohort.titel }}",
    )  # fmt: skip
    told = faults(form)
    assert [line.partition(":")[0] for line in told] == [
        "T201 paragraph “half {{”",
        "T204 paragraph “{% if learner.is_minor %}”",
        "T202 table 1, row 2, cell 1",
        "T206 paragraph “{{ learner.surname }}”",
        "T203 table 1, row 1, cell 1",
        "T206 paragraph “{% for skill in unit.skils %}{{ skill…”",
        "T206 page header, paragraph “{{ host.nme }}”",
        "T206 document properties, title",
        "T210 paragraph “{% for skill in unit.skils %}{{ skill…”",
    ]
    for meant in ("learner.family_name", "unit.skills", "host.name", "cohort.title"):
        assert any(f"Did you mean “{meant}”?" in line for line in told), meant


def test_a_broken_for_does_not_make_its_items_unknown():
    form = form_of("{% for skill in in unit.skills %}{{ skill }}, {{ learner.nme }}{% endfor %}")
    assert [line[:4] for line in faults(form)] == ["T202", "T206"]


def test_tags_without_end_are_refused_at_once():
    """Thirty-two thousand openings took docxtpl 25 seconds."""
    begun = time.perf_counter()
    assert not form_of("{%" * 32_000).usable
    assert not form_of("{{" * 32_000).usable
    assert not form_of("{{ learner.name }}" * 6_000).usable
    assert time.perf_counter() - begun < 5


def test_a_form_with_too_many_tags_says_so():
    assert only(form_of("{{ learner.name }}" * 5_001)).startswith("T217 None: The form holds 5,001 tags; 5,000 in one part")
    header = "<w:p><w:r><w:instrText>" + "{{" * 40_000 + "</w:instrText></w:r></w:p>"
    assert only(opened(p("x"), header=header)).startswith("T217 page header: ")


def test_a_very_long_tag_is_told_by_its_beginning():
    told = only(form_of('{{ learner.name | default("' + "x" * 3_000 + '") }}'))
    assert "is longer than a page" in told
    assert len(told) < 400


@pytest.mark.parametrize(("tag", "why"), [
    ("{{ learner.nam e }}", "“e” is too much in it"), ("{% if learner.sex = 'F' %}x{% endif %}", "to compare, write =="),
    ("{{ learner.name | }}", "a name is missing in it"), ("{{ learner.@ }}", "the sign “@” means nothing here"),
    ("{{ (learner.name }}", "a bracket is not closed with )"), ("{{ not }}", "something is missing in it"),
    ("{% for unit units %}{% endfor %}", "write: for … in …"), ("{{ learner. }}", "a name is missing in it"),
    ("{{ 'abc }}", "a quotation mark is not closed"), ("{{ }}", "it is empty"),
    ("{% if learner.name %}{% else %}{% else %}{% endif %}", "“else” does not belong here"),
])  # fmt: skip
def test_what_cannot_be_read_is_told_in_plain_words(tag, why):
    assert f"cannot be read: {why}." in only(form_of(tag))


@pytest.mark.parametrize(("source", "inside", "torn"), [
    ("<a><!-- <b> --><?x <c> ?><d/>", "a", False), ("<a></b>", "a", True), ("</a>", "", True), ("<a><>", "a", True),
    ("<a b='", "", False), ("<a><b c='1'></b>", "a", False),
])  # fmt: skip
def test_the_elements_that_are_open_are_known_at_every_place_of_a_source(source, inside, torn):
    outline = Outline()
    for sign in source.partition("'")[0], source.partition("'")[1] + source.partition("'")[2]:
        outline.read(sign)
    assert (outline.innermost, outline.torn) == (inside, torn)
    assert outline.in_attribute is source.endswith("'")
