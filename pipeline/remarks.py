"""A copy of a form with its faults as remarks of Word's, each at its place (floor 8).

Comments: ECMA-376 part 1, section 17.13.4. They are listed in a part of their own; in the text stands from where to
where each reaches, and a run with its number. Word knows none in page headers, footers, notes and text boxes: such a
remark stands at the nearest paragraph that can have one, or at the first of the form, and says which place it means.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from posixpath import dirname, relpath
from typing import Any
from zipfile import ZipFile

from lxml import etree

from pipeline.guard import FORM_LIMITS, Refused, open_package, read_part
from pipeline.marks import as_tags
from pipeline.names import MARKED
from pipeline.outbox import write_or_stop
from pipeline.problem import CannotContinue, Problem, Severity
from pipeline.word import Places, Story, open_form_package, pack, packed
from pipeline.word.names import MAIN_TYPES, W
from pipeline.word.parts import KINDS, kinds_of, parsed, written
from pipeline.word.revisions import accept

AUTHOR, INITIALS = "ecvet", "ec"
MOST_COPIES = 99

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_LISTED = "http://schemas.openxmlformats.org/package/2006/content-types"
_AT = "{urn:ecvet}at"
"""The number of a paragraph while its form is looked through; it never comes into the copy."""

_P, _BOX = f"{W}p", f"{W}txbxContent"
_SPACE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
_BRACES = str.maketrans({"{": "{\u200b", "}": "\u200b}"})
"""A remark that quotes a tag must not be one, should the copy become a form: its braces are kept apart, unseen."""


def mark(form: Path, problems: Iterable[Problem]) -> Path | None:
    """Write a copy of a form beside it, with every fault as a remark; None where there is nothing to remark.

    No file that is there is written over, and what is no form at all has no copy. Raises CannotContinue where the copy
    cannot be written.
    """
    told = [problem for problem in problems if problem.severity is not Severity.NOTICE]
    if not told:
        return None
    try:
        data = with_remarks(form, told)
    except (Refused, OSError):
        return None
    target = _free(form)
    write_or_stop(target, data)
    return target


def _free(form: Path) -> Path:
    """Find a name beside the form that no file has."""
    names = [f"{form.stem}{MARKED}{end}{form.suffix}" for end in ("", *(f" ({at})" for at in range(2, MOST_COPIES)))]
    for name in names:
        if not form.with_name(name).exists():
            return form.with_name(name)
    raise CannotContinue(f"There are too many copies of “{form.name}” with remarks. Delete the older ones.")


def with_remarks(form: Path, problems: Sequence[Problem]) -> bytes:
    """Give the bytes of a form with these problems as remarks; raises guard.Refused or OSError where it is no form."""
    with open_package(form, FORM_LIMITS, kind="form") as package:
        members = {info.filename: read_part(package, info.filename) for info in package.infolist() if not info.is_dir()}
        kinds = kinds_of(package)
        main = next((name for name, kind in kinds.items() if kind in MAIN_TYPES and name in members), None)
        if main is None:
            raise Refused("The file has no text.", "")
        comments = _Comments(package, members, kinds, main)
    root = parsed(members[main], main)
    spots = _paragraphs_by_spot(form, main, root)
    first = next((each for each in root.iter(_P) if next(each.iterancestors(_BOX), None) is None), None)
    for problem in problems:
        there = spots.get(problem.place.spot or "", ())
        number = comments.add(problem, "" if there else problem.place.spot or "")
        if (paragraph := _outside(_meant(problem, there)) if there else first) is not None:
            _refer(paragraph, number)
    members[main] = written(root)
    members |= comments.parts()
    return packed([pack(name, data) for name, data in members.items()])


def _meant(problem: Problem, there: Sequence[Any]) -> Any:
    """Find, of the paragraphs at the place of a problem, the one that holds what the message quotes."""
    quoted = re.findall("“([^”]+)”", problem.message)
    for paragraph in there:
        words = "".join(text.text or "" for text in paragraph.iter(f"{W}t", f"{W}instrText"))
        names = {name for element in paragraph.iter() for name in element.attrib.values()}
        if any(each in words or each in names for each in quoted):
            return paragraph
    return there[0]


def _outside(paragraph: Any) -> Any:
    """Give the paragraph in which the text box around a paragraph is anchored, itself where there is none."""
    boxes = list(paragraph.iterancestors(_BOX))
    return next(boxes[-1].iterancestors(_P), paragraph) if boxes else paragraph


def _paragraphs_by_spot(form: Path, main: str, root: Any) -> dict[str, list[Any]]:
    """Give the paragraphs of a form's text by the places that problems name.

    Places are counted where tracked changes are accepted, and some once blanks have become tags; both times the
    paragraphs are known again by their numbers.
    """
    numbered = list(root.iter(_P))
    looked = etree.fromstring(etree.tostring(root))
    for number, paragraph in enumerate(looked.iter(_P)):
        paragraph.set(_AT, str(number))
    accept(looked)
    known = next((story for story in open_form_package(form).stories if story.part == main), None)
    if known is None:
        return {}
    found: dict[str, list[Any]] = {}
    plain = replace(known, xml=etree.tostring(looked, encoding="unicode"))
    for story in (plain, as_tags([plain], form.name)[0][0]):
        for paragraph, spot in _named(story):
            at = paragraph.get(_AT)
            if at and numbered[int(at)] not in found.setdefault(spot, []):
                found[spot].append(numbered[int(at)])
    return found


def _named(story: Story) -> list[tuple[Any, str]]:
    root = etree.fromstring(story.xml)
    places = Places(story, root)
    return [(paragraph, places.of(paragraph)) for paragraph in root.iter(_P)]


def _refer(paragraph: Any, number: int) -> None:
    """Let a remark reach over a whole paragraph: where it begins, where it ends, and its number behind."""
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": str(number)})
    own = paragraph.find(f"{W}pPr")
    paragraph.insert(0 if own is None else paragraph.index(own) + 1, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", {f"{W}id": str(number)})
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}commentReference", {f"{W}id": str(number)})


@dataclass(slots=True, init=False)
class _Comments:
    """The comments of a document. Kept: the part that lists them, made where there is none, and the next number."""

    _part: str
    _root: Any
    _number: int
    _others: dict[str, bytes]

    def __init__(self, package: ZipFile, members: Mapping[str, bytes], kinds: Mapping[str, str], main: str) -> None:
        there = next((name for name, kind in kinds.items() if kind == _COMMENTS_TYPE and name in members), None)
        self._part = there or _free_part(members, main)
        self._root = parsed(members[there], there) if there else etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})
        self._number = 1 + max((int(each.get(f"{W}id", "0")) for each in self._root.iter(f"{W}comment")), default=-1)
        self._others = {} if there else self._announced(members, main)

    def add(self, problem: Problem, spot: str) -> int:
        """Add a remark, which names its place where it cannot stand there; gives its number."""
        number, self._number = self._number, self._number + 1
        comment = etree.SubElement(self._root, f"{W}comment", {
            f"{W}id": str(number), f"{W}author": AUTHOR, f"{W}date": f"{dt.date.today()}T00:00:00Z",
            f"{W}initials": INITIALS,
        })  # fmt: skip
        where = f"{spot[:1].upper()}{spot[1:]}: " if spot else ""
        weight = "Please look: " if problem.severity is Severity.WARNING else ""
        for line in (f"{weight}{where}{problem.message}", problem.advice, problem.code):
            run = etree.SubElement(etree.SubElement(comment, _P), f"{W}r")
            etree.SubElement(run, f"{W}t", _SPACE).text = line.translate(_BRACES)
        return number

    def parts(self) -> dict[str, bytes]:
        """Give the parts that now read otherwise, or are new."""
        return {**self._others, self._part: written(self._root)}

    def _announced(self, members: Mapping[str, bytes], main: str) -> dict[str, bytes]:
        """Enter a new part into the list of kinds, and among what the document leads to."""
        kinds = parsed(members[KINDS], KINDS)
        etree.SubElement(kinds, f"{{{_LISTED}}}Override", PartName=f"/{self._part}", ContentType=_COMMENTS_TYPE)
        name = f"{dirname(main)}/_rels/{main.rpartition('/')[2]}.rels".lstrip("/")
        related = parsed(members.get(name) or f'<Relationships xmlns="{_RELATED}"/>'.encode(), name)
        taken = {each.get("Id") for each in related}
        identity = next(f"rIdRemarks{at}" for at in range(1, len(taken) + 2) if f"rIdRemarks{at}" not in taken)
        etree.SubElement(related, f"{{{_RELATED}}}Relationship", Id=identity, Type=_COMMENTS,
                         Target=relpath(self._part, dirname(main)))  # fmt: skip
        return {KINDS: written(kinds), name: written(related)}


def _free_part(members: Mapping[str, bytes], main: str) -> str:
    taken = {name.casefold() for name in members}
    names = (f"{dirname(main)}/comments{end}.xml".lstrip("/") for end in ("", *range(2, len(members) + 3)))
    return next(name for name in names if name.casefold() not in taken)
