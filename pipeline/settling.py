"""What `ecvet columns` says, and how an officer settles what a column means once for all (floor 9)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.columns import LEARNERS
from pipeline.legend import UNREAD, Legend, Meaning
from pipeline.likely import settle_with
from pipeline.problem import CannotContinue, problem_as_object
from pipeline.raw import readable
from pipeline.sentences import counted
from pipeline.settled import files_for, is_known, known_names, settle
from pipeline.sheets import OWN, sheet_called
from pipeline.spelling import bare, nearest


def as_object(found: Legend) -> dict[str, object]:
    """Give what was understood for other programs."""
    return {
        "workbook": found.workbook.name,
        "sheets": [{"name": name, "means": means or None} for name, means in found.sheets],
        "columns": [
            {"file": one.file, "sheet": one.sheet, "cell": one.cell, "header": one.header, "means": one.means or None,
             "sure": one.sure, "why": one.why, "guesses": [each for each in one.guesses if each != OWN]}
            for one in found.columns
        ],
        "missing": {sheet: list(names) for sheet, names in found.missing.items()},
        "likely": {sheet: {each.name: list(each.among) for each in every} for sheet, every in found.likely.items()},
        "problems": [problem_as_object(problem) for problem in found.problems],
    }  # fmt: skip


def as_text(found: Legend) -> str:
    """Word what was understood for a person: what is unsure first, then every sheet."""
    lines: list[str] = []
    if found.unsure:
        lines += [f"Please look at {counted(len(found.unsure), 'column')}:", ""]
        for one in found.unsure:
            lines.append(f"  ? {one.sheet}!{one.cell}  “{readable(one.header)}”: {one.why}")
            means = next((each for each in one.guesses if each != OWN), OWN)
            wish = f"{readable(one.header)}={means}"
            lines.append(f'      settle it: ecvet columns "{found.workbook.name}" --is "{wish}"')
        lines.append("")
    for name, means in found.sheets:
        columns = [one for one in found.columns if one.sheet == name]
        lines.append(f"Sheet “{readable(name)}”: " + (f"read as {means}" if means else "not read"))
        width = max((len(readable(one.header)) for one in columns), default=0)
        for one in columns:
            mark = " " if one.sure else "?"
            meant = f"{one.means}   ({one.why})" if one.means else one.why
            lines.append(f"  {mark} {one.cell:<5} {readable(one.header):<{width}}  {meant}")
        if name in found.missing:
            lines.append(f"    not there: {', '.join(found.missing[name])}")
        lines.append("")
    for problem in found.problems:
        if problem.code in UNREAD | {"S103", "S114"}:
            lines.append(f"  {problem.place}: {problem.message} {problem.advice}")
    if found.missing:
        lines += _what_is_missing(found)
    elif found.all_sure:
        lines.append("Nothing is unsure.")
    return "\n".join(lines).rstrip()


def _what_is_missing(found: Legend) -> list[str]:
    """Word what needed columns are not there, which of her own may be they, and the one command that settles it."""
    lines = ["Needed, and not there:"]
    for table, names in found.missing.items():
        among = {each.name: each for each in found.likely.get(table, ())}
        for name in names:
            may_be = [f"“{readable(each)}”" for each in among[name].among] if name in among else []
            lines.append(f"  {table}: {name}" + (f" (perhaps {' or '.join(may_be)})" if may_be else ""))
    if pairs := [(each.first, each.name) for every in found.likely.values() for each in every if each.first]:
        lines.append(f"  If it is so, settle it: {settle_with(found.workbook.name, pairs)}")
    if any(means == LEARNERS.name and name in found.missing for name, means in found.sheets):
        lines.append("  What is the same for all learners may stand once in a sheet Cohort (field and value) instead.")
    return lines


def choices_for(one: Meaning) -> list[str]:
    """List what a column may mean, the likeliest first, for a person to choose from; the last is her own."""
    return [*dict.fromkeys(each for each in (*one.guesses, one.means) if each and each != OWN), OWN]


def asked_about(one: Meaning) -> str:
    """Word the question for a column that is unsure, with numbered answers."""
    lines = [f"{one.sheet}!{one.cell}  “{readable(one.header)}”: {one.why}. What is it?"]
    for number, choice in enumerate(choices_for(one), start=1):
        lines.append(f"  {number}  {'a column of my own' if choice == OWN else choice}")
    another = len(choices_for(one)) + 1
    return "\n".join([*lines, f"  {another}  another column", "  0  leave it open"])


def sheets_first(found: Legend, wishes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part what settles sheets from what settles columns: those of a sheet are known once it is settled what it is."""
    parted = {wish: [part.strip() for part in wish.rpartition("=")] for wish in wishes}
    of_sheets = [wish for wish in wishes if _is_of_a_sheet(found, parted[wish][0], parted[wish][2])]
    return of_sheets, [wish for wish in wishes if wish not in of_sheets]


def _is_of_a_sheet(found: Legend, header: str, meant: str) -> bool:
    named = any(bare(name) == bare(header) for name, _ in found.sheets)
    return named and (sheet_called(meant) is not None or bare(meant) == OWN)


def settle_columns(found: Legend, wishes: Sequence[str], *, for_all: bool) -> Path:
    """Settle what columns or sheets mean, each wish as “Rufname=Given names”; gives the file that says so now.

    With `for_all` it counts for every workbook of the folder. Raises CannotContinue with a sentence where the workbook
    has no such column, or nothing has that name.
    """
    lines: list[tuple[str, str, str]] = []
    for wish in wishes:
        header, between, meant = (part.strip() for part in wish.rpartition("="))
        if not between or not header or not meant:
            raise CannotContinue(f"“{wish}” settles nothing. Write: --is \"her name=its meaning\"")
        lines += _lines_for(found, header, meant)
    path = files_for(found.workbook)[0 if for_all else 1]
    settle(path, lines)
    return path


def _lines_for(found: Legend, header: str, meant: str) -> list[tuple[str, str, str]]:
    if _is_of_a_sheet(found, header, meant):
        sheet = sheet_called(meant)
        return [("sheets", header, sheet.name if sheet else OWN)]
    tables = list(dict.fromkeys(one.table for one in found.columns if bare(one.header) == bare(header)))
    if not tables:
        meanings = nearest(header, [one.header for one in found.columns], 0.6)
        hint = f" Did you mean “{meanings}”?" if meanings else ""
        raise CannotContinue(f"{found.workbook.name} has no column “{header}”.{hint}")
    if bare(meant) == OWN:
        return [(table, header, OWN) for table in tables]
    fitting = [table for table in tables if is_known(table, meant)]
    if not fitting:
        near = nearest(meant, known_names(tables[0]), 0.6)
        hint = f" Did you mean “{near}”?" if near else " Write the name of a column as `ecvet new` makes it, or own."
        raise CannotContinue(f"Sheet {' or '.join(tables)} has no column “{meant}”.{hint}")
    return [(table, header, meant) for table in fitting]
