"""`ecvet template`: what a form asks for, its faults as remarks of Word's, and how its papers will look."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import desk
import pytest
from forms import W, a_form, p, parts_of, table
from lxml import etree

from pipeline import cli, preview
from pipeline.inspection import inspect
from pipeline.remarks import with_remarks

OFFICIAL = desk.ROOT / "templates" / "official"


class Said(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def ecvet(monkeypatch, capsys, tmp_path) -> Callable[..., Said]:
    """Type a command in an empty folder and give what it said."""
    monkeypatch.chdir(tmp_path)

    def type_it(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["ecvet", "template", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Said(int(ended.value.code or 0), *capsys.readouterr())

    return type_it


@pytest.fixture
def without_libreoffice(monkeypatch):
    monkeypatch.setattr(preview, "find_libreoffice", lambda: None)


def put(path: str, body: str, **parts: object) -> Path:
    """Put a form with this body at a path of the current folder."""
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(a_form(body, **parts))
    return Path(path)


def remarks(data: bytes) -> dict[str, str]:
    """Give the text of every remark of a document, by the text of the paragraph it reaches over."""
    parts = parts_of(data)
    comments = etree.fromstring(parts["word/comments.xml"])
    texts = {each.get(f"{W}id"): " ".join(each.itertext()) for each in comments.iter(f"{W}comment")}
    found = {}
    for start in etree.fromstring(parts["word/document.xml"]).iter(f"{W}commentRangeStart"):
        words = "".join(text.text or "" for text in start.getparent().iter(f"{W}t"))
        found[words] = f"{found.get(words, '')}{texts[start.get(f'{W}id')]}".replace("\u200b", "")
    return found


# -- check ---------------------------------------------------------------------------------------------------------------


def test_check_tells_how_often_a_form_is_made_and_each_word_with_its_meaning_and_column(ecvet):
    put("Card.docx", p("{{ learner.family_name }} at {{ host.name }}, {{ learner.name }}"))
    said = ecvet("check", "Card.docx")
    assert said.code == 0
    assert said.out == (
        "Card.docx: made once for each row of Learners. Its blanks are tags.\n"
        "  It has no fault.\n"
        "  It asks for 3 words:\n"
        "    partner: one organisation\n"
        "      partner.name                         full name of the organisation *  [Partners: Name]  as host.name\n"
        "    learner: one learner\n"
        "      learner.family_name                  family name *  [Learners: Family name]\n"
        "      learner.name                         given names and family name  [counted]\n"
        "    * A paper waits while this is empty.\n"
        "  Counted by the program, so no column feeds them: learner.name\n"
    )


def test_a_form_with_nothing_but_an_if_has_tags_too(ecvet):
    put("Card.docx", p("{% if learner.is_minor %}Ask the parents.{% endif %}"))
    assert ecvet("check", "Card.docx").out.startswith("Card.docx: made once for each row of Learners. Its blanks are tags.\n")


def test_check_tells_own_columns_and_words_that_only_decide_an_if(ecvet):
    put("A.docx", p('{{ learner.more["Shoe size"] }}{% if agreement.weeks %}x{% endif %}'))
    out = ecvet("check", "A.docx").out
    assert 'Columns of your own, empty where a workbook does not have them: learner.more["Shoe size"]\n' in out
    assert "[Learners: Weeks]  (only in an if)" in out


def test_check_tells_a_list_that_is_repeated(ecvet):
    put("A.docx", p("{% for u in units %}{% for each in u.skills %}{{ each }}{{ loop.index }}{% endfor %}{% endfor %}"))
    (found,) = inspect(Path("A.docx"))
    assert [(each.word, each.used, each.spots) for each in found.asked] == [("unit.skills", "repeated", ())]


def test_check_tells_all_faults_of_a_form_with_their_places(ecvet):
    put("A.docx", p("{{ learner.surnme }}") + table(["ok", "{{ host }}"]), header=p("{{ learner.nme }}"))
    said = ecvet("check", "A")
    assert said.code == 1
    assert "It has 3 faults; its papers wait for them:" in said.out
    assert "- table 1, row 1, cell 2: “{{ host }}”: “host” is a whole record" in said.out
    assert "- page header, paragraph “{{ learner.nme }}”: “{{ learner.nme }}”" in said.out
    assert list(Path().iterdir()) == [Path("A.docx")]  # nothing was written


def test_check_takes_folders_and_counts_the_forms(ecvet):
    put("templates/mine/A.docx", p("{{ cohort.title }}"))
    put("templates/mine/deep/B.docx", p("{{ foo }}"))
    put("templates/mine/deep/B - faults (2).docx", p("{{ foo }}"))
    for given in (["templates/mine"], ["mine"], []):
        said = ecvet("check", *given)
        assert said.code == 1
        assert said.out.endswith("\n\n2 forms: 1 with faults.\n")


@pytest.mark.parametrize(("given", "told"), [
    ("Crad.docx", "There is no form “Crad.docx”. Did you mean “Card.docx”?\n"),
    ("nothing/at all.docx", "There is no form “nothing/at all.docx”. Name a Word form (.docx), or a folder with forms in it.\n"),
    ("empty", "There is no Word form in empty. Name a form (.docx), or another folder.\n"),
])  # fmt: skip
def test_check_ends_with_3_where_there_is_no_form(ecvet, given, told):
    put("templates/mine/Card.docx", p("{{ cohort.title }}"))
    Path("empty").mkdir()
    assert ecvet("check", given) == Said(3, "", told)


@pytest.mark.parametrize("beside", ["~$rdd.docx", ".Crdd.docx", "Crdd - faults.docx", "deep/Crdd - faults (2).docx"])
def test_what_is_no_form_is_not_suggested_as_one(ecvet, beside):
    """Word's lock file, a hidden file and a copy with remarks lie in the folder: none is meant by “Crdd”."""
    put(f"templates/mine/{beside}", p("{{ cohort.title }}"))
    for given in ("Crdd.docx", Path(beside).name):
        assert ecvet("check", given).err.endswith("”. Name a Word form (.docx), or a folder with forms in it.\n")


