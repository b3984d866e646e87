"""Bookmarks as blanks (floor 3)."""

from __future__ import annotations

from pipeline.marks.ground import Ground

SIGNS = ("w:bookmarkStart",)


def turn(ground: Ground) -> None:
    """Turn them into tags."""
