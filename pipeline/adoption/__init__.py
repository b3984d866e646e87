"""Adopting an untouched form: its map is made, or brought up to date, and shown (floor 9)."""

from pipeline.adoption.adopting import Adopted, adopt
from pipeline.adoption.told import as_object, as_text

__all__ = ["Adopted", "adopt", "as_object", "as_text"]
