"""One flat sheet that repeats everything on every learner's row, and what it must not mix up."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import checks
from pipeline.checks.typed_flat import ADVICE, flat_sheets, in_flat_sheet
from pipeline.jobs import Status
from pipeline.model import Cohort
from pipeline.problem import CODES
from pipeline.wide import understand_wide
from pipeline.workbook import Reading, read_cohort
from tests.desk import agreements, make, room
from tests.drawn import said, told, write
from tests.facts import a_cohort, a_learner, a_partner, a_unit

FLAT = """
    Pupils and everything
    | Surname | First name | Date of birth | Home       | Home country | Host            | Host address | Host country | Host e-mail         | Host contact person | Start date | End date   | Qualification | EQF level | Unit 1        | Learning outcomes 1     | Unit 2 | Learning outcomes 2  |
    | Novák   | Jan        | 2006-11-30    | SOŠ Brno   | Czechia      | Hotel Aurora Oy | Rantakatu 4  | Finland      | info@aurora.example | Aino                | 2027-04-05 | 2027-04-30 | Cook          | 3         | U1 – Starters | makes starters |        |             |
    | Malá    | Eva        | 2005-01-31    | SOŠ Brno   |              | Bistro Sol      | C. Sol 1     | Spain        | sol@sol.example     | Ana                 | 2027-04-05 | 2027-04-30 | Cook          |           | U1            |                | Soups  | makes soups |
    | Veselý  | Petr       | 2005-02-28    | SOŠ Brno   |              | Hotel Aurora Oy |              |              |                     |                     | 2027-04-05 | 2027-04-30 | Cook          | 3         | Soups         |                |        |             |
