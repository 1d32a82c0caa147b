"""TIGER trees, as de_core_news_* draws them, turned into UD trees: one set of rules serves both label schemes.

TIGER hangs a clause on its finite verb and the content verb below it ("haben ←oc beendet"), a noun phrase on its
preposition ("mit ←nk Huawei") and a predicate on its copula. UD has it the other way round: content words carry the
tree. `to_ud` swaps those heads and renames the labels; words, lemmas, features and entities stay as they are.

Labels: Albert et al., TIGER Annotationsschema (2003); UD German guidelines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.reader.tokens import VERBS

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

    tree = _Tree(doc)
    deepest_first = _deepest_first(doc)
    _lift_content_verbs(doc, tree, deepest_first)
    _lift_predicates(doc, tree)
    _lift_nouns(doc, tree, deepest_first)
    _flatten_coordination(doc, tree)
    deps = ["ROOT" if tree.heads[t.i] == t.i else _label(t, tree, doc) for t in doc]
    return Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        morphs=[str(t.morph) for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=tree.heads,
        deps=deps,
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


class _Tree:
    """Heads and labels that are being changed, each word with its dependents at hand."""

    def __init__(self, doc: Doc) -> None:
        self.heads = [token.head.i for token in doc]
        self.labels = [token.dep_ for token in doc]
        self._below: list[set[int]] = [set() for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                self._below[head].add(i)

    def below(self, head: int, *labels: str) -> list[int]:
        """The dependents of a word that carry one of the labels, in the order of the text."""
        return sorted(i for i in self._below[head] if self.labels[i] in labels)

    def hang(self, i: int, head: int, label: str) -> None:
        """Make `head` the head of `i`; a word that is its own head is a root."""
        self._below[self.heads[i]].discard(i)
        self.heads[i], self.labels[i] = head, label
        if head != i:
            self._below[head].add(i)

    def swap(self, upper: int, lower: int, label: str) -> None:
        """Make `lower` the head of `upper`; `upper`'s other dependents move along."""
        for i in self._below[upper] - {lower}:
            self.hang(i, lower, self.labels[i])
        root = self.heads[upper] == upper
        self.hang(lower, lower if root else self.heads[upper], "ROOT" if root else self.labels[upper])
        self.hang(upper, lower, label)


def _lift_content_verbs(doc: Doc, tree: _Tree, deepest_first: list[int]) -> None:
    """Verb cluster: an auxiliary or modal with one verb as its clausal object (oc) becomes aux of that verb.

    "werden" with a participle is aux:pass. Bottom up, so that "werden können" comes out right.
    hat ←oc beendet  →  beendet ←aux hat
    """
    for token in (doc[i] for i in deepest_first):
        if token.tag_ not in _AUXILIARY:
            continue
        content = [i for i in tree.below(token.i, "oc") if _is_verb(doc[i])]
        if len(content) == 1:
            passive = token.lemma_ == "werden" and doc[content[0]].tag_.endswith("PP")
            tree.swap(token.i, content[0], "aux:pass" if passive else "aux")


def _lift_predicates(doc: Doc, tree: _Tree) -> None:
    """Copula: "sein" with one predicate (pd) becomes cop of it: ist ←pd Konzern  →  Konzern ←cop ist."""
    for token in doc:
        predicate = tree.below(token.i, "pd") if token.lemma_ == "sein" else []
        if len(predicate) == 1:
            tree.swap(token.i, predicate[0], "cop")


def _lift_nouns(doc: Doc, tree: _Tree, deepest_first: list[int]) -> None:
    """Prepositional phrase: a preposition becomes case of the last of its nk: mit ←nk Huawei  →  Huawei ←case mit."""
    for token in (doc[i] for i in deepest_first):
        nouns = tree.below(token.i, "nk") if token.tag_ in _PREPOSITION else []
        if nouns:
            tree.swap(token.i, nouns[-1], "case")


def _flatten_coordination(doc: Doc, tree: _Tree) -> None:
    """Coordination: all conjuncts (cj) hang on the first one, the conjunction (cd) on the conjunct that follows it.

    A ←cd und ←cj B  →  A ←conj B ←cc und
    """
    for i in range(len(doc)):
        if tree.labels[i] != "cd":
            continue
        first = tree.heads[i]
        for conjunct in tree.below(i, "cj"):
            tree.hang(conjunct, first, "conj")
        following = [j for j in tree.below(first, "conj") if j > i]
        tree.hang(i, following[0] if following else first, "cc")
    for i in range(len(doc)):
        if tree.labels[i] == "cj":
            head = tree.heads[i]
            while tree.labels[head] in ("cj", "conj") and tree.heads[head] != head:
                head = tree.heads[head]
            tree.hang(i, head, "conj")


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


def _label(token: Token, tree: _Tree, doc: Doc) -> str:
    """The UD relation for a TIGER label: by `_PLAIN`, but for passive subjects, clausal objects (oc), mo and nk.

    An oc with a complementizer or a subject is ccomp, else xcomp; an unknown label is dep.
    """
    label, head = tree.labels[token.i], doc[tree.heads[token.i]]
    if label == "sb" and tree.below(head.i, "aux:pass"):
        return "nsubj:pass"
    if label == "oc":
        return "ccomp" if tree.below(token.i, "cp", "sb") else "xcomp"
    if label == "mo":
        return _modifier(token, head, tree)
    if label == "nk":
        return _kernel(token)
    return _PLAIN.get(label, "dep")


def _modifier(token: Token, head: Token, tree: _Tree) -> str:
    """Modifier (mo): a verb is acl and a noun, pronoun or number nmod if the head is a noun or pronoun without copula.

    Where the head is anything else they are advcl and obl; modifiers of other word classes are advmod.
    "die Brücke in Hof" → nmod, "baut in Hof" → obl, "baut bald" → advmod
    """
    nominal = head.pos_ in ("NOUN", "PROPN", "PRON") and not tree.below(head.i, "cop")
    if token.pos_ in VERBS:
        return "acl" if nominal else "advcl"
    if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return "nmod" if nominal else "obl"
    return "advmod"


def _kernel(token: Token) -> str:
    """Noun kernel (nk): the relation that its word class has in a noun phrase: DET → det, NUM → nummod; else nmod."""
    by_class = {"DET": "det", "ADJ": "amod", "NUM": "nummod", "PROPN": "flat:name", "NOUN": "appos", "ADP": "case"}
    return by_class.get(token.pos_, "nmod")


def _is_verb(token: Token) -> bool:
    """Whether a word is a verb, an auxiliary or a modal by its STTS tag."""
    return token.tag_.startswith(_VERB_TAGS)


def _deepest_first(doc: Doc) -> list[int]:
    """The words of a Doc, those furthest below a root first, else in the order of the text."""
    depths: dict[int, int] = {}
    for token in doc:
        path = []
        while token.i not in depths and token.head.i != token.i:
            path.append(token.i)
            token = token.head
        depth = depths.setdefault(token.i, 0)
        for i in reversed(path):
            depth += 1
            depths[i] = depth
    return sorted(depths, key=lambda i: (-depths[i], i))
