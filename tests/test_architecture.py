"""The shape of kg, held by tests: who imports whom, what is public, what is light, what is told to users."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import networkx as nx
import pytest
from imports import LAYERS, PACKAGE, files, imports, name_of, room_of, tree_of

import kg
from kg import cli
from kg.rdf.sparql import results
from kg.reader.pipeline import fingerprint
from kg.records import Extraction
from kg.sources.documents import read_sources
from kg.store.store import Store

TESTS = Path(__file__).parent
README = TESTS.parent / "README.md"

RANKS = {room: rank for rank, layer in enumerate(LAYERS) for room in layer}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def arrows() -> dict[str, frozenset[str]]:
    """What `imports` finds, once: each worker collects these tests, but one runs them."""
    return imports()


@pytest.mark.parametrize("module", sorted(map(name_of, files())))
def test_imports_run_one_way(module):
    """Lazy imports and those for type checkers are arrows, too."""
    upward = [other for other in arrows()[module] if RANKS[room_of(other)] > RANKS[room_of(module)]]
    assert not upward


def test_no_import_runs_in_a_circle():
    drawn = nx.DiGraph((name, other) for name, others in arrows().items() for other in others)
    assert nx.is_directed_acyclic_graph(drawn), nx.find_cycle(drawn)


def test_no_two_rooms_of_a_room_import_each_other():
    """ "kg.extract.names" takes nothing from "kg.extract.claims"; nor do those of `resolve`, `formats`, `rdf`, `serve`."""
    drawn = nx.DiGraph(
        (".".join(name.split(".")[:3]), ".".join(other.split(".")[:3]))
        for name, others in arrows().items()
        for other in others
        if room_of(name) == room_of(other)
    )
    drawn.remove_edges_from(list(nx.selfloop_edges(drawn)))
    assert nx.is_directed_acyclic_graph(drawn), nx.find_cycle(drawn)


def test_every_module_has_its_layer():
    assert {room_of(name) for name in arrows()} == set(RANKS)


@pytest.mark.parametrize("folder", sorted({path.parent for path in files()}), ids=lambda path: path.name)
def test_rooms_stay_small(folder):
    """At most ten modules, besides what a package says of itself, and 2,500 lines."""
    inside = [path for path in folder.glob("*.py") if path.stem != "__init__"]
    assert len(inside) <= 10
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in inside) <= 2_500


def imported_at_once(path: Path) -> Iterator[str]:
    """Yield the modules that a file imports when it is imported itself: not in functions, not for type checkers."""
    for node in tree_of(path).body:
        statements = [node]
        if isinstance(node, ast.If | ast.Try):
            guard = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
            statements = [] if guard else [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
        for statement in statements:
            if isinstance(statement, ast.Import):
                yield from (alias.name for alias in statement.names)
            elif isinstance(statement, ast.ImportFrom):
                assert not statement.level, f"{path}: a relative import"
                yield statement.module or ""
                if statement.module == "kg":
                    yield from (f"kg.{alias.name}" for alias in statement.names)


def imported_at_run_time(path: Path) -> Iterator[str]:
    """Yield all that a file ever imports, in functions too; what only type checkers see is left out."""
    tree = tree_of(path)
    guards = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    hidden = {id(inner) for guard in guards for inner in ast.walk(guard)}
    for node in ast.walk(tree):
        if id(node) not in hidden and isinstance(node, ast.Import | ast.ImportFrom):
            yield from [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]


@pytest.mark.parametrize("folder", [path.parent for path in sorted(PACKAGE.rglob("__init__.py"))], ids=str)
def test_a_room_says_what_comes_in_and_what_goes_out(folder):
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert len(said.splitlines()) >= 3


def test_spacy_is_for_reading_texts_alone():
    """Loading a pipeline, and putting Docs together from its blocks; nobody else touches spaCy, and nobody at import.

    The components are what spaCy itself imports.
    """
    ours = [path for path in files() if path.stem not in ("component", "components")]
    users = {path for path in ours if any(n.split(".")[0] == "spacy" for n in imported_at_run_time(path))}
    named = {path.relative_to(PACKAGE).as_posix() for path in users}
    assert named == {"reader/pipeline.py", "extract/reading.py", "extract/tree/tiger.py"}
    assert not any(n.split(".")[0] == "spacy" for path in ours for n in imported_at_once(path))


def test_trees_are_edited_by_the_verbs_of_one_module():
    """Nobody else assigns .head, .dep or .dep_ of a token, so that a tree can tell which pass changed it."""
    edited = {
        path.relative_to(PACKAGE).as_posix()
        for path in files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr in ("head", "dep", "dep_")
    }
    assert edited == {"extract/tree/edits.py"}


def decorated(tree: ast.Module, *names: str) -> Iterator[ast.FunctionDef]:
    """Yield the functions with a decorator of one of these names, with or without arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            given = [d.func if isinstance(d, ast.Call) else d for d in node.decorator_list]
            if any(ast.unparse(d).rpartition(".")[2] in names for d in given):
                yield node


def test_what_is_made_of_relations_is_made_for_each_vocabulary():
    """A user's own file adds to `relations()`; a table under `functools.cache` would keep the words of who asks first."""
    trees = {path: tree_of(path) for path in files()}
    tables = {node.name for tree in trees.values() for node in decorated(tree, "per_vocabulary")}
    assert {"relations", "noun_type"} <= tables
    for path, tree in trees.items():
        for node in decorated(tree, "cache", "lru_cache"):
            called = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
            assert not called & tables, f"{path}: {node.name} is to be cached by per_vocabulary"


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_functions_fit_on_a_screen(path):
    """Forty lines, what a docstring says not counted; complexity is the linter's business."""
    functions = [n for n in ast.walk(tree_of(path)) if isinstance(n, FUNCTIONS)]
    assert [f.name for f in functions if length(f) > 40] == []


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    said = first.end_lineno - first.lineno + 1 if ast.get_docstring(function) else 0
    return function.end_lineno - function.lineno + 1 - said


