"""The stay: its dates, its place in project and memorandum, and who else is there (A codes, floor 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import accumulate

from pipeline.checks.learners import are_different_people, under_age_on
from pipeline.checks.rule import Finding, called, check, dated, number, typed_cell
from pipeline.model import Cohort, Learner, Partner, by_person
from pipeline.problem import Severity

Stay = tuple[dt.date, dt.date, Learner]
"""First day, last day, and the row."""


@check("A101", Severity.ERROR)
def stay_ends_before_it_starts(cohort: Cohort) -> Iterator[Finding]:
    """The stay ends before it starts.

    Both dates are real, so one of them must be wrong. The actual dates, once they are filled, are compared likewise.

    Advice: Correct the start date or the end date.
    Basis: form (official Learning Agreement form, section 2: start and end of the training abroad; C02)
    """
    for learner in cohort.travelling:
        stay = learner.agreement
        if stay.start and stay.end and stay.end < stay.start:
            yield typed_cell(learner, "end", "start"), (
                f"The end date {dated(stay.end)} lies before the start date {dated(stay.start)}."
            )
        if stay.actual_start and stay.actual_end and stay.actual_end < stay.actual_start:
            yield typed_cell(learner, "actual_end", "actual_start"), (
                f"The actual end {dated(stay.actual_end)} lies before the actual start {dated(stay.actual_start)}."
            )


@check("A102", Severity.WARNING)
def weeks_differ_from_the_dates(cohort: Cohort) -> Iterator[Finding]:
    """The stated weeks differ from the dates by a week or more.

    Both ends count. Less than a week is no difference: five days from Monday to Friday, twice, are 12 days, and
    everybody calls them 2 weeks.

    Advice: Correct Weeks or the dates, or leave Weeks blank: it is counted from the dates.
    Basis: form (official Learning Agreement form, section 2: length of time abroad in weeks; C05)
    """
    for learner in cohort.travelling:
        stay, weeks = learner.agreement, learner.agreement.stated_weeks
        if weeks is not None and stay.start and stay.end and stay.days and abs(weeks * 7 - stay.days) >= 7:
            yield typed_cell(learner, "weeks", "end", "start"), (
                f"“{number(weeks)}” weeks are stated, but from {dated(stay.start)} to {dated(stay.end)} "
                f"there are “{stay.days}” days."
            )


@check("A103", Severity.ERROR)
def stays_of_a_person_overlap(cohort: Cohort) -> Iterator[Finding]:
    """Two stays of one learner overlap.

    Nobody is in two places on one day: a date is wrong, or a stay was entered twice. A learner who goes twice has a row
    for each stay, one after the other.

    Advice: Correct the dates of one of the two stays, or delete the row that was entered twice.
    Basis: data (one person cannot be in two places; C25)
    """
    for rows in by_person(cohort.travelling).values():
        dates = [(row.agreement.start, row.agreement.end, row) for row in rows if row.agreement.days]
        stays: list[Stay] = [(start, end, row) for start, end, row in dates if start and end]
        stays.sort(key=lambda stay: stay[0])
        for before, (start, _, later) in zip(_last_to_end(stays), stays[1:], strict=True):
            _, end, earlier = before
            same_row = earlier.mobility == later.mobility  # that is S214
            if start <= end and not same_row and not are_different_people(earlier, later):
                yield typed_cell(later, "start", "end"), (
                    f"This stay of {later.name} starts on {dated(start)}, while another ends on {dated(end)} "
                    f"({earlier.at('end')})."
                )


def _last_to_end(stays: list[Stay]) -> Iterator[Stay]:
    """For each stay but the first: of those before it, the one that ends last."""
    return accumulate(stays[:-1], lambda one, other: max(one, other, key=lambda stay: stay[1]))


@check("A104", Severity.ERROR)
def companion_leaves_before_arriving(cohort: Cohort) -> Iterator[Finding]:
    """An accompanying person's end date lies before the start date.

    Both dates are real, so one of them must be wrong.

    Advice: Correct the start date or the end date on sheet Accompanying.
    Basis: data (the two dates contradict each other; C02)
    """
    for companion in cohort.companions:
        if companion.start and companion.end and companion.end < companion.start:
            yield companion.at("end"), (
                f"The end date {dated(companion.end)} lies before the start date {dated(companion.start)}."
            )


@check("A110", Severity.ERROR)
def stay_is_outside_the_project(cohort: Cohort) -> Iterator[Finding]:
    """The stay is not inside the project's dates.

    Activities of a project are paid for between Project start and Project end.

    Advice: Correct the date of the stay, or Project start and Project end on sheet Cohort.
    Basis: programme (grant agreement of the project: activities take place within its duration; C06)
    """
    first, last = cohort.project_start, cohort.project_end
    if first and last and last < first:
        return
    for learner in cohort.travelling:
        start, end = learner.agreement.start, learner.agreement.end
        if start and end and end < start:
            continue
        if first and start and start < first:
            yield learner.at("start"), (
                f"The stay starts on {dated(start)}, before the project does on {dated(first)} "
                f"({cohort.at('project_start')})."
            )
        if last and end and end > last:
            yield learner.at("end"), (
                f"The stay ends on {dated(end)}, after the project does on {dated(last)} ({cohort.at('project_end')})."
            )


@check("A111", Severity.ERROR)
def project_ends_before_it_starts(cohort: Cohort) -> Iterator[Finding]:
    """The project ends before it starts.

    Both dates are real, so one of them must be wrong; until then no stay is compared with them.

    Advice: Correct Project start or Project end.
    Basis: data (the two dates contradict each other; C02)
    """
    if cohort.project_start and cohort.project_end and cohort.project_end < cohort.project_start:
        yield cohort.at("project_end"), (
            f"The project's end {dated(cohort.project_end)} lies before its start {dated(cohort.project_start)}."
        )


@check("A112", Severity.ERROR)
def stay_outlives_the_memorandum(cohort: Cohort) -> Iterator[Finding]:
    """The stay ends after the memorandum's last day.

    A Learning Agreement is made inside the framework of a Memorandum of Understanding, also of one that is signed
    already, and needs it until the stay is over.

    Advice: Correct the end date, or Valid until on sheet Cohort.
    Basis: form (Recommendation 2009/C 155/02, annex II; Memorandum of Understanding form, section 6; C06)
    """
    last = cohort.valid_until
    for learner in cohort.travelling:
        start, end = learner.agreement.start, learner.agreement.end
        if last and end and end > last and not (start and end < start):
            yield learner.at("end"), (
                f"The stay ends on {dated(end)}, but the memorandum is valid until {dated(last)} only "
                f"({cohort.at('valid_until')})."
            )


@check("A113", Severity.WARNING)
def agreement_is_signed_after_the_start(cohort: Cohort) -> Iterator[Finding]:
    """The Learning Agreement is signed after the stay has started.

    It is signed by all before the learner leaves. A changed agreement (with a number of the Amendment) may be signed
    during the stay.

    Advice: Correct Signed or the start date; if it was signed late, keep a note of the reason.
    Basis: convention (a rule of the Czech National Agency for Erasmus+, good practice elsewhere; C28)
    """
    for learner in cohort.travelling:
        stay = learner.agreement
        if stay.signed and stay.start and stay.signed > stay.start and not stay.amendment:
            yield typed_cell(learner, "signed", "start"), (
                f"The agreement is signed on {dated(stay.signed)}, but the stay starts on {dated(stay.start)}."
            )


@check("A114", Severity.WARNING)
def date_of_signature_is_after_a_start(cohort: Cohort) -> Iterator[Finding]:
    """The date printed beside the signatures lies after the start of a stay.

    Papers are signed by all before the learner leaves. It is told once, for the earliest stay that has no date in
    Signed of its own.

    Advice: Correct Date of signature, or leave it blank and let everybody write it by hand.
    Basis: convention (a rule of the Czech National Agency for Erasmus+, good practice elsewhere; C28)
    """
    stays = [learner.agreement for learner in cohort.travelling]
    starts = [stay.start for stay in stays if stay.start and not stay.signed and not stay.amendment]
    if cohort.date and starts and cohort.date > min(starts):
        yield cohort.at("date"), (
            f"The date of signature {dated(cohort.date)} lies after the first start, {dated(min(starts))}."
        )


@check("A120", Severity.WARNING)
def home_and_host_are_in_one_country(cohort: Cohort) -> Iterator[Finding]:
    """Home and host lie in the same country.

    Learning mobility of the programme leads to another country. A stay inside one country can be agreed in the same
    way, so this only warns. It is told once for each home and host.

    Advice: Correct the Country of the host or of the home, or choose another Host; else nothing has to be done.
    Basis: programme (Erasmus+ programme guide, VET mobility: activities take place abroad; C30)
    """
    for (home, host), learners in home_and_host(cohort).items():
        if home is host:
            yield learners[0].at("host"), f"{called(host)} is both home and host of this stay."
        elif home.country and home.country == host.country:
            yield host.at("country"), (
                f"The host {called(host)} lies in “{host.country}”, and so does the home {called(home)}."
            )


def home_and_host(cohort: Cohort) -> dict[tuple[Partner, Partner], list[Learner]]:
    """Group the rows that get papers by home and host, in the order of the sheet."""
    pairs: dict[tuple[Partner, Partner], list[Learner]] = {}
    for learner in cohort.travelling:
        home, host = learner.agreement.home, learner.agreement.host
        if home and host:
            pairs.setdefault((home, host), []).append(learner)
    return pairs


@check("A121", Severity.WARNING)
def more_learners_than_places(cohort: Cohort) -> Iterator[Finding]:
    """On one day more learners are at an organisation than it has places.

    Learners count where they are: at the host, and at the workplace if that is another. Column Places says how many
    the organisation takes at one time.

    Advice: Spread the stays, choose another Host or Workplace for some learners, or correct Places.
    Basis: convention (the number of places agreed with the host; C39)
    """
    coming: dict[Partner, list[tuple[dt.date, int]]] = {}
    for learner in cohort.travelling:
        stay = learner.agreement
        if stay.start and stay.end and stay.days:
            for partner in {stay.host, stay.workplace} - {None}:
                if partner and partner.places is not None:
                    moves = coming.setdefault(partner, [])
                    moves += [(stay.start, 1), (stay.end + dt.timedelta(days=1), -1)]
    for partner, moves in coming.items():
        there, most, first_day = 0, 0, dt.date.min
        for day, change in sorted(moves):  # on one day those who leave (-1) come first
            there += change
            if there > most:
                most, first_day = there, day
        if partner.places is not None and most > partner.places:
            yield partner.at("places"), (
                f"{called(partner)} has “{partner.places}” places, but “{most}” learners are there on "
                f"{dated(first_day)}."
            )


@check("A122", Severity.NOTICE)
def minors_travel_alone(cohort: Cohort) -> Iterator[Finding]:
    """Learners under age travel, and nobody on sheet Accompanying goes with them.

    Compared are home and host; an accompanying person without home or host goes with all. It is told once for each home
    and host.

    Advice: Enter who goes with them on sheet Accompanying, or agree with parents and host how they are looked after.
    Basis: programme (Erasmus quality standards: accompanying persons where they are needed; C41)
    """
    goes_with = {(companion.home, companion.host) for companion in cohort.companions}
    for (home, host), learners in home_and_host(cohort).items():
        minors = [learner for learner in learners if under_age_on(cohort, learner)]
        if minors and not goes_with & {(home, host), (home, None), (None, host), (None, None)}:
            who = "One learner" if len(minors) == 1 else f"{len(minors)} learners"
            verb = "goes" if len(minors) == 1 else "go"
            yield minors[0].at("host"), (
                f"{who} under {cohort.adult_age} {verb} from {called(home)} to {called(host)}, and nobody is entered "
                "who travels along."
            )
