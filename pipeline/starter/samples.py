"""The Word file of ready-made blanks: every word with its meaning, to copy into forms (floor 7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path

from pipeline.columns import SHEETS, Kind
from pipeline.marks.naming import ROOTS as KNOWN
from pipeline.marks.naming import short_of
from pipeline.starter import wordml as word
from pipeline.starter.blanks import Wanted, control, form_field, merge_field, tag
from pipeline.starter.fresh import write_fresh
from pipeline.vocabulary import MEANINGS, RECORDS, TOP, Word

ROOTS = (
    "learner", "agreement", "home", "host", "qualification", "unit", "result", "cohort", "mou", "partner", "companion",
    "today",
)  # fmt: skip
"""The words that have a table, those first that most forms ask for."""

ALIKE = ("workplace", "employer", "intermediary", "coordinator")
"""Organisations whose words are those of the host."""

ROWS = {
    "units": ("id", "title", "points", "knowledge", "skills", "competence"),
    "results": ("learning_outcome", "result", "grade", "assessed_by", "assessed_on"),
    "learners": ("name", "date_of_birth", "sex", "email"),
    "partners": ("name", "country_name", "contact_person", "email"),
    "companions": ("name", "role", "start", "end"),
}
"""Rows that repeat, ready to copy."""

_LOOPS = {"unit": "units", "result": "results"}
_LOOPED = (
    "A row of a table with one of these stands in the paper once for each. Where all its blanks are tags, it needs a "
    "row with "
)
_MEANS = {"unit": "each of the units of the paper", "result": "each of the results of the paper"}
_HEADS = ("Word", "What it is", "Tag", "Merge field", "Content control", "Form field (older)")
_WIDTHS = (2600, 3100, 3350, 2650, 1900, 1538)
_KINDS = (
    ("Tag", "Plain text in double curly brackets. It can be typed anywhere, in every version of Word."),
    ("Merge field", "Looks like «this». Copy it with its brackets; Alt+F9 shows and hides what is behind it."),
    ("Content control", "A box with a name, a tick box, a list or a date: it can still be filled in by hand."),
    ("Form field (older)", "For forms protected for filling in. Its name is short: printed grey under the word."),
)  # fmt: skip
_INTRODUCTION = (
    "This file holds every word that a form may use, each with blanks that are ready to use. Select a blank, copy it "
    "(Ctrl+C) and paste it into your form (Ctrl+V), where the value belongs. All four kinds do the same; a form may "
    "mix them."
)
_HOW_OFTEN = (
    "A form with a word of learner or agreement is made once for each learner, one with a word of mou is a memorandum. "
    "A row of a table that holds words of unit stands in the paper once for each unit: see “Rows that repeat”."
)


def write_samples(target: Path) -> None:
    """Write the Word file of ready-made blanks.

    Raises CannotContinue where the file exists already, or cannot be written.
    """
    write_fresh(target, samples)


def samples() -> bytes:
    """Make the Word file of ready-made blanks; the same bytes every time."""
    numbers = count(1)
    body = [
        word.paragraph(word.text("Words for forms"), style="Title"), word.paragraph(word.text(_INTRODUCTION)),
        word.table(("", ""), [(_cell(word.text(kind, "Strong")), _cell(word.text(what))) for kind, what in _KINDS],
                   (2600, word.WIDTH - 2600)),
        word.paragraph(), word.paragraph(word.text(_HOW_OFTEN)), _contents(),
    ]  # fmt: skip
    for root in ROOTS:
        body += _section(root, numbers)
    body += [*_repeating(numbers), *_tags_only(numbers)]
    return word.document("Words for forms", "".join(body))


def _contents() -> str:
    links = [word.link(_title(root), f"_words_{root}") for root in ROOTS]
    links += [word.link("Rows that repeat", "_words_rows"), word.link("More, as tags only", "_words_more")]
    between = word.text("   ·   ")
    return word.paragraph(word.text("Go to: "), between.join(links))


def _title(root: str) -> str:
    names = {"mou": "Memorandum of Understanding", "today": "Date of the paper", "home": "Home organisation",
             "host": "Host organisation", "unit": "Units", "result": "Results", "partner": "Each organisation",
             "companion": "Accompanying person"}  # fmt: skip
    return names.get(root, root.capitalize())


def _head(title: str, bookmark: str, numbers: Iterator[int]) -> str:
    return word.paragraph(word.text(title), style="Heading1", bookmark=(next(numbers), f"_words_{bookmark}"))


def _section(root: str, numbers: Iterator[int]) -> Iterator[str]:
    """Give the table of the words that begin so."""
    meaning = _MEANS.get(root, MEANINGS.get(root, "")).replace("`", "")
    yield _head(_title(root), root, numbers)
    yield word.paragraph(word.text(f"{meaning[:1].upper()}{meaning[1:]}."))
    if root in _LOOPS:
        loop = f"tr for {root} in {_LOOPS[root]}"
        around = (word.text(_LOOPED), word.text(loop, "Tag"), word.text(" above it and one with "))
        below = (word.text("tr endfor", "Tag"), word.text(" below it, each between curly brackets with %."))
        yield word.paragraph(*around, *below)
    if root == "host":
        others = ", ".join(ALIKE)
        yield word.paragraph(word.text(f"The same words, with another beginning instead of host: {others}."))
    rows = [_row(Wanted(word=root, short=root, kind="date"), None, numbers)] if KNOWN[root] == "date" else [
        _row(wanted, entry, numbers) for wanted, entry in _wanted(root)
    ]  # fmt: skip
    yield word.table(_HEADS, rows, _WIDTHS)


def _wanted(root: str) -> Iterator[tuple[Wanted, Word]]:
    record = KNOWN[root]
    for key, entry in RECORDS[record].items():
        short = short_of(f"{root}.{key}")
        if short:
            choices = _choices().get((record, key), ())
            yield Wanted(word=f"{root}.{key}", short=short, kind=entry.type, choices=choices), entry


@cache
def _choices() -> dict[tuple[str, str], tuple[str, ...]]:
    """Give the entries of the words that are one of a few: by record and key."""
    return {
        (column.record, column.key): column.choices or ("F", "M")
        for sheet in SHEETS for column in sheet.columns if column.kind in (Kind.CHOICE, Kind.SEX)
    }  # fmt: skip


def _row(wanted: Wanted, entry: Word | None, numbers: Iterator[int]) -> Sequence[str]:
    """Give the cells of a word: name, meaning, and a blank of each kind."""
    meaning = (entry.meaning if entry else MEANINGS[wanted.word]).replace("`", "")
    told = [_cell(word.text(meaning))]
    if entry:
        fed = f"from {entry.column}" if entry.column else "counted by the program"
        told.append(_cell(word.text(f"{fed}{'; needed' if entry.required else ''}", "Small")))
        told += [_cell(word.text(f"e.g. {entry.example}", "Small"))] if entry.example else []
    name = _cell(word.text(wanted.word, "Strong"))
    if wanted.short != wanted.name:
        name += _cell(word.text(wanted.short, "Small"))
    blanks = (merge_field(wanted), control(wanted, numbers), form_field(wanted, numbers))
    return name, "".join(told), _cell(word.text(tag(wanted), "Tag")), *(_cell(blank) for blank in blanks)


def _cell(*runs: str) -> str:
    return word.paragraph(*runs, style="Cell")


def _repeating(numbers: Iterator[int]) -> Iterator[str]:
    """Give a table a list, whose row repeats for each of its items."""
    yield _head("Rows that repeat", "rows", numbers)
    yield word.paragraph(word.text(
        "Copy one of these tables whole: its second row stands in the paper once for each item of the list. Columns "
        "may be taken away, moved and added; only the words of one list may stand in a row."
    ))  # fmt: skip
    for root, keys in ROWS.items():
        record = RECORDS[TOP[root].removeprefix("list of ")]
        yield word.paragraph(word.text(f"{root}: {MEANINGS[root]}"))
        heads = [key.replace("_", " ").capitalize() for key in keys]
        wanted = [Wanted(word=f"{root}.{key}", short="", kind=record[key].type) for key in keys]
        width = word.WIDTH // len(keys)
        yield word.table(heads, [[_cell(merge_field(each)) for each in wanted]], [width] * len(keys))
        yield word.paragraph()


def _tags_only(numbers: Iterator[int]) -> Iterator[str]:
    yield _head("More, as tags only", "more", numbers)
    more = (
        ('{{ learner.more["Shoe size"] }}', "a column of your own, by its header; every record has more"),
        ("{{ unit.titles.es }}", "the title in one language, from column “Title es”"),
        ('{{ agreement.start | date("d.M.yyyy") }}', "a date written in another way"),
        ('{{ agreement.enclosures_progress | tick("Europass CV") }}', "☒ where the list holds this entry, else ☐"),
        ("{{ host.contact_email | required }}", "the paper waits while this is empty"),
        ("{{ agreement.mentor | dotted }}", "a dotted line to write on, where it is empty"),
    )
    cells = [(_cell(word.text(shown, "Tag")), _cell(word.text(what))) for shown, what in more]
    yield word.table(("Tag", "What it prints"), cells, (6100, word.WIDTH - 6100))
    yield word.paragraph()
