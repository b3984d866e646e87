"""Draw `pipeline/spellings.json`: how countries, languages and months are written in Europe, from Unicode's CLDR.

python .workshop/draw_spellings.py [FILE]      default: pipeline/spellings.json beside .workshop

The program reads what a person typed with this file; to load the 29 languages through Babel in every run would take
more memory and time than most of the rest. Draw it again when Babel brings a new CLDR; a test says so.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import babel
from babel import Locale

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from pipeline.languages import EUROPEAN  # noqa: E402 - found by the path above
from pipeline.spelling import bare  # noqa: E402 - found by the path above

TARGET = HERE.parent / "pipeline" / "spellings.json"
NO_COUNTRIES = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
SOURCE = {
    "data": f"Unicode CLDR, through Babel {babel.__version__}",
    "licence": "Copyright © Unicode, Inc. Unicode License V3 (Unicode-3.0), https://www.unicode.org/license.txt",
    "drawn by": ".workshop/draw_spellings.py",
}


def countries() -> dict[str, str]:
    """Each spelling of a country, with its ISO 3166 code."""
    return _known(
        (name, code) for language in EUROPEAN for code, name in Locale(language).territories.items()
        if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRIES
    )  # fmt: skip


def languages() -> dict[str, str]:
    """Each spelling of a language, with its ISO 639 code."""
    return _known(
        (name, code) for language in EUROPEAN for code, name in Locale(language).languages.items()
        if re.fullmatch(r"[a-z]{2}", code)
    )  # fmt: skip


def _known(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Enter every code under itself, and under each name that means nothing else."""
    codes: dict[str, set[str]] = {}
    for name, code in names:
        codes.setdefault(bare(name), set()).add(code)
    found = {name: code for name, (code, *others) in codes.items() if not others}
    return found | {code.lower(): code for every in codes.values() for code in every}


def months() -> dict[str, set[int]]:
    """Each name of a month, whole and shortened, with the numbers of the months it means."""
    names: dict[str, set[int]] = {}
    for language in EUROPEAN:
        for context in Locale(language).months.values():
            for width in ("wide", "abbreviated"):
                for month, name in context[width].items():
                    names.setdefault(bare(name), set()).add(month)
    return names


def text() -> str:
    """The whole file: a code a line, with all its spellings, which hold no spaces."""
    return written({
        "source": SOURCE,
        "countries": _by_meaning(countries().items()),
        "languages": _by_meaning(languages().items()),
        "months": _by_meaning((name, f"{number:02}") for name, numbers in months().items() for number in numbers),
    })  # fmt: skip


def _by_meaning(spelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    spellings: dict[str, set[str]] = {}
    for spelling, meaning in spelled:
        spellings.setdefault(meaning, set()).add(spelling)
    return {meaning: " ".join(sorted(found)) for meaning, found in sorted(spellings.items())}


def written(tables: Mapping[str, Mapping[str, str]]) -> str:
    return json.dumps(tables, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.write_text(text(), "utf-8", newline="\n")
    print(f"{target} written, {target.stat().st_size} bytes")
