"""Sheets as hosts send them back: printed for the example cohort, and filled as Word, or another program, does it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.addressees import addressees
from pipeline.contexts import Contexts
from pipeline.form import Form, open_form
from pipeline.model import Cohort
from pipeline.word.names import W
from pipeline.workbook import read_cohort

ROOT = Path(__file__).resolve().parent.parent
DURING = ROOT / "templates" / "official" / "2 During"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
SDT = f"{W}sdt"
TEXT = "word/document.xml"


@cache
def example() -> Cohort:
    cohort = read_cohort(ROOT / "input" / "Example cohort.xlsx").cohort
    assert cohort is not None
    return cohort


@cache
def sheet(ending: str = "") -> Form:
    return open_form(DURING / f"Assessment Sheet{ending}.docx", "2 During")


@cache
def printed(learner: str, ending: str = "") -> bytes:
    """The sheet of a learner of the example (“L05”, “L06-2”), as it is sent to the host."""
    who = next(each for each in addressees(example(), "learner") if each.end == f"({learner})")
    language = ending.removeprefix(".") or "en"
    return sheet(ending).print(Contexts(example()).values(who.scope, language, dt.date(2027, 1, 15)), language).data


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def bound(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return made.getvalue()


def tag(control: Any) -> str:
    found = control.find(f"{W}sdtPr/{W}tag")
    return "" if found is None else found.get(f"{W}val")


def words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


class Sheet:
    """A sheet in Word's hands: rows are found by their unit and the beginning of their outcome (“*”: the whole unit)."""

    def __init__(self, data: bytes) -> None:
        self.parts = parts(data)
        self.root = etree.fromstring(self.parts[TEXT])

    def row(self, unit: str, outcome: str) -> Any:
        now = ""
        for control in self.root.iter(SDT):
            if tag(control) == "ecvet.unit":
                now = words(control)
            whole = outcome == "*" and tag(control) == "ecvet.whole"
            if now == unit and (whole or (tag(control) == "ecvet.outcome" and words(control).startswith(outcome) and outcome != "*")):
                return next(control.iterancestors(f"{W}tr"))
        raise LookupError((unit, outcome))

    def control(self, unit: str, outcome: str, name: str) -> Any:
        return next(each for each in self.row(unit, outcome).iter(SDT) if tag(each) == f"ecvet.{name}")

    def tick(self, unit: str, outcome: str, box: str) -> Sheet:
        """Click a box: Word changes its state and its sign."""
        control = self.control(unit, outcome, box)
        control.find(f".//{W14}checked").set(f"{W14}val", "1")
        control.find(f".//{W}t").text = "☒"
        return self

    def type_over(self, unit: str, outcome: str, box: str, text: str) -> Sheet:
        """Type into the cell of a box, in the place of its control."""
        control = self.control(unit, outcome, box)
        run = etree.SubElement(control.getparent(), f"{W}r")
        etree.SubElement(run, f"{W}t").text = text
        control.getparent().remove(control)
        return self

    def write(self, unit: str, outcome: str, name: str, text: str) -> Sheet:
        return self._fill(self.control(unit, outcome, name), text)

    def about(self, unit: str, **told: str) -> Sheet:
        """Fill the table under a unit: grade, assessed_by, assessed_on."""
        now = ""
        for control in list(self.root.iter(SDT)):
            now = words(control) if tag(control) == "ecvet.unit" else now
            name = tag(control).removeprefix("ecvet.")
            if now == unit and name in told:
                self._fill(control, told[name])
        return self

    def head(self, name: str, text: str) -> Sheet:
        self._fill(next(each for each in self.root.iter(SDT) if tag(each) == f"ecvet.{name}"), text)
        return self

    def _fill(self, control: Any, text: str) -> Sheet:
        for prompt in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            prompt.getparent().remove(prompt)
        control.find(f".//{W}t").text = text
        return self

    def nameless(self) -> Sheet:
        """Save it with a program that loses the names of controls."""
        for each in list(self.root.iter(f"{W}tag")):
            each.getparent().remove(each)
        return self

    def without_controls(self) -> Sheet:
        """Save it with a program that knows no controls: only what they showed stays."""
        for control in list(self.root.iter(SDT)):
            above, content = control.getparent(), control.find(f"{W}sdtContent")
            for child in reversed(list(content)):
                above.insert(above.index(control) + 1, child)
            above.remove(control)
        return self

    @property
    def data(self) -> bytes:
        return bound({**self.parts, TEXT: etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)})

    def save(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.data)
        return path


def a_sheet(learner: str = "L05", ending: str = "") -> Sheet:
    return Sheet(printed(learner, ending))
