"""The table of passes: what each needs an earlier one gives, and the example of each shows what it does."""

from __future__ import annotations

from itertools import takewhile

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract import explain
from kg.extract.mend.passes import MENDING, mending_of
from kg.extract.passes import CLAIMING, FINDING, PASSES, extract_claims, of_doc, read
from kg.extract.story import Story
from kg.extract.tree.edits import hang, keep_log, log_of, promote, reform, relabel, swap
from kg.records import Document

NAMES = [each.name for each in PASSES]

# Texts whose trees and entities are given, for passes that mend what the bundled reader may read right: a word a row,
# with part of speech, tag, head, relation, and where one is an entity or its features matter, these.
GIVEN = {
    "vorfeld": """
        Die DET ART 1 det; Grünen NOUN NN 4 nsubj; im ADP APPRART 3 case; Kreistag NOUN NN 4 obl;
        fordern VERB VVFIN 4 ROOT; Busse NOUN NN 4 obj""",
    "als": """
        Die DET ART 1 det; Jury NOUN NN 2 nsubj; feierte VERB VVFIN 2 ROOT; Ott PROPN NE 2 obj; als ADP KOKOM 5 mark;
        Entdeckung NOUN NN 2 nsubj""",
    "attachment": """
        Nun ADV ADV 1 advmod; läuft VERB VVFIN 1 ROOT; die DET ART 3 det; Kooperation NOUN NN 1 nsubj;
        mit ADP APPR 5 case; Duisburg PROPN NE 1 obl""",
    "subjects": """
        Insgesamt ADV ADV 1 advmod; erwarten VERB VVFIN 1 ROOT; uns PRON PPER 1 obj; Chancen NOUN NN 1 obj""",
    "vocatives": """
        Frau NOUN NN 1 compound; Ministerin NOUN NN 6 nsubj; , PUNCT $, 3 punct; Bund NOUN NN 1 conj;
        und CCONJ KON 5 cc; Länder NOUN NN 1 conj; verhandeln VERB VVFIN 6 ROOT""",
    "verb forms": """
        Er PRON PPER 4 nsubj:pass; wird AUX VAFIN 4 aux:pass; den DET ART 3 det; Haushalt NOUN NN 4 obj;
        beraten VERB VVPP 4 ROOT""",
    "attributes": """
        Nun ADV ADV 1 advmod; traf VERB VVFIN 1 ROOT; Stürmer NOUN NN 1 nsubj; Ott PROPN NE 1 obj PER""",
    "coordination": """
        Er PRON PPER 1 nsubj; ließ VERB VVFIN 1 ROOT; Akten NOUN NN 3 obj; vernichten VERB VVINF 1 xcomp""",
    "legal forms": """
        Es PRON PPER 1 nsubj; baut VERB VVFIN 1 ROOT; die DET ART 4 det; Vektra PROPN NE 4 flat; GmbH PROPN NE 1 obj""",
    "trades": """
        Es PRON PPER 1 nsubj; baut VERB VVFIN 1 ROOT; das DET ART 3 det; Büro NOUN NN 1 obj; Lang PROPN NE 3 appos PER;
        Architekten NOUN NN 4 flat""",
    "distant forms": """
        Der DET ART 1 det; VKW PROPN NE 2 nsubj ORG; half VERB VVFIN 2 ROOT; Der DET ART 4 det;
        Verband NOUN NN 7 nsubj; kommunaler ADJ ADJA 6 amod; Wasserbetriebe NOUN NN 4 nmod; kam VERB VVFIN 7 ROOT""",
    "types": """
        Vektra PROPN NE 1 nsubj ORG; baut VERB VVFIN 1 ROOT; Vektra PROPN NE 3 nsubj ORG; warnt VERB VVFIN 3 ROOT;
        Vektra PROPN NE 5 nsubj MISC; wächst VERB VVFIN 5 ROOT""",
}

# What cannot be seen in a story: these give what others work on.
SILENT = (
    "blocks", "words", "parser", "document", "scheme", "sentences", "reading", "recognised", "known names", "mentions",
    "propositions", "claims", "confidence",
)  # fmt: skip


def given_doc(rows: str) -> Doc:
    """A Doc of words with part of speech, tag, head and relation each, perhaps an entity ("-" for none) and features."""
    cells = [row.split() for row in rows.split(";")]
    words, pos, tags, heads, deps = zip(*(row[:5] for row in cells), strict=True)
    ents = [f"B-{row[5]}" if len(row) > 5 and row[5] != "-" else "O" for row in cells]
    morphs = [row[6] if len(row) > 6 else "" for row in cells]
    indices = list(map(int, heads))
    return Doc(
        Vocab(), words=words, pos=pos, tags=tags, morphs=morphs, heads=indices, deps=deps, ents=ents, lemmas=words
    )


