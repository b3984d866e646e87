"""What many papers have in common is printed once, and kept as ready bytes (floor 4).

A stretch is a run of a form that shows only records which many papers share (a host, a unit, the cohort), or words that
are mostly typed once for many. A stencil is a whole part with its stretches filled in: for the next learner with the
same host, dates and units only her own words are left to print. Kept with them are the blanks that stayed empty.

Nothing is kept by a learner's own words: what a paper finds here was printed of records that it sees itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Generic, TypeVar

from pipeline.form.paths import SHARED, Frame, Get, Kinds, Path, kind_of, walk
from pipeline.printing import MOST_OUTPUT, Printer, TooLong

TRIALS = 100
"""Times something may be made in vain before it is asked whether keeping it pays."""

PAYS_STRETCH, PAYS_STENCIL = 2, 4
"""It pays while of so many papers at most one makes it anew: a stencil costs more to make than it saves each time."""

MOST_KEPT = 1_000
"""What one shelf holds before it is emptied: a bound on memory that hardly a cohort reaches."""

Step = Callable[[Frame, list[bytes | bytearray]], None]
Empty = tuple[int, object, object, str | None]
"""An empty blank: its number, its record, what that record belongs to, and the value that its list did not have."""

Made = TypeVar("Made")
_LISTS = frozenset(f"list of {kind}" for kind in SHARED)


@dataclass(slots=True)
class Shelf(Generic[Made]):
    """What was made before, by all it was made of. Kept with each: its records, so that no other has their identity."""

    printer: Printer
    seen: Callable[[Frame], tuple[list[Any], list[Any]]]
    pays: int
    _kept: dict[tuple[Any, ...], tuple[Made, list[Any]]] = field(default_factory=dict)
    _used: int = 0
    _missed: int = 0

    def find(self, frame: Frame, make: Callable[[Frame], Made], *, counts: bool = True) -> Made | None:
        """Take what was made of the same, or make it; None where papers differ too much for that to pay.

        What is asked for only when a stencil is made does not count: it would look as if every paper differed.
        """
        if counts:
            self._used += 1
            if self._missed > TRIALS and self._missed * self.pays > self._used:
                return None
        records, values = self.seen(frame)
        key = (self.printer.language, *map(id, records), *values)
        found = self._kept.get(key)
        if found is None:
            self._missed += counts
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = make(frame), records
        return found[0]

    def empty(self) -> None:
        """Forget everything, and how often it was asked for."""
        self._kept.clear()
        self._used = self._missed = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """A stretch printed before: its bytes, the blanks that stayed empty in it, and what was noticed on the way."""

    data: bytes
    empty: tuple[Empty, ...]
    tabs: bool
    doubt: bool


@dataclass(frozen=True, slots=True)
class Stencil:
    """A part with its stretches filled in: bytes, what stayed empty in them, and the steps that print what follows."""

    pieces: tuple[tuple[bytes, tuple[Empty, ...], tuple[Step, ...]], ...]
    length: int
    tabs: bool
    doubt: bool


@dataclass(frozen=True, slots=True)
class Keeper:
    """Sees to it that what is kept counts as if it were printed: its length, its tabs, its empty blanks.

    `owners` says for the blanks of a learner's own words whose they are: each paper's own record, not the first one's.
    `shelves` are all on which something is kept.
    """

    printer: Printer
    owners: dict[int, tuple[Get, Get | None]] = field(default_factory=dict)
    shelves: list[Shelf[Any]] = field(default_factory=list)

    def stretch(self, inner: Iterable[Step], paths: Iterable[Path], kinds: Kinds, *, worth: bool) -> Stretch:
        """Make a stretch of steps that show these words; `worth` says whether it is kept by itself too."""
        if not worth:
            return Stretch(self, tuple(inner), None)
        shelf: Shelf[Kept] = Shelf(self.printer, _seen_by(paths, kinds), PAYS_STRETCH)
        self.shelves.append(shelf)
        return Stretch(self, tuple(inner), shelf)

    def part(self, runs: Sequence[Run], paths: Iterable[Path]) -> Part:
        """Make a part; these are the words that its stretches show."""
        shelf: Shelf[Stencil] = Shelf(self.printer, _seen_by(paths, {}), PAYS_STENCIL)
        self.shelves.append(shelf)
        return Part(self, tuple(runs), in_steps(runs), shelf)

    def printed(self, steps: Sequence[Step], frame: Frame) -> Kept:
        """Print a stretch by itself."""
        printer = self.printer
        outside = printer.empty, printer.tabs, printer.doubt, printer.length
        printer.empty, printer.tabs, printer.doubt = [], False, False
        out: list[bytes | bytearray] = []
        for step in steps:
            step(frame, out)
        kept = Kept(b"".join(out), tuple(printer.empty), printer.tabs, printer.doubt)
        printer.empty, printer.tabs, printer.doubt, printer.length = outside
        return kept

    def note(self, length: int, kept: Kept | Stencil) -> None:
        """Take down what was noticed when this was printed."""
        printer = self.printer
        printer.length += length
        printer.tabs = printer.tabs or kept.tabs
        printer.doubt = printer.doubt or kept.doubt
        if printer.length > MOST_OUTPUT:
            raise TooLong

    def note_empty(self, empty: Iterable[Empty], frame: Frame) -> None:
        """Note the empty blanks of a stretch, each for the record of the paper at hand."""
        for number, owner, above, said in empty:
            if number in self.owners:
                whose, over = self.owners[number]
                self.printer.empty.append((number, whose(frame), over(frame) if over else None, said))
            else:
                self.printer.empty.append((number, owner, above, said))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a form that many papers share. `shelf` is None where looking it up would cost more than printing it."""

    keeper: Keeper
    inner: tuple[Step, ...]
    shelf: Shelf[Kept] | None

    @property
    def steps(self) -> tuple[Step, ...]:
        """Give the steps that print it."""
        return (self._step,) if self.shelf else self.inner

    def found(self, frame: Frame) -> Kept:
        """Give it ready, for a stencil."""
        return (self.shelf and self.shelf.find(frame, self._printed, counts=False)) or self._printed(frame)

    def _printed(self, frame: Frame) -> Kept:
        return self.keeper.printed(self.inner, frame)

    def _step(self, frame: Frame, out: list[bytes | bytearray]) -> None:
        found = self.shelf.find(frame, self._printed) if self.shelf else None
        if found is None:
            for step in self.inner:
                step(frame, out)
            return
        if found.data:  # a block that follows looks at the end of what stands before it
            out.append(found.data)
        self.keeper.note(len(found.data), found)
        self.keeper.note_empty(found.empty, frame)