@pytest.mark.parametrize("given", ["templates/mine/Card.map.toml", "mine/Card.map.toml", "Card.map.toml", "Card"])
def test_a_form_map_stands_for_the_form_beside_it(ecvet, given):
    put("templates/mine/Card.dotx", table(["Name", ""]))
    put("templates/mine/List.docx", p("{{ cohort.title }}"))
    assert ecvet("adopt", "templates/mine/Card.dotx").code == 0
    assert ecvet("check", given).out.startswith("Card.dotx")


def test_a_form_map_without_its_form_is_told_by_its_name(ecvet):
    Path("Card.map.toml").write_text("form = 'Card.docx'", "utf-8")
    assert ecvet("check", "Card.map.toml") == Said(3, "", "There is no form “Card.map.toml”. Name a Word form (.docx), or a folder with forms in it.\n")


def test_check_says_it_to_other_programs(ecvet):
    put("A.docx", p("{{ host.name }}{{ host.nme }}"))
    said = ecvet("check", "A.docx", "--json")
    (form,) = json.loads(said.out)["forms"]
    assert said.code == 1
    assert (form["file"], form["frequency"], form["usable"], form["blanks"]) == ("A.docx", "pair", False, ["tags"])
    assert form["problems"][0]["code"] == "T206"
    assert form["words"] == [{
        "word": "partner.name", "written": ["host.name"], "record": "partner", "meaning": "full name of the organisation",
        "column": "Partners: Name", "own": False, "required": True, "used": "printed",
        "spots": ["paragraph “{{ host.name }}{{ host.nme }}”"],
    }]  # fmt: skip


def test_what_is_no_word_file_is_told_and_has_no_copy(ecvet):
    Path("A.docx").write_bytes(b"no form")
    said = ecvet("check", "A.docx", "--mark")
    assert said.code == 1
    assert "The file is no Word file, whatever its name says." in said.out
    assert [path.name for path in Path().iterdir()] == ["A.docx"]


# -- remarks -------------------------------------------------------------------------------------------------------------


