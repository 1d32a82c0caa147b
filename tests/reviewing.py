"""A store of three texts on a mayor, with open questions about him, and `kg review` on it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

import kg
from kg.cli import cli
from kg.records import Argument, Claim, Document, Extraction, Mention, Predicate, Span
from kg.store.store import Store

TEXTS = {
    "a": "Bürgermeister Ralf Kessler eröffnete die Wache.",
    "b": "Bürgermeister Kessler lobte das Fest.",
    "c": "Bürgermeister Kessler lobte das Fest. Bürgermeister Kessler ging.",
}
LEFT, RIGHT = "a#14-26", "b#14-21"


def extraction(doc: str, text: str) -> Extraction:
    """Each Kessler of a text as a mayor, and each sentence as a claim about the first noun behind the verb."""
    mentions, claims = [], []
    for name in ("Ralf Kessler", "Kessler"):
        start = text.find(name)
        while start >= 0 and not any(m.start <= start < m.end for m in mentions):
            mentions.append(Mention(doc, start, start + len(name), name, "named", "Person", name, "Bürgermeister"))
            start = text.find(name, start + 1)
    for noun in ("die Wache", "das Fest"):
        if (at := text.find(noun)) >= 0:
            what = Mention(doc, at, at + len(noun), noun, "nominal", "Concept", noun.split()[1])
            verb = text.split()[2 if "Ralf" not in text else 3]
            cue = (text.index(verb), text.index(verb) + len(verb))
            who = Argument(mentions[0].start, mentions[0].end, mentions[0].text, "Person")
            claims.append(
                Claim(doc, Span(0, text.index(".") + 1, text[: text.index(".") + 1]), who,
                      Predicate(verb, f"kgp:{verb}", (cue,), verb), Argument(what.start, what.end, what.text, "Concept"))
            )  # fmt: skip
            mentions.append(what)
    return Extraction(tuple(sorted(mentions)), tuple(claims))


def council(path: Path) -> Path:
    """Make a store of the texts."""
    with Store(path) as kept:
        for doc, text in TEXTS.items():
            kept.add(Document(doc, text), extraction(doc, text), fingerprint="1")
    return path


def run(*args: object) -> Result:
    """`kg review` with some arguments, in this process, on the first day of 1970."""
    return CliRunner().invoke(cli, ["review", *map(str, args)], env={"SOURCE_DATE_EPOCH": "0"}, standalone_mode=False)


def persons(store: Path) -> list[str]:
    """Who is a person in the graph of a store."""
    return [entity.id for entity in kg.open(store).entities if entity.type == "Person"]
