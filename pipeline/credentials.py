"""Credentials of a cohort's learners, laid beside the papers: read, check, write, remember (floor 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import checks, disk
from pipeline.achievements import is_recognised
from pipeline.beyond import BEYOND, NOTES, LaidCredential, keep_credentials, read_credentials
from pipeline.columns import RESULTS_SHEET
from pipeline.elm import ENDING, Stay, credential, stays_of, to_bytes
from pipeline.extras import Extras, forget_notes
from pipeline.folders import with_folders
from pipeline.holds import row_of, sheet_of
from pipeline.model import Cohort, Learner, Record, Result, by_person
from pipeline.names import safe_name, told_apart
from pipeline.notices import edited_credential, paper_not_written
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.registry import read_registry
from pipeline.returned.bringing import results_beside, with_collected
from pipeline.room import Room
from pipeline.sentences import still_to_come
from pipeline.turns import alone
from pipeline.workbook import Reading, read_cohort


@fault("S182", Severity.NOTICE)
def not_written_yet(day: dt.date) -> str:
    """Something is to be recognised on a day that is still to come, so it is not written into a credential yet.

    Advice: Export again from that day on. If the date is wrong, correct it.
    Basis: data (a credential says what was recognised; the learner register does the same)
    """
    return still_to_come("The day on which it is recognised", day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What became of the credentials of one cohort.

    `folder` is where they lie; `written` and `unchanged` are names of files there, `held` the learners whose credential
    waits for a correction, `without` counts those of whom nothing is recognised. `problems` is what was told on the way
    and what the held ones wait for.
    """

    name: str
    workbook: str
    files: tuple[str, ...]
    folder: Path
    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    without: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def all_made(self) -> bool:
        """Say whether every credential that was to be written was."""
        return not self.held and not any(problem.holds for problem in self.problems)


def export_credentials(room: Room, workbooks: Iterable[Path], today: dt.date) -> list[Exported]:
    """Write the credentials of every cohort; what cannot be read does not stop the others.

    What is recognised after `today` is not written yet. Raises CannotContinue where the surroundings stop the work.
    """
    shared = read_registry(room.register)
    with alone(room.output):
        beside = results_beside(room.output)
        found = with_folders([read_cohort(path, register=shared, collected=beside) for path in workbooks])
        folders = [(reading, room.output / folder) for reading, folder in found]
        return [_exported(with_collected(reading, folder), folder, today) for reading, folder in folders]


def _exported(reading: Reading, folder: Path, today: dt.date) -> Exported:
    cohort = reading.cohort
    workbook = reading.name if len(reading.files) != 1 else reading.files[0]
    name, there = cohort.id if cohort and cohort.id else reading.name, folder / BEYOND
    if cohort is None:
        return Exported(name=name, workbook=workbook, files=reading.files, folder=there, problems=reading.problems)
    wrong = [problem for problem in (*reading.problems, *checks.run(cohort)) if problem.holds]
    if of_all := [problem for problem in wrong if _is_of_all(problem, cohort)]:
        return Exported(name=name, workbook=workbook, files=reading.files, folder=there, problems=tuple(of_all))
    known = read_credentials(folder)
    whose, ready, held, told = dict[str, str](), dict[str, bytes](), list[str](), list[Problem]()
    without, taken = 0, set[str]()
    results: dict[int, list[Result]] = {}
    for result in cohort.results:
        if _is_to_come(result, today) and result.recognised_on:
            told.append(not_written_yet(result.at("recognised_on"), result.recognised_on))
        results.setdefault(id(result.learner), []).append(_as_of(today, result))
    of_nobody = _hindering(results.get(id(None), ()), wrong)  # of whom they speak, nobody knows
    told += of_nobody
    for person, rows in by_person(cohort.travelling).items():
        hers = [result for row in rows for result in results.get(id(row), ())]
        stays = stays_of(rows, hers)
        hers_too = rows if any(map(is_recognised, hers)) else ()  # where Home is unknown there is no stay to look at
        hindering = _hindering([*_made_of(stays), *hers_too, *hers], wrong) if hers else []
        if not stays and not hindering:
            without += 1
            continue
        file = f"{told_apart(safe_name(*_called(rows[0])), taken)}{ENDING}"
        whose[file] = rows[0].key
        if hindering:
            held.append(" ".join(filter(None, (rows[0].name, f"({rows[0].id})" if rows[0].id else ""))) or person)
            told += hindering
        else:
            ready[file] = to_bytes(credential(cohort, stays))
    written, unchanged, of_laying = _lay(folder, known, ready, whose, keep=bool(of_nobody))
    return Exported(
        name=name, workbook=workbook, files=reading.files, folder=there, written=written, unchanged=unchanged,
        held=tuple(held), without=without, problems=tuple(dict.fromkeys((*told, *of_laying))),
    )  # fmt: skip


