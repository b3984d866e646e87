"""A story while its blanks become tags: what every kind of blank needs for that (floor 3).

A kind of blank is looked for in the parsed story and rewritten in place. A blank that prints text becomes text with a
tag in it, where a paragraph can be taken away or a row repeated by docxtpl's own tags; one that also keeps a state (a
ticked box, a chosen entry, a date) gets tags in attributes, which only a kind of blank may make.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from pipeline.marks.naming import find
from pipeline.marks.tags import Tag
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.raw import readable
from pipeline.word import Places, Story
from pipeline.word.names import W

_PARAGRAPH = f"{W}p"


@fault("T221")
def unknown_name(kind: str, name: str, meant: str | None) -> tuple[str, str]:
    """A blank of a form has a name that is no word, so nobody knows what belongs into it.

    A name may be written as the word (learner.family_name), with underscores or spaces (Learner family name), or in the
    short form that `ecvet fields` lists; `_2`, `_3` at its end make it different where a name must be unique.

    Advice: Correct the name of the blank; `ecvet fields` lists all words.
    Basis: data (contract, section 3)
    """
    advice = f"Did you mean “{meant}”?" if meant else "Correct the name; `ecvet fields` lists all words."
    return f"The {kind} “{readable(name)}” is not a word.", advice


@fault("T231", Severity.NOTICE)
def nameless_blank(kind: str) -> str:
    """A blank of a form has no name that says what belongs into it, so it stays empty in every paper.

    It may be meant for a person to fill: then nothing has to be done. Some programs lose the names of blanks when they
    save a form: LibreOffice those of content controls, for one.

    Advice: Nothing, if it is to be filled by hand; else give it a word for its name (`ecvet fields` lists all words).
    Basis: form (contract, section 3)
    """
    return f"A {kind} without a name of its own stays as it is in the form."


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A content control that is bound to data: its properties, and what the data are to hold, as a tag writes it."""

    properties: Any
    expression: str


@dataclass(slots=True)
class Ground:
    """A story being worked on. Kept: its parsed XML, its problems, tags in attributes, controls bound to data."""

    story: Story
    root: Any
    file: str
    problems: list[Problem]
    made: list[Tag] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)
    _places: Places | None = None

    def spot(self, element: Any) -> str:
        """Name the place of an element as a person finds it."""
        if self._places is None:
            self._places = Places(self.story, self.root)
        inside = element if element.tag == _PARAGRAPH else next(element.iterancestors(_PARAGRAPH), None)
        paragraph = inside if inside is not None else next(element.iter(_PARAGRAPH), None)
        return self._places.of(paragraph) if paragraph is not None else self.story.where or "the text of the form"

    def expression(self, kind: str, name: str, element: Any) -> str | None:
        """Find what a blank's name asks for, as a tag writes it (`learner.family_name`); tells a name that is no word.

        `kind` is what the officer calls the blank: “merge field”, “content control”.
        """
        found = find(name)
        if found.word is None:
            self.tell(unknown_name, element, kind, name, found.meant)
        return found.word

    def tell(self, kind: Any, element: Any, *facts: object) -> None:
        """Tell a problem at the place of an element, once."""
        problem = kind(Place(file=self.file, spot=self.spot(element)), *facts)
        if problem not in self.problems:
            self.problems.append(problem)

    def put(self, element: Any, attribute: str, expression: str) -> None:
        """Let an attribute hold what an expression prints (`learner.is_minor | tick | entry('☒=1', '☐=0')`)."""
        text = f"{{{{ {expression} }}}}"
        element.set(attribute, f"{text[:-2]}\ufdd2{len(self.made)}\ufdd3{text[-2:]}")
        self.made.append(Tag(text=text, spot=self.spot(element), attribute=True))

    def finished(self) -> tuple[Story, Sequence[Tag]]:
        """Give the story with its tags, and those that stand in attributes."""
        return replace(self.story, xml=etree.tostring(self.root, encoding="unicode")), self.made
