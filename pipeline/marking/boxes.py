"""The boxes in which Excel shows comments: shapes in a drawing of the old kind, VML (floor 3).

Excel shows no comment that has no such shape ([MS-OI29500], 2.1.745). Drawings of other programs are not always sound
XML, so shapes are put in and taken out as text, and everything else in them stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from pipeline.marking.grid import Grid, Spot

WIDTH = 330
"""Width of a box in pixels: some fifty letters."""

_LETTERS = 48
_LINE = 15
_TALLEST = 480
_FARTHEST = 400
"""Columns or rows that a box may reach over; hundreds only where they are hidden."""

_SHAPE = re.compile(rb"<(\w+:)?shape\s.*?</\1shape>", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*</")
_ANCHOR = re.compile(rb"(<(?:\w+:)?Anchor>)[^<]*(?=</)")
_SIZE = re.compile(rb"(?<![\w-])(width|height):[^;\"']*")
_BLOCKS = re.compile(rb"<(?:\w+:)?idmap\b[^>]*?\bdata=[\"']([\d, ]+)[\"']")
_OWN_TYPE = re.compile(rb"<(?:\w+:)?shapetype\b[^>]*\bid=[\"']_x0000_t202[\"']")
_SHAPES_A_BLOCK = 1_024

_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
"""Every shape says what its prefixes mean: in a drawing of another program they may mean anything, or nothing."""

_HEAD = (
    f'<xml {_NAMES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{{blocks}}"/></o:shapelayout>'
    "{shapes}</xml>"
)
_TYPE = (
    f'<v:shapetype {_NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    f'<v:shape {_NAMES} id="_x0000_s{{id}}" type="#_x0000_t202" style="position:absolute;margin-left:{{x}}pt;'
    'margin-top:{y}pt;width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div>'
    '</v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The box of a comment: its cell, and the text that has to fit into it."""

    spot: Spot
    text: str


def blocks_of(drawing: bytes) -> set[int]:
    """Give the blocks of numbers that a drawing takes its shapes' numbers from; no other drawing may use them."""
    return {int(each) for found in _BLOCKS.finditer(drawing) for each in found[1].replace(b",", b" ").split()}


def drawing_of(boxes: Iterable[Box], grid: Grid, taken: Collection[int]) -> bytes:
    """Draw boxes on a sheet that has no drawing of the old kind yet."""
    blocks, shapes = _shapes(list(boxes), grid, taken)
    return _HEAD.format(blocks=",".join(map(str, blocks)), shapes=_TYPE + shapes).encode()


def with_boxes(drawing: bytes, boxes: Iterable[Box], grid: Grid, taken: Collection[int]) -> bytes | None:
    """Draw boxes beside those that are there; None where nobody can tell where the drawing ends."""
    blocks, shapes = _shapes(list(boxes), grid, taken)
    end = drawing.rfind(b"</xml>")
    if end < 0:
        return None
    if _OWN_TYPE.search(drawing) is None:
        shapes = _TYPE + shapes
    known = _BLOCKS.search(drawing)
    ours = ",".join(map(str, blocks)).encode()
    if not known:
        return drawing[:end] + shapes.encode() + drawing[end:]
    return drawing[:known.end(1)] + b"," + ours + drawing[known.end(1):end] + shapes.encode() + drawing[end:]


def without_boxes(drawing: bytes, spots: Collection[Spot]) -> bytes:
    """Take the boxes of these cells away."""
    if not spots:
        return drawing
    return _SHAPE.sub(lambda shape: b"" if _spot(shape[0]) in spots else shape[0], drawing)


def with_room(drawing: bytes, texts: Mapping[Spot, str], grid: Grid) -> bytes:
    """Make the boxes of these cells large enough for their comments, which have become longer."""

    def larger(found: re.Match[bytes]) -> bytes:
        spot = _spot(found[0])
        if spot is None or spot not in texts:
            return found[0]
        size = _size(Box(spot=spot, text=texts[spot]), grid)
        sizes = {b"width": size.width, b"height": size.height}
        start, end, rest = found[0].partition(b">")
        start = _SIZE.sub(lambda each: each[1] + f":{sizes[each[1]] * 0.75:g}pt".encode(), start)
        return start + end + _ANCHOR.sub(lambda each: each[1] + size.anchor.encode(), rest)

    return _SHAPE.sub(larger, drawing) if texts else drawing


def _spot(shape: bytes) -> Spot | None:
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    return (int(row[1]) + 1, int(column[1])) if row and column else None


def _shapes(boxes: list[Box], grid: Grid, taken: Collection[int]) -> tuple[list[int], str]:
    """Word the shapes of boxes, with numbers out of blocks that no drawing has taken."""
    needed = len(boxes) // (_SHAPES_A_BLOCK - 1) + 1
    start = max(taken, default=0) + 1
    blocks = list(range(start, start + needed))
    return blocks, "".join(_shape(box, start * _SHAPES_A_BLOCK + at, at, grid) for at, box in enumerate(boxes, start=1))


def _shape(box: Box, identifier: int, order: int, grid: Grid) -> str:
    size = _size(box, grid)
    return _BOX.format(
        id=identifier, order=order, x=size.x * 0.75, y=size.y * 0.75, width=size.width * 0.75,
        height=size.height * 0.75, anchor=size.anchor, row=box.spot[0] - 1, column=box.spot[1],
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """Where a box lies, in pixels, and the same in columns and rows, which is what Excel goes by."""

    x: int
    y: int
    width: int
    height: int
    anchor: str


def _size(box: Box, grid: Grid) -> _Size:
    """Lay a box right of its cell, as large as its text."""
    row, column = box.spot
    height = min(_TALLEST, _LINE * (_lines(box.text) + 1) + 8)
    first = max(row - 2, 0)
    above = min(max(grid.height(row) - 6 if row > 1 else 2, 0), max(grid.height(first + 1) - 1, 0))
    last, below = _reach(first, above + height, lambda at: grid.height(at + 1))
    end, right = _reach(column + 1, 12 + WIDTH, grid.width)
    return _Size(
        x=sum(map(grid.width, range(column + 1))) + 12, y=grid.top(first + 1) + above, width=WIDTH, height=height,
        anchor=f"{column + 1}, 12, {first}, {above}, {end}, {right}, {last}, {below}",
    )  # fmt: skip


def _reach(at: int, length: int, size: Callable[[int], int]) -> tuple[int, int]:
    """Say in which column or row a box ends, and how far in it; what is hidden has no size."""
    for last in range(at, at + _FARTHEST):
        if length <= size(last):
            return last, length
        length -= size(last)
    return at + _FARTHEST, 0


def _lines(text: str) -> int:
    return sum(-(-max(len(line), 1) // _LETTERS) for line in text.split("\n"))
