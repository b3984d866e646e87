"""`ecvet register`: the learner register is checked, and told what the cohorts have recognised since."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.table import Table

from pipeline import cli
from pipeline.columns import ACHIEVEMENTS
from pipeline.disk import write_whole
from pipeline.learner_register import read_learner_register
from pipeline.room import Room
from tests import desk

AGREEMENT = ["{{ learner.name }}", "held: {{ agreement.units_acquired | join(', ') }}", "{{ agreement.points_before }} points"]
RECORD = [
    "{{ learner.name }}",
    "{% for one in learner.achievements %}{{ one.unit_id }} {{ one.recognised_as }} ({{ one.cohort }}); {% endfor %}",
    "still: {% for unit in learner.remaining %}{{ unit.id }} {% endfor %}",
]
NOW = dt.date(2029, 6, 1)
BEFORE = "learner register (before 2029-06-01).xlsx"


class Said(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def room(tmp_path, monkeypatch) -> Room:
    """A folder whose input holds a cohort after the stay: two units of Eliška (L01), one of Matěj (L02)."""
    here = desk.room(tmp_path, official=False, forms={"Agreement": AGREEMENT, "Record": RECORD})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.doors.register.dt", SimpleNamespace(date=SimpleNamespace(today=lambda: NOW)))
    spring(here)
    return here


@pytest.fixture
def ecvet(monkeypatch, capsys) -> Callable[..., Said]:
    def type_it(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["ecvet", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = Said(int(ended.value.code or 0), *capsys.readouterr())
        assert "Traceback" not in said.out + said.err
        assert "made a mistake" not in said.err
        return said

    return type_it


def result(learner: str, unit: str, **cells: Any) -> list[Any]:
    """A row of sheet Results: achieved, validated and recognised, unless cells say otherwise."""
    row = {
        "Learner ID": learner, "Unit ID": unit, "Result": "achieved", "Assessed by": "Mikko Salo",
        "Assessed on": dt.date(2027, 4, 29), "Validated": "yes", "Validated by": "Hana Dvořáková",
        "Validated on": dt.date(2027, 5, 14), "Recognised as": f"Module {unit[1:]}", "Recognised by": "Karel Beneš",
        "Recognised on": dt.date(2027, 5, 20), "Points credited": 2.5, "Evidence": "Transcript in the file",
        **{name.replace("_", " "): value for name, value in cells.items()},
    }  # fmt: skip
    return desk.result(row)


RESULTS = (result("L01", "U1", Points_credited=3), result("L01", "U2"), result("L02", "U4", Recognised_as="Modul 7"))


def spring(room: Room, *, results: Any = RESULTS, **wishes: Any) -> Path:
    return desk.workbook(room.input / "spring.xlsx", wishes.pop("cells", None), more={"Results": list(results)}, **wishes)


def autumn(room: Room, units: str = "U1; U3", **cells: Any) -> Path:
    """The next cohort: Eliška goes again, with the same Learner ID."""
    again = desk.learner("L01", Units=units, Start_date=dt.date(2028, 4, 3), End_date=dt.date(2028, 4, 28),
                         Units_already_acquired="CONF-1", Date_of_birth=dt.date(2008, 9, 17), **cells)  # fmt: skip
    return desk.workbook(
        room.input / "autumn.xlsx",
        {"Cohort / Cohort ID": "CZ-2028", "Cohort / Project end": dt.date(2029, 1, 1)},
        without=["Learners", "Unit choices", "Accompanying"], more={"Learners": [desk._example()["Learners"][0], again]},
    )  # fmt: skip


def rows(room: Room, sheet: str = "Achievements") -> list[tuple[Any, ...]]:
    found = load_workbook(room.learner_register)[sheet]
    return list(found.iter_rows(min_row=2, values_only=True))


def short(room: Room) -> list[str]:
    return [f"{row[0]} {row[6]} {row[13]:%Y-%m-%d}" for row in rows(room) if row[6]]


# -- the way of a unit -------------------------------------------------------------------------------------------------


def test_what_it_will_write_is_shown_and_without_a_terminal_nothing_is_written(room, ecvet):
    said = ecvet("register")
    assert said.code == 0
    assert said.out.splitlines() == [
        "To be written into input/learner register.xlsx:",
        "  Learner                 Unit                                Recognised as  On          Points  Cohort",
        "  Bartošová Eliška (L01)  U1 Laminated and enriched doughs    Module 1       2027-05-20  3       CZ-2027-Spring",
        "  Bartošová Eliška (L01)  U2 Entremets, tarts and plated de…  Module 2       2027-05-20  2.5     CZ-2027-Spring",
        "  Dvořák Matěj (L02)      U4 Sourdough and artisan bread      Modul 7        2027-05-20  2.5     CZ-2027-Spring",
        "Nothing was written. To write them: ecvet register --yes",
    ]
    assert not room.learner_register.exists()
    assert "Nothing was written." in ecvet("register", "--dry-run", "--yes").out
    assert not room.learner_register.exists()


def test_a_new_register_looks_like_the_other_workbooks_and_holds_what_was_recognised(room, ecvet):
    assert ecvet("register", "--yes").out.splitlines()[-1] == "Written."
    book = load_workbook(room.learner_register)
    sheet = book["Achievements"]
    assert [cell.value for cell in sheet[1]][:4] == ["Learner ID", "Family name *", "Given names *", "Date of birth *"]
    assert sheet.freeze_panes == "D2"
    assert rows(room)[0] == (
        "L01", "Bartošová", "Eliška", dt.datetime(2008, 9, 17), "CONF", "Confectioner", "U1", "Laminated and enriched doughs",
        "whole", None, 3, "Module 1", "Karel Beneš", dt.datetime(2027, 5, 20), rows(room)[0][14], "CZ-2027-Spring", 1,
        "Transcript in the file",
    )  # fmt: skip
    register = read_learner_register(room.learner_register)
    assert register is not None
    assert (register.problems, register.notes, dict(register.of_rows)) == ((), (), {})


def test_with_nothing_to_add_it_says_that_the_register_is_in_order(room, ecvet):
    ecvet("register", "--yes")
    before = desk.snapshot(room.input)
    said = ecvet("register", "--yes")
    assert said == Said(0, "input/learner register.xlsx is in order; it holds 3 recognised units of 2 learners.\n"
                        "There is nothing to add to it.\n", "")  # fmt: skip
    assert desk.snapshot(room.input) == before


def test_it_asks_in_a_terminal_and_no_is_no(room, ecvet, monkeypatch):
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", lambda text: asked.append(text) or len(asked) > 1)
    assert ecvet("register").out.endswith("Nothing was written.\n")
    assert not room.learner_register.exists()
    assert ecvet("register").out.endswith("Written.\n")
    assert asked == ["Write these 3 rows into input/learner register.xlsx?"] * 2


def test_a_cohort_is_made_the_same_after_its_own_results_are_registered_and_the_next_one_sees_them(room, ecvet):
    first = desk.make(room, templates="mine")[0]
    papers = {path: data for path, data in desk.snapshot(room.output).items() if path.endswith(".docx")}
    ecvet("register", "--yes")
    again = desk.make(room, templates="mine")[0]
    assert desk.statuses(again) == {"unchanged": len(first.outcomes)} == {"unchanged": 26}
    (eliska,) = room.output.rglob("Record - Bartošová*.docx")
    assert desk.shown(eliska).splitlines()[1:] == [
        "U1 Module 1 (CZ-2027-Spring); U2 Module 2 (CZ-2027-Spring); ", "still: U3 U5 ",
    ]  # fmt: skip
    assert [problem.message for problem in again.problems] == [problem.message for problem in first.problems]
    assert {path: data for path, data in desk.snapshot(room.output).items() if path.endswith(".docx")} == papers

    autumn(room)
    next_one = next(made for made in desk.make(room, templates="mine") if made.name == "CZ-2028")
    (told,) = [problem for problem in next_one.problems if problem.code == "A216"]
    assert told.message == (
        "The unit “U1 Laminated and enriched doughs” is agreed, but it was recognised already by the cohort “CZ-2027-Spring”, "
        "on “20.05.2027”."
    )
    assert told.advice.endswith("It stands in learner register.xlsx › Achievements!G2.")
    assert not list((room.output / "CZ-2028").rglob("*.docx")), "nothing is repeated unseen"

    autumn(room, "U3")
    desk.make(room, templates="mine")
    agreement, record = sorted((room.output / "CZ-2028").rglob("*.docx"))
    assert desk.shown(agreement).splitlines()[1:] == [
        "held: First year: raw materials, basic doughs and creams, Laminated and enriched doughs, Entremets, tarts and plated desserts",
        "65.5 points",
    ]  # fmt: skip
    assert desk.shown(record).splitlines()[1:] == [
        "U1 Module 1 (CZ-2027-Spring); U2 Module 2 (CZ-2027-Spring); ", "still: U3 U5 CONF-2 ",
    ]  # fmt: skip

    ecvet("register", "--yes")
    assert desk.statuses(next(made for made in desk.make(room, templates="mine") if made.name == "CZ-2027-Spring")) == {"unchanged": len(first.outcomes)}


def test_what_a_later_cohort_recognises_changes_no_earlier_agreement_but_the_record_of_all_so_far(room, ecvet):
    autumn(room, "U3")
    spring(room, results=())
    first = next(made for made in desk.make(room, templates="mine") if made.name == "CZ-2027-Spring")
    path = autumn(room, "U3")
    book = load_workbook(path)
    book["Results"].append(result("L01", "U3", Recognised_on=dt.date(2028, 6, 1)))
    book.save(path)
    ecvet("register", "--yes")
    assert short(room) == ["L01 U3 2028-06-01"]
    again = next(made for made in desk.make(room, templates="mine") if made.name == "CZ-2027-Spring")
    assert {it.file for it in again.outcomes if it.status.value == "written"} == {"Record - Bartošová Eliška (L01).docx"}
    assert len(again.outcomes) == len(first.outcomes)


def test_a_part_that_one_cohort_recognised_counts_once_where_the_next_agrees_on_the_whole_unit(room, ecvet):
    spring(room, results=[result("L01", "U2", Validated="partly", Points_credited=1)])
    ecvet("register", "--yes")
    points = [f"{{{{ agreement.points{word} }}}}" for word in ("", "_before", "_already_held", "_after", "_remaining")]
    desk.form(room.templates / "mine" / "Agreement.docx", "{{ learner.name }}", " ".join(points))
    autumn(room, "U2; U3", Points=None)
    (made,) = [made for made in desk.make(room, templates="mine") if made.name == "CZ-2028"]
    (agreement,) = (room.output / "CZ-2028").rglob("Agreement*.docx")
    assert desk.shown(agreement).splitlines()[1] == "6 61 1 66 114", "U2 has 3.5 points, U3 2.5, and 60 were held already"
    (told,) = [problem for problem in made.problems if problem.code == "A217"]
    assert told.message.endswith("on “20.05.2027”: “1” of its “3.5” points, which count once.")


# -- what is entered, and what is not ----------------------------------------------------------------------------------


def test_only_whole_unit_rows_that_are_validated_and_recognised_are_entered(room, ecvet):
    spring(room, results=[
        result("L01", "U1", Validated="partly"), result("L01", "U2", Recognised_on=None), result("L03", "U2", Recognised_by=None),
        result("L02", "U4", Learning_outcome="Compare wheat, rye and spelt flours"), result("L02", "U5", Validated="no"),
    ])  # fmt: skip
    ecvet("register", "--yes")
    assert short(room) == ["L01 U1 2027-05-20"]
    assert rows(room)[0][8] == "part", "what was validated partly is no whole unit"


def test_a_part_that_was_agreed_is_entered_as_a_part(room, ecvet):
    book = load_workbook(spring(room))
    parts = [row for row in book["Unit choices"].iter_rows(min_row=2, values_only=True) if row[3] == "part"]
    assert parts
    whose, unit, which = parts[0][0], parts[0][2], parts[0][4]
    spring(room, results=[result(whose, unit, Points_credited=None)])
    ecvet("register", "--yes")
    assert rows(room)[0][8:10] == ("part", which)


@pytest.mark.parametrize("stays", [(1, 1), (1, 2)], ids=["in one stay", "in two stays"])
def test_two_parts_of_a_unit_are_both_entered_and_once(room, ecvet, stays):
    heads = desk._example()["Unit choices"][0]
    cells = [{"Learner ID": "L01", "Mobility": stay, "Unit ID": "U1", "Scope": "part", "Part": part, "Points": 1}
             for stay, part in zip(stays, ("sponge", "puff pastry"), strict=True)]  # fmt: skip
    days = {1: (dt.date(2027, 4, 5), dt.date(2027, 4, 30)), 2: (dt.date(2027, 5, 3), dt.date(2027, 5, 15))}
    people = [desk.learner("L01", Units=None, Mobility=stay, Start_date=days[stay][0], End_date=days[stay][1]) for stay in dict.fromkeys(stays)]
    desk.workbook(
        room.input / "spring.xlsx", without=["Learners", "Unit choices", "Accompanying"],
        more={"Learners": [desk._example()["Learners"][0], *people],
              "Unit choices": [heads, *([row.get(str(head).removesuffix(" *")) for head in heads] for row in cells)],
              "Results": [result("L01", "U1", Mobility=stay, Points_credited=1) for stay in stays]},
    )  # fmt: skip
    ecvet("register", "--yes")
    assert [(row[9], row[16]) for row in rows(room)] == [("sponge", stays[0]), ("puff pastry", stays[1])]
    assert "is in order" in ecvet("register", "--yes").out
    assert len(rows(room)) == 2


def test_a_learner_whose_results_have_an_error_waits_and_the_others_are_entered(room, ecvet):
    spring(room, results=[*RESULTS[:2], result("L01", "U3", Assessed_on="31.02.2027"), RESULTS[2]])
    said = ecvet("register", "--yes")
    assert said.code == 1
    assert "spring.xlsx › Results!A3:A5  The results of “Eliška Bartošová” are not entered yet: spring.xlsx › Results!I5 is to be corrected first." in said.out
    assert short(room) == ["L02 U4 2027-05-20"]


def test_what_is_recognised_on_a_day_to_come_is_told_and_entered_from_that_day_on(room, ecvet, monkeypatch):
    """L01 U1 is recognised on 20 May 2027, L02 U4 a day later: on 20 May one row is entered, on 21 May the other."""
    spring(room, results=[result("L01", "U1"), result("L02", "U4", Recognised_on=dt.date(2027, 5, 21))])
    days = [dt.date(2026, 11, 2), dt.date(2027, 5, 20), dt.date(2027, 5, 20), dt.date(2027, 5, 21)]
    monkeypatch.setattr("pipeline.doors.register.dt", SimpleNamespace(date=SimpleNamespace(today=lambda: days.pop(0))))
    said = ecvet("register", "--yes")
    assert (said.code, room.learner_register.exists()) == (0, False)
    first, told = said.out.splitlines()[:2]
    assert first == "Nothing is written for these yet:"
    assert told == (
        "  spring.xlsx › Results!P3  The day on which it is recognised, “20.05.2027”, is still to come. "
        "It is entered from that day on. If the date is wrong, correct it. [S181]"
    )
    said = ecvet("register", "--yes")
    assert (said.code, short(room)) == (0, ["L01 U1 2027-05-20"])
    assert "spring.xlsx › Results!P4  The day on which it is recognised" in said.out
    said = ecvet("register", "--yes")
    assert (said.code, short(room)) == (0, ["L01 U1 2027-05-20"]), "what was written is no error to the next command"
    assert said.out.endswith("holds 1 recognised unit of 1 learner.\nThere is nothing to add to it yet.\n")
    assert ecvet("register", "--yes").code == 0
    assert short(room) == ["L01 U1 2027-05-20", "L02 U4 2027-05-21"]


def test_what_is_recognised_on_one_day_to_come_is_one_line_however_many_rows_it_has(room, ecvet, monkeypatch):
    later = {"Recognised_on": dt.date(2027, 5, 21)}
    spring(room, results=[result("L01", "U1"), result("L02", "U4", **later), result("L01", "U2")])
    monkeypatch.setattr("pipeline.doors.register.dt", SimpleNamespace(date=SimpleNamespace(today=lambda: dt.date(2026, 11, 2))))
    told = ecvet("register", "--yes").out.splitlines()[1:3]
    assert [line.partition(" is still")[0] for line in told] == [
        "  spring.xlsx › Results!P3, P5  The day on which it is recognised, “20.05.2027”,",
        "  spring.xlsx › Results!P4  The day on which it is recognised, “21.05.2027”,",
    ]


def test_a_result_of_nobody_is_told_and_the_others_are_entered(room, ecvet):
    spring(room, results=[*RESULTS, result("L99", "U1")])
    said = ecvet("register", "--yes")
    assert (said.code, len(rows(room))) == (1, 3)
    assert "Results!A6  “L99” is not on sheet Learners." in said.out


@pytest.mark.parametrize(("cells", "told"), [
    ({"Recognised_as": "Module 9"}, "Recognised as is “Module 9” here and “Module 1” in learner register.xlsx › Achievements!G2"),
    ({"Points_credited": 2}, "Points credited is “2” here and “3” in learner register.xlsx › Achievements!G2"),
    ({"Points_credited": 2, "Recognised_on": dt.date(2027, 5, 21)}, "Recognised on is “21.05.2027” here and “20.05.2027” in learner register.xlsx › Achievements!G2 (and 1 more)"),
])  # fmt: skip
def test_what_stands_there_in_another_form_is_told_with_both_places_and_nothing_is_written_for_it(room, ecvet, cells, told):
    ecvet("register", "--yes")
    spring(room, results=[result("L01", "U1", **{"Points_credited": 3, **cells}), *RESULTS[1:], result("L03", "U2")])
    said = ecvet("register", "--yes")
    assert said.code == 1
    assert f"spring.xlsx › Results!C3  The unit “U1 Laminated and enriched doughs” of “Eliška Bartošová” stands in the register otherwise: {told}." in said.out
    assert short(room)[2:] == ["L02 U4 2027-05-20", "L03 U2 2027-05-20"]


def test_a_unit_that_another_cohort_recognised_is_not_entered_again(room, ecvet):
    path = autumn(room)
    book = load_workbook(path)
    book["Results"].append(result("L01", "U1", Recognised_on=dt.date(2028, 6, 1)))
    book.save(path)
    said = ecvet("register", "--yes")
    assert "was recognised already by the cohort “CZ-2027-Spring”: spring.xlsx › Results!C3." in said.out
    assert short(room) == ["L01 U1 2027-05-20", "L01 U2 2027-05-20", "L02 U4 2027-05-20"]
    assert "was recognised already by the cohort “CZ-2027-Spring”: learner register.xlsx › Achievements!G2." in ecvet("register").out


def test_somebody_else_under_her_learner_id_is_told_and_a_changed_name_waits(room, ecvet):
    ecvet("register", "--yes")
    path = autumn(room, Family_name="Bartošová-Nová")
    book = load_workbook(path)
    book["Results"].append(result("L01", "U3", Recognised_on=dt.date(2028, 6, 1)))
    book.save(path)
    said = ecvet("register", "--yes")
    assert said.code == 1
    assert (
        "autumn.xlsx › Results!A2  “L01” is “Eliška Bartošová-Nová”, born “17.09.2008” here, and “Eliška Bartošová”, born “17.09.2008” in "
        "learner register.xlsx › Achievements!A2: what stands there is not counted."
    ) in said.out
    assert len(rows(room)) == 3


def test_only_the_workbooks_that_are_named_are_taken(room, ecvet):
    path = autumn(room)
    book = load_workbook(path)
    book["Results"].append(result("L01", "U3", Recognised_on=dt.date(2028, 6, 1)))
    book.save(path)
    ecvet("register", "autumn", "--yes")
    assert short(room) == ["L01 U3 2028-06-01"]


def test_a_cohort_that_cannot_be_read_is_named_and_the_others_are_taken(room, ecvet):
    (room.input / "broken.xlsx").write_bytes(b"no workbook")
    said = ecvet("register", "--yes")
    assert said.code == 1
    assert "Not read:\n  broken: The file is no Excel file, whatever its name says." in said.out
    assert len(rows(room)) == 3


def test_without_a_register_and_without_results_it_says_so(room, ecvet):
    spring(room, results=())
    assert ecvet("register", "--yes") == Said(
        0, "There is no learner register yet, and no cohort has results that are recognised to begin one with.\n", "")
    assert not room.learner_register.exists()


# -- it is hers --------------------------------------------------------------------------------------------------------


def hers(target: Path, *, without: str = "", sums: bool = False) -> Path:
    """Her own register: a title, her own order of columns, one of her own, colours, a table of Excel's, another sheet.

    It may be without a column, and her table may have a row of sums at its end.
    """
    book = Workbook()
    notes = book.active
    notes.title = "Notes"
    notes["A1"] = "=1+1"
    sheet = book.create_sheet("Anerkennungen")
    sheet.append(["Our register"])
    sheet.append(["Nachname", "Vorname", "Geburtsdatum", "Teilnehmernummer", "Shoe size", "Qualification ID", "Qualification title",
                  "Unit ID", "Unit title", "Scope", "Part", "Points credited", "Recognised as", "Recognised by", "Recognised on",
                  "Host", "Cohort ID", "Mobility", "Evidence"])  # fmt: skip
    sheet.append(["Stará", "Ivana", dt.date(2005, 1, 2), "007", 38, "BAKE", "Baker", "U9", "Old unit", "whole", None, 2, "Modul 1",
                  "Karel Beneš", dt.date(2024, 5, 2), "Bakkerij", "CZ-2024", 1, "file"])  # fmt: skip
    sheet["A3"].font = Font(bold=True)
    sheet["E3"].fill = PatternFill("solid", start_color="FFFF00")
    sheet["C3"].number_format = "D. MMMM YYYY"
    sheet["E5"].fill = PatternFill("solid", start_color="00FF00")  # prepared for a row to come
    sheet.add_table(Table(displayName="Units", ref="A2:S3", totalsRowCount=1 if sums else None))
    sheet.column_dimensions["A"].width = 33
    if without:
        sheet.delete_cols(next(cell.column for cell in sheet[2] if cell.value == without))
    book.save(target)
    return target


def test_rows_are_added_below_hers_and_all_else_of_her_workbook_stays(room, ecvet):
    old = hers(room.learner_register).read_bytes()
    said = ecvet("register", "--yes")
    assert said.out.endswith(f"Written. The version before is kept beside it: {BEFORE}\n")
    assert (room.input / BEFORE).read_bytes() == old
    book = load_workbook(room.learner_register)
    sheet = book["Anerkennungen"]
    assert book.sheetnames == ["Notes", "Anerkennungen"]
    assert book["Notes"]["A1"].value == "=1+1"
    assert sheet["A1"].value == "Our register"
    assert [[sheet.cell(row, at).value for at in (1, 4, 5, 8, 12)] for row in range(3, 7)] == [
        ["Stará", "007", 38, "U9", 2], ["Bartošová", "L01", None, "U1", 3], ["Bartošová", "L01", None, "U2", 2.5],
        ["Dvořák", "L02", None, "U4", 2.5],
    ]  # fmt: skip
    assert sheet["A4"].font.bold
    assert sheet["E4"].fill.start_color.rgb == "00FFFF00"
    assert (sheet["C4"].value, sheet["C4"].number_format) == (dt.datetime(2008, 9, 17), "D. MMMM YYYY")
    assert sheet["O4"].value == dt.datetime(2027, 5, 20)
    assert sheet["E5"].fill.start_color.rgb == "0000FF00"
    assert load_workbook(room.learner_register, read_only=True)["Anerkennungen"].calculate_dimension() == "A1:S6"
    assert sheet.tables["Units"].ref == "A2:S6"
    assert sheet.column_dimensions["A"].width == 33


def test_a_table_with_a_row_of_sums_is_not_made_longer(room, ecvet):
    hers(room.learner_register, sums=True)
    ecvet("register", "--yes")
    assert load_workbook(room.learner_register)["Anerkennungen"].tables["Units"].ref == "A2:S3"


def test_a_register_without_a_column_for_the_mobility_takes_first_stays(room, ecvet):
    hers(room.learner_register, without="Mobility")
    assert ecvet("register", "--yes").out.splitlines()[-1].startswith("Written.")
    spring(room, results=(*RESULTS, result("L06", "U1", Mobility=2)))
    assert "has no column “Mobility”" in ecvet("register", "--yes").err


def test_a_hosts_slip_in_what_recognises_nothing_is_no_matter_of_the_register(room, ecvet):
    """An unknown learner's row holds the results of nobody, and where it recognises nothing, nothing is missing either."""
    spring(room, results=(*RESULTS, result("L99", "U1", Validated=None, Recognised_on=None, Recognised_by=None, Recognised_as=None)))
    said = ecvet("register", "--yes")
    assert (said.code, "L99" in said.out) == (0, False)
    spring(room, results=(*RESULTS, result("L99", "U1")))
    assert "L99" in ecvet("register").out


