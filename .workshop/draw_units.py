"""What the agreement and the memorandum both say about a unit: its learning outcomes, its description sheet."""

from __future__ import annotations

from collections.abc import Callable

from paper import DAY, Cell, Node, Pieces, field, form_table, rows_when

BOTH_TITLES = (
    "{{ qualification.title }}{% if qualification.original_title != qualification.title %}"
    " ({{ qualification.original_title }}){% endif %}"
)
"""The title in the language of the paper, and the qualification's own where that is another."""

KINDS = {
    "Knowledge": "unit.knowledge",
    "Skills": "unit.skills",
    "Competence": "unit.competence",
    "Learning outcomes": "unit.learning_outcomes",
}


def outcome_rows(show: Callable[[str], Cell]) -> Pieces:
    """The learning outcomes of a unit by kind; kinds that are not used stay away."""
    return [rows_when(words, field(label, show(words))) for label, words in KINDS.items()]


def unit_sheet(agreed: Pieces, show: Callable[[str], Cell]) -> Node:
    """The description sheet of a unit (Recommendation 2009/C 155/02, annex II, names what it should hold)."""
    return form_table(
        "Description of a unit",
        field("Title of the unit", "{{ unit.title }}"),
        field("Title of the qualification", "{{ qualification.title }}"),
        rows_when("unit.eqf_level", field("EQF level", "{{ unit.eqf_level }}")),
        rows_when("unit.points is not none", field("ECVET points", "{{ unit.points }}")),
        agreed,
        outcome_rows(show),
        field("How it is assessed", "{{ unit.assessment_method | lines }}"),
        field("Criteria of assessment", "{{ unit.assessment_criteria | lines }}"),
        rows_when("unit.valid_until", field("Valid until", f"{{{{ unit.valid_until | {DAY} }}}}")),
        together=4,
    )
