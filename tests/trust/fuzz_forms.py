"""Forms spoiled at random, in their bytes, their XML and their tags: each is refused in a sentence or printed whole."""

from __future__ import annotations

import random
import re
import signal
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NoReturn

from tests.forms import a_form, p, parts_of, shelved, table, tc
from tests.trust.board import Row
from tests.trust.drill import DRAWING, PNG, bound
from tests.trust.forms import OFFICE, bookmark_of, control_of, field_of, judged

SEED = 20261122
SLOWEST = 10
ROOT = Path(__file__).parents[2]
PIECES = (
    "{{", "}}", "{%", "%}", "{%p ", "{%tr ", "{%tc ", "{%- ", "-%}", "{#", "#}", "{% endif %}", "{% endfor %}", "{% if learner.name %}", "{%tc for unit in units %}",
    "{% vm %}", "{% hm %}", "{% colspan 2 %}", "{{ learner.name }}", "</w:t></w:r><w:r><w:t>", "</w:t></w:r></w:p><w:p><w:r><w:t>", '<w:bookmarkStart w:id="9" w:name="z"/>',
    "\u00a0", "“", "”", "|", "(", ")", "[", "]", "'", '"', "~", "__class__", ".", "loop.index", "%", "{", "}", "&#0;", "&amp;", "<", "]]>", "\x00", "\ufffe", "é",
)  # fmt: skip
VALUES = ("", "0", "-1", "99999", "1e9999", "x", "rId1", "begin", "end", "separate", "true", "http://x", "../../x", "&lt;", "é", "Annex", "nextPage")


@cache
def bases() -> tuple[bytes, ...]:
    """The forms that are spoiled: with all kinds of tags, drawings, blanks of Word's own; and two of the official pack."""
    tagged = a_form(
        p("Dear {{ learner.name | upper }},") + p("{%p if learner.email %}") + p("{{ learner.email }}") + p("{%p else %}") + p("none") + p("{%p endif %}")
        + table(["{%tr for unit in units %}", ""], ["{{ loop.index }}", "{{ unit.title }}"], ["{%tr endfor %}", ""])
        + table(["{%tc for unit in units %}", tc("{% hm %}{{ learner.name }}"), "{%tc endfor %}"])
        + p("{% for unit in units %}{{ unit.title }}{% if not loop.last %}, {% endif %}{% endfor %}{# end #}"),
        header=p("{{ cohort.title }}{% if cohort.draft %} DRAFT{% endif %}"), footnotes=p("{{ host.name }}"), comments=p("x"), title="{{ learner.name }}",
    )  # fmt: skip
    drawn = a_form(
        p("{{ learner.name }}") + p("{%p for unit in units %}") + DRAWING.format(1) + p("{%p endfor %}"),
        more={"word/media/logo.png": ("", PNG)}, defaults={"png": "image/png"}, related={"word/document.xml": [("logo", f"{OFFICE}/image", "media/logo.png")]},
    )  # fmt: skip
    blanks = a_form(
        field_of("MERGEFIELD learner_name") + control_of("{{ learner.name }}") + bookmark_of("{{ learner_name }}") + field_of('IF { MERGEFIELD learner_sex } = "F" "a" "b"')
        + field_of("FORMTEXT") + field_of("PAGE"), header=field_of("MERGEFIELD cohort_title") + p("{{ cohort.title }}"),
    )  # fmt: skip
    official = [path.read_bytes() for path in sorted((ROOT / "templates").rglob("*.docx")) if path.stat().st_size < 14_000]
    return tagged, tagged, tagged, drawn, blanks, blanks, *official[:2]


