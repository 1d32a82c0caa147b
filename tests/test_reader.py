"""The parts of the reader that need no trained net: pieces, trees, lemmas, and the sentences that it learns from."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from kg.reader.component import make_reader
from kg.reader.decode import (
    FORBIDDEN,
    best_tree,
    decode_names,
    decode_relations,
    decode_trees,
    is_tree,
    transition_table,
)
from kg.reader.lemmas import apply_script, make_script
from kg.reader.pieces import UNKNOWN, Pieces
from kg.reader.pipeline import BUNDLED, load

ROOT = Path(__file__).parents[1]
TEST, LEARNED = ROOT / "tests" / "gold" / "reader", ROOT / "kg" / "training" / "gold"

PIECES = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁Duisburg", -9.0), ("▁Duis", -8.0), ("burg", -7.0),
          ("s", -3.0), ("▁", -2.0), ("b", -8.0)]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "spaced", "cut"),
    [
        ("Duisburg", True, ["▁Duisburg"]),
        ("Duisburgs", True, ["▁Duisburg", "s"]),
        ("burg", False, ["burg"]),
        ("burg", True, ["▁", "burg"]),
        ("burg漢字s", False, ["burg", "<unk>", "s"]),
        ("ﬆ", False, ["s", "<unk>"]),  # NFKC
        ("", False, ["<unk>"]),
    ],
)
def test_words_are_cut_the_likeliest_way(word, spaced, cut):
    assert [PIECES[number][0] for number in Pieces(PIECES).cut(word, spaced)] == cut


def test_a_word_without_end_keeps_its_head_and_its_tail():
    numbers = Pieces(PIECES).cut("burg" + "s" * 500, False)
    assert (len(numbers), PIECES[numbers[0]][0], PIECES[numbers[-1]][0]) == (32, "burg", "s")
    assert Pieces(PIECES).cut("x" * 10_000, False) == (UNKNOWN,)


@pytest.mark.parametrize(
    ("form", "lemma", "other", "of_other"),
    [
        ("Risiken", "Risiko", "Konten", None),
        ("gekauft", "kaufen", "gebaut", "bauen"),
        ("abgelöst", "ablösen", "eingeladet", None),
        ("besuchte", "besuchen", "suchte", "suchen"),
        ("Die", "der", "die", "der"),
        ("Duisburgs", "Duisburg", "Bremens", "Bremen"),
        ("SPD", "SPD", "CDU", "CDU"),
        ("İstanbul", "İstanbul", "x", "İstanbul"),
    ],
)
def test_a_script_makes_the_lemma_of_its_form_and_of_others(form, lemma, other, of_other):
    script = make_script(form, lemma)
    assert apply_script(form, script) == lemma
    if of_other:
        assert apply_script(other, script) == of_other


def test_a_script_that_needs_more_letters_than_there_are_makes_nothing():
    assert apply_script("ge", make_script("gekauften", "kaufen")) is None


LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def test_two_names_side_by_side_are_two():
    # „Olaf Scholz Kiew“: the last word looks like the middle of a place, which none before it begins
    scores = np.array([[0, 5, 0, 0, 0], [0, 0, 5, 0, 0], [0, 0, 1, 3, 4]], np.float32)
    path = decode_names(scores, transition_table(LABELS), LABELS)
    assert [LABELS[number] for number in path] == ["B-PER", "I-PER", "B-LOC"]


def test_arcs_that_run_in_a_circle_become_the_best_tree_with_one_root():
    scores = np.array([[1, FORBIDDEN, 9, 0], [1, 9, FORBIDDEN, 0], [2, 0, 3, FORBIDDEN]], np.float32)
    assert best_tree(scores) == [0, 1, 2]
    assert decode_trees(scores, [0]) == [0, 0, 1]


@pytest.mark.parametrize(("words", "trees"), [(2, 20), (3, 20), (5, 20), (12, 20), (40, 4)])
@pytest.mark.slow
def test_the_best_tree_is_that_of_networkx(words, trees):
    for seed in range(trees):
        scores = np.random.default_rng(seed).normal(size=(words, words + 1)).astype(np.float32)
        for i in range(words):
            scores[i, i + 1] = FORBIDDEN
        graph = nx.DiGraph()
        for i, row in enumerate(scores):
            graph.add_edge(0, i + 1, weight=float(row[0]) - 1000)
            graph.add_weighted_edges_from((j, i + 1, float(row[j])) for j in range(1, words + 1) if j != i + 1)
        best = {(dependent, head) for head, dependent in nx.maximum_spanning_arborescence(graph).edges}
        assert {(i + 1, head) for i, head in enumerate(best_tree(scores))} == best


def test_each_sentence_has_a_tree_of_its_own():
    arcs = np.random.default_rng(1).normal(size=(60, 61)).astype(np.float32)
    heads = decode_trees(arcs, [0, 13, 14, 40])
    for start, end in ((0, 13), (13, 14), (14, 40), (40, 60)):
        assert all(start <= head < end for head in heads[start:end])
        assert is_tree([0 if head == i else head - start + 1 for i, head in enumerate(heads[start:end], start)])


@pytest.mark.parametrize(
    ("scores", "heads", "relations"),
    [
        # „Den Preis gewann sie“: both look like objects, but a verb has one
        ([[1, 3, 0], [0, 0, 9], [2, 3, 0]], [1, 1, 1], ["obj", "root", "nsubj"]),
        # of two that are sure, the surer one stays, and the other one is what it is next
        ([[9, 1, 0], [0, 0, 9], [8, 7, 0]], [1, 1, 1], ["nsubj", "root", "obj"]),
        # subjects of two verbs do not mind one another
        ([[9, 1, 0], [0, 0, 9], [9, 1, 0], [0, 0, 9]], [1, 1, 3, 3], ["nsubj", "root", "nsubj", "root"]),
    ],
)
def test_a_verb_has_one_subject_and_one_object(scores, heads, relations):
    labels = ("nsubj", "obj", "root")
    assert [labels[n] for n in decode_relations(np.array(scores, np.float32), heads, labels)] == relations


@pytest.fixture(scope="module")
def nlp():
    return load()


@pytest.mark.parametrize(
    ("text", "names", "acting"),
    [
        ("Am Freitag besuchte Olaf Scholz Kiew.", ["Olaf Scholz PER", "Kiew LOC"], ["Scholz nsubj", "Kiew obj"]),
        ("2015 kaufte Nokia Alcatel.", ["Nokia ORG", "Alcatel ORG"], ["Nokia nsubj", "Alcatel obj"]),
        ("Später heiratete Anna Kern Otto Brandt.", ["Anna Kern PER", "Otto Brandt PER"], ["Kern nsubj", "Brandt obj"]),
        ("Die Opposition kritisierte Till Horn.", ["Till Horn PER"], ["Opposition nsubj", "Horn obj"]),
        ("Als Merkel Paris besuchte, regnete es.", ["Merkel PER", "Paris LOC"], ["Merkel nsubj", "Paris obj"]),
    ],
)
def test_names_side_by_side_are_two_and_one_of_them_acts(nlp, text, names, acting):
    doc = nlp(text)
    assert [f"{name.text} {name.label_}" for name in doc.ents] == names
    found = {token.text: token.head.dep_ if token.dep_ == "flat" else token.dep_ for token in doc}
    assert [f"{word} {found[word]}" for word in (entry.split()[0] for entry in acting)] == acting


def test_what_a_text_yields_depends_on_nothing_else(nlp):
    short, long = "Kern verklagte Bosch.", "Am Montag traf Eva Horn in Köln Otto Brandt, den Chef der Bahn. " * 40
    alone = [nlp(text).to_bytes() for text in (short, long)]
    assert [doc.to_bytes() for doc in nlp.pipe([short, long, short])] == [*alone, alone[0]]
    assert len(list(nlp(long).sents)) == 40


def test_white_space_hangs_on_the_word_before_it(nlp):
    doc = nlp("Kern  besuchte\n\nKöln.")
    assert [(token.dep_, token.head.text) for token in doc if token.is_space] == [("dep", "Kern"), ("dep", "besuchte")]


@pytest.mark.slow
@pytest.mark.slow
def test_spacy_alone_finds_the_component(nlp):
    code = "import spacy, sys; print([e.text for e in spacy.load(sys.argv[1])('Gestern besuchte Merkel Paris.').ents])"
    done = subprocess.run([sys.executable, "-c", code, str(BUNDLED)], capture_output=True, text=True, check=True)
    assert done.stdout == "['Merkel', 'Paris']\n"
    again = make_reader(nlp, "again").from_bytes(nlp.get_pipe("kg_reader").to_bytes())
    assert again.labels == nlp.get_pipe("kg_reader").labels
    with pytest.raises(ValueError, match="has no net"):
        make_reader(nlp, "empty")(nlp.make_doc("Kern"))


def rows(path: Path) -> Iterator[list[list[str]]]:
    """The sentences of a CoNLL-U file."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        found = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if found:
            yield found


