"""A paragraph as a person reads it: a line of signs, some of which are boxes, blanks or breaks (floor 4).

Word spreads a text over runs, fields and controls; here each sign knows the element it stands in, so that what was
found in the text can be put back into the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pipeline.marks.choices import W14
from pipeline.marks.entries import LISTS
from pipeline.untouched.labels import HINT, is_known
from pipeline.word.names import W

BOX, HOLE, TAKEN = "☐", "\ufffc", "\ufffb"
"""Signs that stand for a box to tick, for an empty control or field, and for what is filled by other means."""

Named = Callable[[Any], bool]
"""Says whether a control (its properties) or form field (its data) has a word for its name already."""


class Kind(StrEnum):
    """How a blank shows that something is to be written."""

    CELL = "empty cell"
    EMPTY = "empty line"
    LINE = "line to write on"
    AFTER = "place after the label"
    UNDER = "place under the label"
    PROMPT = "text in brackets"
    BOX = "tick box"
    CONTROL = "content control"
    FIELD = "form field"


@dataclass(frozen=True, slots=True)
class Span:
    """A blank within a line, from one sign to another; `start` is `end` where something is to be put in.

    `tail` is where a hint behind a control or field ends, which says how to write in it.
    """

    kind: Kind
    start: int
    end: int
    tail: int = 0


@dataclass(slots=True)
class Line:
    """A paragraph: its text, and for each sign the element it stands in and its place there."""

    paragraph: Any
    text: str = ""
    signs: list[tuple[Any, int]] = field(default_factory=list)

    def add(self, sign: str, element: Any, at: int = 0) -> None:
        """Add a sign at the end."""
        self.text += sign
        self.signs.append((element, at))

    @property
    def words(self) -> str:
        """The text in one line, without boxes and blanks."""
        return " ".join(re.sub(f"[{BOX}{HOLE}{TAKEN}]", " ", self.text).split())

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing in it: no text, no picture, no control."""
        return not self.text.strip() and next(self.paragraph.iter(*_SHOWN), None) is None


_SHOWN = tuple(f"{W}{name}" for name in ("drawing", "pict", "object", "fldSimple", "instrText", "footnoteReference"))
_BOXES = "☐□▢◻❏❐❑❒🗆"
_WINGDINGS = {"wingdings": ("A8", "6F", "71", "72", "A1"), "wingdings 2": ("A3", "2A", "30"), "webdings": ("63",)}
"""The boxes of symbol fonts, by the last two digits of their codes."""

_HOLDERS = frozenset(f"{W}{name}" for name in ("hyperlink", "smartTag", "ins", "customXml", "sdtContent", "fldSimple"))


def line_of(paragraph: Any, named: Named) -> Line:
    """Read a paragraph; `named` says which controls and fields are filled by other means."""
    line = Line(paragraph)
    _Reader(line, named).children(paragraph)
    if "{{" in line.text or "{%" in line.text:
        line.text = TAKEN * len(line.text)
    return line


class _Reader:
    """Reads the children of a paragraph. Kept: how deep it is in fields, and in which of their parts."""

    def __init__(self, line: Line, named: Named) -> None:
        self._line, self._named = line, named
        self._fields: list[str] = []  # "code", "result" of a field that shows text, "own" of one that stands for itself

    def children(self, element: Any) -> None:
        for child in element:
            if child.tag == f"{W}r":
                self._run(child)
            elif child.tag == f"{W}sdt":
                self._control(child)
            elif child.tag in _HOLDERS:
                self.children(child)

    def _run(self, run: Any) -> None:
        for child in run:
            if child.tag == f"{W}fldChar":
                self._mark(child)
            elif self._fields and self._fields[-1] != "result":
                continue
            elif child.tag == f"{W}t":
                for at, sign in enumerate(child.text or ""):
                    self._line.add(BOX if _is_box(sign, run) else sign, child, at)
            elif child.tag == f"{W}tab":
                self._line.add("\t", child)
            elif child.tag in (f"{W}br", f"{W}cr"):
                self._line.add("\n", child)
            elif child.tag == f"{W}noBreakHyphen":
                self._line.add("-", child)
            elif child.tag == f"{W}sym":
                font, code = child.get(f"{W}font", "").lower(), child.get(f"{W}char", "").upper()[-2:]
                self._line.add(BOX if code in _WINGDINGS.get(font, ()) else TAKEN, child)

    def _mark(self, mark: Any) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            data = mark.find(f"{W}ffData")
            outer = self._fields[-1] if self._fields else ""
            if data is not None and outer in ("", "result"):
                named = self._named(data)
                self._line.add(TAKEN if named else BOX if data.find(f"{W}checkBox") is not None else HOLE, mark)
            self._fields.append("own" if data is not None or outer == "own" else "code")
        elif kind == "separate" and self._fields and self._fields[-1] == "code":
            self._fields[-1] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _control(self, control: Any) -> None:
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if properties is not None and self._named(properties):
            self._line.add(TAKEN, control)
        elif properties is not None and properties.find(f"{W14}checkbox") is not None:
            self._line.add(BOX, control)
        elif is_open(control):
            self._line.add(HOLE, control)
        elif content is not None:
            self.children(content)


