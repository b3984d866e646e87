"""Comments in the cells: ours beside hers, or below hers in one cell (floor 3).

Comments stay as they are: only what an earlier marked copy said is taken out, and what is to be said now put in.
Newer Excel keeps discussions (“threaded comments”) in parts of their own and shows those instead of the comment of the
same cell, so such a cell gets no comment of ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.marking.boxes import Box, blocks_of, drawing_of, with_boxes, with_room, without_boxes
from pipeline.marking.grid import Grid, Spot, place_of, spot_of
from pipeline.marking.names import COMMENTS_KIND, TO_COMMENTS, TO_VML, VML_KIND, M, R, made, root_of
from pipeline.marking.package import Package
from pipeline.marking.texts import Said, clean
from pipeline.problem import Problem, Severity

AUTHOR = "ecvet"
_TO_CORRECT = "ecvet: to correct"
_TO_LOOK_AT = "ecvet: please look"
_BELOW = "\n―――――――――――――――\n"
"""What stands between her comment and ours in one cell."""

_THREADED = "tc="
"""What the author of a comment begins with that only stands for a discussion ([MS-XLSX], 2.1.1)."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The comments to be written on one sheet, by their cells."""

    said: Mapping[Spot, Said]

    @classmethod
    def of(cls, problems: Mapping[Spot, Sequence[Problem]]) -> Notes:
        """Word the comment of every cell: what is wrong there, what to do, and the code."""
        return cls({spot: _worded(each) for spot, each in problems.items()})


def _worded(problems: Sequence[Problem]) -> Said:
    head = _TO_CORRECT if any(each.severity is Severity.ERROR for each in problems) else _TO_LOOK_AT
    said: list[tuple[str, bool]] = [(head, True)]
    for each in problems:
        said.append((f"\n{each.message}", len(problems) > 1))
        said.append((f"\n{each.advice} [{each.code}]", False))
    return tuple((clean(text), bold) for text, bold in said)


def write_notes(package: Package, part: str, grid: Grid, notes: Notes, taken: set[int]) -> None:
    """Write comments on a sheet; `taken` are the blocks of numbers that its drawings use, and ours then too.

    Raises guard.Refused where her comments are damaged.
    """
    listed = package.leads_to(part, TO_COMMENTS)
    drawn = _drawing(package, part, grid)
    if not (listed or notes.said):
        return
    root = package.tree(listed) if listed else root_of("comments")
    gone = _forget(root)
    said, boxes, longer = _add(root, notes)
    drawing = package.read(drawn) if drawn else b""
    if drawing and b"\0" in drawing[:4]:
        return  # in letters of two bytes: nobody has seen one, and cells are coloured and listed without it too
    if not (gone or said):
        return
    if drawn:
        kept = with_room(without_boxes(drawing, gone), longer, grid)
        added = with_boxes(kept, boxes, grid, taken) if boxes else kept
        if added is None:
            return
        package.put(drawn, added)
    else:
        cells = ((spot_of(each.get("ref", "")), _text(each)) for each in _comments(root))
        added = drawing_of([Box(spot=spot, text=text) for spot, text in cells if spot], grid, taken)
        drawn = package.add("xl/drawings/ecvet", "vml", VML_KIND, added)
        grid.put("legacyDrawing", {f"{R}id": package.link(part, TO_VML, drawn)})
    taken |= blocks_of(added)
    if listed:
        package.put(listed, root)
    else:
        package.link(part, TO_COMMENTS, package.add("xl/comments/ecvet", "xml", COMMENTS_KIND, root))


def _drawing(package: Package, part: str, grid: Grid) -> str:
    found = grid.root.find(f"{M}legacyDrawing")
    wanted = found.get(f"{R}id") if found is not None else None
    return next((link.target for link in package.links(part) if wanted and link.id == wanted), "")


def _comments(root: Any) -> list[Any]:
    return list(root.iterfind(f"{M}commentList/{M}comment"))


def _text(comment: Any) -> str:
    return "".join(each.text or "" for each in comment.iterfind(f"{M}text//{M}t"))


def _forget(root: Any) -> Collection[Spot]:
    """Take out what an earlier marked copy said; gives the cells whose whole comment that was."""
    gone = set()
    for comment in _comments(root):
        text = _text(comment)
        if text.startswith((_TO_CORRECT, _TO_LOOK_AT)):
            comment.getparent().remove(comment)
            if spot := spot_of(comment.get("ref", "")):
                gone.add(spot)
            continue
        at = max(text.find(f"{_BELOW}{each}") for each in (_TO_CORRECT, _TO_LOOK_AT))
        if at >= 0:
            _cut(comment, at)
    return gone


def _cut(comment: Any, at: int) -> None:
    """Cut a comment after so many letters."""
    for each in list(comment.iterfind(f"{M}text//{M}t")):
        letters = each.text or ""
        each.text, at = letters[:at], max(at - len(letters), 0)
        run = each.getparent()
        if not each.text and run.tag == f"{M}r":
            run.getparent().remove(run)


def _add(root: Any, notes: Notes) -> tuple[bool, list[Box], dict[Spot, str]]:
    """Put what is to be said into the comments.

    Says whether anything was, and gives the boxes that are new, and the texts of hers that became longer.
    """
    authors, listed = _lists(root)
    names = [each.text or "" for each in authors]
    known = {spot_of(each.get("ref", "")): each for each in listed.iterchildren(f"{M}comment")}
    boxes: list[Box] = []
    longer: dict[Spot, str] = {}
    added = False
    for spot, said in sorted(notes.said.items()):
        hers = known.get(spot)
        if hers is not None:
            author = int(hers.get("authorId", 0))
            if author < len(names) and names[author].startswith(_THREADED):
                continue
            text = hers.find(f"{M}text")
            text = made(hers, "text") if text is None else text
            if text.getparent() is None:
                hers.insert(0, text)
            _write(text, ((_BELOW, False), *said))
            longer[spot] = _text(hers)
        else:
            if AUTHOR not in names:
                authors.append(made(authors, "author"))
                authors[-1].text = AUTHOR
                names.append(AUTHOR)
            comment = made(listed, "comment", {"ref": place_of(spot), "authorId": str(names.index(AUTHOR))})
            listed.append(comment)
            comment.append(made(comment, "text"))
            _write(comment[0], said)
            boxes.append(Box(spot=spot, text=_text(comment)))
        added = True
    return added, boxes, longer


def _lists(root: Any) -> tuple[Any, Any]:
    """Give the list of authors and that of comments, put there where they are missing."""
    authors, listed = root.find(f"{M}authors"), root.find(f"{M}commentList")
    if authors is None:
        root.insert(0, authors := made(root, "authors"))
    if listed is None:
        authors.addnext(listed := made(root, "commentList"))
    return authors, listed


def _write(text: Any, said: Said) -> None:
    """Add to a comment's text; what was plain becomes a run of its own, as plain as before (18.4.8: one or other)."""
    plain = text.find(f"{M}t")
    if plain is not None:
        run = made(text, "r")
        plain.addprevious(run)
        run.append(plain)
    at = max((number for number, each in enumerate(text) if each.tag == f"{M}r"), default=-1)
    for number, (words, bold) in enumerate(said, start=at + 1):
        run = made(text, "r")
        look = made(run, "rPr")
        run.append(look)
        for name, value in ((*([("b", "1")] if bold else []), ("sz", "9"), ("rFont", "Tahoma"), ("family", "2"))):
            look.append(made(look, name, {"val": value}))
        run.append(made(run, "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}))
        run[-1].text = words
        text.insert(number, run)
