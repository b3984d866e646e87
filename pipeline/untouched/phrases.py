"""What a form map says of a blank, spelled out as tags (floor 4).

A map names words as a person would: “learner.name”, “home.name, home.country_name” (all that have a value, with
commas), “agreement.activities or units.activities” (the first that has one), “learner.sex=M” (a box that is ticked
where the word is, or holds, the value), “not mou.other_objectives” (one that is ticked where there is none), “by hand”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.marks.naming import find
from pipeline.marks.options import in_quotes
from pipeline.untouched.labels import OPTION, wording
from pipeline.vocabulary import RECORDS, TOP

BY_HAND = "by hand"
QUIET = frozenset({"cohort.place", "cohort.date", "partner.signed_on"})
"""Words that are printed where there is a value and not missed where there is none: a pen writes them."""

WEEKS: Mapping[str, tuple[str, str, str]] = {
    "en": ("week", "weeks", "weeks"), "de": ("Woche", "Wochen", "Wochen"), "fr": ("semaine", "semaines", "semaines"),
    "es": ("semana", "semanas", "semanas"), "it": ("settimana", "settimane", "settimane"),
    "pl": ("tydzień", "tygodnie", "tygodni"), "pt": ("semana", "semanas", "semanas"), "nl": ("week", "weken", "weken"),
    "fi": ("viikko", "viikkoa", "viikkoa"), "ro": ("săptămână", "săptămâni", "săptămâni"),
}  # fmt: skip
"""A week, two to four weeks, more weeks, in ten languages."""

_ONE_OF: Mapping[str, str] = {
    "partners": "partner", "qualifications": "qualification", "units": "unit", "learners": "learner",
    "companions": "companion", "results": "result", "people": "learner", "covered": "organisation",
}  # fmt: skip
"""What an item of a list is called in a loop over it."""

ITEM_OF: Mapping[str, str] = {"partner": "partners", "qualification": "qualifications", "unit": "units"}
"""The list that a numbered block goes through, by what its blanks speak of."""


OWN_COLUMN = r"""(\w+)\.more\[["'](.+)["']\]"""
"""How a column of one's own is written: learner.more["Shoe size"]."""

_CHOSEN: Mapping[str, Mapping[str, str]] = {
    "learner.sex": {"M": "male", "F": "female"},
    "cohort.mode": {"physical": "physical", "blended": "blended"},
    "cohort.activity": {"short": "short", "long": "long", "ErasmusPro": "long", "group": "group"},
}  # fmt: skip
"""Words whose values are short forms, and what a form calls each: a key of the options in `labels/`."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a map: the list that is gone through for it (empty where there is none), its path, its kind of value.

    Of “qualification.units.title” the list is `qualification.units`, and the path `unit.title`. `said` is how the form
    calls the values of a word that has short forms: “short=Short-term learning mobility”.
    """

    written: str
    list: str
    path: str
    type: str
    said: tuple[str, ...] = ()

    @property
    def value(self) -> str:
        """The word as a condition asks for it."""
        return self.list or self.path


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a map says of one blank.

    `first` says that the first word with a value is printed, and not all of them; `option` what ticks a box; `negated`
    that it is ticked where there is no value; `required` that papers wait for a value.
    """

    words: tuple[Word, ...]
    first: bool = False
    option: str | None = None
    negated: bool = False
    required: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """The wordings of what ticks a box: “Lebenslauf | Europass CV” has two."""
        return tuple(each.strip() for each in (self.option or "").split(" | ") if each.strip())[:2]

    @property
    def root(self) -> str:
        """What the first word begins with."""
        return self.words[0].written.partition(".")[0]

    @property
    def is_plain(self) -> bool:
        """Say whether it is one word with one value."""
        return len(self.words) == 1 and not self.words[0].list and self.option is None and not self.negated

    @property
    def has_lists(self) -> bool:
        """Say whether it prints several values, a paragraph each."""
        return any(word.list or word.type == "texts" for word in self.words)


class Unknown(Exception):
    """A map names something that is no word; `meant` is what was probably meant."""

    def __init__(self, word: str, meant: str | None = None) -> None:
        super().__init__(word)
        self.word, self.meant = word, meant


def phrase_of(written: str, *, required: bool = False, language: str = "en") -> Phrase | None:
    """Read what a map says of a blank; None where a hand fills it. Raises Unknown where something is no word.

    `language` is that of the form.
    """
    said = " ".join(written.split())
    if not said or said.casefold() == BY_HAND:
        return None
    negated = said.startswith("not ")
    said, equals, option = said.removeprefix("not ").partition("=")
    first = re.search(r"\s+or\s+", said) is not None
    names = re.split(r"\s+or\s+" if first else r"\s*,\s*", said.strip())
    words = tuple(_resolved(name, language) for name in names if name)
    if not words or ((equals or negated) and len(words) > 1):
        raise Unknown(written)
    return Phrase(words, first, option.strip() if equals else None, negated, required)


def _resolved(name: str, language: str) -> Word:
    own = re.fullmatch(OWN_COLUMN, name)
    if own and own[1] in TOP:
        return Word(name, "", f'{own[1]}.more["{own[2]}"]', "text")
    parts = name.split(".")
    kind, path, of = TOP.get(parts[0], ""), parts[0], ""
    for at, key in enumerate(parts[1:], start=1):
        if kind.startswith("list of "):
            if of:
                raise Unknown(name)
            of, path = path, _ONE_OF.get(parts[at - 1], "item")
            kind = kind.removeprefix("list of ")
        if kind not in RECORDS or key not in RECORDS[kind]:
            found = find(name)
            if found.word and found.word != name:
                return _resolved(found.word, language)
            raise Unknown(name, found.meant)
        kind, path = RECORDS[kind][key].type, f"{path}.{key}"
    if not kind:
        found = find(name)
        if found.word:
            return _resolved(found.word, language)
        raise Unknown(name, found.meant)
    if kind in RECORDS or kind.startswith("list of "):
        raise Unknown(name)
    said = tuple(f"{value}={wording(OPTION, key, language)}" for value, key in _CHOSEN.get(path, {}).items())
    return Word(name, of, path, kind, said)


# -- as tags -----------------------------------------------------------------------------------------------------------


def inline(phrase: Phrase, pattern: str | None = None, *, item: int | None = None, between: str = "; ") -> str:
    """Spell a phrase out for the middle of a line; with `item`, of one item of a list: nothing where it has none."""
    text = (_first if phrase.first else _all)(phrase, pattern, between)
    if item is None:
        return text
    name = phrase.root
    return (
        f"{{% for {name} in {ITEM_OF[name]} %}}{{% if loop.index == {item} %}}{text}{{% endif %}}{{% endfor %}}"
    )  # fmt: skip


def is_empty(phrase: Phrase, item: int | None = None) -> str:
    """Give the condition that there is no value; of an item of a list, that there is no such item."""
    if item is not None:
        return f"{ITEM_OF[phrase.root]} | length < {item}"
    return " and ".join(f"not {word.value}" for word in phrase.words)


def _all(phrase: Phrase, pattern: str | None, between: str) -> str:
    out, before = "", ""
    for word in phrase.words:
        if before:
            level = "EQF " if word.path.endswith(".eqf_level") else ""  # “Confectioner, EQF 3”
            out += f"{{% if ({before}) and {word.value} %}}, {level}{{% endif %}}"
        out += _printed(word, pattern, between, phrase.required)
        before = f"{before} or {word.value}" if before else word.value
    return out


def _first(phrase: Phrase, pattern: str | None, between: str) -> str:
    out = ""
    for at, word in enumerate(phrase.words):
        out += f"{{% {'elif' if at else 'if'} {word.value} %}}{_printed(word, pattern, between, False)}"
    return f"{out}{{% else %}}{_printed(phrase.words[0], pattern, between, phrase.required)}{{% endif %}}"


def _printed(word: Word, pattern: str | None, between: str, required: bool) -> str:
    if not word.list:
        value = _value(word, pattern, between, required)
        if required:
            return value
        if word.path.startswith("learner.guardian"):  # of an adult nobody misses one
            return f"{{% if {word.path} or learner.is_minor %}}{value}{{% endif %}}"
        return f"{{% if {word.path} %}}{value}{{% endif %}}" if word.written in QUIET else value
    name = _ONE_OF.get(word.list.rpartition(".")[2], "item")
    value = _value(word, pattern, between, required=False)
    return (
        f"{{% for {name} in {word.list} if {word.path} %}}{{% if not loop.first %}}{between}{{% endif %}}{value}"
        "{% endfor %}"
    )


def _value(word: Word, pattern: str | None, between: str, required: bool) -> str:
    filters = " | required" if required else ""
    if word.path == "unit.title":  # what is agreed may be a part of the unit
        part = '{% if unit.scope == "part" %} – {{ unit.part | lines }}{% endif %}'
        return f"{{{{ unit.title{filters} }}}}{part}"
    if word.path == "agreement.weeks" and pattern:
        return _counted_weeks(filters, pattern)
    if word.said:
        known = ", ".join(in_quotes(pair.partition("=")[0]) for pair in word.said)
        pairs = ", ".join(map(in_quotes, word.said))
        plain = f"{{{{ {word.path}{filters} }}}}"
        chosen = f"{{{{ {word.path} | entry({pairs}) }}}}"
        return f"{{% if {word.path} in [{known}] %}}{chosen}{{% else %}}{plain}{{% endif %}}"
    if word.type == "date" and pattern:
        filters += f' | date("{pattern}")'
    elif word.type == "text":
        filters += " | lines"
    elif word.type == "texts":
        filters += " | lines" if between == "\n" else f' | join("{between}")'
    return f"{{{{ {word.path}{filters} }}}}"


def _counted_weeks(filters: str, language: str) -> str:
    """Spell out a number of weeks with its noun, where the form's hint that says so goes: “3 weeks”, “5 tygodni”."""
    one, several, many = WEEKS.get(language, WEEKS["en"])
    few = "[2, 3, 4, 22, 23, 24, 32, 33, 34, 42, 43, 44]"
    return (
        f"{{{{ agreement.weeks{filters} }}}}{{% if agreement.weeks in [1, '1'] %}} {one}"
        f"{{% elif agreement.weeks in {few} %}} {several}{{% elif agreement.weeks %}} {many}{{% endif %}}"
    )


def paragraphs(phrase: Phrase, pattern: str | None = None) -> Iterator[str]:
    """Spell a phrase out as paragraphs: those that begin with {%p stand for themselves, the others are of the form.

    A list gets a paragraph an entry; where nothing has a value, one paragraph is left for the pen, and told.
    """
    if phrase.first:
        for at, word in enumerate(phrase.words):
            yield f"{{%p {'elif' if at else 'if'} {word.value} %}}"
            yield from _lines([word], pattern)
        yield "{%p else %}"
        yield _left(phrase.words[:1], pattern)
        yield "{%p endif %}"
        return
    yield from _lines(phrase.words, pattern)
    yield f"{{%p if {is_empty(phrase)} %}}"
    yield _left(phrase.words, pattern)
    yield "{%p endif %}"


def _left(words: Sequence[Word], pattern: str | None) -> str:
    """Spell out what is told of a blank that stays empty: its words that are no lists of records."""
    return "".join(_value(word, pattern, "; ", required=False) for word in words if not word.list)


def _lines(words: Sequence[Word], pattern: str | None) -> Iterator[str]:
    for of, group in groupby(words, key=lambda word: word.list):
        if of:
            yield f"{{%p for {_ONE_OF.get(of.rpartition('.')[2], 'item')} in {of} %}}"
        titled = False
        for word in group:
            titled = titled or word.path == "unit.title"
            if word.type == "texts":
                yield f"{{%p for entry in {word.path} %}}"
                yield "– {{ entry }}" if titled else "{{ entry }}"
                yield "{%p endfor %}"
            else:
                yield f"{{%p if {word.path} %}}"
                yield _value(word, pattern, "; ", required=False)
                yield "{%p endif %}"
        if of:
            yield "{%p endfor %}"
