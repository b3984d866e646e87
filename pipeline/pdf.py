"""PDFs beside the papers, made by LibreOffice where it is installed (floor 7).

A PDF of ours bears a line in which stand the checksum of the paper it shows and its own (a remark in the language of
PDF, before its last line but two, where every reader passes over it). So nothing needs to be remembered elsewhere: a
PDF with such a line that tells the truth is ours, and still right as long as its paper is the same. Whatever else is
called so, a signed scan or a PDF that was commented, is somebody's own, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import disk
from pipeline.desks import desk
from pipeline.jobs import Outcome, Status
from pipeline.libreoffice import convert, find_libreoffice
from pipeline.notices import paper_not_written
from pipeline.problem import Place, Problem, Severity, fault
from pipeline.sentences import counted

TOGETHER = 200
"""Papers that go to LibreOffice at once: starting it takes longer than a paper does, and a crash loses what it had."""

MOST_FAILURES = 3
"""Times in a row LibreOffice may end without a single PDF; then it is not asked again."""

_SHOWN = (Status.WRITTEN, Status.UNCHANGED, Status.KEPT)


@fault("T420")
def no_libreoffice(papers: int) -> tuple[str, str]:
    """PDFs were asked for, and LibreOffice, which makes them, is not on this computer.

    The papers themselves, as Word files, are made all the same.

    Advice: Install LibreOffice (free, from www.libreoffice.org), and run again.
    Basis: data (contract, section 5)
    """
    lack = "has" if papers == 1 else "have"
    return (
        f"LibreOffice is not on this computer, so {counted(papers, 'paper')} {lack} no PDF.",
        "Install LibreOffice (free, from www.libreoffice.org) and run again, or save them as PDF in Word.",
    )


_WHY = {
    "refused": "LibreOffice cannot open it.",
    "failed": "LibreOffice broke off at it.",
    "slow": "LibreOffice took too long.",
    "unread": "it could not be read.",
    "hindered": "the one that lies there cannot be read just now.",
}


@fault("T421")
def no_pdf(paper: str, why: str) -> tuple[str, str]:
    """A paper was made, and LibreOffice could not make a PDF of it.

    Advice: Open the paper in Word and save it as PDF there, or run again.
    Basis: data (contract, section 5)
    """
    return f"“{paper}” has no PDF: {_WHY[why]}", "Open it in Word and save it as PDF there, or run again."


@fault("T422", Severity.WARNING)
def somebodys_pdf(file: str) -> tuple[str, str]:
    """A PDF lies beside a paper under the name that ours would have, and it is not as we made it.

    Somebody made, scanned, commented or signed it; so it is left as it is, also where it shows an older paper.

    Advice: Keep it under another name (“… signed.pdf”, say), or delete it, and run again.
    Basis: data (contract, section 4)
    """
    return (
        f"“{file}” was made or changed by somebody else, so it was left as it is.",
        "If it shows an older paper, rename or delete it, and run again.",
    )


@fault("T423", Severity.WARNING)
def older_pdf(file: str) -> str:
    """A paper was made anew, and the PDF beside it still shows the one before.

    Advice: Run with --pdf to have it made anew, or delete it so that nobody sends it.
    Basis: data (contract, section 5)
    """
    return f"“{file}” shows the paper as it was before."


@dataclass(slots=True)
class _Sheet:
    """A paper that wants a PDF; `tried` counts how often LibreOffice broke off at it."""

    paper: str
    checksum: str = ""
    tried: int = 0

    @property
    def pdf(self) -> str:
        return f"{self.paper.removesuffix('.docx')}.pdf"


@dataclass(slots=True)
class _Press:
    """What happens to the papers of one folder. Kept: what was found wrong, and how often nothing came out."""

    folder: Path
    office: str
    ready: Callable[[int], object]
    problems: list[Problem] = field(default_factory=list)
    failures: int = 0

    def fail(self, sheet: _Sheet, why: str) -> None:
        self.problems.append(no_pdf(Place(file=sheet.paper), sheet.paper, why))

    def show(self, sheets: Sequence[_Sheet]) -> list[_Sheet]:
        """Show papers by one LibreOffice; gives those to try again, the one it broke off at last."""
        with desk("pdf") as here:
            laid = [(f"{number}.docx", sheet) for number, sheet in enumerate(sheets)]
            laid = [(name, sheet) for name, sheet in laid if self._laid(sheet, here / name)]
            hindered = convert(self.office, "pdf", [name for name, _ in laid], here, ready=self.ready) if laid else ""
            missing = [sheet for name, sheet in laid if not self._taken_over(sheet, (here / name).with_suffix(".pdf"))]
        self.failures = self.failures + 1 if hindered and len(missing) == len(laid) else 0
        if not missing or not hindered:
            for sheet in missing:
                self.fail(sheet, "refused")
            return []
        suspect, *rest = missing
        suspect.tried += 1
        if self.failures >= MOST_FAILURES or suspect.tried > 1:
            self.fail(suspect, hindered)
            return rest
        return [*rest, suspect]

    def _laid(self, sheet: _Sheet, copy: Path) -> bool:
        """Lay a copy of a paper on LibreOffice's desk, under a short name."""
        try:
            data = (self.folder / sheet.paper).read_bytes()
            copy.write_bytes(data)
        except OSError:
            self.fail(sheet, "unread")
            return False
        sheet.checksum = disk.checksum(data)
        if not data.startswith(b"PK"):  # LibreOffice shows whatever is no Word file as the letters it consists of
            self.fail(sheet, "refused")
            return False
        return True

    def _taken_over(self, sheet: _Sheet, shown: Path) -> bool:
        """Put the PDF beside its paper; says whether there was a whole one."""
        data = b""
        with suppress(OSError):
            data = sealed(shown.read_bytes(), sheet.checksum)
        if not data.startswith(b"%PDF-") or shown_by(data) is None:  # it broke off before the end
            return False
        try:
            shows = _standing(self.folder, sheet)
        except OSError:
            self.fail(sheet, "hindered")
            return True
        if shows is None:  # somebody put one there meanwhile
            self.problems.append(somebodys_pdf(Place(file=sheet.pdf), sheet.pdf))
        elif hindered := disk.write_whole(self.folder, sheet.pdf, data):
            self.problems.append(paper_not_written(Place(file=sheet.pdf), sheet.pdf, hindered))
        return True


