"""Write tags into the blanks of a form, and leave everything around them as it is (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from pipeline.marks.pieces import Piece, put, tag_alone
from pipeline.untouched.lines import Kind, Line, Span
from pipeline.word.names import W

_RUN, _LOOK, _TEXT, _P = f"{W}r", f"{W}rPr", f"{W}t", f"{W}p"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OF_PROMPTS = ("rStyle", "highlight", "shd", "color", "i", "iCs")
"""What makes a prompt look like one: a colour, a mark, slanted letters."""

_OF_LABELS = ("b", "bCs", "u", "caps", "smallCaps", "highlight")
"""What makes a label look like one."""

def write(line: Line, span: Span, text: str) -> None:
    """Put a text with tags in the place of a blank; the blanks of a line are written from the last to the first."""
    if span.start == span.end:
        _insert(line, span, text)
        return
    old = _isolated(line, span)
    put(old, [Piece(_look(old[0].getparent(), span.kind), text)])


def write_over(line: Line, span: Span, before: str, after: str) -> None:
    """Put texts with tags before and after a blank that may stay, a line drawn by tabs or underscores."""
    old = _isolated(line, span)
    look = _look(old[0].getparent(), span.kind)
    kept = [Piece(each.getparent().find(_LOOK), each.text or "" if each.tag == _TEXT else each) for each in old]
    put(old, [Piece(look, before), *kept, Piece(look, after)])


def write_alone(paragraph: Any, text: str, kind: Kind) -> None:
    """Put a text with tags into a paragraph that has no text, in the letters that its end has."""
    first = next((run for run in paragraph.iter(_RUN)), None)
    look = paragraph.find(f"{W}pPr/{_LOOK}") if first is None else first.find(_LOOK)
    for run in [run for run in paragraph.findall(_RUN) if not _shows(run)]:
        paragraph.remove(run)
    paragraph.append(_run(_plain(look, ()), text))


def write_paragraphs(line: Line, span: Span, lines: Sequence[str]) -> None:
    """Let a paragraph that is nothing but a blank stand once for each line; those that begin with {%p are marks."""
    paragraph = line.paragraph
    if span.start < span.end:
        old = _isolated(line, span)
        put(old, [Piece(_look(old[0].getparent(), span.kind), "\ufdd6")])
    else:
        write_alone(paragraph, "\ufdd6", span.kind)
    for number, text in enumerate(lines):
        if text.startswith("{%p"):
            paragraph.addprevious(tag_alone(text))
            continue
        copied = deepcopy(paragraph)
        copied.tail = None
        if number:
            _without_names(copied)
        holder = next(each for each in copied.iter(_TEXT) if "\ufdd6" in (each.text or ""))
        holder.text = (holder.text or "").replace("\ufdd6", text)
        paragraph.addprevious(copied)
    paragraph.getparent().remove(paragraph)


def write_under(line: Line, text: str) -> None:
    """Put a text with tags into a paragraph of its own under a label."""
    runs = line.paragraph.findall(_RUN)
    look = runs[-1].find(_LOOK) if runs else None
    paragraph = etree.Element(_P)
    properties = line.paragraph.find(f"{W}pPr")
    if properties is not None:
        paragraph.append(deepcopy(properties))
        for each in paragraph[0].findall(f"{W}sectPr"):
            paragraph[0].remove(each)
    paragraph.append(_run(_plain(look, _OF_LABELS), text))
    line.paragraph.addnext(paragraph)


def erase(line: Line, start: int, end: int) -> None:
    """Take signs out of a line."""
    for element in _isolated(line, Span(Kind.PROMPT, start, end)):
        run = element.getparent()
        run.remove(element)
        if all(each.tag == _LOOK for each in run):
            run.getparent().remove(run)


def _insert(line: Line, span: Span, text: str) -> None:
    """Put a text behind a label, with a space between."""
    if not span.start:
        line.paragraph.append(_run(_plain(None, ()), text))
        return
    element, at = line.signs[span.start - 1]
    run = element.getparent()
    space = "" if line.text[span.start - 1].isspace() else " "
    if element.tag == _TEXT and at + 1 < len(element.text or ""):
        _split(element, at + 1)
    if run.tag != _RUN:  # a control, behind which it goes
        element.addnext(_run(None, space + text))
        return
    rest = list(element.itersiblings())
    if rest:
        tail = etree.Element(_RUN)
        if run.find(_LOOK) is not None:
            tail.append(deepcopy(run.find(_LOOK)))
        tail.extend(rest)
        run.addnext(tail)
    run.addnext(_run(_plain(run.find(_LOOK), _OF_LABELS), space + text))


def _isolated(line: Line, span: Span) -> list[Any]:
    """Give the elements that hold the signs of a blank and nothing else; texts are split for it."""
    covered: dict[int, tuple[Any, int, int]] = {}
    for element, at in line.signs[span.start : span.end]:
        _, first, _ = covered.get(id(element), (element, at, at))
        covered[id(element)] = (element, first, at + 1)
    out: list[Any] = []
    for element, start, end in covered.values():
        if element.tag != _TEXT:
            out.append(element)
            continue
        if end < len(element.text or ""):
            _split(element, end)
        out.append(_split(element, start) if start else element)
    return out


def _split(text: Any, at: int) -> Any:
    """Split a text in two within its run; gives the second."""
    whole = text.text or ""
    second = etree.Element(_TEXT)
    text.text, second.text = whole[:at], whole[at:]
    for each in (text, second):
        each.set(_SPACE, "preserve")
    text.addnext(second)
    return second


def _look(run: Any, kind: Kind) -> Any:
    """Give the letters of a value: those of the blank, without what says that it is one."""
    return _plain(run.find(_LOOK), _OF_PROMPTS if kind is Kind.PROMPT else ())


def _plain(look: Any, left_out: Sequence[str]) -> Any:
    if look is None:
        return None
    copied = deepcopy(look)
    copied.tail = None
    for each in list(copied):
        if each.tag in {f"{W}{name}" for name in left_out} or each.tag in (f"{W}ins", f"{W}del", f"{W}rPrChange"):
            copied.remove(each)
    return copied if len(copied) else None


def _run(look: Any, text: str) -> Any:
    run = etree.Element(_RUN)
    if look is not None:
        run.append(look)
    shown = etree.SubElement(run, _TEXT)
    shown.set(_SPACE, "preserve")
    shown.text = text
    return run


def _shows(run: Any) -> bool:
    return any(each.tag not in (_LOOK, _TEXT, f"{W}tab") or (each.text or "").strip() for each in run)


_NAMED = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def _without_names(element: Any) -> None:
    """Take out of a copy what may stand in a document once: bookmarks, the numbers of controls and paragraphs."""
    for each in list(element.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        each.getparent().remove(each)
    for number in [each for properties in element.iter(f"{W}sdtPr") for each in properties.findall(f"{W}id")]:
        number.getparent().remove(number)
    for each in element.iter(_P, f"{W}tr"):
        for name in ("paraId", "textId"):
            each.attrib.pop(f"{_NAMED}{name}", None)


def copy_of(element: Any) -> Any:
    """Copy an element of a form that is to stand in a paper once more."""
    copied = deepcopy(element)
    copied.tail = None
    _without_names(copied)
    return copied
