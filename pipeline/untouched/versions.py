"""What is different between two versions of a form, and what of its map still fits (floor 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.untouched.formmap import Entry, FormMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What is different between the form that a map was made for and the form as it is: names of blanks."""

    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()


def changes(old: Sequence[Entry], new: Sequence[Entry]) -> Changes:
    """Compare two maps of a form blank by blank; blanks of one name are told apart by their order."""
    before, after = _by_name(old), _by_name(new)
    return Changes(
        came=tuple(called(after[key]) for key in after if key not in before),
        went=tuple(called(before[key]) for key in before if key not in after),
        moved=tuple(called(after[key]) for key in after if key in before and before[key].place != after[key].place),
    )


def called(entry: Entry) -> str:
    """Say what a person calls a blank."""
    parts = [entry.title.rpartition(" › ")[2], entry.under, entry.label, entry.option]
    return " › ".join(dict.fromkeys(part for part in parts if part)) or entry.place


def _by_name(entries: Iterable[Entry]) -> dict[tuple[object, ...], Entry]:
    found: dict[tuple[object, ...], Entry] = {}
    counted: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        found[(*entry.name, counted[entry.name])] = entry
        counted[entry.name] += 1
    return found


def carried_over(old: FormMap, new: FormMap) -> FormMap:
    """Let a new map of a form say what a person wrote into the old one, for every blank that is still there.

    Where the old map has nothing, what is now understood is only proposed.
    """
    before = _by_name(old.entries)
    entries = []
    for key, entry in _by_name(new.entries).items():
        known = before.get(key)
        if known is None:
            entries.append(entry)
            continue
        proposed = known.perhaps or entry.perhaps or entry.word
        entries.append(replace(
            entry, word=known.word, perhaps="" if known.word else proposed, item=known.item, pattern=known.pattern,
            required=known.required,
        ))  # fmt: skip
    repeats = {(each.title, each.list): each.left_over for each in old.repeats}
    notes = {each.text: each.remove for each in old.removals}
    blocks = (replace(each, left_over=repeats.get((each.title, each.list), each.left_over)) for each in new.repeats)
    hints = (replace(each, remove=notes.get(each.text, each.remove)) for each in new.removals)
    return replace(new, entries=tuple(entries), repeats=tuple(blocks), removals=tuple(hints))
