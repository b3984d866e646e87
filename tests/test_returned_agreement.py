"""A Learning Agreement that came back filled: what somebody wrote into it is told, field by field."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import desk
import pytest
from lxml import etree
from returning import TEXT, bound, parts

from pipeline.made import Made
from pipeline.room import Room
from pipeline.word.names import W

AGREEMENT = "1 Before/Learning Agreement - Kučerová Žofie (L05).docx"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Room:
    """The example cohort, made with the official Learning Agreement alone."""
    room = desk.room(tmp_path_factory.mktemp("agreements"), official=False)
    folder = room.templates / "official" / "1 Before"
    folder.mkdir(parents=True)
    shutil.copy(desk.ROOT / "templates" / "official" / "1 Before" / "Learning Agreement.docx", folder)
    shutil.copy(desk.EXAMPLE, room.input)
    desk.make(room)
    return room


@pytest.fixture
def room(made, tmp_path) -> Room:
    shutil.copytree(made.folder, tmp_path / "room")
    return Room(tmp_path / "room")


def sent_back(room: Room, changes: dict[str, str], name: str = "Learning Agreement - Kučerová Žofie (L05) signed.docx") -> Path:
    """Change texts of the agreement as a host does in Word, and put it into input/."""
    package = parts((room.output / "CZ-2027-Spring" / AGREEMENT).read_bytes())
    root = etree.fromstring(package[TEXT])
    for before, now in changes.items():
        cell = next(each for each in root.iter(f"{W}tc") if "".join(text.text or "" for text in each.iter(f"{W}t")) == before)
        texts = list(cell.iter(f"{W}t"))
        if not texts:
            texts = [etree.SubElement(etree.SubElement(cell.find(f"{W}p"), f"{W}r"), f"{W}t")]
        texts[0].text = now
        for other in texts[1:]:
            other.text = ""
    path = room.input / name
    path.write_bytes(bound({**package, TEXT: etree.tostring(root)}))
    return path


def run(room: Room) -> Made:
    made, = desk.make(room)
    return made


def of_papers(made: Made) -> list[str]:
    return [f"{it.code} {it.place}: {it.message}" for it in made.problems if it.code in ("R516", "R517")]


def report(made: Made) -> Any:
    assert made.report is not None
    return made.report.read_text("utf-8")


def test_what_a_host_changed_is_told_field_by_field_with_the_cell_it_came_from(room):
    """The mentor is another one; the host writes it into the agreement and sends it back."""
    sent_back(room, {"Ewen Le Bihan": "Anne Le Goff"})
    made = run(room)
    assert of_papers(made) == [
        "R516 Learning Agreement - Kučerová Žofie (L05) signed.docx: What came back differs from the paper that was made in 1 place: Contact details of the host organisation, Tutor/mentor: “Anne Le Goff”."
    ]
    page = report(made)
    assert "<td>Ewen Le Bihan</td><td>Anne Le Goff</td>" in page
    assert f"<small>{desk.at('Partners / NANTES / Mentor')}</small>" in page


def test_an_agreement_that_came_back_as_it_was_sent_is_no_news(room):
    sent_back(room, {})
    assert of_papers(run(room)) == []


def test_a_paper_that_came_back_changes_nothing(room):
    before = desk.snapshot(room.output / "CZ-2027-Spring" / "1 Before")
    sent_back(room, {"Ewen Le Bihan": "Anne Le Goff"})
    made = run(room)
    assert desk.statuses(made) == {"unchanged": 13}
    assert desk.snapshot(room.output / "CZ-2027-Spring" / "1 Before") == before


def test_a_renamed_agreement_is_known_by_what_it_says(room):
    sent_back(room, {"Ewen Le Bihan": "Anne Le Goff"}, "scan0001.docx")
    found, = of_papers(run(room))
    assert found.startswith("R516 scan0001.docx: What came back differs from the paper that was made in 1 place")


def test_a_date_that_a_host_moved_is_told_with_its_cell(room):
    sent_back(room, {"05/04/2027": "12/04/2027"})
    page = report(run(room))
    assert "<td>05/04/2027</td><td>12/04/2027</td>" in page
    assert f"<small>{desk.at('Learners / L05 / Start date')}</small>" in page


def test_an_agreement_that_no_longer_lies_in_output_cannot_be_compared(room):
    sent_back(room, {"Ewen Le Bihan": "Anne Le Goff"})
    (room.output / "CZ-2027-Spring" / AGREEMENT).unlink()
    assert [each[:4] for each in of_papers(run(room))] == ["R517"]


def test_a_paper_that_two_cohorts_could_have_made_is_compared_with_neither(room):
    """The cohort was copied for the next year: both folders of output hold an agreement of this name."""
    path = sent_back(room, {"Ewen Le Bihan": "Anne Le Goff"})
    desk.workbook(room.input / "Next year.xlsx", {"Cohort / Cohort ID": "CZ-2028-Spring"})
    desk.make(room)
    told = [each for made in desk.make(room) for each in of_papers(made)]
    assert {each.partition(": ")[0] for each in told} == {f"R517 {path.name}"}


def test_a_paper_of_somebody_whose_name_begins_like_anothers_is_hers(tmp_path):
    """Neither has a Learner ID, so the papers are told apart by nothing but the names."""
    room = desk.room(tmp_path, official=False, forms={"Agreement": ["{{ learner.name }}", "{{ host.mentor }}", "{{ agreement.start }}"]})
    both = [desk.learner("L05", Learner_ID=None, Family_name="Novák", Given_names=name) for name in ("Jan", "Jana")]
    without = [f"Learners / L{number:02}" for number in range(1, 13)] + ["Unit choices", "Accompanying"]
    desk.workbook(room.input / "spring.xlsx", {"Cohort / Templates": "mine"}, without=without, more={"Learners": both})
    desk.make(room)
    paper = room.output / "CZ-2027-Spring" / "Agreement - Novák Jana.docx"
    package = parts(paper.read_bytes())
    changed = package[TEXT].replace(b"Ewen Le Bihan", b"Anne Le Goff")
    assert changed != package[TEXT]
    (room.input / "Agreement - Novák Jana, signed.docx").write_bytes(bound({**package, TEXT: changed}))
    found, = of_papers(run(room))
    assert found.startswith("R516 Agreement - Novák Jana, signed.docx: ")
    assert found.endswith("“Anne Le Goff”.")
