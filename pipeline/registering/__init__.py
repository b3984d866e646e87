"""The learner register is checked, and told what the cohorts have recognised since (floor 8)."""

from pipeline.registering.entering import enter
from pipeline.registering.finding import Finding, find
from pipeline.registering.told import as_text, question

__all__ = ["Finding", "as_text", "enter", "find", "question"]
