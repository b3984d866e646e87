"""What leaves the house: whole papers or none, and never over what a person typed."""

from __future__ import annotations

import datetime as dt
import errno
import io
import json
import os
import stat
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import disk
from pipeline.jobs import Job, Status
from pipeline.outbox import Outbox, write_or_stop
from pipeline.problem import CannotContinue, Place, Severity
from pipeline.sayings import Said

JANUARY, MAY = dt.date(2027, 1, 15), dt.date(2027, 5, 3)
CARD = "1 Before/Card - Nováková Tereza (L01).docx"
NEW = "1 Before/Card - Nováková Tereza (L01) (new).docx"
NEW2 = "1 Before/Card - Nováková Tereza (L01) (new 2).docx"
FORMS = {"1 Before/Card"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "output" / "CZ-2027-Spring"


def card(target: str = CARD, key: str = "l01#1", row: int = 2) -> Job:
    return Job(
        form="Card", folder="1 Before", subject="Nováková Tereza (L01)", target=target, whose=key,
        row=Place(file="cohort.xlsx", sheet="Learners", cell=f"D{row}", row=row), learner=None, held_by=(),
    )  # fmt: skip


def run(folder: Path, *papers: tuple[Job, bytes], today: dt.date = JANUARY, dry_run: bool = False):
    """One run: deliver these papers, settle, and give what became of each, and what the officer is told besides."""
    outbox = Outbox(folder, dry_run=dry_run)
    sent = [outbox.deliver(job, data, today) for job, data in papers]
    outbox.settle()
    outbox.close()
    told = [problem.message for problem in outbox.left_over({job.key: job.target for job, _ in papers}, FORMS)]
    return [(str(one.status), one.file) for one in sent], told


def became(folder: Path, data: bytes, target: str = CARD, **facts) -> str:
    """Run with one paper, and give its status."""
    return run(folder, (card(target), data), **facts)[0][0][0]


def edited(folder: Path) -> None:
    """A paper that was edited by hand, and the new one beside it."""
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    became(folder, b"two")


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text("utf-8"))["papers"]


# -- made, unchanged, made again -------------------------------------------------------------------------------------------


def test_a_new_paper_is_written_and_the_next_run_finds_it_unchanged(folder):
    assert became(folder, b"one") == "written"
    assert (folder / CARD).read_bytes() == b"one"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    time.sleep(0.01)
    assert became(folder, b"one") == "unchanged"
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before, "nothing at all was touched"


def test_changed_data_replace_a_paper_that_nobody_edited(folder):
    became(folder, b"one")
    assert became(folder, b"two") == "written"
    assert (folder / CARD).read_bytes() == b"two"
    assert files(folder) == [CARD]


def test_a_deleted_paper_is_made_again(folder):
    became(folder, b"one")
    (folder / CARD).unlink()
    assert became(folder, b"one") == "written"
    assert (folder / CARD).read_bytes() == b"one"


def test_a_deleted_folder_is_made_again(folder):
    became(folder, b"one")
    (folder / CARD).unlink()
    (folder / "1 Before").rmdir()
    assert became(folder, b"one") == "written"


def test_an_old_version_of_ours_put_back_by_hand_counts_as_ours(folder):
    became(folder, b"one")
    became(folder, b"two")
    (folder / CARD).write_bytes(b"one")
    assert became(folder, b"three") == "written"


# -- edited by hand ------------------------------------------------------------------------------------------------------


def test_edited_by_hand_and_data_unchanged_nothing_is_written(folder):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    for _ in range(2):
        assert run(folder, (card(), b"one"))[0] == [("kept", CARD)]
    assert files(folder) == [CARD]
    assert (folder / CARD).read_bytes() == b"one, edited"


def test_edited_by_hand_and_data_changed_the_new_one_goes_beside_it(folder):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    assert run(folder, (card(), b"two")) == ([("kept", NEW)], [])
    assert (folder / CARD).read_bytes() == b"one, edited"
    assert (folder / NEW).read_bytes() == b"two"
    before = (folder / NEW).stat().st_mtime_ns
    assert run(folder, (card(), b"two")) == ([("kept", NEW)], []), "it goes on waiting there"
    assert (folder / NEW).stat().st_mtime_ns == before, "and is not made every time"


def test_a_new_one_that_was_edited_waits_no_more(folder):
    edited(folder)
    (folder / NEW).write_bytes(b"two, edited")
    assert run(folder, (card(), b"two")) == ([("kept", CARD)], [])


def test_the_one_beside_it_is_replaced_while_nobody_touched_it(folder):
    edited(folder)
    assert run(folder, (card(), b"three"))[0] == [("kept", NEW)]
    assert (folder / NEW).read_bytes() == b"three"
    assert files(folder) == sorted([CARD, NEW])


def test_the_one_beside_it_is_edited_too_so_the_next_gets_a_number(folder):
    edited(folder)
    (folder / NEW).write_bytes(b"two, edited")
    assert run(folder, (card(), b"three"))[0] == [("kept", NEW2)]
    assert [(folder / name).read_bytes() for name in (CARD, NEW, NEW2)] == [b"one, edited", b"two, edited", b"three"]
    assert run(folder, (card(), b"four"))[0] == [("kept", NEW2)]


