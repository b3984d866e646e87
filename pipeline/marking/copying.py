"""From a workbook and its problems to the marked copy (floor 3).

The copy is the workbook itself with a few things added: a sheet before the others, a colour and a comment at every cell
in question. What is not touched is taken over byte for byte.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pipeline.copies import UNCLEAR
from pipeline.guard import WORKBOOK_LIMITS, Refused, open_package
from pipeline.lineage import copy_name, lineage_of, mark_line, marks_of, original_name, short_mark
from pipeline.marking.book import Book
from pipeline.marking.boxes import blocks_of
from pipeline.marking.grid import Grid, Spot, has_cells, spot_of
from pipeline.marking.listing import Entry, listing
from pipeline.marking.names import TO_VML
from pipeline.marking.notes import Notes, write_notes
from pipeline.marking.package import Package
from pipeline.marking.properties import read_properties, write_properties
from pipeline.marking.styles import DOUBTFUL, WRONG, Styles
from pipeline.marking.typed import workbook_of
from pipeline.problem import Problem, Severity

_MARK, _FILL = "mark", "fill "
"""What a copy keeps among the workbook's properties: its mark, and the fills that ours cover."""

_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A marked copy: the name of the file it is a copy of, the name it goes under, and its bytes."""

    original: str
    name: str
    data: bytes


def marked_copies(cohort: Path, files: Sequence[str], problems: Sequence[Problem], *, made_on: dt.date) -> list[Marked]:
    """Make a marked copy of each file of a cohort in which something is to be corrected or looked at.

    `cohort` is a workbook or a folder of files, `files` the names of those that were read (`Reading.files`). Files that
    cannot be opened, or are of a kind that nobody can mark, get no copy: the report tells their problems all the same.
    What belongs to no file of the cohort, as a Word form, stands in the list of a workbook that is the whole cohort.
    Where nobody knows which of several copies counts, there is no further one. A file that was refused has none either:
    there is no cell to mark, and what made it too heavy to be read would make it too heavy to be copied.
    """
    if any(each.code in UNCLEAR for each in problems):
        return []
    folder = cohort if cohort.is_dir() else cohort.parent
    found = []
    refused = {each.place.file for each in problems if each.code == "S101"}
    for file in dict.fromkeys(files):
        if file not in refused and any(each.place.file == file and _asks_for_a_copy(each) for each in problems):
            told = [each for each in problems if each.place.file == file or len(files) == 1]
            try:
                data = marked_copy(folder / file, told, made_on=made_on)
            except (Refused, OSError):
                continue
            found.append(Marked(original=file, name=copy_name(file), data=data))
    return found


def _asks_for_a_copy(problem: Problem) -> bool:
    """Say whether something is to be done in the workbook itself; a doubt about a whole file is told in the report."""
    return problem.holds or (problem.severity is Severity.WARNING and problem.place.sheet is not None)


def marked_copy(path: Path, problems: Sequence[Problem], *, made_on: dt.date) -> bytes:
    """Make the marked copy of a workbook or a .csv file; `problems` are those to be marked and listed in it.

    The same file, problems and day give the same bytes. Raises guard.Refused where the file cannot be read or is of a
    kind that cannot be marked, OSError where it cannot be opened.
    """
    with ExitStack() as stack:
        if path.suffix.lower() == ".csv":
            opened = stack.enter_context(zipfile.ZipFile(io.BytesIO(workbook_of(path))))
            lineage = lineage_of(path, ())
        else:
            opened = stack.enter_context(open_package(path, WORKBOOK_LIMITS, kind="workbook"))
            lineage = lineage_of(path, marks_of(opened))
        try:
            return _marked(Package(opened), path, problems, lineage, made_on)
        except (ValueError, KeyError, IndexError, ArithmeticError) as odd:  # numbers that are none, and the like
            raise Refused("The workbook cannot be marked.", "Open it in Excel and save it again.") from odd


def _marked(
    package: Package, path: Path, problems: Sequence[Problem], lineage: Sequence[str], made_on: dt.date
) -> bytes:
    book = Book(package)
    kept = read_properties(package)
    covered = {name.removeprefix(_FILL): fill for name, fill in kept.items() if name.startswith(_FILL)}
    styles = Styles(package, book.part, covered)
    original = original_name(path.name)
    entries = _entries(problems, book, path)
    mark = mark_line(original, lineage, made_on)
    again = len(lineage) > 1
    sheet = listing(entries, styles, original=original, name=copy_name(path.name), mark=mark)
    book.put_first(sheet, again=again)
    wanted = _wanted(entries)
    taken = _blocks(package, book)
    for each in book.sheets:
        if each.part and (each.name in wanted or again):
            _mark_sheet(package, each.part, wanted.get(each.name, {}), styles, taken, again=again)
    styles.close()
    fills = {f"{_FILL}{shade}": fill for shade, fill in styles.covered().items()}
    write_properties(package, {_MARK: short_mark(lineage), **fills})
    return package.data()


def _entries(problems: Iterable[Problem], book: Book, path: Path) -> list[Entry]:
    """Find the place of every problem in the workbook, in the order of its sheets, rows and columns."""
    names = [each.name for each in book.sheets]
    hidden = {each.name for each in book.sheets if each.hidden}
    found = []
    for problem in dict.fromkeys(problems):
        place = problem.place
        own = place.file == path.name
        sheet = place.sheet if own and place.sheet in names else None
        if own and place.sheet and path.suffix.lower() == ".csv":
            sheet = names[0]
        spot = (spot_of(place.cell) if place.cell else (place.row, 0) if place.row else None) if sheet else None
        where = f"{place} (hidden sheet)" if sheet in hidden else str(place)
        found.append(Entry(problem=problem, sheet=sheet, spot=spot or ((1, 0) if sheet else None), where=where))
    last = len(names)
    order = {name: at for at, name in enumerate(names)}
    return sorted(found, key=lambda each: (
        order.get(each.sheet, last) if each.sheet else last, each.spot or (0, 0), _WEIGHT[each.problem.severity],
    ))  # fmt: skip


def _wanted(entries: Iterable[Entry]) -> dict[str, dict[Spot, list[Problem]]]:
    """Gather what is to be marked: errors and warnings that have a cell."""
    wanted: dict[str, dict[Spot, list[Problem]]] = {}
    for each in entries:
        if each.sheet and each.spot and each.problem.place.cell and each.problem.severity is not Severity.NOTICE:
            wanted.setdefault(each.sheet, {}).setdefault(each.spot, []).append(each.problem)
    return wanted


def _blocks(package: Package, book: Book) -> set[int]:
    drawings = {link.target for each in book.sheets for link in package.links(each.part) if link.kind == TO_VML}
    return {block for drawing in drawings if drawing for block in blocks_of(package.read(drawing))}


def _mark_sheet(
    package: Package, part: str, wanted: Mapping[Spot, Sequence[Problem]], styles: Styles, taken: set[int], *,
    again: bool,
) -> None:  # fmt: skip
    """Colour and comment the cells of one sheet; what an earlier copy marked is unmarked first."""
    root = package.tree(part)
    if not has_cells(root):
        return
    grid = Grid(root)
    anchors = grid.anchors(wanted)
    problems: dict[Spot, list[Problem]] = {}
    for spot, each in wanted.items():
        problems.setdefault(anchors.get(spot, spot), []).extend(each)
    changed = bool(problems)
    if again:
        for spot, cell in grid.every():
            style = int(cell.get("s", 0))
            if spot not in problems and styles.ours(style) is not None:
                cell.set("s", str(styles.filled(style, "")))
                changed = True
    for spot, each in sorted(problems.items()):
        wrong = any(problem.severity is Severity.ERROR for problem in each)
        cell = grid.cell(spot)
        cell.set("s", str(styles.filled(int(cell.get("s", 0)), WRONG if wrong else DOUBTFUL)))
    drawn = len(root)
    write_notes(package, part, grid, Notes.of(problems), taken)
    if changed or len(root) != drawn:
        package.put(part, root)
