"""Points by learner towards the qualification: to scale, in numbers, and only where points are used."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from facts import an_achievement
from pages import COOK, UNITS, chosen, cohort, learner, page, read, to_html

from pipeline.model import Learner

WHOLE = replace(COOK, points=Decimal(20))


def stay(row: int, name: str = "Nováková", **changes: object) -> Learner:
    return learner(row, name, **{"qualification": WHOLE, **changes})


def test_points_before_agreed_and_to_go_stand_beside_a_bar_to_scale() -> None:
    facts = cohort(stay(2, units_acquired=(UNITS[2],)), stay(3, "Svoboda"), qualifications=(WHOLE,))
    text = read(page(facts)).text
    assert "Points towards the qualification" in text
    assert "Cook 20 points Cook: points of each learner towards 20 Learner Before This stay After To go" in text
    assert "Tereza Nováková L01 · 5–30 Apr 2027 1 4.5 5.5 14.5 Tereza Svoboda L02 · 5–30 Apr 2027 0 4.5 4.5 15.5" in text
    assert "2 stays 9" in text
    assert '<rect width="5%"/><rect x="5%" width="22.5%"/>' in to_html(page(facts))


def test_two_who_hold_the_same_part_of_a_unit_are_counted_by_what_they_agree_on() -> None:
    part = an_achievement(unit_id="U2", qualification="Cook", qualification_id=None, scope="part", part="one", points=1)
    whole = stay(2, choices=(chosen(UNITS[0]),), recognised_before=(part,))
    rest = stay(3, "Svoboda", choices=(chosen(UNITS[0], "part", "one", "2.5"),), recognised_before=(part,))
    other = stay(4, "Malá", choices=(replace(chosen(UNITS[0]), unit=UNITS[2], points=Decimal("2.5")),), recognised_before=(part,))
    text = read(page(cohort(whole, rest, other, qualifications=(WHOLE,)))).text
    assert text.count("1 1.5 2.5 17.5") == 2, "the whole unit, and the same part with more points"
    assert "1 2.5 3.5 16.5" in text, "another unit with as many points"


def test_a_bar_never_grows_beyond_the_whole() -> None:
    small = replace(WHOLE, points=Decimal(3))
    facts = cohort(stay(2, qualification=small, units_acquired=(UNITS[2],)), qualifications=(small,))
    html = to_html(page(facts))
    assert '<rect width="18.18%"/><rect x="18.18%" width="81.82%"/>' in html
    assert "3 points, 1 stay with nothing left to go" in html


def test_a_qualification_without_points_has_numbers_and_no_bar() -> None:
    html = to_html(page(cohort(learner(2))))
    assert "its points are not given" in html
    assert 'class="bar"' not in html
    assert ">To go<" not in html


def test_where_nobody_uses_points_there_is_no_such_section() -> None:
    bare = replace(UNITS[0], points=None)
    text = read(page(cohort(learner(2, choices=(chosen(bare),)), units=(bare,)))).text
    assert "Points towards the qualification" not in text


def test_a_stay_without_a_qualification_stands_last() -> None:
    facts = cohort(learner(2, qualification=None), stay(3), qualifications=(WHOLE,))
    text = read(page(facts)).text.partition("Points towards the qualification")[2]
    assert text.index("Cook 20 points") < text.index("No qualification given")
