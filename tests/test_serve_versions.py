"""What `kg serve` does when its file is built anew, deleted, or spoilt: it shows one version, whole."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from serving import CLIENT, SELECT, ask, keep, running, until

from kg.records import Document, Extraction

pytestmark = pytest.mark.slow  # each test starts a server of its own and waits for its versions

NEWS = Document("neu.txt", "Nichts.", title="Neues aus Moers")

TITLES = "SELECT ?t { ?d a schema:Article ; rdfs:label ?t }"


@pytest.fixture
def store(tmp_path, small_extractions):
    path = tmp_path / "a.kg"
    keep(path, small_extractions)
    return path


def build_anew(path, extractions) -> None:
    """Put a store with one more document in the place of another, as `kg build` does."""
    working = path.with_name("b.kg")
    keep(working, [*extractions, (NEWS, Extraction((), ()))])
    os.replace(working, path)


def is_new(response) -> bool:
    return "Neues aus Moers" in response.text


def test_a_store_that_is_built_anew_is_served_whole(store, small_extractions):
    """While it changes, every answer is of the version that its header names."""
    with running(store) as server:
        paths = [f"{server.address}{path}" for path in ("/page/document/neu.txt", "/explorer", "/site.json")]
        first = ask(server.address, SELECT).headers["KG-Version"]
        build_anew(store, small_extractions)
        found = []

        def look() -> bool:
            found.append(now := ask(server.address, TITLES))
            found.extend(CLIENT.get(path) for path in paths)
            return now.headers["KG-Version"] != first

        until(look)
        look()
    versions = {response.headers["KG-Version"] for response in found}
    assert len(versions) == 2
    for response in found:
        new = response.headers["KG-Version"] != first
        if response.url.path == "/site.json":
            assert response.status_code == 200
        elif response.url.path.startswith("/page"):
            assert (response.status_code, is_new(response)) == (200 if new else 404, new)
        else:
            assert (response.status_code, is_new(response)) == (200, new)
    assert server.log == [f"kg: {store}: changed; its new version is served from now on\n"]


def test_a_request_ends_in_the_version_in_which_it_began(store, small_extractions):
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(STR(?a)) > 9999) }"
    with running(store, "--timeout", "8") as server, ThreadPoolExecutor(1) as pool:
        first = ask(server.address, SELECT).headers["KG-Version"]
        asked = pool.submit(ask, server.address, slow)
        build_anew(store, small_extractions)
        until(lambda: ask(server.address, SELECT).headers["KG-Version"] != first)
        response = asked.result(timeout=30)
        assert (response.headers["KG-Version"], response.status_code in (200, 503)) == (first, True)
        assert is_new(ask(server.address, TITLES))


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (os.unlink, "{}: is gone; the version read before is served on"),
        (lambda path: path.write_bytes(b"Unsinn"), "{}: no kg store; pass a .kg file that `kg build` wrote, or another name; the version read before is served on"),
    ],
    ids=["deleted", "no store any more"],
)  # fmt: skip
def test_a_store_that_cannot_be_read_is_served_on(store, small_extractions, spoil, line):
    with running(store) as server:
        first = ask(server.address, SELECT).headers["KG-Version"]
        spoil(store)
        until(lambda: server.log)
        for path in ("/explorer", "/page/entity/Duisburg", "/data/entity/Duisburg", "/sparql", "/"):
            response = CLIENT.get(server.address + path)
            assert (response.status_code, response.headers["KG-Version"]) == (200, first)
        build_anew(store, small_extractions)
        until(lambda: is_new(ask(server.address, TITLES)))
        assert is_new(CLIENT.get(f"{server.address}/explorer"))
    changed = f"kg: {store}: changed; its new version is served from now on\n"
    assert server.log == [f"kg: {line.format(store)}\n", changed]


def test_an_rdf_file_is_served_anew_too(tmp_path, small_graph):
    path = tmp_path / "a.ttl"
    small_graph.write(path)
    with running(path) as server:
        assert ask(server.address, SELECT).json()["results"]["bindings"]
        path.write_text("<urn:a> <urn:b> 'Neues aus Moers' .", encoding="utf-8")
        until(lambda: is_new(ask(server.address, "SELECT * { ?s ?p ?o }")))


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    """Where a server keeps what it laid down."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("pattern", ["*", "*/first", "*/*/triples.nq", "*/*/graph.pickle"])
def test_what_was_tidied_away_is_laid_down_again(store, temporary, pattern):
    with running(store) as server:
        first = ask(server.address, SELECT).headers["KG-Version"]
        [found] = temporary.glob(pattern)
        shutil.rmtree(found) if found.is_dir() else found.unlink()
        until(lambda: server.log)
        for pid in workers(server):
            with suppress(ProcessLookupError):  # one of the version before, which has ended in between
                os.kill(pid, signal.SIGKILL)
        response = ask(server.address, SELECT)
        assert (response.status_code, response.headers["KG-Version"]) == (200, first)
        assert CLIENT.get(f"{server.address}/explorer").status_code == 200
    again = f"kg: {store}: read again, since what was laid down of it is gone; its new version is served from now on\n"
    assert server.log[0] == again
    assert set(server.log[1:]) <= {"kg: a process that answers queries was ended (SIGKILL)\n"}
    assert list(temporary.glob("kg-serve-*")) == []


def workers(server) -> list[int]:
    """The processes that a server has started."""
    with open(f"/proc/{server.process.pid}/task/{server.process.pid}/children", encoding="ascii") as found:
        return list(map(int, found.read().split()))


@pytest.mark.skipif(sys.platform == "win32", reason="keeps no file that is open from being deleted")
def test_a_new_version_that_has_no_place_is_served_once_it_has(store, small_extractions, temporary):
    with running(store) as server:
        shutil.rmtree(temporary)
        temporary.touch()
        build_anew(store, small_extractions)
        until(lambda: server.log)
        assert ask(server.address, SELECT).status_code == 200
        temporary.unlink()
        temporary.mkdir()
        until(lambda: is_new(ask(server.address, TITLES)))
    assert server.log[0] == (
        f"kg: {store}: cannot be laid down in {temporary} (Not a directory); the version read before is served on\n"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("first", [0, -1], ids=["in the order of their start", "the youngest first"])
def test_who_ends_all_processes_while_a_version_starts_is_told_nothing(store, small_extractions, first):
    """As systemd ends a service: the signal comes to the server and to all that it has started."""
    with running(store) as server:
        before = set(workers(server))
        build_anew(store, small_extractions)
        until(lambda: len(set(workers(server)) - before) >= len(before))
        for pid in [server.process.pid, *workers(server)][:: 1 + 2 * first]:
            os.kill(pid, signal.SIGTERM)
        assert server.process.wait(timeout=20) == -signal.SIGTERM
    assert server.log == []
