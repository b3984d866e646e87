"""A form is filled for trial when it is opened: what would come out damaged makes no papers, and the place is named."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from forms import a_form, faults, opened, p, part_of, parts_of, printed, shelved, t, table, tc, with_part

from pipeline.form import gate, open_form, press
from pipeline.form.specimens import HOSTILE, Specimen, asked_by_name, specimens
from pipeline.vocabulary import TOP
from pipeline.word.rules import Known, story_flaws, strict_root
from pipeline.word.soundness import paper_flaws

ROOT = Path(__file__).parents[1]
OFFICIAL = sorted((ROOT / "templates").rglob("*.docx"))
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CELL = table([tc("{%p if learner.email %}", "x", "{%p endif %}"), "b"])


def flaws(form: bytes, part: str = "word/document.xml") -> list[str]:
    """What is wrong in the text of a form."""
    root = strict_root(part_of(form, part))
    return sorted({flaw.what for flaw in story_flaws(part, DOCUMENT, root, Known())})


# -- the gate ----------------------------------------------------------------------------------------------------------


def test_a_form_whose_papers_would_have_a_cell_without_a_paragraph_makes_none(monkeypatch):
    """Nobody repairs the cell here, as nobody would if `repairs` forgot a case."""
    monkeypatch.setattr(press, "repaired", lambda xml, _: xml)
    (told,) = faults(opened(p("{{ learner.name }}") + CELL))
    assert told.startswith("T304 table 1, row 1, cell 1: Filled for trial, the form comes out damaged (table 1, row 1, cell 1): a cell that does not end with a paragraph.")
    assert not opened(CELL).usable


def test_values_that_are_not_escaped_are_noticed(monkeypatch):
    monkeypatch.setattr("pipeline.printing._escaped", lambda text: text.encode("utf-8", "replace"))
    (told, *_) = faults(opened(p("{{ learner.name }}")))
    assert "T304" in told
    assert "no whole XML" in told


def test_drawings_that_get_one_number_are_noticed(monkeypatch):
    drawing = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="x"/></wp:inline></w:drawing></w:r></w:p>'
    body = p("{%p for unit in units %}") + drawing + p("{%p endfor %}")
    assert faults(opened(body)) == []
    monkeypatch.setattr(press, "numbered_drawings", lambda xml, first: (xml, first))
    assert "two drawings with one number" in "".join(faults(opened(body)))


def test_what_the_form_has_wrong_itself_is_not_held_against_it():
    body = p("{{ learner.name }}") + '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="0"/></w:tcPr></w:tc></w:tr></w:tbl>'
    assert len(flaws(a_form(body))) == 3
    assert faults(opened(body)) == []


def test_an_if_is_tried_with_every_value_the_form_asks_for(monkeypatch):
    monkeypatch.setattr(press, "repaired", lambda xml, _: xml)
    body = table([tc("{%p if learner.sex == 'F' %}", "f", "{%p elif learner.sex == 'M' %}", "m", "{%p endif %}")])
    assert "T304" in "".join(faults(opened(body)))
    trees = [each.tree for each in opened(p("{% if learner.sex == 'F' or 'M' == learner.sex %}x{% endif %}")).prepared]
    assert asked_by_name(trees) == {"sex": ["F", "M"]}
    assert [each.values({"sex": ["F", "M"]})["learner"]["sex"] for each in specimens({"sex": ["F", "M"]}, 1, branches=True) if each.filled] == ["F", "M"]


def test_a_specimen_has_every_word_and_leads_on_as_a_cohort_does():
    values = Specimen(items=3, letters=9).values({})
    assert set(values) == set(TOP)
    assert values["learner"]["agreement"] is values["agreement"]
    assert len(values["learner"]["units"]) == 3
    assert values["qualification"]["titles"].get("es").startswith(HOSTILE)


def test_nothing_of_the_trial_is_left_in_a_paper():
    form = opened(p("{{ host.name }}, {{ host.address }}, {{ host.country }}: {{ learner.name }}"))
    data = printed(form, host={"name": None}, learner={"name": "Ann"}).data
    assert b"GB29" not in b"".join(parts_of(data).values())


def test_a_table_in_a_control_that_nothing_is_left_of_goes():
    row = '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
    inner = table(["{%tr for unit in units %}"], ["{{ unit.title }}"], ["{%tr endfor %}"])
    body = inner.replace("<w:tr>", "<w:START>", 1).replace("<w:START>", row.split("{}", maxsplit=1)[0] + "<w:tr>").replace("</w:tbl>", row.split("{}")[1] + "</w:tbl>")
    form = opened(body + p("{{ learner.name }}"))
    assert faults(form) == []
    assert b"<w:tbl>" not in part_of(printed(form, learner={"name": "x"}, units=[]).data, "word/document.xml")


def test_a_row_that_tags_emptied_goes_where_columns_are_made_too():
    body = table(["{%tc for unit in units %}", "{{ unit.title }}", "{%tc endfor %}"], ["kept"]) + p("{{ learner.name }}")
    assert paper_flaws(printed(opened(body), learner={"name": "x"}, units=[]).data) == []


def test_a_table_whose_grid_has_no_widths_is_no_reason_to_fall():
    body = table(["{%tc for unit in units %}", "{{ unit.title }}", "{%tc endfor %}"], ["a", "b", "c"])
    for wrong in ('<w:gridCol w:w=""/>', "<w:gridCol/>"):
        assert opened(body.replace('<w:gridCol w:w="2000"/>', wrong)).problems == ()


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: path.stem)
def test_proving_an_official_form_takes_little_time(path):
    """Some 20 ms on a machine with nothing else to do; this one may have."""
    form = open_form(path)
    times = []
    for _ in range(3):
        begun = time.process_time()
        assert gate.proved(form, path) == []
        times.append(time.process_time() - begun)
    assert min(times) < 0.08


# -- what may not be brought along -----------------------------------------------------------------------------------------


def test_a_field_that_fetches_is_refused_with_its_place():
    field = '<w:fldSimple w:instr=" INCLUDETEXT &quot;C:\\\\a.docx&quot; "/>'
    (told,) = faults(opened(p("{{ learner.name }}") + f"<w:p>{t('Terms: ')}{field}</w:p>"))
    assert told.startswith("T104 paragraph “Terms:”: The form holds the field INCLUDETEXT, which no paper may bring along.")


def test_papers_of_a_form_without_properties_are_no_forms_either():
    paper = printed(opened(p("{{ learner.name }}")), learner={"name": "{{ cohort.title }}"}).data
    assert "T102" in "".join(faults(open_form(shelved(paper))))


def test_a_form_whose_styles_are_missing_is_refused():
    whole = a_form(p("{{ learner.name }}"))
    kept = with_part(whole, "word/_rels/document.xml.rels", part_of(whole, "word/_rels/document.xml.rels").replace(b"styles.xml", b"gone.xml"))
    assert "Part word/gone.xml of the file is missing." in "".join(faults(open_form(shelved(kept))))


def test_a_namespace_that_is_no_address_is_told_and_not_raised():
    whole = a_form(p("{{ learner.name }}"))
    spoiled = part_of(whole, "word/document.xml").replace(b"http://schemas.microsoft.com/office/word/2010", b"http://schemas.micros{{oft.com")
    assert "Part word/document.xml of the file is damaged." in "".join(faults(open_form(shelved(with_part(whole, "word/document.xml", spoiled)))))


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.mark.parametrize(("kind", "target", "told"), [
    ("image", "https://pictures.example/logo.png", "a picture that lies outside of the file"),
    ("aFChunk", "word/terms.html", "another document put into the text"), ("oleObject", "word/table.bin", "an object of another program"),
    ("package", "word/embeddings/table.xlsx", "an object of another program"),
    ("frame", "https://frames.example/", "something outside of the file"),
])  # fmt: skip
def test_what_lies_elsewhere_or_is_another_programs_is_refused_with_the_paragraph_that_speaks_of_it(kind, target, told):
    """A logo that Word would fetch from the web, terms put in as a web page, a table of a spreadsheet program."""
    speaks = f'<w:p>{t("Our logo")}<w:r><w:object r:id="rId9"/></w:r></w:p>'
    more = {"word/terms.html": ("text/html", "<p>x</p>"), "word/table.bin": ("application/octet-stream", "x")}
    form = opened(p("{{ learner.name }}") + speaks, related={"word/document.xml": [("rId9", f"{OFFICE}/{kind}", target)]}, more=more)
    assert not form.usable
    assert any(one.startswith(f"T104 paragraph “Our logo”: The form holds {told}, which no paper may bring along.") for one in faults(form))


def test_what_nothing_in_the_text_speaks_of_is_told_at_the_text():
    form = opened(p("{{ learner.name }}"), related={"word/document.xml": [("rId9", f"{OFFICE}/image", "https://pictures.example/logo.png")]})
    assert faults(form)[0].startswith("T104 text: The form holds a picture that lies outside of the file")


def test_what_a_part_without_text_brings_along_is_told_with_the_part():
    more = {"word/theme/theme1.xml": ("application/vnd.openxmlformats-officedocument.theme+xml", "<a/>")}
    related = {"word/theme/theme1.xml": [("rId9", f"{OFFICE}/image", "https://pictures.example/logo.png")]}
    assert faults(opened(p("{{ learner.name }}"), related=related, more=more))[0].startswith("T104 the part word/theme/theme1.xml: ")


def test_a_field_whose_kind_is_hidden_by_another_is_refused():
    r"""{ { QUOTE INCLUDETEXT } "C:\a.docx" }: Word works out the inner field, and then fetches."""

    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    inner = f'{mark("begin")}<w:r><w:instrText>QUOTE INCLUDE</w:instrText></w:r>{mark("end")}'
    field = f'{mark("begin")}{inner}<w:r><w:instrText>TEXT x</w:instrText></w:r>{mark("separate")}{mark("end")}'
    told = faults(opened(p("{{ learner.name }}") + f"<w:p>{t('Terms')}{field}</w:p>"))
    assert any("The form holds a field whose kind is hidden by another" in one for one in told)


def test_joints_that_the_form_has_wrong_itself_are_not_held_against_it():
    """A relationship that leads to a part that is not there, as many programs leave behind."""
    related = {"word/document.xml": [("rId9", f"{OFFICE}/customXml", "../customXml/gone.xml")]}
    data = a_form(p("{{ learner.name }}"), related=related)
    assert "a relationship that leads to nothing" in {flaw.what for flaw in paper_flaws(data)}
    assert faults(open_form(shelved(data))) == []


def test_a_paper_that_would_not_be_whole_xml_is_noticed(monkeypatch):
    monkeypatch.setattr(press, "repaired", lambda xml, _: xml + "<")
    (told, *_) = faults(opened(CELL))
    assert told.startswith("T304 None: Filled for trial, the form comes out damaged: it is no whole XML.")


def test_of_many_flaws_the_first_few_are_told(monkeypatch):
    monkeypatch.setattr(press, "repaired", lambda xml, _: xml)
    body = CELL + table(["{%tr for unit in units %}"], ["{{ unit.title }}"], ["{%tr endfor %}"])
    assert len(faults(opened(body))) > 1
    monkeypatch.setattr(gate, "MOST_TOLD", 1)
    assert len(faults(opened(body))) == 1


def test_a_paper_longer_than_anybody_prints_is_not_made(monkeypatch):
    form = opened(p("{%p for unit in units %}") + p("{{ unit.title }}") + p("{%p endfor %}") + p("{{ learner.name }}"))
    monkeypatch.setattr(press, "MOST_OUTPUT", 1_000)
    made = printed(form, learner={"name": "Ann"}, units=[{"title": "Soups"}] * 50)
    assert [(problem.code, problem.place.file) for problem in made.problems] == [("T303", "Form.docx")]


# -- what is looked for --------------------------------------------------------------------------------------------------------


TYPES, RELS = "[Content_Types].xml", "_rels/.rels"
PICTURE = '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="7" name="x"/></wp:inline></w:drawing></w:r></w:p>'
WHOLE = a_form(p("Dear Ann") + PICTURE, header=p("Page"), title="x")


@pytest.mark.parametrize(("part", "old", "new", "told"), [
    (TYPES, "</Types>", "", "the list of parts is missing or damaged"),
    (TYPES, "</Types>", '<Override PartName="/WORD/document.xml" ContentType="x"/></Types>', "a part that is listed twice"),
    (TYPES, "</Types>", '<Override PartName="/word/gone.xml" ContentType="x"/></Types>', "a part that is listed and not there"),
    (TYPES, DOCUMENT, "x", "not exactly one main part"),
    (TYPES, "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml",
     "application/vnd.openxmlformats-package.core-properties+xml", "the properties are there twice"),
    (RELS, 'Id="officeDocument"', 'Id="core"', "two relationships with one name"),
    (RELS, "officeDocument/2006/relationships/officeDocument", "package/2006/relationships/metadata/core-properties", "the properties are there twice"),
    (RELS, "</Relationships>", "", "it is no whole XML"),
    ("word/_rels/document.xml.rels", "styles.xml", "gone.xml", "a relationship that leads to nothing"),
    ("word/header1.xml", "<w:p>", PICTURE + "<w:p>", "two drawings with one number in different parts"),
    ("word/header1.xml", "<w:p>", "some text<w:p>", "text straight in “hdr”"),
    ("word/header1.xml", p("Page"), "", "“hdr” without a paragraph"),
])  # fmt: skip
def test_whatever_word_would_stumble_over_is_found(part, old, new, told):
    assert paper_flaws(WHOLE) == []
    content = part_of(WHOLE, part).decode()
    assert old in content
    assert told in {flaw.what for flaw in paper_flaws(with_part(WHOLE, part, content.replace(old, new).encode()))}


def test_remarks_among_the_kinds_of_parts_are_no_parts():
    types = part_of(WHOLE, TYPES).replace(b"</Types>", b"<!-- made by hand --></Types>")
    assert paper_flaws(with_part(WHOLE, TYPES, types)) == []
