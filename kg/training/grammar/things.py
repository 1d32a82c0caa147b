"""Clauses about things: "Das Haus kaufte die Stadt", "Der Antrag wird durch das Bauamt geprüft".

Who does what with a thing, with the object before the verb too, in the passive, in infinitives with "zu".
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg.training.grammar.clauses import VERBS, Clauses
from kg.training.grammar.nouns import ACCUSATIVE, DATIVE, GENITIVE, NOMINATIVE, Noun, decline, read_nouns, with_genitive
from kg.training.grammar.phrases import UNKNOWN, Phrase, Token, hang, mark, to_dative, word
from kg.training.grammar.verbs import Verb, read_verbs

_TABLES = tomllib.loads(Path(__file__).with_name("things.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Doings:
    """Verbs, the things that they are done to, and the things that do them, if things do."""

    verbs: list[Verb]
    objects: list[Noun]
    subjects: list[Noun]


def _doings(table: dict, objects: str, subjects: str = "") -> Doings:
    return Doings(read_verbs(table), read_nouns(table[objects]), read_nouns(table[subjects]) if subjects else [])


ACTS = [_doings(table, "things") for table in _TABLES["groups"]]
CAUSES = [_doings(table, "other", "things") for table in _TABLES["causes"]]
MOVES = [_doings(table, "things") for table in _TABLES["moves"]]  # what moves somebody
DATIVES, GIVING, WILLING = (read_verbs(_TABLES["verbs"][name]) for name in ("dative", "giving", "willing"))
OWNERS, GROUNDS = (read_nouns(_TABLES["words"][name]) for name in ("genitives", "grounds"))
TRADES, MEMBERSHIPS, STATES = (_TABLES["words"][name].split() for name in ("trades", "memberships", "states"))
OPENERS = [
    (form, pos, tag)
    for name, pos, tag in (("openers", "ADV", "ADV"), ("pointing", "ADV", "PAV"), ("viewing", "ADJ", "ADJD"))
    for form in _TABLES["words"][name].split()
]

FOLLOWED = [(Noun.read(" ".join(e[:3])), e[3], e[4]) for e in map(str.split, _TABLES["words"]["followed"].split(","))]
QUALITIES = [tuple(entry.split()) for entry in _TABLES["words"]["qualities"].split(",")]
CASES = {"a": ACCUSATIVE, "d": DATIVE}

_GROUND_CASES = (
    ("wegen", GENITIVE), ("trotz", GENITIVE), ("nach", DATIVE), ("vor", DATIVE), ("bei", DATIVE), ("mit", DATIVE),
    ("anhand", GENITIVE), ("während", GENITIVE), ("durch", ACCUSATIVE), ("gegen", ACCUSATIVE), ("aufgrund", GENITIVE),
)  # fmt: skip


def is_woman(trade: str) -> bool:
    """Whether a noun of the list of trades is feminine."""
    return trade.endswith(("in", "Hebamme", "abgeordnete"))


class Things(Clauses):
    """Draws clauses in which things have a part."""

    # Parts of clauses.

    def actor(self) -> Phrase:
        """Who acts: a person, an organization, a noun for one, a name behind its noun or its trade."""
        if self.chance(0.2):
            return self.tradesman()
        return self.party_of(self.rng.choice("POO"))

    def tradesman(self) -> Phrase:
        """ "Bäuerin Rosa Lechner", "die Tierärztin Britta Sander" """
        form = self.rng.choice(TRADES)
        noun = word(form, "NOUN", "NN", form)
        name = hang(self.full_name(), noun, "appos")
        before = []
        if self.chance(0.35):
            before = [word("die" if is_woman(form) else "der", "DET", "ART", "der", head=noun, dep="det")]
        return Phrase([*before, noun, *name.tokens], noun)

    def thing(self, nouns: list[Noun], case: int = ACCUSATIVE) -> Phrase:
        """A thing, now and then with whose it is."""
        phrase = decline(self.rng.choice(nouns), case, self.rng)
        return with_genitive(phrase, OWNERS, self.rng) if self.chance(0.15) else phrase

    def followed(self, case: int = ACCUSATIVE) -> Phrase:
        """A noun with a phrase of its own: "Anklage gegen den Bankier", "80 Werke von Max Beckmann"."""
        noun, preposition, inner_case = self.rng.choice(FOLLOWED)
        phrase = decline(noun, case, self.rng)
        inner = hang(self.within(preposition, CASES[inner_case]), phrase.head, "nmod")
        return Phrase([*phrase.tokens, *inner.tokens], phrase.head, phrase.plural)

    def within(self, preposition: str, case: int) -> Phrase:
        """A prepositional phrase: a place behind "in" and "nach", else a name, somebody or a thing."""
        if preposition in ("in", "nach") and case == DATIVE:
            what = self.bare("L")
        elif self.chance(0.3):
            what = self.bare(self.rng.choice("PO"))
        elif self.chance(0.5):
            what = self.noun_of("people", False) if case == ACCUSATIVE else self.receiver()
        else:
            what = decline(self.rng.choice(GROUNDS), case, self.rng)
        return Phrase([word(preposition, "ADP", "APPR", head=what.head, dep="case"), *what.tokens], what.head)

    def receiver(self) -> Phrase:
        """Somebody in the dative: a name, "dem Verein", "den Behörden"."""
        if self.chance(0.35):
            return self.bare(self.rng.choice("PO"))
        if self.chance(0.2):
            noun = word(self.pick("crowds"), "NOUN", "NN", UNKNOWN)
            form = noun.form if noun.form.endswith(("n", "s")) else noun.form + "n"
            noun.form = form
            return Phrase([word("den", "DET", "ART", "der", head=noun, dep="det"), noun], noun, plural=True)
        return to_dative(self.noun_of(self.rng.choice(("people", "bodies")), False))

    def ground(self, verb: Token) -> Phrase:
        """A prepositional phrase with a thing: "wegen eines Wasserrohrbruchs", "nach dem Abgang des Intendanten"."""
        preposition, case = self.rng.choice(_GROUND_CASES)
        phrase = decline(self.rng.choice(GROUNDS), case, self.rng)
        if self.chance(0.2):
            phrase = with_genitive(phrase, OWNERS, self.rng)
        case_word = word(preposition, "ADP", "APPR", head=phrase.head, dep="case")
        return hang(Phrase([case_word, *phrase.tokens], phrase.head), verb, "obl")

    def setting(self, verb: Token) -> list[Token]:
        """Tokens of an adverbial: a ground, an adverb, a time or a place."""
        if self.chance(0.35):
            return self.ground(verb).tokens
        if self.chance(0.2):
            opener, pos, tag = self.rng.choice(OPENERS)
            return [word(opener, pos, tag, head=verb, dep="advmod")]
        return self.adverbial(verb).tokens

    def goal(self, verb: Token) -> list[Token]:
        """What often follows an object and hangs on the verb: to whom, for how much, where to."""
        way = self.rng.randrange(5)
        if way == 0:
            self.nominative = False
            who, case = self.kinded("O") if self.chance(0.6) else self.bare("O"), "an"
        elif way in (1, 2):
            who, case = self.amount(), self.rng.choice(("für", "auf", "um", "mit"))
        elif way == 3:
            who, case = self.bare("L"), "nach"
        else:
            who = self.thing(GROUNDS, ACCUSATIVE)
            case = "für"
        hang(who, verb, "obl")
        return [word(case, "ADP", "APPR", head=who.head, dep="case"), *who.tokens]

    def amount(self) -> Phrase:
        """A sum of money as papers print it: "360 Millionen Euro", "3 Mrd. Dollar", "5.000 €", "EUR 5.000"."""
        number = word(self.rng.choice(("3", "360", "1,5", "20", "zwölf", "5.000", "2.400.000")), "NUM", "CARD")
        unit = word(self.rng.choice(("Millionen", "Milliarden", "Mrd.", "Mio.")), "NOUN", "NN", UNKNOWN)
        currency = word(self.rng.choice(("Euro", "Euro", "Dollar", "€", "Franken", "EUR", "US$")), "NOUN", "NN")
        counted = [number]
        number.head, number.dep = currency, "nummod"
        if self.chance(0.7):
            number.head, unit.head, unit.dep = unit, currency, "nmod"
            counted.append(unit)
        first = currency.form in ("EUR", "US$") and self.chance(0.7)
        return Phrase([currency, *counted] if first else [*counted, currency], currency)

    def placed(self, finite: Token, subject: Phrase, thing: Phrase, right: list[Token], verb: Token) -> list[Token]:
        """Put a clause into verb-second order: subject, adverbial or object first."""
        behind = self.goal(verb) if self.chance(0.25) else []
        if self.chance(0.1):
            behind = [word("nicht", "PART", "PTKNEG", head=verb, dep="advmod"), *behind]
        middle = self.setting(verb) if self.chance(0.25) else []
        roll = self.rng.random()
        if roll < 0.48:
            return [*subject.tokens, finite, *middle, *thing.tokens, *behind, *right]
        if roll < 0.78:
            return [*self.setting(verb), finite, *subject.tokens, *middle, *thing.tokens, *behind, *right]
        return [*thing.tokens, finite, *subject.tokens, *middle, *behind, *right]

    def act(self) -> Phrase:
        """Somebody does something with a thing, in any order: "Die Koordination übernimmt die Stadt"."""
        doings = self.rng.choice(ACTS)
        subject = self.actor()
        thing = self.followed() if self.chance(0.25) else self.thing(doings.objects)
        finite, right, lexical = self.verb_words(self.rng.choice(doings.verbs), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        return Phrase(self.placed(finite, subject, thing, right, lexical), lexical)

    def cause(self) -> Phrase:
        """A thing does something to a thing; where case does not tell, the first is the subject."""
        doings = self.rng.choice(CAUSES)
        one, other = self.rng.choice(doings.subjects), self.rng.choice(doings.objects)
        subject, thing = decline(one, NOMINATIVE, self.rng), decline(other, ACCUSATIVE, self.rng)
        finite, right, lexical = self.verb_words(self.rng.choice(doings.verbs), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        plain = one.gender == "m" and subject.tokens[0].pos == "DET" and self.chance(0.4)
        if plain or (subject.plural != thing.plural and self.chance(0.3)):
            return Phrase([*thing.tokens, finite, *subject.tokens, *right], lexical)
        if self.chance(0.4):
            return Phrase([*self.setting(lexical), finite, *subject.tokens, *thing.tokens, *right], lexical)
        return Phrase([*subject.tokens, finite, *thing.tokens, *right], lexical)

    def moved(self) -> Phrase:
        """A thing does something to somebody: "Den Kläger überraschte das Urteil"."""
        doings = self.rng.choice(MOVES)
        subject, whom = self.thing(doings.objects, NOMINATIVE), self.party_of(self.rng.choice("PPO"), subject=False)
        finite, right, lexical = self.verb_words(self.rng.choice(doings.verbs), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(whom, lexical, "obj")
        if self.chance(0.4):
            return Phrase([*whom.tokens, finite, *subject.tokens, *right], lexical)
        return Phrase([*subject.tokens, finite, *whom.tokens, *right], lexical)

    def passive_act(self) -> Phrase:
        """ "Der Antrag wird durch das Bauamt geprüft", "Geprüft wurde der Antrag in Hof" """
        doings = self.rng.choice(ACTS)
        verb, subject = self.rng.choice(doings.verbs), self.thing(doings.objects, NOMINATIVE)
        lexical = word(verb.participle, "VERB", "VVPP", verb.lemma)
        hang(subject, lexical, "nsubj:pass")
        way = 0 if self.chance(0.7) else 1 if self.chance(0.5) else 2
        finite, right = self.passive_words(lexical, subject.plural, way, 3)
        by: list[Token] = []
        if self.chance(0.6):
            preposition, relation = self.rng.choice((("von", "obl:agent"), ("durch", "obl")))
            who = self.receiver() if preposition == "von" else self.agent()
            hang(who, lexical, relation)
            by = [word(preposition, "ADP", "APPR", head=who.head, dep="case"), *who.tokens]
        if self.chance(0.5):
            return Phrase(
                [*subject.tokens, finite, *(self.setting(lexical) if self.chance(0.4) else []), *by, *right], lexical
            )
        return Phrase([*self.setting(lexical), finite, *subject.tokens, *by, *right], lexical)

    def agent(self) -> Phrase:
        """Somebody in the accusative."""
        return self.noun_of("bodies", False) if self.chance(0.6) else self.bare(self.rng.choice("PO"))

    def shared(self) -> Phrase:
        """Two things that one subject does: "Infineon entlässt 60 Mitarbeiter und verlegt die Fertigung"."""
        subject = self.actor()
        first, second = self.rng.choice(ACTS), self.rng.choice(ACTS)
        verb_one, verb = self.rng.choice(first.verbs), self.rng.choice(second.verbs)
        finite, right, lexical = self.verb_words(verb_one, subject.plural)
        things = [self.thing(first.objects), self.thing(second.objects)]
        if finite is lexical:
            form = (verb.past if finite.form in verb_one.past else verb.present)[int(subject.plural)]
            other = word(form, "VERB", "VVFIN", verb.infinitive)
            particle = [word(verb.particle, "ADP", "PTKVZ", head=other, dep="compound:prt")] if verb.particle else []
            rest = [other, *hang(things[1], other, "obj").tokens, *particle]
        else:
            past = lexical.tag == "VVPP"
            other = word(verb.participle if past else verb.lemma, "VERB", lexical.tag, verb.lemma)
            rest = [*hang(things[1], other, "obj").tokens, other]
        hang(subject, lexical, "nsubj")
        hang(things[0], lexical, "obj")
        hang(Phrase(rest, other), lexical, "conj")
        neither = finite is not lexical and self.chance(0.3)
        link = word("noch" if neither else "und", "CCONJ", "KON", head=other, dep="cc")
        start = [word("weder", "CCONJ", "KON", head=lexical, dep="cc")] if neither else []
        front = self.setting(lexical) if self.chance(0.5) else []
        opening = [*front, finite, *subject.tokens] if front else [*subject.tokens, finite]
        return Phrase([*opening, *start, *things[0].tokens, *right, link, *rest], lexical)

    def obeying(self) -> Phrase:
        """A verb with a dative: "Der Opposition widersprach der Minister"."""
        subject, whom = self.actor(), self.receiver()
        finite, right, lexical = self.verb_words(self.rng.choice(DATIVES), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(whom, lexical, "obl:arg")
        return Phrase(self.placed(finite, subject, whom, right, lexical), lexical)

    def giving(self) -> Phrase:
        """A verb with two objects: "Die Bank gewährte der Firma einen Kredit"."""
        doings = self.rng.choice(ACTS)
        subject, whom, thing = self.actor(), self.receiver(), self.thing(doings.objects)
        finite, right, lexical = self.verb_words(self.rng.choice(GIVING), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(whom, lexical, "obl:arg")
        hang(thing, lexical, "obj")
        roll = self.rng.random()
        if roll < 0.5:
            order = [*subject.tokens, finite, *whom.tokens, *thing.tokens]
        elif roll < 0.7:
            order = [*whom.tokens, finite, *subject.tokens, *thing.tokens]
        else:
            order = [*self.setting(lexical), finite, *subject.tokens, *whom.tokens, *thing.tokens]
        return Phrase([*order, *right], lexical)

    def willing(self) -> Phrase:
        """An infinitive with "zu": "Der Vorstand beschloss, das Stammhaus zu verkaufen"."""
        subject, doings = self.actor(), self.rng.choice(ACTS)
        finite, right, lexical = self.verb_words(self.rng.choice(WILLING), subject.plural)
        hang(subject, lexical, "nsubj")
        opening = [*subject.tokens, finite, *right]
        if self.chance(0.3):
            opening = [*self.setting(lexical), finite, *subject.tokens, *right]
        inner = self.infinitive(self.rng.choice(doings.verbs), doings)
        hang(inner, lexical, "xcomp")
        return Phrase([*opening, mark(",", inner.head, tag="$,"), *inner.tokens], lexical)

    def infinitive(self, verb: Verb, doings: Doings) -> Phrase:
        """ "das Stammhaus in Celle zu verkaufen", "die Kunden betrogen zu haben" """
        if self.chance(0.35):
            verb = self.rng.choice(VERBS["OO"])
            thing = self.party_of(self.rng.choice("PO"), subject=False)
        else:
            thing = self.thing(doings.objects)
        before = [word(self.pick("adverbs"), "ADV", "ADV")] if self.chance(0.15) else []
        if self.chance(0.3):
            lexical = word(verb.participle, "VERB", "VVPP", verb.lemma)
            ending = [lexical, word("zu", "PART", "PTKZU", head=lexical, dep="mark")]
            ending.append(word("haben", "AUX", "VAINF", head=lexical, dep="aux"))
        elif verb.particle:
            lexical = word(f"{verb.particle}zu{verb.infinitive}", "VERB", "VVIZU", verb.lemma)
            ending = [lexical]
        else:
            lexical = word(verb.infinitive, "VERB", "VVINF", verb.infinitive)
            ending = [word("zu", "PART", "PTKZU", head=lexical, dep="mark"), lexical]
        hang(thing, lexical, "obj")
        for token in before:
            token.head, token.dep = lexical, "advmod"
        return Phrase([*before, *thing.tokens, *ending], lexical)
