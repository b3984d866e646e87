"""The workbook of a host: “Assessment - Hotel Aurora.xlsx”, in which it marks what its learners showed (floor 7).

It says of its own learners their names and numbers, and nothing else of them. Grey cells are given; in the white ones
the host chooses from a list, or writes. In the host's language, as far as its words are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.looks import Look
from pipeline.model import Cohort, Learner, Partner
from pipeline.names import safe_name, told_apart
from pipeline.provenance import ASSESSMENT, note
from pipeline.returned.facts import BOXES
from pipeline.returned.sheets import labels
from pipeline.sheets import book
from pipeline.spreadsheet import Cell, Sheet, workbook

_WIDTHS = {
    "Learner ID": 14, "Name": 18, "Mobility": 10, "Unit ID": 12, "Unit title": 22, "outcome": 42, "Result": 13,
    "Not shown yet": 22, "Grade": 9, "Assessed by": 18, "Assessed on": 13, "Remarks": 22,
}  # fmt: skip
"""Letters of each column: all together they are printed on one page across, for a host that fills it by pen."""

_COLUMNS = (
    "Learner ID", "Name", "Mobility", "Unit ID", "Unit title", "outcome", "Result", "Not shown yet", "Grade",
    "Assessed by", "Assessed on", "Remarks",
)  # fmt: skip
_FROZEN = 2
_LINES = 15
"""Lines of an outcome that are shown: nobody can click on paper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostsWorkbook:
    """A workbook to be laid: its name, and what is in it."""

    name: str
    data: bytes


def hosts_workbooks(cohort: Cohort) -> Iterator[HostsWorkbook]:
    """Write a workbook for each host that learners go to; the same facts are the same bytes."""
    by_host: dict[int, tuple[Partner, list[Learner]]] = {}
    for learner in cohort.travelling:
        host = learner.agreement.host
        if host and learner.agreement.choices:
            by_host.setdefault(id(host), (host, []))[1].append(learner)
    taken: set[str] = set()
    for host, learners in by_host.values():
        name = told_apart(f"{safe_name(f'{ASSESSMENT}{host.name or host.id}')}.xlsx", taken)
        yield HostsWorkbook(name=name, data=_workbook(cohort, host, learners))


def _workbook(cohort: Cohort, host: Partner, learners: list[Learner]) -> bytes:
    spoken = (host.language, cohort.language, "en")
    language = next(each for each in spoken if each in labels())
    words = labels()[language or "en"]
    rows = [row for learner in learners for row in _rows(learner, words, language or "en")]
    sheet = Sheet(
        name=words["title"][:31],
        above=[
            [Cell(f"{words['title']} – {host.name or host.id}", Look.TITLE)],
            [Cell(f"{words['cohort_id']}:", Look.FACT), Cell(cohort.id, Look.FACT)],
            [Cell(f"{words['choose']} {words['back']}", Look.FACT)],
            [Cell(" / ".join(words[box] for box in BOXES), Look.FACT)],  # on paper there is no list to choose from
        ],
        headers=[_header(name, words, language or "en") for name in _COLUMNS], rows=rows,
        widths=[_WIDTHS[name] for name in _COLUMNS], frozen=_FROZEN,
        choices={_COLUMNS.index("Result"): [words[box] for box in BOXES]}, lines=_LINES,
    )  # fmt: skip
    return workbook([sheet, note("assessment", cohort.id, host.id)])


def _header(name: str, words: Mapping[str, str], language: str) -> str:
    """Name a column as the host calls it, where the word is known and understood when it comes back."""
    own = {"Name": "name", "outcome": "outcome", "Unit title": "unit_title"}
    if name in own:
        return words[own[name]]
    known = book().get(language, {}).get("columns", {}).get("Results", {}) if language != "en" else {}
    return next(iter(known.get(name, ())), name)


def _rows(learner: Learner, words: Mapping[str, str], language: str) -> Iterator[list[Cell]]:
    agreed = learner.agreement
    for choice in agreed.choices:
        unit, who = choice.unit, choice.assessor or agreed.assessor
        title = unit.titles.get(language) or unit.title
        given = (learner.id, learner.name, learner.mobility, unit.id, title)
        for outcome in (*unit.outcomes, words["whole_unit"]):
            yield [*(Cell(value, Look.GIVEN) for value in (*given, outcome)), *[Cell()] * 3, Cell(who), Cell(), Cell()]
