"""Runs again: what is different is named, what was signed stays, and what holds now is put into an amendment."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import desk
import pytest
from desk import opened
from facts import AURORA, SOUPS, STARTERS, a_cohort, a_learner, a_partner, a_result, letter
from test_batch import run, told

from pipeline.columns import RESULTS_SHEET
from pipeline.form import Form
from pipeline.ledger import read_ledger
from pipeline.model import Cohort
from pipeline.problem import Place
from pipeline.sayings import Said, Sayings

AGREEMENT = (
    "{{ learner.name }}, {{ host.name }}, {{ host.address }}, {{ agreement.start }} to {{ agreement.end }}, {{ agreement.mentor }}",
    "{% for unit in units %}{{ unit.title }} ({{ unit.points }}); {% endfor %}",
)  # fmt: skip
AMENDMENT = (
    "Amendment {{ agreement.amendment }} of {{ learner.name }}: {{ agreement.reason_for_change }}",
    "{% for change in agreement.changed %}{{ change.what }}: {{ change.agreed }} > {{ change.now }}; {% endfor %}",
)
PAPER = "Agreement - Nováková Tereza (L01).docx"
FIRST = "Agreement - Nováková Tereza (L01) - amendment 1.docx"
SECOND = "Agreement - Nováková Tereza (L01) - amendment 2.docx"


def agreement() -> Form:
    return opened("Agreement", *AGREEMENT)


def amendment() -> Form:
    return opened("Agreement - amendment", *AMENDMENT)


def tereza(**changes) -> Cohort:
    """Tereza goes to AURORA from 5 to 30 April 2027."""
    return a_cohort(a_learner("L01", **changes))


def differing(outcome) -> list[str]:
    return [f"{it.meaning}: {it.before} > {it.now} [{it.place}]" for it in outcome.differences]


# -- what is different ----------------------------------------------------------------------------------------------------


def test_a_paper_made_anew_names_what_is_different_and_where(tmp_path):
    first, = run(tmp_path, tereza(), agreement())
    assert (first.remade, first.differences) == (False, ())
    second, = run(tmp_path, tereza(start="2027-04-12", mentor="Eeva Aalto"), agreement())
    assert second.remade
    assert differing(second) == [
        "Mentor: Mikko Salo > Eeva Aalto [Learners!Y2]", "Start date: 5 April 2027 > 12 April 2027 [Learners!AB2]",
    ]  # fmt: skip


def test_a_paper_that_is_made_anew_because_the_form_changed_differs_in_nothing(tmp_path):
    run(tmp_path, tereza(), agreement())
    outcome, = run(tmp_path, tereza(), opened("Agreement", "A new heading.", *AGREEMENT))
    assert (str(outcome.status), outcome.remade, outcome.differences) == ("written", True, ())


def test_another_host_is_told_by_name_and_address_and_not_by_all_that_follows(tmp_path):
    lakeside = a_partner("LAKE", row=5, name="Lakeside Inn", address="Rantatie 1, 70100 Kuopio", mentor="Mikko Salo")
    run(tmp_path, tereza(), agreement())
    outcome, = run(tmp_path, tereza(host=lakeside), agreement())
    assert [line.partition(" [")[0] for line in differing(outcome)] == [
        "Host: Name: Hotel Aurora Oy > Lakeside Inn", "Host: Address: Rantakatu 4, 33100 Tampere > Rantatie 1, 70100 Kuopio",
    ]  # fmt: skip


def test_an_edited_paper_survives_three_runs_and_names_what_differs_from_what_was_edited(tmp_path):
    """She edits the agreement in Word; the start date moves three times."""
    run(tmp_path, tereza(), agreement())
    hers = (tmp_path / PAPER).read_bytes() + b"edited"
    (tmp_path / PAPER).write_bytes(hers)
    for day in ("12", "19", "26"):
        outcome, = run(tmp_path, tereza(start=f"2027-04-{day}"), agreement())
        assert (tmp_path / PAPER).read_bytes() == hers
        assert str(outcome.status) == "kept"
        assert differing(outcome) == [f"Start date: 5 April 2027 > {day} April 2027 [Learners!AB2]"]
        assert f"{day} April 2027" in desk.shown(tmp_path / outcome.file)
    again, = run(tmp_path, tereza(start="2027-04-26"), agreement())
    assert differing(again) == ["Start date: 5 April 2027 > 26 April 2027 [Learners!AB2]"], "as long as it waits"
    assert sorted(path.name for path in tmp_path.glob("*.docx")) == ["Agreement - Nováková Tereza (L01) (new).docx", PAPER]


def test_what_papers_said_is_written_once_and_read_again(tmp_path):
    run(tmp_path, tereza(), agreement())
    before = (tmp_path / "manifest.json").read_bytes()
    ledger = read_ledger(tmp_path)
    (entry,) = ledger.papers.values()
    said = ledger.sayings.tell(entry.said)
    assert said["learner.name"] == "Tereza Nováková"
    assert said["agreement.start"] == "2027-04-05"
    assert said["units.points"] == "2.5"
    run(tmp_path, tereza(), agreement())
    assert (tmp_path / "manifest.json").read_bytes() == before


@pytest.mark.parametrize("damage", ["[9]", '["x"]', "[0, 1]", "{}", "[0, -1]", "7"])
def test_notes_that_make_no_sense_cost_what_was_said_and_nothing_else(tmp_path, damage):
    """The paper is still known as ours; only what is different cannot be named."""
    run(tmp_path, tereza(), agreement())
    manifest = tmp_path / "manifest.json"
    manifest.write_text(re.sub(r'"said": \[[^\]]*\]', f'"said": {damage}', manifest.read_text("utf-8")), "utf-8")
    outcome, = run(tmp_path, tereza(start="2027-04-12"), agreement())
    assert (str(outcome.status), outcome.remade, outcome.differences) == ("written", True, ())


def test_the_same_text_is_kept_once():
    sayings = Sayings()
    one = sayings.keep(Said(("a", "b"), ("Aurora", "Aurora")))
    other = sayings.keep(Said(("a", "b"), ("Aurora", "Lake")))
    assert sayings.tell(one) == {"a": "Aurora", "b": "Aurora"}
    assert sayings.tell(other) == {"a": "Aurora", "b": "Lake"}
    assert one != other
    assert sayings.tell(b"") == {}


# -- signed ---------------------------------------------------------------------------------------------------------------


def test_a_signed_agreement_stays_as_it_is_and_a_change_of_its_data_is_told_at_the_cell(tmp_path):
    run(tmp_path, tereza(), agreement())
    before = (tmp_path / PAPER).read_bytes()
    outcome, = run(tmp_path, tereza(start="2027-04-12", signed="2027-02-01"), agreement())
    assert (tmp_path / PAPER).read_bytes() == before
    assert told([outcome]) == [f"{PAPER}: signed; T405 Learners!AB2"]
    assert outcome.problems[0].message == (
        f"Start date was “5 April 2027” when “{PAPER}” was signed, and is “12 April 2027” now."
    )


def test_a_signed_agreement_whose_data_did_not_change_is_signed_and_nothing_is_told(tmp_path):
    run(tmp_path, tereza(), agreement())
    assert told(run(tmp_path, tereza(signed="2027-02-01", amendment=None), agreement())) == [f"{PAPER}: signed"]


def test_a_new_layout_of_the_form_does_not_touch_what_is_signed(tmp_path):
    run(tmp_path, tereza(), agreement())
    before = (tmp_path / PAPER).read_bytes()
    assert told(run(tmp_path, tereza(signed="2027-02-01"), opened("Agreement", "A new heading.", *AGREEMENT))) == [f"{PAPER}: signed"]
    assert (tmp_path / PAPER).read_bytes() == before


def test_its_scan_beside_it_makes_a_paper_signed(tmp_path):
    run(tmp_path, tereza(), agreement())
    (tmp_path / PAPER.replace(".docx", " signed.pdf")).write_bytes(b"%PDF-")
    assert told(run(tmp_path, tereza(start="2027-04-12"), agreement())) == [f"{PAPER}: signed; T405 Learners!AB2"]


def test_a_memorandum_is_signed_by_its_scan(tmp_path):
    form = opened("MoU", "{{ mou.file_code }}: {% for partner in partners %}{{ partner.name }}, {{ partner.signatory }}; {% endfor %}")
    run(tmp_path, tereza(), form)
    paper = next(tmp_path.glob("MoU*.docx"))
    paper.with_name(f"{paper.stem} signed.pdf").write_bytes(b"%PDF-")
    other = replace(tereza(), partners=(replace(AURORA, signatory="Somebody Else"),))
    outcome, = run(tmp_path, other, form)
    assert str(outcome.status) == "signed"
    assert "take the signed PDF away" in outcome.problems[0].advice


def test_a_paper_that_is_no_agreement_is_not_locked_by_the_column(tmp_path):
    """The contact card is renewed when the mentor changes, whatever was signed."""
    card = opened("Card", "{{ learner.name }}, {{ agreement.mentor }}")
    run(tmp_path, tereza(signed="2027-02-01"), card)
    assert told(run(tmp_path, tereza(signed="2027-02-01", mentor="Eeva Aalto"), card)) == [
        "Card - Nováková Tereza (L01).docx: written"
    ]


def test_when_it_was_signed_or_what_came_later_is_no_change_of_what_was_agreed(tmp_path):
    form = opened("Agreement", *AGREEMENT, "{{ agreement.signed }} {{ agreement.mobility_id }} {{ cohort.date }}")
    run(tmp_path, tereza(), form)
    assert told(run(tmp_path, tereza(signed="2027-02-01", mobility_id="149211-MOB-00001"), form)) == [f"{PAPER}: signed"]


def test_an_agreement_that_is_signed_and_not_here_is_never_made_of_what_the_workbook_says_now(tmp_path):
    """The folder output was lost, or the agreement was made elsewhere: nobody knows what was signed."""
    outcome, = run(tmp_path, tereza(signed="2027-02-01", start="2027-04-12"), agreement())
    assert told([outcome]) == [f"{PAPER}: held; T413 Learners!BD2"]
    assert "signed on “1 February 2027”" in outcome.problems[0].message
    assert not list(tmp_path.glob("*.docx"))
    (tmp_path / PAPER.replace(".docx", " signed.pdf")).write_bytes(b"%PDF-")
    outcome, = run(tmp_path, tereza(signed="2027-02-01", start="2027-04-12"), agreement())
    assert (str(outcome.status), outcome.file) == ("signed", PAPER.replace(".docx", " signed.pdf"))


@pytest.mark.parametrize("end", [" signed.PDF", " Signed.pdf", "_signed.pdf", " - signed.pdf", " SIGNED (2).pdf"])
def test_a_scan_is_known_as_scanners_and_people_call_it(tmp_path, end):
    run(tmp_path, tereza(), agreement())
    (tmp_path / PAPER.replace(".docx", end)).write_bytes(b"%PDF-")
    assert told(run(tmp_path, tereza(start="2027-04-12"), agreement())) == [f"{PAPER}: signed; T405 Learners!AB2"]


@pytest.mark.parametrize("name", ["signed.pdf", "Agreement - Nováková Tereza (L02) signed.pdf", "Agreement - Nováková Tereza (L01).pdf",
                                  "Agreement - Nováková Tereza (L01) unsigned.pdf", "Agreement - Nováková Tereza (L01) signed.docx"])  # fmt: skip
def test_other_files_make_nothing_signed(tmp_path, name):
    run(tmp_path, tereza(), agreement())
    (tmp_path / name).write_bytes(b"%PDF-")
    assert told(run(tmp_path, tereza(start="2027-04-12"), agreement())) == [f"{PAPER}: written"]


def test_a_signed_paper_that_was_lost_comes_back_only_as_it_was_signed(tmp_path):
    run(tmp_path, tereza(), agreement())
    before = (tmp_path / PAPER).read_bytes()
    (tmp_path / PAPER).unlink()
    assert told(run(tmp_path, tereza(signed="2027-02-01", start="2027-04-12"), agreement())) == [f"{PAPER}: signed; T405 Learners!AB2"]
    assert not (tmp_path / PAPER).exists()
    assert told(run(tmp_path, tereza(signed="2027-02-01"), agreement())) == [f"{PAPER}: written"]
    assert (tmp_path / PAPER).read_bytes() == before


def test_a_corrected_name_does_not_make_a_second_paper_beside_the_signed_one(tmp_path):
    run(tmp_path, tereza(), agreement())
    outcome, = run(tmp_path, tereza(signed="2027-02-01", family_name="Novotná"), agreement())
    assert (str(outcome.status), outcome.file) == ("signed", PAPER)
    assert [path.name for path in tmp_path.glob("*.docx")] == [PAPER]
    assert "Name was “Tereza Nováková”" in outcome.problems[0].message


def test_an_error_in_the_row_of_a_signed_agreement_does_not_call_it_missing(tmp_path):
    from test_batch import error_at

    cohort = tereza(signed="2027-02-01")
    run(tmp_path, tereza(), agreement())
    problem = error_at(cohort.learners[0].at("email"))
    assert told(run(tmp_path, cohort, agreement(), problems=(problem,))) == [f"{PAPER}: signed; S210 Learners!K2"]


# -- amendments -----------------------------------------------------------------------------------------------------------


def amended(number: str = "1", **changes) -> Cohort:
    return tereza(signed="2027-02-01", amendment=number, reason_for_change="The hotel opens a week later.", **changes)


def made_and_signed(folder: Path) -> bytes:
    run(folder, tereza(), agreement(), amendment())
    return (folder / PAPER).read_bytes()


def test_an_amendment_names_what_was_agreed_what_holds_now_and_why_and_the_agreement_stays(tmp_path):
    before = made_and_signed(tmp_path)
    assert not (tmp_path / FIRST).exists()
    assert told(run(tmp_path, amended(start="2027-04-12"), agreement(), amendment())) == [f"{PAPER}: signed", f"{FIRST}: written"]
    assert (tmp_path / PAPER).read_bytes() == before
    assert desk.shown(tmp_path / FIRST).splitlines() == [
        "Amendment 1 of Tereza Nováková: The hotel opens a week later.", "Start date: 5 April 2027 > 12 April 2027; ",
    ]  # fmt: skip


def test_an_amendment_is_made_anew_until_it_is_signed(tmp_path):
    made_and_signed(tmp_path)
    run(tmp_path, amended(start="2027-04-12"), agreement(), amendment())
    assert told(run(tmp_path, amended(start="2027-04-13"), agreement(), amendment())) == [f"{PAPER}: signed", f"{FIRST}: written"]
    (tmp_path / FIRST.replace(".docx", " signed.pdf")).write_bytes(b"%PDF-")
    _, second = run(tmp_path, amended(start="2027-04-14"), agreement(), amendment())
    assert told([second]) == [f"{FIRST}: signed; T405 Learners!AB2"]
    assert "write the next number into Amendment" in second.problems[0].advice


def test_a_second_amendment_tells_what_is_different_from_the_first(tmp_path):
    made_and_signed(tmp_path)
    run(tmp_path, amended(start="2027-04-12"), agreement(), amendment())
    outcomes = run(tmp_path, amended("2", start="2027-04-12", mentor="Eeva Aalto"), agreement(), amendment())
    assert told(outcomes) == [f"{PAPER}: signed", f"{SECOND}: written"]
    assert desk.shown(tmp_path / SECOND).splitlines()[1] == "Mentor: Mikko Salo > Eeva Aalto; "
    assert (tmp_path / FIRST).exists()


@pytest.mark.parametrize(
    ("cohort", "code"),
    [
        (amended(), "T406 Learners!BE2"),
        (tereza(signed="2027-02-01", amendment="1", start="2027-04-12"), "T410 Learners!BF2"),
    ],
    ids=["nothing is different", "no reason is given"],
)
def test_an_amendment_that_cannot_be_made_says_why(tmp_path, cohort, code):
    made_and_signed(tmp_path)
    assert told(run(tmp_path, cohort, agreement(), amendment()))[1] == f"{FIRST}: held; {code}"


def test_what_is_amended_is_taken_as_signed_though_its_date_was_forgotten(tmp_path):
    """It was signed on paper, and nobody filled Signed: the agreement stays, and the amendment is made from it."""
    before = made_and_signed(tmp_path)
    forgotten = tereza(amendment="1", reason_for_change="The hotel opens a week later.", start="2027-04-12")
    outcomes = run(tmp_path, forgotten, agreement(), amendment())
    assert told(outcomes) == [f"{PAPER}: signed; T407 Learners!BD2", f"{FIRST}: written"]
    assert (tmp_path / PAPER).read_bytes() == before
    assert not any(problem.holds for problem in outcomes[0].problems)
    (tmp_path / PAPER.replace(".docx", " signed.pdf")).write_bytes(b"%PDF-")
    assert told(run(tmp_path, forgotten, agreement(), amendment())) == [f"{PAPER}: signed", f"{FIRST}: unchanged"]


def test_an_agreement_that_was_made_nowhere_cannot_be_amended(tmp_path):
    outcomes = run(tmp_path, tereza(amendment="1", reason_for_change="Later."), agreement(), amendment())
    assert told(outcomes) == [f"{PAPER}: written", f"{FIRST}: held; T408 Learners!BE2"]


def test_what_was_signed_elsewhere_cannot_be_amended_here(tmp_path):
    (tmp_path / PAPER).write_bytes(b"signed elsewhere")
    assert told(run(tmp_path, amended(), agreement(), amendment())) == [f"{PAPER}: signed", f"{FIRST}: held; T408 Learners!BE2"]


def test_an_agreement_whose_own_form_tells_changes_is_its_own_amendment(tmp_path):
    form = opened("Agreement", *AGREEMENT, "{{ agreement.changes | lines }}")
    run(tmp_path, tereza(), form)
    assert told(run(tmp_path, amended(start="2027-04-12"), form)) == [f"{PAPER}: signed", f"{FIRST}: written"]
    assert desk.shown(tmp_path / FIRST).splitlines()[-1] == "Start date: 5 April 2027, now 12 April 2027"


def test_a_set_without_a_form_for_amendments_says_so(tmp_path):
    run(tmp_path, tereza(), agreement())
    assert told(run(tmp_path, amended(start="2027-04-12"), agreement()))[1] == f"{FIRST}: held; T409 Learners!BE2"


def test_an_amendment_is_planned_for_the_learner_who_has_one(tmp_path):
    from pipeline.plan import plan

    cohort = a_cohort(a_learner("L01", amendment="1"), a_learner("L02", row=3, family_name="Šimek", given_names="Petr"))
    planned = plan(cohort, [agreement(), amendment()], ())
    assert [order.job.target for order in planned] == [PAPER, FIRST, "Agreement - Šimek Petr (L02).docx"]
    assert len(planned) == 3
    assert [order.job.row for order in planned][1] == Place(file="cohort.xlsx", sheet="Learners", cell="BE2", row=2)


def test_the_official_form_for_amendments_is_lent_to_a_set_that_has_none(tmp_path):
    """The college's own agreement is called Lernvereinbarung; it never heard of amendments."""
    room = desk.room(tmp_path, official=True, forms={"Lernvereinbarung": AGREEMENT})
    cells = {"Cohort / Templates": "mine"}
    desk.workbook(room.input / "cohort.xlsx", cells)
    desk.make(room)
    later = {"Learners / L01 / Signed": "2027-01-20", "Learners / L01 / Amendment": "1", "Learners / L01 / Reason for change": "The host asked.",
             "Learners / L01 / Mentor": "Noor Peeters"}  # fmt: skip
    desk.workbook(room.input / "cohort.xlsx", {**cells, **later})
    made, = desk.make(room)
    assert desk.statuses(made) == {"written": 1, "unchanged": 12, "signed": 1}
    paper = next(made.report.parent.glob("*amendment*"))
    assert paper.name == "Lernvereinbarung - Bartošová Eliška (L01) - amendment 1.docx"
    assert "Noor Peeters" in desk.shown(paper)


