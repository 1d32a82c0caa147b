"""Who is named together: how many sentences, paragraphs or documents name both, and the evidence for it.

The texts are small, and their names marked by hand: `tests/named_together.py` says how.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from named_together import TWO, corpus, three_texts, weights

from kg.errors import KgError, QueryError
from kg.knowledge_graph import KnowledgeGraph
from kg.records import UNITS, Argument, Claim, Document, Entity, Mention, Predicate


@pytest.fixture(scope="module")
def press() -> KnowledgeGraph:
    return three_texts()


@pytest.mark.parametrize(
    ("texts", "sentence", "paragraph", "document"),
    [
        (
            [TWO],
            {"Krause Link": 2, "Krause Stade": 1, "Link Stade": 1, "Rat Stade": 1},
            {"Krause Link": 1, "Krause Stade": 1, "Link Stade": 2, "Rat Stade": 1, "Link Rat": 1},
            {"Krause Link": 1, "Krause Stade": 1, "Link Stade": 1, "Rat Stade": 1, "Link Rat": 1, "Krause Rat": 1},
        ),
        # Each unit counts once for a pair, and nobody is named together with himself.
        (["{Link:Link} und {Krause:Krause}, {Link:Link} und {Krause:Krause}."], *[{"Krause Link": 1}] * 3),
        (["{Link:Link} lobte {Link:Link}."], {}, {}, {}),
        # Who means somebody names him; what has no name of its own is no node.
        (["{Link:Link} kam. / {Krause:Krause} sah {ihn:Link:pronoun}."], *[{"Krause Link": 1}] * 3),
        (["Der {Rat:Rat} sieht ein {Risiko:Risiko:nominal}."], {}, {}, {}),
        (["{Rat:Rat:part}schef {Link:Link} kam."], *[{"Link Rat": 1}] * 3),
        # Two documents count twice; the same text counts once, however its umlauts are written.
        (["{Link:Link} traf {Krause:Krause}.", "{Krause:Krause} kam mit {Link:Link}."], *[{"Krause Link": 2}] * 3),
        (["{Link:Link} rügte {Krause:Krause}.", "{Link:Link} ru\u0308gte {Krause:Krause}."], *[{"Krause Link": 1}] * 3),
        # Copies in which others are meant say both, and nothing that no copy says.
        (
            ["{Link:Link} rügte {Krause:Krause}.", "{Link:Anna} rügte {Krause:Krause}."],
            *[{"Krause Link": 1, "Anna Krause": 1}] * 3,
        ),
        ([], {}, {}, {}),
    ],
)  # fmt: skip
def test_how_many_units_name_both(texts, sentence, paragraph, document):
    graph = corpus({f"d{number}": text for number, text in enumerate(texts)})
    found = [graph.cooccurrence(unit) for unit in UNITS]
    assert [weights(network) for network in found] == [sentence, paragraph, document]
    for network, unit in zip(found, UNITS, strict=True):
        assert type(network) is nx.Graph
        assert network.graph == {"unit": unit}
        assert not list(nx.selfloop_edges(network))
        assert not list(nx.isolates(network))
        assert list(network) == sorted(network)


def test_mentions_without_a_number_are_in_no_sentence():
    graph = corpus({"d": "{Link:Link} traf {Krause:Krause}."})
    entities = (replace(e, mentions=tuple(replace(m, sentence=0) for m in e.mentions)) for e in graph.entities)
    graph = replace(graph, entities=tuple(entities))
    assert [weights(graph.cooccurrence(unit)) for unit in UNITS] == [{}, {"Krause Link": 1}, {"Krause Link": 1}]
    edge = graph.cooccurrence("document").edges["Link", "Krause"]
    assert edge["evidence"] == "Link traf Krause. … Link traf Krause."


def test_attributes(press):
    network = press.cooccurrence("sentence")
    assert network.nodes["Link"] == {
        "label": "Link",
        "type": "Person",
        "kind": "",
        "aliases": "",
        "description": "",
        "weight": 2,
        "mentions": 6,
        "units": 5,
        "first_date": "2018-01",
        "last_date": "2022-04-01",
    }
    assert network.edges["Link", "Krause"] == {
        "weight": 3,
        "documents": "a | b | c",
        "first_date": "2018-01",
        "last_date": "2022-04-01",
        "evidence": "Sören Link traf Ina Krause in Stade.",
    }
    assert network.edges["Krause", "Rat"] == {
        "weight": 1,
        "documents": "d",
        "first_date": "",
        "last_date": "",
        "evidence": "Im Rat saß Ina Krause.",
    }
    assert [network.nodes[id]["units"] for id in ("Krause", "Rat", "Stade")] == [4, 2, 2]


def test_a_name_inside_a_longer_one_is_no_mention_more():
    graph = corpus({"d": "{Sören Link:Link} traf {Krause:Krause}."})
    [inner] = [replace(m, start=6, text="Link", name="Link") for m in graph.entity("Link").mentions]
    entities = tuple(replace(e, mentions=(*e.mentions, inner)) if e.id == "Link" else e for e in graph.entities)
    found = replace(graph, entities=entities).cooccurrence("sentence")
    assert nx.utils.graphs_equal(found, graph.cooccurrence("sentence"))


@pytest.mark.parametrize(
    ("text", "unit", "evidence"),
    [
        ("Am 12. Mai kam {Link:Link}. / Dr. {Krause:Krause} sah {Link:Link}. / Er ging.", "sentence", "Dr. Krause sah Link."),
        ("Da waren {Link:Link} bzw. {Krause:Krause} vom Bau usw. Mehr weiß man nicht.", "document",
         "Da waren Link bzw. Krause vom Bau usw."),
        ("Da war Frau Prof. {Krause:Krause} mit Ing. {Link:Link}, vgl. Mrd. Euro. Mehr nicht.", "document",
         "Da war Frau Prof. Krause mit Ing. Link, vgl. Mrd. Euro."),
        ("{Link:Link} kam. / {Er:Link:pronoun} sah {Krause:Krause}. / {Krause:Krause} sah {Link:Link}.", "document",
         "Krause sah Link."),
        ("{Link:Link} kam. / {Er:Link:pronoun} sah {Krause:Krause}. / Er ging.", "paragraph", "Er sah Krause."),
        ("{Krause:Krause} kam. / Es war spät. / „{Link:Link} fehlt!“ / Er ging.", "paragraph", "Krause kam. … „Link fehlt!“"),
        (f"{{Krause:Krause}} {'und so ' * 100}weiter kam mit {{Link:Link}}. / Er ging.", "document",
         f"Krause {'und so ' * 100}weiter kam mit Link."),
        (f"{'Und so ' * 100}weiter kam {{Krause:Krause}} mit {{Link:Link}}.", "document",
         f"…{('Und so ' * 100 + 'weiter kam ')[-300:]}Krause mit Link."),
    ],
)  # fmt: skip
def test_evidence(text, unit, evidence):
    edge = corpus({"d": text}).cooccurrence(unit).edges["Krause", "Link"]
    assert " ".join(edge["evidence"].split()) == " ".join(evidence.split())


def test_evidence_is_the_sentence_of_a_claim_where_there_is_one():
    """The parser knows better than full stops do where a sentence ends."""
    graph = corpus({"d": "Der Bhf. Nord war zu. Das sah {Krause:Krause} bzw. {Link:Link}. Sie lachten."})
    [document] = graph.documents
    end = document.text.index(" Sie")
    nothing = Argument(0, 3, "Der", "Thing")
    claim = Claim("d", document.span(0, end), nothing, Predicate("sehen", "kgp:sehen", ((0, 3),), "sah"), nothing)
    network = replace(graph, claims=(claim,)).cooccurrence()
    assert network.edges["Krause", "Link"]["evidence"] == document.text[:end]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"min_weight": 2}, {"Krause Link": 3}),
        ({"min_weight": 4}, {}),
        ({"types": ["Person"]}, {"Krause Link": 3}),
        ({"types": ("Person", "Organization")}, {"Krause Link": 3, "Krause Rat": 1}),
        ({"types": "Place"}, {}),
        ({"since": "2019"}, {"Krause Link": 1}),
        ({"since": "2018-01-31", "until": "2018-02"},
         {"Krause Link": 2, "Krause Stade": 1, "Link Stade": 1, "Rat Stade": 1}),
        ({"since": "2030"}, {}),
        ({"around": "rat"}, {"Rat Stade": 1, "Krause Rat": 1, "Krause Stade": 1}),
        ({"around": "Link", "types": "Person"}, {"Krause Link": 3}),
        ({"around": "Rat", "hops": 2, "min_weight": 1, "until": "2018-01"},
         {"Krause Link": 2, "Krause Stade": 1, "Link Stade": 1, "Rat Stade": 1}),
    ],
)  # fmt: skip
def test_filters(press, filters, found):
    assert weights(press.cooccurrence("sentence", **filters)) == found


def test_nodes_of_a_time_count_what_is_of_that_time(press):
    node = press.cooccurrence("sentence", since="2019").nodes["Link"]
    assert (node["weight"], node["mentions"], node["units"]) == (1, 3, 2)
    assert (node["first_date"], node["last_date"]) == ("2022-04-01", "2022-04-01")


@pytest.mark.parametrize(
    ("args", "error", "message"),
    [
        ({"unit": "clause"}, KgError, "unit='clause' must be one of sentence, paragraph, document"),
        ({"types": ["Mensch"]}, KgError, "must be one of Person, Organization"),
        ({"since": "gestern"}, QueryError, "gestern: no date"),
        ({"since": "2022", "until": "2018"}, QueryError, "ends before it begins"),
        ({"around": "Meier"}, QueryError, "Meier: no entity of that name"),
        ({"around": "Stade", "min_weight": 2}, QueryError, "Stade: named together with nothing that passes"),
        ({"hops": 0}, KgError, "a whole number from 1 on"),
    ],
)
def test_what_cannot_be_meant(press, args, error, message):
    with pytest.raises(error, match=re.escape(message)):
        press.cooccurrence(**args)


def test_a_text_with_thousands_of_names_is_no_network():
    """A list of 800 names has 319,600 pairs, one of 4,000 eight million: soon said, and not drawn for minutes."""
    for names, message in ((800, "319,600 pairs are named together"), (4000, "more than 5,000,000 pairs")):
        labels = [f"Name{n:04}" for n in range(names)]
        entities = tuple(
            Entity(
                f"kge:{label}",
                "Person",
                label,
                mentions=(Mention("a", 9 * n, 9 * n + 8, label, "name", "Person", label),),
            )
            for n, label in enumerate(labels)
        )
        graph = KnowledgeGraph((Document("a", " ".join(labels)),), entities, ())
        with pytest.raises(QueryError, match=f"{message}.*raise the least weight"):
            graph.cooccurrence("document")
        assert not graph.cooccurrence("sentence")


@pytest.mark.slow
def test_around_one_name_a_text_with_hundreds_of_others_does_not_count():
    """750 names in another text have 280,875 pairs, of which none is asked for; a list of 4,000 is too long to look at."""
    many = " ".join(f"{{Name{n}:N{n}}}" for n in range(750))
    graph = corpus({"a": "{Krause:Krause} traf {Link:Link}.", "b": many})
    with pytest.raises(QueryError, match=r"280,876 pairs .* or what is around one name"):
        graph.cooccurrence("document")
    assert weights(graph.cooccurrence("document", around="Link", hops=2)) == {"Krause Link": 1}
    with pytest.raises(QueryError, match="280,875 pairs"):
        graph.cooccurrence("document", around="N7")


def test_a_graph_without_mentions_does_not_tell_who_is_named_where(press):
    graph = replace(press, entities=tuple(replace(entity, mentions=()) for entity in press.entities))
    with pytest.raises(KgError, match=r"take its \.kg store, or RDF of level full"):
        graph.cooccurrence()


def test_rdf_of_level_full_has_the_same_network(press, tmp_path):
    import kg

    press.write(tmp_path / "a.nt", "full")
    again = kg.open(tmp_path / "a.nt")
    for unit in UNITS:
        assert nx.utils.graphs_equal(again.cooccurrence(unit), press.cooccurrence(unit))


NAMES = st.sampled_from(["Anna", "Benno", "Cem", "Dora"])
SENTENCE = st.lists(NAMES, max_size=3).map(lambda ids: f"Da {' und '.join(f'{{{id}:{id}}}' for id in ids)} kam.")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=3).map(" / ".join)
TEXT = st.lists(PARAGRAPH, min_size=1, max_size=3).map("\n\n".join)


@given(st.lists(TEXT, max_size=4))
def test_what_weights_cannot_be(texts):
    """A sentence is in one paragraph, that in one document; a pair is named no more often than either of it."""
    graph = corpus({f"d{number}": text for number, text in enumerate(texts)})
    sentence, paragraph, document = (graph.cooccurrence(unit) for unit in UNITS)
    assert set(weights(sentence)) <= set(weights(paragraph)) <= set(weights(document))
    for network in (sentence, paragraph, document):
        for one, other, edge in network.edges(data=True):
            ends = network.nodes[one], network.nodes[other]
            assert 1 <= edge["weight"] <= min(end["units"] for end in ends)
            assert set(edge["documents"].split(" | ")) <= {each.id for each in graph.documents}
        for node in network.nodes.values():
            assert 1 <= node["weight"] <= node["units"] <= node["mentions"]
    for network in (sentence, paragraph):
        for *ends, edge in network.edges(data=True):
            assert set(edge["documents"].split(" | ")) <= set(document.edges[ends]["documents"].split(" | "))
    for *ends, edge in document.edges(data=True):
        assert edge["weight"] <= len(edge["documents"].split(" | "))
        assert edge["weight"] <= min(document.nodes[end]["weight"] for end in ends)


def test_the_order_of_what_is_given_does_not_matter(press, tmp_path):
    for number, documents in enumerate(itertools.permutations(press.documents)):
        shuffled = replace(press, documents=documents, entities=press.entities[::-1])
        shuffled.write_cooccurrence(tmp_path / f"{number}.gexf", "paragraph")
        assert (tmp_path / f"{number}.gexf").read_bytes() == (tmp_path / "0.gexf").read_bytes()
