"""Clauses of other shapes: relative clauses, "weder … noch", broken quotes, what somebody is.

"Der Verein, mit dem die Schule zusammenarbeitet, fördert junge Musiker", "Chef der SPD war Martin Schulz".
"""

from __future__ import annotations

from kg.training.grammar.clauses import BLEIBEN, PERFECTS_WITH_SEIN, VERBS, WERDEN, around_finite
from kg.training.grammar.nouns import ACCUSATIVE, DATIVE, NOMINATIVE, article, decline, owner
from kg.training.grammar.phrases import UNKNOWN, Phrase, Token, capitalize, hang, mark, named, word
from kg.training.grammar.things import ACTS, CASES, MEMBERSHIPS, OWNERS, QUALITIES, STATES, Things, is_woman
from kg.training.names import make_firm

_GENDERS = {"der": "m", "die": "f", "das": "n"}
_RELATIVES = {g: tuple(article(g, case) for case in (NOMINATIVE, ACCUSATIVE, DATIVE)) for g in "mfn"} | {
    "p": ("die", "die", "denen")
}


class Shapes(Things):
    """Draws clauses of other shapes."""

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
            return phrase, "f" if is_woman(phrase.head.form) else "m"
        self.nominative = True
        firm = self.chance(0.3)
        phrase = self.kinded("O") if firm else self.noun_of("people" if self.chance(0.4) else "bodies", True)
        return phrase, _GENDERS[phrase.tokens[0].form]

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
        """Who says something, in the nominative."""
        self.nominative = True
        return self.tradesman() if self.chance(0.5) else self.person(0.3)

    def broken_quote(self) -> Phrase:
        """ "„Der Deich“, sagte Deichgräfin Anke Tamm, „schützt drei Dörfer" with its last sign"""
        content = self.rng.choice((self.act, self.cause, self.main))()
        verb = self.rng.choice(VERBS["saying"])
        said = word(verb.past[0], "VERB", "VVFIN", verb.infinitive)
        speaker = hang(self.speaker(), said, "nsubj")
        hang(content, said, "ccomp")
        first, finite, behind = around_finite(content.tokens)
        opening, closing = self.rng.choice((("„", "“"), ("»", "«"), ('"', '"')))
        rest = [finite, *behind]
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
        front, finite, rest = around_finite(content.tokens)
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
            finite = self.copula(what, who.plural)
            hang(who, what, "nsubj")
            middle = self.setting(what) if self.chance(0.25) else []
            order = [group, [finite], who.tokens] if self.chance(0.45) else [who.tokens, [finite], middle, group]
            return Phrase([token for part in order for token in part], what)
        finite, right, lexical = self.verb_words(WERDEN, who.plural)
        hang(who, lexical, "nsubj")
        what.head, what.dep = lexical, "xcomp"
        order = [group, [finite], who.tokens, right] if self.chance(0.3) else [who.tokens, [finite], group, right]
        return Phrase([token for part in order for token in part], lexical)

    def copula(self, what: Token, plural: bool) -> Token:
        """A form of "sein" for what somebody is."""
        *forms, lemma, tag = self.rng.choice(PERFECTS_WITH_SEIN)
        return word(forms[int(plural)], "AUX", tag, lemma, head=what, dep="cop")

    def quality(self) -> Phrase:
        """What somebody or something is like: "Der Rat ist stolz auf die Feuerwehr", "Die Mieten bleiben hoch"."""
        adjective, preposition, case = self.rng.choice(QUALITIES)
        what = word(adjective, "ADJ", "ADJD", adjective)
        who = self.actor() if self.chance(0.6) else self.thing(self.rng.choice(ACTS).objects, NOMINATIVE)
        group = [what]
        if preposition != "-" and self.chance(0.7):
            inner = hang(self.within(preposition, CASES[case]), what, "obl").tokens
            group = [*inner, what] if self.chance(0.4) else [what, *inner]
        right: list[Token] = []
        if self.chance(0.6):
            finite, lexical = self.copula(what, who.plural), what
        else:
            finite, right, lexical = self.verb_words(self.rng.choice((WERDEN, BLEIBEN)), who.plural)
            what.head, what.dep = lexical, "xcomp"
        hang(who, lexical, "nsubj")
        front = self.setting(lexical) if self.chance(0.2) else []
        opening = [*front, finite, *who.tokens] if front else [*who.tokens, finite]
        return Phrase([*opening, *group, *right], lexical)

    def provided(self) -> Phrase:
        """A condition without "wenn": "Gewinnt Union das Spiel, erreicht der Klub die Liga"."""
        outer, inner = (self.rng.choice((self.act, self.main))() for _ in range(2))
        hang(inner, outer.head, "advcl")
        parts = []
        for clause in (inner, outer):
            front, finite, rest = around_finite(clause.tokens)
            parts.append([finite, *front, *rest])
        return Phrase([*parts[0], mark(",", inner.head, tag="$,"), *parts[1]], outer.head)

    def of_body(self) -> Phrase:
        """ "der SPD", "des Vereins", "von Hannover" """
        roll = self.rng.random()
        if roll < 0.45:
            tokens = named(make_firm(self.rng), "ORG")
            return Phrase([word("der", "DET", "ART", "der", head=tokens[0], dep="det"), *tokens], tokens[0])
        if roll < 0.75:
            return owner(OWNERS, self.rng)
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
