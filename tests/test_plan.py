"""Which paper for whom, and what it waits for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import desk
import pytest
from desk import opened
from facts import (
    AURORA,
    FILE,
    SOS,
    SOUPS,
    STARTERS,
    a_choice,
    a_cohort,
    a_companion,
    a_learner,
    a_partner,
    a_qualification,
    a_result,
    a_unit,
    cell,
    marked,
)

from pipeline import checks
from pipeline.contexts import Contexts
from pipeline.form import Form, open_form
from pipeline.model import Cohort
from pipeline.plan import Order, plan, usable
from pipeline.problem import Place, Problem, Severity

SEVILLA = a_partner("SEVILLA", row=4, name="Escuela Sevilla", country="ES", language="es")
WORKPLACE = a_partner("BAR", row=5, roles=("company",), name="Bar Sol", country="ES")
OFFICE = a_partner("OFFICE", row=6, roles=("coordinator",), name="Regional office", country="CZ")
NOBODY = a_partner("NOBODY", row=7, roles=("other",), name="A ministry", country="CZ")
WAITER = a_qualification("WAIT", row=3, title="Waiter")
SERVICE = a_unit("U9", row=9, title="Service", qualification=WAITER)

TEREZA = a_learner("L01", row=2)
PETR = a_learner("L02", row=3, family_name="Šimek", given_names="Petr", host=SEVILLA, workplace=WORKPLACE, units=(SERVICE,), qualification=WAITER)
ON_RESERVE = a_learner("L03", row=4, family_name="Waiting", given_names="Wanda", status="reserve")
WITHDRAWN = a_learner("L04", row=5, family_name="Gone", given_names="Gustav", status="withdrawn")
AGAIN = a_learner("L01", row=6, mobility=2, host=SEVILLA, start="2027-09-06", end="2027-09-24")
EVERYONE = (TEREZA, PETR, ON_RESERVE, WITHDRAWN, AGAIN)

LEARNER, COMPANION, PARTNER = "{{ learner.name }}", "{{ companion.name }}", "{{ partner.name }}"
MEMORANDUM, PAIR, ONCE = "{{ mou.file_code }}", "{{ host.name }}", "{{ cohort.title }}"


def a_crowd(*learners, **changes):
    rows = learners or EVERYONE
    return a_cohort(*rows, **{"partners": (SOS, AURORA, SEVILLA, WORKPLACE, OFFICE, NOBODY), "units": (STARTERS, SOUPS, SERVICE), **changes})


def every(cohort, forms, problems) -> list[Order]:
    planned = plan(cohort, forms, problems)
    orders = list(planned)
    assert len(orders) == len(planned)
    return orders


def targets(cohort, *forms: Form, problems=()) -> list[str]:
    return [order.job.target for order in plan(cohort, forms, problems)]


def text(cohort, order: Order, folder: Path) -> str:
    """Print a paper, and read it."""
    printed = order.form.print(Contexts(cohort).values(order.scope, order.language, dt.date(2027, 1, 15)), order.language)
    (folder / "paper.docx").write_bytes(printed.data)
    return desk.shown(folder / "paper.docx")


# -- how often -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "subjects"),
    [
        (LEARNER, ["Nováková Tereza (L01)", "Šimek Petr (L02)", "Nováková Tereza (L01-2)"]),
        ("{{ agreement.start }}", ["Nováková Tereza (L01)", "Šimek Petr (L02)", "Nováková Tereza (L01-2)"]),
        (LEARNER + "{{ mou.file_code }}{{ host.name }}", ["Nováková Tereza (L01)", "Šimek Petr (L02)", "Nováková Tereza (L01-2)"]),
        (COMPANION, ["Ivana Malá"]),
        (PARTNER, ["SOŠ gastronomie Brno", "Hotel Aurora Oy", "Escuela Sevilla", "Bar Sol", "Regional office"]),
        (MEMORANDUM, ["all partners"]),
        (MEMORANDUM + "{% for partner in partners %}{{ partner.name }}{% endfor %}", ["all partners"]),
        (PAIR, ["Hotel Aurora Oy", "Escuela Sevilla"]),
        (ONCE, ["Taste of Europe"]),
        ("{% for learner in learners %}{{ learner.name }}{% endfor %}", ["Taste of Europe"]),
    ],
)
def test_how_often_a_form_is_made_follows_from_its_words(line, subjects):
    assert [order.job.subject for order in plan(a_crowd(), [opened("Form", line)], [])] == subjects


def test_a_paper_is_called_after_its_form_and_whom_it_is_for():
    forms = [
        opened("Card", LEARNER, folder="1 Before"), opened("Rules", COMPANION), opened("Letter", PARTNER),
        opened("Memorandum", MEMORANDUM), opened("List", PAIR), opened("Overview", ONCE),
    ]  # fmt: skip
    assert targets(a_crowd(TEREZA, AGAIN), *forms) == [
        "Letter - SOŠ gastronomie Brno.docx", "Letter - Hotel Aurora Oy.docx", "Letter - Escuela Sevilla.docx",
        "Letter - Bar Sol.docx", "Letter - Regional office.docx",
        "List - Hotel Aurora Oy.docx", "List - Escuela Sevilla.docx",
        "Memorandum - CZ-2027-Spring.docx",
        "Overview - CZ-2027-Spring.docx",
        "Rules - Ivana Malá.docx",
        "1 Before/Card - Nováková Tereza (L01).docx", "1 Before/Card - Nováková Tereza (L01-2).docx",
    ]  # fmt: skip


def test_reserve_and_withdrawn_learners_get_no_papers_and_stand_in_none(tmp_path):
    cohort = a_crowd()
    overview = opened("Overview", "{% for row in learners %}{{ row.name }}; {% endfor %}{% for row in people %}{{ row.name }}; {% endfor %}")
    pair = opened("List", PAIR, "{% for row in learners %}{{ row.name }}; {% endfor %}")
    said = "\n".join(text(cohort, order, tmp_path) for order in plan(cohort, [overview, pair, opened("Card", LEARNER)], []))
    assert "Wanda" not in said
    assert "Gustav" not in said
    assert "Petr Šimek" in said


def test_a_learner_without_an_id_is_called_by_name_alone():
    rows = (a_learner(None, row=2), a_learner(None, row=3, mobility=2, start="2027-09-06", end="2027-09-24"))
    assert targets(a_cohort(*rows), opened("Card", LEARNER)) == ["Card - Nováková Tereza.docx", "Card - Nováková Tereza (2).docx"]


def test_two_learners_of_one_name_get_two_papers():
    """Same name; without IDs, with different dates of birth; and one whose name differs in case alone."""
    rows = (
        a_learner(None, row=2, date_of_birth="2006-05-12"),
        a_learner(None, row=3, date_of_birth="2007-01-01"),
        a_learner(None, row=4, family_name="NOVÁKOVÁ", date_of_birth="2005-01-01"),
        a_learner("L01", row=5), a_learner("L02", row=6),
    )  # fmt: skip
    orders = every(a_cohort(*rows), [opened("Card", LEARNER)], [])
    assert [order.job.target for order in orders] == [
        "Card - Nováková Tereza.docx", "Card - Nováková Tereza - 2.docx", "Card - NOVÁKOVÁ Tereza - 3.docx",
        "Card - Nováková Tereza (L01).docx", "Card - Nováková Tereza (L02).docx",
    ]  # fmt: skip
    assert len({order.job.key for order in orders}) == 5


def test_a_very_long_name_keeps_the_number_of_the_learner():
    target, = targets(a_cohort(a_learner("L01", family_name="Wolfeschlegelsteinhausenbergerdorff " * 9)), opened("Card", LEARNER))
    assert target.endswith(" (L01).docx")
    assert len(target) <= 125


def test_a_person_who_accompanies_twice_gets_two_papers():
    twice = (a_companion(row=2, host=AURORA), a_companion(row=3, host=SEVILLA, start="2027-09-06", end="2027-09-24"))
    orders = every(a_crowd(companions=twice), [opened("Rules", COMPANION)], [])
    assert [order.job.target for order in orders] == ["Rules - Ivana Malá.docx", "Rules - Ivana Malá - 2.docx"]
    assert len({order.job.key for order in orders}) == 2


def test_forms_of_one_name_in_two_subfolders_are_two_forms():
    forms = opened("Card", LEARNER, folder="1 Before"), opened("Card", LEARNER, folder="2 After")
    assert targets(a_crowd(TEREZA), *forms) == ["1 Before/Card - Nováková Tereza (L01).docx", "2 After/Card - Nováková Tereza (L01).docx"]


# -- the memorandum ------------------------------------------------------------------------------------------------------


WHO = ("{{ mou.file_code }}", "{% for one in partners %}{{ one.name }}; {% endfor %}",
       "covered: {% for one in mou.covered %}{{ one.name }}; {% endfor %}",
       "{% for one in qualifications %}{{ one.title }}; {% endfor %}", "{% for one in units %}{{ one.title }}; {% endfor %}")  # fmt: skip


def test_one_memorandum_for_all_names_every_partner_and_no_learner(tmp_path):
    """SOS, the hosts and the co-ordinator sign; the company and the ministry stand in section 3."""
    cohort = a_crowd()
    order, = plan(cohort, [opened("Memorandum", *WHO)], [])
    assert order.job.target == "Memorandum - CZ-2027-Spring.docx"
    said = text(cohort, order, tmp_path).splitlines()
    assert said[1] == "SOŠ gastronomie Brno; Hotel Aurora Oy; Escuela Sevilla; Regional office; "
    assert said[2] == "covered: Bar Sol; A ministry; "
    assert said[3] == "Cook; Waiter; "
    assert order.scope.learners == ()


def test_one_memorandum_for_each_host_names_its_own_partners_qualifications_and_units(tmp_path):
    """Tereza (Cook) goes to Aurora, Petr (Waiter) to Sevilla and works at Bar Sol."""
    cohort = a_crowd(TEREZA, PETR, memorandum="one for each host")
    orders = every(cohort, [opened("Memorandum", *WHO)], [])
    assert [order.job.target for order in orders] == [
        "Memorandum - CZ-2027-Spring - Hotel Aurora Oy.docx", "Memorandum - CZ-2027-Spring - Escuela Sevilla.docx",
    ]  # fmt: skip
    first, second = (text(cohort, order, tmp_path).splitlines()[1:] for order in orders)
    assert first == ["SOŠ gastronomie Brno; Hotel Aurora Oy; Regional office; ", "covered: ", "Cook; ", "Cold starters; Soups; "]
    assert second == ["SOŠ gastronomie Brno; Escuela Sevilla; Regional office; ", "covered: Bar Sol; ", "Waiter; ", "Service; "]


def test_a_unit_that_another_host_offers_does_not_stand_in_the_memorandum(tmp_path):
    there = a_unit("U3", row=4, title="Only in Sevilla", hosts=(SEVILLA,))
    cohort = a_crowd(TEREZA, units=(STARTERS, there), memorandum="one for each host")
    order, = plan(cohort, [opened("Memorandum", *WHO)], [])
    assert text(cohort, order, tmp_path).splitlines()[4] == "Cold starters; "


def test_no_memorandum_is_made_where_it_is_signed_already():
    cohort = a_crowd(memorandum="already signed", signed_on="2026-12-10")
    assert targets(cohort, opened("Memorandum", MEMORANDUM), opened("Overview", ONCE)) == ["Overview - CZ-2027-Spring.docx"]


# -- whose data: privacy -------------------------------------------------------------------------------------------------


EVERYBODY = "{% for row in learners %}{{ row.name }}; {% endfor %}{% for row in people %}{{ row.name }}; {% endfor %}"


def test_a_learners_paper_sees_her_own_data_alone(tmp_path):
    form = opened("Card", LEARNER, EVERYBODY, "{% for one in partners %}{{ one.name }}; {% endfor %}", "{% for one in units %}{{ one.title }}; {% endfor %}")
    cohort = a_crowd()
    orders = every(cohort, [form], [])
    said = {order.job.subject: text(cohort, order, tmp_path) for order in orders}
    assert "Petr" not in said["Nováková Tereza (L01)"]
    assert "Service" not in said["Nováková Tereza (L01)"]
    assert "Sevilla" not in said["Nováková Tereza (L01)"]
    assert "Tereza" not in said["Šimek Petr (L02)"]
    assert "Hotel Aurora" not in said["Šimek Petr (L02)"]
    assert "Bar Sol" in said["Šimek Petr (L02)"]


def test_a_partners_paper_sees_its_own_learners_and_their_units(tmp_path):
    form = opened("Letter", PARTNER, EVERYBODY, "{% for one in units %}{{ one.title }}; {% endfor %}")
    cohort = a_crowd(TEREZA, PETR)
    said = {order.job.subject: text(cohort, order, tmp_path) for order in plan(cohort, [form], [])}
    assert said["Hotel Aurora Oy"].splitlines() == ["Hotel Aurora Oy", "Tereza Nováková; Tereza Nováková; ", "Cold starters; "]
    assert said["Bar Sol"].splitlines() == ["Bar Sol", "Petr Šimek; Petr Šimek; ", "Service; "]
    assert "Petr" in said["SOŠ gastronomie Brno"]
    assert said["Regional office"].splitlines() == ["Regional office", ""]


def test_a_list_for_home_and_host_sees_the_learners_between_them(tmp_path):
    form = opened("List", PAIR, EVERYBODY, "{% for one in companions %}{{ one.name }}; {% endfor %}")
    away = (a_companion(row=2, host=SEVILLA), a_companion(row=3, name="Jan Dvořák", host=AURORA))
    cohort = a_crowd(TEREZA, PETR, companions=away)
    first, second = (text(cohort, order, tmp_path) for order in plan(cohort, [form], []))
    assert first.splitlines() == ["Hotel Aurora Oy", "Tereza Nováková; Tereza Nováková; ", "Jan Dvořák; "]
    assert second.splitlines() == ["Escuela Sevilla", "Petr Šimek; Petr Šimek; ", "Ivana Malá; "]


def test_a_paper_made_once_lists_each_person_once_and_each_stay_once(tmp_path):
    form = opened("Overview", "{% for row in learners %}{{ row.name }}; {% endfor %}", "{% for row in people %}{{ row.name }}; {% endfor %}")
    cohort = a_crowd(TEREZA, PETR, AGAIN)
    order, = plan(cohort, [form], [])
    assert text(cohort, order, tmp_path).splitlines() == ["Tereza Nováková; Petr Šimek; Tereza Nováková; ", "Tereza Nováková; Petr Šimek; "]


def test_results_of_those_without_papers_stand_nowhere():
    theirs = [a_result(whose, row=row) for row, whose in enumerate((TEREZA, WITHDRAWN), start=2)]
    order, = plan(a_crowd(results=tuple(theirs)), [opened("Overview", ONCE)], [])
    assert order.scope.results == (theirs[0],)


# -- the language ----------------------------------------------------------------------------------------------------------


def languages(cohort, *forms):
    return {order.job.subject: (order.language, order.form.file) for order in plan(cohort, forms, [])}


def test_the_variant_in_the_papers_language_goes_before_the_form_without_one():
    forms = opened("Card", LEARNER), opened("Card.es", LEARNER), opened("Card.de", LEARNER)
    assert languages(a_crowd(TEREZA, language="es"), *forms) == {"Nováková Tereza (L01)": ("es", "Card.es.docx")}
    assert languages(a_crowd(TEREZA, language="fr"), *forms) == {"Nováková Tereza (L01)": ("fr", "Card.docx")}
    assert languages(a_crowd(TEREZA, language=None), *forms) == {"Nováková Tereza (L01)": ("en", "Card.docx")}


def test_in_the_language_of_the_host_each_paper_has_its_own():
    forms = opened("Card", LEARNER), opened("Card.es", LEARNER)
    assert languages(a_crowd(TEREZA, PETR, language="of the host"), *forms) == {
        "Nováková Tereza (L01)": ("fi", "Card.docx"), "Šimek Petr (L02)": ("es", "Card.es.docx"),
    }  # fmt: skip


def test_a_paper_for_several_hosts_is_in_english_where_papers_are_in_the_language_of_the_host():
    forms = opened("Memorandum", MEMORANDUM), opened("Memorandum.es", MEMORANDUM)
    assert languages(a_crowd(language="of the host"), *forms) == {"all partners": ("en", "Memorandum.docx")}
    each = a_crowd(TEREZA, PETR, language="of the host", memorandum="one for each host")
    assert languages(each, *forms)["Escuela Sevilla"] == ("es", "Memorandum.es.docx")


def test_where_the_variant_for_a_language_has_faults_its_papers_wait_and_no_other_form_stands_in():
    forms = opened("Card", LEARNER), opened("Card.es", LEARNER, "{{ learner.nam }}")
    tereza, petr = plan(a_crowd(TEREZA, PETR, language="of the host"), forms, forms[1].problems)
    assert not tereza.job.held_by
    assert [problem.code for problem in petr.job.held_by] == ["T206"]


# -- what a paper waits for ------------------------------------------------------------------------------------------------


def an_error(place: Place) -> Problem:
    return Problem(code="S201", place=place, message="“31.02.2006” is not a date.", advice="Write a date.", severity=Severity.ERROR)


def waiting(cohort, forms, *places: Place) -> list[str]:
    """Name the papers that wait when these cells have errors."""
    orders = every(cohort, forms, [an_error(place) for place in places])
    by_form = sorted(orders, key=lambda order: order.job.form)
    return [f"{order.job.form}: {order.job.subject}" for order in by_form if order.job.held_by]


@pytest.fixture
def pack():
    return [
        opened("Card", LEARNER), opened("Letter", PARTNER), opened("List", PAIR), opened("Memorandum", MEMORANDUM),
        opened("Overview", ONCE), opened("Rules", COMPANION),
    ]  # fmt: skip


ALL = ["Card: Nováková Tereza (L01)", "Card: Šimek Petr (L02)", "Letter: SOŠ gastronomie Brno", "Letter: Hotel Aurora Oy",
       "Letter: Escuela Sevilla", "Letter: Bar Sol", "Letter: Regional office", "List: Hotel Aurora Oy", "List: Escuela Sevilla",
       "Memorandum: all partners", "Overview: Taste of Europe", "Rules: Ivana Malá"]  # fmt: skip


def test_a_learners_error_holds_hers_alone(pack):
    assert waiting(a_crowd(TEREZA, PETR), pack, PETR.at("date_of_birth")) == ["Card: Šimek Petr (L02)"]


def test_an_error_in_one_mobility_does_not_hold_the_other(pack):
    assert waiting(a_crowd(TEREZA, AGAIN), pack, AGAIN.at("end")) == ["Card: Nováková Tereza (L01-2)"]


def test_a_warning_and_a_notice_hold_nothing(pack):
    for severity in (Severity.WARNING, Severity.NOTICE):
        problem = Problem(code="L130", place=PETR.at("telephone"), message="", advice="", severity=severity)
        assert not any(order.job.held_by for order in plan(a_crowd(), pack, [problem]))


def test_an_organisations_row_holds_every_paper_with_that_organisation(pack):
    assert waiting(a_crowd(TEREZA, PETR), pack, WORKPLACE.at("country")) == [
        "Card: Šimek Petr (L02)", "Letter: Bar Sol", "Memorandum: all partners", "Overview: Taste of Europe",
    ]  # fmt: skip


def test_a_unit_holds_the_agreements_of_those_who_take_it_and_of_those_who_hold_it_already(pack):
    """Their cards, which name no unit, do not wait for it."""
    holds_it = a_learner("L08", row=8, family_name="Had", given_names="It", units_acquired=(SERVICE,))
    agreement = opened("Agreement", "{{ learner.name }}", "{% for each in units %}{{ each.title }}{% endfor %}")
    points = opened("Points", "{{ learner.name }} {{ agreement.points_after }}")
    assert waiting(a_crowd(TEREZA, PETR, holds_it), (*pack, agreement, points), SERVICE.at("points")) == [
        "Agreement: Šimek Petr (L02)", "Agreement: Had It (L08)", "Memorandum: all partners", "Points: Šimek Petr (L02)",
        "Points: Had It (L08)",
    ]  # fmt: skip


def test_a_unit_holds_papers_for_several_only_where_they_speak_of_units():
    forms = opened("List", PAIR), opened("Units", PAIR, "{% for each in units %}{{ each.title }}{% endfor %}")
    assert waiting(a_crowd(TEREZA, PETR), forms, SERVICE.at("title")) == ["Units: Escuela Sevilla"]


def test_a_qualification_holds_those_who_are_taking_it(pack):
    assert waiting(a_crowd(TEREZA, PETR), pack, WAITER.at("title")) == [
        "Card: Šimek Petr (L02)", "Letter: SOŠ gastronomie Brno", "Letter: Escuela Sevilla", "Letter: Bar Sol",
        "List: Escuela Sevilla", "Memorandum: all partners", "Overview: Taste of Europe",
    ]  # fmt: skip


def test_a_row_of_unit_choices_holds_the_learner_it_belongs_to(pack):
    chose = a_learner("L07", row=7, family_name="Chooser", given_names="Ann", units=(a_choice(SOUPS, row=5),))
    assert waiting(a_crowd(TEREZA, chose), pack, cell("F5", "Unit choices")) == ["Card: Chooser Ann (L07)"]


def test_a_field_of_the_memorandum_holds_only_the_memorandum(pack):
    cohort = a_crowd(TEREZA, PETR)
    for key in ("valid_until", "memorandum", "other_objectives"):
        assert waiting(cohort, pack, cohort.at(key)) == ["Memorandum: all partners"]


def test_any_other_field_of_the_cohort_holds_everything(pack):
    cohort = a_crowd(TEREZA, PETR)
    for key in ("id", "language", "date", "adult_age"):
        assert waiting(cohort, pack, cohort.at(key)) == ALL


def test_a_field_that_stands_twice_holds_everything(pack):
    """Nobody knows which of the two is meant, so B90, where the second stands, is no field's cell."""
    assert waiting(a_crowd(TEREZA, PETR), pack, cell("B90")) == ALL


