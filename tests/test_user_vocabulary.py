"""A user's own relations and classes: `kg build --relations eigene.toml`, from the file to every output."""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from commands import run
from handing_over import handing_over
from pyoxigraph import NamedNode
from rdflib import RDF

import kg
from kg.errors import QueryError, SourceError
from kg.graph.labels import fact_label, predicate_label
from kg.language.nouns import role_relation
from kg.language.verb_classes import class_of
from kg.ontology import OURS, expand, relation, relations, speaking
from kg.ontology.terms import core, terms
from kg.ontology.user_vocabulary import _RECORDS, kept_vocabulary, read_vocabulary, vocabulary
from kg.ontology.verb_classes import verb_classes
from kg.rdf.terms import Iris
from kg.reader.pipeline import fingerprint
from kg.store.store import Store

SPACE = "https://zeitung.example/begriffe#"
OWN = f"""
[prefixes]
z = "{SPACE}"

[[relation]]
iri = "z:sponsors"
label = {{ de = "gibt Geld an", en = "sponsors" }}
nouns = ["Hauptsponsor"]
verbs = ["bezuschussen"]
domain = ["Person", "Organization"]

[[relation]]
iri = "kg:supports"
verbs = ["beistehen"]

[[class]]
iri = "z:Sponsoring"
label = {{ de = "Sponsoring", en = "sponsoring" }}
broader = "kg:Support"
verbs = ["bezuschussen", {{ verb = "werben", with = ["für"] }}]

[[class]]
iri = "kg:Conflict"
verbs = ["sich kabbeln"]
"""
TEXT = "Der Konzern Krauss bezuschusst den FC Lindau. Angela Merkel besuchte Paris."


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


def test_every_worker_reads_with_it(own, tmp_path):
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(TEXT, encoding="utf-8")
    texts = [tmp_path / f"{n}.txt" for n in range(5)]
    found = [claim.predicate.iri for claim in kg.claims(texts, relations=own, workers=2)]
    assert found.count(f"{SPACE}sponsors") == 5


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


