"""The page an officer reads: what it says, in which order, and that nothing of the workbook gets out of its cell."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import desk
import pytest
from pages import (
    AURORA,
    BOOK,
    FORBIDDEN,
    HOME,
    HOSTILE,
    SEVILLA,
    UNITS,
    Reader,
    chosen,
    clean,
    cohort,
    learner,
    origin,
    page,
    paper,
    problem,
    read,
    thousand,
)

from pipeline.jobs import Gap, Status
from pipeline.model import Cohort, Result
from pipeline.problem import Place, Problem, Severity
from pipeline.report import pieces, to_html
from pipeline.sentences import period

# -- how it went -------------------------------------------------------------------------------------------------------


def test_a_clean_cohort_is_told_in_one_calm_sentence() -> None:
    text = read(clean()).text
    assert "All 13 agreements and 1 memorandum were made." in text
    assert "Nothing. The data of this workbook are in order." in text
    assert "Papers wait for" not in text


def test_other_forms_are_counted_beside_agreements_and_memoranda() -> None:
    row = learner(2)
    papers = (paper(row), paper("x", "Memorandum of Understanding"), paper("y", "Memorandum of Understanding"))
    assert "1 agreement, 2 memoranda and 1 other paper were made." in read(
        page(cohort(row), *papers, paper(row, "Contact Card"))
    ).text
    assert "All 2 papers were made." in read(page(cohort(row), paper("x", "Card"), paper("y", "Card"))).text
    assert "1 agreement was made." in read(page(cohort(row), paper(row))).text


def test_papers_that_wait_are_counted_with_the_cells_to_correct() -> None:
    first, second, third = (learner(row) for row in (2, 3, 4))
    wrong = (problem(second.at("guardian")), problem(second.at("date_of_birth"), "“31.02.2009” is not a date."))
    text = read(page(cohort(first, second, third), paper(first), paper(second, held_by=wrong), paper(third))).text
    assert "2 papers were made. 1 was not made: correct 2 cells." in text
    assert "cells to correct 1 paper waiting 2" in text


def test_every_state_of_a_paper_has_the_words_of_an_officer() -> None:
    rows = [learner(row) for row in range(2, 7)]
    cannot = problem(Place(file="Learning Agreement.docx", spot="table 2, row 3"), "The file is open in Word.", code="T900")
    papers = (
        paper(rows[0]), paper(rows[1], status=Status.UNCHANGED), paper(rows[2], status=Status.KEPT),
        paper(rows[3], held_by=(problem(rows[3].at("guardian")),)),
        paper(rows[4], status=Status.FAILED, problems=(cannot,)),
    )  # fmt: skip
    text = read(page(cohort(*rows), *papers)).text
    assert (
        "1 paper was made, 1 did not change and 1 was left as you edited it. "
        "1 was not made: correct 2 places. 1 could not be written."
    ) in text
    assert "1 made, 1 not changed, 1 left as you edited it, 1 not made, 1 could not be written" in text
    assert "not made: fill Learners!D5" in text
    assert "could not be written The file is open in Word." in text


def test_a_cell_with_something_wrong_in_it_is_to_correct_and_an_empty_one_to_fill() -> None:
    row = learner(2)
    wrong = problem(row.at("end"), "The stay ends before it begins.")
    assert "not made: correct Learners!G2" in read(page(cohort(row), paper(row, held_by=(wrong,)))).text
    unread = replace(row, origin=replace(row.origin, unreadable=frozenset({"guardian"})))
    held = (problem(unread.at("guardian"), "“#REF!” is an error."),)
    assert "not made: correct Learners!D2" in read(page(cohort(unread), paper(unread, held_by=held))).text


def test_a_cell_whose_entry_names_no_row_is_to_correct_though_no_value_came_of_it() -> None:
    row = replace(learner(2), agreement=replace(learner(2).agreement, host=None))
    wrong = Problem(code="S211", place=row.at("host"), message="“Aurora” is not on sheet Partners.", advice="Correct it.", severity=Severity.ERROR)
    assert f"not made: correct {row.at('host')}" in read(page(cohort(row), paper(row, held_by=(wrong,)))).text


def test_where_no_paper_waits_for_an_error_the_heading_says_no_more_than_to_correct() -> None:
    row = learner(2)
    signed = page(cohort(row), paper(row, status=Status.SIGNED), problems=(problem(row.at("end"), "It was changed after signing."),))
    text = read(signed).text
    assert "To correct 1 cell No paper waits for it." in text
    assert "Papers wait for" not in text


def test_dates_the_wrong_way_round_are_written_with_both_months() -> None:
    assert period(dt.date(2027, 10, 29), dt.date(2027, 10, 4)) == "29 Oct – 4 Oct 2027"
    assert period(dt.date(2027, 9, 29), dt.date(2027, 10, 4)) == "29 Sep – 4 Oct 2027"
    assert period(dt.date(2027, 10, 4), dt.date(2027, 10, 29)) == "4–29 Oct 2027"


def test_all_papers_wait_together_where_all_or_nothing_was_asked() -> None:
    one, two = learner(2), learner(3)
    wrong = (problem(two.at("guardian")),)
    text = read(page(cohort(one, two), paper(one, status=Status.HELD), paper(two, held_by=wrong))).text
    assert "No paper was made: correct 1 cell." in text
    assert "All papers are made together, or none." in text


def test_nothing_that_changed_is_said_in_so_many_words() -> None:
    rows = [learner(row) for row in (2, 3)]
    unchanged = [paper(row, status=Status.UNCHANGED) for row in rows]
    assert "Nothing has changed: all 2 papers are as before." in read(page(cohort(*rows), *unchanged)).text
    assert "Nothing has changed: the paper is as before." in read(page(cohort(rows[0]), unchanged[0])).text


def test_a_check_promises_and_links_to_nothing_that_is_not_there() -> None:
    one, two = learner(2), learner(3)
    wrong = (problem(two.at("guardian")),)
    reader = read(page(cohort(one, two), paper(one), paper(two, held_by=wrong), dry_run=True))
    assert "1 paper would be made. 1 cannot be made yet: correct 1 cell." in reader.text
    assert "This was a check only: no paper was written." in reader.text
    assert not [link for link in reader.links if link.endswith(".docx")]


def test_a_check_speaks_of_one_paper_and_of_several_without_stumbling() -> None:
    rows = [learner(row) for row in range(2, 6)]
    papers = [paper(row, status=status) for row, status in zip(rows, (Status.KEPT, Status.KEPT, Status.SIGNED, Status.SIGNED), strict=True)]
    assert "2 papers would be left as edited and 2 would stay as signed." in read(page(cohort(*rows), *papers, dry_run=True)).text
    assert "2 papers were left as you edited them and 2 are signed and were left as they are." in read(page(cohort(*rows), *papers)).text


def test_an_unreadable_workbook_has_a_page_that_says_why() -> None:
    locked = problem(Place(file=BOOK), "The file is protected with a password.", advice="Save it without a password.")
    reader = read(page(None, problems=(locked,)))
    assert "The workbook could not be read, so no paper was made." in reader.text
    assert "The file is protected with a password. Save it without a password." in reader.text
    assert BOOK in reader.text
    assert reader.titles == ["A workbook that could not be read"]


def test_an_empty_cohort_has_a_page_too() -> None:
    empty = Cohort(origin=origin("Cohort", None, {}), more={}, id="EMPTY")
    text = read(page(empty)).text
    assert "There is no paper to make yet." in text
    assert "Who goes where and when" not in text
    stopped = problem(Place(file=BOOK, sheet="Learners"), "The sheet has no column “Host”.")
    assert "No paper was made: correct 1 place." in read(page(empty, problems=(stopped,))).text


def test_drafts_are_called_drafts() -> None:
    assert "The papers are drafts" in read(page(cohort(learner(2), draft=True))).text


def test_learners_on_reserve_are_named_and_not_counted() -> None:
    text = read(page(cohort(learner(2), learner(3, "Reservová", status="reserve")), paper(learner(2)))).text
    assert "1 learner on reserve or withdrawn, without papers: Tereza Reservová." in text
    assert "learner 1 stay 1" in text


# -- what to correct ---------------------------------------------------------------------------------------------------


def test_what_to_correct_is_sorted_by_who_must_act() -> None:
    row = learner(2)
    text = read(page(cohort(row), problems=(
        problem(row.at("guardian")),
        problem(AURORA.at("contact_email"), "“aino(at)” is not an e-mail address."),
        problem(AURORA.at("roles"), "“hoste” is no role."),
        problem(row.at("date_of_birth"), "“31.02.2009” is not a date."),
        problem(row.at("mentor"), "No mentor is named."),
    ))).text  # fmt: skip
    you, partner_, family = text.index("For you"), text.index("Ask Hotel Aurora"), text.index("Ask the learner’s family")
    assert you < text.index("“hoste” is no role.") < text.index("“31.02.2009”") < partner_
    assert partner_ < text.index("“aino(at)”") < text.index("No mentor is named.") < family < text.index("No guardian")
    assert "Ask Hotel Aurora Aino Lehtinen, aino@aurora.example" in text


def test_a_problem_names_its_cell_its_learner_its_advice_and_the_papers_that_wait() -> None:
    row = learner(2)
    wrong = problem(row.at("guardian"))
    text = read(page(cohort(row), paper(row, held_by=(wrong,)), paper(row, "Contact Card", held_by=(wrong,)))).text
    assert (
        "Learners!D2 Tereza Nováková No guardian is named. Write the name of the parent who signs. Not made because of "
        "this: Learning Agreement and Contact Card for Tereza Nováková (L01). L120"
    ) in text
    assert text.count("No guardian is named.") == 1


def test_a_problem_in_a_result_names_the_learner_and_is_for_the_officer() -> None:
    row = learner(2)
    result = Result(origin=origin("Results", 5, {"validated": "K"}), more={}, learner=row, unit=UNITS[0])
    wrong = problem(result.at("validated"), "“yes” stands in Validated, but there is no result of the host.")
    text = read(page(cohort(row, results=(result,)), problems=(wrong,))).text
    assert "Results!K5 Tereza Nováková “yes” stands in Validated" in text
    assert "Ask " not in text


def test_the_same_sentence_in_many_rows_is_one_entry_with_ranges_of_cells() -> None:
    rows = [learner(row) for row in range(2, 42)]
    wrong = {row: problem(row.at("guardian")) for row in rows if row.origin.row != 20}
    papers = [paper(row, held_by=(wrong[row],) if row in wrong else ()) for row in rows]
    text = read(page(cohort(*rows), *papers, problems=tuple(wrong.values()))).text
    assert "Learners!D2:D19, D21:D41 No guardian is named." in text
    assert "39 papers (39 × Learning Agreement)" in text
    assert text.count("No guardian is named.") == 1


def test_errors_come_before_warnings_and_notices_are_folded() -> None:
    row = learner(2)
    html = to_html(page(cohort(row), problems=(
        problem(row.at("end"), "NOTICE", Severity.NOTICE), problem(row.at("end"), "WARNING", Severity.WARNING),
        problem(row.at("end"), "ERROR"),
    )))  # fmt: skip
    assert html.index("ERROR") < html.index("WARNING") < html.index("Good to know: 1 notice") < html.index("NOTICE")
    assert html.rindex("<details", 0, html.index("NOTICE")) > html.index("WARNING")


def test_notices_alone_leave_the_page_calm() -> None:
    row = learner(2)
    text = read(page(cohort(row), paper(row), problems=(problem(row.at(), "A row was left out.", Severity.NOTICE),))).text
    assert "Nothing. The data of this workbook are in order. Good to know: 1 notice" in text


def test_so_many_papers_to_look_at_that_they_would_bury_the_page_are_folded_and_still_printed() -> None:
    rows = [learner(row) for row in range(2, 203)]
    wrong = {row: problem(row.at("guardian")) for row in rows}
    for number, folded in ((100, False), (101, True)):
        papers = (paper(row, held_by=(wrong[row],) if at < number else ()) for at, row in enumerate(rows))
        html = to_html(page(cohort(*rows), *papers))
        summary = f'<details class="opens"><summary>List of {number} papers to look at</summary>'
        assert (summary in html) is folded
        assert f"<details><summary>List of {201 - number} papers</summary>" in html


def test_a_paper_that_waits_leads_to_the_line_that_says_why() -> None:
    row = learner(2)
    reader = read(page(cohort(row), paper(row, held_by=(problem(row.at("guardian")),))))
    inside = [link[1:] for link in reader.links if link.startswith("#")]
    assert "p1" in inside
    assert set(inside) <= set(reader.anchors)


# -- papers, blanks, stays, units --------------------------------------------------------------------------------------


def test_links_are_relative_and_quoted() -> None:
    row = learner(2, "O'Neil & <Söhne> 100% #1?")
    reader = read(page(cohort(row), paper(row, file="1 Before/Learning Agreement - O'Neil & <Söhne> 100% #1?.docx")))
    (link,) = [link for link in reader.links if "Before" in link]
    assert re.fullmatch(r"[\w/.%~-]+", link)
    assert unquote(link) == "1 Before/Learning Agreement - O'Neil & <Söhne> 100% #1?.docx"


def test_a_new_paper_beside_an_edited_one_is_named() -> None:
    row = learner(2)
    beside = paper(row, file="1 Before/Learning Agreement - Tereza (new).docx")
    assert "made The new one lies beside it: Learning Agreement - Tereza (new).docx" in read(page(cohort(row), beside)).text


def test_what_is_missing_in_the_row_of_the_officers_own_college_is_for_the_officer() -> None:
    both = replace(HOME, roles=("home", "employer"))
    for home, asked in ((HOME, "For you"), (both, "Ask SOŠ Brno")):
        facts = cohort(learner(2), partners=(home, AURORA))
        wrong = problem(home.at("contact_person"), "“Contact person” is blank.")
        assert asked in read(page(facts, paper(learner(2)), problems=(wrong,))).text


def test_only_an_email_address_becomes_a_link_to_write_to() -> None:
    for mail, linked in (("aino@aurora.example", True), ("see website", False), ("a b@c.example", False)):
        host = replace(AURORA, contact_email=mail)
        found = read(page(cohort(learner(2), partners=(HOME, host)), problems=(problem(host.at("contact_person")),)))
        assert mail in found.text
        assert any((link or "").startswith("mailto:") for link in found.links) is linked


def test_a_workbook_of_which_no_paper_can_be_made_is_not_called_in_order() -> None:
    text = read(page(cohort())).text
    assert "are in order" not in text
    assert "There is no paper to make yet." in text
    assert "Papers are made of the rows of sheets Partners and Learners." in text


def test_papers_stand_with_their_form_and_their_row() -> None:
    row, other = learner(2), learner(3)
    text = read(page(cohort(row, other), paper(row), paper(row, "Contact Card"), paper(other))).text
    assert "Learning Agreement 2 made" in text
    assert "Row of Learners What became of it Tereza Nováková (L01) 2 made Tereza Nováková (L02) 3 made" in text
    assert "Contact Card 1 made" in text


def test_the_file_of_a_row_is_named_where_it_is_not_the_cohorts_own_workbook() -> None:
    own, collected = (paper(learner(row), "Unit Certificate") for row in (2, 3))
    theirs = Place(file="Results - CZ-2027-Spring.xlsx", sheet="Learners", row=7)
    text = read(page(cohort(), own, replace(collected, job=replace(collected.job, row=theirs)))).text
    assert "Tereza Nováková (L01) 2 made Tereza Nováková (L02) 7 in Results - CZ-2027-Spring.xlsx made" in text


def test_blanks_for_the_pen_are_gathered_by_what_they_mean() -> None:
    rows = [learner(row) for row in range(2, 6)]
    papers = [
        paper(row, gaps=(Gap(word="agreement.mentor", meaning="tutor or mentor", place=row.at("mentor")),)) for row in rows
    ]
    text = read(page(cohort(*rows), *papers)).text
    assert "To complete by hand" in text
    assert "Tutor or mentor Learning Agreement 4 papers Learners!E2:E5" in text


def test_a_paper_that_was_not_made_has_no_blanks() -> None:
    row = learner(2)
    gap = Gap(word="agreement.mentor", meaning="mentor", place=row.at("mentor"))
    assert "To complete by hand" not in read(
        page(cohort(row), paper(row, held_by=(problem(row.at("guardian")),), gaps=(gap,)))
    ).text


def test_the_picture_says_in_words_who_goes_where_and_when() -> None:
    one, two = learner(2), learner(3, "Svoboda", host=SEVILLA, start=dt.date(2027, 3, 29), end=dt.date(2027, 4, 9))
    html = to_html(page(cohort(one, two)))
    assert "Hotel Aurora, 1 stay; Tereza Nováková: 5–30 Apr 2027; Escuela Sevilla, 1 stay; " in html
    assert "Tereza Svoboda: 29 Mar – 9 Apr 2027." in html
    assert 'role="img"' in html


def test_bars_are_drawn_to_scale_from_the_monday_before_the_first_to_the_end_of_the_month() -> None:
    html = to_html(page(cohort(learner(2, start=dt.date(2027, 4, 14), end=dt.date(2027, 4, 22)))))
    assert 'x="10.53%" y="84" width="47.37%"' in html, "19 days are drawn, the third to the eleventh have the bar"
    assert html.count('class="month"') == html.count('class="name" x="0%"') == 1


def test_a_month_of_which_too_few_days_are_drawn_has_no_name() -> None:
    html = to_html(page(cohort(learner(2, start=dt.date(2027, 4, 29), end=dt.date(2027, 5, 20)))))
    assert "May 2027</text>" in html
    assert "April 2027</text>" not in html


@pytest.mark.parametrize(("number", "periods", "bars"), [(13, 13, 13), (60, 5, 60), (300, 5, 5), (300, 150, 1)])
def test_many_stays_share_bars(number: int, periods: int, bars: int) -> None:
    first = dt.date(2027, 1, 4)
    rows = [
        learner(row, start=first + dt.timedelta(row % periods), end=first + dt.timedelta(row % periods + 20))
        for row in range(2, number + 2)
    ]
    assert len(re.findall(r'<rect [^>]*height="18"', to_html(page(cohort(*rows))))) == bars


def test_stays_that_cannot_be_drawn_are_named() -> None:
    text = read(page(cohort(learner(2, start=None), learner(3, "Svoboda", end=dt.date(2027, 1, 1)), learner(4)))).text
    assert "2 stays cannot be drawn yet, because host or dates are missing: Tereza Nováková, Tereza Svoboda." in text


@pytest.mark.parametrize("end", [dt.date(9999, 12, 31), dt.date(2207, 4, 30), dt.date(2027, 4, 5)])
def test_no_date_is_too_far_or_too_near_to_draw(end: dt.date) -> None:
    assert "Who goes where and when" in read(page(cohort(learner(2, end=end)))).text


def test_learners_stand_against_units_with_points_and_totals() -> None:
    whole = learner(2)
    part = learner(3, "Svoboda", choices=(chosen(UNITS[1], "part", "Breakfast only", "0.5"),), units_acquired=(UNITS[0],))
    text = read(page(cohort(whole, part))).text
    assert "U2 Cold starters U3 Service Points" in text
    assert "Tereza Nováková L01 · Hotel Aurora · 5–30 Apr 2027 ✓ 2.5 ✓ 2 4.5" in text
    assert "Tereza Svoboda L02 · Hotel Aurora · 5–30 Apr 2027 before part 0.5 Breakfast only 0.5" in text
    assert "2 stays 1 2.5 points 2 2.5 points 5" in text


def test_where_nobody_uses_points_no_points_are_spoken_of() -> None:
    bare = replace(UNITS[0], points=None)
    text = read(page(cohort(learner(2, choices=(chosen(bare),)), units=(bare,)))).text
    assert "✓" in text
    assert " 0 " not in text.partition("Learners and units")[2]


# -- safe, sound and the same ------------------------------------------------------------------------------------------


def test_everything_from_the_workbook_is_escaped() -> None:
    host = replace(AURORA, name=HOSTILE, contact_person=HOSTILE, contact_email=HOSTILE + "@")
    row = learner(2, HOSTILE, host=host)
    unit = replace(UNITS[0], title=HOSTILE, id=HOSTILE)
    row = replace(row, agreement=replace(row.agreement, choices=(chosen(unit, "part", HOSTILE),)))
    wrong = problem(row.at("mentor"), HOSTILE, advice=HOSTILE)
    facts = cohort(row, partners=(HOME, host), units=(unit,), title=HOSTILE, programme=HOSTILE, id=HOSTILE)
    gap = Gap(word="x", meaning=HOSTILE, place=Place(sheet=HOSTILE, cell="A1", row=1))
    made = page(facts, paper(row, form=HOSTILE, held_by=(wrong,)), paper(HOSTILE, gaps=(gap,)), problems=(wrong,))
    html = to_html(replace(made, workbook=HOSTILE))
    reader = Reader(html)
    assert reader.tags.count("script") == 1  # the page's own
    assert "img" not in reader.tags
    assert not {name for name in reader.attributes if name.startswith("on")}
    assert HOSTILE in reader.text
    assert html.count("<title") == 2  # the page's, and the picture's


def test_nothing_is_fetched_from_anywhere() -> None:
    html = re.sub(r"'sha256-[\w+/=]{44}'", "", to_html(thousand()))
    assert "default-src 'none'; style-src ; script-src ; base-uri 'none'; form-action 'none'" in html
    assert not re.search(r"https?:|//|url\(|@import|<link|<img|<iframe| src=|fetch|XMLHttp|eval\(|innerHTML", html)


def test_the_title_of_the_page_is_the_cohort_and_no_person() -> None:
    assert read(clean()).titles[0] == "CZ-2027: papers"


def test_the_same_facts_give_the_same_page() -> None:
    assert to_html(thousand()) == to_html(thousand())


def test_the_page_speaks_as_an_officer_does() -> None:
    rows = [learner(row) for row in range(2, 7)]
    statuses = (Status.WRITTEN, Status.UNCHANGED, Status.KEPT, Status.FAILED)
    papers = [paper(row, status=status) for row, status in zip(rows, statuses, strict=False)]
    papers += [paper(rows[4], held_by=(problem(rows[4].at("guardian")),))]
    for dry_run in (True, False):
        text = read(page(cohort(*rows, draft=True), *papers, dry_run=dry_run)).text.lower()
        assert not [word for word in FORBIDDEN if re.search(rf"\b{word.lower()}", text)]


def test_the_page_can_be_read_aloud() -> None:
    reader = read(thousand())
    html = to_html(thousand())
    assert reader.open == []
    assert len(reader.anchors) == len(set(reader.anchors))
    assert [reader.tags.count(tag) for tag in ("h1", "main", "header", "footer", "nav")] == [1, 1, 1, 1, 1]
    assert reader.tags.count("caption") == reader.tags.count("table")
    assert len(re.findall(r"<th ", html)) == html.count('scope="col"') + html.count('scope="row"')
    assert reader.links[0] == "#main"
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6})", css))


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        full = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(full[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_every_colour_can_be_read_by_day_and_by_night() -> None:
    css = to_html(clean()).partition("<style>")[2].partition("</style>")[0]
    day, night = css.split(":root {", 2)[1:]
    for scheme in (colours(day), colours(night.partition("}")[0])):
        texts = [name for name in scheme if name in ("ink", "quiet", "accent", "link", "good", "warn", "bad")]
        assert len(texts) == 7
        assert min(contrast(scheme[name], scheme[ground]) for name in texts for ground in ("ground", "soft")) >= 4.5
        hosts = [value for name, value in scheme.items() if name.startswith("host")]
        assert len(hosts) == 8
        assert min(contrast(value, scheme["on"]) for value in hosts) >= 4.5


def test_a_thousand_learners_fit_one_page_and_cost_in_proportion() -> None:
    facts = thousand()
    to_html(facts)
    started = time.perf_counter()
    html = to_html(facts)
    assert time.perf_counter() - started < 3
    assert len(html.encode()) < 3_000_000
    small, large = len(to_html(clean(100)).encode()), len(to_html(clean(1000)).encode())
    assert large < 12 * small
    assert html.count("<details") >= 3


@pytest.mark.slow
def test_a_long_page_leaves_in_pieces_and_is_never_in_memory_whole() -> None:
    rows = [learner(row, f"Nováková-{row}-Ωж") for row in range(2, 5002)]
    every = tuple(paper(row, form) for form in ("Learning Agreement", "Contact Card") for row in rows)
    facts = page(cohort(*rows), *every)
    whole = to_html(facts).encode()
    tracemalloc.start()
    try:
        sizes = [len(piece) for piece in pieces(facts)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sum(sizes) == len(whole) > 3_000_000
    assert max(sizes) < 256 * 1024
    assert min(sizes[:-1]) > 16 * 1024
    assert peak < len(whole)
    assert b"".join(pieces(facts)) == whole


@pytest.mark.slow
def test_a_page_of_ten_thousand_things_to_correct_leaves_in_pieces_too() -> None:
    rows = [learner(row) for row in range(2, 10_002)]
    wrong = [problem(row.at("guardian"), f"“{row.id}” is nobody’s name.") for row in rows]
    facts = page(cohort(*rows), *(paper(row, held_by=(it,)) for row, it in zip(rows, wrong, strict=True)))
    sizes = [len(piece) for piece in pieces(facts)]
    assert max(sizes) < 256 * 1024
    assert sum(sizes) > 5_000_000


# -- in a browser ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.chromium
@pytest.mark.parametrize("width", [1280, 820, 390])
def test_a_browser_shows_the_page_without_a_network(
    tmp_path: Path, width: int, needs: Callable[[str], str]
) -> None:
    row = learner(2, HOSTILE)
    facts = page(cohort(row, learner(3)), paper(row), paper(learner(3)))
    (tmp_path / "report.html").write_text(to_html(facts), encoding="utf-8")
    command = [
        needs("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={width},1600",
    ]  # fmt: skip
    address = (tmp_path / "report.html").as_uri()
    dom = subprocess.run([*command, "--dump-dom", address], capture_output=True, check=True, timeout=120)
    shown = dom.stdout.decode()
    assert "<title>CZ-2027: papers</title>" in shown
    assert "All 2 agreements were made." in shown
    assert "</svg>" in shown
    picture = tmp_path / "report.png"
    subprocess.run([*command, f"--screenshot={picture}", address], capture_output=True, check=True, timeout=120)
    data = picture.read_bytes()
    assert int.from_bytes(data[16:20]) == width
    assert len(data) > 20_000


def test_where_every_paper_is_there_but_something_else_waits_the_headline_says_so(tmp_path):
    """A form that cannot be read is in no number: nobody knows how often it is made."""
    room = desk.room(tmp_path, official=False, forms={"Card": ("{{ learner.name }}",)})
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"})
    (room.templates / "mine" / "Broken.docx").write_bytes(b"no form at all")
    for verdict in ("All 13 papers were made. Something else waits: correct 1 place.",
                    "Nothing has changed: all 13 papers are as before. Something else waits: correct 1 place."):  # fmt: skip
        made, = desk.make(room)
        page = made.report.read_text("utf-8")
        assert verdict in page
        assert 'class="mixed"' in page
