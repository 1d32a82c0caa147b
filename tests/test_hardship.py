"""Too little memory, and Ctrl+C at any moment: one line that says so, and the exit code that belongs to it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from commands import MODEL, environment, fill

from kg import __main__
from kg.records import Document, Extraction, Mention
from kg.store.store import Store
from kg.system.memory import SHORTAGE, check_room, is_shortage

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and ulimit are Unix")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    folder = fill(tmp_path_factory.mktemp("hardship"), small_graph, small_extractions)
    (folder / "brief.txt").write_text("Angela Merkel besuchte Paris.", encoding="utf-8")
    return folder


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not heed ulimit -v")
@pytest.mark.parametrize(
    ("args", "megabytes"),
    [
        *((["build", "brief.txt", "-o", "b.ttl"], megabytes) for megabytes in (36, 60, 150, 250, 330)),
        *((["query", "a.kg", "ASK {}"], megabytes) for megabytes in (36, 60, 120, 200)),
        (["show", "a.kg", "Link"], 40),
        *((["export", "a.kg", name], megabytes) for name in ("a.html", "a.gexf") for megabytes in (60, 120, 150)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else f"{value} MB",
)
@pytest.mark.slow
def test_too_little_memory_is_one_line(folder, args, megabytes):
    command = ["bash", "-c", f'ulimit -v {megabytes * 1000}; exec "$@"', "-", sys.executable, "-m", "kg", *args]
    done = subprocess.run(
        command, cwd=folder, env=environment(**MODEL), capture_output=True, encoding="utf-8", timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"kg: {SHORTAGE}\n")


@pytest.mark.slow
def test_a_limit_of_the_processors_time_is_one_line(folder):
    """Loading the pipeline alone takes longer."""
    command = [sys.executable, "-m", "kg", "build", "brief.txt", "-o", "t.ttl"]
    line = ["bash", "-c", 'ulimit -S -t 1; exec "$@"', "-", *command]
    done = subprocess.run(line, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", timeout=100)
    assert done.returncode == 2
    assert done.stderr == "kg: it takes more of the processor's time than the system lets it; raise ulimit -t\n"
    assert not (folder / "t.ttl").exists()


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not heed ulimit -v")
@pytest.mark.parametrize("name", ["groß.ttl", "groß.jsonld"])
def test_an_rdf_file_larger_than_memory_is_told_as_that(tmp_path, name):
    with (tmp_path / name).open("wb") as stream:
        stream.truncate(9 << 30)
    command = ["bash", "-c", 'ulimit -v 4000000; exec "$@"', "-", sys.executable, "-m", "kg", "stats", name]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"kg: {name}: {SHORTAGE}\n")


@pytest.mark.parametrize("files", [10, 12, 14])
@pytest.mark.slow
def test_too_few_files_for_several_workers_are_one_line(folder, files):
    command = ["bash", "-c", f'ulimit -n {files}; exec "$@"', "-", sys.executable, "-m", "kg"]
    done = subprocess.run(
        [*command, "build", "brief.txt", "-o", "files.ttl", "--workers", "3"],
        cwd=folder, env=environment(**MODEL), capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip
    told = "kg: the processes of --workers cannot be started (Too many open files); take fewer workers, or raise the "
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(told)


@pytest.mark.parametrize("files", [5, 6, 7])  # with less, Python itself does not always begin
@pytest.mark.parametrize("command", ["query a.kg ASK{}", "export a.kg a.nt", "show a.kg Essen"])
@pytest.mark.slow
def test_a_command_that_may_open_hardly_any_file_works_or_says_so(tmp_path, command, files):
    with Store(tmp_path / "a.kg") as kept:
        mention = Mention("a", 0, 5, "Essen", "named", "Place", "Essen")
        kept.add(Document("a", "Essen baut."), Extraction((mention,), ()), "f")
    line = ["bash", "-c", f'ulimit -n {files}; exec "$@"', "-", sys.executable, "-m", "kg", *command.split()]
    done = subprocess.run(line, cwd=tmp_path, env=environment(), capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode in (0, 1) or (done.returncode == 2 and done.stderr.startswith("kg: ")), done.stderr
    assert done.stderr.count("\n") <= 1


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), True),
        (OSError(12, "Cannot allocate memory"), True),
        (ImportError("libblas.so: failed to map segment from shared object"), True),
        (OSError(2, "No such file or directory"), False),
        (ImportError("No module named 'blis'"), False),
        (ValueError("failed to map segment"), False),
    ],
    ids=repr,
)
def test_a_shortage_is_told_from_other_errors(error, expected):
    assert is_shortage(error) is expected
    try:
        raise ValueError("pip install blis") from error
    except ValueError as consequence:
        assert is_shortage(consequence) is expected  # noqa: PT017  the chain is what is tested


def test_more_than_there_is_cannot_be_had():
    with pytest.raises(MemoryError, match="4000000000 MB are not to be had"):
        check_room(4_000_000_000)


@pytest.mark.parametrize(
    ("module", "args", "line"),
    [
        ("click", ["--version"], "kg: interrupted"),
        ("pyoxigraph", ["query", "a.kg", "ASK {}"], "kg: interrupted"),
        ("spacy", ["build", "brief.txt", "-o", "b.kg"], "kg: interrupted; a build into a .kg goes on behind the last"),
    ],
    ids=["the program", "what asks", "what reads"],
)
@pytest.mark.slow
def test_ctrl_c_while_something_is_imported(folder, tmp_path, module, args, line):
    """In the place of the module stands one whose import takes forever."""
    (tmp_path / f"{module}.py").write_text(
        "import pathlib, time\npathlib.Path('ready').touch()\ntime.sleep(60)\n", encoding="utf-8"
    )
    for name in ("a.kg", "brief.txt"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    command = [sys.executable, "-m", "kg", *args]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(**MODEL), stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        while not (tmp_path / "ready").exists() and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        told = process.stderr.read().strip()
    assert process.returncode == 130
    assert told.startswith(line)
    assert "\n" not in told


def test_the_command_is_the_module():
    """`kg` as installed begins where `python -m kg` does, before anything is imported that takes time."""
    scripts = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "scripts"
    ]
    assert scripts == {"kg": "kg.__main__:main"}
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", "import kg.__main__"], env=environment(),
                          capture_output=True, encoding="utf-8")  # fmt: skip
    loaded = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}
    assert {name for name in loaded if name.startswith("kg")} == {
        *("kg", "kg.__main__", "kg.errors", "kg.system", "kg.system.memory", "kg.version"),
    }


@pytest.mark.parametrize("handler", [None, signal.SIG_IGN, signal.SIG_DFL], ids=["not Python's", "ignored", "default"])
def test_whoever_answers_ctrl_c_it_is_left_to_them(monkeypatch, handler):
    """None stands for what a program has set that Python runs in."""
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(signal, "getsignal", lambda number: handler)
    monkeypatch.setattr("kg.cli.main", lambda: None)
    __main__.main()
    monkeypatch.undo()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_folder_that_is_gone_is_no_place_to_work_in(tmp_path):
    """The folder is removed by the shell that stands in it, as another terminal would."""
    script = f"mkdir weg && cd weg && rmdir ../weg && {sys.executable} -m kg query d.kg 'ASK {{}}'"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True)
    told = "kg: the folder that it was called in is no longer there; change to another one\n"
    assert (done.returncode, done.stderr) == (2, told)
