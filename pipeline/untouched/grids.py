"""A table as a person reads it: which of its cells are labels, which are blank, and which belong together (floor 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.untouched.lines import HOLE, TAKEN, Kind, Line, Named, Span, is_open, outside, spans_of, takes_label
from pipeline.word.names import W

_LONGEST_LABEL = 400
"""Signs of a cell that may be a label; what is longer is a text."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cell:
    """A cell: its row (from 0), its number in it (from 1), the columns of the grid it covers (`end` not counted).

    `merged` says that it goes on from the cell above and shows nothing of its own.
    """

    element: Any
    row: int
    number: int
    start: int
    end: int
    merged: bool
    lines: Sequence[Line]
    spans: Sequence[tuple[Line, Sequence[Span]]]

    def spans_in(self, line: Line) -> Sequence[Span]:
        """Give the blanks of one of its lines."""
        return next(spans for each, spans in self.spans if each is line) if self.spans else ()

    @property
    def words(self) -> str:
        """Its text in one line."""
        return " ".join(line.words for line in self.lines if line.words)

    @property
    def kinds(self) -> list[Kind]:
        """The kinds of the blanks in it."""
        return [span.kind for _, spans in self.spans for span in spans]

    @property
    def is_blank(self) -> bool:
        """Say whether there is nothing in it but what is to be filled."""
        if self.merged or Kind.BOX in self.kinds or next(self.element.iter(f"{W}tbl"), None) is not None:
            return False
        if not any(line.text.strip() for line in self.lines):
            return all(line.is_empty for line in self.lines)
        return bool(self.kinds) and not any(outside(line, self.spans_in(line)) for line in self.lines)

    @property
    def is_label(self) -> bool:
        """Say whether it is a text that may say what belongs into a cell beside it or under it."""
        after = self.kinds in ([], [Kind.AFTER]) or self.has_hint
        return not self.merged and after and bool(self.words) and len(self.words) <= _LONGEST_LABEL

    @property
    def has_hint(self) -> bool:
        """Say whether all there is of a blank in it is a hint behind a label: “Date of birth: (dd/mm/yyyy)”."""
        if self.kinds != [Kind.PROMPT] or not self.words:
            return False
        line, (span,) = next((line, spans) for line, spans in self.spans if spans)
        return line.text[span.start] == "(" and bool(outside(line, [span]))

    @property
    def wants_label(self) -> bool:
        """Say whether it is blank, or begins with a blank or with boxes, so that what stands beside it is its label."""
        first = next((line for line in self.lines if line.text.strip()), None)
        return self.is_blank or (first is not None and takes_label(first, self.spans_in(first)))

    @property
    def has_room(self) -> bool:
        """Say whether an empty line is left under its text, to write on."""
        nested = next(self.element.iter(f"{W}tbl"), None) is not None
        return len(self.lines) > 1 and self.lines[-1].is_empty and bool(self.words) and not nested

    @property
    def ends_open(self) -> bool:
        """Say whether it ends with a colon, or a hint, so that what it asks for may be written there."""
        return self.kinds == [Kind.AFTER] or self.has_hint


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a cell: its label, what that is grouped under, the heading of the column; see `Blank`."""

    label: str = ""
    group: str = ""
    above: str = ""
    again: int = 0
    headed: bool = False


@dataclass(slots=True)
class Grid:
    """A table. Kept: the cells that were found to be labels of others."""

    rows: list[list[Cell]]
    width: int
    used: set[Cell] = field(default_factory=set)
    _around: dict[Cell, Around] = field(default_factory=dict)
    _labels_are_under: bool = False

    def title_of(self, row: Sequence[Cell]) -> str:
        """Give the title in a row that is one cell over the whole table; empty where it is none.

        Where the next row is one blank cell, the text is that one's label.
        """
        if len(row) != 1 or not row[0].is_label or row[0].ends_open or row[0] in self.used:
            return ""
        if self.width > 1 and row[0].end - row[0].start < self.width:
            return ""
        after = self.rows[row[0].row + 1] if row[0].row + 1 < len(self.rows) else []
        if not after or (len(after) == 1 and after[0].wants_label):
            return ""
        return row[0].words if len(row[0].lines) == 1 or not row[0].lines[-1].is_empty else ""

    @property
    def has_labels(self) -> bool:
        """Say whether any of its cells says something."""
        return any(cell.is_label for row in self.rows for cell in row)

    def around(self, cell: Cell) -> Around:
        """Say what stands around a cell."""
        return self._around.get(cell, Around())

    def heads_labels(self, cell: Cell) -> bool:
        """Say whether a cell stands over cells with places to write in, as the heads of columns to sign in do."""
        below = [other for row in self.rows[cell.row + 1 :] for other in row if _overlap(cell, other)]
        after = next((other for other in below if other.words), None)
        in_columns = len(self.rows[cell.row]) > 1
        return in_columns and after is not None and Kind.AFTER in after.kinds and after not in self.used

    def look_around(self) -> None:
        """Find the label of each blank cell, and the heading of each cell with blanks of its own."""
        self._labels_are_under = self._have_labels_under()
        for row in self.rows:
            for at, cell in enumerate(row):
                if cell.is_blank:
                    self._around[cell] = self._of_blank(row, at, cell)
        for row in self.rows:
            for at, cell in enumerate(row):
                if not cell.is_blank and cell.kinds and cell not in self.used:
                    left = [] if cell.is_label else self._left(row, at)
                    if not left and Kind.BOX in cell.kinds and cell.wants_label:
                        over, _ = self._above(cell, heads=False)
                        left = [over] if over and not over.has_room else []
                    self.used |= set(left[:1])
                    group = left[0].words if left else ""
                    label = group if Kind.BOX in cell.kinds else ""
                    above, _ = self._above(cell, heads=True)
                    self._around[cell] = Around(label, "" if label else group, above.words if above else "")

    def _have_labels_under(self) -> bool:
        """Say whether rows to write on and rows of labels take turns, the labels last: each stands under its blank."""
        blanks, labels = self.rows[::2], self.rows[1::2]
        to_write_on = all(row and all(cell.is_blank for cell in row) for row in blanks)
        said = all(row and all(cell.is_label and not cell.kinds for cell in row) for row in labels)
        return 0 < len(labels) == len(blanks) and to_write_on and said

    def _of_blank(self, row: Sequence[Cell], at: int, cell: Cell) -> Around:
        if self._labels_are_under:
            under = [other for other in self.rows[cell.row + 1] if _overlap(cell, other)][:1]
            self.used |= set(under)
            return Around("".join(each.words for each in under))
        left = self._left(row, at)
        if left:
            self.used.add(left[0])
            above, _ = self._above(cell, heads=True)
            return Around(left[0].words, left[1].words if len(left) > 1 else "", above.words if above else "")
        above, again = self._above(cell, heads=False)
        if above is None:
            return Around()
        self.used.add(above)
        over, _ = self._above(above, heads=True)
        headed = len(self.rows[above.row]) > 1
        return Around(above.words, "", over.words if over and over is not above else "", again, headed)

    def _left(self, row: Sequence[Cell], at: int) -> list[Cell]:
        """Give the labels to the left of a cell, the nearest first, as far as no blank stands between."""
        found: list[Cell] = []
        for cell in map(self._whole, reversed(row[:at])):
            if not cell.is_label:
                break
            found.append(cell)
        return found

    def _whole(self, cell: Cell) -> Cell:
        """Give the cell that a merged one goes on from."""
        while cell.merged and cell.row:
            above = [other for other in self.rows[cell.row - 1] if _overlap(cell, other)]
            if not above:
                break
            cell = above[0]
        return cell

    def _above(self, cell: Cell, *, heads: bool) -> tuple[Cell | None, int]:
        """Find the label above a cell, and how many blank cells stand between; with `heads`, the head of its column.

        A head stands in a row without blanks, over more columns than one.
        """
        again = 0
        for row in reversed(self.rows[: cell.row]):
            over = next((other for other in row if _overlap(cell, other)), None)
            if over is None:
                return None, 0
            if heads:
                if len(row) > 1 and over.is_label and not over.ends_open and not any(each.is_blank for each in row):
                    return over, 0
                if len(row) == 1 and self.width > 1:
                    return None, 0  # the title of a block ends the column
                continue
            if over.is_blank:
                again += 1
            elif over.is_label and not self._is_stacked(over) and over not in self._lefts():
                return over, again
            else:
                return None, 0
        return None, 0

    def _is_stacked(self, cell: Cell) -> bool:
        """Say whether a label with a colon stands right under another one: then both are written on behind it."""
        if not cell.ends_open:
            return False
        above = [other for row in self.rows[max(0, cell.row - 1) : cell.row] for other in row if _overlap(cell, other)]
        return any(other.ends_open for other in above)

    def _lefts(self) -> set[Cell]:
        """Give the labels of blank cells to their right."""
        found = (self._left(row, at)[:1] for row in self.rows for at, cell in enumerate(row) if cell.is_blank)
        return {label for labels in found for label in labels}


def grid_of(
    table: Any, read: Callable[[Any], list[Line]], is_hint: Callable[[str], bool], named: Named
) -> Grid:  # fmt: skip
    """Read a table into its cells, and find their labels."""
    rows = [list(_cells(row, number, read, is_hint, named)) for number, row in enumerate(_inside(table, f"{W}tr"))]
    grid = Grid(rows, max((row[-1].end for row in rows if row), default=0))
    grid.look_around()
    return grid


def _inside(holder: Any, tag: str) -> Iterator[Any]:
    """Give the rows of a table, or the cells of a row, also those that controls or insertions stand around."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _inside(child, tag)


