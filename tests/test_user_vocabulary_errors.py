"""What is wrong with a file of a user's own relations and classes: one line, short enough for a terminal, and how to mend it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from own_words import LABEL, SPACE

from kg.errors import SourceError
from kg.ontology import OURS
from kg.ontology.user_vocabulary import kept_vocabulary, read_vocabulary, vocabulary

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
