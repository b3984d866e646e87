"""Content controls (floor 3)."""

from __future__ import annotations

from pipeline.marks.ground import Ground

SIGNS = ("<w:sdt",)


def turn(ground: Ground) -> None:
    """Turn them into tags."""
