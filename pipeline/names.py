"""File names that are safe on Windows, macOS and Linux, and never meet by accident (floor 1)."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 120
"""Characters of a file name without its ending: with folders it stays below the 260 of Windows."""

_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def safe_name(text: str) -> str:
    """Turn a text into a file name that every system takes: letters of all languages stay, what systems forbid goes.

    Spaces are single, the name neither begins nor ends with a dot or a space, device names of Windows get an
    underscore, and what would be empty becomes “_”. Source: Microsoft, “Naming Files, Paths, and Namespaces”.
    """
    name = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    name = " ".join(_UNSAFE.sub(" ", name).split())[:LONGEST_NAME].strip(" .")
    return f"_{name}" if not name or _RESERVED.fullmatch(name) else name


def same_file(name: str) -> str:
    """Fold what some systems do not tell apart in names: case, and composed or decomposed accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def told_apart(name: str, taken: set[str]) -> str:
    """Give a name that is not taken yet, numbered on where it is; `name` may hold folders and an ending."""
    stem, dot, ending = name.rpartition(".")
    number, found = 1, name
    while same_file(found) in taken:
        number += 1
        found = f"{stem} - {number}{dot}{ending}" if dot else f"{name} - {number}"
    taken.add(same_file(found))
    return found
