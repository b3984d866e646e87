"""Columns about health, religion or a bank account: they are told by name, and what stands in them stands nowhere."""

from __future__ import annotations

import zipfile
from pathlib import Path

import desk
import pytest
from drawn import with_changes, write
from test_flat import FLAT

from pipeline.columns import SHEETS
from pipeline.confidential import is_confidential
from pipeline.legend import legend
from pipeline.settled import known_names
from pipeline.settling import as_text
from pipeline.sheets import book
from pipeline.workbook import read_cohort

SECRETS = ("CZ65 0800 0000 1920", "katolicka", "penicillin", "asthmatic", "FI21 1234")
WITH_SECRETS = with_changes("""
    Cohort
    | Cohort ID     | CZ-2027    |
    | Templates     | mine       |
    | Home          | SOS        |
    | Host          | AURORA     |
    | Start date    | 2027-04-05 |
    | End date      | 2027-04-30 |
    | Qualification | COOK       |
    | Units         | U1; U2     |
    | IBAN          | FI21 1234  |

    Learners
    | Learner ID | Family name | Given names | Date of birth | IBAN                | Religion  | Allergies / diet | Meals      | Krankheiten |
    | L01        | Nováková    | Tereza      | 2008-05-12    | CZ65 0800 0000 1920 | katolicka | penicillin       | vegetarian | asthmatic   |
    |            |             |             |               | CZ65 0800 0000 1920 |           |                  |            |             |
    |            |             |             |               | =A1+1               | #REF!     | 2027-04-05       |            |             |
""")


@pytest.mark.parametrize("header", [
    "IBAN", "Student's IBAN", "IBAN (if applicable)", "Bank account", "bank_account", "BankAccount", "Bankverbindung", "Kontonummer", "Konto-Nr.", "BIC/SWIFT",
    "Numéro de compte", "Coordonnées bancaires", "Número de cuenta", "Conto corrente", "Numer konta", "Número da conta", "Rekeningnummer", "Tilinumero", "Număr de cont",
    "Religion", "Religionszugehörigkeit", "Konfession", "religione", "Wyznanie", "Godsdienst", "Uskonto", "Religião", "Religie", "Name / Religion",
    "Krankheiten", "Vorerkrankungen", "Allergien", "Allergies/health", "Health", "Health issues", "Medical conditions", "Maladies", "Santé", "Enfermedades",
    "Malattie", "Choroby", "Doenças", "Ziektes", "Sairaudet", "Boli", "Behinderung", "Disability (yes/no)", "Special needs", "Food intolerances", "I\u200bBAN", "ＩＢＡＮ",
    "Please enter the account number to which the grant of the learner is to be paid, as it stands on the card of the bank",
])  # fmt: skip
def test_a_column_is_known_by_its_name_in_ten_languages(header):
    assert is_confidential(header)


@pytest.mark.parametrize("header", [
    "Vegetarian", "Diet", "Meals", "Ernährung", "Shoe size", "Health insurance", "EHIC number", "Krankenversicherung", "Assurance maladie", "Seguro médico",
    "Health and safety training", "Accountant", "User account", "Urban area", "Scribe", "Field: health care", "Bankett", "Swiftness", "Insurance", "Klasse",
])  # fmt: skip
def test_a_diet_an_insurance_and_what_only_sounds_alike_stay_the_officers_own(header):
    assert not is_confidential(header)


def test_no_column_of_the_program_is_taken_for_one_in_any_language():
    names = [name for sheet in SHEETS for name in known_names(sheet.name)] + known_names("")
    names += [alias for tongue in book().values() for columns in tongue.get("columns", {}).values() for aliases in columns.values() for alias in aliases]
    assert len(names) > 2_000
    assert [name for name in names if is_confidential(name)] == []


