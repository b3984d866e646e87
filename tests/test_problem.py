"""A problem is a value with a place; a code is refused where its docstring does not tell the story."""

from __future__ import annotations

import pytest

from pipeline import problem
from pipeline.checks import rule
from pipeline.checks.rule import check
from pipeline.problem import (
    CODES,
    Basis,
    CannotContinue,
    Place,
    Severity,
    fault,
    on_one_line,
    quoted,
    register,
    word_problem,
)

GOOD = """The title of the rule.

    Why this matters, and what is compared.

    Advice: Correct the cell,
        or leave it blank.
    Basis: form (official form, section 2; C02)
    """


def a_rule(docstring: str | None):
    def rule_of_the_test(_):
        yield from ()

    rule_of_the_test.__doc__ = docstring
    return rule_of_the_test


@pytest.fixture(autouse=True)
def _codes_of_the_test_stay_in_the_test(monkeypatch):
    monkeypatch.setattr(problem, "CODES", dict(CODES))
    monkeypatch.setattr(rule, "CHECKS", [])


def test_a_docstring_becomes_title_story_advice_basis_and_source():
    meaning = register("A999", Severity.WARNING, a_rule(GOOD))
    assert meaning == problem.CODES["A999"]
    assert (meaning.title, meaning.story) == ("The title of the rule", "Why this matters, and what is compared.")
    assert meaning.advice == "Correct the cell, or leave it blank."
    assert (meaning.basis, meaning.source) == (Basis.FORM, "official form, section 2; C02")


def test_a_source_is_not_needed():
    assert register("A999", Severity.ERROR, a_rule("Title.\n\nAdvice: Do it.\nBasis: data")).source == ""


def test_a_taken_code_is_refused_with_the_title_of_the_rule_that_has_it():
    with pytest.raises(ValueError, match="the code A101 is taken by “The stay ends before it starts”"):
        register("A101", Severity.ERROR, a_rule(GOOD))


@pytest.mark.parametrize("code", ["Z101", "A1", "A1010", "a101", "A10x", ""])
def test_a_code_of_no_family_is_refused(code):
    with pytest.raises(ValueError, match="is no code"):
        register(code, Severity.ERROR, a_rule(GOOD))


@pytest.mark.parametrize("docstring", [None, "", "Title.\n\nBasis: data", "Title.\n\nAdvice:\nBasis: data", "Advice: Do it.\nBasis: data"])
def test_a_rule_without_advice_or_title_is_refused(docstring):
    with pytest.raises(ValueError, match="has no advice"):
        register("A999", Severity.ERROR, a_rule(docstring))


@pytest.mark.parametrize("basis", ["", "Basis:", "Basis: law", "Basis: a form", "Basis: form of the EU (2014)"])
def test_a_rule_without_a_known_basis_is_refused(basis):
    with pytest.raises(ValueError, match="does not say its basis"):
        register("A999", Severity.ERROR, a_rule(f"Title.\n\nAdvice: Do it.\n{basis}"))


def test_a_refused_rule_leaves_no_code_and_no_check_behind():
    with pytest.raises(ValueError, match="no advice"):
        check("A999")(a_rule("Title."))
    assert "A999" not in problem.CODES
    assert rule.CHECKS == []


def test_check_enters_a_rule_and_gives_it_back():
    made = a_rule(GOOD)
    assert check("A999")(made) is made
    assert [(entry.meaning.code, entry.rule) for entry in rule.CHECKS] == [("A999", made)]


@pytest.mark.parametrize("severity", Severity)
def test_a_rule_is_as_severe_as_it_was_entered(severity):
    check("A999", severity)(a_rule(GOOD))
    assert problem.CODES["A999"].severity is severity


def test_a_convention_is_called_one_and_a_rule_is_not():
    place = Place(file="a.xlsx", sheet="Learners", cell="C7", row=7)
    for basis, said in (("convention", "It is so. (This is good practice, not a rule.)"), ("form", "It is so.")):
        problem.CODES.pop("A999", None)
        meaning = register("A999", Severity.WARNING, a_rule(f"Title.\n\nAdvice: Do it.\nBasis: {basis}"))
        assert word_problem(meaning, place, "It is so.").message == said


def test_a_finding_may_carry_a_better_advice():
    meaning = register("A999", Severity.ERROR, a_rule(GOOD))
    assert word_problem(meaning, Place(), "It is so.").advice == "Correct the cell, or leave it blank."
    assert word_problem(meaning, Place(), "It is so.", "Write yes.").advice == "Write yes."


def test_a_fault_words_its_problem_from_its_facts():
    @fault("S999")
    def too_long(shown: str) -> tuple[str, str]:
        """A text is too long.

        Advice: Shorten it.
        Basis: data
        """
        return f"“{shown}” is too long.", "Cut it."

    made = too_long(Place(sheet="Learners", cell="C7"), "abc")
    assert (made.code, made.message, made.advice, made.holds) == ("S999", "“abc” is too long.", "Cut it.", True)
    assert too_long.__doc__.startswith("A text is too long")


@pytest.mark.parametrize(("severity", "holds"), [(Severity.ERROR, True), (Severity.WARNING, False), (Severity.NOTICE, False)])
def test_only_an_error_holds_papers(severity, holds):
    assert word_problem(register("A999", severity, a_rule(GOOD)), Place(), "It is so.").holds is holds


@pytest.mark.parametrize(("place", "written"), [
    (Place(file="a.xlsx", sheet="Learners", cell="C7", row=7), "Learners!C7"),
    (Place(file="a.xlsx", sheet="Learners", row=7), "Learners, row 7"),
    (Place(file="a.xlsx", sheet="Learners"), "Learners"),
    (Place(file="a.xlsx"), "a.xlsx"),
    (Place(file="form.docx", spot="table 2, row 3"), "form.docx, table 2, row 3"),
    (Place(spot="table 2, row 3"), "table 2, row 3"),
])  # fmt: skip
def test_a_place_is_written_as_an_officer_finds_it(place, written):
    assert str(place) == written


@pytest.mark.parametrize(("values", "written"), [
    ([], ""), (["A"], "“A”"), (["A", "B"], "“A” and “B”"), (["A", "B", 3], "“A”, “B” and “3”"),
])  # fmt: skip
def test_values_are_enumerated_in_a_sentence(values, written):
    assert quoted(values) == written


def test_cannot_continue_carries_the_sentence_for_the_officer():
    assert str(CannotContinue("There is no folder input.")) == "There is no folder input."


@pytest.mark.parametrize(("said", "told"), [
    ("“SOŠ\nBrno” has no address.", "“SOŠ Brno” has no address."), (f"“{'x' * 400}” has no address.", f"“{'x' * 57}…” has no address."),
    (f"“{'ab ' * 400}” and “b” differ.", f"“{'ab ' * 18}ab…” and “b” differ."), (f"“A” ({'x' * 400}).", f"“A” ({'x' * 57}…)."),
    ("“a” " * 400, ("“a” " * 125)[:499].rstrip() + "…"), ("Nothing is long.", "Nothing is long."),
])  # fmt: skip
def test_a_message_is_one_line_and_shortens_what_it_quotes_whatever_stands_in_the_cell(said, told):
    assert on_one_line(said) == told
