"""Labels found as one types them: `kg:matches`."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.language.fulltext import loose_patterns, matches


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("Felix zur Nieden", "ZUR NIEDEN"),
        ("Felix zur Nieden", "nieden felix"),
        ("Jörg Müller", "Mueller"),
        ("Jörg Mueller", "müller"),
        ("Jörg Müller", "muller"),
        ("Jörg Mu\u0308ller", "müller"),
        ("Weißenburg", "weissen"),
        ("STRASSE", "straße"),
        ("Café Élysée", "cafe elysee"),
        ("DVV-Konzernsprecher", "konzern"),
        ("„Digitales Duisburg“", "duisburg"),
        ("5G LTE-Technologie", "5g"),
    ],
)
def test_finds(label, wanted):
    assert matches(label, wanted)


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("Felix zur Nieden", "eden"),
        ("Felix zur Nieden", "nieden karin"),
        ("Bauer", "Baur"),
        ("Mueller", "muller"),
        ("Duisburg", ""),
        ("Duisburg", "–"),
        ("", "duisburg"),
    ],
)
def test_does_not_find(label, wanted):
    assert not matches(label, wanted)


def test_in_a_query(small_graph):
    query = 'SELECT ?l { ?s a schema:Person ; rdfs:label ?l FILTER(kg:matches(?l, "SOEREN")) }'
    assert small_graph.sparql(query) == [{"l": "Sören Link"}]
    assert small_graph.sparql('ASK { FILTER(!kg:matches(kge:Huawei, "huawei")) }')
    assert small_graph.sparql("ASK { BIND(2018 AS ?l) FILTER kg:matches(?l, '20') }")


@pytest.mark.parametrize("label", ["Donaudampfschifffahrts" * 50, " ".join(f"wort{i}" for i in range(500))])
def test_long_labels_in_a_query(small_graph, label):
    assert small_graph.sparql(f"ASK {{ VALUES ?l {{ '{label}' }} FILTER(kg:matches(?l, '{label}')) }}")
    assert not small_graph.sparql(f"ASK {{ VALUES ?l {{ '{label}' }} FILTER(kg:matches(?l, '{label}x')) }}")


URN = pyoxigraph.NamedNode("urn:a")
LETTERS = st.text("aeouäöüsßtmn éèçñšłøæ-.„“1 AEÖSẞŠﬁĳ½µſ\u0308\u0301", max_size=12)


@given(label=LETTERS, wanted=LETTERS, cut=st.integers(0, 12))
@example("ŒUVRE ﬁn", "fin", 0)
def test_no_label_is_lost_by_the_patterns_that_go_before(label, wanted, cut):
    """Also where what is looked for is a piece of the label, else few examples match."""
    for asked in (wanted, label[cut:], label.replace("ü", "ue").replace("ö", "oe").upper()):
        if matches(label, asked):
            for pattern in loose_patterns(asked):
                store = pyoxigraph.Store()
                store.add(pyoxigraph.Quad(URN, URN, pyoxigraph.Literal(label)))
                assert store.query(f'ASK {{ ?s ?p ?l FILTER REGEX(?l, "{pattern}", "i") }}'), (label, asked, pattern)


def test_the_patterns_leave_out_most():
    assert re.search(loose_patterns("Müller")[0], "moeller") is None
    assert re.search(loose_patterns("huawei")[0], "duisburg") is None