def test_a_default_holds_those_who_took_it_over_and_nobody_else(pack):
    took = a_learner("L09", row=9, family_name="Taker", given_names="Tom", inherited={"start": cell("B80")})
    cohort = a_crowd(TEREZA, took)
    cohort.origin.columns["start"] = "B80"
    assert waiting(cohort, pack, cell("B80")) == ["Card: Taker Tom (L09)"]


def test_a_mentor_of_the_host_holds_through_the_hosts_row(pack):
    own = a_learner("L09", row=9, family_name="Own", given_names="Mentor", mentor="Ms Own")
    assert "Card: Own Mentor (L09)" in waiting(a_crowd(TEREZA, own), pack, AURORA.at("mentor"))


def test_a_field_of_the_officers_own_holds_nothing(pack):
    cohort = a_crowd(TEREZA)
    cohort.origin.columns["Budget line"] = "B81"
    assert waiting(cohort, pack, cell("B81")) == []


def test_a_whole_sheet_holds_what_is_made_of_it(pack):
    """Sheet Learners was read only in part, so lists of learners wait too, and the memorandum does not."""
    assert waiting(a_crowd(TEREZA, PETR), pack, Place(file=FILE, sheet="Learners")) == [
        "Card: Nováková Tereza (L01)", "Card: Šimek Petr (L02)", "Letter: SOŠ gastronomie Brno",
        "Letter: Hotel Aurora Oy", "Letter: Escuela Sevilla", "Letter: Bar Sol", "List: Hotel Aurora Oy", "List: Escuela Sevilla",
        "Overview: Taste of Europe",
    ]  # fmt: skip
    assert waiting(a_crowd(TEREZA, PETR), pack, Place(file=FILE, sheet="Partners")) == ALL[:-1]


