"""The Unit Certificate: one unit that a learner achieved, issued by host and home together, on one page."""

from __future__ import annotations

from draw_after import SHOWN, STAY
from draw_signing import side_by_side, signing_lines
from paper import (
    DAY,
    Node,
    Pieces,
    block,
    bullet,
    country,
    document,
    each,
    field,
    form_table,
    lead_in,
    organisation,
    page_footer,
    page_header,
    paragraph,
    prose,
    rows_when,
    strong,
    title,
    to_fill_in,
    when,
)

NAME = "Unit Certificate"
OUTCOMES = "Learning outcomes shown"
IS_PART = 'unit.scope == "part"'
IS_RECOGNISED = 'result.recognised_as and result.validated in ["yes", "partly"]'
ASSESSED = (
    f"{{{{ result.assessed_by }}}}{{% if result.assessed_by and result.assessed_on %}}, {{% endif %}}"
    f"{{% if result.assessed_on %}}{{{{ result.assessed_on | {DAY} }}}}{{% endif %}}"
    "{% if result.grade %}{% if result.assessed_by or result.assessed_on %}; {% endif %}grade {{ result.grade }}{% endif %}"
)


def header() -> Node:
    """The cohort above, the learner and the unit below."""
    return page_header(strong("{{ learner.name }}"), " · {{ unit.title }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole certificate."""
    return document([opening(), shown(), details(), signing()])


def opening() -> Pieces:
    """Who achieved what, where and when."""
    return [
        title(NAME, "a unit of learning outcomes, achieved during a stay abroad"),
        prose(
            strong("{{ host.name }}"),
            f"{country('host')} (the host organisation) and ",
            strong("{{ home.name }}"),
            f"{country('home')} (the home organisation) certify together that",
        ),
        paragraph("Card Title", "{{ learner.name }}"),
        prose(
            f"{{% if learner.date_of_birth %}}born on {{{{ learner.date_of_birth | {DAY} }}}}, {{% endif %}}achieved "
            f"{{% if {IS_PART} %}}the agreed part of {{% endif %}}the unit"
        ),
        paragraph("Card Title", "{{ unit.title }}"),
        prose(
            "of the qualification ",
            strong("{{ unit.qualification_title }}"),
            "{% if unit.eqf_level %} (EQF level {{ unit.eqf_level }}){% endif %}, during a stay from "
            f"{STAY}.{{% if {IS_PART} %}} The agreed part: {{{{ unit.part }}}}{{% endif %}}",
        ),
    ]


def shown() -> Pieces:
    """The outcomes that were shown, if there are any; of a part without marks of its own, what the part is."""
    return each(
        f"outcome in unit.outcomes if {SHOWN}",
        when("loop.first", block(OUTCOMES)),
        bullet("{{ outcome.text }}"),
        otherwise=when(IS_PART, block(OUTCOMES), bullet("{{ unit.part }}")),
    )


def details() -> Pieces:
    """Who assessed, when and how, and as what it counts."""
    return [
        block("Assessment and credit"),
        form_table(
            "Assessment and credit",
            field("Assessed by", ASSESSED),
            rows_when("unit.assessment_method", field("How it was assessed", "{{ unit.assessment_method | lines }}")),
            rows_when("unit.points is not none", field("ECVET points agreed", "{{ unit.points }}")),
            counts(),
        ),
    ]


def counts() -> Pieces:
    """As what it counts at home: as decided, or else only as agreed."""
    decided = (
        "{{ result.recognised_as }}"
        f"{{% if result.recognised_on %}} (decision of the home organisation of {{{{ result.recognised_on | {DAY} }}}}){{% endif %}}"
    )
    return [
        rows_when(IS_RECOGNISED, field("Counts at home as", decided)),
        rows_when(
            f"unit.counts_at_home_as and not ({IS_RECOGNISED})",
            field("Agreed to count at home as", "{{ unit.counts_at_home_as | lines }}"),
        ),
    ]


def signing() -> Pieces:
    """Host and home sign, side by side."""
    boxes = {"Host organisation": signs("host"), "Home organisation": signs("home")}
    return [
        block("Issued together by"),
        lead_in(
            "The host organisation assessed. The home organisation decides on validation and recognition; this "
            "certificate records what was achieved, and is not that decision."
        ),
        side_by_side("Signature and stamp:", boxes),
    ]


def signs(word: str) -> Pieces:
    """An organisation, and who signs for it."""
    name, role = f"{word}.agreement_signatory", f"{word}.agreement_signatory_role"
    return [paragraph("Signatory", organisation(word)), signing_lines(to_fill_in(name), to_fill_in(role), "\t")]
