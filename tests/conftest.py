"""What tests may ask for: the small graph, the pipeline, a browser, a server; and which of them have to fail, or are slow."""

from __future__ import annotations

import gc
import os
import shutil
import sys
import warnings
from collections.abc import Iterator
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis
import pytest
import rdflib

sys.path.insert(0, str(Path(__file__).parent))

from browser import Browser, find_chromium, node_packages
from damaged_stores import FOUND, sound_store
from serving import keep, serving
from slow_tests import mark_slow, slow_files_first
from small_graph import (
    BLOG,
    BLOG_CLAIMS,
    BLOG_MENTIONS,
    ENTITIES,
    FACTS,
    PAPER,
    PAPER_CLAIMS,
    PAPER_MENTIONS,
    YARD,
    YARD_CLAIMS,
    YARD_MENTIONS,
)
from stand_ins import stand_in

from kg.knowledge_graph import KnowledgeGraph
from kg.records import Document, Extraction

# The wheel has no training; where kg is installed, that room alone comes from the checkout.
if find_spec("kg.training") is None:
    TRAINING = Path(__file__).parents[1] / "kg" / "training"
    spec = spec_from_file_location("kg.training", TRAINING / "__init__.py", submodule_search_locations=[str(TRAINING)])
    assert spec is not None
    assert spec.loader is not None
    sys.modules["kg.training"] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules["kg.training"])

# A machine that does other things as well is slow, not wrong: no test fails for the time it takes.
hypothesis.settings.register_profile("kg", deadline=None)
hypothesis.settings.load_profile("kg")


@pytest.fixture(scope="session")
def small_graph() -> KnowledgeGraph:
    """Three documents, thirteen entities, seven facts of which three are direct."""
    return KnowledgeGraph((BLOG, PAPER, YARD), ENTITIES, FACTS, BLOG_CLAIMS + PAPER_CLAIMS + YARD_CLAIMS)


@pytest.fixture(scope="session")
def small_extractions() -> tuple[tuple[Document, Extraction], ...]:
    """The documents of `small_graph` with what extraction finds in them."""
    return (
        (BLOG, Extraction(BLOG_MENTIONS, BLOG_CLAIMS)),
        (PAPER, Extraction(PAPER_MENTIONS, PAPER_CLAIMS)),
        (YARD, Extraction(YARD_MENTIONS, YARD_CLAIMS)),
    )


@pytest.fixture(scope="session")
def by_rdflib():
    """Read an RDF file with rdflib's own parsers: its triples, whatever graph they stand in."""

    def read(path):
        found = rdflib.Dataset()
        # rdflib's parsers call what rdflib has deprecated.
        with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
            found.parse(path)
        return {quad[:3] for quad in found.quads()}

    return read


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder in which everybody may write and nobody may touch what is another one's, as /tmp is."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o1777)
        yield Path(name)


@pytest.fixture(scope="session")
def nlp():
    """The bundled pipeline, or the one that KG_MODEL names."""
    from kg.reader.pipeline import load

    return load()


@pytest.fixture(scope="session")
def read(nlp):
    """Extract mentions and claims from a German text."""
    from kg.extract import extract

    return lambda text: extract(Document("text", text), nlp)


# A store to be damaged, and who reads its texts again; see damaged_stores.
@pytest.fixture
def reader(monkeypatch) -> list[str]:
    """The ids of what was read, in order."""
    return stand_in(monkeypatch, lambda document: FOUND[document.id])


@pytest.fixture(scope="session")
def sound(tmp_path_factory) -> bytes:
    return sound_store(tmp_path_factory.mktemp("sound") / "a.kg")


@pytest.fixture
def store(tmp_path, sound) -> Path:
    path = tmp_path / "a.kg"
    path.write_bytes(sound)
    return path


@pytest.fixture(scope="session")
def judge() -> Path:
    """A folder with the scripts of `tests/node` and the packages of Gephi Lite that they need."""
    return node_packages("KG_REQUIRE_NODE")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium; the page it shows is whatever the test before left there."""
    chromium = find_chromium()
    found = Browser(node_packages("KG_REQUIRE_BROWSER"), chromium)
    yield found
    found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory, small_extractions):
    """A server of the small graph: one second for a query, fifty rows for its answer."""
    path = tmp_path_factory.mktemp("serve") / "a.kg"
    keep(path, small_extractions)
    with serving(path, "--timeout", "1", "--limit", "50") as found:
        yield found


FAULTS = Path(__file__).parent / "gold" / "faults.txt"
IN_MEMORY = Path("/dev/shm")
ENOUGH = 4 << 30


def pytest_configure(config: pytest.Config) -> None:
    """What is loaded and collected stays to the end: nothing of it is garbage, see `pytest_collection_finish`.

    With --cov, the Python that forks commands is told where to put what it measures. What tests write lies in memory
    where that has room: a thousand stores that are each written to the disk would be waited for. And what is compiled
    is kept for the hundreds of processes that tests start, whatever the environment says.
    """
    gc.disable()
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if getattr(config.option, "cov_source", None):
        os.environ["KG_COVERAGE"] = os.path.abspath(os.environ.get("COVERAGE_FILE", ".coverage"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of sentences that kg gets wrong today have to fail: whoever mends one takes its line out of faults.txt."""
    known = {line for line in FAULTS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    for item in items:
        if item.nodeid in known:
            item.add_marker(pytest.mark.xfail(strict=True, reason="in tests/gold/faults.txt"))
    mark_slow(items)
    slow_files_first(items)


def pytest_collection_finish() -> None:
    """From here on garbage is collected, and thousands of tests and the modules that they loaded are not looked through."""
    gc.freeze()
    gc.enable()
