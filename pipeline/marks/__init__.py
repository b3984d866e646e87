"""The kinds of blank a Word form can have, a module each (floor 3).

A module finds its kind of blank in a story and rewrites it as a tag; from there on every form is a tagged form, and
nothing else in the house knows the difference. A new kind of blank is a new module and a line in `MARKS`. Tags
themselves need no such module: `tags` finds them, `bent` undoes what Word did to them, `preparing` lets docxtpl make
the source of a template, `language` and `walker` say what they may ask for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from pipeline.marks import bookmarks, controls, fields, legacy, repeating
from pipeline.marks.bindings import with_data
from pipeline.marks.ground import Ground
from pipeline.marks.tags import Tag
from pipeline.problem import Problem
from pipeline.word import Store, Story

MARKS: tuple[tuple[tuple[str, ...], Callable[[Ground], None]], ...] = (
    (legacy.SIGNS, legacy.turn),
    (fields.SIGNS, fields.turn),
    (controls.SIGNS, controls.turn),
    (bookmarks.SIGNS, bookmarks.turn),
    (repeating.SIGNS, repeating.turn),
)
"""The kinds of blank, in the order in which they are turned into tags, each with what its XML cannot be without."""


Tagged = tuple[Story, Sequence[Tag], Sequence[Problem]]
"""A story with tags for its blanks, those that stand in attributes, and what is wrong with the blanks."""

Before = Callable[[Ground], None]
"""What is asked first: an untouched form is filled by its map as if its tags had been typed."""


def as_tags(
    stories: Sequence[Story], file: str, stores: Sequence[Store] = (), before: Before | None = None
) -> list[Tagged]:  # fmt: skip
    """Turn every blank of a form, of whatever kind, into a tag; the data its blanks are bound to follow as stories."""
    turned = [_turned(story, file, before) for story in stories]
    grounds = [ground for ground in turned if ground]
    data = list(with_data(grounds, stores, file))
    tagged: list[Tagged] = [
        (*ground.finished(), ground.problems) if ground else (story, (), ())
        for story, ground in zip(stories, turned, strict=True)
    ]
    return [*tagged, *((story, tags, ()) for story, tags in data)]


def _turned(story: Story, file: str, before: Before | None) -> Ground | None:
    """Turn the blanks of a story; None where it has none."""
    if story.plain or not (before or any(sign in story.xml for signs, _ in MARKS for sign in signs)):
        return None
    ground = Ground(story, etree.fromstring(story.xml), file, [])
    if before:
        before(ground)
        ground.story = replace(story, xml=etree.tostring(ground.root, encoding="unicode"))
    for _, turn in MARKS:
        turn(ground)
    return ground