def done_by(story: Story, name: str) -> list[str]:
    return [told.what for told in story.told if told.by.name == name]


def story_of(text: str, nlp) -> Story:
    story = Story()
    reading = read(Document("text", text), nlp, story)
    if reading is not None:
        extract_claims(reading, story)
    return story


def story_of_given(name: str) -> Story:
    story = Story()
    extract_claims(of_doc(given_doc(GIVEN[name]), witness=story), story)
    return story


@pytest.mark.parametrize("each", PASSES, ids=NAMES)
def test_what_a_pass_needs_an_earlier_one_gives(each):
    earlier = takewhile(lambda other: other is not each, PASSES)
    known = {"document", "nlp", *(name for other in earlier for name in other.gives)}
    assert set(each.needs) <= known
    assert each.phenomenon
    assert each.gives


def test_passes_have_names_of_their_own():
    assert len(set(NAMES)) == len(NAMES)


def test_what_a_pass_gives_somebody_needs_or_is_the_result():
    needed = {name for each in PASSES for name in each.needs}
    assert {name for each in PASSES for name in each.gives} - needed == {"all mentions"}


def test_mentions_are_complete_before_claims_are_made():
    """The last pass that finds anything completes them, and behind it nobody can ask for one."""
    assert FINDING[-1].gives == ("all mentions",)
    assert not any({"mentions", "names", "found"} & {*each.needs, *each.gives} for each in CLAIMING)


@pytest.mark.parametrize(
    "each", [e for e in PASSES if e.name not in (*SILENT, "soundness")], ids=lambda each: each.name
)
def test_the_example_of_a_pass_shows_what_it_does(nlp, each):
    """With the bundled reader, or with a given tree where the reader may do without the pass.

    What "soundness" does is in test_soundness: circles are so rare that no short sentence has one.
    """
    found = done_by(story_of_given(each.name), each.name) if each.name in GIVEN else []
    assert found or done_by(story_of(each.example, nlp), each.name)


@pytest.mark.parametrize("each", MENDING, ids=lambda each: each.name)
def test_each_pass_of_mending_mends_a_given_tree(each):
    assert done_by(story_of_given(each.name), each.name)


@pytest.mark.parametrize("each", [e for e in PASSES if e.name in SILENT], ids=lambda each: each.name)
def test_the_example_of_a_silent_pass_goes_through_it(nlp, each):
    class Watch:
        def before(self, at_work, known): ...

        def after(self, at_work, known):
            if at_work is each:
                assert all(known[name] for name in each.gives)

    reading = read(Document("text", each.example), nlp, Watch())
    extract_claims(reading, Watch())


