"""The gold of who is who: that it is well-formed, that its scorers count right, and that kg holds its floors."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from whoiswho import (
    GOLD,
    HALVES,
    NAMES,
    Score,
    align,
    b_cubed,
    ceaf_e,
    errors,
    find_entities,
    measure,
    muc,
    partitions,
    read_case,
    read_cases,
)

from kg.records import FORMS, Entity, Mention

CASES = {half: read_cases(half) for half in HALVES}
ALL = [case for half in HALVES for case in CASES[half]]
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text(encoding="utf-8"))
HEADER = '# albers: Person "Jochen Albers"\n# spd: Organization "SPD"\n# kai: Organization "Nordkai AG"\n\n'


@pytest.fixture
def marked(tmp_path):
    """Read a text with marks, below a header that knows albers, spd and kai."""

    def read(text):
        path = tmp_path / "02-probe.txt"
        path.write_text(HEADER + text, encoding="utf-8")
        return read_case(path)

    return read


@pytest.mark.parametrize(
    ("text", "plain", "mentions"),
    [
        ("[Albers|albers] kam.", "Albers kam.", ["Albers|| named albers"]),
        ("[Der OB Jochen Albers|albers]", "Der OB Jochen Albers", ["Der OB Jochen Albers|| named albers"]),
        ("[Albers’|albers] Rede", "Albers’ Rede", ["Albers|’| named albers"]),
        ("[„Nordkai“|kai]", "„Nordkai“", ["„Nordkai|“| named kai"]),
        ("[die Nordkai* AG|kai]", "die Nordkai AG", ["die Nordkai| AG| named kai"]),
        ("[[SPD|spd]-Chef Albers|albers]", "SPD-Chef Albers", ["SPD|| part spd", "SPD-Chef Albers|| named albers"]),
        ("Nicht-[SPD|spd]", "Nicht-SPD", ["SPD|| part spd"]),
        ("[Er|albers], [der|albers]", "Er, der", ["Er|| pronoun albers", "der|| pronoun albers"]),
        ("[[Seine|albers] Partei|~spd]", "Seine Partei", ["Seine|| pronoun albers", "Seine Partei|| nominal spd"]),
        ("[Der Chef [der SPD|spd]|~albers]", "Der Chef der SPD", ["Der Chef| der SPD| nominal albers", "der SPD|| named spd"]),
        ("[Chef* bei [Nordkai|kai]|?albers]", "Chef bei Nordkai", ["Chef| bei Nordkai| optional albers", "Nordkai|| named kai"]),
    ],
)  # fmt: skip
def test_reading_marks(marked, text, plain, mentions):
    found = marked(text)
    assert [document.text for document in found.documents] == [plain]
    assert all(plain[g.start : g.end] == g.text for g in found.mentions)
    told = [f"{plain[g.start : g.head + 1]}|{plain[g.head + 1 : g.end]}| {g.form} {g.key}" for g in found.mentions]
    assert told == mentions


def test_lines_are_one_text_and_dashes_begin_another(marked):
    found = marked("[Albers|albers] kam.\n\n[Er|albers] blieb.\n---\n[Er|albers] ging.\n")
    assert [(document.id, document.text) for document in found.documents] == [
        ("02-probe/1", "Albers kam. Er blieb."),
        ("02-probe/2", "Er ging."),
    ]
    places = [(g.doc, g.start, g.end) for g in found.mentions]
    assert places == [("02-probe/1", 0, 6), ("02-probe/1", 12, 14), ("02-probe/2", 0, 2)]
    assert found.entities["kai"] == ("Organization", "Nordkai AG")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[Albers|albers] [kam", "'kam': the bracket is never closed"),
        ("[Albers] kam", "'Albers] kam': a bracket ends with |key]"),
        ("Albers|albers] kam", "'|albers]' stands in no bracket"),
        ("Albers* kam", "'*' stands in no bracket"),
        ("[Albers|alber]", "'|alber]': no entity of the header"),
        ("[Albers|]", "'|]': no entity of the header"),
        ("[[Albers|albers]|spd]", "'|spd]': no entity of the header, or its bracket has no word of its own"),
        ("# otto: Person Otto", "write # key: Type"),
        ('# otto: Human "Otto"', "each type one of kg.records"),
        ('# spd: Organization "SPD"', "each key once"),
    ],
)
def test_bad_marks_are_told_with_file_and_line(marked, line, message):
    with pytest.raises(ValueError, match=r"02-probe\.txt:6: .*" + re.escape(message)):
        marked(f"[Albers|albers] kam.\n{line}\n")


def mention(text, words, form="named"):
    """What kg might find: the first place of some words in a text."""
    start = re.search(rf"\b{re.escape(words)}\b", text).start()
    return Mention("02-probe", start, start + len(words), words, form, "Thing", words)


@pytest.mark.parametrize(
    ("text", "words", "form", "found"),
    [
        ("[OB Albers|albers] kam.", "Albers", "named", "OB Albers"),
        ("[OB Albers|albers] kam.", "OB", "nominal", None),
        ("Kai [Albers|albers]", "Kai Albers", "named", None),
        ("[die Nordkai* AG|kai]", "Nordkai", "named", "die Nordkai AG"),
        ("[Frankfurt|kai] am Main", "Frankfurt am Main", "named", "Frankfurt"),
        ("[[SPD|spd]-Chef Albers|albers]", "SPD", "part", "SPD"),
        ("[[SPD|spd]-Chef Albers|albers]", "SPD-Chef Albers", "named", "SPD-Chef Albers"),
        ("[SPD|spd]-Chef", "SPD-Chef", "named", None),
        ("[seine|albers] Rede", "seine Rede", "nominal", None),
        ("[Albers’|albers] Rede", "Albers’ Rede", "nominal", None),
        ("Reden von [Albers|albers]", "Reden von Albers", "nominal", None),
        ("[der Chef|~albers] der Bahn", "der Chef der Bahn", "nominal", "der Chef"),
        ("[der Verein|~kai]", "Verein", "named", "der Verein"),
    ],
)
def test_a_mention_is_known_by_its_head(marked, text, words, form, found):
    gold = marked(text)
    aligned = align(gold.mentions, [mention(gold.documents[0].text, words, form)])
    assert [g.text for g in aligned.values()] == ([found] if found else [])


def test_each_mention_is_taken_once_and_the_likest_first(marked):
    gold = marked("[Der Chef [der Bahn|~kai]|~albers], [Herr Albers|albers]")
    text = gold.documents[0].text
    phrase, inner, name = (
        mention(text, "Der Chef der Bahn", "nominal"),
        mention(text, "der Bahn", "nominal"),
        mention(text, "Albers"),
    )
    aligned = align(gold.mentions, [mention(text, "Herr Albers", "nominal"), inner, phrase, name])
    assert {m: g.text for m, g in aligned.items()} == {
        phrase: "Der Chef der Bahn",
        inner: "der Bahn",
        name: "Herr Albers",
    }


TEXT = "[Albers|albers], [Chef|?albers] [der SPD|spd], sagte [er|albers]. Link, Link, Chef, Bahn, Bahn."


@pytest.mark.parametrize(
    ("entities", "forms", "system"),
    [
        (["Albers/named er/pronoun", "SPD/named"], FORMS, ["Albers er", "der SPD"]),
        (["Albers/named er/pronoun", "SPD/named"], NAMES, ["Albers", "der SPD"]),
        # besides: a mention alone in its entity is ignored, two are spurious, and so is one in an entity of the gold
        (["Albers/named", "Link/named"], FORMS, ["Albers"]),
        (["Albers/named", "Link/named Bahn/named"], FORMS, ["Albers", "Link Bahn"]),
        (["Albers/named Link/named"], FORMS, ["Albers Link"]),
        (["Albers/named Link/pronoun"], NAMES, ["Albers"]),
        (["er/pronoun Link/named"], NAMES, []),
        (["er/pronoun Link/named Bahn/named"], NAMES, ["Link Bahn"]),
        # a concept that has nothing of the gold is ignored, however long; the optional is as if it were not there
        (["Link/nominal Bahn/nominal"], FORMS, []),
        (["Chef/nominal Bahn/nominal"], FORMS, []),
        (["Albers/named Chef/nominal"], FORMS, ["Albers"]),
        (["er/nominal Bahn/nominal"], FORMS, ["er Bahn"]),
    ],
)
def test_what_kg_finds_besides(marked, entities, forms, system):
    gold = marked(TEXT)
    found = []
    for told in entities:
        pairs = [item.split("/") for item in told.split()]
        mentions = tuple(mention(gold.documents[0].text, words, form) for words, form in pairs)
        found.append(Entity(told, "Thing", told, named="nominal" not in told or "named" in told, mentions=mentions))
    wanted, given = partitions(gold, found, forms)
    assert sorted(" ".join(i.text for i in sorted(items, key=lambda i: i.start)) for items in given) == sorted(system)
    assert [len(items) for items in wanted] == ([2, 1] if forms == FORMS else [1, 1])


def sets(text):
    """ "ab c" is the partition of three mentions into two entities."""
    return [frozenset(word) for word in text.split()]


@pytest.mark.parametrize(
    ("gold", "system", "scores"),
    [
        # Bagga and Baldwin 1998 (MUC, B³), Luo 2005 (CEAF-e): which of two wrong links does more harm
        ("12345 67 89abc", "12345 6789abc", [(1, 9 / 10), (1, 16 / 21), ((1 + 5 / 6) / 3, (1 + 5 / 6) / 2)]),
        ("12345 67 89abc", "1234589abc 67", [(1, 9 / 10), (1, 7 / 12), ((1 + 2 / 3) / 3, (1 + 2 / 3) / 2)]),
        ("12345 67 89abc", "123456789abc", [(1, 9 / 11), (1, 54 / 144), ((10 / 17) / 3, 10 / 17)]),
        ("12345 67 89abc", "1 2 3 4 5 6 7 8 9 a b c", [(0, 0), (3 / 12, 1), ((1 / 3 + 2 / 3 + 1 / 3) / 3, (4 / 3) / 12)]),
        # Pradhan et al. 2014: e is missed, h and i are spurious
        ("abc defg", "ab cd fghi", [(2 / 5, 2 / 5), (35 / 12 / 7, 4 / 8), (1.3 / 2, 1.3 / 3)]),
        ("ab c", "ab c", [(1, 1), (1, 1), (1, 1)]),
        ("ab c", "", [(0, 0), (0, 0), (0, 0)]),
        ("ab", "cd", [(0, 0), (0, 0), (0, 0)]),
        ("a b", "a b", [(0, 0), (1, 1), (1, 1)]),
    ],
)  # fmt: skip
def test_scores_of_known_examples(gold, system, scores):
    found = [metric(sets(gold), sets(system)).recall_precision_f1() for metric in (muc, b_cubed, ceaf_e)]
    assert [f[:2] for f in found] == [pytest.approx(pair) for pair in scores]
    assert [f[2] for f in found] == [pytest.approx(2 * r * p / (r + p) if r + p else 0) for r, p in scores]


def test_b_cubed_of_one_form(marked):
    gold = marked("[Albers|albers] sagte, [er|albers] komme.")
    name, pronoun = gold.mentions
    apart = [frozenset({name}), frozenset({pronoun})]
    assert b_cubed([frozenset({name, pronoun})], apart, "pronoun") == Score(0.5, 1, 1, 1)
    assert b_cubed([frozenset({name, pronoun})], apart[:1], "pronoun") == Score(0, 1, 0, 0)


def test_scores_of_several_texts_add_up_and_errors_are_told(marked):
    gold = marked("[Albers|albers] sagte, [er|albers] komme.")
    text = gold.documents[0].text
    right = Entity("a", "Person", "Albers", mentions=(mention(text, "Albers"), mention(text, "er", "pronoun")))
    wrong = Entity("a", "Person", "Albers", mentions=(mention(text, "Albers"), mention(text, "sagte")))
    scores = measure([(gold, [right]), (gold, [wrong])])
    assert (scores["MUC"], scores["B³"], scores["pronoun"]) == (
        Score(1, 2, 1, 2),
        Score(2.5, 4, 2.5, 4),
        Score(1, 2, 1, 1),
    )
    assert list(errors(gold, [right])) == []
    assert list(errors(gold, [wrong])) == ["    albers: Albers, +sagte / missed er"]


def test_the_gold_has_two_halves_of_texts_and_of_groups():
    for half in HALVES:
        assert sum(len(case.documents) == 1 for case in CASES[half]) >= 14
        assert sum(len(case.documents) > 1 for case in CASES[half]) >= 3
    texts = [document.text for case in ALL for document in case.documents]
    assert len({case.name[:2] for case in ALL}) == len(ALL)
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_the_gold_is_well_formed(case):
    assert {g.key for g in case.mentions if g.form in NAMES} == set(case.entities), "an entity without a name"
    assert 8 <= sum(g.form in FORMS for g in case.mentions) <= 35
    assert len({(g.doc, g.head) for g in case.mentions}) == len(case.mentions), "two mentions with one head"
    for document in case.documents:
        assert re.fullmatch(r"[^\[\]|*~#]+[.“]", document.text)
        assert (2 if len(case.documents) > 1 else 3) <= len(re.findall(r"[.“](?= |$)", document.text))


@pytest.fixture(scope="module", params=HALVES)
def found(request):
    return request.param, [(case, find_entities(case)) for case in CASES[request.param]]


@pytest.mark.parametrize(("what", "forms"), [("names", NAMES), ("all", FORMS)])
@pytest.mark.slow
def test_kg_reaches_the_floors(found, what, forms):
    half, cases = found
    score = measure(cases, forms)["B³"]
    told = "`python tests/whoiswho.py -v` tells what went wrong"
    assert 100 * score.recall_precision_f1()[2] >= FLOORS[what][half], told
