"""Subject: the one a finite clause has, in "Insgesamt erwarten uns große Chancen", "Das Ziel war, zu sparen".

A finite German clause has a subject, and who acts in an infinitive stands in the clause above it. Each rule changes
heads and labels of a UD tree in place and leaves a sound one alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.mend.infinitives import attach_infinitive
from kg.extract.tree.agreement import OBLIQUES, may_be_nominative
from kg.extract.tree.arguments import is_bare_participle, is_office_conferred
from kg.extract.tree.edits import hang, relabel, swap
from kg.language.nouns import is_person
from kg.language.prepositions import is_led
from kg.language.verbs import infinitive as infinitive_of
from kg.language.verbs import words
from kg.reader.tokens import NOUNS, OBJECTS, VERBS, has, set_features

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# What stands before a verb and fills no place in its clause.
_LINKING = ("punct", "cc")
# Pronouns in the accusative or dative: beside one of these, a noun behind the verb is the subject.
_OBLIQUE_PRONOUNS = frozenset("uns mich dich ihn ihm ihnen euch mir dir".split())


def find_subjects(sentence: Span) -> None:
    """Subject: at each copula and each finite verb that is a root, make a noun its subject where it has none."""
    for token in list(sentence):
        if token.tag_ in ("PTKZU", "VVIZU"):
            attach_infinitive(token if token.tag_ == "VVIZU" else token.head)
        if token.dep_ == "cop":
            _make_apposition_subject(token)
            _make_predicate_subject(token)
        elif is_bare_participle(token):
            _make_passive_subject(token)
        elif token.pos_ in VERBS and token.tag_.endswith("FIN") and token.dep_ == "ROOT":
            _make_object_subject(token)
            _make_second_predicate_subject(token)
            _part_from_correlate(token)
        if token.pos_ == "VERB":
            _exchange_by_form(token)
            _exchange_by_number(token)
            _exchange_with_person(token)
            _exchange_by_office(token)
            if token.dep_ == "conj":
                _read_gap(token)
                _read_gap_of_subclause(token)
                _make_vorfeld_subject(token)


def _make_passive_subject(participle: Token) -> None:
    """Headline: the one noun beside a participle without auxiliary suffers it, and what stands before a colon is no
    argument of it: "Razzia in Ulm: Drei Männer festgenommen": Razzia, nsubj → parataxis; Männer, obj → nsubj:pass
    """
    nouns = [c for c in participle.lefts if c.dep_ in ("nsubj", "nsubj:pass", "obj") and not is_led(c)]
    colon = next((t.i for t in reversed(participle.doc[participle.sent.start : participle.i]) if t.text == ":"), -1)
    beside = [c for c in nouns if c.i > colon]
    if len(beside) != 1:
        return
    for noun in nouns:
        relabel(noun, "nsubj:pass" if noun in beside else "parataxis")


def _make_apposition_subject(copula: Token) -> None:
    """Predicate noun in the Vorfeld: beyond the copula of a noun without a subject, the noun that the tree hangs on it
    as an attribute is the subject; it has no preposition and no determiner like "den".

    "Weitere Mitglieder sind Otto Kern und Eva Horn.": Kern, Mitglieder/appos → Mitglieder/nsubj
    "Die größten Serien sind NASCAR und Indycar.": Serien, NASCAR/flat → NASCAR/nsubj
    """
    noun = copula.head
    if noun.dep_ in ("appos", "nmod") and noun.head.i < copula.i < noun.i and noun.head.dep_ == "ROOT":
        _raise_predicate(copula, noun)
        return
    if noun.pos_ not in NOUNS or any(c.dep_.startswith(("nsubj", "csubj", "expl")) for c in noun.children):
        return
    attributes = (c for c in noun.children if c.dep_ in ("appos", "nmod", "flat") and c.pos_ in NOUNS)
    beside = [
        c for c in attributes if min(c.i, noun.i) < copula.i < max(c.i, noun.i) and (c.dep_ == "flat") == (c.i < noun.i)
    ]
    if copula.tag_.endswith("FIN") and beside and _is_bare(beside[0]):
        relabel(beside[0], "nsubj")


def _raise_predicate(copula: Token, noun: Token) -> None:
    """Predicate noun of a copula, by the tree an attribute of the noun before it: that is the subject, if it has none.

    "Weitere Mitglieder waren Kern und Horn.": Kern, Mitglieder/appos → ROOT; Mitglieder → Kern/nsubj
    """
    before = noun.head
    free = not any(
        c.dep_.startswith(("nsubj", "csubj", "expl", "cop")) for c in (*before.children, *noun.lefts) if c != copula
    )
    if free and before.pos_ in NOUNS and noun.pos_ in NOUNS and _is_bare(noun) and _is_bare(before):
        swap(noun, before, "nsubj")


def _make_predicate_subject(copula: Token) -> None:
    """Copula without a subject: where the root is a noun with a nominative article, that noun is the subject.

    The copula, if finite, becomes the root, with what hung on the noun from outside its phrase. Here kg departs from
    UD, where the noun or the clause is the root. "Das Ziel war, Geld zu sparen": Ziel, ROOT → war/nsubj
    """
    noun = copula.head
    beside = [c.dep_ for c in noun.children]
    article = next((c for c in reversed(list(noun.lefts)) if c.tag_ == "ART"), None)
    if noun.pos_ != "NOUN" or noun.dep_ != "ROOT" or article is None or article.text.lower() in OBLIQUES:
        return
    if any(dep.startswith(("nsubj", "expl")) for dep in beside) or not copula.tag_.endswith("FIN"):
        return
    swap(copula, noun, "nsubj")
    for child in [c for c in noun.children if c.i < min(article.i, copula.i) or c.dep_ not in ("det", "amod", "nmod")]:
        hang(child, copula, {"nmod": "obl", "csubj": "ccomp"}.get(child.dep_, ""))


def _subjects(verb: Token) -> list[Token]:
    """The subjects of a verb: nominal, clausal or expletive ("es")."""
    return [c for c in verb.children if c.dep_.startswith(("nsubj", "csubj", "expl"))]


def _objects(verb: Token) -> list[Token]:
    """The nouns that are objects of a verb by the tree and could be nominatives."""
    return [c for c in verb.children if c.dep_ == "obj" and c.pos_ in NOUNS and may_be_nominative(c)]


def _make_object_subject(verb: Token) -> None:
    """Subject behind the verb: in a verb-second clause without a subject, the one object of the verb becomes nsubj.

    The verb is third person; the noun follows it, could be a nominative, and agrees with it in number or has a pronoun
    like "uns" beside it. Without any object, one bare oblique counts, and behind an accusative in the Vorfeld whoever
    is a person: "Insgesamt erwarten uns große Chancen", "Den Titel hielt bis 2010 mit 90 Metern Emil Falk"
    """
    if _subjects(verb) or verb.i == verb.sent.start:
        return
    objects = _objects(verb) or _persons_behind(verb)
    objects = objects or [c for c in verb.children if c.dep_ == "obl" and c.pos_ == "NOUN" and _is_bare(c)]
    number = verb.morph.get("Number")
    fits = objects and (
        objects[0].morph.get("Number") == number or any(c.text in _OBLIQUE_PRONOUNS for c in verb.children)
    )
    if fits and len(objects) == 1 and objects[0].i > verb.i and _is_third_person(verb):
        relabel(objects[0], "nsubj")


def _make_second_predicate_subject(verb: Token) -> None:
    """Inverted "werden": of a noun of persons without article before it and one with a nominative "der" or "die", or a
    name, behind it, the latter is the subject. The tree has both as predicates, or a name beside the latter.

    "Erster Meister wurde 1926 der Spieler Roland Jacobi": Spieler, wurde/xcomp → wurde/nsubj
    """
    nouns = [c for c in verb.children if c.dep_ in ("nsubj", "xcomp") and c.pos_ in NOUNS and _is_bare(c)]
    if verb.lemma_ != "werden" or len(nouns) != 2 or not nouns[0].i < verb.i < nouns[1].i:
        return
    articles = [any(c.tag_ == "ART" for c in noun.children) for noun in nouns]
    named = articles[1] and any(c.pos_ == "PROPN" and c.dep_ in ("appos", "flat") for c in nouns[1].children)
    behind = named or (nouns[0].dep_ == "xcomp" and (articles[1] or nouns[1].pos_ == "PROPN"))
    before = not articles[0] and is_person(nouns[0].text) and nouns[0].tag_ == "NN"
    if behind and before and nouns[1].dep_ == "xcomp":
        relabel(nouns[0], "xcomp")
        relabel(nouns[1], "nsubj")


def _persons_behind(verb: Token) -> list[Token]:
    """The bare nouns of persons, and names, behind a verb that has an accusative in the Vorfeld and nothing else that
    could be its subject: Emil, for the parser an oblique, in "Den Titel hielt bis 2010 Emil Falk".
    """
    accusatives = [c for c in verb.lefts if c.dep_ == "obj" and c.pos_ in NOUNS and not may_be_nominative(c)]
    behind = (c for c in verb.rights if c.dep_ in ("obl", "obl:arg", "dep") and c.pos_ in NOUNS and _is_bare(c))
    return [c for c in behind if accusatives and (c.pos_ == "PROPN" or is_person(c.text))]


def _part_from_correlate(verb: Token) -> None:
    """Correlate "es": behind a verb that judges it stands for the clause that follows, so the noun in the Vorfeld, an
    object by the tree, is the subject.

    "Die Kammer sah es als erwiesen an, dass er log": Kammer, sah/obj → sah/nsubj
    """
    subjects, objects = _subjects(verb), _objects(verb)
    expletive = len(subjects) == 1 and subjects[0].dep_ == "expl" and subjects[0].i == verb.i + 1
    judges = infinitive_of(verb.text, verb.lemma_) in words("appraising")
    fits = len(objects) == 1 and objects[0].i < verb.i and _is_third_person(verb)
    if expletive and judges and fits and objects[0].morph.get("Number") == verb.morph.get("Number"):
        relabel(objects[0], "nsubj")


def _is_bare(noun: Token) -> bool:
    """Whether a noun could be a subject: a nominative by its form, and no noun of time."""
    return may_be_nominative(noun) and noun.text.lower() not in words("times")


def _is_third_person(verb: Token) -> bool:
    """Whether a verb is third person, or its person is not known."""
    return verb.morph.get("Person") in ([], ["3"])


def _exchange_by_form(verb: Token) -> None:
    """Case by form: a common noun, masculine and singular, with the article "der" is a nominative, so as an object of a
    main clause it is the subject, where that is "sie", "es" or "das" by the tree, or nothing.

    "Nach der Wende holte sie der Zoologe nach Greifswald": sie, holte/nsubj → holte/obj; Zoologe → holte/nsubj
    """
    subjects = _subjects(verb)
    objects = [c for c in verb.children if c.dep_ in OBJECTS and c.pos_ == "NOUN" and _is_der(c)]
    opened = any(c.i < verb.i and c.dep_ not in _LINKING for c in verb.children)  # no gap for a subject
    pronouns = all(s.dep_ == "nsubj" and s.text.lower() in ("sie", "es", "das", "dies") for s in subjects)
    if len(objects) != 1 or len(subjects) > 1 or not pronouns or not opened or verb.dep_ not in ("ROOT", "conj"):
        return
    for pronoun in subjects:
        relabel(pronoun, "obj")
    relabel(objects[0], "nsubj")


def _exchange_by_number(verb: Token) -> None:
    """Agreement in number: of a plural verb in a main clause no single thing before it is the subject, where one bare
    plural behind it is the only object.

    Not of what counts others: "Eine Reihe Läden verkaufen Brot", "Die Polizei und der Zoll suchten Zeugen".
    "Die Schau besuchten 900 Menschen": Schau, besuchten/nsubj → obj; Menschen, besuchten/obj → nsubj
    """
    subjects = _subjects(verb)
    objects = [c for c in verb.children if c.dep_ == "obj" and not is_led(c)]
    if verb.tag_ != "VVFIN" or verb.dep_ not in ("ROOT", "conj") or len(subjects) != 1 or len(objects) != 1:
        return
    one, several = subjects[0], objects[0]
    article = next((c for c in one.children if c.tag_ in ("ART", "PDAT")), None)
    single = one.pos_ == "NOUN" and has(one, "Number", "Sing") and article is not None
    counting = any(c.dep_ in ("conj", "nmod", "appos", "flat") for c in one.children) or is_person(one.text)
    nominative = article is not None and article.text.lower() in ("der", "ein") and not has(one, "Gender", "Fem")
    plural = has(verb, "Number", "Plur") and has(several, "Number", "Plur") and several.pos_ in NOUNS
    if single and plural and not counting and not nominative and one.i < verb.i < several.i and _is_bare(several):
        relabel(one, "obj")
        relabel(several, "nsubj")


def _exchange_with_person(verb: Token) -> None:
    """Agreement in number: of a plural verb no single person behind it is the subject, where a plural opens the clause;
    the person is whom it is done to.

    "Schüler überreichten Landrat Udo Lenz eine Petition": Landrat, überreichten/nsubj → iobj; Schüler → nsubj
    """
    subjects = _subjects(verb)
    objects = [c for c in verb.children if c.dep_ in OBJECTS and c.pos_ in NOUNS and not is_led(c)]
    several = [c for c in objects if c.i < verb.i and has(c, "Number", "Plur") and may_be_nominative(c)]
    if len(subjects) != 1 or len(several) != 1 or not (verb.tag_ == "VVFIN" and has(verb, "Number", "Plur")):
        return
    one, acting = subjects[0], several[0]
    named = any(t.ent_type_ in ("PER", "PERSON") for t in (one, *(c for c in one.children if c.dep_ == "appos")))
    joined = any(t.dep_ in ("conj", "cc") for t in one.subtree)
    if not (named and not joined and one.i > verb.i and has(one, "Number", "Sing") and _is_third_person(verb)):
        return
    given = [c for c in objects if c.i > one.i]
    relabel(acting, "nsubj")
    relabel(one, "iobj" if given else "obj")
    for object in given[:1]:
        set_features(one, str(one.morph).replace("Case=Nom", "Case=Dat"))
        relabel(object, "obj")


def _exchange_by_office(verb: Token) -> None:
    """Resultative complement: who gets an office is a person, so beside "zur" and a noun of persons the pronoun "sie",
    or a name behind the verb, is the object, and a noun that is no person the subject, if the verb confers offices.

    "Zur Ehrenbürgerin ernannte sie die Stadt": sie, ernannte/nsubj → obj; Stadt, ernannte/obj → nsubj
    """
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    objects = [c for c in verb.children if c.dep_ == "obj" and c.pos_ == "NOUN" and may_be_nominative(c)]
    if len(subjects) != 1 or len(objects) != 1 or is_person(objects[0].text):
        return
    somebody = subjects[0].text.lower() == "sie" or (
        subjects[0].ent_type_ in ("PER", "PERSON") and subjects[0].i > verb.i
    )
    if not somebody:
        return
    confers = any(c.dep_ in ("obl", "obl:arg") and is_office_conferred(c) for c in verb.children)
    if confers and (subjects[0].i < objects[0].i or subjects[0].pos_ == "PROPN"):
        relabel(subjects[0], "obj")
        relabel(objects[0], "nsubj")


def _is_der(noun: Token) -> bool:
    """Whether a noun has the article "der" and is a masculine singular, so that it is a nominative."""
    article = next((c for c in noun.children if c.tag_ == "ART"), None)
    masculine = noun.morph.get("Gender") == ["Masc"] and noun.morph.get("Number") == ["Sing"]
    return article is not None and article.text.lower() == "der" and masculine and not is_led(noun)


def _may_be_accusative(noun: Token) -> bool:
    """Whether a noun may be an accusative by its form: "die Stadt", a name; not "der Rat"."""
    return not any(c.text.lower() in ("der", "ein") for c in noun.children if c.tag_ == "ART")


def _is_in_main_clause(conjunct: Token) -> bool:
    """Whether a conjunct is joined to the root of a main clause, and is no verb-final or infinite clause itself."""
    first = conjunct.head
    opened = any(c.dep_ == "mark" or c.tag_ in ("PRELS", "PWS", "PWAV") for c in (*first.children, *conjunct.children))
    return first.dep_ in ("ROOT", "ccomp") and not opened


def _read_gap(verb: Token) -> None:
    """Subject gap: a main clause that begins with its finite verb has the subject of the clause that it is joined to.

    The noun behind it that the tree has as its subject is its object where the verb is one that needs an object
    (`transitive`), has none, and the noun is no nominative by its form.
    "er betrat den Laden, bedrohte die Verkäuferin und floh": Verkäuferin, bedrohte/nsubj → bedrohte/obj
    """
    subjects = _subjects(verb)
    opens = all(c.dep_ in _LINKING for c in verb.lefts) and verb.tag_ == "VVFIN"
    if not opens or len(subjects) != 1 or not _is_in_main_clause(verb) or not _subjects(verb.head):
        return
    noun = subjects[0]
    free = not any(c.dep_ in ("obj", "ccomp", "xcomp") for c in verb.children) and noun.pos_ in NOUNS
    above = [s for s in _subjects(verb.head) if s.dep_ == "nsubj" and s.i < verb.i]
    needs = infinitive_of(verb.text, verb.lemma_) in words("transitive")
    agrees = any(s.morph.get("Number") == verb.morph.get("Number") for s in above)
    if needs and free and agrees and noun.i > verb.i and _may_be_accusative(noun):
        relabel(noun, "obj")


def _read_gap_of_subclause(verb: Token) -> None:
    """Subject gap in a subordinate clause: a singular verb has no several things as its subject, so if they stand in a
    clause that is joined to one with a conjunction and a singular subject, they are its object.

    "da ein Teil der Bürger in Hof wohnt, aber Steuern und Gebühren in Ulm bezahlt": Steuern, bezahlt/nsubj → obj
    """
    first, subjects = verb.head, _subjects(verb)
    opened = any(c.dep_ == "mark" or c.tag_ == "PRELS" for c in first.lefts)
    singular = has(verb, "Number", "Sing") and verb.tag_ == "VVFIN"
    if not opened or not singular or len(subjects) != 1 or any(c.dep_ in ("obj", "mark") for c in verb.children):
        return
    noun = subjects[0]
    several = has(noun, "Number", "Plur") or any(c.dep_ == "conj" for c in noun.children)
    above = [s for s in _subjects(first) if s.dep_ == "nsubj" and has(s, "Number", "Sing")]
    if noun.pos_ == "NOUN" and several and above and not any(c.dep_ == "conj" for c in above[0].children):
        relabel(noun, "obj")


def _make_vorfeld_subject(verb: Token) -> None:
    """Subject before the verb: in a coordinated verb-second clause without a subject, the bare noun before the verb.

    No gap is left there for the subject of the first clause, as something stands before the finite verb. The noun is an
    object by the tree, and could be a nominative that agrees with the verb.
    "Das Bad wird geschlossen, eine Erhöhung lasse sich nicht ausschließen": Erhöhung, ausschließen/obj → nsubj
    """
    finite = next((c for c in verb.lefts if c.dep_ == "aux" and c.tag_.endswith("FIN")), verb)
    if _subjects(verb) or not finite.tag_.endswith("FIN") or not _is_in_main_clause(verb):
        return
    before = [c for c in verb.lefts if c.i < finite.i and c.dep_ not in _LINKING]
    objects = [o for o in _objects(verb) if o in before]
    alone = len(before) == len(objects) == 1 and finite.i == objects[0].right_edge.i + 1 and _is_third_person(finite)
    if alone and objects[0].morph.get("Number") == finite.morph.get("Number"):
        relabel(objects[0], "nsubj")
