"""What a document that came back does not mark any more, though it, or an earlier one, did (floor 6).

Nothing goes without a word, and nothing that a host may have withdrawn stays without one. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.model import Learner, Unit
from pipeline.problem import Place, Problem
from pipeline.returned.faults import marks_gone, marks_left
from pipeline.returned.taking import Key, Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A row of collected results, as it stood before: which document said it, and whether the row may be taken out."""

    key: Key
    learner: Learner
    unit: Unit
    document: str
    is_ours: bool


def withdrawn(
    standing: Iterable[Standing], taken: Sequence[Taken], read: Collection[tuple[str, str]]
) -> Iterator[Problem]:
    """Tell of rows that stood there and that no document read now marks; `read` as in `merging.collect`.

    A row goes where its own document came again without it, unless somebody worked in the workbook. Of one whose
    document is not there any more something is told where another marks its unit now, and not that row.
    """
    marked = {one.key for one in taken}
    files = {file for file, _ in read}
    speaks = {(one.learner.key, id(one.unit)): one.file for one in taken}
    groups: dict[tuple[str, str, bool], list[Standing]] = {}
    for row in standing:
        if row.key in marked or not row.document:
            continue
        stay = row.learner.key
        if (row.document, stay) in read:
            groups.setdefault((row.document, stay, row.is_ours), []).append(row)
        elif row.document not in files and (file := speaks.get((stay, id(row.unit)))):
            groups.setdefault((file, stay, False), []).append(row)
    for (file, _, goes), rows in groups.items():
        name, units = rows[0].learner.name, [row.unit.id for row in rows]
        if goes:
            yield marks_gone(Place(file=file), name, len(rows), units)
        else:
            said = "an earlier version of it" if rows[0].document == file else f"“{rows[0].document}”"
            yield marks_left(Place(file=file), name, len(rows), units, said)
