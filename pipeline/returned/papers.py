"""An agreement that came back, compared with the one that was made: what somebody wrote into it (floor 6).

Compared are the texts, paragraph by paragraph and cell by cell, with the paper as it lies in the folder output. Nothing
is changed by it. Where a text that we wrote is the value of one word of that paper, its cell is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pipeline import dates
from pipeline.contexts import Scope
from pipeline.differing import differences
from pipeline.guard import Refused
from pipeline.ledger import Entry, Ledger, read_ledger
from pipeline.model import Cohort, Learner
from pipeline.names import same_file
from pipeline.problem import Place, Problem
from pipeline.raw import Unreadable, readable
from pipeline.returned.facts import Paper
from pipeline.returned.faults import agreement_changed, agreement_not_compared
from pipeline.returned.wordfiles import blocks, open_word, rows_of, text_of
from pipeline.spelling import bare
from pipeline.word.names import W

ALIKE = 0.5
"""The least share of equal texts by which a paper is known that was renamed."""

_MOST_TOLD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A text of a paper that somebody changed: where it stands, what we wrote, what stands there now, and our cell."""

    file: str
    where: str
    ours: str
    theirs: str
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A paragraph, or a cell of a table: its text, and its place as a person finds it."""

    text: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A paper that came back and is known again: the key of its job, and what is known of it."""

    paper: Paper
    key: str
    entry: Entry


def known_again(papers: Sequence[Paper], folders: Sequence[Path]) -> tuple[dict[Path, list[Known]], list[Problem]]:
    """Find out which papers came back: by their names or, where somebody renamed them, by what they say.

    Gives those of each cohort's folder, and tells those that are nobody's.
    """
    ledgers = {folder: read_ledger(folder) for folder in folders} if papers else {}
    found: dict[Path, list[Known]] = {}
    problems = []
    for paper in papers:
        named = [(folder, key, entry) for folder, ledger in ledgers.items()
                 for key, entry in ledger.papers.items() if _is_named(paper.file, entry)]  # fmt: skip
        alike = list(named or _alike(paper, ledgers))
        if len(alike) == 1:
            folder, key, entry = alike[0]
            found.setdefault(folder, []).append(Known(paper=paper, key=key, entry=entry))
        else:
            sentence = "Nobody can tell which paper of the folder output this is."
            advice = "Give it the name that it had when it was made, and run again."
            problems.append(agreement_not_compared(Place(file=paper.file), sentence, advice))
    return found, problems


def _is_named(file: str, entry: Entry) -> bool:
    """Say whether a file has the name of a paper, with whatever people and programs put behind it."""
    return any(
        same_file(Path(file).stem).startswith(same_file(Path(name).stem)) and not _is_more(file, name)
        for name in (entry.file, *entry.former)
    )  # fmt: skip


def _is_more(file: str, name: str) -> bool:
    """Say whether what stands behind the name makes another paper of it: an amendment, a second learner."""
    rest = Path(file).stem[len(Path(name).stem) :]
    return rest.startswith((" - amendment", "-")) or rest[:1].isalnum()


def _alike(paper: Paper, ledgers: Mapping[Path, Ledger]) -> list[tuple[Path, str, Entry]]:
    """Find the papers that say the same as a renamed one, for the most part; of papers for somebody, hers."""
    theirs = list(_texts(paper.word.root))
    everything = " ".join(text.text for text in theirs)
    best: list[tuple[Path, str, Entry]] = []
    most = ALIKE
    for folder, ledger in ledgers.items():
        for key, entry in ledger.papers.items():
            name = ledger.sayings.tell(entry.said).get("learner.name", "")
            if not name or name not in everything:
                continue
            with suppress(Refused, OSError):
                ours = {text.text for text in _texts(open_word(folder / entry.file).root) if text.text}
                share = sum(text.text in ours for text in theirs if text.text) / max(len(ours), 1)
                if share >= most:
                    best = [*(best if share == most else []), (folder, key, entry)]
                    most = share
    return best


