"""Two writers of one store: the second one says so or waits, whoever they are, and no verdict is lost between them."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from commands import MODEL, complains, environment, run, somebody_else

import kg
from kg.errors import BusyError
from kg.records import Document, Extraction, Judgement, Mention
from kg.review.ledger import write_ledger
from kg.store.locking import locked
from kg.store.store import Store

# Holds the lock of a store, or the store as a build does, until its standard input ends.
HOLD = "import sys; from kg.store.locking import locked\nwith locked(sys.argv[1]): print(flush=True); sys.stdin.read()"
BUSY = "another kg is building or reviewing it; wait until it is done"


@pytest.fixture
def store(tmp_path) -> Path:
    with Store(tmp_path / "a.kg") as kept:
        for doc in "ab":
            mention = Mention(doc, 0, 5, "Essen", "named", "Place", "Essen")
            kept.add(Document(doc, "Essen baut."), Extraction((mention,), ()), "f")
    return tmp_path / "a.kg"


@pytest.fixture
def holder(store):
    """A process that has the lock."""
    command = [sys.executable, "-c", HOLD, str(store)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()) as process:
        process.stdout.readline()
        yield process
        process.kill()


def hidden(store: Path) -> list[str]:
    return sorted(path.name for path in store.parent.iterdir() if path.name.startswith("."))


@pytest.mark.parametrize(
    "args",
    [
        ["build", "neu.txt", "-o", "a.kg", "--replace"],
        ["review", "a.kg", "--not-same", "Essen", "Essen"],
        ["review", "a.kg", "--import", "l.jsonl"],
        ["review", "a.kg"],
    ],
    ids=" ".join,
)
def test_who_writes_second_says_so(store, holder, args):
    (store.parent / "neu.txt").write_text("Link warnt.", encoding="utf-8")
    write_ledger(store.parent / "l.jsonl", [Judgement("a#0-5", "b#0-5", "not same", by="Redaktion")])
    before = store.read_bytes()
    assert complains(run(*args, cwd=store.parent, **MODEL)).startswith(f"kg: a.kg: {BUSY}")
    assert store.read_bytes() == before


@pytest.mark.parametrize("args", [["show", "a.kg", "Essen"], ["review", "a.kg", "--export", "l.jsonl"]], ids=" ".join)
def test_who_reads_needs_no_lock(store, holder, args):
    done = run(*args, cwd=store.parent)
    assert (done.returncode, BUSY in done.stderr) == (0, False)


def test_a_lock_ends_with_its_process(store, holder):
    with pytest.raises(BusyError, match=BUSY), locked(store):
        pass
    holder.kill()
    holder.wait()
    with locked(store):
        assert hidden(store) == [".a.kg.lock"]
    assert hidden(store) == []


def test_threads_of_one_process_take_turns(store):
    """Each adds one to a number that it has read before; had two the lock at once, some would be lost."""
    count, waited = [0], []

    def add():
        with locked(store, wait=lambda: waited.append(1)):
            before = count[0]
            time.sleep(0.02)
            count[0] = before + 1

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert count == [8]
    assert waited
    assert hidden(store) == []


def test_processes_take_turns(store):
    """The number stands in a file."""
    code = (
        "import sys; from pathlib import Path; from kg.store.locking import locked\n"
        "for _ in range(20):\n"
        "    with locked(sys.argv[1], wait=lambda: None):\n"
        "        count = Path(sys.argv[2]); count.write_text(str(int(count.read_text()) + 1))"
    )
    count = store.with_name("count")
    count.write_text("0")
    command = [sys.executable, "-c", code, str(store), str(count)]
    processes = [subprocess.Popen(command, env=environment()) for _ in range(3)]
    assert [process.wait(60) for process in processes] == [0] * 3
    assert count.read_text() == "60"


def test_a_link_and_its_store_have_one_lock(store):
    link = store.with_name("link.kg")
    link.symlink_to(store)
    with locked(link), pytest.raises(BusyError, match=f"^{store}: {BUSY}"), locked(store):
        pass


@pytest.mark.skipif(os.name == "nt", reason="a folder that nobody may write to is made with chmod")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_says_so(store):
    store.parent.chmod(0o555)
    told = complains(run("review", "a.kg", "--not-same", "Essen", "Essen", cwd=store.parent))
    assert "cannot be locked (Permission denied); check its permissions and those of its folder" in told


@pytest.mark.skipif(not hasattr(os, "setresuid") or os.geteuid(), reason="only root can become somebody else")
def test_the_lock_of_another_user_who_lets_it_be_read_is_one_all_the_same(shared):
    """In a folder like /tmp it cannot be written and not be removed, which is no reason to fail once all is done."""
    lock, open_files = shared / ".a.kg.lock", lambda: len(os.listdir("/proc/self/fd"))
    with locked(shared / "a.kg"):
        lock.chmod(0o644)
        with somebody_else(), pytest.raises(BusyError, match=BUSY), locked(shared / "a.kg"):
            pass
    lock.touch(0o644)
    before = open_files()
    with somebody_else():
        for _ in range(3):
            with locked(shared / "a.kg"), pytest.raises(BusyError, match=BUSY), locked(shared / "a.kg"):
                pass
    assert (lock.exists(), open_files()) == (True, before)


@pytest.mark.skipif(os.name == "nt", reason="flock is Unix")
@pytest.mark.parametrize("number", ["ENOLCK", "ENOSYS", "EOPNOTSUPP", "ENOTSUP"])
def test_a_file_system_without_locks_is_a_warning(store, monkeypatch, caplog, number):
    """As some network disks are; here the answer of the system is made up."""

    def flock(*_):
        raise OSError(getattr(errno, number), os.strerror(getattr(errno, number)))

    monkeypatch.setattr("fcntl.flock", flock)
    with locked(store):
        pass
    place = store.with_name(".a.kg.lock")
    told = "no locks on this file system; let no other kg build or review the store meanwhile"
    assert caplog.messages == [f"{place}: {told}"]
    assert hidden(store) == []


def test_a_lock_that_cannot_be_had_is_one_line(store):
    store.with_name(".a.kg.lock").mkdir()
    told = complains(run("review", "a.kg", "--not-same", "Essen", "Essen", cwd=store.parent))
    assert ".a.kg.lock: is a folder, where kg keeps a file of its own beside a.kg; move it away" in told


@pytest.mark.slow
def test_a_build_waits_and_then_keeps_the_verdict_that_was_given_meanwhile(store, holder):
    """The verdict comes after the build has begun, as from somebody who reviews: it must be in what the build leaves."""
    for doc in "ab":
        (store.parent / f"{doc}.txt").write_text("Auch interessant\n", encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", "a.txt", "b.txt", "-o", "a.kg", "--wait"]
    with subprocess.Popen(
        command, cwd=store.parent, env=environment(**MODEL), stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as build:
        assert build.stderr.readline() == "kg: a.kg: waiting for another kg that works on it\n"
        verdict = Judgement("a#0-5", "b#0-5", "not same", by="Redaktion")
        with Store(store) as kept:
            kept.add_judgement(verdict)
        holder.stdin.close()
        assert build.wait(60) in (0, 1)
    with Store(store, readonly=True) as kept:
        assert list(kept.judgements()) == [verdict]
    assert [document.text for document in kg.open(store).documents] == ["Auch interessant\n"] * 2


@pytest.mark.skipif(os.name == "nt", reason="signals are Unix")
def test_waiting_can_be_interrupted(store, holder):
    (store.parent / "neu.txt").write_text("Link warnt.", encoding="utf-8")
    command = [sys.executable, "-m", "kg", "build", "neu.txt", "-o", "a.kg", "--replace", "--wait"]
    with subprocess.Popen(
        command, cwd=store.parent, env=environment(**MODEL), stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as build:
        assert "waiting" in build.stderr.readline()
        time.sleep(0.5)  # the line is out before its writer knows
        build.send_signal(signal.SIGINT)
        assert build.stderr.read().strip().startswith("kg: interrupted")
        assert build.wait(60) == 130