def test_parts_that_have_nothing_to_do_with_it_stay_byte_for_byte(room, ecvet):
    import zipfile

    with zipfile.ZipFile(hers(room.learner_register)) as package:
        before = {name: package.read(name) for name in package.namelist()}
    ecvet("register", "--yes")
    with zipfile.ZipFile(room.learner_register) as package:
        after = {name: package.read(name) for name in package.namelist()}
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {"xl/worksheets/sheet2.xml", "xl/tables/table1.xml"}


def test_a_date_is_a_date_in_a_column_that_never_held_one(room, ecvet):
    book = Workbook()
    sheet = book.active
    sheet.title = "Achievements"
    sheet.append([column.name for column in ACHIEVEMENTS.columns])
    book.save(room.learner_register)
    ecvet("register", "--yes")
    assert rows(room)[0][3] == dt.datetime(2008, 9, 17)
    assert "is in order" in ecvet("register").out


def test_a_workbook_of_an_old_mac_counts_days_from_1904(room, ecvet):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = load_workbook(hers(room.learner_register))
    book.epoch = CALENDAR_MAC_1904
    book.save(room.learner_register)
    ecvet("register", "--yes")
    register = read_learner_register(room.learner_register)
    assert register is not None
    assert register.achievements[-1].recognised_on == dt.date(2027, 5, 20)


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_what_was_added_to_and_saves_it_whole(room, ecvet, tmp_path, needs):
    hers(room.learner_register)
    ecvet("register", "--yes")
    subprocess.run([needs("soffice"), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
                    "--outdir", str(tmp_path / "saved"), str(room.learner_register)], check=True, capture_output=True, timeout=120)  # fmt: skip
    before, saved = (read_learner_register(path) for path in (room.learner_register, tmp_path / "saved" / "learner register.xlsx"))
    assert before is not None
    assert saved is not None
    assert [(one.unit_id, one.points, one.recognised_on, one.date_of_birth) for one in saved.achievements] == [
        (one.unit_id, one.points, one.recognised_on, one.date_of_birth) for one in before.achievements]
    spring(room, results=[*RESULTS, result("L03", "U2")])
    room.learner_register.write_bytes((tmp_path / "saved" / "learner register.xlsx").read_bytes())
    ecvet("register", "--yes")
    assert [row[7] for row in rows(room, "Anerkennungen")[1:]] == ["U9", "U1", "U2", "U4", "U2"], "and it can be added to again"


