"""The words a template may use: those of the contract, each fed by a column or a formula."""

from __future__ import annotations

import re

import pytest

from pipeline.columns import EVERY_SHEET
from pipeline.vocabulary import MEANINGS, RECORD_NAMES, RECORDS, TOP, words

CONTRACT = {
    "cohort": "id title programme project_code project_start project_end call_year field mode activity language draft place date",
    "mou": "file_code other_objectives other_organisations covered valid_until review_date reviewed_by signed_on "
    "additional_information annexes",
    "partner": "id roles name country country_name address telephone email website oid language emergency_telephone "
    "contact_person contact_position contact_telephone contact_email mentor mentor_telephone mentor_email signatory "
    "signatory_role agreement_signatory agreement_signatory_role signed_on",
    "qualification": "id title titles country eqf_level nqf_level points awarding_body enclosures units",
    "unit": "id title titles eqf_level points scope part knowledge skills competence learning_outcomes activities "
    "assessment_method assessment_criteria assessor assessor_role assessment_date hosts valid_until counts_at_home_as "
    "if_not_achieved result",
    "learner": "id mobility family_name given_names name date_of_birth age_at_start is_minor sex nationality address "
    "telephone email emergency_contact guardian guardian_address guardian_telephone guardian_email guardian2 "
    "guardian2_telephone guardian2_email agreement home host units results",
    "agreement": "status start end actual_start actual_end weeks days points points_before points_after points_remaining "
    "progress units_acquired activities mentor mentor_telephone mentor_email assessor assessor_role assessment_date "
    "assessment_method assessment_recording validator validator_role validation_method validation_date "
    "validation_recording recogniser recogniser_role recognition_method enclosures_progress enclosures_programme "
    "enclosures_assessment additional_information annexes mobility_id signed amendment reason_for_change changes "
    "europass_number europass_issued_on",
    "change": "what agreed now",
    "outcome": "text kind result not_shown_yet grade remarks",
    "figures": "learners units total",
    "tally": "id title agreed assessed achieved partly not_achieved validated recognised recognised_partly achieved_percent recognised_percent "
    "points_agreed points_credited",
    "companion": "name role home host start end telephone email",
    "result": "learner mobility unit learning_outcome result not_shown_yet grade assessed_by assessed_on remarks validated "
    "validated_by validated_on recognised_as recognised_by recognised_on points_credited evidence agreed_points",
    "achievement": "unit_id title qualification scope part points recognised_as recognised_by recognised_on host cohort "
    "evidence",
}
"""The words of the contract, section 3. A word that was published changes only with an entry in the changelog."""

BEYOND = {
    "qualification": "country_name original_title", "tally": "qualification_title", "unit": "qualification_title whole outcomes",
    "learner": "qualification workplace employer intermediary achievements remaining points_held points_remaining", "agreement": "changed points_already_held",
}  # fmt: skip
"""Words that the program has beyond the contract's."""

BEGINNINGS = (
    "cohort mou partners partner home host workplace employer intermediary coordinator qualifications qualification units "
    "unit learners people learner agreement companions companion results result figures today"
)

SETTINGS = {
    "Cohort: Templates": "which set of forms", "Cohort: Date order": "how dates are read", "Cohort: Adult age": "who is a minor",
    "Cohort: Memorandum": "how often the memorandum is made", "Partners: Places": "check: more learners than places",
    "Partners: Assessor": "default of the learner's", "Partners: Assessor role": "default of the learner's",
    "Partners: Signs memorandum": "who signs, who is covered", "Units: Qualification": "which unit belongs where",
    "Units: For mobility": "which units are offered", "Unit choices: Learner ID": "whose choice", "Unit choices: Mobility": "which stay",
    "Unit choices: Unit ID": "which unit",
    "Achievements: Learner ID": "whose it is", "Achievements: Family name": "whose it is", "Achievements: Given names": "whose it is",
    "Achievements: Date of birth": "whose it is", "Achievements: Qualification ID": "what it counts towards",
    "Achievements: Mobility": "which stay",
    "Job profiles: Profile": "report: which job", "Job profiles: Employer": "report: whose job", "Job profiles: Outcome": "report: what is looked for",
    "Job profiles: Weight": "report: how much of a job is covered", "Job profiles: Matches": "report: what a person decided",
}  # fmt: skip
"""Columns that feed no word of their own, and what they are for."""

