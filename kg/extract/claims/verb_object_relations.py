"""Verb and object as one relation: "meldet Insolvenz an", "streicht 1200 Stellen", "ist insolvent".

`relations.toml` lists them with the object before the verb; its plural counts too, and a compound with a hyphen
("IT-Stellen streichen"), but no other: whoever clears away Baustellen cuts no jobs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.language.nouns import stem
from kg.ontology import Relation, per_vocabulary, relations
from kg.records import Argument, Claim, Literal

# A word before which the object's own words end: what stands behind is an attribute.
_ATTRIBUTE_OPENERS = frozenset("in im bei beim von vom der des an am für mit aus durch zum zur".split())


# Prepositions that lead to who is insolvent, where that is not the subject.
_BEFORE_DEBTOR = frozenset({"über", "für", "gegen"})


def typed(claim: Claim) -> Claim:
    """Collocation: the claim with the property that its verb has beside this object; it says more than the verb alone.

    "Siemens streicht 1200 Stellen in Berlin." → Siemens kg:jobCuts 1200 Stellen
    "Die Firma ist insolvent."                 → Die Firma kg:insolvency insolvent
    """
    what = claim.object.type if isinstance(claim.object, Argument) else ""
    known = _by_object().get(claim.predicate.lemma, {})
    own = (relation for word in _object_stems(claim) for relation in known.get(word, ()))
    found = next((relation for relation in own if relation.fits(claim.subject.type, what)), None)
    if found is None or (found.iri == "kg:insolvency" and _is_of_another(claim)):
        return claim
    return replace(claim, predicate=replace(claim.predicate, iri=found.iri))


def _is_of_another(claim: Claim) -> bool:
    """Whose insolvency: that of somebody else whom a preposition leads: "beantragt ein Insolvenzverfahren über X"."""
    object = claim.object.text.split() if isinstance(claim.object, Argument) else []
    led = not _BEFORE_DEBTOR.isdisjoint([*object, *(role.preposition for role in claim.roles)])
    return led or any(word in ("der", "des", "von", "vom") for word in object[1:])  # "die Insolvenz der Tochter"


def _object_stems(claim: Claim) -> list[str]:
    """The words of the object, or of the complement, up to its first attribute, without endings."""
    first = claim.object or next((r.argument for r in claim.roles if r.role == "complement"), None)  # "ist insolvent"
    if first is None:
        return []
    text = first.value if isinstance(first, Literal) else first.text
    found: list[str] = []
    for i, word in enumerate(text.split()):
        if i and word in _ATTRIBUTE_OPENERS:
            break
        found.append(stem(word))
    return found


@per_vocabulary
def _by_object() -> Mapping[str, Mapping[str, list[Relation]]]:
    """Verb → stem of its object → relations: "anmelden" → "insolvenz" → kg:insolvency."""
    found: dict[str, dict[str, list[Relation]]] = {}
    for relation in relations():
        for entry in relation.verbs:
            noun, _, verb = entry.partition(" ")
            if verb and " " not in verb:
                found.setdefault(verb, {}).setdefault(stem(noun), []).append(relation)
    return found
