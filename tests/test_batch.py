"""Papers in the making: what holds them while they are printed, what is left for the pen, and all or nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import desk
import pytest
from desk import opened
from facts import AURORA, FILE, SOS, a_cohort, a_learner, a_minor, a_partner, cell

from pipeline import batch as rooms
from pipeline.batch import Batch, carry_out
from pipeline.contexts import Contexts
from pipeline.form import Form
from pipeline.holds import row_of
from pipeline.jobs import Outcome
from pipeline.model import Cohort
from pipeline.outbox import Outbox
from pipeline.plan import plan
from pipeline.printing import DOTS
from pipeline.problem import Place, Problem, Severity
from pipeline.sentences import MONTHS

PETR = a_learner("L02", row=3, family_name="Šimek", given_names="Petr")
TEREZA = a_learner("L01", row=2)


def error_at(place: Place) -> Problem:
    return Problem(code="S210", place=place, message="“Date of birth” is blank.", advice="Fill the cell.", severity=Severity.ERROR)


def run(folder: Path, cohort: Cohort, *forms: Form, problems: tuple[Problem, ...] = (), date: dt.date | None = None,
        dry_run: bool = False, **wishes) -> list[Outcome]:  # fmt: skip
    """Make the papers of a cohort into a folder."""
    batch = Batch(
        cohort=cohort, outbox=Outbox(folder, dry_run=dry_run), date=date, contexts=Contexts(cohort),
        troubled=frozenset(row_of(problem.place) for problem in problems),
    )  # fmt: skip
    return carry_out(plan(cohort, forms, problems), batch, **wishes)


def told(outcomes: list[Outcome]) -> list[str]:
    """“Card - Nováková Tereza (L01).docx: written”, and for what a paper waits for: its code and cell."""
    return [
        f"{it.file}: {it.status}" + "".join(f"; {problem.code} {problem.place}" for problem in it.problems)
        for it in outcomes
    ]  # fmt: skip


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# -- empty words -----------------------------------------------------------------------------------------------------------


def test_a_word_that_every_row_needs_holds_its_paper_with_its_cell(tmp_path):
    """Petr has no date of birth, and the form prints it."""
    cohort = a_cohort(TEREZA, a_learner("L02", row=3, family_name="Šimek", given_names="Petr", date_of_birth=None))
    outcomes = run(tmp_path, cohort, opened("Card", "{{ learner.name }}, {{ learner.date_of_birth }}"))
    assert told(outcomes) == [
        "Card - Nováková Tereza (L01).docx: written", "Card - Šimek Petr (L02).docx: held; T301 Learners!F3",
    ]  # fmt: skip
    assert outcomes[1].problems[0].message == "“Card” needs date of birth (learner.date_of_birth), and there is none."
    assert outcomes[1].job.held_by == outcomes[1].problems
    assert not list(tmp_path.glob("*Petr*"))


def test_a_word_that_the_form_calls_required_holds_its_paper_with_its_cell(tmp_path):
    cohort = a_cohort(a_learner("L01", email=None))
    assert told(run(tmp_path, cohort, opened("Card", "{{ learner.name }} {{ learner.email | required }}"))) == [
        "Card - Nováková Tereza (L01).docx: held; T301 Learners!K2",
    ]  # fmt: skip


def test_a_required_word_of_the_host_holds_with_the_cell_of_the_host(tmp_path):
    silent = a_partner("QUIET", row=5, name="Quiet Ltd", emergency_telephone=None)
    cohort = a_cohort(a_learner("L01", host=silent))
    assert told(run(tmp_path, cohort, opened("Card", "{{ learner.name }} {{ host.emergency_telephone | required }}"))) == [
        "Card - Nováková Tereza (L01).docx: held; T301 Partners!L5",
    ]  # fmt: skip


def test_one_empty_word_printed_twice_is_told_once(tmp_path):
    cohort = a_cohort(a_learner("L01", email=None))
    form = opened("Card", "{{ learner.name }} {{ learner.email | required }}", "{{ learner.email | required }}")
    outcome, = run(tmp_path, cohort, form)
    assert len(outcome.problems) == 1


def test_any_other_empty_word_is_left_for_the_pen_and_its_cell_is_named(tmp_path):
    cohort = a_cohort(a_learner("L01", email=None, mentor=None))
    form = opened("Card", "{{ learner.name }}", "E-mail: {{ learner.email }}", "Mentor: {{ agreement.mentor | dotted }}")
    outcome, = run(tmp_path, cohort, form)
    assert [(gap.word, gap.meaning, str(gap.place)) for gap in outcome.gaps] == [
        ("learner.email", "E-mail", "Learners!K2"), ("agreement.mentor", "Mentor", "Learners!Y2"),
    ]  # fmt: skip
    assert desk.shown(tmp_path / outcome.file).splitlines() == ["Tereza Nováková", "E-mail: ", f"Mentor: {DOTS}"]


def test_in_a_paper_for_several_a_troubled_learner_leaves_her_line_blank(tmp_path):
    """Petr's date of birth cannot be read: his card waits, and the list of the host is made with a blank."""
    petr = a_learner("L02", row=3, family_name="Šimek", given_names="Petr", date_of_birth=None, unreadable=["date_of_birth"])
    cohort = a_cohort(TEREZA, petr)
    forms = (
        opened("Card", "{{ learner.name }}, {{ learner.date_of_birth }}"),
        opened("List", "{{ host.name }}", "{% for row in learners %}{{ row.name }}, {{ row.date_of_birth }}; {% endfor %}"),
    )  # fmt: skip
    outcomes = run(tmp_path, cohort, *forms, problems=(error_at(petr.at("date_of_birth")),))
    assert told(outcomes) == [
        "Card - Nováková Tereza (L01).docx: written", "Card - Šimek Petr (L02).docx: held; S210 Learners!F3",
        "List - Hotel Aurora Oy.docx: written",
    ]  # fmt: skip
    said = desk.shown(tmp_path / outcomes[2].file)
    assert said.endswith("Tereza Nováková, 12 May 2006; Petr Šimek, ; ")


