"""Recognised results as credentials of the European Learning Model: valid by its schema, and only what is recognised."""

from __future__ import annotations

import copy
import datetime as dt
import json
import os
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import desk
import pytest
from facts import (
    AURORA,
    SOUPS,
    STARTERS,
    a_choice,
    a_cohort,
    a_home,
    a_learner,
    a_partner,
    a_recognised,
    a_unit,
)

from pipeline import cli
from pipeline.beyond import BEYOND, NOTES, read_credentials
from pipeline.elm import VERSION, credential, stays_of, to_bytes
from pipeline.model import Cohort, Learner, Result

SCHEMA = Path(__file__).with_name("elm") / "schema.json"
TEREZA = a_learner()
WHOLE = a_unit("U7", row=8, title="Menus", skills=("plans a menu", "writes a menu"), knowledge=("names allergens",))


def written(*results: Result, learner: Learner = TEREZA, **changes: Any) -> dict[str, Any]:
    """The credential of a learner with these results."""
    cohort: Cohort = a_cohort(learner, results=results, **changes)
    return credential(cohort, stays_of([learner], cohort.results))


def claim(*results: Result, learner: Learner = TEREZA) -> dict[str, Any]:
    """Her first achievement."""
    found: dict[str, Any] = written(*results, learner=learner)["credentialSubject"]["hasClaim"][0]
    return found


def outcomes(achievement: dict[str, Any]) -> list[str]:
    return [each["title"]["en"] for each in achievement["specifiedBy"]["learningOutcome"]]


# -- the schema ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def faults() -> Callable[[dict[str, Any]], list[str]]:
    """Hold a credential against the published schema: says where it is not as the schema wants it."""
    if not os.environ.get("ECVET_NO_SKIPS"):
        for name in ("jsonschema", "rfc3339_validator", "rfc3986_validator"):
            pytest.importorskip(name)
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource

    schema = Resource.from_contents(json.loads(SCHEMA.read_text("utf-8")))
    registry = Registry().with_resource("urn:elm", schema)
    checker = Draft202012Validator.FORMAT_CHECKER
    assert {"uri", "date-time"} <= set(checker.checkers), "without these, wrong identifiers and dates would pass"
    # `allOf/0` is the Europass credential itself; its own references begin at the root of the file.
    validator = Draft202012Validator({"$ref": "urn:elm#/allOf/0"}, registry=registry, format_checker=checker)
    return lambda node: [f"{error.json_path}: {error.validator}" for error in validator.iter_errors(node)]


RECOGNISED = {
    "a whole unit": (a_recognised(TEREZA, STARTERS),),
    "one outcome": (a_recognised(TEREZA, STARTERS, learning_outcome="prepares three cold starters"),),
    "without grade, points and assessment": (
        a_recognised(TEREZA, STARTERS, grade=None, result=None, points_credited=None, assessed_on=None, recognised_as=None),
    ),
    "two units, one in part": (a_recognised(TEREZA, STARTERS), a_recognised(TEREZA, SOUPS, validated="partly")),
    "half points": (a_recognised(TEREZA, STARTERS, points_credited=Decimal("0.50")),),
}


@pytest.mark.parametrize("results", RECOGNISED.values(), ids=RECOGNISED)
def test_a_credential_is_valid_by_the_published_schema(faults, results):
    assert faults(json.loads(to_bytes(written(*results)))) == []


@pytest.mark.parametrize("language", ["cs", "pt-BR", "nb", "of the host", None, "mis"])
def test_it_is_valid_in_every_language_of_the_papers(faults, language):
    assert faults(written(a_recognised(TEREZA, STARTERS), language=language)) == []


def test_it_is_valid_where_little_is_known(faults):
    home = a_home(address=None, language=None)
    learner = a_learner(host=None, home=home, start=None, end=None, date_of_birth=None)
    unit = a_unit("U9", row=9, title=None, skills=())
    assert faults(written(a_recognised(learner, unit), learner=learner)) == []


