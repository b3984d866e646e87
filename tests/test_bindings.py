"""Content controls bound to data: the data of a paper hold what its controls show, and Word never shows anything else."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
from decimal import Decimal
from typing import Any

import pytest
from forms import OFFICE, a_form, faults, opened, p, package_faults, part_of, printed, t, tc, with_part
from lxml import etree
from test_controls import PROMPT, SHOWN, body_of, box, choice, line, rows, sdt, section

SPACE = "urn:college:form"
ITEM = "{0F5C1F4E-7D0B-4B53-9C45-0123456789AB}"
DATA = f'<f:form xmlns:f="{SPACE}" xmlns:x="urn:x"><f:who sex="?" x:id="1"><f:name>Old</f:name><f:name>Older</f:name></f:who><f:born>2020-01-01</f:born><f:other>x &amp; {{y}}</f:other></f:form>'
NAME, BORN, SEX = "/ns0:form[1]/ns0:who[1]/ns0:name[1]", "/ns0:form[1]/ns0:born[1]", "/ns0:form[1]/ns0:who[1]/@sex"
TEXT = "<w:text/>"
ANN: dict[str, Any] = {
    "learner": {"name": "Ann <b> & “Co”", "sex": "F", "date_of_birth": dt.date(2007, 3, 4), "is_minor": False, "address": "Lane 1\nBonn\t2", "email": None},
    "agreement": {"annexes": ["Map", "Rules"], "points": Decimal("2.50")}, "units": [{"title": "Soups"}, {"title": "Sauces"}], "learners": [{"name": "Ann"}, {"name": "Bo"}],
}  # fmt: skip


def to(path: str, *, item: str = ITEM, prefixes: str = f"xmlns:ns0='{SPACE}' xmlns:ns1='urn:x'", kind: str = "w") -> str:
    """A binding, as Word writes it."""
    return f'<{kind}:dataBinding w:prefixMappings="{prefixes}" w:xpath="{path}" w:storeItemID="{item}"/>'


def with_data(data: str | bytes = DATA, item: str = ITEM, number: int = 1, **more: Any) -> dict[str, Any]:
    """The parts of a form that holds these data."""
    props = f'<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" ds:itemID="{item}"><ds:schemaRefs/></ds:datastoreItem>'
    parts = {
        f"customXml/item{number}.xml": ("", data),
        f"customXml/itemProps{number}.xml": ("application/vnd.openxmlformats-officedocument.customXmlProperties+xml", props),
    }  # fmt: skip
    related = {
        "word/document.xml": [(f"data{number}", f"{OFFICE}/customXml", f"../customXml/item{number}.xml")],
        f"customXml/item{number}.xml": [("rId1", f"{OFFICE}/customXmlProps", f"itemProps{number}.xml")],
    }  # fmt: skip
    return {"more": parts, "related": related, "defaults": {"xml": "application/xml"}, **more}


def paper_of(body: str, language: str = "en", words: dict[str, Any] = ANN, **data: Any) -> bytes:
    """A paper of a form with data."""
    data = printed(opened(body, **with_data(**data)), language, **words).data
    assert package_faults(data) == []
    return data


def data_of(paper: bytes) -> Any:
    """The data of a paper, parsed."""
    return etree.fromstring(part_of(paper, "customXml/item1.xml"))


def value_at(paper: bytes, path: str) -> str:
    """What the data of a paper hold, as Word reads it."""
    (found,) = data_of(paper).getroottree().xpath(path, namespaces={"ns0": SPACE, "ns1": "urn:x"})
    return str(found) if path.rpartition("/")[2].startswith("@") else found.text or ""


def held(control: str, path: str, language: str = "en", words: dict[str, Any] = ANN) -> tuple[str, bool]:
    """What the data hold at a path in a paper of a form with this control in a line, and whether it is still bound."""
    paper = paper_of(line(control), language, words)
    return value_at(paper, path), "w:dataBinding" in body_of(paper)


# -- what the data hold ------------------------------------------------------------------------------------------------


def test_the_data_of_a_bound_control_hold_its_value_and_it_stays_bound():
    paper = paper_of(line(sdt("learner.name", PROMPT, '<w:placeholder><w:docPart w:val="A1"/></w:placeholder>', SHOWN, to(NAME), TEXT)))
    assert f'<w:tag w:val="learner.name"/><w:id w:val="7"/>{to(NAME)}<w:text w:multiLine="1"/></w:sdtPr>' in body_of(paper)
    assert part_of(paper, "customXml/item1.xml").decode() == (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + DATA.replace("Old<", "Ann &lt;b&gt; &amp; “Co”<")
    )


@pytest.mark.parametrize(("path", "control"), [
    (NAME, "learner.name"), ("/ns0:form/ns0:who/ns0:name[1]", "learner.name"), ("/ns0:form[1]/ns0:who[1]/ns0:name[2]", "learner.name"),
    (SEX, "learner.name"), ("/ns0:form[1]/ns0:who[1]/@ns1:id", "learner.name"), (" /ns0:form[1]/ns0:other[1]", "learner.name"),
])  # fmt: skip
def test_a_path_leads_to_an_element_or_an_attribute(path, control):
    assert held(sdt(control, PROMPT, to(path), TEXT), path.strip()) == ("Ann <b> & “Co”", True)


DATED = '<w:date w:fullDate="2020-01-01T00:00:00Z"><w:dateFormat w:val="d. MMMM yyyy"/><w:lid w:val="de-DE"/>{}</w:date>'


@pytest.mark.parametrize(("stored", "value"), [
    ('<w:storeMappedDataAs w:val="dateTime"/>', "2007-03-04T00:00:00"), ('<w:storeMappedDataAs w:val="date"/>', "2007-03-04"),
    ('<w:storeMappedDataAs w:val="text"/>', "4. März 2007"), ("", "4. März 2007"),
])  # fmt: skip
@pytest.mark.parametrize("path", [BORN, SEX])
def test_a_date_is_kept_as_its_control_says(stored, value, path):
    control = sdt("learner.date_of_birth", PROMPT, to(path), SHOWN, DATED.format(stored))
    assert held(control, path, "de") == (value, True)
    assert held(control, path, "de", {"learner": {}}) == ("", True)


@pytest.mark.parametrize(("name", "words", "value"), [
    ("learner.is_minor", {"learner": {"is_minor": True}}, "true"), ("learner.is_minor", {"learner": {"is_minor": False}}, "false"),
    ("learner.is_minor", {"learner": {}}, "false"), ("learner.sex=F", {"learner": {"sex": "F"}}, "true"), ("learner.sex=F", {"learner": {"sex": "M"}}, "false"),
])  # fmt: skip
def test_a_check_box_is_kept_as_true_or_false(name, words, value):
    control = box(name).replace("<w14:checkbox>", f"{to(NAME)}<w14:checkbox>")
    assert held(control, NAME, "de", words) == (value, True)


CODED = ("=Choose.", "1=female", "2=male")


@pytest.mark.parametrize(("kind", "entries", "word", "given", "value"), [
    ("dropDownList", CODED, "sex", "F", "1"), ("dropDownList", CODED, "sex", "M", "2"), ("dropDownList", CODED, "sex", None, ""),
    ("comboBox", CODED, "sex", "F", "1"), ("comboBox", CODED, "nationality", "male", "2"), ("comboBox", CODED, "nationality", "Tom’s {x} & <y>", "Tom’s {x} & <y>"),
    ("dropDownList", ("CZ=Czech", "DE=German"), "nationality", "German", "DE"), ("dropDownList", ("CZ=Czech", "DE=German"), "nationality", "CZ", "CZ"),
    ("dropDownList", ("Czech=Czech",), "nationality", "czech", "Czech"), ("comboBox", ("Czech=Czech",), "nationality", "Finnish", "Finnish"), ("comboBox", (), "nationality", "Finnish", "Finnish"),
])  # fmt: skip
@pytest.mark.parametrize("path", [NAME, SEX])
def test_a_list_is_kept_as_the_value_of_its_entry(kind, entries, word, given, value, path):
    assert held(sdt(f"learner.{word}", PROMPT, to(path), choice(kind, *entries)), path, words={"learner": {word: given}}) == (value, True)


def test_a_combo_box_shows_the_entry_that_a_column_means():
    """The workbook keeps F; its data keep 1, so Word shows female, and so does the paper."""
    paper = paper_of(line(sdt("learner.sex", PROMPT, to(NAME), choice("comboBox", *CODED, last=' w:lastValue="2"'))))
    assert "<w:t>female</w:t>" in body_of(paper)
    assert '<w:comboBox w:lastValue="1">' in body_of(paper)


@pytest.mark.parametrize("path", [NAME, SEX])
@pytest.mark.parametrize(("word", "language", "value"), [
    ("learner.address", "en", "Lane 1\nBonn\t2"), ("agreement.annexes", "en", "Map\nRules"), ("agreement.points", "de", "2,5"), ("learner.is_minor", "de", "nein"), ("learner.email", "en", ""),
])  # fmt: skip
def test_lines_numbers_and_answers_are_kept_as_they_are_shown(word, language, value, path):
    assert held(sdt(word, PROMPT, to(path), TEXT), path, language) == (value, True)


def test_an_empty_value_leaves_an_empty_node_and_is_told_once():
    form = opened(line(sdt("learner.email", PROMPT, to(NAME), SHOWN, TEXT), sdt("learner.sex", PROMPT, to(SEX), choice("dropDownList", *CODED))), **with_data())
    paper = printed(form, learner={"sex": "Q"})
    assert [blank.word for blank, _ in paper.empty] == ["learner.email", "learner.sex"], "as without data"
    assert [blank.word for blank, *_ in paper.refused] == ["learner.sex"], "as without data"
    assert (value_at(paper.data, NAME), value_at(paper.data, SEX)) == ("", "")
    assert {blank.word for blank in form.understood.blanks} == {"learner.email", "learner.sex"}
    assert len(form.understood.blanks) == 3


def test_a_node_that_says_there_is_no_value_says_so_of_a_paper_without_one():
    data = f'<f:form xmlns:f="{SPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><f:born xsi:nil="true"/></f:form>'
    for words, nil in ((ANN, "false"), ({"learner": {}}, "true")):
        paper = paper_of(line(sdt("learner.name", PROMPT, to(BORN), TEXT)), words=words, data=data)
        assert data_of(paper)[0].get("{http://www.w3.org/2001/XMLSchema-instance}nil") == nil


def test_a_word_may_stand_in_several_controls_of_a_node_and_in_other_parts():
    control = sdt("learner.name", PROMPT, to(NAME), TEXT)
    paper = printed(opened(line(control) + line(sdt("learner_name_2", PROMPT, to(NAME), TEXT, number=8)), header=line(control), **with_data()), **ANN).data
    assert value_at(paper, NAME) == "Ann <b> & “Co”"
    assert body_of(paper).count("dataBinding") == 2
    assert b"dataBinding" in part_of(paper, "word/header1.xml")


def test_each_paper_has_its_own_data():
    form = opened(line(sdt("learner.name", PROMPT, to(NAME), TEXT), sdt("host.name", PROMPT, to(BORN), TEXT)), **with_data())
    said = [value_at(printed(form, learner={"name": name}, host={"name": "Aurora"}).data, NAME) for name in ("Ann", "Bo", "Ann")]
    assert said == ["Ann", "Bo", "Ann"]


# -- where a control is cut off ----------------------------------------------------------------------------------------


def cut(body: str, **data: Any) -> bool:
    """Say whether the controls of a form are cut off, and its data are what they were, byte for byte."""
    paper = paper_of(body, **data)
    same = part_of(paper, "customXml/item1.xml") == part_of(a_form(body, **with_data(**data)), "customXml/item1.xml")
    return same and "dataBinding" not in body_of(paper)


@pytest.mark.parametrize("binding", [
    to("/ns0:form[1]/ns0:nobody[1]"), to("/ns0:form[1]/ns0:who[1]"), to("/ns0:form[1]/ns0:who[1]/@nobody"), to("//ns0:name"), to("/ns0:form[1]/ns0:who[1]/ns0:name[3]"),
    to("/ns0:form[1]/ns0:born[1]/text()[1]"), to("string(/ns0:form[1])"), to("/ns9:form[1]/ns9:born[1]"), to("/form[1]/born[1]"), to(""), to("count("), to(SEX.replace("@", "@ns7:")), to(BORN, prefixes="xmlns:ns0=''"), to("/ns0:form[1]" * 5_000), to("/ns0:" + "a" * 100_000),
    to(BORN, prefixes=f"xmlns:ns0='{SPACE}' xmlns:ns1=''"), to(BORN.replace("[1]", "[0]")), to("/ns0:form[99999]"), to(BORN, prefixes=""),
    to(BORN, item="{00000000-0000-0000-0000-000000000000}"), '<w:dataBinding w:xpath="/a"/>', to(BORN) + to(BORN, kind="w15"), to(BORN, item="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"),
])  # fmt: skip
def test_where_no_node_can_be_found_the_control_is_cut_off(binding):
    assert cut(line(sdt("learner.name", PROMPT, binding, TEXT)))


@pytest.mark.parametrize("body", [
    line(sdt("learner.name", PROMPT, to(NAME))), line(sdt("learner.name", PROMPT, to(NAME), DATED.format('<w:storeMappedDataAs w:val="date"/>'))),
    line(sdt("learner.name", PROMPT, to(NAME), TEXT), sdt("learner.sex", PROMPT, to(NAME), TEXT)),
    line(sdt("learner.date_of_birth", PROMPT, to(BORN), TEXT), sdt("learner.date_of_birth", PROMPT, to(BORN), DATED.format('<w:storeMappedDataAs w:val="date"/>'))),
    line(sdt("unit.title", PROMPT, to(NAME), TEXT)), rows(f"<w:tr>{tc(line(sdt('learners.name', PROMPT, to(NAME), TEXT)))}</w:tr>"),
    rows(f"<w:tr>{tc(line(sdt('unit.title', PROMPT)))}{tc(line(sdt('learner.name', PROMPT, to(NAME), TEXT)))}</w:tr>"),
    section(line(sdt("units.title", PROMPT), sdt("learner.name", PROMPT, to(NAME), TEXT))), line(sdt("", t("{{ learner.name }}"), to(NAME), TEXT)),
    p("{%p for learner in learners %}") + line(sdt("learner.name", PROMPT, to(NAME), TEXT)) + p("{%p endfor %}"),
    line(sdt("learner.sex", PROMPT, to(NAME), choice("dropDownList", "F=M", "A=F"))),
])  # fmt: skip
def test_where_a_control_repeats_or_its_data_could_say_something_else_it_is_cut_off(body):
    assert cut(body)


@pytest.mark.parametrize("data", [
    DATA.replace("{y}", "{{ y }}"), DATA.replace("{y}", "{_{ y"), DATA.replace('x:id="1"', 'x:id="{%"'), f"<!-- Word --> {DATA}", f"<?mso-infoPathSolution a='b'?>{DATA}",
    f'<?xml version="1.0" encoding="UTF-8"?>\r\n{DATA.replace("{y}", "{}}")}'.encode(),
])  # fmt: skip
def test_data_that_could_not_be_written_as_they_were_stay_untouched(data):
    assert cut(line(sdt("learner.name", PROMPT, to(NAME), TEXT)), data=data)


def test_two_parts_of_one_identifier_stay_untouched():
    one, two = with_data(), with_data(number=2)
    merged = {"more": one["more"] | two["more"], "related": {**one["related"], **two["related"], "word/document.xml": one["related"]["word/document.xml"] + two["related"]["word/document.xml"]}}
    paper = printed(opened(line(sdt("learner.name", PROMPT, to(NAME), TEXT)), **merged, defaults=one["defaults"]), **ANN).data
    assert part_of(paper, "customXml/item1.xml") == part_of(paper, "customXml/item2.xml") == DATA.encode()
    assert "dataBinding" not in body_of(paper)


def test_other_data_and_controls_that_are_no_blanks_stay_as_they_are():
    own, other = with_data(), with_data(data="<?a b?><a  b='{{ c }}'/>", item="{A}", number=2)
    merged = {"more": own["more"] | other["more"], "related": {**own["related"], **other["related"]}, "defaults": own["defaults"]}
    form = opened(line(sdt("learner.name", PROMPT, to(NAME), TEXT), sdt("", t("own"), to(BORN), TEXT)), **merged)
    paper = printed(form, **ANN).data
    assert part_of(paper, "customXml/item2.xml") == b"<?a b?><a  b='{{ c }}'/>"
    assert body_of(paper).count("dataBinding") == 2
    assert value_at(paper, BORN) == "2020-01-01"


def test_data_of_a_form_without_bound_controls_are_not_even_read():
    form = opened(p("{{ learner.name }}"), **with_data(data="<damaged"))
    assert [fault[:4] for fault in faults(form)] == ["T101"]
    form = opened(p("{{ learner.name }}"), **with_data(data="<a>{{ b }}</a>"))
    assert part_of(printed(form, **ANN).data, "customXml/item1.xml") == b"<a>{{ b }}</a>"
    assert len(form.prepared) == 1


def test_a_fault_of_a_bound_control_is_told_once():
    form = opened(line(sdt("learner.units", PROMPT, to(NAME), TEXT)), **with_data())
    assert [fault[:4] for fault in faults(form)] == ["T207"]


def test_a_form_with_data_goes_to_another_process():
    form = pickle.loads(pickle.dumps(opened(line(sdt("learner.name", PROMPT, to(NAME), TEXT)), **with_data())))  # noqa: S301 - our own
    assert value_at(printed(form, **ANN).data, NAME) == "Ann <b> & “Co”"


@pytest.mark.slow
@pytest.mark.libreoffice
def test_what_a_reader_of_bound_data_shows_is_the_value(needs, tmp_path):
    """LibreOffice shows in plain text what the data hold, as Word does: here the text in the controls is another."""
    controls = [sdt(word, PROMPT, to(path), TEXT) for word, path in (("learner.name", NAME), ("agreement.points", SEX), ("learner.address", BORN))]
    paper = paper_of("".join(map(line, controls)), "de")
    for shown in ("Ann", "2,5", "Lane"):
        paper = with_part(paper, "word/document.xml", part_of(paper, "word/document.xml").replace(f">{shown}".encode(), b">Stale"))
    (tmp_path / "paper.docx").write_bytes(paper)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    subprocess.run([needs("soffice"), home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx"], check=True, capture_output=True, timeout=120)
    said = subprocess.run([needs("pdftotext"), "-layout", tmp_path / "paper.pdf", "-"], check=True, capture_output=True, text=True).stdout
    assert [line.strip() for line in said.splitlines() if line.strip()] == ["Ann <b> & “Co”", "2,5", "Lane 1", "Bonn 2"]
