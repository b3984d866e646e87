"""The blanks of a form, and what stands around each of them (floor 4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipeline.untouched.lines import Kind, Line, Span, is_open
from pipeline.word.names import W

PARAGRAPH, TABLE = f"{W}p", f"{W}tbl"

@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A place of a form where something is to be written, and what stands around it.

    `place` names it within the form, for good: “table 3, row 2, cell 2”. `label` is what stands beside it, before it
    or above it; `group` what that label is grouped under (“Contact person” beside three rows), `above` the heading of
    its column, `block` and `section` the titles it stands under. `prompt` is the text that it is to replace, `option`
    what a tick box stands for. A `faint` blank is one only if its label is understood: an empty line under a text.
    `again` counts the blanks that share a label, as rows under a heading do; `headed` says that the heading is one of
    several in its row. `rest` are further lines to write on.
    """

    kind: Kind
    place: str
    label: str
    group: str
    above: str
    block: str
    section: str
    prompt: str
    option: str
    faint: bool
    again: int
    line: Line
    span: Span
    cell: Any
    headed: bool = False
    rest: tuple[Any, ...] = ()

    @property
    def context(self) -> tuple[str, ...]:
        """What stands around the label, the nearest first."""
        return self.group, self.above, self.block, self.section


@dataclass(slots=True)
class Read:
    """What was read of a form: its blanks in order, and its elements outside of tables with the lines they are."""

    blanks: list[Blank] = field(default_factory=list)
    titles: list[tuple[Any, str]] = field(default_factory=list)
    """The titles of blocks and sections, each with its paragraph, or the row it stands in."""
    places: dict[str, Any] = field(default_factory=dict)
    """The paragraphs and tables outside of tables, by the names of their places."""


def boxes_of(root: Any) -> Iterator[Any]:
    """Give the text boxes of a story; the copies for old programs (mc:Fallback) are passed over."""
    for box in root.iter(f"{W}txbxContent"):
        if not any(str(above.tag).endswith("}Fallback") for above in box.iterancestors()):
            yield box


def elements_in(holder: Any) -> Iterator[Any]:
    """Give the paragraphs and tables of a holder, also those in controls; an empty control is given itself."""
    for child in holder:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if is_open(child):
                yield child
            elif content is not None:
                yield from elements_in(content)
        elif child.tag in (f"{W}customXml", f"{W}ins"):
            yield from elements_in(child)
