"""Anaphora: "er", "ihre", "die" in "Toplak, die warnte", "das Unternehmen" point to what is named elsewhere.

Extraction finds them and says what grammar alone knows: the forms give gender and number, a relative clause its noun,
"ich" in a quotation its speaker. Whom the others mean is for resolution to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.names.mentions import Mentions
from kg.extract.speech.attribution import Speech, Voice
from kg.extract.tree.arguments import antecedent, heads_clause, is_office_conferred
from kg.extract.tree.particles import is_local_adverb
from kg.language.nouns import is_person, may_stand, noun_kind, noun_list, noun_stems, noun_type, stem
from kg.language.verbs import words
from kg.reader.tokens import AUXILIARIES_AND_COPULA, GENITIVE_PRONOUNS, VERBS, has
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# What the forms of the third person say: gender and number, several where the form leaves it open.
_THIRD_PERSON = {
    "er": ("Masc", "Sing"), "ihn": ("Masc", "Sing"), "ihm": ("Masc,Neut", "Sing"), "es": ("Neut", "Sing"),
    "sie": ("Fem", "Sing,Plur"), "ihr": ("Fem", "Sing,Plur"), "ihnen": ("", "Plur"),
    "sein": ("Masc,Neut", "Sing"), "dessen": ("Masc,Neut", "Sing"), "deren": ("Fem", "Sing,Plur"),
    "dieser": ("Masc,Fem", "Sing"), "diesen": ("Masc", "Sing"), "diesem": ("Masc,Neut", "Sing"),
    "diese": ("Fem", "Sing,Plur"),
}  # fmt: skip
# The same of relative pronouns in all their cases; "der" and "welcher" are masculine as a subject alone, else also a
# dative or genitive of women.
_RELATIVE_PRONOUNS = {
    "der": ("Masc", "Sing"), "die": ("Fem", "Sing,Plur"), "das": ("Neut", "Sing"), "den": ("Masc", "Sing"),
    "dem": ("Masc,Neut", "Sing"), "dessen": ("Masc,Neut", "Sing"), "deren": ("Fem", "Sing,Plur"), "denen": ("", "Plur"),
    "welcher": ("Masc", "Sing"), "welche": ("Fem", "Sing,Plur"), "welches": ("Neut", "Sing"),
    "welchen": ("", "Sing,Plur"), "welchem": ("Masc,Neut", "Sing"),
}  # fmt: skip
_POSSESSIVES = {f"{stem}{ending}": stem for stem in ("sein", "ihr") for ending in ("", "e", "en", "em", "er", "es")}
_FIRST_PERSON = frozenset({"ich", "mich", "mir", "mein", "meine", "meinen", "meinem", "meiner", "meines"})
# The first person of the present that looks like a Konjunktiv of the third: "ich habe", "ich werde".
_LIKE_SUBJUNCTIVE = frozenset({"habe", "werde", "könnte", "möchte"})
_PRONOUN_TAGS = frozenset({"PPER", "PPOSAT", "PPOSS", "PRELS", "PRELAT", "PDS", "PDAT", "PRF"})
_DEFINITES = frozenset({"der", "die", "das", "den", "dem", "des", "dieser", "diese", "dieses", "diesen", "diesem"})


def find_pointers(mentions: Mentions, speech: Speech) -> Iterator[Mention]:
    """Anaphora: yield pronouns and definite noun phrases, with gender, number and, where grammar tells, the antecedent.

    A noun counts where it names a kind of thing or what a name of the text is called by, and has a definite article or
    a possessive: "er", "ihre", "das Unternehmen", "seine Stadt".
    """
    called = _designations(mentions)
    for token in mentions.reading.doc:
        if token.pos_ == "NOUN" or (token.tag_ == "NN" and token.i not in mentions.by_token):
            known = noun_type(token.text) or may_stand(token.text) or stem(token.text) in called
            if known and token.i not in mentions.titles and (_is_definite(token) or _has_possessive(token)):
                yield from _definite_phrase(mentions, token)
        elif token.tag_ in _PRONOUN_TAGS:
            yield from _pronoun(mentions, speech, token)
        elif is_local_adverb(token):
            yield from _place_meant(mentions, token)


def _place_meant(mentions: Mentions, adverb: Token) -> Iterator[Mention]:
    """Local deixis: yield "dort" with the place it stands for, the last one named before it, in its sentence or the
    one before; where none is, nobody knows.

    "Er flog nach Rom. Dort traf er Kern." → Rom
    """
    earliest = max(adverb.sent.start - 1, 0)
    first = mentions.reading.doc[earliest].sent.start
    named = (mentions.by_token.get(i) for i in range(adverb.i - 1, first - 1, -1))
    places = (name for name in named if name is not None and mentions.named(name).type == "Place")
    place = next(
        (name for name in places if not _only_attributed(mentions.reading.doc[name.first : name.last + 1])), None
    )
    if place is not None:
        found = mentions.of(adverb)
        yield replace(found, form="pronoun", type="Place", pointing=True, antecedent=mentions.named(place).id)


def _only_attributed(name: Span) -> bool:
    """Whether a place is only where somebody comes from, or stands in the attribute of a noun: "den Chef aus Köln"."""
    led = any(c.dep_ == "case" and c.text.lower() in ("aus", "von", "vom") for c in name.root.children)
    return led or name.root.dep_ == "nmod"


def _designations(mentions: Mentions) -> frozenset[str]:
    """Stems of the nouns that names contain or stand beside: "Bahn" of "Deutsche Bahn", though no list has it.

    Of a name of two words both count, of others the first; names of persons are left out.
    """
    names = [n.text.split() for n in mentions.names if n.type not in ("Person", "Thing") and not n.cut]
    words = {word for name in names for word in (name if len(name) == 2 else name[:1]) if word.isalpha()}
    words |= {title.text for title in mentions.title_of.values()}
    return frozenset(stem(word) for word in words)


def _definite_phrase(mentions: Mentions, noun: Token) -> Iterator[Mention]:
    """Definite noun phrase: yield it if it can mean what has its name elsewhere: "der chinesische Konzern".

    In apposition to a name of its type it means that: "Siemens, das Unternehmen". Left out are a phrase with an
    attribute that singles out another thing ("die Polizei von Cleveland", of places "der italienische Staat"), an
    office ("wählte Petra Lenz zur Vorsitzenden"), a plural, a relational noun without a possessive ("der Nachfolger"),
    and whose an apposition is ("die Elbsoft, eine Tochter des Konzerns").
    """
    named = mentions.by_token.get(noun.head.i) if noun.dep_ == "appos" else None
    if named is not None and mentions.named(named).type == noun_type(noun.text):
        yield replace(mentions.of(noun), pointing=True, antecedent=mentions.named(named).id)
        return
    if mentions.of(noun).type == "Role" or is_office_conferred(noun) or _is_of_apposition(mentions, noun):
        return
    more = {"nmod", "nmod:poss", "nummod", "appos", "flat", "flat:name", "acl"}
    if noun_type(noun.text) == "Place":
        more.add("amod")
    named_like = (c for c in noun.children if c.tag_ == "ADJA" and c.text[0].isupper() and not c.is_sent_start)
    if any(not c.text.endswith("er") for c in named_like):  # "die Karibische Platte" is a name
        return
    if stem(noun.text) in noun_stems("relational_persons") and not _has_possessive(noun):
        return
    if noun.dep_ == "nmod" and _is_of_office(noun):
        return
    less = {c.i for c in noun.children if _is_locating_attribute(c) or (c.i > noun.i and c.pos_ == "NUM")}
    front = noun.text[0] == "-" or (noun.i in mentions.parts and noun_type(noun.text) != "Person")
    if not front and not any(c.dep_ in more and c.i not in less for c in noun.children) and not _is_plural(noun):
        yield replace(mentions.of(noun), number="Sing", pointing=True)


def _is_of_apposition(mentions: Mentions, noun: Token) -> bool:
    """Genitive in an apposition to the name of an organisation, which hardly means that name: "die Elbsoft, eine
    Tochter des Konzerns".
    """
    head = noun.head
    if noun.dep_ != "nmod" or head.dep_ not in ("appos", "flat"):
        return False
    name = mentions.by_token.get(head.head.i)
    return name is not None and mentions.named(name).type == noun_type(noun.text) == "Organization"


def _is_of_office(noun: Token) -> bool:
    """Genitive of an office: whether a noun below "Amt", "Rolle" … names the office and not who holds it.

    Compounds of them count before a noun of persons: "die Richtlinienkompetenz des Kanzlers", not "das Finanzamt der
    Stadt"; and none that only ends alike: "die Auswahl des Trainers".
    """
    head = noun.head.lemma_.lower()
    offices = noun_list("office_genitives")
    if head in offices:
        return True
    return is_person(noun.text) and head.endswith(tuple(offices)) and not head.endswith(tuple(noun_list("no_offices")))


def _is_locating_attribute(token: Token) -> bool:
    """Locating attribute: a name with "aus", or of a town with "am" or "an", says only where something is, and so does
    a seat with "mit".

    "die Firma aus Bebra", "die Stadt am Main", "der Konzern mit Sitz in Köln"
    """
    led = next((c for c in token.children if c.dep_ == "case"), None)
    if led is not None and led.text == "mit" and token.text in noun_list("seats"):
        return True
    if led is None or token.pos_ != "PROPN":
        return False
    return led.text == "aus" or (led.text in ("am", "an") and noun_kind(token.head.text) == "city")


def _is_plural(noun: Token) -> bool:
    """Number of a noun by its article, which tells more than the tagger: "der Niederländer will" is one man.

    "das", "dem", "des" and a nominative "der" are singular; "den" is plural before a form in -n or -s that is no lemma,
    unless article and noun are masculine singulars.
    """
    article = next((c for c in noun.children if c.dep_.startswith("det") and c.tag_ in ("ART", "PDAT")), None)
    word = article.text.lower() if article is not None else ""
    if word in ("das", "dem", "des", "dieses", "diesem") or (word == "der" and noun.dep_.startswith("nsubj")):
        return False
    if article is not None and word in ("den", "diesen"):  # an accusative or a dative plural, which ends in -n or -s
        singular = has(article, "Number", "Sing") and has(noun, "Gender", "Masc")
        return noun.text != noun.lemma_ and noun.text[-1] in "ns" and not singular
    return has(noun, "Number", "Plur")


def _has_possessive(noun: Token) -> bool:
    """Whether a noun has a possessive of the third person: "ihre Stadt"."""
    return any(c.tag_ == "PPOSAT" and c.text.lower() in _POSSESSIVES for c in noun.children)


def _pronoun(mentions: Mentions, speech: Speech, token: Token) -> Iterator[Mention]:
    """Pronoun: yield it with gender and number of its form, and the antecedent that grammar tells.

    That is of a relative pronoun its noun ("Toplak, die warnte"), of "ich" in direct speech its speaker, of "sich" the
    subject, of a possessive at the start of its clause the named subject behind it. Others are for resolution: "er",
    "sie".
    """
    word = token.text.lower()
    noun = antecedent(token)
    if noun != token:
        nearest = _conjunct_meant(noun, token)
        if nearest is not None and _leads_clause(token):
            place = _as_pronoun(mentions, token)
            gender, number = _RELATIVE_PRONOUNS.get(word, ("", ""))
            gender = gender if word not in ("der", "welcher") or place.role == "subject" else "Masc,Fem"
            yield replace(place, gender=gender, number=number, antecedent=mentions.of(nearest).id)
    elif word in _FIRST_PERSON:
        voice = speech.quoted(token.i) or _voice_of_clause(speech, token)
        if voice is not None and voice.speaker is not None:
            yield replace(_as_pronoun(mentions, token), gender="", number="Sing", antecedent=voice.speaker.id)
    elif word == "sich":
        subject = _binder(token)
        if subject is not None:
            yield replace(_as_pronoun(mentions, token), gender="", number="", antecedent=mentions.of(subject).id)
    elif token.tag_ != "PRELS" and (token.tag_ != "PDAT" or word in GENITIVE_PRONOUNS) and _is_referential(token):
        gender, number = _THIRD_PERSON[_POSSESSIVES.get(word, word)]
        behind = _cataphoric_subject(mentions, token) if word in _POSSESSIVES else None
        known = behind.id if behind is not None else ""
        yield replace(
            _as_pronoun(mentions, token), gender=gender, number=_agreeing_number(token, number), antecedent=known
        )


def _voice_of_clause(speech: Speech, pronoun: Token) -> Voice | None:
    """Direct speech without quotation marks: whose words the clause of a pronoun is, where it has no conjunction and
    stands in the indicative: "Ich arbeite bei Bosch, sagte Kern", not "Kern sagte, ich sei faul".
    """
    head = pronoun
    while not heads_clause(head) and head.head != head:
        head = head.head
    verbs = [head, *(c for c in head.children if c.dep_ in AUXILIARIES_AND_COPULA)]
    forms = {verb.text.lower(): has(verb, "Mood", "Sub") for verb in verbs}
    indirect = "sei" in forms or any(sub and form not in _LIKE_SUBJUNCTIVE for form, sub in forms.items())
    opened = any(c.dep_ == "mark" for c in head.children)
    return speech.voices.get(head.i) if not (indirect or opened) else None


def _cataphoric_subject(mentions: Mentions, possessive: Token) -> Mention | None:
    """Cataphora: the named subject behind a possessive that stands before it in its clause.

    "In seiner Rede lobte Ott die Stadt" → Ott
    """
    noun = verb = possessive.head
    while not heads_clause(verb) and verb.head != verb:
        verb = verb.head
    if not verb.dep_ or verb == noun:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i > noun.i), None)
    if subject is None or subject.i not in mentions.by_token or subject.is_ancestor(noun):
        return None
    return mentions.named(mentions.by_token[subject.i])


def _as_pronoun(mentions: Mentions, token: Token) -> Mention:
    """The mention of a pronoun, of unknown type until it is known what it stands for."""
    return replace(mentions.of(token), form="pronoun", type="Thing", pointing=True)


def _conjunct_meant(noun: Token, relative: Token) -> Token | None:
    """Coordinated antecedent: the last noun before a relative pronoun, as in "Link und Ott, der warnte" → Ott

    With a plural verb and a singular noun it is no single one: None for "Link und Ott, die warnten".
    """
    found = [noun, *(t for t in noun.subtree if t.dep_ == "conj" and t.head in (noun, *noun.conjuncts))]
    before = [t for t in found if t.i < relative.i]
    if len(before) < 2:
        return noun
    verbs = [relative.head, *relative.head.children]
    plural = any(has(t, "Number", "Plur") and has(t, "VerbForm", "Fin") for t in verbs)
    return None if plural and has(before[-1], "Number", "Sing") else before[-1]


def _leads_clause(relative: Token) -> bool:
    """Relative clause: a verb stands between its pronoun and the next comma: not in "Israel, die Hamas, Ägypten".

    It is looked for only where a noun, adjective or number follows the pronoun.
    """
    doc, end = relative.doc, relative.sent.end
    if relative.i + 1 < end and doc[relative.i + 1].tag_ not in ("NN", "NE", "ADJA", "CARD"):
        return True
    stop = next((t.i for t in doc[relative.i + 1 : end] if t.text in (",", ";", ":")), end)
    return any(t.pos_ in VERBS for t in doc[relative.i + 1 : stop])


def _binder(token: Token) -> Token | None:
    """Binding of a reflexive: the one subject of its clause, or of the verb that its infinitive or conjunct hangs on.

    Müller in "Müller will sich bewerben"; None where it is coordinated or "es".
    """
    verb = token.head
    for _ in range(3):
        found = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass") and c != token), None)
        if found is not None:
            one = found.text.lower() != "es" and all(c.dep_ != "conj" for c in found.children)
            return antecedent(found) if one else None
        if verb.dep_ not in ("xcomp", "conj") or verb.head == verb:
            return None
        verb = verb.head
    return None


def _is_referential(token: Token) -> bool:
    """Referential pronoun of the third person: neither an expletive "es" ("es regnet") nor a polite "Sie".

    A capital "Sie" or "Ihr" counts only at the start of a sentence or behind a mark.
    """
    word = token.text.lower()
    if _POSSESSIVES.get(word, word) not in _THIRD_PERSON:
        return False
    if token.text[0].isupper() and word in ("sie", "ihnen", "ihr", "ihre", "ihren", "ihrem", "ihrer", "ihres"):
        return token.is_sent_start or token.nbor(-1).is_punct
    if word == "es":
        return _is_referential_es(token)
    return True


def _is_referential_es(es: Token) -> bool:
    """Referential "es": as an object, or as the subject of a verb that is neither impersonal, reflexive nor plural.

    Not as correlate of a clause or an expletive: "es ist wichtig, dass …", "es handelt sich um …", "es sind Fehler".
    """
    beside = list(es.head.children)
    if any(c.dep_ in ("ccomp", "csubj", "xcomp", "csubj:pass") for c in beside):
        return False
    itself = any(c.tag_ == "PRF" for c in beside)
    if es.dep_ == "expl":  # what the parser takes for empty is an object if somebody does it: "sie verwiesen es zurück"
        return has(es, "Case", "Acc") and not itself and any(c.dep_ == "nsubj" for c in beside)
    plural = any(has(t, "VerbForm", "Fin") and has(t, "Number", "Plur") for t in (es.head, *beside))
    impersonal = plural or itself or es.head.lemma_ in words("impersonal")
    return es.dep_ == "obj" or (es.dep_ == "nsubj" and not impersonal)


def _agreeing_number(token: Token, number: str) -> str:
    """Agreement: a subject of open number has that of its finite verb: "sie sagte", "sie sagten"."""
    if "," not in number or not token.dep_.startswith("nsubj"):
        return number
    verbs = [token.head, *(c for c in token.head.children if c.dep_ in AUXILIARIES_AND_COPULA)]
    finite = next((v for v in verbs if has(v, "VerbForm", "Fin")), None)
    return "".join(finite.morph.get("Number")) or number if finite is not None else number


def _is_definite(noun: Token) -> bool:
    """Definiteness: a definite article, a demonstrative, or an article in the preposition: "beim Unternehmen"."""
    return any(
        (c.dep_ == "det" and c.text.lower() in _DEFINITES) or (c.dep_ == "case" and c.tag_ == "APPRART")
        for c in noun.children
    )