def test_a_list_names_only_who_is_new_or_gone(tmp_path):
    """Petr joins and Tereza starts later: her dates stand in her own papers, and his go without saying."""
    form = opened("List", "{{ host.name }}", "{% for row in learners %}{{ row.name }} {{ row.agreement.start }}; {% endfor %}")
    petr = a_learner("L02", row=3, family_name="Šimek", given_names="Petr")
    jana = a_learner("L03", row=4, family_name="Malá", given_names="Jana")
    run(tmp_path, a_cohort(a_learner("L01"), jana), form)
    outcome, = run(tmp_path, a_cohort(a_learner("L01", start="2027-04-12"), petr), form)
    assert differing(outcome) == ["Name: Jana Malá > Petr Šimek [Learners]"]
    outcome, = run(tmp_path, a_cohort(a_learner("L01"), petr), form)
    assert differing(outcome) == ["Start date: 12 April 2027 > 5 April 2027 [Learners]"]


def test_what_was_edited_before_it_was_signed_is_asked_about_and_not_called_changed(tmp_path):
    """She moved the start in Word, had it signed, and then wrote it into the workbook: nobody knows what was signed."""
    run(tmp_path, tereza(), agreement())
    (tmp_path / PAPER).write_bytes((tmp_path / PAPER).read_bytes() + b"edited")
    outcome, = run(tmp_path, tereza(start="2027-04-12", signed="2027-02-01"), agreement())
    assert told([outcome]) == [f"{PAPER}: signed; T412 Learners!AB2"]
    assert not any(problem.holds for problem in outcome.problems)