# -- what is different -------------------------------------------------------------------------------------------------


def compare(folder: Path, known: Sequence[Known], cohort: Cohort) -> tuple[list[Change], list[Problem]]:
    """Tell what stands in papers that came back, and not in those that lie in the folder output."""
    changes: list[Change] = []
    problems: list[Problem] = []
    ledger = read_ledger(folder) if known else Ledger()
    learners = {learner.key: learner for learner in cohort.learners}
    for each in known:
        place = Place(file=each.paper.file)
        try:
            ours = list(_texts(open_word(folder / each.entry.file).root))
        except (Refused, OSError):
            sentence = f"It cannot be compared, because “{each.entry.file}” cannot be opened."
            advice = "Put the paper as it was made back into the folder output, and run again."
            problems.append(agreement_not_compared(place, sentence, advice))
            continue
        said = ledger.sayings.tell(each.entry.said)
        learner = learners.get(each.key.partition("|")[0])
        here = [
            Change(file=each.paper.file, where=where, ours=before, theirs=now,
                   cell=_cell(before, now, said, learner, cohort))
            for where, before, now in _unlike(ours, list(_texts(each.paper.word.root)))
        ]  # fmt: skip
        changes += here
        if here:
            first = [f"{it.where}: “{readable(it.theirs)}”" for it in here[:_MOST_TOLD]]
            problems.append(agreement_changed(place, len(here), first))
    return changes, problems


def _texts(root: Any) -> Iterator[_Text]:
    """Give the texts of a document in their order: each paragraph, each cell."""
    heading = ""
    for block in blocks(root[0]):
        if block.tag == f"{W}p":
            text = text_of(block)
            style = block.find(f"{W}pPr/{W}pStyle")
            if style is not None and style.get(f"{W}val", "").lower().startswith(("heading", "title")):
                heading = text or heading
            yield _Text(text=text, where=heading)
            continue
        rows = rows_of(block)
        heads = [text_of(cell) for cell in rows[0]] if rows else []
        for number, row in enumerate(rows):
            label = text_of(row[0]) if row else ""
            for at, cell in enumerate(row):
                column = heads[at] if number and at < len(heads) and len(row) > 2 and at else ""
                of = label if at else ""
                yield _Text(text=text_of(cell), where=", ".join(filter(None, (heading, of, column))))


def _unlike(ours: Sequence[_Text], theirs: Sequence[_Text]) -> Iterator[tuple[str, str, str]]:
    """Give what differs, with its place: text by text where the paper is built as it was, else by what was put in."""
    if len(ours) == len(theirs):
        yield from ((one.where, one.text, other.text) for one, other in zip(ours, theirs, strict=True)
                    if one.text != other.text)  # fmt: skip
        return
    matched = SequenceMatcher(None, [each.text for each in ours], [each.text for each in theirs], autojunk=False)
    for kind, first, end, begun, ended in matched.get_opcodes():
        if kind == "equal":
            continue
        before, now = _joined(ours[first:end]), _joined(theirs[begun:ended])
        around = ours[first:end] or theirs[begun:ended]
        if before != now:
            yield around[0].where, before, now


def _joined(some: Sequence[_Text]) -> str:
    return " ".join(filter(None, (each.text for each in some)))


def _cell(before: str, now: str, said: Mapping[str, str], learner: Learner | None, cohort: Cohort) -> str:
    """Name the cell that a text was taken from; nothing where it could be several, or none."""
    if not before or learner is None:
        return ""
    day = ""
    with suppress(Unreadable):
        day = dates.written_date(before, "day first").isoformat()
    words = [word for word, text in said.items() if text and (text == day or bare(text) == bare(before) != "")]
    stay = learner.agreement
    scope = Scope(learner=learner, learners=(learner,), home=stay.home, host=stay.host, partners=stay.organisations)
    found = differences([(word, said[word], now) for word in words], scope, cohort, whole=True)
    cells = {str(each.place) for each in found if each.place.cell}
    return next(iter(cells)) if len(cells) == 1 else ""
