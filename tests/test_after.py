"""The example's continuation: the same cohort after the stay, clean, and the papers that tell what came of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import fields

import desk
import pytest
from click.testing import CliRunner

from pipeline import checks
from pipeline.cli import ecvet
from pipeline.model import Cohort, Learner
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