def test_a_doubled_column_is_told_at_its_header_and_holds_like_the_whole_sheet(pack):
    header = Place(file=FILE, sheet="Accompanying", cell="D1")
    assert waiting(a_crowd(TEREZA, PETR), pack, header) == ["Rules: Ivana Malá"]


def test_a_sheet_that_cannot_be_understood_holds_all_who_may_have_rows_on_it(pack):
    """Two columns of Unit choices mean Learner ID, so nobody knows whose agreement lacks a unit."""
    transcript = opened("Transcript", LEARNER, "{% for each in results %}{{ each.grade }}{% endfor %}")
    cohort = a_crowd(TEREZA, PETR)
    assessed = a_crowd(TEREZA, PETR, results=(a_result(PETR),))
    assert waiting(assessed, [*pack, transcript], Place(file=FILE, sheet="Unit choices", cell="D1")) == [
        *ALL[:2], "Transcript: Šimek Petr (L02)",
    ]  # fmt: skip
    assert waiting(cohort, [*pack, transcript], Place(file=FILE, sheet="Ergebnisse")) == [
        "Transcript: Nováková Tereza (L01)", "Transcript: Šimek Petr (L02)",
    ]  # fmt: skip


def test_a_whole_workbook_holds_everything(pack):
    assert waiting(a_crowd(TEREZA, PETR), pack, Place(file=FILE)) == ALL


