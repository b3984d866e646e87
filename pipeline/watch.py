"""The watch: papers are made whenever a workbook that somebody saved has come to rest (floor 9).

A workbook has come to rest when two looks in a row found the same sizes and times and nobody has it open. Only what is
due is made: a cohort whose workbook changed, or all where forms or the register did, or a workbook with the same Cohort
ID came or went. All others stay untouched, so that their reports still tell what changed when they were made last.

Nothing that a workbook does to the program ends the watch: a fault is told in one line, and the workbook is tried again
when it changes. What the surroundings hinder (disk full, another run, a network drive that is gone, a paper open in
Word) is tried again by itself, at longer and longer intervals.
"""

from __future__ import annotations

import gc
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from pipeline import __version__
from pipeline.daybook import Done, forget_old, read_notes, spot_of, summary, write_notes
from pipeline.folders import folder_of
from pipeline.made import Made, Wishes
from pipeline.names import same_file
from pipeline.notices import paper_not_written
from pipeline.office import make_all
from pipeline.problem import CannotContinue
from pipeline.registry import Registry, read_registry
from pipeline.resting import Look, look
from pipeline.room import Room
from pipeline.second import beside
from pipeline.workbook import Reading, read_cohort

LONGEST_PAUSE = 300.0
"""Seconds after which what was hindered is tried again at the latest."""

GLANCE = 0.5
"""Seconds after which a sleeping watch looks whether it is to end."""

OPEN = (
    "is open in Excel or LibreOffice; its turn comes when it is closed. "
    "(If nobody has it open, a program was broken off: open it and close it once.)"
)