def test_where_a_hundred_edited_versions_lie_none_is_written_over(tmp_path):
    run(tmp_path, tereza(), agreement())
    names = [PAPER, PAPER.replace(".docx", " (new).docx"), *(PAPER.replace(".docx", f" (new {n}).docx") for n in range(2, 100))]
    for name in names:
        (tmp_path / name).write_bytes(f"hers: {name}".encode())
    outcome, = run(tmp_path, tereza(start="2027-04-12"), agreement())
    assert told([outcome]) == [f"{PAPER}: failed; T403 {PAPER}"]
    assert "all of them were edited" in outcome.problems[0].message
    assert all((tmp_path / name).read_bytes() == f"hers: {name}".encode() for name in names)


# -- whatever a paper says -------------------------------------------------------------------------------------------------------


EVERYTHING = (
    "{{ learner.name }} {{ cohort.title }} {{ workplace.name }} {{ coordinator.name }} {{ qualification.title }}",
    '{{ learner.more["Shoe size"] }} {% for one in partners %}{{ one.email }} {% endfor %}',
)


def test_what_is_different_is_told_with_the_cell_it_was_typed_in_wherever_that_is(tmp_path):
    """Of the cohort, of the company she works at, of the qualification, and in a column of her own."""
    form = opened("Card", *EVERYTHING)
    company, other = (a_partner(each, row=row, name=f"{each} Oy") for row, each in ((7, "CAFE"), (8, "BAR")))
    first = replace(a_learner("L01", workplace=company), more={"Shoe size": "38"})
    now = replace(a_learner("L01", workplace=other), more={"Shoe size": "39"})
    run(tmp_path, a_cohort(first), form)
    (outcome,) = run(tmp_path, a_cohort(now, title="A Taste of Europe"), form)
    assert differing(outcome) == [
        "Title: Taste of Europe > A Taste of Europe [Cohort!B3]", "Workplace: Name: CAFE Oy > BAR Oy [Partners!C8]",
        "Shoe size: 38 > 39 [Learners, row 2]",
    ]  # fmt: skip