def test_without_an_error_told_elsewhere_an_empty_needed_word_holds_the_list_too(tmp_path):
    petr = a_learner("L02", row=3, family_name="Šimek", given_names="Petr", date_of_birth=None)
    form = opened("List", "{{ host.name }}", "{% for row in learners %}{{ row.name }}, {{ row.date_of_birth }}; {% endfor %}")
    assert told(run(tmp_path, a_cohort(TEREZA, petr), form)) == ["List - Hotel Aurora Oy.docx: held; T301 Learners!F3"]


def test_a_value_that_is_no_entry_of_a_list_holds_the_paper_with_its_cell(tmp_path):
    """The form writes “weiblich” for F and “männlich” for M; Petr's row says X."""
    cohort = a_cohort(a_learner("L01", sex="F"), a_learner("L02", row=3, sex="M"), a_learner("L03", row=4, sex="X"), a_learner("L04", row=5, sex=None))
    outcomes = run(tmp_path, cohort, opened("Card", "{{ learner.name }}: {{ learner.sex | entry('F=weiblich', 'M=männlich') }}"))
    assert [told([outcome])[0].partition(": ")[2] for outcome in outcomes] == ["written", "written", "held; T305 Learners!G4", "written"]
    assert [desk.shown(tmp_path / outcome.file) for outcome in outcomes[:2]] == ["Tereza Nováková: weiblich", "Tereza Nováková: männlich"]
    problem, = outcomes[2].problems
    assert problem.message == "“X” is none of the entries of the list in “Card”."
    assert problem.advice == "Write “F” or “M”, or add the entry to the list in the form."
    assert [str(gap.place) for gap in outcomes[3].gaps] == ["Learners!G5"]


REFUSED = "none of the entries of the list in “Card”."


