"""What is different between two versions of a paper, in the officer's words (floor 5). Pure."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress

from pipeline.afterwards import after_the_stay
from pipeline.changes import Difference
from pipeline.contexts import Scope
from pipeline.model import Cohort, Record
from pipeline.pictures import written_date
from pipeline.problem import Place
from pipeline.sayings import Changed
from pipeline.vocabulary import RECORDS, TOP, Word

NOT_AGREED = frozenset({
    "cohort.draft", "cohort.date", "cohort.place", "agreement.status", "agreement.signed", "agreement.amendment",
    "agreement.reason_for_change", "agreement.changes", "agreement.changed", "agreement.mobility_id",
    "agreement.actual_start", "agreement.actual_end", "agreement.europass_number", "agreement.europass_issued_on",
})  # fmt: skip
"""Words that say when and how a paper was signed, or what came later: what was agreed does not change with them."""

_CALLED = {"name": "Name", "country_name": "Country"}
"""Words that are counted, and no column alone feeds: how they are called all the same."""

_PREFIXED = {"achievements": "Recognised so far", "remaining": "Remains", "outcomes": "Learning outcomes"}
"""Lists of a learner or a unit whose words are called as others are too, and what is written before these."""

_TELLING = {"name", "address", "title", "points"}
"""Of another organisation, or other units, these words are told; that the rest differs too goes without saying."""

BLANK = "–"
"""What stands for a blank among what was agreed and what holds now."""


def differences(
    changed: Iterable[Changed], scope: Scope, cohort: Cohort, language: str = "en", *, whole: bool = False
) -> list[Difference]:
    """Word what is different, each thing once, with its cell.

    What follows from something else is left out, unless the `whole` is to be told, as in an amendment: with another
    host go another address and telephone.
    """
    told = sorted(changed, key=lambda each: _rank(each[0]))
    others = {word.rpartition(".")[0] for word, _, _ in told if word.endswith((".name", "units.title"))}
    found: dict[tuple[str, str, str], Difference] = {}
    for name, before, now in told:
        record, _, key = name.rpartition(".")
        word = _word(name)
        follows = (record in others and key not in _TELLING) or _goes_without_saying(record, others)
        if word is None or (follows and not (whole and record != "units")):
            continue
        meaning = _meaning(name, word)
        then, today = (_shown(name, text, language) for text in _unlike(before, now))
        if then != today:
            place = _place(name, word, scope, cohort, (before, now))
            one = Difference(word=name, meaning=meaning, before=then, now=today, place=place)
            found.setdefault((meaning, then, today), one)
    return list(found.values())


def _goes_without_saying(record: str, others: Collection[str]) -> bool:
    """Say whether a record belongs to one that is another now: the stays of other learners are others too."""
    return any(record.startswith(f"{each}.") for each in others)


def _unlike(before: str, now: str) -> tuple[str, str]:
    """Leave out, of what stands on several lines (an entry each), the lines that stand in both."""
    if "\n" not in before + now:
        return before, now
    then, today = Counter(before.split("\n")), Counter(now.split("\n"))
    return "\n".join((then - today).elements()), "\n".join((today - then).elements())


def agreed(changed: Iterable[Changed]) -> list[Changed]:
    """Keep the words that say what was agreed."""
    return [each for each in changed if each[0].removeprefix("learner.") not in NOT_AGREED and "result" not in each[0]]


def as_changes(found: Sequence[Difference]) -> tuple[list[str], list[dict[str, str]]]:
    """Give differences as the words `agreement.changes` and `agreement.changed` of an amendment."""
    parts = [
        {"what": each.meaning, "agreed": each.before or BLANK, "now": each.now or BLANK} for each in found
    ]  # fmt: skip
    return [f"{each['what']}: {each['agreed']}, now {each['now']}" for each in parts], parts


def _word(name: str) -> Word | None:
    """Find a word that an officer knows by a column."""
    parts = name.split(".")
    word = RECORDS.get(_kind(parts[:-1]), {}).get(parts[-1])
    if word is None:
        return RECORDS["learner"]["more"] if "more" in parts else None
    if word.record == "outcome":  # what came of it stands in Results
        return RECORDS["result"].get(word.key)
    return word if word.column or word.key in _CALLED else None


def _rank(name: str) -> tuple[int, int]:
    """Sort words as their sheets and columns stand: the learner before her stay, the start before the end."""
    *around, key = name.split(".")
    kind = _kind(around)
    words = list(RECORDS.get(kind, {}))
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER), words.index(key) if key in words else len(words)


_ORDER = ("cohort", "mou", "learner", "agreement", "qualification", "unit", "partner", "companion", "result")


def _kind(parts: Sequence[str]) -> str:
    """Say what a word is: text, date, or the record that it stands for, one or several of them."""
    kind = TOP.get(parts[0], "") if parts else ""
    for key in parts[1:]:
        word = RECORDS.get(kind.removeprefix("list of "), {}).get(key)
        kind = word.type if word else ""
    return kind.removeprefix("list of ")


def _meaning(name: str, word: Word) -> str:
    """Call a word as its column is called, with whose it is: Start date, Host: Address, Units: Points."""
    *around, key = name.split(".")
    if word.key == "more":
        return key
    own = _CALLED.get(word.key) or word.column.partition(": ")[2]
    whose = next((part for part in reversed(around) if part not in ("learner", "learners", "agreement", "cohort")), "")
    if whose in ("", "mou"):
        return own
    if whose in _PREFIXED:
        return f"{_PREFIXED[whose]}: {own}"
    return f"{whose[0].upper()}{whose[1:]}: {own}" if whose in TOP else own


def _shown(name: str, text: str, language: str) -> str:
    """Show a plain text as a person reads it: dates written out, what stands on several lines on one."""
    lines = [line for line in text.split("\n") if line]
    if _kind(name.split(".")) == "date":
        lines = [_day(line, language) for line in lines]
    return "; ".join(dict.fromkeys(lines) if len(set(lines)) == 1 else lines)


def _day(text: str, language: str) -> str:
    with suppress(ValueError):
        return written_date(dt.date.fromisoformat(text), "full", language)
    return text


def _place(name: str, word: Word, scope: Scope, cohort: Cohort, texts: tuple[str, str]) -> Place:
    """Find the cell behind a word that said and says `texts`; of a list the cell that says what is in it.

    Of what came of a stay it is the row that tells it, where it is certain which one that is; else there is no cell.
    """
    root, *rest = name.split(".")
    key = word.source or word.key
    if (told := after_the_stay((root, *rest), scope, cohort)) is not None:
        only = _only_one(told, *texts)
        return only.at(key) if only else _sheet_of(told)
    if root in ("learners", "people") and scope.learners:
        row = scope.learners[0].at()
        return Place(file=row.file, sheet=row.sheet)
    if record := _record(root, rest, scope, cohort):
        return record.at(key if word.key != "more" else rest[-1])
    return (scope.learner or scope.companion or scope.partner or cohort).at(root)


def _only_one(rows: Sequence[Record | None], before: str, now: str) -> Record | None:
    """Give the one row whose line is another, of a word that says a line for each row; None where several may be."""
    lines, then = now.split("\n"), before.split("\n")
    if len(lines) != len(rows):
        return None
    if len(then) == len(lines):
        found = [row for row, one, other in zip(rows, then, lines, strict=True) if one != other]
    else:
        new = Counter(lines) - Counter(then)
        found = [row for row, line in zip(rows, lines, strict=True) if line in new]
        found = found if new.total() == 1 else []
    return found[0] if len(found) == 1 else None


def _sheet_of(rows: Iterable[Record | None]) -> Place:
    """Name the sheet that all rows stand in, where there is one."""
    sheets = {(row.origin.file, row.origin.sheet) for row in rows if row}
    file, sheet = sheets.pop() if len(sheets) == 1 else ("", None)
    return Place(file=file, sheet=sheet)


def _record(root: str, rest: Sequence[str], scope: Scope, cohort: Cohort) -> Record | None:
    """Give the record a word belongs to, where there is one; a list of one counts too."""
    found: Record | None = None
    stay = scope.learner.agreement if scope.learner else None
    if root in ("learner", "agreement"):
        nested = rest[0] if len(rest) > 1 and rest[0] != "more" else ""
        found = getattr(stay, nested, None) if nested not in ("", "agreement", "units") else scope.learner
    elif root in ("cohort", "mou"):
        found = cohort
    elif root in ("home", "host", "partner", "companion"):
        found = getattr(scope, root)
    elif stay and root in ("workplace", "employer", "intermediary", "coordinator", "qualification"):
        found = getattr(stay, root)
    elif root == "partners" and len(scope.partners) == 1:
        found = scope.partners[0]
    return found
