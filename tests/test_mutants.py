"""Forms spoiled at random: each is refused in a sentence or printed whole, and nothing ever raises."""

from __future__ import annotations

import random
import re
import shutil

import pytest
from forms import faults, parts_of, shelved, with_part
from lxml import etree

from pipeline.form import open_form
from tests.trust.fuzz_forms import bases, spoiled_xml

CONTEXT = {"learner": {"name": "Ann & <b>", "email": None}, "units": [{"title": "Soup"}, {"title": "Fish"}], "cohort": {"title": "T"}, "host": {"name": "Café"}}


def spoiled(chance: random.Random) -> bytes:
    part = chance.choice(("word/document.xml", "word/document.xml", "word/header1.xml", "docProps/core.xml"))
    good = bases()[0]
    return with_part(good, part, spoiled_xml(parts_of(good)[part].decode(), chance).encode("utf-8", "replace"))


@pytest.mark.parametrize("seed", range(6))
def test_a_spoiled_form_is_refused_in_a_sentence_or_printed_whole(seed):
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for number in range(100):
        path = shelved(spoiled(chance))
        form = open_form(path)
        assert all(problem.message and problem.advice for problem in form.problems), (seed, number)
        if form.usable:
            for context in (CONTEXT, {}):
                paper = form.print(context, "de")
                assert not paper.problems, (seed, number, faults(form))
                for name, content in parts_of(paper.data).items():
                    etree.fromstring(content)
                    assert not re.search(rb"\{\{[^{}]*\}\}|\{%[^%]*%\}", content), (seed, number, name)
        shutil.rmtree(path.parent)
