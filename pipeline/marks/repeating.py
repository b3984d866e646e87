"""Rows and paragraphs that repeat for each item of a list (floor 3)."""

from __future__ import annotations

from pipeline.marks.ground import Ground

SIGNS = ("{{",)


def turn(ground: Ground) -> None:
    """Turn them into tags."""
