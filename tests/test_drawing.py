"""Files for Gephi: GraphML and GEXF as networkx reads them, tables as Gephi and neo4j-admin do, whatever the texts hold."""

from __future__ import annotations

import csv
import io
import os
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import FormatError
from kg.formats import TABLE_FILES, check_output, tables
from kg.formats.network import graphml
from kg.formats.network.drawing import EDGE_COLUMNS, NODE_COLUMNS, drawn_edges, drawn_nodes
from kg.graph.network import Edge, Node, network
from kg.graph.styling import STANCE_COLORS, TYPE_COLORS
from kg.knowledge_graph import KnowledgeGraph
from kg.records import DRAWN, Document, Entity, Fact, Mention
from kg.system.xml import allowed, allowed_id, as_attribute, escaped, escaped_at_once, escaped_id

VIZ = "{http://gexf.net/1.3/viz}"
GEXF = "{http://gexf.net/1.3}"

# All code points: lone surrogates, control characters and noncharacters too, which Python strings can hold.
anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)


def read_graphml(path) -> nx.MultiDiGraph:
    return nx.read_graphml(path, force_multigraph=True, edge_key_type=str)


def rgb(color: str) -> dict[str, int]:
    return dict(zip("rgb", bytes.fromhex(color[1:]), strict=True))


def test_columns_are_the_attributes(small_graph):
    for columns, rows in ((NODE_COLUMNS, drawn_nodes(small_graph)), (EDGE_COLUMNS, drawn_edges(small_graph))):
        for row in rows:
            assert {name: type(value) for name, value in row.attributes.items()} == dict(columns)


def test_nodes_are_drawn_by_type_and_weight(small_graph):
    found = {node.id: node.attributes for node in drawn_nodes(small_graph, "all")}
    assert {id: look["color"] for id, look in found.items()} == {
        id: TYPE_COLORS[look["type"]] for id, look in found.items()
    }
    assert found["Duisburg"]["size"] > found["RhineCloud"]["size"]
    assert found["Sören_Link"]["community"] == found["Duisburg"]["community"] != found["Prüfung"]["community"]


def test_edges_are_drawn_by_how_they_stand(small_graph):
    drawn = drawn_edges(small_graph, "all")
    found = {edge.id: (edge.attributes["stance"], edge.attributes["color"]) for edge in drawn}
    stances = {"a1": "direct", "b2": "direct", "c3": "denied", "d4": "claimed", "e5": "open"}
    stances |= dict.fromkeys(("f6", "f6.1", "f6.2", "f6.3"), "direct")
    assert found == {id: (stance, STANCE_COLORS[stance]) for id, stance in stances.items()}


@pytest.mark.parametrize("concepts", [None, *DRAWN])
def test_graphml_comes_back_as_it_was(small_graph, tmp_path, concepts):
    small_graph.write(tmp_path / "a.graphml", concepts=concepts)
    found = read_graphml(tmp_path / "a.graphml")
    expected = nx.MultiDiGraph()
    for id, look in drawn_nodes(small_graph, concepts):
        expected.add_node(id, **look, **rgb(look["color"]))
    for id, source, target, look in drawn_edges(small_graph, concepts):
        expected.add_edge(source, target, key=id, **look, **rgb(look["color"]))
    found.graph.clear()  # the reader's own notes
    assert nx.utils.graphs_equal(found, expected)


@pytest.mark.parametrize("concepts", [None, *DRAWN])
def test_gexf_comes_back_as_it_was(small_graph, tmp_path, concepts):
    small_graph.write(tmp_path / "a.gexf", concepts=concepts)
    found = nx.read_gexf(tmp_path / "a.gexf")
    elsewhere = ("x", "y", "size", "color")
    assert dict(found.nodes(data=True)) == {
        id: {name: value for name, value in look.items() if name not in elsewhere}
        | {"viz": {
            "color": rgb(look["color"]) | {"a": 1.0},
            "size": look["size"],
            "position": {"x": look["x"], "y": look["y"], "z": 0.0},
        }}
        for id, look in drawn_nodes(small_graph, concepts)
    }  # fmt: skip
    read = {look["id"]: look for _, _, look in found.edges(data=True)}
    assert sorted(read) == sorted(edge.id for edge in drawn_edges(small_graph, concepts))
    for id, source, target, look in drawn_edges(small_graph, concepts):
        assert found.edges[source, target] is read[id]
        spells = read[id].pop("spells", None)
        assert spells == SPELLS.get(id)
        assert read[id] == {name: value for name, value in look.items() if name != "color"} | {"id": id}


