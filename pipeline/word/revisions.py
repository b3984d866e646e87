"""Accept the tracked changes of a form, as Word's “Accept all changes” does (floor 2).

A paper to sign shows no traces of who changed the form, and nothing is filled into a text that was deleted.
"""

from __future__ import annotations

from typing import Any

from pipeline.word.names import W

_TABLE, _ROW, _CELL, _PARAGRAPH = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p"
_ADDED = (f"{W}ins", f"{W}moveTo")
_TAKEN = (f"{W}del", f"{W}moveFrom")
_MARKS = tuple(
    f"{W}{name}" for name in (
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
        "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "customXmlMoveFromRangeStart",
        "customXmlMoveFromRangeEnd", "customXmlMoveToRangeStart", "customXmlMoveToRangeEnd", "rPrChange", "pPrChange",
        "sectPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "tcPrChange", "trPrChange", "numberingChange",
        "cellIns", "cellMerge",
    )
)  # fmt: skip


def accept(root: Any) -> bool:
    """Accept the changes tracked in a part, in place; says whether there were any."""
    changed = False
    for mark in list(root.iter(*_MARKS)):
        _drop(mark)
        changed = True
    for cell in [mark.getparent().getparent() for mark in root.iter(f"{W}cellDel")]:
        _drop(cell)
        changed = True
    for taken in list(root.iter(*_TAKEN)):
        _take(taken)
        changed = True
    for added in list(root.iter(*_ADDED)):
        _keep(added)
        changed = True
    return changed


def _take(taken: Any) -> None:
    above = taken.getparent()
    if above is None:
        return
    if above.tag == f"{W}trPr":
        row = above.getparent()
        table = row.getparent()
        table.remove(row)
        if table.tag == _TABLE and next(table.iter(_ROW), None) is None:
            _drop(table)
    elif above.tag == f"{W}rPr" and above.getparent().tag == f"{W}pPr":
        _join(above.getparent().getparent())
        above.remove(taken)
    else:
        above.remove(taken)


def _join(paragraph: Any) -> None:
    """Put a paragraph whose end was deleted before the text of the next one, as Word does."""
    following = paragraph.getnext()
    if following is None or following.tag != _PARAGRAPH:
        return
    first = following.find(f"{W}pPr")
    at = 0 if first is None else following.index(first) + 1
    for child in [child for child in paragraph if child.tag != f"{W}pPr"]:
        following.insert(at, child)
        at += 1
    paragraph.getparent().remove(paragraph)


def _keep(added: Any) -> None:
    """Put what was inserted in the place of its mark."""
    above = added.getparent()
    at = above.index(added)
    for child in list(added):
        above.insert(at, child)
        at += 1
    above.remove(added)


def _drop(element: Any) -> None:
    above = element.getparent()
    if above is not None:
        above.remove(element)
