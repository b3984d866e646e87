"""The nesting of a source: proves that no if or for can tear a paper apart (floor 3).

A story is whole XML. If each branch of an if or for begins and ends at the same depth, inside the same elements, then
whatever is left out or repeated leaves it whole: no paper needs to be looked at again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_MARKUP = re.compile(r"<!--.*?-->|<([^>]*)(>?)", re.DOTALL)
_NAME = re.compile(r"/?([^\s/>]+)")
Depth = tuple[tuple[str, ...], int]


@dataclass(slots=True)
class Outline:
    """Reads a source piece by piece. Kept: the elements that are open, and whether the end of one is still awaited."""

    _open: list[str] = field(default_factory=list)
    _begun: str | None = None
    _number: int = 0
    torn: bool = False

    @property
    def depth(self) -> Depth:
        """The elements that are open here, and the number of the element whose attributes we are in (0: none)."""
        return tuple(self._open), self._number if self.in_attribute else 0

    @property
    def in_attribute(self) -> bool:
        """Say whether we are inside of an element's attributes, not in text."""
        return self._begun is not None

    @property
    def innermost(self) -> str:
        """The element we are directly in."""
        return self._open[-1] if self._open else ""

    def read(self, text: str) -> None:
        """Read the text between two tags."""
        if self._begun is not None:
            end = text.find(">")
            if end < 0:
                self._begun += text
                return
            self._element(self._begun + text[:end])
            self._begun = None
            text = text[end + 1 :]
        for found in _MARKUP.finditer(text):
            if found[2]:
                self._element(found[1])
            elif found[1] is not None:
                self._begun = found[1]
                self._number += 1

    def _element(self, inside: str) -> None:
        named = _NAME.match(inside)
        if named is None or inside[0] in "?!":
            self.torn = self.torn or named is None
        elif inside.startswith("/"):
            if self._open and self._open[-1] == named[1]:
                self._open.pop()
            else:
                self.torn = True
        elif not inside.endswith("/"):
            self._open.append(named[1])
