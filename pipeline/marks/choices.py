"""What a content control keeps beside its text: a ticked box, a date (floor 3).

Sources: ECMA-376 part 1, 17.5.2 (date), and [MS-DOCX] (w14:checkbox). What a list keeps is told in `entries`.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from pipeline.marks.ground import Ground
from pipeline.marks.options import in_quotes, ticked
from pipeline.marks.pieces import tag_alone
from pipeline.pictures import is_date
from pipeline.vocabulary import type_of
from pipeline.word.names import W

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A content control of a form: its element, its properties, its content, its name as the officer reads it.

    `asked_in` is the kind of tag (p, r) in which its properties may ask whether there is a value; empty where they may
    not, because it stands once for each item of a list and its properties do not stand in what repeats.
    """

    element: Any
    properties: Any
    content: Any
    name: str
    asked_in: str = "p"


def in_a_line(control: Control) -> bool:
    """Say whether a control stands in a line of text, and not around paragraphs, cells or rows."""
    around = next(control.element.iterancestors(f"{W}p", f"{W}txbxContent"), None)
    return around is not None and around.tag == f"{W}p"


def put_at(ground: Ground, control: Control, element: Any, attribute: str, expression: str) -> None:
    """Put a tag into an attribute; its place is that of the control, which a person sees."""
    ground.put(element, attribute, expression)
    ground.made[-1] = replace(ground.made[-1], spot=ground.spot(control.element))


# -- check boxes -------------------------------------------------------------------------------------------------------


def tick(ground: Ground, control: Control, word: str, option: str) -> None:
    """Let a check box be ticked by its word, or where its word is, or holds, the option: its state and its sign."""
    tick_by(ground, control, ticked(word, option))


def tick_by(ground: Ground, control: Control, state: str) -> None:
    """Let a check box be ticked by an expression that gives ☒ or ☐: its state and its sign."""
    box = control.properties.find(f"{W14}checkbox")
    checked = box.find(f"{W14}checked")
    if checked is None:
        checked = etree.Element(f"{W14}checked")
        box.insert(0, checked)
    put_at(ground, control, checked, f"{W14}val", f"{state} | entry('☒=1', '☐=0')")
    signs = _sign(box.find(f"{W14}checkedState"), 0x2612), _sign(box.find(f"{W14}uncheckedState"), 0x2610)
    run = _glyph(control)
    symbol = run.find(f"{W}sym")
    if symbol is not None:
        codes = [f"{_code(*sign):04X}" for sign in signs]
        _put_either(ground, control, symbol, f"{W}char", state, codes)
        _put_either(ground, control, symbol, f"{W}font", state, [font for _, font in signs])
        return
    text = run.find(f"{W}t")
    text.text = f"{{{{ {_either(state, [chr(_code(*sign)) for sign in signs])} }}}}"
    if signs[0][1] != signs[1][1]:
        fonts = _fonts(run)
        for script in ("ascii", "hAnsi", "eastAsia", "cs"):
            _put_either(ground, control, fonts, f"{W}{script}", state, [font for _, font in signs])


def _either(state: str, texts: list[str]) -> str:
    return f"{state} | entry({in_quotes('☒=' + texts[0])}, {in_quotes('☐=' + texts[1])})"


def _put_either(
    ground: Ground, control: Control, element: Any, attribute: str, state: str, texts: list[str]
) -> None:  # fmt: skip
    if texts[0] == texts[1]:
        element.set(attribute, texts[0])
    else:
        put_at(ground, control, element, attribute, _either(state, texts))


def _sign(state: Any, usual: int) -> tuple[int, str]:
    """Give the sign of a state, and its font; without one it is Word's own box in MS Gothic ([MS-DOCX], checkbox)."""
    spelled = state.get(f"{W14}val", "") if state is not None else ""
    code = int(spelled, 16) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", spelled) else 0
    if code < 0x21 or 0xD800 <= code < 0xE000 or 0xFDD0 <= code < 0xFDF0 or code > 0xFFFD:
        return usual, "MS Gothic"
    return code, state.get(f"{W14}font") or "MS Gothic"


