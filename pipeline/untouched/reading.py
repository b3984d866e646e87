"""A form as a person reads it: its sections and blocks, and which label each of its blanks belongs to (floor 4).

“Telephone/fax” stands eight times on a Learning Agreement, so a blank is only known by all that stands around it: the
label beside it or above it, what the label is grouped under, the heading of its column, its block, its section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.untouched.blanks import PARAGRAPH, TABLE, Blank, Read, boxes_of, elements_in
from pipeline.untouched.grids import Cell, Grid, grid_of
from pipeline.untouched.lines import (
    BOX,
    HOLE,
    TAKEN,
    Kind,
    Line,
    Named,
    Span,
    is_alone,
    lead_in,
    line_of,
    spans_of,
    takes_label,
)
from pipeline.word.names import W

LONGEST_TITLE = 200
"""Signs of a line that may be the title of a section or block; what is longer is a text."""

_LONGEST_PLAIN = 120
"""Signs of a line in plain type that may be the title of the table under it."""

_NUMBERED = re.compile(r"(?:\d{1,2}[.)]?|[IVX]{1,5}[.)]|[A-Z][.)])\s+\S")
_DEEPER = re.compile(r"\d{1,2}\.\d")


def read(root: Any, headings: frozenset[str], named: Named, is_hint: Callable[[str], bool], where: str = "") -> Read:
    """Read a story; `where` is put before the places, `headings` are the styles of headings."""
    reader = _Reader(headings=headings, named=named, is_hint=is_hint, where=where)
    body = root.find(f"{W}body")
    reader.flow(list(elements_in(root if body is None else body)))
    for number, box in enumerate(boxes_of(root), start=1):
        reader.into_box(number)
        reader.flow(list(elements_in(box)))
    return reader.found


@dataclass(slots=True)
class _Reader:
    """Reads from the top to the end. Kept: section and block, what was counted, the line above."""

    headings: frozenset[str]
    named: Named
    is_hint: Callable[[str], bool]
    where: str
    found: Read = field(default_factory=Read)
    _section: str = ""
    _depth: str = ""
    _block: str = ""
    _paragraphs: int = 0
    _tables: int = 0
    _above: Line | None = None
    _leads: str = ""
    """What leads in boxes: the line above the first of them."""

    def into_box(self, number: int) -> None:
        """Begin with the text of a text box."""
        self.where = f"{self.where.partition('text box')[0].rstrip(', ')}, text box {number}".lstrip(", ")
        self._section = self._block = ""
        self._paragraphs = self._tables = 0
        self._above = None

    def flow(self, elements: Sequence[Any]) -> None:
        """Read the paragraphs and tables of a text."""
        lines = [None if element.tag == TABLE else self._read(element) for element in elements]
        spans = [spans_of(line, self.is_hint) if line else [] for line in lines]
        for at, (element, line) in enumerate(zip(elements, lines, strict=True)):
            if line is None:
                self._tables += 1
                place = self._named_place(f"table {self._tables}")
                self._table(element, place)
                self._above = None
            else:
                self._paragraphs += 1
                place = self._named_place(f"paragraph {self._paragraphs}")
                after = lines[at + 1] if at + 1 < len(lines) else None
                labels = after is not None and takes_label(after, spans[at + 1])
                before_table = at + 1 < len(lines) and after is None
                self._line(line, self._labels_next(line, spans[at], labels=labels), place, before_table=before_table)
            self.found.places[place] = element

    def _labels_next(self, line: Line, spans: Sequence[Span], *, labels: bool) -> Sequence[Span]:
        """Let a line that ends with a colon be the label of the blank in the next line, if there is one."""
        end = len(line.text.rstrip())
        return [span for span in spans if not (labels and span.kind is Kind.AFTER and span.end >= end)]

    def _named_place(self, place: str) -> str:
        return f"{self.where}, {place}" if self.where else place

    def _read(self, element: Any) -> Line:
        if element.tag == PARAGRAPH:
            return line_of(element, self.named)
        paragraph = next(element.iter(PARAGRAPH))
        line = Line(paragraph)
        properties = element.find(f"{W}sdtPr")
        line.add(TAKEN if properties is not None and self.named(properties) else HOLE, element)
        return line

    # -- outside of tables ---------------------------------------------------------------------------------------------

    def _line(self, line: Line, spans: Sequence[Span], place: str, *, before_table: bool) -> None:
        above = self._above
        if line.is_empty and not spans:
            if above is not None and not self._is_heading(above):
                self._add(Kind.EMPTY, line, Span(Kind.EMPTY, 0, 0), place, label=above.words, faint=True)
            self._above = None
            return
        alone = is_alone(line, spans)
        if alone and spans[0].kind is Kind.LINE and self._goes_on(line):
            return
        boxed = any(span.kind is Kind.BOX for span in spans)
        if not boxed:
            self._leads = "" if spans else line.words
        if self._titles(line, spans, before_table):
            self._above = line if self._is_heading(line) or not spans else None
        else:
            self._above = None if spans else line
        label = self._leads if boxed else above.words if above is not None and alone else ""
        self._spans(line, spans, place, label=label)

    def _goes_on(self, line: Line) -> bool:
        """Let a line of underscores go on from the line above, if that ends with one."""
        last = self.found.blanks[-1] if self.found.blanks else None
        if last is None or last.kind is not Kind.LINE:
            return False
        end = last.rest[-1] if last.rest else last.line.paragraph
        if line.paragraph.getprevious() is not end:
            return False
        self.found.blanks[-1] = _with_rest(last, line.paragraph)
        return True

    def _titles(self, line: Line, spans: Sequence[Span], before_table: bool) -> bool:
        """Note the title of a section or block; says whether the line is one."""
        words = line.words
        if len(words) > LONGEST_TITLE or any(span.kind is not Kind.PROMPT for span in spans):
            return False
        if self._is_heading(line):
            depth = _style(line.paragraph)
            if self._section and depth > self._depth and not _NUMBERED.match(words):
                self._block = words
            else:
                self._section, self._block, self._depth = words, "", depth
        elif spans or self.is_hint(words.strip("()[] ")):
            return False
        elif _is_bold(line) or (before_table and len(words) <= _LONGEST_PLAIN and not words.endswith((".", "!"))):
            if _is_bold(line) and _NUMBERED.match(words) and not _DEEPER.match(words):
                self._section, self._block = words, ""
            else:
                self._block = words
        else:
            return False
        self.found.titles.append((line.paragraph, words))
        return True

    def _is_heading(self, line: Line) -> bool:
        return _style(line.paragraph) in self.headings

    # -- tables --------------------------------------------------------------------------------------------------------

    def _table(self, table: Any, place: str) -> None:
        grid = grid_of(table, self._lines, self.is_hint, self.named)
        outer = self._block
        under = self._above.words if self._above is not None and not grid.has_labels else ""
        for row in grid.rows:
            if row:
                self.found.places[f"{place}, row {row[0].row + 1}"] = row[0].element.getparent()
            title = grid.title_of(row)
            if title:
                self._block = title
                self.found.titles.append((row[0].element.getparent(), title))
                continue
            for cell in row:
                self._cell(grid, cell, f"{place}, row {cell.row + 1}, cell {cell.number}", under)
        self._block = outer

    def _lines(self, cell: Any) -> list[Line]:
        return [self._read(element) for element in elements_in(cell) if element.tag != TABLE]

    def _cell(self, grid: Grid, cell: Cell, place: str, under: str) -> None:
        """Read a cell; `under` is the line over a table that has no labels of its own."""
        around = grid.around(cell)
        around = replace(around, label=under) if under and not around.label else around
        said = {"group": around.group, "above": around.above, "again": around.again, "headed": around.headed,
                "cell": cell.element}  # fmt: skip
        several = len(cell.lines) > 1
        lines = [(each, f"{place}, line {at}" if several else place) for at, each in enumerate(cell.lines, 1)]
        if cell.is_blank and not cell.spans and lines:
            line, _ = lines[0]
            self._add(Kind.CELL, line, Span(Kind.CELL, 0, len(line.text)), place, label=around.label, **said)
        elif cell.is_label and (cell in grid.used or not cell.spans or (cell.has_room and not grid.heads_labels(cell))):
            if cell not in grid.used:
                self._under(grid, cell, lines, said)
        else:
            self._in_cell(cell, lines, around.label, said)
        for number, nested in enumerate(each for each in elements_in(cell.element) if each.tag == TABLE):
            self._table(nested, f"{place}, table {number + 1}")

    def _in_cell(self, cell: Cell, lines: Sequence[tuple[Line, str]], label: str, said: dict[str, Any]) -> None:
        """Read the lines of a cell that holds blanks; a line of text may be the label of the blank under it."""
        above = ""
        for at, (line, where) in enumerate(lines):
            after = lines[at + 1][0] if at + 1 < len(lines) else None
            labels = after is not None and takes_label(after, cell.spans_in(after))
            spans = self._labels_next(line, cell.spans_in(line), labels=labels)
            if not spans:
                above = line.words or above
                continue
            own = above if takes_label(line, spans) else ""
            group = {**said, "group": label} if own and label else said
            self._spans(line, spans, where, label=own or label, **group)
            if not any(span.kind is Kind.BOX for span in spans):
                above = ""

    def _under(self, grid: Grid, cell: Cell, lines: Sequence[tuple[Line, str]], said: dict[str, Any]) -> None:
        """Find what may be a blank in a cell with a label that belongs to no other: an empty line, or room under it."""
        last, where = lines[-1]
        words = " ".join(line.words for line, _ in lines if line.words)
        kind = Kind.EMPTY if cell.has_room and not grid.heads_labels(cell) else Kind.UNDER
        self._add(kind, last, Span(kind, 0, 0), where, label=words, faint=True, **said)

    # -- blanks --------------------------------------------------------------------------------------------------------

    def _spans(self, line: Line, spans: Sequence[Span], place: str, *, label: str, **said: Any) -> None:
        """Add the blanks of a line, each with the text before it in its segment for its label."""
        boxes = [span for span in spans if span.kind is Kind.BOX]
        first = min((span.start for span in spans), default=0)
        leads = lead_in(line, boxes)
        behind = bool(boxes) and (bool(leads) or not line.text[: boxes[0].start].strip())
        lead = leads or label
        if leads and label and leads != label:
            said = {**said, "group": label}
        end = 0
        for number, span in enumerate(spans, start=1):
            before = _words(line.text[max(end, line.text.rfind("\n", 0, span.start) + 1) : span.start])
            where = f"{place}, blank {number}" if len(spans) > 1 else place
            following = min([each.start for each in spans if each.start > span.start], default=len(line.text))
            if span.kind is Kind.BOX:
                stop = line.text.find("\n", span.end)
                stop = following if stop < 0 else min(stop, following)
                option = _words(line.text[span.end : stop]) if behind else before
                option = option or said.get("beside", "")
                self._add(span.kind, line, span, where, label=lead, option=option, **said)
            else:
                prompt = line.text[span.start : max(span.end, span.tail)].strip(f" {HOLE}")
                group = label if before and label and before != label else ""
                own = {**said, "group": group} if group else said
                self._add(span.kind, line, span, where, label=before or (label if span.start <= first else ""),
                          prompt=prompt, **own)  # fmt: skip
            end = span.end

    def _add(
        self, kind: Kind, line: Line, span: Span, place: str, *, label: str, group: str = "", above: str = "",
        prompt: str = "", option: str = "", faint: bool = False, again: int = 0, headed: bool = False, cell: Any = None,
    ) -> None:  # fmt: skip
        prompted = "" if kind in (Kind.LINE, Kind.CONTROL, Kind.FIELD) and not prompt.endswith(")") else prompt
        self.found.blanks.append(Blank(
            kind=kind, place=place, label=label, group=group, above=above, block=self._block, section=self._section,
            prompt=prompted, option=option, faint=faint, again=again, line=line, span=span, cell=cell,
            headed=headed,
        ))  # fmt: skip


def _with_rest(blank: Blank, paragraph: Any) -> Blank:
    return replace(blank, rest=(*blank.rest, paragraph))


def _words(text: str) -> str:
    return " ".join(re.sub(f"[{BOX}{HOLE}]", " ", text).split())


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val", "") if style is not None else ""


def _is_bold(line: Line) -> bool:
    """Say whether all of a line is set in bold by hand."""
    runs = [run for run in line.paragraph.iter(f"{W}r") if "".join(run.itertext(f"{W}t")).strip()]
    return bool(runs) and all(_set(run.find(f"{W}rPr/{W}b")) for run in runs)


def _set(switch: Any) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")
