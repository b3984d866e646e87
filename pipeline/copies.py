"""Corrected copies: “Autumn - to correct.xlsx” is read in place of the “Autumn.xlsx” it was made of (floor 3).

Where a file beside a copy has one of the checksums that the copy carries (`lineage`), it is exactly what the copy was
made of and has nothing that the copy has not: the copy counts. Else both were worked on, nobody can know which counts,
and nothing is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pipeline.columns import COHORT
from pipeline.guard import WORKBOOK_LIMITS, Refused, open_package
from pipeline.head import head_of
from pipeline.lineage import checksum_in_mark, is_copy, marks_of, original_stem
from pipeline.problem import Place, Problem, Severity, fault, quoted
from pipeline.rows import Reader
from pipeline.sheets import sheet_called
from pipeline.spelling import same_id
from pipeline.tables import open_tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which of a workbook and its copies is read.

    `path` is the file that counts, `name` what it is a copy of, without its ending, and `files` are all of them. Where
    nobody can know which counts, `clear` is False and nothing is read.
    """

    name: str
    path: Path
    files: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()
    clear: bool = True


@fault("S150", Severity.NOTICE)
def taken_in_place(copy: str, originals: Sequence[str]) -> tuple[str, str]:
    """A corrected copy was read in place of the workbook it was made of.

    The workbook itself did not change since the copy was made of it, so the copy has everything and the corrections.

    Advice: Both may stay; or put the old one elsewhere when all is done.
    Basis: data (contract, section 4)
    """
    old, it = ("old one", "it") if len(originals) == 1 else ("old ones", "them")
    return (f"“{copy}” was taken in place of {quoted(originals)}.",
            f"Work on in the copy. The {old} may stay; or delete {it} when all is done.")  # fmt: skip


@fault("S151")
def both_changed(original: str, copy: str) -> str:
    """A workbook was changed after a copy was made of it for correcting, and the copy lies beside it.

    Each of the two may hold something that the other has not, so neither is read and no papers are made.

    Advice: Bring what is right into one of the two, and take the other one out of the folder.
    Basis: data (contract, section 4)
    """
    return f"Both “{original}” and “{copy}” were changed, and nobody can know which of them counts."


@fault("S152", Severity.WARNING)
def newer_taken(taken: str, left: str, copy: str) -> tuple[str, str]:
    """A corrected copy no longer tells what it was made of, so of the two the newer file was read.

    A copy carries the mark of its original on its sheet “To correct” and in its properties; somebody took both away.

    Advice: Look whether it is the right one; take the other one out of the folder.
    Basis: data (contract, section 4)
    """
    return (f"“{copy}” no longer tells what it is a copy of, so the newer file was read: “{taken}”, and not “{left}”.",
            f"If that is right, take “{left}” out of the folder; else take out the other.")  # fmt: skip


@fault("S153")
def copies_differ(files: Sequence[str]) -> str:
    """Several corrected copies of one workbook lie side by side, and none of them was made of the other.

    Each may hold corrections that the others have not, so none is read and no papers are made.

    Advice: Bring the corrections into one of the copies, and take the others out of the folder.
    Basis: data (contract, section 4)
    """
    return f"{quoted(files)} are different copies of one workbook, and nobody can know which of them counts."


UNCLEAR = frozenset({both_changed.meaning.code, copies_differ.meaning.code})
"""The problems with which nothing was read, because nobody can know which file counts."""


# -- which one counts --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file as the choice needs it: its checksum, the checksums it carries, whether it could be looked into at all."""

    path: Path
    checksum: str
    marks: frozenset[str]
    copy: bool
    opened: bool


def choices(files: Sequence[Path]) -> list[Choice]:
    """Choose, for workbooks in one folder and their copies, which are read; in the order of their names.

    Without a copy among them nothing is opened. Raises nothing.
    """
    if not any(map(is_copy, files)):
        return [Choice(name=path.stem, path=path, files=(path,)) for path in files]
    looked = [_look_at(path) for path in files]
    return sorted(chain.from_iterable(map(_choose, _families(looked))), key=lambda choice: files.index(choice.path))