@pytest.mark.parametrize(
    "path", sorted([*TEST.glob("*.conllu"), *LEARNED.glob("*.conllu")]), ids=lambda path: path.name
)
def test_what_readers_labelled_are_trees_and_names(path):
    for sentence in rows(path):
        assert is_tree([int(row[6]) for row in sentence])
        assert all((row[6] == "0") == (row[7] == "root") for row in sentence)
        before = "O"
        for row in sentence:
            name = dict(pair.split("=") for pair in row[9].split("|"))["NER"]
            assert name[0] != "I" or before[2:] == name[2:], sentence
            before = name


def test_nothing_is_learned_that_is_tested():
    learned, tested = (
        {" ".join(row[1] for row in s) for p in folder.glob("*.conllu") for s in rows(p)} for folder in (LEARNED, TEST)
    )
    pairs = [json.loads(line) for line in (TEST / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(learned) >= 1000
    assert len(tested) >= 490
    assert len(pairs) == 120
    assert not learned & tested
    flat = {sentence.replace(" ", "") for sentence in learned}
    assert not flat & {pair["text"].replace(" ", "") for pair in pairs}


@pytest.mark.parametrize(
    ("entry", "past", "participle"),
    [
        ("ab|lösen", "löste", "abgelöst"),
        ("genehmigen", "genehmigte", "genehmigt"),
        ("umarmen", "umarmte", "umarmt"),
        ("aus|zeichnen", "zeichnete", "ausgezeichnet"),
        ("steigern", "steigerte", "gesteigert"),
        ("finanzieren", "finanzierte", "finanziert"),
    ],
)
def test_weak_verbs_of_made_up_sentences(entry, past, participle):
    from kg.training.grammar.verbs import weak

    assert (weak(entry).past[0], weak(entry).participle) == (past, participle)


def test_nouns_of_made_up_sentences_are_declined():
    from kg.training.grammar.nouns import ACCUSATIVE, DATIVE, GENITIVE, NOMINATIVE, Noun, decline

    phrases = {
        case: {
            " ".join(t.form for t in decline(Noun.read("m Plan Plans"), case, random.Random(n)).tokens)
            for n in range(400)
        }
        for case in (NOMINATIVE, ACCUSATIVE, DATIVE, GENITIVE)
    }
    assert {"der Plan", "ein Plan", "sein Plan", "der neue Plan", "ein neuer Plan"} <= phrases[NOMINATIVE]
    assert {"den Plan", "diesen Plan", "den neuen Plan"} <= phrases[ACCUSATIVE]
    assert {"dem Plan", "einem neuen Plan"} <= phrases[DATIVE]
    assert {"des Plans", "des neuen Plans"} <= phrases[GENITIVE]
    assert not any(phrase.startswith(("den", "einen")) for phrase in phrases[NOMINATIVE])


@pytest.fixture
def few_names():
    """The names that sentences are made up with here."""
    from kg.training.names import Names
    from kg.training.sentences import Sentence

    return Names([Sentence(["Kiew", "Bosch", "Olaf", "Scholz"], [True] * 4, ents=["B-LOC", "B-ORG", "B-PER", "I-PER"])])


def test_subjects_of_made_up_sentences_stand_in_the_nominative(few_names):
    from kg.training.grammar import generate

    for sentence in generate(few_names, 3000, random.Random(2)):
        for i, head in enumerate(sentence.heads):
            if sentence.words[i].lower() in ("den", "einen", "dem", "diesen") and sentence.deps[i] == "det":
                assert not sentence.deps[head].startswith("nsubj"), " ".join(sentence.words)


def test_articles_of_made_up_sentences_have_the_case_of_their_nouns(few_names):
    from kg.training.grammar import generate

    wrong = {"obj": ("der", "dem", "einem", "einer"), "obl:arg": ("die", "das", "ein", "eine"), "nsubj": ("den", "dem")}
    for sentence in generate(few_names, 3000, random.Random(3)):
        for form, head, relation, ent in zip(sentence.words, sentence.heads, sentence.deps, sentence.ents, strict=True):
            if relation == "det" and ent == "O":  # titles of works stay as they are
                assert form.lower() not in wrong.get(sentence.deps[head], ()), " ".join(sentence.words)


def test_made_up_sentences_have_one_tree_and_names_where_they_stand(few_names):
    from kg.training.grammar import generate

    made = generate(few_names, 400, random.Random(1))
    assert generate(few_names, 400, random.Random(1)) == made
    for sentence in made:
        assert is_tree([0 if head == i else head + 1 for i, head in enumerate(sentence.heads)])
        assert [d for d, h, i in zip(sentence.deps, sentence.heads, range(99), strict=False) if h == i] == ["root"]
        assert {label[2:] for label in sentence.ents} <= {"", "PER", "ORG", "LOC", "MISC", "LOCDERIV"}
    assert len({tuple(sentence.words) for sentence in made}) > 390
