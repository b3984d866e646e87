"""{{ tags }}, docxtpl's language: where they stand, whether they close, and how docxtpl prepares them (floor 3).

docxtpl is behind this file. Its own `patch_xml` turns a story into the source of a template, so the language of tags
stays docxtpl's; each tag is followed by a line break inside itself, where it cannot be seen, so that every line number
of the template leads back to one tag and its place in the form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pipeline.problem import Place, Problem, fault
from pipeline.word import Piece, Story, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag of a form, as a person reads it: its text, and where it stands."""

    text: str
    spot: str

    @property
    def prefix(self) -> str:
        """p, tr, tc or r where docxtpl takes the tag together with its paragraph, row, cell or run; else empty."""
        found = re.match(r"\{[{%#](p|tr|tc|r)\s", self.text)
        return found[1] if found else ""

    @property
    def inside(self) -> str:
        """What stands between the braces, without docxtpl's prefix and the minus of white space."""
        return re.sub(r"^(p|tr|tc|r)\s+", "", self.text[2:-2].strip().strip("-").strip())

    @property
    def keyword(self) -> str:
        """The first word of a `{% %}` tag: if, for, endif …; empty for other tags."""
        return self.inside.partition(" ")[0] if self.text.startswith("{%") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A story as the source of a template; `at` gives the tag of each line that holds one."""

    story: Story
    text: str
    at: Mapping[int, Tag]
    tags: tuple[Tag, ...]


@fault("T201")
def unclosed_tag(shown: str) -> str:
    """A tag of a form opens and never closes, or closes without having opened.

    A tag begins with {{ or {% and ends, in the same paragraph, with }} or %}.

    Advice: Complete the tag in the form, or delete what is left of it.
    Basis: data (contract, section 3)
    """
    return f"“{shown}” is not a whole tag."


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


_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_BENT = re.compile(r"\{(?:<[^>]*>)*[{%#].*?[}%#](?:<[^>]*>)*\}", re.DOTALL)
_STRAIGHT = str.maketrans({"„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "‚": "'", "‘": "'", "’": "'",
                           "\u00a0": " ", "\u202f": " ", "\u2009": " "})  # fmt: skip


def straightened(story: Story) -> Story:
    """Undo inside tags what Word does to typing: curly quotes of every language, and spaces that do not break."""
    if "{" not in story.xml:
        return story
    xml = _BENT.sub(lambda found: found[0].translate(_STRAIGHT), story.xml)
    return replace(story, xml=xml)


def tags_of(story: Story, file: str, problems: list[Problem]) -> tuple[Tag, ...]:
    """Find the tags of a story in their order; half tags become problems at their place."""
    found: list[tuple[int, Tag]] = []
    by_paragraph = sorted(enumerate(pieces(story)), key=lambda each: (each[1].paragraph, each[0]))
    for _, group in groupby(by_paragraph, key=lambda each: each[1].paragraph):
        texts = list(group)
        found.extend(_tags_of_paragraph(texts, file, problems))
    return tuple(tag for _, tag in sorted(found, key=lambda each: each[0]))


def _tags_of_paragraph(
    texts: Sequence[tuple[int, Piece]], file: str, problems: list[Problem]
) -> list[tuple[int, Tag]]:
    whole = "".join(piece.text for _, piece in texts)
    if "{" not in whole and "}" not in whole:
        return []
    spot = texts[0][1].spot
    starts = []
    length = 0
    for order, piece in texts:
        starts.append((length, order))
        length += len(piece.text)
    found = []
    for match in _TAG.finditer(whole):
        order = max(order for start, order in starts if start <= match.start())
        found.append((order, Tag(text=match[0], spot=spot)))
    rest = _TAG.sub("", whole)
    for loose in _LOOSE.finditer(rest):
        shown = " ".join(rest[max(0, loose.start() - 5) : loose.start() + 25].split())
        problems.append(unclosed_tag(Place(file=file, spot=spot), shown))
    return found


BLOCKS = {"if": "endif", "for": "endfor"}


def check_structure(tags: Sequence[Tag], file: str, problems: list[Problem]) -> None:
    """Check that every if and for of a story closes, in order, and inside one cell."""
    open_tags: list[Tag] = []
    for tag in tags:
        place = Place(file=file, spot=tag.spot)
        if tag.text.startswith("{{") and tag.prefix == "r":
            problems.append(forbidden_tag(place, tag.text, "rich text ({{r …}})"))
        word = tag.keyword
        if word in BLOCKS:
            open_tags.append(tag)
        elif word in ("elif", "else"):
            if not open_tags:
                problems.append(unmatched_tag(place, tag.text, "stands outside of an if"))
        elif word in BLOCKS.values():
            if not open_tags or BLOCKS[open_tags[-1].keyword] != word:
                was = f"closes something else than “{open_tags[-1].text}”" if open_tags else "closes nothing"
                problems.append(unmatched_tag(place, tag.text, was))
                continue
            opened = open_tags.pop()
            if _crosses_cells(opened, tag):
                problems.append(tag_across_cells(place, opened.text, opened.spot, tag.spot))
        elif word and word not in ("colspan", "cellbg", "hm", "vm"):
            problems.append(forbidden_tag(place, tag.text, f"“{word}”"))
    for tag in open_tags:
        what = f"is never closed with {{% {BLOCKS[tag.keyword]} %}}"
        problems.append(unmatched_tag(Place(file=file, spot=tag.spot), tag.text, what))


def _crosses_cells(opened: Tag, closed: Tag) -> bool:
    in_cells = "cell " in opened.spot or "cell " in closed.spot
    return in_cells and opened.spot != closed.spot and opened.prefix not in ("tr", "tc")


def prepare(story: Story, tags: Sequence[Tag]) -> Source:
    """Let docxtpl turn a story into the source of a template, and keep the way from its lines back to the tags."""
    from docxtpl import DocxTemplate

    patched = str(DocxTemplate.patch_xml(_NOBODY, story.xml))
    out: list[str] = []
    at: dict[int, Tag] = {}
    line, end, next_tag = 1, 0, 0
    for found in _TAG.finditer(patched):
        before = patched[end : found.start()]
        out.append(before)
        line += before.count("\n")
        end = found.end()
        if found[0].startswith("{#"):
            continue
        opener = 3 if found[0][2] in "-+" else 2
        inside = found[0][opener:].replace("\n", " ")
        out.append(f"{found[0][:opener]}\n{inside}")
        line += 1
        for number in range(next_tag, len(tags)):
            if tags[number].inside.split() == Tag(text=found[0], spot="").inside.split():
                next_tag = number + 1
                break
        if tags:
            at[line] = tags[max(next_tag - 1, 0)]
    out.append(patched[end:])
    return Source(story=story, text="".join(out), at=at, tags=tuple(tags))


_NOBODY: Any = None
"""docxtpl's `patch_xml` is a method that uses nothing of its object."""


def fixed_tables(xml: str) -> str:
    """Let docxtpl make the grids of tables agree with their cells, where a form makes columns by tags."""
    from docxtpl import DocxTemplate
    from lxml import etree

    tree: Any = DocxTemplate.fix_tables(_NOBODY, xml)
    return etree.tostring(tree, encoding="unicode")


def with_tabs(xml: str) -> str:
    """Let docxtpl turn tabs in values into tabs of Word."""
    from docxtpl import DocxTemplate

    return str(DocxTemplate.resolve_listing(_NOBODY, xml))
