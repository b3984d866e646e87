"""What the terminal says of an adopted form (floor 9)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.adoption.adopting import Adopted, Before
from pipeline.adoption.states import Line, State
from pipeline.languages import language_name
from pipeline.sentences import counted, listed

MOST_NAMED = 12
"""Blanks of a kind that the terminal names when a map changed; the page has them all."""


def as_text(adopted: Adopted) -> str:
    """Tell what was understood of a form, what a person has to look at, and what to do next."""
    return "\n".join([_headline(adopted), *_changes(adopted), *_open(adopted), *_blocks(adopted), "", *_next(adopted)])


def _headline(adopted: Adopted) -> str:
    told = len(adopted.lines)
    if not told:
        return f"{adopted.form.name}: no blank was found in it, so there is nothing to fill."
    understood, pen = adopted.count(State.UNDERSTOOD), adopted.count(State.PEN)
    pens = f", {pen:,} of them for the pen" if pen else ""
    languages = listed([language_name(each) for each in adopted.languages[:2]])
    rest = [(adopted.count(State.LOOK), "to check"), (adopted.count(State.OPEN), "not understood")]
    more = "".join(f", {number:,} {what}" for number, what in rest if number)
    said = f"understood {understood + pen:,} of {counted(told, 'blank')}{pens}{more}"
    return f"{adopted.form.name}, in {languages}: {said}."


def _changes(adopted: Adopted) -> Iterator[str]:
    if adopted.before is Before.SAME:
        yield "What was in its map before has been kept."
    elif adopted.before is Before.SHARED:
        yield "What the other map says has been taken over for every blank that both forms have."
    elif adopted.before is Before.OTHER:
        yield "The form is a different version. What its map said has been kept for every blank that is still there."
    changed = adopted.changed
    if adopted.before in (Before.OTHER, Before.SHARED):
        for what, names in (("new", changed.came), ("gone", changed.went), ("moved", changed.moved)):
            if names:
                more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
                yield f"  {what}: {'; '.join(names[:MOST_NAMED])}{more}"
    if adopted.kept:
        yield f"The map as it was is kept as {adopted.kept}."


def _open(adopted: Adopted) -> Iterator[str]:
    for state, heading in ((State.LOOK, "Please check:"), (State.OPEN, "Not understood:")):
        lines = [line for line in adopted.lines if line.state is state]
        if lines:
            yield heading
            yield from _grouped(lines)


def _grouped(lines: Sequence[Line]) -> Iterator[str]:
    title = None
    for line in lines:
        if line.title != title:
            title = line.title
            yield f"  {title or 'at the top of the form'}"
        perhaps = f"  perhaps {line.words}" if line.words else ""
        yield f"    {line.label or 'a blank without a label'} ({line.place}){perhaps}"


def _blocks(adopted: Adopted) -> Iterator[str]:
    for of in dict.fromkeys(repeat.list for repeat in adopted.made.repeats):
        blocks = [repeat for repeat in adopted.made.repeats if repeat.list == of]
        removed = sum(repeat.left_over == "remove" for repeat in blocks)
        gone = f"; left over, {removed:,} of them are removed" if removed else "; left over, they stay empty"
        yield f"{counted(len(blocks), 'block')} for {of}{gone}."
    for note in adopted.made.removals:
        stays = "is not in the papers" if note.remove else "stays in the papers"
        yield f"“{note.text[:70]}{'…' if len(note.text) > 70 else ''}” {stays}."


def _next(adopted: Adopted) -> Iterator[str]:
    yield f"The map: {adopted.map.name}. All blanks in order: {adopted.page.name}."
    if adopted.count(State.LOOK):
        yield "Nothing that is to be checked is filled before you say so: in the map, write word for perhaps."
    yield f"Look through the page once, then: ecvet run{_set_of(adopted.form)}"


def _set_of(form: Path) -> str:
    """Name the set a form lies in, unless it is the official one, which a run takes anyway."""
    parts = form.resolve().parts
    named = parts[parts.index("templates") + 1] if "templates" in parts[:-2] else ""
    if named in ("", "official"):
        return ""
    return f' --templates "{named}"' if " " in named else f" --templates {named}"


def as_object(adopted: Adopted) -> dict[str, Any]:
    """Give what was understood for other programs."""
    return {
        "form": adopted.form.as_posix(), "map": adopted.map.as_posix(), "page": adopted.page.as_posix(),
        "languages": list(adopted.languages), "counts": {state.value: adopted.count(state) for state in State},
        "blanks": [
            {"section": line.title, "label": line.label, "place": line.place, "words": line.words,
             "state": line.state.value}
            for line in adopted.lines
        ],
        "changes": {"came": list(adopted.changed.came), "went": list(adopted.changed.went),
                    "moved": list(adopted.changed.moved)},
    }  # fmt: skip
