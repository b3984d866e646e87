"""The example's continuation: the same cohort after the stay, clean, and the papers that tell what came of it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections import Counter
from dataclasses import fields, replace

import desk
import pytest
from click.testing import CliRunner
from facts import a_choice, a_cohort, a_learner, a_result, a_unit
from forms import text_of

from pipeline import checks
from pipeline.cli import ecvet
from pipeline.contexts import Contexts
from pipeline.form import open_pack
from pipeline.libreoffice import convert, find_libreoffice
from pipeline.model import Cohort, Learner, Result
from pipeline.plan import plan
from pipeline.room import kit
from pipeline.spelling import bare
from pipeline.workbook import read_cohort

CONTINUATION = kit("after") / "Example cohort.xlsx"
AFTERWARDS = {"status", "mobility_id", "actual_start", "actual_end", "europass_number", "europass_issued_on"}
"""What is known of a stay only when it is over."""


def cohort_of(path) -> Cohort:
    reading = read_cohort(path)
    assert reading.problems == ()
    assert reading.cohort is not None
    return reading.cohort


@pytest.fixture(scope="module")
def before() -> Cohort:
    return cohort_of(desk.EXAMPLE)


@pytest.fixture(scope="module")
def after() -> Cohort:
    return cohort_of(CONTINUATION)


# -- the continuation --------------------------------------------------------------------------------------------------


def plain(cohort: Cohort, part: str) -> list[dict[str, object]]:
    """The records of a sheet, as texts."""
    return [{field.name: repr(getattr(row, field.name)) for field in fields(row) if field.name in ("id", "name", "title", "key", "points")}
            for row in getattr(cohort, part)]  # fmt: skip


def test_the_continuation_is_the_same_cohort(before, after):
    """Only what is known after the stay is new: sheet Results, and columns of sheet Learners on how it went."""
    assert (before.id, before.title) == (after.id, after.title)
    for part in ("partners", "qualifications", "units", "learners", "companions"):
        assert plain(before, part) == plain(after, part), part

    def agreed(learner: Learner) -> dict[str, str]:
        stay = learner.agreement
        return {
            field.name: repr(value) for field in fields(stay) if isinstance(value := getattr(stay, field.name), (str, int, dt.date, type(None)))
            if field.name not in AFTERWARDS
        }  # fmt: skip

    for one, other in zip(before.learners, after.learners, strict=True):
        assert agreed(one) == agreed(other), one.name
    assert not before.results


def test_the_continuation_is_clean(after):
    """No error, no warning, no notice: a newcomer sees how it should be."""
    assert [problem.message for problem in checks.run(after)] == []


def test_the_continuation_is_a_believable_mixture(after):
    """Most units are achieved; one partly, one not, one not assessed because the learner returned early."""
    whole = [row for row in after.results if not row.learning_outcome]
    assert Counter(row.result for row in whole) == {"achieved": 25, "partly": 1, "not achieved": 1, "not assessed": 1}
    agreed = [(learner.id, learner.mobility, choice.unit.id) for learner in after.learners for choice in learner.agreement.choices]
    assert sorted(agreed) == sorted((row.learner.id, row.learner.mobility, row.unit.id) for row in whole)
    for row in whole:
        if row.result in ("partly", "not achieved"):
            assert row.not_shown_yet
            assert row.unit.if_not_achieved
        if row.result == "not assessed":
            stay = row.learner.agreement
            assert (stay.status, row.assessed_by) == ("returned early", None)
            assert stay.actual_end < stay.end
    assert {row.result for row in after.results if row.learning_outcome} == {"achieved", "partly", "not achieved", "not assessed"}


def test_the_continuation_keeps_the_order_of_assessment_validation_and_recognition(after):
    for row in after.results:
        stay = row.learner.agreement
        ended = stay.actual_end
        assert row.assessed_on is None or stay.actual_start <= row.assessed_on <= ended + dt.timedelta(weeks=4)
        assert row.validated_on is None or row.validated_on >= row.assessed_on
        assert row.recognised_on is None or row.recognised_on >= row.validated_on
        assert row.validated in ("yes", "partly") or row.recognised_on is None
        assert row.points_credited is None or row.points_credited <= next(one.points for one in stay.choices if one.unit is row.unit)
        assert stay.europass_issued_on >= ended
        assert row.assessed_by in (None, stay.host.assessor, "Silke Petersen-Groß"), "the host assesses"
        assert row.validated_by in (None, stay.validator), "home validates"
        assert row.recognised_by in (None, stay.recogniser), "home recognises"


def test_outcomes_are_marked_in_the_words_of_sheet_units(after):
    for row in after.results:
        if row.learning_outcome:
            assert bare(row.learning_outcome) in {bare(text) for text in row.unit.outcomes}


def test_init_makes_a_folder_with_the_cohort_after_the_stay(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(ecvet, ["init", "After the stay", "--after"], standalone_mode=False)
    assert said.output == "After the stay is ready. Go there and run: ecvet run\n"
    folder = tmp_path / "After the stay"
    assert [path.name for path in (folder / "input").iterdir()] == ["Example cohort.xlsx"]
    assert (folder / "input" / "Example cohort.xlsx").read_bytes() == CONTINUATION.read_bytes()


def test_a_fresh_copy_of_the_project_holds_one_cohort(before):
    """README's first command makes the papers of the example, and of nothing else."""
    assert [path.name for path in desk.Room(desk.ROOT).workbooks() if "xample" in path.name] == ["Example cohort.xlsx"]
    assert not before.results


