"""Phrases of made-up sentences, with trees that are right by construction: "Landrat Dr. Otto Kern (SPD)".

A phrase is some tokens in their order and the one that the others hang on. Labels are those of the card: the office is
the head, the name its apposition, the words of a name hang flat on its first, degrees are compounds of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.training.names import FIRST, LAST, WORDS, Names, make_brand

KINDS = {"P": "PER", "O": "ORG", "L": "LOC"}
UNKNOWN = "?"  # a lemma that is not learned

# Nouns of words.toml, where they stand in the accusative, that have another nominative.
_NOMINATIVES = {"Präsidenten": "Präsident", "Vorsitzenden": "Vorsitzende", "Intendanten": "Intendant"}


@dataclass(eq=False, slots=True)
class Token:
    """A word of a sentence in the making; `head` is None for the root."""

    form: str
    pos: str
    tag: str
    lemma: str = ""
    ent: str = "O"
    space: bool = True
    dep: str = "root"
    head: Token | None = None


@dataclass(slots=True)
class Phrase:
    """Tokens in their order, and the one that the others hang on."""

    tokens: list[Token]
    head: Token
    plural: bool = False


def word(form: str, pos: str, tag: str, lemma: str = "", *, head: Token | None = None, dep: str = "root") -> Token:
    return Token(form, pos, tag, lemma or form, head=head, dep=dep)


def mark(sign: str, head: Token, space: bool = True, tag: str = "$(") -> Token:
    return Token(sign, "PUNCT", tag, sign, space=space, head=head, dep="punct")


def hang(phrase: Phrase, head: Token, dep: str) -> Phrase:
    """Hang a phrase on a token."""
    phrase.head.head, phrase.head.dep = head, dep
    return phrase


def to_dative(phrase: Phrase) -> Phrase:
    """Turn an article, adjectives and their noun from another case: "die neue Stadt" → "der neuen Stadt"."""
    first = phrase.tokens[0]
    first.form = {"den": "dem", "der": "dem", "die": "der", "das": "dem"}[first.form]
    for token in phrase.tokens[1 : phrase.tokens.index(phrase.head)]:
        if token.tag == "ADJA" and token.ent == "O":
            token.form = token.lemma + "en"
    return phrase


def capitalize(tokens: Sequence[Token]) -> None:
    """Begin with a capital: the first token that is no sign."""
    first = next(token for token in tokens if token.pos != "PUNCT")
    first.form = first.form[0].upper() + first.form[1:]


def named(forms: Sequence[str], kind: str) -> list[Token]:
    """Return the tokens of a name: the first is the head, the others are flat."""
    tokens = [Token(form, "PROPN", "NE", form, f"{'I' if i else 'B'}-{kind}") for i, form in enumerate(forms)]
    for token in tokens[1:]:
        token.head, token.dep = tokens[0], "flat"
    return tokens


class Phrases:
    """Draws phrases; `rng` decides everything."""

    def __init__(self, names: Names, rng: random.Random) -> None:
        self.names, self.rng = names, rng
        self.nominative = True  # the case of the phrase in the making
        self._lists = {key: v.split() if isinstance(v, str) else v for key, v in WORDS["words"].items()}

    def pick(self, key: str) -> str:
        """Return a word of a list of words.toml."""
        return self.rng.choice(self._lists[key])

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def bare(self, kind: str) -> Phrase:
        """A name alone."""
        tokens = named(self.names.draw(KINDS[kind], self.rng), KINDS[kind])
        return Phrase(tokens, tokens[0])

    def full_name(self) -> Phrase:
        while True:
            name = self.names.draw("PER", self.rng)
            if len(name) > 1:
                tokens = named(name, "PER")
                return Phrase(tokens, tokens[0])

    def person(self, plain: float = 0.55) -> Phrase:
        """A person: a name, or one with office, degrees, nickname, party or what else stands around names."""
        if self.chance(plain):
            return self.bare("P")
        ways = (
            self.with_office, self.with_office, self.with_degree, self.with_nickname, self.with_party, self.retired,
            self.mister, self.named_noun, self.office_degree, self.surname_first, self.born,
        )  # fmt: skip
        return self.rng.choice(ways)()

    def office(self) -> Token:
        form = self.pick("offices")
        return word(form, "NOUN", "NN")

    def with_office(self) -> Phrase:
        title, name = self.office(), self.bare("P")
        hang(name, title, "appos")
        return Phrase([title, *name.tokens], title)

    def degrees(self, head: Token) -> list[Token]:
        return [word(part, "NOUN", "NN", head=head, dep="compound") for part in self.pick("degrees").split(" ")]

    def with_degree(self) -> Phrase:
        name = self.bare("P")
        return Phrase([*self.degrees(name.head), *name.tokens], name.head)

    def office_degree(self) -> Phrase:
        title, name = self.office(), self.with_degree()
        hang(name, title, "appos")
        return Phrase([title, *name.tokens], title)

    def born(self) -> Phrase:
        """ "Hannelore Beil (geb. Kern)" """
        name = self.full_name()
        tokens = named((self.rng.choice(LAST),), "PER")
        born = word("geb.", "ADJ", "ADJA", UNKNOWN, head=name.head, dep="acl")
        hang(Phrase(tokens, tokens[0]), born, "appos")
        tokens[-1].space = False
        return Phrase([*name.tokens, mark("(", born, space=False), born, *tokens, mark(")", born)], name.head)

    def mister(self) -> Phrase:
        name = self.bare("P")
        form = self.rng.choice(("Frau", "Herr", "Pater", "Schwester"))
        title = word(form, "NOUN", "NN", head=name.head, dep="compound")
        if form == "Herr" and not self.nominative:
            title.form = "Herrn"
        return Phrase([title, *name.tokens], name.head)

    def with_nickname(self) -> Phrase:
        first, last = self.rng.choice(FIRST), self.rng.choice(LAST)
        nick = self.pick("nicknames").split(" ")
        a, b = self.rng.choice([("„", "“"), ("„", "“"), ("»", "«"), ('"', '"'), ("“", "”"), ("‚", "‘")])
        tokens = named((first, a, *nick, b, last), "PER")
        for token in (tokens[1], tokens[-2]):
            token.pos, token.tag, token.dep, token.head = "PUNCT", "$(", "punct", tokens[2]
        tokens[1].space = tokens[-3].space = False
        name = Phrase(tokens, tokens[0])
        if self.chance(0.4):
            title = self.office()
            hang(name, title, "appos")
            return Phrase([title, *tokens], title)
        return name

    def surname_first(self) -> Phrase:
        """ "KERN, Anna" """
        last = self.rng.choice(LAST)
        tokens = named((last.upper() if self.chance(0.5) else last, ",", self.rng.choice(FIRST)), "PER")
        tokens[1].pos, tokens[1].tag, tokens[1].dep, tokens[1].head = "PUNCT", "$,", "punct", tokens[2]
        tokens[0].space = False
        return Phrase(tokens, tokens[0])

    def with_party(self) -> Phrase:
        name = self.full_name()
        if self.chance(0.3):
            title = self.office()
            name = Phrase([title, *hang(name, title, "appos").tokens], title)
        party = self.pick("parties")
        inner = word(party, "ADJ", "ADJD") if party == "parteilos" else Token(party, "PROPN", "NE", party, "B-ORG")
        core = next(token for token in name.tokens if token.ent == "B-PER")
        inner.head, inner.dep, inner.space = core, "appos", False
        return Phrase([*name.tokens, mark("(", inner, space=False), inner, mark(")", inner)], name.head)

    def retired(self) -> Phrase:
        title, name = self.office(), self.full_name()
        hang(name, title, "appos")
        after = [word(part, "ADJ", "ADJD", head=title, dep="amod") for part in self.pick("retired").split(" ")]
        return Phrase([title, *after, *name.tokens], title)

    def named_noun(self) -> Phrase:
        noun = self.noun_of("people", self.nominative)
        hang(name := self.full_name(), noun.head, "appos")
        return Phrase([*noun.tokens, *name.tokens], noun.head)

    def noun_of(self, table: str, subject: bool) -> Phrase:
        """An article and a noun, in the nominative or the accusative."""
        nominative, accusative, form = self.pick(table).split()
        lemma = _NOMINATIVES.get(form, form)
        article = word(nominative if subject else accusative, "DET", "ART", "der")
        noun = word(lemma if subject else form, "NOUN", "NN", lemma)
        article.head, article.dep = noun, "det"
        if self.chance(0.15):
            ending = "e" if article.form != "den" else "en"
            adjective = self.pick("adjectives")
            extra = word(adjective + ending, "ADJ", "ADJA", adjective, head=noun, dep="amod")
            return Phrase([article, extra, noun], noun)
        return Phrase([article, noun], noun)

    def crowd(self) -> Phrase:
        form = self.pick("crowds")
        noun = word(form, "NOUN", "NN", lemma=UNKNOWN)
        article = word("die", "DET", "ART", "der", head=noun, dep="det")
        return Phrase([article, noun], noun, plural=True)

    def party_of(self, kind: str, subject: bool = True) -> Phrase:
        """Whoever takes part: mostly a name, sometimes a noun, sometimes several."""
        self.nominative = subject
        roll = self.rng.random()
        if roll < 0.14:
            return self.series(kind)
        if self.chance({"P": 0.04, "O": 0.22, "L": 0.2}[kind]):
            return self.kinded(kind)
        if kind == "P":
            return self.noun_of("people", subject) if roll < 0.24 else self.person()
        if kind == "O":
            if roll < 0.40:
                return self.noun_of("bodies", subject) if self.chance(0.7) else self.crowd()
            return self.with_article() if roll < 0.55 else self.bare("O")
        return self.bare(kind)

    def kinded(self, kind: str) -> Phrase:
        """A noun that says what a name is, and the name: "die Firma Krantz", "das Landgericht Stade"."""
        seated = kind == "O" and self.chance(0.3)
        table = "seated" if seated else {"P": "families", "O": "firms", "L": "places"}[kind]
        noun = self.noun_of(table, self.nominative)
        if kind == "P":
            tokens = named((self.rng.choice(LAST),), "PER")
            name = Phrase(tokens, tokens[0])
        else:
            name = self.bare("L" if seated else kind)
        if seated:  # the name of the place is a part of that of the organization
            noun.head.ent = "B-ORG"
            for token in name.tokens:
                token.ent = "I-ORG"
        hang(name, noun.head, "appos")
        return Phrase([*noun.tokens, *name.tokens], noun.head)

    def with_article(self) -> Phrase:
        """ "die Falk AG", "die Bremer Falk AG" """
        head, *tail = (make_brand(self.rng), self.rng.choice(["AG", "GmbH", "KG", "Bank", "Holding", "SE"]))
        tokens = named((head, *tail), "ORG")
        before = [word("die", "DET", "ART", "der", head=tokens[0], dep="det")]
        if self.chance(0.15):
            seat = word(self.pick("seats"), "ADJ", "ADJA", head=tokens[0], dep="amod")
            seat.ent = "B-LOCDERIV"
            before.append(seat)
        return Phrase([*before, *tokens], tokens[0])

    def series(self, kind: str, bare: bool = False) -> Phrase:
        """Two to five of a kind with commas and "und"; `bare`: names alone."""
        few = self.rng.choice([2, 2, 3, 3, 3, 4, 5])
        ways: tuple[Callable[[], Phrase], ...] = (lambda: self.bare(kind),)
        if kind == "P" and not bare:
            ways += (self.full_name, self.full_name, self.with_party, self.named_noun, lambda: self.person(0.3))
        make = self.rng.choice(ways)
        parts = [make() for _ in range(few)]
        tokens = list(parts[0].tokens)
        for i, part in enumerate(parts[1:], 1):
            hang(part, parts[0].head, "conj")
            if i < few - 1:
                tokens[-1].space = False
                tokens.append(mark(",", part.head, tag="$,"))
            else:
                link = self.rng.choice(("und", "und", "und", "sowie"))
                tokens.append(word(link, "CCONJ", "KON", head=part.head, dep="cc"))
            tokens += part.tokens
        return Phrase(tokens, parts[0].head, plural=True)

    def adverbial(self, verb: Token) -> Phrase:
        """What stands before or behind the verb: a time, a place, an adverb."""
        rng = self.rng
        way = rng.randrange(7)
        if way == 0:
            day = word(self.pick("days"), "NOUN", "NN")
            tokens = [word("am", "ADP", "APPRART", "an", head=day, dep="case"), day]
            return hang(Phrase(tokens, day), verb, "obl")
        if way == 1:
            month = word(self.pick("months"), "NOUN", "NN")
            tokens = [word("im", "ADP", "APPRART", "in", head=month, dep="case"), month]
            if self.chance(0.5):
                tokens.append(word(str(rng.randint(1950, 2026)), "NUM", "CARD", head=month, dep="nmod"))
            return hang(Phrase(tokens, month), verb, "obl")
        if way == 2:
            year = word(str(rng.randint(1850, 2026)), "NUM", "CARD")
            return hang(Phrase([year], year), verb, "obl")
        if way in (3, 4):
            adverb = word(self.pick("adverbs"), "ADV", "ADV")
            return hang(Phrase([adverb], adverb), verb, "advmod")
        if way == 5:
            place = self.bare("L")
            case = word("in", "ADP", "APPR", head=place.head, dep="case")
            return hang(Phrase([case, *place.tokens], place.head), verb, "obl")
        article, form = self.pick("occasions").split()
        noun = word(form, "NOUN", "NN")
        case = word(rng.choice(["nach", "vor", "bei"]), "ADP", "APPR", head=noun, dep="case")
        det = word(article, "DET", "ART", "der", head=noun, dep="det")
        return hang(Phrase([case, det, noun], noun), verb, "obl")
