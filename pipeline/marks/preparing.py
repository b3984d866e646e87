"""How docxtpl prepares a story; docxtpl is behind this file (floor 3).

Its own `patch_xml` turns a story into the source of a template, so the language of tags stays docxtpl's. Each tag is
followed by a line break inside itself, where it cannot be seen, so that every line number of the template leads back to
one tag and its place in the form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from lxml import etree

from pipeline.marks.bent import number_of, straight
from pipeline.marks.outline import Depth, Outline
from pipeline.marks.tags import BLOCKS, CELL_TAGS, MOST_HALVES, Tag, unreadable_tag
from pipeline.problem import Place, Problem, fault
from pipeline.word import TAB, Story, well_formed

_NOBODY: Any = None
"""docxtpl's `patch_xml`, `fix_tables` and `resolve_listing` are methods that use nothing of their object."""

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OF_DOCXTPL = re.compile(r"if loop\.first|else|endif|loop\.length|\d+ \* loop\.length")
_NOT_TAKEN = "it stands in no paragraph, row or cell of its own, or holds a % or }"
IN_THE_TEXT = "the text of the form"
_ASTRAY = re.compile(r"\{\{(?:[^{}]|\{[^{}]*\})*\}\}|\{%[^%]*%\}")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A story as the source of a template.

    `at` gives the tag of each line that holds one; `beside` names the elements that hold its if and for tags; `columns`
    says that tags make columns of its tables, so that their grids must follow.
    """

    story: Story
    text: str
    at: Mapping[int, Tag]
    beside: frozenset[str]
    columns: bool


@fault("T213")
def torn_by_tags(opened: str, closed: str, where: str) -> str:
    """An if or a for begins at one depth of the form and ends at another, so that papers would come out damaged.

    One of the two stands in a paragraph or row of its own ({%p … %}, {%tr … %}) and the other in the middle of a text,
    or one stands inside of a link or a box and the other outside.

    Advice: Write both in the same way: both {%p … %} in paragraphs of their own, or both in one paragraph.
    Basis: data (contract, section 3)
    """
    return f"“{opened}” and “{closed}”{where} do not belong together."


@fault("T214")
def lost_tag(tag: str) -> str:
    """A tag would get lost, because another one takes its paragraph, row or cell away.

    {%p … %} goes together with the whole paragraph it stands in, {%tr … %} with its row, {%tc … %} with its cell.

    Advice: Give each of these tags a paragraph, row or cell of its own, with nothing else in it.
    Basis: data (contract, section 3)
    """
    return f"“{tag}” would get lost beside another tag."


@fault("T215")
def astray_tag(tag: str) -> str:
    """A tag stands where there is no text to fill: in a field's code, the description of a picture, a link.

    colspan, cellbg, hm and vm belong into a cell of a table.

    Advice: Write it into a text of the form, or take it out.
    Basis: data (contract, section 3)
    """
    return f"“{tag}” stands where a form cannot be filled."


def prepare(story: Story, tags: Sequence[Tag], file: str, problems: list[Problem]) -> Source:
    """Let docxtpl turn a story into the source of a template, and prove that every paper made of it is whole."""
    patched = story.xml if story.plain else _patched(story.xml)
    reading = _Reading(tags, story.where, file, problems)
    out: list[str] = []
    end = 0
    for found in _TAG.finditer(patched):
        out += [patched[end : found.start()], reading.tag(patched[end : found.start()], found[0])]
        end = found.end()
    out.append(patched[end:])
    reading.finish(patched[end:])
    return Source(
        story=story, text="".join(out), at=reading.at, beside=frozenset(reading.beside),
        columns=not story.where and any(tag.prefix == "tc" or tag.keyword in CELL_TAGS for tag in tags),
    )  # fmt: skip


class _Reading:
    """Reads a prepared source tag by tag: finds out which tag of the form each is, and at which depth it stands."""

    def __init__(self, tags: Sequence[Tag], where: str, file: str, problems: list[Problem]) -> None:
        self._tags, self._where, self._file, self._problems = tags, where, file, problems
        self._outline = Outline()
        self._line = 1
        self._blocks: list[tuple[Tag, Depth]] = []
        self._seen: set[int] = set()
        self._torn: list[tuple[Tag, tuple[str, str, str]]] = []
        self._cells = [tag for tag in tags if tag.keyword in ("hm", "vm")]
        self.at: dict[int, Tag] = {}
        self.beside: set[str] = set()

    def tag(self, before: str, text: str) -> str:
        """Take the next tag, after the text before it; gives it as it goes into the template."""
        self._outline.read(before)
        self._line += before.count("\n")
        if text.startswith("{#"):
            self._line += text.count("\n")
            return text
        text, number = number_of(text)
        text = straight(re.sub("&(lt|gt|amp);", lambda found: _ENTITIES[found[0]], text))
        tag = self._whose(text, number)
        self._line += 1
        self.at[self._line] = tag
        if text.startswith("{%"):
            self._block(Tag(text=text, spot="").keyword, tag)
        opener = 3 if text[2] in "-+" else 2
        return f"{text[:opener]}\n{text[opener:]}"

    def _whose(self, text: str, number: int | None) -> Tag:
        own = Tag(text=text, spot=self._where or IN_THE_TEXT)
        if number is None:
            if self._cells and _OF_DOCXTPL.fullmatch(own.inside):
                return replace(self._cells[0], generated=True)
            own = self._cells[0] if self._cells and own.keyword in ("hm", "vm") else own
            self._tell(astray_tag, own, own.shown)
            return own
        tag = self._tags[number]
        self._seen.add(number)
        in_cell = tag.attribute or tag.keyword in ("colspan", "cellbg")
        if own.prefix:
            self._tell(unreadable_tag, tag, tag.shown, _NOT_TAKEN)
        elif in_cell is not self._outline.in_attribute or own.keyword in CELL_TAGS:
            self._tell(astray_tag, tag, tag.shown)
        return replace(tag, plain=self._outline.innermost != "w:t" or self._outline.in_attribute)

    def _block(self, keyword: str, tag: Tag) -> None:
        depth = self._outline.depth
        if not self._outline.in_attribute:
            self.beside.add(self._outline.innermost)
        if keyword in BLOCKS:
            self._blocks.append((tag, depth))
        elif self._blocks:
            opened, at = self._blocks[-1]
            if at != depth:
                where = f" ({opened.spot})" if opened.spot != tag.spot else ""
                self._torn.append((tag, (opened.shown, tag.shown, where)))
            if keyword in BLOCKS.values():
                self._blocks.pop()

    def finish(self, rest: str) -> None:
        """Read what follows the last tag; tags that did not come are told."""
        self._outline.read(rest)
        for number, tag in enumerate(self._tags):
            if number not in self._seen and not tag.comment and tag.keyword not in ("hm", "vm"):
                self._tell(lost_tag, tag, tag.shown)
        if any(problem.holds for problem in self._problems):
            return
        for tag, facts in self._torn:
            self._tell(torn_by_tags, tag, *facts)
        if (self._outline.torn or self._outline.depth[0]) and not self._torn:
            self._tell(torn_by_tags, self._tags[0], self._tags[0].shown, self._tags[-1].shown, "")

    def _tell(self, kind: Any, tag: Tag, *facts: str) -> None:
        problem = kind(Place(file=self._file, spot=tag.spot), *facts)
        if problem not in self._problems:
            self._problems.append(problem)


def astray(story: Story, file: str) -> Iterator[Problem]:
    """Find what looks like a tag in a story that has none in its text, or in a part that is no story."""
    for found in islice(_ASTRAY.finditer(story.xml), MOST_HALVES):
        tag = Tag(text=straight(re.sub(r"<[^>]*>", "", found[0])), spot=story.where or IN_THE_TEXT)
        yield astray_tag(Place(file=file, spot=tag.spot), tag.shown)


def _patched(xml: str) -> str:
    from docxtpl import DocxTemplate

    opened = xml.replace("<w:tcPr/>", "<w:tcPr></w:tcPr>")  # docxtpl would write beside it, not into it
    return _CELL.sub(_in_order, str(DocxTemplate.patch_xml(_NOBODY, opened)))


_INSIDE = r"(?:\{\{.*?\}\}|\{%.*?%\}|[^<>])*?"
_CELL = re.compile(r"(<w:tcPr(?: [^>]*)?>)((?:(?!</w:tcPr>).)*?\{[{%](?:(?!</w:tcPr>).)*)(?=</w:tcPr>)", re.DOTALL)
_PROPERTY = re.compile(rf"<w:(\w+){_INSIDE}/>|<w:(\w+){_INSIDE}>.*?</w:\2>", re.DOTALL)
_ORDER = ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection",
          "tcFitText", "vAlign", "hideMark", "headers", "cellIns", "cellDel", "cellMerge", "tcPrChange")  # fmt: skip
"""The order that Word's schema wants of a cell's properties (ISO/IEC 29500, CT_TcPr)."""


def _in_order(cell: re.Match[str]) -> str:
    """Put what docxtpl writes into a cell's properties where Word's schema wants it."""
    properties = list(_PROPERTY.finditer(cell[2]))
    names = [found[1] or found[2] for found in properties]
    if "".join(found[0] for found in properties) != cell[2] or not set(names) <= set(_ORDER):
        return cell[0]
    ordered = sorted(properties, key=lambda found: _ORDER.index(found[1] or found[2]))
    return cell[1] + "".join(found[0] for found in ordered)


def fixed_tables(xml: str) -> str:
    """Let docxtpl make the grids of tables agree with their cells, where a form makes columns by tags.

    docxtpl reads damaged XML as well as can be and loses what it cannot read, so that it is given none; a table whose
    grid is missing or has no widths stays as it is.
    """
    from docxtpl import DocxTemplate

    if not well_formed(xml.encode()):
        return xml
    try:
        tree: Any = DocxTemplate.fix_tables(_NOBODY, xml)
    except (ValueError, TypeError, AttributeError, KeyError):
        return xml
    return etree.tostring(tree, encoding="unicode")


_KEPT = {"\t": "\ufdd4", "\n": "\ufdd5"}
"""Tabs and line breaks of the form's own, which are white space to Word and not docxtpl's to change."""


def with_tabs(xml: str) -> str:
    """Let docxtpl turn tabs in values into tabs of Word."""
    from docxtpl import DocxTemplate

    for own, kept in _KEPT.items():
        xml = xml.replace(own, kept)
    xml = str(DocxTemplate.resolve_listing(_NOBODY, xml.replace(TAB, "\t")))
    for own, kept in _KEPT.items():
        xml = xml.replace(kept, own)
    return xml
