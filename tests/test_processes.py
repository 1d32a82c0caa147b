"""Processes of ours: what they import, how much they may have, and that they end with the one that started them."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from commands import environment

import kg
from kg.errors import WorkerError
from kg.system.processes import command, limit_memory, wait_for_copy

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def texts(tmp_path) -> Path:
    """More than two workers read in a minute."""
    for i in range(40):
        (tmp_path / f"t{i}.txt").write_text("Sören Link leitet Duisburg. Huawei warnt die Stadt.\n\n" * 1000)
    return tmp_path


@pytest.mark.slow
def test_workers_end_with_a_build_that_is_killed(texts):
    with _building(texts) as build:
        workers = _workers(build)
        build.send_signal(signal.SIGKILL)
        build.wait()
        _until(lambda: not any(map(_lives, workers)))


@pytest.mark.slow
def test_a_module_of_python_that_lies_in_the_folder_is_not_taken(tmp_path):
    """Somebody else's folder of texts may hold a pickle.py."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Sören Link leitet Duisburg.")
    (tmp_path / "pickle.py").write_text("raise RuntimeError('taken')")
    args = [sys.executable, "-P", "-m", "kg", "build", "a.txt", "b.txt", "-o", "a.ttl", "--workers", "2"]
    done = subprocess.run(args, cwd=tmp_path, capture_output=True, timeout=120)
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1), done.stderr


@pytest.mark.slow
def test_a_worker_that_is_killed_ends_the_build_with_one_line(texts):
    """As the system ends one that wants more memory than there is; what was read before is kept."""
    with _building(texts) as build:
        _until(lambda: (texts / ".a.kg.part").exists())
        os.kill(_workers(build)[0], signal.SIGKILL)
        errors = build.communicate(timeout=60)[1].decode()
    assert build.returncode == 2, errors
    lines = [line for line in errors.splitlines() if line.startswith("kg: ")]
    assert len(lines) == 1
    assert lines[0].startswith("kg: a process of --workers was ended from outside, perhaps for want of memory; take")
    assert "Traceback" not in errors
    assert not (texts / "a.kg").exists()


def test_a_module_is_found_where_this_process_would_find_it(tmp_path, monkeypatch):
    """kg need not be installed, and folders may have any name."""
    folder = tmp_path / 'a:b "ü"'
    folder.mkdir()
    (folder / "da.py").write_text("import sys\nif __name__ == '__main__':\n    print(sys.argv[1:], sys.path)\n")
    monkeypatch.syspath_prepend(str(folder))
    done = subprocess.run(command("da", "-x", "y z"), capture_output=True, encoding="utf-8", cwd="/", timeout=60)
    assert (done.stdout, done.stderr) == (f"{['-x', 'y z']} {sys.path}\n", "")


