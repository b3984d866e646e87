"""What a paper says: the words its form looks at, each with its value as a plain text (floor 4).

Two versions of a paper are told apart by these texts, in the officer's words, and what a signed paper said is kept by
them. They do not depend on how the form prints a value: a date is 2027-04-05 here, whatever its picture.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from pipeline.form.paths import SHARED, SHARED_AFTER, Path, noting, path_of
from pipeline.many import LISTS
from pipeline.vocabulary import TOP

NEVER = frozenset({"today", "loop"})
"""Words that tell nothing of the data: the day a paper was made, and where a loop stands."""

_OF_RESULTS = re.compile(
    r"^(results?|figures)(\.|$)|\.results(\.|$)|(^|\.)units?\.(result$|whole(\.|$)|outcomes\.(?!text$|kind$)\w)"
)
"""Words that have a value only after the stay."""

_KEPT = 5_000
"""Records shared by many papers whose texts are kept; beyond that they are forgotten and worded again."""


def words_in(node: nodes.Node, around: Mapping[str, Path] | None = None) -> Iterator[Path]:
    """Give every word a form looks at, those of its loops by the list they go through: ("units", "title")."""
    names = around or {}
    if path := path_of(node):
        yield (*names[path[0]], *path[1:]) if path[0] in names else path
    elif isinstance(node, nodes.For):
        through = list(words_in(node.iter, names))
        yield from through
        inner = {**names, path_of(node.target)[0]: through[0]} if through else names
        for child in (*node.body, *([node.test] if node.test is not None else []), *node.else_):
            yield from words_in(child, inner)
    elif noting(node):
        yield from words_in(node.node, names)  # type: ignore[attr-defined]  # the rest only leads back to the cell
    else:
        for child in node.iter_child_nodes():
            yield from words_in(child, names)


@dataclass(slots=True)
class _Node:
    """A part of words that begin alike: the number of the word that ends here, and what goes on.

    `leaves` are keys that only end a word, with its number; `branches` those behind which words go on.
    """

    ends: int = -1
    on: dict[str, _Node] = field(default_factory=dict)
    leaves: list[tuple[str, int]] = field(default_factory=list)
    branches: list[tuple[str, _Node]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def grown(self) -> _Node:
        """Sort what goes on, once all words are known."""
        for key, child in self.on.items():
            child.grown()
            if child.on:
                self.branches.append((key, child))
            else:
                self.leaves.append((key, child.ends))
            self.numbers += [*([child.ends] if child.ends >= 0 else []), *child.numbers]
        return self


class Wording:
    """The words of one form, and the way to what they say of one paper. Kept: the texts of records many papers share.

    `words` are spelled with dots (`units.title`) and sorted; of a word in a list, each entry says its own on a line.
    `names_units` says that a learner's own units are among them, `marks_outcomes` each of their outcomes,
    `asks_results` what came of them, `tells_changes` what an amendment changes. `shared` are the kinds of records that
    many of its papers have in common.
    """

    def __init__(self, trees: Iterable[nodes.Node]) -> None:
        found = {path for tree in trees for path in words_in(tree) if path[0] not in NEVER}
        self.words: tuple[str, ...] = tuple(sorted({".".join(path) for path in found}))
        self.names_units = any(word.startswith(("units.", "learner.units.")) for word in self.words)
        self.marks_outcomes = any(".outcomes." in f".{word}" and "units." in word for word in self.words)
        self.asks_results = any(map(_OF_RESULTS.search, self.words))
        changes = ("agreement.change", "learner.agreement.change")
        self.tells_changes = any(word.startswith(changes) for word in self.words)
        self._shared: dict[tuple[Any, ...], tuple[object, list[tuple[int, str]]]] = {}
        root = _Node()
        for number, word in enumerate(self.words):
            at = root
            for part in word.split("."):
                at = at.on.setdefault(part, _Node())
            at.ends = number
        self.shared = SHARED_AFTER if self.asks_results else SHARED
        self._roots = [(key, node, _kind(key) in self.shared) for key, node in root.grown().on.items()]

    def said(self, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Word what a paper with these values says, a text for each of `words`."""
        texts = [""] * len(self.words)
        for root, node, shared in self._roots:
            value = values.get(root)
            if shared and value:
                for number, text in self._of_shared(root, value, node):
                    texts[number] = text
            else:
                _collect(value, node, texts)
        return tuple(texts)

    def _of_shared(self, root: str, value: Any, node: _Node) -> list[tuple[int, str]]:
        key = (root, id(value)) if isinstance(value, dict) else (root, *map(id, value))
        known = self._shared.get(key)
        if known is None:
            if len(self._shared) >= _KEPT:
                self._shared.clear()
            texts = [""] * len(self.words)
            _collect(value, node, texts)
            numbers = [*([node.ends] if node.ends >= 0 else []), *node.numbers]
            kept = value if isinstance(value, dict) else list(value)
            # the records are kept with their texts, so that no others ever get their numbers
            known = self._shared[key] = kept, [(number, texts[number]) for number in numbers]
        return known[1]


def _kind(root: str) -> str:
    return TOP.get(root, "").removeprefix("list of ")


def _collect(value: Any, node: _Node, texts: list[str]) -> None:
    if node.ends >= 0:
        texts[node.ends] = as_text(value)
    if isinstance(value, dict):
        for key, number in node.leaves:
            one = value.get(key)
            texts[number] = one if one.__class__ is str else as_text(one)
        for key, child in node.branches:
            _collect(value.get(key), child, texts)
    elif node.on and isinstance(value, LISTS):
        _collect_lines(value, node, texts)


def _collect_lines(values: Iterable[Any], node: _Node, texts: list[str]) -> None:
    """Word what the records of a list say: of each word a line for each record."""
    lines: list[list[str]] = [[] for _ in node.numbers]
    inner = [""] * len(texts)
    whole = _Node(leaves=node.leaves, branches=node.branches)
    for each in values:
        for number in node.numbers:
            inner[number] = ""
        _collect(each, whole, inner)
        for line, number in zip(lines, node.numbers, strict=True):
            line.append(inner[number])
    for line, number in zip(lines, node.numbers, strict=True):
        texts[number] = "\n".join(line)


def as_text(value: Any) -> str:
    """Write a value plainly: dates as 2027-04-05, numbers without idle zeros, lists with a semicolon.

    Of a record it is only said that it is there, of a list of records how many they are.
    """
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, (bool, dict)):
        return "yes" if value is not False else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, LISTS):
        of_records = bool(value) and isinstance(value[0], dict)
        return str(len(value)) if of_records else "; ".join(as_text(each) for each in value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
