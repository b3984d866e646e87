"""Columns that belong into no paper of a stay, by their names: health, religion, bank (floor 2).

They are passed over before a value of theirs is read, so that none can reach a paper, a message or a list. The names
are data (`confidential.toml`), in ten languages.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from pipeline.problem import Severity, fault, quoted
from pipeline.raw import MARKS, readable
from pipeline.spelling import bare

_LONGEST = 300
"""Characters of a header that are looked at, as in `sheets`."""

_WORD = re.compile(r"[^\W\d_]+")
_TWO_WORDS = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_PARTS = re.compile(r"[/|,;:&+()\[\]\n]|\s[-–—]\s")


@fault("S141", Severity.NOTICE)
def left_unread(names: Sequence[str]) -> str:
    """Columns about health, religion or a bank account were not read, and their values stand nowhere.

    The papers of a stay go to schools, companies and offices, and are kept for years. The law on data protection guards
    what says something of a person's health or religion, and nobody who reads an agreement needs an account. So these
    columns reach no paper, no message, no list and none of your own forms, whatever the sheet: a copy of your workbook
    with remarks in it keeps them as they are, because it is your workbook. What a host must know (an allergy, a
    medicine) is given to the one person who needs it, with the family's consent, and not by way of an agreement.

    Decided by the name of the column alone. Allergies, intolerances and special needs say something of health and are
    left out. A diet (“vegetarian”), meals, a clothes size or the number of an insurance card do not, and stay columns
    of your own.

    Advice: Nothing. If the column is about something else, give it another name.
    Basis: programme (GDPR, Articles 5(1)(c) and 9)
    """
    told = f"{quoted(names[:8])}{' …' if len(names) > 8 else ''}"
    return f"Not read, and in no paper, because it is about health, religion or a bank account: {told}."


@lru_cache(maxsize=2_000)
def is_confidential(header: str) -> bool:
    """Say whether a column is about health, religion or a bank account, by its name."""
    plain = MARKS.sub("", unicodedata.normalize("NFKC", header[:_LONGEST]))
    text = _words(plain)
    for passed_over in _names()["not"]:
        text = text.replace(passed_over, " / ")
    alone, anywhere = _names()["alone"], _names()["anywhere"]
    return any(name in text for name in anywhere) or any(_words(part) in alone for part in _PARTS.split(plain))


def without_values(names: Sequence[str]) -> list[str]:
    """Give names of columns as a message shows them, each once."""
    return list(dict.fromkeys(readable(name) for name in names))


def _words(text: str) -> str:
    """Give the words of a text in plain letters, with a space around each: “Learner's IBAN” is “ learner s iban ”."""
    return f" {' '.join(bare(word) for word in _WORD.findall(_TWO_WORDS.sub(' ', text)))} "


@cache
def _names() -> dict[str, frozenset[str]]:
    """Load the names: those that stand alone, those that may stand anywhere, and those that mean something else."""
    book = tomllib.loads(files("pipeline").joinpath("confidential.toml").read_text("utf-8"))
    listed = [name for kind, tongues in book.items() if kind != "not" for names in tongues.values() for name in names]
    return {
        "not": frozenset(_words(name) for names in book["not"].values() for name in names),
        "alone": frozenset(_words(name) for name in listed if name.startswith("=")),
        "anywhere": frozenset(
            _words(name).rstrip() if name.endswith("*") else _words(name) for name in listed if name[0] != "="
        ),
    }