"""


def read(picture: str, folder: Path, name: str = "Spring flow.xlsx") -> Reading:
    return read_cohort(write(picture, folder / name))


def cohort_of(reading: Reading) -> Cohort:
    assert reading.cohort is not None, said(reading)
    return reading.cohort


def errors(reading: Reading) -> list[str]:
    return [f"{it.code} {it.place}" for it in reading.problems if it.holds]


def test_partners_qualifications_and_units_are_made_from_what_the_rows_repeat(tmp_path):
    reading = read(FLAT, tmp_path)
    cohort = cohort_of(reading)
    assert errors(reading) == []
    assert [(one.id, one.roles, one.country) for one in cohort.partners] == [
        ("SOŠ Brno", ("home",), "CZ"), ("Hotel Aurora Oy", ("host",), "FI"), ("Bistro Sol", ("host",), "ES"),
    ]  # fmt: skip
    assert [(one.title, one.eqf_level) for one in cohort.qualifications] == [("Cook", 3)]
    assert [(one.id, one.title) for one in cohort.units] == [("U1", "Starters"), ("Soups", "Soups")]
    assert [[choice.unit.id for choice in it.agreement.choices] for it in cohort.learners] == [["U1"], ["U1", "Soups"], ["Soups"]]
    assert cohort.learners[2].agreement.host is cohort.partners[1]


def test_the_file_s_name_stands_for_a_cohort_id_that_nobody_wrote_and_is_told(tmp_path):
    reading = read(FLAT, tmp_path)
    assert cohort_of(reading).id == "Spring flow"
    assert "The cohort is called “Spring flow”, as the file is: no column says Cohort ID." in " ".join(said(reading))


def test_columns_of_the_cohort_may_stand_on_every_row_too(tmp_path):
    picture = FLAT.replace("| Surname", "| Cohort | Project code | Surname").replace("| Novák ", "| CZ-27 | 2026-1-CZ01-KA121-VET-000123456 | Novák ")
    picture = picture.replace("| Malá ", "| CZ-27 | | Malá ").replace("| Veselý ", "| | | Veselý ")
    cohort = cohort_of(read(picture, tmp_path))
    assert (cohort.id, cohort.project_code) == ("CZ-27", "2026-1-CZ01-KA121-VET-000123456")
    assert str(cohort.at("project_code")) == "Pupils and everything!B2"


def test_a_value_knows_the_cell_where_it_stands_first(tmp_path):
    picture = FLAT.replace("| Hotel Aurora Oy |              |", "| Hotel Aurora Oy | Kauppakatu 9 |").replace("Rantakatu 4 ", "")
    aurora = cohort_of(read(picture, tmp_path)).partners[1]
    assert aurora.address == "Kauppakatu 9"
    assert [str(aurora.at(key)) for key in ("name", "email", "address")] == [
        "Pupils and everything!F2", "Pupils and everything!I2", "Pupils and everything!G4",
    ]  # fmt: skip


def test_two_rows_that_differ_are_one_problem_that_names_both_cells(tmp_path):
    last = "| Hotel Aurora Oy |              |              |                     |"
    reading = read(FLAT.replace(last, "| Hotel Aurora Oy |              |              | old@aurora.example  |"), tmp_path)
    assert errors(reading) == ["S131 Pupils and everything!I4"]
    assert (
        "“Host e-mail” of “Hotel Aurora Oy” is “old@aurora.example” here, and “info@aurora.example” in Pupils and everything!I2."
        in " ".join(said(reading))
    )


def test_a_contradiction_quotes_the_cells_and_not_the_codes_they_are_kept_as(tmp_path):
    last = "| Hotel Aurora Oy |              |              |                     |"
    reading = read(FLAT.replace(last, "| Hotel Aurora Oy |              | Hiszpania    |                     |"), tmp_path)
    assert "“Host country” of “Hotel Aurora Oy” is “Hiszpania” here, and “Finland” in Pupils and everything!H2." in " ".join(said(reading))


def test_a_contradiction_holds_the_papers_of_that_host_and_no_others(tmp_path):
    here = room(tmp_path)
    last = "| Hotel Aurora Oy |              |              |                     |"
    write(FLAT.replace(last, "| Hotel Aurora Oy |              |              | old@aurora.example  |"), here.input / "flow.xlsx")
    [made] = make(here)
    written = [it.job.target for it in made.outcomes if it.status is Status.WRITTEN]
    assert [name.rpartition("/")[2] for name in written if "Learning Agreement" in name] == ["Learning Agreement - Malá Eva.docx"]


def test_a_fault_of_the_learner_who_stands_first_holds_her_own_papers_alone(tmp_path):
    here = room(tmp_path)
    write(FLAT.replace("2006-11-30", "31.11.2006"), here.input / "flow.xlsx")
    [made] = make(here)
    held = sorted(it.job.target.rpartition("/")[2] for it in made.outcomes if it.status is Status.HELD)
    assert held == ["Assessment Sheet - Novák Jan.docx", "Contact Card - Novák Jan.docx", "Learner Profile - Novák Jan.docx", "Learning Agreement - Novák Jan.docx"]


def test_what_a_flat_sheet_lacks_for_every_paper_is_told_once(tmp_path):
    picture = """
        List
        | Surname | First name | Date of birth | Home     | Host            | Start date | End date   |
        | Novák   | Jan        | 2006-11-30    | SOŠ Brno | Hotel Aurora Oy | 2027-04-05 | 2027-04-30 |
        | Malá    | Eva        | 2005-01-31    | SOŠ Brno | Hotel Aurora Oy | 2027-04-05 | 2027-04-30 |
    """
    sentences = [it.message for it in read(picture, tmp_path).problems if it.holds]
    assert sorted(sentences) == [
        "The sheet “List” has no column “Home country”.", "The sheet “List” has no column “Host country”.",
        "The sheet “List” has no column “Qualification”.", "The sheet “List” has no column “Units”.",
    ]  # fmt: skip


def test_a_sheet_learners_may_repeat_its_hosts_where_there_is_no_sheet_partners(tmp_path):
    picture = """
        Cohort
        | Cohort ID | CZ-27 |

        Qualifications
        | Qualification ID | Title |
        | COOK             | Cook  |

        Units
        | Unit ID | Qualification | Title    |
        | U1      | COOK          | Starters |

        Learners
        | Family name | Given names | Date of birth | Home     | Home country | Host | Host name       | Host country | Start date | End date   | Qualification | Units |
        | Novák       | Jan         | 2006-11-30    | SOŠ Brno | Czechia      | AUR  | Hotel Aurora Oy | Finland      | 2027-04-05 | 2027-04-30 | COOK          | U1    |
        | Malá        | Eva         | 2005-01-31    | SOŠ Brno |              | AUR  |                 |              | 2027-04-05 | 2027-04-30 | COOK          | U1    |
    """
    reading = read(picture, tmp_path)
    cohort = cohort_of(reading)
    assert told(reading) == []
    assert [(one.id, one.name, one.country) for one in cohort.partners] == [
        ("SOŠ Brno", "SOŠ Brno", "CZ"), ("AUR", "Hotel Aurora Oy", "FI"),
    ]  # fmt: skip


LISTED = """
    Pupils and everything
    | Surname | First name | Date of birth | Home     | Home country | Host            | Host country | Start date | End date   | Qualification | Units         | Skills         |
    | Novák   | Jan        | 2006-11-30    | SOŠ Brno | Czechia      | Hotel Aurora Oy | Finland      | 2027-04-05 | 2027-04-30 | Cook          | U1 – Starters | makes starters |
    | Malá    | Eva        | 2005-01-31    | SOŠ Brno | Czechia      | Hotel Aurora Oy | Finland      | 2027-04-05 | 2027-04-30 | Cook          | U1; Soups     |                |
