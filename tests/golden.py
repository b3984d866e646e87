"""The text of the official papers for the example cohort, before and after the stay, as a person reads it: python -m tests.golden.

Each line is a paragraph; a cell of a table begins with its number. `tests/test_golden.py` compares the papers with these
files. After a change that is meant, write them anew with the command above and look at what changed.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.addressees import addressees
from pipeline.adoption import adopt
from pipeline.changes import Difference
from pipeline.contexts import Contexts
from pipeline.differing import as_changes
from pipeline.form import open_form, open_pack
from pipeline.model import Cohort
from pipeline.problem import Place
from pipeline.room import kit
from pipeline.workbook import read_cohort
from tests.forms import parts_of, texts_of, title_of

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "golden"
DAY = dt.date(2027, 1, 15)
PAPERS = {
    "Memorandum of Understanding": ("all partners",),
    "Learning Agreement": ("(L05)", "(L06-2)", "(L10)"),
    "Learning Agreement - amendment": ("(L05)",),
    "Participant List": ("Berufliche Schule",),
    "Contact Card": ("(L05)",),
    "Assessment Sheet": ("(L05)",),
    "Learner Profile": ("(L10)",),
    "Record of Achievement": ("(L06)",),
    "Unit Catalogue": ("Baker",),
    "Personal Transcript": ("(L09)", "(L10)"),
    "Learning Agreement Complement": ("(L07)",),
    "Validation and Recognition Record": ("(L08)",),
    "Unit Certificate": ("(L10) U2",),
    "Europass Mobility": ("(L09)", "(L12)"),
    "Partnership Review": ("Berufliche Schule",),
}
"""Which papers: the memorandum; the minor, a second stay, a part of a unit; a list, a card, a catalogue, a page for the
host. After the stay: nothing but one unit achieved in part, a part of a unit, one who came home early, a unit that was
not achieved, many units, and the host where not all went well."""

CHANGE = Difference(
    word="agreement.start", meaning="Start date", before="5 April 2027", now="12 April 2027", place=Place()
)
"""What the amendment changes: nothing of the example is signed yet."""


def papers() -> Iterator[tuple[str, str]]:
    """Print the papers: name and text of each."""
    before, after = (Contexts(_cohort(part)) for part in ("input", "after"))
    for form in open_pack(ROOT / "templates" / "official", ()):
        contexts = after if form.asks_results else before
        for who in addressees(contexts.cohort, form.frequency):
            named = next((part for part in PAPERS[form.name] if part in (who.end, who.name) or who.name.startswith(part)), None)
            if named:
                values = contexts.values(who.scope, "en", DAY)
                if form.tells_changes:
                    changed = dict(zip(("changes", "changed"), as_changes([CHANGE]), strict=True))
                    values["agreement"] |= {"amendment": "1", "reason_for_change": "The bakery opens later.", **changed}
                data = form.print(values, "en").data
                name = re.sub("[()]", "", named)
                yield f"{form.name} {name}".removesuffix(" all partners"), as_text(data)
    yield from untouched(before)


def _cohort(part: str) -> Cohort:
    """Read the example (“input”), or the same cohort after the stay (“after”)."""
    cohort = read_cohort(kit(part) / "Example cohort.xlsx").cohort
    assert cohort is not None
    return cohort


UNTOUCHED = {"ecvet-learning-agreement": "(L05)", "ecvet-memorandum": "", "erasmus-learning-agreement-2021": "(L05)"}
"""The official-like forms of `tests/forms`, which nobody prepared, and whose paper is looked at."""


def untouched(contexts: Contexts) -> Iterator[tuple[str, str]]:
    """Adopt the untouched forms and print a paper of each, filled by nothing but their labels."""
    with TemporaryDirectory() as folder:
        for name, who in UNTOUCHED.items():
            path = Path(folder, f"{name}.docx")
            path.write_bytes((ROOT / "tests" / "forms" / path.name).read_bytes())
            adopt(path)
            form = open_form(path)
            (one,) = [each for each in addressees(contexts.cohort, form.frequency) if who in each.end + each.name]
            data = form.print(contexts.values(one.scope, "en", DAY), "en").data
            yield f"{name}, untouched", as_text(data)


def as_text(data: bytes) -> str:
    """The text of a paper: its title, the page header, the document, the page footer."""
    found = [f"title: {title_of(data)}"]
    for name in parts_of(data):
        if name.startswith(("word/header", "word/footer")):
            found += [f"{name[5:11]}: {line}" for line in texts_of(data, name)]
    return "\n".join([*found, "", *texts_of(data), ""])


def main() -> None:
    """Write the golden files anew."""
    FOLDER.mkdir(exist_ok=True)
    fresh = dict(papers())
    for path in FOLDER.glob("*.txt"):
        if path.stem not in fresh:
            path.unlink()
            sys.stdout.write(f"{path.name}: gone\n")
    for name, text in fresh.items():
        path = FOLDER / f"{name}.txt"
        same = path.exists() and path.read_text("utf-8") == text
        path.write_text(text, "utf-8")
        sys.stdout.write(f"{path.name}: {'as it was' if same else 'written anew'}\n")


if __name__ == "__main__":
    main()
