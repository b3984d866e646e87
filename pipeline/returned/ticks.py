"""What stands in a box: marked or not, in all the ways in which people and programs mark (floor 6).

A content control with a box (w14:checkbox, [MS-DOCX]), a form field (FORMCHECKBOX, ECMA-376 part 1, 17.16.5.20), a sign
of a symbol font (w:sym), and whatever was typed over or beside the box.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.marks.choices import W14
from pipeline.word.names import W

TICKS = frozenset("☒☑✓✔✗✘✕✖⊠⮽🗹🗷🗙🗸xX×хХΧχvV√+")
"""Signs that mark a box; x is also that of the Cyrillic and the Greek alphabet."""

EMPTY = frozenset("☐□▢◻❏❐❑❒🗆⬜▫◯○")
"""Signs of boxes that nobody marked."""

_ON = ("1", "true", "on")
_SYMBOLS = {
    "wingdings": ({0x78, 0xFB, 0xFC, 0xFD, 0xFE, 0x53, 0x54}, {0xA8, 0x6F, 0x71, 0x72, 0xA1}),
    "wingdings 2": ({0x4F, 0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56}, {0xA3, 0x2A, 0x30}),
    "webdings": ({0x61, 0x72}, {0x63}),
}  # fmt: skip
"""Signs of symbol fonts, by the last two digits of their codes: those that mark, and those that are empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """What a cell holds: is there a box at all, is it marked, and what else stands there."""

    there: bool
    marked: bool
    besides: str


def box_in(cell: Any) -> Box:
    """Read a cell as a box."""
    there = marked = False
    besides = []
    for of_word, what in _seen(cell):
        if of_word:
            there, marked = True, marked or what == "on"
        elif what in TICKS:
            there, marked = there or what in "☒☑", True
        elif what in EMPTY:
            there = True
        else:
            besides.append(what)
    return Box(there=there, marked=marked, besides=" ".join(besides))


def _seen(cell: Any) -> Iterator[tuple[bool, str]]:
    """Give what is seen in a cell: boxes of Word's own, which are “on” or “off”; single signs, and other texts."""
    typed: list[str] = []
    for element in cell.iter():
        if element.tag == f"{W}sdt":
            box = element.find(f"{W}sdtPr/{W14}checkbox")
            if box is not None:
                yield True, _state(box.find(f"{W14}checked"), f"{W14}val")
        elif element.tag == f"{W}checkBox":
            state = element.find(f"{W}checked")
            yield True, _state(element.find(f"{W}default") if state is None else state, f"{W}val")
        elif element.tag == f"{W}sym":
            yield False, _symbol(element.get(f"{W}font", ""), element.get(f"{W}char", ""))
        elif element.tag == f"{W}t":
            typed.append(_typed(element))
        elif element.tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
            yield False, "a drawing"
    words = " ".join("".join(typed).split())
    if set(words) <= TICKS | EMPTY | {" "}:
        yield from ((False, sign) for sign in words if sign != " ")
    else:
        yield False, "".join(sign for sign in words if sign not in EMPTY).strip()


def _state(state: Any, name: str) -> str:
    return "on" if state is not None and str(state.get(name, "1")).lower() in _ON else "off"


def _symbol(font: str, code: str) -> str:
    try:
        number = int(code, 16)
    except ValueError:
        return "?"
    ticks, empty = _SYMBOLS.get(font.lower(), (set[int](), set[int]()))
    if number & 0xFF in ticks:
        return "☒"
    return "☐" if number & 0xFF in empty else chr(number) if 0x20 < number < 0xD800 else "?"


def _typed(text: Any) -> str:
    """Give a typed text; letters in a symbol font are signs."""
    run = text.getparent()
    fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None else None
    font = (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "") if fonts is not None else ""
    if font.lower() in _SYMBOLS:
        return "".join(_symbol(font, f"{ord(sign):X}") for sign in text.text or "")
    return text.text or ""
