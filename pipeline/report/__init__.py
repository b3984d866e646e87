"""The page an officer reads after a run (floor 7): facts in, one page of HTML out; the wing is pure."""

from pipeline.report.facts import Page
from pipeline.report.page import pieces, to_html

__all__ = ["Page", "pieces", "to_html"]
