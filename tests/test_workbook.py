"""A cohort is read as an officer means it: what was typed once counts everywhere, and every fault is named by its cell."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from decimal import Decimal
from pathlib import Path

import desk
import pytest
from drawn import CLEAN, aside, cohort, learner, said, told, with_changes, write, write_csv
from openpyxl import load_workbook
from packages import LEARNERS_ROWS, book, pack, parts, sheet

from pipeline import checks
from pipeline.filing import is_workbook
from pipeline.problem import Severity
from pipeline.workbook import read_cohort

ROOT = Path(__file__).resolve().parent.parent


def clean(reading) -> None:
    assert told(reading) == [], said(reading)


# -- the clean cohort --------------------------------------------------------------------------------------------------


def test_the_clean_cohort_reads_without_problems(tmp_path):
    reading = read_cohort(write(CLEAN, tmp_path / "spring.xlsx"))
    clean(reading)
    assert (reading.name, reading.files, reading.cohort.id) == ("spring", ("spring.xlsx",), "CZ-2027")
    tereza, jan = reading.cohort.learners
    assert (tereza.name, tereza.date_of_birth, tereza.mobility) == ("Tereza Nováková", dt.date(2009, 5, 12), 1)
    assert (jan.agreement.host.name, jan.agreement.mentor, jan.agreement.start) == ("Hotel Aurora Oy", "Mikko Salo", dt.date(2027, 4, 5))
    assert [choice.unit.title for choice in jan.agreement.choices] == ["Cold starters", "Soups"]
    assert jan.agreement.points == Decimal("4.5")


def test_the_example_cohort_reads_without_problems():
    [path] = (ROOT / "input").glob("*.xlsx")
    reading = read_cohort(path)
    clean(reading)
    assert (len(reading.cohort.learners), len({each.person for each in reading.cohort.learners})) == (13, 12)


# -- the shape of real workbooks ---------------------------------------------------------------------------------------


def test_titles_codes_empty_rows_and_notes_are_survived_and_what_was_left_out_is_told(tmp_path):
    reading = cohort("""
        Learners
        | SOŠ gastronomie Brno |                |             |                 |
        |                      | spring 2027    |             | printed for Ms Malá |

        | Learner ID *         | Family name *: | Given names | Date of birth (dd/mm/yyyy) |
        | *                    | *              | text        | DD-MM-YYYY      |
        |                      | DICT           |             |                 |
        | L01                  | Nováková       | Tereza      | 2009-05-12      |


        | L02                  | Novák          | Jan         | 2008-11-30      |

        | Notes: bus at 6:00   |                |             |                 |
    """, tmp_path)  # fmt: skip
    assert [each.id for each in reading.cohort.learners] == ["L01", "L02"]
    assert told(reading) == ["S113 Learners, row 12"]
    assert said(reading) == [
        "Row 12 was left out: it holds only “Notes: bus at 6:00”. Fill the other columns if it is a row of the cohort; else leave it.",
    ]  # fmt: skip
    assert str(learner(reading, 1).at("family_name")) == "Learners!B10"


def test_a_header_under_a_row_of_groups_is_found_and_not_taken_for_a_learner(tmp_path):
    reading = cohort("""
        Learners
        | Learner    |             |             |               | Guardian |           | Host      |
        | Learner ID | Family name | Given names | Date of birth | Guardian | Telephone | Workplace |
        | L01        | Nováková    | Tereza      | 2009-05-12    | Jana     | '+420 1   |           |
    """, tmp_path)  # fmt: skip
    clean(reading)
    [tereza] = reading.cohort.learners
    assert (tereza.guardian, tereza.guardian_telephone, str(tereza.at("id"))) == ("Jana", "+420 1", "Learners!A3")


def test_a_header_of_two_rows_with_cells_merged_over_both_is_read(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Name        |             | Date of birth |
        | ^          | Family name | Given names | ^             |
        | L01        | Nováková    | Tereza      | 2009-05-12    |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert learner(reading).name == "Tereza Nováková"


def test_a_learner_whose_cells_are_the_names_of_columns_is_a_learner(tmp_path):
    reading = cohort("""
        Partners
        | Partner ID | Role | Name     | Country |
        | HOME       | home | SOŠ Brno | Czechia |
        | HOST       | host | Aurora   | Finland |

        Learners
        | Learner ID | Family name | Given names | Date of birth | Home | Host |
        | L01        | Nováková    | Tereza      | 2009-05-12    | HOME | HOST |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert learner(reading).agreement.host.name == "Aurora"


