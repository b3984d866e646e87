"""PDFs beside the papers: made once by one LibreOffice, never over somebody's own, and told where they are missing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import desk
import pytest

from pipeline import cli, libreoffice, pdf
from pipeline.made import Wishes
from pipeline.office import make_all
from pipeline.pdf import make_pdfs, sealed, shown_by

PLAIN = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n30\n%%EOF\n"

FAKE = """#!{python}
import os, pathlib, sys, tempfile, time
tempfile.mkdtemp(prefix="lu")
words = sys.argv[1:]
names = words[words.index("--outdir") + 2:]
with open({log!r}, "a") as log:
    print(" ".join(names), file=log)
for name in names:
    text = pathlib.Path(name).read_bytes()
    if b"hang" in text:
        time.sleep(600)
    if b"crash" in text:
        os.kill(os.getpid(), 9)
    if b"half" in text:
        pathlib.Path(name).with_suffix(".pdf").write_bytes({plain!r}[:40])
        os.kill(os.getpid(), 9)
    if b"refuse" not in text:
        pathlib.Path(name).with_suffix(".pdf").write_bytes({plain!r})
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """A LibreOffice that is played: it shows every file as the same page, and obeys the words hang, crash and refuse."""
    log = tmp_path / "calls"
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(FAKE.format(python=sys.executable, log=str(log), plain=PLAIN))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return lambda: [line.split() for line in log.read_text().splitlines()] if log.exists() else []


@pytest.fixture
def thrown_away(tmp_path, monkeypatch) -> Path:
    """Where this computer keeps what is thrown away."""
    place = tmp_path / "thrown away"
    place.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return place


@pytest.fixture
def folder(tmp_path):
    """A cohort's folder, and a way to put papers into it by their texts."""
    place = tmp_path / "CZ"
    place.mkdir()

    def put(**papers: str) -> list[str]:
        for name, text in papers.items():
            (place / f"{name}.docx").write_bytes(b"PK" + text.encode())
        return [f"{name}.docx" for name in papers]

    put.place = place
    return put


def told(problems) -> list[str]:
    return [f"{problem.code} {problem.message}" for problem in problems]


def pdfs(folder) -> list[str]:
    return sorted(path.stem for path in folder.place.glob("*.pdf"))


def test_every_paper_has_its_pdf_made_by_one_libreoffice_and_only_she_may_read_it(office, folder):
    assert make_pdfs(folder.place, folder(Anna="a", Bela="b", Cyril="c")) == []
    assert pdfs(folder) == ["Anna", "Bela", "Cyril"]
    assert office() == [["0.docx", "1.docx", "2.docx"]]
    assert stat.S_IMODE((folder.place / "Anna.pdf").stat().st_mode) == 0o600


def test_only_a_paper_that_changed_is_shown_again(office, folder):
    make_pdfs(folder.place, papers := folder(Anna="a", Bela="b"))
    before = desk.snapshot(folder.place)
    assert make_pdfs(folder.place, papers) == []
    assert len(office()) == 1
    assert desk.snapshot(folder.place) == before
    folder(Bela="b, two days longer")
    make_pdfs(folder.place, papers)
    assert office()[1:] == [["0.docx"]]
    assert desk.snapshot(folder.place)["Anna.pdf"] == before["Anna.pdf"]


def test_a_pdf_that_was_deleted_is_made_again(office, folder):
    make_pdfs(folder.place, papers := folder(Anna="a"))
    (folder.place / "Anna.pdf").unlink()
    assert make_pdfs(folder.place, papers) == []
    assert pdfs(folder) == ["Anna"]


@pytest.mark.parametrize("whose", ["scanned", "commented", "signed electronically"])
def test_a_pdf_that_is_not_as_we_made_it_is_left_as_it_is_and_told(office, folder, whose):
    make_pdfs(folder.place, papers := folder(Anna="a", Bela="b"))
    hers = folder.place / "Anna.pdf"
    ours = hers.read_bytes()
    hers.write_bytes({
        "scanned": PLAIN, "commented": ours.replace(b"<<>>", b"<< /Annot (ask her) >>", 1), "signed electronically": ours + ours[9:],
    }[whose])  # fmt: skip
    now = hers.read_bytes()
    folder(Anna="a, another host", Bela="b, another host")
    assert told(make_pdfs(folder.place, papers)) == ["T422 “Anna.pdf” was made or changed by somebody else, so it was left as it is."]
    assert hers.read_bytes() == now
    assert office()[1:] == [["0.docx"]], "Bela's is made all the same"


def test_a_pdf_that_she_makes_while_ours_is_in_the_making_stays_hers(office, folder):
    papers = folder(Anna="a")
    problems = make_pdfs(folder.place, papers, lambda made: made and (folder.place / "Anna.pdf").write_bytes(PLAIN))
    assert told(problems) == ["T422 “Anna.pdf” was made or changed by somebody else, so it was left as it is."]
    assert (folder.place / "Anna.pdf").read_bytes() == PLAIN


