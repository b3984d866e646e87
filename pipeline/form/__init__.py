"""A form: an opened template, what it asks for, how often it is made, its faults, compiled once (floor 4)."""

from __future__ import annotations

from pipeline.form.audience import DECIDES, FREQUENCIES, SINGLE
from pipeline.form.opening import open_form, open_pack, opened
from pipeline.form.press import Form, Printed

__all__ = ["DECIDES", "FREQUENCIES", "SINGLE", "Form", "Printed", "open_form", "open_pack", "opened"]
