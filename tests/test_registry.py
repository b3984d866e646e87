"""The register of partners, qualifications and units that all cohorts share."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from pipeline.counter import show
from pipeline.jobs import Status
from pipeline.made import Wishes
from pipeline.registry import read_registry
from pipeline.workbook import Reading, read_cohort
from tests.desk import agreements, make, room
from tests.drawn import told, with_changes, write

REGISTER = """
    Partners
    | Partner ID | Role | Name            | Country | Address     |
    | SOS        | home | SOŠ Jihlava     | Czechia | Elsewhere 1 |
    | AURORA     | host | Hotel Aurora Oy | Finland | Rantakatu 4 |
    | SOL        | host | Bistro Sol      | Spain   | C. Sol 1    |
    | BROKEN     | host |                 | Nowhere |             |

    Qualifications
    | Qualification ID | Title  |
    | COOK             | Cook   |
    | WAITER           | Waiter |

    Units
    | Unit ID | Qualification | Title    | Hosts       | Skills          |
    | U1      | COOK          | Starters | AURORA; SOL | makes starters  |
    | U2      | COOK          | Soups    |             | makes soups     |
    | U1      | WAITER        |          |             | serves starters |
    | U8      | WAITER        |          |             |                 |
"""


def read(cohort: str, folder: Path, register: str = REGISTER) -> Reading:
    shared = read_registry(write(register, folder / "register.xlsx"))
    return read_cohort(write(with_changes(cohort), folder / "cohort.xlsx"), register=shared)


def of_age(cohort: str) -> str:
    """The clean cohort with these sheets laid over it; nobody needs a guardian."""
    return with_changes(cohort).replace("2009-05-12", "2005-05-12").replace("2008-11-30", "2006-11-30")


def test_only_what_the_cohort_names_comes_from_the_register(tmp_path):
    reading = read("- Partners\n\n- Qualifications\n\n- Units\n", tmp_path)
    assert told(reading) == []
    assert reading.cohort is not None
    assert [one.id for one in reading.cohort.partners] == ["SOS", "AURORA"]
    assert [one.id for one in reading.cohort.qualifications] == ["COOK"]
    assert [(one.id, one.skills, [host.id for host in one.hosts]) for one in reading.cohort.units] == [
        ("U1", ("makes starters",), ["AURORA"]), ("U2", ("makes soups",), []),
    ]  # fmt: skip
    address = reading.cohort.partners[1].at("address")
    assert (address.file, str(address)) == ("register.xlsx", "register.xlsx › Partners!E3")


def test_what_the_cohort_defines_itself_goes_before_the_register(tmp_path):
    reading = read("Partners\n| Partner ID | Role | Name | Country |\n| SOS | home | SOŠ Brno | Czechia |", tmp_path)
    assert told(reading) == []
    assert reading.cohort is not None
    assert [(one.id, one.name) for one in reading.cohort.partners] == [("SOS", "SOŠ Brno"), ("AURORA", "Hotel Aurora Oy")]


def test_a_name_stands_for_the_id_where_only_one_row_has_it(tmp_path):
    cohort = """
        - Partners

        Learners
        | Learner ID | Family name | Given names | Date of birth | Host       |
        | L01        | Nováková    | Tereza      | 2009-05-12    | Bistro Sol |
    """
    reading = read(cohort, tmp_path)
    assert reading.cohort is not None
    assert [one.id for one in reading.cohort.partners] == ["SOS", "AURORA", "SOL"]


def test_rows_that_no_cohort_uses_are_never_complained_of(tmp_path):
    assert told(read("- Partners\n", tmp_path)) == []


def test_a_fault_in_a_row_that_is_used_names_the_register_s_cell_and_holds_the_papers(tmp_path):
    here = room(tmp_path)
    write(REGISTER.replace("| AURORA     | host | Hotel Aurora Oy | Finland |", "| AURORA     | host | Hotel Aurora Oy | Finlan  |"), here.register)
    write(of_age("- Partners\n"), here.input / "cohort.xlsx")
    [made] = make(here)
    [wrong] = [it for it in made.problems if it.holds]
    assert (wrong.code, wrong.place.file, str(wrong.place)) == ("S207", "register.xlsx", "register.xlsx › Partners!D3")
    assert {it.status for it in made.outcomes if "Agreement" in it.job.target} == {Status.HELD}


def test_a_sheet_of_which_the_register_gives_nothing_is_missing(tmp_path):
    reading = read("- Partners\n", tmp_path, "Units\n| Unit ID | Title |\n| U9 | Nothing |")
    assert "S103 cohort.xlsx" in told(reading)


def test_a_register_that_cannot_be_read_is_told_only_where_something_is_missing(tmp_path):
    (tmp_path / "register.xlsx").write_bytes(b"no workbook")
    shared = read_registry(tmp_path / "register.xlsx")
    whole = read_cohort(write(with_changes(""), tmp_path / "whole.xlsx"), register=shared)
    assert told(whole) == []
    lacking = read_cohort(write(with_changes("- Partners\n"), tmp_path / "lacking.xlsx"), register=shared)
    assert "S136 register.xlsx" in told(lacking)


def test_two_cohorts_share_one_register_in_one_run(tmp_path):
    here = room(tmp_path)
    write(REGISTER, here.register)
    for name in ("A", "B"):
        picture = of_age("- Partners\n\n- Qualifications\n\n- Units\n").replace("CZ-2027", f"CZ-{name}")
        write(picture, here.input / f"{name}.xlsx")
    made = make(here)
    assert [(one.name, agreements(one)) for one in made] == [("CZ-A", 2), ("CZ-B", 2)]


def test_no_register_is_no_trouble(tmp_path):
    assert read_registry(tmp_path / "register.xlsx") is None


def test_a_fault_of_the_register_is_named_with_its_file_and_never_linked_to_a_cell_of_the_cohorts_workbook(tmp_path):
    here = room(tmp_path)
    write(REGISTER.replace("| Address     |", "| E-mail |").replace("Rantakatu 4", "nobody"), here.input / "register.xlsx")
    write(of_age("- Qualifications\n\n- Units\n\nPartners\n| Partner ID | Role | Name | Country | E-mail |\n| SOS | home | SOŠ | Czechia | x y |"),
          here.input / "cohort.xlsx")
    [made] = make(here)
    said = show(made, Wishes(), here.folder)
    assert "  (please look) register.xlsx › Partners!E3  “nobody” is not an e-mail address." in said
    assert "  (please look) Partners!E2  “x y” is not an e-mail address" in said
    assert made.report is not None
    assert "<b>register.xlsx › Partners!E3</b>" in made.report.read_text("utf-8")
    copy = load_workbook(made.report.parent / made.copies[0])
    listed = {row[0].value: row[0].hyperlink for row in copy["To correct"].iter_rows() if row[0].value}
    assert listed["Partners!E2"] is not None
    assert listed["register.xlsx › Partners!E3"] is None
    assert [cell.coordinate for row in copy["Partners"].iter_rows() for cell in row if cell.comment] == ["E2"]
