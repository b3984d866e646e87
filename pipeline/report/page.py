"""The page an officer reads after a run (floor 7): facts in, one self-contained page of HTML out. Pure.

What is said is decided in the other rooms of this wing; how it looks stands in `page.html.j2` and `page.css`. The page
needs no network. What sorts, filters and copies in it is `page.js`: the page names its checksum, so that no browser
runs anything else, whatever a cell may hold; and everything from a workbook is escaped by the template engine besides.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import islice

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from pipeline.problem import Severity
from pipeline.report import courses, employers, letters, news, offers, papers, progress, timeline
from pipeline.report.duties import SOME, amount, by_row, gather
from pipeline.report.facts import Page
from pipeline.report.verdict import figures, verdict
from pipeline.sentences import counted, day, listed

PIECE = 32_000
"""How long a piece of the page is at least, in letters."""


def pieces(page: Page) -> Iterator[bytes]:
    """Write the page piece by piece, in UTF-8: thousands of papers need hardly more memory than a few."""
    words, said, length = _template().generate(_facts(page)), [], 0
    while some := list(islice(words, 100)):  # the template speaks in hundreds of thousands of words, most of them short
        said.append("".join(some))
        length += len(said[-1])
        if length >= PIECE:
            yield "".join(said).encode()
            said, length = [], 0
    yield "".join(said).encode()


def to_html(page: Page) -> str:
    """Write the page whole."""
    return b"".join(pieces(page)).decode()


def _facts(page: Page) -> dict[str, object]:
    """Decide what is said. Lists that may be long are worded while they are written."""
    cohort = page.cohort
    records = by_row(cohort)
    entries = gather(page.problems, page.outcomes, records)
    weighed = {it: [entry for entry in entries if entry.problem.severity is it] for it in Severity}
    anchors = {place: entry.number for entry in reversed(entries) for place in entry.places}
    blanks = list(papers.left_for_the_pen(page.outcomes))
    hosts = papers.hosts_of(cohort)
    mail = letters.write(cohort, entries, page.outcomes, records) if cohort else letters.NONE
    return {
        "page": page,
        "cohort": cohort,
        "verdict": verdict(page, entries),
        "waited_for": any(entry.is_waited_for for entry in weighed[Severity.ERROR]) or not page.outcomes,
        "figures": list(figures(page, entries, blanks)),
        "entries": {it.value: alike for it, alike in weighed.items()},
        "amount": {it.value: amount(alike) for it, alike in weighed.items()},
        "letters": mail,
        "letter_to": {letter.to: letter.number for letter in mail.partners},
        "news": news.tell(page, anchors),
        "forms": papers.by_form(page, records, anchors, hosts),
        "states": papers.states(page),
        "hosts": [(number, host.name or host.id) for host, number in hosts.items()],
        "blanks": blanks,
        "picture": timeline.draw(cohort) if cohort else None,
        "courses": list(courses.lay_out(cohort, hosts)) if cohort else [],
        "offers": list(offers.lay_out(cohort)) if cohort else [],
        "profiles": list(employers.lay_out(cohort)) if cohort else [],
        "ladders": list(progress.measure(cohort, hosts)) if cohort else [],
        "absent": [learner.name for learner in cohort.learners if not learner.has_papers] if cohort else [],
        "some": SOME,
        "once": lru_cache(courses.ALIKE)(lambda macro, *values: macro(*values)),
    }


@cache
def _template() -> Template:
    environment = Environment(
        loader=FunctionLoader(_text), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"day": day, "counted": counted, "listed": listed, "linked": papers.linked}
    style, script = (Markup(_text(name).strip()) for name in ("page.css", "page.js"))  # noqa: S704 - our own files
    environment.globals |= {
        "style": style, "script": script, "style_hash": _checksum(style), "script_hash": _checksum(script)
    }  # fmt: skip
    return environment.get_template("page.html.j2")


def _text(name: str) -> str:
    return resources.files("pipeline.report").joinpath(name).read_text("utf-8")


def _checksum(text: str) -> Markup:
    """Name a style or script as the page's rules do (Content Security Policy, level 3)."""
    return Markup(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")  # noqa: S704 - no foreign text
