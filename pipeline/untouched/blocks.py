"""Blocks of a form that repeat: Organisation 1 to 6, Qualification 1 to n, Learning outcome 1 to n (floor 4).

Each block is for one item of a list. In a paper the first block shows the first item, and so on; blocks that are left
over go away with their hints where the form says so, or stay empty; for more items the last block is copied, numbered
on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.marks.pieces import tag_alone, tag_in_a_row
from pipeline.untouched.blanks import Read
from pipeline.untouched.formmap import Removal, Repeat
from pipeline.untouched.hints import NOTES, notes_in
from pipeline.untouched.known import ITEMS
from pipeline.untouched.lines import BOX, Kind, Line, Named, Span, line_of, spans_of
from pipeline.untouched.writing import copy_of, erase, write
from pipeline.word.names import W

_P, _TABLE = f"{W}p", f"{W}tbl"


# -- finding them ------------------------------------------------------------------------------------------------------


def find_repeats(
    read: Read, item_of: Callable[[str], tuple[str, int] | None], removals: Iterable[Removal]
) -> Iterator[Repeat]:  # fmt: skip
    """Find the blocks that repeat; `item_of` says what a title counts, and its number (“Organisation 3”).

    What is removed from every paper belongs to no block.
    """
    ends = {id(read.places[each.start]) for each in removals if each.start in read.places}
    ends |= {id(_outermost(element)) for element, _ in read.titles}
    places = {id(element): place for place, element in read.places.items()}
    group: list[tuple[str, str, int, Any]] = []
    for element, title in [*read.titles, (None, "")]:
        found = item_of(title) if title else None
        if found and (not group or (group[-1][1] == found[0] and group[-1][2] + 1 == found[1])):
            if group or found[1] == 1:
                group.append((title, *found, element))
            continue
        yield from _group(group, places, ends)
        group = [(title, *found, element)] if found and found[1] == 1 else []


def _group(
    group: Sequence[tuple[str, str, int, Any]], places: Mapping[int, str], ends: Collection[int]
) -> Iterator[Repeat]:  # fmt: skip
    if len(group) < 2:
        return
    starts = [_outermost(element) for _, _, _, element in group]
    if len({id(each) for each in starts}) < len(starts) or len({id(each.getparent()) for each in starts}) > 1:
        return
    removes = any(key == "remove" for title, *_ in group for _, key in notes_in(title))
    fixed = [not any(key == "remove" for _, key in notes_in(title)) for title, *_ in group]
    for (title, of, number, _), start, is_fixed in zip(group, starts, fixed, strict=True):
        end = start
        for element in start.itersiblings():
            if element.tag not in (_P, _TABLE, f"{W}sdt") or id(element) in ends:
                break
            if start.tag == _TABLE and not _is_spacer(element):
                break
            end = element
        if id(start) not in places or id(end) not in places:
            return
        yield Repeat(
            title=title, list=ITEMS[of], item=number, start=places[id(start)], end=places[id(end)],
            left_over="leave" if is_fixed or not removes else "remove",
        )  # fmt: skip


def _outermost(element: Any) -> Any:
    """Give the table a title stands in, or the paragraph it is."""
    tables = list(element.iterancestors(_TABLE))
    return tables[-1] if tables else element


def _is_spacer(element: Any) -> bool:
    if element.tag != _P or element.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    return not "".join(element.itertext(f"{W}t")).strip() and next(element.iter(f"{W}drawing", f"{W}br"), None) is None


def find_removals(read: Read, named: Named) -> Iterator[Removal]:
    """Find what is no part of a paper: lines of hints, and a page that says so itself, up to its end."""
    elements = [(place, element) for place, element in read.places.items() if element.tag in (_P, _TABLE)]
    skipped = False
    for at, (place, element) in enumerate(elements):
        if element.tag != _P or skipped:
            skipped = skipped and not _ends_page(element)
            continue
        words = line_of(element, named).words
        keys = {key for text, key in notes_in(words) if text == words or text.strip("()[] ") == words.strip("()[] !")}
        if "not_of_the_form" in keys:
            end = next((other for other, each in elements[at:] if _ends_page(each)), None)
            if end is not None:
                skipped = not _ends_page(element)
                yield Removal(text=words, start=place, end=end, remove=True)
        elif keys & NOTES:
            yield Removal(text=words, start=place, end=place, remove=True)


def _ends_page(element: Any) -> bool:
    breaks = (each.get(f"{W}type") == "page" for each in element.iter(f"{W}br"))
    return any(breaks) or element.find(f"{W}pPr/{W}sectPr") is not None


# -- in a paper --------------------------------------------------------------------------------------------------------


def elements_of(places: Mapping[str, Any], start: str, end: str) -> list[Any]:
    """Give the neighbouring elements from one place to another; empty where they are none."""
    first, last = places.get(start), places.get(end)
    if first is None or last is None or first.getparent() is not last.getparent():
        return []
    found = [first]
    while found[-1] is not last:
        after = found[-1].getnext()
        if after is None:
            return []
        found.append(after)
    return found


@dataclass(frozen=True, slots=True)
class Range:
    """Neighbouring elements of a form while its blanks are filled: whatever stands between two marks."""

    first: Any
    last: Any

    @classmethod
    def around(cls, elements: Sequence[Any]) -> Range:
        """Set the marks around elements."""
        marks = cls(etree.Comment("from"), etree.Comment("to"))
        elements[0].addprevious(marks.first)
        elements[-1].addnext(marks.last)
        return marks

    def elements(self) -> list[Any]:
        """Take the marks away and give what stands between them."""
        found = [each for each in self.first.itersiblings() if self.last in each.itersiblings()]
        for mark in (self.first, self.last):
            mark.getparent().remove(mark)
        return [each for each in found if isinstance(each.tag, str)]


def remove(elements: Sequence[Any]) -> None:
    """Take elements out of a form; one that ends a section stays, without its text."""
    for element in elements:
        if element.tag == _P and element.find(f"{W}pPr/{W}sectPr") is not None:
            for child in list(element):
                if child.tag != f"{W}pPr":
                    element.remove(child)
        elif element.getparent() is not None:
            element.getparent().remove(element)


def empty_copies(
    blocks: Sequence[tuple[Repeat, Sequence[Any]]], named: Named, is_hint: Callable[[str], bool]
) -> dict[int, list[Any]]:  # fmt: skip
    """Copy the blocks that stay empty where they are left over, before they are filled; prompts are taken out."""
    found: dict[int, list[Any]] = {}
    for repeat, elements in blocks:
        if repeat.left_over == "leave":
            found[repeat.item] = [copy_of(each) for each in elements]
            for paragraph in [p for each in found[repeat.item] for p in _paragraphs(each)]:
                line = line_of(paragraph, named)
                for span in reversed(spans_of(line, is_hint)):
                    if span.kind is Kind.PROMPT:
                        erase(line, span.start, span.end)
    return found


def repeat_blocks(
    blocks: Sequence[tuple[Repeat, Sequence[Any]]], empty: Mapping[int, Sequence[Any]], item: str, named: Named
) -> None:  # fmt: skip
    """Let filled blocks show the items of their list, one each; `item` is what an item is called in their tags."""
    of = blocks[0][0].list
    last = [copy_of(each) for each in blocks[-1][1]]
    for paragraph in [p for each in last for p in _paragraphs(each)]:
        _number_on(line_of(paragraph, named), blocks[-1][0])
    for _, elements in blocks:
        for paragraph in [p for each in elements for p in _paragraphs(each)]:
            _without_notes(line_of(paragraph, named))
    mark = tag_in_a_row if blocks[0][1][0].tag == f"{W}tr" else tag_alone
    first = blocks[0][1][0]
    first.addprevious(mark(f"{{%p for {item} in {of} %}}"))
    for repeat, elements in blocks:
        keyword = "if" if repeat is blocks[0][0] else "elif"
        elements[0].addprevious(mark(f"{{%p {keyword} loop.index == {repeat.item} %}}"))
    end = blocks[-1][1][-1]
    after = [mark("{%p else %}"), *last, mark("{%p endif %}"), mark("{%p endfor %}")]
    for number, copies in sorted(empty.items()):
        after += [mark(f"{{%p if {of} | length < {number} %}}"), *copies, mark("{%p endif %}")]
    for element in reversed(after):
        end.addnext(element)


def _paragraphs(element: Any) -> list[Any]:
    return [element] if element.tag == _P else list(element.iter(_P))


def _without_notes(line: Line) -> None:
    """Take the notes on the form itself out of a line of a filled block: “(remove table if not necessary)”."""
    if BOX in line.text:
        return
    for note, _ in reversed(notes_in(line.words)):
        found = re.search(r"\s*" + r"\s+".join(re.escape(word) for word in note.split()), line.text)
        if found:
            erase(line, found.start(), found.end())
            line.text = line.text[: found.start()] + line.text[found.end() :]
            return


def _number_on(line: Line, repeat: Repeat) -> None:
    """Let the title of a copied block count on from the last one."""
    if line.words != repeat.title and line.words.rstrip(":") != repeat.title.rstrip(":"):
        return
    _without_notes(line)
    fresh = line_of(line.paragraph, lambda _: False)
    found = list(re.finditer(rf"(?<!\d){repeat.item}(?!\d)", fresh.text))
    if found:
        write(fresh, Span(Kind.CELL, *found[-1].span()), "{{ loop.index }}")
