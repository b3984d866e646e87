"""What employers look for, in the report: covered, proposed with what to write where, or a gap."""

from __future__ import annotations

from dataclasses import replace

from pages import HOSTILE, UNITS, cohort, learner, page, read, requirement, to_html

SERVING = replace(UNITS[1], skills=("serves three menus", "advises guests"))
UNITS_HERE = (UNITS[0], SERVING, replace(UNITS[2], for_mobility=False))


def text(*rows, **changes) -> str:
    facts = cohort(learner(2), units=UNITS_HERE, requirements=rows, **changes)
    return read(page(facts)).text.partition("What employers look for")[2]


def test_what_is_covered_is_named_and_counted_by_weight() -> None:
    said = text(requirement(2, "U2", weight="3"), requirement(3, "Advises guests"), requirement(4, "Drives a van", weight="4"))
    assert "Cook, Café Luna 50 % covered, 1 gap" in said
    assert "U2 3 covered U2 Cold starters" in said
    assert "Advises guests 1 covered U3: advises guests" in said
    assert "Drives a van 4 gap If a unit covers it, write its ID into Job profiles!E4." in said


def test_a_proposal_says_what_to_write_into_which_cell_and_how_alike_it_is() -> None:
    said = text(requirement(2, "serve three menus"))
    assert "0 % covered, 1 to decide" in said
    assert "serve three menus proposed “U3: serves three menus” very alike" in said
    assert "If one is right, write it into Job profiles!E2; else none." in said


def test_what_stands_in_quotes_is_understood_when_it_is_written_into_the_cell() -> None:
    said = text(requirement(2, "serve three menus", "U3: serves three menus"))
    assert "100 % covered" in said
    assert "covered U3: serves three menus" in said


def test_a_decision_that_nothing_covers_it_is_a_gap_and_named_as_hers() -> None:
    assert "advises guests gap You wrote none into Job profiles!E2." in text(requirement(2, "advises guests", "none"))


def test_a_unit_taught_at_home_is_said_to_be() -> None:
    assert "covered U4 Menus (taught at home)" in text(requirement(2, "Menus"))


def test_weights_that_are_all_alike_have_no_column() -> None:
    assert "Looked for State Unit or outcome" in text(requirement(2, "U2"), requirement(3, "U3"))


def test_without_a_column_matches_the_row_is_named() -> None:
    row = requirement(7, "Drives a van")
    bare = replace(row, origin=replace(row.origin, columns={"outcome": "C"}))
    assert "write its ID into Job profiles, row 7." in text(bare)


def test_very_many_requirements_are_folded() -> None:
    rows = [requirement(row, f"Drives van {row}") for row in range(2, 103)]
    html = to_html(page(cohort(learner(2), requirements=tuple(rows))))
    assert "<summary>Table of 101 requirements</summary>" in html


def test_nothing_of_a_cell_runs() -> None:
    html = to_html(page(cohort(learner(2), requirements=(requirement(2, HOSTILE, profile=HOSTILE, employer=HOSTILE),))))
    assert "<img" not in html
    assert html.count("<script>") == 1


def test_without_the_sheet_there_is_no_such_section() -> None:
    assert text() == ""
