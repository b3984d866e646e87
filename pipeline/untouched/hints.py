"""What stands in a form only to help who types: date patterns, “please specify”, “remove if …” (floor 4)."""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.pictures import is_date
from pipeline.untouched.labels import HINT, is_known, split_words

HELPS = frozenset({"weeks_number", "insert", "specify", "click"})
"""The hints that stand in a blank and give way to its value."""

NOTES = frozenset({"remove", "remove_page", "add", "not_of_the_form"})
"""The hints that are about the form itself."""

_STEMS = {
    "remove": (
        "remov", "delet", "entfern", "losch", "streich", "supprim", "elimin", "cancell", "usun", "skresl", "apag",
        "verwijder", "schrap", "poist", "sterg", "borr", "suprim", "rimuov",
    ),
    "add": (
        "adding", "hinzufug", "erganz", "ajout", "anad", "agreg", "aggiung", "dodac", "dodaj", "adicion", "acrescent",
        "toevoeg", "lisa", "adaug",
    ),
    "page": ("page", "seite", "stron", "pagin", "sivu"),
    "sign": ("sign", "unterzeich", "unterschr", "firm", "podpis", "assin", "onderteken", "allekirj", "semn"),
}  # fmt: skip
"""Stems of the words that notes on a form are made of, in ten languages."""

_TWICE = re.compile(r"\s+[/|–-]\s+")
"""What parts the two languages of a hint."""

_INSIDE = re.compile(r"\(([^()]+)\)|\[([^\[\]]+)\]")


@lru_cache(maxsize=1_000)
def date_pattern(text: str) -> str | None:
    """Find the pattern that a hint asks dates to be written in: “(dd/mm/yyyy)”, “[TT.MM.JJJJ]”; None where it is none.

    Patterns are worded in the language of the form (jj/mm/aaaa, pp.kk.vvvv), which filter `date` understands.
    """
    inside = [one or other for one, other in _INSIDE.findall(text)]
    for candidate in (text, *inside, *(part for each in inside for part in _TWICE.split(each))):
        pattern = re.sub(r"\s+", "", candidate.strip(" ()[]:.–-")).lower()
        if re.fullmatch(r"[a-z]{1,4}([./-][a-z]{1,4}){2}", pattern) and is_date(pattern):
            return pattern
    return None


@lru_cache(maxsize=1_000)
def is_hint(text: str) -> bool:
    """Say whether a text in brackets only helps who types, and gives way to the value."""
    plain = text.strip("()[] ")
    return all(date_pattern(part) is not None or is_known(HINT, part) in HELPS for part in _TWICE.split(plain))


@lru_cache(maxsize=1_000)
def notes_in(text: str) -> tuple[tuple[str, str], ...]:
    """Find the notes of a text on the form itself, each with its key: “(remove table if not necessary)”."""
    found = [(match[0], key) for match in _INSIDE.finditer(text) for key in _noted(match[1] or "")]
    if not found:
        plain = text.strip(" !*()[]")
        pieces = [plain, *re.split(r"[.!;]\s*|\s+[-–—]\s+", plain)]
        found = [(text, key) for piece in pieces if piece and (key := is_known(HINT, piece)) in NOTES]
        if not found and {"remove", "page", "sign"} <= _spoken_of(plain):
            found = [(text, "not_of_the_form")]
    return tuple(dict.fromkeys(found))


def _noted(inside: str) -> list[str]:
    """Say what a text in brackets notes on the form."""
    pieces = [inside, *re.split(r"\s+[-–—]\s+|;|\.\s", inside)]
    worded = [key for piece in pieces if (key := is_known(HINT, piece)) in NOTES]
    spoken = _spoken_of(inside)
    return worded or [key for key in ("remove", "add") if key in spoken]


def _spoken_of(text: str) -> set[str]:
    words = split_words(text)
    found = {key for key, stems in _STEMS.items() if any(word.startswith(stems) for word in words)}
    return found | ({"add"} if "add" in words else set())
