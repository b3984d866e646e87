"""The values of the words for one paper: complete, plain, from the right cell, and nobody else's."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from facts import (
    AURORA,
    COOK,
    FILE,
    SOS,
    SOUPS,
    STARTERS,
    a_choice,
    a_cohort,
    a_companion,
    a_home,
    a_learner,
    a_minor,
    a_partner,
    a_qualification,
    a_result,
    a_unit,
    cell,
)
from forms import a_form, p, parts_of, shelved, table, tc

from pipeline.addressees import addressees
from pipeline.columns import LEARNERS, RESULTS_SHEET, SHEETS, UNIT_CHOICES, Kind
from pipeline.contexts import Contexts, Scope
from pipeline.form import FREQUENCIES, Form, keeping, open_form, open_pack
from pipeline.model import Cohort, Learner, Partner, Result
from pipeline.reckoning import companions_of, credit, weeks
from pipeline.room import kit
from pipeline.vocabulary import RECORDS, TAG, TOP
from pipeline.workbook import read_cohort

ROOT = Path(__file__).parent.parent
TODAY = dt.date(2027, 1, 15)
EXAMPLE = read_cohort(ROOT / "input" / "Example cohort.xlsx").cohort
assert EXAMPLE is not None
AFTER = read_cohort(kit("after") / "Example cohort.xlsx").cohort
assert AFTER is not None


def scope_of(learner: Learner) -> Scope:
    stay = learner.agreement
    return Scope(learner=learner, learners=(learner,), home=stay.home, host=stay.host, partners=stay.organisations)


def of(learner: Learner, cohort: Cohort | None = None, language: str = "en") -> dict[str, Any]:
    """The values for a paper of one learner."""
    return Contexts(cohort or a_cohort(learner)).values(scope_of(learner), language, TODAY)


# -- complete and plain ------------------------------------------------------------------------------------------------


def full_cohort() -> Cohort:
    """A cohort in which every record exists, with results."""
    company = a_partner("BAKERY", row=5, roles=("company",))
    go_between = a_partner("GO", row=6, roles=("intermediary", "coordinator"))
    learner = a_learner("L01", workplace=company, employer=company, intermediary=go_between, coordinator=go_between, units=(STARTERS, SOUPS))
    second = a_minor("L02", row=3, host=company)
    companion = a_companion(home=SOS, host=AURORA)
    results = (a_result(learner, result="achieved"), a_result(second, row=3, learning_outcome="x"), a_result(learner, SOUPS, row=4))
    return a_cohort(learner, second, companions=(companion,), results=results)


SCOPES = [
    (name, frequency, who.scope)
    for name, cohort in (("full", full_cohort()), ("example", EXAMPLE))
    for frequency in FREQUENCIES
    for who in addressees(cohort, frequency)
]


@pytest.mark.parametrize("frequency", FREQUENCIES)
@pytest.mark.parametrize("cohort", [full_cohort(), EXAMPLE, a_cohort(nobody=True)], ids=["full", "example", "empty"])
def test_every_word_has_its_value_in_every_paper_and_every_value_is_plain(cohort, frequency):
    contexts = Contexts(cohort)
    for who in addressees(cohort, frequency):
        values = contexts.values(who.scope, "en", TODAY)
        assert set(values) == set(TOP)
        for name, kind in TOP.items():
            _check(values[name], kind, name, set())


def _check(value: Any, kind: str, where: str, seen: set[int]) -> None:
    if value is None or id(value) in seen:
        return
    if kind.startswith("list of "):
        assert type(value) is list, where
        for each in value:
            _check(each, kind.removeprefix("list of "), where, seen)
    elif kind in RECORDS:
        seen.add(id(value))
        assert type(value) is dict, where
        assert set(value) == {*RECORDS[kind], TAG}, where
        for key, word in RECORDS[kind].items():
            _check(value[key], word.type, f"{where}.{key}", seen)
    elif kind == "texts":
        assert type(value) is list, where
        assert all(type(each) is str for each in value), where
    elif kind in ("more", "texts by language"):
        assert type(value) is dict, where
        assert all(type(each) is str for pair in value.items() for each in pair), where
    else:
        wanted = {"text": (str,), "date": (dt.date,), "number": (int, Decimal), "yes/no": (bool,)}[kind]
        assert type(value) in wanted, (where, value)


def test_single_records_are_there_exactly_where_a_paper_has_one():
    for _, frequency, scope in SCOPES:
        values = Contexts(EXAMPLE).values(scope, "en", TODAY)
        assert (values["learner"] is not None) is (frequency in ("learner", "result"))
        assert (values["agreement"] is not None) is (frequency in ("learner", "result"))
        assert (values["companion"] is not None) is (frequency == "companion")
        assert (values["partner"] is not None) is (frequency == "partner")
        assert (values["home"] is not None) is (frequency in ("learner", "result", "pair") or (frequency == "companion" and bool(scope.home)))
        assert (values["unit"] is not None) is (values["result"] is not None) is (frequency == "result")
        assert (values["qualification"] is not None) is (frequency in ("learner", "result", "qualification"))


def test_a_value_of_one_paper_is_not_the_list_of_the_next():
    """Two papers may share a record; a list that one of them changed would change the other."""
    ann = a_learner("L01", enclosures_progress=("Europass CV",))
    contexts = Contexts(a_cohort(ann))
    first = contexts.values(scope_of(ann), "en", TODAY)
    first["agreement"]["enclosures_progress"].append("x")
    assert contexts.values(scope_of(ann), "en", TODAY)["agreement"]["enclosures_progress"] == ["Europass CV"]


# -- what the words mean -----------------------------------------------------------------------------------------------


def test_a_learner_is_named_and_counted():
    values = of(a_minor())
    learner = values["learner"]
    assert (learner["name"], learner["age_at_start"], learner["is_minor"]) == ("Tereza Nováková", 16, True)
    assert values["people"] == values["learners"] == [learner]
    assert learner["agreement"] is values["agreement"]
    assert learner["host"] is values["host"]


def test_a_minor_is_under_age_when_signing_or_on_the_first_day():
    of_age_at_start = a_learner(date_of_birth="2009-03-01", start="2027-04-05")
    assert of(of_age_at_start, a_cohort(of_age_at_start, date="2027-01-15"))["learner"]["is_minor"] is True
    assert of(of_age_at_start, a_cohort(of_age_at_start, date="2027-03-15"))["learner"]["is_minor"] is False
    assert of(of_age_at_start, a_cohort(of_age_at_start, date="2027-03-15", adult_age=21))["learner"]["is_minor"] is True


def test_titles_and_countries_are_in_the_language_of_the_paper():
    cook = a_qualification(title="Kuchař", titles={"es": "Cocinero"})
    soups = replace(a_unit("U9", row=9, title="Polévky", qualification=cook), titles={"es": "Sopas"})
    ann = a_learner(qualification=cook, units=(soups,))
    for language, title, unit, country in (("es", "Cocinero", "Sopas", "Chequia"), ("de", "Kuchař", "Polévky", "Tschechien")):
        values = of(ann, a_cohort(ann), language)
        assert (values["qualification"]["title"], values["qualification"]["original_title"]) == (title, "Kuchař")
        assert values["qualification"]["titles"] == {"es": "Cocinero"}
        assert values["qualification"]["country_name"] == values["home"]["country_name"] == country
        assert (values["units"][0]["title"], values["units"][0]["qualification_title"]) == (unit, title)
        assert values["home"]["country"] == "CZ"


def test_the_signatory_of_an_agreement_is_the_legal_one_where_no_other_is_named():
    ann = a_learner(host=a_partner("X", row=4, agreement_signatory="Aino", agreement_signatory_role=None))
    values = of(ann)
    assert (values["home"]["agreement_signatory"], values["home"]["agreement_signatory_role"]) == ("Karel Beneš", "Principal")
    assert (values["host"]["agreement_signatory"], values["host"]["agreement_signatory_role"]) == ("Aino", None)


@pytest.mark.parametrize(("start", "end", "expected"), [
    ("2027-04-05", "2027-04-30", "4"), ("2027-04-05", "2027-04-16", "2"), ("2027-04-05", "2027-04-18", "2"), ("2027-04-05", "2027-04-17", "2"),
    ("2027-04-06", "2027-04-17", "1.7"), ("2027-04-05", "2027-04-07", "0.4"), ("2027-04-05", "2027-04-05", "0.1"), ("2027-04-30", "2027-04-05", None),
    (None, "2027-04-30", None),
])  # fmt: skip
def test_weeks_of_monday_to_friday_are_whole_weeks(start, end, expected):
    found = weeks(a_learner(start=start, end=end).agreement)
    assert found == (Decimal(expected) if expected else None)


def test_stated_weeks_are_printed_as_stated():
    assert of(a_learner(weeks=3))["agreement"]["weeks"] == 3
    assert of(a_learner())["agreement"]["days"] == 26


def test_points_are_counted_before_after_and_remaining():
    held, none = a_unit("U7", row=7, points=30), a_unit("U8", row=8, points=None)
    assert credit(a_learner(units_acquired=(held, none)).agreement) == (Decimal(30), Decimal("32.5"), Decimal("147.5"))
    assert credit(a_learner(units=(none,)).agreement) == (None, None, None)
    assert credit(a_learner(qualification=a_qualification(points=None)).agreement)[2] is None
    assert credit(a_learner(qualification=a_qualification(points=1)).agreement)[2] == 0


def test_a_units_result_is_the_one_for_the_whole_unit():
    ann = a_learner(units=(STARTERS, SOUPS))
    results = (a_result(ann, result="achieved", learning_outcome="one of them"), a_result(ann, row=3, result="partly"))
    values = of(ann, a_cohort(ann, results=results))
    assert [unit["result"] for unit in values["units"]] == ["partly", None]
    assert [result["result"] for result in values["results"]] == ["achieved", "partly"]
    assert values["results"][0]["agreed_points"] == Decimal("2.5")
    assert values["results"][0]["unit"]["title"] == "Cold starters"
    assert values["results"][0]["learner"] is values["learner"]


def test_a_result_names_a_learner_only_where_the_paper_knows_her():
    ann, ben = a_learner("L01"), a_learner("L02", row=3)
    cohort = a_cohort(ann, ben, results=(a_result(ann), a_result(ben, row=3)))
    values = Contexts(cohort).values(Scope(learners=(ann,), results=cohort.results), "en", TODAY)
    assert [result["learner"] for result in values["results"]] == [values["learners"][0], None]


def test_the_signing_date_of_a_memorandum_counts_only_where_it_is_signed_already():
    for memorandum, expected in (("already signed", dt.date(2026, 12, 10)), ("one for all", None)):
        cohort = a_cohort(memorandum=memorandum, signed_on="2026-12-10")
        assert Contexts(cohort).values(Scope(), "en", TODAY)["mou"]["signed_on"] == expected


def test_a_memorandum_with_one_host_lists_the_units_this_host_offers():
    here, there = replace(STARTERS, hosts=(AURORA,)), replace(SOUPS, hosts=(SOS,))
    cohort = a_cohort(units=(here, there))
    one, all_of_them = Scope(qualifications=(COOK,), units=(here,)), Scope(qualifications=(COOK,), units=(here, there))
    for scope, expected in ((one, ["Cold starters"]), (all_of_them, ["Cold starters", "Soups"])):
        values = Contexts(cohort).values(scope, "en", TODAY)
        assert [unit["title"] for unit in values["qualifications"][0]["units"]] == expected


def test_people_has_each_person_once():
    first, second, other = a_learner("L01", person="A"), a_learner("L01", row=3, mobility=2, person="A"), a_learner("L02", row=4)
    values = Contexts(a_cohort(first, second, other)).values(Scope(learners=(first, second, other)), "en", TODAY)
    assert [row["mobility"] for row in values["learners"]] == [1, 2, 1]
    assert [row["id"] for row in values["people"]] == ["L01", "L02"]


def test_companions_travel_with_a_stay_of_the_same_home_host_and_days():
    stay = a_learner().agreement
    other = a_home("OTHER", row=9)
    found = [
        (changes, bool(companions_of(a_cohort(companions=(a_companion(**changes),)), [SOS], [AURORA], [stay])))
        for changes in (
            {}, {"home": SOS, "host": AURORA}, {"home": other}, {"host": other}, {"start": "2027-05-01", "end": "2027-05-05"},
            {"start": "2027-01-01", "end": "2027-04-04"}, {"start": "2027-04-30", "end": None}, {"start": None, "end": None},
        )
    ]  # fmt: skip
    assert [there for _, there in found] == [True, True, False, False, False, False, True, True]


# -- the nearest value wins --------------------------------------------------------------------------------------------


def described(tmp_path: Path, *, cohort: str = "", units: tuple[str, str] = ("", ""), learner: str = "") -> list[str | None]:
    """How each unit is assessed, read from a workbook: the cohort's default, two units' own, the learner's own."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    sheets = {
        "Cohort": [["Field", "Value"], ["Cohort ID", "X"], ["Assessment method", cohort or None]],
        "Partners": [["Partner ID", "Role", "Name", "Country"], ["SOS", "home", "School", "CZ"], ["AURORA", "host", "Hotel", "FI"]],
        "Qualifications": [["Qualification ID", "Title"], ["COOK", "Cook"]],
        "Units": [["Unit ID", "Qualification", "Title", "Assessment method"], ["U1", "COOK", "Soup", units[0] or None], ["U2", "COOK", "Fish", units[1] or None]],
        "Learners": [
            ["Learner ID", "Family name", "Given names", "Date of birth", "Home", "Host", "Start date", "End date", "Qualification", "Units", "Assessment method"],
            ["L01", "Lee", "Ann", dt.date(2006, 5, 12), "SOS", "AURORA", dt.date(2027, 4, 5), dt.date(2027, 4, 30), "COOK", "U1; U2", learner or None],
        ],
    }  # fmt: skip
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "cohort.xlsx")
    reading = read_cohort(tmp_path / "cohort.xlsx")
    assert reading.cohort is not None, reading.problems
    (ann,) = reading.cohort.learners
    contexts = Contexts(reading.cohort)
    values = contexts.values(scope_of(ann), "en", TODAY)
    return [f"{unit['assessment_method']} {contexts.place(unit, 'assessment_method')}" for unit in values["units"]]


