"""What a tag may say: the short list, the types of words, and the tree that is compiled (floor 3).

A parsed template is walked once. What is not on the list is refused with its place; unknown words get a suggestion.
Then the tree is rewritten so that printing is safe by construction: words are looked up as keys and never as
attributes, a comparison with an empty value is false, and each printed word reports itself when it is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes

from pipeline.marks.tags import Tag, forbidden_tag
from pipeline.problem import Fault, Place, Problem, Severity, fault
from pipeline.spelling import nearest
from pipeline.vocabulary import RECORDS, TOP, Word

FILTERS = frozenset({"date", "default", "required", "dotted", "tick", "lines", "join", "upper", "lower", "title",
                     "trim", "length", "first", "last", "round", "sort"})  # fmt: skip
TESTS = frozenset({"defined", "none", "equalto"})
DEEPEST_LOOP = 2
PRINTABLE = frozenset({"text", "date", "number", "yes/no", "texts", "any"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A printed tag: the word it asks for, and what happens when that is empty."""

    word: str
    key: str
    meaning: str
    column: str
    tag: Tag
    required: bool
    dotted: bool


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


class Walker:
    """Walks one template; keeps what it understood, the tags by line, and the problems."""

    def __init__(self, file: str, at: Mapping[int, Tag], understood: Understood, problems: list[Problem]) -> None:
        self._file, self._at, self._understood, self._problems = file, at, understood, problems
        self._tag = Tag(text="", spot="")

    def walk(self, template: nodes.Template) -> None:
        """Check a template and rewrite it in place."""
        template.body = self._body(template.body, {}, 0)

    def _body(self, body: list[nodes.Node], names: Mapping[str, str], depth: int) -> list[nodes.Node]:
        return [self._statement(node, names, depth) for node in body]

    def _statement(self, node: nodes.Node, names: Mapping[str, str], depth: int) -> nodes.Node:
        if isinstance(node, nodes.Output):
            node.nodes = [self._printed(each, names) for each in node.nodes if isinstance(each, nodes.Expr)]
        elif isinstance(node, nodes.If):
            self._look_at(node)
            node.test = self._expression(_expr(node.test), names)[0]
            node.body = self._body(node.body, names, depth)
            node.elif_ = [each for each in node.elif_ if self._statement(each, names, depth)]
            node.else_ = self._body(node.else_, names, depth)
        elif isinstance(node, nodes.For):
            self._loop(node, names, depth)
        else:
            self._look_at(node)
            self._refuse(f"“{type(node).__name__.lower()}”")
        return node

    def _loop(self, node: nodes.For, names: Mapping[str, str], depth: int) -> None:
        self._look_at(node)
        if depth == DEEPEST_LOOP:
            self._refuse("a for inside a for inside a for")
        if node.recursive or not isinstance(node.target, nodes.Name):
            self._refuse("a special for")
            return
        shown = _spelled(node.iter)
        every, kind = self._expression(_expr(node.iter), names)
        item = "text" if kind == "texts" else kind.removeprefix("list of ")
        if kind not in ("texts", "any") and not kind.startswith("list of "):
            self._tell(not_a_list, self._tag.text, shown)
            item = "any"
        node.iter = nodes.Filter(every, "_each", [], [], None, None, lineno=node.lineno)
        inner = {**names, node.target.name: item, "loop": "loop"}
        if node.test is not None:
            node.test = self._expression(_expr(node.test), inner)[0]
        node.body = self._body(node.body, inner, depth + 1)
        node.else_ = self._body(node.else_, names, depth)

    def _printed(self, node: nodes.Expr, names: Mapping[str, str]) -> nodes.Expr:
        if isinstance(node, nodes.TemplateData):
            node.data = _unescaped(node.data)
            return node
        self._look_at(node)
        required = dotted = False
        bare = node
        while isinstance(bare, nodes.Filter) and bare.name in ("required", "dotted") and bare.node is not None:
            required, dotted = required or bare.name == "required", dotted or bare.name == "dotted"
            bare = bare.node
        word = _first_word(bare)
        spelled = _spelled(word) if word is not None else self._tag.inside
        known = self._word(word, names) if word is not None else None
        owner = _owner(word)
        expression, kind = self._expression(bare, names)
        if kind not in PRINTABLE:
            what = "a list" if kind.startswith("list of ") else "a whole record"
            self._tell(not_one_value, self._tag.text, spelled, what)
        blank = Blank(
            word=known.name if known else spelled, key=known.key if known else spelled,
            meaning=known.meaning if known else spelled, column=known.column if known else "", tag=self._tag,
            required=required or bool(known and known.required), dotted=dotted,
        )  # fmt: skip
        self._understood.blanks.append(blank)
        arguments: list[nodes.Expr] = [nodes.Const(len(self._understood.blanks) - 1)]
        if owner is not None:
            arguments.append(self._expression(owner, names)[0])
        return nodes.Filter(expression, "_print", arguments, [], None, None, lineno=node.lineno)

    def _word(self, node: nodes.Expr, names: Mapping[str, str]) -> Word | None:
        """Find the catalogue's entry for a word such as `unit.title`, whatever the loop calls the unit."""
        if not isinstance(node, nodes.Getattr):
            return None
        kind = self._silently(node.node, names)
        return RECORDS.get(kind, {}).get(node.attr)

    def _silently(self, node: nodes.Expr, names: Mapping[str, str]) -> str:
        if isinstance(node, nodes.Name):
            return names.get(node.name) or TOP.get(node.name, "any")
        if isinstance(node, nodes.Getattr):
            word = RECORDS.get(self._silently(node.node, names), {}).get(node.attr)
            return word.type if word else "any"
        return "any"

    def _expression(self, node: nodes.Expr, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        """Check an expression and give its rewritten form and its type."""
        handler = self._HANDLERS.get(type(node))
        if handler is None:
            self._refuse(_what(node))
            return node, "any"
        return handler(self, node, names)

    def _name(self, node: nodes.Name, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        if node.name in names:
            return node, names[node.name]
        if node.name not in TOP:
            every = [*TOP, *names, *(word.name for words in RECORDS.values() for word in words.values())]
            self._tell(unknown_word, self._tag.text, node.name, nearest(node.name, every, 0.6))
            return node, "any"
        self._understood.free.setdefault(node.name, self._tag)
        return node, TOP[node.name]

    def _field(self, node: nodes.Getattr, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        spelled = _spelled(node)
        inner, kind = self._expression(node.node, names)
        found = nodes.Getitem(inner, nodes.Const(node.attr, lineno=node.lineno), "load", lineno=node.lineno)
        if kind == "loop":
            if node.attr not in ("index", "first", "last"):
                self._refuse(f"“loop.{node.attr}”")
            return nodes.Getattr(inner, node.attr, "load", lineno=node.lineno), "number"
        if kind in ("any", "more", "texts by language"):
            return found, "any" if kind == "any" else "text"
        if kind not in RECORDS or node.attr not in RECORDS[kind]:
            record = spelled.rpartition(".")[0]
            options = [f"{record}.{key}" for key in RECORDS.get(kind, {})]
            everywhere = [word.name for words in RECORDS.values() for word in words.values()]
            meant = nearest(spelled, options, 0.6) or nearest(spelled, everywhere, 0.6)
            self._tell(unknown_word, self._tag.text, spelled, meant)
            return found, "any"
        return found, RECORDS[kind][node.attr].type

    def _item(self, node: nodes.Getitem, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        if not isinstance(node.arg, nodes.Const) or not isinstance(node.arg.value, str):
            self._refuse("brackets with something other than a name in quotes")
            return node, "any"
        inner, kind = self._expression(node.node, names)
        if kind in ("more", "texts by language"):
            if kind == "more":
                self._tell(own_column_asked, self._tag.text, node.arg.value)
            return nodes.Getitem(inner, node.arg, "load", lineno=node.lineno), "text"
        if node.arg.value.isidentifier():
            return self._field(nodes.Getattr(node.node, node.arg.value, "load", lineno=node.lineno), names)
        self._refuse("brackets on something that has no columns of its own")
        return node, "any"

    def _filter(self, node: nodes.Filter, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        if node.name not in FILTERS or node.node is None or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self._refuse(f"the filter “{node.name}”")
            return node, "any"
        if not all(isinstance(each, nodes.Const) for each in node.args):
            self._refuse("a filter with something other than a fixed text or number")
        inner, kind = self._expression(node.node, names)
        if node.name in ("required", "dotted"):
            return inner, kind
        node.node = inner
        if node.name in ("first", "last") and kind.startswith("list of "):
            return node, kind.removeprefix("list of ")
        return node, kind if node.name == "sort" else "number" if node.name in ("length", "round") else "text"

    def _test(self, node: nodes.Test, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        if node.name not in TESTS:
            self._refuse(f"the test “{node.name}”")
        node.node, _ = self._expression(node.node, names)
        node.args = [self._expression(each, names)[0] for each in node.args]
        node.name = {"defined": "_given", "none": "_empty"}.get(node.name, node.name)
        return node, "yes/no"

    def _compare(self, node: nodes.Compare, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        left, _ = self._expression(node.expr, names)
        parts: list[nodes.Expr] = []
        for operand in node.ops:
            right, _ = self._expression(operand.expr, names)
            arguments: list[nodes.Expr] = [nodes.Const(operand.op), right]
            parts.append(nodes.Filter(left, "_compare", arguments, [], None, None, lineno=node.lineno))
            left = right
        whole = parts[0]
        for part in parts[1:]:
            whole = nodes.And(whole, part, lineno=node.lineno)
        return whole, "yes/no"

    def _both(self, node: nodes.BinExpr, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        node.left, left = self._expression(node.left, names)
        node.right, right = self._expression(node.right, names)
        return node, left if left == right else "any"

    def _not(self, node: nodes.Not, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        node.node, _ = self._expression(node.node, names)
        return node, "yes/no"

    def _concat(self, node: nodes.Concat, names: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        node.nodes = [
            nodes.Filter(self._expression(each, names)[0], "_text", [], [], None, None, lineno=node.lineno)
            for each in node.nodes
        ]
        return node, "text"

    def _constant(self, node: nodes.Const, _: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        return node, "number" if isinstance(node.value, (int, float)) else "text"

    def _constants(self, node: nodes.List | nodes.Tuple, _: Mapping[str, str]) -> tuple[nodes.Expr, str]:
        if not all(isinstance(each, nodes.Const) for each in node.items):
            self._refuse("a list of something other than fixed texts")
        return node, "texts"

    _HANDLERS: Mapping[type[nodes.Expr], Callable[..., tuple[nodes.Expr, str]]] = {
        nodes.Name: _name, nodes.Getattr: _field, nodes.Getitem: _item, nodes.Filter: _filter, nodes.Test: _test,
        nodes.Compare: _compare, nodes.And: _both, nodes.Or: _both, nodes.Not: _not, nodes.Concat: _concat,
        nodes.Const: _constant, nodes.List: _constants, nodes.Tuple: _constants,
    }  # fmt: skip

    def _look_at(self, node: nodes.Node) -> None:
        self._tag = self._at.get(node.lineno, self._tag)

    def _refuse(self, what: str) -> None:
        self._tell(forbidden_tag, self._tag.text, what)

    def _tell(self, kind: Fault[...], *facts: object) -> None:
        problem = kind(Place(file=self._file, spot=self._tag.spot), *facts)
        if problem not in self._problems:
            self._problems.append(problem)


def _expr(node: nodes.Node) -> nodes.Expr:
    """Say to the type checker what Jinja's parser knows: tests and iterables are expressions."""
    assert isinstance(node, nodes.Expr)  # noqa: S101 - holds by Jinja's grammar
    return node


def _what(node: nodes.Expr) -> str:
    if isinstance(node, nodes.Call):
        return "a call"
    if isinstance(node, (nodes.BinExpr, nodes.UnaryExpr)):
        return "arithmetic"
    return f"“{type(node).__name__.lower()}”"


def _unescaped(text: str) -> str:
    """Give back docxtpl's way to write braces as text ({_{ for {{), in the form's own words and never in values."""
    return text.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")


def _spelled(node: nodes.Node | None) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_spelled(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_spelled(node.node)}[“{node.arg.value}”]"
    return "…"


def _parts(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _parts(child)


def _first_word(node: nodes.Expr) -> nodes.Expr | None:
    """Find the word an expression is about: the first that is named in it."""
    for part in _parts(node):
        if isinstance(part, (nodes.Getattr, nodes.Getitem, nodes.Name)):
            return part
    return None


def _owner(word: nodes.Expr | None) -> nodes.Expr | None:
    """Give the record a word belongs to, as an expression of its own: the way back to the cell."""
    if isinstance(word, (nodes.Getattr, nodes.Getitem)):
        return _copied(word.node)
    return None


def _copied(node: nodes.Expr) -> nodes.Expr | None:
    if isinstance(node, nodes.Name):
        return nodes.Name(node.name, "load", lineno=node.lineno)
    if isinstance(node, nodes.Getattr):
        inner = _copied(node.node)
        return nodes.Getattr(inner, node.attr, "load", lineno=node.lineno) if inner is not None else None
    return None
