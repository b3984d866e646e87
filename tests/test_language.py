"""The short list of the language, and nothing else: what a form may ask, and how what it may not is told."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal

import pytest
from forms import faults, form_of, opened, p, printed, texts_of
from hostile import EVERY

from pipeline.marks.language import FILTERS, TESTS
from pipeline.printing import MOST_OUTPUT


def shown(tag: str, language: str = "en", **context: object) -> str:
    """What a tag prints, in one line."""
    return "\n".join(texts_of(printed(form_of(tag), language, **context).data))


# -- the wall ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["body", "header", "title"])
@pytest.mark.parametrize("hostile", EVERY)
def test_a_hostile_template_is_refused_with_its_place(hostile, where):
    form = {
        "body": lambda: form_of(hostile), "header": lambda: opened(p("x"), header=p(hostile)),
        "title": lambda: opened(p("x"), title=hostile),
    }[where]()  # fmt: skip
    assert not form.usable
    holding = [problem for problem in form.problems if problem.holds]
    assert all(problem.place.spot and problem.place.file == "Form.docx" for problem in holding)
    assert all(len(problem.message) < 400 and problem.advice for problem in holding)
    beginning = {"body": "paragraph “", "header": "page header, paragraph “", "title": "document properties, title"}[where]
    assert all(str(problem.place.spot).startswith(beginning) for problem in holding)


def test_the_list_of_hostile_templates_is_long():
    assert len(set(EVERY)) >= 84


def test_every_filter_and_test_of_the_contract_is_on_the_list_and_no_other():
    assert {"date", "default", "required", "dotted", "tick", "lines", "join", "upper", "lower", "title", "trim", "length", "first", "last", "round", "sort", "entry", "number", "others"} == FILTERS
    assert {"defined", "none", "equalto"} == TESTS


@pytest.mark.parametrize("tag", [
    "{{ learner.name }}", "{{ learner['name'] }}", '{{ learner.more["Shoe size"] }}', "{{ qualification.titles.es }}",
    "{{ qualification.titles['es'] }}", "{{ 'text' }}", "{{ 2 }}", "{{ learner.name or 'nobody' }}", "{{ learner.agreement.start }}",
    "{{ (units | first).title }}", "{{ (learner.units | last)['title'] }}", "{{ learner.results | length }}",
    "{{ learner.name and learner.email }}", "{{ 'Ms ' ~ learner.family_name ~ ', ' ~ host.name }}", "{{ intermediary | tick }}",
    "{% if not (learner.email or learner.telephone) and agreement.weeks >= 2 %}x{% endif %}",
    "{% if learner.sex in ['M', 'F'] %}x{% endif %}", "{% if 1 < agreement.weeks <= 4 %}x{% endif %}",
    "{% if host == home %}x{% elif host != workplace %}y{% else %}z{% endif %}", "{% if learner.email is not none %}x{% endif %}",
    "{% if learner.sex is equalto 'F' %}x{% endif %}", "{% if host.roles is defined %}x{% endif %}",
    "{% for unit in units if unit.points %}{{ loop.index }}{% if loop.first or loop.last %}!{% endif %}{% else %}–{% endfor %}",
    "{% for unit in units | sort('title') %}{% for skill in unit.skills %}{{ skill }}{% endfor %}{% endfor %}",
    "{% for word in ['a', 'b'] %}{{ word }}{% endfor %}", "{%- if learner.email -%}x{%- endif -%}",
    "{{ agreement.enclosures_progress | tick('Europass CV') }}", "{{ agreement.start | date('dd/MM/yyyy') }}",
    "{{ agreement.points | round(1) }}", "{{ agreement.mentor | default('–', true) | upper }}", "{{ host.address | required | lines }}",
    "{{ agreement.mentor | dotted }}", "{{ host.roles | sort | join(', ') }}", "{{ today | date('full') }}", "{{ cohort.draft }}",
    "{# anything {{ at all }} {% set x %} #}{{ learner.name }}",
])  # fmt: skip
def test_what_is_on_the_list_is_admitted(tag):
    form = form_of("{{ learner.id }}", tag)
    assert form.usable, faults(form)


@pytest.mark.parametrize(("tag", "meant"), [
    ("{{ learner.surnme }}", "learner.family_name"), ("{{ surname }}", "learner.family_name"),
    ("{{ learner.first_name }}", "learner.given_names"), ("{{ host.adress }}", "host.address"),
    ("{{ learner.agreement.tutor }}", "learner.agreement.mentor"), ("{{ agreement.from }}", "agreement.start"),
    ("{% for row in learners %}{{ row.birthdate }}{% endfor %}", "row.date_of_birth"),
    ("{% for unit in units %}{{ unt.title }}{% endfor %}", "unit"), ("{{ learner.host.nme }}", "learner.host.name"),
    ("{% for skill in unit.skils %}{{ skill }}{% endfor %}", "unit.skills"), ("{{ learners.name }}", "learner.name"),
])  # fmt: skip
def test_a_wrong_word_is_told_with_the_word_that_was_meant(tag, meant):
    assert f"is not a word. Did you mean “{meant}”?" in faults(form_of(tag))[0]


def test_a_word_nobody_can_guess_is_told_with_the_way_to_all_words():
    assert faults(form_of("{{ xyzzy }}")) == [
        "T206 paragraph “{{ xyzzy }}”: “{{ xyzzy }}”: “xyzzy” is not a word. Correct the word; `ecvet fields` lists all of them."
    ]


def test_your_own_column_is_a_notice_and_the_form_is_used():
    form = form_of('{{ learner.more["Shoe size"] }}')
    assert form.usable
    assert "asks for your own column “Shoe size”" in faults(form)[0]
    assert texts_of(printed(form, learner={"more": {"Shoe size": "38"}}).data) == ["38"]
    assert texts_of(printed(form, learner={"more": {}}).data) == []


@pytest.mark.parametrize("name", ["items", "keys", "copy", "get", "__class__", "pop"])
def test_a_column_of_your_own_is_never_a_method_of_a_dictionary(name):
    form = form_of(f"{{% if learner.more['{name}'] %}}yes{{% else %}}no{{% endif %}}")
    assert texts_of(printed(form, learner={"more": {}}).data) == ["no"]
    assert texts_of(printed(form, learner={"more": {name: "x"}}).data) == ["yes"]


# -- what a tag prints -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("question", "answer"), [
    ("agreement.points > 2", False), ("agreement.points < 2", False), ("agreement.points >= 0", False),
    ("agreement.points == none", True), ("agreement.points is none", True), ("agreement.points is defined", False),
    ("'x' in agreement.points", False), ("'x' not in agreement.points", True), ("agreement.points in ['x']", False),
    ("agreement.weeks > 2", True), ("agreement.weeks > 'two'", False), ("2 < agreement.weeks < 4", True),
    ("'host' in host.roles", True), ("'hos' in host.roles", False), ("'hos' in host.name", True), ("host == host", True),
    ("host != home", True), ("agreement.start < agreement.end", True), ("agreement.start < agreement.weeks", False),
    ("not host.email", True), ("host in partners", True), ("home in partners", False), ("learner.name == 'Ann'", True),
])  # fmt: skip
def test_a_comparison_with_an_empty_word_is_false_and_none_fails(question, answer):
    host = {"name": "hostel", "roles": ["host"], "email": None}
    stay = {"points": None, "weeks": Decimal(3), "start": dt.date(2027, 4, 5), "end": dt.date(2027, 4, 30)}
    told = shown(
        f"{{% if {question} %}}yes{{% else %}}no{{% endif %}}{{{{ learner.name }}}}", host=host, home=dict(host),
        agreement=stay, partners=[host], learner={"name": "Ann"},
    )  # fmt: skip
    assert told == ("yesAnn" if answer else "noAnn")


def test_records_that_hold_each_other_can_be_compared():
    """A learner's results name the learner; comparing two must not run in circles."""
    ann, ben = {"name": "Ann", "results": []}, {"name": "Ann", "results": []}
    ann["results"], ben["results"] = [{"learner": ann}], [{"learner": ben}]
    tag = "{% for row in learners %}{% if row == (learners | first) %}A{% else %}B{% endif %}{% endfor %}"
    assert shown(tag, learners=[ann, ben]) == "AB"


