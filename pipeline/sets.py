"""The set of forms that a cohort's papers are made of (floor 6)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.form import Form, open_form, open_pack
from pipeline.made import Wishes
from pipeline.model import Cohort
from pipeline.names import same_file
from pipeline.problem import CannotContinue, Problem, fault
from pipeline.room import Room, kit

OFFICIAL = "official"
"""The set of forms that comes with the program, for cohorts that name no other."""


@fault("S221")
def no_such_pack(name: str, there: Sequence[str]) -> tuple[str, str]:
    """The set of forms that a cohort asks for is not there.

    Advice: Correct field Templates of sheet Cohort, or put the forms into templates/ under this name.
    Basis: data (contract, sections 1 and 2)
    """
    return f"There is no set of forms “{name}” in templates.", f"Name one that is there: {', '.join(there) or 'none'}."


@fault("S222")
def empty_pack(name: str) -> str:
    """The set of forms that a cohort asks for holds no form, so there is no paper to make.

    Advice: Put the forms (.docx) into its folder in templates/, or name another set in field Templates.
    Basis: data (contract, sections 1 and 2)
    """
    return f"The set of forms “{name}” holds no Word form."


def forms_of(
    room: Room, cohort: Cohort, wishes: Wishes, packs: dict[str, list[Form]], problems: list[Problem]
) -> list[Form]:
    """Find the forms of a cohort, and tell their faults; `packs` keeps the sets that were opened already.

    Raises CannotContinue where the set that was wished for on the command line is not there.
    """
    name = wishes.templates or cohort.templates or OFFICIAL
    try:
        found = find_set(room, name)
    except CannotContinue:
        if wishes.templates or not room.packs():
            raise
        problems.append(no_such_pack(cohort.at("templates"), name, room.packs()))
        return []
    if found not in packs:
        packs[found] = open_pack(room.templates / found, ())
    packs[found] += open_pack(room.templates / found, _languages(cohort), packs[found])
    if not packs[found]:
        problems.append(empty_pack(cohort.at("templates"), found))
    problems += [problem for form in packs[found] for problem in form.problems]
    return [*packs[found], *_for_amendments(room, cohort, packs[found])]


def _languages(cohort: Cohort) -> set[str]:
    """Name the languages that papers of a cohort may be in."""
    return {language for language in (cohort.language, *(host.language for host in cohort.partners)) if language}


def _for_amendments(room: Room, cohort: Cohort, pack: Sequence[Form]) -> list[Form]:
    """Lend the official form for amendments to a set that has none, where an agreement is amended."""
    if not any(learner.agreement.amendment for learner in cohort.travelling) or any(it.tells_changes for it in pack):
        return []
    for templates in (room.templates, kit("templates")):
        if forms := sorted((templates / OFFICIAL).rglob("*- amendment.docx")):
            return [form for form in map(open_form, forms) if form.usable]
    return []


def find_set(room: Room, name: str) -> str:
    """Find a set of forms as people spell it; raises CannotContinue where there is none."""
    there = room.packs()
    for each in there:
        if same_file(each) == same_file(name):
            return each
    listed = ", ".join(there) or "none"
    raise CannotContinue(f"There is no set of forms “{name}” in {room.templates} (there: {listed}).")
