"""Rows and paragraphs that repeat for each item of a list (floor 3).

A blank that speaks of an item of a list (`unit.title`, `learners.name`) stands in the paper once for each item: the row
of the table it stands in repeats, the innermost that holds it, and outside of tables its paragraph. Each row repeats by
itself, unless a merged cell reaches over several (w:vMerge, ECMA-376 part 1, 17.4.84): these repeat together. A list
that is one value (`unit.knowledge`) and stands alone in its paragraph gets a paragraph an entry.

What a form's author typed as a tag says itself what repeats, and stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.marks.ground import Ground
from pipeline.marks.pieces import tag_alone, tag_in_a_row
from pipeline.marks.spoken import ALONE, DEEPEST, NAMES, Said, not_looped, read, rename
from pipeline.problem import fault
from pipeline.word.names import W

SIGNS: tuple[str, ...] = ()
"""None of its own: only what other kinds of blank turned into tags repeats by itself."""

_P, _TEXT, _ROW, _CELL, _BOX = (f"{W}{name}" for name in ("p", "t", "tr", "tc", "txbxContent"))
_CONTROL, _INSIDE = f"{W}sdt", f"{W}sdtContent"
_BOOKMARKS, _ID = (f"{W}bookmarkStart", f"{W}bookmarkEnd"), f"{W}id"
_ONCE = tuple(f"{W}{name}" for name in (
    "sectPr", "drawing", "pict", "object", "sdt", "footnoteRef", "endnoteRef", "footnoteReference", "endnoteReference",
    "ffData",
))  # fmt: skip
"""What a paragraph must not hold to stand in the paper several times, an entry of a value each."""

_OF_ONE_PARAGRAPH = ("text", "comboBox", "dropDownList", "date", "dataBinding")
"""The content controls that hold one paragraph only (ECMA-376 part 1, 17.5.2)."""


@fault("T228")
def words_of_two_lists(first: str, second: str) -> tuple[str, str]:
    """Blanks of one row, or of one paragraph, speak of two lists, and it can repeat for the items of one only.

    A row with a word of unit stands in the paper once for each unit, one with a word of learners once for each learner.

    Advice: Give the blanks of each list a row of a table, or a paragraph, of their own.
    Basis: data (contract, section 3)
    """
    sentence = f"“{first}” and “{second}” stand together, so nobody knows what repeats."
    return sentence, "Give the blanks of each list a row of their own, or a paragraph."


def turn(ground: Ground) -> None:
    """Let rows and paragraphs repeat where a blank that became a tag speaks of a list."""
    if etree.tostring(ground.root, encoding="unicode") == ground.story.xml:
        return
    reading = read(ground)
    repeated = _repeat(ground, _together(ground, not_looped(ground, reading.said)))
    for paragraph, depth in reading.alone:
        around = {paragraph, *paragraph.iterancestors()}
        if depth + bool(around & repeated) < DEEPEST:
            _an_entry_a_paragraph(ground, paragraph)


@dataclass(frozen=True, slots=True)
class _Region:
    """Rows or paragraphs, one after the other, that repeat together for the items of a list."""

    list: str
    elements: Sequence[Any]


def _together(ground: Ground, said: Sequence[Said]) -> list[_Region]:
    """Find the rows and paragraphs that repeat; blanks of two lists in one of them are told, and taken out."""
    found: dict[Any, Said] = {}
    for each in said:
        element = _repeating(each.paragraph)
        if element is not None:
            first = found.setdefault(element, each)
            _compare(ground, first, each)
    for element, each in list(found.items()):
        outer = next((found[around] for around in element.iterancestors() if around in found), None)
        if outer:
            _compare(ground, outer, each)
            del found[element]
    reaching = {element: each.list for element, each in found.items()}
    blocks = _blocks(said)
    for of, elements in blocks:
        reaching = {**dict.fromkeys(elements, of), **reaching}
    regions: list[list[Any]] = []
    for element in (element for element in ground.root.iter() if element in reaching):
        last = regions[-1][-1] if regions else None
        joined = last is not None and element.getprevious() is last and reaching[last] == reaching[element]
        if joined and (_merged(element) or any(last in block and element in block for _, block in blocks)):
            regions[-1].append(element)
        else:
            regions.append([element])
    return [_Region(reaching[elements[0]], elements) for elements in regions]


def _repeating(paragraph: Any) -> Any:
    """Give the row a paragraph stands in, or itself (with the control it is all of); None where it cannot repeat."""
    around = next(paragraph.iterancestors(_ROW, _BOX), None)
    if around is not None and around.tag == _ROW:
        return around
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return None
    inside = paragraph.getparent()
    while inside.tag == _INSIDE and len(inside) == 1:
        paragraph = inside.getparent()
        inside = paragraph.getparent()
    return paragraph


def _compare(ground: Ground, first: Said, other: Said) -> None:
    if first.list == other.list:
        return
    ground.tell(words_of_two_lists, other.paragraph, first.tag.text, other.tag.text)
    if other.holder.tag == _TEXT and other.tag.text.startswith("{{"):
        other.holder.text = (other.holder.text or "").replace(other.tag.text, "")


def _blocks(said: Iterable[Said]) -> list[tuple[str, Sequence[Any]]]:
    """Give the rows or paragraphs from each if that asks for a word of an item to its endif."""
    blocks: list[tuple[str, Sequence[Any]]] = []
    for each in said:
        first = _repeating(each.paragraph) if each.end is not None and each.tag.keyword == "if" else None
        after = [] if first is None else [first, *first.itersiblings()]
        last = _repeating(each.end) if after else None
        if last in after:
            blocks.append((each.list, after[: after.index(last) + 1]))
    return blocks


def _merged(row: Any) -> bool:
    """Say whether a cell of a row goes on from the row above."""
    return any(merge.get(f"{W}val", "continue") == "continue" for merge in row.iterfind(f"{W}tc/{W}tcPr/{W}vMerge"))


def _repeat(ground: Ground, regions: Iterable[_Region]) -> set[Any]:
    """Write the for and the endfor around each region; gives the elements that repeat."""
    repeated: set[Any] = set()
    for region in regions:
        first, last = region.elements[0], region.elements[-1]
        name, alone = NAMES[region.list], tag_in_a_row if first.tag == _ROW else tag_alone
        first.addprevious(alone(f"{{%p for {name} in {region.list} %}}"))
        last.addnext(alone("{%p endfor %}"))
        for element in region.elements:
            for each in element.iter():
                rename(ground, each, {region.list: name})
            _without_what_is_there_once(ground, element)
        repeated |= set(region.elements)
    return repeated


def _without_what_is_there_once(ground: Ground, element: Any) -> None:
    """Take out of what repeats what may be in a document once: bookmarks, the numbers and bindings of controls.

    A reference to one of several places has no meaning (ECMA-376 part 1, 17.13.6.2); Word numbers controls itself
    (17.5.2.18), and would write the one value a control is bound to (17.5.2.6) over every item.
    """
    ids = {mark.get(_ID) for mark in element.iter(*_BOOKMARKS)}
    for mark in list(ground.root.iter(*_BOOKMARKS)) if ids else ():
        if mark.get(_ID) in ids:
            mark.getparent().remove(mark)
    for properties in element.iter(f"{W}sdtPr"):
        for each in [each for each in properties if each.tag == _ID or str(each.tag).endswith("}dataBinding")]:
            properties.remove(each)


def _an_entry_a_paragraph(ground: Ground, paragraph: Any) -> None:
    """Let the paragraph of a list that is one value stand once for each entry.

    Where the list has none, the paragraph stays with its blank, which is empty and told like any other.
    """
    holder = next((text for text in paragraph.iter(_TEXT) if ALONE.search(text.text or "")), None)
    word = ALONE.search(holder.text or "") if holder is not None else None
    if holder is None or word is None or not _may_repeat(paragraph):
        return
    _without_what_is_there_once(ground, paragraph)
    empty = deepcopy(paragraph)
    holder.text = "{{ item }}"
    paragraph.addprevious(tag_alone(f"{{%p for item in {word[1]}.{word[2]} %}}"))
    for after in (tag_alone("{%p endfor %}"), empty, tag_alone("{%p else %}")):
        paragraph.addnext(after)


def _may_repeat(paragraph: Any) -> bool:
    """Say whether a paragraph may stand several times: nothing in it is there once, and it is no control's only one."""
    fields = Counter(mark.get(f"{W}fldCharType") for mark in paragraph.iter(f"{W}fldChar"))
    if fields["begin"] != fields["end"] or next(paragraph.iter(*_ONCE), None) is not None:
        return False
    around = next(paragraph.iterancestors(_CONTROL, _CELL, _BOX), None)
    return (
        around is None
        or around.tag != _CONTROL
        or not any(around.find(f"{W}sdtPr/{W}{kind}") is not None for kind in _OF_ONE_PARAGRAPH)
    )