@pytest.mark.parametrize(("tag", "printed_as"), [
    ("{{ learner.name | upper }}", "O’BRIEN, ANN"), ("{{ learner.name | lower }}", "o’brien, ann"),
    ("{{ 'an old house-boat' | title }}", "An Old House-Boat"), ("{{ \"o'brien\" | title }}", "O'brien"),
    ("{{ '  a ' | trim }}", "a"), ("{{ host.roles | length }}", "2"), ("{{ units | length }}", "2"), ("{{ home.roles | length }}", "0"),
    ("{{ host.roles | first }}", "host"), ("{{ host.roles | last }}", "company"), ("{{ (units | first).title }}", "Soup"),
    ("{{ (units | last).title }}", "Cake"), ("{{ host.roles | join }}", "host; company"), ("{{ host.roles | join(' & ') }}", "host & company"),
    ("{{ host.roles | lines }}", "host⏎company"), ("{{ host.roles }}", "host; company"), ("{{ agreement.weeks | round }}", "4"),
    ("{{ agreement.weeks | round(1) }}", "3.7"), ("{{ agreement.points }}", "2.5"), ("{{ agreement.points | number('0,00') }}", "2,50"), ("{{ host.name | number('0') }}", "Aurora"), ("{{ agreement.mentor | default('nobody') }}", "nobody"),
    ("{{ agreement.mentor or host.name }}", "Aurora"), ("{{ learner.sex | tick('F') }}{{ learner.sex | tick('M') }}", "☒☐"),
    ("{{ agreement.enclosures_progress | tick('europass  CV!') }}", "☒"), ("{{ agreement.mentor | tick }}{{ host.name | tick }}", "☐☒"),
    ("{{ cohort.draft | tick }}{{ host | tick }}{{ home.roles | tick }}", "☐☒☐"), ("{{ agreement.start }}", "5 April 2027"),
    ("{{ agreement.start | date('d.M.yy') }}", "5.4.27"), ("{{ agreement.start | date('TT.MM.JJJJ') }}", "05.04.2027"),
    ("{{ agreement.start | date('jj/mm/aaaa') }}", "05/04/2027"), ("{{ agreement.start | date('gg/mm/aaaa') }}", "05/04/2027"),
    ("{{ agreement.start | date('full') | upper }}", "5 APRIL 2027"), ("{{ 'Ms ' ~ learner.name }}", "Ms O’Brien, Ann"),
    ("{% for unit in units | sort('title') %}{{ unit.title }} {% endfor %}", "Cake Soup "), ("{{ 2.5 }}", "2.5"), ("{{ 0.1 }}", "0.1"),
    ("{{ host.roles | sort | join(', ') }}", "company, host"), ("{{ true }}{{ none }}", "yes"),
])  # fmt: skip
def test_filters_print_what_a_person_expects(tag, printed_as):
    context = {
        "learner": {"name": "O’Brien, Ann", "sex": "F"}, "host": {"name": "Aurora", "roles": ["host", "company"]}, "home": {"roles": None},
        "units": [{"title": "Soup"}, {"title": "Cake"}], "cohort": {"draft": False}, "workplace": None,
        "agreement": {
            "weeks": Decimal("3.7"), "points": Decimal("2.50"), "mentor": None, "start": dt.date(2027, 4, 5),
            "enclosures_progress": ["Europass Mobility", "Europass CV"],
        },
    }  # fmt: skip
    assert shown(tag, **context) == printed_as


