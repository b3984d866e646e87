"""What looks like a known blank of an untouched form and may be another is never filled before a person has looked."""

from __future__ import annotations

import pytest

from pipeline.untouched import meaning
from pipeline.untouched.survey import survey
from pipeline.word import open_form_package
from tests.forms import a_form, p, shelved, table
from tests.untouched.strange import STRANGERS, judged

A_LINE = "____________"
LEARNER = "Contact details of the learner"
HOST = "Contact details of the host organisation"


def understood(body: str) -> dict[str, str]:
    """Give what would be filled, label by label: “?” is only proposed."""
    found = survey(open_form_package(shelved(a_form(body)))).meanings
    return {each.blank.label: each.words if each.sure else "?" for each in found if each.words}


def block(title: str, *labels: str) -> str:
    """A title with a table of labels and blanks under it."""
    return p(title, "berschrift2") + table(*([label, ""] for label in labels))


def test_what_is_known_is_filled():
    assert understood(block(LEARNER, "Name", "Telephone")) == {"Name": "learner.name", "Telephone": "learner.telephone"}


@pytest.fixture
def without_bars(monkeypatch):
    """Understand a form as if nothing around a blank could make it uncertain."""

    def found(body: str) -> dict[str, str]:
        with monkeypatch.context() as patched:
            for name in ("is_barred", "is_under_the_unknown", "is_one_of_several"):
                patched.setattr(meaning, name, lambda *_: False)
            return understood(body)

    return found


@pytest.mark.parametrize(("title", "label", "taken_for"), [
    ("Second contact person of the host organisation", "E-mail", "host.email"), ("Deputy of the host organisation", "E-mail", "host.email"),
    ("Participant 2", "Name", "learner.name"), ("Host organisation 2", "Address", "host.address"),
    ("Zephyr", "Nationality", "learner.nationality"), ("Zephyr", "Start date", "agreement.start"),
    ("After the mobility", "Start date", "agreement.start"), ("Preparation of the mobility", "Start date", "agreement.start"),
    ("The learner", "Second telephone", "learner.telephone"), ("The learner", "Address of the doctor", "learner.address"),
    ("The learner", "Telephone of the landlord", "learner.telephone"), ("The learner", "School address", "learner.address"),
    ("The learner", "Previous address", "learner.address"), ("The learner", "Telephone (insurance)", "learner.telephone"),
    ("The learner", "Address (landlord)", "learner.address"), ("The learner", "Name (father)", "learner.name"),
])  # fmt: skip
def test_a_blank_of_somebody_else_is_not_filled_whatever_its_label_says(title, label, taken_for, without_bars):
    assert without_bars(block(title, label)) == {label: taken_for}
    assert understood(block(title, label)) == {label: "?"}


@pytest.mark.parametrize(("title", "label"), [
    ("Host organisation: accountant", "Name"), ("Sending organisation: coordinator for students", "Telephone"),
    ("Doctor of the participant", "Telephone"), ("Contact in an emergency", "Name"), ("Landlord", "Address"), ("Zephyr details", "Address"),
    ("Accommodation of the learner", "Address"), ("Insurance of the learner", "Telephone"), ("The learner", "Father's name"),
    ("The learner", "Maiden name"), ("The learner", "Bank of the learner"), ("The learner", "Remarks of the host"),
    ("The learner", "Units (passed yes/no)"), ("The learner", "Points obtained"), ("Duration of the mobility", "Start date of the preparation"),
    ("Assessment, validation and recognition", "Validated by the school"),
])  # fmt: skip
def test_a_title_or_a_label_that_only_resembles_a_known_one_is_no_known_one(title, label, without_bars):
    """Here no bar is needed: whose the blank is, or what belongs into it, is not understood."""
    assert without_bars(block(title, label)) == understood(block(title, label)) == {label: "?"}


@pytest.mark.parametrize(("label", "taken_for"), [
    ("Actual start date", "agreement.start"), ("If the stay was prolonged, end date", "agreement.end"), ("Travel start date", "agreement.start"),
    ("Start of vocational training", "agreement.start"), ("End date of training", "agreement.end"),
    ("Number of points awarded", "agreement.points"), ("ECVET points obtained", "agreement.points"), ("Units achieved", "units.title"),
    ("Final assessment date", "agreement.assessment_date"), ("Start date (actual)", "agreement.start"), ("Points (awarded)", "agreement.points"),
])  # fmt: skip
def test_what_came_of_it_is_not_what_was_planned(label, taken_for, without_bars):
    assert without_bars(block("The learner", label)) == {label: taken_for}
    assert understood(block("The learner", label)) == {label: "?"}


@pytest.mark.parametrize(("label", "word"), [
    ("Telephone (mobile)", "learner.telephone"), ("Start date (dd/mm/yyyy)", "agreement.start"), ("Name (as in the passport)", "learner.name"),
    ("Address (street, number)", "learner.address"),
])  # fmt: skip
def test_brackets_that_only_say_how_to_write_it_are_no_doubt(label, word):
    assert understood(block("The learner", label)) == {label: word}


@pytest.mark.parametrize(("label", "taken_for"), [
    ("Recognised as", "agreement.recognition_method"), ("Assessment by the mentor", "agreement.assessment_method"),
    ("Method of validation by the school", "agreement.validation_method"), ("Assessment procedures by the host organisation", "agreement.assessment_method"),
])  # fmt: skip
def test_who_judges_or_what_came_of_it_is_not_how_it_is_judged(label, taken_for, without_bars):
    body = block("Assessment, validation and recognition", label)
    assert without_bars(body) == {label: taken_for}
    assert understood(body) == {label: "?"}


