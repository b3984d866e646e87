"""How a value is printed: filters, escaping, and what is noticed on the way (floor 3).

Everything printed goes through `Printer.print_value`: it escapes always, gives each kind of value the form a person
expects in the paper's language, and notes which blanks stayed empty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from jinja2 import ChainableUndefined, Environment, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from pipeline.languages import written_date
from pipeline.spelling import folded

TICKED, UNTICKED = "☒", "☐"
DOTS = "…" * 12
"""What `dotted` draws where a word is empty: a line of about six centimetres to write on."""

LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})


@dataclass(slots=True)
class Printer:
    """What is kept while one paper is printed: its language, the blanks left empty, and whether a tab was printed.

    `dotted` holds the numbers of the blanks that draw a line when they are empty; `line_break` is what a line break in
    a value becomes in the part being printed.
    """

    language: str = "en"
    line_break: str = LINE_BREAK
    empty: list[tuple[int, object]] = field(default_factory=list)
    tabs: bool = False
    dotted: set[int] = field(default_factory=set)

    def print_value(self, value: object, blank: int, owner: object = None) -> Markup:
        """Print one value into a paper: escaped, in the paper's language; an empty one is noted by its blank."""
        text = self.text(value)
        if not text or text.isspace():
            self.empty.append((blank, owner))
            return Markup(DOTS if blank in self.dotted else "")  # noqa: S704 - a constant
        escaped = text.translate(_ESCAPES)
        if "\n" in escaped:
            escaped = escaped.replace("\n", self.line_break)
        if "\t" in escaped:
            self.tabs = True
        return Markup(escaped)  # noqa: S704 - escaped one line above

    def text(self, value: object) -> str:
        """Write a value as a person expects it: 3 April 2027, 2.5 (2,5 in German), lists with a semicolon."""
        if isinstance(value, str):
            return value
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, dt.date):
            return written_date(value, "full", self.language)
        if isinstance(value, (Decimal, int)):
            return _number(value, self.language)
        return "; ".join(self.text(each) for each in value) if isinstance(value, (list, tuple)) else ""

    def date(self, value: object, pattern: str = "full") -> object:
        """Write a date as a form asks: `date("dd/MM/yyyy")`, `date("full")`."""
        return written_date(value, pattern, self.language) if isinstance(value, dt.date) else value

    def lines(self, value: object) -> str:
        """Write a list with an entry a line."""
        return "\n".join(self.text(each) for each in _listed(value))

    def join(self, value: object, between: str = "; ") -> str:
        """Write a list with something between its entries."""
        return between.join(self.text(each) for each in _listed(value))

    def tick(self, value: object, wanted: object = None) -> str:
        """Give ☒ where the value is, or holds, what is wanted (without it: where there is any value), else ☐."""
        if wanted is None:
            return TICKED if _empty_to_none(value) not in (None, False, 0, "", [], ()) else UNTICKED
        held = [folded(self.text(each)) for each in (value if isinstance(value, (list, tuple)) else [value])]
        return TICKED if folded(self.text(wanted)) in held else UNTICKED


def _empty_to_none(value: object) -> object:
    return None if isinstance(value, Undefined) else value


def _listed(value: object) -> Sequence[object]:
    if isinstance(value, (list, tuple)):
        return [each for each in value if each not in (None, "")]
    return [] if value is None or isinstance(value, Undefined) else [value]


@cache
def _separator(language: str) -> str:
    from babel.numbers import get_decimal_symbol

    try:
        return str(get_decimal_symbol(language))
    except (LookupError, ValueError):
        return "."


def _number(value: Decimal | int, language: str) -> str:
    shown = format(value, "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
        return shown.replace(".", _separator(language)) if "." in shown and language != "en" else shown
    return shown


def _on_text(change: Callable[[str], str]) -> Callable[[object], object]:
    return lambda value: change(value) if isinstance(value, str) else value


def _default(value: object, other: object = "") -> object:
    return other if _empty_to_none(value) in (None, "", [], ()) else value


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, list, tuple)) else 0


def _round(value: object, digits: int = 0) -> object:
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        return Decimal(value).quantize(Decimal(1).scaleb(-min(max(digits, 0), 6)), ROUND_HALF_UP)
    return value


def _sort(value: object, key: str = "") -> object:
    if not isinstance(value, (list, tuple)):
        return []
    return sorted(value, key=lambda each: folded(str(each.get(key, "") if isinstance(each, dict) else each)))


def _edge(value: object, at: int) -> object:
    return value[at] if isinstance(value, (list, tuple, str)) and value else None


def _compare(left: Any, operator: str, right: Any) -> bool:
    """Compare two values of a template; with an empty one every comparison but “is it the same” is false."""
    left, right = _empty_to_none(left), _empty_to_none(right)
    if operator in ("eq", "ne"):
        return bool(left == right) is (operator == "eq")
    if operator in ("in", "notin"):
        inside = isinstance(right, (str, list, tuple)) and left is not None and _holds(right, left)
        return inside is (operator == "in")
    if left is None or right is None:
        return False
    try:
        return bool({"lt": left < right, "lteq": left <= right, "gt": left > right, "gteq": left >= right}[operator])
    except TypeError:
        return False


def _holds(whole: Sequence[object] | str, part: object) -> bool:
    return isinstance(part, str) and part in whole if isinstance(whole, str) else part in whole


def environment(printer: Printer) -> Environment:
    """Make the one environment templates are compiled in: sandboxed, escaping, without globals, with our filters."""
    made = ImmutableSandboxedEnvironment(autoescape=True, undefined=ChainableUndefined, auto_reload=False, cache_size=0)
    made.globals.clear()
    made.filters.clear()
    made.tests = {
        "equalto": lambda value, other: _compare(value, "eq", other),
        "_given": lambda value: _empty_to_none(value) is not None,
        "_empty": lambda value: _empty_to_none(value) is None,
    }
    filters: Mapping[str, Callable[..., Any]] = {
        "_print": printer.print_value, "_text": printer.text, "_each": _listed, "_compare": _compare,
        "date": printer.date, "default": _default, "tick": printer.tick, "lines": printer.lines, "join": printer.join,
        "upper": _on_text(str.upper), "lower": _on_text(str.lower), "title": _on_text(str.title),
        "trim": _on_text(str.strip), "length": _length, "first": lambda value: _edge(value, 0),
        "last": lambda value: _edge(value, -1), "round": _round, "sort": _sort,
    }  # fmt: skip
    made.filters.update(filters)
    return made
