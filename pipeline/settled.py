"""What an officer has settled about sheets and columns once for all: `columns.toml` beside her workbooks (floor 2).

    [sheets]
    "Teilnehmerliste 2027" = "Learners"

    [Learners]
    "Rufname" = "Given names"
    "Klasse" = "own"

`input/columns.toml` counts for all workbooks of the folder, `input/<workbook>.columns.toml` for one, and before that.
Lines without a table count on every sheet. Nothing of it ever stands in the workbook.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.columns import COHORT, LEARNERS, SHEETS, Sheet
from pipeline.disk import write_whole
from pipeline.parties import cohort_field, organisation_field, person_field, qualification_field, unit_field
from pipeline.problem import CannotContinue, Place, Problem, Severity, fault
from pipeline.raw import readable
from pipeline.sheets import NOT_RENAMED, OWN, column_called, columns_of, sheet_called
from pipeline.spelling import bare, nearest

ENDING = "columns.toml"
"""What the names of these files end with; the folder's own has no other name."""

LARGEST = 200_000
"""Bytes of such a file that are read: a line for every column of fifty workbooks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What counts for one workbook: names of sheets, names of columns by sheet (“” for every sheet), what is wrong.

    Names are compared without regard to case, spaces and accents; `files` says where each line stands.
    """

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    where: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def sheet_called(self, name: str) -> Sheet | None:
        """Find the sheet that a name means: as it was settled, or else by its words; none where it is her own."""
        meant = self.sheets.get(bare(name), name)
        return None if meant == OWN != name else sheet_called(meant)

    def of(self, sheet: Sheet) -> Mapping[str, str]:
        """Give what was settled of the headers of a sheet, by their bare spelling."""
        if not self.columns:
            return NOT_RENAMED
        return {**self.columns.get("", {}), **self.columns.get(sheet.name, {})}


NOTHING_SETTLED = Settled()


@fault("S130", Severity.WARNING)
def unreadable_line(line: str, sentence: str, advice: str) -> tuple[str, str]:
    """A line of the small file that settles columns cannot be understood.

    Each line says what a column of the workbook means: "Rufname" = "Given names", or "Klasse" = "own". Under [Learners]
    it counts for that sheet alone, and under [sheets] a line names a sheet.

    Advice: Correct the line, or delete it; `ecvet columns` writes such lines for you.
    Basis: data (contract, section 5)
    """
    return f"{line}: {sentence}", advice


def files_for(workbook: Path) -> tuple[Path, Path]:
    """Give the file of the folder, and that of one workbook."""
    return workbook.parent / ENDING, workbook.parent / f"{workbook.stem}.{ENDING}"


def settled_for(workbook: Path) -> Settled:
    """Read what was settled for a workbook; what is wrong with a line is a problem that names file and line."""
    sheets: dict[str, str] = {}
    columns: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    where: dict[tuple[str, str], str] = {}
    for path in files_for(workbook):
        if (text := _text(path, problems)) is None:
            continue
        for table, header, meant in _lines(path, text, problems):
            (sheets if table == "sheets" else columns.setdefault(table, {}))[bare(header)] = meant
            where[table, bare(header)] = path.name
    if not (sheets or columns or problems):
        return NOTHING_SETTLED
    return Settled(sheets=sheets, columns=columns, problems=tuple(problems), where=where)


def _text(path: Path, problems: list[Problem]) -> str | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
        if len(data) <= LARGEST:
            return data.decode("utf-8-sig")
        sentence = "The file is too large."
    except (OSError, UnicodeDecodeError):
        sentence = "The file cannot be read."
    problems.append(unreadable_line(Place(file=path.name), "the whole file", sentence, "Save it anew as plain text."))
    return None


def _lines(path: Path, text: str, problems: list[Problem]) -> Iterator[tuple[str, str, str]]:
    """Give the lines that can be used: the table (“” for none), the header as typed, and what it means."""
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        line = next((f"line {word}" for said in [str(wrong).partition("line ")[2]] if (word := said.split(",")[0])), "")
        sentence = 'It is not written as “"her name" = "its meaning"”.'
        problems.append(_told(path, line or "the end of the file", sentence, "Put both names into quotation marks."))
        return
    rest = {name: value for name, value in read.items() if not isinstance(value, dict)}
    for table, entries in [("", rest), *((name, value) for name, value in read.items() if isinstance(value, dict))]:
        sheet = _table(table)
        if sheet is None:
            known = ["sheets", *(each.name for each in SHEETS)]
            advice = _meant(table, known) or f"Write one of: {', '.join(known)}."
            problems.append(_told(path, line_of(text, table), f"There is no sheet “{readable(table)}”.", advice))
            continue
        for header, meant in entries.items():
            found, advice = _checked(sheet, meant)
            if found is None:
                what = "sheet" if sheet == "sheets" else "column"
                sentence = f"“{readable(str(meant))}” is no {what} that the program knows."
                problems.append(_told(path, line_of(text, header), sentence, advice))
            else:
                yield sheet, header, found


