"""Everything that may be dropped into input/: right, or told with its place; never a fault, never silently wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.problem import Problem
from tests.trust import bombing, values, workbooks
from tests.trust.board import Row
from tests.trust.cases import Case, Tally, counted, enter, saved

EVERY = 3
"""In the quick part every third case is tried."""


def rows(quick: bool) -> Iterator[Row]:
    """Try the cases area by area."""
    said: list[Problem] = []
    for cases in (values.cases(), workbooks.data_cases(), workbooks.broken_cases()):
        areas: dict[str, Tally] = {}
        counted(list(cases)[:: EVERY if quick else 1], areas, said)
        yield from (_row(area, tally) for area, tally in areas.items())
    yield from _bombs(quick, said)
    yield from _declarations(quick, said)
    yield _places(said)


def _row(area: str, tally: Tally) -> Row:
    return Row(what=f"Bad input, {area}", target="each right or clear", found=str(tally), wrong=tuple(tally.wrong))


def _bombs(quick: bool, said: list[Problem]) -> Iterator[Row]:
    tally, seconds, megabytes, most, over = Tally(), 0.0, 0, (0, 0.0), []
    for case in bombing.chosen(quick):
        seen, took, peak = bombing.bombed(case)
        enter(case, seen, tally, said)
        if case.papers:
            most = max(most, (peak, took))
        else:
            seconds, megabytes = max(seconds, took), max(megabytes, peak)
        if not case.papers and (took >= bombing.MOST_SECONDS or peak >= bombing.MOST_MEGABYTES):
            over.append(f"{case.name}: {took:.1f} s, {peak} MB")
    yield _row(bombing.AREA, tally)
    found = f"at most {seconds:.1f} s of processor time and {megabytes} MB, the start of the program in it; what is no bomb and was read: {most[1]:.1f} s, {most[0]} MB"
    yield Row(what="Bombs: time and memory of the whole program", target="what is refused: under 5 s and 300 MB", found=found, wrong=tuple(over))


def _declarations(quick: bool, said: list[Problem]) -> Iterator[Row]:
    """Try declarations of document types, and a good workbook, in every way openpyxl can be told to read XML."""
    settings = bombing.settings_of_readers()
    good = Case(name="a good workbook", area=bombing.AREA, make=lambda folder: saved(folder / "cohort.xlsx"), papers=2, silent=True)
    cases = [good, *(case for case in bombing.cases() if case.name in bombing.DECLARATIONS)][: 2 if quick else None]
    tally = Tally()
    for name, environment in settings.items():
        for case in cases:
            enter(case, bombing.bombed(case, **environment)[0], tally, said, f" ({name})")
    found = f"{tally} ({len(settings)} of 4 settings{'' if len(settings) == 4 else '; defusedxml is not installed'})"
    yield Row(what="Declarations and entities, whatever reads the XML", target="each refused, a good workbook read", found=found, wrong=tuple(tally.wrong))


FILE = re.compile(r"[^/\\\n]{1,255}")
CELL = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
OF_A_CELL = re.compile(r"S(106|20[1-7]|210)")
"""Codes of what is wrong with one cell."""

OF_A_FILE = frozenset({"S101", "S103", "S114", "S123", "S134"})
"""Codes of what is wrong with a whole file, or of a sheet that is not there."""

ENDS_WELL = re.compile(r"[.?…]$|: ecvet [a-z]+ .*\"$")
"""How an advice ends: as a sentence does, or with a command to copy."""

NEVER_SAID = re.compile(r"traceback|exception|\bNone\b|\bnull\b|[A-Z]\w+Error\b|0x[0-9a-f]{6}|/tmp/|/home/", re.IGNORECASE)


def _places(said: Sequence[Problem]) -> Row:
    errors = [problem for problem in said if problem.holds]
    wrong = dict.fromkeys(f"{problem.code} {problem.place}: {problem.message}"[:200] for problem in said if not names_its_place(problem))
    found = f"{len(errors) - sum(not names_its_place(problem) for problem in errors)} of {len(errors)} errors ({len(said)} messages in all)"
    return Row(what="Every error names a place, and what to do", target="all", found=found, wrong=tuple(wrong)[:20])


def names_its_place(problem: Problem) -> bool:
    """Say whether a message says in which file, on which sheet or in which cell something is wrong, and what to do."""
    place = problem.place
    if not FILE.fullmatch(place.file) or NEVER_SAID.search(problem.message + problem.advice):
        return False
    if not problem.message.endswith((".", ")")) or not ENDS_WELL.search(problem.advice):
        return False
    if place.spot or ((problem.code in OF_A_FILE or problem.code[0] == "T") and not place.cell):
        return True
    if OF_A_CELL.fullmatch(problem.code):
        return bool(place.sheet and CELL.fullmatch(place.cell or ""))
    return bool(place.sheet)
