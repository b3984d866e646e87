"""The Record of Achievement: what is recognised over the years, where and when, and what remains to the qualification."""

from __future__ import annotations

from draw_after import BORN, FROM, TO
from draw_signing import PERSON, not_yet, signing_lines
from draw_units import BOTH_TITLES
from paper import (
    DAY,
    Node,
    Pieces,
    bullet,
    document,
    each,
    entry,
    field,
    form_table,
    lead_in,
    list_table,
    organisation,
    page_footer,
    page_header,
    paragraph,
    prose,
    rows_each,
    rows_when,
    section,
    small,
    strong,
    title,
    to_fill_in,
    when,
)

NAME = "Record of Achievement"
OF_ALL = "{% if qualification.points is not none %} of {{ qualification.points }}{% endif %}"


def header() -> Node:
    """The cohort above, the learner and the home below."""
    return page_header(strong("{{ learner.name }}"), " · {{ home.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole record."""
    return document([opening(), recognised(), remaining(), signing()])


def opening() -> Pieces:
    """Of whom this paper is, and how far she has come."""
    level = "{% if qualification.eqf_level %}, EQF level {{ qualification.eqf_level }}{% endif %}"
    return [
        title(NAME, "what is recognised so far, and what remains to the qualification"),
        form_table(
            "About whom",
            field("Learner", [paragraph("Field Value", strong("{{ learner.name }}"), BORN)]),
            field("Qualification", BOTH_TITLES + level),
            field("Stay", f"{{{{ host.name }}}}, {FROM} – {TO}"),
            rows_when(
                "agreement.units_acquired",
                field(
                    "Held before the stay",
                    each("held in agreement.units_acquired", paragraph("Cell Bullet", "{{ held }}")),
                ),
            ),
            points("Credited for the stay", "figures.total.points_credited"),
            points("Held by now", "learner.points_held", OF_ALL),
            points("Remains to the qualification", "learner.points_remaining"),
            together=3,
        ),
    ]


def points(label: str, word: str, more: str = "") -> Pieces:
    """A number of points, where points are used."""
    return rows_when(f"{word} is not none", field(label, f"{{{{ {word} }}}}{more} ECVET points"))


def recognised() -> Pieces:
    """Everything that is recognised, the earliest first: what, as what, by whom and when, and where it was learned."""
    what = [
        paragraph("Field Value", strong("{% if achievement.title %}{{ achievement.title }}{% else %}{{ achievement.unit_id }}{% endif %}")),
        small('achievement.scope == "part"', "A part of the unit{% if achievement.part %}: {{ achievement.part }}{% endif %}"),
        small("achievement.points is not none", "ECVET points: {{ achievement.points }}"),
        small(
            "achievement.qualification and achievement.qualification != qualification.original_title",
            "For the qualification: {{ achievement.qualification }}",
        ),
    ]
    counts = [
        paragraph("Field Value", "{{ achievement.recognised_as | default('–') }}"),
        small("achievement.evidence", "Evidence: {{ achievement.evidence }}"),
    ]
    decided = [
        paragraph("Field Value", f"{{{{ achievement.recognised_on | {DAY} }}}}"),
        small("achievement.recognised_by", "{{ achievement.recognised_by }}"),
    ]
    where = [
        paragraph("Field Value", "{{ achievement.host | default('–') }}"),
        small("achievement.cohort", "{{ achievement.cohort }}"),
    ]
    return [
        section("Recognised so far"),
        when(
            "learner.achievements",
            list_table(
                "Recognised so far",
                {"Unit": 31, "Recognised as": 26, "When, by whom": 19, "Learned at": 24},
                rows_each("achievement in learner.achievements", entry(what, counts, decided, where)),
            ),
            otherwise=prose("Nothing is recognised yet."),
        ),
    ]


def remaining() -> Pieces:
    """The units that are still to be learned."""
    worth = "{% if unit.points is not none %} ({{ unit.points }} ECVET points){% endif %}"
    return [
        section("What remains to the qualification"),
        when(
            "learner.remaining",
            lead_in("These units are listed for the qualification and are not held yet:"),
            each("unit in learner.remaining", bullet("{{ unit.title }}" + worth)),
            each(
                'achievement in learner.achievements if achievement.scope == "part"',
                when("loop.first", prose("Of a unit that is recognised in part, the rest remains.")),
            ),
            when("learner.points_remaining", prose("Points that remain beyond these units belong to what is not listed.")),
            otherwise=prose(
                "All units that are listed for the qualification are held."
                "{% if learner.points_remaining %} The points that remain belong to what is not listed.{% endif %}"
            ),
        ),
    ]


def signing() -> Pieces:
    """The home organisation confirms the record, which awards nothing by itself."""
    return when(
        "cohort.draft",
        not_yet(),
        otherwise=[
            lead_in(
                f"The home organisation, {organisation('home')}, "
                "confirms that this record agrees with its own. The record does not award the qualification"
                "{% if qualification.awarding_body and qualification.awarding_body != home.name %}: that is for "
                "{{ qualification.awarding_body }}{% endif %}."
            ),
            list_table(
                "Signature",
                {"Name, role, place and date": 55, "Signature and stamp": 45},
                entry(
                    signing_lines(to_fill_in("home.agreement_signatory"), to_fill_in("home.agreement_signatory_role"), "\t"),
                    "",
                    height=PERSON,
                ),
            ),
        ],
    )
