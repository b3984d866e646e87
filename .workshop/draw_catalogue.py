"""The Unit Catalogue of a qualification: its units with their outcomes, and who offers them; it names no learner."""

from __future__ import annotations

from draw_units import BOTH_TITLES, outcome_rows
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
    lead_in,
    list_table,
    outcomes,
    page_footer,
    page_header,
    paragraph,
    prose,
    rows_each,
    rows_when,
    section,
    strong,
    title,
)

NAME = "Unit Catalogue"


def header() -> Node:
    """The cohort above, the qualification below."""
    return page_header(strong("{{ qualification.title }}"))


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole catalogue."""
    return document([opening(), overview(), units()])


def opening() -> Pieces:
    """What this paper is, and of which qualification."""
    return [
        title(NAME, "{{ qualification.title }}"),
        prose(
            "This catalogue describes the units of learning outcomes of the qualification, as ",
            "{% if qualification.awarding_body %}{{ qualification.awarding_body }} offers{% else %}they are offered"
            "{% endif %} them to learners and partners. It names what has to be shown, not how long it takes.",
        ),
        form_table(
            "Qualification",
            field("Title of the qualification", BOTH_TITLES),
            rows_when("qualification.country_name", field("Country", "{{ qualification.country_name }}")),
            rows_when("qualification.eqf_level", field("EQF level", "{{ qualification.eqf_level }}")),
            rows_when("qualification.nqf_level", field("NQF level", "{{ qualification.nqf_level }}")),
            rows_when("qualification.points is not none", field("ECVET points", "{{ qualification.points }}")),
            rows_when("qualification.awarding_body", field("Awarded by", "{{ qualification.awarding_body }}")),
        ),
    ]


def overview() -> Pieces:
    """Section 1: all units in a table."""
    return [
        section("1. The units of the qualification"),
        list_table(
            "Units of the qualification",
            {"Unit": 44, "EQF": 8, "Points": 10, "Offered abroad by": 38},
            rows_each(
                "unit in units",
                entry(
                    "{{ unit.title }}",
                    "{{ unit.eqf_level }}",
                    [paragraph("Number Value", "{{ unit.points }}")],
                    each(
                        "host in unit.hosts",
                        paragraph("Field Value", "{{ host }}"),
                        otherwise=paragraph("Field Value", "–"),
                    ),
                ),
            ),
        ),
    ]


def units() -> Pieces:
    """Section 2: each unit that can be taken abroad, described as the Recommendation of 2009 asks."""
    return [
        section("2. Units for stays abroad"),
        lead_in("Each of these units can be agreed in a Learning Agreement, as a whole or in part, as places allow."),
        each(
            "unit in qualification.units",
            block("{{ loop.index }}. {{ unit.title }}"),
            form_table(
                "Description of a unit",
                rows_when("unit.eqf_level", field("EQF level", "{{ unit.eqf_level }}")),
                rows_when("unit.points is not none", field("ECVET points", "{{ unit.points }}")),
                outcome_rows(outcomes),
                rows_when("unit.activities", field("Learning activities", "{{ unit.activities | lines }}")),
                rows_when(
                    "unit.assessment_method", field("How it is assessed", "{{ unit.assessment_method | lines }}")
                ),
                rows_when(
                    "unit.assessment_criteria",
                    field("Criteria of assessment", "{{ unit.assessment_criteria | lines }}"),
                ),
                rows_when("unit.counts_at_home_as", field("Counts at home as", "{{ unit.counts_at_home_as | lines }}")),
                rows_when("unit.hosts", field("Offered abroad by", "{{ unit.hosts | lines }}")),
                rows_when("unit.valid_until", field("Valid until", f"{{{{ unit.valid_until | {DAY} }}}}")),
                together=3,
            ),
            otherwise=prose("No unit of this qualification is meant for stays abroad."),
        ),
    ]
