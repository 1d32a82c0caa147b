"""Source phrases (Quellenangabe): "laut Polizei", "Medienberichten zufolge", "…, so zur Nieden".

"Nach Angaben der Feuerwehr" names the fire brigade, "laut einem Bericht des Spiegel" the Spiegel; "Gerüchten zufolge"
names nobody, and what stands beside it is hearsay.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.names.mentions import Mentions, phrase
from kg.extract.text.marks import QUOTES, SPEECH_MARKS
from kg.language.nouns import noun_list, noun_type
from kg.language.prepositions import article_of, preposition_of
from kg.language.verbs import words
from kg.ontology import AGENTS
from kg.reader.tokens import GENITIVE_PRONOUNS, MODIFIERS, NOUNS_AND_FOREIGN, has
from kg.records import Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_BEFORE_SO = frozenset({",", "“", "«", "”", '"', "»", "–"})
_BEHIND_SO_PHRASE = frozenset({",", ".", "“", "«", ":", ";", "!", "–", "("})
# Articles that begin another phrase, no genitive: "aus alten Quellen die Gedichte".
_NOT_GENITIVE = frozenset({"die", "das", "den", "dem", "ein", "eine", "einen", "einem"})
_AUTHOR_PREPOSITIONS = frozenset({"von", "vom", "aus", "durch", "bei", "beim"})
_OF_AUTHORS = frozenset({"", "von", "durch", "bei"})
# Types of mentions that can speak.
SPEAKING = frozenset({"Person", "Organization", "Place", "Role"})
_SOURCE_PREPOSITIONS = frozenset({"nach", "laut", "aus", "gemäß"})


@dataclass(frozen=True, slots=True)
class Account:
    """A source phrase such as "laut Polizei": tokens `first` to `last`, and whom it names, None for nobody.

    It is hearsay where only the report itself is named: "unbestätigten Berichten zufolge".
    """

    speaker: Mention | None
    first: int
    last: int
    hearsay: bool = False


def find_account(mentions: Mentions, sentence: Span) -> Account | None:
    """Source phrase (Quellenangabe): the first that a sentence has beside its verbs, None without one.

    It is led by "so" behind a comma, dash or quotation mark, by "laut", "nach", "aus" or "gemäß", or followed by
    "zufolge", after a noun of saying also by "nach": "Laut Polizei brannte die Halle", "seiner Meinung nach".
    """
    doc = mentions.reading.doc
    for token in sentence:
        word = token.text.lower()
        if word == "so" and token.i > sentence.start and doc[token.i - 1].text in _BEFORE_SO:
            found = _after_so(mentions, token, sentence.end)
        elif word == "zufolge" or (word == "nach" and token.i > sentence.start and is_account(token.nbor(-1))):
            found = _before_zufolge(mentions, token)
        elif word in _SOURCE_PREPOSITIONS and not _is_loudly(token):
            found = _after_preposition(mentions, token, sentence.end)
        else:
            continue
        if found is not None:
            return found
    return None


def _is_loudly(word: Token) -> bool:
    """Whether a "laut" says how somebody speaks: it leads no noun, and a preposition follows: "dachte laut über ihn
    nach", not "laut von der Stadt vorgelegten Zahlen".
    """
    return word.text == "laut" and word.dep_ != "case" and word.i + 1 < len(word.doc) and word.nbor().pos_ == "ADP"


def is_account(token: Token) -> bool:
    """Noun of saying or finding: its word, or the last part of a compound, stands for what somebody says.

    "Angaben", "Medienberichten", "Umfrage"
    """
    return token.pos_ == "NOUN" and (is_in_class(token, "accounts") or is_in_class(token, "findings"))


def author_of(mentions: Mentions, noun: Token) -> Mention | None:
    """Author of a noun of saying or of a document: its genitive, or its phrase with "von", "durch" or "bei".

    "die Forderung von Anna Schmidt" → Anna Schmidt; "der Bericht der Polizei" → der Polizei; None for "der Bericht vom
    Freitag"
    """
    for child in noun.children:
        if child.dep_ in ("nmod", "nmod:poss") and preposition_of(child) in _OF_AUTHORS:
            who = mentions.of(child)
            if who.type in SPEAKING:
                return who
    return None


def is_in_class(token: Token, kind: str) -> bool:
    """Whether a noun is in a class of `verbs.toml`, or ends in one of its longer words: "Medienberichten"."""
    word = token.text.lower()
    return any(word == listed or (len(listed) > 5 and word.endswith(listed)) for listed in words(kind))


def _is_directional_aus(preposition: Token, noun: Token) -> bool:
    """Directional "aus" before "Quelle(n)": the phrase neither opens a sentence nor follows a mark; it is no source.

    "da er aus alten Quellen schöpft"; but "Aus Quellen der Polizei" at the start is one.
    """
    opens = preposition.is_sent_start or preposition.nbor(-1).is_punct
    return preposition.text.lower() == "aus" and not opens and noun.text.lower() in ("quellen", "quelle")


def _is_temporal_nach(preposition: Token, noun: Token) -> bool:
    """Temporal "nach" before a noun of finding: it has a definite article and is no estimate, or it has no article,
    adjective or author.

    "nach der Ankündigung", "nach Ermittlungen gegen X"; not "nach Berechnungen der Bank"
    """
    if preposition.text.lower() != "nach" or not is_in_class(noun, "findings"):
        return False
    definite = any(
        c.dep_ == "det" and c.text.lower() in ("der", "dem", "den", "diesem", "dieser") for c in noun.children
    )
    if is_in_class(noun, "estimates"):
        definite = False  # "nach den Berechnungen der Bank"
    whose = {"det", "amod", "nmod", "nmod:poss"}
    return definite or not any(
        c.dep_ in whose and preposition_of(c) in ("", *_AUTHOR_PREPOSITIONS) for c in noun.children
    )


def _after_so(mentions: Mentions, so: Token, end: int) -> Account | None:
    """Inserted "so" with a speaker: "…, so zur Nieden.", "…, so die Sprecherin der Polizei weiter".

    The name or phrase has to end the insertion: a mark, an adverb or a preposition follows. A phrase about a report is
    hearsay of nobody ("so das Gerücht"), or has an author ("so eine Studie der Bank"); "so" before a preposition gives
    an example ("in vielen Städten, so in Köln").
    """
    doc = mentions.reading.doc
    if so.i + 1 >= end:
        return None
    found = mention_at(mentions, so.i + 1, end)
    example = doc[so.i + 1].pos_ == "ADP" and so.i + 1 not in mentions.by_token  # "in vielen Städten, so in Köln"
    if found is None or example:
        return None
    mention, last = found
    rumour = next((t for t in doc[so.i + 1 : last + 1] if is_account(t)), None)
    if rumour is not None and mention.form != "named":
        author = author_of(mentions, rumour)
        return Account(author, so.i, last)  # "…, so das Gerücht": nobody answers for it
    closed = last + 1 >= end or doc[last + 1].text in _BEHIND_SO_PHRASE or _is_adverbial(doc[last + 1])
    return Account(mention, so.i, last) if closed else None


def _is_adverbial(token: Token) -> bool:
    """Adverbial behind the speaker of "so X": an adverb, adverbial adjective or preposition, which says how or where.

    "so Lange wörtlich", "so Banke am Montag"
    """
    return token.pos_ in ("ADV", "ADP") or token.tag_ == "ADJD"


def _before_zufolge(mentions: Mentions, zufolge: Token) -> Account | None:
    """Postposition "zufolge" (or "nach"): the noun phrase before it is the source: "der Polizei zufolge" → Polizei

    Where that noun belongs to a noun of saying before it, the source is that noun's author: "Angaben der Polizei
    zufolge" → Polizei. A noun of saying without author is hearsay: "Gerüchten zufolge" → nobody
    """
    doc = mentions.reading.doc
    noun = zufolge.i - 1
    if noun >= 0 and zufolge.text == "zufolge" and doc[noun].tag_ == "PPER":
        return Account(mentions.of(doc[noun]), noun, zufolge.i)  # "Ihnen zufolge"
    if noun < 0 or doc[noun].pos_ not in NOUNS_AND_FOREIGN:
        return None
    name = mentions.by_token.get(noun)
    head = doc[name.first] if name is not None else doc[noun]
    while name is None and head.dep_ in ("nmod", "flat", "appos") and head.head.i < head.i and head.head.pos_ == "NOUN":
        head = head.head
        if is_account(head):
            return Account(mentions.of(doc[noun]), head.i, zufolge.i)
    first = name.first if name is not None else phrase(head)[0]
    if is_account(head) or (name is None and is_in_class(head, "documents")):
        return _authorless_account(mentions, head, first, zufolge.i)
    return Account(mentions.of(head), first, zufolge.i)


def _authorless_account(mentions: Mentions, noun: Token, first: int, last: int) -> Account:
    """Noun of saying without an author behind it: hearsay of nobody: "nach ersten Meldungen".

    A possessive is its author ("ihren Worten nach"), so is a name before a hyphen ("nach NASA-Angaben" → NASA) and the
    first part of a compound that means somebody ("Polizeiangaben zufolge"). One report that is known speaks for itself,
    but stays hearsay: "dem Bericht zufolge" → dem Bericht; "Medienberichten zufolge" → nobody
    """
    whose = next((c for c in noun.children if c.dep_.startswith("det") and _is_possessive(c)), None)
    if whose is not None:  # "nach ihren Worten"
        return Account(replace(mentions.of(whose), form="pronoun", type="Thing", pointing=True), first, last)
    part = mentions.parts.get(noun.i)
    if part is not None:  # "nach NASA-Angaben"
        return Account(mentions.named(part), first, last)
    return Account(mentions.of(noun) if _names_author(noun) or _is_definite(noun) else None, first, last, hearsay=True)


def _is_definite(noun: Token) -> bool:
    """Definite singular noun phrase, which refers to one report that the text has told of: "dem Bericht zufolge".

    Not "dem Vernehmen nach" and the like, which stand for no report.
    """
    if noun.text.lower() in noun_list("no_reports"):
        return False
    article = next((c.text.lower() for c in noun.children if c.dep_ == "det"), "")
    return article in ("dem", "der", "des", "diesem", "dieser") and not has(noun, "Number", "Plur")


def _is_possessive(word: Token) -> bool:
    """Possessive of the third person before a noun of saying: "seiner Meinung nach", "nach dessen Angaben"."""
    text = word.text.lower()
    return text in GENITIVE_PRONOUNS or (word.tag_ == "PPOSAT" and text.startswith(("sein", "ihr")))


def _names_author(noun: Token) -> bool:
    """Compound of somebody and a noun of saying: what stands before it is a noun of persons: "Polizeiangaben"."""
    word = noun.text.lower()
    listed = max((w for w in words("accounts") | words("findings") if word.endswith(w)), key=len, default=word)
    before = word.removesuffix(listed).removesuffix("s").capitalize()
    return noun_type(before) in AGENTS if before else False


def _after_preposition(mentions: Mentions, token: Token, end: int) -> Account | None:
    """Preposition of a source: "laut" before any phrase, "nach", "aus" and "gemäß" only before a noun of saying.

    The author is the name before that noun ("nach Links Worten"), else a genitive or a phrase with "von", "durch" or
    "bei" behind it ("nach Angaben der Feuerwehr"), else nobody. "gemäß" takes a person or an organisation as well.
    None for "aus technischer Sicht" and for "nach" as "after".
    """
    doc = mentions.reading.doc
    circle = _circle(mentions, token, end)
    if circle is not None:
        return circle
    whose = mentions.by_token.get(token.i + 1)
    if whose is not None and whose.last + 1 < end and is_account(doc[whose.last + 1]):
        return Account(mentions.named(whose), token.i, whose.last + 1)
    noun = _next_noun(doc, token.i + 1, end)
    if noun is not None and is_account(doc[noun]) and _is_directional_aus(token, doc[noun]):
        return None
    if noun is not None and is_account(doc[noun]):
        if _is_temporal_nach(token, doc[noun]):
            return None
        after = noun + 1
        genitive = after < end and doc[after].pos_ == "ADJ" and doc[after].head.head.i == noun
        owner = after < end and doc[after].pos_ == "DET" and doc[after].text.lower() not in _NOT_GENITIVE
        author = after < end and (genitive or owner or doc[after].pos_ == "PROPN" or after in mentions.by_token)
        if author or (after < end and doc[after].text.lower() in _AUTHOR_PREPOSITIONS):
            found = mention_at(mentions, after, end)
            attribute = _next_noun(doc, after + (doc[after].pos_ == "ADP"), end)
            said_of = doc[attribute] if attribute is not None else None
            if found is not None and not _is_no_author(doc[noun], said_of, found[0]):
                return Account(found[0], token.i, found[1])
        if doc[noun].text == "Sicht":
            return None  # "aus technischer Sicht"
        return _authorless_account(mentions, doc[noun], token.i, noun)
    found = mention_at(mentions, token.i + 1, end)
    if token.text.lower() == "gemäß" and found is not None and found[0].type not in AGENTS:
        return None
    if token.text.lower() not in ("laut", "gemäß"):
        return None
    document = noun is not None and (is_in_class(doc[noun], "documents") or noun_type(doc[noun].text) == "Agreement")
    if found is not None and found[0].form == "nominal" and document and noun is not None:
        # "laut ihrem Gutachten"; a contract is nobody's word
        owned = any(map(_is_possessive, doc[noun].children)) and noun_type(doc[noun].text) != "Agreement"
        anybody = Account(None, token.i, found[1], hearsay=True)  # "laut Satzung"
        return _authorless_account(mentions, doc[noun], token.i, noun) if owned else anybody
    return Account(found[0], token.i, found[1]) if found is not None else None


def _circle(mentions: Mentions, aus: Token, end: int) -> Account | None:
    """Circle as a source: "aus" and a noun of people around somebody, beside an impersonal verb of being heard.

    The verb is "verlauten" or "heißen" and has no subject but "es"; the circle itself is the speaker. "Wie aus dem
    Umfeld der SPD verlautete, …" → dem Umfeld der SPD; but "Aus dem Umfeld der SPD kommt Otto Lamm"
    """
    if aus.text.lower() != "aus":
        return None
    whose = mentions.by_token.get(aus.i + 1)  # "aus Angela Merkels Umfeld"
    noun = _next_noun(aus.doc, whose.last + 1 if whose is not None else aus.i + 1, end)
    if noun is None or not is_in_class(aus.doc[noun], "circles"):
        return None
    verb = aus.doc[noun].head
    subjects = (child for child in verb.children if child.dep_.startswith("nsubj"))
    if verb.lemma_ not in words("sourced") or any(s.text.lower() != "es" for s in subjects):
        return None
    return Account(mentions.of(aus.doc[noun]), aus.i, phrase(aus.doc[noun])[1])


def _is_no_author(noun: Token, attribute: Token | None, found: Mention) -> bool:
    """Attribute that names no author: a noun of time ("Mitteilung vom Freitag"), or of a thing behind "Sicht"; nor does
    the subject, a nominative by its form: "so sagte laut Berichten der Kanzler".
    """
    dated = attribute is not None and attribute.text.lower() in words("times")
    if (
        attribute is not None
        and article_of(attribute) == "der"
        and has(attribute, "Gender", "Masc")
        and has(attribute, "Number", "Sing")
    ):
        return True
    return dated or (noun.text == "Sicht" and found.type == "Concept")


def _next_noun(doc: Doc, i: int, end: int) -> int | None:
    """The noun that articles, adjectives, numbers and adverbs from token `i` on lead to, None before another word."""
    while i < end and doc[i].pos_ in MODIFIERS:
        i += 1
    return i if i < end and doc[i].pos_ == "NOUN" else None


def mention_at(mentions: Mentions, i: int, end: int) -> tuple[Mention, int] | None:
    """The mention that starts at token `i`, past preposition, article and title, and its last token."""
    doc, start = mentions.reading.doc, i
    while i < end:
        name = mentions.by_token.get(i) or mentions.titles.get(i)
        if name is not None:
            return mentions.named(name), name.last
        if doc[i].pos_ in ("NOUN", "X"):
            return mentions.of(doc[i]), phrase(doc[i])[1]
        if doc[i].pos_ == "ADP" and i > start and doc[i - 1].text in QUOTES:
            return None  # "laut „news.bbc.co.uk“ mit diesen Worten"
        if doc[i].pos_ not in ("DET", "ADJ", "ADP", "PROPN") and doc[i].text not in SPEECH_MARKS:
            return None
        i += 1
    return None
