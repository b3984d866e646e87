"""The Validation and Recognition Record: what the home college decided, a unit a row."""

from __future__ import annotations

from draw_after import (
    STAY,
    dated,
    in_words,
    joined,
    part,
    plain,
    the_learner,
    to_what_it_belongs,
)
from draw_signing import side_by_side, signing_lines, undertaking
from paper import (
    Node,
    Pieces,
    block,
    bullet,
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
    section,
    small,
    strong,
    title,
    to_fill_in,
    when,
)

NAME = "Validation and Recognition Record"
DECIDES = "The college decides; this paper records it."
COLUMNS = {"Unit, as agreed": 25, "Assessed by the host": 27, "Validated at home": 22, "Recognised as": 26}
OPEN = 'unit.if_not_achieved and unit.whole.result and unit.whole.result != "achieved"'
VALIDATED = (
    '{% if unit.whole.validated == "yes" %}validated{% elif unit.whole.validated == "partly" %}validated in part'
    '{% elif unit.whole.validated == "no" %}not validated{% elif unit.whole.result == "not assessed" %}–{% endif %}'
)
CLOSED = 'unit.whole.validated == "no" or not unit.whole.validated and unit.whole.result == "not assessed"'
"""There is nothing to recognise."""


def header() -> Node:
    """The cohort above, the learner and the home below."""
    return page_header(strong("{{ learner.name }}"), " · {{ home.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole record."""
    return document([opening(), decisions(), single_outcomes(), still_open(), signing()])


def opening() -> Pieces:
    """What this paper is, and about whom."""
    return [
        title(NAME, "from the Learning Agreement to the decision of the home organisation"),
        prose(
            strong("{{ home.name }}"),
            f"{country('home')} (the home organisation) holds the host’s assessment of ",
            strong("{{ learner.name }}"),
            " (the learner) against the units agreed (validation) and decides what counts towards the qualification "
            "(recognition). ",
            strong(DECIDES),
        ),
        form_table(
            "About whom",
            the_learner(),
            field("Host organisation", organisation("host")),
            field("Stay", STAY),
            to_what_it_belongs(),
        ),
    ]


def line(*parts: tuple[str, str]) -> Pieces:
    """A line in small type: what is known of who did it and when."""
    return small(" or ".join(word for word, _ in parts), joined(*parts))


def decisions() -> Pieces:
    """Section 1: agreed, assessed, validated, recognised: a unit a row."""
    whole = "unit.whole"
    agreed = [
        paragraph("Field Value", strong("{{ unit.title }}")),
        small('unit.scope == "part"', part()),
        small("unit.points is not none", "ECVET points: {{ unit.points }}"),
    ]
    assessed = [
        paragraph("Field Value", in_words(f"{whole}.result", "no result for the whole unit")),
        line(plain(f"{whole}.grade", "grade "), plain(f"{whole}.assessed_by"), dated(f"{whole}.assessed_on")),
        small(f"{whole}.evidence", f"Evidence: {{{{ {whole}.evidence }}}}"),
    ]
    validated = [
        paragraph("Field Value", VALIDATED),
        line(plain(f"{whole}.validated_by"), dated(f"{whole}.validated_on")),
    ]
    credited = f"{whole}.points_credited is not none", f"ECVET points credited: {{{{ {whole}.points_credited }}}}"
    recognised = [
        when(
            CLOSED,
            paragraph("Field Value", "–"),
            otherwise=paragraph("Field Value", f"{{{{ {whole}.recognised_as | lines }}}}"),
        ),
        line(credited, plain(f"{whole}.recognised_by"), dated(f"{whole}.recognised_on")),
    ]
    return [
        section("The units: agreed, assessed, validated, recognised"),
        list_table(
            "Units: agreed, assessed, validated, recognised",
            COLUMNS,
            rows_each("unit in units", entry(agreed, assessed, validated, recognised)),
        ),
    ]


def single_outcomes() -> Pieces:
    """Decisions on single outcomes, where sheet Results has any."""
    decided = (
        '{% if result.validated == "yes" %}validated{% elif result.validated == "partly" %}validated in part'
        "{% elif result.validated %}not validated{% endif %}"
    )
    told = "{{ result.unit.title }}: {{ result.learning_outcome }} – " + joined(
        ("result.validated", decided),
        plain("result.validated_by"),
        dated("result.validated_on"),
        plain("result.recognised_as", "recognised as "),
        plain("result.recognised_by"),
        dated("result.recognised_on"),
    )
    return each(
        "result in results if result.learning_outcome and "
        "(result.validated or result.recognised_as or result.recognised_by or result.recognised_on)",
        when("loop.first", block("Single learning outcomes")),
        bullet(told),
    )


def still_open() -> Pieces:
    """What was agreed for units that were not achieved, or not as a whole."""
    return each(
        f"unit in units if {OPEN}",
        when("loop.first", section("What is agreed for units that were not achieved")),
        undertaking(strong("{{ unit.title }}: "), "{{ unit.if_not_achieved | lines }}"),
    )


def signing() -> Pieces:
    """Who validated and who recognised sign."""
    agreed, credited = "figures.total.points_agreed", "figures.total.points_credited"
    of_all = joined(
        (f"{agreed} is not none", f"ECVET points of all units: {{{{ {agreed} }}}} agreed"),
        (f"{credited} is not none", f"{{{{ {credited} }}}} credited"),
    )
    return [
        section("Signatures"),
        when(f"{agreed} is not none", lead_in(f"{of_all}.")),
        side_by_side(
            "With their signatures the persons responsible record the decisions that stand above.",
            {
                "Validation": signing_lines(
                    to_fill_in("agreement.validator"), to_fill_in("agreement.validator_role"), "\t"
                ),
                "Recognition": signing_lines(
                    to_fill_in("agreement.recogniser"), to_fill_in("agreement.recogniser_role"), "\t"
                ),
            },
        ),
    ]
