"""The example cohort after the stay, as data: the same workbook with what came of it (see `example_cohort`).

The learners, stays and units are those of `example_cohort`; here stands only what is known afterwards. What it shows,
and where:

* most units are achieved, validated and recognised; each host gives grades in the way of its country
* L01 U1: every outcome marked on its own, all achieved
* L06: the second person who assesses at the host, and the same learner after both of her stays
* L07 came home early: one unit is achieved, the other was not assessed
* L08 U1: not achieved, so that “If not achieved” of the unit holds
* L09: nothing but one unit, achieved in part; what was shown is validated, and nothing is recognised yet
* L10 U2: the agreed part of the unit is achieved, the outcomes outside it were not assessed
* L11 is validated by somebody else, L12 later than the others

Keys are the names of sheets and columns of the contract; a cell that is left out is blank.
"""

from datetime import date

from example_cohort import LEARNERS, PARTNERS, SHEETS, UNIT_CHOICES, UNITS, Row

Key = tuple[str, int]
"""A stay: Learner ID and number of the mobility."""

OUTCOMES = ("Knowledge", "Skills", "Competence")
RECOGNISER = "Mgr. Zbyněk Ševčík"
EARLY = date(2027, 4, 21)

GRADES: dict[Key, dict[str, str]] = {
    ("L01", 1): {"U1": "17/20", "U2": "14/20"},
    ("L02", 1): {"U4": "2 (gut)", "U5": "1 (sehr gut)"},
    ("L03", 1): {"U2": "13/20", "U3": "15/20"},
    ("L04", 1): {"U4": "2 (gut)", "U5": "2 (gut)"},
    ("L05", 1): {"U1": "15/20", "U2": "18/20"},
    ("L06", 1): {"U3": "1 (sehr gut)", "U5": "2 (gut)"},
    ("L06", 2): {"U1": "14/20", "U2": "15/20"},
    ("L07", 1): {"U1": "12/20", "U3": ""},
    ("L08", 1): {"U1": "5 (mangelhaft)", "U4": "3 (befriedigend)", "U5": "2 (gut)"},
    ("L09", 1): {"U4": "4 (ausreichend)"},
    ("L10", 1): {"U1": "13/20", "U2": "14/20"},
    ("L11", 1): {"U1": "3 (befriedigend)", "U5": "2 (gut)"},
    ("L12", 1): {"U1": "16/20", "U2": "16/20", "U3": "17/20", "U5": "15/20"},
}
"""Who was assessed on what: the units of each stay, with the grade of the host."""

NOT_RECOGNISED: Row = {"Recognised as": None, "Recognised by": None, "Recognised on": None, "Points credited": None}
NOT_ASSESSED: Row = NOT_RECOGNISED | {
    "Result": "not assessed", "Assessed by": None, "Assessed on": None, "Grade": None,
    "Validated": None, "Validated by": None, "Validated on": None, "Evidence": None,
}  # fmt: skip

DIFFERENT: dict[tuple[Key, str], Row] = {
    (("L02", 1), "U4"): {"Remarks": "Kept the baking diary without a gap and took over the sourdough at the weekend."},
    (("L05", 1), "U2"): {"Remarks": "Her fruit tart was sold in the school’s shop from the second week on."},
    (("L07", 1), "U1"): {"Assessed on": date(2027, 4, 20)},
    (("L07", 1), "U3"): NOT_ASSESSED | {"Remarks": "The learner returned home early, for family reasons."},
    (("L08", 1), "U1"): NOT_RECOGNISED | {
        "Result": "not achieved",
        "Not shown yet": "Laminating with three single turns so that the layers stay whole; shaping to the agreed weight",
        "Remarks": "Two weeks were short for this unit. He works carefully and should try again.",
        "Validated": "no",
    },
    (("L09", 1), "U4"): NOT_RECOGNISED | {
        "Result": "partly",
        "Not shown yet": "Moulding long loaves with a tight surface; baking on the stone; adapting the dough with a reason",
        "Remarks": "What is missing can be shown in the school’s workshop; the learner asked for it himself.",
        "Validated": "partly",
    },
    (("L10", 1), "U2"): {
        "Recognised as": "Part of module C 3.3 Restaurant desserts and modern cakes, 64 lessons of practice",
        "Points credited": 2,
    },
    (("L12", 1), "U1"): {"Assessed on": date(2027, 4, 29)},
    (("L12", 1), "U2"): {"Assessed on": date(2027, 4, 29)},
}  # fmt: skip
"""What differs from a unit that was achieved, validated and recognised as agreed."""

