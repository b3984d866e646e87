"""The Assessment Sheet: a unit a table, an outcome a row, three boxes to choose from; in ten languages from one drawing.

Its blanks are content controls whose names (`ecvet.alone`) are no words of the program: they stay for whoever marks,
and by them the sheet is read when it comes back. Its words stand in pipeline/returned/labels.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from paper import (
    DAY,
    Node,
    Pieces,
    box_to_tick,
    day_to_complete,
    document,
    each,
    entry,
    field,
    form_table,
    kept,
    lead_in,
    list_table,
    organisation,
    page_footer,
    page_header,
    paragraph,
    rows_each,
    rows_when,
    section,
    strong,
    text,
    title,
    to_complete,
    when,
)

NAME = "Assessment Sheet"
LABELS = Path(__file__).parent.parent / "pipeline" / "returned" / "labels.toml"
BOXES = ("not_yet", "with_help", "alone")
SUBJECT = (
    "ecvet-pipeline: assessment sheet | {{ cohort.id }} | {% if learner.id %}{{ learner.id }}{% else %}"
    "{{ learner.name }}{% endif %} | {{ learner.mobility }}"
)
"""A sheet is also known by its properties: some programs lose the names of content controls."""

Labels = Mapping[str, str]


def drawn() -> Iterator[tuple[str, str, Node, Node, Node]]:
    """The sheet in each language: the ending of its name, the language, its body, header and footer."""
    for language, labels in tomllib.loads(LABELS.read_text("utf-8")).items():
        ending = "" if language == "en" else f".{language}"
        yield ending, "en-GB" if language == "en" else language, body(labels, language), header(), footer(labels)


def header() -> Node:
    """The cohort above, the learner and the host below."""
    return page_header(strong("{{ learner.name }}"), " · {{ host.name }}")


def footer(labels: Labels) -> Node:
    """The paper's name and the page."""
    return page_footer(labels["title"], labels["page"], labels["of"])


def body(labels: Labels, language: str) -> Node:
    """Who, where and when; then each unit; then who confirms it."""
    return document(
        [
            title(labels["title"], labels["subtitle"]),
            about(labels),
            paragraph("After Table", strong(labels["how"]), f" {labels['back']}"),
            each("unit in units", unit(labels, language)),
            when("not cohort.draft", signatures(labels)),
        ],
        boxes=True,
    )


def about(labels: Labels) -> Node:
    """The learner and her stay; what names her stays known when the sheet comes back."""
    second = [text("{% if learner.mobility > 1 %}"), kept("mobility", labels["stay"], "{{ learner.mobility }}"), text(" · {% endif %}")]
    return form_table(
        labels["title"],
        field(labels["learner"], [paragraph("Field Value", strong("{{ learner.name }}"))]),
        rows_when(
            "learner.id", field(labels["learner_id"], [paragraph("Field Value", kept("learner", labels["learner_id"], "{{ learner.id }}"))])
        ),
        field(labels["cohort_id"], [paragraph("Field Value", kept("cohort", labels["cohort_id"], "{{ cohort.id }}"))]),
        field(labels["home"], organisation("home")),
        field(labels["host"], organisation("host")),
        field(
            labels["stay"],
            [paragraph("Field Value", *second, f"{{{{ agreement.start | {DAY} }}}} – {{{{ agreement.end | {DAY} }}}}")],
        ),
        rows_when("agreement.mentor", field(labels["mentor"], "{{ agreement.mentor }}")),
    )


def unit(labels: Labels, language: str) -> Pieces:
    """A unit: its outcomes, the unit as a whole, and who assessed it."""
    heading = paragraph(
        "Heading 1", f"{labels['unit']} ", kept("unit", labels["unit"], "{{ unit.id }}"), " – {{ unit.title }}"
    )
    part = lead_in(strong(f"{labels['part']}: "), "{{ unit.part | lines }}")
    return [heading, when("unit.part", part), marks(labels), paragraph("Between"), assessor(labels, language)]


def marks(labels: Labels) -> Node:
    """A row an outcome; the unit as a whole comes last."""
    heads = {"outcome": 33, "not_yet": 11, "with_help": 11, "alone": 11, "context": 15, "remarks": 19}
    table = list_table(
        labels["unit"],
        {labels[name] if name in ("outcome", "remarks") else name: share for name, share in heads.items()},
        rows_each("outcome in unit.outcomes", row(labels, "{{ outcome.text }}", "outcome", "Field Value")),
        row(labels, labels["whole_unit"], "whole", "Whole Value"),
    )
    for at, name in enumerate(heads):
        cell = table[2][at + 1]
        if name in BOXES:
            cell[1:] = [paragraph("Box Head", labels[name])]
        elif name == "context":
            cell[1:] = [paragraph("Column Head", labels[name]), paragraph("Hint", labels["context_hint"])]
    return table


def row(labels: Labels, content: str, name: str, style: str) -> Node:
    """What is marked, three boxes, and room to write."""
    return entry(
        [paragraph(style, kept(name, labels["outcome"], content))],
        *[[paragraph("Box", box_to_tick(box, labels[box]))] for box in BOXES],
        [paragraph("Field Value", to_complete("context", labels["context"]))],
        [paragraph("Field Value", to_complete("remarks", labels["remarks"]))],
        height=480,
    )


def assessor(labels: Labels, language: str) -> Node:
    """The grade, and who assessed the unit on which day; who was to assess it stands there already.

    Of the last unit it stays with the signatures, so that these never stand on a page alone.
    """
    who = "{% if unit.assessor %}{{ unit.assessor }}{% elif agreement.assessor %}{{ agreement.assessor }}{% endif %}"

    def blanks(style: str) -> Node:
        return entry(
            [paragraph(style, to_complete("grade", labels["grade"]))],
            [paragraph(style, to_complete("assessed_by", labels["assessed_by"], who))],
            [paragraph(style, day_to_complete("assessed_on", labels["assessed_on"], language))],
            height=480,
        )

    return list_table(
        labels["assessed_by"],
        {labels["grade"]: 30, labels["assessed_by"]: 42, labels["assessed_on"]: 28},
        rows_when("loop.last", blanks("Kept Value")),
        rows_when("not loop.last", blanks("Field Value")),
    )


def signatures(labels: Labels) -> Pieces:
    """The mentor and the learner sign."""

    def signs(who: str, name: str, style: str = "Signatory") -> Node:
        place = [paragraph("Field Value", text(""))]
        return entry([paragraph(style, who), paragraph("Field Value", name)], place, "", height=1000)

    return [
        section(labels["signatures"]),
        lead_in(labels["signed"]),
        list_table(
            labels["signatures"],
            {labels["person"]: 36, labels["place_date"]: 28, labels["signature"]: 36},
            signs(labels["mentor"], "{{ agreement.mentor }}", "Signatory Kept"),
            signs(labels["learner"], "{{ learner.name }}"),
        ),
    ]


