"""Draw `pipeline/marks/short_names.json`: the short form of every word, for the names of Word's old form fields.

python .workshop/draw_short_names.py [FILE]      default: pipeline/marks/short_names.json beside .workshop

Word cuts the name of such a field at 20 characters, and `_2` may follow. What is published stays: a short form that
stands in the file is kept, and only new words get one. Run it when a word was added; a test says so. Add the new lines
to `tests/golden/short names.csv` too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from pipeline.marks.language import PRINTABLE  # noqa: E402 - found by the path above
from pipeline.marks.naming import ROOTS as BEGINNINGS  # noqa: E402 - found by the path above
from pipeline.spelling import bare  # noqa: E402 - found by the path above
from pipeline.vocabulary import RECORDS  # noqa: E402 - found by the path above

TARGET = HERE.parent / "pipeline" / "marks" / "short_names.json"
LONGEST = 18

ROOTS = {
    "partners": "prts", "partner": "prt", "workplace": "work", "employer": "empl", "intermediary": "inter",
    "coordinator": "coord", "qualifications": "quals", "qualification": "qual", "learners": "lrns", "learner": "lrn",
    "agreement": "agr", "companions": "comps", "companion": "comp", "results": "ress", "result": "res", "people": "ppl", "cohort": "coh",
}  # fmt: skip
"""What the first part of a word becomes where the whole does not fit."""

KEYS = {
    "age_at_start": ("start_age",), "counts_at_home_as": ("counts_home",), "if_not_achieved": ("if_not_achvd",),
    "additional_information": ("add_info",), "reason_for_change": ("change_reason",), "website": ("web",),
    "enclosures_programme": ("encl_programme",), "points_already_held": ("points_held",),
}  # fmt: skip
"""Keys that are put in other words as a whole."""

PARTS = {
    "telephone": ("phone", "tel"), "email": ("mail",), "assessment": ("assess",), "assessor": ("assr",),
    "address": ("addr",), "emergency": ("emerg",), "person": ("pers",), "position": ("pos",), "contact": ("cont",),
    "signatory": ("sign", "sig"), "agreement": ("agr",), "guardian": ("guard",), "guardian2": ("guard2",),
    "organisations": ("orgs",), "objectives": ("goals",), "recognition": ("recog",), "recogniser": ("recogr",),
    "method": ("meth",), "validation": ("valid",), "validator": ("valr",), "recording": ("record",),
    "enclosures": ("encl",), "europass": ("epass",), "number": ("no",), "issued": ("iss",), "outcomes": ("outcs",),
    "outcome": ("outc",), "learning": ("learn",), "criteria": ("crit",), "qualification": ("qual",),
    "awarding": ("award",), "credited": ("cred",), "country": ("ctry",), "language": ("lang",), "remaining": ("left",),
    "original": ("orig",),
}  # fmt: skip
"""What the other parts become, the longest first."""


def words() -> Iterator[str]:
    """Every word that is one value, below each word a form may begin with."""
    for root, kind in BEGINNINGS.items():
        if kind == "date":
            yield root
        for key, word in RECORDS.get(kind.removeprefix("list of "), {}).items():
            if word.type in PRINTABLE:
                yield f"{root}.{key}"


def shortened(word: str, taken: dict[str, str]) -> str:
    """Choose a form that fits: the whole word, else its first part short and as few others as need be."""
    root, _, key = word.partition(".")
    forms = [(0, word.replace(".", "_"))]
    first = ROOTS.get(root, root)
    levels = [[(0, part), *enumerate(PARTS.get(part, ()), start=1)] for part in key.split("_")]
    forms += [(sum(level for level, _ in way), "_".join((first, *(part for _, part in way)))) for way in product(*levels)]
    forms += [(1, f"{first}_{whole}") for whole in KEYS.get(key, ())]
    fitting = [(cost, form) for cost, form in forms if len(form) <= LONGEST and taken.get(bare(form), word) == word]
    if not fitting:
        raise SystemExit(f"no short form fits “{word}”: shorten a part of it in this script")
    return min(fitting, key=lambda each: (each[1] != word.replace(".", "_"), each[0], -len(each[1])))[1]


def main(target: Path = TARGET) -> None:
    """Keep what is there, add what is new."""
    known: dict[str, str] = json.loads(target.read_text("utf-8")) if target.exists() else {}
    every = list(words())
    taken = {bare(word): word for word in every} | {bare(short): word for word, short in known.items()}
    for word in every:
        if word not in known:
            known[word] = shortened(word, taken)
            taken[bare(known[word])] = word
    ordered = {word: known[word] for word in [*every, *(word for word in known if word not in set(every))]}
    target.write_text(json.dumps(ordered, indent=0, ensure_ascii=False) + "\n", "utf-8")
    print(f"{target}: {len(ordered)} words, {sum(w.replace('.', '_') != s for w, s in ordered.items())} shortened")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
