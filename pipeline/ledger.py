"""What was made earlier, from what: the file manifest.json in a cohort's folder (floor 5).

It remembers the checksums of what was written, so that a file with another checksum is known to be somebody's own work.
A ledger that makes no sense counts as none: then no file is taken for ours. One that the disk does not let us read just
now (a network drive that is away) stops the work, else it would be written anew and all that it remembers be lost.

While a run is at work, what is new is added line by line to a second file, the journal, because writing the whole
manifest again with every batch would cost more than the papers of a large cohort. At the end of the run the manifest is
written whole and the journal goes; where a run was cut short, the next one reads both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from pipeline.lastrun import JOURNAL
from pipeline.problem import CannotContinue
from pipeline.sayings import Numbered, Sayings

MANIFEST = "manifest.json"

REMEMBERED = 4
"""Checksums that are kept of one paper: a run that was cut short leaves the one before, or the one after.

Those of papers that still lie there under a former name are kept besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one paper.

    `file` is where it belongs, `row` the cell it goes back to, `first_made` the day it was made first; `made` is the
    checksum of what was last made, `ours` the last few of them; `beside` is the paper that lies beside an edited one,
    `former` are the names it had before. `said` is what the paper in its place said when it was made, as the ledger's
    sayings keep it: of an edited paper what it said before that. The journal does not hold it.
    """

    file: str
    row: str
    first_made: str
    made: str
    ours: tuple[str, ...]
    beside: str = ""
    former: tuple[str, ...] = ()
    said: bytes = b""


@dataclass(slots=True)
class Ledger:
    """The entries by the key of their job, and what their papers said. Kept: every checksum of ours."""

    papers: dict[str, Entry] = field(default_factory=dict)
    damaged: bool = False
    sayings: Sayings = field(default_factory=Sayings)
    _ours: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._ours = {checksum for entry in self.papers.values() for checksum in entry.ours}

    def wrote(self, checksum: str) -> bool:
        """Say whether a file with this checksum is as we wrote it, and nobody's own work."""
        return checksum in self._ours

    def note(self, key: str, entry: Entry | None) -> bool:
        """Enter what is known of a paper now (None: nothing); says whether that is new."""
        known = self.papers.get(key)
        if entry is None:
            self.papers.pop(key, None)
        else:
            self.papers[key] = entry
            self._ours.update(entry.ours)
        return entry != known

    def as_text(self) -> Iterator[str]:
        """Write the ledger down as JSON, always in the same order, a line for each paper."""
        yield '{"version": 2, "papers": {'
        separator, numbered = "\n", Numbered(self.sayings)
        for key in sorted(self.papers):
            entry = self.papers[key]
            told = dict(_filled(entry))
            if entry.said:
                told["said"] = numbered.row(entry.said)
            yield f"{separator}{_dumped(key)}: {_dumped(told)}"
            separator = ",\n"
        yield '\n}, "words": ['
        separator = "\n"
        for what, end in ((numbered.words, '\n], "texts": ['), (numbered.texts, "\n]}\n")):
            for each in what:
                yield f"{separator}{_dumped(each)}"
                separator = ",\n"
            yield end
            separator = "\n"

    def as_lines(self, keys: Iterable[str]) -> str:
        """Write down what is known of some papers now, as lines of the journal."""
        return "".join(
            f"{_dumped([key, dict(_filled(entry)) if (entry := self.papers.get(key)) else None])}\n" for key in keys
        )


def read_ledger(folder: Path) -> Ledger:
    """Read the ledger of a cohort's folder; entries that make no sense are left out, and it is then called damaged.

    Raises CannotContinue where the disk does not let us read it.
    """
    papers, sayings, damaged = _read_manifest(folder / MANIFEST)
    damaged |= _read_journal(folder / JOURNAL, papers)
    return Ledger(papers, damaged=damaged, sayings=sayings)


