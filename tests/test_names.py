"""File names: whatever a person is called, Windows, macOS and Linux take the name, and no two papers share one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names import LARGEST_NAME, LONGEST_NAME, safe_name, same_file, told_apart

ENDINGS = len(" (new 12).docx.part")
FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}
DEVICES = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *(f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³")]

awkward = st.text() | st.text(alphabet=st.sampled_from('. _-ab<>:"/\\|?*\x00\x1f\n\u200d\u202e\ufeff\u0301\u0338\u1100\u1161é“ſßİ漢😀')) | st.sampled_from(DEVICES)


def is_valid_everywhere(name: str) -> bool:
    """By Microsoft's page on names, ext4 and APFS (255 bytes) and HFS+ (255 letters, decomposed)."""
    return (
        bool(name)
        and not FORBIDDEN & set(name)
        and name[-1] not in ". "
        and name[0] not in " ."
        and name.partition(".")[0].strip().upper() not in DEVICES
        and len(name.encode()) + ENDINGS <= 255
        and len(unicodedata.normalize("NFD", name)) + ENDINGS <= 255
        and unicodedata.is_normalized("NFC", name)
    )


@given(awkward)
def test_any_text_gives_a_name_that_every_system_takes(text):
    assert is_valid_everywhere(safe_name(text))


@given(awkward, awkward)
def test_so_does_any_text_with_any_number_of_a_learner(text, end):
    assert is_valid_everywhere(safe_name(text, end))


@given(awkward, awkward)
def test_a_name_made_safe_stays_as_it_is(text, end):
    assert safe_name(safe_name(text, end)) == safe_name(text, end)


@given(st.text(alphabet="Žščáéíß .-'", min_size=1, max_size=LONGEST_NAME))
def test_letters_of_all_languages_stay(text):
    kept = " ".join(unicodedata.normalize("NFC", text).split()).strip(" .")
    assert safe_name(text) == (kept or "_")


@given(st.lists(awkward, max_size=20))
def test_no_two_papers_get_one_file_on_any_system(texts):
    taken: set[str] = set()
    names = [told_apart(f"1 Before/{safe_name(text)}.docx", taken) for text in texts]
    assert len({same_file(name) for name in names}) == len(names)
    assert all(name.startswith("1 Before/") and name.endswith(".docx") for name in names)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Learning Agreement - Nováková Tereza (L01)", "Learning Agreement - Nováková Tereza (L01)"),
        ("O'Reilly & Søn “Ltd”", "O'Reilly & Søn “Ltd”"),
        ("A/B\\C:D", "A B C D"),
        ("../../etc/passwd", "etc passwd"),
        ("..", "_"),
        ("", "_"),
        ("  CZ-2027.  ", "CZ-2027"),
        (".hidden", "hidden"),
        ("con", "_con"),
        ("Con.docx", "_Con.docx"),
        ("com1", "_com1"),
        ("COM¹", "_COM¹"),
        ("Conrad", "Conrad"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("no\u00adbreak\u200bno\u202eend", "nobreaknoend"),
        ("half \ud83d a pair", "half a pair"),
    ],
)
def test_what_systems_forbid_goes_and_the_rest_stays(text, name):
    assert safe_name(text) == name


def test_composed_and_decomposed_letters_give_one_name():
    assert safe_name("Nova\u0301kova\u0301") == safe_name("Nováková")


def test_case_and_accents_that_some_systems_do_not_tell_apart_are_one_file():
    assert same_file("NOVÁKOVÁ.docx") == same_file("Nova\u0301kova\u0301.docx")


def test_two_learners_of_one_name_without_numbers_get_two_names():
    taken: set[str] = set()
    assert told_apart("1 Before/Contact Card - Novák Jan.docx", taken) == "1 Before/Contact Card - Novák Jan.docx"
    assert told_apart("1 Before/Contact Card - NOVÁK JAN.docx", taken) == "1 Before/Contact Card - NOVÁK JAN - 2.docx"
    assert told_apart("1 Before/Contact Card - Novák Jan.docx", taken) == "1 Before/Contact Card - Novák Jan - 3.docx"


def test_a_name_that_is_too_long_loses_its_end_and_never_the_number_of_the_learner():
    name = safe_name(f"Learning Agreement - {'Wolfeschlegelsteinhausen ' * 10}", "(L01-2)")
    assert len(name) <= LONGEST_NAME
    assert name.startswith("Learning Agreement - Wolfeschlegelsteinhausen")
    assert name.endswith(" (L01-2)")


def test_a_long_name_in_letters_of_several_bytes_is_cut_between_letters():
    name = safe_name("नमस्ते " * 60, "(L01)")
    assert len(name.encode()) <= LARGEST_NAME
    assert not unicodedata.combining(name[-len(" (L01)") - 1]) or name.startswith("नमस्ते")
    assert name.endswith("(L01)")


def test_a_name_is_never_cut_between_a_letter_and_its_accent():
    cut = safe_name("x" * (LONGEST_NAME - 1) + "q\u0301\u0323")
    assert cut == "x" * (LONGEST_NAME - 1)
