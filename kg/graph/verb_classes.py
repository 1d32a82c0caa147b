"""The classes of facts: "Bosch kaufte Fink" is a schema:BuyAction, so that one can ask for any purchase.

They follow from the verb, the types of the ends and the prepositions of the roles: they are worked out, never stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.language.prepositions import is_preposition
from kg.language.verb_classes import class_of
from kg.ontology.verb_classes import with_broader

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Fact


def classes_of(graph: Graph, fact: Fact) -> tuple[str, ...]:
    """The compact IRIs of the class of a fact's verb and of those above it, the narrowest first; () for none.

    "kritisieren" → ("kg:Criticise", …); "stehen" → ()
    """
    *before, last = fact.lemma.split() or [""]
    led = bool(before) and is_preposition(last)  # a known relation has its preposition in its name: "fusionieren mit"
    found = class_of(
        " ".join(before) if led else fact.lemma,
        subject=graph.entities_by_id[fact.subject].type,
        object=graph.entities_by_id[fact.object].type if fact.object else "",
        prepositions={*([last] if led else ()), *(role.preposition for role in fact.roles)},
        vocabulary=graph.vocabulary,
    )
    return () if found is None else tuple(with_broader(found.iri, graph.vocabulary))
