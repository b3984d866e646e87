"""The first look at any file, before a library opens it (floor 1).

First bytes, sizes, names of parts and document type declarations: what fails here is refused in one sentence, in little
time and memory, whatever it would have done to a library. Limits are sizes, not ratios of compression: real workbooks
with thousands of equal rows shrink a hundredfold.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipeline.raw import readable

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
LONGEST_DIRECTORY = 2 * MEGABYTE
"""Bytes of the list of parts in a package: room for thousands of long names."""

_STRANGE = "which no Office program writes."
_DO_NOT_USE = "Do not use this file; ask for it again as it was saved from its own program."
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
        _look_at_directory(stream, size)
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as broken:
        raise Refused("The file is damaged or was not copied to its end.", _COPY_AGAIN) from broken
    try:
        _look_at_parts(package, limits)
    except BaseException:
        package.close()
        raise
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


def _look_at_directory(stream: IO[bytes], size: int) -> None:
    """Look how long the list of parts is, before zipfile makes an object of each."""
    stream.seek(max(0, size - 66_000))
    end = stream.read()
    at = end.rfind(b"PK\x05\x06")
    length = int.from_bytes(end[at + 12 : at + 16], "little") if at >= 0 else 0
    record = end[max(0, at - 76) : max(0, at - 20)]  # where a package of more than 4 GB, or a cautious program, says it
    if record.startswith(b"PK\x06\x06"):
        length = max(length, int.from_bytes(record[40:48], "little"))
    if length > LONGEST_DIRECTORY:
        raise Refused(f"The file has more parts than anybody can look through, {_STRANGE}", _DO_NOT_USE)


def _look_at_parts(package: zipfile.ZipFile, limits: Limits) -> None:
    parts = package.infolist()
    if len(parts) > limits.parts:
        raise Refused(f"The file has {len(parts):,} parts, {_STRANGE}", _COPY_AGAIN)
    names = [part.filename for part in parts]
    if len({name.casefold() for name in names}) < len(names):
        raise Refused(f"The file holds one part twice, {_STRANGE}", _COPY_AGAIN)
    if any(name.startswith("/") or "\\" in name or ".." in name.split("/") for name in names):
        raise Refused(f"The file holds a part with a name that leads out of it, {_STRANGE}", _DO_NOT_USE)
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("The file is protected by a password.", "Remove the password and save it again.")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Refused(f"The file is packed in a way {_STRANGE}", _DO_NOT_USE)
    largest, total = max((part.file_size for part in parts), default=0), sum(part.file_size for part in parts)
    if largest > limits.part or total > limits.total:
        raise Refused(f"The file is too large when it is unpacked ({total // MEGABYTE:,} MB).",
                      "Remove pictures, empty rows and what is not needed from it.")  # fmt: skip
    for part in parts:
        _look_into(package, part)


_BEGINS_AS_XML = re.compile(rb"(?:[\s\0]|\xef\xbb\xbf|\xff\xfe|\xfe\xff)*(?:<|$)")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]*)", re.IGNORECASE)
_KNOWN_ENCODING = re.compile(rb"utf-?(8|16)|us-ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
_EBCDIC = b"\x4c\x6f\xa7\x94"
_CHUNK = 1 << 20
_HEAD = 300


def _look_into(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Look for document type declarations in a part, whatever its name says that it is.

    What does not begin as XML is not read on. Of letters that take two bytes the empty ones are passed over.
    """
    name = readable(part.filename)
    with open_part(package, part.filename) as stream:
        chunk = stream.read(_CHUNK)
        encoding = _ENCODING.search(chunk.replace(b"\0", b""), 0, _HEAD)
        if chunk.startswith(_EBCDIC) or (encoding and not _KNOWN_ENCODING.fullmatch(encoding[1])):
            raise Refused(f"Part {name} of the file is written in strange letters, {_STRANGE}", _DO_NOT_USE)
        tail = b""
        while chunk and (tail or begins_as_xml(chunk)):
            piece = tail + chunk.replace(b"\0", b"")
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                sentence = f"Part {name} of the file holds a document type declaration, {_STRANGE}"
                raise Refused(sentence, _DO_NOT_USE)
            tail, chunk = piece[-10:] or b"<", stream.read(_CHUNK)


@contextmanager
def open_part(package: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """Open one part for reading, unpacked; raises Refused where it is missing or damaged, also while it is read."""
    try:
        with package.open(name) as stream:
            yield stream
    except KeyError:
        raise Refused(f"Part {readable(name)} of the file is missing.", _COPY_AGAIN) from None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as broken:
        raise Refused(f"Part {readable(name)} of the file is damaged.", _COPY_AGAIN) from broken


def begins_as_xml(data: bytes) -> bool:
    """Say whether a part begins as XML does, whatever its name says that it is."""
    return _BEGINS_AS_XML.match(data[:_HEAD]) is not None


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Read one part, unpacked; raises Refused where it is missing or damaged."""
    with open_part(package, name) as stream:
        return stream.read()
