"""The writer of zip files: the same data give the same bytes, wherever in memory they are compressed."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from pipeline.word import Binding, compressing, compressors, pack

ROOT = Path(__file__).resolve().parent.parent
TEXT = b'<?xml version="1.0"?><w:document>' + b"Ann bakes bread, and xml version tells of her third byte. " * 40

ELSEWHERE = """
import ctypes, mmap
from pipeline.word import pack
ctypes.CDLL(None).mallopt(-3, 65_536)  # M_MMAP_THRESHOLD: each compressor gets memory of its own
text = b'<?xml version="1.0"?><w:document>' + b"xml version" + bytes(range(256)) * 4
taken, found = [], set()
for _ in range(60_000):  # each time elsewhere: to ISA-L's level 1 one place in 8,192 makes a difference
    taken.append(mmap.mmap(-1, 65_536, flags=mmap.MAP_PRIVATE | 0x4000, prot=mmap.PROT_READ))  # MAP_NORESERVE
    found.add(pack("word/document.xml", text).data)
print(len(found))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="it moves what the compressor works in by means of Linux's own")
def test_the_same_data_give_the_same_bytes_wherever_the_compressor_lies_in_memory():
    """Levels 1 and 2 of ISA-L fail here: some of 60,000 are others, which unpack to the same."""
    done = subprocess.run([sys.executable, "-c", ELSEWHERE], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize("name", compressors())
def test_a_paper_unpacks_to_the_same_with_every_compressor(name):
    with compressing(name):
        members = [pack("word/document.xml", TEXT), pack("one.txt", b"x"), pack("none.txt", b"")]
    with zipfile.ZipFile(io.BytesIO(Binding(members, ()).paper({}))) as package:
        assert package.testzip() is None
        assert {each: package.read(each) for each in package.namelist()} == {"word/document.xml": TEXT, "one.txt": b"x", "none.txt": b""}


def test_what_does_not_get_smaller_is_stored():
    assert [(each.method, each.data) for each in (pack("one.txt", b"x"), pack("two.txt", bytearray(b"yz")))] == [(0, b"x"), (0, b"yz")]
    member = pack("word/document.xml", TEXT)
    assert (member.method, member.size, member.crc) == (8, len(TEXT), zlib.crc32(TEXT))
    assert len(member.data) < len(TEXT) / 5
