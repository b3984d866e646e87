"""The form map: read, written, corrected by a person, brought up to date, shared; and what is said when it is wrong."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from pipeline import cli
from pipeline.adoption import adopt
from pipeline.form import open_form
from pipeline.names import map_beside
from pipeline.problem import CannotContinue
from pipeline.untouched.formmap import Damaged, as_text, read_map
from tests.forms import a_form, faults, p, printed, table, texts_of

FORMS = Path(__file__).parent / "forms"
BLOCK = (("Name", ""), ("Address", ""), ("Telephone/fax", ""))


def put(folder: Path, *rows: tuple[str, str], name: str = "Form.docx", title: str = "Contact details of the learner") -> Path:
    path = folder / name
    path.write_bytes(a_form(p(title, "berschrift1") + table(*rows)))
    return path


def change(path: Path, old: str, new: str) -> None:
    """Correct a map as a person does, in an editor."""
    beside = map_beside(path)
    told = beside.read_text("utf-8")
    assert old in told
    beside.write_text(told.replace(old, new), "utf-8")


def words(path: Path) -> dict[str, str]:
    return {entry.label: entry.word or f"perhaps {entry.perhaps}" for entry in read_map(map_beside(path)).entries}


# -- the file ----------------------------------------------------------------------------------------------------------


def test_a_map_reads_as_the_form_reads_and_a_person_can_correct_it(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    assert map_beside(path).read_text("utf-8").partition("[[part]]")[2] == (
        '\ntitle = "Contact details of the learner"\nblanks = [\n'
        '  { label = "Name", word = "learner.name", place = "table 1, row 1, cell 2" },\n'
        '  { label = "Address", word = "learner.address", place = "table 1, row 2, cell 2" },\n'
        '  { label = "Telephone/fax", word = "learner.telephone", place = "table 1, row 3, cell 2" },\n]\n'
    )


@pytest.mark.parametrize("name", ["ecvet-learning-agreement", "ecvet-memorandum", "erasmus-learning-agreement-2021"])
def test_what_is_written_is_read_again_as_it_was(tmp_path, name):
    path = tmp_path / f"{name}.docx"
    shutil.copy(FORMS / path.name, path)
    made = adopt(path).made
    assert read_map(map_beside(path)) == made
    assert as_text(read_map(map_beside(path)), f"{name} - adopted.html") == map_beside(path).read_text("utf-8")


def test_adopting_changes_nothing_in_the_form(tmp_path):
    path = put(tmp_path, *BLOCK)
    before = path.read_bytes()
    adopt(path)
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["Form - adopted.html", "Form.docx", "Form.map.toml"]


def test_what_lies_in_the_place_of_the_page_is_left_and_named(tmp_path):
    path = put(tmp_path, *BLOCK)
    (tmp_path / "Form - adopted.html").mkdir()
    with pytest.raises(CannotContinue, match="a folder of this name lies in its place"):
        adopt(path)
    assert (tmp_path / "Form - adopted.html").is_dir()


@pytest.mark.parametrize("text", [
    "", "form = 3", "form = 'x'\nfingerprint = ", "[[part]]\ntitle = 'x'", "form='x'\nfingerprint='y'\n[[part]]\ntitle='t'\nblanks=[3]",
    "form='x'\nfingerprint='y'\n[[part]]\ntitle='t'\nblanks=[{label='a', place=1}]",
    "form='x'\nfingerprint='y'\n[repeats]\nblocks=[{title='a', list='partners', item=0, left_over='remove', from='a', to='b'}]",
    "form='x'\nfingerprint='y'\n[repeats]\nblocks=[{title='a', list='partners', item=1, left_over='burn', from='a', to='b'}]",
    "x" * 100 + "= [" + "[" * 100_000, "\x00", "form='x'\nfingerprint='y'\n[[part]]\ntitle='t'\nblanks='no'",
])  # fmt: skip
def test_a_damaged_map_is_one_sentence_and_holds_the_form(tmp_path, text):
    path = put(tmp_path, *BLOCK)
    map_beside(path).write_text(text, "utf-8")
    with pytest.raises(Damaged):
        read_map(map_beside(path))
    form = open_form(path)
    assert [problem.code for problem in form.problems if problem.holds] == ["T240"]
    assert not form.usable
    with pytest.raises(CannotContinue, match="cannot be read as a form map"):
        adopt(path)
    assert map_beside(path).read_text("utf-8") == text  # what a person may have typed is not written over


@pytest.mark.parametrize(("word", "told"), [
    ("host.name", "T210 table 1, row 2, cell 2: The form map asks for “host” here, and this paper may have several of these."),
    ("learners.name", "T211 table 1, row 2, cell 2: The form map asks for “learners” here, and a memorandum does not know them."),
])  # fmt: skip
def test_a_word_of_the_map_that_such_a_paper_cannot_have_is_corrected_in_the_map(tmp_path, word, told):
    """The form holds no tag that could be repeated or taken out."""
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, "learner.name", "mou.file_code")
    change(path, "learner.telephone", "by hand")
    change(path, "learner.address", word)
    assert faults(open_form(path)) == [f"{told} Write another word for this blank into the form map, or “by hand”."]


def test_a_map_that_is_no_text_is_told(tmp_path):
    path = put(tmp_path, *BLOCK)
    map_beside(path).write_bytes("form = 'Müller'".encode("latin-1"))
    assert "is not saved in the encoding UTF-8" in faults(open_form(path))[0]


def test_the_line_that_cannot_be_read_is_named(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, 'word = "learner.address"', 'word = "learner.address')
    line = map_beside(path).read_text("utf-8").splitlines().index(
        '  { label = "Address", word = "learner.address, place = "table 1, row 2, cell 2" },') + 1  # fmt: skip
    assert f"Line {line}, or the one before it, cannot be read" in faults(open_form(path))[0]


# -- what it says ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("said", "told"), [
    ("learner.adress", ("T242 table 1, row 2, cell 2: For the blank “Contact details of the learner › Address” the form map says "
                       "“learner.adress”, which is not a word. Did you mean “learner.address”?")),
    ("learner", ("T242 table 1, row 2, cell 2: For the blank “Contact details of the learner › Address” the form map says "
                "“learner”, which is not a word. Correct it in the map; `ecvet fields` lists all words.")),
    ("{{ 7 * 7 }}", ("T242 table 1, row 2, cell 2: For the blank “Contact details of the learner › Address” the form map says "
                    "“{{ 7 * 7 }}”, which is not a word. Correct it in the map; `ecvet fields` lists all words.")),
])  # fmt: skip
def test_what_is_no_word_is_told_with_its_blank(tmp_path, said, told):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '"learner.address"', f'"{said}"')
    assert faults(open_form(path)) == [told]


@pytest.mark.parametrize("written", ["learner.family name", "learner_family_name", "Learner family name"])
def test_words_may_be_written_in_all_the_ways_that_blanks_of_word_have(tmp_path, written):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '"learner.address"', f'"{written}"')
    assert texts_of(printed(open_form(path), learner={"family_name": "Kučerová"}).data)[4] == "[2] Kučerová"


def test_several_words_are_put_together_and_the_first_of_several_is_taken(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '"learner.address"', '"learner.given_names, learner.family_name, learner.nationality"')
    change(path, '"learner.telephone"', '"learner.guardian_telephone or learner.telephone"')
    form = open_form(path)
    lines = texts_of(printed(form, learner={"given_names": "Eva", "nationality": "Czech", "telephone": "1"}).data)
    assert lines[4::2] == ["[2] Eva, Czech", "[2] 1"]
    lines = texts_of(printed(form, learner={"family_name": "N", "telephone": "1", "guardian_telephone": "2"}).data)
    assert lines[4::2] == ["[2] N", "[2] 2"]


def test_a_place_where_the_form_has_no_blank_is_told(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, "table 1, row 2, cell 2", "table 9, row 1, cell 1")
    assert [problem.code for problem in open_form(path).problems] == ["T243"]


def test_a_way_to_write_dates_that_is_none_is_told(tmp_path):
    path = put(tmp_path, ("Date of birth", "(dd/mm/yyyy)"))
    adopt(path)
    change(path, 'format = "dd/mm/yyyy"', 'format = "quickly"')
    assert "“quickly”: it is no way to write a date" in faults(open_form(path))[0]


# -- versions ----------------------------------------------------------------------------------------------------------


def test_a_form_that_changed_is_refused_with_what_came_went_and_moved(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    put(tmp_path, ("Nationality", ""), ("Name", ""), ("Telephone/fax", ""))
    (told,) = faults(open_form(path))
    assert told.startswith("T241 None: The form is a different version from the one its map was made for (came: “Contact details of "
                           "the learner › Nationality”; went: “Contact details of the learner › Address”; moved: “Contact details of "
                           "the learner › Name”).")  # fmt: skip
    assert not open_form(path).usable


def test_a_form_that_was_only_saved_again_is_the_same(tmp_path):
    import docx

    path = put(tmp_path, *BLOCK)
    adopt(path)
    docx.Document(str(path)).save(str(path))
    assert open_form(path).usable


def test_adopting_again_keeps_what_a_person_corrected(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '"learner.address"', '"by hand"')
    change(path, '"learner.telephone"', '"learner.emergency_contact"')
    before = map_beside(path).read_text("utf-8")
    adopt(path)
    assert map_beside(path).read_text("utf-8") == before
    put(tmp_path, ("Nationality", ""), *BLOCK)
    adopt(path)
    assert words(path) == {"Nationality": "learner.nationality", "Name": "learner.name", "Address": "by hand",
                           "Telephone/fax": "learner.emergency_contact"}  # fmt: skip
    assert open_form(path).usable


def test_a_blank_that_a_person_emptied_is_only_proposed_again(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '"learner.address"', '""')
    adopt(path)
    assert words(path)["Address"] == "perhaps learner.address"


def test_a_map_is_shared_with_the_next_college(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
    adopt(put(ours, *BLOCK, ("Shoe size", "")))
    change(ours / "Form.docx", """perhaps = 'learner.more["Shoe size"]'""", """word = 'learner.more["Size of shoes"]'""")
    path = put(theirs, *BLOCK, ("Shoe size", ""), ("Nationality", ""), name="Their form.docx")
    adopted = adopt(path, map_beside(ours / "Form.docx"))
    assert words(path)["Shoe size"] == 'learner.more["Size of shoes"]'
    assert words(path)["Nationality"] == "learner.nationality"
    assert adopted.changed.came == ("Contact details of the learner › Nationality",)


# -- the commands ------------------------------------------------------------------------------------------------------


@pytest.fixture
def ecvet(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)

    def type_it(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ecvet", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return type_it


def test_adopt_tells_what_was_understood_and_what_is_to_be_done(ecvet, tmp_path):
    put(tmp_path, *BLOCK, ("Shoe size of the horse", ""), ("5. Monitoring", ""))
    code, out, _ = ecvet("template", "adopt", "Form.docx")
    assert code == 0
    assert out.splitlines()[0].startswith("Form.docx, in English: understood 3 of 5 blanks")
    assert "Not understood:\n  Contact details of the learner\n    Shoe size of the horse (table 1, row 4, cell 2)" in out
    assert out.endswith("Look through the page once, then: ecvet run\n")


def test_adopt_says_it_to_other_programs(ecvet, tmp_path):
    put(tmp_path, *BLOCK)
    told = json.loads(ecvet("template", "adopt", "Form.docx", "--json")[1])
    assert told["counts"] == {"understood": 3, "for the pen": 0, "please check": 0, "not understood": 0}
    assert told["blanks"][0]["words"] == "learner.name"


def test_a_form_without_blanks_of_any_kind_says_to_adopt_it(tmp_path):
    form = open_form(put(tmp_path, *BLOCK))
    assert [(problem.code, "ecvet template adopt" in problem.advice) for problem in form.problems] == [("T212", True)]


@pytest.mark.parametrize("given", ["nothing.docx", "."])
def test_adopt_ends_with_3_where_there_is_no_form(ecvet, given):
    assert ecvet("template", "adopt", given)[0] == 3


def test_adopt_ends_with_3_where_the_file_is_no_form(ecvet, tmp_path):
    (tmp_path / "Form.docx").write_bytes(b"no form")
    code, _, err = ecvet("template", "adopt", "Form.docx")
    assert (code, err) == (3, "“Form.docx” cannot be adopted. The file is no Word file, whatever its name says. Open it in Word and save it as .docx.\n")


def test_adopt_ends_with_3_where_the_other_map_is_not_there(ecvet, tmp_path):
    put(tmp_path, *BLOCK)
    assert ecvet("template", "adopt", "Form.docx", "--from", "x.map.toml")[0] == 3


def test_the_page_shows_every_blank_in_order_and_what_is_unsure_in_colour(tmp_path):
    path = put(tmp_path, *BLOCK, ("Shoe size & “colour”", ""))
    page = adopt(path).page.read_text("utf-8")
    at = [page.index(f"<td>{label}") for label in ("Name", "Address", "Telephone/fax", "Shoe size &amp; “colour”")]
    assert at == sorted(at)
    assert page.count('class="open"') == 2  # the figure, and the line
    assert 'href="#table-1,-row-4,-cell-2"' in page  # what is unsure is listed first
    assert "http" not in page.replace("http-equiv", "")


def test_new_for_an_adopted_form_has_the_columns_that_nobody_gives(ecvet, tmp_path):
    from openpyxl import load_workbook

    path = put(tmp_path, *BLOCK, ("Student card number", ""))
    adopt(path)
    assert ecvet("new", "mine.xlsx", "--for", "Form.docx")[0] == 0
    heads = [cell.value for cell in load_workbook(tmp_path / "mine.xlsx")["Learners"][1]]
    assert "Student card number" in heads
    assert "Nationality" not in heads


# -- slips -------------------------------------------------------------------------------------------------------------


def codes(path: Path) -> list[str]:
    return [problem.code for problem in open_form(path).problems]


def test_a_place_that_is_named_twice_is_told_and_breaks_nothing(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    line = '  { label = "Name", word = "learner.name", place = "table 1, row 1, cell 2" },\n'
    change(path, line, line * 2)
    assert codes(path) == ["T246"]


def test_a_line_that_was_deleted_is_told_and_brought_back(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '  { label = "Name", word = "learner.name", place = "table 1, row 1, cell 2" },\n', "")
    assert codes(path) == ["T247"]
    adopt(path)
    assert words(path)["Name"] == "learner.name"
    assert codes(path) == []


def test_blocks_that_are_not_numbered_one_after_the_other_are_told(tmp_path):
    path = tmp_path / "ecvet-memorandum.docx"
    shutil.copy(FORMS / path.name, path)
    adopt(path)
    change(path, 'list = "partners", item = 3', 'list = "partners", item = 9')
    assert "T248" in codes(path)


@pytest.mark.parametrize("name", ["Form.map.toml.txt", "Old name.map.toml"])
def test_a_map_under_another_name_is_found(tmp_path, name):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    map_beside(path).rename(tmp_path / name)
    (told,) = [problem for problem in open_form(path).problems if problem.code == "T249"]
    assert f"“{name}” seems to be its map" in told.message
    assert not open_form(path).usable


def test_a_shared_map_wins_over_ones_own_and_another_forms_map_is_refused(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    shared = tmp_path / "shared.toml"
    shared.write_text(map_beside(path).read_text("utf-8").replace('"learner.address"', '"by hand"'), "utf-8")
    adopt(path, shared)
    assert words(path)["Address"] == "by hand"
    other = put(tmp_path, ("Unheard of", ""), name="Other.docx", title="Elsewhere")
    with pytest.raises(CannotContinue, match="is the map of another form"):
        adopt(other, shared)


def test_a_form_with_tags_is_not_adopted(tmp_path):
    path = put(tmp_path, ("Name", "{{ learner.name }}"))
    with pytest.raises(CannotContinue, match="holds tags"):
        adopt(path)


def test_the_map_as_it_was_is_kept_and_comments_stay_where_nothing_changes(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, "[[part]]", "# agreed with the agency\n[[part]]")
    adopt(path)
    assert "# agreed with the agency" in map_beside(path).read_text("utf-8")
    put(tmp_path, ("Name", ""))
    assert adopt(path).kept == "Form.map.before.toml"
    assert "# agreed with the agency" in (tmp_path / "Form.map.before.toml").read_text("utf-8")


def test_adopt_names_the_set_to_run(ecvet, tmp_path):
    (tmp_path / "templates" / "agency").mkdir(parents=True)
    put(tmp_path / "templates" / "agency", *BLOCK)
    assert ecvet("template", "adopt", "Form.docx")[1].endswith("then: ecvet run --templates agency\n")


def test_a_word_that_is_none_is_red_on_the_page(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '"learner.address"', '"learner.adres"')
    assert {line.label: line.state.value for line in adopt(path).lines}["Address"] == "not understood"


# -- what a person may have mistyped -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new", "told"), [
    ('word = "learner.address"', 'word = "learner.address", required = "yes"', "required"),
    ('word = "learner.address"', 'word = "learner.address", item = true', "item"),
    ('word = "learner.address"', 'word = "learner.address", item = -1', "item"),
    ("[[part]]", '[notes]\nhints = [{ text = "a", from = "b", to = "c", remove = "no" }]\n\n[[part]]', "remove"),
    ("[[part]]", '[repeats]\nblocks = [{ title = "a", list = "learners", item = 1, left_over = "leave", from = "a", to = "b" }]\n\n[[part]]', "list"),
    ("[[part]]", '[repeats]\nblocks = [{ title = "a", list = "partners", item = 1, left_over = "burn", from = "a", to = "b" }]\n\n[[part]]', "left_over"),
])  # fmt: skip
def test_what_is_said_in_another_way_than_form_maps_do_is_named(tmp_path, old, new, told):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, old, new)
    (sentence,) = faults(open_form(path))
    assert sentence.startswith("T240")
    assert f"It lacks “{told}”, or says it in another way than form maps do." in sentence


def test_a_map_that_is_far_too_large_is_not_read(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    map_beside(path).write_bytes(map_beside(path).read_bytes() + b"#" * 5_000_000)
    assert "It is far larger than a form map can be." in faults(open_form(path))[0]


def test_a_map_that_cannot_be_opened_is_told(tmp_path):
    path = put(tmp_path, *BLOCK)
    map_beside(path).mkdir()
    assert "it could not be read from the disk" in faults(open_form(path))[0]


def test_what_is_required_stays_so_when_the_map_is_written_again(tmp_path):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, 'word = "learner.address"', 'word = "learner.address", required = true')
    found = read_map(map_beside(path))
    map_beside(path).write_text(as_text(found, "Form - adopted.html"), "utf-8")
    assert read_map(map_beside(path)) == found


@pytest.mark.parametrize(("word", "item", "told"), [
    ("learner.address", 2, "a blank with an item speaks of partner, qualification or unit"),
])  # fmt: skip
def test_an_item_of_something_of_which_there_is_one_is_told(tmp_path, word, item, told):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, f'word = "{word}"', f'word = "{word}", item = {item}')
    assert told in " ".join(faults(open_form(path)))


@pytest.mark.parametrize("word", ["learner.name, learner.address = F", "partners.name.city", "by hand, learner.name"])
def test_what_cannot_be_a_word_is_told_as_such(tmp_path, word):
    path = put(tmp_path, *BLOCK)
    adopt(path)
    change(path, '"learner.address"', f'"{word}"')
    assert "T242" in " ".join(faults(open_form(path)))


# -- what the terminal says of a form that is adopted again -------------------------------------------------------------------


def test_adopted_again_the_terminal_says_that_the_map_has_been_kept(ecvet, tmp_path):
    put(tmp_path, *BLOCK)
    ecvet("template", "adopt", "Form.docx")
    assert "What was in its map before has been kept.\n" in ecvet("template", "adopt", "Form.docx")[1]


def test_of_a_new_version_the_terminal_says_what_came_and_what_went(ecvet, tmp_path):
    put(tmp_path, *BLOCK)
    ecvet("template", "adopt", "Form.docx")
    put(tmp_path, *BLOCK[:-1], *((f"Line {at}", "") for at in range(20)))
    told = ecvet("template", "adopt", "Form.docx")[1]
    assert "The form is a different version. What its map said has been kept for every blank that is still there.\n" in told
    assert "  new: Contact details of the learner › Line 0; " in told
    assert " and 8 more\n" in told
    assert f"  gone: Contact details of the learner › {BLOCK[-1][0]}\n" in told
    assert "The map as it was is kept as Form.map" in told


def test_with_the_map_of_another_form_the_terminal_says_that_it_was_taken_over(ecvet, tmp_path):
    (tmp_path / "theirs").mkdir()
    adopt(put(tmp_path / "theirs", *BLOCK))
    put(tmp_path, *BLOCK, ("Nationality", ""))
    told = ecvet("template", "adopt", "Form.docx", "--from", "theirs/Form.map.toml")[1]
    assert "What the other map says has been taken over for every blank that both forms have.\n" in told
    assert "  new: Contact details of the learner › Nationality\n" in told


def test_of_a_form_in_which_there_is_nothing_to_fill_the_terminal_says_so(ecvet, tmp_path):
    (tmp_path / "Form.docx").write_bytes(a_form(p("Dear reader, all is said.")))
    assert ecvet("template", "adopt", "Form.docx")[1].startswith("Form.docx: no blank was found in it, so there is nothing to fill.\n")


def test_a_paper_of_this_program_is_not_adopted(ecvet, tmp_path):
    (tmp_path / "Form.docx").write_bytes(a_form(p("{{ learner.name }}"), title="x"))
    (tmp_path / "Paper.docx").write_bytes(printed(open_form(tmp_path / "Form.docx"), learner={"name": "Eva"}).data)
    code, _, err = ecvet("template", "adopt", "Paper.docx")
    assert (code, err) == (3, "“Paper.docx” is no form but a paper that was made with this program.\n")


def test_the_terminal_tells_blocks_that_repeat_and_hints_that_go(ecvet, tmp_path):
    shutil.copy(FORMS / "ecvet-memorandum.docx", tmp_path / "Form.docx")
    told = ecvet("template", "adopt", "Form.docx")[1]
    assert "6 blocks for partners; left over, 4 of them are removed.\n" in told
    assert "3 blocks for qualifications; left over, 2 of them are removed.\n" in told
    assert "“(add more tables if necessary - remove page if not necessary)” is not in the papers.\n" in told
