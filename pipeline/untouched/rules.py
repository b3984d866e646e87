"""The word that a field of a form stands for, by whose it is and what it is about (floor 4).

A rule says nothing (None) where it does not know, `Pen` where a hand writes it, and is not certain where the forms
themselves leave it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.untouched.known import OF_A_UNIT, ORGANISATIONS, OUTCOMES, PARTIES, Found, Known, Pen
from pipeline.untouched.labels import split_words

Rule = Callable[[Known], Found | None]

_JUDGES = frozenset({"assessor", "validator", "recogniser"})
"""Those who assess, validate and recognise: blocks about them ask for a name, an organisation, a role."""


def _always(words: str) -> Rule:
    return lambda known: Found(words, True)


def _of_learner(words: str) -> Rule:
    """A word of the learner, her stay or her agreement: a memorandum has none."""
    return lambda known: None if known.memorandum else Found(words, True)


def _of_learner_herself(words: str) -> Rule:
    """A word of the learner that other people have too: in somebody else's block it is that person's."""
    return lambda known: Found(words, True) if not known.memorandum and known.party in ("", "learner") else None


def _day(words: str, of_project: str) -> Rule:
    """The first or last day: of the stay, or of the project where the block is about that."""
    return lambda known: Found(of_project, True) if known.topic == "project" else _of_the_stay(words)(known)


def _of_the_stay(words: str) -> Rule:
    """A word of the stay, which no organisation's block asks for."""
    return lambda known: None if known.memorandum else Found(words, known.party not in ORGANISATIONS)


def _of_memorandum(words: str) -> Rule:
    return lambda known: Found(words, True) if known.memorandum else None


def _of_either(agreement: str, memorandum: str) -> Rule:
    return lambda known: Found(memorandum if known.memorandum else agreement, True)


def _signatory(known: Known) -> str:
    return f"{known.record}.signatory" if known.memorandum else f"{known.record}.agreement_signatory"


def _name(known: Known) -> Found | None:
    if known.topic in _JUDGES and not known.signing and not known.memorandum:
        return Found(f"agreement.{known.topic}", True)
    if known.party in ("learner", "guardian"):
        return _name_of_person(known)
    return _name_at_organisation(known) if known.is_organisation else None


def _name_of_person(known: Known) -> Found | None:
    if known.party == "learner":
        return None if known.memorandum else Found("learner.name", True)
    again = known.has("guardian")
    return Found("learner.guardian2" if again else "learner.guardian", not again)


def _name_at_organisation(known: Known) -> Found | None:
    """The name of the organisation, or of somebody in it: who signs, whom to ask, who looks after the learner."""
    if known.signing or known.person == "signatory":
        return Found(_signatory(known), True)
    if known.person == "contact_person":
        return Found(f"{known.record}.contact_person", True)
    if known.person == "mentor":
        return _mentor(known)
    if known.has("name"):
        return Found(f"{known.record}.contact_person", False)
    return Found(f"{known.record}.name", True)


def _organisation_name(known: Known) -> Found | None:
    if known.topic in _JUDGES and not known.signing:
        return _organisation(known)
    return Found(f"{known.record}.name", True) if known.is_organisation else None


def _organisation(known: Known) -> Found | None:
    """“Organisation” in “Organisation, role” is where the person works, in “Organisation/country” the party itself."""
    if known.topic in _JUDGES and not known.memorandum:
        return Found(f"agreement.{known.topic}_role", True)
    return Found(f"{known.record}.name", True) if known.is_organisation else None


def _position(known: Known) -> Found | None:
    if known.topic in _JUDGES and not known.signing and not known.memorandum:
        return Found(f"agreement.{known.topic}_role", True)
    if known.signing and known.party in ("learner", "guardian"):
        return Pen
    if not known.is_organisation:
        return None
    if known.signing or known.person == "signatory" or known.has("signatory", "agreement_signatory"):
        return Found(f"{_signatory(known)}_role", True)
    if known.person == "mentor":
        return None
    sure = known.is_clear and (known.person == "contact_person" or known.has("contact_person"))
    return Found(f"{known.record}.contact_position", sure)


