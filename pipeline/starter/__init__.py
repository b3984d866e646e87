"""The empty workbook, and a new learner register, made from the contract (floor 7)."""

from pipeline.starter.book import EXAMPLE_MARK, empty_workbook, learner_register

__all__ = ["EXAMPLE_MARK", "empty_workbook", "learner_register"]
