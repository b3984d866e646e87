"""Units against hosts: who offers what, how many learners chose it where, and what nobody offers."""

from __future__ import annotations

from dataclasses import replace

from pages import AURORA, COOK, HOME, SEVILLA, UNITS, chosen, cohort, learner, many_offers, page, partner, read, to_html

from pipeline.model import Cohort
from pipeline.report.offers import lay_out

STARTERS, SERVICE, MENUS = UNITS


def table(facts: Cohort) -> list[str]:
    """The first table as a person reads it: a line a unit, a cell a host."""
    (offer,) = lay_out(facts)
    hosts, rows = offer.parts[0]
    lines = ["| " + " | ".join(f"{name}: {stays}" for _, name, stays in hosts)]
    for row in rows:
        cells = [str(number) if number else "○" if offered else "" for offered, number in row.cells]
        lines.append(" | ".join([f"{row.id} {row.remark}".strip(), *cells]))
    return lines


def test_each_unit_says_where_it_is_offered_and_how_many_chose_it_there() -> None:
    at_both, at_sevilla = replace(STARTERS, hosts=(AURORA, SEVILLA)), replace(SERVICE, hosts=(SEVILLA,))
    rows = [learner(row, choices=(chosen(at_both), chosen(MENUS))) for row in (2, 3)] + [learner(4, host=SEVILLA, choices=(chosen(MENUS),))]
    assert table(cohort(*rows, units=(at_both, at_sevilla, MENUS))) == [
        "| Hotel Aurora: 2 | Escuela Sevilla: 1",
        "U2 | 2 | ○",
        "U3 |  | ○",
        "U4 any host | 2 | 1",
    ]


def test_what_no_host_of_the_cohort_offers_is_told() -> None:
    """A unit whose only host has another role here, and to which nobody goes."""
    office = partner(9, "Office", role="coordinator")
    alone = replace(SERVICE, hosts=(office,))
    facts = cohort(learner(2, choices=(chosen(STARTERS),)), partners=(HOME, AURORA, office), units=(STARTERS, alone))
    assert table(facts) == ["| Hotel Aurora: 1 | Office: 0", "U2 any host | 1 | ", "U3 nobody offers it |  | ○"]
    text = read(page(facts)).text
    assert "2 units, 1 offered by nobody, 1 chosen by no learner" in text
    assert "U3 Service nobody offers it" in text


def test_a_host_that_nobody_goes_to_and_no_unit_names_has_no_column() -> None:
    assert table(cohort(learner(2)))[0] == "| Hotel Aurora: 1"


def test_units_taught_at_home_stand_below_and_not_in_the_table() -> None:
    facts = cohort(learner(2), units=(STARTERS, SERVICE, replace(MENUS, for_mobility=False)))
    assert [line.split(" ")[0] for line in table(facts)[1:]] == ["U2", "U3"]
    assert "Taught at home, and so not offered: U4." in read(page(facts)).text


def test_each_qualification_counts_its_own_learners() -> None:
    waiter = replace(COOK, id="WAITER", title="Waiter")
    theirs = replace(SERVICE, id="W1", qualification=waiter)
    rows = (learner(2), learner(3, qualification=waiter, choices=(chosen(theirs),)))
    offers = list(lay_out(cohort(*rows, qualifications=(COOK, waiter), units=(*UNITS, theirs))))
    assert [(offer.title, offer.told) for offer in offers] == [("Cook", "3 units, 1 chosen by no learner"), ("Waiter", "1 unit")]
    assert [offer.parts[0][0][0][2] for offer in offers] == [1, 1]


def test_two_parts_of_a_unit_agreed_with_one_learner_are_one_choice() -> None:
    twice = (chosen(STARTERS, "part", "cold"), chosen(STARTERS, "part", "hot"))
    assert table(cohort(learner(2, choices=twice), units=(STARTERS,)))[1] == "U2 any host | 1"


def test_many_hosts_stand_in_several_tables_that_are_folded() -> None:
    html = to_html(many_offers())
    assert "<summary>Table of 60 units and 40 hosts</summary>" in html
    assert html.count('<table class="offer sort">') == 5
    assert [len(rows) for _, rows in next(lay_out(many_offers().cohort)).parts] == [16, 22, 16, 8, 8], "offered or chosen there, and no others"
    assert "units and hosts, part 5" in html


def test_without_units_or_hosts_there_is_no_such_section() -> None:
    assert "Units and hosts" not in read(page(cohort(units=()))).text
    assert "Units and hosts" not in read(page(cohort())).text
