"""What the terminal says of the learner register (floor 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.model import Achievement
from pipeline.problem import Place, Problem
from pipeline.registering.finding import Finding
from pipeline.report.duties import by_file, in_same_words
from pipeline.sentences import counted
from pipeline.whose import named

MOST_SHOWN = 200
"""Rows and sentences of a kind that are shown: more than one cohort brings."""

WIDEST = 34
"""Letters of a column of the table; what is longer is cut."""

_HEADS = ("Learner", "Unit", "Recognised as", "On", "Points", "Cohort")


def as_text(found: Finding, folder: Path) -> str:
    """Tell what the register holds, what is to be entered, what speaks against the rest, and what is wrong in it."""
    return "\n".join([*_table(found, folder), *_against(found), *_faults(found), *_state(found, folder)])


def question(found: Finding, folder: Path) -> str:
    """Ask whether the rows are to be written."""
    rows = "this row" if len(found.entries) == 1 else f"these {len(found.entries):,} rows"
    return f"Write {rows} into {_near(found.path, folder)}?"


def _near(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _table(found: Finding, folder: Path) -> Iterator[str]:
    if not found.entries:
        return
    yield f"To be written into {_near(found.path, folder)}:"
    rows = [_HEADS, *(_row(one) for one in found.entries[:MOST_SHOWN])]
    widths = [min(max(len(row[at]) for row in rows), WIDEST) for at in range(len(_HEADS))]
    for row in rows:
        yield "  " + "  ".join(_cut(cell, wide).ljust(wide) for cell, wide in zip(row, widths, strict=True)).rstrip()
    if len(found.entries) > MOST_SHOWN:
        yield f"  … and {len(found.entries) - MOST_SHOWN:,} more"


def _row(one: Achievement) -> tuple[str, ...]:
    learner = f"{one.family_name} {one.given_names}" + (f" ({one.learner_id})" if one.learner_id else "")
    unit = " ".join(part for part in (one.unit_id, one.title) if part) + (" (part)" if one.scope == "part" else "")
    points = "" if one.points is None else f"{one.points.normalize():f}"
    day = f"{one.recognised_on:%Y-%m-%d}" if one.recognised_on else ""
    return learner, unit, one.recognised_as or "", day, points, one.cohort or ""


def _cut(text: str, wide: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= wide else f"{line[: wide - 1]}…"


def _against(found: Finding) -> Iterator[str]:
    if found.unread:
        yield "Not read:"
        yield from (f"  {name}: {problem.message} {problem.advice} [{problem.code}]" for name, problem in found.unread)
    if found.against:
        yield "Nothing is written for these:"
        yield from _listed(found.against)
    if found.later:
        yield "Nothing is written for these yet:"
        yield from _listed(found.later)


def _faults(found: Finding) -> Iterator[str]:
    if found.faults:
        yield f"To look at in {found.path.name}:"
        yield from _listed(found.faults)


def _listed(problems: Sequence[Problem]) -> Iterator[str]:
    together = in_same_words(problems)
    for problem, places in together[:MOST_SHOWN]:
        yield f"  {'; '.join(_where(places))}  {problem.message} {problem.advice} [{problem.code}]"
    if len(together) > MOST_SHOWN:
        yield f"  … and {len(together) - MOST_SHOWN:,} more"


def _where(places: Iterable[Place]) -> Iterator[str]:
    """Name cells with their file, those of a column together."""
    return by_file(places, lambda place: "" if place.of_file or not place.sheet else f"{place.file} › ")


def _state(found: Finding, folder: Path) -> Iterator[str]:
    where = _near(found.path, folder)
    if found.register is None:
        if not found.entries:
            yield "There is no learner register yet, and no cohort has results that are recognised to begin one with."
        return
    if found.register.problems:
        return
    held = found.register.achievements
    order = "is in order; it holds" if not found.faults else "holds"
    yield f"{where} {order} {counted(len(held), 'recognised unit')} of {counted(people(held), 'learner')}."
    if not found.entries:
        nothing = f"There is nothing to add to it{' yet' if found.later else ''}."
        yield nothing if found.in_order else "Nothing is added to it."


def people(achievements: Iterable[Achievement]) -> int:
    """Count the people whose achievements these are; rows that do not say whose they are count for nobody."""
    return len({(named(one), one.date_of_birth or one.learner_id) for one in achievements if named(one)})