@pytest.mark.parametrize(
    ("before", "soft", "hard"),
    [
        ("", "more", -1),
        ("ulimit -v 2000000", 2_048_000_000, 2_048_000_000),
        ("ulimit -Sv 2000000", 2_048_000_000, -1),
        ("ulimit -Sv 2000000; ulimit -Hv 4000000", 2_048_000_000, 4_096_000_000),
        ("ulimit -v 90000000", "more", 92_160_000_000),
    ],
)
def test_memory_is_limited_and_a_limit_that_is_there_stays(before, soft, hard):
    code = "import resource as r; from kg.system.processes import limit_memory; limit_memory(3 << 30); "
    code += "print(*r.getrlimit(r.RLIMIT_AS), *r.getrlimit(r.RLIMIT_CORE))"
    line = ["bash", "-c", f'{before}\nexec "$@"', "-", sys.executable, "-c", code]
    done = subprocess.run(line, env=environment(), capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    found, limit, *core = map(int, done.stdout.split())
    assert (3 << 30 < found < 4 << 30) if soft == "more" else (found == soft)
    assert (limit, core) == (hard, [0, 0])


def test_without_limits_there_are_none(monkeypatch):
    """As on Windows."""
    monkeypatch.setitem(sys.modules, "resource", None)
    limit_memory(1)


@contextmanager
def _building(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "kg", "build", *sorted(p.name for p in folder.glob("*.txt")), "-o", "a.kg"]
    build = subprocess.Popen(
        [*command, "--workers", "2"], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        _until(lambda: len(_workers(build)) == 2)
        yield build
    finally:
        build.kill()
        build.communicate()


def _workers(build: subprocess.Popen[bytes]) -> list[int]:
    """The processes that `multiprocessing` started for a build and that read texts."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(ProcessLookupError, FileNotFoundError):  # it may end while we look
            parent = (path.parent / "stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == build.pid and b"spawn_main" in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in ("Z", "X")
    except (ProcessLookupError, FileNotFoundError):
        return False


def _until(true, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "this takes too long"
        time.sleep(0.05)


SCRIPT = """
import kg
{guard}    graph = kg.build(["a.txt", "b.txt"], workers=2, store="a.kg", wait=True)
    print(len(graph.documents))
"""


@pytest.mark.parametrize(("guard", "code"), [("if True:\n", 1), ('if __name__ == "__main__":\n', 0)])
@pytest.mark.slow
def test_a_script_whose_workers_run_it_again_is_told_what_to_do(tmp_path, guard, code):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Link warnt vor Huawei.", encoding="utf-8")
    (tmp_path / "script.py").write_text(SCRIPT.format(guard=guard), encoding="utf-8")
    done = subprocess.run([sys.executable, "script.py"], cwd=tmp_path, env=environment(), capture_output=True,
                          encoding="utf-8", timeout=120)  # fmt: skip
    assert (done.returncode, done.stdout) == (code, "" if code else "2\n"), done.stderr
    assert done.stderr.count("Traceback") == code
    if code:
        assert done.stderr.splitlines()[-1].startswith("kg.errors.WorkerError: workers: each of them runs your script")
        assert [path.name for path in tmp_path.glob("*.kg")] == []


@pytest.mark.parametrize("before", ["", "import onnxruntime; "])
@pytest.mark.slow
def test_nobody_is_told_of_a_build(tmp_path, before):
    """onnxruntime would leave a device id and what it reports to its maker in the home; CI and tests it spares."""
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "brief.txt").write_text("Sören Link besuchte Huawei.", encoding="utf-8")
    spared = ("CI", "ORT_", "GITHUB_", "TF_BUILD", "PYTEST_", "XDG_")
    told = {name: value for name, value in environment(HOME=str(home)).items() if not name.startswith(spared)}
    code = f"{before}import kg; print(len(kg.build(['brief.txt']).facts))"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=told, capture_output=True, timeout=120)
    assert (done.stdout, done.stderr) == (b"1\n", b"")
    left = {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}
    assert not left or (before and all(path.startswith(".cache/Microsoft") for path in left))


def test_too_few_threads_for_workers_are_one_line_at_once(tmp_path, monkeypatch):
    """A pool that gets its processes and not its threads would wait for ever; root knows no such limit."""
    (tmp_path / "brief.txt").write_text("Link warnt.", encoding="utf-8")
    start, room = threading.Thread.start, iter(range(4))

    def limited(thread: threading.Thread) -> None:
        if next(room, None) is None:
            raise RuntimeError("can't start new thread")
        start(thread)

    before = threading.active_count()
    monkeypatch.setattr(threading.Thread, "start", limited)
    with pytest.raises(
        WorkerError, match="can't start new thread; take fewer workers, or raise the limit of the system"
    ):
        list(kg.claims([tmp_path / "brief.txt"] * 2, workers=2))
    assert threading.active_count() == before


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no copy is made")
def test_where_no_process_may_be_started_that_is_one_line(monkeypatch):
    def none() -> int:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", none)
    with pytest.raises(WorkerError, match=r"no process can be started .*; raise the limit of the system"):
        wait_for_copy(1_000_000)


DAEMONIC = """
import multiprocessing

import kg

def read(workers):
    try:
        return len(kg.build([kg.Document("a", "Anna Weber mag Berlin.")], workers=workers).documents)
    except kg.KgError as error:
        return str(error)

if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(*pool.map(read, [1, 2]), sep="\\n")
"""


@pytest.mark.slow
def test_a_daemonic_process_that_may_start_no_others_is_told_what_to_do(tmp_path):
    (tmp_path / "a.py").write_text(DAEMONIC, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "a.py"], cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=120
    )
    one, two = done.stdout.splitlines()
    assert (one, done.stderr) == ("1", "")
    assert two.startswith("workers: this process is daemonic, as those of a multiprocessing.Pool are")
    assert "take workers=1" in two