def test_a_copy_has_each_fault_as_a_remark_at_its_place_and_the_form_stays_as_it_is(ecvet):
    form = put(
        "A.docx", p("Dear learner") + p("{{ learner.nme }}") + table(["ok", "{{ host }}"]), header=p("{{ foo }}")
    )
    before = form.read_bytes()
    said = ecvet("check", "A.docx", "--mark")
    assert "The remarks stand at their places in this copy: A - faults.docx" in said.out
    found = remarks(Path("A - faults.docx").read_bytes())
    assert set(found) == {"Dear learner", "{{ learner.nme }}", "{{ host }}"}
    assert found["{{ learner.nme }}"].startswith("“{{ learner.nme }}”: “learner.nme” is not a word. Did you mean")
    assert found["Dear learner"].startswith("Page header, paragraph “{{ foo }}”: “{{ foo }}”: “foo” is not a word.")
    assert form.read_bytes() == before


def test_of_several_paragraphs_in_a_cell_the_one_with_the_tag_has_the_remark(ecvet):
    form = put("A.docx", "<w:tbl><w:tr><w:tc>" + p("Name") + p("{{ foo }}") + "</w:tc></w:tr></w:tbl>")
    (found,) = inspect(form)
    assert list(remarks(with_remarks(form, found.form.problems))) == ["{{ foo }}"]


def test_of_several_blanks_that_look_alike_the_one_with_the_wrong_name_has_the_remark(ecvet):
    def control(name: str) -> str:
        inside = "<w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent>"
        return f'<w:p><w:sdt><w:sdtPr><w:tag w:val="{name}"/><w:text/></w:sdtPr>{inside}</w:sdt>{{}}</w:p>'

    form = put("A.docx", control("host.name").format("") + control("host.nmae").format("<w:r><w:t></w:t></w:r>"))
    (found,) = inspect(form)
    assert found.kinds == ("content controls",)
    document = etree.fromstring(parts_of(with_remarks(form, found.form.problems))["word/document.xml"])
    (start,) = document.iter(f"{W}commentRangeStart")
    assert next(start.getparent().iter(f"{W}tag")).get(f"{W}val") == "host.nmae"


def test_remarks_that_are_there_stay_and_keep_their_numbers(ecvet):
    form = put("A.docx", p("{{ foo }}"), comments=p("Please ask Anna"))
    (found,) = inspect(form)
    comments = etree.fromstring(parts_of(with_remarks(form, found.form.problems))["word/comments.xml"])
    assert [each.get(f"{W}id") for each in comments.iter(f"{W}comment")] == ["1", "2"]
    assert "Please ask Anna" in "".join(map(str, comments.itertext()))


def test_a_new_list_of_remarks_is_announced_in_the_package(ecvet):
    form = put("A.docx", p("{{ foo }}"))
    (found,) = inspect(form)
    parts = parts_of(with_remarks(form, found.form.problems))
    assert b'PartName="/word/comments.xml"' in parts["[Content_Types].xml"]
    assert b'Target="comments.xml"' in parts["word/_rels/document.xml.rels"]


def test_the_tags_a_remark_quotes_are_no_tags_should_the_copy_become_a_form(ecvet):
    form = put("A.docx", p("{{ learner.nme }}"))
    (found,) = inspect(form)
    data = with_remarks(form, found.form.problems)
    (again,) = inspect(put_bytes("B.docx", data))
    assert [problem.message for problem in again.form.problems] == [problem.message for problem in found.form.problems]


def put_bytes(name: str, data: bytes) -> Path:
    Path(name).write_bytes(data)
    return Path(name)


def test_a_fault_in_what_was_inserted_as_a_tracked_change_is_remarked_there(ecvet):
    inserted = '<w:p><w:ins w:id="4" w:author="x"><w:r><w:t>{{ foo }}</w:t></w:r></w:ins></w:p>'
    form = put("A.docx", p("First") + inserted)
    (found,) = inspect(form)
    data = with_remarks(form, [problem for problem in found.form.problems if problem.holds])
    assert list(remarks(data)) == ["{{ foo }}"]
    assert b"<w:ins " in parts_of(data)["word/document.xml"]


def test_a_copy_is_never_written_over_a_file_that_is_there(ecvet):
    put("A.docx", p("{{ foo }}"))
    Path("A - faults.docx").write_text("mine")
    ecvet("check", "A.docx", "--mark")
    assert Path("A - faults.docx").read_text() == "mine"
    assert Path("A - faults (2).docx").exists()


