"""Form fields of older forms: text, tick box, list (floor 3)."""

from __future__ import annotations

from pipeline.marks.ground import Ground

SIGNS = ("<w:ffData",)


def turn(ground: Ground) -> None:
    """Turn them into tags."""