@pytest.mark.parametrize(("typed", "expected"), [
    ({}, ["None Units!D2", "None Units!D3"]),
    ({"cohort": "talk"}, ["talk Cohort!B3", "talk Cohort!B3"]),
    ({"cohort": "talk", "units": ("test", "")}, ["test Units!D2", "talk Cohort!B3"]),
    ({"cohort": "talk", "units": ("test", "show")}, ["test Units!D2", "show Units!D3"]),
    ({"cohort": "talk", "units": ("test", ""), "learner": "hers"}, ["hers Learners!K2", "hers Learners!K2"]),
    ({"learner": "hers"}, ["hers Learners!K2", "hers Learners!K2"]),
])  # fmt: skip
def test_how_a_unit_is_assessed_is_the_learners_own_else_the_units_else_the_cohorts(tmp_path, typed, expected):
    assert described(tmp_path, **typed) == expected


# -- the cell behind a word --------------------------------------------------------------------------------------------


def test_every_word_leads_to_its_cell():
    ann = a_learner(inherited={"mentor": AURORA.at("mentor"), "progress": cell("B30")}, progress="x", units=(a_choice(STARTERS, row=4, part="x", scope="part"),))
    contexts = Contexts(a_cohort(ann))
    values = contexts.values(scope_of(ann), "en", TODAY)
    learner, stay, unit = values["learner"], values["agreement"], values["units"][0]
    found = [
        (learner, "family_name"), (learner, "name"), (learner, "age_at_start"), (stay, "start"), (stay, "days"), (stay, "mentor"),
        (stay, "progress"), (stay, "weeks"), (unit, "part"), (unit, "title"), (unit, "skills"), (values["host"], "telephone"),
        (values["host"], "country_name"), (values["cohort"], "title"), (values["mou"], "valid_until"), (values["qualification"], "title"),
        (values["qualification"], "original_title"), (None, "intermediary"), (None, "workplace"),
    ]  # fmt: skip
    letters = {column.key: at.origin.at(column.key) for at in (ann,) for column in LEARNERS.columns}
    assert [str(contexts.place(record, key)) for record, key in found[:5]] == [
        str(letters[key]) for key in ("family_name", "family_name", "date_of_birth", "start", "end")
    ]
    told = [str(contexts.place(record, key)) for record, key in found]
    assert told[5:8] == [str(AURORA.at("mentor")), "Cohort!B30", str(ann.at("weeks"))]
    assert told[8] == "Unit choices!E4"
    assert told[9:11] == [str(STARTERS.at("title")), str(STARTERS.at("skills"))]
    assert told[11:] == [
        str(AURORA.at("telephone")), str(AURORA.at("country")), "Cohort!B3", str(a_cohort().at("valid_until")), str(COOK.at("title")),
        str(COOK.at("title")), str(ann.at("intermediary")), str(ann.at("workplace")),
    ]  # fmt: skip
    assert all(contexts.place(record, key).file == FILE for record, key in found)


