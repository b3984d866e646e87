"""The page that shows an adopted form: its blanks in order, each with what it will get (floor 9). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import groupby

from jinja2 import Environment, StrictUndefined, Template

from pipeline.adoption.states import Line, State
from pipeline.untouched.formmap import FormMap


def to_html(form: str, beside: str, lines: Sequence[Line], made: FormMap) -> str:
    """Write the page; it needs no network and no program of its own."""
    counts = {state: sum(line.state is state for line in lines) for state in State}
    groups = [(title, list(group)) for title, group in groupby(lines, key=lambda line: line.title)]
    return _template().render(form=form, map=beside, groups=groups, counts=counts, states=State, made=made)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    text = resources.files("pipeline.adoption").joinpath("adopted.html.j2").read_text("utf-8")
    return environment.from_string(text)
