"""A clean cohort without a workbook: two learners' worth of facts, to be changed one value at a time.

Every record knows its cells as if it had been read from the empty workbook: columns in the order of `columns.py`.
Dates are written as ISO strings and numbers as they come; the kind of the column says what they become.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from decimal import Decimal
from typing import Any

from pipeline import checks
from pipeline.achievements import with_achievements
from pipeline.columns import (
    ACCOMPANYING,
    ACHIEVEMENTS,
    COHORT,
    JOB_PROFILES,
    LEARNERS,
    PARTNERS,
    QUALIFICATIONS,
    RESULTS_SHEET,
    SHEETS,
    UNIT_CHOICES,
    UNITS,
    Kind,
    Sheet,
)
from pipeline.model import (
    Achievement,
    Agreement,
    Cohort,
    Companion,
    Learner,
    Origin,
    Partner,
    Qualification,
    Requirement,
    Result,
    Unit,
    UnitChoice,
)
from pipeline.problem import Place

FILE = "cohort.xlsx"
COHORT_ID = "CZ-2027-Spring"
FROM_HOST = ("mentor", "mentor_telephone", "mentor_email", "assessor", "assessor_role")


def letter(index: int) -> str:
    return (letter(index // 26 - 1) if index > 25 else "") + chr(ord("A") + index % 26)


def origin(sheet: Sheet, row: int | None, inherited: dict[str, Place] | None = None, unreadable: Any = ()) -> Origin:
    keys = [column.key for column in sheet.columns]
    columns = {key: f"B{at + 2}" if sheet.fields else letter(at) for at, key in enumerate(keys)}
    return Origin(
        file=FILE, sheet=sheet.name, row=row, columns=columns, inherited=inherited or {},
        unreadable=frozenset(unreadable),
    )  # fmt: skip


def read(sheet: Sheet, values: dict[str, Any]) -> dict[str, Any]:
    """Read values as the kind of their column says: “2027-04-05” becomes a date, 2.5 a Decimal."""
    kinds = {column.key: column.kind for column in sheet.columns}
    done = dict(values)
    for key, value in values.items():
        if kinds.get(key) is Kind.DATE and isinstance(value, str):
            done[key] = dt.date.fromisoformat(value)
        elif kinds.get(key) is Kind.DECIMAL and value is not None:
            done[key] = Decimal(str(value))
    return done


def cell(reference: str, sheet: str = "Cohort") -> Place:
    """Name the cell of sheet Cohort (or another) that a value was taken from."""
    return Place(file=FILE, sheet=sheet, cell=reference, row=int("".join(filter(str.isdigit, reference))))


def a_partner(identifier: str, *, row: int, unreadable: Any = (), **changes: Any) -> Partner:
    facts = {
        "roles": ("host",), "name": f"Hotel {identifier.title()} Oy", "country": "FI", "address": "Rantakatu 4, 33100 Tampere",
        "telephone": "+358 3 555 0100", "email": "office@aurora.example", "contact_person": "Aino Lehtinen",
        "signatory": "Eeva Korhonen", "signatory_role": "Managing director", "mentor": "Mikko Salo",
        "mentor_telephone": "+358 40 555 0103", "assessor": "Mikko Salo", "language": "fi",
    }  # fmt: skip
    given = read(PARTNERS, {**facts, **changes})
    return Partner(**given, id=identifier, origin=origin(PARTNERS, row, unreadable=unreadable), more={})


def a_home(identifier: str = "SOS", *, row: int = 2, **changes: Any) -> Partner:
    facts = {
        "roles": ("home",), "name": "SOŠ gastronomie Brno", "country": "CZ", "address": "Školní 1, 602 00 Brno",
        "telephone": "+420 500 000 000", "email": "skola@sos.example", "contact_person": "Hana Dvořáková",
        "signatory": "Karel Beneš", "signatory_role": "Principal", "mentor": None, "mentor_telephone": None,
        "assessor": None, "language": "cs",
    }  # fmt: skip
    return a_partner(identifier, row=row, **{**facts, **changes})


def a_qualification(identifier: str = "COOK", *, row: int = 2, titles: dict[str, str] | None = None, **changes: Any) -> Qualification:
    facts = {"title": "Cook", "country": "CZ", "eqf_level": 3, "points": 180}
    given = read(QUALIFICATIONS, {**facts, **changes})
    return Qualification(**given, id=identifier, titles=titles or {}, origin=origin(QUALIFICATIONS, row), more={})


def a_unit(identifier: str, *, row: int, qualification: Qualification | None = None, unreadable: Any = (), **changes: Any) -> Unit:
    facts = {"title": f"Unit {identifier}", "points": 2.5, "skills": ("prepares three cold starters",)}
    given = read(UNITS, {**facts, **changes})
    whole = qualification or COOK
    return Unit(
        **given, id=identifier, qualification=whole, titles={}, origin=origin(UNITS, row, unreadable=unreadable), more={}
    )


def a_choice(unit: Unit, *, row: int = 2, **changes: Any) -> UnitChoice:
    """A row of sheet Unit choices."""
    given = read(UNIT_CHOICES, {"scope": "whole", **changes})
    at = origin(UNIT_CHOICES, row).at
    places = {"": at("unit"), "points": unit.at("points"), **{key: at(key) for key in ("part", "scope", *changes)}}
    own: dict[str, Any] = dict.fromkeys(("part", "points", "assessor", "assessor_role", "assessment_date"))
    if given["scope"] == "whole":
        own["points"] = unit.points
    return UnitChoice(unit=unit, places=places, **{**own, **given})


def a_result(learner: Learner, unit: Unit | None = None, *, row: int = 2, **changes: Any) -> Result:
    """A row of sheet Results: by default the whole unit STARTERS, achieved."""
    given = read(RESULTS_SHEET, {"result": "achieved", **changes})
    return Result(**given, learner=learner, unit=unit or STARTERS, origin=origin(RESULTS_SHEET, row), more={})


def a_requirement(outcome: str, *, row: int = 2, matches: Any = (), **changes: Any) -> Requirement:
    """A row of sheet Job profiles."""
    given = read(JOB_PROFILES, {"profile": "Cook", "outcome": outcome, "matches": tuple(matches), **changes})
    return Requirement(**given, origin=origin(JOB_PROFILES, row), more={})


def a_learner(identifier: str | None = "L01", *, row: int = 2, **changes: Any) -> Learner:
    """A row of sheet Learners: by default Tereza, of age, four weeks at AURORA, one unit of COOK.

    `units` takes units or rows of Unit choices; `inherited` says which values were typed elsewhere.
    """
    facts: dict[str, Any] = {
        "family_name": "Nováková", "given_names": "Tereza", "date_of_birth": "2006-05-12",
        "address": "Lipová 3, 602 00 Brno", "telephone": "+420 700 000 001", "email": "tereza@example.org",
        "start": "2027-04-05", "end": "2027-04-30", "units": (STARTERS,), "home": SOS, "host": AURORA,
        "qualification": COOK, "status": "confirmed", "workplace": None, "employer": None, "intermediary": None,
        "coordinator": None, "units_acquired": (), "mobility": 1, **changes,
    }  # fmt: skip
    inherited: dict[str, Place] = dict(facts.pop("inherited", {}))
    unreadable = facts.pop("unreadable", ())
    for key in FROM_HOST:
        head = "mentor" if key.startswith("mentor") else "assessor"
        if key not in facts and head not in changes and facts["host"] and getattr(facts["host"], key) is not None:
            facts[key] = getattr(facts["host"], key)
            inherited[key] = facts["host"].at(key)
    at = origin(LEARNERS, row, inherited, unreadable)
    given = read(LEARNERS, facts)
    given["stated_weeks"], given["stated_points"] = given.pop("weeks", None), given.pop("points", None)
    given["choices"] = tuple(unit if isinstance(unit, UnitChoice) else _whole(unit, at, given) for unit in given.pop("units"))
    terms = {field.name for field in fields(Agreement)}
    person = given.pop("person", identifier or f"{given['family_name']} {given['given_names']} {given['date_of_birth']}")
    return Learner(
        id=identifier, origin=at, more={}, person=person,
        agreement=Agreement(**{key: value for key, value in given.items() if key in terms}),
        **{key: value for key, value in given.items() if key not in terms},
    )  # fmt: skip


def _whole(unit: Unit, at: Origin, given: dict[str, Any]) -> UnitChoice:
    """A unit named in column Units."""
    own = {key: given.get(key) for key in ("assessor", "assessor_role", "assessment_date")}
    places = {"": at.at("units"), "points": unit.at("points"), **{key: at.at(key) for key in own}}
    return UnitChoice(unit=unit, scope="whole", part=None, points=unit.points, places=places, **own)


def a_minor(identifier: str = "L01", **changes: Any) -> Learner:
    """A learner of 16 with a guardian."""
    facts = {"date_of_birth": "2010-09-30", "guardian": "Jana Nováková", "guardian_telephone": "+420 700 000 002"}
    return a_learner(identifier, **{**facts, **changes})


def a_companion(*, row: int = 2, **changes: Any) -> Companion:
    facts = {"name": "Ivana Malá", "role": "Teacher", "start": "2027-04-05", "end": "2027-04-16"}
    return Companion(**read(ACCOMPANYING, {**facts, **changes}), origin=origin(ACCOMPANYING, row), more={})


def a_recognised(learner: Learner, unit: Unit, *, row: int = 2, **changes: Any) -> Result:
    """A row of sheet Results: by default the whole unit, assessed, validated and recognised."""
    facts = {
        "result": "achieved", "grade": "B", "assessed_by": "Mikko Salo", "assessed_on": "2027-04-29",
        "validated": "yes", "validated_by": "Hana Dvořáková", "validated_on": "2027-05-14",
        "recognised_as": "Module 6", "recognised_by": "Karel Beneš", "recognised_on": "2027-05-20",
        "points_credited": 2.5, "mobility": learner.mobility,
    }  # fmt: skip
    return a_result(learner, unit, row=row, **{**facts, **changes})


def results(table: str, *learners: Learner, units: tuple[Unit, ...] = ()) -> tuple[Result, ...]:
    """Rows of sheet Results, drawn as a person sees them; the first learner's where no Learner ID is drawn.

    “?” is a cell that cannot be read. Units are found among U1, U2 and `units`; a blank Unit ID is U1.
    """
    heads, *rows = [
        [text.strip() for text in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    keys = {column.name: column.key for column in RESULTS_SHEET.columns}
    stays = {(each.id, each.mobility): each for each in learners}
    known = {unit.id: unit for unit in (STARTERS, SOUPS, *units)}
    made = []
    for row, texts in enumerate(rows, 2):
        typed = {keys[head]: text for head, text in zip(heads, texts, strict=True) if text}
        unreadable = [key for key, text in typed.items() if text == "?"]
        typed = {key: text for key, text in typed.items() if text != "?"}
        stay = stays[typed.pop("learner", learners[0].id), int(typed.get("mobility", 1))]
        unit = known[typed.pop("unit", "U1")]
        values = read(RESULTS_SHEET, {**typed, **({"mobility": stay.mobility} if "mobility" in typed else {})})
        at = origin(RESULTS_SHEET, row, unreadable=unreadable)
        made.append(Result(**values, learner=stay, unit=unit, origin=at, more={}))
    return tuple(made)


def marked(table: str, *learners: Learner, units: tuple[Unit, ...] = (), **changes: Any) -> Cohort:
    """A cohort of these learners (Tereza alone if none are given) after the stay, with these rows of Results."""
    rows = learners or (a_learner(),)
    return a_cohort(*rows, results=results(table, *rows, units=units), **changes)


def an_achievement(*, row: int = 2, **changes: Any) -> Achievement:
    """A row of the learner register: Tereza's U1, recognised in 2026 with another cohort."""
    facts = {
        "learner_id": "L01", "family_name": "Nováková", "given_names": "Tereza", "date_of_birth": "2006-05-12",
        "qualification_id": "COOK", "qualification": "Cook", "unit_id": "U1", "title": "Cold starters", "points": 2,
        "recognised_as": "Module 6", "recognised_by": "Karel Beneš", "recognised_on": "2026-05-20", "cohort": "CZ-2026",
        **changes,
    }  # fmt: skip
    return Achievement(**read(ACHIEVEMENTS, facts), origin=origin(ACHIEVEMENTS, row), more={})