def test_each_learner_of_a_paper_for_several_leads_to_her_own_row():
    ann, ben = a_learner("L01", row=2), a_learner("L02", row=7)
    contexts = Contexts(a_cohort(ann, ben))
    values = contexts.values(Scope(learners=(ann, ben)), "en", TODAY)
    assert [contexts.place(row, "email").row for row in values["learners"]] == [2, 7]
    assert [contexts.place(row["agreement"], "mentor").row for row in values["learners"]] == [3, 3], "the mentor of the host"
    assert contexts.place(None, "x").sheet == "Cohort"


# -- privacy -----------------------------------------------------------------------------------------------------------

MARKS = ("QANNQ", "QBENQ", "QCATQ")
GUESTS = {"QANNQ": "AURORA", "QBENQ": "AURORA", "QCATQ": "BAKERY"}


def marked(mark: str, row: int, host: Partner) -> tuple[Learner, Result, Result, Result]:
    """A learner whose every text holds her mark, and nobody else's does."""
    texts: dict[str, Any] = {}
    for column in LEARNERS.columns:
        if column.record in ("learner", "agreement") and column.kind in (Kind.TEXT, Kind.PHONE, Kind.EMAIL, Kind.LIST):
            texts[column.key] = (f"{mark}{column.key}",) if column.kind is Kind.LIST else f"{mark}{column.key}"
    choice = {column.key: f"{mark}{column.key}" for column in UNIT_CHOICES.columns if column.kind is Kind.TEXT}
    learner = a_learner(f"{mark}id", row=row, host=host, units=(a_choice(STARTERS, row=row, scope="part", **choice), SOUPS), person=mark, **texts)
    learner = replace(learner, more={"Shoe size": f"{mark}more"})
    told = {column.key: f"{mark}{column.key}" for column in RESULTS_SHEET.columns if column.kind is Kind.TEXT}
    results = [
        replace(a_result(learner, unit, row=row, result="achieved"), **told, more={"Own": f"{mark}own"}) for unit in (STARTERS, SOUPS)
    ]
    return learner, results[0], results[1], replace(results[1], learning_outcome=None)


