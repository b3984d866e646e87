"""What was made earlier, from what: the file manifest.json in a cohort's folder (floor 5).

It remembers the checksums of what was written, so that a file with another checksum is known to be somebody's own work.
A ledger that cannot be read counts as none: then no file is taken for ours.

While a run is at work, what is new is added line by line to a second file, the journal, because writing the whole
manifest again with every batch would cost more than the papers of a large cohort. At the end of the run the manifest is
written whole and the journal goes; where a run was cut short, the next one reads both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

MANIFEST = "manifest.json"
JOURNAL = "manifest.journal"

REMEMBERED = 4
"""Checksums that are kept of one paper: a run that was cut short leaves the one before, or the one after.

Those of papers that still lie there under a former name are kept besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one paper.

    `file` is where it belongs, `row` the cell it goes back to, `first_made` the day it was made first; `made` is the
    checksum of what was last made, `ours` the last few of them; `beside` is the paper that lies beside an edited one,
    `former` are the names it had before.
    """

    file: str
    row: str
    first_made: str
    made: str
    ours: tuple[str, ...]
    beside: str = ""
    former: tuple[str, ...] = ()


@dataclass(slots=True)
class Ledger:
    """The entries by the key of their job. Kept: every checksum of ours, for whichever paper it was made."""

    papers: dict[str, Entry] = field(default_factory=dict)
    damaged: bool = False
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
        yield '{"version": 1, "papers": {'
        separator = "\n"
        for key in sorted(self.papers):
            yield f"{separator}{_dumped(key)}: {_dumped(_as_object(self.papers[key]))}"
            separator = ",\n"
        yield "\n}}\n"

    def as_lines(self, keys: Iterable[str]) -> str:
        """Write down what is known of some papers now, as lines of the journal."""
        return "".join(
            f"{_dumped([key, _as_object(entry) if (entry := self.papers.get(key)) else None])}\n" for key in keys
        )


def read_ledger(folder: Path) -> Ledger:
    """Read the ledger of a cohort's folder; entries that make no sense are left out, and it is then called damaged."""
    papers, damaged = _read_manifest(folder / MANIFEST)
    damaged |= _read_journal(folder / JOURNAL, papers)
    return Ledger(papers, damaged=damaged)


def _read_manifest(path: Path) -> tuple[dict[str, Entry], bool]:
    try:
        papers = json.loads(path.read_text("utf-8"))["papers"].items()
        entries = {str(key): _entry(given) for key, given in papers}
    except FileNotFoundError:
        return {}, False
    except _NONSENSE:
        return {}, True
    sound = {key: entry for key, entry in entries.items() if entry}
    return sound, len(sound) < len(entries)


def _read_journal(path: Path, papers: dict[str, Entry]) -> bool:
    """Enter what a run that was cut short has noted; says whether lines make no sense (its last may be torn)."""
    try:
        *lines, _ = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return False
    except OSError:
        return True
    damaged = False
    for line in lines:
        try:
            key, given = json.loads(line)
            entry = _entry(given)
            if given is None:
                papers.pop(str(key), None)
            elif entry:
                papers[str(key)] = entry
            damaged |= given is not None and entry is None
        except _NONSENSE:
            damaged = True
    return damaged


_NONSENSE = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _entry(given: Any) -> Entry | None:
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
    return Entry(**texts, ours=tuple(made if one == made else one for one in ours), former=tuple(former))


def _leads_away(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or "\0" in name


def _as_object(entry: Entry) -> Mapping[str, object]:
    return dict(_filled(entry))


def _filled(entry: Entry) -> Iterator[tuple[str, object]]:
    for key in ("file", "row", "first_made", "made", "ours", "beside", "former"):
        value = getattr(entry, key)
        if value:
            yield key, list(value) if isinstance(value, tuple) else value