@pytest.mark.parametrize(("inside", "facts", "said"), [
    ("learner.is_minor | entry('A=a')", {}, "no"), ("learner.mobility | entry('A=a')", {"mobility": 0}, "0"),
    ("learner.date_of_birth | entry('A=a')", {}, "12 May 2006"), ("learner.date_of_birth | date('yyyy') | entry('A=a')", {}, "2006"),
    ("today | entry('A=a')", {}, "2 February 2027"), ("agreement.annexes | entry('A=a')", {"annexes": ("Map", "Rules")}, "Map; Rules"),
    ("learner.given_names | upper | entry('A=a')", {}, "TEREZA"),
])  # fmt: skip
def test_what_is_none_of_the_entries_is_told_as_it_would_have_been_printed(tmp_path, inside, facts, said):
    outcome, = run(tmp_path, a_cohort(a_learner("L01", **facts)), opened("Card", f"{{{{ learner.name }}}} {{{{ {inside} }}}}"), date=dt.date(2027, 2, 2))
    assert [problem.message for problem in outcome.problems] == [f"“{said}” is {REFUSED}"]


@pytest.mark.parametrize("tag", [
    "{{ learner.family_name | entry('A=a') }}", "{{ learner.family_name | required | entry('A=a') }}",
    "{{ learner.family_name | trim | required | entry('A=a') }}", "{{ (learner.family_name | entry('A=a')) ~ '!' }}",
    "{{ learner.family_name | entry('A=a') }} {{ learner.family_name | entry('A=a') | required }}",
    "{% for each in learners %}{{ each.family_name | entry('A=a') }}{% endfor %}",
])  # fmt: skip
def test_a_value_that_is_none_of_the_entries_is_not_told_as_missing_too(tmp_path, tag):
    """The family name is there and every row needs it: the form waits for its list, and for nothing else."""
    outcome, = run(tmp_path, a_cohort(TEREZA), opened("Card", "{{ learner.name }}", tag))
    assert [(problem.code, str(problem.place)) for problem in outcome.problems] == [("T305", "Learners!D2")]
    assert not outcome.gaps


def test_beside_a_value_that_is_none_of_the_entries_another_empty_word_is_told(tmp_path):
    tags = "{{ learner.sex | entry('A=a') }} {{ learner.date_of_birth }} {{ learner.email }}"
    outcome, = run(tmp_path, a_cohort(a_learner("L01", sex="X", date_of_birth=None, email=None)), opened("Card", "{{ learner.name }}", tags))
    assert sorted((problem.code, str(problem.place)) for problem in outcome.problems) == [("T301", "Learners!F2"), ("T305", "Learners!G2")]


def test_a_list_of_the_host_tells_every_learner_her_own_refused_value(tmp_path):
    """What papers have in common is kept from one to the next: each must tell its own cell all the same."""
    rows = [a_learner(f"L{at:02}", row=at, family_name=f"A{at}", sex="X" if at % 2 else "F", mentor="Ann") for at in range(2, 8)]
    form = opened("Card", "{{ learner.name }} {{ host.name }} {{ host.address }} {{ host.telephone }} {{ agreement.mentor | entry('Eve=e') }} {{ learner.sex | entry('F=f') }}")
    outcomes = run(tmp_path, a_cohort(*rows), form)
    seen = [[f"{problem.message.partition('”')[0]}” in {problem.place}" for problem in outcome.problems] for outcome in outcomes]
    assert seen == [[f"“Ann” in Learners!Y{at}", *[f"“X” in Learners!G{at}"] * (at % 2)] for at in range(2, 8)]


def test_a_guardian_nobody_needs_is_no_blank(tmp_path):
    form = opened("Card", "{{ learner.name }}{% if learner.is_minor %} {{ learner.guardian }} {{ learner.guardian_email }}{% endif %}")
    grown, minor = run(tmp_path, a_cohort(TEREZA, a_minor("L02", row=3)), form)
    assert not grown.gaps
    assert [str(gap.place) for gap in minor.gaps] == ["Learners!P3"]


