"""What a journalist asks of ten articles, by the command line: `kg query`, `kg show` and `kg why`.

The articles in `tests/gold/articles` share people and firms, so that an answer may stand in several of them. Questions and
answers (`tests/journalist.toml`) were written before anybody had seen what kg reads.
"""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from commands import run

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "gold" / "articles"
ASKED = tomllib.loads((ROOT / "tests" / "journalist.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A folder with the store of the ten articles."""
    path = tmp_path_factory.mktemp("journalist")
    done = run("build", ARTICLES, "-o", "a.kg", cwd=path)
    assert done.returncode == 0, done.stderr
    return path


def unmarked(text: str) -> str:
    """What a command prints, without the marks around subject, predicate and object: "*erklärt* [Felix zur Nieden]"."""
    return text.translate(dict.fromkeys(map(ord, "[]*")))


def test_there_are_twelve_and_more():
    assert len(ASKED["question"]) >= 12
    assert len(ASKED["why"]) + len(ASKED["show"]) >= 6
    assert len(list(ARTICLES.glob("*.txt"))) == len(list(ARTICLES.glob("*.json"))) == 10


@pytest.mark.parametrize("question", ASKED["question"], ids=lambda question: question["de"])
def test_query(folder, question):
    done = run("query", "a.kg", question["sparql"], "--format", "csv", cwd=folder)
    assert "the graph has no" not in done.stderr
    found = {tuple(row) for row in list(csv.reader(done.stdout.splitlines()))[1:]}
    right = {tuple(row) for row in question["answer"]}
    assert (found & right if question.get("part") else found) == right


@pytest.mark.parametrize("why", ASKED["why"], ids=lambda why: " ".join(why["ask"]))
def test_why(folder, why):
    done = run("why", "a.kg", *why["ask"], cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    facts = [lines.split("\n") for lines in unmarked(done.stdout).split("\n\n")]
    assert [why["fact"] for first, *below in facts if f"  {why['sentence']}" in below and first.startswith(why["fact"])]


@pytest.mark.parametrize("show", ASKED["show"], ids=lambda show: show["name"])
def test_show(folder, show):
    done = run("show", "a.kg", show["name"], cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert [text for text in show["holds"] if text not in unmarked(done.stdout)] == []
