"""The pages say what the program does: README.md, templates/README.md, CHANGELOG.md, and `ecvet explain`."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
import tables
from tables import PAGES, PIPELINE, ROOT, TABLES, between, form_of

from pipeline import cli
from pipeline.columns import SHEETS
from pipeline.doors import leaving
from pipeline.form import FREQUENCIES, open_form
from pipeline.manual import codes, story
from pipeline.marks.language import FILTERS, TESTS
from pipeline.vocabulary import RECORD_NAMES, RECORDS

README, TEMPLATES, CHANGES = ROOT / "README.md", ROOT / "templates" / "README.md", ROOT / "CHANGELOG.md"
ALL_PAGES = (README, TEMPLATES, CHANGES)
AGAIN = "the table is old; write it anew with: python -m tests.tables"


def text(page: Path) -> str:
    return page.read_text("utf-8")


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^ *```{language}\n(.*?)^ *```", text(page), re.DOTALL | re.MULTILINE)


# -- README's two commands -----------------------------------------------------------------------------------------------


def test_readme_begins_with_a_command_that_installs_and_runs_and_one_that_installs_and_tests():
    first, second = blocks(README, "sh")[:2]
    assert first == "pip install . && ecvet run\n"
    assert second == 'pip install -e ".[tests]" && pytest\n'


def test_the_machine_that_checks_takes_both_commands_from_readme():
    script = text(ROOT / ".ci" / "run")
    assert "command_of_readme 1" in script
    assert "command_of_readme 2" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


# -- tables are made from the program ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "name"), [(page, name) for page, names in PAGES.items() for name in names])
def test_a_table_of_the_pages_says_what_the_program_says(page, name):
    assert between(text(page), name) == TABLES[name](), AGAIN


def test_every_table_stands_on_a_page():
    assert sorted(name for names in PAGES.values() for name in names) == sorted(TABLES)


def test_writing_the_tables_anew_changes_nothing_but_the_tables():
    old = "before\n<!-- tests -->\nold\n<!-- /tests -->\nafter <!-- sample -->"
    new = tables.rewritten(old, ["tests"])
    assert new.startswith("before\n<!-- tests -->\n\n| Test |")
    assert new.endswith("\n\n<!-- /tests -->\nafter <!-- sample -->")
    assert tables.rewritten(new, ["tests"]) == new


def test_every_column_stands_on_the_page_with_its_word():
    for sheet in SHEETS:
        part = tables.columns().partition(f"### Sheet {sheet.name}\n")[2].partition("### ")[0]
        for column in sheet.columns:
            row = next(line for line in part.splitlines() if re.match(rf"\| {re.escape(column.name)}( \\\*)? \|", line))
            assert ("\\*" in row.split("|")[1]) is column.required, f"{sheet.name}: {column.name}"


def test_every_word_stands_on_the_page_once():
    shown = re.findall(r"^\| `([a-z_0-9]+\.[a-z_0-9]+)`", tables.words(), re.MULTILINE)
    assert shown == [word.name for record in RECORD_NAMES for word in RECORDS[record].values()]


def test_every_column_feeds_a_word_or_is_used_by_a_room():
    rooms = "\n".join(text(path) for path in PIPELINE.rglob("*.py") if path.name != "columns.py" and path.parent.name != "model")
    for sheet in SHEETS:
        for column in sheet.columns:
            used = tables._word_of(column) != "–" or re.search(rf"\.{column.key}\b|[\"']{column.key}[\"']", rooms)
            assert used, f"{sheet.name}: {column.name} feeds no word, and no room asks for it"


def test_every_filter_every_question_and_every_frequency_has_an_example():
    assert set(tables.FILTER_EXAMPLES) == FILTERS
    assert set(tables.TEST_EXAMPLES) == TESTS
    assert set(tables.SEEN) == set(FREQUENCIES)


def test_every_command_stands_in_readme_and_every_exit_code_of_the_doors():
    for name in cli.ecvet.commands:
        assert f"`ecvet {name}" in text(README)
    for code in (leaving.ALL_MADE, leaving.NOT_ALL, 2, leaving.CANNOT, leaving.FAULT, leaving.STOPPED):
        assert f"\n| {code} | " in text(README)


# -- the map of rooms ----------------------------------------------------------------------------------------------------


def test_the_map_of_rooms_lists_every_module_once():
    lines = [line.split()[0] for line in (between(text(README), "rooms") or "").splitlines() if line.startswith("  ")]
    modules = {path.relative_to(PIPELINE).as_posix().removesuffix("__init__.py") for path in PIPELINE.rglob("*.py")}
    assert sorted(lines) == sorted((modules - {""}) | set(tables.DATA))


def test_every_file_of_the_package_that_is_no_module_is_told():
    found = {path.relative_to(PIPELINE).as_posix() for path in PIPELINE.rglob("*")
             if path.is_file() and path.suffix not in (".py", ".pyc") and "kit" not in path.parts}  # fmt: skip
    folders = tuple(name for name in tables.DATA if name.endswith("/"))
    assert {name for name in found if not name.startswith(folders)} | set(folders) == set(tables.DATA)


def test_no_room_knows_a_network():
    """“Nothing is sent anywhere” is said on page one."""
    for path in PIPELINE.rglob("*.py"):
        for node in ast.walk(ast.parse(text(path))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name == "urllib.parse" or name.partition(".")[0] not in (
                    "socket", "ssl", "http", "urllib", "urllib3", "requests", "httpx", "ftplib", "smtplib", "asyncio",
                ), f"{path.name} imports {name}"  # fmt: skip


# -- explain -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(codes()))
def test_explain_tells_the_title_the_advice_and_the_basis_of_a_code(code):
    entry, told = codes()[code], story(code)
    assert told.startswith(f"{code}  {entry.title}.")
    assert f"\nWhat to do: {entry.advice}\n" in told
    assert "\nWhere it comes from: " in told
    assert entry.source, f"{code} does not name its source"
    assert entry.source in told


# -- what page two promises --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("block", blocks(TEMPLATES, "jinja"))
def test_the_program_understands_the_examples_of_page_two(block, tmp_path):
    path = tmp_path / "Example.docx"
    if "{%tr" in block:
        import docx

        document = docx.Document()
        table = document.add_table(rows=0, cols=1)
        for line in block.splitlines():
            table.add_row().cells[0].text = line
        document.save(str(path))
    else:
        form_of(block.splitlines(), path)
    form = open_form(path)
    assert not form.problems
    assert form.understood.blanks


def test_every_tag_that_page_two_calls_refused_is_refused(tmp_path):
    part = text(TEMPLATES).partition("### What is refused")[2].partition("\n## ")[0]
    tags = [tag.replace("\\|", "|") for tag in re.findall(r"^\| `([{].+?[}])` \|", part, re.MULTILINE)]
    assert len(tags) == part.count("\n| `")
    for tag in tags:
        path = tmp_path / "Refused.docx"
        form_of([tag], path)
        assert not open_form(path).usable, tag


# -- links and words -----------------------------------------------------------------------------------------------------


def slug(heading: str) -> str:
    """Give the anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def anchors(page: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text(page), re.MULTILINE)}


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files_and_headings_that_are_there(page):
    links = re.findall(r"\]\(([^)]+)\)", text(page)) + re.findall(r'src="([^"]+)"', text(page))
    for link in (each for each in links if not each.startswith("https://")):
        file, _, anchor = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_names_a_path_of_somebodys_machine(page):
    assert not re.findall(r"/(?:work|tmp|home|root|Users|opt|mnt)/\S*|[A-Z]:\\\S+|\.\./shared\S*", text(page))


