"""What is known of an entity at one place of its document: Kyonix, a firm, called "Konzern", twice a subject so far.

Each mention teaches something: a noun beside a name, the gender of an article, a pronoun that was clear. Phrases
without a name are candidates as well, for "Ein Sprecher sagte, er wisse nichts" speaks of nobody else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from kg.language.nouns import is_noun, is_person, noun_kind, noun_type, role_relation, stem, synonyms
from kg.records import Mention
from kg.resolve.names.genders import SURE, genders
from kg.resolve.names.lists import may_be, well_known
from kg.resolve.names.names import FORMS_OF_NAMES, is_acronym

_INFLECTED = re.compile(r"(?<=isch)e[mnrs]?$")
_PLURAL = ("e", "n", "r", "s")  # ends of plural nouns: a "Gesellschaft" is none, whatever the tagger says


@dataclass(slots=True)
class Candidate:
    """An entity, or a phrase that names none (`nameless`), as the mentions up to one place of a document tell it."""

    nameless: bool = False
    mentions: list[Mention] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    genders: Counter[str] = field(default_factory=Counter)
    numbers: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)
    synonyms: set[str] = field(default_factory=set)
    guesses: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    last_words: set[str] = field(default_factory=set)  # of its names
    last_subject: int = -2  # the sentence in which it was a subject last
    last_noun: tuple[int, str] = (-2, "")  # the sentence in which a noun with a gender meant it last, and that gender

    @classmethod
    def of(cls, mention: Mention) -> Candidate:
        """What one mention alone tells."""
        candidate = cls()
        candidate.add(mention)
        return candidate

    @property
    def type(self) -> str:
        """The type that most speaks for; "Thing" only where there is no other."""
        return min(self.types, key=lambda t: (t == "Thing", -self.types[t], t), default="Thing")

    @property
    def gender(self) -> str:
        """The gender that most speaks for, "" when nothing does."""
        return max(sorted(self.genders), key=self.genders.__getitem__, default="")

    @property
    def are_several(self) -> bool:
        """Whether it was only spoken of as more than one: "die Ermittler"."""
        return self.numbers == {"Plur"}

    @property
    def last(self) -> Mention:
        """The mention that was added last."""
        return self.mentions[-1]

    def gender_at(self, sentence: int) -> str:
        """Grammatical agreement: the gender by which a pronoun would mean it: of a thing that of the noun it was called
        by in this sentence or the one before, else its own. "Die Klinik" is "sie", but after "das Krankenhaus" "es".
        """
        lately = sentence - self.last_noun[0] <= 1
        return self.last_noun[1] if self.type != "Person" and lately else self.gender

    def was_subject(self, sentence: int) -> bool:
        """Subjecthood: whether it was a subject in this sentence or the one before: Link, after "Link warnte." """
        return sentence - self.last_subject <= 1

    def is_called(self, noun: str) -> bool:
        """Lexical repetition: whether it has been called by a noun, by a compound of it ("Tech-Konzern" by "Konzern"),
        or by a word of its name. A compound with a hyphen is not what it ends in: "Heimatschutz-Ministerium" no
        "Verteidigungsministerium".
        """
        return _stem_of_compound(noun) in self.words or _is_one_of(noun, self.nouns)

    def is_guessed(self, noun: str) -> bool:
        """Whether it was taken, by its type alone, for what a noun means: "der Konzern" for a firm never called so."""
        return _is_one_of(noun, self.guesses)

    def add(self, mention: Mention, name: str = "", guessed: bool = False) -> None:
        """Learn from one more mention, `name` in the nominative: types, genders, numbers, nouns, kinds and offices.

        A noun that was only guessed to mean it tells less; a plural that the noun's ending denies does not count.
        """
        self._place(mention)
        noun = noun_of(mention)
        if mention.form in FORMS_OF_NAMES:
            self.types[mention.type] += 3 if noun else 1
        elif mention.form == "nominal" and (type_ := wanted(mention)):
            self.types[type_] += 2
        words = [noun] if noun else []
        if mention.form in FORMS_OF_NAMES and self.type != "Person":
            own = mention.name.replace("-", " ").split()
            self.words |= {stem(word) for word in own}
            words += [word for word in own if self.type != "Place" or is_noun(word)]  # Sauerland is no Land
        if mention.form == "nominal":
            self.attributes |= attributes(mention)
        (self.guesses if guessed else self.nouns).update(map(_stem_of_compound, words))
        self.synonyms.update(*map(synonyms, words))
        self.kinds |= {noun_kind(word) for word in ([noun] if noun_kind(noun) else words)} - {""}
        self.offices |= {office.iri for word in words if (office := role_relation(word)) is not None}
        entry = well_known().find(name or mention.name, mention) if mention.form in FORMS_OF_NAMES else None
        if entry is not None and may_be(entry, mention.type):
            self.kinds.add(entry.kind)
            self.types[entry.type] += 3
        head = next((word for word in mention.name.split() if noun and word.startswith(noun[:-1])), mention.name)
        odd = mention.number == "Plur" and (is_acronym(mention.name) or not head.endswith(_PLURAL))
        if mention.number and "," not in mention.number and not odd:
            self.numbers.add(mention.number)
        if mention.form == "pronoun" or (mention.type != "Person" and not is_person(noun)):
            if mention.gender and "," not in mention.gender + mention.number:  # "ihre" can be of several
                self.genders[mention.gender] += SURE if mention.form == "pronoun" else 2
        else:
            for gender, weight in genders(mention):
                self.genders[gender] += weight

    def _place(self, mention: Mention) -> None:
        """Keep one more mention, and what would be asked of all of them again and again."""
        self.mentions.append(mention)
        self.forms.add(mention.form)
        if mention.role == "subject":
            self.last_subject = mention.sentence
        if mention.form == "nominal" and mention.gender:
            self.last_noun = mention.sentence, mention.gender
        if mention.form == "named" and mention.name:
            self.last_words.add(mention.name.split()[-1])

    def can_be(self, mention: Mention) -> bool:
        """Agreement in gender and number: whether a pronoun's do not speak against it.

        Only what was plural can be meant by a plural, a plural without a name by no singular; a person only by a
        masculine or feminine, and by the right one where the gender is sure. Of things the gender is no bar: "Kyonix"
        may be "er".
        """
        possible = mention.gender.split(",") if mention.gender else []
        if mention.number == "Plur" and "Plur" not in self.numbers:
            return False
        if self.are_several and "Plur" in mention.number:
            return True
        if self.nameless and mention.number == "Sing" and self.are_several:
            return False
        if self.type != "Person" or not possible:
            return True
        sure = self.genders[self.gender] >= SURE
        return bool({"Masc", "Fem"} & set(possible)) and (not sure or self.gender in possible)


def _stem_of_compound(noun: str) -> str:
    """The stem of a compound with what stands before its hyphen.

    >>> _stem_of_compound("Tech-Konzerns")
    'techkonzer'
    """
    return stem(noun.replace("-", ""))


def _is_one_of(noun: str, known: Collection[str]) -> bool:
    """Whether a noun is one of known ones, the last part of one ("Konzern" of "Großkonzern"), or, with a hyphen, ends
    in one; all by their stems.
    """
    key = _stem_of_compound(noun)
    joined = "-" in noun
    return any(k == key or (len(key) > 3 and k.endswith(key)) or (joined and key.endswith(k)) for k in known)


def attributes(mention: Mention) -> frozenset[str]:
    """Adjectives of origin in a phrase, without endings: "chinesisch" of "der chinesische Konzern"."""
    words = mention.name.split()[:-1]
    return frozenset(_INFLECTED.sub("", word.casefold()) for word in words if _INFLECTED.search(word))


def noun_of(mention: Mention) -> str:
    """The common noun of a mention: beside a name ("Konzern Huawei"), or the head of a phrase; "" of a pronoun."""
    if mention.form == "nominal" and mention.type == "Role":
        return mention.name.split()[-1]
    return "" if mention.form == "pronoun" else mention.description


def wanted(mention: Mention) -> str:
    """The type that the noun of a phrase asks for: "der Konzern" an organisation, a role a person."""
    return "Person" if mention.type == "Role" else noun_type(noun_of(mention))
