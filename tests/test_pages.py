"""Pages in a process of their own: what never ends, dies or lacks a package costs one page and one line."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time

import pytest

from kg.errors import SourceError
from kg.sources import pages
from kg.sources.documents import read_sources
from kg.sources.pages import Pages

pytest.importorskip("trafilatura")

PROSE = "<p>Die Stadt Xheim saniert die Brücke, wie Ina Krause sagte, und sie fängt im Mai an.</p>" * 3
GOOD = f"<html><body><article>{PROSE}</article></body></html>"
ENDLESS = (
    f"<html><body><article><p {' '.join(f'a{i}=1' for i in range(200_000))}>Text.</p>{PROSE}</article></body></html>"
)

# Lies before the package in the way of an import, and tells when a page is at work.
TELLING = """
import pathlib, sys
sys.path.remove("")
del sys.modules["trafilatura"]
import trafilatura
inner = trafilatura.bare_extraction
def bare_extraction(*args, **options):
    pathlib.Path("begun").touch()
    return inner(*args, **options)
trafilatura.bare_extraction = bare_extraction
"""


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(pages, "_SECONDS", 1)
    monkeypatch.setattr(pages, "_SECONDS_BY_THE_CLOCK", 15)


@pytest.mark.slow
def test_a_page_that_takes_forever_costs_only_itself(tmp_path, monkeypatch, caplog, impatient):
    monkeypatch.chdir(tmp_path)
    for name, page in (("a", GOOD), ("b", ENDLESS), ("c", GOOD)):
        (tmp_path / f"{name}.html").write_text(page)
    assert [document.id for document in read_sources(["."])] == ["a", "c"]
    assert caplog.messages == ["left out: b.html: reading this page takes too long; save its text as .txt"]


def pretend(monkeypatch, code: str) -> None:
    """Have some code run in place of the process that reads pages."""
    monkeypatch.setattr(pages, "command", lambda *_: [sys.executable, "-c", code])


def test_the_clock_ends_what_takes_no_time_of_the_processor(monkeypatch):
    monkeypatch.setattr(pages, "_SECONDS_BY_THE_CLOCK", 0.3)
    pretend(monkeypatch, 'import time; print(\'{"missing": ""}\', flush=True); time.sleep(60)')
    with Pages() as reader, pytest.raises(SourceError, match=r"^a\.html: reading this page takes too long"):
        reader.read(GOOD, "a.html")


def test_a_process_that_was_killed_is_replaced():
    with Pages() as reader:
        assert reader.missing() == ""
        reader._process.kill()
        with pytest.raises(SourceError, match=r"^a\.html: this page cannot be read \(it ended the process"):
            reader.read(GOOD, "a.html")
        assert "Ina Krause" in reader.read(GOOD, "a.html")["text"]


def test_a_package_that_is_broken_is_named(monkeypatch):
    pretend(monkeypatch, "import sys; sys.modules['lxml.html'] = None; from kg.sources.pages import main; main(1)")
    with Pages() as reader:
        message = r"^HTML cannot be read \(import of lxml\.html halted.*\); run: pip install 'kg-de\[html\]'$"
        assert [bool(re.match(message, reader.missing())) for _ in range(2)] == [True, True]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("raise SystemExit(3)", "its process does not start"),
        ("import time; time.sleep(60)", "its process does not start in time"),
        (
            "import sys; sys.modules['trafilatura'] = None; from kg.sources.pages import main; main(1)",
            "import of trafilatura",
        ),
        (None, "no process starts: No such file or directory"),
    ],
)
@pytest.mark.slow
def test_a_process_that_is_not_replaced_costs_one_page_after_the_other(tmp_path, monkeypatch, caplog, code, reason):
    for name in "abc":
        (tmp_path / f"{name}.html").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    read = read_sources(["."])
    assert next(read).id == "a"
    monkeypatch.setattr(pages, "_SECONDS_BY_THE_CLOCK", 1)
    monkeypatch.setattr(Pages, "_asked", lambda self, _: self._broken())
    if code:
        pretend(monkeypatch, code)
    else:
        monkeypatch.setattr(pages, "command", lambda *_: ["/fehlt"])
    assert list(read) == []
    [killed, not_replaced] = caplog.messages
    assert killed.startswith("left out: b.html: this page cannot be read")
    assert not_replaced.startswith(f"left out: c.html: HTML cannot be read ({reason}")


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_it_ends_with_the_process_that_started_it(tmp_path):
    """Even in the midst of a page."""
    (tmp_path / "b.html").write_text(ENDLESS)
    (tmp_path / "trafilatura.py").write_text(TELLING)
    code = "import kg.sources.pages, subprocess as s, sys\nclass P(s.Popen):\n def __init__(self, *a, **k):\n  super().__init__(*a, **k); print(self.pid, flush=True)\n"
    code += "s.Popen = P\nfrom kg.sources.documents import read_sources\nlist(read_sources(['b.html']))"
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    until = time.monotonic() + 60
    while not (tmp_path / "begun").exists():
        assert time.monotonic() < until, "the page is not read"
        time.sleep(0.05)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    _wait_for_the_end_of(child)


def _wait_for_the_end_of(pid: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError(f"{pid} goes on")
