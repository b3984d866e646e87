"""Name every place of a story as a person finds it: “table 2, row 3, cell 1” (floor 2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pipeline.word.names import MADE_ROW, W
from pipeline.word.opening import Story

_TABLE, _ROW, _CELL, _PARAGRAPH, _TEXT = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p", f"{W}t"
_NOTES = (f"{W}footnote", f"{W}endnote", f"{W}comment")
_LONGEST = 40


class Paragraph:
    """A paragraph of a parsed story: its elements that hold text, their order in the story, the name of its place."""

    def __init__(self, element: Any, places: Places) -> None:
        self.texts: list[Any] = []
        self.order: list[int] = []
        self._element, self._places = element, places

    def whole(self, what: str) -> str:
        """The text of the paragraph (p), or of the row (tr) or cell (tc) it stands in; empty where there is none."""
        if what == "p":
            return "".join(text.text or "" for text in self.texts)
        around = next(self._element.iterancestors(f"{W}{what}"), None)
        return "" if around is None else " ".join(text.text or "" for text in around.iter(_TEXT))

    @property
    def spot(self) -> str:
        """The place, in words."""
        return self._places.of(self._element)


def paragraphs(story: Story, root: Any) -> list[Paragraph]:
    """Give the paragraphs of a parsed story that hold text, in the order in which they begin."""
    places = Places(story, root)
    found: dict[Any, Paragraph] = {}
    for order, text in enumerate(_texts(story, root)):
        element = text if story.plain else next(text.iterancestors(_PARAGRAPH), None)
        if element is None:
            continue
        if element not in found:
            found[element] = Paragraph(element, places)
        found[element].texts.append(text)
        found[element].order.append(order)
    return list(found.values())


def _texts(story: Story, root: Any) -> Iterator[Any]:
    if story.plain:
        return (element for element in root.iter() if isinstance(element.tag, str) and element.text)
    return iter(root.iter(_TEXT))


class Places:
    """Names the places of paragraphs. Kept: the numbers of tables, rows and cells, counted when first asked for."""

    def __init__(self, story: Story, root: Any) -> None:
        self._story, self._root = story, root
        self._numbers: dict[Any, int] = {}
        self._under: dict[Any, str] = {}
        self._named: dict[Any, str] = {}
        self._counted = False

    def of(self, element: Any) -> str:
        """Name the place of a paragraph, or of a property."""
        if not self._counted:
            self._count()
        if element not in self._named:
            parts = self._property(element) if self._story.plain else self._parts(element)
            self._named[element] = ", ".join(parts)
        return self._named[element]

    def _count(self) -> None:
        self._counted = True
        counts: Counter[Any] = Counter()
        heading = ""
        for element in self._root.iter(_TABLE, _ROW, _CELL, _PARAGRAPH, *_NOTES):
            if element.tag == _PARAGRAPH:
                heading = self._heading(element, heading)
            elif _is_passed_over(element):
                continue
            else:
                inside = {_ROW: _TABLE, _CELL: _ROW}.get(element.tag)
                owner = next(element.iterancestors(inside), None) if inside else None
                counts[element.tag, owner] += 1
                self._numbers[element] = counts[element.tag, owner]

    def _heading(self, paragraph: Any, heading: str) -> str:
        """Note under which heading a paragraph stands; only those outside of tables stand under one."""
        if not self._story.headings or next(paragraph.iterancestors(_TABLE), None) is not None:
            return heading
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in self._story.headings:
            return _shown(paragraph) or heading
        self._under[paragraph] = heading
        return heading

    def _parts(self, paragraph: Any) -> Iterator[str]:
        if self._story.where:
            yield self._story.where + self._note(paragraph)
        cell = next(paragraph.iterancestors(_CELL), None)
        boxed = next(paragraph.iterancestors(f"{W}txbxContent", _CELL), None)
        if boxed is not None and boxed.tag != _CELL:
            yield "text box"
        elif cell is not None:
            row, table = next(cell.iterancestors(_ROW), None), next(cell.iterancestors(_TABLE), None)
            for name, element in (("table", table), ("row", row), ("cell", cell)):
                yield f"{name} {self._numbers[element]}" if element in self._numbers else f"a {name}"
            return
        if self._under.get(paragraph):
            yield f"under “{self._under[paragraph]}”"
        shown = _shown(paragraph)
        yield f"paragraph “{shown}”" if shown else "an empty paragraph"

    def _note(self, paragraph: Any) -> str:
        note = next(paragraph.iterancestors(*_NOTES), None)
        return f" {self._numbers[note]}" if note is not None and note in self._numbers else ""

    def _property(self, element: Any) -> Iterator[str]:
        yield self._story.where
        yield element.tag.rpartition("}")[2]


def _is_passed_over(element: Any) -> bool:
    """Say whether nobody counts it: Word's own lines over footnotes, and rows that the program itself put in."""
    if element.tag in _NOTES:
        return element.get(f"{W}type") not in (None, "normal")
    return bool(element.tag == _ROW and element.get(f"{W}rsidTr") == MADE_ROW)


def _shown(paragraph: Any) -> str:
    own = (text for text in paragraph.iter(_TEXT) if next(text.iterancestors(_PARAGRAPH)) is paragraph)
    words = " ".join("".join(text.text or "" for text in own).split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "…"
