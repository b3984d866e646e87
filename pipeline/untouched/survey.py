"""Read a whole form, all its stories, and propose its map (floor 4)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from lxml import etree

from pipeline.marks.controls import NO_BLANKS
from pipeline.marks.naming import find
from pipeline.untouched.blanks import Read
from pipeline.untouched.blocks import find_removals, find_repeats
from pipeline.untouched.formmap import Entry, FormMap, Removal, Repeat
from pipeline.untouched.hints import is_hint
from pipeline.untouched.known import ITEMS
from pipeline.untouched.labels import ABOUT, Labels, spoken
from pipeline.untouched.meaning import Meaning, is_memorandum, understand
from pipeline.untouched.reading import read
from pipeline.untouched.rows import in_rows, rows_that_repeat
from pipeline.untouched.titles import bare_title, title_number
from pipeline.vocabulary import type_of
from pipeline.word import Package, Story
from pipeline.word.names import W


@dataclass(frozen=True, slots=True)
class Page:
    """A story of a form that was read: its parsed XML, and what was read in it."""

    story: Story
    root: Any
    read: Read


@dataclass(frozen=True, slots=True)
class Survey:
    """A form that was read: its stories, the words its blanks want, and the map that says so."""

    labels: Labels
    meanings: Sequence[Meaning]
    proposed: FormMap


def has_word(properties: Any) -> bool:
    """Say whether a control, or form field, is filled by its own name, or is no blank, as a picture is."""
    if any(child.tag in NO_BLANKS for child in properties):
        return True
    names = (each.get(f"{W}val", "") for kind in ("tag", "alias", "name", "helpText", "statusText")
             for each in properties.findall(f"{W}{kind}"))  # fmt: skip
    return any(find(name.partition("=")[0]).word for name in names if name.strip())


def pages_of(package: Package) -> Iterator[Page]:
    """Read the stories of a form that may hold blanks; those of one kind are numbered (“page header 2”)."""
    counted: Counter[str] = Counter()
    for story in package.stories:
        if story.plain or story.where == "comment":
            continue
        counted[story.where] += 1
        number = counted[story.where]
        root = etree.fromstring(story.xml)
        yield Page(story, root, read_page(story, root, number))


def read_page(story: Story, root: Any, number: int = 1) -> Read:
    """Read one story, which is the nth of its kind."""
    where = story.where if number == 1 or not story.where else f"{story.where} {number}"
    return read(root, story.headings, has_word, is_hint, where)


def number_of(package_stories: Sequence[Story], story: Story) -> int:
    """Count a story among those of its kind, from 1."""
    return 1 + sum(each.where == story.where for each in package_stories[: list(package_stories).index(story)])


def fingerprint(package: Package) -> str:
    """Tell a version of a form from another: by all its texts and where they stand, not by how its file is saved."""
    told = hashlib.sha256()
    for story in package.stories:
        if story.plain or story.where == "comment":
            continue
        root = etree.fromstring(story.xml)
        told.update(story.where.encode())
        for element in root.iter(f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sdt", f"{W}fldChar"):
            told.update(element.tag.rpartition("}")[2].encode())
            if element.tag == f"{W}p":
                said = "".join(text.text or "" for text in element.iter(f"{W}t"))
                told.update(" ".join(said.split()).encode())
    return told.hexdigest()[:16]


def survey(package: Package) -> Survey:
    """Read a form and propose its map."""
    pages = list(pages_of(package))
    blanks = [blank for page in pages for blank in page.read.blanks]
    texts = [text for blank in blanks for text in (blank.label, blank.option, *blank.context)]
    titles = [title for page in pages for _, title in page.read.titles]
    labels = spoken([*filter(None, texts), *titles])
    memorandum = is_memorandum(titles, labels)
    meanings = in_rows(understand(blanks, labels, memorandum=memorandum))
    removals = [each for page in pages for each in find_removals(page.read, has_word)]
    gone = {place for page in pages for each in removals for place in _between(page.read, each)}
    meanings = [each for each in meanings if each.blank.place.partition(", blank")[0] not in gone]
    item_of = partial(_item, labels=labels)
    repeats = [each for page in pages for each in find_repeats(page.read, item_of, removals)]
    if not any(repeat.list == "units" for repeat in repeats):
        repeats += _first_table(rows_that_repeat(meanings))
    proposed = FormMap(
        form=package.file, fingerprint=fingerprint(package), language=labels.languages[0],
        blanks=len(meanings), entries=tuple(_with_patterns(list(map(entry_of, meanings)))), repeats=tuple(repeats),
        removals=tuple(removals),
    )  # fmt: skip
    return Survey(labels, meanings, proposed)


def _first_table(repeats: Iterable[Repeat]) -> list[Repeat]:
    """Keep the rows of the first table of units: the rows of a second one are filled, and no rows are added to it."""
    found = list(repeats)
    return [each for each in found if each.start.rpartition(", row")[0] == found[0].start.rpartition(", row")[0]]


def _with_patterns(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Let dates without a hint of their own be written as the form asks for most of its dates."""
    counted = Counter(entry.pattern for entry in entries if entry.pattern)
    usual = counted.most_common(1)[0][0] if counted else ""
    for entry in entries:
        words = (word.strip() for word in (entry.word or entry.perhaps).split(","))
        dated = any(type_of(word) == "date" for word in words)
        yield replace(entry, pattern=(entry.pattern or usual) if dated else "")


def _between(read: Read, removal: Removal) -> Iterator[str]:
    places = list(read.places)
    if removal.start in places and removal.end in places:
        yield from places[places.index(removal.start) : places.index(removal.end) + 1]


def _item(title: str, labels: Labels) -> tuple[str, int] | None:
    """Say what a title counts: “Organisation 3 (remove table if not necessary)” the third organisation."""
    number = title_number(title)
    if number is None:
        return None
    found = labels.match(ABOUT, bare_title(title))
    return (found.key, number) if found and found.sure and found.key in ITEMS else None


def entry_of(meaning: Meaning) -> Entry:
    """Write down what was understood of a blank."""
    blank = meaning.blank
    title = " › ".join(dict.fromkeys(part for part in (blank.section, blank.block) if part))
    under = " › ".join(part for part in (blank.above, blank.group) if part and part != blank.label)
    return Entry(
        title=title, label=blank.label or blank.prompt, under=under, option=blank.option, place=blank.place,
        word=meaning.words if meaning.sure else "", perhaps="" if meaning.sure else meaning.words, item=meaning.item,
        pattern=meaning.pattern or "",
    )  # fmt: skip


