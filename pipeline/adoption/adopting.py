"""Make the map of an untouched form, or bring it up to date; nothing in the form is changed (floor 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pipeline.adoption.page import to_html
from pipeline.adoption.states import Line, State, line_of
from pipeline.guard import Refused
from pipeline.marks.tags import holds_tags
from pipeline.names import map_beside
from pipeline.outbox import write_or_stop
from pipeline.problem import CannotContinue
from pipeline.untouched.formmap import Damaged, FormMap, as_text, read_map
from pipeline.untouched.survey import survey
from pipeline.untouched.versions import Changes, carried_over, changes
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
    kept: str

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
    if any(holds_tags(story) for story in package.stories if not story.plain):
        raise CannotContinue(
            f"“{form.name}” holds tags ({{{{ … }}}}) already, so it needs no map. Adopt the official form as it came."
        )
    own = _read(target)
    if own is not None:
        before = Before.SAME if own.fingerprint == made.fingerprint else Before.OTHER
        changed, made = changes(own.entries, made.entries), carried_over(own, made)
    theirs = _read(shared) if shared else None
    if theirs is not None:
        before, changed = Before.SHARED, changes(theirs.entries, found.proposed.entries)
        if len(changed.went) == len(theirs.entries):
            raise CannotContinue(f"“{shared}” is the map of another form: the two have no blank in common.")
        made = carried_over(theirs, made)
    kept = _keep(target) if own is not None and own != made else ""
    lines = [line_of(entry, meaning) for entry, meaning in zip(made.entries, found.meanings, strict=True)]
    adopted = Adopted(
        form=form, map=target, page=page, made=made, lines=lines, before=before, changed=changed,
        languages=found.labels.languages, kept=kept,
    )  # fmt: skip
    if own is None or own != made:
        write_or_stop(target, as_text(made, page.name).encode())
    write_or_stop(page, to_html(form.name, target.name, lines, made).encode())
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


def _keep(target: Path) -> str:
    """Keep the map that is written over, with all that a person wrote into it, under another name, which is given."""
    kept = target.with_name(f"{target.name.removesuffix('.toml')}.before.toml")
    write_or_stop(kept, target.read_text("utf-8-sig").encode())
    return kept.name
