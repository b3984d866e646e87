"""What a tick box of a form stands for: the word it looks at, and the value that ticks it (floor 4)."""

from __future__ import annotations

import re

from pipeline.untouched.hints import date_pattern
from pipeline.untouched.known import Known
from pipeline.untouched.labels import OPTION, Labels, is_known, wording

OTHER = "other"
"""The option of a box that is ticked where a list holds something that none of the other boxes stands for."""

_ENCLOSED = {
    "qualification": "enclosures_progress", "outcomes": "enclosures_programme", "activities": "enclosures_programme",
    "assessment": "enclosures_assessment", "assessor": "enclosures_assessment",
}  # fmt: skip
_HEAD = re.compile(r"\s*[:(]|\s+[–—-]\s+|,\s")
"""What parts an option from what is asked behind it: “Yes - these are”, “Other: please specify”."""

_CHOICES = {
    "physical": ("cohort.mode", "physical"), "blended": ("cohort.mode", "blended"), "vet": ("cohort.field", "VET"),
    "school": ("cohort.field", "School education"), "adult": ("cohort.field", "Adult education"),
    "short": ("cohort.activity", "short"), "long": ("cohort.activity", "long"), "group": ("cohort.activity", "group"),
}  # fmt: skip
_ASKED = {"cohort.mode": "mode", "cohort.field": "study_field", "cohort.activity": "activity_type"}

ENCLOSURES = frozenset({
    "certificate_supplement", "cv", "mobility", "language_passport", "skills_passport", "acquired_outcomes",
    "qualification_outcomes", "unit_descriptions", "activity_descriptions", "development_plan", "assessment_procedure",
    "documenting_template",
})  # fmt: skip
"""The options that name something enclosed."""


def meaning_of_box(labels: Labels, known: Known, option: str) -> tuple[str, bool]:
    """Give the words of a box (`learner.sex=M`), and whether they are certain; empty where it was not understood."""
    plain = re.sub(r"\s+", " ", option).strip()
    found = labels.match(OPTION, plain)
    if not (found and found.sure):  # “Other / Autre: please specify / merci de préciser”
        head = labels.match(OPTION, _HEAD.split(plain)[0])
        found = head if head and head.sure and head.key in (OTHER, "yes", "no") else found
    key, sure = (found.key, found.sure) if found else ("", True)
    if key in ("male", "female") and len(plain) <= 2 and known.field != "sex":
        return "", False  # “M” may be a size
    if key in ("male", "female") and not known.memorandum:
        return f"learner.sex={'M' if key == 'male' else 'F'}", sure
    if key in ("yes", "no"):
        asked = known.field == "other_objectives" and known.memorandum
        word = "mou.other_objectives" if key == "yes" else "not mou.other_objectives"
        return (word, sure and known.label_sure) if asked else ("", False)
    if key in _CHOICES and known.field == _ASKED[_CHOICES[key][0]]:
        word, value = _CHOICES[key]
        return f"{word}={value}", sure and known.label_sure
    return _enclosure(known, plain, key, sure=sure)


def _enclosure(known: Known, plain: str, key: str, *, sure: bool) -> tuple[str, bool]:
    """Give the words of a box for something enclosed, or for what no other box stands for."""
    enclosing = known.field == "enclosures" or key in ENCLOSURES
    word = _enclosed(known) if enclosing and not date_pattern(plain) else ""
    if not word:
        return "", False
    if key == OTHER:
        return f"{word}={OTHER}", sure and known.topic_sure
    if key in ENCLOSURES and sure and is_known(OPTION, plain) != key:
        plain = f"{plain} | {wording(OPTION, key, 'en')}"  # so that it is ticked by the official wording too
    return f"{word}={plain}", known.topic_sure and (sure or known.field == "enclosures")


def _enclosed(known: Known) -> str:
    """Say which list of enclosures a box looks at: that of the section it stands in."""
    if known.topic == "qualification" and known.memorandum:
        return "qualification.enclosures" if known.item is not None else ""
    if known.memorandum:
        return ""
    word = _ENCLOSED.get(known.topic)
    return f"agreement.{word}" if word else ""


