"""File names that are safe on Windows, macOS and Linux, and never meet by accident (floor 1)."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from pathlib import Path

LONGEST_NAME = 120
"""Characters of a file name without its ending: with folders it stays below the 260 of Windows."""

LONGEST_FOLDER = 60
"""Characters of the name of a cohort's folder: it stands before every paper."""

LARGEST_NAME = 200
"""Bytes (or decomposed letters) of a name: file systems take 255, and endings such as “ (new 2).docx” come on top."""

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
"""Kinds of characters nobody sees: controls, marks of direction and width, halves of pairs, private and unassigned."""


def safe_name(text: str, end: str = "", longest: int = LONGEST_NAME) -> str:
    """Turn a text into a file name that every system takes: letters of all languages stay, what systems forbid goes.

    Spaces are single, the name neither begins nor ends with a dot or a space, device names of Windows get an
    underscore, and what would be empty becomes “_”. A name that is too long loses the end of its text, never `end`.
    Source: Microsoft, “Naming Files, Paths, and Namespaces”.
    """
    tail = _clean(end)[:longest // 2]
    name = _cut(_clean(text), tail, longest).strip(" .")
    name = f"{name} {tail}".strip(" .") if tail else name
    return _cut(f"_{name}", "", longest).rstrip(" .") if not name or _RESERVED.fullmatch(name) else name


def _clean(text: str) -> str:
    """Take out what no name may hold; the order matters: what goes away must not leave letters that join."""
    seen = text
    if not text.isprintable():
        seen = "".join(" " if letter in "\t\n\v\f\r\x85" else letter for letter in text)
        seen = "".join(letter for letter in seen if unicodedata.category(letter) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", _UNSAFE.sub(" ", unicodedata.normalize("NFC", seen))).split())


def _cut(name: str, tail: str, longest: int) -> str:
    """Cut a name where it and its tail would be too long, and never between a letter and its accent."""
    room = longest - (len(tail) + 1 if tail else 0)
    heavy = LARGEST_NAME - (_weight(tail) + 1 if tail else 0)
    at = min(len(name), room)
    while at > 0 and (_weight(name[:at]) > heavy or (at < len(name) and unicodedata.combining(name[at]))):
        at -= 1
    return name[:at]


def _weight(name: str) -> int:
    """Say how large file systems find a name: bytes for most, decomposed letters for those of older Macs."""
    return max(len(name.encode()), len(unicodedata.normalize("NFD", name)))


def same_file(name: str) -> str:
    """Fold what some systems do not tell apart in names: case, and composed or decomposed accents."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


MAP = ".map.toml"
"""What the name of a form map ends with; it lies beside its form."""


def map_beside(form: Path) -> Path:
    """Give the path of a form's map, whether there is one or not."""
    return form.with_name(f"{form.stem}{MAP}")


EXCEL, LIBREOFFICE = LAID_WHILE_OPEN = "~$", ".~lock."
"""How the names of the files begin that Excel and Word, or LibreOffice, lay beside a file as long as it is open."""


def is_put_away(file: str) -> bool:
    """Say by its name whether a file is none of the officer's: laid there while another is open, or hidden."""
    return file.startswith((".", *LAID_WHILE_OPEN))


MARKED = " - faults"
"""What the name of a copy of a form ends with in which its faults are marked; such a copy is no form."""

_IS_MARKED = re.compile(rf"{MARKED}( \(\d+\))?$")


def is_marked_copy(file: str) -> bool:
    """Say by its name whether a file is a copy of a form with its faults marked: “Card - faults (2).docx”."""
    return _IS_MARKED.search(file.rpartition(".")[0]) is not None


class Taken:
    """Names that are taken, kept by short checksums: tens of thousands of names would take megabytes.

    Two names in 2⁶⁴ have the same one; then the later is numbered without need.
    """

    def __init__(self) -> None:
        self._marks: set[int] = set()

    def __contains__(self, name: str) -> bool:
        return self._mark(name) in self._marks

    def add(self, name: str) -> None:
        """Enter a name."""
        self._marks.add(self._mark(name))

    @staticmethod
    def _mark(name: str) -> int:
        return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def told_apart(name: str, taken: set[str] | Taken) -> str:
    """Give a name that is not taken yet, numbered on where it is; `name` may hold folders and an ending."""
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    if not dot:
        stem, ending = file, ""
    number, found = 1, name
    while same_file(found) in taken:
        number += 1
        found = f"{folder}{slash}{stem} - {number}{dot}{ending}"
    taken.add(same_file(found))
    return found


MOST_BESIDE = 99
"""So many files beside one that a person worked in are told apart by a number."""


def name_beside(file: str, number: int) -> str:
    """Name what goes beside a file that a person worked in: “Card (new).docx”, then “Card (new 2).docx”."""
    stem, _, ending = file.rpartition(".")
    return f"{stem} (new{f' {number}' if number > 1 else ''}).{ending}"
