"""Who goes where and when, to scale (floor 7): bars on one axis, cut into strips that fit a printed page. Pure.

Everything horizontal is in per cent of the drawing, everything vertical in pixels: the picture stretches with the
window and shrinks with the paper while its letters keep their size. The page draws what is measured here.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.model import Cohort, Learner, Partner
from pipeline.sentences import MONTHS, counted, period

COLOURS = 8
"""How many colours the page has for hosts; the ninth host begins again with the first."""

EACH = 60
"""Up to so many stays are drawn one by one; more are gathered by host and dates, then by host alone."""

HEADING, LINE, STRIP = 40, 26, 700
"""Heights in pixels: a host's name, a line with its bar, and how tall a strip may grow (a page of paper has 1,000)."""

LETTER, GAP = 1.65, 2.1
"""Room for a letter, and for what stands before the first, in per cent of the drawing at its narrowest."""

MONTHLY = 3
"""Up to so many months show their Mondays too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar and its words, which stand `inside` it or beside it (`anchor` as SVG calls it)."""

    x: str
    width: str
    text: str
    text_x: str
    anchor: str
    inside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the picture: a host's name over its stays, or a stay (or several) with its bars."""

    y: int
    label: str
    colour: int
    heading: bool = False
    note: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on the axis: the first day of a month, or a Monday."""

    x: str
    label: str
    month: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """As much of the picture as fits a page, with its own axis; `told` says in words what is drawn."""

    height: int
    lines: tuple[Line, ...]
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The whole picture: `gathered` says that a bar stands for several stays, `undrawn` who lacks dates or a host.

    `named` says that hosts stand over their stays, and not on a line of their own with one bar; `drawn` that there is
    any strip. `strips` are measured as they are asked for, once.
    """

    strips: Iterator[Strip]
    ticks: tuple[Tick, ...]
    drawn: bool
    named: bool
    gathered: bool
    undrawn: tuple[Learner, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stay:
    """A stay that can be drawn."""

    host: Partner
    learner: Learner
    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line before it has its place: a label and (start, end, words) for each bar."""

    label: str
    spans: tuple[tuple[dt.date, dt.date, str], ...]


_Way = Callable[[str, list[_Stay]], list[_Row]]
"""A way to draw the stays of a host, whose name it is given: their lines."""


class _Axis:
    """From the Monday of the first stay's week to the end of the last one's month: no empty month stands before it."""

    def __init__(self, stays: Iterable[_Stay]) -> None:
        days = [day for stay in stays for day in (stay.start, stay.end)]
        self.months = range(_month(min(days)), _month(max(days)) + 1)
        self.first = max(min(days).toordinal() - min(days).weekday(), 1)
        self.length = _begin(self.months.stop) - self.first
        self.height = 40 if len(self.months) <= MONTHLY else 24

    def at(self, ordinal: int) -> float:
        """Where a day begins, in per cent."""
        return (ordinal - self.first) * 100 / self.length

    def ticks(self) -> Iterator[Tick]:
        """Months with their names, as many as can be read, and the Mondays of a short span."""
        step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 600, 12_000) if len(self.months) <= step * 10)
        for month in self.months:
            year, name = month // 12, MONTHS[month % 12]
            label = f"{name} {year}" if len(self.months) <= MONTHLY else str(year) if step >= 12 else name[:3]
            if len(self.months) > MONTHLY and step < 12 and (month == self.months.start or month % 12 < step):
                label += f" {year}"
            if (month - self.months.start if step < 12 else month) % step == 0:
                at, room = max(self.at(_begin(month)), 0), self.at(_begin(month + step)) if step < 12 else 100
                if at or room > (len(label) + 1) * LETTER:
                    yield Tick(x=_percent(at), label=label, month=True)
        if len(self.months) <= MONTHLY:
            for ordinal in range(self.first, self.first + self.length):
                if ordinal % 7 == 1 and self.at(ordinal) < 97:  # Monday
                    day = dt.date.fromordinal(ordinal).day
                    yield Tick(x=_percent(self.at(ordinal)), label=str(day), month=False)

    def bar(self, start: dt.date, end: dt.date, text: str, *, alone: bool) -> Bar:
        """Measure a bar; its words stand in it where there is room, else beside it if it is `alone` on its line."""
        left, right = self.at(start.toordinal()), self.at(end.toordinal() + 1)
        room = len(text) * LETTER + GAP
        inside, after = right - left > room, right + room < 100 or 100 - right > left
        where, anchor = (left, "start") if inside else (right, "start") if after else (left, "end")
        return Bar(
            x=_percent(left), width=_percent(right - left), text=text if inside or alone else "",
            text_x=_percent(where), anchor=anchor, inside=inside,
        )  # fmt: skip


def draw(cohort: Cohort) -> Timeline:
    """Measure the picture of a cohort's stays: hosts in the order of the workbook, stays by their first day."""
    order = {partner: number for number, partner in enumerate(cohort.partners)}
    stays, undrawn = [], []
    for learner in cohort.travelling:
        what = learner.agreement
        if what.host and what.start and what.end and what.start <= what.end:
            stays.append(_Stay(host=what.host, learner=learner, start=what.start, end=what.end))
        else:
            undrawn.append(learner)
    if not stays:
        return Timeline(
            strips=iter(()), ticks=(), drawn=False, named=False, gathered=False, undrawn=tuple(undrawn)
        )  # fmt: skip
    stays.sort(key=lambda stay: (order.get(stay.host, len(order)), stay.start, stay.end))
    hosts = [(host, list(group)) for host, group in groupby(stays, key=lambda stay: stay.host)]
    axis, way = _Axis(stays), _way([group for _, group in hosts])
    return Timeline(
        strips=_strips(hosts, axis, way), ticks=tuple(axis.ticks()), drawn=True, named=way is not _merged,
        gathered=len(stays) > EACH, undrawn=tuple(undrawn),
    )  # fmt: skip


def _strips(hosts: list[tuple[Partner, list[_Stay]]], axis: _Axis, way: _Way) -> Iterator[Strip]:
    """Lay the lines out from the top; a new strip begins where a page would end, and names its host again."""
    lines: list[Line] = []
    told: list[str] = []
    y = axis.height
    for number, (host, stays) in enumerate(hosts):
        name, note, colour = host.name or host.id, counted(len(stays), "stay"), number % COLOURS
        fresh = True
        for row in (rows := way(name, stays)):
            if y + (HEADING + LINE * min(3, len(rows)) if fresh and way is not _merged else LINE) > STRIP:
                yield Strip(height=y + 8, lines=tuple(lines), told="; ".join(told))
                lines, told, y = [], [], axis.height
            if way is not _merged and (fresh or not lines):
                lines.append(Line(y=y, label=name, colour=colour, heading=True, note=note if fresh else "continued"))
                told.append(f"{name}, {note}")
                y += HEADING
            bars = tuple(axis.bar(*span, alone=len(row.spans) == 1) for span in row.spans)
            lines.append(Line(y=y, label=_short(row.label), colour=colour, bars=bars))
            told.append(f"{row.label}: " + ", ".join(text for _, _, text in row.spans))
            y += LINE
            fresh = False
    yield Strip(height=y + 8, lines=tuple(lines), told="; ".join(told))


def _way(groups: Sequence[list[_Stay]]) -> _Way:
    """Choose the finest drawing that can still be read."""
    if sum(map(len, groups)) <= EACH:
        return _each
    periods = [len({(stay.start, stay.end) for stay in stays}) for stays in groups]
    return _by_dates if sum(periods) <= EACH and max(periods) > 1 else _merged


def _each(_: str, stays: list[_Stay]) -> list[_Row]:
    """Every stay has its line."""
    return [
        _Row(label=it.learner.name or it.learner.person, spans=((it.start, it.end, period(it.start, it.end)),))
        for it in stays
    ]


def _by_dates(_: str, stays: list[_Stay]) -> list[_Row]:
    """The stays of a host with the same dates share a line."""
    numbers = Counter((stay.start, stay.end) for stay in stays)
    return [_Row(label=period(*dates), spans=((*dates, counted(n, "stay")),)) for dates, n in numbers.items()]


def _merged(host: str, stays: list[_Stay]) -> list[_Row]:
    """All stays of a host share a line; those that overlap make one bar."""
    spans: list[tuple[dt.date, dt.date, int]] = []
    for stay in stays:
        if spans and stay.start <= spans[-1][1]:
            start, end, number = spans[-1]
            spans[-1] = (start, max(end, stay.end), number + 1)
        else:
            spans.append((stay.start, stay.end, 1))
    if len(spans) == 1:
        start, end, number = spans[0]
        return [_Row(label=host, spans=((start, end, f"{counted(number, 'stay')}, {period(start, end)}"),))]
    return [_Row(label=host, spans=tuple((start, end, f"{number:,}") for start, end, number in spans))]


def _month(date: dt.date) -> int:
    """Months counted from the year 0."""
    return date.year * 12 + date.month - 1


def _begin(month: int) -> int:
    """The ordinal of a month's first day; after the last month there is, the day after the last day."""
    return dt.date(month // 12, month % 12 + 1, 1).toordinal() if month < 120_000 else dt.date.max.toordinal() + 1


def _percent(value: float) -> str:
    """Write a measure as the drawing takes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def _short(label: str) -> str:
    """Cut a label to what fits beside the bars."""
    return label if len(label) <= 36 else label[:35].rstrip() + "…"
