"""What hosts marked is collected for every cohort, and nothing else is made: `ecvet collect` (floor 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.extras import Extras
from pipeline.folders import with_folders
from pipeline.lastrun import read_last
from pipeline.problem import Problem
from pipeline.registry import read_registry
from pipeline.returned.bringing import Brought, bring, results_beside
from pipeline.returned.gathering import Gathered, gather
from pipeline.room import Room
from pipeline.turns import alone
from pipeline.workbook import Reading, read_cohort


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """What was collected for one cohort: its name, and the workbook that it stands in (None: there is nothing).

    That is the one that was laid or, where all of it stands there already, the one that somebody worked in.
    """

    name: str
    brought: Brought
    workbook: Path | None

    @property
    def in_order(self) -> bool:
        """Say whether what came back could be read and laid; marks that count for nothing are only told."""
        return not any(problem.holds for problem in self.brought.problems)


def collect_all(room: Room, documents: Sequence[Path]) -> tuple[list[Collecting], list[Problem]]:
    """Collect what hosts marked in these documents, for every cohort in input/; makes no papers.

    Gives what was collected, and what is wrong with documents of no cohort. Raises CannotContinue where the
    surroundings stop the work.
    """
    with alone(room.output, ()):
        shared, beside = read_registry(room.register), results_beside(room.output)
        returned = gather(documents)
        found = list(with_folders([read_cohort(path, register=shared, collected=beside) for path in room.workbooks()]))
        strangers = [*returned.problems, *returned.assign(found, room.output)]
        strangers += [it for reading, _ in found if reading.cohort is None for it in reading.problems if it.holds]
        made, returned.problems = list[Collecting](), []
        for reading, folder in found:
            made += _collect(room.output / folder, reading, returned)
    return made, strangers


def _collect(folder: Path, reading: Reading, returned: Gathered) -> Iterator[Collecting]:
    """Collect for one cohort. The note of what is laid stays: it tells the next run that the workbook is ours."""
    if not (reading.cohort and (returned.of(reading.cohort.id) or returned.known.get(folder))):
        return
    last = read_last(folder)
    extras = Extras(folder=folder, known=last.extras if last else {})
    brought = bring(reading, returned, extras)
    if brought is None:
        return
    laid = extras.lay(brought.name, brought.data, hers=True) if brought.name else brought.kept
    brought = replace(brought, problems=(*brought.unread, *brought.problems, *extras.problems))
    yield Collecting(name=brought.cohort.id, brought=brought, workbook=folder / laid if laid else None)
