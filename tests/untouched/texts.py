"""The wordings: what each title, label, box and hint of the forms is called in a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_SHELF = Path(__file__).with_name("wordings")
LANGUAGES = tuple(sorted(path.stem for path in _SHELF.glob("*.toml")))
"""The wordings there are; `en_fr` is bilingual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The texts of one language by key, such as `labels.email`, or `labels.home.email` where a block has its own."""

    language: str
    texts: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.texts[key]

    def label(self, form: str, block: str, key: str) -> str:
        """Find the label of a blank: its block's own, else its form's own, else the usual one; none for an empty key."""
        own = (f"labels.{block}.{key}", f"labels.{form}.{key}")
        return next((self.texts[one] for one in own if one in self.texts), self.texts[f"labels.{key}"]) if key else ""

    def title(self, key: str, item: int | None, *, spare: bool) -> str:
        """Write the title of a block, if blocks of that key have one."""
        said = self.texts.get(f"blocks.{key}", "").replace("{k}", str(item or ""))
        return f"{said} {self.texts['hints.spare']}" if said and spare else said

    def asked(self, label: str) -> str:
        """Write a label as it stands before a line to write on: with a colon, if it does not end in a mark already."""
        return label if label.rstrip(" *")[-1:] in (":", "?") else f"{label}{self.texts['word.colon']}"

    def prompt(self, key: str, label: str) -> str:
        """Write what a form puts in square brackets: its own prompt, else the bare label."""
        bare = re.sub(r"^[\d.]+\s+|[\s:*]+$", "", label)
        return f"[{self.texts.get(f'prompts.{key}', bare)}]"


def _flat(found: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in found.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(value)


@cache
def wording(language: str) -> Wording:
    """Read the wording of a language."""
    texts = tomllib.loads((_SHELF / f"{language}.toml").read_text(encoding="utf-8"))
    return Wording(language=language, texts=dict(_flat(texts)))