def test_a_new_one_that_was_thrown_away_does_not_come_back_with_unchanged_data(folder):
    edited(folder)
    (folder / NEW).unlink()
    assert run(folder, (card(), b"two"))[0] == [("kept", CARD)]
    assert files(folder) == [CARD]


def test_the_new_one_put_in_place_of_the_edited_one_is_ours_again(folder):
    edited(folder)
    (folder / NEW).replace(folder / CARD)
    assert became(folder, b"two") == "unchanged"
    assert became(folder, b"three") == "written"
    assert files(folder) == [CARD]


def test_the_same_but_data_changed_meanwhile(folder):
    edited(folder)
    (folder / NEW).replace(folder / CARD)
    assert became(folder, b"three") == "written"
    assert files(folder) == [CARD]


def test_the_edited_one_thrown_away_is_made_again_and_the_one_beside_it_goes(folder):
    """So she accepts the new one: both would say the same."""
    edited(folder)
    (folder / CARD).unlink()
    assert run(folder, (card(), b"two")) == ([("written", CARD)], [])
    assert files(folder) == [CARD]


def test_the_one_beside_stays_where_she_worked_in_it(folder):
    edited(folder)
    (folder / CARD).unlink()
    (folder / NEW).write_bytes(b"two, edited")
    run(folder, (card(), b"two"))
    assert (folder / NEW).read_bytes() == b"two, edited"


def cut_short(folder: Path, data: bytes, monkeypatch, *others: tuple[Job, bytes]) -> None:
    """A run that is cut short after it noted what it is about to move, and before it moves anything."""

    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(disk, "move", stop)
        with pytest.raises(KeyboardInterrupt):
            run(folder, (card(), data), *others)


def test_a_new_one_whose_run_was_cut_short_is_laid_beside_by_the_next_run(folder, monkeypatch):
    """Else she would never see what the workbook says now: her paper is there, and the data did not change again."""
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    cut_short(folder, b"two", monkeypatch)
    assert run(folder, (card(), b"two")) == ([("kept", NEW)], [])
    assert (folder / NEW).read_bytes() == b"two"


def test_after_a_run_cut_short_no_new_one_is_laid_where_the_data_are_again_those_she_edited(folder, monkeypatch):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    cut_short(folder, b"two", monkeypatch)
    assert run(folder, (card(), b"one")) == ([("kept", CARD)], [])
    assert files(folder) == [CARD]


def test_after_a_run_cut_short_the_one_that_lies_beside_goes_on_waiting(folder, monkeypatch):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    became(folder, b"two")
    cut_short(folder, b"three", monkeypatch)
    assert run(folder, (card(), b"two")) == ([("kept", NEW)], [])
    assert (folder / NEW).read_bytes() == b"two"


def test_a_run_cut_short_forgets_nothing_of_a_paper_that_was_edited(folder, monkeypatch):
    """Else its new one would be laid beside it, though the data did not change."""
    edited = CARD.replace("L01", "L02")
    run(folder, (card(), b"one"), (card(edited, "l02#1"), b"hers"))
    (folder / edited).write_bytes(b"hers, edited")
    cut_short(folder, b"two", monkeypatch, (card(edited, "l02#1"), b"hers"))
    assert run(folder, (card(), b"two"), (card(edited, "l02#1"), b"hers"))[0] == [("written", CARD), ("kept", edited)]


def test_a_paper_that_looks_as_before_is_not_called_different(folder):
    """The workbook now says “Aurora” for “AURORA”, and the form prints capitals."""
    for name, status in (("AURORA", "written"), ("Aurora", "unchanged")):
        outbox = Outbox(folder)
        sent = outbox.deliver(card(), b"AURORA", JANUARY, Said(("host.name",), (name,)))
        outbox.settle()
        outbox.close()
        assert (str(sent.status), sent.remade, list(sent.changed)) == (status, False, [])


def test_a_file_of_somebody_elses_in_its_place_is_left_alone(folder):
    (folder / "1 Before").mkdir(parents=True)
    (folder / CARD).write_bytes(b"typed by a person")
    assert run(folder, (card(), b"one"))[0] == [("kept", NEW)]
    assert (folder / CARD).read_bytes() == b"typed by a person"


def test_two_papers_that_change_names_with_each_other_are_both_made(folder):
    """Two learners of one name without IDs, and the officer sorts the sheet the other way."""
    second = CARD.replace(".docx", " - 2.docx")
    run(folder, (card(), b"born in May"), (card(second, "tereza*2"), b"born in June"))
    done, told = run(folder, (card(key="tereza*2"), b"born in June"), (card(second), b"born in May"))
    assert done == [("written", CARD), ("written", second)]
    assert (folder / CARD).read_bytes() == b"born in June"
    assert told == []


# -- renamed, gone -------------------------------------------------------------------------------------------------------


def test_after_a_corrected_name_the_old_paper_is_told_and_never_deleted(folder):
    old = CARD.replace("Nováková", "Novakova")
    became(folder, b"one", old)
    for _ in range(2):
        _, told = run(folder, (card(), b"two"))
        assert told == [f"“{old}” was made earlier for what is now “{CARD}”."]
    assert files(folder) == sorted([CARD, old])
    (folder / old).unlink()
    assert run(folder, (card(), b"two"))[1] == [], "once it is deleted, nothing more is said"


