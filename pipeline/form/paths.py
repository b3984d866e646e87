"""Which words a piece of a form looks at, and whether many papers have them in common (floor 4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from pipeline.vocabulary import RECORDS, TOP

Path = tuple[str, ...]
"""A word, part by part: ("host", "name")."""

Frame = dict[str, Any]
"""The words of one paper, and the names of the loops being gone through."""

Get = Callable[[Frame], Any]

Kinds = Mapping[str, str]
"""The names of the loops around a piece, and what they go through."""

SHARED = frozenset({"cohort", "mou", "partner", "qualification", "unit"})
"""Records that several papers show: their values are one object in all of them, alone or in a list."""

SHARED_AFTER = SHARED - {"unit"}
"""The same for a form that asks what came of the stays: with her results an agreed unit is a learner's own."""

COMMON = frozenset({
    "learner.sex", "agreement.mentor", "agreement.mentor_telephone", "agreement.mentor_email", "agreement.activities",
    "agreement.assessor", "agreement.assessor_role", "agreement.assessment_date", "agreement.assessment_method",
    "agreement.assessment_recording", "agreement.validator", "agreement.validator_role", "agreement.validation_method",
    "agreement.validation_date", "agreement.validation_recording", "agreement.recogniser", "agreement.recogniser_role",
    "agreement.recognition_method", "agreement.enclosures_progress", "agreement.enclosures_programme",
    "agreement.enclosures_assessment", "agreement.annexes", "agreement.start", "agreement.end", "agreement.days",
    "agreement.weeks", "agreement.points", "agreement.points_before", "agreement.points_already_held",
    "agreement.points_after", "agreement.points_remaining", "agreement.units_acquired",
})  # fmt: skip
"""Words of a learner's own paper that are mostly typed once for many: what they print is kept by their values."""


def path_of(node: nodes.Node | None) -> Path:
    """Spell a word as its parts; empty for anything that is not a word alone."""
    if isinstance(node, nodes.Name):
        return (node.name,)
    if isinstance(node, nodes.Filter) and node.name == "_get" and isinstance(node.args[0], nodes.Const):
        inner = path_of(node.node)
        return (*inner, str(node.args[0].value)) if inner else ()
    if isinstance(node, nodes.Getattr):
        inner = path_of(node.node)
        return (*inner, node.attr) if inner else ()
    return ()


def kind_of(path: Path, kinds: Kinds) -> str:
    """Say what a word is: text, date, a record's name, “list of” one, or “any”."""
    if not path:
        return "any"
    kind = kinds.get(path[0]) or TOP.get(path[0], "any")
    for key in path[1:]:
        word = RECORDS.get(kind, {}).get(key)
        kind = word.type if word else "any"
    return kind


def depends_on(path: Path, kinds: Kinds, shared: Collection[str] = SHARED) -> Path | None:
    """Find what a kept piece that shows this word depends on: a shared record on the way, or the word's own value.

    None where the word is a learner's own, so that keeping the piece would be of no use.
    """
    for length in range(1, len(path) + 1):
        if kind_of(path[:length], kinds).removeprefix("list of ") in shared:
            return path[:length]
    if path[0] == "loop" or kind_of(path, kinds) == "yes/no":
        return path
    return path if len(path) > 1 and f"{kind_of(path[:-1], kinds)}.{path[-1]}" in COMMON else None


_NOTING = frozenset({"_print", "_print_plain", "_need", "_entry"})
"""Filters that note an empty blank, and are given the way to its cell for that."""


def noting(node: nodes.Node) -> bool:
    """Say whether a node is a filter that notes an empty blank: all but the word itself leads back to the cell."""
    return isinstance(node, nodes.Filter) and node.node is not None and node.name in _NOTING


def paths_in(node: nodes.Node, inner: frozenset[str] = frozenset()) -> Iterator[Path]:
    """Give every word a node looks at, apart from those that go through a loop inside of it."""
    path = path_of(node)
    if path:
        if path[0] not in inner:
            yield path
        return
    if isinstance(node, nodes.For):
        yield from paths_in(node.iter, inner)
        names = inner | {*path_of(node.target), "loop"}
        for child in (*node.body, *([node.test] if node.test is not None else [])):
            yield from paths_in(child, names)
        for child in node.else_:
            yield from paths_in(child, inner)
    elif noting(node):
        yield from paths_in(node.node, inner)  # type: ignore[attr-defined]  # a filter
    else:
        for child in node.iter_child_nodes():
            yield from paths_in(child, inner)


def flat(body: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Go through a run of nodes, texts and printed words one by one."""
    for node in body:
        if isinstance(node, nodes.Output):
            yield from node.nodes
        else:
            yield node


def prints_in(node: nodes.Node) -> int:
    """Count the printed words of a node."""
    own = isinstance(node, nodes.Filter) and node.name == "_print"
    return own + sum(each.name == "_print" for each in node.find_all(nodes.Filter))


def walk(path: Path) -> Get:
    """Give the function that looks a word up: what is missing or empty on the way is empty."""
    root, *keys = path
    if not keys:
        return lambda frame: frame.get(root)
    first, *rest = keys
    if not rest:
        return lambda frame: record.get(first) if (record := frame.get(root)) else None

    def get(frame: Frame) -> Any:
        value = frame.get(root)
        for key in keys:
            if not value:
                return None
            value = value.get(key)
        return value

    return get