def test_a_row_of_another_file_of_the_cohort_holds_nothing_here(pack):
    assert waiting(a_crowd(TEREZA, PETR), pack, Place(file="other.xlsx", sheet="Learners", cell="D3", row=3)) == []


def test_a_companion_holds_the_papers_that_name_companions(pack):
    names = opened("Whom to call", LEARNER, "{% for one in companions %}{{ one.telephone }}{% endfor %}")
    wrong = a_companion(row=2, host=SEVILLA)
    assert waiting(a_crowd(TEREZA, PETR, companions=(wrong,)), [*pack, names], wrong.at("start")) == [
        "Rules: Ivana Malá", "Whom to call: Šimek Petr (L02)",
    ]  # fmt: skip


def test_a_result_holds_the_papers_that_show_results(pack):
    transcript = opened("Transcript", LEARNER, "{% for each in results %}{{ each.grade }}{% endfor %}")
    overview = opened("Results", "{% for row in learners %}{% for each in row.units %}{{ each.result }}{% endfor %}{% endfor %}")
    wrong = a_result(TEREZA, row=4)
    assert waiting(a_crowd(TEREZA, PETR, results=(wrong,)), [*pack, transcript, overview], wrong.at("grade")) == [
        "Results: Taste of Europe", "Transcript: Nováková Tereza (L01)",
    ]  # fmt: skip


