"""Clauses in which two names stand side by side: "Gestern stellte der Verein Edin Roth Nuri Link vor".

Where the verb does not part subject and object, the reader has to see that there are two, where the second begins, and
by the verb, the articles and the order who acts on whom: accusative and dative objects, verbs with two objects,
"nannte … einen Lügner", names in the genitive, objects before the subject where their case shows.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.training.grammar.clauses import SUBORDINATORS, VERBS, around_finite
from kg.training.grammar.nouns import ACCUSATIVE, DATIVE, NOMINATIVE, decline, read_nouns
from kg.training.grammar.parties import LISTED, PAPERS, QUOTES, Parties, spell
from kg.training.grammar.phrases import Phrase, Token, hang, mark, word
from kg.training.grammar.verbs import Verb, read_verbs

_TABLES = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text(encoding="utf-8"))
_FRAMES = [
    (frame, relation, read_verbs(verbs) + (VERBS.get(frame, []) if relation == "obj" else []))
    for table, relation in (("accusative", "obj"), ("dative", "obl:arg"))
    for frame, verbs in _TABLES[table].items()
]
_PEOPLE_AND_FIRMS = ("PP", "OO", "PO", "OP", "PL", "LL")  # the frames of which there are more in the news
_WEIGHTS = [3 if frame in _PEOPLE_AND_FIRMS else 1 for frame, _, _ in _FRAMES]
_GIFTS = [(read_verbs(table), read_nouns(table["things"])) for table in _TABLES["gifts"]]
_PRESENTING, _NAMING, _CALLING, _CHOOSING, _TELLING = (
    read_verbs(_TABLES["verbs"][name]) for name in ("presenting", "naming", "calling", "choosing", "telling")
)
_NAMES_CALLED, _CALLED, _CHOSEN, _PARTS, _KIN, _LOCAL = (
    _TABLES["words"][name].split() for name in ("names_called", "called", "chosen", "parts", "kin", "local")
)
_TIMES, _SETTINGS, _CLAUSES, _THAT, _WHETHER, _HOW, _RELATIVES = (
    LISTED["phrases"][name].strip().split("\n")
    for name in ("times", "settings", "clauses", "that", "whether", "how", "relatives")
)
_TOPICS, _QUESTIONS = LISTED["phrases"]["topics"].split(), LISTED["phrases"]["questions"].split()


@dataclass(slots=True)
class Doing:
    """A verb and what stands beside each other in its clause, each with its relation, the subject mostly first.

    `front` may stand before the verb, or in a verb-last clause before all others.
    """

    verb: Verb
    parts: list[tuple[Phrase, str]]
    front: list[tuple[Phrase, str]] = field(default_factory=list)


@dataclass(slots=True)
class Field:
    """The words of a clause: what may stand first, finite verb, what stands beside each other, right bracket."""

    front: list[Token]
    finite: Token
    middle: list[Token]
    right: list[Token]
    head: Token


class Pairs(Parties):
    """Draws clauses with two names side by side."""

    # Who does what.

    def doing(self) -> Doing:
        makers = (
            *[self.acting] * 9,
            *[self.giving_away] * 2,
            self.introducing,
            *[self.judging] * 2,
            self.owning,
            self.speaking_for,
        )
        return self.rng.choice(makers)()

    def acting(self) -> Doing:
        """Somebody and whom he acts on; now and then the object first, if its article shows it."""
        frame, relation, verbs = self.rng.choices(_FRAMES, _WEIGHTS)[0]
        case = ACCUSATIVE if relation == "obj" else DATIVE
        verb = self.rng.choice(verbs)
        if self.chance(0.09) and frame[1] in "POL":
            whom = self.marked(frame[1], case)
            self.nominative = True
            subject = self.plain_name(frame[0]) if frame[0] in "POL" else self.ship(NOMINATIVE)
            return Doing(verb, [(whom, relation), (subject, "nsubj")])
        subject = self.body() if frame[0] == "O" and self.chance(0.1) else self.party(frame[0], NOMINATIVE)
        return Doing(verb, [(subject, "nsubj"), (self.party(frame[1], case), relation)])

    def giving_away(self) -> Doing:
        """ "Zum Abschied schenkte Anna Beck Jonas Vogel ein Buch", "Das Haus vererbte Anna Beck Jonas Vogel" """
        verbs, things = self.rng.choice(_GIFTS)
        kinds = self.rng.choice(("PP", "PP", "OP", "OO", "PO", "LL", "LP", "LO"))
        subject, whom = self.party(kinds[0], NOMINATIVE), self.party(kinds[1], DATIVE)
        parts = [(subject, "nsubj"), (whom, "obl:arg")]
        thing = [(decline(self.rng.choice(things), ACCUSATIVE, self.rng), "obj")]
        first = self.chance(0.2) and thing[0][0].tokens[0].form[-2:] in ("en", "as")
        return Doing(self.rng.choice(verbs), parts, thing) if first else Doing(self.rng.choice(verbs), parts + thing)

    def introducing(self) -> Doing:
        """ "Dem Sender bestätigte Lida Roth Meyer Bau als Käufer", "Der Verein zog Lida Roth Jonas Vogel vor" """
        verb, kind = self.rng.choice(_PRESENTING), self.rng.choice("PPO")
        extra = [(self.as_what(), "obl")] if self.chance(0.5) else []
        if self.chance(0.55):
            subject, whom = self.party("P", NOMINATIVE), self.receiver()
            if whom.tokens[0].tag != "ART":
                whom = self.marked("O", DATIVE)
            parts = [(subject, "nsubj"), (self.party(kind, ACCUSATIVE), "obj"), *extra]
            return Doing(verb, parts, [(whom, "obl:arg")])
        subject, whom = self.body(), self.plain_name("P")
        return Doing(verb, [(subject, "nsubj"), (whom, "obl:arg"), (self.plain_name(kind), "obj"), *extra])

    def judging(self) -> Doing:
        """ "nannte Anna Beck Jonas Vogel einen Lügner", "lobte sie als Partner", "wählte sie zum Vorstand" """
        kinds = self.rng.choice(("PP", "PP", "OP", "OO", "LP"))
        parts = [(self.party(kinds[0], NOMINATIVE), "nsubj"), (self.party(kinds[1], ACCUSATIVE), "obj")]
        roll = self.rng.random()
        if roll < 0.35:
            det, noun = self.rng.choice(_NAMES_CALLED).split("_")
            what = spell(f"{det}:ART:2:det {noun}:NN:0:xcomp")
            return Doing(self.rng.choice(_NAMING), [*parts, (what, "xcomp")])
        if roll < 0.7:
            verb, what = self.rng.choice(_CALLING), self.as_what()
        else:
            verb, what = self.rng.choice(_CHOOSING), spell(f"zum:APPRART:2:case {self.rng.choice(_CHOSEN)}:NN:0:obl")
        if self.chance(0.3):
            return Doing(verb, parts, [(what, "obl")])
        return Doing(verb, [*parts, (what, "obl")])

    def as_what(self) -> Phrase:
        return spell(f"als:KOKOM:2:case {self.rng.choice(_CALLED)}:NN:0:obl")

    def owning(self) -> Doing:
        """A name in the genitive beside another: "traf Scholz Macrons Berater", "lobte Trumps Frau CNN"."""
        verb = self.rng.choice(VERBS["PP"] + VERBS["PO"])
        kind = self.rng.choice("POL")
        owner, human = self.whose(kind), self.chance(0.5)
        noun = self.pick("relations") if human else self.rng.choice({"P": _KIN, "O": _PARTS, "L": _LOCAL}[kind])
        owned = word(noun, "NOUN", "NN")
        hang(owner, owned, "nmod")
        tokens = [*owner.tokens, owned]
        if human and self.chance(0.5):
            tokens += hang(self.bare("P"), owned, "appos").tokens
        group = Phrase(tokens, owned, noun.endswith(("Pläne", "Bücher", "Aktien", "Werke", "Filialen", "Patente")))
        if human and self.chance(0.45):
            return Doing(verb, [(group, "nsubj"), (self.party(self.rng.choice("PO"), ACCUSATIVE), "obj")])
        return Doing(verb, [(self.party(self.rng.choice("PPO"), NOMINATIVE), "nsubj"), (group, "obj")])

    def speaking_for(self) -> Doing:
        """A name in the genitive that ends the subject: "besetzten Rebellen der M23 Goma"."""
        frame = self.rng.choice(("PP", "PO", "PL"))
        noun = self.crowd() if self.chance(0.4) else self.noun_of("people", True)
        if noun.plural and not noun.head.form.endswith("en") and self.chance(0.5):  # "Abgeordnete" has another ending
            noun.tokens.pop(0)
        of = hang(self.of_body(), noun.head, "nmod")
        subject = Phrase([*noun.tokens, *of.tokens], noun.head, noun.plural)
        verb = self.rng.choice(next(v for f, relation, v in _FRAMES if (f, relation) == (frame, "obj")))
        return Doing(verb, [(subject, "nsubj"), (self.party(frame[1], ACCUSATIVE), "obj")])

    # Clauses.

    def laid_out(self, last: bool = False) -> Field:
        """Conjugate the verb and hang the parts on it."""
        doing = self.doing()
        plural = next(part.plural for part, relation in doing.parts if relation == "nsubj")
        finite, right, lexical = (self.last_words if last else self.verb_words)(doing.verb, plural)
        for part, relation in (*doing.front, *doing.parts):
            hang(part, lexical, relation)
        front, middle = ([t for part, _ in parts for t in part.tokens] for parts in (doing.front, doing.parts))
        open_end = doing.parts[-1][1] not in ("xcomp", "obl")  # behind "zum Minister" nothing stands
        if open_end and self.chance(0.05):
            middle.append(word("nicht", "PART", "PTKNEG", head=lexical, dep="advmod"))
        elif open_end and self.chance(0.25):
            middle += self.setting(lexical) if self.chance(0.5) else spell(self.rng.choice(_SETTINGS), lexical).tokens
        return Field(front, finite, middle, right, lexical)

    def opening(self, verb: Token, clauses: bool = False) -> list[Token]:
        """What stands before the verb: a time, a setting, or where `clauses` allows it a clause with its comma."""
        roll = self.rng.random()
        if clauses and roll < 0.15:
            inner = spell(self.rng.choice(_CLAUSES), verb)
            return [*inner.tokens, mark(",", inner.head, tag="$,")]
        if roll < 0.5:
            return spell(self.rng.choice(_TIMES), verb).tokens
        return self.setting(verb) if roll < 0.7 else spell(self.rng.choice(_SETTINGS), verb).tokens

    def beside(self, clauses: bool = True) -> Phrase:
        """Verb-second: "Am Freitag besuchte Olaf Scholz Kiew"."""
        parts = self.laid_out()
        front = parts.front or self.opening(parts.head, clauses)
        return Phrase([*front, parts.finite, *parts.middle, *parts.right], parts.head)

    def main(self) -> Phrase:
        """Some main clauses of others have two names side by side as well."""
        return self.beside(clauses=False) if self.chance(0.35) else super().main()

    def final(self, opener: Token | None, extra: Sequence[Token] = ()) -> Phrase:
        """Verb-last: "… dass Anna Beck Jonas Vogel kennt"; `extra` opens the clause in the place of a conjunction."""
        parts = self.laid_out(last=True)
        first = [opener] if opener else list(extra)
        for token in first:
            if token.head is None:
                token.head = parts.head
        between = self.opening(parts.head) if self.chance(0.2) else []
        return Phrase([*first, *between, *parts.front, *parts.middle, *parts.right, parts.finite], parts.head)

    def asking(self) -> Token:
        return word(self.rng.choice(_QUESTIONS), "ADV", "PWAV", dep="advmod")

    def trailing(self) -> Phrase:
        """A verb-last clause with what it belongs to."""
        roll = self.rng.random()
        if roll < 0.35:
            opener = word(self.rng.choice(SUBORDINATORS), "SCONJ", "KOUS", dep="mark")
            return self.joined(self.final(opener), self.rng.choice((self.act, self.simple, super().main))())
        if roll < 0.55:
            return self.of_noun()
        conjunction = "dass" if roll < 0.75 else "ob" if roll < 0.85 else ""
        opener = word(conjunction, "SCONJ", "KOUS", dep="mark") if conjunction else self.asking()
        outer = spell(self.rng.choice({"dass": _THAT, "ob": _WHETHER, "": _HOW}[conjunction]))
        inner = self.final(opener)
        hang(inner, outer.head, "csubj" if outer.tokens[0].tag in ("ADJD", "PTKVZ") else "ccomp")
        return Phrase([*outer.tokens, mark(",", inner.head, tag="$,"), *inner.tokens], outer.head)

    def of_noun(self) -> Phrase:
        """In a relative clause: "Der Brief, in dem Anna Beck Jonas Vogel bedroht, sorgte für Aufsehen"."""
        what, relative, rest = self.rng.choice(_RELATIVES).split(" | ")
        outer = spell(rest)
        noun, inner = spell(what, outer.head), self.final(None, spell(relative).tokens)
        hang(inner, noun.head, "acl:relcl")
        commas = [mark(",", inner.head, tag="$,") for _ in range(2)]
        return Phrase([*noun.tokens, commas[0], *inner.tokens, commas[1], *outer.tokens], outer.head)

    def asked(self) -> Phrase:
        """ "Warum verklagte Anna Beck Jonas Vogel?", "Kennt Anna Beck Jonas Vogel?" """
        parts = self.laid_out()
        opener = [self.asking()] if self.chance(0.6) else []
        for token in opener:
            token.head = parts.head
        tokens = [*opener, parts.finite, *parts.front, *parts.middle, *parts.right]
        return Phrase([*tokens, mark("?", parts.head, tag="$.")], parts.head)

    def headed(self) -> Phrase:
        """A headline: "Gasstreit: Warum Putin Erdoğan braucht"."""
        clause = self.final(self.asking()) if self.chance(0.6) else self.beside(clauses=False)
        if self.chance(0.5):
            return clause
        topic = word(self.rng.choice(_TOPICS), "NOUN", "NN", head=clause.head, dep="parataxis")
        topic.space = False
        colon = mark(":", topic, tag="$.")
        clause.tokens[0].form = clause.tokens[0].form[0].upper() + clause.tokens[0].form[1:]
        return Phrase([topic, colon, *clause.tokens], clause.head)

    def telling(self) -> Phrase:
        """Who says something to whom: "Wie Anna Beck dpa sagte, …", "„…“, sagte Anna Beck dem Spiegel"."""
        content = self.rng.choice((self.act, self.cause, super().main))()
        ahead = self.chance(0.5)
        subject = self.party("P", NOMINATIVE) if self.chance(0.7) else self.plain_name("P")
        hearer = self.articled(PAPERS, "O", DATIVE) if self.chance(0.5) else self.party(self.rng.choice("OOP"), DATIVE)
        finite, right, said = (self.last_words if ahead else self.verb_words)(self.rng.choice(_TELLING), subject.plural)
        hang(subject, said, "nsubj")
        hang(hearer, said, "obl:arg")
        both = [*subject.tokens, *hearer.tokens]
        if ahead:
            said.head, said.dep = content.head, "advcl"
            front, verb, rest = around_finite(content.tokens)
            opener = word("wie", "SCONJ", "KOUS", head=said, dep="mark")
            return Phrase([opener, *both, *right, finite, mark(",", said, tag="$,"), verb, *front, *rest], content.head)
        hang(content, said, "ccomp")
        opening, closing = self.rng.choice(QUOTES)
        content.tokens[-1].space = False
        quote = [mark(opening, content.head, False), *content.tokens, mark(closing, content.head, False)]
        return Phrase([*quote, mark(",", content.head, tag="$,"), finite, *both, *right], said)

    def shown(self) -> Phrase:
        """A passive with a dative: "Am Abend wurde Anna Beck Jonas Vogel vorgestellt"."""
        verb = self.rng.choice(_PRESENTING)
        subject, whom = self.party("P", NOMINATIVE), self.party(self.rng.choice("PPO"), DATIVE)
        lexical = word(verb.participle, "VERB", "VVPP", verb.lemma)
        finite, right = self.passive_words(lexical, subject.plural, self.rng.choice((0, 0, 1, 2)), 2)
        hang(subject, lexical, "nsubj:pass")
        hang(whom, lexical, "obl:arg")
        extra = hang(self.as_what(), lexical, "obl").tokens if self.chance(0.4) else []
        return Phrase([*self.opening(lexical), finite, *subject.tokens, *whom.tokens, *extra, *right], lexical)