def spoiled_bytes(data: bytes, chance: random.Random) -> bytes:
    """Change, take out, double or put in a few bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(changed) or 1)
        piece = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 20)))
        match chance.randrange(4):
            case 0:
                changed[at : at + 1] = piece[:1]
            case 1:
                del changed[at : at + chance.randrange(1, 200)]
            case 2:
                changed[at:at] = piece
            case _:
                changed[at:at] = changed[at : at + 150]
    return bytes(changed)


def spoiled_xml(xml: str, chance: random.Random) -> str:
    """Take out, double, exchange or put in elements and values."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        marks = list(re.finditer(r"<[^>]*>", xml))
        values = list(re.finditer(r'"[^"]*"|(?<=>)[^<]+(?=<)', xml))
        blocks = [found.span() for found in re.finditer(r"<w:(p|tr|tc|tbl|sdt|r)\b.*?</w:\1>", xml, re.DOTALL)]
        at = chance.randrange(len(xml) + 1)
        match chance.randrange(6):
            case 0 if marks:
                found = chance.choice(marks)
                xml = xml[: found.start()] + xml[found.end() :]
            case 1 if blocks:
                start, end = chance.choice(blocks)
                xml = xml[:start] + xml[start:end] * chance.choice((0, 2, 30)) + xml[end:]
            case 2 if values:
                found = chance.choice(values)
                new = chance.choice(VALUES)
                xml = xml[: found.start()] + (f'"{new}"' if found[0].startswith('"') else new) + xml[found.end() :]
            case 3 if len(marks) > 1:
                one, other = sorted(chance.sample(marks, 2), key=lambda found: found.start())
                xml = xml[: one.start()] + other[0] + xml[one.end() : other.start()] + one[0] + xml[other.end() :]
            case 4:
                spots = [found.start() for found in re.finditer("[{}%]", xml)] or [at]
                at = max(0, min(len(xml), chance.choice(spots) + chance.randint(-6, 12)))
                xml = xml[:at] + chance.choice(PIECES) + xml[at + chance.choice((0, 0, 1, 4)) :]
            case _:
                xml = xml[:at] + chance.choice(PIECES) + xml[at:]
    return xml


def spoiled(number: int) -> bytes:
    """The form of this number, the same every time."""
    chance = random.Random(SEED + number)  # noqa: S311 - no secret
    data = chance.choice(bases())
    if chance.random() < 0.1:
        return spoiled_bytes(data, chance)
    parts = parts_of(data)
    for name in chance.sample(sorted(parts), chance.choice((1, 1, 1, 2))):
        if chance.random() < 0.6 and "word/document.xml" in parts:
            name = "word/document.xml"  # noqa: PLW2901 - where most of a form stands
        if name.endswith((".xml", ".rels")) and chance.random() < 0.95:
            parts[name] = spoiled_xml(parts[name].decode("utf-8", "replace"), chance).encode("utf-8", "replace")
        else:
            parts[name] = spoiled_bytes(parts[name], chance)
    if chance.random() < 0.03:
        del parts[chance.choice(sorted(parts))]
    return bound(list(parts.items()))


class TooSlow(Exception):
    """A form took longer than ten seconds."""


def _too_slow(*_: object) -> NoReturn:
    raise TooSlow


def templates(quick: bool, judge: Callable[[Path], tuple[str, str]] = judged) -> Row:
    """Open and print spoiled forms, 200 or 10,000; the seed of each is SEED and its number."""
    count = 200 if quick else 10_000
    found: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = 0.0
    signal.signal(signal.SIGALRM, _too_slow)
    for number in range(count):
        path = shelved(spoiled(number))
        begun = time.perf_counter()
        signal.alarm(SLOWEST)
        try:
            sort, why = judge(path)
        except TooSlow:
            sort, why = "wrong", f"took longer than {SLOWEST} s"
        except Exception as fault:
            sort, why = "wrong", f"{type(fault).__name__}: {fault}"[:160]
        finally:
            signal.alarm(0)
        slowest = max(slowest, time.perf_counter() - begun)
        found[sort] += 1
        if sort == "wrong":
            wrong.append(f"form {number} of seed {SEED}: {why}")
        path.unlink()
        path.parent.rmdir()
    return Row(
        what=f"spoiled forms (seed {SEED})", target=f"{count:,} tried: 0 tracebacks, 0 broken papers, none over {SLOWEST} s",
        found=f"{found['clear']:,} refused, {found['right']:,} printed whole, {found['wrong']:,} wrong; the slowest took {slowest:.1f} s", wrong=tuple(wrong),
    )  # fmt: skip


