"""A user's own relations and classes: `kg build --relations eigene.toml`, from the file to every output."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import product

import pytest
from commands import run
from handing_over import handing_over
from own_words import LABEL, OWN, SPACE, TEXT
from pyoxigraph import NamedNode
from rdflib import RDF

import kg
from kg.errors import QueryError, SourceError
from kg.graph.labels import fact_label, predicate_label
from kg.language.nouns import role_relation
from kg.language.verb_classes import class_of
from kg.ontology import OURS, expand, relation, relations, speaking
from kg.ontology.terms import core, terms
from kg.ontology.user_vocabulary import _RECORDS, read_vocabulary, vocabulary
from kg.ontology.verb_classes import verb_classes
from kg.rdf.terms import Iris
from kg.reader.pipeline import fingerprint
from kg.store.store import Store


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "eigene.toml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "brief.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_relation_of_ones_own_is_found_in_a_text(own, letter):
    said = {(c.subject.text, c.predicate.iri) for c in kg.claims(letter, relations=own)}
    assert ("Krauss", f"{SPACE}sponsors") in said
    assert SPACE not in "".join(claim.predicate.iri for claim in kg.claims(letter))


def test_what_a_file_adds(own):
    found = read_vocabulary(own)
    assert found is vocabulary(OWN)
    assert [(r.iri, r.verbs) for r in found.relations] == [
        (f"{SPACE}sponsors", ("bezuschussen",)),
        ("kg:supports", ("beistehen",)),
    ]
    assert found.relations[1].de == relation("kg:supports").de
    assert relation(f"{SPACE}sponsors", found).de == "gibt Geld an"
    assert relation(f"{SPACE}sponsors") is None
    assert terms(found)[f"{SPACE}sponsors"].en == "sponsors"
    assert terms(found)[f"{SPACE}Sponsoring"].links == (("rdfs:subClassOf", "kg:Support"),)
    assert terms(found)["kg:Conflict"].de == "Konflikt"
    assert terms().keys() == terms(found).keys() - {f"{SPACE}sponsors", f"{SPACE}Sponsoring"}
    assert expand(f"{SPACE}sponsors", "https://example.org/") == f"{SPACE}sponsors"


@pytest.mark.parametrize(
    ("lemma", "beside", "ours", "theirs"),
    [
        ("bezuschussen", {}, "kg:Fund", f"{SPACE}Sponsoring"),
        ("bezuschusst werden", {}, "kg:Fund", f"{SPACE}Sponsoring"),
        ("werben", {"prepositions": ["für"]}, "kg:Support", f"{SPACE}Sponsoring"),
        ("werben", {"prepositions": ["um"]}, None, None),
        ("sich kabbeln", {}, None, "kg:Conflict"),
        ("kaufen", {}, "schema:BuyAction", "schema:BuyAction"),
    ],
)
def test_a_class_of_ones_own_goes_before_ours(lemma, beside, ours, theirs):
    found = class_of(lemma, **beside), class_of(lemma, **beside, vocabulary=vocabulary(OWN))
    assert tuple(class_ and class_.iri for class_ in found) == (ours, theirs)


def test_words_are_spoken_inside_a_block_alone():
    before = relations()
    with speaking(vocabulary(OWN)):
        assert role_relation("Hauptsponsor").iri == f"{SPACE}sponsors"
        assert relations()[2:] == before
    assert role_relation("Hauptsponsor") is None
    assert relations() == before


def test_the_store_reads_anew_after_a_change_and_keeps_the_labels(own, letter, tmp_path):
    def is_read_with(text: str) -> bool:
        with Store(tmp_path / "a.kg", readonly=True) as store:
            return all(store.has(d, fingerprint(None, vocabulary(text).mark)) for d in store.documents())

    graph = kg.build(letter, store=tmp_path / "a.kg", relations=own)
    [fact] = [fact for fact in graph.facts if fact.predicate.startswith(SPACE)]
    assert predicate_label(fact, graph.vocabulary) == "gibt Geld an"
    assert kg.open(tmp_path / "a.kg") == graph
    assert kg.open(tmp_path / "a.kg").run.relations == OWN
    assert is_read_with(OWN)
    own.write_text(OWN.replace("bezuschussen", "unterstützen"), encoding="utf-8")
    assert not [f for f in kg.build(letter, store=tmp_path / "a.kg", relations=own).facts if SPACE in f.predicate]
    assert not is_read_with(OWN)
    assert is_read_with(own.read_text(encoding="utf-8"))
    kg.build(letter, store=tmp_path / "a.kg")
    assert is_read_with("")
    assert kg.open(tmp_path / "a.kg").run.relations == ""


def test_a_class_that_changes_asks_for_no_new_reading():
    other = OWN.replace('"bezuschussen", {', '"dotieren", {')
    assert other != OWN
    assert vocabulary(other).mark == vocabulary(OWN).mark
    assert vocabulary(OWN.replace("beistehen", "helfen")).mark != vocabulary(OWN).mark
    assert OURS.mark == ""
    assert fingerprint(None, OURS.mark) == fingerprint()


def test_a_graph_comes_back_from_rdf(own, letter, tmp_path):
    graph = kg.build(letter, relations=own)
    for name in ("a.ttl", "a.nt", "a.jsonld", "a.rdf", "a.trig"):
        graph.write(tmp_path / name, "full")
        assert kg.open(tmp_path / name) == graph, name
        assert kg.open(tmp_path / name).run == graph.run, name
    assert f"<{SPACE}sponsors>" in (tmp_path / "a.ttl").read_text(encoding="utf-8")
    assert '"gibt Geld an"@de' in (tmp_path / "a.ttl").read_text(encoding="utf-8")
    assert graph.sparql(f"ASK {{ ?a <{SPACE}sponsors> ?b }}")


@pytest.mark.slow
def test_every_worker_reads_with_it(own, tmp_path):
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(TEXT, encoding="utf-8")
    texts = [tmp_path / f"{n}.txt" for n in range(5)]
    found = [claim.predicate.iri for claim in kg.claims(texts, relations=own, workers=2)]
    assert found.count(f"{SPACE}sponsors") == 5


@pytest.mark.slow
def test_the_command_line_takes_it(own, letter, tmp_path):
    done = run("extract", letter, "--relations", own, cwd=tmp_path)
    assert f"{SPACE}sponsors" in {json.loads(line)["predicate"]["iri"] for line in done.stdout.splitlines()}
    assert run("build", letter, "-o", "a.kg", "--relations", own, cwd=tmp_path).returncode == 0
    assert "gibt Geld an" in run("show", "a.kg", "Krauss", cwd=tmp_path).stdout
    own.write_text('[[relation]]\niri = "z:a"\n', encoding="utf-8")
    done = run("extract", letter, "--relations", own, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith('the prefix z is unknown; declare it: [prefixes], z = "https://…#"\n')
    done = run("build", letter, "-o", "eigene.toml", "--relations", own, cwd=tmp_path)
    assert done.returncode == 2


def test_no_term_is_what_records_are_made_of(small_graph, letter):
    """Predicates and classes of a graph at level full are its own, but for relations and classes of verbs; so are
    those of others that stand above them: who asks for a schema:Claim finds claims."""
    letter.write_text("Felix zur Nieden, Sprecher der DVV, warnt.", encoding="utf-8")
    built = kg.build(letter)  # has a membership, and a run
    linked = replace(built, entities=tuple(replace(entity, same_as=("keine IRI",)) for entity in built.entities))
    used = set()
    for graph in (small_graph, handing_over(), linked):
        names, triples = Iris(graph.base_iri), graph.to_rdflib("full")
        used |= {names.compact(NamedNode(iri)) for iri in {*triples.predicates(), *triples.objects(None, RDF.type)}}
    used |= {"schema:Action", *(above for iri in core() for _, above in terms()[iri].links)}
    assert used.issuperset(_RECORDS)
    ours = {iri for iri in used if relation(iri) is None and iri not in verb_classes()}
    assert {"schema:Article", "schema:recipient", "prov:wasDerivedFrom", "kg:Fact", "skos:Concept"} <= ours
    for kind, iri in product(("relation", "class"), sorted(ours)):
        with pytest.raises(SourceError, match=r"means something else in kg's files|kg has no such|kg has a "):
            vocabulary(f'[[{kind}]]\niri = "{iri}"\n{LABEL}verbs = ["gehen"]')


def test_no_term_lies_among_the_records_of_a_graph(own, letter, tmp_path):
    """`z:sponsors` would be an entity of the name "sponsors" in a graph of that newspaper."""
    own.write_text(OWN.replace(SPACE, "https://zeitung.example/entity/"), encoding="utf-8")
    message = "entity/sponsors: below https://zeitung.example/entity/ are the graph's own; take another prefix"
    with pytest.raises(SourceError, match=message):
        kg.build([letter], relations=own, base_iri="https://zeitung.example/")
    kg.build([letter], store=tmp_path / "a.kg", relations=own)
    for command in (["extract", letter, "--relations", own], ["serve", tmp_path / "a.kg", "--port", "0"]):
        ended = run(*command, "--base-iri", "https://zeitung.example/", cwd=tmp_path)
        assert (ended.returncode, message in ended.stderr) == (2, True), ended.stderr


def outputs(graph, folder) -> dict[str, object]:
    """All that shows a label of a graph's relations."""
    for level in ("plain", "claims", "full"):
        graph.write(folder / f"{level}.ttl", level=level)
    for name in ("a.gexf", "a.graphml", "a.html"):
        graph.write(folder / name)
    [fact] = [fact for fact in graph.facts if SPACE in fact.predicate]
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    return written | {
        "card": str(graph.card("Krauss")),
        "cells": "".join(show._repr_html_() for show in (graph.why("Krauss"), graph.card("Krauss"), graph)),
        "facts": graph.facts_frame().to_csv(),
        "network": repr(list(graph.to_networkx().edges(data="label"))),
        "label": fact_label(graph, fact),
        "picture": graph.plot().svg,
        "query": repr(graph.sparql(f"SELECT ?l {{ <{SPACE}sponsors> rdfs:label ?l FILTER (lang(?l) = 'de') }}")),
    }