def make_pdfs(folder: Path, papers: Iterable[str], ready: Callable[[int], object] = lambda _: None) -> list[Problem]:
    """Put a PDF beside each of these papers (files of a cohort's folder) that has none of ours, or an older one.

    `ready` is told now and then how many more are made. Tells which papers have no PDF, and why. A PDF that somebody
    else made or changed is left as it is.
    """
    problems: list[Problem] = []
    due: list[_Sheet] = []
    for sheet in map(_Sheet, papers):
        try:
            shows = _standing(folder, sheet)
        except OSError:
            problems.append(no_pdf(Place(file=sheet.paper), sheet.paper, "hindered"))
            continue
        if shows is None:
            problems.append(somebodys_pdf(Place(file=sheet.pdf), sheet.pdf))
        elif not shows or shows != _checksum(folder / sheet.paper):
            due.append(sheet)
    if not due:
        return problems
    office = find_libreoffice()
    if office is None:
        return [*problems, no_libreoffice(Place(), len(due))]
    press = _Press(folder, office, ready, problems)
    while due:
        if press.failures >= MOST_FAILURES:
            for sheet in due:
                press.fail(sheet, "failed")
            break
        due = [*due[TOGETHER:], *press.show(due[:TOGETHER])]
    return problems


def older_pdfs(folder: Path, papers: Iterable[str]) -> list[Problem]:
    """Tell the PDFs of ours that show older papers than those that lie beside them now."""
    found = []
    for sheet in map(_Sheet, papers):
        shows = _standing(folder, sheet)
        if shows and shows != _checksum(folder / sheet.paper):
            found.append(older_pdf(Place(file=sheet.pdf), sheet.pdf))
    return found


def papers_to_show(outcomes: Iterable[Outcome]) -> list[str]:
    """List the papers of a run that PDFs are made of: those that are there and not signed, with her changes in them."""
    return [outcome.job.target for outcome in outcomes if outcome.status in _SHOWN]


# -- the line in a PDF of ours -----------------------------------------------------------------------------------------

_LINE = re.compile(rb"%ecvet-pipeline ([0-9a-f]{64}) ([0-9a-f]{64})\n(?=startxref\s+\d+\s+%%EOF\s*\Z)")
_TAIL = 1024
"""Bytes at the end in which the line stands."""


def sealed(data: bytes, paper: str) -> bytes:
    """Write into a PDF of which paper it was made (a checksum), and its own checksum; the pages stay the same."""
    at = data.rfind(b"startxref")
    return b"%b%%ecvet-pipeline %b %b\n%b" % (data[:at], paper.encode(), disk.checksum(data).encode(), data[at:])


def shown_by(data: bytes) -> str | None:
    """Read from a PDF of ours the checksum of the paper it shows; None where it is not ours, or not as we made it."""
    line = _LINE.search(data, max(0, len(data) - _TAIL))
    if line is None or disk.checksum(data[: line.start()] + data[line.end() :]) != line[2].decode():
        return None
    return line[1].decode()


def _standing(folder: Path, sheet: _Sheet) -> str | None:
    """Say what the PDF beside a paper shows: a checksum, empty where there is none, None where it is not ours.

    Raises OSError where it cannot be read just now.
    """
    try:
        return shown_by((folder / sheet.pdf).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except IsADirectoryError:
        return None


def _checksum(path: Path) -> str | None:
    try:
        return disk.checksum_of(path)
    except OSError:
        return None