def test_a_form_without_faults_has_no_copy(ecvet):
    put("A.docx", p("{{ cohort.title }}"))
    assert ecvet("check", "A.docx", "--mark").code == 0
    assert [path.name for path in Path().iterdir()] == ["A.docx"]


# -- preview -------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("without_libreoffice")
@pytest.mark.parametrize(
    "tag", ["learner.name", "companion.name", "partner.name", "mou.file_code", "host.name", "cohort.id",
            "qualification.title", "result.grade", "figures.learners"],
)
def test_a_preview_is_made_of_every_frequency_before_or_after_the_stay(ecvet, tag):
    put("forms/A.docx", p(f"“{{{{ {tag} }}}}”"), title="A")
    said = ecvet("preview", "forms/A.docx", "--into", "look")
    assert said.code == 0
    assert said.out.startswith("A.docx, filled from the example cohort, whose people are invented, for: ")
    assert said.out.endswith(
        "\n  look/A - preview.docx\nLibreOffice is not on this computer, so only the Word file was made.\n"
    )
    assert "{{" not in desk.shown(Path("look/A - preview.docx"))
    assert [path.name for path in Path("forms").iterdir()] == ["A.docx"]


@pytest.mark.usefixtures("without_libreoffice")
def test_empty_words_that_hold_a_paper_do_not_hold_a_preview(ecvet):
    put("A.docx", p("{{ learner.name }}: {{ agreement.europass_number | required }}"))
    said = ecvet("preview", "A.docx")
    assert said.code == 0
    assert "The example leaves 1 blank empty." in said.out


@pytest.mark.usefixtures("without_libreoffice")
def test_a_preview_replaces_an_earlier_one_and_no_other_file(ecvet):
    put("A.docx", p("{{ learner.name }}"), title="A")
    assert [ecvet("preview", "A.docx").code, ecvet("preview", "A.docx").code] == [0, 0]
    put("A - preview.docx", p("mine"), title="A")
    before = Path("A - preview.docx").read_bytes()
    said = ecvet("preview", "A.docx")
    assert said.code == 3
    assert said.err.startswith("“A - preview.docx” is there already, and is no preview of this program.")
    assert Path("A - preview.docx").read_bytes() == before


@pytest.mark.usefixtures("without_libreoffice")
def test_a_pdf_of_somebody_else_is_not_written_over(ecvet):
    put("A.docx", p("{{ learner.name }}"), title="A")
    Path("A - preview.pdf").write_text("mine")
    assert ecvet("preview", "A.docx").code == 3
    assert not Path("A - preview.docx").exists()


def test_a_form_with_faults_has_no_preview_and_its_faults_are_told(ecvet):
    put("A.docx", p("{{ foo }}"))
    said = ecvet("preview", "A.docx")
    assert said.code == 1
    assert "- paragraph “{{ foo }}”: “{{ foo }}”: “foo” is not a word." in said.out
    assert [path.name for path in Path().iterdir()] == ["A.docx"]


def test_a_folder_has_no_preview(ecvet):
    Path("mine").mkdir()
    assert ecvet("preview", "mine") == Said(3, "", "“mine” is a folder. Name one form in it.\n")