def test_each_graph_has_the_labels_it_was_built_with(own, letter, tmp_path):
    """Whatever the process read before or since: a graph says the same after another was built and written."""
    for name in ("first", "second", "again"):
        (tmp_path / name).mkdir()
    first = kg.build([letter], relations=own)
    before = outputs(first, tmp_path / "first")
    other = tmp_path / "andere.toml"
    other.write_text(OWN.replace("gibt Geld an", "greift unter die Arme"), encoding="utf-8")
    second = kg.build([letter], relations=other)
    between = outputs(second, tmp_path / "second")
    assert outputs(replace(first), tmp_path / "again") == before  # worked out anew
    for name, said in before.items():
        assert "gibt Geld an" in said, name
        assert "gibt Geld an" not in between[name], name
        assert "greift unter die Arme" in between[name], name
    assert [len(g.why("Krauss", "gibt Geld an")) for g in (first, replace(first))] == [1, 1]
    with pytest.raises(QueryError):
        second.why("Krauss", "gibt Geld an")


def test_a_relation_of_ones_own_comes_back_from_every_level(own, letter, tmp_path):
    graph = kg.build(letter, relations=own)
    said = {(f.subject, f.predicate, f.object) for f in graph.facts if f.direct}
    assert any(predicate == f"{SPACE}sponsors" for _, predicate, _ in said)
    for level in ("plain", "claims", "full"):
        graph.write(tmp_path / "a.ttl", level)
        assert {(f.subject, f.predicate, f.object) for f in kg.open(tmp_path / "a.ttl").facts if f.direct} == said, (
            level
        )


