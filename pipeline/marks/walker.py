"""Walk a parsed template once: what it prints, asks and repeats (floor 3)."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import nodes

from pipeline.marks.expressions import Expressions, Names
from pipeline.marks.language import DEEPEST_BLOCK, DEEPEST_LOOP, Understood, not_a_list
from pipeline.marks.tags import Tag, unmatched_tag
from pipeline.marks.trees import expression, filtered, first_word, parts, spelled, unescaped, weight
from pipeline.problem import Problem


class Walker(Expressions):
    """Walks one template; `at` gives the tag of each line, `echo` says that no blank of it is noted."""

    def __init__(
        self, file: str, at: Mapping[int, Tag], understood: Understood, problems: list[Problem], *, echo: bool = False
    ) -> None:
        super().__init__(file, understood, problems, echo=echo)
        self._at = at
        self._blocks = 0

    def walk(self, template: nodes.Template) -> None:
        """Check a template and rewrite it in place."""
        self._body(template.body, {}, 0)

    def _body(self, body: list[nodes.Node], names: Names, depth: int) -> None:
        for node in body:
            self._blocks += 1
            self._statement(node, names, depth)
            self._blocks -= 1

    def _statement(self, node: nodes.Node, names: Names, depth: int) -> None:
        if isinstance(node, nodes.Output):
            node.nodes = [self._output(each, names) for each in node.nodes if isinstance(each, nodes.Expr)]
            return
        self._look_at(node)
        if self._blocks > DEEPEST_BLOCK:
            self.refuse(f"more than {DEEPEST_BLOCK} if and for inside one another")
        elif isinstance(node, nodes.If):
            self._if(node, names, depth)
        elif isinstance(node, nodes.For):
            self._for(node, names, depth)
        else:
            self.refuse(f"“{type(node).__name__.lower()}”")

    def _if(self, node: nodes.If, names: Names, depth: int) -> None:
        if self._tag.generated:
            self._in_loop(names)
        else:
            node.test = self.expression(expression(node.test), names)[0]
        self._body(node.body, names, depth)
        for each in node.elif_:
            self._statement(each, names, depth)
        self._body(node.else_, names, depth)

    def _for(self, node: nodes.For, names: Names, depth: int) -> None:
        if depth == DEEPEST_LOOP:
            self.refuse("a for inside a for inside a for")
        if node.recursive or not isinstance(node.target, nodes.Name) or node.target.name == "loop":
            self.refuse("a special for")
            return
        shown = spelled(first_word(expression(node.iter)))
        every, kind = self.expression(expression(node.iter), names)
        item = "text" if kind == "texts" else kind.removeprefix("list of ")
        if kind not in ("texts", "any") and not kind.startswith("list of "):
            self.tell(not_a_list, self._tag.shown, shown)
            item = "any"
        inner = {**names, node.target.name: item}
        if node.test is not None:
            asked = {name: kind for name, kind in inner.items() if name != "loop"}
            node.test = self.expression(expression(node.test), asked)[0]
        self._body(node.body, {**inner, "loop": "loop"}, depth + 1)
        self._body(node.else_, names, depth)
        node.iter = filtered(every, "_each", nodes.Const(weight(node)))

    def _output(self, node: nodes.Expr, names: Names) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            node.data = unescaped(node.data)
            return node
        self._look_at(node)
        if self._tag.generated:
            self._in_loop(names)
            return node
        if self._echo:
            return filtered(self.value(node, names), "_stored")
        if self._tag.keyword in ("colspan", "cellbg"):
            return filtered(self.value(node, names), f"_{self._tag.keyword}")
        dotted = any(isinstance(part, nodes.Filter) and part.name == "dotted" for part in parts(node))
        insists = False
        while isinstance(node, nodes.Filter) and node.name in ("required", "dotted") and node.node is not None:
            insists = insists or node.name == "required"
            self._given_well(node)
            node = node.node
        word = None if isinstance(node, nodes.Concat) else first_word(node)
        name = "_print_plain" if self._tag.plain else "_print"
        return self.noted(self.value(node, names), word, names, name, insists=insists, dotted=dotted)

    def _look_at(self, node: nodes.Node) -> None:
        self._tag = self._at.get(node.lineno, self._tag)

    def _in_loop(self, names: Names) -> None:
        if "loop" not in names:
            self.tell(unmatched_tag, self._tag.shown, "stands outside of a for")
