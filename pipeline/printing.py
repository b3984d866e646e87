"""How a value is printed: filters, escaping, and what is noticed on the way (floor 3).

Everything printed goes through `Printer`: it escapes always, gives each kind of value the form a person expects in the
paper's language, and notes which blanks stayed empty.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipeline.enclosures import same_enclosure
from pipeline.filters import FILTERS, entries_of, is_empty
from pipeline.many import LISTS
from pipeline.pictures import pictured, written_date, written_number
from pipeline.spelling import folded
from pipeline.word import TAB

TICKED, UNTICKED = "☒", "☐"
DOTS = "…" * 12
"""What `dotted` draws where a word is empty: a line of about six centimetres to write on."""

MOST_OUTPUT = 20_000_000
"""Characters a part of a paper may print to: a thousand pages. More is a fault of the form."""

_LONG = 200
"""Values up to this length are foreseen in the weight of a loop; longer ones are counted as they come."""

_MOST_READY = 5_000
"""Escaped texts that are kept for the next paper: a bound on memory."""

_DOTS = DOTS.encode()
LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_LINES = re.compile("\r\n?|[\n\x0b\x85\u2028\u2029]")
_ESCAPES: dict[int, str] = {
    **dict.fromkeys([*range(32), *range(0xD800, 0xE000), *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF], "\ufffd"),
    **str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;", "\t": TAB, "\n": LINE_BREAK}),
}
"""What XML cannot hold is shown as �; it never comes from a cell, which would have been told."""

_ESCAPED = re.compile("[\x00-\x1f&<>\"'\x85\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What makes a text need any of this: most have nothing of it, and looking is several times as fast as escaping."""

_PLAIN = {**_ESCAPES, **str.maketrans({"\t": " ", "\n": " "})}
"""The same where there is no text of Word's: in the properties, in an attribute."""

_STORED = {**_ESCAPES, **str.maketrans({"\t": "&#9;", "\n": "&#10;"})}
"""The same in data, where white space is what it is, in attributes too."""

_YES_NO = {
    "bg": ("да", "не"), "cs": ("ano", "ne"), "da": ("ja", "nej"), "de": ("ja", "nein"), "el": ("ναι", "όχι"),
    "es": ("sí", "no"), "et": ("jah", "ei"), "fi": ("kyllä", "ei"), "fr": ("oui", "non"), "hr": ("da", "ne"),
    "hu": ("igen", "nem"), "is": ("já", "nei"), "it": ("sì", "no"), "lt": ("taip", "ne"), "lv": ("jā", "nē"),
    "mk": ("да", "не"), "mt": ("iva", "le"), "nb": ("ja", "nei"), "nl": ("ja", "nee"), "pl": ("tak", "nie"),
    "pt": ("sim", "não"), "ro": ("da", "nu"), "sk": ("áno", "nie"), "sl": ("da", "ne"), "sr": ("да", "не"),
    "sv": ("ja", "nej"), "tr": ("evet", "hayır"),
}  # fmt: skip


class TooLong(Exception):
    """A part of a paper would be longer than a thousand pages."""