def test_the_old_paper_of_a_corrected_name_is_told_also_where_the_paper_of_now_was_edited(folder):
    old = CARD.replace("Nováková", "Novakova")
    became(folder, b"one", old)
    became(folder, b"two")
    (folder / CARD).write_bytes(b"two, edited")
    for data in (b"three", b"four"):
        assert run(folder, (card(), data)) == ([("kept", NEW)], [f"“{old}” was made earlier for what is now “{CARD}”."])
    assert files(folder) == sorted([CARD, NEW, old])


def test_a_name_that_changes_in_case_alone_is_no_old_paper(folder):
    """On Windows and macOS both names are one file, and “delete the old paper” would delete the new one."""
    became(folder, b"one", CARD.replace("Nováková", "NOVÁKOVÁ"))
    assert run(folder, (card(), b"two"))[1] == []


def test_a_paper_whose_row_is_gone_is_told_and_never_deleted(folder):
    became(folder, b"one")
    assert run(folder) == ([], [f"“{CARD}” was made earlier and no longer belongs to the cohort."])
    assert files(folder) == [CARD]


def test_the_one_beside_an_edited_paper_is_told_too_when_the_row_is_gone(folder):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    became(folder, b"two")
    assert run(folder) == ([], [
        f"“{CARD}” was made earlier and no longer belongs to the cohort. It holds changes made by hand.",
        f"“{NEW}” was made earlier and no longer belongs to the cohort.",
    ])  # fmt: skip


def test_a_paper_that_went_from_one_row_to_another_is_told_once_when_both_are_gone(folder):
    """A Learner ID was corrected, so that the paper belonged to another learner in the notes."""
    became(folder, b"one")
    run(folder, (card(key="l10#1"), b"one"))
    assert run(folder)[1] == [f"“{CARD}” was made earlier and no longer belongs to the cohort."]


def test_of_several_old_names_those_that_still_lie_there_are_told(folder):
    first, second = (CARD.replace("Nováková", name) for name in ("Novakova", "Nowak"))
    for name in (first, second, CARD):
        became(folder, b"one", name)
    (folder / first).unlink()
    told = Outbox(folder).left_over({card().key: CARD}, FORMS)
    assert [(problem.message, problem.place) for problem in told] == [
        (f"“{second}” was made earlier for what is now “{CARD}”.", Place(file=second)),
    ]  # fmt: skip


def test_an_old_name_is_not_called_old_before_the_paper_has_its_new_one(folder):
    """Her name was corrected, and something else in her row holds her papers today: the old one is all there is."""
    old = CARD.replace("Nováková", "Novakova")
    became(folder, b"one", old)
    assert Outbox(folder).left_over({card().key: CARD}, FORMS) == []


def test_of_an_old_paper_is_said_what_to_do_and_whether_somebody_worked_on_it(folder):
    """Also after so many changes that its own checksum would be forgotten."""
    old, gone = CARD.replace("Nováková", "Novakova"), CARD.replace("L01", "L02")
    run(folder, (card(old), b"one"), (card(gone, "l02#1"), b"hers"))
    for number in range(9):
        run(folder, (card(), b"changed" * number))

    def told():
        return [problem for problem in Outbox(folder).left_over({card().key: card().target}, FORMS) if problem.severity is Severity.WARNING]

    assert [problem.code for problem in told()] == ["T401", "T402"]
    assert {problem.advice for problem in told()} == {"Keep it, or delete it so that nobody prints it."}
    for name in (old, gone):
        (folder / name).write_bytes(b"one, edited")
    assert all(problem.message.endswith(" It holds changes made by hand.") for problem in told())
    assert [problem.advice for problem in told()] == [
        "Copy them over into the paper of now. Keep it, or delete it so that nobody prints it.",
        "Copy them over if another paper needs them. Keep it, or delete it so that nobody prints it.",
    ]


def test_a_paper_of_a_form_that_makes_no_papers_now_is_not_called_gone(folder):
    """The form has a fault today: its papers of yesterday still belong to the cohort."""
    became(folder, b"one")
    assert Outbox(folder).left_over({}, {"1 Before/Another form"}) == []


def test_beside_papers_of_such_a_form_those_of_others_are_told(folder):
    became(folder, b"one")
    badge = replace(card("1 Before/Badge.docx", "l02#1"), form="Badge")
    run(folder, (badge, b"two"))
    (told,) = Outbox(folder).left_over({}, {"1 Before/Badge"})
    assert told.message == "“1 Before/Badge.docx” was made earlier and no longer belongs to the cohort."
    assert told.place == Place(file="1 Before/Badge.docx")


def test_a_row_that_comes_back_finds_its_paper(folder):
    became(folder, b"one")
    run(folder)
    assert became(folder, b"two") == "written"


# -- scans of signed papers ----------------------------------------------------------------------------------------------


def scan(folder: Path, paper: str) -> None:
    (folder / paper.replace(".docx", " signed.pdf")).write_bytes(b"%PDF")


