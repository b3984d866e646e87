"""The form map: a small file beside a form that says what goes into each of its blanks (floor 4).

It is made by `ecvet template adopt`, looked through and corrected by a person in any editor, and obeyed by `ecvet run`.
It is sorted as the form reads, and says nothing of any learner, so that colleges may share it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPEATED = ("partners", "qualifications", "units")
"""The lists that blocks repeat for."""

LARGEST = 2_000_000
"""Bytes of a form map that are read; a hundred blanks take about 15,000."""

HEAD = """\
# How the program fills “{form}”. Made by: ecvet template adopt. Correct it in any editor, and save it as text.
#
#   word = "learner.name"     this goes into the blank. `ecvet fields` lists all words. More of them, with commas:
#                             "home.name, home.country_name"; only the first that has a value:
#                             "agreement.mentor or host.mentor".
#   word = "learner.sex=M"    of a tick box: ticked where the word is, or holds, this value.
#   word = "by hand"          the blank is for the pen.        word = ""   it stays as it is in the form.
#   perhaps = "learner.name"  a proposal that was not used. Look at the form; if it is right, write word for perhaps.
#   format = "dd/mm/yyyy"     how a date is written there.     required = true   papers wait while there is no value.
#
# Beside it the file “{page}” shows all blanks in the order of the form.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a map says of one blank.

    `title` is the section and block it stands in, `under` what else stands around it, `place` where it is; `word` is
    obeyed, `perhaps` only proposed. `option` is what a tick box stands for, `item` which one of a list it is.
    """

    title: str
    label: str
    under: str = ""
    option: str = ""
    place: str
    word: str = ""
    perhaps: str = ""
    item: int | None = None
    pattern: str = ""
    required: bool = False

    @property
    def name(self) -> tuple[str, str, str, str]:
        """What a person knows the blank by, wherever it stands."""
        return self.title, self.under, self.label, self.option


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A block that repeats: it is for the item of a list with this number; `left_over` is remove or leave."""

    title: str
    list: str
    item: int
    start: str
    end: str
    left_over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What is no part of the paper: hints to who fills the form in, an information page; removed where `remove`."""

    text: str
    start: str
    end: str
    remove: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMap:
    """A form map. `form` is the name of the file it was made for, `fingerprint` tells whether that is still the same.

    `language` is the one its labels are worded in, `blanks` the number of blanks that were found.
    """

    form: str
    fingerprint: str
    language: str
    blanks: int
    entries: tuple[Entry, ...]
    repeats: tuple[Repeat, ...] = ()
    removals: tuple[Removal, ...] = ()


class Damaged(Exception):
    """A form map cannot be read: one sentence that says where, and why."""


def read_map(path: Path) -> FormMap:
    """Read a form map; raises Damaged where it cannot be read, and OSError where it cannot be opened."""
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise Damaged("It is far larger than a form map can be.")
    try:
        found = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise Damaged("It is not saved in the encoding UTF-8, which editors offer when they save a text.") from wrong
    except tomllib.TOMLDecodeError as wrong:
        at = re.search(r"line (\d+)", str(wrong))
        where = f"Line {at[1]}, or the one before it," if at else "A line"
        why = "cannot be read: a straight quotation mark, a comma or a bracket is missing or too much"
        raise Damaged(f"{where} {why}.") from wrong
    except RecursionError as wrong:
        raise Damaged("It has too many brackets inside one another.") from wrong
    try:
        return FormMap(
            form=_text(found, "form"), fingerprint=_text(found, "fingerprint"),
            language=_text(found, "language", "en"), blanks=_number(found, "blanks"), entries=tuple(_entries(found)),
            repeats=tuple(_repeats(found)), removals=tuple(_removals(found)),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        named = str(wrong.args[0]) if wrong.args else ""
        key = f"“{named}”" if re.fullmatch(r"[a-z_]{2,20}", named) else "something"
        raise Damaged(f"It lacks {key}, or says it in another way than form maps do.") from wrong


def _text(of: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = of.get(key, default)
    if not isinstance(value, str):
        raise TypeError(key)
    return value


def _number(of: Mapping[str, Any], key: str) -> int:
    value = of[key]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10_000:
        raise TypeError(key)
    return value


def _entries(found: Mapping[str, Any]) -> Iterator[Entry]:
    for group in found.get("part", []):
        title = _text(group, "title")
        for blank in group["blanks"]:
            required = blank.get("required", False)
            if not isinstance(required, bool):
                raise TypeError("required")
            yield Entry(
                title=title, label=_text(blank, "label", ""), under=_text(blank, "under", ""),
                option=_text(blank, "box", ""), place=_text(blank, "place"), word=_text(blank, "word", ""),
                perhaps=_text(blank, "perhaps", ""), item=_number(blank, "item") if "item" in blank else None,
                pattern=_text(blank, "format", ""), required=required,
            )  # fmt: skip


def _repeats(found: Mapping[str, Any]) -> Iterator[Repeat]:
    for each in found.get("repeats", {}).get("blocks", []):
        left_over = _text(each, "left_over")
        if left_over not in ("remove", "leave"):
            raise ValueError("left_over")
        if _text(each, "list") not in REPEATED:
            raise ValueError("list")
        yield Repeat(
            title=_text(each, "title"), list=_text(each, "list"), item=_number(each, "item"), start=_text(each, "from"),
            end=_text(each, "to"), left_over=left_over,
        )  # fmt: skip


def _removals(found: Mapping[str, Any]) -> Iterator[Removal]:
    for each in found.get("notes", {}).get("hints", []):
        if not isinstance(each["remove"], bool):
            raise TypeError("remove")
        yield Removal(text=_text(each, "text"), start=_text(each, "from"), end=_text(each, "to"), remove=each["remove"])


# -- writing -----------------------------------------------------------------------------------------------------------


def as_text(made: FormMap, page: str) -> str:
    """Write a form map; `page` is the name of the page that shows it."""
    lines = [HEAD.format(form=made.form, page=page), f"form = {_quoted(made.form)}",
             f"language = {_quoted(made.language)}", f"fingerprint = {_quoted(made.fingerprint)}",
             f"blanks = {made.blanks}"]  # fmt: skip
    title = None
    for entry in made.entries:
        if entry.title != title:
            if title is not None:
                lines.append("]")
            title = entry.title
            lines += ["", "[[part]]", f"title = {_quoted(title)}", "blanks = ["]
        lines.append(f"  {{ {_blank(entry)} }},")
    if title is not None:
        lines.append("]")
    if made.repeats:
        lines += ["", "# Blocks that repeat: the first is for the first item of the list, and so on; for more items",
                  '# the last block is copied. Blocks left over: left_over = "remove", or "leave" (empty).',
                  "[repeats]", "blocks = ["]  # fmt: skip
        lines += [f"  {{ {_repeat(repeat)} }}," for repeat in made.repeats] + ["]"]
    if made.removals:
        lines += ["", "# Hints to who fills the form in: they are not in the papers. With remove = false they stay.",
                  "[notes]", "hints = ["]  # fmt: skip
        lines += [f"  {{ {_note(note)} }}," for note in made.removals] + ["]"]
    return "\n".join(lines) + "\n"


def _blank(entry: Entry) -> str:
    said = {"label": entry.label, "box": entry.option, "under": entry.under, "word": entry.word}
    pairs = [f"{key} = {_quoted(value)}" for key, value in said.items() if value or key in ("label", "word")]
    if entry.perhaps and not entry.word:
        pairs[-1] = f"perhaps = {_quoted(entry.perhaps)}"
    if entry.item is not None:
        pairs.append(f"item = {entry.item}")
    if entry.pattern:
        pairs.append(f"format = {_quoted(entry.pattern)}")
    if entry.required:
        pairs.append("required = true")
    return ", ".join([*pairs, f"place = {_quoted(entry.place)}"])


def _repeat(repeat: Repeat) -> str:
    said = {"title": repeat.title, "list": repeat.list, "item": repeat.item, "left_over": repeat.left_over,
            "from": repeat.start, "to": repeat.end}  # fmt: skip
    return ", ".join(f"{key} = {_quoted(value) if isinstance(value, str) else value}" for key, value in said.items())


def _note(note: Removal) -> str:
    said = {"text": _quoted(note.text), "remove": "true" if note.remove else "false", "from": _quoted(note.start),
            "to": _quoted(note.end)}  # fmt: skip
    return ", ".join(f"{key} = {value}" for key, value in said.items())


def _quoted(text: str) -> str:
    """Write a text as TOML: a word with quotes in it in single ones, so that a person need not escape anything."""
    plain = " ".join(text.split())
    if ('"' in plain or "\\" in plain) and "'" not in plain:
        return f"'{plain}'"
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in escaped) + '"'