"""


def test_units_may_be_listed_in_one_column_by_id_and_title(tmp_path):
    cohort = cohort_of(read(LISTED, tmp_path))
    assert [(one.id, one.title, one.skills) for one in cohort.units] == [
        ("U1", "Starters", ("makes starters",)), ("Soups", "Soups", ()),
    ]  # fmt: skip
    assert [[choice.unit.id for choice in it.agreement.choices] for it in cohort.learners] == [["U1"], ["U1", "Soups"]]


def test_units_with_columns_of_their_own_keep_their_outcomes_apart(tmp_path):
    cohort = cohort_of(read(FLAT, tmp_path))
    assert [(one.title, one.learning_outcomes) for one in cohort.units] == [
        ("Starters", ("makes starters",)), ("Soups", ("makes soups",)),
    ]  # fmt: skip


def test_outcomes_that_could_be_of_two_units_are_a_problem_and_not_shared_out(tmp_path):
    reading = read(LISTED.replace("| U1; Soups     |                |", "| U1; Soups     | makes both     |"), tmp_path)
    assert errors(reading) == ["S132 Pupils and everything!L3"]
    assert "“Unit skills” stands once, and the row names 2 units" in " ".join(said(reading))


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16")])
def test_a_single_flat_csv_is_a_cohort(tmp_path, delimiter, encoding):
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in FLAT.strip().splitlines()[1:]]
    path = tmp_path / "Flow.csv"
    path.write_bytes("\r\n".join(delimiter.join(line) for line in lines).encode(encoding))
    cohort = cohort_of(read_cohort(path))
    assert (cohort.id, [it.family_name for it in cohort.learners]) == ("Flow", ["Novák", "Malá", "Veselý"])


def test_all_papers_of_a_flat_sheet_are_made(tmp_path):
    here = room(tmp_path)
    write(FLAT, here.input / "flow.xlsx")
    [made] = make(here)
    assert agreements(made) == 3


def test_a_learner_who_withdrew_brings_no_host_into_the_memorandum(tmp_path):
    picture = FLAT.replace("| Surname", "| Status | Surname").replace("| Novák ", "| | Novák ").replace("| Malá ", "| withdrawn | Malá ")
    cohort = cohort_of(read(picture.replace("| Veselý ", "| | Veselý "), tmp_path))
    assert [one.id for one in cohort.partners] == ["SOŠ Brno", "Hotel Aurora Oy"]


def test_home_address_is_the_learner_s_unless_she_has_another(tmp_path):
    picture = FLAT.replace("| Home country |", "| Home country | Home address |").replace("| Czechia      |", "| Czechia | Lipová 3 |")
    picture = picture.replace("| SOŠ Brno   |              |", "| SOŠ Brno   |              | |")
    hers = cohort_of(read(picture, tmp_path))
    assert (hers.learners[0].address, hers.partners[0].address) == ("Lipová 3", None)
    both = picture.replace("| Surname", "| Address | Surname").replace("| Novák ", "| Dlouhá 9 | Novák ").replace("| Malá ", "| | Malá ")
    school = cohort_of(read(both.replace("| Veselý ", "| | Veselý "), tmp_path))
    assert (school.learners[0].address, school.partners[0].address) == ("Dlouhá 9", "Lipová 3")


def test_what_sheet_cohort_says_once_of_the_school_counts_for_every_row(tmp_path):
    picture = """
        Project
        | Cohort ID      | CZ-27     |
        | Sending school | SOŠ Brno  |
        | Home country   | Czechia   |
        | School address | Lipová 1  |
        | Qualification  | Cook      |

        Participants
        | Family name | Given names | Date of birth | Host            | Host country | Host e-mail         | Start date | End date   | Unit 1   | Skills 1       |
        | Novák       | Jan         | 2006-11-30    | Hotel Aurora Oy | Finland      | info@aurora.example | 2027-04-05 | 2027-04-30 | Starters | makes starters |
    """
    reading = read(picture, tmp_path)
    cohort = cohort_of(reading)
    assert errors(reading) == []
    home = next(one for one in cohort.partners if "home" in one.roles)
    assert (home.name, home.country, home.address) == ("SOŠ Brno", "CZ", "Lipová 1")
    assert (str(home.at("name")), str(home.at("country"))) == ("Project!B2", "Project!B3")
    assert [one.title for one in cohort.qualifications] == ["Cook"]
    assert cohort.units[0].qualification is cohort.qualifications[0]


def test_a_country_that_sheet_cohort_does_not_say_is_told_at_the_school_s_field(tmp_path):
    picture = """
        Project
        | Cohort ID     | CZ-27    |
        | Home          | SOŠ Brno |
        | Qualification | Cook     |

        Participants
        | Family name | Given names | Date of birth | Host            | Host country | Host e-mail         | Start date | End date   | Unit 1   | Skills 1       |
        | Novák       | Jan         | 2006-11-30    | Hotel Aurora Oy | Finland      | info@aurora.example | 2027-04-05 | 2027-04-30 | Starters | makes starters |
    """
    assert errors(read(picture, tmp_path)) == ["S210 Project!B2"]


def test_a_coordinator_on_every_row_is_one_partner(tmp_path):
    picture = FLAT.replace("| Surname", "| Coordinator name | Coordinator country | Surname")
    for name in ("Novák ", "Malá ", "Veselý "):
        picture = picture.replace(f"| {name}", f"| Kraj Vysočina | Czechia | {name}")
    reading = read(picture, tmp_path)
    assert errors(reading) == []
    assert [one.id for one in cohort_of(reading).partners if "coordinator" in one.roles] == ["Kraj Vysočina"]
    assert cohort_of(reading).learners[0].agreement.coordinator is not None


def test_a_value_that_cannot_be_read_and_stands_on_every_row_is_told_once_and_holds_that_host(tmp_path):
    reading = read(FLAT.replace("| Finland      |", "| Finlan       |").replace("| Hotel Aurora Oy |              |              |", "| Hotel Aurora Oy |              | Finlan       |"), tmp_path)
    assert errors(reading) == ["S207 Pupils and everything!H2"]


def test_files_with_names_that_no_disk_takes_are_made_all_the_same(tmp_path):
    here = room(tmp_path)
    write(FLAT.replace("Hotel Aurora Oy", 'Hotel "A/B" <Oy>: x?'), here.input / "flow.xlsx")
    [made] = make(here)
    assert agreements(made) == 3


def test_a_host_s_city_and_postcode_belong_to_its_address(tmp_path):
    picture = FLAT.replace("| Host address |", "| Host street | Host postcode | City of the host |").replace("| Rantakatu 4  |", "| Rantakatu 4 | '33100 | Tampere |")
    picture = picture.replace("| C. Sol 1     |", "| C. Sol 1 | | Málaga |").replace("| Hotel Aurora Oy |              |", "| Hotel Aurora Oy | | | |")
    reading = read(picture, tmp_path)
    assert errors(reading) == []
    assert [one.address for one in cohort_of(reading).partners[1:]] == ["Rantakatu 4, 33100 Tampere", "C. Sol 1, Málaga"]


@pytest.mark.parametrize(("header", "meant"), [
    ("Geschl.", "sex"), ("m/w/d", "sex"), ("Betreuer vor Ort", "mentor"), ("Tuteur en entreprise", "mentor"), ("Opiekun na miejscu", "mentor"),
    ("Begeleider ter plaatse", "mentor"), ("Tutor in loco", "mentor"), ("On-site mentor", "mentor"),
])  # fmt: skip
def test_short_and_local_names_of_columns_are_understood(header, meant):
    assert understand_wide(["Surname", "First name", header]).known[meant] == 2


@pytest.mark.parametrize("names", [("Lerneinheit 1", "Lerneinheit 2"), ("Jednostka 1", "Jednostka 2"), ("Learning unit 1", "Learning unit 2"),
                                   ("Unité 1", "Unité 2"), ("Leereenheid 1", "Leereenheid 2"), ("Tutkinnon osa 1", "Tutkinnon osa 2")])  # fmt: skip
def test_numbered_units_are_understood_by_every_word_for_a_unit(names):
    assert understand_wide(["Surname", *names]).parts == {("Units", "1"): {"ref": 1}, ("Units", "2"): {"ref": 2}}


def test_from_and_to_are_the_dates_of_the_stay_where_both_hold_dates_and_no_other_column_is(tmp_path):
    for first, last in (("von", "bis"), ("od", "do"), ("du", "au"), ("from", "to"), ("dal", "al"), ("van", "t/m")):
        cohort = cohort_of(read(FLAT.replace("Start date", first).replace("End date", last), tmp_path, f"{first}.xlsx"))
        assert {it.agreement.start.isoformat() for it in cohort.learners if it.agreement.start} == {"2027-04-05"}
        assert {it.agreement.end.isoformat() for it in cohort.learners if it.agreement.end} == {"2027-04-30"}


@pytest.mark.parametrize("change", [("2027-04-30", "Brno"), ("| Qualification", "| Start date | Qualification")])
def test_from_and_to_are_columns_of_her_own_where_they_hold_no_dates_or_other_columns_are_the_dates(change, tmp_path):
    header, *rows = FLAT.replace("Start date", "von").replace("End date", "bis").strip().splitlines()[1:]
    if change[0] == "2027-04-30":
        rows = [row.replace(*change) for row in rows]
    else:
        header, rows = header.replace(*change), [row.replace("| Cook ", "| 2027-05-01 | Cook ") for row in rows]
    cohort = cohort_of(read("\n".join(["List", header, *rows]), tmp_path))
    assert list(cohort.learners[0].more)[:2] == ["von", "bis"]


ONCE = """
    List
    | Surname | First name | Date of birth | Home | Home country | Host   | Host country | von        | bis        | Qualification | Unit 1   | Skills 1       |
    | Novák   | Jan        | 2006-11-30    | SOŠ  | Czechia      | Aurora | Finland      | 2027-04-05 | 2027-04-30 | Cook          | Starters | makes starters |
    | Malá    | Eva        | 2005-01-31    |      |              | Aurora |              |            |            |               | Starters |                |
    | Veselý  | Petr       | 2005-02-28    |      |              | Sol    | Spain        |            |            |               | Starters |                |
