"""{{ tags }}, docxtpl's language: where they stand, and whether they close (floor 3)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.marks.bent import beginnings, numbered, straight
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.word import Paragraph, Story, paragraphs

MOST_TAGS = 5_000
MOST_HALVES = 10
"""Half tags of one paragraph that are told."""

LONGEST_TAG = 2_000
LONGEST_SHOWN = 120
LONGEST_WORDS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag of a form, as a person reads it: its text, and where it stands.

    `plain` says that it does not stand in a text of Word's, so that a line break is a space; `generated` that docxtpl
    wrote it itself, for the tag whose text this is; `attribute` that a kind of blank keeps its state by it.
    """

    text: str
    spot: str
    plain: bool = False
    generated: bool = False
    attribute: bool = False

    @property
    def shown(self) -> str:
        """The tag as a message shows it: a very long one by its beginning."""
        return self.text if len(self.text) <= LONGEST_SHOWN else self.text[:LONGEST_SHOWN] + "…"

    @property
    def prefix(self) -> str:
        """p, tr, tc or r where docxtpl takes the tag together with its paragraph, row, cell or run; else empty."""
        found = re.match(r"\{[{%#]-?(p|tr|tc|r)\s", self.text)
        return found[1] if found else ""

    @property
    def inside(self) -> str:
        """What stands between the braces, without docxtpl's prefix and the minus of white space."""
        return re.sub(r"^(p|tr|tc|r)\s+", "", self.text[2:-2].strip().strip("-").strip())

    @property
    def keyword(self) -> str:
        """The first word of a `{% %}` tag: if, for, endif …; empty for other tags."""
        return self.inside.partition(" ")[0] if self.text.startswith("{%") else ""

    @property
    def comment(self) -> bool:
        """Say whether it is a remark for the form's author: {# … #}."""
        return self.text.startswith("{#")


@fault("T201")
def unclosed_tag(shown: str) -> str:
    """A tag of a form opens and never closes, or closes without having opened.

    A tag begins with {{ or {% and ends, in the same paragraph, with }} or %}.

    Advice: Complete the tag in the form, or delete what is left of it.
    Basis: data (contract, section 3)
    """
    return f"“{shown}” is not a whole tag."


@fault("T217")
def too_many_tags(number: int) -> str:
    """A form holds more tags than a form can need.

    Advice: Split the form into several.
    Basis: data (contract, section 3)
    """
    return f"The form holds {number:,} tags; {MOST_TAGS:,} in one part are the most."


@fault("T202")
def unreadable_tag(tag: str, why: str) -> str:
    """What stands inside a tag of a form cannot be read.

    Advice: Write the tag as the list of words (`ecvet fields`) shows it.
    Basis: data (contract, section 3)
    """
    return f"“{tag}” cannot be read: {why}."


@fault("T203")
def forbidden_tag(tag: str, what: str) -> str:
    """A tag of a form does something that forms may not do.

    Forms may print words, change them with a short list of filters, ask with if, and repeat with for, two deep. Calls,
    arithmetic, own variables and rich text are refused, so that no form can do harm.

    Advice: Take it out of the form; templates/README.md lists what a form may use.
    Basis: data (contract, section 3)
    """
    return f"“{tag}” uses {what}, which a form may not use."


@fault("T204")
def unmatched_tag(tag: str, what: str) -> str:
    """An if or a for of a form is not closed, or something is closed that was not open.

    Advice: Give every if its endif and every for its endfor, in the right order.
    Basis: data (contract, section 3)
    """
    return f"“{tag}” {what}."


@fault("T205")
def tag_across_cells(tag: str, opened: str, closed: str) -> str:
    """An if or a for begins in one cell of a table and ends in another, which would make cells vanish.

    Advice: Keep both in one cell, or write {%tr … %} for whole rows and {%tc … %} for whole cells.
    Basis: data (contract, section 3)
    """
    return f"“{tag}” opens in {opened} and closes in {closed}."


@fault("T218", Severity.WARNING)
def words_beside(tag: str, words: str) -> str:
    """Words of a form stand beside a tag that takes its paragraph, row or cell away, so they go with it.

    {%p … %} goes together with the whole paragraph it stands in, {%tr … %} with its row, {%tc … %} with its cell.

    Advice: Give the tag a paragraph, row or cell of its own, and the words another.
    Basis: data (contract, section 3)
    """
    return f"“{words}” stands beside “{tag}” and does not come into the papers."


_TOKEN = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_WHOLE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_CLOSER = {"{{": "}}", "{%": "%}", "{#": "#}"}
BLOCKS = {"if": "endif", "for": "endfor"}
NUMBERED = re.compile("\ufdd2(\\d+)\ufdd3")
"""The number of a tag that a kind of blank put into an attribute (`Ground.put`), as it stands in the tag."""

CELL_TAGS = ("colspan", "cellbg", "hm", "vm")
"""docxtpl's own tags for the cells of tables."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a tag stands in a story: in its order, its paragraph, and from where to where in the paragraph's text."""

    order: tuple[int, int]
    paragraph: Paragraph
    start: int
    end: int
    tag: Tag


def holds_tags(story: Story) -> bool:
    """Say whether somebody typed tags into a story; as Word may cut them, they are looked for in its whole text."""
    text = "".join(map(str, etree.fromstring(story.xml).itertext()))
    return "{{" in text or "{%" in text


