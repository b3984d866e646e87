"""What came back: documents in the folder input, and those named, each read once for all cohorts (floor 6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import disk
from pipeline.filing import is_workbook
from pipeline.guard import Refused
from pipeline.problem import Place, Problem
from pipeline.provenance import WORD_FILES, remedy
from pipeline.returned.facts import Document, Paper
from pipeline.returned.faults import kind_not_read, no_document_of_ours, of_no_cohort, unreadable_document
from pipeline.returned.papers import Known, known_again
from pipeline.returned.sheets import read_sheet
from pipeline.returned.wordfiles import open_word
from pipeline.returned.workbooks import read_workbook
from pipeline.spelling import same_id
from pipeline.workbook import Reading

_ANOTHER_KIND = "Files of this kind cannot be read here."
_AS_IT_CAME = "Take the sheet (.docx) or the workbook (.xlsx) as it came back."


@dataclass(slots=True)
class Gathered:
    """What came back: documents with marks, other papers of ours, and what cannot be read or belongs nowhere.

    `known` are the papers that are known again, by the folders of their cohorts.
    """

    documents: list[Document] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    known: Mapping[Path, Sequence[Known]] = field(default_factory=dict)

    def of(self, cohort: str) -> list[Document]:
        """Give the documents of a cohort."""
        return [each for each in self.documents if same_id(each.cohort) == same_id(cohort)]

    def assign(self, found: Sequence[tuple[Reading, str]], output: Path) -> list[Problem]:
        """Give papers to their cohorts, and tell what is of none of these; of one that could not be read it may be."""
        self.known, unknown = known_again(self.papers, [output / folder for _, folder in found])
        cohorts = [reading.cohort for reading, _ in found]
        if None in cohorts:
            return []
        known = {same_id(cohort.id) for cohort in cohorts if cohort}
        return [
            *(of_no_cohort(Place(file=each.file), each.cohort)
              for each in self.documents if same_id(each.cohort) not in known),
            *unknown,
        ]  # fmt: skip


def gather(paths: Sequence[Path]) -> Gathered:
    """Read documents that came back; what cannot be read is told, and two files that are the same are read once."""
    found = Gathered()
    seen: set[str] = set()
    for path in paths:
        place = Place(file=path.name)
        try:
            checksum = disk.checksum_of(path) or ""
            if checksum and checksum in seen:
                continue
            seen.add(checksum)
            if not _read(path, found):
                found.problems.append(no_document_of_ours(place))
        except Refused as why:
            found.problems.append(unreadable_document(place, why.sentence, why.advice))
        except OSError:
            advice = "Close it where it is open, and try again."
            found.problems.append(unreadable_document(place, "The file could not be read from the disk.", advice))
    return found


def of_other_kinds(names: Sequence[str]) -> list[Problem]:
    """Tell files in the folder input that a host may have sent, and from which no marks can be read."""
    return [kind_not_read(Place(file=name), *known) for name in names if (known := remedy(name))]


def _read(path: Path, found: Gathered) -> bool:
    """Read a document; says whether it is one of ours."""
    if path.suffix.lower() in WORD_FILES:
        word = open_word(path)
        if document := read_sheet(path.name, word):
            found.documents.append(document)
        elif word.ours:
            found.papers.append(Paper(file=path.name, word=word))
        return bool(document) or word.ours
    if not is_workbook(path):
        raise Refused(*(remedy(path.name) or (_ANOTHER_KIND, _AS_IT_CAME)))
    if document := read_workbook(path):
        found.documents.append(document)
    return bool(document)
