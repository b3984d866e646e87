"""The Partnership Review: what came of the stays between one home and one host, in figures, and room for remarks."""

from __future__ import annotations

from draw_lists import confirmation
from paper import (
    Node,
    Pieces,
    after_table,
    bullet,
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
    prose,
    rows_each,
    rows_when,
    section,
    strong,
    title,
    when,
)

NAME = "Partnership Review"
FIGURES = {"Unit": 34, "Agreed": 10, "Achieved": 16, "Partly": 10, "Not": 10, "Recognised": 20}
TITLE = "{{ tally.title }}{% if qualifications | length > 1 %} ({{ tally.qualification_title }}){% endif %}"
PEN = 1300


def header() -> Node:
    """The cohort above, the pair below."""
    return page_header(strong("{{ host.name }}"), " · {{ home.name }}")


def footer() -> Node:
    """The paper's name and the page."""
    return page_footer(NAME)


def body() -> Node:
    """The whole review."""
    return document([opening(), figures(), not_shown(), remarks(), signing()])


def opening() -> Pieces:
    """Which partnership, and who took part."""
    return [
        title(NAME, "{{ home.name }} and {{ host.name }}"),
        prose(
            "The Memorandum of Understanding says in section 7 that the partnership is evaluated and reviewed. This "
            "review puts the figures together; what they mean is for the partners to say."
        ),
        form_table(
            "The partnership",
            rows_when("cohort.programme", field("Programme", "{{ cohort.programme }}")),
            field("Home organisation", organisation("home")),
            field("Host organisation", organisation("host")),
            field(
                "Learners",
                "{{ figures.learners }}{% if learners | length != figures.learners %}, {{ learners | length }} stays"
                "{% endif %}",
            ),
        ),
    ]


def figures() -> Pieces:
    """Section 1: each unit, and all together."""

    def row(word: str, name: str, style: str) -> Node:
        def of(count: str, percent: str = "") -> Pieces:
            share = (
                f"{{% if {word}.{percent} is not none %}} ({{{{ {word}.{percent} }}}} %){{% endif %}}"
                if percent
                else ""
            )
            return [paragraph(style, f"{{{{ {word}.{count} }}}}{share}")]

        return entry(
            [paragraph("Field Value", strong(name) if style == "Total Value" else name)],
            of("agreed"),
            of("achieved", "achieved_percent"),
            of("partly"),
            of("not_achieved"),
            of("recognised", "recognised_percent"),
        )

    total = "figures.total"
    points = (
        f"ECVET points: {{{{ {total}.points_agreed }}}} agreed"
        f"{{% if {total}.points_credited is not none %}}, {{{{ {total}.points_credited }}}} credited by the home "
        "organisation{% endif %}."
    )
    return [
        section("Units agreed, achieved and recognised"),
        list_table(
            "Units in figures",
            FIGURES,
            rows_each("tally in figures.units", row("tally", TITLE, "Number Value")),
            row(total, "All units", "Total Value"),
        ),
        after_table(
            "Per cent of the units agreed. Achieved is what the host assessed so; recognised is what the home "
            "organisation validated and recognised as agreed until now."
            f"{{% if {total}.recognised_partly %}} In part: {{{{ {total}.recognised_partly }}}} more.{{% endif %}}"
            f"{{% if {total}.assessed != {total}.agreed %}} Assessed: {{{{ {total}.assessed }}}} of "
            f"{{{{ {total}.agreed }}}}.{{% endif %}}"
        ),
        when(f"{total}.points_agreed is not none", prose(points)),
    ]


def not_shown() -> Pieces:
    """What was not shown yet, without names."""
    return each(
        "result in results if result.not_shown_yet and not result.learning_outcome",
        when("loop.first", section("What was not shown yet")),
        bullet(strong("{{ result.unit.title }}: "), "{{ result.not_shown_yet | lines }}"),
    )


def remarks() -> Pieces:
    """What the partners say, with the pen."""
    questions = (
        "What went well",
        "Units and learning outcomes: what should change",
        "Preparation, mentoring, assessment: what should change",
        "Agreed for the next stays; changes of the Memorandum of Understanding",
    )
    return [
        section("Remarks of the partners"),
        form_table("Remarks", [field(question, "", height=PEN) for question in questions]),
    ]


def signing() -> Pieces:
    """Who reviewed, and when."""
    return when(
        "not cohort.draft", confirmation("Reviewed by", "We reviewed the partnership together. Signature and stamp:")
    )
