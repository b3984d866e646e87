"""What the report writes to partners and families: what is missing, in their words, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

from pages import (
    AURORA,
    HOME,
    SEVILLA,
    chosen,
    cohort,
    learner,
    origin,
    page,
    paper,
    problem,
    read,
    to_html,
)

from pipeline.columns import LEARNERS, PARTNERS
from pipeline.jobs import Gap, Outcome
from pipeline.model import Cohort, Learner, Partner
from pipeline.problem import Place, Problem, Severity
from pipeline.report.duties import by_row, gather
from pipeline.report.letters import LONGEST, Letter, Letters, write

P = {column.key: f"{chr(65 + at // 26)}{chr(65 + at % 26)}" for at, column in enumerate(PARTNERS.columns)}
L = {column.key: f"{chr(65 + at // 26)}{chr(65 + at % 26)}" for at, column in enumerate(LEARNERS.columns)}


def host(partner: Partner, **changes: object) -> Partner:
    """A partner whose row has every column."""
    return replace(partner, origin=origin("Partners", partner.origin.row, P), **changes)  # type: ignore[arg-type]  # keywords are checked by the function itself


def pupil(row: int, name: str, at: Partner, **changes: object) -> Learner:
    """A learner of sixteen at a host, whose row has every column."""
    facts: dict[str, object] = {"date_of_birth": dt.date(2010, 5, 12), "given_names": "Tereza"}
    made = learner(row, name, host=at)
    return replace(made, origin=origin("Learners", row, L), **{**facts, **changes})  # type: ignore[arg-type]  # keywords are checked by the function itself


def letters(facts: Cohort, *problems: Problem, papers: tuple[Outcome, ...] = ()) -> Letters:
    records = by_row(facts)
    return write(facts, gather(problems, papers, records), papers, records)


def gap(place: Place, meaning: str = "mentor") -> Gap:
    return Gap(word="agreement.mentor", meaning=meaning, place=place)


def only(found: tuple[Letter, ...]) -> Letter:
    (one,) = found
    return one


def test_a_partner_is_asked_in_one_polite_text_for_what_is_missing() -> None:
    """Partners!3 has no signatory and an impossible e-mail; of its two learners one has no mentor."""
    aurora = host(AURORA, contact_email="aino(at)aurora", email="office@aurora.example")
    one, two = pupil(2, "Nováková", aurora), pupil(3, "Svoboda", aurora)
    facts = cohort(one, two, partners=(HOME, aurora, SEVILLA))
    letter = only(letters(
        facts, problem(aurora.at("signatory")), problem(aurora.at("contact_email")), problem(two.at("mentor")),
    ).partners)  # fmt: skip
    assert letter.text == (
        "Dear Aino Lehtinen,\n\n"
        "We are preparing the papers for “Taste of Europe” (2 learners at Hotel Aurora, 5–30 Apr 2027). To finish them, "
        "we still need from you:\n\n"
        "- e-mail of the contact person (please check: we have “aino(at)aurora”)\n"
        "- legal representative who signs the memorandum\n"
        "- tutor or mentor, for Tereza Svoboda\n\n"
        "A short answer to this e-mail is enough. Thank you very much.\n\n"
        "With kind regards\nAino Lehtinen\nSOŠ Brno"
    )
    assert (letter.to, letter.contact, letter.address) == ("Hotel Aurora", "Aino Lehtinen", "office@aurora.example")
    assert letter.subject == "Taste of Europe: what we still need for the papers"


def test_a_partners_letter_names_no_learner_of_another_and_nothing_but_names() -> None:
    aurora, sevilla = host(AURORA), host(SEVILLA)
    mine = pupil(2, "Nováková", aurora, address="Lipová 3", telephone="+420 700 000 001")
    other = pupil(3, "Svoboda", sevilla)
    both = letters(
        cohort(mine, other, pupil(4, "Malá", aurora), partners=(HOME, aurora, sevilla)),
        problem(mine.at("mentor")), problem(other.at("mentor")),
        problem(mine.at("address"), "“Lipová 3” is also the address of Tereza Svoboda."),
    )  # fmt: skip
    assert [it.to for it in both.partners] == ["Hotel Aurora", "Escuela Sevilla"]
    to_aurora, to_sevilla = (it.text for it in both.partners)
    assert "Nováková" in to_aurora
    assert "Svoboda" not in to_aurora
    assert "Svoboda" in to_sevilla
    assert "Nováková" not in to_sevilla
    assert not [word for word in ("2010", "Lipová", "700 000", "!", "mentor_") if word in to_aurora + to_sevilla]
    assert "Svoboda" not in only(both.families).text


def test_where_all_learners_of_a_partner_are_meant_they_are_not_listed() -> None:
    aurora = host(AURORA)
    rows = [pupil(row, f"Nováková-{row}", aurora) for row in range(2, 14)]
    facts = cohort(*rows, partners=(HOME, aurora))
    text = only(letters(facts, *(problem(row.at("mentor")) for row in rows)).partners).text
    assert "- tutor or mentor, for all 12 learners who come to you\n" in text
    but_one = only(letters(facts, *(problem(row.at("mentor")) for row in rows[1:])).partners).text
    assert "for Tereza Nováková-3, Tereza Nováková-4, " in but_one
    assert "Nováková-2" not in but_one


def test_two_learners_are_both_and_not_all_two() -> None:
    aurora = host(AURORA)
    rows = [pupil(row, f"Nováková-{row}", aurora) for row in (2, 3)]
    text = only(letters(cohort(*rows, partners=(HOME, aurora)), *(problem(row.at("mentor")) for row in rows)).partners).text
    assert "- tutor or mentor, for both learners who come to you\n" in text


def test_what_only_leaves_a_blank_for_the_pen_is_asked_for_without_pressing() -> None:
    aurora = host(AURORA, telephone=None)
    row = pupil(2, "Nováková", aurora)
    facts = cohort(row, partners=(HOME, aurora))
    made = paper(row, gaps=(gap(row.at("mentor_telephone")), gap(row.at("progress")), gap(aurora.at("telephone"))))
    letter = only(letters(facts, papers=(made,)).partners)
    assert "Nothing waits for you. If you know the following already, please tell us, and we will print it;" in letter.text
    assert "- telephone of the mentor, for Tereza Nováková\n- telephone of your organisation\n" in letter.text
    assert letter.asks == "2 if already known"
    assert "can do" not in letter.text, "what the learner can do already is not the host's to say"
    pressed = only(letters(facts, problem(aurora.at("signatory")), papers=(made,)).partners)
    assert pressed.text.index("we still need") < pressed.text.index("If you know it already")
    assert pressed.asks == "1 thing needed, 2 if already known"


def test_nothing_is_asked_for_twice() -> None:
    """The host's own mentor would do for all; who signs the memorandum signs agreements too."""
    aurora = host(AURORA)
    one, two = pupil(2, "Nováková", aurora), pupil(3, "Svoboda", aurora)
    made = paper(one, gaps=(gap(one.at("mentor")), gap(aurora.at("agreement_signatory"))))
    wrong = (problem(aurora.at("mentor")), problem(aurora.at("signatory")))
    letter = only(letters(cohort(one, two, partners=(HOME, aurora)), *wrong, papers=(made,)).partners)
    assert letter.text.count("mentor") == 1
    assert "Learning Agreements" not in letter.text
    assert letter.asks == "2 things needed"


