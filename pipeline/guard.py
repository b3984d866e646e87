"""The first look at any file, before a library opens it (floor 2).

First bytes, sizes, names of parts and document type declarations: what fails here is refused in one sentence, in little
time and memory, whatever it would have done to a library. Limits are sizes, not ratios of compression: real workbooks
with thousands of equal rows shrink a hundredfold.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1_000_000


class Refused(Exception):
    """A file that is not opened: one sentence of what it is, one of what to do."""

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.sentence, self.advice = sentence, advice


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a package may be: bytes of the file, of one part, of all parts unpacked, and the number of parts."""

    file: int
    part: int
    total: int
    parts: int = 2_000


WORKBOOK_LIMITS = Limits(file=50 * MEGABYTE, part=64 * MEGABYTE, total=100 * MEGABYTE)
FORM_LIMITS = Limits(file=25 * MEGABYTE, part=20 * MEGABYTE, total=60 * MEGABYTE)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_COPY_AGAIN = "Copy the file again; if it came by e-mail, save it once more from there."


def open_package(path: Path, limits: Limits, *, kind: str) -> zipfile.ZipFile:
    """Open an Office package after looking at it from outside; the caller closes it.

    `kind` is “workbook” or “form”, for the sentence. Raises Refused where the file is no such package, is too large, or
    holds a document type declaration (which no Office program writes), and OSError where it cannot be opened at all.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise Refused("This is not an ordinary file but a folder or a link.", f"Put the {kind} itself here.")
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(8)
    _look_at_head(head, size, limits, kind)
    try:
        package = zipfile.ZipFile(path)
        _look_at_parts(package, limits)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as broken:
        raise Refused("The file is damaged or was not copied to its end.", _COPY_AGAIN) from broken
    return package


def _look_at_head(head: bytes, size: int, limits: Limits, kind: str) -> None:
    save_as = "Open it and save it as .xlsx." if kind == "workbook" else "Open it in Word and save it as .docx."
    if size == 0:
        raise Refused("The file is empty.", _COPY_AGAIN)
    if head.startswith(_OLE):
        raise Refused("The file is protected by a password, or of the old kind from before 2007.",
                      f"Remove the password. {save_as}")  # fmt: skip
    if not head.startswith(b"PK"):
        program = "Excel" if kind == "workbook" else "Word"
        raise Refused(f"The file is no {program} file, whatever its name says.", save_as)
    if size > limits.file:
        raise Refused(f"The file is too large ({size // MEGABYTE} MB; {limits.file // MEGABYTE} MB is the most).",
                      "Remove pictures and what is not needed from it.")  # fmt: skip


def _look_at_parts(package: zipfile.ZipFile, limits: Limits) -> None:
    parts = package.infolist()
    if len(parts) > limits.parts:
        raise Refused(f"The file has {len(parts):,} parts, which no Office program writes.", _COPY_AGAIN)
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) < len(names):
        raise Refused("The file holds one part twice, which no Office program writes.", _COPY_AGAIN)
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name for name in names):
        raise Refused("The file holds a part with a name that leads out of it.", "Do not use this file.")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("The file is protected by a password.", "Remove the password and save it again.")
    largest, total = max((part.file_size for part in parts), default=0), sum(part.file_size for part in parts)
    if largest > limits.part or total > limits.total:
        raise Refused(f"The file is too large when it is unpacked ({total // MEGABYTE:,} MB).",
                      "Remove pictures, empty rows and what is not needed from it.")  # fmt: skip
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _look_for_declarations(part.filename, read_part(package, part.filename))


def _look_for_declarations(name: str, data: bytes) -> None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:200]:
        data = data.decode("utf-16", "replace").encode()
    if re.search(rb"<!(DOCTYPE|ENTITY)", data):
        raise Refused(f"Part {name} of the file holds a document type declaration, which no Office program writes.",
                      "Do not use this file.")  # fmt: skip


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Read one part, unpacked; raises Refused where it is missing or damaged."""
    try:
        return package.read(name)
    except KeyError:
        raise Refused(f"Part {name} of the file is missing.", _COPY_AGAIN) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as broken:
        raise Refused(f"Part {name} of the file is damaged.", _COPY_AGAIN) from broken