def _read_manifest(path: Path) -> tuple[dict[str, Entry], Sayings, bool]:
    try:
        given = json.loads(path.read_text("utf-8"))
        sayings = _sayings(given)
        entries = {str(key): _entry(paper, sayings) for key, paper in given["papers"].items()}
    except FileNotFoundError:
        return {}, Sayings(), False
    except OSError as wrong:
        if isinstance(wrong, _NO_FILE):
            return {}, Sayings(), True
        raise CannotContinue(_unread(path)) from wrong
    except _NONSENSE:
        return {}, Sayings(), True
    sound = {key: entry for key, entry in entries.items() if entry}
    return sound, sayings, len(sound) < len(entries)


def readable_or_stop(folder: Path) -> None:
    """Raise CannotContinue where a ledger lies in this folder and the disk does not let us read it."""
    for name in (MANIFEST, JOURNAL):
        try:
            with (folder / name).open("rb") as stream:
                stream.read(1)
        except _NO_FILE:
            pass
        except OSError as wrong:
            raise CannotContinue(_unread(folder / name)) from wrong


_NO_FILE = (FileNotFoundError, NotADirectoryError, IsADirectoryError)


def _unread(path: Path) -> str:
    return f"“{path}” cannot be read just now. Look whether its drive is there and it may be opened, and run again."


def _sayings(given: Mapping[str, Any]) -> Sayings:
    """Take over what papers said; where that makes no sense, nothing is known of it, and the papers are known still."""
    words, texts = given.get("words", []), given.get("texts", [])
    sound = isinstance(words, list) and isinstance(texts, list) and all(isinstance(each, list) for each in words)
    if not sound or not all(isinstance(text, str) for each in (*words, texts) for text in each):
        return Sayings()
    return Sayings(words, texts)


def _read_journal(path: Path, papers: dict[str, Entry]) -> bool:
    """Enter what a run that was cut short has noted; says whether lines make no sense (its last may be torn)."""
    try:
        *lines, _ = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return False
    except OSError as wrong:
        if isinstance(wrong, _NO_FILE):
            return True
        raise CannotContinue(_unread(path)) from wrong
    damaged, before = False, dict(papers)
    for line in lines:
        try:
            key, given = json.loads(line)
            entry = _entry(given, Sayings())
            if given is None:
                papers.pop(str(key), None)
            elif entry:
                papers[str(key)] = _with_what_it_said(entry, papers.get(str(key)))
            damaged |= given is not None and entry is None
        except _NONSENSE:
            damaged = True
    for key, known in before.items():  # the manifest may be the newer one: it was written, and the journal not yet gone
        if key in papers and replace(papers[key], said=b"") == replace(known, said=b""):
            papers[key] = known
    return damaged


_NONSENSE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def _with_what_it_said(entry: Entry, known: Entry | None) -> Entry:
    """Keep what the paper in its place said, unless that was replaced: the journal does not hold it."""
    stays = known is not None and (entry.beside or entry.made == known.made)
    return replace(entry, said=known.said) if known and stays else entry


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry(given: Any, sayings: Sayings) -> Entry | None:
    """Take an entry as it stands in the file, if every value of it is of the right kind."""
    if not isinstance(given, dict):
        return None
    texts = {key: given.get(key, "") for key in ("file", "row", "first_made", "made", "beside")}
    ours, former = given.get("ours", []), given.get("former", [])
    if not isinstance(ours, list) or not isinstance(former, list):
        return None
    if not all(isinstance(text, str) for text in (*texts.values(), *ours, *former)):
        return None
    if not texts["file"] or any(_leads_away(name) for name in (texts["file"], texts["beside"], *former)):
        return None
    made = texts["made"]  # one and the same text is kept once
    return Entry(
        **texts, ours=tuple(made if one == made else one for one in ours), former=tuple(former),
        said=sayings.read(given.get("said")),
    )  # fmt: skip


def _leads_away(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name


def _filled(entry: Entry) -> Iterator[tuple[str, object]]:
    for key in ("file", "row", "first_made", "made", "ours", "beside", "former"):
        value = getattr(entry, key)
        if value:
            yield key, list(value) if isinstance(value, tuple) else value