def marked_cohort() -> Cohort:
    hosts = {"AURORA": AURORA, "BAKERY": a_partner("BAKERY", row=4, roles=("host",))}
    made = [marked(mark, row, hosts[GUESTS[mark]]) for row, mark in enumerate(MARKS, start=2)]
    learners = tuple(learner for learner, *_ in made)
    return a_cohort(*learners, results=tuple(result for _, *results in made for result in results))


def greedy(start: str) -> Form:
    """A form that prints every word it can reach, beginning with a word that decides how often it is made."""
    lines = [start]
    for name, kind in TOP.items():
        if kind.startswith("list of "):
            inside = "".join(_everything("each", kind.removeprefix("list of "), 2))
            lines.append(f"{{% for each in {name} %}}{inside}{{% endfor %}}")
        elif f"{{{{ {name}." in start:
            lines.append("".join(_everything(name, kind, 2)))
    form = open_form(shelved(a_form("".join(map(p, lines)), header=p("".join(lines)), footnotes=p("".join(lines)), title="".join(lines))))
    assert form.usable, form.problems[:3]
    return form


def _everything(name: str, record: str, depth: int) -> Iterator[str]:
    for key, word in RECORDS[record].items():
        if word.type in RECORDS and depth:
            yield from _everything(f"{name}.{key}", word.type, depth - 1)
        elif word.type == "more":
            yield f"{{{{ {name}.more['Shoe size'] }}}}{{{{ {name}.more['Own'] }}}}"
        elif word.type.startswith("list of ") and name == "each":
            inner = word.type.removeprefix("list of ")
            keys = "".join(f"{{{{ inner.{each} }}}}" for each, it in RECORDS[inner].items() if it.type in ("text", "texts", "number", "date"))
            yield f"{{% for inner in {name}.{key} %}}{keys}{{% endfor %}}"
        elif word.type in ("text", "texts", "number", "date", "yes/no"):
            yield f"{{{{ {name}.{key} }}}}"


