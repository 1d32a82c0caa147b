"""Triples as a KnowledgeGraph again: what a level wrote comes back as the records that it was written from.

At "full" that is all of them. "claims" has no text and no mentions, and its claims are sentences in which no parts are
marked ("in Stade" is a role of the fact alone); "plain" has entities and those facts that are direct triples.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias, cast

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import FormatError, KgError
from kg.graph.graph import Graph, fact_id
from kg.graph.soundness import MOST, check_graph
from kg.ontology import CLASSES, is_whole, kinds, prefixes, relation
from kg.ontology.terms import PROPERTY, base_of, terms
from kg.rdf.roles import role_number
from kg.rdf.terms import Iris
from kg.records import (
    ROLES,
    Argument,
    Claim,
    Document,
    Entity,
    Fact,
    FactRole,
    Mention,
    Predicate,
    Role,
    Run,
    Span,
    Time,
    claim_order,
)
from kg.records import Literal as Value

_Node: TypeAlias = Mapping[str, list[NamedNode | Literal]]
"""What is said of one subject: compact predicate → objects."""


def rebuild(quads: Iterable[Quad], where: str) -> Graph:
    """The graph that was written as these quads; `where` names their file in errors.

    Raises FormatError for triples that kg did not write, and for some that somebody took out of its midst.
    """
    # A quad may have blank nodes and triple terms; kg writes no blank node, and reads no triple term back.
    about: dict[Any, dict[NamedNode, dict[Any, None]]] = defaultdict(lambda: defaultdict(dict))
    for quad in quads:
        about[quad.subject][quad.predicate][quad.object] = None  # once, whatever graphs it stands in
    kind, ontology = map(Iris(""), ("rdf:type", "owl:Ontology"))
    iris = Iris(base_of((s.value for s, node in about.items() if ontology in node.get(kind, ())), where))
    known = {predicate: iris.compact(predicate) for node in about.values() for predicate in node}
    nodes = {
        subject: {known[predicate]: list(objects) for predicate, objects in node.items()}
        for subject, node in about.items()
    }
    try:
        graph = _Reader(nodes, iris).graph()
        _check_ends(graph)
        check_graph(graph)
    except KeyError as error:
        raise FormatError(f"{where}: incomplete, {error.args[0]} is missing; write it again with kg") from error
    except ValueError as error:
        raise FormatError(f"{where}: a value is missing or damaged ({error}); write it again with kg") from error
    except KgError as error:
        raise FormatError(f"{where}: holds what this kg never writes ({error})") from error
    except (TypeError, AttributeError) as error:  # a triple term, or a setting of a later kg, in the place of a text
        raise FormatError(f"{where}: holds what this kg never writes ({error}); write it again with kg") from error
    return graph


def _check_ends(graph: Graph) -> None:
    """Raise KeyError for what an entity, fact or claim leads to and the graph does not hold."""
    for entity in graph.entities:
        for part in entity.parts:
            graph.entities_by_id[part]
    for fact in graph.facts:
        for end in filter(None, (*fact.ends, fact.speaker)):
            graph.entities_by_id[end]
    for claim in graph.claims:
        graph.documents_by_id[claim.doc]


class _Reader:
    """Reads the records of one graph from the nodes that describe them."""

    def __init__(self, nodes: Mapping[NamedNode, _Node], iris: Iris) -> None:
        self.nodes = nodes
        self.iris = iris
        self.by_class: dict[str, list[NamedNode]] = defaultdict(list)
        for subject in nodes:
            for kind in self._links(subject, "rdf:type"):
                self.by_class[iris.compact(kind)].append(subject)
        self._types = {class_: type_ for type_, class_ in CLASSES.items()}

    def graph(self) -> Graph:
        documents = sorted(self._documents(), key=lambda document: document.id)
        entities = sorted(self._entities(), key=lambda entity: entity.id)
        claims = {about: self._claim(about) for about in self.by_class["kg:Claim"]}
        facts = self._facts(claims) if self.iris("kg:Fact") in self.nodes else self._direct(entities)
        return Graph(
            tuple(documents),
            tuple(entities),
            tuple(sorted(facts, key=lambda fact: fact.id)),
            tuple(sorted(claims.values(), key=claim_order)),
            self.iris.base_iri,
            self._run(),
        )

    def _text(self, about: NamedNode, *predicates: str) -> str:
        """The value of the first of some predicates that a node has, "" for none."""
        node = self.nodes[about]
        return next((node[name][0].value for name in predicates if name in node), "")

    def _link(self, about: NamedNode, predicate: str) -> NamedNode:
        (first, *_) = self.nodes[about][predicate]
        if not isinstance(first, NamedNode):
            raise ValueError(f"{predicate} is no IRI")
        return first

    def _property(self, iri: NamedNode) -> str:
        """The compact IRI of a predicate, the whole one of a user's own."""
        found = self.iris.compact(iri)
        if not (is_whole(found) or found.partition(":")[0] in prefixes()):
            raise ValueError(f"{found[:80]} is no property")
        return found

    def _links(self, about: NamedNode, predicate: str) -> list[NamedNode]:
        """The objects of a predicate that kg never writes with a text."""
        return cast(list[NamedNode], self.nodes[about].get(predicate, []))

    def _ids(self, about: NamedNode, predicate: str, prefix: str) -> list[str]:
        return [self.iris.local(prefix, other) for other in self._links(about, predicate)]

    def _id(self, about: NamedNode, predicate: str, prefix: str) -> str:
        return next(iter(self._ids(about, predicate, prefix)), "")

    def _documents(self) -> Iterator[Document]:
        for about in self.by_class["schema:Article"]:
            if "dcterms:identifier" in self.nodes[about]:
                # The IRI has the id as it was, whatever an RDF/XML file could not hold of it as a text.
                id, fields = self.iris.local("kgd", about), ("schema:text", "dcterms:title", "dcterms:date")
                more = ("dcterms:publisher", "dcterms:source", "kg:encoding")
                yield Document.as_kept(id, *(self._text(about, name) for name in (*fields, *more)))

    def _entities(self) -> Iterator[Entity]:
        mentions = self._mentions()
        finer = {(kind.type, kind.class_): name for (_, name), kind in kinds().items()}
        for about in {about for class_ in self._types for about in self.by_class[class_]}:
            classes = [self.iris.compact(kind) for kind in self._links(about, "rdf:type")]
            id = self.iris.local("kge", about)
            type = next(self._types[class_] for class_ in classes if class_ in self._types)
            yield Entity(
                id,
                type,
                self._text(about, "rdfs:label"),
                aliases=tuple(sorted(self._texts(about, "skos:altLabel"))),
                description=self._text(about, "schema:description"),
                same_as=tuple(sorted(self._texts(about, "owl:sameAs", "schema:sameAs"))),
                named=self._text(about, "kg:named") != "false",
                parts=tuple(sorted(self._ids(about, "kg:names", "kge"))),
                mentions=tuple(sorted(mentions.get(id, ()))),
                kind=next((finer[type, class_] for class_ in classes if (type, class_) in finer), ""),
            )

    def _texts(self, about: NamedNode, *predicates: str) -> list[str]:
        return [term.value for name in predicates for term in self.nodes[about].get(name, ())]

    def _mentions(self) -> Mapping[str, list[Mention]]:
        """Entity id → its mentions."""
        found: dict[str, list[Mention]] = defaultdict(list)
        for about in self.by_class["kg:Mention"]:
            for id in self._ids(about, "oa:hasBody", "kge"):
                found[id].append(self._mention(about))
        return found

    def _mention(self, about: NamedNode) -> Mention:
        target = self._link(about, "oa:hasTarget")
        span, before = self._span(target), self._id(about, "kg:antecedent", "kgm")
        doc, _, place = before.rpartition("_")
        return Mention(
            self._id(target, "oa:hasSource", "kgd"),
            span.start,
            span.end,
            span.text,
            form=self._text(about, "kg:form"),
            type=self._text(about, "kg:entityType"),
            name=self._text(about, "rdfs:label"),
            description=self._text(about, "schema:description"),
            case=self._text(about, "kg:case"),
            gender=self._text(about, "kg:gender"),
            number=self._text(about, "kg:number"),
            sentence=int(self._text(about, "kg:sentenceNumber")),
            clause=int(self._text(about, "kg:clauseNumber")),
            role=self._text(about, "kg:grammaticalRole"),
            pointing=self._text(about, "kg:pointing") == "true",
            antecedent=f"{doc}#{place}" if before else "",
        )

    def _span(self, about: NamedNode) -> Span:
        position, quote = NamedNode(f"{about.value}.position"), NamedNode(f"{about.value}.quote")
        return Span(
            int(self._text(position, "oa:start")), int(self._text(position, "oa:end")), self._text(quote, "oa:exact")
        )

    def _claim(self, about: NamedNode) -> Claim:
        """A claim with all that is known of it; without the evidence in full its subject is an empty span."""
        start, end = (int(self._text(about, name)) for name in ("kg:start", "kg:end"))
        doc = self._id(about, "prov:wasDerivedFrom", "kgd")
        sentence = Span(start, end, self._text(about, "kg:sentence"))
        if "kg:subjectSpan" not in self.nodes[about]:
            nothing = Argument(start, start, "", "Thing")
            return Claim(doc, sentence, nothing, Predicate("", "", (), ""), None)
        return Claim(
            doc,
            sentence,
            self._argument(about, "subject"),
            self._predicate(about),
            self._object(about),
            self._text(about, "kg:clausePolarity"),
            self._text(about, "kg:clauseModality"),
            self._argument(about, "speaker") if "kg:speakerSpan" in self.nodes[about] else None,
            self._time(about),
            float(self._text(about, "kg:confidence")),
            tuple(self._claim_role(node) for node in self._role_nodes(about)),
            float(self._text(about, "kg:risk") or 0),
        )

    def _argument(self, about: NamedNode, part: str) -> Argument:
        span = self._span(self._link(about, f"kg:{part}Span"))
        return Argument(span.start, span.end, span.text, self._text(about, f"kg:{part}Type"))

    def _object(self, about: NamedNode) -> Argument | Value | None:
        parts = {"kg:objectSpan", "kg:objectType", "kg:objectValue"}
        return self._filler(about, "object", "kg:objectValue") if parts & self.nodes[about].keys() else None

    def _filler(self, about: NamedNode, part: str, value: str) -> Argument | Value:
        """A thing, or a text where the node has that value."""
        if value not in self.nodes[about]:
            return self._argument(about, part)
        span = self._span(self._link(about, f"kg:{part}Span"))
        return Value(span.start, span.end, span.text, self._text(about, value))

    def _role_nodes(self, about: NamedNode) -> list[NamedNode]:
        return sorted(self._links(about, "kg:hasRole"), key=role_number)

    def _role_name(self, node: NamedNode) -> str:
        name = self._text(node, "kg:roleName")
        if name not in ROLES:
            raise ValueError(f"kg:roleName {name[:40]}".rstrip())
        return name

    def _claim_role(self, node: NamedNode) -> Role:
        preposition = self._text(node, "kg:preposition")
        return Role(self._role_name(node), preposition, self._filler(node, "role", "rdf:value"))

    def _fact_role(self, node: NamedNode) -> FactRole:
        ends = self._ends(self.nodes[node]["rdf:value"][0])
        return FactRole(self._role_name(node), self._text(node, "kg:preposition"), *ends)

    def _predicate(self, about: NamedNode) -> Predicate:
        cue = self._link(about, "kg:cue")
        said = self.nodes[cue]
        places = sorted((int(name[len("rdf:_") :]), name) for name in said if name.startswith("rdf:_"))
        spans = [self._span(self._link(cue, name)) for _, name in places]
        return Predicate(
            self._text(about, "kg:lemma"),
            self._property(self._link(about, "kg:predicate")),
            tuple((span.start, span.end) for span in spans),
            said["rdfs:label"][0].value,
        )

    def _time(self, about: NamedNode) -> Time | None:
        if "kg:timeSpan" not in self.nodes[about]:
            return None
        span = self._span(self._link(about, "kg:timeSpan"))
        since, until = self._text(about, "kg:timeFrom"), self._text(about, "kg:timeUntil")
        return Time(span.start, span.end, span.text, since, until)

    def _facts(self, claims: Mapping[NamedNode, Claim]) -> Iterator[Fact]:
        for about in self.by_class["kg:Fact"]:
            predicate, objects = self._link(about, "rdf:predicate"), self.nodes[about].get("rdf:object", ())
            evidence = self._links(about, "kg:evidence")
            yield Fact(
                self.iris.local("kgf", about),
                self.iris.local("kge", self._link(about, "rdf:subject")),
                self._property(predicate),
                self._text(about, "kg:lemma") or self._label(predicate),
                *(self._ends(objects[0]) if objects else ("", "")),
                self._text(about, "kg:polarity"),
                self._text(about, "kg:modality"),
                self._id(about, "kg:speaker", "kge"),
                self._text(about, "kg:validFrom"),
                self._text(about, "kg:validUntil"),
                self._weight(about),
                tuple(sorted((claims[claim] for claim in evidence), key=claim_order)),
                tuple(map(self._fact_role, self._role_nodes(about))),
                float(self._text(about, "kg:confidence") or 1),
                float(self._text(about, "kg:risk") or 0),
            )

    def _weight(self, about: NamedNode) -> int:
        weight = int(self._text(about, "kg:weight"))
        if not 1 <= weight <= MOST:
            raise ValueError(f"kg:weight {weight}")
        return weight

    def _direct(self, entities: Iterable[Entity]) -> Iterator[Fact]:
        """The facts that direct triples stand for."""
        for entity in entities:
            for predicate, objects in self.nodes[self.iris(f"kge:{entity.id}")].items():
                if self._is_relation(predicate):
                    for object in objects:
                        id, literal = self._ends(object)
                        key = (entity.id, predicate, id, literal, "positive", "asserted", "")
                        yield Fact(fact_id(*key), entity.id, predicate, self._label(self.iris(predicate)), id, literal)

    def _is_relation(self, predicate: str) -> bool:
        """Whether a triple with that predicate is a fact: an open one, one of ours, or one that a user's file added.

        Who reads the file may not have the user's, so it is told by its declaration: no other property of an entity
        that kg declares is unknown to it.
        """
        if predicate.startswith("kgp:") or relation(predicate):
            return True
        declared = self.nodes.get(self.iris(predicate), {}).get("rdf:type", [])
        return self.iris(PROPERTY) in declared and predicate not in terms()

    def _ends(self, object: NamedNode | Literal) -> tuple[str, str]:
        """The id of an object that is an entity, the text of one that is none."""
        return (self.iris.local("kge", object), "") if isinstance(object, NamedNode) else ("", object.value)

    def _label(self, predicate: NamedNode) -> str:
        labels = [label for label in self.nodes[predicate]["rdfs:label"] if isinstance(label, Literal)]
        return min(label.value for label in labels if label.language != "en")

    def _run(self) -> Run:
        """The run that made the graph, as far as the file says so."""
        for about in self.by_class["prov:Activity"]:
            pairs = [setting.partition("=") for setting in self._texts(about, "kg:setting")]
            single = {name: value for name, _, value in pairs if name != "gazetteer"}
            lists = tuple(sorted(value for name, _, value in pairs if name == "gazetteer"))
            return Run(**single, gazetteers=lists, date=self._text(about, "prov:endedAtTime")[:10])
        return Run()
