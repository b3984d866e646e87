"""Repeating sections: content controls whose items repeat for each item of a list (floor 3).

Source: [MS-DOCX] (w15:repeatingSection, w15:repeatingSectionItem).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.marks.choices import Control
from pipeline.marks.ground import Ground
from pipeline.marks.naming import find
from pipeline.marks.pieces import tag_alone, tag_in_a_row
from pipeline.problem import fault
from pipeline.spelling import bare
from pipeline.vocabulary import LISTS, RECORDS
from pipeline.word.names import W

W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
SDT = f"{W}sdt"
ITEMS = {item: name for name, item in reversed([*LISTS.items()])}
"""What an item of a list is called, and the list: `unit`, of `units`; a learner is one of `learners`."""


@fault("T226")
def section_of_nothing(name: str) -> str:
    """A repeating section of a form does not say what it repeats for.

    It repeats for each item of the list its controls speak of (`unit.title`, `results.grade`), or of the list it is
    named after: units, results, partners, learners …

    Advice: Name the section after a list (Developer, Properties), or give the controls in it the words of a list.
    Basis: data (contract, section 3)
    """
    return f"The repeating section “{name}” does not say for which list it repeats."


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """What a section repeats for: the list as the form's words begin with it, the name of its item."""

    list: str
    item: str


def repeat(ground: Ground, control: Control, names: list[str], around: list[Loop]) -> Loop | None:
    """Let the items of a section repeat: one is kept, between the tags of a loop; an empty list leaves no section.

    `names` are the section's own, `around` the loops it stands in. None where there is nothing to repeat, or it is not
    said for what, which is told.
    """
    items = [each for each in control.content.iterchildren(SDT) if _is_item(each)]
    if not items:
        return None
    words = list(_words(items[0]))
    named = next((spelled for name in names if (spelled := _list_called(name))), None)
    over = named or _list_of(words)
    if over is None:
        if names or words:
            ground.tell(section_of_nothing, control.element, control.name)
        return None
    loop = Loop(list=over, item=LISTS[over])
    owner = next((outer.item for outer in reversed(around) if over in RECORDS[outer.item]), None)
    source = f"{owner}.{over}" if owner else over
    kept, *others = items
    for other in others:
        control.content.remove(other)
    for properties in kept.iter(f"{W}sdtPr"):
        for identifier in properties.findall(f"{W}id"):
            properties.remove(identifier)  # which no two controls of a paper may share (ECMA-376, 17.5.2.18)
    _renamed(kept, loop)
    rows = next(iter(_own_rows(kept)), None) is not None
    _surround(kept, f"for {loop.item} in {source}", "endfor", rows=rows)
    _surround(control.element, f"if {source}", "endif", rows=rows)
    return loop


def _is_item(control: Any) -> bool:
    return control.find(f"{W}sdtPr/{W15}repeatingSectionItem") is not None


def _own_rows(control: Any) -> Iterator[Any]:
    content = control.find(f"{W}sdtContent")
    for child in content if content is not None else ():
        if child.tag == f"{W}tr":
            yield child
        elif child.tag == SDT:
            yield from _own_rows(child)


def _surround(element: Any, opening: str, closing: str, *, rows: bool) -> None:
    """Put an element between two tags, each in a paragraph or row of its own."""
    alone = tag_in_a_row if rows else tag_alone
    element.addprevious(alone(f"{{%p {opening} %}}"))
    element.addnext(alone(f"{{%p {closing} %}}"))


def _list_called(name: str) -> str | None:
    """Find the list that a section is named after: `units`, `Unit`."""
    called = re.sub(r"\d+$", "", bare(name))
    return called if called in LISTS else ITEMS.get(called)


def _words(item: Any) -> Iterator[str]:
    """Give the words that an item of a section speaks of, in its controls and tags; not those of a section in it."""
    for control in item.iter(SDT):
        if _inside_another(control, item):
            continue
        for kind in ("tag", "alias"):
            name = control.find(f"{W}sdtPr/{W}{kind}")
            if name is not None and (word := find(name.get(f"{W}val", "").partition("=")[0]).word):
                yield word
                break
    for text in item.iter(f"{W}t"):
        if not _inside_another(text, item):
            yield from re.findall(r"\{\{\s*([a-z]+\.[a-z0-9_]+)", text.text or "")


def _inside_another(element: Any, item: Any) -> bool:
    for above in element.iterancestors(SDT):
        if above is item:
            return False
        if above.find(f"{W}sdtPr/{W15}repeatingSection") is not None:
            return True
    return False


def _list_of(words: list[str]) -> str | None:
    """Find the list that words belong to: named by itself, or by its item; a learner's paper speaks of its learner."""
    roots = [word.partition(".")[0] for word in words]
    items = sorted((root for root in roots if root in ITEMS), key=lambda root: root == "learner")
    return next((root for root in roots if root in LISTS), None) or next((ITEMS[root] for root in items), None)


def _renamed(item: Any, loop: Loop) -> None:
    """Let tags in an item that other blanks have become speak of the loop's item."""
    for text in item.iter(f"{W}t"):
        if text.text and "{{" in text.text:
            text.text = re.sub(rf"(\{{\{{\s*){loop.list}\.", rf"\g<1>{loop.item}.", text.text)
