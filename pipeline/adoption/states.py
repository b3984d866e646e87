"""What a person sees of each blank of an adopted form: is it understood, to be checked, or not understood (floor 9)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.untouched.formmap import Entry
from pipeline.untouched.lines import Kind
from pipeline.untouched.meaning import Meaning
from pipeline.untouched.phrases import Unknown, phrase_of
from pipeline.vocabulary import TOP, word_of


class State(StrEnum):
    """How a blank stands."""

    UNDERSTOOD = "understood"
    PEN = "for the pen"
    LOOK = "please check"
    OPEN = "not understood"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A blank as it is shown: section and block, label, the words it gets and what they mean."""

    title: str
    label: str
    kind: str
    words: str
    meaning: str
    state: State
    place: str


def line_of(entry: Entry, meaning: Meaning) -> Line:
    """Say of a blank what a person wants to know."""
    words = entry.word or entry.perhaps
    label = " › ".join(part for part in (entry.under, entry.label) if part)
    return Line(
        title=entry.title, label=f"{label}: {entry.option}" if entry.option else label,
        kind="tick box" if meaning.blank.kind is Kind.BOX else "", words=words, meaning=_meaning(words, entry.item),
        state=_state(entry), place=entry.place,
    )  # fmt: skip


def _state(entry: Entry) -> State:
    if entry.word.casefold().strip() == "by hand":
        return State.PEN
    if entry.word.strip():
        return State.UNDERSTOOD if _is_readable(entry.word) else State.OPEN
    return State.LOOK if entry.perhaps and ".more[" not in entry.perhaps else State.OPEN


def _is_readable(words: str) -> bool:
    try:
        phrase_of(words)
    except Unknown:
        return False
    return True


def _meaning(words: str, item: int | None) -> str:
    """Say in plain words what goes into a blank."""
    try:
        phrase = phrase_of(words)
    except Unknown:
        return "this is no word: ecvet fields lists all of them"
    if phrase is None:
        return ""
    told = []
    for word in phrase.words:
        root, _, key = word.written.rpartition(".")
        known = word_of(word.written) or word_of(f"{TOP.get(root.rpartition('.')[2], root.rpartition('.')[2])}.{key}")
        owner = word.written.partition(".")[0]
        sheet, _, column = known.column.partition(": ") if known else ("", "", "")
        cell = f" (sheet {sheet}, {column})" if column else ""
        told.append(f"{owner}: {known.meaning}{cell}" if known else word.written)
    said = (" or else " if phrase.first else ", ").join(dict.fromkeys(told))
    if phrase.option is not None:
        said += f", if it is {' or '.join(f'“{each}”' for each in phrase.options)}"
    return f"no. {item}, {said}" if item else f"if there is none: {said}" if phrase.negated else said
