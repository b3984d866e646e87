"""What a form asks for, and what is wrong with it: as an officer reads it, and as one object (floor 9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.asked import ASKED_IN_AN_IF, Asked, asked_of, kinds_of_blank
from pipeline.form import Form, opened
from pipeline.languages import language_name
from pipeline.problem import CannotContinue, Problem, Severity, problem_as_object
from pipeline.room import Room
from pipeline.sentences import counted, listed
from pipeline.vocabulary import MEANINGS

if TYPE_CHECKING:
    from pipeline.preview import Preview

_MARKS = {Severity.WARNING: "(please look) ", Severity.NOTICE: "(for your information) "}
"""What stands before a sentence that no paper waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A form that was looked at: what it asks for, the kinds of its blanks, and its copy with remarks."""

    path: Path
    form: Form
    asked: tuple[Asked, ...]
    kinds: tuple[str, ...]
    marked: Path | None = field(default=None)

    @property
    def usable(self) -> bool:
        """Say whether papers can be made of it."""
        return self.form.usable


def find_forms(given: Sequence[str]) -> list[Path]:
    """Find the forms and folders of forms named on the command line; raises CannotContinue where one is not there."""
    room = Room(Path())
    return [room.find_form(name) for name in given or ("templates",)]


def find_form(given: str) -> Path:
    """Find one form; raises CannotContinue where it is not there, or is a folder."""
    path = Room(Path()).find_form(given)
    if path.is_dir():
        raise CannotContinue(f"“{given}” is a folder. Name one form in it.")
    return path


def inspect(path: Path) -> list[Inspected]:
    """Look at a form, or at every form of a folder; raises CannotContinue where there is none in it."""
    return [_inspected(path / form.folder / form.file if path.is_dir() else path, form) for form in opened(path)]


def _inspected(path: Path, form: Form) -> Inspected:
    return Inspected(path=path, form=form, asked=tuple(asked_of(form)), kinds=tuple(kinds_of_blank(path)))


# -- in words ----------------------------------------------------------------------------------------------------------


def as_text(inspected: Inspected) -> str:
    """Tell of a form what is wrong with it and what it asks for, as an officer reads it."""
    return "\n".join([_headline(inspected), *_faults(inspected), *_words(inspected), *_unfed(inspected.asked)])


def faults_as_text(inspected: Inspected) -> str:
    """Tell of a form what is wrong with it alone."""
    return "\n".join([_headline(inspected), *_faults(inspected)])


def preview_as_text(inspected: Inspected, made: Preview) -> str:
    """Tell what a preview shows and where it lies, or why there is none."""
    if made.problems:
        return "\n".join([f"{inspected.form.file}: no preview can be made.", *_told(made.problems)])
    whom = f"{inspected.form.file}, filled from the example cohort, whose people are invented, for: {made.subject}"
    empty = f" The example leaves {counted(made.empty, 'blank')} empty." if made.empty else ""
    lines = [f"{whom}.{empty}", *(f"  {file}" for file in made.files), *([made.sentence] if made.sentence else [])]
    return "\n".join(lines)


def _headline(inspected: Inspected) -> str:
    form = inspected.form
    in_language = f", in {language_name(form.language)}" if form.language else ""
    if not inspected.asked:
        return f"{form.file}:"
    kinds = f" Its blanks are {listed(inspected.kinds)}." if inspected.kinds else ""
    return f"{form.file}: made {form.made}{in_language}.{kinds}"


def _faults(inspected: Inspected) -> Iterator[str]:
    problems = inspected.form.problems
    if inspected.usable:
        yield "  It has no fault." if not problems else "  It has no fault that papers wait for."
    else:
        yield f"  It has {counted(sum(problem.holds for problem in problems), 'fault')}; its papers wait for them:"
    yield from _told(problems)
    if inspected.marked:
        yield f"  The remarks stand at their places in this copy: {inspected.marked}"


def _told(problems: Iterable[Problem]) -> Iterator[str]:
    for problem, spots in gathered(problems):
        where = f"{'; '.join(spots)}: " if spots else ""
        said = f"{problem.message} {problem.advice} [{problem.code}]"
        yield f"  - {_MARKS.get(problem.severity, '')}{where}{said}"


def gathered(problems: Iterable[Problem]) -> list[tuple[Problem, list[str]]]:
    """Put together what is said of several places in the same words; what papers wait for comes first."""
    found: dict[tuple[str, str, str], tuple[Problem, list[str]]] = {}
    for problem in problems:
        _, spots = found.setdefault((problem.code, problem.message, problem.advice), (problem, []))
        if problem.place.spot and problem.place.spot not in spots:
            spots.append(problem.place.spot)
    return sorted(found.values(), key=lambda each: list(Severity).index(each[0].severity))


def _words(inspected: Inspected) -> Iterator[str]:
    if not inspected.asked:
        return
    yield f"  It asks for {counted(len(inspected.asked), 'word')}:"
    record = None
    for each in inspected.asked:
        if each.record != record:
            record = each.record
            yield f"    {_heading(record)}"
        fed = f"[{each.column}]" if each.column else "[your own column]" if each.own else "[counted]"
        meaning = f"{each.meaning}{' *' if each.required else ''}"
        only = "  (only in an if)" if each.used == ASKED_IN_AN_IF else ""
        written = f"  as {', '.join(each.as_)}" if each.as_ else ""
        yield f"      {each.word:36} {meaning}  {fed}{written}{only}"
    if any(each.required for each in inspected.asked):
        yield "    * A paper waits while this is empty."


def _heading(record: str) -> str:
    """Name a record: “result” has no meaning of its own, and the date of the paper is of no record."""
    meaning = MEANINGS.get(record, "").partition(":")[0].partition(",")[0]
    return f"{record}: {meaning}" if meaning else f"{record}:" if record else "the paper itself:"


def _unfed(asked: Sequence[Asked]) -> Iterator[str]:
    """Tell which words no column of the official workbook feeds."""
    words = [each.word for each in asked if not each.column and not each.own]
    own = [each.word for each in asked if each.own]
    if words:
        yield f"  Counted by the program, so no column feeds them: {', '.join(words)}"
    if own:
        yield f"  Columns of your own, empty where a workbook does not have them: {', '.join(own)}"


def summary(forms: Sequence[Inspected]) -> str:
    """Say of several forms, in a line, how many have faults."""
    faulty = sum(not each.usable for each in forms)
    return f"{counted(len(forms), 'form')}: {f'{faulty:,} with faults' if faulty else 'none with a fault'}."


def as_object(forms: Sequence[Inspected]) -> dict[str, Any]:
    """Give what was found as one object, for other programs."""
    return {
        "forms": [
            {
                "file": each.path.as_posix(), "name": each.form.name, "language": each.form.language,
                "frequency": each.form.frequency, "made": each.form.made, "usable": each.usable,
                "blanks": list(each.kinds), "marked": each.marked.as_posix() if each.marked else None,
                "words": [_word(asked) for asked in each.asked],
                "problems": [problem_as_object(problem) for problem in each.form.problems],
            }
            for each in forms
        ]
    }  # fmt: skip


def _word(asked: Asked) -> dict[str, Any]:
    return {
        "word": asked.word, "written": list(asked.as_) or [asked.word], "record": asked.record or None,
        "meaning": asked.meaning, "column": asked.column or None, "own": asked.own, "required": asked.required,
        "used": asked.used, "spots": list(asked.spots),
    }  # fmt: skip