def registered(learner: Learner, *achievements: Achievement, units: Any = ()) -> Learner:
    """Give a learner what the learner register holds of her."""
    return with_achievements(learner, achievements, COHORT_ID, units or (STARTERS, SOUPS))


def a_cohort(*learners: Learner, nobody: bool = False, **changes: Any) -> Cohort:
    """A cohort of these learners (Tereza alone if none are given), with the partners, qualifications and units they need."""
    rows = () if nobody else learners or (a_learner(),)
    stays = [learner.agreement for learner in rows]
    units = dict.fromkeys(choice.unit for stay in stays for choice in stay.choices)
    facts = {
        "id": COHORT_ID, "title": "Taste of Europe", "programme": "Erasmus+ (KA121-VET)",
        "project_code": "2026-1-CZ01-KA121-VET-000123456", "project_start": "2026-09-01", "project_end": "2027-11-30",
        "activity": "short", "language": "en", "date": "2027-01-15", "valid_until": "2028-12-31",
        "partners": tuple(dict.fromkeys([SOS, AURORA, *(it for stay in stays for it in stay.organisations)])),
        "qualifications": tuple(dict.fromkeys([COOK, *(stay.qualification for stay in stays if stay.qualification)])),
        "units": tuple(dict.fromkeys([STARTERS, *units])), "companions": (a_companion(),), "learners": rows,
    }  # fmt: skip
    return Cohort(**read(COHORT, {**facts, **changes}), origin=origin(COHORT, None), more={})


