"""A case of bad input: how its file is made, what must come out, and what really came out when a whole run was made."""

from __future__ import annotations

import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from pipeline.jobs import Status
from pipeline.made import Wishes
from pipeline.office import make_all
from pipeline.problem import Problem
from pipeline.room import Room
from tests.forms import a_form, p, parts_of, texts_of, title_of
from tests.packages import MAIN, OFFICE, pack

LONGEST_WAIT = 5.0
"""Seconds of processor time that a single bad file may take."""

BASE: Mapping[str, Sequence[Sequence[Any]]] = {
    "Cohort": [
        ["Cohort ID", "CZ-2027"], ["Templates", "mine"], ["Home", "SOS"], ["Host", "AURORA"], ["Start date", "2027-04-05"],
        ["End date", "2027-04-30"], ["Qualification", "COOK"], ["Units", "U1"],
    ],
    "Partners": [
        ["Partner ID", "Role", "Name", "Country", "Address", "E-mail", "Contact person", "Mentor", "Mentor telephone", "Signatory", "Signatory role"],
        ["SOS", "home", "SOŠ Brno", "Czechia", "Brno 1", "sos@sos.example.org", "Hana", "", "", "Karel", "Head"],
        ["AURORA", "host", "Hotel Aurora", "Finland", "Turku 1", "au@aurora.example.org", "Aino", "Mikko", "+358 40 555 0103", "Liisa", "Manager"],
    ],
    "Qualifications": [["Qualification ID", "Title"], ["COOK", "Cook"]],
    "Units": [["Unit ID", "Qualification", "Title", "Points", "Skills"], ["U1", "COOK", "Cold starters", 2.5, "makes starters"]],
    "Learners": [
        ["Learner ID", "Family name", "Given names", "Date of birth", "Telephone", "Address", "Additional information", "Shoe size"],
        ["L01", "Nováková", "Tereza", "2005-05-12", "+420 601 234 567", "Lipová 1", "", ""],
        ["L02", "Novák", "Jan", "2004-11-30", "", "", "", ""],
    ],
}  # fmt: skip
"""A small flow without a fault: two learners of age, one host, one unit."""

BODY = "".join(map(p, (
    "Name: {{ learner.family_name }} {{ learner.given_names }} ({{ learner.id }})", "Born: {{ learner.date_of_birth | date('yyyy-MM-dd') }}",
    "Phone: {{ learner.telephone }}.", "Address: {{ learner.address }}.", "Info: {{ agreement.additional_information }}.",
    "Units: {% for unit in units %}{{ unit.title }} {{ unit.points }};{% endfor %}", "Signed: here",
)))  # fmt: skip
FORM = a_form(
    BODY, header=p("Top: {{ agreement.additional_information }}."), footnotes=p("Note: {{ agreement.additional_information }}."),
    title="Paper of {{ agreement.additional_information }}",
)  # fmt: skip
"""The form every case is printed on: a value stands in its body, its header, a footnote and its title."""


class Formula(str):
    """A text that is to be written as a formula."""

    __slots__ = ()


def saved(target: Path, sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None, learners: Sequence[Sequence[Any]] | None = None) -> Path:
    """Write the small flow as a workbook, with these sheets in place of its own; texts stay texts."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in {**BASE, **({"Learners": learners} if learners else {}), **(sheets or {})}.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row, start=1):
                if value not in (None, ""):
                    cell = sheet.cell(number, column, value)
                    if isinstance(value, str) and not isinstance(value, Formula):
                        cell.data_type = "s"
    book.save(target)
    return target


def one_learner(**values: Any) -> list[list[Any]]:
    """Give sheet Learners with its first row only, some of its cells changed, each by the name of its column."""
    header, row = list(BASE["Learners"][0]), list(BASE["Learners"][1])
    for name, value in values.items():
        column = name.replace("_", " ")
        if column not in header:
            header.append(column)
            row.append("")
        row[header.index(column)] = value
    return [header, row]


def changed(path: Path, part: str, *pairs: tuple[str, str]) -> Path:
    """Change the text of a part: each first text must stand in it."""
    with zipfile.ZipFile(path) as package:
        members: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    text = bytes(members[part]).decode() if isinstance(members[part], bytes) else str(members[part])
    text = text.replace("<v></v>", "<v/>").replace(" />", "/>")  # libraries write it either way
    for old, new in pairs:
        if old not in text:
            raise ValueError(f"{part} holds no {old!r}")
        text = text.replace(old, new, 1)
    members[part] = text
    return pack(path, members)


def with_shared_texts(path: Path) -> Path:
    """Keep the texts of a workbook in a list of their own, as Excel does and openpyxl does not."""
    with zipfile.ZipFile(path) as package:
        members: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
    texts: list[str] = []

    def listed(found: re.Match[str]) -> str:
        texts.append(found[2])
        return f'<c{found[1]} t="s"><v>{len(texts) - 1}</v></c>'

    for name in [each for each in members if each.startswith("xl/worksheets/sheet")]:
        text = bytes(members[name]).decode()  # type: ignore[arg-type]  # as read
        members[name] = re.sub(r'<c( r="[A-Z]+\d+") t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>', listed, text)
    members["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{"".join(f"<si><t>{text}</t></si>" for text in texts)}</sst>'
    for name, old, new in (
        ("xl/_rels/workbook.xml.rels", "</Relationships>", f'<Relationship Id="rIdTexts" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'),
        ("[Content_Types].xml", "</Types>", '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'),
    ):
        members[name] = bytes(members[name]).decode().replace(old, new)  # type: ignore[arg-type]  # as read
    return pack(path, members)


LEARNERS_PART = "xl/worksheets/sheet5.xml"
"""Where sheet Learners stands in what `saved` writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case: its name, its area, how its file is made in input/, and what must come out.

    `papers` is how many papers must be made, `holding` are patterns that must stand in one of them, `never` texts that
    must stand in none, and in no message. `told` are patterns that a problem must match, written “S106 Learners!D2 sentence advice”;
    `silent` says that nothing may be told but what the small flow is told anyway.
    """

    name: str
    area: str
    make: Callable[[Path], object]
    papers: int = 0
    holding: Sequence[str] = ()
    never: Sequence[str] = ()
    told: Sequence[str] = ()
    silent: bool = False


@dataclass(slots=True, kw_only=True)
class Seen:
    """What came out of a case: problems, the texts of the papers, seconds of work, and the fault where there was one."""

    problems: Sequence[Problem] = ()
    papers: Sequence[str] = ()
    seconds: float = 0.0
    fault: str = ""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was found of an area: how often right, how often clear, and what was wrong."""

    right: int = 0
    clear: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        """Write it as the scoreboard does."""
        tried = self.right + self.clear + len(self.wrong)
        return f"{tried} tried: {self.right} right, {self.clear} clear, {len(self.wrong)} wrong"


