"""What a printed story needs so that Word opens it without a word (floor 2).

A cell ends with a paragraph, a row has cells, a table has rows, and no two drawings of a part have one number.
Sources: Microsoft's notes MS-OI29500 2.1.168 (a cell ends with a paragraph) and 2.1.178 (a row has cells).
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

_EMPTY_ROW = re.compile(r"<w:tr(?: [^>]*)?>(?:<w:tblPrEx>(?:(?!</w:tblPrEx>).)*</w:tblPrEx>)?"
                        r"(?:<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>|<w:trPr/>)?</w:tr>", re.DOTALL)  # fmt: skip
_EMPTY_TABLE = re.compile(r"<w:tbl>(?:(?!</?w:tbl>|<w:tr[ >]).)*</w:tbl>", re.DOTALL)
_HOLDERS = ("hdr", "ftr", "footnote", "endnote", "comment", "txbxContent")
_EMPTY_HOLDER = re.compile(rf"(<w:(?:{'|'.join(_HOLDERS)})(?: [^>]*[^/>])?>)(</w:)")
_EMPTY_CONTROL = re.compile(r"<w:sdt>(?:(?!</?w:sdt>).)*<w:sdtContent></w:sdtContent></w:sdt>", re.DOTALL)
_PASSED_OVER = ("<w:bookmark", "<w:proofErr", "<w:perm", "<w:commentRange")


def repaired(xml: str, beside: Collection[str]) -> str:
    """Repair what an if or a for may have left behind.

    `beside` names the elements that hold tags of this story (`w:tc`, `w:tbl`, …): where there are none, nothing can be
    missing.
    """
    if "w:sdtContent" in beside:  # of rows or cells that a control stood around nothing may be left
        xml = _EMPTY_CONTROL.sub("", xml)
        beside = {*beside, "w:tbl", "w:tr", "w:tc"}
    if "w:tr" in beside:
        xml = _EMPTY_ROW.sub("", xml)
    if "w:tbl" in beside or "w:tr" in beside:
        xml = _EMPTY_TABLE.sub("", xml)
    if {"w:tc", "w:tbl", "w:tr"} & set(beside) and xml.count("</w:tc>") > xml.count("</w:p></w:tc>"):
        xml = re.sub("</w:tc>", lambda found: _ended(xml, found.start()), xml)
    if beside:
        xml = _EMPTY_HOLDER.sub(r"\1<w:p/>\2", xml)
    return xml


def _ended(xml: str, end: int) -> str:
    """Give the end of a cell, with an empty paragraph before it where its last block is none."""
    at = xml.rfind("<", 0, end)
    while xml.startswith(_PASSED_OVER, at):
        at = xml.rfind("<", 0, at)
    whole = xml.startswith(("</w:p>", "<w:p/>", "<w:p ", "</w:sdt>", "</w:customXml>"), at)
    return "</w:tc>" if whole else "<w:p/></w:tc>"


def numbered_drawings(xml: str, first: int) -> tuple[str, int]:
    """Number the drawings of a story from `first` on, so that none has a number twice; gives the next number too."""
    count = first

    def number(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{found[1]}{count - 1}{found[2]}"

    return re.sub(r'(<wp:docPr\b[^>]*?\bid=")\d+(")', number, xml), count


def drawings_twice(xml: str) -> bool:
    """Say whether two drawings of a story have one number, as they have after a loop."""
    ids = re.findall(r'<wp:docPr\b[^>]*?\bid="(\d+)"', xml)
    return len(set(ids)) < len(ids)


def well_formed(data: bytes) -> bool:
    """Say whether a printed part is whole XML."""
    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return False
    return True
