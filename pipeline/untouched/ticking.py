"""Whether a box is ticked, spelled out for a tag (floor 4)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.marks.options import in_quotes, meaning, ticked
from pipeline.untouched.boxes import OTHER
from pipeline.untouched.phrases import Phrase


def state_of(phrase: Phrase, boxes: Sequence[str]) -> str:
    """Spell out whether a box is ticked, ☒ or ☐: an expression. `boxes` are the options of the word that have boxes."""
    word = phrase.words[0].path
    if phrase.negated:
        return f"(not {word}) | tick"
    if phrase.option is None:
        return f"{word} | tick"
    if is_other(phrase):
        return f"{others(phrase, boxes)} | tick"
    if len(phrase.options) > 1:
        return f"{word} | tick({', '.join(map(in_quotes, phrase.options))})"
    return ticked(word, meaning(word, phrase.option) or phrase.option)


def is_other(phrase: Phrase) -> bool:
    """Say whether a box, or a blank, is for what none of the other boxes of its word stands for."""
    return phrase.option is not None and phrase.option.casefold() == OTHER and phrase.words[0].type == "texts"


def others(phrase: Phrase, boxes: Sequence[str]) -> str:
    """Spell out the entries that no box stands for: an expression."""
    word = phrase.words[0].path
    return f"{word} | others({', '.join(in_quotes(each) for each in boxes)})" if boxes else word
