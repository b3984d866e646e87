"""Form fields of older forms: text, tick box, list (floor 3).

A form field is a complex field whose beginning holds what it is (w:ffData; ECMA-376 part 1, 17.16.17): a text
(w:textInput, 17.16.33), a box to tick (w:checkBox, 17.16.7) or a list (w:ddList, 17.16.9). A text stands between
the separator and the end of the field; a tick and a chosen entry are kept in the field itself, and Word draws them. The
field stays a field, so that whoever gets a protected form can go on filling it in.

Word limits the name of a field to 20 characters and numbers fields nobody named (Text1, Kontrollkästchen3). So the help
text of a field, or the text for Word's status bar, may name the word instead, and for a tick box the value it stands
for: learner.sex=F.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipeline.marks.ground import Ground, nameless_blank
from pipeline.marks.naming import find
from pipeline.marks.options import fitted, in_quotes, meaning, ticked
from pipeline.marks.pieces import Piece, put
from pipeline.pictures import is_date, is_number
from pipeline.problem import fault
from pipeline.spelling import folded
from pipeline.vocabulary import type_of
from pipeline.word.names import W

SIGNS = ("<w:ffData",)

KIND = "form field"
_VAL, _TYPE = f"{W}val", f"{W}fldCharType"
_MARK, _TEXT, _RUN, _RUN_PROPERTIES = f"{W}fldChar", f"{W}t", f"{W}r", f"{W}rPr"
_OWN_NAME = re.compile(r"[^\W\d_]*\d*|_.*")
"""A name that nobody chose: letters and a number as Word counts its fields, or what LibreOffice begins with _."""

_SPEAKS_OF_A_WORD = re.compile(r"\s*[A-Za-z]\w*\.\w+\s*(=.*)?", re.DOTALL)
DEEPEST = 20
"""Fields inside one another that are looked at; Word's own forms have two."""

_MONTHS = (("MMMM", "full"), ("MMM", "medium"))
_LETTERS = {"uppercase": "upper", "lowercase": "lower", "titlecase": "title"}


@fault("T229")
def unfit_entry(name: str, entry: str) -> tuple[str, str]:
    """A list or a tick box of a form cannot be compared with the value of a cell.

    Values are compared by their letters and digits, as a person would: “A+” and “A-” are one. So the entries of a list
    must differ in these, and the value a tick box stands for must have some.

    Advice: Write the entries in words, or after the = of the help text a value with letters or digits.
    Basis: data (contract, section 3)
    """
    sentence = f"The form field “{name}” cannot tell what “{entry}” means."
    return sentence, "Write it in letters or digits in which it differs from the others."


@dataclass(slots=True)
class _Field:
    """A form field as it is found: what it is (w:ffData), its marks, and what stands in its result."""

    data: Any
    begin: Any
    separate: Any = None
    end: Any = None
    result: list[Any] = field(default_factory=list)


def turn(ground: Ground) -> None:
    """Turn form fields whose name, or help text, is a word into tags."""
    for each in list(_fields(ground.root)):
        named = _named(ground, each)
        if named is None:
            continue
        word, option = named
        if (text := each.data.find(f"{W}textInput")) is not None:
            _fill(each, word, text)
        elif (box := each.data.find(f"{W}checkBox")) is not None:
            _tick(ground, each, box, word, option)
        elif (entries := each.data.find(f"{W}ddList")) is not None:
            _choose(ground, each, entries, word)


def _fields(root: Any) -> Iterator[_Field]:
    """Find the form fields of a story that are whole, also one inside of another field."""
    opened: list[_Field] = []
    for element in root.iter():
        kind = element.get(_TYPE) if element.tag == _MARK else ""
        if kind == "end" and opened:
            opened[-1].end = element
            ended = opened.pop()
            if ended.data is not None:
                yield ended
        parent = element.getparent()
        if parent is not None and parent.tag == _RUN and element.tag != _RUN_PROPERTIES:
            for each in opened[-DEEPEST:]:
                if each.separate is not None:
                    each.result.append(element)
        if kind == "begin":
            opened.append(_Field(data=element.find(f"{W}ffData"), begin=element))
        elif kind == "separate" and opened:
            opened[-1].separate = element


# -- its name ----------------------------------------------------------------------------------------------------------


def _named(ground: Ground, each: _Field) -> tuple[str, str | None] | None:
    """Give the word of a field, and the value a tick box stands for; None where the field is no blank of ours."""
    name = _value(each.data, "name")
    hints = (_value(each.data, kind) for kind in ("helpText", "statusText"))
    told = [hint for hint in hints if _SPEAKS_OF_A_WORD.fullmatch(hint) or find(hint.partition("=")[0]).word]
    for hint in told:
        before, equals, option = hint.partition("=")
        if word := find(before).word:
            return word, option.strip() if equals else None
    if word := find(name).word:
        return word, None
    if told:
        ground.expression(KIND, told[0].partition("=")[0].strip(), each.begin)
    elif not _OWN_NAME.fullmatch(name):
        ground.expression(KIND, name, each.begin)
    else:
        ground.tell(nameless_blank, each.begin, KIND)
    return None


