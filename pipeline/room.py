"""The folder an officer works in: where workbooks lie, where forms lie, and where papers go (floor 5)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pipeline.copies import choice_of, choices
from pipeline.filing import KINDS, is_workbook
from pipeline.lineage import copy_name, original_stem
from pipeline.names import MAP, is_put_away
from pipeline.problem import LEARNERS_FILE, SHARED_FILE, CannotContinue, quoted
from pipeline.provenance import NOT_TO_READ, TO_SAVE_ANEW, WORD_FILES, Kind, kind_of, remedy
from pipeline.sentences import listed
from pipeline.spelling import nearest
from pipeline.word import forms_in

REGISTER = Path(SHARED_FILE).stem
"""The name of the file in input/ that holds partners and units for all cohorts, and is no cohort itself."""

LEARNERS = Path(LEARNERS_FILE).stem
"""The name of the file in input/ that holds what was recognised over the years, and is no cohort either."""

FORMER = f"{LEARNERS} (before "
"""How the names of its former versions begin, which `ecvet register` lays beside it."""


def is_shared(name: str) -> bool:
    """Say by the name of a file without its ending whether all cohorts share it: none of these is a cohort itself."""
    folded = name.casefold()
    return folded in (REGISTER, LEARNERS) or folded.startswith(FORMER)



@dataclass(frozen=True, slots=True)
class Room:
    """A folder with input/, templates/ and output/."""

    folder: Path

    @property
    def input(self) -> Path:
        """Where cohort workbooks are dropped."""
        return self.folder / "input"

    @property
    def output(self) -> Path:
        """Where papers come out, a folder a cohort."""
        return self.folder / "output"

    @property
    def templates(self) -> Path:
        """Where the sets of forms lie, a folder each."""
        return self.folder / "templates"

    @property
    def register(self) -> Path:
        """The workbook that holds partners, qualifications and units for all cohorts."""
        return self.input / SHARED_FILE

    @property
    def learner_register(self) -> Path:
        """The workbook that holds what was recognised over the years, however its name is written; it may not exist."""
        exactly = self.input / LEARNERS_FILE
        with suppress(OSError):
            if not exactly.exists():
                return next((path for path in self.input.iterdir() if path.name.casefold() == LEARNERS_FILE), exactly)
        return exactly

    def workbooks(self) -> list[Path]:
        """List the cohorts in input/: workbooks and folders of them; lock files and the registers are none.

        Of a workbook and its corrected copies only the one that counts is a cohort (`copies`).

        Raises CannotContinue where there is no such folder, or nothing in it.
        """
        if not self.input.is_dir():
            raise CannotContinue(
                f"There is no folder “input” in {self.folder}. "
                "Go to the folder of your papers first, or make one with: ecvet init FOLDER"
            )
        found = self.cohorts()
        if not found:
            others = f" {said}" if (said := not_read(self.passed_over())) else ""
            raise CannotContinue(
                f"There is no workbook in {self.input}. Put the cohort's .xlsx there and run again.{others}"
            )
        return found

    def cohorts(self) -> list[Path]:
        """List the cohorts in input/, none where there is no such folder.

        Raises CannotContinue where it cannot be read.
        """
        try:
            found = [path for path in sorted(self.input.iterdir()) if _may_be_a_cohort(path)]
            found = [path for path in found if kind_of(path) is not Kind.WORKBOOK]
        except FileNotFoundError:
            return []
        except OSError as wrong:
            raise CannotContinue(f"The folder {self.input} cannot be read. Look whether you may open it.") from wrong
        counting = {choice.path for choice in choices([path for path in found if not path.is_dir()])}
        return [path for path in found if path.is_dir() or path in counting]

    def returned(self) -> list[Path]:
        """List the documents in input/ that came back: workbooks and papers of ours, and what cannot be opened."""
        with suppress(OSError):
            return [path for path in sorted(self.input.iterdir()) if kind_of(path) is not Kind.NONE]
        return []

    def passed_over(self) -> list[str]:
        """Name the files in input/ that are documents and neither workbooks nor ours: she may think they are read."""
        with suppress(OSError):
            return sorted(
                path.name for path in self.input.iterdir()
                if path.suffix.lower() in _DOCUMENTS and not is_put_away(path.name) and not path.is_dir()
                and kind_of(path) is Kind.NONE
            )  # fmt: skip
        return []

    def find(self, given: Sequence[str]) -> list[Path]:
        """Find the workbooks named on the command line, each once: by path, or by name in input/, ending or not.

        The folder input itself stands for all that is in it, and a workbook for its corrected copy where that counts.
        Raises CannotContinue where one is not there.
        """
        found: dict[Path, Path] = {}
        for name in given:
            path = self._find(name)
            every = self.workbooks() if path.resolve() == self.input.resolve() else [_counting(path)]
            found |= {each.resolve(): each for each in every if each.resolve() not in found}
        return list(found.values())

    def _find(self, given: str) -> Path:
        ended = [f"{given}{ending}" for ending in KINDS]
        names = (given, *ended, copy_name(given if given.lower().endswith(".xlsx") else f"{given}.xlsx"))
        for path in (folder / name for name in names for folder in (Path(), self.folder, self.input)):
            if path.exists():
                return path
        there = [path.name for path in self.cohorts()]
        meant = nearest(given, there, 0.6)
        hint = f" Did you mean “{meant}”?" if meant else f" In input: {', '.join(there)}." if there else ""
        raise CannotContinue(f"There is no workbook “{given}”.{hint}")

    def find_documents(self, given: Sequence[str]) -> list[Path]:
        """Find documents named on the command line: by path, or by name in input/; a folder stands for what is in it.

        Raises CannotContinue where one is not there.
        """
        found: dict[Path, Path] = {}
        for name in given:
            path = next((each for each in (Path(name), self.folder / name, self.input / name) if each.exists()), None)
            if path is None:
                raise CannotContinue(f"There is no document “{name}”.")
            every = sorted(path.iterdir()) if path.is_dir() else [path]
            found |= {each.resolve(): each for each in every if each.is_file() and not is_put_away(each.name)}
        return list(found.values())

    def find_form(self, given: str) -> Path:
        """Find a form, or a folder of forms, by its path or by its name anywhere in templates/, ending or not.

        A form map stands for the form beside it. Raises CannotContinue where it is not there, or several forms have the
        name.
        """
        bare = given.removesuffix(MAP)
        names = [*([given] if bare == given else []), *(f"{bare}{end}" for end in (".docx", ".docm", ".dotx", ".dotm"))]
        for path in (folder / name for name in names for folder in (Path(), self.templates)):
            if path.exists():
                return path
        forms = forms_in(self.templates)
        named = [path for path in forms if path.name in names]
        if len(named) == 1:
            return named[0]
        if named:
            several = ", ".join(map(str, named))
            raise CannotContinue(f"There are several forms “{given}”. Name one with its folder: {several}")
        there = [path.name for path in forms]
        meant = nearest(given.rpartition("/")[2], there, 0.6)
        hint = f"Did you mean “{meant}”?" if meant else "Name a Word form (.docx), or a folder with forms in it."
        raise CannotContinue(f"There is no form “{given}”. {hint}")

    def packs(self) -> list[str]:
        """List the sets of forms there are."""
        if not self.templates.is_dir():
            return []
        return sorted(path.name for path in self.templates.iterdir() if path.is_dir() and not path.name.startswith("."))


_DOCUMENTS = WORD_FILES | TO_SAVE_ANEW | NOT_TO_READ | {".txt", ".tsv", ".zip"}
"""Endings of what people put beside workbooks. What systems lay there by themselves is nobody's business."""

