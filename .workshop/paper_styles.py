"""The look of the official pack: type, colours, distances, borders.

One family of type, one accent colour. Whoever wants another look changes this file alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from paper import NAMESPACE, TEXT_WIDTH, Node, style_id, w

FONT = "Calibri"
TICK_FONT = "Segoe UI Symbol"
LANGUAGE = "en-GB"
BLUE, INK, GREY, RED = "1F3A6E", "1B1F27", "5B6472", "A61C1C"
LINE, TINT, BAND = "B9C3D5", "EEF2F8", "DCE4F0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a paragraph style says beyond the style it is based on; lengths in twentieths of a point."""

    based_on: str | None = "Normal"
    following: str | None = None
    size: float | None = None
    colour: str | None = None
    bold: bool | None = None
    italic: bool = False
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int = 0
    hanging: int = 0
    keep_next: bool | None = None
    keep_lines: bool = False
    page_break: bool = False
    outline: int | None = None
    rule: tuple[str, int, str] | None = None
    tab: tuple[int, str, str] | None = None
    align: str | None = None
    bullets: bool = False
    run_on: bool = False


BUILT_IN = {
    "Normal": "Normal",
    "Title": "Title",
    "Subtitle": "Subtitle",
    "Body Text": "Body Text",
    "Heading 1": "heading 1",
    "Heading 2": "heading 2",
    "Heading 3": "heading 3",
    "List Bullet": "List Bullet",
    "Header": "header",
    "Footer": "footer",
}
PARAGRAPHS = {
    "Normal": Look(based_on=None, after=80, line=259),
    "Title": Look(following="Subtitle", size=27, colour=BLUE, bold=True, after=20, line=240, keep_next=True),
    "Subtitle": Look(following="Body Text", size=13, colour=GREY, after=240, keep_next=True, rule=("bottom", 18, BLUE)),
    "Heading 1": Look(
        following="Body Text",
        size=14,
        colour=BLUE,
        bold=True,
        before=400,
        after=120,
        line=240,
        keep_next=True,
        keep_lines=True,
        outline=0,
        rule=("bottom", 6, BLUE),
    ),
    "Heading 2": Look(
        following="Body Text",
        size=11.5,
        colour=BLUE,
        bold=True,
        before=240,
        after=80,
        line=240,
        keep_next=True,
        keep_lines=True,
        outline=1,
    ),
    "Annex Heading": Look(based_on="Heading 1", following="Body Text", before=0, page_break=True),
    "Heading 3": Look(
        following="Body Text",
        size=10.5,
        colour=INK,
        bold=True,
        before=200,
        after=80,
        line=240,
        keep_next=True,
        keep_lines=True,
        outline=2,
    ),
    "Body Text": Look(after=120),
    "Lead In": Look(based_on="Body Text", following="Body Text", keep_next=True),
    "After Table": Look(based_on="Body Text", before=120),
    "List Bullet": Look(after=140, left=284, hanging=227, bullets=True, run_on=True),
    "Undertaking": Look(based_on="List Bullet", following="Undertaking", keep_next=True),
    "Cell Bullet": Look(size=10, after=20, line=240, left=227, hanging=198, bullets=True),
    "Numbered Value": Look(based_on="Field Value", left=284, hanging=284, tab=(284, "left", "none")),
    "Field Label": Look(following="Field Value", colour=BLUE, bold=True, size=10, before=10, after=10, line=240),
    "Field Label Kept": Look(based_on="Field Label", following="Field Value", keep_next=True),
    "Field Sublabel": Look(based_on="Field Label", following="Field Value", bold=False, left=227),
    "Field Sublabel Kept": Look(based_on="Field Sublabel", following="Field Value", keep_next=True),
    "Field Value": Look(size=10, before=10, after=10, line=240),
    "Number Value": Look(based_on="Field Value", align="right"),
    "Total Value": Look(based_on="Number Value", bold=True),
    "Column Head": Look(colour=BLUE, bold=True, size=10, before=30, after=30, line=240, keep_next=True),
    "Tick Box": Look(size=10, before=10, after=10, left=369, hanging=369, line=240, tab=(369, "left", "none")),
    "Signatory": Look(based_on="Field Value", colour=BLUE, bold=True, before=60),
    "Signatory Kept": Look(based_on="Signatory", following="Field Value", keep_next=True),
    "Signature Line": Look(based_on="Field Value", before=60, after=60, tab=(3150, "right", "dot")),
    "Note": Look(size=9, colour=GREY, before=120, after=60, line=240),
    "Card Kind": Look(size=9, colour=GREY, before=0, after=0, line=240),
    "Card Name": Look(based_on="Card Value", bold=True),
    "Card Title": Look(size=18, colour=BLUE, bold=True, before=0, after=60, line=240),
    "Card Head": Look(size=11.5, colour=BLUE, bold=True, before=0, after=80, line=240, rule=("bottom", 6, BLUE)),
    "Card Label": Look(following="Card Value", size=8.5, colour=GREY, before=100, after=0, line=240, keep_next=True),
    "Card Value": Look(size=10.5, before=0, after=0, line=240, tab=(3950, "right", "dot")),
    "Card Number": Look(based_on="Card Value", bold=True, size=12, colour=BLUE),
    "Header": Look(size=9, colour=GREY, after=0, line=240, tab=(TEXT_WIDTH, "right", "none")),
    "Header Rule": Look(based_on="Header", rule=("bottom", 4, LINE)),
    "Footer": Look(size=9, colour=GREY, after=0, line=240, rule=("top", 4, LINE), tab=(TEXT_WIDTH, "right", "none")),
    "Template Tag": Look(size=8, colour=GREY, italic=True, before=0, after=0, line=240),
}