def choice_of(path: Path, beside: Sequence[Path]) -> Choice:
    """Choose for one workbook: it, or the copy or original of it that lies beside it in its folder."""
    name = path.name
    for choice in choices(beside):
        if any(each.name == name for each in choice.files):
            return choice
    return Choice(name=original_stem(path.stem), path=path, files=(path,))


def _look_at(path: Path) -> _File:
    copy = is_copy(path)
    checksum, marks, opened = "", frozenset[str](), False
    with suppress(OSError, Refused):
        checksum = checksum_in_mark(path)
        if copy:
            with open_package(path, WORKBOOK_LIMITS, kind="workbook") as package:
                marks = frozenset(marks_of(package))
        opened = True
    return _File(path=path, checksum=checksum, marks=marks, copy=copy, opened=opened)


def _families(files: Sequence[_File]) -> list[list[_File]]:
    """Put together what belongs together: by name, and by the checksum that a copy carries of another."""
    families: list[list[_File]] = []
    for file in files:
        related = [family for family in families if any(_related(file, other) for other in family)]
        families = [family for family in families if family not in related]
        families.append([*chain.from_iterable(related), file])
    return families


def _related(one: _File, other: _File) -> bool:
    if not (one.copy or other.copy):
        return False
    return _family_name(one) == _family_name(other) or one.checksum in other.marks or other.checksum in one.marks


def _family_name(file: _File) -> str:
    return original_stem(file.path.stem).casefold()


def _choose(family: Sequence[_File]) -> Iterator[Choice]:
    """Choose within a family: what a copy was made of does not count; what is left must be one file."""
    copies = [each for each in family if each.copy]
    paths = tuple(each.path for each in family)
    if not copies:
        yield from (Choice(name=each.path.stem, path=each.path, files=(each.path,)) for each in family)
        return
    left = [each for each in family if not any(each.checksum in copy.marks for copy in copies if copy is not each)]
    newest = _without_doubles([each for each in left if each.copy])
    originals = [each for each in left if not each.copy]
    name = original_stem((newest or copies)[0].path.stem)
    if len(newest) != 1:
        names = [each.path.name for each in newest or copies]
        told = copies_differ(Place(file=names[0]), names)
        yield Choice(name=name, path=copies[0].path, files=paths, problems=(told,), clear=False)
        return
    copy = newest[0]
    replaced = [each.path.name for each in family if each is not copy and each not in originals]
    place = Place(file=copy.path.name)
    told_too = (taken_in_place(place, copy.path.name, replaced),) if replaced else ()
    if not originals or not copy.opened:  # a copy that cannot be opened is told when it is read, and nothing instead
        yield Choice(name=name, path=copy.path, files=paths, problems=told_too)
    elif copy.marks or len(originals) > 1:
        told = both_changed(place, originals[0].path.name, copy.path.name)
        yield Choice(name=name, path=copy.path, files=paths, problems=(told,), clear=False)
    else:
        yield from _by_time(originals[0], copy, name, paths)


def _without_doubles(files: Iterable[_File]) -> list[_File]:
    """Leave of equal files only the first."""
    return list({each.checksum or str(each.path): each for each in reversed(list(files))}.values())[::-1]


def _by_time(original: _File, copy: _File, name: str, paths: tuple[Path, ...]) -> Iterator[Choice]:
    """Choose the newer of two files of one cohort; files of two cohorts are both read."""
    ids = {found for each in (original, copy) if (found := _cohort_id(each.path))}
    if len(ids) > 1:
        yield from (Choice(name=name, path=each.path, files=(each.path,)) for each in (original, copy))
        return
    try:
        older, newer = sorted((original, copy), key=lambda each: (each.path.stat().st_mtime_ns, each.copy))
    except OSError:
        older, newer = original, copy
    told = newer_taken(Place(file=newer.path.name), newer.path.name, older.path.name, copy.path.name)
    yield Choice(name=name, path=newer.path, files=paths, problems=(told,))


def _cohort_id(path: Path) -> str:
    """Read which cohort a workbook is of; empty where it does not say so, as the files of a folder do not."""
    with suppress(OSError, Refused), open_tables(path) as tables:
        for table in tables:
            if sheet_called(table.name) is COHORT:
                return same_id(str(head_of(table, Reader()).values.get("id", "")))
    return ""
