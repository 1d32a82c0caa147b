"""The readers of training corpora, on samples small enough to read."""

from __future__ import annotations

import random

import pytest

spacy = pytest.importorskip("spacy")

from spacy.tokens import Doc  # noqa: E402
from spacy.training import Example  # noqa: E402

from kg.training.bio import map_tag, mark_spans, parse_bio  # noqa: E402
from kg.training.conllu import parse_block  # noqa: E402
from kg.training.evaluate import Score, compare, name_facts, syntax_facts  # noqa: E402
from kg.training.sentences import Sentence, group_sentences, join_sentences, make_doc, space_words  # noqa: E402
from kg.training.treebank import FeatureStyle, guess_degree, make_sentence  # noqa: E402
from kg.training.typography import QUOTES, rewrite, swap_signs, vary  # noqa: E402
from kg.training.unify import unify_tree, unify_word  # noqa: E402


def conllu(*rows: str) -> list:
    """Parse "form lemma UPOS XPOS feats head deprel [misc]" rows, "a-b form" rows for contractions."""
    lines, number = ["# text = …"], 0
    for row in rows:
        fields = row.split()
        if len(fields) == 2:
            lines.append("\t".join([*fields, *"________"]))
            continue
        number += 1
        form, lemma, upos, xpos, feats, head, deprel, *misc = fields
        lines.append("\t".join([str(number), form, lemma, upos, xpos, feats, head, deprel, "_", *(misc or "_")]))
    return parse_block(lines)


@pytest.fixture
def in_the_city() -> list:
    return conllu(
        "Er er PRON PPER _ 2 nsubj",
        "lebt leben VERB VVFIN _ 0 root",
        "3-4 im",
        "in in ADP APPR _ 6 case",
        "dem der DET ART Case=Dat 6 det",
        "alten alt ADJ ADJA _ 6 amod",
        "Haus Haus NOUN NN _ 2 obl SpaceAfter=No",
        ". . PUNCT $. _ 2 punct",
    )


def test_a_contraction_is_one_word(in_the_city):
    assert [word.form for word in in_the_city] == ["Er", "lebt", "im", "alten", "Haus", "."]
    im = in_the_city[2]
    assert (im.lemma, im.upos, im.xpos, im.feats, im.deprel) == ("in", "ADP", "APPRART", "", "case")
    assert [word.head for word in in_the_city] == [1, 1, 4, 4, 1, 1]
    assert [word.space for word in in_the_city] == [True, True, True, True, False, True]


@pytest.mark.parametrize(
    ("what", "rows", "relations"),
    [
        (
            "a name behind a title is an apposition",
            [
                "Präsident _ NOUN NN _ 4 nsubj",
                "Bill _ PROPN NE _ 1 flat:name",
                "Clinton _ PROPN NE _ 1 flat:name",
                "lacht _ VERB VVFIN _ 0 root",
            ],
            "3 nsubj, 0 appos, 1 flat, 3 root",
        ),
        ("genitives are nmod", ["Obamas _ PROPN NE _ 2 nmod:poss", "Beraterin _ NOUN NN _ 0 root"], "1 nmod, 1 root"),
        (
            "possessives are det:poss",
            ["Seine _ DET PPOSAT Poss=Yes 2 det", "Frau _ NOUN NN _ 0 root"],
            "1 det:poss, 1 root",
        ),
        (
            "an object with a preposition is obl",
            [
                "Sie _ PRON PPER _ 4 nsubj",
                "an _ ADP APPR _ 3 case",
                "ihn _ PRON PPER _ 4 obj",
                "denkt _ VERB VVFIN _ 0 root",
            ],
            "3 nsubj, 2 case, 3 obl, 3 root",
        ),
        (
            "under a noun it is nmod",
            ["Suche _ NOUN NN _ 0 root", "nach _ ADP APPR _ 3 case", "ihm _ PRON PPER _ 1 obj"],
            "0 root, 2 case, 0 nmod",
        ),
        (
            "a dative object is obl:arg",
            ["den _ DET ART Case=Dat 2 det", "Kunden _ NOUN NN _ 3 obj", "hilft _ VERB VVFIN _ 0 root"],
            "1 det, 2 obl:arg, 2 root",
        ),
        (
            "who does it in a passive is obl:agent",
            [
                "von _ ADP APPR _ 2 case",
                "Meyer _ PROPN NE _ 3 obl",
                "gebaut _ VERB VVPP _ 0 root",
                "wurde _ AUX VAFIN _ 3 aux:pass",
            ],
            "1 case, 2 obl:agent, 2 root, 2 aux:pass",
        ),
        (
            "an acl with a relative pronoun is acl:relcl",
            ["Haus _ NOUN NN _ 0 root", "das _ PRON PRELS PronType=Rel 3 nsubj", "brennt _ VERB VVFIN _ 1 acl"],
            "0 root, 2 nsubj, 0 acl:relcl",
        ),
        (
            "wenn opens an advcl",
            ["Geht _ VERB VVFIN _ 0 root", "wenn _ SCONJ KOUS _ 3 mark", "regnet _ VERB VVFIN _ 1 ccomp"],
            "0 root, 2 mark, 0 advcl",
        ),
        (
            "dass opens a ccomp",
            ["Sagt _ VERB VVFIN _ 0 root", "dass _ SCONJ KOUS _ 3 mark", "regnet _ VERB VVFIN _ 1 ccomp"],
            "0 root, 2 mark, 0 ccomp",
        ),
        (
            "a pronominal adverb is advmod",
            ["dafür _ ADV PROAV _ 2 obj", "sorgen _ VERB VVFIN _ 0 root"],
            "1 advmod, 1 root",
        ),
    ],
)
def test_one_label_means_one_thing(what, rows, relations):
    tree = unify_tree(conllu(*rows))
    assert ", ".join(f"{word.head} {word.deprel}" for word in tree) == relations, what


