"""Whom "er", "ihre", "der Konzern" and "die Stadt" mean: each is given to an entity of its document, or left open.

The tree tells of relative and reflexive pronouns; for the others each entity named so far is a candidate, and so is a
phrase without a name, for "Ein Sprecher sagte, er wisse nichts" speaks of nobody else. The best one must be good
enough: what stays open can still be read by a person, a wrong guess cannot be told from a right one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import TypeAlias

from kg.language.nouns import stem
from kg.records import Judgement, Mention
from kg.resolve.names.names import FORMS_OF_NAMES
from kg.resolve.reference.candidates import Candidate, noun_of, wanted
from kg.resolve.reference.clues import Clue, is_disjoint, is_owned, noun_clues, pronoun_clues
from kg.system.characters import plain, plain_text

_Scored: TypeAlias = tuple[float, Mention, str, list[Clue]]  # points, last mention, key, and how they come about

_ENOUGH = {"pronoun": 0.65, "nominal": 0.5}
_REACH = {"pronoun": 2, "nominal": 30}  # sentences that a reference reaches back
# By how many points a noun's candidate has to lead where only its type speaks for it. Set on 200 news texts (of the
# references it leaves open there two thirds were wrong); it costs one point of the nouns' recall in the tune half.
_LEAD = {"Organization": 0.11, "Person": 0.06, "Place": 0.06}
# How many candidates are looked at, the nearest; in 150 news texts there are 51 at most. An endless sentence has more.
_NEAREST = 200
_QUOTED = re.compile(r"[„“»][^„“”\"«»]{25,}[“”\"«]")  # speech; what is shorter is a name or a word
_VILLAGES = frozenset(map(stem, ("Dorf", "Ortschaft", "Weiler")))
_ALONE = 0.1  # what it is worth that nobody else can be meant


def find_references(
    mentions: Sequence[Mention], entity_of: Mapping[str, str], names: Mapping[str, str], text: str = ""
) -> Iterator[Judgement]:
    """Yield what the pointing mentions of one document refer to.

    `mentions` are in text order; `entity_of` gives the entity of each named one, `names` its name in the nominative. A
    pronoun or noun that is found becomes a mention of its entity, for those behind it. `text` has the quotation marks.
    """
    words = plain_text(text)
    quoted = [match.span() for match in _QUOTED.finditer(text if words is None else words.text)]
    quoted = quoted if words is None else [words.original(*span) for span in quoted]
    discourse = _Discourse(mentions, entity_of, names, quoted)
    later = []
    for mention in mentions:
        if discourse.must_wait(mention):
            later.append(mention)
            continue
        reference = discourse.meaning(mention) if mention.pointing and mention.form not in FORMS_OF_NAMES else None
        if reference is not None and discourse.names(reference.left):
            yield reference
        discourse.learn(mention, reference)
    for mention in later:
        reference = discourse.by_grammar(mention)
        if reference is not None and discourse.names(reference.left):
            yield reference


class _Discourse:
    """What the mentions of a document have told up to one of them: who they mean, and what is known of these."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        entity_of: Mapping[str, str],
        names: Mapping[str, str],
        quotations: Sequence[tuple[int, int]],
    ) -> None:
        """Start before the first mention; `quotations` are where quotations begin and end."""
        self._names = names
        self._mentions = mentions
        self._known = {mention.id: mention for mention in mentions}
        self._quotations = quotations
        self._subjects: dict[tuple[int, str], tuple[int, int]] = {}  # sentence and key → its first and last subject
        for mention in mentions:
            if mention.form in FORMS_OF_NAMES and mention.role == "subject":
                place = mention.sentence, entity_of[mention.id]
                self._subjects[place] = self._subjects.get(place, (mention.start,))[0], mention.start
        self._name_ends = {(mention.end, mention.type) for mention in mentions if mention.form in FORMS_OF_NAMES}
        self._entities = dict(entity_of)
        self._candidates: dict[str, Candidate] = {}  # in the order in which they were named last
        self._in_clause: dict[tuple[int, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # by role
        for mention in mentions:
            if mention.id in entity_of:
                self._in_clause[mention.sentence, mention.clause][mention.role].add(entity_of[mention.id])
        self._owners: dict[int, str] = {}  # where a possessive stands → whose it is

    def names(self, mention_id: str) -> bool:
        """Whether a mention means an entity with a name, and not a phrase such as "ein Sprecher"."""
        candidate = self._candidates.get(self._entities[mention_id])
        return candidate is None or not candidate.nameless

    def must_wait(self, mention: Mention) -> bool:
        """Cataphora to a pronoun: whether the antecedent that the tree gives stands behind the mention and is not known
        yet: "ich" in a quotation whose speaker, "er", follows.
        """
        antecedent = self._known.get(mention.antecedent)
        return antecedent is not None and antecedent > mention and antecedent.id not in self._entities

    def meaning(self, mention: Mention) -> Judgement | None:
        """Who a pointing mention means: the antecedent that the tree gives, else the best candidate before it.

        Nobody is guessed where the tree gives an antecedent that does not agree, nor for a possessive phrase whose
        owner is not known ("ihre Stadt"); the owner of a phrase, and the speaker of a pronoun's quotation, are no
        candidates.
        """
        antecedent = self._known.get(mention.antecedent)
        reference = self.by_grammar(mention)
        if reference is not None or not (antecedent is None or _is_cataphoric(mention, antecedent)):
            return reference
        owner = self._owners.get(mention.start, "") if is_owned(mention) else None
        if owner == "":  # "ihre Stadt", and nobody knows whose
            return None
        near = dict(self._near(mention))
        ruled_out = self._speakers if mention.form == "pronoun" else self._disjoint
        out = {owner, *ruled_out(mention, near)}
        return _best(mention, {key: found for key, found in near.items() if key not in out})

    def by_grammar(self, mention: Mention) -> Judgement | None:
        """Antecedent by syntax: what the tree says that a mention stands for, as of relative and reflexive pronouns, if
        gender and number agree; a possessive may mean a subject behind it only if its gender is known to fit: "In
        seiner Rede lobte Ott die Stadt".
        """
        antecedent = self._known.get(mention.antecedent)
        key = self._entities.get(mention.antecedent)
        if antecedent is None or key is None:
            return None
        candidate = self._candidates.get(key)
        if candidate is not None and not candidate.can_be(mention):
            return None
        if _is_cataphoric(mention, antecedent):
            if (candidate or Candidate.of(antecedent)).gender not in mention.gender.split(","):
                return None
            why = "subject of its clause, named behind it"
            return Judgement(antecedent.id, mention.id, "same", "reference", why, 0.8)
        why = "the noun of its clause, or the speaker of its quotation"
        return Judgement(antecedent.id, mention.id, "same", "grammar", why, 0.95)

    def _near(self, mention: Mention) -> Iterator[tuple[str, Candidate]]:
        """Recency: yields the nearest candidates within reach – two sentences back for a pronoun, thirty for a noun –
        the one named last first.
        """
        first = mention.sentence - _REACH[mention.form]
        nearest = islice(reversed(self._candidates.items()), _NEAREST)
        return takewhile(lambda entry: entry[1].last.sentence >= first, nearest)

    def _speakers(self, mention: Mention, keys: Iterable[str]) -> Iterator[str]:
        """Speakers of a quotation: yields those of some that are a named subject outside it in its sentence or a
        neighbouring one, for "er" inside the quotation marks is not who speaks: "„Er irrt“, sagte Link".
        """
        before = bisect_left(self._quotations, (mention.start,)) - 1
        start, end = self._quotations[before] if before >= 0 else (0, 0)
        for key in keys if start < mention.start < end else ():
            around = (self._subjects.get((mention.sentence + by, key)) for by in (-1, 0, 1))
            if any(first <= start or last >= end for first, last in filter(None, around)):
                yield key

    def _disjoint(self, mention: Mention, keys: Collection[str]) -> Iterator[str]:
        """Disjoint reference: yields what of some a noun phrase cannot mean, for its clause or phrase names it: Tapken,
        after "Tapken bezifferte den Schaden für den Landwirt", Klien of "das von Klien geschlagene Opfer".
        """
        for role, named in self._in_clause[mention.sentence, mention.clause].items():
            if is_disjoint(mention, role):
                yield from (key for key in keys if key in named)
        for i in range(bisect_left(self._mentions, mention.start, key=lambda m: m.start), len(self._mentions)):
            other = self._mentions[i]
            if other.start > mention.end:
                break
            within = other.end <= mention.end and other.sentence == mention.sentence
            if within and other.id != mention.id and other.id in self._entities:
                yield self._entities[other.id]

    def learn(self, mention: Mention, reference: Judgement | None) -> None:
        """Remember who a mention means, and what it tells of them; a phrase that names nobody becomes a candidate
        itself: "ein Sprecher". A reflexive "sich" tells nothing new.
        """
        key = self._entities[reference.left] if reference is not None else self._entities.get(mention.id, "")
        nameless = not key and self._may_be_meant(mention)
        key = mention.id if nameless else key
        if not key:
            return
        self._entities[mention.id] = key
        self._in_clause[mention.sentence, mention.clause][mention.role].add(key)
        if mention.form == "pronoun" and mention.role == "possessor":
            self._owners[mention.start] = key
        if plain(mention.text).casefold() == "sich":  # it tells nothing new of anybody
            return
        candidate = self._candidates[key] = self._candidates.pop(key, Candidate(nameless))
        guessed = reference is not None and mention.form == "nominal" and not candidate.is_called(noun_of(mention))
        candidate.add(mention, self._names.get(mention.id, ""), guessed)

    def _may_be_meant(self, mention: Mention) -> bool:
        """Nameless candidate: whether a phrase that names nobody may be meant later: a subject or object with gender or
        number that is no role and no part of a name: "Ein Sprecher sagte, er".
        """
        if {(mention.end, mention.type), (mention.end, "Thing")} & self._name_ends:  # "Landwirt Harms"
            return False
        argument = mention.form == "nominal" and mention.role in ("subject", "object")
        return argument and mention.type != "Role" and bool(mention.gender or mention.number)


def _is_cataphoric(mention: Mention, antecedent: Mention) -> bool:
    """Cataphoric possessive: whether one stands before the subject that it may mean: "In seiner Rede lobte Ott die
    Stadt".
    """
    return mention.role == "possessor" and bool(mention.gender) and antecedent > mention  # "mein" has none


def _best(mention: Mention, near: Mapping[str, Candidate]) -> Judgement | None:
    """The candidate with most points, if these are enough; None also of two that are equal and coordinated ("Kyonix und
    Lumen").

    For a noun, who was called so goes before all that are only of its type; who is the only one gets points for that.
    """
    latest = max((c.last for c in near.values() if not c.nameless and c.last.form != "part"), default=None)
    scored: list[_Scored] = []
    for key, candidate in near.items():
        pronoun = mention.form == "pronoun"
        clues = list(pronoun_clues(mention, candidate, latest) if pronoun else noun_clues(mention, candidate))
        if clues:
            scored.append((round(sum(points for points, _ in clues), 2), candidate.last, key, clues))
    if mention.form == "nominal":  # who has been called so is not outdone by who is only of that type
        scored = [entry for entry in scored if near[entry[2]].is_called(noun_of(mention))] or scored
        if stem(noun_of(mention)) in _VILLAGES:  # "das Dorf" is the Ortsteil, not the town that it is part of
            scored = [entry for entry in scored if "district" in near[entry[2]].kinds] or scored
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    if not scored or (len(scored) > 1 and _are_equal(*scored[:2])):
        return None
    points, _, key, clues = scored[0]
    if mention.form == "nominal" and _is_in_doubt(mention, scored, near):
        return None
    if len(scored) == 1:
        points += _ALONE
        clues.append((_ALONE, "nobody else can be meant"))
    if points < _ENOUGH[mention.form]:
        return None
    why = ", ".join(f"{reason} {value:+.2f}" for value, reason in clues)
    return Judgement(near[key].last.id, mention.id, "same", "reference", why, round(min(points, 0.95), 2))


def _is_in_doubt(mention: Mention, scored: Sequence[_Scored], near: Mapping[str, Candidate]) -> bool:
    """Ambiguous noun phrase: whether only its type speaks for a noun's best candidate while another, named as lately,
    has nearly as many points: "der Betrieb" where two firms were named, neither of which was called so. Not where the
    best was named three times as often: whom a text is about.
    """
    if len(scored) < 2:
        return False
    one, other = (near[entry[2]] for entry in scored[:2])
    noun = noun_of(mention)
    if one.is_called(noun) or one.is_guessed(noun) or stem(noun) in one.synonyms:
        return False
    if len(one.mentions) >= 3 * len(other.mentions):
        return False
    as_lately = one.last.sentence - other.last.sentence < 2
    return as_lately and scored[0][0] - scored[1][0] < _LEAD.get(wanted(mention), 0.0)


def _are_equal(one: _Scored, other: _Scored) -> bool:
    """Whether two candidates have equal points and were last named in the same clause and function: "Kyonix und Lumen
    bauen".
    """
    places = {(entry[1].sentence, entry[1].clause, entry[1].role) for entry in (one, other)}
    return one[0] == other[0] and len(places) == 1
