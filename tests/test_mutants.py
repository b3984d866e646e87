"""Forms spoiled at random: each is refused in a sentence or printed whole, and nothing ever raises."""

from __future__ import annotations

import random
import re
import shutil

import pytest
from forms import a_form, faults, p, parts_of, shelved, table, tc, with_part
from lxml import etree

from pipeline.form import open_form

PIECES = (
    "{{", "}}", "{%", "%}", "{%p ", "{%tr ", "{%- ", "-%}", "{#", "#}", "{% endif %}", "{% endfor %}", "{% if learner.name %}",
    "{%tc for unit in units %}", "{% vm %}", "{% hm %}", "{% colspan 2 %}", "{{ learner.name }}", "</w:t></w:r><w:r><w:t>",
    "</w:t></w:r></w:p><w:p><w:r><w:t>", '<w:bookmarkStart w:id="9" w:name="z"/>', "<w:br/>", "\u00a0", "“", "”", "|", "(", ")", "[",
    "]", "'", '"', "~", "__class__", ".", "loop.index", "%", "{", "}",
)  # fmt: skip
GOOD = a_form(
    p("Dear {{ learner.name | upper }},") + p("{%p if learner.email %}") + p("{{ learner.email }}") + p("{%p else %}")
    + p("none") + p("{%p endif %}") + table(["{%tr for unit in units %}", ""], ["{{ loop.index }}", "{{ unit.title }}"], ["{%tr endfor %}", ""])
    + table(["{%tc for unit in units %}", tc("{% hm %}{{ learner.name }}"), "{%tc endfor %}"])
    + p("{% for unit in units %}{{ unit.title }}{% if not loop.last %}, {% endif %}{% endfor %}{# end #}"),
    header=p("{{ cohort.title }}{% if cohort.draft %} DRAFT{% endif %}"), title="{{ learner.name }}",
)  # fmt: skip
CONTEXT = {"learner": {"name": "Ann & <b>", "email": None}, "units": [{"title": "Soup"}, {"title": "Fish"}], "cohort": {"title": "T"}}


def spoiled(chance: random.Random) -> bytes:
    part = chance.choice(("word/document.xml", "word/document.xml", "word/header1.xml", "docProps/core.xml"))
    xml = parts_of(GOOD)[part].decode()
    for _ in range(chance.randint(1, 4)):
        spots = [found.start() for found in re.finditer("[{}%]", xml)] or [len(xml) // 2]
        at = max(0, min(len(xml), chance.choice(spots) + chance.randint(-6, 12)))
        match chance.randint(0, 3):
            case 0:
                xml = xml[:at] + chance.choice(PIECES) + xml[at:]
            case 1:
                xml = xml[:at] + xml[at + chance.randint(1, 6) :]
            case 2:
                start = chance.choice(spots)
                xml = xml[:at] + xml[start : start + chance.randint(1, 60)] + xml[at:]
            case _:
                blocks = [found.span() for found in re.finditer(r"<w:p>.*?</w:p>|<w:tr>.*?</w:tr>", xml)]
                start, end = chance.choice(blocks) if blocks else (0, 0)
                xml = xml[:start] + xml[start:end] * chance.choice((0, 2)) + xml[end:]
    return with_part(GOOD, part, xml.encode("utf-8", "replace"))


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
