"""Roles as triples: "übergab an Nele Prinz" is schema:recipient kge:Nele_Prinz, and a node that keeps the "an".

A property for each role leads from the fact to the entity or the text, which is what one asks for. It has no room for
the preposition, and two facts may differ in nothing else ("vor dem Rathaus", "hinter dem Rathaus"). So each role of a
fact is a kg:Role, too: kgf:3f12.1 is the first of kgf:3f12, as in a drawing the edge of that id. Reading a file again
goes by these nodes, which are numbered in the order of the roles. A claim has the same nodes at level full, with the
span in the place of the value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import Literal, NamedNode

from kg.graph.labels import role_text
from kg.ontology import ROLE_PROPERTIES
from kg.rdf.terms import Iris, Object, Statement, text_literal
from kg.records import Argument, Claim, Fact, FactRole, Role
from kg.system.characters import plain
from kg.system.text import one_line

if TYPE_CHECKING:
    from kg.graph.graph import Graph

T = TypeVar("T")


def roles_of_fact(iris: Iris, about: NamedNode, fact: Fact) -> Iterator[Statement]:
    """What a fact says of its roles: the property of each, and the nodes of all."""
    found: dict[str, dict[Object, None]] = defaultdict(dict)
    for role in fact.roles:
        found[ROLE_PROPERTIES[role.role]][_value(iris, role)] = None  # once, whatever prepositions lead there
    for name, values in found.items():
        yield from ((about, iris(name), value) for value in values)
    yield from _links(iris, about, len(fact.roles))


def nodes_of_fact(graph: Graph, iris: Iris, about: NamedNode, fact: Fact) -> Iterator[Statement]:
    """The nodes of a fact's roles, each with its preposition and its value."""
    for node, role in _numbered(about, fact.roles):
        yield from _node(iris, node, role, role_text(graph, role))
        yield node, iris("rdf:value"), _value(iris, role)


def roles_of_claim(iris: Iris, about: NamedNode, claim: Claim) -> Iterator[Statement]:
    """What leads from a claim to the nodes of its roles."""
    yield from _links(iris, about, len(claim.roles))


def nodes_of_claim(iris: Iris, about: NamedNode, claim: Claim) -> Iterator[Statement]:
    """The nodes of a claim's roles, each with its preposition and its span."""
    for node, role in _numbered(about, claim.roles):
        filler = role.argument
        yield from _node(iris, node, role, filler.text)
        yield node, iris("kg:roleSpan"), iris.of_place("kgs", claim.doc, filler.start, filler.end)
        if isinstance(filler, Argument):
            yield node, iris("kg:roleType"), Literal(filler.type)
        else:
            yield node, iris("rdf:value"), text_literal(filler.value)


def role_number(node: NamedNode) -> int:
    """Which of the roles a node is, from 1."""
    return int(node.value.rpartition(".")[2])


def filler_label(preposition: str, text: str) -> str:
    """What has a role, as one reads it.

    >>> filler_label("an", "Nele Prinz"), filler_label("", "offen")
    ('an Nele Prinz', 'offen')
    """
    return plain(one_line(f"{preposition} {text}"))


def _value(iris: Iris, role: FactRole) -> Object:
    return iris(f"kge:{role.entity}") if role.entity else text_literal(role.value)


def _links(iris: Iris, about: NamedNode, count: int) -> Iterator[Statement]:
    for number in range(1, count + 1):
        yield about, iris("kg:hasRole"), NamedNode(f"{about.value}.{number}")


def _numbered(about: NamedNode, roles: Iterable[T]) -> Iterator[tuple[NamedNode, T]]:
    return ((NamedNode(f"{about.value}.{number}"), role) for number, role in enumerate(roles, 1))


def _node(iris: Iris, node: NamedNode, role: Role | FactRole, text: str) -> Iterator[Statement]:
    yield node, iris("rdf:type"), iris("kg:Role")
    yield node, iris("rdfs:label"), text_literal(filler_label(role.preposition, text))
    yield node, iris("kg:roleName"), Literal(role.role)
    if role.preposition:
        yield node, iris("kg:preposition"), Literal(role.preposition)