LABEL = 'label = { de = "a", en = "b" }\n'
RELATION = f'[prefixes]\nz = "{SPACE}"\n[[relation]]\niri = "z:a"\n'
CLASS = RELATION.replace("relation", "class")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("iri = x", r"no valid TOML \(.*line 1.*\); mend it there"),
        ("[relations]\n", r'the file: "relations" is unknown; did you mean relation\?'),
        ("[prefixes]\n", r"no entry in it; write a \[\[relation\]\] or a \[\[class\]\], or leave it out"),
        ("relation = 3", r"relation is no list of tables; write \[\[relation\]\] above each entry"),
        ("prefixes = 3", r"prefixes is no table; write \[prefixes\].*"),
        ('[prefixes]\nkg = "https://a.b/#"', "prefix kg: is one of kg's own; take another name for it"),
        ('[prefixes]\nZ = "https://a.b/#"', "prefix Z: is no name of a prefix; write small letters and digits, such as z"),
        ('[prefixes]\nz = "a.b"', 'prefix z: "a.b" is no namespace; write an address that ends in # or /'),
        ('[prefixes]\nz = "https://schema.org/x/"', "prefix z: https://schema.org/x/ is kg's own schema; take an address of yours"),
        ('[prefixes]\nz = "https://schema.org/"', "prefix z: https://schema.org/ is kg's own schema; take an address of yours"),
        ('[[relation]]\niri = "y:a"', r'relation 1 \(y:a\): the prefix y is unknown; declare it: .*'),
        ('[[relation]]\niri = "a b"', r'relation 1 \(a b\): iri "a b" is no compact IRI; write it as prefix:name'),
        ("[[relation]]\n", r"relation 1 \(no iri\): iri is missing or no text; write it as prefix:name"),
        ('[[relation]]\niri = "kge:a"', r"relation 1 \(kge:a\): kge:a means something else in kg's files; .*"),
        ('[[relation]]\niri = "kg:neu"', r"relation 1 \(kg:neu\): kg has no such relation; declare a prefix of yours .*"),
        ('[[class]]\niri = "kg:supports"', r"class 1 \(kg:supports\): kg has a relation of that name; .*"),
        (f'[[relation]]\niri = "kg:supports"\n{LABEL}', r"relation 1 \(kg:supports\): kg has it, .* delete label"),
        (RELATION, r"relation 1 \(z:a\): needs a German and an English label; write label = .*"),
        (RELATION + LABEL, r"relation 1 \(z:a\): no word says it; write nouns, verbs or passives"),
        (RELATION + LABEL + 'verbs = "a"', r'relation 1 \(z:a\): verbs is no list of words; write verbs = .*'),
        (RELATION + LABEL + 'verb = ["a"]', r'relation 1 \(z:a\): "verb" is unknown; did you mean verbs\?'),
        (RELATION + LABEL + 'verbs = ["a"]\nexact = 3', r"relation 1 \(z:a\): exact is neither true nor false; .*"),
        (RELATION + LABEL + 'verbs = ["a"]\ndomain = ["Firma"]', r'.*: domain "Firma" is unknown; take of Agreement, .*'),
        (RELATION + LABEL + 'verbs = ["a"]\n' + RELATION.partition("\n[[")[2].join(["[[", LABEL + 'verbs = ["a"]']),
         r"relation 2 \(z:a\): is there already, as relation 1; make one entry of both"),
        (CLASS + LABEL, r'class 1 \(z:a\): no verb is of it; write verbs = \["…"\]'),
        (CLASS + LABEL + 'verbs = ["fördert"]', r'class 1 \(z:a\): "fördert" is no infinitive; write it as .*'),
        (CLASS + LABEL + "verbs = [3]", r"class 1 \(z:a\): 3 is no verb; write .*"),
        (CLASS + LABEL + 'verbs = [{ verb = "gehen", mit = ["zu"] }]', r'class 1 \(z:a\), verbs: "mit" is unknown; .*'),
        (CLASS + LABEL + 'verbs = ["gehen", "gehen"]', r'class 1 \(z:a\): "gehen" is in class 1 already; tell them .*'),
        (CLASS + LABEL + 'verbs = ["gehen"]\nbroader = "z:b"', r"class 1 \(z:a\): broader .*#b is no class; .*"),
        (CLASS + LABEL + 'verbs = ["gehen"]\nbroader = "z:a"', r"class 1 \(z:a\): stands below itself; .*"),
        # what structures kg's own files, and numbers that Python does not write out
        *(
            (f'[[{kind}]]\niri = "{iri}"\n' + LABEL + 'verbs = ["gehen"]', rf"{kind} 1 \({iri}\): {iri} means .*; take a prefix of yours")
            for kind, iri in (("class", "schema:Person"), ("class", "org:Role"), ("relation", "rdf:type"), ("relation", "owl:sameAs"),
                              ("relation", "schema:sameAs"), ("relation", "skos:altLabel"), ("relation", "schema:description"))
        ),
        ("a." * 150_000 + "b = 1", r"more than 1,000,000 characters, or 200 dots in a line; .*"),
        ("x = " + "9" * 5000, r"no valid TOML .*"),
        ("[[relation]]\niri = 0x" + "f" * 5000, r"a number stands in the place of a text .*"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_one_line(tmp_path, text, message):
    path = tmp_path / "eigene.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as raised:
        read_vocabulary(path)
    assert re.fullmatch(f"{re.escape(str(path))}: {message}", str(raised.value)), str(raised.value)


LONG = "z" * 900_000


@pytest.mark.parametrize(
    "text",
    [
        f'[[relation]]\niri = "{LONG}"',
        f'[[relation]]\niri = "{LONG}:a"',
        f'[[relation]]\niri = "kge:{LONG}"',
        f'[[relation]]\niri = "kg:{LONG}"',
        '[[relation]]\niri = """y:a\nb"""',
        f'[prefixes]\nz = "{LONG}"',
        f'[prefixes]\n{LONG} = "https://a.b/#"',
        f'[prefixes]\nA{LONG} = "https://a.b/#"',
        f"{LONG} = 1\n{LONG} = 1",
        RELATION + f"{LONG} = 1",
        RELATION.replace("z:a", f"z:{LONG}"),
        RELATION + LABEL + f'verbs = ["a"]\ndomain = ["{LONG}"]',
        CLASS + LABEL + f'verbs = ["{LONG}"]',
        CLASS + LABEL + f'verbs = [{{ verb = "gehen", {LONG} = 3 }}]',
        CLASS + LABEL + f'verbs = ["gehen"]\nbroader = "z:{LONG}"',
        CLASS.replace("z:a", f"z:{LONG}") + LABEL + f'verbs = ["{LONG}n", "{LONG}n"]',
    ],
    ids=range(16),
)
def test_what_is_wrong_is_a_line_that_fits_a_terminal(text):
    with pytest.raises(SourceError) as raised:
        vocabulary(text, "eigene.toml")
    assert len(str(raised.value)) < 400
    assert len(str(raised.value).splitlines()) == 1


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


def test_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "a.toml").write_bytes(b'[[relation]]\niri = "\xff"')
    (tmp_path / "b.toml").write_text("#" * 9_000_000, encoding="utf-8")
    os.mkfifo(tmp_path / "c.toml")
    for path, reason in (
        (tmp_path / "a.toml", "not UTF-8 at byte 20"),
        (tmp_path / "b.toml", "more than 1,000,000 characters"),
        (tmp_path / "c.toml", "is a pipe, no file; name a .toml file"),
        (Path("/dev/zero"), "is a device, no file"),
        (tmp_path, "cannot be read"),
    ):
        with pytest.raises(SourceError, match=f"^{re.escape(str(path))}: {reason}"):
            read_vocabulary(path)


def test_a_graph_whose_relations_this_kg_does_not_take_opens_all_the_same(caplog):
    assert kept_vocabulary("[[relation]]", "a.kg") is OURS
    assert "a.kg: its relations: relation 1 (no iri): iri is missing" in caplog.text
    assert "without their labels, and no fact has one of its classes" in caplog.text
    caplog.clear()
    assert kept_vocabulary("[[relation]]") is OURS
    assert not caplog.text


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