QUIT = f"""
[prefixes]
z = "{SPACE}"

[[relation]]
iri = "z:quit"
label = {{ de = "hört auf bei", en = "quits" }}
verbs = ["verlassen"]
range = ["Organization"]
"""


@pytest.mark.parametrize(("words", "above"), [("", "leftOrganization"), (QUIT, "quit")])
def test_an_open_predicate_stands_below_the_relation_it_says_after_all(tmp_path, words, above):
    """Lindau reads like a town, until a list of names says that it is a club."""
    (tmp_path / "brief.txt").write_text("Anna Weber verlässt Lindau.", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text(
        '{"label": "FC Lindau", "aliases": ["Lindau"], "type": "Organization"}\n', "utf-8"
    )
    (tmp_path / "eigene.toml").write_text(words, encoding="utf-8")
    options = {"relations": tmp_path / "eigene.toml"} if words else {}
    graph = kg.build(tmp_path / "brief.txt", gazetteer=tmp_path / "a.jsonl", **options)
    [row] = graph.sparql("SELECT ?above ?label { kgp:verlassen rdfs:subPropertyOf ?above . ?above rdfs:label ?label "
                         "FILTER (lang(?label) = 'de') }")  # fmt: skip
    assert re.split("[#/]", row["above"])[-1] == above
    assert row["label"] == ("hört auf bei" if words else "hat verlassen")
