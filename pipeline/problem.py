"""What can be wrong, and where (floor 0: imports nothing of the house).

A problem is a value with a place. It is collected and never raised, so that one run names everything there is to
correct. Every kind of problem has a code that never changes its meaning; its story is the docstring of the function
that words it, and `ecvet explain CODE` prints that docstring.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, ParamSpec

P = ParamSpec("P")

FAMILIES = {
    "S": "sheet: reading the workbook",
    "L": "learner: a learner's own data",
    "A": "agreement: a learner's stay and its Learning Agreement",
    "M": "memorandum: the Memorandum of Understanding",
    "R": "result: assessment, validation, recognition",
    "T": "template: a Word form, or a paper made of it",
}
"""The families of codes (contract, section 5)."""


SHARED_FILE = "register.xlsx"
"""The workbook in input/ that all cohorts share: a cell of it is always named with its file."""

LEARNERS_FILE = "learner register.xlsx"
"""The workbook in input/ that holds what was recognised over the years; a cell of it is named with its file too."""

_NAMED_WITH_THEIR_FILE = (SHARED_FILE, LEARNERS_FILE)


RESULTS_FILE = "Results - "
"""How the name of a workbook of collected results begins: a cell of it is always named with its file."""

_COPY = f"{RESULTS_FILE}to correct"
"""What a corrected copy of a file “Results.csv” is called, which is none of them."""


def is_of_results(file: str) -> bool:
    """Say by its name whether a file is a workbook of collected results."""
    return file.startswith(RESULTS_FILE) and not file.startswith(_COPY)


class Severity(StrEnum):
    """How much a problem weighs: an error holds papers, a warning and a notice do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Basis(StrEnum):
    """Where a rule comes from, so that an officer can tell a rule from a habit."""

    FORM = "form"
    """ECVET itself: the Recommendation of 2009 or the official forms."""
    PROGRAMME = "programme"
    """A rule of the Erasmus+ programme."""
    CONVENTION = "convention"
    """Good practice. Nobody has to follow it, and the message says so."""
    DATA = "data"
    """The data contradict themselves or cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stands: a cell of a workbook, or a spot of a Word form.

    `file` is the file's name without its folder. `cell` is as Excel writes it (“C7”). `row` is the row of the record
    the problem belongs to and decides which papers it holds: None means the whole sheet, and without a sheet the whole
    file. `spot` says where in a Word form, in words (“page header, table 2, row 3, cell 1”).
    """

    file: str = ""
    sheet: str | None = None
    cell: str | None = None
    row: int | None = None
    spot: str | None = None

    def __str__(self) -> str:
        """Write the place as an officer finds it: “Learners!C7”, “register.xlsx › Partners!F2”, or form and spot."""
        if self.spot:
            return f"{self.file}, {self.spot}" if self.file else self.spot
        if self.sheet and self.cell:
            return f"{self.of_file}{self.sheet}!{self.cell}"
        if self.sheet and self.row:
            return f"{self.of_file}{self.sheet}, row {self.row}"
        return f"{self.of_file}{self.sheet}" if self.sheet else self.file

    @property
    def of_file(self) -> str:
        """What stands before the sheet of a file that is not the cohort's own: “register.xlsx › ”."""
        ours = self.file.lower() in _NAMED_WITH_THEIR_FILE or is_of_results(self.file)
        return f"{self.file} › " if ours else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to correct or to know: its code, its place, one sentence of what is wrong and one of what to do."""

    code: str
    place: Place
    message: str
    advice: str
    severity: Severity

    @property
    def holds(self) -> bool:
        """Say whether papers made of this place must wait."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """The standing meaning of a problem code, read from a docstring (what `ecvet explain` prints)."""

    code: str
    severity: Severity
    title: str
    story: str
    advice: str
    basis: Basis
    source: str


CODES: dict[str, Code] = {}
"""Every code of the program, filled as the rooms that use them are imported."""


class CannotContinue(Exception):
    """The surroundings, not the data, stop the work (no such folder, disk full): one sentence for the officer."""


def register(code: str, severity: Severity, function: Callable[..., object]) -> Code:
    """Enter a code with the meaning that the function's docstring gives it.

    The docstring's first line is the title; `Advice:` says what to do; `Basis:` is one word of `Basis`, and in brackets
    the source of the rule.

    Raises ValueError at import where the code is taken, its family is unknown, or advice or basis is missing: a
    problem without advice does not leave the house.
    """
    name = getattr(function, "__qualname__", str(function))
    if code in CODES:
        raise ValueError(f"{name}: the code {code} is taken by “{CODES[code].title}”")
    if not re.fullmatch(r"[A-Z]\d{3}", code) or code[0] not in FAMILIES:
        raise ValueError(f"{name}: {code} is no code: a letter of {', '.join(FAMILIES)} and three digits")
    parts = re.split(r"^(Advice|Basis):", inspect.getdoc(function) or "", flags=re.MULTILINE)
    title, _, story = parts[0].strip().partition("\n")
    told = {key: " ".join(text.split()) for key, text in zip(parts[1::2], parts[2::2], strict=True)}
    if not title or not told.get("Advice"):
        raise ValueError(f"{name}: the rule {code} has no advice in its docstring (a line “Advice: …”)")
    basis = re.fullmatch(r"(\w+)(?: \((.+)\))?\.?", told.get("Basis", ""))
    if not basis or basis[1] not in list(Basis):
        raise ValueError(f"{name}: the rule {code} does not say its basis (“Basis: form (source)”)")
    CODES[code] = Code(
        code=code, severity=severity, title=title.rstrip("."), story=story.strip(), advice=told["Advice"],
        basis=Basis(basis[1]), source=basis[2] or "",
    )  # fmt: skip
    return CODES[code]


def word_problem(meaning: Code, place: Place, sentence: str, advice: str = "") -> Problem:
    """Make a problem of this code; a convention is called one in its message, so that nobody takes it for a rule."""
    sentence, advice = on_one_line(sentence), on_one_line(advice or meaning.advice)
    if meaning.basis is Basis.CONVENTION:
        sentence += " (This is good practice, not a rule.)"
    return Problem(code=meaning.code, place=place, message=sentence, advice=advice, severity=meaning.severity)


_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
_LONG = re.compile(r"(?<=“)[^“”]{121,}(?=”)|[^\s“”()]{121,}")
_LONGEST = 500


def on_one_line(sentence: str) -> str:
    """Put a sentence on one line and shorten what it quotes: a cell may hold ten thousand letters and line breaks."""
    if not sentence.isprintable():
        sentence = _BREAKS.sub(" ", sentence)
    if len(sentence) <= 120:
        return sentence
    line = _LONG.sub(lambda found: f"{found[0][:57].rstrip()}…", sentence)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"


class Fault(Generic[P]):
    """A kind of problem that a room finds as it works; calling it with a place and the facts gives a Problem."""

    def __init__(self, meaning: Code, sentence: Callable[P, str | tuple[str, str]]) -> None:
        self.meaning = meaning
        self._sentence = sentence
        self.__doc__ = sentence.__doc__

    def __call__(self, place: Place, *args: P.args, **kwargs: P.kwargs) -> Problem:
        """Word the problem for this place; the sentence's function may give a more exact advice with it."""
        said = self._sentence(*args, **kwargs)
        sentence, advice = said if isinstance(said, tuple) else (said, "")
        return word_problem(self.meaning, place, sentence, advice)


def fault(code: str, severity: Severity = Severity.ERROR) -> Callable[[Callable[P, str | tuple[str, str]]], Fault[P]]:
    """Turn a function that words a sentence into a kind of problem with this code.

    Raises ValueError at import as `register` does.
    """

    def enter(function: Callable[P, str | tuple[str, str]]) -> Fault[P]:
        return Fault(register(code, severity, function), function)

    return enter


def problem_as_object(problem: Problem) -> dict[str, object]:
    """Give a problem for other programs (contract, section 5)."""
    place = problem.place
    return {
        "code": problem.code, "severity": str(problem.severity), "file": place.file, "sheet": place.sheet,
        "cell": place.cell, "spot": place.spot, "message": problem.message, "advice": problem.advice,
    }  # fmt: skip


def quoted(values: Iterable[object]) -> str:
    """Write values as an enumeration in “ ”, for a sentence: “A”, “B” and “C”."""
    marked = [f"“{value}”" for value in values]
    return " and ".join([", ".join(marked[:-1]), marked[-1]]) if len(marked) > 1 else "".join(marked)