# -- what came of the stay ---------------------------------------------------------------------------------------------

TRANSCRIPT = (
    "{% for one in results %}{{ one.recognised_by }} {% endfor %}",
    "{% for unit in units %}{{ unit.whole.validated }} {% for each in unit.outcomes %}{{ each.grade }} {% endfor %}{% endfor %}",
    "{% for one in learner.achievements %}{{ one.recognised_as }} {{ one.cohort }} {% endfor %}",
    "{% for unit in learner.remaining %}{{ unit.title }} {{ unit.points }} {% endfor %}",
)


def after_the_stay(*rows, **changes) -> Cohort:
    """Tereza agreed on two units; each row of Results names one of them."""
    learner = a_learner("L01", units=(STARTERS, SOUPS))
    return a_cohort(learner, units=(STARTERS, SOUPS), results=[
        a_result(learner, unit, row=row, **{**cells, **changes}) for row, (unit, cells) in enumerate(rows, 2)
    ])  # fmt: skip


def column(key: str) -> str:
    return letter([each.key for each in RESULTS_SHEET.columns].index(key))


def test_what_came_of_a_stay_is_told_with_the_cell_of_results(tmp_path):
    """Results: row 2 speaks of the starters, row 3 of the soups, which are validated only now, and row 4 of an outcome."""
    form = opened("Transcript", *TRANSCRIPT)
    outcome = STARTERS.outcomes[0]
    run(tmp_path, after_the_stay((STARTERS, {"validated": "yes"}), (SOUPS, {}), (STARTERS, {"learning_outcome": outcome})), form)
    (paper,) = run(tmp_path, after_the_stay(
        (STARTERS, {"validated": "yes"}), (SOUPS, {"validated": "yes"}),
        (STARTERS, {"learning_outcome": outcome, "grade": "B", "recognised_by": "Karel Beneš"}),
    ), form)  # fmt: skip
    assert {line.split(":")[0] for line in differing(paper)} == {"Validated", "Learning outcomes", "Results"}
    assert [str(it.place) for it in sorted(paper.differences, key=lambda it: it.meaning)] == [
        f"Results!{cell}" for cell in (f"{column('grade')}4", f"{column('recognised_by')}4", f"{column('validated')}3")
    ]


