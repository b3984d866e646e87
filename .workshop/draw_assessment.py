"""Sections 5 and 6 of the Learning Agreement: assessment, validation, recognition, the plan for points."""

from __future__ import annotations

from paper import (
    DAY,
    Pieces,
    block,
    enclosures,
    entry,
    field,
    form_table,
    lead_in,
    list_table,
    paragraph,
    rows_each,
    rows_when,
    section,
    when,
)

PEN = 420
ASSESSMENT_BOXES = (
    "Detailed information about the assessment procedure (methods, criteria, assessment grid)",
    "Template for documenting the acquired learning outcomes (e.g. transcript of record or Europass Mobility)",
    "Individual’s development plan when abroad",
)


def assessment() -> Pieces:
    """Section 5: who assesses what, when and how, and where it is written down."""
    assessor = "{% if unit.assessor %}{{ unit.assessor }}{% else %}{{ agreement.assessor }}{% endif %}"
    role = "{% if unit.assessor %}{{ unit.assessor_role }}{% else %}{{ agreement.assessor_role }}{% endif %}"
    day = (
        f"{{% if unit.assessment_date %}}{{{{ unit.assessment_date | {DAY} }}}}"
        f"{{% else %}}{{{{ agreement.assessment_date | {DAY} }}}}{{% endif %}}"
    )
    return [
        section("5. Assessment and documentation"),
        lead_in(
            "The host organisation assesses what the learner has achieved. It writes the result down for each unit "
            "and gives this record to the learner and to the home organisation."
        ),
        block("Person(s) responsible for assessing the learner’s performance"),
        list_table(
            "Persons who assess",
            {"Unit": 34, "Name": 28, "Organisation, role": 38},
            rows_each("unit in units", entry("{{ unit.title }}", assessor, role, height=PEN)),
        ),
        block("Assessment of learning outcomes"),
        list_table(
            "Dates and methods of assessment",
            {"Unit": 34, "Date of assessment": 20, "Method": 46},
            rows_each("unit in units", entry("{{ unit.title }}", day, "{{ unit.assessment_method | lines }}", height=PEN)),
        ),
        block("Documentation"),
        form_table(
            "Documentation",
            field("How and when will the assessment be recorded?", "{{ agreement.assessment_recording | lines }}"),
            field("Please include", enclosures("agreement.enclosures_assessment", ASSESSMENT_BOXES)),
        ),
    ]


def recognition() -> Pieces:
    """Section 6: how the result counts at home."""
    return [
        section("6. Validation and recognition"),
        lead_in(
            "The home organisation compares the host’s record with this agreement (validation). It then officially "
            "counts what was achieved towards the qualification (recognition). Only learning outcomes that were "
            "assessed and achieved can be recognised."
        ),
        block("Person(s) responsible for validating the learning outcomes achieved abroad"),
        form_table(
            "Validation",
            field("Name", "{{ agreement.validator }}"),
            field("Organisation, role", "{{ agreement.validator_role }}"),
            field("How will the validation process be carried out?", "{{ agreement.validation_method | lines }}"),
        ),
        block("Recording of validated achievements"),
        form_table(
            "Recording",
            field("Date", f"{{{{ agreement.validation_date | {DAY} }}}}"),
            field("Method", "{{ agreement.validation_recording | lines }}"),
        ),
        block("Person(s) responsible for recognising the learning outcomes achieved abroad"),
        form_table(
            "Recognition",
            field("Name", "{{ agreement.recogniser }}"),
            field("Organisation, role", "{{ agreement.recogniser_role }}"),
            field("How will the recognition be conducted?", "{{ agreement.recognition_method | lines }}"),
        ),
        block("What each unit counts as at home"),
        list_table(
            "What each unit counts as at home",
            {"Unit": 34, "Counts at home as": 33, "If it is not achieved": 33},
            rows_each(
                "unit in units",
                entry(
                    "{{ unit.title }}",
                    "{{ unit.counts_at_home_as | lines }}",
                    "{{ unit.if_not_achieved | lines }}",
                    height=PEN,
                ),
            ),
        ),
    ]


def credit_plan() -> Pieces:
    """The plan for credit transfer and accumulation: only where points are used."""

    def points(label: str, word: str, style: str = "Number Value") -> Pieces:
        return rows_when(f"{word} is not none", entry(label, [paragraph(style, f"{{{{ {word} }}}}")]))

    return when(
        "agreement.points",
        block("Plan for credit transfer and accumulation"),
        lead_in(
            "Points show how much a unit weighs within the qualification. The home organisation credits them once it "
            "has recognised the unit; until then they are a plan."
        ),
        list_table(
            "Plan for credit transfer and accumulation",
            {"Step": 78, "ECVET points": 22},
            points("Held before the stay", "agreement.points_before"),
            rows_each("unit in units", points("To be gained abroad: {{ unit.title }}", "unit.points")),
            entry("To be gained abroad, all units", [paragraph("Total Value", "{{ agreement.points }}")]),
            points("Of these, held before the stay already", "agreement.points_already_held"),
            points("Held when all units are recognised", "agreement.points_after"),
            points("Then still to be gained for the qualification", "agreement.points_remaining"),
            points("The whole qualification: {{ qualification.title }}", "qualification.points"),
        ),
    )
