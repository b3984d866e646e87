"""Which folder of output/ belongs to which cohort (floor 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.model import Cohort
from pipeline.names import LONGEST_FOLDER, safe_name, same_file, told_apart
from pipeline.problem import fault, quoted
from pipeline.workbook import Reading


@fault("S220")
def same_cohort_twice(identifier: str, others: Sequence[str]) -> str:
    """Two workbooks have one Cohort ID, so their papers would fall into one folder.

    Advice: Give one of them another Cohort ID, or take the older one out of the folder input.
    Basis: data (contract, section 4)
    """
    return f"“{identifier}” is the Cohort ID of {quoted(others)} too."


def folder_of(cohort: Cohort) -> str:
    """Name the folder in output/ that belongs to a Cohort ID."""
    return safe_name(cohort.id, longest=LONGEST_FOLDER)


def with_folders(readings: Sequence[Reading]) -> Iterator[tuple[Reading, str]]:
    """Give each cohort its folder in output/: its Cohort ID, or the name of the file where there is none to be read.

    Workbooks with one Cohort ID are told of each other, and no papers are made of them.
    """
    ids = [_identity(reading) for reading in readings]
    counts = Counter(filter(None, ids))
    taken = {identity for identity, number in counts.items() if number == 1}
    for reading, identity in zip(readings, ids, strict=True):
        cohort = reading.cohort
        if cohort and counts[identity] == 1:
            yield reading, folder_of(cohort)
            continue
        others = [_shown(each) for each, its in zip(readings, ids, strict=True) if its == identity]
        yield (
            _refused(reading, cohort, others) if cohort and identity else reading,
            told_apart(safe_name(reading.name, longest=LONGEST_FOLDER), taken),
        )


def _refused(reading: Reading, cohort: Cohort, same: Sequence[str]) -> Reading:
    others = [each for each in same if each != _shown(reading)]
    told = same_cohort_twice(cohort.at("id"), cohort.id, others)
    return replace(reading, cohort=None, problems=(told, *reading.problems))


def _identity(reading: Reading) -> str:
    cohort = reading.cohort
    return same_file(folder_of(cohort)) if cohort and cohort.id else ""


def _shown(reading: Reading) -> str:
    return reading.files[0] if len(reading.files) == 1 else reading.name
