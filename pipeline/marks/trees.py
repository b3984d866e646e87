"""Read Jinja's trees: how a word is spelled, whose it is, how heavy a loop is (floor 3)."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

WEIGHT_OF_A_VALUE = 50
"""What a printed value counts for, in characters, when the length of a paper is foreseen."""


def expression(node: nodes.Node) -> nodes.Expr:
    """Say to the type checker what Jinja's parser knows: tests and iterables are expressions."""
    assert isinstance(node, nodes.Expr)  # noqa: S101 - holds by Jinja's grammar
    return node


def filtered(node: nodes.Expr, name: str, *arguments: nodes.Expr) -> nodes.Filter:
    """Put a filter of ours to an expression."""
    return nodes.Filter(node, name, list(arguments), [], None, None, lineno=node.lineno)


def named(node: nodes.Expr) -> str:
    """Say what a construct that is not on the list is, for a person."""
    known = {
        nodes.Call: "a call", nodes.CondExpr: "an if inside of a tag", nodes.Dict: "a dictionary",
        nodes.Slice: "a part of a list", nodes.BinExpr: "arithmetic", nodes.UnaryExpr: "arithmetic",
    }  # fmt: skip
    return next((what for kind, what in known.items() if isinstance(node, kind)), f"“{type(node).__name__.lower()}”")


def unescaped(text: str) -> str:
    """Give back docxtpl's way to write braces as text ({_{ for {{), in the form's own words and never in values."""
    return text.replace("{_{", "{{").replace("}_}", "}}").replace("{_%", "{%").replace("%_}", "%}")


def key_of(node: nodes.Node | None) -> str:
    """Give the last part of a word: `name` of `host.name`, `Shoe size` of `learner.more["Shoe size"]`."""
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        return node.arg.value
    return ""


def spelled(node: nodes.Node | None) -> str:
    """Spell a word as the form does."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{spelled(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{spelled(node.node)}[“{node.arg.value}”]"
    return "…"


def parts(node: nodes.Node) -> Iterator[nodes.Node]:
    """Give a node and all that is in it, in reading order."""
    yield node
    for child in node.iter_child_nodes():
        yield from parts(child)


def first_word(node: nodes.Expr) -> nodes.Expr | None:
    """Find the word an expression is about: the first that is named in it."""
    for part in parts(node):
        if isinstance(part, (nodes.Getattr, nodes.Getitem, nodes.Name)):
            return part
    return None


def owner_of(word: nodes.Expr | None) -> tuple[nodes.Expr | None, str, nodes.Expr | None]:
    """Give the record a word belongs to, the name of that record, and what the record belongs to: the way to the cell.

    The records are expressions of their own; None where there are none.
    """
    if not isinstance(word, (nodes.Getattr, nodes.Getitem)):
        return None, "", None
    record = word.node
    if isinstance(record, (nodes.Getattr, nodes.Getitem)) and key_of(record) in ("more", "titles"):
        record = record.node
    if isinstance(record, nodes.Name):
        return _copied(record), record.name, None
    above = _copied(record.node) if isinstance(record, (nodes.Getattr, nodes.Getitem)) else None
    return _copied(record), key_of(record), above


def _copied(node: nodes.Expr) -> nodes.Expr | None:
    if isinstance(node, nodes.Name):
        return nodes.Name(node.name, "load", lineno=node.lineno)
    if isinstance(node, (nodes.Getattr, nodes.Getitem)):
        inner = _copied(node.node)
        return nodes.Getattr(inner, key_of(node), "load", lineno=node.lineno) if inner is not None else None
    if isinstance(node, nodes.Filter) and node.name in ("first", "last") and node.node is not None:
        inner = _copied(node.node)
        return filtered(inner, node.name) if inner is not None else None
    return None


def weight(loop: nodes.For) -> int:
    """Foresee how many characters one round of a loop prints."""
    count = 0
    for part in (part for node in loop.body for part in parts(node)):
        if isinstance(part, nodes.Output):
            count += sum(
                len(each.data) if isinstance(each, nodes.TemplateData) else WEIGHT_OF_A_VALUE for each in part.nodes
            )
    return count
