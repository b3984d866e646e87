"""What stands inside a tag, checked against the short list and rewritten (floor 3).

Words are looked up as keys and never as attributes, a comparison with an empty value is false, and each word that is
printed reports itself when it is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from jinja2 import nodes

from pipeline.marks.language import (
    DEEPEST_EXPRESSION,
    FILTERS,
    FOR_LISTS,
    FOR_RECORDS,
    GIVES,
    NOBODY,
    PRINTABLE,
    TAKES,
    TESTS,
    Blank,
    Understood,
    meant_by,
    missing,
    not_one_value,
    own_column_asked,
    unknown_word,
)
from pipeline.marks.tags import Tag, forbidden_tag, unreadable_tag
from pipeline.marks.trees import filtered, first_word, key_of, named, owner_of, spelled
from pipeline.pictures import is_date, is_number
from pipeline.problem import Fault, Place, Problem
from pipeline.spelling import nearest
from pipeline.vocabulary import RECORDS, TOP, Word

MOST_FAULTS = 200
"""Faults of one part of a form that are told: nobody reads more."""

Names = Mapping[str, str]
"""The names that loops give to their items, and what these are."""


class Expressions:
    """Checks and rewrites expressions. Kept: the tag they stand in, what was understood, and the problems."""

    def __init__(self, file: str, understood: Understood, problems: list[Problem], *, echo: bool = False) -> None:
        self._file, self._understood, self._problems, self._echo = file, understood, problems, echo
        self._tag = Tag(text="", spot="")
        self._depth = 0

    def expression(self, node: nodes.Expr, names: Names) -> tuple[nodes.Expr, str]:
        """Check an expression and give its rewritten form and its type."""
        handler = self._HANDLERS.get(type(node))
        if handler is None or self._depth > DEEPEST_EXPRESSION:
            self.refuse(named(node) if handler is None else "too many parts inside one another")
            return nodes.Const(None), "any"
        self._depth += 1
        try:
            return handler(self, node, names)
        finally:
            self._depth -= 1

    def value(self, node: nodes.Expr, names: Names) -> nodes.Expr:
        """Check an expression that is to be printed: it must be one value."""
        word = first_word(node)  # what is rewritten does not name its words any more
        rewritten, kind = self.expression(node, names)
        if kind not in PRINTABLE:
            what = "a list" if kind.startswith("list of ") else "a whole record"
            self.tell(not_one_value, self._tag.shown, spelled(word), what)
        return rewritten

    def noted(
        self, rewritten: nodes.Expr, word: nodes.Expr | None, names: Names, name: str, *, insists: bool = False,
        dotted: bool = False,
    ) -> nodes.Filter:  # fmt: skip
        """Note a blank, and let the filter `name` report it by its number, with the record of its word, when empty."""
        known = self._word(word, names)
        shown = spelled(word) if word is not None else self._tag.inside
        begins, dot, rest = shown.partition(".")
        if dot and names.get(begins) in RECORDS:  # the loop's own name for its item says nothing outside of the form
            shown = f"{names[begins]}.{rest}"
        key = known.key if known else key_of(word) or shown
        blank = Blank(
            word=known.name if known else shown, key=key, meaning=known.meaning if known else shown,
            column=known.column if known else "", tag=self._tag, required=insists or bool(known and known.required),
            dotted=dotted,
        )  # fmt: skip
        owner, record, above = owner_of(word)
        arguments: list[nodes.Expr] = [nodes.Const(len(self._understood.blanks))]
        if owner is not None:
            blank = missing(blank, record, insists=insists)
            arguments += [self.expression(each, names)[0] for each in (owner, above) if each is not None]
        self._understood.blanks.append(blank)
        return filtered(rewritten, name, *arguments)

    def _word(self, node: nodes.Node | None, names: Names) -> Word | None:
        """Find the catalogue's entry for a word such as `unit.title`, whatever the loop calls the unit."""
        if not isinstance(node, (nodes.Getattr, nodes.Getitem)):
            return None
        return RECORDS.get(self._silently(node.node, names), {}).get(key_of(node))

    def _silently(self, node: nodes.Expr, names: Names) -> str:
        if isinstance(node, nodes.Name):
            return names.get(node.name) or TOP.get(node.name, "any")
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._silently(node.node, names).removeprefix("list of ")
        word = self._word(node, names)
        return word.type if word else "any"

    def _name(self, node: nodes.Name, names: Names) -> tuple[nodes.Expr, str]:
        if node.name in names:
            return node, names[node.name]
        if node.name not in TOP:
            near = nearest(node.name, names, 0.75) or meant_by(node.name)
            self.tell(unknown_word, self._tag.shown, node.name, near)
            return node, "any"
        self._understood.free.setdefault(node.name, self._tag)
        return node, TOP[node.name]

    def _field(self, node: nodes.Getattr, names: Names) -> tuple[nodes.Expr, str]:
        shown = spelled(node)
        inner, kind = self.expression(node.node, names)
        if node.attr.startswith("_"):
            self.refuse(f"“.{node.attr}”")
            return inner, "any"
        if kind == "loop":
            if node.attr not in ("index", "first", "last"):
                self.refuse(f"“loop.{node.attr}”")
            return nodes.Getattr(inner, node.attr, "load", lineno=node.lineno), "number"
        found = filtered(inner, "_get", nodes.Const(node.attr))
        if kind in ("any", "more", "texts by language"):
            return found, "any" if kind == "any" else "text"
        if kind not in RECORDS or node.attr not in RECORDS[kind]:
            near = meant_by(f"{kind}.{node.attr}") if kind in RECORDS else meant_by(shown)
            own = kind in RECORDS and near is not None and near.startswith(f"{kind}.")
            meant = f"{shown.rpartition('.')[0]}.{near.rpartition('.')[2]}" if own and near else near
            self.tell(unknown_word, self._tag.shown, shown, meant)
            return found, "any"
        return found, RECORDS[kind][node.attr].type

    def _item(self, node: nodes.Getitem, names: Names) -> tuple[nodes.Expr, str]:
        name = key_of(node)
        if not name:
            self.refuse("brackets with something other than a name in quotes")
            return node, "any"
        if self._silently(node.node, names) == "more":
            inner, _ = self.expression(node.node, names)
            self.tell(own_column_asked, self._tag.shown, name)
            return filtered(inner, "_get", nodes.Const(name)), "text"
        return self._field(nodes.Getattr(node.node, name, "load", lineno=node.lineno), names)

    def _filter(self, node: nodes.Filter, names: Names) -> tuple[nodes.Expr, str]:
        if node.name not in FILTERS or node.node is None:
            self.refuse(f"the filter “{node.name}”")
            return nodes.Const(None), "any"
        word = first_word(node.node)  # what is rewritten does not name its words any more
        inner, kind = self.expression(node.node, names)
        if not self._given_well(node):
            return inner, "any"
        if node.name == "required":
            return self.noted(inner, word, names, "_need", insists=True), kind
        if node.name in ("dotted", "entry"):
            return (inner, kind) if node.name == "dotted" else (self._entry(node, inner, word, names), "text")
        several = kind.startswith("list of ")
        fits = node.name in (FOR_LISTS if several else FOR_RECORDS if kind in RECORDS else ())
        if kind not in PRINTABLE and (not fits or (node.name == "tick" and node.args)):
            what = "a list" if several else "a whole record"
            self.tell(not_one_value, self._tag.shown, spelled(word), what)
        node.node = inner
        if node.name in ("first", "last"):
            return node, kind.removeprefix("list of ") if several else "text"
        return node, kind if node.name in ("sort", "default") else GIVES.get(node.name, "text")

    def _entry(self, node: nodes.Filter, inner: nodes.Expr, word: nodes.Expr | None, names: Names) -> nodes.Expr:
        """Let a value stand for an entry of a list; one that is none of them is noted with its own blank."""
        pairs = tuple(str(each.value) for each in node.args if isinstance(each, nodes.Const))
        if self._echo:
            return filtered(inner, "_entry", nodes.Const(pairs), nodes.Const(NOBODY))
        found = self.noted(inner, word, names, "_entry")
        noted = self._understood.blanks[-1]
        entries = tuple(pair.partition("=")[0] for pair in pairs)
        self._understood.blanks[-1] = replace(noted, required=False, missing=None, entries=entries)
        found.args.insert(0, nodes.Const(pairs))
        return found

    def _given_well(self, node: nodes.Filter) -> bool:
        """Look at what a filter is given in its brackets: fixed texts and numbers, as many as it takes."""
        wanted = TAKES[node.name]
        given = [each.value if isinstance(each, nodes.Const) else None for each in node.args]
        fits = len(given) <= len(wanted) and all(map(lambda each, kinds: type(each) in kinds, given, wanted))
        if node.name == "entry":
            fits = bool(given) and all(isinstance(each, str) and "=" in each for each in given)
        if node.name == "others":
            fits = bool(given) and all(isinstance(each, str) for each in given)
        if not fits or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.refuse(f"the filter “{node.name}” with something in its brackets that it does not take")
            return False
        if node.name == "date" and given and not is_date(str(given[0])):
            why = f"“{given[0]}” is no way to write a date; write dd/MM/yyyy, d MMMM yyyy or full"
            self.tell(unreadable_tag, self._tag.shown, why)
        if node.name == "number" and not (given and is_number(str(given[0]))):
            why = f"“{given[0] if given else ''}” is no way to write a number; write 0.00 or #.##0,00"
            self.tell(unreadable_tag, self._tag.shown, why)
        return True

    def _test(self, node: nodes.Test, names: Names) -> tuple[nodes.Expr, str]:
        if node.name not in TESTS or len(node.args) != (node.name == "equalto") or node.kwargs:
            self.refuse(f"the test “{node.name}”")
            return nodes.Const(None), "yes/no"
        inner = self.expression(node.node, names)[0]
        other = self.expression(node.args[0], names)[0] if node.args else nodes.Const(None)
        return filtered(inner, "_compare", nodes.Const("ne" if node.name == "defined" else "eq"), other), "yes/no"

    def _compare(self, node: nodes.Compare, names: Names) -> tuple[nodes.Expr, str]:
        left, _ = self.expression(node.expr, names)
        compared: list[nodes.Expr] = []
        for operand in node.ops:
            right, _ = self.expression(operand.expr, names)
            compared.append(filtered(left, "_compare", nodes.Const(operand.op), right))
            left = right
        whole = compared[0]
        for part in compared[1:]:
            whole = nodes.And(whole, part, lineno=node.lineno)
        return whole, "yes/no"

    def _both(self, node: nodes.BinExpr, names: Names) -> tuple[nodes.Expr, str]:
        node.left, left = self.expression(node.left, names)
        node.right, right = self.expression(node.right, names)
        records = [kind for kind in (left, right) if kind not in PRINTABLE]
        return node, left if left == right else records[0] if records else "any"

    def _not(self, node: nodes.Not, names: Names) -> tuple[nodes.Expr, str]:
        node.node, _ = self.expression(node.node, names)
        return node, "yes/no"

    def _concat(self, node: nodes.Concat, names: Names) -> tuple[nodes.Expr, str]:
        """Put texts together; each word that is empty is noted by itself."""
        put: list[nodes.Expr] = []
        for each in node.nodes:
            word = first_word(each)
            text = filtered(self.value(each, names), "_text")
            fed = isinstance(word, (nodes.Getattr, nodes.Getitem))
            put.append(self.noted(text, word, names, "_need") if fed else text)
        node.nodes = put
        return node, "text"

    def _constant(self, node: nodes.Const, _: Names) -> tuple[nodes.Expr, str]:
        return node, "number" if isinstance(node.value, (int, float)) else "text"

    def _constants(self, node: nodes.List | nodes.Tuple, _: Names) -> tuple[nodes.Expr, str]:
        if not all(isinstance(each, nodes.Const) for each in node.items):
            self.refuse("a list of something other than fixed texts")
        return node, "texts" if node.items else "any"

    _HANDLERS: Mapping[type[nodes.Expr], Callable[..., tuple[nodes.Expr, str]]] = {
        nodes.Name: _name, nodes.Getattr: _field, nodes.Getitem: _item, nodes.Filter: _filter, nodes.Test: _test,
        nodes.Compare: _compare, nodes.And: _both, nodes.Or: _both, nodes.Not: _not, nodes.Concat: _concat,
        nodes.Const: _constant, nodes.List: _constants, nodes.Tuple: _constants,
    }  # fmt: skip

    def refuse(self, what: str) -> None:
        """Tell that the tag does what forms may not do."""
        self.tell(forbidden_tag, self._tag.shown, what)

    def tell(self, kind: Fault[...], *facts: object) -> None:
        """Tell a problem at the place of the tag, once."""
        problem = kind(Place(file=self._file, spot=self._tag.spot), *facts)
        if problem not in self._problems and len(self._problems) < MOST_FAULTS:
            self._problems.append(problem)
