"""Fill an untouched form by its map: its blanks become tags; from there on it is a form like any other (floor 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from pipeline.marks import controls, legacy
from pipeline.marks.choices import Control, tick_by
from pipeline.marks.ground import Ground
from pipeline.marks.pieces import tag_alone
from pipeline.untouched.blanks import Blank
from pipeline.untouched.formmap import Entry
from pipeline.untouched.labels import HINT, is_known
from pipeline.untouched.lines import Kind, Span
from pipeline.untouched.phrases import Phrase, inline, is_empty, paragraphs
from pipeline.untouched.ticking import is_other, others, state_of
from pipeline.untouched.writing import erase, write, write_alone, write_over, write_paragraphs, write_under
from pipeline.word.names import W

_SYMBOLS: Mapping[str, tuple[str, str]] = {
    "wingdings": ("F0FD", "F0A8"), "wingdings 2": ("F053", "F0A3"), "webdings": ("F067", "F063"),
}  # fmt: skip
"""How a ticked and an empty box are written in the fonts of symbols."""


@dataclass(frozen=True, slots=True)
class Filling:
    """A blank, what the map says of it, and whether it stands in a block that repeats as a whole."""

    blank: Blank
    entry: Entry
    phrase: Phrase
    in_block: bool
    language: str = "en"

    @property
    def pattern(self) -> str | None:
        """How the value is written: as the map says; a number of weeks with its noun, where its hint goes."""
        if is_known(HINT, self.blank.prompt.strip("()[] ")) == "weeks_number":
            return self.language
        return self.entry.pattern or None

    @property
    def item(self) -> int | None:
        """The item of a list the blank is for, where its block does not say it."""
        return None if self.in_block else self.entry.item


def fill(ground: Ground, fillings: Sequence[Filling]) -> None:
    """Turn the blanks into tags, in each line from the last to the first."""
    boxes = _boxes(fillings)
    for filling in sorted(fillings, key=lambda each: -each.blank.span.start):
        blank = filling.blank
        if blank.span.tail:
            erase(blank.line, blank.span.end, blank.span.tail)
        if blank.kind is Kind.BOX:
            _tick(ground, filling, boxes)
        elif blank.kind in (Kind.CONTROL, Kind.FIELD):
            _hold(ground, filling, boxes)
        else:
            _write(filling, boxes)


def _boxes(fillings: Iterable[Filling]) -> dict[str, tuple[str, ...]]:
    """Give the options of each word that has boxes, but for the box for others."""
    found: dict[str, dict[str, None]] = {}
    for each in fillings:
        if each.blank.kind is Kind.BOX and each.phrase.option and not is_other(each.phrase):
            found.setdefault(each.phrase.words[0].path, {}).update(dict.fromkeys(each.phrase.options))
    return {word: tuple(options) for word, options in found.items()}


# -- texts -------------------------------------------------------------------------------------------------------------


def _write(filling: Filling, boxes: Mapping[str, Sequence[str]]) -> None:
    blank, phrase = filling.blank, filling.phrase
    pattern = filling.pattern
    alone = not (blank.line.text[: blank.span.start] + blank.line.text[blank.span.end :]).strip()
    if phrase.option is not None:
        text, empty = _others(filling, boxes)
    else:
        text, empty = inline(phrase, pattern, item=filling.item), is_empty(phrase, filling.item)
        if alone and phrase.has_lists and filling.item is None and blank.kind is not Kind.UNDER:
            kept = blank.line.text if blank.kind is Kind.LINE and "\t" not in blank.line.text else ""
            lines = list(paragraphs(phrase, pattern))
            lines[-2] += kept
            write_paragraphs(blank.line, _whole(blank), lines)
            _keep_rest(blank, empty)
            return
    if blank.kind in (Kind.CELL, Kind.EMPTY):
        write_alone(blank.line.paragraph, text, blank.kind)
    elif blank.kind is Kind.UNDER:
        write_under(blank.line, text)
    elif blank.kind is Kind.LINE:
        _over_a_line(blank, text, empty)
        _keep_rest(blank, empty)
    else:
        write(blank.line, blank.span, text)


def _whole(blank: Blank) -> Span:
    return Span(blank.kind, 0, len(blank.line.text)) if blank.kind is not Kind.CELL else Span(Kind.CELL, 0, 0)


def _over_a_line(blank: Blank, text: str, empty: str) -> None:
    """Put a value in the place of a line to write on, which stays where there is no value."""
    space = "" if not blank.span.start or blank.line.text[blank.span.start - 1].isspace() else " "
    write_over(blank.line, blank.span, f"{space}{text}{{% if {empty} %}}", "{% endif %}")


def _keep_rest(blank: Blank, empty: str) -> None:
    """Let the further lines to write on stay where there is no value."""
    if blank.rest:
        blank.rest[0].addprevious(tag_alone(f"{{%p if {empty} %}}"))
        blank.rest[-1].addnext(tag_alone("{%p endif %}"))


def _others(filling: Filling, boxes: Mapping[str, Sequence[str]]) -> tuple[str, str]:
    options = boxes.get(filling.phrase.words[0].path, ())
    expression = others(filling.phrase, options)
    return f'{{% if {expression} %}}{{{{ {expression} | join("; ") }}}}{{% endif %}}', f"not ({expression})"


# -- controls and fields -----------------------------------------------------------------------------------------------


def _hold(ground: Ground, filling: Filling, boxes: Mapping[str, Sequence[str]]) -> None:
    """Fill an empty control, or form field: by its word where it is one, so that it keeps its kind; else as a text."""
    element, _ = filling.blank.line.signs[filling.blank.span.start]
    phrase = filling.phrase
    if filling.blank.kind is Kind.CONTROL and phrase.is_plain and filling.item is None and not phrase.required:
        _name(element.find(f"{W}sdtPr"), phrase.words[0].path)
        return
    if phrase.option is not None:
        text, empty = _others(filling, boxes)
    else:
        text = inline(phrase, filling.pattern, item=filling.item, between="\n")
        empty = is_empty(phrase, filling.item)
    text = text.replace("%}\n{%", "%}{{ '\\u000a' }}{%")
    if filling.blank.kind is Kind.CONTROL:
        controls.hold(element, text)
    else:
        legacy.hold(ground.root, element, f"{text}{{% if {empty} %}}\u2002\u2002\u2002\u2002\u2002{{% endif %}}")


def _name(properties: Any, word: str) -> None:
    """Give a control a word for its tag (w:tag comes after w:rPr and w:alias in CT_SdtPr)."""
    tag = properties.find(f"{W}tag")
    if tag is None:
        tag = etree.Element(f"{W}tag")
        before = [each for each in properties if each.tag in (f"{W}rPr", f"{W}alias")]
        if before:
            before[-1].addnext(tag)
        else:
            properties.insert(0, tag)
    tag.set(f"{W}val", word)


# -- boxes -------------------------------------------------------------------------------------------------------------


def _tick(ground: Ground, filling: Filling, boxes: Mapping[str, Sequence[str]]) -> None:
    """Let a box be ticked, in whatever way the form draws it; what “Other” stands for is written behind it."""
    blank, phrase = filling.blank, filling.phrase
    options = boxes.get(phrase.words[0].path, ())
    state = state_of(phrase, options)
    if is_other(phrase):
        _specify(filling, boxes)
    element, at = blank.line.signs[blank.span.start]
    if element.tag == f"{W}sdt":
        properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        tick_by(ground, Control(element=element, properties=properties, content=content, name=blank.option), state)
        for name in ("showingPlcHdr", "id") if filling.in_block else ("showingPlcHdr",):
            for each in properties.findall(f"{W}{name}"):
                properties.remove(each)
    elif element.tag == f"{W}fldChar":
        legacy.tick_by(ground, element.find(f"{W}ffData/{W}checkBox"), state)
    elif element.tag == f"{W}sym":
        ticked, empty = _SYMBOLS.get(element.get(f"{W}font", "").lower(), ("F0FD", "F0A8"))
        ground.put(element, f"{W}char", f"{state} | entry('☒={ticked}', '☐={element.get(f'{W}char') or empty}')")
    else:
        write(blank.line, blank.span, _drawn(element, at, blank, state))


def _drawn(element: Any, at: int, blank: Blank, state: str) -> str:
    """Draw a box that is a sign of the text, as the form draws it."""
    drawn = (element.text or "")[at : at + max(1, blank.span.end - blank.span.start)]
    fonts = element.getparent().find(f"{W}rPr/{W}rFonts")
    font = (fonts.get(f"{W}ascii") or "").lower() if fonts is not None else ""
    if font in _SYMBOLS and len(drawn) == 1 and drawn not in "☐□":
        code = int(_SYMBOLS[font][0], 16) if ord(drawn) >= 0xF000 else int(_SYMBOLS[font][0], 16) - 0xF000
        return f"{{{{ {state} | entry('☒={_codes(chr(code))}', '☐={_codes(drawn)}') }}}}"
    if drawn == "☐":
        return f"{{{{ {state} }}}}"
    ticked = f"{drawn[0]}X{drawn[-1]}" if len(drawn) > 1 else "☒"
    return f"{{{{ {state} | entry('☒={_codes(ticked)}', '☐={_codes(drawn)}') }}}}"


def _codes(text: str) -> str:
    """Write signs into a tag by their numbers."""
    return "".join(f"\\u{ord(each):04x}" for each in text)


def _specify(filling: Filling, boxes: Mapping[str, Sequence[str]]) -> None:
    """Write what none of the boxes stands for behind “Other”, in the place of “please specify”."""
    line, text = filling.blank.line, filling.blank.line.text
    stop = text.find("\n", filling.blank.span.end)
    behind = text[filling.blank.span.end : len(text) if stop < 0 else stop]
    said, empty = _others(filling, boxes)
    found = re.search(r"[:(–,-]\s*([^:()]+?)\s*\)?\s*$", behind)
    if found and is_known(HINT, found[1]) == "specify":
        start, end = (filling.blank.span.end + at for at in found.span(1))
        write(line, Span(Kind.PROMPT, start, end), f"{said}{{% if {empty} %}}{found[1]}{{% endif %}}")
    elif not found and not behind.rstrip().endswith(":"):
        at = filling.blank.span.end + len(behind.rstrip())
        write(line, Span(Kind.AFTER, at, at), f"{{% if not ({empty}) %}}({said}){{% endif %}}")
