"""The Learner Profile: a page for the host, before the stay. What a learner can do already, and what is planned.

It holds what a host needs to plan the stay and no more: no age, address or telephone of the learner.
"""

from __future__ import annotations

from draw_units import BOTH_TITLES
from paper import (
    DAY,
    Node,
    Pieces,
    block,
    document,
    each,
    entry,
    field,
    form_table,
    list_table,
    organisation,
    page_footer,
    page_header,
    paragraph,
    rows_each,
    rows_when,
    strong,
    text,
    title,
    when,
)

NAME = "Learner Profile"


def header() -> Node:
    """The cohort above, the learner and the host below."""
    return page_header(strong("{{ learner.name }}"), " · {{ host.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """One page, for most learners."""
    return document(
        [
            title(NAME, "for {{ host.name }}"),
            stay(),
            block("What {{ learner.name }} can do already"),
            already(),
            block("What is planned"),
            planned(),
            paragraph(
                "Note",
                "This page is for those who work with the learner at the host. It holds personal data: please do not "
                "pass it on.",
            ),
        ]
    )


def stay() -> Node:
    """Who comes, from which training, when, to whom, and whom to ask."""
    level = "{% if qualification.eqf_level %}, EQF level {{ qualification.eqf_level }}{% endif %}"
    return form_table(
        "The stay",
        field("Learner", [paragraph("Field Value", strong("{{ learner.name }}"))]),
        field("In training for", BOTH_TITLES + level),
        field("From – to", f"{{{{ agreement.start | {DAY} }}}} – {{{{ agreement.end | {DAY} }}}}"),
        rows_when("workplace", field("Workplace", "{{ workplace.name }}")),
        field("Tutor/mentor", "{{ agreement.mentor }}"),
        field("Comes from", organisation("home")),
        field(
            "Whom to ask there",
            "{{ home.contact_person }}{% if home.contact_position %} ({{ home.contact_position }}){% endif %}",
            when("home.contact_telephone", paragraph("Field Value", "{{ home.contact_telephone }}")),
            when("home.contact_email", paragraph("Field Value", "{{ home.contact_email }}")),
        ),
    )


def already() -> Node:
    """How far the learner has come: in words, and in units."""
    return form_table(
        "What the learner can do already",
        rows_when(
            "agreement.progress or not agreement.units_acquired",
            field("Progress", "{{ agreement.progress | lines }}"),
        ),
        rows_when(
            "agreement.units_acquired",
            field("Units already acquired", each("held in agreement.units_acquired", bullet("{{ held }}"))),
        ),
    )


def planned() -> Pieces:
    """The agreed units, each with what the learner is to be able to do at the end."""
    part = '{% if unit.scope == "part" %} – a part of the unit: {{ unit.part }}{% endif %}'
    return list_table(
        "What is planned",
        {"Units, and the learning outcomes that are assessed at the end of the stay": 100},
        rows_each(
            "unit in units",
            entry(
                [
                    paragraph("Field Value", text("{{ unit.title }}", "Strong"), part),
                    each("outcome in unit.outcomes", bullet("{{ outcome.text }}")),
                ]
            ),
        ),
    )


def bullet(content: str) -> Node:
    """One item inside a cell."""
    return paragraph("Cell Bullet", content)