def test_the_pictures_are_small():
    for picture in (ROOT / ".workshop" / "pictures").iterdir():
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG"), picture.name
        assert len(data) <= 150_000, picture.name
        assert int.from_bytes(data[16:20]) <= 1000, picture.name
        assert f"pictures/{picture.name}" in text(README), f"{picture.name} is shown nowhere"


def test_the_changelog_tells_this_version():
    version = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["version"]
    assert f"\n## [{version}]" in text(CHANGES)


# -- the wheel -----------------------------------------------------------------------------------------------------------


def done(*command: object, cwd: Path | None = None) -> str:
    """Run a command that must succeed, and give what it says."""
    result = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout.strip()


@pytest.mark.slow
def test_a_folder_made_from_the_installed_wheel_makes_the_papers_of_the_example(tmp_path):
    """Built, installed into an environment of its own (what it depends on is lent by ours), and used elsewhere."""
    done(sys.executable, "-m", "pip", "wheel", "--no-deps", "-w", tmp_path, ROOT)
    wheel = next(tmp_path.glob("*.whl"))
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "pipeline/kit/input/Example cohort.xlsx", "pipeline/kit/after/Example cohort.xlsx", "pipeline/kit/templates/official/1 Before/Learning Agreement.docx",
        "pipeline/kit/templates/README.md", "pipeline/headers.toml", "pipeline/confidential.toml", "pipeline/spellings.json", "pipeline/marks/short_names.json", "pipeline/report/page.html.j2", "pipeline/py.typed",
    ):  # fmt: skip
        assert name in names
    odd = [name for name in names if name.startswith(("tests", "output", ".")) or "~$" in name or "__pycache__" in name]
    assert not odd

    place, folder = tmp_path / "place", tmp_path / "Papers"
    venv.create(place, with_pip=False)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    done(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel)
    where = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    (Path(done(python, "-c", where)) / "lent.pth").write_text(done(sys.executable, "-c", where))
    assert str(place) in done(python, "-c", "import pipeline; print(pipeline.__file__)", cwd=tmp_path)

    done(scripts / "ecvet", "init", "Papers", cwd=tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == [
        "Check only.cmd", "Make the papers.cmd", "Read me first.txt", "input", "output", "templates",
    ]  # fmt: skip
    done(scripts / "ecvet", "run", cwd=folder)
    assert len(list(folder.rglob("output/*/*/Learning Agreement - *.docx"))) == 13
    assert len(list(folder.rglob("output/*/*/Memorandum of Understanding - *.docx"))) == 1
