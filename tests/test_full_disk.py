"""On a full disk, or past the limit of file sizes, the old files and stores stay, and each that cannot be written is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import MODEL, complains, contents, environment, fill, how_many, run, shell
from machine import ROOT, unix

import kg
from kg.knowledge_graph import KnowledgeGraph
from kg.show import explorer


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_graph, small_extractions) -> Path:
    return fill(tmp_path_factory.mktemp("disk"), small_graph, small_extractions)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 240 kB, with some old files on it."""
    place = tmp_path / "klein"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=240k", "none", str(place)]
    if not ROOT or not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root mounts a small disk")
    shutil.copy(Path(explorer.__file__).with_name("explorer.html"), place / "a.html")
    for name in ("a.ttl", "a.jsonl", "a.rdf", "tabellen/"):
        KnowledgeGraph((kg.Document("alt", "Alt."),), (), ()).write(f"{place}/{name}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_on_a_full_disk_the_old_files_stay(small_disk, folder):
    with (small_disk / "voll").open("wb") as full, pytest.raises(OSError, match="No space left"):
        full.write(b"x" * 300_000)
    before = contents(small_disk)
    names = ("a.ttl", "a.html", "a.jsonl", "a.rdf", "tabellen/", "neu.nt")
    done = run("export", folder / "a.kg", *names, cwd=small_disk)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (2, "", len(names))
    for name, line in zip(names, lines, strict=True):
        assert line.startswith(f"kg: {name}")
        assert line.endswith("cannot be written (No space left on device); check disk and permissions")
    assert contents(small_disk) == before


@pytest.mark.parametrize(("there", "room"), [(False, 145_000), (False, 4096), (False, 0), (True, 50_000), (True, 0)])
@pytest.mark.slow
def test_on_a_full_disk_the_old_store_stays(small_disk, folder, there, room):
    if there:
        kg.build(kg.Document("alt", "Ohne Verb."), store=small_disk / "a.kg")
    with (small_disk / "voll").open("wb") as full, pytest.raises(OSError, match="No space left"):
        full.write(b"x" * 300_000)
    os.truncate(small_disk / "voll", (small_disk / "voll").stat().st_size - room)
    (small_disk.parent / "brief.jsonl").write_text(
        "".join(f'{{"text": "Angela Merkel besuchte Paris {n} Mal. {"Und so weiter. " * 300}"}}\n' for n in range(9))
    )
    before = contents(small_disk)
    build = ("build", small_disk.parent / "brief.jsonl", "-o", "a.kg", "--replace")
    assert complains(run(*build, cwd=small_disk, **MODEL)).startswith("kg: a.kg: ")
    left = small_disk / ".a.kg.part"
    assert contents(small_disk) == before | ({str(left): left.read_bytes()} if left.exists() else {})
    read = how_many(left)
    assert left.exists() is (read > 0) is (room > 50_000)  # else not even a copy of the store had room, or an empty one
    if not read:
        return
    (small_disk / "voll").unlink()
    assert run(*build, cwd=small_disk, **MODEL).returncode == 0
    assert read < how_many(small_disk / "a.kg") == 9
    assert not left.exists()


@unix
@pytest.mark.slow
def test_past_the_limit_of_file_sizes_the_small_outputs_are_written(folder, tmp_path):
    done = shell("", "export", str(folder / "a.kg"), "a.html", "a.jsonld", cwd=tmp_path)
    assert done.returncode == 0
    (tmp_path / "a.jsonld").unlink()
    before = contents(tmp_path)
    command = f'ulimit -f 64; exec "{sys.executable}" -m kg export "{folder / "a.kg"}" a.html a.jsonld'
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True)
    assert complains(done) == "kg: a.html: cannot be written (File too large); check disk and permissions"
    assert (tmp_path / "a.jsonld").stat().st_size > 1000
    (tmp_path / "a.jsonld").unlink()
    assert contents(tmp_path) == before
