"""The scripts of the explorer: modules that import each other one way, and the bundle of them that the page carries.

Who changes a script runs, in tests/node, `npm ci` once and `npm run build` then; `npm run lint` says what ESLint finds.
"""

from __future__ import annotations

import re
import subprocess
from importlib.resources import files
from pathlib import Path

import networkx as nx
import pytest

REPOSITORY = Path(__file__).parents[1]
EXPLORER = REPOSITORY / "kg" / "show" / "explorer"
SCRIPTS = EXPLORER / "scripts"
MODULES = {path.relative_to(SCRIPTS).as_posix(): path.read_text(encoding="utf-8") for path in SCRIPTS.rglob("*.js")}
IMPORTS = {
    name: {
        (SCRIPTS / name).parent.joinpath(other).resolve().relative_to(SCRIPTS.resolve()).as_posix()
        for other in re.findall(r'^import \{[^}]+\} from "(\.[^"]+)";$', text, re.MULTILINE)
    }
    for name, text in MODULES.items()
}
BUNDLE = "explorer.bundle.js"


def test_imports_are_all_read_here_and_none_runs_in_a_circle():
    told = re.compile(r'^import |\bimport\(|^export .* from "', re.MULTILINE)
    assert sum(map(len, IMPORTS.values())) == sum(len(told.findall(text)) for text in MODULES.values())
    arrows = nx.DiGraph((name, other) for name, others in IMPORTS.items() for other in others)
    assert nx.is_directed_acyclic_graph(arrows), nx.find_cycle(arrows)
    assert set(arrows) == set(MODULES) == {"explorer.js", *nx.descendants(arrows, "explorer.js")}


def test_folders_do_not_import_each_other_in_a_circle():
    """The graph is below the words and elements it is told in, these below panel and picture, and all below the page."""
    folders = nx.DiGraph(
        (name.partition("/")[0], other.partition("/")[0]) for name, others in IMPORTS.items() for other in others
    )
    folders.remove_edges_from(list(nx.selfloop_edges(folders)))
    assert nx.is_directed_acyclic_graph(folders), nx.find_cycle(folders)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_modules_stay_small_and_say_what_they_do(name):
    assert re.match(r"// [A-Z].+[^ ]\n\n", MODULES[name])
    assert len(MODULES[name].splitlines()) <= 200


def test_folders_stay_small():
    folders = {name.rpartition("/")[0] for name in MODULES}
    assert max(sum(name.rpartition("/")[0] == folder for name in MODULES) for folder in folders) <= 10


def test_the_page_carries_the_bundle_of_these_modules(judge, tmp_path):
    run = ["node", str(judge / "build.mjs"), str(EXPLORER), str(tmp_path / BUNDLE)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    same = (tmp_path / BUNDLE).read_bytes() == files("kg.show.explorer").joinpath(BUNDLE).read_bytes()
    assert same, f"{BUNDLE} is not what scripts/ makes: run `npm ci && npm run build` in tests/node, and commit it"


def test_the_bundle_ends_no_script_element():
    bundle = files("kg.show.explorer").joinpath(BUNDLE).read_text(encoding="utf-8")
    assert not re.search(r"</script|<script|<!--", bundle, re.IGNORECASE)


@pytest.mark.slow
def test_eslint_finds_nothing(judge):
    """As `npm run lint` does in tests/node: from the root of the repository, which is as far as its settings reach."""
    eslint, config = judge / "node_modules" / "eslint" / "bin" / "eslint.js", judge / "eslint.config.mjs"
    run = ["node", str(eslint), "--config", str(config), "--max-warnings", "0", "kg", "tests/node"]
    done = subprocess.run(run, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
