"""A report's facts without a run: learners, partners, papers and problems in a line each, and a reader of the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

from pipeline.changes import Difference, Since
from pipeline.jobs import Gap, Job, Outcome, Status
from pipeline.model import Agreement, Cohort, Learner, Origin, Partner, Qualification, Requirement, Unit, UnitChoice
from pipeline.problem import Place, Problem, Severity
from pipeline.report import Page, to_html

BOOK = "cohort.xlsx"
HOSTILE = """<script>document.title='broken'</script> & "Sons" <img src=x onerror=alert(1)>"""
FORBIDDEN = ("held", "render", "alias", "atomic", "manifest", "fingerprint", "JSON", "exit code", "invalid")
PARTNERS = {"id": "A", "roles": "B", "name": "C", "contact_person": "D", "contact_email": "E"}
LEARNERS = {
    "id": "A", "family_name": "B", "date_of_birth": "C", "guardian": "D", "mentor": "E", "start": "F", "end": "G",
    "units": "H",
}  # fmt: skip


def origin(sheet: str, row: int | None, columns: dict[str, str]) -> Origin:
    return Origin(file=BOOK, sheet=sheet, row=row, columns=columns, inherited={})


def partner(row: int, name: str, country: str = "FI", *, role: str = "host") -> Partner:
    return Partner(
        origin=origin("Partners", row, PARTNERS), more={}, id=f"P{row}", name=name, country=country, roles=(role,),
        contact_person="Aino Lehtinen", contact_email="aino@aurora.example",
    )  # fmt: skip


HOME = partner(2, "SOŠ Brno", "CZ", role="home")
AURORA = partner(3, "Hotel Aurora")
SEVILLA = partner(4, "Escuela Sevilla", "ES")
COOK = Qualification(origin=origin("Qualifications", 2, {}), more={}, titles={}, id="COOK", title="Cook")
UNITS = tuple(
    Unit(
        origin=origin("Units", row, {}), more={}, titles={}, id=f"U{row}", title=title, qualification=COOK,
        points=Decimal(points),
    )
    for row, title, points in ((2, "Cold starters", "2.5"), (3, "Service", "2.0"), (4, "Menus", "1"))
)  # fmt: skip


def chosen(unit: Unit, scope: str = "whole", part: str | None = None, points: str | None = None) -> UnitChoice:
    return UnitChoice(
        unit=unit, scope=scope, part=part, points=Decimal(points) if points else unit.points, assessor=None,
        assessor_role=None, assessment_date=None, places={"": Place(file=BOOK, sheet="Learners", cell="H2", row=2)},
    )  # fmt: skip


def learner(row: int, name: str = "Nováková", **changes: object) -> Learner:
    agreement = Agreement(
        status="confirmed", home=HOME, host=AURORA, workplace=None, employer=None, intermediary=None, coordinator=None,
        qualification=COOK, choices=(chosen(UNITS[0]), chosen(UNITS[1])), units_acquired=(),
        start=dt.date(2027, 4, 5), end=dt.date(2027, 4, 30),
    )  # fmt: skip
    return Learner(
        origin=origin("Learners", row, LEARNERS), more={}, id=f"L{row - 1:02}", mobility=1, person=f"L{row - 1:02}",
        family_name=name, given_names="Tereza", agreement=replace(agreement, **changes),  # type: ignore[arg-type]  # keywords are checked by the function itself
    )  # fmt: skip


def requirement(row: int, outcome: str, *matches: str, profile: str = "Cook", employer: str = "Café Luna", weight: str = "") -> Requirement:
    return Requirement(
        origin=origin("Job profiles", row, {"profile": "A", "employer": "B", "outcome": "C", "weight": "D", "matches": "E"}), more={},
        profile=profile, employer=employer, outcome=outcome, weight=Decimal(weight) if weight else None, matches=matches,
    )  # fmt: skip


def cohort(*learners: Learner, partners: tuple[Partner, ...] = (HOME, AURORA, SEVILLA), **changes: object) -> Cohort:
    made = Cohort(
        origin=origin("Cohort", None, {"id": "B2"}), more={}, id="CZ-2027", title="Taste of Europe", partners=partners,
        qualifications=(COOK,), units=UNITS, learners=learners,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # keywords are checked by the function itself


def paper(
    who: Learner | str, form: str = "Learning Agreement", status: Status = Status.WRITTEN, *,
    held_by: tuple[Problem, ...] = (), file: str = "", gaps: tuple[Gap, ...] = (), problems: tuple[Problem, ...] = (),
    remade: bool = False, differences: tuple[Difference, ...] = (),
) -> Outcome:  # fmt: skip
    subject = who if isinstance(who, str) else f"{who.name} ({who.id})"
    row = Place(file=BOOK, sheet="Cohort", row=2) if isinstance(who, str) else who.at()
    target = f"1 Before/{form} - {subject}.docx"
    job = Job(
        form=form, folder="1 Before", subject=subject, target=target, whose=subject, row=row,
        learner=None if isinstance(who, str) else who, held_by=held_by,
    )  # fmt: skip
    return Outcome(
        job=job, status=Status.HELD if held_by else status, file=file or target, gaps=gaps, problems=problems,
        remade=remade, differences=differences,
    )  # fmt: skip


def problem(
    place: Place, message: str = "No guardian is named.", severity: Severity = Severity.ERROR, code: str = "L120",
    advice: str = "Write the name of the parent who signs.",
) -> Problem:  # fmt: skip
    return Problem(code=code, place=place, message=message, advice=advice, severity=severity)


def page(
    facts: Cohort | None, *outcomes: Outcome, problems: tuple[Problem, ...] = (), dry_run: bool = False,
    since: Since | None = None, copies: tuple[str, ...] = (), overview: str = "",
) -> Page:  # fmt: skip
    return Page(
        workbook=BOOK, cohort=facts, outcomes=outcomes, problems=problems, made_on=dt.date(2027, 1, 12),
        dry_run=dry_run, version="0.1.0", since=since, copies=copies, overview=overview,
    )  # fmt: skip


def clean(number: int = 13) -> Page:
    rows = [learner(row) for row in range(2, number + 2)]
    facts = cohort(*rows)
    return page(facts, paper(facts.id, "Memorandum of Understanding"), *(paper(row) for row in rows))


def thousand() -> Page:
    hosts = tuple(partner(row, f"Hotel {row}") for row in range(3, 43))
    rows = [learner(row, f"Nováková-{row}", host=hosts[row % 40]) for row in range(2, 1002)]
    found = tuple(problem(row.at("guardian")) for row in rows[::3])
    by_row = {it.place.row: (it,) for it in found}
    papers = [
        paper(row, form, held_by=by_row.get(row.origin.row or 0, ()))
        for form in ("Learning Agreement", "Contact Card")
        for row in rows
    ]
    return page(cohort(*rows, partners=(HOME, *hosts)), *papers, problems=found)


def many_offers() -> Page:
    """Sixty units, each at one of forty hosts; two hundred learners choose the first ten at the first half of them."""
    hosts = tuple(partner(row, f"Hotel {row}") for row in range(3, 43))
    units = tuple(replace(UNITS[0], id=f"U{at}", title=f"Preparing and serving dish {at}", hosts=(hosts[at % 40],)) for at in range(60))
    rows = [learner(row, host=hosts[row % 20], choices=(chosen(units[row % 10]),)) for row in range(2, 202)]
    return page(cohort(*rows, partners=(HOME, *hosts), units=units))


class Reader(HTMLParser):
    """Reads a page as a browser does: its words, links, tags and what a screen reader is told."""

    VOID = ("meta", "line", "rect", "br", "circle", "path", "input")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.titles: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        values = dict(attrs)
        if tag == "a":
            self.links.append(values["href"] or "")
        if values.get("id"):
            self.anchors.append(values["id"] or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] == ["title"]:
            self.titles.append(data)
        elif "style" not in self.open and "script" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split()).replace(" .", ".").replace(" ,", ",")


def read(facts: Page) -> Reader:
    return Reader(to_html(facts))
