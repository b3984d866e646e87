"""Nothing of one learner gets to another: everybody bears letters of her own in every field, and every file is searched.

A learner's papers, also those of after the stay, hold her letters and nobody else's; a partner's paper those of its own
learners; memoranda and catalogues nobody's; logs, what is said where the program itself is at fault, and temporary folders
nobody's. The officer's own files (report, overview, marked copy, manifest) hold everybody's: they are for her.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import string
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from pipeline.manual import fields_as_object
from pipeline.room import kit
from tests import desk
from tests.trust import stage
from tests.trust.board import Row
from tests.trust.stage import COHORT

LEARNERS, PARTNERS, CHOICES, RESULTS = "Learners", "Partners", "Unit choices", "Results"
LEFT = {
    "Learner ID", "Mobility", "Status", "Date of birth", "Sex", "Nationality", "Home", "Host", "Intermediary", "Start date", "End date",
    "Weeks", "Qualification", "Units already acquired", "Units", "Points", "Assessment date", "Validation date", "Signed", "Amendment",
    "Actual start", "Actual end", "Europass issued on", "Partner ID", "Role", "Country", "Language", "Places", "Signs memorandum",
    "Signed on", "OID", "Website", "Unit ID", "Scope", "Part", "Employer", "Workplace",
    "Learning outcome", "Result", "Assessed on", "Validated", "Validated on", "Recognised on", "Points credited",
}  # fmt: skip
"""Columns whose values are words of the program, dates, or others' names."""

OWN = "Shoe size"
"""A column of the college's own."""


def letters(number: int, kind: str = "x") -> str:
    """Give the letters of a learner (x) or a partner (y)."""
    return f"Qz{kind}{string.ascii_lowercase[number // 26]}{string.ascii_lowercase[number % 26]}"


IN_A_TEXT = re.compile(r"Qz[xy][a-z]{2}", re.IGNORECASE)


def digits(number: int, partner: bool = False) -> str:
    return f"{'48' if partner else '73'}{number:02}951"


IN_A_NUMBER = re.compile(r"(73|48)(\d\d)951")


def rows(quick: bool) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ecvet-trial-") as made:
        room, learners, stays, homes = furnished(Path(made) / "room")
        thrown_away = Path(made) / "thrown away"
        thrown_away.mkdir()
        env = stage.environment({"TMPDIR": str(thrown_away)})
        words = ("run",) if quick else ("run", "--pdf")

        def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run([sys.executable, "-m", "pipeline", *words], cwd=room.folder, env=env | more, capture_output=True, text=True, check=False)

        done = run(*words)
        wrong: list[str] = [] if done.returncode in (0, 1) else [f"the run ended with {done.returncode}: {done.stderr[-300:]}"]
        wrong += modes(room.output)
        yield Row(what="files of output/ that are not 0600, folders that are not 0700", target="0",
                  found=f"{len(wrong)} of {sum(1 for _ in room.output.rglob('*'))}", wrong=tuple(wrong))  # fmt: skip
        amended(room)
        run(*words)
        yield from papers(room.output / COHORT, learners, stays, homes)
        yield properties(room.output / COHORT)
        yield logs(room, run, thrown_away)


def furnished(folder: Path) -> tuple[Any, dict[str, str], dict[str, set[str]], dict[str, set[str]]]:
    """Make a working folder in which every learner and every partner bears letters of her own in every field.

    Gives besides each learner's letters by her ID, the letters of the partners of each learner, and of the learners of each
    partner.
    """
    room = desk.room(folder, official=False)
    for name in ("official", "erasmus"):
        shutil.copytree(desk.ROOT / "templates" / name, room.templates / "mine" / name)
    own = [f"{{{{ {one['word']} }}}}" for one in fields_as_object() if _simple(one)]
    desk.form(room.templates / "mine" / "All of her.docx", "{{ learner.name }}", *own)
    desk.form(room.templates / "mine" / "All of a place.docx", "{{ partner.name }} {{ partner.address }}", table=[
        "{%tr for learner in learners %}", "{{ learner.name }} {{ learner.email }} {{ learner.address }}", "{%tr endfor %}",
    ])  # fmt: skip
    desk.form(room.templates / "mine" / "Agreed.docx", "{% for partner in partners %}{{ partner.name }} {% endfor %} {{ mou.other_objectives }}")
    book = load_workbook(kit("after") / desk.EXAMPLE.name)
    codes: dict[str, str] = {}
    partners: dict[str, str] = {}
    _mark(book[PARTNERS], partners, "y")
    _mark(book[LEARNERS], codes, "x")
    _mark(book[CHOICES], codes, "x")
    _mark(book[RESULTS], codes, "x")
    head = {str(cell.value).removesuffix(" *"): cell.column for cell in book[LEARNERS][1]}
    stays: dict[str, set[str]] = {}
    for row in book[LEARNERS].iter_rows(min_row=2):
        key = row[0].value
        if key:
            where = {str(row[head[name] - 1].value or "OLOMOUC") for name in ("Host", "Workplace", "Employer", "Intermediary")} | {"OLOMOUC"}
            stays.setdefault(codes[key], set()).update(partners[name] for name in where if name in partners)
    homes = {its: {learner for learner, where in stays.items() if its in where} for its in partners.values()}
    for row in book["Cohort"].iter_rows(min_row=2):
        if row[0].value == "Templates":
            row[1].value = "mine"
    book.save(room.input / "spring.xlsx")
    return room, codes, stays, homes