# -- all or nothing --------------------------------------------------------------------------------------------------------


CARD = ("{{ learner.name }}", "{{ learner.email | required }}")


def test_strict_writes_nothing_where_one_paper_is_held(tmp_path):
    outcomes = run(tmp_path, a_cohort(TEREZA, PETR), opened("Card", *CARD), problems=(error_at(PETR.at("address")),), strict=True)
    assert told(outcomes) == ["Card - Nováková Tereza (L01).docx: held", "Card - Šimek Petr (L02).docx: held; S210 Learners!I3"]
    assert files(tmp_path) == []


def test_strict_tells_what_was_found_only_while_printing(tmp_path):
    cohort = a_cohort(TEREZA, a_learner("L02", row=3, email=None))
    outcomes = run(tmp_path, cohort, opened("Card", *CARD), strict=True)
    assert told(outcomes) == ["Card - Nováková Tereza (L01).docx: held", "Card - Nováková Tereza (L02).docx: held; T301 Learners!K3"]
    assert files(tmp_path) == []


def test_strict_writes_nothing_where_there_is_any_error_even_one_that_holds_no_paper(tmp_path):
    outcomes = run(tmp_path, a_cohort(TEREZA), opened("Card", *CARD), strict=True, held_by_any=True)
    assert told(outcomes) == ["Card - Nováková Tereza (L01).docx: held"]
    assert files(tmp_path) == []


def test_strict_writes_nothing_where_one_paper_cannot_be_written(tmp_path):
    (tmp_path / "Card - Šimek Petr (L02).docx").mkdir()
    outcomes = run(tmp_path, a_cohort(TEREZA, PETR), opened("Card", *CARD), strict=True)
    assert told(outcomes) == [
        "Card - Nováková Tereza (L01).docx: held",
        "Card - Šimek Petr (L02).docx: failed; T403 Card - Šimek Petr (L02).docx",
    ]  # fmt: skip
    assert files(tmp_path) == []


def test_strict_makes_everything_where_everything_can_be_made(tmp_path):
    outcomes = run(tmp_path, a_cohort(TEREZA, PETR), opened("Card", *CARD), strict=True)
    assert Counter(it.status for it in outcomes) == {"written": 2}
    assert len(files(tmp_path)) == 3


def test_strict_leaves_papers_of_earlier_as_they_are_and_says_so(tmp_path):
    """Both cards lie there; now Petr has an error, and Tereza a new address."""
    run(tmp_path, a_cohort(TEREZA, PETR), opened("Card", *CARD))
    before = desk.snapshot(tmp_path)
    outcomes = run(tmp_path, a_cohort(TEREZA, PETR), opened("Card", *CARD), problems=(error_at(PETR.at("address")),), strict=True)
    assert told(outcomes)[0] == "Card - Nováková Tereza (L01).docx: unchanged"
    moved = a_learner("L01", row=2, email="new@example.org")
    outcomes = run(tmp_path, a_cohort(moved, PETR), opened("Card", *CARD), problems=(error_at(PETR.at("address")),), strict=True)
    assert told(outcomes)[0] == "Card - Nováková Tereza (L01).docx: held"
    assert desk.snapshot(tmp_path) == before


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    folder = tmp_path / "output" / "CZ"
    assert told(run(folder, a_cohort(TEREZA), opened("Card", *CARD), dry_run=True)) == ["Card - Nováková Tereza (L01).docx: written"]
    assert not folder.parent.exists()


# -- many papers -----------------------------------------------------------------------------------------------------------


