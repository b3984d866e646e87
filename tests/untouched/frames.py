"""How a block stands on the page: in two columns, label above blank, in four columns, or as lines without a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import TypeAlias

from tests.untouched.paper import Gap, Paper
from tests.untouched.shapes import Blank, Block, Kind
from tests.untouched.strokes import WIDTH, Element, cell, paragraph, run, table

Frame: TypeAlias = Callable[[Paper, Block, str], list[Element]]
"""Draws a block; the text is its title as the first row of its table, if it has one there."""
TWO = (3400, WIDTH - 3400)
FOUR = (2000, 2800, 2000, WIDTH - 6800)


def columns(paper: Paper, block: Block, title: str) -> list[Element]:
    """Label on the left, blank on the right; a long text has a table of its own, as in `rows`."""
    made: list[Element] = []
    rows: list[list[Element]] = [[_title(title, WIDTH, 2)]] if title else []
    for blank in block.blanks:
        if blank.kind is Kind.LONG:
            made += [table(TWO, rows)] if rows else []
            rows = []
            made.append(table((WIDTH,), _above(paper, blank, WIDTH)))
        else:
            rows.append([_label(paper, blank, TWO[0]), _blank(paper, blank, TWO[1])])
    return [*made, *([table(TWO, rows)] if rows else [])]


def below(paper: Paper, block: Block, title: str) -> list[Element]:
    """One column: a row with the label, and below it a row to write in."""
    rows = [[_title(title, WIDTH, 1)]] if title else []
    for blank in block.blanks:
        rows += _above(paper, blank, WIDTH)
    return [table((WIDTH,), rows)]


def inside(paper: Paper, block: Block, title: str) -> list[Element]:
    """One column: label and, below it in the same cell, an empty paragraph to write in."""
    rows = [[_title(title, WIDTH, 1)]] if title else []
    for blank in block.blanks:
        label = paper.label(blank)
        said = [paragraph(run(label))] if label else []
        rows.append([cell(*said, *_content(paper, blank), width=WIDTH)])
    return [table((WIDTH,), rows)]


def four(paper: Paper, block: Block, title: str) -> list[Element]:
    """Label, blank, label, blank; what needs room has the whole width."""
    rows: list[list[Element]] = [[_title(title, WIDTH, 4)]] if title else []
    waiting: list[Element] = []
    for number, blank in enumerate(block.blanks):
        if blank.kind is Kind.LONG:
            rows += _above(paper, blank, WIDTH, span=4)
            continue
        last = number + 1 == len(block.blanks) or block.blanks[number + 1].kind in (Kind.AMPLE, Kind.LONG, Kind.BOXES)
        wide = blank.kind in (Kind.AMPLE, Kind.BOXES) or (last and not waiting)
        if wide:
            rows.append([_label(paper, blank, FOUR[0]), _blank(paper, blank, WIDTH - FOUR[0], span=3)])
        else:
            waiting += [_label(paper, blank, FOUR[0]), _blank(paper, blank, FOUR[1])]
            if len(waiting) == 4:
                rows.append(waiting)
                waiting = []
    return [table(FOUR, rows)]


def side_by_side(paper: Paper, left: Block, right: Block, titles: tuple[str, str]) -> list[Element]:
    """Two blocks in one table of four columns; where one has fewer blanks, its last cells stay empty for good."""
    rows = [[_title(titles[0], FOUR[0] + FOUR[1], 2), _title(titles[1], FOUR[2] + FOUR[3], 2)]]
    for pair in zip_longest(left.blanks, right.blanks):
        row: list[Element] = []
        for block, blank, at in zip((left, right), pair, (0, 2), strict=True):
            paper.block, paper.item = block.key, block.item
            if blank is None:
                row += [cell(paragraph(), width=FOUR[at]), cell(paragraph(), width=FOUR[at + 1])]
            else:
                row += [_label(paper, blank, FOUR[at]), _blank(paper, blank, FOUR[at + 1])]
        rows.append(row)
    return [table(FOUR, rows)]


def lines(paper: Paper, block: Block, title: str) -> list[Element]:
    """No table: label and blank on a line, a long text below its label."""
    made = [paragraph(run(title, bold=True))] if title else []
    for blank in block.blanks:
        made += _line(paper, blank)
    return made


def _line(paper: Paper, blank: Blank) -> Iterator[Element]:
    label = paper.wording.asked(paper.label(blank)) if blank.key else ""
    leader = ("dot" if paper.number("leader") % 2 else "underscore") if paper.gap is Gap.LEADER else ""
    if blank.kind is Kind.BOXES:
        yield from paper.boxes(blank, where=paragraph(run(f"{label} ")))
        return
    if blank.kind in (Kind.AMPLE, Kind.LONG):
        if label:
            yield paragraph(run(label))
        first = paragraph(leader=leader)
        paper.fill(first, blank)
        yield first
        if paper.gap in (Gap.UNDERSCORES, Gap.DOTS, Gap.LEADER):
            second = paragraph(leader=leader)
            paper.fill(second, Blank(key=blank.key, kind=blank.kind))
            yield second
        return
    made = paragraph(run(label if leader else f"{label} "), leader=leader)
    paper.fill(made, blank, lone=False)
    yield made


# -- cells -------------------------------------------------------------------------------------------------------------


def _title(title: str, width: int, span: int) -> Element:
    return cell(paragraph(run(title, bold=True)), width=width, span=span, shaded=True)


def _label(paper: Paper, blank: Blank, width: int) -> Element:
    return cell(paragraph(run(paper.label(blank))), width=width)


def _above(paper: Paper, blank: Blank, width: int, *, span: int = 1) -> list[list[Element]]:
    label = paper.label(blank)
    said = [[cell(paragraph(run(label)), width=width, span=span)]] if label else []
    return [*said, [_blank(paper, blank, width, span=span)]]


def _content(paper: Paper, blank: Blank) -> list[Element]:
    if blank.kind is Kind.BOXES:
        return paper.boxes(blank)
    made = paragraph()
    paper.fill(made, blank)
    return [made]


def _blank(paper: Paper, blank: Blank, width: int, *, span: int = 1) -> Element:
    """A cell to write in; of the content controls every third is a whole cell, and every third a whole paragraph."""
    way = paper.number("cell") % 3 if paper.gap is Gap.CONTROL and blank.kind is not Kind.BOXES else 0
    if not way:
        return cell(*_content(paper, blank), width=width, span=span)
    made = paragraph(paper.shown(blank))
    paper.mark(made, blank.words, paper.wording.label(paper.form, paper.block, blank.key) or paper.section)
    if way == 1:
        return cell(paper.control(blank, made, rich=True), paragraph(), width=width, span=span)
    return paper.control(blank, cell(made, width=width, span=span), rich=True)