def test_a_scan_beside_a_paper_under_its_former_name_makes_it_signed_and_no_second_one_is_made(folder):
    old = CARD.replace("Nováková", "Novakova")
    became(folder, b"one", old)
    scan(folder, old)
    assert run(folder, (card(), b"two"))[0] == [("signed", old)]
    assert (folder / old).read_bytes() == b"one"
    assert not (folder / CARD).exists()


def test_the_scan_of_one_paper_makes_no_other_signed(folder):
    other = CARD.replace("L01", "L02")
    became(folder, b"one")
    scan(folder, CARD)
    (folder / other).write_bytes(b"typed by a person")
    assert run(folder, (card(other, "l02#1"), b"two"))[0] == [("kept", other.replace(".docx", " (new).docx"))]


def test_a_run_cut_short_forgets_nothing_of_a_paper_that_is_signed(folder, monkeypatch):
    signed = CARD.replace("L01", "L02")
    run(folder, (card(), b"one"), (card(signed, "l02#1"), b"hers"))
    scan(folder, signed)
    cut_short(folder, b"two", monkeypatch, (card(signed, "l02#1"), b"hers"))
    assert Outbox(folder).first_made(card(signed, "l02#1").key) == JANUARY
    assert run(folder, (card(), b"two"), (card(signed, "l02#1"), b"hers"), today=MAY)[0] == [("written", CARD), ("signed", signed)]


# -- the date that papers keep -------------------------------------------------------------------------------------------


def test_the_day_a_paper_was_first_made_is_kept(folder):
    became(folder, b"one", today=JANUARY)
    became(folder, b"two", today=MAY)
    assert Outbox(folder).first_made(card().key) == JANUARY
    assert Outbox(folder).first_made("nobody#1|1 Before/Card") is None


def test_the_manifest_tells_what_was_made_from_what(folder):
    became(folder, b"one")
    entry, = manifest(folder).values()
    assert entry["file"] == CARD
    assert entry["row"] == "Learners!D2"
    assert entry["first_made"] == "2027-01-15"


# -- whole or not at all ---------------------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_at_all(folder):
    assert became(folder, b"one", dry_run=True) == "written"
    assert not folder.parent.exists()
    became(folder, b"one")
    (folder / CARD).write_bytes(b"one, edited")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run(folder, (card(), b"two"), dry_run=True)[0] == [("kept", NEW)]
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_nothing_stands_under_a_papers_name_before_all_of_them_are_settled(folder):
    outbox = Outbox(folder)
    outbox.deliver(card(), b"one", JANUARY)
    assert files(folder) == [f"{CARD}.part"]
    outbox.discard()
    assert files(folder) == []


def test_what_was_settled_since_it_was_asked_last_is_given_once(folder):
    outbox = Outbox(folder)
    sent = []
    for number in range(2):
        sent.append(outbox.deliver(card(CARD.replace("L01", f"L0{number}"), f"l0{number}#1"), b"one", JANUARY))
        outbox.settle()
    assert outbox.settled() == sent
    assert outbox.settled() == []


def test_parts_of_a_run_that_was_cut_short_are_cleaned_away_and_nothing_else(folder):
    (folder / "1 Before").mkdir(parents=True)
    for name in (f"{CARD}.part", "manifest.json.part", "report.html.part"):
        (folder / name).write_bytes(b"half")
    (folder / "notes.part").write_bytes(b"mine")
    became(folder, b"one")
    assert files(folder) == [CARD, "notes.part"]


def killed_before_step(step: int, folder: Path, papers: list[tuple[Job, bytes]]) -> bool:
    """Deliver papers in a process that is killed before its n-th step on the disk; says whether it came so far."""
    child = os.fork()
    if child == 0:
        count = 0

        def counted(real):
            def call(*args, **kwargs):
                nonlocal count
                count += 1
                if count == step:
                    os._exit(9)
                return real(*args, **kwargs)

            return call

        for name in ("open", "fdopen", "fsync", "mkdir", "replace", "unlink", "close"):
            setattr(os, name, counted(getattr(os, name)))
        outbox = Outbox(folder)
        for job, data in papers:
            outbox.deliver(job, data, JANUARY)
        outbox.settle()
        outbox.close()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows cannot fork")
@pytest.mark.parametrize("edited", [False, True])
def test_a_run_killed_at_any_moment_leaves_whole_papers_and_the_next_run_makes_the_rest(tmp_path, edited):
    """Killed before each of its steps on the disk; one of the papers may be edited by hand."""
    jobs = [card(CARD.replace("L01", f"L0{number}"), f"l0{number}#1") for number in range(3)]
    first, second, third = ([word * (number + 1) for number in range(3)] for word in (b"one", b"two", b"three"))
    for step in range(1, 100):
        folder = tmp_path / str(step) / "CZ"
        run(folder, *zip(jobs, first, strict=True))
        if edited:
            (folder / jobs[1].target).write_bytes(b"edited")
        came_so_far = killed_before_step(step, folder, list(zip(jobs, second, strict=True)))
        for job, *contents in zip(jobs, first, second, strict=True):
            assert (folder / job.target).read_bytes() in (*contents, b"edited"), "a paper is the old one or the new one"
        done, _ = run(folder, *zip(jobs, third, strict=True))
        expected = [job.target for job in jobs]
        if edited:
            expected[1] = jobs[1].target.replace(".docx", " (new).docx")
        assert [file for _, file in done] == expected, "and none of ours is taken for somebody's work"
        assert sorted(files(folder)) == sorted({*expected, jobs[1].target})
        if not came_so_far:
            break
    assert step > 15