def test_while_nobody_knows_where_a_learner_goes_the_lists_she_may_belong_on_wait(pack):
    """Ann's Host names nobody; Eva's home is another one; of Max not even the home is known."""
    other = a_partner("OTHER", row=9, roles=("home",), name="Other college", country="CZ")
    ann = a_learner("L05", row=5, family_name="Ann", given_names="A", host=None, unreadable=("host",))
    eva = a_learner("L06", row=6, family_name="Eva", given_names="E", home=other)
    cohort = a_crowd(TEREZA, PETR, ann, eva)
    lists = [opened("List", PAIR)]
    assert waiting(cohort, lists, ann.at("host")) == [
        "List: SOŠ gastronomie Brno - Hotel Aurora Oy", "List: SOŠ gastronomie Brno - Escuela Sevilla",
    ]  # fmt: skip
    held = every(cohort, lists, [an_error(ann.at("host")), an_error(ann.at("date_of_birth"))])[0].job.held_by
    assert [problem.place for problem in held] == [ann.at("host")], "and for that cell alone"
    assert waiting(cohort, pack, ann.at("host")) == [
        "Card: Ann A (L05)", "Letter: SOŠ gastronomie Brno", "Letter: Hotel Aurora Oy", "Letter: Escuela Sevilla",
        "List: SOŠ gastronomie Brno - Hotel Aurora Oy", "List: SOŠ gastronomie Brno - Escuela Sevilla",
    ]  # fmt: skip
    nowhere = a_learner("L07", row=7, family_name="Max", given_names="M", home=None, host=None)
    assert len(waiting(a_crowd(TEREZA, eva, nowhere), lists, nowhere.at("host"), nowhere.at("home"))) == 2
    from_nowhere = a_learner("L07", row=7, family_name="Max", given_names="M", home=None, host=SEVILLA)
    assert waiting(a_crowd(TEREZA, PETR, from_nowhere), lists, from_nowhere.at("home")) == ["List: Escuela Sevilla"]
    on_reserve = a_learner("L08", row=8, host=None, status="reserve")
    assert waiting(a_crowd(TEREZA, on_reserve), lists, on_reserve.at("host")) == []


