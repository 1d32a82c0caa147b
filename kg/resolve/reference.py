"""Whom "er", "ihre", "der Konzern" and "die Stadt" mean: each is given to an entity of its document, or left open.

The tree tells of relative and reflexive pronouns; for the others each entity named so far is a candidate, and so is a
phrase without a name, for "Ein Sprecher sagte, er wisse nichts" speaks of nobody else. The best one must be good
enough: what stays open can still be read by a person, a wrong guess cannot be told from a right one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from kg.records import Judgement, Mention
from kg.resolve.candidates import Candidate
from kg.resolve.clues import Clue, is_owned, noun_clues, pronoun_clues
from kg.resolve.named import NAMES

_Scored: TypeAlias = tuple[float, Mention, str, list[Clue]]  # points, last mention, key, and how they come about

_ENOUGH = {"pronoun": 0.65, "nominal": 0.5}
_FAR = {"pronoun": 2, "nominal": 30}  # sentences that a reference reaches back
_ALONE = 0.1  # what it is worth that nobody else can be meant


def find_references(
    mentions: Sequence[Mention], entity_of: Mapping[str, str], names: Mapping[str, str]
) -> Iterator[Judgement]:
    """Yield what the pointing mentions of one document refer to.

    `mentions` are in text order; `entity_of` gives the entity of each named one, `names` its name in the nominative. A
    pronoun or noun that is found becomes a mention of its entity, for those behind it.
    """
    entities = dict(entity_of)
    candidates: dict[str, Candidate] = {}
    owners: dict[int, str] = {}  # where a possessive stands → whose it is: "ihre Stadt" is not herself
    later: list[Mention] = []
    known = {mention.id: mention for mention in mentions}
    ends = {(mention.end, mention.type) for mention in mentions if mention.form in NAMES}
    for mention in mentions:
        key = entities.get(mention.id, "")
        antecedent, reference = known.get(mention.antecedent), None
        if antecedent is not None and antecedent > mention and antecedent.id not in entities:
            later.append(mention)  # "ich" in a quotation: "der Manager", who said it, comes behind
        elif mention.pointing and mention.form not in NAMES:
            reference = _by_grammar(mention, antecedent, entities, candidates)
            if reference is None and (antecedent is None or _is_forward(mention, antecedent)):
                owner = owners.get(mention.start, "") if is_owned(mention) else None
                reference = _best(mention, candidates, owner)
            if reference is not None:
                key = entities[reference.left]
                if key not in candidates or not candidates[key].nameless:
                    yield reference
        # "Landwirt Harms" is no phrase without a name
        nameless = not key and not {(mention.end, mention.type), (mention.end, "Thing")} & ends and _is_meant(mention)
        if nameless:
            key = mention.id
        if key:
            entities[mention.id] = key
            if mention.form == "pronoun" and mention.role == "possessor":
                owners[mention.start] = key
            if mention.text.casefold() != "sich":  # it tells nothing new of anybody
                guessed = reference is not None and "called" not in reference.why and mention.form == "nominal"
                candidates.setdefault(key, Candidate(nameless)).add(mention, names.get(mention.id, ""), guessed)
    for mention in later:
        reference = _by_grammar(mention, known[mention.antecedent], entities, candidates)
        if reference is not None and not candidates[entities[reference.left]].nameless:
            yield reference


def _is_meant(mention: Mention) -> bool:
    """Whether a phrase may be meant by what follows though it names nobody: "Ein Sprecher sagte, er"."""
    argument = mention.form == "nominal" and mention.role in ("subject", "object")
    return argument and mention.type != "Role" and bool(mention.gender or mention.number)


def _is_forward(mention: Mention, antecedent: Mention) -> bool:
    """Whether a possessive comes before the subject that it may mean: "In seiner Rede lobte Ott die Stadt"."""
    return mention.role == "possessor" and bool(mention.gender) and antecedent > mention  # "mein" has none


def _by_grammar(
    mention: Mention, antecedent: Mention | None, entities: Mapping[str, str], found: Mapping[str, Candidate]
) -> Judgement | None:
    """What the tree says that a mention stands for, unless its gender says that the tree is wrong."""
    key = entities.get(antecedent.id) if antecedent is not None else None
    if antecedent is None or key is None:
        return None
    candidate = found.get(key, Candidate())
    if candidate.mentions and not candidate.can_be(mention):
        return None
    if _is_forward(mention, antecedent):
        if not candidate.mentions:
            candidate.add(antecedent)
        if candidate.gender not in mention.gender.split(","):
            return None
        return Judgement(antecedent.id, mention.id, "same", "reference", "subject of its clause, named behind it", 0.8)
    why = "the noun of its clause, or the speaker of its quotation"
    return Judgement(antecedent.id, mention.id, "same", "grammar", why, 0.95)


def _best(mention: Mention, found: Mapping[str, Candidate], owner: str | None) -> Judgement | None:
    """The best candidate before a mention, if it is good enough; of two that are as good, the one named later.

    `owner` is whose the mention is, if it is somebody's: the key of its entity, or "" where that is open.
    """
    if owner == "":
        return None
    near = {
        key: candidate
        for key, candidate in found.items()
        if key != owner and mention.sentence - candidate.last.sentence <= _FAR[mention.form]
    }
    latest = max((c.last for c in near.values() if not c.nameless and c.last.form != "part"), default=None)
    scored: list[_Scored] = []
    for key, candidate in near.items():
        pronoun = mention.form == "pronoun"
        clues = list(pronoun_clues(mention, candidate, latest) if pronoun else noun_clues(mention, candidate))
        if clues:
            scored.append((round(sum(points for points, _ in clues), 2), candidate.last, key, clues))
    called = [entry for entry in scored if any(reason.startswith("called") for _, reason in entry[3])]
    scored = called or scored  # who has been called so is not outdone by who is only of that type
    scored.sort(key=lambda entry: entry[:2], reverse=True)
    if not scored or (len(scored) > 1 and _are_equal(*scored[:2])):
        return None
    points, _, key, clues = scored[0]
    if len(scored) == 1:
        points += _ALONE
        clues.append((_ALONE, "nobody else can be meant"))
    if points < _ENOUGH[mention.form]:
        return None
    why = ", ".join(f"{reason} {value:+.2f}" for value, reason in clues)
    return Judgement(found[key].last.id, mention.id, "same", "reference", why, round(min(points, 0.95), 2))


def _are_equal(one: _Scored, other: _Scored) -> bool:
    """Whether two candidates are as good and stand side by side: "Kyonix und Lumen bauen"."""
    places = {(entry[1].sentence, entry[1].clause, entry[1].role) for entry in (one, other)}
    return one[0] == other[0] and len(places) == 1
