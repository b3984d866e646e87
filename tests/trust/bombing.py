"""Workbooks that would eat memory or time: the whole program is run on each, in a child process under limits."""

from __future__ import annotations

import json
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from sys import executable
from typing import Any

from tests.bombs import BOMBS, deflated
from tests.packages import LEARNERS_ROWS, MAIN, pack, parts, sheet
from tests.trust.cases import BASE, FORM, LEARNERS_PART, Case, Seen, changed, saved
from tests.trust.measured import measured

AREA = "workbook bombs"
MOST_SECONDS, MOST_MEGABYTES = 5.0, 300
"""What is refused takes less than this (clarification 3)."""

_ADDRESSES = 1_500
"""Megabytes of addresses that a process may ask for: enough for the program at its largest, not for a bomb."""

QUICK = frozenset({
    "bomb: rows of cells", "bomb: one merged range", "a part that unpacks to 65 MB", "a hundred entities in each other", "a cell in XFD1048576", "a merged range A1:ZZ10000",
})  # fmt: skip
"""The bombs of the quick part."""


def cases() -> Iterator[Case]:
    """Give every bomb, every declaration of a document type, and what lies just inside and outside of the caps."""
    for name, make in BOMBS.items():
        yield _bomb(f"bomb: {name}", _with(make), told=["S\\d{3} "])
    yield from _declarations()
    yield from _sizes()
    yield from _strays()


def _bomb(name: str, make: Callable[[Path], object], **wanted: Any) -> Case:
    return Case(name=name, area=AREA, make=make, **wanted)


def _members() -> dict[str, str | bytes]:
    return parts({"Learners": sheet(LEARNERS_ROWS)}, strings=["<si><t>a</t></si>"], styles="<cellXfs><xf/></cellXfs>")


def _with(make: Callable[[], Mapping[str, str | bytes]]) -> Callable[[Path], object]:
    return lambda folder: pack(folder / "cohort.xlsx", {**_members(), **make()})


LAUGHS = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10 if at else "ha" * 10}">' for at in range(10))
DECLARATIONS: Mapping[str, str] = {
    "a hundred entities in each other": f"<!DOCTYPE x [{LAUGHS}]><x>&a9;</x>",
    "one long entity ninety times": f'<!DOCTYPE x [<!ENTITY a "{"x" * 100_000}">]><x>{"&a;" * 90}</x>',
    "an entity that reads a file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
    "a declaration that fetches from the web": '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd"><x/>',
    "a parameter that reads a file": '<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><x/>',
}


def _declarations() -> Iterator[Case]:
    for name, xml in DECLARATIONS.items():
        for part in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"):
            told = [rf"S101 cohort.xlsx Part {part} of the file holds a document type declaration"]
            shown = name if part.endswith("sheet1.xml") else f"{name}, among the texts"
            yield _bomb(shown, _with(lambda part=part, xml=xml: {part: xml}), told=told)  # type: ignore[misc]  # bound now


def _sizes() -> Iterator[Case]:
    too_large = ["S101 cohort.xlsx The file is too large"]
    yield _bomb("a part that unpacks to 65 MB", _with(lambda: {"xl/bomb.xml": deflated(65_000_000)}), told=too_large)
    yield _bomb("three parts that unpack to 105 MB", _with(lambda: {f"xl/bomb{at}.xml": deflated(35_000_000) for at in range(3)}), told=too_large)
    texts = f'<sst xmlns="{MAIN}">{"<si><t>" + "x" * 30_000 + "</t></si>"}'
    yield _bomb("texts of 17 MB", _with(lambda: {"xl/sharedStrings.xml": texts + ("<si><t>" + "y" * 30_000 + "</t></si>") * 570 + "</sst>"}), told=["S101 cohort.xlsx Part xl/sharedStrings.xml"])
    yield _bomb("a picture of 70 MB", _with(lambda: {"xl/media/image1.png": b"\x89PNG" + bytes(70_000_000)}), told=too_large)
    yield _bomb("a picture of 60 MB, which is allowed", _beside({"xl/media/image1.png": b"\x89PNG" + bytes(60_000_000)}), papers=2)
    yield _bomb("a sheet of 30 MB beside the others, which is allowed", _beside({"xl/worksheets/sheet9.xml": sheet("<row/>" * 4_000_000)}), papers=2)
    yield _bomb("a file of 51 MB", _large, told=too_large)
    yield _bomb("2,001 parts", _with(lambda: {f"xl/{number}.xml": "" for number in range(2_001)}), told=["S101 cohort.xlsx The file has 2,0\\d\\d parts"])
    yield _bomb("a part that is larger than it says", _lying, told=["S101 cohort.xlsx Part .* of the file is damaged|S101 cohort.xlsx The file is damaged"])
    yield _bomb("a cell of 5 MB", lambda folder: _long_cell(folder, 5_000_000), told=["S(101|102|204) "])


def _beside(more: Mapping[str, str | bytes]) -> Callable[[Path], object]:
    """Put parts into the small flow that no sheet asks for."""

    def make(folder: Path) -> None:
        path = saved(folder / "cohort.xlsx")
        with zipfile.ZipFile(path) as package:
            members: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
        pack(path, {**members, **more})

    return make


def _large(folder: Path) -> None:
    with (folder / "cohort.xlsx").open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(51_000_000)