def is_open(control: Any, *, of_cells: bool = False) -> bool:
    """Say whether a content control waits to be filled: it shows its prompt, or is a list or a date, or is empty.

    One around a cell of a table is looked at with `of_cells`.
    """
    properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
    if properties is None or content is None:
        return False
    if next(content.iter(f"{W}sdt", f"{W}tbl", *([] if of_cells else [f"{W}tc"])), None) is not None:
        return False
    waits = {f"{W}{name}" for name in ("showingPlcHdr", "date", *LISTS)}
    styles = (style.get(f"{W}val", "") for style in content.iter(f"{W}rStyle"))
    shown = "".join(content.itertext(f"{W}t")).strip()
    waiting = bool(waits.intersection(each.tag for each in properties)) or "PlaceholderText" in styles
    return waiting or not shown or is_known(HINT, shown) == "click"  # LibreOffice forgets that it is the prompt


def _is_box(sign: str, run: Any) -> bool:
    if sign in _BOXES:
        return True
    fonts = run.find(f"{W}rPr/{W}rFonts")
    font = (fonts.get(f"{W}ascii") or "").lower() if fonts is not None else ""
    return font in _WINGDINGS and f"{ord(sign) & 0xFF:02X}" in _WINGDINGS[font]


def is_alone(line: Line, spans: Sequence[Span]) -> bool:
    """Say whether a line is one blank and nothing else."""
    return len(spans) == 1 and not outside(line, spans) and spans[0].kind is not Kind.AFTER


def outside(line: Line, spans: Sequence[Span]) -> str:
    """Give what of a line stands outside of its blanks."""
    text, end = "", 0
    for span in spans:
        text, end = text + line.text[end : span.start], max(end, span.end, span.tail)
    return (text + line.text[end:]).strip()


def takes_label(line: Line, spans: Sequence[Span]) -> bool:
    """Say whether a line wants the line above for its label: it is one blank, or begins with boxes."""
    if is_alone(line, spans) and spans[0].kind is not Kind.BOX:
        return True
    boxes = [span for span in spans if span.kind is Kind.BOX]
    return bool(boxes) and not lead_in(line, boxes)


def lead_in(line: Line, boxes: Sequence[Span]) -> str:
    """Give what stands before the first box of a line, if it leads the boxes in (“Sex: ☐ male ☐ female”)."""
    before = line.text[: boxes[0].start].rpartition("\n")[2].strip() if boxes else ""
    return " ".join(before.split()) if before.endswith((":", "?", "：")) else ""


# -- the blanks of a line ----------------------------------------------------------------------------------------------

_RULED = r"_(?:[ \u00a0./-]{0,3}_)+|(?:\.{4,}|…{2,}|(?:…\s?){3,}|\.{3}(?=\s*$))(?:[\s.…]*[.…])*"
_BRACKETED = r"(?<!\w)\[(?=[^\]]*\w)[^\]\[]{2,300}\]|«[^»]{2,200}»|‹[^›]{2,200}›|<(?=[^>]*\w)[^<>]{2,200}>"
_BLANKS = re.compile(f"(?P<box>[{BOX}]|\\[[\\s_]?\\]|\\([ \u00a0]{{1,3}}\\))|(?P<hole>{HOLE})"
                     f"|(?P<line>{_RULED})|(?P<prompt>{_BRACKETED})")  # fmt: skip