def test_what_several_rows_of_results_may_have_changed_has_no_cell(tmp_path):
    form = opened("Transcript", *TRANSCRIPT)
    run(tmp_path, after_the_stay((STARTERS, {}), (SOUPS, {})), form)
    (paper,) = run(tmp_path, after_the_stay((STARTERS, {"validated": "yes"}), (SOUPS, {"validated": "yes"})), form)
    assert differing(paper) == ["Validated:  > yes [Results]"]


def test_what_is_recognised_so_far_and_what_remains_are_called_so(tmp_path):
    """The starters are recognised now: they are no longer to be learned, which is no change of a cohort's title."""
    form = opened("Transcript", *TRANSCRIPT)
    said = {"validated": "yes", "recognised_as": "Module 6", "recognised_by": "Karel Beneš", "recognised_on": dt.date(2027, 5, 20)}
    run(tmp_path, after_the_stay((STARTERS, {"validated": "yes"}), (SOUPS, {})), form)
    (paper,) = run(tmp_path, after_the_stay((STARTERS, said), (SOUPS, {})), form)
    assert differing(paper) == [
        f"Remains: Title: {STARTERS.title} >  []", f"Remains: Points: {STARTERS.points} >  []",
        f"Results: Recognised by:  > Karel Beneš [Results!{column('recognised_by')}2]",
        f"Recognised so far: Recognised as:  > Module 6 [Results!{column('recognised_as')}2]",
        "Recognised so far: Cohort ID:  > CZ-2027-Spring [Results, row 2]",
    ]
