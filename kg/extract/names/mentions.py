"""Mentions: the names of a text, and the noun phrases and pronouns that its claims speak of.

The head of "Oberbürgermeister Sören Link" is a title, but the mention is the name; the head of "keine Komponenten von
Huawei" is a common noun, so the whole phrase is a nominal mention that has the name inside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.names.appositions import Name, joined_titles, titles, type_of_kind, types_by_titles
from kg.extract.names.loose_appositions import apposed_name, apposed_noun, nominative
from kg.extract.names.positions import Positions
from kg.extract.reading import Reading
from kg.extract.text.marks import QUOTES
from kg.extract.tree.comparison import last_compared
from kg.extract.tree.numbers import QUANTIFYING_ADVERBS, has_full_stop, identifies, is_bare_number, is_quantified
from kg.extract.tree.particles import is_local_adverb
from kg.language.nouns import COUNCILLORS, is_person, noun_type
from kg.reader.tokens import NOUNS, VERBS, is_number
from kg.records import Argument, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

# Dependents that belong to a noun phrase; clauses, appositions after a comma and conjuncts do not.
_IN_NOUN_PHRASE = frozenset("det det:poss amod nummod nmod nmod:poss compound flat flat:name fixed appos case".split())
_IN_PHRASE_BEHIND = _IN_NOUN_PHRASE | {"cc", "conj"}
# Pronouns that the tagger may take for nouns.
_INDEFINITE_PRONOUNS = frozenset(
    {"niemand", "niemanden", "niemandem", "keiner", "nichts", "jemand", "alle", "viele", "einige"}
)


class Mentions:
    """The mentions of one document, filled by the passes that find who speaks and who takes part.

    Names are there from the start. `of(token)` gives the mention that the phrase headed by a token is, and keeps it;
    so do `role` and `at`. Which of two of one span stays depends on who asks first. `all()` is what the document yields
    in the end: it is asked before claims are made, and behind it no pass gets to see this object.
    """

    def __init__(self, reading: Reading, names: tuple[Name, ...]) -> None:
        """Make the mention of each name, with the noun that stands beside it as its title."""
        self.reading = reading
        self._places = Positions(reading.doc, reading.heads)
        self.names = names
        self.places = frozenset(name.text for name in names if name.type == "Place")
        self.by_token = {i: name for name in self.names if not name.cut for i in range(name.first, name.last + 1)}
        self.parts = {name.last: name for name in self.names if name.cut}
        self.title_of = titles(reading.doc, self.names, self.by_token)
        self.titles = {noun.i: name for name, noun in self.title_of.items()}
        persons = [(name, noun) for name, noun in self.title_of.items() if name.type == "Person"]
        self.titles |= {t.i: name for name, noun in persons for t in joined_titles(noun, self.by_token)}
        self._types_by_titles = types_by_titles(self.title_of)
        self._found: dict[tuple[int, int], Mention] = {}
        self._of: dict[int, Mention] = {}
        self._named = {name: self._keep(self._mention_of_name(name, self.title_of.get(name))) for name in self.names}

    def named(self, name: Name) -> Mention:
        """The mention of a name that was found: Link in "Sören Link"."""
        return self._named[name]

    def of(self, token: Token) -> Mention:
        """The mention that a noun phrase is, given its head: a name, a pronoun, or the phrase itself: "keine
        Komponenten".
        """
        if token.i not in self._of:
            self._of[token.i] = self._headed_by(token)
        return self._of[token.i]

    def _headed_by(self, token: Token) -> Mention:
        """The mention of a phrase by its head: the name that the head is a word, title or apposed noun of; a pronoun;
        for a verb its whole clause ("Ob es weitergeht"); else the noun phrase.
        """
        name = self.by_token.get(token.i) or self.titles.get(token.i)
        name = name or apposed_name(token, self.by_token, self.titles)
        if name is not None:
            return self._named[name]
        if (token.pos_ == "PRON" and not is_one_of(token)) or token.text.lower() in _INDEFINITE_PRONOUNS:
            return self._keep(self._mention_of_phrase(token.i, token.i, "pronoun", "Thing", token))
        if is_local_adverb(token):
            return self._keep(self._mention_of_phrase(token.i, token.i, "pronoun", "Place", token))
        first, last = _clause_span(token) if token.pos_ in VERBS else phrase(token)
        return self._keep(
            self._mention_of_phrase(first, last, "nominal", noun_type(token.lemma_ or token.text) or "Concept", token)
        )

    def role(self, noun: Token, prefix: str = "") -> Mention:
        """The mention of a role noun: "Konzernsprecher", also where a name hides in front of it; it is called without
        a `prefix` that only says when: Kanzler of "Altkanzler".

        Where the noun is known as a phrase already ("zur Vorsitzenden"), it is a role from now on: a phrase would be
        looked for among the persons of the text.
        """
        cut = self.parts.get(noun.i)
        start = self.reading.starts[noun.i] + (cut.cut + 1 if cut else 0)
        span = self.reading.document.span(start, self.reading.ends[noun.i])
        label = nominative(noun)
        name = label.rpartition("-")[2] if cut else label.removeprefix(prefix)
        name = name[:1].upper() + name[1:] if prefix else name
        _, gender, number = _features(noun)
        found = Mention(
            self.reading.document.id, span.start, span.end, span.text, "nominal", "Role", name,
            gender=gender, number=number, **self._places.of(noun)._asdict(),
        )  # fmt: skip
        return self._keep_for_phrase(found, noun)

    def _keep_for_phrase(self, found: Mention, noun: Token) -> Mention:
        """The mention, which is kept in the place of a phrase of the same span; one that is no phrase stays itself."""
        known = self._found.get((found.start, found.end))
        if known and known.form == "nominal" and known.type != "Role":
            self._found[found.start, found.end] = self._of[noun.i] = found
        return self._keep(found)

    def origin(self, first: int, last: int, name: str) -> Mention:
        """The mention of the place that a word of origin names: Frankreich in "der französische Präsident".

        It is a part of a phrase as the DVV is of "DVV-Sprecher". Nobody asks for it but who needs the place as one end.
        """
        span, word = self.reading.span(first, last), self.reading.doc[last]
        position = self._places.of(word)._replace(role="")._asdict()
        found = Mention(self.reading.document.id, span.start, span.end, span.text, "part", "Place", name, **position)
        return self._keep_for_phrase(found, word)

    def at(self, start: int, end: int) -> Mention:
        """The named person at two offsets outside the parsed text: the name before a quote's colon."""
        known = next((m for m in self._found.values() if m.start < end and m.end > start and m.form == "named"), None)
        if known is not None:
            return known
        span = self.reading.document.span(start, end)
        words = span.text.split()
        while len(words) > 1 and is_person(words[0]):
            start += len(words[0]) + 1
            words = words[1:]
        span = self.reading.document.span(start, end)
        return self._keep(Mention(self.reading.document.id, start, end, span.text, "named", "Person", " ".join(words)))

    def all(self, better: Iterable[Mention] = ()) -> tuple[Mention, ...]:
        """All mentions in text order; those in `better` say more than what was found at their places."""
        found = self._found | {(mention.start, mention.end): mention for mention in better}
        return tuple(sorted(found.values()))

    def _keep(self, mention: Mention) -> Mention:
        """The mention found first at the place of this one, else this one, which is kept."""
        return self._found.setdefault((mention.start, mention.end), mention)

    def _mention_of_name(self, name: Name, noun: Token | None) -> Mention:
        """The mention that a name is: its type is what the noun beside it tells, else what such nouns tell elsewhere in
        the text, else that of the name ("die Plattform Lumen" makes each Lumen a product); its gender is the article's,
        if any.
        """
        starts, ends, document = self.reading.starts, self.reading.ends, self.reading.document
        end = starts[name.last] + name.cut if name.cut else ends[name.last]
        span = document.span(starts[name.first] + name.skip, end)
        told = name.type if name.noun else self._types_by_titles.get(name.text) if noun is None else type_of_kind(noun)
        if noun is not None and name.type == "Person" and noun.text in COUNCILLORS:
            told = name.type
        inside = self.reading.doc[name.first : name.last + 1]
        case, gender, number = _features(inside.root)
        article = _article(inside.root if noun is None else noun)
        behind = apposed_noun(self.reading.doc, name, self.by_token)
        return Mention(
            document.id, span.start, span.end, span.text,
            form="part" if name.cut else "named",
            type=told or name.type,
            name=name.text,
            description=nominative(noun) if noun is not None else name.noun or behind,
            case=case, gender="".join(article.morph.get("Gender")) if article is not None else gender, number=number,
            **self._places.of(inside.root)._asdict(),
        )  # fmt: skip

    def _mention_of_phrase(self, first: int, last: int, form: str, type_: str, head: Token) -> Mention:
        """The mention of a phrase that is no name: its label leaves out leading articles and quotation marks: "die
        „Halle“" → Halle.
        """
        stop = last + 1 == head.sent.end and has_full_stop(self.reading.doc[last])
        span = self.reading.document.span(self.reading.starts[first], self.reading.ends[last] - stop)
        start = first
        while start < head.i and _leads_to_label(self.reading.doc[start]):
            start += 1
        tokens = self.reading.doc[start : last + 1]
        name = "".join(t.whitespace_ if t.text in QUOTES else t.text_with_ws for t in tokens).strip()
        name = name.removesuffix(".") if stop else name
        case, gender, number = _features(head)
        return Mention(self.reading.document.id, span.start, span.end, span.text, form, type_, name or span.text,
                       head.lemma_ or head.text, case, gender, number, *self._places.of(head))  # fmt: skip


