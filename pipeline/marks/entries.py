"""The lists of content controls: drop-down lists and combo boxes show the entry that stands for a value (floor 3).

Sources: ECMA-376 part 1, 17.5.2.5 (comboBox), 17.5.2.15 (dropDownList), 17.5.2.21 (listItem).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from pipeline.marks.choices import Control, only_if, put_at
from pipeline.marks.ground import Ground
from pipeline.marks.options import column_of, in_quotes, meaning
from pipeline.marks.tags import LONGEST_TAG
from pipeline.problem import fault
from pipeline.spelling import folded
from pipeline.word.names import W

LISTS = ("dropDownList", "comboBox")

_ROOM_FOR_WORDS = 100
"""Signs of a tag that are not its entries."""


@fault("T227")
def unusable_list(name: str, why: str) -> str:
    """A drop-down list of a form cannot be used: it has no entries, or more than fit into a tag.

    The program chooses the entry that stands for the value, so it must know the entries. A combo box takes any text.

    Advice: Give the list its entries in Word (Developer, Properties), or make it a combo box or a text control.
    Basis: data (contract, section 3)
    """
    return f"The list “{name}” cannot be used: {why}."


def choose(ground: Ground, control: Control, word: str, choices: Any, asked: str) -> str | None:
    """Give the text of a list: the entry that stands for the value. None where the list cannot be used, which is told.

    `asked` is the word as the form names it, whatever a loop around it is called.

    A combo box takes any text (ECMA-376 part 1, 17.5.2.5); a value that one of its entries stands for shows that entry.
    """
    entries = _entries(control, choices)
    meant = _meant(asked, entries)
    pairs = _pairs(meant)
    both = _means_two_things(entries)
    if both and column_of(asked) is None:
        ground.tell(unusable_list, control.element, control.name, f"“{both}” stands for one entry and shows as another")
        return None
    combo = choices.tag == f"{W}comboBox"
    coded = any(value != shown for value, shown in entries)
    if not combo and not entries:
        ground.tell(unusable_list, control.element, control.name, "it has no entries")
        return None
    fits = len(pairs) + _ROOM_FOR_WORDS < LONGEST_TAG  # what else is written of the entries is no longer
    if not fits and (coded or not combo):
        ground.tell(unusable_list, control.element, control.name, f"its {len(entries)} entries are too many")
        return None
    known = ", ".join(dict.fromkeys(in_quotes(each) for pair in meant for each in pair))
    is_known = f"{word} in [{known}]"
    last = _value(word, asked, entries)
    fits = fits and len(last) + _ROOM_FOR_WORDS < LONGEST_TAG
    if choices.attrib.pop(f"{W}lastValue", None) is not None and entries and fits and control.asked_in:
        _last_value(ground, control, choices, last, is_known)
    if not combo:
        return f"{{{{ {word} | entry({pairs}) }}}}"
    if not coded:
        return f"{{{{ {word} }}}}"
    return f"{{% if {is_known} %}}{{{{ {word} | entry({pairs}) }}}}{{% else %}}{{{{ {word} }}}}{{% endif %}}"


def _means_two_things(entries: list[tuple[str, str]]) -> str:
    """Find a text that is the value of one entry and shows as another: nobody can say which of them it means."""
    shown = {folded(text): value for value, text in entries}
    return next((value for value, _ in entries if shown.get(folded(value), value) != value), "")


def value_of_entry(control: Control, word: str, choices: Any) -> str | None:
    """Give the value of the entry that stands for a word's value, as a tag writes it; None where it may be another's.

    A combo box keeps a text that is none of its entries as it is.
    """
    entries = _entries(control, choices)
    if _means_two_things(entries):
        return None
    found = _value(word, word, entries) if entries else word
    return f"{found} or {word}" if choices.tag == f"{W}comboBox" and entries else found


def _value(word: str, asked: str, entries: Sequence[tuple[str, str]]) -> str:
    """Write for a tag which value of the entries stands for a word: by what they show, if the column means others."""
    meant = _meant(asked, entries)
    values = _pairs((shown, value) for value, shown in entries)
    by_shown = f" | entry({_pairs(meant)})" if meant != list(entries) else ""
    return f"{word}{by_shown} | entry({values})"


def _meant(asked: str, entries: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give for each entry the value of a cell that it stands for, and what it shows."""
    return [(meaning(asked, value) or meaning(asked, shown) or value, shown) for value, shown in entries]


def _pairs(entries: Iterable[tuple[str, str]]) -> str:
    """Write entries into a tag; what stands before the = holds none, and is compared without signs."""
    return ", ".join(dict.fromkeys(in_quotes(f"{key.replace('=', ' ')}={text}") for key, text in entries))


def _last_value(ground: Ground, control: Control, choices: Any, last: str, is_known: str) -> None:
    """Keep what the list remembers of its last choice, the value of the entry (ECMA-376 part 1, 17.5.2.15).

    Where the value is none of the entries there is none to remember, and it is told of the text alone.
    """
    without = deepcopy(choices)
    put_at(ground, control, choices, f"{W}lastValue", last)
    only_if(control, is_known, choices, without)


def _entries(control: Control, choices: Any) -> list[tuple[str, str]]:
    """Give the entries of a list, value and shown text; the prompt (“Choose an item.”) is none."""
    prompt = ""
    if control.properties.find(f"{W}showingPlcHdr") is not None:
        prompt = "".join(text.text or "" for text in control.content.iter(f"{W}t")).strip()
    found: list[tuple[str, str]] = []
    for item in choices.iterchildren(f"{W}listItem"):
        shown = (item.get(f"{W}displayText") or item.get(f"{W}value") or "").strip()
        value = item.get(f"{W}value", shown).strip()
        if shown and value and shown != prompt:
            found.append((value, shown))
    return found
