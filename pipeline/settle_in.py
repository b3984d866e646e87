"""A working folder for an officer: official forms, an example cohort, files to read and to double-click (floor 7)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from pipeline.names import is_put_away
from pipeline.problem import CannotContinue
from pipeline.room import kit

READ_ME = """How to make the papers of a cohort

1. Try it: double-click “Make the papers” (Windows), or type: ecvet run
   The papers of the example cohort, whose people are invented, come out in the folder output.
2. Make an empty workbook: ecvet new input/Autumn.xlsx
   Take “Example cohort.xlsx” out of the folder input when you have seen enough of it.
3. Fill it: sheets Cohort, Partners, Qualifications, Units and Learners. Columns with * are needed;
   a unit also needs its outcomes (Knowledge, Skills, Competence or Learning outcomes), a learner under age a Guardian.
   Delete the grey example rows, or write over all of each, the first cell too.
4. Check it, and correct the cells it names: double-click “Check only”, or type: ecvet check
5. Make the papers: double-click “Make the papers”, or type: ecvet run
   Open report.html, then print, sign and send the papers.
   Where cells are to be corrected, a copy of your workbook lies beside the papers: “… - to correct”. Correct it there,
   and put it into the folder input: it is read in place of the old one.
6. Signed? Write the date into column Signed, or lay the scan beside the paper as “… signed.pdf”. It stays as it is.
   What changes afterwards: fill Amendment and Reason for change in the learner's row, and run again.
7. Assessment Sheets that come back from hosts: drop them into the folder input, and run again. They become results.
8. After the stay: fill sheet Results, and run again. A filled example: ecvet init "After the stay" --after

Where things lie
   input                 your workbooks, one a cohort
   templates/official    the official forms; a folder beside it with your own forms is your own set
   output                a folder for each cohort: the papers and report.html

More commands, typed in this folder
   ecvet status          which papers are made, left as you edited them, signed, or missing
   ecvet register        enters what was recognised into the learner register, for later cohorts; it asks first
   ecvet export --elm    writes what was recognised as digital credentials, a file for each learner
   ecvet watch           makes papers whenever a workbook in the folder input was saved and closed
   ecvet columns Autumn  which column of a workbook was understood as what
   ecvet explain S201    the whole story behind the code of a message
   ecvet --help          all commands
If the command ecvet is not found on Windows, type: py -m pipeline run

The folder output holds personal data of learners: keep it where only those may look who should.
A paper you edited in Word stays as it is. Nothing is deleted, and nothing is sent anywhere.
"""
"""For whoever opens the folder without the pages of the project at hand; written with the line ends of Windows."""

_HEAD = """@echo off
rem {what}
rem Double-click it for all workbooks in the folder input, or drop workbooks on it.
setlocal
chcp 65001 >nul
pushd "%~dp0"
set "ecvet=ecvet"
where ecvet >nul 2>nul || set "ecvet=py -m pipeline"
"""
"""The working folder is entered by pushd, which takes network folders too; the launcher py finds the program where the
command ecvet is not found."""

RUN_CMD = _HEAD.format(what="Makes the papers and opens the report.") + """%ecvet% run %*
if errorlevel 2 goto end
for /f "delims=" %%r in ('dir /b /ad /o-d output 2^>nul') do if exist "output\\%%r\\report.html" (
  start "" "output\\%%r\\report.html"
  goto end
)
:end
popd
pause
"""

CHECK_CMD = _HEAD.format(what="Checks workbooks and forms, and writes nothing.") + """%ecvet% check %*
popd
pause
"""


def furnish(folder: Path, *, after: bool = False) -> None:
    """Make a working folder: official forms, the example cohort, and nothing of what else lies in a checkout.

    With `after` it is the same cohort after the stay, with what came of it in sheet Results.

    Raises CannotContinue where the folder is there and not empty, or cannot be written to.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CannotContinue(f"{folder} is there already and not empty. Name a new folder.")
        for part in ("input", "templates", "output"):
            (folder / part).mkdir(mode=0o700 if part == "output" else 0o777, parents=True, exist_ok=True)
        for original, place in _kit(after=after):
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(original, folder / place)
        for name, text in (("Make the papers.cmd", RUN_CMD), ("Check only.cmd", CHECK_CMD)):
            (folder / name).write_bytes(text.replace("\n", "\r\n").encode("ascii"))
        (folder / "Read me first.txt").write_bytes(READ_ME.replace("\n", "\r\n").encode("utf-8-sig"))
    except OSError as wrong:
        raise CannotContinue(f"{folder} could not be made. Look whether the disk may be written to.") from wrong


SETS = ("official", "erasmus")
"""The sets of forms that come with the program; sets of a checkout's own are not copied."""


def _kit(*, after: bool) -> Iterator[tuple[Path, Path]]:
    """List what the folder gets: the file to copy, and its place."""
    templates = kit("templates")
    for name in SETS:
        for original in sorted((templates / name).rglob("*")):
            if original.is_file() and not is_put_away(original.name):
                yield original, Path("templates") / original.relative_to(templates)
    for original in sorted(kit("after" if after else "input").glob("Example*.xlsx")):
        yield original, Path("input") / original.name
