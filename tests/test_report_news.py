"""What the report tells of the run before: papers, learners and problems that are different now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from pages import BOOK, cohort, learner, page, paper, problem, read, to_html

from pipeline.changes import Difference, Since
from pipeline.jobs import Status
from pipeline.problem import Place
from pipeline.report import pieces

SINCE = Since(on=dt.date(2027, 1, 5))
SIGNED_ON = Place(file=BOOK, sheet="Cohort", cell="B18", row=18)


def differs(
    before: str = "15 January 2027", now: str = "20 January 2027", meaning: str = "date of signature",
    place: Place = SIGNED_ON,
) -> Difference:  # fmt: skip
    return Difference(word="cohort.date", meaning=meaning, before=before, now=now, place=place)


def test_a_first_run_has_nothing_to_compare_with() -> None:
    row = learner(2)
    assert "Since the last run" not in read(page(cohort(row), paper(row))).text


def test_a_run_in_which_nothing_is_different_says_so() -> None:
    row = learner(2)
    text = read(page(cohort(row), paper(row, status=Status.UNCHANGED), since=SINCE)).text
    assert "Since the last run The run before was on 5 January 2027. Nothing is different." in text


def test_new_papers_and_papers_made_again_are_counted() -> None:
    rows = [learner(row) for row in range(2, 6)]
    papers = [
        paper(rows[0]), paper(rows[1], remade=True, differences=(differs(),)), paper(rows[2], remade=True),
        paper(rows[3], status=Status.UNCHANGED),
    ]  # fmt: skip
    text = read(page(cohort(*rows), *papers, since=SINCE)).text
    assert (
        "1 paper is new. 2 papers were made again. "
        "In 1 of them every cell stands as before: its form, or a number counted in it, is another."
    ) in text
    would = read(page(cohort(*rows), *papers, since=SINCE, dry_run=True)).text
    assert "1 paper would be new. 2 papers would be made again." in would
    assert "What papers would say now" in would


def test_the_same_change_in_a_thousand_papers_is_one_line() -> None:
    rows = [learner(row) for row in range(2, 1002)]
    one = differs("Mikko Salo", "Aino Laine", "mentor", rows[7].at("mentor"))
    papers = [
        paper(row, remade=True, differences=(differs(), one) if row is rows[7] else (differs(),)) for row in rows
    ]
    text = read(page(cohort(*rows), *papers, since=SINCE)).text
    assert text.count("Date of signature: was 15 January 2027 →, is now 20 January 2027") == 1
    assert "Cohort!B18 Date of signature" in text
    assert "20 January 2027 1,000 papers (1,000 × Learning Agreement)" in text
    assert "Learners!E9 Mentor: was Mikko Salo →, is now Aino Laine Learning Agreement for Tereza Nováková (L08)" in text


def test_what_was_empty_or_is_empty_now_is_called_so_and_long_texts_are_cut_to_where_they_differ() -> None:
    row = learner(2)
    story = "She prepares cold starters. " * 20
    papers = paper(row, remade=True, differences=(
        differs("", "Mikko", "mentor"), differs("Aino", "", "assessor"), differs(f"{story}A", f"{story}B", "activities"),
    ))  # fmt: skip
    text = read(page(cohort(row), papers, since=SINCE)).text
    assert "Mentor: was (empty) →, is now Mikko" in text
    assert "Assessor: was Aino →, is now (empty)" in text
    assert "starters. A →, is now … " in text
    assert story.strip() not in text


def test_an_edited_paper_tells_what_it_does_not_say_and_leads_to_both() -> None:
    row = learner(2)
    kept = paper(
        row, status=Status.KEPT, file="1 Before/Learning Agreement - Nováková (new).docx", differences=(differs(),),
    )  # fmt: skip
    shown = read(page(cohort(row), kept, paper(row, "Contact Card", Status.KEPT), since=SINCE))
    assert "Papers you edited They were left as they are." in shown.text
    assert "Cohort!B18 Date of signature: was 15 January 2027 →, is now 20 January 2027" in shown.text
    assert "Learning Agreement for Tereza Nováková (L01) · the new one beside it" in shown.text
    assert "Contact Card for" not in shown.text, "of that one nothing is different"
    assert "1%20Before/Learning%20Agreement%20-%20Tereza%20Nov%C3%A1kov%C3%A1%20%28L01%29.docx" in shown.links
    assert "1%20Before/Learning%20Agreement%20-%20Nov%C3%A1kov%C3%A1%20%28new%29.docx" in shown.links
    check = read(page(cohort(row), kept, since=SINCE, dry_run=True))
    assert "the new one beside it" not in check.text, "a check wrote no new one"


def test_a_signed_paper_whose_data_changed_is_among_those_to_look_at() -> None:
    rows = [learner(row) for row in range(2, 102)]
    papers = [
        paper(row, status=Status.SIGNED, differences=(differs(),) if row is rows[0] else ()) for row in rows
    ]
    html = to_html(page(cohort(*rows), *papers, since=SINCE))
    assert "Signed papers" in html
    assert "An amendment may be needed" in html
    assert "<summary>List of 99 papers</summary>" in html
    first, rest = html.index('"odd"') if '"odd"' in html else html.index(", to look at</caption>"), html.index("List of 99")
    assert first < html.index('<tr class="signed"') < rest


def test_many_edited_papers_that_differ_in_the_same_way_are_one_entry() -> None:
    rows = [learner(row) for row in range(2, 302)]
    papers = [paper(row, status=Status.KEPT, differences=(differs(),)) for row in rows]
    html = to_html(page(cohort(*rows), *papers, since=SINCE))
    assert html.count("is now</span> <ins>20 January 2027") == 1
    assert "<summary>300 papers</summary>" in html


def test_learners_who_came_or_left_and_problems_that_came_or_went_are_told() -> None:
    one, two = learner(2), learner(3)
    arisen = (problem(one.at("guardian")), problem(two.at("guardian")))
    since = replace(
        SINCE, came=("Anežka Malá",), left=("Petr Svoboda", "Jan Novák"), arisen=arisen,
        solved=(problem(one.at("end"), "The stay ends before it begins."),),
    )  # fmt: skip
    shown = read(page(cohort(one, two), paper(one), problems=arisen, since=since))
    assert "New Anežka Malá No longer here Petr Svoboda and Jan Novák The papers made for them still lie there." in shown.text
    assert "Solved Learners!G2 The stay ends before it begins." in shown.text
    assert "Newly found Learners!D2:D3 No guardian is named. What to do" in shown.text
    assert {link[1:] for link in shown.links if link.startswith("#")} <= set(shown.anchors)


@pytest.mark.slow
def test_ten_thousand_different_changes_leave_in_pieces() -> None:
    rows = [learner(row) for row in range(2, 10_002)]
    papers = (paper(row, remade=True, differences=(differs(now=row.id or ""),)) for row in rows)
    sizes = [len(piece) for piece in pieces(page(cohort(*rows), *papers, since=SINCE))]
    assert max(sizes) < 256 * 1024


def test_files_that_lie_beside_the_page_are_linked() -> None:
    row = learner(2)
    shown = read(page(
        cohort(row), paper(row), copies=("Cooks #1 - to correct.xlsx", "Hosts - to correct.xlsx"), overview="Overview - B.xlsx",
    ))  # fmt: skip
    assert "Cooks #1 - to correct.xlsx, Hosts - to correct.xlsx : your workbook with each cell to correct" in shown.text
    assert {"Cooks%20%231%20-%20to%20correct.xlsx", "Overview%20-%20B.xlsx"} <= set(shown.links)
    assert "to correct.xlsx" not in to_html(page(cohort(row), paper(row)))
