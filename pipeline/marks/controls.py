"""Content controls: the blanks of Word's forms since 2007 (floor 3).

A control's name is its tag or, where that is no word, its title (ECMA-376 part 1, 17.5.2: w:sdt, w:tag, w:alias). The
control stays in the paper, so that it can be corrected there; it loses what would show the prompt again or put
something else in the place of the value.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lxml import etree

from pipeline.marks.bindings import bind, of_the_properties, unbound
from pipeline.marks.choices import W14, Control, dated, in_a_line, tick
from pipeline.marks.entries import LISTS as CHOICES
from pipeline.marks.entries import choose
from pipeline.marks.ground import Ground, nameless_blank
from pipeline.marks.naming import find
from pipeline.marks.options import fitted
from pipeline.marks.sections import SDT, W15, Loop, repeat
from pipeline.problem import fault
from pipeline.vocabulary import LISTS, type_of
from pipeline.word.names import W

SIGNS = ("<w:sdt",)
KIND = "content control"

NO_BLANKS = frozenset({
    f"{W}picture", f"{W}group", f"{W}docPartObj", f"{W}docPartList", f"{W}citation", f"{W}bibliography",
    f"{W}equation", f"{W14}entityPicker", f"{W15}repeatingSectionItem",
})  # fmt: skip
"""Controls that hold something other than one value: pictures, tables of contents, sources."""

_NAMED_BY_GOOGLE = re.compile(r"goog_rdk_\d+")
"""The tags of the controls that Google Docs puts around whatever was commented or suggested."""

FOR_WHO_MARKS = "ecvet."
"""What the tags of controls begin with that are blanks for whoever marks a paper: they stay as they are in the form."""

_RANGES = frozenset(
    f"{W}{what}{end}" for what in ("bookmark", "commentRange", "perm") for end in ("Start", "End")
)  # fmt: skip
"""Elements whose other end may stand outside of a control, so they stay."""

_PLACEHOLDER = "PlaceholderText"


@fault("T225")
def several_cells(name: str) -> str:
    """A content control surrounds several cells of a table, so nobody knows which of them is the blank.

    Advice: Take the control away (its contents stay), and put one into the cell that is to be filled.
    Basis: data (contract, section 3)
    """
    return f"The content control “{name}” surrounds several cells of a table."


def turn(ground: Ground) -> None:
    """Turn them into tags, those around others first."""
    loops: dict[Any, Loop] = {}
    tagged = re.findall(r"\{%\w*\s+for\s+(\w+)\s+in\b", "".join(ground.root.itertext(f"{W}t")))
    several = frozenset({*LISTS, "unit", "result", *tagged})
    for element in list(ground.root.iter(SDT)):
        if element.getroottree().getroot() is not ground.root:
            continue  # it went with what stood in a control around it
        properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
        names = _names(properties) if properties is not None else []
        if content is None and names:
            content = etree.SubElement(element, f"{W}sdtContent")
        if properties is None or content is None or any(name.startswith(FOR_WHO_MARKS) for name in names):
            continue
        control = Control(element=element, properties=properties, content=content, name=names[0] if names else "")
        around = [loops[above] for above in reversed(list(element.iterancestors(SDT))) if above in loops]
        if properties.find(f"{W15}repeatingSection") is not None:
            loop = repeat(ground, control, [*names, *_values(properties.find(f"{W15}repeatingSection"))], around)
            if loop:
                loops[element] = loop
                unbound(properties)
        elif NO_BLANKS.intersection(child.tag for child in properties):
            continue
        elif names:
            _control(ground, control, names, around, several)
        elif _is_open(control):
            ground.tell(nameless_blank, element, KIND)


def _is_open(control: Control) -> bool:
    """Say whether a control without a name waits to be filled: a prompt, a tick box, a list, a date."""
    if _holds_blanks(control):
        return False
    kinds = {f"{W}{name}" for name in ("showingPlcHdr", "date", *CHOICES)} | {f"{W14}checkbox"}
    styles = (style.get(f"{W}val", "") for style in control.content.iter(f"{W}rStyle"))
    return bool(kinds.intersection(child.tag for child in control.properties)) or "PlaceholderText" in styles


def _names(properties: Any) -> list[str]:
    """Give the names of a control: its tag, its title."""
    found = [properties.find(f"{W}{kind}") for kind in ("tag", "alias")]
    names = [each.get(f"{W}val", "").strip() for each in found if each is not None]
    return [name for name in names if name and not _NAMED_BY_GOOGLE.fullmatch(name)]


def _values(section: Any) -> list[str]:
    """Give the title that a repeating section has of its own."""
    return [title.get(f"{W15}val", "") for title in section.iterchildren(f"{W15}sectionTitle")]


def _control(
    ground: Ground, control: Control, names: list[str], around: list[Loop], several: frozenset[str]
) -> None:  # fmt: skip
    """Turn a control into a tag; words that begin with one of `several` may stand in a paper several times."""
    boxed = control.properties.find(f"{W14}checkbox") is not None
    if not boxed and _holds_blanks(control):
        return
    found = _word(ground, control, names, boxed=boxed)
    if found is None:
        return
    word, option = found
    if option:
        option = fitted(ground, control.element, word, option) or ""
        if not option:
            return
    asked = word
    root, _, key = word.partition(".")
    inner = next((loop for loop in around if root == loop.list), None)
    word = f"{inner.item}.{key}" if inner else word
    if root in several and inner is None:
        control = replace(control, asked_in=_asked_in(control))
    if not boxed and _cell(control) is control.element:
        ground.tell(several_cells, control.element, control.name)
        return
    if boxed:
        tick(ground, control, word, option)
    text = None if boxed else _shown(ground, control, word, asked)
    if root in several or around:
        unbound(control.properties)
    else:
        bind(ground, control, word, option, text)
    if text is not None:
        for plain in control.properties.findall(f"{W}text"):
            plain.set(f"{W}multiLine", "1")  # an address has lines (ECMA-376 part 1, 17.5.2.44)
        _fill(control, text)
    _emptied(control.properties, repeated=root in several)


def _shown(ground: Ground, control: Control, word: str, asked: str) -> str | None:
    """Give what a control shows, as tags; None where it cannot, which is told. `asked` is the word as it is named."""
    date = control.properties.find(f"{W}date")
    if date is not None:
        return dated(ground, control, word, date)
    choices = next((each for each in control.properties if each.tag in {f"{W}{name}" for name in CHOICES}), None)
    if choices is not None:
        return choose(ground, control, word, choices, asked)
    return f"{{{{ {word}{_an_entry_a_line(control, asked)} }}}}"


def _an_entry_a_line(control: Control, word: str) -> str:
    """Give the filter for a list where a control cannot hold paragraphs: in a line, and as plain text (17.5.2.44)."""
    plain = control.properties.find(f"{W}text") is not None
    return " | lines" if type_of(word) == "texts" and (plain or in_a_line(control)) else ""


def _asked_in(control: Control) -> str:
    """Say what repeats with a control of a list: the row around it, its line, or nothing but what it holds."""
    around = next(control.element.iterancestors(f"{W}tr", f"{W}txbxContent"), None)
    if around is not None and around.tag == f"{W}tr":
        return "p"
    return "r" if in_a_line(control) else ""


def _holds_blanks(control: Control) -> bool:
    """Say whether a control only stands around blanks: other controls with names, tags."""
    if any(_names(properties) for properties in control.content.iter(f"{W}sdtPr")):
        return True
    return any("{{" in text or "{%" in text for text in control.content.itertext(f"{W}t"))


def _word(ground: Ground, control: Control, names: list[str], *, boxed: bool) -> tuple[str, str] | None:
    """Find the word of a control, and the option of a check box (`agreement.enclosures_progress=Europass CV`)."""
    for name in names:
        called, _, option = name.partition("=") if boxed else (name, "", "")
        if word := find(called).word:
            return word, option.strip()
    if not of_the_properties(control.properties):
        ground.expression(KIND, names[0].partition("=")[0].strip() if boxed else names[0], control.element)
    return None


def _emptied(properties: Any, *, repeated: bool) -> None:
    """Take out of a filled control what would take its value for the prompt, or for somebody else's.

    A control of a list may stand in a paper several times, and no two controls have one number (17.5.2.18).
    """
    for name in ("tag", "alias"):
        for each in properties.findall(f"{W}{name}"):  # braces would make a tag of it, where none can be
            each.set(f"{W}val", each.get(f"{W}val", "").replace("{", "").replace("}", "").strip())
    for name in ("showingPlcHdr", "id") if repeated else ("showingPlcHdr",):
        for each in properties.findall(f"{W}{name}"):
            properties.remove(each)
    for formats in properties.findall(f"{W}rPr"):
        _without_placeholder(formats, every=False)


def hold(element: Any, text: str) -> None:
    """Let a control hold a text with tags, whatever it was called."""
    properties, content = element.find(f"{W}sdtPr"), element.find(f"{W}sdtContent")
    unbound(properties)
    control = Control(element=element, properties=properties, content=content, name="")
    for plain in properties.findall(f"{W}text"):
        plain.set(f"{W}multiLine", "1")
    for date in properties.findall(f"{W}date"):
        date.attrib.pop(f"{W}fullDate", None)
    _fill(control, text)
    _emptied(properties, repeated=True)


# -- the text ----------------------------------------------------------------------------------------------------------


def _cell(control: Control) -> Any:
    """Give the cell a control stands around: None where it stands in a text, the control where there are several."""
    cells = control.content.findall(f"{W}tc") + control.content.findall(f"{W}tr/{W}tc")
    rows = control.content.find(f"{W}tr") is not None
    if rows or cells:
        return cells[0] if len(cells) == 1 else control.element
    return None


def _fill(control: Control, text: str) -> None:
    """Let a control hold one run with the text: in its text, in one paragraph, in one paragraph of its cell."""
    formats = _formats(control)
    run = etree.Element(f"{W}r")
    if formats is not None and len(formats):
        run.append(formats)
    shown = etree.SubElement(run, f"{W}t")
    shown.text = text
    cell = _cell(control)
    if cell is None and in_a_line(control):
        _replace(control.content, run, _ranges(control.content))
        return
    holder = control.content if cell is None else cell
    paragraph = next(holder.iter(f"{W}p"), None)
    paragraph = etree.Element(f"{W}p") if paragraph is None else paragraph
    for mark in paragraph.findall(f"{W}pPr/{W}rPr"):
        _without_placeholder(mark, every=control.properties.find(f"{W}showingPlcHdr") is not None)
    _replace(paragraph, run, _ranges(holder))
    for child in list(holder):
        if child.tag != f"{W}tcPr" and child is not paragraph:
            holder.remove(child)
    holder.append(paragraph)


def _ranges(holder: Any) -> list[Any]:
    return [each for each in holder.iter() if each.tag in _RANGES]


def _replace(holder: Any, run: Any, ranges: list[Any]) -> None:
    for child in list(holder):
        if child.tag != f"{W}pPr":
            holder.remove(child)
    holder.text = None
    holder.extend(each for each in ranges if each.tag.endswith("Start"))
    holder.append(run)
    holder.extend(each for each in ranges if each.tag.endswith("End"))


def _formats(control: Control) -> Any:
    """Give the formats of the text: of the first run that is no prompt, else those the control has for its text.

    A prompt has a style of its own, called otherwise in every language, and sometimes a colour; the rest of how it
    looks is the form's.
    """
    prompted = control.properties.find(f"{W}showingPlcHdr") is not None
    run = next((run for run in control.content.iter(f"{W}r") if not (prompted or _styled(run) == _PLACEHOLDER)), None)
    own = run.find(f"{W}rPr") if run is not None else control.properties.find(f"{W}rPr")
    if run is None and own is None:
        own = next((each for each in control.content.iterfind(f".//{W}r/{W}rPr")), None)
        prompted = True
    else:
        prompted = False
    if own is None:
        return None
    copied = etree.fromstring(etree.tostring(own))
    copied.tail = None
    _without_placeholder(copied, every=prompted)
    return copied


def _styled(run: Any) -> str | None:
    style = run.find(f"{W}rPr/{W}rStyle")
    return style.get(f"{W}val") if style is not None else None


def _without_placeholder(formats: Any, *, every: bool) -> None:
    """Take the prompt's style out of formats; with `every`, whatever its style and colour are."""
    for each in list(formats):
        prompts = each.tag == f"{W}rStyle" and each.get(f"{W}val") == _PLACEHOLDER
        if prompts or (every and each.tag in (f"{W}rStyle", f"{W}color")):
            formats.remove(each)
