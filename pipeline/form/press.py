"""A form ready to print: each part is printed in pieces, compressed and bound into a paper (floor 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from jinja2 import nodes

from pipeline.form.audience import AFTER, AMENDED, FREQUENCIES
from pipeline.form.compiling import Compiler
from pipeline.form.wording import Wording
from pipeline.marks.language import Blank, Understood
from pipeline.marks.preparing import fixed_tables, with_tabs
from pipeline.printing import MOST_OUTPUT, Printer, TooLong
from pipeline.problem import Place, Problem, fault
from pipeline.word import Binding, Member, drawings_twice, numbered_drawings, pack, repaired, well_formed

PartPrinter = Callable[[dict[str, Any]], list[bytes | bytearray]]
"""Prints a part of a paper from its words, in pieces."""

DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FIRST_DRAWING = 1001
"""docxtpl numbers drawings from here."""


@fault("T302")
def damaged_paper(part: str) -> str:
    """A paper would come out damaged, so it was not made.

    This points to an if or a for in the form that tears a table or a paragraph apart.

    Advice: Put if and for tags into paragraphs of their own ({%p … %}) or rows of their own ({%tr … %}).
    Basis: data (contract, section 3)
    """
    return f"The paper would be damaged in its {part}, so it was not made."


@fault("T303")
def endless_paper(part: str) -> str:
    """A paper would have more than a thousand pages, so it was not made.

    This happens where a for stands inside a for over the same long list.

    Advice: Look at the for tags of the form: what do they repeat, and for whom?
    Basis: data (contract, section 3)
    """
    return f"The paper would have more than a thousand pages in its {part}, so it was not made."


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A part of a form, compiled: what its template is, and what has to be looked after in each paper.

    `columns` says that tags make columns of tables, `drawings` that there are drawings, `beside` names the elements
    that hold its if and for tags. `tree` is the checked tree it is compiled from.
    """

    part: str
    where: str
    tree: nodes.Template
    columns: bool
    drawings: bool
    beside: frozenset[str]


