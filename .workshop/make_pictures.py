"""Make the pictures of README from the example cohort: python .workshop/make_pictures.py [FOLDER].

The example is run twice in a folder that is thrown away: once as it is, and once with two cells spoiled, so that the
report has something to tell. Papers and workbook go through LibreOffice and pdftoppm, the report through headless
Chromium. A picture whose program is missing is left as it is, with a word. Default folder: .workshop/pictures.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

HERE = Path(__file__).resolve().parent
PICTURES = HERE / "pictures"
LARGEST = 150_000
"""Bytes a picture may have."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars")  # fmt: skip
ONLY_STAYS = "<style>body > :not(main), main > :not(#stays) { display: none !important }</style></head>"


def ecvet(folder: Path, *words: str) -> str:
    """Run the program of this checkout in a folder, and give what it says."""
    surroundings = {**os.environ, "PYTHONPATH": str(HERE.parent), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from pipeline.cli import main; main()", *words]
    said = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, encoding="utf-8",
                          check=False)  # fmt: skip
    if said.returncode > 1:
        raise SystemExit(f"ecvet {' '.join(words)}: {said.stderr}")
    return said.stdout


def working_folder(scratch: Path, *words: str, spoiled: bool = False) -> Path:
    """Make a fresh working folder with the example cohort in it: as it is, after the stay (--after), or spoiled."""
    ecvet(scratch, "init", "Papers", *words)
    folder = scratch / "Papers"
    if spoiled:
        spoil(folder / "input" / "Example cohort.xlsx")
    return folder


def spoil(workbook: Path) -> None:
    """Type a date that does not exist, and leave out every guardian."""
    book = load_workbook(workbook)
    sheet = book["Learners"]
    columns = {str(cell.value).strip(" *"): cell.column for cell in sheet[1] if cell.value}
    sheet.cell(3, columns["Date of birth"]).value = "31.02.2006"
    for row in range(2, sheet.max_row + 1):
        for name in ("Guardian", "Guardian address", "Guardian telephone", "Guardian e-mail"):
            sheet.cell(row, columns[name]).value = None
    book.save(workbook)


def as_pdf(file: Path, scratch: Path) -> Path | None:
    """Print a paper or a workbook; None where LibreOffice or poppler is missing."""
    office = shutil.which("soffice")
    if not office or not shutil.which("pdftoppm"):
        print(f"“{file.name}” is not photographed: LibreOffice or pdftoppm is not installed")
        return None
    profile = f"-env:UserInstallation={(scratch / 'office').as_uri()}"
    subprocess.run([office, profile, "--headless", "--convert-to", "pdf", "--outdir", scratch, file],
                   check=True, capture_output=True, timeout=180)  # fmt: skip
    return scratch / f"{file.stem}.pdf"


def page(pdf: Path | None, number: int, target: Path, width: int, cut: tuple[int, int, int, int] | None = None) -> None:
    """Photograph a page in this width, or a cut of it: left, top, width and height."""
    if pdf is None:
        return
    crop = [part for name, value in zip("xyWH", cut or (), strict=False) for part in (f"-{name}", str(value))]
    shot = pdf.with_name(target.stem)
    subprocess.run(["pdftoppm", "-f", str(number), "-l", str(number), "-singlefile", "-scale-to-x", str(width),
                    "-scale-to-y", "-1", *crop, pdf, shot], check=True)  # fmt: skip
    keep(as_png(shot.with_suffix(".ppm").read_bytes()), target)


def page_with(pdf: Path | None, words: str) -> int:
    """Find the first page that holds some words."""
    if pdf is None:
        return 0
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
    return next(number for number, each in enumerate(text.split("\f"), 1) if words in each)


def as_png(ppm: bytes) -> bytes:
    """Turn a picture of pdftoppm into a small PNG of at most 256 colours, in the finest steps that give so few."""
    _, size, _, pixels = ppm.split(b"\n", 3)
    width, height = map(int, size.split())
    for step in (5, 15, 17, 51, 85):
        coarse = pixels.translate(bytes((value + step // 2) // step * step for value in range(256)))
        colours = [coarse[at : at + 3] for at in range(0, len(coarse), 3)]
        numbers = {colour: number for number, colour in enumerate(dict.fromkeys(colours))}
        if len(numbers) <= 256:
            break
    indices = bytes(map(numbers.__getitem__, colours))
    rows = b"".join(b"\0" + indices[at : at + width] for at in range(0, len(indices), width))
    header = struct.pack(">2I5B", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(numbers)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def screen(html: str, target: Path, scratch: Path, width: int, height: int) -> None:
    """Photograph a page of HTML."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not browser:
        print(f"{target.name} is left as it is: Chromium is not installed")
        return
    shown, shot = scratch / f"{target.stem}.html", scratch / target.name
    shown.write_text(html, encoding="utf-8")
    subprocess.run([browser, *QUIET, f"--user-data-dir={scratch / 'browser'}", f"--window-size={width},{height}",
                    "--host-resolver-rules=MAP * ~NOTFOUND", f"--screenshot={shot}", shown.as_uri()],
                   check=True, capture_output=True, timeout=180)  # fmt: skip
    keep(shot.read_bytes(), target)


def keep(picture: bytes, target: Path) -> None:
    """Take a picture over if it is small enough for a page of text."""
    if len(picture) > LARGEST:
        raise SystemExit(f"{target.name} has {len(picture)} bytes; {LARGEST} is the most")
    target.write_bytes(picture)
    print(f"{target.name}: {len(picture)} bytes")


def photograph_papers(folder: Path, forms: dict[str, str], scratch: Path, pictures: Path) -> dict[str, Any]:
    """Run a folder, and photograph the first page of the first paper of each of these forms; give what was made."""
    made: dict[str, Any] = json.loads(ecvet(folder, "run", "--json"))["cohorts"][0]
    for form, picture in forms.items():
        file = next(each["file"] for each in made["papers"] if f"/{form} - " in each["file"])
        page(as_pdf(folder / "output" / made["id"] / file, scratch), 1, pictures / picture, 760)
    return made


def main(pictures: Path = PICTURES) -> None:
    """Run the example and photograph what comes out."""
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        os.environ["HOME"] = name  # neither program writes into the home of whoever runs this
        folder = working_folder(scratch, "--after")
        photograph_papers(folder, {"Personal Transcript": "transcript.png", "Unit Certificate": "certificate.png"}, scratch, pictures)
        folder.rename(scratch / "Papers after the stay")
        folder = working_folder(scratch)
        forms = {"Learning Agreement": "agreement.png", "Memorandum of Understanding": "memorandum.png"}
        made = photograph_papers(folder, forms, scratch, pictures)
        output = folder / "output" / made["id"]
        workbook = as_pdf(folder / "input" / made["workbook"], scratch)
        page(workbook, page_with(workbook, "Learner ID"), pictures / "workbook.png", 1560, (45, 60, 1000, 330))
        stays = (output / "report.html").read_text("utf-8").replace("</head>", ONLY_STAYS)
        screen(stays, pictures / "stays.png", scratch, 1000, 575)
        folder.rename(scratch / "Papers as they are")
        spoiled = working_folder(scratch, spoiled=True)
        ecvet(spoiled, "run")
        report = spoiled / "output" / made["id"] / "report.html"
        screen(report.read_text("utf-8"), pictures / "report.png", scratch, 1000, 980)


if __name__ == "__main__":
    main(*(Path(given) for given in sys.argv[1:2]))