GREEDY = {
    "learner": "{{ learner.id }}{{ agreement.status }}{{ home.name }}{{ host.name }}", "companion": "{{ companion.name }}{{ host.name }}",
    "partner": "{{ partner.id }}", "pair": "{{ home.id }}{{ host.id }}", "cohort": "{{ cohort.id }}", "memorandum": "{{ mou.file_code }}",
    "result": "{{ result.grade }}{{ unit.id }}{{ learner.id }}{{ agreement.status }}", "qualification": "{{ qualification.id }}",
}  # fmt: skip


def seen(data: bytes) -> set[str]:
    """The learners whose marks stand anywhere in a paper: texts, properties, names of parts."""
    return {mark for name, content in parts_of(data).items() for mark in MARKS if mark.encode() in content or mark in name}


def may_see(frequency: str, scope: Scope) -> set[str]:
    if frequency in ("learner", "result"):
        assert scope.learner is not None
        return {scope.learner.person}
    if frequency in ("partner", "pair"):
        place = scope.partner or scope.host
        assert place is not None
        return set(MARKS) if "home" in place.roles else {mark for mark in MARKS if GUESTS[mark] == place.id}
    return set(MARKS) if frequency == "cohort" else set()


@pytest.mark.parametrize("form", open_pack(ROOT / "templates" / "official"), ids=lambda form: form.name)
def test_no_official_paper_holds_anything_of_another_learner(form):
    cohort = marked_cohort()
    contexts = Contexts(cohort)
    for _ in range(2):
        for who in addressees(cohort, form.frequency):
            data = form.print(contexts.values(who.scope, "en", TODAY), "en").data
            assert data
            assert seen(data) == may_see(form.frequency, who.scope), who.name


