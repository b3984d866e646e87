r"""What the code of a merge field says: its name, its switches, the comparison of an IF (floor 3).

Sources: ECMA-376 part 1, 17.16.2 (the grammar of fields), 17.16.4 (switches that every field may have: `\@` dates, `\#`
numbers, `\*` the rest), 17.16.5.22 (IF), 17.16.5.35 (MERGEFIELD).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.dates import written_date
from pipeline.marks.options import in_quotes
from pipeline.pictures import decimals_of, is_date, is_number
from pipeline.raw import Unreadable
from pipeline.vocabulary import type_of

OBJECT = "\ufffc"
"""Stands in the text of a code for what is no text: a field inside of it, a tab, a picture."""

_QUOTES = '"“”„'
_PART = re.compile(
    rf"[{_QUOTES}](?P<quoted>(?:\\.|[^{_QUOTES}\\])*)(?:[{_QUOTES}]|\\?$)|\\(?P<switch>.)|(?P<operator><=|>=|<>|[=<>])"
    rf"|(?P<bare>[^\s{_QUOTES}\\=<>]+)",
    re.DOTALL,
)
_WITH_ARGUMENT = frozenset("*@#bf")
_OPERATORS = {"=": "==", "<>": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_FORMATS = {"upper": " | upper", "lower": " | lower", "caps": " | title"}
_WITHOUT_EFFECT = frozenset({"mergeformat", "charformat", "mergeformatinet", "arabic"})
_YES = frozenset(
    {"yes", "y", "true", "1", "x", "ja", "oui", "si", "sí", "sì", "sim", "tak", "ano", "áno", "kyllä", "da", "igen"}
)
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "não", "nao", "nie", "ne", "ei", "nu", "nee", "nem"})


class Unclear(Exception):
    """A field's code says nothing that a form can do; its text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a field's code: where its text stands, and what it is: bare, quoted, operator, switch."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a merge field prints: an expression of its word, the kind of its value, and text around a value.

    `picture` writes a number as the field says; an IF compares the number itself.
    `keeps` says that it looks like its last result and not like its code; `left` holds the switches that cannot be
    carried out, `filled` what is true where the word is not empty.
    """

    expression: str
    kind: str
    filled: str
    picture: str = ""
    before: str = ""
    after: str = ""
    keeps: bool = False
    left: tuple[str, ...] = ()


def parts_of(code: str) -> Iterator[Part]:
    """Cut a code into its parts; a bare word that follows another without a space belongs to it."""
    for found in _PART.finditer(code):
        kind = str(found.lastgroup)
        yield Part(kind=kind, start=found.start(kind), end=found.end(kind), text=found[kind])


def named(code: str) -> tuple[str, list[tuple[str, str]]]:
    """Give the name in a merge field's code, and its switches with what each is given.

    A name of several words has quotes; where it has none, all words before the first switch are taken.
    """
    parts = list(parts_of(code))[1:]
    names: list[str] = []
    while parts and parts[0].kind != "switch":
        names.append(parts.pop(0).text)
    return " ".join(names).replace('\\"', '"').strip(), list(switches(parts))


def switches(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    r"""Give the switches among the parts of a code, with what each is given: `\@` and dd/MM/yyyy."""
    letter = ""
    for part in parts:
        if letter and part.kind != "switch":
            yield letter, part.text
            letter = ""
            continue
        if letter:
            yield letter, ""
            letter = ""
        if part.kind == "switch":
            letter = part.text.lower() if part.text.lower() in _WITH_ARGUMENT else ""
            if not letter:
                yield part.text.lower(), ""
    if letter:
        yield letter, ""


def asked(word: str, given: Sequence[tuple[str, str]]) -> Asked:
    """Say what a merge field for a word prints, with these switches."""
    kind = type_of(word).removeprefix("list of ")
    # A number may be 0 and an answer “no”, and still be there.
    filled = f"{word} != none" if kind in ("number", "yes/no") else word
    expression, picture, around, keeps = word, "", {"b": "", "f": ""}, False
    left: list[str] = []
    for letter, value in given:
        shown = f"\\{letter} {value}".rstrip()
        if letter in around:
            around[letter] = value.replace('\\"', '"')
        elif letter == "@":
            left += [] if is_date(value) else [shown]
            expression, kind = f"{expression} | date({in_quotes(value if is_date(value) else 'full')})", "text"
        elif letter == "#" and is_number(value):
            expression += f" | round({decimals_of(value)})"
            picture = f" | number({in_quotes(value)})"
        elif letter == "*" and value.lower() in _FORMATS:
            expression += _FORMATS[value.lower()]
        elif letter == "*" and value.lower() in _WITHOUT_EFFECT:
            keeps = keeps or value.lower().startswith("mergeformat")
        elif letter != "m":  # \m says that the name is one of Word's own list, which changes nothing
            left.append(shown)
    return Asked(expression=expression, kind=kind, filled=filled, picture=picture, before=around["b"],
                 after=around["f"], keeps=keeps, left=tuple(left))  # fmt: skip


def condition(left: Asked | str, operator: str, right: Asked | str) -> str:
    """Write the comparison of an IF for a tag; raises Unclear where a tag cannot say it."""
    if isinstance(left, str):
        if isinstance(right, str):
            raise Unclear("it compares no merge field")
        return condition(right, _FLIPPED.get(operator, operator), left)
    if isinstance(right, str):
        return _compared(left, operator, right)
    if left.kind != right.kind:
        raise Unclear(f"it compares a {left.kind} with a {right.kind}")
    return f"{left.expression} {_OPERATORS[operator]} {right.expression}"


def _compared(left: Asked, operator: str, right: str) -> str:
    if not right:
        if operator not in ("=", "<>"):
            raise Unclear(f"it asks whether something is {operator} an empty text")
        absent = f"{left.expression} == none" if left.kind in ("number", "yes/no") else f"not {left.filled}"
        return left.filled if operator == "<>" else absent
    if operator in ("=", "<>") and re.search(r"[*?]", right):
        raise Unclear(f"it compares with “{right}”, and * and ? cannot stand for other letters")
    if left.kind == "number":
        return f"{left.expression} {_OPERATORS[operator]} {_number(right, operator)}"
    if left.kind == "yes/no":
        return f"{left.expression} {_OPERATORS[operator]} {_answer(right, operator)}"
    if left.kind == "date":
        return f'{left.expression} | date("yyyyMMdd") {_OPERATORS[operator]} "{_day(right)}"'
    if left.kind != "text":
        raise Unclear(f"it compares a list or a record with “{right}”")
    return f"{left.expression} {_OPERATORS[operator]} {in_quotes(right)}"


def _number(text: str, operator: str) -> str:
    plain = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,12}(\.\d{1,6})?", plain):
        raise Unclear(f"it compares a number with “{text}”")
    if operator in ("=", "<>") and Decimal(plain) != Decimal(float(plain)):
        raise Unclear(f"it asks for exactly {text}; ask for less or more")  # a constant of a tag is a binary number
    return plain


def _answer(text: str, operator: str) -> str:
    answer = text.strip().casefold()
    if operator not in ("=", "<>") or answer not in _YES | _NO:
        raise Unclear(f"it compares yes or no with “{text}”")
    return "true" if answer in _YES else "false"


def _day(text: str) -> str:
    try:
        return written_date(text.strip(), "day first").strftime("%Y%m%d")
    except Unreadable:
        raise Unclear(f"it compares a date with “{text}”") from None