def test_while_nobody_knows_where_a_learner_works_the_companies_wait_and_no_other(pack):
    ann = a_learner("L05", row=5, family_name="Ann", given_names="A", workplace=None, unreadable=("workplace",))
    assert waiting(a_crowd(TEREZA, PETR, ann), pack, ann.at("workplace")) == ["Card: Ann A (L05)", "Letter: Bar Sol"]


def test_the_papers_of_a_form_with_faults_wait_for_the_form_and_stop_no_other(tmp_path):
    """One form asks for a word that does not exist; another is no Word file at all, and has no papers."""
    (tmp_path / "Broken.docx").write_bytes(b"not a Word file")
    faulty, broken = opened("Faulty", LEARNER, "{{ learner.shoe }}"), open_form(tmp_path / "Broken.docx")
    problems = [*faulty.problems, *broken.problems]
    assert [problem.code for problem in problems] == ["T206", "T101"]
    orders = every(a_crowd(TEREZA), [faulty, broken, opened("Card", LEARNER)], problems)
    assert [(order.job.form, order.job.held_by) for order in orders] == [("Card", ()), ("Faulty", faulty.problems)]
    assert usable([faulty, broken, opened("Card", LEARNER)]) == {"/Card"}


def test_a_form_of_which_no_word_can_be_read_has_no_papers_that_could_be_counted():
    torn = opened("Torn", "{{ learner.name")
    assert torn.problems
    assert every(a_crowd(TEREZA), [torn], torn.problems) == []