SPELLS = {
    "a1": [("2018-01-01", "2022-04-01")],  # from the first document to the last
    "b2": [("2018-01-12", "2018-01-12")],
    "c3": [("2022-04-01", "2022-04-01")],
    "c3.0.1": [("2022-04-01", "2022-04-01")],  # through a phrase
    "d4": [("2023-01-01", "2023-12-31")],  # since 2023, as a document of 2022 says
    "e5": [("2018-01-01", "2018-01-31")],
}  # the text of f6 has no date


def test_gexf_has_one_block_of_attributes_a_class_and_colours_for_edges(small_graph, tmp_path):
    small_graph.write(tmp_path / "a.gexf")
    root = ElementTree.parse(tmp_path / "a.gexf").getroot()
    assert [block.get("class") for block in root.iter(f"{GEXF}attributes")] == ["node", "edge"]
    colors = [edge.find(f"{VIZ}color").attrib for edge in root.iter(f"{GEXF}edge")]
    expected = [
        {name: str(value) for name, value in rgb(e.attributes["color"]).items()} for e in drawn_edges(small_graph)
    ]
    assert colors == expected


def test_an_edge_without_dates_has_no_spell(tmp_path):
    entities = (Entity("A", "Person", "A"), Entity("B", "Person", "B"))
    KnowledgeGraph((), entities, (Fact("1", "A", "kgp:x", "x", "B"),)).write(tmp_path / "a.gexf")
    assert list(ElementTree.parse(tmp_path / "a.gexf").getroot().iter(f"{GEXF}spell")) == []


@pytest.mark.parametrize("name", ["a.graphml", "a.gexf"])
def test_holds_no_character_that_xml_forbids(tmp_path, name):
    mention = Mention("d\0", 0, 1, "x", "named", "Thing", "x")
    entities = (Entity("A\x0c", "Thing", "A\x0cB\ufffe 😀\r\n"), Entity("B", "Thing", "B", mentions=(mention,)))
    facts = (Fact("1", "A\x0c", "kgp:x", "x", "B"), Fact("2", "B", "kgp:x", "x", "", "nur\x01"))
    KnowledgeGraph((Document("d\0", ""),), entities, facts).write(tmp_path / name, concepts="all")
    found = read_graphml(tmp_path / name) if name == "a.graphml" else nx.read_gexf(tmp_path / name)
    assert found.nodes["A%0C"]["label"] == "A\ufffdB\ufffd 😀\r\n"
    assert sorted(found.edges()) == [("A%0C", "B"), ("B", "literal:nur%01")]


@given(anything)
def test_any_text_comes_back_from_xml(text):
    document = ElementTree.fromstring(f'<a b="{escaped(text)}" c="{escaped_id(text)}">{escaped(text)}</a>'.encode())
    assert (document.text or "") == document.get("b") == allowed(text)
    assert document.get("c") == allowed_id(text)


@given(st.lists(anything))
def test_many_texts_are_escaped_as_each_is(texts):
    assert escaped_at_once(texts) in (None, [escaped(text) for text in texts])


@given(st.lists(st.text("Aäß „“&<>\"'😀")))
def test_texts_that_need_no_care_are_escaped_at_once(texts):
    assert escaped_at_once(texts) == [escaped(text) for text in texts]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)
@given(values, values)
def test_any_value_is_an_attribute_of_graphml_or_none(one, other):
    stream = io.BytesIO()
    given = [Node("a", {"v": one, "unbekannt": other})], [Edge("1", "a", "a", {"w": other})]
    graphml.write_elements(stream, *given, {"v": str}, {"w": str})
    stream.seek(0)
    found = read_graphml(stream)
    for attributes, name, value in ((found.nodes["a"], "v", one), (found.edges["a", "a", "1"], "w", other)):
        text = as_attribute(value)
        assert attributes == ({} if text is None else {name: allowed(text)})


def test_files_are_written_as_they_come():
    """Nothing is held back until the end: an endless stream of nodes fills the file."""
    stream, most = io.BytesIO(), 100_000

    def endless():
        number = 0
        while stream.tell() < most:
            number += 1
            yield Node(str(number), {"label": "Duisburg"})

    graphml.write_elements(stream, endless(), [])
    assert stream.tell() >= most


