"""What looks as if it should not count and is read all the same: what is hidden or struck through (floor 3)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.lettering import column_letter
from pipeline.problem import Place, Problem, Severity, fault, quoted
from pipeline.raw import readable
from pipeline.tables import Table


@fault("S105", Severity.NOTICE)
def hidden(what: str) -> str:
    """Hidden rows, columns or sheets were read like all others.

    A filter hides rows without deleting them, so hidden learners get papers too.

    Advice: Delete the hidden rows if they do not belong to the cohort, or set their Status to withdrawn.
    Basis: data (contract, section 2)
    """
    return f"{what}, and read like all others."


@fault("S119", Severity.WARNING)
def struck_through(rows: str) -> str:
    """Rows that are struck through were read like all others.

    Many offices strike out who has withdrawn, but the program does not take that for an answer.

    Advice: Set Status to withdrawn, or delete the rows; else take the line off.
    Basis: data (contract, section 2)
    """
    return f"{rows}, and read like all others."


@fault("S138", Severity.NOTICE)
def letters_found_out(words: Sequence[str]) -> str:
    """A .csv file does not say in which letters it is written, and was read as Western Windows letters.

    That is done only where all Latin code pages of Windows agree on every letter of it, as on ä, ö, ü, ß and é.

    Advice: Look whether these words are right; else save the file as “CSV UTF-8” or as .xlsx.
    Basis: data (contract, section 2)
    """
    return f"The file does not say in which letters it is written; it was read so: {quoted(map(readable, words))}."


def appearance(table: Table, idle: Collection[Place]) -> Iterator[Problem]:
    """Tell what looks as if it should not count: hidden sheets and columns, rows hidden, filtered or struck through.

    `idle` are the rows of learners who get no papers: there nothing has to be told. The rows have been read before.
    """
    place = Place(file=table.file, sheet=table.name)
    if table.hidden:
        yield hidden(place, f"The sheet “{readable(table.name)}” is hidden")
    if table.letters:
        yield letters_found_out(Place(file=table.file), table.letters)
    if table.veiled:
        letters = ", ".join(map(column_letter, table.veiled[:8])) + (" …" if len(table.veiled) > 8 else "")
        many = f"{len(table.veiled)} columns are" if len(table.veiled) > 1 else "1 column is"
        yield hidden(place, f"{many} hidden ({letters})")
    looks = (
        (table.filtered_rows, hidden, "hidden by a filter"), (table.hidden_rows, hidden, "hidden"),
        (table.struck_rows, struck_through, "struck through"),
    )  # fmt: skip
    for rows, tell, what in looks:
        told = [row for row in rows if Place(file=table.file, sheet=table.name, row=row) not in idle]
        if told:
            yield tell(place, _counted(told, what))


def _counted(rows: Sequence[int], what: str) -> str:
    shown = ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")
    return f"{len(rows)} row{'s are' if len(rows) > 1 else ' is'} {what} ({shown})"
