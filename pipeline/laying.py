"""What is laid into a cohort's folder besides its papers: the overview, and marked workbooks (floor 7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extras import Extras
from pipeline.jobs import Outcome
from pipeline.model import Cohort
from pipeline.overview import file_name, overview


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The names under which they lie in the cohort's folder; empty where there is none."""

    overview: str = ""
    copies: tuple[str, ...] = ()


def lay_extras(extras: Extras, cohort: Cohort | None, outcomes: Sequence[Outcome], day: dt.date) -> Laid:
    """Lay the overview of a cohort that could be read; what earlier runs laid and is of no use any more goes."""
    name = extras.lay(file_name(cohort), overview(cohort, outcomes, on=day)) if cohort and cohort.id else ""
    extras.tidy()
    return Laid(overview=name)
