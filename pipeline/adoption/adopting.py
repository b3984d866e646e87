"""Make the map of an untouched form, or bring it up to date; nothing in the form is changed (floor 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.adoption.page import to_html
from pipeline.adoption.states import Line, State, line_of
from pipeline.disk import write_whole
from pipeline.guard import Refused
from pipeline.outbox import paper_not_written
from pipeline.problem import CannotContinue, Place
from pipeline.untouched.formmap import Changes, Damaged, FormMap, as_text, carried_over, changes, map_beside, read_map
from pipeline.untouched.survey import survey
from pipeline.word import open_form_package

PAGE = " - adopted.html"


class Before(StrEnum):
    """What map there was before: none, one of this version of the form, one of another version, another college's."""

    NONE = "none"
    SAME = "same"
    OTHER = "other"
    SHARED = "shared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """An adopted form: its map and the page that shows it, its blanks one by one, what changed since the last map."""

    form: Path
    map: Path
    page: Path
    made: FormMap
    lines: Sequence[Line]
    before: Before
    changed: Changes
    languages: tuple[str, ...]

    def count(self, state: State) -> int:
        """Count the blanks of a state."""
        return sum(line.state is state for line in self.lines)


def adopt(form: Path, shared: Path | None = None) -> Adopted:
    """Read a form, write its map and the page beside it; what a person wrote into an older map is kept.

    `shared` is another college's map of the same form. Raises CannotContinue where the form cannot be read, a map is
    damaged, or one of the two files cannot be written.
    """
    try:
        package = open_form_package(form)
    except Refused as why:
        raise CannotContinue(f"“{form.name}” cannot be adopted. {why.sentence} {why.advice}") from why
    except OSError as why:
        raise CannotContinue(f"“{form.name}” cannot be read. Close it where it is open, and try again.") from why
    if package.paper:
        raise CannotContinue(f"“{form.name}” is no form but a paper that was made with this program.")
    found = survey(package)
    made, before, changed = found.proposed, Before.NONE, Changes()
    target, page = map_beside(form), form.with_name(f"{form.stem}{PAGE}")
    for path, kind in ((shared, Before.SHARED), (target, Before.SAME)):
        old = _read(path) if path else None
        if old is not None:
            other = kind is Before.SAME and old.fingerprint != made.fingerprint
            before, changed = Before.OTHER if other else kind, changes(old.entries, found.proposed.entries)
            made = carried_over(old, made)
    lines = [line_of(entry, meaning) for entry, meaning in zip(made.entries, found.meanings, strict=True)]
    adopted = Adopted(
        form=form, map=target, page=page, made=made, lines=lines, before=before, changed=changed,
        languages=found.labels.languages,
    )  # fmt: skip
    _write(target, as_text(made, page.name))
    _write(page, to_html(form.name, target.name, lines, made))
    return adopted


def _read(path: Path) -> FormMap | None:
    try:
        return read_map(path)
    except FileNotFoundError:
        return None
    except Damaged as why:
        advice = "Correct it in an editor, or take it away; then run this again."
        raise CannotContinue(f"“{path.name}” cannot be read as a form map. {why} {advice}") from why
    except OSError as why:
        raise CannotContinue(f"“{path.name}” cannot be read. Close it where it is open, and try again.") from why


def _write(target: Path, text: str) -> None:
    if hindered := write_whole(target.parent.resolve(), target.name, text.encode()):
        problem = paper_not_written(Place(file=target.name), target.name, hindered)
        raise CannotContinue(f"{problem.message} {problem.advice}")