def test_former_versions_are_never_written_over(room, ecvet):
    hers(room.learner_register)
    ecvet("register", "--yes")
    first = (room.input / BEFORE).read_bytes()
    spring(room, results=[*RESULTS, result("L03", "U2")])
    assert ecvet("register", "--yes").out.endswith("learner register (before 2029-06-01 2).xlsx\n")
    assert (room.input / BEFORE).read_bytes() == first
    assert [path.name for path in room.workbooks()] == ["spring.xlsx"], "none of them is a cohort"


def test_a_column_that_is_missing_and_needed_is_named_and_nothing_is_written(room, ecvet):
    book = load_workbook(hers(room.learner_register))
    book["Anerkennungen"]["O2"] = "Whatever"
    book.save(room.learner_register)
    before = room.learner_register.read_bytes()
    said = ecvet("register", "--yes")
    assert said.code == 3
    assert said.err == (
        "“learner register.xlsx” has no column “Recognised on”, so nothing was written. Add it to sheet “Anerkennungen”, "
        "and run it again.\n"
    )
    assert room.learner_register.read_bytes() == before
    assert not (room.input / BEFORE).exists()


def test_who_could_read_it_may_read_it_afterwards(room, ecvet):
    hers(room.learner_register).chmod(0o664)
    ecvet("register", "--yes")
    assert room.learner_register.stat().st_mode & 0o777 == 0o664
    assert (room.input / BEFORE).stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize("lock", ["~$learner register.xlsx", ".~lock.learner register.xlsx#"])