def test_a_signed_scan_beside_it_is_somebody_elses_file_and_nobody_minds_it(office, folder):
    (folder.place / "Anna signed.pdf").write_bytes(b"scan")
    assert make_pdfs(folder.place, folder(Anna="a")) == []
    assert (folder.place / "Anna signed.pdf").read_bytes() == b"scan"


def test_a_paper_that_cannot_be_shown_is_told_and_the_others_have_their_pdfs(office, folder):
    problems = make_pdfs(folder.place, folder(Anna="a", Bela="refuse", Cyril="c"))
    assert told(problems) == ["T421 “Bela.docx” has no PDF: LibreOffice cannot open it."]
    assert pdfs(folder) == ["Anna", "Cyril"]


def test_a_paper_that_is_no_word_file_any_more_is_not_shown_as_letters(office, folder):
    papers = folder(Anna="a", Bela="b")
    (folder.place / "Bela.docx").write_text("I saved it as text.")
    assert told(make_pdfs(folder.place, papers)) == ["T421 “Bela.docx” has no PDF: LibreOffice cannot open it."]
    assert pdfs(folder) == ["Anna"]


def test_a_paper_that_went_away_meanwhile_is_told(office, folder):
    problems = make_pdfs(folder.place, [*folder(Anna="a"), "Bela.docx"])
    assert told(problems) == ["T421 “Bela.docx” has no PDF: it could not be read."]


@pytest.mark.parametrize("how", ["crash", "half"])
def test_where_libreoffice_dies_at_a_paper_the_others_are_shown_by_another_one(office, folder, how):
    problems = make_pdfs(folder.place, folder(Anna="a", Bela=how, Cyril="c", Dora="d"))
    assert told(problems) == ["T421 “Bela.docx” has no PDF: LibreOffice broke off at it."]
    assert pdfs(folder) == ["Anna", "Cyril", "Dora"], "no half one is ever put beside a paper"
    assert office()[1:] == [["0.docx", "1.docx", "2.docx"]], "the paper it died at has a second chance at the end"


def test_where_libreoffice_dies_at_every_paper_it_is_not_asked_for_ever(office, folder):
    papers = folder(**{f"P{number}": "crash" for number in range(40)})
    problems = make_pdfs(folder.place, papers)
    assert len(problems) == 40
    assert len(office()) == pdf.MOST_FAILURES
    assert pdfs(folder) == []


@pytest.mark.slow
def test_libreoffice_is_stopped_where_it_takes_too_long_and_the_rest_is_made(office, folder, monkeypatch):
    monkeypatch.setattr(libreoffice.convert, "__kwdefaults__", {**libreoffice.convert.__kwdefaults__, "waits": (0.6, 0.6)})
    problems = make_pdfs(folder.place, folder(Anna="a", Bela="hang", Cyril="c"))
    assert told(problems) == ["T421 “Bela.docx” has no PDF: LibreOffice took too long."]
    assert pdfs(folder) == ["Anna", "Cyril"]


def test_what_stops_the_run_stops_libreoffice_too(office, folder, tmp_path):
    def ctrl_c(_: int) -> None:
        if office():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_pdfs(folder.place, folder(Anna="hang"), ctrl_c)
    assert pdfs(folder) == []
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(tmp_path / "bin" / "soffice") not in running


@pytest.mark.usefixtures("office")
def test_what_libreoffice_laid_away_goes_with_it_also_where_it_dies(folder, thrown_away):
    make_pdfs(folder.place, folder(Anna="a", Bela="crash"))
    assert pdfs(folder) == ["Anna"]
    assert not list(thrown_away.iterdir())


def test_without_libreoffice_the_papers_are_made_and_one_sentence_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(libreoffice, "_USUAL_PLACES", ())
    room = desk.room(tmp_path, official=False, forms={"Agreement": ["{{ learner.name }}"], "List": ["{{ cohort.id }}"]})
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    (made,) = make_all(room, room.workbooks(), Wishes(pdf=True), lambda *_: lambda _: None)
    assert desk.statuses(made) == {"written": 14}
    said = next(problem for problem in made.problems if problem.code == "T420")
    assert said.message == "LibreOffice is not on this computer, so 14 papers have no PDF."
    assert said.advice == "Install LibreOffice (free, from www.libreoffice.org) and run again, or save them as PDF in Word."
    assert not made.all_made, "what was asked for is not there"
    assert "14 papers have no PDF" in (room.output / made.name / "report.html").read_text("utf-8")


def test_a_trial_run_makes_no_pdf(office, tmp_path):
    room = desk.room(tmp_path, official=False, forms={"Agreement": ["{{ learner.name }}"]})
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    (made,) = make_all(room, room.workbooks(), Wishes(pdf=True, dry_run=True), lambda *_: lambda _: None)
    assert made.all_made
    assert office() == []


