"""A form: opened safely, printed reproducibly, made as often as its words say, and nobody's name in it."""

from __future__ import annotations

import io
import pickle
import time
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from forms import (
    MAIN,
    W,
    a_form,
    faults,
    form_of,
    opened,
    p,
    part_of,
    parts_of,
    printed,
    shelved,
    t,
    table,
    tc,
    text_of,
    texts_of,
    title_of,
    with_part,
)
from lxml import etree

from pipeline.form import FREQUENCIES, Form, open_form, open_pack

OFFICIAL = Path(__file__).parent.parent / "templates" / "official"
ANN: dict[str, Any] = {"learner": {"name": "Ann", "email": None, "guardian": None}, "units": [], "learners": []}
DRAWING = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="Logo"/></wp:inline></w:drawing></w:r></w:p>'


# -- opening -----------------------------------------------------------------------------------------------------------


GOOD = a_form(p("{{ learner.name }}"))
DOCUMENT, TYPES = "word/document.xml", "[Content_Types].xml"


def spoiled(part: str, old: bytes, new: bytes) -> bytes:
    """The good form with something replaced in one of its parts."""
    content = part_of(GOOD, part)
    assert old in content
    return with_part(GOOD, part, content.replace(old, new))


STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"


@pytest.mark.parametrize(("data", "said"), [
    (b"", "The file is empty."), (b"Hello, this is text", "The file is no Word file, whatever its name says."),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "The file is protected by a password, or of the old kind from before 2007."),
    (GOOD[: len(GOOD) // 2], "The file is damaged or was not copied to its end."), (b"PK\x05\x06" + bytes(18), "The file is no Word file."),
    (spoiled(DOCUMENT, b"</w:body>", b""), "Part word/document.xml of the file is damaged."),
    (spoiled("word/styles.xml", b"</w:styles>", b""), "Part word/styles.xml of the file is damaged."),
    (spoiled("word/_rels/document.xml.rels", b"</Relationships>", b""), "Part word/_rels/document.xml.rels of the file is damaged."),
    (spoiled(TYPES, b"</Types>", b""), "Part [Content_Types].xml of the file is damaged."),
    (spoiled(DOCUMENT, b"<w:document", b"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document"), "document type declaration"),
    (spoiled(TYPES, b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"), "The file is a workbook."),
    (spoiled(TYPES, MAIN.encode() + b".document.main+xml", b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"), "The file is a workbook."),
    (spoiled(TYPES, b"wordprocessingml.document.main", b"presentationml.presentation.main"), "The file is a presentation."),
    (spoiled(TYPES, b"wordprocessingml.document.main", b"something.else"), "The file is no Word file."),
    (spoiled(DOCUMENT, W.strip("{}").encode(), STRICT), "The file is saved as “Strict Open XML”, which few programs read."),
])  # fmt: skip
def test_what_is_no_form_is_told_in_a_sentence_and_makes_no_papers(data, said):
    form = open_form(shelved(data))
    assert not form.usable
    (fault,) = faults(form)
    assert said in fault
    assert fault.startswith("T101 None: ")


def test_a_folder_and_a_missing_file_are_told_too(tmp_path):
    (tmp_path / "Folder.docx").mkdir()
    assert "folder or a link" in faults(open_form(tmp_path / "Folder.docx"))[0]
    assert "could not be read from the disk" in faults(open_form(tmp_path / "Missing.docx"))[0]


def test_a_form_without_a_tag_is_a_warning():
    form = form_of("No tags here.")
    assert form.usable
    assert faults(form) == [
        ("T212 None: The form has no blank that the program can fill. "
        "Run `ecvet template adopt` for it, or write the words of `ecvet fields` into its blanks.")
    ]


def test_the_name_of_a_form_tells_its_language_and_its_folder(tmp_path):
    for name in ("2 After/Europass.docx", "Learning Agreement.es.docx", "Learning Agreement.docx", "Version 2.1.docx", "~$Open.docx", ".Hidden.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(GOOD)
    forms = [(form.folder, form.name, form.language) for form in open_pack(tmp_path)]
    assert forms == [
        ("2 After", "Europass", None), ("", "Learning Agreement", None), ("", "Learning Agreement", "es"), ("", "Version 2.1", None),
    ]  # fmt: skip


def test_tracked_changes_are_accepted_with_a_notice():
    body = (
        f'<w:p><w:pPr><w:rPr><w:ins w:id="1" w:author="Jane"/></w:rPr><w:pPrChange w:author="Jane"/></w:pPr>{t("one")}</w:p>'
        f'<w:p><w:pPr><w:rPr><w:del w:id="2" w:author="Jane"/></w:rPr></w:pPr>{t("two ")}</w:p>{p("three")}'
        f'<w:p><w:moveFrom w:author="Jane">{t("gone")}</w:moveFrom><w:moveTo w:author="Jane">{t("here")}</w:moveTo></w:p>'
        f'<w:tbl><w:tr><w:trPr><w:del w:author="Jane"/></w:trPr>{tc("lost")}</w:tr></w:tbl>'
        f'{table(["kept"])}<w:p><w:del w:author="Jane"><w:r><w:delText>{{{{ learner.email }}}}</w:delText></w:r></w:del></w:p>'
    )
    form = opened(body + p("{{ learner.name }}"), header=f'<w:p><w:ins w:author="Jane">{t("new")}</w:ins></w:p>')
    assert [problem.code for problem in form.problems] == ["T216"]
    data = printed(form, **ANN).data
    assert texts_of(data) == ["one", "two three", "here", "[1] kept", "Ann"]
    assert texts_of(data, "word/header1.xml") == ["new"]
    assert all(b"Jane" not in content for content in parts_of(data).values())


def test_a_paper_made_by_this_program_is_not_taken_for_a_form():
    data = printed(opened(p("{{ learner.name }}"), title="x"), **ANN).data
    form = open_form(shelved(data))
    assert not form.usable
    assert "This is no form but a paper that was made with this program." in faults(form)[0]


# -- the paper ---------------------------------------------------------------------------------------------------------

RICH = {
    "header": p("{{ learner.name }}"), "footer": p("no tag"), "title": "{{ learner.name }}", "app": "<Company>Firm</Company><Pages>1</Pages>",
    "more": {"word/media/logo.png": ("image/png", b"\x89PNG" + bytes(range(256))), "customXml/item1.xml": ("application/xml", "<a>{x}</a>")},
}  # fmt: skip


def sent(form: Form) -> Form:
    """A form as another process gets it."""
    return pickle.loads(pickle.dumps(form))  # noqa: S301 - our own


def test_the_same_values_give_the_same_bytes_in_this_process_and_the_next():
    first = printed(opened(p("{{ learner.name }}"), **RICH), **ANN).data
    form = opened(p("{{ learner.name }}"), **RICH)
    again = printed(sent(form), **ANN).data
    assert sha256(first).digest() == sha256(printed(form, **ANN).data).digest() == sha256(again).digest()


def test_a_form_can_be_sent_to_another_process_before_and_after_its_first_paper():
    form = opened(p("{{ learner.email }}"), **RICH)
    fresh = sent(form)
    printed(form, **ANN)
    used = sent(form)
    for other in (fresh, used):
        assert (other.name, other.frequency, other.problems, other.usable) == (form.name, form.frequency, form.problems, True)
        assert [blank.word for blank, _ in printed(other, **ANN).empty] == ["learner.email"]


def test_a_form_is_compiled_once(monkeypatch):
    form = opened(p("{{ learner.name }}"), **RICH)
    printed(form, **ANN)
    monkeypatch.setattr("jinja2.Environment.compile", None)
    monkeypatch.setattr("docxtpl.DocxTemplate.patch_xml", None)
    monkeypatch.setattr("lxml.etree.fromstring", None)
    assert form.print(ANN, "en").data


def test_members_without_tags_are_the_forms_own_to_the_byte_and_keep_their_order():
    form = a_form(p("{{ learner.name }}"), **RICH)
    before, after = parts_of(form), parts_of(printed(open_form(shelved(form)), **ANN).data)
    assert list(after) == list(before)
    touched = {name for name in before if before[name] != after[name]}
    assert touched == {"word/document.xml", "word/header1.xml", "docProps/core.xml", "docProps/app.xml"}


def test_times_in_the_package_are_fixed():
    with zipfile.ZipFile(io.BytesIO(printed(opened(p("{{ learner.name }}"), **RICH), **ANN).data)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.testzip() is None


def test_the_people_and_the_firm_of_a_form_do_not_come_into_its_papers():
    core = (
        "<dc:creator>Jane Doe</dc:creator><cp:lastModifiedBy>John Doe</cp:lastModifiedBy><cp:revision>17</cp:revision>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2019-03-04T05:06:07Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2021-03-04T05:06:07Z</dcterms:modified>'
        "<cp:lastPrinted>2020-01-01T00:00:00Z</cp:lastPrinted><dc:description>kept</dc:description>"
    )
    app = "<Template>Normal.dotm</Template><Manager>Jim Doe</Manager><Company>Doe &amp; Sons</Company><HyperlinkBase>C:/Users/jane</HyperlinkBase><Pages>2</Pages>"
    data = printed(opened(p("{{ learner.name }}"), title="A form", core=core, app=app), **ANN).data
    told = part_of(data, "docProps/core.xml") + part_of(data, "docProps/app.xml")
    for secret in (b"Doe", b"2019", b"2020", b"2021", b"jane"):
        assert secret not in told
    root = etree.fromstring(part_of(data, "docProps/core.xml"))
    assert root.findtext("{*}creator") == root.findtext("{*}lastModifiedBy") == "ecvet-pipeline"
    assert root.findtext("{*}created") == root.findtext("{*}modified") == "1980-01-01T00:00:00Z"
    assert (root.findtext("{*}title"), root.findtext("{*}description")) == ("A form", "kept")
    assert b"<Pages>2</Pages>" in told
    assert etree.fromstring(part_of(data, "docProps/app.xml")).findtext("{*}Template") == "Normal.dotm"


def test_an_author_that_is_a_tag_is_filled():
    data = printed(opened(p("x"), title="x", core="<dc:creator>{{ learner.name }}</dc:creator>"), **ANN).data
    assert etree.fromstring(part_of(data, "docProps/core.xml")).findtext("{*}creator") == "Ann"


def test_a_title_may_ask_and_repeat():
    form = opened(p("x"), title='{% if learner.name == “Ann” %}For {{ learner.name }}{% else %}none{% endif %}{% for unit in units %}, {{ unit.title }}{% endfor %}')
    assert title_of(printed(form, learner={"name": "Ann"}, units=[{"title": "A"}, {"title": "B < C"}]).data) == "For Ann, A, B < C"


# -- repairs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cell", "expected"), [
    (["{%p if learner.guardian %}", "x", "{%p endif %}"], "<w:p/></w:tc>"),
    (["a", "{%p if learner.guardian %}", "x", "{%p endif %}"], "a</w:t></w:r></w:p></w:tc>"),
    (["{%p if learner.guardian %}", "x", "{%p endif %}", '<w:p w:rsidR="1"/>'], '<w:p w:rsidR="1"/></w:tc>'),
    ([table(["inner"]), "{%p if learner.guardian %}", "x", "{%p endif %}"], "</w:tbl><w:p/></w:tc>"),
    (["<w:p/>", '<w:bookmarkEnd w:id="1"/>'], '<w:p/><w:bookmarkEnd w:id="1"/></w:tc>'),
    (["{%p if learner.guardian %}", "x", "{%p endif %}", '<w:bookmarkEnd w:id="1"/>'], '<w:bookmarkEnd w:id="1"/><w:p/></w:tc>'),
    ([f"<w:sdt><w:sdtContent>{p('s')}</w:sdtContent></w:sdt>", "{%p if learner.guardian %}", "x", "{%p endif %}"], "</w:sdt></w:tc>"),
])  # fmt: skip
def test_a_cell_always_ends_with_a_paragraph(cell, expected):
    form = opened(table([tc(*cell)]) + p("{%p if learner.guardian %}") + p("x") + p("{%p endif %}") + p("end"))
    assert expected in part_of(printed(form, **ANN).data, "word/document.xml").decode()


def test_a_table_without_rows_goes_and_a_row_without_cells_too():
    rows = table(["{%tr for unit in units %}"], ["{{ unit.title }}"], ["{%tr endfor %}"])
    cells = table(["{%tc for unit in units %}", "{{ unit.title }}", "{%tc endfor %}"])
    mixed = table(["{%tc for unit in units %}", "{{ unit.title }}", "{%tc endfor %}"], ["kept"])
    inside = table([tc(rows), "beside"])
    xml = part_of(printed(opened(rows + p("1") + cells + p("2") + mixed + p("3") + inside), **ANN).data, "word/document.xml").decode()
    assert xml.count("<w:tbl>") == 2
    assert xml.count("<w:tr>") == 2
    assert "</w:tcPr><w:p/></w:tc>" in xml


@pytest.mark.parametrize(("part", "root"), [("header", "hdr"), ("footer", "ftr"), ("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")])
def test_a_part_that_lost_its_last_paragraph_gets_one(part, root):
    form = opened(p("x"), **{part: p("{%p if learner.guardian %}") + p("x") + p("{%p endif %}")})
    name = f"word/{part}{'1' if part in ('header', 'footer') else ''}.xml"
    assert f"<w:p/></w:{root}>" in part_of(printed(form, **ANN).data, name).decode()


def test_drawings_in_a_loop_get_numbers_of_their_own():
    loop = p("{%p for unit in units %}") + DRAWING + p("{%p endfor %}")
    data = printed(opened(DRAWING + loop, header=DRAWING + p("{{ learner.name }}"), footer=loop), learner={"name": "x"}, units=[{}, {}]).data
    numbers = {name: [node.get("id") for node in etree.fromstring(part_of(data, f"word/{name}.xml")).iter("{*}docPr")] for name in ("document", "header1", "footer1")}
    assert numbers == {"document": ["1001", "1002", "1003"], "header1": ["7"], "footer1": ["1004", "1005"]}


@pytest.mark.parametrize("value", [None, "wide", 0, -3, "2 or 3", 100, 'x"/><w:evil/>'])
def test_a_colspan_that_is_no_number_of_columns_is_one(value):
    form = opened(table([tc("{% colspan learner.more['columns'] %}x"), "y"], ["a", "b"]) + p("{{ learner.name }}"))
    xml = part_of(printed(form, learner={"name": "x", "more": {"columns": value}}).data, "word/document.xml").decode()
    assert ('<w:gridSpan w:val="63"/>' if value == 100 else '<w:gridSpan w:val="1"/>') in xml


@pytest.mark.parametrize(("value", "fill"), [("FFCC00", "FFCC00"), ("#ffcc00", "ffcc00"), ("red", "auto"), (None, "auto"), ('"/><w:evil/>', "auto")])
def test_a_colour_that_is_none_leaves_the_cell_as_it_is(value, fill):
    form = opened(table([tc("{% cellbg learner.more['colour'] %}x")]) + p("{{ learner.name }}"))
    xml = part_of(printed(form, learner={"name": "x", "more": {"colour": value}}).data, "word/document.xml").decode()
    assert f'w:fill="{fill}"' in xml


# -- how often, and whose ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tags", "frequency"), [
    ("{{ learner.name }}", "learner"), ("{{ agreement.start }}", "learner"), ("{{ learner.name }} {{ companion.name }} {{ partner.name }}", "learner"),
    ("{{ agreement.start }} {{ mou.file_code }} {{ host.name }}", "learner"), ("{{ companion.name }}", "companion"),
    ("{{ companion.name }} {{ partner.name }} {{ host.name }}", "companion"), ("{{ partner.name }}", "partner"),
    ("{{ partner.name }} {{ mou.valid_until }}", "partner"), ("{{ mou.valid_until }}", "memorandum"), ("{{ host.name }}", "pair"), ("{{ home.name }}", "pair"),
    ("{{ cohort.id }}", "cohort"), ("{{ today }}", "cohort"), ("{% for learner in learners %}{{ learner.name }}{% endfor %}", "cohort"),
    ("{% for partner in partners %}{{ partner.name }}{% endfor %}{{ mou.file_code }}", "memorandum"),
    ("{% for host in partners %}{{ host.name }}{% endfor %}", "cohort"), ("{% for companion in companions %}{{ companion.host.name }}{% endfor %}", "cohort"),
    ("{% if learner %}x{% endif %}", "learner"), ("{% for x in learner.units %}{{ x.title }}{% endfor %}", "learner"),
    ("{% for x in mou.covered %}{{ x.name }}{% endfor %}", "memorandum"), ("{% for learner in learners %}x{% endfor %}{{ learner.name }}", "learner"),
])  # fmt: skip
def test_how_often_a_form_is_made_follows_from_its_free_words(tags, frequency):
    form = form_of(tags)
    assert form.frequency == frequency
    assert form.frequency in FREQUENCIES


def test_a_word_in_the_header_or_the_title_decides_too():
    assert opened(p("{{ cohort.id }}"), header=p("{{ learner.name }}")).frequency == "learner"
    assert opened(p("{{ cohort.id }}"), title="{{ host.name }}").frequency == "pair"


@pytest.mark.parametrize(("tags", "word", "advice"), [
    ("{{ mou.file_code }} {{ host.name }}", "host", "for host in partners"), ("{{ mou.file_code }} {{ qualification.title }}", "qualification", "for qualification in qualifications"),
    ("{{ cohort.id }} {{ unit.title }}", "unit", "for unit in units"), ("{{ learner.name }} {{ unit.title }}", "unit", "for unit in units"),
    ("{{ host.name }} {{ intermediary.name }}", "intermediary", "for intermediary in partners"), ("{{ partner.name }} {{ host.name }}", "host", "for host in partners"),
    ("{{ cohort.id }} {{ coordinator.name }}", "coordinator", "for coordinator in partners"), ("{{ host.name }} {{ qualification.title }}", "qualification", "for qualification in qualifications"),
    ("{{ learner.name }} {{ companion.name }}", "companion", "for companion in companions"), ("{{ companion.name }} {{ workplace.name }}", "workplace", "for workplace in partners"),
])  # fmt: skip
def test_a_single_record_that_could_be_several_is_a_problem(tags, word, advice):
    form = form_of(tags)
    assert not form.usable
    (fault,) = faults(form)
    assert fault.startswith("T210 paragraph “")
    assert f"this paper may have several of “{word}”. Repeat the list: {advice}." in fault


@pytest.mark.parametrize("word", ["learners", "people", "results", "companions"])
def test_a_memorandum_never_knows_learners(word):
    (fault,) = faults(form_of(f"{{{{ mou.file_code }}}} {{% for each in {word} %}}x{{% endfor %}}"))
    assert fault.startswith("T211 ")
    assert f"a memorandum does not know “{word}”" in fault


def test_the_words_of_a_loop_are_not_free():
    form = form_of("{% for host in partners %}{{ host.name }}{% endfor %}", "{{ learner.name }}")
    assert set(form.understood.free) == {"partners", "learner"}


# -- the official pack -------------------------------------------------------------------------------------------------


def test_the_official_pack_has_no_fault_and_is_made_as_often_as_the_issue_says():
    forms = open_pack(OFFICIAL)
    assert [faults(form) for form in forms] == [[]] * len(forms)
    assert {form.name: form.frequency for form in forms} == {
        "Contact Card": "learner", "Learning Agreement": "learner", "Learning Agreement - amendment": "learner", "Learner Profile": "learner", "Memorandum of Understanding": "memorandum", "Participant List": "pair",
        "Unit Catalogue": "qualification", "Assessment Sheet": "learner", "Record of Achievement": "learner",
        "Personal Transcript": "learner",
        "Learning Agreement Complement": "learner",
        "Validation and Recognition Record": "learner",
        "Unit Certificate": "result",
        "Europass Mobility": "learner",
        "Partnership Review": "pair",
    }  # fmt: skip
    assert {form.folder for form in forms if not form.asks_results} == {"1 Before", "2 During"}
    assert {form.folder for form in forms if form.asks_results} == {"3 After"}
    assert [form.name for form in forms if form.is_agreement] == ["Learning Agreement"]
    (profile,) = (form for form in forms if form.name == "Learner Profile")
    about = {word for word in profile.wording.words if word.startswith("learner")}
    assert about == {"learner.name"}, "no age, address or telephone: a host does not need them to plan the stay"
    assert [form.made for form in forms if form.tells_changes] == ["once for each agreement that was signed and is amended"]


def test_the_official_pack_is_drawn_by_the_workshop(tmp_path):
    """What lies in templates/ is what .workshop draws: the same bytes."""
    import subprocess
    import sys

    root = OFFICIAL.parent.parent
    subprocess.run([sys.executable, root / ".workshop" / "draw_official_pack.py", tmp_path], check=True, capture_output=True)
    drawn = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.docx")}
    assert drawn == {path.relative_to(OFFICIAL).as_posix(): path.read_bytes() for path in OFFICIAL.rglob("*.docx")}


def test_no_tag_is_left_in_a_paper_of_the_official_pack():
    for form in open_pack(OFFICIAL):
        data = form.print({}, "en").data
        for name, content in parts_of(data).items():
            assert b"{{" not in content, (form.name, name)
            assert b"{%" not in content, (form.name, name)


def test_opening_and_printing_are_quick():
    """A pack is opened in a second or so, a paper printed in a few milliseconds of processor time."""
    begun = time.process_time()
    forms = open_pack(OFFICIAL, ())
    assert time.process_time() - begun < 3
    begun = time.process_time()
    for form in forms:
        for _ in range(10):
            form.print({}, "en")
    assert (time.process_time() - begun) / (10 * len(forms)) < 0.02


def test_text_of_a_paper_reads_as_the_form_does():
    form = form_of("Dear {{ learner.name }},", "", "Yours")
    assert text_of(printed(form, **ANN).data) == "Dear Ann,\nYours"


def test_a_copy_with_its_faults_marked_is_no_form_of_the_set(tmp_path):
    for name in ("Card.docx", "Card - faults.docx", "Card - faults (2).docx", "Faults.docx"):
        (tmp_path / name).write_bytes(GOOD)
    assert [form.file for form in open_pack(tmp_path)] == ["Card.docx", "Faults.docx"]


# -- tracked changes ---------------------------------------------------------------------------------------------------------


def accepted(body: str) -> list[str]:
    """The text of a paper of a form with tracked changes."""
    return texts_of(printed(opened(body + p("{{ learner.name }}")), **ANN).data)


DELETED_END = '<w:p><w:pPr><w:rPr><w:del w:author="Jane"/></w:rPr></w:pPr>{}</w:p>'


def test_a_paragraph_whose_end_was_deleted_before_a_table_stays_where_it_is():
    assert accepted(DELETED_END.format(t("two")) + table(["kept"])) == ["two", "[1] kept", "Ann"]


def test_a_paragraph_whose_end_was_deleted_goes_before_the_text_of_one_with_a_style():
    styled = f'<w:p><w:pPr><w:pStyle w:val="Annex"/></w:pPr>{t("three")}</w:p>'
    assert accepted(DELETED_END.format(t("two ")) + styled) == ["two three", "Ann"]


def test_a_cell_that_was_deleted_is_not_in_the_papers():
    row = f'<w:tr>{tc("kept")}<w:tc><w:tcPr><w:cellDel w:author="Jane"/></w:tcPr>{p("gone")}</w:tc></w:tr>'
    assert "gone" not in " ".join(accepted(f"<w:tbl>{row}</w:tbl>"))


def test_of_a_table_some_of_whose_rows_were_deleted_the_others_stay():
    gone = f'<w:tr><w:trPr><w:del w:author="Jane"/></w:trPr>{tc("gone")}</w:tr>'
    told = " ".join(accepted(f"<w:tbl>{gone}<w:tr>{tc('kept')}</w:tr></w:tbl>"))
    assert "kept" in told
    assert "gone" not in told
