"""Who has which role where: "Felix zur Nieden, Sprecher der DVV" as an org:Membership beside kg:spokespersonFor.

A plain triple has no room for the noun that says the role, nor for the years it was held. The W3C's organisation
ontology has: one node with person, organisation and role. It is drawn where a direct fact joins a person with an
organisation (or a place that is led like one) and its predicate was read from a noun that is a role of that person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.rdf.terms import Names, Statement, date_literal, text_literal
from kg.wording import one_line

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph
    from kg.records import Fact

_Place = tuple[str, int, int]


def memberships(graph: KnowledgeGraph, names: Names) -> Iterator[Statement]:
    """Yield a node for each role at an organisation, with `prov:wasDerivedFrom` its fact."""
    roles = _roles(graph)
    for fact in sorted(graph.facts, key=lambda fact: (fact.subject, fact.predicate, fact.id)):
        held = _held(graph, fact, roles)
        if not held:
            continue
        about = names.once(f"kgo:{fact.id}")
        yield about, names("rdf:type"), names("org:Membership")
        yield about, names("rdfs:label"), text_literal(_label(graph, fact, held))
        yield about, names("org:member"), names(f"kge:{fact.subject}")
        yield about, names("org:organization"), names(f"kge:{fact.object}")
        for role in held:
            yield about, names("org:role"), names(f"kge:{role}")
        if fact.since:
            yield about, names("kg:validFrom"), date_literal(fact.since)
        if fact.until:
            yield about, names("kg:validUntil"), date_literal(fact.until)
        yield about, names("prov:wasDerivedFrom"), names.once(f"kgf:{fact.id}")


def _roles(graph: KnowledgeGraph) -> Mapping[_Place, str]:
    """Where a text names a role → the entity that it is."""
    roles = (entity for entity in graph.entities if entity.type == "Role")
    return {(m.doc, m.start, m.end): role.id for role in roles for m in role.mentions}


def _held(graph: KnowledgeGraph, fact: Fact, roles: Mapping[_Place, str]) -> list[str]:
    """The roles that the predicate of a fact was read from; none where it makes nobody a member of anything."""
    if not fact.direct or not fact.object:
        return []
    ends = graph.entities_by_id[fact.subject].type, graph.entities_by_id[fact.object].type
    if ends[0] != "Person" or ends[1] not in ("Organization", "Place"):
        return []
    places = ((claim.doc, *span) for claim in fact.claims for span in claim.predicate.spans)
    return sorted({roles[place] for place in places if place in roles})


def _label(graph: KnowledgeGraph, fact: Fact, held: list[str]) -> str:
    """Who is what where, in one line: "Felix zur Nieden – Sprecher – DVV"."""
    label = {entity: graph.entities_by_id[entity].label for entity in (fact.subject, fact.object, *held)}
    return one_line(f"{label[fact.subject]} – {', '.join(label[role] for role in held)} – {label[fact.object]}")
