"""The programme that pays: activity and its length, project code, groups, countries (A codes, floor 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checks.rule import Finding, called, check, dated, typed_cell
from pipeline.checks.stays import home_and_host
from pipeline.model import Cohort, Learner, by_person
from pipeline.problem import Severity, quoted

LENGTHS = {"short": (10, 89), "long": (90, 365), "ErasmusPro": (90, 365), "group": (2, 30)}
"""Days of an activity, both ends counted, travel days apart."""

SHORTEST, LONGEST = 2, 365
"""No stay of a VET learner is shorter or longer, whatever the activity."""

PROJECT_CODE = re.compile(r"(20\d\d)-[1-9]-[A-Z]{2}\d\d-(KA\d{3})(?:-(SCH|VET|ADU|HED|YOU|SPO)-\d{9}|-\d{6})")
"""A project code of 2021–2027 (with the field, nine digits) or of 2014–2020 (six digits)."""

COUNTRIES = frozenset((
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "MK", "NO", "RS", "TR",
))  # fmt: skip
"""Member States of the European Union and third countries associated to the programme."""


def is_erasmus(cohort: Cohort) -> bool:
    """Say whether the cohort is paid for by Erasmus+: its project code or field Programme says so."""
    return bool(
        re.match(r"20\d\d-\d-[A-Z]{2}\d\d-", cohort.project_code or "")
        or re.search(r"erasmus|\bKA1\d\d", cohort.programme or "", re.IGNORECASE)
    )


def call_year(cohort: Cohort) -> int | None:
    """Give the year of the call: Call year, else the year the project code begins with."""
    written = PROJECT_CODE.fullmatch(cohort.project_code or "")
    return cohort.call_year or (int(written[1]) if written else None)


@check("A150", Severity.ERROR)
def stay_does_not_fit_the_activity(cohort: Cohort) -> Iterator[Finding]:
    """The stay is shorter or longer than its activity may be.

    A short-term stay of a learner lasts 10 to 89 days (from 2 for learners with fewer opportunities: A151), a long-term
    one (ErasmusPro) 90 to 365, a group's 2 to 30. Both ends count, travel days apart.

    Advice: Correct the dates, or the Activity on sheet Cohort.
    Basis: programme (Erasmus+ programme guide, VET mobility: duration of activities; C03, C04)
    """
    if cohort.activity not in LENGTHS:
        return
    least, most = LENGTHS[cohort.activity]
    for learner in cohort.travelling:
        days = learner.agreement.days
        if days and (days < (SHORTEST if cohort.activity == "short" else least) or days > most):
            yield (
                typed_cell(learner, "end", "start"),
                f"The stay lasts “{days}” days, but activity “{cohort.activity}” lasts {least} to {most}.",
                _fitting(days),
            )


def _fitting(days: int) -> str:
    """Name the activities that a stay of this length would fit, if there are any."""
    others = [name for name, (least, most) in LENGTHS.items() if least <= days <= most]
    return f"Correct the dates, or the Activity on sheet Cohort ({quoted(others)} would fit)." if others else ""


@check("A151", Severity.WARNING)
def short_stay_is_very_short(cohort: Cohort) -> Iterator[Finding]:
    """A short-term stay lasts less than 10 days.

    Ten days are the least; from 2 days on it is possible for participants with fewer opportunities, if the reason is
    given to the National Agency.

    Advice: Correct the dates; if the learner has fewer opportunities, keep the reason with the papers.
    Basis: programme (Erasmus+ programme guide, VET mobility: short-term learning mobility of VET learners; C03)
    """
    for learner in cohort.travelling:
        days = learner.agreement.days
        if cohort.activity == "short" and days and SHORTEST <= days < LENGTHS["short"][0]:
            yield typed_cell(learner, "end", "start"), f"The stay lasts “{days}” days, less than 10."


@check("A152", Severity.WARNING)
def stay_has_an_unusual_length(cohort: Cohort) -> Iterator[Finding]:
    """The stay lasts one day, or more than a year.

    The cohort says no Activity that would limit it, but no stay of a learner is shorter than 2 or longer than 365 days.
    Mostly a year is wrong. (Activity “other” may last one day: a competition does.)

    Advice: Correct the dates, or fill Activity on sheet Cohort.
    Basis: programme (Erasmus+ programme guide, VET mobility: duration of activities; C03)
    """
    if cohort.activity in LENGTHS:
        return
    least = 1 if cohort.activity else SHORTEST
    for learner in cohort.travelling:
        days = learner.agreement.days
        if days and not least <= days <= LONGEST:
            yield typed_cell(learner, "end", "start"), f"The stay lasts “{days}” {'days' if days > 1 else 'day'}."


@check("A153", Severity.WARNING)
def group_of_one(cohort: Cohort) -> Iterator[Finding]:
    """A group mobility leads a single learner to a host.

    A group has at least two learners. They are counted for each host.

    Advice: Enter the others of the group, or write short as the Activity on sheet Cohort.
    Basis: programme (Erasmus+ programme guide, VET mobility: group mobility of VET learners; C40)
    """
    groups: dict[object, list[Learner]] = {}
    for learner in cohort.travelling if cohort.activity == "group" else ():
        if learner.agreement.host:
            groups.setdefault(learner.agreement.host, []).append(learner)
    for learners in groups.values():
        if len(by_person(learners)) == 1:
            yield learners[0].at("host"), f"The Activity is “group”, but {learners[0].name} goes to this host alone."


@check("A154", Severity.WARNING)
def too_many_for_a_short_term_project(cohort: Cohort) -> Iterator[Finding]:
    """A short-term project (KA122) has more than 30 participants.

    Persons are counted, not stays; accompanying persons do not count. Staff and other cohorts of the project come on
    top, this program does not see them.

    Advice: Check the project code and the number of participants with your National Agency.
    Basis: programme (Erasmus+ programme guide, VET mobility: short-term projects have at most 30 participants; C40)
    """
    people = len(by_person(cohort.travelling))
    for key in ("project_code", "programme"):
        if "KA122" in (getattr(cohort, key) or "").upper() and people > 30:
            yield cohort.at(key), f"This is a KA122 project, and “{people}” learners travel."
            return


@check("A155", Severity.NOTICE)
def activity_needs_no_agreement(cohort: Cohort) -> Iterator[Finding]:
    """The programme asks for no Learning Agreement for each learner of this activity.

    For group mobility one learning programme for the group with a list of participants is enough, and skills
    competitions and preparatory visits need none (told where the Activity is “other” and the title says so). Agreements
    for each learner may be made all the same, and with ECVET units they make sense.

    Advice: Nothing has to be done; if your National Agency asks for less, choose another set of forms.
    Basis: programme (Erasmus+ programme guide and National Agencies: documents of an activity; C42)
    """
    if cohort.activity == "group":
        yield cohort.at("activity"), "For activity “group” one learning programme for the whole group is enough."
    named = re.search(r"competition|euroskills|worldskills|preparatory visit", cohort.title or "", re.IGNORECASE)
    if cohort.activity == "other" and named:
        yield cohort.at("activity"), f"For an activity such as “{cohort.title}” no Learning Agreement is needed."


@check("A160", Severity.WARNING)
def project_code_has_another_form(cohort: Cohort) -> Iterator[Finding]:
    """The project code is not written as Erasmus+ writes it.

    Call year, round, National Agency, action, field and a number: 2026-1-CZ01-KA121-VET-000123456; before 2021 without
    the field and with six digits. KA120 is an accreditation and not a project. Codes of other programmes (field
    Programme says so) are not looked at.

    Advice: Copy the project code from the grant agreement.
    Basis: programme (standard form of project codes, as on the Erasmus+ learning agreement; C32)
    """
    code = cohort.project_code
    if not code or (cohort.programme and not is_erasmus(cohort)):
        return
    written = PROJECT_CODE.fullmatch(code)
    if not written:
        yield cohort.at("project_code"), (
            f"“{code}” is not written like a project code such as 2026-1-CZ01-KA121-VET-000123456."
        )
    elif written[2] == "KA120":
        yield cohort.at("project_code"), f"“{code}” is the code of an accreditation (KA120) and not of a project."


@check("A161", Severity.WARNING)
def call_year_contradicts(cohort: Cohort) -> Iterator[Finding]:
    """Call year, project code and project start contradict each other.

    The project code begins with the year of the call, and no project starts before the year of its call. Forms belong
    to a call year, so a wrong year may mean the wrong forms.

    Advice: Correct Call year, Project code or Project start.
    Basis: programme (standard form of project codes; call for proposals; C32)
    """
    written = PROJECT_CODE.fullmatch(cohort.project_code or "")
    call, start = call_year(cohort), cohort.project_start
    if written and call != int(written[1]):
        yield cohort.at("call_year"), f"Call year “{call}” is not the year in the project code “{cohort.project_code}”."
    elif call and start and start.year < call:
        yield cohort.at("project_start"), (
            f"The project starts on {dated(start)}, before the year of its call, “{call}”."
        )


@check("A162", Severity.WARNING)
def field_is_not_vet(cohort: Cohort) -> Iterator[Finding]:
    """The project belongs to another field than vocational education and training.

    The code of the project names its field: VET, or SCH (schools), ADU (adults), HED (universities), YOU, SPO. ECVET
    and these papers are meant for VET.

    Advice: Correct Project code or Field, or use the forms of that field.
    Basis: programme (standard form of project codes; C32)
    """
    written = PROJECT_CODE.fullmatch(cohort.project_code or "")
    if written and written[3] not in (None, "VET"):
        yield cohort.at("project_code"), f"The project code “{cohort.project_code}” names the field “{written[3]}”."
    elif (cohort.field or "").strip().upper() in ("SCH", "ADU", "HED", "YOU", "SPO"):
        yield cohort.at("field"), f"The field is “{cohort.field}” and not VET."


@check("A163", Severity.WARNING)
def home_is_outside_the_programme(cohort: Cohort) -> Iterator[Finding]:
    """A home organisation lies in a country that cannot send learners with Erasmus+.

    Learners are sent by organisations of the European Union and of the countries associated to the programme (Iceland,
    Liechtenstein, North Macedonia, Norway, Serbia, Türkiye). Looked at only where the cohort is an Erasmus+ project.

    Advice: Correct the Country of the home organisation, or ask your National Agency.
    Basis: programme (Erasmus+ programme guide, part A: eligible countries; C30)
    """
    for home in dict.fromkeys(home for home, _ in home_and_host(cohort)):
        if is_erasmus(cohort) and home.country and home.country not in COUNTRIES:
            yield home.at("country"), f"The home {called(home)} lies in “{home.country}”, outside the programme."


@check("A164", Severity.NOTICE)
def host_is_outside_the_programme(cohort: Cohort) -> Iterator[Finding]:
    """A host lies in a country outside the programme.

    That is possible, for a limited part of a project's money: Switzerland and the United Kingdom are such countries.
    Looked at only where the cohort is an Erasmus+ project. (Switzerland is to be associated from call 2027, so it is
    not told from then on.)

    Advice: Make sure that the project may send learners there; if the Country is wrong, correct it.
    Basis: programme (Erasmus+ programme guide, VET mobility: international outgoing mobility; C30)
    """
    call = call_year(cohort) or 0
    known = COUNTRIES | {"CH"} if call >= 2027 else COUNTRIES
    for host in dict.fromkeys(host for _, host in home_and_host(cohort)):
        if is_erasmus(cohort) and host.country and host.country not in known:
            yield host.at("country"), f"The host {called(host)} lies in “{host.country}”, outside the programme."
