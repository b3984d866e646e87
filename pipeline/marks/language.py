"""What a tag may say: the short list, and what a form asks for with it (floor 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from pipeline.columns import LEARNERS, SHEETS
from pipeline.marks.tags import Tag
from pipeline.problem import Severity, fault
from pipeline.sheets import column_called, columns_of
from pipeline.spelling import nearest
from pipeline.vocabulary import RECORDS, TOP

TAKES: Mapping[str, tuple[tuple[type, ...], ...]] = {
    "date": ((str,),), "number": ((str,),), "default": ((str, int, float, bool), (bool,)), "required": (), "dotted": (),
    "tick": ((str, int, bool), (str,)), "lines": (), "join": ((str,),), "upper": (), "lower": (), "title": (),
    "trim": (), "length": (), "first": (), "last": (), "round": ((int,),), "sort": ((str,),), "entry": (), "others": (),
}  # fmt: skip
"""The filters, and what each may be given in brackets: texts and numbers as they stand, never words.

`entry` takes any number of texts such as "F=female", and `others` any number of the entries that have boxes.
"""

FILTERS = frozenset(TAKES)

GIVES: Mapping[str, str] = {"length": "number", "round": "number", "others": "texts"}
"""What kind of value a filter gives, where it is no text."""

FOR_RECORDS = frozenset({"tick", "default"})
FOR_LISTS = FOR_RECORDS | {"length", "first", "last", "sort"}
"""The filters that may be put to a record, and to a list of records."""

TESTS = frozenset({"defined", "none", "equalto"})
DEEPEST_LOOP = 2
DEEPEST_BLOCK = 20
DEEPEST_EXPRESSION = 40
PRINTABLE = frozenset({"text", "date", "number", "yes/no", "texts", "any"})

_REASONS = (
    (r"expected token 'end of (?:print statement|statement block)', got '='", "to compare, write =="),
    (r"expected token 'end of (?:print statement|statement block)', got '(.*)'", "“{}” is too much in it"),
    (r"unexpected char [\"'][\"'][\"'] at \d+", "a quotation mark is not closed"),
    (r"unexpected char '(.*)' at \d+", "the sign “{}” means nothing here"),
    (r"unexpected '.*', expected '([)\]}])'", "a bracket is not closed with {}"),
    (r"unexpected 'end of .*", "something is missing in it"),
    (r"unexpected '(.*)'", "“{}” does not belong there"),
    (r"Expected an expression, got .*", "something is missing in it"),
    (r"expected token 'in', got '.*'", "write: for … in …"),
    (r"expected (?:token 'name', got '.*'|name or number)", "a name is missing in it"),
    (r"Encountered unknown tag '(.*?)'\..*", "“{}” does not belong here"),
)
"""What Jinja says of a tag, and what we say."""


def in_plain_words(message: str | None) -> str:
    """Say what is wrong with a tag, for a person."""
    told = (message or "something is missing in it").rstrip(".")
    for pattern, reason in _REASONS:
        if found := re.fullmatch(pattern, told):
            return reason.format(*found.groups())
    return told


@cache
def meant_by(word: str) -> str | None:
    """Find the word that was meant by a wrong one (`surname`, `learner.surnme`); None where nothing is near."""
    record, _, key = word.rpartition(".")
    known = {f"{name}.{key}" for name, words in RECORDS.items() for key in words}
    if not record:
        called = column_called(LEARNERS, word.replace("_", " "))
        if called and called.record in RECORDS:
            return f"{called.record}.{called.key}"
        return nearest(word, TOP, 0.7) or nearest(word, known, 0.75)
    kind = TOP.get(record, record)
    near = nearest(key, _spellings(kind), 0.6)
    return f"{record}.{_spellings(kind)[near]}" if near else nearest(word, known, 0.6)


@cache
def _spellings(record: str) -> Mapping[str, str]:
    """Give the keys of a record by their own spelling, and by what people call their columns."""
    found = {key: key for key in RECORDS.get(record, {})}
    for sheet in SHEETS:
        for spelling, column in columns_of(sheet).items():
            if column.record == record and column in sheet.columns:
                found.setdefault(spelling, column.key)
    return found


NOBODY = -1
"""The number of a blank that nobody is told of when it is empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A printed tag: the word it asks for, and what happens when that is empty.

    `required` says that it holds the paper. `missing` is what is told instead where the whole record is missing, such
    as the intermediary of a learner who has none: then only a form that insists holds the paper. `entries` are those of
    a list, where the blank stands for a value that is none of them.
    """

    word: str
    key: str
    meaning: str
    column: str
    tag: Tag
    required: bool = False
    dotted: bool = False
    missing: Blank | None = None
    entries: tuple[str, ...] = ()


def missing(blank: Blank, record: str, *, insists: bool) -> Blank:
    """Add what is told of a blank whose whole record is missing: the record's own column is to be filled."""
    own = next((column for column in LEARNERS.columns if column.key == record), None)
    without = replace(blank, required=insists)
    if own:
        column = f"{LEARNERS.name}: {own.name}"
        without = replace(without, word=record, key=record, meaning=own.meaning, column=column)
    return replace(blank, missing=without)


@dataclass(slots=True)
class Understood:
    """What a form asks for: its blanks, by number, and the words it begins with outside of its own loops."""

    blanks: list[Blank] = field(default_factory=list)
    free: dict[str, Tag] = field(default_factory=dict)


@fault("T206")
def unknown_word(tag: str, word: str, meant: str | None) -> tuple[str, str]:
    """A form asks for a word that does not exist.

    Advice: Correct the word; `ecvet fields` lists all of them.
    Basis: data (contract, section 3)
    """
    advice = f"Did you mean “{meant}”?" if meant else "Correct the word; `ecvet fields` lists all of them."
    return f"“{tag}”: “{word}” is not a word.", advice


@fault("T207")
def not_one_value(tag: str, word: str, what: str) -> tuple[str, str]:
    """A form prints something that is not one value: a whole record, or a list of records.

    Advice: Name a field of it, such as `host.name`, or repeat it with for.
    Basis: data (contract, section 3)
    """
    return f"“{tag}”: “{word}” is {what}, not a single value.", "Name a field of it, or repeat it with for."


@fault("T208")
def not_a_list(tag: str, word: str) -> str:
    """A form repeats something that is not a list.

    Advice: Write for … in units, or another list of the words.
    Basis: data (contract, section 3)
    """
    return f"“{tag}”: “{word}” is not a list."


@fault("T209", Severity.NOTICE)
def own_column_asked(tag: str, word: str) -> str:
    """A form asks for a column of your own, which only some workbooks have.

    Advice: Nothing, if your workbooks have the column; else the blank stays empty.
    Basis: data (contract, section 3)
    """
    return f"“{tag}” asks for your own column “{word}”."