BY_ANOTHER_WORD = {
    "Learners: Home": "home", "Learners: Host": "host", "Learners: Workplace": "workplace", "Learners: Employer": "employer",
    "Learners: Intermediary": "intermediary", "Learners: Qualification": "qualification", "Learners: Units": "units",
    "Unit choices: Points": "unit.points",
}  # fmt: skip
"""Columns that point to a record, or refine a word that another column feeds."""

TYPES = {"text", "texts", "date", "number", "yes/no", "more", "texts by language"}


@pytest.mark.parametrize("record", RECORD_NAMES)
def test_the_words_are_those_of_the_contract(record):
    expected = {*CONTRACT[record].split(), *BEYOND.get(record, "").split(), "more"}
    assert set(RECORDS[record]) == expected


def test_the_words_a_template_begins_with_are_those_of_the_contract():
    assert set(TOP) == set(BEGINNINGS.split()) == set(MEANINGS)
    assert set(CONTRACT) == set(RECORD_NAMES) == set(RECORDS)


def test_every_word_has_a_column_or_a_formula_with_a_meaning():
    names = {f"{sheet.name}: {column.name}" for sheet in EVERY_SHEET for column in sheet.columns}
    for word in words():
        assert word.meaning, word.name
        assert not word.meaning.endswith("."), word.name
        assert word.column in names or word.column == "", word.name
        assert word.column or word.key == "more" or not word.required, word.name


def test_every_column_feeds_a_word_or_is_known_to_be_a_setting():
    fed = {word.column for word in words() if word.column}
    for sheet in EVERY_SHEET:
        for column in sheet.columns:
            name = f"{sheet.name}: {column.name}"
            places = (name in fed) + (name in SETTINGS) + (name in BY_ANOTHER_WORD)
            assert places == 1, name
    assert set(SETTINGS) | set(BY_ANOTHER_WORD) <= {f"{sheet.name}: {column.name}" for sheet in EVERY_SHEET for column in sheet.columns}


def test_the_words_behind_columns_that_point_elsewhere_exist():
    every = {*TOP, *(word.name for word in words())}
    assert set(BY_ANOTHER_WORD.values()) <= every


def test_a_formula_names_the_column_it_is_counted_from_where_there_is_one():
    for word in words():
        keys = {column.key for sheet in EVERY_SHEET for column in sheet.columns}
        assert word.source == "" or word.source in keys, word.name


def test_types_are_values_records_or_lists_of_them():
    records = {*RECORD_NAMES, *(f"list of {name}" for name in RECORD_NAMES)}
    for word in words():
        assert word.type in TYPES | records, word.name
    for name, kind in TOP.items():
        assert kind in TYPES | records, name


@pytest.mark.parametrize(("word", "kind"), [
    ("learner.date_of_birth", "date"), ("agreement.points", "number"), ("cohort.draft", "yes/no"), ("unit.skills", "texts"),
    ("partner.roles", "texts"), ("agreement.units_acquired", "texts"), ("companion.host", "partner"), ("result.unit", "unit"),
    ("result.learner", "learner"), ("qualification.units", "list of unit"), ("mou.covered", "list of partner"),
    ("learner.telephone", "text"), ("unit.hosts", "texts"), ("qualification.titles", "texts by language"), ("cohort.call_year", "number"),
])  # fmt: skip
def test_a_word_has_the_type_of_its_column(word, kind):
    record, _, key = word.partition(".")
    assert RECORDS[record][key].type == kind


@pytest.mark.parametrize(("word", "required"), [
    ("learner.family_name", True), ("learner.date_of_birth", True), ("agreement.start", True), ("partner.name", True), ("unit.title", True),
    ("learner.email", False), ("learner.name", False), ("agreement.mentor", False), ("mou.valid_until", False),
])  # fmt: skip
def test_a_word_fed_by_a_needed_column_holds_its_paper_and_no_other(word, required):
    record, _, key = word.partition(".")
    assert RECORDS[record][key].required is required


def test_words_can_be_written_in_a_tag():
    for word in words():
        assert re.fullmatch(r"[a-z]+\.[a-z][a-z0-9_]*", word.name), word.name
    assert len({word.name for word in words()}) == len(words())