@pytest.mark.parametrize("tag", ["{{ units | join(', ') }}", "{{ units | lines }}", "{{ host | upper }}", "{{ learner.more | length }}", "{{ host | tick('x') }}", "{{ host | length }}"])
def test_a_filter_for_texts_is_refused_for_records(tag):
    assert "not a single value" in faults(form_of(tag))[0]


def test_a_wrong_combination_of_record_and_text_is_refused():
    assert "“host” is a whole record" in faults(form_of("{{ host or learner.name }}"))[0]


# -- limits ------------------------------------------------------------------------------------------------------------


def test_loops_two_deep_over_everybody_stop_before_they_fill_the_memory():
    people = [{"name": "x"}] * 20_000
    form = form_of("{%p for a in learners %}{% for b in learners %}{{ b.name }}{% endfor %}", "{%p endfor %}", "{{ cohort.id }}")
    assert not form.usable, "two tags at different depths"
    form = form_of("{% for a in learners %}{% for b in learners %}{{ b.name }}{% endfor %}{% endfor %}")
    begun = time.perf_counter()
    paper = form.print({"learners": people}, "en")
    assert time.perf_counter() - begun < 5
    assert paper.data == b""
    assert [problem.code for problem in paper.problems] == ["T303"]


def test_a_thousand_long_values_stop_too():
    form = form_of("{% for a in learners %}{{ a.address }}{% endfor %}")
    paper = form.print({"learners": [{"address": "x" * 40_000}] * (MOST_OUTPUT // 40_000 + 1)}, "en")
    assert [problem.code for problem in paper.problems] == ["T303"]


def test_after_a_paper_without_end_the_next_one_is_made():
    form = form_of("{% for a in learners %}{% for b in learners %}{{ b.name }}{% endfor %}{% endfor %}")
    assert form.print({"learners": [{"name": "x"}] * 20_000}, "en").problems
    assert texts_of(form.print({"learners": [{"name": "x"}] * 3}, "en").data) == ["x" * 9]


def test_ifs_may_stand_deep_inside_one_another_but_not_endlessly():
    for depth, usable in ((20, True), (21, False)):
        form = form_of("{% if learner.name %}" * depth + "{{ learner.id }}" + "{% endif %}" * depth)
        assert form.usable is usable


def test_many_parts_in_a_row_are_no_depth():
    tag = "{{ " + " ~ ".join(["learner.name"] * 100) + " }}"
    assert shown(tag, learner={"name": "a"}) == "a" * 100


@pytest.mark.parametrize(("tag", "printed_as"), [
    ("{% for unit in units | sort('points') %}{{ unit.title }} {% endfor %}", "Soup Cake Bread "),
    ("{% for one in learners | sort('date_of_birth') %}{{ one.name }} {% endfor %}", "Eva Ann Jan "),
    ("{{ learner.name | sort | join(', ') }}", ""),
])  # fmt: skip
def test_lists_are_sorted_by_numbers_and_days_with_what_is_empty_last(tag, printed_as):
    units = [{"title": "Bread", "points": None}, {"title": "Cake", "points": Decimal(10)}, {"title": "Soup", "points": Decimal("2.5")}]
    born = {"Ann": dt.date(2008, 1, 2), "Jan": None, "Eva": dt.date(2007, 12, 31)}
    learners = [{"name": name, "date_of_birth": day} for name, day in born.items()]
    form = opened(p(f"“{tag}” {{{{ cohort.id }}}}"))
    (told,) = texts_of(printed(form, units=units, learners=learners, learner={"name": "Ann"}, cohort={"id": "x"}).data)
    assert told == f"“{printed_as}” x"
