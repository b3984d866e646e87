"""The boxes in which Excel shows comments: shapes in a drawing of the old kind, VML (floor 3).

Excel shows no comment that has no such shape ([MS-OI29500], 2.1.745). Drawings of other programs are not always sound
XML, so shapes are put in and taken out as text, and everything else in them stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pipeline.marking.grid import Grid, Spot

WIDTH = 330
"""Width of a box in pixels: some fifty letters."""

_LETTERS = 48
_LINE = 15
_TALLEST = 480

_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>", re.DOTALL)
_ROW = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
_BLOCKS = re.compile(rb"<o:idmap\b[^>]*?\bdata=[\"']([\d, ]+)[\"']")
_OWN_TYPE = re.compile(rb"<v:shapetype\b[^>]*\bid=[\"']_x0000_t202[\"']")
_SHAPES_A_BLOCK = 1_024

_HEAD = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{blocks}"/></o:shapelayout>{shapes}</xml>'
)
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:{x}pt;margin-top:{y}pt;'
    'width:{width}pt;height:{height}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
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
    row, column = box.spot
    height = min(_TALLEST, _LINE * (_lines(box.text) + 1) + 8)
    first, above = max(row - 2, 0), grid.height(row) - 6 if row > 1 else 2
    above = min(max(above, 0), max(grid.height(first + 1) - 1, 0))
    last, below = first, above + height
    while below > grid.height(last + 1):
        below -= grid.height(last + 1)
        last += 1
    end, right = column + 1, 12 + WIDTH
    while right > grid.width(end):
        right -= grid.width(end)
        end += 1
    anchor = f"{column + 1}, 12, {first}, {above}, {end}, {right}, {last}, {below}"
    x = sum(map(grid.width, range(column + 1))) + 12
    y = sum(map(grid.height, range(1, first + 1))) + above
    return _BOX.format(
        id=identifier, order=order, x=x * 0.75, y=y * 0.75, width=WIDTH * 0.75, height=height * 0.75, anchor=anchor,
        row=row - 1, column=column,
    )  # fmt: skip


def _lines(text: str) -> int:
    return sum(-(-max(len(line), 1) // _LETTERS) for line in text.split("\n"))
