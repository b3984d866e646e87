"""The outbox that the second process keeps, as this one sees it (floor 6).

It is asked the same as `outbox.Outbox`. Where the second process is lost, an outbox of this process takes over.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.delivery import Addressed, Delivery
from pipeline.errands import BETWEEN
from pipeline.jobs import Status
from pipeline.notices import paper_not_written
from pipeline.outbox import Outbox, write_into
from pipeline.problem import Place, Problem
from pipeline.sayings import NOTHING_SAID, Said
from pipeline.second import Lost, Second


@dataclass(slots=True)
class DistantOutbox:
    """The outbox of a cohort that the second process keeps: it looks like `outbox.Outbox`, and is asked the same.

    Kept: papers sent since the last were to be settled, papers that are being settled, and those whose results nobody
    has taken yet. `_near` is the outbox that takes over where the second process is lost, `_earlier` what the manifest
    of earlier runs says.
    """

    folder: Path
    second: Second
    _sent: list[Delivery] = field(default_factory=list)
    _asked: list[Delivery] = field(default_factory=list)
    _settled: list[Delivery] = field(default_factory=list)
    _near: Outbox | None = None
    _earlier: Outbox | None = None

    @classmethod
    def open(cls, folder: Path, second: Second) -> DistantOutbox:
        """Let the second process open the outbox of a cohort. Raises Lost."""
        second.ask("open_outbox", os.fspath(folder))
        return cls(folder, second)

    def first_made(self, key: str) -> dt.date | None:
        """Say when a paper was first made, as `Outbox` does."""
        return self._read_here().first_made(key)

    def _read_here(self) -> Outbox:
        """Read the manifest in this process too, as it was before this run; only where somebody asks."""
        if self._earlier is None:
            self._earlier = Outbox(self.folder, dry_run=True)
        return self._earlier

    def said(self, key: str) -> Mapping[str, str]:
        """Give what a paper said when it was made before this run, as `Outbox` does."""
        return self._read_here().said(key)

    def is_lost(self, job: Addressed) -> bool:
        """Say whether nothing was known of a paper before this run, and none lies there, as `Outbox` does."""
        return self._read_here().is_lost(job)

    def scan(self, job: Addressed) -> str:
        """Give the file of a paper's scan, as `Outbox` does."""
        return self._read_here().scan(job)

    def is_signed(self, job: Addressed) -> bool:
        """Say whether a paper was made before this run and signed, as `Outbox` does."""
        return self._read_here().is_signed(job)

    def deliver(self, job: Addressed, data: bytes, today: dt.date, said: Said = NOTHING_SAID) -> Delivery:
        """Send a printed paper; what becomes of it is known when it is settled."""
        if self._near:
            return self._near.deliver(job, data, today, said)
        delivery = Delivery(job, Status.WRITTEN, job.target)
        self._sent.append(delivery)
        try:
            parcel = job.key, job.target, str(job.row), job.signed
            self.second.ask("deliver", parcel, data, today, BETWEEN.join(said.words), BETWEEN.join(said.texts))
        except Lost:
            self._lose()
            self._settled.pop()  # it is told at once
        return delivery

    def settle(self) -> None:
        """Ask for every paper sent to be moved to its place, and go on while that is done."""
        if self._asked:
            self._take_results()
        if self._near:
            self._near.settle()
        elif self._sent:
            try:
                self.second.ask("settle")
            except Lost:
                self._lose()
            else:
                self._asked, self._sent = self._sent, []

    def settled(self, *, wait: bool = False) -> list[Delivery]:
        """Give what has been settled since this was asked last; with `wait`, all that was to be settled."""
        if wait and self._asked:
            self._take_results()
        settled, self._settled = self._settled, []
        return settled + (self._near.settled() if self._near else [])

    def _take_results(self) -> None:
        try:
            self.second.ask("results")
            results = self.second.answer()
        except Lost:
            self._lose()
            return
        for delivery, (status, file, problems, remade, edited, changed) in zip(self._asked, results, strict=True):
            delivery.status, delivery.problems = Status(status), problems
            delivery.remade, delivery.edited, delivery.changed = remade, edited, changed
            delivery.file = file or delivery.job.target
        self._settled += self._asked
        self._asked = []

    def _lose(self) -> None:
        """Count what the second process had in hand as failed, and go on without it."""
        for delivery in (*self._asked, *self._sent):
            delivery.status = Status.FAILED
            place = Place(file=delivery.job.target)
            delivery.problems = [paper_not_written(place, delivery.job.target, "stopped")]
            self._settled.append(delivery)
        self._asked, self._sent = [], []
        self.second.end()
        self._near = Outbox(self.folder)

    def discard(self) -> None:
        """Give up what was sent and not settled: nothing of it stays."""
        if self._near:
            self._near.discard()
        elif self._sent or self._asked:
            self._sent, self._asked = [], []
            self.second.end()  # it has nothing else to do, and takes away what it had begun

    def close(self) -> None:
        """Write the manifest."""
        if self._near is None:
            with suppress(Lost):
                self.second.ask("close_outbox")
                self.second.answer()
                return
            self._near = Outbox(self.folder)
        self._near.close()

    def left_over(self, targets: Mapping[str, str], forms: Collection[str]) -> list[Problem]:
        """Tell what earlier runs left in the folder, as `Outbox` does."""
        if self._near is None:
            with suppress(Lost):
                self.second.ask("left_over", targets, frozenset(forms))
                found: list[Problem] = self.second.answer()
                return found
            self._near = Outbox(self.folder)
        return self._near.left_over(targets, forms)

    def write(self, name: str, data: Iterable[bytes]) -> Problem | None:
        """Write a file of our own (the report) into the folder, as `Outbox` does."""
        return write_into(self.folder, name, data)
