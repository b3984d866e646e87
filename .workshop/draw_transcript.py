"""The Personal Transcript: what the host assessed, unit by unit and outcome by outcome."""

from __future__ import annotations

from draw_after import STAY, in_words, part, the_learner, to_sign, to_what_it_belongs
from draw_signing import organisation_signs
from paper import (
    DAY,
    Node,
    Pieces,
    block,
    country,
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
    strong,
    subblock,
    title,
    when,
)

NAME = "Personal Transcript"
RESULT = in_words("unit.whole.result", "no result for the whole unit")
GRADED = f"{RESULT}{{% if unit.whole.grade %}}, grade {{{{ unit.whole.grade }}}}{{% endif %}}"
OF_OUTCOME = (
    '{% if outcome.result == "partly" %}partly achieved{% elif outcome.result %}{{ outcome.result }}'
    '{% elif unit.scope != "part" and unit.whole.result in ["achieved", "not assessed"] %}{{ unit.whole.result }}'
    "{% elif unit.whole.result %}not marked on its own{% else %}no result yet{% endif %}{% if outcome.grade %}, grade {{ outcome.grade }}{% endif %}"
)


def header() -> Node:
    """The cohort above, the learner and the host below."""
    return page_header(strong("{{ learner.name }}"), " · {{ host.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole transcript."""
    return document([opening(), overview(), signing(), units()])


def opening() -> Pieces:
    """What this paper is, and about whom."""
    return [
        title(NAME, "what was assessed during a stay abroad"),
        prose(
            strong("{{ host.name }}"),
            f"{country('host')} (the host organisation) assessed what ",
            strong("{{ learner.name }}"),
            " (the learner) knows and can do, against the units agreed in the Learning Agreement. This transcript is "
            "its record, for the learner and for ",
            strong("{{ home.name }}"),
            f"{country('home')} (the home organisation). Validation and recognition are for the home organisation to "
            "decide.",
        ),
        form_table(
            "About whom, and to what this transcript belongs",
            the_learner(),
            field("Home organisation", organisation("home")),
            field("Host organisation", organisation("host")),
            rows_when("workplace", field("Workplace", organisation("workplace"))),
            field("Stay", STAY),
            to_what_it_belongs(),
        ),
    ]


def overview() -> Pieces:
    """Section 1: the result of each unit, a row each."""
    points = [paragraph("Number Value", "{{ unit.points }}")]
    unit = [paragraph("Field Value", "{{ unit.title }}"), _part_line()]
    same = [paragraph("Field Value", "{{ unit.title }}"), _part_line()]
    return [
        section("1. The units, and what came of them"),
        when(
            "agreement.points",
            list_table(
                "Results of the units",
                {"Unit": 52, "Result": 30, "Points agreed": 18},
                rows_each("unit in units", entry(unit, GRADED, points)),
            ),
            otherwise=list_table(
                "Results of the units", {"Unit": 60, "Result": 40}, rows_each("unit in units", entry(same, GRADED))
            ),
        ),
    ]


def _part_line() -> Pieces:
    return when('unit.scope == "part"', paragraph("Note", part()))


def signing() -> Pieces:
    """Section 2: the host signs, before the details, so that nobody signs an empty page."""
    return [
        section("2. Signature"),
        to_sign(
            "The host organisation confirms that it assessed the learner as recorded here, and in section 3 for each outcome.",
            organisation_signs("Host organisation/country", "host", last=True),
        ),
    ]


def units() -> Pieces:
    """Section 3: each unit with its outcomes, and who assessed when."""
    return [
        section("3. The learning outcomes, unit by unit"),
        lead_in("Where a unit was achieved as a whole, an outcome that was not marked on its own was achieved with it."),
        each(
            "unit in units",
            block("{{ loop.index }}. {{ unit.title }}"),
            form_table(
                "The unit as a whole",
                field("The unit as a whole", GRADED),
                rows_when('unit.scope == "part"', field("Agreed part of the unit", "{{ unit.part }}")),
                rows_when("unit.whole.not_shown_yet", field("Not shown yet", "{{ unit.whole.not_shown_yet | lines }}")),
                rows_when("unit.whole.remarks", field("Remarks", "{{ unit.whole.remarks | lines }}")),
                rows_when(
                    'unit.whole.result != "not assessed"',
                    field("Assessed by", "{{ unit.whole.assessed_by }}"),
                    field("Assessed on", f"{{{{ unit.whole.assessed_on | {DAY} }}}}"),
                    rows_when("unit.assessment_method", field("How", "{{ unit.assessment_method | lines }}")),
                ),
            ),
            when(
                "unit.outcomes",
                subblock("Its learning outcomes"),
                list_table(
                    "Learning outcomes of a unit",
                    {"Learning outcome": 74, "Result": 26},
                    rows_each("outcome in unit.outcomes", entry(outcome(), OF_OUTCOME)),
                ),
            ),
        ),
    ]


def outcome() -> Pieces:
    """One outcome, and what was said of it: that may be long, so it stands where there is room."""
    return [
        paragraph("Field Value", "{{ outcome.text }}"),
        when("outcome.not_shown_yet", paragraph("Note", "Not shown yet: {{ outcome.not_shown_yet }}")),
        when("outcome.remarks", paragraph("Note", "{{ outcome.remarks }}")),
    ]
