"""Values nobody has, to try a form with: everything that could break a paper stands in one of them (floor 4).

Every word of the catalogue gets a value of its kind. There is one record of each sort, which leads to all others as
those of a real cohort do, so that no form asks for anything that is not there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from pipeline.form.paths import path_of
from pipeline.vocabulary import RECORD_NAMES, RECORDS, TOP

HOSTILE = (
    "AT&T <GB29> 1 < 2 > 0", "\"quoted\" 'twice' ]]> <!-- &amp; &#0;", "</w:t></w:r></w:p></w:tc><w:p>",
    "_x000B_ _x005F_", "{{ 7 * 7 }} {% endif %} {_{ x }_} {#", "Zoë 👩‍🍳🇪🇺 e\u0301",
    "שלום עולם مرحبا \u202eabc", "one\ntwo\tthree\r\nfour\x0bfive",
    "\x00\x1f\ufffe\ud800\ufdd3", "<?xml version='1.0'?><!DOCTYPE x>", "  ", "=HYPERLINK(\"x\") \\ % $1 \\1",
)  # fmt: skip
"""Texts that have broken papers of one program or another."""

_ALWAYS = " & <x> \"'"
"""What every text ends with, so that a form of one blank is tried with it too."""

_WITHOUT_TABS = tuple(text for text in HOSTILE if "\t" not in text)
"""For all papers but the first: tabs are costly, and one paper shows what they do."""

LONG = 5_000
"""Letters of the longest text a cell is taken with."""

MOST_LETTERS = 2_000_000
"""Letters of all long texts of a paper together, where each blank is printed a dozen times."""

MOST_WAYS = 4
"""Values of one word that a form asks for by name (`== "F"`) and that are tried, each in a paper of its own."""

_RARELY = 24
"""Of so many texts one is long: printing them takes longer than all the rest."""

_DAY = dt.date(2027, 4, 5)


class _EveryKey(dict[str, Any]):
    """Texts by language, or columns of one's own: whatever is asked for is there."""

    def __init__(self, value: Any) -> None:
        super().__init__()
        self._value = value

    def get(self, key: str, default: Any = None) -> Any:
        return self._value


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """How a paper is filled for trial: how many items its lists have, and whether its words have values.

    `yes` is what yes/no words say; `way` chooses among the values that the form asks for by name; `letters` is the
    length of long texts, 0 for none.
    """

    items: int
    filled: bool = True
    yes: bool = True
    way: int = 0
    letters: int = 0

    def values(self, asked: Mapping[str, list[Any]]) -> dict[str, Any]:
        """Give every word its value. `asked` are the values that the form asks for by name."""
        records: dict[str, dict[str, Any]] = {name: {} for name in RECORD_NAMES}
        texts = self._texts()
        for name, words in RECORDS.items():
            for key, word in words.items():
                records[name][key] = self._value(word.type, key, records, texts, asked)
        return {name: self._value(kind, name, records, texts, asked) for name, kind in TOP.items()}

    def _texts(self) -> Iterator[str]:
        long = "Ω& " * (self.letters // 3)
        texts = [text + _ALWAYS for text in (_WITHOUT_TABS if self.way else HOSTILE)]
        number = self.way
        while True:
            yield long if self.letters and number % _RARELY == 3 else texts[number % len(texts)]
            number += 1

    def _value(
        self, kind: str, key: str, records: Mapping[str, dict[str, Any]], texts: Iterator[str],
        asked: Mapping[str, list[Any]],
    ) -> Any:  # fmt: skip
        if kind.startswith("list of "):
            return [records[kind.removeprefix("list of ")]] * self.items
        if kind in records:
            return records[kind] if self.items or self.filled else None
        if not self.filled:
            return [] if kind == "texts" else _EveryKey(None) if kind in ("more", "texts by language") else None
        wanted = asked.get(key, [])
        if self.way < len(wanted):
            return [wanted[self.way]] if kind == "texts" else wanted[self.way]
        plain: dict[str, Any] = {"date": _DAY, "number": Decimal("2.5"), "yes/no": self.yes}
        if kind == "texts":
            return [next(texts) for _ in range(self.items)]
        return _EveryKey(next(texts)) if kind in ("more", "texts by language") else plain.get(kind) or next(texts)


def specimens(asked: Mapping[str, list[Any]], blanks: int, *, branches: bool) -> Iterator[Specimen]:
    """Give the papers to try a form with; without `branches`, no if and no for, one is enough."""
    yield Specimen(items=2, letters=min(LONG, MOST_LETTERS // max(blanks, 1)))
    if branches:
        yield Specimen(items=3, filled=False)
        yield Specimen(items=0, filled=False)
        for way in range(1, max(2, min(MOST_WAYS, max(map(len, asked.values()), default=0)))):
            yield Specimen(items=1, yes=False, way=way)


def asked_by_name(trees: Iterable[nodes.Template]) -> dict[str, list[Any]]:
    """Find the values that a form compares its words with, by the last part of the word."""
    found: dict[str, list[Any]] = {}
    for asked in (asked for tree in trees for asked in _conditions(tree.body)):
        for node in (asked, *asked.find_all(nodes.Filter)):
            if not isinstance(node, nodes.Filter) or node.name != "_compare" or node.node is None:
                continue
            for word, other in ((node.node, node.args[1]), (node.args[1], node.node)):
                path, values = path_of(word), _constants(other)
                if path and values:
                    kept = found.setdefault(path[-1], [])
                    kept += [value for value in values if value not in kept]
    return found


def _conditions(body: Iterable[nodes.Node]) -> Iterator[nodes.Node]:
    """Give what the ifs and fors of a form ask; what it prints need not be gone through for that."""
    for node in body:
        if isinstance(node, (nodes.If, nodes.For)):
            if node.test is not None:
                yield node.test
            yield from _conditions((*node.body, *node.else_, *(node.elif_ if isinstance(node, nodes.If) else ())))


def _constants(node: nodes.Node) -> list[Any]:
    items = node.items if isinstance(node, (nodes.List, nodes.Tuple)) else [node]
    return [each.value for each in items if isinstance(each, nodes.Const) and each.value is not None]
