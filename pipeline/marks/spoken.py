"""The tags that blanks became, and of which list's items they speak (floor 3)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from pipeline.marks.ground import Ground
from pipeline.marks.tags import BLOCKS, NUMBERED, Tag
from pipeline.vocabulary import LISTS, RECORDS, TOP
from pipeline.word.names import W

_LIST_OF = {"unit": "units", "result": "results", **{name: name for name in LISTS}}
"""The words that speak of an item of a list, and the list. All other single words mean one record of the paper."""

NAMES = {name: kind if kind in _LIST_OF else f"{kind}_row" for name, kind in LISTS.items()}
"""What the item of a list is called where it repeats: no word of the paper's own (`learner` is one of these)."""

DEEPEST = 2
"""How deep loops may stand inside one another."""

ALONE = re.compile(r"\{\{\s*(\w+)\.(\w+)\s*\}\}")
"""A tag that prints one word of a record, and nothing else."""

_KINDS = {**TOP, **{NAMES[name]: kind for name, kind in LISTS.items()}}
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"('[^']*'|\"[^\"]*\")")
_WORD = re.compile(rf"(?<![\w.])({'|'.join(_LIST_OF)})(?=\.[a-z])")
_FOR = re.compile(r"for\s+(\w+)\s+in\s+([\w.]+)")
_P, _TEXT = f"{W}p", f"{W}t"


@dataclass(slots=True)
class Said:
    """A tag that a blank became: where it stands, the list it speaks of, and the loops around it (name, list).

    `holder` is its text or the element whose attribute it is; `end` the place where its block closes.
    """

    tag: Tag
    paragraph: Any
    holder: Any
    word: str
    loops: Sequence[tuple[str, str]]
    end: Any = None

    @property
    def list(self) -> str:
        """The list whose items it speaks of."""
        return _LIST_OF[self.word]


@dataclass(slots=True)
class Reading:
    """The tags that blanks of a story became. Kept: the blocks that are open while it is read."""

    ground: Ground
    said: list[Said] = field(default_factory=list)
    alone: list[tuple[Any, int]] = field(default_factory=list)
    opened: list[tuple[str, str, list[Said]]] = field(default_factory=list)


def read(ground: Ground) -> Reading:
    """Find the tags that blanks became, in their order, and which loops stand around them."""
    reading = Reading(ground)
    texts = _texts(ground.root)
    typed = _typed(ground.story.xml, texts)
    first = {own[0]: paragraph for paragraph, own in texts.items() if own}
    for element in ground.root.iter():
        if element in first:
            paragraph = first[element]
            whole = "".join(text.text or "" for text in texts[paragraph])
            for found in _TAG.finditer(whole):
                made = not typed[paragraph][found[0]]
                typed[paragraph][found[0]] -= not made
                _take(reading, Tag(text=found[0], spot=""), paragraph, _holding(texts[paragraph], found[0]), made=made)
                if made and _is_texts(found[0]) and whole.strip() == found[0]:
                    reading.alone.append((paragraph, _depth(reading.opened)))
        for value in element.attrib.values() if ground.made else ():
            if (marked := NUMBERED.search(value)) and int(marked[1]) < len(ground.made):
                paragraph = next(element.iterancestors(_P), None)
                inside = paragraph if paragraph is not None else next(element.getparent().iter(_P), None)
                _take(reading, ground.made[int(marked[1])], inside, element, made=inside is not None)
    return reading


def _texts(root: Any) -> dict[Any, list[Any]]:
    """Give every paragraph with its own texts, not those of boxes in it."""
    texts: dict[Any, list[Any]] = {paragraph: [] for paragraph in root.iter(_P)}
    for text in root.iter(_TEXT):
        paragraph = next(text.iterancestors(_P), None)
        if paragraph is not None:
            texts[paragraph].append(text)
    return texts


def _typed(xml: str, texts: Mapping[Any, Sequence[Any]]) -> Mapping[Any, Counter[str]]:
    """Tell for each paragraph which of its tags the form's author typed, and how often.

    The paragraphs are compared one by one; where a kind of blank added some, by the tags of the whole story.
    """
    before = [_counted(own) for own in _texts(etree.fromstring(xml)).values()]
    if len(before) == len(texts):
        return dict(zip(texts, before, strict=True))
    every = sum(before, Counter[str]())
    return dict.fromkeys(texts, every)


def _counted(own: Iterable[Any]) -> Counter[str]:
    return Counter(_TAG.findall("".join(text.text or "" for text in own)))


def _holding(own: Sequence[Any], tag: str) -> Any:
    return next((text for text in own if tag in (text.text or "")), own[0])


def _is_texts(tag: str) -> bool:
    found = ALONE.fullmatch(tag)
    if not found:
        return False
    kind = _KINDS.get(found[1], found[1]).removeprefix("list of ")
    return found[2] in RECORDS.get(kind, ()) and RECORDS[kind][found[2]].type == "texts"


def _depth(opened: Sequence[tuple[str, str, list[Said]]]) -> int:
    return sum(bool(name) for name, _, _ in opened)


def _take(reading: Reading, tag: Tag, paragraph: Any, holder: Any, *, made: bool) -> None:
    """Take the next tag of the story: note what it speaks of, what it opens and what it closes."""
    loops = [(name, of) for name, of, _ in reading.opened if name]
    said = [
        Said(tag=tag, paragraph=paragraph, holder=holder, word=word, loops=loops) for word in _words(tag.text) if made
    ]
    reading.said += said
    if tag.keyword in BLOCKS:
        loop = _FOR.match(tag.inside)
        reading.opened.append((loop[1], loop[2].rpartition(".")[2], said) if loop else ("", "", said))
    elif tag.keyword in BLOCKS.values() and reading.opened:
        for each in reading.opened.pop()[2]:
            each.end = paragraph


def _words(tag: str) -> list[str]:
    """Give the words of items that a tag speaks of, each once."""
    code = "".join(_QUOTED.split(tag)[::2])
    return list(dict.fromkeys(_WORD.findall(code)))


def not_looped(ground: Ground, said: Iterable[Said]) -> list[Said]:
    """Keep what no loop around it gives already; what one gives under another name is called by that name."""
    free: list[Said] = []
    for each in said:
        if any(name == each.word for name, _ in each.loops):
            continue
        name = next((name for name, of in reversed(each.loops) if of == each.list), None)
        if name:
            rename(ground, each.holder, {each.word: name})
        elif len(each.loops) < DEEPEST:
            free.append(each)
    return free


def rename(ground: Ground, holder: Any, names: Mapping[str, str]) -> None:
    """Call the items in the tags of a text, or of the attributes of an element, by the names of their loops."""

    def named(tag: re.Match[str]) -> str:
        pieces = _QUOTED.split(tag[0])
        pieces[::2] = (_WORD.sub(lambda word: names.get(word[0], word[0]), piece) for piece in pieces[::2])
        return "".join(pieces)

    if holder.tag == _TEXT and holder.text:
        holder.text = _TAG.sub(named, holder.text)
    for key, value in holder.attrib.items() if ground.made else ():
        if (marked := NUMBERED.search(value)) and (number := int(marked[1])) < len(ground.made):
            holder.set(key, _TAG.sub(named, value))
            tag = ground.made[number]
            ground.made[number] = replace(tag, text=_TAG.sub(named, tag.text))
