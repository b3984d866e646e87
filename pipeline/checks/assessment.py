"""Who assesses, validates and recognises, when, and with which annexes (A codes, floor 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from pipeline.checks.rule import Finding, called, check, dated
from pipeline.model import Cohort, Learner, Partner
from pipeline.problem import Place, Severity
from pipeline.spelling import bare

WEEKS_AFTER = dt.timedelta(weeks=6)
"""How long after the stay an assessment may still be one of the stay."""

OTHER = frozenset((
    "other", "others", "otherpleasespecify", "sonstiges", "sonstigesbitteangeben", "andere", "autre", "autres",
    "autrepreciser", "otro", "otros", "otroespecifique", "altro", "altrospecificare", "inne", "innejakie", "outro",
    "outros", "outroespecificar", "anders", "andersnamelijk", "muu", "muumika", "altele", "alteleprecizati", "jine",
    "ostatni",
))  # fmt: skip
"""What the last box of a list is called on the forms, in the languages of the workbook, without spaces and accents."""


def names(text: str, partner: Partner | None) -> bool:
    """Say whether a text names an organisation, word for word."""
    return partner is not None and bool(partner.name) and _names(text, partner.name or "")


@lru_cache(maxsize=2_000)
def _names(text: str, name_of: str) -> bool:
    words, name = ([bare(word) for word in written.split()] for written in (text, name_of))
    return bool(name) and any(words[at : at + len(name)] == name for at in range(len(words)))


def of_the_wrong_side(learner: Learner, text: str, *, right: str, wrong: str) -> Partner | None:
    """Find the organisation a role names, where it is of the wrong side and none of the right one is named."""
    stay = learner.agreement
    sides = {"home": (stay.home, stay.employer), "host": (stay.host, stay.workplace)}
    if any(names(text, partner) for partner in sides[right]):
        return None
    return next((partner for partner in sides[wrong] if names(text, partner)), None)


@check("A301", Severity.WARNING)
def assessor_is_of_the_home(cohort: Cohort) -> Iterator[Finding]:
    """The assessor's organisation is the home organisation.

    The host assesses what was learned there; home validates and recognises. The organisation is found by its name in
    the column for organisation and role.

    Advice: Name a person of the host or of the workplace as the assessor, or correct Assessor role.
    Basis: form (Recommendation 2009/C 155/02, annex II: the host assesses; C26)
    """
    for learner in cohort.travelling:
        stay = learner.agreement
        roles = [(learner.at("assessor_role"), stay.assessor_role)]
        roles += [(choice.at("assessor_role"), choice.assessor_role) for choice in stay.choices]
        for place, role in roles:
            home = of_the_wrong_side(learner, role or "", right="host", wrong="home")
            if home:
                yield place, f"The assessor's role “{role}” names {called(home)}, which sends the learner."


@check("A302", Severity.WARNING)
def home_decision_is_made_at_the_host(cohort: Cohort) -> Iterator[Finding]:
    """The organisation of the validator or recogniser is the host.

    The host assesses; home holds the result against the unit (validation) and counts it towards the qualification
    (recognition). The organisation is found by its name in the column for organisation and role.

    Advice: Name a person of the home organisation, or correct the role.
    Basis: form (Recommendation 2009/C 155/02, annex II: home validates and recognises; C26)
    """
    for learner in cohort.travelling:
        for key, who in (("validator_role", "validator"), ("recogniser_role", "recogniser")):
            role = getattr(learner.agreement, key) or ""
            host = of_the_wrong_side(learner, role, right="home", wrong="host")
            if host:
                yield learner.at(key), f"The {who}'s role “{role}” names {called(host)}, where the learner is a guest."


def assessments(learner: Learner) -> dict[Place, dt.date]:
    """List the days of assessment of a stay, each once, with the cell it stands in."""
    stay = learner.agreement
    days = {choice.at("assessment_date"): choice.assessment_date for choice in stay.choices if choice.assessment_date}
    if stay.assessment_date:
        days[learner.at("assessment_date")] = stay.assessment_date
    return days


def _outside(learner: Learner) -> dict[Place, dt.date]:
    """List the days of assessment before the stay or long after it."""
    start, end = learner.agreement.start, learner.agreement.end
    if not (start and end and start <= end):
        return {}
    return {place: day for place, day in assessments(learner).items() if not start <= day <= end + WEEKS_AFTER}


@check("A310", Severity.WARNING)
def assessment_is_outside_the_stay(cohort: Cohort) -> Iterator[Finding]:
    """The assessment lies before the stay or more than six weeks after it.

    The host assesses what was learned during the stay, at its end or shortly after.

    Advice: Correct the assessment date or the dates of the stay.
    Basis: form (Recommendation 2009/C 155/02: the outcomes achieved abroad are assessed by the host; C27)
    """
    for learner in cohort.travelling:
        start, end = learner.agreement.start, learner.agreement.end
        for place, day in _outside(learner).items():
            if start and end:
                yield place, (
                    f"The assessment date {dated(day)} does not fit the stay from {dated(start)} to {dated(end)}."
                )


@check("A311", Severity.WARNING)
def validation_is_before_the_assessment(cohort: Cohort) -> Iterator[Finding]:
    """The validation lies before the assessment.

    First the host assesses, then home validates what was assessed, then it recognises.

    Advice: Correct the validation date or the assessment date.
    Basis: form (Recommendation 2009/C 155/02, annex II: assessment, validation, recognition; C27)
    """
    for learner in cohort.travelling:
        validated, days = learner.agreement.validation_date, assessments(learner)
        if validated and days and validated < max(days.values()) and not _outside(learner):
            yield learner.at("validation_date"), (
                f"The validation date {dated(validated)} lies before the assessment on {dated(max(days.values()))}."
            )


@check("A320", Severity.ERROR)
def other_annex_is_not_named(cohort: Cohort) -> Iterator[Finding]:
    """An annex is “Other”, and it is not said what.

    The form's last box is ticked by any entry that is no box of the form, and shows it. “Other” itself ticks the box
    and leaves its text empty.

    Advice: Write what is enclosed instead of “Other”, or take it out.
    Basis: form (Learning Agreement form, sections 3 to 5, memorandum, section 4: “Other: please specify”; C33)
    """
    for learner in cohort.travelling:
        for key in ("enclosures_progress", "enclosures_programme", "enclosures_assessment"):
            for entry in getattr(learner.agreement, key):
                if bare(entry) in OTHER:
                    yield learner.at(key), f"The entry “{entry}” does not say what is enclosed."
    for qualification in cohort.qualifications:
        for entry in qualification.enclosures:
            if bare(entry) in OTHER:
                yield qualification.at("enclosures"), f"The entry “{entry}” does not say what is enclosed."