def test_where_libreoffice_fails_only_the_word_file_is_made(ecvet, monkeypatch):
    monkeypatch.setattr(preview, "find_libreoffice", lambda: sys.executable)
    put("A.docx", p("{{ learner.name }}"), title="A")
    said = ecvet("preview", "A.docx")
    assert said.code == 0
    assert said.out.endswith("LibreOffice could not show the paper, so only the Word file was made.\n")
    assert sorted(path.name for path in Path().iterdir()) == ["A - preview.docx", "A.docx"]


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.parametrize("form", sorted(OFFICIAL.rglob("*.docx")), ids=lambda path: path.stem)
def test_an_official_form_is_shown_as_pdf_and_as_pictures(ecvet, form, needs):
    needs("soffice")
    said = ecvet("preview", form)
    assert said.code == 0
    assert Path(f"{form.stem} - preview.pdf").read_bytes().startswith(b"%PDF")
    assert Path(f"{form.stem} - preview page 1.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_copy_with_remarks_opens_in_libreoffice(ecvet, needs):
    needs("soffice")
    put("A.docx", p("{{ foo }}") + table(["ok", "{{ host }}"]), footer=p("{{ bar }}"))
    ecvet("check", "A.docx", "--mark")
    pages, sentence = preview._pages(Path("A - faults.docx").read_bytes())
    assert not sentence
    assert pages[".pdf"].startswith(b"%PDF")


def test_a_copy_is_a_whole_package(ecvet):
    form = put("A.docx", p("{{ foo }}"))
    (found,) = inspect(form)
    with zipfile.ZipFile(io.BytesIO(with_remarks(form, found.form.problems))) as package:
        assert package.testzip() is None


# -- what remarks are put to ---------------------------------------------------------------------------------------------------


def test_where_there_are_a_hundred_copies_with_remarks_it_is_said_to_delete_some(ecvet, monkeypatch):
    monkeypatch.setattr("pipeline.remarks.MOST_COPIES", 4)
    put("A.docx", p("{{ foo }}"))
    for _ in range(3):
        assert ecvet("check", "A.docx", "--mark").code == 1
    said = ecvet("check", "A.docx", "--mark")
    assert (said.code, said.err) == (3, "There are too many copies of “A.docx” with remarks. Delete the older ones.\n")


def test_a_fault_in_a_text_box_is_remarked_where_the_box_is_anchored(ecvet):
    box = f'<w:p><w:r><w:t>Anchor</w:t></w:r><w:r><w:pict><w:txbxContent>{p("{{ foo }}")}</w:txbxContent></w:pict></w:r></w:p>'
    form = put("A.docx", p("First") + box)
    (found,) = inspect(form)
    document = etree.fromstring(parts_of(with_remarks(form, found.form.problems))["word/document.xml"])
    (start,) = document.iter(f"{W}commentRangeStart")
    assert "Anchor" in "".join(start.getparent().itertext())
    assert not list(start.iterancestors(f"{W}txbxContent"))


def test_a_preview_for_amendments_tells_an_invented_change(ecvet, without_libreoffice):
    put("A.docx", p("{{ learner.name }}: {% for each in agreement.changed %}{{ each.what }} {{ each.now }}{% endfor %}"))
    assert ecvet("preview", "A.docx").code == 0
    assert "Mentor Noor Peeters" in desk.shown(Path("A - preview.docx"))


def test_an_earlier_preview_s_pages_go_with_it(ecvet, without_libreoffice):
    put("A.docx", p("{{ learner.name }}"))
    assert ecvet("preview", "A.docx").code == 0
    for name in ("A - preview.pdf", "A - preview page 1.png", "A - preview page 2.png", "A - preview page two.png"):
        Path(name).write_bytes(b"an earlier one")
    assert ecvet("preview", "A.docx").code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["A - preview page two.png", "A - preview.docx", "A.docx"]


def test_without_the_example_there_is_no_preview_and_it_is_said_what_to_do(ecvet, monkeypatch, tmp_path):
    monkeypatch.setattr(preview, "kit", lambda _: tmp_path / "nowhere")
    put("A.docx", p("{{ learner.name }}"))
    said = ecvet("preview", "A.docx")
    assert said.code == 3
    assert said.err.startswith("The example cohort is missing from the program: ")
    assert said.err.endswith("Install the program anew.\n")


@pytest.mark.parametrize(("draws", "told"), [(True, ""), (False, "No pictures of its pages could be made.\n")])
def test_the_pages_are_drawn_by_libreoffice_where_there_is_no_other_program_for_it(ecvet, monkeypatch, draws, told):
    def convert(_office: str, kind: str, _files: list[str], folder: Path) -> str:
        if kind == "pdf" or draws:
            (folder / f"preview.{kind}").write_bytes(b"a page")
        return ""

    monkeypatch.setattr(preview, "find_libreoffice", lambda: "soffice")
    monkeypatch.setattr(preview, "convert", convert)
    monkeypatch.setattr(preview.shutil, "which", lambda _: None)
    put("A.docx", p("{{ learner.name }}"))
    said = ecvet("preview", "A.docx")
    assert said.code == 0
    assert Path("A - preview page 1.png").exists() is draws
    assert Path("A - preview.pdf").read_bytes() == b"a page"
    assert said.out.endswith(told) if told else "No pictures" not in said.out