@dataclass(slots=True)
class Printer:
    """What is kept while one paper is printed: its language, its length so far, the blanks left empty, tabs printed.

    `dotted` holds the numbers of the blanks that draw a line when they are empty. An empty blank is noted with its
    record, with what that record belongs to, and with the value that its list did not have (None where there is none).
    """

    language: str = "en"
    length: int = 0
    empty: list[tuple[int, object, object, str | None]] = field(default_factory=list)
    tabs: bool = False
    doubt: bool = False
    dotted: frozenset[int] = frozenset()
    _ready: dict[str, bytes] = field(default_factory=dict)

    def begin(self, language: str) -> None:
        """Begin a new paper."""
        self.language, self.empty = language, []
        self.begin_part()

    def forget(self) -> None:
        """Forget the texts of the papers printed so far."""
        self._ready.clear()
        self.empty = []

    def begin_part(self) -> None:
        """Begin a new part of a paper."""
        self.length, self.tabs, self.doubt = 0, False, False

    def print_value(self, value: Any, blank: int, owner: object = None, above: object = None) -> bytes:
        """Print one value into a paper: escaped, in the paper's language; an empty one is noted by its blank."""
        if value.__class__ is str and (ready := self._ready.get(value)) is not None:
            return ready
        text = self.text(value)
        if not text or text.isspace():
            self.empty.append((blank, owner, above, None))
            return _DOTS if blank in self.dotted else b""
        if len(text) > _LONG or "\t" in text:
            return self._print_special(text)
        printed = _escaped(text)
        if len(self._ready) > _MOST_READY:
            self._ready.clear()
        self._ready[text] = printed
        return printed

    def _print_special(self, text: str) -> bytes:
        """Print a text that counts for the length of the paper, or holds a tab."""
        self._count(text)
        if "\t" in text:
            self.tabs = True
        return _escaped(text)

    def print_plain(self, value: object, blank: int, owner: object = None, above: object = None) -> bytes:
        """Print one value where there is no text of Word's: a line break becomes a space."""
        text = self.text(value)
        if not text or text.isspace():
            self.empty.append((blank, owner, above, None))
        self._count(text)
        return _LINES.sub(" ", text).translate(_PLAIN).encode()

    def need(self, value: object, blank: int, owner: object = None, above: object = None) -> object:
        """Note a word that is empty, and hand it on."""
        if is_empty(value):
            self.empty.append((blank, owner, above, None))
        return value

    def each(self, value: object, weight: int) -> Sequence[object]:
        """Give the items of a list to repeat; raises TooLong where that would never end."""
        items = entries_of(value)
        self.length += len(items) * weight
        if self.length > MOST_OUTPUT:
            raise TooLong
        return items

    def _count(self, text: str) -> None:
        if len(text) > _LONG:
            self.length += len(text)
            if self.length > MOST_OUTPUT:
                raise TooLong

    def text(self, value: object) -> str:
        """Write a value as a person expects it: 3 April 2027, 2.5 (2,5 in German), lists with a semicolon."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return _YES_NO.get(self.language.partition("-")[0], ("yes", "no"))[not value]
        if isinstance(value, dt.date):
            return written_date(value, "full", self.language)
        if isinstance(value, (Decimal, int)):
            return written_number(value, self.language)
        if isinstance(value, float):
            return written_number(Decimal(repr(round(value, 12))), self.language)
        return "; ".join(self.text(each) for each in value) if isinstance(value, LISTS) else ""

    def date(self, value: object, pattern: str = "full") -> object:
        """Write a date as a form asks: `date("dd/MM/yyyy")`, `date("full")`."""
        return written_date(value, pattern, self.language) if isinstance(value, dt.date) else value

    def number(self, value: object, picture: str) -> object:
        """Write a number as a form asks: `number("0.00")`, `number("#.##0,00")`."""
        if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
            return value
        return pictured(value, picture, self.language)

    def lines(self, value: object) -> str:
        """Write a list with an entry a line."""
        return "\n".join(self.text(each) for each in entries_of(value))

    def join(self, value: object, between: str = "; ") -> str:
        """Write a list with something between its entries."""
        return between.join(self.text(each) for each in entries_of(value))

    def tick(self, value: object, wanted: object = None, also: object = None) -> str:
        """Give ☒ where the value is, or holds, what is wanted (without it: where there is any value), else ☐.

        Of enclosures all known wordings count, in whatever language the form and the workbook name them; `also` is
        another wording that counts.
        """
        if wanted is None:
            return TICKED if not is_empty(value) and value not in (False, 0) else UNTICKED
        held = [self.text(each) for each in (value if isinstance(value, LISTS) else [value])]
        met = _is_among(self.text(wanted), held) or (also is not None and _is_among(self.text(also), held))
        return TICKED if met else UNTICKED

    def others(self, value: object, *known: object) -> list[str]:
        """Give the entries of a list that are none of the known ones: what “Other: please specify” asks for."""
        boxes = [self.text(each) for each in known]
        entries = value if isinstance(value, LISTS) else [] if is_empty(value) else [value]
        return [said for each in entries if (said := self.text(each)) and not _is_among(said, boxes)]

    def entry(
        self, value: object, pairs: Sequence[str], blank: int, owner: object = None, above: object = None
    ) -> object:
        """Give what stands in a list for a value (`F=female`); one that stands for nothing is noted by its blank."""
        if is_empty(value):
            return value
        said = self.text(value)
        for known, meant in (((lambda text: text), said), (folded, folded(said))):  # “B1+” is not “B1” where both stand
            for key, _, text in (pair.partition("=") for pair in pairs):
                if meant and meant in (known(key), known(text)):
                    return text
        if blank >= 0:
            self.empty.append((blank, owner, above, said))
        return None

    def stored(self, value: object) -> str:
        """Write a value as the data of a form keep it: nobody is told where it is empty, and its lines stay lines."""
        text = self.text(value)
        self._count(text)
        return _LINES.sub("\n", text).translate(_STORED)

    @property
    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The functions behind the filters of the forms, and behind those that the walk puts in."""
        return {
            **FILTERS, "_text": self.text, "_each": self.each, "date": self.date, "number": self.number,
            "tick": self.tick, "lines": self.lines, "join": self.join, "others": self.others, "_entry": self.entry,
            "_stored": self.stored,
        }  # fmt: skip


def _is_among(text: str, others: Sequence[str]) -> bool:
    """Say whether a text is one of others, letter by letter or as another wording of the same enclosure."""
    plain = folded(text)
    return any(folded(each) == plain for each in others) or any(same_enclosure(text, each) for each in others if each)


def _escaped(text: str) -> bytes:
    return _LINES.sub("\n", text).translate(_ESCAPES).encode() if _ESCAPED.search(text) else text.encode()