def _is_to_come(result: Result, today: dt.date) -> bool:
    """Say whether a row of a learner with papers recognises something after `today`."""
    day, learner = result.recognised_on, result.learner
    return bool(day and day > today and learner and learner.has_papers and result.unit and is_recognised(result))


def _as_of(today: dt.date, result: Result) -> Result:
    """Give a row of Results as it counts on a day: what is recognised later is not recognised yet."""
    return replace(result, recognised_on=None) if result.recognised_on and result.recognised_on > today else result


def _is_of_all(problem: Problem, cohort: Cohort) -> bool:
    """Say whether an error is of the file, of sheet Results as a whole, or of the Cohort ID: no credential is safe."""
    place = problem.place
    of_results = place.row is None and sheet_of(cohort, place) == RESULTS_SHEET.name
    return place.sheet is None or of_results or place == cohort.at("id")


def _called(one: Learner) -> tuple[str, str]:
    return f"{one.family_name or ''} {one.given_names or ''}".strip(), f"({one.id})" if one.id else ""


def _hindering(made_of: Sequence[Record], wrong: Iterable[Problem]) -> list[Problem]:
    """Find the errors in what a credential is made of: in its rows, in their whole sheets, in what they took over."""
    rows = {row_of(record.at()) for record in made_of}
    sheets = {(record.origin.file, record.origin.sheet) for record in made_of}
    cells = {place for record in made_of for place in record.origin.inherited.values()}
    return [
        problem for problem in wrong
        if row_of(problem.place) in rows or problem.place in cells
        or (problem.place.row is None and (problem.place.file, problem.place.sheet) in sheets)
    ]  # fmt: skip


def _made_of(stays: Sequence[Stay]) -> Iterator[Record]:
    for stay in stays:
        host, units = stay.learner.agreement.host, [one.unit for one in stay.results if one.unit and is_recognised(one)]
        yield from filter(None, (stay.learner, stay.home, host, *units, *(unit.qualification for unit in units)))


def _lay(
    folder: Path, known: dict[str, LaidCredential], ready: dict[str, bytes], whose: dict[str, str], *, keep: bool
) -> tuple[tuple[str, ...], tuple[str, ...], list[Problem]]:
    """Lay the files, and take away those of ours that are of no use any more; tells what was written, what was there.

    One that waits for a correction stays as it is, whatever it is called, and with `keep` every one whose learner has
    nothing new; one that a person worked in stays too, and the new one is laid beside it.
    """
    if not known and not ready:
        return (), (), []
    if hindered := keep_credentials(folder, known):  # makes the folder too
        return (), (), [paper_not_written(Place(file=NOTES), NOTES, hindered)]
    there = folder / BEYOND
    extras = Extras(
        folder=there, known={name: one.checksum for name, one in known.items()}, edited=edited_credential
    )  # fmt: skip
    before = {name: extras.seen(name) for name in (*known, *ready)}
    owners = {name: one.whose for name, one in known.items()}
    written, unchanged = list[str](), list[str]()
    for name, data in ready.items():
        if laid := extras.lay(name, data):
            owners[laid] = whose[name]
            (unchanged if before.get(laid) == disk.checksum(data) else written).append(laid)
    done = {whose[name] for name in ready}
    waiting = set(whose.values()) - done
    stay = [name for name, one in known.items() if one.whose in waiting or (keep and one.whose not in done)]
    extras.laid.update({name: known[name].checksum for name in stay})
    extras.tidy()
    kept = {name: LaidCredential(checksum=of, whose=owners.get(name, "")) for name, of in extras.laid.items()}
    problems = list(extras.problems)
    if hindered := keep_credentials(folder, kept):
        problems.append(paper_not_written(Place(file=NOTES), NOTES, hindered))
    else:
        forget_notes(there)
    return tuple(written), tuple(unchanged), problems