@pytest.mark.parametrize(
    ("edit", "heads", "deps", "logged"),
    [
        (lambda a, b, c: hang(c, a), [1, 1, 0], ["nsubj", "ROOT", "obj"], [2]),
        (lambda a, b, c: hang(b, c), [1, 1, 1], ["nsubj", "ROOT", "obj"], []),  # a verb below its object were no tree
        (lambda a, b, c: hang(c, a, "nmod"), [1, 1, 0], ["nsubj", "ROOT", "nmod"], [2]),
        (lambda a, b, c: relabel(c, "obl"), [1, 1, 1], ["nsubj", "ROOT", "obl"], [2]),
        (lambda a, b, c: relabel(c, "obj"), [1, 1, 1], ["nsubj", "ROOT", "obj"], []),
        (lambda a, b, c: swap(a, b, "aux"), [0, 0, 1], ["ROOT", "aux", "obj"], [0, 1]),
        (lambda a, b, c: reform(b, "VVINF"), [1, 1, 1], ["nsubj", "ROOT", "obj"], [1]),
    ],
)
def test_trees_are_edited_by_verbs(edit, heads, deps, logged):
    for with_log in (False, True):
        doc = Doc(Vocab(), words=["Link", "lobt", "Ott"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
        if with_log:
            keep_log(doc)
        edit(*doc)
        assert ([token.head.i for token in doc], [token.dep_ for token in doc]) == (heads, deps)
        log = log_of(doc)
        assert (log is not None) == with_log
        if log is not None:
            assert [edit.word for edit in log.edits] == logged


def test_a_word_takes_the_place_of_its_head():
    doc = Doc(Vocab(), words=["Ott", "Link", "lobt"], heads=[1, 2, 2], deps=["conj", "nsubj", "ROOT"])
    promote(doc[0])
    assert (doc[0].head.i, doc[0].dep_) == (2, "nsubj")


def test_a_text_is_explained_sentence_by_sentence(nlp):
    text = "Sören Link will keine Brücke.\n\nAuch interessant\n\nDer Konzern ließ Akten vernichten."
    lines = explain(Document("brief", text), nlp)
    assert lines[0] == "# brief"
    assert [line for line in lines if not line.startswith(" ")][1:] == [
        "Sören Link will keine Brücke.",
        "[Auch interessant]",
        "Der Konzern ließ Akten vernichten.",
    ]
    assert "    Sören Link (Person)" in lines
    assert "    vernichten: ließ/xcomp → ROOT" in lines
    assert any(line.endswith("positive → negative") for line in lines)


def test_what_is_all_boilerplate_is_told_to_be_left_out(nlp):
    assert explain(Document("brief", "Auch interessant"), nlp) == ("# brief", "[Auch interessant]")


@pytest.mark.parametrize(
    ("name", "rows", "mended"),
    [
        # two finite verbs with "und" between: each heads a clause
        (
            "coordination",
            "Ott PROPN NE 4 nsubj; musste AUX VMFIN 4 aux; gehen ADV ADV 4 advmod; und CCONJ KON 4 cc;"
            "traf VERB VVFIN 4 ROOT; Link PROPN NE 4 obl:arg",
            {
                "musste": ("musste", "ROOT"),
                "traf": ("musste", "conj"),
                "Ott": ("musste", "nsubj"),
                "Link": ("traf", "nsubj"),
            },
        ),
        # "und" belongs to the conjunct right behind it
        (
            "coordination",
            "Link PROPN NE 1 nsubj; sah VERB VVFIN 1 ROOT; montags NOUN NN 1 obl; und CCONJ KON 6 cc;"
            "dienstags NOUN NN 2 conj; die DET ART 6 det; Messe NOUN NN 1 conj",
            {"und": ("dienstags", "cc"), "Messe": ("sah", "obj")},
        ),
        # who is to act in an infinitive stands in the clause above it
        (
            "subjects",
            "Link PROPN NE 1 nsubj; verbot VERB VVFIN 1 ROOT; Ott PROPN NE 5 obl:arg; , PUNCT $, 5 punct;"
            "zu PART PTKZU 5 mark; gehen VERB VVINF 1 xcomp",
            {"Ott": ("verbot", "obl:arg")},
        ),
        # a conjunct that begins with its verb shares the subject of the first clause
        (
            "subjects",
            "Er PRON PPER 1 nsubj; betrat VERB VVFIN 1 ROOT; Läden NOUN NN 1 obj; , PUNCT $, 4 punct;"
            "schlug VERB VVFIN 1 conj; Leute NOUN NN 4 nsubj",
            {"Leute": ("schlug", "obj")},
        ),
        # one with a noun before its verb does not
        (
            "subjects",
            "Bäder NOUN NN 1 nsubj; schließen VERB VVFIN 1 ROOT; , PUNCT $, 6 punct; Preise NOUN NN 6 obj;"
            "lassen AUX VVFIN 6 aux; sich PRON PRF 6 obj; halten VERB VVINF 1 conj",
            {"Preise": ("halten", "nsubj")},
        ),
        # "es" before a verb that judges stands for a clause
        (
            "subjects",
            "Kammern NOUN NN 1 obj; sahen VERB VVFIN 1 ROOT; es PRON PPER 1 expl; als ADP KOKOM 4 mark;"
            "erwiesen ADJ VVPP 1 xcomp",
            {"Kammern": ("sahen", "nsubj")},
        ),
        (
            "als",
            "Moose NOUN NN 0 ROOT; , PUNCT $, 5 punct; die PRON PRELS 5 nsubj; als ADP KOKOM 4 mark;"
            "ausgestorben ADJ VVPP 0 advcl; galten VERB VVFIN 0 acl:relcl",
            {"ausgestorben": ("galten", "xcomp")},
        ),
        # a preposition leads the noun, not the attribute before it
        (
            "attachment",
            "Link PROPN NE 1 nsubj; kam VERB VVFIN 1 ROOT; ins ADP APPRART 3 case; neu ADJ ADJD 4 advmod;"
            "gebaute ADJ ADJA 5 amod; Stadion NOUN NN 1 obl",
            {"ins": ("Stadion", "case")},
        ),
    ],
)
def test_what_a_rule_mends(name, rows, mended):
    doc = given_doc(rows)
    mending_of(next(each for each in MENDING if each.name == name))(doc[:])
    assert {t.text: (t.head.text, t.dep_) for t in doc if t.text in mended} == mended
