"""Fields as Word writes them into runs: their code, their last result, and fields in both (floor 3).

Sources: ECMA-376 part 1, 17.16.2, 17.16.18 (fldChar), 17.16.19 (fldSimple), 17.16.23 (instrText).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipeline.marks.switches import OBJECT, parts_of
from pipeline.word.names import W

LONGEST_SHOWN = 60
RUN, CHAR, CODE = f"{W}r", f"{W}fldChar", f"{W}instrText"

_TEXT = f"{W}t"
_NO_TEXT = frozenset(f"{W}{name}" for name in ("lastRenderedPageBreak", "annotationRef"))


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a field's code: where it begins in the code, its text or what stands there, the look of its run."""

    start: int
    text: str
    item: Any
    look: Any


@dataclass(slots=True, eq=False)
class Field:
    """A field being read: where it begins, is separated and ends in its flow; its code, and the fields in its result.

    `merges` says that it, or one inside of it, is of a mail merge; `height` how many are inside one another.
    """

    start: int
    separated: int = -1
    end: int = -1
    chunks: list[Chunk] = field(default_factory=list)
    inner: list[Field] = field(default_factory=list)
    result: Any = None
    merges: bool = False
    height: int = 1
    length: int = 0

    @property
    def code(self) -> str:
        """Its code as a text, in which an OBJECT stands for each thing that is no text."""
        return "".join(chunk.text for chunk in self.chunks)

    @property
    def kind(self) -> str:
        """The first word of its code: MERGEFIELD, IF, PAGE."""
        return kind_of(self.code)

    @property
    def coded(self) -> list[Field]:
        """The fields in its code."""
        return [chunk.item for chunk in self.chunks if isinstance(chunk.item, Field)]

    @property
    def look(self) -> Any:
        """The properties of the first run of its code that says something."""
        return next((chunk.look for chunk in self.chunks if chunk.text.strip() and chunk.text != OBJECT), None)

    def _add(self, text: str, item: Any, look: Any) -> None:
        self.chunks.append(Chunk(self.length, text, item, look))
        self.length += len(text)

    def read(self, child: Any) -> None:
        """Read what stands in it: its code, or the look of its result."""
        look = child.getparent().find(f"{W}rPr")
        if self.separated >= 0:
            if child.tag == _TEXT and self.result is None:
                self.result = look if look is not None else etree.Element(f"{W}rPr")
        elif child.tag in (CODE, _TEXT):
            self._add((child.text or "").replace(OBJECT, " "), None, look)
        elif child.tag not in _NO_TEXT:
            self._add(OBJECT, child, look)

    def hold(self, inner: Field) -> None:
        """Hold another field, in the code or in the result."""
        self.merges, self.height = self.merges or inner.merges, max(self.height, inner.height + 1)
        if self.separated < 0:
            self._add(OBJECT, inner, None)
        else:
            self.inner.append(inner)

    def shown(self, deep: int = 0) -> str:
        """Show the code as Word does: { IF { MERGEFIELD sex } = "F" … }."""
        inside = "".join(
            (chunk.item.shown(deep + 1) if deep < 2 else "{ … }") if isinstance(chunk.item, Field) else chunk.text
            for chunk in self.chunks
        )
        plain = " ".join(inside.replace(OBJECT, " ").split())
        return f"{{ {plain[:LONGEST_SHOWN].rstrip() + '…' if len(plain) > LONGEST_SHOWN else plain} }}"


def kind_of(code: str) -> str:
    """Give the first word of a field's code."""
    first = next(parts_of(code), None)
    return first.text.upper() if first else ""


def spell_out(simple: Any) -> None:
    """Write a field that is one element (fldSimple) as runs, in which all others stand."""
    look = simple.find(f"{RUN}/{W}rPr")

    def run(inside: Any) -> Any:
        made = etree.Element(RUN)
        if look is not None:
            made.append(etree.fromstring(etree.tostring(look)))
        made.append(inside)
        return made

    code = etree.Element(CODE)
    code.text = simple.get(f"{W}instr", "")
    marks = {kind: run(etree.Element(CHAR, {f"{W}fldCharType": kind})) for kind in ("begin", "separate", "end")}
    result = [child for child in simple if child.tag != f"{W}fldData"]
    for each in (marks["begin"], run(code), marks["separate"], *result, marks["end"]):
        simple.addprevious(each)
    simple.getparent().remove(simple)