def test_a_notice_presses_nobody_and_a_wrong_cell_of_the_officers_is_no_letter() -> None:
    aurora = host(AURORA)
    row = pupil(2, "Nováková", aurora)
    facts = cohort(row, partners=(HOME, aurora))
    found = letters(
        facts, problem(aurora.at("name"), severity=Severity.NOTICE), problem(aurora.at("roles")),
        problem(row.at("start")), problem(HOME.at("contact_person")), problem(Place(sheet="Partners", row=3)),
    )  # fmt: skip
    assert found == Letters(partners=(), families=())


def test_a_family_is_written_to_by_the_guardians_name_and_a_grown_up_by_her_own() -> None:
    aurora = host(AURORA)
    young = pupil(2, "Nováková", aurora, guardian="Jana Nováková", guardian_email="jana@example.org", guardian_telephone="77")
    alone = pupil(3, "Malá", aurora)
    grown = pupil(4, "Svoboda", aurora, date_of_birth=dt.date(2000, 1, 1), email="svoboda@example.org")
    wrong = [problem(it.at(key)) for it, key in ((young, "guardian_telephone"), (alone, "guardian"), (grown, "address"))]
    mother, family, himself = letters(cohort(young, alone, grown, partners=(HOME, aurora)), *wrong).families
    assert mother.text.startswith(
        "Dear Jana Nováková,\n\nWe are preparing the papers for the stay of Tereza Nováková at Hotel Aurora (Taste of "
        "Europe, 5–30 Apr 2027). To finish them, we still need from you:\n\n"
        "- telephone of the guardian (please check: we have “77”)\n"
    )
    assert mother.address == "jana@example.org"
    assert family.text.startswith("Dear family of Tereza Malá,\n")
    assert "- parent or legal guardian\n" in family.text
    assert (family.address, family.link) == ("", "")
    assert himself.text.startswith("Dear Tereza Svoboda,\n\nWe are preparing the papers for your stay at Hotel Aurora")


