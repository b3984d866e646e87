"""Write a package reproducibly: fixed times, the form's own order (floor 2)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of the package, as it lies in the zip: name, method, checksum, sizes and compressed bytes."""

    name: str
    method: int
    crc: int
    size: int
    data: bytes


def pack(name: str, data: bytes, level: int = 6) -> Member:
    """Compress a member; what does not get smaller is stored."""
    squeezer = zlib.compressobj(level, zlib.DEFLATED, -15)
    squeezed = squeezer.compress(data) + squeezer.flush()
    if len(squeezed) < len(data):
        return Member(name=name, method=8, crc=zlib.crc32(data), size=len(data), data=squeezed)
    return Member(name=name, method=0, crc=zlib.crc32(data), size=len(data), data=data)


_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DAY = (0 << 9) | (1 << 5) | 1
"""1 January 1980, midnight: the fixed time of every member."""


def packed(members: Sequence[Member]) -> bytes:
    """Write a zip of these members, in this order, with fixed times (APPNOTE.TXT, 4.3)."""
    body = bytearray()
    directory = bytearray()
    for member in members:
        name = member.name.encode()
        flags = 0x800 if len(name) != len(member.name) else 0
        sizes = (member.crc, len(member.data), member.size)
        directory += _CENTRAL.pack(
            b"PK\x01\x02", 20, 20, flags, member.method, 0, _DAY, *sizes, len(name), 0, 0, 0, 0, 0, len(body)
        )
        directory += name
        body += _LOCAL.pack(b"PK\x03\x04", 20, flags, member.method, 0, _DAY, *sizes, len(name), 0)
        body += name
        body += member.data
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return bytes(body + directory + end)
