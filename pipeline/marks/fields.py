"""Merge fields of an old mail merge (floor 3)."""

from __future__ import annotations

from pipeline.marks.ground import Ground

SIGNS = ("MERGEFIELD",)


def turn(ground: Ground) -> None:
    """Turn them into tags."""
