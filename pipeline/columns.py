"""The contract of the workbook: every sheet and column, what it means, and which word of a template it feeds (floor 2).

Data, no logic. Reading, the empty workbook, the words of the templates, `ecvet fields` and README's tables are all made
from this page, so that one fact lives once. What people call these columns in ten languages is in `headers.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache


class Kind(Enum):
    """What a cell of a column holds, and so how it is read."""

    TEXT = "text"
    LIST = "several values, separated by ; or a line break"
    DATE = "date"
    INTEGER = "whole number"
    DECIMAL = "number"
    PHONE = "telephone with country code"
    EMAIL = "e-mail address"
    YES_NO = "yes or no"
    SEX = "M or F"
    COUNTRY = "country"
    LANGUAGE = "language"
    CHOICE = "one of a list"
    CHOICES = "some of a list, separated by ;"
    ID = "ID"
    REFERENCE = "ID or name of another row"
    REFERENCES = "IDs or names of other rows, separated by ; or a line break"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column (or field of sheet Cohort) of the contract.

    `name` is the header, `key` the name of the value in the model and in a template, `record` the word it belongs to
    (“agreement” for `agreement.start`; empty where only checks and settings use it), `refers` the sheet an ID points
    to, `rare` says that the empty workbook folds the column away.
    """

    name: str
    key: str
    kind: Kind
    record: str
    meaning: str
    example: str
    required: bool
    rare: bool
    choices: tuple[str, ...]
    refers: str