def test_while_it_is_open_nothing_is_written(room, ecvet, lock):
    before = hers(room.learner_register).read_bytes()
    (room.input / lock).write_text("me")
    said = ecvet("register", "--yes")
    assert (said.code, said.err) == (
        3, "“learner register.xlsx” is open in Excel or LibreOffice, so nothing was written. Close it there, and run it again.\n")
    assert room.learner_register.read_bytes() == before


def test_what_she_saved_while_it_asked_is_not_written_over(room, ecvet, monkeypatch):
    hers(room.learner_register)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    def meanwhile(_: str) -> bool:
        book = load_workbook(room.learner_register)
        book["Notes"]["A2"] = "typed meanwhile"
        book.save(room.learner_register)
        return True

    monkeypatch.setattr("click.confirm", meanwhile)
    said = ecvet("register")
    assert (said.code, "was changed meanwhile, so nothing was written" in said.err) == (3, True)
    assert load_workbook(room.learner_register)["Notes"]["A2"].value == "typed meanwhile"


@pytest.mark.parametrize(("hindered", "sentence"), [
    ("open", "another program seems to have it open. Close it there"), ("full", "the disk is full. Make room on it"),
])  # fmt: skip
def test_where_it_cannot_be_replaced_one_sentence_says_so_and_it_is_as_it_was(room, ecvet, monkeypatch, hindered, sentence):
    before = hers(room.learner_register).read_bytes()
    monkeypatch.setattr("pipeline.disk.write_whole", lambda folder, name, *rest: (
        hindered if name == "learner register.xlsx" else write_whole(folder, name, *rest)))  # fmt: skip
    said = ecvet("register", "--yes")
    assert (said.code, said.err) == (3, f"“learner register.xlsx” could not be written: {sentence}, and run it again.\n")
    assert room.learner_register.read_bytes() == before
    assert not (room.input / BEFORE).exists(), "nothing was written, so there is no version before"


