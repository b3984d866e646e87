"""What came of the stays: put together from sheet Results, and counted; nothing is decided here."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from desk import opened
from facts import SOUPS, STARTERS, a_cohort, a_learner, a_result, a_unit

from pipeline.contexts import Contexts
from pipeline.model import Cohort, Learner, Result
from pipeline.plan import Plan, plan
from pipeline.tally import outcomes_of, tallies, together, whole_unit

GRILL = a_unit("GRILL", row=9, knowledge=("explains the cold chain",), skills=("grills fish", "carves"), competence=("works alone",))
ANN = a_learner("L01", row=2, units=(STARTERS, SOUPS))
BEN = a_learner("L02", row=3, units=(STARTERS,))


def of_learner(results: tuple[Result, ...]) -> dict[int, list[Result]]:
    found: dict[int, list[Result]] = {}
    for each in results:
        found.setdefault(id(each.learner), []).append(each)
    return found


def planned(cohort: Cohort, *forms) -> list[str]:
    orders: Plan = plan(cohort, forms, [])
    made = [order.job.target for order in orders]
    assert len(orders) == len(made), "the number that is told before is the number that is made"
    return made


# -- outcomes ----------------------------------------------------------------------------------------------------------


def test_the_outcomes_of_a_unit_stand_in_the_order_of_the_forms_each_with_what_came_of_it():
    results = (
        a_result(ANN, GRILL, row=2, learning_outcome="Grills  fish.", result="achieved"),
        a_result(ANN, GRILL, row=3, learning_outcome="works alone", result="partly"),
        a_result(ANN, STARTERS, row=4, learning_outcome="carves", result="not achieved"),
    )
    assert [(each.text, each.kind, each.result and each.result.result) for each in outcomes_of(GRILL, results)] == [
        ("explains the cold chain", "knowledge", None), ("grills fish", "skills", "achieved"), ("carves", "skills", None),
        ("works alone", "competence", "partly"),
    ]  # fmt: skip


def test_what_was_assessed_and_is_no_outcome_of_the_unit_stands_at_the_end_and_is_not_lost():
    results = (a_result(ANN, GRILL, learning_outcome="folds napkins", result="achieved"),)
    assert [each.text for each in outcomes_of(GRILL, results)][-2:] == ["works alone", "folds napkins"]


def test_of_two_rows_for_one_outcome_the_first_counts():
    results = [a_result(ANN, GRILL, row=row, learning_outcome="carves", result=said) for row, said in ((2, "partly"), (3, "achieved"))]
    assert [each.result.result for each in outcomes_of(GRILL, results) if each.result] == ["partly"]


def test_the_whole_unit_is_the_row_without_an_outcome():
    outcome, whole = a_result(ANN, GRILL, learning_outcome="carves"), a_result(ANN, GRILL, row=3, grade="B")
    assert whole_unit(GRILL, (outcome, whole)) is whole
    assert whole_unit(GRILL, (outcome,)) is None
    assert whole_unit(STARTERS, (outcome, whole)) is None


# -- figures -----------------------------------------------------------------------------------------------------------


def test_a_partnership_is_counted_unit_by_unit_and_in_all():
    results = (
        a_result(ANN, STARTERS, row=2, validated="yes", recognised_by="Karel Beneš", recognised_on="2027-05-20", points_credited=2.5),
        a_result(ANN, SOUPS, row=3, result="not achieved"),
        a_result(BEN, STARTERS, row=4, result="partly", validated="no"),
        a_result(BEN, STARTERS, row=5, learning_outcome="prepares three cold starters", result="achieved"),
    )
    starters, soups = tallies((ANN, BEN), of_learner(results))
    assert (starters.unit, starters.agreed, starters.assessed, starters.achieved, starters.partly) == (STARTERS, 2, 2, 1, 1)
    assert (starters.validated, starters.recognised, starters.achieved_percent, starters.recognised_percent) == (1, 1, 50, 50)
    assert (soups.agreed, soups.not_achieved, soups.achieved_percent) == (1, 1, 0)
    total = together((starters, soups))
    assert (total.agreed, total.assessed, total.achieved, total.achieved_percent) == (3, 3, 1, 33)
    assert (total.points_agreed, total.points_credited) == (Decimal("7.5"), Decimal("2.5"))


def test_what_is_recognised_in_part_is_not_counted_as_recognised():
    decided = {"recognised_by": "Karel Beneš", "recognised_on": "2027-05-20", "points_credited": 1}
    results = (a_result(ANN, STARTERS, result="partly", validated="partly", **decided), a_result(BEN, STARTERS, row=3, validated="yes", **decided))
    (starters, _) = tallies((ANN, BEN), of_learner(results))
    assert (starters.validated, starters.recognised, starters.recognised_partly, starters.recognised_percent) == (1, 1, 1, 50)
    assert starters.points_credited == 2


def test_what_nobody_agreed_has_no_per_cent():
    assert together(()).achieved_percent is None


def test_two_of_three_are_67_per_cent_and_one_of_eight_are_13():
    learners = [replace(ANN, id=f"L{number}") for number in range(8)]
    results = tuple(a_result(each, STARTERS) for each in learners)
    assert tallies(learners, of_learner(results[:1]))[0].achieved_percent == 13
    assert tallies(learners[:3], of_learner(results[:2]))[0].achieved_percent == 67


# -- papers that are made once there are results -----------------------------------------------------------------------

TRANSCRIPT = opened("Transcript", "{{ learner.name }}{% for unit in units %}{{ unit.title }} {{ unit.whole.grade }}{% endfor %}")
REVIEW = opened("Review", "{{ home.name }} {{ host.name }} {{ figures.total.achieved_percent }}")
CARD = opened("Card", "{{ learner.name }}")
CERTIFICATE = opened("Certificate", "{{ learner.name }} {{ unit.title }} {{ result.grade }} {{ result.assessed_on }}")
CATALOGUE = opened("Catalogue", "{{ qualification.title }}{% for unit in units %}{{ unit.title }}{% endfor %}")


def test_a_form_that_speaks_of_results_is_made_only_for_those_of_whom_there_are_some():
    cohort = a_cohort(ANN, BEN, results=(a_result(BEN),))
    assert planned(cohort, TRANSCRIPT, CARD) == [
        "Card - Nováková Tereza (L01).docx", "Card - Nováková Tereza (L02).docx", "Transcript - Nováková Tereza (L02).docx",
    ]  # fmt: skip
    assert planned(a_cohort(ANN, BEN), TRANSCRIPT, REVIEW) == []


def test_a_review_is_made_once_a_host_with_results_is_there():
    assert planned(a_cohort(ANN, BEN, results=(a_result(BEN),)), REVIEW) == ["Review - Hotel Aurora Oy.docx"]


def test_a_certificate_is_made_for_each_whole_unit_that_was_achieved():
    results = (
        a_result(ANN, STARTERS, row=2), a_result(ANN, SOUPS, row=3, result="partly"),
        a_result(BEN, STARTERS, row=4, learning_outcome="prepares three cold starters"),
    )  # fmt: skip
    assert planned(a_cohort(ANN, BEN, results=results), CERTIFICATE) == [f"Certificate - Nováková Tereza (L01) {STARTERS.id}.docx"]


def test_a_certificate_shows_its_own_unit_and_result():
    results = (a_result(ANN, STARTERS, row=2, grade="A"), a_result(ANN, SOUPS, row=3, grade="C"))
    cohort = a_cohort(ANN, results=results)
    scopes = [order.scope for order in plan(cohort, [CERTIFICATE], [])]
    values = [Contexts(cohort).values(scope, "en", ANN.agreement.end) for scope in scopes]
    assert [(each["unit"]["title"], each["result"]["grade"], each["learner"]["id"]) for each in values] == [
        (STARTERS.title, "A", "L01"), (SOUPS.title, "C", "L01"),
    ]  # fmt: skip


def test_a_catalogue_is_made_for_each_qualification_and_knows_no_learner():
    cohort = a_cohort(ANN)
    assert planned(cohort, CATALOGUE) == ["Catalogue - Cook.docx"]
    (order,) = plan(cohort, [CATALOGUE], [])
    values = Contexts(cohort).values(order.scope, "en", ANN.agreement.end)
    assert values["learners"] == values["people"] == values["results"] == []
    assert values["figures"] is None


@pytest.mark.parametrize(("text", "says"), [
    ("{{ learner.name }}{{ agreement.start }}", "once for each row of Learners"),
    ("{{ learner.name }}{% for each in results %}{{ each.grade }}{% endfor %}", "once for each row of Learners, once there are results"),
    ("{{ learner.name }}{% for unit in units %}{{ unit.result }}{% endfor %}", "once for each row of Learners, once there are results"),
    ("{{ learner.name }}{% for unit in units %}{% for one in unit.outcomes %}{{ one.text }}{% endfor %}{% endfor %}", "once for each row of Learners"),
    ("{{ learner.name }}{% for unit in units %}{% for one in unit.outcomes %}{{ one.grade }}{% endfor %}{% endfor %}",
     "once for each row of Learners, once there are results"),
    ("{{ result.grade }}{{ unit.title }}", "once for each unit that a learner achieved"),
    ("{{ qualification.title }}", "once for each qualification"),
    ("{{ figures.total.agreed }}", "once, once there are results"),
])  # fmt: skip
def test_how_often_a_form_is_made_follows_from_its_words(text, says):
    assert opened("Form", text).made == says


@pytest.mark.parametrize(("text", "is_one"), [
    ("{{ agreement.start }}{% for unit in units %}{{ unit.title }}{% endfor %}", True),
    ("{{ learner.name }}{% for unit in units %}{{ unit.whole.grade }}{% endfor %}", False),
    ("{{ learner.name }}{% for unit in units %}{% for one in unit.outcomes %}{{ one.text }}{% endfor %}{% endfor %}", False),
])  # fmt: skip
def test_a_transcript_and_a_sheet_to_mark_are_no_agreement_so_a_signature_on_the_agreement_never_stops_them(text, is_one):
    assert opened("Form", text).is_agreement is is_one


def a_signed(learner: Learner) -> Learner:
    return replace(learner, agreement=replace(learner.agreement, signed=learner.agreement.start))


def test_a_transcript_is_made_although_the_agreement_is_signed():
    signed = a_signed(ANN)
    (order,) = plan(a_cohort(signed, results=(a_result(signed),)), [TRANSCRIPT], [])
    assert not order.job.signed
