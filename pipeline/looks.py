"""How the cells of our own workbooks look: colours, fonts and frames, as the part that says so (floor 0).

Source: ECMA-376 part 1, SpreadsheetML, section 18.8 (styles).
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
"""The namespace of all parts of a workbook."""


class Look(StrEnum):
    """How a cell looks; those with a colour say in words too what it means."""

    PLAIN = "plain"
    TITLE = "title"
    FACT = "fact"
    HEADER = "header"
    MIDDLE = "middle"
    QUIET = "quiet"
    GOOD = "good"
    SIGNED = "signed"
    LOOK = "look"
    WRONG = "wrong"
    GIVEN = "given"


NUMBERS = {look: number for number, look in enumerate(Look)}
DATES, TEXTS, LINKS = (len(Look) * step for step in (1, 2, 3))
"""Each look comes four times: for all kinds of values, for dates, for texts that look like formulas, for links."""

_TINTS = {
    Look.HEADER: "FF1F4E79", Look.GOOD: "FFE2EFDA", Look.SIGNED: "FFDCE6F1", Look.LOOK: "FFFFF2CC",
    Look.WRONG: "FFF8D7DA", Look.GIVEN: "FFEDEDED",
}  # fmt: skip
_FONTS = (
    "", '<b/><sz val="14"/>', '<color rgb="FF595959"/>', '<b/><color rgb="FFFFFFFF"/>', '<u/><color rgb="FF1F4E79"/>',
)  # fmt: skip
_FONT_OF = {Look.TITLE: 1, Look.FACT: 2, Look.HEADER: 3, Look.QUIET: 2}
_CENTRED = (Look.MIDDLE, Look.QUIET, Look.GOOD, Look.SIGNED, Look.LOOK, Look.WRONG)
_UNFRAMED = (Look.TITLE, Look.FACT)


def _font(inside: str) -> str:
    """Write a font; its marks stand in the order that the standard wants (b, u, sz, color, name)."""
    size = "" if "<sz" in inside else '<sz val="10"/>'
    before, colour, after = inside.partition("<color")
    return f'<font>{before}{size}{colour}{after}<name val="Arial"/></font>'


def _formats() -> Iterator[str]:
    """Write the looks: each for all values, for dates, for texts that look like formulas, and for links."""
    fills = {look: number for number, look in enumerate(_TINTS, start=2)}
    for step in range(4):
        for look in Look:
            font = 4 if step == 3 else _FONT_OF.get(look, 0)
            centred = look not in _UNFRAMED and (look in _CENTRED or step == 1)
            across = ' horizontal="center"' if centred else ' horizontal="left"'
            wrap = ' vertical="center"' if look in _UNFRAMED else ' vertical="top" wrapText="1"'
            yield (
                f'<xf numFmtId="{164 if step == 1 else 0}" fontId="{font}" fillId="{fills.get(look, 0)}" '
                f'borderId="{0 if look in _UNFRAMED else 1}" xfId="0" applyNumberFormat="1" applyFont="1" '
                f'applyFill="1" applyBorder="1" applyAlignment="1"{_QUOTED if step == 2 else ""}>'
                f"<alignment{across}{wrap}/></xf>"
            )


_QUOTED = ' quotePrefix="1"'
"""Such a text stays a text also when somebody edits the cell."""


def _styles() -> str:
    side = '<{0} style="thin"><color rgb="FFD0D0D0"/></{0}>'
    framed = "".join(side.format(name) for name in ("left", "right", "top", "bottom"))
    one = '<fill><patternFill patternType="solid"><fgColor rgb="{0}"/></patternFill></fill>'
    solid = "".join(map(one.format, _TINTS.values()))
    formats = list(_formats())
    fonts = "".join(map(_font, _FONTS))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
        f'<fonts count="{len(_FONTS)}">{fonts}</fonts><fills count="{len(_TINTS) + 2}">'
        '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        f'{solid}</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>'
        f"<border>{framed}<diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


STYLES = _styles()