@pytest.mark.slow
@pytest.mark.parametrize("frequency", [name for name in FREQUENCIES if name != "memorandum"])
def test_a_form_that_asks_for_everything_sees_only_its_own_learners(frequency):
    cohort, form = marked_cohort(), greedy(GREEDY[frequency])
    assert form.frequency == frequency
    contexts = Contexts(cohort)
    for who in addressees(cohort, frequency):
        data = form.print(contexts.values(who.scope, "en", TODAY), "en").data
        assert data
        assert seen(data) == may_see(frequency, who.scope), who.name


def test_a_memorandum_has_no_learner_in_any_of_its_values():
    """A form cannot ask for them; the values are not even there."""
    for memorandum in ("one for all", "one for each host"):
        cohort = replace(marked_cohort(), memorandum=memorandum)
        for who in addressees(cohort, "memorandum"):
            values = Contexts(cohort).values(who.scope, "en", TODAY)
            assert not [mark for mark in MARKS if mark in repr(values)]
            assert values["learners"] == values["people"] == values["results"] == values["companions"] == []


@pytest.mark.slow
def test_the_greedy_form_reaches_every_field_of_a_learner():
    """Else the tests above would prove nothing."""
    cohort = marked_cohort()
    (first, *_) = addressees(cohort, "learner")
    data = b"".join(parts_of(greedy(GREEDY["learner"]).print(Contexts(cohort).values(first.scope, "en", TODAY), "en").data).values())
    fields = [column.key for column in LEARNERS.columns if column.record in ("learner", "agreement") and column.kind in (Kind.TEXT, Kind.PHONE, Kind.EMAIL, Kind.LIST)]
    fields += [column.key for sheet in (UNIT_CHOICES, RESULTS_SHEET) for column in sheet.columns if column.kind is Kind.TEXT]
    missing = [key for key in [*fields, "more", "own"] if f"QANNQ{key}".encode() not in data]
    assert not missing