class Ended(Exception):
    """The watch was asked to end while papers were being made; those that were finished are whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How time passes: `now` gives seconds that only grow, `sleep` lets some pass."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], object] = time.sleep


@dataclass(slots=True, kw_only=True)
class Watch:
    """A watch over a working folder.

    `every` is the number of seconds between two looks, `tell` writes a line of the log, `ended` says whether the watch
    is to end. Kept: whether everything was made, and whether the surroundings hindered it; besides, by names in input/
    and bounded by what lies there: the look before, what was done, which Cohort ID a workbook has, what is to be tried
    again and when, and what was told already.
    """

    room: Room
    wishes: Wishes
    tell: Callable[[str], object]
    ended: Callable[[], bool] = lambda: False
    every: float = 5.0
    clock: Clock = field(default_factory=Clock)
    all_made: bool = True
    hindered: bool = False
    _last: Look | None = None
    _done: dict[str, Done] = field(default_factory=dict)
    _ids: dict[str, tuple[str, str]] = field(default_factory=dict)
    _pauses: dict[str, tuple[str, float, float]] = field(default_factory=dict)
    _told: dict[str, str] = field(default_factory=dict)
    _hampered: str = ""
    _once: bool = False

    def __post_init__(self) -> None:
        self._done = read_notes(self.room.output)

    def keep(self, *, once: bool = False) -> None:
        """Look and make until the watch is to end; with `once`, until all that has come to rest by now is made."""
        self._once = once
        with suppress(Ended):
            self._look_again()
            while not self.ended():
                self._sleep()
                self._look_again()
                if once:
                    break
        if not once:
            self.tell("The watch has ended.")

    def _look_again(self) -> None:
        """Look once more, whatever happens: a fault is told, and the next look may go well."""
        try:
            self.look()
        except Ended:
            raise
        except Exception as fault:
            self._last = None
            self._obstacle(f"The program made a mistake while it looked ({spot_of(fault)}); it goes on.")

    def _sleep(self) -> None:
        until = self.clock.now() + self.every
        while not self.ended() and (left := until - self.clock.now()) > 0:
            self.clock.sleep(min(GLANCE, left))

    def look(self) -> None:
        """Look once, and make what is due. Raises Ended."""
        if self.ended():
            raise Ended
        try:
            now = look(self.room)
        except CannotContinue as why:
            self._last = None
            goes_on = "" if self._once else "; the watch goes on looking"
            self._obstacle(f"{str(why).rstrip('.')}{goes_on}.")
            return
        self._settle_told(now)
        last, self._last = self._last, now
        if last is None or last.shared != now.shared:
            return
        calm = {path: trace for path, trace in now.cohorts.items() if last.cohorts.get(path) == trace}
        register = cache(partial(read_registry, self.room.register))  # read once, and only where a workbook is new
        for path, trace in calm.items():
            self._recognise(path, trace, register)
        same: dict[str, list[Path]] = defaultdict(list)
        for path in now.cohorts:
            same[same_file(self._id(path))].append(path)
        made: set[Path] = set()
        for path in calm:
            group = same[same_file(self._id(path))] if self._id(path) else [path]
            if path in made or not self._is_due(path, now, group):
                continue
            if path in now.open:
                self._say_once(path.name, f"{self._who(path)} {OPEN}")
                continue
            if self.ended():
                raise Ended
            self._make(group, calm, now)
            made.update(group)

    # -- what is due ---------------------------------------------------------------------------------------------------

    def _recognise(self, path: Path, trace: str, register: Callable[[], Registry | None]) -> None:
        """Find out the Cohort ID of a workbook that is new or changed."""
        if self._ids.get(path.name, ("",))[0] != trace:
            try:
                cohort = read_cohort(path, register=register()).cohort
            except Exception:  # it is told when its papers are to be made
                cohort = None
            self._ids[path.name] = trace, folder_of(cohort) if cohort and cohort.id else ""

    def _id(self, path: Path) -> str:
        return self._ids.get(path.name, ("", ""))[1]

    def _is_due(self, path: Path, now: Look, group: Sequence[Path]) -> bool:
        wanted = self._as_done(path, now, group)
        trace, after, _ = self._pauses.get(path.name, ("", 0.0, 0.0))
        return self._done.get(path.name) != wanted and (trace != wanted.trace or self.clock.now() >= after)

    def _as_done(self, path: Path, now: Look, group: Sequence[Path]) -> Done:
        wished = f"{__version__} {self.wishes.templates or ''} {self.wishes.pdf} {now.shared}"
        return Done(trace=now.cohorts[path], shared=wished, together=tuple(each.name for each in group))

    # -- making --------------------------------------------------------------------------------------------------------

    def _make(self, group: list[Path], calm: Iterable[Path], now: Look) -> None:
        """Make the papers of a cohort, or tell workbooks with one Cohort ID of each other."""
        again = False
        try:
            for path, made in zip(group, self._made(group), strict=False):
                self.all_made = self.all_made and made.all_made
                again = again or _hindered(path, made)
                self._say_once(path.name, f"{self._who(path)}: {summary(made)}") if again else self._say(path, made)
        except Ended:
            raise
        except CannotContinue as why:
            again = True
            self.hindered = True
            self._say_once(group[0].name, self._without_path(str(why)))
        except Exception as fault:
            self.all_made = False
            self.tell(f"{self._who(group[0])}: the program made a mistake ({spot_of(fault)}). "
                      "The workbook is tried again when it changes.")  # fmt: skip
        for path in group:
            if path not in calm:
                continue
            done = self._as_done(path, now, group)
            if again:
                _, _, pause = self._pauses.get(path.name, ("", 0.0, 0.0))
                pause = min(max(self.every, 2 * pause), max(LONGEST_PAUSE, self.every))
                self._pauses[path.name] = done.trace, self.clock.now() + pause, pause
            else:
                self._pauses.pop(path.name, None)
                self._done.pop(path.name, None)  # the newest stands last
                self._done[path.name] = done
        if not again:
            write_notes(self.room.output, self._done)

    def _made(self, group: list[Path]) -> list[Made]:
        try:
            with beside(group) as second:
                return make_all(self.room, group, self.wishes, self._progress, second=second)
        finally:
            gc.unfreeze()  # a large cohort was frozen; the program used to end with it
            gc.collect()

    def _progress(self, reading: Reading, papers: int) -> Callable[[int], None]:
        def step(_: int) -> None:
            if self.ended():
                raise Ended

        return step

    # -- telling -------------------------------------------------------------------------------------------------------

    def _who(self, path: Path) -> str:
        """Name a cohort by its ID, which is no personal data; a file's name may be."""
        if found := self._id(path):
            return found
        try:
            saved = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except OSError:
            return "A workbook without a Cohort ID"
        return f"The workbook without a Cohort ID, saved {saved:%Y-%m-%d %H:%M:%S}"

    def _say(self, path: Path, made: Made) -> None:
        self._told.pop(path.name, None)
        self.tell(f"{self._who(path)}: {summary(made)}")

    def _say_once(self, about: str, line: str) -> None:
        if self._told.get(about) != line:
            self._told[about] = line
            self.tell(line)

    def _obstacle(self, why: str) -> None:
        """Tell once what hinders the looking itself."""
        self.hindered = True
        if self._hampered != why:
            self._hampered = why
            self.tell(self._without_path(why))

    def _without_path(self, sentence: str) -> str:
        """Leave out the path of the working folder: it may name a person."""
        folder = str(self.room.folder)
        return sentence.replace(f"{folder}{os.sep}", "").replace(folder, "the working folder")

    def _settle_told(self, now: Look) -> None:
        """Forget what was told of what is over, and of workbooks that are no longer there."""
        there = {path.name for path in now.cohorts}
        if self._hampered:
            self._hampered = ""
            self.tell("The folder input can be looked at again.")
        for kept in (self._told, self._ids, self._pauses):
            for name in [name for name in kept if name not in there]:
                del kept[name]
        forget_old(self._done, there)


def _hindered(path: Path, made: Made) -> bool:
    """Say whether something kept papers from being written, or the workbook from being read, that may be over soon."""
    if any(problem.code == paper_not_written.meaning.code for problem in made.problems):
        return True
    if made.cohort or made.outcomes:
        return False
    try:
        for file in [path] if path.is_file() else path.iterdir():
            if file.is_file():
                file.open("rb").close()
    except OSError:
        return True
    return False