def test_the_header_repeated_on_every_page_is_no_learner(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth |
        | L01        | Nováková    | Tereza      | 2009-05-12    |
        | Learner ID | Family name | Given names | Date of birth |
        | L02        | Novák       | Jan         | 2008-11-30    |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert len(reading.cohort.learners) == 2


def test_a_second_block_with_its_own_header_is_read_by_that_header(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth |           |
        | L01        | Nováková    | Tereza      | 2009-05-12    |           |

        | Class B    |             |             |               |           |
        | Learner ID | Given names | Family name | Date of birth | Shoe size |
        | L02        | Jan         | Novák       | 2008-11-30    | 44        |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S113 Learners, row 4"]
    assert [each.name for each in reading.cohort.learners] == ["Tereza Nováková", "Jan Novák"]
    assert (str(learner(reading, 1).at("family_name")), learner(reading, 1).more) == ("Learners!C6", {"Shoe size": "44"})


def test_the_grey_example_row_of_an_empty_workbook_is_ignored(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth |
        | (example)  | Nováková    | Tereza      | 31.02.2009    |
        | L01        | Nováková    | Tereza      | 2009-05-12    |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert len(reading.cohort.learners) == 1


def test_numbers_prepared_for_learners_who_are_not_known_yet_make_no_learners(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth |
        | L01        | Nováková    | Tereza      | 2009-05-12    |
        | L02        |             |             |               |
        | L03        |             |             |               |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S113 Learners, row 3", "S113 Learners, row 4"]
    assert len(reading.cohort.learners) == 1


def test_a_sheet_without_a_header_is_told_once(tmp_path):
    reading = cohort("""
        Learners
        | L01 | Nováková | Tereza | 2009-05-12 |
        | L02 | Novák    | Jan    | 2008-11-30 |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S115 Learners"]
    assert said(reading)[0].startswith("The sheet “Learners” has no row that names its columns. Write the names")


def test_a_sheet_of_learners_without_learners_is_a_warning(tmp_path):
    reading = cohort("Learners\n| Learner ID | Family name | Given names | Date of birth |", tmp_path)
    clean(reading)
    assert aside(reading) == ["S124 Learners The sheet of learners holds no row yet."]


@pytest.mark.parametrize("sheet", ["Partners", "Qualifications", "Units"])
def test_no_paper_can_be_made_without_partners_qualifications_or_units(tmp_path, sheet):
    reading = cohort(f"{sheet}\n| {sheet[:-1]} ID | Title | Name | Country |", tmp_path)
    assert any(sentence.startswith(f"The sheet “{sheet}” holds no row yet.") for sentence in said(reading))


def test_the_marked_example_row_is_no_learner_but_what_was_typed_over_it_is_told(tmp_path):
    row = "| (example) | Nowak | Piotr | 2009-05-01 | ulica Polna 1 |"
    table = f"Learners\n| Learner ID | Family name | Given names | Date of birth | Address |\n{row}"
    [sentence] = said(cohort(table, tmp_path))
    assert sentence.startswith("Row 2 was not read: its first cell still reads “(example)”, though the row holds values")


def test_what_is_left_of_the_example_in_a_row_that_was_typed_over_is_told_cell_by_cell(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | E-mail             | Guardian 2 |
        | L01        | Nowak       | Piotr       | 2009-05-01    | tereza@example.org | Petr Novák |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S121 Learners!E2", "S121 Learners!F2"]


def test_own_columns_are_named_so_that_no_column_is_lost_in_silence(tmp_path):
    reading = cohort("""
        Learners
        | ID  | Family name | Given names | Date of birth | Class | Tel. kom. |
        | L01 | Nowak       | Piotr       | 2009-05-01    | 3A    | '+48 600  |
    """, tmp_path)  # fmt: skip
    assert aside(reading) == ["S122 Learners Not known to the program, and in no official form: “Class”."]
    assert (learner(reading).id, learner(reading).telephone) == ("L01", "+48 600")


def test_units_with_commas_between_them_are_told_to_be_separated_even_where_one_is_unknown(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Units  |
        | L01        | Nowak       | Piotr       | 2009-05-01    | U1, U9 |
    """, tmp_path)  # fmt: skip
    assert said(reading)[0].endswith("Separate several entries with ; and not with commas.")


# -- unknown and missing names -----------------------------------------------------------------------------------------


def test_a_missing_sheet_is_told_once_with_the_one_that_was_probably_meant(tmp_path):
    reading = cohort("""
        - Learners

        Lerners
        | Learner ID | Family name |
        | L01        | Nováková    |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S103 cohort.xlsx", "S104 Lerners"]
    assert said(reading) == [
        "There is no sheet “Learners” (sheets found: Cohort, Partners, Qualifications, Units, Lerners). Did you mean “Lerners”? Call it Learners.",
        "The sheet “Lerners” was not read. Did you mean “Learners”? Then call it so.",
    ]  # fmt: skip


def test_a_sheet_that_is_known_already_is_never_proposed_for_a_missing_one_and_nothing_else_is_said_of_its_rows(tmp_path):
    reading = cohort("""
        - Units

        Unit choices
        | Learner ID | Unit ID | Scope |
        | L01        | U1      | part  |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S103 cohort.xlsx"]
    assert reading.problems[0].advice == "Add a sheet Units, as `ecvet new` makes it."


@pytest.mark.parametrize("without", ["Learners", "Partners", "Qualifications"])
def test_rows_that_point_to_a_missing_sheet_are_not_told_one_by_one(tmp_path, without):
    reading = cohort(f"""
        - {without}

        Unit choices
        | Learner ID | Unit ID | Scope |
        | L01        | U1      | part  |

        Results
        | Learner ID | Unit ID | Result   |
        | L01        | U1      | achieved |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S103 cohort.xlsx"]


@pytest.mark.parametrize(("drawn", "code"), [("- Units", "S103"), ("Units\n| Unit ID | Qualification | Title |", "S123")])
def test_that_a_qualification_has_no_units_is_not_told_beside_that_there_is_no_sheet_of_them(tmp_path, drawn, code):
    reading = cohort(drawn, tmp_path)
    assert reading.cohort is not None
    assert [problem.code for problem in reading.problems if problem.place.row is None] == [code]
    assert "M150" not in {problem.code for problem in checks.run(reading.cohort)}


RENAMED = {
    "Unit choices": "| Learner ID | Unit ID | Scope | Part |\n| L01 | U1 | part | Only half |",
    "Accompanying": "| Name | Role | Home | Host | Start date | End date |\n| Ivana | Teacher | SOS | AURORA | 2027-04-05 | 2027-04-09 |",
    "Results": "| Learner ID | Unit ID | Result |\n| L01 | U1 | achieved |",
    "Job profiles": "| Profile | Outcome | Weight |\n| Cook | U1 | 2 |",
}


@pytest.mark.parametrize("name", RENAMED)
def test_a_sheet_that_may_be_left_out_is_known_by_its_columns_too(tmp_path, name):
    reading = cohort(f"Our own name\n{RENAMED[name]}", tmp_path)
    assert told(reading) == ["S137 Our own name"]
    assert reading.problems[0].message.endswith(f"was read as sheet {name}, because it has its columns.")


def test_all_of_them_are_known_at_once_whatever_they_are_called(tmp_path):
    reading = cohort("\n\n".join(f"Ours {at}\n{sheet}" for at, sheet in enumerate(RENAMED.values())), tmp_path)
    assert told(reading) == [f"S137 Ours {at}" for at in range(4)]
    made = reading.cohort
    assert made is not None
    assert [each.scope for each in made.learners[0].agreement.choices if each.unit.id == "U1"] == ["part"]
    assert (len(made.companions), len(made.results), len(made.requirements)) == (1, 1, 1)


@pytest.mark.parametrize(("drawn", "meant"), [
    ("My choices\n| Learner ID | Unit ID | Points |\n| L01 | U1 | 1 |", "Unit choices"),
    ("Who did what\n| Learner ID | Unit ID | Grade |\n| L01 | U1 | B |", "Results"),
    ("Teachers\n| Name | Role | Host |\n| Ivana Malá | Teacher | AURORA |", "Accompanying"),
    ("What firms want\n| Profile | Outcome |\n| Cook | U1 |", "Job profiles"),
    ("My choices\n| Learner ID | Modul | Scope | Part | Points |\n| L01 | U1 | part | half | 1 |", "Unit choices"),
    ("Marks of spring\n| Learner ID | Modul | Result | Grade | Assessed by |\n| L01 | U1 | achieved | B | Salo |", "Results"),
    ("Staff\n| Who | Role | Home | Start date | End date |\n| Ivana | Teacher | SOS | 2027-04-05 | 2027-04-09 |", "Accompanying"),
    ("What firms seek\n| Was | Outcome | Weight | Employer | Matches |\n| Cook | U1 | 2 | AURORA | U1 |", "Job profiles"),
    ("Unit choises\n| Whatever |\n| x |", "Unit choices"),
    ("One\n| Learner ID | Unit ID | Scope |\n| L01 | U1 | part |\n\nTwo\n| Learner ID | Unit ID | Scope |\n| L01 | U1 | part |", "Unit choices"),
])  # fmt: skip
def test_a_sheet_that_only_may_be_one_that_is_left_out_is_asked_about_and_not_passed_over(tmp_path, drawn, meant):
    reading = cohort(drawn, tmp_path)
    assert {(problem.code, problem.severity) for problem in reading.problems} == {("S145", Severity.WARNING)}
    name = drawn.partition("\n")[0]
    assert said(reading)[0] == (
        f"The sheet “{name}” was not read, though it looks like sheet {meant}. "
        f'Call it {meant} if it is that, or settle that it is your own: ecvet columns WORKBOOK --is "{name}=own".'
    )


def test_an_extract_of_the_learner_register_agrees_nothing(tmp_path):
    reading = cohort("""
        What she holds
        | Family name | Given names | Date of birth | Learner ID | Unit ID | Scope | Recognised by | Recognised on |
        | Nováková    | Tereza      | 2009-05-12    | L01        | U1      | whole | Beneš         | 2026-05-20    |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S145 What she holds"]


@pytest.mark.parametrize("drawn", [
    "Hotels\n| Name | Address | Telephone |\n| Old inn | Brno | 12 |", "Accounting\n| Date | Sum |\n| today | 12 |",
    "Unit prices\n| Unit | Price |\n| U1 | 12 |", "Accommodation\n| Room | Name |\n| 12 | Eva |",
    "Contacts\n| Name | Role | E-mail | Telephone |\n| Eva | driver | e@example.org | 12 |",
    "Flights\n| Learner ID | Home | Host | Start date | End date |\n| L01 | SOS | AURORA | 2027-04-05 | 2027-04-30 |",
    "Pocket money\n| Learner ID | Points | Sum | Paid on | By |\n| L01 | 12 | 40 | today | Eva |",
])  # fmt: skip
def test_a_sheet_of_another_kind_is_only_a_notice(tmp_path, drawn):
    assert [problem.code for problem in cohort(drawn, tmp_path).problems] == ["S104"]


def test_a_column_that_stands_twice_on_a_sheet_with_a_name_of_her_own_holds_what_that_sheet_would_hold(tmp_path):
    folder = desk.room(tmp_path, official=False, forms={"Agreement": ["{{ learner.name }}"], "Memorandum": ["{{ mou.file_code }}"]})
    path = desk.workbook(folder.input / "spring.xlsx")
    book = load_workbook(path)
    book["Unit choices"].title = "My choices"
    book["My choices"]["J1"] = "Points"
    book.save(path)
    (made,) = desk.make(folder, templates="mine")
    assert "S110" in {problem.code for problem in made.problems}
    assert {it.job.form: it.status.value for it in made.outcomes} == {"Agreement": "held", "Memorandum": "written"}


def test_sheets_for_the_officers_own_use_are_a_notice_and_the_lists_of_the_empty_workbook_nothing(tmp_path):
    reading = cohort("Budget\n| Bus | 12 |\n\nLists [hidden]\n| host |", tmp_path)
    assert told(reading) == ["S104 Budget"]
    assert not reading.problems[0].holds


def test_a_missing_column_is_told_once_and_not_in_every_row(tmp_path):
    reading = cohort("""
        Partners
        | Partner ID | Name            |
        | SOS        | SOŠ Brno        |
        | AURORA     | Hotel Aurora Oy |

        Units
        | Unit ID | Qualification | Title es |
        | U1      | COOK          | Entrantes |
        | U2      | COOK          | Sopas |

        Learners
        | Learner ID | Family name | Date of birth |
        | L01        | Nováková    | 2009-05-12    |
        | L02        | Novák       | 2008-11-30    |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S112 Partners", "S112 Partners", "S112 Units", "S112 Learners"]
    assert said(reading)[3] == "The sheet “Learners” has no column “Given names”. Add the column, as `ecvet new` makes it."


def test_units_may_come_from_unit_choices_alone_and_are_missing_once_where_they_come_from_nowhere(tmp_path):
    without_units = with_changes("Cohort\n| Cohort ID | CZ |\n| Home | SOS |\n| Host | AURORA |\n| Start date | 2027-04-05 |\n| End date | 2027-04-30 |\n| Qualification | COOK |")
    reading = read_cohort(write(without_units, tmp_path / "a.xlsx"))
    assert said(reading) == ["The sheet “Learners” has no column “Units”. Add the column, or type it once for all learners as a field of sheet Cohort."]
    chosen = f"{without_units}\n\nUnit choices\n| Learner ID | Unit ID |\n| L01 | U1 |\n| L02 | U2 |"
    clean(read_cohort(write(chosen, tmp_path / "b.xlsx")))


def test_a_column_named_nearly_right_is_a_warning_and_its_values_stay_with_the_learner(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Telefon | Shoe size | Arrival    |
        | L01        | Nováková    | Tereza      | 2009-05-12    | '+420 1 | 37.5      | 2027-04-04 |
    """, tmp_path)  # fmt: skip
    clean(reading)
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Telefone nr | Nationalty | Shoe↵size | Arrival    | 2027 |
        | L01        | Nováková    | Tereza      | 2009-05-12    | '+420 1     | Czech      | 37.5      | 2027-04-04 | yes  |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S111 Learners!F1"]
    assert said(reading) == ["The column “Nationalty” is not one the program knows. Did you mean “Nationality”? Then call it so."]
    assert learner(reading).more == {
        "Telefone nr": "+420 1", "Nationalty": "Czech", "Shoe size": "37.5", "Arrival": "2027-04-04", "2027": "yes",
    }  # fmt: skip


def test_unknown_columns_of_every_sheet_reach_more(tmp_path):
    reading = cohort("""
        Cohort
        | Cohort ID | CZ |
        | Home | SOS |
        | Host | AURORA |
        | Start date | 2027-04-05 |
        | End date | 2027-04-30 |
        | Qualification | COOK |
        | Units | U1 |
        | Bus company | Rychlý & syn |

        Partners
        | Partner ID | Role | Name            | Country | Stars |
        | SOS        | home | SOŠ Brno        | Czechia |       |
        | AURORA     | host | Hotel Aurora Oy | Finland | 4     |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert reading.cohort.more == {"Bus company": "Rychlý & syn"}
    assert [partner.more for partner in reading.cohort.partners] == [{}, {"Stars": "4"}]


def test_an_own_value_that_cannot_be_read_is_a_warning(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Shoe size |
        | L01        | Nováková    | Tereza      | 2009-05-12    | #N/A      |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S116 Learners!E2"]
    assert said(reading)[0].startswith("“Shoe size” is left blank: the cell shows “#N/A” and no value.")
    assert not reading.problems[0].holds


def test_a_column_with_values_and_no_name_is_told_once(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth |  |
        | L01        | Nováková    | Tereza      | 2009-05-12    | vegetarian |
        | L02        | Novák       | Jan         | 2008-11-30    | no nuts    |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S117 Learners!E2"]
    assert said(reading)[0].startswith("Column E has no name; “vegetarian” and what stands below were not read.")


def test_two_columns_with_one_meaning_are_told_by_both_and_neither_counts(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Surname | Given names | Date of birth |
        | L01        | Nováková    | Novak   | Tereza      | 2009-05-12    |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S110 Learners!C1"]
    assert said(reading) == ["Columns B and C both mean “Family name”. Delete or rename one of the two columns."]
    assert learner(reading).family_name is None


def test_two_sheets_with_one_meaning_are_told(tmp_path):
    reading = cohort("Participants\n| Learner ID | Family name |\n| L09 | X |", tmp_path)
    assert told(reading) == ["S114 Learners"]
    assert said(reading)[0].startswith("“Learners” and “Participants” both mean the sheet Learners; only the first was read.")
    assert len(reading.cohort.learners) == 2


def test_names_are_understood_in_other_languages(tmp_path):
    reading = cohort("""
        - Learners
        - Partners

        Teilnehmende
        | Schülernummer | Nachname | Vorname | Geburtsdatum (TT.MM.JJJJ) | Geschlecht |
        | L01           | Nováková | Tereza  | 12.05.2009                | weiblich   |

        Organismes partenaires
        | Code du partenaire | Rôle    | Nom             | Pays     |
        | SOS                | envoi   | SOŠ Brno        | Tchéquie |
        | AURORA             | accueil | Hotel Aurora Oy | Finlande |
    """, tmp_path)  # fmt: skip
    assert [problem for problem in told(reading) if not problem.startswith("S112 Organismes")] == []
    assert (learner(reading).name, learner(reading).sex) == ("Tereza Nováková", "F")


# -- sheet Cohort ------------------------------------------------------------------------------------------------------

HEAD = """
        Cohort
        | Cohort ID     | CZ-2027    |
        | Home          | SOS        |
        | Host          | AURORA     |
        | Qualification | COOK       |
        | Units         | U1; U2     |
"""


def test_date_order_settles_every_date_of_the_workbook_also_those_above_it(tmp_path):
    reading = cohort(f"""{HEAD}
        | Project start | 03/04/2026 |
        | Start date    | 05/04/2027 |
        | End date      | 06/05/2027 |
        | Date order    | day first  |

        Learners
        | Learner ID | Family name | Given names | Date of birth |
        | L01        | Nováková    | Tereza      | 12/05/2009    |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert (reading.cohort.project_start, learner(reading).date_of_birth) == (dt.date(2026, 4, 3), dt.date(2009, 5, 12))
    assert learner(reading).agreement.end == dt.date(2027, 5, 6)


def test_without_date_order_such_dates_are_told_once_at_the_cell_they_are_typed_in(tmp_path):
    reading = cohort(f"{HEAD}        | Start date | 05/04/2027 |\n        | End date | 2027-04-30 |\n", tmp_path)
    assert told(reading) == ["S203 Cohort!B6"]
    assert str(learner(reading).at("start")) == "Cohort!B6"


def test_a_sheet_cohort_with_the_names_in_its_first_row_is_read(tmp_path):
    reading = cohort("""
        Cohort
        | Cohort ID | Home | Host   | Start date | End date   | Qualification | Units  | Bus     |
        | CZ-2027   | SOS  | AURORA | 2027-04-05 | 2027-04-30 | COOK          | U1; U2 | rychlý  |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert (reading.cohort.id, reading.cohort.more, str(reading.cohort.at("id"))) == ("CZ-2027", {"Bus": "rychlý"}, "Cohort!A2")
    assert str(learner(reading).at("host")) == "Cohort!C2"


def test_titles_examples_and_remarks_on_sheet_cohort_do_no_harm(tmp_path):
    reading = cohort("""
        Cohort
        | Our spring cohort |            |                        |
        | Field             | Value      | Example                |
        | Cohort ID *       | CZ-2027    | CZ-2027-Spring         |
        | Home              | SOS        |                        |
        | Host              | AURORA     | where they go          |
        | Start date        | 2027-04-05 |                        |
        | End date          | 2027-04-30 |                        |
        | Qualification     | COOK       |                        |
        | Units             | U1; U2     |                        |
        | Review date       |            | 2027-10-31             |
        | Draft             | yes        |                        |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert (reading.cohort.draft, reading.cohort.review_date, reading.cohort.more) == (True, None, {})


def test_a_cohort_without_an_id_is_told_at_the_blank_cell(tmp_path):
    reading = cohort("""
        Cohort
        | Cohort ID     |            | CZ-2027-Spring |
        | Home          | SOS        |                |
        | Host          | AURORA     |                |
        | Start date    | 2027-04-05 |                |
        | End date      | 2027-04-30 |                |
        | Qualification | COOK       |                |
        | Units         | U1; U2     |                |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S210 Cohort!B1"]
    assert reading.cohort.id == ""


def test_a_field_that_stands_twice_is_told_by_both_cells_and_neither_counts(tmp_path):
    reading = cohort(f"{HEAD}        | Start date | 2027-04-05 |\n        | End date | 2027-04-30 |\n        | Beginn | 2027-05-05 |\n", tmp_path)
    assert told(reading) == ["S110 Cohort!B8"]
    assert said(reading)[0].startswith("Cells B6 and B8 both mean “Beginn”.")
    assert learner(reading).agreement.start is None


def test_a_field_named_nearly_right_is_asked_for(tmp_path):
    reading = cohort(f"{HEAD}        | Start date | 2027-04-05 |\n        | End date | 2027-04-30 |\n        | Validater | Hana |\n", tmp_path)
    assert told(reading) == ["S111 Cohort!B8"]
    assert "Did you mean “Validator”?" in said(reading)[0]
    assert reading.cohort.more == {"Validater": "Hana"}


def test_a_field_with_nothing_but_invisible_marks_is_blank(tmp_path):
    reading = cohort(f"{HEAD}        | Start date | 2027-04-05 |\n        | End date | 2027-04-30 |\n        | Adult age | '\u200b |\n        | Memorandum | '\u200b |\n", tmp_path)
    clean(reading)
    assert (reading.cohort.adult_age, reading.cohort.memorandum) == (18, "one for all")


# -- typed once --------------------------------------------------------------------------------------------------------

EVERYWHERE = """
    Cohort
    | Cohort ID         | CZ-2027       |
    | Home              | SOS           |
    | Host              | AURORA        |
    | Start date        | 2027-04-05    |
    | End date          | 2027-04-30    |
    | Qualification     | COOK          |
    | Units             | U1; U2        |
    | Assessor          | Karel Beneš   |
    | Assessor role     | SOŠ, teacher  |
    | Assessment date   | 2027-04-29    |
    | Assessment method | A talk        |
    | Validator         | Hana Dvořáková |
    | Validator role    | SOŠ, head     |

    Partners
    | Partner ID | Role    | Name     | Country | Mentor     | Mentor telephone | Mentor e-mail | Assessor    | Assessor role |
    | SOS        | home    | SOŠ Brno | Czechia |            |                  |               |             |               |
    | AURORA     | host    | Aurora   | Finland | Mikko Salo | '+358 40         | m@x.example   | Liisa Virta | Aurora, chef  |
    | KEITTIO    | company | Keittiö  | Finland | Pekka Oja  |                  |               |             |               |

    Units
    | Unit ID | Qualification | Title         | Points | Assessment method |
    | U1      | COOK          | Cold starters | 2.5    | Observation       |
    | U2      | COOK          | Soups         | 2      |                   |

    Learners
    | Learner ID | Family name | Given names | Date of birth | Workplace | Assessor    | Validator | Assessment method |
    | L01        | Nováková    | Tereza      | 2009-05-12    |           |             |           |                   |
    | L02        | Novák       | Jan         | 2008-11-30    | KEITTIO   | Sauli Aho   | Eva Malá  | A practical test  |

    Unit choices
    | Learner ID | Unit ID | Assessor    | Assessment date | Points | Part     |
    | L01        | U2      | Aino Niemi  | 2027-04-20      | 1      | cold soups |
"""


def test_the_nearest_value_wins_and_its_cell_is_the_one_it_came_from(tmp_path):
    reading = cohort(EVERYWHERE, tmp_path)
    clean(reading)
    tereza, jan = reading.cohort.learners
    starters, soups = tereza.agreement.choices
    assert (soups.assessor, soups.assessor_role, soups.assessment_date) == ("Aino Niemi", None, dt.date(2027, 4, 20))
    assert (soups.scope, soups.part, soups.points) == ("part", "cold soups", Decimal(1))
    assert [str(soups.at(key)) for key in ("", "assessor", "assessment_date", "points")] == [
        "Unit choices!B2", "Unit choices!C2", "Unit choices!D2", "Unit choices!E2",
    ]  # fmt: skip
    assert (starters.assessor, starters.assessor_role, str(starters.at("assessor"))) == ("Liisa Virta", "Aurora, chef", "Partners!H3")
    assert (starters.points, str(starters.at("points")), str(starters.at())) == (Decimal("2.5"), "Units!D2", "Cohort!B7")
    assert (tereza.agreement.mentor, str(tereza.at("mentor"))) == ("Mikko Salo", "Partners!E3")
    assert (tereza.agreement.assessment_method, str(tereza.at("assessment_method"))) == ("Observation", "Units!E2")
    assert (tereza.agreement.validator_role, str(tereza.at("validator_role"))) == ("SOŠ, head", "Cohort!B13")
    assert (jan.agreement.assessor, str(jan.at("assessor"))) == ("Sauli Aho", "Learners!F3")
    assert (jan.agreement.assessment_method, str(jan.at("assessment_method"))) == ("A practical test", "Learners!H3")
    assert (jan.agreement.mentor, str(jan.at("mentor"))) == ("Pekka Oja", "Partners!E4")
    assert (jan.agreement.assessment_date, str(jan.at("assessment_date"))) == (dt.date(2027, 4, 29), "Cohort!B10")


def test_what_belongs_to_one_person_is_never_mixed_from_two_places(tmp_path):
    tereza, jan = cohort(EVERYWHERE, tmp_path).cohort.learners
    assert (jan.agreement.mentor, jan.agreement.mentor_telephone, jan.agreement.mentor_email) == ("Pekka Oja", None, None)
    assert (jan.agreement.assessor, jan.agreement.assessor_role) == ("Sauli Aho", None)
    assert (jan.agreement.validator, jan.agreement.validator_role) == ("Eva Malá", None)
    assert (tereza.agreement.mentor_telephone, tereza.agreement.mentor_email) == ("+358 40", "m@x.example")


def test_the_same_name_typed_again_nearer_is_the_same_person(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Mentor      | Mentor telephone |
        | L01        | Nováková    | Tereza      | 2009-05-12    | MIKKO SALO. |                  |
        | L02        | Novák       | Jan         | 2008-11-30    |             | '+358 999        |
    """, tmp_path)  # fmt: skip
    clean(reading)
    tereza, jan = reading.cohort.learners
    assert (tereza.agreement.mentor, tereza.agreement.mentor_telephone) == ("MIKKO SALO.", "+358 40 555 0103")
    assert (jan.agreement.mentor, jan.agreement.mentor_telephone) == ("Mikko Salo", "+358 999")


def test_a_telephone_of_a_host_is_not_given_to_the_mentor_of_the_whole_cohort(tmp_path):
    reading = cohort(f"""{HEAD}
        | Start date | 2027-04-05 |
        | End date   | 2027-04-30 |
        | Mentor     | Ivana Malá |

        Partners
        | Partner ID | Role | Name            | Country | Mentor telephone |
        | SOS        | home | SOŠ Brno        | Czechia |                  |
        | AURORA     | host | Hotel Aurora Oy | Finland | '+358 40         |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert (learner(reading).agreement.mentor, learner(reading).agreement.mentor_telephone) == ("Ivana Malá", None)


def test_a_value_that_cannot_be_read_is_not_replaced_by_a_farther_one(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Start date | Mentor | Units |
        | L01        | Nováková    | Tereza      | 2009-05-12    | 31.02.2027 | #REF!  | =A1   |

        Unit choices
        | Learner ID | Unit ID | Points | Assessor |
        | L01        | U1      | many   | #N/A     |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S202 Unit choices!C2", "S106 Unit choices!D2", "S201 Learners!E2", "S106 Learners!F2", "S106 Learners!G2"]
    stay = learner(reading).agreement
    assert (stay.start, stay.mentor, stay.mentor_telephone) == (None, None, None)
    [choice] = stay.choices
    assert (choice.points, choice.assessor) == (None, None)


def test_a_wrong_default_is_told_once_at_its_own_cell(tmp_path):
    reading = cohort("""
        Cohort
        | Cohort ID     | CZ-2027    |
        | Home          | SOS        |
        | Host          | AURORAA    |
        | Start date    | 2027-04-05 |
        | End date      | 2027-04-30 |
        | Qualification | COOK       |
        | Units         | U1, U2     |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S211 Cohort!B3", "S211 Cohort!B7"]
    assert said(reading) == [
        "“AURORAA” is not on sheet Partners. Did you mean “AURORA”?",
        "“U1, U2” is not on sheet Units. Separate several entries with ; and not with commas.",
    ]  # fmt: skip


# -- references --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("host", "problem"), [
    ("AURORA", None), ("aurora ", None), ("Hotel Aurora Oy", None), ("hotel aurora oy.", None),
    ("Aurora Hotel", "“Aurora Hotel” is not on sheet Partners. Did you mean “AURORA”?"),
    ("Moonlight", "“Moonlight” is not on sheet Partners. Add a row for it to sheet Partners, or correct it."),
    ("AURORA – Hotel Aurora Oy", None), ("Hotel Aurora Oy (AURORA)", None), ("AURORA: Hotel Aurora Oy", None), ("AURORA Hotel Aurora Oy", None),
    ("AURORA – SOŠ Brno", "“AURORA – SOŠ Brno” is not on sheet Partners. Did you mean “AURORA”?"),
    ("АURОRА", "“АURОRА” is not on sheet Partners. Type “AURORA” anew: a letter of another alphabet only looks the same."),
    ("AURORA SOS", "“AURORA SOS” is not on sheet Partners. Separate several entries with ; and not with spaces."),
    ("-", "“-” is not on sheet Partners. Leave the cell blank if there is none."),
    ("AURORA/SOS", "“AURORA/SOS” is not on sheet Partners. Separate several entries with ; and not with strokes."),
    ("AURROA", "“AURROA” is not on sheet Partners. Did you mean “AURORA”?"),
])  # fmt: skip
def test_an_id_may_be_written_as_people_write_it_or_as_the_name(tmp_path, host, problem):
    reading = cohort(f"""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Host   |
        | L01        | Nováková    | Tereza      | 2009-05-12    | {host} |
    """, tmp_path)  # fmt: skip
    assert said(reading) == ([problem] if problem else [])


def test_a_name_that_two_rows_have_is_never_guessed(tmp_path):
    reading = cohort("""
        Partners
        | Partner ID | Role | Name         | Country |
        | SOS        | home | SOŠ Brno     | Czechia |
        | AURORA     | host | Hotel Aurora | Finland |
        | AURORA2    | host | Hotel Aurora | Finland |

        Learners
        | Learner ID | Family name | Given names | Date of birth | Host         |
        | L01        | Nováková    | Tereza      | 2009-05-12    | Hotel Aurora |
    """, tmp_path)  # fmt: skip
    assert said(reading) == ["“Hotel Aurora” can mean “AURORA” and “AURORA2”. Write the ID instead of the name."]


def test_a_dash_or_a_blank_id_is_never_taken_for_another_blank_id(tmp_path):
    reading = cohort("""
        Partners
        | Partner ID | Role | Name         | Country |
        | SOS        | home | SOŠ Brno     | Czechia |
        | AURORA     | host | Hotel Aurora | Finland |
        |            | host | Nameless     | Finland |
        |            | host | Nameless 2   | Finland |

        Units
        | Unit ID | Qualification | Title    | Points |
        | U1      | COOK          | Starters | 2      |
        | U2      | COOK          | Soups    | 2      |
        |         | COOK          | Sauces   | 3      |
        |         | COOK          |          |        |

        Learners
        | Learner ID | Family name | Given names | Date of birth | Workplace |
        | L01        | Nováková    | Tereza      | 2009-05-12    | -         |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S210 Partners!A4", "S210 Partners!A5", "S210 Units!A4", "S113 Units, row 5", "S211 Learners!E2"]
    assert learner(reading).agreement.workplace is None


def test_units_numbered_1_1_and_11_are_two_units(tmp_path):
    reading = cohort("""
        Units
        | Unit ID    | Qualification | Title    |
        | 1.1        | COOK          | Starters |
        | 11         | COOK          | Soups    |
        | 1.1 {0.00} | COOK          | Sauces   |
        | U1         | COOK          | One      |
        | U2         | COOK          | Two      |

        Learners
        | Learner ID | Family name | Given names | Date of birth | Units    |
        | L01        | Nováková    | Tereza      | 2009-05-12    | 1.1; 11  |
        | L02        | Novák       | Jan         | 2008-11-30    | '1.10    |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert [[choice.unit.title for choice in each.agreement.choices] for each in reading.cohort.learners] == [["Starters", "Soups"], ["Sauces"]]


def test_an_id_that_stands_twice_is_told_with_the_earlier_cell(tmp_path):
    reading = cohort("""
        Partners
        | Partner ID | Role | Name         | Country |
        | SOS        | home | SOŠ Brno     | Czechia |
        | AURORA     | host | Hotel Aurora | Finland |
        | aurora     | host | Hotel Dawn   | Finland |

        Units
        | Unit ID | Qualification | Title    |
        | U1      | COOK          | Starters |
        | U1      | COOK          | Soups    |
        | U2      | COOK          | Sauces   |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S213 Partners!A4", "S213 Units!A3"]
    assert said(reading)[0].startswith("“aurora” is the ID of an earlier row too (Partners!A3).")


def test_a_unit_of_two_qualifications_stands_in_two_rows_and_the_second_may_be_half_blank(tmp_path):
    reading = cohort("""
        Qualifications
        | Qualification ID | Title |
        | COOK             | Cook  |
        | BAKER            | Baker |

        Units
        | Unit ID | Qualification | Title    | Title fi    | Points | Skills       | Hosts  |
        | U1      | COOK          | Starters | Alkuruoat   | 2.5    | cuts; serves | AURORA |
        | U2      | COOK          | Soups    |             | 2      |              |        |
        | u1      | BAKER         |          |             | 3      |              |        |

        Learners
        | Learner ID | Family name | Given names | Date of birth | Qualification | Units |
        | L01        | Nováková    | Tereza      | 2009-05-12    | COOK          | U1    |
        | L02        | Novák       | Jan         | 2008-11-30    | Baker         | Starters |
    """, tmp_path)  # fmt: skip
    clean(reading)
    one, other = (each.agreement.choices[0].unit for each in reading.cohort.learners)
    assert (one.qualification.id, one.points, other.qualification.id, other.points) == ("COOK", Decimal("2.5"), "BAKER", Decimal(3))
    assert (other.title, other.titles, other.skills, other.hosts[0].id) == ("Starters", {"fi": "Alkuruoat"}, ("cuts", "serves"), "AURORA")
    assert [str(other.at(key)) for key in ("title", "points", "skills")] == ["Units!C2", "Units!E4", "Units!F2"]


# -- who is who --------------------------------------------------------------------------------------------------------


def test_mobilities_are_counted_by_start_date_around_those_that_are_numbered(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Mobility | Family name | Given names | Date of birth | Start date | End date   |
        | L01        |          | Nováková    | Tereza      | 2009-05-12    | 2027-09-06 | 2027-09-17 |
        | l-01       |          |             |             |               | 2027-04-05 | 2027-04-30 |
        | L01        | 2        |             |             |               | 2027-06-07 | 2027-06-18 |
        | L02        |          | Novák       | Jan         | 2008-11-30    | 2027-04-05 | 2027-04-30 |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert [(each.person, each.mobility) for each in reading.cohort.learners] == [("l01", 3), ("l01", 1), ("l01", 2), ("l02", 1)]
    assert {each.family_name for each in reading.cohort.learners[:3]} == {"Nováková"}
    assert str(learner(reading, 1).at("date_of_birth")) == "Learners!E2"


def test_without_an_id_name_and_date_of_birth_say_who_it_is(tmp_path):
    reading = cohort("""
        Learners
        | Family name | Given names | Date of birth | Start date | End date   |
        | Nováková    | Tereza      | 2009-05-12    | 2027-04-05 | 2027-04-30 |
        | NOVÁKOVÁ    | Tereza      | 12.05.2009    | 2027-09-06 | 2027-09-17 |
        | Nováková    | Tereza      | 2008-01-01    | 2027-04-05 | 2027-04-30 |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert [(each.person, each.mobility) for each in reading.cohort.learners] == [
        ("novakovatereza*2009-05-12", 1), ("novakovatereza*2009-05-12", 2), ("novakovatereza*2008-01-01", 1),
    ]  # fmt: skip


def test_two_rows_of_one_mobility_are_told(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Mobility | Family name | Given names | Date of birth |
        | L01        | 1        | Nováková    | Tereza      | 2009-05-12    |
        | L01        | 1        | Nováková    | Tereza      | 2009-05-12    |
        | L02        | 0        | Novák       | Jan         | 2008-11-30    |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S214 Learners!C3", "S202 Learners!B4"]
    assert said(reading) == [
        "This row and Learners!C2 are the same mobility of “Tereza Nováková”. Delete one of the rows, or number them in column Mobility.",
        "“0” is no number of a mobility. Write 1, 2 …, or leave the cell blank.",
    ]  # fmt: skip


def test_reserve_and_withdrawn_learners_stay_without_papers_and_without_problems(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Status    | Family name | Given names | Date of birth | Host  | Mobility |
        | L01        | withdrawn | Nováková    |             | 31.02.2009    | MOON  | 1        |
        | L02        | Nachrücker | Novák      | Jan         | 05/04/2009    |       | none     |
        | L03        | confirmed | Malá        | Eva         | 2008-11-30    |       |          |
    """, tmp_path)  # fmt: skip
    clean(reading)
    assert [each.has_papers for each in reading.cohort.learners] == [False, False, True]


@pytest.mark.parametrize(("header", "letters", "doubted"), [
    ("Sex", "MFMF", ""), ("Sex", "MFX", ""), ("Geschlecht", "mwM", ""), ("Płeć", "KMK", ""), ("Geslacht", "MVM", ""),
    ("Geschl.", "mwd", ""), ("Geschlecht", "mmd", ""), ("Sex", "mwd", ""), ("Sex", "MFD", "MF"),
    ("Sexo", "HMM", "MM"), ("Sex", "VMF", "VMF"), ("Sex", "NFF", "FF"), ("Sexe", "HF", "F"),
])  # fmt: skip
def test_m_and_f_are_doubted_where_another_letter_shows_that_they_are_of_another_language(tmp_path, header, letters, doubted):
    rows = "\n".join(f"| L{number} | Nováková | Eva | 2009-05-12 | {letter} |" for number, letter in enumerate(letters))
    reading = cohort(f"Learners\n| Learner ID | Family name | Given names | Date of birth | {header} |\n{rows}", tmp_path)
    told_of = [sentence[1] for sentence in said(reading) if "can mean a man or a woman" in sentence]
    assert sorted(told_of) == sorted(doubted)
    strange = [letter for letter in letters if letter in "HND"]
    assert len(reading.problems) == len(doubted) + len(strange)


def test_what_a_travelling_row_takes_over_from_a_withdrawn_one_is_told(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Status    | Family name | Given names | Date of birth | Start date | End date   |
        | L01        | withdrawn | Nováková    | Tereza      | 31.02.2009    | soon       | 2027-04-30 |
        | L01        |           |             |             |               | 2027-09-06 | 2027-09-17 |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S201 Learners!E2"]


def test_hidden_or_struck_rows_of_those_who_have_withdrawn_are_told_by_nobody(tmp_path):
    reading = cohort("""
        Learners
        | Learner ID | Status    | Family name | Given names | Date of birth |
        | L01        | withdrawn | Nováková    | Tereza      | 2009-05-12    | [hidden]
        | L02        |           | Novák       | Jan         | 2008-11-30    | [hidden]
    """, tmp_path)  # fmt: skip
    assert [sentence.partition(",")[0] for sentence in said(reading)] == ["1 row is hidden (3)"]


# -- Unit choices and Results ------------------------------------------------------------------------------------------

TWICE = """
    Learners
    | Learner ID | Family name | Given names | Date of birth | Start date | End date   | Units |
    | L01        | Nováková    | Tereza      | 2009-05-12    | 2027-04-05 | 2027-04-30 | U1    |
    | L01        |             |             |               | 2027-09-06 | 2027-09-17 | U2    |
    |            | Novák       | Jan         | 2008-11-30    | 2027-04-05 | 2027-04-30 | U1; U2 |
"""


def test_unit_choices_name_the_learner_by_id_or_by_name_and_the_stay_by_number_or_by_unit(tmp_path):
    reading = cohort(f"""{TWICE}
    Unit choices
    | Learner ID  | Mobility | Unit ID | Part  | Points |
    | L01         |          | U2      | cold  | 1      |
    | Novák, Jan  |          | U1      | hot   | 2      |
    | L01         | 1        | Soups   | extra |        |
    """, tmp_path)  # fmt: skip
    clean(reading)
    shown = [[(choice.unit.id, choice.part) for choice in each.agreement.choices] for each in reading.cohort.learners]
    assert shown == [[("U1", None), ("U2", "extra")], [("U2", "cold")], [("U1", "hot"), ("U2", None)]]


@pytest.mark.parametrize(("row", "problem", "sentence"), [
    ("| L01 | 3 | U1 |", "S217 Unit choices!B2", "“L01” has no mobility “3” on sheet Learners. Correct the number"),
    ("| L01 |   | U3 |", "S218 Unit choices!A2", "“L01” goes more than once, and the row does not say for which stay it counts."),
    ("| L09 |   | U1 |", "S215 Unit choices!A2", "No row of sheet Learners has the ID or the name “L09”."),
    ("| L01 | 1 | U9 |", "S211 Unit choices!C2", "“U9” is not on sheet Units."),
    ("| L01 | 1 |    |", "S210 Unit choices!C2", "“Unit ID” is blank."),
    ("|     | 1 | U1 |", "S210 Unit choices!A2", "“Learner ID” is blank."),
    ("| L01 | x | U1 |", "S202 Unit choices!B2", "“x” is not a number."),
])  # fmt: skip
def test_a_choice_that_cannot_be_given_to_a_stay_is_told_and_never_guessed(tmp_path, row, problem, sentence):
    reading = cohort(f"""{TWICE}
    Units
    | Unit ID | Qualification | Title    |
    | U1      | COOK          | Starters |
    | U2      | COOK          | Soups    |
    | U3      | COOK          | Sauces   |

    Unit choices
    | Learner ID | Mobility | Unit ID |
    {row}
    """, tmp_path)  # fmt: skip
    assert told(reading) == [problem]
    assert said(reading)[0].startswith(sentence)
    assert [len(each.agreement.choices) for each in reading.cohort.learners] == [1, 1, 2]
    if "L01" in row:  # the papers from which the unit may be missing wait
        waiting = [each for each in reading.cohort.learners if reading.problems[0].place in each.origin.inherited.values()]
        assert waiting
        assert all(each.person == "l01" for each in waiting)


def test_results_find_their_learner_stay_and_unit(tmp_path):
    reading = cohort(f"""{TWICE}
    Results
    | Learner ID | Mobility | Unit ID | Result   | Validated | Grade |
    | L01        |          | U2      | erreicht | ja        | 1     |
    | Jan Novák  |          | Soups   | partly   | partly    | 0.85 {{0%}} |
    | L01        | 1        | U2      | achieved | no        |       |
    """, tmp_path)  # fmt: skip
    clean(reading)
    shown = [(each.learner.name, each.learner.mobility, each.unit.id, each.result, each.validated, each.grade) for each in reading.cohort.results]
    assert shown == [
        ("Tereza Nováková", 2, "U2", "achieved", "yes", "1"), ("Jan Novák", 1, "U2", "partly", "partly", "85%"),
        ("Tereza Nováková", 1, "U2", "achieved", "no", None),
    ]  # fmt: skip


def test_results_of_nobody_or_of_no_stay_are_told(tmp_path):
    reading = cohort(f"""{TWICE}
    Results
    | Learner ID | Mobility | Unit ID | Result |
    | L11        |          | U2      | achieved |
    | L01        | 7        | U1      | achieved |
    | L01        | 1        | U9      | passd  |
    """, tmp_path)  # fmt: skip
    assert sorted(told(reading)) == ["S206 Results!D4", "S211 Results!A2", "S211 Results!C4", "S217 Results!B3"]


def test_companions_find_their_organisations(tmp_path):
    reading = cohort("""
        Accompanying
        | Name       | Role    | Home | Host            | Start date | Telephone |
        | Ivana Malá | Teacher | sos  | Hotel Aurora Oy | 2027-04-05 | '+420 9   |
        | Petr Malý  |         |      | MOON            |            |           |
        | Eva Veselá |         |      |                 |            |           |
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S211 Accompanying!D3"]
    ivana, petr, eva = reading.cohort.companions
    assert (ivana.home.id, ivana.host.id, ivana.telephone, petr.host, eva.name) == ("SOS", "AURORA", "+420 9", None, "Eva Veselá")


# -- a folder of files -------------------------------------------------------------------------------------------------


def test_a_folder_of_csv_files_is_one_cohort(tmp_path):
    for delimiter, encoding in ((";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16")):
        folder = write_csv(CLEAN, tmp_path / "spring", delimiter=delimiter, encoding=encoding)
        reading = read_cohort(folder)
        clean(reading)
        assert (reading.name, len(reading.files), len(reading.cohort.learners)) == ("spring", 5, 2)
        assert str(learner(reading).at("family_name")) == "Learners!B2"
        assert learner(reading).at("family_name").file == "Learners.csv"


def test_a_folder_of_workbooks_is_one_cohort_and_other_files_in_it_are_left_alone(tmp_path):
    folder = tmp_path / "spring"
    folder.mkdir()
    whole = CLEAN.partition("Learners")
    write(whole[0], folder / "general.xlsx")
    write("Sheet1\n" + whole[2], folder / "learners.xlsx")
    write("Class B\n| Learner ID | Family name | Given names | Date of birth |\n| L03 | Malá | Eva | 2008-01-01 |", folder / "Teilnehmende.xlsx")
    for name in ("~$learners.xlsx", "._learners.xlsx", "notes.txt"):
        (folder / name).write_bytes(b"x")
    reading = read_cohort(folder)
    clean(reading)
    assert [each.id for each in reading.cohort.learners] == ["L03", "L01", "L02"]
    assert reading.files == ("Teilnehmende.xlsx", "general.xlsx", "learners.xlsx")


def test_one_file_of_a_folder_that_cannot_be_read_does_not_stop_the_others(tmp_path):
    folder = write_csv(CLEAN, tmp_path / "spring")
    (folder / "partners2.xls").write_bytes(b"x")
    (folder / "Results.csv").write_bytes(b"\xff\x00\x80")
    reading = read_cohort(folder)
    assert sorted(told(reading)) == ["S101 Results.csv", "S101 partners2.xls"]
    assert len(reading.cohort.learners) == 2


def test_sheet_cohort_in_two_files_is_told(tmp_path):
    folder = write_csv(CLEAN, tmp_path / "spring")
    shutil.copy(folder / "Cohort.csv", folder / "cohorte.csv")
    write("Cohort\n| Cohort ID | XX |", folder / "more.xlsx")
    reading = read_cohort(folder)
    assert "S114 Cohort" in told(reading)
    assert reading.cohort.id == "CZ-2027"


@pytest.mark.parametrize(("name", "is_one"), [
    ("a.xlsx", True), ("A.XLSX", True), ("a.xls", True), ("a.ods", True), ("a.csv", True), ("a.xlsb", True), ("a.numbers", True),
    ("~$a.xlsx", False), ("._a.xlsx", False), (".a.xlsx", False), ("a.docx", False), ("a.txt", False), ("a.pdf", False), ("xlsx", False),
])  # fmt: skip
def test_a_workbook_is_known_by_its_name(name, is_one):
    assert is_workbook(Path(name)) is is_one


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whose rights can be taken")
def test_a_folder_that_may_not_be_read_is_told(tmp_path):
    folder = tmp_path / "spring"
    folder.mkdir(mode=0)
    assert said(read_cohort(folder))[0].startswith("The folder could not be read.")


# -- all at once -------------------------------------------------------------------------------------------------------


def test_a_dozen_faults_of_different_kinds_are_each_named_by_their_cell_in_one_run(tmp_path):
    reading = cohort("""
        Cohort
        | Cohort ID     | CZ-2027     |
        | Project start | 01/09/2026  |
        | Project end   | 30/11/2027  |
        | Language      | Klingon     |
        | Home          | SOS         |
        | Host          | AURORA      |
        | Start date    | 2027-04-05  |
        | End date      | 2027-04-30  |
        | Qualification | COOK        |
        | Units         | U1; U2      |

        Partners
        | Partner ID | Role  | Name            | Country  | Telephone          |
        | SOS        | home  | SOŠ Brno        | Chekia   | 420500000000       |
        | AURORA     | hotel | Hotel Aurora Oy |          | 358401234567890123 |

        Units
        | Unit ID | Qualification | Title         | Points | EQF level |
        | U1      | COOKE         | Cold starters | 1,234  | three     |
        | U2      | COOK          | Soups         | =A1    | 3         |

        Learners
        | Learner ID | Family name | Given names | Date of birth | Sex | Host  | Weeks |
        | L01        | Nová\u202eková | Tereza   | 31.02.2009    | Q   | MOON  | #N/A  |
        | L02        |             | Jan         | 12.05.09      |     |       | 4     |

        Notes
        | anything |
    """, tmp_path)  # fmt: skip
    assert sorted(told(reading)) == sorted([
        "S104 Notes", "S203 Cohort!B2", "S207 Cohort!B4", "S207 Partners!D2", "S206 Partners!B3", "S210 Partners!D3", "S205 Partners!E3",
        "S211 Units!B2", "S202 Units!D2", "S202 Units!E2", "S106 Units!D3",
        "S204 Learners!B2", "S201 Learners!D2", "S206 Learners!E2", "S211 Learners!F2", "S106 Learners!G2",
        "S210 Learners!B3", "S203 Learners!D3",
    ])  # fmt: skip
    for problem in reading.problems:
        assert problem.message.endswith(".")
        assert problem.advice.endswith((".", "?"))
        assert "\n" not in problem.message + problem.advice
        assert len(problem.message) < 250


def test_a_sheet_with_more_faults_than_anybody_corrects_ends_somewhere_and_holds_everything(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.records.MOST_FAULTS", 3)
    rows = "\n".join(f"        | L{number:02} | Nováková | Tereza | 31.02.2009 |" for number in range(1, 8))
    reading = cohort(f"""
        Learners
        | Learner ID | Family name | Given names | Date of birth |
{rows}
    """, tmp_path)  # fmt: skip
    assert told(reading) == ["S102 Learners", "S201 Learners!D2", "S201 Learners!D3", "S201 Learners!D4"]
    assert said(reading)[0].startswith("From row 5 on, sheet “Learners” was not read: there are too many faults.")
    assert reading.problems[0].holds


def test_every_problem_shows_its_value_on_one_printable_line_whatever_it_is(tmp_path):
    dirty = "'\x1b[31mred\x07\u202e↵" + "x" * 200
    reading = cohort(f"""
        Cohort
        | Cohort ID     | CZ-2027    |
        | Home          | {dirty}    |
        | Host          | AURORA     |
        | Start date    | {dirty}    |
        | End date      | 2027-04-30 |
        | Qualification | COOK       |
        | Units         | {dirty}    |

        Learners
        | Learner ID | Family name | {dirty.strip("'")} | Given names | Date of birth |
        | L01        | Nováková    | {dirty} | Tereza      | {dirty}       |
        | {dirty}    |             |         |             |               |
    """.replace("\x1b", "_x001B_").replace("\x07", "_x0007_"), tmp_path)  # fmt: skip
    assert len(reading.problems) >= 5
    for problem in reading.problems:
        line = problem.message + problem.advice
        assert line.isprintable(), line
        assert len(problem.message) < 250


def test_of_a_sheet_that_cannot_be_read_it_is_not_told_too_that_it_holds_nothing(tmp_path):
    reading = cohort("""
        Learners
        | Nováková | Tereza | 2009-05-12 |

        Units
        | nothing | that names | a column |
    """, tmp_path)  # fmt: skip
    assert {problem.code for problem in reading.problems if problem.place.sheet in ("Learners", "Units")} == {"S115"}
    assert "S123" not in {problem.code for problem in reading.problems}


def test_rows_above_the_names_of_the_columns_are_told_and_titles_and_groups_are_not(tmp_path):
    """As Excel sorts, where nobody told it that the first row holds the names."""
    sorted_in = cohort("""
        Learners
        | L01        | Nováková    | Tereza      | 2005-05-12    |
        | L03        | Malá        | Eva         | 2005-05-12    |
        | Learner ID | Family name | Given names | Date of birth |
        | L02        | Novák       | Jan         | 2004-11-30    |
    """, tmp_path)  # fmt: skip
    [problem] = [each for each in sorted_in.problems if each.code == "S142"]
    assert (str(problem.place), problem.message) == ("Learners", "Rows 1, 2 stand above the names of the columns (row 3), and so were left out.")
    titled = cohort("""
        Learners
        | Spring flow 2027 |             | SOŠ Brno    |               |
        | Who              | <           | <           | When          |
        | Learner ID       | Family name | Given names | Date of birth |
        | L02              | Novák       | Jan         | 2004-11-30    |
    """, tmp_path)  # fmt: skip
    assert "S142" not in {each.code for each in titled.problems}


# -- what few workbooks have ---------------------------------------------------------------------------------------------------


def test_papers_may_be_in_the_language_of_the_host(tmp_path):
    reading = cohort("""
        Cohort
        | Cohort ID     | CZ-2027          |
        | Language      | host's language  |
        | Home          | SOS              |
        | Host          | AURORA           |
        | Start date    | 2027-04-05       |
        | End date      | 2027-04-30       |
        | Qualification | COOK             |
        | Units         | U1; U2           |
    """, tmp_path)  # fmt: skip
    assert reading.cohort is not None
    assert reading.cohort.language == "of the host"


def test_several_entries_with_commas_between_them_are_told_with_what_to_write_instead(tmp_path):
    reading = cohort("""
        Partners
        | Partner ID | Role       | Name            | Country | Mentor     | Mentor telephone |
        | SOS        | home, host | SOŠ Brno        | Czechia |            |                  |
        | AURORA     | host       | Hotel Aurora Oy | Finland | Mikko Salo | +358 40 555 0103 |
    """, tmp_path)  # fmt: skip
    assert "S206 Partners!B2" in told(reading)
    assert "Separate several entries with ; and not with commas." in " ".join(said(reading))


@pytest.mark.parametrize(("country", "told_of"), [("CZ - Czechia", None), ("CZ - Austria", "S207"), ("CZ - the land of beer", "S207")])
def test_a_country_with_its_code_is_read_where_both_mean_the_same(tmp_path, country, told_of):
    reading = cohort(f"""
        Partners
        | Partner ID | Role | Name            | Country   | Mentor     | Mentor telephone |
        | SOS        | home | SOŠ Brno        | {country} |            |                  |
        | AURORA     | host | Hotel Aurora Oy | Finland   | Mikko Salo | +358 40 555 0103 |
    """, tmp_path)  # fmt: skip
    assert [one for one in told(reading) if "Partners!D2" in one] == ([f"{told_of} Partners!D2"] if told_of else [])


def test_a_unit_without_a_title_is_told_at_its_cell(tmp_path):
    reading = cohort("""
        Units
        | Unit ID | Qualification | Title         | Points | Skills                       |
        | U1      | COOK          |               | 2.5    | prepares three cold starters |
        | U2      | COOK          | Soups         | 2      | prepares two soups           |
    """, tmp_path)  # fmt: skip
    assert any(one.endswith("Units!C2") for one in told(reading))
    assert "“Title” is blank" in " ".join(said(reading))


def test_a_formula_that_was_never_calculated_in_a_cell_without_a_place_is_told_for_its_sheet(tmp_path):
    """Some programs leave out where a cell stands; then nobody can say in which one the formula is."""
    rows = LEARNERS_ROWS + "<row><c><f>1+1</f></c></row>"
    reading = read_cohort(book(tmp_path / "spring.xlsx", rows))
    assert "Sheet “Learners” holds formulas that were never calculated." in " ".join(said(reading))
    assert reading.cohort is None or reading.cohort.learners == ()


def test_a_sheet_that_is_listed_and_not_there_is_told_and_nothing_is_read(tmp_path):
    found = parts({"Learners": sheet(LEARNERS_ROWS), "Units": sheet("")})
    del found["xl/worksheets/sheet2.xml"]
    reading = read_cohort(pack(tmp_path / "spring.xlsx", found))
    assert reading.cohort is None
    assert "A sheet is not in the file, though the workbook lists it." in " ".join(said(reading))


def test_a_table_of_text_that_is_far_too_large_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.tables.LARGEST_CSV", 100)
    path = tmp_path / "Learners.csv"
    path.write_text("Learner ID,Family name,Given names\n" + "L01,Novák,Jan\n" * 20, "utf-8")
    assert "The file is too large. Split the cohort into several." in " ".join(said(read_cohort(path)))


@pytest.mark.parametrize(("cell", "typed", "meant"), [
    ("Qualification", "Confectionr", "Confectioner"), ("Qualification", "CON", "CONF"), ("Host", "NANTE", "NANTES"),
    ("Units", "Laminated and enriched dough", "Laminated and enriched doughs"),
])  # fmt: skip
def test_what_is_asked_about_may_be_a_name_as_well_as_an_id(tmp_path, cell, typed, meant):
    reading = read_cohort(desk.workbook(tmp_path / "spring.xlsx", {f"Learners / L03 / {cell}": typed}))
    assert [problem.advice for problem in reading.problems if problem.holds] == [f"Did you mean “{meant}”?"]


@pytest.mark.parametrize("typed", ["female?", "F?", "(?) F", "M ?"])
def test_a_sex_with_a_question_mark_is_asked_about_and_ticks_nothing(tmp_path, typed):
    reading = read_cohort(desk.workbook(tmp_path / "spring.xlsx", {"Learners / L03 / Sex": typed}))
    assert reading.cohort.learners[2].sex is None
    assert told(reading) == ["S206 Learners!G4"]
