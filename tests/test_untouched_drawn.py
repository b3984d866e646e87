"""The untouched forms are drawn as they should be: every blank stands where it is said to, and wants words there are."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from lxml import etree

from pipeline.vocabulary import word_of
from tests.untouched.described import FORMS
from tests.untouched.drawn import LAYOUTS, TICKS, Drawn, draw, every
from tests.untouched.paper import Gap
from tests.untouched.strokes import W
from tests.untouched.texts import LANGUAGES, wording

SAMPLE = list(every())[::13]
"""Every thirteenth: all forms, languages, layouts and ticks are among them."""
W_ = f"{{{W}}}"


def document(drawn: Drawn) -> etree._Element:
    """Read the main part of a drawn form."""
    with zipfile.ZipFile(io.BytesIO(drawn.data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def words_in(words: str) -> Iterator[str]:
    """Find the words in what a description says of a blank."""
    for one in re.split(r", | or ", words.partition("=")[0].removeprefix("not ")):
        yield from ["unit.skills"] if one == "outcomes" else [one]


def known(word: str) -> bool:
    """Is there such a word? `mou.covered.name` is the name of each partner of a list."""
    record, _, key = word.rpartition(".")
    listed = word_of(record) if "." in record else None
    return word_of(f"{listed.type.removeprefix('list of ')}.{key}" if listed else word) is not None


@pytest.mark.parametrize(("form", "language", "layout", "ticks"), SAMPLE)
def test_every_blank_stands_where_it_is_said_to(form: str, language: str, layout: str, ticks: str) -> None:
    drawn = draw(form, language, layout, ticks)
    root = document(drawn)
    tree, order = root.getroottree(), {one: number for number, one in enumerate(root.iter(f"{W_}p"))}
    met: list[tuple[int, int]] = []
    for expected in drawn.expected:
        found = tree.xpath(expected.path, namespaces={"w": W})
        assert isinstance(found, list)
        [paragraph] = found
        assert isinstance(paragraph, etree._Element)
        met.append((order[paragraph], expected.nth))
    assert met == sorted(met)
    for _, places in groupby(met, key=lambda place: place[0]):
        assert [nth for nth, (_, said) in enumerate(places) if nth != said] == []


@pytest.mark.parametrize(("form", "language", "layout", "ticks"), SAMPLE)
def test_every_box_is_drawn_once(form: str, language: str, layout: str, ticks: str) -> None:
    drawn = draw(form, language, layout, ticks)
    root = document(drawn)
    described = [
        box
        for section in FORMS[form].sections
        for part in section.parts
        for blank in getattr(part, "blanks", ())
        for box in blank.boxes
    ]
    signs = {
        "glyph": "count(//w:t[.='☐' and not(ancestor::w:sdt)])",
        "control": "count(//*[local-name()='checkbox'])",
        "legacy": "count(//w:ffData/w:checkBox)",
        "wingdings": "count(//w:sym)",
    }
    counted = {sign: int(str(root.xpath(f"string({count})", namespaces={"w": W}))) for sign, count in signs.items()}
    assert counted == {sign: len(described) if sign == ticks else 0 for sign in signs}


@pytest.mark.parametrize("form", FORMS)
def test_the_words_are_words_of_the_vocabulary(form: str) -> None:
    wanted = [one.words for one in draw(form, "en", "columns", "glyph").expected if one.words is not None]
    assert [word for words in wanted for word in words_in(words) if not known(word)] == []


@pytest.mark.parametrize("form", FORMS)
def test_all_layouts_and_languages_ask_for_the_same(form: str) -> None:
    def asked(language: str, layout: str) -> list[tuple[str, int | None]]:
        drawn = draw(form, language, layout, "glyph")
        return sorted((one.words.partition("=")[0], one.item or 0) for one in drawn.expected if one.words is not None)

    first = asked("en", "columns")
    for layout in LAYOUTS:
        assert asked("en", layout) == first
    for language in LANGUAGES:
        assert asked(language, "titled") == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_wording_is_complete(language: str) -> None:
    own = {"word.box_behind"}
    there = {key for key in wording(language).texts if key.count(".") == 1} - own
    assert there == set(wording("en").texts) - own
    assert all(text.strip() for text in wording(language).texts.values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_holds_its_own_kind_of_gap(layout: str) -> None:
    root = document(draw("agreement", "en", layout, "glyph"))
    text = "".join(str(one) for one in root.itertext(f"{W_}t"))
    held = {
        Gap.UNDERSCORES: "___" in text,
        Gap.DOTS: "……" in text,
        Gap.LEADER: root.find(f".//{W_}tab[@{W_}leader]") is not None,
        Gap.PROMPT: "[Address]" in text,
        Gap.CONTROL: root.find(f".//{W_}sdt") is not None,
        Gap.FIELD: root.find(f".//{W_}ffData") is not None,
    }
    assert {gap for gap, there in held.items() if there} == set(LAYOUTS[layout].gaps) - {Gap.NOTHING}


def test_no_control_and_no_field_betrays_what_it_is_for() -> None:
    for layout in ("controls", "legacy"):
        root = document(draw("memorandum", "de", layout, "legacy"))
        assert not list(root.iter(f"{W_}alias", f"{W_}tag"))
        names = {str(one.get(f"{W_}val")) for data in root.iter(f"{W_}ffData") for one in data.iter(f"{W_}name")}
        assert {re.sub(r"\d+$", "", name) for name in names} <= {"Text", "Kontrollkästchen", ""}


def test_all_combinations_are_named_once() -> None:
    named = list(every())
    assert len(named) == len(set(named)) == len(LANGUAGES) * len(LAYOUTS) * (2 * len(TICKS) + 1)


@pytest.mark.slow
def test_every_combination_can_be_drawn() -> None:
    assert all(draw(*combination).expected for combination in every())


@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_opens_every_layout_and_every_kind_of_box(needs: Callable[[str], str], tmp_path: Path) -> None:
    soffice = needs("soffice")
    for number, layout in enumerate(LAYOUTS):
        form, language = list(FORMS)[number % 3], LANGUAGES[number % len(LANGUAGES)]
        ticks = TICKS[number % len(TICKS)]
        (tmp_path / f"{layout}.docx").write_bytes(draw(form, language, layout, ticks).data)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    forms = [str(path) for path in tmp_path.glob("*.docx")]
    command = [soffice, home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *forms]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    assert {path.stem for path in tmp_path.glob("*.pdf")} == set(LAYOUTS)
