"""What filters and comparisons of a form make of values, before anything is printed (floor 3). Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from jinja2.filters import do_title

from pipeline.many import LISTS, Many
from pipeline.spelling import folded
from pipeline.vocabulary import TAG


def is_empty(value: object) -> bool:
    """Say whether a word has no value; 0 and no are values."""
    return value in (None, "", [], ())


def entries_of(value: object) -> Sequence[object]:
    """Give the entries of a list, without those that are empty; of a single value, this one."""
    if isinstance(value, Many):
        return value
    if isinstance(value, (list, tuple)):
        return [each for each in value if each not in (None, "")]
    return [] if value is None else [value]


def _on_text(change: Callable[[str], str]) -> Callable[[object], object]:
    return lambda value: change(value) if isinstance(value, str) else value


def _default(value: object, other: object = "", _: object = True) -> object:
    return other if is_empty(value) else value


def _length(value: object) -> int:
    return len(value) if isinstance(value, (str, *LISTS)) else 0


def _round(value: object, digits: int = 0) -> object:
    if isinstance(value, (Decimal, int)) and not isinstance(value, bool):
        try:
            return Decimal(value).quantize(Decimal(1).scaleb(-min(max(digits, 0), 6)), ROUND_HALF_UP)
        except InvalidOperation:
            return value
    return value


def _sort(value: object, key: str = "") -> object:
    if not isinstance(value, LISTS):
        return []
    return sorted(value, key=lambda each: _rank(each.get(key) if isinstance(each, dict) else each))


def _rank(value: object) -> tuple[int, Any]:
    """Rank values of any kind: numbers, dates, texts as a person sorts them, and what is empty last."""
    if isinstance(value, (Decimal, int)):
        return 0, value
    if isinstance(value, dt.date):
        return 1, value
    return (3, 0) if is_empty(value) else (2, (folded(str(value)), str(value)))


def _edge(value: object, at: int) -> object:
    return value[at] if isinstance(value, (str, *LISTS)) and value else None


def _get(value: object, key: str) -> object:
    """Look a word up: a key of a record and nothing else."""
    return value.get(key) if isinstance(value, dict) else None


def _compare(left: Any, operator: str, right: Any) -> bool:
    """Compare two values of a template; with an empty one every comparison but “is it the same” is false."""
    if operator in ("eq", "ne"):
        return _same(left, right) is (operator == "eq")
    if operator in ("in", "notin"):
        return _holds(right, left) is (operator == "in")
    if left is None or right is None:
        return False
    try:
        return bool({"lt": left < right, "lteq": left <= right, "gt": left > right, "gteq": left >= right}[operator])
    except TypeError:
        return False


def _same(left: Any, right: Any) -> bool:
    """Compare two values; two records are the same where they are of one row, whatever they hold."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left is right or (TAG in left and left[TAG] == right.get(TAG))
    return bool(left == right)


def _holds(whole: object, part: object) -> bool:
    if isinstance(whole, str):
        return isinstance(part, str) and part in whole
    return isinstance(whole, LISTS) and part is not None and any(_same(each, part) for each in whole)


def _colspan(value: object) -> str:
    """Write how many columns a cell spans; Word allows 63, and a cell spans one at least."""
    digits = str(value)
    return str(min(max(int(digits), 1), 63)) if re.fullmatch(r"\d{1,3}", digits) else "1"


def _cellbg(value: object) -> str:
    """Write a colour as six hexadecimal digits; what is none leaves the cell without colour."""
    return str(value).lstrip("#") if re.fullmatch(r"#?[0-9A-Fa-f]{6}", str(value)) else "auto"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "_compare": _compare, "_get": _get, "_colspan": _colspan, "_cellbg": _cellbg, "default": _default,
    "upper": _on_text(str.upper), "lower": _on_text(str.lower), "title": _on_text(do_title),
    "trim": _on_text(str.strip), "length": _length, "first": lambda value: _edge(value, 0),
    "last": lambda value: _edge(value, -1), "round": _round, "sort": _sort,
}  # fmt: skip
"""Those that need neither the language of the paper nor a note of what was blank; `Printer` adds the others."""