def _simple(one: dict[str, Any]) -> bool:
    return one["word"].startswith(("learner.", "agreement.")) and one["type"] == "text" and one["word"].count(".") == 1 and "change" not in one["word"]


def _mark(sheet: Any, codes: dict[str, str], kind: str) -> None:
    """Write the letters, or digits, of whom a row is of into every free field of it, also into empty ones."""
    heads = [str(cell.value or "").removesuffix(" *") for cell in sheet[1]]
    if sheet.title == LEARNERS:
        sheet.cell(1, len(heads) + 1, OWN)
        heads.append(OWN)
    for row in sheet.iter_rows(min_row=2, max_col=len(heads)):
        key = row[0].value
        if not key:
            continue
        code = codes.setdefault(key, letters(len(codes), kind))
        number = list(codes).index(key)
        for head, cell in zip(heads, row, strict=True):
            if head in LEFT:
                continue
            low = head.lower()
            if "telephone" in low or "phone" in low:
                cell.value = f"+420 {digits(number, kind == 'y')}{cell.column:02}"
            elif "e-mail" in low:
                cell.value = f"{code}.{cell.column}@example.org".lower()
            elif "name" in low:
                cell.value = f"{code} {'Ann' if 'iven' in head else 'House'}" if head != "Family name" else code
            elif head in ("Enclosures progress", "Enclosures programme", "Enclosures assessment", "Europass number", "Mobility ID"):
                cell.value = code
            else:
                cell.value = f"{head} of {code}"


def amended(room: Any) -> None:
    """Sign the agreement of one learner, change what was agreed, and ask for an amendment."""
    path = room.input / "spring.xlsx"
    book = load_workbook(path)
    heads = {str(cell.value).removesuffix(" *"): cell.column for cell in book[LEARNERS][1]}
    row = next(row[0].row for row in book[LEARNERS].iter_rows(min_row=2) if row[0].value == "L02")
    code = str(book[LEARNERS].cell(row, heads["Family name"]).value)
    for head, value in {"Signed": "2027-02-01", "Amendment": "1", "Reason for change": f"The mentor of {code} is ill.", "Mentor": f"Another of {code}"}.items():
        book[LEARNERS].cell(row, heads[head]).value = value
    book.save(path)


def borne(path: Path) -> set[str]:
    """Find whose letters or digits a file bears: in its name, in every part of it, in its text without marks."""
    texts = [path.name]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            for part in package.namelist():
                data = package.read(part)
                texts += [part, data.decode("utf-8", "ignore"), data.decode("utf-16-le", "ignore")]
                if part.endswith((".xml", ".rels")):
                    texts.append(re.sub(r"<[^>]*>", "", data.decode("utf-8", "ignore")))
    elif path.suffix == ".pdf":
        texts.append(subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False).stdout.decode("utf-8", "ignore"))
        texts.append(subprocess.run(["pdfinfo", str(path)], capture_output=True, check=False).stdout.decode("utf-8", "ignore"))
    else:
        texts.append(path.read_bytes().decode("utf-8", "ignore"))
    return said_in("\n".join(texts))


def said_in(text: str) -> set[str]:
    """Find whose letters or digits a text bears."""
    found = {f"Qz{hit[2:].lower()}" for hit in IN_A_TEXT.findall(text)}
    return found | {letters(int(number), "x" if kind == "73" else "y") for kind, number in IN_A_NUMBER.findall(re.sub(r"(?<=\d)[ \u00a0](?=\d)", "", text))}


def papers(folder: Path, learners: dict[str, str], stays: dict[str, set[str]], homes: dict[str, set[str]]) -> Iterator[Row]:
    """Look into every file of the cohort's folder."""
    wrong: list[str] = []
    seen = {"a learner": 0, "a place": 0, "memoranda and the like": 0, "the officer": 0}
    amendments = 0
    everybody = set(learners.values())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        found = borne(path)
        people = {each for each in found if each[2] == "x"}
        if path.suffix not in (".docx", ".pdf"):
            seen["the officer"] += 1
            continue
        if (hers := re.search(r"\((L\d\d)(-\d)?\)", path.name)) is not None:
            mine = learners[hers[1]]
            seen["a learner"] += 1
            amendments += "mendment" in path.name
            if people != {mine}:
                wrong.append(f"{name}: bears {sorted(people)}, and is {mine}'s")
            if strange := found - people - stays[mine]:
                wrong.append(f"{name}: bears places that are not hers: {sorted(strange)}")
        elif any(kind in path.name for kind in ("Memorandum", "Agreed", "Catalogue")):
            seen["memoranda and the like"] += 1
            if people:
                wrong.append(f"{name}: bears {sorted(people)}")
        else:
            seen["a place"] += 1
            place = next((each for each in said_in(path.name) if each[2] == "y"), "")
            if not place or not people <= homes[place] or not people:
                wrong.append(f"{name}: bears {sorted(people - homes.get(place, set()))}, who are not its own")
    if not seen["a learner"] or not seen["a place"] or not seen["memoranda and the like"] or not amendments:
        wrong.append(f"not every kind of paper came out: {seen}, {amendments} amendments")
    number = len(everybody) * (len(everybody) - 1)
    counts = ", ".join(f"{count} for {whose}" for whose, count in seen.items())
    yield Row(what="learners' letters in papers of others (all parts, properties, names, PDFs)", target=f"0 of {number} pairs",
              found=f"{len(wrong)} in {sum(seen.values())} files ({counts}; {amendments} amendments)", wrong=tuple(wrong))  # fmt: skip