# STTS tags of articles, demonstratives, possessives, interrogatives and relatives.
_POINTING_TAGS = frozenset({"ART", "PDAT", "PPOSAT", "PWAT", "PRELAT"})


def _leads_to_label(word: Token) -> bool:
    """Determiner: whether a word before a noun only points to it or asks for it, and so is no part of its label: an
    article, demonstrative, possessive, "welcher" or "kein", whose negation the claim has; also a mark.

    An indefinite quantifier says how many are meant, and stays: "die Wege" → Wege, "einige Wege", "ein paar Wege"
    """
    if word.pos_ != "DET":
        return word.pos_ == "PUNCT"
    text, following = word.text.lower(), word.nbor().text.lower()
    if text.startswith("ein") and following in ("paar", "wenig", "bisschen"):
        return False
    return word.tag_ in _POINTING_TAGS or text.startswith(("kein", "solch"))


def argument(mention: Mention) -> Argument:
    """The mention as an end of a claim."""
    return Argument(mention.start, mention.end, mention.text, mention.type)


def is_one_of(token: Token) -> bool:
    """Partitive: whether "einer", "eine", "eines" … picks one of what stands behind it: "eines der Reiche"."""
    some = token.tag_ == "PIS" and token.text.lower() in ("einer", "eine", "eines", "eins", "einem", "einen")
    return some and any(c.dep_ == "nmod" and c.i > token.i for c in token.children)