@pytest.mark.parametrize(
    ("row", "source", "expected"),
    [
        ("kam kommen VERB VBC Mood=Ind 0 root", "pud", ("VERB", "VVFIN", "Mood=Ind|VerbForm=Fin", "kommen")),
        ("kann können AUX VBC Mood=Ind 0 root", "pud", ("AUX", "VMFIN", "Mood=Ind|VerbForm=Fin", "können")),
        ("oft oft ADV RB Degree=Pos 0 root", "pud", ("ADV", "", "", "oft")),
        ("Mitbenutzern Benutzer NOUN NN Case=Dat 0 root", "hdt", ("NOUN", "NN", "Case=Dat", "")),
        ("für für ADP APPR AdpType=Prep|Case=Acc 0 root", "hdt", ("ADP", "APPR", "", "")),
        ("dieser _ PRON PDAT Case=Nom 0 root", "silver", ("DET", "PDAT", "Case=Nom", "")),
    ],
)
def test_words_follow_the_style_of_gsd(row, source, expected):
    word = unify_word(conllu(row)[0], source)
    assert (word.upos, word.xpos, word.feats, word.lemma) == expected


def test_features_out_of_style_are_forgotten_not_learned():
    gold = [conllu("das der DET ART Case=Nom|PronType=Art 2 det", "Haus Haus NOUN NN Case=Nom|Number=Sing 0 root")]
    words = conllu("Haus Haus NOUN NN Number=Sing 0 root")
    sentence = make_sentence(words, "hdt", FeatureStyle(gold))
    assert (sentence.pos, sentence.morphs, sentence.tags) == ([""], [""], ["NN"])


@pytest.mark.parametrize(
    ("form", "degree"),
    [
        ("größte", "Sup"),
        ("kleinere", "Cmp"),
        ("groß", "Pos"),
        ("essener", "Pos"),
        ("schönere", "Cmp"),
    ],
)
def test_degree_is_guessed_from_the_ending(form, degree):
    assert guess_degree(form) == degree


@pytest.mark.parametrize(
    ("tag", "ours"),
    [
        ("B-OTH", "B-MISC"),
        ("I-OTH", "I-MISC"),
        ("B-PER", "B-PER"),
        ("B-LOCDERIV", "O"),
        ("B-ORGPART", "O"),
        ("O", "O"),
        ("B-organization-company", "B-ORG"),
        ("B-date", "O"),
    ],
)
def test_name_types_of_the_corpora(tag, ours):
    assert map_tag(tag) == ours


def test_bio_sentences_get_their_spaces_back():
    lines = ["Meyer\tB-PER\n", "liest\tO\n", '"\tO\n', "Emma\tB-OTH\n", '"\tO\n', ".\tO\n", "\n", "Ende\tO\n"]
    first, second = parse_bio(lines)
    doc = make_doc(spacy.blank("de").vocab, [first, second])
    assert doc.text == 'Meyer liest "Emma". Ende '
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Meyer", "PER"), ("Emma", "MISC")]


