"""What a cell holds before it is read, and how it is shown in a sentence (floor 1).

A spreadsheet's value of any kind, the error that says why it cannot be read, and the characters no paper can hold.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

NOT_CALCULATED = "?"
"""What `Broken` shows for a formula that no program has calculated yet."""

DAMAGED = ""
"""What `Broken` shows for a cell whose content is no value of its kind (a number “abc”)."""


class Number(NamedTuple):
    """A number as a spreadsheet stores it, with the format that says how it was typed (“00000”).

    `calculated` says that it is the result of a formula.
    """

    value: int | float
    format: str = "General"
    calculated: bool = False


class Broken(NamedTuple):
    """A cell without a value to trust: an error value (“#REF!”) or a formula that was never calculated."""

    shown: str


Raw = str | bool | Number | dt.datetime | dt.date | dt.time | dt.timedelta | Broken | None
"""What a cell of any kind of spreadsheet may hold."""


class Unreadable(ValueError):
    """A value that cannot be read: a sentence of what is wrong, one of what to write, and the code of the problem."""

    def __init__(self, code: str, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.advice = code, sentence, advice


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
FORBIDDEN = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
LINE_BREAK = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_INVISIBLE = "\ufeff\u200b\u2060\u200e\u200f\u061c\u00ad"
EDGES = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _INVISIBLE
"""What is cut off both ends of a text: white space of all widths, and marks without any."""

MARKS = re.compile(f"[{_INVISIBLE}\u202a-\u202e\u2066-\u2069]")
_ERROR = re.compile(r"#[¡¿]?[^\W\d_][\w/]*[!?]|#N/?[ADV]|#{4,}")


def unescaped(value: str) -> str:
    """Decode the `_x000B_` notation that Excel keeps control characters in (ECMA-376 part 1, 22.4.2.4)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value


def is_error(value: str) -> bool:
    """Say whether a text is an error value as a program writes it into a .csv: “#REF!”, “#N/A”, “#BEZUG!”, “####”."""
    return _ERROR.fullmatch(value.strip()) is not None


def shown(raw: Raw) -> str:
    """Show a value of any kind as a message does: on one line, whatever it holds."""
    if isinstance(raw, dt.datetime):
        raw = raw.date() if raw.time() == dt.time() else raw.replace(microsecond=0)
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, Number):
        raw = f"{raw.value:.12g}"
    if isinstance(raw, Broken):
        raw = raw.shown
    return readable("" if raw is None else str(raw))


def readable(value: str) -> str:
    """Give a value in a form that fits into a message: one line, at most 60 characters, ▯ for what cannot be shown."""
    plain = TURNING.sub("▯", FORBIDDEN.sub("▯", LINE_BREAK.sub(" ", value[:1_000])))
    line = " ".join(unicodedata.normalize("NFC", plain).split())
    return line if len(line) <= 60 else line[:57] + "…"


_CALCULATE = "Open the workbook in Excel, save it and try again."


def why_broken(raw: Broken) -> Unreadable:
    """Word why a cell has no value to trust."""
    if raw.shown == NOT_CALCULATED:
        sentence, advice = "The cell holds a formula that was never calculated.", _CALCULATE
    elif raw.shown == DAMAGED:
        sentence, advice = "The cell is damaged and cannot be read.", "Type the value again."
    else:
        sentence = f"The cell shows “{readable(raw.shown)}” and no value."
        advice = "Correct the formula, or type the value."
    return Unreadable("S106", sentence, advice)