def test_their_values_reach_no_record_and_no_message_and_one_notice_a_sheet_names_them(tmp_path):
    reading = read_cohort(write(WITH_SECRETS, tmp_path / "cohort.xlsx"))
    assert reading.cohort is not None
    assert [dict(learner.more) for learner in reading.cohort.learners] == [{"Meals": "vegetarian"}]
    assert dict(reading.cohort.more) == {}
    assert [(str(problem.place), problem.message) for problem in reading.problems if problem.code == "S141"] == [
        ("Cohort", "Not read, and in no paper, because it is about health, religion or a bank account: “IBAN”."),
        ("Learners", "Not read, and in no paper, because it is about health, religion or a bank account: “IBAN”, “Religion”, “Allergies / diet” and “Krankheiten”."),
    ]  # fmt: skip
    assert not [problem for problem in reading.problems if any(secret in problem.message for secret in SECRETS)]


def test_they_stand_in_no_paper_no_report_and_no_list_and_the_officers_own_copy_keeps_them(tmp_path):
    room = desk.room(tmp_path, official=False, forms={"Agreement": ["{{ learner.name }} {{ learner.more['IBAN'] }} {{ learner.more['Meals'] }} {{ learner.more['Religion'] }}"]})
    write(WITH_SECRETS, room.input / "cohort.xlsx")
    desk.make(room)
    made = [path for path in room.output.rglob("*") if path.is_file()]
    assert {"report.html"} <= {path.name for path in made}
    for path in made:
        if "to correct" not in path.name:
            assert not [secret for secret in SECRETS if secret in _everything_in(path)], path.name


def _everything_in(path: Path) -> str:
    if not zipfile.is_zipfile(path):
        return path.read_text("utf-8", "replace")
    with zipfile.ZipFile(path) as package:
        return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_they_are_passed_over_on_a_flat_sheet_too(tmp_path):
    picture = "\n".join(
        line + (" Bankverbindung |" if "Date of birth" in line or "Unit 1" in line else " FI21 1234 |") if line.strip().startswith("|") else line for line in FLAT.splitlines()
    )
    reading = read_cohort(write(picture, tmp_path / "cohort.xlsx"))
    assert reading.cohort is not None
    assert reading.cohort.learners
    assert "S141" in [problem.code for problem in reading.problems]
    assert "FI21 1234" not in repr(reading)


def test_a_second_header_further_down_and_a_row_of_groups_do_not_let_them_in(tmp_path):
    reading = read_cohort(write(with_changes("""
        Learners
        | Learner ID | Family name | Given names | Date of birth | Bank        | <          |
        |            |             |             |               | Name        | Number     |
        | L01        | Nováková    | Tereza      | 2009-05-12    | penicillin  | katolicka  |
        | Learner ID | Family name | Given names | Date of birth | IBAN        | Religion   |
        | L02        | Novák       | Jan         | 2008-11-30    | penicillin  | katolicka  |
    """), tmp_path / "cohort.xlsx"))  # fmt: skip
    assert reading.cohort is not None
    assert [learner.family_name for learner in reading.cohort.learners] == ["Nováková", "Novák"]
    assert "penicillin" not in repr(reading)
    assert "katolicka" not in repr(reading)


def test_the_officers_wish_to_keep_such_a_column_for_herself_does_not_let_it_in_but_another_meaning_does(tmp_path):
    path = write(WITH_SECRETS, tmp_path / "cohort.xlsx")
    (tmp_path / "columns.toml").write_text('[Learners]\n"IBAN" = "own"\n"Krankheiten" = "Europass number"\n', "utf-8")
    reading = read_cohort(path)
    assert reading.cohort is not None
    [learner] = reading.cohort.learners
    assert (dict(learner.more), learner.agreement.europass_number) == ({"Meals": "vegetarian"}, "asthmatic")


def test_what_the_columns_are_taken_for_says_that_they_are_not_read(tmp_path):
    told = as_text(legend(write(WITH_SECRETS, tmp_path / "cohort.xlsx")))
    assert told.count("not read: health, religion or a bank account") == 5
    assert not [secret for secret in SECRETS if secret in told]
