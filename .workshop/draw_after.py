"""What the papers of after the stay share: the stay as it was, results in words, outcomes shown, a row to sign in."""

from __future__ import annotations

from draw_signing import COLUMNS, not_yet
from draw_units import BOTH_TITLES
from paper import DAY, Pieces, field, lead_in, list_table, rows_when, when

DIFFERS = (
    "agreement.actual_start and agreement.actual_start != agreement.start or "
    "agreement.actual_end and agreement.actual_end != agreement.end"
)
"""The stay was not as long as agreed, or not on these days."""

BORN = f"{{% if learner.date_of_birth %}}, born on {{{{ learner.date_of_birth | {DAY} }}}}{{% endif %}}"
AGREED_STAY = f"{{{{ agreement.start | {DAY} }}}} to {{{{ agreement.end | {DAY} }}}}"


def _as_it_was(word: str) -> str:
    return (
        f"{{% if agreement.actual_{word} %}}{{{{ agreement.actual_{word} | {DAY} }}}}"
        f"{{% else %}}{{{{ agreement.{word} | {DAY} }}}}{{% endif %}}"
    )


FROM, TO = _as_it_was("start"), _as_it_was("end")
STAY = f"{FROM} to {TO}{{% if {DIFFERS} %}} (agreed: {AGREED_STAY}){{% endif %}}"
"""The actual days where they are known, else those agreed."""

SHOWN = (
    'outcome.result == "achieved" or not outcome.result and unit.scope != "part" and unit.whole.result == "achieved"'
)
"""An outcome that was shown: marked so, or of a unit that was achieved as a whole. Of a part nothing is concluded."""


def in_words(word: str, otherwise: str = "") -> str:
    """A result as people say it: what is achieved in part is “partly achieved”."""
    last = f"{{% else %}}{otherwise}" if otherwise else ""
    return f'{{% if {word} == "partly" %}}partly achieved{{% elif {word} %}}{{{{ {word} }}}}{last}{{% endif %}}'


def joined(*parts: tuple[str, str], between: str = ", ") -> str:
    """Several words in a line, with something between those that have a value: each with how it is shown."""
    line = before = ""
    for word, shown in parts:
        glue = f"{{% if {before} %}}{between}{{% endif %}}" if before else ""
        line += f"{{% if {word} %}}{glue}{shown}{{% endif %}}"
        before = f"{before} or {word}" if before else word
    return line


def dated(word: str) -> tuple[str, str]:
    """A day, as a part of a line."""
    return word, f"{{{{ {word} | {DAY} }}}}"


def plain(word: str, before: str = "", after: str = "") -> tuple[str, str]:
    """A text or a number, as a part of a line, with what it is called."""
    return word, f"{before}{{{{ {word} }}}}{after}"


def part(before: str = "Agreed part of the unit: ") -> str:
    """Which part of a unit is agreed; nothing where it is the whole unit."""
    return f'{{% if unit.scope == "part" %}}{before}{{{{ unit.part }}}}{{% endif %}}'


def the_learner() -> Pieces:
    """Rows that say whom a paper is about."""
    return [
        field("Learner", f"{{{{ learner.name }}}}{BORN}"),
        field("Qualification", BOTH_TITLES),
    ]


def to_what_it_belongs() -> Pieces:
    """Rows that say to which project and mobility a paper belongs."""
    project = (
        "{{ cohort.programme }}{% if cohort.programme and cohort.project_code %}, {% endif %}{{ cohort.project_code }}"
    )
    return [
        rows_when("cohort.programme or cohort.project_code", field("Programme and project", project)),
        rows_when("agreement.mobility_id", field("Mobility ID", "{{ agreement.mobility_id }}")),
    ]


def to_sign(sentence: str, *rows: Pieces) -> Pieces:
    """What is signed, and the rows to sign in; a draft has none."""
    return when("cohort.draft", not_yet(), otherwise=[lead_in(sentence), list_table("Signatures", COLUMNS, *rows)])
