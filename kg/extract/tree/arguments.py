"""The arguments of a verb in a UD tree: which words can be one, what leads them, and what stands beside them.

"Link und Yan Lida unterzeichneten in Shenzhen ein Memorandum" has the subjects Link and Yan Lida, the object "ein
Memorandum", and an argument led by "in". Everything here looks at words and their neighbours; `clauses` puts
them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.tree.agreement import can_stand_for
from kg.extract.tree.negation import denies
from kg.extract.tree.numbers import is_share
from kg.extract.tree.particles import closes_circumposition, is_particle
from kg.language.acronyms import SHORT_OFFICES, is_abbreviation
from kg.language.auxiliaries import takes_sein
from kg.language.nouns import is_person, noun_list
from kg.language.prepositions import complement_beyond, uncontracted
from kg.language.thematic_roles import is_currency, thematic_role
from kg.language.verbs import infinitive
from kg.language.verbs import words as verb_class
from kg.reader.tokens import APPOSITIONS, ATTRIBUTES, AUXILIARIES_AND_COPULA, FLAT, NAMES_AND_FOREIGN, NOUNS, VERBS, has

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Slot:
    """An argument: its head token and how it hangs on the verb: role "obj", "iobj", "obl", "agent" or "pred".

    `case` is the preposition before it, or None; `last` the last word of a phrase that is used as one ("in Bezug auf").
    """

    role: str
    head: Token
    case: Token | None = None
    last: Token | None = None

    @property
    def lead(self) -> tuple[Token, ...]:
        """The words of the preposition as they stand, with the article inside a phrase: "in der Nähe von"."""
        if self.case is None:
            return ()
        return (self.case,) if self.last is None else tuple(self.case.doc[self.case.i : self.last.i + 1])

    @property
    def preposition(self) -> str:
        """The preposition without articles: "vom" → "von", "im Rahmen" → "in Rahmen", "in der Nähe" → "in Nähe".

        Contractions are one token in German text and one lemma in no treebank, so they are undone here.
        """
        if self.case is None:
            return ""
        further = (word.text for word in self.lead[1:] if word.tag_ != "ART")
        return " ".join((uncontracted(self.case.text), *further))


def heads_clause(token: Token) -> bool:
    """Clause: whether a word heads one, as a word with a copula, a verb, or an auxiliary that helps no other verb.

    No verb does that is an attribute, a particle, a preposition, an article or a part of a name. "Link lobt Ott": lobt;
    "Die Stadt ist pleite": pleite; "die geplante Brücke": none
    """
    if token.n_lefts + token.n_rights and any(child.dep_ == "cop" for child in token.children):
        return True
    verbal = token.pos_ == "VERB" or (
        token.tag_.startswith("VV") and any(c.dep_.startswith("aux") for c in token.children)
    )
    if verbal or (token.pos_ == "AUX" and token.dep_ not in AUXILIARIES_AND_COPULA):
        return token.dep_ not in ("amod", "compound:prt", "case", "mark", "det", "fixed", "flat", "flat:name")
    return False


# Indefinite pronouns that mean persons or things as subjects.
_INDEFINITES = frozenset("weitere andere beide letztere erstere letzterer ersterer mehrere einige viele wenige".split())


# Indefinite pronouns that mean things as objects: "unternehmen alles".
_WHOLES = frozenset({"alles", "vieles", "einiges", "manches"})


def is_nominal(token: Token) -> bool:
    """Nominal: whether a word can be the head of an argument; no adverb or number that was parsed as one.

    Nouns, names, pronouns and demonstratives are; indefinites with a genitive ("eine der Hauptrollen") or as a listed
    subject ("35 weitere wurden verletzt"); and nominalised adjectives, told by their capital within a sentence.
    """
    short = is_abbreviation(token.text) and token.text not in SHORT_OFFICES
    if is_era(token) or (short and not token.ent_type_):
        return False
    sign = token.pos_ == "SYM" and token.tag_ == "NN"  # "50,2 % der Stimmen"
    if token.pos_ in ("NOUN", "PROPN", "PRON", "X") or sign or is_currency(token.text):
        return True
    if (token.tag_ == "PIS" and any(c.dep_ == "nmod" and c.pos_ == "NOUN" for c in token.children)) or is_share(token):
        return True  # "eine der Hauptrollen", "drei der Verletzten"
    if token.tag_ == "PDS" or (token.text.lower() in _WHOLES and _is_only_object(token)):
        return True
    if token.tag_ == "PIS" and token.text.lower() in _INDEFINITES and token.dep_.startswith("nsubj"):
        return True  # "35 weitere wurden verletzt"
    return token.pos_ in ATTRIBUTES and token.text[0].isupper() and not token.is_sent_start


def _is_only_object(pronoun: Token) -> bool:
    """Whether an indefinite pronoun is an object, perhaps as an oblique, and no other object stands beside it."""
    beside = any(c.dep_ == "obj" and c != pronoun for c in pronoun.head.children)
    return pronoun.tag_ == "PIS" and pronoun.dep_ in ("obj", "obl") and not beside


def is_era(token: Token) -> bool:
    """Era: "Chr." behind "v." or "n.", which is neither a person nor an argument: "gründete 753 v. Chr. die Stadt"."""
    return token.text in ("Chr.", "Chr") and token.i > 0 and token.nbor(-1).text.lower() in ("v.", "n.", "vor", "nach")


def antecedent(token: Token) -> Token:
    """Antecedent of a relative pronoun: the noun that its relative clause hangs on; any other word comes back itself.

    Where that noun is a predicate, not negated, it is its subject if that has the same number ("X ist eine Firma, die
    baut" → X). Behind "einer der Räte" it is the plural if the verb is one ("einer der Räte, die klagten" → Räte).
    Where the clause hangs on no noun, it is an indefinite before the comma ("für alle, die suchen"), else the nearest
    noun before that agrees with the pronoun, else the nearest one. "was" has no antecedent, nor has a demonstrative
    ("Sie wissen das"), whose features are those of a relative pronoun.
    """
    relative = token.tag_ in ("PRELS", "PWS") or has(token, "PronType", "Rel")
    if not relative or _is_demonstrative(token) or token.text.lower() == "was":
        return token
    clause = token
    while clause.dep_ != "acl:relcl" and clause.dep_ != "acl" and clause.head != clause:
        clause = clause.head
    if clause.dep_.startswith("acl") and is_nominal(clause.head) and clause.head.text.lower() != "sich":
        said = _said_of(clause.head)
        if clause.head.pos_ not in NOUNS and (one_of := _counted_plural(clause.head, token)) is not None:
            return one_of
        if said == clause.head and not can_stand_for(token, said, nearest=True):
            said = next((t for t in _before(token) if can_stand_for(token, t, nearest=False)), said)
            return said
        same = said.morph.get("Number") == clause.head.morph.get("Number")
        return said if same or not said.morph.get("Number") else clause.head
    if token.i > 1 and token.nbor(-1).text == "," and token.nbor(-2).tag_ in ("PIS", "PDS"):
        return token.nbor(-2)  # "ein guter Tag für alle, die suchen"
    before = _before(token)
    fitting = (t for t in before if can_stand_for(token, t, nearest=t == before[0]))
    return next(fitting, next(iter(before), token))


def antecedents(token: Token) -> tuple[Token, ...]:
    """Antecedents of a word as a subject: of "die" with a plural verb all conjuncts of the noun that its clause hangs
    on, of any other word its one antecedent: "Es waren Ott und die Union, die klagten" → Ott, Union
    """
    noun, verb = antecedent(token), token.head
    finite = next((t for t in (*verb.children, verb) if t.tag_.endswith("FIN")), None)
    plural = finite is not None and has(finite, "Number", "Plur") and token.tag_ == "PRELS" and token.text == "die"
    if not plural or noun.pos_ not in NOUNS or noun not in (verb.head, *verb.head.conjuncts):
        return (noun,)
    joined = sorted({noun, *noun.conjuncts})
    whole = verb.head == joined[0] or has(noun, "Number", "Sing")
    return tuple(t for t in joined if t.i < token.i and t.pos_ in NOUNS) if whole else (noun,)


def _said_of(predicate: Token) -> Token:
    """Predicational clause: the subject of a noun that is its predicate and not denied, else the noun itself.

    Not of a specificational one, whose subject says what is told of the predicate: bare ("Ziel ist eine Straße, die …")
    or one of `specifying` ("Der Grund war ein Fehler, der …").
    """
    beside = list(predicate.children)
    plain = any(c.dep_ == "cop" for c in beside) and not any(denies(c) for c in beside)
    subject = next((c for c in beside if plain and c.dep_ == "nsubj" and c.pos_ in NOUNS), predicate)
    bare = subject.pos_ == "NOUN" and has(subject, "Number", "Sing") and not any(c.pos_ == "DET" for c in subject.lefts)
    return predicate if bare or subject.lemma_ in noun_list("specifying") else subject


def _counted_plural(one: Token, pronoun: Token) -> Token | None:
    """Partitive: the plural below "einer", where a plural verb agrees with the relative pronoun that is its subject."""
    clause = pronoun.head
    finite = next((t for t in (*clause.children, clause) if t.tag_.endswith("FIN")), None)
    plural = finite is not None and has(finite, "Number", "Plur") and pronoun.dep_.startswith("nsubj")
    nouns = (c for c in one.children if c.dep_ == "nmod" and c.pos_ == "NOUN" and c.i < pronoun.i)
    return next(nouns, None) if plural else None


def _is_demonstrative(pronoun: Token) -> bool:
    """Demonstrative: a pronoun with that tag; but "der" behind a comma is relative if its clause hangs on a noun."""
    behind_comma = pronoun.i > pronoun.sent.start and pronoun.nbor(-1).text == ","
    relative = pronoun.text.lower() != "das" and behind_comma and pronoun.head.dep_.startswith("acl")
    return pronoun.tag_ == "PDS" and not relative


def _before(token: Token) -> list[Token]:
    """The nouns of a sentence before a word, the nearest first."""
    return [t for t in reversed(token.doc[token.sent.start : token.i]) if t.pos_ in NOUNS]


# Prepositions that lead to who acts in a passive; "nach X benannt" has none.
_AGENTIVE = ("von", "durch")
_ARGUMENTS = frozenset({"obj", "iobj", "obl", "obl:arg", "obl:agent", "obl:tmod", "nmod"})


def arguments_of(token: Token, copula: Token | None) -> Iterator[Slot]:
    """Valency: yield the arguments and adjuncts of the head of a clause, one slot per conjunct, reflexives left out.

    With a copula the head itself is a predicate ("pred"), as are the predicates joined to it. An object with a
    preposition is "obl"; of a complex preposition ("im Rahmen des Projekts") the complement is taken, of a relative
    pronoun the antecedent. Predicative adjectives are "pred", and so are xcomp nouns of sein, werden, bleiben, heißen.
    "Link unterzeichnete in Shenzhen ein Memorandum" → obl Shenzhen with "in", obj Memorandum
    """
    if copula is not None:
        yield Slot("pred", token, _case(token))
        yield from (
            Slot("pred", other, _case(other)) for other in conjuncts(token)[1:] if _is_joint_predicate(other, token)
        )
    for child in token.children:
        argument = child.dep_ in _ARGUMENTS and not (copula is not None and child.dep_ == "nmod")
        if argument and not is_reflexive(child) and child.text.lower() != "sich":
            for head in conjuncts(child):
                case = _case(head) or _case(child)
                role = "obl" if case is not None else child.dep_.partition(":")[0]
                if case is not None and (reached := complement_beyond(head, case)) is not None:
                    to, further = reached
                    yield from (Slot(role, antecedent(noun), case, further or head) for noun in conjuncts(to))
                else:
                    acts = child.dep_ == "obl:agent" and (case is None or uncontracted(case.text) in _AGENTIVE)
                    yield Slot("agent" if acts else role, antecedent(head), case)
        elif child.dep_ == "advmod" and copula is None and _is_predicative(child, token):
            yield Slot("pred", child)
        elif child.dep_ == "xcomp" and child.pos_ in ("NOUN", "PROPN", "ADJ") and not heads_clause(child):
            case = _case(child)
            if case is not None and child.pos_ != "ADJ":
                yield Slot("obl", child, case)
            elif case is None and token.lemma_ in ("sein", "werden", "bleiben", "heißen"):
                yield Slot("pred", child)
                if child.pos_ == "ADJ":
                    yield from arguments_of(child, None)  # "bleibt dem Verein treu"
        elif child.dep_ == "xcomp" and child.tag_ == "VVPP" and infinitive(token.text, token.lemma_) == "bleiben":
            yield Slot("pred", child)  # "blieb ihr verwehrt"
            yield from arguments_of(child, None)  # "bleibt dem Haus verbunden"


def _is_joint_predicate(other: Token, first: Token) -> bool:
    """Coordinated predicates: whether a conjunct of a predicate is one too: "ist eine Stadt und ein Hafen".

    Both are nouns or names, or both adjectives; the conjunct has no subject, copula or auxiliary of its own
    ("…, und B ist klein"), and no preposition unless the first one has one.
    """
    alike = other.pos_ == first.pos_ or {other.pos_, first.pos_} <= set(NOUNS)
    clausal = any(c.dep_.startswith(("nsubj", "cop", "aux", "csubj")) for c in other.children)
    led = _case(other) is not None and _case(first) is None
    return alike and other.pos_ in ("NOUN", "PROPN", "ADJ") and not clausal and not led


def _is_predicative(word: Token, verb: Token) -> bool:
    """Predicative adjective: whether an adverbial adjective is the predicate of bleiben, or of sein or werden as AUX.

    The verb has neither an object nor an open complement (xcomp), and the adjective tells no time.
    "Danach wurde sie sehr krank" → krank
    """
    lemma = verb.lemma_ if verb.pos_ in VERBS else ""
    copular = lemma in ("sein", "werden", "bleiben")
    copular = copular and word.text not in verb_class("adverbial")
    return copular and word.tag_ == "ADJD" and not any(c.dep_ in ("obj", "xcomp") for c in verb.children)


def attributes_of(noun: Token) -> Iterator[Slot]:
    """Prepositional attribute: yield a slot for each nominal nmod with a preposition behind a noun, and its conjuncts.

    "unterzeichnet ein Abkommen mit Huawei": Huawei, with "mit"
    """
    for child in noun.children:
        case = _case(child) if child.dep_ == "nmod" and child.i > noun.i and is_nominal(child) else None
        if case is not None:
            yield from (Slot("obl", head, case) for head in conjuncts(child))


def conjuncts(token: Token) -> tuple[Token, ...]:
    """Coordination: a noun and the conjuncts behind it: "Bürgermeister Link und Yan Lida" → both heads.

    They may hang on any word of the first: on the title, the first name or the surname. Verbs are none, nor is a noun
    with which a clause of its own begins, nor one behind a bracket: "die Nord AG (heute Polar AG)".
    """
    words, found = [token], set()
    for word in words:
        words += (c for c in word.children if c.dep_ in APPOSITIONS and c.i == c.left_edge.i == word.i + 1)
        found |= {c for c in word.conjuncts if c.pos_ not in VERBS and c.i > token.i and not _is_apart(c)}
    return (token, *sorted(found))


def first_conjunct(token: Token) -> Token:
    """Coordination: the word that a conjunct hangs on, itself for any other: of "Ulm, Bonn und Kiel" Ulm for each."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def are_coordinated(one: Token, other: Token) -> bool:
    """Whether two words are conjuncts of one coordination, told without a look at all the others in it."""
    return one != other and first_conjunct(one) == first_conjunct(other)


def _is_apart(token: Token) -> bool:
    """Whether a conjunct takes no part in the clause of the first: it opens its own, or a bracket begins with it that
    has no "und" of its own: "die Nord AG (heute Polar AG)", but "Lieder (und Psalmen)".
    """
    aside = token.left_edge.text == "(" and not any(c.dep_ == "cc" for c in token.children)
    return aside or _opens_clause(token)


def _opens_clause(token: Token) -> bool:
    """Coordination of clauses: whether a content verb right behind a conjunct is not above it in the tree.

    Then a clause of its own begins with it: "Siemens kauft Alstom und Bosch verkauft Blaupunkt" → Bosch opens one
    """
    last = max([token.i, *(c.i for c in token.children if c.dep_ in FLAT and c.pos_ in NAMES_AND_FOREIGN)])
    if last + 1 >= len(token.doc) or token.doc[last + 1].is_sent_start:
        return False
    following = token.doc[last + 1]
    return following.tag_ in ("VVFIN", "VVPP") and following.text.islower() and following not in token.ancestors


def _case(token: Token) -> Token | None:
    """Preposition of a phrase: its case, or the word before it that the parser hung on the verb as a particle.

    Before "von", one that takes a genitive counts instead: "anlässlich von Festen" → anlässlich.
    """
    own = next((c for c in token.children if c.dep_ == "case" and c.pos_ in ("ADP", "CCONJ", "SCONJ")), None)
    if own is not None and own.text == "von" and own.i and own.nbor(-1).text.lower() in verb_class("with_von"):
        return own.nbor(-1)  # "anlässlich von Festen"
    before = token.left_edge.i - 1
    while own is None and before >= 0 and token.doc[before].text in '„«»"':
        before -= 1
    particle = token.doc[before] if own is None and before >= 0 else token
    if particle.dep_ == "compound:prt" and not is_particle(particle) and not closes_circumposition(particle):
        return token.doc[before]
    return own


_SUBJECT_OF_REFLEXIVE = {"uns": "wir", "mich": "ich", "dich": "du", "euch": "ihr"}
REFLEXIVES = frozenset({"sich", "uns", "mich", "dich", "euch"})
"""What can be a reflexive in the accusative."""


def is_reflexive(token: Token) -> bool:
    """Reflexive: whether a pronoun without preposition is "sich", or "uns", "mich" … with a subject of its own person.

    Where the verb has no subject, that of its first conjunct counts, else the tag. "freut sich", "wir freuen uns", not
    "für sich gewinnen", "wir beraten dich"
    """
    who = _SUBJECT_OF_REFLEXIVE.get(token.text.lower())
    marked = token.text.lower() == "sich" or token.tag_ == "PRF" or has(token, "Reflex", "Yes")
    if (who is None and not marked) or any(child.dep_ == "case" for child in token.children):
        return False
    if who is None:
        return marked
    subjects = [c.text.lower() for c in token.head.children if c.dep_ == "nsubj"]
    if not subjects and token.head.dep_ == "conj":  # "Wir sind dabei und befinden uns"
        subjects = [c.text.lower() for c in token.head.head.children if c.dep_ == "nsubj"]
    return who in subjects if subjects else marked  # "wir freuen uns", but "wir beraten dich"


def is_finite(token: Token) -> bool:
    """Whether a verb is finite, by its tag or its features: "baut", not "gebaut"."""
    return token.tag_.endswith("FIN") or (token.pos_ in VERBS and has(token, "VerbForm", "Fin"))


def is_bare_participle(verb: Token) -> bool:
    """Headline passive: whether a participle heads a clause without any auxiliary and is of a verb that has a passive:
    "18 Puten getötet", "Brücke gesperrt"; not "Minister eingetroffen", nor a conjunct of what has an auxiliary.
    """
    first = verb.head if verb.dep_ == "conj" else verb
    if first.dep_ not in ("ROOT", "parataxis", "ccomp") or not verb.tag_ == first.tag_ == "VVPP":
        return False
    if any(c.dep_ in AUXILIARIES_AND_COPULA for c in (*verb.children, *first.children)):
        return False
    lemma = infinitive(verb.text, verb.lemma_)
    return not takes_sein(lemma) and not {lemma} & (verb_class("intransitive") | verb_class("headline_actives"))


def is_office_conferred(noun: Token) -> bool:
    """Resultative complement: whether "zum" or "zur" leads an office that a verb confers, and nobody who has it.

    "Die Stadt ernannte Lenz zur Ehrenbürgerin", not "Er ging zum Minister"
    """
    led = any(c.dep_ == "case" and c.text.lower() in ("zum", "zur", "zu") for c in noun.children)
    verb = infinitive(noun.head.text, noun.head.lemma_)
    return led and is_person(noun.text) and thematic_role("zu", verb, "Person", "", "Dat") == "complement"


def is_indefinite(noun: Token) -> bool:
    """Indefinite noun phrase: no name, and with no determiner but "ein" or "mehr": "ein Gesetz", "neue Gesetze"."""
    determiners = [c.text.lower() for c in noun.children if c.dep_.startswith("det") and c.i < noun.i]
    return noun.pos_ == "NOUN" and not noun.ent_type_ and all(d.startswith("ein") or d == "mehr" for d in determiners)
