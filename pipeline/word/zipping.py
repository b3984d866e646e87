"""Write a package reproducibly and fast: fixed times, the form's own order (floor 2).

What is the same in every paper of a form is laid out once; a paper adds its own parts and the places of the members.
The compressor is ISA-L where it is installed (the package `isal`: many times as fast as zlib, and files a little
larger), else zlib. The same installation always writes the same bytes.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

try:
    from isal import isal_zlib
except ImportError:
    isal_zlib = None  # type: ignore[assignment]  # an installation without it writes the same papers, slower


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the package, as it lies in the zip: name, method, checksum, sizes and compressed bytes."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


def _zlib(level: int) -> Callable[[bytes | bytearray], bytes]:
    def squeeze(data: bytes | bytearray) -> bytes:
        squeezer = zlib.compressobj(level, zlib.DEFLATED, -15)
        return squeezer.compress(data) + squeezer.flush()

    return squeeze


def _isal(data: bytes | bytearray) -> bytes:
    """Compress at level 0, the only one whose bytes depend on the data alone.

    Levels 1 and 2 file the third byte under a number they make of where their own state lies in memory
    (igzip_icf_body_h1_gr_bt.asm, `.write_first_byte`, as it comes with isal 1.9.1): of 766,000 papers printed twice
    four had other bytes, which unpack to the same. Level 3 has an algorithm for each kind of processor.
    """
    squeezer = isal_zlib.compressobj(0, isal_zlib.DEFLATED, -15)
    return bytes(squeezer.compress(data) + squeezer.flush())


@cache
def compressors() -> Mapping[str, tuple[Callable[[bytes | bytearray], bytes], Callable[[bytes | bytearray], int]]]:
    """Give the compressors of this installation with their checksums, the one in use first."""
    ours = {"isal 0": (_isal, isal_zlib.crc32)} if isal_zlib else {}
    return {**ours, "zlib 6": (_zlib(6), zlib.crc32), "zlib 1": (_zlib(1), zlib.crc32)}


_in_use: list[str] = []


@contextmanager
def compressing(name: str) -> Iterator[None]:
    """Use one of the compressors for a while (for measuring them side by side)."""
    _in_use.append(name)
    try:
        yield
    finally:
        _in_use.pop()


def pack(name: str, data: bytes | bytearray) -> Member:
    """Compress a member; what does not get smaller is stored."""
    known = compressors()
    squeeze, checksum = known[_in_use[-1]] if _in_use else next(iter(known.values()))
    squeezed = squeeze(data)
    if len(squeezed) < len(data):
        return Member(name=name, method=8, crc=checksum(data), size=len(data), data=squeezed)
    return Member(name=name, method=0, crc=checksum(data), size=len(data), data=bytes(data))


_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5HL")
_OFFSET = struct.Struct("<L")
_END = struct.Struct("<4s4H2LH")
_DAY = (0 << 9) | (1 << 5) | 1
"""1 January 1980, midnight: the fixed time of every member."""


def _entry(member: Member) -> tuple[bytes, bytes, bytes]:
    """Lay out a member: what stands before its data, its line in the directory up to its place, and its name there."""
    name = member.name.encode()
    flags = 0x800 if len(name) != len(member.name) else 0
    sizes = (member.crc, len(member.data), member.size)
    local = _LOCAL.pack(b"PK\x03\x04", 20, flags, member.method, 0, _DAY, *sizes, len(name), 0) + name
    line = _CENTRAL.pack(b"PK\x01\x02", 20, 20, flags, member.method, 0, _DAY, *sizes, len(name), 0, 0, 0, 0, 0)
    return local, line, name


class Binding:
    """How the members of a form are bound into a paper. Kept: everything that is the same in each of them."""

    def __init__(self, members: Sequence[Member], written: Collection[str]) -> None:
        self._members: list[tuple[str, bytes, bytes, bytes]] = []
        for member in members:
            if member.name in written:
                self._members.append((member.name, b"", b"", b""))
            else:
                local, line, name = _entry(member)
                self._members.append(("", local + member.data, line, name))

    def paper(self, parts: Mapping[str, Member]) -> bytes:
        """Bind the members into a zip, with these parts in their places (APPNOTE.TXT, 4.3)."""
        body: list[bytes] = []
        directory: list[bytes] = []
        place = 0
        for written, whole, line, name in self._members:
            if written:
                part = parts[written]
                local, line, name = _entry(part)  # noqa: PLW2901 - a part of this paper instead of the form's
                body += (local, part.data)
                length = len(local) + len(part.data)
            else:
                body.append(whole)
                length = len(whole)
            directory += (line, _OFFSET.pack(place), name)
            place += length
        lines = b"".join(directory)
        count = len(self._members)
        end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(lines), place, 0)
        return b"".join((*body, lines, end))


def packed(members: Sequence[Member]) -> bytes:
    """Write a zip of these members, in this order, with fixed times."""
    return Binding(members, ()).paper({})
