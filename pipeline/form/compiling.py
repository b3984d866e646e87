"""From a checked tree to a chain of small functions that print papers (floor 4).

Jinja reads a template and has no part in printing it: the short list of what a tag may be leaves so little to do that a
general engine spends most of its time on what cannot occur. No code is generated and none is run; what a form can make
happen is what stands on this page.

What many papers have in common is put together into stretches here, and kept by `keeping`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jinja2 import nodes

from pipeline.form.keeping import Keeper, Run, Step, Stretch, in_steps
from pipeline.form.paths import (
    SHARED,
    Frame,
    Get,
    Kinds,
    Path,
    depends_on,
    flat,
    kind_of,
    path_of,
    paths_in,
    prints_in,
    walk,
)
from pipeline.printing import Printer

WORTH_KEEPING = 3
"""Printed words from which keeping a stretch is cheaper than printing it again: looking it up costs about as much."""

_MOST_PIECES = 1_000
"""Pieces of a loop's lines that are put together at once: of thousands of lines they would take more room than what
they say."""

Show = Callable[..., bytes]

_PASSED_OVER = re.compile(r"^(?:\s*<w:(?:bookmark|proofErr|perm|commentRange)[^>]*/>)+")

ENDS: Mapping[str, bytes | tuple[bytes, ...]] = {
    "</w:tc>": b"</w:p>", "</w:tr>": b"</w:tc>", "</w:tbl>": b"</w:tr>", "</w:hdr>": b"</w:p>", "</w:ftr>": b"</w:p>",
    "</w:footnote>": b"</w:p>", "</w:endnote>": b"</w:p>", "</w:comment>": b"</w:p>", "</w:txbxContent>": b"</w:p>",
    "</w:sdtContent>": (b"</w:p>", b"</w:r>", b"</w:tbl>", b"</w:tr>", b"</w:tc>", b"</w:sdt>"),
}  # fmt: skip
"""What must stand before the end of an element that an if or a for may have emptied."""


@dataclass(slots=True)
class Compiler:
    """Compiles the parts of one form. Kept: the printer they report to, and the keeper of what they have in common.

    `shared` are the kinds of records that many of its papers have in common.
    """

    printer: Printer
    shared: Collection[str] = SHARED
    _keeper: Keeper = field(init=False)

    def __post_init__(self) -> None:
        self._keeper = Keeper(self.printer)

    def forget(self) -> None:
        """Forget what was kept of the papers printed so far."""
        for shelf in self._keeper.shelves:
            shelf.empty()

    def compiled(self, tree: nodes.Template) -> Callable[[Frame], list[bytes | bytearray]]:
        """Compile a checked and rewritten tree into a function from the words of a paper to the pieces of a part."""
        shared: list[Path] = []
        runs = tuple(self._runs(tree.body, {}, "", shared))
        return self._keeper.part(runs, shared).print

    def _body(self, body: Sequence[nodes.Node], kinds: Kinds, after: str) -> tuple[Step, ...]:
        """Compile a run of nodes; `after` is what follows it in the form: a block that empties a cell is noticed."""
        return in_steps(self._runs(body, kinds, after, []))

    def _runs(self, body: Sequence[nodes.Node], kinds: Kinds, after: str, seen: list[Path]) -> Iterator[Run]:
        """Compile a run of nodes; neighbours that many papers share become one stretch; `seen` takes what they show.

        A block that must see how the text before it ends is in a stretch only after such a text.
        """
        row = list(flat(body))
        shared: list[nodes.Node] = []
        inner: list[Step] = []
        own: list[Step] = []
        for number, node in enumerate(row):
            following = _beginning(row[number + 1 :], after)
            step = self._node(node, kinds, following)
            stretch = [node] if own else [*shared, node]
            blind = _end_before(following) and all(isinstance(each, (nodes.If, nodes.For)) for each in stretch)
            if blind or not all(depends_on(path, kinds, self.shared) for path in paths_in(node)):
                own.append(step)
                continue
            if own:
                yield self._stretch(shared, inner, kinds, seen), tuple(own)
                shared, inner, own = [], [], []
            shared.append(node)
            inner.append(step)
        yield self._stretch(shared, inner, kinds, seen), tuple(own)

    def _stretch(self, body: Sequence[nodes.Node], inner: Sequence[Step], kinds: Kinds, seen: list[Path]) -> Stretch:
        paths = [key for node in body for path in paths_in(node) if (key := depends_on(path, kinds, self.shared))]
        seen += paths
        worth = sum(map(prints_in, body)) >= WORTH_KEEPING
        return self._keeper.stretch(inner, paths, kinds, worth=worth)

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
        end, printer = _end_before(after), self.printer
        if not end:
            return block

        def step(frame: Frame, out: list[bytes | bytearray]) -> None:
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
            self._keeper.owners[number] = owner, above
        path = path_of(node.node)
        if above is None and len(path) == 2 and path_of(node.args[1]) == path[:1]:
            root, key = path

            def step(frame: Frame, out: list[bytes | bytearray]) -> None:
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

        def step(frame: Frame, out: list[bytes | bytearray]) -> None:
            taken = otherwise
            for test, steps in branches:
                if test(frame):
                    taken = steps
                    break
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

        def step(frame: Frame, out: list[bytes | bytearray]) -> None:
            outer = frame.get(name), frame.get("loop")
            items = every(frame)
            if only is not None:
                items = [each for each in items if _fits(frame, name, each, only)]
            length, begun = len(items), len(out)
            for index, each in enumerate(items, start=1):
                frame[name] = each
                frame["loop"] = {"index": index, "first": index == 1, "last": index == length, "length": length}
                for inner_step in steps:
                    inner_step(frame, out)
                if len(out) - begun > _MOST_PIECES:
                    _join(out, begun)
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
        if node.name in ("_need", "_entry"):
            pairs = _constant(node.args[0]) if node.name == "_entry" else None
            need = partial(self.printer.entry, pairs=pairs) if pairs else self.printer.need
            number, *way = node.args[1:] if pairs else node.args
            blank = int(_constant(number))
            owner, above = [*map(self.getter, way), _nothing, _nothing][:2]
            return lambda frame: need(inner(frame), blank=blank, owner=owner(frame), above=above(frame))
        change = self.printer.filters[node.name]
        if node.name == "_compare":
            operator, right = _constant(node.args[0]), self.getter(node.args[1])
            return lambda frame: change(inner(frame), operator, right(frame))
        given = [_constant(each) for each in node.args]
        if not given:
            return lambda frame: change(inner(frame))
        return lambda frame: change(inner(frame), *given)


def _beginning(rest: Sequence[nodes.Node], after: str) -> str:
    """Give what follows a node in the form: the text of its next neighbour, or what follows the run."""
    if not rest:
        return after
    return _PASSED_OVER.sub("", rest[0].data) if isinstance(rest[0], nodes.TemplateData) else ""


def _end_before(after: str) -> bytes | tuple[bytes, ...]:
    """Give what must stand before that text of the form, where an if or a for may have emptied the element it ends."""
    return next((end for name, end in ENDS.items() if after.startswith(name)), b"")


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


def _join(out: list[bytes | bytearray], begun: int) -> None:
    """Join what a loop has printed so far into one piece that grows."""
    joined = out[begun]
    if not isinstance(joined, bytearray):
        joined = bytearray(joined)
    joined += b"".join(out[begun + 1 :])
    out[begun:] = [joined]