def read_table(path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tables_have_the_columns_of_gephi_and_neo4j(small_graph, tmp_path):
    small_graph.write(f"{tmp_path}/duisburg/")
    assert sorted(os.listdir(tmp_path / "duisburg")) == sorted(TABLE_FILES)
    found = [read_table(tmp_path / "duisburg" / name) for name in TABLE_FILES]
    whole = network(small_graph, "all")
    assert [(row["Id"], row["Label"], row["weight"]) for row in found[0]] == [
        (node.id, node.attributes["label"], str(node.attributes["weight"])) for node in whole.nodes()
    ]
    assert [(row["Source"], row["Target"], row["Id"], row["Label"], row["Weight"]) for row in found[1]] == [
        (e.source, e.target, e.id, e.attributes["label"], str(e.attributes["weight"])) for e in whole.edges()
    ]
    assert all(row[":ID"] == row["Id"] and row[":LABEL"] == row["type"] for row in found[0])
    assert {row["Type"] for row in found[1]} == {"Directed"}
    assert [row[":TYPE"] for row in found[1]] == [
        *("headOf", "signed", "uses", "abschließen", "beliefern"),
        *["übergeben"] * 4,
    ]
    assert [(row["fact"], row["role"], row["core"]) for row in found[1][-4:]] == [
        ("f6", "object", "true"),
        ("f6", "manner", "false"),
        ("f6", "place", "false"),
        ("f6", "recipient", "false"),
    ]
    assert all((row[":START_ID"], row[":END_ID"]) == (row["Source"], row["Target"]) for row in found[1])
    texts = small_graph.documents_by_id
    for row in found[2]:
        assert row["sentence"] == texts[row["document"]].text[int(row["start"]) : int(row["end"])]
    assert [row["fact"] for row in found[2]] == ["a1", "a1", "b2", "c3", "d4", "e5", "f6", "g7"]
    assert [row["speaker"] for row in found[2]] == ["", "", "", "", "Jan Weidenfeld", "", "", ""]
    assert [(row["object"], row["roles"]) for row in found[2][-2:]] == [
        ("die Schlüssel", "recipient: Nele Prinz | place: in Stade | manner: nur ungern"),
        ("", ""),
    ]


def test_table_names_are_told_alike():
    assert tuple(tables.TABLES) == TABLE_FILES


def test_a_row_is_one_line(tmp_path):
    graph = KnowledgeGraph(
        (), (Entity("A\n", "Thing", 'A\r\n"B", C\0'),), (Fact("1", "A\n", "kgp:x", "x", "", "a\nb\ud800"),)
    )
    graph.write(f"{tmp_path}/a/")
    assert [row["Label"] for row in read_table(tmp_path / "a" / "nodes.csv")] == ['A "B", C\ufffd', "a b\ufffd"]
    ends = {(row["Source"], row["Target"]) for row in read_table(tmp_path / "a" / "edges.csv")}
    assert ends == {("A%0A", "literal:a%0Ab%D800")}
    assert len((tmp_path / "a" / "nodes.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_tables_hold_names_as_they_are_even_those_that_a_spreadsheet_computes(tmp_path):
    names = ["=1+1", "+49", "-5", "@home", "'=1"]
    entities = tuple(Entity(f"e{n}", "Work", name, mentions=()) for n, name in enumerate(names))
    KnowledgeGraph((), entities, ()).write(f"{tmp_path / 'a'}/")
    assert [row["Label"] for row in read_table(tmp_path / "a" / "nodes.csv")] == names


def test_a_folder_keeps_its_other_files(small_graph, tmp_path):
    (tmp_path / "notizen.txt").write_text("alt", encoding="utf-8")
    for graph in (KnowledgeGraph((), (), ()), small_graph):
        graph.write(f"{tmp_path}/")
    assert sorted(os.listdir(tmp_path)) == sorted([*TABLE_FILES, "notizen.txt"])
    assert (tmp_path / "notizen.txt").read_text(encoding="utf-8") == "alt"
    assert len(read_table(tmp_path / "nodes.csv")) == 15


def test_a_folder_that_was_made_is_gone_after_an_error(small_graph, tmp_path, monkeypatch):
    def broken(graph):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(tables.TABLES, "evidence.csv", broken)
    with pytest.raises(FormatError, match="No space left"):
        small_graph.write(f"{tmp_path}/neu/")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: path.write_text("alt"), "is a file; name a folder"),
        (lambda path: (path / "edges.csv").mkdir(parents=True), "is a folder; name a file"),
        (lambda path: path.mkdir(mode=0o555), "is read-only"),
    ],
    ids=["a file", "a folder in the way", "a read-only folder"],
)
def test_what_cannot_be_a_folder_of_tables_is_said_before_the_work(tmp_path, prepare, message):
    prepare(tmp_path / "aus")
    with pytest.raises(FormatError, match=message):
        check_output(f"{tmp_path}/aus/")