def _put_together(pieces: list[bytes | bytearray]) -> bytes | bytearray:
    """Join the pieces of a part; lines of thousands of learners, joined already, do not stand twice in memory."""
    at = next((at for at, piece in enumerate(pieces) if isinstance(piece, bytearray)), None)
    if at is None:
        return b"".join(pieces)
    whole = pieces[at]
    whole[:0] = b"".join(pieces[:at])  # type: ignore[index]  # the one that was looked for is a bytearray
    whole += b"".join(pieces[at + 1 :])
    return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A printed paper: its bytes, and the blanks that stayed empty, each with the record it belongs to.

    `refused` are the blanks whose value is no entry of their list, each with its record and this value as it would have
    been printed. Where such a value would have stood, its blank is among the empty ones too.
    """

    data: bytes
    empty: tuple[tuple[Blank, object], ...]
    refused: tuple[tuple[Blank, object, str], ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, kw_only=True, eq=False)
class Form:
    """A form, opened once. Kept: the templates, once the first paper has been printed, and the printer they report to.

    `name` is the file's name without language and ending, `folder` its folder inside the pack, `language` the language
    of a variant (`Learning Agreement.es.docx`). A form with problems that hold makes no papers. `wished` are the
    columns of one's own that its map proposes, record and name. `comes_back` says that it holds blanks for whoever
    marks its papers, who then sends them back. It can be sent to another process: all but what is kept goes along.
    """

    file: str
    name: str
    folder: str
    language: str | None
    frequency: str
    understood: Understood
    problems: tuple[Problem, ...]
    members: tuple[Member, ...] = ()
    prepared: tuple[Prepared, ...] = ()
    wished: tuple[tuple[str, str], ...] = ()
    comes_back: bool = False
    _templates: list[tuple[Prepared, PartPrinter]] = field(default_factory=list, init=False, repr=False)
    _printer: Printer = field(default_factory=Printer, init=False, repr=False)
    _compiler: Compiler | None = field(default=None, init=False, repr=False)
    _binding: Binding | None = field(default=None, init=False, repr=False)
    _wording: Wording | None = field(default=None, init=False, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if each.init}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]  # what is kept is made anew in the other process

    @property
    def usable(self) -> bool:
        """Say whether papers can be made of it."""
        return not any(problem.holds for problem in self.problems)

    @property
    def wording(self) -> Wording:
        """The words its papers are made of, and what they say of one paper."""
        if self._wording is None:
            self._wording = Wording(prepared.tree for prepared in self.prepared)
        return self._wording

    @property
    def is_agreement(self) -> bool:
        """Say whether its papers are what column Signed speaks of: papers for one learner that name her units.

        What asks for results is made after the stay, and what goes through a unit's outcomes one by one is a sheet to
        mark, or tells what is planned: neither is an agreement.
        """
        words = self.wording
        return self.frequency == "learner" and words.names_units and not words.asks_results and not words.marks_outcomes

    @property
    def asks_results(self) -> bool:
        """Say whether its papers tell what came of the stay, so that they are made once there are results."""
        return self.wording.asks_results

    @property
    def tells_changes(self) -> bool:
        """Say whether its papers tell what an amendment changes."""
        return self.wording.tells_changes

    @property
    def made(self) -> str:
        """Say how often it is made, in words."""
        if self.tells_changes and not self.is_agreement:
            return AMENDED
        return f"{FREQUENCIES[self.frequency]}{AFTER if self.asks_results and self.frequency != 'result' else ''}"

    def print(self, context: Mapping[str, Any], language: str) -> Printed:
        """Print one paper. What would come out damaged or endless is a problem, and then there are no bytes."""
        parts = self.parts(context, language)
        if isinstance(parts, Problem):
            return Printed(data=b"", empty=(), problems=(parts,))
        return Printed(data=self.bound(parts), empty=tuple(self._empty()), refused=tuple(self._refused()))

    def bound(self, parts: Mapping[str, bytes | bytearray]) -> bytes:
        """Compress the parts of a paper and bind them with what is the same in every paper of the form."""
        if self._binding is None:
            self._binding = Binding(self.members, {prepared.part for prepared in self.prepared})
        return self._binding.paper({name: pack(name, data) for name, data in parts.items()})

    def parts(self, context: Mapping[str, Any], language: str) -> dict[str, bytes | bytearray] | Problem:
        """Print the parts of one paper that hold words, or say why it cannot be made."""
        if not self._templates:
            self._templates.extend(self._compiled())
        self._printer.begin(language)
        written: dict[str, bytes | bytearray] = {}
        frame, drawing = dict(context), FIRST_DRAWING
        for prepared, template in self._templates:
            where = prepared.where or "text"
            self._printer.begin_part()
            try:
                data = _put_together([DECLARATION, *template(frame)])
            except TooLong:
                return endless_paper(Place(file=self.file), where)
            if len(data) > MOST_OUTPUT:
                return endless_paper(Place(file=self.file), where)
            if self._printer.tabs or self._printer.doubt or prepared.columns or prepared.drawings:
                data, drawing = self._finished(data, prepared, drawing)
                if not well_formed(data):
                    return damaged_paper(Place(file=self.file), where)
            written[prepared.part] = data
        return written

    def forget(self) -> None:
        """Forget what was kept of the papers printed so far, so that the next is printed as if it were the first."""
        if self._compiler:
            self._compiler.forget()
        self._printer.forget()

    def _compiled(self) -> Iterator[tuple[Prepared, PartPrinter]]:
        blanks = self.understood.blanks
        self._printer.dotted = frozenset(number for number, blank in enumerate(blanks) if blank.dotted)
        self._compiler = Compiler(self._printer, self.wording.shared)
        for prepared in self.prepared:
            yield prepared, self._compiler.compiled(prepared.tree)

    def _finished(self, data: bytes | bytearray, prepared: Prepared, drawing: int) -> tuple[bytes, int]:
        """Do for a printed part what its form asks for and its values need."""
        xml = data.decode().removeprefix(DECLARATION.decode())
        if self._printer.tabs:
            xml = with_tabs(xml)
        if prepared.beside:
            xml = repaired(xml, prepared.beside)
        if prepared.columns:  # writes what is empty otherwise, so that it is repaired before
            xml = fixed_tables(xml)
        if prepared.drawings and (not prepared.where or drawings_twice(xml)):
            xml, drawing = numbered_drawings(xml, drawing)
        return DECLARATION + xml.encode(), drawing

    def _empty(self) -> Iterator[tuple[Blank, object]]:
        for number, owner, above, said in self._printer.empty:
            if said is not None:
                continue
            blank = self.understood.blanks[number]
            if owner is None and blank.missing:
                yield blank.missing, above
            else:
                yield blank, owner

    def _refused(self) -> Iterator[tuple[Blank, object, str]]:
        for number, owner, _, said in self._printer.empty:
            if said is not None:
                yield self.understood.blanks[number], owner, said
