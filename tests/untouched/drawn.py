"""Draw an untouched form: the bytes of a .docx, and what a person would write into each of its blanks.

drawn = draw("agreement", "pl", "columns", "glyph")
drawn.data          a Word form without a tag, a field's name or any other hint of this program's
drawn.expected      its blanks in reading order, each with the words that should fill it
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from lxml import etree

from tests.untouched import frames
from tests.untouched.described import FORMS
from tests.untouched.frames import Frame
from tests.untouched.paper import Gap, Hint, Paper
from tests.untouched.shapes import Block, Described, Grid, Said, Section, Signature
from tests.untouched.strokes import WIDTH, Element, W, cell, paragraph, run, table
from tests.untouched.texts import LANGUAGES, wording

TICKS = ("glyph", "control", "legacy", "wingdings")
"""The kinds of box to tick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a form looks. Where there are several frames or gaps, the blocks of the form have them in turn."""

    frames: tuple[Frame, ...]
    gaps: tuple[Gap, ...]
    hint: Hint = Hint.IN_LABEL
    titles_inside: bool = True
    """The title of a block is the first row of its table, not a line before it."""
    headings: bool = True
    """Sections have a heading style; else they are just bold."""
    in_pairs: bool = False
    """Blocks that may stand side by side do."""
    in_a_row: bool = True
    """So do boxes that may."""


LAYOUTS = {
    "columns": Layout(frames=(frames.columns,), gaps=(Gap.NOTHING,), hint=Hint.IN_BLANK, in_a_row=False),
    "titled": Layout(frames=(frames.columns,), gaps=(Gap.NOTHING,), titles_inside=False, headings=False),
    "below": Layout(frames=(frames.below, frames.inside), gaps=(Gap.NOTHING,), hint=Hint.IN_BLANK, in_a_row=False),
    "underscores": Layout(
        frames=(frames.lines,), gaps=(Gap.UNDERSCORES,), hint=Hint.AFTER_BLANK, titles_inside=False, headings=False
    ),
    "dots": Layout(frames=(frames.lines,), gaps=(Gap.DOTS, Gap.LEADER), titles_inside=False),
    "prompts": Layout(frames=(frames.columns, frames.lines), gaps=(Gap.PROMPT,), hint=Hint.IN_BLANK),
    "controls": Layout(frames=(frames.columns,), gaps=(Gap.CONTROL,), in_a_row=False),
    "legacy": Layout(
        frames=(frames.columns,), gaps=(Gap.FIELD,), hint=Hint.AFTER_BLANK, titles_inside=False, headings=False
    ),
    "four": Layout(frames=(frames.four,), gaps=(Gap.NOTHING,), in_pairs=True),
}
"""The layouts by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One blank. `path` and `nth` are where it stands: a paragraph of word/document.xml, and the how manieth blank there.

    `words` are what should fill it, None where a human hand or nobody does: also the second line of a long text that is
    drawn as two. `item` is the number of the block it stands in, among numbered ones. `label` and `section` are its label
    (of a box, its text) and the heading above it, as they are drawn.
    """

    path: str
    nth: int
    words: str | None
    item: int | None
    label: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A form as a .docx, and its blanks in reading order."""

    data: bytes
    expected: tuple[Expected, ...]


def every() -> Iterator[tuple[str, str, str, str]]:
    """Name all combinations of form, language, layout and ticks; a form without boxes has only one kind of them."""
    for form in FORMS:
        for language in LANGUAGES:
            for layout in LAYOUTS:
                for ticks in TICKS if form != "erasmus" else TICKS[:1]:
                    yield form, language, layout, ticks


def draw(form: str, language: str, layout: str, ticks: str) -> Drawn:
    """Draw one form in a language, a layout and with a kind of box to tick."""
    described, look = FORMS[form], LAYOUTS[layout]
    paper = Paper(wording=wording(language), form=form, ticks=ticks, in_a_row=look.in_a_row)
    story = list(_head(paper, described, look))
    for section in described.sections:
        story += _section(paper, section, look)
    document = _blank_page()
    body = document.element.body
    for number, element in enumerate(story):
        body.insert(number, element)
    places = {one: number for number, one in enumerate(body.iter(f"{{{W}}}p"))}
    kept = io.BytesIO()
    document.save(kept)
    return Drawn(data=kept.getvalue(), expected=tuple(_expected(paper, places, kept.getvalue())))


def _blank_page() -> Document:
    """A page of A4 with the margins and the letters of an office."""
    document = docx.Document()
    document.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    normal.font.name, normal.font.size = "Calibri", Pt(10)
    normal.paragraph_format.space_after = Pt(4)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    return document