def own_column(name: str) -> Column:
    """Give a column that a college adds for itself; templates reach it as `learner.more["Shoe size"]`."""
    return Column(
        name=name, key="", kind=Kind.TEXT, record="", meaning="a column of your own", example="", required=False,
        rare=False, choices=(), refers="",
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of the contract; `fields` where it is a list of fields and values instead of a table."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    fields: bool = False

    def column(self, key: str) -> Column:
        """Find a column by its key; raises KeyError where there is none."""
        return _by_key(self)[key]


@cache
def _by_key(sheet: Sheet) -> dict[str, Column]:
    return {column.key: column for column in sheet.columns}


T, L, D, N = Kind.TEXT, Kind.LIST, Kind.DATE, Kind.DECIMAL
INT, TEL, MAIL, YN = Kind.INTEGER, Kind.PHONE, Kind.EMAIL, Kind.YES_NO

ROLES = ("home", "host", "company", "employer", "intermediary", "coordinator", "other")
ACTIVITIES = ("short", "long", "ErasmusPro", "group", "other")
STATUSES = ("planned", "confirmed", "reserve", "withdrawn", "returned early")
MEMORANDA = ("one for all", "one for each host", "already signed")
RESULTS = ("achieved", "partly", "not achieved", "not assessed")


def _c(
    name: str, key: str, kind: Kind, record: str, meaning: str, example: str = "", *,
    required: bool = False, rare: bool = False, choices: tuple[str, ...] = (), refers: str = "",
) -> Column:  # fmt: skip
    return Column(
        name=name, key=key, kind=kind, record=record, meaning=meaning, example=example, required=required, rare=rare,
        choices=choices, refers=refers,
    )  # fmt: skip


COHORT = Sheet(name="Cohort", fields=True, meaning="the cohort as a whole; any column of Learners may stand here as a default", columns=(
    _c("Cohort ID", "id", Kind.ID, "cohort", "short name of the cohort; its folder in output/ is called so", "CZ-2027-Spring", required=True),
    _c("Title", "title", T, "cohort", "name of the mobility project", "Taste of Europe"),
    _c("Programme", "programme", T, "cohort", "programme that pays for the stays", "Erasmus+ (KA121-VET)"),
    _c("Project code", "project_code", T, "cohort", "code of the grant agreement", "2026-1-CZ01-KA121-VET-000123456"),
    _c("Project start", "project_start", D, "cohort", "first day of the project", "2026-09-01"),
    _c("Project end", "project_end", D, "cohort", "last day of the project", "2027-11-30"),
    _c("Call year", "call_year", INT, "cohort", "year of the call for proposals", "2026"),
    _c("Field", "field", T, "cohort", "field of education on the form", "VET", rare=True),
    _c("Mode", "mode", Kind.CHOICE, "cohort", "physical or blended mobility", "physical", rare=True, choices=("physical", "blended")),
    _c("Activity", "activity", Kind.CHOICE, "cohort", "kind of mobility; decides how long it may be", "short", choices=ACTIVITIES),
    _c("Language", "language", Kind.LANGUAGE, "cohort", "language of the papers, or “of the host”", "English (en)"),
    _c("Templates", "templates", T, "", "the set of forms: a folder in templates/", "official", rare=True),
    _c("Date order", "date_order", Kind.CHOICE, "", "how dates typed as 03/04/2027 are meant", "day first",
       choices=("day first", "month first")),
    _c("Adult age", "adult_age", INT, "", "age from which no guardian signs", "18", rare=True),
    _c("Draft", "draft", YN, "cohort", "yes: DRAFT in the header, no signature blocks", "no"),
    _c("Place of signature", "place", T, "cohort", "place printed beside the signatures", "Brno"),
    _c("Date of signature", "date", D, "cohort", "date printed beside the signatures", "2027-01-15"),
    _c("Memorandum", "memorandum", Kind.CHOICE, "", "one for all, one for each host, or already signed", "one for all", choices=MEMORANDA),
    _c("Memorandum signed on", "signed_on", D, "mou", "date of the last signature of a memorandum already signed", "2026-12-10", rare=True),
    _c("File code", "file_code", T, "mou", "your file code of the memorandum", "MoU-2026-07"),
    _c("Other objectives", "other_objectives", T, "mou", "objectives beyond the printed ones", "Joint teaching materials"),
    _c("Other organisations", "other_organisations", T, "mou", "others that may work under the memorandum", "Member firms of the guild", rare=True),
    _c("Valid until", "valid_until", D, "mou", "last day the memorandum is valid", "2028-12-31"),
    _c("Review date", "review_date", D, "mou", "when the partnership is reviewed", "2027-10-31"),
    _c("Reviewed by", "reviewed_by", T, "mou", "who reviews the partnership", "The project co-ordinators"),
    _c("Additional information", "additional_information", T, "mou", "text of section 9 of the memorandum", "Stays last 14 to 28 days.", rare=True),
    _c("Annexes", "annexes", L, "mou", "list of section 10 of the memorandum", "Annex 1: unit descriptions", rare=True),
))  # fmt: skip

PARTNERS = Sheet(name="Partners", meaning="a row for each organisation", columns=(
    _c("Partner ID", "id", Kind.ID, "partner", "short name used on the other sheets", "AURORA", required=True),
    _c("Role", "roles", Kind.CHOICES, "partner", "what the organisation is in this cohort", "host", required=True, choices=ROLES),
    _c("Name", "name", T, "partner", "full name of the organisation", "Hotel Aurora Oy", required=True),
    _c("Country", "country", Kind.COUNTRY, "partner", "country (code such as FI; `country_name` is its name)", "Finland", required=True),
    _c("Address", "address", T, "partner", "postal address", "Rantakatu 4, 33100 Tampere"),
    _c("Telephone", "telephone", TEL, "partner", "telephone of the organisation", "+358 3 555 0100"),
    _c("E-mail", "email", MAIL, "partner", "e-mail of the organisation", "office@aurora.example"),
    _c("Website", "website", T, "partner", "website", "www.aurora.example"),
    _c("OID", "oid", T, "partner", "the EU's organisation ID", "E10000001"),
    _c("Language", "language", Kind.LANGUAGE, "partner", "language the organisation reads", "Finnish (fi)"),
    _c("Places", "places", INT, "", "learners it can take at one time", "4"),
    _c("Emergency telephone", "emergency_telephone", TEL, "partner", "number answered day and night", "+358 40 555 0101"),
    _c("Contact person", "contact_person", T, "partner", "contact person", "Aino Lehtinen"),
    _c("Contact position", "contact_position", T, "partner", "position of the contact person", "Training manager"),
    _c("Contact telephone", "contact_telephone", TEL, "partner", "telephone of the contact person", "+358 3 555 0102"),
    _c("Contact e-mail", "contact_email", MAIL, "partner", "e-mail of the contact person", "aino@aurora.example"),
    _c("Mentor", "mentor", T, "partner", "tutor or mentor of learners there, where all have the same", "Mikko Salo"),
    _c("Mentor telephone", "mentor_telephone", TEL, "partner", "telephone of the mentor", "+358 40 555 0103"),
    _c("Mentor e-mail", "mentor_email", MAIL, "partner", "e-mail of the mentor", "mikko@aurora.example"),
    _c("Assessor", "assessor", T, "", "who assesses there, where it is the same for all", "Mikko Salo", rare=True),
    _c("Assessor role", "assessor_role", T, "", "organisation and role of the assessor", "Hotel Aurora, head chef", rare=True),
    _c("Signs memorandum", "signs_memorandum", YN, "", "yes: signs; no: named in section 3 (blank: as its role says)", "yes", rare=True),
    _c("Signatory", "signatory", T, "partner", "legal representative who signs the memorandum", "Eeva Korhonen"),
    _c("Signatory role", "signatory_role", T, "partner", "role of the signatory", "Managing director"),
    _c("Agreement signatory", "agreement_signatory", T, "partner", "who signs Learning Agreements, if another", "Aino Lehtinen", rare=True),
    _c("Agreement signatory role", "agreement_signatory_role", T, "partner", "role of that person", "Training manager", rare=True),
    _c("Signed on", "signed_on", D, "partner", "when it signed the memorandum", "2026-12-10", rare=True),
))  # fmt: skip

QUALIFICATIONS = Sheet(name="Qualifications", meaning="a row for each qualification learners are working towards", columns=(
    _c("Qualification ID", "id", Kind.ID, "qualification", "short name used on the other sheets", "COOK", required=True),
    _c("Title", "title", T, "qualification", "title; more languages in columns `Title es`, `Title de` …", "Cook", required=True),
    _c("Country", "country", Kind.COUNTRY, "qualification", "country of the qualification (code)", "Czechia"),
    _c("EQF level", "eqf_level", INT, "qualification", "level 1 to 8 of the European framework", "3"),
    _c("NQF level", "nqf_level", T, "qualification", "level of the national framework", "3"),
    _c("Points", "points", N, "qualification", "ECVET points of the whole qualification, if you use points", "180"),
    _c("Awarding body", "awarding_body", T, "qualification", "who awards it", "Ministry of Education"),
    _c("Enclosures", "enclosures", L, "qualification", "annexes ticked in section 4 of the memorandum", "Europass Certificate Supplement"),
))  # fmt: skip

UNITS = Sheet(name="Units", meaning="a row for each unit of learning outcomes in a qualification", columns=(
    _c("Unit ID", "id", Kind.ID, "unit", "short name used on the other sheets", "U1", required=True),
    _c("Qualification", "qualification", Kind.REFERENCE, "", "the qualification it belongs to", "COOK", required=True, refers="Qualifications"),
    _c("Title", "title", T, "unit", "title; more languages in columns `Title es`, `Title de` …", "Preparing cold starters", required=True),
    _c("EQF level", "eqf_level", INT, "unit", "level 1 to 8", "3", rare=True),
    _c("Points", "points", N, "unit", "points of this unit in this qualification", "2.5"),
    _c("Knowledge", "knowledge", L, "unit", "outcomes: what the learner knows, a line each", "explains the cold chain"),
    _c("Skills", "skills", L, "unit", "outcomes: what the learner can do, a line each", "prepares three cold starters"),
    _c("Competence", "competence", L, "unit", "outcomes: what the learner takes responsibility for, a line each", "checks own work for hygiene"),
    _c("Learning outcomes", "learning_outcomes", L, "unit", "outcomes, where they are not split", "prepares cold starters alone", rare=True),
    _c("Activities", "activities", T, "unit", "learning activities", "Two weeks in the cold kitchen"),
    _c("Assessment method", "assessment_method", T, "unit", "how the outcomes are assessed", "Observation and a talk"),
    _c("Assessment criteria", "assessment_criteria", T, "unit", "what is looked at", "Safe, clean, in time"),
    _c("Hosts", "hosts", Kind.REFERENCES, "unit", "hosts that offer the unit (blank: any)", "AURORA", refers="Partners"),
    _c("Valid until", "valid_until", D, "unit", "last day the description of the unit is valid", "2030-08-31", rare=True),
    _c("For mobility", "for_mobility", YN, "", "no: taught at home, counts only for what remains", "yes", rare=True),
    _c("Counts at home as", "counts_at_home_as", T, "unit", "what the unit replaces in the programme at home", "Module 6, cold kitchen"),
    _c("If not achieved", "if_not_achieved", T, "unit", "what happens if the unit is not achieved", "Taken at home in June"),
))  # fmt: skip

LEARNERS = Sheet(name="Learners", meaning="a row for each mobility: one row, one Learning Agreement", columns=(
    _c("Learner ID", "id", Kind.ID, "learner", "your number of the learner", "L01"),
    _c("Mobility", "mobility", INT, "learner", "1, 2 … for a learner who goes twice (blank: counted by start date)", "1", rare=True),
    _c("Status", "status", Kind.CHOICE, "agreement", "reserve and withdrawn get no papers; blank is confirmed", "confirmed", choices=STATUSES),
    _c("Family name", "family_name", T, "learner", "family name", "Nováková", required=True),
    _c("Given names", "given_names", T, "learner", "given names", "Tereza", required=True),
    _c("Date of birth", "date_of_birth", D, "learner", "date of birth", "2009-05-12", required=True),
    _c("Sex", "sex", Kind.SEX, "learner", "M or F for the boxes of the form; X or blank: no tick", "F"),
    _c("Nationality", "nationality", T, "learner", "nationality", "Czech", rare=True),
    _c("Address", "address", T, "learner", "home address", "Lipová 3, 602 00 Brno"),
    _c("Telephone", "telephone", TEL, "learner", "telephone of the learner", "+420 700 000 001"),
    _c("E-mail", "email", MAIL, "learner", "e-mail of the learner", "tereza@example.org"),
    _c("Emergency contact", "emergency_contact", T, "learner", "whom to call in an emergency", "Jana Nováková, +420 700 000 002"),
    _c("Guardian", "guardian", T, "learner", "parent or legal guardian (needed under age)", "Jana Nováková"),
    _c("Guardian address", "guardian_address", T, "learner", "address of the guardian", "Lipová 3, 602 00 Brno"),
    _c("Guardian telephone", "guardian_telephone", TEL, "learner", "telephone of the guardian", "+420 700 000 002"),
    _c("Guardian e-mail", "guardian_email", MAIL, "learner", "e-mail of the guardian", "jana@example.org"),
    _c("Guardian 2", "guardian2", T, "learner", "second parent or guardian", "Petr Novák", rare=True),
    _c("Guardian 2 telephone", "guardian2_telephone", TEL, "learner", "telephone of the second guardian", "+420 700 000 003", rare=True),
    _c("Guardian 2 e-mail", "guardian2_email", MAIL, "learner", "e-mail of the second guardian", "petr@example.org", rare=True),
    _c("Home", "home", Kind.REFERENCE, "home", "home organisation", "SOS", required=True, refers="Partners"),
    _c("Host", "host", Kind.REFERENCE, "host", "host organisation", "AURORA", required=True, refers="Partners"),
    _c("Workplace", "workplace", Kind.REFERENCE, "workplace", "company where the learner works, if not the host", "", rare=True, refers="Partners"),
    _c("Employer", "employer", Kind.REFERENCE, "employer", "employer at home, who signs too", "", rare=True, refers="Partners"),
    _c("Intermediary", "intermediary", Kind.REFERENCE, "intermediary", "intermediary organisation", "", rare=True, refers="Partners"),
    _c("Mentor", "mentor", T, "agreement", "tutor or mentor, if not the host's", "Mikko Salo"),
    _c("Mentor telephone", "mentor_telephone", TEL, "agreement", "telephone of the mentor", "+358 40 555 0103", rare=True),
    _c("Mentor e-mail", "mentor_email", MAIL, "agreement", "e-mail of the mentor", "mikko@aurora.example", rare=True),
    _c("Start date", "start", D, "agreement", "first day of the training", "2027-04-05", required=True),
    _c("End date", "end", D, "agreement", "last day of the training", "2027-04-30", required=True),
    _c("Weeks", "weeks", N, "agreement", "weeks, if you want them checked (blank: counted from the dates)", "4"),
    _c("Qualification", "qualification", Kind.REFERENCE, "qualification", "qualification being taken", "COOK", required=True, refers="Qualifications"),
    _c("Progress", "progress", T, "agreement", "what the learner can do already", "Second year of three"),
    _c("Units already acquired", "units_acquired", Kind.REFERENCES, "agreement", "units the learner holds", "U1", refers="Units"),
    _c("Units", "units", Kind.REFERENCES, "units", "agreed units of learning outcomes", "U2; U3", required=True, refers="Units"),
    _c("Points", "points", N, "agreement", "points of the stay, if you want them checked (blank: the units' sum)", "5"),
    _c("Activities", "activities", T, "agreement", "learning activities, if not the units'", "Cold kitchen and service"),
    _c("Assessor", "assessor", T, "agreement", "who assesses, if not the host's", "Mikko Salo"),
    _c("Assessor role", "assessor_role", T, "agreement", "organisation and role of the assessor", "Hotel Aurora, head chef"),
    _c("Assessment date", "assessment_date", D, "agreement", "day of the assessment", "2027-04-29"),
    _c("Assessment method", "assessment_method", T, "agreement", "how it is assessed, if not the units'", "Observation and a talk", rare=True),
    _c("Assessment recording", "assessment_recording", T, "agreement", "how and when it is recorded", "Personal transcript, last day"),
    _c("Validator", "validator", T, "agreement", "who validates at home", "Hana Dvořáková"),
    _c("Validator role", "validator_role", T, "agreement", "organisation and role of the validator", "SOŠ, head of training"),
    _c("Validation method", "validation_method", T, "agreement", "how it is validated", "Transcript held against the unit"),
    _c("Validation date", "validation_date", D, "agreement", "when it is validated", "2027-05-14"),
    _c("Validation recording", "validation_recording", T, "agreement", "how it is recorded", "School register"),
    _c("Recogniser", "recogniser", T, "agreement", "who recognises at home", "Karel Beneš"),
    _c("Recogniser role", "recogniser_role", T, "agreement", "organisation and role of the recogniser", "SOŠ, principal"),
    _c("Recognition method", "recognition_method", T, "agreement", "how it is recognised", "Module 6 is entered as passed"),
    _c("Enclosures progress", "enclosures_progress", L, "agreement", "annexes ticked in section 3", "Europass CV"),
    _c("Enclosures programme", "enclosures_programme", L, "agreement", "annexes ticked in section 4", "Description of the learning activities"),
    _c("Enclosures assessment", "enclosures_assessment", L, "agreement", "annexes ticked in section 5", "Assessment grid"),
    _c("Additional information", "additional_information", T, "agreement", "text of section 8", "Needs vegetarian meals", rare=True),
    _c("Annexes", "annexes", L, "agreement", "list of section 9", "Annex 1: unit descriptions", rare=True),
    _c("Mobility ID", "mobility_id", T, "agreement", "ID in the EU's reporting tool", "149211-MOB-00001", rare=True),
    _c("Signed", "signed", D, "agreement", "when the agreement was signed by all", "2027-02-01", rare=True),
    _c("Amendment", "amendment", T, "agreement", "number of the amendment", "1", rare=True),
    _c("Reason for change", "reason_for_change", T, "agreement", "why the agreement is changed", "The host moved", rare=True),
    _c("Actual start", "actual_start", D, "agreement", "first day, as it was", "2027-04-05", rare=True),
    _c("Actual end", "actual_end", D, "agreement", "last day, as it was", "2027-04-30", rare=True),
    _c("Europass number", "europass_number", T, "agreement", "number of the Europass Mobility", "CZ-2027-0001", rare=True),
    _c("Europass issued on", "europass_issued_on", D, "agreement", "date of issue of the Europass Mobility", "2027-06-01", rare=True),
))  # fmt: skip

UNIT_CHOICES = Sheet(name="Unit choices", meaning="a row for each learner and unit, where column Units is too small", columns=(
    _c("Learner ID", "learner", Kind.REFERENCE, "", "the learner", "L01", required=True, refers="Learners"),
    _c("Mobility", "mobility", INT, "", "which stay, for a learner who goes twice", "1", rare=True),
    _c("Unit ID", "unit", Kind.REFERENCE, "", "the unit", "U3", required=True, refers="Units"),
    _c("Scope", "scope", Kind.CHOICE, "unit", "the whole unit or a part of it", "part", choices=("whole", "part")),
    _c("Part", "part", T, "unit", "which part", "Only the hot starters"),
    _c("Points", "points", N, "", "points agreed, if not the unit's", "1"),
    _c("Assessor", "assessor", T, "unit", "who assesses this unit", "Mikko Salo"),
    _c("Assessor role", "assessor_role", T, "unit", "organisation and role", "Hotel Aurora, head chef"),
    _c("Assessment date", "assessment_date", D, "unit", "day of the assessment of this unit", "2027-04-29"),
))  # fmt: skip

ACCOMPANYING = Sheet(name="Accompanying", meaning="a row for each person who travels with the learners", columns=(
    _c("Name", "name", T, "companion", "name of the accompanying person", "Ivana Malá", required=True),
    _c("Role", "role", T, "companion", "role", "Teacher"),
    _c("Home", "home", Kind.REFERENCE, "companion", "home organisation", "SOS", refers="Partners"),
    _c("Host", "host", Kind.REFERENCE, "companion", "host organisation", "AURORA", refers="Partners"),
    _c("Start date", "start", D, "companion", "first day", "2027-04-05"),
    _c("End date", "end", D, "companion", "last day", "2027-04-16"),
    _c("Telephone", "telephone", TEL, "companion", "telephone", "+420 700 000 009"),
    _c("E-mail", "email", MAIL, "companion", "e-mail", "ivana@example.org"),
))  # fmt: skip

RESULTS_SHEET = Sheet(name="Results", meaning="after the stay: a row for each learner and unit, or learning outcome", columns=(
    _c("Learner ID", "learner", Kind.REFERENCE, "result", "the learner", "L01", required=True, refers="Learners"),
    _c("Mobility", "mobility", INT, "result", "which stay, for a learner who goes twice", "1", rare=True),
    _c("Unit ID", "unit", Kind.REFERENCE, "result", "the unit", "U2", required=True, refers="Units"),
    _c("Learning outcome", "learning_outcome", T, "result", "the outcome (blank: the whole unit)", "prepares three cold starters"),
    _c("Result", "result", Kind.CHOICE, "result", "what the host assessed", "achieved", choices=RESULTS),
    _c("Not shown yet", "not_shown_yet", T, "result", "what the learner did not show yet", "Works alone"),
    _c("Grade", "grade", T, "result", "grade, if one is given", "B"),
    _c("Assessed by", "assessed_by", T, "result", "who assessed", "Mikko Salo"),
    _c("Assessed on", "assessed_on", D, "result", "day of the assessment", "2027-04-29"),
    _c("Remarks", "remarks", T, "result", "remarks", "Careful and quick"),
    _c("Validated", "validated", Kind.CHOICE, "result", "yes, partly or no", "yes", choices=("yes", "partly", "no")),
    _c("Validated by", "validated_by", T, "result", "who validated", "Hana Dvořáková"),
    _c("Validated on", "validated_on", D, "result", "day of the validation", "2027-05-14"),
    _c("Recognised as", "recognised_as", T, "result", "what it was recognised as at home", "Module 6"),
    _c("Recognised by", "recognised_by", T, "result", "who recognised", "Karel Beneš"),
    _c("Recognised on", "recognised_on", D, "result", "day of the recognition", "2027-05-20"),
    _c("Points credited", "points_credited", N, "result", "points credited", "2.5"),
    _c("Evidence", "evidence", T, "result", "where the evidence is kept", "Transcript in the file"),
))  # fmt: skip

ACHIEVEMENTS = Sheet(name="Achievements", meaning="the learner register: a row for each unit that was recognised, over the years", columns=(
    _c("Learner ID", "learner_id", Kind.ID, "", "your number of the learner, the same in every year", "L01"),
    _c("Family name", "family_name", T, "", "family name", "Nováková", required=True),
    _c("Given names", "given_names", T, "", "given names", "Tereza", required=True),
    _c("Date of birth", "date_of_birth", D, "", "date of birth", "2009-05-12", required=True),
    _c("Qualification ID", "qualification_id", Kind.ID, "", "the qualification the unit counts towards", "COOK", required=True),
    _c("Qualification title", "qualification", T, "achievement", "title of the qualification", "Cook"),
    _c("Unit ID", "unit_id", Kind.ID, "achievement", "the unit", "U2", required=True),
    _c("Unit title", "title", T, "achievement", "title of the unit", "Preparing cold starters"),
    _c("Scope", "scope", Kind.CHOICE, "achievement", "whether the whole unit or a part was recognised (blank: whole)", "whole", choices=("whole", "part")),
    _c("Part", "part", T, "achievement", "which part of the unit, if not the whole", "Outcomes 1 to 3"),
    _c("Points credited", "points", N, "achievement", "points credited (blank: those of the whole unit)", "2.5"),
    _c("Recognised as", "recognised_as", T, "achievement", "what it was recognised as at home", "Module 6"),
    _c("Recognised by", "recognised_by", T, "achievement", "who recognised", "Karel Beneš", required=True),
    _c("Recognised on", "recognised_on", D, "achievement", "day of the recognition", "2027-05-20", required=True),
    _c("Host", "host", T, "achievement", "where it was learned", "Hotel Aurora Oy"),
    _c("Cohort ID", "cohort", Kind.ID, "achievement", "the cohort of the stay", "CZ-2027-Spring"),
    _c("Mobility", "mobility", INT, "", "which stay, of a learner who went twice with that cohort", "1", rare=True),
    _c("Evidence", "evidence", T, "achievement", "where the evidence is kept", "Transcript in the file"),
))  # fmt: skip
"""The sheet of the learner register. It is no sheet of a cohort's workbook, so it is none of `SHEETS`."""

JOB_PROFILES = Sheet(name="Job profiles", meaning="what employers look for: a row for each profile and outcome; for the report alone", columns=(
    _c("Profile", "profile", T, "", "name of the job", "Pastry cook", required=True),
    _c("Employer", "employer", T, "", "who looks for it: an ID or name of sheet Partners, or any name", "Hotel Aurora Oy"),
    _c("Outcome", "outcome", T, "", "what is looked for: a Unit ID, or a learning outcome in words", "prepares cold starters alone", required=True),
    _c("Weight", "weight", N, "", "how much it counts within the profile (blank: 1)", "2"),
    _c("Matches", "matches", L, "", "your decision, where the report proposes one: a Unit ID, `U1: the outcome`, or none (blank: not decided)", "U1"),
))  # fmt: skip

NEEDED = (COHORT, PARTNERS, QUALIFICATIONS, UNITS, LEARNERS)
"""Sheets without which there is no cohort."""

OPTIONAL = (UNIT_CHOICES, ACCOMPANYING, RESULTS_SHEET, JOB_PROFILES)
"""Sheets that may be left out."""

SHEETS: tuple[Sheet, ...] = (*NEEDED, *OPTIONAL)
"""All sheets of a cohort's workbook, in the order of the empty one."""

EVERY_SHEET = (*SHEETS, ACHIEVEMENTS)
"""These, and that of the learner register."""

DEFAULTS: tuple[Column, ...] = tuple(
    column for column in LEARNERS.columns if column.key not in {own.key for own in COHORT.columns}
)
"""Columns of Learners that may stand as a field of Cohort. Cohort's own fields (Additional information, Annexes) mean
the memorandum there, so they are no defaults; nor is the ID, which would give every learner the cohort's."""
