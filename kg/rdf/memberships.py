"""Who has which role where: "Felix zur Nieden, Sprecher der DVV" as an org:Membership beside kg:spokespersonFor.

A plain triple has no room for the noun that says the role, nor for the years it was held. The W3C's organisation
ontology has: one node with person, organisation and role. It is drawn where a direct fact joins a person with an
organisation (or a place that is led like one) and its predicate was read from a noun that is a role of that person; and
for a role without an organisation where its time is known: "seit 2012 Oberbürgermeister".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kg.rdf.terms import Iris, Statement, date_literal, text_literal
from kg.system.text import one_line

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Fact

_Place = tuple[str, int, int]

_HAS_ROLE = "schema:jobTitle"


def memberships(graph: Graph, iris: Iris) -> Iterator[Statement]:
    """Yield a node for each role at an organisation or with a time, with `prov:wasDerivedFrom` its fact."""
    roles = _roles(graph)
    direct = [fact for fact in graph.facts if fact.direct and fact.object]
    held = {fact.id: _held(graph, fact, roles) for fact in direct}
    known = {(fact.subject, role) for fact in direct for role in held[fact.id]}
    for fact in sorted(direct, key=lambda fact: (fact.subject, fact.predicate, fact.id)):
        if held[fact.id]:
            yield from _membership(graph, iris, fact, held[fact.id], fact.object)
        elif _is_dated_role(fact) and (fact.subject, fact.object) not in known:
            yield from _membership(graph, iris, fact, [fact.object])


def _membership(graph: Graph, iris: Iris, fact: Fact, roles: list[str], organisation: str = "") -> Iterator[Statement]:
    about = iris.once(f"kgo:{fact.id}")
    ends = [fact.subject, *roles, *([organisation] if organisation else ())]
    label = " – ".join(graph.entities_by_id[end].label for end in ends)
    yield about, iris("rdf:type"), iris("org:Membership")
    yield about, iris("rdfs:label"), text_literal(one_line(label))
    yield about, iris("org:member"), iris(f"kge:{fact.subject}")
    if organisation:
        yield about, iris("org:organization"), iris(f"kge:{organisation}")
    for role in roles:
        yield about, iris("org:role"), iris(f"kge:{role}")
    if fact.since:
        yield about, iris("kg:validFrom"), date_literal(fact.since)
    if fact.until:
        yield about, iris("kg:validUntil"), date_literal(fact.until)
    yield about, iris("prov:wasDerivedFrom"), iris.once(f"kgf:{fact.id}")


def _roles(graph: Graph) -> Mapping[_Place, str]:
    """Where a text names a role → the entity that it is."""
    roles = (entity for entity in graph.entities if entity.type == "Role")
    return {(m.doc, m.start, m.end): role.id for role in roles for m in role.mentions}


def _held(graph: Graph, fact: Fact, roles: Mapping[_Place, str]) -> list[str]:
    """The roles that the predicate of a fact was read from; none where it makes nobody a member of anything."""
    ends = graph.entities_by_id[fact.subject].type, graph.entities_by_id[fact.object].type
    if ends[0] != "Person" or ends[1] not in ("Organization", "Place"):
        return []
    places = ((claim.doc, *span) for claim in fact.claims for span in claim.predicate.spans)
    return sorted({roles[place] for place in places if place in roles})


def _is_dated_role(fact: Fact) -> bool:
    return fact.predicate == _HAS_ROLE and bool(fact.since or fact.until)