@pytest.mark.parametrize("path", files(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_stay_small_and_say_what_they_are(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(tree_of(path)), f"{path}: no docstring"


def test_modules_of_tests_stay_as_small_and_say_what_they_are():
    """What they share is a module of its own; tables of gold are data, and may be long."""
    for path in (*TESTS.glob("*.py"), *TESTS.glob("benchmarks/*.py")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
        assert ast.get_docstring(tree_of(path)), f"{path}: no docstring"


def test_no_module_of_tests_is_imported_by_another():
    """Helpers are in modules without tests."""
    for path in TESTS.glob("*.py"):
        assert [name for name in imported_at_run_time(path) if name.startswith(("test_", "conftest"))] == [], path


# Names that several modules have for one thing: what each format writes, the columns of each network, the tables of
# passes, a command and the verb that it calls.
SHARED = {"write", "write_elements", "write_folder", "HEADERS", "NODE_COLUMNS", "EDGE_COLUMNS", "Record", "PASSES"}
SHARED |= {"add", "build", "remove", "explain", "extract", "serve", "main", "ANSWERS", "T", "TYPE_CHECKING"}


def test_a_name_stands_for_one_thing():
    """Of classes, functions and constants that modules may import; what trains the reader is apart, as is what is private."""
    places: dict[str, list[str]] = {}
    for path in files():
        if "training" in path.parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            named = [node] if isinstance(node, (*FUNCTIONS, ast.ClassDef)) else []
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            names = [n.name for n in named] + [target.id for target in targets if isinstance(target, ast.Name)]
            for name in names:
                places.setdefault(name, []).append(path.relative_to(PACKAGE).as_posix())
    several = {name: found for name, found in places.items() if len(set(found)) > 1 and not name.startswith("_")}
    assert {name: found for name, found in several.items() if name not in SHARED} == {}


def test_public_names():
    assert sorted(kg.__all__) == kg.__all__
    assert len(kg.__all__) <= 13
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    assert set(kg.__all__) <= set(dir(kg))
    with pytest.raises(AttributeError, match="no attribute 'gibt_es_nicht'"):
        kg.gibt_es_nicht  # noqa: B018  the access is what is tested


def test_formats_are_told_alike():
    assert cli.ANSWERS == results.ANSWERS


HEAVY = ("onnxruntime", "spacy", "thinc", "numpy", "pandas", "trafilatura")


@pytest.mark.parametrize(
    "code",
    [
        "import kg",
        "import kg; kg.build, kg.open, kg.KnowledgeGraph",
        "from kg import cli; cli.cli.main(['--help'], standalone_mode=False)",
        "from kg import cli; cli.cli.main(['query', 'a.ttl', 'ASK {}'], standalone_mode=False)",
        "from kg import cli; cli.cli.main(['query', 'a.kg', 'ASK {}'], standalone_mode=False)",
        "from kg import cli; cli.cli.main(['show', 'a.kg', 'Sören Link'], standalone_mode=False)",
        "from kg import cli; cli.cli.main(['why', 'a.kg', 'Sören Link'], standalone_mode=False)",
        "from kg import cli; cli.cli.main(['diff', 'a.kg', 'a.ttl'], standalone_mode=False)",
    ],
)
def test_light_commands_load_nothing_heavy(tmp_path, small_graph, small_extractions, code):
    small_graph.write(tmp_path / "a.ttl")
    with Store(tmp_path / "a.kg") as store:
        for document, extraction in small_extractions:
            store.add(document, extraction, "f")
    assert loaded(code, tmp_path) == []


@pytest.mark.slow
def test_a_build_that_reads_nothing_loads_the_net_alone(tmp_path):
    """It asks how this CPU rounds, to know whether what was read before is still right."""
    (tmp_path / "brief.txt").write_text("Link warnt.", encoding="utf-8")
    [letter] = read_sources([str(tmp_path / "brief.txt")])
    with Store(tmp_path / "brief.kg") as store:
        store.add(letter, Extraction((), ()), fingerprint())
    assert loaded("import kg; kg.build('brief.txt', store='brief.kg')", tmp_path) == ["numpy", "onnxruntime"]


def test_a_process_that_answers_queries_starts_without_rdflib(tmp_path):
    """`kg serve` starts several, and one anew for each query that had to be ended."""
    assert loaded("import kg.serve.workers.worker", tmp_path, (*HEAVY, "networkx", "rdflib")) == []


def loaded(code: str, folder: Path, heavy: tuple[str, ...] = HEAVY) -> list[str]:
    """Which of these libraries a Python of its own has loaded behind some code."""
    code = f"import sys; sys.path.insert(0, {str(Path(kg.__file__).parents[1])!r})\n{code}\n"
    code += f"print('loaded:', *sorted({set(heavy)!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1].split()[1:]


COMMANDS = cli.cli.commands


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name):
    command = COMMANDS[name]
    context = click.Context(command, info_name=f"kg {name}")
    assert f"Example:\n    {f'kg {name} '}" in command.get_help(context) or f"| kg {name} -" in command.get_help(
        context
    )
    for parameter in command.params:
        assert isinstance(parameter, click.Argument) or parameter.help, f"{name} {parameter.name}"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme(name):
    assert f"kg {name}" in README.read_text(encoding="utf-8")


def test_how_a_text_is_explained_is_in_the_readme():
    assert [
        row for row in README.read_text(encoding="utf-8").splitlines() if "`kg extract" in row and "`--explain`" in row
    ]
