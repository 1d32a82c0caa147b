"""Who stands beside whom: names of all kinds in any case, "den HSV", "der dpa", "die Fregatte Hessen", "„Die Räuber“".

Accusative and dative show only in the article; bare names have no case at all.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from kg.training.grammar.nouns import ACCUSATIVE, DATIVE, NOMINATIVE, Noun, article, read_nouns
from kg.training.grammar.phrases import KINDS, UNKNOWN, Phrase, Token, hang, mark, named, to_dative, word
from kg.training.grammar.shapes import Shapes
from kg.training.names import LAST

LISTED = tomllib.loads(Path(__file__).with_name("listed.toml").read_text(encoding="utf-8"))
_FIRMS, _CLUBS, _AGENCIES, _COUNTRIES, _SHIPS, _CITIES = (
    LISTED["names"][key].split() for key in ("firms", "clubs", "agencies", "countries", "ships", "cities")
)
PAPERS, BODIES, LANDS = (read_nouns(LISTED["names"][key]) for key in ("papers", "bodies", "lands"))
_WORKS = LISTED["words"]["works"].replace("\n", " | ").strip(" |").split(" | ")
QUOTES = (("„", "“"), ("„", "“"), ("»", "«"), ('"', '"'))

# STTS tags of phrases that are given whole, with the part of speech that GSD has for them.
_POS = {
    "NN": "NOUN", "NE": "PROPN", "ART": "DET", "PDAT": "DET", "PIAT": "DET", "ADJA": "ADJ", "ADJD": "ADJ",
    "CARD": "NUM", "APPR": "ADP", "APPRART": "ADP", "KOKOM": "ADP", "PTKVZ": "ADP", "ADV": "ADV", "PAV": "ADV",
    "PWAV": "ADV", "KOUS": "SCONJ", "KOUI": "SCONJ", "KON": "CCONJ", "PIS": "PRON", "PRELS": "PRON", "PTKZU": "PART",
    "VVFIN": "VERB", "VVPP": "VERB", "VVINF": "VERB", "VAFIN": "AUX", "VAPP": "AUX",
}  # fmt: skip
_CONTRACTED = {"am": "an", "im": "in", "zum": "zu", "zur": "zu", "Unterm": "unter"}
_SAME = ("ADV", "PAV", "APPR", "KON", "KOUS", "KOUI", "KOKOM", "ADJD", "NE", "CARD", "PTKZU")  # lemma and form are one


def spell(text: str, verb: Token | None = None) -> Phrase:
    """Read a phrase that is given word for word; what has the head 0 hangs on the verb.

    >>> [(t.form, t.dep) for t in spell("im:APPRART:2:case Finale:NN:0:obl").tokens]
    [('im', 'case'), ('Finale', 'obl')]
    """
    parts = [part.split(":", 3) for part in text.split()]
    tokens = [word(form, _POS[tag], tag, _lemma(form, tag), dep=dep) for form, tag, _, dep in parts]
    for token, (_, _, at, _) in zip(tokens, parts, strict=True):
        token.head = tokens[int(at) - 1] if int(at) else verb
    return Phrase(tokens, next(t for t, part in zip(tokens, parts, strict=True) if part[2] == "0"))


def _lemma(form: str, tag: str) -> str:
    if tag == "ART":
        return "ein" if form.startswith("ein") else "der"
    return _CONTRACTED.get(form, form) if tag in (*_SAME, "APPRART") else UNKNOWN


class Parties(Shapes):
    """Draws whoever takes part, in the case that is asked for."""

    def party(self, kind: str, case: int) -> Phrase:
        """A name, mostly alone; else several, or with what stands around names."""
        self.nominative = case == NOMINATIVE
        if kind in "SW":
            return self.ship(case) if kind == "S" else self.work(case)
        roll = self.rng.random()
        if roll < 0.64:
            return self.plain_name(kind)
        if roll < 0.72:
            return self.series(kind, bare=case == DATIVE)
        if roll < 0.86 and kind == "P":
            ways = (
                self.with_office, self.with_office, self.with_degree, self.office_degree, self.mister, self.with_party,
                self.with_nickname,
            )  # fmt: skip
            return self.rng.choice(ways)()
        if roll < 0.86:
            return self.articled(BODIES if kind == "O" else LANDS, kind, case)
        return self.described(kind, case)

    def plain_name(self, kind: str) -> Phrase:
        """A name alone; more of one word than corpora have, since these are read as one where two stand together."""
        roll = self.rng.random()
        if kind == "P" and roll < 0.15:
            return _name((self.rng.choice(LAST),), "PER")
        if kind == "O" and roll < 0.5:
            if roll < 0.3:
                return _name(self.rng.choice(_FIRMS).split("_"), "ORG")
            if roll < 0.42:
                return _name((*self.rng.choice(_CLUBS).split("_"), self.rng.choice(_CITIES)), "ORG")
            return _name((self.rng.choice(_AGENCIES),), "ORG")
        if kind == "L" and roll < 0.45:
            return _name(self.rng.choice(_COUNTRIES).split("_"), "LOC")
        return self.bare(kind)

    def articled(self, nouns: list[Noun], kind: str, case: int) -> Phrase:
        """A name with its article: "die Türkei", "den USA", "dem Spiegel"."""
        noun = self.rng.choice(nouns)
        name = _name(noun.inflected(case).split("_"), KINDS[kind])
        det = word(article(noun.gender, case), "DET", "ART", "der", head=name.head, dep="det")
        return Phrase([det, *name.tokens], name.head, noun.plural)

    def described(self, kind: str, case: int) -> Phrase:
        """A noun that says what a name is, and mostly the name: "dem Trainer Otto Kern", "die Firma Krantz"."""
        self.nominative = case == NOMINATIVE
        if kind != "P":
            phrase = self.with_article() if kind == "O" and self.chance(0.25) else self.kinded(kind)
        else:
            phrase = self.named_noun() if self.chance(0.75) else self.noun_of("people", self.nominative)
        return to_dative(phrase) if case == DATIVE else phrase

    def body(self) -> Phrase:
        """An organization by its noun alone, in the nominative: no name behind it can be its apposition."""
        return self.noun_of("bodies", True) if self.chance(0.75) else self.crowd()

    def marked(self, kind: str, case: int) -> Phrase:
        """Somebody whose article tells that he is no subject: "den HSV", "dem Trainer Otto Kern", "der Bahn"."""
        articles = ("den",) if case == ACCUSATIVE else ("dem", "den", "der")
        while True:
            if kind != "P" and self.chance(0.5):
                phrase = self.articled(BODIES if kind == "O" else LANDS, kind, case)
            else:
                phrase = self.described(kind, case)
            if phrase.tokens[0].form in articles:
                return phrase

    def ship(self, case: int) -> Phrase:
        """ "die Gorch Fock", "den Frachter „Vineta“" """
        name = _name(self.rng.choice(_SHIPS).split("_"), "MISC")
        inner = self.in_quotes(name) if self.chance(0.2) else name
        if self.chance(0.65):
            det = word(article("f", case), "DET", "ART", "der", head=name.head, dep="det")
            return Phrase([det, *inner.tokens], name.head)
        return self.with_noun("vessels", inner, case)

    def work(self, case: int) -> Phrase:
        """ "Faust", "„Die Räuber“", "die Oper „Fidelio“" """
        title = spell(self.rng.choice(_WORKS))
        for i, token in enumerate(title.tokens):
            token.ent = "I-MISC" if i else "B-MISC"
        if title.head.tag == "NN" or self.chance(0.5):
            title = self.in_quotes(title)
        return self.with_noun("works", title, case) if self.chance(0.25) else title

    def with_noun(self, table: str, name: Phrase, case: int) -> Phrase:
        noun = self.noun_of(table, case == NOMINATIVE)
        hang(name, noun.head, "appos")
        phrase = Phrase([*noun.tokens, *name.tokens], noun.head)
        return to_dative(phrase) if case == DATIVE else phrase

    def in_quotes(self, phrase: Phrase) -> Phrase:
        opening, closing = self.rng.choice(QUOTES)
        phrase.tokens[-1].space = False
        return Phrase([mark(opening, phrase.head, False), *phrase.tokens, mark(closing, phrase.head)], phrase.head)

    def whose(self, kind: str) -> Phrase:
        """A name in the genitive: "Udo Lindenbergs", "Adidas’"."""
        name = self.plain_name(kind)
        while not name.tokens[-1].form[-1].isalpha() or name.tokens[-1].form.isupper():
            name = self.plain_name(kind)
        last = name.tokens[-1]
        last.form += "’" if last.form.endswith(("s", "ß", "z", "x")) else "s"
        return name


def _name(forms: tuple[str, ...] | list[str], label: str) -> Phrase:
    tokens = named(forms, label)
    return Phrase(tokens, tokens[0])