def test_another_run_at_work_keeps_it_from_writing(room, ecvet):
    from pipeline.turns import alone

    with alone(room.output):
        said = ecvet("register", "--yes")
    assert (said.code, "Another run is making papers" in said.err) == (3, True)
    assert not room.learner_register.exists()


# -- the register itself -----------------------------------------------------------------------------------------------


def register_with(room: Room, *changes: dict[str, Any]) -> None:
    """A register of a row for each of these, which is Ivana's with cells changed."""
    from pipeline.starter import learner_register

    clean = {
        "Learner ID": "007", "Family name": "Stará", "Given names": "Ivana", "Date of birth": dt.date(2005, 1, 2),
        "Qualification ID": "BAKE", "Unit ID": "U9", "Unit title": "Old unit", "Scope": "whole", "Points credited": 2,
        "Recognised by": "Karel Beneš", "Recognised on": dt.date(2024, 5, 2), "Cohort ID": "CZ-2024",
    }  # fmt: skip
    cells = [{name.replace("_", " "): value for name, value in change.items()} for change in changes]
    room.learner_register.write_bytes(learner_register([{**clean, **change} for change in cells]))


@pytest.mark.parametrize(("rows", "told"), [
    (({}, {"Cohort_ID": "CZ-2025"}), "Achievements!G3  The unit “U9 Old unit” of “Ivana Stará” stands in learner register.xlsx › Achievements!G2 too."),
    (({"Scope": "part", "Part": "A"}, {"Scope": "part", "Part": "a"}), "Achievements!G3  The unit “U9 Old unit” of “Ivana Stará” stands in"),
    (({"Recognised_on": dt.date(2031, 1, 1)},), "Achievements!N2  The day of the recognition, “01.01.2031”, is still to come."),
    (({"Recognised_on": dt.date(2004, 1, 1)},), "Achievements!N2  The day of the recognition, “01.01.2004”, does not fit the date of birth “02.01.2005”."),
    (({"Recognised_on": "31.02.2024"},), "Achievements!N2  “31.02.2024” is not a date"),
    (({"Unit_ID": None},), "Achievements!G2  “Unit ID” is blank."),
    (({"Learner_ID": None, "Date_of_birth": None},), "Achievements!D2  The row counts for nobody: it has neither a Learner ID nor a date of birth."),
    (({"Given_names": None},), "Achievements!C2  The row counts for nobody: “Given names” is blank."),
    (({}, {"Family_name": "Nová", "Unit_ID": "U8"}), "Achievements!A2  “007” is “Ivana Stará”, born “02.01.2005” here, and “Ivana Nová”, born “02.01.2005” in"),
    (({}, {"Learner_ID": "008", "Unit_ID": "U8"}), "Achievements!A2  “Ivana Stará” is “007” here and “008” in learner register.xlsx › Achievements!A3"),
])  # fmt: skip
def test_what_is_wrong_in_the_register_is_told_at_its_cell(room, ecvet, rows, told):
    spring(room, results=())
    register_with(room, *rows)
    said = ecvet("register")
    assert said.code == 1
    assert f"  learner register.xlsx › {told}" in said.out
    assert said.out.count(told[:30]) == 1, "told once"
    assert "is in order" not in said.out