"""


def test_home_qualification_and_dates_typed_in_the_first_row_alone_count_for_all_and_are_told(tmp_path):
    reading = read(ONCE, tmp_path)
    assert errors(reading) == []
    terms = [it.agreement for it in cohort_of(reading).learners]
    assert [(it.home.name, it.qualification.title, str(it.start), str(it.end)) for it in terms if it.home and it.qualification] == [
        ("SOŠ", "Cook", "2027-04-05", "2027-04-30")] * 3  # fmt: skip
    assert "“Home” stands in the first row only; “SOŠ” was taken for all 3 rows. Nothing, if it is right; else fill the column in every row." in said(reading)
    assert [f"{it.place}" for it in reading.problems if it.code == "S144"] == ["List!D2", "List!J2", "List!H2", "List!I2"]


@pytest.mark.parametrize(("picture", "blank"), [
    (ONCE.replace("| Veselý  | Petr       | 2005-02-28    |      |", "| Veselý  | Petr       | 2005-02-28    | SOŠ  |"), "S210 List!D3"),
    ("\n".join(line for line in ONCE.splitlines() if "Veselý" not in line), "S210 List!D3"),
    (ONCE.replace("| Malá    | Eva        | 2005-01-31    |      |              | Aurora |", "| Malá    | Eva        | 2005-01-31    |      |              |        |")
         .replace("| Sol    | Spain ", "|        |       "), "S210 List!F3"),
])  # fmt: skip
def test_what_is_filled_in_some_rows_or_is_each_learners_own_stays_blank_where_it_is(picture, blank, tmp_path):
    """Host and units are her own; of two rows the second was perhaps forgotten."""
    assert blank in errors(read(picture, tmp_path))


def test_a_value_typed_once_that_cannot_be_read_is_told_once_in_its_cell(tmp_path):
    assert errors(read(ONCE.replace("2027-04-05", "31.04.2027").replace("von", "Start date").replace("bis", "End date"), tmp_path)) == ["S201 List!H2"]


def test_advice_for_a_flat_sheet_names_columns_that_it_can_have(tmp_path):
    here = room(tmp_path)
    write(ONCE.replace("| Skills 1       |", "| Remarks |"), here.input / "flow.xlsx")
    [made] = make(here)
    advice = {f"{it.code} {it.place}": it.advice for it in made.problems}
    assert advice["M101 List!D2"] == "Fill column “Home address”; add the column if there is none yet."
    assert advice["M101 List!F2"] == "Fill column “Host address”; add the column if there is none yet."
    assert advice["A130 List!F2"] == "Fill column “Mentor” in the learner's row; add the column if there is none yet."
    assert advice["A201 List!K2"].startswith("Fill “Skills 1” or “Learning outcomes 1” for the unit in “Unit 1”")
    assert not [each for each in advice.values() if "of sheet Partners" in each]
    assert set(ADVICE) <= set(CODES)


def test_advice_speaks_of_the_sheets_where_organisations_and_units_have_sheets_of_their_own():
    cohort = a_cohort(a_learner(units=(a_unit("U1", row=2, skills=()),)))
    assert flat_sheets(cohort) == frozenset()
    [told] = checks.run(cohort)
    assert (told.code, told.advice.partition(" of the unit")[0]) == ("A201", "Fill Knowledge, Skills or Competence")
    assert in_flat_sheet(told, cohort, frozenset({(told.place.file, "Learners")})) == told, "another sheet is flat"


def test_advice_of_a_rule_that_speaks_of_no_sheet_stays_in_a_flat_sheet():
    cohort = a_cohort(a_learner(email="tereza"))
    [told] = checks.run(cohort)
    assert in_flat_sheet(told, cohort, frozenset({(told.place.file, told.place.sheet or "")})) == told


@pytest.mark.parametrize(("roles", "column"), [(("host",), "Host address"), (("company",), "Workplace address"), ((), "Host address")])
def test_advice_for_a_flat_sheet_calls_columns_by_what_the_organisation_is(roles, column):
    """A host whose role cannot be read is one all the same."""
    cohort = a_cohort(a_learner(host=a_partner("FIRM", row=9, roles=roles, address=None)))
    told = next(problem for problem in checks.run(cohort) if problem.code == "M101")
    flat = frozenset({(told.place.file, told.place.sheet or "")})
    assert in_flat_sheet(told, cohort, flat).advice == f"Fill column “{column}”; add the column if there is none yet."


def test_a_missing_date_column_names_the_columns_that_hold_dates_and_how_to_settle_it(tmp_path):
    picture = ONCE.replace("von", "Beginn am").replace("bis", "Schluss am")
    advice = [it.advice for it in read(picture, tmp_path, "flow.xlsx").problems if it.code == "S112"]
    assert advice == [
        '“Beginn am” and “Schluss am” hold dates. Add a column Start date, or if one of them is it, settle that: ecvet columns "flow.xlsx" --is "Beginn am=Start date"',
        '“Beginn am” and “Schluss am” hold dates. Add a column End date, or if one of them is it, settle that: ecvet columns "flow.xlsx" --is "Schluss am=End date"',
    ]


def test_a_year_of_two_digits_has_two_readings_at_a_birth_and_one_at_a_stay(tmp_path):
    picture = ONCE.replace("2027-04-05", "05.04.27").replace("von", "Start date").replace("bis", "End date").replace("2006-11-30", "30.11.06")
    found = [f"{it.place} {it.message} {it.advice}" for it in read(picture, tmp_path).problems if it.code == "S203"]
    assert found == [
        "List!C2 “30.11.06” can mean the year 1906 or 2006. Write the year with four digits: 1906 or 2006.",
        "List!H2 “05.04.27” has a year of two digits. Write the year with four digits: 2027.",
    ]


def test_a_qualification_typed_once_under_the_name_of_its_title_counts_for_all_too(tmp_path):
    for name in ("Ausbildungsberuf", "Title of qualification", "Beruf"):
        reading = read(ONCE.replace("| Qualification |", f"| {name} |"), tmp_path, f"{name}.xlsx")
        assert errors(reading) == []
        assert {it.agreement.qualification.title for it in cohort_of(reading).learners if it.agreement.qualification} == {"Cook"}
        assert "“Qualification” stands in the first row only; “Cook” was taken" in " ".join(said(reading))


def test_a_column_that_the_last_row_leaves_blank_is_not_missing(tmp_path):
    picture = ONCE.replace("| Qualification |", "| Ausbildungsberuf |").replace(
        "| Aurora |              |            |            |               |", "| Aurora |              |            |            | Cook          |")
    assert errors(read(picture, tmp_path)) == ["S210 List!J4"]
    without_unit = ONCE.replace("|               | Starters |                |\n", "|               |          |                |\n")
    assert errors(read(without_unit, tmp_path, "units.xlsx")) == ["S210 List!K3", "S210 List!K4"]


# -- what kind of mobility it is ----------------------------------------------------------------------------------------------


def with_activities(*kinds: str) -> str:
    """The flat sheet with a column Activity, a value a row."""
    picture = FLAT.replace("| Surname", "| Activity | Surname")
    for name, kind in zip(("Novák", "Malá", "Veselý"), kinds, strict=True):
        picture = picture.replace(f"| {name} ", f"| {kind} | {name} ")
    return picture


def test_rows_of_different_kinds_of_mobility_are_told_once_and_their_lengths_are_not_checked(tmp_path):
    reading = read(with_activities("short", "long", "long"), tmp_path)
    assert errors(reading) == []
    assert cohort_of(reading).activity is None
    [found] = [it for it in reading.problems if it.code == "S135"]
    assert str(found.place) == "Pupils and everything!A3"
    assert found.message == "“long” stands here and “short” in Pupils and everything!A2: the lengths of the stays are not checked."


def test_a_kind_of_mobility_that_nobody_knows_is_told_once_and_holds_no_paper(tmp_path):
    reading = read(with_activities("abroad", "abroad", "abroad"), tmp_path)
    assert errors(reading) == []
    [found] = [it for it in reading.problems if it.code == "S139"]
    assert str(found.place) == "Pupils and everything!A2"
    assert "“abroad”" in found.message
    assert found.message.endswith("The lengths of the stays are not checked.")


def test_a_unit_code_beside_the_unit_is_its_id(tmp_path):
    picture = FLAT.replace("| Unit 1        | Learning outcomes 1     | Unit 2 | Learning outcomes 2  |", "| Unit code | Unit |")
    picture = picture.replace("| U1 – Starters | makes starters |        |             |", "| K-01 | Starters |")
    picture = picture.replace("| U1            |                | Soups  | makes soups |", "| K-01 | Starters |")
    picture = picture.replace("| Soups         |                |        |             |", "| K-02 | Soups |")
    cohort = cohort_of(read(picture, tmp_path))
    assert [(one.id, one.title) for one in cohort.units] == [("K-01", "Starters"), ("K-02", "Soups")]
    assert [[choice.unit.id for choice in it.agreement.choices] for it in cohort.learners] == [["K-01"], ["K-01"], ["K-02"]]


def test_in_a_flat_sheet_without_units_that_is_said_of_each_qualification(tmp_path):
    picture = "\n".join(line.rpartition("| Unit 1")[0] or line.rpartition("| U1")[0] for line in FLAT.splitlines()[2:4])
    header, row = picture.splitlines()
    reading = read(f"Pupils and everything\n{header}|\n{row}|", tmp_path)
    cohort = cohort_of(reading)
    assert (cohort.units, [one.title for one in cohort.qualifications]) == ((), ["Cook"])
    assert "M150" in {problem.code for problem in checks.run(cohort)}