# ---------------------------------------------------------------- styles


def _fonts(name: str) -> Node:
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _run_properties(look: Look) -> Node:
    properties = w("rPr")
    if look.bold is not None:
        properties.append(w("b", val=int(look.bold)))
    if look.italic:
        properties.append(w("i"))
    if look.colour:
        properties.append(w("color", val=look.colour))
    if look.size:
        properties.extend([w("sz", val=round(look.size * 2)), w("szCs", val=round(look.size * 2))])
    return properties


def _paragraph_properties(look: Look) -> Node:
    properties = w("pPr")
    if look.keep_next is not None:
        properties.append(w("keepNext", val=int(look.keep_next)))
    if look.keep_lines:
        properties.append(w("keepLines"))
    if look.page_break:
        properties.append(w("pageBreakBefore"))
    if look.bullets:
        properties.append(w("numPr", w("numId", val=1)))
    if look.rule:
        side, thickness, colour = look.rule
        properties.append(w("pBdr", w(side, val="single", sz=thickness, space=4, color=colour)))
    if look.tab:
        position, kind, leader = look.tab
        properties.append(w("tabs", w("tab", val=kind, leader=leader, pos=position)))
    properties.extend(_spacing(look))
    if look.run_on:
        properties.append(w("contextualSpacing"))
    if look.align:
        properties.append(w("jc", val=look.align))
    if look.outline is not None:
        properties.append(w("outlineLvl", val=look.outline))
    return properties


def _spacing(look: Look) -> list[Node]:
    values = {"before": look.before, "after": look.after, "line": look.line}
    spacing: dict[str, str | int] = {name: value for name, value in values.items() if value is not None}
    if look.line is not None:
        spacing["lineRule"] = "auto"
    made = [w("spacing", **spacing)] if spacing else []
    return [*made, w("ind", left=look.left, hanging=look.hanging)] if look.left else made


