"""A long list of records, each made anew when it is asked for (floor 0).

A list of all learners of a large cohort is printed line by line; the values of all of them at once would take more room
than the cohort itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

MANY = 100
"""So many records, or more, are made when they are asked for; fewer are made at once, which is faster."""

R = TypeVar("R")


class Many(Sequence[Any]):
    """A list whose items are made by a function from what stands for them; made again, an item says the same."""

    __slots__ = ("_make", "_what")

    def __init__(self, what: Sequence[Any], make: Callable[[Any], Any]) -> None:
        self._what, self._make = what, make

    def __len__(self) -> int:
        return len(self._what)

    def __iter__(self) -> Iterator[Any]:
        return map(self._make, self._what)

    @overload
    def __getitem__(self, at: int) -> Any: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Any]: ...
    def __getitem__(self, at: int | slice) -> Any:
        return Many(self._what[at], self._make) if isinstance(at, slice) else self._make(self._what[at])


def made(what: Sequence[R], make: Callable[[R], Any]) -> Sequence[Any]:
    """Make a list of records: at once where they are few, each when it is asked for where they are many."""
    return Many(what, make) if len(what) >= MANY else [make(each) for each in what]


LISTS = (list, tuple, Many)
"""What counts as a list in the values of a paper."""