def _expected(paper: Paper, places: dict[Element, int], data: bytes) -> Iterator[Expected]:
    """Say where the blanks stand in the document that was saved, in the order in which one reads it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    saved = list(root.iter(f"{{{W}}}p"))
    before: Counter[int] = Counter()
    for mark in sorted(paper.marked, key=lambda mark: places[mark.paragraph]):
        place = places[mark.paragraph]
        yield Expected(
            path=root.getroottree().getpath(saved[place]), nth=before[place], words=mark.asked.words,
            item=mark.asked.item, label=mark.asked.label, section=mark.asked.section,
        )  # fmt: skip
        before[place] += 1


# -- from top to bottom ------------------------------------------------------------------------------------------------


def _head(paper: Paper, described: Described, look: Layout) -> Iterator[Element]:
    title = run(paper.wording[f"{described.name}.form"], bold=True, size=0 if look.headings else 28)
    head = paragraph(title, style="Title" if look.headings else "", centred=True)
    paper.section = paper.wording[f"{described.name}.form"]
    gap = look.gaps[0]
    paper.gap, paper.hint = Gap.PROMPT if gap is Gap.NOTHING else gap, look.hint
    if described.title_blank:
        head.append(run(" "))
        paper.fill(head, described.title_blank, lone=False)
    yield head
    if described.lines:
        yield from frames.lines(paper, Block(blanks=described.lines), "")
    yield paragraph()


def _section(paper: Paper, section: Section, look: Layout) -> Iterator[Element]:
    if section.key:
        heading = paper.section = paper.wording[f"{paper.form}.{section.key}"]
        yield paragraph(run(heading, bold=True), style="Heading2" if look.headings else "")
    waiting: Block | None = None
    for part in section.parts:
        if isinstance(part, Said):
            yield paragraph(run(paper.wording[f"{paper.form}.{part.key}"]))
        elif isinstance(part, Grid):
            yield from (_grid(paper, part), paragraph())
        elif look.in_pairs and part.beside_next:
            waiting = part
        elif waiting:
            yield from (*_pair(paper, waiting, part), paragraph())
            waiting = None
        else:
            yield from (*_block(paper, part, look), paragraph())


def _pair(paper: Paper, left: Block, right: Block) -> list[Element]:
    paper.gap, paper.hint = Gap.NOTHING, Hint.IN_LABEL
    titles = [paper.wording.title(block.key, block.item, spare=block.spare) for block in (left, right)]
    return frames.side_by_side(paper, left, right, (titles[0], titles[1]))


def _block(paper: Paper, block: Block, look: Layout) -> Iterator[Element]:
    number = paper.number("block")
    paper.gap, paper.hint = look.gaps[number % len(look.gaps)], look.hint
    paper.block, paper.item = block.key, block.item
    title = paper.wording.title(block.key, block.item, spare=block.spare)
    within = look.titles_inside and not block.title_before
    if title and not within:
        yield paragraph(run(title, bold=True))
    yield from look.frames[number % len(look.frames)](paper, block, title if within else "")


def _grid(paper: Paper, grid: Grid) -> Element:
    """Signatures stand in a table in every layout, with nothing behind the colons."""
    paper.gap = Gap.NOTHING
    width = WIDTH // len(grid.columns)
    heads: list[Element] = []
    for one in grid.columns:
        text = paper.wording[f"heads.{one.key}"]
        heads.append(paragraph(run(text, bold=True)))
        if one.asks:
            _ask(paper, heads[-1], one.head, text, one)
    rows = [[cell(head, width=width, shaded=True) for head in heads]]
    if grid.in_one_cell:
        asked = [("name", "name"), ("place", "place"), ("signature", None)]
        rows.append([cell(_lines(paper, one, asked), width=width) for one in grid.columns])
        return table((width,) * len(grid.columns), rows)
    rows += [
        [cell(_lines(paper, one, [(key, key)]), width=width) for one in grid.columns]
        for key in ("name", "role", "place")
    ]
    empty = [paragraph(run("\n\n")) for _ in grid.columns]
    for room, one in zip(empty, grid.columns, strict=True):
        _ask(paper, room, None, paper.wording[f"heads.{one.key}"], one)
    rows.append([cell(room, width=width) for room in empty])
    return table((width,) * len(grid.columns), rows)


def _lines(paper: Paper, one: Signature, asked: list[tuple[str, str | None]]) -> Element:
    """A paragraph with a line for each thing asked of who signs."""
    made = paragraph()
    words = {"name": one.name, "role": one.role, "place": one.place}
    for number, (key, wanted) in enumerate(asked):
        text = paper.wording[f"heads.{key}"]
        made.append(run(("\n" if number else "") + paper.wording.asked(text)))
        _ask(paper, made, words[wanted] if wanted else None, text, one)
    return made


def _ask(paper: Paper, where: Element, words: str | None, label: str, one: Signature) -> None:
    paper.item = one.item
    paper.mark(where, words, label)