def test_a_paper_that_somebody_saves_while_papers_are_printed_is_not_replaced(folder):
    became(folder, b"one")
    outbox = Outbox(folder)
    sent = outbox.deliver(card(), b"two", JANUARY)
    (folder / CARD).write_bytes(b"one, edited a moment ago")
    outbox.settle()
    outbox.close()
    assert sent.status is Status.FAILED
    assert sent.problems[0].message == f"“{CARD}” could not be replaced; another program seems to have it open."
    assert (folder / CARD).read_bytes() == b"one, edited a moment ago"
    assert run(folder, (card(), b"two"))[0] == [("kept", NEW)]
    assert files(folder) == sorted([CARD, NEW])


def test_beside_a_paper_that_somebody_saves_meanwhile_the_others_are_made(folder):
    other = CARD.replace("L01", "L02")
    outbox = Outbox(folder)
    first, second = outbox.deliver(card(), b"one", JANUARY), outbox.deliver(card(other, "l02#1"), b"two", JANUARY)
    (folder / CARD).write_bytes(b"hers")
    outbox.settle()
    assert (first.status, second.status) == (Status.FAILED, Status.WRITTEN)
    assert (folder / other).read_bytes() == b"two"


def test_a_paper_that_appears_while_papers_are_printed_is_not_replaced_either(folder):
    outbox = Outbox(folder)
    sent = outbox.deliver(card(), b"two", JANUARY)
    (folder / CARD).write_bytes(b"hers")
    outbox.settle()
    assert sent.status is Status.FAILED
    assert (folder / CARD).read_bytes() == b"hers"


def test_where_all_papers_beside_one_were_edited_none_of_them_is_replaced(folder, monkeypatch):
    monkeypatch.setattr("pipeline.outbox.MOST_BESIDE", 2)
    became(folder, b"one")
    for name, data in ((CARD, b"edited"), (NEW, b"edited too"), (NEW2, b"and this")):
        (folder / name).write_bytes(data)
    outbox = Outbox(folder)
    sent = outbox.deliver(card(), b"two", JANUARY)
    outbox.settle()
    assert sent.status is Status.FAILED
    assert "all of them were edited" in sent.problems[0].message
    assert [(folder / name).read_bytes() for name in (CARD, NEW, NEW2)] == [b"edited", b"edited too", b"and this"]
    (folder / NEW2).unlink()
    assert run(folder, (card(), b"two"))[0] == [("kept", NEW2)], "the last number is used too"


# -- what lies in the way --------------------------------------------------------------------------------------------------


def test_a_folder_in_place_of_a_paper_is_told_and_the_others_are_made(folder):
    (folder / CARD).mkdir(parents=True)
    other = CARD.replace("L01", "L02")
    outbox = Outbox(folder)
    first, second = outbox.deliver(card(), b"one", JANUARY), outbox.deliver(card(other, "l02#1"), b"two", JANUARY)
    outbox.settle()
    assert (first.status, second.status) == (Status.FAILED, Status.WRITTEN)
    assert first.problems[0].message == f"“{CARD}” was not written, because a folder of this name lies in its place."
    assert first.problems[0].advice == "Rename the folder and run again."
    assert (folder / other).read_bytes() == b"two"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of this kind are not made on Windows")
def test_what_cannot_be_read_in_place_of_a_paper_is_told_and_left(folder):
    (folder / "1 Before").mkdir(parents=True)
    os.mkfifo(folder / CARD)
    outbox = Outbox(folder)
    sent = outbox.deliver(card(), b"one", JANUARY)
    outbox.settle()
    assert sent.status is Status.FAILED
    assert sent.problems[0].message == f"“{CARD}” could not be replaced; another program seems to have it open."
    assert stat.S_ISFIFO((folder / CARD).stat().st_mode)


