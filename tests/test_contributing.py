"""What README, CONTRIBUTING and CHANGELOG name is there: files, modules of kg, tests, options, and where their links lead.

A room that moves takes its name along here: "kg/extract/mend" in a table is a folder, "kg.formats" a module.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import pytest

from kg.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
COMMANDS = cli.commands

# What a path of this repository begins with; "seeds -o a.ttl" and "article.json" are somebody's own.
FOLDERS = ("kg/", "tests/", "notebooks/", "seeds/", ".ci/")

FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MODULE = re.compile(r"(?<![\w./:-])kg(?:\.[a-z_]\w*)+")


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def words_of(page: str) -> Iterator[str]:
    """Yield the words of all code on a page: blocks line by line, and what stands between backticks."""
    text = text_of(page)
    lines = [line for block in FENCE.findall(text) for line in block.splitlines()[1:-1]]
    for code in (*lines, *CODE.findall(FENCE.sub("", text))):
        yield from code.split()


def paths_of(page: str) -> list[str]:
    """The files and folders of this repository that a page names, with or without a pattern."""
    words = (word.strip("`'\",;:") for word in words_of(page))
    return sorted({word for word in words if word.startswith(FOLDERS) and "=" not in word})


def slug(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it.

    >>> slug("I want to …"), slug("How sure is a claim?"), slug("[Unreleased]")
    ('i-want-to-', 'how-sure-is-a-claim', 'unreleased')
    """
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def named(module: str) -> object:
    """What a dotted name stands for: a module, or what one of them has."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for name in parts[length:]:
            found = getattr(found, name)
        return found
    raise ModuleNotFoundError(module)


@pytest.mark.parametrize("page", PAGES)
def test_files_that_a_page_names_are_there(page):
    missing = [path for path in paths_of(page) if not any(ROOT.glob(path.rstrip("/")))]
    assert not missing


@pytest.mark.parametrize("page", PAGES)
def test_modules_that_a_page_names_are_there(page):
    """Files of a graph, such as "duisburg.kg", and files of kg's own, such as kg.ttl, are no modules."""
    names = {name for name in MODULE.findall(text_of(page)) if not name.endswith((".ttl", ".py"))}
    training = {name for name in names if name.startswith("kg.training")}  # it needs torch
    for name in sorted(names - training):
        assert named(name) is not None
    for name in sorted(training):
        place = ROOT / name.replace(".", "/")
        assert place.is_dir() or place.with_suffix(".py").is_file(), name


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    for link in LINK.findall(FENCE.sub("", text_of(page))):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = unquote(link).partition("#")
        found = ROOT / target if target else ROOT / page
        assert found.exists(), link
        if anchor:
            assert anchor in {slug(heading) for heading in HEADING.findall(found.read_text(encoding="utf-8"))}, link


def test_tests_and_names_in_the_table_of_changes_are_there():
    """A row names functions, constants and tests beside their file: each stands in one of the files of its row."""
    table = text_of("CONTRIBUTING.md").partition("## I want to")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| a")]
    assert len(rows) >= 10
    for row in rows:
        words = [word for code in CODE.findall(row) for word in code.split()]
        files = [path for word in words if word.startswith(FOLDERS) for path in ROOT.glob(word) if path.is_file()]
        held = "\n".join(path.read_text(encoding="utf-8") for path in (*files, ROOT / "kg" / "checks.py"))
        names = [word for word in words if re.fullmatch(r"_\w+|[A-Za-z]\w*_\w+|[A-Z]{2,}", word)]
        assert [name for name in names if not re.search(rf"\b{name}\b", held) and name not in ("UPOS", "STTS")] == []


@pytest.mark.parametrize("page", PAGES)
def test_options_of_kg_that_a_page_names_are_there(page):
    text = text_of(page)
    for code in (*CODE.findall(text), *re.findall(r"^(?:\$ )?(kg .*)$", text, re.MULTILINE)):
        if re.match(r"kg [a-z]+ ", code):
            _, name, *words = shlex.split(code)
            known = {option for parameter in COMMANDS[name].params for option in parameter.opts}
            assert {word for word in words if re.match("--?[a-z]", word)} <= known, code


def test_the_changelog_keeps_its_form():
    """Sections are versions with their day, the newest first, below them what was added, changed, fixed or removed."""
    text = text_of("CHANGELOG.md")
    versions = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert versions[0] == "[Unreleased]"
    assert all(re.fullmatch(r"(\[.+\]|de_kg_news [\d.]+) – \d{4}-\d\d-\d\d", version) for version in versions[1:])
    assert set(re.findall(r"^### (.+)$", text, re.MULTILINE)) <= {
        *("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"),
    }


def test_pages_go_along_with_the_sources():
    """What the pages name, these tests find in an unpacked source distribution too."""
    project = tomllib.loads(text_of("pyproject.toml"))
    included = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {f"/{page}" for page in PAGES} <= set(included)
    assert {"/.ci", "/.pre-commit-config.yaml"} <= set(included)
