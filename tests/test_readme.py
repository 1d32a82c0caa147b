"""What the README shows is what a user sees: its commands are run, its Python is run, its Turtle is in the file.

After a change of output, `KG_WRITE_README=1 pytest tests/test_readme.py` writes the new output into the README; read the
diff before you commit it.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import run

import kg
from kg.formats import STORE
from kg.formats.suffixes import DRAWINGS, NETWORKS, READERS, WRITERS
from kg.sources.inputs import SUFFIXES

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"^```(console|turtle|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """A folder with the seeds in it, as after a clone."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    return folder


def shown(kind: str, body: str, home: Path) -> str:
    """The block as it should read: its commands or statements with what they print now."""
    return "".join({"console": console, "turtle": turtle, "python": python}[kind](body, home))


def console(body: str, home: Path) -> Iterator[str]:
    for command in re.findall(r"^\$ .*$", body, re.MULTILINE):
        yield f"{command}\n"
        words = shlex.split(command.removeprefix("$ "))
        if words[0] == "echo":
            _, text, _, name = words  # echo TEXT > FILE
            (home / name).write_text(f"{text}\n", encoding="utf-8")
            continue
        assert words[0] == "kg"
        done = run(*words[1:], cwd=home)
        assert done.returncode == (words[1] == "diff"), done.stderr  # which finds a difference
        yield done.stdout


def turtle(body: str, home: Path) -> Iterator[str]:
    """The person, the fact and the role of it that the text around speaks of, whole, from the store built above."""
    path = home / "readme.ttl"
    graph = kg.open(home / "saller.kg")
    graph.write(path)
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    (gave,) = graph.why("Henrik Saller", "übergeben")
    place = [role.role for role in gave.roles].index("place") + 1
    wanted = ("kge:Henrik_Saller a ", f"kgf:{gave.id} a ", f"kgf:{gave.id}.{place} a ")
    yield "\n\n".join(next(block for block in blocks if block.startswith(start)) for start in wanted).strip() + "\n"


def python(body: str, home: Path) -> Iterator[str]:
    names: dict[str, object] = {}
    for statement in re.findall(r"^>>> .*\n(?:^\.\.\. .*\n)*", body, re.MULTILINE):
        yield statement
        source = "\n".join(line[4:] for line in statement.splitlines()) + "\n"
        out = io.StringIO()
        with contextlib.chdir(home), contextlib.redirect_stdout(out):
            exec(compile(source, "README.md", "single"), names)
        yield out.getvalue()


@pytest.mark.slow
def test_the_readme_shows_what_comes_out(home, monkeypatch):
    monkeypatch.delenv("KG_MODEL", raising=False)
    text = README.read_text(encoding="utf-8")
    new = BLOCK.sub(lambda match: f"```{match[1]}\n{shown(match[1], match[2], home)}```", text)
    if os.environ.get("KG_WRITE_README"):
        README.write_text(new, encoding="utf-8")
    assert new == text


@pytest.mark.parametrize(
    ("start", "suffixes"),
    [
        ("The suffix says the format:", READERS.keys() & WRITERS.keys()),
        ("A drawing (", DRAWINGS),
        ("The unit is a", NETWORKS),
        ("| `kg build", (STORE, *(WRITERS.keys() - READERS.keys()))),
        ("`.txt` and", set(SUFFIXES) - {".htm"}),
    ],
)
def test_suffixes_that_the_readme_lists_are_all_there_are(start, suffixes):
    paragraph = re.compile(rf"^{re.escape(start)}.*?(?=\n\n|\n\|)", re.MULTILINE | re.DOTALL)
    (found,) = paragraph.findall(README.read_text(encoding="utf-8"))
    assert set(re.findall(r"`(\.\w+)`", found)) == set(suffixes)


def test_the_german_one_shows_the_same():
    """Its blocks are those of the English one with the same first line, which are run."""
    german = ROOT / "README.de.md"
    text = german.read_text(encoding="utf-8")
    blocks = re.compile(r"^```\w+\n(.*?\n)(?:.*?)^```$", re.MULTILINE | re.DOTALL)
    known = {match[1]: match[0] for match in blocks.finditer(README.read_text(encoding="utf-8"))}
    new = blocks.sub(lambda match: known[match[1]], text)
    if os.environ.get("KG_WRITE_README"):
        german.write_text(new, encoding="utf-8")
    assert new == text


def test_its_two_commands_are_what_ci_runs():
    """The set-up and the work of both commands stand in the script, in the README's words but for where output goes."""
    script = (
        (ROOT / ".ci" / "run")
        .read_text(encoding="utf-8")
        .replace(" --quiet", "")
        .replace('"$work/', "")
        .replace('"', "")
    )
    blocks = re.findall(r"^```sh\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    first, second = (block.strip().split(" && ") for block in blocks[:2])
    assert first[1] == ".venv/bin/pip install ."
    assert second[1] == ".venv/bin/pip install '.[test]'"
    for command in (first[0], first[2], *second):
        assert command in script