def _reached(key: str) -> Rule:
    """A telephone or an e-mail: the organisation's own, or that of the person named last in the block."""

    def rule(known: Known) -> Found | None:
        if known.party == "learner":  # after her parents nobody can tell whose it is
            return None if known.memorandum else Found(f"learner.{key}", not known.has("guardian", "guardian_address"))
        if known.party == "guardian":
            second = known.has("guardian2") or known.has(f"guardian_{key}")
            return Found(f"learner.guardian2_{key}" if second else f"learner.guardian_{key}", not second)
        return at_organisation(known) if known.is_organisation and not known.signing else None

    def at_organisation(known: Known) -> Found:
        sure = known.is_clear
        mentor = Found(f"partner.mentor_{key}" if known.memorandum else f"agreement.mentor_{key}", sure)
        theirs = known.memorandum or known.party in ("host", "workplace")
        if theirs and (known.person == "mentor" or (known.has("mentor") and known.has(f"contact_{key}"))):
            return mentor
        if known.person == "contact_person" or known.has("contact_person"):
            # After “Contact person, Tutor/mentor, Telephone” a person has to look whose number is meant: likelier the
            # number of who was named last.
            either = known.has("mentor") and known.person != "contact_person"
            if either and theirs and known.named_last("contact_person", "mentor") == "mentor":
                return mentor._replace(sure=False)
            return Found(f"{known.record}.contact_{key}", sure and not either and not known.has(f"contact_{key}"))
        if known.has("mentor"):
            return mentor if theirs else Found(f"{known.record}.contact_{key}", False)
        again = known.has(key)
        return Found(f"{known.record}.{'contact_' if again else ''}{key}", sure and not again)

    return rule


def _of_party(key: str, learner: str = "", guardian: str = "") -> Rule:
    """A word of whoever the block is about."""

    def rule(known: Known) -> Found | None:
        if known.party == "learner":
            return Found(learner, True) if learner and not known.memorandum else None
        if known.party == "guardian":
            return Found(guardian, not known.has(guardian.partition(".")[2])) if guardian else None
        return Found(f"{known.record}.{key}", True) if known.is_organisation and key else None

    return rule


def _country(known: Known) -> Found | None:
    if known.topic == "qualification" and known.party not in PARTIES:
        return Found("qualification.country_name", True)
    return Found(f"{known.record}.country_name", True) if known.is_organisation else None


def _contact_person(known: Known) -> Found | None:
    return Found(f"{known.record}.contact_person", True) if known.is_organisation and not known.signing else None


def _mentor(known: Known) -> Found | None:
    if known.memorandum:
        return Found(f"{known.record}.mentor", True) if known.is_organisation else None
    return Found("agreement.mentor", known.party in ("host", "workplace") and known.topic != "monitoring")


def _monitoring(known: Known) -> Found | None:
    return None if known.memorandum else Found("agreement.mentor", False)


def _date(known: Known) -> Found | None:
    """A bare date: of what the block is about; of a signature only where the cohort gives it."""
    if known.signing:
        if known.party == "home":
            return Found("cohort.date", True)
        return Found("partner.signed_on", True) if known.party == "organisation" and known.item else Pen
    dates = {
        "assessment": "agreement.assessment_date", "assessor": "agreement.assessment_date",
        "recording": "agreement.validation_date", "validation": "agreement.validation_date",
        "validator": "agreement.validation_date",
    }  # fmt: skip
    if known.topic in dates and not known.memorandum:
        return Found(dates[known.topic], True)
    memorandum = {"validity": "mou.valid_until", "review": "mou.review_date"}
    return Found(memorandum[known.topic], True) if known.topic in memorandum else None


def _place(known: Known) -> Found | None:
    if not known.signing:
        return None
    return Found("cohort.place", True) if known.party == "home" else Pen


def _method(known: Known) -> Found | None:
    methods = {
        "assessment": "assessment_method", "assessor": "assessment_method", "recording": "validation_recording",
        "validation": "validation_method", "validator": "validation_method", "recognition": "recognition_method",
        "recogniser": "recognition_method",
    }  # fmt: skip
    if known.memorandum or known.topic not in methods:
        return None
    return Found(f"agreement.{methods[known.topic]}", True)


def _units(known: Known) -> Found | None:
    if known.topic == "qualification" and known.memorandum:
        return Found("qualification.units.title", True)
    if known.topic in ("unit", "outcome") and known.item:
        return Found("unit.title", True)
    return Found("units.title", not known.memorandum)


def _outcomes(known: Known) -> Found | None:
    if known.topic in ("unit", "outcome") and known.item:
        return Found(OF_A_UNIT, True)
    return None if known.memorandum else Found(OUTCOMES, True)


def _of_unit(key: str) -> Rule:
    def rule(known: Known) -> Found | None:
        return Found(f"{'unit' if known.topic in ('unit', 'outcome') and known.item else 'units'}.{key}", True)

    return rule


