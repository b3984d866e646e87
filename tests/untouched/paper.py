"""A form while it is drawn: what has been set down, what fills each blank, and where each blank stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from tests.untouched import strokes
from tests.untouched.shapes import Blank, Box, Kind
from tests.untouched.strokes import Element, paragraph, run, w
from tests.untouched.texts import Wording


class Gap(Enum):
    """What a form puts where somebody is to write."""

    NOTHING = auto()
    UNDERSCORES = auto()
    DOTS = auto()
    LEADER = auto()
    """A tab whose leader draws the line."""
    PROMPT = auto()
    """Words in square brackets."""
    CONTROL = auto()
    FIELD = auto()


class Hint(Enum):
    """Where a hint such as (dd/mm/yyyy) stands."""

    IN_BLANK = auto()
    AFTER_BLANK = auto()
    IN_LABEL = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one blank asks for: see `drawn.Expected`."""

    words: str | None
    item: int | None
    label: str
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A blank that has been set down: its paragraph, and what it asks for."""

    paragraph: Element
    asked: Asked


@dataclass(slots=True, kw_only=True)
class Paper:
    """The form so far. `gap` and `hint` change from block to block; `form`, `section`, `block` and `item` say where we are."""

    wording: Wording
    form: str
    ticks: str
    in_a_row: bool
    gap: Gap = Gap.NOTHING
    hint: Hint = Hint.IN_BLANK
    section: str = ""
    block: str = ""
    item: int | None = None
    marked: list[Marked] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)

    def mark(self, where: Element, words: str | None, label: str) -> None:
        """Remember a blank of a paragraph, after those that stand before it there."""
        asked = Asked(words=words, item=self.item, label=label, section=self.section)
        self.marked.append(Marked(paragraph=where, asked=asked))

    def label(self, blank: Blank) -> str:
        """Write the label of a blank, with the hint where hints stand in labels."""
        label = self.wording.label(self.form, self.block, blank.key)
        said = self.hint_of(blank)
        return f"{label} {said}" if said and self.hint is Hint.IN_LABEL else label

    def hint_of(self, blank: Blank) -> str:
        """Say how the blank wants to be filled."""
        key = {Kind.DATE: "hints.date", Kind.WEEKS: "hints.weeks"}.get(blank.kind)
        return self.wording[key] if key else ""

    def fill(self, where: Element, blank: Blank, *, lone: bool = True) -> None:
        """Set a blank down at the end of a paragraph; `lone` where it has the paragraph to itself."""
        self.mark(where, blank.words, self.wording.label(self.form, self.block, blank.key) or self.section)
        hint = self.hint_of(blank)
        if self.gap is Gap.NOTHING:
            where.extend([run(hint)] if hint and self.hint is Hint.IN_BLANK else [])
            return
        where.extend(self._gap(blank, lone=lone))
        if hint and self.hint is Hint.AFTER_BLANK:
            where.append(run(f" {hint}"))

    def _gap(self, blank: Blank, *, lone: bool) -> list[Element]:
        if self.gap is Gap.UNDERSCORES:
            return [run("_" * (68 if lone else 34 if blank.kind is Kind.TEXT else 14))]
        if self.gap is Gap.DOTS:
            return [run("…" * (60 if lone else 28 if blank.kind is Kind.TEXT else 10))]
        if self.gap is Gap.LEADER:
            return [run("\t")]
        if self.gap is Gap.PROMPT:
            key = "date" if blank.kind is Kind.DATE else blank.key or self.block
            return [run(self.wording.prompt(key, self.wording.label(self.form, self.block, blank.key)))]
        if self.gap is Gap.CONTROL:
            return [self.control(blank, self.shown(blank))]
        return self.field(blank)

    # -- Word's own kinds of blank -------------------------------------------------------------------------------------

    def shown(self, blank: Blank) -> Element:
        """Write what a content control shows while nobody has written into it."""
        key = "word.date_placeholder" if blank.kind is Kind.DATE else "word.placeholder"
        return run(self.wording[key], style="PlaceholderText")

    def control(self, blank: Blank, *content: Element, rich: bool = False) -> Element:
        """Wrap content into a content control: a date where the blank wants one, else a text."""
        kind = (
            strokes.date_kind(self.wording["word.locale"]) if blank.kind is Kind.DATE else None if rich else w("text")
        )
        return strokes.control(self.number("control") + 170_000_000, content, kind)

    def field(self, blank: Blank) -> list[Element]:
        """Write a form field for text; every fifth is one that was copied and so has no name."""
        number = self.number("text")
        name = "" if number % 5 == 0 else f"{self.wording['word.text']}{number}"
        date = [w("type", val="date"), w("format", val="dd/MM/yyyy")] if blank.kind is Kind.DATE else []
        return strokes.field(self.number("bookmark"), name, "TEXT", "\u2002" * 5, w("textInput", *date))

    def number(self, kind: str) -> int:
        """Count things of a kind, from 1."""
        self.counted[kind] += 1
        return self.counted[kind]

    # -- boxes ---------------------------------------------------------------------------------------------------------

    def boxes(self, blank: Blank, where: Element | None = None) -> list[Element]:
        """Draw a group of boxes, a paragraph each, or in a row (behind what stands in `where`)."""
        if self.in_a_row and blank.in_a_row:
            row = paragraph() if where is None else where
            for number, box in enumerate(blank.boxes):
                row.extend([run("     ")] if number else [])
                self._box(row, box, behind="word.box_behind" in self.wording.texts)
            return [row]
        made = [paragraph() for _ in blank.boxes]
        for one, box in zip(made, blank.boxes, strict=True):
            self._box(one, box)
        return made if where is None else [where, *made]

    def _box(self, where: Element, box: Box, *, behind: bool = False) -> None:
        text = self.wording[f"options.{box.key}"]
        words = f"{box.words}{' '.join(text.split())}" if box.words.endswith("=") else box.words
        self.mark(where, words, text)
        tick = self._tick()
        where.extend([run(f"{text} "), *tick] if behind else [*tick, run(f" {text}")])
        if box.after is not None:
            where.extend([run(" ")] if self.gap is not Gap.NOTHING else [])
            kind = Blank(key="other_objectives", words=box.after)
            kept, self.gap = self.gap, Gap.DOTS if self.gap is Gap.LEADER else self.gap
            self.fill(where, kind, lone=False)
            self.gap = kept
            self.marked[-1] = replace(self.marked[-1], asked=replace(self.marked[-1].asked, label=text))

    def _tick(self) -> list[Element]:
        if self.ticks == "glyph":
            return [run("☐", font="MS Gothic")]
        if self.ticks == "control":
            return [strokes.checkbox(self.number("control") + 170_000_000)]
        if self.ticks == "wingdings":
            return [strokes.wingdings()]
        name = f"{self.wording['word.check']}{self.number('check')}"
        setting = w("checkBox", w("sizeAuto"), w("default", val=0))
        return strokes.field(self.number("bookmark"), name, "CHECKBOX", "", setting)
