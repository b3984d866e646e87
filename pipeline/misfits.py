"""What is told of sheets and columns that are missing, doubled, unknown, or only nearly one of ours (floor 2)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.problem import Severity, fault
from pipeline.raw import readable
from pipeline.spelling import LONGEST_HEADER, nearest


@fault("S103")
def missing_sheet(
    name: str, found: Sequence[str], unread: Sequence[str], likely: str | None = None
) -> tuple[str, str]:
    """A sheet is missing.

    Cohort, Partners, Qualifications, Units and Learners are needed; the other sheets are not. Names are understood in
    ten languages and without regard to case, spaces and accents.

    Advice: Add the sheet, or give the sheet that holds these data this name.
    Basis: data (contract, section 2)
    """
    meant = nearest(name, [each for each in unread if len(each) <= LONGEST_HEADER], 0.6) or likely
    listed = ", ".join(map(readable, found[:12])) + (" …" if len(found) > 12 else "")
    add = f"Add a sheet {name}, as `ecvet new` makes it."
    advice = f"Did you mean “{readable(meant)}”? Call it {name}." if meant else add
    return f"There is no sheet “{name}” (sheets found: {listed}).", advice


@fault("S104", Severity.NOTICE)
def unknown_sheet(name: str, meant: str | None) -> tuple[str, str]:
    """A sheet was not read, because its name is none of the contract's.

    Advice: If it belongs to the cohort, give it one of the names of the contract; else leave it.
    Basis: data (contract, section 2)
    """
    advice = f"Did you mean “{meant}”? Then call it so." if meant else "Leave it as it is if it is for your own use."
    return f"The sheet “{readable(name)}” was not read.", advice


@fault("S145", Severity.WARNING)
def nearly_a_sheet(name: str, meant: str) -> tuple[str, str]:
    """A sheet was not read, and by its name or its columns it may be one of the contract that is not there.

    Such a sheet may be left out, so nothing else tells that what it holds is missing from the papers.

    Advice: Give it the name of the contract; if it is your own, say so: ecvet columns WORKBOOK --is "its name=own".
    Basis: data (contract, section 2)
    """
    advice = f"Call it {meant} if it is that, or settle that it is your own: ecvet columns WORKBOOK --is"
    said = readable(name)
    return f"The sheet “{said}” was not read, though it looks like sheet {meant}.", f'{advice} "{said}=own".'


@fault("S137", Severity.NOTICE)
def known_by_its_columns(name: str, sheet: str) -> tuple[str, str]:
    """A sheet with a name of the officer's own was read as one of the contract's, because its columns are those.

    That is done where the workbook has no sheet of that name, and only one other sheet has the columns.

    Advice: Nothing, if it is right; else say what the sheet is: ecvet columns WORKBOOK --is "its name=own".
    Basis: data (contract, section 2)
    """
    return f"The sheet “{readable(name)}” was read as sheet {sheet}, because it has its columns.", ""


@fault("S110")
def doubled_column(name: str, first: str, second: str) -> str:
    """Two columns have one meaning, and nobody can know which one counts.

    Advice: Delete or rename one of the two columns.
    Basis: data (contract, section 2)
    """
    what = "Cells" if first[-1].isdigit() else "Columns"
    return f"{what} {first} and {second} both mean “{readable(name)}”."


@fault("S114")
def doubled_sheet(name: str, first: str, second: str) -> str:
    """Two sheets of one workbook have one meaning, and nobody can know which one counts.

    In a folder of several files a sheet may be spread over the files, a part in each; sheet Cohort stands once.

    Advice: Delete or rename one of the two sheets.
    Basis: data (contract, section 2)
    """
    return f"“{readable(first)}” and “{readable(second)}” both mean the sheet {name}; only the first was read."


@fault("S111", Severity.WARNING)
def nearly_a_column(header: str, meant: str) -> tuple[str, str]:
    """A column is named almost like one of the contract, so perhaps its values are missing from the papers.

    Advice: Correct the name of the column, or rename it if it is your own.
    Basis: data (contract, section 2)
    """
    return f"The column “{readable(header)}” is not one the program knows.", f"Did you mean “{meant}”? Then call it so."


@fault("S112")
def missing_column(name: str, sheet: str, advice: str = "") -> tuple[str, str]:
    """A column that every row needs is missing from a sheet.

    Columns of Learners may stand as a field of sheet Cohort instead, once for all learners. Where a column of another
    name may be meant, that is said, with the command that settles it.

    Advice: Add the column, as `ecvet new` makes it.
    Basis: form (official forms; contract, section 2)
    """
    return f"The sheet “{readable(sheet)}” has no column “{name}”.", advice