@pytest.mark.parametrize("planted", [CARD, "1 Before", "."])
def test_nothing_is_written_through_a_link(folder, tmp_path, planted):
    """In place of the paper, of its folder, or of the cohort's folder lies a link to somewhere else."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret.docx").write_bytes(b"mine")
    (folder / planted).parent.mkdir(parents=True, exist_ok=True)
    target = elsewhere / "secret.docx" if planted == CARD else elsewhere
    (folder / planted if planted != "." else folder).symlink_to(target)
    outbox = Outbox(folder)
    sent = outbox.deliver(card(), b"one", JANUARY)
    outbox.settle()
    assert sent.status is Status.FAILED
    assert sent.problems[0].message == f"“{CARD}” was not written, because a link lies in its place."
    assert [path.read_bytes() for path in elsewhere.iterdir()] == [b"mine"]
    if planted == ".":
        told = outbox.write("report.html", [b"<html>"])
        assert told
        assert told.code == "T403"
        assert len(list(elsewhere.iterdir())) == 1


def test_a_link_in_place_of_the_one_beside_is_passed_by(folder, tmp_path):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"edited")
    (tmp_path / "secret").write_bytes(b"mine")
    (folder / NEW).symlink_to(tmp_path / "secret")
    assert run(folder, (card(), b"two"))[0] == [("kept", NEW2)]
    assert (tmp_path / "secret").read_bytes() == b"mine"


def test_a_folder_in_place_of_the_one_beside_is_passed_by(folder):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"edited")
    (folder / NEW).mkdir()
    assert run(folder, (card(), b"two"))[0] == [("kept", NEW2)]


def test_a_folder_in_place_of_the_one_that_waits_is_no_paper_that_waits(folder):
    became(folder, b"one")
    (folder / CARD).write_bytes(b"edited")
    became(folder, b"two")
    (folder / NEW).unlink()
    (folder / NEW).mkdir()
    assert run(folder, (card(), b"two"))[0] == [("kept", CARD)]


def test_a_paper_open_in_word_is_told_and_the_others_are_made(folder, monkeypatch):
    """Windows refuses to replace a file that Word has open."""
    other = CARD.replace("L01", "L02")
    run(folder, (card(), b"one"), (card(other, "l02#1"), b"one"))
    move = os.replace

    def refuse(part, target):
        if Path(target) == folder / CARD:
            raise PermissionError(13, "The process cannot access the file")
        return move(part, target)

    monkeypatch.setattr(os, "replace", refuse)
    outbox = Outbox(folder)
    first, second = outbox.deliver(card(), b"two", JANUARY), outbox.deliver(card(other, "l02#1"), b"two", JANUARY)
    outbox.settle()
    assert (first.status, second.status) == (Status.FAILED, Status.WRITTEN)
    assert first.problems[0].message == f"“{CARD}” could not be replaced; another program seems to have it open."
    assert [(folder / name).read_bytes() for name in (CARD, other)] == [b"one", b"two"]
    outbox.close()
    assert files(folder) == sorted([CARD, other]), "and no part of it stays"
    monkeypatch.undo()
    assert became(folder, b"two") == "written", "and the next run makes it"


def test_a_full_disk_is_told_and_leaves_the_old_paper(folder, monkeypatch):
    became(folder, b"one")
    fdopen = os.fdopen

    def full(handle, mode):
        stream = fdopen(handle, mode)
        if mode == "wb":
            stream.close()
            raise OSError(errno.ENOSPC, "No space left on device")
        return stream

    monkeypatch.setattr(os, "fdopen", full)
    outbox = Outbox(folder)
    sent = outbox.deliver(card(), b"two", JANUARY)
    outbox.settle()
    told = outbox.write("report.html", [b"<html>"])
    assert sent.problems[0].message == f"“{CARD}” could not be written: the disk is full."
    assert told
    assert told.message == "“report.html” could not be written: the disk is full."
    assert told.place == Place(file="report.html")
    assert (folder / CARD).read_bytes() == b"one"
    assert files(folder) == [CARD]


def test_a_paper_that_cannot_be_brought_to_the_disk_is_told_and_the_others_are_made(folder, monkeypatch):
    other = CARD.replace("L01", "L02")
    run(folder, (card(), b"one"), (card(other, "l02#1"), b"one"))
    monkeypatch.setattr(disk, "made_durable", lambda paths: [path for path in paths if "L01" in path])
    outbox = Outbox(folder)
    first, second = outbox.deliver(card(), b"two", JANUARY), outbox.deliver(card(other, "l02#1"), b"two", JANUARY)
    outbox.settle()
    outbox.close()
    assert (first.status, second.status) == (Status.FAILED, Status.WRITTEN)
    assert first.problems[0].message == f"“{CARD}” could not be written."
    assert [(folder / name).read_bytes() for name in (CARD, other)] == [b"one", b"two"]
    assert files(folder) == sorted([CARD, other])
    monkeypatch.undo()
    assert became(folder, b"two") == "written", "and the next run makes it"


def test_papers_and_then_the_folders_they_were_moved_in_are_brought_to_the_disk(folder, monkeypatch):
    """So that a power cut takes neither: a name is kept by its folder."""
    brought = []
    monkeypatch.setattr(disk, "made_durable", lambda paths: brought.append(list(paths)) or [])
    outbox = Outbox(folder)
    outbox.deliver(card(), b"one", JANUARY)
    outbox.settle()
    assert brought == [[f"{folder}/{CARD}.part"], [f"{folder}/1 Before"]]


@pytest.mark.parametrize(("hindered", "told"), [
    ("full", "could not be written: the disk is full."), ("link", "could not be written."), ("disk", "could not be written."),
])  # fmt: skip
def test_where_the_notes_of_a_run_cannot_be_written_those_of_before_stay(folder, monkeypatch, hindered, told):
    became(folder, b"one")
    before, other = manifest(folder), CARD.replace("L01", "L02")
    outbox = Outbox(folder)
    first = outbox.deliver(card(), b"two", MAY)
    with monkeypatch.context() as patch:
        patch.setattr(disk, "add", lambda *_: hindered)
        outbox.settle()
    assert first.problems[0].message == f"“{CARD}” {told}"
    outbox.deliver(card(other, "l02#1"), b"hers", MAY)
    outbox.settle()
    outbox.close()
    after = manifest(folder)
    assert len(after) == 2
    assert after[card().key] == before[card().key]
    assert [(folder / name).read_bytes() for name in (CARD, other)] == [b"one", b"hers"]


def test_where_the_notes_cannot_be_written_no_paper_is_moved(folder, monkeypatch):
    """Else the next run would take our own papers for edited ones."""
    became(folder, b"one")
    (folder / "manifest.json").unlink()
    (folder / "manifest.json").mkdir()
    assert became(folder, b"two") == "failed"
    assert (folder / CARD).read_bytes() == b"one"
    assert files(folder) == [CARD]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told(folder):
    became(folder, b"one")
    (folder / "1 Before").chmod(0o500)
    try:
        outbox = Outbox(folder)
        sent = outbox.deliver(card(), b"two", JANUARY)
        outbox.settle()
    finally:
        (folder / "1 Before").chmod(0o700)
    assert sent.problems[0].message == f"“{CARD}” could not be written."


def test_a_folder_that_refuses_is_told_and_the_rest_goes_on(folder, monkeypatch):
    """The same as above for those who are root: the system refuses every new file in “2 After”."""
    open_file = os.open

    def refuse(path, *rest, **more):
        if "2 After" in str(path) and rest[0] & os.O_CREAT:
            raise PermissionError(13, "Permission denied")
        return open_file(path, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    after = CARD.replace("1 Before", "2 After")
    outbox = Outbox(folder)
    first, second = outbox.deliver(card(after, "x"), b"one", JANUARY), outbox.deliver(card(), b"two", JANUARY)
    outbox.settle()
    assert (first.status, second.status) == (Status.FAILED, Status.WRITTEN)
    assert first.problems[0].message == f"“{after}” could not be written."
    assert first.problems[0].advice == "Look whether its folder may be written to, and run again."


def test_a_path_too_long_for_windows_is_told_before_word_finds_out(folder, monkeypatch):
    monkeypatch.setattr(disk, "LONGEST_PATH", len(str((folder / CARD).absolute())))
    outbox = Outbox(folder)
    sent = outbox.deliver(card(), b"one", JANUARY)
    assert sent.status is Status.FAILED
    assert sent.problems[0].message == f"“{CARD}” has a place with too long a name for Windows."
    assert "nearer to the drive" in sent.problems[0].advice


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_papers_and_their_folders_are_for_their_owner_alone(folder):
    old = os.umask(0)
    try:
        became(folder, b"one")
        Outbox(folder).write("report.html", [b"<html>"])
    finally:
        os.umask(old)
    for path in (folder, folder / "1 Before"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    for path in (folder / CARD, folder / "report.html", folder / "manifest.json"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_that_a_command_was_asked_for_is_written_whole_or_the_command_stops(tmp_path):
    target = tmp_path / "map.toml"
    write_or_stop(target, b"one")
    write_or_stop(target, b"two")
    assert files(tmp_path) == ["map.toml"]
    assert target.read_bytes() == b"two"
    (tmp_path / "page.html").mkdir()
    with pytest.raises(CannotContinue) as told:
        write_or_stop(tmp_path / "page.html", b"three")
    assert str(told.value) == "“page.html” was not written, because a folder of this name lies in its place. Rename the folder and run again."


GROUP = 54_321
"""A group that the folder belongs to and the one who writes does not."""


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may give files to any group")
@pytest.mark.parametrize(
    ("opened", "group", "folders", "files"),
    [
        (0o700, 0, 0o700, 0o600),       # to nobody
        (0o770, GROUP, 0o770, 0o660),   # to its group
        (0o750, GROUP, 0o750, 0o640),   # to its group, to read
        (0o2775, GROUP, 0o2770, 0o660),  # to its group, and what is new shall belong to it; never to everybody
        (0o755, 0, 0o700, 0o600),       # as systems make folders: to nobody in particular
        (0o777, 0, 0o700, 0o600),
    ],
)  # fmt: skip
def test_papers_are_for_the_group_too_where_somebody_opened_output_to_one(folder, opened, group, folders, files):
    folder.parent.mkdir()
    os.chown(folder.parent, -1, GROUP)
    folder.parent.chmod(opened)
    became(folder, b"one")
    became(folder, b"two")
    for path, mode in ((folder, folders), (folder / "1 Before", folders), (folder / CARD, files), (folder / "manifest.json", files)):
        assert (oct(stat.S_IMODE(path.stat().st_mode)), path.stat().st_gid) == (oct(mode), group), path.name


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_where_the_group_cannot_be_given_papers_stay_their_owners(folder, monkeypatch):
    folder.mkdir(parents=True)
    folder.chmod(0o770)
    monkeypatch.setattr(os, "chmod", lambda *_: (_ for _ in ()).throw(PermissionError(1, "Operation not permitted")))
    became(folder, b"one")
    assert stat.S_IMODE((folder / CARD).stat().st_mode) == 0o600


# -- damaged notes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        b"", b"\xff\xfe", b"{", b"[]", b"null", b'{"papers": []}', b'{"papers": {"l01#1|1 Before/Card": 3}}',
        b'{"papers": {"l01#1|1 Before/Card": {"file": 3, "ours": ["x"]}}}',
        b'{"papers": {"l01#1|1 Before/Card": {"file": "x", "ours": "x"}}}',
        b'{"papers": {"l01#1|1 Before/Card": {"file": "../../x", "ours": []}}}',
        b'{"papers": {"l01#1|1 Before/Card": {"file": "x", "former": ["/etc/passwd"]}}}',
        b'{"papers": ' + b"[" * 100_000,
    ],
)  # fmt: skip
def test_damaged_notes_are_told_and_then_no_file_is_taken_for_ours(folder, damage):
    became(folder, b"one")
    (folder / "manifest.json").write_bytes(damage)
    done, told = run(folder, (card(), b"two"))
    assert done == [("kept", NEW)]
    assert told == ["“manifest.json” is damaged, so papers made earlier cannot be told from papers you edited."]
    assert (folder / CARD).read_bytes() == b"one"
    assert run(folder, (card(), b"two"))[1] == [], "and are whole again afterwards"


def test_damaged_notes_are_told_at_their_file(folder):
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(b"{")
    assert [problem.place for problem in Outbox(folder).left_over({}, FORMS)] == [Place(file="manifest.json")]


@pytest.mark.parametrize("name", ["manifest.json", "manifest.journal"])
def test_notes_that_the_disk_does_not_give_just_now_stop_the_run_and_are_not_written_anew(folder, monkeypatch, name):
    """Taken for damaged, they would be written anew, and every paper of ours be taken for edited for ever."""
    became(folder, b"one")
    (folder / "manifest.journal").touch()
    before, real = (folder / "manifest.json").read_bytes(), io.open

    def away(path, *rest, **more):
        if Path(path).name == name:
            raise OSError(errno.EIO, "Input/output error")
        return real(path, *rest, **more)

    monkeypatch.setattr(io, "open", away)
    with pytest.raises(CannotContinue, match="cannot be read just now"):
        became(folder, b"two")
    monkeypatch.undo()
    assert (folder / "manifest.json").read_bytes() == before
    assert became(folder, b"two") == "written"


def test_with_damaged_notes_a_paper_as_the_workbook_says_is_known_again(folder):
    became(folder, b"one")
    (folder / "manifest.json").write_bytes(b"{")
    assert became(folder, b"one") == "unchanged"
    assert became(folder, b"two") == "written"


def test_notes_of_a_run_that_was_cut_short_count_and_a_torn_last_line_does_not_hurt(folder):
    outbox = Outbox(folder)
    outbox.deliver(card(), b"one", JANUARY)
    outbox.settle()
    with (folder / "manifest.journal").open("ab") as journal:
        journal.write(b'["l02#1|1 Before/Card", {"file": "1 Bef')
    assert not (folder / "manifest.json").exists()
    assert became(folder, b"two") == "written", "it is known for ours"
    assert files(folder) == [CARD]
    assert manifest(folder)["l01#1|1 Before/Card"]["file"] == CARD


@pytest.mark.parametrize("line", [b"nonsense\n", b'{"a": 1}\n', b'["key", 7]\n', b'["key"]\n', b"\xff\n", b"[" * 9000 + b"\n"])
def test_damaged_lines_in_the_notes_of_a_run_are_told_and_the_others_count(folder, line):
    outbox = Outbox(folder)
    outbox.deliver(card(), b"one", JANUARY)
    outbox.settle()
    journal = folder / "manifest.journal"
    journal.write_bytes(line + journal.read_bytes())
    outcome, told = run(folder, (card(), b"two"))
    assert outcome == [("written", CARD)]
    assert told == ["“manifest.json” is damaged, so papers made earlier cannot be told from papers you edited."]


def test_thousands_of_papers_are_noted_line_by_line_and_not_all_again_each_time(folder):
    outbox = Outbox(folder)
    sizes = []
    for number in range(4):
        outbox.deliver(card(CARD.replace("L01", f"L{number:02}"), f"l{number:02}#1"), b"one", JANUARY)
        outbox.settle()
        sizes.append((folder / "manifest.journal").stat().st_size)
    assert sizes == [sizes[0] * number for number in range(1, 5)]


def test_a_strange_date_in_the_notes_counts_as_none(folder):
    became(folder, b"one")
    notes = (folder / "manifest.json").read_text("utf-8").replace("2027-01-15", "yesterday")
    (folder / "manifest.json").write_text(notes, "utf-8")
    assert Outbox(folder).first_made(card().key) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of this kind are not made on Windows")
def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(tmp_path):
    from pipeline.disk import checksum_of

    os.mkfifo(tmp_path / "cohort.xlsx")
    with pytest.raises(OSError, match="no ordinary file"):
        checksum_of(tmp_path / "cohort.xlsx")
    (tmp_path / "paper.docx").write_bytes(b"one")
    assert checksum_of(tmp_path / "paper.docx") == checksum_of(str(tmp_path / "paper.docx"))
    assert checksum_of(tmp_path / "gone.docx") is None