Run = tuple[Stretch, tuple[Step, ...]]
"""A stretch, and the steps that print what stands between it and the next: words of the paper's own."""


def in_steps(runs: Iterable[Run]) -> tuple[Step, ...]:
    """Give the steps that print these, one after the other."""
    return tuple(step for stretch, own in runs for step in (*stretch.steps, *own))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form: stretches and what stands between them, and the same as steps."""

    keeper: Keeper
    runs: tuple[Run, ...]
    steps: tuple[Step, ...]
    shelf: Shelf[Stencil]

    def print(self, frame: Frame) -> list[bytes | bytearray]:
        """Print it for one paper, in pieces."""
        out: list[bytes | bytearray] = []
        stencil = self.shelf.find(frame, self._stencil)
        if stencil is None:
            for step in self.steps:
                step(frame, out)
            return out
        self.keeper.note(stencil.length, stencil)
        for data, empty, steps in stencil.pieces:
            if data:  # a block that follows looks at the end of what stands before it
                out.append(data)
            if empty:
                self.keeper.note_empty(empty, frame)
            for step in steps:
                step(frame, out)
        return out

    def _stencil(self, frame: Frame) -> Stencil:
        found = [stretch.found(frame) for stretch, _ in self.runs]
        return Stencil(
            tuple((kept.data, kept.empty, own) for kept, (_, own) in zip(found, self.runs, strict=True)),
            sum(len(kept.data) for kept in found), any(kept.tabs for kept in found), any(kept.doubt for kept in found),
        )  # fmt: skip


def _seen_by(paths: Iterable[Path], kinds: Kinds) -> Callable[[Frame], tuple[list[Any], list[Any]]]:
    """Give the function that looks up all that decides how a stretch is printed: shared records, and plain values."""
    rows: dict[str, dict[Path, list[str]]] = {"record": {}, "list": {}, "texts": {}, "value": {}}
    for path in sorted(set(paths)):
        kind = kind_of(path, kinds)
        sort = "record" if kind in SHARED else "list" if kind in _LISTS else "texts" if kind == "texts" else "value"
        rows[sort].setdefault(path[:-1], []).append(path[-1])
    records, lists, texts, values = [[_together(*each) for each in row.items()] for row in rows.values()]

    def seen(frame: Frame) -> tuple[list[Any], list[Any]]:
        shared: list[Any] = []
        found: list[Any] = []
        for look in records:
            shared += look(frame)
        for look in lists:
            for items in look(frame):
                shared += items or ()
                found.append(len(items or ()))
        for look in texts:
            found += [tuple(each or ()) for each in look(frame)]
        for look in values:
            found += look(frame)
        return shared, found

    return seen


def _together(path: Path, keys: Sequence[str]) -> Callable[[Frame], Iterable[Any]]:
    """Give the function that looks up several words of one record at once; without a path, of the paper itself."""
    record_of: Get = walk(path) if path else lambda frame: frame
    at_once: Callable[[Any], Iterable[Any]] = (
        itemgetter(*keys) if len(keys) > 1 else lambda record: (record[keys[0]],)
    )

    def look(frame: Frame) -> Iterable[Any]:
        record: Mapping[str, Any] | None = record_of(frame)
        try:
            return at_once(record)
        except (KeyError, TypeError):  # there is no such record, or not every word
            return [record.get(key) if record else None for key in keys]

    return look
