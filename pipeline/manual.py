"""What the program tells of itself: every code from its docstring, every word of the templates (floor 9)."""

from __future__ import annotations

import difflib
import pkgutil
from importlib import import_module
from typing import Any

import pipeline
from pipeline.marks.naming import short_names, short_of
from pipeline.problem import CODES, FAMILIES, Basis, CannotContinue, Code
from pipeline.vocabulary import MEANINGS, RECORD_NAMES, RECORDS, TOP, words

_BASES = {
    Basis.FORM: "a rule of ECVET or of the official forms", Basis.PROGRAMME: "a rule of the programme",
    Basis.CONVENTION: "good practice, not a rule", Basis.DATA: "needed for the data to be in order",
}  # fmt: skip
_WEIGHTS = {"error": "papers wait until it is corrected", "warning": "papers are made; please look",
            "notice": "papers are made; for your information"}  # fmt: skip


def codes() -> dict[str, Code]:
    """Give every code of the program; all rooms are loaded, for any of them may name problems."""
    for room in pkgutil.walk_packages(pipeline.__path__, "pipeline."):
        if not room.name.endswith(("__main__", ".cli")):
            import_module(room.name)
    return dict(sorted(CODES.items()))


def story(code: str) -> str:
    """Tell the whole story of a code; raises CannotContinue where there is no such code."""
    known = codes()
    code = code.strip().strip("[]").strip()  # as it is printed behind a message
    entry = known.get(code.upper())
    if entry is None:
        near = difflib.get_close_matches(code.upper(), known, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "All codes: ecvet explain"
        raise CannotContinue(f"There is no code “{code}”. {hint}")
    lines = [f"{entry.code}  {entry.title}.", ""]
    if entry.story:
        lines += [entry.story, ""]
    lines.append(f"What to do: {entry.advice}")
    source = f" ({entry.source})" if entry.source else ""
    lines.append(f"Where it comes from: {_BASES[entry.basis]}{source}.")
    lines.append(f"What it does: {_WEIGHTS[entry.severity]}.")
    return "\n".join(lines)


def all_codes() -> str:
    """List every code with its title, by family."""
    known = codes()
    lines = []
    for family, meaning in FAMILIES.items():
        ours = [entry for code, entry in known.items() if code.startswith(family)]
        if ours:
            lines += [f"{family}  {meaning}"]
            lines += [*(f"  {entry.code}  {entry.severity:7}  {entry.title}." for entry in ours), ""]
    return "\n".join([*lines, "More about one of them: ecvet explain CODE"])


def fields_as_text() -> str:
    """List every word with its short form where it needs one, its meaning, the column that feeds it, and an example."""
    lines = ["A form begins with one of these:", ""]
    lines += [f"  {name:16} {MEANINGS[name]} ({kind})" for name, kind in TOP.items()]
    for record in RECORD_NAMES:
        lines += ["", f"{record}:"]
        for word in RECORDS[record].values():
            fed = f"[{word.column}]" if word.column else "[counted]"
            needed = " *" if word.required else ""
            shown = f"  e.g. {word.example}" if word.example else ""
            lines.append(f"  {word.name:36} {_shortened(word.name):18} {word.meaning}{needed}  {fed}{shown}")
    lines += ["", "* A paper waits while this is empty.", "", *_SHORT]
    others = [word for word in short_names() if word.partition(".")[0] not in RECORD_NAMES and _shortened(word)]
    return "\n".join([*lines, "", *(f"  {word:42} {_shortened(word)}" for word in others)])


_SHORT = (
    "In old form fields Word cuts a name at 20 letters. The second column is a short form for these; it may stand in",
    "any other blank too. Where there is none, the word with _ for the dot is short enough. The other short forms:",
)


def _shortened(word: str) -> str:
    """Give the short form of a word that is too long for an old form field; else nothing."""
    short = short_of(word) or ""
    return "" if short == word.replace(".", "_") else short


def fields_as_object() -> list[dict[str, Any]]:
    """List every word for other programs; `shorts` has the short forms of the words that are spelled alike.

    Those of `partner` are also words of home, host and others, each with a short form of its own.
    """
    return [
        {"word": word.name, "short": short_of(word.name), "shorts": _shorts(word.record, word.key), "type": word.type,
         "meaning": word.meaning, "column": word.column or None, "required": word.required,
         "example": word.example or None}
        for word in words()
    ]  # fmt: skip


def _shorts(record: str, key: str) -> dict[str, str]:
    roots = [root for root, kind in TOP.items() if kind.removeprefix("list of ") == record and root != record]
    return {root: short for root in roots if (short := short_of(f"{root}.{key}"))}