def _cells(
    row: Any, number: int, read: Callable[[Any], list[Line]], is_hint: Callable[[str], bool], named: Named
) -> Iterator[Cell]:  # fmt: skip
    before = row.find(f"{W}trPr/{W}gridBefore")
    start = int(before.get(f"{W}val", "0")) if before is not None else 0
    for at, element in enumerate(_inside(row, f"{W}tc"), start=1):
        span, merge = (element.find(f"{W}tcPr/{W}{name}") for name in ("gridSpan", "vMerge"))
        end = start + (int(span.get(f"{W}val", "1")) if span is not None else 1)
        merged = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        lines = _of_control(element, named) or read(element)
        yield Cell(
            element=element, row=number, number=at, start=start, end=end, merged=merged, lines=lines,
            spans=[] if not lines else _spans(lines, is_hint),
        )  # fmt: skip
        start = end


def _of_control(cell: Any, named: Named) -> list[Line]:
    """Read a cell that a control stands around: it is filled by its name, or is a blank, or neither."""
    control = cell.getparent().getparent()
    paragraph = next(cell.iter(f"{W}p"), None)
    if control.tag != f"{W}sdt" or paragraph is None or len(list(control.iter(f"{W}tc"))) > 1:
        return []
    line = Line(paragraph)
    if named(control.find(f"{W}sdtPr")):
        line.add(TAKEN, control)
    elif is_open(control, of_cells=True):
        line.add(HOLE, control)
    return [line] if line.text else []


def _spans(lines: Sequence[Line], is_hint: Callable[[str], bool]) -> list[tuple[Line, Sequence[Span]]]:
    found: list[tuple[Line, Sequence[Span]]] = [(line, spans_of(line, is_hint)) for line in lines]
    return found if any(spans for _, spans in found) else []


def _overlap(one: Cell, other: Cell) -> bool:
    return one.start < other.end and other.start < one.end
