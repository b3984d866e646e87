"""What makes a blank uncertain, whatever its label says (floor 4).

“Telephone” under “Doctor of the participant” is not the participant's, and an “actual start date” is not the planned
one. A wording that is known as it stands (“Emergency contact”) is understood; in every other text one of these words
means that a person has to look.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from pipeline.untouched.blanks import Blank
from pipeline.untouched.labels import ABOUT, FIELD, Labels, split_words
from pipeline.untouched.lines import Kind
from pipeline.untouched.titles import bare_title, title_number

_UNMISTAKABLE = frozenset({
    "project_code", "mobility_id", "project_title", "programme", "eqf_level", "nqf_level", "qualification_title",
    "progress", "units", "outcomes", "activities", "file_code", "other_objectives", "valid_until", "review_date",
    "reviewed_by", "other_organisations", "assessment_recording", "validation_method", "recognition_method",
    "assessment_date", "assessor", "validator", "recogniser", "emergency_contact", "activity_type", "study_field",
    "mode",
})  # fmt: skip
"""Fields that mean the same under a title nobody knows."""

DAYS = frozenset({"start_date", "end_date"})
"""Fields that are the first or last day of something."""

_BRACKETS = re.compile(r"\(([^()]*)\)")


@cache
def _bars() -> Mapping[str, tuple[str, ...]]:
    tables: Mapping[str, Mapping[str, Sequence[str]]] = tomllib.loads(
        files("pipeline.untouched").joinpath("bars.toml").read_text("utf-8")
    )
    return {name: tuple(stem for stems in table.values() for stem in stems) for name, table in tables.items()}


def is_barred(blank: Blank, labels: Labels, field: str, party: str) -> bool:
    """Say whether something around a blank makes it uncertain."""
    titles = [text for text in blank.context if text and not _is_worded(ABOUT, bare_title(text), labels)]
    if any(_speaks_of(text, "anywhere") or _speaks_of(text, "title") for text in titles):
        return True
    if blank.label and field in DAYS and _speaks_of(blank.label, "condition"):
        return True
    if blank.label and blank.label not in (blank.block, blank.section):
        # A known label may say in brackets whose it is after all: “Telephone (insurance)”, “Start date (actual)”.
        said = " ".join(_BRACKETS.findall(blank.label)) if _is_worded(FIELD, blank.label, labels) else blank.label
        reached = _speaks_of(said, "label") and not _speaks_of(said, "planned")
        kind = "method" if field.endswith("_method") else "day" if field in DAYS else field
        if reached or any(_speaks_of(said, table) for table in {"anywhere", party, kind} & set(_bars())):
            return True
    return _is_in_prose(blank) or _has_two_labels(blank)


def is_under_the_unknown(blank: Blank, known: bool, field: str) -> bool:
    """Say whether the nearest title is not understood, so that the label alone would have to tell whose blank it is."""
    nearest = next((text for text in blank.context[:3] if text), "")
    return bool(nearest) and not known and field not in _UNMISTAKABLE


def is_one_of_several(text: str) -> bool:
    """Say whether a title is about the second of several: its data are not those of the first."""
    return (title_number(text) or 1) > 1


def _is_worded(table: str, text: str, labels: Labels) -> bool:
    found = labels.match(table, text)
    return found is not None and found.sure


def _speaks_of(text: str, table: str) -> bool:
    return any(f"{word} ".startswith(_bars()[table]) for word in split_words(text))


def _is_in_prose(blank: Blank) -> bool:
    """Say whether a line to write on stands in a sentence: “takes place from ____ to ____ in the town of ____”."""
    if blank.kind is not Kind.LINE:
        return False
    text = blank.line.text
    before = text[: blank.span.start].rpartition("\n")[2].rstrip()
    behind = re.sub(r"[\s_.…()/-]|\W", "", text[blank.span.end :].partition("\n")[0])
    goes_on = bool(behind) or re.search(r"(?:_|\.|…){3}", before) is not None
    return bool(before) and not before.endswith((":", "：", "?")) and goes_on


def _has_two_labels(blank: Blank) -> bool:
    """Say whether two labels share one blank: “Born on:        in:”, or “Project: 2026-1-NL01 File:”."""
    if re.search(r":\s+\S*\d.*:\s*$", blank.label):
        return True
    before = blank.line.text[: blank.span.start].rpartition("\n")[2]
    return blank.kind is Kind.AFTER and re.search(r":[\s\u00a0]{2,}\S", before) is not None
