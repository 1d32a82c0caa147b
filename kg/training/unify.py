"""One label, one meaning: "Oberbürgermeister Link" is an apposition in PUD and a flat name in HDT.

The German UD treebanks disagree in label inventory and, HDT being older, in style. Everything is brought to what GSD
does, with two distinctions kept that rules downstream need and that can be computed: `acl:relcl` and `det:poss`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.reader.tokens import NOUNS
from kg.training.conllu import Word

# Subtypes that only some treebanks make, or that are too rare to learn.
RENAMED = {
    "nmod:poss": "nmod",
    "obl:tmod": "obl",
    "cc:preconj": "cc",
    "nsubj:outer": "nsubj",
    "csubj:pass": "csubj",
    "flat:name": "flat",
    "iobj": "obl:arg",
    "expl:pv": "obj",
    "goeswith": "flat",
}

# Conjunctions that open a complement clause; any other one opens an adverbial clause. HDT calls both ccomp.
COMPLEMENTIZERS = frozenset({"dass", "daß", "ob", "wie", "warum", "wieso", "weshalb", "zu"})

# Penn-like tags of PUD that have one STTS counterpart; the others are left open.
STTS_OF_PUD = {
    "NNP": "NE",
    "NN": "NN",
    "IN": "APPR",
    "CC": "KON",
    "CD": "CARD",
    "REL": "PRELS",
    ",": "$,",
    ".": "$.",
    "``": "$(",
    "''": "$(",
    "-": "$(",
    "(": "$(",
    ")": "$(",
    "ART": "ART",
    "APPR": "APPR",
    "APPRART": "APPRART",
    ":": "$.",
    "FW": "FM",
}
MODALS = frozenset({"können", "müssen", "sollen", "wollen", "dürfen", "mögen"})
AUXILIARIES = frozenset({"sein", "haben", "werden"})

# Features of HDT alone: they repeat the tag.
HDT_FEATURES = frozenset(
    {"AdpType", "PunctType", "Aspect", "Variant", "PartType", "ConjType", "VerbType", "Hyph", "InflectionType"}
)


def unify_tree(words: Sequence[Word]) -> list[Word]:
    """Bring one tree to GSD's style; a sentence without heads passes through."""
    if any(word.head is None for word in words):
        return list(words)
    tree = split_titles(words)
    return [replace(word, deprel=unify_relation(tree, i)) for i, word in enumerate(tree)]


def split_titles(words: Sequence[Word]) -> list[Word]:
    """Make the name behind a title an apposition with a flat name of its own.

    HDT: "US-Präsident" ← flat:name "Bill", ← flat:name "Clinton"; here: "US-Präsident" ← appos "Bill" ← flat "Clinton".
    """
    tree = list(words)
    for i, title in enumerate(words):
        if title.upos != "NOUN":
            continue
        parts = [j for j, word in enumerate(words) if word.head == i and word.deprel == "flat:name" and j > i]
        for n, j in enumerate(parts):
            relation, head = ("appos", i) if n == 0 else ("flat", parts[0])
            tree[j] = replace(tree[j], deprel=relation, head=head)
    return tree


def unify_relation(tree: Sequence[Word], i: int) -> str:
    """Return the relation of word `i` under our labels."""
    word = tree[i]
    children = [child for j, child in enumerate(tree) if child.head == i and j != i]
    relation = RENAMED.get(word.deprel, word.deprel)
    if word.deprel in ("det", "det:poss", "nmod:poss") and word.upos == "DET":
        return "det:poss" if "Poss=Yes" in word.feats else "det"
    if relation in ("obj", "obl"):
        return unify_object(tree, word, relation, children)
    if relation == "acl":
        return "acl:relcl" if is_relative(tree, i) else "acl"
    if relation == "ccomp" and (marks := {c.form.lower() for c in children if c.deprel == "mark"}):
        return "ccomp" if marks & COMPLEMENTIZERS and "um" not in marks and "ohne" not in marks else "advcl"
    return relation


def unify_object(tree: Sequence[Word], word: Word, relation: str, children: Sequence[Word]) -> str:
    """Tell objects by what marks them: a preposition (obl), the dative (obl:arg), or neither (obj).

    "an ihn denken" → obl; "der Polizei berichten" → obl:arg; "von der Firma gebaut" → obl:agent; "daran denken" →
    advmod; "die Suche nach ihm" → nmod.
    """
    if relation == "obj" and word.upos == "ADV":
        return "advmod"
    prepositions = {child.form.lower() for child in children if child.deprel == "case"}
    verb = word if word.head is None else tree[word.head]
    passive = any(w.deprel == "aux:pass" and tree[w.head] is verb for w in tree if w.head is not None)
    if prepositions & {"von", "vom"} and passive and word.upos in ("NOUN", "PROPN", "PRON", "X"):
        return "obl:agent"
    if prepositions:
        is_attribute = relation == "obj" and verb.upos in NOUNS
        return "nmod" if is_attribute else "obl"
    marked = [word, *(child for child in children if child.deprel in ("det", "det:poss", "amod"))]
    if relation == "obj" and any("Case=Dat" in part.feats for part in marked):
        return "obl:arg"
    return relation


