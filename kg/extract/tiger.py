"""TIGER trees, as de_core_news_* draws them, turned into UD trees: one set of rules serves both label schemes.

TIGER hangs a clause on its finite verb and the content verb below it ("haben ←oc beendet"), a noun phrase on its
preposition ("mit ←nk Huawei") and a predicate on its copula. UD has it the other way round: content words carry the
tree. `to_ud` swaps those heads and renames the labels; words, lemmas, features and entities stay as they are.

Labels: Albert et al., TIGER Annotationsschema (2003); UD German guidelines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Labels that only TIGER has; one of them in a tree settles which scheme it is.
_TELLTALE = frozenset({"sb", "oa", "nk", "oc", "mo", "svp", "pd", "cj", "ag", "mnr", "ng", "sbp"})

_AUXILIARY = frozenset({"VAFIN", "VAIMP", "VAINF", "VAPP", "VMFIN", "VMINF", "VMPP"})
_PREPOSITION = frozenset({"APPR", "APPRART", "APPO", "APZR"})
_VERB_TAGS = ("VV", "VA", "VM")


def is_tiger(doc: Doc) -> bool:
    """Whether a parsed Doc carries TIGER labels."""
    return any(token.dep_ in _TELLTALE for token in doc)


def to_ud(doc: Doc) -> Doc:
    """A copy of a TIGER-labelled Doc with the same tokens and a UD tree."""
    from spacy.tokens import Doc

    heads = [token.head.i for token in doc]
    labels = [token.dep_ for token in doc]
    _lift_content_verbs(doc, heads, labels)
    _lift_predicates(doc, heads, labels)
    _lift_nouns(doc, heads, labels)
    _flatten_coordination(doc, heads, labels)
    deps = ["ROOT" if heads[t.i] == t.i else _label(t, heads, labels, doc) for t in doc]
    tree = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        morphs=[str(t.morph) for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=heads,
        deps=deps,
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )
    return tree


def _swap(heads: list[int], labels: list[str], upper: int, lower: int, label: str) -> None:
    """Make `lower` the head of `upper`; `upper`'s other dependents move along."""
    for i, head in enumerate(heads):
        if head == upper and i not in (upper, lower):
            heads[i] = lower
    root = heads[upper] == upper
    heads[lower], labels[lower] = (lower, "ROOT") if root else (heads[upper], labels[upper])
    heads[upper], labels[upper] = lower, label


def _lift_content_verbs(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """hat ←oc beendet  →  beendet ←aux hat; bottom up, so that "werden können" comes out right."""
    for token in sorted(doc, key=_depth, reverse=True):
        if token.tag_ not in _AUXILIARY:
            continue
        content = [i for i, h in enumerate(heads) if h == token.i and labels[i] == "oc" and _verbal(doc[i])]
        if len(content) == 1:
            passive = token.lemma_ == "werden" and doc[content[0]].tag_.endswith("PP")
            _swap(heads, labels, token.i, content[0], "aux:pass" if passive else "aux")


def _lift_predicates(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """ist ←pd Konzern  →  Konzern ←cop ist."""
    for token in doc:
        if token.lemma_ not in ("sein", "werden", "bleiben"):
            continue
        predicate = [i for i, h in enumerate(heads) if h == token.i and labels[i] == "pd"]
        if token.lemma_ == "sein" and len(predicate) == 1:
            _swap(heads, labels, token.i, predicate[0], "cop")


def _lift_nouns(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """mit ←nk Huawei  →  Huawei ←case mit."""
    for token in sorted(doc, key=_depth, reverse=True):
        if token.tag_ not in _PREPOSITION:
            continue
        nouns = [i for i, h in enumerate(heads) if h == token.i and labels[i] == "nk"]
        if nouns:
            _swap(heads, labels, token.i, max(nouns), "case")


def _flatten_coordination(doc: Doc, heads: list[int], labels: list[str]) -> None:
    """A ←cd und ←cj B  →  A ←conj B ←cc und; a third conjunct hangs on the first as well."""
    for token in doc:
        if labels[token.i] != "cd":
            continue
        first = heads[token.i]
        for i, head in enumerate(heads):
            if head == token.i and labels[i] == "cj":
                heads[i], labels[i] = first, "conj"
        following = [i for i, head in enumerate(heads) if head == first and labels[i] == "conj" and i > token.i]
        if following:
            heads[token.i] = min(following)
        labels[token.i] = "cc"
    for token in doc:
        if labels[token.i] == "cj":
            head = heads[token.i]
            while labels[head] in ("cj", "conj") and heads[head] != head:
                head = heads[head]
            heads[token.i], labels[token.i] = head, "conj"


# One TIGER label, one UD label; what depends on the word besides is in `_label`.
_PLAIN = {
    "sb": "nsubj", "sp": "nsubj", "ep": "expl", "ph": "expl", "oa": "obj", "oa2": "obj", "og": "obj", "da": "iobj",
    "op": "obl", "cvc": "obl", "cc": "obl", "sbp": "obl:agent", "pd": "xcomp", "re": "ccomp", "rs": "parataxis",
    "par": "parataxis", "dm": "discourse", "vo": "vocative", "rc": "acl:relcl", "svp": "compound:prt", "ng": "advmod",
    "avc": "advmod", "ag": "nmod", "pg": "nmod", "mnr": "nmod", "ams": "nmod", "app": "appos", "pnc": "flat",
    "uc": "flat", "adc": "amod", "nmc": "nummod", "cm": "case", "cp": "mark", "pm": "mark", "ju": "cc", "cd": "cc",
    "punct": "punct",
    "conj": "conj", "aux": "aux", "aux:pass": "aux:pass", "cop": "cop", "case": "case",
}  # fmt: skip


def _label(token: Token, heads: list[int], labels: list[str], doc: Doc) -> str:
    label, head = labels[token.i], doc[heads[token.i]]
    if label == "sb" and any(heads[i] == head.i and labels[i] == "aux:pass" for i in range(len(doc))):
        return "nsubj:pass"
    if label == "oc":
        marked = any(heads[i] == token.i and labels[i] in ("cp", "sb") for i in range(len(doc)))
        return "ccomp" if marked else "xcomp"
    if label == "mo":
        return _modifier(token, head, heads, labels)
    if label == "nk":
        return _kernel(token)
    return _PLAIN.get(label, "dep")


def _modifier(token: Token, head: Token, heads: list[int], labels: list[str]) -> str:
    """mo is any adjunct: of a verb or a noun, by a clause, a prepositional phrase or an adverb."""
    nominal = head.pos_ in ("NOUN", "PROPN", "PRON") and not any(
        heads[i] == head.i and labels[i] == "cop" for i in range(len(labels))
    )
    if token.pos_ in ("VERB", "AUX"):
        return "acl" if nominal else "advcl"
    if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return "nmod" if nominal else "obl"
    return "advmod"


def _kernel(token: Token) -> str:
    """nk is whatever builds a noun phrase: article, adjective, number, name."""
    by_class = {"DET": "det", "ADJ": "amod", "NUM": "nummod", "PROPN": "flat:name", "NOUN": "appos", "ADP": "case"}
    return by_class.get(token.pos_, "nmod")


def _verbal(token: Token) -> bool:
    return token.tag_.startswith(_VERB_TAGS)


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)
