"""Untouched forms are understood by their labels, whatever their language, layout and boxes; nothing unsure is filled."""

from __future__ import annotations

import pytest

from tests.untouched.drawn import LAYOUTS, TICKS, every
from tests.untouched.measured import DEVELOPED_WITH, Tally, measured
from tests.untouched.texts import LANGUAGES

FORMS = ("agreement", "memorandum", "erasmus")
LEAST = 0.9
"""The share of a form's blanks that must be right."""

SAMPLE = [
    (form, language, list(LAYOUTS)[(at + 2 * number) % len(LAYOUTS)], list(TICKS)[(at + number) % len(TICKS)])
    for at, language in enumerate(LANGUAGES) for number, form in enumerate(FORMS)
]  # fmt: skip
"""Each form in each language, with layouts and boxes by turns."""


@pytest.mark.parametrize(("form", "language", "layout", "ticks"), SAMPLE)
def test_a_form_is_understood_and_nothing_wrong_is_filled(form, language, layout, ticks):
    found = measured(form, language, layout, ticks)
    assert found.wrong == []
    assert found.share >= LEAST


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_third_of_the_forms_of_a_language_is_understood_and_nothing_wrong_is_filled(language):
    """All of them take two minutes: python -m tests.untouched.measured."""
    whole = Tally()
    for number, (form, spoken, layout, ticks) in enumerate(every()):
        if spoken == language and number % 3 == 0:
            found = measured(form, language, layout, ticks)
            assert found.wrong == []
            assert found.share >= LEAST, (form, layout, ticks)
            whole.add(found)
    assert whole.share >= (0.97 if language in DEVELOPED_WITH else 0.95)
