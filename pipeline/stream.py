"""XML read as a stream of events, never as a tree (floor 1): a bomb costs time like any file of its size, no memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

from pipeline.raw import unescaped

CHUNK = 1 << 20
"""Bytes that are read at a time."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
"""How the names of a workbook's own elements begin."""

TEXT = MAIN + "t"
PHONETIC = MAIN + "rPh"
_STRING = MAIN + "si"
_DEEPEST = 32


class Events:
    """What is kept while XML is read: how deep the reading is, and the text of the element at hand.

    A kind of reading overrides `start` and `end`, and calls them here first.
    """

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._depth = self.phonetic = 0
        self.text: list[str] | None = None

    def _refuse(self, *_: object) -> None:
        raise ValueError("a document type declaration")

    def _characters(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Enter an element; raises ValueError where they are nested more deeply than in any workbook."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ValueError("nested too deeply")
        if name == TEXT and not self.phonetic:
            self.text = []
        elif name == PHONETIC:
            self.phonetic += 1

    def end(self, name: str) -> None:
        """Leave an element."""
        self._depth -= 1
        if name == PHONETIC:
            self.phonetic -= 1

    def taken(self) -> str:
        """Take the text of the element at hand."""
        text, self.text = "".join(self.text or ()), None
        return text


class _Elements(Events):
    """Collects elements with their parents."""

    def __init__(self) -> None:
        super().__init__()
        self.ready: list[tuple[str, str, dict[str, str]]] = []
        self._open = [""]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        super().start(name, attributes)
        self.ready.append((self._open[-1], name, attributes))
        self._open.append(name)

    def end(self, name: str) -> None:
        super().end(name)
        self._open.pop()


def elements(stream: IO[bytes]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give every element of a part: the name of its parent, its own, and its attributes, without any text.

    Raises ValueError or expat.ExpatError where the part is damaged.
    """
    found = _Elements()
    while chunk := stream.read(CHUNK):
        found.parser.Parse(chunk)
        yield from found.ready
        found.ready.clear()
    found.parser.Parse(b"", True)


class _Strings(Events):
    """Reads the texts that several cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._pieces: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name == TEXT and self.text is not None:
            self._pieces.append(self.taken())
        elif name == _STRING:
            self.found.append(unescaped("".join(self._pieces)))
            self._pieces.clear()


def shared_strings(stream: IO[bytes]) -> list[str]:
    """Read the texts that cells share, without their phonetic readings.

    Raises ValueError or expat.ExpatError where the part is damaged.
    """
    strings = _Strings()
    while chunk := stream.read(CHUNK):
        strings.parser.Parse(chunk)
    strings.parser.Parse(b"", True)
    return strings.found