SOS = a_home()
AURORA = a_partner("AURORA", row=3)
COOK = a_qualification()
STARTERS = a_unit("U1", row=2, title="Cold starters")
SOUPS = a_unit("U2", row=3, title="Soups")


def found(cohort: Cohort, day: str | None = None) -> list[str]:
    """All that the rules find, with the cell as an officer finds it: “A101 Learners: End date, row 7”."""
    run_on = dt.date.fromisoformat(day) if day else None
    return [f"{problem.code} {_spoken(problem.place)}" for problem in checks.run(cohort, run_on)]


def _spoken(place: Place) -> str:
    sheet = next(sheet for sheet in SHEETS if sheet.name == place.sheet)
    for at, column in enumerate(sheet.columns):
        if place.cell == (f"B{at + 2}" if sheet.fields else f"{letter(at)}{place.row}"):
            return f"{sheet.name}: {column.name}" + ("" if sheet.fields else f", row {place.row}")
    return f"{sheet.name}: row {place.row}"


def said(cohort: Cohort) -> list[str]:
    """The same in the words an officer reads."""
    return [problem.message for problem in checks.run(cohort)]


def advised(cohort: Cohort) -> list[str]:
    """What an officer is told to do."""
    return [problem.advice for problem in checks.run(cohort)]
