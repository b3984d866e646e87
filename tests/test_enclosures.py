"""An enclosure is the same whatever language names it; other texts must agree letter by letter."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from pipeline.enclosures import same_enclosure
from tests.forms import opened, p, printed, text_of

WORKSHOP = Path(__file__).resolve().parent.parent / ".workshop"


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Europass CV", "Europass Lebenslauf", True),
    ("Europass Mobility", "europass mobilité", True),
    ("Europass CV", "Europass Mobility", False),
    ("Insurance card", "Insurance card", False),  # no enclosure of the official forms: compared as any text
    ("", "", False),
])  # fmt: skip
def test_known_wordings_of_one_enclosure_are_the_same(one, other, same):
    assert same_enclosure(one, other) is same


def test_a_box_of_a_tagged_form_is_ticked_in_every_language_too():
    form = opened(p('{{ agreement.enclosures_progress | tick("Europass Lebenslauf") }}'))
    assert text_of(printed(form, agreement={"enclosures_progress": ["Europass CV"]}).data) == "☒"
    assert text_of(printed(form, agreement={"enclosures_progress": ["Europass Mobility"]}).data) == "☐"


def test_the_wordings_are_those_of_the_labels(monkeypatch):
    monkeypatch.syspath_prepend(str(WORKSHOP))
    draw = importlib.import_module("draw_enclosures")
    sys.modules.pop("draw_enclosures")
    assert draw.TARGET.read_text("utf-8") == draw.drawn(), "python .workshop/draw_enclosures.py"