def _clause_span(head: Token) -> tuple[int, int]:
    """First and last token of a whole clause, without the commas around it: "Ob es weitergeht"."""
    first, last = head.left_edge, head.right_edge
    while last.is_punct and last.i > head.i:
        last = last.nbor(-1)
    return first.i, last.i


def phrase(head: Token) -> tuple[int, int]:
    """First and last token of a noun phrase, given its head: its articles, adjectives, attributes and names; no clause,
    no loose conjunct, no number behind it, and no adverb of the sentence.

    Its preposition stays outside, quotation marks inside do not break it: "die „unkalkulierbaren“ Risiken".
    """
    inside = {head.i} | {
        i
        for child in head.children
        if (child.dep_ in _IN_NOUN_PHRASE and child.dep_ != "case" and not is_bare_number(child, head))
        or identifies(child, head)
        for i in _tokens_below(child, head)
    }
    doc, first, last = head.doc, head.i, head.i
    while first - 1 in inside or (doc[first - 1].text in QUOTES and first - 2 in inside) or is_quantified(head, first):
        first -= 1
    while last + 1 in inside or (last + 1 < len(doc) and doc[last + 1].text in QUOTES and last + 2 in inside):
        last += 1
    last -= doc[last].text == "/"  # "400 km/h"
    last = last_compared(head, doc[last]).i  # "mehr Züge als Bosch"
    return _with_whole_quotes(head, _without_adverbs(head, first), max(last, head.i))


def _with_whole_quotes(head: Token, first: int, last: int) -> tuple[int, int]:
    """Quotation marks of a phrase: an odd number of them means half a pair, which is left out at the edge, or taken in
    where the phrase ends beside the other half: "„Die Stadt braucht Geld“" → Die Stadt.
    """
    doc, sentence = head.doc, head.sent
    if first == last or sum(t.text in QUOTES for t in doc[first : last + 1]) % 2 == 0:
        return first, last
    if doc[first].text in QUOTES:
        return first + 1, last
    if doc[last].text in QUOTES:
        return first, last - 1
    if first > sentence.start and doc[first - 1].text in QUOTES:
        return first - 1, last
    return first, last + 1 if last + 1 < sentence.end and doc[last + 1].text in QUOTES else last


# Adverbs before an adjective that speak of the sentence all the same: "die bisher größte Halle" keeps its own.
_SENTENCE_ADVERBS = frozenset("auch nur sogar insgesamt wieder schon noch bereits erneut".split())


