"""Clauses about things: "Das Haus kaufte die Stadt", "Der Antrag wird durch das Bauamt geprüft".

Here stand the shapes that a reader of names alone gets wrong: objects before the verb, relative clauses, infinitives
with "zu", "weder … noch", broken quotes, what somebody is.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kg.training.grammar.clauses import MODALS, PERFECTS_WITH_SEIN, VERBS, Clauses
from kg.training.grammar.nouns import (
    ACCUSATIVE,
    DATIVE,
    GENITIVE,
    NOMINATIVE,
    Noun,
    article,
    decline,
    read_nouns,
    with_genitive,
)
from kg.training.grammar.phrases import UNKNOWN, Phrase, Token, capitalize, hang, mark, word
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
TRADES, MEMBERSHIPS, OPENERS, STATES = (
    _TABLES["words"][name].split() for name in ("trades", "memberships", "openers", "states")
)

_GROUND_CASES = (
    ("wegen", GENITIVE), ("trotz", GENITIVE), ("nach", DATIVE), ("vor", DATIVE), ("bei", DATIVE), ("mit", DATIVE),
    ("anhand", GENITIVE), ("während", GENITIVE), ("durch", ACCUSATIVE), ("gegen", ACCUSATIVE), ("aufgrund", GENITIVE),
)  # fmt: skip
_GENDERS = {"der": "m", "die": "f", "das": "n"}
_RELATIVES = {
    **{g: (article(g, NOMINATIVE), article(g, ACCUSATIVE), article(g, DATIVE)) for g in "mfn"},
    "p": ("die", "die", "denen"),
}


class Things(Clauses):
    """Draws clauses in which things have a part."""

    # Parts of clauses.

    def actor(self) -> Phrase:
        """Who acts: a person, an organization, a noun for one, a name behind its noun, someone with a trade."""
        if self.chance(0.2):
            return self.tradesman()
        return self.party_of(self.rng.choice("POO"))

    def tradesman(self) -> Phrase:
        """ "Bäuerin Rosa Lechner", "die Tierärztin Britta Sander", "Trainerin" alone"""
        form = self.rng.choice(TRADES)
        noun = word(form, "NOUN", "NN", form)
        name = hang(self.full_name(), noun, "appos")
        before = []
        if self.chance(0.35):
            male = not form.endswith(("in", "Hebamme", "abgeordnete"))
            before = [word("der" if male else "die", "DET", "ART", "der", head=noun, dep="det")]
        return Phrase([*before, noun, *name.tokens], noun)

    def thing(self, nouns: list[Noun], case: int = ACCUSATIVE) -> Phrase:
        """A thing, now and then with whose it is."""
        phrase = decline(self.rng.choice(nouns), case, self.rng)
        return with_genitive(phrase, OWNERS, self.rng) if self.chance(0.15) else phrase

    def receiver(self) -> Phrase:
        """Somebody in the dative: a name, "dem Verein", "den Behörden"."""
        if self.chance(0.35):
            return self.bare(self.rng.choice("PO"))
        if self.chance(0.2):
            noun = word(self.pick("crowds"), "NOUN", "NN", UNKNOWN)
            form = noun.form if noun.form.endswith(("n", "s")) else noun.form + "n"
            noun.form = form
            return Phrase([word("den", "DET", "ART", "der", head=noun, dep="det"), noun], noun, plural=True)
        phrase = self.noun_of(self.rng.choice(("people", "bodies")), False)
        first = phrase.tokens[0]
        first.form = {"den": "dem", "die": "der", "das": "dem"}[first.form]
        for token in phrase.tokens[1:-1]:  # adjectives
            token.form = token.lemma + "en"
        return phrase

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
            return [word(self.rng.choice(OPENERS).lower(), "ADV", "ADV", head=verb, dep="advmod")]
        return self.adverbial(verb).tokens

    def goal(self, verb: Token) -> list[Token]:
        """What often follows an object and hangs on the verb: to whom, for how much, where to."""
        way = self.rng.randrange(5)
        if way == 0:
            self.nominative = False
            who, case = self.kinded("O") if self.chance(0.6) else self.bare("O"), "an"
        elif way in (1, 2):
            amount = word(self.rng.choice(("3", "360", "1,5", "20", "zwölf")), "NUM", "CARD")
            unit = word(self.rng.choice(("Millionen", "Milliarden")), "NOUN", "NN", UNKNOWN)
            currency = word(self.rng.choice(("Euro", "Dollar")), "NOUN", "NN")
            amount.head, amount.dep = unit, "nummod"
            unit.head, unit.dep = currency, "nmod"
            who, case = Phrase([amount, unit, currency], currency), self.rng.choice(("für", "auf", "um", "mit"))
        elif way == 3:
            who, case = self.bare("L"), "nach"
        else:
            who = self.thing(GROUNDS, ACCUSATIVE)
            case = "für"
        hang(who, verb, "obl")
        return [word(case, "ADP", "APPR", head=who.head, dep="case"), *who.tokens]

    def placed(self, finite: Token, subject: Phrase, thing: Phrase, right: list[Token], verb: Token) -> list[Token]:
        """Put a clause into verb-second order: subject, adverbial or object first."""
        behind = self.goal(verb) if self.chance(0.25) else []
        if self.chance(0.1):
            behind = [*behind, word("nicht", "PART", "PTKNEG", head=verb, dep="advmod")]
        middle = self.setting(verb) if self.chance(0.25) else []
        roll = self.rng.random()
        if roll < 0.42:
            return [*subject.tokens, finite, *middle, *thing.tokens, *behind, *right]
        if roll < 0.70:
            return [*self.setting(verb), finite, *subject.tokens, *middle, *thing.tokens, *behind, *right]
        return [*thing.tokens, finite, *subject.tokens, *middle, *behind, *right]

    # Clauses.

    def act(self) -> Phrase:
        """Somebody does something with a thing, in any order: "Die Koordination übernimmt die Stadt"."""
        doings = self.rng.choice(ACTS)
        subject, thing = self.actor(), self.thing(doings.objects)
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
        number, right = int(subject.plural), [lexical]
        if self.chance(0.7):
            form = self.rng.choice((("wurde", "wurden"), ("wird", "werden"), ("werde", "würden")))[number]
            finite = word(form, "AUX", "VAFIN", "werden", head=lexical, dep="aux:pass")
        elif self.chance(0.5):
            *forms, lemma, tag = self.rng.choice(MODALS)
            finite = word(forms[number], "AUX", tag, lemma, head=lexical, dep="aux")
            right.append(word("werden", "AUX", "VAINF", head=lexical, dep="aux:pass"))
        else:
            *forms, lemma, tag = self.rng.choice(PERFECTS_WITH_SEIN)
            finite = word(forms[number], "AUX", tag, lemma, head=lexical, dep="aux")
            right.append(word("worden", "AUX", "VAPP", "werden", head=lexical, dep="aux:pass"))
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
        finite, right, lexical = self.verb_words(self.rng.choice(first.verbs), subject.plural)
        verb = self.rng.choice(second.verbs)
        things = [self.thing(first.objects), self.thing(second.objects)]
        if finite is lexical:
            form = (verb.past if finite.form.endswith(("te", "ten")) else verb.present)[int(subject.plural)]
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
        before = self.setting_words(verb)
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

    def setting_words(self, verb: Verb) -> list[Token]:
        """At times an adverb, not yet hung on anything."""
        return [word(self.pick("adverbs"), "ADV", "ADV")] if self.chance(0.15) else []

    def related(self) -> Phrase:
        """A clause with a relative clause: "Der Verein, mit dem die Schule zusammenarbeitet, fördert …"."""
        doings = self.rng.choice(ACTS)
        subject, gender = self.antecedent()
        thing = self.thing(doings.objects)
        finite, right, lexical = self.verb_words(self.rng.choice(doings.verbs), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        if self.chance(0.7):
            inner = self.relative(subject.head, gender)
            if self.chance(0.7):
                return Phrase(
                    [*subject.tokens, *inner, mark(",", inner[0].head, tag="$,"), finite, *thing.tokens, *right],
                    lexical,
                )
            front = self.setting(lexical)
            return Phrase(
                [*front, finite, *subject.tokens, *inner, mark(",", inner[0].head, tag="$,"), *thing.tokens, *right],
                lexical,
            )
        noun = self.rng.choice(doings.objects)
        thing = hang(decline(noun, ACCUSATIVE, self.rng), lexical, "obj")
        tokens = [*subject.tokens, finite, *thing.tokens, *right]
        return Phrase([*tokens, *self.relative(thing.head, noun.gender)], lexical)

    def antecedent(self) -> tuple[Phrase, str]:
        """Somebody whose gender shows, for a relative clause."""
        if self.chance(0.25):
            phrase = self.tradesman()
            form = phrase.tokens[0].form
            return phrase, _GENDERS.get(
                form, "f" if phrase.head.form.endswith(("in", "Hebamme", "abgeordnete")) else "m"
            )
        phrase = self.noun_of("people" if self.chance(0.4) else "bodies", True)
        gender = _GENDERS[phrase.tokens[0].form]
        if self.chance(0.3):
            phrase = self.kinded("O")
            while phrase.head.pos != "NOUN" or phrase.tokens[0].form not in _GENDERS:
                phrase = self.kinded("O")
            self.nominative = True
            gender = _GENDERS[phrase.tokens[0].form]
        return phrase, gender

    def relative(self, noun: Token, gender: str) -> list[Token]:
        """The tokens of a relative clause with the comma before it; its verb hangs on the noun."""
        nominative, accusative, dative = _RELATIVES[gender]
        doings = self.rng.choice(ACTS)
        way = self.rng.random()
        plural = gender == "p"
        if way < 0.4:  # who does something
            finite, right, lexical = self.last_words(self.rng.choice(doings.verbs), plural)
            pronoun = word(nominative, "PRON", "PRELS", "der", head=lexical, dep="nsubj")
            middle = hang(self.thing(doings.objects), lexical, "obj").tokens
        elif way < 0.65:  # what somebody does something with
            subject = self.actor()
            finite, right, lexical = self.last_words(self.rng.choice(doings.verbs), subject.plural)
            pronoun = word(accusative, "PRON", "PRELS", "der", head=lexical, dep="obj")
            middle = hang(subject, lexical, "nsubj").tokens
        elif way < 0.85:  # with whom, in which
            subject = self.actor()
            verb = self.rng.choice(doings.verbs if self.chance(0.5) else VERBS["alone"])
            finite, right, lexical = self.last_words(verb, subject.plural)
            pronoun = word(dative, "PRON", "PRELS", "der", head=lexical, dep="obl")
            middle = hang(subject, lexical, "nsubj").tokens
            if verb in doings.verbs:
                middle = [*middle, *hang(self.thing(doings.objects), lexical, "obj").tokens]
        else:  # what is done to it
            verb = self.rng.choice(doings.verbs)
            lexical = word(verb.participle, "VERB", "VVPP", verb.lemma)
            form = self.rng.choice((("wird", "werden"), ("wurde", "wurden")))[int(plural)]
            finite, right = word(form, "AUX", "VAFIN", "werden", head=lexical, dep="aux:pass"), [lexical]
            pronoun = word(nominative, "PRON", "PRELS", "der", head=lexical, dep="nsubj:pass")
            middle = self.setting(lexical) if self.chance(0.5) else []
            if self.chance(0.25):
                second = self.rng.choice(doings.verbs)
                other = word(second.participle, "VERB", "VVPP", second.lemma, head=lexical, dep="conj")
                right = [lexical, word("und", "CCONJ", "KON", head=other, dep="cc"), other]
        lexical.head, lexical.dep = noun, "acl:relcl"
        opening = [pronoun]
        if pronoun.dep == "obl":
            preposition = self.rng.choice(("mit", "von", "bei", "in", "aus", "nach"))
            opening = [word(preposition, "ADP", "APPR", head=pronoun, dep="case"), pronoun]
        tokens = [mark(",", lexical, tag="$,"), *opening, *middle, *right, finite]
        return tokens

    def last_words(self, verb: Verb, plural: bool) -> tuple[Token, list[Token], Token]:
        """As `verb_words`, for a verb-last clause."""
        finite, right, lexical = self.verb_words(verb, plural)
        if right and right[-1].dep == "compound:prt":
            finite.form, finite.lemma, right = verb.particle + finite.form, verb.lemma, []
        return finite, [token for token in right if token is not finite], lexical

    def pair(self, first: str, second: str) -> Phrase:
        """Two parties with a correlative conjunction: "weder die SPD noch die Grünen"."""
        one, other = (
            self.party_of("O") if self.chance(0.5) else self.party_of("P"),
            self.party_of(self.rng.choice("PO")),
        )
        start = word(first, "CCONJ", "KON", head=one.head, dep="cc")
        if first == "nicht":
            start = word("nicht", "PART", "PTKNEG", head=one.head, dep="advmod")
        hang(other, one.head, "conj")
        link = word(second, "CCONJ", "KON", head=other.head, dep="cc")
        one_tokens = [start, *one.tokens]
        if second == "sondern":
            return Phrase([*one_tokens, mark(",", other.head, tag="$,"), link, *other.tokens], one.head, other.plural)
        return Phrase([*one_tokens, link, *other.tokens], one.head, plural=True)

    def neither(self) -> Phrase:
        """ "Weder die SPD noch die Grünen unterstützen den Plan", "Das Dorf hat weder einen Laden noch eine Schule" """
        doings = self.rng.choice(ACTS)
        if self.chance(0.5):
            subject, thing = self.pair("weder", "noch"), self.thing(doings.objects)
        else:
            subject = self.actor()
            one, other = (decline(self.rng.choice(doings.objects), ACCUSATIVE, self.rng) for _ in range(2))
            hang(other, one.head, "conj")
            start = word("weder", "CCONJ", "KON", head=one.head, dep="cc")
            thing = Phrase(
                [start, *one.tokens, word("noch", "CCONJ", "KON", head=other.head, dep="cc"), *other.tokens],
                one.head,
                True,
            )
        finite, right, lexical = self.verb_words(self.rng.choice(doings.verbs), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        return Phrase([*subject.tokens, finite, *thing.tokens, *right], lexical)

    def not_but(self) -> Phrase:
        """ "Nicht der Trainer, sondern der Präsident entschied …" """
        doings = self.rng.choice(ACTS)
        subject, thing = self.pair("nicht", "sondern"), self.thing(doings.objects)
        finite, right, lexical = self.verb_words(self.rng.choice(doings.verbs), subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        return Phrase([*subject.tokens, finite, *thing.tokens, *right], lexical)

    def speaker(self) -> Phrase:
        return self.tradesman() if self.chance(0.5) else self.person(0.3)

    def broken_quote(self) -> Phrase:
        """ "„Der Deich“, sagte Deichgräfin Anke Tamm, „schützt drei Dörfer" with its last sign"""
        content = self.rng.choice((self.act, self.cause, self.main))()
        verb = self.rng.choice(VERBS["saying"])
        said = word(verb.past[0], "VERB", "VVFIN", verb.infinitive)
        speaker = hang(self.speaker(), said, "nsubj")
        hang(content, said, "ccomp")
        place = next(i for i, token in enumerate(content.tokens) if token.tag.endswith("FIN"))
        opening, closing = self.rng.choice((("„", "“"), ("»", "«"), ('"', '"')))
        first, rest = content.tokens[:place], content.tokens[place:]
        first[-1].space = rest[-1].space = speaker.tokens[-1].space = False
        return Phrase(
            [
                mark(opening, content.head, False), *first, mark(closing, content.head, False),
                mark(",", content.head, tag="$,"),
                said, *speaker.tokens, mark(",", content.head, tag="$,"),
                mark(opening, content.head, False), *rest, mark(closing, content.head),
            ],
            said,
        )  # fmt: skip

    def announced(self) -> Phrase:
        """ "Kapitän Sven Ruge: „Das Schiff hat zwei Motoren“" """
        content = self.rng.choice((self.act, self.cause, self.main))()
        speaker = hang(self.speaker(), content.head, "parataxis")
        capitalize(content.tokens)
        content.tokens[-1].space = False
        stop = [mark(".", content.head, False, tag="$.")] if self.chance(0.6) else []
        opening, closing = self.rng.choice((("„", "“"), ("»", "«"), ('"', '"')))
        return Phrase(
            [
                *speaker.tokens, mark(":", content.head, tag="$."),
                mark(opening, content.head, False), *content.tokens, *stop, mark(closing, content.head),
            ],
            content.head,
        )  # fmt: skip

    def as_said(self) -> Phrase:
        """ "Wie Förster Udo Kern sagte, schädigt der Käfer die Fichten" """
        content = self.rng.choice((self.act, self.cause))()
        verb = self.rng.choice(VERBS["saying"])
        said = word(verb.past[0], "VERB", "VVFIN", verb.infinitive, head=content.head, dep="advcl")
        speaker = hang(self.speaker(), said, "nsubj")
        place = next(i for i, token in enumerate(content.tokens) if token.tag.endswith("FIN"))
        front, finite, rest = content.tokens[:place], content.tokens[place], content.tokens[place + 1 :]
        said.space = False
        opener = word("wie", "SCONJ", "KOUS", head=said, dep="mark")
        return Phrase([opener, *speaker.tokens, said, mark(",", said, tag="$,"), finite, *front, *rest], content.head)

    def is_what(self) -> Phrase:
        """What somebody is or becomes: "Chef der SPD war Martin Schulz"."""
        what = word(self.rng.choice(MEMBERSHIPS), "NOUN", "NN")
        of = self.of_body()
        hang(of, what, "nmod")
        group = [what, *of.tokens]
        who = self.actor()
        if self.chance(0.55):
            forms = self.rng.choice((("ist", "sind"), ("war", "waren"), ("sei", "seien")))
            finite = word(forms[int(who.plural)], "AUX", "VAFIN", "sein", head=what, dep="cop")
            hang(who, what, "nsubj")
            middle = self.setting(what) if self.chance(0.25) else []
            order = [group, [finite], who.tokens] if self.chance(0.45) else [who.tokens, [finite], middle, group]
            return Phrase([token for part in order for token in part], what)
        verb = Verb("werden", ("wurde", "wurden"), ("wird", "werden"), "geworden")
        finite, right, lexical = self.verb_words(verb, who.plural, sein=True)
        hang(who, lexical, "nsubj")
        what.head, what.dep = lexical, "xcomp"
        order = [group, [finite], who.tokens, right] if self.chance(0.3) else [who.tokens, [finite], group, right]
        return Phrase([token for part in order for token in part], lexical)

    def of_body(self) -> Phrase:
        """ "der SPD", "des Vereins", "von Hannover" """
        roll = self.rng.random()
        if roll < 0.45:
            name = self.bare("O")
            return Phrase([word("der", "DET", "ART", "der", head=name.head, dep="det"), *name.tokens], name.head)
        if roll < 0.75:
            return self.owner()
        place = self.bare("L")
        return Phrase([word("von", "ADP", "APPR", head=place.head, dep="case"), *place.tokens], place.head)

    def bearing(self) -> Phrase:
        """A participle before a noun: "Der in Danzig geborene Autor Emil Kraus"."""
        doings = self.rng.choice(ACTS)
        person = self.chance(0.5)
        noun = self.noun_of("people" if person else "bodies", True)
        det, head = noun.tokens[0], noun.head
        if self.chance(0.5):
            attribute = word(self.rng.choice(STATES), "ADJ", "ADJA", UNKNOWN, head=head, dep="amod")
            place = hang(self.bare("L"), attribute, "obl")
            before = [word("in", "ADP", "APPR", head=place.head, dep="case"), *place.tokens]
        else:
            verb = self.rng.choice(VERBS["PP"])
            attribute = word(verb.participle + "e", "ADJ", "ADJA", UNKNOWN, head=head, dep="amod")
            by = hang(self.bare(self.rng.choice("PO")), attribute, "obl:agent")
            before = [word("von", "ADP", "APPR", head=by.head, dep="case"), *by.tokens]
        tokens = [det, *before, attribute, head]
        if person and self.chance(0.5):
            tokens += hang(self.full_name(), head, "appos").tokens
        thing = self.thing(doings.objects)
        finite, right, lexical = self.verb_words(self.rng.choice(doings.verbs), False)
        head.head, head.dep = lexical, "nsubj"
        hang(thing, lexical, "obj")
        return Phrase([*tokens, finite, *thing.tokens, *right], lexical)

    def owner(self) -> Phrase:
        """ "des Vereins" """
        owner = self.rng.choice(OWNERS)
        noun = word(owner.inflected(GENITIVE), "NOUN", "NN", owner.form)
        return Phrase([word(article(owner.gender, GENITIVE), "DET", "ART", "der", head=noun, dep="det"), noun], noun)