def test_who_judges_is_asked_for_by_a_label_of_its_own():
    label = "Assessed by"
    assert understood(block("Assessment, validation and recognition", label)) == {label: "agreement.assessor"}


def test_a_line_inside_a_sentence_is_not_filled():
    assert set(understood(p(f"The learner lives in {A_LINE} and stays from {A_LINE} to {A_LINE}")).values()) <= {"?"}


def test_a_line_behind_a_colon_is_filled_though_others_stand_beside_it():
    found = understood(p("Duration of the mobility", "berschrift2") + p(f"Start date: {A_LINE} End date: {A_LINE}"))
    assert list(found.values()) == ["agreement.start", "agreement.end"]


def test_after_a_colleague_who_was_typed_into_the_form_nobody_guesses_whose_telephone_it_is():
    body = p(HOST, "berschrift2") + table(["Name", ""], ["Contact person", "J. de Vries"], ["Telephone", ""])
    assert understood(body) == {"Name": "host.name", "Telephone": "?"}


def test_a_telephone_right_under_the_mentor_is_proposed_as_the_mentors_and_not_filled():
    body = block(HOST, "Name", "Contact person", "Tutor/mentor", "Telephone/fax", "E-mail")
    proposed = {each.blank.label: each.words for each in survey(open_form_package(shelved(a_form(body)))).meanings if not each.sure}
    assert proposed == {"Telephone/fax": "agreement.mentor_telephone", "E-mail": "agreement.mentor_email"}
    other = block(HOST, "Name", "Tutor/mentor", "Contact person", "Telephone/fax")
    proposed = {each.blank.label: each.words for each in survey(open_form_package(shelved(a_form(other)))).meanings if not each.sure}
    assert proposed == {"Telephone/fax": "host.contact_telephone"}


def test_a_mobile_number_after_the_parents_is_not_the_learners():
    body = p(LEARNER, "berschrift2") + table(["Name", ""], ["Legal guardian", ""], ["Telephone", ""])
    assert understood(body)["Telephone"] == "?"


def test_labels_under_their_lines_belong_to_the_lines_over_them():
    body = p(LEARNER, "berschrift2") + table(["", ""], ["Family name", "Given names"], ["", ""], ["Date of birth", "Nationality"])
    assert understood(body) == {
        "Family name": "learner.family_name", "Given names": "learner.given_names",
        "Date of birth": "learner.date_of_birth", "Nationality": "learner.nationality",
    }  # fmt: skip


def test_a_title_before_a_dash_does_not_change_what_a_label_asks_for():
    assert understood(table(["Erasmus+ Group mobility – Project code", ""])) == {
        "Erasmus+ Group mobility – Project code": "cohort.project_code"
    }


def test_beside_the_name_of_a_party_among_the_signatures_a_person_signs():
    assert set(understood(p("Signatures", "berschrift1") + table(["Host company", ""])).values()) <= {"?", "by hand"}


# -- forms of other kinds ----------------------------------------------------------------------------------------------

KNOWN = {
    "12-en-complement-after-mobility: “Assessed by (name, position)”", "23-probe-fr: “Adresse de l'établissement”",
    "23-probe-fr: “Nom d'usage”", "23-probe-fr: “Domaine d'études”", "25-probe-it: “Indirizzo di studio”",
    "28-en-exchange-two-of-everything: “Name”", "28-en-exchange-two-of-everything: “Position”",
    "28-en-exchange-two-of-everything: “Start date”", "28-en-exchange-two-of-everything: “Expected end date”",
}  # fmt: skip
"""What would still be filled wrongly: told in templates/README.md, to become fewer."""


@pytest.mark.parametrize("path", STRANGERS, ids=lambda path: path.stem)
def test_a_form_of_another_kind_gets_nothing_wrong_but_what_is_known(path):
    found = judged(path)
    wrong = {sentence.partition(" wants ")[0] for sentence in found.wrong}
    assert wrong == {known for known in KNOWN if known.startswith(path.stem)}


@pytest.mark.slow
def test_of_the_forms_of_other_kinds_a_part_is_filled():
    assert sum(judged(path).right for path in STRANGERS) >= 150


# -- whose it is -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("section", "title", "labels", "meant"), [
    ("Host organisation", "Contact person", ("Name", "Position", "Telephone"),
     {"Name": "host.contact_person", "Position": "host.contact_position", "Telephone": "host.contact_telephone"}),
    ("Host organisation", "Mentor", ("Name", "Position", "Telephone"), {"Name": "agreement.mentor", "Position": "?", "Telephone": "?"}),
    ("Partners", "Host organisation: contact person", ("Name", "Telephone"),
     {"Name": "host.contact_person", "Telephone": "host.contact_telephone"}),
    ("Partners", "Home organisation: legal representative", ("Name",), {"Name": "home.agreement_signatory"}),
    ("Programme", "Unit 1", ("EQF level", "ECVET points"), {"EQF level": "unit.eqf_level", "ECVET points": "unit.points"}),
    ("Memorandum of Understanding", "Qualification 1", ("EQF level", "ECVET points", "Units"),
     {"EQF level": "qualification.eqf_level", "ECVET points": "qualification.points", "Units": "?"}),
    ("Memorandum of Understanding", "Assessor", ("Name", "Position", "Telephone"),
     {"Name": "agreement.assessor", "Position": "agreement.assessor_role", "Telephone": "?"}),
])  # fmt: skip
def test_under_the_title_of_a_person_or_a_unit_a_blank_is_theirs(section, title, labels, meant):
    assert understood(p(section, "berschrift1") + block(title, *labels)) == meant
