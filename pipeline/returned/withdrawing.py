"""What a document that came back does not mark any more, though it, or an earlier one, did (floor 6).

Nothing goes without a word, and nothing that a host may have withdrawn stays without one. Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from pipeline.problem import Place, Problem
from pipeline.returned.faults import marks_gone, marks_left
from pipeline.returned.merging import Collected
from pipeline.returned.taking import Taken


def withdrawn(
    ours: Iterable[Collected], hers: Iterable[Collected], taken: Sequence[Taken], read: Collection[tuple[str, str]]
) -> Iterator[Problem]:
    """Tell of rows of collected results that no document read now marks; `read` as in `merging.collect`.

    A row goes where its own document came again without it, unless it is `hers`: in a workbook that somebody worked in.
    Of one whose document is not there any more something is told where another marks its unit now, and not that row.
    """
    marked = {one.key for one in taken}
    files = {file for file, _ in read}
    speaks = {(one.learner.key, id(one.unit)): one.file for one in taken}
    groups: dict[tuple[str, str, bool], list[Collected]] = {}
    for row, is_ours in (*((row, True) for row in ours), *((row, False) for row in hers)):
        if row.key in marked or not row.source:
            continue
        stay = row.learner.key
        if (row.source, stay) in read:
            groups.setdefault((row.source, stay, is_ours), []).append(row)
        elif row.source not in files and (file := speaks.get((stay, id(row.unit)))):
            groups.setdefault((file, stay, False), []).append(row)
    for (file, _, goes), rows in groups.items():
        name, units = rows[0].learner.name, [row.unit.id for row in rows]
        if goes:
            yield marks_gone(Place(file=file), name, len(rows), units)
        else:
            said = "an earlier version of it" if rows[0].source == file else f"“{rows[0].source}”"
            yield marks_left(Place(file=file), name, len(rows), units, said)
