"""Trees as de_core_news_* draws them (TIGER labels) must say what our own UD trees say. The Docs are built by hand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab
from tables import triples

from kg.extract.passes import extract_claims, of_doc
from kg.extract.tree.tiger import is_tiger, to_ud

# One word a line: text, lemma, STTS tag, UPOS, TIGER label, head (counted from 1, 0 for the root), entity.
SENTENCES = {
    "Siemens hat das Werk nicht verkauft .": """
        Siemens Siemens NE PROPN sb 2 ORG
        hat haben VAFIN AUX ROOT 0 -
        das der ART DET nk 4 -
        Werk Werk NN NOUN oa 6 -
        nicht nicht PTKNEG PART ng 6 -
        verkauft verkaufen VVPP VERB oc 2 -
        . -- $. PUNCT punct 2 -""",
    "Die Polizei warnt vor Betrügern .": """
        Die der ART DET nk 2 -
        Polizei Polizei NN NOUN sb 3 -
        warnt warnen VVFIN VERB ROOT 0 -
        vor vor APPR ADP op 3 -
        Betrügern Betrüger NN NOUN nk 4 -
        . -- $. PUNCT punct 3 -""",
    "Anna Schmidt und Peter Krause unterzeichneten den Vertrag .": """
        Anna Anna NE PROPN pnc 2 PER
        Schmidt Schmidt NE PROPN sb 6 PER
        und und KON CCONJ cd 2 -
        Peter Peter NE PROPN pnc 5 PER
        Krause Krause NE PROPN cj 3 PER
        unterzeichneten unterzeichnen VVFIN VERB ROOT 0 -
        den der ART DET nk 8 -
        Vertrag Vertrag NN NOUN oa 6 -
        . -- $. PUNCT punct 6 -""",
    "Opel wurde von Peugeot übernommen .": """
        Opel Opel NE PROPN sb 2 ORG
        wurde werden VAFIN AUX ROOT 0 -
        von von APPR ADP sbp 5 -
        Peugeot Peugeot NE PROPN nk 3 ORG
        übernommen übernehmen VVPP VERB oc 2 -
        . -- $. PUNCT punct 2 -""",
    "Jens Weidmann ist Präsident der Bundesbank .": """
        Jens Jens NE PROPN pnc 2 PER
        Weidmann Weidmann NE PROPN sb 3 PER
        ist sein VAFIN AUX ROOT 0 -
        Präsident Präsident NN NOUN pd 3 -
        der der ART DET nk 6 -
        Bundesbank Bundesbank NN NOUN ag 4 ORG
        . -- $. PUNCT punct 3 -""",
    "Der türkische Autor Emre Kaya warnt die Polizei .": """
        Der der ART DET nk 3 -
        türkische türkisch ADJA ADJ nk 3 -
        Autor Autor NN NOUN sb 6 -
        Emre Emre NE PROPN pnc 5 PER
        Kaya Kaya NE PROPN nk 3 PER
        warnt warnen VVFIN VERB ROOT 0 -
        die der ART DET nk 8 -
        Polizei Polizei NN NOUN oa 6 -
        . -- $. PUNCT punct 6 -""",
    "Siemens stellt die Produktion ein .": """
        Siemens Siemens NE PROPN sb 2 ORG
        stellt stellen VVFIN VERB ROOT 0 -
        die der ART DET nk 4 -
        Produktion Produktion NN NOUN oa 2 -
        ein ein PTKVZ ADP svp 2 -
        . -- $. PUNCT punct 2 -""",
    "Der Minister sagt , dass Siemens das Werk verkaufen wird .": """
        Der der ART DET nk 2 -
        Minister Minister NN NOUN sb 3 -
        sagt sagen VVFIN VERB ROOT 0 -
        , -- $, PUNCT punct 3 -
        dass dass KOUS SCONJ cp 10 -
        Siemens Siemens NE PROPN sb 10 ORG
        das der ART DET nk 8 -
        Werk Werk NN NOUN oa 9 -
        verkaufen verkaufen VVINF VERB oc 10 -
        wird werden VAFIN AUX oc 3 -
        . -- $. PUNCT punct 3 -""",
    "Clara Meier , Sprecherin der BVG , lehnte das ab .": """
        Clara Clara NE PROPN pnc 2 PER
        Meier Meier NE PROPN sb 8 PER
        , -- $, PUNCT punct 2 -
        Sprecherin Sprecherin NN NOUN app 2 -
        der der ART DET nk 6 -
        BVG BVG NE PROPN ag 4 ORG
        , -- $, PUNCT punct 8 -
        lehnte lehnen VVFIN VERB ROOT 0 -
        das der PDS PRON oa 8 -
        ab ab PTKVZ ADP svp 8 -
        . -- $. PUNCT punct 8 -""",
}


VOCAB = Vocab()


def tiger_doc(text: str) -> Doc:
    rows = [line.split() for line in SENTENCES[text].split("\n") if line.strip()]
    words, lemmas, tags, pos, deps, heads, entities = zip(*rows, strict=True)
    return Doc(
        VOCAB,
        words=list(words),
        lemmas=list(lemmas),
        tags=list(tags),
        pos=list(pos),
        deps=list(deps),
        heads=[int(head) - 1 if int(head) else i for i, head in enumerate(heads)],
        ents=["O" if e == "-" else ("I-" if i and entities[i - 1] == e else "B-") + e for i, e in enumerate(entities)],
        morphs=["VerbForm=Fin" if tag.endswith("FIN") else "VerbForm=Part" if tag == "VVPP" else "" for tag in tags],
    )


@pytest.mark.parametrize(
    ("text", "claim", "polarity", "modality", "speaker"),
    [
        ("Siemens hat das Werk nicht verkauft .", ("Siemens", "verkaufen", "das Werk"), "negative", "asserted", None),
        ("Die Polizei warnt vor Betrügern .", ("Die Polizei", "warnen vor", "Betrügern"), "positive", "asserted", None),
        ("Anna Schmidt und Peter Krause unterzeichneten den Vertrag .", ("Anna Schmidt", "unterzeichnen", "den Vertrag"), "positive", "asserted", None),
        ("Anna Schmidt und Peter Krause unterzeichneten den Vertrag .", ("Peter Krause", "unterzeichnen", "den Vertrag"), "positive", "asserted", None),
        ("Opel wurde von Peugeot übernommen .", ("Peugeot", "übernehmen", "Opel"), "positive", "asserted", None),
        ("Jens Weidmann ist Präsident der Bundesbank .", ("Jens Weidmann", "Präsident", "Bundesbank"), "positive", "asserted", None),
        ("Der türkische Autor Emre Kaya warnt die Polizei .", ("Emre Kaya", "türkisch", "türkische"), "positive", "asserted", None),
        ("Siemens stellt die Produktion ein .", ("Siemens", "einstellen", "die Produktion"), "positive", "asserted", None),
        ("Der Minister sagt , dass Siemens das Werk verkaufen wird .", ("Siemens", "verkaufen", "das Werk"), "positive", "planned", "Der Minister"),
        ("Clara Meier , Sprecherin der BVG , lehnte das ab .", ("Clara Meier", "Sprecherin", "BVG"), "positive", "asserted", None),
        ("Clara Meier , Sprecherin der BVG , lehnte das ab .", ("Clara Meier", "ablehnen", "das"), "positive", "asserted", None),
    ],
)  # fmt: skip
def test_claims_from_tiger_trees(text, claim, polarity, modality, speaker):
    claims = extract_claims(of_doc(tiger_doc(text))).claims
    said = {triple: c for c in claims for triple in triples(c)}
    assert claim in said
    found = said[claim]
    assert (found.polarity, found.modality, found.speaker and found.speaker.text) == (polarity, modality, speaker)


@pytest.mark.parametrize("text", SENTENCES)
def test_the_words_stay_and_the_tree_is_one(text):
    doc = tiger_doc(text)
    tree = to_ud(doc)
    assert is_tiger(doc)
    assert not is_tiger(tree)
    assert [(t.text, t.tag_, t.lemma_, t.ent_type_) for t in tree] == [
        (t.text, t.tag_, t.lemma_, t.ent_type_) for t in doc
    ]
    assert sum(t.dep_ == "ROOT" for t in tree) == 1


def test_a_text_is_turned_sentence_by_sentence():
    """The trees of many sentences in one Doc come out as each does alone."""
    docs = [tiger_doc(text) for text in SENTENCES] * 40
    together = to_ud(Doc.from_docs(docs))
    alone = [token for doc in docs for token in to_ud(doc)]
    assert [(t.dep_, t.head.i - t.i) for t in together] == [(t.dep_, t.head.i - t.i) for t in alone]


def test_a_deep_tree_is_no_obstacle():
    """What a parser makes of nonsense ("mit mit mit …") may hang each word on the one before."""
    size = 4000
    tree = {"heads": [max(i - 1, 0) for i in range(size)], "deps": ["ROOT"] + ["nk"] * (size - 1)}
    doc = Doc(VOCAB, words=["mit"] * size, tags=["APPR"] * size, pos=["ADP"] * size, **tree)
    assert sum(token.dep_ == "ROOT" for token in to_ud(doc)) == 1
