"""The Learning Agreement: nine sections, and an annex with a sheet for each agreed unit."""

from __future__ import annotations

from draw_assessment import assessment, credit_plan, recognition
from draw_signing import signatures
from draw_units import BOTH_TITLES, outcome_rows, unit_sheet
from paper import (
    DAY,
    Node,
    Pieces,
    block,
    bullet,
    country,
    document,
    each,
    enclosures,
    field,
    form_table,
    lead_in,
    outcomes,
    page_footer,
    page_header,
    paragraph,
    prose,
    rows_when,
    section,
    strong,
    subblock,
    subfield,
    text,
    ticked,
    title,
    when,
)

NAME = "Learning Agreement"
PROGRESS_BOXES = (
    "Europass Certificate Supplement",
    "Europass CV",
    "Europass Mobility",
    "Europass Language Passport",
    "European Skills Passport",
    "(Unit[s] of) learning outcomes already acquired by the learner",
)
PROGRAMME_BOXES = (
    "Description of unit(s)/groups of learning outcomes which are the focus of the mobility",
    "Description of the learning activities",
    "Individual’s development plan when abroad",
)


def header() -> Node:
    """The cohort above, the learner and the host below."""
    return page_header(strong("{{ learner.name }}"), " · {{ host.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole agreement."""
    return document(
        [
            opening(),
            participants(),
            duration(),
            qualification(),
            learning_outcomes(),
            assessment(),
            recognition(),
            credit_plan(),
            signatures(),
            closing(),
            annex(),
        ]
    )


def opening() -> Pieces:
    """What this paper is, and to what it belongs."""
    return [
        title(NAME, "for a stay abroad in vocational education and training"),
        prose(
            "This agreement is made between ",
            strong("{{ home.name }}"),
            f"{country('home')} (the home organisation), ",
            strong("{{ host.name }}"),
            f"{country('host')} (the host organisation) and ",
            strong("{{ learner.name }}"),
            " (the learner). It says what the learner will learn "
            "abroad, who helps, who assesses the result, and how the result counts towards the qualification at home. "
            "It is signed before the stay begins, and everyone who signs keeps a copy.",
        ),
        form_table(
            "To what this agreement belongs",
            rows_when("cohort.programme", field("Programme", "{{ cohort.programme }}")),
            rows_when("cohort.project_code", field("Project code", "{{ cohort.project_code }}")),
            rows_when("agreement.mobility_id", field("Mobility ID", "{{ agreement.mobility_id }}")),
            field(
                "Group of learners",
                "{% if cohort.title %}{{ cohort.title }} ({{ cohort.id }}){% else %}{{ cohort.id }}{% endif %}",
            ),
        ),
    ]


# ---------------------------------------------------------------- 1 and 2


def organisation(word: str, *, mentor: bool = False) -> Node:
    """The contact details of an organisation, as the form asks for them."""
    return form_table(
        f"Contact details: {word} organisation",
        field("Name of organisation", f"{{{{ {word}.name }}}}"),
        field("Address", f"{{{{ {word}.address | lines }}}}"),
        field("Telephone/fax", f"{{{{ {word}.telephone }}}}"),
        field("E-mail", f"{{{{ {word}.email }}}}"),
        field("Website", f"{{{{ {word}.website }}}}"),
        field(
            "Contact person",
            f"{{{{ {word}.contact_person }}}}"
            f"{{% if {word}.contact_position %}} ({{{{ {word}.contact_position }}}}){{% endif %}}",
        ),
        subfield("Telephone/fax", f"{{{{ {word}.contact_telephone }}}}"),
        subfield("E-mail", f"{{{{ {word}.contact_email }}}}"),
        mentor_rows() if mentor else [],
    )


def mentor_rows() -> Pieces:
    """Who looks after the learner at the host."""
    return [
        field("Tutor/mentor", "{{ agreement.mentor }}"),
        subfield("Telephone/fax", "{{ agreement.mentor_telephone }}"),
        subfield("E-mail", "{{ agreement.mentor_email }}"),
    ]


def participants() -> Pieces:
    """Section 1: everyone who takes part."""
    return [
        section("1. Information about the participants"),
        block("Contact details of the home organisation"),
        organisation("home"),
        block("Contact details of the host organisation"),
        organisation("host", mentor=True),
        block("Contact details of the learner"),
        form_table(
            "Contact details: learner",
            field("Name", "{{ learner.name }}"),
            field("Address", "{{ learner.address | lines }}"),
            field("Telephone/fax", "{{ learner.telephone }}"),
            field("E-mail", "{{ learner.email }}"),
            field("Date of birth", f"{{{{ learner.date_of_birth | {DAY} }}}}"),
            field(
                "Please tick",
                [
                    ticked('{{ learner.sex | tick("M") }}', "Male"),
                    ticked('{{ learner.sex | tick("F") }}', "Female"),
                ],
            ),
        ),
        when("learner.is_minor or learner.guardian", guardians()),
        when(
            "intermediary",
            block("If an intermediary organisation is involved, please provide contact details"),
            organisation("intermediary"),
        ),
        when("workplace", block("Contact details of the workplace"), organisation("workplace")),
        when("employer", block("Contact details of the learner’s employer"), organisation("employer")),
    ]


def guardians() -> Pieces:
    """Parents or guardians, for those who need one."""
    return [
        block("Contact details of parents or legal guardian of the learner, if applicable"),
        form_table(
            "Contact details: parents or legal guardian",
            field("Name", "{{ learner.guardian }}"),
            field("Address", "{{ learner.guardian_address | lines }}"),
            field("Telephone", "{{ learner.guardian_telephone }}"),
            field("E-mail", "{{ learner.guardian_email }}"),
            rows_when(
                "learner.guardian2",
                field("Name", "{{ learner.guardian2 }}"),
                field("Telephone", "{{ learner.guardian2_telephone }}"),
                field("E-mail", "{{ learner.guardian2_email }}"),
            ),
        ),
    ]


def duration() -> Pieces:
    """Section 2: from when to when."""
    return [
        section("2. Duration of the learning period abroad"),
        form_table(
            "Duration",
            field("Start date of the training abroad", f"{{{{ agreement.start | {DAY} }}}}"),
            field("End date of the training abroad", f"{{{{ agreement.end | {DAY} }}}}"),
            field(
                "Length of time abroad",
                '{{ agreement.weeks }}{% if agreement.weeks in [1, "1"] %} week{% elif agreement.weeks %} weeks'
                "{% endif %}{% if agreement.days %} ({{ agreement.days }} days, counting the first and the last)"
                "{% endif %}",
            ),
        ),
    ]


# ---------------------------------------------------------------- 3 and 4


def qualification() -> Pieces:
    """Section 3: the qualification, and how far the learner has come."""
    return [
        section(
            "3. The qualification being taken by the learner - including information on the learner’s progress "
            "(knowledge, skills and competence already acquired)"
        ),
        form_table(
            "Qualification",
            field("Title of the qualification being taken by the learner", BOTH_TITLES),
            field("EQF level (if appropriate)", "{{ qualification.eqf_level }}"),
            field("NQF level (if appropriate)", "{{ qualification.nqf_level }}"),
            field(
                "Information on the learner’s progress in relation to the learning pathway",
                "{{ agreement.progress | lines }}",
                when(
                    "agreement.units_acquired",
                    paragraph("Field Value", "Units the learner already holds:"),
                    each("held in agreement.units_acquired", paragraph("Cell Bullet", "{{ held }}")),
                ),
            ),
            field(
                "Enclosures in annex - please tick as appropriate",
                enclosures("agreement.enclosures_progress", PROGRESS_BOXES),
            ),
            together=3,
        ),
    ]


def learning_outcomes() -> Pieces:
    """Section 4: what is to be learned, unit by unit, and by doing what."""
    return [
        section("4. Description of the learning outcomes to be achieved during mobility"),
        form_table(
            "Units",
            field(
                "Title of unit(s)/groups of learning outcomes/parts of units to be acquired",
                each(
                    "unit in units",
                    paragraph(
                        "Numbered Value",
                        "{{ loop.index }}.\t{{ unit.title }}"
                        '{% if unit.scope == "part" %} – part of the unit: {{ unit.part }}{% endif %}',
                    ),
                    otherwise=paragraph("Field Value", ""),
                ),
            ),
            rows_when(
                "agreement.points",
                field("Number of ECVET points to be acquired while abroad", "{{ agreement.points }}"),
            ),
        ),
        block("Learning outcomes to be achieved"),
        lead_in(
            "The learner works towards these learning outcomes. They are what will be assessed: what the learner "
            "knows and can do at the end counts, not the time spent."
        ),
        each("unit in units", unit_outcomes()),
        block("Learning activities and enclosures"),
        form_table(
            "Activities",
            field("Description of the learning activities", activities()),
            field(
                "Enclosures in annex - please tick as appropriate",
                enclosures("agreement.enclosures_programme", PROGRAMME_BOXES),
            ),
            together=0,
        ),
    ]


def unit_outcomes() -> Pieces:
    """One agreed unit in section 4."""
    return [
        subblock("Unit {{ loop.index }}: {{ unit.title }}"),
        form_table(
            "Learning outcomes of a unit",
            field("What is agreed", scope()),
            outcome_rows(outcomes),
            together=1,
        ),
    ]


def scope() -> Node:
    """The whole unit, or which part of it."""
    return paragraph(
        "Field Value",
        '{% if unit.scope == "part" %}A part of the unit: {{ unit.part }}{% else %}The whole unit{% endif %}'
        "{% if unit.points %} ({{ unit.points }} ECVET points){% endif %}",
    )


def activities() -> Pieces:
    """The activities of the stay, or else those of each unit, or else a blank."""
    return when(
        "agreement.activities",
        paragraph("Field Value", "{{ agreement.activities | lines }}"),
        otherwise=each(
            "unit in units if unit.activities",
            paragraph("Field Value", text("{{ unit.title }}: ", "Strong"), "{{ unit.activities | lines }}"),
            otherwise=paragraph("Field Value", "{{ agreement.activities }}"),
        ),
    )


# ---------------------------------------------------------------- 8, 9 and the annex


def closing() -> Pieces:
    """Sections 8 and 9."""
    return [
        section("8. Additional information"),
        prose('{{ agreement.additional_information | default("None.") | lines }}'),
        section("9. Annexes"),
        bullet("Description of the units of learning outcomes (in this document)"),
        each("annex in agreement.annexes", bullet("{{ annex }}")),
    ]


def annex() -> Pieces:
    """A sheet for each agreed unit."""
    return [
        paragraph("Annex Heading", "Annex: Description of the units of learning outcomes"),
        each(
            "unit in units",
            subblock("Unit description sheet {{ loop.index }}"),
            unit_sheet(field("What is agreed", scope()), outcomes),
        ),
        paragraph("Note", "End of the Learning Agreement of {{ learner.name }}."),
    ]
