"""Clauses about persons, organizations and places: "Am Freitag besuchte Olaf Scholz Kiew".

No treebank at hand has two names side by side often enough to learn that they are two, or lists of full names, offices
before "Dr.", nicknames in quotation marks. There are verb-second and verb-last order, the verbal bracket, coordination,
apposition and reported speech.
"""

from __future__ import annotations

from kg.training.grammar.phrases import Phrase, Phrases, Token, hang, mark, named, word
from kg.training.grammar.verbs import Verb, read_verbs
from kg.training.names import LAST, WORDS

VERBS = {frame: read_verbs(verbs) for frame, verbs in WORDS["verbs"].items()}
WERDEN = Verb("werden", ("wurde", "wurden"), ("wird", "werden"), "geworden")
BLEIBEN = Verb("bleiben", ("blieb", "blieben"), ("bleibt", "bleiben"), "geblieben")
PERFECT_WITH_SEIN = frozenset(WORDS["words"]["perfect_with_sein"].split())
SUBORDINATORS = ("als", "nachdem", "weil", "während", "obwohl", "bevor", "seit", "wenn", "da")
# Third person singular and plural, lemma, tag.
PERFECTS = (("hat", "haben", "haben", "VAFIN"),) * 4 + (
    ("hatte", "hatten", "haben", "VAFIN"), ("habe", "hätten", "haben", "VAFIN"),
)  # fmt: skip
PERFECTS_WITH_SEIN = (
    ("ist", "sind", "sein", "VAFIN"),
    ("war", "waren", "sein", "VAFIN"),
    ("sei", "seien", "sein", "VAFIN"),
)
MODALS = (
    ("will", "wollen", "wollen", "VMFIN"), ("soll", "sollen", "sollen", "VMFIN"), ("kann", "können", "können", "VMFIN"),
    ("wird", "werden", "werden", "VAFIN"), ("wollte", "wollten", "wollen", "VMFIN"),
    ("musste", "mussten", "müssen", "VMFIN"), ("könnte", "könnten", "können", "VMFIN"),
    ("solle", "sollten", "sollen", "VMFIN"), ("werde", "würden", "werden", "VAFIN"),
)  # fmt: skip
PASSIVES = (("wurde", "wurden"), ("wird", "werden"), ("werde", "würden"))