def is_relative(tree: Sequence[Word], i: int) -> bool:
    """Tell whether a clause has a relative pronoun among its children or their children, left of its verb."""
    near = {j for j, word in enumerate(tree) if word.head == i and j != i}
    near |= {j for j, word in enumerate(tree) if word.head in near and word.deprel not in ("conj", "acl", "ccomp")}
    return any(
        tree[j].xpos in ("PRELS", "PRELAT", "REL") or ("Rel" in tree[j].feats and tree[j].upos == "PRON")
        for j in near
        if j < i
    )


def unify_word(word: Word, source: str) -> Word:
    """Bring tag, part of speech and features of one word to GSD's style."""
    if source == "pud":
        return replace(word, xpos=map_pud_tag(word), feats=complete_pud_features(word))
    if source == "hdt":
        return unify_hdt_word(word)
    if source == "silver" and word.upos == "PRON" and word.xpos in ("PDAT", "PIAT", "PPOSAT", "PRELAT"):
        word = replace(word, upos="DET")
    return replace(word, xpos={"PROAV": "PAV", "PIDAT": "PIAT"}.get(word.xpos, word.xpos))


def map_pud_tag(word: Word) -> str:
    """Map PUD's tag to STTS where part of speech and features leave no doubt, else to the empty string."""
    if word.upos == "DET":
        return "ART" if "PronType=Art" in word.feats else "PPOSAT" if "Poss=Yes" in word.feats else ""
    if word.upos == "ADJ":
        return "ADJA" if "Case=" in word.feats else "ADJD"
    if word.upos == "PRON" and word.xpos == "PRP":
        return "PRF" if "Reflex=Yes" in word.feats else "PPER"
    if word.upos == "PART" and "Polarity=Neg" in word.feats:
        return "PTKNEG"
    if word.upos in ("VERB", "AUX"):
        return map_pud_verb(word)
    return STTS_OF_PUD.get(word.xpos, "")


def map_pud_verb(word: Word) -> str:
    """Return the STTS tag of a PUD verb: VVFIN, VAINF, VMFIN, VVPP …"""
    ending = {"VBC": "FIN", "VB": "INF", "VBN": "PP"}.get(word.xpos)
    if ending is None:
        return ""
    kind = "M" if word.lemma in MODALS else "A" if word.lemma in AUXILIARIES else "V"
    return f"V{kind}{ending}"


def complete_pud_features(word: Word) -> str:
    """Add the VerbForm that PUD leaves out, drop the Degree it gives to adverbs."""
    feats = parse_features(word.feats)
    if word.upos == "ADV":
        feats.pop("Degree", None)
    if word.upos in ("VERB", "AUX"):
        form = {"VBC": "Fin", "VB": "Inf", "VBN": "Part"}.get(word.xpos)
        if form:
            feats["VerbForm"] = form
        if form == "Part":
            feats.pop("Tense", None)
    if word.upos == "AUX" and word.deprel == "aux:pass":
        feats["Voice"] = "Pass"
    return format_features(feats)


def unify_hdt_word(word: Word) -> Word:
    """Drop HDT's own features, X for foreign names, and all lemmas but those of verbs.

    HDT's lemma of a compound is its head alone ("Benutzer" for "Mitbenutzern").
    """
    feats = {k: v for k, v in parse_features(word.feats).items() if k not in HDT_FEATURES}
    if word.upos == "ADP":
        feats.pop("Case", None)
    if word.upos == "AUX" and word.deprel == "aux:pass":
        feats["Voice"] = "Pass"
    upos = {"X": "PROPN"}.get(word.upos, word.upos)
    if word.xpos == "KOKOM":
        upos = "ADP"
    lemma = word.lemma if word.upos in ("VERB", "AUX", "PUNCT") else ""
    xpos = {"PROAV": "PAV", "PIDAT": "PIAT"}.get(word.xpos, word.xpos)
    return replace(word, upos=upos, xpos=xpos, feats=format_features(feats), lemma=lemma)


def parse_features(feats: str) -> dict[str, str]:
    """ "Case=Nom|Number=Sing" → {"Case": "Nom", "Number": "Sing"}"""
    return dict(pair.split("=", 1) for pair in feats.split("|") if pair)


def format_features(feats: dict[str, str]) -> str:
    """The inverse of `parse_features`, sorted as UD does."""
    return "|".join(f"{key}={feats[key]}" for key in sorted(feats, key=str.lower))