def _without_adverbs(head: Token, first: int) -> int:
    """Sentence adverbs and adverbials at the left edge of a noun phrase: the first token behind them.

    "insgesamt sieben Ausgaben" → sieben; "seit 1990 Brot" → Brot. Adverbs that count and those of an attribute stay.
    """
    if first == head.i or head.doc[first].tag_ not in ("ADV", "APPR", "PTKA", "KOKOM"):
        return first  # most begin with their article
    before = head.doc[first : head.i]
    if any(t.text.lower() in QUANTIFYING_ADVERBS for t in before) or _opens_quantity(list(before)):
        return first
    while first < head.i and head.doc[first].tag_ == "ADV" and not _is_of_attribute(head.doc[first], head):
        first += 1
    while first < head.i and head.doc[first].tag_ == "APPR" and head.doc[first].head.i < head.i:
        first = min(head.doc[first].head.right_edge.i + 1, head.i)  # "seit 1990 Brot"; not past what is below it
    article = next((t.i for t in before if t.head == head and t.tag_ in ("ART", "PDAT", "PPOSAT")), first)
    skipped = head.doc[first:article]
    led = len(skipped) > 0 and skipped[0].tag_ == "APPR"  # "seit Jahren ein enger Kontakt"
    plain = all(t.tag_ not in ("PIAT", "PIDAT", "CARD") and t.pos_ != "NOUN" for t in skipped)
    return max(first, article) if led or plain else first


def _opens_quantity(before: Sequence[Token]) -> bool:
    """Quantity: whether what stands before a noun begins with "so viele", "zu wenig" or "bis zu 800"."""
    first = [t.text.lower() for t in before[:3]]
    many = first[:1] in (["so"], ["zu"]) and len(first) > 1 and first[1].startswith(("viel", "wenig"))
    return many or (first[:2] == ["bis", "zu"] and len(before) > 2 and is_number(before[2]))


def _is_of_attribute(adverb: Token, head: Token) -> bool:
    """Whether an adverb modifies an attributive adjective before the noun: "das weiter nördlich gelegene Reich"."""
    return (
        adverb.head.tag_ == "ADJA"
        and adverb.i < adverb.head.i < head.i
        and adverb.text.lower() not in _SENTENCE_ADVERBS
    )


def _tokens_below(child: Token, head: Token) -> Iterator[int]:
    """The tokens below a dependent of a noun: all where it stands before the noun ("der 20 Meter langen Bahn"), without
    its clauses where it stands behind it.
    """
    waiting = [child]
    while waiting:
        token = waiting.pop()
        yield token.i
        whole = token.i < head.i or (token.dep_ == "amod" and token.i < token.head.i)  # "der 20 Meter langen Bahn"
        inside = (
            c
            for c in token.children
            if whole or c.dep_ in _IN_PHRASE_BEHIND or _is_premodifying_adverb(c) or _belongs_behind(c, token)
        )
        waiting += inside


def _belongs_behind(word: Token, noun: Token) -> bool:
    """Whether a mark or number below a noun is within its phrase: a comma of a list, a slash, a number behind it."""
    return _lists(word) or word.text == "/" or identifies(word, noun)


def _lists(mark: Token) -> bool:
    """Comma of a closed list: it stands right before a conjunct of a list that a conjunction ends: "in Ulm, Celle und
    Hof".
    """
    conjunct = mark.head
    if mark.text != "," or conjunct.dep_ != "conj" or mark != conjunct.left_edge:
        return False
    beside = (c for c in conjunct.head.children if c.dep_ == "conj" and c.i > conjunct.i and c.pos_ == conjunct.pos_)
    return conjunct.pos_ in NOUNS and any(g.dep_ == "cc" for c in beside for g in c.children)


def _is_premodifying_adverb(word: Token) -> bool:
    """Modifying adverb: an adverb or adjective before its head, which is no verb: "von etwa 90 Prozent"."""
    return word.dep_ == "advmod" and word.i < word.head.i and word.pos_ in ("ADV", "ADJ") and word.head.pos_ != "VERB"


def _article(noun: Token) -> Token | None:
    """The article or demonstrative of a noun phrase: "die" in "die DVV"; None without one. Its gender is safer than a
    name's.
    """
    return next((c for c in noun.children if c.dep_ == "det" and c.tag_ in ("ART", "PDAT")), None)


def _features(token: Token) -> tuple[str, str, str]:
    """Case, gender and number of a token: "der Stadt" → Dat, Fem, Sing."""
    return _case_gender_number(str(token.morph))


@cache
def _case_gender_number(features: str) -> tuple[str, str, str]:
    """The three of a token's features that mentions keep: "Case=Nom|Gender=Fem|Number=Sing" → Nom, Fem, Sing."""
    values = dict(feature.split("=", 1) for feature in features.split("|") if feature)
    case, gender, number = (values.get(key, "").partition(",")[0] for key in ("Case", "Gender", "Number"))
    return case, gender, number