def _points(known: Known) -> Found | None:
    if known.memorandum:
        return Found("qualification.points", True) if known.topic == "qualification" else None
    if known.topic in ("validation", "recognition", "both", "recording", "assessment"):
        return None  # what was achieved, and not what is planned
    return Found("unit.points" if known.topic in ("unit", "outcome") and known.item else "agreement.points", True)


def _qualification(key: str) -> Rule:
    def rule(known: Known) -> Found | None:
        if known.memorandum and (known.topic != "qualification" or known.item is None):
            return None
        if known.topic in ("unit", "outcome") and key == "eqf_level":
            return Found("unit.eqf_level", bool(known.item))
        return Found(f"qualification.{key}", True)

    return rule


_LEVEL = ("level", "livel", "nivea", "nivel", "poziom", "taso", "tason", "stufe")
"""How “level” begins in ten languages."""


def _programme(known: Known) -> Found | None:
    both = any(word.startswith(_LEVEL) for word in split_words(known.label))
    words = "qualification.title, qualification.eqf_level" if both else "qualification.title"
    return None if known.memorandum else Found(words, known.party == "learner")


def _study_field(known: Known) -> Found | None:
    """The field of the programme (school, VET, adults); “Field” alone may be a trade."""
    return Found("cohort.field", known.party == "" and (known.topic == "mobility" or len(split_words(known.label)) > 1))


FIELDS: Mapping[str, Rule] = {
    "name": _name, "organisation_name": _organisation_name, "organisation": _organisation,
    "family_name": _of_party("", "learner.family_name"), "given_names": _of_party("", "learner.given_names"),
    "date_of_birth": _of_learner_herself("learner.date_of_birth"), "sex": _of_learner_herself("learner.sex"),
    "nationality": _of_learner_herself("learner.nationality"),
    "address": _of_party("address", "learner.address", "learner.guardian_address"), "country": _country,
    "telephone": _reached("telephone"), "email": _reached("email"), "website": _of_party("website"),
    "oid": _of_party("oid"), "contact_person": _contact_person, "responsible_person": _contact_person,
    "position": _position, "mentor": _mentor, "monitoring": _monitoring,
    "legal_representative": lambda known: Found(_signatory(known), True) if known.is_organisation else None,
    "emergency_contact": _of_learner_herself("learner.emergency_contact"),
    "start_date": _day("agreement.start", "cohort.project_start"),
    "end_date": _day("agreement.end", "cohort.project_end"),
    "weeks": _of_the_stay("agreement.weeks"), "days": _of_the_stay("agreement.days"),
    "qualification_title": _qualification("title"), "eqf_level": _qualification("eqf_level"),
    "nqf_level": _qualification("nqf_level"), "awarding_body": _qualification("awarding_body"),
    "progress": _of_learner("agreement.progress"), "units": _units, "points": _points, "outcomes": _outcomes,
    "knowledge": _of_unit("knowledge"), "skills": _of_unit("skills"), "competence": _of_unit("competence"),
    "activities": _of_the_stay("agreement.activities or units.activities"),
    "assessor": _of_learner("agreement.assessor"), "assessment_date": _of_learner("agreement.assessment_date"),
    "assessment_method": _of_learner("agreement.assessment_method"),
    "assessment_criteria": _of_unit("assessment_criteria"),
    "assessment_recording": _of_learner("agreement.assessment_recording"), "method": _method,
    "validator": _of_learner("agreement.validator"), "validation_method": _of_learner("agreement.validation_method"),
    "validation_date": _of_learner("agreement.validation_date"), "recogniser": _of_learner("agreement.recogniser"),
    "recognition_method": _of_learner("agreement.recognition_method"),
    "place": _place, "date": _date, "signature": lambda known: Pen, "stamp": lambda known: Pen,
    "additional_information": _of_either("agreement.additional_information", "mou.additional_information"),
    "annexes": _of_either("agreement.annexes", "mou.annexes"), "file_code": _of_memorandum("mou.file_code"),
    "other_objectives": _of_memorandum("mou.other_objectives"),
    "other_organisations": _of_memorandum("mou.covered.name, mou.other_organisations"),
    "valid_until": _of_memorandum("mou.valid_until"), "review_date": _of_memorandum("mou.review_date"),
    "reviewed_by": _of_memorandum("mou.reviewed_by"), "programme": _always("cohort.programme"),
    "project_title": _always("cohort.title"), "project_code": _always("cohort.project_code"),
    "mobility_id": _of_learner("agreement.mobility_id"), "activity_type": _always("cohort.activity"),
    "study_field": _study_field, "mode": _always("cohort.mode"), "training_programme": _programme,
}  # fmt: skip
"""The rule of each field of `labels/`; fields without one are no blanks."""