def tags_of(
    story: Story, file: str, problems: list[Problem], made: Sequence[Tag] = ()
) -> tuple[Story, tuple[Tag, ...]]:
    """Find the tags of a story in their order, mend and number them; half tags become problems at their place.

    `made` are tags that kinds of blank put into attributes; they are numbered after the others.
    """
    if "{" not in story.xml and "}" not in story.xml:
        return story, ()
    root = etree.fromstring(story.xml)
    spans: list[_Span] = []
    for paragraph in paragraphs(story, root):
        spans.extend(_spans(paragraph, story, file, problems))
    spans.sort(key=lambda span: span.order)
    number = max(len(spans), story.xml.count("{{"), story.xml.count("{%"))
    if number > MOST_TAGS:
        problems.append(too_many_tags(Place(file=file, spot=story.where or None), number))
        return story, ()
    tagged = {id(span.paragraph): span.paragraph for span in spans}
    bases = {key: beginnings(paragraph.texts) for key, paragraph in tagged.items()}
    for number, span in reversed(list(enumerate(spans))):
        bare = span.tag.comment or span.tag.keyword in ("hm", "vm")
        numbered(span.paragraph.texts, bases[id(span.paragraph)], span.start, span.end, None if bare else number)
    xml = etree.tostring(root, encoding="unicode")
    xml = NUMBERED.sub(lambda found: f"\ufdd0{len(spans) + int(found[1])}\ufdd1", xml)
    return replace(story, xml=xml), (*(span.tag for span in spans), *made)


def _spans(paragraph: Paragraph, story: Story, file: str, problems: list[Problem]) -> Iterator[_Span]:
    whole = "".join(text.text or "" for text in paragraph.texts)
    if "{" not in whole and "}" not in whole:
        return
    found, loose = _matched(whole)
    for at in loose[:MOST_HALVES]:
        shown = " ".join(whole[max(0, at - 5) : at + 25].split())
        problems.append(unclosed_tag(Place(file=file, spot=paragraph.spot), shown))
    starts = [0]
    for text in paragraph.texts:
        starts.append(starts[-1] + len(text.text or ""))
    for start, end in found:
        tag = Tag(text=straight(whole[start:end]), spot=paragraph.spot, plain=story.plain)
        beside = _WHOLE.sub("", paragraph.whole(tag.prefix)).strip() if tag.prefix in ("p", "tr", "tc") else ""
        if beside and not loose:
            problems.append(words_beside(Place(file=file, spot=paragraph.spot), tag.shown, _shortened(beside)))
        order = paragraph.order[bisect_right(starts, start) - 1]
        yield _Span((order, start), paragraph, start, end, tag)


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS] + "…"


def _matched(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Match what opens with what closes, in one pass: from where to where tags stand, and where half tags do."""
    whole: list[tuple[int, int]] = []
    half: list[int] = []
    opened: re.Match[str] | None = None
    for token in _TOKEN.finditer(text):
        if opened and token[0] == _CLOSER[opened[0]]:
            whole.append((opened.start(), token.end()))
            opened = None
        elif opened and opened[0] == "{#":
            continue
        elif token[0] in _CLOSER:
            half += [opened.start()] if opened else []
            opened = token
        else:
            half.append(opened.start() if opened else token.start())
            opened = None
    return whole, [*half, *([opened.start()] if opened else [])]


def check_structure(tags: Sequence[Tag], file: str, problems: list[Problem]) -> None:
    """Check that every if and for of a story closes, in order, and inside one cell; and what is no tag of ours."""
    open_tags: list[Tag] = []
    for tag in tags:
        place = Place(file=file, spot=tag.spot)
        if len(tag.text) > LONGEST_TAG:
            problems.append(unreadable_tag(place, tag.shown, "it is longer than a page"))
        if tag.text.startswith("{{") and tag.prefix:
            problems.append(forbidden_tag(place, tag.shown, f"rich text ({{{{{tag.prefix} …}}}})"))
        word = tag.keyword
        if word in BLOCKS:
            open_tags.append(tag)
        elif word in ("elif", "else"):
            if not open_tags:
                problems.append(unmatched_tag(place, tag.shown, "stands outside of an if"))
        elif word in BLOCKS.values():
            _close(tag, open_tags, place, problems)
        elif not tag.inside and not tag.comment:
            problems.append(unreadable_tag(place, tag.shown, "it is empty"))
        elif tag.text.startswith("{%") and word not in CELL_TAGS:
            problems.append(forbidden_tag(place, tag.shown, f"“{word}”"))
    for tag in open_tags:
        what = f"is never closed with {{% {BLOCKS[tag.keyword]} %}}"
        problems.append(unmatched_tag(Place(file=file, spot=tag.spot), tag.shown, what))


def _close(tag: Tag, open_tags: list[Tag], place: Place, problems: list[Problem]) -> None:
    if not open_tags or BLOCKS[open_tags[-1].keyword] != tag.keyword:
        was = f"closes something else than “{open_tags[-1].shown}”" if open_tags else "closes nothing"
        problems.append(unmatched_tag(place, tag.shown, was))
        return
    opened = open_tags.pop()
    in_cells = "cell " in opened.spot or "cell " in tag.spot
    whole_cells = opened.prefix in ("tr", "tc") and opened.prefix == tag.prefix
    if in_cells and opened.spot != tag.spot and not whole_cells:
        problems.append(tag_across_cells(place, opened.shown, opened.spot, tag.spot))