def _code(code: int, font: str) -> int:
    """Give a sign's code as Word writes it: those of symbol fonts lie at F000 (ECMA-376 part 1, 17.3.3.30, sym)."""
    of_symbols = font.startswith(("Wingdings", "Webdings", "Symbol"))
    return 0xF000 + code if of_symbols and code < 0x100 else code


_SIGNS = (f"{W}sym", f"{W}t")


def _glyph(control: Control) -> Any:
    """Give the run that shows the box; it shows nothing else, and there is one."""
    runs = [run for run in control.content.iter(f"{W}r") if any(run.find(each) is not None for each in _SIGNS)]
    if runs:
        run = runs[0]
    else:
        holder = control.content if in_a_line(control) else next(control.content.iter(f"{W}p"), None)
        holder = etree.SubElement(control.content, f"{W}p") if holder is None else holder
        run = etree.SubElement(holder, f"{W}r")
    shown = [each for each in run if each.tag != f"{W}rPr"]
    kept = next((each for each in shown if each.tag in _SIGNS), None)
    for each in [each for each in shown if each is not kept]:
        run.remove(each)
    for other in runs[1:]:
        other.getparent().remove(other)
    if kept is None:
        etree.SubElement(run, f"{W}t")
    return run


def _fonts(run: Any) -> Any:
    formats = run.find(f"{W}rPr")
    if formats is None:
        formats = etree.Element(f"{W}rPr")
        run.insert(0, formats)
    fonts = formats.find(f"{W}rFonts")
    if fonts is None:
        fonts = etree.Element(f"{W}rFonts")
        style = formats.find(f"{W}rStyle")  # which comes first (ECMA-376 part 1, 17.3.2, EG_RPrBase)
        formats.insert(0 if style is None else 1, fonts)
    return fonts


# -- dates -------------------------------------------------------------------------------------------------------------


def dated(ground: Ground, control: Control, word: str, date: Any) -> str:
    """Give the text of a date, in the control's own format, and let the control keep the date itself.

    A date that is not there is no date to Word (`w:fullDate` is xsd:dateTime), so the attribute is left out then.
    """
    date.attrib.pop(f"{W}fullDate", None)
    if type_of(word) != "date":
        return f"{{{{ {word} }}}}"
    pattern = date.find(f"{W}dateFormat")
    if control.asked_in:
        without = deepcopy(date)
        put_at(ground, control, date, f"{W}fullDate", f"{word} | date('yyyy-MM-dd')")
        date.set(f"{W}fullDate", date.get(f"{W}fullDate") + "T00:00:00Z")
        only_if(control, word, date, without)
    picture = _picture(pattern.get(f"{W}val", "") if pattern is not None else "")
    return f"{{{{ {word} | date({in_quotes(picture)}) }}}}"


def only_if(control: Control, condition: str, element: Any, without: Any) -> None:
    """Let one of two elements stand in a paper, the other where the condition does not hold.

    Paragraphs around them say which, and docxtpl takes these away. They are paragraphs in the middle of a line too,
    because its own text is what a person is shown; where the line repeats, they are runs of it.
    """
    without.tail = element.tail = None
    asked = [tag_alone(f"{{%{control.asked_in} {tag} %}}") for tag in (f"if {condition}", "else", "endif")]
    if control.asked_in == "r":
        asked = [paragraph[0] for paragraph in asked]
    element.addprevious(asked[0])
    for after in (asked[2], without, asked[1]):
        element.addnext(after)


def _picture(written: str) -> str:
    """Give Word's way to write a date as ours; times are left out (ECMA-376 part 1, 17.5.2.8, dateFormat)."""
    picture = next((each for each in (written, re.sub(r"[\s,]*[hH].*$", "", written).strip()) if is_date(each)), None)
    return picture or ("medium" if "MMM" in written and "MMMM" not in written else "full")
