"""A working folder for an officer: official forms, an example cohort, and files to double-click (floor 7)."""

from __future__ import annotations

import shutil
from pathlib import Path

from pipeline.problem import CannotContinue
from pipeline.room import kit

RUN_CMD = """@echo off
rem Makes the papers of every workbook in the folder input, or of the workbooks dropped on this file.
chcp 65001 >nul
cd /d "%~dp0"
ecvet run %*
if %errorlevel% geq 2 goto end
for /f "delims=" %%r in ('dir /b /s /o-d "output\\report.html" 2^>nul') do start "" "%%r" & goto end
:end
pause
"""

CHECK_CMD = """@echo off
rem Checks every workbook in the folder input, or those dropped on this file, and writes nothing.
chcp 65001 >nul
cd /d "%~dp0"
ecvet check %*
pause
"""


def furnish(folder: Path) -> None:
    """Make a working folder; what is there already is never replaced.

    Raises CannotContinue where the folder is not empty, or cannot be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotContinue(f"{folder} is there already and not empty. Name a new folder.")
    try:
        for part in ("templates", "input"):
            ignore = shutil.ignore_patterns(".*", "~$*", "__pycache__")
            shutil.copytree(kit(part), folder / part, ignore=ignore)
        (folder / "output").mkdir()
        for name, text in (("Make the papers.cmd", RUN_CMD), ("Check only.cmd", CHECK_CMD)):
            (folder / name).write_bytes(text.replace("\n", "\r\n").encode("utf-8"))
    except OSError as wrong:
        raise CannotContinue(f"{folder} could not be made. Look whether the disk may be written to.") from wrong
