"""The kinds of blank a Word form can have, a module each (floor 3).

A module finds its kind of blank in a story and rewrites it as a tag; from there on every form is a tagged form, and
nothing else in the house knows the difference. A new kind of blank is a new module and a line in `MARKS`. Tags
themselves need no such module: `tags` finds them, `bent` undoes what Word did to them, `preparing` lets docxtpl make
the source of a template, `language` and `walker` say what they may ask for.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.word import Story

MARKS: tuple[Callable[[Story], Story], ...] = ()
"""The kinds of blank, in the order in which they are turned into tags."""


def as_tags(story: Story) -> Story:
    """Turn every blank of a story, of whatever kind, into a tag."""
    for mark in MARKS:
        story = mark(story)
    return story
