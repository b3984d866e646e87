"""`ecvet columns`: which column was understood as what, and how that is settled once for all."""

from __future__ import annotations

import io
import json
import tomllib

import pytest
from click.testing import CliRunner

from pipeline.cli import ecvet
from pipeline.legend import legend
from pipeline.problem import CannotContinue
from pipeline.settling import as_text, settle_columns
from pipeline.workbook import read_cohort
from tests.desk import room
from tests.drawn import said, told, with_changes, write

DOUBTFUL = """
    Learners
    | Learner ID | Family name | Nom d'usage / First names of hers | Birthday date | Date of birth | Class | Email  |
    | L01        | Nováková    | Tereza                            | x             | 2009-05-12    | 3a    | nobody |
    | L02        | Novák       | Jan                               | y             | 2008-11-30    | 3a    | none   |
"""


def test_every_column_is_shown_with_its_cell_what_it_means_and_why(tmp_path):
    found = legend(write(with_changes(""), tmp_path / "cohort.xlsx"))
    assert found.all_sure
    first = next(one for one in found.columns if one.sheet == "Learners")
    assert (first.cell, first.header, first.means, first.why) == ("A1", "Learner ID", "Learner ID", "its own name")
    [field] = [one for one in found.columns if one.header == "Start date" and one.sheet == "Cohort"]
    assert (field.cell, field.means) == ("A4", "Start date")


def test_what_is_unsure_is_marked(tmp_path):
    picture = """
        Learners
        | Learner ID | Family name | Given names / Rufnaam | Data of birth | E-mail | Mail      | Class | Start date |
        | L01        | Nováková    | Tereza                | 2009-05-12    | a@b.cz | a@b.cz    | 3a    | spring     |
        | L02        | Novák       | Jan                   | 2008-11-30    | b@b.cz | b@b.cz    | 3b    | autumn     |
    """
    found = legend(write(with_changes(picture), tmp_path / "cohort.xlsx"))
    assert [(one.header, one.why) for one in found.unsure] == [
        ("Given names / Rufnaam", "named almost like “Given names”"), ("Data of birth", "named almost like “Date of birth”"),
        ("E-mail", "column F means the same"), ("Mail", "column E means the same"),
        ("Start date", "most of its values are no date"),
    ]  # fmt: skip
    assert found.missing["Learners"] == ["Given names", "Date of birth"]


def test_a_line_beside_the_workbook_settles_a_column_and_the_workbook_is_read_so(tmp_path):
    picture = with_changes("""
        Learners
        | Learner ID | Family name | Rufname der Person | Date of birth |
        | L01        | Nováková    | Tereza             | 2009-05-12    |
    """)
    path = write(picture, tmp_path / "Kohorte.xlsx")
    before = path.read_bytes()
    assert "S112 Learners" in told(read_cohort(path))
    kept = settle_columns(legend(path), ["Rufname der Person=Given names"], for_all=False)
    assert (kept.name, path.read_bytes()) == ("Kohorte.columns.toml", before)
    assert tomllib.loads(kept.read_text("utf-8")) == {"Learners": {"Rufname der Person": "Given names"}}
    reading = read_cohort(path)
    assert told(reading) == []
    assert reading.cohort is not None
    assert reading.cohort.learners[0].given_names == "Tereza"
    [settled] = [one for one in legend(path).columns if one.header == "Rufname der Person"]
    assert (settled.means, settled.why) == ("Given names", "settled in Kohorte.columns.toml")