def test_every_sheet_is_in_the_greedy_form():
    records = {column.record for sheet in SHEETS for column in sheet.columns} & set(RECORDS)
    assert records == set(RECORDS) - {"change", "achievement", "outcome", "figures", "tally"}, "these stand on no sheet of a cohort"


@pytest.mark.parametrize("form", open_pack(ROOT / "templates" / "official"), ids=lambda form: form.name)
@pytest.mark.parametrize("cohort", [EXAMPLE, AFTER, full_cohort(), marked_cohort()], ids=["example", "after", "full", "marked"])
def test_a_paper_is_the_same_whatever_was_printed_before_it(cohort, form):
    """Forwards, backwards and alone: the same bytes, and the same empty words with the same cells."""
    contexts = Contexts(cohort)
    every = list(addressees(cohort, form.frequency))

    def paper(one: Form, scope: Scope) -> tuple[bytes, list[tuple[str, str]]]:
        made = one.print(contexts.values(scope, "en", TODAY), "en")
        assert made.data
        return made.data, [(blank.word, str(contexts.place(owner, blank.key))) for blank, owner in made.empty]

    forwards = [paper(form, who.scope) for who in every]
    backwards = [paper(form, who.scope) for who in reversed(every)]
    alone = [paper(pickle.loads(pickle.dumps(form)), who.scope) for who in every]  # noqa: S301 - our own
    others = [who.end for who, *made in zip(every, forwards, backwards[::-1], alone, strict=True) if any(each != made[0] for each in made)]
    assert others == [], "these papers have other bytes, or other empty words"


@pytest.mark.parametrize("bound", ["TRIALS", "MOST_KEPT"])
@pytest.mark.parametrize("form", open_pack(ROOT / "templates" / "official"), ids=lambda form: form.name)
def test_a_paper_is_the_same_when_stretches_are_no_longer_kept_or_forgotten_in_between(form, bound, monkeypatch):
    """Where nearly every paper differs, stretches are printed anew each time; a bound on memory forgets them all."""
    contexts = Contexts(AFTER)
    scopes = [who.scope for who in addressees(AFTER, form.frequency)] * 3

    def papers() -> list[bytes]:
        one = pickle.loads(pickle.dumps(form))  # noqa: S301 - our own
        return [one.print(contexts.values(scope, "en", TODAY), "en").data for scope in scopes]

    usual = papers()
    monkeypatch.setattr(keeping, bound, {"TRIALS": -1, "MOST_KEPT": 1}[bound])
    others = [number for number, (one, other) in enumerate(zip(usual, papers(), strict=True)) if one != other]
    assert others == [], "these papers have other bytes"