@pytest.mark.parametrize("rows", [
    ({}, {"Unit_ID": "U8"}), ({"Scope": "part", "Part": "A"}, {"Scope": "part", "Part": "B"}), ({"Scope": "part", "Part": "A"}, {"Recognised_on": dt.date(2025, 1, 1)}),
    ({}, {"Qualification_ID": "CONF"}), ({}, {"Learner_ID": None, "Unit_ID": "U8"}),
    ({}, {"Family_name": "Jiná", "Date_of_birth": dt.date(2006, 1, 1)}),
])  # fmt: skip
def test_a_register_in_order_has_nothing_to_look_at(room, ecvet, rows):
    spring(room, results=())
    register_with(room, *rows)
    said = ecvet("register")
    assert (said.code, "To look at" in said.out) == (0, False), said.out


def test_hostile_registers_get_one_sentence_and_nothing_is_written(room, ecvet):
    for data in (b"", b"no workbook", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"):
        room.learner_register.write_bytes(data)
        said = ecvet("register", "--yes")
        assert said.code == 1
        assert said.out.startswith("To look at in learner register.xlsx:\n  learner register.xlsx  The file ")
        assert len(said.out.splitlines()) == 2
        assert room.learner_register.read_bytes() == data


# -- forget ------------------------------------------------------------------------------------------------------------


def test_forget_names_the_rows_that_still_stand_in_the_register_and_leaves_them(room, ecvet):
    ecvet("register", "--yes")
    desk.make(room, templates="mine")
    before = room.learner_register.read_bytes()
    said = ecvet("forget", "L01", "--yes")
    assert (
        "“L01” still stands in “learner register.xlsx”, sheet Achievements, rows 2 and 3. It is yours and is not changed: take her out of it, "
        "if what she achieved is to be forgotten too."
    ) in said.out
    assert room.learner_register.read_bytes() == before
    assert "row 4" in ecvet("forget", "Dvořák Matěj").err, "by name too; no papers are known by that name"