def run(case: Case) -> Seen:
    """Make a folder with the case's file in it, and make its papers as `ecvet run` does."""
    with tempfile.TemporaryDirectory(prefix="ecvet-case-") as folder:
        room = Room(Path(folder))
        for each in (room.input, room.templates / "mine"):
            each.mkdir(parents=True)
        (room.templates / "mine" / "Paper.docx").write_bytes(FORM)
        try:
            case.make(room.input)
        except AssertionError as wrong:  # a case that looks at something on its way
            return Seen(fault=str(wrong))
        return made_in(room)


def made_in(room: Room) -> Seen:
    """Make the papers of a folder; a fault of the program is taken down and not raised."""
    before = _standing(room.input)
    start = time.process_time()
    try:
        made = make_all(room, room.workbooks(), Wishes(), lambda *_: lambda _: None)
    except Exception as fault:  # whatever it is, the case is wrong
        return Seen(fault=f"{type(fault).__name__}: {fault}"[:200], seconds=time.process_time() - start)
    seconds = time.process_time() - start
    if _standing(room.input) != before:
        return Seen(fault="something was written into input/", seconds=seconds)
    written = sorted(room.output.rglob("*.docx"))
    done = sum(it.status is Status.WRITTEN for each in made for it in each.outcomes)
    if done != len(written):
        return Seen(fault=f"{done} papers are said to be made, and {len(written)} are there", seconds=seconds)
    papers = [shown(path) for path in written]
    return Seen(problems=[problem for each in made for problem in each.problems], papers=papers, seconds=seconds)


def _standing(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Take down what lies in a folder: sizes, when it was written, and which file it is."""
    found = {path.name: path.lstat() for path in folder.rglob("*")}
    return {name: (each.st_size, each.st_mtime_ns, each.st_ino) for name, each in found.items()}


def shown(paper: Path) -> str:
    """Give a paper as text: its name, its title, and the lines of its body, header and footnotes, a line break as ⏎."""
    data = paper.read_bytes()
    parts = [name for name in ("word/document.xml", "word/header1.xml", "word/footnotes.xml") if name in parts_of(data)]
    lines = [text for part in parts for text in texts_of(data, part)]
    return "\n".join([paper.name, f"Title: {title_of(data)}", *lines])


def line(problem: Problem) -> str:
    """Write a problem as a case expects it: “S106 Learners!D2 sentence advice”."""
    return f"{problem.code} {problem.place} {problem.message} {problem.advice}"


USUAL = frozenset({"S122"})
"""What the small flow is told anyway: its own column “Shoe size”."""


def judged(case: Case, seen: Seen) -> str:
    """Say what is wrong with what came out; nothing where it is right or clear."""
    return seen.fault or next(_faults(case, seen), "")


def _faults(case: Case, seen: Seen) -> Iterator[str]:
    lines = [line(problem) for problem in seen.problems]
    told = [each for each in lines if each[:4] not in USUAL]
    if seen.seconds > LONGEST_WAIT:
        yield f"took {seen.seconds:.1f} s"
    if len(seen.papers) != case.papers:
        yield f"{len(seen.papers)} papers and not {case.papers} ({'; '.join(told)[:300]})"
    for wanted in case.told:
        if not any(re.match(wanted, each, re.DOTALL) for each in lines):
            yield f"nothing told like “{wanted}” ({'; '.join(told)[:300]})"
    for wanted in case.holding:
        if not any(re.search(wanted, paper) for paper in seen.papers):
            yield f"no paper holds “{wanted}” ({ascii(''.join(seen.papers))[:300]})"
    for bad in case.never:
        if any(bad in each for each in (*seen.papers, *lines)):
            yield f"“{bad}” stands in a paper or in a message"
    if case.silent and told:
        yield f"told for no reason: {told[0][:200]}"


def counted(cases: Iterable[Case], areas: dict[str, Tally], said: list[Problem]) -> None:
    """Run cases and count what came out by area; every message goes to `said`."""
    every = list(cases)
    twice = Counter((case.area, case.name) for case in every)
    if max(twice.values(), default=1) > 1:
        raise ValueError(f"two cases of one name: {twice.most_common(1)}")
    for case in every:
        enter(case, run(case), areas.setdefault(case.area, Tally()), said)


def enter(case: Case, seen: Seen, tally: Tally, said: list[Problem], how: str = "") -> None:
    """Enter what came out of a case into a tally."""
    said += seen.problems
    if wrong := judged(case, seen):
        tally.wrong.append(f"{case.name}{how}: {wrong}")
    elif any(problem.holds for problem in seen.problems):
        tally.clear += 1
    else:
        tally.right += 1
