"""The letters of a .csv file: which encoding it was written in, and never a guess that could change a name (floor 2).

Excel's plain “CSV” writes the letters of the computer's own Windows code page and does not say which. The same byte is
ł in Poland and ³ in Germany: such a file is read only where all Latin code pages of Windows agree on every letter, as
on ä ö ü ß é, and the words are told so that somebody looks. Any other file is refused, with what to do.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.guard import Refused

_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")
"""The code pages of Windows in Western and Central Europe, Turkey and the Baltic states."""

_MARKS = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
          (codecs.BOM_UTF16_BE, "utf-16"), (codecs.BOM_UTF8, "utf-8-sig"))  # fmt: skip
_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_HIGH = re.compile(rb"[\x80-\xff]")
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Letters:
    """An encoding, by the name Python has for it, and the words by which it was found out where nothing says so."""

    encoding: str
    words: Sequence[str] = ()


def letters_of(data: bytes) -> Letters:
    """Find out in which letters a text file is written; raises Refused where a name could be read wrongly."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _sound(data, encoding)
    if b"\0" in data[:2_000]:
        return _sound(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        data.decode("utf-8")
        return Letters("utf-8")
    except UnicodeDecodeError:
        pass
    words = list(dict.fromkeys(word for word in _WORD.findall(data) if _HIGH.search(word)))
    if not words or not all(map(_agreed, words)):
        raise _refused()
    return Letters("cp1252", tuple(word.decode("cp1252") for word in words[:_SHOWN]))


def _sound(data: bytes, encoding: str) -> Letters:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise _refused() from wrong
    return Letters(encoding)


def _agreed(word: bytes) -> bool:
    """Say whether all code pages read a word alike, and it is a word of Latin letters.

    A word in Greek or Cyrillic letters consists of such bytes alone; of a Latin word they are the lesser part. Bytes 80
    to 9F are left out: other systems (DOS, the old Macintosh) have ä, ö and ü there.
    """
    high = _HIGH.findall(word)
    if 2 * len(high) >= len(word) or any(each < b"\xa0" for each in high):
        return False
    try:
        return len({word.decode(page) for page in _LATIN}) == 1 and word.decode(_LATIN[0]).isalpha()
    except UnicodeDecodeError:
        return False


def _refused() -> Refused:
    return Refused(
        "The letters of the file cannot be read (it is not in UTF-8).",
        "Save it from Excel as “CSV UTF-8”, or as .xlsx.",
    )
