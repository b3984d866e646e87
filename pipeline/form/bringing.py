"""A form that would fetch, start or put in something when its papers are opened is refused (floor 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from pipeline.problem import Place, Problem, fault
from pipeline.word import Package, Places, Story
from pipeline.word.names import W
from pipeline.word.reaching import fetching_fields, speaks_of

_FIELDS = ("<w:fldChar", "<w:fldSimple")


@fault("T104")
def may_not_be_brought(what: str) -> str:
    """A form holds something that would be fetched, started or put in where its papers are opened.

    Pictures and documents that lie elsewhere, objects of other programs, and the fields INCLUDETEXT, INCLUDEPICTURE,
    DDE and LINK make Word open files or addresses that nobody sees. Whoever gets a paper would be warned, or worse.
    Links to click on may stay.

    Advice: Take it out of the form. Put a picture into the file itself (Insert, Pictures), and a text as text.
    Basis: data (contract, section 3)
    """
    return f"The form holds {what}, which no paper may bring along."


def brought_along(package: Package) -> Iterator[Problem]:
    """Tell what a form may not bring along, each with its place."""
    stories = {story.part.casefold(): story for story in (*package.stories, *package.others)}
    for reach in package.reaches:
        story = stories.get(reach.part)
        root = etree.fromstring(story.xml) if story else None
        spot = _spot(story, root, speaks_of(root, reach.identifier)) if story else f"the part {reach.part}"
        yield may_not_be_brought(Place(file=package.file, spot=spot), reach.what)
    for story in package.stories:
        if any(sign in story.xml for sign in _FIELDS):
            root = etree.fromstring(story.xml)
            for element, what in fetching_fields(root):
                yield may_not_be_brought(Place(file=package.file, spot=_spot(story, root, element)), what)


def _spot(story: Story, root: Any, element: Any) -> str:
    around = () if element is None else (element, *element.iterancestors(f"{W}p"))
    paragraph = next((each for each in around if each.tag == f"{W}p"), None)
    if paragraph is None:
        return story.where or "text"
    return Places(story, root).of(paragraph)