_MOST_PASSED_OVER = 5


def not_read(names: Sequence[str]) -> str:
    """Say in one line that files are no workbooks, and what to do with a host's; nothing where there are none."""
    if not names:
        return ""
    told = list(names[:_MOST_PASSED_OVER])
    more = f" and {len(names) - len(told):,} more" if len(names) > len(told) else ""
    one = len(names) == 1
    which = f"{', '.join(f'“{name}”' for name in told)}{more}" if more else quoted(told)
    said = f"{which} in input {'is no workbook and was not read' if one else 'are no workbooks and were not read'}."
    kinds: dict[str, set[str]] = {}
    for name in names:
        if known := remedy(name):
            kinds.setdefault(known[1], set()).add(Path(name).suffix.lower())
    for advice, endings in kinds.items():
        said += f" What a host sent as {listed(sorted(endings), 'or')}: {advice[0].lower()}{advice[1:]}"
    return said


def _may_be_a_cohort(path: Path) -> bool:
    if is_shared(original_stem(path.stem)) or is_put_away(path.name):
        return False
    return path.is_dir() or is_workbook(path)


def _counting(path: Path) -> Path:
    """Give the workbook itself, or the copy of it that counts in its place."""
    if path.is_dir():
        return path
    with suppress(OSError):
        return choice_of(path, sorted(each for each in path.parent.iterdir() if is_workbook(each))).path
    return path


def kit(part: str) -> Path:
    """Find what the program brings with it: “templates”, the example cohort in “input”, or after its stay in “after”.

    In an installed wheel all lie inside the package, in a checkout the first two beside it. The last is always inside:
    there no plain run finds a second cohort.
    """
    inside = Path(str(files("pipeline"))) / "kit" / part
    return inside if inside.is_dir() else Path(str(files("pipeline"))).parent / part