def test_hundreds_of_papers_are_moved_to_their_places_in_batches_and_none_is_forgotten(tmp_path, monkeypatch):
    settled = []
    settle = Outbox.settle
    monkeypatch.setattr(Outbox, "settle", lambda self: (settled.append(len(self._waiting)), settle(self))[1])
    cohort = a_cohort(*(a_learner(f"L{number:03}", row=number) for number in range(2, 452)))
    steps: list[int] = []
    outcomes = run(tmp_path, cohort, opened("Card", "{{ learner.name }}"), progress=steps.append)
    assert Counter(it.status for it in outcomes) == {"written": 450}
    assert settled == [200, 200, 50]
    assert sum(steps) == 450
    assert len(list(tmp_path.glob("Card - *.docx"))) == 450
    assert Counter(it.status for it in run(tmp_path, cohort, opened("Card", "{{ learner.name }}"))) == {"unchanged": 450}


def test_a_paper_that_fails_in_a_later_batch_keeps_its_place_in_the_list(tmp_path, monkeypatch):
    monkeypatch.setattr(rooms, "TOGETHER", 2)
    (tmp_path / "Card - Nováková Tereza (L004).docx").mkdir()
    cohort = a_cohort(*(a_learner(f"L{number:03}", row=number + 1) for number in range(1, 7)))
    statuses = [it.status for it in run(tmp_path, cohort, opened("Card", "{{ learner.name }}"))]
    assert statuses == ["written", "written", "written", "failed", "written", "written"]


def test_a_run_that_is_stopped_leaves_no_parts_behind(tmp_path):
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, a_cohort(TEREZA, PETR), opened("Card", "{{ learner.name }}"), progress=stop)
    assert files(tmp_path) == []


# -- the date of a paper ---------------------------------------------------------------------------------------------------


DATED = "{{ learner.name }}, {{ today }}"


def dated(folder: Path, cohort: Cohort, **wishes) -> str:
    outcome, = run(folder, cohort, opened("Card", DATED), **wishes)
    return f"{desk.shown(folder / outcome.file)}: {outcome.status}"


def test_the_date_is_the_one_asked_for_else_the_cohorts_else_the_day_it_was_first_made(tmp_path, monkeypatch):
    class Later(dt.date):
        @classmethod
        def today(cls):
            return dt.date(2030, 2, 2)

    without = a_cohort(TEREZA, date=None)
    today = dt.date.today()
    first = dated(tmp_path / "a", without)
    assert first == f"Tereza Nováková, {today.day} {MONTHS[today.month - 1]} {today.year}: written"
    monkeypatch.setattr(rooms.dt, "date", Later)
    assert dated(tmp_path / "a", without) == first.replace("written", "unchanged"), "no paper changes by itself"
    assert dated(tmp_path / "a", without, date=dt.date(2027, 3, 1)) == "Tereza Nováková, 1 March 2027: written"
    assert dated(tmp_path / "b", a_cohort(TEREZA)) == "Tereza Nováková, 15 January 2027: written"


# -- privacy ---------------------------------------------------------------------------------------------------------------


def test_nothing_of_one_learner_gets_into_the_paper_of_the_next(tmp_path):
    """Values are shared between papers only where they belong to the cohort, its organisations and units."""
    every = "{% for row in learners %}{{ row.name }} {{ row.email }} {% endfor %}{{ learner.emergency_contact }} {{ learner.guardian }}"
    rows = [
        a_minor(f"L{number:02}", row=number, family_name=f"Family{number}", email=f"canary{number}@example.org",
                emergency_contact=f"Contact{number}" if number % 2 else None, guardian=f"Guardian{number}")
        for number in range(10, 40)
    ]  # fmt: skip
    outcomes = run(tmp_path, a_cohort(*rows), opened("Card", every))
    for number, outcome in zip(range(10, 40), outcomes, strict=True):
        said = desk.shown(tmp_path / outcome.file)
        assert f"canary{number}@" in said
        assert not [other for other in range(10, 40) if other != number and str(other) in said.replace("2010", "")]


def test_the_facts_are_what_the_tests_above_say():
    assert (SOS.name, AURORA.name, cell("B2").file) == ("SOŠ gastronomie Brno", "Hotel Aurora Oy", FILE)