# -- the papers --------------------------------------------------------------------------------------------------------

OFFICIAL = desk.ROOT / "templates" / "official"
PACK = {form.name: form for form in open_pack(OFFICIAL)}
AFTER = sorted(form.name for form in PACK.values() if form.folder == "3 After")
DAY = dt.date(2027, 1, 20)
IN_A_CELL = re.compile(r"^\[\d+\] ", re.MULTILINE)


def papers(cohort: Cohort, name: str) -> dict[str, str]:
    """Print a form for everybody it is made for: for whom, and its text."""
    contexts = Contexts(cohort)
    return {
        order.job.subject: IN_A_CELL.sub("", text_of(order.form.print(contexts.values(order.scope, "en", DAY), "en").data))
        for order in plan(cohort, [PACK[name]], ())
    }  # fmt: skip


def paper(name: str, *results: Result, learner: Learner | None = None, **changes: object) -> str:
    """Print a form for one learner, of whom these are the results."""
    (text,) = papers(a_cohort(learner or results[0].learner, results=results, **changes), name).values()
    return text


def test_the_papers_of_after_the_stay_are_those_of_the_issue():
    assert AFTER == [
        "Europass Mobility", "Learning Agreement Complement", "Partnership Review", "Personal Transcript", "Record of Achievement",
        "Unit Certificate", "Validation and Recognition Record",
    ]  # fmt: skip
    assert all(PACK[name].asks_results for name in AFTER)


@pytest.mark.parametrize("name", AFTER)
def test_no_paper_of_after_the_stay_is_made_before_there_are_results(name, before):
    assert papers(before, name) == {}


PAPERS = {
    "Personal Transcript": 13, "Learning Agreement Complement": 13, "Validation and Recognition Record": 13,
    "Unit Certificate": 25, "Europass Mobility": 13, "Partnership Review": 2, "Record of Achievement": 13,
}  # fmt: skip


def test_the_continuation_gives_these_papers(after):
    jobs = [order.job for order in plan(after, list(PACK.values()), checks.run(after))]
    assert [job.target for job in jobs if job.held_by] == []
    assert Counter(job.form for job in jobs if job.folder == "3 After") == PAPERS
    names = {job.target for job in jobs}
    assert "3 After/Unit Certificate - Nguyễn Thị Mai (L06-2) U1.docx" in names
    assert "3 After/Partnership Review - Berufliche Schule für Backhandwerk & Konditorei Am Speicherfleet.docx" in names
    assert "1 Before/Learning Agreement - Bartošová Eliška (L01).docx" in names


def test_readme_says_which_papers_come_out():
    said = " ".join((desk.ROOT / "README.md").read_text("utf-8").split())
    for name, count in PAPERS.items():
        assert f"| {name} | " in said
        several = {"Record of Achievement": "Records of Achievement"}
        assert f"{count} {several.get(name, name)}" in said


# -- what they say, and what they do not ---------------------------------------------------------------------------------

