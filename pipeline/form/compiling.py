"""From a checked tree to a chain of small functions that print papers (floor 4).

Jinja reads a template and has no part in printing it: the short list of what a tag may be leaves so little to do that a
general engine spends most of its time on what cannot occur. No code is generated and none is run; what a form can make
happen is what stands on this page.

What depends only on records that many papers share (a host, a unit, the cohort), or on words that are mostly typed once
for many, is printed once and kept as ready bytes, together with the blanks that stayed empty in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from pipeline.form.paths import SHARED, Kinds, Path, depends_on, flat, kind_of, path_of, paths_in, prints_in
from pipeline.printing import MOST_OUTPUT, Printer, TooLong

WORTH_KEEPING = 3
"""Printed words from which keeping a stretch is cheaper than printing it again: looking it up costs about as much."""

TRIALS = 200
"""Times a stretch may be printed in vain; after that it is kept only while every second paper finds it ready."""

MOST_KEPT = 20_000
"""Stretches printed before all that are kept are forgotten: a bound on memory that no real cohort reaches."""

Frame = dict[str, Any]
"""The words of one paper, and the names of the loops being gone through."""

Get = Callable[[Frame], Any]
Step = Callable[[Frame, list[bytes]], None]
Show = Callable[..., bytes]

_PASSED_OVER = re.compile(r"^(?:\s*<w:(?:bookmark|proofErr|perm|commentRange)[^>]*/>)+")

ENDS: Mapping[str, bytes] = {
    "</w:tc>": b"</w:p>", "</w:tr>": b"</w:tc>", "</w:tbl>": b"</w:tr>", "</w:hdr>": b"</w:p>", "</w:ftr>": b"</w:p>",
    "</w:footnote>": b"</w:p>", "</w:endnote>": b"</w:p>", "</w:comment>": b"</w:p>", "</w:txbxContent>": b"</w:p>",
}  # fmt: skip
"""What must stand before the end of an element that an if or a for may have emptied."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A stretch printed before: its bytes, the blanks that stayed empty in it, and what was noticed on the way.

    `of` holds on to the records it was printed from, so that no other record can come to have their identity.
    """

    data: bytes
    empty: tuple[tuple[int, object, object], ...]
    tabs: bool
    doubt: bool
    of: tuple[Any, ...]


@dataclass(slots=True)
class Compiler:
    """Compiles the parts of one form. Kept: the printer they report to, and every stretch printed before."""

    printer: Printer
    _kept: list[dict[tuple[Any, ...], _Kept]] = field(default_factory=list)
    _owners: dict[int, tuple[Get, Get | None]] = field(default_factory=dict)
    _stretches: int = 0

    def compiled(self, tree: nodes.Template) -> Callable[[Mapping[str, Any]], list[bytes]]:
        """Compile a checked and rewritten tree into a function from the words of a paper to the pieces of a part."""
        steps = self._body(tree.body, {}, "")

        def part(words: Mapping[str, Any]) -> list[bytes]:
            out: list[bytes] = []
            frame = dict(words)
            for step in steps:
                step(frame, out)
            return out

        return part

    def _body(self, body: Sequence[nodes.Node], kinds: Kinds, after: str) -> tuple[Step, ...]:
        """Compile a run of nodes; neighbours that many papers share become one kept stretch.

        `after` is what follows the run in the form, so that a block which empties a cell is noticed. A stretch begins
        with a text of the form: a block at its beginning could not see what stands before it.
        """
        row = list(flat(body))
        steps: list[Step] = []
        stretch: list[Step] = []
        shared: list[nodes.Node] = []
        for number, node in enumerate(row):
            following = _beginning(row[number + 1 :], after)
            step = self._node(node, kinds, following)
            begins = shared or not isinstance(node, (nodes.If, nodes.For))
            if begins and all(depends_on(path, kinds) for path in paths_in(node)):
                shared.append(node)
                stretch.append(step)
            else:
                steps += [*self._stretch(shared, stretch, kinds), step]
                shared, stretch = [], []
        return (*steps, *self._stretch(shared, stretch, kinds))

    def _stretch(self, body: Sequence[nodes.Node], inner: list[Step], kinds: Kinds) -> list[Step]:
        if sum(map(prints_in, body)) < WORTH_KEEPING:
            return inner
        keys = sorted({key for node in body for path in paths_in(node) if (key := depends_on(path, kinds))})
        records = tuple(walk(key) for key in keys if kind_of(key, kinds) in SHARED)
        lists = tuple(walk(key) for key in keys if kind_of(key, kinds) in _LISTS)
        values = tuple(_as_key(key, kinds) for key in keys if kind_of(key, kinds) not in _LISTS | SHARED)
        kept: dict[tuple[Any, ...], _Kept] = {}
        self._kept.append(kept)
        printer, owners = self.printer, self._owners
        used = missed = 0

        def step(frame: Frame, out: list[bytes]) -> None:
            nonlocal used, missed
            used += 1
            if missed > TRIALS and missed * 2 > used:
                for each in inner:
                    each(frame, out)
                return
            of = [get(frame) for get in records]
            for get in lists:
                of += get(frame) or ()
            key = (printer.language, *map(id, of), *[get(frame) for get in values])
            found = kept.get(key)
            if found is None:
                missed += 1
                found = kept[key] = self._printed(inner, frame, tuple(of))
            out.append(found.data)
            printer.length += len(found.data)
            if found.empty:
                printer.empty += [_owned(each, owners, frame) for each in found.empty]
            if found.tabs:
                printer.tabs = True
            if found.doubt:
                printer.doubt = True
            if printer.length > MOST_OUTPUT:
                raise TooLong

        return [step]

    def _printed(self, steps: Sequence[Step], frame: Frame, of: tuple[Any, ...]) -> _Kept:
        self._stretches += 1
        if self._stretches % MOST_KEPT == 0:
            for kept in self._kept:
                kept.clear()
        printer = self.printer
        outside = printer.empty, printer.tabs, printer.doubt, printer.length
        printer.empty, printer.tabs, printer.doubt = [], False, False
        out: list[bytes] = []
        for step in steps:
            step(frame, out)
        found = _Kept(b"".join(out), tuple(printer.empty), printer.tabs, printer.doubt, of)
        printer.empty, printer.tabs, printer.doubt, printer.length = outside
        return found

    def _node(self, node: nodes.Node, kinds: Kinds, after: str) -> Step:
        if isinstance(node, nodes.TemplateData):
            data = node.data.encode()
            return lambda _, out: out.append(data)
        if isinstance(node, nodes.If):
            return self._looked_after(self._if(node, kinds, after), after)
        if isinstance(node, nodes.For):
            return self._looked_after(self._for(node, kinds, after), after)
        if isinstance(node, nodes.Filter) and node.name in ("_print", "_print_plain"):
            return self._print(node)
        get = self.getter(node)
        return lambda frame, out: out.append(str(get(frame)).encode())

    def _looked_after(self, block: Step, after: str) -> Step:
        """Look, behind a block that may have printed nothing, whether the element around it still ends as it must."""
        wanted = next((end for name, end in ENDS.items() if after.startswith(name)), None)
        if wanted is None:
            return block
        end, printer = wanted, self.printer

        def step(frame: Frame, out: list[bytes]) -> None:
            block(frame, out)
            if not (out and out[-1].endswith(end)):
                printer.doubt = True

        return step

    def _print(self, node: nodes.Filter) -> Step:
        number = int(_constant(node.args[0]))
        show: Show = self.printer.print_value if node.name == "_print" else self.printer.print_plain
        value = self.getter(node.node)
        if len(node.args) == 1:
            return lambda frame, out: out.append(show(value(frame), number))
        owner = self.getter(node.args[1])
        above = self.getter(node.args[2]) if len(node.args) > 2 else None
        if path_of(node.args[1])[:1] in (("learner",), ("agreement",)):
            self._owners[number] = owner, above
        path = path_of(node.node)
        if above is None and len(path) == 2 and path_of(node.args[1]) == path[:1]:
            root, key = path

            def step(frame: Frame, out: list[bytes]) -> None:
                record = frame.get(root)
                out.append(show(record.get(key) if record else None, number, record))

            return step
        if above is None:
            return lambda frame, out: out.append(show(value(frame), number, owner(frame)))
        outer = above
        return lambda frame, out: out.append(show(value(frame), number, owner(frame), outer(frame)))

    def _if(self, node: nodes.If, kinds: Kinds, after: str) -> Step:
        branches = [(self.getter(each.test), self._body(each.body, kinds, after)) for each in (node, *node.elif_)]
        otherwise = self._body(node.else_, kinds, after)

        def step(frame: Frame, out: list[bytes]) -> None:
            taken = next((steps for test, steps in branches if test(frame)), otherwise)
            for each in taken:
                each(frame, out)

        return step

    def _for(self, node: nodes.For, kinds: Kinds, after: str) -> Step:
        name = path_of(node.target)[0]
        item = kind_of(_iterated(node), kinds)
        inner = {**kinds, name: "text" if item == "texts" else item.removeprefix("list of "), "loop": "loop"}
        every, steps = self.getter(node.iter), self._body(node.body, inner, after)
        otherwise = self._body(node.else_, kinds, after)
        only = self.getter(node.test) if node.test is not None else None

        def step(frame: Frame, out: list[bytes]) -> None:
            outer = frame.get(name), frame.get("loop")
            items = every(frame)
            if only is not None:
                items = [each for each in items if _fits(frame, name, each, only)]
            length = len(items)
            for index, each in enumerate(items, start=1):
                frame[name] = each
                frame["loop"] = {"index": index, "first": index == 1, "last": index == length, "length": length}
                for inner_step in steps:
                    inner_step(frame, out)
            frame[name], frame["loop"] = outer
            if not items:
                for other in otherwise:
                    other(frame, out)

        return step

    def getter(self, node: nodes.Node | None) -> Get:
        """Compile an expression into a function from a frame to its value."""
        if path := path_of(node):
            return walk(path)
        if isinstance(node, nodes.Const):
            value = node.value
            return lambda _: value
        if isinstance(node, (nodes.List, nodes.Tuple)):
            items = [_constant(each) for each in node.items]
            return lambda _: items
        if isinstance(node, nodes.Filter):
            return self._filter(node)
        return self._logic(node)

    def _logic(self, node: nodes.Node | None) -> Get:
        if isinstance(node, nodes.Not):
            inner = self.getter(node.node)
            return lambda frame: not inner(frame)
        if isinstance(node, (nodes.And, nodes.Or, nodes.Mul)):
            left, right = self.getter(node.left), self.getter(node.right)
            if isinstance(node, nodes.And):
                return lambda frame: left(frame) and right(frame)
            if isinstance(node, nodes.Or):
                return lambda frame: left(frame) or right(frame)
            return lambda frame: left(frame) * right(frame)  # docxtpl's own, for {% hm %}
        if isinstance(node, nodes.Concat):
            parts = [self.getter(each) for each in node.nodes]
            return lambda frame: "".join([part(frame) for part in parts])
        raise TypeError(f"a node of kind {type(node).__name__} was not refused")

    def _filter(self, node: nodes.Filter) -> Get:
        inner = self.getter(node.node)
        if node.name == "_need":
            need, number = self.printer.need, int(_constant(node.args[0]))
            owner = self.getter(node.args[1]) if len(node.args) > 1 else _nothing
            above = self.getter(node.args[2]) if len(node.args) > 2 else _nothing
            return lambda frame: need(inner(frame), number, owner(frame), above(frame))
        change = self.printer.filters[node.name]
        if node.name == "_compare":
            operator, right = _constant(node.args[0]), self.getter(node.args[1])
            return lambda frame: change(inner(frame), operator, right(frame))
        given = [_constant(each) for each in node.args]
        if not given:
            return lambda frame: change(inner(frame))
        return lambda frame: change(inner(frame), *given)


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


_LISTS = frozenset(f"list of {kind}" for kind in SHARED)


def _as_key(path: Path, kinds: Kinds) -> Get:
    get = walk(path)
    return (lambda frame: tuple(get(frame) or ())) if kind_of(path, kinds) == "texts" else get


def _owned(
    empty: tuple[int, object, object], owners: Mapping[int, tuple[Get, Get | None]], frame: Frame
) -> tuple[int, object, object]:
    """Give an empty blank of a kept stretch to the record of the paper at hand."""
    number, owner, above = empty
    if number not in owners:
        return number, owner, above
    whose, over = owners[number]
    return number, whose(frame), over(frame) if over else None


def _beginning(rest: Sequence[nodes.Node], after: str) -> str:
    """Give what follows a node in the form: the text of its next neighbour, or what follows the run."""
    if not rest:
        return after
    return _PASSED_OVER.sub("", rest[0].data) if isinstance(rest[0], nodes.TemplateData) else ""


def _constant(node: nodes.Node) -> Any:
    if not isinstance(node, nodes.Const):
        raise TypeError("a filter was given something other than a constant")
    return node.value


def _nothing(_: Frame) -> None:
    return None


def _fits(frame: Frame, name: str, item: Any, only: Get) -> bool:
    frame[name] = item
    return bool(only(frame))


def _iterated(node: nodes.For) -> Path:
    """Give the word a loop goes through, under the filters around it."""
    inner: nodes.Node | None = node.iter
    while isinstance(inner, nodes.Filter) and not path_of(inner):
        inner = inner.node
    return path_of(inner)
