"""The classes and properties that an output uses, declared in it: "kgp:warnen_vor a rdf:Property ; rdfs:label …".

Whoever reads the file needs no other one to know what a predicate is called and which standard term stands above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.graph.verb_classes import classes_of
from kg.ontology import CLASSES, ROLE_LABELS, ROLE_PROPERTIES, Relation, kinds, our_relations
from kg.ontology.terms import ONTOLOGY, PROPERTY, Term, core, terms
from kg.rdf.terms import Iris, Statement, text_literal

if TYPE_CHECKING:
    from kg.graph.graph import Graph
    from kg.records import Fact

# What is of use beside labels and direct triples, and what only the evidence in full uses.
_PLAIN = ("kg:names",)
_CLAIMS = (
    *("kg:Claim", "kg:Fact", "kg:confidence", "kg:end", "kg:evidence", "kg:lemma", "kg:modality", "kg:named"),
    *("kg:names", "kg:polarity", "kg:risk", "kg:sentence", "kg:speaker", "kg:start", "kg:validFrom", "kg:validUntil"),
    "kg:weight",
)

_ROLES = ("kg:Role", "kg:hasRole", "kg:preposition", "kg:roleName")


def declarations(graph: Graph, iris: Iris, level: str) -> Iterator[Statement]:
    """Yield the ontology's head, then the classes, our own terms and the predicates in use."""
    verbs = _verb_classes(graph) if level != "plain" else ()
    for name in dict.fromkeys((ONTOLOGY, *_classes(graph), *verbs, *_own(graph, level))):
        yield from _declared(iris, name, terms(graph.vocabulary)[name])
    yield from _predicates(graph, iris, level)


def _classes(graph: Graph) -> Iterator[str]:
    types = {(entity.type, entity.kind) for entity in graph.entities}
    yield from sorted({CLASSES[type_] for type_, _ in types})
    yield from sorted(kinds()[type_].class_ for type_ in types & kinds().keys())


def _verb_classes(graph: Graph) -> list[str]:
    """The classes of the facts by their verbs: kg:Criticise."""
    return sorted({class_ for fact in graph.facts for class_ in classes_of(graph, fact)})


def _own(graph: Graph, level: str) -> tuple[str, ...]:
    if level == "plain":
        return _PLAIN if any(entity.parts for entity in graph.entities) else ()
    if level == "full":
        return core()
    in_use = _role_properties(graph)
    return tuple(sorted({*_CLAIMS, *(_ROLES if in_use else ()), *in_use} - ROLE_LABELS.keys()))


def _role_properties(graph: Graph) -> set[str]:
    return {ROLE_PROPERTIES[role.role] for fact in graph.facts for role in fact.roles}


def _predicates(graph: Graph, iris: Iris, level: str) -> Iterator[Statement]:
    """The predicates in use, and those they are a kind of; an open one is called by its lemmas.

    A property of others' may be both, a predicate and that of a role: schema:location is "hat seinen Sitz in", and has
    "Ort" as another label.
    """
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in graph.facts:
        if level != "plain" or fact.direct:
            facts[fact.predicate].append(fact)
    lemmas = {predicate: {fact.lemma for fact in members} for predicate, members in facts.items()}
    for claim in graph.claims if level == "full" else ():
        lemmas.setdefault(claim.predicate.iri, set()).add(claim.predicate.lemma)
    known = terms(graph.vocabulary)
    above = {p: found.iri for p in lemmas if p not in known and (found := _above(graph, facts[p]))}
    said = {*lemmas, *above.values()}
    roles = ROLE_LABELS.keys() & _role_properties(graph) if level != "plain" else set()
    for predicate in sorted(said | roles):
        about = iris(predicate)
        if predicate not in said:
            yield from _declared(iris, predicate, Term(PROPERTY, *ROLE_LABELS[predicate]))
            continue
        if predicate in known:
            yield from _declared(iris, predicate, known[predicate])
            if predicate in roles:
                yield about, iris("skos:altLabel"), Literal(ROLE_LABELS[predicate][0], language="de")
                yield about, iris("skos:altLabel"), Literal(ROLE_LABELS[predicate][1], language="en")
            continue
        yield about, iris("rdf:type"), iris(PROPERTY)
        for label in sorted(lemmas[predicate]):
            yield about, iris("rdfs:label"), text_literal(label)
        if predicate in above:
            yield about, iris("rdfs:subPropertyOf"), iris(above[predicate])


def _above(graph: Graph, facts: list[Fact]) -> Relation | None:
    """The relation that an open predicate says after all, now that its ends are known.

    "Anna Weber verlässt Lindau" stays open where Lindau reads like a town. Where a list of names, or another text, says
    that Lindau is FC Lindau, and each fact with that verb joins what kg:leftOrganization may join, kgp:verlassen is a
    kind of kg:leftOrganization. A user's own relations go before ours.
    """
    lemmas = {fact.lemma for fact in facts}
    ends = {(graph.entities_by_id[f.subject].type, graph.entities_by_id[f.object].type) for f in facts if f.object}
    if len(lemmas) != 1 or not ends or not all(fact.object for fact in facts):
        return None
    relations = (*graph.vocabulary.relations, *our_relations())
    fitting = (r for r in relations if lemmas <= {*r.verbs, *r.nouns} and all(r.fits(*pair) for pair in ends))
    return next(fitting, None)


def _declared(iris: Iris, name: str, term: Term) -> Iterator[Statement]:
    about = iris(name)
    yield about, iris("rdf:type"), iris(term.kind)
    yield about, iris("rdfs:label"), Literal(term.de, language="de")
    yield about, iris("rdfs:label"), Literal(term.en, language="en")
    for link, other in term.links:
        yield about, iris(link), iris(other)