BARE = a_learner("L01", units=(a_unit("U9", row=9, title="Soups", points=None, eqf_level=None, assessment_method=None, skills=("cooks", "tastes")),), **dict.fromkeys(("assessor", "assessor_role", "assessment_date", "assessment_method", "mentor", "mentor_telephone", "mentor_email", "validator", "validator_role", "recogniser", "recogniser_role", "points", "activities")))  # fmt: skip
SOUPS = BARE.agreement.choices[0].unit
ODD = re.compile(r"None\b(?! is recorded)|, *,|[,;–] *$|^ *[,;.]|: *[,;]|\( *\)|\{[{%]|  +[,.]", re.MULTILINE)
"""What a sentence looks like in which a value is missing."""


@pytest.mark.parametrize("name", [*AFTER, "Unit Catalogue"])
def test_where_nothing_but_a_result_is_known_no_sentence_limps(name):
    few = dict.fromkeys(("title", "programme", "project_code", "activity", "date"))
    host = replace(BARE.agreement.host, address=None, country=None, signatory=None, signatory_role=None, contact_person=None)
    learner = replace(BARE, agreement=replace(BARE.agreement, host=host))
    for result in ("achieved", "partly", "not achieved", "not assessed", None):
        for text in papers(a_cohort(learner, results=(a_result(learner, SOUPS, result=result),), **few), name).values():
            lines = [line for line in text.splitlines() if line != "–"]
            assert [line for line in lines if ODD.search(line)] == [], result


@pytest.mark.parametrize(("result", "shown"), [
    ("achieved", ["cooks", "tastes"]), ("partly", []), ("not achieved", []), ("not assessed", []),
])  # fmt: skip
def test_an_outcome_counts_as_shown_where_its_whole_unit_was_achieved_and_not_otherwise(result, shown):
    row = a_result(BARE, SOUPS, result=result)
    for name in ("Learning Agreement Complement", "Europass Mobility"):
        assert [line for line in paper(name, row).splitlines() if line in ("cooks", "tastes")] == shown, name


def test_of_a_part_of_a_unit_only_outcomes_that_were_marked_are_shown():
    part = replace(BARE, agreement=replace(BARE.agreement, choices=(a_choice(SOUPS, scope="part", part="Cooking"),)))
    whole, marked = a_result(part, SOUPS), a_result(part, SOUPS, row=3, learning_outcome="cooks")
    for name in ("Learning Agreement Complement", "Europass Mobility", "Unit Certificate"):
        said = paper(name, whole, marked).splitlines()
        assert ("cooks" in said, "tastes" in said) == (True, False), name
    assert "Cooking" in paper("Unit Certificate", whole).splitlines(), "what the part is stands in place of its outcomes"


def test_a_certificate_of_a_unit_of_which_no_outcome_was_shown_in_full_has_no_empty_section():
    rows = [a_result(BARE, SOUPS), *(a_result(BARE, SOUPS, row=row, learning_outcome=text, result="partly")
                                     for row, text in ((3, "cooks"), (4, "tastes")))]  # fmt: skip
    assert "Learning outcomes shown" not in paper("Unit Certificate", *rows)
    said = paper("Unit Certificate", *rows[:2]).splitlines()
    assert said[said.index("Learning outcomes shown") + 1] == "tastes"


def test_a_transcript_does_not_say_that_outcomes_were_achieved_which_it_says_were_partly():
    said = paper("Personal Transcript", a_result(BARE, SOUPS), a_result(BARE, SOUPS, row=3, learning_outcome="cooks", result="partly"))
    lines = said.splitlines()
    assert (lines[lines.index("cooks") + 1], lines[lines.index("tastes") + 1]) == ("partly achieved", "achieved")
    assert "each of its learning outcomes" not in said
    assert "an outcome that was not marked on its own was achieved with it" in said


@pytest.mark.parametrize(("changes", "label", "other"), [
    ({}, "Agreed to count at home as", "Counts at home as"),
    ({"validated": "no", "recognised_as": "Module 6"}, "Agreed to count at home as", "Counts at home as"),
    ({"validated": "yes", "recognised_as": "Module 6", "recognised_on": "2027-05-20"}, "Counts at home as", "Agreed to count at home as"),
])  # fmt: skip
def test_a_certificate_says_that_a_unit_counts_only_where_the_college_decided_so(changes, label, other):
    unit = replace(SOUPS, counts_at_home_as="Module 6")
    learner = replace(BARE, agreement=replace(BARE.agreement, choices=(a_choice(unit),)))
    said = paper("Unit Certificate", a_result(learner, unit, **changes)).splitlines()
    assert label in said
    assert other not in said
    assert any(line.startswith("The host organisation assessed. The home organisation decides") for line in said)


