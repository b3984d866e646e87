"""Texts that are worded alike are found by their words and letters; what only shares “the” and “and” is not."""

from __future__ import annotations

import time

import pytest

from pipeline.alike import LEAST, Alike

OUTCOMES = [
    "Laminate the dough with three single turns, by hand and on the dough sheeter",
    "Explain the crystal forms of cocoa butter and why chocolate has to be tempered",
    "Serve customers, take orders and keep to agreed dates",
    "Keep the workplace in order and follow the rules of hygiene and safety",
    "Bereitet drei kalte Vorspeisen zu und richtet sie an",
]


def found(text, texts=OUTCOMES):
    return [stands_for for stands_for, _ in Alike((each, each) for each in texts).to(text)]


@pytest.mark.parametrize(("looked_for", "outcome"), [
    ("Laminates doughs by hand and with the sheeter", 0), ("temper chocolate", 1), ("Serves customers politely", 2), ("Works hygienically and safely", 3),
    ("kalte Vorspeisen zubereiten und anrichten", 4),
])  # fmt: skip
def test_the_same_thing_in_other_words_is_found(looked_for, outcome):
    assert found(looked_for)[0] == OUTCOMES[outcome]


@pytest.mark.parametrize("looked_for", ["Drives a van", "Repairs the cars and the vans", "?", "", "42"])
def test_what_has_nothing_in_common_but_small_words_is_not(looked_for):
    assert found(looked_for) == []


def test_the_most_alike_comes_first_and_three_are_enough():
    texts = ["Bake bread", "Bake white bread in a deck oven", "Bake bread in an oven", "Bake bread in a deck oven", "Bake bread and rolls"]
    alike = Alike((each, each) for each in texts).to("Bakes bread in the deck oven")
    assert alike[0][0] == "Bake bread in a deck oven"
    assert [likeness for _, likeness in alike] == sorted((likeness for _, likeness in alike), reverse=True)
    assert len(alike) == 3
    assert all(LEAST <= likeness <= 1 for _, likeness in alike)


def test_what_two_texts_stand_for_is_given_once():
    assert Alike([("Chocolate work", "U3"), ("Chocolate works", "U3")]).to("work with chocolate")[0][0] == "U3"
    assert len(Alike([("Chocolate work", "U3"), ("Chocolate works", "U3")]).to("work with chocolate")) == 1


def test_the_order_of_the_day_does_not_change_the_answer():
    """Sets of words have another order in every process; what comes out must not."""
    import os
    import subprocess
    import sys

    ask = f"from pipeline.alike import Alike; print(Alike((t, t) for t in {OUTCOMES!r}).to('keep hygiene and the order of work'))"
    said = {subprocess.run([sys.executable, "-c", ask], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout for seed in "12"}
    assert len(said) == 1


def test_a_thousand_texts_among_ten_thousand_are_looked_for_in_a_moment_and_no_more_of_them():
    many = Alike((f"prepares dish {number} with the tool {number % 977} in the kitchen {number % 13}", number) for number in range(10_000))
    begun = time.perf_counter()
    for number in range(100):
        many.to(f"prepare the dish {number} with a tool" * 20)
    assert time.perf_counter() - begun < 1
    for number in range(100, 1_200):
        many.to(f"x{number}")
    assert many.to("prepares dish 5 with the tool 5") == []