@pytest.mark.parametrize("form", open_pack(ROOT / "templates" / "official"), ids=lambda form: form.name)
def test_no_official_paper_is_doubted(form, monkeypatch):
    """What is in doubt is parsed and looked through, which takes five times as long as printing it."""
    monkeypatch.setattr("pipeline.form.press.well_formed", None)
    for cohort in (EXAMPLE, AFTER):
        contexts = Contexts(cohort)
        for who in addressees(cohort, form.frequency):
            assert form.print(contexts.values(who.scope, "en", TODAY), "en").data


def test_blocks_one_after_the_other_leave_a_whole_cell_whether_they_print_or_not():
    """Two of them are kept for many papers; the last one looks at what stands before all of them."""
    blocks = [line for name in ("intermediary", "workplace") for line in (f"{{%p if {name} %}}", f"{{{{ {name}.name }}}}", "{%p endif %}")]
    form = open_form(shelved(a_form(p("{{ learner.name }}") + table([tc("{%p if learner.email %}", "x", "{%p endif %}", *blocks)]))))
    assert form.usable, form.problems
    for _ in range(2):
        for there, ending in ((None, "<w:p/></w:tc>"), ({"name": "Bakery"}, "Bakery</w:t></w:r></w:p></w:tc>")):
            data = form.print({"learner": {"name": "Ann", "email": None}, "intermediary": None, "workplace": there}, "en").data
            assert ending in parts_of(data)["word/document.xml"].decode()


def test_what_several_papers_show_is_one_object_in_all_of_them():
    """So that what was printed of it once is of use to the next paper."""
    cohort = full_cohort()
    contexts = Contexts(cohort)
    first, second = (contexts.values(scope_of(learner), "en", TODAY) for learner in cohort.learners[:2])
    for name in ("cohort", "mou", "home", "qualification"):
        assert first[name] is second[name]
    assert contexts.values(scope_of(cohort.learners[0]), "de", TODAY)["home"] is not first["home"]


def test_an_agreed_unit_is_one_object_for_all_who_agreed_it_alike_unless_a_form_asks_what_came_of_it():
    """After the stay too, agreements print as quickly as before, and in as little room."""
    learners = [a_learner(identifier, row=row, units=(STARTERS,)) for row, identifier in enumerate(("L01", "L02"), start=2)]
    contexts = Contexts(a_cohort(*learners, results=tuple(a_result(learner, grade="B") for learner in learners)))
    first, second = (contexts.values(scope_of(learner), "en", TODAY, results=False) for learner in learners)
    assert first["units"][0] is second["units"][0]
    assert (first["units"][0]["result"], first["results"], first["figures"]) == (None, [], None)
    first, second = (contexts.values(scope_of(learner), "en", TODAY) for learner in learners)
    assert first["units"][0] is not second["units"][0]
    assert first["units"][0]["whole"]["learner"]["id"] == "L01"


def test_of_a_form_that_asks_what_came_of_the_stays_nothing_is_kept_by_a_learners_own_units():
    """It would never be found again, and hold the values of everybody until the end of the run."""
    text = "{{ learner.name }}{% for unit in units %}{{ unit.title }} {{ unit.eqf_level }} {{ unit.points }} {{ unit.whole.grade }}{% endfor %}"
    form = open_form(shelved(a_form(p(text))))
    learners = [a_learner(f"L{number}", row=number, units=(STARTERS,)) for number in range(2, 40)]
    contexts = Contexts(a_cohort(*learners, results=tuple(a_result(learner) for learner in learners)))
    for learner in learners:
        values = contexts.values(scope_of(learner), "en", TODAY)
        form.wording.said(values)
        form.print(values, "en")
    assert form._compiler is not None
    kept = [records for shelf in form._compiler._keeper.shelves for _, records in shelf._kept.values()]
    assert [record for records in kept for record in records if "whole" in record] == []
    assert form.wording._shared == {}