SPOILED = {
    "no issuer": lambda it: it.pop("issuer"),
    "no display": lambda it: it.pop("displayParameter"),
    "a kind of its own": lambda it: it.update(type=["VerifiableCredential", "Certificate"]),
    "a day that is no moment": lambda it: it.update(issued="20 May 2027"),
    "an identifier that is none": lambda it: it.update(id="L01 Tereza"),
    "a word the model does not know": lambda it: it["credentialSubject"].update(shoeSize="38"),
    "a name in no language": lambda it: it["credentialSubject"].update(familyName="Nováková"),
    "a language that is none": lambda it: it["credentialSubject"]["hasClaim"][0].update(title={"Czech": "Předkrmy"}),
    "an achievement that nobody awards": lambda it: it["credentialSubject"]["hasClaim"][0].pop("awardedBy"),
    "points as a number": lambda it: it["credentialSubject"]["hasClaim"][0]["creditReceived"][0].update(point=2.5),
    "an organisation nowhere": lambda it: it["credentialSubject"]["hasClaim"][0]["awardedBy"]["awardingBody"][0].pop("location"),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_credential_that_is_spoiled_is_found_out(faults, spoil):
    good = written(a_recognised(TEREZA, STARTERS))
    bad = copy.deepcopy(good)
    spoil(bad)
    assert faults(good) == []
    assert faults(bad) != []


def test_the_schema_is_the_published_one_with_its_licence():
    schema = json.loads(SCHEMA.read_text("utf-8"))["allOf"][0]
    assert schema["title"] == "Europass EDC credential"
    assert schema["description"] == f"Schema for EDC credential based on ELM {VERSION}"
    assert len(schema["$defs"]) == 135
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in SCHEMA.with_name("LICENSE.txt").read_text("utf-8")


# -- what goes in, and what does not ---------------------------------------------------------------------------------------


def test_a_recognised_unit_says_what_who_when_and_how_many_points():
    found = claim(a_recognised(TEREZA, STARTERS, grade="B", points_credited=Decimal("2.5"), recognised_as="Module 6"))
    assert found["title"] == {"en": "Cold starters"}
    assert found["description"] == {"en": "Recognised as: Module 6."}
    assert outcomes(found) == ["prepares three cold starters"]
    assert found["awardedBy"]["awardingDate"] == "2027-05-20T00:00:00Z"
    assert found["awardedBy"]["awardingBody"][0]["legalName"] == {"cs": "SOŠ gastronomie Brno"}
    (credit,) = found["creditReceived"]
    assert (credit["point"], credit["framework"]["notation"]) == ("2.5", "ECVET")
    (proof,) = found["provenBy"]
    assert proof["grade"]["noteLiteral"] == {"en": "B"}
    assert proof["awardedBy"]["awardingBody"][0]["legalName"] == {"fi": "Hotel Aurora Oy"}
    assert found["influencedBy"][0]["temporal"][0]["startDate"] == "2027-04-05T00:00:00Z"
    assert found["specifiedBy"]["isPartOf"][0]["eqfLevel"]["id"] == "http://data.europa.eu/snb/eqf/3"


@pytest.mark.parametrize(
    "missing", [{"recognised_on": None}, {"recognised_by": None}, {"validated": "no"}, {"validated": None}]
)
def test_what_is_not_validated_and_recognised_is_not_written(missing):
    result = a_recognised(TEREZA, STARTERS, **missing)
    assert stays_of([TEREZA], [result]) == []
    both = written(result, a_recognised(TEREZA, SOUPS))["credentialSubject"]["hasClaim"]
    assert [each["title"]["en"] for each in both] == ["Soups"]


def test_an_outcome_that_was_not_achieved_is_not_in_the_whole_unit():
    rows = [a_recognised(TEREZA, WHOLE)]
    assert outcomes(claim(*rows)) == ["names allergens", "plans a menu", "writes a menu"]
    rows += [_assessed("plans a menu", "achieved"), _assessed("Writes a menu", "partly")]
    assert outcomes(claim(*rows)) == ["names allergens", "plans a menu"]


def _assessed(text: str, result: str) -> Result:
    """A row of the host's: assessed, and not yet anything else."""
    return a_recognised(TEREZA, WHOLE, learning_outcome=text, result=result, validated=None, recognised_on=None, recognised_by=None)


def test_of_a_unit_validated_in_part_only_outcomes_that_were_shown_are_named():
    rows = [a_recognised(TEREZA, WHOLE, validated="partly")]
    assert outcomes(claim(*rows)) == []
    assert claim(*rows)["description"]["en"].startswith("Validated in part.")
    assert outcomes(claim(*rows, _assessed("plans a menu", "achieved"))) == ["plans a menu"]


def test_of_a_unit_agreed_in_part_no_outcome_is_guessed():
    learner = a_learner(units=(a_choice(WHOLE, scope="part", part="only the writing"),))
    found = claim(a_recognised(learner, WHOLE), learner=learner)
    assert outcomes(found) == []
    assert found["description"]["en"].startswith("Part of the unit: only the writing.")


def test_where_single_outcomes_are_recognised_no_other_is_named_and_their_points_add_up():
    rows = [
        a_recognised(TEREZA, WHOLE, learning_outcome=text, points_credited=Decimal("0.75"))
        for text in ("plans a menu", "writes a menu")
    ]
    found = claim(*rows)
    assert outcomes(found) == ["plans a menu", "writes a menu"]
    assert found["creditReceived"][0]["point"] == "1.5"


def test_titles_stand_in_all_their_languages():
    unit = a_unit("U8", row=9, title="Soups")
    object.__setattr__(unit, "titles", {"cs": "Polévky", "fi": "Keitot", "xyz": "?"})
    assert claim(a_recognised(TEREZA, unit))["title"] == {"en": "Soups", "cs": "Polévky", "fi": "Keitot"}


def test_nothing_is_signed():
    assert "proof" not in written(a_recognised(TEREZA, STARTERS))


# -- privacy, and the same bytes -------------------------------------------------------------------------------------------


def test_a_credential_holds_her_name_and_birth_and_nobody_elses_data():
    """Not her address or telephone, not who assessed, validated or recognised, and nothing of another learner."""
    secret = {key: f"canary-{key}" for key in ("address", "telephone", "email", "nationality", "emergency_contact", "guardian")}
    hers = a_learner("L01", family_name="Canaryová", mentor="canary-mentor", assessor="canary-assessor", **secret)
    other = a_learner("L02", row=3, family_name="Otherová")
    people = {key: f"canary-{key}" for key in ("assessed_by", "validated_by", "recognised_by", "remarks", "evidence", "not_shown_yet")}
    cohort = a_cohort(hers, other, results=(a_recognised(hers, STARTERS, **people), a_recognised(other, SOUPS)))
    mine = to_bytes(credential(cohort, stays_of([hers], cohort.results))).decode()
    others = to_bytes(credential(cohort, stays_of([other], cohort.results))).decode()
    assert "canary-" not in mine + others
    assert ("Canaryová" in mine, "Canaryová" in others, "Otherová" in mine) == (True, False, False)
    assert "Cold starters" not in others


def test_identifiers_stay_the_same_and_tell_nothing():
    one, again = (written(a_recognised(TEREZA, STARTERS, grade=grade)) for grade in ("B", "C"))
    assert one["id"] == again["id"]
    assert one["id"].startswith("urn:uuid:")
    renamed = a_learner(family_name="Svobodová")
    assert written(a_recognised(renamed, STARTERS), learner=renamed)["id"] == one["id"]


def test_other_learners_cohorts_and_colleges_have_other_identifiers():
    second = a_learner("L02", row=3)
    elsewhere = a_learner(home=a_home(name="Another college"))
    found = [
        written(a_recognised(TEREZA, STARTERS)),
        written(a_recognised(TEREZA, STARTERS), id="CZ-2028"),
        written(a_recognised(second, STARTERS), learner=second),
        written(a_recognised(elsewhere, STARTERS), learner=elsewhere),
    ]
    assert len({each["id"] for each in found}) == 4
    assert len({each["credentialSubject"]["id"] for each in found}) == 4
    assert len({each["credentialSubject"]["hasClaim"][0]["id"] for each in found}) == 4


def test_the_same_host_has_one_identifier_everywhere():
    again = a_partner("AURORA-2", row=9, name=AURORA.name)
    there = a_learner(host=again)
    one, other = (claim(a_recognised(it, STARTERS), learner=it)["provenBy"][0]["assessedBy"][0]["id"] for it in (TEREZA, there))
    assert one == other


# -- the command -----------------------------------------------------------------------------------------------------------

HEADER = [str(name or "").removesuffix(" *") for name in desk._example()["Results"][0]]
DONE = {
    "Result": "achieved", "Assessed by": "Claire Fournier", "Assessed on": "2027-04-29", "Validated": "yes",
    "Validated by": "Kateřina Doležalová", "Validated on": "2027-05-18", "Recognised as": "Module 6",
    "Recognised by": "Zbyněk Ševčík", "Recognised on": "2027-05-20", "Points credited": 3,
}  # fmt: skip


def row(learner: str, unit: str, **cells: object) -> list[object]:
    """A row of sheet Results; a word such as Recognised_on names a column."""
    given = {"Learner ID": learner, "Unit ID": unit, **DONE, **{key.replace("_", " "): value for key, value in cells.items()}}
    return [given.get(name) for name in HEADER]


ASSESSED = {key.replace(" ", "_"): None for key in DONE if key.startswith(("Validated", "Recognised", "Points"))}
ROWS = [row("L01", "U1"), row("L02", "U4"), row("L03", "U1", **ASSESSED)]
ELISKA, MATEJ = "Bartošová Eliška (L01).jsonld", "Dvořák Matěj (L02).jsonld"


@pytest.fixture
def room(tmp_path, monkeypatch):
    found = desk.room(tmp_path / "papers", official=False)
    monkeypatch.chdir(found.folder)
    on(monkeypatch, dt.date(2027, 6, 1))
    return found


def on(monkeypatch, day: dt.date) -> None:
    """Let the command be typed on this day."""
    monkeypatch.setattr("pipeline.doors.export.dt", SimpleNamespace(date=SimpleNamespace(today=lambda: day)))


@pytest.fixture
def export(room, monkeypatch, capsys) -> Callable[..., tuple[int, str]]:
    """Fill sheet Results, and type: ecvet export --elm."""

    def type_it(rows=ROWS, cells=None, *words: str) -> tuple[int, str]:
        if rows is not None:
            desk.workbook(room.input / "spring.xlsx", cells, more={"Results": rows})
        return ecvet(monkeypatch, capsys, *(words or ("export", "--elm")))

    return type_it


def ecvet(monkeypatch, capsys, *words: str) -> tuple[int, str]:
    monkeypatch.setattr(sys, "argv", ["ecvet", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out + said.err


def folder(room) -> Path:
    return room.output / "CZ-2027-Spring" / BEYOND


def files(room) -> list[str]:
    return sorted(path.name for path in folder(room).iterdir() if path.name != NOTES)


def test_export_writes_a_file_for_each_learner_with_something_recognised(room, export, faults):
    code, said = export()
    assert said == (
        "CZ-2027-Spring (spring.xlsx): 2 credentials: 2 written. Of 10 learners nothing is recognised yet.\n"
        f"  They lie in {Path('output', 'CZ-2027-Spring', BEYOND)}. They are not sealed: that is for your college to do.\n"
    )
    assert (code, files(room)) == (0, [ELISKA, MATEJ])
    for name in (ELISKA, MATEJ):
        assert faults(json.loads((folder(room) / name).read_text("utf-8"))) == []
    assert "Dvořák" not in (folder(room) / ELISKA).read_text("utf-8")


def test_what_is_recognised_on_a_day_to_come_is_told_and_written_from_that_day_on(room, export, monkeypatch):
    """L01 U1 is recognised on 20 May 2027, L01 U2 and L02 U4 a day later."""
    rows = [row("L01", "U1"), row("L01", "U2", Recognised_on="2027-05-21"), row("L02", "U4", Recognised_on="2027-05-21")]
    on(monkeypatch, dt.date(2027, 5, 19))
    code, said = export(rows)
    assert code == 0
    assert said.splitlines()[0].endswith("no credential was written. Of 12 learners nothing is recognised yet.")
    on(monkeypatch, dt.date(2027, 5, 20))
    code, said = export(None)
    assert (code, files(room)) == (0, [ELISKA])
    assert (
        "  Results!P4:P5  The day on which it is recognised, “21.05.2027”, is still to come. Export again from that day on. "
        "If the date is wrong, correct it. [S182]\n"
    ) in said
    assert "Entremets" not in (folder(room) / ELISKA).read_text("utf-8")
    on(monkeypatch, dt.date(2027, 5, 21))
    code, said = export(None)
    assert (code, files(room), "still to come" in said) == (0, [ELISKA, MATEJ], False)
    assert "Entremets" in (folder(room) / ELISKA).read_text("utf-8")


def test_the_same_data_give_the_same_bytes_and_nothing_is_written_twice(room, export, monkeypatch):
    export()
    before = desk.snapshot(folder(room))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    code, said = export(None)
    assert (code, "2 credentials: 2 unchanged." in said) == (0, True)
    assert {**desk.snapshot(folder(room)), NOTES: 0} == {**before, NOTES: 0}


def test_where_nothing_is_recognised_nothing_is_written(room, export):
    code, said = export([])
    assert (code, said) == (0, "CZ-2027-Spring (spring.xlsx): no credential was written. Of 12 learners nothing is recognised yet.\n")
    assert not folder(room).exists()


def test_a_learner_with_a_mistake_waits_and_the_others_are_written(room, export):
    code, said = export([row("L01", "U1"), row("L02", "U4")], {"Learners / L01 / Date of birth": "31.02.2008"})
    assert code == 1
    assert "2 credentials: 1 written, 1 not written." in said
    assert "  Not written: Eliška Bartošová (L01)\n" in said
    assert "  Learners!F2  “31.02.2008” is not a date" in said
    assert files(room) == [MATEJ]


def test_a_credential_that_waits_stays_as_it_was(room, export):
    export()
    before = (folder(room) / ELISKA).read_bytes()
    export(cells={"Learners / L01 / Date of birth": "31.02.2008"})
    assert (folder(room) / ELISKA).read_bytes() == before
    export([row("L01", "U1", Grade="A"), row("L02", "U4")])
    assert files(room) == [ELISKA, MATEJ]
    assert (folder(room) / ELISKA).read_bytes() != before


def test_a_slip_in_a_result_takes_no_credential_away(room, export):
    """“31.02.2027” is no day of recognition; that is told, and does not count as not recognised."""
    export()
    code, said = export([row("L01", "U1", Recognised_on="31.02.2027"), row("L02", "U4")])
    assert (code, files(room)) == (1, [ELISKA, MATEJ])
    assert "  Results!P3  “31.02.2027” is not a date" in said


def test_without_a_cohort_id_nothing_is_written_or_taken_away(room, export):
    export()
    code, said = export(cells={"Cohort / Cohort ID": None})
    assert (code, "no credential was written." in said) == (1, True)
    assert files(room) == [ELISKA, MATEJ]


def test_a_credential_that_was_changed_stays_and_the_new_one_lies_beside_it(room, export):
    export()
    (folder(room) / ELISKA).write_text("sealed", "utf-8")
    code, said = export([row("L01", "U1", Grade="A"), row("L02", "U4")])
    assert (code, (folder(room) / ELISKA).read_text("utf-8")) == (0, "sealed")
    assert files(room) == ["Bartošová Eliška (L01) (new).jsonld", ELISKA, MATEJ]
    assert f"“{ELISKA}” was changed since it was written; it stays as it is" in said


def test_one_that_is_not_recognised_any_more_goes_unless_it_was_changed(room, export):
    export()
    (folder(room) / MATEJ).write_text("sealed", "utf-8")
    export([])
    assert files(room) == [MATEJ]


def test_a_file_of_hers_under_that_name_is_never_written_over(room, export):
    folder(room).mkdir(parents=True)
    (folder(room) / ELISKA).write_text("hers", "utf-8")
    export()
    assert (folder(room) / ELISKA).read_text("utf-8") == "hers"
    assert "Bartošová Eliška (L01) (new).jsonld" in files(room)


def test_who_is_forgotten_has_no_credential_any_more(room, export):
    """Papers were never made here: a credential alone is a trace of her too."""
    export()
    code, said = export(None, None, "forget", "L01", "--yes")
    assert (code, f"{BEYOND}/{ELISKA}" in said) == (0, True)
    assert files(room) == [MATEJ]
    assert list(read_credentials(room.output / "CZ-2027-Spring")) == [MATEJ]
    assert "Bartošová" not in (folder(room) / NOTES).read_text("utf-8")


def test_a_changed_credential_is_named_before_it_is_forgotten(room, export):
    export()
    (folder(room) / ELISKA).write_text("sealed", "utf-8")
    _, said = export(None, None, "forget", "L01", "--yes")
    assert f"{BEYOND}/{ELISKA} (you worked in it)" in said
    assert files(room) == [MATEJ]


def test_a_run_leaves_credentials_alone(room, export, monkeypatch, capsys):
    desk.form(room.templates / "mine" / "Card.docx", "{{ learner.name }}")
    export(cells={"Cohort / Templates": "mine"})
    before = desk.snapshot(folder(room))
    assert ecvet(monkeypatch, capsys, "run")[0] == 0
    assert desk.snapshot(folder(room)) == before


def test_a_second_stay_is_in_the_same_credential(room, export):
    export([row("L06", "U5", Points_credited=None), row("L06", "U1", Mobility=2)])
    (name,) = files(room)
    found = json.loads((folder(room) / name).read_text("utf-8"))["credentialSubject"]["hasClaim"]
    assert len(found) == 2
    assert len({each["influencedBy"][0]["id"] for each in found}) == 2


def test_without_saying_as_what_nothing_is_exported(room, export):
    code, said = export(ROWS, None, "export")
    assert (code, "Say as what to export: ecvet export --elm" in said) == (2, True)
    assert not room.output.exists()


def test_a_workbook_that_cannot_be_read_is_told_and_the_others_are_written(room, export):
    (room.input / "broken.xlsx").write_bytes(b"no workbook")
    code, said = export()
    assert code == 1
    assert "broken (broken.xlsx): no credential was written." in said
    assert files(room) == [ELISKA, MATEJ]


def test_damaged_notes_make_nothing_hers_be_lost(room, export):
    export()
    (folder(room) / NOTES).write_text("{", "utf-8")
    export([row("L01", "U1", Grade="A"), row("L02", "U4")])
    assert files(room) == ["Bartošová Eliška (L01) (new).jsonld", ELISKA, MATEJ]


@pytest.mark.parametrize(("cells", "rows", "told"), [
    ({"Learners / L01 / Home": "NOWHERE"}, ROWS, "“NOWHERE” is not on sheet Partners."),
    ({"Learners / L01 / Family name": None}, ROWS, "“Family name” is blank."),
    (None, [row("L99", "U1"), row("L02", "U4")], "Results!A3  “L99” is not on sheet Learners."),
], ids=["Home", "the name the file has", "whose result it is"])  # fmt: skip
def test_a_slip_elsewhere_takes_no_credential_away_either(room, export, cells, rows, told):
    export()
    before = (folder(room) / ELISKA).read_bytes()
    code, said = export(rows, cells)
    assert (code, files(room)) == (1, [ELISKA, MATEJ])
    assert (folder(room) / ELISKA).read_bytes() == before
    assert told in said


def test_two_parts_of_a_unit_in_one_stay_are_both_written():
    learner = a_learner(units=(a_choice(WHOLE, scope="part", part="plans"), a_choice(WHOLE, scope="part", part="writes")))
    found = claim(*(a_recognised(learner, WHOLE, points_credited=Decimal(at)) for at in (1, 2)), learner=learner)
    assert found["creditReceived"][0]["point"] == "3"
    assert found["description"]["en"].startswith("Part of the unit: plans; writes.")
    assert len({each["id"] for each in found["provenBy"]}) == 2
