"""Coordination and verb clusters: "die Wohn- und Lebensqualität" is one phrase, "ließ Akten vernichten" one predicate.

Each rule changes heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.tree.edits import hang, reform, relabel, swap
from kg.language.auxiliaries import CAUSATIVE, takes_sein
from kg.language.nouns import is_person, noun_list
from kg.language.prepositions import is_led
from kg.language.verbs import infinitive, words
from kg.reader.tokens import NOUNS, VERBS, has, value

if TYPE_CHECKING:
    from spacy.tokens import Span, Token


def coordinate(sentence: Span) -> None:
    """Coordination and verb clusters: at each word of a sentence, join what is one phrase or one predicate.

    Conjunctions, two finite verbs, Ersatzinfinitiv, causative lassen, truncated compounds, measures before their noun,
    conjuncts of one case, and series of complements.
    """
    for token in list(sentence):
        if token.dep_ == "cc" and token.i + 2 < sentence.end:
            _return_conjunction(token)
            _join_phrase(token)
            _read_conjunct(token)
        if token.text == "nicht" and token.i > sentence.start:
            _part_stripped(token)
        if token.tag_ == "VVFIN":
            _part_finite_verbs(token)
            _join_frame(token)
            _join_subclause(token)
        if token.tag_ == "VMFIN":
            _read_ersatzinfinitiv(token)
        if token.tag_ in ("VVINF", "VVPP") and token.text.endswith("n") and token.dep_ in ("xcomp", "ROOT"):
            _join_causative(token)
        if token.text.endswith("-") and len(token.text) > 2:
            _join_truncated(token)
        if token.dep_ == "nummod" and token.head.pos_ == "NOUN":
            _lift_measured(token.head)
        if token.dep_ == "conj" and token.pos_ == "NOUN":
            _join_by_case(token)
            _read_gapped_dative(token)
        if token.dep_ in ("ccomp", "advcl", "xcomp"):
            _join_series(token)


def _join_phrase(joins: Token) -> None:
    """Coordinated phrases: a phrase that "und", "aber" or "oder" opens right behind another one of the same preposition
    is its conjunct: "spielt in Ulm, aber nicht in Hof": Hof, spielt/obl → Ulm/conj
    """
    noun = joins.head
    if noun.dep_ != "obl" or not is_led(noun) or noun.left_edge.i > joins.i:
        return
    before = [c for c in noun.head.children if c.dep_ == "obl" and is_led(c) and c.i < joins.i]
    first = before[-1] if before else noun
    led = [{c.text.lower() for c in each.children if c.dep_ == "case"} for each in (first, noun)]
    if before and led[0] & led[1] and all(t.is_punct for t in joins.doc[first.right_edge.i + 1 : noun.left_edge.i]):
        hang(noun, first, "conj")


def _read_conjunct(joins: Token) -> None:
    """Conjunct, no apposition: what "und" or "sowie" opens: "die Kliniken in Ulm sowie die Hochschule in Hof":
    Hochschule, Kliniken/appos → conj
    """
    noun = joins.head
    listed = joins.text in ("und", "sowie", "oder") and joins.i == noun.left_edge.i
    if noun.dep_ == "appos" and noun.pos_ in NOUNS and listed and noun.head.i < joins.i:
        relabel(noun, "conj")


def _part_stripped(negation: Token) -> None:
    """Stripping: a noun that stands with "nicht" alone between a comma and the end, behind a verb with a subject, is no
    argument of that verb but what is left of a second clause: "Der Kreis zahlt, die Stadt nicht": Stadt, obj → conj
    """
    noun, end = negation.nbor(-1), negation.i + 1 >= negation.sent.end or negation.nbor().is_punct
    verb = noun.head.head if noun.dep_ == "conj" else noun.head
    edge = noun.left_edge
    comma = edge.text == "," or (edge.i > edge.sent.start and edge.nbor(-1).text == ",")
    subject = any(c.dep_.startswith("nsubj") and c.i < verb.i for c in verb.children)
    taken = noun.pos_ in NOUNS and noun.dep_ in ("obj", "obl:arg", "nsubj", "xcomp", "conj")
    if end and comma and subject and taken and verb.pos_ in VERBS and verb.i < edge.i:
        hang(noun, verb, "conj")


def _return_conjunction(joins: Token) -> None:
    """Conjunction: "und" belongs to the conjunct right behind it, not to a noun further on that is no conjunct at all.

    Where a noun has it as its cc and is conjunct of a finite verb, and the word right behind "und" is in the phrase of
    another conjunct, "und" goes there, and the noun becomes the verb's subject, if it has none, else its object.
    "besuchte am Montag und am Dienstag die Stadt": und → Dienstag/cc; Stadt, besuchte/conj → besuchte/obj
    """
    noun, verb = joins.head, joins.head.head
    if noun.dep_ != "conj" or noun.pos_ not in NOUNS or not verb.tag_.endswith("FIN") or noun.left_edge.i > joins.i:
        return
    other = joins.nbor()
    while other.dep_ != "conj" and other.head != other and other.head.i > joins.i:
        other = other.head
    if other == noun or other.dep_ != "conj" or other.i > noun.i or any(c.dep_ == "case" for c in noun.children):
        return
    hang(joins, other)
    free = not any(c.dep_.startswith("nsubj") for c in verb.children)
    if free or not takes_sein(infinitive(verb.text, verb.lemma_)):
        relabel(noun, "nsubj" if free else "obj")


# Articles of a dative that no accusative has.
_DATIVE_ARTICLES = frozenset(
    "dem einem meinem seinem ihrem unserem diesem der einer seiner ihrer unserer dieser".split()
)


def _read_gapped_dative(noun: Token) -> None:
    """Gapping: in the second of two pairs of dative and accusative the verb is left out, so its dative belongs to the
    accusative beside it, as an indirect object.

    "Dem Verein schenkte er ein Haus, der Schule eine Orgel": Schule, Orgel/nmod → Orgel/iobj
    """
    first = noun.head
    ditransitive = first.dep_ == "obj" and any(c.dep_ in ("iobj", "obl:arg") for c in first.head.children)
    own = next((c.i for c in noun.lefts if c.dep_ == "det"), noun.i)
    for child in noun.lefts if ditransitive else ():
        dative = any(c.dep_.startswith("det") and c.text.lower() in _DATIVE_ARTICLES for c in child.children)
        if child.dep_ in ("nmod", "obl", "obl:arg") and child.i < own and dative and not is_led(child):
            relabel(child, "iobj")


def _part_finite_verbs(verb: Token) -> None:
    """Coordinated main clauses: a clause has one finite verb, so two that "und" stands between head a clause each.

    The first, which the tree has as an auxiliary of the second, takes what stands before "und"; the second becomes its
    conjunct, and the bare noun right behind it, where it has no subject left, its subject. "Kern musste vom Platz, und
    später erzielte Nowak das Tor": musste, erzielte/aux → ROOT; erzielte, ROOT → musste/conj; Nowak → erzielte/nsubj
    """
    first = next((c for c in verb.lefts if c.dep_ == "aux" and c.tag_ in ("VMFIN", "VAFIN")), None)
    joins = next((c for c in verb.lefts if c.dep_ == "cc" and first is not None and c.i > first.i), None)
    if first is None or joins is None or verb.text.endswith("n"):
        return
    before = [c for c in verb.lefts if c.i < joins.i and c != first]
    swap(first, verb, "conj")
    for child in before:
        hang(child, first)
    if not any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in verb.children):
        nouns = (c for c in verb.rights if c.pos_ in NOUNS and c.left_edge.i == verb.i + 1)
        behind = next((c for c in nouns if not any(d.dep_ == "case" for d in c.children)), None)
        if behind is not None:
            relabel(behind, "nsubj")


def _join_frame(verb: Token) -> None:
    """Frame of a quotation: what is joined to it by "und" with the verb first says what the speaker does besides, and
    is no part of the quotation before it, unless a comma, a quotation mark or the Konjunktiv says that speech goes on.

    "„Er redet mir rein“, sagt sie und lacht.": lacht, redet/conj → sagt/conj
    """
    quoted = verb.head
    frame = quoted.head
    joins = verb.nbor(-1) if verb.i > verb.sent.start else verb
    if (
        verb.dep_ != "conj"
        or joins.dep_ != "cc"
        or joins.head != verb
        or any(c != joins and not c.is_punct for c in verb.lefts)
    ):
        return
    known = quoted.dep_ in ("ccomp", "parataxis", "advcl") and quoted.i < frame.i < joins.i
    silent = not any(t.is_quote or t.text == "," for t in verb.doc[frame.i : joins.i])
    if known and frame.tag_ == "VVFIN" and silent and not has(verb, "Mood", "Sub"):
        hang(verb, frame, "conj")


def _join_subclause(verb: Token) -> None:
    """Coordinated subordinate clauses: a verb at the end, without a subject, joined by "und" to a clause with a
    conjunction or a relative pronoun that ends right before, belongs to that one, not to the main clause.

    "Es folgten Wanderjahre, ehe er heimkam und in Husum einen Betrieb gründete": gründete, folgten/conj → heimkam/conj
    """
    main, joins = verb.head, next((c for c in verb.lefts if c.dep_ == "cc"), verb)
    between = [c for c in verb.lefts if c.i > joins.i and not c.is_punct]
    ends = all(c.is_punct for c in verb.rights) and (verb.i + 1 >= verb.sent.end or verb.nbor().is_punct)
    if verb.dep_ != "conj" or joins == verb or joins.i == verb.sent.start or not between or not ends:
        return
    if any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in between):
        return
    last = joins.nbor(-1)
    other = last.head if last.dep_.startswith("aux") else last
    opened = any(c.dep_ == "mark" or c.tag_ == "PRELS" for c in other.lefts)
    if other.pos_ in VERBS and other != main and opened and main.i < other.left_edge.i and main.tag_.endswith("FIN"):
        hang(verb, other, "conj")


def _join_causative(infinitive: Token) -> None:
    """Causative: lassen with a bare infinitive is one predicate; with "zu" it is none.

    The infinitive becomes the head, lassen its auxiliary, and all arguments of lassen hang on the infinitive; one that
    was read as a participle becomes an infinitive. "Der Konzern ließ Akten vernichten": ließ, ROOT → vernichten/aux
    """
    above = infinitive.head
    below = [c for c in infinitive.children if c.dep_ == "aux" and c.text.lower().startswith(CAUSATIVE)]
    let = above if infinitive.dep_ == "xcomp" and above.text.lower().startswith(CAUSATIVE) else next(iter(below), None)
    if let is None or any(c.tag_ == "PTKZU" for c in infinitive.children):
        return
    children = [c for c in let.children if c != infinitive]
    if let == above:
        swap(infinitive, let, "aux")
    else:
        relabel(let, "aux")
    for child in children:
        hang(child, infinitive)
    reform(let, pos="AUX")
    if infinitive.tag_ == "VVPP":  # "verhaften" looks like "verhalten"
        reform(infinitive, "VVINF", features="VerbForm=Inf")


def _join_truncated(first: Token) -> None:
    """Truncated compound (Ergänzungsstrich): "X- und" is part of the noun behind it that the parser hung on it.

    Where und, oder, bzw. or sowie follows, and then a noun, perhaps behind adjectives, that noun takes the place of the
    first part, which becomes its compound. "schätzt die Wohn- und Lebensqualität": Lebensqualität → schätzt/obj
    """
    if first.i + 2 >= first.sent.end or first.nbor().text not in ("und", "oder", "bzw.", "sowie"):
        return
    joins, second = first.nbor(), first.nbor(2)
    while second.pos_ == "ADJ" and second.i + 1 < first.sent.end:
        second = second.nbor()
    if second.pos_ not in NOUNS or second.head != first:
        return
    swap(second, first, "compound")
    for child in list(first.children):
        hang(child, second)
    hang(joins, second, "compound")


def _lift_measured(unit: Token) -> None:
    """Measure phrase: behind a number and a noun of measure, a bare common noun is the head, the measure its nmod.

    The noun hangs on the measure or on its head, and is no person, name, subject, conjunct or root; the preposition
    goes with it. "zu vier Jahren Haft verurteilt": Jahren, verurteilt/obl → Haft/nmod; Haft → verurteilt/obl. Of two
    joined measures both are its, also where the tree has the noun as a third conjunct: "zu drei Jahren und vier
    Monaten Haft".
    """
    noun = unit.nbor() if unit.i + 1 < unit.sent.end else unit
    if unit.text.lower() not in noun_list("measures") or noun.tag_ != "NN" or noun.ent_type_ or is_person(noun.text):
        return
    joined = unit.dep_ == "conj" and unit.head.text.lower() in noun_list("measures")
    series = joined and noun.dep_ == "conj" and noun.head == unit.head  # Haft as a third conjunct
    beside = noun.head in (unit.head, unit) and noun.dep_ not in ("conj", "ROOT", "nsubj")
    if not (beside or series) or any(c.dep_ != "cc" for c in noun.lefts):
        return
    for conjunction in noun.lefts:
        hang(conjunction, unit)
    if joined:
        unit = unit.head
    swap(noun, unit, "nmod")
    for child in [c for c in unit.children if c.dep_ == "case"]:
        hang(child, noun)


def _read_ersatzinfinitiv(modal: Token) -> None:
    """Ersatzinfinitiv: a modal in -n right behind its infinitive is an infinitive itself in a perfect with haben.

    Also where haben stands at the first of two coordinated verbs; the modal's tag becomes VMINF.
    "hat ein Netz gebaut und Firmen gewinnen können"
    """
    verb = modal.head
    first = verb.head if verb.dep_ == "conj" else verb
    perfect = any(c.tag_ == "VAFIN" and c.lemma_ == "haben" for c in (*first.children, *verb.children))
    if perfect and modal.text.endswith("n") and modal.i == verb.i + 1 and verb.tag_ == "VVINF":
        reform(modal, "VMINF", features="VerbForm=Inf")


# Prepositions with the dative alone.
_WITH_DATIVE = frozenset("von vom mit bei beim aus nach seit zu zum zur gegenüber".split())


def _join_by_case(noun: Token) -> None:
    """Case of conjuncts: behind a preposition with the dative no conjunct has the article "die" or "das", so a conjunct
    with one is joined to the noun above that has the preposition's phrase as attribute, if both have one case.

    "ist die Mutter von Nina und die Schwester von Kurt": Schwester, Nina/conj → Mutter/conj
    """
    inner = noun.head
    above = inner.head
    led = next((c for c in inner.children if c.dep_ == "case"), None)
    article = next((c for c in noun.children if c.tag_ == "ART"), None)
    if led is None or led.text.lower() not in _WITH_DATIVE or article is None or is_led(noun):
        return
    attribute = inner.dep_ == "nmod" and above.pos_ == "NOUN" and above.i < inner.i
    if attribute and article.text.lower() in ("die", "das") and value(noun, "Case") == value(above, "Case"):
        hang(noun, above, "conj")


# Classes of verbs that have a clause or infinitive of their own, which a comma behind them then opens.
_GOVERNING = (
    "saying", "believing", "planning", "requiring", "factive", "denying", "phase", "implicative", "accusing",
    "dative_control", "object_control",
)  # fmt: skip


def _join_series(verb: Token) -> None:
    """Asyndetic series (asyndetische Reihung): of two dass-clauses or two infinitives with zu, right behind each other
    but for a comma, the second is conjunct of the first, and no complement of it.

    Only where the verb of the first governs no clause and no correlate or "so" points ahead; an infinitive also has to
    have its object already. "Er leugnet, dass Kinder frieren, dass Alte hungern": hungern, frieren/ccomp → conj
    """
    first, begin = verb.head, next((t.i for t in verb.subtree if not t.is_punct), verb.i)
    kind = _kind_of_complement(first)
    if first.i >= verb.i or begin - 2 < first.i or not kind or kind != _kind_of_complement(verb):
        return
    before = verb.doc[first.left_edge.i : begin - 1]
    adjacent = verb.doc[begin - 1].text == "," and before[-1] in (first, *(c for c in first.rights if c.pos_ == "AUX"))
    pointing = any(t.tag_ in ("PAV", "PROAV") or t.text.lower() in ("so", "derart", "dermaßen", "es") for t in before)
    lacking = kind == "zu" and not any(c.dep_ == "obj" for c in first.children)
    lemmas = {first.lemma_.lower(), infinitive(first.text, first.lemma_)}
    governs = lemmas & words("securing") or any(lemmas & words(kind) for kind in _GOVERNING)
    if adjacent and not pointing and not lacking and not governs:
        hang(verb, first, "conj")


def _kind_of_complement(verb: Token) -> str:
    """ "dass" for the verb of a clause that this word opens, "zu" for an infinitive with zu alone, else ""."""
    marks = {c.text.lower() for c in verb.lefts if c.dep_ in ("mark", "cc")}
    if marks & {"dass", "daß"}:
        return "dass"
    zu = verb.tag_ == "VVIZU" or (verb.tag_ == "VVINF" and "zu" in marks)
    return "zu" if zu and marks <= {"zu"} else ""
