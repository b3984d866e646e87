"""A form is proved when it is opened: filled with values nobody has, it must come out whole (floor 4).

What a paper's values can break is proved for all papers at once, so that nothing is left to look at in each of them but
what `press` looks at. What the form has wrong itself, as many real documents have, is not held against it: only a flaw
that its own text does not have is new.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from pathlib import Path

from lxml import etree

from pipeline.form.press import Form, Prepared, damaged_paper
from pipeline.form.specimens import asked_by_name, specimens
from pipeline.problem import Place, Problem, fault
from pipeline.word import Member, Places, Story
from pipeline.word.names import W
from pipeline.word.rules import Flaw, is_story, story_flaws, strict_root
from pipeline.word.soundness import Joints, joined, paper_flaws

MOST_TOLD = 5
"""Flaws of a form that are told: the rest usually has the same cause."""

_NO_XML = "it is no whole XML"
_WITHIN = (f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}p")
_EMPTIED = frozenset(_WITHIN[:3])
"""What an if or a for may empty, wherever it stands."""

_JOINTS = (".rels", "[Content_Types].xml", "styles.xml", "notes.xml", "comments.xml")
"""The ends of the names of parts that say how others hang together."""


@fault("T304")
def would_be_damaged(what: str, where: str) -> str:
    """A form, filled for trial, comes out damaged, so no papers are made of it.

    Every form is filled with invented values when it is opened, full and empty. What comes out must be a document that
    Word opens without a word. Faults that the form has itself are not counted.

    Advice: Look at the tags and blanks there: put if and for into paragraphs ({%p … %}) or rows ({%tr … %}) of their
    own.
    Basis: data (contract, section 3)
    """
    return f"Filled for trial, the form comes out damaged{where}: {what}."


def proved(form: Form, original: Path) -> list[Problem]:
    """Fill a usable form for trial; gives what comes out damaged that is not damaged in the form itself.

    `original` is the form as it lies on the disk.
    """
    parts = {member.name: _unpacked(member) if member.name.endswith(_JOINTS) else b"" for member in form.members}
    joints = joined(parts)
    told: dict[Flaw, str] = {}
    if joints.flaws:
        known = set(paper_flaws(original.read_bytes()))
        told = {flaw: "" for flaw in joints.flaws if flaw not in known}
    for flaw, spot in _of_trials(form, joints):
        told.setdefault(flaw, spot)
        if len(told) >= MOST_TOLD:
            break
    form.forget()
    return [
        would_be_damaged(Place(file=form.file, spot=spot or flaw.part or None), flaw.what, f" ({spot})" if spot else "")
        for flaw, spot in told.items()
    ]


def _of_trials(form: Form, joints: Joints) -> Iterator[tuple[Flaw, str]]:
    """Fill the form with one specimen after the other; gives each flaw that it does not have itself, and its place."""
    asked = asked_by_name(prepared.tree for prepared in form.prepared)
    by_part = {prepared.part: prepared for prepared in form.prepared}
    branches = any(prepared.beside for prepared in form.prepared)
    own: dict[str, set[Flaw]] = {}
    for number, specimen in enumerate(specimens(asked, len(form.understood.blanks), branches=branches)):
        written = form.parts(specimen.values(asked), form.language or "en")
        if isinstance(written, Problem):
            if written.code == damaged_paper.meaning.code:
                yield Flaw(part="", what=_NO_XML), written.place.spot or ""
            continue
        for part, data in written.items():
            prepared = by_part[part]
            only = _EMPTIED | {W + name.removeprefix("w:") for name in prepared.beside} if number else None
            for flaw in list(_flaws(part, data, joints, only)):  # all of them, before a place is looked for
                if part not in own:
                    own[part] = set(_flaws(part, _unpacked(_member(form, part)), joints, None))
                if flaw not in own[part]:
                    yield flaw, _spot(flaw, prepared)


def _flaws(part: str, data: bytes | bytearray, joints: Joints, only: Collection[str] | None) -> Iterator[Flaw]:
    root = strict_root(bytes(data))
    if root is None:
        yield Flaw(part=part, what=_NO_XML)
    elif is_story(joints.kinds.get(part, "")):
        yield from story_flaws(part, joints.kinds[part], root, joints.known(part), only)


def _spot(flaw: Flaw, prepared: Prepared) -> str:
    """Name the place of a flaw in a paper made for trial; what has no paragraph gets one for that."""
    where = prepared.where or "text"
    if flaw.at is None:
        return where
    element = flaw.at
    for name in _WITHIN[_WITHIN.index(element.tag) + 1 :] if element.tag in _WITHIN else ():
        element = etree.SubElement(element, name)
    around = (element, *element.iterancestors(f"{W}p"), *element.iter(f"{W}p"))
    paragraph = next((each for each in around if each.tag == f"{W}p"), None)
    if paragraph is None:
        return where
    story = Story(part=prepared.part, where=prepared.where, xml="")
    return Places(story, paragraph.getroottree().getroot()).of(paragraph)


def _member(form: Form, part: str) -> Member:
    return next(member for member in form.members if member.name == part)


def _unpacked(member: Member) -> bytes:
    return zlib.decompress(member.data, -15) if member.method else member.data
