"""The three official forms, field by field: which blank wants which words, whatever the form looks like."""

from __future__ import annotations

from collections.abc import Mapping

from tests.untouched.agreement import AGREEMENT
from tests.untouched.erasmus import ERASMUS
from tests.untouched.memorandum import MEMORANDUM
from tests.untouched.shapes import Described

FORMS: Mapping[str, Described] = {form.name: form for form in (AGREEMENT, MEMORANDUM, ERASMUS)}
"""The three forms by name."""