def test_the_line_in_a_pdf_of_ours_tells_its_paper_and_that_nobody_changed_it():
    ours = sealed(PLAIN, "a" * 64)
    assert shown_by(ours) == "a" * 64
    assert ours.endswith(b"startxref\n30\n%%EOF\n")
    for other in (b"", PLAIN, ours[:-1] + b"\n\n%", ours.replace(b"endobj", b"endobJ"), ours + b"\nstartxref\n9\n%%EOF\n", ours[:-30]):
        assert shown_by(other) is None


def test_the_command_run_makes_pdfs_where_it_is_asked_to(office, tmp_path, monkeypatch, capsys):
    room = desk.room(tmp_path / "papers", official=False, forms={"Agreement": ["{{ learner.name }}"]})
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    monkeypatch.chdir(room.folder)
    for words, number in ((["run"], 0), (["check"], 0), (["run", "--pdf"], 13)):
        monkeypatch.setattr(sys, "argv", ["ecvet", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert (ended.value.code, len(list(room.output.rglob("*.pdf")))) == (0, number)
    assert "13 papers: 13 unchanged." in capsys.readouterr().out


# -- with LibreOffice itself -----------------------------------------------------------------------------------------------


@pytest.fixture
def example(tmp_path):
    """A working folder with the official forms and three learners of the example cohort."""
    room = desk.room(tmp_path / "papers")
    desk.workbook(room.input / "spring.xlsx", without=[f"Learners / L{number:02}" for number in range(4, 13)])
    return room


@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_papers_of_the_example_are_pdfs_that_say_what_the_papers_say(example, needs):
    needs("soffice")
    for _ in range(2):
        (made,) = make_all(example, example.workbooks(), Wishes(pdf=True), lambda *_: lambda _: None)
        assert not [problem for problem in made.problems if problem.code.startswith("T42")]
    folder = example.output / made.name
    shown = sorted(folder.rglob("*.pdf"))
    assert len(shown) == len(list(folder.rglob("*.docx"))) > 5
    text = subprocess.run([needs("pdftotext"), next(each for each in shown if "Agreement" in each.name), "-"], capture_output=True, check=True)
    assert "Bartošová" in text.stdout.decode()
    assert b"rror" not in text.stderr
    assert not list(folder.rglob("*.part"))


@pytest.mark.slow
@pytest.mark.libreoffice
def test_a_damaged_paper_and_libreoffice_killed_on_the_way_cost_no_other_pdf(example, needs, monkeypatch, thrown_away):
    """The first LibreOffice is killed (kill -9) when it has made its first PDF; the second makes the rest."""
    needs("soffice")
    make_all(example, example.workbooks(), Wishes(), lambda *_: lambda _: None)
    folder = next(example.output.iterdir())
    papers = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.docx"))
    (folder / papers[1]).write_bytes((folder / papers[1]).read_bytes()[:4000])
    killed: list[int] = []
    start = subprocess.Popen

    def starting(*words, **how):
        process = start(*words, **how)
        killed.append(process.pid) if not killed else None
        return process

    def kill(made: int) -> None:
        if made and len(killed) == 1:
            killed.append(0)
            os.killpg(killed[0], 9)

    monkeypatch.setattr(libreoffice.subprocess, "Popen", starting)
    problems = make_pdfs(folder, papers, kill)
    assert told(problems) == [f"T421 “{papers[1]}” has no PDF: LibreOffice cannot open it."]
    assert len(list(folder.rglob("*.pdf"))) == len(papers) - 1
    assert len(killed) == 2
    assert not list(thrown_away.iterdir())


def test_a_pdf_of_ours_that_shows_an_older_paper_is_told(tmp_path):
    """PDFs are what is sent: a run without --pdf made the paper anew, and the PDF beside it is of yesterday."""
    from pipeline.disk import checksum
    from pipeline.pdf import older_pdfs, sealed

    (tmp_path / "Card.docx").write_bytes(b"PK new")
    pdf = b"%PDF-1.7\nold\nstartxref\n9\n%%EOF\n"
    (tmp_path / "Card.pdf").write_bytes(sealed(pdf, checksum(b"PK old")))
    assert [(problem.code, problem.message) for problem in older_pdfs(tmp_path, ["Card.docx"])] == [
        ("T423", "“Card.pdf” shows the paper as it was before."),
    ]  # fmt: skip
    (tmp_path / "Card.pdf").write_bytes(sealed(pdf, checksum(b"PK new")))
    assert older_pdfs(tmp_path, ["Card.docx"]) == []
    (tmp_path / "Card.pdf").write_bytes(pdf)
    assert older_pdfs(tmp_path, ["Card.docx"]) == [], "her own"
