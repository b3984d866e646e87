"""A copy of the workbook in which every problem stands in its cell (floor 3)."""

from __future__ import annotations

from pipeline.marking.copying import Marked, marked_copies, marked_copy

__all__ = ["Marked", "marked_copies", "marked_copy"]
