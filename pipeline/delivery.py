"""A paper on its way: what the outbox has to know of it, and what becomes of it (floor 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipeline.jobs import Status
from pipeline.ledger import Entry
from pipeline.notices import paper_not_written
from pipeline.problem import Place, Problem
from pipeline.sayings import Changed


class Addressed(Protocol):
    """What the outbox has to know of a job: what stays the same over all runs, the file, and the cell of its row.

    `signed` says that the workbook calls the paper signed; the scan of a signed paper beside it says so too.
    """

    @property
    def key(self) -> str: ...  # noqa: D102 - said by the class
    @property
    def target(self) -> str: ...  # noqa: D102 - said by the class
    @property
    def row(self) -> object: ...  # noqa: D102 - said by the class
    @property
    def signed(self) -> bool: ...  # noqa: D102 - said by the class


@dataclass(slots=True)
class Delivery:
    """A paper on its way: where it goes, what will become of it, and the part file that waits to be moved.

    `first` is what is noted before it is moved, `entry` what is noted when it lies in its place. `waits` says that the
    new paper lies beside the edited one already, from an earlier run; `remade` that another version of it was made
    before; `edited` that somebody changed the signed paper in Word; `changed` are the words that say something else
    than in the paper that lies there; `seen` is how what lies in its place looked when it was found to be ours.
    """

    job: Addressed
    status: Status
    file: str
    problems: list[Problem] = field(default_factory=list)
    waits: bool = False
    remade: bool = False
    edited: bool = False
    changed: Sequence[Changed] = ()
    part: str | None = None
    seen: tuple[int, ...] | None = None
    first: Entry | None = None
    entry: Entry | None = None

    @property
    def moves(self) -> bool:
        """Say whether a file is to be moved to its place: a paper that is new, or one beside an edited paper."""
        beside = self.status is Status.KEPT and self.file != self.job.target
        return self.status is Status.WRITTEN or (beside and not self.waits)


def failed(job: Addressed, why: str) -> Delivery:
    """Say of a paper that it could not be written; `why` is a reason of `notices.paper_not_written`."""
    return Delivery(job, Status.FAILED, job.target, [paper_not_written(Place(file=job.target), job.target, why)])