def test_what_holds_a_paper_is_listed_from_the_top_of_the_workbook_down(pack):
    places = [PETR.at("end"), SEVILLA.at("country"), PETR.at("date_of_birth")]
    orders = every(a_crowd(TEREZA, PETR), pack, [an_error(place) for place in places])
    held = next(order.job.held_by for order in orders if order.job.subject == "Šimek Petr (L02)")
    assert [problem.place for problem in held] == [SEVILLA.at("country"), PETR.at("date_of_birth"), PETR.at("end")]


def test_a_cohort_without_learners_still_gets_its_memorandum(pack):
    assert targets(a_cohort(nobody=True, companions=()), *pack) == [
        "Letter - SOŠ gastronomie Brno.docx", "Letter - Hotel Aurora Oy.docx", "Memorandum - CZ-2027-Spring.docx",
        "Overview - CZ-2027-Spring.docx",
    ]  # fmt: skip


def test_the_key_of_a_paper_stays_when_a_name_is_corrected():
    form = opened("Card", LEARNER, folder="1 Before")
    before, = plan(a_cohort(a_learner("L01", family_name="Novakova")), [form], [])
    after, = plan(a_cohort(a_learner("L01", family_name="Nováková")), [form], [])
    assert before.job.key == after.job.key
    assert before.job.target != after.job.target


