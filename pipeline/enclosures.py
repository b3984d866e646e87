"""What forms let people tick, in ten languages: that two wordings mean the same enclosure (floor 2).

The workbook says “Europass CV” where a German form says “Europass Lebenslauf”: the box is ticked nevertheless. Only
wordings that are known are compared so; all others must agree letter by letter. They are drawn from the wordings of
`untouched/labels` (`.workshop/draw_enclosures.py`), where people add to them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.spelling import bare


@cache
def _known() -> Mapping[str, str]:
    known: dict[str, str] = json.loads(files("pipeline").joinpath("enclosures.json").read_text("utf-8"))
    return known


def same_enclosure(one: str, other: str) -> bool:
    """Say whether two texts are known wordings of one enclosure."""
    key = _known().get(bare(one))
    return key is not None and key == _known().get(bare(other))
