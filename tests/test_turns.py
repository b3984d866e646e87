"""One run at a time: a second one waits its turn, and one that was killed keeps nobody out."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import at_work, turns
from pipeline.problem import CannotContinue
from pipeline.turns import LOCK, alone

needs_proc = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says when a process began")


@pytest.fixture
def output(tmp_path):
    return tmp_path / "output"


@pytest.fixture
def without_locks(monkeypatch):
    """A network drive that knows no locks."""
    import fcntl

    def unknown(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unknown)


@pytest.fixture
def sleeper():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


def written(output, computer=None, processes=((1, ""),), since="2026-11-20T09:12:00+01:00") -> None:
    """A lock file as a run leaves it that was killed, or is at work."""
    output.mkdir(exist_ok=True)
    told = {"computer": computer or at_work.computer(), "since": since, "processes": processes}
    (output / LOCK).write_text(json.dumps(told))


def refused(output) -> str:
    with pytest.raises(CannotContinue) as why, alone(output):
        pass
    return str(why.value)


def test_a_second_run_in_the_same_folder_stops_with_a_sentence(output):
    with alone(output):
        for _ in range(2):
            assert "Another run is making papers" in refused(output)
    with alone(output):
        pass
    assert list(output.iterdir()) == [], "and nothing of it stays"


def test_the_file_says_on_which_computer_since_when_and_by_which_processes(output, sleeper):
    with alone(output, [sleeper.pid]):
        told = json.loads((output / LOCK).read_text())
        assert stat.S_IMODE((output / LOCK).stat().st_mode) == 0o600
    assert told["computer"] == at_work.computer()
    assert [number for number, _ in told["processes"]] == [os.getpid(), sleeper.pid]
    assert len(told["since"]) == len("2026-11-20T09:12:00+01:00")


def killed(output, more: str = "") -> None:
    script = f"import os\nfrom pathlib import Path\nfrom pipeline.turns import alone\n{more}\nwith alone(Path({str(output)!r})):\n    os._exit(9)"
    subprocess.run([sys.executable, "-c", script], check=False)
    assert [path.name for path in output.iterdir()] == [LOCK]


def test_a_run_that_was_killed_keeps_nobody_out(output):
    killed(output)
    with alone(output):
        pass
    assert list(output.iterdir()) == []


def test_a_run_that_was_killed_keeps_nobody_out_where_there_are_no_locks_either(output, without_locks):
    killed(output, "import errno, fcntl\ndef unknown(*_): raise OSError(errno.ENOLCK, '')\nfcntl.flock = unknown")
    with alone(output):
        pass
    assert list(output.iterdir()) == []


def test_a_second_run_stops_where_there_are_no_locks_too(output, without_locks):
    with alone(output):
        assert "Another run is making papers" in refused(output)
    assert list(output.iterdir()) == []


@needs_proc
def test_a_number_that_was_given_to_another_process_keeps_nobody_out(output, without_locks, sleeper):
    written(output, processes=[(sleeper.pid, "1")])
    with alone(output):
        pass


def test_a_run_of_another_computer_is_respected_and_named(output):
    written(output, computer="REGISTRY-PC")
    said = refused(output)
    assert said == (
        f"A run on the computer “REGISTRY-PC” is making papers in {output} since 2026-11-20 09:12. Wait until it is ready, then "
        "run again. If that computer is not at work on them after an hour, it was broken off: delete the file .ecvet.lock there."
    )
    (output / LOCK).unlink()
    with alone(output):
        pass


def test_a_run_waits_while_the_second_process_of_a_killed_one_puts_its_things_away(output, sleeper):
    written(output, processes=[(sleeper.pid, at_work.began(sleeper.pid))])
    begun = time.monotonic()
    subprocess.Popen([sys.executable, "-c", f"import os, time; time.sleep(0.6); os.kill({sleeper.pid}, 9)"])
    with alone(output):
        assert time.monotonic() - begun > 0.5


def test_and_does_not_wait_for_ever(output, sleeper, monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE", 0.2)
    written(output, processes=[(sleeper.pid, at_work.began(sleeper.pid))])
    assert "since 09:12" in refused(output)


@pytest.mark.parametrize("nonsense", [b"", b"{", b"[]", b"\xff", b'{"processes": 3}', b"[" * 9_000])
def test_a_file_that_tells_nothing_keeps_nobody_out(output, nonsense):
    output.mkdir()
    (output / LOCK).write_bytes(nonsense)
    with alone(output):
        pass


@pytest.mark.parametrize("planted", ["link", "hard link", "folder", "pipe"])
def test_nothing_is_written_through_what_was_planted_in_place_of_the_file(output, tmp_path, planted):
    output.mkdir()
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    place = output / LOCK
    {"link": lambda: place.symlink_to(mine), "hard link": lambda: place.hardlink_to(mine), "folder": place.mkdir,
     "pipe": lambda: os.mkfifo(place)}[planted]()  # fmt: skip
    assert refused(output) == f"“{place}” is not as this program made it. Delete it, and run again."
    assert mine.read_text() == "mine"


def test_a_place_where_nothing_can_be_written_stops_the_run_with_a_sentence(tmp_path):
    (tmp_path / "output").write_text("a file")
    assert "Nothing can be written to" in refused(tmp_path / "output")


def test_a_full_disk_stops_the_run_with_a_sentence_and_leaves_nothing(output, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert refused(output) == f"Nothing can be written to {output}: the disk is full. Make room on it, and run again."
    assert list(output.iterdir()) == []


def test_a_run_whose_file_was_taken_away_takes_no_other_runs_away(output):
    with alone(output):
        (output / LOCK).unlink()
        with alone(output):
            pass
        written(output, computer="REGISTRY-PC")
    assert (output / LOCK).exists(), "it is another run's"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_output_is_made_for_its_owner_alone(output):
    old = os.umask(0)
    try:
        with alone(output):
            pass
    finally:
        os.umask(old)
    assert stat.S_IMODE(output.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name == "nt", reason="Windows has none")
def test_a_process_that_only_waits_to_be_noticed_is_not_at_work():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    if sys.platform == "linux":
        os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # waits until it has ended, and takes no note of it
    assert not at_work.is_at_work(ended.pid) or sys.platform != "linux"
    ended.wait()
    assert not at_work.is_at_work(ended.pid)
    assert not at_work.is_at_work(0)
    assert at_work.is_at_work(os.getpid(), at_work.began(os.getpid()))


# -- two at once, and disks in trouble -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("without_locks")
def test_of_two_runs_that_begin_at_once_without_locks_one_gives_way(output, monkeypatch):
    """The other writes its name into the file while this one waits to read it once more."""
    monkeypatch.setattr(turns.time, "sleep", lambda _: written(output, computer="REGISTRY-PC"))
    assert "A run on the computer “REGISTRY-PC” is making papers" in refused(output)


def test_a_run_that_comes_while_another_takes_its_file_away_tries_once_more(output, monkeypatch):
    seen = iter([False])
    there = turns._is_there
    monkeypatch.setattr(turns, "_is_there", lambda lock, handle: next(seen, None) is None and there(lock, handle))
    with alone(output):
        assert (output / LOCK).exists()


@pytest.mark.parametrize(("number", "told"), [
    (errno.ENOSPC, "the disk is full. Make room on it, and run again."),
    (errno.EACCES, "Look whether the disk is full, or the folder may not be written to."),
])  # fmt: skip
def test_where_the_file_cannot_be_made_it_is_said_why(output, monkeypatch, number, told):
    def hindered(*_: object) -> int:
        raise OSError(number, "hindered")

    monkeypatch.setattr(os, "open", hindered)
    assert refused(output).endswith(told)


def test_a_process_that_is_somebody_elses_is_at_work(monkeypatch):
    def not_mine(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", not_mine)
    assert at_work.is_at_work(os.getpid())


def test_where_the_system_does_not_tell_when_a_process_began_its_number_is_enough(monkeypatch):
    monkeypatch.setattr(at_work, "Path", lambda name: Path("/nowhere") / name.strip("/"))
    assert at_work.began(os.getpid()) == ""
    assert at_work.is_at_work(os.getpid(), "since long ago")