def properties(folder: Path) -> Row:
    """Look for people and days in the properties of papers and of the officer's workbooks."""
    wrong = []
    looked = 0
    for path in sorted([*folder.rglob("*.docx"), *folder.rglob("Overview*.xlsx")]):
        looked += 1
        with zipfile.ZipFile(path) as package:
            parts = {name: package.read(name).decode("utf-8", "ignore") for name in package.namelist() if name.startswith("docProps/")}
            days = {info.date_time for info in package.infolist()}
        core = "".join(text for name, text in parts.items() if "core" in name)
        for tag in ("creator", "lastModifiedBy"):
            who = re.search(rf"<[^>]*:?{tag}[^>]*>([^<]+)<", core)
            if who and who[1] not in ("ecvet-pipeline", ""):
                wrong.append(f"{path.name}: {tag} is “{who[1]}”")
        wrong += [f"{path.name}: bears “{who}”" for who in re.findall(r"<(?:Manager|Company)>([^<]+)<", "".join(parts.values()))]
        if len(days) != 1:
            wrong.append(f"{path.name}: its parts bear {len(days)} days")
    return Row(what="names of the forms' authors, or days of making, in document properties", target="0", found=f"{len(wrong)} in {looked} files",
               wrong=tuple(wrong))  # fmt: skip


FAULTY = """
import pipeline.checks
def run(cohort, *_):
    learner = cohort.learners[0]
    raise ValueError(f"could not convert {learner.family_name!r} {learner!r}")
pipeline.checks.run = run
"""


def logs(room: Any, run: Callable[..., subprocess.CompletedProcess[str]], thrown_away: Path) -> Row:
    """Look into what is kept for others to read: the watch's log, a fault's log, what is said of it, temporary folders."""
    wrong = []
    shutil.copy(room.input / "spring.xlsx", room.input / f"{letters(0)} Ann.xlsx")  # two with one Cohort ID, one named for a person
    (room.input / f"{letters(1)}.xlsx").write_bytes(b"no workbook")
    log = room.folder / "watch.log"
    watched = run("watch", "--once", "--every", "0.1", "--log", str(log))
    (room.folder / "first").mkdir()
    (room.folder / "first" / "sitecustomize.py").write_text(FAULTY)
    path = os.pathsep.join((str(room.folder / "first"), str(desk.ROOT)))
    book = load_workbook(room.input / "spring.xlsx")
    book["Cohort"].cell(2, 2).value = "OTHER"
    book.save(room.input / "spring.xlsx")
    faulty = run("run", "spring", PYTHONPATH=path)
    faulty_watch = run("watch", "--once", "--every", "0.1", "--log", str(log), PYTHONPATH=path)
    faults = sorted(thrown_away.glob("ecvet-fault-*.log"))
    kept = {"the watch's log": log.read_text(), "what the watch says": watched.stdout + watched.stderr + faulty_watch.stdout + faulty_watch.stderr,
            "what is said of a fault": faulty.stdout + faulty.stderr, **{f"the log {path.name}": path.read_text() for path in faults}}  # fmt: skip
    wrong += [f"{what}: bears {sorted(said_in(text))}" for what, text in kept.items() if said_in(text)]
    if faulty.returncode != 70 or not faults or "mistake" not in faulty_watch.stdout:
        wrong.append(f"the fault was not met: {faulty.returncode}, {faults}, {faulty_watch.stdout[-200:]}")
    wrong += [f"{path.name}: its mode is {stat.S_IMODE(path.stat().st_mode):o}" for path in (*faults, log) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    wrong += [f"left in the temporary folder: {path.name}" for path in thrown_away.iterdir() if path not in faults]
    return Row(what="learners in logs, in what is said of faults, or left in temporary folders", target="0",
               found=f"{len(wrong)} in {len(kept)} places", wrong=tuple(wrong))  # fmt: skip


def modes(output: Path) -> list[str]:
    """Name what others may read, in output/ made by a run."""
    wrong = []
    for path in (output, *output.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode != (0o700 if path.is_dir() else 0o600):
            wrong.append(f"{path.name}: {mode:o}")
    return wrong
