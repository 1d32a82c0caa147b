"""Whom "er", "ihre", "der Konzern" and "die Stadt" mean: each is given to an entity of its document, or left open.

A candidate gains by what speaks for it (the same noun, subject of the sentence before, named just now) and loses by
what speaks against it; where gender, number or type cannot be, it is out. The best one must be good enough, and
better than the next: what stays open can still be read by a person, a wrong guess cannot be told from a right one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.extract.nouns import is_institution, is_noun, is_person, noun_kind, noun_type, role, stem
from kg.records import Judgement, Mention
from kg.resolve.genders import SURE, genders
from kg.resolve.lists import may_be, well_known
from kg.resolve.named import NAMES
from kg.resolve.names import is_acronym

_ENOUGH = {"pronoun": 0.5, "nominal": 0.45}
_MARGIN = 0.1
_FAR = {"pronoun": 3, "nominal": 30}  # sentences that a reference reaches back
_ALONE = 0.1  # what it is worth that nobody else can be meant

_PLURAL = ("e", "n", "r", "s")  # ends of plural nouns: a "Gesellschaft" is none, whatever the tagger says

Feature: TypeAlias = tuple[float, str]
"""Points for or against a candidate, and the reason in words."""


@dataclass(slots=True)
class _Candidate:
    """What is known of an entity at one place of its document."""

    mentions: list[Mention] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)

    @property
    def type(self) -> str:
        return min(self.types, key=lambda t: (t == "Thing", -self.types[t], t), default="Thing")

    @property
    def gender(self) -> str:
        """The gender that most speaks for, "" when nothing does."""
        return max(sorted(self.genders), key=self.genders.__getitem__, default="")

    @property
    def last(self) -> Mention:
        return self.mentions[-1]

    def was_subject(self, sentence: int) -> bool:
        """Whether it was a subject in this sentence or the one before."""
        return any(m.role == "subject" and sentence - m.sentence <= 1 for m in self.mentions)

    def add(self, mention: Mention) -> None:
        """Learn from one more mention."""
        self.mentions.append(mention)
        noun = noun_of(mention)
        if mention.form in NAMES:
            self.types[mention.type] += 3 if noun else 1
        elif mention.form == "nominal":
            self.types[_wanted(mention)] += 2
        words = [noun] if noun else []
        if mention.form in NAMES and self.type != "Person":
            own = mention.name.replace("-", " ").split()
            words += [word for word in own if self.type != "Place" or is_noun(word)]  # Sauerland is no Land
        self.nouns |= {stem(word) for word in words}
        self.kinds |= {noun_kind(word) for word in words} - {""}
        self.offices |= {office.iri for word in words if (office := role(word)) is not None}
        entry = well_known().find(mention.name, mention) if mention.form in NAMES else None
        if entry is not None and may_be(entry, mention.type):
            self.kinds.add(entry.kind)
            self.types[entry.type] += 3
        odd = mention.number == "Plur" and (is_acronym(mention.name) or not mention.name.endswith(_PLURAL))
        if mention.number and "," not in mention.number and not odd:
            self.numbers.add(mention.number)
        if mention.form == "pronoun" or (mention.type != "Person" and not is_person(noun)):
            if mention.gender and "," not in mention.gender:
                self.genders[mention.gender] += SURE if mention.form == "pronoun" else 2
        else:
            for gender, weight in genders(mention):
                self.genders[gender] += weight

    def can_be(self, mention: Mention) -> bool:
        """Whether gender and number of a pronoun do not speak against it."""
        possible = mention.gender.split(",") if mention.gender else []
        if mention.number == "Plur" and "Plur" not in self.numbers:
            return False
        if self.type != "Person" or not possible:
            return True
        sure = self.genders[self.gender] >= SURE
        return bool({"Masc", "Fem"} & set(possible)) and (not sure or self.gender in possible)


def find_references(mentions: Sequence[Mention], entity_of: Mapping[str, str]) -> Iterator[Judgement]:
    """Yield what the pointing mentions of one document refer to; `entity_of` gives the entity of each named mention.

    `mentions` are in text order. A pronoun or noun that is found becomes a mention of its entity, for those behind it.
    """
    found: dict[str, _Candidate] = {}
    entities = dict(entity_of)
    for mention in mentions:
        if mention.form in NAMES:
            key = entities[mention.id]
        elif mention.pointing:
            reference = _by_grammar(mention, entities, found) or _best(mention, found)
            if reference is None:
                continue
            yield reference
            key = entities[mention.id] = entities[reference.left]
        else:
            continue
        found.setdefault(key, _Candidate()).add(mention)


def noun_of(mention: Mention) -> str:
    """The common noun of a mention: beside a name, or the head of a phrase."""
    if mention.form == "nominal" and mention.type == "Role":
        return mention.name.split()[-1]
    return "" if mention.form == "pronoun" else mention.description


def _wanted(mention: Mention) -> str:
    """The type that a noun asks for."""
    return "Person" if mention.type == "Role" else noun_type(noun_of(mention))


def _by_grammar(mention: Mention, entities: Mapping[str, str], found: Mapping[str, _Candidate]) -> Judgement | None:
    """What the tree says that a mention stands for, unless its gender says that the tree is wrong."""
    key = entities.get(mention.antecedent)
    if key is None or (key in found and not found[key].can_be(mention)):
        return None
    why = "the noun of its clause, or the speaker of its quotation"
    return Judgement(mention.antecedent, mention.id, "same", "grammar", why, 0.95)


def _best(mention: Mention, found: Mapping[str, _Candidate]) -> Judgement | None:
    """The best candidate before a mention, if it is good enough and clearly better than the next."""
    near = {
        key: candidate
        for key, candidate in found.items()
        if mention.sentence - candidate.last.sentence <= _FAR[mention.form]
    }
    latest = max((candidate.last for candidate in near.values()), default=None)
    scored = []
    for key, candidate in near.items():
        features = list(
            _pronoun(mention, candidate, latest) if mention.form == "pronoun" else _noun(mention, candidate)
        )
        if features:
            scored.append((sum(points for points, _ in features), candidate.last.start, key, features))
    scored.sort(key=lambda entry: entry[:3], reverse=True)
    if not scored:
        return None
    points, _, key, features = scored[0]
    if len(scored) == 1:
        points += _ALONE
        features.append((_ALONE, "nobody else can be meant"))
    elif points - scored[1][0] < _MARGIN:
        return None
    if points < _ENOUGH[mention.form]:
        return None
    why = ", ".join(f"{reason} {value:+.2f}" for value, reason in features)
    return Judgement(found[key].last.id, mention.id, "same", "reference", why, round(min(points, 0.95), 2))


def _pronoun(mention: Mention, candidate: _Candidate, latest: Mention | None) -> Iterator[Feature]:
    """Yield what speaks for and against an entity as the meaning of a pronoun; nothing where it cannot be."""
    last, word = candidate.last, mention.text.casefold()
    here = last.clause == mention.clause and last.sentence == mention.sentence
    if not candidate.can_be(mention) or (here and mention.role != "possessor"):  # "Link sah ihn": somebody else
        return
    known, possible = candidate.gender, mention.gender.split(",") if mention.gender else []
    if word == "es" and known != "Neut":
        return
    if candidate.type == "Person":
        yield 0.5, "a person"
        if known and possible:
            yield (0.2, "of that gender") if known in possible else (-0.5, "hardly of that gender")
    elif candidate.type in ("Event", "Agreement", "Work"):
        yield 0.2, candidate.type
    else:
        yield (0.15 if candidate.type == "Place" and mention.role == "subject" else 0.25), candidate.type
        if known and possible:
            yield (0.15, "of that gender") if known in possible else (-0.3, "not of that gender")
        elif possible and "Neut" not in possible:
            yield -0.35, "named without an article"
    distance = mention.sentence - last.sentence
    yield (0.3, 0.2, 0.0, 0.0)[min(distance, 3)], f"{distance} sentences before"
    if word.startswith("dies"):
        yield (0.25, "named last") if last is latest else (-0.1, "not named last")
    elif candidate.was_subject(mention.sentence):
        yield 0.12, "a subject just now"
    if here:
        yield (0.3, "subject of the same clause") if last.role == "subject" else (0.0, "in the same clause")
    yield min(0.1, 0.04 * len(candidate.mentions)), f"named {len(candidate.mentions)} times"


# Kinds that may be said of one thing.
_ALIKE = [
    {"company", "media"}, {"association", "culture"}, {"city", "district"}, {"city", "region"}, {"country", "region"},
    {"education", "research institute"}, {"company", "health"}, {"public body", "education"},
]  # fmt: skip


# Kinds of institutions that have many nouns: "die Klinik" is "das Krankenhaus".
_HOUSES = frozenset({"health", "education", "culture", "church"})


def _may_be_a(noun: str, wanted: str, candidate: _Candidate) -> bool:
    """Whether an entity that is not called by a noun can be what it says; a land or a river must be known to be one."""
    if wanted in ("Person", "Organization", "Place"):
        kind = noun_kind(noun)
        known = bool(candidate.kinds & {kind, "region" if kind == "country" else kind})
        place = wanted != "Place" or kind == "city" or known
        own = not is_institution(noun) or (kind in _HOUSES and kind in candidate.kinds)
        return candidate.type == wanted and own and place
    return candidate.type in (wanted, "Thing")


def _noun(mention: Mention, candidate: _Candidate) -> Iterator[Feature]:
    """Yield what speaks for and against an entity as the meaning of a noun; nothing where it cannot be."""
    noun, wanted = noun_of(mention), _wanted(mention)
    kind, key = noun_kind(noun), stem(noun)
    same = any(known == key or (len(key) > 3 and known.endswith(key)) for known in candidate.nouns)
    if not wanted or (mention.number == "Plur" and "Plur" not in candidate.numbers):
        return
    if not same and not _may_be_a(noun, wanted, candidate):
        return
    known = candidate.gender if wanted == "Person" else ""
    other = bool(known) and next((gender for gender, _ in genders(mention)), known) != known
    if other and candidate.genders[known] >= SURE:
        return
    if not same and kind and candidate.kinds and kind not in candidate.kinds:
        if wanted != "Person" and not any({kind, other} in _ALIKE for other in candidate.kinds):
            return
        yield -0.05, f"hardly a {noun}"
    if other:
        yield -0.3, "hardly of that gender"
    if same:
        yield 0.6, f"called {noun}"
    else:
        yield (0.3, wanted) if candidate.type == wanted else (0.1, "of no known type")
        if kind and kind in candidate.kinds:
            yield 0.15, f"a {kind}"
        elif (office := role(noun)) is not None and office.iri in candidate.offices:
            yield 0.2, f"in an office like {noun}"
        elif wanted == "Person" and key != "jährig" and any(is_person(known) for known in candidate.nouns):
            yield -0.1, "called otherwise"
    distance = mention.sentence - candidate.last.sentence
    yield max(0.0, 0.25 - 0.05 * distance), f"{distance} sentences before"
    if candidate.was_subject(mention.sentence):
        yield 0.05, "a subject just now"
    yield min(0.1, 0.02 * len(candidate.mentions)), f"named {len(candidate.mentions)} times"
    if candidate.mentions[0].sentence == 1:
        yield 0.1, "named in the first sentence"