def _value(data: Any, kind: str) -> str:
    found = data.find(f"{W}{kind}")
    return (found.get(_VAL) or "").strip() if found is not None else ""


# -- what it holds -----------------------------------------------------------------------------------------------------


def hold(root: Any, mark: Any, text: str) -> None:
    """Let the result of the text field that begins with a mark be a text with tags."""
    _write(next(each for each in _fields(root) if each.begin is mark), text)


def _fill(each: _Field, word: str, text: Any) -> None:
    """Let the result of a text field be its word; where that is empty, what the form shows to click on stays."""
    shown = "".join(element.text or "" for element in each.result if element.tag == _TEXT)
    tag = f"{{{{ {word}{_filter(word, text)} }}}}"
    if shown and not shown.strip():
        empty = word if type_of(word) in ("text", "date", "texts") else f"{word} is none"
        tag += f"{{% if {'not ' if empty == word else ''}{empty} %}}{shown}{{% endif %}}"
    _write(each, tag)


def _write(each: _Field, text: str) -> None:
    """Put a text with tags in the place of the result of a text field; it looks as the result does."""
    holder = next((element for element in each.result if element.tag == _TEXT), None)
    if holder is None:
        holder = _place_for_text(each)
    look = holder.getparent().find(_RUN_PROPERTIES)
    put([holder, *(element for element in each.result if element is not holder)], [Piece(look, text)])


def _place_for_text(each: _Field) -> Any:
    """Make a run for the result of a field that has none, with a separator where that is missing too."""
    end = each.end.getparent()
    run = etree.Element(_RUN)
    if (properties := end.find(_RUN_PROPERTIES)) is not None:
        run.append(deepcopy(properties))
    if each.separate is None:
        separator = deepcopy(run)
        etree.SubElement(separator, _MARK).set(_TYPE, "separate")
        end.addprevious(separator)
    end.addprevious(run)
    return etree.SubElement(run, _TEXT)


def _filter(word: str, text: Any) -> str:
    """Give the filter that writes a value as the field's own format says, as far as there is one."""
    form, kind = _value(text, "format"), type_of(word)
    if kind == "date":
        picture = form if is_date(form) else next((name for letters, name in _MONTHS if letters in form), None)
        return f" | date({in_quotes(picture)})" if picture else ""
    if kind == "number" and is_number(form):
        return f" | number({in_quotes(form)})"
    change = _LETTERS.get(form.replace(" ", "").lower())
    lines = " | lines" if kind == "texts" else ""  # a field stands in a line, so an entry cannot have a paragraph
    return f"{lines} | {change}" if change else lines


def _tick(ground: Ground, each: _Field, box: Any, word: str, option: str | None) -> None:
    """Let a tick box be ticked as the value of its word says."""
    if option is not None and not folded(option):
        ground.tell(unfit_entry, each.begin, word, option)
        return
    if option is not None and (option := fitted(ground, each.begin, word, option)) is None:
        return
    tick_by(ground, box, ticked(word, option or ""))


def tick_by(ground: Ground, box: Any, state: str) -> None:
    """Let a tick box (w:checkBox) be ticked by an expression that gives ☒ or ☐."""
    checked = box.find(f"{W}checked")
    if checked is None:
        checked = etree.SubElement(box, f"{W}checked")  # the last of its children by the schema (CT_FFCheckBox)
    ground.put(checked, _VAL, f"{state} | entry('☒=1', '☐=0')")


def _choose(ground: Ground, each: _Field, entries: Any, word: str) -> None:
    """Let a list show the entry that is the value of its word; where that is empty, the one the form shows."""
    texts = [entry.get(_VAL) or "" for entry in entries.iterfind(f"{W}listEntry")]
    compared = Counter(folded(text) for text in texts if folded(text))
    unfit = next((text for text in texts if compared[folded(text)] > 1), None)
    if unfit is not None or not compared:
        ground.tell(unfit_entry, each.begin, word, unfit or "; ".join(texts))
        return
    result = entries.find(f"{W}result")
    shown = _value(entries, "result") or _value(entries, "default") or "0"
    if result is None:
        result = etree.Element(f"{W}result")
        entries.insert(0, result)  # the first of its children by the schema (CT_FFDDList)
    mistaken = any(folded(text) in map(str, range(at)) for at, text in enumerate(texts))
    digits = 3 if mistaken else 1  # so that the number of an earlier entry is not taken for the entry “1”
    meant = [meaning(word, text) or text for text in texts]
    written = [f"{text.replace('=', ' ')}={at:0{digits}}" for at, text in enumerate(meant) if folded(text)]
    pairs = ", ".join(map(in_quotes, written))
    shown = shown if shown.isdigit() and int(shown) < len(texts) else "0"
    # A list always shows an entry: where that says something, a paper without a value would say it of the learner.
    needed = " | required" if texts[int(shown)].strip()[:1].isalnum() else ""
    ground.put(result, _VAL, f"(({word}{needed} | entry({pairs})) ~ '') | default('{shown}')")
