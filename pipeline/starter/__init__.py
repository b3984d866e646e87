"""The empty workbook, made from the contract (floor 7)."""

from pipeline.starter.book import EXAMPLE_MARK, empty_workbook

__all__ = ["EXAMPLE_MARK", "empty_workbook"]