# -- what waits for the learner register -------------------------------------------------------------------------------


def held_by(problem_at: Place, *lines: str, cohort: Cohort | None = None) -> list[bool]:
    """Say of each paper of a form of these lines whether it waits for an error at a place."""
    return [bool(order.job.held_by) for order in plan(cohort or a_cohort(a_learner()), [opened("Form", *lines)], [an_error(problem_at)])]


@pytest.mark.parametrize("line", [
    "{{ learner.points_held }}", "{{ learner.points_remaining }}", "{{ agreement.points_before }}",
    "{% for one in learner.achievements %}{{ one.title }}{% endfor %}", "{% for one in learner.achievements %}held {% endfor %}",
    "{% for unit in learner.remaining %}{{ unit.title }}{% endfor %}", "{% if learner.remaining %}more to learn{% endif %}",
    "{% for each in people %}{{ each.points_held }} {% endfor %}",
])  # fmt: skip
def test_what_counts_what_is_held_waits_for_a_learner_register_that_cannot_be_read(line):
    assert held_by(Place(file="learner register.xlsx"), line) == [True]


def test_what_tells_nothing_of_it_does_not_wait_for_the_learner_register():
    assert held_by(Place(file="learner register.xlsx"), "{{ learner.name }}, {{ agreement.points }}") == [False]


@pytest.mark.parametrize("word", ["learner.points_held", "learner.points_remaining", "agreement.points_before"])
def test_points_held_wait_for_the_points_of_a_unit_that_she_holds(word):
    cohort = a_cohort(a_learner(units_acquired=(SOUPS,)))
    assert held_by(SOUPS.at("points"), f"{{{{ {word} }}}}", cohort=cohort) == [True]


@pytest.mark.parametrize(("line", "waits"), [
    ("{{ learner.points_held }}", True), ("{% for one in learner.achievements %}{{ one.title }}{% endfor %}", True),
    ("{{ learner.name }} {{ agreement.points_before }}", False),
])  # fmt: skip
def test_what_counts_what_her_own_cohort_recognised_waits_for_her_results(line, waits):
    ann, ben = a_learner("L01", units=(SOUPS,)), a_learner("L02", units=(SOUPS,), row=3)
    row = a_result(ann, SOUPS)
    assert held_by(row.at("points_credited"), line, cohort=a_cohort(ann, ben, results=(row,))) == [waits, False]


@pytest.mark.parametrize(("line", "waits"), [
    ("{{ learner.name }}{{ agreement.end }}", False),
    ("{% for unit in units %}{{ unit.title }}{% endfor %}{{ learner.name }}", False),
    ("{{ learner.name }}{{ agreement.actual_end }}{% for unit in units %}{{ unit.whole.result }}{% endfor %}", True),
    ("{{ result.result }}{{ learner.name }}", True),
], ids=["card", "agreement", "transcript", "certificate"])  # fmt: skip
def test_papers_of_after_the_stay_wait_for_the_day_of_an_early_return_and_no_others(line, waits):
    early = a_learner(row=2, status="returned early")
    cohort = marked("| Result |\n| achieved |", early)
    (order,) = every(cohort, [opened("Form", line)], checks.run(cohort))
    assert [problem.code for problem in order.job.held_by] == (["R163"] if waits else [])
