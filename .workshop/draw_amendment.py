"""The amendment of a Learning Agreement: what was agreed, what holds now, why, and the rows to sign in."""

from __future__ import annotations

from draw_signing import lowered, rows_to_sign
from paper import (
    DAY,
    Node,
    Pieces,
    after_table,
    document,
    entry,
    field,
    form_table,
    list_table,
    page_footer,
    page_header,
    prose,
    rows_each,
    rows_when,
    section,
    strong,
    title,
)

NAME = "Learning Agreement - amendment"
WHO = "{{ learner.name }}"
CHANGES = {"What": 24, "Was agreed": 38, "Holds now": 38}


def header() -> Node:
    """The cohort above, the learner and the host below."""
    return page_header(strong(WHO), " · {{ host.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer("Learning Agreement: amendment {{ agreement.amendment }}")


def body() -> Node:
    """One page as a rule: to what it belongs, what changes, and who signs."""
    return document([opening(), changes(), reason(), signing()])


def opening() -> Pieces:
    """Which agreement is amended."""
    return [
        title("Amendment {{ agreement.amendment }}", "to the Learning Agreement for a stay abroad"),
        prose(
            "The Learning Agreement of ",
            strong(WHO),
            ", a learner of ",
            strong("{{ home.name }}"),
            '{% if agreement.amendment != "1" %}, as amended before,{% endif %} is amended as follows. It was made '
            "between the home organisation, the host organisation of that time and the learner; everyone who signs "
            "below agrees to what holds now.",
        ),
        form_table(
            "To what this amendment belongs",
            rows_when("cohort.programme", field("Programme", "{{ cohort.programme }}")),
            rows_when("cohort.project_code", field("Project code", "{{ cohort.project_code }}")),
            rows_when("agreement.mobility_id", field("Mobility ID", "{{ agreement.mobility_id }}")),
            rows_when("agreement.signed", field("Agreement signed on", f"{{{{ agreement.signed | {DAY} }}}}")),
            field("Stay, as it holds now", f"{{{{ agreement.start | {DAY} }}}} to {{{{ agreement.end | {DAY} }}}}"),
        ),
    ]


def changes() -> Pieces:
    """What was agreed and what holds now, a row each."""
    return [
        section("1. What is changed"),
        list_table(
            "What is changed",
            CHANGES,
            rows_each(
                "change in agreement.changed",
                entry("{{ change.what }}", "{{ change.agreed }}", "{{ change.now }}"),
            ),
        ),
        after_table("Everything else in the agreement stays as it is."),
    ]


def reason() -> Pieces:
    """Why it is changed."""
    return [section("2. Reason for the change"), prose("{{ agreement.reason_for_change }}")]


def signing() -> Pieces:
    """Everyone who signed the agreement signs its amendment; four low rows stay on the first page."""
    return [section("3. Signatures"), lowered(rows_to_sign("By signing, we accept this amendment.", "\t"), 0.74)]