MARKED: dict[tuple[Key, str], str] = {
    (("L01", 1), "U1"): "aaa aaaa aaa",
    (("L08", 1), "U1"): "... an.. .a.",
    (("L09", 1), "U4"): "aaa aapn ana",
    (("L10", 1), "U2"): "-aa aa-a -aa",
}
"""Outcomes marked one by one, in the order of sheet Units: achieved, partly, not achieved, - not assessed, . no mark."""

MARKS = {"a": "achieved", "p": "partly", "n": "not achieved", "-": "not assessed"}
NOT_SHOWN = {
    "Mould round and long loaves by hand, twenty of each, with a tight surface": "A tight surface on long loaves",
}


def _number(learner: Row) -> int:
    return int(str(learner.get("Mobility", 1)))


def _key(row: Row) -> Key:
    return str(row["Learner ID"]), _number(row)


def _unit(name: str, qualification: object) -> Row:
    """A unit as it is in one qualification; what its second row leaves blank stands in the first."""
    rows = [row for row in UNITS if row["Unit ID"] == name]
    return rows[0] | next(row for row in rows if row["Qualification"] == qualification)


def _whole(learner: Row, name: str, grade: str) -> Row:
    """The row for a whole unit."""
    key, unit = _key(learner), _unit(name, learner["Qualification"])
    agreed: Row = next((row for row in UNIT_CHOICES if _key(row) == key and row["Unit ID"] == name), {})
    host = next(row for row in PARTNERS if row["Partner ID"] == learner["Host"])
    late = learner["Learner ID"] == "L12"
    row: Row = {
        "Result": "achieved", "Grade": grade,
        "Assessed by": agreed.get("Assessor", host["Assessor"]),
        "Assessed on": agreed.get("Assessment date", learner["Assessment date"]),
        "Validated": "yes", "Validated by": learner.get("Validator", "Ing. Kateřina Doležalová"),
        "Validated on": date(2027, 6, 8) if late else date(2027, 5, 18),
        "Recognised as": unit["Counts at home as"], "Recognised by": RECOGNISER,
        "Recognised on": date(2027, 6, 14) if late else date(2027, 5, 24),
        "Points credited": agreed.get("Points", unit["Points"]),
        "Evidence": "Assessment grid and personal transcript, in the learner’s file",
    }  # fmt: skip
    return _named(learner, name) | row | DIFFERENT.get((key, name), {})


def _named(learner: Row, unit: str) -> Row:
    stay: Row = {"Mobility": learner["Mobility"]} if "Mobility" in learner else {}
    return {"Learner ID": learner["Learner ID"], **stay, "Unit ID": unit}


def _outcomes(learner: Row, name: str) -> list[Row]:
    """The rows for single outcomes of a unit, where the host marked any."""
    unit = _unit(name, learner["Qualification"])
    texts = [text for kind in OUTCOMES for text in str(unit[kind]).split("\n")]
    marks = MARKED.get((_key(learner), name), "").replace(" ", "")
    return [
        _named(learner, name) | {
            "Learning outcome": text, "Result": MARKS[mark],
            **({"Not shown yet": NOT_SHOWN[text]} if mark == "p" else {}),
        }
        for text, mark in zip(texts, marks, strict=bool(marks)) if mark in MARKS
    ]  # fmt: skip


def _results() -> list[Row]:
    rows: list[Row] = []
    for learner in LEARNERS:
        for name, grade in GRADES[_key(learner)].items():
            rows += [_whole(learner, name, grade), *_outcomes(learner, name)]
    return [{name: value for name, value in row.items() if value not in (None, "")} for row in rows]


def _learners() -> list[Row]:
    """The rows of sheet Learners with what is known after the stay."""
    rows: list[Row] = []
    for number, learner in enumerate(LEARNERS, start=1):
        early = learner["Learner ID"] == "L07"
        rows.append(
            learner
            | ({"Status": "returned early"} if early else {})
            | {
                "Mobility ID": f"151307-MOB-{number:05}",
                "Actual start": learner["Start date"],
                "Actual end": EARLY if early else learner["End date"],
                "Europass number": f"CZ-2027-{number + 410:04}",
                "Europass issued on": date(2027, 6, 18) if learner["Learner ID"] == "L12" else date(2027, 6, 1),
            }
        )
    return rows


AFTER: dict[str, list[Row]] = SHEETS | {"Learners": _learners(), "Results": _results()}
