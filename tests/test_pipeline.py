"""Which pipeline it is, and what makes a text worth reading again."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ModelError
from kg.reader import pipeline


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a pipeline's files, a big one among them, and a copy of our code beside it."""
    model = tmp_path / "model"
    (model / "parser").mkdir(parents=True)
    (model / "config.cfg").write_text("[nlp]")
    (model / "meta.json").write_text("{}")
    (model / "parser" / "model").write_bytes(b"\0" * 1_500_000)
    ours = shutil.ignore_patterns("models", "training", "__pycache__")
    shutil.copytree(pipeline.PACKAGE, tmp_path / "kg", ignore=ours)
    monkeypatch.setattr(pipeline, "PACKAGE", tmp_path / "kg")
    monkeypatch.setattr(pipeline, "fingerprint", pipeline.fingerprint.__wrapped__)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("model/parser/model", True),
        ("model/meta.json", True),
        ("kg/extract/clause/clauses.py", True),
        ("kg/language/nouns.toml", True),
        ("kg/ontology/relations.toml", True),
        ("kg/ontology/kinds.toml", True),
        ("kg/ontology/__init__.py", True),
        ("kg/reader/pipeline.py", True),
        ("kg/system/characters.py", True),
        ("kg/records.py", True),
        ("kg/cli/build.py", False),
        ("kg/extract/__pycache__/clauses.cpython-311.pyc", False),
    ],
)
def test_what_a_text_yields_depends_on(place, file, counts):
    before = pipeline.fingerprint(str(place / "model"))
    path = place / file
    path.parent.mkdir(exist_ok=True)
    content = path.read_bytes() if path.exists() else b"x"
    path.write_bytes(content[:-1] + b"#")  # as long as before
    assert (pipeline.fingerprint(str(place / "model")) != before) is counts


def test_another_spacy_may_read_a_text_otherwise(place, monkeypatch):
    before = pipeline.fingerprint(str(place / "model"))
    assert pipeline.fingerprint(str(place / "model")) == before
    monkeypatch.setattr(pipeline, "version", lambda name: f"{name} 99")
    assert pipeline.fingerprint(str(place / "model")) != before


def test_a_cpu_that_rounds_otherwise_may_read_a_text_otherwise(monkeypatch):
    before = pipeline.fingerprint.__wrapped__()
    assert pipeline.fingerprint.__wrapped__() == before
    monkeypatch.setattr("kg.reader.net.Net.rounding", lambda net: "an ulp less")
    assert pipeline.fingerprint.__wrapped__() != before


def test_the_fingerprint_does_not_load_spacy(place):
    code = (
        "import sys; from kg.reader import pipeline; pipeline.fingerprint(sys.argv[1]); print('spacy' in sys.modules)"
    )
    root = Path(pipeline.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", code, place / "model"], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    ("layout", "passed", "found"),
    [
        ("modell", "modell", "modell"),
        ("de_news/de_news-3.8.0", "de_news", "de_news/de_news-3.8.0"),
        ("tmp/anderes", "tmp", None),
        ("de_news/de_news-3.8.0/innen", "de_news", None),
        (".", "leer", None),
    ],
)
def test_a_folder_is_a_pipeline_or_holds_one_of_its_name(tmp_path, layout, passed, found):
    (tmp_path / passed).mkdir()
    (tmp_path / layout).mkdir(parents=True, exist_ok=True)
    for name in ("config.cfg", "meta.json"):
        (tmp_path / layout / name).write_text("")
    if found:
        assert pipeline.find_pipeline(str(tmp_path / passed)) == tmp_path / found
    else:
        with pytest.raises(ModelError, match=r"no spaCy pipeline in this folder .* pass the folder that nlp\.to_disk"):
            pipeline.find_pipeline(str(tmp_path / passed))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("»Er rief: ›Nein‹.«", "» Er rief : › Nein ‹ . «"),
        ("Ein Ex-›Tatort‹-Star kam.", "Ein Ex-›Tatort‹-Star kam ."),
        ("Bürger:innen, Kolleg*innen und (Schüler_innen)", "Bürger:innen , Kolleg*innen und ( Schüler_innen )"),
        ("Er sagte: innen sei es warm.", "Er sagte : innen sei es warm ."),
        ("Sie sagte:Innen ist es warm.", "Sie sagte : Innen ist es warm ."),
        (
            "Die EU-Abg. Rath und Vors. Tatz, dann Dr.-Ing. Ohm.",
            "Die EU-Abg. Rath und Vors. Tatz , dann Dr.-Ing. Ohm .",
        ),
    ],
)
def test_inner_quotes_are_cut_off_and_gendered_nouns_are_not(nlp, text, tokens):
    assert [token.text for token in nlp.make_doc(text)] == tokens.split()


@pytest.mark.parametrize(
    ("meta", "name"),
    [('{"lang": "de", "name": "news", "version": "1.2"}', "de_news 1.2"), ('{"lang": "de"}', "de_model")],
)
def test_a_pipeline_has_a_name_and_a_version(place, meta, name):
    (place / "model" / "meta.json").write_text(meta)
    assert pipeline.described(str(place / "model")) == name


@pytest.mark.parametrize("name", ["__main__", "x" * 300, "a\0b"], ids=["no place", "too long", "NUL"])
def test_a_name_that_can_be_none_is_named(name):
    with pytest.raises(ModelError, match="no such German spaCy pipeline"):
        pipeline.find_pipeline(name)


@pytest.mark.parametrize("file", ["kg_reader/labels.json", "kg_reader/net.onnx", "meta.json"])
def test_a_pipeline_with_an_empty_file_is_no_interruption(tmp_path, file):
    shutil.copytree(pipeline.BUNDLED, tmp_path / "model")
    (tmp_path / "model" / file).write_bytes(b"")
    with pytest.raises(ModelError, match=r"cannot be loaded|damaged"):
        pipeline.load.__wrapped__(str(tmp_path / "model"))


@pytest.mark.parametrize("meta", ["{", "null", '"x"', "[1]", "[" * 100_000], ids=lambda text: text[:5])
def test_a_damaged_pipeline_is_named(place, meta):
    (place / "model" / "meta.json").write_text(meta)
    with pytest.raises(ModelError, match=r"meta\.json: damaged .*; install the pipeline again"):
        pipeline.described(str(place / "model"))
