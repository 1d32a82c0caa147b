"""How corpora become training data and scores become labels, on samples small enough to read."""

from __future__ import annotations

import random

import numpy as np
import pytest

spacy = pytest.importorskip("spacy")

from spacy.tokens import Doc  # noqa: E402

from kg.reader.decode import decode_names, decode_trees, is_tree, transition_table  # noqa: E402
from kg.training.bio import map_tag, mark_spans, parse_bio  # noqa: E402
from kg.training.conllu import join_parts, parse_block  # noqa: E402
from kg.training.evaluate import Score, add_up, bootstrap, compare, name_facts, syntax_facts  # noqa: E402
from kg.training.lemmas import Lexicon, lemmatize  # noqa: E402
from kg.training.lessons import NER_LABELS, allowed_labels, make_lessons  # noqa: E402
from kg.training.sentences import Sentence, group_sentences, join_sentences, make_doc, space_words  # noqa: E402
from kg.training.treebank import FeatureStyle, guess_degree, make_sentence  # noqa: E402
from kg.training.typography import QUOTES, swap_signs  # noqa: E402
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


def test_white_space_is_no_word():
    doc = spacy.blank("de")("Foto: Rolf Haid\xa0Bild: dpa  in Köln")
    sentence = mark_spans(doc, [(6, 15, "person"), (22, 25, "organization")])
    assert "".join(w + " " * s for w, s in zip(sentence.words, sentence.spaces, strict=True)).split() == (
        "Foto: Rolf Haid Bild: dpa in Köln".split()
    )
    assert [w for w, tag in zip(sentence.words, sentence.ents, strict=True) if tag != "O"] == ["Rolf", "Haid", "dpa"]


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


def test_intervals_hold_the_figure_and_come_out_the_same():
    texts = [{"PER": Score(1, 1, 1)}] * 30 + [{"PER": Score(0, 1, 1)}] * 10
    low, high = bootstrap(texts, "PER")
    assert low < add_up(texts)["PER"].f1 == 75 < high
    assert bootstrap(texts, "PER") == (low, high)


GAZA = """
1\tder\tder\tDET\tART\t_\t4\tdet\t_\t_
2\tGaza\tGaza\tPROPN\tNE\t_\t4\tcompound\t_\tSpaceAfter=No
3\t-\t-\tPUNCT\t$(\t_\t4\tpunct\t_\tSpaceAfter=No
4\tStreifens\tStreifen\tNOUN\tNN\tCase=Gen\t5\tnsubj\t_\t_
5\tbrennt\tbrennen\tVERB\tVVFIN\t_\t0\troot\t_\t_
"""


def test_compounds_are_one_word_if_their_parts_hang_together():
    words = join_parts(parse_block(GAZA.strip().splitlines()), spacy.blank("de").tokenizer)
    assert [(w.form, w.lemma, w.upos, w.head, w.deprel) for w in words] == [
        ("der", "der", "DET", 1, "det"),
        ("Gaza-Streifens", "Gaza-Streifen", "NOUN", 2, "nsubj"),
        ("brennt", "brennen", "VERB", 2, "root"),
    ]
    torn = GAZA.replace("4\tcompound", "5\tobj")
    assert len(join_parts(parse_block(torn.strip().splitlines()), spacy.blank("de").tokenizer)) == 5


LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


@pytest.mark.parametrize(
    ("scores", "tags"),
    [
        # a name does not go on before it has begun
        ([[0, 1, 3, 0, 0], [0, 0, 3, 0, 0]], ["B-PER", "I-PER"]),
        # nor in another type: the better beginning wins
        ([[0, 2, 0, 1, 0], [0, 0, 0, 0, 5]], ["B-LOC", "I-LOC"]),
        ([[3, 0, 0, 0, 0], [3, 0, 2, 0, 0]], ["O", "O"]),
    ],
)
def test_names_begin_before_they_go_on(scores, tags):
    path = decode_names(np.array(scores, np.float32), transition_table(LABELS), LABELS)
    assert [LABELS[k] for k in path] == tags


@pytest.mark.parametrize(
    ("heads", "tree"),
    [([2, 0, 2], True), ([0, 0, 2], False), ([2, 1, 0], False), ([2, 3, 1], False), ([0], True)],
)
def test_trees_have_one_root_and_no_circle(heads, tree):
    assert is_tree(heads) is tree


def test_each_sentence_has_its_own_tree():
    # "Er kam . Sie ging ." with the scores of each word for root, then words 0 to 5
    scores = np.full((6, 7), -5.0)
    for word, head in enumerate([2, 0, 2, 5, 0, 5]):
        scores[word, head] = 5
    scores[3, 2] = 9  # "Sie" would rather hang on the sentence before
    assert decode_trees(scores, [0, 3]) == [1, 1, 1, 4, 4, 4]


def test_a_tag_may_hide_what_its_corpus_does_not_mark():
    hidden = frozenset({"MISC"})
    assert {NER_LABELS[i] for i in allowed_labels("O", hidden)} == {"O", "B-MISC", "I-MISC"}
    assert {NER_LABELS[i] for i in allowed_labels("B-ORG", hidden)} == {"B-ORG"}
    assert len(allowed_labels("", hidden)) == len(NER_LABELS)


def test_lessons_know_where_their_sentences_start():
    sentences = [Sentence(["Ja", "."], [False, True]), Sentence(["Nein", "!"], [False, True])] * 3
    lessons = list(make_lessons(sentences, random.Random(1)))
    assert [word for lesson in lessons for word in lesson.text.words] == [w for s in sentences for w in s.words]
    assert all(lesson.text.words[start] in ("Ja", "Nein") for lesson in lessons for start in lesson.starts)
    assert sum(len(lesson.starts) for lesson in lessons) == 6


def test_lemmas_come_from_treebanks_where_these_agree():
    gold = Sentence(
        ["Die", "Risiken", "stiegen", "Risiken"],
        [True] * 4,
        pos=["DET", "NOUN", "VERB", "NOUN"],
        lemmas=["der", "Risiko", "steigen", "Risiko"],
    )
    lexicon = Lexicon([gold])
    assert [lexicon.find(*key) for key in [("die", "DET"), ("Die", "DET"), ("Risiken", "NOUN")]] == [
        "",
        "der",
        "Risiko",
    ]
    text = Sentence(["die", "Risiken", "wuchsen"], [True] * 3, pos=["", "NOUN", ""], lemmas=["", "", "wachsen"])
    assert lemmatize(text, lexicon) == ["", "Risiko", "wachsen"]