def test_many_families_that_lack_the_same_get_one_text_without_a_name() -> None:
    aurora = host(AURORA)
    rows = [
        pupil(row, f"Nováková-{row}", aurora, guardian_email=f"g{row}@example.org" if row > 2 else None)
        for row in range(2, 252)
    ]
    found = letters(cohort(*rows, partners=(HOME, aurora)), *(problem(row.at("guardian")) for row in rows)).families
    assert [it.to for it in found] == ["100 families", "100 families", "50 families"]
    assert "Nováková" not in found[0].text
    assert found[0].families[:2] == (("Tereza Nováková-2", ""), ("Tereza Nováková-3", "g3@example.org"))
    html = to_html(page(cohort(*rows, partners=(HOME, aurora)), problems=tuple(problem(row.at("guardian")) for row in rows)))
    assert "g3@example.org; g4@example.org" in html
    assert "No address is known of Tereza Nováková-2." in html


def test_a_link_opens_the_mail_program_with_everything_written_or_with_the_subject_alone() -> None:
    aurora = host(AURORA, contact_email="aino&bcc=x?@aurora.example")
    one = pupil(2, "Nováková", aurora)
    few = only(letters(cohort(one, partners=(HOME, aurora)), problem(one.at("mentor"))).partners)
    link = urlsplit(few.link)
    assert (link.scheme, unquote(link.path)) == ("mailto", "aino&bcc=x?@aurora.example")
    assert parse_qs(link.query) == {"subject": [few.subject], "body": [few.text.replace("\n", "\r\n")]}
    rows = [pupil(row, f"Ñúñez-Žižka-{row}", aurora) for row in range(2, 42)]
    many = only(letters(cohort(*rows, partners=(HOME, aurora)), *(problem(row.at("mentor")) for row in rows[1:])).partners)
    assert parse_qs(urlsplit(many.link).query) == {"subject": [many.subject]}
    assert max(len(few.link), len(many.link)) <= LONGEST


def test_without_a_contact_or_a_title_a_letter_is_still_polite() -> None:
    aurora = host(AURORA, contact_person=None, contact_email=None)
    row = pupil(2, "Nováková", aurora)
    row = replace(row, agreement=replace(row.agreement, start=None, end=None))
    letter = only(letters(cohort(row, partners=(HOME, aurora), title=None), problem(aurora.at("signatory"))).partners)
    assert letter.text.startswith(
        "Dear Sir or Madam,\n\nWe are preparing the papers for “CZ-2027” (1 learner at Hotel Aurora). "
    )
    assert letter.link == ""


def test_the_page_shows_the_letters_folded_and_says_nothing_where_there_are_none() -> None:
    aurora = host(AURORA)
    row = pupil(2, "Nováková", aurora)
    facts = cohort(row, partners=(HOME, aurora))
    shown = read(page(facts, paper(row), problems=(problem(aurora.at("signatory")),)))
    assert "E-mails to send" in shown.text
    assert "Hotel Aurora Aino Lehtinen · 1 thing needed To aino@aurora.example Subject Taste of Europe" in shown.text
    assert "- legal representative who signs the memorandum" in shown.text
    assert "E-mails to send" not in read(page(facts, paper(row))).text


def test_a_host_that_gives_the_workplace_is_told_of_its_learners_too() -> None:
    aurora, sevilla = host(AURORA), host(SEVILLA, roles=("company",))
    row = pupil(2, "Nováková", aurora)
    row = replace(row, agreement=replace(row.agreement, workplace=sevilla, choices=(chosen(row.agreement.choices[0].unit),)))
    letter = only(letters(cohort(row, partners=(HOME, aurora, sevilla)), problem(sevilla.at("address"))).partners)
    assert "(1 learner at Escuela Sevilla, 5–30 Apr 2027)" in letter.text