class Clauses(Phrases):
    """Draws clauses about persons, organizations and places."""

    # Clauses. Each returns its tokens with the lexical verb as their head.

    def main(self) -> Phrase:
        """A verb-second clause with subject and object, mostly with an adverbial before its verb."""
        frame = self.rng.choice(("PL", "PP", "PP", "PO", "OO", "OO", "OP", "LL"))
        return self.transitive(frame, self.party_of(frame[0]), 0.72)

    def transitive(self, frame: str, subject: Phrase, fronted: float) -> Phrase:
        """What a subject does to somebody, in verb-second order; `fronted`: how often an adverbial stands first."""
        verb = self.rng.choice(VERBS[frame])
        thing = self.party_of(frame[1], subject=False)
        finite, right, lexical = self.verb_words(verb, subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        middle = self.adverbial(lexical).tokens if self.chance(0.2) else []
        if self.chance(fronted):
            front = self.adverbial(lexical).tokens
            return Phrase([*front, finite, *subject.tokens, *thing.tokens, *middle, *right], lexical)
        if subject.plural and not thing.plural and self.chance(0.12):
            return Phrase([*thing.tokens, finite, *middle, *subject.tokens, *right], lexical)
        return Phrase([*subject.tokens, finite, *middle, *thing.tokens, *right], lexical)

    def simple(self) -> Phrase:
        """A verb-second clause without an object: an apposition stays with its noun."""
        verb = self.rng.choice(VERBS["alone"])
        self.nominative = True
        subject = self.person(0.3) if self.chance(0.7) else self.party_of("P")
        finite, right, lexical = self.verb_words(verb, subject.plural)
        hang(subject, lexical, "nsubj")
        front = self.adverbial(lexical).tokens
        behind = self.adverbial(lexical).tokens if self.chance(0.4) else []
        if self.chance(0.7):
            return Phrase([*front, finite, *subject.tokens, *behind, *right], lexical)
        return Phrase([*subject.tokens, finite, *front, *right], lexical)

    def passive(self) -> Phrase:
        """ "Hako soll von Kärcher übernommen werden", "In Hof wurde die Firma Krantz von Meier verklagt"."""
        frame = self.rng.choice(("PP", "PO", "OO", "OP", "LL"))
        verb = self.rng.choice(VERBS[frame])
        subject, agent = self.party_of(frame[1]), self.bare(frame[0])
        lexical = word(verb.participle, "VERB", "VVPP", verb.lemma)
        way = self.rng.random()
        finite, right = self.passive_words(lexical, subject.plural, 0 if way < 0.6 else 1 if way < 0.8 else 2, 2)
        hang(subject, lexical, "nsubj:pass")
        hang(agent, lexical, "obl:agent")
        by = [word("von", "ADP", "APPR", head=agent.head, dep="case"), *agent.tokens] if self.chance(0.75) else []
        if self.chance(0.5):
            front = self.adverbial(lexical).tokens
            return Phrase([*front, finite, *subject.tokens, *by, *right], lexical)
        middle = self.adverbial(lexical).tokens if self.chance(0.3) else []
        return Phrase([*subject.tokens, finite, *middle, *by, *right], lexical)

    def called(self) -> Phrase:
        """Who somebody is comes first: "Der Chef der Falk AG, Otto Kern, …"."""
        post, firm, name = self.noun_of("people", True), self.with_article(), self.full_name()
        firm.tokens[0].form = "der"
        hang(firm, post.head, "nmod")
        hang(name, post.head, "appos")
        name.tokens[-1].space = firm.tokens[-1].space = False
        commas = [mark(",", name.head, tag="$,") for _ in range(2)]
        group = Phrase([*post.tokens, *firm.tokens, commas[0], *name.tokens, commas[1]], post.head)
        return self.transitive(self.rng.choice(("PL", "PP", "PO")), group, 0.4)

    def last(self, subordinator: str) -> Phrase:
        """A verb-last clause."""
        frame = self.rng.choice(("PL", "PP", "PO", "OO", "OP"))
        verb = self.rng.choice(VERBS[frame])
        subject, thing = self.party_of(frame[0]), self.party_of(frame[1], subject=False)
        finite, right, lexical = self.last_words(verb, subject.plural)
        hang(subject, lexical, "nsubj")
        hang(thing, lexical, "obj")
        opener = word(subordinator, "SCONJ", "KOUS", head=lexical, dep="mark")
        middle = self.adverbial(lexical).tokens if self.chance(0.3) else []
        parts = [middle, subject.tokens] if self.chance(0.5) else [subject.tokens, middle]
        return Phrase([opener, *parts[0], *parts[1], *thing.tokens, *right, finite], lexical)

    def complex(self) -> Phrase:
        """A clause before or behind another: "Als Merkel Paris besuchte, regnete es", "…, weil …"."""
        return self.joined(self.last(self.rng.choice(SUBORDINATORS)), self.rng.choice((self.main, self.simple))())

    def joined(self, inner: Phrase, outer: Phrase) -> Phrase:
        """A main clause with an adverbial clause before or behind it."""
        hang(inner, outer.head, "advcl")
        comma = mark(",", inner.head, tag="$,")
        if self.chance(0.5):
            outer.tokens[-1].space = False
            return Phrase([*outer.tokens, comma, *inner.tokens], outer.head)
        inner.tokens[-1].space = False
        front, finite, rest = around_finite(outer.tokens)
        # Whoever stood before the verb stands behind it now; an adverbial leaves its place to the clause.
        kept = front if any(t.head is outer.head and t.dep in ("nsubj", "obj") for t in front) else []
        return Phrase([*inner.tokens, comma, finite, *kept, *rest], outer.head)

    def said(self) -> Phrase:
        """Somebody says something: with "dass", or the words themselves before the verb of saying."""
        verb = self.rng.choice(VERBS["saying"])
        self.nominative = True
        speaker = self.person(0.4) if self.chance(0.8) else self.noun_of("people", True)
        finite = word(verb.past[0], "VERB", "VVFIN", verb.infinitive)
        hang(speaker, finite, "nsubj")
        after = self.adverbial(finite).tokens if self.chance(0.3) else []
        if self.chance(0.4):
            content = hang(self.last("dass"), finite, "ccomp")
            opening = [*speaker.tokens, finite, *after]
            opening[-1].space = False
            return Phrase([*opening, mark(",", content.head, tag="$,"), *content.tokens], finite)
        content = hang(self.main(), finite, "ccomp")
        content.tokens[-1].space = False
        words = content.tokens
        if self.chance(0.5):
            opening_mark, closing_mark = self.rng.choice((("„", "“"), ("»", "«"), ('"', '"')))
            words = [mark(opening_mark, content.head, False), *words, mark(closing_mark, content.head, False)]
        return Phrase([*words, mark(",", content.head, tag="$,"), finite, *speaker.tokens, *after], finite)

    def both(self) -> Phrase:
        """Two main clauses, the second with its own subject."""
        one, two = (self.rng.choice((self.main, self.simple))() for _ in range(2))
        hang(two, one.head, "conj")
        link = word(self.rng.choice(("und", "und", "aber", "doch")), "CCONJ", "KON", head=two.head, dep="cc")
        middle = [link]
        if link.form != "und" or self.chance(0.4):
            one.tokens[-1].space = False
            middle = [mark(",", two.head, tag="$,"), link]
        return Phrase([*one.tokens, *middle, *two.tokens], one.head)

    def possessive(self) -> Phrase:
        """ "Müllers Anwalt Peter Roth": who owns stands before, and does not act."""
        person = self.chance(0.6)
        name = self.rng.choice(LAST) if person else self.rng.choice(self.names.known["LOC"])[0]
        owner = named((name,), "PER" if person else "LOC")[0]
        owner.form = name + ("’" if name.endswith(("s", "ß", "z", "x")) else "s")
        noun = word(self.pick("relations"), "NOUN", "NN")
        owner.head, owner.dep = noun, "nmod"
        owned = hang(self.full_name(), noun, "appos")
        frame = self.rng.choice(("PP", "PO"))
        return self.transitive(frame, Phrase([owner, noun, *owned.tokens], noun), 0.5)

    def loose(self) -> Phrase:
        """An apposition between commas: "Otto Kern, Chef der Falk AG, …"."""
        name, firm = self.full_name(), self.with_article()
        noun = word(self.pick("posts"), "NOUN", "NN", head=name.head, dep="appos")
        firm.tokens[0].form = "der"
        hang(firm, noun, "nmod")
        name.tokens[-1].space = firm.tokens[-1].space = False
        commas = [mark(",", noun, tag="$,") for _ in range(2)]
        group = Phrase([*name.tokens, commas[0], noun, *firm.tokens, commas[1]], name.head)
        return self.transitive(self.rng.choice(("PL", "PP", "PO")), group, 0.5)

    def verb_words(self, verb: Verb, plural: bool) -> tuple[Token, list[Token], Token]:
        """Return the finite verb, the words of the right bracket, and the lexical verb among them."""
        way, number = self.rng.random(), int(plural)
        kind = "VA" if verb == WERDEN else "VV"
        if way < 0.62:
            forms = verb.past if self.chance(0.72) else verb.present
            form = verb.subjunctive if not plural and self.chance(0.06) else forms[number]
            finite = word(form, "VERB", f"{kind}FIN", verb.infinitive)
            particle = word(verb.particle, "ADP", "PTKVZ", head=finite, dep="compound:prt")
            return finite, [particle] if verb.particle else [], finite
        if way < 0.86:
            lexical = word(verb.participle, "VERB", f"{kind}PP", verb.lemma)
            *forms, lemma, tag = self.rng.choice(PERFECTS_WITH_SEIN if verb.lemma in PERFECT_WITH_SEIN else PERFECTS)
        else:
            lexical = word(verb.lemma, "VERB", f"{kind}INF")
            *forms, lemma, tag = self.rng.choice(MODALS)
        return word(forms[number], "AUX", tag, lemma, head=lexical, dep="aux"), [lexical], lexical

    def last_words(self, verb: Verb, plural: bool) -> tuple[Token, list[Token], Token]:
        """As `verb_words`, for a verb-last clause."""
        finite, right, lexical = self.verb_words(verb, plural)
        if right and right[-1].dep == "compound:prt":
            finite.form, finite.lemma, right = verb.particle + finite.form, verb.lemma, []
        return finite, right, lexical

    def passive_words(self, lexical: Token, plural: bool, way: int, forms: int) -> tuple[Token, list[Token]]:
        """Return the finite verb of a passive and the words of its right bracket.

        `way` 0 is a form of "werden", one of the first `forms` of PASSIVES, 1 a modal, 2 a perfect.
        """
        if way == 0:
            form = self.rng.choice(PASSIVES[:forms])[int(plural)]
            return word(form, "AUX", "VAFIN", "werden", head=lexical, dep="aux:pass"), [lexical]
        *both, lemma, tag = self.rng.choice(MODALS if way == 1 else PERFECTS_WITH_SEIN)
        form, own = ("werden", "VAINF") if way == 1 else ("worden", "VAPP")
        finite = word(both[int(plural)], "AUX", tag, lemma, head=lexical, dep="aux")
        return finite, [lexical, word(form, "AUX", own, "werden", head=lexical, dep="aux:pass")]


def around_finite(tokens: list[Token]) -> tuple[list[Token], Token, list[Token]]:
    """Return what stands before the first finite verb of a clause, the verb, and what stands behind it."""
    place = next(i for i, token in enumerate(tokens) if token.tag.endswith("FIN"))
    return tokens[:place], tokens[place], tokens[place + 1 :]