def test_a_record_says_who_decides_and_leaves_room_for_what_is_not_decided():
    said = paper("Validation and Recognition Record", a_result(BARE, SOUPS)).splitlines()
    assert any(line.endswith("The college decides; this paper records it.") for line in said)
    assert not {"validated", "not validated"} & set(said)


@pytest.mark.parametrize(("row", "says"), [
    ({"validated": "yes"}, "validated"), ({"validated": "partly"}, "validated in part"), ({"validated": "no"}, "not validated"),
])  # fmt: skip
def test_a_record_tells_a_validation_as_it_is(row, says):
    assert says in paper("Validation and Recognition Record", a_result(BARE, SOUPS, **row)).splitlines()


def test_a_record_tells_decisions_on_single_outcomes():
    row = {"learning_outcome": "cooks", "validated": "yes", "validated_by": "Hana Dvořáková", "recognised_as": "Module 6"}
    said = paper("Validation and Recognition Record", a_result(BARE, SOUPS, result="partly"), a_result(BARE, SOUPS, row=3, **row))
    assert "Soups: cooks – validated, Hana Dvořáková, recognised as Module 6" in said


def test_a_transcript_tells_an_outcome_without_a_mark_from_one_with():
    rows = a_result(BARE, SOUPS, result="partly", not_shown_yet="Tasting"), a_result(BARE, SOUPS, row=3, learning_outcome="cooks")
    said = paper("Personal Transcript", *rows).splitlines()
    assert said[said.index("cooks") + 1] == "achieved"
    assert said[said.index("tastes") + 1] == "not marked on its own"
    assert "partly achieved" in said


def test_the_actual_days_stand_beside_the_agreed_ones_where_they_differ():
    early = replace(BARE, agreement=replace(BARE.agreement, status="returned early", actual_start=BARE.agreement.start, actual_end=dt.date(2027, 4, 20)))
    assert "05/04/2027 to 20/04/2027 (agreed: 05/04/2027 to 30/04/2027)" in paper("Personal Transcript", a_result(early, SOUPS))
    said = paper("Learning Agreement Complement", a_result(early, SOUPS))
    assert "The participant returned before the agreed end." in said
    assert "The stay took place on the dates agreed." not in said


@pytest.mark.parametrize("name", AFTER)
def test_a_draft_is_not_to_be_signed(name):
    said = paper(name, a_result(BARE, SOUPS), draft=True)
    assert "Place, date" not in said
    assert "Signature and stamp" not in said


def test_a_review_names_no_learner(after):
    for text in papers(after, "Partnership Review").values():
        assert [learner.family_name for learner in after.learners if str(learner.family_name) in text] == []


def test_europass_has_the_fields_of_the_classic_form_in_their_order(after):
    said = papers(after, "Europass Mobility")
    for text in said.values():
        numbers = [int(each) for each in re.findall(r"^\((\d+)a?\)", text, re.MULTILINE)]
        assert list(dict.fromkeys(sorted(numbers))) == list(range(1, 39))
        assert [each for each in numbers if each < 29] == list(range(1, 29))


@pytest.mark.slow
@pytest.mark.libreoffice
def test_certificates_of_the_continuation_fit_on_a_page_and_no_paper_has_an_empty_one(after, tmp_path):
    contexts, expected = Contexts(after), {}
    for number, order in enumerate(plan(after, [PACK[name] for name in AFTER], ())):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(order.form.print(contexts.values(order.scope, "en", DAY), "en").data)
        expected[file.stem] = order.form.name
    office = find_libreoffice()
    assert office
    assert not convert(office, "pdf", [f"{name}.docx" for name in expected], tmp_path)
    for stem, name in expected.items():
        done = subprocess.run(["pdftotext", f"{stem}.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True)
        pages = done.stdout.removesuffix("\f").split("\f")
        assert all(len(page.split()) > 35 for page in pages), (name, [len(page.split()) for page in pages])
        assert len(pages) == 1 or name != "Unit Certificate"
