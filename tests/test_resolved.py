"""What a store keeps of who is who is a cache: the same answers with it and without, and none that is out of date."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from commands import run
from damaged_stores import BLOG, FOUND, PAPER, PAPER_CLAIMS, TEXTS, VERDICTS, change, sound_store
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.errors import DamagedError, QueryError, StoreError
from kg.opening import keep_anew
from kg.records import Extraction, Judgement, Listed
from kg.show.cards import card
from kg.show.stats import count_graph
from kg.store import resolved
from kg.store.resolved import mark, notes
from kg.store.store import Store

DROP = "DELETE FROM resolved"


def keeping(path: Path) -> Path:
    """A store that keeps what follows from it."""
    sound_store(path)
    with Store(path) as store:
        keep_anew(store)
        assert notes(store)
    return path


@pytest.fixture
def kept(tmp_path) -> Path:
    return keeping(tmp_path / "a.kg")


@pytest.fixture
def bare(tmp_path) -> Path:
    sound_store(tmp_path / "b.kg")
    return tmp_path / "b.kg"


def cards(path: Path, name: str) -> list[str]:
    graph = kg.open(path).about(name)
    return list(card(graph, graph.entity(name)))


def names(path: Path) -> list[str]:
    return sorted({name for e in kg.open(path).entities for name in (e.id, e.label, *e.aliases, e.label.split()[-1])})


def test_the_whole_graph_is_the_one_that_is_worked_out(kept, bare):
    read, made = kg.open(kept), kg.open(bare)
    assert read == made
    assert read.counts() == kg.open(kept).counts() == list(count_graph(made))
    assert hash(read.facts) == hash(made.facts)


def test_a_name_has_the_same_card_the_same_facts_and_the_same_namesakes(kept, bare):
    made = kg.open(bare)
    for name in names(bare):
        read = kg.open(kept)
        assert cards(kept, name) == cards(bare, name)
        assert read.entity(name) == made.entity(name)
        assert [e.id for e in read.others_called(name)] == [e.id for e in made.others_called(name)]
        assert str(read.card(name)) == str(made.card(name))
        assert list(read.why(name)) == list(made.why(name))
        assert read.facts_of(made.entity(name).id) == made.facts_of(made.entity(name).id)
        assert "entities" not in vars(read)  # only what was asked for has been read


@pytest.mark.parametrize("hops", [0, 1, 2])
def test_what_is_around_a_name_is_the_same(kept, bare, hops):
    made = kg.open(bare)
    for entity in made.entities:
        read = kg.open(kept)
        assert read.around(entity.id, hops) == made.around(entity.id, hops)
        assert "entities" not in vars(read)


def test_who_only_speaks_comes_with_all_that_mentions_him(tmp_path):
    paths = [tmp_path / "a.kg", tmp_path / "b.kg"]
    speaker = next(claim.speaker for claim in PAPER_CLAIMS if claim.speaker)
    claims = tuple(replace(claim, speaker=claim.speaker or speaker) for claim in PAPER_CLAIMS)
    for path in paths:
        sound_store(path)
        with Store(path) as store:
            store.add(PAPER, Extraction(FOUND[PAPER.id].mentions, claims), "f")
    with Store(paths[0]) as store:
        keep_anew(store)
    made = kg.open(paths[1])
    for entity in made.entities:
        assert kg.open(paths[0]).around(entity.id, 1) == made.around(entity.id, 1)


def test_threads_may_share_a_graph(kept):
    for _ in range(20):
        graph = kg.open(kept)
        with ThreadPoolExecutor(8) as pool:
            assert len({len(facts) for facts in pool.map(lambda _, g=graph: g.facts, range(8))}) == 1


def test_a_graph_that_nobody_has_read_is_told_in_numbers_alone(kept, bare):
    graph = kg.open(kept)
    assert repr(graph) == repr(kg.open(bare))
    assert "entities" not in vars(graph)


@pytest.mark.parametrize("whole", [True, False])
def test_who_reads_while_a_document_is_removed_reads_one_state(kept, monkeypatch, whole):
    """The removal comes between two of its questions; it asks again, or is told that the store has changed."""
    ask, graph, told = Store.ask, kg.open(kept), []

    def interrupted(self, query, *given):
        found = ask(self, query, *given)
        if "resolved_" in query and not told:
            told.append(query)
            with Store(kept) as other:
                other.remove("d3")
        return found

    monkeypatch.setattr(Store, "ask", interrupted)
    with pytest.raises(StoreError, match="has changed since it was opened"):
        graph.facts if whole else graph.card("Huawei")
    assert told


def test_a_verdict_counts_though_there_is_no_room_for_what_follows(kept, caplog, monkeypatch):
    def full(self, rows):
        raise StoreError("a.kg: the disk is full; free some space and run it again")

    monkeypatch.setattr(Store, "set_resolved", full)
    with Store(kept) as store:
        store.add_judgement(Judgement("d4#0-6", "d5#0-6", "not same", "R"))
        keep_anew(store)
    assert caplog.messages[0].endswith("who is who is worked out anew whenever it is asked")
    with Store(kept, readonly=True) as store:
        assert len(list(store.judgements())) == len(VERDICTS) + 1


def asked(path: Path, *question: str) -> list[str] | str:
    try:
        return [fact.id for fact in kg.open(path).why(*question)]
    except QueryError as error:
        return str(error)


@pytest.mark.parametrize(
    "question",
    [
        ("Link", "leiten"), ("Link", "Duisburg"), ("Link", "leiten", "Duisburg"), ("Link", "unterzeichnete"),
        ("Link", "Huawei"), ("Link", "fliegen"), ("Huawai",), ("Link", None, "Duisbug"), ("Weidenfeld", "sagt"),
    ],
)  # fmt: skip
def test_a_question_has_the_same_answer_or_the_same_hint(kept, bare, question):
    assert asked(kept, *question) == asked(bare, *question)


@pytest.mark.parametrize("name", ["Huawai", "Duisb", "Sören Linck", "Mueler", "xyz"])
def test_of_many_names_those_that_are_near_are_told_of(kept, bare, monkeypatch, name):
    monkeypatch.setattr(resolved, "_FEW", 0)
    assert asked(kept, name) == asked(bare, name)


def test_a_card_reads_the_rows_of_its_entity_alone(kept):
    change(kept, "UPDATE documents SET text = 'x' WHERE id = 'd3'", "UPDATE claims SET lemma = 'x' WHERE doc = 'd3'")
    assert "leitet" in "\n".join(cards(kept, "Sören Link"))
    with pytest.raises(DamagedError, match="d3"):
        cards(kept, "Huawei")  # which that text mentions
    with pytest.raises(DamagedError, match="d3"):
        len(kg.open(kept).documents)


@pytest.mark.parametrize(
    "write",
    [
        lambda store: store.add(BLOG, Extraction((), ()), "f"),
        lambda store: store.remove("d3"),
        lambda store: store.add_judgement(Judgement("d4#0-6", "d2#0-6", "not same", "Redaktion")),
        lambda store: store.set_judgements(VERDICTS[:1]),
        lambda store: store.set_judgements([]),
        lambda store: store.set_listed([Listed("x", "Huawei", (), "Product")]),
        lambda store: store.set("concepts", "all"),
    ],
)
def test_whatever_is_written_drops_what_followed(kept, write):
    with Store(kept) as store:
        write(store)
        assert not notes(store)
    read = kg.open(kept)
    with Store(kept) as store:
        keep_anew(store)
    assert kg.open(kept) == read


def test_what_was_written_before_is_written_again_for_nothing(kept):
    before = kept.read_bytes()
    with Store(kept) as store:
        store.set("concepts", "linked")
        store.set_judgements(VERDICTS)
        keep_anew(store)
    assert kept.read_bytes() == before


def test_what_another_kg_kept_is_none(kept, bare):
    with Store(kept) as store:
        store.set_resolved(
            {"resolved": [(n, "0" if n == "mark" else v, d) for n, v, d in store.ask("SELECT * FROM resolved")]}
        )
        assert not notes(store)
    assert kg.open(kept) == kg.open(bare)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE resolved_entities SET record = replace(record, 'Sören', 'Soren')",
        "UPDATE resolved_entities SET facts = '[]'",
        "UPDATE resolved_facts SET record = replace(record, 'positive', 'negative')",
        "UPDATE resolved_facts SET claims = '[]'",
        "UPDATE resolved_names SET entities = '[]'",
        "DELETE FROM resolved_facts",
        "DELETE FROM resolved_entities",
        "UPDATE resolved_facts SET digest = x'00'",
        "UPDATE resolved_entities SET record = x'00ff'",
        "DROP TABLE resolved_facts",
        "ALTER TABLE resolved_facts DROP COLUMN claims",
    ],
)
def test_what_is_damaged_is_worked_out_anew_and_said_so(kept, bare, caplog, harm):
    change(kept, harm)
    assert cards(kept, "Sören Link") == cards(bare, "Sören Link")
    assert caplog.messages == [f"{kept}: what it keeps of who is who is damaged, and is worked out anew"]
    assert kg.open(kept) == kg.open(bare)


def test_a_name_that_is_gone_is_nobody_s_and_the_whole_is_worked_out(kept, bare, caplog):
    change(kept, "DELETE FROM resolved_names WHERE id = 'link'")
    assert kg.open(kept) == kg.open(bare)
    assert len(caplog.messages) == 1


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE resolved SET value = '[[1]]' WHERE name = 'counts'",
        DROP,
        "DROP TABLE resolved",
        "ALTER TABLE resolved DROP COLUMN digest",
    ],
)
def test_what_is_said_of_it_counts_whole_or_not_at_all(kept, bare, harm):
    change(kept, harm)
    assert kg.open(kept).counts() == kg.open(bare).counts()
    with Store(kept) as store:
        keep_anew(store)
        assert notes(store)
    assert kg.open(kept) == kg.open(bare)


def test_a_graph_whose_store_was_changed_since_says_so(kept):
    graph = kg.open(kept)
    with Store(kept) as store:
        store.remove("d3")
        keep_anew(store)
    with pytest.raises(StoreError, match=r"a\.kg: has changed since it was opened; open it again"):
        graph.card("Huawei")


def test_a_graph_that_was_read_outlives_its_store(kept):
    graph = kg.open(kept)
    assert graph.facts
    kept.unlink()
    assert graph.card("Huawei")


def test_a_view_in_the_place_of_a_table_is_not_read(kept):
    change(kept, "DROP TABLE resolved_names", "CREATE VIEW resolved_names AS SELECT 1")
    with pytest.raises(DamagedError):
        kg.open(kept)


verdicts = st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14), st.sampled_from(["same", "not same", "unsure"])))


@settings(max_examples=15, deadline=None)
@given(steps=st.lists(st.sampled_from(TEXTS), max_size=6), said=verdicts)
def test_whatever_was_added_removed_and_judged_what_is_kept_is_what_follows(tmp_path_factory, steps, said):
    path = keeping(tmp_path_factory.mktemp("s") / "a.kg")
    with Store(path) as store:
        for text in steps:
            if not store.remove(text.id):
                store.add(text, FOUND[text.id], "f")
        for left, right, verdict in said:
            if left != right:
                store.add_judgement(Judgement(f"d{left}#0-6", f"d{right}#0-6", verdict, "R"))
        keep_anew(store)
    read = kg.open(path)
    assert len(read.entities) == len(read.entities_by_id)
    change(path, DROP)
    assert read == kg.open(path)


def test_a_build_keeps_it_and_a_second_one_leaves_the_file_alone(tmp_path):
    (tmp_path / "a.txt").write_text("Sören Link leitet Duisburg. Link warnt vor Huawei.", encoding="utf-8")
    built = kg.build(tmp_path / "a.txt", store=tmp_path / "a.kg")
    before = (tmp_path / "a.kg").read_bytes()
    with Store(tmp_path / "a.kg", readonly=True) as store:
        assert json.loads(notes(store)["counts"]) == [list(count) for count in built.counts()]
        assert notes(store)["mark"] == mark()
    assert kg.build(tmp_path / "a.txt", store=tmp_path / "a.kg") == built == kg.open(tmp_path / "a.kg")
    assert (tmp_path / "a.kg").read_bytes() == before


def test_a_review_keeps_it_too(kept):
    done = run("review", "a.kg", "--same", "Duisburg", "RhineCloud", "--by", "R", cwd=kept.parent)
    assert done.returncode == 0
    with Store(kept, readonly=True) as store:
        assert notes(store)


def test_show_loads_nothing_that_reads_texts_or_draws(kept):
    code = f"import sys; from kg.cli import main; sys.argv[1:] = ['show', {str(kept)!r}, 'Link']\n"
    code += "try: main()\nexcept SystemExit: pass\n"
    code += "print(*sorted({'spacy', 'onnxruntime', 'networkx', 'rdflib', 'pyoxigraph'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""


def test_records_that_are_equal_keep_their_own_rows(tmp_path):
    path = tmp_path / "a.kg"
    sound_store(path)
    with Store(path) as store:
        found = FOUND[BLOG.id]
        store.add(BLOG, Extraction(found.mentions, (*found.claims, *found.claims)), "f")
        keep_anew(store)
    read = kg.open(path)
    assert read.claims
    change(path, DROP)
    assert read == kg.open(path)
