"""The words a form asks for, and the kinds of its blanks (floor 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import nodes
from lxml import etree

from pipeline.form import Form
from pipeline.form.paths import Path as Way
from pipeline.form.paths import kind_of, path_of, paths_in
from pipeline.guard import Refused
from pipeline.marks import MARKS
from pipeline.marks.ground import Ground
from pipeline.marks.language import Blank
from pipeline.marks.tags import holds_tags
from pipeline.names import map_beside
from pipeline.vocabulary import MEANINGS, RECORD_NAMES, RECORDS, TOP
from pipeline.word import open_form_package

_KINDS = {"legacy": "form fields", "fields": "merge fields", "controls": "content controls", "bookmarks": "bookmarks"}
"""The modules of `marks` that find a kind of blank, and what an officer calls it."""

_NOTHING = ("loop", "today")
"""What a tag may begin with that is of no record."""

_OWN = re.compile(r"([a-z]\w*)(\.\w+)*\.more(\.\w+|\[.+\])")
"""A word that asks for a column of one's own, as it is spelled."""

PRINTED, REPEATED, ASKED_IN_AN_IF = "printed", "repeated", "asked in an if"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A word a form asks for. `as_` is how the form writes it, where that differs (`host.name` for `partner.name`).

    `column` is empty where no column feeds it; `own` says that it is a column of one's own, `name` then is its header;
    `required` that papers wait while it is empty; `used` says whether it is printed, repeated or asked in an if,
    `spots` where it is printed.
    """

    record: str
    word: str
    meaning: str
    column: str
    own: bool
    required: bool
    used: str
    as_: tuple[str, ...]
    spots: tuple[str, ...]
    name: str = ""


def asked_of(form: Form) -> list[Asked]:
    """Collect the words a form prints, repeats or asks in an if, each once, in the order of `ecvet fields`."""
    found: dict[str, Asked] = {}
    for blank in form.understood.blanks:
        if asked := _of_blank(blank):
            known = found.get(asked.word)
            found[asked.word] = _joined(known, asked) if known else asked
    for prepared in form.prepared:
        for way, record, used in _beside(prepared.tree, {}):
            asked = _of_record(record, way, used)
            if asked.word not in found or (used, found[asked.word].used) == (REPEATED, ASKED_IN_AN_IF):
                found[asked.word] = asked
    every = [word.name for name in RECORD_NAMES for word in RECORDS[name].values()]
    records = {name: at for at, name in enumerate(RECORD_NAMES)}
    words = {name: at for at, name in enumerate(every)}
    return sorted(
        found.values(), key=lambda it: (records.get(it.record, len(records)), words.get(it.word, len(words)), it.word)
    )


def _of_blank(blank: Blank) -> Asked | None:
    """Say which word a blank asks for; None for what is no word: a number of a loop, a fixed text, words joined."""
    record, _, key = blank.word.partition(".")
    word, meaning = blank.word, blank.meaning
    own = _OWN.fullmatch(blank.word)
    if own:
        record = TOP.get(own[1], own[1]).removeprefix("list of ")
        word, meaning = blank.word.translate(_TYPED), f"your own column “{blank.key}”"
    elif blank.word == "today":
        record, meaning = "", MEANINGS["today"]
    elif key not in RECORDS.get(record, {}):
        return None
    written = () if own else re.findall(rf"\b([a-z]\w*)\.{re.escape(key)}\b", blank.tag.inside)
    return Asked(
        record=record, word=word, meaning=meaning, column=blank.column, own=own is not None, required=blank.required,
        used=PRINTED, as_=tuple(f"{root}.{key}" for root in dict.fromkeys(written) if _is_another(root, record)),
        spots=(blank.tag.spot,), name=blank.key if own else "",
    )  # fmt: skip


_TYPED = str.maketrans("“”", '""')


def _is_another(root: str, record: str) -> bool:
    """Say whether a word of this record is written with another beginning: host.name is a word of partner."""
    return root != record and TOP.get(root) == record


def _joined(one: Asked, other: Asked) -> Asked:
    return replace(
        one, required=one.required or other.required, as_=tuple(dict.fromkeys((*one.as_, *other.as_))),
        spots=(*one.spots, *other.spots),
    )  # fmt: skip


def _of_record(record: str, way: Way, used: str) -> Asked:
    word = RECORDS[record][way[-1]]
    as_ = (".".join(way),) if len(way) == 2 and _is_another(way[0], record) else ()
    return Asked(record=record, word=word.name, meaning=word.meaning, column=word.column, own=False, required=False,
                 used=used, as_=as_, spots=())  # fmt: skip


def _beside(node: nodes.Node, kinds: Mapping[str, str]) -> Iterator[tuple[Way, str, str]]:
    """Give the words that the fors and ifs of a form look at, with the record of each, and what they do with it."""
    looked: list[tuple[nodes.Node, str]] = []
    if isinstance(node, nodes.If):
        looked = [(node.test, ASKED_IN_AN_IF)]
    elif isinstance(node, nodes.For):
        looked = [(node.iter, REPEATED), *([(node.test, ASKED_IN_AN_IF)] if node.test is not None else [])]
        every = kind_of(path_of(_innermost(node.iter)), kinds).removeprefix("list of ")
        kinds = {**kinds, path_of(node.target)[0]: every}
    for each, used in looked:
        for way in paths_in(each):
            record = kind_of(way[:-1], kinds) if len(way) > 1 and way[0] not in _NOTHING else ""
            if way[-1] in RECORDS.get(record, {}):
                yield way, record, used
    for child in node.iter_child_nodes():
        yield from _beside(child, kinds)


def _innermost(node: nodes.Node) -> nodes.Node:
    """Look through the filters around the list that a for goes through."""
    while not path_of(node) and isinstance(node, nodes.Filter) and node.node is not None:
        node = node.node
    return node


def kinds_of_blank(path: Path) -> Iterator[str]:
    """Name the kinds of blank a form has, as an officer calls them; none where it cannot be opened."""
    try:
        stories = open_form_package(path).stories
    except (Refused, OSError):
        return
    if map_beside(path).exists():
        yield "those of its form map"
    if any(map(holds_tags, stories)):
        yield "tags"
    found: dict[str, None] = {}
    for story in stories:
        ground = Ground(story, etree.fromstring(story.xml), path.name, [])
        for signs, turn in MARKS if not story.plain else ():
            before = etree.tostring(ground.root)
            if any(sign in story.xml for sign in signs):
                turn(ground)
                if etree.tostring(ground.root) != before:
                    found.setdefault(turn.__module__.rpartition(".")[2])
    yield from (_KINDS[name] for name in found if name in _KINDS)
