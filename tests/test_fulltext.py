"""Labels found as one types them: `kg:matches`."""

from __future__ import annotations

import pytest

from kg.fulltext import matches


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
    assert small_graph.sparql('ASK { BIND(kg:matches(kge:Huawei, "huawei") AS ?x) FILTER(!BOUND(?x)) }')
