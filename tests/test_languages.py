"""Spellings of countries, languages and months: drawn from Babel by the workshop, and read without it."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import babel
import pytest

from pipeline import languages
from pipeline.spelling import bare

WORKSHOP = Path(__file__).resolve().parent.parent / ".workshop"
FILE = files("pipeline").joinpath("spellings.json")


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(WORKSHOP))
    return importlib.import_module("draw_spellings")


def pairs(table: str, of: ModuleType) -> set[tuple[str, object]]:
    """Every spelling of a table with what it means; a month that a name means is a pair of its own."""
    found = getattr(of, table)().items()
    return {(name, number) for name, numbers in found for number in numbers} if table == "months" else set(found)


@pytest.mark.parametrize("table", ["countries", "languages", "months"])
def test_what_babel_knows_is_understood_the_same_and_nothing_else(table, workshop):
    """With another release of Babel, Unicode's names may differ a little: then the file is to be drawn again some day."""
    drawn = languages._spellings()["source"]["data"]
    if f"Babel {babel.__version__}" not in drawn:
        pytest.skip(f"Babel is {babel.__version__}, the file is drawn from {drawn}; see .workshop/draw_spellings.py")
    theirs, ours = pairs(table, workshop), pairs(table, languages)
    differ = (theirs ^ ours) - set(languages._OTHER_NAMES.items())
    assert len(theirs) > 400
    assert not differ, (
        f"Babel {babel.__version__} names {len(differ)} {table} otherwise than pipeline/spellings.json, as "
        f"{sorted(map(str, differ))[:5]}. Draw the file again: python .workshop/draw_spellings.py"
    )


def test_names_in_daily_use_are_understood_beside_those_of_babel():
    known = languages.countries()
    assert {name: known[name] for name in languages._OTHER_NAMES} == languages._OTHER_NAMES


def test_the_file_is_as_the_workshop_writes_it(workshop):
    """Nobody's hand was in it: each spelling folded, in order and once, a code a line."""
    tables = languages._spellings()
    assert list(tables) == ["source", "countries", "languages", "months"]
    assert workshop.written(tables) == FILE.read_text("utf-8")
    for name in ("countries", "languages", "months"):
        assert list(tables[name]) == sorted(tables[name])
        for spelled in tables[name].values():
            assert spelled.split(" ") == sorted({bare(each) for each in spelled.split(" ")})


def test_the_file_says_whose_data_it_holds():
    assert set(languages._spellings()["source"]) == {"data", "licence", "drawn by"}


def test_drawing_it_again_gives_what_babel_gives(workshop, tmp_path):
    """The script runs as its docstring says; only the version of Babel that it names may differ."""
    again = tmp_path / "spellings.json"
    subprocess.run([sys.executable, WORKSHOP / "draw_spellings.py", again], check=True, capture_output=True)
    assert again.read_bytes() == workshop.text().encode()


def test_what_a_person_typed_is_understood_without_babel():
    """Babel's 29 languages take more memory than most of a run."""
    code = (
        "import sys; from pipeline import languages as l;"
        "known = l.countries()['cesko'], l.languages()['deutsch'], sorted(l.months()['listopad']);"
        "print(*known, [name for name in sys.modules if name.partition('.')[0] == 'babel'])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=WORKSHOP.parent, check=True, capture_output=True, text=True)
    assert said.stdout == "CZ de [10, 11] []\n"


def test_the_file_is_read_on_first_use():
    code = "from pipeline import languages as l; print(l._spellings.cache_info().currsize); l.months(); l.countries(); print(l._spellings.cache_info().misses)"
    said = subprocess.run([sys.executable, "-c", code], cwd=WORKSHOP.parent, check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["0", "1"]