def _told(path: Path, line: str, sentence: str, advice: str) -> Problem:
    return unreadable_line(Place(file=path.name), line, sentence, advice)


def _table(name: str) -> str | None:
    if name in ("", "sheets"):
        return name
    found = sheet_called(name)
    return found.name if found else None


def _checked(table: str, meant: object) -> tuple[str | None, str]:
    """Give what a line may mean, or None and what to do."""
    if not isinstance(meant, str):
        return None, "Put it into quotation marks."
    if bare(meant) == OWN:
        return OWN, ""
    if table == "sheets":
        names = [sheet.name for sheet in SHEETS]
        found = sheet_called(meant)
        return (found.name, "") if found else (None, _meant(meant, names) or f"Write one of: {', '.join(names)}.")
    if is_known(table, meant):
        return meant, ""
    return None, _meant(meant, known_names(table)) or "Write the name of a column as `ecvet new` makes it, or “own”."


def is_known(table: str, name: str) -> bool:
    """Say whether a name means a column of a sheet, or of any where no sheet is said; “Host address” is one too."""
    sheets = [sheet for sheet in SHEETS if table in ("", sheet.name)]
    if any(column_called(sheet, name) for sheet in sheets):
        return True
    flat: tuple[Callable[[str], object], ...] = (
        organisation_field, person_field, qualification_field, unit_field, cohort_field
    )
    return table in ("", LEARNERS.name) and any(meaning(name) for meaning in flat)


def known_names(table: str) -> list[str]:
    """List the names of the columns of a sheet, or of all."""
    every = [sheet for sheet in SHEETS if table in ("", sheet.name)]
    names = (column.name for sheet in every for column in (
        dict.fromkeys(columns_of(sheet).values()) if sheet is COHORT else sheet.columns))  # fmt: skip
    return list(dict.fromkeys(names))


def _meant(name: str, known: Iterable[str]) -> str:
    found = nearest(name[:100], known, 0.6)
    return f"Did you mean “{found}”?" if found else ""


def line_of(text: str, name: str) -> str:
    """Say in which line a name stands, for a person who looks for it."""
    wanted = bare(name)
    for number, line in enumerate(text.splitlines(), start=1):
        typed = line.strip()
        first = typed.strip("[]") if typed.startswith("[") else typed.partition("=")[0]
        if bare(first) == wanted:
            return f"line {number}"
    return "a line"


def settle(path: Path, lines: Sequence[tuple[str, str, str]]) -> None:
    """Write lines (table, header, meaning) into a small file: her own lines and remarks stay, whole or not at all.

    A line for a header that stands there already takes its place. Raises CannotContinue where nothing can be written,
    or where the file cannot be read.
    """
    kept: list[str] = []
    if path.exists():
        try:
            text = path.read_text("utf-8-sig")
            tomllib.loads(text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as wrong:
            raise CannotContinue(f"The file {path} cannot be read as it is. Correct it or delete it first.") from wrong
        kept = text.splitlines()
    else:
        kept = ["# What the columns of the workbook mean, as settled with: ecvet columns", ""]
    for table, header, meant in lines:
        kept = _with_line(kept, table, header, meant)
    hindered = write_whole(path.parent, path.name, ("\n".join(kept).rstrip("\n") + "\n").encode())
    if hindered:
        raise CannotContinue(f"The file {path} could not be written. Look whether the disk is full, or the file open.")


def _with_line(lines: list[str], table: str, header: str, meant: str) -> list[str]:
    found = [number for number, line in enumerate(lines) if _heads(line) == bare(table)]
    if not found:
        return [*lines, *([""] if lines and lines[-1].strip() else []), f"[{_key(table)}]", _line(header, meant)]
    at, end = found[0] + 1, len(lines)
    for number in range(at, len(lines)):
        if lines[number].strip().startswith("["):
            end = number
            break
    for number in range(at, end):
        typed = lines[number].strip()
        if "=" in typed and not typed.startswith("#") and bare(typed.partition("=")[0]) == bare(header):
            remark = lines[number].partition("#")[2] if "#" not in meant + header else ""
            return [*lines[:number], _line(header, meant) + (f"  #{remark}" if remark else ""), *lines[number + 1 :]]
    while end > at and not lines[end - 1].strip():
        end -= 1
    return [*lines[:end], _line(header, meant), *lines[end:]]


def _heads(line: str) -> str:
    typed = line.strip()
    return bare(typed.partition("]")[0].strip("[]")) if typed.startswith("[") else ""


def _key(name: str) -> str:
    return name if name.isalpha() else _quoted(name)


def _line(header: str, meant: str) -> str:
    return f"{_quoted(' '.join(header.split()))} = {_quoted(meant)}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in escaped) + '"'