_LEADERS = ("dot", "underscore", "hyphen", "middleDot", "heavy")
_KINDS = {"box": Kind.BOX, "line": Kind.LINE, "prompt": Kind.PROMPT}


def spans_of(line: Line, is_hint: Callable[[str], bool]) -> list[Span]:
    """Find the blanks of a line, in order; `is_hint` says whether a text in round brackets only helps who types."""
    found = [_span(line, match) for match in _BLANKS.finditer(line.text) if not _is_quoted(line.text, match)]
    found += _ruled_by_tabs(line)
    for segment in re.finditer(r"[^\n]+", line.text):
        _at_the_end(line, segment.start(), segment.end(), found, is_hint)
    found = [each for each in found if each.kind is not Kind.LINE or _long_enough(line.text[each.start : each.end])]
    return sorted(found, key=lambda span: (span.start, span.end))


def _is_quoted(text: str, match: re.Match[str]) -> bool:
    """Say whether brackets belong to a text: « » where they quote, as in French; [ ] within ( ), “(unit[s] of)”."""
    before, behind = text[: match.start()].strip(), text[match.end() :].strip()
    if match[0].startswith("«"):
        return bool(behind or (before and not before.endswith(":")))
    return match.lastgroup == "prompt" and before.count("(") > before.count(")")


def _span(line: Line, match: re.Match[str]) -> Span:
    kind = _KINDS.get(match.lastgroup or "")
    if kind is None:
        kind = Kind.CONTROL if line.signs[match.start()][0].tag == f"{W}sdt" else Kind.FIELD
    return Span(kind, match.start(), match.end())


def _long_enough(ruled: str) -> bool:
    return sum(sign in "_.…\t \u00a0\u2002\u2003" for sign in ruled) >= (1 if "\t" in ruled else 3) or "…" in ruled


def _ruled_by_tabs(line: Line) -> Iterator[Span]:
    """Find tabs with a leader, and spaces or tabs that are underlined: lines to write on, drawn by Word."""
    leads = any(tab.get(f"{W}leader") in _LEADERS for tab in line.paragraph.iterfind(f"{W}pPr/{W}tabs/{W}tab"))
    for match in re.finditer(r"[\t \u00a0\u2002\u2003]+", line.text):
        elements = {id(line.signs[at][0]): line.signs[at][0] for at in range(*match.span())}
        underlined = all(_underlined(element) for element in elements.values())
        if (leads and "\t" in match[0]) or (underlined and (len(match[0]) >= 5 or "\t" in match[0])):
            yield Span(Kind.LINE, match.start(), match.end())


def _underlined(element: Any) -> bool:
    line = element.getparent().find(f"{W}rPr/{W}u")
    return line is not None and line.get(f"{W}val", "single") != "none"


def _at_the_end(line: Line, start: int, end: int, found: list[Span], is_hint: Callable[[str], bool]) -> None:
    """Find what a segment of a line ends with: a hint that is to be replaced, or a colon with nothing behind it."""
    inside = [each for each in found if start <= each.start < end]
    last = max(inside, key=lambda span: span.end, default=None)
    begin = last.end if last else start
    rest = line.text[begin:end]
    stop = begin + len(rest.rstrip())
    hint = re.search(r"\(([^()]{2,80})\)\s*$", rest)
    before = rest[: hint.start()].strip() if hint else ""
    if hint and is_hint(hint[1]) and not before and last and last.kind is Kind.LINE:
        found[found.index(last)] = Span(Kind.LINE, last.start, stop)  # it says how to write on that line
    elif hint and is_hint(hint[1]) and not before and last and last.kind in (Kind.CONTROL, Kind.FIELD):
        found[found.index(last)] = Span(last.kind, last.start, last.end, stop)
    elif hint and is_hint(hint[1]) and (before.endswith(":") or not (before or last)):
        found.append(Span(Kind.PROMPT, begin + hint.start(), stop))
    elif re.search(r"\w.*[:：]\s*$", rest, re.DOTALL) and TAKEN not in rest:
        found.append(Span(Kind.AFTER, stop, stop))