def _paragraph_style(name: str, look: Look) -> Node:
    style = w("style", w("name", val=BUILT_IN.get(name, name)), type="paragraph", styleId=style_id(name))
    if name not in BUILT_IN:
        style.set(f"{{{NAMESPACE}}}customStyle", "1")
    if look.based_on is None:
        style.set(f"{{{NAMESPACE}}}default", "1")
    else:
        style.append(w("basedOn", val=style_id(look.based_on)))
    if look.following:
        style.append(w("next", val=style_id(look.following)))
    style.extend([w("qFormat"), _paragraph_properties(look), _run_properties(look)])
    return style


def _character_style(name: str, *properties: Node) -> Node:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val="DefaultParagraphFont"),
        w("qFormat"),
        w("rPr", *properties),
        type="character",
        styleId=style_id(name),
    )


def _borders(kind: str, thickness: int, colour: str, *sides: str) -> list[Node]:
    return [w(side, val=kind, sz=thickness, space=0, color=colour) for side in sides]


def _table_style(
    name: str,
    borders: list[Node],
    part: str | None = None,
    fill: str = TINT,
    room: int = 40,
    side: int = 100,
    middle: bool = False,
) -> Node:
    rooms = {"top": room, "left": side, "bottom": room, "right": side}
    margins = [w(edge, w=size, type="dxa") for edge, size in rooms.items()]
    style = w(
        "style",
        w("name", val=name),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", w("tblBorders", *borders), w("tblCellMar", *margins)),
        type="table",
        styleId=style_id(name),
    )
    if middle:
        style.append(w("tcPr", w("vAlign", val="center")))
    if part:
        shade = w("shd", val="clear", color="auto", fill=fill)
        style.append(w("tblStylePr", w("tcPr", shade), type=part))
    return style


def _plain_styles() -> list[Node]:
    """What Word expects in every document."""
    margins = [w(side, w=size, type="dxa") for side, size in (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))]
    return [
        w(
            "style",
            w("name", val="Default Paragraph Font"),
            w("uiPriority", val=1),
            w("semiHidden"),
            type="character",
            default=1,
            styleId="DefaultParagraphFont",
        ),
        w(
            "style",
            w("name", val="Normal Table"),
            w("uiPriority", val=99),
            w("semiHidden"),
            w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *margins)),
            type="table",
            default=1,
            styleId="TableNormal",
        ),
    ]


SHEET_LOOKS = {
    "Box Head": Look(based_on="Column Head", size=8.5, align="center"),
    "Box": Look(based_on="Field Value", size=13, align="center", before=0, after=0),
    "Whole Value": Look(based_on="Field Value", bold=True),
    "Hint": Look(based_on="Column Head", size=8, colour=GREY, bold=False, before=0, after=30),
    "Kept Value": Look(based_on="Field Value", keep_next=True),
    "Between": Look(size=4, before=0, after=0, line=240, keep_next=True),
}
"""Looks that only sheets to mark have."""


def styles(more: Mapping[str, Look] | None = None) -> Node:
    """Every style of the pack, and those that a paper has besides."""
    everywhere = w(
        "rPr",
        _fonts(FONT),
        w("color", val=INK),
        w("sz", val=21),
        w("szCs", val=21),
        w("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
    )
    grid = ("top", "left", "bottom", "right", "insideH", "insideV")
    return w(
        "styles",
        w("docDefaults", w("rPrDefault", everywhere), w("pPrDefault", w("pPr"))),
        *_plain_styles(),
        *[_paragraph_style(name, look) for name, look in {**PARAGRAPHS, **(more or {})}.items()],
        _character_style("Strong", w("b")),
        _character_style("Tick Mark", _fonts(TICK_FONT)),
        _character_style("Draft Mark", w("b"), w("color", val=RED), w("sz", val=24), w("szCs", val=24)),
        _table_style("Form Table", _borders("single", 4, LINE, *grid), "firstCol"),
        _table_style("List Table", _borders("single", 4, LINE, *grid), "firstRow", BAND),
        _table_style("List To Sign", _borders("single", 4, LINE, *grid), "firstRow", BAND, middle=True),
        _table_style("Card Table", _borders("dashed", 6, GREY, *grid), room=170, side=227),
    )
