"""A form filled with the example cohort, whose people are invented: how its papers will look (floor 8)."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.addressees import addressees
from pipeline.changes import Difference
from pipeline.contexts import Contexts, Scope
from pipeline.desks import desk
from pipeline.differing import as_changes
from pipeline.form import Form
from pipeline.guard import FORM_LIMITS, Refused, open_package, read_part
from pipeline.libreoffice import FIRST_WAIT, convert, find_libreoffice
from pipeline.model import Cohort
from pipeline.outbox import write_or_stop
from pipeline.plan import plan
from pipeline.problem import CannotContinue, Place, Problem
from pipeline.room import kit
from pipeline.word.names import CORE_TYPE
from pipeline.word.parts import kinds_of, parsed
from pipeline.word.properties import is_paper
from pipeline.workbook import read_cohort

EXAMPLE = "Example cohort.xlsx"
PREVIEW = " - preview"
"""What the names of the files of a preview end with."""

_RESOLUTION = "96"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A preview: whom it was made for, its files (the Word file first), and what hindered it.

    `empty` counts the blanks that the example leaves empty. With problems there is no preview. `sentence` says what is
    missing of the preview, and why.
    """

    subject: str = ""
    files: tuple[Path, ...] = ()
    empty: int = 0
    sentence: str = ""
    problems: tuple[Problem, ...] = ()


def preview(form: Form, folder: Path) -> Preview:
    """Print a form for the first of the example cohort it is made for, and show the paper as PDF and pictures.

    Only an earlier preview is written over. Raises CannotContinue where another file lies in its place, or nothing can
    be written there.
    """
    name = f"{form.name}{f'.{form.language}' if form.language else ''}{PREVIEW}"
    ours = _is_ours(folder, name)
    data, subject, empty, problems = _printed(form)
    if problems:
        return Preview(problems=problems)
    pages, sentence = _pages(data)
    files = {f"{name}.docx": data, **{f"{name}{end}": page for end, page in pages.items()}}
    for file in _pictures(folder, name) if ours else ():
        if file.name not in files:
            with suppress(OSError):
                file.unlink()
    for file_name, content in files.items():
        write_or_stop(folder / file_name, content)
    made = tuple(folder / file_name for file_name in files)
    return Preview(subject=subject, files=made, empty=empty, sentence=sentence)


def _printed(form: Form) -> tuple[bytes, str, int, tuple[Problem, ...]]:
    """Print the first paper of the example cohort, as it is after the stay where the form asks what came of it.

    Empty words hold nothing here.
    """
    path = kit("after" if form.asks_results else "input") / EXAMPLE
    cohort = read_cohort(path).cohort if path.is_file() else None
    if cohort is None:
        raise CannotContinue(f"The example cohort is missing from the program: {path}. Install the program anew.")
    first = _first(cohort, form)
    if first is None:
        why = f"The example cohort has nobody for “{form.file}”, which is made {form.made}."
        raise CannotContinue(f"{why} Look at it with a workbook of your own: ecvet run")
    scope, language, subject = first
    values = Contexts(cohort).values(scope, form.language or language, cohort.date or dt.date.today())
    if form.tells_changes:
        values["agreement"] |= dict(zip(("changes", "changed"), as_changes([_CHANGE]), strict=True))
    printed = form.print(values, form.language or language)
    return printed.data, subject, len(printed.empty), printed.problems


_CHANGE = Difference(
    word="agreement.mentor", meaning="Mentor", before="Camille Moreau", now="Noor Peeters", place=Place()
)
_REASON = "Camille Moreau is on leave in April."
"""What a form for amendments is filled with: nothing of the example is signed yet."""


def _first(cohort: Cohort, form: Form) -> tuple[Scope, str, str] | None:
    """Find the first paper of the example: what it may see, its language, and whom it is for."""
    if form.tells_changes and cohort.travelling:
        first = cohort.travelling[0]
        amended = replace(first, agreement=replace(first.agreement, amendment="1", reason_for_change=_REASON))
        one = next(addressees(replace(cohort, learners=(amended,)), form.frequency))
        return one.scope, "en", one.subject
    return next(((order.scope, order.language, order.job.subject) for order in plan(cohort, [form], ())), None)


# -- never over a file of the officer's --------------------------------------------------------------------------------


def _is_ours(folder: Path, name: str) -> bool:
    """Say whether an earlier preview lies there; raises CannotContinue where a file that is none does."""
    paper = folder / f"{name}.docx"
    if paper.exists():
        if _is_a_paper(paper):
            return True
        told = f"“{paper}” is there already, and is no preview of this program."
        raise CannotContinue(f"{told} Rename it, or name another folder: --into FOLDER")
    for file in _pictures(folder, name):
        raise CannotContinue(f"“{file}” is there already. Rename it, or name another folder: --into FOLDER")
    return False


def _is_a_paper(path: Path) -> bool:
    """Say whether a file bears the mark of what this program prints."""
    with suppress(Refused, OSError), open_package(path, FORM_LIMITS, kind="form") as package:
        core = (part for part, kind in kinds_of(package).items() if kind == CORE_TYPE)
        return any(is_paper(parsed(read_part(package, part), part)) for part in core)
    return False


def _pictures(folder: Path, name: str) -> list[Path]:
    """Find the PDF and the pages that belong to a preview."""
    belongs = re.compile(rf"{re.escape(name)}(\.pdf| page \d+\.png)")
    return sorted(path for path in folder.iterdir() if belongs.fullmatch(path.name)) if folder.is_dir() else []


# -- PDF and pictures --------------------------------------------------------------------------------------------------


def _pages(data: bytes) -> tuple[dict[str, bytes], str]:
    """Give a paper as PDF and as pictures of its pages, by the ends of their names, and a sentence on what is missing.

    LibreOffice works in a folder of its own (see `libreoffice`).
    """
    office = find_libreoffice()
    if not office:
        return {}, "LibreOffice is not on this computer, so only the Word file was made."
    with desk("preview") as folder:
        if not _laid(folder / "preview.docx", data) or not _converted(office, "pdf", folder):
            return {}, "LibreOffice could not show the paper, so only the Word file was made."
        found = {".pdf": (folder / "preview.pdf").read_bytes()}
        drawer = shutil.which("pdftoppm")
        if drawer and _done([drawer, "-png", "-r", _RESOLUTION, "preview.pdf", "page"], folder):
            pages = sorted(folder.glob("page-*.png"), key=lambda page: int(page.stem.partition("-")[2]))
        else:
            pages = [folder / "preview.png"] if _converted(office, "png", folder) else []
        found |= {f" page {number}.png": page.read_bytes() for number, page in enumerate(pages, start=1)}
    return found, "" if pages else "No pictures of its pages could be made."


def _laid(copy: Path, data: bytes) -> bool:
    with suppress(OSError):
        copy.write_bytes(data)
        return True
    return False


def _converted(office: str, kind: str, folder: Path) -> bool:
    return not convert(office, kind, ["preview.docx"], folder) and (folder / f"preview.{kind}").is_file()


def _done(command: list[str], folder: Path) -> bool:
    """Let another program do its work in a folder; says whether it did."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=FIRST_WAIT)  # noqa: S603 - a fixed program with fixed words
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