def test_a_span_inside_a_token_is_no_name():
    doc = spacy.blank("de")("Vivantes-Kliniken in Berlin-Mitte")
    spans = [(0, 8, "organization-company"), (21, 33, "location"), (18, 20, "date")]
    assert mark_spans(doc, spans).ents == ["O", "O", "B-LOC"]


def test_spaces_around_punctuation():
    words = ["Er", "(", "63", ")", "rief", ":", "„", "Nein", "!", "“"]
    assert space_words(words) == [True, False, False, True, False, True, False, False, False, True]


def test_joined_sentences_keep_their_heads():
    one = Sentence(["Er", "kam"], [True, True], heads=[1, 1], deps=["nsubj", "root"])
    both = join_sentences([one, one])
    assert (both.heads, both.deps, both.tags) == ([1, 1, 3, 3], ["nsubj", "root"] * 2, None)


def test_groups_cover_everything_in_order():
    sentences = [Sentence([str(i)], [True]) for i in range(20)]
    groups = list(group_sentences(sentences, random.Random(1), most=4))
    assert [s for group in groups for s in group] == sentences
    assert {len(group) for group in groups} <= {1, 2, 3, 4}


def test_quotes_change_in_pairs():
    words = ["Er", "rief", '"', "Nein", '"', "-", "laut"]
    makes = {(w[2], w[4]) for w in (swap_signs(words, random.Random(seed)) for seed in range(60))}
    assert makes == set(QUOTES)
    assert swap_signs(["3", '"', "hoch"], random.Random(0)) == ["3", '"', "hoch"]


def test_rewriting_keeps_annotation_and_what_is_unknown():
    vocab = spacy.blank("de").vocab
    doc = make_doc(
        vocab,
        [
            Sentence(
                ["Meyer", "kam", "."],
                [True, False, True],
                tags=["NE", "", "$."],
                pos=["PROPN", "", "PUNCT"],
                morphs=["Case=Nom", "", ""],
                ents=["B-PER", "", "O"],
            )
        ],
    )
    short = rewrite(doc, ["Meyer", "kam"])
    assert short.text == "Meyer kam"
    assert [(t.tag_, t.pos_, t.ent_iob) for t in short] == [("NE", "PROPN", 3), ("", "", 0)]
    aligned = Example(Doc(vocab, words=["Meyer", "kam"]), short).get_aligned("MORPH", as_string=True)
    assert aligned == ["Case=Nom", ""]


def test_varied_examples_still_align():
    nlp = spacy.blank("de")
    one = Sentence(
        ["Er", "rief", ":", '"', "Nein", '"', "."],
        [True, False, True, False, False, False, True],
        heads=[1, 1, 1, 4, 1, 4, 1],
        deps=["nsubj", "root", "punct", "punct", "ccomp", "punct", "punct"],
    )
    gold = make_doc(nlp.vocab, [one, one])
    for seed in range(40):
        (example,) = vary(nlp, Example(nlp.make_doc(gold.text), gold), rng=random.Random(seed))
        relations = [dep for dep in example.get_aligned("DEP", as_string=True) if dep]
        assert relations in ([*one.deps, *one.deps], [*one.deps, *one.deps[:-1]])


def test_scores_count_strict_spans():
    nlp = spacy.blank("de")
    gold = Doc(nlp.vocab, words=["Sören", "Link", "in", "Duisburg"], ents=["B-PER", "I-PER", "O", "B-LOC"])
    found = Doc(nlp.vocab, words=["Sören", "Link", "in", "Duisburg"], ents=["O", "B-PER", "O", "B-LOC"])
    scores = compare([(name_facts(gold), name_facts(found))])
    assert scores == {"PER": Score(0, 1, 1), "LOC": Score(1, 1, 1), "all": Score(1, 2, 2)}
    assert scores["all"].f1 == pytest.approx(50)


def test_trees_are_compared_by_place():
    vocab = spacy.blank("de").vocab
    tree = {"words": ["Er", "kam"], "heads": [1, 1], "deps": ["nsubj", "ROOT"]}
    gold, found = Doc(vocab, **tree), Doc(vocab, **{**tree, "deps": ["nsubj:pass", "root"]})
    scores = compare([(syntax_facts(gold), syntax_facts(found))])
    assert (scores["UAS"].right, scores["LAS"].right, scores["LAS universal"].right) == (2, 1, 2)