def _lying(folder: Path) -> None:
    """Say of a part of 60 MB, in the list of parts and before it, that it has a thousand bytes."""
    path = pack(folder / "cohort.xlsx", {**_members(), "xl/worksheets/sheet1.xml": sheet("<row/>" * 10_000_000)})
    with zipfile.ZipFile(path) as package:
        true = package.getinfo("xl/worksheets/sheet1.xml").file_size
    path.write_bytes(path.read_bytes().replace(true.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))


def _long_cell(folder: Path, length: int) -> None:
    rows = [list(row) for row in BASE["Learners"][:2]]
    rows[1][5] = "x"
    changed(saved(folder / "cohort.xlsx", learners=rows), LEARNERS_PART, ("<is><t>x</t></is>", f"<is><t>{'x' * length}</t></is>"))


def _strays() -> Iterator[Case]:
    """What looks like a bomb and is none: it must be read as if it were not there, as fast."""
    for cell, told in (("XFD1048576", ["S118 Learners "]), ("A1048576", ["S113 Learners Row 1048576 was left out"]), ("XFD1", ["S118 Learners "])):
        row, after = cell.lstrip("ADFX"), '<row r="1048576">' if cell != "XFD1" else ""
        stray = f'<c r="{cell}" t="inlineStr"><is><t>note</t></is></c>'
        pair = ("</sheetData>", f"{after}{stray}</row></sheetData>") if after else ("</c></row>", f"</c>{stray}</row>")
        yield _bomb(f"a cell in {cell}", _changed(pair), papers=2, told=told if row else [])
    for merged in ("J1:ZZ10000", "J1:XFD1048576"):
        yield _bomb(f"a merged range {merged.replace('J1', 'A1')}", _changed(("</sheetData>", f'</sheetData><mergeCells><mergeCell ref="{merged}"/></mergeCells>')), papers=2)
    yield _bomb("styles on a million blank rows", _changed(("</sheetData>", "".join(f'<row r="{row}" s="0" ht="15"/>' for row in range(10, 1_000_000)) + "</sheetData>")), papers=2)
    yield _bomb("20,001 rows with values", _many(20_001), told=["S102 Learners .*more than 20,000 rows"])


def _changed(*pairs: tuple[str, str]) -> Callable[[Path], object]:
    return lambda folder: changed(saved(folder / "cohort.xlsx"), LEARNERS_PART, *pairs)


def _many(rows: int) -> Callable[[Path], object]:
    row = '<row r="{0}"><c r="B{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    return _changed(("</sheetData>", "".join(row.format(number) for number in range(4, rows + 4)) + "</sheetData>"))


def bombed(case: Case, **settings: str) -> tuple[Seen, float, int]:
    """Run the program on a bomb; gives what came out, its seconds of processor time, and its megabytes at the peak.

    `settings` are added to the environment of the program.
    """
    with tempfile.TemporaryDirectory(prefix="ecvet-bomb-") as name:
        folder = Path(name)
        for each in ("input", "templates/mine", "output"):
            (folder / each).mkdir(parents=True)
        (folder / "templates" / "mine" / "Paper.docx").write_bytes(FORM)
        case.make(folder / "input")
        done = measured([executable, "-m", "pipeline", "run", "--json"], folder, seconds=60, megabytes=_ADDRESSES, **settings)
        papers = ["paper"] * len(list((folder / "output").rglob("*.docx")))
    if done.code not in (0, 1) or "Traceback" in done.err:
        said = done.err.strip().splitlines() or [""]
        return Seen(fault=f"the program ended with {done.code} after {done.seconds:.1f} s: {said[-1][:200]}"), done.seconds, done.megabytes
    problems = [_problem(each) for cohort in json.loads(done.out)["cohorts"] for each in cohort["problems"]]
    large = not case.papers and done.megabytes >= MOST_MEGABYTES  # what is read may take what it needs
    fault, seconds = f"{done.megabytes} MB" if large else "", 0.0 if case.papers else done.seconds
    return Seen(problems=problems, papers=papers, seconds=seconds, fault=fault), done.seconds, done.megabytes


def _problem(found: Mapping[str, Any]) -> Any:
    from pipeline.problem import Place, Problem, Severity

    place = Place(file=found["file"], sheet=found["sheet"], cell=found["cell"], spot=found["spot"])
    return Problem(code=found["code"], place=place, message=found["message"], advice=found["advice"], severity=Severity(found["severity"]))


def settings_of_readers() -> dict[str, dict[str, str]]:
    """Give the ways openpyxl can be told to read XML: with lxml or without, with defusedxml (where it is there) or without."""
    guarded = ["False"] + (["True"] if find_spec("defusedxml") else [])
    return {
        f"{'lxml' if lxml == 'True' else 'no lxml'}, {'defusedxml' if guard == 'True' else 'no defusedxml'}": {"OPENPYXL_LXML": lxml, "OPENPYXL_DEFUSEDXML": guard}
        for lxml in ("True", "False") for guard in guarded
    }  # fmt: skip


def chosen(quick: bool) -> list[Case]:
    """Give the bombs to try, in an order that is the same each time."""
    every = [case for case in cases() if not quick or case.name in QUICK]
    random.Random(1).shuffle(every)  # noqa: S311 - no secret
    return every
