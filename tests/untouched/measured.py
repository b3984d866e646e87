"""How well the labels of drawn forms are understood: python -m tests.untouched.measured [LANGUAGE…].

A blank is right that gets the words described for it, and for the right item of a list; one that nobody can fill is right
when it stays empty. A blank that stays empty or is only proposed though there are words for it is left. Anything else that
would be filled is wrong: other words, another item, a place that is no blank.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.untouched.known import OF_A_UNIT, OUTCOMES
from pipeline.untouched.meaning import BY_HAND, Meaning
from pipeline.untouched.survey import survey
from pipeline.word import open_form_package
from tests.untouched.drawn import Expected, draw, every
from tests.untouched.texts import LANGUAGES

DEVELOPED_WITH = ("en", "de", "fr", "pl")
"""The languages whose drawn forms were looked at while the rules were written. The others were only measured."""


@dataclass(slots=True)
class Tally:
    """Blanks with words that are right, or left; what would be wrong, each as a sentence."""

    right: int = 0
    left: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Say which share of the blanks that have words gets them."""
        return self.right / max(1, self.right + self.left + len(self.wrong))

    def add(self, other: Tally) -> None:
        """Add what was found in another form."""
        self.right, self.left = self.right + other.right, self.left + other.left
        self.wrong += other.wrong


@cache
def measured(form: str, language: str, layout: str, ticks: str) -> Tally:
    """Draw a form, let it be understood, and compare."""
    drawn = draw(form, language, layout, ticks)
    with TemporaryDirectory() as folder:
        path = Path(folder, "form.docx")
        path.write_bytes(drawn.data)
        found = survey(open_form_package(path)).meanings
    return compared(drawn.expected, found, f"{form} {language} {layout} {ticks}")


def compared(expected: Iterable[Expected], found: Iterable[Meaning], name: str) -> Tally:
    """Compare what was described with what was understood, blank by blank, in the order of each paragraph."""
    understood: dict[str, list[Meaning]] = defaultdict(list)
    for each in found:
        paragraph = each.blank.line.paragraph
        understood[paragraph.getroottree().getpath(paragraph)].append(each)
    tally = Tally()
    for wanted in expected:
        there = understood[wanted.path]
        _count(tally, wanted, there.pop(0) if there else None, name)
    for rest in understood.values():
        for each in rest:
            if _filled(each):
                tally.wrong.append(f"{name}: “{each.words}” where there is no blank ({each.blank.place})")
    return tally


def _filled(meaning: Meaning | None) -> str | None:
    """Give the words a blank would get without a person's look."""
    return meaning.words if meaning and meaning.sure and meaning.words != BY_HAND else None


def _count(tally: Tally, wanted: Expected, meaning: Meaning | None, name: str) -> None:
    words = _filled(meaning)
    words = words.partition(" | ")[0] if words else words  # an option may have its official English wording behind it
    asked = {OUTCOMES, OF_A_UNIT} if wanted.words == "outcomes" else {wanted.words}
    item = meaning.item if meaning else None
    if words is None:
        tally.left += wanted.words is not None
    elif words in asked and item == wanted.item:
        tally.right += 1
    else:
        tally.wrong.append(f"{name}: “{wanted.label}” wants {wanted.words} {wanted.item or ''}, would get {words} {item or ''}")


def table(languages: Iterable[str]) -> Iterator[str]:
    """Measure every form, layout and kind of box, a line a language."""
    yield "language        forms    right     left    wrong    share"
    tallies = {language: Tally() for language in languages}
    counted = dict.fromkeys(tallies, 0)
    for form, language, layout, ticks in every():
        if language in tallies:
            tallies[language].add(measured(form, language, layout, ticks))
            counted[language] += 1
    for language, tally in tallies.items():
        figures = f"{counted[language]:8,} {tally.right:8,} {tally.left:8,} {len(tally.wrong):8,}"
        yield f"{language:12} {figures}   {tally.share:6.1%}"
        yield from (f"  {sentence}" for sentence in tally.wrong[:20])


if __name__ == "__main__":
    for line in table(sys.argv[1:] or LANGUAGES):
        sys.stdout.write(f"{line}\n")