def test_a_column_settled_as_her_own_is_no_column_of_the_contract_any_more(tmp_path):
    path = write(with_changes("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Telephone |
        | L01        | Nováková    | Tereza      | 2009-05-12    | Room 12   |
    """), tmp_path / "cohort.xlsx")  # fmt: skip
    settle_columns(legend(path), ["Telephone=own"], for_all=True)
    reading = read_cohort(path)
    assert reading.cohort is not None
    assert (reading.cohort.learners[0].telephone, reading.cohort.learners[0].more) == (None, {"Telephone": "Room 12"})


def test_the_folder_s_file_counts_for_all_and_the_workbook_s_own_goes_before(tmp_path):
    picture = with_changes("""
        Learners
        | Learner ID | Family name | First | Date of birth |
        | L01        | Nováková    | Tereza | 2009-05-12   |
    """)
    one, other = (write(picture, tmp_path / f"{name}.xlsx") for name in ("one", "other"))
    (tmp_path / "columns.toml").write_text('"First" = "Given names"\n', "utf-8")
    (tmp_path / "other.columns.toml").write_text('[Learners]\n"First" = "Nationality"\n', "utf-8")
    first, second = (read_cohort(path).cohort for path in (one, other))
    assert first is not None
    assert second is not None
    assert (first.learners[0].given_names, second.learners[0].nationality) == ("Tereza", "Tereza")


def test_a_sheet_is_settled_too(tmp_path):
    path = write(with_changes("").replace("Learners", "Our dear ones").replace("Date of birth", "Born on the day"), tmp_path / "c.xlsx")
    settle_columns(legend(path), ["Our dear ones=Learners"], for_all=False)
    settle_columns(legend(path), ["Born on the day=Date of birth"], for_all=False)
    reading = read_cohort(path)
    assert told(reading) == []
    assert reading.cohort is not None
    assert len(reading.cohort.learners) == 2


@pytest.mark.parametrize("order", [1, -1], ids=["the sheet first", "the column first"])
def test_a_sheet_and_its_columns_are_settled_in_one_command(tmp_path, monkeypatch, order):
    here = room(tmp_path)
    picture = "My choices\n| Learner ID | Unit ID | How much | Points |\n| L01 | U1 | part | 1 |"
    path = write(with_changes(picture), here.input / "cohort.xlsx")
    monkeypatch.chdir(tmp_path)
    wishes = ["--is", "My choices=Unit choices", "--is", "How much=Scope"]
    words = wishes if order > 0 else [*wishes[2:], *wishes[:2]]
    CliRunner().invoke(ecvet, ["columns", "cohort", *words], standalone_mode=False, catch_exceptions=False)
    made = read_cohort(path).cohort
    assert made is not None
    assert [each.scope for each in made.learners[0].agreement.choices if each.unit.id == "U1"] == ["part"]


def test_columns_of_a_flat_sheet_and_fields_of_the_cohort_are_settled_alike(tmp_path):
    path = write("""
        List
        | Surname | First name | Date of birth | Home     | Home country | Firm abroad | Where        | Start date | End date   | Qualification | Units |
        | Novák   | Jan        | 2006-11-30    | SOŠ Brno | Czechia      | Aurora      | Finland      | 2027-04-05 | 2027-04-30 | Cook          | U1    |
    """, tmp_path / "flow.xlsx")  # fmt: skip
    settle_columns(legend(path), ["Firm abroad=Host", "Where=Host country"], for_all=False)
    cohort = read_cohort(path).cohort
    assert cohort is not None
    assert [(one.id, one.country) for one in cohort.partners] == [("SOŠ Brno", "CZ"), ("Aurora", "FI")]
    other = write(with_changes("").replace("| Cohort ID ", "| Our short name "), tmp_path / "fields.xlsx")
    settle_columns(legend(other), ["Our short name=Cohort ID"], for_all=False)
    assert told(read_cohort(other)) == []


@pytest.mark.parametrize(("line", "sentence"), [
    ('"Rufname" = "Given nams"', "line 3: “Given nams” is no column that the program knows. Did you mean “Given names”?"),
    ("[Lerners]", "line 3: There is no sheet “Lerners”. Did you mean “Learners”?"),
    ("Rufname : Given names", "line 3: It is not written as “\"her name\" = \"its meaning\"”. Put both names into quotation marks."),
    ('"Rufname" = 7', "line 3: “7” is no column that the program knows. Put it into quotation marks."),
])  # fmt: skip
def test_a_line_that_says_nothing_names_its_file_and_line(tmp_path, line, sentence):
    path = write(with_changes(""), tmp_path / "cohort.xlsx")
    (tmp_path / "columns.toml").write_text(f"# ours\n\n{line}\n", "utf-8")
    reading = read_cohort(path)
    assert said(reading) == [sentence]
    assert reading.problems[0].place.file == "columns.toml"


def test_lines_and_remarks_of_hers_stay_when_one_is_written(tmp_path):
    path = write(with_changes(DOUBTFUL), tmp_path / "cohort.xlsx")
    mine = '# what Jana and I agreed\n"Class" = "own"  # 3a, 3b\n\n[Learners]\n# hers\n"Email" = "own"\n'
    (tmp_path / "cohort.columns.toml").write_text(mine, "utf-8")
    kept = settle_columns(legend(path), ["Email=E-mail", "Birthday date=own"], for_all=False)
    assert kept.read_text("utf-8") == (
        '# what Jana and I agreed\n"Class" = "own"  # 3a, 3b\n\n[Learners]\n# hers\n"Email" = "E-mail"\n"Birthday date" = "own"\n'
    )


def test_what_cannot_be_settled_is_said_and_nothing_written(tmp_path):
    path = write(with_changes(DOUBTFUL), tmp_path / "cohort.xlsx")
    for wish, sentence in (
        ("Clas=own", "cohort.xlsx has no column “Clas”. Did you mean “Class”?"),
        ("Class=Givn names", "Sheet Learners has no column “Givn names”. Did you mean “Given names”?"),
        ("Class", 'Write: --is "her name=its meaning"'),
    ):
        with pytest.raises(CannotContinue) as why:
            settle_columns(legend(path), [wish], for_all=False)
        assert sentence in str(why.value)
    assert [one.name for one in tmp_path.iterdir()] == ["cohort.xlsx"]


def test_the_command_shows_settles_and_says_by_its_exit_code_whether_all_is_sure(tmp_path, monkeypatch):
    here = room(tmp_path)
    write(with_changes(DOUBTFUL.replace("Birthday date", "Data of birth")), here.input / "cohort.xlsx")
    monkeypatch.chdir(tmp_path)

    def asked(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(ecvet, ["columns", *words], standalone_mode=False)
        return done.return_value, done.output

    code, text = asked("cohort")
    assert code == 1
    assert "? Learners!G1  “Email”: most of its values are no e-mail address" in text
    assert 'settle it: ecvet columns "cohort.xlsx" --is "Email=own"' in text
    code, text = asked("cohort", "--is", "Email=own")
    assert code == 0
    assert "Settled in " in text
    code, text = asked("cohort", "--json")
    shown = json.loads(text)
    assert code == 0
    assert {"cell": "G1", "file": "cohort.xlsx", "header": "Email", "means": None, "sheet": "Learners", "sure": True,
            "why": "settled: your own", "guesses": []} in shown["columns"]  # fmt: skip


def test_a_workbook_that_is_not_there_is_said():
    with pytest.raises(CannotContinue, match="There is no workbook “nowhere”"):
        CliRunner().invoke(ecvet, ["columns", "nowhere"], standalone_mode=False, catch_exceptions=False)


def test_a_list_that_is_settled_as_her_own_is_not_taken_for_the_learners(tmp_path):
    path = write(with_changes("").replace("Learners", "Marks of 2a"), tmp_path / "cohort.xlsx")
    assert "S137 Marks of 2a" in told(read_cohort(path))
    settle_columns(legend(path), ["Marks of 2a=own"], for_all=False)
    reading = read_cohort(path)
    assert reading.cohort is not None
    assert (len(reading.cohort.learners), "S103 cohort.xlsx" in told(reading)) == (0, True)


def test_what_is_missing_stands_last_with_the_columns_that_may_be_it_and_the_command_that_settles_it(tmp_path, monkeypatch):
    here = room(tmp_path)
    monkeypatch.chdir(here.folder)
    path = write("""
        Liste
        | Nachname | Vorname | Geburtsdatum | Geschl. | Beginn am  | Schluss am | Lerneinheit 1 | Betreuer vor Ort | Klasse |
        | Müller   | Eva     | 2006-05-12   | w       | 2027-04-05 | 2027-04-30 | Suppen        | Mikko Salo       | 3a     |
        | Meier    | Jan     | 2006-06-12   | d       | 2027-04-05 | 2027-04-30 | Suppen        | Mikko Salo       | 3b     |
    """, here.input / "Herbst.xlsx")  # fmt: skip
    shown = CliRunner().invoke(ecvet, ["columns", "Herbst", "--no-ask"], standalone_mode=False).output
    assert "Nothing is unsure." not in shown
    assert [line.strip() for line in shown.partition("Needed, and not there:\n")[2].splitlines()] == [
        "Liste: Home", "Liste: Host", "Liste: Start date (perhaps “Beginn am” or “Schluss am”)",
        "Liste: End date (perhaps “Beginn am” or “Schluss am”)", "Liste: Qualification",
        'If it is so, settle it: ecvet columns "Herbst.xlsx" --is "Beginn am=Start date" --is "Schluss am=End date"',
        "What is the same for all learners may stand once in a sheet Cohort (field and value) instead.",
    ]  # fmt: skip
    settle_columns(legend(path), ["Beginn am=Start date", "Schluss am=End date"], for_all=False)
    assert legend(path).missing == {"Liste": ["Home", "Host", "Qualification"]}


def test_where_nothing_is_missing_and_nothing_unsure_it_ends_with_that(tmp_path):
    assert as_text(legend(write(with_changes(""), tmp_path / "cohort.xlsx"))).endswith("Nothing is unsure.")


# -- asked at the terminal ---------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A terminal: what a person types there, or what she reads."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "meant"), [
    ("1\n", "Date of birth"), ("2\n", "own"), ("3\nTelephone\n", "Telephone"), ("7\n1\n", "Date of birth"), ("0\n", ""), ("\n", ""),
])  # fmt: skip
def test_at_the_terminal_each_doubt_is_asked_about_with_numbered_answers(tmp_path, monkeypatch, typed, meant):
    here = room(tmp_path)
    write(with_changes("""
        Learners
        | Learner ID | Family name | Given names | Data of birth |
        | L01        | Nováková    | Tereza      | 2009-05-12    |
    """), here.input / "cohort.xlsx")  # fmt: skip
    monkeypatch.chdir(tmp_path)
    read = Terminal()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    monkeypatch.setattr("sys.stdout", read)
    ecvet(["columns", "cohort"], standalone_mode=False)
    assert read.getvalue().startswith(
        "Learners!D1  “Data of birth”: named almost like “Date of birth”. What is it?\n"
        "  1  Date of birth\n  2  a column of my own\n  3  another column\n  0  leave it open\n"
    )
    beside = here.input / "cohort.columns.toml"
    assert (tomllib.loads(beside.read_text("utf-8")) if beside.exists() else {}) == ({"Learners": {"Data of birth": meant}} if meant else {})
    assert ("Settled in " in read.getvalue()) is bool(meant)


def test_what_a_column_means_is_shown_also_where_it_is_half_of_something(tmp_path):
    path = write("""
        Liste
        | Name         | Straße    | PLZ   | Ort   | Geburtsdatum | Von        | Bis        |
        | Müller, Eva  | Marktgasse 1 | 10115 | Berlin | 2006-05-12   | 2027-04-05 | 2027-04-30 |
        | Meier, Jan   | Marktgasse 2 | 10115 | Berlin | 2006-06-12   | 2027-04-05 | 2027-04-30 |
    """, tmp_path / "Herbst.xlsx")
    shown = {one.header: (one.means, one.why) for one in legend(path).columns}
    assert shown["PLZ"] == shown["Ort"] == ("Address", "a part of the address")
    assert shown["Name"] == ("Family name, Given names", "both in one, with a comma")


def test_a_file_of_settled_columns_that_cannot_be_taken_is_told_and_stays_as_it_is(tmp_path):
    path = write(with_changes(DOUBTFUL), tmp_path / "cohort.xlsx")
    beside = tmp_path / "cohort.columns.toml"
    for content, told_of in ((b"\xff\xfe\xff", "The file cannot be read."), (b"# " + b"x" * 2_000_000, "The file is too large.")):
        beside.write_bytes(content)
        assert told_of in " ".join(said(read_cohort(path)))
    beside.write_text('"Class" = ', "utf-8")
    with pytest.raises(CannotContinue, match=r"cannot be read as it is\. Correct it or delete it first"):
        settle_columns(legend(path), ["Class=own"], for_all=False)
    assert beside.read_text("utf-8") == '"Class" = '


def test_a_line_is_put_into_its_own_table_before_the_next_one(tmp_path):
    path = write(with_changes(DOUBTFUL), tmp_path / "cohort.xlsx")
    beside = tmp_path / "cohort.columns.toml"
    beside.write_text('[Learners]\n"Email" = "own"\n\n[Units]\n"Mark" = "own"\n', "utf-8")
    settle_columns(legend(path), ["Birthday date=own"], for_all=False)
    assert beside.read_text("utf-8") == '[Learners]\n"Email" = "own"\n"Birthday date" = "own"\n\n[Units]\n"Mark" = "own"\n'


def test_a_column_of_choices_whose_values_are_none_of_them_is_unsure(tmp_path):
    path = write("""
        Liste
        | Nachname | Vorname | Geburtsdatum | Geschl. |
        | Müller   | Eva     | 2006-05-12   | rot     |
        | Meier    | Jan     | 2006-06-12   | blau    |
    """, tmp_path / "Herbst.xlsx")  # fmt: skip
    [sex] = legend(path).unsure
    assert (sex.header, sex.means, sex.why) == ("Geschl.", "Sex", "most of its values are none of its entries")
