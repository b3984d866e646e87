"""Texts as a spreadsheet's part holds them: what XML forbids is written in Excel's own way (floor 3)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

Said = tuple[tuple[str, bool], ...]
"""A text in pieces, each bold or not."""

LONGEST_TEXT = 32_767
"""Letters of the longest text that a cell takes (Excel's specifications and limits)."""

_CODED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0d\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Write a text so that XML takes it and Excel shows it as it was (22.9.2.19: `_x000B_` is a control character)."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", _CODED.sub("_x005F_", text))


def inline(place: str, text: str, style: int) -> str:
    """Write a cell with a text that stands in it, exactly as typed."""
    said = escape(clean(text[:LONGEST_TEXT]))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'
